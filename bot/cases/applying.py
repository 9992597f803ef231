"""Which clocks of the table run for a case, by the outcomes that it has had."""

from __future__ import annotations

from bot.cases.case import Case
from bot.cases.in_force import InForce
from dialogs.clock_table import ClockRule


def applies(rule: ClockRule, case: Case) -> bool:
    """Whether a clock runs for the case's outcome as it stands."""
    if rule.scope != case.scope:
        return False
    return case.scope == "area" or any(fits(rule, case, one) for one in case.decisions[-1:])


def applied(rule: ClockRule, case: Case) -> bool:
    """Whether a clock ran for any outcome the case has had."""
    return rule.scope == case.scope and any(fitted(rule, case, one) for one in case.decisions)


def fitted(rule: ClockRule, case: Case, decision: InForce) -> bool:
    """Whether a clock ran after a decision, be it only until that was refused."""
    was = decision.until_refused
    return fits(rule, case, decision) or (was is not None and fits(rule, case, was))


def fits(rule: ClockRule, case: Case, decision: InForce) -> bool:
    """Whether a clock runs by a decision: by its outcomes or by what comes beside them."""
    if rule.reading_of == "receipt" and case.plan.rapid_review_start != "receipt":
        return False
    return _fits_beside(rule, case, decision) or fits_outcome(rule, case, decision)


def _fits_beside(rule: ClockRule, case: Case, decision: InForce) -> bool:
    """Whether a clock runs by what comes beside: of a death in another council's care not where neither is ours."""
    if not has_beside(rule, case, decision):
        return False
    if "responsible council notified" not in rule.stopped_by or case.care_at(decision) != "lac_other":
        return True
    ours = {one for each in case.plan.rules if "notified" in (each.met_by, each.or_by) for one in each.outcomes}
    return is_among(case, decision, tuple(ours))


def has_beside(rule: ClockRule, case: Case, decision: InForce) -> bool:
    """Whether one of a clock's add-ons comes with a decision, beside an outcome with which it counts."""
    if decision.add_ons.isdisjoint(rule.add_ons):
        return False
    return not rule.beside or is_among(case, decision, rule.beside)


def fits_outcome(rule: ClockRule, case: Case, decision: InForce) -> bool:
    """Whether a clock runs by a decision's outcomes, whatever comes beside them."""
    if is_among(case, decision, rule.outcomes):
        return True
    if case.decided_to_notify and is_among(case, decision, rule.once_decided):
        return True
    return case.agreed_to_notify and is_among(case, decision, rule.once_agreed)


def is_among(case: Case, decision: InForce, outcomes: tuple[str, ...]) -> bool:
    """Whether any of a decision's outcomes is among those, as the case's plan calls them."""
    return not {case.plan.called(one) for one in decision.outcomes}.isdisjoint(outcomes)
