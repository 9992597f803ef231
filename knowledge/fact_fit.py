"""Tells whether a topic has the kind of fact that a question asks for, which likeness of words cannot see."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.circumstances import stated
from knowledge.terms import plainly
from knowledge.topic import Topic


@dataclass(frozen=True)
class Need:
    """A kind of fact that a question asks for: the words that ask for it, and the kinds of fact that will do."""

    name: str
    asks: re.Pattern[str]
    facts: tuple[str, ...]


def _need(name: str, asks: str, *facts: str) -> Need:
    return Need(name, re.compile(asks), facts)


# What is asked for stands near the words that ask; named further on, it is only spoken of.
_WHAT = r"\b(?:what|which|where|find|need|have|give me|send me|got)(?:'s|s| is| are)? (?:\w+ ){0,3}"
_ALONE = r"|^(?:\w+ ){0,3}"
_TIMES = r"(?:working |calendar )?(?:days|weeks|months|hours|years|wds?|times)\b"

NEEDS = (
    _need(
        "how long",
        rf"\bhow (?:long|soon|quick|quickly|fast|many {_TIMES})|{_WHAT}(?:deadline|time ?limit|timescale|timeframe)s?\b"
        rf"{_ALONE}(?:deadline|time ?limit|timescale|timeframe)s?(?: please)?$",
        *("duration", "date", "when"),
    ),
    _need("how many", rf"\bhow many (?!{_TIMES})", "number"),
    _need(
        "what age",
        r"\b(?:what|which) ages?\b|\bage (?:limit|range)\b"
        r"|\bhow old (?:must|do|does|should) (?:he|she|they|the|a|you)\b",
        *("age", "duration"),
    ),
    _need(
        "phone or e-mail",
        rf"\b(?:phone|telephone|contact|mobile) (?:number|details?)\b|\be-?mail address\b|{_WHAT}e-?mail\b"
        rf"{_ALONE}e-?mail$",
        "contact",
    ),
    _need(
        "form or link",
        rf"{_WHAT}(?:form|link|template|url|website)\b{_ALONE}(?:form|link|template|website)$",
        *("form", "contact"),
    ),
    _need(
        "which person",
        r"\bwho (?:chairs|chaired) (?:our|my|your|the (?:national )?panel)\b|\bwho (?:wrote|authored)\b"
        r"|\bwho is (?:the|our|your) (?:chair|director|scrutineer)\b"
        r"|\bnames? of (?:the|our|your) (?:chair|director|scrutineer|author|reviewer|lado|lead|head|manager)\b",
        "person",
    ),
    _need(
        "how much",
        r"\bhow much (?:does|do|did|will|is|are|it|would)\b(?! (?:to|detail|info))"
        r"|\b(?:costs?|salary|paid)\b|\bfees?\b(?![ -]paying)",
        "cost",
    ),
)
"""What a question may ask for; the first words found decide nothing: every need has to be met."""

_PLACES = re.compile(
    r"\b(?:section|sec\.?|s\.?|regulation|reg\.?|chapter|ch\.?|paragraph|para\.?|article|schedule|annex)\s?(\d+[a-z]{0,2})\b"
)
_YEARS = re.compile(r"\b(?:19|20)\d\d\b")


def misfits(question: str, topic: Topic, area_settings: Iterable[str] = ()) -> tuple[str, ...]:
    """What keeps the topic from being the answer: kinds of fact that it lacks, circumstances of another case.

    `area_settings` are the settings of the area shown beside the topic: they bring contacts and forms.
    """
    asked = plainly(question)
    has = set(topic.facts)
    if any(True for _ in area_settings):
        has |= {"contact", "form"}
    lacking = [need.name for need in NEEDS if need.asks.search(asked) and not has & set(need.facts)]
    said = plainly(" ".join((topic.title, topic.text, *topic.asks, *_cited(topic))))
    places = (rf"(?<!\w)s?{re.escape(number)}(?!\w)" for number in _PLACES.findall(asked))
    lacking += ["a place in a document" for place in places if not re.search(place, said)]
    lacking += ["a year" for year in _YEARS.findall(asked) if year not in said]
    lacking += sorted(stated(asked) & set(topic.never))
    return tuple(dict.fromkeys(lacking))


def answers_need(question: str, topic: Topic) -> bool:
    """Whether the question asks for a kind of fact, and the topic has it."""
    asked = plainly(question)
    needs = [need for need in NEEDS if need.asks.search(asked)]
    return bool(needs) and all(set(topic.facts) & set(need.facts) for need in needs)


def _cited(topic: Topic) -> Iterable[str]:
    for one in topic.citations:
        yield from (one.place, one.source.title, one.source.edition or "")
