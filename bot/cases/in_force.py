"""Which outcomes hold for a case after each of its decisions: what an incident owes never falls away unseen."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bot.cases.case_event import Event, opens


@dataclass(frozen=True)
class InForce:
    """A decision's event and outcome; the outcomes whose clocks run after it, the newest last; and its add-ons."""

    event: Event
    outcome: str
    outcomes: tuple[str, ...]
    add_ons: frozenset[str]


def in_force(decisions: Iterable[Event], is_settled: Callable[[int], bool]) -> tuple[InForce, ...]:
    """What each decision left in force, the newest last.

    `is_settled` says of a `seq` whether by then the Panel had been told, or the partners had decided that it will be. A
    decision takes the place of the one before it. After that, and where the decision is that the Panel has been told
    (R), it only adds: that stands until the partners decide that the test was not met. So does one by which somebody
    who does not act on the case would have ended its duty to tell the Panel (`only_adds`).
    """
    found: list[InForce] = []
    for one in decisions:
        said, before = one.value("outcome"), found[-1].outcomes if found else ()
        only_adds = opens(said) == "joins" or is_settled(one.seq) or bool(one.value("only_adds"))
        outcomes: tuple[str, ...] = (said,)
        if only_adds and any(opens(each) == "opens" for each in before):
            own = one.value("would_be") if opens(said) == "joins" else said
            newest = own if opens(own) == "opens" else before[-1]
            outcomes = (*(each for each in before if each != newest), newest)
        found.append(InForce(one, said, outcomes, frozenset(one.value("add_ons").split())))
    return tuple(found)
