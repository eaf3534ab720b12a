"""What leaves nnviz for other programs: formulas, tables and code."""
