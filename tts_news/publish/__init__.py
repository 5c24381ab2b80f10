"""Fifth room: the edition folder, transcripts, page and feed."""
