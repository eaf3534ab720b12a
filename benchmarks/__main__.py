"""Measures what nnviz promises and prints a table: python -m benchmarks."""

from statistics import median

from benchmarks.engine import forward_request_time, trace_time
from benchmarks.page import click_to_painted, first_load, start_time
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
        empty, step = click_to_painted(browser, address)
    rows += [
        ("first load, compressed", f"{loads[0][0]:.2f} MB", "< 2.0 MB"),
        ("first load until Forward can be pressed", f"{median(seconds for _, seconds in loads):.1f} s", ""),
        ("click to painted, empty handler", f"{empty:.1f} ms", ""),
        ("click to painted, a step within a pass", f"{step:.1f} ms", "at most 5 times that"),
        ("their ratio", f"{step / empty:.1f}", "at most 5"),
    ]
    for what, figure, aim in rows:
        print(f"{what:<42}{figure:>10}   {aim}".rstrip())


if __name__ == "__main__":
    main()
