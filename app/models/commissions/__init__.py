"""Tables of commissions, plans and the enterprises behind them (委托与计划).

A commission joins an enterprise and a body; a plan says which levels, how many people and by
which marks they pass.
"""
