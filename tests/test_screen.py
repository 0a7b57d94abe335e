"""What a person at the screen sees, and nobody else."""

import pytest

from autorev_lib import devices, screen
from autorev_lib.exercises import load


def test_nobody_watches_a_script_or_a_headless_run(monkeypatch):
    assert screen.somebody_watches() is False
    monkeypatch.setattr(screen, "get_ipython", lambda: type("Shell", (), {"kernel": 1})())
    assert screen.somebody_watches() is True
    monkeypatch.setenv("AUTOREV_PROGRESS", "plain")
    assert screen.somebody_watches() is False


def test_what_is_being_done_is_shown_and_gone_after_it(watched):
    with pytest.raises(KeyError), screen.busy("Loading ..."):
        assert watched == ["Loading ..."]
        raise KeyError
    assert watched == ["Loading ...", ""]


def test_nothing_is_shown_where_nobody_watches(monkeypatch):
    monkeypatch.setattr(screen, "DisplayHandle", None)
    with screen.busy("Loading ...") as lines:
        lines.show("Still loading ...")


@pytest.mark.parametrize(
    ("seconds", "done", "total", "text"),
    [(2, 1, 5, "8 s left"), (10, 10, 10, "0 s left"), (60, 1, 6, "5 min left"), (89, 1, 2, "89 s left")],
)
def test_time_left(seconds, done, total, text):
    assert screen.time_left(seconds, done, total) == text


def test_a_check_that_takes_long_says_so(watched, capsys):
    load("02")["build_slim"].check(None)
    assert watched == ["Checking, which takes 180 seconds at most ...", ""]
    watched.clear()
    load("01")["mean_absolute_error"].check(None)
    assert watched == []


def test_the_backend_says_that_it_is_loading(watched, monkeypatch):
    monkeypatch.setenv("KERAS_BACKEND", "tensorflow")
    monkeypatch.delitem(devices.sys.modules, "tensorflow", raising=False)
    monkeypatch.delitem(devices.sys.modules, "keras", raising=False)
    monkeypatch.setattr(devices.importlib, "import_module", lambda name: None)
    devices.select_backend()
    assert watched == ["Loading TensorFlow, which takes 5 to 20 seconds ...", ""]
