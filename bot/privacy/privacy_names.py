"""Finds names that follow a cue, and knows which words are never names."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

Span = tuple[str, int, int]
"""Kind, start and end."""

WORD = r"[^\W\d_]+(?:['-][^\W\d_]+){0,3}"
INITIALS = r"\b[A-Z]\.? ?[A-Z]\b\.?(?: ?[A-Z]\b\.?)?"

_KIND = "a name"
_NAME = (
    r"(?:(?:full|real|actual|first|last|middle|given|birth|legal|maiden|family|new|whole|nick|sur|fore)[ -]?){0,2}"
    r"names?"
)
_IS = (
    r"(?:'s|'re|\s+(?:is|was|are|were)\b(?!')\.{0,3}"
    r"(?: (?:now|also|just|actually|believed to be|thought to be|(?:given|recorded) as))?"
    r"|\s*[:=]|\s+-(?= (?-i:[A-Z])))\s{0,3}"
)
_AGE = r"(?=,? (?:\(\d\d?\)|aged? \d|is \d\d?\b(?! ?[/-]))|, \d\d?,)"
_LABELLED_INITIALS = rf"(?i:\binitials\b(?:\s*(?:are|is|:|-|=))?)\s{{1,3}}(?P<value>{INITIALS}|[A-Z]{{2,4}}\b)"
_NOT_NAME_ENDINGS = ("able", "ible", "tion", "sion", "ment", "ness", "less", "ical", "ally", "ently", "tive")


@dataclass(frozen=True)
class _Cue:
    """Words that come before a name; `least` is how many words the name must have.

    With `lower` the name may be in small letters. With `sure` the cue can only belong to a person, so that a public
    word after the name ends it and does not make it a public body.
    """

    pattern: re.Pattern[str]
    least: int
    lower: bool = False
    sure: bool = False


def names(text: str) -> Iterator[Span]:
    """Each run of words after a cue, as far as it can be a name; perhaps overlapping."""
    for cue in _cues():
        for hit in cue.pattern.finditer(text):
            before = re.search(rf"({WORD})\s+\Z", text[max(0, hit.start() - 30) : hit.start()])
            if not (before and before[1].lower() in words("thing")):
                yield from _names_at(text, hit.end(), cue, many="names" in hit[0].lower())
    for hit in re.finditer(rf"\b(?P<first>{WORD}) (?P<last>{WORD}){_AGE}", text):
        pair = hit["first"], hit["last"]
        if all(map(is_capitalised, pair)) and not any(map(is_plain_word, pair)):
            yield (_KIND, *hit.span())
    for hit in re.finditer(_LABELLED_INITIALS, text):
        if not is_plain_word(hit["value"]):
            yield (_KIND, *hit.span("value"))


def is_capitalised(word: str) -> bool:
    """Whether a word is written like a name: a capital, then at least one small letter."""
    return word[:1].isupper() and any(map(str.islower, word))


def is_plain_word(word: str) -> bool:
    """Whether a word is ordinary or public, and so not part of a name; "May" may be a name, "may" is not."""
    whole, stem = _forms(word)
    if is_capitalised(word) and not words("also_names").isdisjoint((whole, stem)):
        return False
    if len(word) >= 8 and word.islower() and word.endswith(_NOT_NAME_ENDINGS):
        return True
    return not words("ordinary").isdisjoint((whole, stem)) or _is_public(word)


@cache
def words(name: str) -> frozenset[str]:
    """The list of that name in privacy.toml. Raises KeyError if there is none."""
    return frozenset(_lists()[name].split())


def phrases(name: str) -> str:
    """The branches of the pattern of that name in privacy.toml. Raises KeyError if there is none."""
    return _lists()[name].replace("\n", "")


@cache
def _lists() -> dict[str, str]:
    return tomllib.loads(Path(__file__).with_name("privacy.toml").read_text(encoding="utf-8"))


def _forms(word: str) -> tuple[str, str]:
    whole = word.lower().removesuffix("'s").removesuffix("'")
    return whole, whole.removesuffix("s")


def _is_public(word: str) -> bool:
    forms = _forms(word)
    return not (words("public").isdisjoint(forms) and words("person").isdisjoint(forms))


def _names_at(text: str, at: int, cue: _Cue, *, many: bool) -> Iterator[Span]:
    """The name that begins at a place, if one does, and those joined to it by "and" or a comma."""
    least, lower = cue.least, cue.lower
    while (end := _name_end(text, at, lower=lower, sure=cue.sure, least=least)) > at:
        yield (_KIND, at, end)
        joiner = re.compile(r"(?:,? (?:and|&)|,) ").match(text, end)
        if not joiner:
            return
        at, least, lower = joiner.end(), 1, many and cue.lower


def _name_end(text: str, at: int, *, lower: bool, sure: bool, least: int) -> int:
    """Where a name that begins at a place ends; the place itself if none begins there."""
    end, place, count = at, at, 0
    while count < 4 and (token := re.compile(rf"{WORD}|(?<= )&(?= )").match(text, place)):
        word = token[0]
        if is_plain_word(word):
            if _is_public(word) and not sure and text[token.end() : token.end() + 1] != ":":
                return at
            break
        surname = count and word.isupper() and len(word) > 1
        if not (lower or surname or is_capitalised(word) or (len(word) == 1 and word.isupper())):
            break
        end, count = token.end(), count + 1
        space = re.compile(r"\.?[ \t]{1,2}").match(text, end)
        if not space:
            break
        place = space.end()
    short = count == 1 and end - at < 2 + text[end : end + 1].isdigit()
    return at if count < least or short else end


@cache
def _cues() -> tuple[_Cue, ...]:
    person = rf"(?:(?:step|grand|foster|god|half|ex|birth)[ -]?)?(?:{'|'.join(sorted(words('person')))})s?"
    called = r"(?:called|named|nicknamed|known as)"
    speaker = r"\b(?:i am|i'm|im|this is|it's|it is)\s"
    cues = (
        (rf"\b(?:my|his|hers?|their|{person}'?s?)\s+{_NAME}{_IS}", 1, True, True),
        (rf"\b{_NAME}(?: of (?:the |this |our |my |a )?{person})?{_IS}", 1, True, False),
        (
            r"\b(?:(?:full|first|last|sur|fore|middle|given|legal|maiden) ?name|alias|aka|n[ée]e)\s{1,3}",
            1,
            False,
            False,
        ),
        (r"\bname\s", 2, False, False),
        (r"\b(?:my|his|her) names\s", 1, True, True),
        (rf"\b(?:i|s?he|they|who|{person})(?:'?m|'s|'re| am| is| are) {called}\s", 1, True, False),
        (rf"\b(?:s?he|they|who|{person})(?: was| were)? {called}\s", 1, False, False),
        (rf"\b{person} named\s", 1, True, False),
        (rf"\b(?:{called}|identified as)\s", 2, False, False),
        (r"\bgoes by\s", 1, False, False),
        (rf"\b{person}(?:\s(?:is|was|are|were)\s|\s?[:=]\s{{0,2}}|\s-\s)", 2, False, False),
        (rf"\b(?:(?-i:{person})[ ,]{{1,2}}|{person} ?\()", 2, False, False),
        (rf"(?:{speaker}|\b(?:spoke|speaking|spoken|talked) (?:to|with)\s)", 2, False, False),
        (rf"{speaker}(?={WORD}(?: {WORD}){{0,2}},? (?:from|here)\b)", 1, False, False),
        (rf"{speaker}(?={WORD} {WORD},? from\b)", 2, True, False),
        (rf"{speaker}(?={WORD}(?: {WORD}){{0,2}},? (?:calling|speaking)\b)", 1, True, False),
        (r"\bmrs?\b\.?(?: (?:and|&) mrs?\b\.?)?\s", 1, True, True),
        (r"\b(?-i:M[sx]|Miss|Dr|P[CS]|PCSO|D[CSI]|DCI|Sgt|Prof)\b\.?\s", 1, False, False),
        (
            rf"\b(?:dr|pc|pcso|dc|sgt|det)\.?\s(?!receptionist|letter|note|appoint)(?={WORD} (?:says?|said|saw"
            r"|rang|phoned|attended|told|thinks?|examined|came|wrote|visited|arrived)\b)",
            1,
            True,
            True,
        ),
        (r"\b(?:dr|pc|pcso|dc|sgt)\b\.?\s(?=[^\W\d_]{3,}-[^\W\d_]{3,}\b)", 1, True, True),
        (r"\b(?:regards|signed|sincerely|faithfully),?\s{1,3}", 1, False, False),
    )
    return tuple(_Cue(re.compile(pattern, re.IGNORECASE), least, lower, sure) for pattern, least, lower, sure in cues)
