"""Is this machine ready for the course? Every check says what it saw and how to cure what is wrong."""

import json
import os
import platform
import shutil
import signal
import subprocess
import sys
import tempfile
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from autorev_lib import chapters, errors
from autorev_lib.tools import executor, files, surroundings

_PYTHONS = ((3, 11), (3, 13))
_CORE = ("keras", "matplotlib", "numpy", "pandas")
_JUPYTER = ("ipykernel", "jupyterlab", "nbclient", "nbconvert", "nbformat")
_FRAMEWORKS = ("tensorflow", "tensorflow-cpu", "jax")
_GIGABYTE = 1e9
_MEMORY_WANTED = 4 * _GIGABYTE
_DISK_WANTED = 1 * _GIGABYTE
_START_TIMEOUT = 180

# A framework that does not suit the processor can end its process, so another process than ours tries it.
_TRY_FRAMEWORK = """
import json
from autorev_lib import devices
backend = devices.select_backend()
import keras
found = [[device.name, device.description] for device in devices.list_devices()]
print("\\n" + json.dumps({"backend": backend, "keras": keras.version(), "devices": found}))
"""


class State(StrEnum):
    """How a check came out."""

    OK = "ok"
    WARNING = "warning"
    PROBLEM = "problem"


class Check(NamedTuple):
    """One row of the report."""

    what: str
    state: State
    detail: str
    cure: str = ""
    """A command or an action; empty only if the state is ok."""


def diagnose():
    """Run all checks.

    Returns:
        A list of :class:`Check`. Nothing is raised: a check that fails itself becomes a problem with the
        error's message.
    """
    checks = {
        "Python": _python,
        "packages": _packages,
        "surroundings": _surroundings,
        "Keras": _keras,
        "memory": _memory,
        "notebooks": _notebooks,
        "current folder": _current_folder,
        "temporary files": _temporary_files,
        "Jupyter's files": _jupyter_files,
        "data": _data,
        "Jupyter kernel": _kernel,
        "Colab": _colab,
        "teaching": _teaching,
    }
    rows = []
    for what, check in checks.items():
        try:
            rows += check()
        except errors.AutorevError as error:
            rows.append(Check(what, State.PROBLEM, error.problem, error.cure))
        except Exception as error:
            cure = "report this line and the version (autorev --version) as an issue"
            rows.append(
                Check(what, State.PROBLEM, f"The check failed: {type(error).__name__}: {error}", cure)
            )
    return rows


def on_colab():
    """Tell whether this Python is Google Colab's."""
    try:
        return "google.colab" in sys.modules or find_spec("google.colab") is not None
    except ModuleNotFoundError:  # there is no package google at all
        return False


def tested_versions():
    """Read the versions that the course was tested with, for this Python and platform.

    Returns:
        A dict from package name to version.

    Raises:
        AutorevError: The requirements file is missing or cannot be read.
    """
    from packaging.requirements import InvalidRequirement, Requirement

    path = chapters.locate("requirements.txt")
    versions = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line or line[0] in " #-":
            continue
        try:
            requirement = Requirement(line.rstrip("\\ "))
        except InvalidRequirement as error:
            raise errors.AutorevError(f"{path}: {line!r} is no requirement", errors.REINSTALL) from error
        if requirement.marker is None or requirement.marker.evaluate():
            versions[requirement.name] = next(iter(requirement.specifier)).version
    return versions


def _python():
    found = platform.python_version()
    if _PYTHONS[0] <= sys.version_info[:2] <= _PYTHONS[1]:
        return [Check("Python", State.OK, f"{found} at {sys.executable}")]
    cure = "install Python 3.13 and set the course up with it; in a checkout: make PYTHON=python3.13 setup"
    detail = f"{found}; the course needs 3.11, 3.12 or 3.13"
    if sys.version_info[:2] > _PYTHONS[1]:
        detail += ", because TensorFlow is not there for newer ones yet"
    return [Check("Python", State.PROBLEM, detail, cure)]


def _surroundings():
    """What of a person's own settings and files would change the notebooks."""
    rows = [
        Check("surroundings", State.PROBLEM if trouble.stops else State.WARNING, trouble.what, trouble.cure)
        for trouble in surroundings.find_troubles(Path.cwd())
    ]
    return rows or [Check("surroundings", State.OK, "no settings or files of yours change the notebooks")]


def _packages():
    colab = on_colab()
    tested = tested_versions()
    # Either build of TensorFlow will do; the file names the one that suits the platform.
    tested["tensorflow"] = tested["tensorflow-cpu"] = tested.get("tensorflow-cpu") or tested.get("tensorflow")
    installed = {name: _version(name) for name in (*_CORE, *_JUPYTER, *_FRAMEWORKS)}
    expected = _CORE if colab else (*_CORE, *_JUPYTER)
    missing = [name for name in expected if installed[name] is None]
    rows = [
        Check(name, State.PROBLEM, "not installed", f'pip install "{name}=={tested[name]}"')
        for name in missing
    ]
    as_wanted = []
    for name, found in installed.items():
        if found is None:
            continue
        if colab or _same(found, tested[name]):
            as_wanted.append(f"{name} {found}")
        else:
            cure = f'if something fails: pip install "{name}=={tested[name]}"'
            rows.append(
                Check(name, State.WARNING, f"{found}; the course was tested with {tested[name]}", cure)
            )
    source = "Colab's own" if colab else "as tested"
    rows.insert(0, Check("packages", State.OK, f"{source}: {', '.join(as_wanted) or 'none'}"))
    return rows


def _keras():
    """Which backend Keras will use, whether it starts, and what it can compute on."""
    environment = os.environ | {"TF_CPP_MIN_LOG_LEVEL": "3"}
    try:
        child = subprocess.run(
            [sys.executable, "-c", _TRY_FRAMEWORK],
            capture_output=True,
            text=True,
            env=environment,
            timeout=_START_TIMEOUT,
        )
    except subprocess.TimeoutExpired:
        cure = "stop other programs and run autorev doctor again"
        return [Check("Keras", State.PROBLEM, f"did not start within {_START_TIMEOUT} s", cure)]
    if child.returncode < 0:
        detail = f"its backend crashed when it was imported ({signal.Signals(-child.returncode).name})"
        cure = "the processor may be too old for it: pip install jax and set KERAS_BACKEND=jax, or use Colab"
        return [Check("Keras", State.PROBLEM, detail, cure)]
    if child.returncode:
        last_line = (child.stderr.strip().splitlines() or ["no message"])[-1]
        cure = 'pip install "autorev-lib[tensorflow]", and leave KERAS_BACKEND unset'
        return [Check("Keras", State.PROBLEM, f"does not start: {last_line}", cure)]
    answer = json.loads(child.stdout.splitlines()[-1])
    found = ", ".join(f"{name} ({description})" for name, description in answer["devices"])
    return [
        Check("Keras", State.OK, f"{answer['keras']} starts with the backend {answer['backend']}"),
        Check("devices", State.OK, found),
    ]


def _memory():
    import psutil

    memory = psutil.virtual_memory()
    detail = f"{memory.available / _GIGABYTE:.1f} GB free of {memory.total / _GIGABYTE:.1f} GB"
    if memory.available >= _MEMORY_WANTED:
        return [Check("memory", State.OK, detail)]
    cure = f"close other programs and notebooks until {_MEMORY_WANTED / _GIGABYTE:.0f} GB are free"
    return [Check("memory", State.WARNING, detail, cure)]


def _notebooks():
    count = len(chapters.all_chapters())
    return [_disk("notebooks", chapters.folder(), f"{count} in")]


def _current_folder():
    return [_writable_folder("current folder", Path.cwd())]


def _temporary_files():
    what = "temporary files"
    try:
        return [_writable_folder(what, Path(tempfile.gettempdir()))]
    except OSError as error:  # it tried every usual place
        return [
            Check(
                what, State.PROBLEM, error.strerror, "free some disk space, or set TMPDIR to another folder"
            )
        ]


def _jupyter_files():
    """The folder where Jupyter notes its servers and kernels."""
    if find_spec("jupyter_core") is None:
        return []
    from jupyter_core.paths import jupyter_runtime_dir

    return [_writable_folder("Jupyter's files", Path(jupyter_runtime_dir()))]


def _writable_folder(what, folder):
    # A folder that is not there yet will be made by its owner; ask the one it will be made in.
    present = next(place for place in (folder, *folder.parents) if os.path.exists(place))
    try:
        files.check_writable(present)
    except errors.AutorevError as error:
        return Check(what, State.PROBLEM, error.problem, error.cure)
    return _disk(what, present, "writable,")


def _disk(what, folder, remark):
    free = shutil.disk_usage(folder).free
    detail = f"{remark} {folder}, {free / _GIGABYTE:.1f} GB free"
    if free >= _DISK_WANTED:
        return Check(what, State.OK, detail)
    return Check(what, State.WARNING, detail, f"free {_DISK_WANTED / _GIGABYTE:.0f} GB on that disk")


def _data():
    from autorev_lib import data

    return [
        Check(name, State.OK, detail) if intact else Check(name, State.PROBLEM, detail, errors.REINSTALL)
        for name, intact, detail in data.verify()
    ]


def _kernel():
    program = executor.find_kernel().argv[0]
    # Interpreters of two environments can be links to one file, so their folders are compared.
    if not os.path.isabs(program) or os.path.samefile(Path(program).parent, Path(sys.executable).parent):
        return [Check("Jupyter kernel", State.OK, f"{executor.KERNEL} runs {sys.executable}")]
    detail = f"{executor.KERNEL} runs {program}, another Python than this one"
    return [Check("Jupyter kernel", State.WARNING, detail, "python -m ipykernel install --sys-prefix")]


def _colab():
    return [Check("Colab", State.OK, "yes" if on_colab() else "no, this is a machine of your own")]


def _teaching():
    found = _version("nbgrader")
    detail = f"nbgrader {found}" if found else "nbgrader is not installed; only autorev assignment needs it"
    return [Check("teaching", State.OK, detail)]


def _version(name):
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _same(found, wanted):
    from packaging.version import Version

    return Version(found).public == Version(wanted).public
