"""The page: components with their ids, and the callbacks between them and the engine. The only part that knows Dash."""
