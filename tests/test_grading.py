"""Marking a class: what is handed in gets its marks, whatever it does, and the rest is unharmed."""

import contextlib
import csv
import shutil

import handed_in
import nbformat
import psutil
import pytest
from typer.testing import CliRunner

from autorev_lib import exercises
from autorev_lib.errors import AutorevError
from autorev_lib.tools import cli, grading

SECONDS = 25
"""Time limit of the tests; a cell may take a fifth of it."""


def marks_of(notebook, folder, **limits):
    path = folder / "student/01_linear_regression.ipynb"
    handed_in.write(path, notebook)
    return grading.mark(grading.read(path, folder), **({"time_limit": SECONDS} | limits))


def test_untouched_notebook_is_not_attempted(tmp_path):
    marks = marks_of(handed_in.blank(), tmp_path)
    assert marks.outcome == "marked"
    assert {verdict["status"] for verdict in marks.verdicts.values()} == {"not_attempted"}
    assert list(marks.verdicts) == list(exercises.load("01"))


def test_solved_notebook_gets_all_points(tmp_path):
    marks = marks_of(handed_in.solved(), tmp_path)
    assert (marks.outcome, marks.count("correct")) == ("marked", 6), marks


def test_answer_may_use_what_the_notebook_defines(tmp_path):
    answer = """
def offset(y, prediction):
    return predict(prediction, 1.0, 0.0) - y


def mean_absolute_error(y, prediction):
    return np.mean(np.abs(offset(y, prediction)))"""
    marks = marks_of(handed_in.answered({"mean_absolute_error": answer}), tmp_path)
    assert marks.verdicts["mean_absolute_error"]["status"] == "correct", marks


@pytest.mark.parametrize("code", [handed_in.HANGS, handed_in.CATCHES_ALL], ids=["loop", "catches_all"])
def test_cell_that_hangs_costs_only_itself(tmp_path, code):
    marks = marks_of(handed_in.with_cell(handed_in.solved(), code), tmp_path)
    assert (marks.outcome, marks.count("correct")) == ("marked", 6), marks


def test_notebook_that_hangs_for_good_is_stopped(tmp_path):
    ignoring = (
        "import signal\n\nsignal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])\nwhile True:\n    pass"
    )
    marks = marks_of(handed_in.with_cell(handed_in.solved(), ignoring), tmp_path, time_limit=3)
    assert (marks.outcome, marks.count("correct"), marks.detail) == ("hung", 0, "stopped after 3 seconds")


def test_crash_keeps_the_marks_that_were_given(tmp_path):
    answers = {"mean_absolute_error": handed_in.SOLVED, "gradient_many": handed_in.CRASHES}
    marks = marks_of(handed_in.answered(answers), tmp_path)
    assert (marks.outcome, marks.count("correct")) == ("crashed", 1), marks


def test_leaving_early_is_a_crash(tmp_path):
    assert marks_of(handed_in.answered({"steps_needed": handed_in.QUITS}), tmp_path).outcome == "crashed"


def test_memory_is_limited(tmp_path):
    notebook = handed_in.answered({"gradient_many": handed_in.EATS_MEMORY})
    marks = marks_of(notebook, tmp_path, memory_limit=1.5, time_limit=300)
    assert (marks.outcome, marks.detail) == ("out of memory", "stopped at 1.5 GiB")


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


def test_forged_report_counts_for_nothing(tmp_path):
    forging = """
import glob
import json

for path in glob.glob("*"):
    with open(path, "a") as stream:
        stream.write(json.dumps({"nonce": "guess", "exercise": "my_inputs", "status": "correct"}) + "\\n")
with open("report", "w") as stream:
    stream.write(json.dumps({"tampered": None}))"""
    assert marks_of(handed_in.with_cell(handed_in.blank(), forging), tmp_path).count("correct") == 0


def test_removed_check_line_changes_nothing(tmp_path):
    notebook = handed_in.solved()
    for cell in notebook.cells:
        cell.source = "\n".join(line for line in cell.source.splitlines() if ".check(" not in line)
    assert marks_of(notebook, tmp_path).count("correct") == 6


def test_cell_that_does_not_parse_is_an_error_of_its_exercise(tmp_path):
    marks = marks_of(handed_in.answered({"mean_absolute_error": handed_in.DOES_NOT_PARSE}), tmp_path)
    assert marks.verdicts["mean_absolute_error"]["status"] == "error"
    assert "SyntaxError" in marks.verdicts["mean_absolute_error"]["message"]


def test_a_process_that_a_notebook_leaves_behind_is_ended(tmp_path):
    leaves = f"""
import subprocess, sys

def mean_absolute_error(y, prediction):
    return 0.0

child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], start_new_session=True)
open({str(tmp_path / "left")!r}, "w").write(str(child.pid))"""
    assert marks_of(handed_in.answered({"mean_absolute_error": leaves}), tmp_path).outcome == "marked"
    with contextlib.suppress(psutil.NoSuchProcess):
        psutil.Process(int((tmp_path / "left").read_text())).wait(10)  # fails if it goes on


def test_a_notebook_does_not_see_the_teachers_environment(tmp_path, monkeypatch):
    monkeypatch.setenv("CANVAS_TOKEN", "secret")
    looks = f"""
import os

def mean_absolute_error(y, prediction):
    return 0.0

open({str(tmp_path / "seen")!r}, "w").write(" ".join(os.environ))"""
    marks_of(handed_in.answered({"mean_absolute_error": looks}), tmp_path)
    seen = (tmp_path / "seen").read_text().split()
    assert "PATH" in seen and not {"CANVAS_TOKEN", "PWD", "OLDPWD"} & set(seen)


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


def test_a_deleted_load_cell_costs_nothing(tmp_path):
    notebook = handed_in.answered({"mean_absolute_error": handed_in.SOLVED})
    notebook.cells = [cell for cell in notebook.cells if cell.id != "exercises-load"]
    marks = marks_of(notebook, tmp_path)
    assert (marks.notebook, marks.count("correct")) == ("linear_regression", 1)


def test_code_that_mentions_the_solution_is_named_to_the_teacher(tmp_path):
    borrowed = 'exec(exercise["mean_absolute_error"].solution_code)'
    marks = marks_of(handed_in.answered({"mean_absolute_error": borrowed}), tmp_path)
    assert marks.detail.startswith("look at code cell") and marks.detail.endswith("solution_code")
    solved = handed_in.answered({"mean_absolute_error": handed_in.SOLVED})
    assert marks_of(solved, tmp_path).detail == ""


@pytest.mark.parametrize(
    "extra",
    ["return 1", "f(a=1, a=2)", "for x in 3:", "raise SystemExit", "import nothing_of_that_name"],
)
def test_a_slip_in_one_cell_costs_no_other(tmp_path, extra):
    solved = handed_in.answered({"mean_absolute_error": handed_in.SOLVED})
    assert marks_of(handed_in.with_cell(solved, extra), tmp_path).count("correct") == 1


@pytest.mark.parametrize(
    "code",
    [
        f"%%time\n{handed_in.SOLVED}",
        f"%%capture output\n{handed_in.SOLVED}",
        f"import asyncio\nawait asyncio.sleep(0)\n{handed_in.SOLVED}",
        f"{handed_in.SOLVED}\n\n\n%matplotlib inline",
    ],
    ids=["time", "capture", "await", "line magic"],
)
def test_what_works_in_a_notebook_is_marked(tmp_path, code):
    assert marks_of(handed_in.answered({"mean_absolute_error": code}), tmp_path).count("correct") == 1


def test_copied_solutions_are_named_to_the_teacher(tmp_path):
    detail = marks_of(handed_in.solved(), tmp_path).detail
    assert detail.startswith("word for word the course's solutions: descend_repaired")


def test_a_job_is_read_once(tmp_path):
    reads = f"import os\nos.lseek(0, 0, 0)\nopen({str(tmp_path / 'job')!r}, 'wb').write(os.read(0, 10**7))"
    marks_of(handed_in.answered({"mean_absolute_error": f"{handed_in.SOLVED}\n{reads}"}), tmp_path)
    assert (tmp_path / "job").exists() is False or (tmp_path / "job").read_bytes() == b""


def test_a_module_beside_the_notebook_is_found(tmp_path):
    (tmp_path / "student").mkdir()
    (tmp_path / "student/helper.py").write_text(
        "import numpy as np\n\n\ndef mean(x):\n    return np.mean(x)\n"
    )
    (tmp_path / "student/json.py").write_text("raise RuntimeError")
    code = "import helper\n\n\n" + handed_in.SOLVED.replace("np.mean(", "helper.mean(")
    assert marks_of(handed_in.answered({"mean_absolute_error": code}), tmp_path).count("correct") == 1


def test_an_answer_counts_as_it_is_where_it_is_checked(tmp_path):
    notebook = handed_in.answered({"mean_absolute_error": handed_in.SOLVED})
    notebook.cells.append(nbformat.v4.new_code_cell("mean_absolute_error = 0.3"))
    assert marks_of(notebook, tmp_path).count("correct") == 1


def test_what_an_answer_needs_may_stand_below_it(tmp_path):
    code = "def mean_absolute_error(y, prediction):\n    return helper(y, prediction)"
    notebook = handed_in.answered({"mean_absolute_error": code})
    helper = "def helper(y, prediction):\n    return np.mean(np.abs(y - prediction))"
    notebook.cells.append(nbformat.v4.new_code_cell(helper))
    assert marks_of(notebook, tmp_path).count("correct") == 1


@pytest.mark.parametrize(
    "content", ["", "{}", '{"cells": [', '{"cells": [{"cell_type": "code"}]}', "\ufeff[1]"]
)
def test_what_is_no_notebook_is_unreadable(tmp_path, content):
    path = tmp_path / "broken.ipynb"
    path.write_text(content, encoding="utf-8")
    assert grading.mark(grading.read(path, tmp_path)).outcome == "unreadable"


def test_a_chapter_that_is_not_there_is_unreadable_and_the_others_keep_their_marks(tmp_path):
    folder = tmp_path / "class"
    handed_in.write(folder / "anna.ipynb", handed_in.answered({"mean_absolute_error": handed_in.SOLVED}))
    other = handed_in.blank()
    for cell in other.cells:
        cell.source = cell.source.replace('load("linear_regression")', 'load("99")')
    handed_in.write(folder / "bela.ipynb", other)
    marks = grading.mark(grading.read(folder / "bela.ipynb", folder))
    assert (marks.outcome, marks.detail) == ("unreadable", "the course has no chapter 99")
    result = CliRunner().invoke(cli.app, ["grade", str(folder), "--output", str(tmp_path / "marks.csv")])
    assert result.exit_code == 0, result.output
    table = (tmp_path / "marks_exercises.csv").read_text()
    assert "anna,./anna.ipynb,linear_regression,mean_absolute_error,marked,correct" in table
    assert "the course has no chapter 99" in table


def test_an_earlier_table_is_kept(tmp_path):
    folder = tmp_path / "class"
    handed_in.write(folder / "anna.ipynb", handed_in.blank())
    table = tmp_path / "marks.csv"
    table.write_text("with the teacher's remarks")
    result = CliRunner().invoke(cli.app, ["grade", str(folder), "--output", str(table)])
    assert "The marks.csv that was there is kept as marks.1.csv." in result.output
    assert (tmp_path / "marks.1.csv").read_text() == "with the teacher's remarks"


def test_command_writes_one_row_for_each_exercise(tmp_path):
    folder = tmp_path / "class"
    wrong = handed_in.wrong_code(exercises.load("01")["mean_absolute_error"], "squares")
    handed_in.write(folder / "=anna/01.ipynb", handed_in.answered({"mean_absolute_error": wrong}))
    handed_in.write(folder / "bela.ipynb", handed_in.answered({"mean_absolute_error": handed_in.SOLVED}))
    (folder / "carl.ipynb").write_text("nothing")
    output = tmp_path / "marks.csv"
    result = CliRunner().invoke(cli.app, ["grade", str(folder), "--output", str(output)])
    assert result.exit_code == 0, result.output
    rows = list(csv.DictReader((tmp_path / "marks_exercises.csv").open(encoding="utf-8-sig")))
    assert len(rows) == 6 + 6 + 1
    assert not [row["file"] for row in rows if row["file"][0] in "=+-@"]
    found = {(row["file"], row["exercise"]): row for row in rows}
    assert found["./=anna/01.ipynb", "mean_absolute_error"]["mistake"] == "squares"
    assert found["./bela.ipynb", "mean_absolute_error"]["points"] == "1"
    assert found["./carl.ipynb", ""]["outcome"] == "unreadable"


def test_folder_without_notebooks_is_refused(tmp_path):
    with pytest.raises(AutorevError, match="folder: expected one with notebooks"):
        grading.find_notebooks(tmp_path)
    shutil.rmtree(tmp_path)
    with pytest.raises(AutorevError):
        grading.find_notebooks(tmp_path)
