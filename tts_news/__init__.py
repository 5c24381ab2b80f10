"""The press for Arabic audio: articles in, chaptered and mastered episodes out."""

__version__ = "0.1.0"
