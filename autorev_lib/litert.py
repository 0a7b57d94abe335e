"""Run LiteRT models (``.tflite`` files): NumPy in, NumPy out, without Keras or TensorFlow."""

import threading
from pathlib import Path

import numpy as np
from ai_edge_litert.interpreter import Interpreter

from autorev_lib.devices import discard_stderr

_BATCH = 32
_announcement = threading.Lock()


class LiteRTModel:
    """A LiteRT model with one input and one output, ready to run.

    It computes on the processor in the thread that asks, and may be asked from several threads. Floats go in
    and come out, whatever the file computes with: where its input or output is int8, values are quantised
    and scaled back here.

    Args:
        model: Path of a ``.tflite`` file, or its content as bytes.

    Attributes:
        input_shape: Shape of one example, such as ``(28, 28)``.
        output_shape: Shape of the output for one example, such as ``(10,)``.

    Raises:
        OSError: The file cannot be read.
        ValueError: It is no LiteRT model, or not one with a single input and output whose first axis is the
            batch.
    """

    def __init__(self, model):
        self._content = model if isinstance(model, bytes) else Path(model).read_bytes()
        self._name = "model" if isinstance(model, bytes) else model
        self._single = self._runner(1)
        self._many = None
        self._lock = threading.Lock()
        self.input_shape = self._single.input_shape
        self.output_shape = self._single.output_shape

    def predict(self, x):
        """Compute the outputs for a batch of examples.

        Args:
            x: Numbers of shape (N, *input_shape), N at least 1.

        Returns:
            float32 of shape (N, *output_shape).

        Raises:
            TypeError: ``x`` does not hold numbers.
            ValueError: ``x`` has another shape.
        """
        x = np.asarray(x)
        if x.dtype.kind not in "fiu":
            raise TypeError(f"x: expected numbers, received dtype {x.dtype}")
        if x.shape[1:] != self.input_shape or x.ndim == 0 or len(x) == 0:
            expected = ", ".join(map(str, ("N", *self.input_shape)))
            raise ValueError(f"x: expected shape ({expected}) with N at least 1, received {x.shape}")
        x = x.astype(np.float32, copy=False)
        if len(x) == 1:
            return self._single.run(x)
        whole = len(x) - len(x) % _BATCH if self._single.any_batch else 0
        parts = [self._batches().run(x[at : at + _BATCH]) for at in range(0, whole, _BATCH)]
        parts += [self._single.run(x[at : at + 1]) for at in range(whole, len(x))]
        return np.concatenate(parts)

    def _batches(self):
        with self._lock:
            if self._many is None:
                self._many = self._runner(_BATCH)
            return self._many

    def _runner(self, size):
        try:
            return _Runner(self._content, size)
        except (ValueError, RuntimeError) as error:
            raise ValueError(
                f"{self._name}: expected a LiteRT model with one input and one output, received one that "
                f"cannot be run: {error}"
            ) from error


class _Runner:
    """An interpreter for one batch size: changing the size of one costs more than running a second."""

    def __init__(self, content, size):
        self._interpreter = Interpreter(model_content=content, num_threads=1)
        inputs, outputs = self._interpreter.get_input_details(), self._interpreter.get_output_details()
        if (len(inputs), len(outputs)) != (1, 1):
            raise ValueError(f"it has {len(inputs)} inputs and {len(outputs)} outputs")
        (batch, *input_shape), (_, *output_shape) = (
            [int(side) for side in tensors[0]["shape_signature"]] for tensors in (inputs, outputs)
        )
        if batch not in (-1, 1) or min(*input_shape, *output_shape, 1) < 0:
            raise ValueError(
                f"its shapes are {(batch, *input_shape)} and {(batch, *output_shape)}, "
                f"where only the first axis may be free (-1)"
            )
        self.any_batch = batch == -1
        self.input_shape, self.output_shape = tuple(input_shape), tuple(output_shape)
        self._input, self._output = inputs[0], outputs[0]
        self._interpreter.resize_tensor_input(self._input["index"], [size, *input_shape])
        _allocate(self._interpreter)
        self._lock = threading.Lock()

    def run(self, x):
        with self._lock:
            self._interpreter.set_tensor(self._input["index"], _quantised(x, self._input))
            self._interpreter.invoke()
            return _scaled_back(self._interpreter.get_tensor(self._output["index"]), self._output)


def _allocate(interpreter):
    if _announcement.acquire(
        blocking=False
    ):  # never released: LiteRT announces its delegate once in a process
        with discard_stderr():
            interpreter.allocate_tensors()
    else:
        interpreter.allocate_tensors()


def _quantised(x, tensor):
    dtype = tensor["dtype"]
    if dtype == np.float32:
        return x
    scale, zero_point = tensor["quantization"]
    limits = np.iinfo(dtype)
    return np.clip(np.round(x / scale) + zero_point, limits.min, limits.max).astype(dtype)


def _scaled_back(values, tensor):
    if tensor["dtype"] == np.float32:
        return values
    scale, zero_point = tensor["quantization"]
    return (values.astype(np.float32) - zero_point) * np.float32(scale)
