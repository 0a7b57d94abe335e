"""Schemathesis asks all that the OpenAPI allows, and much that it forbids; the server must never fail.

A few hundred cases in a normal run, always the same; with ``AUTOREV_FUZZ_EXAMPLES=200`` it is that many for
each operation and each way to generate them.
"""

import os
import re

import httpx
import hypothesis
import pytest
import schemathesis
from hypothesis import HealthCheck
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance
from serving_models import LABELS, ink, made, publish

from autorev_lib.serving import server
from autorev_lib.serving.app import create_app
from autorev_lib.serving.versions import SHADOW

EXAMPLES = int(os.environ.get("AUTOREV_FUZZ_EXAMPLES", "20"))
DOCUMENT = create_app("no models are needed to describe the interface").openapi()
OPERATIONS = {
    operation.ok().label: operation.ok()
    for operation in schemathesis.openapi.from_dict(DOCUMENT).get_all_operations()
}


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    models = tmp_path_factory.mktemp("models")
    publish(models)
    publish(models, "two")
    publish(models, state=SHADOW)
    with server.start(models) as running:
        yield running


def images():
    return made("one").inputs[:2].tolist()


def good_bodies(operation):
    """Bodies that an operation answers."""
    tensor = {"name": "input", "shape": [2, 28, 28], "datatype": "FP32", "data": images()}
    return {
        "predict": [{"instances": images()}, {"inputs": images()}],
        "infer": [{"inputs": [tensor]}, {"inputs": [tensor], "id": "1"}],
        "draw": [ink(), ink() | {"finished": True}],
        "corrections": [ink() | {"label": LABELS[3]}],
        "questions": [{"session": "0" * 32}],
        "samples": [ink() | {"label": LABELS[3], "token": "0" * 32}],
    }.get(re.split("[/:]", operation.path)[-1])


@st.composite
def changed(draw, value):
    """A JSON value with one part of it replaced by anything."""
    if isinstance(value, dict) and value and draw(st.integers(0, 4)):
        key = draw(st.sampled_from(sorted(value)))
        return value | {key: draw(changed(value[key]))}
    if isinstance(value, list) and value and draw(st.integers(0, 4)):
        at = draw(st.integers(0, len(value) - 1))
        return [*value[:at], draw(changed(value[at])), *value[at + 1 :]]
    return draw(ANYTHING)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)


CASES = [
    pytest.param(operation, mode, id=f"{label} {mode.value}")
    for label, operation in OPERATIONS.items()
    for mode in GenerationMode
    if mode == GenerationMode.POSITIVE or operation.body  # without a body there is nothing to get wrong
]


@pytest.mark.parametrize(("operation", "mode"), CASES)
def test_whatever_comes_is_answered_as_the_openapi_says(running, operation, mode):
    good = good_bodies(operation)

    @hypothesis.settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @hypothesis.given(case=operation.as_strategy(generation_mode=mode), data=st.data())
    def check(case, data):
        if "name" in case.path_parameters and data.draw(st.booleans()):
            case.path_parameters["name"] = "digits"
        if "version" in case.path_parameters and data.draw(st.booleans()):
            case.path_parameters["version"] = data.draw(st.sampled_from(["1", "2"]))
        if good and data.draw(st.booleans()):
            sent = data.draw(st.sampled_from(good))
            case.body = data.draw(st.just(sent) | changed(sent))
            case.media_type = "application/json"
        # How long the nested lists must be depends on the model, which the OpenAPI does not know.
        case.call_and_validate(base_url=running.url, excluded_checks=[positive_data_acceptance])

    check()


def test_the_server_never_failed_meanwhile(running):
    lines = [
        line for line in httpx.get(f"{running.url}/metrics").text.splitlines() if "requests_total{" in line
    ]
    asked = sum(float(line.rpartition(" ")[2]) for line in lines)
    statuses = sorted({line.partition('status="')[2].partition('"')[0] for line in lines})
    print(f"{asked:.0f} requests, answered with {', '.join(statuses)}")
    assert asked >= EXAMPLES * len(CASES) / 2
    assert {"200", "400", "404", "422"} <= set(statuses)
    assert not [status for status in statuses if status.startswith("5") or status == "0"]
    answer = httpx.post(f"{running.url}/v1/models/digits:predict", json={"instances": images()})
    assert answer.status_code == 200
