"""Rules of commissions, plans and the enterprises behind them (委托与计划).

Says whether the pass marks of a plan are complete and within those of the notice.
"""
