from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

Run = Callable[..., tuple[int, str, str]]

LEDE = "أعلنت البلدية صباح اليوم عن افتتاح حديقة جديدة في الحي الشرقي بعد عامين من العمل المتواصل على تجهيزها."
LIST = "  1. ملاعب:\n    ثلاثة ملاعب.\n  2. مكتبة"
TEXT = f"محليات\n\nحديقة جديدة في الحي الشرقي من المدينة\n\n{LEDE}\n\n{LIST}\n\nاترك تعليقاً\n"


def article(tmp_path: Path, text: str = TEXT) -> Path:
    path = tmp_path / "a.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_json_has_the_shape_that_others_build_on(tts_news: Run, tmp_path: Path) -> None:
    code, out, _ = tts_news("read", article(tmp_path), "--json")
    found = json.loads(out)
    assert code == 0
    assert found["title"] == "حديقة جديدة في الحي الشرقي من المدينة"
    assert found["categories"] == ["محليات"]
    assert {"author", "published", "modified", "url", "language"} <= set(found)
    paragraph, block = found["blocks"]
    assert (paragraph["kind"], paragraph["text"]) == ("paragraph", LEDE)
    assert {"kind", "text", "level", "ordered", "items", "cite"} <= set(paragraph)
    assert (block["kind"], block["ordered"]) == ("list", True)
    assert [(item["title"], item["body"]) for item in block["items"]] == [("ملاعب", "ثلاثة ملاعب."), ("", "مكتبة")]
    assert {"text": "اترك تعليقاً", "reason": "comment form"} in found["dropped"]


def test_kept_and_dropped_stand_side_by_side(tts_news: Run, tmp_path: Path) -> None:
    code, out, _ = tts_news("read", article(tmp_path))
    assert code == 0
    assert "kept" in out
    assert "dropped" in out
    assert "comment form" in out


def test_an_unreadable_input_is_one_error_with_its_own_code(tts_news: Run, tmp_path: Path) -> None:
    code, out, err = tts_news("read", tmp_path / "none.txt")
    assert (code, out) == (3, "")
    assert err.startswith("error: there is no file")
    assert "hint: " in err
    assert "Traceback" not in err


def test_some_unreadable_inputs_leave_the_others(tts_news: Run, tmp_path: Path) -> None:
    code, out, err = tts_news("read", tmp_path / "none.txt", article(tmp_path), "--json")
    assert code == 9
    assert json.loads(out)["title"]
    assert "none.txt" in err


def test_from_decides_the_kind(tts_news: Run, tmp_path: Path) -> None:
    assert tts_news("read", article(tmp_path), "--from", "feed")[0] == 3


def test_limit_and_since_reach_the_feed(tts_news: Run, tmp_path: Path) -> None:
    items = "".join(
        f"<item><title>خبر {day}</title><pubDate>0{day} Jan 2026 08:00:00 +0000</pubDate>"
        f"<description>{f'&lt;p&gt;{LEDE}&lt;/p&gt;' * 10}</description></item>"
        for day in range(1, 6)
    )
    feed = article(tmp_path, f"<rss version='2.0'><channel>{items}</channel></rss>")
    assert len(tts_news("read", feed, "--json", "--limit", "2")[1].splitlines()) == 2
    assert len(tts_news("read", feed, "--json", "--since", "2026-01-03")[1].splitlines()) == 3


def test_items_have_the_numbers_of_the_page(tts_news: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(
        f"<article><h1>حديقة جديدة في الحي الشرقي</h1><p>{LEDE}</p><ol start='3'><li>ملاعب للأطفال<ul><li>ملعب صغير"
        f"</li><li>ملعب كبير</li></ul></li><li>مكتبة عامة</li></ol><p>{LEDE} وحضر السكان.</p></article>",
        encoding="utf-8",
    )
    _, out, _ = tts_news("read", path)
    assert [number for number in ("item 3", "item 4", "item 5", "item 6") if number in out] == ["item 3", "item 4"]
