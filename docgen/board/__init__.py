"""Papers for a board: what changes between two moments of a plan, as a table and as a memo of one page."""
