"""What docgen takes to do its work, measured beside other programs that do the same."""
