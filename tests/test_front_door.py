"""What a visitor meets first: README, table of chapters, documentation, conda's environment, make."""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tomllib

import pytest
import typer
from packaging.specifiers import SpecifierSet

from autorev_lib import __version__, chapters
from autorev_lib.tools import cli
from benchmarks import report

ROOT = chapters.folder().parent
PAGES = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "SECURITY.md",
    *sorted((ROOT / "docs").glob("*.md")),
    ROOT / "notebooks" / "README.md",
    ROOT / "benchmarks" / "README.md",
]
LINK = re.compile(r"\]\((?!\w+:)([^)#]+)")


@pytest.fixture(scope="module")
def chapter_table():
    spec = importlib.util.spec_from_file_location("chapter_table", ROOT / "docs" / "chapter_table.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_table_says_what_the_notebooks_say(chapter_table):
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert chapter_table.updated(readme) == readme, "run: python docs/chapter_table.py"


def test_the_tables_of_the_benchmarks_say_what_was_recorded():
    readme = report.README.read_text(encoding="utf-8")
    assert report.updated(readme) == readme, "run: python -m benchmarks.report"


def test_all_chapters_are_in_one_table(chapter_table):
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    lines = chapter_table.BLOCK.search(readme)[0].strip().splitlines()
    rows = lines[2 : 2 + len(chapters.all_chapters())]
    assert all(line.startswith("| [") for line in rows)
    for row, chapter in zip(rows, chapters.all_chapters(), strict=True):
        assert row.count(chapter.path.name) == 2  # the file, and the badge


def test_a_notebook_that_does_not_open_as_it_must_is_named(chapter_table, tmp_path):
    path = tmp_path / "01_bad.ipynb"
    path.write_text('{"cells": [{"source": "# 01 · A title"}]}')
    with pytest.raises(
        ValueError, match=r"01_bad.ipynb: expected a first cell with .*received '# 01 · A title'"
    ):
        chapter_table.read_row(path)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_to_files_that_are_there(page):
    text = page.read_text(encoding="utf-8")
    missing = [target for target in LINK.findall(text) if not (page.parent / target).exists()]
    assert not missing


def test_every_command_is_documented():
    text = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    commands = typer.main.get_command(cli.app).commands
    assert set(re.findall(r"^\| `autorev (\w+)", text, re.MULTILINE)) == set(commands)
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert set(re.findall(r"^\| `make (\w+)", text, re.MULTILINE)) == set(targets)


def test_the_citation_is_of_this_version():
    yaml = pytest.importorskip("yaml", reason="the extra lab is not installed")
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert (citation["cff-version"], citation["version"]) == ("1.2.0", __version__)
    assert citation["title"] and citation["authors"]


@pytest.fixture(scope="module")
def conda():
    """What conda installs, and what it hands to pip as a requirements file beside environment.yml."""
    yaml = pytest.importorskip("yaml", reason="the extra lab is not installed")
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    (pip,) = [each["pip"] for each in environment["dependencies"] if isinstance(each, dict)]
    return [each for each in environment["dependencies"] if isinstance(each, str)], pip


def test_conda_brings_a_python_that_suits(conda):
    packages, _ = conda
    (python,) = [package for package in packages if package.startswith("python=")]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert python.removeprefix("python=") in SpecifierSet(project["requires-python"])
    assert "pip" in packages


def test_pip_takes_what_conda_hands_to_it(conda):
    """Nothing is fetched: the tested versions are installed here, and their hashes are what is asked for."""
    path = ROOT / f"condaenv.{os.getpid()}.requirements.txt"  # conda writes it there, too
    try:
        path.write_text("\n".join(conda[1]))
        command = [sys.executable, "-m", "pip", "install", "--no-index", "--dry-run", "--no-deps", "-r", path]
        result = subprocess.run(command, capture_output=True, text=True)
    finally:
        path.unlink()
    complaint = result.stderr.strip()
    if "No matching distribution" in complaint:
        pytest.skip("other versions than the tested ones are installed here")
    assert result.returncode == 0, complaint
    assert "tensorflow" in result.stdout


MAKE = shutil.which("make")


@pytest.mark.skipif(not MAKE or os.name != "posix", reason="there is no make here")
def test_a_moved_checkout_is_set_up_again(tmp_path):
    for name in ("Makefile", "requirements.txt", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    (tmp_path / ".venv").mkdir()
    for place, is_set_up in ((tmp_path, True), (tmp_path / "elsewhere", False)):
        (tmp_path / ".venv" / "installed").write_text(f"{place}\n")
        command = [MAKE, "--dry-run", "setup"]
        planned = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True).stdout
        assert ("Setting up .venv" not in planned) == is_set_up


@pytest.mark.skipif(not MAKE or os.name != "posix", reason="there is no make here")
@pytest.mark.parametrize(
    ("script", "found"),
    [("echo Python 3.14.2", "Found: Python 3.14.2."), (None, 'Found: none at "')],
    ids=["too new", "none"],
)
def test_make_names_the_ways_to_a_python_that_suits(tmp_path, script, found):
    for name in ("Makefile", "requirements.txt", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    python = tmp_path / "python"
    if script:
        python.write_text(f'#!/bin/sh\ncase "$1" in --version) {script};; *) exit 1;; esac\n')
        python.chmod(0o755)
    result = subprocess.run([MAKE, "setup", f"PYTHON={python}"], cwd=tmp_path, capture_output=True, text=True)
    assert result.returncode != 0
    assert found in result.stdout
    for way in ("uv python install", "pyenv install", "sudo apt install python3.13"):
        assert way in result.stdout
    assert not (tmp_path / ".venv").exists()
