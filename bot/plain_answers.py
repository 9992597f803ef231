"""Answers to a reminder in everyday words, meant so only by somebody who was reminded of what still runs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot import case_own_actions, case_said_done
from bot.answering import is_asked
from bot.case_answers import about_the_same, asking, button_for
from bot.case_notified import BY, OF_A_DEATH, OTHERS, SOMEBODY, THEM, US, instead, options
from bot.case_step import CaseAsk
from bot.casework import area_year, casework
from bot.casework.casework import Desk
from bot.clock import london_date
from bot.commands import plainly
from bot.delivering.nudge_buttons import ACT_WORDS
from bot.messages import Text
from bot.moment import Moment, Outcome
from bot.people import need_to_know, people
from bot.plain_days import Day, day_said, is_a_time, names
from bot.prompts import told
from bot.public_only import is_public_only
from bot.storage import cases
from bot.storage.people import Person
from bot.wording_duties import NOT_YET, ONE_AT_A_TIME, only_until
from dialogs.done_words import said_done
from knowledge.hearing import EXAMPLE

_WE = r"(?:(?:yes,? )?(?:i|we)(?:'ve| have)?(?: now| just)? )"
_COUNCIL = r"(?:council|area|authority|local authority)"
_THEY = rf"(?:(?:they|the {_COUNCIL})(?:'ve| have| has)? )"
_OTHER = (
    rf"(?:(?:(?:the|their) other|their|another|the other area's|the (?:responsible|placing|home)) {_COUNCIL}"
    rf"|the {_COUNCIL} responsible(?: for (?:the child|him|her|them))?)"
)
_OTHERS = rf"(?:{_OTHER}(?: has|'s| have)? )"
_WHO = rf"(?:(?P<us>{_WE})|(?P<others>{_OTHERS})|(?P<them>{_THEY}))"
_PANEL = r"(?:the )?(?:national )?panel"
_STATE = r"(?:(?:the )?(?:secretary of state|ofsted))"
_WHEN = r"(?:,? (?:on )?(?P<day>[a-z0-9/.:, -]{3,40}))"
_TOLD = r"(?:notified|told|informed)"
# "submitted this morning" says when, not what.
_IT = r"(?:it|that|this(?! (?:morning|afternoon|evening)\b))"
_BY = rf"(?: by (?:(?P<others>{_OTHER})|(?P<us>us|me)|(?P<them>them|the {_COUNCIL})))"
_OFF = rf"(?: off| in)?(?: to {_PANEL})?"
_DONE = (
    re.compile(rf"(?:(?:ok|okay|yes|all|already|its),? )+done{_WHEN}?"),
    re.compile(rf"(?:(?:it|that|this)(?:'s| is| was) |is )?(?:already )?done{_WHEN}?"),
    re.compile(rf"{_WE}?did {_IT}{_WHEN}?"),
    re.compile(rf"{_WE}?(?:already )?done {_IT}{_WHEN}?"),
    re.compile(rf"(?:it|that|this)(?:'s| has) (?:now |already )?been done{_WHEN}?"),
    re.compile(rf"{_WE}?(?:sent|submitted) {_IT}(?: off| in)?{_WHEN}?"),
    re.compile(rf"(?:it|that|this)(?:'s| is| was| has been) (?:sent|submitted){_WHEN}?"),
    re.compile(rf"{_WE}?(?:sent|submitted){_WHEN}"),
)
_NOTIFIED = (
    re.compile(rf"{_WHO}?notified(?: {_PANEL})?{_WHEN}?"),
    re.compile(rf"{_WHO}{_TOLD} {_PANEL}{_WHEN}?"),
    re.compile(rf"{_PANEL} (?:(?:was|has been|have been|is) )?{_TOLD}{_BY}?{_WHEN}?"),
    re.compile(rf"{_WHO}?(?:sent|submitted) (?:the|their|our) notification{_OFF}{_WHEN}?"),
    re.compile(rf"(?:(?:the|our) )?notification (?:(?:was|has been|is) )?(?:sent|submitted){_OFF}{_WHEN}?"),
)
_OF_A_DEATH = (re.compile(rf"{_WE}?{_TOLD} {_STATE}(?: and {_STATE})?{_WHEN}?"),)
# "Done, thanks" says no more than "done".
_THANKS = (
    r"(?:(?:many|ok|okay|great) )?(?:thanks|thank you|thx|cheers|ta)"
    r"(?: (?:a lot|very much|so much|again|all|for (?:the reminder|reminding me|your help)))?"
)
_KIND_WORDS = re.compile(rf"(?:^{_THANKS}[ ,.!:-]+|(?:[ ,.!:-]+{_THANKS}|[ ,.!]*(?:[:;]-?[)d]|[🙂😊😀👍✅]))[ .!]*$)")
_CASE = re.compile(r"(?:,|,? and\b|,? &)? ?(?:(?:on|in|for|of) )?(?:cases? )?(\d\d-\d{3,})\b[:,]?")
_HAVE_IT = frozenset({"i have it", "i've got it"})
_SNOOZE = frozenset({"remind me later", "snooze"})
_LATER = frozenset({"remind me tomorrow", "remind me again tomorrow", "remind me in the morning", "ask me tomorrow"})
_ON_A_DAY = re.compile(
    r"(?:(?:remind|ask|tell) me(?: again)?|(?:put it off|snooze(?: it)?) (?:until|till|to)) (?P<when>.+)"
)
_WHY = re.compile(r"(?P<said>[^:;]+?)(?:\s*[:;\u2013\u2014]\s*|\s-\s|,? because )(?P<why>.*\w.*)", re.IGNORECASE)
_HAVE_NOT = r"(?:i|we) (?:have not|haven't|did not|didn't)(?: yet)?"
_NOT_YET = re.compile(
    r"(?:no,? )?(?:not yet"
    r"|(?:(?:it|that|this)(?:'s| is| has)? )?(?:still )?not (?:been )?(?:done|sent|notified)(?: yet)?"
    r"|(?:it|that|this) (?:isn't|hasn't been) (?:done|sent)(?: yet)?"
    rf"|{_HAVE_NOT}(?: (?:done|do|sent|send))?(?: {_IT})?(?: yet)?"
    rf"|{_HAVE_NOT} (?:(?:notified|notify)(?: {_PANEL})?|(?:told|tell) {_PANEL})(?: yet)?)"
)
_HANDED = frozenset({"hand over", "hand it over", "reassign", "reassign it", "give it to someone else"})
KINDS = frozenset({"asked", "not understood"})
"""The kinds of what comes of words that may be such an answer."""
_MAY_BE_LEFT = frozenset({"next", "offer"})
_MENUS = frozenset({"act", "clock", "ref"})
"""What is asked about a case that another act may be said instead of: which act, of which duty, of which case."""


def meant(desk: Desk, person: Person | None, moment: Moment, outcome: Outcome) -> Outcome | None:
    """The outcome that does what was plainly said of a reminder; None where it was not, and `outcome` stands.

    Only what would be answered as a question is looked at, so danger, commands and what is asked now come first.
    """
    if person is None or not _is_free(moment, outcome) or outcome.emergency or _is_elsewhere(moment):
        return None
    typed, why = _with_why(moment.typed or "", desk.today)
    words, refs = _said_of(typed)
    if _NOT_YET.fullmatch(words) and casework.are_kept(desk):
        return _not_yet(moment, [one.ref for one, _, _ in _reminded(desk, person) if not refs or one.ref in refs])
    said = _asked(words, desk.today)
    if said is None or not casework.are_kept(desk):
        return None
    if len(refs) > 1:
        return _each(moment, [one for ref in refs if (one := _of_case(desk, person, said.ask, ref))])
    ask = _of_case(desk, person, said.ask, refs[0]) if refs else _of_those(desk, person, moment, said.ask)
    if ask is None:
        return None
    first, until = said.first, london_date(desk.working_time.morning_after(desk.at))
    if ask.act == "snooze" and words not in _LATER | _SNOOZE and not names(words, until):
        first = only_until(until)
    # What to do first where the reason may tell of danger stays before everything.
    notice = outcome.blocks[:1] if why and outcome.softly else ()
    done = asking(moment, ask.having("words", why) if why else ask, f"{ACT_WORDS[ask.act]}.")
    return replace(done, blocks=(*notice, *((Text.of(first),) if first else ())), softly=bool(notice))


def _with_why(typed: str, today: date) -> tuple[str, str]:
    """What was typed without the reason why a duty is put off, and the reason; empty where none was given with it."""
    found = _WHY.fullmatch(" ".join(typed.split()))
    said = _asked(_said_of(found["said"])[0], today) if found is not None else None
    return (found["said"], found["why"]) if found is not None and said and said.ask.act == "snooze" else (typed, "")


def _not_yet(moment: Moment, reminded: list[str]) -> Outcome | None:
    """That nothing is recorded of what is not done yet, and how to say that they are on it or that it waits.

    None where they were reminded of nothing.
    """
    if not reminded:
        return None
    acts = [CaseAsk(act, reminded[0]) for act in ("acknowledge", "snooze")] if len(reminded) == 1 else []
    return _offered(moment, "Not yet.", NOT_YET, acts)


def _each(moment: Moment, asks: list[CaseAsk]) -> Outcome | None:
    """That nothing is recorded of several cases at once, and a button for each; None where none of them is theirs."""
    acts = [CaseAsk(ask.act, ask.ref) for ask in asks]
    return _offered(moment, f"{ACT_WORDS[asks[0].act]}.", ONE_AT_A_TIME, acts) if asks else None


def _offered(moment: Moment, said: str, text: str, acts: Sequence[CaseAsk]) -> Outcome:
    """What is said where nothing is done yet, with a button for each act that may be meant."""
    awaited = moment.state.awaited
    if awaited is not None and awaited.step is not None:
        moment = moment.at(replace(moment.state, awaited=None))
    buttons = (button_for(act) for act in acts)
    return replace(told(moment, "case left", said, text), once_known=tuple(one for one in buttons if one is not None))


def _said_of(typed: str) -> tuple[str, tuple[str, ...]]:
    """What was said without thanks and the cases that it names, and their references.

    A question keeps its mark, so that nobody who asks whether it is done is taken to say so.
    """
    said = _without_thanks(plainly(typed)) + "?" * ("?" in typed)
    return " ".join(_CASE.sub(" ", said).split()).strip(" .!"), tuple(dict.fromkeys(_CASE.findall(said)))


def _without_thanks(said: str) -> str:
    while said != (bare := plainly(_KIND_WORDS.sub("", said)).strip(" ,")):
        said = bare
    return said


def _of_case(desk: Desk, person: Person, ask: CaseAsk, ref: str) -> CaseAsk | None:
    """The act with the case that is named, where somebody acts on it, or was reminded of it."""
    stored = cases.find(desk.connection, desk.area, ref)
    is_theirs = people.may(person, desk.area, "act on case", stored) if stored is not None else False
    if not is_theirs and all(one.ref != ref for one, _, _ in _reminded(desk, person)):
        return None
    return replace(ask, ref=ref)


def _of_those(desk: Desk, person: Person, moment: Moment, ask: CaseAsk) -> CaseAsk | None:
    """The act with the case that is asked about now, unless it is not open in that one who notified; or with none.

    None where they were reminded of nothing that it may be.
    """
    if not (reminded := _reminded(desk, person)):
        return None
    here, by = about_the_same(moment, ask), ask.value(BY)
    if case_said_done.is_said(ask):
        fit = dict(case_said_done.options(desk, reminded, ask))
        return (here if here.ref in fit else ask) if fit else None
    if not by:
        return here
    offered = dict(options(desk, person, reminded, by))
    if not offered and not instead(desk, person, reminded, by):
        return None
    return here if here.ref in offered else ask


def without_danger(desk: Desk, person: Person | None, moment: Moment, outcome: Outcome) -> Moment | None:
    """The moment without the danger that its words are only like; None where that is to be heard.

    It is not where somebody who was reminded says nothing but that it is done, or not yet, or for later, and when. What
    a rule hears, and whatever else is said, is heard from everybody.
    """
    heard = moment.heard
    if person is None or heard is None or heard.danger is None or not (outcome.emergency or outcome.softly):
        return None
    is_only_like = heard.danger.because.startswith(EXAMPLE)
    if not is_only_like or is_asked(moment) or _is_elsewhere(moment):
        return None
    said, _ = _said_of(moment.typed or "")
    if _NOT_YET.fullmatch(said) is None and _asked(said, desk.today) is None:
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


@dataclass(frozen=True)
class _Said:
    """What words ask of a case; `first` is what is said of their day, where it cannot be."""

    ask: CaseAsk
    first: str = ""


def _asked(said: str, today: date) -> _Said | None:
    """What such words ask, with the day where it is understood; None where they ask nothing of a case."""
    bare = said.removesuffix("?")
    if bare in _LATER | _SNOOZE:
        return _Said(CaseAsk("snooze"))
    if bare in _HANDED:
        return _Said(CaseAsk("reassign"))
    if (found := _ON_A_DAY.fullmatch(bare)) is not None and is_a_time(found["when"]):
        return _Said(CaseAsk("snooze"))
    if bare in _HAVE_IT:
        return _Said(CaseAsk("acknowledge"))
    every = (_of_match(one, said, today) for one in (*_DONE, *_OF_A_DEATH, *_NOTIFIED))
    of_a_duty = (_on(case_said_done.ask(one.clocks), one.day, today) for one in said_done(said))
    return next((found for found in (*every, *of_a_duty) if found is not None), None)


def _of_match(pattern: re.Pattern[str], said: str, today: date) -> _Said | None:
    if (found := pattern.fullmatch(said)) is None:
        return None
    ask, who = CaseAsk("done"), found.groupdict()
    if pattern in _NOTIFIED:
        ask = ask.having(BY, next((one for one in (US, OTHERS, THEM) if who.get(one)), SOMEBODY))
    if pattern in _OF_A_DEATH:
        ask = ask.having(BY, OF_A_DEATH)
    return _on(ask, found["day"], today)


def _on(ask: CaseAsk, words: str | None, today: date) -> _Said | None:
    """The same with the day that is named, or without one where it cannot be; None where the words are no day."""
    day = day_said(words, today) if words else Day()
    if day is None:
        return None
    return _Said(ask.having("day", day.on.isoformat()) if day.on else ask, day.first)


def _reminded(desk: Desk, person: Person) -> list[area_year.Found]:
    """The cases of which somebody was reminded, of something that runs in them still, with their clocks."""
    listed = need_to_know.going_on(desk.connection, person, desk.area)
    read = [(stored, casework.read(desk, stored)) for stored in listed]
    every: list[area_year.Found] = [(stored, case, casework.clocks(desk, case)) for stored, case in read]
    every += case_own_actions.found(desk, person)
    return [one for one in every if area_year.reminded(desk, person, one[0], one[2])]


def with_notice(outcome: Outcome, plain: Outcome, done: Outcome) -> Outcome:
    """What came of it, under what it says first, and the notice about danger where one stood over the answer.

    What it says first is about what is asked then: where nothing is, it would only be beside the point.
    """
    if done is not plain and done.state.awaited is not None:
        done = replace(done, blocks=(*plain.blocks, *done.blocks))
    return replace(done, blocks=(outcome.blocks[0], *done.blocks), softly=True) if outcome.softly else done
