"""What of nnviz goes into a wheel: its packages, the assets within it as nnviz.assets, and Plotly's smaller build.

The modules of the player that stands alone are one script of their own.

That build and esbuild, which makes the modules one, are npm's, as package-lock.json says; where npm is not there, the
page loads the modules as they are, and the whole of Plotly.
"""

import shutil
import subprocess
from pathlib import Path
from runpy import run_path

from setuptools import find_packages, setup
from setuptools.command.build_py import build_py

HERE = Path(__file__).parent
ASSETS, NODE_MODULES = HERE / "assets", HERE / "node_modules"
STANDALONE, WIDGET = "standalone.mjs", "widget.mjs"
PLOTLY = NODE_MODULES / "plotly.js-cartesian-dist-min" / "plotly-cartesian.min.js"


class BuildWithAssets(build_py):
    """Build the packages, then make the modules one, and put Plotly's smaller build beside them."""

    def run(self) -> None:
        super().run()
        if not PLOTLY.is_file() and shutil.which("npm"):
            subprocess.run(["npm", "ci", "--silent", "--ignore-scripts", "--omit=dev"], cwd=HERE, check=False)
        assets = Path(self.build_lib, "nnviz", "assets")
        modules = run_path(str(HERE / "nnviz" / "web" / "bundle.py"))["bundle"](ASSETS, NODE_MODULES)
        joined = run_path(str(HERE / "nnviz" / "standalone" / "joining.py"))["joined"]
        modules |= {name: joined(ASSETS, name).encode() for name in (STANDALONE, WIDGET)}
        for file in assets.rglob("*.mjs"):
            file.unlink()
        for name, module in modules.items():
            (assets / name).parent.mkdir(exist_ok=True)
            (assets / name).write_bytes(module)
        if PLOTLY.is_file():
            shutil.copy(PLOTLY, assets)


setup(packages=[*find_packages(include=["nnviz", "nnviz.*"]), "nnviz.assets"], cmdclass={"build_py": BuildWithAssets})
