"""A new chapter begins with a skeleton that passes the lint and says what it lacks."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from autorev_lib import chapters
from autorev_lib.errors import AutorevError
from autorev_lib.tools import new_chapter
from autorev_lib.tools.notebook_lint import lint

pytest.importorskip("nbclient")


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    """A checkout with one chapter, as far as a new chapter looks at it."""
    ours = chapters.folder()
    folder = tmp_path / "notebooks"
    (folder / "exercises").mkdir(parents=True)
    shutil.copy(ours / "01_linear_regression.ipynb", folder)
    shutil.copy(ours.parent / "pyproject.toml", tmp_path)
    monkeypatch.setattr(chapters, "folder", lambda: folder)
    return folder


def create(number, name):
    return new_chapter.create(number, name, lambda *_: None)


def files_of(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_a_skeleton_has_run_passes_the_lint_and_names_what_is_missing(checkout):
    root = checkout.parent
    (root / "autorev_lib").symlink_to(Path(new_chapter.__file__).parents[1])
    command = [sys.executable, "-m", "autorev_lib", "new", "07", "trees"]
    environment = os.environ | {"PYTHONPATH": str(root)}
    ended = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True)
    assert ended.returncode == 0, ended.stderr
    text = " ".join(ended.stdout.split())
    assert int(re.search(r"(\d+) places marked TODO in 07_trees.ipynb and trees.py", text)[1]) > 10
    for place in ("Predict before you run", "tests/answers/trees", "autorev claims 07", "CHANGELOG.md"):
        assert place in text
    assert [str(finding) for finding in lint(checkout / "07_trees.ipynb")] == []


@pytest.mark.parametrize(
    ("number", "name", "words"),
    [
        ("1", "trees", "number: expected two digits"),
        ("07", "Trees!", "name: expected small letters"),
        ("01", "trees", "there is a chapter 01_linear_regression"),
        ("07", "linear_regression", "there is a chapter 01_linear_regression"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line_and_nothing_is_written(checkout, number, name, words):
    before = files_of(checkout)
    with pytest.raises(AutorevError, match=words):
        create(number, name)
    assert files_of(checkout) == before


def test_an_installed_course_gets_no_chapters(checkout):
    (checkout.parent / "pyproject.toml").unlink()
    with pytest.raises(AutorevError, match="checkout"):
        create("07", "trees")


def test_exercises_that_lie_there_already_are_kept(checkout):
    mine = checkout / "exercises" / "trees.py"
    mine.write_text("mine")
    with pytest.raises(AutorevError, match="stays"):
        create("07", "trees")
    assert mine.read_text() == "mine"
    assert not (checkout / "07_trees.ipynb").exists()
