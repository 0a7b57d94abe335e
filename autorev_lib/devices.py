"""What hardware is here, and the one call that makes Keras use all of it.

Keras runs on several backends and reads the environment variable ``KERAS_BACKEND`` once, when it is first
imported. So nothing here imports a backend before it is asked to.
"""

import contextlib
import importlib
import importlib.util
import logging
import os
import platform
import sys
from typing import NamedTuple

from autorev_lib import screen
from autorev_lib.errors import AutorevError

_JAX_KINDS = {"cpu": "CPU", "gpu": "GPU", "cuda": "GPU", "rocm": "GPU", "tpu": "TPU"}


class Device(NamedTuple):
    """One processor that the backend can compute on."""

    kind: str
    """``"CPU"``, ``"GPU"`` or ``"TPU"``."""
    name: str
    """The backend's name for it, for example ``"GPU:0"``."""
    description: str
    """What a person would call it, as far as the backend knows."""


def select_backend():
    """Choose the Keras backend: TensorFlow where it is installed, otherwise JAX (as on Colab's TPUs).

    Call it before the first ``import keras``. A value already in ``KERAS_BACKEND`` is respected. TensorFlow
    is imported here, without the log lines that it prints while it loads.

    Returns:
        The name of the backend, ``"tensorflow"`` or ``"jax"`` unless ``KERAS_BACKEND`` said otherwise.

    Raises:
        AutorevError: Keras is already imported with another backend, or none is installed, or not the one
            that ``KERAS_BACKEND`` asks for.
    """
    backend = os.environ.get("KERAS_BACKEND") or _first_installed("tensorflow", "jax")
    if not importlib.util.find_spec(backend):  # Keras would say only that there is no such module
        raise AutorevError(
            f"KERAS_BACKEND: expected a backend that is installed, received {backend!r}",
            "remove the variable, or install that package",
        )
    if "keras" in sys.modules and (current := sys.modules["keras"].backend.backend()) != backend:
        raise AutorevError(
            f"KERAS_BACKEND: expected {backend!r}, but Keras is already imported with {current!r}",
            "restart the kernel, and call select_backend() before keras is imported",
        )
    os.environ["KERAS_BACKEND"] = backend
    if backend == "tensorflow" and "tensorflow" not in sys.modules:
        os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")  # TensorFlow logs harmless notes as errors
        with screen.busy("Loading TensorFlow, which takes 5 to 20 seconds ..."), discard_stderr():
            importlib.import_module("tensorflow")
        logging.getLogger("tensorflow").setLevel(logging.WARNING)
    return backend


def split_cpu(into):
    """Make the CPU look like several devices, so that a laptop can practise what several GPUs do.

    Call it before the backend has computed anything; it cannot be changed afterwards.

    Args:
        into: How many logical CPU devices, at least 1.

    Raises:
        ValueError: ``into`` is not a whole number of at least 1.
        RuntimeError: The backend has already started with another number of devices.
    """
    if not isinstance(into, int) or into < 1:
        raise ValueError(f"into: expected a whole number of at least 1, received {into!r}")
    if select_backend() == "jax":
        import jax

        jax.config.update("jax_num_cpu_devices", into)
        received = len(jax.devices("cpu"))
    else:
        import tensorflow as tf

        cpu = tf.config.list_physical_devices("CPU")[0]
        configurations = [tf.config.LogicalDeviceConfiguration() for _ in range(into)]
        if len(tf.config.get_logical_device_configuration(cpu) or []) != into:
            tf.config.set_logical_device_configuration(cpu, configurations)
        received = len(tf.config.list_logical_devices("CPU"))
    if received != into:
        raise RuntimeError(f"into: expected {into} CPU devices, but the backend had started with {received}")


def list_devices():
    """List the devices that the backend can compute on, CPUs first.

    Returns:
        A list of :class:`Device`.
    """
    if select_backend() == "jax":
        import jax

        # JAX leaves the CPU out of its default list as soon as there is something faster.
        found = jax.devices("cpu") + [device for device in jax.devices() if device.platform != "cpu"]
        named = [
            (_JAX_KINDS.get(device.platform, device.platform.upper()), device.device_kind) for device in found
        ]
    else:
        import tensorflow as tf

        found = sorted(tf.config.list_logical_devices(), key=lambda device: device.device_type)
        named = [
            (d.device_type, _tensorflow_description(d))
            for d in found
            if d.device_type in ("CPU", "GPU", "TPU")
        ]
    devices = []
    for kind, description in named:
        index = sum(device.kind == kind for device in devices)
        if kind == "CPU":
            description = f"{platform.machine()}, {os.cpu_count()} cores"
        devices.append(Device(kind, f"{kind}:{index}", description))
    return devices


def pick_strategy():
    """Pick the way to train on what is here: the TPU, else all GPUs, else the one GPU, else the CPU.

    Build, compile and fit the model inside its scope, and the same code runs everywhere::

        with devices.pick_strategy().scope():
            model = build_model()
            model.compile(...)
            model.fit(...)

    Returns:
        A ``tf.distribute.Strategy`` on TensorFlow, a ``keras.distribution.DataParallel`` on JAX. Both keep a
        copy of the model on every device and give each device an equal part of every batch.
    """
    if select_backend() == "jax":
        import keras

        found = keras.distribution.list_devices()
        return data_parallel(*(found[:1] if found[0].startswith("cpu") else found))
    import tensorflow as tf

    if tf.config.list_physical_devices("TPU"):
        resolver = tf.distribute.cluster_resolver.TPUClusterResolver(tpu="local")
        tf.config.experimental_connect_to_cluster(resolver)
        tf.tpu.experimental.initialize_tpu_system(resolver)
        return tf.distribute.TPUStrategy(resolver)
    num_gpus = len(tf.config.list_logical_devices("GPU"))
    names = [f"GPU:{index}" for index in range(num_gpus)] or ["CPU:0"]
    return data_parallel(*names)


def data_parallel(*names):
    """Keep a copy of the model, a replica, on each of some devices; each gets an equal part of every batch.

    Args:
        names: The devices, such as ``"CPU:0", "CPU:1"``.

    Returns:
        A ``tf.distribute.Strategy`` on TensorFlow, a ``keras.distribution.DataParallel`` on JAX.

    Raises:
        ValueError: No device is named.
    """
    if not names:
        raise ValueError("names: expected at least one device, received none")
    if select_backend() == "jax":
        import keras

        return keras.distribution.DataParallel(devices=[name.lower() for name in names])
    import tensorflow as tf

    if len(names) == 1:
        return tf.distribute.OneDeviceStrategy(names[0])
    return tf.distribute.MirroredStrategy(names)


def num_replicas(strategy):
    """Count the replicas of what :func:`pick_strategy` or :func:`data_parallel` returned."""
    if select_backend() == "jax":
        return strategy.device_mesh.devices.size
    return strategy.num_replicas_in_sync


@contextlib.contextmanager
def discard_stderr():
    """Discard what native code writes to standard error; TensorFlow's loader knows no quieter way."""
    sys.stderr.flush()
    saved, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(saved, 2)
        os.close(saved)
        os.close(nowhere)


def _first_installed(*packages):
    for package in packages:
        if importlib.util.find_spec(package):
            return package
    raise AutorevError(
        f"Keras needs a backend: expected one of {', '.join(packages)} to be installed, found none",
        'pip install "autorev-lib[tensorflow]"',
    )


def _tensorflow_description(device):
    import tensorflow as tf

    physical = tf.config.list_physical_devices(device.device_type)
    if device.device_type != "GPU" or not physical:
        return device.device_type
    return tf.config.experimental.get_device_details(physical[0]).get("device_name", "GPU")
