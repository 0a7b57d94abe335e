"""What is handed in: the notebooks in a folder, read before any of them is run."""

import contextlib
import enum
import json
import os
import re
from dataclasses import dataclass, field
from pathlib import Path

from autorev_lib import chapters, errors, exercises

MAX_MODULE_BYTES = 2**20
_LOAD = re.compile(r"""\bload\(\s*["'](\w+)["']\s*[,)]""")
_EXERCISE = re.compile(r"""\bexercise\[\s*["'](\w+)["']\s*\]""")
_NOT_HANDED_IN = {".ipynb_checkpoints", "__MACOSX"}


class Outcome(enum.StrEnum):
    """What became of a handed-in notebook."""

    MARKED = "marked"
    UNREADABLE = "unreadable"
    HUNG = "hung"
    OUT_OF_MEMORY = "out of memory"
    CRASHED = "crashed"
    TAMPERED = "tampered"


@dataclass
class Submission:
    """A handed-in file as it was found: read before any of them is run, since a notebook can change files."""

    file: str
    """Its path below the folder that is marked."""
    notebook: str = ""
    """Name of the chapter that it answers, or nothing if that is not known."""
    cells: list = field(default_factory=list)
    """Its code cells as pairs of id and source."""
    modules: dict = field(default_factory=dict)
    """Python files that lie beside it in the student's own folder: their content by name."""
    problem: str = ""
    """Why it cannot be marked, or nothing."""


def find_notebooks(folder):
    """Find the handed-in notebooks in a folder, and below it; of an nbgrader course only what was submitted.

    Returns:
        Their paths, sorted.

    Raises:
        AutorevError: There is no such folder, or no notebook in it.
    """
    place = place_of(folder)
    found = [path for path in _walk(place)[0] if _is_notebook(path, place)]
    if not found:
        raise errors.AutorevError(
            f"folder: expected one with notebooks, received {place}",
            "name the folder of handed-in notebooks",
        )
    return found


def find_others(folder):
    """Find the files in a folder, and below it, that are no notebooks, such as an archive of one; sorted."""
    place = place_of(folder)
    return [
        path
        for path in _walk(place)[0]
        if path.suffix.lower() != ".ipynb"
        and not any(part.startswith((".", "__")) for part in path.relative_to(place).parts)
    ]


def find_links(folder):
    """Find the links that are not followed, because they lie inside of what somebody handed in; sorted."""
    return _walk(place_of(folder))[1]


def place_of(folder):
    """Where hand-ins lie: in the folder itself, or in what was submitted to an nbgrader course."""
    is_nbgrader = (Path(folder) / "nbgrader_config.py").exists()
    return Path(folder) / "submitted" if is_nbgrader else Path(folder)


def read(path, folder):
    """Read a handed-in notebook.

    Returns:
        The :class:`Submission`; one that cannot be read says why.
    """
    name = _printable(Path(path).relative_to(folder).as_posix())
    submission = Submission(f"./{name}")  # begins with no sign that a spreadsheet runs
    try:
        submission.notebook, submission.cells = _chapter_of(path)
        if Path(path).parent != Path(folder):
            submission.modules = _modules_in(Path(path).parent)
    except errors.AutorevError as error:
        submission.problem = error.problem
    except OSError as error:
        submission.problem = f"the file cannot be read: {error.strerror}"
    except json.JSONDecodeError as error:
        submission.problem = f"damaged: it stops being a notebook at line {error.lineno}"
    except (ValueError, AttributeError, KeyError, TypeError, RecursionError):
        submission.problem = "damaged: this is no notebook"
    return submission


def read_cells(path):
    """The number or name of the chapter that a file answers, and its code cells as pairs of id and source."""
    content = Path(path).read_bytes()  # json knows UTF-8, UTF-16 and UTF-32, with a mark too
    sources = []
    for cell in json.loads(content)["cells"]:
        if cell["cell_type"] == "code":
            source = cell["source"]
            source = source if isinstance(source, str) else "".join(source)
            sources.append((cell.get("id", ""), _printable(source)))
    numbers = [match[1] for _, source in sources for match in _LOAD.finditer(source)]
    return (numbers[0] if numbers else None), sources


def course_cells(name):
    """The sources of the code cells of the course's own notebook."""
    return {source for _, source in read_cells(chapters.find(name).path)[1]}


def _walk(place):
    """The files in a folder and below it, and the links that are not followed; both sorted.

    Links in the folder itself are the teacher's, and are followed. Those further down came with what somebody
    handed in, and may lead to what others handed in, or anywhere.
    """
    files, skipped, seen = [], [], set()

    def cannot_open(error):
        files.append(Path(error.filename))  # and is named, as no notebook

    folders = [Path(place)]
    for start in folders:  # grows while it is walked; what links lead to comes after what lies here itself
        for here, below, names in os.walk(start, onerror=cannot_open):
            status = os.stat(here)
            if (status.st_dev, status.st_ino) in seen:  # a link to what is here, too
                below.clear()
                continue
            seen.add((status.st_dev, status.st_ino))
            paths = [Path(here) / name for name in (*below, *names)]
            linked = [path for path in paths if path.is_symlink() and not path.name.startswith(".")]
            if Path(here) == Path(place):
                folders += sorted(path for path in linked if path.is_dir())
                linked = []
            skipped += linked
            files += [path for path in paths[len(below) :] if path not in linked and _can_be_read(path)]
    return sorted(files), sorted(skipped)


def _can_be_read(path):
    """Whether it is a file, or a link to nothing, which is then named; a pipe would keep us waiting."""
    return path.is_file() or not path.exists()


def _is_notebook(path, place):
    is_hidden = _NOT_HANDED_IN.intersection(path.relative_to(place).parts)
    return path.suffix.lower() == ".ipynb" and not is_hidden


def _modules_in(folder):
    modules = {}
    for path in sorted(folder.glob("*.py")):
        with contextlib.suppress(OSError):
            if path.is_file() and not path.is_symlink() and path.stat().st_size < MAX_MODULE_BYTES:
                modules[path.name] = path.read_bytes()
    return modules


def _chapter_of(path):
    """The name of the chapter that a notebook answers, and its cells.

    A notebook whose cell with "load" was deleted is known by the names of its exercises.
    """
    number, cells = read_cells(path)
    if number:
        with contextlib.suppress(errors.AutorevError):
            return chapters.find(number).name, cells
        raise errors.AutorevError(f"the course has no chapter {number}", "")
    asked = {match[1] for _, source in cells for match in _EXERCISE.finditer(source)}
    counts = {each.name: len(asked.intersection(exercises.names(each))) for each in chapters.all_chapters()}
    name = max(counts, key=counts.get)
    if not counts[name]:
        raise errors.AutorevError("no exercises of the course are in it", "")
    return name, cells


def _printable(text):
    """A text with a code in place of what UTF-8 has no place for, such as half of a sign."""
    return text.encode("utf-8", "backslashreplace").decode()
