"""How much a run of the tests tries: the usual one a choice, ``make test-long`` all."""

import os

IS_LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"
