"""The ways of a version through its states: promoted, withdrawn, or ended as a shadow. Each is one rename.

A shadow is a challenger if its number is higher than that of the served version, and the former champion if
it is lower.
"""

from autorev_lib.serving import versions
from autorev_lib.serving.versions import READY, SHADOW, WITHDRAWN, VersionError


def withdraw(models, name):
    """Roll back: withdraw the version that is served, so that the one before it is. Its files are kept.

    To take it back, rename its folder from ``N.withdrawn`` to ``N``.

    Returns:
        ``(withdrawn, now)``: the number that was withdrawn, and the number that is served instead.

    Raises:
        VersionError: There is no older version that can be served, or the folder cannot be written.
    """
    ready = versions.valid(models, name)
    last, before = next(ready, None), next(ready, None)
    if last is None:
        raise VersionError(f"no version of {name} in {models} can be served", "publish one first")
    shadow = versions.shadow(models, name)
    if shadow and shadow.number < last.number and (before is None or before.number < shadow.number):
        _rename(shadow, READY)  # first, so that there is one to serve at every moment
        before = shadow
    if before is None:
        raise VersionError(
            f"version {last.number} of {name} is the only one that can be served, so it stays",
            "publish a better version instead",
        )
    _rename(last, WITHDRAWN)
    return last.number, before.number


def promote(models, name):
    """Let the challenger take the champion's place; the champion goes on as the shadow.

    Returns:
        ``(promoted, shadow)``: the number that is served now, and that of the former champion.

    Raises:
        VersionError: There is no challenger, or the folder cannot be written.
    """
    champion, challenger = versions.newest(models, name), versions.shadow(models, name)
    if not (champion and challenger and challenger.number > champion.number):
        raise VersionError(
            f"no challenger of {name} in {models} waits to be promoted", "publish a network first"
        )
    _rename(challenger, READY)
    _rename(champion, SHADOW)
    return challenger.number, champion.number


def end_shadow(models, name, number):
    """End what a shadow is there for: a challenger is withdrawn, a former champion is ready again.

    Raises:
        VersionError: The folder cannot be written.
    """
    ready = versions.served(models, name)
    for version in versions.history(models, name):
        if (version.number, version.state) == (number, SHADOW):
            _rename(version, READY if ready and number < ready[-1] else WITHDRAWN)


def _rename(version, state):
    target = version.path.with_name(f"{version.number}{state}")
    try:
        version.path.rename(target)
        versions.sync(target.parent)
    except OSError as error:
        raise VersionError(
            f"{version.path} not renamed to {target.name}: {error}", "see who may write to the folder"
        ) from error
