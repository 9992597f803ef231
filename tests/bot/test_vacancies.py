"""Administrators hear once of each vacancy of a role or post to which something was to go, and of the next one anew."""

from __future__ import annotations

from datetime import timedelta

from bot.casework import recipients
from bot.casework.casework import Desk
from bot.exchange import Exchange
from bot.people import roles
from bot.storage import cases, nudges, people
from bot.storage.people import Role

from .case_office import AREA, LEE, Office, staffed

LEAD = "Nobody is registered as the lead."


async def alarms(office: Office, name: str = "Asha") -> int:
    """How many alarms somebody has heard that nobody is the lead."""

    def work(desk: Desk) -> object:
        area = cases.find(desk.connection, AREA, cases.AREA_REF)
        noted = nudges.of_case(desk.connection, area.id) if area is not None else []
        return sum(one.person_id == office.ids[name] and LEAD in one.line for one in noted)

    found = await office.desk(work)
    assert isinstance(found, int)
    return found


async def days_pass(office: Office, days: int = 1) -> None:
    for _ in range(days):
        office.at += timedelta(days=1)
        await office.woken()


async def taken(office: Office, name: str, role: str) -> None:
    await office.says("Asha", f"take {role} from {name}")
    await office.presses("Asha", "Yes")


async def vacant(exchange: Exchange) -> Office:
    """An area that never had a lead, with a case."""
    office = await staffed(exchange)
    await office.decides("Pat")
    await days_pass(office, 2)
    return office


async def test_of_one_vacancy_they_hear_once(on_sqlite: Exchange) -> None:
    office = await vacant(on_sqlite)
    assert await alarms(office) == 1
    await days_pass(office, 2)
    assert await alarms(office) == 1


async def test_of_the_next_vacancy_they_hear_anew_and_once(on_sqlite: Exchange) -> None:
    office = await vacant(on_sqlite)
    await office.join(*LEE)
    await days_pass(office)
    await taken(office, "Lee", "lead")
    await days_pass(office, 3)
    assert await alarms(office) == 2


async def test_a_lead_who_was_forgotten_leaves_a_vacancy_too(on_sqlite: Exchange) -> None:
    office = await vacant(on_sqlite)
    await office.join(*LEE)
    await office.join("Dee", "deputy")
    await days_pass(office)
    await office.says("Lee", "reassign 26-001")
    await office.presses("Lee", "Dee")

    def forgotten(desk: Desk) -> None:
        lee = people.read(desk.connection, desk.keys, office.ids["Lee"])
        assert lee is not None
        roles.forget(desk.connection, desk.keys, AREA, lee, desk.at)

    await office.desk(forgotten)
    await taken(office, "Dee", "deputy")
    await days_pass(office, 3)
    assert await alarms(office) == 2


async def test_a_role_of_another_kind_or_area_ends_no_vacancy(on_sqlite: Exchange) -> None:
    office = await vacant(on_sqlite)
    await office.join("Dora", "director")

    def elsewhere(desk: Desk) -> None:
        people.grant(desk.connection, desk.keys, office.ids["Dora"], Role("barnsley", "lead"), desk.at, "")

    await office.desk(elsewhere)
    await days_pass(office, 2)
    assert await alarms(office) == 1


async def test_an_administrator_who_came_later_hears_of_it_once_as_well(on_sqlite: Exchange) -> None:
    office = await vacant(on_sqlite)
    office.at += timedelta(minutes=1)
    await office.join("Bo", "administrator")

    def alarm(desk: Desk) -> None:
        stored = cases.find(desk.connection, AREA, "26-001")
        assert stored is not None
        recipients.alarm(desk.connection, desk.keys, stored, "lead", desk.at, instead=False)

    for _ in range(2):
        await office.desk(alarm)
        assert (await alarms(office), await alarms(office, "Bo")) == (1, 1)
    office.at += timedelta(minutes=1)
    await office.join(*LEE)
    await taken(office, "Lee", "lead")
    office.at += timedelta(minutes=1)
    for _ in range(2):
        await office.desk(alarm)
        assert (await alarms(office), await alarms(office, "Bo")) == (2, 2)
