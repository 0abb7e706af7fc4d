"""Answers for people: the schedule in force, the history of a fund, what changes between two moments, board papers."""
