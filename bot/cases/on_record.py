"""What stands on record of a case: what happened, event by event, and the days that are known from that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from itertools import takewhile
from typing import Literal

from bot.cases.action import Action, actions_of
from bot.cases.case_event import DAY_UNKNOWN, ONLY_TOLD, SUSPECTED_ON, Event, EventKind
from bot.cases.fact import Fact, settled
from bot.cases.plan import Plan


@dataclass(frozen=True)
class OnRecord:
    """The events of a case in order, or of an area's own year, and the plan in force."""

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
    def _refused(self) -> frozenset[str]:
        """What was told and does not hold, as a lead has said, each by its `seq`."""
        return frozenset(one.value("settles") for one in self.all_of("noted")) - {""}

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
    def actions(self) -> tuple[Action, ...]:
        """The actions agreed, in order, each as last changed. What was taken back keeps its number."""
        return actions_of(self.events, self.standing)


def _says_since_when(event: Event) -> bool:
    return event.kind == "awareness corrected" or bool(event.value(SUSPECTED_ON))
