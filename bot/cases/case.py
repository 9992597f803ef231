"""A case: what happened to it, event by event, what is known from that, and the plan its clocks follow."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from itertools import takewhile
from typing import Literal

from bot.cases.action import Action, actions_of
from bot.cases.case_event import (
    DAY_UNKNOWN,
    DECISIONS,
    KINDS,
    LEAVES_THE_TEST,
    ONLY_TOLD,
    SUSPECTED_ON,
    Event,
    EventKind,
    NotPossible,
    Opening,
    opens,
    plain,
)
from bot.cases.fact import Fact, settled
from bot.cases.in_force import InForce, Settled, in_force
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
class Case:
    """A case, or (with no outcome) an area's own year: its events in order and the plan in force."""

    id: str
    ref: str
    area: str
    opened_at: datetime
    plan: Plan
    events: tuple[Event, ...]
    scope: Literal["case", "area"] = "case"

    @cached_property
    def standing(self) -> tuple[Event, ...]:
        """The events that were not taken back."""
        gone = {one.value("event") for one in self.events if one.kind == "taken back"}
        return tuple(one for one in self.events if str(one.seq) not in gone) if gone else self.events

    def all_of(self, *kinds: EventKind) -> list[Event]:
        """The standing events of these kinds, in order."""
        return [one for one in self.standing if one.kind in kinds]

    def newest(self, *kinds: EventKind) -> Event | None:
        """The newest standing event of these kinds."""
        return next((one for one in reversed(self.standing) if one.kind in kinds), None)

    @cached_property
    def decisions(self) -> tuple[InForce, ...]:
        """What each decision left in force, the newest last."""
        return in_force(self.all_of("opened", "decision corrected"), self._settled_before, self._refused)

    @cached_property
    def _refused(self) -> frozenset[str]:
        """What was told and does not hold, as a lead has said, each by its `seq`."""
        return frozenset(one.value("settles") for one in self.all_of("noted")) - {""}

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

    @cached_property
    def closing(self) -> Event | None:
        """The event that closed the case; None while it is open."""
        last = self.newest("closed", "reopened")
        return last if last is not None and last.kind == "closed" else None

    @property
    def is_open(self) -> bool:
        """Whether the case is open."""
        return self.closing is None

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

    @property
    def is_held(self) -> bool:
        """Whether a legal hold stops its purging. It never stops a nudge."""
        last = self.newest("hold placed", "hold lifted")
        return last is not None and last.kind == "hold placed"

    @cached_property
    def aware(self) -> Fact | None:
        """When the council became aware; None where that is not known."""
        return settled(self.all_of("opened", "awareness corrected"))

    @property
    def aware_on(self) -> date | None:
        """The day the council became aware."""
        return self.aware.on if self.aware else None

    @cached_property
    def suspected(self) -> Fact | None:
        """Since when abuse has been suspected of what was known before; None where that is not so.

        A day of awareness that was put right since is the day on which all of it was known. Its `seq` is that of the
        decision that first said so. What does not hold says nothing.
        """
        holding = (one for one in reversed(self.standing) if str(one.seq) not in self._refused)
        newest_first = (one for one in holding if _says_since_when(one))
        said = list(takewhile(lambda one: one.kind != "awareness corrected", newest_first))
        if not said:
            return None
        return Fact(date.fromisoformat(said[0].value(SUSPECTED_ON)), None, said[0].at, said[-1].seq)

    @property
    def counts_from(self) -> date | None:
        """The day the council was aware of all that the newest decision rests on."""
        return max((one.on for one in (self.aware, self.suspected) if one is not None), default=None)

    @cached_property
    def aware_is_only_told(self) -> bool:
        """Whether no lead has given the day the council became aware: what is on record from earlier counts on."""
        corrected = self.all_of("awareness corrected")
        given = takewhile(lambda one: one.on is not None, reversed(corrected))
        return all(ONLY_TOLD in one.values for one in given)

    @cached_property
    def notified(self) -> Fact | None:
        """When the notification was sent from here."""
        return settled([one for one in self.all_of("notified") if not one.is_anothers])

    @cached_property
    def death_notified(self) -> Fact | None:
        """When the Secretary of State and Ofsted were told of a death, and not the Panel."""
        return self.fact("death notified")

    @cached_property
    def others_notified(self) -> Fact | None:
        """When another council sent its notification."""
        return settled([one for one in self.all_of("notified") if one.is_anothers])

    @property
    def notified_on(self) -> date | None:
        """The day the notification was sent from here."""
        return self.notified.on if self.notified else None

    @property
    def late_reason(self) -> str:
        """Why the notification was late, as it was recorded."""
        ours = [one for one in self.all_of("notified") if not one.is_anothers]
        return ours[-1].words if ours else ""

    @cached_property
    def received(self) -> Fact | None:
        """When the business unit had the notification, where that was recorded with it."""
        found = [one for one in self.all_of("notified") if one.value("received_on")]
        return settled(found, lambda one: date.fromisoformat(one.value("received_on")))

    @property
    def review_sent_on(self) -> date | None:
        """The day the rapid review was sent."""
        sent = self.fact("rapid review sent")
        return sent.on if sent else None

    @cached_property
    def _for_a_review(self) -> tuple[Event, ...]:
        """By what a local review was decided on, in order; nothing where it was not, or no longer stands."""
        newest_first = takewhile(lambda one: one.value("decision") == "yes", reversed(self.all_of("review decided")))
        return tuple(reversed(list(newest_first)))

    @property
    def has_review(self) -> bool:
        """Whether a local review was decided on, on whatever day."""
        return bool(self._for_a_review)

    @property
    def review_day_is_missing(self) -> bool:
        """Whether a local review was decided on, and nobody has given the day of that."""
        return self.has_review and self.review_decided is None

    @cached_property
    def review_decided(self) -> Fact | None:
        """When a local review was decided on; None where it was not, or no longer stands, or the day is not known."""
        return settled(one for one in self._for_a_review if DAY_UNKNOWN not in one.values)

    @property
    def review_decided_on(self) -> date | None:
        """The day a local review was decided on."""
        return self.review_decided.on if self.review_decided else None

    @cached_property
    def publication(self) -> Fact | None:
        """When the review was, or else is planned to be, published."""
        return self.fact("published") or self.fact("publication planned")

    @property
    def publication_on(self) -> date | None:
        """The day the review was, or else is planned to be, published."""
        return self.publication.on if self.publication else None

    def fact(self, kind: EventKind) -> Fact | None:
        """The day of the newest event of a kind."""
        return settled(self.all_of(kind))

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

    @cached_property
    def actions(self) -> tuple[Action, ...]:
        """The actions agreed, in order, each as last changed. What was taken back keeps its number."""
        return actions_of(self.events, self.standing)


def _says_since_when(event: Event) -> bool:
    return event.kind == "awareness corrected" or bool(event.value(SUSPECTED_ON))


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
