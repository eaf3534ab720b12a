"""PyTorch itself is asked where the tests are long and it is installed, as ``make test-long`` does."""

from importlib.util import find_spec

from hypothesis import settings

is_long = settings.get_current_profile_name() == "long"
collect_ignore = [] if is_long and find_spec("torch") else ["test_with_torch.py"]
