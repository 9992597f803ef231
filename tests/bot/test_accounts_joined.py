"""Two accounts turn out to be one person's: what was that person's under the former id stays theirs."""

from __future__ import annotations

import re
from datetime import timedelta

from sqlalchemy import update

from bot.casework import casework
from bot.casework.casework import Desk
from bot.exchange import Exchange
from bot.storage import cases, nudges, people
from bot.storage.people_tables import people as heads

from .case_office import AREA, DEE, LEE, Office, differences, staffed, tells, words
from .made_once import made_once


@made_once
async def office(on_sqlite: Exchange) -> Office:
    made = await staffed(on_sqlite)
    for name, *roles in (("Ann", "lead"), LEE, DEE, ("Dora", "director")):
        made.at += timedelta(minutes=1)
        await made.join(name, *roles)
    await made.join("At home", "content_owner")
    await made.decides("Pat")
    await made.woken()
    return made


async def joined(office: Office, name: str, to: str) -> None:
    """Somebody enters the code of another account of theirs, whose the first account is from then on."""
    code = re.search(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b", words(await office.says(to, "join")))
    assert code is not None
    await office.says(name, f"join {code.group(0)}")
    await office.presses(name, "Yes, both are mine")


async def heard_within(office: Office, days: int, about: str) -> set[str]:
    """Who is reminded of something within some days."""
    heard = set()
    for _ in range(days * 4):
        heard |= {who for who, line in await office.woken() if about in line}
        office.at += timedelta(hours=6)
    return heard


async def row(office: Office) -> cases.Stored:
    found = await office.desk(lambda desk: cases.find(desk.connection, AREA, "26-001"))
    assert isinstance(found, cases.Stored)
    return found


async def false_rows(office: Office) -> list[object]:
    """What differs from the chains, but for what this office says to have sent without sending it."""
    found = await differences(office)
    assert isinstance(found, tuple)
    return [one for one in found if "stands as sent" not in one.what]


async def test_the_case_stays_theirs_and_so_do_its_reminders(office: Office) -> None:
    await office.says("Ann", "reassign 26-001")
    assert "Lee has case 26-001 now" in words(await office.presses("Ann", "Lee"))
    await office.woken()
    await joined(office, "Lee", "At home")
    await office.says("Lee", "note 26-001", "It is in hand.")
    home = office.ids["At home"]
    assert ((await row(office)).owner_id, (await office.case()).owner) == (home, home)
    assert "Ann" not in await heard_within(office, 3, "notify the Panel")
    assert (await row(office)).owner_id == home
    assert await false_rows(office) == []


async def test_an_action_stays_theirs_and_is_not_said_twice(office: Office) -> None:
    def agreed(desk: Desk) -> None:
        stored = cases.find(desk.connection, AREA, "26-001", lock=True)
        lee = people.read(desk.connection, desk.keys, office.ids["Lee"])
        assert stored is not None
        values = (("owner", office.ids["Dora"]), ("due", "2026-11-26"))
        casework.add(desk, stored, "action agreed", lee, on=desk.today, words="Train.", values=values)

    async def said() -> list[tuple[str, str]]:
        return [one for one in await office.woken() if "complete action" in one[1]]

    await office.desk(agreed)
    while not (before := await said()):
        assert office.at.day < 27
        office.at += timedelta(hours=6)
    assert [who for who, _ in before] == ["Dora"]
    await joined(office, "Dora", "At home")
    assert await said() == []
    assert await false_rows(office) == []
    assert "At home" in await heard_within(office, 2, "complete action")


async def test_what_came_of_what_they_told_is_told_to_who_they_are_now(office: Office) -> None:
    told = await tells(office, "Pat", what_is_new="abuse", maltreatment="no", known_to_services="no")
    assert "until" in told
    assert (await office.case()).to_agree is not None
    await joined(office, "Pat", "At home")
    await office.says("Ann", "agree 26-001")
    await office.presses("Ann", "It holds: go by it")
    await office.says("Ann", "The post-mortem says so.")

    def hears(desk: Desk) -> object:
        stored = cases.find(desk.connection, AREA, "26-001")
        assert stored is not None
        every = nudges.of_case(desk.connection, stored.id)
        return [one.person_id for one in every if one.kind == "changed" and one.post.startswith("person:")]

    assert await office.desk(hears) == [office.ids["At home"]]


async def test_nobody_reads_a_morning_or_a_week_again_under_who_they_are_now(office: Office) -> None:
    before = [who for who, kind, _ in await office.year_woken() if kind == "digest"]
    assert before.count("Ann") == 2
    await joined(office, "Ann", "At home")
    office.at += timedelta(minutes=5)
    await office.desk(lambda desk: cases.change(desk.connection, area_of(desk).id, wake_at=desk.at))
    assert [one for one in await office.year_woken() if one[1] == "digest"] == []


def area_of(desk: Desk) -> cases.Stored:
    area = cases.find(desk.connection, AREA, cases.AREA_REF)
    assert area is not None
    return area


async def test_the_chain_itself_stays_as_it_was(office: Office) -> None:
    def written(desk: Desk) -> object:
        stored = cases.find(desk.connection, AREA, "26-001")
        assert stored is not None
        return [(one.seq, one.body) for one in cases.events(desk.connection, desk.keys, stored.id)]

    before = await office.desk(written)
    await joined(office, "Pat", "At home")
    assert await office.desk(written) == before
    assert (await office.case()).events[0].by == office.ids["At home"]


async def test_a_row_alone_does_not_make_somebody_anothers_case_theirs(office: Office) -> None:
    def changed(desk: Desk) -> None:
        stored = cases.find(desk.connection, AREA, "26-001")
        assert stored is not None
        mine = update(heads).where(heads.c.id == stored.owner_id).values(joined_to=office.ids["Dora"])
        desk.connection.execute(mine)
        cases.change(desk.connection, stored.id, owner_id=office.ids["Dora"])

    await office.desk(changed)
    assert any("its owner is" in one.what for one in await false_rows(office))  # type: ignore[attr-defined]


async def test_who_turns_out_to_be_another_twice_is_that_one_on_every_row(office: Office) -> None:
    await office.join("Two")
    await joined(office, "Pat", "Two")
    await joined(office, "Two", "At home")
    assert (await row(office)).opened_by == office.ids["At home"]
    assert await false_rows(office) == []
