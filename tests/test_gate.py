"""What decides who is served: the states of versions, the veto of clean images, the verdict of samples."""

import itertools

import numpy as np
import pytest
from serving_models import made, publish

from autorev_lib import evaluation
from autorev_lib.serving import feedback, gate, stages, versions
from autorev_lib.serving.versions import SHADOW, VersionError
from benchmarks import publishing


def folders(models):
    return sorted(path.name for path in (models / "digits").iterdir())


@pytest.fixture
def models(tmp_path):
    """A folder with version 1 served, and version 2 beside it as its shadow."""
    publish(tmp_path)
    publish(tmp_path, "two", state=SHADOW)
    return tmp_path


def sample(models, pair, leads, size=20):
    """Labelled drawings of sessions: in each of them the shadow leads by so many of ``size`` readings."""
    image = np.zeros((28, 28), np.uint8)
    with feedback.opened(models) as store:
        for number, lead in enumerate(leads):
            for i in range(size):
                champion, shadow = int(i < lead), int(i < -lead)  # 0 is right, 1 is wrong
                store.add_sample("digits", *pair, f"session {number}", image, 0, champion, shadow)


@pytest.fixture(autouse=True)
def _few_samples(monkeypatch):
    monkeypatch.setattr(gate, "SAMPLES", 200)


def test_a_shadow_is_not_served_and_takes_its_number(models):
    assert folders(models) == ["1", "2.shadow"]
    assert (versions.newest(models, "digits").number, versions.shadow(models, "digits").number) == (1, 2)
    assert versions.served(models, "digits") == [1]
    assert publish(models) == 3


def test_a_challenger_that_is_better_is_promoted_and_the_champion_goes_on_as_its_shadow(models):
    sample(models, (1, 2), [2] * 10)
    trial = gate.decide(models, "digits")
    assert (trial.verdict, folders(models)) == ("promote", ["1.shadow", "2"])
    assert trial.reason.startswith(
        "version 2 is better than version 1 on 200 labelled drawings of 10 sessions"
    )
    assert stages.withdraw(models, "digits") == (2, 1)
    assert folders(models) == ["1", "2.withdrawn"]


def test_until_all_samples_are_there_nothing_is_decided_or_told(models):
    sample(models, (1, 2), [20] * 9)
    sample(models, (2, 1), [20] * 9)  # of another pair
    trial = gate.decide(models, "digits")
    assert (trial.verdict, trial.test, trial.count) == ("waiting", None, 180)
    assert trial.reason == "20 more labelled drawings are needed: there are 180 of 200"
    assert folders(models) == ["1", "2.shadow"]


def test_more_samples_than_those_that_were_asked_for_change_nothing(models):
    sample(models, (1, 2), [1, -1] * 5)
    sample(models, (1, 2), [20] * 5)
    trial = gate.decide(models, "digits")
    assert (trial.verdict, trial.test.count, trial.test.num_clusters) == ("end", 200, 10)
    assert folders(models) == ["1", "2.withdrawn"]


def test_one_session_that_is_all_for_it_is_one_witness(models):
    sample(models, (1, 2), [20, 20, 20, 20, *[0] * 6])
    trial = gate.open_trial(models, "digits")
    assert (trial.test.only_first, trial.test.only_second, trial.test.p_better) == (0, 80, 1 / 16)
    assert trial.verdict == "end"


@pytest.mark.parametrize(
    ("leads", "verdict", "left"),
    [([2] * 10, "roll back", ["1.shadow", "2"]), ([-1, 1] * 5, "end", ["1", "2"])],
)
def test_after_the_promotion_the_former_champion_may_win_back(models, leads, verdict, left):
    assert stages.promote(models, "digits") == (2, 1)
    sample(models, (2, 1), leads)
    assert gate.decide(models, "digits").verdict == verdict
    assert folders(models) == left


def test_the_test_is_computed_once_for_the_same_samples(models, monkeypatch):
    """The page asks every second how the trial stands."""
    computed, sign_flip = [], evaluation.sign_flip

    def counted(*arguments):
        computed.append(len(arguments[0]))
        return sign_flip(*arguments)

    monkeypatch.setattr(gate.evaluation, "sign_flip", counted)
    sample(models, (1, 2), [2] * 10)
    with feedback.opened(models) as store:
        trials = [gate.trial(store, "digits", 1, 2) for _ in range(3)]
        assert trials[0] == trials[1] == trials[2] and trials[0].verdict == "promote"
        assert computed == [200]
        sample(models, (1, 2), [-20])
        assert gate.trial(store, "digits", 1, 2).count == 220
        assert computed == [200, 200]


def test_to_see_how_a_trial_stands_no_model_is_loaded(models, monkeypatch):
    monkeypatch.setattr(versions, "load", None)
    assert gate.open_trial(models, "digits")[:3] == (1, 2, 0)


def test_without_a_shadow_there_is_nothing_to_decide(tmp_path):
    publish(tmp_path)
    assert gate.decide(tmp_path, "digits") is None
    assert gate.admit(tmp_path, "digits", made("one").inputs, np.zeros(64, int)) is None
    with pytest.raises(VersionError, match=r"no challenger of digits in .* waits to be promoted"):
        stages.promote(tmp_path, "digits")


class Answers:
    """Stands for a version that reads these classes."""

    labels = "abcdefghij"

    def __init__(self, classes):
        self.model, self._classes = self, classes

    def predict(self, images):
        return np.eye(10)[self._classes]


LABELS = np.repeat(np.arange(10), 500)


def misread(of_class, count, start=0):
    classes = LABELS.copy()
    at = np.flatnonzero(of_class == LABELS)[start : start + count]
    classes[at] = (classes[at] + 1) % 10
    return classes


@pytest.mark.parametrize(
    ("champion", "challenger", "veto"),
    [
        (misread(7, 20), misread(7, 20, start=20), None),
        (misread(7, 30), misread(2, 7), None),
        (misread(2, 50), misread(7, 30), "it is worse on clean images of h: 94.0% instead of 100.0% right"),
        (LABELS, misread(7, 12), "it is worse on clean images: 99.8% instead of 100.0% right (p = 0.00049)"),
        (
            misread(2, 20),
            misread(2, 60, start=30),
            "it is worse on clean images: 98.8% instead of 99.6% right",
        ),
    ],
)
def test_the_veto_of_clean_images(champion, challenger, veto):
    found = gate.on_clean(Answers(champion), Answers(challenger), None, LABELS).veto
    assert found.startswith(veto) if veto else found is None


def test_what_is_vetoed_is_withdrawn_and_what_is_not_takes_the_shadows_place(models, monkeypatch):
    inputs, labels = made("one").inputs, made("one").outputs.argmax(axis=1)
    stages.promote(models, "digits")
    publish(models, state=SHADOW)
    worse = gate.on_clean(Answers(LABELS), Answers(misread(7, 30)), None, LABELS)
    with monkeypatch.context() as patch:
        patch.setattr(gate, "on_clean", lambda *_: worse)
        assert gate.admit(models, "digits", inputs, labels) is worse
    assert folders(models) == ["1.shadow", "2", "3.withdrawn"]  # whose trial goes on
    publish(models, state=SHADOW)
    assert gate.admit(models, "digits", inputs, labels).test.first_accuracy == 1
    assert folders(models) == ["1", "2", "3.withdrawn", "4.shadow"]


def right(values):
    return np.where(np.asarray(values, bool), 0, 1)


def test_the_sign_flip_test_counts_all_ways_to_give_signs():
    rng = np.random.default_rng(3)
    clusters = np.repeat(np.arange(7), [1, 2, 3, 4, 5, 6, 9])
    first, second = right(rng.random(30) < 0.5), right(rng.random(30) < 0.7)
    found = evaluation.sign_flip(np.zeros(30, int), first, second, clusters)
    leads = np.bincount(clusters, (second == 0).astype(int) - (first == 0))
    sums = np.array([np.dot(signs, leads) for signs in itertools.product((-1, 1), repeat=7)])
    assert found.p_better == pytest.approx(np.mean(sums >= leads.sum()))
    assert found.p_worse == pytest.approx(np.mean(sums <= leads.sum()))
    assert (found.count, found.num_clusters) == (30, 7)
    assert found.second_accuracy - found.first_accuracy == pytest.approx(leads.sum() / 30)


def test_where_each_cluster_is_one_example_it_is_mcnemars_test():
    labels, first, second = np.zeros(40, int), right([1, 0] * 20), right([1] * 30 + [0] * 10)
    found = evaluation.sign_flip(labels, first, second, np.arange(40))
    expected = evaluation.mcnemar(labels, first, second)
    assert (found.only_first, found.only_second) == (expected.only_first, expected.only_second)
    assert 2 * found.p_better == pytest.approx(expected.p_value)


def test_models_that_never_differ_prove_nothing():
    found = evaluation.sign_flip([0, 1, 2], [0, 1, 1], [0, 1, 3], list("aab"))
    assert (found.p_better, found.p_worse) == (1, 1)


def test_the_benchmark_tells_the_gates_apart():
    found = publishing.shares(publishing.CHAMPION, 400, num_worlds=60)
    assert found["ours"] < 0.15 and found["corrections"] > 0.9
    assert publishing.shares(0.04, 400, num_worlds=20)["ours"] > 0.9
