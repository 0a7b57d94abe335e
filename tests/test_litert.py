import subprocess
import sys
import threading

import numpy as np
import pytest
from serving_models import made, network

from autorev_lib.litert import LiteRTModel


@pytest.fixture(scope="module")
def one():
    return made("one")


def export(model, path, **options):
    """Convert with options of the converter that the library does not use itself."""
    network(model.weights, model.bias).export(path, format="litert", **options)
    return path


@pytest.fixture(scope="module")
def int8(one, tmp_path_factory):
    """A file whose input and output are int8."""
    import tensorflow as tf

    return export(
        one,
        str(tmp_path_factory.mktemp("int8") / "int8.tflite"),
        optimizations=[tf.lite.Optimize.DEFAULT],
        representative_dataset=lambda: ([x[None].astype(np.float32)] for x in one.inputs),
        target_spec={"supported_ops": [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]},
        inference_input_type=tf.int8,
        inference_output_type=tf.int8,
    )


def test_it_answers_as_keras_does(one):
    model = LiteRTModel(one.litert)
    assert (model.input_shape, model.output_shape) == ((28, 28), (10,))
    outputs = model.predict(one.inputs)
    assert outputs.dtype == np.float32
    np.testing.assert_allclose(outputs, one.outputs, atol=1e-5)


@pytest.mark.parametrize("size", [1, 2, 31, 32, 33, 64, 100])
def test_every_batch_size_gives_the_same(one, size):
    model = LiteRTModel(one.litert.read_bytes())
    x = np.resize(one.inputs, (size, 28, 28))
    expected = np.concatenate([model.predict(row[None]) for row in x])
    np.testing.assert_allclose(model.predict(x), expected, atol=1e-6)
    np.testing.assert_array_equal(model.predict(x.astype(np.float64)), model.predict(x))


def test_int8_is_quantised_and_scaled_back(one, int8):
    model = LiteRTModel(int8)
    outputs = model.predict(one.inputs)
    assert outputs.dtype == np.float32
    np.testing.assert_allclose(outputs, one.outputs, atol=0.05)
    np.testing.assert_allclose(outputs.sum(axis=1), 1, atol=0.05)
    above = np.where(one.inputs > 100, 255.0, 0.0)
    assert np.array_equal(model.predict(above * 2), model.predict(above))  # clipped


def test_a_file_for_one_example_at_a_time_takes_batches_too(one, tmp_path):
    import keras

    fixed = [keras.InputSpec(dtype="float32", shape=(1, 28, 28))]
    model = LiteRTModel(export(one, str(tmp_path / "fixed.tflite"), input_signature=fixed))
    np.testing.assert_allclose(model.predict(one.inputs[:40]), one.outputs[:40], atol=1e-5)


def test_it_can_be_asked_from_several_threads(one):
    model = LiteRTModel(one.litert)
    wrong = []

    def ask(at):
        for _ in range(50):
            for size in (1, 40):
                x = np.roll(one.inputs, at, axis=0)[:size]
                if not np.allclose(model.predict(x), np.roll(one.outputs, at, axis=0)[:size], atol=1e-5):
                    wrong.append(at)

    threads = [threading.Thread(target=ask, args=(at,)) for at in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


@pytest.mark.parametrize(
    ("x", "error", "text"),
    [
        (np.zeros((1, 28)), ValueError, r"x: expected shape \(N, 28, 28\).*received \(1, 28\)"),
        (np.zeros((28, 28)), ValueError, r"received \(28, 28\)"),
        (np.zeros((0, 28, 28)), ValueError, r"N at least 1, received \(0, 28, 28\)"),
        (np.zeros((1, 28, 28, 1)), ValueError, r"received \(1, 28, 28, 1\)"),
        (np.float32(1), ValueError, r"received \(\)"),
        (np.zeros((1, 28, 28), bool), TypeError, "x: expected numbers, received dtype bool"),
        (np.full((1, 28, 28), "0"), TypeError, "received dtype <U1"),
    ],
)
def test_wrong_input_is_named(one, x, error, text):
    with pytest.raises(error, match=text):
        LiteRTModel(one.litert).predict(x)


def test_what_is_no_model_is_refused(one, tmp_path):
    content = one.litert.read_bytes()
    path = tmp_path / "broken.tflite"
    for broken in (b"", b"not a model", content[: len(content) // 2], bytes(1000)):
        path.write_bytes(broken)
        with pytest.raises(ValueError, match="expected a LiteRT model with one input and one output"):
            LiteRTModel(path)
    with pytest.raises(FileNotFoundError):
        LiteRTModel(tmp_path / "missing.tflite")


def test_a_model_with_two_inputs_is_refused(tmp_path):
    import keras

    inputs = [keras.Input((2,)), keras.Input((2,))]
    path = str(tmp_path / "two.tflite")
    keras.Model(inputs, keras.layers.add(inputs)).export(path, format="litert")
    with pytest.raises(ValueError, match="it has 2 inputs and 1 outputs"):
        LiteRTModel(path)


def test_it_needs_no_framework_and_prints_nothing(one):
    code = (
        "import sys, numpy as np; from autorev_lib.litert import LiteRTModel;"
        f"m = LiteRTModel({str(one.litert)!r}); m.predict(np.zeros((40, 28, 28), np.float32));"
        "assert not {'keras', 'tensorflow'} & set(sys.modules)"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (answer.returncode, answer.stdout, answer.stderr) == (0, "", "")
