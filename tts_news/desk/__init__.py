"""The desk: an editor hears an article sentence by sentence, mends it, and publishes it, in a browser.

`drafts.py` keeps the articles that are being worked on and every change to them; `intake.py` reads and writes them
beside the server; `sentences.py` shows a script with its doubts; `mending.py` changes it and takes changes back;
`press.py` publishes; `app.py` has the paths, `templates/` the pages. What an editor changed lies in the show's
`corrections.toml` and `lexicon.toml`, where `make` and `watch` find it.
"""
