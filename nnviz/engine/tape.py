"""A computation that is made again and again on the same arrays: recorded once, then replayed.

It is written like any other in NumPy. The first time, each call of a universal function is noted, with the array that
has its result; from then on those calls alone are made, into the same arrays. That leaves out what takes most of the
time with small arrays: the Python between the calls, and room for each result. The bits are the same.
"""

from collections.abc import Callable
from contextvars import ContextVar
from functools import partial
from typing import Any

import numpy as np

from nnviz.algebra.arrays import Array

Call = Callable[[], object]
_calls: ContextVar[list[Call]] = ContextVar("calls")


class Recorded(np.ndarray[Any, np.dtype[np.float64]]):
    """A view of an array for computations on a tape.

    Only views and universal functions can be recorded. Raises TypeError for other functions of NumPy, and LookupError
    where no tape is recording.
    """

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **options: Any) -> Any:
        operands = [_plain(value) for value in inputs]
        (given,) = options.pop("out", (None,))
        function = ufunc if method == "__call__" else getattr(ufunc, method)
        result = np.asarray(function(*operands, out=_plain(given), **options))
        _calls.get().append(partial(function, *operands, out=result, **options))
        return result.view(Recorded) if given is None else given

    def __array_function__(self, function: Callable[..., Any], *_: Any) -> Any:
        raise TypeError(f"{function.__name__} is no universal function and cannot be recorded")


class Tape:
    """A computation on recorded arrays, which finds in them what they hold each time that it is played."""

    def __init__(self, compute: Callable[[], None]) -> None:
        self._compute = compute
        self._calls: list[Call] | None = None

    def play(self) -> None:
        """Make the computation."""
        if self._calls is None:
            self._record()
        else:
            for call in self._calls:
                call()

    def _record(self) -> None:
        calls: list[Call] = []
        token = _calls.set(calls)
        try:
            self._compute()
        finally:
            _calls.reset(token)
        self._calls = calls


def recorded(array: Array) -> Recorded:
    """Return a view of an array for computations on a tape."""
    return array.view(Recorded)


def _plain(value: Any) -> Any:
    """Return an array as NumPy's own, and a number as an array, which a call takes faster."""
    if isinstance(value, Recorded):
        return value.view(np.ndarray)
    return np.array(value, dtype=np.float64) if isinstance(value, int | float) else value
