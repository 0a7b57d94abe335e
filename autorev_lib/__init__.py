"""The small library behind the autorev course; see the README for the notebooks it serves."""

__version__ = "0.1.0"
