"""Redlines: what one document says otherwise than another, marked in one tree, proved to hold both."""
