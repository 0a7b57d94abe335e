import errno
import os
import re

import pytest

from autorev_lib import chapters
from autorev_lib.errors import AutorevError
from autorev_lib.tools import files


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A made-up course of two notebooks, with what people and runs leave beside them."""
    folder = tmp_path / "notebooks"
    (folder / "images" / "deep").mkdir(parents=True)
    (folder / "models").mkdir()
    (folder / ".ipynb_checkpoints").mkdir()
    for name in (
        "02_mlp.ipynb",
        "01_linear.ipynb",
        "README.md",
        "matplotlibrc",
        "images/deep/net.svg",
        "models/04.keras",
        ".ipynb_checkpoints/01_linear-checkpoint.ipynb",
        "Untitled.ipynb",
        "conftest.py",
    ):
        (folder / name).write_text(name)
    monkeypatch.setattr(chapters, "folder", lambda: folder)
    return folder


def test_the_checkout_is_found():
    assert chapters.folder().name == "notebooks"
    assert (chapters.folder().parent / "pyproject.toml").is_file()
    assert "keras==" in chapters.locate("requirements.txt").read_text()


def test_the_wheel_is_found_before_the_checkout(tmp_path, monkeypatch):
    package = tmp_path / "site-packages" / "autorev_lib"
    (package / "_course" / "notebooks").mkdir(parents=True)
    (package.parent / "notebooks").mkdir()
    (package / "_course" / "requirements.txt").touch()
    monkeypatch.setattr(chapters, "_PACKAGE", package)
    assert chapters.folder() == package / "_course" / "notebooks"
    assert chapters.locate("requirements.txt") == package / "_course" / "requirements.txt"


def test_a_course_without_files_says_where_it_looked(tmp_path, monkeypatch):
    monkeypatch.setattr(chapters, "_PACKAGE", tmp_path / "autorev_lib")
    for find in (chapters.folder, lambda: chapters.locate("requirements.txt")):
        with pytest.raises(AutorevError, match=rf"{re.escape(str(tmp_path))}.*Cure: install"):
            find()


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["01"], ["01_linear"]),
        (["02_mlp"], ["02_mlp"]),
        (["02_mlp.ipynb"], ["02_mlp"]),
        (["all"], ["01_linear", "02_mlp"]),
        (["02", "01"], ["01_linear", "02_mlp"]),
        (["01", "01_linear", "all"], ["01_linear", "02_mlp"]),
        ([], []),
    ],
)
def test_notebooks_are_found_by_the_names_people_use(folder, names, expected):
    assert [chapter.path.stem for chapter in chapters.find_all(names)] == expected


@pytest.mark.parametrize("name", ["3", "99", "01_", "Untitled", "../01_linear.ipynb", "", "ALL"])
def test_an_unknown_name_lists_the_known_ones(folder, name):
    with pytest.raises(AutorevError) as caught:
        chapters.find_all(["01", name])
    message = str(caught.value)
    assert "\n" not in message
    assert all(part in message for part in ("chapter:", "01_linear", "02_mlp", repr(name), "Cure:"))


def test_a_folder_without_notebooks_is_an_error(tmp_path, monkeypatch):
    monkeypatch.setattr(chapters, "folder", lambda: tmp_path)
    with pytest.raises(AutorevError, match="there is no notebook"):
        chapters.find_all([])


def test_course_files_leave_out_what_runs_and_people_left(folder):
    assert [path.as_posix() for path in chapters.course_files()] == [
        "01_linear.ipynb",
        "02_mlp.ipynb",
        "README.md",
        "images/deep/net.svg",
        "matplotlibrc",
    ]


def test_reading_a_missing_file_names_it(folder):
    assert chapters.read_file("README.md") == b"README.md"
    with pytest.raises(AutorevError, match=r"09_x\.ipynb cannot be read: No such file.*Cure:"):
        chapters.read_file("09_x.ipynb")


def test_replace_file_writes_keeps_the_mode_and_leaves_nothing_else(tmp_path):
    path = tmp_path / "a.txt"
    files.replace_file(path, b"one")
    fresh, umask = path.stat().st_mode & 0o777, os.umask(0)
    os.umask(umask)
    assert fresh == 0o666 & ~umask
    path.chmod(0o640)
    files.replace_file(path, b"two")
    assert path.read_bytes() == b"two"
    assert path.stat().st_mode & 0o777 == 0o640
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("step", ["replace", "fsync"])
@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.ENOSPC, "disk is full"), (errno.EROFS, "read-only"), (errno.EACCES, "permission")],
)
def test_a_failed_write_keeps_the_old_content_and_leaves_no_temporary_file(
    tmp_path, monkeypatch, step, number, words
):
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")

    def fail(*_):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, step, fail)
    with pytest.raises(AutorevError, match=f"cannot write .*a.txt: .*{words}.*Cure: "):
        files.replace_file(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_what_a_command_would_overwrite_gets_a_number(tmp_path):
    path = tmp_path / "marks.csv"
    assert files.keep_old(path) is None
    for number in (1, 2):
        path.write_text(str(number))
        assert files.keep_old(path) == tmp_path / f"marks.{number}.csv"
    assert sorted(p.read_text() for p in tmp_path.iterdir()) == ["1", "2"] and not path.exists()


def test_a_file_that_was_changed_meanwhile_stays(tmp_path):
    path = tmp_path / "01_x.ipynb"
    path.write_bytes(b"as read")
    files.replace_unchanged(path, b"new", b"as read")
    assert path.read_bytes() == b"new"
    path.write_bytes(b"saved in the editor")
    with pytest.raises(AutorevError, match=r"was changed while this ran, and stays as it is. Cure: run this"):
        files.replace_unchanged(path, b"newer", b"new")
    assert path.read_bytes() == b"saved in the editor"


def test_files_are_not_written_where_they_cannot_be(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(AutorevError, match="folder does not exist"):
        files.replace_file(tmp_path / "missing" / "a.txt", b"")
    with pytest.raises(AutorevError, match="file where a folder should be"):
        files.replace_file(tmp_path / "file" / "a.txt", b"")
    for write in (files.check_file_writable, lambda path: files.replace_file(path, b"")):
        with pytest.raises(AutorevError, match="expected a file"):
            write(tmp_path)
    if os.path.exists(os.devnull):
        with pytest.raises(AutorevError, match="expected a file"):
            files.replace_file(os.devnull, b"")


def test_check_writable_makes_the_folder_and_leaves_no_file(tmp_path):
    files.check_file_writable(tmp_path / "new" / "deep" / "a.json")
    assert list((tmp_path / "new" / "deep").iterdir()) == []


def test_check_writable_refuses_a_file_and_a_full_disk(tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    with pytest.raises(AutorevError, match="file where a folder should be"):
        files.check_writable(tmp_path / "file")
    with pytest.raises(AutorevError, match="file where a folder should be"):
        files.check_writable(tmp_path / "file" / "below")

    def full(**_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(files.tempfile, "TemporaryFile", full)
    with pytest.raises(AutorevError, match="disk is full"):
        files.check_writable(tmp_path)
