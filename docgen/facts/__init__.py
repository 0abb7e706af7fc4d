"""The facts: reading YAML with its lines, the typed models, schedules, workspaces."""
