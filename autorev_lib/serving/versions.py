"""The folder of a served model: numbered versions on disk, of which the server takes the newest valid one.

::

    models/
      digits/             the model's name
        1/                version 1
        2/                version 2, which is served: the highest number
        3.shadow/         answers beside it without being seen, until the gate has decided
        4.withdrawn/      was rolled back, or not let in: kept, not served

A version comes into being by one rename, when all of it is on the disk, and never changes after that.
``model.json`` in it names the other files with their SHA-256, and what the model must answer to its golden
inputs; a version that does not hold to that is not served. The layout is TensorFlow Serving's.
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
from typing import Annotated, Any, Literal, NamedTuple

import numpy as np
from pydantic import BaseModel, Field, ValidationError

from autorev_lib.data import IMAGE_SHAPE
from autorev_lib.errors import AutorevError
from autorev_lib.litert import LiteRTModel
from autorev_lib.serving.feedback import FILE_NAME

MANIFEST = "model.json"
MODEL = "model.tflite"
GOLDEN = "golden.npz"
REFERENCE = "reference.npz"
SOURCE = "model.keras"
CARD = "card.md"

_FORMAT = 2
_PUBLISH_ONE = "publish one: autorev publish MODELS FILE.keras"
READY, SHADOW, WITHDRAWN = "", ".shadow", ".withdrawn"
"""The states of a version: how the name of its folder ends. Of those that are ready the newest is served."""

# SQLite makes files beside that of the corrections, such as feedback.sqlite3-wal.
_NAME = re.compile(rf"(?!(?i:{re.escape(FILE_NAME)}))[A-Za-z0-9][A-Za-z0-9_.-]{{0,63}}")
_FOLDER = re.compile(rf"([1-9][0-9]{{0,8}})({re.escape(SHADOW)}|{re.escape(WITHDRAWN)}|)")


class VersionError(AutorevError):
    """A version cannot be added, withdrawn or served."""


class UnreadableError(VersionError):
    """A version is there and cannot be read now, for want of rights or file handles: not "there is none"."""


class Version(NamedTuple):
    """One version on the disk."""

    number: int
    state: str
    """:data:`READY`, :data:`SHADOW` or :data:`WITHDRAWN`."""
    path: Path


class LoadedVersion(NamedTuple):
    """A version that was checked and is ready to answer."""

    name: str
    number: int
    path: Path
    model: LiteRTModel
    """From float32 of shape (N, 28, 28), raw pixels 0 to 255, to probabilities of shape (N, num_classes)."""
    labels: tuple[str, ...]
    """Names of the classes, in the order of the outputs."""
    created: str
    """ISO 8601, UTC."""
    notes: dict
    """What its maker wrote down about it, such as its test accuracy."""
    reference: bytes | None
    """The monitor's reference, the content of a ``.npz`` file; None if it has none."""


class _Manifest(BaseModel):
    format: int
    created: str
    labels: tuple[str, ...]
    tolerance: Annotated[float, Field(ge=0, allow_inf_nan=False)]
    notes: dict[str, Any]
    sha256: dict[
        Literal[MODEL, GOLDEN, REFERENCE, SOURCE, CARD], str
    ]  # no other file is read, whatever it says


def names(models):
    """Names of the models in a folder, sorted: of those folders in it that hold a version.

    Raises:
        VersionError: It is no folder that can be read.
    """
    found = [name for name in _folders(models, "models") if _NAME.fullmatch(name)]
    return sorted(name for name in found if history(models, name))


def only_name(models, name=None):
    """The name of the only model in a folder, or of the one that is given; else :class:`VersionError`."""
    found = names(models)
    wanted = [each for each in found if name in (None, each)]
    if len(wanted) != 1:
        raise VersionError(
            f"models: expected {name or 'one model'} in {models}, received {', '.join(found) or 'none'}",
            "name it: --name NAME for serve and read, NAME for the others" if found else _PUBLISH_ONE,
        )
    return wanted[0]


def history(models, name):
    """All versions of a model, withdrawn ones too, as a list of :class:`Version`, oldest first.

    Raises:
        VersionError: The folder of the model is there but cannot be read: that is not "no versions".
    """
    folder = Path(models, _checked_name(name))
    try:
        found = [match for entry in _folders(folder, name) if (match := _FOLDER.fullmatch(entry))]
    except VersionError as error:
        if isinstance(error.__cause__, FileNotFoundError):
            return []
        raise
    return sorted(Version(int(match[1]), match[2], folder / match[0]) for match in found)


def served(models, name, state=READY):
    """Numbers of the versions in a state, oldest first; of those that are ready the last valid is served."""
    return [version.number for version in history(models, name) if version.state == state]


def add(
    models,
    name,
    model,
    golden_inputs,
    golden_outputs,
    labels,
    *,
    state=READY,
    tolerance=1e-3,
    reference=None,
    source=None,
    notes=None,
    card=None,
):
    """Add a LiteRT model as the next version. A server that watches the folder takes it in.

    It is checked as the server checks it before it appears: what the server would refuse is not published.

    Args:
        models: The folder of models; made if it is missing.
        name: Letters, digits, ``_``, ``.`` and ``-``.
        model: Path of a ``.tflite`` file that takes raw pixels and gives probabilities. Files are copied.
        golden_inputs: Images to try it with before it is served, shape (N, 28, 28), 0 to 255.
        golden_outputs: The probabilities that it must answer, shape (N, num_classes).
        labels: Names of the classes, in the order of the outputs.
        state: :data:`READY` to be served at once, or :data:`SHADOW`.
        tolerance: How far an output may be from its golden output.
        reference: Path of the monitor's reference (``.npz``), or None.
        source: Path of the ``.keras`` file that it was made from, for retraining, or None.
        notes: What else to remember of it, a dictionary for JSON.
        card: Its model card for people, Markdown as a text, or None.

    Returns:
        The version, a :class:`LoadedVersion`. Numbers of withdrawn versions are not used again.

    Raises:
        VersionError: The model does not answer as it must, or has other labels than the version that is
            served; or a file cannot be read or written. Nothing was published.
    """
    folder = Path(models, _checked_name(name))
    temporary = folder / f".{secrets.token_hex(4)}.adding"
    try:
        temporary.mkdir(parents=True)
        for target, path in ((MODEL, model), (REFERENCE, reference), (SOURCE, source)):
            if path is not None:
                _write(temporary / target, Path(path).read_bytes())
        if card is not None:
            _write(temporary / CARD, card.encode())
        golden = io.BytesIO()
        arrays = np.asarray(golden_inputs, np.float32), np.asarray(golden_outputs, np.float32)
        np.savez_compressed(golden, inputs=arrays[0], outputs=arrays[1])
        _write(temporary / GOLDEN, golden.getvalue())
        manifest = {
            "format": _FORMAT,
            "created": datetime.now(UTC).isoformat(timespec="seconds"),
            "labels": [str(label) for label in labels],
            "tolerance": tolerance,
            "notes": notes or {},
            "sha256": {path.name: _digest(path.read_bytes()) for path in sorted(temporary.iterdir())},
        }
        _write(temporary / MANIFEST, f"{json.dumps(manifest, indent=1)}\n".encode())
        loaded = load(temporary, name, like=newest(models, name))
        number = _appear(temporary, models, name, state)
        return loaded._replace(number=number, path=folder / f"{number}{state}")
    except OSError as error:
        raise VersionError(
            f"version of {name} not added: {error}", "see that the file is there and the disk has space"
        ) from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def newest(models, name):
    """The version that a server would take, as a :class:`LoadedVersion`; None if there is none."""
    return next(valid(models, name), None)


def shadow(models, name):
    """The version that is a shadow, as a :class:`LoadedVersion`; None if there is none that can answer."""
    return next(valid(models, name, SHADOW), None)


def valid(models, name, state=READY):
    """Load the versions in a state one by one, newest first; what cannot be served is passed over.

    Raises:
        UnreadableError: One cannot be read: whether it can be served is not known.
    """
    for number in reversed(served(models, name, state)):
        try:
            yield load(Path(models, name, f"{number}{state}"), name)
        except UnreadableError:
            raise
        except VersionError:
            continue  # the server passes it over, too


def load(path, name, like=None):
    """Check the version in a folder and make it ready to answer, as a :class:`LoadedVersion`.

    Raises:
        VersionError: A file is missing or is not what ``model.json`` says; the model takes other images, or
            has other labels than the version ``like``; or it does not give its golden outputs.
        UnreadableError: A file is there and cannot be read.
    """
    path = Path(path)
    try:
        manifest = _read_manifest(path)
        contents = {file: _verified(path / file, digest) for file, digest in manifest.sha256.items()}
        model = LiteRTModel(contents[MODEL])
        labels = manifest.labels
        if model.input_shape != IMAGE_SHAPE:
            raise _invalid(f"{MODEL}: expected input of shape {IMAGE_SHAPE}, received {model.input_shape}")
        if model.output_shape != (len(labels),):
            raise _invalid(
                f"labels: expected one for each output, {model.output_shape}, received {len(labels)}"
            )
        if like and labels != like.labels:
            raise _invalid(f"labels: expected {like.labels} as in version {like.number}, received {labels}")
        _check_golden(model, contents[GOLDEN], manifest.tolerance)
    except VersionError:
        raise
    except (FileNotFoundError, IsADirectoryError) as error:
        raise _invalid(f"{Path(error.filename).name}: {error.strerror}") from error
    except OSError as error:
        raise UnreadableError(
            f"{error.filename or path}: {error.strerror or error}",
            f"see who may read it, or give it up: rename the folder {path.name} to {path.name}{WITHDRAWN}",
        ) from error
    except Exception as error:  # whatever the content of these files leads LiteRT and NumPy to
        raise _invalid(f"{MODEL} or {GOLDEN}: {error}") from error
    match = _FOLDER.fullmatch(path.name)
    number = int(match[1]) if match else 0  # it is being added
    reference = contents.get(REFERENCE)
    return LoadedVersion(name, number, path, model, labels, manifest.created, manifest.notes, reference)


def load_served(models, name=None):
    """Load the newest valid version of the only model in a folder, or of one, a :class:`LoadedVersion`.

    Raises:
        VersionError: There is none; of several that are refused, the newest one's reason.
    """
    name = only_name(models, name)
    if version := newest(models, name):
        return version
    if numbers := served(models, name):
        return load(Path(models, name, str(numbers[-1])), name)  # or the reason why it is not served
    raise VersionError(
        f"models: expected a version of {name} that is served, received withdrawn ones only",
        _PUBLISH_ONE,
    )


def _folders(path, what):
    try:
        return [entry.name for entry in os.scandir(path) if entry.is_dir()]
    except OSError as error:
        raise VersionError(
            f"{what}: expected a folder that can be read, received {path}: {error.strerror}",
            "give the folder that `autorev publish` wrote to, and see who may read it",
        ) from error


def _appear(temporary, models, name, state):
    number = max((version.number for version in history(models, name)), default=0) + 1
    while True:
        target = temporary.with_name(f"{number}{state}")
        try:
            temporary.rename(target)
        except OSError:
            if not target.exists():
                raise
            number += 1  # somebody was faster, or a stray file has this name
        else:
            sync(target.parent)
            return number


def _checked_name(name):
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise VersionError(
            f"name: expected up to 64 letters, digits, '_', '.' or '-', not {FILE_NAME}, received {name!r}",
            "choose a name such as digits",
        )
    return name


def _read_manifest(path):
    try:
        manifest = _Manifest.model_validate_json((path / MANIFEST).read_bytes())
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise _invalid(
            f"{MANIFEST}: expected a description of format {_FORMAT}, received at {where}: {first['msg']}"
        ) from error
    if manifest.format == 1:
        raise VersionError(
            f"{MANIFEST}: format 1 is of the first edition, whose models took pixels scaled to 0 to 1",
            f"publish it again: autorev publish {path.parents[1]} {path / SOURCE} --name {path.parent.name}",
        )
    if manifest.format != _FORMAT:
        raise _invalid(f"{MANIFEST}: expected format {_FORMAT}, received {manifest.format}")
    missing = {MODEL, GOLDEN} - manifest.sha256.keys()
    if missing:
        raise _invalid(f"{MANIFEST}: expected the SHA-256 of {MODEL} and {GOLDEN}, not of {missing}")
    return manifest


def _verified(path, digest):
    content = path.read_bytes()
    if _digest(content) != digest:
        raise _invalid(f"{path.name}: expected SHA-256 {digest[:12]}…, received {_digest(content)[:12]}…")
    return content


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
    if received.min() < 0 or not np.allclose(received.sum(axis=1), 1, atol=0.05):  # int8 rounds each output
        raise _invalid("golden outputs: expected probabilities, received others: is there a Softmax?")


def _invalid(problem):
    return VersionError(problem, "publish the model again")


def _digest(content):
    return hashlib.sha256(content).hexdigest()


def _write(path, content):
    with open(path, "xb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def sync(folder):
    """Get renames in a folder onto the disk; if that fails they are made all the same."""
    with contextlib.suppress(OSError):  # Windows neither can nor needs to
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
