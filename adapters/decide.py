"""`bot decide --json`: a decision from answers, for other programs; the shape of each line is stable."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from adapters.json_lines import BadLine, only_keys, read_day
from bot.decisions.decision_contacts import recipient_words
from bot.definitions import Definitions
from dialogs.condition import Value
from dialogs.decision import Dates, Decision, Duty
from dialogs.flow import Flow
from dialogs.flows.referral import refer

MISSING = {"when": "recent", "referral_made": "unsure", "la_aware": "unsure", "sin_sent": "unsure"}
DATES = ("aware_on", "notified_on")
# An invented area's numbers are never given where a child may be in danger.
NO_NUMBERS = ("A", "T")


def answerer(definitions: Definitions, today: Callable[[], date]) -> Callable[[Mapping[str, Any]], object]:
    """What answers a line, for one area."""
    flow = definitions.flows["referral"]

    def answer(given: Mapping[str, Any]) -> object:
        facts = _facts(given, flow)
        dates = Dates(today(), read_day(given, "aware_on"), read_day(given, "notified_on"))
        return _written(refer(flow.table, facts, dates, definitions.local), definitions, flow)

    return answer


def _facts(given: Mapping[str, Any], flow: Flow) -> Mapping[str, Value]:
    inputs = flow.table.inputs
    only_keys(given, (*inputs, *DATES))
    facts: dict[str, Value] = {"flags": _flags(given, inputs["flags"])}
    for name, allowed in inputs.items():
        if name == "flags":
            continue
        value = given.get(name, MISSING.get(name))
        if value is None:
            raise BadLine(f"{name}: is missing")
        if value not in allowed:
            raise BadLine(f"{name}: must be one of {', '.join(allowed)}")
        facts[name] = value
    return facts


def _flags(given: Mapping[str, Any], allowed: tuple[str, ...]) -> frozenset[str]:
    flags = given.get("flags", [])
    if not isinstance(flags, list) or any(flag not in allowed for flag in flags):
        raise BadLine(f"flags: must be a list of any of {', '.join(allowed)}")
    return frozenset(flags)


def _written(decision: Decision, definitions: Definitions, flow: Flow) -> dict[str, object]:
    written: dict[str, object] = {
        "outcome": decision.outcome,
        "title": decision.title,
        "reasons": _reasons(decision, flow),
        "duties": [_duty(duty, decision, definitions, flow) for duty in decision.duties],
        "add_ons": [{"code": one.code, "title": one.title} for one in decision.add_ons],
        "other_processes": list(decision.other_processes),
        "rules_version": decision.rules_version,
    }
    if decision.would_be is not None:
        written["would_be"] = decision.would_be
    return written


def _reasons(decision: Decision, flow: Flow) -> list[str]:
    reasons = [decision.because]
    for name, value in decision.decided_by:
        question = flow.question(name)
        if question is not None and isinstance(value, str):
            reasons.append(f"{question.short}: {question.label(value)}.")
    reasons += [one.because for one in decision.add_ons]
    waiting = {duty.who for duty in decision.duties if duty.event == "awareness" and duty.counted_on is None}
    if waiting - {"other local authority"}:
        reasons.append(
            "The day the council knew is not known, so its dates are not guessed: the clock starts when you tell them."
        )
    if "other local authority" in waiting:
        reasons.append("The other council's clock runs from the day it knew, which is not known.")
    return reasons


def _duty(duty: Duty, decision: Decision, definitions: Definitions, flow: Flow) -> dict[str, object]:
    recipients = flow.table.recipients
    hide = definitions.area.invented and decision.outcome in NO_NUMBERS
    counted_from = {"event": duty.event, "on": _iso(duty.counted_on)} if duty.event else None
    return {
        "who": duty.who,
        "does": duty.does,
        "to": [recipients[key] if hide else recipient_words(key, definitions.area, recipients) for key in duty.to],
        "badge": duty.badge,
        "deadline_badge": duty.deadline_badge,
        "aim_for": _iso(duty.due.aim_for) if duty.due else None,
        "latest": _iso(duty.due.latest) if duty.due else None,
        "counted_from": counted_from,
    }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
