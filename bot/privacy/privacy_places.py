"""Finds what tells who a child is without naming them: the name of their school, and somebody's user name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.privacy.privacy_names import Span, is_capitalised, words

_WORD = r"(?<![\w@])[^\W\d_]+(?:['-][^\W\d_]+)*"
_KIND = (
    r"(?:(?:c of e|rc|catholic|church of england|community|junior|infant|primary|secondary|high|grammar|nursery|special"
    r"|academy|free) ){0,3}(?:school|academy|college|primary|nursery|infants|juniors|sixth form|c of e)"
)
_SCHOOL = re.compile(rf"(?P<name>(?:{_WORD} ){{1,4}}){_KIND}\b(?!'| ?:)", re.IGNORECASE)
_SAINT = re.compile(rf"\b(?:st|saint)\.? {_WORD}(?: {_WORD})? {_KIND}\b", re.IGNORECASE)
# "primary care" and "nursery nurse" are no schools, nor is a "college of policing".
_NOT_SCHOOL = re.compile(
    r" (?:care|need|needs|reason|concern|duty|cause|carers?|legislation|contact|prevention|focus|aim|purpose|nurse"
    r"|worker|staff|manager|of|children|age|aged|liaison|exclusions?|admissions?|policy|trusts?)\b",
    re.IGNORECASE,
)
_WHERE = re.compile(
    r"\b(?:at|from|in|near|outside|attend(?:s|ed|ing)?|called|named|(?:go|goes|going|went|moved|moving|sent|transferred)"
    r" to|pupil of|head of)\s\Z",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"(?<![\w.@/])@(?=\w*[^\W\d_])(?P<name>[A-Za-z0-9_](?:[\w.]{0,28}\w)?)")
_TIME = re.compile(r"\d{1,2}(?:\.?\d\d)?(?:am|pm)", re.IGNORECASE)


def schools(text: str) -> Iterator[Span]:
    """Each school that is named: in capitals, or in small letters after a word like "at"."""
    for hit in _SAINT.finditer(text):
        yield ("a school's name", *hit.span())
    if text.isupper():
        text = text.lower()
    for hit in _SCHOOL.finditer(text):
        if _NOT_SCHOOL.match(text, hit.end()):
            continue
        parts = list(re.finditer(_WORD, text[: hit.end("name")][hit.start() :]))
        named = _named(text, [(hit.start() + one.start(), one[0]) for one in parts])
        if named is not None:
            yield "a school's name", named, hit.end()


def handles(text: str) -> Iterator[Span]:
    """Each user name written with its sign, as in "@somebody"."""
    for hit in _HANDLE.finditer(text):
        if hit["name"].lower() not in words("not_user_names") and not _TIME.fullmatch(hit["name"]):
            yield ("a user name", *hit.span())


def _named(text: str, before: list[tuple[int, str]]) -> int | None:
    """Where the name of a school begins, going by the words before its kind; None where they only describe it."""
    start, capitals = None, 0
    for at, word in reversed(before):
        plain = word.lower().removesuffix("'s")
        if start is None and plain in words("school_kinds"):
            # "Oakwood High School": the kind has more than one word.
            continue
        if plain in words("school_kinds") or plain in words("ordinary") - words("school_names"):
            break
        is_name = is_capitalised(word)
        if capitals and not is_name:
            break
        start, capitals = at, capitals + is_name
    if start is None:
        return None
    inside = re.search(r"[^.?!\n:]\s\Z", text[:start])
    if capitals:
        # "Contacting school" only begins a sentence.
        return start if inside or capitals > 1 or text[start:].split()[1][:1].isupper() else None
    return start if _WHERE.search(text, max(0, start - 24), start) else None
