"""A decision that was only put on record becomes a case by what is new: somebody's at once, and dated from then."""

from __future__ import annotations

from datetime import date, timedelta

from bot import wording_cases
from bot.casework import casework
from bot.exchange import Exchange
from bot.storage import cases, nudges

from .case_office import DEE, LEE, Office, differences, staffed, tells, words
from .made_once import made_once

OWN_DATE = "Acknowledge this case: runs now, latest Thu 24 Dec 2026."


async def in_a_month(office: Office) -> str:
    """On 23 December what had been near-miss on 23 November turns out to be a death."""
    await office.decides("Pat", effect="near_miss")
    assert (await office.case()).outcome == "J"
    office.at += timedelta(days=30)
    return await tells(office, "Pat", what_is_new="died", effect="died")


@made_once
async def office(on_sqlite: Exchange) -> Office:
    return await staffed(on_sqlite, LEE, DEE)


async def test_its_owner_hears_of_it_at_once_with_the_dates_it_has(office: Office) -> None:
    await in_a_month(office)
    case = await office.case()
    assert (case.outcome, case.owner) == ("B", office.ids["Lee"])
    (heard,) = [line for who, line in await office.woken_all() if who == "Lee" and "changed by new" in line]
    assert OWN_DATE in heard
    assert "24 Nov" not in heard
    assert not await differences(office)


async def test_where_nobody_is_on_duty_it_is_dated_from_the_day_it_became_a_case(on_sqlite: Exchange) -> None:
    office = await staffed(on_sqlite)
    await in_a_month(office)
    case = await office.case()
    assert not case.owner

    def latest(desk: casework.Desk) -> object:
        return next(one.latest for one in casework.clocks(desk, case) if one.id == "new_case")

    assert await office.desk(latest) == date(2026, 12, 24)


async def test_who_told_it_hears_of_the_same_dates(office: Office) -> None:
    assert OWN_DATE in await in_a_month(office)
    assert "Thu 24 Dec 2026" in words(await office.says("Lee", "why 26-001"))


async def test_it_opened_on_the_day_it_became_a_case_and_was_on_record_before(office: Office) -> None:
    await office.decides("Pat", effect="near_miss")
    assert "On record since: Mon 23 Nov 2026" in words(await office.says("Pat", "case 26-001"))
    office.at += timedelta(days=30)
    await tells(office, "Pat", what_is_new="died", effect="died")
    shown = words(await office.says("Lee", "case 26-001"))
    assert "Opened: Wed 23 Dec 2026" in shown
    assert "On record since" not in shown


async def test_its_owner_is_not_told_to_phone_themselves(office: Office) -> None:
    await office.decides("Pat")
    await office.woken()

    def reaches_nobody(desk: casework.Desk) -> None:
        (stored,) = cases.listed(desk.connection, desk.area)
        ids = [one.id for one in nudges.of_case(desk.connection, stored.id) if one.kind == "new case"]
        nudges.settle(desk.connection, ids, "unreached", desk.at)

    await office.desk(reaches_nobody)
    assert wording_cases.NEWS["unreached"] in words(await office.says("Pat", "case 26-001"))
    owners = words(await office.says("Lee", "case 26-001"))
    assert wording_cases.SEEN_NOW in owners
    assert "phone them" not in owners


async def test_what_needs_no_clocks_by_itself_says_which_runs_because_of_a_death(office: Office) -> None:
    reply = words(await office.decides("Pat", effect="died", maltreatment="no", known_to_services="no"))
    assert "Only this has a deadline here:" in reply
    assert "Check that the child death overview panel has been told: runs now, latest" in reply
    assert "No clock runs" not in reply
    shown = words(await office.says("Lee", "case 26-001"))
    assert "no clock runs" not in shown
    assert "Check that the child death overview panel has been told: latest" in shown


async def test_where_nothing_runs_it_says_so(office: Office) -> None:
    assert "No clock runs for it." in words(await office.decides("Pat", effect="near_miss"))
    assert "on record, no clock runs" in words(await office.says("Lee", "case 26-001"))
