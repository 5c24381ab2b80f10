"""Questions and answers: interviews and lists of questions, in paragraphs, lists and headings.

«س:» and «ج:» are written for the eye; they are «سؤال» and «جواب» in the article. Names of speakers stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from tts_news.arabic import count_words, key
from tts_news.records import Block, Heading, ListBlock, Paragraph, Part

_LABELS: tuple[tuple[re.Pattern[str], Part, str], ...] = (
    (re.compile(r"^(?:س|السؤال|سؤال|Q)\s*[\d٠-٩]{0,2}\s*[:：/\-–.]\s*(?=\S)"), "question", "سؤال"),
    (re.compile(r"^(?:ج|الجواب|جواب|الإجابة|إجابة|A)\s*[\d٠-٩]{0,2}\s*[:：/\-–.]\s*(?=\S)"), "answer", "جواب"),
)
_BULLET = re.compile(r"^[*\-–—•]\s*")
_SPEAKER = re.compile(r"^([^\d:：.،؟?!«»\"]{2,40})\s*[:：]\s*(?=\S)")
_FEWEST_TURNS = 3
_LONGEST_ANSWER = 90
_MARKS = ("؟", "?")


def tell_questions(blocks: tuple[Block, ...], folded: frozenset[str] = frozenset()) -> tuple[Block, ...]:
    """Return the blocks with questions and answers told as such.

    Args:
        blocks: The article's blocks.
        folded: Headings that are titles of an accordion: questions by their place.
    """
    opened = tuple(_opened(blocks))
    labelled = _labelled(opened)
    if labelled is not None:
        return labelled
    spoken = _spoken(opened)
    if spoken is not None:
        return spoken
    return _headed(opened, folded)


def _opened(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield the blocks, a list of questions with their answers as questions and answers."""
    turns = sum(len(block.items) // 2 for block in blocks if type(block) is ListBlock and _takes_turns(block))
    for block in blocks:
        if turns >= _FEWEST_TURNS and type(block) is ListBlock and _takes_turns(block):
            for item in block.items:
                text = ": ".join(filter(None, (item.title, item.body)))
                yield Paragraph(text, part="question" if text.endswith(_MARKS) else "answer")
        elif type(block) is ListBlock and _is_question_list(block):
            for item in block.items:
                yield Heading(item.title, 3, part="question")
                yield Paragraph(item.body, part="answer")
        elif type(block) is ListBlock and _is_labelled(block):
            for item in block.items:
                # «س: …» in an item has the letter as its title.
                yield Paragraph(": ".join(filter(None, (item.title, item.body))))
        else:
            yield block


def _is_labelled(block: ListBlock) -> bool:
    """Return whether items are labelled lines of an interview; a few without a label go on with an answer."""
    labels = [_label_of(item.title or item.body) is not None for item in block.items]
    return bool(labels) and labels[0] and sum(labels) * 3 >= 2 * len(labels)


def _takes_turns(block: ListBlock) -> bool:
    """Return whether a list is questions and answers in turn, each with a mark of its own before it."""
    if block.ordered or len(block.items) < 2 or len(block.items) % 2:
        return False
    asked = [(item.body or item.title).endswith(_MARKS) for item in block.items]
    return all(asked[::2]) and not any(asked[1::2])


def _is_question_list(block: ListBlock) -> bool:
    asked = [item for item in block.items if item.title.endswith(_MARKS) and item.body and not item.sublist]
    return len(asked) >= 2 and len(asked) == len(block.items)


def _label_of(text: str) -> tuple[Part, str, int] | None:
    """Return part, name and length of the label a line begins with: «س:», «ج 2 -», «سؤال:»."""
    start = _BULLET.match(text)
    shift = start.end() if start else 0
    for pattern, part, name in _LABELS:
        # In an item the label may be all of it.
        if match := pattern.match(text[shift:]) or pattern.match(f"{text[shift:]}: س"):
            return part, name, min(len(text), shift + match.end())
    return None


def _labelled(blocks: tuple[Block, ...]) -> tuple[Block, ...] | None:
    """Return an interview whose lines are labelled «س» and «ج»; None when it is none."""
    labels = [_label_of(block.text) if type(block) in (Heading, Paragraph) else None for block in blocks]  # type: ignore[union-attr]
    asked = sum(label is not None and label[0] == "question" for label in labels)
    answered = sum(label is not None and label[0] == "answer" for label in labels)
    if not asked or not answered or asked + answered < 3:
        return None
    told: list[Block] = []
    for block, label in zip(blocks, labels, strict=True):
        if label is not None and isinstance(block, Heading | Paragraph):
            part, name, length = label
            told.append(Paragraph(f"{name}: {block.text[length:].strip()}", part=part, label=name))
        elif isinstance(block, Paragraph) and told and _part(told[-1]) == "answer":
            told.append(replace(block, part="answer", label=""))
        else:
            told.append(block)
    return tuple(told)


def _part(block: Block) -> Part:
    return block.part if isinstance(block, Heading | Paragraph) else ""


def _spoken(blocks: tuple[Block, ...]) -> tuple[Block, ...] | None:
    """Return an interview in which two speakers take turns, each named before a colon; None when it is none."""
    names = [
        match[1].strip() if type(block) is Paragraph and (match := _SPEAKER.match(block.text)) else ""
        for block in blocks
    ]
    asking = {
        key(name)
        for name, block in zip(names, blocks, strict=True)
        if name and isinstance(block, Paragraph) and block.text.endswith(_MARKS)
    }
    turns = [name for name in names if name]
    people = {key(name) for name in turns}
    if len(turns) < 4 or not 2 <= len(people) <= 4 or len(asking) != 1:
        return None
    changes = sum(key(a) != key(b) for a, b in pairwise(turns))
    if changes * 3 < 2 * (len(turns) - 1):
        return None
    last = max(at for at, name in enumerate(names) if name)
    told: list[Block] = []
    for at, (name, block) in enumerate(zip(names, blocks, strict=True)):
        if name and isinstance(block, Paragraph):
            told.append(replace(block, part="question" if key(name) in asking else "answer", label=name))
        elif type(block) is Paragraph and told and at < last and _part(told[-1]) == "answer":
            told.append(replace(block, part="answer"))  # the answer goes on
        else:
            told.append(block)
    return tuple(told)


def _headed(blocks: tuple[Block, ...], folded: frozenset[str]) -> tuple[Block, ...]:
    """Return questions that head their answers as such: titles of an accordion, or all headings of a list of questions.

    An explainer has questions for headings too («ما المطلوب؟»), with more than a short answer under each.
    """
    heads = [at for at, block in enumerate(blocks) if type(block) is Heading]
    asked = [at for at in heads if blocks[at].text.endswith(_MARKS)]  # type: ignore[union-attr]
    sure = [at for at in asked if blocks[at].text in folded]  # type: ignore[union-attr]
    if not sure:
        answers = [_answer_words(blocks, at) for at in asked]
        if len(asked) < 4 or len(asked) * 5 < len(heads) * 4 or median(answers) > _LONGEST_ANSWER // 2:
            return blocks
        sure = asked
    told = list(blocks)
    for at in sure:
        heading = told[at]
        if isinstance(heading, Heading):
            told[at] = replace(heading, part="question")
        below = at + 1
        while below < len(told) and type(told[below]) is Paragraph and below - at <= 3:
            paragraph = told[below]
            if below == at + 1 and isinstance(paragraph, Paragraph) and count_words(paragraph.text) <= _LONGEST_ANSWER:
                told[below] = replace(paragraph, part="answer")
            below += 1
    return tuple(told)


def _answer_words(blocks: Sequence[Block], at: int) -> int:
    words = 0
    for block in blocks[at + 1 :]:
        if isinstance(block, Heading):
            break
        words += 60 if isinstance(block, ListBlock) else count_words(block.text)
    return words
