from __future__ import annotations

import pytest

from tts_news.script.rules import latin

LEFT_ALONE = [
    "لا حروف أجنبية هنا",
]

REWRITTEN = [
    ("معالج Elite Gen ثلاثة", "معالج إليت جين ثلاثة"),
    ("خلال STORM الأخير", "خلال ستورم الأخير"),
    ("فوز NADIR TALEB", "فوز نيدر تاليب"),
    ("BBC", "بي بي سي"),
    ("FBI", "إف بي آي"),
    ("NASA", "ناسا"),
    ("who", "هو"),
    ("WHO", "دبليو إتش أو"),
    ("الBBC", "البي بي سي"),
    ("لCNN", "لسي إن إن"),
    ("بGoogle", "بغوغل"),
    ("لAl Jazeera", "للجزيرة"),
    ("New York Times", "نيويورك تايمز"),
    ("U.S.", "يو إس"),
    ("McDonald's", "ماكدونالدز"),
    ("AT&T", "إيه تي آند تي"),
    ("Standard & Poor's", "ستاندرد آند بورز"),
    ("Wi-Fi", "واي فاي"),
    ("NGOs", "إن جي أو"),
    ("Dr. Smith", "دكتور سميث"),
    ("Jean-Luc", "جان لوك"),
    ("Erdoğan", "أردوغان"),
    ("Путин", "بوتين"),
    ("α", "ألفا"),
    ("OPEC+", "أوبك بلس"),
    ("YouTube", "يوتيوب"),
]


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_it_leaves_alone(text: str) -> None:
    assert latin.apply(text) == text


@pytest.mark.parametrize(("written", "spoken"), REWRITTEN)
def test_it_rewrites(written: str, spoken: str) -> None:
    # How many spaces stand between words is the last rule's business.
    assert latin.apply(written).split() == spoken.split()


def test_it_tells_which_words_it_makes() -> None:
    assert latin.foreign_words("قالت Google وWindows 10 أمس") == {"غوغل", "ويندوز"}
    assert latin.foreign_words("لا حروف أجنبية هنا") == frozenset()
