import shutil

import pytest
from serving_models import publish

from benchmarks import contestants, serving

needs_wrk = pytest.mark.skipif(
    not shutil.which("wrk"), reason="needs wrk: apt-get install wrk, or brew install wrk"
)
OUTPUT = """Running 1s test @ http://127.0.0.1:8000/predict
  1 threads and 16 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency     4.02ms    1.10ms   9.11ms   75.00%
Requests/sec:   3980.10
{"requests": 4000, "seconds": 1.6, "p50_ms": 0.25, "p99_ms": 1.5, "errors": 0}"""


def row(p50_ms, throughput):
    return {"p50_ms": p50_ms, "throughput": throughput}


def test_output_of_wrk_is_read():
    found = contestants.read_load(OUTPUT)
    assert found["throughput"] == 2500
    assert (found["p50_ms"], found["p99_ms"]) == (0.25, 1.5)


@pytest.mark.parametrize(
    "change", [('"errors": 0', '"errors": 3'), ("4000", "0")], ids=["errors", "no answers"]
)
def test_load_that_went_wrong_is_no_measurement(change):
    with pytest.raises(RuntimeError, match="expected answers without errors"):
        contestants.read_load(OUTPUT.replace(*change))


def test_targets_compare_with_the_best_of_the_peer():
    rows = {
        "ours": row(0.3, 4000),
        "empty": row(0.15, 5000),
        "naive": row(40, 20),
        "peer": row(0.25, 900),
        "peer-batches": row(11, 5000),
    }
    found = [(target["measured"], target["met"]) for target in serving.targets(rows)]
    assert found == [(200, True), (0.8, False), (1.2, False), (2, False)]


@pytest.fixture
def models(tmp_path):
    publish(tmp_path)
    return tmp_path


@needs_wrk
def test_our_server_is_measured(models):
    result = serving.measure(models, ["ours"], num_rounds=1, seconds=1)
    ours = result["contestants"]["ours"]
    assert ours["throughput"] > 0
    assert 0 < ours["p50_ms"] <= ours["p99_ms"]
    assert result["bytes"]["answer"] > 0
    assert result["targets"] == []


def test_wrong_answers_are_found(models, monkeypatch):
    wrong = contestants.body(contestants.CHECKED)
    monkeypatch.setattr(contestants, "body", lambda index: wrong)
    with pytest.raises(AssertionError, match="Not equal"):
        contestants.Contestant("ours", models)
