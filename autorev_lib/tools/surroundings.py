"""What a person's machine brings with it that could change what a notebook does, read in one place.

Keras reads ``keras.json`` and the variable ``KERAS_BACKEND``; IPython runs a profile's start-up files; Python
prefers a file of the current folder to a library of the same name. A person may want all that in notebooks of
their own. Kernels that nobody watches get none of it, or the same notebook would give other outputs here.
"""

import atexit
import functools
import json
import os
import shutil
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

BACKENDS = {"tensorflow": "tensorflow", "jax": "jax", "torch": "torch"}
"""Keras's backends, and the package that each of them needs."""
_KERAS_DEFAULTS = {"floatx": "float32", "epsilon": 1e-07, "image_data_format": "channels_last"}
# What the notebooks and the kernel import. A file of that name in a person's folder would come first.
_IMPORTED = ("autorev_lib", "keras", "matplotlib", "numpy", "pandas", "scipy", "tensorflow", "jax", "IPython")


class Trouble(NamedTuple):
    """Something of the surroundings that changes what the course's notebooks do."""

    what: str
    """The file or the variable at fault, and what is wrong with it."""
    cure: str
    stops: bool
    """Whether notebooks cannot run with it, rather than run differently."""


def kernel_environment():
    """Make the environment variables for notebooks that run without anybody watching.

    Returns:
        A copy of this process's variables in which TensorFlow is quiet, progress is plain, matplotlib uses
        its inline backend, Keras and IPython find no settings of a person, and nothing tells the notebook
        that a test runs it.
    """
    environment = dict(os.environ)
    for name in ("PYTEST_CURRENT_TEST", "MPLBACKEND", "MATPLOTLIBRC", "PYTHONSTARTUP"):
        environment.pop(name, None)
    environment.update(TF_CPP_MIN_LOG_LEVEL="3", AUTOREV_PROGRESS="plain")
    environment.update(KERAS_HOME=_empty_folder("keras"), IPYTHONDIR=_empty_folder("ipython"))
    if not _is_installed(environment.get("KERAS_BACKEND")):
        environment.pop("KERAS_BACKEND", None)  # the notebook's first cell then chooses one that is there
    return environment


def keras_settings():
    """Read a person's ``keras.json``.

    Returns:
        Its path, and its settings as a dictionary; empty if there is no such file, or one that Keras ignores.
    """
    home = Path(os.environ["KERAS_HOME"]) if "KERAS_HOME" in os.environ else Path.home() / ".keras"
    path = home / "keras.json"
    try:
        settings = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return path, {}
    return path, settings if isinstance(settings, dict) else {}


def find_troubles(folder):
    """Look for what would change the notebooks of a person who works in a folder.

    Returns:
        A list of :class:`Trouble`.
    """
    return [*_keras_troubles(), *_shadows(folder), *_start_up_files()]


def _keras_troubles():
    path, settings = keras_settings()
    remedy = f"delete {path}, or set KERAS_HOME to an empty folder"
    for name, default in _KERAS_DEFAULTS.items():
        if settings.get(name, default) != default:
            yield Trouble(
                f"{path} sets {name} to {settings[name]!r}; the course needs {default!r}", remedy, False
            )
    variable = os.environ.get("KERAS_BACKEND")
    if variable:
        if not _is_installed(variable):
            what = f"the variable KERAS_BACKEND asks for {variable!r}, which is not installed"
            yield Trouble(what, "unset KERAS_BACKEND", True)
    elif not _is_installed(settings.get("backend", "tensorflow")) and "backend" in settings:
        what = f"{path} asks for the backend {settings['backend']!r}, which is not installed"
        yield Trouble(what, remedy, False)


def _shadows(folder):
    names = {*_IMPORTED, *sys.stdlib_module_names}
    for path in sorted(Path(folder).glob("*.py")):
        if path.stem in names:
            what = f"{path} hides the library {path.stem}: Python finds your file first"
            yield Trouble(what, f"rename {path.name}", True)


def _start_up_files():
    home = Path(os.environ.get("IPYTHONDIR") or Path.home() / ".ipython")
    for path in sorted((home / "profile_default" / "startup").glob("*.[pi]*y")):
        what = f"{path} runs before every notebook and may change it"
        yield Trouble(what, "move it away if a notebook behaves oddly", False)


def _is_installed(backend):
    package = BACKENDS.get(backend)
    return package is not None and find_spec(package) is not None


@functools.cache
def _empty_folder(name):
    folder = tempfile.mkdtemp(prefix=f"autorev-{name}-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
