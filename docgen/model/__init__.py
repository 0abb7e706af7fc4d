"""What people type, with types and lines: plans, amendments, changes, events, rows, values; and how YAML is read."""
