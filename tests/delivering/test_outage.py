"""After an outage only the newest stage of each clock is sent, once; what was passed over is on record."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.channel import Unreachable
from bot.delivering.watchdog import SILENT, WAS_AWAY, Watchdog
from bot.delivering.wording_delivery import how_long, was_away
from bot.storage import Connection, Database, KeyRing, cases, reminded
from bot.storage.cases import PASSED_OVER
from tests.delivering.office import AREA
from tests.delivering.real_office import MONDAY, REF, RealOffice

AWAY = Unreachable("the platform is away", permanent=False)


@pytest.fixture
def work(db: Database, keys: KeyRing) -> RealOffice:
    return RealOffice(db, keys)


def passed_over(work: RealOffice) -> list[str]:
    def read(connection) -> list[str]:
        stored = cases.find(connection, AREA, REF)
        assert stored is not None
        every = cases.events(connection, work.keys, stored.id, with_reads=True)
        return [key for one in every if one.kind == PASSED_OVER for key in reminded.named(one)]

    return work.do(read)


async def test_while_the_bot_was_not_running_stages_are_passed_over_and_counted(work: RealOffice) -> None:
    work.open()
    await work.run()
    work.at = MONDAY + timedelta(days=9)
    before = len(work.chat.arrived)
    await work.turn(work.at + timedelta(minutes=30))
    said = [line for one in work.chat.arrived[before:] if one.address == "ann" for line in one.lines]
    notify = [line for line in said if "notify the Panel" in line and not line.startswith("This ")]
    assert len(notify) == 1, notify
    assert "2 working days late" in notify[0]
    assert len(said) == len(set(said))
    stages = [key for key in passed_over(work) if key.startswith("notify_panel|")]
    named = {key.split("|")[3] for key in stages if key.endswith("|owner")}
    assert named >= {"day 2", "day 3", "day 4", "day 5 at 10:00", "day 5 at 14:00"}
    assert work.differences() == []


async def test_while_no_channel_took_anything_what_waited_is_not_sent_beside_its_successor(work: RealOffice) -> None:
    work.open()
    await work.run()
    work.chat.broken, work.mail.broken = AWAY, AWAY
    await work.turn(MONDAY + timedelta(days=8), step=timedelta(hours=6))
    work.chat.broken, work.mail.broken = None, None
    before = len(work.chat.arrived)
    await work.turn(work.at + timedelta(hours=3))
    said = [line for one in work.chat.arrived[before:] if one.address == "ann" for line in one.lines]
    notify = [line for line in said if "notify the Panel" in line and not line.startswith("This ")]
    assert notify
    assert all("late" in line for line in notify), notify
    assert len(said) == len(set(said))
    assert passed_over(work)
    assert work.differences() == []


async def test_what_is_said_after_an_outage_is_true_on_that_day_for_everybody(work: RealOffice) -> None:
    work.at = datetime(2026, 12, 29, 10, 0, tzinfo=UTC)
    work.person("Dan", "chat:dan", roles=["director"])
    work.open(aware=work.at.date())
    await work.run()
    work.at = datetime(2027, 1, 13, 10, 0, tzinfo=UTC)
    before = len(work.chat.arrived)
    await work.run(minutes=2)
    told = {
        one.address: line
        for one in work.chat.arrived[before:]
        for line in one.lines
        if "notify the Panel. " in line and not line.startswith("This ")
    }
    assert set(told) == {"ann", "dee", "dan"}
    assert all("5 working days late" in line for line in told.values()), told


async def test_what_could_not_be_sent_is_put_in_the_words_of_the_day_on_which_it_goes(work: RealOffice) -> None:
    work.open()
    await work.turn(MONDAY + timedelta(days=6), step=timedelta(hours=6))
    work.chat.broken, work.mail.broken = AWAY, AWAY
    work.at = datetime(2026, 11, 30, 16, 0, tzinfo=UTC)
    await work.run()
    work.chat.broken, work.mail.broken = None, None
    work.at = datetime(2026, 12, 1, 8, 0, tzinfo=UTC)
    before = len(work.chat.arrived) + len(work.mail.arrived)
    await work.turn(work.at + timedelta(hours=2), step=timedelta(minutes=20))
    said = [line for one in [*work.chat.arrived, *work.mail.arrived] for line in one.lines]
    assert len(work.chat.arrived) + len(work.mail.arrived) > before
    since = [line for one in work.chat.arrived[-6:] for line in one.lines]
    assert not any("Due today, Mon 30 Nov" in line for line in since), since
    assert said


async def test_administrators_hear_of_an_outage_once_in_plain_words_and_in_working_time(work: RealOffice) -> None:
    work.at = datetime(2026, 12, 23, 12, 0, tzinfo=UTC)
    work.open(aware=work.at.date())
    await work.run()
    # It comes back on Boxing Day's bank holiday.
    work.at = datetime(2026, 12, 28, 11, 0, tzinfo=UTC)
    before = len(work.chat.arrived)
    watchdog = watchdog_of(work)
    await work.run(minutes=5)
    found = await watchdog.look(work.at)
    since = datetime(2026, 12, 23, 12, 0, tzinfo=UTC)
    words = was_away(since, datetime(2026, 12, 28, 11, 0, tzinfo=UTC))
    assert "4 days" in words
    assert [(one.name, one.words) for one in found] == [(WAS_AWAY, words)]
    assert [one for one in work.chat.arrived[before:] if one.address == "ada"] == []
    work.at = datetime(2026, 12, 29, 8, 31, tzinfo=UTC)
    await work.turn(work.at + timedelta(hours=1))
    await watchdog.look(work.at)
    assert [line for one in work.chat.arrived[before:] if one.address == "ada" for line in one.lines].count(words) == 1


async def test_a_process_that_has_just_started_does_not_call_its_watch_stopped(work: RealOffice) -> None:
    work.open()
    await work.run()
    work.at += timedelta(days=35)
    watchdog = watchdog_of(work)
    assert [one.name for one in await watchdog.look(work.at)] == []
    work.at += SILENT
    assert [one.name for one in await watchdog.look(work.at)] == ["watch stopped"]
    assert how_long(timedelta(days=35)) == "35 days"


def watchdog_of(work: RealOffice) -> Watchdog:
    """The watchdog of a process that starts now."""

    def area_case(connection: Connection) -> str:
        found = cases.find(connection, AREA, cases.AREA_REF)
        assert found is not None
        return found.id

    return Watchdog(work.database, work.keys, work.nudging, work.delivery, AREA, area_case, begun=work.at)
