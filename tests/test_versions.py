import json
import shutil
import threading
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from serving_models import LABELS, made, publish

from autorev_lib.serving import stages, versions
from autorev_lib.serving.versions import VersionError


@pytest.fixture
def models(tmp_path):
    """A folder with three versions of "digits"."""
    for which in ("one", "two", "one"):
        publish(tmp_path, which)
    return tmp_path


@pytest.fixture
def source(tmp_path_factory):
    """Stands for a .keras file: nothing here looks into it."""
    path = tmp_path_factory.mktemp("source") / "model.keras"
    path.write_bytes(b"a network")
    return path


def folders(models, name="digits"):
    return sorted(path.name for path in (models / name).iterdir())


def rewrite(path, **changes):
    """Change a version's description."""
    manifest = json.loads((path / versions.MANIFEST).read_text()) | changes
    (path / versions.MANIFEST).write_text(json.dumps(manifest))


def test_versions_count_up_and_hold_all_files(tmp_path):
    one = made("one")
    for file in ("reference", "source"):
        (tmp_path / file).write_bytes(file.encode())
    first = publish(
        tmp_path, source=tmp_path / "source", reference=tmp_path / "reference", notes={"test_accuracy": 0.8}
    )
    assert (first, publish(tmp_path, "two")) == (1, 2)
    assert folders(tmp_path) == ["1", "2"]
    assert folders(tmp_path, "digits/1") == [
        "golden.npz",
        "model.json",
        "model.keras",
        "model.tflite",
        "reference.npz",
    ]
    assert folders(tmp_path, "digits/2") == ["golden.npz", "model.json", "model.tflite"]
    loaded = versions.load(tmp_path / "digits/1", "digits")
    assert (loaded.name, loaded.number, loaded.labels) == ("digits", 1, LABELS)
    assert loaded.notes == {"test_accuracy": 0.8}
    assert loaded.created.endswith("+00:00")
    np.testing.assert_allclose(loaded.model.predict(one.inputs.astype(np.float32)), one.outputs, atol=1e-5)


def test_rolling_back_withdraws_the_newest_and_keeps_it(models):
    before = sorted((path.name, path.stat().st_size) for path in (models / "digits/3").iterdir())
    assert stages.withdraw(models, "digits") == (3, 2)
    assert stages.withdraw(models, "digits") == (2, 1)
    assert folders(models) == ["1", "2.withdrawn", "3.withdrawn"]
    assert versions.served(models, "digits") == [1]
    assert [(v.number, v.state) for v in versions.history(models, "digits")] == [
        (1, versions.READY),
        (2, versions.WITHDRAWN),
        (3, versions.WITHDRAWN),
    ]
    kept = sorted((path.name, path.stat().st_size) for path in (models / "digits/3.withdrawn").iterdir())
    assert kept == before
    with pytest.raises(
        VersionError, match="version 1 of digits is the only one that can be served, so it stays"
    ):
        stages.withdraw(models, "digits")
    assert publish(models, "two") == 4  # a withdrawn number does not come back


def test_rolling_back_skips_what_cannot_be_served(models):
    (models / "digits/2/model.tflite").write_bytes(b"broken")
    assert stages.withdraw(models, "digits") == (3, 1)
    publish(models)
    (models / "digits/4/model.tflite").write_bytes(b"broken, so it was never served")
    with pytest.raises(VersionError, match="version 1 of digits is the only one that can be served"):
        stages.withdraw(models, "digits")
    assert folders(models) == ["1", "2", "3.withdrawn", "4"]
    (models / "digits/1/model.tflite").write_bytes(b"broken")
    with pytest.raises(VersionError, match=r"no version of digits in .* can be served"):
        stages.withdraw(models, "digits")


def test_there_must_be_something_to_roll_back(tmp_path):
    with pytest.raises(VersionError, match=r"no version of digits in .* can be served. Cure: publish"):
        stages.withdraw(tmp_path, "digits")


def test_names_are_found_and_checked(models):
    shutil.copytree(models / "digits", models / "feedback.sqlite3-wal")
    shutil.copytree(models / "digits", models / ".0a1b2c3d.adding")
    assert versions.names(models) == ["digits"]
    assert versions.only_name(models) == "digits"
    publish(models, name="letters")
    with pytest.raises(
        VersionError,
        match=r"expected one model in .*, received digits, letters\. Cure: name it: --name NAME",
    ):
        versions.only_name(models)
    assert versions.only_name(models, "letters") == versions.load_served(models, "letters").name == "letters"
    with pytest.raises(
        VersionError, match=r"models: expected digit in .*, received digits, letters\. Cure: "
    ):
        versions.only_name(models, "digit")
    with pytest.raises(VersionError, match=r"models: expected a folder that can be read, received .*missing"):
        versions.names(models / "missing")
    store = "feedback.sqlite3", "Feedback.SQLite3", "feedback.sqlite3-wal", "feedback.sqlite3-shm"
    for name in ("", "..", "a/b", "a:b", ".a", "a b", "x" * 65, None, *store):
        with pytest.raises(VersionError, match="name: expected up to 64 letters"):
            publish(models, name=name)


def test_what_is_no_version_is_ignored(models):
    for name in ("0", "01", "-1", "x", "4.old", ".5.adding", "4.withdrawn.withdrawn"):
        (models / "digits" / name).mkdir()
    (models / "digits/9").touch()
    assert versions.served(models, "digits") == [1, 2, 3]
    assert publish(models) == 4


def test_a_stray_file_with_the_next_number_is_passed_over(models):
    for number in (4, 5):
        (models / "digits" / str(number)).write_text("not a version")
    assert publish(models) == 6
    assert (models / "digits/4").read_text() == "not a version"


def test_a_folder_that_cannot_be_read_is_not_taken_for_an_empty_one(models, monkeypatch):
    def refuse(path):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(versions.os, "scandir", refuse)
    for call in (versions.names, versions.only_name, lambda m: versions.history(m, "digits")):
        with pytest.raises(VersionError, match=r"expected a folder that can be read, received .*denied"):
            call(models)
    monkeypatch.undo()
    assert folders(models) == ["1", "2", "3"]


@pytest.mark.parametrize("trouble", [PermissionError(13, "denied"), OSError(24, "Too many open files")])
def test_a_version_that_cannot_be_read_is_not_passed_over(models, monkeypatch, trouble):
    """Otherwise a challenger would be served at once, and a rollback would withdraw the wrong version."""
    read_bytes = Path.read_bytes

    def refuse(path):
        if path == models / "digits/3/model.tflite":
            raise trouble
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    for call in (versions.newest, versions.shadow, stages.withdraw, stages.promote):
        if call is versions.shadow:
            assert call(models, "digits") is None
        else:
            with pytest.raises(versions.UnreadableError, match=r"3: .*(denied|open files)\. Cure: see who"):
                call(models, "digits")
    with pytest.raises(versions.UnreadableError):
        publish(models)
    assert folders(models) == ["1", "2", "3"]


@pytest.mark.parametrize("name", ["open", "fsync"])
def test_a_rename_that_cannot_be_made_durable_is_made_all_the_same(models, monkeypatch, name):
    def fail(*_):
        raise OSError(24, "Too many open files")

    monkeypatch.setattr(versions.os, name, fail)
    assert stages.withdraw(models, "digits") == (3, 2)
    assert folders(models) == ["1", "2", "3.withdrawn"]


WRONG = {
    "other outputs": (
        lambda: {"golden_outputs": made("two").outputs},
        "golden outputs: expected a difference of at most",
    ),
    "fewer outputs": (
        lambda: {"golden_outputs": made("one").outputs[:3]},
        r"expected outputs of shape \(64, 10\)",
    ),
    "NaN in outputs": (lambda: {"golden_outputs": np.full((64, 10), np.nan)}, "received nan"),
    "inputs of another shape": (
        lambda: {"golden_inputs": made("one").inputs[..., None]},
        r"x: expected shape \(N, 28, 28\)",
    ),
    "nine labels": (
        lambda: {"labels": LABELS[:9]},
        r"labels: expected one for each output, \(10,\), received 9",
    ),
    "other labels": (
        lambda: {"labels": "abcdefghij"},
        r"labels: expected \('0', .* as in version 1, received \('a', ",
    ),
    "images of another shape": (
        lambda: {"model": made("wide").litert},
        r"model.tflite: expected input of shape \(28, 28\), received \(14, 56\)",
    ),
    "no model": (lambda: {"model": Path(__file__)}, "model.tflite .*expected a LiteRT model"),
    "missing file": (lambda: {"model": "missing.tflite"}, "version of digits not added: .*missing.tflite"),
    "missing source": (lambda: {"source": "missing.keras"}, "missing.keras"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_the_server_would_refuse_is_not_published(tmp_path, case):
    publish(tmp_path)
    changes, text = WRONG[case]
    with pytest.raises(VersionError, match=text):
        publish(tmp_path, **changes())
    assert folders(tmp_path) == ["1"]


def test_scores_are_not_published_as_probabilities(tmp_path, monkeypatch):
    """A network without its Softmax: the server would show the scores as if they were shares."""
    predict = versions.LiteRTModel.predict
    monkeypatch.setattr(versions.LiteRTModel, "predict", lambda self, x: np.log(predict(self, x)))
    with pytest.raises(VersionError, match=r"expected probabilities, received others: is there a Softmax\?"):
        publish(tmp_path, golden_outputs=np.log(made("one").outputs), tolerance=1)
    assert folders(tmp_path) == []


def test_notes_that_json_does_not_know_publish_nothing(tmp_path):
    with pytest.raises(TypeError):
        publish(tmp_path, notes={"when": object()})
    assert folders(tmp_path) == []


@pytest.mark.parametrize("where", ["mkdir", "open", "fsync", "rename"])
def test_a_full_disk_publishes_nothing(tmp_path, monkeypatch, where):
    publish(tmp_path)

    def full(*_, **__):
        raise OSError(28, "No space left on device")

    if where == "open":
        monkeypatch.setattr(versions, "open", full, raising=False)
    else:
        monkeypatch.setattr(versions.os if where == "fsync" else Path, where, full)
    with pytest.raises(VersionError, match=r"not added: .*No space left on device\. Cure: see that .* space"):
        publish(tmp_path)
    assert folders(tmp_path) == ["1"]


@pytest.mark.parametrize("file", ["model.tflite", "golden.npz", "model.json", "model.keras"])
@pytest.mark.parametrize("how", ["first bit", "shorter", "empty", "gone", "a folder"])
def test_any_damage_is_found(tmp_path, source, file, how):
    publish(tmp_path, source=source)
    path = tmp_path / "digits/1" / file
    content = bytearray(path.read_bytes())
    path.unlink()
    match how:
        case "first bit":
            content[0] ^= 1
            path.write_bytes(content)
        case "shorter":
            path.write_bytes(content[: len(content) // 2])
        case "empty":
            path.touch()
        case "a folder":
            path.mkdir()
    with pytest.raises(VersionError, match=f"{file}.* Cure: publish the model again"):
        versions.load(tmp_path / "digits/1", "digits")


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"format": 3}, "expected format 2, received 3"),
        ({"labels": ["a"]}, "labels: expected one for each output"),
        ({"labels": None}, "expected a description of format 2"),
        ({"sha256": {}}, "expected the SHA-256 of"),
        ({"sha256": []}, "expected a description"),
        ({"tolerance": "much"}, "expected a description"),
        ({"tolerance": -1}, "expected a description of format 2, received at tolerance"),
        ({"tolerance": float("inf")}, "received at tolerance"),
        ({"tolerance": float("nan")}, "received at tolerance"),
        ({"notes": 3}, "expected a description"),
    ],
)
def test_a_false_description_is_refused(tmp_path, changes, text):
    publish(tmp_path)
    rewrite(tmp_path / "digits/1", **changes)
    with pytest.raises(VersionError, match=text):
        versions.load(tmp_path / "digits/1", "digits")


def test_a_version_of_the_first_edition_is_refused_with_the_command_that_helps(tmp_path):
    publish(tmp_path)
    path = tmp_path / "digits/1"
    rewrite(path, format=1, input_shape=[28, 28, 1], output_shape=[10])
    with pytest.raises(VersionError, match="format 1 is of the first edition") as raised:
        versions.load(path, "digits")
    assert raised.value.cure == (
        f"publish it again: autorev publish {tmp_path} {path / 'model.keras'} --name digits"
    )
    assert "\n" not in str(raised.value)


def test_a_file_outside_is_not_read(tmp_path):
    publish(tmp_path)
    sha256 = json.loads((tmp_path / "digits/1/model.json").read_text())["sha256"]
    rewrite(tmp_path / "digits/1", sha256=sha256 | {"../../secret": "0"})
    with pytest.raises(
        VersionError, match=r"received at sha256.../../secret.*: Input should be 'model.tflite'"
    ):
        versions.load(tmp_path / "digits/1", "digits")


def test_golden_arrays_are_not_unpickled(tmp_path):
    publish(tmp_path)
    path = tmp_path / "digits/1"
    np.savez(path / "golden.npz", inputs=np.array([object()], dtype=object), outputs=np.zeros(1))
    sha256 = json.loads((path / "model.json").read_text())["sha256"]
    rewrite(path, sha256=sha256 | {"golden.npz": versions._digest((path / "golden.npz").read_bytes())})
    with pytest.raises(VersionError, match="allow_pickle=False"):
        versions.load(path, "digits")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
KEYS = ("format", "labels", "tolerance", "notes", "created", "sha256")


@given(changes=st.dictionaries(st.sampled_from(KEYS), JSON, min_size=1) | JSON)
@settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_no_description_is_worse_than_refused(tmp_path, changes):
    path = tmp_path / "digits/1"
    if not path.exists():
        publish(tmp_path)
        shutil.copy(path / "model.json", tmp_path / "model.json")
    manifest = json.loads((tmp_path / "model.json").read_text())
    is_update = isinstance(changes, dict) and changes.keys() <= set(KEYS)
    (path / "model.json").write_text(json.dumps(manifest | changes if is_update else changes))
    try:
        versions.load(path, "digits")
    except VersionError as error:
        assert "Cure:" in str(error)


def test_publishing_at_the_same_time_gives_each_its_number(tmp_path):
    made("one")
    numbers = []
    threads = [threading.Thread(target=lambda: numbers.append(publish(tmp_path))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(numbers) == list(range(1, 9))
    assert folders(tmp_path) == [str(number) for number in range(1, 9)]


def test_a_reader_never_sees_half_a_version(tmp_path):
    made("one")
    seen, problems, done = set(), [], threading.Event()

    def read():
        while not done.is_set():
            for number in versions.served(tmp_path, "digits"):
                try:
                    versions.load(tmp_path / "digits" / str(number), "digits")
                    seen.add(number)
                except VersionError as error:
                    problems.append(str(error))

    reader = threading.Thread(target=read)
    reader.start()
    for _ in range(10):
        publish(tmp_path)
    done.set()
    reader.join()
    assert not problems
    assert seen
