"""Services of commissions, plans and the enterprises behind them (委托与计划).

A commission's letter can be written as the official form before any batch exists.
"""
