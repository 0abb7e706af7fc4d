"""Makes what is out of date: one document at a time, in several processes or on a cluster, with a manifest of it."""
