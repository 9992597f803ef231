"""The morning digest for those who have cases, and the week's for an area: noted once, and said in a few lines."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime

from bot.cases.digest import Digest, DigestLine, Kept, Weekly, first_of_week, morning, since_last_told, weekly
from bot.cases.nudge_words import ASKS_DAY, STRICTER_PASSED, covers, label
from bot.cases.nudges import ASK_TO_AGREE, ASK_TO_REOPEN
from bot.cases.reopening import to_reopen
from bot.cases.working_time import WorkingTime
from bot.clock import london_date
from bot.people import people
from bot.people.hearing import hearers
from bot.storage import Connection, KeyRing, former_ids, nudges
from bot.storage import people as stored_people
from bot.storage.cases import Stored
from bot.storage.people import Person
from dialogs.date_words import spoken, working_days
from knowledge.topic import Topic

DIGEST = "digest"
"""The kind of what a morning or a week holds."""
MOST_LINES = 12
WEEK = "This area's week"
READS_INSTEAD = "Somebody who reads this each week is away, so it comes to you meanwhile."
WEEKLY_TO = ("lead", "business_manager")


def note(
    connection: Connection, keys: KeyRing, area: Stored, cases: Iterable[Kept], hours: WorkingTime, at: datetime
) -> None:
    """Note what everyone who has something before them reads this morning, and, once a week, an area's week.

    Nothing is noted outside working time, nor twice for one day or week.
    """
    today = london_date(at)
    if not hours.is_open(at):
        return
    every = list(cases)
    owners = {case.owner for case, _ in every if case.is_open or to_reopen(case) is not None}
    covered = _covered(connection, keys, area.area, owners, today)
    year_goes_to = {one.id for one in hearers(connection, keys, area, "business_manager", at).people}
    duty = people.on_duty(connection, keys, area.area, today)
    for person in _readers(connection, keys, area.area, ("lead", "deputy"), today):
        away, has_year = covered.get(person.id, []), person.id in year_goes_to
        is_lead = person.has(area.area, "lead")
        theirs, on_duty = [one.id for one in away], person == duty
        has = {"has_year": has_year, "is_lead": is_lead, "on_duty": on_duty}
        digest = morning(every, person.id, today, hours.calendar, theirs, **has)
        if digest.lines:
            words = morning_words(
                digest, [covers(people.label(one), days[1]) for one in away if (days := one.absence(today))]
            )
            _put(connection, area, f"{DIGEST}|{today}", person, words, at)
    week = weekly(every, today, hours.calendar, since_last_told(today, hours.calendar))
    first = first_of_week(today, hours.calendar)
    for person, is_cover in _readers_of_the_week(connection, keys, area.area, today):
        sees_all = people.may(person, area.area, "see cases")
        words = week_words(week, sees_all=sees_all, instead=is_cover)
        _put(connection, area, f"week|{first}", person, words, at)


def _readers_of_the_week(
    connection: Connection, keys: KeyRing, area: str, today: date
) -> Iterator[tuple[Person, bool]]:
    """Who reads an area's week, once each, and whether only instead of somebody who is away.

    Whoever is back, or was given the role, later in the week reads it from then on, and so does everybody after an
    outage on its first day: what was noted for them in this week is not noted again.
    """
    here = _readers(connection, keys, area, WEEKLY_TO, today)
    known = {one.id for one in here}
    yield from ((one, False) for one in here)
    for away in (one for role in WEEKLY_TO for one in stored_people.holders(connection, keys, area, role)):
        cover = people.cover_for(connection, keys, away, area, today)
        if cover is not None and cover.id not in known:
            known.add(cover.id)
            yield cover, True


def note_reviews(
    connection: Connection, keys: KeyRing, area: Stored, topics: Sequence[Topic], hours: WorkingTime, at: datetime
) -> None:
    """Note, on the first working day of each week, which topics' review dates have passed, for content owners.

    Where nobody is one, administrators hear.
    """
    today = london_date(at)
    if not topics or not hours.is_open(at) or first_of_week(today, hours.calendar) != today:
        return
    line = review_words(topics)
    owners = _readers(connection, keys, area.area, ("content_owner",), today)
    for person in owners or _readers(connection, keys, area.area, ("administrator",), today):
        _put(connection, area, f"review|{today}", person, line, at)


def review_words(topics: Sequence[Topic]) -> str:
    """The topics whose review date has passed, in a few lines, the longest ago first."""
    shown = sorted(topics, key=lambda one: (one.review_by, one.id))
    lines = [f"{one.title} ({one.id}), by {spoken(one.review_by)}." for one in shown[:MOST_LINES]]
    if (left := len(shown) - MOST_LINES) > 0:
        lines.append(f"And {left} more.")
    return "\n".join(["These answers are past their review date. Please look at each again:", *lines])


def _covered(
    connection: Connection, keys: KeyRing, area: str, owners: Collection[str], today: date
) -> dict[str, list[Person]]:
    """Those of some owners who are away, by whoever stands in for them."""
    found: dict[str, list[Person]] = {}
    for owner in stored_people.read_all(connection, keys, sorted(set(owners) - {""})):
        covering = people.cover_for(connection, keys, owner, area, today)
        if covering is not None and covering.id != owner.id:
            found.setdefault(covering.id, []).append(owner)
    return found


def morning_words(digest: Digest, standing_in: Sequence[str] = ()) -> str:
    """A morning in a few lines, the most urgent first; `standing_in` says for whom the reader stands in."""
    shown = digest.lines[:MOST_LINES]
    lines = ["This morning:", *standing_in, *(_line(one) for one in shown)]
    if (left := len(digest.lines) - len(shown)) > 0:
        lines.append(f"And {left} more, all on the board. “My cases” shows the most urgent of each case.")
    if digest.later:
        lines.append(f"Later than this week: {digest.later}.")
    return "\n".join(lines)


def week_words(week: Weekly, *, sees_all: bool = True, instead: bool = False) -> str:
    """An area's week in a few lines; a count from one to four is not given, since it could point to a family.

    `sees_all`: the reader may see every case. `instead`: they read it only for somebody who is away.
    """
    lines = [f"{WEEK}:", *([READS_INSTEAD] if instead else ())]
    lines += _of_week("Late:", "that are late", week.late, sees_all=sees_all)
    lines += _of_week("Due this week:", "due this week", week.coming, sees_all=sees_all)
    lines += _of_week("Waiting for an answer:", "waiting for an answer", week.waiting, sees_all=sees_all)
    if not week.late and not week.coming:
        lines.append("Nothing is late, and nothing falls due this week.")
    counts = (
        ("Open cases", week.open_cases),
        ("Opened last week", week.opened),
        ("Closed last week", week.closed),
        ("Done in time", week.met_in_time),
        ("Done late", week.met_late),
    )
    lines.append(". ".join(f"{name}: {'fewer than 5' if count is None else count}" for name, count in counts) + ".")
    return "\n".join(lines)


def _of_week(heading: str, what: str, found: Sequence[DigestLine], *, sees_all: bool) -> list[str]:
    """A part of the week under its heading, and how many more there are; nothing where there is nothing."""
    if not found:
        return []
    lines = [heading, *(_line(one) for one in found[:MOST_LINES])]
    if (left := len(found) - MOST_LINES) > 0:
        lines.append(f"And {left} more {what}: {'they are' if sees_all else 'a lead can see them'} on the board.")
    return lines


def left_to_say(words: str, above: Sequence[str]) -> str:
    """A digest without what stands above it in the same message; empty where nothing else is left."""
    first, *lines = words.split("\n")
    duties = {line.partition(". ")[0].rstrip(".") for line in above}
    asked = tuple(ending for duty in duties for ending in (f"{duty}, ", f"{duty}."))
    left = [line for line in lines if line not in above and not line.startswith(asked)]
    if len(left) == len(lines):
        return words
    # A heading stays only where one of its lines does.
    following = [*left[1:], ""]
    kept = [line for at, line in enumerate(left) if not line.endswith(":") or following[at].startswith(_DUTIES)]
    return "\n".join([f"{first.rstrip(':')}, beside what stands above:", *kept]) if kept else ""


_DUTIES = ("Case ", "This area: ")


def _line(one: DigestLine) -> str:
    if one.clock in ASKS_DAY:
        return f"{label(one.ref)}: {ASKS_DAY[one.clock]}"
    if one.clock in (ASK_TO_AGREE, ASK_TO_REOPEN):
        return f"{label(one.ref)}: {one.title}."
    when = {"late": f"late by {working_days(one.late_days)}", "today": "today"}.get(one.urgency, "")
    if one.urgency == "late" and not one.binds and one.deadline is not None:
        when = f"{STRICTER_PASSED} on {spoken(one.deadline)}"
    if not when and one.deadline is not None:
        when = f"latest {spoken(one.deadline)}"
    counted = f" (counted from {one.reading_of})" if one.reading_of else ""
    return f"{label(one.ref)}: {one.title}{counted}, {when}."


def _readers(connection: Connection, keys: KeyRing, area: str, roles: Iterable[str], on: date) -> list[Person]:
    found = (one for role in roles for one in people.in_post(connection, keys, area, role, on))
    return list({one.id: one for one in found}.values())


def _put(connection: Connection, area: Stored, what: str, person: Person, line: str, at: datetime) -> None:
    """Note it once for each person, also where some of it was noted under an id that they had before."""
    known_as = (f"{what}|{id_}" for id_ in former_ids.of(connection, person.id))
    if any(nudges.newest_of(connection, area.id, key) is not None for key in known_as):
        return
    key = f"{what}|{person.id}"
    nudges.note(connection, area.id, key, at, clock="", kind=DIGEST, post="", person_id=person.id, line=line, due_at=at)
