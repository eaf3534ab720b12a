"""Says which mistakes are told apart by a student's numbers, how often, and how soon: python -m benchmarks.mistakes."""

import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median, quantiles

import nnviz
from nnviz.engine.plan import Shape
from nnviz.practice.exercise import exercise
from nnviz.practice.hypotheses import variations_of
from tests.practice.draws import Typed, checked, drawn_mistakes, is_named, iterations, sheets
from tests.practice.shapes import KINDS

NETWORKS = 4  # a kind, each with every mistake of the catalogue
PAIRS = 60  # networks with two mistakes
EXERCISES = 20
WIDTH = max(map(len, nnviz.MISTAKES)) + 1


@dataclass
class Told:
    """How often a mistake was made in a way that shows, how often it was named alone, and what was named with it."""

    made: int = 0
    alone: int = 0
    beside: Counter[str] = field(default_factory=Counter)


def main() -> None:
    """Print the times and shares of each kind of network, then what becomes of each mistake in it."""
    print(f"{'':<22}{'check':>10}{'95 %':>10}{'exercise':>10}{'one named':>11}{'two named':>11}")
    tables = {}
    for name, shape in KINDS.items():
        checks = list(_checked(shape))
        tables[name] = _told(checks)
        times = [seconds for *_, seconds in checks]
        one = [is_named(iteration, (way,), check) for iteration, way, check, _ in checks]
        cells = [
            _ms(median(times)),
            _ms(quantiles(times, n=20)[-1]),
            _ms(_exercise_time(shape)),
            _share(one),
            _share(_pairs(shape)),
        ]
        print(
            f"{name:<22}" + "".join(f"{cell:>{width}}" for cell, width in zip(cells, (10, 10, 10, 11, 11), strict=True))
        )
    print("aims: a check 100 ms, an exercise 300 ms, one 99 %, two 90 %\n")
    print_table(tables)


def print_table(tables: dict[str, dict[str, Told]]) -> None:
    """Print how often each mistake is named alone in each kind of network, and what would give the same numbers."""
    print(f"{'named alone':<{WIDTH}}" + "".join(f"  {name}" for name in tables) + "  also named")
    for key in nnviz.MISTAKES:
        found = [table.get(key) for table in tables.values()]
        if not any(found):
            continue
        shares = [f"{told.alone / told.made:.0%}" if told else "—" for told in found]
        cells = "".join(f"{share:>{len(name) + 2}}" for name, share in zip(tables, shares, strict=True))
        beside = sum((told.beside for told in found if told), Counter[str]())
        print(f"{key:<{WIDTH}}{cells}  {', '.join(other for other, _ in beside.most_common(3))}".rstrip())


def _checked(shape: Shape) -> Iterator[tuple[nnviz.Iteration, int, nnviz.Check, float]]:
    """Yield the checks of sheets with each mistake that shows, by its way, and the seconds of CPU of a look at each."""
    for iteration, _ in iterations(shape, NETWORKS):
        variations = variations_of(iteration.plan)
        ways = [at for at, (mistake, _) in enumerate(variations.ways) if not mistake.is_alone]
        right, *made = sheets(iteration, [(), *((at,) for at in ways)])
        for at, sheet in zip(ways, made, strict=True):
            if sheet != right:
                seconds = _time(iteration, sheet)
                yield iteration, at, checked(iteration, (at,), sheet), seconds


def _time(iteration: nnviz.Iteration, sheet: Typed) -> float:
    start = time.process_time()
    nnviz.check(iteration, sheet)
    return time.process_time() - start


def _told(checks: Iterable[tuple[nnviz.Iteration, int, nnviz.Check, float]]) -> dict[str, Told]:
    """Return what became of each mistake, by its key."""
    found: dict[str, Told] = {}
    for iteration, way, check, _ in checks:
        [key] = variations_of(iteration.plan).mistakes((way,))
        told = found.setdefault(key, Told())
        named = {"+".join(keys) for keys in (check.mistakes, *check.alternatives) if keys}
        told.made += 1
        told.alone += named == {key}
        told.beside.update(named - {key})
    return found


def _pairs(shape: Shape) -> Iterator[bool]:
    """Yield of networks with two mistakes whether they are named."""
    for iteration, random in iterations(shape, PAIRS):
        made, sheet = drawn_mistakes(iteration, 2, random)
        if sheet:
            yield is_named(iteration, made, checked(iteration, made, sheet))


def _exercise_time(shape: Shape) -> float:
    """Return the seconds of CPU that an exercise takes to be found, the median of many."""
    exercise(shape, EXERCISES)
    clock = [time.process_time()]
    for seed in range(EXERCISES):
        exercise(shape, seed)
        clock.append(time.process_time())
    return median(after - before for before, after in pairwise(clock))


def _ms(seconds: float) -> str:
    return f"{1000 * seconds:.0f} ms"


def _share(marks: Iterable[bool]) -> str:
    every = list(marks)
    return f"{sum(every) / len(every):.1%}"


if __name__ == "__main__":
    main()
