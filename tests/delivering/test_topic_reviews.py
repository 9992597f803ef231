"""Whoever owns the content hears once a week which answers are past their review date."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.storage import Database, KeyRing
from tests.delivering.real_office import RealOffice

MONDAY_LATER = datetime(2031, 6, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def work(db: Database, keys: KeyRing) -> RealOffice:
    return RealOffice(db, keys)


def reviews(work: RealOffice, who: str) -> list[str]:
    said = [line for one in work.chat.arrived if one.address == who for line in one.lines]
    return [line for line in said if "past their review date" in line]


async def test_the_content_owner_hears_once_a_week_and_nobody_else(work: RealOffice) -> None:
    work.person("Con", "chat:con", roles=["content_owner"])
    work.open()
    work.at = MONDAY_LATER
    await work.turn(MONDAY_LATER + timedelta(hours=4), timedelta(hours=1))
    (line,) = reviews(work, "con")
    assert len(line.splitlines()) == 14
    assert "more." in line
    assert reviews(work, "ann") == reviews(work, "ada") == []
    work.at = MONDAY_LATER + timedelta(days=2)
    await work.run()
    assert len(reviews(work, "con")) == 1
    work.at = MONDAY_LATER + timedelta(days=7)
    await work.run()
    assert len(reviews(work, "con")) == 2


async def test_without_a_content_owner_administrators_hear(work: RealOffice) -> None:
    work.open()
    work.at = MONDAY_LATER
    await work.run()
    assert len(reviews(work, "ada")) == 1


async def test_nothing_is_said_while_nothing_is_past(work: RealOffice) -> None:
    work.person("Con", "chat:con", roles=["content_owner"])
    work.open()
    await work.run()
    assert reviews(work, "con") == []
