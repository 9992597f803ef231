"""Answers to a reminder in everyday words, meant so only by somebody who was reminded of what still runs."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from bot.answering import is_asked
from bot.case_answers import asking
from bot.case_step import CaseAsk
from bot.cases.clocks import Clock
from bot.casework import area_year, case_blocks, casework
from bot.casework.casework import Desk
from bot.commands import plainly
from bot.delivering.nudge_buttons import ACT_WORDS
from bot.moment import Moment, Outcome
from bot.people import need_to_know
from bot.public_only import is_public_only
from bot.storage.people import Person
from dialogs.answers import InvalidAnswer
from dialogs.typed_dates import Understood, parse_date

_WE = r"(?:(?:i|we)(?:'ve| have)? )"
_WHEN = r"(?: (?:on )?(?P<day>[a-z0-9/. -]{3,20}))"
_DONE = (
    re.compile(rf"(?:(?:it|that|this)(?:'s| is| was) |all )?done{_WHEN}"),
    re.compile(rf"{_WE}(?:did|done) (?:it|that|this){_WHEN}?"),
)
_NOTIFIED = (
    re.compile(rf"{_WE}?notified(?: (?:the )?(?:national )?panel){_WHEN}?"),
    re.compile(rf"{_WE}?notified{_WHEN}"),
    re.compile(rf"(?:the )?(?:national )?panel (?:was|has been|is) notified{_WHEN}?"),
    re.compile(rf"{_WE}sent the notification{_WHEN}?"),
)
_LATER = frozenset({"remind me tomorrow", "remind me again tomorrow", "remind me in the morning", "ask me tomorrow"})
_HANDED = frozenset({"hand over", "hand it over", "reassign", "reassign it", "give it to someone else"})
_MET_BY = "notified"
_MAY_BE_LEFT = frozenset({"next", "offer"})


def meant(desk: Desk, person: Person | None, moment: Moment, outcome: Outcome) -> Outcome | None:
    """The outcome that does what was plainly said of a reminder; None where it was not, and `outcome` stands.

    Only what would be answered as a question is looked at, so danger, commands and what is asked now come first.
    """
    awaited = moment.state.awaited
    # What follows an answer, or is offered for one, may be left; any other question is answered first.
    is_free = outcome.kind == "asked" and not is_asked(moment) and (awaited is None or awaited.kind in _MAY_BE_LEFT)
    if person is None or not is_free or outcome.emergency or moment.state.danger:
        return None
    if is_public_only(moment.definitions.area, moment.turn.channel):
        return None
    ask = _asked(plainly(moment.typed or ""), desk.today)
    if ask is None or not casework.are_kept(desk) or not (running := _reminded(desk, person)):
        return None
    if ask.value("met by"):
        clock = next((one for one in running if one.rule.met_by == _MET_BY), None)
        if clock is None:
            return None
        ask = CaseAsk("done", clock=clock.id, given=tuple(pair for pair in ask.given if pair[0] == "day"))
    return asking(moment, ask, f"{ACT_WORDS[ask.act]}.")


def _asked(said: str, today: date) -> CaseAsk | None:
    """What such words ask, with the day where it is understood; None where they ask nothing of a case."""
    if said in _LATER:
        return CaseAsk("snooze")
    if said in _HANDED:
        return CaseAsk("reassign")
    for patterns, ask in ((_DONE, CaseAsk("done")), (_NOTIFIED, CaseAsk("done").having("met by", _MET_BY))):
        for pattern in patterns:
            if (found := pattern.fullmatch(said)) is not None:
                return _on(ask, found["day"], today)
    return None


def _on(ask: CaseAsk, words: str | None, today: date) -> CaseAsk | None:
    """The same with the day that is named; None where the words are no day, or one to come."""
    if not words:
        return ask
    try:
        read = parse_date(words, today)
    except InvalidAnswer:
        return None
    if isinstance(read, Understood):
        return ask.having("day", read.on.isoformat()) if read.on <= today else None
    return ask if any(day <= today for day in read.on) else None


def _reminded(desk: Desk, person: Person) -> list[Clock]:
    """The duties that run in the cases of which somebody was reminded, of something that runs in them still."""
    listed = need_to_know.listed(desk.connection, person, desk.area, ("open",))
    every = ((stored, casework.clocks(desk, casework.read(desk, stored))) for stored in listed)
    found = (clocks for stored, clocks in every if area_year.reminded(desk, person, stored, clocks))
    return [clock for clocks in found for clock in case_blocks.urgent(clocks)]


def with_notice(outcome: Outcome, done: Outcome) -> Outcome:
    """What came of it, under the notice about danger where one stood over the answer."""
    return replace(done, blocks=(outcome.blocks[0], *done.blocks), softly=True) if outcome.softly else done
