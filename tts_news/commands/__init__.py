"""The verbs of the command line, one file a family. Part of the door `cli.py`: no room imports them."""
