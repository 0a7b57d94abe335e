import base64
import re
import shutil
from pathlib import Path

import numpy as np
import pytest
from fastapi.testclient import TestClient
from PIL import Image

from autorev_lib import devices
from autorev_lib.errors import AutorevError
from autorev_lib.serving import feedback, gate, versions
from autorev_lib.serving.app import create_app
from autorev_lib.tools import review

devices.select_backend()
import keras  # noqa: E402

from autorev_lib import data, publishing, retraining  # noqa: E402
from autorev_lib.litert import LiteRTModel  # noqa: E402
from autorev_lib.training import set_seed  # noqa: E402

if keras.backend.backend() != "tensorflow":
    pytest.skip("LiteRT files are written by TensorFlow's converter", allow_module_level=True)


def tilted(images):
    """Every row moved right by half its distance below the middle: people write at a slant."""
    rows = [np.roll(images[:, y], (y - 14) // 2, axis=1) for y in range(28)]
    return np.stack(rows, axis=1)


@pytest.fixture(scope="module")
def mnist():
    (images, labels), (test_images, test_labels) = data.load_mnist()
    return images, labels.astype(int), test_images, test_labels.astype(int)


@pytest.fixture(scope="module")
def champion(mnist):
    set_seed(1)
    model = keras.Sequential(
        [
            keras.Input((28, 28)),
            keras.layers.Rescaling(1 / 255),
            keras.layers.Reshape((28, 28, 1)),
            keras.layers.AveragePooling2D(2),
            keras.layers.Flatten(),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(keras.optimizers.Adam(0.003), "sparse_categorical_crossentropy")
    model.fit(mnist[0][:30_000].astype("float32"), mnist[1][:30_000], batch_size=128, epochs=2, verbose=0)
    return model


@pytest.fixture(scope="module")
def published(tmp_path_factory, champion):
    """A folder of models with one version, whose mistakes on 1,500 tilted test images were corrected."""
    models = tmp_path_factory.mktemp("models")
    assert publishing.publish(models, "digits", champion, *retraining.clean_images()).number == 1
    return models


@pytest.fixture
def models(tmp_path, published):
    return shutil.copytree(published, tmp_path / "models")


@pytest.fixture
def corrected(models, mnist):
    """The same folder, where people corrected 120 mistakes on tilted test images."""
    images, labels = tilted(mnist[2][:2000]), mnist[3][:2000]
    predicted = LiteRTModel(models / "digits" / "1" / versions.MODEL).predict(images).argmax(axis=1)
    with feedback.opened(models) as store:
        for i in np.flatnonzero(predicted != labels)[:120]:
            store.add_correction("digits", 1, images[i], labels[i], predicted[i], session=f"{i % 6:032x}")
    return models


def sample(models, images, labels, sessions):
    """Have versions 1 and 2 read images, as the server does of those that it picks by lot."""
    first, second = (
        version.model.predict(images).argmax(axis=1)
        for version in (versions.newest(models, "digits"), versions.shadow(models, "digits"))
    )
    with feedback.opened(models) as store:
        for i, image in enumerate(images):
            session = f"{sessions[i]:032x}"
            store.add_sample("digits", 1, 2, session, image, labels[i], first[i], second[i])


def test_the_champion_is_the_network_that_was_published(published, champion, mnist):
    x = mnist[2][:500].astype("float32")
    loaded = retraining.load_champion(published, "digits")
    np.testing.assert_allclose(loaded.predict(x, verbose=0), champion.predict(x, verbose=0), atol=1e-4)


def test_the_loop_closes(corrected, mnist, autorev, monkeypatch):
    """From corrections to version 2, as a person types it; judged on images that nobody has seen."""
    monkeypatch.setattr(gate, "SAMPLES", 400)
    code, out, err = autorev("retrain", corrected)
    assert (code, err) == (0, "")
    assert "120 corrections wait for approval; 120 of them are in corrections.png." in out
    assert Image.open("corrections.png").size == (960, 12 * 92)
    assert not Path("challenger.keras").exists()

    code, out, err = autorev("retrain", corrected, "--approve", "1-120", "--reject", "7,9")
    assert (code, err) == (0, "")
    assert "challenger.keras has learned from 118 corrections." in out
    assert f"Next: autorev publish {corrected} challenger.keras --name digits" in out

    code, out, err = autorev("publish", corrected, "challenger.keras")
    assert (code, err) == (0, "")
    assert re.search(r"all +5000 ", out) and "Version 2 of digits is a shadow: it answers unseen." in out
    assert versions.served(corrected, "digits") == [1]
    code, out, err = autorev("publish", corrected, "challenger.keras")
    assert (code, out) == (2, "")
    assert "version 2 of digits is on trial, and only one can be" in err

    images, labels, sessions = tilted(mnist[2][5700:6100]), mnist[3][5700:6100], np.arange(400) // 20
    sample(corrected, images[:380], labels, sessions)
    code, out, err = autorev("publish", corrected)
    assert (code, out) == (
        1,
        "Not decided: 20 more labelled drawings are needed: there are 380 of 400.\n",
    )
    sample(corrected, images[380:], labels[380:], sessions[380:])
    code, out, err = autorev("publish", corrected)
    assert (code, err) == (0, "")
    assert out.startswith("Version 2 of digits is served: version 2 is better than version 1 on 400 labelled")
    assert versions.served(corrected, "digits") == [2]
    code, out, err = autorev("rollback", corrected)
    assert out == "Version 2 of digits is withdrawn; version 1 is served. Its files are kept.\n"


def test_a_full_disk_leaves_no_half_a_challenger(models, autorev, monkeypatch):
    class Full:
        def save(self, path):
            Path(path).write_bytes(b"half of it")
            raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(retraining, "learn", lambda *_: Full())
    Path("challenger.keras").write_bytes(b"an old one")
    before = set(Path().iterdir())
    code, _, err = autorev("retrain", models)
    assert (code, err.count("\n")) == (2, 1) and "No space left on device" in err
    assert set(Path().iterdir()) == before and Path("challenger.keras").read_bytes() == b"an old one"


def test_a_full_disk_leaves_no_half_a_sheet(models, autorev, monkeypatch):
    with feedback.opened(models) as store:
        store.add_correction("digits", 1, np.zeros((28, 28), np.uint8), 1, 2)

    def full(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(review.files.os, "fsync", full)
    code, _, err = autorev("retrain", models)
    assert code == 2 and "cannot write corrections.png: the disk is full. Cure: free some space" in err
    assert not [path for path in Path().iterdir() if "corrections" in path.name]


def test_what_is_worse_is_not_published(models, champion, autorev):
    worse = keras.models.clone_model(champion)
    rng = np.random.default_rng(0)
    worse.set_weights([w + rng.normal(0, 0.2, w.shape) for w in champion.get_weights()])
    worse.save("worse.keras")
    code, out, err = autorev("publish", models, "worse.keras", "--anyway")  # that is no way round the gate
    assert (code, err) == (1, "")
    assert "Version 2 is withdrawn: it is worse on clean images" in out
    assert [version.state for version in versions.history(models, "digits")] == ["", ".withdrawn"]


def test_an_attacker_changes_nothing_that_is_served(models, champion, mnist, autorev):
    """500 sevens are called ones. Nothing learns from them, and it would not learn much from them."""
    sevens = mnist[2][mnist[3] == 7][:500]
    with TestClient(create_app(models)) as client:
        for i, image in enumerate(sevens):
            drawing = base64.b64encode(np.kron(image, np.ones((5, 5), np.uint8))).decode()
            body = {"width": 140, "height": 140, "ink": drawing, "label": "1", "session": f"{i // 100:032x}"}
            assert client.post("/corrections", json=body).status_code == 201
        assert client.post("/corrections", json=body).status_code == 429
    code, out, err = autorev("retrain", models)
    assert (code, err) == (0, "")
    assert re.search(r"000 +100 +1 to 100 +1, read as 7: \d+ of 100", out)
    assert not Path("challenger.keras").exists() and versions.served(models, "digits") == [1]

    with feedback.opened(models) as store:  # somebody does not look
        store.review("digits", [(1, 500)], True)
    misled = retraining.learn(models, "digits", champion)
    images, labels = retraining.clean_images()
    read = [
        network.predict(images[labels == 7].astype("float32"), verbose=0).argmax(axis=1)
        for network in (champion, misled)
    ]
    assert np.mean(read[0] == 7) - np.mean(read[1] == 7) < 0.03


def test_the_first_version_has_nothing_to_beat(tmp_path, champion, autorev):
    logits = keras.layers.Dense(10)  # as people have it: of images that are scaled already, without a softmax
    body = keras.Sequential([keras.Input((28, 28, 1)), *champion.layers[2:-1], logits])
    logits.set_weights(champion.layers[-1].get_weights())
    body.save("digits.keras")
    code, out, err = autorev("publish", tmp_path / "new" / "models", "digits.keras", "--name", "numbers")
    assert (code, err) == (0, "")
    first, second, third, fourth, card = out.splitlines()
    assert first == "Put on digits.keras: scaling from 0..255 to 0..1, a reshape, a softmax."
    assert re.fullmatch(
        r"As int8 it reads 9\d\.\d% of 5,000 clean images correctly \(95 % interval: .*\)\.", second
    )
    assert third == "It computes with int8: smaller and faster, and it reads as well."
    assert fourth == "Published as version 1 of numbers: it is the first."
    assert "/numbers/1/card.md" in card
    assert versions.served(tmp_path / "new" / "models", "numbers") == [1]


def test_without_corrections_nothing_is_learned(models, autorev):
    code, out, err = autorev("retrain", models)
    assert (code, out) == (2, "")
    assert re.fullmatch(r"autorev: no correction of digits in .* is approved, .* Cure: serve .*\n", err)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ("retrain", "models", "letters"),
            "there is no version of letters in models that can be served. Cure: publish a first",
        ),
        (("retrain", "models", "--approve", "1-"), "numbers: expected some such as 1-40,52, received 1-"),
        (("publish", "models"), "no version of digits in models is on trial. Cure: give a network"),
        (("retrain", "nowhere"), "models: expected a folder that can be read, received nowhere"),
        (("retrain", "models", "--output", "challenger.h5"), "output: expected a name that ends in .keras"),
        (("publish", "models", "missing.keras"), "missing.keras: expected a Keras model, received none"),
        (("publish", "models", "text.keras"), "text.keras: expected a Keras model"),
        (("publish", "models", "other.keras"), "network: expected an input of 28 × 28 pixels"),
    ],
)
def test_a_mistake_is_one_line_with_its_cure(models, champion, autorev, tmp_path, arguments, message):
    (tmp_path / "text.keras").write_text("no model")
    keras.Sequential([keras.Input((4,)), keras.layers.Dense(2)]).save("other.keras")
    code, out, err = autorev(*arguments)
    assert (code, out) == (2, "")
    assert re.fullmatch(rf"autorev: .*{message}.*\n", err) and "Cure: " in err
    assert versions.served(models, "digits") == [1] and versions.served(models, "new") == []


def test_a_damaged_newest_version_is_not_the_champion(models):
    shutil.copytree(models / "digits" / "1", models / "digits" / "2")
    (models / "digits" / "2" / versions.MODEL).write_bytes(b"damaged")
    assert retraining.find_champion(models, "digits") is not None
    shutil.rmtree(models / "digits" / "1")
    assert retraining.find_champion(models, "digits") is None
    with pytest.raises(AutorevError, match="there is no version of digits"):
        retraining.load_champion(models, "digits")


@pytest.mark.parametrize("count", [1, 10, 150])
def test_the_mixture_holds_every_new_example_and_many_old_ones(count):
    images, labels = np.full((500, 28, 28), 64, np.uint8), np.zeros(500, int)
    new = np.zeros((count, 28, 28), np.uint8)
    new[:, 10:18, 12:16] = 255
    x, y = retraining.mix(new, np.arange(1, count + 1), images, labels, size=2000)
    assert (x.shape, x.dtype, y.shape, y.dtype) == ((2000, 28, 28), np.float32, (2000,), np.int64)
    times = np.bincount(y)
    assert times[0] == 1800 and times[1:].sum() == 200
    assert times[1:].max() - times[1:].min() <= 1 and times[1:].min() >= 1
    assert np.all(x[y == 0] == 64)
    varied = x[y > 0]
    assert varied.min() >= 0 and varied.max() <= 255.3
    assert len(np.unique(varied.reshape(200, -1), axis=0)) > 150
    assert np.all(varied[:, 14, 14] > 76) and np.all(varied[:, :3] == 0)


def test_retraining_leaves_the_champion_alone_and_repeats(champion, mnist):
    before = champion.get_weights()
    x, y = mnist[0][:300], mnist[1][:300]
    first, second = (retraining.retrain(champion, x[:20], y[:20], x, y, seed=1) for _ in range(2))
    for old, now in zip(before, champion.get_weights(), strict=True):
        assert np.array_equal(old, now)
    a, b, c = (model.predict(x.astype("float32"), verbose=0) for model in (first, second, champion))
    np.testing.assert_allclose(a, b, atol=1e-4)
    assert np.abs(a - c).max() > 0.01


@pytest.mark.parametrize(
    ("images", "labels", "message"),
    [
        (np.zeros((0, 28, 28)), np.zeros(0, int), r"new_labels: expected a label for each of 0 images"),
        (np.zeros((2, 28, 28)), np.zeros(3, int), r"new_labels: .* each of 2 images, received \(3,\)"),
    ],
)
def test_a_bad_mixture_is_named(images, labels, message):
    with pytest.raises(ValueError, match=message):
        retraining.mix(images, labels, np.zeros((5, 28, 28)), np.zeros(5, int))
