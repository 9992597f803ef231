"""An area's week reaches whoever reads it, or stands in, once a week on the first day it can, and hides nothing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.cases.digest import Digest, DigestLine, Weekly
from bot.casework.casework import Desk
from bot.delivering.digests import MOST_LINES, READS_INSTEAD, left_to_say, morning_words, week_words
from bot.exchange import Exchange
from bot.storage import people

from .case_office import DEE, LEE, Office, staffed

BEA = ("Bea", "business_manager")
MONDAY = date(2026, 11, 23)
SINCE = date(2026, 11, 2)


async def weeks(office: Office) -> list[tuple[str, str]]:
    """Who is told of the area's week now, and in which words."""
    said = [(who, line) for who, kind, line in await office.year_woken() if kind == "digest"]
    return sorted(one for one in said if one[1].startswith("This area's week"))


async def readers(office: Office) -> list[tuple[str, bool]]:
    """Who is told of it now, and whether they are told that it is for somebody else."""
    return [(who, READS_INSTEAD in words) for who, words in await weeks(office)]


async def away(office: Office, name: str, days: int) -> None:
    """Somebody is away from now for some days; for none, they are back."""

    def work(desk: Desk) -> None:
        until = [(desk.today, desk.today + timedelta(days=days - 1))] if days else []
        people.set_away(desk.connection, desk.keys, office.ids[name], until, desk.at)

    await office.desk(work)


async def test_whoever_stands_in_reads_it_and_so_does_the_lead_on_coming_back(exchange: Exchange) -> None:
    office = await staffed(exchange, LEE, DEE)
    await away(office, "Lee", 2)
    assert await readers(office) == [("Dee", True)]
    office.at += timedelta(days=1)
    assert await readers(office) == []
    office.at += timedelta(days=1)
    assert await readers(office) == [("Lee", False)]
    office.at += timedelta(days=1)
    assert await readers(office) == []
    office.at += timedelta(days=4)
    assert await readers(office) == [("Lee", False)]


async def test_after_an_outage_on_its_first_day_everybody_reads_it_once(on_sqlite: Exchange) -> None:
    office = await staffed(on_sqlite, LEE, BEA)
    await weeks(office)
    office.at += timedelta(days=9)
    assert await readers(office) == [("Bea", False), ("Lee", False)]
    office.at += timedelta(days=1)
    assert await readers(office) == []


async def test_who_stands_in_for_two_or_reads_it_anyway_reads_it_once(on_sqlite: Exchange) -> None:
    office = await staffed(on_sqlite, LEE, BEA, DEE)
    await away(office, "Lee", 3)
    await away(office, "Bea", 3)
    assert len(await readers(office)) == 1
    await office.join("Ann", "lead")
    office.at += timedelta(days=1)
    assert await readers(office) == [("Ann", False)]


async def test_where_nobody_is_here_it_waits_for_whoever_is_back_first(on_sqlite: Exchange) -> None:
    office = await staffed(on_sqlite, LEE)
    await away(office, "Lee", 3)
    assert await readers(office) == []
    await away(office, "Lee", 0)
    office.at += timedelta(days=1)
    assert await readers(office) == [("Lee", False)]


def late(count: int) -> tuple[DigestLine, ...]:
    return tuple(
        DigestLine(f"26-{number:03}", "notify_panel", "notify the Panel", "late", SINCE, late_days=15)
        for number in range(1, count + 1)
    )


@pytest.mark.parametrize(
    ("sees_all", "where"), [(True, "they are on the board."), (False, "a lead can see them on the board.")]
)
def test_what_finds_no_room_in_the_week_is_counted(sees_all: bool, where: str) -> None:
    week = Weekly(MONDAY, late(30), late(13), late(12), 30, 0, 0, 0, 0)
    said = week_words(week, sees_all=sees_all).split("\n")
    assert said.count("Case 26-012: notify the Panel, late by 15 working days.") == 3
    assert [line for line in said if line.startswith("And ")] == [
        f"And 18 more that are late: {where}",
        f"And 1 more due this week: {where}",
    ]


def test_what_is_counted_stays_where_all_that_was_named_stands_above() -> None:
    every = late(30)
    week = week_words(Weekly(MONDAY, every, (), (), 30, 0, 0, 0, 0))
    above = [line for line in week.split("\n") if line.startswith("Case ")]
    left = left_to_say(week, above)
    assert "And 18 more that are late: they are on the board." in left
    assert "\nLate:" not in left


def test_a_morning_does_not_say_that_my_cases_shows_all_that_is_left_out() -> None:
    said = morning_words(Digest(MONDAY, late(MOST_LINES + 7), 0)).split("\n")
    assert said[-1] == "And 7 more, all on the board. “My cases” shows the most urgent of each case."
