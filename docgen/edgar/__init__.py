"""What EDGAR takes, judged on bytes and names: characters, rules, exhibits and submissions."""
