"""Where text is cut: paragraphs into sentences, long sentences into pieces that a voice can say in one breath."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from tts_news.arabic import LETTERS, MARKS, bare, count_letters, words
from tts_news.frozen import dataclass
from tts_news.patterns import lazy
from tts_news.script.data_files import data_file

_ARABIC = f"[{LETTERS}{MARKS}]"
_CLOSERS = "»\"”’'\\])}›"
_END = lazy(rf"(?P<stop>[.!?؟…]+)(?P<closers>[{_CLOSERS}]*)")
_NEAR = 32  # characters looked at on either side of a stop: longer than any abbreviation
_LAST_TOKEN = lazy(r"[^\s«\"“(\[]*\Z")
_SINGLE_LETTERS = lazy(rf"[{LETTERS}A-Za-z]\u0640?(?:\.[{LETTERS}A-Za-z]\u0640?)*")
_LATIN_TITLES = frozenset(
    {
        "mr",
        "mrs",
        "ms",
        "dr",
        "st",
        "prof",
        "gen",
        "col",
        "sgt",
        "lt",
        "sen",
        "rep",
        "gov",
        "rev",
        "jr",
        "sr",
        "vs",
        "no",
        "vol",
        "fig",
        "al",
        "inc",
        "ltd",
        "co",
        "corp",
    }
)
_DATED = frozenset({"م", "هـ", "ه", "ق.م"})
"""Era signs: after a year they may well end a sentence, unlike a title such as د. or أ."""
_BLANK_LINE = lazy(r"\n[^\S\n]*\n")
_GOES_ON = ("،", ",")
"""A line that ends in a comma goes on in the next one."""


def sentences(text: str, whole: Sequence[tuple[int, int]] = ()) -> list[tuple[int, int]]:
    """Return where each sentence of a paragraph starts and ends, white space left out.

    Every other character is in exactly one sentence. `whole` are ranges that no cut may fall into.
    """
    cuts = [match.end() for match in _END.finditer(text) if _ends_sentence(text, match)]
    cuts += [match.end() for match in _BLANK_LINE.finditer(text) if _last_sign(text, match.start()) not in _GOES_ON]
    held = sorted(whole)
    spans = []
    start = inside = 0
    for cut in [*sorted(cuts), len(text)]:
        while inside < len(held) and held[inside][1] <= cut:
            inside += 1
        if inside < len(held) and held[inside][0] < cut < held[inside][1]:
            continue
        piece = text[start:cut]
        left = start + len(piece) - len(piece.lstrip())
        right = start + len(piece.rstrip())
        if right > left:
            spans.append((left, right))
        start = cut
    return _with_orphans(text, spans)


def _last_sign(text: str, end: int) -> str:
    return text[max(0, end - _NEAR) : end].rstrip()[-1:]


def _with_orphans(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join a span without any letter or digit (a lone quote mark, an ellipsis) to the sentence before it."""
    joined: list[tuple[int, int]] = []
    for left, right in spans:
        if joined and not any(character.isalnum() for character in text[left:right]):
            joined[-1] = (joined[-1][0], right)
        else:
            joined.append((left, right))
    return joined


def _ends_sentence(text: str, match: re.Match[str]) -> bool:
    stop, after = match["stop"], text[match.end() : match.end() + _NEAR]
    before = text[max(0, match.start() - _NEAR) : match.start()]
    if not after.strip() and match.end() + _NEAR >= len(text):
        return True
    glued = not after[:1].isspace()
    if glued:
        return _ends_glued(stop, before, after)
    if _is_aside(text, match):
        return False
    if set(stop) <= {"…", "."} and (len(stop) > 1 or stop == "…"):
        return False  # an ellipsis, or the two dots of headlines: a pause inside the sentence
    if stop != ".":
        return True
    token = _last_token(before)
    return not _is_abbreviation(token, before[: len(before) - len(token)], match.start() < _NEAR, after)


_ASIDE = lazy(r"(?P<before>[^.!?؟…()\[\]]{1,160})[(\[][^()\[\]]{1,80}\Z")
_ASKS = lazy(r"\s*[«\"“]?(?:و|ف)?(?:هل|كيف|متى|أين|ماذا|لماذا|من|ما|أ?ليس|كم)\s")


def _is_aside(text: str, match: re.Match[str]) -> bool:
    """Whether what stops is a word in brackets inside a sentence that goes on: وصل الوفد (أخيرا!) وبدأت الجلسة."""
    if not match["closers"].startswith((")", "]")):
        return False
    found = _ASIDE.search(text, max(0, match.start() - 240), match.start())
    if found is None or not found["before"].strip():
        return False
    asked = "؟" in match["stop"] and _ASKS.match(found["before"]) is not None
    return not asked or text[match.end() :].lstrip()[:1] in {"و", "ف"}


def _last_token(before: str) -> str:
    found = _LAST_TOKEN.search(before)
    return found[0] if found else ""


def _ends_glued(stop: str, before: str, after: str) -> bool:
    """Whether a stop without white space after it ends a sentence: pasted text often lost the space."""
    if not re.match(rf"[«\"“(]?{_ARABIC}", after):
        return False
    if set(stop) & set("؟!?"):
        return True
    if stop != ".":
        return False
    last = re.search(rf"{_ARABIC}+\Z", before)
    following = re.match(rf"[«\"“(]?({_ARABIC}+)", after)
    return last is not None and following is not None and len(bare(last[0])) >= 3 and len(bare(following[1])) >= 2


_JOINED_TITLE = lazy(r"(?:[وفلب]|لل)\u0640?[دأام](?:\.[دم])?")
_NO_TITLE = frozenset({"بد", "لم", "بم", "وا", "لا", "فا", "با"})
"""لا بد, لم and the like: words with the letters of a prefix and a title, which need a name behind them to be one."""

_NAME_AHEAD = lazy(rf"\A\s*[{LETTERS}][{LETTERS}{MARKS}]{{2,}}")


def _is_abbreviation(token: str, before_token: str, at_start: bool, after: str) -> bool:
    letters = bare(token)
    if letters in _DATED and re.search(r"\d\s?\Z", before_token):
        return False
    if _SINGLE_LETTERS.fullmatch(letters):
        return True
    if _JOINED_TITLE.fullmatch(letters) and _NAME_AHEAD.match(after):  # ود. ليلى, ولد. سامي
        return letters not in _NO_TITLE or (letters == "بد" and not before_token.rstrip().endswith("لا"))
    if letters.lower() in _LATIN_TITLES and token[:1].isupper():
        return True
    # "1. text": the number of an item, not a sentence of its own
    return token.isdigit() and len(token) <= 3 and at_start and not before_token.strip()


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a sentence: the written text, and how many words of the spoken sentence it stands for."""

    written: str
    words: int
    soft: bool = False
    """Cut where the text has no punctuation: a breath, not a pause."""

    linked: bool = False
    """Cut inside a phrase: the next word completes the last one, which keeps its ending."""


(
    _BREAK_STRONG,
    _BREAK_COMMA,
    _BREAK_CLAUSE,
    _BREAK_AND,
    _BREAK_PHRASE,
    _BREAK_RELATIVE,
    _BREAK_SPACE,
    _BREAK_PAIR,
    _BREAK_VERB,
) = range(9)
_RANK_COST = (0.0, 0.6, 4.0, 7.0, 8.0, 11.0, 13.0, 18.0, 26.0)
"""What a cut costs by where it falls, against 10 for one piece more than needed: a comma is worth a lopsided cut, a
bare space hardly ever. Found by reading the pieces of 60 sentences of 40 to 90 words."""

_DAY = "(?:ال)?(?:سبت|أحد|اثنين|إثنين|ثلاثاء|أربعاء|خميس|جمعة)"
_NIGHT = lazy(rf"{_DAY} ?[-–—] ?{_DAY}(?![{LETTERS}])")
"""ليل الجمعة - السبت: one night."""

_HOURS = frozenset("صباحا مساء ظهرا عصرا فجرا ليلا".split())
"""الرابعة عصرا is one."""

_NUMBER_CLITICS = ("", "و", "ب", "ل", "ك", "ف", "ال", "وال", "بال", "لل", "وب", "ول")
_PAIRED = lazy(r"«[^«»]{1,40}»|\([^()]{1,40}\)|\"[^\"]{1,40}\"|“[^“”]{1,40}”|\[[^\[\]]{1,40}\]")
_BETWEEN = lazy(r"(?:^|\s)و?بين\s")
_JOINS = lazy(r"\sو")
_COMPLEMENTERS = frozenset("إن أن بأن وإن وأن فإن".split())
_SPACE = lazy(r"\s+")
_LATIN = lazy(r"[A-Za-z]")
_EDGE = lazy(rf"\A[^{LETTERS}0-9A-Za-z٠-٩]+|[^{LETTERS}{MARKS}0-9A-Za-z٠-٩%٪]+\Z")
_TRIED = 24  # legal cuts are common: more tries than this on one sentence have never found another


def pieces(
    written: str,
    spoken_of: Callable[[str], str],
    limit: int,
    whole: Sequence[tuple[int, int]] = (),
    letters: Callable[[str], int] = count_letters,
) -> list[Piece]:
    """Return the sentence in pieces of at most `limit` spoken letters each, cut at the best pauses.

    A cut is made only where both sides, read by themselves, are the words of the whole: so never inside a number, a
    date or an amount. `spoken_of` gives the words that a part of the written sentence is read as; `whole` are ranges of
    `written` (names, marks) that are kept together. Nothing is lost or doubled: the pieces joined are the sentence.
    `letters` counts those of spoken words; no single word may have more of them than `limit`.
    """
    cut = []
    stack = [(written, spoken_of(written), 0, 0)]
    while stack:
        text, said, offset, after = stack.pop()
        soft, linked = after >= _BREAK_CLAUSE, after >= _BREAK_SPACE
        if letters(said) <= limit:
            cut.append(Piece(text, len(words(said)), soft, linked))
            continue
        found = _best_cut(text, said, spoken_of, limit, [(start - offset, end - offset) for start, end in whole])
        if found is None:
            cut.extend(_forced(text, words(said), limit, letters, soft=soft))
            continue
        place, left, right, rank = found
        stack.append((text[place:], right, offset + place, after))
        stack.append((text[:place].rstrip(), left, offset, rank))
    return cut


def _best_cut(
    text: str, said: str, spoken_of: Callable[[str], str], limit: int, whole: list[tuple[int, int]]
) -> tuple[int, str, str, int] | None:
    said_words = words(said)
    for _, place, rank in sorted(_candidates(text, limit, whole))[:_TRIED]:
        left, right = spoken_of(text[:place].rstrip()), spoken_of(text[place:].lstrip())
        left_words, right_words = words(left), words(right)
        if left_words and right_words and left_words + right_words == said_words:
            return place, left, right, rank
    return None


def _candidates(text: str, limit: int, whole: list[tuple[int, int]]) -> Iterator[tuple[float, int, int]]:
    """Yield (cost, place, rank) for every space of the text that may be cut at."""
    held = sorted([*whole, *(match.span() for match in _PAIRED.finditer(text))])
    weights = _spoken_letters(text)
    total = weights[-1]
    inside = 0
    for space in _SPACE.finditer(text):
        place = space.end()
        while inside < len(held) and held[inside][1] <= space.start():
            inside += 1
        if inside < len(held) and held[inside][0] < place and space.start() < held[inside][1]:
            continue
        rank = _rank(text, space.start(), place)
        left = weights[space.start()]
        right = total - left
        if rank is None or not left or not right:
            continue
        count = -(-left // limit) + -(-right // limit)
        sliver = 12.0 if min(left, right) < 14 else 0.0
        yield 10.0 * count + _RANK_COST[rank] + sliver + 5.0 * abs(left - right) / total, place, rank


def _spoken_letters(text: str) -> list[int]:
    """Return, for each place in the text, how many letters are spoken before it, a digit counting eight."""
    total, sums = 0, [0]
    for character in text:
        if character.isdigit():
            total += 8
        elif character.isalpha() or character in "%٪$€£":
            total += 1 if character > "\u0600" else 3
        sums.append(total)
    return sums


def _rank(text: str, end: int, start: int) -> int | None:
    """Return how good a pause the space between `end` and `start` is, or None where no pause may be made."""
    before = text[max(0, end - _NEAR) : end].split()[-1:]
    after = text[start : start + _NEAR].split()[:1]
    last, following = (before or [""])[0], (after or [""])[0]
    closing = last.rstrip("»\"”’')]}")
    if closing.endswith(("؛", ".", "؟", "!", "?", "…", ";")) or last in {"-", "–", "—"}:
        initial = closing.endswith(".") and _SINGLE_LETTERS.fullmatch(bare(closing[:-1]))
        return None if initial or _NIGHT.search(text, max(0, end - _NEAR), start + _NEAR) else _BREAK_STRONG
    if closing.endswith(("،", ",", ":")):
        return _BREAK_COMMA
    return _rank_without_sign(text, end, start, bare(_EDGE.sub("", last)), bare(_EDGE.sub("", following)))


def _rank_without_sign(text: str, end: int, start: int, last: str, following: str) -> int | None:
    """Return `_rank` where no punctuation stands before the space, between the words `last` and `following`."""
    if not last or not following or _joined(last, following) or _is_compound(last, following):
        return None
    words_before, words_after = text[max(0, end - 2 * _NEAR) : end].split(), text[start : start + _NEAR].split()
    earlier = bare(words_before[-2]) if len(words_before) > 1 else ""
    second = bare(_EDGE.sub("", words_after[1])) if len(words_after) > 1 else ""
    rank = _rank_of_words(last, following, second)
    if rank is None or _is_verb(last, earlier):
        return None if rank is None else _BREAK_VERB
    if rank == _BREAK_CLAUSE and _FUTURE.match(following) and earlier in _COMPLEMENTERS:
        return None  # إن القرار سيلحق: one word is no clause's half
    # بين الجيش وقوات الدعم: what و joins there belongs together, and after that no more.
    between = list(_BETWEEN.finditer(text, max(0, end - 2 * _NEAR), end)) if rank == _BREAK_AND else []
    return None if between and _JOINS.search(text, between[-1].end(), end) is None else rank


def _is_compound(last: str, following: str) -> bool:
    """Whether an adverb and its preposition are as one word: بدلا من, وفقا ل, إضافة إلى."""
    if following not in {"من", "عن", "إلى", "على"} and not (following.startswith(("ل", "ب")) and len(following) > 3):
        return False
    return last.removeprefix("و") in _pause_words()["compound"]


def _rank_of_words(last: str, following: str, second: str) -> int | None:
    """Return how good a pause is between two words that no punctuation divides; `second` stands behind them."""
    rules = _pause_words()
    alone = last.removeprefix("و")
    describes = following == "غير" and not second.startswith("أن")  # المنظمات غير الحكومية
    if describes or last in rules["glue"] or alone in rules["glue"] or alone in rules["leaning"]:
        return None
    joined = following.startswith("و") and len(following) > 3 and following not in rules["root_waw"]
    # الخرائط واللوحات: two things of one phrase, not two of a sentence.
    listed = joined and alone.startswith("ال") and following.startswith("وال")
    if following in rules["relative"] or (listed and following not in rules["clause"]):
        return _BREAK_RELATIVE
    if following in rules["clause"] or _opens_clause(following, second):
        return _BREAK_CLAUSE
    if joined:
        return _BREAK_AND
    if following in rules["phrase"] or _has_preposition(following):
        return _BREAK_PHRASE
    return _BREAK_PAIR if _belong_together(last, following) else _BREAK_SPACE


_FUTURE = lazy(r"^س[يت]\w{3,}$")


def _opens_clause(word: str, second: str) -> bool:
    """Whether a word begins a clause, with the one behind it or alone: لا سيما, غير أن, ما أدى إلى, قائلين."""
    clause = _pause_words()["clause"]
    if word.endswith("ين") and (f"{word[:-2]}ا" in clause or f"{word[:-3]}ة" in clause):  # قائلين
        return True
    if word.removeprefix("و") in _pause_words()["leaning"] or (word == "لا" and second == "سيما"):
        return True
    if _FUTURE.match(word) and _is_only_verb(word):  # … خلال العام الجاري سيؤدي إلى
        return True
    return (word == "غير" and second.startswith("أن")) or (word == "ما" and _may_be_verb(second))


def _has_preposition(word: str) -> bool:
    """Whether a word can be nothing but a noun behind the ل or ب that is written onto it: لزراعة, بمشاركة."""
    if word[:1] not in "لب" or len(word) < 5 or word.startswith(("لل", "بال")):
        return False
    from tts_news.script.diacritics.forms import load_forms

    forms = load_forms().of(word)
    return bool(forms) and all(form.is_nominal and form.stem[0] for form in forms)


def _is_only_verb(word: str) -> bool:
    """Whether a word is a verb and can be nothing else."""
    from tts_news.script.diacritics.forms import load_forms

    return load_forms().only_verb(word)


def _is_only_noun(word: str) -> bool:
    from tts_news.script.diacritics.forms import load_forms

    forms = load_forms().of(word)
    return bool(forms) and not any(form.is_verb for form in forms)


def _may_be_verb(word: str) -> bool:
    from tts_news.script.diacritics.forms import load_forms

    particle = word in _pause_words()["phrase"] or word in _pause_words()["glue"]
    return not particle and any(form.is_verb for form in load_forms().of(word))


def _belong_together(last: str, following: str) -> bool:
    """Whether a noun and the word after it look like one phrase: الأمن القومي, مشروع قرار, شراكة استراتيجية."""
    if following.startswith(("ال", "لل")):
        return True
    # Behind a definite noun or one in tanwin something new begins, or a verb.
    return not last.removeprefix("و").startswith(("ال", "لل", "بال")) and not last.endswith("ا")


_PRESENT = lazy(r"^[وف]?(?:س?[يت]\w{3,}|ل[يت]\w{3,})$")
_VERB_OPENERS = frozenset(
    "أن لم لن قد لقد سوف التي الذي الذين اللذين اللتين ما كما حيث عندما بعدما حين حينما ثم إذا لو وقد كي لكي".split()
)


def _is_verb(word: str, before: str) -> bool:
    """Whether a word is a verb by its shape or by the word before it, so that what follows is what it needs."""
    if word.startswith(("ال", "لل")) or word in _pause_words()["phrase"] or word in _pause_words()["clause"]:
        return False
    if before in _VERB_OPENERS or (not before and not word.endswith(("ة", "ات"))):
        return not word.endswith("ة") and word not in _pause_words()["noun"]
    if _is_only_verb(word):
        return True
    present = bool(_PRESENT.match(word)) and not word.endswith(("ة", "ات", "ين", "ا"))
    return present and word not in _pause_words()["noun"] and not _is_only_noun(word)


def _joined(last: str, following: str) -> bool:
    """Whether two words are one phrase by their look: numbers, Latin names, parts of a person's name."""
    if any(character.isdigit() for character in (last[-1], following[0])):
        return True
    if _is_number_word(last) or _is_number_word(following):
        return True
    if _LATIN.search(last) and _LATIN.search(following):
        return True
    return following in {"بن", "ابن", "آل", "بنت", *_HOURS} or last in {"عبد", "أبو", "بن"}


def _is_number_word(word: str) -> bool:
    numbers = _pause_words()["number"]
    return any(word.startswith(clitic) and word[len(clitic) :] in numbers for clitic in _NUMBER_CLITICS)


@cache
def _pause_words() -> dict[str, frozenset[str]]:
    import tomllib

    path = data_file("pause_words.toml")
    return {name: frozenset(text.split()) for name, text in tomllib.loads(path.read_text(encoding="utf-8")).items()}


def _forced(text: str, said: list[str], limit: int, letters: Callable[[str], int], *, soft: bool) -> Iterator[Piece]:
    """Cut between any two spoken words where nothing else is left: a number or name longer than the voice's limit.

    The written side is shared out in proportion, so that no piece is empty.
    """
    total = sum(map(letters, said))
    target = total / -(-total // limit)
    taken = count = 0
    for word, following in zip(said, [*said[1:], ""], strict=True):
        taken += letters(word)
        count += 1
        if not following:
            yield Piece(text, count, soft)
        elif taken >= target or taken + letters(following) > limit:
            end = _share(text, taken / total)
            yield Piece(text[:end].rstrip(), count, soft=True)
            text, total, taken, count = text[end:].lstrip(), total - taken, 0, 0


def _share(text: str, part: float) -> int:
    """Return the place that leaves about that part of the text before it, at a space when one is near."""
    place = min(max(1, round(len(text) * part)), len(text) - 1)
    for distance in range(9):
        for near in (place - distance, place + distance):
            if 0 < near < len(text) and text[near].isspace():
                return near
    return place
