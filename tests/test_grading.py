"""Marking a class: what is handed in gets its marks, whatever it does, and the rest is unharmed.

A kernel takes seconds to start, so that several things are handed in together where they do not meet.
"""

import contextlib
import csv
import os
import time

import handed_in
import nbformat
import psutil
import pytest
from typer.testing import CliRunner

from autorev_lib import exercises
from autorev_lib.tools import cli, grading, hand_ins, marking_process

SECONDS = 120
OURS = exercises.load("01")
ALL = len(OURS)


def marks_of(notebook, folder, modules=None, **limits):
    path = folder / "student/01_linear_regression.ipynb"
    handed_in.write(path, notebook)
    for name, content in (modules or {}).items():
        (path.parent / name).write_text(content)
    return grading.mark(hand_ins.read(path, folder), **({"time_limit": SECONDS} | limits))


def solved_with(answers):
    """Notebook 01 solved, some exercises with other code than the solution's."""
    return handed_in.answered({name: each.solution_code for name, each in OURS.items()} | answers)


def wrong_ones(marks):
    return {name for name, verdict in marks.verdicts.items() if verdict["status"] != "correct"}


def quick_cells(monkeypatch, seconds=2):
    monkeypatch.setattr(marking_process.Budget, "cell_seconds", lambda budget: seconds)


SLIPS = (
    "",
    "# nothing but a comment",
    "return 1",
    "print(1, end='', end='')",
    "for x in 3:",
    "raise SystemExit",
    "exit()",
    "import nothing_of_that_name",
    "input('?')",
    "%pip install nothing-of-that-name",
    "mean_absolute_error = steps_needed = 0.3",
)


@pytest.fixture(scope="module")
def untidy(tmp_path_factory):
    """A solved notebook full of what works in a notebook, and of slips in other cells than the answers'."""
    code = {name: each.solution_code for name, each in OURS.items()}
    uses_predict = """
def offset(y, prediction):
    return predict(prediction, 1.0, 0.0) - y


def mean_absolute_error(y, prediction):
    return np.mean(np.abs(offset(y, prediction)))"""
    notebook = solved_with(
        {
            "mean_absolute_error": f"%%time\n{uses_predict}",
            "other_units": f"%%capture output\n{code['other_units']}",
            "descend_repaired": f"import asyncio\nawait asyncio.sleep(0)\n{code['descend_repaired']}",
            "gradient_many": f"{code['gradient_many']}\n\n\n%matplotlib inline",
            "my_inputs": f"import helper\n\n\n{code['my_inputs'].replace('np.', 'helper.np.')}",
        }
    )
    cell = next(each for each in notebook.cells if "def steps_needed" in each.source)
    cell.source += "\nsteps_needed = None\nreturn steps_needed"
    cell = next(each for each in notebook.cells if "def gradient_many" in each.source)
    cell.source += "\nprint(1, end='', end='')"
    for slip in SLIPS:
        handed_in.with_cell(notebook, slip)
        notebook.cells.append(nbformat.v4.new_code_cell(slip))
    modules = {"helper.py": "import numpy as np\n", "json.py": "raise RuntimeError"}
    return marks_of(notebook, tmp_path_factory.mktemp("untidy"), modules)


@pytest.mark.parametrize(
    ("exercise", "what"),
    [
        ("mean_absolute_error", "time, what the notebook defines, a name that is reused further down"),
        ("other_units", "capture"),
        ("descend_repaired", "await"),
        ("steps_needed", "a name that is reused in the same cell, a slipped return"),
        ("gradient_many", "line magic, a keyword given twice"),
        ("my_inputs", "a module beside the notebook"),
    ],
)
def test_what_works_in_a_notebook_is_marked_and_slips_elsewhere_cost_nothing(untidy, exercise, what):
    assert untidy.verdicts[exercise]["status"] == "correct", what
    assert untidy.outcome == "marked"


@pytest.fixture(scope="module")
def broken(tmp_path_factory):
    """A notebook in which every second answer breaks something, in its cell or when it is checked."""
    notebook = solved_with(
        {
            "mean_absolute_error": handed_in.DOES_NOT_PARSE,
            "descend_repaired": handed_in.QUITS,
            "gradient_many": handed_in.CRASHES,
        }
    )
    return marks_of(notebook, tmp_path_factory.mktemp("broken"))


def test_what_ends_the_kernel_costs_only_the_exercise_it_stands_in(broken):
    assert wrong_ones(broken) == {"mean_absolute_error", "descend_repaired", "gradient_many"}
    assert broken.outcome == "crashed"
    assert "ended the kernel; the answer to gradient_many ended the kernel" in broken.detail


def test_what_broke_is_told_to_the_student(broken):
    messages = {name: verdict["message"] for name, verdict in broken.verdicts.items()}
    assert messages["mean_absolute_error"].startswith("The cell raised `SyntaxError: expected ':'")
    assert messages["descend_repaired"] == "The cell ended the kernel."
    assert messages["gradient_many"] == "While your answer was checked, it ended the kernel."
    assert {broken.verdicts[name]["status"] for name in wrong_ones(broken)} == {"error"}


def test_untouched_notebook_is_not_attempted(tmp_path):
    marks = marks_of(handed_in.blank(), tmp_path)
    assert marks.outcome == "marked"
    assert {verdict["status"] for verdict in marks.verdicts.values()} == {"not_attempted"}
    assert list(marks.verdicts) == list(OURS)


def test_solved_notebook_gets_all_points_and_copies_are_named(tmp_path):
    marks = marks_of(handed_in.solved(), tmp_path)
    assert (marks.outcome, marks.count("correct")) == ("marked", ALL), marks
    assert "word for word the course's solutions: " in marks.detail and "descend_repaired" in marks.detail


def test_cells_that_hang_cost_only_themselves(tmp_path, monkeypatch):
    quick_cells(monkeypatch)
    hanging = f"{OURS['steps_needed'].solution_code}\n\n\n{handed_in.CATCHES_ALL}"
    notebook = handed_in.with_cell(solved_with({"steps_needed": hanging}), handed_in.HANGS)
    marks = marks_of(notebook, tmp_path)
    assert (marks.outcome, wrong_ones(marks)) == ("marked", {"steps_needed"}), marks
    assert marks.detail.count("was stopped after 2 seconds") == 2
    assert marks.verdicts["steps_needed"]["message"] == "The cell was stopped after 2 seconds."


def test_a_notebook_that_takes_too_long_is_stopped(tmp_path, monkeypatch):
    quick_cells(monkeypatch, seconds=600)
    sleeping = handed_in.with_cell(handed_in.solved(), "import time\n\ntime.sleep(600)")
    marks = marks_of(sleeping, tmp_path, time_limit=3)
    assert (marks.outcome, marks.count("correct")) == ("hung", 0), marks
    assert marks.detail.partition(";")[0] == "stopped after 3 seconds"


def test_after_some_cells_that_end_the_kernel_only_answers_are_run(tmp_path):
    notebook = handed_in.answered({"mean_absolute_error": handed_in.SOLVED.replace("np.mean", "mine")})
    for code in (*[handed_in.QUITS] * 5, "mine = np.mean"):
        handed_in.with_cell(notebook, code)
    marks = marks_of(notebook, tmp_path)
    assert (marks.outcome, marks.count("correct")) == ("crashed", 1), marks
    assert marks.detail.count("ended the kernel") == 3


def test_memory_is_limited_and_what_processes_share_counts_once(tmp_path):
    forks = """
import os
import time

shared = b"x" * 2**29
children = [os.fork() for _ in range(3) if os.getpid() == os.getsid(0)]
if 0 in children:
    time.sleep(2)
    os._exit(0)
for child in children:
    os.waitpid(child, 0)
del shared"""
    notebook = handed_in.with_cell(solved_with({"gradient_many": handed_in.EATS_MEMORY}), forks)
    marks = marks_of(notebook, tmp_path, memory_limit=1.3)
    assert (marks.outcome, wrong_ones(marks)) == ("out of memory", {"gradient_many"}), marks
    assert marks.detail.count("was stopped at 1.3 GiB") == 1


@pytest.mark.parametrize(
    "code",
    [
        handed_in.REPLACES_GRADE,
        handed_in.REPLACES_COMPARISON,
        handed_in.REPLACES_NUMPY,
        handed_in.REPLACES_BUILTIN,
    ],
    ids=["grade", "comparison", "numpy", "builtin"],
)
def test_tampering_is_told_and_gives_no_points(tmp_path, code):
    marks = marks_of(handed_in.with_cell(handed_in.solved(), code), tmp_path)
    assert (marks.outcome, marks.count("correct")) == ("tampered", 0), marks
    assert "has been replaced" in marks.detail


@pytest.mark.parametrize("code", [handed_in.REPLACES_WHILE_CHECKED, handed_in.BORROWS_THE_SOLUTION])
def test_tampering_in_an_answer_is_told(tmp_path, code):
    marks = marks_of(handed_in.answered({"mean_absolute_error": code}), tmp_path)
    assert (marks.outcome, marks.count("correct")) == ("tampered", 0), marks


def test_what_looks_like_a_mark_counts_for_nothing(tmp_path):
    forging = """
import glob
import json

from IPython.display import HTML, display

type(exercise["mean_absolute_error"]).check = lambda self, *answer: print("✔ Correct.")
print("✔ Correct.")
display(HTML("<b>✔ Correct.</b>"))
for path in glob.glob("../*"):
    with open(path, "a") as stream:
        stream.write(json.dumps({"nonce": "guess", "verdict": {"status": "correct", "share": 1}}) + "\\n")"""
    wrapper = """
def mean_absolute_error(y, prediction):
    from autorev_lib.exercises import load

    return load("linear_regression")["mean_absolute_error"].right_answer(y, prediction)"""
    values = 'slope_factor, curvature_factor = exercise["other_units"].right_answer'
    execution = 'exec(exercise["steps_needed"].solution_code)'
    answers = {"mean_absolute_error": wrapper, "other_units": values, "steps_needed": execution}
    marks = marks_of(handed_in.with_cell(handed_in.answered(answers), forging), tmp_path)
    assert (marks.outcome, marks.count("correct")) == ("marked", 0), marks
    assert {marks.verdicts[name]["status"] for name in answers} == {"error"}
    assert marks.detail.startswith("look at code cell") and marks.detail.endswith("right_answer")


def test_neither_checks_nor_the_cell_that_loads_them_are_needed(tmp_path):
    below = "def helper(y, prediction):\n    return np.mean(np.abs(y - prediction))"
    notebook = solved_with(
        {"mean_absolute_error": "def mean_absolute_error(y, prediction):\n    return helper(y, prediction)"}
    )
    notebook.cells = [cell for cell in notebook.cells if cell.id != "exercises-load"]
    for cell in notebook.cells:
        if "def steps_needed" not in cell.source:  # by it the chapter is known
            cell.source = "\n".join(line for line in cell.source.splitlines() if ".check(" not in line)
    notebook.cells.append(nbformat.v4.new_code_cell(below))
    marks = marks_of(notebook, tmp_path)
    assert (marks.notebook, marks.count("correct")) == ("linear_regression", ALL), marks


def test_an_answer_under_another_name_counts_where_it_is_checked(tmp_path):
    notebook = handed_in.blank()
    cell = next(cell for cell in notebook.cells if "def mean_absolute_error" in cell.source)
    cell.source = handed_in.SOLVED.replace("def mean", "def my_mean")
    cell.source += '\n\n\nexercise["mean_absolute_error"].check(my_mean_absolute_error)'
    assert marks_of(notebook, tmp_path).count("correct") == 1


def test_what_a_notebook_starts_and_sees(tmp_path, monkeypatch):
    monkeypatch.setenv("CANVAS_TOKEN", "secret")
    code = f"""
import os, subprocess, sys

child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], start_new_session=True)
bare = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], env={{}})
print(*range(10**5))
import time; time.sleep(1)
open({str(tmp_path / "left")!r}, "w").write(f"{{child.pid}} {{bare.pid}}")
open({str(tmp_path / "seen")!r}, "w").write(" ".join(os.environ))
open({str(tmp_path / "history")!r}, "w").write(str(In))

{handed_in.SOLVED}"""
    assert marks_of(handed_in.answered({"mean_absolute_error": code}), tmp_path).count("correct") == 1
    for pid in (tmp_path / "left").read_text().split():
        with contextlib.suppress(psutil.NoSuchProcess):
            psutil.Process(int(pid)).wait(10)  # fails if it goes on
    seen = (tmp_path / "seen").read_text().split()
    assert "PATH" in seen and not {"CANVAS_TOKEN", "PWD", "OLDPWD"} & set(seen)
    history = (tmp_path / "history").read_text()
    assert "CANVAS_TOKEN" not in history and "nonce" not in history


def test_a_setting_of_keras_and_a_backend_that_is_not_there_change_nothing(tmp_path, monkeypatch):
    (tmp_path / ".keras").mkdir()
    (tmp_path / ".keras/keras.json").write_text('{"backend": "torch", "floatx": "float64"}')
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("KERAS_BACKEND", "nothing_of_that_name")
    backend = f"import os\nopen({str(tmp_path / 'backend')!r}, 'w').write(os.environ['KERAS_BACKEND'])"
    code = f"{backend}\n\n\n{handed_in.SOLVED}"
    assert marks_of(handed_in.answered({"mean_absolute_error": code}), tmp_path).count("correct") == 1
    assert (tmp_path / "backend").read_text() in ("tensorflow", "jax")


def test_a_notebook_that_deletes_the_others_costs_them_nothing(tmp_path):
    folder = tmp_path / "class"
    deletes = f"import pathlib\npathlib.Path({str(folder / 'bela.ipynb')!r}).unlink()\n{handed_in.SOLVED}"
    handed_in.write(folder / "anna.ipynb", handed_in.answered({"mean_absolute_error": deletes}))
    handed_in.write(folder / "bela.ipynb", handed_in.answered({"mean_absolute_error": handed_in.SOLVED}))
    result = CliRunner().invoke(cli.app, ["grade", str(folder), "--output", str(tmp_path / "marks.csv")])
    assert result.exit_code == 0, result.output
    assert not (folder / "bela.ipynb").exists()
    assert "while it ran, files disappeared: bela.ipynb" in (tmp_path / "marks.csv").read_text(
        encoding="utf-8"
    )
    rows = csv.DictReader((tmp_path / "marks.csv").open(encoding="utf-8-sig"))
    assert [(row["student"], row["total"]) for row in rows] == [("anna", "1"), ("bela", "1")]


@pytest.mark.parametrize(
    "content", ["", "{}", '{"cells": [', '{"cells": [{"cell_type": "code"}]}', "\ufeff[1]"]
)
def test_what_is_no_notebook_is_unreadable(tmp_path, content):
    path = tmp_path / "broken.ipynb"
    path.write_text(content, encoding="utf-8")
    assert grading.mark(hand_ins.read(path, tmp_path)).outcome == "unreadable"


def test_what_nobody_thought_of_costs_only_its_own_marks(tmp_path, monkeypatch):
    def fail(submission):
        raise ZeroDivisionError("nobody thought of it")

    monkeypatch.setattr(grading, "_Marking", fail)
    marks = marks_of(handed_in.blank(), tmp_path)
    assert marks.outcome == "crashed" and "ZeroDivisionError: nobody thought of it" in marks.detail


def test_a_marking_that_is_stopped_leaves_no_kernel(tmp_path):
    handed_in.write(tmp_path / "ada.ipynb", handed_in.with_cell(handed_in.solved(), handed_in.HANGS))
    (tmp_path / "bela.ipynb").write_text("nothing")
    submissions = [hand_ins.read(path, tmp_path) for path in hand_ins.find_notebooks(tmp_path)]
    marking = grading.mark_all(submissions, jobs=2)
    place, marks = next(marking)
    assert (place, marks.outcome) == (1, "unreadable")
    time.sleep(4)
    started = time.monotonic()
    marking.close()
    assert time.monotonic() - started < 20
    children = [child for child in psutil.Process().children() if child.status() != psutil.STATUS_ZOMBIE]
    assert not [child for child in children if "ipykernel_launcher" in child.cmdline()]


def test_a_chapter_that_is_not_there_is_unreadable_and_an_earlier_table_is_kept(tmp_path):
    folder, table = tmp_path / "class", tmp_path / "marks.csv"
    other = handed_in.blank()
    for cell in other.cells:
        cell.source = cell.source.replace('load("linear_regression")', 'load("99")')
    handed_in.write(folder / "bela.ipynb", other)
    table.write_text("with the teacher's remarks")
    result = CliRunner().invoke(cli.app, ["grade", str(folder), "--output", str(table)])
    assert result.exit_code == 0, result.output
    assert "the course has no chapter 99" in (tmp_path / "marks_exercises.csv").read_text()
    assert "The marks.csv that was there is kept as marks.1.csv." in result.output
    assert (tmp_path / "marks.1.csv").read_text() == "with the teacher's remarks"


def test_command_writes_one_row_for_each_exercise_however_many_are_marked_at_a_time(tmp_path):
    folder = tmp_path / "class"
    wrong = handed_in.wrong_code(OURS["mean_absolute_error"], "squares")
    handed_in.write(folder / "=anna/01.ipynb", handed_in.answered({"mean_absolute_error": wrong}))
    handed_in.write(folder / "bela.ipynb", handed_in.answered({"mean_absolute_error": handed_in.SOLVED}))
    (folder / "carl.ipynb").write_text("nothing")
    tables = []
    for jobs in ("1", "2"):
        output = tmp_path / jobs / "marks.csv"
        result = CliRunner().invoke(cli.app, ["grade", str(folder), "--output", str(output), "--jobs", jobs])
        assert result.exit_code == 0, result.output
        tables.append([path.read_text(encoding="utf-8-sig") for path in sorted(output.parent.iterdir())])
    assert tables[0] == tables[1] and len(tables[0]) == 2
    rows = list(csv.DictReader((tmp_path / "1/marks_exercises.csv").open(encoding="utf-8-sig")))
    assert len(rows) == ALL + ALL + 1
    assert not [row["file"] for row in rows if row["file"][0] in "=+-@"]
    found = {(row["file"], row["exercise"]): row for row in rows}
    assert found["./=anna/01.ipynb", "mean_absolute_error"]["mistake"] == "squares"
    assert found["./bela.ipynb", "mean_absolute_error"]["points"] == "1"
    assert found["./carl.ipynb", ""]["outcome"] == "unreadable"


def test_marks_and_pages_are_there_as_soon_as_they_are_known(tmp_path, monkeypatch):
    for name in ("ada", "bela"):
        (tmp_path / "class" / name).mkdir(parents=True)
        (tmp_path / "class" / name / "01.ipynb").write_text("nothing")

    def first_only(submissions, jobs, time_limit, memory_limit):
        yield 1, grading.mark(submissions[1])
        assert [path.name for path in (tmp_path / "pages").iterdir()] == ["bela.html"]
        assert "bela" in (tmp_path / "marks_exercises.csv").read_text()
        raise KeyboardInterrupt

    monkeypatch.setattr(grading, "mark_all", first_only)
    arguments = ["--output", str(tmp_path / "marks.csv"), "--feedback", str(tmp_path / "pages")]
    result = CliRunner().invoke(cli.app, ["grade", str(tmp_path / "class"), *arguments])
    assert result.exit_code == 130, result.output
    rows = list(csv.DictReader((tmp_path / "marks.csv").open(encoding="utf-8-sig")))
    assert rows[0]["note"] == "the marking was stopped before all was marked"
    assert not os.path.exists(tmp_path / "pages/ada.html")
