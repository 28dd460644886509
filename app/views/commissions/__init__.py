"""Screens of commissions, plans and the enterprises behind them (委托与计划).

Enterprises with their commissions and plans, as the bodies that serve them may see.
"""
