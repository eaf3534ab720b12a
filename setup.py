"""What of nnviz goes into a wheel: all its packages, and the assets within it, as nnviz.assets."""

from setuptools import find_packages, setup

setup(packages=[*find_packages(include=["nnviz", "nnviz.*"]), "nnviz.assets"])
