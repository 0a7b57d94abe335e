"""Run what belongs to some chapters of the tests: the notebook, its form, its exercises and its editions."""

import importlib.util
import subprocess
import sys

from autorev_lib import chapters
from autorev_lib.errors import AutorevError


def run_tests(wanted):
    """Run the tests in whose name a chapter is, in a checkout; their output goes to the terminal.

    Returns:
        pytest's exit code.

    Raises:
        AutorevError: The tests are not here, or pytest and nbval are not installed.
    """
    root = chapters.folder().parent
    if not (root / "conftest.py").exists():
        raise AutorevError(
            f"the tests are no part of an installed course; expected them in {root}",
            "clone the repository, and run `make setup` and `.venv/bin/autorev test` there",
        )
    missing = [package for package in ("pytest", "nbval", "xdist") if not importlib.util.find_spec(package)]
    if missing:
        raise AutorevError(f"{missing[0]} is not installed", "run `make setup`")
    names = " or ".join(chapter.name for chapter in wanted)
    return subprocess.run([sys.executable, "-m", "pytest", "-k", names], cwd=root).returncode
