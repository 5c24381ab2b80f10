"""`python -m tts_news` is the same door as `tts-news`."""

from tts_news.cli import main

if __name__ == "__main__":
    main()
