"""Who stands in hears why, and has the morning's list; where nobody is here, what is said is true."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.cases import nudge_words
from bot.clock import london_date
from bot.delivering.wording_delivery import NOBODY_THERE
from bot.storage import Connection, Database, KeyRing, nudges, people
from tests.delivering.office import AREA
from tests.delivering.real_office import MONDAY, REF, RealOffice

AWAY = (date(2026, 11, 23), date(2026, 12, 1))


@pytest.fixture
def work(db: Database, keys: KeyRing) -> RealOffice:
    return RealOffice(db, keys)


def away(work: RealOffice, *who: str) -> None:
    def work_(connection: Connection) -> None:
        for one in who:
            people.set_away(connection, work.keys, one, [AWAY], work.at)

    work.do(work_)


def said(work: RealOffice, address: str, since: int = 0) -> list[str]:
    return [line for one in work.chat.arrived[since:] if one.address == address for line in one.lines]


async def test_a_deputy_hears_for_whom_they_stand_in_and_has_the_morning_list(work: RealOffice) -> None:
    work.open()
    await work.run()
    away(work, work.ann)
    since = len(work.chat.arrived)
    await work.turn(MONDAY + timedelta(days=2), step=timedelta(hours=3))
    heard = said(work, "dee", since)
    assert nudge_words.stands_in("Ann", AWAY[1]) in heard
    morning = next(line for line in heard if line.startswith("This morning"))
    assert nudge_words.covers("Ann", AWAY[1]) in morning
    assert said(work, "ann", since) == []


async def test_where_everybody_is_away_they_hear_all_the_same_and_administrators_are_told_what_is_true(
    work: RealOffice,
) -> None:
    work.open()
    await work.run()
    away(work, work.ann, work.dee)
    since = len(work.chat.arrived)
    await work.turn(MONDAY + timedelta(days=2), step=timedelta(hours=3))
    told = said(work, "ada", since)
    assert told.count(nudge_words.ALL_AWAY) == 3, "once a day"
    assert not any(REF in line for line in told)
    assert any("notify the Panel" in line or "decision meeting" in line for line in said(work, "ann", since))
    untrue = nudge_words.give_the_role("lead")
    assert untrue not in told


async def test_with_no_lead_and_no_deputy_it_waits_for_one_and_administrators_see_no_case(work: RealOffice) -> None:
    work.open()
    await work.run()
    since = len(work.chat.arrived)

    def gone(connection: Connection) -> None:
        for who, role in ((work.ann, "lead"), (work.dee, "deputy")):
            people.revoke(connection, work.keys, who, people.Role(AREA, role), work.at, "")
        people.forget(connection, work.keys, work.ann, work.at)

    work.do(gone)
    await work.turn(MONDAY + timedelta(days=2), step=timedelta(hours=3))
    told = said(work, "ada", since)
    assert NOBODY_THERE in told
    assert not any(REF in line for line in told), told
    eve = work.person("Eve", "chat:eve", roles=["lead"])
    assert eve
    await work.turn(work.at + timedelta(hours=2))
    assert any(REF in line for line in said(work, "eve"))


async def test_who_hears_for_posts_that_are_nobodys_is_asked_to_tell_them_whoever_else_hears(work: RealOffice) -> None:
    """Administrators are told that it goes to the case's owner meanwhile, so it has to arrive there."""
    work.person("Dan", "chat:dan", roles=["director"])
    stored = work.open()
    await work.turn(MONDAY + timedelta(days=9), step=timedelta(hours=1))
    noted = [one for one in work.do(lambda c: nudges.of_case(c, stored.id)) if one.person_id == work.ann]
    asked = [one for one in noted if one.status == "sent" and "Nobody is registered here" in one.line]
    both = [one for one in said(work, "ann") if "Goes as well to" in one and "Nobody is registered here" in one]
    assert both, "it is said beside who else hears"
    assert {london_date(one.created_at).day for one in asked} == {24, 25, 30, 1, 2}
    for one in asked:
        assert one.line in said(work, "ann")
    assert any("delegated" in one for one in both)
