"""Which outcomes hold for a case after each of its decisions: what an incident owes never falls away unseen."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from bot.cases.case_event import Event, opens


@dataclass(frozen=True)
class InForce:
    """A decision's event and outcome; the outcomes whose clocks run after it, the newest last; and its add-ons.

    `until_refused` is what one that does not hold had left in force until a lead said so.
    """

    event: Event
    outcome: str
    outcomes: tuple[str, ...]
    add_ons: frozenset[str]
    until_refused: InForce | None = None


def in_force(
    decisions: Iterable[Event], is_settled: Callable[[Event], bool], refused: Collection[str] = ()
) -> tuple[InForce, ...]:
    """What each decision left in force, the newest last.

    `is_settled` says of one whether by then the Panel had been told, or the partners had decided that it will be. A
    decision takes the place of the one before it. After that, and where the decision is that the Panel has been told
    (R), it only adds: that stands until the partners decide that the test was not met. So does one that is `held`,
    because somebody who does not act on the case told it and less would be owed by it; where it brings nothing new,
    nothing changes, until a lead has said whether it holds. `refused` are those (their `seq`) that do not.
    """
    found: list[InForce] = []
    for one in decisions:
        said, before = one.value("outcome"), found[-1] if found else None
        add_ons = frozenset(one.value("add_ons").split())
        outcomes: tuple[str, ...] = (said,)
        if before is not None and one.value("held") == "waits":
            outcomes = before.outcomes
        elif before is not None and (one.value("held") or opens(said) == "joins" or is_settled(one)):
            outcomes = _added(one, before.outcomes)
        if before is not None and one.value("held"):
            add_ons |= before.add_ons
        now = InForce(one, said, outcomes, add_ons)
        if before is not None and str(one.seq) in refused:
            now = InForce(one, said, before.outcomes, before.add_ons, until_refused=now)
        found.append(now)
    return tuple(found)


def _added(decision: Event, before: tuple[str, ...]) -> tuple[str, ...]:
    """The outcomes whose clocks run once a decision only adds to those before it; its own, where those ran none."""
    said = decision.value("outcome")
    if not any(opens(each) == "opens" for each in before):
        return (said,)
    own = decision.value("would_be") if opens(said) == "joins" else said
    newest = own if opens(own) == "opens" else before[-1]
    return (*(each for each in before if each != newest), newest)
