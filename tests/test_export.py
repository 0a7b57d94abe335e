from functools import partial

import keras
import numpy as np
import pytest
from serving_models import made, network

from autorev_lib import export
from autorev_lib.data import load_mnist
from autorev_lib.errors import AutorevError
from autorev_lib.litert import LiteRTModel


@pytest.fixture(scope="module")
def digits():
    """Some of MNIST's test images and their labels."""
    return load_mnist(small=True)[1]


@pytest.fixture(scope="module")
def model():
    return network(made("one").weights, made("one").bias)


@pytest.fixture(scope="module")
def exported(model, digits, tmp_path_factory):
    """A folder with everything that a model can be exported to."""
    folder = tmp_path_factory.mktemp("exported")
    export.to_litert(model, folder / "float.tflite")
    export.to_litert_int8(model, folder / "int8.tflite", digits[0][:100])
    model.save(folder / "model.keras")
    model.export(folder / "saved_model", verbose=False)
    return folder


def test_int8_is_much_smaller_and_nearly_as_right(exported, digits):
    x, y = digits
    sizes = {name: (exported / name).stat().st_size for name in ("float.tflite", "int8.tflite")}
    assert sizes["int8.tflite"] < 0.4 * sizes["float.tflite"]
    outputs = {name: LiteRTModel(exported / name).predict(x) for name in sizes}
    right = {name: np.mean(output.argmax(axis=1) == y) for name, output in outputs.items()}
    assert right["float.tflite"] > 0.75
    assert abs(right["int8.tflite"] - right["float.tflite"]) <= 0.01


def test_int8_computes_with_int8(exported):
    from ai_edge_litert.interpreter import Interpreter

    interpreter = Interpreter(model_path=str(exported / "int8.tflite"))
    weights = [tensor for tensor in interpreter.get_tensor_details() if tensor["shape"].tolist() == [10, 784]]
    assert [tensor["dtype"] for tensor in weights] == [np.int8]


def test_converting_is_quiet(model, digits, tmp_path, capfd):
    export.to_litert(model, tmp_path / "a.tflite")
    export.to_litert_int8(model, tmp_path / "b.tflite", digits[0][:10])
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("representative", "error", "text"),
    [
        (
            np.zeros((5, 28, 28, 1)),
            ValueError,
            r"representative: expected shape \(N, 28, 28\).*\(5, 28, 28, 1\)",
        ),
        (np.zeros((0, 28, 28)), ValueError, "at least 1"),
    ],
)
def test_representative_inputs_are_checked(model, tmp_path, representative, error, text):
    with pytest.raises(error, match=text):
        export.to_litert_int8(model, tmp_path / "x.tflite", representative)
    assert not list(tmp_path.iterdir())


def test_the_name_of_the_file_is_checked(model, tmp_path):
    with pytest.raises(ValueError, match=r"path: expected a name that ends in .tflite, received '.*x.keras'"):
        export.to_litert(model, tmp_path / "x.keras")


def test_another_backend_is_named(model, tmp_path, monkeypatch):
    monkeypatch.setattr(keras.backend, "backend", lambda: "jax")
    for convert in (export.to_litert, lambda *a: export.to_litert_int8(*a, np.zeros((1, 28, 28)))):
        with pytest.raises(RuntimeError, match=r"KERAS_BACKEND: expected 'tensorflow'.*received 'jax'"):
            convert(model, tmp_path / "x.tflite")


def test_parity_table_tells_size_speed_accuracy_and_difference(model, exported, digits):
    x, y = digits
    names = ["model.keras", "saved_model", "float.tflite", "int8.tflite"]
    table = export.parity_table(model, [exported / name for name in names], x, y, batch_size=64, seconds=0.1)
    assert list(table.index) == ["model.predict", "model(x)", *names]
    assert table.size_bytes.isna().tolist() == [True, True, False, False, False, False]
    assert table.size_bytes["float.tflite"] == (exported / "float.tflite").stat().st_size
    assert table.size_bytes["saved_model"] > table.size_bytes["model.keras"]
    times = table[["one_p50_ms", "one_p99_ms", "batch_p50_ms", "batch_p99_ms"]]
    assert (times > 0).all(axis=None)
    assert (table.one_p50_ms <= table.one_p99_ms).all() and (table.batch_p50_ms <= table.batch_p99_ms).all()
    assert table.accuracy["model.predict"] == np.mean(model.predict(x, verbose=0).argmax(axis=1) == y)
    assert (table.accuracy.drop("int8.tflite") == table.accuracy["model.predict"]).all()
    assert table.largest_difference["model.predict"] == 0
    assert (table.largest_difference.drop("int8.tflite") < 1e-4).all()
    assert 1e-4 < table.largest_difference["int8.tflite"] < 0.2


def test_parity_table_finds_a_model_that_is_not_the_same(model, digits):
    x, y = digits
    other = made("two").litert
    table = export.parity_table(model, [other], x, y, batch_size=16, seconds=0.01)
    assert table.largest_difference[other.name] > 0.1


def test_parity_table_checks_what_it_gets(model, exported, digits):
    x, y = digits
    with pytest.raises(ValueError, match=r"paths: expected a .keras file, a .tflite file or a folder"):
        export.parity_table(model, [exported / "missing"], x, y)
    with pytest.raises(ValueError, match="x: expected at least batch_size = 128 examples, received 10"):
        export.parity_table(model, [], x[:10], y[:10])


def linear(made, shape=(28, 28), *, batch_size=None, scaled=True, tail=()):
    """A linear reader of digits whose input has some shape, and which may expect pixels as they are."""
    flatten, dense = keras.layers.Flatten(), keras.layers.Dense(10)
    net = keras.Sequential([keras.Input(shape, batch_size=batch_size), flatten, dense, *tail])
    dense.set_weights([made.weights / (1 if scaled else 255), made.bias])
    return net


SCALING = ["scaling from 0..255 to 0..1"]
SOFTMAX = keras.layers.Softmax
SIGMOID, LOG_SOFTMAX = (partial(keras.layers.Activation, name) for name in ("sigmoid", "log_softmax"))


@pytest.mark.parametrize(
    ("shape", "options", "tail", "added"),
    [
        ((28, 28), {"scaled": False}, SOFTMAX, []),
        ((28, 28), {}, SOFTMAX, [*SCALING]),
        ((28, 28), {"scaled": False}, None, ["a softmax"]),
        ((28, 28, 1), {}, None, ["a reshape", *SCALING, "a softmax"]),
        ((784,), {"scaled": False}, SOFTMAX, ["a reshape"]),
        ((1, 28, 28), {}, SOFTMAX, ["a reshape", *SCALING]),
        ((28, 28), {"scaled": False}, LOG_SOFTMAX, ["the exponential of its log-softmax"]),
        ((28, 28), {"scaled": False}, SIGMOID, ["division of its sigmoids by their sum"]),
        ((28, 28), {"scaled": False, "batch_size": 32}, SOFTMAX, ["a free batch size"]),
        ((28, 28, 1), {"batch_size": 1}, None, ["a reshape", *SCALING, "a softmax", "a free batch size"]),
    ],
)
def test_what_a_network_lacks_is_put_on(digits, tmp_path, shape, options, tail, added):
    x, y = digits
    net = linear(made("one"), shape, **options, tail=[tail()] if tail else [])
    served, received = export.add_missing_layers(net, x, y)
    assert received == added
    assert (served is net) == (not received)
    served.save(tmp_path / "served.keras")
    reloaded = keras.models.load_model(tmp_path / "served.keras", compile=False, safe_mode=True)
    probabilities = reloaded.predict(x.astype("float32"), verbose=0)
    np.testing.assert_allclose(probabilities.sum(axis=1), 1, atol=1e-4)
    if tail is SIGMOID:  # it gives other probabilities, and reads the same
        expected = model_outputs(x).argmax(axis=1)
        assert np.array_equal(probabilities.argmax(axis=1), expected)
    else:
        np.testing.assert_allclose(probabilities, model_outputs(x), atol=1e-4)
    again, nothing = export.add_missing_layers(reloaded, x, y)
    assert again is reloaded and nothing == []


def model_outputs(x):
    scores = np.exp(x.reshape(len(x), -1) / 255 @ made("one").weights + made("one").bias)
    return scores / scores.sum(axis=1, keepdims=True)


def test_a_network_without_biases_is_measured_too(digits):
    """Its accuracy is the same for any scale of the pixels; its confidence is not."""
    one = made("one")._replace(bias=np.zeros(10, np.float32))
    for scaled in (True, False):
        _, added = export.add_missing_layers(linear(one, scaled=scaled), *digits)
        assert added == [*SCALING, "a softmax"][not scaled :]


@pytest.mark.parametrize("shape", [(32, 32), (28, 28, 3), (783,)])
def test_a_network_of_other_images_is_named(digits, shape):
    other = keras.Sequential([keras.Input(shape), keras.layers.Flatten(), keras.layers.Dense(10)])
    with pytest.raises(AutorevError, match=r"network: expected an input of 28 × 28 pixels.*Cure: "):
        export.add_missing_layers(other, *digits)
