"""Nouns as numbers need them: gender of the singular, the forms after a number, and a guess for nouns nobody listed.

`Noun` carries one noun; `find` looks a written word up in `data/nouns.tsv` (singular, gender, plurals) with clitics,
article, tanwin and dual endings taken off, and falls back on the shape of the word. The table is read on first use.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final, Literal

from tts_news.frozen import dataclass
from tts_news.patterns import lazy
from tts_news.script.data_files import data_file

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tts_news.script.rules.grammar import Case, Gender

_MARKS: Final = lazy("[\u0610-\u061a\u064b-\u0652\u0670\u0640]")
_SEATS: Final = str.maketrans("أإآٱ", "اااا")

# A final long alif, ة, ى or hamza after an alif takes no alif of tanwin.
_NO_TANWIN_ALIF: Final = ("ة", "ى", "ا", "اء", "أ")
_FOREIGN: Final = ("و", "بايت", "هرتز", "واط", "وات", "بكسل", "ميغابت", "غيغابت")
"""Endings of foreign words that take none either: يورو, كيلو, غيغابايت."""


@dataclass(frozen=True, slots=True)
class Noun:
    """A counted noun; `plural` is the form after 3 to 10 (genitive), `gender` that of the singular."""

    singular: str
    gender: Gender
    plural: str

    def accusative(self) -> str:
        """The singular after 11 to 99: كتابا, دولة, مستشفى."""
        # Arabic words in و are short: عضوا, عدوا.
        foreign = self.singular.endswith(_FOREIGN) and (len(self.singular) > 3 or self.singular == "واط")
        if foreign or self.singular.endswith(_NO_TANWIN_ALIF):
            return self.singular
        return f"{self.singular}ا"

    def dual(self, case: Case = "nom", *, construct: bool = False) -> str:
        """The dual: كتابان, دولتين; without its nun in construct: كتابا, دولتي."""
        stem = self.singular
        if stem.endswith("ة"):
            stem = f"{stem[:-1]}ت"
        elif stem.endswith("ى"):
            stem = f"{stem[:-1]}ي"
        elif key(stem) in _DEFECTIVE:
            stem = f"{stem}ي"
        elif stem in _RESTORED:
            stem = _RESTORED[stem]
        elif stem.endswith("اء") and self.gender == "f":
            stem = f"{stem[:-1]}و"  # صحراء: صحراوان
        form = (f"{stem[:-1]}آن" if stem.endswith("أ") else f"{stem}ان") if case == "nom" else f"{stem}ين"
        return form[:-1] if construct else form

    def after(self, n: int) -> str:
        """The form that follows n said in full: plural for 3 to 10, accusative for 11 to 99, else singular."""
        rest = n % 100
        if 3 <= rest <= 10:
            return self.plural
        return self.accusative() if rest >= 11 else self.singular


_RESTORED: Final = {"أب": "أبو", "أخ": "أخو", "جزء": "جزأ", "عصا": "عصو", "شيء": "شيئ", "عبء": "عبئ", "شاطئ": "شاطئ"}
"""Stems that change before a dual ending."""

_DEFECTIVE: Final = frozenset("قاض محام واد ناد راع جان مفت وال ناج مشتر ثان".split())
"""Nouns that lost a final ي, which comes back: قاض, قاضيان."""


@dataclass(frozen=True, slots=True)
class Found:
    """A written word seen as a counted noun.

    `known` is a noun of the table, whose other forms may be put in its place; a guess only knows gender.
    """

    noun: Noun
    form: Literal["singular", "plural", "dual"]
    known: bool


@dataclass(frozen=True, slots=True)
class _Table:
    """The nouns by their forms, as lines of the file: six thousand, of which an article counts a dozen."""

    singulars: Mapping[str, str]
    plurals: Mapping[str, str]

    def singular(self, word: str) -> Noun | None:
        """Return the noun that has this singular."""
        line = self.singulars.get(word)
        return _noun(line) if line else None

    def plural(self, word: str) -> Noun | None:
        """Return the noun that has this plural."""
        line = self.plurals.get(word)
        return _noun(line) if line else None


def key(word: str) -> str:
    """The word without marks and with a bare alif for every hamza seat: how nouns are looked up."""
    return _MARKS.sub("", word).translate(_SEATS)


@cache
def _table() -> _Table:
    singulars: dict[str, str] = {}
    plurals: dict[str, str] = {}
    text = data_file("nouns.tsv").read_text(encoding="utf-8")
    for line, sought in zip(text.splitlines()[1:], text.translate(_SEATS).splitlines()[1:], strict=True):
        singular, _, forms = sought.split("\t")
        if not singular.endswith("_"):  # that is a second noun of that spelling, found by its plural alone
            singulars.setdefault(singular, line)
        for form in forms.split(" ") if forms else ():
            plurals.setdefault(form, line)
    return _Table(singulars, plurals)


@lru_cache(maxsize=4096)
def _noun(line: str) -> Noun:
    """Return the noun of a line of the table."""
    singular, gender, forms = line.split("\t")
    name = singular.removesuffix("_")
    return Noun(name, "f" if gender == "f" else "m", forms.partition(" ")[0] or f"{name[:-1]}ات")


STAND_IN: Final = "ظغظ"
"""Begins no Arabic word: a term that the lexicon keeps from the rules passes through them under a word that begins so,
and is feminine when that ends in ة."""

_SUFFIX: Final = lazy("(?:هما|هم|هن|ها|نا|ه|ي)$")


def _singular(word: str) -> Noun | None:
    table = _table()
    found = table.singular(word)
    if found is None and word.endswith("ا"):  # tanwin: كتابا
        found = table.singular(word[:-1])
        if found is not None and found.singular.endswith("ة"):
            return None
    return found


def _plural(word: str) -> Found | None:
    table = _table()
    noun = table.plural(word)
    if noun is not None:
        return Found(noun, "plural", known=True)
    if word.endswith(("ون", "ين")) and len(word) > 4:
        noun = table.singular(word[:-2]) or table.plural(f"{word[:-2]}ين")
        if noun is not None:
            return Found(Noun(noun.singular, "m", f"{word[:-2]}ين"), "plural", known=False)
    if word.endswith(("ي", "و")) and (noun := table.plural(f"{word[:-1]}ين")):  # its nun dropped: لاعبي الفريق
        return Found(noun, "plural", known=False)
    if word.endswith("ات") and len(word) > 4:
        feminine = table.singular(f"{word[:-2]}ة")
        if feminine is not None:
            return Found(feminine, "plural", known=True)
        noun = table.singular(word[:-2])
        if noun is not None:
            # Its own table row has another plural: طالبات is of طالبة, not of طالب.
            return Found(Noun(f"{word[:-2]}ة", "f", word), "plural", known=False)
    return None


def _dual(word: str) -> Found | None:
    if not word.endswith(("ان", "ين")) or len(word) < 5:
        return None
    stem = word[:-2]
    noun = _table().singular(f"{stem[:-1]}ة" if stem.endswith("ت") else stem)
    return None if noun is None else Found(noun, "dual", known=True)


# فعائل: رسائل, وسائل, جوائز.
_FEMININE_SHAPE: Final = lazy("^.[\u0621-\u064a]ائ.$")
# Stems of ـات whose singular is a masculine verbal noun, participle or foreign word: اجتماعات, تصريحات, فيديوهات.
_MASCULINE_STEM: Final = lazy("^(?:ا.{2,4}ا.|ت.{2}ي.|ت.ا..|م.{3,}|.+وه|[^تي].{3,}[^ي])$")

# The verbal noun مفاعلة: محاولات, مناورات, مفاجآت.
_FEMININE_STEM: Final = lazy("^م(?:.ا..|فاج[اآأ]|كاف[اآأ])$")


def _guess(word: str, *, plural: bool) -> Found | None:
    """A noun by the look of the word alone; None when it does not look like one."""
    if plural:
        if word.endswith("ات") and len(word) > 4:
            stem = word[:-2]
            masculine = _MASCULINE_STEM.match(stem) and not stem.endswith("ي") and not _FEMININE_STEM.match(stem)
            gender: Gender = "m" if masculine else "f"
            return Found(Noun(stem if gender == "m" else f"{stem}ة", gender, word), "plural", known=False)
        feminine = bool(_FEMININE_SHAPE.match(word))
        return Found(Noun(word, "f" if feminine else "m", word), "plural", known=False)
    if word.endswith("ة"):
        return Found(Noun(word, "f", word), "singular", known=False)
    return Found(Noun(word.removesuffix("ا"), "m", word), "singular", known=False)


@lru_cache(maxsize=4096)
def find(word: str, *, plural: bool) -> Found | None:
    """The noun a written word is a form of, or None when it is no noun.

    Args:
        word: As written, with or without marks, article and possessive ending.
        plural: Whether a plural is expected here (after 3 to 10): many words are the plural of one noun and the
            singular of another.
    """
    bare = key(word)
    if len(bare) < 2 or bare in NOT_COUNTED:
        return None
    if STAND_IN in bare:
        return Found(
            Noun(word, "f" if bare.endswith("ة") else "m", word), "plural" if plural else "singular", known=False
        )
    found = _lookup(bare, plural=plural)
    if found is None and bare.startswith("ال") and len(bare) > 4:
        return find(bare[2:], plural=plural)
    if found is None:
        stem = _SUFFIX.sub("", bare)
        if stem != bare and len(stem) > 2:
            stem = stem[:-1] + {"ت": "ة", "ئ": "ء", "ؤ": "ء"}.get(stem[-1], stem[-1])
            owned = _lookup(stem, plural=plural) or _lookup(stem.replace("ة", "ت"), plural=plural)
            found = None if owned is None else Found(owned.noun, owned.form, known=False)
    return found or _guess(bare, plural=plural)


def is_listed(word: str) -> bool:
    """Whether the word, as it stands, is the singular or a plural of a noun of the table."""
    table, bare = _table(), key(word)
    return bare in table.singulars or bare in table.plurals


def _lookup(bare: str, *, plural: bool) -> Found | None:
    singular = _singular(bare)
    one = None if singular is None else Found(singular, "singular", known=True)
    many = _plural(bare)
    first, second = (many, one) if plural else (one, many)
    return first or second or _dual(bare)


NOT_COUNTED: Final = frozenset(
    key(word)
    for word in (
        "من في إلى على عن مع حتى منذ خلال بعد قبل بين تحت فوق عند لدى ضد حول نحو دون سوى غير كل بعض أو أم ثم بل "
        "لكن إن "
        "أن إذ إذا قد لقد لا لم لن ما ليس كان كانت يكون هو هي هم هن نحن أنا هذا هذه ذلك تلك الذي التي الذين بينهم "
        "منهم بينها منها منهن فيما بينما حيث كما أيضا فقط تقريبا فأكثر أكثر أقل أو وسط أمام خلف قرب عبر مقابل ضمن "
        "أمس اليوم غدا مساء صباحا ظهرا ليلا فجرا مثل أي مما ممن لها له لهم عليه عليها فيه فيها إلخ تم جرى قال قالت "
        "قتل قتلت أصيب أصيبت بسبب بشأن بحسب حسب وفق ويضم بدلا إثر جراء عقب نتيجة وفقا طبقا علما إضافة أثناء "
        "بينما عندما حين حينما خصوصا سنويا يوميا شهريا أسبوعيا تقريبا "
        "حاليا مجددا معا إجمالا نقدا فورا معظمهم معظمها غالبيتهم جميعهم كلهم مقارنة منتصف أوائل أواخر مطلع نهاية "
        "بداية مكرر "
        "شمال جنوب شرق غرب شمالي جنوبي شرقي غربي يمين يسار تجاه لصالح "
        "إضافيا إضافية يكون تكون كانوا ضمنهم وذلك بزيادة عبر لدى خارج داخل"
    ).split()
)
"""Words that follow a number without being counted by it."""
