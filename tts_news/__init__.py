"""The press for Arabic audio: articles in, chaptered and mastered podcast episodes out."""

import os

__version__ = "0.1.0"

# onnxruntime keeps a device id in the user's cache and looks a host of its maker up, Ray reports how it is used, and so
# does what loads models from Hugging Face, unless these stand in the environment before they are loaded. Here, because
# nothing of ours can load them sooner: not a worker, an actor on another machine, a job of the server, nor a program
# that uses us as a library. Whoever has set one decides for themselves.
for _switch, _value in (
    ("ORT_DISABLE_TELEMETRY", "1"),
    ("RAY_USAGE_STATS_ENABLED", "0"),
    ("HF_HUB_DISABLE_TELEMETRY", "1"),
):
    os.environ.setdefault(_switch, _value)
