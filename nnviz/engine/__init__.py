"""The mathematics: networks, the step-by-step trace and the matrix form. NumPy only."""
