"""Whose the notification of a case is: our own council's or another's, by the outcome in force."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.cases.applying import applies, fits_outcome
from bot.cases.case import Case, Event, EventKind, Plan
from bot.cases.case_event import BY_ANOTHER
from dialogs.clock_table import ClockRule
from dialogs.table import HELD_FOR_ANOTHER

DEATH_NOTIFIED: EventKind = "death notified"
"""That the Secretary of State and Ofsted were told of a death, by which no rapid review begins."""
NOTICES: tuple[EventKind, ...] = ("notified", DEATH_NOTIFIED)
"""What our own council sends through the national system."""
COVERS_DEATH = ("covers_death", "yes")
"""What marks another council's notification that was made while a death in care was to be notified: it covers both."""
CARE = "care"
"""What an event holds in whose care the child was under: one of `IN_CARE`."""
_IN_OURS, IN_ANOTHERS = "lac_ours", "lac_other"
IN_CARE = frozenset({_IN_OURS, IN_ANOTHERS})


def another_notifies(case: Case) -> bool:
    """Whether by the outcome in force the notification is another council's: what follows it runs here.

    What a death in care owes beside may be ours all the same.
    """
    return _is_anothers(case) and not is_ours(case)


def marks_of(case: Case) -> tuple[tuple[str, str], ...]:
    """What marks a notification of the Panel that is recorded in a case now: whose it is, and what it covers."""
    if not another_notifies(case):
        return ()
    return (BY_ANOTHER, COVERS_DEATH) if may_be_a_death_to_notify(case) else (BY_ANOTHER,)


def meets_ours(event: Event, rule: ClockRule, case: Case) -> bool:
    """Whether a notification meets what is owed here: another council's only for a death in care, as one for both."""
    if not event.is_anothers:
        return True
    return DEATH_NOTIFIED in (rule.met_by, rule.or_by) and COVERS_DEATH in event.values and another_notifies(case)


def recorded_as(rule: ClockRule, case: Case) -> str:
    """Which event says that what a clock asks was done: of a death, one notification covers the Panel's as well.

    Not where the partners have decided that the test is not met: then what is left to be told of is the death.
    """
    if rule.met_by != DEATH_NOTIFIED or rule.or_by != "notified" or case.not_met is not None:
        return rule.met_by
    reviews = (one for one in case.plan.rules if one.starts == "notification" and not is_of_another(one, case.plan))
    is_reviewed = any(fits_outcome(one, case, now) for one in reviews for now in case.decisions[-1:])
    return "notified" if is_reviewed else rule.met_by


def whose_notification_waits(case: Case) -> bool:
    """Whether it waits for a lead to say if our own council or another one notifies: until then either may be owed."""
    return case.to_agree is not None and _is_anothers(case) and is_ours(case)


def may_be_the_responsible_councils(case: Case) -> bool:
    """Whether a duty to notify that is ours ends where the council responsible for the child has notified."""
    rules = (rule for rule in case.plan.rules if "responsible council notified" in rule.stopped_by)
    return not _is_told(case) and not is_in_our_care(case) and any(applies(rule, case) for rule in rules)


def _is_told(case: Case) -> bool:
    return case.notified is not None or case.death_notified is not None


def is_held_for_another(case: Case) -> bool:
    """Whether another council would notify, and ours works as if the duty were its own until that one accepts it."""
    now = {case.plan.called(one) for decision in case.decisions[-1:] for one in decision.outcomes}
    return not HELD_FOR_ANOTHER.isdisjoint(now)


def may_be_anothers_instead(case: Case) -> bool:
    """Whether a duty to notify that is ours may end by what another council does, which is told by itself.

    A child in our care may be placed in another council's area: "they" is then as well that one.
    """
    is_ours = is_in_our_care(case) and not another_notifies(case) and not _is_told(case)
    return is_ours or is_held_for_another(case) or may_be_the_responsible_councils(case)


def may_be_a_death_to_notify(case: Case) -> bool:
    """Whether the Secretary of State and Ofsted are told of a death whatever its cause, or may have to be."""
    rules = (rule for rule in case.plan.rules if DEATH_NOTIFIED in (rule.met_by, rule.or_by))
    return any(applies(rule, case) for rule in rules)


def is_for_the_panel(case: Case) -> bool:
    """Whether by the outcome in force our own council tells the Panel, or does if the test is met."""
    return any(applies(rule, case) for rule in case.plan.rules if rule.met_by == "notified" and not rule.follows)


def is_decided_for_nobody_here(case: Case) -> bool:
    """Whether the partners decided to notify the Panel, and by the outcome in force it is not our council that does."""
    said = case.newest("partner decision")
    is_to_notify = said is not None and said.value("decision") == "notify"
    return is_to_notify and case.is_open and not is_for_the_panel(case) and case.others_notified is None


def is_only_a_death_to_notify(case: Case) -> bool:
    """Whether the Secretary of State and Ofsted are told of a death, and nothing may have to be told to the Panel."""
    rules = (rule for rule in case.plan.rules if rule.met_by in ("notified", "partner decision") and not rule.follows)
    may_be = (applies(rule, case) for rule in rules)
    is_told = case.decided_to_notify or another_notifies(case) or any(may_be)
    return not is_told and may_be_a_death_to_notify(case)


def is_of_a_death(case: Case) -> bool:
    """Whether by the outcome in force what is notified is a death: the Panel is told only if the partners decide so."""
    return may_be_a_death_to_notify(case) and not is_for_the_panel(case) and not another_notifies(case)


def is_in_our_care(case: Case) -> bool:
    """Whether the child was in our own council's care, by the newest decision that holds and says in whose."""
    holding = (one for one in case.decisions if one.until_refused is None and one.event.value("held") != "waits")
    said = [one.event.value(CARE) for one in holding if one.event.value(CARE)]
    return said[-1:] == [_IN_OURS]


def kept_for(rule: ClockRule, case: Case) -> ClockRule:
    """A clock as it is kept in a case: where another council is responsible for the child, as what stands in for it."""
    own = rule.stand_in
    if own is None or not case.decisions or case.care_at(case.decisions[-1]) != IN_ANOTHERS:
        return rule
    return replace(rule, title=own.title, badge="local", basis=own.basis, cites=own.cites, if_passed=own.if_passed)


def notified_on(case: Case) -> date | None:
    """The day of the notification that a case goes by: the other council's, where that one notifies."""
    sent = case.others_notified or case.notified if another_notifies(case) else case.notified
    return sent.on if sent else None


def is_of_another(rule: ClockRule, plan: Plan) -> bool:
    """Whether a clock runs from the notification of another council: it is only for outcomes by which that notifies."""
    if rule.starts != "notification":
        return False
    ours = {outcome for one in plan.rules if _may_tell_the_panel(one) for outcome in one.outcomes}
    return ours.isdisjoint(rule.outcomes)


def is_ours_instead(rule: ClockRule, case: Case) -> bool:
    """Whether a clock waits for another council's notification where our own notified: that said whose it is."""
    if case.notified is None or case.others_notified is not None or not is_ours(case):
        return False
    return is_of_another(rule, case.plan)


def is_ours(case: Case) -> bool:
    """Whether by the outcome in force our own council notifies.

    By an add-on alone it does not: what a death in care owes beside goes in one notification, agreed between councils.
    """
    rules = [rule for rule in case.plan.rules if _may_tell_the_panel(rule)]
    return any(fits_outcome(rule, case, one) for rule in rules for one in case.decisions[-1:])


def _may_tell_the_panel(rule: ClockRule) -> bool:
    return "notified" in (rule.met_by, rule.or_by)


def _is_anothers(case: Case) -> bool:
    """Whether by an outcome in force another council notifies."""
    return any(applies(rule, case) and is_of_another(rule, case.plan) for rule in case.plan.rules)
