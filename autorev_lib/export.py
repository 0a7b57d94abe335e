"""A trained Keras model made ready to be served: as a LiteRT file, of float32 or of int8."""

import contextlib
import io
import os
from pathlib import Path

import keras
import numpy as np

from autorev_lib.devices import discard_stderr


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
