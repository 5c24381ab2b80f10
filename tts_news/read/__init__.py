"""First room: a page, paste or feed → `Article`."""
