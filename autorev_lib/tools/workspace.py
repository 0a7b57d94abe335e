"""The student's working copy of the notebooks: new editions arrive, the student's work is never overwritten.

A record in the folder keeps a digest of every file as it was delivered, and of each cell of a notebook. A
file that still has its digest is untouched and may be replaced; anything else is the student's.
"""

import hashlib
import json
import os
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from autorev_lib import chapters, errors
from autorev_lib.tools import files, new_edition

RECORD = ".autorev.json"
_RECORDED = {chapters.NEW_EDITION: "delivered"}  # the name that the first edition gave to what `lab` writes


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
    changes: str | None = None
    """In a few words, what that edition changes of the one the student has, as far as it can be said."""


class Taken(NamedTuple):
    """What :func:`take` did."""

    before: str
    """Name of the file that holds the student's notebook as it was."""
    carried: int
    """How many of the student's cells were changed or added, and are in the new edition."""
    both: list[str]
    """The cells that the course had changed, too, by their first line: the student's stand there."""


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
    contents = {path: _working_copy(path, chapters.read_file(path)) for path in chapters.course_files()}
    renamed = _renumber(Path(folder))
    return place(folder, contents)._replace(renamed=renamed)


def around(folder):
    """Find the student's folder that a folder is, or lies in; None if there is none."""
    places = (folder, *folder.parents)
    return next((place for place in places if _load_record(place)[0].get("delivered")), None)


def take(folder, chapter):
    """Put a student's work into the new edition of a notebook; their old one is kept beside it.

    Args:
        folder: The student's folder.
        chapter: The :class:`~autorev_lib.chapters.Chapter`.

    Returns:
        A :class:`Taken`, or None if the student's notebook is of this edition already.

    Raises:
        AutorevError: There is no such notebook, it cannot be read, or something cannot be written.
    """
    folder, name = Path(folder), chapter.path.name
    content = _working_copy(chapter.path, chapters.read_file(name))
    records, _ = _load_record(folder)
    delivered = records.setdefault("delivered", {})
    try:
        theirs = (folder / name).read_bytes()
        notebook = json.loads(theirs)
        new_edition.cell_digests(notebook)
    except OSError as error:
        raise errors.AutorevError(
            f"{folder / name} cannot be read: {error.strerror}", "autorev lab"
        ) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise errors.AutorevError(
            f"{folder / name} is no readable notebook", "rename it, and autorev lab brings a fresh one"
        ) from error
    ours = _digest(chapter.path, content)
    if ours in (delivered.get(name), _digest(chapter.path, theirs)):
        return None
    new = json.loads(content)
    base = records.get(_cells_key(name)) or new_edition.cell_digests(new)
    merged = new_edition.merge(notebook, base, new)
    before = folder / f"before_{name}"
    files.keep_old(before)
    files.replace_file(before, theirs)
    files.replace_unchanged(folder / name, _to_bytes(merged.notebook), theirs)
    beside = _beside(Path(name), chapters.NEW_EDITION).as_posix()
    if delivered.get(beside) == _digest_file(folder / beside):  # ours still, and not needed any more
        (folder / beside).unlink(missing_ok=True)
    delivered[name] = delivered[beside] = ours
    records[_cells_key(name)] = new_edition.cell_digests(new)
    _write_record(folder, records)
    return Taken(before.name, merged.carried, merged.both)


def place(folder, contents, edition=chapters.NEW_EDITION):
    """Write files where a person may have written, without overwriting any work.

    Running a notebook is not work; changing, adding or removing a cell is. Where both the person and we have
    changed a file since it was last written, theirs stays and ours is put beside it:
    ``new_edition_01_x.ipynb``.

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
        outcome = _place_file(folder, Path(path), content, delivered, edition)
        if Path(path).suffix == ".ipynb":
            new, key = json.loads(content), _cells_key(outcome.name)
            if outcome.new_edition:
                outcome = outcome._replace(changes=new_edition.describe_changes(records.get(key), new))
            if delivered.get(outcome.name) == _digest(path, content):
                records[key] = new_edition.cell_digests(new)
        outcomes.append(outcome)
    if json.dumps(records, sort_keys=True) != kept or damaged:
        _write_record(folder, records)
    return Delivery(outcomes, damaged)


def _working_copy(path, content):
    """A file as a student gets it; a notebook has no outputs and knows the kernel that it will run in.

    Without the latter JupyterLab adds it when it opens the notebook, which then looks unsaved.
    """
    if path.suffix != ".ipynb":
        return content
    try:
        notebook = json.loads(content)
        before = json.dumps(notebook)
        for cell in notebook["cells"]:
            if cell["cell_type"] == "code":
                cell.update(outputs=[], execution_count=None)
        if "language_info" in notebook["metadata"]:
            notebook["metadata"]["language_info"] = _language_info()
    except (ValueError, KeyError, TypeError, AttributeError):
        return content  # it is damaged, which is told where it would be written
    return content if json.dumps(notebook) == before else _to_bytes(notebook)


def _language_info():
    """What the kernel of this environment will say of its language, as far as it is installed."""
    try:
        from ipykernel.ipkernel import IPythonKernel
    except ImportError:
        return {"name": "python"}
    return IPythonKernel.language_info


def _to_bytes(notebook):
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
                records[_cells_key(target.name)] = records.pop(_cells_key(path.name), {})
                _write_record(folder, records)
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
    beside = _beside(path, edition)
    outcome = _place_file(folder, beside, content, delivered, edition, beside=True)
    written = outcome.status in (Status.NEW, Status.RESTORED, Status.UPDATED)
    return Outcome(path.as_posix(), Status.YOURS, outcome.name if written else outcome.new_edition)


def _beside(path, edition):
    return path.with_name(f"{edition}_{path.name}")


def _cells_key(name):
    return f"cells of {name}"


def _write_record(folder, records):
    files.replace_file(folder / RECORD, f"{json.dumps(records, indent=1, sort_keys=True)}\n".encode())


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
