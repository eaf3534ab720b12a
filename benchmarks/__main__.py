"""Measures what nnviz promises and prints a table: python -m benchmarks."""

from statistics import median

from benchmarks.engine import forward_request_time, trace_time
from benchmarks.growth import SAMPLES, SIZES, growth
from benchmarks.page import NETWORKS, click_to_painted, first_load, start_time
from benchmarks.requests import share_of_request, step_time
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
        loads = [first_load(browser, address) for _ in range(3)]
        clicks = {weights: click_to_painted(browser, address, weights) for weights in NETWORKS}
    rows += [
        ("first load, compressed", f"{loads[0][0]:.2f} MB", "< 2.0 MB"),
        ("first load until Forward can be pressed", f"{median(seconds for _, seconds in loads):.1f} s", ""),
    ]
    for weights, (empty, step) in clicks.items():
        rows += [
            (f"click to painted, {weights} weights: empty handler", f"{empty:.1f} ms", ""),
            (f"click to painted, {weights} weights: a step", f"{step:.1f} ms", f"{step / empty:.1f} times; aim 5"),
        ]
    for what, figure, aim in rows:
        print(f"{what:<48}{figure:>10}   {aim}".rstrip())
    print_growth()
    print_training()


def print_growth() -> None:
    """Print how a backward pass grows with weights and samples: each the least of several runs."""
    heads = ("weights", "samples", "detail", "steps", "trace ms", "pass ms", "kB", "kB gzip")
    print("\n" + "".join(f"{head:>10}" for head in heads))
    for weights in SIZES:
        for samples, detail in [*((count, NEURON) for count in SAMPLES), (1, TERM)]:
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
