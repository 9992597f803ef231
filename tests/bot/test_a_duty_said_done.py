"""A duty said in its own words to be done is recorded as that one, and words of a duty that does not run as none."""

from __future__ import annotations

import pytest

from bot import wording_cases
from bot.exchange import Exchange

from .case_office import DEE, LEE, Office, partners_decide, staffed, states, words
from .made_once import made_once


@made_once
async def office(on_sqlite: Exchange) -> Office:
    """An area whose Panel was notified this morning of its case 26-001."""
    made = await staffed(on_sqlite, LEE, DEE)
    await made.decides("Pat", aware_on="20 November 2026")
    await made.woken()
    await made.says("Lee", "notified today")
    await made.woken()
    return made


async def test_that_the_panel_was_told_that_the_test_was_not_met(office: Office) -> None:
    await partners_decide(office, "The test is not met")
    await office.says("Lee", "The injury has a medical cause.", "yes")
    await office.woken()
    assert "Noted" in words(await office.says("Lee", "We told the Panel that the test was not met today"))
    assert (await states(office))["tell_panel_not_met"] == "met"


async def test_without_a_day_it_is_asked(office: Office) -> None:
    reply = words(await office.says("Lee", "We've started the rapid review."))
    assert wording_cases.WHEN in reply
    await office.says("Lee", "today")
    assert (await states(office))["rapid_review_launch"] == "met"


@pytest.mark.parametrize(
    "said", ["told the partners and the other area 26-001 today", "we told the partners and other areas today"]
)
async def test_what_else_the_record_needs_is_asked(office: Office, said: str) -> None:
    await office.says("Lee", said)
    assert (await states(office))["tell_partners"] == "met"


@pytest.mark.parametrize("said", ["we published the review", "we told the Panel that the test was not met"])
async def test_what_is_not_owed_is_answered_as_anything_else_said(office: Office, said: str) -> None:
    before = len((await office.case()).events)
    assert "Noted" not in words(await office.says("Lee", said))
    assert len((await office.case()).events) == before


async def test_of_a_case_that_is_named_it_is_said_that_it_does_not_run(office: Office) -> None:
    assert "has not begun" in words(await office.says("Lee", "26-001 we published the review today"))


async def test_a_question_is_none(office: Office) -> None:
    before = len((await office.case()).events)
    await office.says("Lee", "have we started the rapid review?", "we started the rapid review?")
    assert len((await office.case()).events) == before


async def test_where_it_runs_in_two_cases_which_is_asked(office: Office) -> None:
    await office.decides("Pat")
    await office.woken()
    assert wording_cases.WHICH_CASE_MEANT in words(
        await office.says("Lee", "we told the partners and the other area today")
    )
    assert "Noted" in words(await office.says("Lee", "case 26-002"))
    assert (await states(office))["tell_partners"] == "running"
    assert (await states(office, "26-002"))["tell_partners"] == "met"
