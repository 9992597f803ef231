"""Listens to a message before anything is answered: its meaning, and whether it tells of danger."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Literal

from knowledge import danger as rules
from knowledge.examples import DISCLOSURES, INCIDENTS, LOOK_ALIKES, NOT_INCIDENTS, WORRIES, Examples, Near, examples
from knowledge.fitted import Fitted
from knowledge.index import Index
from knowledge.meaning import Encoder
from knowledge.terms import Terms, plainly, word_list
from knowledge.vectors import Vectors

Strength = Literal["strong", "soft"]
MAX_CHARS = 4000
MOST_PARTS = 24
EXAMPLE = "example"
"""What the reason of a danger begins with that an example told rather than a rule."""
_SENTENCES = re.compile(r"(?<=[.!?\n])\s+|\n")
_SHORTEST_PART = 4
_APOSTROPHES = re.compile("['\u2018\u2019\u201b\u02bc\u00b4`]")
# Words that people write without their apostrophe; those that are words of their own too ("were", "well") are left out.
_SHORTENED = re.compile(
    r"\b(?:(i)(m|ve|d)|(you|they|we)(re|ve)|(she|he|that|there|it|what|who|where|here|nobody|someone)(s)|(he|they|she)(ll)"
    r"|(can|won|don|isn|aren|wasn|weren|hasn|haven|hadn|doesn|didn|couldn|wouldn|shouldn)(t)"
    r"|((?:step)?(?:mum|dad)|mummy|daddy|brother|sister|uncle|nan|grandad|boyfriend|mate|friend|baby|life)(s))\b",
    re.IGNORECASE,
)
_OF_THEIR_OWN = frozenset({"were"})
# A message of so many words hardly says by itself what it is about.
_SHORT = 4


@dataclass(frozen=True)
class Danger:
    """That a message tells of danger: how sure that is, and what told it (a rule's name or an example's number).

    A notice is `pressing` where it was nearer to the alarm than to silence.
    """

    strength: Strength
    because: str
    pressing: bool = True


@dataclass(frozen=True)
class Heard:
    """A message as heard: in small letters with its spelling put right, its meaning, and what it tells of.

    `meaning` is None where there is no model or no letter. `nearness` and `margin` are those to disclosures;
    `incident` is how much nearer it is to incidents told than to questions.
    """

    text: str
    meaning: Any
    danger: Danger | None
    nearness: float | None
    margin: float | None
    incident: float | None


class Hearing:
    """What listens; without a model, by the rules alone."""

    def __init__(self, index: Index, fitted: Fitted, encoder: Encoder | None, vectors: Vectors | None):
        self._index, self._fitted, self._encoder = index, fitted, encoder
        if vectors is not None:
            disclosures, worries, look_alikes, incidents, others = texts(index.terms, index.asked)
            self._alarm = Examples(vectors, disclosures, (*worries, *look_alikes, *incidents))
            self._notice = Examples(vectors, (*disclosures, *worries), (*look_alikes, *incidents))
            self._incident = Examples(vectors, incidents, others)

    def hear(self, message: str, before: str = "") -> Heard:
        """A message as heard; a short one together with the one `before` it, for danger alone.

        Reads the first MAX_CHARS characters of each; takes any text.
        """
        heard = self._heard(message)
        is_alarm = heard.danger is not None and heard.danger.strength == "strong"
        if is_alarm or not before.strip() or len(word_list(message[:MAX_CHARS])) > _SHORT:
            return heard
        earlier = self._heard(before).danger
        # "My dad", and then "is hitting me".
        stated = rules.detect(f"{before[:MAX_CHARS]} {message}")
        if stated is not None and not rules.detect(before):
            earlier = Danger("strong", stated.rule)
        return heard if earlier is None else replace(heard, danger=earlier)

    def _heard(self, message: str) -> Heard:
        text = message[:MAX_CHARS]
        mended = self._index.mended(text)
        stated = rules.detect(text) or rules.detect(mended)
        if self._encoder is None or not any(letter.isalpha() for letter in mended):
            return Heard(mended, None, Danger("strong", stated.rule) if stated else None, None, None, None)
        # The same words are met more than once, and by far the most of the time goes here.
        encode = cache(self._encode)
        meaning = encode(mended)
        said = [
            (one, encode(one))
            for part in (text, *parts(text))
            for one in dict.fromkeys(map(self._index.mended, apostrophes(part)))
        ]
        alarming = [one for words, one in said if not rules.is_calm(words)]
        alarm = self._nearest(self._alarm, alarming) if alarming else None
        nearest = self._nearest(self._notice, (one for _, one in said))
        told = Danger("strong", stated.rule) if stated is not None else self._told(alarm, nearest)
        if told is None and (plain := plainly(text)) != mended:
            # Misspelt words look alike whatever they say: by themselves they are worth a notice, not the alarm.
            near = self._alarm.near(encode(plain))
            told = Danger("soft", _example(near)) if self._fitted.danger.is_strong(near.nearness, near.margin) else None
        return Heard(mended, meaning, told, nearest.nearness, nearest.margin, self._incident.near(meaning).margin)

    def _nearest(self, examples: Examples, heard: Iterable[Any]) -> Near:
        """The nearest of what was heard, by strength first: nonsense can lead by more and be near to nothing."""
        danger = self._fitted.danger

        def strength(near: Near) -> tuple[bool, bool, float]:
            numbers = (near.nearness, near.margin)
            return danger.is_strong(*numbers), danger.is_soft(*numbers), near.margin

        return max((examples.near(one) for one in heard), key=strength)

    def _told(self, alarm: Near | None, notice: Near) -> Danger | None:
        danger = self._fitted.danger
        if alarm is not None and danger.is_strong(alarm.nearness, alarm.margin):
            return Danger("strong", _example(alarm))
        if not danger.is_soft(notice.nearness, notice.margin):
            return None
        return Danger("soft", _example(notice), pressing=notice.margin >= (danger.soft + danger.strong) / 2)

    def _encode(self, text: str) -> Any:
        assert self._encoder is not None
        return self._encoder.encode(self._index.terms.says(text))


def _example(near: Near) -> str:
    return f"{EXAMPLE} {near.example + 1}"


def parts(text: str) -> tuple[str, ...]:
    """The sentences of a message that has several, at most MOST_PARTS, short ones together: danger may stand in one."""
    found = [part for part in _SENTENCES.split(text) if len(part.split()) >= _SHORTEST_PART]
    if len(found) < 2:
        return ()
    together = -(-len(found) // MOST_PARTS)
    return tuple(" ".join(found[at : at + together]) for at in range(0, len(found), together))


def apostrophes(text: str) -> tuple[str, ...]:
    """A text as it was typed, without its apostrophes, and with those that words are often typed without."""
    without = _APOSTROPHES.sub("", text)
    return tuple(dict.fromkeys((text, without, _SHORTENED.sub(_with_apostrophe, without))))


def _with_apostrophe(found: re.Match[str]) -> str:
    if found.group().casefold() in _OF_THEIR_OWN:
        return found.group()
    begins, ends = (part for part in found.groups() if part is not None)
    return f"{begins}'{ends}"


def texts(terms: Terms, asked: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """What a message is compared with, in the words for matching by meaning; `asked` are the questions of all entries.

    Disclosures; worries; what only looks like them, ordinary questions among it; incidents told; and what only looks
    like those.
    """
    disclosures, worries, look_alikes, incidents, others = (
        tuple(terms.says(text) for text in found)
        for found in (
            examples(DISCLOSURES),
            examples(WORRIES),
            examples(LOOK_ALIKES),
            examples(INCIDENTS),
            examples(INCIDENTS, NOT_INCIDENTS),
        )
    )
    ordinary = tuple(dict.fromkeys(asked))
    return disclosures, worries, (*look_alikes, *ordinary), incidents, (*others, *ordinary)
