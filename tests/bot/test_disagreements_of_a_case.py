"""A disagreement raised beside one that is open: they share a clock, and that is said when either is raised or done."""

from __future__ import annotations

from datetime import timedelta

from bot import wording_duties
from bot.exchange import Exchange

from .case_office import AT, DEE, LEE, Office, staffed, states, words
from .made_once import made_once

LATEST = AT.date() + timedelta(days=1)


@made_once
async def office(on_sqlite: Exchange) -> Office:
    """A case of Pat's, with a disagreement that the lead has raised."""
    made = await staffed(on_sqlite, LEE, DEE)
    await made.decides("Pat")
    reply = await disagrees(made, "Lee")
    assert "Another disagreement is open" not in reply
    return made


async def disagrees(office: Office, name: str) -> str:
    await office.says(name, "disagreement 26-001")
    return words(await office.answers_out(name, {}))


async def test_whoever_raises_another_reads_by_which_day_both_are_reminded_of(office: Office) -> None:
    office.at += timedelta(hours=1)
    assert wording_duties.disagreement_beside("26-001", LATEST) in await disagrees(office, "Pat")


async def test_so_does_who_records_another(office: Office) -> None:
    await office.says("Lee", "record 26-001")
    await office.presses("Lee", "A disagreement was raised")
    reply = words(await office.says("Lee", "The police disagree as well."))
    assert wording_duties.disagreement_beside("26-001", LATEST) in reply


async def test_who_says_that_it_is_done_reads_for_how_many_that_stands(office: Office) -> None:
    await disagrees(office, "Pat")
    asked = words(await office.commands("Lee", "done-26-001-disagreement"))
    assert "take the disagreement to the next step (each of the 2 that are open)" in asked
    await office.presses("Lee", "Yes, it is settled")
    await office.presses("Lee", "Today")
    assert (await states(office))["disagreement"] == "met"
    office.at += timedelta(days=1)
    assert "Another disagreement is open" not in await disagrees(office, "Pat")


async def test_of_one_nothing_more_is_said(office: Office) -> None:
    assert "each of" not in words(await office.commands("Lee", "done-26-001-disagreement"))


async def test_one_that_went_to_the_next_step_is_reminded_of_by_a_day_of_its_own(office: Office) -> None:
    await office.commands("Lee", "done-26-001-disagreement")
    await office.presses("Lee", "No: it was taken to the next step")
    reply = words(await office.presses("Lee", "Today"))
    assert "disagreement to the next step" in reply
    assert (await states(office))["disagreement"] == "running"
    office.at += timedelta(days=1)
    await office.commands("Lee", "done-26-001-disagreement")
    await office.presses("Lee", "Yes, it is settled")
    await office.presses("Lee", "Today")
    assert (await states(office))["disagreement"] == "met"
