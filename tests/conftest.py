"""What all tests share: how many cases Hypothesis draws, and how many of a table of cases are run.

Every run draws the same few, so that its verdict on the same code is the same, however slow the machine. The profile
"long" draws many, others each time, and says how to draw again those that failed. "coverage" runs the first case of
each test alone, or all where they are marked as ``each_case``, a line of code each: enough to see which lines are
tested at all, where each line that runs costs twice as much.
"""

import os

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "short",
    max_examples=25,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("long", settings.get_profile("short"), max_examples=500, derandomize=False, print_blob=True)
settings.register_profile("coverage", settings.get_profile("short"), max_examples=5)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "short"))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the first case of each test, where the profile asks for no more."""
    if settings.get_current_profile_name() == "coverage":
        first = {item.nodeid.partition("[")[0]: item for item in reversed(items)}
        left = {*first.values(), *(item for item in items if item.get_closest_marker("each_case"))}
        config.hook.pytest_deselected(items=[item for item in items if item not in left])
        items[:] = [item for item in items if item in left]
