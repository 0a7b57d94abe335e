"""The versions in memory, kept in step with the folder of models while requests flow."""

import threading
from dataclasses import dataclass, field
from pathlib import Path

import structlog

from autorev_lib.serving import versions
from autorev_lib.serving.errors import RequestError
from autorev_lib.serving.versions import LoadedVersion, VersionError

_OLDER_KEPT = 2


@dataclass
class _Model:
    """What is known of one model."""

    current: LoadedVersion | None = None
    like: LoadedVersion | None = None
    """Whose shapes and labels every version must have."""
    fingerprints: dict[int, tuple] = field(default_factory=dict)
    """Of every version on the disk that is not withdrawn."""
    older: dict[int, LoadedVersion] = field(default_factory=dict)
    """Versions that were asked for by number, the last one asked for at the end."""
    refused: dict[int, str] = field(default_factory=dict)


class Registry:
    """Answers which version is served. The disk is the truth; a thread calls :meth:`refresh` to look at it.

    Whoever takes a version from here keeps it until it is done, whatever happens to the folder.

    Args:
        models: The folder of models.
    """

    def __init__(self, models):
        self.folder = Path(models)
        self._models = {}
        self._lock = threading.Lock()
        self._log = structlog.get_logger()

    def names(self):
        """Names of the models that can be asked, sorted."""
        return sorted(name for name, model in self._models.copy().items() if model.current)

    def current(self, name):
        """The version of a model that is served.

        Args:
            name: The model's name.

        Returns:
            A :class:`~autorev_lib.serving.versions.LoadedVersion`.

        Raises:
            RequestError: 404, there is none.
        """
        return self._find(name)[1]

    def in_memory(self, name, number):
        """A version by its number, if it can be had at once.

        Args:
            name: The model's name.
            number: The version, as the client wrote it.

        Returns:
            A :class:`~autorev_lib.serving.versions.LoadedVersion`, or None if it must be loaded.

        Raises:
            RequestError: 404, there is no such version.
        """
        model, current = self._find(name)
        if number == str(current.number):
            return current
        known = _numbers(model, current)
        if number not in map(str, known):
            raise RequestError(
                404, f"version: expected one of {known} of model {name}, received {number[:20]!r}"
            )
        return model.older.get(int(number))

    def load_older(self, name, number):
        """A version by its number, loaded from the disk if need be.

        Args:
            name: The model's name.
            number: The version, as the client wrote it.

        Returns:
            A :class:`~autorev_lib.serving.versions.LoadedVersion`.

        Raises:
            RequestError: 404, there is no such version, or it is not valid.
        """
        with self._lock:
            found = self.in_memory(name, number)
            if found:
                return found
            model, _ = self._find(name)
            try:
                version = versions.load(self.folder / name / number, name, like=model.like)
            except VersionError as error:
                raise RequestError(
                    404, f"version {number} of {name} cannot be served: {error.problem}"
                ) from error
            model.older = dict([*model.older.items(), (version.number, version)][-_OLDER_KEPT:])
            return version

    def numbers(self, name):
        """Numbers of the versions of a model that can be asked, oldest first.

        Args:
            name: The model's name.

        Raises:
            RequestError: 404, there is no such model.
        """
        return _numbers(*self._find(name))

    def refused(self, name):
        """Which versions of a model are not served, and why: a dictionary from number to reason.

        Args:
            name: The model's name.
        """
        model = self._models.get(name)
        return dict(sorted(model.refused.copy().items())) if model else {}

    def refresh(self):
        """Look at the disk, and swap versions in and out.

        Raises:
            VersionError: The folder of models cannot be read; what is served stays as it is.
        """
        with self._lock:
            on_disk = {name: self._fingerprints(name) for name in versions.names(self.folder)}
            for name in self._models.keys() - on_disk.keys():
                self._log.warning("model gone", model=name)
                del self._models[name]
            for name, fingerprints in on_disk.items():
                model = self._models.setdefault(name, _Model())
                if fingerprints != model.fingerprints:
                    self._refresh_model(name, model, fingerprints)

    def _find(self, name):
        model = self._models.get(name)
        current = model and model.current
        if current is None:
            known = ", ".join(self.names()) or "no model at all"
            raise RequestError(404, f"model: expected one of {known}, received {name[:64]!r}")
        return model, current

    def _refresh_model(self, name, model, fingerprints):
        same = {n for n, print_ in fingerprints.items() if model.fingerprints.get(n) == print_}
        model.fingerprints = fingerprints
        model.refused = {n: reason for n, reason in model.refused.items() if n in same}
        model.older = {n: version for n, version in model.older.items() if n in same}
        if model.like is None:
            model.like = self._first_valid(name, model, sorted(fingerprints))
        before = model.current
        model.current = self._newest(name, model, same)
        if model.current is not before:
            self._log.info(
                "serving",
                model=name,
                version=model.current and model.current.number,
                before=before and before.number,
            )
        model.like = model.current or model.like

    def _first_valid(self, name, model, numbers):
        loaded = (self._load(name, model, number) for number in numbers)
        return next((version for version in loaded if version), None)

    def _newest(self, name, model, same):
        """The version to serve: of those that load, the one with the highest number."""
        current = model.current if model.current and model.current.number in model.fingerprints else None
        for number in sorted(model.fingerprints, reverse=True):
            if current and number == current.number:
                # If its files changed for the worse, what is in memory goes on.
                return current if number in same else self._load(name, model, number) or current
            version = self._load(name, model, number)
            if version:
                return version
        return None

    def _load(self, name, model, number):
        if number in model.refused:
            return None
        try:
            return versions.load(self.folder / name / str(number), name, like=model.like)
        except VersionError as error:
            model.refused[number] = error.problem
            self._log.error("version refused", model=name, version=number, reason=error.problem)
            return None

    def _fingerprints(self, name):
        return {
            version.number: _fingerprint(version.path)
            for version in versions.history(self.folder, name)
            if not version.withdrawn
        }


def _numbers(model, current):
    return sorted(model.fingerprints.keys() - model.refused.copy().keys() | {current.number})


def _fingerprint(path):
    """Changes whenever a file in a folder does."""
    try:
        stats = [(file.name, file.stat()) for file in path.iterdir()]
    except OSError:  # it is going away right now
        return ()
    return tuple(sorted((name, stat.st_ino, stat.st_size, stat.st_mtime_ns) for name, stat in stats))
