"""Finds people with no cue before them: by lists of names, by capitals, and by what the sentence does with them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from string import ascii_lowercase

from bot.privacy.privacy_names import WORD, Span, is_capitalised, is_plain_word, phrases, words
from knowledge.spelling import Speller, english

_SURE, _LIKELY, _DOUBTFUL, _SURNAME, _UNKNOWN, _NONE = "sure", "likely", "doubtful", "surname", "unknown", ""
_FIRST = (_SURE, _LIKELY, _DOUBTFUL)
_JOINER = re.compile(r",? (?:and|or|&) |, ?| ?[/&+] ?")
_OWNED = re.compile(r"'s?\Z")
_NOT_BEFORE_CAPITAL = re.compile(r"\b(?:the|an?|this|that|of|st|in|at|near|no|any|from)\s\Z", re.IGNORECASE)
_NOT_AFTER_NAME = re.compile(
    r" (?:house|lodge|cottage|ward|unit|centre|court|road|street|lane|hall|park|school|primary|nursery|trust|alert"
    r"|council|church|surgery|hospital|report|review|act|bill|day|bank|term|period|project|team)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class _Token:
    """One word: what it may be as a name, and whether it has a capital that says something."""

    text: str
    start: int
    end: int
    sort: str
    capital: bool

    @property
    def bare(self) -> str:
        return _bare(self.text)


@dataclass(frozen=True)
class _Frame:
    """Words before and after a name that show a person, and the sorts of word they are enough for."""

    before: re.Pattern[str]
    after: re.Pattern[str]
    sorts: tuple[str, ...]
    careful: bool
    """Whether a slip of the hand for any English word could well stand here."""


def people(text: str) -> Iterator[Span]:
    """Each person whom a list of names or the sentence gives away, perhaps overlapping."""
    known = _public().sub(lambda one: re.sub(r"\w", "|", one[0]), text)
    tokens = _tokens(known)
    shown = [_is_shown(known, token) for token in tokens]
    _show_pairs(known, tokens, shown)
    _show_lists(known, tokens, shown)
    start = -1
    for place, token in enumerate(tokens):
        if not shown[place]:
            continue
        start = token.start if start < 0 else start
        more = place + 1 < len(tokens) and shown[place + 1] and text[token.end : tokens[place + 1].start] == " "
        if not more:
            yield "a name", start, token.start + len(_OWNED.sub("", token.text))
            start = -1


def _tokens(text: str) -> list[_Token]:
    """Every word; capitals say nothing at the start of a sentence, or where most words have them."""
    found = list(re.finditer(rf"(?<![\w-])(?:{WORD})(?!\w|-\d)", text))
    long = [hit[0] for hit in found if len(hit[0]) > 3]
    capitals = sum(word[:1].isupper() for word in long)
    telling, shouted = capitals <= 3 or capitals * 2 <= len(long), text.isupper()
    tokens = []
    for hit in found:
        if hit[0].lower() in {"and", "or"}:
            continue
        before = text[max(0, hit.start() - 6) : hit.start()].rstrip(" \"'“”(*-")[-1:]
        inside = before not in {"", ".", "?", "!", "\n", ":", "•"}
        capital = telling and inside and is_capitalised(hit[0])
        tokens.append(_Token(hit[0], *hit.span(), _sort(hit[0], shouted=shouted), capital))
    return tokens


def _bare(word: str) -> str:
    """A word in small letters, without its ending of possession and without accents."""
    word = _OWNED.sub("", word.lower())
    return word if word.isascii() else re.sub(r"[̀-ͯ]", "", unicodedata.normalize("NFKD", word))


def _sort(word: str, *, shouted: bool) -> str:
    """What a word may be as a name, by the lists alone."""
    bare = _bare(word)
    for name, sort in (("words_like_names", _DOUBTFUL), ("names_like_words", _LIKELY)):
        if bare in words(name):
            return sort
    parts = bare.split("-")
    if bare in words("not_people") or bare in words("public"):
        return _NONE
    plural = bare.endswith("s") and bare not in english() and bare[:-1] in first_names()
    if bare in first_names() or plural or (len(bare) > 4 and bare in words("surnames") and bare not in english()):
        return _SURE
    if len(parts) > 1 and min(map(len, parts)) > 2 and any(map(_is_name, parts)):
        return _SURE if not any(map(_is_common, parts)) else _NONE
    if bare in words("surnames"):
        return _SURNAME
    if (word.isupper() and not shouted) or len(parts) > 2:
        return _NONE
    return _NONE if any(len(part) < 5 - len(parts) or _is_common(part) for part in parts) else _UNKNOWN


def _is_name(word: str) -> bool:
    return word in first_names() or word in words("surnames") or word in words("names_like_words")


def _is_common(word: str) -> bool:
    """Whether a word stands in a dictionary or one of the lists, and is no surname or first name."""
    if _is_name(word):
        return False
    stem = word.removesuffix("s")
    return is_plain_word(word) or any(one in english() or one in words("not_people") for one in (word, stem))


def _is_strange(word: str, *, careful: bool = False) -> bool:
    """Whether a word that no list has is not a slip of the hand for one that a list has."""
    if "-" in word:
        return all(_is_strange(part, careful=careful) for part in word.split("-"))
    meant = _typos().mend(word)
    slip = meant != word and (len(word) > 6 or meant in _slips(word))
    if slip or not re.search("[aeiouy]", word) or re.search(r"(.)\1\1", word):
        return False
    return not (careful and any(one in english() and one not in first_names() for one in _slips(word)))


def _slips(word: str) -> Iterator[str]:
    """Every word that is one slip away: a letter more, less, other, or two changed about."""
    for at in range(len(word) + 1):
        head, tail = word[:at], word[at:]
        yield head + tail[1:]
        yield head + tail[1:2] + tail[:1] + tail[2:]
        for letter in ascii_lowercase:
            yield head + letter + tail
            yield head + letter + tail[1:]


@cache
def first_names() -> frozenset[str]:
    """First names, in small letters and without accents."""
    return frozenset(Path(__file__).with_name("privacy_first_names.txt").read_text(encoding="utf-8").split())


@cache
def _public() -> re.Pattern[str]:
    """Names that everybody may write."""
    return re.compile(rf"\b(?:{phrases('public_names')})(?!\w)", re.IGNORECASE)


@cache
def _typos() -> Speller:
    """Knows the words that people write where a person might stand."""
    return Speller(dict.fromkeys(words("person") | words("public") | words("ordinary") | words("often_misspelt"), 1))


def _is_shown(text: str, token: _Token) -> bool:
    """Whether one word is a person, by itself or by what stands around it."""
    before, after = text[max(0, token.start - 40) : token.start], text[token.end - 2 : token.end + 50]
    if token.sort in {_SURE, _NONE}:
        place = token.bare in words("surnames") - first_names() and _NOT_AFTER_NAME.match(after[2:])
        return token.sort == _SURE and not place
    if token.sort == _LIKELY and token.capital and not _NOT_BEFORE_CAPITAL.search(before):
        return not _NOT_AFTER_NAME.match(after[2:])
    return any(
        token.sort in frame.sorts
        and frame.before.search(before)
        and frame.after.match(after)
        and (token.sort != _UNKNOWN or _is_strange(token.bare, careful=frame.careful))
        for frame in _frames()
    )


def _show_pairs(text: str, tokens: list[_Token], shown: list[bool]) -> None:
    """A first name with a surname, and two strange words with capitals."""
    for place, (one, two) in enumerate(pairwise(tokens)):
        if text[one.end : two.start] != " " or _NOT_AFTER_NAME.match(text[two.end : two.end + 12]):
            continue
        surname = two.bare in words("surnames")
        both = all(each.text[:1].isupper() for each in (one, two))
        new = both and two.sort == _UNKNOWN and _is_strange(two.bare)
        loud = both and two.text.isupper() and one.text.isupper() and len(two.text) > 3 and not _is_common(two.bare)
        strange = (
            new and not text.isupper() and one.sort == _UNKNOWN and not _in_place(text, one) and _is_strange(one.bare)
        )
        called = one.sort in {_SURE, _LIKELY} and (new or (loud and not text.isupper()))
        if strange or called or (one.sort in _FIRST and surname):
            shown[place] = shown[place + 1] = True
        elif shown[place] and both and one.sort != _NONE and is_capitalised(two.text) and not _is_common(two.bare):
            shown[place + 1] = True


def _in_place(text: str, token: _Token) -> bool:
    return bool(re.search(r"\b(?:the|an?|in|at|near)\s\Z", text[max(0, token.start - 10) : token.start], re.IGNORECASE))


def _show_lists(text: str, tokens: list[_Token], shown: list[bool]) -> None:
    """Names joined to a name that is shown, and three or more that might be names."""
    run: list[int] = []
    for place, token in enumerate(tokens):
        joined = bool(run) and _JOINER.fullmatch(text, tokens[run[-1]].end, token.start)
        if token.sort in _FIRST and (joined or not run):
            run.append(place)
            continue
        _show_run(tokens, run, shown)
        run = [place] if token.sort in _FIRST else []
    _show_run(tokens, run, shown)


def _show_run(tokens: list[_Token], run: list[int], shown: list[bool]) -> None:
    likely = sum(tokens[place].sort == _LIKELY for place in run)
    if any(shown[place] for place in run) or (len(run) > 2 and likely > 1):
        for place in run:
            shown[place] = True


@cache
def _frames() -> tuple[_Frame, ...]:
    """What stands before a name, ending there, and after it, beginning with its last two letters."""
    lists = {name: phrases(name) for name in ("clause", "told", "did", "hurt", "kin_thing", "class", "titles", "about")}
    told, did, hurt, group = lists["told"], lists["did"], lists["hurt"], lists["class"]
    person = "|".join(sorted(words("person")))
    kin = rf"(?:(?:step|grand|foster|birth|older|younger|big|little|baby|half|new)[ -]?)?(?:{person})"
    start = rf"(?:\A|[.!?;:,\n\"“(-]\s?|\b(?:{lists['clause']})\s)\Z"
    about = rf"\b(?:{lists['about']}) (?:about|for|to|re|with)\s\Z"
    whose = rf"\b(?:my|her|his|their|our|your|the|an?|\w+'s)\s(?:{kin}\s)?{kin}"
    does = r"(?:has|is|was|who|said|says|told|rang|hit|and (?:her|his|i|me))\b"
    reason = r"(?:who|because|cos|as s?he|and (?:her|his)|with (?:her|his)|s?he)\b"
    household = r"(?:family|household|siblings|kids|children|twins|brothers|sisters|boys|girls)\b"
    known, every = (_LIKELY, _SURNAME), (_LIKELY, _DOUBTFUL, _SURNAME, _UNKNOWN)
    safer, new = (*known, _UNKNOWN), (_UNKNOWN,)
    table = (
        (start, rf".. (?:{told})", every, False),
        (start, rf".. {WORD} (?:{told})", new, True),
        (start, rf".. (?:{hurt})", every, False),
        (start, rf".. (?:{did})\b", safer, True),
        (start, rf"(?:'s|.s) {kin}\b", every, False),
        (r"(?<!\bthe )(?<!\ba )(?<!\ban )(?<!\bmy )(?<!s )\b\Z", rf"'s {kin}\b", safer, True),
        (start, rf"'s (?:{lists['kin_thing']})\b", safer, False),
        (start, rf"..,? ?(?:{group})", every, True),
        (about, rf"..,? (?:{reason}|{group})", every, True),
        (rf"{whose}(?:, | ?\(| - )\Z", rf"..(?:,|\)| -| {does})", every, False),
        (rf"\b{kin} ?\(\Z", r"..\)", safer, True),
        (rf"{whose} \Z", rf"..(?:,|\)| (?:{does}|(?:{did})\b))", safer, True),
        (rf"{whose} \Z", rf".. (?:{hurt})", every, True),
        (rf"\b{kin} ?[:=] ?\Z", r"..(?=\Z|[.,;\n])", safer, True),
        (rf"\b(?:{lists['titles']})\.? \Z", r"..(?![\w-])", known, False),
        (rf"\b(?:{lists['titles']})\.? \Z", r"..(?![\w-])", new, True),
        (r"\bthe \Z", rf"..(?:'s|s')? {household}", (_SURNAME, _UNKNOWN), True),
        (r"\A|[.!?] \Z", rf"..(?:'s|s')? {household}", (_SURNAME,), True),
    )
    flags = re.IGNORECASE | re.DOTALL
    return tuple(
        _Frame(re.compile(before, flags), re.compile(after, flags), sorts, careful)
        for before, after, sorts, careful in table
    )
