"""Text rules: one rule, one file, one pure `str -> str` function; their order is in `order.py`."""
