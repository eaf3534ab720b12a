"""What nnviz promises about its speed, measured."""
