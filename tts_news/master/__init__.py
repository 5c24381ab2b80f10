"""Fourth room: takes → one chaptered, mastered sound file."""
