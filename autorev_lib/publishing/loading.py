"""A network from a file that somebody else made: no code of it is run, and a refusal says why."""

import re
import shutil
import tempfile
import zipfile
from pathlib import Path

import keras

from autorev_lib.errors import AutorevError

_SAVE = 'where the network was made, call model.save("digits.keras"), and give that file'
_OWN_LAYERS = "build it of Keras's own layers (Rescaling and Reshape take the place of most Lambdas), save it"
_DOWNLOAD = "download the file again"

_KERAS, _H5 = b"PK\x03\x04", b"\x89HDF\r\n\x1a\n"
_OTHER_FILES = (  # how they begin, what they are, what helps
    (rb"$", "an empty file", _DOWNLOAD),
    (rb"version https://git-lfs", "a pointer of Git LFS, not the file itself", "git lfs pull"),
    (rb"\s*<(!DOCTYPE|html)", "a web page", "download the file itself: on GitHub, the button Raw"),
    (rb"....TFL3", "a LiteRT file, which cannot be judged and retrained as a network", _SAVE),
    (rb"\x80[\x02-\x05]", "a pickle, which could run any code", _SAVE),
)
_REASONS = (  # what Keras says, what that means, what helps
    (r"of a `Lambda` layer", "a Lambda layer, which is code, and code from a file is not run", _OWN_LAYERS),
    (
        r"(?:Could not locate class|Unknown layer:) '([^']+)'",
        "the class {}, which is no part of Keras, and its code is not in the file",
        _OWN_LAYERS,
    ),
    (
        r"No model config found",
        "weights without their network",
        "build the network, call its load_weights with this file, then its save",
    ),
    (r"no item named 'config\.json'", "a zip file without a Keras model", _SAVE),
    (
        r"Unrecognized keyword arguments passed to (\w+): \{'(\w+)'",
        f"the layer {{}} with the setting {{}}, which Keras {keras.__version__} does not know",
        "build the network again in this version, copy the weights with get_weights and set_weights, save it",
    ),
    (r"truncated|unable to open file|bad .*checksum|CRC|corrupt", "a damaged file", _DOWNLOAD),
)


def load_network(path):
    """Load a Keras model from a ``.keras`` or ``.h5`` file.

    Its content tells which of the two it is, whatever its name ends in. No code from it is run: safe mode
    refuses Lambda layers and classes that are no part of Keras, in ``.h5`` files since Keras 3.11.3. It is no
    sandbox (CVE-2025-1550, CVE-2026-1462): load no file from somebody you do not trust.

    Returns:
        A Keras model, not compiled.

    Raises:
        AutorevError: There is no such file, or it holds something else.
    """
    path = Path(path)
    if path.is_dir():
        what = "a SavedModel folder" if (path / "saved_model.pb").exists() else "a folder"
        raise _refused(path, what, _SAVE)
    try:
        with open(path, "rb") as stream:
            start = stream.read(100)
    except OSError as error:
        raise _refused(path, f"none: {error.strerror}", "see where the file is") from error
    if not start.startswith((_KERAS, _H5)):
        found = (other[1:] for other in _OTHER_FILES if re.match(other[0], start, re.DOTALL | re.IGNORECASE))
        raise _refused(path, *next(found, ("something else", _SAVE)))
    if start.startswith(_KERAS) and not zipfile.is_zipfile(path):
        raise _refused(path, "a damaged file: its end is missing", _DOWNLOAD)
    with tempfile.TemporaryDirectory() as folder:  # Keras goes by the ending
        copy = Path(folder, "network.h5" if start.startswith(_H5) else "network.keras")
        try:
            shutil.copyfile(path, copy)
            return keras.models.load_model(copy, compile=False, safe_mode=True)
        except Exception as error:  # Keras raises whatever the content of the file leads it to
            said = f"{type(error).__name__}: {str(error).strip()}".replace(str(copy), path.name)
            raise _refused(path, *_reason(said)) from error


def _reason(said):
    for pattern, what, cure in _REASONS:
        if match := re.search(pattern, said):
            return what.format(*match.groups()), cure
    return said.splitlines()[0][:200], _SAVE


def _refused(path, what, cure):
    return AutorevError(f"{path}: expected a Keras model, received {what}", cure)
