"""The area's own year is answered in words as a case is, and stands in the lists of whoever may see it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot import wording_cases
from bot.at_home import shown
from bot.casework import board_reading
from bot.casework.board import Asked
from bot.casework.casework import Desk
from bot.exchange import Exchange
from bot.storage import people

from .case_office import DEE, LEE, Office, differences, staffed, words
from .made_once import made_once

BEA = ("Bea", "business_manager")
# The day on which the national return is due; the yearly review was reminded of in October.
LATE_DECEMBER = datetime(2026, 12, 31, 15, 0, tzinfo=UTC)
RETURN, REVIEW = "compare notifications with the national return", "review the published safeguarding arrangements"


async def reminded(office: Office) -> list[tuple[str, str]]:
    """Lets it be the end of the year, and gives who is reminded of the area's duties, and in which words."""
    await office.year_woken()
    office.at = LATE_DECEMBER
    return [(who, line) for who, kind, line in await office.year_woken() if kind != "digest"]


@made_once
async def office(on_sqlite: Exchange) -> Office:
    return await staffed(on_sqlite, LEE, DEE, BEA)


async def test_the_business_manager_answers_a_reminder_in_words(exchange: Exchange) -> None:
    office = await staffed(exchange, LEE, BEA)
    heard = await reminded(office)
    assert {who for who, _ in heard} == {"Bea"}
    assert any(f"This area: {RETURN}." in line for _, line in heard)
    assert not any("The case is" in line for _, line in heard)
    assert "Which one?" in words(await office.says("Bea", "I have it"))
    assert "I will ask again" in words(await office.presses("Bea", f"{REVIEW}, latest Sun 31 Jan 2027"))
    assert "Which one?" in words(await office.says("Bea", "done"))
    assert wording_cases.WHEN in words(await office.presses("Bea", f"{RETURN}, today"))
    said = words(await office.says("Bea", "yesterday"))
    assert "What has moved in this area’s year:" in said
    assert "case area" not in said
    year = await office.case("area")
    assert [one.clock for one in year.all_of("done", "acknowledged")] == ["masa_review", "return_reconciliation"]
    found = await differences(office)
    assert isinstance(found, tuple)
    assert [one for one in found if "stands as sent" not in one.what] == []  # this office says so without sending


async def test_where_there_is_no_business_manager_the_lead_answers(on_sqlite: Exchange) -> None:
    office = await staffed(on_sqlite, LEE)
    assert {who for who, _ in await reminded(office)} == {"Lee"}
    assert "Which one?" in words(await office.says("Lee", "done"))
    await office.presses("Lee", f"{RETURN}, today")
    assert "this area’s year" in words(await office.says("Lee", "today"))


async def test_a_lead_with_a_case_is_asked_which_only_after_a_reminder_of_the_year(on_sqlite: Exchange) -> None:
    office = await staffed(on_sqlite, LEE)
    office.at = datetime(2026, 10, 5, 10, 0, tzinfo=UTC)
    await office.decides("Pat")
    await office.year_woken()
    assert wording_cases.WHICH_CASE_MEANT not in words(await office.says("Lee", "done"))
    await office.says("Lee", "leave it")
    await reminded(office)
    asked = words(await office.says("Lee", "done"))
    assert wording_cases.WHICH_CASE_MEANT in asked
    assert f"This area: {RETURN}, today" in asked
    assert "Case 26-001: " in asked
    assert RETURN in words(await office.says("Lee", "this area"))
    await office.presses("Lee", f"{RETURN}, today")
    await office.says("Lee", "today")
    assert (await office.case("area")).newest("done") is not None


@pytest.mark.parametrize("said", ["done this area's year", "this area: done", "it's done, case area", "done case area"])
async def test_the_year_can_be_named(office: Office, said: str) -> None:
    await reminded(office)
    assert RETURN in words(await office.says("Lee", said.replace(",", "")))


async def test_a_reminder_of_a_year_that_is_over_makes_nobody_be_asked_which(on_sqlite: Exchange) -> None:
    office = await staffed(on_sqlite, LEE)
    await reminded(office)
    for duty in (f"{RETURN}, today", f"{REVIEW}, latest Sun 31 Jan 2027"):
        await office.says("Lee", "done")
        await office.presses("Lee", duty)
        await office.says("Lee", "today")
    await office.decides("Pat")
    assert wording_cases.WHICH_CASE_MEANT not in words(await office.says("Lee", "done"))


async def test_it_stands_in_the_list_the_board_the_calendar_and_the_page_of_whoever_was_told(office: Office) -> None:
    assert wording_cases.NO_CASES in words(await office.says("Bea", "my cases"))
    await reminded(office)

    def seen(desk: Desk) -> object:
        bea = people.read(desk.connection, desk.keys, office.ids["Bea"])
        assert bea is not None
        home = shown(desk.connection, desk.keys, desk.definitions, "slack", "Bea", desk.at)
        rows = board_reading.listing(desk, bea, Asked(), "the board").rows
        return ([one.stored.ref for one in rows], [one.stored.ref for one in board_reading.running(desk, bea)], home)

    rows, feed, home = await office.desk(seen)  # type: ignore[misc]
    assert (rows, feed) == (["area"], ["area"])
    assert f"{RETURN}, today" in str(home)
    assert "This area:" in str(home)
    listed = words(await office.says("Bea", "my cases"))
    assert f"This area: {RETURN}, today" in listed
    assert "say, for example, “this area’s year”" in listed.replace("by saying", "say")
    assert wording_cases.NO_CASES in words(await office.says("Pat", "my cases"))


async def test_it_is_shown_with_what_can_be_done_with_it_and_no_more(office: Office) -> None:
    await reminded(office)
    card = words(await office.says("Lee", "this area's year"))
    assert "This area" in card
    for other in ("Council became aware", "case area", "New information", "Decide on a local review"):
        assert other not in card
    assert "Noted" not in words(await office.says("Lee", "leave it", "new information this area's year"))
    assert wording_cases.NOT_OF_THE_AREA in words(await office.says("Lee", "review this area's year"))
    assert "on record in this area’s year?" in words(await office.says("Lee", "record this area's year"))
    await office.says("Lee", "leave it")
    told = words(await office.says("Bea", "this area's year"))
    assert "Add a note" in told
    assert "A disagreement" not in told


async def test_who_has_it_by_name_is_said_and_forgotten_with_the_name(office: Office) -> None:
    await office.year_woken()
    assert "Which one?" in words(await office.says("Lee", "I have it"))
    await office.says("Lee", "1")
    assert (await office.case("area")).owner == office.ids["Lee"]
    heard = await reminded(office)
    theirs = [line for who, line in heard if who == "Bea"]
    assert [line.endswith("This area's duties are Lee's.") for line in theirs] == [True], heard
    assert "Dee has this area’s year now" in words(await office.says("Lee", "hand over this area's year", "1"))


async def test_no_decision_is_offered_to_be_put_on_it(office: Office) -> None:
    await office.year_woken()
    await office.says("Lee", "disagreement")
    assert "put it area" not in words(await office.answers_out("Lee", {}))


async def test_the_week_names_what_of_the_year_is_late(office: Office) -> None:
    await reminded(office)
    office.at = datetime(2027, 2, 1, 9, 0, tzinfo=UTC)
    week = [line for who, _, line in await office.year_woken() if line.startswith("This area's week") and who == "Bea"]
    assert len(week) == 1
    assert f"Late: This area: {RETURN}, late by 21 working days." in " ".join(week[0].split())


async def test_the_morning_of_whoever_the_year_comes_to_has_it(on_sqlite: Exchange) -> None:
    office = await staffed(on_sqlite, LEE, DEE)
    await office.year_woken()
    office.at = datetime(2026, 12, 31, 9, 0, tzinfo=UTC)
    mornings = [(who, line) for who, _, line in await office.year_woken() if line.startswith("This morning")]
    assert [(who, f"This area: {RETURN}, today." in line) for who, line in mornings] == [("Lee", True)]
    await office.join("Bea", "business_manager")
    office.at += timedelta(days=4)
    assert not [one for one in await office.year_woken() if one[2].startswith("This morning")]
