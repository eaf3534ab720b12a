"""Measures what nnviz promises and prints a table: python -m benchmarks."""

from statistics import median

from benchmarks.engine import forward_request_time, trace_time
from benchmarks.growth import SAMPLES, SIZES, growth
from benchmarks.page import NETWORKS, click_to_painted, first_load, start_time
from tools.stage import chromium, served_app


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


def print_growth() -> None:
    """Print how a backward pass grows with weights and samples: each the least of several runs."""
    heads = ("weights", "samples", "detail", "steps", "trace ms", "pass ms", "kB", "kB gzip")
    print("\n" + "".join(f"{head:>10}" for head in heads))
    for weights in SIZES:
        for samples, detail in [*((count, "neuron") for count in SAMPLES), (1, "term")]:
            g = growth(weights, samples, detail)
            cells = [g.weights, g.samples, g.detail, g.pauses, f"{g.trace_ms:.1f}", f"{g.pass_ms:.0f}",
                     f"{g.raw_kb:.0f}", f"{g.compressed_kb:.0f}"]  # fmt: skip
            print("".join(f"{cell:>10}" for cell in cells))


if __name__ == "__main__":
    main()
