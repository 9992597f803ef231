"""Which outcomes hold for a case after each of its decisions: what an incident owes never falls away unseen."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from bot.cases.case_event import Event, opens


@dataclass(frozen=True)
class InForce:
    """A decision's event and outcome; the outcomes whose clocks run after it, the newest last; and its add-ons."""

    event: Event
    outcome: str
    outcomes: tuple[str, ...]
    add_ons: frozenset[str]


def in_force(decisions: Iterable[Event], settled: Collection[int]) -> tuple[InForce, ...]:
    """What each decision left in force, the newest last.

    `settled` is the `seq` of each notification that stands, and of the partners' decision to notify. A decision takes
    the place of the one before it. After one of these, and where the decision is that the Panel has been told (R), it
    only adds: that stands until the partners decide that the test was not met.
    """
    found: list[InForce] = []
    for one in decisions:
        said, before = one.value("outcome"), found[-1].outcomes if found else ()
        is_sent = opens(said) == "joins" or any(seq < one.seq for seq in settled)
        outcomes: tuple[str, ...] = (said,)
        if is_sent and any(opens(each) == "opens" for each in before):
            own = one.value("would_be") if opens(said) == "joins" else said
            newest = own if opens(own) == "opens" else before[-1]
            outcomes = (*(each for each in before if each != newest), newest)
        found.append(InForce(one, said, outcomes, frozenset(one.value("add_ons").split())))
    return tuple(found)
