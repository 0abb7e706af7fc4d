"""What EDGAR takes: the rules a file is held against, the package that is filed, and the seal on what was filed."""
