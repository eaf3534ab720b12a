"""What all tests share: Hypothesis gives the same verdict on the same code, however slow the machine."""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "nnviz", deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("nnviz")
