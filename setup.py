"""What of nnviz goes into a wheel: its packages, the assets within it as nnviz.assets, and Plotly's smaller build.

That build is npm's, as package-lock.json says; where npm is not there, the page loads the whole of Plotly.
"""

import shutil
import subprocess
from pathlib import Path

from setuptools import find_packages, setup
from setuptools.command.build_py import build_py

HERE = Path(__file__).parent
BUNDLE = HERE / "node_modules" / "plotly.js-cartesian-dist-min" / "plotly-cartesian.min.js"


class BuildWithPlotly(build_py):
    """Build the packages, and put Plotly's smaller build beside the assets."""

    def run(self) -> None:
        super().run()
        if not BUNDLE.is_file() and shutil.which("npm"):
            subprocess.run(["npm", "ci", "--silent", "--ignore-scripts", "--omit=dev"], cwd=HERE, check=False)
        if BUNDLE.is_file():
            shutil.copy(BUNDLE, Path(self.build_lib, "nnviz", "assets"))


setup(packages=[*find_packages(include=["nnviz", "nnviz.*"]), "nnviz.assets"], cmdclass={"build_py": BuildWithPlotly})
