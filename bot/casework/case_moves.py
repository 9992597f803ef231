"""What an event moved among a case's clocks, worked out from the record itself; and what another plan would move."""

from __future__ import annotations

from dataclasses import replace

from bot.cases.case import Case, Plan, plan_from_json
from bot.cases.clocks import Clock, Moved, clocks_of, moved
from bot.casework.casework import Desk
from bot.storage import cases


def by_event(desk: Desk, case: Case, seq: int) -> tuple[Moved, ...]:
    """The clocks that the event of a `seq` moved; none for the first, which began them all, or where there is none."""
    before = tuple(one for one in case.events if one.seq < seq)
    upto = tuple(one for one in case.events if one.seq <= seq)
    if not before or len(before) == len(upto):
        return ()
    was = _clocks(desk, replace(case, events=before, plan=_plan_after(desk, case, before[-1].seq)))
    return moved(was, _clocks(desk, replace(case, events=upto, plan=_plan_after(desk, case, seq))))


def by_plan(desk: Desk, case: Case) -> tuple[Moved, ...]:
    """The clocks that would move if the case followed the plan of today."""
    return moved(_clocks(desk, case), _clocks(desk, replace(case, plan=desk.plan)))


def _plan_after(desk: Desk, case: Case, seq: int) -> Plan:
    """The plan the case followed once the event of a `seq` was recorded."""
    later = (one.value("from") for one in case.events if one.kind == "plan moved" and one.seq > seq)
    plan_id = next((plan_id for plan_id in later if plan_id), "")
    return plan_from_json(cases.plan(desk.connection, plan_id)) if plan_id else case.plan


def _clocks(desk: Desk, case: Case) -> tuple[Clock, ...]:
    return clocks_of(case, desk.definitions.local.calendar, desk.today)
