import keras
import numpy as np
import pytest
from serving_models import made, network

from autorev_lib import export
from autorev_lib.data import load_mnist
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
    """A folder with the model as both kinds of LiteRT file."""
    folder = tmp_path_factory.mktemp("exported")
    export.to_litert(model, folder / "float.tflite")
    export.to_litert_int8(model, folder / "int8.tflite", digits[0][:100])
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
