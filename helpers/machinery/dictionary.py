"""data/README.md: what each table and column holds, made from the contract."""
