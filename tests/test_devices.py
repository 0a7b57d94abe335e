"""Backends start once in a process, so each case runs in a fresh interpreter."""

import importlib.util
import os
import subprocess
import sys
import textwrap

import pytest

from autorev_lib import devices
from autorev_lib.errors import AutorevError


def run_python(code, **environment):
    clean = {k: v for k, v in os.environ.items() if k not in ("KERAS_BACKEND", "TF_CPP_MIN_LOG_LEVEL")}
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)],
        capture_output=True,
        text=True,
        env={**clean, **environment},
        timeout=120,
    )


def test_tensorflow_starts_quietly_and_shows_two_logical_cpus():
    done = run_python(
        """
        from autorev_lib import devices
        assert devices.select_backend() == "tensorflow"
        devices.split_cpu(into=2)
        devices.split_cpu(into=2)  # asking again for the same is fine
        cpus = [device for device in devices.list_devices() if device.kind == "CPU"]
        assert [device.name for device in cpus] == ["CPU:0", "CPU:1"], cpus
        try:
            devices.split_cpu(into=3)
        except RuntimeError as error:
            print(error)
        """
    )
    assert done.returncode == 0, done.stderr
    assert "expected 3 CPU devices" in done.stdout or "cannot be modified" in done.stdout
    assert done.stderr == ""


@pytest.mark.parametrize("backend", ["tensorflow", "jax"])
def test_a_model_trains_in_the_scope_of_the_strategy(backend):
    done = run_python(
        """
        from autorev_lib import devices
        devices.select_backend()
        devices.split_cpu(into=2)
        import keras, numpy as np
        print(keras.backend.backend())
        assert devices.num_replicas(devices.pick_strategy()) == 1
        both = devices.data_parallel("CPU:0", "CPU:1")
        assert devices.num_replicas(both) == 2
        with both.scope():
            model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
            model.compile("sgd", "mean_squared_error")
            model.fit(np.ones((8, 3), "float32"), np.ones((8, 1), "float32"), batch_size=4, verbose=0)
        try:
            devices.data_parallel()
        except ValueError as error:
            assert "names: expected" in str(error)
        """,
        KERAS_BACKEND=backend,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == backend


@pytest.mark.parametrize(
    ("gpus", "tpus", "expected"),
    [
        (0, 0, "OneDeviceStrategy CPU:0"),
        (1, 0, "OneDeviceStrategy GPU:0"),
        (2, 0, "MirroredStrategy ('GPU:0', 'GPU:1')"),
        (0, 8, "TPUStrategy"),
    ],
)
def test_the_strategy_follows_the_hardware(monkeypatch, gpus, tpus, expected):
    """With the TensorFlow calls replaced: this machine need not have the hardware."""
    devices.select_backend()
    import tensorflow as tf

    monkeypatch.setattr(devices, "select_backend", lambda: "tensorflow")
    monkeypatch.setattr(tf.config, "list_logical_devices", lambda kind: ["gpu"] * gpus)
    monkeypatch.setattr(tf.config, "list_physical_devices", lambda kind: ["tpu"] * tpus)
    monkeypatch.setattr(tf.config, "experimental_connect_to_cluster", lambda resolver: None)
    monkeypatch.setattr(tf.tpu.experimental, "initialize_tpu_system", lambda resolver: None)
    monkeypatch.setattr(tf.distribute.cluster_resolver, "TPUClusterResolver", lambda tpu: tpu)
    for name in ("OneDeviceStrategy", "MirroredStrategy", "TPUStrategy"):
        monkeypatch.setattr(
            tf.distribute, name, lambda *args, name=name: f"{name} {args[0] if 'TPU' not in name else ''}"
        )
    assert devices.pick_strategy().strip() == expected


def test_an_earlier_import_with_another_backend_is_an_error():
    done = run_python(
        """
        import os
        os.environ["KERAS_BACKEND"] = "jax"
        import keras
        os.environ["KERAS_BACKEND"] = "tensorflow"
        from autorev_lib import devices
        devices.select_backend()
        """
    )
    assert "expected 'tensorflow', but Keras is already imported with 'jax'" in done.stderr
    assert "restart the kernel" in done.stderr


def test_without_tensorflow_jax_is_chosen_and_without_both_the_cure_is_named(monkeypatch):
    installed = {"jax"}
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: name in installed)
    assert devices._first_installed("tensorflow", "jax") == "jax"
    installed.clear()
    with pytest.raises(AutorevError, match=r"needs a backend.*pip install"):
        devices._first_installed("tensorflow", "jax")


def test_a_backend_that_is_not_installed_is_named_with_its_cure(monkeypatch):
    monkeypatch.setenv("KERAS_BACKEND", "mxnet")
    with pytest.raises(AutorevError, match=r"KERAS_BACKEND: .*received 'mxnet'.*Cure: remove the variable"):
        devices.select_backend()


@pytest.mark.parametrize("into", [0, -1, 1.5, "2"])
def test_split_cpu_names_a_bad_number(into):
    with pytest.raises(ValueError, match="into: expected a whole number of at least 1, received"):
        devices.split_cpu(into)
