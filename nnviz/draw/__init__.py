"""Readings of a trace: the figure, the formula, the sentence, the table. Plain data; no Dash."""
