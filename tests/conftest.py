"""What all tests share: Hypothesis gives the same verdict on the same code, however slow the machine."""

from hypothesis import settings

settings.register_profile("nnviz", deadline=None, derandomize=True, database=None)
settings.load_profile("nnviz")
