import errno
import itertools
import json
import os
import sys
from pathlib import Path

import pytest

from autorev_lib import chapters
from autorev_lib.errors import AutorevError
from autorev_lib.tools import jupyterlab, workspace
from autorev_lib.tools.workspace import Outcome, Status

NAME = "01_linear.ipynb"
BESIDE = "new_edition_01_linear.ipynb"


def notebook(*sources, outputs=(), attachments=None):
    """A notebook as bytes; the outputs go to the first cell."""
    cells = []
    for number, source in enumerate(sources):
        cell = {
            "cell_type": "code",
            "source": source.splitlines(keepends=True),
            "metadata": {},
            "id": f"c{number}",
        }
        cell |= {"outputs": list(outputs) if number == 0 else [], "execution_count": 1 if outputs else None}
        if attachments:
            cell["attachments"] = attachments
        cells.append(cell)
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


OLD, NEW, NEWER, MINE = (notebook("x = 1", text) for text in ("old", "new", "newer", "mine"))


class Desk:
    """A course and a student, to play scenes with."""

    def __init__(self, tmp_path):
        self.source = tmp_path / "notebooks"
        self.folder = tmp_path / "my_course"
        self.source.mkdir()

    def publish(self, content, name=NAME):
        (self.source / name).write_bytes(content)

    def write(self, content, name=NAME):
        (self.folder / name).write_bytes(content)

    def read(self, name=NAME):
        return (self.folder / name).read_bytes()

    def deliver(self):
        """Deliver and return the outcomes of all files; test_new_edition.py looks at what changed in them."""
        return [each._replace(changes=None) for each in workspace.deliver(self.folder).outcomes]

    def names(self):
        return sorted(path.name for path in self.folder.iterdir())


@pytest.fixture
def desk(tmp_path, monkeypatch):
    desk = Desk(tmp_path)
    monkeypatch.setattr(chapters, "folder", lambda: desk.source)
    desk.publish(OLD)
    return desk


def test_the_first_delivery_is_all_new_and_the_second_is_silent(desk):
    desk.publish(b"# Course", "README.md")
    assert desk.deliver() == [Outcome(NAME, Status.NEW), Outcome("README.md", Status.NEW)]
    assert desk.read() == OLD
    assert desk.names() == [".autorev.json", NAME, "README.md"]
    before = {path: path.stat().st_mtime_ns for path in desk.folder.iterdir()}
    assert {outcome.status for outcome in desk.deliver()} == {Status.SAME}
    assert {path: path.stat().st_mtime_ns for path in desk.folder.iterdir()} == before


def test_pictures_in_folders_are_delivered(desk):
    (desk.source / "images").mkdir()
    desk.publish(b"<svg/>", "images/net.svg")
    assert Outcome("images/net.svg", Status.NEW) in desk.deliver()
    assert desk.read("images/net.svg") == b"<svg/>"


RAN = notebook("x = 1", "old", outputs=[{"output_type": "stream", "name": "stdout", "text": "hi"}])


@pytest.mark.parametrize(
    ("student", "upstream", "expected", "content"),
    [
        (None, OLD, Outcome(NAME, Status.RESTORED), OLD),
        (None, NEW, Outcome(NAME, Status.RESTORED), NEW),
        (OLD, OLD, Outcome(NAME, Status.SAME), OLD),
        (OLD, NEW, Outcome(NAME, Status.UPDATED), NEW),
        (RAN, OLD, Outcome(NAME, Status.SAME), RAN),
        (RAN, NEW, Outcome(NAME, Status.UPDATED), NEW),
        (MINE, OLD, Outcome(NAME, Status.YOURS), MINE),
        (MINE, NEW, Outcome(NAME, Status.YOURS, BESIDE), MINE),
        (NEW, NEW, Outcome(NAME, Status.SAME), NEW),
        (b"{broken", OLD, Outcome(NAME, Status.YOURS), b"{broken"),
        (b"{broken", NEW, Outcome(NAME, Status.YOURS, BESIDE), b"{broken"),
        (b"", NEW, Outcome(NAME, Status.YOURS, BESIDE), b""),
        (b"[]", NEW, Outcome(NAME, Status.YOURS, BESIDE), b"[]"),
    ],
)
def test_every_transition(desk, student, upstream, expected, content):
    desk.deliver()
    if student is None:
        (desk.folder / NAME).unlink()
    else:
        desk.write(student)
    desk.publish(upstream)
    assert desk.deliver() == [expected]
    assert desk.read() == content
    assert (desk.folder / BESIDE).exists() == bool(expected.new_edition)
    if expected.new_edition:
        assert desk.read(BESIDE) == upstream
    # The next time there is nothing to tell.
    again = desk.deliver()[0]
    assert again.new_edition is None
    assert again.status == (Status.YOURS if expected.status == Status.YOURS else Status.SAME)


@pytest.mark.parametrize(
    "mine",
    [
        notebook("x = 1", "old", "print()"),
        notebook("x = 1"),
        notebook("x = 1", "old "),
        notebook("old", "x = 1"),
        notebook("", "x = 1", "old"),
        OLD.replace(b'"code"', b'"markdown"', 1),
        notebook("x = 1", "old", attachments={"a.png": {"image/png": "aGk="}}),
    ],
)
def test_any_change_of_a_cell_is_work(desk, mine):
    desk.deliver()
    desk.write(mine)
    desk.publish(NEW)
    assert desk.deliver() == [Outcome(NAME, Status.YOURS, BESIDE)]
    assert desk.read() == mine


@pytest.mark.parametrize("ran", [RAN, notebook("x = 1", "old", ""), notebook("x = 1", "old", " \n", "")])
def test_running_is_not_work_even_if_jupyter_appends_an_empty_cell(desk, ran):
    desk.deliver()
    desk.write(ran)
    desk.publish(NEW)
    assert desk.deliver() == [Outcome(NAME, Status.UPDATED)]


def test_a_text_file_is_compared_as_it_is(desk):
    desk.publish(b"one", "README.md")
    desk.deliver()
    desk.write(b"mine", "README.md")
    desk.publish(b"two", "README.md")
    assert desk.deliver()[1] == Outcome("README.md", Status.YOURS, "new_edition_README.md")
    assert desk.read("README.md") == b"mine"
    assert desk.read("new_edition_README.md") == b"two"


def test_the_file_beside_follows_the_same_rules(desk):
    desk.deliver()
    desk.write(MINE)
    desk.publish(NEW)
    desk.deliver()
    # Untouched, it is replaced by the next edition.
    desk.publish(NEWER)
    assert desk.deliver() == [Outcome(NAME, Status.YOURS, BESIDE)]
    assert desk.read(BESIDE) == NEWER
    # Changed, it stays, and the next edition goes beside it.
    desk.write(MINE, BESIDE)
    desk.publish(NEW)
    assert desk.deliver() == [Outcome(NAME, Status.YOURS, f"new_edition_{BESIDE}")]
    assert (desk.read(), desk.read(BESIDE), desk.read(f"new_edition_{BESIDE}")) == (MINE, MINE, NEW)
    # A file of that name that the course never wrote is the student's too.
    assert desk.deliver() == [Outcome(NAME, Status.YOURS)]


def test_a_new_edition_that_was_thrown_away_does_not_come_back(desk):
    desk.deliver()
    desk.write(MINE)
    desk.publish(NEW)
    desk.deliver()
    (desk.folder / BESIDE).unlink()
    assert desk.deliver() == [Outcome(NAME, Status.YOURS)]
    assert not (desk.folder / BESIDE).exists()
    desk.publish(NEWER)
    assert desk.deliver() == [Outcome(NAME, Status.YOURS, BESIDE)]


def test_taking_over_the_new_edition_makes_updates_flow_again(desk):
    desk.deliver()
    desk.write(MINE)
    desk.publish(NEW)
    desk.deliver()
    (desk.folder / BESIDE).replace(desk.folder / NAME)
    assert desk.deliver() == [Outcome(NAME, Status.SAME)]
    desk.publish(NEWER)
    assert desk.deliver() == [Outcome(NAME, Status.UPDATED)]


@pytest.mark.parametrize(
    "record",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"null",
        b'{"delivered": 3}',
        b'{"delivered": {"01_linear.ipynb": 5}}',
        None,
    ],
)
@pytest.mark.parametrize("student", [OLD, MINE, NEW])
def test_a_lost_record_loses_no_work(desk, record, student):
    desk.deliver()
    desk.write(student)
    desk.publish(NEW)
    path = desk.folder / workspace.RECORD
    if record is None:
        path.unlink()
    else:
        path.write_bytes(record)
    delivery = workspace.deliver(desk.folder)
    assert delivery.record_was_damaged == (record is not None)
    expected = Outcome(NAME, Status.SAME) if student == NEW else Outcome(NAME, Status.YOURS, BESIDE)
    assert delivery.outcomes == [expected]
    assert desk.read() == student
    assert not workspace.deliver(desk.folder).record_was_damaged


def test_a_folder_in_place_of_a_notebook_stays(desk):
    (desk.folder / NAME).mkdir(parents=True)
    assert desk.deliver() == [Outcome(NAME, Status.YOURS, BESIDE)]


def test_no_sequence_of_events_overwrites_work(desk, monkeypatch):
    """In every order of events, what a student wrote stays and a new edition arrives."""
    monkeypatch.setattr(os, "fsync", lambda _: None)  # hundreds of deliveries need not reach the disk
    written = itertools.count()
    mine = {}

    def edit(name):
        if (desk.folder / name).exists():
            mine[name] = notebook(f"my work {next(written)}")
            desk.write(mine[name], name)

    events = {
        "edit": lambda: edit(NAME),
        "edit beside": lambda: edit(BESIDE),
        "publish": lambda: desk.publish(notebook(f"edition {next(written)}")),
        "lose record": lambda: (desk.folder / workspace.RECORD).unlink(missing_ok=True),
    }
    for sequence in itertools.product(events, repeat=4):
        for path in desk.folder.iterdir() if desk.folder.exists() else ():
            path.unlink()
        mine.clear()
        desk.deliver()
        for event in sequence:
            events[event]()
            desk.deliver()
            for name, content in mine.items():
                assert desk.read(name) == content, sequence
            if event == "publish":
                assert (desk.source / NAME).read_bytes() in [
                    path.read_bytes() for path in desk.folder.iterdir()
                ]


def test_a_damaged_course_writes_nothing_over_a_notebook(desk):
    desk.deliver()
    desk.publish(b"{broken")
    with pytest.raises(AutorevError, match=f"{NAME} is damaged.*Cure:"):
        desk.deliver()
    assert desk.read() == OLD


@pytest.mark.parametrize("where", ["notebooks", "notebooks/my_course", "notebooks/../notebooks"])
def test_the_course_itself_is_no_working_copy(desk, where):
    with pytest.raises(AutorevError, match=r"folder: expected one for your own copy.*Cure: choose another"):
        workspace.deliver(desk.source.parent / where)
    assert [path.name for path in desk.source.iterdir()] == [NAME]


def test_a_file_in_place_of_the_folder_stays(desk):
    desk.folder.write_text("precious")
    with pytest.raises(AutorevError, match="file where a folder should be"):
        desk.deliver()
    assert desk.folder.read_text() == "precious"


def test_a_full_disk_leaves_whole_files_and_the_next_run_continues(desk, monkeypatch):
    desk.publish(OLD, "02_mlp.ipynb")
    desk.deliver()
    desk.write(MINE, "02_mlp.ipynb")
    for name in (NAME, "02_mlp.ipynb"):
        desk.publish(NEW, name)
    replace, calls = os.replace, itertools.count()

    def fills_up(*arguments):
        if next(calls):
            raise OSError(errno.ENOSPC, "No space left on device")
        replace(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", fills_up)
        with pytest.raises(AutorevError, match="disk is full"):
            desk.deliver()
    assert desk.names() == [".autorev.json", NAME, "02_mlp.ipynb"]
    assert (desk.read(), desk.read("02_mlp.ipynb")) == (NEW, MINE)
    outcomes = desk.deliver()
    assert outcomes == [
        Outcome(NAME, Status.SAME),
        Outcome("02_mlp.ipynb", Status.YOURS, "new_edition_02_mlp.ipynb"),
    ]
    desk.publish(NEWER)
    assert desk.deliver()[0] == Outcome(NAME, Status.UPDATED)


@pytest.fixture
def opened(desk, monkeypatch):
    """Open JupyterLab for pretence; returns the arguments of the program that would run, and where."""
    calls = []
    monkeypatch.setattr(os, "name", "posix")
    monkeypatch.setattr(os, "execve", lambda *arguments: calls.append((*arguments, os.getcwd())))
    monkeypatch.chdir(desk.folder.parent)
    desk.deliver()

    def open_lab(browser):
        jupyterlab.open_lab(desk.folder, "README.md", browser)
        return calls.pop()

    return open_lab


def test_notebooks_come_without_the_answers_to_their_questions(desk):
    ran = notebook("x = 1", outputs=[{"output_type": "stream", "name": "stdout", "text": "1"}])
    desk.publish(ran)
    desk.deliver()
    (cell,) = json.loads(desk.read())["cells"]
    assert (cell["outputs"], cell["execution_count"]) == ([], None)
    assert (desk.source / NAME).read_bytes() == ran
    assert desk.deliver() == [Outcome(NAME, Status.SAME)]


def test_a_notebook_knows_the_kernel_that_it_will_run_in(desk):
    pytest.importorskip("ipykernel")
    bare = json.loads(OLD) | {"metadata": {"language_info": {"name": "python"}}}
    desk.publish(json.dumps(bare).encode())
    desk.deliver()
    info = json.loads(desk.read())["metadata"]["language_info"]
    assert info["version"] == ".".join(map(str, sys.version_info[:3]))
    assert info["pygments_lexer"] == "ipython3"


def test_a_chapter_that_gets_another_number_keeps_the_students_work(desk):
    desk.publish(OLD)
    desk.deliver()
    desk.write(MINE)
    (desk.source / NAME).rename(desk.source / "03_linear.ipynb")
    delivery = workspace.deliver(desk.folder)
    assert delivery.renamed == ((NAME, "03_linear.ipynb"),)
    assert desk.read("03_linear.ipynb") == MINE
    assert not (desk.folder / NAME).exists()
    assert delivery.outcomes == [Outcome("03_linear.ipynb", Status.YOURS)]
    desk.publish(NEW, "03_linear.ipynb")
    assert desk.deliver() == [Outcome("03_linear.ipynb", Status.YOURS, "new_edition_03_linear.ipynb")]


def test_open_lab_becomes_jupyterlab_in_the_folder(desk, opened, monkeypatch):
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", "mine")
    program, command, environment, here = opened(browser=True)
    assert program == sys.executable
    assert command[:4] == [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={desk.folder}"]
    assert here == str(desk.folder)
    assert "--LabApp.default_url=/lab/tree/README.md" in command
    assert "--no-browser" not in command
    assert environment["JUPYTER_CONFIG_PATH"].endswith(f"_jupyter{os.pathsep}mine")
    assert os.environ["JUPYTER_CONFIG_PATH"] == "mine"
    assert environment["PATH"].split(os.pathsep)[0] == str(Path(sys.executable).parent)
    assert "--no-browser" in opened(browser=False)[1]


def test_the_notebook_that_was_saved_last_is_known(desk):
    assert jupyterlab.last_used(desk.folder) is None
    desk.publish(OLD)
    desk.publish(OLD, "02_mlp.ipynb")
    desk.deliver()
    written = (desk.folder / workspace.RECORD).stat().st_mtime
    for name in (NAME, "02_mlp.ipynb"):
        os.utime(desk.folder / name, (written - 1, written - 1))
    assert jupyterlab.last_used(desk.folder) is None
    os.utime(desk.folder / "02_mlp.ipynb", (written + 5, written + 5))
    assert jupyterlab.last_used(desk.folder) == "02_mlp.ipynb"


def test_jupyterlab_asks_no_question_about_news(opened, monkeypatch):
    settings_utils = pytest.importorskip("jupyterlab_server.settings_utils")
    lab_folder = pytest.importorskip("jupyterlab.commands").get_app_dir()
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", opened(browser=True)[2]["JUPYTER_CONFIG_PATH"])
    answer, _ = settings_utils.get_settings(
        os.path.join(lab_folder, "settings"),
        os.path.join(lab_folder, "schemas"),
        "",
        schema_name="@jupyterlab/apputils-extension:notification",
    )
    settings = answer["schema"]["properties"]
    assert settings["fetchNews"]["default"] == "false"
    assert settings["checkForUpdates"]["default"] is False


def test_without_jupyterlab_the_cure_is_named(desk, monkeypatch):
    monkeypatch.setattr(jupyterlab, "find_spec", lambda name: None)
    with pytest.raises(
        AutorevError, match=r"JupyterLab is not installed.*Cure: pip install \"autorev-lib\[lab\]\""
    ):
        jupyterlab.open_lab(desk.folder, "README.md", browser=True)
