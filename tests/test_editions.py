"""Editions of the notebooks: exercises in step with their modules, solved ones that run, nbgrader's."""

import json
import shutil

import nbformat
import pytest
from IPython.core.interactiveshell import InteractiveShell
from typer.testing import CliRunner

from autorev_lib import chapters, exercises
from autorev_lib.errors import AutorevError
from autorev_lib.tools import cli, editions, workspace

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
    for exercise in exercises.load(path.stem.partition("_")[0]).values():
        stub = set(exercise.stub.splitlines())
        lines = [line.strip() for line in exercise.solution_code.splitlines() if line not in stub]
        telling = [json.dumps(line, ensure_ascii=False)[1:-1] for line in lines if len(line) > 25]
        received = [line for line in telling if line in text]
        assert len(received) < max(1, len(telling)), (
            f"{exercise.name}: expected no solution, received {received}"
        )
        assert json.dumps(exercise.why, ensure_ascii=False)[1:-1] not in text


@pytest.fixture(scope="module")
def released(tmp_path_factory):
    """The folder of what nbgrader makes of all assignments."""
    pytest.importorskip("nbgrader", reason="the extra teach is not installed")
    folder = tmp_path_factory.mktemp("nbgrader")
    assert editions.write_assignments(chapters.all_chapters(), folder).outcomes
    editions.release_assignments(chapters.all_chapters(), folder)
    return folder / "release"


@every_notebook
def test_nbgrader_generates_the_assignment(path, released):
    cells = by_id(nbformat.read(released / path.stem / path.name, 4))
    assert cells["exercises-load"].source.endswith(", for_marks=True)")
    assert "solution()" not in json.dumps([cell.source for cell in cells.values()])
    assert not (released / path.stem / "README.md").exists(), "it tells where the solutions are"
    for exercise in exercises.load(path.stem.partition("_")[0]).values():
        stub = cells[f"exercise-{exercise.number}-stub"].source
        assert "SOLUTION" not in stub
        assert stub.splitlines()[-1] == f'# exercise["{exercise.name}"].hint()'
        lines = [
            line for line in exercise.solution_code.splitlines() if line not in exercise.stub.splitlines()
        ]
        assert not [line for line in lines if line.strip() and line in stub.splitlines()]
        test = cells[f"exercise-{exercise.number}-test"]
        assert test.source.startswith(exercise.check_line)
        assert "HIDDEN" not in test.source and "assert" not in test.source
        assert test.metadata.nbgrader.points == 1 and test.metadata.nbgrader.locked
    assert "colab.research" not in cells["title"].source, "it opens the edition with solutions"


def test_nbgrader_gives_the_part_of_a_point_that_grade_gives(tmp_path):
    utils = pytest.importorskip("nbgrader.utils", reason="the extra teach is not installed")
    exercise = exercises.load("01")["other_units"]
    notebook = nbformat.read(chapters.find("01").path, 4)
    editions.to_assignment(notebook, exercises.load("01"))
    cell = by_id(notebook)[f"exercise-{exercise.number}-test"]
    shell = InteractiveShell()
    names = dict(zip(exercise.parts, (exercise.right_answer[0], *[None] * 9), strict=False))
    shell.user_ns |= names | {"exercise": exercises.load("01"), "load": exercises.load}
    share = shell.run_cell(cell.source).result
    assert 0 < share == exercise.grade(exercise.answer_in(names)).share < 1
    cell.outputs = [nbformat.v4.new_output("execute_result", {"text/plain": repr(share)})]
    assert utils.determine_grade(cell) == (share, 1)


def test_a_release_older_than_its_source_is_made_anew(released, tmp_path):
    folder = shutil.copytree(released.parent, tmp_path / "course")
    chapter = chapters.find("01")
    assert editions.release_assignments([chapter], folder) == []
    source = folder / "source" / chapter.path.stem / chapter.path.name
    notebook = nbformat.read(source, 4)
    notebook.cells[0].source += "\n\nDue on Monday."
    nbformat.write(notebook, source)
    ((old, new),) = editions.release_assignments([chapter], folder)
    assert "Due on Monday" in (old / chapter.path.name).read_text()
    assert "Due on Monday" not in (new / chapter.path.name).read_text()


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
    assert names == {"01_linear_regression.ipynb", "images", workspace.RECORD}


def test_assignment_keeps_a_configuration_that_is_there(tmp_path, monkeypatch):
    (tmp_path / "nbgrader_config.py").write_text("# mine\n")
    monkeypatch.setattr(editions, "release_assignments", lambda wanted, folder: [])
    result = CliRunner().invoke(cli.app, ["assignment", "01", "--output", str(tmp_path)])
    assert result.exit_code == 0, result.output
    assert (tmp_path / "nbgrader_config.py").read_text() == "# mine\n"
    assert f"For students: {tmp_path / 'release'}." in result.output.replace("\n", "")


def test_without_nbgrader_the_cure_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(editions, "find_spec", lambda name: None)
    with pytest.raises(AutorevError, match=r"nbgrader.* is not installed.*Cure: pip install"):
        editions.release_assignments([chapters.find("01")], tmp_path)


def test_what_nbgrader_says_is_one_line(tmp_path):
    pytest.importorskip("nbgrader", reason="the extra teach is not installed")
    with pytest.raises(AutorevError, match=r"nbgrader did not make the students' versions: .*Cure: see what"):
        editions.release_assignments([chapters.find("01")], tmp_path)  # there is no source


def test_a_chapter_without_exercises_is_refused(tmp_path):
    bare = chapters.Chapter("99", "bare", tmp_path / "99_bare.ipynb")
    with pytest.raises(AutorevError, match=r"expected one with exercises \(01.*\), received 99_bare"):
        editions.write_solutions([bare], tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("write", [editions.write_solutions, editions.write_assignments])
def test_what_a_person_wrote_stays(write, tmp_path):
    chapter = chapters.find("01")
    write([chapter], tmp_path)
    (path,) = tmp_path.rglob("01_*.ipynb")
    notebook = nbformat.read(path, 4)
    notebook.cells[-1].source += "\nmine"
    nbformat.write(notebook, path)
    mine = path.read_bytes()
    write([chapter], tmp_path)
    assert path.read_bytes() == mine

    theirs = tmp_path / "theirs" / path.relative_to(tmp_path)
    theirs.parent.mkdir(parents=True)
    theirs.write_bytes(mine)
    delivery = write([chapter], tmp_path / "theirs")
    assert theirs.read_bytes() == mine
    (outcome,) = [outcome for outcome in delivery.outcomes if outcome.new_edition]
    assert (tmp_path / "theirs" / outcome.new_edition).exists()


def test_solutions_do_not_take_the_place_of_a_students_answers(tmp_path):
    workspace.deliver(tmp_path)
    before = (tmp_path / "01_linear_regression.ipynb").read_bytes()
    delivery = editions.write_solutions([chapters.find("01")], tmp_path)
    assert (tmp_path / "01_linear_regression.ipynb").read_bytes() == before
    assert (tmp_path / "solved_01_linear_regression.ipynb").exists()
    assert "solved_01_linear_regression.ipynb" in [outcome.new_edition for outcome in delivery.outcomes]
