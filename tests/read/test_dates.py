from __future__ import annotations

import pytest

from tts_news.read.boilerplate import load
from tts_news.read.dates import clean_iso, find_date, is_date_line
from tts_news.read.sections import split_categories

DATES = [
    ("28/05/2022", "2022-05-28"),
    ("4 يناير، 2022", "2022-01-04"),
    ("4 يناير، 20224 يناير، 2022np_amr", "2022-01-04"),
    ("الأربعاء، 28 آب/اغسطس 2013، آخر تحديث 14:00 (GMT+0400)", "2013-08-28"),
    ("الجمعة 8 فيفري 2019", "2019-02-08"),
    ("2026-01-08 | 12:42", "2026-01-08"),
    ("7:52 م في يناير 26, 2020", "2020-01-26"),
    ("٣ مارس/ آذار ٢٠٢٤", "2024-03-03"),
    ("تاريخ النشر:22.11.2026 | 14:05 GMT", "2026-11-22"),
    ("Published On 14/3/202614/3/2026", "2026-03-14"),
    ("منذ 32 دقيقة", ""),
    ("قبل ساعتين", ""),
    ("الأحد", ""),
]
NO_DATES = [
    "سيكون التدريب يوم الخميس 11 يناير الساعة 10:30 صباحًا.",
    "حيث انه قد تم من البداية طلبات تصحيح الأوضاع في يوم 28 فبراير 2021",
    "كأس العالم 2022",
    "الدفعة 2026",
    "مباراة اليوم",
]


@pytest.mark.parametrize(("line", "iso"), DATES)
def test_a_line_that_is_only_a_date_is_one(line: str, iso: str) -> None:
    assert is_date_line(line)
    assert find_date(line) == iso


@pytest.mark.parametrize("line", NO_DATES)
def test_a_line_with_a_date_in_it_is_none(line: str) -> None:
    assert not is_date_line(line)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2022-01-04T22:24:21+0300", "2022-01-04T22:24:21+03:00"),
        ("2022-01-04T22:24:21.123Z", "2022-01-04T22:24:21Z"),
        ("2022/01/04", "2022-01-04"),
        ("2022-13-04", ""),
        ("31/02/2022", ""),
        ("soon", ""),
        ("1000-01-01", "1000-01-01"),
        ("0001-01-01T00:00:00+14:00", ""),
        ("0999-12-31", ""),
        ("9998-12-31T23:59:59-14:00", "9998-12-31T23:59:59-14:00"),
        ("9999-12-31T23:59:59-14:00", ""),
    ],
)
def test_machine_dates_are_iso_or_nothing(text: str, iso: str) -> None:
    assert clean_iso(text) == iso


def test_a_day_that_no_month_has_is_no_date() -> None:
    assert find_date("31/02/2022") == ""


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("آسياأخبار العالم", ("آسيا", "أخبار العالم")),
        ("اقتصادالطاقة", ("اقتصاد", "الطاقة")),
        ("أخبار / شنغن, فيزا", ("أخبار", "شنغن", "فيزا")),
        ("آخر الاخبار بنوك", ("آخر الاخبار", "بنوك")),
        ("رياضة", ("رياضة",)),
        ("سياسةزلنتوغ", ("سياسة", "زلنتوغ")),
        ("وزير الخارجية يزور مصر", ()),
        ("اقتصاد ينمو", ()),
    ],
)
def test_category_lines_are_cut_into_their_names(line: str, names: tuple[str, ...]) -> None:
    assert split_categories(line, load().sections) == names


def test_a_breadcrumb_ends_with_the_headline_which_is_no_category() -> None:
    assert split_categories("الرئيسية/تقارير/عنوان الخبر هنا", load().sections, "عنوان الخبر هنا") == (
        "الرئيسية",
        "تقارير",
    )
