"""Which outcomes hold for a case after each of its decisions: what an incident owes never falls away unseen."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Literal

from bot.cases.case_event import Event, opens, plain
from dialogs.table import HELD_FOR_ANOTHER, OWN_CLOCKS

Settled = Literal["", "told", "decided"]
"""Whether by a decision the partners had decided that the Panel will be told, or it had been told without that."""


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
    decisions: Iterable[Event], settled: Callable[[Event], Settled], refused: Collection[str] = ()
) -> tuple[InForce, ...]:
    """What each decision left in force, the newest last.

    `settled` says of one whether by then the Panel had been told, or the partners had decided that it will be. A
    decision takes the place of the one before it. After that, and where the decision is that the Panel has been told
    (R), it only adds: that stands until the partners decide that the test was not met. So does one that is `held`,
    because somebody who does not act on the case told it and less would be owed by it; where it brings nothing new,
    nothing changes, until a lead has said whether it holds. `refused` are those (their `seq`) that do not.

    Where it was not clear whether a death is notified whatever its cause, and a decision says that it is, that was what
    had been told, and no review is owed for it; but not where the partners had decided that the test is met.
    """
    found: list[InForce] = []
    for one in decisions:
        said, before = one.value("outcome"), found[-1] if found else None
        add_ons = frozenset(one.value("add_ons").split())
        outcomes: tuple[str, ...] = (said,)
        if before is not None and one.value("held") == "waits":
            outcomes = before.outcomes
        elif before is not None and (one.value("held") or opens(said) == "joins" or settled(one)):
            stays_unclear = bool(one.value("held")) or settled(one) == "decided"
            outcomes = _added(one, before.outcomes, stays_unclear=stays_unclear)
        if before is not None and one.value("held"):
            add_ons |= before.add_ons
        now = InForce(one, said, outcomes, add_ons)
        if before is not None and str(one.seq) in refused:
            now = InForce(one, said, before.outcomes, before.add_ons, until_refused=now)
        found.append(now)
    return tuple(found)


def _own(decision: Event) -> str:
    """The outcome of the incident itself, also where the decision is that the Panel has been told."""
    said = decision.value("outcome")
    return decision.value("would_be") if opens(said) == "joins" else said


def _added(decision: Event, before: tuple[str, ...], *, stays_unclear: bool) -> tuple[str, ...]:
    """The outcomes whose clocks run once a decision only adds to those before it; its own, where those ran none."""
    if not any(opens(each) == "opens" for each in before):
        return (decision.value("outcome"),)
    own = _own(decision)
    newest = own if opens(own) == "opens" else before[-1]
    clear = () if stays_unclear else (each for each in before if newest in OWN_CLOCKS.get(each, ()))
    # What ours holds for another council takes the place of helping that one; not before a lead has agreed.
    instead = {plain(newest)} if newest in HELD_FOR_ANOTHER and not decision.value("held") else set()
    left_out = {newest, *clear, *instead}
    return (*(each for each in before if each not in left_out), newest)
