"""Editions of the notebooks: exercises in step with their modules, solved ones that run, nbgrader's."""

import json
import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from typer.testing import CliRunner

from autorev_lib import chapters, exercises
from autorev_lib.errors import AutorevError
from autorev_lib.tools import cli, editions, surroundings

NOTEBOOKS = [chapter.path for chapter in chapters.all_chapters()]


def cells_of(path):
    return [(cell.id, cell.cell_type, cell.source, cell.metadata) for cell in nbformat.read(path, 4).cells]


def by_id(notebook):
    return {cell.id: cell for cell in notebook.cells}


every_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def test_every_notebook_has_exercises_that_can_be_checked():
    assert all(chapter.exercises.exists() for chapter in chapters.all_chapters())


@every_notebook
def test_notebook_holds_the_exercises_as_their_module_has_them(path):
    notebook = nbformat.read(path, 4)
    editions.refresh(chapters.find(path.name), notebook)
    fresh = [(cell.id, cell.cell_type, cell.source, cell.metadata) for cell in notebook.cells]
    assert fresh == cells_of(path), "run: make notebooks"
    assert "exercises-load" in by_id(notebook)


@every_notebook
def test_no_solution_is_in_the_notebook(path):
    section = [cell for cell in nbformat.read(path, 4).cells if cell.id.startswith("exercise")]
    text = json.dumps(section, ensure_ascii=False)
    for exercise in exercises.load(path.stem[:2]).values():
        stub = set(exercise.stub.splitlines())
        lines = [line.strip() for line in exercise.solution_code.splitlines() if line not in stub]
        telling = [json.dumps(line, ensure_ascii=False)[1:-1] for line in lines if len(line) > 25]
        received = [line for line in telling if line in text]
        assert len(received) < max(1, len(telling)), (
            f"{exercise.name}: expected no solution, received {received}"
        )
        assert json.dumps(exercise.why, ensure_ascii=False)[1:-1] not in text


@every_notebook
def test_solved_notebook_runs_and_every_exercise_is_correct(path, tmp_path):
    (target,) = editions.write_solutions([path], tmp_path)
    notebook = nbformat.read(target, 4)
    client = NotebookClient(notebook, timeout=600, resources={"metadata": {"path": str(tmp_path)}})
    client.execute(env=surroundings.kernel_environment())
    cells = by_id(notebook)
    for exercise in exercises.load(path.stem[:2]).values():
        shown = json.dumps(cells[f"exercise-{exercise.number}-stub"].outputs, ensure_ascii=False)
        assert "✔ Correct." in shown, f"{exercise.name}: expected a correct verdict, received {shown}"
    number = len(exercises.load(path.stem[:2]))
    assert f"{number} of {number} solved" in json.dumps(cells["exercises-progress"].outputs)


@every_notebook
def test_nbgrader_generates_the_assignment(path, tmp_path):
    pytest.importorskip("nbgrader", reason="the extra teach is not installed")
    assert editions.write_assignments([path], tmp_path) == [path.stem]
    command = [sys.executable, "-m", "nbgrader", "generate_assignment", path.stem]
    beside_python = os.pathsep.join(
        [str(Path(sys.executable).parent), os.environ["PATH"]]
    )  # it calls alembic
    environment = os.environ | {"PATH": beside_python}
    result = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr[-2000:]
    released = nbformat.read(tmp_path / "release" / path.stem / path.name, 4)
    cells = by_id(released)
    for exercise in exercises.load(path.stem[:2]).values():
        stub = cells[f"exercise-{exercise.number}-stub"].source
        assert "SOLUTION" not in stub
        lines = [
            line for line in exercise.solution_code.splitlines() if line not in exercise.stub.splitlines()
        ]
        assert not [line for line in lines if line.strip() and line in stub.splitlines()]
        test = cells[f"exercise-{exercise.number}-test"]
        assert test.source.startswith(exercise.check_line)
        assert "HIDDEN" not in test.source and "assert" not in test.source
        assert test.metadata.nbgrader.points == 1 and test.metadata.nbgrader.locked


def test_released_stub_is_the_notebooks_own():
    for exercise in exercises.load("01").values():
        marked = editions._marked_solution(exercise)
        assert marked.count("### BEGIN SOLUTION") == marked.count("### END SOLUTION") >= 1
        kept, inside = [], False
        for line in marked.splitlines():
            inside |= "BEGIN SOLUTION" in line
            if not inside:
                kept.append(line)
            inside &= "END SOLUTION" not in line
        stub = [line for line in exercise.stub.splitlines() if line.strip() != "..."]
        assert kept == stub


def test_solutions_command_writes_what_the_notebook_needs(tmp_path):
    result = CliRunner().invoke(cli.app, ["solutions", "01", "--output", str(tmp_path / "solved")])
    assert result.exit_code == 0, result.output
    names = {path.name for path in (tmp_path / "solved").iterdir()}
    assert names == {"01_linear_regression.ipynb", "images"}


def test_assignment_keeps_a_configuration_that_is_there(tmp_path):
    (tmp_path / "nbgrader_config.py").write_text("mine = True\n")
    result = CliRunner().invoke(cli.app, ["assignment", "01", "--output", str(tmp_path)])
    assert result.exit_code == 0, result.output
    assert (tmp_path / "nbgrader_config.py").read_text() == "mine = True\n"
    assert "nbgrader generate_assignment 01_linear_regression" in result.output


def test_a_notebook_without_exercises_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(exercises, "notebooks", lambda: ["99"])
    with pytest.raises(AutorevError, match=r"expected one with exercises \(99\), received 01"):
        editions.write_solutions([chapters.find("01").path], tmp_path)
    assert list(tmp_path.iterdir()) == []
