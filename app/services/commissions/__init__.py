"""Services of commissions, plans and the enterprises behind them (委托与计划).

The letter of a commission leaves as the official form, before any batch exists under it.
"""
