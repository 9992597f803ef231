"""A case to try things on: its events as they are recorded, a clock that tests turn, and what has been noted so far."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from bot.cases.case import Case, Event, EventKind, Plan
from bot.cases.case_refused import refuse
from bot.cases.clocks import Clock, clocks_of
from bot.cases.nudges import Nudge, next_at, owed
from bot.cases.whose_notification import marks_of
from bot.clock import LONDON, london_date
from dialogs.clock_file import load_clocks
from dialogs.days import Calendar

PLAN = Plan("test", load_clocks().rules)


def moment(text: str) -> datetime:
    """A moment in London, such as "18 Dec 2026 16:50"."""
    return datetime.strptime(text, "%d %b %Y %H:%M").replace(tzinfo=LONDON).astimezone(UTC)


class Life:
    """One case, opened at a moment."""

    def __init__(
        self,
        at: datetime,
        outcome: str = "B",
        *,
        aware: date | None = None,
        add_ons: str = "",
        plan: Plan = PLAN,
        calendar: Calendar | None = None,
        opener: str = "pat",
    ) -> None:
        self.calendar = calendar or Calendar()
        self.at = at
        self.noted: dict[str, datetime] = {}
        scope = "case" if outcome else "area"
        self.case = Case("1", "26-014", "exampleshire", at, plan, (), scope=scope)
        self.opener = opener
        self.record("opened", on=aware, outcome=outcome, add_ons=add_ons, owner="ann")

    @property
    def today(self) -> date:
        """The date in London."""
        return london_date(self.at)

    def record(
        self, kind: EventKind, *, on: date | None = None, clock: str = "", words: str = "", **values: str
    ) -> Event:
        """Adds an event. Raises NotPossible."""
        given = tuple((key, value) for key, value in values.items() if value)
        if kind == "notified":
            given = (*given, *marks_of(self.case))
        by = "ann" if self.case.events else self.opener
        event = Event(len(self.case.events) + 1, self.at, kind, by, on, clock, words, given)
        refuse(self.case, event, self.calendar)
        self.case = replace(self.case, events=(*self.case.events, event))
        return event

    def clocks(self) -> tuple[Clock, ...]:
        """Its clocks today."""
        return clocks_of(self.case, self.calendar, self.today)

    def clock(self, clock_id: str) -> Clock:
        """The newest clock of an id."""
        return [one for one in self.clocks() if one.id == clock_id][-1]

    def owed(self) -> tuple[Nudge, ...]:
        """What is owed now and was not noted before."""
        return owed(self.case, self.clocks(), self.calendar, self.at, self.noted)

    def note(self) -> tuple[Nudge, ...]:
        """Notes what is owed now, as the watch does."""
        found = self.owed()
        assert self.noted.keys().isdisjoint(one.key for one in found)
        self.noted |= {one.key: self.at for one in found}
        return found

    def next_at(self) -> datetime | None:
        """When it next owes something."""
        return next_at(self.case, self.clocks(), self.calendar, self.at, self.noted)

    def run_to(self, end: datetime) -> list[Nudge]:
        """Everything that is owed until a moment, noted as it falls due."""
        found = list(self.note())
        while (wake := self.next_at()) is not None and wake <= end:
            assert wake > self.at
            self.at = wake
            found += self.note()
        self.at = end
        return found

    def later(self, **length: float) -> datetime:
        """A moment later than now."""
        return self.at + timedelta(**length)
