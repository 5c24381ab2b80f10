"""The doors in Arabic: every text has its Arabic, in whole plurals, and lines that do not turn around."""

from __future__ import annotations

import importlib.util
import re
import sys
import unicodedata
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from tts_news import words
from tts_news.errors import ReadError

Door = Callable[..., tuple[int, str, str]]
ROOT = Path(__file__).parents[1]
PO = ROOT / "tts_news" / "locale" / "ar" / "LC_MESSAGES" / "tts_news.po"
NAME = re.compile(r"\{(\w+)\}")
CODE = re.compile(r"tts-news |\{path\} --|\[\w+\] \w+: |\w+ = |iconv ")  # what is typed, the same in every language
FSI, PDI = "\u2068", "\u2069"


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("words_script", ROOT / "scripts" / "words.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    return read_po(BytesIO(PO.read_bytes()), locale="ar")


@pytest.fixture
def arabic(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("LANGUAGE", "ar")
    words.speak("ar")
    yield
    monkeypatch.undo()
    words.speak("en")
    monkeypatch.delenv("LANGUAGE", raising=False)


def test_every_text_that_a_door_may_show_has_its_arabic(script: ModuleType, catalogue: Catalog) -> None:
    told = {entry.id: entry.string for entry in catalogue if entry.id}
    assert [text for text in script.messages() if not told.get(text)] == [], "python scripts/words.py"
    assert [pair for pair in script.plurals() if not all(told.get(pair, ("",)))] == []
    kinds = [(word, kind) for kind, words in script.kinds().items() for word in words]
    entries = {(entry.id, entry.context): entry.string for entry in catalogue}
    assert len(kinds) > 90
    assert [key for key in kinds if not entries.get(key)] == []


def test_arabic_is_arabic_in_nfc(catalogue: Catalog) -> None:
    for entry in catalogue:
        if entry.id:
            text = "".join(entry.string)
            assert text == unicodedata.normalize("NFC", text)
            assert re.search("[\u0621-\u064a،]", text) or CODE.match(entry.id), entry.id


def page(script: ModuleType, tmp_path: Path, text: str) -> list[str]:
    path = tmp_path / "page.html"
    path.write_text(text, encoding="utf-8")
    return list(script.Page(path).texts())


def test_what_a_page_says_is_found_wherever_it_stands(script: ModuleType, tmp_path: Path) -> None:
    said = (
        '{{ _("one") }}{% if x %}<p title="{{ _("two" if y else "three") }}">{% endif %}{{ _(state, "state") }}'
        '{% for a, b in (("k", "four"), ("l", "five")) %}{{ a }}{{ _(b) }}{% endfor %}{{ _({"m": "six"}[a]) }}'
        '{{ _("one word", "role") }}'
    )
    assert page(script, tmp_path, said) == ["one", "two", "three", "four", "five", "six"]


@pytest.mark.parametrize("unseen", ["{{ _(state) }}", '{{ _(state, "stat") }}', '{{ _("rule " ~ rule) }}'])
def test_what_nobody_can_see_in_a_page_is_refused(script: ModuleType, tmp_path: Path, unseen: str) -> None:
    with pytest.raises(ValueError, match=r"page\.html:1: no"):
        page(script, tmp_path, unseen)


def test_a_request_has_a_language_of_its_own_beside_that_of_the_process() -> None:
    assert words.translated("Usage") == "Usage"
    assert words.translated("The desk", language="ar") == "مكتب التحرير"
    assert words.translated("The desk", language="en") == "The desk"
    assert words.message("there is no file a", "ar") == f"لا يوجد ملف {FSI}a{PDI}"
    assert words.several("{count} chapter", "{count} chapters", 2, language="ar") == "فصلان"


def test_words_that_english_has_one_of_are_told_apart() -> None:
    told = [words.translated("published", language="ar", context=kind) for kind in ("state", "book")]
    assert told == ["منشورة", "نُشرت"]
    assert words.translated("published", language="en", context="state") == "published"


def test_the_arabic_has_the_same_values_and_all_six_plurals(catalogue: Catalog) -> None:
    for entry in catalogue:
        if not entry.id:
            continue
        if isinstance(entry.id, tuple):
            assert len(entry.string) == 6, entry.id
            named = set(NAME.findall(entry.id[1]))
            assert all(set(NAME.findall(form)) | {"count"} == named for form in entry.string), entry.id
        else:
            assert sorted(NAME.findall(entry.id)) == sorted(NAME.findall(entry.string)), entry.id


@pytest.mark.usefixtures("arabic")
def test_a_message_is_found_by_the_template_it_was_made_from() -> None:
    err = ReadError("there is no file news/خبر.txt", hint="did you mean rawiya?")
    assert words.say_error(err) == (f"خطأ: لا يوجد ملف {FSI}news/خبر.txt{PDI}\nتلميح: هل تقصد {FSI}rawiya{PDI}؟")
    inner = words.message("cannot read the lexicon a.toml: No such file or directory")
    assert inner.startswith("تتعذّر قراءة المعجم")
    assert "لا يوجد ملف أو مجلد" in inner
    assert words.message("something nobody has translated: 1") == "something nobody has translated: 1"


@pytest.mark.usefixtures("arabic")
def test_isolates_are_closed_and_what_is_not_ours_is_shown_whole() -> None:
    for text in (
        "cannot read a{b}.txt: [Errno 2] (x)",
        "--speed = 9.0 does not hold",
        "there is no file " + "a" * 5000,
    ):
        told = words.message(text)
        assert told.count(FSI) == told.count(PDI)
        assert "a{b}.txt" in told or "9.0" in told or told == text


@pytest.mark.usefixtures("arabic")
def test_the_path_of_an_edition_is_taken_from_its_line_as_it_stands(tts_news: Door, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("افتتاح حديقة\n\nافتتحت البلدية حديقة جديدة في وسط المدينة.\n", encoding="utf-8")
    code, out, _ = tts_news("--lang", "ar", "make", "a.txt", "--format", "wav", "-o", "out")
    path, *_ = out.split("  ")
    assert (code, Path(path).is_file()) == (0, True), out


@pytest.mark.usefixtures("arabic")
def test_numbers_take_the_form_that_arabic_gives_them() -> None:
    forms = [words.several("{count} chapter", "{count} chapters", count) for count in (1, 2, 3, 11, 100)]
    plain = [form.replace(FSI, "").replace(PDI, "") for form in forms]
    assert plain == ["فصل واحد", "فصلان", "3 فصول", "11 فصلًا", "100 فصل"]


@pytest.mark.usefixtures("arabic")
def test_the_door_speaks_arabic_when_asked_and_json_never_does(tts_news: Door) -> None:
    code, _, err = tts_news("--lang", "ar", "make", "none.txt")
    assert code == 3
    assert err.startswith("خطأ: لا يوجد ملف")
    code, out, _ = tts_news("--lang", "ar", "config", "--help")
    assert code == 0
    assert "اطبع الإعدادات السارية" in out
    code, out, err = tts_news("--lang", "en", "make", "none.txt", "--json")
    assert (code, out) == (3, "")
    assert err.startswith("error: there is no file")


def test_a_language_nobody_speaks_is_refused(tts_news: Door) -> None:
    assert tts_news("--lang", "fr", "make")[0] == 2
