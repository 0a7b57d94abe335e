"""Fixtures of several tests."""

import sys

import pytest

from autorev_lib import screen
from autorev_lib.tools import cli


@pytest.fixture
def autorev(monkeypatch, capsys, tmp_path):
    """Call the command as the shell would, in a folder of its own; returns exit code, stdout and stderr."""
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.chdir(tmp_path)

    def call(*arguments):
        monkeypatch.setattr(sys, "argv", ["autorev", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        return ended.value.code or 0, *capsys.readouterr()

    return call


@pytest.fixture
def watched(monkeypatch):
    """Let somebody watch; gives the texts that are shown to them, one after the other."""
    texts = []

    class Display:
        def display(self, data, raw):
            texts.append(data["text/plain"])

        update = display

    monkeypatch.setattr(screen, "somebody_watches", lambda: True)
    monkeypatch.setattr(screen, "DisplayHandle", Display)
    return texts
