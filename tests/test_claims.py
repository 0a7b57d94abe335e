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
    claims.identity("Two is more than one.", np.bool_(2 > 1))
    ((data, metadata),) = shown
    assert data["text/plain"] == "✔ Two is more than one."
    assert data["text/html"] == "<div>✔ Two is more than one.</div>"
    assert metadata["autorev"] == {"claim": "Two is more than one.", "kind": "identity", "holds": True}
    assert len(claims) == 1 and "Two is more than one." in claims._repr_markdown_()


def test_a_false_claim_stops_with_what_was_measured(shown):
    claims = Claims()
    with pytest.raises(AssertionError, match=r"above 99 %.*Measured: 0\.98"):
        claims.identity("The accuracy is above 99 %", 0.98 > 0.99, 0.98)
    assert shown[0][1]["autorev"]["holds"] is False
    assert len(claims) == 0


def test_running_a_cell_twice_lists_its_claim_once(shown):
    claims = Claims()
    claims.identity("Twice.", True)
    claims.identity("Twice.", True)
    assert len(claims) == 1


def test_a_claim_that_fails_later_is_not_listed_any_more(shown):
    claims = Claims()
    claims.identity("It holds.", True)
    with pytest.raises(AssertionError):
        claims.identity("It holds.", False)
    assert len(claims) == 0


def test_an_array_of_truths_is_not_a_claim():
    with pytest.raises(TypeError, match="holds: expected one truth value"):
        Claims().identity("All are positive.", np.array([True, True]))


def finding(claims, test, measured=0.9, rival_measured=0.1):
    claims.finding("It reads digits.", test, measured, rival="guessing", rival_measured=rival_measured)


def test_a_finding_shows_its_numbers_and_those_of_its_rival(shown):
    claims = Claims()
    finding(claims, lambda accuracy: accuracy > 0.5)
    ((data, metadata),) = shown
    assert data["text/plain"] == "✔ It reads digits.\n  measured 0.900 | rival, guessing: 0.100"
    assert "<br><small>" in data["text/html"]
    assert metadata["autorev"] == {
        "claim": "It reads digits.",
        "kind": "finding",
        "holds": True,
        "measured": [0.9],
        "rival_measured": [0.1],
    }
    assert "| 1 | It reads digits. | finding | 0.900 | guessing: 0.100 |" in claims._repr_markdown_()


@pytest.mark.parametrize(
    ("bound", "complaint"),
    [
        (0.95, r"not hold: It reads digits\. Measured: 0\.9"),
        (0.05, r"its rival passes: .* guessing: 0\.1"),
    ],
)
def test_a_finding_stops_if_it_fails_or_its_rival_passes(shown, bound, complaint):
    claims = Claims()
    with pytest.raises(AssertionError, match=complaint):
        finding(claims, lambda accuracy: accuracy > bound)
    assert shown[0][1]["autorev"]["holds"] is False
    assert len(claims) == 0


def test_several_numbers_may_be_measured(shown):
    finding(Claims(), lambda pair: pair[0] < pair[1], (-1234.5, 7e9), np.array([2.0, 1.0]))
    assert "measured −1.23e+03, 7.00e+09 | rival, guessing: 2.00, 1.00" in shown[0][0]["text/plain"]


def test_a_check_of_a_finding_gives_one_truth(shown):
    with pytest.raises(TypeError, match="holds: expected one truth value"):
        finding(Claims(), lambda accuracy: np.array([True, True]))
