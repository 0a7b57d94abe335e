"""A student's work gets into a new edition, and nothing of it is lost on the way."""

import json

import pytest

from autorev_lib import chapters
from autorev_lib.errors import AutorevError
from autorev_lib.tools import workspace
from autorev_lib.tools.new_edition import cell_digests, describe_changes, merge

NAME = "01_linear.ipynb"


def cell(name, source, kind="code", **metadata):
    return {"cell_type": kind, "id": name, "source": source, "metadata": metadata}


def notebook(*cells):
    return {"cells": list(cells), "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


STUB = cell("e1", "answer = ...", tags=["exercise"])
GIVEN = notebook(cell("a", "old", "markdown"), cell("b", "x = 1"), STUB, cell("c", "end"))
CHANGED = notebook(
    cell("a", "new", "markdown"),
    cell("n", "more"),
    cell("b", "x = 1"),
    {**STUB, "source": "answer = ...\n# hint"},
)
ANSWERED = {**STUB, "source": "answer = 42"}
NOTE = cell("mine", "my note", "markdown")


def sources(merged):
    return [(each["id"], each["source"]) for each in merged.notebook["cells"]]


def test_answers_and_own_cells_are_carried_over_and_the_rest_is_new():
    theirs = notebook(GIVEN["cells"][0], GIVEN["cells"][1], NOTE, ANSWERED, GIVEN["cells"][3], cell("z", " "))
    merged = merge(theirs, cell_digests(GIVEN), CHANGED)
    assert sources(merged) == [
        ("a", "new"),
        ("n", "more"),
        ("b", "x = 1"),
        ("mine", "my note"),
        ("e1", "answer = 42"),
    ]
    assert (merged.carried, merged.both) == (2, ["answer = 42"])


def test_what_nobody_changed_is_no_work():
    merged = merge(GIVEN, cell_digests(GIVEN), CHANGED)
    assert merged.notebook == CHANGED
    assert merged.carried == 0


def test_an_edited_cell_that_the_course_has_taken_out_stays():
    theirs = notebook(*GIVEN["cells"][:3], cell("c", "end, with a thought"))
    assert ("c", "end, with a thought") in sources(merge(theirs, cell_digests(GIVEN), CHANGED))


def test_what_both_changed_to_the_same_is_no_conflict():
    merged = merge(CHANGED, cell_digests(GIVEN), CHANGED)
    assert (merged.carried, merged.both) == (0, [])


def test_the_changes_in_a_few_words():
    old = cell_digests(GIVEN)
    expected = "1 text changed, 1 exercise changed, 1 cell added, 1 cell taken out"
    assert describe_changes(old, CHANGED) == expected
    assert describe_changes(old, GIVEN) is None
    assert describe_changes(None, CHANGED) is None


class Desk:
    def __init__(self, folder):
        self.source, self.folder = folder / "notebooks", folder / "mine"
        self.source.mkdir()

    def publish(self, content):
        (self.source / NAME).write_text(json.dumps(content))

    def write(self, content):
        (self.folder / NAME).write_text(json.dumps(content))

    def read(self, name=NAME):
        return json.loads((self.folder / name).read_text())

    def take(self):
        return workspace.take(self.folder, chapters.find("01"))


@pytest.fixture
def desk(tmp_path, monkeypatch):
    desk = Desk(tmp_path)
    monkeypatch.setattr(chapters, "folder", lambda: desk.source)
    desk.publish(GIVEN)
    workspace.deliver(desk.folder)
    return desk


def test_a_new_edition_is_taken_and_the_old_notebook_kept(desk):
    mine = notebook(*GIVEN["cells"][:2], ANSWERED, NOTE)
    desk.write(mine)
    desk.publish(CHANGED)
    (outcome,) = workspace.deliver(desk.folder).outcomes
    assert outcome.changes.startswith("1 text changed, 1 exercise changed")
    taken = desk.take()
    assert taken == workspace.Taken("before_01_linear.ipynb", 2, ["answer = 42"])
    assert desk.read("before_01_linear.ipynb") == mine
    assert [each["id"] for each in desk.read()["cells"]] == ["a", "n", "b", "e1", "mine"]
    assert not (desk.folder / "new_edition_01_linear.ipynb").exists()
    assert workspace.deliver(desk.folder).outcomes == [workspace.Outcome(NAME, workspace.Status.YOURS)]
    assert desk.take() is None


def test_a_second_time_keeps_the_notebook_of_the_first(desk):
    for edition in ("one", "two"):
        desk.write(notebook(*GIVEN["cells"][:2], {**STUB, "source": edition}))
        desk.publish(notebook(cell("a", edition, "markdown"), *GIVEN["cells"][1:]))
        workspace.deliver(desk.folder)
        desk.take()
    assert desk.read("before_01_linear.ipynb")["cells"][2]["source"] == "two"
    assert desk.read("before_01_linear.1.ipynb")["cells"][2]["source"] == "one"


def test_a_new_edition_that_was_written_in_stays(desk):
    desk.write(notebook(ANSWERED))
    desk.publish(CHANGED)
    workspace.deliver(desk.folder)
    beside = desk.folder / "new_edition_01_linear.ipynb"
    beside.write_text(json.dumps(notebook(NOTE)))
    desk.take()
    assert desk.read(beside.name) == notebook(NOTE)


def test_without_a_record_every_difference_counts_as_the_students(desk):
    desk.write(notebook(*GIVEN["cells"][:2], ANSWERED))
    (desk.folder / workspace.RECORD).unlink()
    desk.publish(CHANGED)
    workspace.deliver(desk.folder)
    desk.take()
    assert [each["source"] for each in desk.read()["cells"]] == ["old", "more", "x = 1", "answer = 42"]


@pytest.mark.parametrize("content", [None, "{broken", "[]", '{"cells": [1]}'])
def test_a_notebook_that_cannot_be_read_is_named_and_stays(desk, content):
    path = desk.folder / NAME
    path.unlink() if content is None else path.write_text(content)
    desk.publish(CHANGED)
    with pytest.raises(AutorevError, match=r"01_linear\.ipynb.*Cure: "):
        desk.take()
    assert (path.read_text() if path.exists() else None) == content


def test_a_notebook_says_that_a_new_edition_is_beside_it(tmp_path, monkeypatch, capsys):
    import IPython

    from autorev_lib.exercises import load

    shell = type("Shell", (), {"user_ns": {}, "starting_dir": str(tmp_path)})()
    monkeypatch.setattr(IPython, "get_ipython", lambda: shell)
    load("01")
    assert capsys.readouterr().out == ""
    (tmp_path / f"new_edition_{chapters.find('01').path.name}").touch()
    load("01")
    assert "autorev lab --take 01" in capsys.readouterr().out
    monkeypatch.setattr(IPython, "get_ipython", lambda: None)
    monkeypatch.chdir(tmp_path)
    load("01")
    assert capsys.readouterr().out == "", "a command that loads exercises in that folder says nothing"
