"""The server as a child of a process that started it with :func:`autorev_lib.serving.server.start`."""

import sys

from autorev_lib.serving.server import run_as_child

run_as_child(sys.argv[1])
