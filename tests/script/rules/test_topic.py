"""What the rules know of an article: its headline is read by it."""

from __future__ import annotations

import pytest

from tts_news.script.rules import money, scores, sport
from tts_news.script.rules.order import for_article
from tts_news.script.rules.topic import NO_TOPIC, Topic, decimal_of, land_of, topic_of

MATCH = (
    "حسم الفريق الضيف مباراة الذهاب في الدوري على ملعبه. وأحرز المهاجم هدفين في الشوط الأول، "
    "ثم رد المنتخب بهدف من ركلة جزاء قبل أن يطلق الحارس الكرة بعيدا عن المرمى."
)
POLITICS = "قال الوزير إن هدف الاجتماع الاتفاق على خطة، وإن فريق العمل سجل تقدما في المفاوضات مع نظيره."


def test_an_article_of_many_words_of_sport_is_sport() -> None:
    assert topic_of(MATCH).sport
    assert not topic_of(POLITICS).sport


@pytest.mark.parametrize(
    ("text", "land"),
    [
        ("افتتح في الدار البيضاء معرض مغربي", "MA"),
        ("وصل وفد كويتي إلى الكويت قادما من دبي", "KW"),
        ("بين تونس والجزائر", ""),
        ("خبر بلا بلد", ""),
    ],
)
def test_the_land_is_the_one_named_most(text: str, land: str) -> None:
    assert land_of(text) == land


def test_a_headline_of_sport_is_a_score() -> None:
    assert scores.rewrite("الشباب 2-1 الرائد", Topic(sport=True)) == "الشباب اثنين مقابل واحد الرائد"
    assert scores.rewrite("الشباب 2-1 الرائد", NO_TOPIC) == "الشباب 2-1 الرائد"


def test_the_subunit_is_that_of_the_land() -> None:
    assert money.rewrite("4.20 دينار", Topic(land="TN")) == "أربعة دنانير ومئتا مليم"
    assert money.rewrite("4.20 دينار", Topic(land="DZ")) == "أربعة دنانير وعشرون سنتيما"
    assert money.rewrite("بيع في تونس بنحو 4.20 دينار", Topic(land="DZ")).endswith("أربعة دنانير ومئتي مليم")


def test_a_list_of_scorers_has_minutes() -> None:
    text = "الفريق: سعد (9)، وليد (30)"
    assert sport.rewrite(text, Topic(sport=True)) == "الفريق: سعد في الدقيقة 9، وليد في الدقيقة 30"
    assert sport.rewrite(text, NO_TOPIC) == text


def test_the_rules_of_an_article_are_as_many_as_those_of_a_line() -> None:
    text = "الشباب 2-1 الرائد"
    for rule in for_article(Topic(sport=True)):
        text = rule(text)
    assert text == "الشباب اثنين مقابل واحد الرائد"


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("نما 4,5% إلى 3.120 طن", ","),
        ("نما 4.5% إلى 3,120 طن", "."),
        ("نما 4,5% ثم 4.5% من 3,120 طن", ""),
        ("نما 4,5% فقط", ""),
        ("الساعة 10.30 صباحا حضر 3,120 شخصا", ""),
        ("الساعة 10.30 صباحا حضر 3.120 شخصا بنسبة 4,5 في المائة", ","),
    ],
)
def test_the_sign_before_decimals_is_the_only_one_the_article_has_there(text: str, sign: str) -> None:
    assert decimal_of(text) == sign
