"""The laws the referral rules must keep over every combination of the answers that decide, and the worked dates."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from dialogs.condition import Condition, Facts
from dialogs.days import Calendar
from dialogs.decision import Dates, Local
from dialogs.flow import Flow
from dialogs.table import DutyRule

Faults = list[str]
Checked = tuple[int, Faults]

BY_DESIGN = {
    "care": (
        (
            Condition.read({"age_at_event": ["unborn", "25_plus"]}),
            "Nobody not yet born, or 25 or over, is in care or a care leaver under these rules.",
        ),
    ),
    "known_to_services": (
        (
            Condition.read({"maltreatment": ["no"], "effect": ["may_be_serious", "near_miss", "none"]}),
            "It is asked only of a death, of serious harm, and where it is not known what happened.",
        ),
    ),
    "other_notifies": (
        (
            Condition.read({"outcome": ["D", "E"]}),
            "It is asked only once it is new that the other council has answered, or does not. That answer stands.",
        ),
    ),
}
"""Questions left out on purpose although an answer would count, with when and why."""


@dataclass(frozen=True)
class Law:
    """A law: its name, what it promises, and a check that gives the number of cases and those that break it."""

    name: str
    promise: str
    check: Callable[[Flow], Checked]


def _forbids(breaks: Callable[[Facts, str], bool], applies: Callable[[Facts], bool]) -> Callable[[Flow], Checked]:
    """A check of every combination the law applies to, each with the code it leads to."""

    def check(flow: Flow) -> Checked:
        cases = [facts for facts in flow.table.combinations() if applies(facts)]
        return len(cases), [str(facts) for facts in cases if breaks(facts, flow.table.first_row(facts).code)]

    return check


def _looked_after_death(facts: Facts) -> bool:
    return (
        facts["age_at_event"] == "under_18" and facts["effect"] == "died" and facts["care"] in {"lac_ours", "lac_other"}
    )


def _effect_unsure_breaks(facts: Facts, code: str) -> bool:
    settled = facts["maltreatment"] == "no" and facts["care"] == "none_or_previously_known"
    return code == "I" and not settled


def _residence_keeps_b(flow: Flow) -> Checked:
    table, cases, faults = flow.table, 0, []
    for facts in table.combinations():
        if table.first_row(facts).code == "B":
            for home in table.inputs["residence"]:
                cases += 1
                if table.first_row({**facts, "residence": home}).code != "B":
                    faults.append(f"{facts}, but living {home}")
    return cases, faults


def _looked_after_carries_duty(flow: Flow) -> Checked:
    table, cases, faults = flow.table, 0, []
    today = date(2026, 11, 23)
    for role in (one for one in table.inputs["role"] if one != "public"):
        for facts in filter(_looked_after_death, table.combinations()):
            cases += 1
            known: Facts = {
                **facts,
                "role": role,
                "danger_now": "no",
                "when": "recent",
                "outcome": "",
                "flags": frozenset(),
            }
            decision = flow.decide(_answers(known), Dates(today), Local())
            told = any({"secretary_of_state", "ofsted"} <= set(duty.to) for duty in decision.duties)
            if not told:
                faults.append(f"{role}: {facts}")
    return cases, faults


def _answers(facts: Facts) -> dict[str, str]:
    return {name: value for name, value in facts.items() if isinstance(value, str) and value}


def _only_the_authority_notifies(flow: Flow) -> Checked:
    table, cases, faults = flow.table, 0, []
    to_panel = [name for name, rule in table.duties.items() if "panel" in rule.to and rule.badge == "must"]
    for role in (one for one in table.inputs["role"] if one not in {"la_children", "public"}):
        for facts in table.combinations():
            cases += 1
            row = table.first_row(facts)
            known: Facts = {**facts, "role": role, "outcome": row.code}
            duties = [table.duties[name] for name in row.duties if name in to_panel]
            faults += [f"{role}, {rule.name}: {facts}" for rule in duties if rule.when.holds(known) and _told(rule)]
    return cases, faults


def _told(rule: DutyRule) -> bool:
    """Whether a duty reads as if the reader were to send the notification."""
    others = rule.who == "other local authority" or "You do not send it" in rule.does
    return rule.who in {"you", "safeguarding lead"} or not others


WORKED = (
    (date(2026, 11, 23), 5, date(2026, 11, 27), date(2026, 11, 30)),
    (date(2026, 12, 18), 5, date(2026, 12, 24), date(2026, 12, 29)),
    (date(2026, 12, 26), 5, date(2027, 1, 5), date(2027, 1, 5)),
    (date(2027, 3, 25), 5, date(2027, 4, 2), date(2027, 4, 5)),
    (date(2026, 11, 23), 15, None, date(2026, 12, 14)),
    (date(2026, 11, 30), 15, None, date(2026, 12, 21)),
    (date(2026, 12, 29), 15, None, date(2027, 1, 20)),
)
"""Start, working days, date to aim for (where one was worked out) and latest date, worked out by hand."""


def _worked_dates(_: Flow) -> Checked:
    faults = []
    for start, days, aim_for, latest in WORKED:
        due = Calendar().due(start, days)
        if due.latest != latest or (aim_for and due.aim_for != aim_for):
            faults.append(f"{days} working days from {start}: {due.aim_for}, {due.latest}; worked: {aim_for}, {latest}")
    return len(WORKED), faults


def _laws() -> Iterator[Law]:
    yield Law(
        "not sure of abuse is never “not notifiable”",
        "Where nobody is sure about abuse or neglect, the outcome is never I.",
        _forbids(lambda _, code: code == "I", lambda facts: facts["maltreatment"] == "unsure"),
    )
    yield Law(
        "not sure what happened is “not notifiable” only where nothing else counts",
        "Where it is not known what happened, the outcome is I only if abuse is not suspected and the child is neither "
        "in care nor a care leaver.",
        _forbids(_effect_unsure_breaks, lambda facts: facts["effect"] == "unsure"),
    )
    yield Law(
        "a looked-after child's death is never “not notifiable”",
        "The death of a looked-after child under 18 never leads to I.",
        _forbids(lambda _, code: code == "I", _looked_after_death),
    )
    yield Law(
        "a looked-after child's death always carries its duty",
        "Whatever the role, it always brings a duty to tell the Secretary of State and Ofsted.",
        _looked_after_carries_duty,
    )
    yield Law(
        "abuse of a child in care who died abroad is never out of reach",
        "The death of a child in care with abuse known or suspected never leads to E2.",
        _forbids(
            lambda _, code: code == "E2",
            lambda facts: _looked_after_death(facts) and facts["maltreatment"] in {"known", "suspected"},
        ),
    )
    yield Law("where they live never cancels B", "No answer about where the child lives changes B.", _residence_keeps_b)
    yield Law(
        "only children's services are told to notify",
        "Nobody outside the council's children's services is ever told to notify the Panel.",
        _only_the_authority_notifies,
    )
    yield Law(
        "worked dates",
        "The dates of the worked examples, across weekends, Christmas and Easter, come out as worked by hand.",
        _worked_dates,
    )


LAWS = tuple(_laws())
