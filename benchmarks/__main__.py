"""Measures what nnviz promises and prints a table: python -m benchmarks."""

from statistics import median

from playwright.sync_api import Browser

from benchmarks.engine import forward_request_time, trace_time
from benchmarks.growth import SAMPLES, SIZES, growth
from benchmarks.held_out import cost_of_test
from benchmarks.page import LINES, loads, start_time
from benchmarks.requests import share_of_request, step_time
from benchmarks.standalone import standalone
from benchmarks.steps import NETWORKS, Waits, after_an_edit, boundaries, memory, within_a_pass
from benchmarks.torch_program import largest_difference
from benchmarks.training import SYSTEMS, cases, rates
from nnviz.engine.manner import NEURON, TERM
from tools.stage import chromium, served_app

TRAINERS = (1, 4, 8)


def main() -> None:
    """Measure everything once, the noisy ones several times."""
    rows = [
        ("trace of a 2-2-1 iteration", f"{trace_time():.2f} ms", "< 1 ms"),
        ("Forward request, CPU of the server", f"{forward_request_time():.1f} ms", "< 10 ms"),
        ("start of the server until it answers", f"{median(start_time() for _ in range(3)):.1f} s", ""),
    ]
    with served_app() as address, chromium() as browser:
        visits = visits_of(browser, address)
        steps = steps_of(browser, address)
    for what, figure, aim in [*rows, *visits, *steps]:
        print(f"{what:<48}{figure:>10}   {aim}".rstrip())
    print(f"{'gradients of the program in PyTorch':<48}{largest_difference():>10.0e}   < 1e-12")
    print_standalone()
    print_growth()
    print_training()


def visits_of(browser: Browser, address: str) -> list[tuple[str, str, str]]:
    """Return how long first and second visits take until Forward works, and what travels until then."""
    rows = []
    for line in LINES:
        for visit, load in zip(("first", "second"), loads(browser, address, line), strict=True):
            rest = f"painted {load.painted:.2f} s, Plotly there {load.whole:.2f} s"
            travelled = f"{load.usable_kilobytes:.0f} kB of {load.kilobytes:.0f} kB until then"
            rows.append((f"{visit} visit, {line}: Forward works", f"{load.usable:.2f} s", f"{rest}; {travelled}"))
    return rows


def steps_of(browser: Browser, address: str) -> list[tuple[str, str, str]]:
    """Return what presses take, beside an empty handler in the same run, and what a long walk leaves in memory."""
    rows = []
    pairs = {weights: within_a_pass(browser, address, weights) for weights in NETWORKS}
    for weights, (empty, step) in pairs.items():
        more = "aim 3" if weights == min(pairs) else f"{step.median / pairs[min(pairs)][1].median:.1f} times that of 6"
        rows += [
            (f"click to painted, {weights} weights: empty handler", f"{empty.median:.1f} ms", _late(empty)),
            (f"click to painted, {weights} weights: within a pass", f"{step.median:.1f} ms",
             f"{_late(step)}; {step.median / empty.median:.1f} times the empty handler; {more}"),
        ]  # fmt: skip
    every, crossing = boundaries(browser, address)
    edited = after_an_edit(browser, address)
    few, many = memory(browser, address)
    return [
        *rows,
        ("click to painted, whole iterations", f"{every.median:.1f} ms", f"{_late(every)}; aim 60"),
        ("  of these, into another pass", f"{crossing.median:.1f} ms", f"the latest {max(crossing.times):.0f} ms"),
        ("  second press after an edit, into another pass", f"{edited.median:.1f} ms", _late(edited)),
        ("memory after 20 steps", f"{few:.1f} MB", ""),
        ("memory after 1,000 steps", f"{many:.1f} MB", f"{many / few - 1:+.0%}; aim +10%"),
    ]


def _late(waits: Waits) -> str:
    return f"95 % within {waits.late:.0f} ms"


def print_standalone() -> None:
    """Print the size of an example's file and of a widget's answer to an edit, and what they take; the aim: 400 kB."""
    heads = ("player alone", "steps", "file kB", "file ms", "edit kB", "edit ms")
    print("\n" + "".join(f"{head:>14}" for head in heads))
    for found in standalone():
        name, steps, *figures = found
        print("".join(f"{cell:>14}" for cell in (name, steps, *(f"{figure:.0f}" for figure in figures))))


def print_growth() -> None:
    """Print how a backward pass grows with weights and samples: each the least of several runs.

    The aim for the largest network in the smallest steps: 500 ms of CPU, and 300 kB compressed.
    """
    heads = ("weights", "samples", "detail", "steps", "trace ms", "pass ms", "kB", "kB gzip")
    print("\n" + "".join(f"{head:>10}" for head in heads))
    for weights in SIZES:
        for samples, detail in [*((count, NEURON) for count in SAMPLES), *((count, TERM) for count in (1, 1000))]:
            g = growth(weights, samples, detail)
            cells = [g.weights, g.samples, g.detail, g.pauses, f"{g.trace_ms:.1f}", f"{g.pass_ms:.0f}",
                     f"{g.raw_kb:.0f}", f"{g.compressed_kb:.0f}"]  # fmt: skip
            print("".join(f"{cell:>10}" for cell in cells))


def print_training() -> None:
    """Print each system's iterations a second, and how many times as many nnviz makes; then what a request adds."""
    print(f"\n{'training, iterations a CPU second':<36}{'samples':>8}" + "".join(f"{name:>20}" for name in SYSTEMS))
    lacking = set[str]()
    for case in cases():
        found = rates(case)
        lacking.update(theirs for theirs in found.values() if isinstance(theirs, str))
        cells = [_rate(found["nnviz"], found[name]) for name in SYSTEMS]
        print(f"{case.name:<36}{len(case.inputs):>8}" + "".join(f"{cell:>20}" for cell in cells))
    print("  aim: 5 times PyTorch for the three small ones", *(f"—: {reason}" for reason in lacking), sep="\n  ")
    curve, listed = cost_of_test()
    print(f"{'training with a test beside it: CPU time':<48}{f'{curve:.2f}×':>10}   {listed:.2f}× where all are listed")
    print_requests()


def print_requests() -> None:
    """Print what requests for training add to the engine, and what they take from those who step meanwhile."""
    requests, spent, in_engine = share_of_request()
    outside = spent - in_engine
    figure = f"{outside / spent:.1%}"
    print(f"{'training requests: share outside the engine':<48}{figure:>10}   {outside / requests:.1f} ms a request")
    with served_app() as address:
        alone = step_time(address, trainers=0)
        for trainers in TRAINERS:
            among = step_time(address, trainers)
            figure = f"{among:.0f} ms"
            print(f"{f'a step while {trainers} others train':<48}{figure:>10}   {among / alone:.1f} times that alone")


def _rate(ours: float | str, theirs: float | str) -> str:
    if isinstance(ours, str) or isinstance(theirs, str):
        return "—"
    rate = f"{theirs:,.0f}" if theirs >= 10 else f"{theirs:.1f}"
    return rate if theirs is ours else f"{rate} ({ours / theirs:,.1f}×)"


if __name__ == "__main__":
    main()
