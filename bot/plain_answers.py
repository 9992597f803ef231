"""Answers to a reminder in everyday words, meant so only by somebody who was reminded of what still runs."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from bot.answering import is_asked
from bot.case_answers import about_the_same, asking
from bot.case_notified import BY, OTHERS, SOMEBODY, THEM, US, instead, options
from bot.case_step import CaseAsk
from bot.casework import area_year, casework
from bot.casework.casework import Desk
from bot.clock import london_date
from bot.commands import plainly
from bot.delivering.nudge_buttons import ACT_WORDS
from bot.messages import Text
from bot.moment import Moment, Outcome
from bot.people import need_to_know
from bot.public_only import is_public_only
from bot.storage.people import Person
from bot.wording_duties import only_until
from dialogs.answers import InvalidAnswer
from dialogs.typed_dates import Understood, parse_date
from knowledge.hearing import EXAMPLE

_WE = r"(?:(?:yes,? )?(?:i|we)(?:'ve| have)?(?: now| just)? )"
_COUNCIL = r"(?:council|area|authority|local authority)"
_THEY = rf"(?:(?:they|the {_COUNCIL})(?:'ve| have| has)? )"
_OTHER = rf"(?:(?:the|their) other|their|another|the other area's) {_COUNCIL}"
_OTHERS = rf"(?:{_OTHER}(?: has|'s| have)? )"
_WHO = rf"(?:(?P<us>{_WE})|(?P<others>{_OTHERS})|(?P<them>{_THEY}))"
_PANEL = r"(?:the )?(?:national )?panel"
_WHEN = r"(?:,? (?:on )?(?P<day>[a-z0-9/. -]{3,20}))"
_TOLD = r"(?:notified|told|informed)"
# "submitted this morning" says when, not what.
_IT = r"(?:it|that|this(?! (?:morning|afternoon|evening)\b))"
_BY = rf"(?: by (?:(?P<others>{_OTHER})|(?P<us>us|me)|(?P<them>them|the {_COUNCIL})))"
_DONE = (
    re.compile(rf"(?:(?:ok|okay|yes|all|already|its),? )+done{_WHEN}?"),
    re.compile(rf"(?:(?:it|that|this)(?:'s| is| was) )?(?:already )?done{_WHEN}"),
    re.compile(rf"{_WE}?did {_IT}{_WHEN}?"),
    re.compile(rf"{_WE}(?:already )?done {_IT}{_WHEN}?"),
    re.compile(rf"{_WE}?(?:sent|submitted) {_IT}(?: off| in)?{_WHEN}?"),
    re.compile(rf"(?:it|that|this)(?:'s| is| was| has been) (?:sent|submitted){_WHEN}?"),
    re.compile(rf"{_WE}?(?:sent|submitted){_WHEN}"),
)
_NOTIFIED = (
    re.compile(rf"{_WHO}?notified(?: {_PANEL})?{_WHEN}?"),
    re.compile(rf"{_WHO}{_TOLD} {_PANEL}{_WHEN}?"),
    re.compile(rf"{_PANEL} (?:was|has been|have been|is) {_TOLD}{_BY}?{_WHEN}?"),
    re.compile(rf"{_WHO}?(?:sent|submitted) (?:the|their|our) notification(?: off| in)?{_WHEN}?"),
    re.compile(rf"(?:the|our) notification (?:was|has been|is) (?:sent|submitted)(?: off| in)?{_WHEN}?"),
)
_CASE = re.compile(r",? ?(?:(?:on|in|for|of) )?(?:case )?(\d\d-\d{3,})\b[:,]?")
_LATER = frozenset({"remind me tomorrow", "remind me again tomorrow", "remind me in the morning", "ask me tomorrow"})
_ON_A_DAY = re.compile(
    r"(?:(?:remind|ask|tell) me(?: again)?|(?:put it off|snooze(?: it)?) (?:until|till|to)) (?P<when>.+)"
)
_DAYS = "monday tuesday wednesday thursday friday saturday sunday"
_MONTHS = "january february march april may june july august september october november december"
_NAMED = frozenset(part for name in f"{_DAYS} {_MONTHS}".split() for part in (name, name[:3]))
_SPANS = frozenset(
    "minute minutes hour hours day days week weeks month months afternoon evening tonight lunch lunchtime noon "
    "christmas easter".split()
)
_AROUND = frozenset(
    "on in at by after until till next last this the a an end of two three four few couple later".split()
)
_NUMBER = re.compile(
    r"[0-9]{1,4}(?:st|nd|rd|th|am|pm)?|[0-9]{1,2}[:.][0-9]{2}(?:am|pm)?|[0-9]{1,2}/[0-9]{1,2}(?:/[0-9]{2,4})?"
)
_HANDED = frozenset({"hand over", "hand it over", "reassign", "reassign it", "give it to someone else"})
KINDS = frozenset({"asked", "not understood"})
"""The kinds of what comes of words that may be such an answer."""
_MAY_BE_LEFT = frozenset({"next", "offer"})
_MENUS = frozenset({"act", "clock", "ref"})
"""What is asked about a case that another act may be said instead of: which act, of which duty, of which case."""
_PART_OF_A_DAY = (
    (re.compile(r"(?:earlier )?(?:this (?:morning|afternoon|evening)|tonight)|earlier today|just now"), "today"),
    (re.compile(r"at [0-9]{1,2}(?:[:.][0-9]{2})? ?(?:am|pm)?"), "today"),
    (re.compile(r"last (?:night|evening)|yesterday (?:morning|afternoon|evening)"), "yesterday"),
)


def meant(desk: Desk, person: Person | None, moment: Moment, outcome: Outcome) -> Outcome | None:
    """The outcome that does what was plainly said of a reminder; None where it was not, and `outcome` stands.

    Only what would be answered as a question is looked at, so danger, commands and what is asked now come first.
    """
    if person is None or not _is_free(moment, outcome) or outcome.emergency or _is_elsewhere(moment):
        return None
    said, ref = _said_of(moment)
    ask = _asked(said, desk.today)
    if ask is None or not casework.are_kept(desk) or not (reminded := _reminded(desk, person)):
        return None
    if ref:
        ask = replace(ask, ref=ref) if any(stored.ref == ref for stored, _, _ in reminded) else None
    else:
        ask = _of_those(desk, person, moment, ask, reminded)
    if ask is None:
        return None
    found = asking(moment, ask, f"{ACT_WORDS[ask.act]}.")
    until = london_date(desk.working_time.morning_after(desk.at))
    if ask.act == "snooze" and said not in _LATER and not _names(said, until):
        return replace(found, blocks=(Text.of(only_until(until)),))
    return found


def _said_of(moment: Moment) -> tuple[str, str]:
    """What was said without the case that it names, and that one's reference; empty where it names none, or two."""
    said = plainly(moment.typed or "")
    named = _CASE.findall(said)
    return (plainly(_CASE.sub(" ", said)), named[0]) if len(named) == 1 else (said, "")


def _of_those(
    desk: Desk, person: Person, moment: Moment, ask: CaseAsk, reminded: list[area_year.Found]
) -> CaseAsk | None:
    """The act with the case that is asked about now, unless it is not open in that one who notified; or with none."""
    here, by = about_the_same(moment, ask), ask.value(BY)
    if not by:
        return here
    offered = dict(options(desk, person, reminded, by))
    if not offered and not instead(desk, person, reminded, by):
        return None
    return here if here.ref in offered else ask


def without_danger(desk: Desk, person: Person | None, moment: Moment, outcome: Outcome) -> Moment | None:
    """The moment without the danger that its words are only like; None where that is to be heard.

    It is not where somebody who was reminded says nothing but that it is done, or for later, and when. What a rule
    hears, and whatever else is said, is heard from everybody.
    """
    heard = moment.heard
    if person is None or heard is None or heard.danger is None or not (outcome.emergency or outcome.softly):
        return None
    is_only_like = heard.danger.because.startswith(EXAMPLE)
    if not is_only_like or is_asked(moment) or _is_elsewhere(moment):
        return None
    said, _ = _said_of(moment)
    if not _is_nothing_else(said) or _asked(said, desk.today) is None:
        return None
    if not casework.are_kept(desk) or not _reminded(desk, person):
        return None
    return replace(moment, heard=replace(heard, danger=None))


def _is_free(moment: Moment, outcome: Outcome) -> bool:
    """Whether what was asked last may be left: what follows an answer, is offered for one, or chooses what to do."""
    awaited = moment.state.awaited
    if awaited is not None and awaited.step is not None:
        return awaited.step.name in _MENUS and awaited.step.takes == "option" and outcome.kind == "not understood"
    return outcome.kind == "asked" and not is_asked(moment) and (awaited is None or awaited.kind in _MAY_BE_LEFT)


def _is_elsewhere(moment: Moment) -> bool:
    """Whether no reminder is answered here: an emergency answer stands, or whoever asks is not known by the channel."""
    return moment.state.danger or is_public_only(moment.definitions.area, moment.turn.channel)


def _is_nothing_else(said: str) -> bool:
    """Whether the day of such words, where they give one, is nothing but a day."""
    found = next((one for each in (*_DONE, *_NOTIFIED) if (one := each.fullmatch(said))), None)
    day = found["day"] if found is not None else None
    return not day or day in ("today", "yesterday") or _day_part(day) != day or _is_a_time(day)


def _day_part(words: str) -> str:
    """The day that a part of one is on: "this morning" is today; other words as they are."""
    return next((day for pattern, day in _PART_OF_A_DAY if pattern.fullmatch(words)), words)


def _asked(said: str, today: date) -> CaseAsk | None:
    """What such words ask, with the day where it is understood; None where they ask nothing of a case."""
    if said in _LATER:
        return CaseAsk("snooze")
    if said in _HANDED:
        return CaseAsk("reassign")
    if (found := _ON_A_DAY.fullmatch(said)) is not None and _is_a_time(found["when"]):
        return CaseAsk("snooze")
    if found := next((one for one in (each.fullmatch(said) for each in _DONE) if one), None):
        return _on(CaseAsk("done"), found["day"], today)
    if found := next((one for one in (each.fullmatch(said) for each in _NOTIFIED) if one), None):
        who = found.groupdict()
        by = next((one for one in (US, OTHERS, THEM) if who.get(one)), SOMEBODY)
        return _on(CaseAsk("done").having(BY, by), found["day"], today)
    return None


def _is_a_time(words: str) -> bool:
    """Whether words name a time, such as "on friday" or "in two weeks", and nothing else."""
    every = words.replace(",", " ").split()
    times = [one for one in every if one in _NAMED or one in _SPANS or _NUMBER.fullmatch(one)]
    return bool(times) and all(one in times or one in _AROUND for one in every)


def _names(said: str, day: date) -> bool:
    """Whether what was said names this coming day by its weekday."""
    every = said.split()
    return "next" not in every and bool({f"{day:%A}".casefold(), f"{day:%a}".casefold()} & set(every))


def _on(ask: CaseAsk, words: str | None, today: date) -> CaseAsk | None:
    """The same with the day that is named; None where the words are no day, or one to come."""
    if not words:
        return ask
    try:
        read = parse_date(_day_part(words), today)
    except InvalidAnswer:
        return None
    if isinstance(read, Understood):
        return ask.having("day", read.on.isoformat()) if read.on <= today else None
    return ask if any(day <= today for day in read.on) else None


def _reminded(desk: Desk, person: Person) -> list[area_year.Found]:
    """The cases of which somebody was reminded, of something that runs in them still, with their clocks."""
    listed = need_to_know.listed(desk.connection, person, desk.area, ("open",))
    read = ((stored, casework.read(desk, stored)) for stored in listed)
    every = [(stored, case, casework.clocks(desk, case)) for stored, case in read]
    return [one for one in every if area_year.reminded(desk, person, one[0], one[2])]


def with_notice(outcome: Outcome, plain: Outcome, done: Outcome) -> Outcome:
    """What came of it, under what it says first, and the notice about danger where one stood over the answer.

    What it says first is about what is asked then: where nothing is, it would only be beside the point.
    """
    if done.state.awaited is not None:
        done = replace(done, blocks=(*plain.blocks, *done.blocks))
    return replace(done, blocks=(outcome.blocks[0], *done.blocks), softly=True) if outcome.softly else done
