"""The watchdog: what stops, sticks or fails is seen, and administrators hear of it once a day in a way of its own."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.delivering import wording_delivery
from bot.delivering.watchdog import PATIENCE, SILENT, Watchdog, look, troubles
from bot.storage import Database, cases, delivering
from tests.delivering.office import AREA, NOON, Office
from tests.delivering.stand_in import later

MINUTE = timedelta(minutes=1)


@pytest.fixture
def area_case(office: Office) -> str:
    made = office.do(lambda c: cases.of_the_area(c, office.keys, AREA, "{}", office.at))
    return made.id


@pytest.fixture
def watchdog(office: Office, area_case: str) -> Watchdog:
    return Watchdog(
        office.database,
        office.keys,
        office.nudging,
        office.delivery,
        AREA,
        lambda _: area_case,
        office.watchers,
        office.news.append,
    )


def names(office: Office) -> list[str]:
    return [one.name for one in troubles(office.do(lambda c: look(c, office.at)), office.at)]


async def test_all_is_well_with_an_office_that_runs(office: Office, watchdog: Watchdog) -> None:
    office.case((office.person("Ann", "chat:ann"), "notify_panel"))
    office.person("Ada", "mail:ada@b.uk", roles=["administrator"])
    await office.run()
    assert await watchdog.look(office.at) == ()
    assert (office.mail.arrived, office.warned) == ([], [])


async def test_administrators_hear_of_a_watch_that_stopped_without_the_watch(
    office: Office, watchdog: Watchdog
) -> None:
    ada = office.person("Ada", "mail:ada@b.uk", roles=["administrator"])
    bo = office.person("Bo", "web:bo", roles=["administrator"])
    office.case((office.person("Ann", "chat:ann"), "notify_panel"), due_in=timedelta(hours=9))
    await office.run()
    office.at += SILENT - MINUTE
    assert await watchdog.look(office.at) == ()
    office.at += MINUTE
    words = wording_delivery.not_swept(SILENT)
    assert [one.words for one in await watchdog.look(office.at)] == [words]
    assert office.mail.said == [("ada@b.uk", [words])]
    assert [reply.key for reply in office.page("web", "bo")] == ["nudges"]
    # Bo's page, and whatever either of them has open.
    assert len(office.news) == 1 + 2
    assert {ada, bo} < set(office.news)
    for _ in range(3):
        office.at += MINUTE
        await watchdog.look(office.at)
    assert len(office.mail.arrived) == len(office.page("web", "bo")) == 1
    assert office.warned == [words]
    office.at += timedelta(days=1)
    await watchdog.look(office.at)
    assert len(office.mail.arrived) == 2


async def test_a_watch_that_never_ran_matters_once_there_is_something_to_remind_of(office: Office) -> None:
    assert names(office) == []
    office.case((office.person("Ann", "chat:ann"), "notify_panel"), due_in=timedelta(days=1))
    assert names(office) == ["watch stopped"]


async def test_a_nudge_on_its_way_too_long_is_stuck(office: Office) -> None:
    office.case((office.person("Ann", "chat:ann"), "notify_panel"))
    office.chat.broken = later()
    await office.run()
    office.at += PATIENCE + MINUTE
    assert names(office) == ["watch stopped", "reminder stuck"]


async def test_what_reached_nobody_is_seen_until_somebody_has_it(office: Office) -> None:
    stored = office.case((office.person("Ann", "web:ann"), "notify_panel"))
    other = office.case((office.person("Ben", "chat:ben"), "notify_panel"))
    office.chat.deaf = {"ben"}
    await office.run()
    assert names(office) == ["reminder unreached", "reminder only on a page"]
    office.do(lambda c: delivering.somebody_has(c, other.id, "notify_panel", office.at))
    assert names(office) == ["reminder only on a page"]
    office.do(lambda c: delivering.somebody_has(c, stored.id, "notify_panel", office.at))
    assert names(office) == []


async def test_what_cannot_be_woken_or_told_is_seen(office: Office) -> None:
    stored = office.case((office.person("Ann", "chat:ann"), "notify_panel"))
    office.spoilt = {stored.id}
    await office.run()
    assert names(office) == ["case not woken"]


def test_before_there_are_tables_there_is_nothing_to_see(tmp_path: Path) -> None:
    (tmp_path / "bot.db").touch()
    assert Database.glance("", tmp_path, lambda c: look(c, NOON)) is None
    assert troubles(None, NOON) == ()
