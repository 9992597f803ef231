"""Puts a case right by a later decision: only what that changes; no day on record is lost, and the lead hears of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from bot import wording_agreeing, wording_case_news, wording_cases, wording_closed, wording_duties
from bot.cases import day_refused
from bot.cases.case import Case, Event, Opening, opens
from bot.cases.case_event import LEAVES_THE_TEST, ONLY_TOLD, SUSPECTED_ON, TO_BE_TOLD, EventKind
from bot.cases.case_refused import notified_late
from bot.cases.clocks import Moved, moved
from bot.cases.held_news import Values
from bot.cases.reopening import WOULD_OWE, to_reopen, would_be_owed
from bot.cases.whose_notification import DEATH_NOTIFIED, another_notifies, is_for_the_panel, notified_on
from bot.casework import agreeing, calling_back, case_blocks, confirmation
from bot.casework.casework import Desk, append, clocks, read, settled
from bot.casework.kept_decisions import day_given, goes_by, gone_on_from, keep_decision, named, outcome_of, records_of
from bot.casework.telling import tell_owner
from bot.clock import london_date
from bot.people import people
from bot.record import NOT_ASKED, Answered, Record
from bot.storage import cases
from bot.storage.cases import Stored
from bot.storage.people import Person
from dialogs.date_words import spoken
from dialogs.table import TO_BE_TOLD as NEWS

# The question what is new, and its answers that say that the Panel has been told, and of another day the council knew.
_NEWS, _PANEL_TOLD, _AWARE_DAY = "what_is_new", frozenset({"panel_told", "not_met"}), "aware_date"
_NOTIFIED = "notified"


@dataclass(frozen=True)
class Corrected:
    """A case as a later decision left it: a new owner where it had none, the clocks that moved, and what stands."""

    stored: Stored
    owner: Person | None
    moved: tuple[Moved, ...]
    stands: tuple[str, ...] = ()


def corrected(desk: Desk, stored: Stored, record: Record, by: Person) -> Corrected:
    """The case of an earlier decision, with what this one changes."""
    locked = cases.load(desk.connection, stored.id, lock=True)
    assert locked is not None  # it was there a moment ago, in this transaction
    before = read(desk, locked)
    was = clocks(desk, before)
    kept = records_of(desk, locked, before)
    base, is_overtaken = gone_on_from(record, kept), _is_overtaken(record, kept, before)
    way = opens(record.decision.outcome)
    owner = None
    if way == "opens" and not before.owner:
        owner = people.on_duty(desk.connection, desk.keys, desk.area, desk.today)
    values = (*outcome_of(record), *_what_is_new(record), ("decision", named(record)))
    if _leaves_the_test(desk, record, base):
        values = (*values, LEAVES_THE_TEST)
    is_lead = people.may(by, desk.area, "act on case", stored)
    if any(one.code == NEWS for one in record.decision.add_ons):
        values = (*values, TO_BE_TOLD)
    suspected_on = _suspected_on(desk, before, values, record, base, is_lead=is_lead)
    if suspected_on is not None:
        values = (*values, (SUSPECTED_ON, suspected_on.isoformat()))
    # Whoever did not know of what came meanwhile cannot have meant to end what is owed by it, lead or not.
    held = "" if is_lead and not is_overtaken else agreeing.held(desk, before, by, values)
    if held:
        values = (*values, ("held", held))
    if owes := agreeing.would_owe(desk, before, by, values):
        values = (*values, (WOULD_OWE, ",".join(owes)))
    append(desk, locked, "decision corrected", by.id, values=values)
    if owner is not None:
        append(desk, locked, "reassigned", "", values=(("owner", owner.id),))
        calling_back.of_another(desk.connection, desk.keys, locked, owner.id, desk.at)
    keep_decision(desk, locked, record)
    ours_now = _is_ours_now(before, read(desk, locked))
    stands = _days(desk, locked, record, base, by, is_lead=is_lead)
    if is_lead:
        confirmation.done(desk, locked, record, by)
    if way == "opens" and locked.status == "recorded":
        cases.change(desk.connection, locked.id, status="open", owner_id=owner.id if owner else None)
    now = settled(desk, locked)
    after = read(desk, now)
    stands = (
        *stands,
        *_told_without_day(desk, record, after),
        *_not_met_unrecorded(record, after),
        *confirmation.unrecorded(desk, now.ref, record, after),
        *late_unexplained(desk, after),
        *_what_stays(after, way, held=bool(held), is_overtaken=is_overtaken and is_lead),
    )
    changed = moved(was, clocks(desk, after)) if after.is_open else ()
    lines = case_blocks.moved_lines(changed)
    told = [*stands, *(lines or [wording_cases.NOTHING_MOVED])]
    if not after.is_open:
        to_lead = _of_closed(now, after)
        told = [*stands, to_lead]
        to_others = wording_closed.NEWS_ASKED if owes else wording_closed.NEWS_NOT_OWED
        stands = (*stands, to_lead if is_lead else to_others)
    if ours_now:
        told = [wording_duties.ours_is_owed(is_open=after.is_open, may_record=True), *told]
        stands = (wording_duties.ours_is_owed(is_open=after.is_open, may_record=is_lead), *stands)
    stands = (*stands, *_counted_otherwise(desk, record, after, stands))
    line = wording_case_news.changed_by_news(now.ref, " ".join(told))
    tell_owner(desk, now, after, by, line, at_once=bool(stands or lines))
    return Corrected(now, owner, changed, stands)


def _suspected_on(
    desk: Desk, before: Case, values: Values, record: Record, base: Record | None, *, is_lead: bool
) -> date | None:
    """The day that was given for abuse coming to be suspected, where by that the Panel may have to be told at all.

    Whoever tells it, nothing that was owed before is made less late: that keeps its own day.
    """
    day, knew, said = record.decision.dates.aware_on, before.aware_on, before.suspected
    is_anew = record.by_name.get("aware_on") != (base.by_name.get("aware_on") if base is not None else None)
    if not before.owner or not is_anew or day is None or knew is None or day <= knew:
        return None
    if said is not None:
        return day if is_lead or day < said.on else None
    later = Event(before.events[-1].seq + 1, desk.at, "decision corrected", "", values=values)
    after = replace(before, events=(*before.events, later))
    return day if is_for_the_panel(after) and not is_for_the_panel(before) else None


def _counted_otherwise(desk: Desk, record: Record, case: Case, said: tuple[str, ...]) -> tuple[str, ...]:
    """From which days the case counts, where the decision as it is read counts from others and nothing says so yet."""
    found, dates = [], record.decision.dates
    # Where nothing is owed any more there are no dates to work to.
    aware = case.counts_from if any(one.is_running for one in clocks(desk, case)) else None
    sent = notified_on(case)
    if aware is not None and dates.aware_on != aware and not any(spoken(aware) in one for one in said):
        found.append(wording_case_news.counted_from_awareness(aware))
    if sent is not None and dates.notified_on != sent and not any(spoken(sent) in one for one in said):
        found.append(wording_case_news.notified_on_record(sent, theirs=another_notifies(case)))
    return tuple(found)


def _of_closed(stored: Stored, case: Case) -> str:
    """What a lead hears of news of a closed case."""
    came = to_reopen(case)
    return wording_closed.news_of_closed(stored.ref, would_be_owed(case, came) if came else ())


def _told_without_day(desk: Desk, record: Record, case: Case) -> tuple[str, ...]:
    """Why reminders go on, where it is new that the Panel has been told, and the day of that was not given."""
    if record.decision.dates.notified_on is not None or _PANEL_TOLD.isdisjoint(_news(record)):
        return ()
    owed = [one.rule for one in clocks(desk, case) if one.is_running and _NOTIFIED in (one.rule.met_by, one.rule.or_by)]
    # Of a death that may have to be notified whatever its cause, others than the Panel are told.
    by: EventKind = "notified" if any(one.met_by == _NOTIFIED for one in owed) else "death notified"
    return (wording_case_news.panel_told_without_day(case.ref, by),) if owed else ()


def _not_met_unrecorded(record: Record, case: Case) -> tuple[str, ...]:
    """Why reminders go on, where it is new that the test was not met, and what the partners decided is not recorded."""
    is_said = "not_met" in _news(record) and case.is_open and not another_notifies(case)
    return (wording_case_news.not_met_unrecorded(case.ref),) if is_said and case.not_met is None else ()


def _news(record: Record) -> frozenset[str]:
    """What is new, by the ids of the options."""
    news = record.by_name.get(_NEWS)
    return frozenset(news.answer.split(",")) if news is not None else frozenset()


def _is_overtaken(record: Record, kept: list[Record], case: Case) -> bool:
    """Whether the case goes by another decision than the one that this goes on from: it was told while this was."""
    stands, base = goes_by(kept, case), gone_on_from(record, kept)
    return stands is not None and (base is None or named(base) != named(stands))


def _what_stays(after: Case, way: Opening, *, held: bool, is_overtaken: bool) -> tuple[str, ...]:
    """That what was owed stays, where the decision by itself would owe less."""
    if held and is_overtaken and after.to_agree is not None:
        return (wording_agreeing.overtaken(after.ref),)
    if held and after.to_agree is not None:
        return (wording_agreeing.STAYS_UNTIL_A_LEAD,)
    owed_before = any(opens(one) == "opens" for one in after.decisions[-1].outcomes)
    return (wording_case_news.OWED_STAYS,) if way in ("recorded", "never") and owed_before else ()


def _is_ours_now(before: Case, after: Case) -> bool:
    """Whether another council had notified, and by a later decision the notification is ours."""
    return after.others_notified is not None and another_notifies(before) and not another_notifies(after)


def _what_is_new(record: Record) -> tuple[tuple[str, str], ...]:
    """What a later decision brings, in the words of our own questions and outcomes: none of a person's own."""
    news = record.by_name.get(_NEWS)
    came = f"the outcome would be “{record.decision.title}”" if record.has_another_outcome else ""
    parts = (news.words if news is not None else "", *_answers_changed(record), came)
    return ("new", "; ".join(part for part in parts if part)), ("about", news.answer if news is not None else "")


def _answers_changed(record: Record) -> tuple[str, ...]:
    """Which answer became what. What follows from it, such as dates and steps, is no answer."""
    asked = {one.short for one in record.answers if not one.about}
    changed = [one for one in record.differences if one.what in asked]
    was = ("" if one.before == NOT_ASKED else one.before for one in changed)
    return tuple(
        wording_agreeing.answer_changed(one.what, before, one.now) for one, before in zip(changed, was, strict=True)
    )


def _leaves_the_test(desk: Desk, record: Record, base: Record | None) -> bool:
    """Whether nothing is new that bears on whether the test is met: what the partners decided about that stands."""
    flow = desk.definitions.flows.get(record.flow)
    if flow is None or base is None or _own_outcome(record) != _own_outcome(base):
        return False
    if any(one.code == NEWS for one in record.decision.add_ons):
        return False
    was, now = base.by_name, record.by_name
    return all(_answer(was, name) == _answer(now, name) for name in flow.table.decisive)


def _own_outcome(record: Record) -> str:
    """The outcome that the incident has by itself, where the decision is that the Panel has been told (R)."""
    return record.decision.would_be or record.decision.outcome


def _answer(answers: Mapping[str, Answered], name: str) -> str:
    return answers[name].answer if name in answers else ""


def _days(
    desk: Desk, stored: Stored, record: Record, base: Record | None, by: Person, *, is_lead: bool
) -> tuple[str, ...]:
    """Put the days right that this decision changes; what is said of each that it does not change for all it says."""
    dates, case = record.decision.dates, read(desk, stored)
    knew, sent, stands = case.aware_on, notified_on(case), []
    suspected = case.newest("decision corrected")
    if suspected is not None and suspected.value(SUSPECTED_ON) and knew is not None:
        stands.append(wording_case_news.suspected_since(date.fromisoformat(suspected.value(SUSPECTED_ON)), knew))
        dates = replace(dates, aware_on=knew)
    given = _given(record, base, "aware_on")
    if given is None and is_lead and _AWARE_DAY in _news(record):
        # The same day as somebody told before, which a lead puts right by saying it too.
        given = day_given(record, "aware_on")
    if _takes(dates.aware_on, knew, given, is_lead=is_lead):
        if why := _stands_for_now(case, dates.aware_on):
            stands.append(why)
        else:
            knew = dates.aware_on
    elif knew is not None and given is not None and given == dates.aware_on != knew:
        stands.append(wording_case_news.aware_day_stands(given, knew))
    elif knew is not None and _left_open(record, "aware_on") and base is not None and base.decision.dates.aware_on:
        stands.append(wording_case_news.not_known_any_more(knew))
    given = _given(record, base, "notified_on")
    # A day that was said before and is not on record is another council's, or was taken back: it is not said again.
    if (sent or given) and _takes(dates.notified_on, sent, given, is_lead=is_lead):
        if is_lead or sent is not None or dates.notified_on is None:
            sent = dates.notified_on
        else:
            stands.append(wording_case_news.said_to_be_notified(dates.notified_on))
    elif sent is not None and given is not None and given == dates.notified_on != sent:
        stands.append(wording_case_news.notified_day_stands(given, sent))
    put_days(desk, stored, by, knew, sent, told=() if is_lead else (ONLY_TOLD,))
    for words in stands:
        append(desk, stored, "noted", by.id, words=words)
    return tuple(stands)


def _stands_for_now(case: Case, given: date | None) -> str:
    """Why the day the council knew that is on record stands, for all that another is given; empty where it does not."""
    knew, done = case.aware_on, day_refused.done_once_known(case)
    if knew is None or given is None:
        return ""
    if done is not None and given > done[0]:
        return wording_case_news.known_by_then(given, knew, done[1], done[0])
    if day_refused.known_as_opened(case, given):
        return wording_case_news.known_as_opened(given, knew, london_date(case.opened_at))
    return wording_case_news.later_needs_why(case.ref, given, knew) if day_refused.is_later(case, given) else ""


def late_unexplained(desk: Desk, case: Case) -> tuple[str, ...]:
    """That the reason is to be put on record, where a notification was late and none is there."""
    notice = late_without_reason(desk, case)
    return (wording_case_news.late_unexplained(case.ref, notice.kind),) if notice else ()


def late_without_reason(desk: Desk, case: Case) -> Event | None:
    """The notification of ours on record that was late, and why is not on record: of the Panel, if that was told."""
    panel = [] if another_notifies(case) else [one for one in case.all_of("notified") if not one.is_anothers]
    sent = panel or case.all_of(DEATH_NOTIFIED)
    if not sent or sent[-1].words:
        return None
    return sent[-1] if notified_late(case, sent[-1].day, desk.definitions.local.calendar) else None


def _given(record: Record, base: Record | None, question: str) -> date | None:
    """The day that was asked for and given anew; None where it is only what was said before."""
    given = day_given(record, question)
    return given if given != day_given(base, question) else None


def _left_open(record: Record, question: str) -> bool:
    """Whether a day was asked for and not known."""
    return question in record.by_name and day_given(record, question) is None


def _takes(said: date | None, had: date | None, given: date | None, *, is_lead: bool) -> bool:
    """Whether a decision's day takes the place of the one on record: of two the earlier, unless a lead says so."""
    if said is None or said == had:
        return False
    return had is None or (said == given and (said < had or is_lead))


def put_days(
    desk: Desk,
    stored: Stored,
    by: Person,
    aware_on: date | None,
    sent_on: date | None,
    values: tuple[tuple[str, str], ...] = (),
    told: tuple[tuple[str, str], ...] = (),
) -> None:
    """Put on record the days that differ from those there are: a council that told the Panel knew by that day.

    `told` marks the day of awareness where no lead gave it.
    """
    case = read(desk, stored)
    if aware_on is not None and sent_on is not None and not another_notifies(case):
        aware_on = min(aware_on, sent_on)
    if aware_on != case.aware_on:
        append(desk, stored, "awareness corrected", by.id, on=aware_on, values=(*values, *told))
    if sent_on is not None and sent_on != notified_on(case):
        append(desk, stored, "notified", by.id, on=sent_on, values=values)
