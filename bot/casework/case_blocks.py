"""A case as it is shown in a conversation: what is to be done by when, in order of urgency, and what has happened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from bot import wording_agreeing, wording_case_joining, wording_cases, wording_closed, wording_duties
from bot.cases.case import Case, Event
from bot.cases.case_event import DAY_UNKNOWN
from bot.cases.clock_start import opened_on
from bot.cases.clock_words import explain, moved_words
from bot.cases.clocks import Clock, Moved
from bot.cases.days_missing import days_missing, waits_for
from bot.cases.digest import follows_late
from bot.cases.nudge_words import STRICTER_PASSED, label
from bot.cases.reopening import LEFT_CLOSED, to_reopen, would_be_owed
from bot.cases.whose_notification import another_notifies, is_decided_for_nobody_here
from bot.casework import wording_board
from bot.casework.kept_decisions import JOINED, named
from bot.clock import london_date
from bot.messages import Block, Bullets, Card, Text
from bot.record import Record
from bot.storage.cases import Stored
from bot.storage.nudges import Noted
from dialogs.date_words import spoken
from knowledge.area_values import DayOff

NEWEST = 5
"""How many of the newest events are shown."""


def urgent(clocks: Iterable[Clock]) -> list[Clock]:
    """The clocks that run and are reminded of, the soonest deadline first."""
    every = list(clocks)
    running = [one for one in every if one.is_running and one.nudged and not follows_late(one, every)]
    return sorted(running, key=lambda one: (one.deadline or date.max, one.name))


def titled(clock: Clock) -> str:
    """What is to be done; of several ways to count one duty, which it is."""
    return f"{clock.title}, counted from {clock.rule.reading_of}" if clock.rule.reading_of else clock.title


def due(clock: Clock, today: date) -> str:
    """What is to be done, and by when."""
    return f"{titled(clock)}, {until(clock, today)}"


def until(clock: Clock, today: date) -> str:
    """By when, in words."""
    if clock.latest is None or clock.deadline is None:
        return "no date yet"
    if clock.deadline < today and not clock.binding:
        return f"{STRICTER_PASSED} on {spoken(clock.deadline)}"
    if clock.deadline < today:
        return f"late since {spoken(clock.deadline)}"
    if clock.deadline == today:
        return "today"
    if clock.aim_for is not None and clock.aim_for != clock.latest and clock.deadline == clock.latest:
        return f"aim for {spoken(clock.aim_for)}, latest {spoken(clock.latest)}"
    return f"latest {spoken(clock.deadline)}"


def why(ref: str, clock: Clock, today: date, closed: Iterable[DayOff]) -> Block:
    """A duty of a case with its day, and why that is what it is; `closed` are days on which the offices are shut."""
    return Text.of(f"{label(ref)}: {clock.title}, {until(clock, today)}.", Bullets(explain(clock, closed)))


def one_line(stored: Stored, case: Case, clocks: Iterable[Clock], today: date) -> str:
    """A case in one line: its reference, the most urgent thing to be done, and whether something waits for a lead."""
    first = next(iter(urgent(clocks)), None)
    if stored.status == "closed" or (case.to_join and first is None):
        closed = wording_closed.WAITS_LISTED if to_reopen(case) is not None else "closed"
        return f"{stored.ref}: {closed if stored.status == 'closed' else wording_case_joining.TO_JOIN_LISTED}"
    to_do = f"{first.title}, {until(first, today)}" if first else wording_cases.NOTHING_RUNS.lower()
    name = stored.ref if stored.kind == "case" else label(stored.ref)
    return f"{name}: {to_do}{wording_agreeing.WAITS_LISTED if case.to_agree is not None else ''}"


def named_line(stored: Stored, case: Case, clocks: Iterable[Clock], today: date) -> str:
    """The same to stand by itself: it says what it is."""
    line = one_line(stored, case, clocks, today)
    return f"Case {line}" if stored.kind == "case" else line


def card(
    case: Case,
    stored: Stored,
    clocks: Iterable[Clock],
    names: Mapping[str, str],
    today: date,
    told: Sequence[Noted] = (),
    decided: Record | None = None,
    reader: str = "",
) -> list[Block]:
    """The whole case, for those it concerns.

    `told` are its reminders, one of which told its owner of it; `decided` is the kept decision that it goes by;
    `reader` is who reads it.
    """
    every = list(clocks)
    owner = names.get(case.owner, "") or "nobody yet"
    on_record = "on record" if any(one.is_running for one in every) else "on record, no clock runs"
    status = {"open": "open", "closed": "closed", "recorded": on_record}[stored.status]
    facts = [("Status", status), ("Owner", owner), opened_fact(stored, case)]
    if case.scope == "area":
        facts = [("Owner", owner)] if case.owner else []
    news = next((one for one in reversed(told) if one.kind == "new case"), None)
    if stored.status == "open" and news is not None and news.status in wording_cases.NEWS:
        is_here = reader != "" and reader in (case.owner, news.person_id)
        facts.append(("Message to the owner", wording_cases.SEEN_NOW if is_here else wording_cases.NEWS[news.status]))
    if case.scope == "case":
        facts.append(("Council became aware", spoken(case.aware_on) if case.aware_on else "not known yet"))
    facts += [*notified_facts(case), *joined_facts(case)]
    if case.is_held:
        facts.append(("Legal hold", "in force: nothing is purged, and reminders go on"))
    if decided is not None:
        waits = wording_agreeing.ANOTHER_TOLD if case.to_agree is not None else ""
        beside = _counts_as_well(case, decided)
        facts.append(("Decision", f"{decided.decision.title} ({named(decided)}){waits}{beside}"))
    blocks: list[Block] = [Card(label(case.ref), tuple(facts))]
    if decided is not None:
        blocks.append(Text.of(wording_cases.decided_because(decided.decision.because)))
    dated = (f"{capital(titled(one))}: {until(one, today)}" for one in urgent(every))
    to_do = [*_to_say(case), *_without_date(case, every, today), *dated]
    if to_do:
        blocks.append(Text.of("To be done:", Bullets(tuple(to_do))))
    titles = {one.id: titled(one) for one in every}
    newest = [event_line(one, names, titles, case) for one in case.standing[-NEWEST:]]
    blocks.append(Text.of(wording_cases.what_happened(len(newest), len(case.standing)), Bullets(tuple(newest))))
    if any(one.words for one in case.standing[-NEWEST:]):
        blocks.append(Text.of(wording_cases.WORDS_ON_THE_BOARD, tone="note"))
    return blocks


def _counts_as_well(case: Case, decided: Record) -> str:
    """The outcome that a decision put with the case brought, where the one it goes by has another."""
    brought = next((one for one in reversed(case.all_of("decision corrected")) if one.value(JOINED)), None)
    if brought is None:
        return ""
    own = brought.value("would_be") or brought.value("outcome")
    if own == decided.decision.outcome or own not in case.decisions[-1].outcomes:
        return ""
    return wording_case_joining.counts_as_well(brought.value(JOINED), wording_board.OUTCOMES.get(own, own))


def _to_say(case: Case) -> Iterator[str]:
    """What a lead has still to say of a case."""
    if (came := to_reopen(case)) is not None:
        yield wording_closed.to_be_said(would_be_owed(case, came))
    if case.to_agree is not None:
        yield f"{capital(wording_agreeing.to_agree(case.to_agree.value('new')))}."
    if case.to_join:
        yield wording_case_joining.TO_JOIN


def _without_date(case: Case, clocks: Sequence[Clock], today: date) -> Iterator[str]:
    """For each day that is missing: that it is to be given, and what cannot be counted without."""
    for day in days_missing(case, clocks):
        yield wording_cases.DAY_MISSING[day].format(ref=case.ref)
        waiting = [one for one in clocks if waits_for(one, day) and one.nudged]
        yield from (f"{capital(titled(one))}: {until(one, today)}" for one in waiting)


def capital(text: str) -> str:
    """Words that begin a line."""
    return text[:1].upper() + text[1:]


def opened_fact(stored: Stored, case: Case) -> tuple[str, str]:
    """The day a case opened; of one that is only on record, since when it is."""
    return "On record since" if stored.status == "recorded" else "Opened", spoken(opened_on(case))


def notified_facts(case: Case) -> list[tuple[str, str]]:
    """When the Panel was notified, and by which council."""
    theirs, ours = case.others_notified, case.notified
    if theirs is None and another_notifies(case):
        theirs, ours = ours, None
    death = ("Secretary of State and Ofsted notified of the death", case.death_notified)
    days = ((wording_board.OTHER_NOTIFIED, theirs), ("Panel notified", ours), death)
    return [(name, spoken(one.on)) for name, one in days if one is not None]


def joined_facts(case: Case) -> list[tuple[str, str]]:
    """With which case it was put, and which were put with it."""
    with_it = [one.value(JOINED) for one in case.all_of("noted") if one.value(JOINED)]
    facts = [("Joined to it", ", ".join(f"case {ref}" for ref in dict.fromkeys(with_it)))] if with_it else []
    event = case.newest("joined")
    return [("Joined to", f"case {event.value('to')}"), *facts] if event else facts


def event_line(
    event: Event, names: Mapping[str, str], titles: Mapping[str, str] | None = None, case: Case | None = None
) -> str:
    """An event in one line, without its words."""
    by = f" ({names[event.by]})" if names.get(event.by) else ""
    return f"{spoken(london_date(event.at))}: {event_words(event, names, titles, case)}{by}"


def event_words(
    event: Event, names: Mapping[str, str], titles: Mapping[str, str] | None = None, case: Case | None = None
) -> str:
    """What happened and on which day; `titles` are those of the clocks, by their ids, `case` where it happened."""
    day = wording_cases.DAYS.get(event.kind, " on {day}").format(day=spoken(event.on)) if event.on else ""
    about = ""
    if event.kind == "partner decision":
        about = f": {wording_cases.DECISIONS[event.value('decision')].lower()}"
    elif event.kind == "review decided":
        about = f": {wording_cases.REVIEW_DECIDED[event.value('decision')]}"
        about += wording_cases.ON_A_DAY_UNKNOWN if DAY_UNKNOWN in event.values else ""
        if by := event.value("decide_by"):
            about += wording_cases.decided_by(date.fromisoformat(by))
    elif event.kind == "reassigned" and not event.value("owner"):
        return wording_cases.NOBODYS
    elif event.kind == "reassigned":
        about = f": {names.get(event.value('owner'), 'someone else')}"
    elif event.kind == "joined":
        about = f": case {event.value('to')}"
    elif event.kind == "action changed":
        about = f": {_changes(event, names)}"
    elif event.kind == "taken back":
        others = case.events if case else ()
        gone = next((one for one in others if str(one.seq) == event.value("event")), None)
        about = f": “{event_words(gone, names, titles, case)}”" if gone else ""
    elif event.clock:
        about = f": {_duty(event.clock, titles or {})}"
    came = f", from case {event.value(JOINED)}" if event.value(JOINED) else ""
    return f"{heading(event)}{about}{day}{came}"


def review_on_record(case: Case) -> str:
    """What was decided last about a local review, and on which day; empty where nothing was."""
    last = case.newest("review decided")
    return event_words(last, {}, {}, case) if last is not None else ""


def heading(event: Event) -> str:
    """What kind of thing happened; of a later decision also what was new, and whether it was held or agreed to."""
    words = wording_cases.EVENTS[event.kind]
    if event.kind == "noted" and event.value("settles"):
        ended = event.value("ended")
        return f"{wording_agreeing.NOT_AGREED}{wording_agreeing.came_only_with_it(ended) if ended else ''}"
    if event.value(LEFT_CLOSED):
        return wording_closed.LEFT_CLOSED
    if event.is_anothers:
        return wording_board.OTHER_NOTIFIED
    if event.kind != "decision corrected":
        return words
    if event.value("settles"):
        words = wording_agreeing.AGREED
    elif event.value("held"):
        words = wording_agreeing.TOLD_AND_WAITS
    return f"{words}: {event.value('new')}" if event.value("new") else words


def _duty(clock: str, titles: Mapping[str, str]) -> str:
    """A duty in its own words; where its clock is not there any more, in those of its rule."""
    name, _, about = clock.partition(":")
    words = titles.get(clock) or titles.get(name) or name.replace("_", " ")
    return words if clock in titles or not about else f"{words} {about}"


def _changes(event: Event, names: Mapping[str, str]) -> str:
    """What of an action is other than it was."""
    parts = [f"action {event.value('action')}"]
    if due := event.value("due"):
        parts.append(f"due by {spoken(date.fromisoformat(due))}")
    if owner := event.value("owner"):
        parts.append(f"owner {names.get(owner, 'someone else')}")
    return ", ".join(parts)


def decided_for_nobody_here(case: Case) -> str:
    """What it means that the partners decided to notify, where no clock of ours begins by it; empty where one does."""
    if not is_decided_for_nobody_here(case):
        return ""
    words = wording_duties.theirs_to_notify if another_notifies(case) else wording_duties.no_panel_for_an_adult
    return words(case.ref)


def moved_lines(found: Iterable[Moved]) -> list[str]:
    """What an event moved, before and now, a line for each clock that is reminded of.

    Not that by it its owner has the case: whoever says so is told that in words of its own.
    """
    told = (one for one in found if one.clock.nudged or (one.before is not None and one.before.nudged))
    return [moved_words(one) for one in told if one.clock.rule.met_by != "acknowledged" or one.clock.state != "met"]


def planned_late(case: Case, clocks: Sequence[Clock]) -> Sequence[Block]:
    """That a publication just planned lies after the last day for it, where it does."""
    publish = next((one for one in clocks if one.rule.met_by == "published" and one.is_running and one.deadline), None)
    planned = case.publication_on
    if publish is None or planned is None or publish.deadline is None:
        return ()
    late = planned > publish.deadline
    return (Text.of(wording_cases.planned_after(planned, publish.deadline), tone="note"),) if late else ()
