"""An action agreed in a case: a recommendation with its owner, its day, and what was found of it since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.cases.case_event import Event
from bot.cases.fact import Fact, fact_of
from dialogs.spans import Span, read_span

NOT_LOOKED_AT = "none"
"""What an action's `review` is where it was said that it need not be looked at."""


@dataclass(frozen=True)
class Action:
    """An action agreed, by its number in the case: whose it is, by when, how often it is looked at, what came of it.

    `every` is None where nobody said how often; `is_looked_at` is false where they said that it need not be.
    """

    id: str
    owner: str
    agreed: Fact
    due_on: date | None
    every: Span | None
    audits: tuple[Fact, ...]
    impact: Fact | None
    is_looked_at: bool = True


def actions_of(events: Sequence[Event], standing: Sequence[Event]) -> tuple[Action, ...]:
    """The actions agreed by the events of a case, each as last changed by those that stand; others keep a number."""
    first = [one for one in events if one.kind == "action agreed" and not one.value("action")]
    return tuple(_action(str(number), one, standing) for number, one in enumerate(first, 1) if one in standing)


def _action(name: str, first: Event, standing: Sequence[Event]) -> Action:
    about = [one for one in standing if one.value("action") == name]
    told = dict(first.values)
    for later in about:
        if later.kind in ("action agreed", "action changed"):
            told |= dict(later.values)
    return Action(
        id=name,
        owner=told.get("owner", ""),
        agreed=fact_of(first),
        due_on=date.fromisoformat(told["due"]) if told.get("due") else None,
        every=read_span(told["review"]) if told.get("review", NOT_LOOKED_AT) != NOT_LOOKED_AT else None,
        audits=tuple(fact_of(one) for one in about if one.kind == "action audited"),
        impact=next((fact_of(one) for one in about if one.kind == "impact recorded"), None),
        is_looked_at=told.get("review") != NOT_LOOKED_AT,
    )
