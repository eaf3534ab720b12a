"""The page's player on its own: as one file, and within a notebook."""
