"""The folder of models: numbered versions on disk, which the server watches.

::

    models/
      digits/             a model's name
        1/                version 1
        2/                version 2, which is served: the highest number
        3.withdrawn/      was rolled back: kept, not served

A version comes into being by one rename, when all of it is on the disk, and never changes after that.
``model.json`` in it names the others, their SHA-256, and what the model must answer to its golden inputs; a
version that does not hold to that is not served.
"""

import contextlib
import hashlib
import io
import json
import os
import re
import secrets
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import numpy as np

from autorev_lib.errors import AutorevError
from autorev_lib.litert import LiteRTModel

MANIFEST = "model.json"
MODEL = "model.tflite"
GOLDEN = "golden.npz"
REFERENCE = "reference.npz"
SOURCE = "model.keras"

_FORMAT = 1
_WITHDRAWN = ".withdrawn"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")
_FOLDER = re.compile(rf"([1-9][0-9]{{0,8}})({re.escape(_WITHDRAWN)})?")
_MAX_MANIFEST_BYTES = 1 << 20
_MAX_FILE_BYTES = 1 << 30


class VersionError(AutorevError):
    """A version cannot be added, withdrawn or served."""


class Version(NamedTuple):
    """One version on the disk."""

    number: int
    withdrawn: bool
    path: Path
    """Its folder."""


class LoadedVersion(NamedTuple):
    """A version that was checked and is ready to answer."""

    name: str
    number: int
    path: Path
    model: LiteRTModel
    labels: tuple[str, ...]
    """Names of the classes, in the order of the outputs."""
    created: str
    """When it was added: ISO 8601, UTC."""
    notes: dict
    """What its maker wrote down about it, such as its test accuracy."""


def names(models):
    """Names of the models in a folder, sorted.

    Args:
        models: The folder of models.

    Raises:
        VersionError: It is no folder that can be read.
    """
    try:
        found = [entry.name for entry in os.scandir(models) if entry.is_dir() and _NAME.fullmatch(entry.name)]
    except OSError as error:
        raise VersionError(
            f"models: expected a folder of models, received {models}: {error.strerror}",
            "give the folder that `autorev publish` wrote to",
        ) from error
    return sorted(found)


def only_name(models):
    """The name of the model in a folder that holds just one.

    Args:
        models: The folder of models.

    Raises:
        VersionError: There are more, or there is none.
    """
    found = names(models)
    if len(found) != 1:
        received = ", ".join(found) or "none"
        raise VersionError(f"models: expected one model in {models}, received {received}", "name the model")
    return found[0]


def history(models, name):
    """All versions of a model, withdrawn ones too, oldest first; empty if there is no such model.

    Args:
        models: The folder of models.
        name: The model's name.

    Returns:
        A list of :class:`Version`.
    """
    folder = Path(models, _checked_name(name))
    try:
        entries = [entry.name for entry in os.scandir(folder) if entry.is_dir()]
    except OSError:
        return []
    found = [match for entry in entries if (match := _FOLDER.fullmatch(entry))]
    return sorted(Version(int(match[1]), match[2] is not None, folder / match[0]) for match in found)


def served(models, name):
    """Numbers of the versions that are not withdrawn, oldest first; the server takes the last valid one.

    Args:
        models: The folder of models.
        name: The model's name.
    """
    return [version.number for version in history(models, name) if not version.withdrawn]


def add(
    models,
    name,
    model,
    golden_inputs,
    golden_outputs,
    labels,
    *,
    tolerance=1e-3,
    reference=None,
    source=None,
    notes=None,
):
    """Publish a LiteRT model as the next version. A server that watches the folder swaps it in.

    It is checked as the server checks it before it appears: what the server would refuse is not published.

    Args:
        models: The folder of models; made if it is missing.
        name: The model's name: letters, digits, ``_``, ``.`` and ``-``.
        model: Path of the ``.tflite`` file. It is copied, like the other files.
        golden_inputs: Inputs to try the model with before it is served, floats of shape (N, *input_shape).
        golden_outputs: What the model must answer to them, floats of shape (N, *output_shape): the outputs
            of the Keras model it was made from.
        labels: Names of the classes, in the order of the outputs.
        tolerance: How far an output may be from its golden output.
        reference: Path of the monitor's reference (``.npz``), if there is one.
        source: Path of the ``.keras`` file that the model was made from, for retraining, if there is one.
        notes: What else to remember of it, a dictionary of things that JSON knows.

    Returns:
        The number of the version. Numbers of withdrawn versions are not used again.

    Raises:
        VersionError: The model does not answer as it must, or has other shapes or labels than the version
            that is served; or a file cannot be read or written. Nothing was published.
    """
    folder = Path(models, _checked_name(name))
    temporary = folder / f".{secrets.token_hex(4)}.adding"
    files = {MODEL: model, REFERENCE: reference, SOURCE: source}
    try:
        temporary.mkdir(parents=True)
        for target, path in files.items():
            if path is not None:
                _write(temporary / target, Path(path).read_bytes())
        golden = io.BytesIO()
        np.savez_compressed(
            golden,
            inputs=np.asarray(golden_inputs, np.float32),
            outputs=np.asarray(golden_outputs, np.float32),
        )
        _write(temporary / GOLDEN, golden.getvalue())
        litert = _litert((temporary / MODEL).read_bytes())
        manifest = {
            "format": _FORMAT,
            "created": datetime.now(UTC).isoformat(timespec="seconds"),
            "input_shape": litert.input_shape,
            "output_shape": litert.output_shape,
            "labels": [str(label) for label in labels],
            "tolerance": tolerance,
            "notes": notes or {},
            "sha256": {path.name: _digest(path.read_bytes()) for path in sorted(temporary.iterdir())},
        }
        _write(temporary / MANIFEST, f"{json.dumps(manifest, indent=1)}\n".encode())
        load(temporary, name, like=_newest_valid(models, name))
        return _appear(temporary, models, name)
    except OSError as error:
        raise VersionError(
            f"version of {name} not added: {error}", "see that the file is there and the disk has space"
        ) from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def withdraw(models, name):
    """Roll back: withdraw the version that is served, so that the one before it is. Its files are kept.

    To take it back, rename its folder from ``N.withdrawn`` to ``N``.

    Args:
        models: The folder of models.
        name: The model's name.

    Returns:
        ``(withdrawn, now)``: the number that was withdrawn, and the number that is served instead.

    Raises:
        VersionError: There is no older version that can be served, or the folder cannot be written.
    """
    valid = (version for version in reversed(history(models, name)) if _is_valid(version, name))
    newest, before = next(valid, None), next(valid, None)
    if newest is None:
        raise VersionError(f"no version of {name} in {models} can be served", "publish one first")
    if before is None:
        raise VersionError(
            f"version {newest.number} of {name} is the only one that can be served, so it stays",
            "publish a better version instead",
        )
    try:
        newest.path.rename(newest.path.with_name(f"{newest.number}{_WITHDRAWN}"))
    except OSError as error:
        raise VersionError(
            f"version {newest.number} of {name} not withdrawn: {error}", "see who may write to the folder"
        ) from error
    _sync(newest.path.parent)
    return newest.number, before.number


def load(path, name, like=None):
    """Check a version and make it ready to answer.

    Args:
        path: Its folder.
        name: The model's name.
        like: A :class:`LoadedVersion` whose shapes and labels it must have, or None.

    Returns:
        A :class:`LoadedVersion`.

    Raises:
        VersionError: A file is missing or is not what ``model.json`` says; a shape or a label differs from
            ``like``; or the model does not give its golden outputs.
    """
    path = Path(path)
    try:
        manifest = _manifest(path)
        contents = {file: _verified(path / file, digest) for file, digest in manifest["sha256"].items()}
        model = _litert(contents[MODEL])
        promised = tuple(manifest["input_shape"]), tuple(manifest["output_shape"])
        labels = tuple(manifest["labels"])
        if promised != (received := (model.input_shape, model.output_shape)):
            raise _invalid(f"{MODEL}: expected input and output of shape {promised}, received {received}")
        if (len(labels),) != model.output_shape:
            raise _invalid(
                f"labels: expected one for each output, {model.output_shape}, received {len(labels)}"
            )
        _check_alike(model, labels, like)
        _check_golden(model, contents[GOLDEN], float(manifest["tolerance"]))
        match = _FOLDER.fullmatch(path.name)
        return LoadedVersion(
            name=name,
            number=int(match[1]) if match else 0,
            path=path,
            model=model,
            labels=labels,
            created=str(manifest["created"]),
            notes=dict(manifest["notes"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _invalid(
            f"{MANIFEST}: expected a description of format {_FORMAT}, received: {error!r}"
        ) from error
    except OSError as error:
        raise _invalid(f"{Path(error.filename or path).name}: {error.strerror or error}") from error


def _newest_valid(models, name):
    for version in reversed(history(models, name)):
        if not version.withdrawn:
            with contextlib.suppress(VersionError):
                return load(version.path, name)
    return None


def _is_valid(version, name):
    if version.withdrawn:
        return False
    try:
        load(version.path, name)
    except VersionError:
        return False
    return True


def _appear(temporary, models, name):
    while True:
        number = max((version.number for version in history(models, name)), default=0) + 1
        target = temporary.with_name(str(number))
        try:
            temporary.rename(target)
        except OSError:
            if target.exists():  # somebody else was faster
                continue
            raise
        _sync(target.parent)
        return number


def _checked_name(name):
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise VersionError(
            f"name: expected up to 64 letters, digits, '_', '.' or '-', received {name!r}",
            "choose a name such as digits",
        )
    return name


def _manifest(path):
    manifest = json.loads(_read(path / MANIFEST, _MAX_MANIFEST_BYTES))
    if manifest["format"] != _FORMAT:
        raise _invalid(f"{MANIFEST}: expected format {_FORMAT}, received {manifest['format']!r}")
    missing = {MODEL, GOLDEN} - manifest["sha256"].keys()
    if missing:
        raise _invalid(
            f"{MANIFEST}: expected the SHA-256 of {MODEL} and {GOLDEN}, received none of {missing}"
        )
    unknown = manifest["sha256"].keys() - {MODEL, GOLDEN, REFERENCE, SOURCE}
    if unknown:
        raise _invalid(f"{MANIFEST}: expected no other files, received {sorted(unknown)}")
    return manifest


def _verified(path, digest):
    content = _read(path, _MAX_FILE_BYTES)
    if _digest(content) != digest:
        raise _invalid(
            f"{path.name}: expected SHA-256 {digest[:12]}…, received {_digest(content)[:12]}…; "
            "it was changed or damaged"
        )
    return content


def _read(path, limit):
    with open(path, "rb") as stream:
        content = stream.read(limit + 1)
    if len(content) > limit:
        raise _invalid(f"{path.name}: expected at most {limit} bytes, received more")
    return content


def _litert(content):
    try:
        return LiteRTModel(content)
    except ValueError as error:
        raise _invalid(f"{MODEL}: {error}") from error


def _check_alike(model, labels, like):
    if like is None:
        return
    expected = like.model.input_shape, like.model.output_shape, like.labels
    received = model.input_shape, model.output_shape, labels
    for what, one, other in zip(("input shape", "output shape", "labels"), expected, received, strict=True):
        if one != other:
            raise _invalid(f"{what}: expected {one} as in version {like.number}, received {other}")


def _check_golden(model, content, tolerance):
    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
        inputs, expected = arrays["inputs"], arrays["outputs"]
    received = model.predict(inputs)
    if received.shape != expected.shape:
        raise _invalid(f"{GOLDEN}: expected outputs of shape {received.shape}, received {expected.shape}")
    difference = float(np.abs(received - expected).max())
    if not difference <= tolerance:
        raise _invalid(
            f"golden outputs: expected a difference of at most {tolerance:g}, received {difference:.3g}"
        )


def _invalid(problem):
    return VersionError(problem, "publish the model again")


def _digest(content):
    return hashlib.sha256(content).hexdigest()


def _write(path, content):
    with open(path, "xb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _sync(folder):
    """Get renames in a folder onto the disk; Windows neither can nor needs to."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
