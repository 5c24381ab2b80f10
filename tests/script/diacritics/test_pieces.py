from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tts_news.script.diacritics.pieces import CONTEXT_CHARS, CORE_CHARS, cut


@given(st.text(alphabet="اب وم.،؟!\n»-", max_size=3000))
def test_pieces_cover_the_text_without_gap_or_overlap(text: str) -> None:
    at = 0
    for piece in cut(text):
        assert piece.start == at
        assert piece.left <= piece.start < piece.end <= piece.right
        assert piece.right - piece.left <= CORE_CHARS + 3 * CONTEXT_CHARS
        at = piece.end
    assert at == len(text)


def test_a_sentence_is_a_piece_with_its_mark_and_the_space_after_it() -> None:
    text = "قال نعم. وذهب! «هل عاد؟» لا"
    assert [text[p.start : p.end] for p in cut(text)] == ["قال نعم. ", "وذهب! ", "«هل عاد؟» ", "لا"]


def test_a_point_inside_a_number_or_word_ends_nothing() -> None:
    text = "بلغ 3.5 في المئة"
    assert [text[p.start : p.end] for p in cut(text)] == [text]


def test_a_long_sentence_is_cut_after_a_comma_rather_than_elsewhere() -> None:
    text = "كلمة " * 40 + "كلمة، " + "كلمة " * 40
    pieces = list(cut(text))
    assert len(pieces) == 2
    assert text[: pieces[0].end].endswith("، ")


def test_the_part_of_a_long_sentence_is_read_with_whole_words_around_it() -> None:
    text = "كلمة " * 200
    for piece in cut(text):
        assert piece.left == 0 or text[piece.left - 1] == " "
        assert piece.right == len(text) or text[piece.right] == " "


def test_a_word_longer_than_any_piece_is_cut_all_the_same() -> None:
    text = "ب" * 5000
    assert sum(p.end - p.start for p in cut(text)) == 5000


def test_a_change_in_one_sentence_leaves_the_pieces_of_the_others() -> None:
    one, two = "قال الرجل شيئا. ", "ثم ذهب. "
    first = next((p.start, p.end, p.left, p.right) for p in cut(one + two))
    assert first == next((p.start, p.end, p.left, p.right) for p in cut(one + two * 30))
