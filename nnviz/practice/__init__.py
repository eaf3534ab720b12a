"""Practice: what a student has calculated is checked, and the mistake is named."""
