"""Random pages and pastes of the shapes that publishing systems print, every word of them in one place only.

A page is grown from the markup that real pages hold, then bent: wrapped, renamed, hidden, cut open, as themes, plugins
and editors do. Since no word occurs twice, a reader that loses one is found out.
"""

from __future__ import annotations

import random
from collections.abc import Callable

_LETTERS = "بتجحدرزسشصطعفقكلمن"
WORD = f"ي[{_LETTERS}]{{5}}ي"
"""A pattern: one of our words."""
_CLASSES = (
    "entry-content post-body story wp-block-group caption credit related share tags paywall hidden sr-only author-box "
    "toc widget newsletter footnotes references accordion-title accordion-body timeline year time live-post poem "
    "infobox meta breadcrumb comments ad sidebar gallery quote lead deck faq-question player"
).split()
_WRAPPERS = (
    "div section article span aside main header footer figure center details bsp-module amp-block form nav".split()
)
_INLINE = "a b strong em i u span mark del s ins sup sub small q cite code bdi time label font".split()
_HIDING = ("hidden", "aria-hidden=true", "style=display:none", "role=complementary")
_AROUND = (
    "<article>{0}{1}</article>",
    "{0}<div class=entry-content>{1}</div>",
    "{0}{1}",
    "<main><section>{0}</section><section>{1}</section></main>",
)
_DEEPEST = 3


class Maker:
    """Makes pages and pastes from one seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.count = 0
        self.depth = 0

    # words

    def word(self) -> str:
        """Return a word that no other place has: its number in the base of our letters."""
        self.count += 1
        number, letters = self.count, ""
        for _ in range(5):
            number, digit = divmod(number, len(_LETTERS))
            letters = _LETTERS[digit] + letters
        return f"ي{letters}ي"

    def words(self, least: int, most: int) -> str:
        return " ".join(self.word() for _ in range(self.random.randint(least, most)))

    def sentence(self) -> str:
        end = self.random.choice([".", ".", ".", "؟", "!", ":", "…", "»", ""])
        return f"{self.words(3, 16)}، {self.words(2, 14)}{end}"

    def sentences(self) -> str:
        return " ".join(self.sentence() for _ in range(self.random.randint(1, 3)))

    def one_of(self, *makers: Callable[[], str]) -> str:
        return self.random.choice(makers)()

    def some(self, least: int, most: int, maker: Callable[[], str]) -> str:
        return "".join(maker() for _ in range(self.random.randint(least, most)))

    # inline

    def inline(self) -> str:
        self.depth += 1
        parts = [self._inline_part() for _ in range(self.random.randint(1, 4))]
        self.depth -= 1
        return self.random.choice(["", " "]).join(parts)

    def _inline_part(self) -> str:
        if self.depth > _DEEPEST or self.random.random() < 0.5:
            return self.sentence()
        if self.random.random() < 0.3:
            return self.one_of(
                lambda: f"{self.word()}<br>{self.word()}",
                lambda: f"{self.word()}<sup>[{self.random.randint(1, 40)}]</sup>",
                lambda: f'<img src="x.jpg" alt="{self.words(1, 6)}">',
                lambda: f"<svg><text>{self.words(1, 3)}</text></svg>",
                lambda: f"<math><mi>{self.word()}</mi></math>",
                lambda: f"<button>{self.words(1, 3)}</button>",
            )
        tag = self.random.choice(_INLINE)
        inner = self.inline() if self.random.random() < 0.4 else self.words(1, 4)
        href = self.random.choice(['href="/x"', 'href="#fn1"', 'href="https://a.example/b"', ""]) if tag == "a" else ""
        return f"<{tag} {href}>{inner}</{tag}>"

    # blocks

    def block(self) -> str:
        made = self.one_of(
            *[self._paragraph] * 4, self._heading, self._list, self._definitions, self._table, self._figure,
            self._quote, self._embed, self._details, self._accordion, self._loose, self._form, self._notes, self._posts,
            self._timeline, self._poem, self._frame, self._pre, self._interview,
        )  # fmt: skip
        return self._bent(made) if self.random.random() < 0.35 else made

    def _inner(self) -> str:
        if self.depth >= _DEEPEST:
            return f"<p>{self.sentences()}</p>"
        self.depth += 1
        made = self.some(1, 2, self.block)
        self.depth -= 1
        return made

    def _paragraph(self) -> str:
        return f"<p>{self.one_of(self.sentences, self.inline)}</p>"

    def _heading(self) -> str:
        level = self.random.randint(2, 4)
        text = self.one_of(
            lambda: self.words(2, 7),
            lambda: f"{self.words(2, 5)}؟",
            lambda: "المراجع",
            lambda: f"<a href='/y'>{self.words(3, 6)}</a>",
        )
        return f"<h{level}>{text}</h{level}>"

    def _list(self) -> str:
        tag = self.random.choice(["ul", "ol", "ol start=4", "ol reversed"])
        loose = self.word() if self.random.random() < 0.3 else ""
        return f"<{tag}>{loose}{self.some(1, 5, self._item)}</{tag.split()[0]}>"

    def _item(self) -> str:
        inner = self.one_of(
            self.sentence,
            self.inline,
            lambda: f"<b>{self.words(1, 3)}:</b> {self.sentence()}",
            lambda: f"<a href='/z'>{self.words(2, 6)}</a>",
            lambda: f"{self.words(1, 4)}{self._inner()}{self.word()}",
            self._inner,
        )
        return f"<li>{inner}</li>"

    def _definitions(self) -> str:
        term = lambda: f"<dt>{self.words(1, 4)}</dt>"  # noqa: E731 - as short as what it makes
        return f"<dl>{self.some(1, 3, lambda: self.some(0, 1, term) + f'<dd>{self.inline()}</dd>')}</dl>"

    def _table(self) -> str:
        columns = self.random.randint(1, 4)
        caption = self.some(0, 1, lambda: f"<caption>{self.words(2, 5)}</caption>")
        head = "".join(f"<th>{self.words(1, 2)}</th>" for _ in range(columns)) if self.random.random() < 0.6 else ""
        rows = self.some(1, 4, lambda: f"<tr>{''.join(self._cell() for _ in range(columns))}</tr>")
        return f"<table>{caption}{f'<tr>{head}</tr>' if head else ''}{rows}</table>"

    def _cell(self) -> str:
        span = self.random.choice(["", "", "", " rowspan=2", " colspan=2", " colspan=3"])
        inner = self.one_of(
            self.word,
            lambda: self.words(1, 3),
            lambda: self.random.choice(["12.5", "", "-"]),
            lambda: f"{self.word()}<br>{self.word()}",
            lambda: f"<p>{self.word()}</p><p>{self.word()}</p>",
        )
        inner = self._inner() if self.random.random() < 0.05 else inner
        return f"<{self.random.choice(['td', 'td', 'td', 'th'])}{span}>{inner}</td>"

    def _figure(self) -> str:
        inside = self.one_of(
            lambda: f'<img src="a.jpg" alt="{self.words(0, 5)}">',
            lambda: f'<picture><source><img alt="{self.words(1, 5)}"></picture>',
            lambda: f'<a href="/big"><img alt="{self.words(1, 4)}"></a>',
            self._table,
            self._quote,
            self._paragraph,
        )
        caption = self.one_of(
            lambda: f"<figcaption>{self.words(2, 9)}</figcaption>",
            lambda: f"<figcaption>{self.words(2, 6)} <small>{self.word()}</small></figcaption>",
            lambda: f"<figcaption>{self.words(2, 6)} تصوير: {self.word()}</figcaption>",
            lambda: f"<p class='wp-caption-text'>{self.words(2, 6)}</p>",
            str,
        )
        tag = self.random.choice(["figure", "figure", "div class='wp-caption'"])
        return f"<{tag}>{inside}{caption}</{tag.split()[0]}>"

    def _quote(self) -> str:
        cite = self.random.choice(["", "<cite>{}</cite>", "<footer>{}</footer>", "<p>— {}</p>"])
        return f"<blockquote><p>{self.sentences()}</p>{cite.format(self.words(2, 3)) if cite else ''}</blockquote>"

    def _embed(self) -> str:
        return (
            f"<blockquote class='twitter-tweet'><p>{self.sentences()}</p>&mdash; {self.words(1, 3)} (@{self.word()}) "
            f"<a href='https://x'>{self.words(1, 3)}</a></blockquote>"
        )

    def _details(self) -> str:
        return f"<details><summary>{self.words(2, 6)}</summary>{self._inner()}</details>"

    def _accordion(self) -> str:
        title = f"<div class='acc-title' role=button><a href='#'>{self.words(2, 5)}؟</a></div>"
        return f"{title}<div class='acc-body' hidden>{self._inner()}</div>"

    def _loose(self) -> str:
        return f"{self.sentences()}<br><br>{self.words(1, 9)}<hr>"

    def _form(self) -> str:
        fields = f"<select><option>{self.word()}</select><textarea>{self.word()}</textarea>"
        return f"<form><label>{self.words(1, 3)}</label>{fields}<button>{self.word()}</button></form>"

    def _notes(self) -> str:
        head = self.one_of(str, lambda: f"<h2>{self.words(1, 2)}</h2>", lambda: "<h2>الهوامش</h2>")
        items = self.some(1, 3, lambda: f"<li>{self.inline()}</li>")
        return self.one_of(
            lambda: f"{head}<ol class=references>{items}</ol>",
            lambda: f"<section role=doc-endnotes>{head}<ol>{items}</ol></section>",
            lambda: f"<div class=footnotes>{head}<p>{self.sentences()}</p><ul>{items}</ul></div>",
        )

    def _posts(self) -> str:
        return f"<ul class=posts>{self.some(2, 4, self._post)}</ul>"

    def _post(self) -> str:
        time = self.random.choice(["14:02", "13:40", "قبل 5 دقائق", "منذ ساعة"])
        head = self.some(0, 1, lambda: f"<h3>{self.words(2, 4)}</h3>")
        return f"<li><div class=time>{time}</div>{head}<div><p>{self.sentences()}</p></div></li>"

    def _timeline(self) -> str:
        events = (f"<div><span class=year>{year}</span><p>{self.sentence()}</p></div>" for year in (1906, 1965))
        return "".join(events)

    def _poem(self) -> str:
        line = lambda: f"{self.words(3, 4)} *** {self.words(3, 4)}"  # noqa: E731 - as short as what it makes
        return f"<div class=poem>{line()}<br>{line()}</div>"

    def _frame(self) -> str:
        tag = self.random.choice(["object", "video", "canvas", "audio"])
        return f"<{tag}>{self.words(1, 3)}</{tag}>"

    def _pre(self) -> str:
        return f"<pre>{self.random.choice([self.sentence(), 'x = 1'])}</pre>"

    def _interview(self) -> str:
        turn = lambda: f"<p>س: {self.words(2, 5)}؟</p><p>ج: {self.sentence()}</p>"  # noqa: E731
        return self.some(2, 3, turn)

    def _bent(self, made: str) -> str:
        """Return a block as a theme or editor may leave it: wrapped, renamed, hidden, opened or closed too often."""
        tag = self.random.choice(_WRAPPERS)
        name = " ".join(self.random.choices(_CLASSES, k=self.random.randint(0, 2)))
        return self.one_of(
            *[lambda: f"<{tag} class='{name}'>{made}</{tag}>"] * 5,
            lambda: f"<{tag} {self.random.choice(_HIDING)}>{made}</{tag}>",
            lambda: f"<{tag}>{self.words(1, 3)}{made}{self.words(1, 3)}</{tag}>",
            lambda: f"{made}</{self.random.choice(['div', 'p', 'b', 'span', 'section'])}>",
            lambda: f"<{self.random.choice(['p', 'b', 'span', 'center', 'a href=/q'])}>{made}",
        )

    # whole

    def page(self) -> str:
        """Return a page."""
        head = self.some(0, 1, lambda: f"<h1>{self.words(3, 8)}</h1>")
        body = self.some(2, 9, self.block)
        return (
            "<!DOCTYPE html><html lang=ar dir=rtl><head><title>موقع</title><script>var x = 1;</script></head><body>"
            f"<header><nav><ul><li><a href='/'>{self.words(1, 2)}</a></li></ul></nav></header>"
            f"{self.random.choice(_AROUND).format(head, body)}"
            f"<aside>{self._inner()}</aside><footer>{self.words(2, 6)}</footer></body></html>"
        )

    def paste(self) -> str:
        """Return a text as people copy it: menus above, lines of every length, tables, lists, links below."""
        detail = self.random.choice(["", "20 نوفمبر 2026", f"بقلم: {self.words(2, 2)}"])
        lines = [*self._menu(), self.words(4, 9), detail]
        makers = [self._prose, self._prose, self._prose, self._points, self._short, self._grid, self._talk]
        for _ in range(self.random.randint(3, 14)):
            lines += [*self.random.choice(makers)(), *[""] * self.random.randint(0, 1)]
        return "\n".join([*lines, *self.random.choice([self._menu, self._below])()])

    def _menu(self) -> list[str]:
        return [self.words(1, 2) for _ in range(self.random.randint(0, 5))]

    def _prose(self) -> list[str]:
        return [self.sentences()]

    def _points(self) -> list[str]:
        mark = self.random.choice(["- ", "• ", "", "1. ", "# ", "> "])
        return [f"{mark}{self.words(1, 9)}" for _ in range(self.random.randint(1, 4))]

    def _short(self) -> list[str]:
        return [
            self.one_of(
                lambda: self.random.choice(["🌹", "***", "1906", "45%"]),
                lambda: f"{self.word()}.",
                lambda: self.words(1, 4),
                lambda: f"{self.words(2, 4)}:",
                lambda: f"{self.word()}[٤].",
            )
        ]

    def _grid(self) -> list[str]:
        gap = self.random.choice(["\t", " | ", "     "])
        row = lambda: gap.join([self.word(), self.one_of(self.word, lambda: "12"), self.word()])  # noqa: E731
        return [row() for _ in range(self.random.randint(2, 4))]

    def _talk(self) -> list[str]:
        return [f"س: {self.words(2, 5)}؟", f"ج: {self.sentence()}", f"{self.words(2, 2)}: {self.sentence()}"]

    def _below(self) -> list[str]:
        heads = ["مقالات ذات صلة", "المراجع", "اترك تعليقا", "شارك المقال"]
        return [self.random.choice(heads), *(self.words(2, 9) for _ in range(3))]
