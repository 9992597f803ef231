"""Plays a case's life from a transcript: each event as it comes, and every reminder when it falls due, as it is read.

A line after `> ` is something that happens: `opened B aware 18 Dec 16:50`, `notified 22 Dec`, `acknowledged`,
`snoozed notify_panel: the notifier is back tomorrow`, or a look at the case: `clocks`, `why notify_panel`, `digest`.
`@ ` turns the clock, and everything that falls due until then is printed; with `@ down until ` the bot does not run
meanwhile, and says what it says when it comes back. `@ only notify_panel` leaves the reminders of
other clocks out, `@ area southborough` chooses the area.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from textwrap import wrap

from bot.cases.answered import snooze_until
from bot.cases.case import Case, Event, EventKind, NotPossible, Plan, plan_from_json, plan_to_json
from bot.cases.case_event import DAY_UNKNOWN, LEAVES_THE_TEST, ONLY_TOLD, TO_BE_TOLD
from bot.cases.case_refused import refuse
from bot.cases.clock_words import explain, moved_words, standing
from bot.cases.clocks import Clock, clocks_of, moved
from bot.cases.digest import morning
from bot.cases.nudge_words import POSTS, line
from bot.cases.nudges import Nudge, next_at, owed
from bot.cases.plans import plan_of
from bot.cases.posts import person_in
from bot.clock import LONDON, london_date
from bot.definitions import Definitions, load_definitions
from dialogs.date_words import spoken
from dialogs.days import Calendar

from .script import AREAS, BrokenTranscript, Step, steps_of, written

REF = "26-014"
LEAD = "the lead"
OPENER = "somebody else"
_CLOCK = re.compile(r"(?P<weekday>[A-Z][a-z]{2}) (?P<moment>\d{1,2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2})")
_DOWN = "down until "
_DAY = r"\d{1,2} [A-Z][a-z]{2}(?: \d{4})?"
_TIME = r"\d{2}:\d{2}"


@cache
def _definitions(area: str) -> Definitions:
    return load_definitions(area, AREAS)


def played_case(text: str) -> str:
    """The transcript's text with the reminders as they are now. Raises BrokenTranscript."""
    return written(_Life().run(steps_of(text)))


class _Life:
    """One playing of one transcript."""

    def __init__(self) -> None:
        self._definitions = _definitions("exampleshire")
        self._plan: Plan = self._definitions.plan
        self._at: datetime | None = None
        self._case: Case | None = None
        self._noted: dict[str, datetime] = {}
        self._only: frozenset[str] = frozenset()

    def run(self, steps: tuple[Step, ...]) -> Iterator[Step | list[str]]:
        """Each step, followed by what comes of it."""
        for step in steps:
            yield step
            lines = [] if step.kind == "why" else self._directed(step) if step.kind == "direction" else self._done(step)
            if lines:
                yield [part for one in lines for part in _wrapped(one)]

    def _directed(self, step: Step) -> list[str]:
        down, told = step.text.startswith(_DOWN), step.text.removeprefix(_DOWN)
        if clock := _CLOCK.fullmatch(told):
            to = datetime.strptime(clock["moment"], "%d %b %Y %H:%M").replace(tzinfo=LONDON)
            if f"{to:%a}" != clock["weekday"]:
                raise BrokenTranscript(f"{step}: that day is a {to:%A}")
            return self._turned(to.astimezone(UTC), down=down)
        if step.text.startswith("only "):
            self._only = frozenset(step.text.split()[1:])
        elif step.text.startswith("area "):
            self._definitions = _definitions(step.text.removeprefix("area "))
            self._plan = self._definitions.plan
        elif step.text.startswith("rapid review counted from "):
            area = replace(self._definitions.area, rapid_review_start=step.text.split()[-1])
            self._plan = plan_of(self._definitions.clocks, area)
        else:
            raise BrokenTranscript(f"{step}: there is no such direction")
        return []

    def _turned(self, to: datetime, *, down: bool) -> list[str]:
        """Turns the clock, stopping wherever something is owed, but not while the bot is down."""
        lines: list[str] = []
        if self._case is None or self._at is None:
            self._at = to
            return lines
        while not down:
            wake = next_at(self._case, self._clocks(self._at), self._calendar, self._at, self._noted)
            if wake is None or wake > to:
                break
            self._at = wake
            lines += self._owed()
        self._at = to
        return lines + self._owed()

    def _owed(self) -> list[str]:
        assert self._case is not None
        assert self._at is not None
        nudges = owed(self._case, self._clocks(self._at), self._calendar, self._at, self._noted)
        self._noted |= {one.key: self._at for one in nudges}
        shown = [one for one in nudges if self._is_shown(one.clock)]
        here = self._at.astimezone(LONDON)
        head = [f"{spoken(here.date()).rsplit(' ', 1)[0]} {here:%H:%M}"] if shown else []
        return head + [f"  {_reader(one)}: {self._line(one)}" for one in shown]

    def _line(self, nudge: Nudge) -> str:
        """A reminder as whoever it goes to reads it."""
        assert self._case is not None
        reader = self._case.owner if nudge.to == "owner" else person_in(nudge.to)
        return line(nudge, self._calendar, self._at, reader=reader)

    def _is_shown(self, clock: str) -> bool:
        return not self._only or clock in self._only

    @property
    def _calendar(self) -> Calendar:
        return self._definitions.local.calendar

    def _clocks(self, at: datetime) -> tuple[Clock, ...]:
        assert self._case is not None
        return clocks_of(self._case, self._calendar, london_date(at))

    def _done(self, step: Step) -> list[str]:
        """Something that happened, or a look at the case."""
        if self._at is None:
            raise BrokenTranscript("the clock is not set: begin with a line such as @ Fri 18 Dec 2026 16:50")
        word, _, rest = step.text.partition(" ")
        if word == "opened" and self._case is None:
            return self._opened(step, rest)
        if self._case is None:
            raise BrokenTranscript(f"{step}: open the case first")
        if word == "clocks":
            shown = [one for one in self._clocks(self._at) if one.state != "not started" and self._is_shown(one.id)]
            return [_clock_line(one) for one in shown] or ["Nothing runs."]
        if word == "why":
            found = [one for one in self._clocks(self._at) if one.id == rest]
            return list(explain(found[-1], self._definitions.area.closure_days))
        if word == "digest":
            return self._digest()
        return self._recorded(self._event(step))

    def _opened(self, step: Step, rest: str) -> list[str]:
        scope = "area" if rest == "the area" else "case"
        pattern = (
            rf"(\w+)(?: with ([\w+ ]+?))?(?: aware ({_DAY})(?: ({_TIME}))?)?"
            r"( in another council's care)?( by its owner)?"
        )
        found = re.fullmatch(pattern, rest)
        if scope == "case" and found is None:
            raise BrokenTranscript(f"{step}: write it like: opened B with F+ CDR aware 18 Dec 16:50")
        assert self._at is not None
        on, values = None, {}
        if scope == "case" and found is not None:
            on = self._day(found[3]) if found[3] else None
            values = {"outcome": found[1], "add_ons": found[2] or "", "owner": LEAD, "time": found[4] or ""}
            values |= {"care": "lac_other"} if found[5] else {}
        plan = plan_from_json(plan_to_json(self._plan))
        ref = "area" if scope == "area" else REF
        self._case = Case("1", ref, self._definitions.area.key, self._at, plan, (), scope=scope)
        by = LEAD if scope == "area" or (found is not None and found[6]) else OPENER
        return self._recorded(replace(self._made("opened", on=on, values=values), by=by))

    def _recorded(self, event: Event) -> list[str]:
        """Adds an event, and says what it moved, what is owed at once, or why it cannot be."""
        assert self._case is not None
        assert self._at is not None
        try:
            refuse(self._case, event, self._calendar)
        except NotPossible as fault:
            return [f"Not possible: {fault}"]
        before = self._clocks(self._at) if self._case.events else ()
        plan = self._plan if event.kind == "plan moved" else self._case.plan
        self._case = replace(self._case, events=(*self._case.events, event), plan=plan)
        changed = moved(before, self._clocks(self._at))
        return [moved_words(one) for one in changed if self._is_shown(one.clock.id)] + self._owed()

    def _made(
        self, kind: EventKind, *, on: date | None = None, values: dict[str, str] | None = None, **what: str
    ) -> Event:
        assert self._case is not None
        assert self._at is not None
        pairs = tuple((key, value) for key, value in (values or {}).items() if value)
        return Event(len(self._case.events) + 1, self._at, kind, LEAD, on, values=pairs, **what)

    def _event(self, step: Step) -> Event:
        """The event that a line means."""
        told, _, words = step.text.partition(": ")
        for pattern, kind in _EVENTS:
            if found := re.fullmatch(pattern, told):
                said = found.groupdict(default="")
                on = self._day(said.pop("on")) if said.get("on") else None
                said.pop("on", None)
                for name in ("due", "received_on", "suspected_on", "decide_by"):
                    if said.get(name):
                        said[name] = self._day(said[name]).isoformat()
                said |= dict(one for one in (DAY_UNKNOWN, LEAVES_THE_TEST, ONLY_TOLD, TO_BE_TOLD) if said.get(one[0]))
                clock = said.pop("clock", "")
                if kind == "snoozed":
                    said["until"] = self._until(clock).isoformat()
                return self._made(kind, on=on, values=said, clock=clock, words=words)
        raise BrokenTranscript(f"{step}: there is no such event")

    def _until(self, clock: str) -> date:
        """The next working day; where that cannot be, the day the refusal will be about."""
        assert self._case is not None
        assert self._at is not None
        hours = self._case.plan.working_time(self._calendar)
        running = next((one for one in self._clocks(self._at) if one.id == clock and one.is_running), None)
        try:
            return snooze_until(running, hours, self._at) if running else london_date(self._at)
        except NotPossible:
            return london_date(self._at) + timedelta(days=1)

    def _day(self, text: str) -> date:
        """A day as written; without a year, of the clock's own year."""
        assert self._at is not None
        parts = text.split()
        year = parts[2] if len(parts) == 3 else str(london_date(self._at).year)
        return datetime.strptime(f"{parts[0]} {parts[1]} {year}", "%d %b %Y").date()

    def _digest(self) -> list[str]:
        assert self._case is not None
        assert self._at is not None
        found = morning([(self._case, self._clocks(self._at))], LEAD, london_date(self._at), self._calendar)
        lines = [
            f"{one.urgency}: {one.title or 'the day the council became aware'}{_by(one.deadline)}"
            for one in found.lines
        ]
        return [*lines, f"later: {found.later}"]


_EVENTS: tuple[tuple[str, EventKind], ...] = (
    (r"opened (?P<outcome>\w+).*", "opened"),
    (r"acknowledged(?: (?P<clock>[\w:]+))?", "acknowledged"),
    (r"snoozed (?P<clock>[\w:]+)", "snoozed"),
    (rf"done (?P<clock>[\w:]+)(?: (?P<on>{_DAY}))?", "done"),
    (rf"notified(?: (?P<on>{_DAY}))?(?: received (?P<received_on>{_DAY}))?", "notified"),
    (rf"death notified(?: (?P<on>{_DAY}))?", "death notified"),
    (rf"responsible council notified(?: (?P<on>{_DAY}))?", "responsible council notified"),
    (rf"aware (?:unknown|(?P<on>{_DAY})(?: (?P<time>{_TIME}))?(?P<only_told>, as was told)?)", "awareness corrected"),
    (rf"partners decided (?P<decision>notify|not met|not agreed)(?: (?P<on>{_DAY}))?", "partner decision"),
    (rf"others told(?: (?P<on>{_DAY}))?", "other areas told"),
    (rf"rapid review sent(?: (?P<on>{_DAY}))?", "rapid review sent"),
    (
        rf"review decided (?P<decision>yes|no|later)(?: until (?P<decide_by>{_DAY}))?"
        rf"(?: (?P<on>{_DAY})|(?P<day_unknown> on a day not known))?",
        "review decided",
    ),
    (rf"reviewer named(?: (?P<on>{_DAY}))?", "reviewer named"),
    (rf"publication planned (?P<on>{_DAY})", "publication planned"),
    (rf"published(?: (?P<on>{_DAY}))?", "published"),
    (
        rf"action agreed(?: again (?P<action>\d+))? due (?P<due>{_DAY})"
        r"(?: every (?P<review>\d+ \w+))?(?: by (?P<owner>\w+))?",
        "action agreed",
    ),
    (rf"action changed (?P<action>\d+)(?: due (?P<due>{_DAY}))?(?: by (?P<owner>\w+))?", "action changed"),
    (rf"audited (?P<action>\d+)(?: (?P<on>{_DAY}))?", "action audited"),
    (rf"impact recorded(?: of (?P<action>\d+))?(?: on (?P<on>{_DAY}))?", "impact recorded"),
    (rf"disagreement raised(?: (?P<on>{_DAY}))?", "disagreement raised"),
    (
        r"decision corrected to (?P<outcome>\w+)(?: instead of (?P<would_be>\w+))?(?: with (?P<add_ons>[\w+ ]+))?"
        rf"(?:, suspected since (?P<suspected_on>{_DAY}))?(?P<leaves_the_test>, and nothing bears on the test)?"
        r"(?P<to_be_told>, which is new)?",
        "decision corrected",
    ),
    (r"told (?P<outcome>\w+)(?: with (?P<add_ons>[\w+ ]+))?, which (?P<held>adds|waits)", "decision corrected"),
    (r"a lead says that (?P<settles>\d+) does not hold", "noted"),
    (r"a lead says that (?P<settles>\d+) holds, so (?P<outcome>\w+)", "decision corrected"),
    (r"handed to (?P<owner>\w+)", "reassigned"),
    (r"plan moved", "plan moved"),
    (r"noted", "noted"),
    (r"hold placed", "hold placed"),
    (r"hold lifted", "hold lifted"),
    (r"taken back (?P<event>\d+)", "taken back"),
    (r"closed", "closed"),
    (r"reopened", "reopened"),
)


def _reader(nudge: Nudge) -> str:
    return POSTS.get(nudge.to, nudge.to.removeprefix("person:"))


def _by(day: date | None) -> str:
    return f", {spoken(day)}" if day else ""


def _clock_line(clock: Clock) -> str:
    aim = f"aim {spoken(clock.aim_for)}, " if clock.aim_for and clock.aim_for != clock.latest else ""
    latest = f"{aim}latest {spoken(clock.latest)}" if clock.latest else "no date yet"
    return f"{clock.id}: {standing(clock)}; {latest}"


def _wrapped(text: str) -> list[str]:
    return wrap(text, 100, initial_indent="", subsequent_indent="    ", break_on_hyphens=False)
