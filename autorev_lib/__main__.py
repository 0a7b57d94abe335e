"""Lets ``python -m autorev_lib`` do what ``autorev`` does."""

from autorev_lib.cli import main

main()
