"""What changes do, and the schedule of any day: each change is applied once, and kept as it was applied."""
