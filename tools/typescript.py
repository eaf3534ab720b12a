"""The protocol as TypeScript declarations, which the scripts in assets/ are checked against: written to a file."""

import sys
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType, NoneType, UnionType
from typing import Any, Literal, NotRequired, get_args, get_origin, get_type_hints, is_typeddict

from nnviz import protocol
from tools import ROOT

DECLARATIONS = ROOT / "build" / "protocol.d.ts"
PLAIN = {int: "number", float: "number", str: "string", bool: "boolean", NoneType: "null", Any: "any"}


def declarations(module: ModuleType) -> str:
    """Return the declarations of all types of a module: its TypedDicts, and what it has named of others."""
    own = {name: kind for name, kind in vars(module).items() if getattr(kind, "__module__", "") == module.__name__}
    aliases = {n: k for n, k in vars(module).items() if get_origin(k) in (Literal, dict) and not n.startswith("_")}
    lines = [f"// Written by {Path(__file__).relative_to(ROOT)} from {module.__name__}."]
    lines += [f"export type {name} = {_written(kind)};" for name, kind in aliases.items()]
    for name, kind in own.items():
        if is_typeddict(kind):
            hints = get_type_hints(kind, include_extras=True)
            parts = [f"  {key}{'?' if get_origin(hint) is NotRequired else ''}: {_written(hint)};"
                     for key, hint in hints.items()]  # fmt: skip
            lines += [f"export interface {name} {{", *parts, "}"]
    return "\n".join(lines) + "\n"


def _written(kind: Any) -> str:
    """Return a type as TypeScript writes it. Raises KeyError for one that the protocol must not have."""
    origin, arguments = get_origin(kind), get_args(kind)
    if is_typeddict(kind):
        return str(kind.__name__)
    if origin is NotRequired:
        return _written(arguments[0])
    if origin is UnionType:
        return " | ".join(map(_written, arguments))
    if origin is Literal:
        return " | ".join(f'"{value}"' for value in arguments)
    if origin is list:
        return f"({_written(arguments[0])})[]"
    if origin is tuple:
        return f"[{', '.join(map(_written, arguments))}]"
    if origin in (dict, Mapping):
        key, value = map(_written, arguments)
        return f"{{[name: string]: {value}}}" if key == "string" else f"{{[name in {key}]?: {value}}}"
    return PLAIN[kind]


if __name__ == "__main__":
    DECLARATIONS.parent.mkdir(exist_ok=True)
    DECLARATIONS.write_text(declarations(protocol), encoding="utf-8")
    sys.stdout.write(f"{DECLARATIONS.relative_to(ROOT)} is written\n")
