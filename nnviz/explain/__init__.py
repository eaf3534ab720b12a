"""What there is to say of an iteration of a network: words, formulas, matrices, tables, the details of a place."""
