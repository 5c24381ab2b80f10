"""The other door: the show's folder, speech and jobs over HTTP. Needs the extra `server`."""
