"""After an outage only the newest stage of each clock is sent, once; what was passed over is on record."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.channel import Unreachable
from bot.storage import Database, KeyRing, cases, reminded
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
    await work.turn(MONDAY + timedelta(days=8), step=timedelta(hours=2))
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
