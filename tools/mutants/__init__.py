"""Would a test notice if a line of the code were wrong?

Each mutant is one small change of the source (a boundary moved by one, a condition left out, a
state missing from a move); the tests that reach the line must fail with it. A mutant that they
let pass is a survivor: a promise that no test keeps. The choice of mutants follows from a seed,
so that a run can be repeated. Mutants live in copies of the tree, never in the tree itself.
Why this is a tool of our own: docs/decisions/0026.
"""
