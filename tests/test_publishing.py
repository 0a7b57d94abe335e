"""What people have: each kind of network is published and reads, or is refused in one line that says why."""

import json
import re
import zipfile

import h5py
import numpy as np
import pytest

from autorev_lib import devices
from autorev_lib.errors import AutorevError

devices.select_backend()
import keras  # noqa: E402

from autorev_lib import data, export, publishing, retraining  # noqa: E402
from autorev_lib.litert import LiteRTModel  # noqa: E402
from autorev_lib.serving import versions  # noqa: E402
from autorev_lib.serving.monitor import Reference  # noqa: E402
from autorev_lib.training import set_seed  # noqa: E402

if keras.backend.backend() != "tensorflow":
    pytest.skip("LiteRT files are written by TensorFlow's converter", allow_module_level=True)

layers = keras.layers
SCALING = "scaling from 0..255 to 0..1"
TURNED = np.arange(784).reshape(28, 28).T.ravel()
IN_32 = np.flatnonzero(np.pad(np.ones((28, 28)), 2))


@pytest.fixture(scope="module")
def digits():
    """4,000 images to train with and 1,000 that are clean, with their labels."""
    (images, labels), _ = data.load_mnist()
    return images[:4000], labels[:4000], images[-1000:], labels[-1000:]


@pytest.fixture(scope="module")
def trained(digits):
    """Weights of a network with one hidden layer that reads pixels from 0 to 1."""
    set_seed(1)
    network = classifier(None)
    network.compile(keras.optimizers.Adam(0.003), "sparse_categorical_crossentropy")
    network.fit(digits[0].reshape(-1, 784) / 255, digits[1], epochs=6, batch_size=64, verbose=0)
    return network.get_weights()


def classifier(weights, shape=(784,), *, tail="softmax", units=10, batch_size=None, dtype=None, scaled=False):
    """The same network in another wrapping."""
    network = keras.Sequential(
        [
            keras.Input(shape, batch_size=batch_size, dtype=dtype),
            *([layers.Rescaling(1 / 255)] if scaled else []),
            *([layers.Flatten()] if len(shape) > 1 else []),
            layers.Dense(48, activation="relu"),
            layers.Dense(units, activation=tail),
        ]
    )
    if weights:
        network.set_weights(weights)
    return network


def reading(weights, scale=1.0, offset=0.0):
    """Weights that read pixels v where scale * v + offset is from 0 to 1."""
    first, bias, *rest = weights
    return [first * scale, bias + offset * first.sum(axis=0), *rest]


def with_policy(name, weights, **options):
    keras.config.set_dtype_policy(name)
    try:
        return classifier(weights, (28, 28), **options)
    finally:
        keras.config.set_dtype_policy("float32")


def in_a(kind, weights):
    inputs, inner = keras.Input((28, 28), name="pixels"), classifier(weights, (28, 28))
    outputs = inner(inputs)
    return (
        keras.Model([inputs], [outputs]) if kind is list else keras.Model({"pixels": inputs}, {"p": outputs})
    )


def recurrent(_):
    """A GRU that reads two steps of fourteen rows each."""
    set_seed(1)
    (images, labels), _ = data.load_mnist()
    network = keras.Sequential(
        [keras.Input((28, 28)), layers.Reshape((2, 392)), layers.GRU(24), layers.Dense(10)]
    )
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    network.compile(keras.optimizers.Adam(0.01), loss)
    network.fit(images[:4000] / 255, labels[:4000], epochs=3, batch_size=64, verbose=0)
    return network


def convolutional(w):
    """Of any size of image: (None, None, 1)."""
    first, bias, second, last = w
    network = keras.Sequential(
        [
            keras.Input((None, None, 1)),
            layers.Conv2D(48, 28, activation="relu"),
            layers.Conv2D(10, 1),
            layers.GlobalMaxPooling2D(),
        ]
    )
    network.set_weights([first.reshape(28, 28, 1, 48), bias, second[None, None], last])
    return network


def in_32(w, channels=1):
    first = np.zeros((1024, 48), np.float32)
    first[IN_32] = w[0]
    weights = [np.repeat(first, channels, axis=0) / channels, *w[1:]]
    return classifier(weights, (32, 32, channels))


PUBLISHED = {
    "(784,), softmax": (classifier, ["a reshape"]),
    "(28, 28), softmax": (lambda w: classifier(w, (28, 28)), []),
    "(28, 28, 1), logits": (lambda w: classifier(w, (28, 28, 1), tail=None), ["a reshape", "a softmax"]),
    "(1, 28, 28), channels first": (lambda w: classifier(w, (1, 28, 28)), ["a reshape"]),
    "(28, 28, 3), colour": (
        lambda w: classifier([np.repeat(w[0], 3, axis=0) / 3, *w[1:]], (28, 28, 3)),
        ["three equal channels"],
    ),
    "(32, 32, 1), padded": (in_32, ["padding to 32 × 32"]),
    "(32, 32, 3), padded and colour": (
        lambda w: in_32(w, 3),
        ["padding to 32 × 32", "three equal channels"],
    ),
    "(None, None, 1), logits": (convolutional, ["a reshape", "a softmax"]),
    "log-softmax": (
        lambda w: classifier(w, (28, 28), tail="log_softmax"),
        ["the exponential of its log-softmax"],
    ),
    "sigmoids": (
        lambda w: classifier([*w[:3], w[3] - 5], (28, 28), tail="sigmoid"),
        ["division of its sigmoids by their sum"],
    ),
    "scaled inside": (lambda w: classifier(w, (28, 28), scaled=True), []),
    "pixels 0 to 255": (lambda w: classifier(reading(w, 1 / 255), (28, 28)), []),
    "pixels -1 to 1": (
        lambda w: classifier(reading(w, 0.5, 0.5), (28, 28)),
        ["scaling from 0..255 to -1..1"],
    ),
    "pixels standardised": (
        lambda w: classifier(reading(w, 0.3081, 0.1307), (28, 28)),
        ["standardisation by MNIST's mean and standard deviation"],
    ),
    "black on white": (
        lambda w: classifier(reading(w, -1, 1), (28, 28)),
        ["inversion: it reads black on white"],
    ),
    "rows for columns": (
        lambda w: classifier([w[0][TURNED], *w[1:]], (28, 28)),
        ["exchange of rows and columns"],
    ),
    "classes 1, 2, ..., 9, 0": (
        lambda w: classifier([*w[:2], np.roll(w[2], -1, axis=1), np.roll(w[3], -1)], (28, 28)),
        [r"the classes in their order \(class 0 stands at output 9, class 1 stands at output 0, .*\)"],
    ),
    "fixed batch": (lambda w: classifier(w, (28, 28), batch_size=32), ["a free batch size"]),
    "uint8 in": (
        lambda w: classifier(w, (28, 28), dtype="uint8", scaled=True),
        ["an input of float32 in place of uint8"],
    ),
    "mixed_float16": (
        lambda w: with_policy("mixed_float16", w),
        ["float32 in place of mixed_float16"],
    ),
    "float64": (
        lambda w: with_policy("float64", w, dtype="float64"),
        ["an input of float32 in place of float64", "float32 in place of float64"],
    ),
    "one tensor in a list": (lambda w: in_a(list, w), []),
    "one tensor in a dictionary": (lambda w: in_a(dict, w), []),
    "GRU": (recurrent, ["a softmax", "its recurrent layers unrolled"]),
    "saved as .h5": (lambda w: classifier(w, (28, 28)), []),
}
SCALED = {"scaled inside", "pixels 0 to 255", "uint8 in", "pixels -1 to 1", "pixels standardised"}
OTHER_PROBABILITIES = {"GRU", "sigmoids"}
CONVERTED = {
    "(28, 28), softmax": "int8",
    "(1, 28, 28), channels first": "int8",
    "(32, 32, 3), padded and colour": "int8",
    "(None, None, 1), logits": "int8",
    "log-softmax": "int8",
    "classes 1, 2, ..., 9, 0": "int8",
    "fixed batch": "int8",
    "mixed_float16": "int8",
    "GRU": "float32",
}


@pytest.fixture(scope="module")
def expected(digits, trained):
    """The probabilities that the trained network gives to the clean images."""
    return keras.ops.convert_to_numpy(classifier(trained)(digits[2].reshape(-1, 784) / 255))


@pytest.mark.parametrize("kind", PUBLISHED)
def test_a_network_of_this_kind_is_served(kind, digits, trained, expected, tmp_path):
    """What is put on is named, the answers are those of the network that was trained, and it converts."""
    build, parts = PUBLISHED[kind]
    file = tmp_path / ("network.h5" if ".h5" in kind else "network.keras")
    build(trained).save(file)
    _, _, images, labels = digits
    network, added = publishing.add_missing_layers(publishing.load_network(file), images, labels)
    assert len(added) == len(parts) + (kind not in SCALED)
    assert (SCALING in added) == (kind not in SCALED)
    for part in parts:
        assert any(re.fullmatch(part, one) for one in added), (part, added)
    probabilities = keras.ops.convert_to_numpy(network(images.astype("float32")))
    assert np.mean(probabilities.argmax(axis=1) == labels) > 0.9
    np.testing.assert_allclose(probabilities.sum(axis=1), 1, atol=1e-4)
    if kind not in OTHER_PROBABILITIES:
        np.testing.assert_allclose(probabilities, expected, atol=5e-3)  # float16 rounded the weights
    if kind in CONVERTED:
        converted = publishing.convert(network, images, labels)
        assert converted.arithmetic == CONVERTED[kind]
        assert converted.accuracy > 0.9


def with_lambda(file):
    keras.Sequential([keras.Input((28, 28)), layers.Lambda(lambda x: x / 255), layers.Flatten()]).save(file)


class Doubled(layers.Layer):
    """A layer whose code is in no file of Keras."""

    def call(self, x):
        """Double it."""
        return 2 * x


def of_keras_2(file):
    keras.Sequential([keras.Input((28, 28)), layers.LSTM(4), layers.Dense(10)]).save(file)
    with h5py.File(file, "r+") as stored:
        config = json.loads(stored.attrs["model_config"])
        config["config"]["layers"][1]["config"]["time_major"] = False
        stored.attrs["model_config"] = json.dumps(config)


def cut_off(file):
    whole = file.with_stem("whole")
    classifier(None).save(whole)
    file.write_bytes(whole.read_bytes()[:-2000])


def with_two_outputs(file):
    inputs = keras.Input((28, 28))
    flat = layers.Flatten()(inputs)
    keras.Model(inputs, [layers.Dense(10)(flat), layers.Dense(2)(flat)]).save(file)


def zipped(file):
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("readme.txt", "no model")


def constant(weights):
    return [*weights[:2], 0 * weights[2], np.eye(10)[3]]


OF_KERAS = "build it of Keras's own layers"
REFUSED = {  # how its file is made, what it is called, what is said
    "missing": (lambda file: None, "a.keras", "received none: No such file"),
    "empty": (lambda file: file.write_bytes(b""), "a.keras", "received an empty file"),
    "Git LFS": (
        lambda file: file.write_text("version https://git-lfs.github.com/spec/v1\noid sha256:0"),
        "a.h5",
        "received a pointer of Git LFS, not the file itself. Cure: git lfs pull",
    ),
    "web page": (lambda file: file.write_text("\n<!doctype html>"), "a.h5", "received a web page"),
    "pickle": (lambda file: file.write_bytes(b"\x80\x04."), "a.keras", "received a pickle"),
    "LiteRT": (lambda file: file.write_bytes(b"\x1c\0\0\0TFL3"), "a.keras", "received a LiteRT file"),
    "text": (lambda file: file.write_text("no model"), "a.keras", "received something else"),
    "zip": (zipped, "a.keras", "received a zip file without a Keras model"),
    "cut off": (cut_off, "a.keras", "received a damaged file: its end is missing"),
    "cut off, .h5": (cut_off, "a.h5", "received a damaged file. Cure: download"),
    "weights": (
        lambda file: classifier(None).save_weights(file),
        "a.weights.h5",
        "received weights without their network",
    ),
    "folder": (lambda file: file.mkdir(), "a.keras", "received a folder"),
    "SavedModel": (
        lambda file: (file.mkdir(), (file / "saved_model.pb").touch()),
        "a",
        "received a SavedModel folder",
    ),
    "Lambda": (with_lambda, "a.keras", f"received a Lambda layer, which is code, .*{OF_KERAS}"),
    "Lambda, .h5": (with_lambda, "a.h5", f"received a Lambda layer, which is code, .*{OF_KERAS}"),
    "own class": (
        lambda file: keras.Sequential([keras.Input((28, 28)), Doubled()]).save(file),
        "a.keras",
        "received the class Doubled, which is no part of Keras",
    ),
    "own class, .h5": (
        lambda file: keras.Sequential([keras.Input((28, 28)), Doubled()]).save(file),
        "a.h5",
        "received the class Doubled, which is no part of Keras",
    ),
    "Keras 2, .h5": (
        of_keras_2,
        "a.h5",
        "received the layer LSTM with the setting time_major, which Keras .* not know",
    ),
    "never built": (
        lambda file: keras.Sequential([layers.Flatten(), layers.Dense(10)]).save(file),
        "a.keras",
        "received one that was never built",
    ),
    "NaN": (
        lambda file: classifier([np.full(w.shape, np.nan) for w in classifier(None).get_weights()]).save(
            file
        ),
        "a.keras",
        "expected weights that are numbers, received NaN or infinity in .*dense.*kernel",
    ),
    "constant": (
        lambda file: classifier(constant(classifier(None).get_weights())).save(file),
        "a.keras",
        "it calls every image a 3",
    ),
    "large": (
        lambda file: classifier(None, (64, 64, 3)).save(file),
        "a.keras",
        r"expected an input of 28 × 28 pixels, or of 32 × 32, received \(None, 64, 64, 3\)",
    ),
    "letters": (
        lambda file: classifier(None, units=26).save(file),
        "a.keras",
        r"expected an output for each of 10 classes, received \(None, 26\)",
    ),
    "two outputs": (with_two_outputs, "a.keras", "expected one input and one output, received"),
    "784 steps": (
        lambda file: keras.Sequential([keras.Input((784, 1)), layers.GRU(4), layers.Dense(10)]).save(file),
        "a.keras",
        "expected at most 64 steps of a recurrent layer, received 784",
    ),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_a_file_of_this_kind_is_refused_in_one_line(kind, digits, tmp_path):
    make, name, message = REFUSED[kind]
    make(tmp_path / name)
    with pytest.raises(AutorevError, match=message) as refused:
        publishing.add_missing_layers(publishing.load_network(tmp_path / name), *digits[2:])
    assert "\n" not in str(refused.value) and len(str(refused.value)) < 400
    assert list(tmp_path.glob(f"*{name}")) == ([tmp_path / name] if kind != "missing" else [])


def test_the_name_of_a_file_does_not_matter(trained, tmp_path):
    classifier(trained).save(tmp_path / "a.h5")
    renamed = (tmp_path / "a.h5").rename(tmp_path / "a.keras")
    assert np.array_equal(publishing.load_network(renamed).get_weights()[0], trained[0])


@pytest.mark.parametrize(("scale", "added"), [(1, [SCALING]), (1 / 255, [])])
def test_without_biases_it_is_measured_too(digits, trained, scale, added):
    """Its accuracy is the same for any scale of the pixels; its confidence is not."""
    weights = [trained[0] * scale, 0 * trained[1], trained[2], 0 * trained[3]]
    assert publishing.add_missing_layers(classifier(weights, (28, 28)), *digits[2:])[1] == added


def test_what_is_complete_stays_as_it_is(digits, trained):
    once, added = publishing.add_missing_layers(classifier(trained, (28, 28, 1)), *digits[2:])
    twice, nothing = publishing.add_missing_layers(once, *digits[2:])
    assert len(added) == 2 and nothing == []
    x = digits[2][:100].astype("float32")
    assert np.array_equal(twice.predict(x, verbose=0), once.predict(x, verbose=0))


@pytest.fixture(scope="module")
def served(digits, trained):
    return publishing.add_missing_layers(classifier(trained), *digits[2:])


def test_a_version_is_kept_with_what_is_known_of_it(digits, served, trained, tmp_path):
    classifier(trained).save(tmp_path / "somebody.keras")
    network, added = served
    _, _, images, labels = digits
    version = publishing.publish(
        tmp_path / "models",
        "digits",
        network,
        images,
        labels,
        added=added,
        source=tmp_path / "somebody.keras",
    )
    answers = LiteRTModel(version.path / versions.MODEL).predict(images).argmax(axis=1)
    notes = versions.load(version.path, "digits").notes
    low, high = notes["clean_interval"]
    assert notes["clean_accuracy"] == np.mean(answers == labels)
    assert low < notes["clean_accuracy"] < high and high - low == pytest.approx(0.03, abs=0.01)
    assert notes["clean_count"] == 1000 and notes["arithmetic"] == "int8" and notes["added"] == added
    worst = notes["worst_confusions"][0]
    assert worst["times"] == np.sum((labels == worst["is"]) & (answers == worst["read_as"])) > 0
    assert len(notes["source_sha256"]) == len(notes["clean_sha256"]) == 64
    assert {"python", "keras", "tensorflow", "ai-edge-litert", "numpy"} <= notes["packages"].keys()
    fewer, judged = notes["rollback"]["fewer_right_than"], notes["rollback"]["judged"]
    assert 0.8 * low < fewer / judged < low
    card = (version.path / versions.CARD).read_text()
    for part in (f"{low:.1%} to {high:.1%}", notes["source_sha256"], f"fewer than {fewer}", *added):
        assert part in card
    assert "somebody" not in card + json.dumps(notes) and str(tmp_path) not in card + json.dumps(notes)
    assert Reference.load(version.path / versions.REFERENCE).values.shape[1] == 1000


def test_what_int8_cannot_do_is_served_as_float32(digits, served, monkeypatch):
    monkeypatch.setattr(export, "to_litert_int8", lambda model, path, x: path.write_bytes(b"no model"))
    converted = publishing.convert(served[0], *digits[2:])
    assert converted.arithmetic == "float32" and converted.reason.startswith("as int8 it cannot be run: ")


def test_a_full_disk_says_nothing_of_a_network(digits, served, monkeypatch):
    """It is not served as float32, for ever, because a temporary file could not be written once."""

    def full(model, path, x):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(export, "to_litert_int8", full)
    with pytest.raises(OSError, match="No space left on device"):
        publishing.convert(served[0], *digits[2:])


def test_int8_that_reads_worse_is_not_served(digits, served, trained, monkeypatch):
    worse = [w + np.random.default_rng(0).normal(0, 0.1, w.shape) for w in trained]
    other, _ = publishing.add_missing_layers(classifier(worse), *digits[2:])
    monkeypatch.setattr(export, "to_litert_int8", lambda model, path, x: export.to_litert(other, path))
    converted = publishing.convert(served[0], *digits[2:])
    assert converted.arithmetic == "float32"
    assert re.fullmatch(r"as int8 it gives the network's own answer to \d\d\.\d% .*", converted.reason)


def test_what_reads_too_little_is_published_only_if_one_insists(
    autorev, digits, trained, tmp_path, monkeypatch
):
    """The first version has nothing to beat, and is judged all the same."""
    monkeypatch.setattr(retraining, "clean_images", lambda: digits[2:])
    kernel, bias = (array.copy() for array in trained[2:])
    kernel[:, :3], bias[:3] = kernel[:, 3:4], bias[3] - 1  # 0, 1 and 2 always lose against 3
    classifier([*trained[:2], kernel, bias], (28, 28)).save("seven.keras")
    code, out, err = autorev("publish", "models", "seven.keras")
    assert (code, err) == (1, "")
    assert re.search(
        r"Not published\. As int8 it reads 6\d\.\d% of 1,000 clean images correctly \(95 % interval: .*\), "
        r"expected at least 80%\. Cure: train it .*, or publish it all the same with --anyway\.",
        out,
    )
    assert versions.served(tmp_path / "models", "digits") == []
    code, out, err = autorev("publish", "models", "seven.keras", "--anyway")
    assert (code, err) == (0, "")
    assert "Published as version 1 of digits: it is the first." in out
    assert versions.served(tmp_path / "models", "digits") == [1]


def test_what_reads_nothing_leaves_no_trace(digits, trained, tmp_path):
    network = classifier([np.roll(trained[0], 392, axis=0), *trained[1:]], (28, 28))
    completed, _ = publishing.add_missing_layers(network, *digits[2:])
    with pytest.raises(publishing.AccuracyError, match=r"expected at least 80%.*Cure: train"):
        publishing.publish(tmp_path / "models", "digits", completed, *digits[2:])
    assert not (tmp_path / "models").exists()
