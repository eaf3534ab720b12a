"""Measures what a class does to the server: python -m benchmarks.load [visitors …], by Locust, on `make serve`."""

import json
import os
import subprocess
import sys
from typing import Any

from benchmarks.requests import SHORT
from tools import ROOT
from tools.stage import served_app

PAGE, FILE, PASS, EDIT, SLICE = "page", "file", "pass", "edit", "slice of training"
TRAINING = f"{SHORT:,} iterations"
VISITORS = (50, 150, 300, 500)
SECONDS = 60
A_SECOND = 25  # visitors that come in a second: a class opens the page at once
AIMS = {PAGE: 1000, PASS: 400}  # milliseconds of p95 with 500 visitors on two processors
SHARES = (0.5, 0.95)


def main() -> None:
    """Measure each number of visitors, first with empty caches, then with full ones, and print a table."""
    numbers = [int(text) for text in sys.argv[1:]] or VISITORS
    print(f"{'visitors':>8} {'cache':>5}  {'what':<20}{'requests':>9}{'errors':>7}{'p50 ms':>9}{'p95 ms':>9}  aim")
    for cache in ("cold", "warm"):
        for visitors in numbers:
            for row in measured(visitors, cache):
                if not (cache == "warm" and row["name"] == FILE):
                    print_row(visitors, cache, row)


def measured(visitors: int, cache: str) -> list[dict[str, Any]]:
    """Return what Locust counted of each kind of request, with a new server."""
    with served_app("-m", "nnviz") as address:
        run = subprocess.run(
            [sys.executable, "-m", "locust", "--locustfile", ROOT / "benchmarks" / "visitors.py", "--headless",
             "--users", str(visitors), "--spawn-rate", str(A_SECOND), "--run-time", f"{SECONDS}s",
             "--host", address.rstrip("/"), "--json", "--only-summary", "--loglevel", "ERROR",
             "--exit-code-on-error", "0"],
            env=os.environ | {"CACHE": cache}, cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
    if run.returncode:
        sys.exit(run.stderr)
    counted: list[dict[str, Any]] = json.loads(run.stdout)
    return sorted(counted, key=lambda row: str(row["name"]))


def print_row(visitors: int, cache: str, row: dict[str, Any]) -> None:
    """Print a kind of request: how many, how many errors, and how long they took."""
    middle, most = (quantile(row["response_times"], share) for share in SHARES)
    aim = AIMS.get(row["name"])
    cells = f"{row['num_requests']:>9}{row['num_failures']:>7}{middle:>9.0f}{most:>9.0f}"
    print(f"{visitors:>8} {cache:>5}  {row['name']:<20}{cells}" + (f"  {aim}" if aim else ""), flush=True)


def quantile(times: dict[str, int], share: float) -> float:
    """Return the milliseconds within which such a share of the answers came, of counts by milliseconds."""
    left = share * sum(times.values())
    for milliseconds, number in sorted((float(text), number) for text, number in times.items()):
        left -= number
        if left <= 0:
            return milliseconds
    return 0.0


if __name__ == "__main__":
    main()
