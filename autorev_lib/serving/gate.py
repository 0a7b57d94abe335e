"""Who is served: what a challenger must show before it takes the champion's place, and what sends it back.

Two kinds of examples decide, and both judge what is served, the LiteRT files. **Clean images** can only veto:
a challenger that reads them worse, all of them or those of one class, is not let in. **Samples** must speak
for it: drawings that the server picked by lot, whose labels people gave before anything was read.

Corrections judge nothing. People correct what the champion misread, so on corrections any other network
looks better, even one that differs by nothing but its seed.

The number of samples is fixed: the first :data:`SAMPLES` that both versions read are tested once, by session.
Until then nobody sees how it stands, for a test that is looked at again and again finds something in the end.
A sequential test would allow that, but it can count a session only once it has ended, which no server knows.
"""

import functools
from typing import NamedTuple

import numpy as np

from autorev_lib import evaluation
from autorev_lib.serving import feedback, stages, versions
from autorev_lib.serving.versions import READY, SHADOW

SAMPLES = 800
"""So many labelled drawings decide. `python -m benchmarks.publishing` shows what they can tell apart."""
SIGNIFICANCE = 0.05
"""A difference with a smaller p-value is not put down to chance."""
MARGIN = 0.005
"""By at most this much, half a point of accuracy, may a challenger fall behind on clean images."""


class Clean(NamedTuple):
    """Champion (first) against challenger (second) on clean images."""

    test: evaluation.PairedTest
    worst_class: str
    """The label of the class that speaks most against the challenger."""
    worst_test: evaluation.PairedTest
    """The same on the images of that class alone; its p-value is one-sided, and corrected for all classes."""

    @property
    def veto(self):
        """Why the challenger is not let in, one clause for people; None if there is no reason."""
        test, worst = self.test, self.worst_test
        is_worse = test.p_value < SIGNIFICANCE and test.only_second < test.only_first
        if is_worse or test.first_accuracy - test.second_accuracy > MARGIN:
            return f"it is worse on clean images: {_numbers(test, test.p_value)}"
        if worst.p_value < SIGNIFICANCE:
            return f"it is worse on clean images of {self.worst_class}: {_numbers(worst, worst.p_value)}"
        return None


class Trial(NamedTuple):
    """How far the comparison of the served version with its shadow has come."""

    champion: int
    """Number of the version that is served."""
    shadow: int
    """Number of the version beside it: a challenger if higher, the former champion if lower."""
    count: int
    """How many samples there are; :data:`SAMPLES` decide."""
    test: evaluation.ClusteredTest | None
    """Champion (first) against shadow (second), on the first :data:`SAMPLES`; None while there are fewer."""

    @property
    def verdict(self):
        """What follows for the shadow.

        "waiting"; "promote", which for a former champion is "roll back", if it is shown to be better than the
        version that is served; else "end".
        """
        if self.test is None:
            return "waiting"
        if self.test.p_better >= SIGNIFICANCE:
            return "end"
        return "promote" if self.shadow > self.champion else "roll back"

    @property
    def reason(self):
        """One clause for people."""
        if self.test is None:
            missing = SAMPLES - self.count
            return f"{missing} more labelled drawings are needed: there are {self.count} of {SAMPLES}"
        numbers = _numbers(self.test, self.test.p_better)
        better = "is not shown to be better" if self.verdict == "end" else "is better"
        sessions = f"{self.test.count} labelled drawings of {self.test.num_clusters} sessions"
        return f"version {self.shadow} {better} than version {self.champion} on {sessions}: {numbers}"


def on_clean(champion, challenger, images, labels):
    """Compare two versions on clean images.

    Each class is tested too, for an attack that teaches one false label spoils one class. A class counts
    as worse if its p-value, times the number of classes (Bonferroni), is significant.

    Args:
        champion: A :class:`~autorev_lib.serving.versions.LoadedVersion`; ``challenger`` likewise.
        images: Images that neither was trained on, shape (N, 28, 28), 0 to 255.
        labels: Their classes, integers of shape (N,).

    Returns:
        A :class:`Clean`.
    """
    from scipy.stats import binomtest

    first, second = (version.model.predict(images).argmax(axis=1) for version in (champion, challenger))
    classes = np.unique(labels)
    tests = {}
    for each in classes:
        of_class = labels == each
        test = evaluation.mcnemar(labels[of_class], first[of_class], second[of_class])
        differing = test.only_first + test.only_second
        p_value = binomtest(test.only_first, differing, alternative="greater").pvalue if differing else 1.0
        tests[each] = test._replace(p_value=min(float(p_value) * len(classes), 1.0))
    worst = min(tests, key=lambda each: tests[each].p_value)
    return Clean(evaluation.mcnemar(labels, first, second), champion.labels[worst], tests[worst])


def trial(store, name, champion, shadow):
    """How the comparison of two versions stands, as a :class:`Trial`.

    Args:
        store: The :class:`~autorev_lib.serving.feedback.Store` with the samples.
        name: Name of the model.
        champion: Number of the version that is served.
        shadow: Number of the one beside it.

    Raises:
        StoreError: The samples cannot be read.
    """
    count = store.count_samples(name, champion, shadow)
    test = _tested(store, name, champion, shadow, count) if count >= SAMPLES else None
    return Trial(champion, shadow, count, test)


@functools.lru_cache(maxsize=1)
def _tested(store, name, champion, shadow, count):
    """The test of the first samples, kept as long as no more come: the page asks for it every second."""
    sessions, *classes = (array[:SAMPLES] for array in store.samples(name, champion, shadow))
    return evaluation.sign_flip(*classes, sessions)


def open_trial(models, name):
    """The :class:`Trial` in a folder of models; None if no version is a shadow.

    Raises:
        VersionError: The folder cannot be read.
        StoreError: The samples cannot be read.
    """
    champions, shadows = (versions.served(models, name, state) for state in (READY, SHADOW))
    if not (champions and shadows):
        return None
    with feedback.opened(models) as store:
        return trial(store, name, champions[-1], shadows[-1])


def admit(models, name, images, labels):
    """Let the newest shadow begin its trial, or withdraw it: clean images have a veto.

    If it may begin, what was the shadow before is one no more.

    Args:
        images: Clean images that neither version was trained on, shape (N, 28, 28), 0 to 255.
        labels: Their classes, integers of shape (N,).

    Returns:
        What was found, a :class:`Clean`; None if there is no version that is served, or no shadow.

    Raises:
        VersionError: The folder cannot be read or written.
    """
    champion, challenger = versions.newest(models, name), versions.shadow(models, name)
    if not (champion and challenger):
        return None
    clean = on_clean(champion, challenger, images, labels)
    for number in [challenger.number] if clean.veto else versions.served(models, name, SHADOW)[:-1]:
        stages.end_shadow(models, name, number)
    return clean


def decide(models, name):
    """End the trial in a folder of models, if all samples are there; a challenger is promoted or withdrawn.

    Returns:
        The :class:`Trial`; None if no version is a shadow. Where its verdict is "waiting" or "roll back",
        nothing was done: to roll back is for people to decide.

    Raises:
        VersionError: The folder cannot be read or written.
        StoreError: The samples cannot be read.
    """
    found = open_trial(models, name)
    if found and found.verdict == "promote":
        stages.promote(models, name)
    elif found and found.verdict == "end":
        stages.end_shadow(models, name, found.shadow)
    return found


def _numbers(test, p_value):
    before, after = test.first_accuracy, test.second_accuracy
    return f"{after:.1%} instead of {before:.1%} right (p = {p_value:.2g})"
