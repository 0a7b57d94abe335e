"""What every training run shares: a seed, a learning-rate schedule, a progress display.

``compile`` and ``fit`` are not here: they stay in the notebooks, where you can see them.
"""

import math
import time
from pathlib import Path

import keras

from autorev_lib import screen


def set_seed(seed):
    """Make a run repeatable: seed Python, NumPy and Keras, and ask the backend for deterministic, exact work.

    GPUs and TPUs may otherwise round the factors of a matrix product to 10 or even 7 bits, for speed; then by
    hand and by Keras agree to three digits only. The same seed gives the same numbers again on the same
    machine with the same versions. Other hardware rounds differently, so trained numbers still differ in
    their last digits from machine to machine.

    Args:
        seed: A whole number from 0 to 2**32 - 1.

    Raises:
        ValueError: ``seed`` is not such a number.
    """
    if not isinstance(seed, int) or not 0 <= seed < 2**32:
        raise ValueError(f"seed: expected a whole number from 0 to 2**32 - 1, received {seed!r}")
    keras.utils.set_random_seed(seed)
    if keras.backend.backend() == "tensorflow":
        import tensorflow as tf

        tf.config.experimental.enable_op_determinism()
        tf.config.experimental.enable_tensor_float_32_execution(False)
    elif keras.backend.backend() == "jax":
        import jax

        jax.config.update("jax_default_matmul_precision", "highest")


@keras.saving.register_keras_serializable(package="autorev")
class OneCycle(keras.optimizers.schedules.LearningRateSchedule):
    """One cycle of the learning rate: a rise to the peak, then a long fall to almost nothing.

    Both parts follow half a cosine; notebook 04 draws it.

    Args:
        peak_learning_rate: The highest learning rate, positive.
        num_steps: Length of the whole cycle in optimiser steps (batches), at least 2.
        warmup_fraction: Part of the cycle spent rising, strictly between 0 and 1.

    Raises:
        ValueError: An argument is out of its range.

    Source:
        L. N. Smith and N. Topin, "Super-Convergence: Very Fast Training of Neural Networks Using Large
        Learning Rates" (2017), arXiv:1708.07120.
    """

    START_FRACTION = 1 / 25
    END_FRACTION = 1 / 10_000

    def __init__(self, peak_learning_rate, num_steps, warmup_fraction=0.3):
        if not peak_learning_rate > 0:
            raise ValueError(
                f"peak_learning_rate: expected a positive number, received {peak_learning_rate!r}"
            )
        if not num_steps >= 2:
            raise ValueError(f"num_steps: expected at least 2 steps, received {num_steps!r}")
        if not 0 < warmup_fraction < 1:
            raise ValueError(
                f"warmup_fraction: expected a number between 0 and 1, received {warmup_fraction!r}"
            )
        self.peak_learning_rate = peak_learning_rate
        self.num_steps = num_steps
        self.warmup_fraction = warmup_fraction

    def __call__(self, step):
        """Return the learning rate at optimiser step ``step`` (0 is the first)."""
        ops = keras.ops
        progress = ops.clip(ops.cast(step, "float32") / (self.num_steps - 1), 0.0, 1.0)
        rise = ops.minimum(progress / self.warmup_fraction, 1.0)
        fall = ops.maximum((progress - self.warmup_fraction) / (1 - self.warmup_fraction), 0.0)
        start, end = self.START_FRACTION, self.END_FRACTION
        rising = start + (1 - start) * (1 - ops.cos(math.pi * rise)) / 2
        falling = end + (1 - end) * (1 + ops.cos(math.pi * fall)) / 2
        return self.peak_learning_rate * ops.where(progress < self.warmup_fraction, rising, falling)

    def get_config(self):
        return {
            "peak_learning_rate": self.peak_learning_rate,
            "num_steps": self.num_steps,
            "warmup_fraction": self.warmup_fraction,
        }


def tensorboard(folder):
    """Make the callback that writes a log for TensorBoard, where the backend can: on TensorFlow.

    Args:
        folder: The run is logged in a new folder inside it, named after the time.

    Returns:
        A list with the callback, or without anything on another backend.
    """
    if keras.backend.backend() != "tensorflow":
        return []
    run = Path(folder, time.strftime("%Y-%m-%d_%H-%M-%S"))
    return [keras.callbacks.TensorBoard(run, write_graph=False)]


class Progress(keras.callbacks.Callback):
    """Training progress for ``fit(..., verbose=0, callbacks=[Progress()])``.

    A person sees a bar that moves with every batch, and how long the training still takes. What stays is one
    line an epoch with its loss and metrics, rounded, without timings, so that the stored notebook reads the
    same after every run. The bar is left out where nobody watches: outside Jupyter, or when
    ``AUTOREV_PROGRESS`` is ``plain``.

    Args:
        keep_lines: Whether the lines of the epochs stay.
    """

    REFRESH_SECONDS = 0.2
    BAR_WIDTH = 30

    def __init__(self, keep_lines=True):
        super().__init__()
        self.keep_lines = keep_lines

    def on_train_begin(self, logs=None):
        self._is_watched = screen.somebody_watches()
        self._screen = screen.Lines()
        self._finished = []
        self._steps_done = 0
        self._started = self._shown_at = time.monotonic()

    def on_epoch_begin(self, epoch, logs=None):
        self._epoch = epoch

    def on_train_batch_end(self, batch, logs=None):
        self._steps_done += 1
        if self._is_watched and time.monotonic() - self._shown_at > self.REFRESH_SECONDS:
            self._shown_at = time.monotonic()
            self._screen.show("\n".join([*self._finished, self._bar(batch + 1, logs)]))

    def on_epoch_end(self, epoch, logs=None):
        if self.keep_lines:
            line = f"epoch {epoch + 1}/{self.params['epochs']}  {_metrics_line(logs)}"
            if self._is_watched:
                self._finished.append(line)
            else:
                print(line)

    def on_train_end(self, logs=None):
        self._screen.show("\n".join(self._finished))

    def _bar(self, num_done, logs):
        steps, epochs = self.params["steps"] or num_done, self.params["epochs"]
        filled = "█" * round(self.BAR_WIDTH * num_done / steps)
        left = screen.time_left(time.monotonic() - self._started, self._steps_done, steps * epochs)
        bar = f"epoch {self._epoch + 1}/{epochs}  {filled:░<{self.BAR_WIDTH}}  {left}"
        return f"{bar}  {_metrics_line(logs)}"


def _metrics_line(logs):
    """``loss 0.213  accuracy 93.8 %``: two decimals at most, and no more than can be trusted."""
    parts = []
    for name, value in (logs or {}).items():
        label = name.replace("_", " ").replace("val ", "validation ")
        parts.append(f"{label} {value:.1%}".replace("%", " %") if "acc" in name else f"{label} {value:.3f}")
    return "  ".join(parts)
