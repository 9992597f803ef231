"""A case: what was decided of it and holds, whose it is, and what waits for somebody to say so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.cases.action import Action
from bot.cases.case_event import (
    DECISIONS,
    KINDS,
    LEAVES_THE_TEST,
    Event,
    EventKind,
    NotPossible,
    Opening,
    opens,
    plain,
)
from bot.cases.fact import Fact
from bot.cases.in_force import InForce, Settled, in_force
from bot.cases.on_record import OnRecord
from bot.cases.plan import Plan, plan_from_json, plan_to_json

__all__ = [
    "DECISIONS",
    "KINDS",
    "Action",
    "Case",
    "Event",
    "EventKind",
    "Fact",
    "NotPossible",
    "Opening",
    "Plan",
    "opens",
    "plan_from_json",
    "plan_to_json",
]


@dataclass(frozen=True)
class Case(OnRecord):
    """A case, or (with no outcome) an area's own year."""

    @cached_property
    def decisions(self) -> tuple[InForce, ...]:
        """What each decision left in force, the newest last."""
        return in_force(self.all_of("opened", "decision corrected"), self._settled_before, self._refused)

    def _settled_before(self, later: Event) -> Settled:
        """Whether before a decision the partners' newest decision was to tell the Panel, or else it had been told.

        That another council told it settles nothing about what is owed from here.
        """
        if _is_to_notify(one for one in self.all_of("partner decision") if one.seq < later.seq):
            return "decided"
        told = [one for one in self.all_of("notified") if one.seq < later.seq]
        is_ours = any(not (one.is_anothers and opens(later.value("outcome")) == "opens") for one in told)
        return "told" if is_ours else ""

    def care_at(self, decision: InForce) -> str:
        """In whose care the child was, as decisions up to one say it that wait for nobody; empty where none does."""
        until = (one for one in self.decisions if one.event.seq <= decision.event.seq and one.until_refused is None)
        said = [one.event.value("care") for one in until if not one.event.value("held")]
        return next((one for one in reversed(said) if one), "")

    @property
    def outcomes(self) -> tuple[tuple[str, frozenset[str]], ...]:
        """Every outcome that was decided on with its add-ons, the newest last."""
        return tuple((one.outcome, one.add_ons) for one in self.decisions)

    @property
    def outcome(self) -> str:
        """The code of the outcome in force; empty for an area's own year."""
        return plain(self.decisions[-1].outcomes[-1]) if self.decisions else ""

    @property
    def add_ons(self) -> frozenset[str]:
        """The add-ons of the newest decision."""
        return self.decisions[-1].add_ons if self.decisions else frozenset()

    @property
    def owner(self) -> str:
        """The id of the person whose case it is; empty while it is nobody's."""
        newest = self.newest("opened", "reassigned")
        return newest.value("owner") if newest is not None else ""

    @property
    def to_join(self) -> bool:
        """Whether it belongs to a case notified before, and has not been put with that one, or set aside."""
        return self.is_open and opens(self.outcome) == "joins" and self.newest("joined") is None

    @cached_property
    def to_agree(self) -> Event | None:
        """What somebody told who does not act on the case, by which less is owed, and no lead has spoken to yet.

        Of several the newest. Nothing, once the Panel was told or is to be told: then the partners decide. Once another
        council told it, only that something is owed from here.
        """
        if not self.is_open or self.decided_to_notify:
            return None
        held = (one for one in reversed(self.standing) if one.value("held"))
        if self.others_notified is not None:
            held = (one for one in held if opens(one.value("outcome")) == "opens")
        return next((one for one in held if not any(_settles(later, one) for later in self.standing)), None)

    @cached_property
    def decisions_held(self) -> frozenset[str]:
        """The kept decisions that were held and not agreed to: nothing goes on from them."""
        agreed = {one.value("settles") for one in self.all_of("decision corrected")}
        held = (one for one in self.standing if one.value("held") and str(one.seq) not in agreed)
        return frozenset(one.value("decision") for one in held)

    @cached_property
    def decided_to_notify(self) -> bool:
        """Whether the partners decided to notify, or the notification was sent."""
        return self.notified is not None or _is_to_notify(self.all_of("partner decision"))

    @cached_property
    def agreed_to_notify(self) -> bool:
        """Whether the partners decided to notify, and not only that something was sent, which may be of a death."""
        said = self.all_of("partner decision")
        return self.decided_to_notify and any(one.value("decision") == "notify" for one in said)

    @cached_property
    def not_met(self) -> Event | None:
        """The partners' decision that the criteria are not met, unless something newer overrides it."""
        last = next(reversed(self.said_of_the_test), None)
        return last if last is not None and last.value("decision") == "not met" else None

    @property
    def said_of_the_test(self) -> list[Event]:
        """What bears on whether the criteria are met, in order: of two the later one counts."""
        said: list[Event] = []
        for one in self.all_of("partner decision", "notified", "decision corrected"):
            if not (one.value("held") or LEAVES_THE_TEST in one.values or _only_dates(one, said)):
                said.append(one)
        return said

    @property
    def decides_anew(self) -> Event | None:
        """What last bore on the test when the partners had decided already, and not to notify: they decide again."""
        return self._decided_and_anew[1]

    @property
    def to_decide_anew(self) -> Event | None:
        """What last bore on the test after the partners had decided, while they have not decided again."""
        decided, anew = self._decided_and_anew
        return anew if decided is None else None

    @property
    def decided_not_to_notify(self) -> Event | None:
        """The partners' newest decision, where it is not to notify and nothing since bears on the test."""
        return None if self.decided_to_notify else self._decided_and_anew[0]

    @cached_property
    def _decided_and_anew(self) -> tuple[Event | None, Event | None]:
        """What the partners decided and still stands for done; and by what last they decide again, or have."""
        decided = found = None
        for one in self.said_of_the_test:
            if one.kind == "partner decision":
                decided = one
            elif decided and opens(one.value("outcome")) == "opens" and not self._settled_before(one):
                found, decided = one, None
        return decided, found


def _is_to_notify(partners: Iterable[Event]) -> bool:
    """Whether the partners decided to notify: that they could not agree since takes nothing of that back."""
    said = [one.value("decision") for one in partners]
    return next((one for one in reversed(said) if one != "not agreed"), "") == "notify"


def _only_dates(event: Event, said: Sequence[Event]) -> bool:
    """Whether a notification says nothing new: it was sent before the last decision, or only its day is put right."""
    if event.kind != "notified" or not said:
        return False
    is_again = any((one.kind, one.is_anothers) == ("notified", event.is_anothers) for one in said)
    if said[-1].kind == "notified":
        return is_again
    return event.day < said[-1].day or (is_again and event.day == said[-1].day)


def _settles(later: Event, held: Event) -> bool:
    """Whether an event says if what was held holds: in so many words, by the same decision, or by a newer one on it."""
    if later.seq <= held.seq:
        return False
    if later.kind == "partner decision":
        return later.value("decision") == "not met"
    if later.value("settles"):
        return later.value("settles") == str(held.seq)
    if later.kind != "decision corrected" or later.value("held"):
        return False
    if later.value("decision").partition(",")[0] == held.value("decision").partition(",")[0]:
        return True
    about, now = set(held.value("about").split(",")) - {""}, set(later.value("about").split(","))
    return bool(about) and about <= now
