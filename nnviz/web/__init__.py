"""The page: its document, its callbacks, what it asks and is answered. The only part that knows Dash."""
