"""What came to a closed case that may be a reason to open it again: pure, from its events."""

from __future__ import annotations

from bot.cases.case import Case, Event

WOULD_OWE, LEFT_CLOSED = "would_owe", "left_closed"


def to_reopen(case: Case) -> Event | None:
    """What came since a case was closed: news by which more would be owed, or a disagreement of another than its owner.

    Of several the newest; None where the case is open, or a lead has said since that it stays closed.
    """
    closing = case.closing
    if closing is None:
        return None
    for one in reversed([one for one in case.standing if one.seq > closing.seq]):
        if one.value(LEFT_CLOSED):
            return None
        if one.value(WOULD_OWE) or (one.kind == "disagreement raised" and one.by != case.owner):
            return one
    return None


def would_be_owed(case: Case, came: Event) -> tuple[str, ...]:
    """What more would be owed by something that came, by its titles."""
    names = [name.partition(":")[0] for name in came.value(WOULD_OWE).split(",")]
    return tuple(dict.fromkeys(case.plan.by_name[name].title for name in names if name in case.plan.by_name))
