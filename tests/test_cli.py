import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from autorev_lib import __version__, chapters
from autorev_lib.errors import AutorevError
from autorev_lib.tools import cli, doctor, jupyterlab, running
from autorev_lib.tools.doctor import Check, State


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A made-up course of two notebooks, without cells."""
    folder = tmp_path / "notebooks"
    folder.mkdir()
    for name in ("01_linear.ipynb", "02_mlp.ipynb"):
        (folder / name).write_text('{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}')
    monkeypatch.setattr(chapters, "folder", lambda: folder)
    monkeypatch.chdir(tmp_path)
    return folder


@pytest.fixture
def opened(folder, monkeypatch):
    """What JupyterLab was opened on, as pairs of folder and file."""
    opened = []
    monkeypatch.setattr(jupyterlab, "open_lab", lambda folder, file, browser: opened.append((folder, file)))
    return opened


def test_the_module_and_the_command_print_the_version(autorev):
    for command in (
        [sys.executable, "-m", "autorev_lib"],
        [os.path.join(os.path.dirname(sys.executable), "autorev")],
    ):
        answer = subprocess.run([*command, "--version"], capture_output=True, text=True)
        assert (answer.returncode, answer.stdout, answer.stderr) == (0, f"{__version__}\n", "")
    assert autorev("--version") == (0, f"{__version__}\n", "")


def test_help_is_shown_without_arguments(autorev):
    code, out, err = autorev()
    assert (code, err) == (0, "")
    assert out.startswith("Usage: autorev")
    assert all(name in out for name in ("lab", "run", "doctor", "--version"))


def test_starting_up_loads_nothing_heavy():
    code = (
        "import sys; sys.argv = ['autorev', '--help']\n"
        "from autorev_lib.tools import cli\n"
        "try: cli.main()\n"
        "except SystemExit: print('HEAVY', [m for m in sorted(sys.modules) if m in "
        "('keras', 'tensorflow', 'jax', 'numpy', 'pandas', 'matplotlib', 'IPython', 'nbclient', 'nbformat', "
        "'nbconvert', 'jupyter_client', 'psutil', 'zmq')])"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert "HEAVY []" in answer.stdout, answer


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (AutorevError("it is gone", "look for it"), 2, "autorev: it is gone. Cure: look for it\n"),
        (KeyboardInterrupt(), 130, ""),
        (OSError(28, "No space left on device", "/x"), 2, "autorev: the system refused /x: No space left"),
        (ZeroDivisionError("division by zero"), 70, "this is a bug in autorev, not in what you did: ZeroDiv"),
    ],
)
def test_no_traceback_reaches_a_person(autorev, monkeypatch, error, code, words):
    def fails(*arguments):
        raise error

    monkeypatch.setattr(doctor, "diagnose", fails)
    received, _, err = autorev("doctor")
    assert received == code and words in err and "Traceback" not in err
    assert len(err.splitlines()) == (2 if code == 70 else bool(words))
    if code == 70:
        report = Path(re.search(r"the file (\S+)", err)[1])
        assert "ZeroDivisionError: division by zero" in report.read_text() and cli.ISSUES in err
        report.unlink()


@pytest.mark.parametrize(
    "arguments", [("run", "99"), ("run", "01", "99"), ("lab", "notebooks"), ("run", "--json", "notebooks")]
)
def test_a_mistake_is_one_line_with_its_cure(autorev, folder, arguments):
    code, out, err = autorev(*arguments)
    assert (code, out) == (2, "")
    assert re.fullmatch(r"autorev: .*\. Cure: .*\n", err)


@pytest.mark.parametrize("arguments", [("run", "--bogus"), ("fly",), ("lab", "a", "b")])
def test_wrong_usage_ends_with_two(autorev, folder, arguments):
    code, out, err = autorev(*arguments)
    assert (code, out) == (2, "")
    assert "Traceback" not in err


def test_lab_delivers_says_so_and_opens_jupyterlab(autorev, folder, monkeypatch):
    opened = []
    monkeypatch.setattr(
        jupyterlab, "open_lab", lambda *arguments, **options: opened.append((arguments, options))
    )
    code, out, _ = autorev("lab")
    assert code == 0
    assert "New: 01_linear.ipynb, 02_mlp.ipynb\n" in out
    assert (folder.parent / "my_course" / "01_linear.ipynb").exists()
    code, out, _ = autorev("lab", "my_course", "--no-browser")
    assert len(out.splitlines()) == 1
    assert [(str(arguments[0]), options["browser"]) for arguments, options in opened] == [
        ("my_course", True),
        ("my_course", False),
    ]


def test_lab_tells_what_became_of_the_students_files(autorev, folder, monkeypatch):
    monkeypatch.setattr(jupyterlab, "open_lab", lambda *_, **__: None)
    autorev("lab", "[my] course")
    mine = folder.parent / "[my] course"
    edition = '{"cells": [{"cell_type": "raw", "source": "%s"}]}'
    (mine / "01_linear.ipynb").write_text(edition % "mine")
    (mine / ".autorev.json").write_text((mine / ".autorev.json").read_text())
    for name in ("01_linear.ipynb", "02_mlp.ipynb"):
        (folder / name).write_text(edition % "new")
    _, out, _ = autorev("lab", "[my] course")
    assert "01_linear.ipynb is yours and stays as it is." in out
    assert "beside it: new_edition_01_linear.ipynb\n" in out
    assert "New edition, in place of one you had not changed: 02_mlp.ipynb\n" in out
    (mine / "02_mlp.ipynb").unlink()
    _, out, _ = autorev("lab", "[my] course")
    assert "Fresh again, because it was gone: 02_mlp.ipynb\n" in out
    (mine / ".autorev.json").write_text("{")
    _, out, _ = autorev("lab", "[my] course")
    assert "[my] course/.autorev.json could not be read" in out.replace(os.sep, "/")


def run_of(name, error=None, trace=""):
    seconds = (0.1, 2.0, 0.2)
    return running.NotebookRun(name, 12, 3.14, 8 if error else 9, 9, error, trace, seconds)


@pytest.fixture
def played(monkeypatch):
    """Let the running play back results instead of running notebooks; gives them and the arguments it got."""
    results, calls = [], []

    def run_notebooks(wanted, on_cell, html_folder, update):
        calls.append(([chapter.path.stem for chapter in wanted], html_folder, update))
        for result in results:
            on_cell(result.notebook, 0, 12)
            on_cell(result.notebook, 12, 12)
            yield result

    monkeypatch.setattr(running, "run_notebooks", run_notebooks)
    monkeypatch.setattr(running, "check_ready", lambda *arguments: calls.append(arguments))
    return results, calls


def test_run_prints_a_table_and_writes_the_report(autorev, folder, played):
    results, calls = played
    results += [run_of("01_linear"), run_of("02_mlp")]
    code, out, err = autorev("run", "--json", "r.json", "--html", "pages", "--update")
    assert (code, err) == (0, "")
    assert "Running 01_linear (12 cells) ..." in out
    assert re.search(r"01_linear +12 +3\.1 +9/9 +passed", out)
    assert "Slowest cells: 02_mlp [2] 2.0 s, 01_linear [2] 2.0 s, 02_mlp [3] 0.2 s" in " ".join(out.split())
    report = json.loads((folder.parent / "r.json").read_text())
    assert [row["notebook"] for row in report["notebooks"]] == ["01_linear", "02_mlp"]
    ready, ran = calls
    assert [str(argument) for argument in ready] == ["r.json", "pages", "True"]
    assert (ran[0], str(ran[1]), ran[2]) == (["01_linear", "02_mlp"], "pages", True)


def test_run_ends_with_one_if_a_notebook_failed_and_says_where(autorev, folder, played):
    results, _ = played
    results += [
        run_of("01_linear", "cell [7]: ValueError: [red] x", "line 1\n[/bold] line 2"),
        run_of("02_mlp"),
    ]
    code, out, _ = autorev("run", "02", "01", "--json", "r.json")
    assert code == 1
    assert "01_linear, cell [7]: ValueError: [red] x\nline 1\n[/bold] line 2\n" in out
    assert re.search(r"01_linear .* 8/9 +failed", out)
    assert json.loads((folder.parent / "r.json").read_text())["notebooks"][0]["status"] == "failed"


def test_run_checks_before_it_runs(autorev, folder, played, monkeypatch):
    def not_ready(*_):
        raise AutorevError("there is no kernel", "make one")

    monkeypatch.setattr(running, "check_ready", not_ready)
    assert autorev("run") == (2, "", "autorev: there is no kernel. Cure: make one\n")
    assert played[1] == []


def test_a_live_bar_is_shown_on_a_terminal(autorev, folder, played, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    played[0].append(run_of("01_linear"))
    _, out, _ = autorev("run", "01")
    assert "12/12" in out
    assert "Running" not in out


@pytest.mark.parametrize(("state", "expected"), [(State.OK, 0), (State.WARNING, 0), (State.PROBLEM, 1)])
def test_doctor_shows_each_cure_and_ends_with_one_for_a_problem(autorev, monkeypatch, state, expected):
    rows = [Check("Python", State.OK, "fine [x]"), Check("disk", state, "detail", "free some")]
    monkeypatch.setattr(doctor, "diagnose", lambda: rows)
    code, out, _ = autorev("doctor")
    assert code == expected
    assert re.search(rf"disk +{state} +detail", out)
    assert "Cure: free some" in out
    assert "fine [x]" in out


def test_signs_that_a_terminal_cannot_show_do_not_stop_the_command(tmp_path):
    environment = os.environ | {"PYTHONIOENCODING": "ascii"}
    answer = subprocess.run(
        [sys.executable, "-m", "autorev_lib", "run", "ü✔"], capture_output=True, text=True, env=environment
    )
    assert answer.returncode == 2
    assert "Traceback" not in answer.stderr


def test_a_new_edition_is_taken_from_the_command_line(autorev, folder, monkeypatch):
    opened = []
    monkeypatch.setattr(jupyterlab, "open_lab", lambda folder, file, browser: opened.append(file))
    edition = '{"cells": [{"cell_type": "raw", "id": "%s", "source": "%s"}]}'
    (folder / "01_linear.ipynb").write_text(edition % ("a", "old"))
    autorev("lab", "my own")
    mine = folder.parent / "my own" / "01_linear.ipynb"
    mine.write_text(edition % ("a", "mine"))
    (folder / "01_linear.ipynb").write_text(edition % ("b", "new"))
    _, out, _ = autorev("lab", "my own")
    assert "The new edition (1 cell added, 1 cell taken out) is beside it" in out
    assert "autorev lab 'my own' --take 01_linear\n" in out
    code, out, _ = autorev("lab", "my own", "--take", "01")
    assert code == 0
    assert "01_linear.ipynb is the new edition, with 1 cell of yours.\n" in out
    assert "Your notebook as it was: before_01_linear.ipynb\n" in out
    assert "beside it" not in out
    assert opened[-1] == "01_linear.ipynb"
    _, out, _ = autorev("lab", "my own", "--take", "01")
    assert "01_linear.ipynb is of the newest edition already." in out
    assert autorev("lab", "--take", "09")[0] == 2


def test_lab_inside_of_a_course_opens_that_course(autorev, opened, monkeypatch, tmp_path):
    autorev("lab")
    monkeypatch.chdir("my_course")
    (tmp_path / "my_course" / "notes").mkdir()
    monkeypatch.chdir("notes")
    code, out, _ = autorev("lab")
    assert code == 0 and f"Your course is in {tmp_path / 'my_course'}." in out
    assert not list(Path(".").iterdir())


def test_lab_says_where_the_course_is_open_already(autorev, opened, monkeypatch, tmp_path):
    server = {"root_dir": str((tmp_path / "my_course").resolve()), "url": "http://localhost:1/", "token": "t"}
    monkeypatch.setattr("jupyter_server.serverapp.list_running_servers", lambda: [server])
    seen = []
    monkeypatch.setattr("webbrowser.open", seen.append)
    code, out, _ = autorev("lab")
    assert code == 0 and "open:\nhttp://localhost:1/lab/tree/README.md?token=t" in out
    assert opened == [] and seen == ["http://localhost:1/lab/tree/README.md?token=t"]
    autorev("lab", "--no-browser")
    assert len(seen) == 1


@pytest.mark.parametrize("name", ["2", "02", "mlp", "02_mlp.ipynb"])
def test_lab_opens_a_notebook_by_its_name(autorev, opened, tmp_path, name):
    assert autorev("lab", name)[0] == 0
    assert opened == [(Path("my_course"), "02_mlp.ipynb")]
    assert not (tmp_path / name).exists()


def test_progress_finds_the_course_from_above_and_from_within(autorev, opened, monkeypatch, tmp_path):
    autorev("lab")
    assert autorev("progress")[0] == 0
    (tmp_path / "my_course" / "notes").mkdir()
    monkeypatch.chdir("my_course/notes")
    assert autorev("progress")[0] == 0
    assert autorev("progress", "../..")[0] == 0


def test_help_is_a_command_too(autorev):
    assert autorev("help") == autorev()
    assert autorev("help", "lab") == autorev("lab", "--help") == autorev("lab", "-h")


def test_progress_elsewhere_says_so(autorev, tmp_path):
    code, out, err = autorev("progress")
    assert (code, out) == (2, "")
    assert "expected one with the course's notebooks" in err
    assert "Cure: name the folder" in err
