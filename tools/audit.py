"""Looks up whether anything that is installed is known to be unsafe: ``python -m tools.audit``.

Where the package index does not tell, that is said, and no failure: it says nothing about the code.
"""

import json
import subprocess
import sys

AUDIT = ("-m", "pip_audit", "--format", "json", "--progress-spinner", "off", "--timeout", "5")


def main() -> None:
    """Print what is known to be unsafe, and end with 1 where anything is; else print how much was looked up."""
    told = subprocess.run([sys.executable, *AUDIT], capture_output=True, text=True, check=False)
    try:
        packages = json.loads(told.stdout)["dependencies"]
    except ValueError:
        print(f"Nothing was audited, as the index cannot be asked: {told.stderr.strip().splitlines()[-1:]}")
        return
    unsafe = [package for package in packages if package.get("vulns")]
    for package in unsafe:
        known = ", ".join(found["id"] for found in package["vulns"])
        print(f"{package['name']} {package['version']} is known to be unsafe: {known}")
    asked = [package for package in packages if "skip_reason" not in package]
    print(f"{len(asked)} of {len(packages)} installed packages were audited; of the others the index tells nothing.")
    sys.exit(1 if unsafe else 0)


if __name__ == "__main__":
    main()
