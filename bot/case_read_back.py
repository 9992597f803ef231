"""Reads back what ends duties of a case, or decides a review, with its reason: it is recorded only on a yes to that."""

from __future__ import annotations

from dataclasses import replace

from bot import wording_cases, wording_read_back
from bot.case_step import SURE, CaseAsk, CaseStep
from bot.cases.case import Case, Event, EventKind
from bot.cases.held_news import ends, owed
from bot.casework import case_blocks, casework
from bot.casework.case_forms import named
from bot.casework.case_steps import question, step
from bot.casework.casework import Desk
from bot.people import people
from bot.storage import people as stored_people

_OTHER = "change"
_ANSWERS = (("yes", "Yes"), (_OTHER, "Give another reason"))
_GRAVE = frozenset({"closed", "review decided", "impact recorded"})
_UPTO = "upto"
"""Under what the newest event is kept that stood on record when it was read back."""


def read_back(desk: Desk, case: Case, ask: CaseAsk, kind: EventKind) -> CaseStep | None:
    """The step that reads it back; None where it needs none, or a yes was said to all that stands by now.

    What was put on record meanwhile is told first: the yes may rest on what is so no more.
    """
    if not _is_grave(ask) or _is_on_record(case, ask, kind):
        return None
    newest = str(case.events[-1].seq)
    if ask.value(SURE) == _OTHER:
        return question(desk, case, ask.having(SURE, "").having(_UPTO, ""), "words")
    if ask.value(SURE) and ask.value(_UPTO) == newest:
        return None
    was = ask.value(_UPTO)
    since = tuple(one for one in case.events if was and one.seq > int(was))
    text = wording_read_back.sure(_decided(case, ask, kind), ask.value("words"), _ended(desk, case, ask, kind))
    if kind == "review decided" and case.newest(kind) is not None:
        text = f"{wording_read_back.decided_before(case_blocks.review_on_record(case))} {text}"
    if since:
        text = f"{wording_read_back.meanwhile(_lines(desk, case, since))} {text}"
    return step(ask.having(SURE, "").having(_UPTO, newest), SURE, "option", text, _ANSWERS)


def _is_grave(ask: CaseAsk) -> bool:
    """Whether the reason given for it ends what is owed, or decides: the words may answer something else."""
    is_ending = ask.value("event") in _GRAVE or ask.value("decision") == "not met"
    return is_ending and bool(ask.value("words"))


def _is_on_record(case: Case, ask: CaseAsk, kind: EventKind) -> bool:
    """Whether that was decided before, for the same reason, and only its day is given now."""
    last = case.newest(kind)
    return last is not None and (last.value("decision"), last.words) == (ask.value("decision"), ask.value("words"))


def _decided(case: Case, ask: CaseAsk, kind: EventKind) -> str:
    words = wording_cases.REVIEW_DECIDED if kind == "review decided" else wording_cases.DECISIONS
    decided = words.get(ask.value("decision"), "")
    return f"{named(kind, case)}: {decided[:1].lower()}{decided[1:]}" if decided else named(kind, case)


def _ended(desk: Desk, case: Case, ask: CaseAsk, kind: EventKind) -> tuple[str, ...]:
    """What would end by it undone, by its titles: what it meets is done by it."""
    values = tuple((name, ask.value(name)) for name in ("decision", "action") if ask.value(name) not in ("", "none"))
    later = Event(case.events[-1].seq + 1, desk.at, kind, "", words=ask.value("words"), values=values)
    left = owed(casework.clocks(desk, replace(case, events=(*case.events, later))))
    was = (one for one in casework.clocks(desk, case) if one.is_running and one.rule.met_by != kind)
    return tuple(dict.fromkeys(one.title for one in was if ends(one, left)))


def _lines(desk: Desk, case: Case, since: tuple[Event, ...]) -> tuple[str, ...]:
    ids = {one.by for one in since} | {one.value("owner") for one in since}
    known = stored_people.known_as(desk.connection, desk.keys, ids - {""})
    names = {id_: people.label(one) for id_, one in known.items()}
    return tuple(case_blocks.event_line(one, names, {}, case) for one in since)
