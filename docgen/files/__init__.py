"""The disk and the files on it: saving, zips of Office, pages of a PDF, hashes, watching; knows no amendment."""
