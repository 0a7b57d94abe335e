"""How often a gate lets a challenger in that is no better, and one that is: the gate of `autorev publish`.

    python -m benchmarks.publishing --json benchmarks/results/publishing.json

**Simulated.** Sessions differ, for some people write badly. An error of a model has one of two causes: what
is hard for every network, and what this network alone misreads. The rate of each is drawn for every session
from a beta distribution with the given mean and a correlation of 0.1 between two drawings of one session:
some hands suit one network, some the other. A session is asked for 1 to 30 labels, 10 in the mean. Three gates
judge the same worlds: ours, a sign-flip test of sessions; McNemar's test, which takes each drawing for a
witness of its own; and the test on corrections that the course once had, which sees the champion's errors only.

**With networks.** The small network of notebook 05, trained with two seeds and nothing else changed: the
second is no better. Champion against challenger as the files that would be served, on corrections, that is on
what the champion misread, and on a random sample of as many drawings as decide.
"""


import numpy as np

from autorev_lib import evaluation
from autorev_lib.serving import gate

CORRELATION = 0.1
HARD = 0.05  # error rate from what is hard for every network
CHAMPION = 0.10
BETTER = (0.08, 0.07, 0.06, 0.04)  # error rates of challengers
SAMPLES = (100, 200, 400, 600, 800, 1200)
MEAN_SESSION, MAX_SESSION = 10, 30
NULL_LIMIT, POWER = 0.05, 0.9
TESTED = 0.06  # the error rate for which the power is promised


def sessions(rng, count):
    """The session of each of ``count`` labelled drawings."""
    sizes = np.minimum(rng.geometric(1 / MEAN_SESSION, count), MAX_SESSION)
    return np.repeat(np.arange(count), sizes)[:count]


def rates(rng, mean, session):
    """The error rate of each drawing's session: beta distributed, with the correlation CORRELATION."""
    if mean == 0:
        return np.zeros(len(session))
    total = 1 / CORRELATION - 1
    return rng.beta(mean * total, (1 - mean) * total, session.max() + 1)[session]


def world(rng, error, count):
    """Labels (all 0) and what champion and challenger read (0 if right) of drawings in sessions."""
    session = sessions(rng, count)
    hard = rng.random(count) < rates(rng, HARD, session)
    read = []
    for mean in (CHAMPION, error):
        own = max(mean - HARD, 0) / (1 - HARD)  # beside what is hard, so that the sum is the error rate
        share = min(mean / HARD, 1)  # of what is hard for the other that is hard for a better one
        mistaken = rng.random(count) < rates(rng, own, session)
        read.append(((hard & (rng.random(count) < share)) | mistaken).astype(int))
    return session, np.zeros(count, int), *read


def published(rng, error, count):
    """Which of the gates publish a challenger in one world."""
    session, labels, first, second = world(rng, error, count)
    by_drawing = evaluation.mcnemar(labels, first, second)
    corrected = first != labels
    only_second = int(np.sum(second[corrected] == 0))  # on corrections the champion is wrong by choice
    return {
        "ours": evaluation.sign_flip(labels, first, second, session).p_better < gate.SIGNIFICANCE,
        "mcnemar": by_drawing.p_value < 2 * gate.SIGNIFICANCE
        and by_drawing.only_second > by_drawing.only_first,
        "corrections": 2 * 0.5**only_second < gate.SIGNIFICANCE,
    }


def shares(error, count, num_worlds, seed=0):
    """In which share of worlds each gate publishes."""
    rng = np.random.default_rng(seed)
    found = [published(rng, error, count) for _ in range(num_worlds)]
    return {name: float(np.mean([each[name] for each in found])) for name in found[0]}


if __name__ == "__main__":
    for count in SAMPLES:
        print(count, shares(CHAMPION, count, 1000), *[shares(e, count, 400)["ours"] for e in BETTER])
