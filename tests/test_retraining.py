import re
import shutil

import numpy as np
import pytest

from autorev_lib import devices
from autorev_lib.errors import AutorevError
from autorev_lib.evaluation import PairedTest
from autorev_lib.serving import versions
from autorev_lib.serving.feedback import FILE_NAME, Corrections, Store

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
    store = Store(models / FILE_NAME)
    for i in np.flatnonzero(predicted != labels)[:120]:
        store.add_correction("digits", 1, images[i], labels[i], predicted[i])
    store.close()
    return models


def test_the_champion_is_the_network_that_was_published(published, champion, mnist):
    x = mnist[2][:500].astype("float32")
    loaded = retraining.load_champion(published, "digits")
    np.testing.assert_allclose(loaded.predict(x, verbose=0), champion.predict(x, verbose=0), atol=1e-4)


def test_the_loop_closes(corrected, mnist, autorev):
    """From corrections to version 2, as a person types it; judged on images that nobody has seen."""
    code, out, err = autorev("retrain", corrected, "--output", "challenger.keras")
    assert (code, err) == (0, "")
    assert re.search(r"held-out corrections +60 ", out) and re.search(r"clean images +5000 ", out)
    assert "challenger.keras can take its place: it is better on held-out corrections" in out
    assert f"Next: autorev publish {corrected} challenger.keras --name digits" in out
    assert versions.served(corrected, "digits") == [1]

    code, out, err = autorev("publish", corrected, "challenger.keras")
    assert (code, err) == (0, "")
    assert "Published as version 2 of digits: it is better on held-out corrections" in out
    assert versions.served(corrected, "digits") == [1, 2]

    images, labels = mnist[2][5000:], mnist[3][5000:]
    first, second = (versions.load(corrected / "digits" / n, "digits").model for n in ("1", "2"))

    def accuracies(x):
        return [np.mean(model.predict(x).argmax(axis=1) == labels) for model in (first, second)]

    before, after = accuracies(tilted(images))
    assert after > before + 0.03
    before, after = accuracies(images)
    assert after > before - 0.01

    code, out, err = autorev("publish", corrected, "challenger.keras")
    assert (code, err) == (1, "")
    assert "Not published: what difference there is may be chance." in out
    assert versions.served(corrected, "digits") == [1, 2]


def test_what_is_worse_is_not_published(models, champion, autorev):
    worse = keras.models.clone_model(champion)
    rng = np.random.default_rng(0)
    worse.set_weights([w + rng.normal(0, 0.2, w.shape) for w in champion.get_weights()])
    worse.save("worse.keras")
    code, out, err = autorev("publish", models, "worse.keras")
    assert (code, err) == (1, "")
    assert "Not published: it is worse on clean images" in out
    assert versions.served(models, "digits") == [1]


def test_the_first_version_has_nothing_to_beat(tmp_path, champion, autorev):
    logits = keras.layers.Dense(10)  # as people have it: of images that are scaled already, without a softmax
    body = keras.Sequential([keras.Input((28, 28, 1)), *champion.layers[2:-1], logits])
    logits.set_weights(champion.layers[-1].get_weights())
    body.save("digits.keras")
    code, out, err = autorev("publish", tmp_path / "new" / "models", "digits.keras", "--name", "numbers")
    assert (code, err) == (0, "")
    first, second, third, fourth, card = out.splitlines()
    assert first == "Put on digits.keras: scaling from 0..255 to 0..1, a reshape, a softmax."
    assert second == "Published as version 1 of numbers: there was none to compare with."
    assert re.fullmatch(
        r"As int8 it reads 9\d\.\d% of 5,000 clean images correctly \(95 % interval: .*\)\.", third
    )
    assert fourth == "It computes with int8: smaller and faster, and it reads as well."
    assert "/numbers/1/card.md" in card
    assert versions.served(tmp_path / "new" / "models", "numbers") == [1]


def test_without_corrections_nothing_is_learned(models, autorev):
    code, out, err = autorev("retrain", models)
    assert (code, out) == (2, "")
    assert re.fullmatch(r"autorev: there are no corrections of digits in .* Cure: serve the model, .*\n", err)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ("retrain", "models", "letters"),
            "there is no version of letters in models that can be served. Cure: publish a first",
        ),
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


def corrections(count):
    images = np.random.default_rng(0).integers(0, 256, (count, 28, 28), dtype=np.uint8)
    return Corrections(images, np.arange(count), np.zeros(count, int), np.ones(count, int))


@pytest.mark.parametrize("count", [0, 1, 2, 7, 40])
def test_every_second_correction_is_held_out_for_good(count):
    training, held_out = retraining.split(corrections(count))
    assert len(training.labels) - len(held_out.labels) in (0, 1)
    assert sorted([*training.labels, *held_out.labels]) == list(range(count))
    assert np.array_equal(held_out.images, corrections(count).images[held_out.labels])
    _, later = retraining.split(corrections(count + 13))
    assert set(held_out.labels) <= set(later.labels)


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


def paired(count, only_first, only_second, p_value):
    both = 0.9
    return PairedTest(
        count, both + only_first / count, both + only_second / count, only_first, only_second, p_value
    )


SAME = paired(5000, 10, 10, 1.0)


@pytest.mark.parametrize(
    ("on_corrections", "on_clean", "is_better", "reason"),
    [
        (paired(60, 1, 30, 1e-6), SAME, True, "it is better on held-out corrections"),
        (paired(60, 1, 30, 1e-6), paired(5000, 20, 10, 0.1), True, "it is better on held-out corrections"),
        (paired(60, 1, 30, 1e-6), paired(5000, 60, 10, 1e-6), False, "it is worse on clean images"),
        (paired(60, 1, 30, 1e-6), paired(500, 4, 1, 0.38), False, "it is worse on clean images"),
        (paired(60, 3, 8, 0.23), SAME, False, "what difference there is may be chance"),
        (paired(60, 9, 1, 0.02), paired(5000, 10, 60, 1e-6), False, "it is worse on held-out corrections"),
        (paired(60, 1, 1, 1), paired(5000, 10, 60, 1e-6), True, "it is better on clean images"),
        (None, paired(5000, 10, 60, 1e-6), True, "it is better on clean images"),
        (None, SAME, False, "what difference there is may be chance"),
    ],
)
def test_the_judgement(on_corrections, on_clean, is_better, reason):
    judgement = retraining.judge(retraining.Evidence(on_corrections, on_clean))
    assert judgement.is_better == is_better
    assert judgement.reason.startswith(reason)
