"""What all tests share: how many cases Hypothesis draws.

Every run draws the same few, so that its verdict on the same code is the same, however slow the machine. The profile
"long" draws many, others each time, and says how to draw again those that failed.
"""

import os

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
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "short"))
