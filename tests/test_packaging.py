"""What an installation brings, and what it must leave alone."""

import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def pins(file_name):
    lines = (ROOT / file_name).read_text().splitlines()
    requirements = [Requirement(line.rstrip(" \\")) for line in lines if line[:1].isalnum()]
    return {r.name.lower(): next(iter(r.specifier)).version for r in requirements}


def test_colab_already_has_what_the_library_needs():
    """Installing there replaces nothing: each dependency accepts the version that Colab has."""
    on_colab = pins("constraints-colab.txt")
    for dependency in map(Requirement, PROJECT["dependencies"]):
        if dependency.name in on_colab:
            assert dependency.specifier.contains(on_colab[dependency.name]), dependency
    needed = {Requirement(text).name for text in PROJECT["dependencies"]}
    assert {"keras", "numpy", "pandas", "matplotlib", "ipython"} <= needed & set(on_colab)
    assert not needed & {"tensorflow", "tensorflow-cpu", "jax"}, "a framework must stay an extra"


def test_the_pinned_versions_are_hashed_and_name_no_address():
    text = (ROOT / "requirements.txt").read_text()
    assert "://" not in text and "--index" not in text
    entries = text.split("\n\n")[0].replace("\\\n", " ").splitlines()
    assert len(entries) > 50
    assert all("==" in entry and "--hash=sha256:" in entry for entry in entries if entry.strip())


def test_every_dependency_is_pinned():
    pinned = pins("requirements.txt")
    extras = PROJECT["optional-dependencies"]
    for text in (
        PROJECT["dependencies"] + extras["tensorflow"] + extras["jax"] + extras["lab"] + extras["test"]
    ):
        requirement = Requirement(text)
        assert requirement.specifier.contains(pinned[requirement.name]), text


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*command, "--wheel-dir", str(folder), str(ROOT)], check=True)
    (path,) = folder.glob("*.whl")
    return path


def test_the_wheel_carries_the_data_and_the_notebooks(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        shipped = archive.read("autorev_lib/datasets/penguins.csv")
    assert shipped == (ROOT / "autorev_lib/datasets/penguins.csv").read_bytes()
    assert {"autorev_lib/datasets/mnist.npz", "autorev_lib/course.mplstyle"} <= names
    for notebook in (ROOT / "notebooks").glob("*.ipynb"):
        assert f"autorev_lib/_course/notebooks/{notebook.name}" in names
    for exercises in (ROOT / "notebooks" / "exercises").glob("*.py"):
        assert f"autorev_lib/_course/notebooks/exercises/{exercises.name}" in names
    assert "autorev_lib/_course/requirements.txt" in names
    for record in (ROOT / "benchmarks" / "results").glob("*.json"):
        assert f"autorev_lib/_course/benchmarks/results/{record.name}" in names
    strays = ("tests", "benchmarks", "notebooks", "autorev_lib/_course/notebooks/models")
    assert not [name for name in names if name.startswith(strays)]


def test_the_wheel_is_small_enough_to_install_in_class(wheel):
    assert wheel.stat().st_size < 20 * 2**20
