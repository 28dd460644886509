"""Rules of commissions, plans and the enterprises behind them (委托与计划).

Checks commissions, plans before publication and the pass rules of plans.
"""
