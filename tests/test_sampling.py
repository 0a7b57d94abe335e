"""Who is asked what they draw, what is kept of it, and how much one client may send."""

import re

import numpy as np
import pytest
from fastapi.testclient import TestClient
from serving_models import ink, made, publish

from autorev_lib.serving import feedback, gate, sampling, stages, watcher
from autorev_lib.serving.app import create_app
from autorev_lib.serving.middleware import Limits
from autorev_lib.serving.sampling import Quota, Sampler
from autorev_lib.serving.versions import SHADOW


def session(number):
    return f"{number:032x}"


@pytest.fixture
def models(tmp_path):
    """A folder with version 1 served, and version 2 beside it as its shadow."""
    publish(tmp_path)
    publish(tmp_path, "two", state=SHADOW)
    return tmp_path


@pytest.fixture
def client(models):
    limits = Limits(corrections_of_session=3, corrections=5, questions_of_session=4)
    with TestClient(create_app(models, limits=limits)) as client:
        yield client


@pytest.fixture
def asks_all(monkeypatch):
    monkeypatch.setattr(sampling, "SHARE", 1.0)


def ask(client, number=1):
    return client.post("/questions", json={"session": session(number)}).json()["token"]


def test_the_lot_falls_on_a_fixed_share(monkeypatch):
    monkeypatch.setattr(sampling, "_lot", np.random.default_rng(0))
    sampler = Sampler(Quota(10_000, 10_000))
    tokens = [sampler.ask("a") for _ in range(4000)]
    asked = [token for token in tokens if token]
    assert 900 < len(asked) < 1100 and len(set(asked)) == len(asked)
    assert sampler.answered(asked[0]) is sampler.answered("x") is None  # the oldest was forgotten
    assert (sampler.answered(asked[-1]), sampler.answered(asked[-1])) == ("a", None)


@pytest.mark.usefixtures("asks_all")
def test_an_answer_is_kept_with_what_both_versions_read(client, models):
    token = ask(client)
    answer = client.post("/samples", json=ink() | {"label": "3", "token": token})
    assert (answer.status_code, answer.json()) == (201, {"samples": 1})
    with feedback.opened(models) as store:
        found = store.samples("digits", 1, 2)
        assert store.count_corrections("digits") == 0
    read = made("one").outputs[0].argmax()
    assert [array.tolist() for array in found] == [[session(1)], [3], [read], [read]]
    assert client.get("/monitor").json()["trial"] == {
        "shadow": 2,
        "samples": 1,
        "needed": gate.SAMPLES,
        "verdict": "waiting",
    }
    again = client.post("/samples", json=ink() | {"label": "3", "token": token})
    assert (again.status_code, again.json()["error"]) == (
        409,
        "token: expected that of an open question, received another",
    )


@pytest.mark.usefixtures("asks_all")
def test_an_answer_that_cannot_be_kept_may_be_given_again(client, models):
    token = ask(client)
    body = ink() | {"label": "3", "token": token}
    assert client.post("/samples", json=body | {"label": "x"}).status_code == 422
    (models / feedback.FILE_NAME).mkdir()
    refused = client.post("/samples", json=body)
    assert refused.status_code == 503 and refused.json()["error"].startswith("answer not kept: ")
    (models / feedback.FILE_NAME).rmdir()
    assert client.post("/samples", json=body).status_code == 201


@pytest.mark.usefixtures("asks_all")
def test_nobody_is_asked_without_a_shadow_and_nobody_too_often(client, models):
    assert [bool(ask(client)) for _ in range(6)] == [True] * 4 + [False] * 2
    assert ask(client, 2)
    stages.end_shadow(models, "digits", 2)
    client.app.state.watcher.refresh()
    assert ask(client, 3) is None
    assert client.get("/monitor").json()["trial"] is None


def test_a_shadow_that_fails_is_wrong_and_nobody_sees_it(client, models, monkeypatch):
    monkeypatch.setattr(sampling, "SHARE", 1.0)
    shadow = client.app.state.watcher.shadow
    monkeypatch.setattr(shadow.model, "predict", lambda x: 1 / 0)
    answer = client.post("/samples", json=ink() | {"label": "3", "token": ask(client)})
    assert answer.status_code == 201
    with feedback.opened(models) as store:
        assert store.samples("digits", 1, 2).shadow_read.tolist() == [-1]


def test_the_watcher_follows_the_shadow(models):
    watch = watcher.Watcher(models)
    watch.refresh()
    first = watch.shadow
    assert (watch.current.number, first.number) == (1, 2)
    watch.refresh()
    assert watch.shadow is first
    stages.promote(models, "digits")
    watch.refresh()
    assert (watch.current.number, watch.shadow.number) == (2, 1)
    (models / "digits/1.shadow/model.tflite").write_bytes(b"damaged")
    watch.refresh()
    assert (watch.current.number, watch.shadow.number, list(watch.refused)) == (2, 1, [1])
    restarted = watcher.Watcher(models)
    restarted.refresh()
    assert (restarted.current.number, restarted.shadow, list(restarted.refused)) == (2, None, [1])


def test_a_server_says_when_to_roll_back(client, models, monkeypatch):
    monkeypatch.setattr(gate, "SAMPLES", 50)
    stages.promote(models, "digits")
    with feedback.opened(models) as store:
        for i in range(50):
            store.add_sample("digits", 2, 1, session(i % 10), np.zeros((28, 28), np.uint8), 7, 1, 7)
    client.app.state.watcher.refresh()
    assert client.get("/monitor").json()["trial"]["verdict"] == "roll back"


def test_corrections_are_limited_by_session_and_in_all(client, models):
    codes = []
    for number in (1, 1, 1, 1, 2, 2, 3):
        body = ink() | {"label": "7", "session": session(number)}
        codes.append(client.post("/corrections", json=body).status_code)
    assert codes == [201, 201, 201, 429, 201, 201, 429]
    refused = client.post("/corrections", json=ink() | {"label": "7"})
    assert re.fullmatch("corrections: expected fewer in an hour, .*", refused.json()["error"])
    assert refused.headers["retry-after"] == "600"
    with feedback.opened(models) as store:
        kept = store.corrections("digits", None)
    assert kept.sessions.tolist() == [session(2)]  # one image: the last word on it counts


def test_an_hour_later_there_is_room_again(monkeypatch):
    now = [1000.0]
    monkeypatch.setattr(sampling.time, "monotonic", lambda: now[0])
    quota = Quota(1, 2)
    assert [quota.take(each) for each in "aabc"] == [True, False, True, False]
    now[0] += 3601
    assert quota.take("a")
