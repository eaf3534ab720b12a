"""The lessons: presets as data, what a person may set, and the runs that follow from it."""
