"""The press for Arabic audio: articles in, chaptered and mastered podcast episodes out."""

import os

__version__ = "0.1.0"

# onnxruntime keeps a device id in the user's cache and looks a host of its maker up, unless this stands in the
# environment before it is loaded. Here, because nothing of ours can load it sooner: not a worker, an actor on another
# machine, a job of the server, nor a program that uses us as a library. Whoever has set it decides for themselves.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
