"""The student's working copy of the notebooks: new editions arrive, the student's work is never overwritten.

A record in the folder keeps a digest of every file as it was delivered. A file that still has that digest is
untouched and may be replaced; anything else is the student's.
"""

import hashlib
import json
import os
import subprocess
import sys
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from autorev_lib import chapters, errors
from autorev_lib.tools import files

RECORD = ".autorev.json"
_RECORDED = {"new": "delivered"}  # the name that the first edition gave to what `lab` writes


class Status(StrEnum):
    """What became of one file of the course in the student's folder."""

    NEW = "new"
    """It was not there and never had been."""
    RESTORED = "restored"
    """It had been delivered before and was gone; a fresh copy is there."""
    UPDATED = "updated"
    """The student had not touched it, and the course has a new edition, which took its place."""
    YOURS = "yours"
    """The student changed it, so it stays."""
    SAME = "same"
    """It already was as in the course."""


class Outcome(NamedTuple):
    """One file of the course after a delivery."""

    name: str
    status: Status
    new_edition: str | None = None
    """Name of the file with the course's edition, if one was put beside the student's in this delivery."""


class Delivery(NamedTuple):
    """What :func:`deliver` did."""

    outcomes: list[Outcome]
    record_was_damaged: bool
    """The record could not be read, so every file that differs from the course counts as the student's."""
    renamed: tuple[tuple[str, str], ...] = ()
    """Files of chapters that have got another number: old and new name."""


def deliver(folder):
    """Bring a student's folder up to date with the course, without overwriting any work; see :func:`place`.

    Notebooks come without outputs, which would answer each question before it is asked. A chapter that has
    got another number is renamed in the student's folder too.
    """
    contents = {path: _without_outputs(path, chapters.read_file(path)) for path in chapters.course_files()}
    renamed = _renumber(Path(folder))
    return place(folder, contents)._replace(renamed=renamed)


def place(folder, contents, edition="new"):
    """Write files where a person may have written, without overwriting any work.

    Running a notebook is not work; changing, adding or removing a cell is. Where both the person and we have
    changed a file since it was last written, theirs stays and ours is put beside it: ``01_x.new.ipynb``.

    Args:
        folder: The person's folder; it is made if it is missing.
        contents: The files' content as bytes, by their path in the folder.
        edition: A word for what is written, which names the file beside. What one edition wrote is not
            replaced by another: it may have been written in since, or be wanted as it is.

    Returns:
        A :class:`Delivery`, its outcomes in the order of the contents.

    Raises:
        AutorevError: The folder is the course's own, or something in it cannot be written. What was written
            before that is whole, and running again continues from there.
    """
    folder = Path(folder)
    _make_folder(folder)
    records, damaged = _load_record(folder)
    kept = json.dumps(records, sort_keys=True)
    delivered = records.setdefault(_RECORDED.get(edition, edition), {})
    outcomes = []
    for path, content in contents.items():
        if _digest(path, content) is None:
            raise errors.AutorevError(f"the course's own {path} is damaged", errors.REINSTALL)
        outcomes.append(_place_file(folder, Path(path), content, delivered, edition))
    if json.dumps(records, sort_keys=True) != kept or damaged:
        text = json.dumps(records, indent=1, sort_keys=True)
        files.replace_file(folder / RECORD, f"{text}\n".encode())
    return Delivery(outcomes, damaged)


def last_used(folder):
    """The name of the notebook that was saved last since files were written here, or None."""
    try:
        written = (folder / RECORD).stat().st_mtime
        saved = max((path.stat().st_mtime, path.name) for path in folder.glob("*.ipynb"))
    except (OSError, ValueError):  # there is no record, or no notebook
        return None
    return saved[1] if saved[0] > written else None


def open_lab(folder, file, browser):
    """Become JupyterLab in a folder, with a file of it open; does not return.

    Its question about news and its update check are off, and its log says only how to reach it, and warnings.

    Raises:
        AutorevError: JupyterLab is not installed.
    """
    if find_spec("jupyterlab") is None:
        raise errors.AutorevError(
            f"the notebooks are in {folder}, but JupyterLab is not installed", errors.INSTALL_LAB
        )
    command = [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={Path(folder).resolve()}"]
    command += [f"--LabApp.default_url=/lab/tree/{file}", "--log-level=WARN"]
    if not browser:
        command.append("--no-browser")
    if hasattr(os, "geteuid") and os.geteuid() == 0:  # as in most containers, where Jupyter would refuse
        command.append("--allow-root")
    # So that `autorev` is found in JupyterLab's own terminal, too.
    commands = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])
    environment = os.environ | {"JUPYTER_CONFIG_PATH": _config_path(), "PATH": commands}
    os.chdir(folder)
    sys.stdout.flush()
    if os.name == "nt":  # Windows cannot replace a process
        sys.exit(subprocess.call(command, env=environment))
    os.execve(command[0], command, environment)


def _config_path():
    """Where Jupyter looks for settings first: our defaults, which a student's own settings still override."""
    ours = str(Path(__file__).parent / "_jupyter")
    theirs = os.environ.get("JUPYTER_CONFIG_PATH")
    return os.pathsep.join([ours, theirs] if theirs else [ours])


def _without_outputs(path, content):
    if path.suffix != ".ipynb":
        return content
    try:
        notebook = json.loads(content)
        ran = [cell for cell in notebook["cells"] if cell.get("outputs") or cell.get("execution_count")]
        for cell in ran:
            cell.update(outputs=[], execution_count=None)
    except (ValueError, KeyError, TypeError, AttributeError):
        ran = []  # it is damaged, which is told where it would be written
    if not ran:
        return content
    return f"{json.dumps(notebook, indent=1, ensure_ascii=False)}\n".encode()


def _make_folder(folder):
    source = chapters.folder()
    places = (folder, *folder.resolve().parents)
    if any(os.path.exists(place) and os.path.samefile(place, source) for place in places):
        raise errors.AutorevError(
            f"folder: expected one for your own copy, received {folder}, which is part of the course itself",
            "choose another folder, for example my_course",
        )
    if not os.path.isdir(folder):
        files.check_writable(folder)


def _renumber(folder):
    """Give a student's notebooks the numbers that their chapters have now; nothing is overwritten."""
    names = {chapter.name: chapter.path.name for chapter in chapters.all_chapters()}
    renamed = []
    for path in sorted(folder.glob("[0-9][0-9]_*.ipynb")):
        chapter = path.stem.split("_", 1)[1]
        target = folder / names.get(chapter, path.name)
        if not target.exists():
            try:
                path.rename(target)
            except OSError as error:
                raise files.cannot_write(path, error) from error
            records, damaged = _load_record(folder)
            digest = records.get("delivered", {}).pop(path.name, None)
            if digest and not damaged:
                records["delivered"][target.name] = digest
                files.replace_file(folder / RECORD, json.dumps(records, indent=1, sort_keys=True).encode())
            renamed.append((path.name, target.name))
    return tuple(renamed)


def _place_file(folder, path, content, delivered, edition, beside=False):
    name = path.as_posix()
    target = folder / path
    ours = _digest(path, content)
    if not os.path.lexists(target):
        if beside and delivered.get(name) == ours:  # seen and thrown away
            return Outcome(name, Status.SAME)
        status = Status.RESTORED if name in delivered else Status.NEW
    else:
        theirs = _digest_file(target)
        if theirs == ours:
            delivered[name] = ours
            return Outcome(name, Status.SAME)
        if theirs is None or theirs != delivered.get(name):
            if delivered.get(name) == ours:
                return Outcome(name, Status.YOURS)
            return _place_beside(folder, path, content, delivered, edition)
        status = Status.UPDATED
    if target.parent != folder:
        files.check_writable(target.parent)
    files.replace_file(target, content)
    delivered[name] = ours
    return Outcome(name, status)


def _place_beside(folder, path, content, delivered, edition):
    beside = path.with_suffix(f".{edition}{path.suffix}")
    outcome = _place_file(folder, beside, content, delivered, edition, beside=True)
    written = outcome.status in (Status.NEW, Status.RESTORED, Status.UPDATED)
    return Outcome(path.as_posix(), Status.YOURS, outcome.name if written else outcome.new_edition)


def _load_record(folder):
    """Read what was written, by edition; returns it and whether a record was there that could not be read."""
    try:
        records = json.loads((folder / RECORD).read_bytes())
        if not all(isinstance(digest, str) for digests in records.values() for digest in digests.values()):
            raise TypeError("expected digests")
        return records, False
    except FileNotFoundError:
        return {}, False
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}, True


def _digest_file(path):
    try:
        return _digest(path, path.read_bytes())
    except OSError:
        return None


def _digest(path, content):
    """Digest of the content that counts as work; None for a notebook that cannot be read."""
    if path.suffix == ".ipynb":
        try:
            content = json.dumps(_work(json.loads(content)), sort_keys=True).encode()
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return None
    return hashlib.sha256(content).hexdigest()


def _work(notebook):
    """What a person can write in a notebook: its cells, without what running adds.

    Running the last cell makes Jupyter append an empty one, so empty cells at the end do not count.
    """
    cells = [
        [cell["cell_type"], "".join(cell["source"]), cell.get("attachments") or {}]
        for cell in notebook["cells"]
    ]
    while cells and not cells[-1][1].strip() and not cells[-1][2]:
        cells.pop()
    return cells
