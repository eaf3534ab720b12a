"""Other libraries are asked where the tests are long and they are installed, as ``make test-long`` does."""

from importlib.util import find_spec

from hypothesis import settings

NEEDED = {
    "test_with_torch.py": ("torch", "safetensors", "onnx", "onnxscript"),
    "test_with_scikit_learn.py": ("sklearn",),
    "test_with_keras.py": ("keras", "jax"),
}
is_long = settings.get_current_profile_name() == "long"
collect_ignore = [file for file, names in NEEDED.items() if not (is_long and all(map(find_spec, names)))]
