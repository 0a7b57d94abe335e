"""Writing files so that nothing is lost: all of the new content, or what was there before."""

import contextlib
import errno
import itertools
import os
import secrets
import shutil
import tempfile
from pathlib import Path

from autorev_lib.errors import AutorevError


def check_writable(folder):
    """Make sure that files can be written to a folder, which is made if it is missing. No file stays behind.

    Raises:
        AutorevError: It cannot be made or written: it is a file, is read-only, or the disk is full.
    """
    try:
        Path(folder).mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(bytes(4096))
    except OSError as error:
        raise cannot_write(folder, error) from error


def check_file_writable(path):
    """Make sure that a file can be written later on; its folder is made if it is missing.

    Raises:
        AutorevError: It cannot be written, or is something else than a file.
    """
    _expect_file(path)
    check_writable(Path(path).parent)


def replace_file(path, content):
    """Write a file in one step: whatever happens, it holds all of the new content or what it held before.

    Raises:
        AutorevError: It cannot be written; no temporary file is left.
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
        raise cannot_write(path, error) from error
    finally:
        with contextlib.suppress(OSError):  # a read-only disk refuses even to remove what is not there
            temporary.unlink()


def keep_old(path):
    """Make room for a file that a command is asked to write: what is there gets a number and stays.

    Returns:
        The new path of what was there, or None if nothing was.

    Raises:
        AutorevError: It cannot be renamed, or is no file.
    """
    _expect_file(path)
    return set_aside(path)


def set_aside(path):
    """As :func:`keep_old`, for a folder, too."""
    path = Path(path)
    if not path.exists():
        return None
    numbered = (path.with_name(f"{path.stem}.{number}{path.suffix}") for number in itertools.count(1))
    target = next(name for name in numbered if not os.path.lexists(name))
    try:
        path.rename(target)
    except OSError as error:
        raise cannot_write(path, error) from error
    return target


def write_beside(path, content):
    """Write a file; what is there gets a number and stays, unless it holds the same."""
    path = Path(path)
    if not (path.is_file() and path.read_bytes() == content):
        keep_old(path)
        replace_file(path, content)


def write_new(path, content):
    """Write a file into a folder that is ours alone; the folder is made if it is missing."""
    check_writable(Path(path).parent)
    replace_file(path, content)


def replace_unchanged(path, content, expected):
    """Replace a file unless somebody has written to it since it was read.

    Args:
        path: Path of the file.
        content: The bytes to write; nothing is done if the file has them already.
        expected: What it held when it was read.

    Raises:
        AutorevError: It holds something else by now, and stays; or it cannot be written.
    """
    try:
        found = Path(path).read_bytes()
    except OSError as error:
        raise cannot_write(path, error) from error
    if found != expected:
        raise AutorevError(f"{path} was changed while this ran, and stays as it is", "run this again")
    if content != expected:
        replace_file(path, content)


def _expect_file(path):
    if os.path.exists(path) and not os.path.isfile(path):
        raise AutorevError(f"{path}: expected a file, found something else", "choose another name")


def cannot_write(path, error):
    """Turn what the system says of a path into an :class:`~autorev_lib.errors.AutorevError` with a cure."""
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
    return AutorevError(f"cannot write {path}: {reason}", cure)
