import numpy as np
import pytest

from autorev_lib import claims as claims_module
from autorev_lib.claims import Claims


@pytest.fixture
def shown(monkeypatch):
    """What was displayed: a list of (data, metadata)."""
    outputs = []
    monkeypatch.setattr(
        claims_module, "display", lambda data, raw, metadata: outputs.append((data, metadata))
    )
    return outputs


def test_a_claim_that_holds_is_shown_and_kept(shown):
    claims = Claims()
    claims.check("Two is more than one.", np.bool_(2 > 1))
    ((data, metadata),) = shown
    assert data["text/plain"] == "✔ Two is more than one."
    assert data["text/html"] == "<div>✔ Two is more than one.</div>"
    assert metadata["autorev"] == {"claim": "Two is more than one.", "holds": True}
    assert len(claims) == 1 and "Two is more than one." in claims._repr_markdown_()


def test_a_false_claim_stops_with_what_was_measured(shown):
    claims = Claims()
    with pytest.raises(AssertionError, match=r"above 99 %.*Measured: 0\.98"):
        claims.check("The accuracy is above 99 %", 0.98 > 0.99, 0.98)
    assert shown[0][1]["autorev"]["holds"] is False
    assert len(claims) == 0


def test_running_a_cell_twice_lists_its_claim_once(shown):
    claims = Claims()
    claims.check("Twice.", True)
    claims.check("Twice.", True)
    assert len(claims) == 1


def test_an_array_of_truths_is_not_a_claim():
    with pytest.raises(TypeError, match="holds: expected one truth value"):
        Claims().check("All are positive.", np.array([True, True]))
