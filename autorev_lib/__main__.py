"""Lets ``python -m autorev_lib`` do what ``autorev`` does."""

from autorev_lib.tools.cli import main

main()
