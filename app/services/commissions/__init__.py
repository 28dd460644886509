"""Services of commissions, plans and the enterprises behind them (委托与计划)."""
