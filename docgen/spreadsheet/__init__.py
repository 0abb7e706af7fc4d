"""A schedule as a table to edit in Excel, and the edited table as a schedule again."""
