"""Where the course's own files are, and how a command writes a file without ever leaving half of one."""

import contextlib
import errno
import os
import secrets
import shutil
import tempfile
from pathlib import Path

NOTEBOOK_PATTERN = "[0-9][0-9]_*.ipynb"
_COURSE_PATTERNS = (NOTEBOOK_PATTERN, "README.md", "matplotlibrc", "images/**/*")
_PACKAGE = Path(__file__).parent
REINSTALL = "install the course again, or in a checkout restore the file with git restore"
INSTALL_LAB = 'pip install "autorev-lib[lab]", or in a checkout: make setup'


class CourseError(Exception):
    """Something a person can put right. Its text is one line: what is wrong, and the cure.

    Args:
        problem: What is wrong, as a sentence or a clause without a full stop.
        cure: What to do about it: a command or an action.
    """

    def __init__(self, problem, cure):
        super().__init__(problem, cure)
        self.problem = problem
        self.cure = cure

    def __str__(self):
        return f"{self.problem}. Cure: {self.cure}"


def notebooks_folder():
    """Find the folder that holds the course's notebooks: in the installed package, or in the checkout.

    Returns:
        Its absolute path.

    Raises:
        CourseError: There is no such folder.
    """
    return _find("notebooks", Path.is_dir)


def requirements_file():
    """Find the file of exact versions that the course was tested with.

    Returns:
        Its absolute path.

    Raises:
        CourseError: There is no such file.
    """
    return _find("requirements.txt", Path.is_file)


def find_notebooks(names):
    """Find notebooks of the course by the names people use for them.

    Args:
        names: Any of: a number as in the file name (``"04"``), a stem (``"04_cnn_mnist"``), a file name
            (``"04_cnn_mnist.ipynb"``) or ``"all"``.

    Returns:
        Their paths in the order of the course, each once.

    Raises:
        CourseError: A name fits no notebook, or there are no notebooks at all.
    """
    notebooks = sorted(notebooks_folder().glob(NOTEBOOK_PATTERN))
    if not notebooks:
        raise CourseError(f"there is no notebook in {notebooks_folder()}", REINSTALL)
    found = set()
    for name in names:
        fits = [path for path in notebooks if name in ("all", path.name, path.stem, path.stem[:2])]
        if not fits:
            known = ", ".join(path.stem for path in notebooks)
            raise CourseError(
                f"notebook: expected one of {known}, received {name!r}",
                "give a name from that list, its number such as 01, or all",
            )
        found.update(fits)
    return sorted(found)


def course_files():
    """List every file that belongs to the course, and nothing that a run left in its folder.

    Returns:
        Paths relative to :func:`notebooks_folder`, sorted.

    Raises:
        CourseError: There are no notebooks.
    """
    find_notebooks(["all"])
    folder = notebooks_folder()
    found = {path for pattern in _COURSE_PATTERNS for path in folder.glob(pattern) if path.is_file()}
    return sorted(path.relative_to(folder) for path in found)


def read_file(path):
    """Read a file of the course.

    Args:
        path: Path relative to :func:`notebooks_folder`.

    Returns:
        Its content as bytes.

    Raises:
        CourseError: It cannot be read.
    """
    try:
        return (notebooks_folder() / path).read_bytes()
    except OSError as error:
        raise CourseError(f"the course's {path} cannot be read: {error.strerror}", REINSTALL) from error


def check_writable(folder):
    """Make sure that files can be written to a folder, which is made if it is missing. No file stays behind.

    Args:
        folder: Path of the folder.

    Raises:
        CourseError: It cannot be made or written: it is a file, is read-only, or the disk is full.
    """
    try:
        Path(folder).mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(bytes(4096))
    except OSError as error:
        raise _cannot_write(folder, error) from error


def check_file_writable(path):
    """Make sure that a file can be written later on; its folder is made if it is missing.

    Args:
        path: Path of the file, which need not exist.

    Raises:
        CourseError: It cannot be written, or is something else than a file.
    """
    _expect_file(path)
    check_writable(Path(path).parent)


def replace_file(path, content):
    """Write a file in one step: whatever happens, it holds all of the new content or what it held before.

    Args:
        path: Path of the file, in a folder that exists.
        content: The bytes to write.

    Raises:
        CourseError: It cannot be written; no temporary file is left.
    """
    path = Path(path)
    _expect_file(path)
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        with open(temporary, "xb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        if path.exists():
            shutil.copymode(path, temporary)
        os.replace(temporary, path)
    except OSError as error:
        raise _cannot_write(path, error) from error
    finally:
        with contextlib.suppress(OSError):  # a read-only disk refuses even to remove what is not there
            temporary.unlink()


def _find(name, is_there):
    places = (_PACKAGE / "_course" / name, _PACKAGE.parent / name)
    for place in places:
        if is_there(place):
            return place
    raise CourseError(f"the course's {name} is neither at {places[0]} nor at {places[1]}", REINSTALL)


def _expect_file(path):
    if os.path.exists(path) and not os.path.isfile(path):
        raise CourseError(f"{path}: expected a file, found something else", "choose another name")


def _cannot_write(path, error):
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            reason, cure = "the disk is full", "free some space and run this again"
        case errno.EROFS:
            reason, cure = "the disk is read-only", "choose a folder on another one"
        case errno.EACCES | errno.EPERM:
            reason, cure = "you have no permission to write there", "choose a folder of your own"
        case errno.EEXIST | errno.ENOTDIR:
            reason, cure = "there is a file where a folder should be", "choose another folder"
        case errno.ENOENT:
            reason, cure = "its folder does not exist", "make the folder and run this again"
        case _:
            reason, cure = error.strerror or str(error), "choose another folder"
    return CourseError(f"cannot write {path}: {reason}", cure)
