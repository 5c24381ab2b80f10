"""Third room: `Script` → takes: voices, engines, cache, workers."""
