"""Second room: `Article` → `Script`: roles, pauses, spoken Arabic."""
