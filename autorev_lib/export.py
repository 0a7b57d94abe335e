"""A trained Keras model made ready to be served, and what that costs: size, speed, accuracy."""

import contextlib
import io
import os
import time
from pathlib import Path

import keras
import numpy as np
import pandas as pd

from autorev_lib.devices import discard_stderr
from autorev_lib.evaluation import accuracy
from autorev_lib.litert import LiteRTModel

_ROUNDS = 5


def to_litert(model, path):
    """Write a Keras model as a LiteRT file (``.tflite``) that computes with float32.

    Raises:
        ValueError: ``path`` has another ending.
        RuntimeError: Keras runs on another backend than TensorFlow, whose converter this needs.
    """
    _convert(model, path)


def to_litert_int8(model, path, representative):
    """Write a Keras model as a LiteRT file (``.tflite``) whose weights and activations are int8.

    Floats still go in and come out. Scales of the activations are chosen so that they span what the
    representative inputs cause.

    Args:
        model: A built Keras model with one input and one output.
        path: The file to write.
        representative: Inputs like those it will be asked about, numbers of shape (N, *input_shape); a few
            hundred are enough.

    Raises:
        ValueError: ``representative`` has another shape, or ``path`` another ending.
        RuntimeError: As :func:`to_litert`.

    Source:
        B. Jacob et al., "Quantization and Training of Neural Networks for Efficient Integer-Arithmetic-Only
        Inference", CVPR 2018.
    """
    examples = np.asarray(representative, np.float32)
    if examples.shape[1:] != model.input_shape[1:] or len(examples) == 0:
        expected = ", ".join(map(str, ("N", *model.input_shape[1:])))
        raise ValueError(
            f"representative: expected shape ({expected}) with N at least 1, received {examples.shape}"
        )
    _check_backend()
    import tensorflow as tf

    _convert(
        model,
        path,
        optimizations=[tf.lite.Optimize.DEFAULT],
        representative_dataset=lambda: ([examples[i : i + 1]] for i in range(len(examples))),
        target_spec={"supported_ops": [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]},
    )


def parity_table(model, paths, x, labels, batch_size=128, seconds=1.0):
    """Compare a Keras model with what it was exported to: size, latency, accuracy, difference of outputs.

    Each way to ask is timed in turns, so that whatever else the machine does falls on all of them.

    Args:
        model: The Keras model: asked by ``model.predict`` and by ``model(x)``.
        paths: What it was exported to: ``.keras`` files, ``.tflite`` files and folders with a SavedModel.
        x: Test inputs, floats of shape (N, *input_shape), N at least ``batch_size``.
        labels: Their classes, integers of shape (N,).
        batch_size: Number of examples in a batch that is timed.
        seconds: Time given to each way, once with one example and once with a batch.

    Returns:
        A DataFrame with a row for each way and columns ``size_bytes``, ``one_p50_ms``, ``one_p99_ms``,
        ``batch_p50_ms``, ``batch_p99_ms`` (median and 99th percentile in milliseconds, after a warm-up),
        ``accuracy`` (0 to 1) and ``largest_difference`` (of any output from ``model.predict``'s).

    Raises:
        OSError: A file cannot be read.
        ValueError: A path is of another kind, or ``x`` holds too few examples.
    """
    x = np.asarray(x, dtype=np.float32)
    if len(x) < batch_size:
        raise ValueError(f"x: expected at least batch_size = {batch_size} examples, received {len(x)}")
    ways = {
        "model.predict": (None, lambda x: model.predict(x, batch_size=1024, verbose=0)),
        "model(x)": (None, _called(model)),
        **{Path(path).name: (_size(path), _reloaded(path)) for path in paths},
    }
    expected = ways["model.predict"][1](x)
    outputs = {way: _all_outputs(predict, x) for way, (_, predict) in ways.items()}
    predicts = {way: predict for way, (_, predict) in ways.items()}
    one, batch = _latencies(predicts, x[:1], seconds), _latencies(predicts, x[:batch_size], seconds)
    rows = {
        way: {
            "size_bytes": size,
            "one_p50_ms": np.percentile(one[way], 50),
            "one_p99_ms": np.percentile(one[way], 99),
            "batch_p50_ms": np.percentile(batch[way], 50),
            "batch_p99_ms": np.percentile(batch[way], 99),
            "accuracy": accuracy(labels, outputs[way].argmax(axis=1)),
            "largest_difference": np.abs(outputs[way] - expected).max(),
        }
        for way, (size, _) in ways.items()
    }
    return pd.DataFrame.from_dict(rows, orient="index").astype({"size_bytes": "Int64"})


def _convert(model, path, **options):
    if Path(path).suffix != ".tflite":
        raise ValueError(f"path: expected a name that ends in .tflite, received {os.fspath(path)!r}")
    _check_backend()
    with contextlib.redirect_stdout(io.StringIO()), discard_stderr():  # the converter thinks aloud
        model.export(os.fspath(path), format="litert", **options)


def _check_backend():
    if keras.backend.backend() != "tensorflow":
        raise RuntimeError(
            f"KERAS_BACKEND: expected 'tensorflow', whose converter writes LiteRT files, received "
            f"{keras.backend.backend()!r}. Save the model as .keras, then export it under TensorFlow"
        )


def _reloaded(path):
    path = Path(path)
    if path.suffix == ".keras":
        return _called(keras.models.load_model(path, compile=False, safe_mode=True))
    if path.suffix == ".tflite":
        return LiteRTModel(path).predict
    if path.is_dir():
        import tensorflow as tf

        loaded = tf.saved_model.load(path)  # its function does not keep its variables alive
        return _called(lambda x: loaded.serve(x))
    raise ValueError(
        f"paths: expected a .keras file, a .tflite file or a folder with a SavedModel, received {path}"
    )


def _called(model):
    return lambda x: keras.ops.convert_to_numpy(model(x))


def _size(path):
    path = Path(path)
    files = path.rglob("*") if path.is_dir() else [path]
    return sum(file.stat().st_size for file in files if file.is_file())


def _all_outputs(predict, x):
    return np.concatenate([predict(x[at : at + 1000]) for at in range(0, len(x), 1000)])


def _latencies(predicts, x, seconds):
    """Time every way to predict for `seconds`; returns milliseconds for each call."""
    times = {way: [] for way in predicts}
    for predict in predicts.values():
        predict(x)
    for _ in range(_ROUNDS):
        for way, predict in predicts.items():
            end = time.perf_counter() + seconds / _ROUNDS
            while (start := time.perf_counter()) < end:
                predict(x)
                times[way].append(1000 * (time.perf_counter() - start))
    return times
