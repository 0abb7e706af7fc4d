"""A workspace: everything under `schedules/` and the template folders, read once by a command and handed down."""
