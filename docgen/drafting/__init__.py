"""Writes data: the next amendment, the drafts of an event, a new workspace, the schemas for an editor."""
