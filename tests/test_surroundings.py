"""What a person's machine brings with it reaches no unwatched kernel, and is named by the doctor."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from autorev_lib.tools import surroundings

TELL = """
import keras
print(keras.backend.backend(), keras.config.image_data_format(), keras.config.floatx())
"""


@pytest.fixture
def home(tmp_path, monkeypatch):
    """The home folder of a person without settings."""
    for name in ("KERAS_HOME", "KERAS_BACKEND", "IPYTHONDIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    return tmp_path


def write_keras_settings(home, **settings):
    (home / ".keras").mkdir()
    (home / ".keras" / "keras.json").write_text(json.dumps(settings))


def test_a_person_without_settings_has_no_trouble(home):
    assert surroundings.find_troubles(home) == []


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"image_data_format": "channels_first"}, ("keras.json", "image_data_format", "channels_last")),
        ({"floatx": "float16"}, ("keras.json", "floatx", "float32")),
        ({"backend": "mxnet"}, ("keras.json", "mxnet", "not installed")),
    ],
)
def test_keras_settings_are_named_with_their_file(home, settings, words):
    write_keras_settings(home, **settings)
    (trouble,) = surroundings.find_troubles(home)
    assert all(word in trouble.what for word in words)
    assert str(home / ".keras" / "keras.json") in trouble.cure


@pytest.mark.parametrize("content", ["", "{", "[]", "null", "\udcff"])
def test_settings_that_keras_ignores_are_ignored(home, content):
    (home / ".keras").mkdir()
    (home / ".keras" / "keras.json").write_bytes(content.encode("utf-8", "surrogateescape"))
    assert surroundings.find_troubles(home) == []


def test_the_variable_is_named(home, monkeypatch):
    monkeypatch.setenv("KERAS_BACKEND", "mxnet")
    (trouble,) = surroundings.find_troubles(home)
    assert "KERAS_BACKEND" in trouble.what and trouble.cure == "unset KERAS_BACKEND" and trouble.stops


@pytest.mark.parametrize("name", ["keras", "random", "numpy"])
def test_a_file_that_hides_a_library_is_named(home, name):
    (home / f"{name}.py").touch()
    (home / "mine.py").touch()
    (trouble,) = surroundings.find_troubles(home)
    assert f"{name}.py" in trouble.what and trouble.cure == f"rename {name}.py"


def test_start_up_files_are_named(home):
    startup = home / ".ipython" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "README").touch()
    (startup / "00-mine.py").touch()
    (trouble,) = surroundings.find_troubles(home)
    assert "00-mine.py" in trouble.what and not trouble.stops


def test_kernels_see_nothing_of_it(home, monkeypatch):
    write_keras_settings(home, backend="mxnet", image_data_format="channels_first", floatx="float16")
    monkeypatch.setenv("KERAS_BACKEND", "mxnet")
    monkeypatch.setenv("PYTEST_CURRENT_TEST", "this one")
    environment = surroundings.kernel_environment()
    for variable in ("KERAS_HOME", "IPYTHONDIR"):  # an earlier kernel may have put its defaults there
        found = [path.read_text() for path in Path(environment[variable]).rglob("*.json")]
        assert not any("mxnet" in text for text in found)
    assert not {"KERAS_BACKEND", "PYTEST_CURRENT_TEST"} & environment.keys()
    code = f"from autorev_lib import devices; devices.select_backend(){TELL}"
    shown = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True)
    assert shown.stdout.split()[1:] == ["channels_last", "float32"], shown


def test_a_backend_that_is_there_stays_chosen(home, monkeypatch):
    monkeypatch.setenv("KERAS_BACKEND", "jax")
    monkeypatch.setattr(surroundings, "find_spec", lambda package: package)
    assert surroundings.kernel_environment()["KERAS_BACKEND"] == "jax"
