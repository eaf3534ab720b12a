"""What every lesson is to the page: what may be set, a run that is stepped, and how each step is shown."""
