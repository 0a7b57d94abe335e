"""What a person's machine brings with it that could change what a notebook does, read in one place."""

import os


def kernel_environment():
    """Make the environment variables for notebooks that run without anybody watching.

    Returns:
        A copy of this process's variables in which TensorFlow is quiet, progress is plain, matplotlib uses
        its inline backend, and nothing tells the notebook that a test runs it.
    """
    environment = dict(os.environ)
    environment.pop("PYTEST_CURRENT_TEST", None)
    environment.pop("MPLBACKEND", None)
    environment.update(TF_CPP_MIN_LOG_LEVEL="3", AUTOREV_PROGRESS="plain")
    return environment
