"""Whether JSON is what the protocol says, part by part."""

from collections.abc import Mapping
from types import UnionType
from typing import Any, Literal, NotRequired, get_args, get_origin, get_type_hints, is_typeddict


def problems(value: Any, expected: Any, at: str = "") -> list[str]:
    """Return in what a value is not of the expected type, each with where that is."""
    origin, arguments = get_origin(expected), get_args(expected)
    if expected is Any:
        return []
    if origin is NotRequired:
        return problems(value, arguments[0], at)
    if origin is UnionType:
        return min((problems(value, one, at) for one in arguments), key=len)
    if origin is Literal:
        return [] if value in arguments else [f"{at}: {value!r} is none of {arguments}"]
    if is_typeddict(expected):
        return _of_parts(value, expected, at)
    if origin in (dict, Mapping):
        if not isinstance(value, dict):
            return [f"{at}: {value!r} is no object"]
        named = ((f"{at}.{key}", part) for key, part in value.items())
        keys = [problem for key in value for problem in problems(key, arguments[0], f"{at} {key!r}")]
        return keys + [problem for place, part in named for problem in problems(part, arguments[1], place)]
    if origin in (list, tuple):
        if not isinstance(value, list) or (origin is tuple and len(value) != len(arguments)):
            return [f"{at}: {value!r} is no such list"]
        kinds = arguments if origin is tuple else arguments * len(value)
        pairs = enumerate(zip(value, kinds, strict=True))
        return [problem for number, (part, kind) in pairs for problem in problems(part, kind, f"{at}[{number}]")]
    allowed: Any = int | float if expected is float else expected
    is_right = isinstance(value, allowed) and (expected is bool or not isinstance(value, bool))
    return [] if is_right else [f"{at}: {value!r} is no {expected}"]


def _of_parts(value: Any, expected: Any, at: str) -> list[str]:
    if not isinstance(value, dict):
        return [f"{at}: {value!r} is no {expected.__name__}"]
    hints = get_type_hints(expected, include_extras=True)
    found = [f"{at}: there is no {name}" for name in expected.__required_keys__ - value.keys()]
    found += [f"{at}: {name} is not in the protocol" for name in value.keys() - hints.keys()]
    known = [name for name in hints if name in value]
    return found + [problem for name in known for problem in problems(value[name], hints[name], f"{at}.{name}")]
