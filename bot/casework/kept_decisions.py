"""The decisions kept with a case: what an event holds of one, which one another goes on from, and which still count."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from bot.case_step import NEWS
from bot.cases.case import Case, Event
from bot.cases.whose_notification import CARE, IN_CARE
from bot.casework.casework import Desk
from bot.people import need_to_know, people
from bot.record import Record, from_json, to_json
from bot.storage import cases
from bot.storage.cases import Stored
from bot.storage.people import Person

JOINED, SOURCE = "joined", "source"
"""What marks an event that came with a joined case: that case's reference; and the reference of its decision."""
DECIDE = ("referral", NEWS)
"""The dialogs whose decisions a case can go by; others' are only kept with it."""


def keep_decision(desk: Desk, stored: Stored, record: Record) -> None:
    """Keep a decision with its case."""
    cases.add_decision(
        desk.connection,
        desk.keys,
        stored.id,
        desk.at,
        flow=record.flow,
        outcome=record.decision.outcome,
        rules_version=record.decision.rules_version,
        body=to_json(record),
    )


def records_of(desk: Desk, stored: Stored, case: Case) -> list[Record]:
    """The decisions of a case in order, without those of a case that was joined to it and taken away again."""
    away = taken_away(case)
    return [one for one in all_records(desk, stored) if one.reference not in away]


def taken_away(case: Case) -> set[str]:
    """The references of decisions that came with a case that was joined and taken away again."""
    return {one.value(SOURCE) for one in case.events} - {one.value(SOURCE) for one in case.standing}


def records_for(desk: Desk, stored: Stored, case: Case, person: Person) -> list[Record]:
    """Those decisions of a case that are somebody's to see.

    Of one that was put with it they see that it was, and its reference; the rest where that one is theirs to see too.
    """
    joined = {one.value(SOURCE): one.value(JOINED) for one in case.standing if one.value(SOURCE)}
    hidden = {source for source, ref in joined.items() if not _is_theirs(desk, stored, ref, person)}
    shown = []
    for one in records_of(desk, stored, case):
        # What was told of one that is hidden is that one with something new.
        if one.reference in hidden or one.follows.partition(",")[0] in hidden:
            hidden.add(one.reference)
        else:
            shown.append(one)
    return shown


def goes_by(kept: Iterable[Record], case: Case) -> Record | None:
    """The decision that a case goes by, of those that are somebody's to see; None where it was opened by hand alone.

    It is never one that waits for a lead or does not hold, nor one put with the case, which only adds to its own.
    """
    joined = {one.value(SOURCE) for one in case.standing} - {""}
    every = [one for one in kept if one.flow in DECIDE]
    own = [one for one in every if one.reference not in joined]
    by_name = {named(one): one for one in own}
    for decided in reversed(case.decisions):
        if decided.event.kind == "opened" and own:
            return own[0]
        if not decided.event.value("held") and (found := by_name.get(_decision_of(decided.event, case))):
            return found
    agreed = [one for one in every if named(one) not in case.decisions_held] or every
    return agreed[-1] if agreed else None


def _decision_of(event: Event, case: Case) -> str:
    """What the decision is called that an event put on record, or agreed to."""
    told = next((one for one in case.events if str(one.seq) == event.value("settles")), event)
    return told.value("decision")


def _is_theirs(desk: Desk, stored: Stored, ref: str, person: Person) -> bool:
    if people.may(person, desk.area, "act on case", stored):
        return True
    found = cases.find(desk.connection, desk.area, ref)
    return found is not None and need_to_know.may(desk.connection, person, "see case", found)


def all_records(desk: Desk, stored: Stored) -> list[Record]:
    """Every decision that was ever kept with a case, in order."""
    return [from_json(one) for one in cases.decisions(desk.connection, desk.keys, stored.id)]


def outcome_of(record: Record) -> tuple[tuple[str, str], ...]:
    """What an event holds of a decision: its outcome, under R also the one that the incident has, and its add-ons.

    Outcomes are as the clock table calls them. Of a child who was in care also in which council's: by that it is known
    whose duty their death brings.
    """
    decision = record.decision
    add_ons = " ".join(one.code for one in decision.add_ons)
    own = (("would_be", incidents_own(record)),) if decision.would_be else ()
    care = record.by_name.get(CARE)
    whose = ((CARE, care.answer),) if care is not None and care.answer in IN_CARE else ()
    outcome = decision.outcome if decision.would_be else incidents_own(record)
    return (("outcome", outcome), ("add_ons", add_ons), *own, *whose)


def incidents_own(record: Record) -> str:
    """The outcome that the incident has by itself, also under R, as the clock table calls it."""
    decision = record.decision
    return decision.runs_as or decision.would_be or decision.outcome


def gone_on_from(record: Record, kept: Iterable[Record]) -> Record | None:
    """The decision that this one corrects or goes on from, where that is kept as well."""
    earlier = list(kept)
    same = [one for one in earlier if one.reference == record.reference and one.version < record.version]
    if same:
        return same[-1]
    return next((one for one in earlier if named(one) == record.follows), None)


def named(record: Record) -> str:
    """What a decision is called among those of a case."""
    return f"{record.reference}, version {record.version}"


def day_given(record: Record | None, question: str) -> date | None:
    """The day that was given in answer to a question; None where it was not asked, or not known."""
    answered = record.by_name.get(question) if record is not None else None
    try:
        return date.fromisoformat(answered.answer) if answered is not None else None
    except ValueError:
        return None
