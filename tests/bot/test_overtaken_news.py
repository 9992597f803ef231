"""News that was answered while somebody else told other news ends nothing that this one brought, unless it is said."""

from __future__ import annotations

import pytest

from bot.casework import casework
from bot.casework.casework import Desk
from bot.exchange import Exchange
from bot.storage import cases
from bot.wording_agreeing import overtaken

from .case_office import AREA, DEE, LEE, Office, staffed, words
from .made_once import made_once

DEATH, HARM = "1", "3"
OF_A_DEATH = frozenset({"notify_looked_after_death", "tell_cdop"})


@made_once
async def office(on_sqlite: Exchange) -> Office:
    """Lee has begun to tell that the harm is clearer, and goes on after Dee told of a death in our care."""
    made = await staffed(on_sqlite, LEE, DEE)
    await made.decides("Pat", aware_on="20 November 2026")
    await made.says("Lee", "news 26-001", "no", "ok", HARM, "8")
    await made.says("Dee", "news 26-001", "no", "ok", DEATH, "8", "1", "yes")
    return made


async def running(office: Office) -> frozenset[str]:
    def work(desk: Desk) -> frozenset[str]:
        stored = cases.find(desk.connection, AREA, "26-001")
        assert stored is not None
        return frozenset(one.id for one in casework.clocks(desk, casework.read(desk, stored)) if one.is_running)

    return await office.desk(work)


async def test_the_death_is_owed_before(office: Office) -> None:
    assert await running(office) >= OF_A_DEATH


@pytest.mark.parametrize("harm", ["very seriously hurt", "could have been hurt but was not"])
async def test_nothing_that_came_meanwhile_ends_by_it(office: Office, harm: str) -> None:
    before = await running(office)
    said = words(await office.says("Lee", harm, "yes"))
    assert overtaken("26-001") in said
    assert await running(office) >= before - {"new_case"}


async def test_once_it_is_said_to_hold_it_ends_what_was_named_before(office: Office) -> None:
    await office.says("Lee", "very seriously hurt", "yes")
    asked = words(await office.says("Lee", "agree 26-001"))
    assert "notify the Secretary of State and Ofsted" in asked.partition("If it holds, this ends:")[2]
    await office.says("Lee", "1", "The child is alive: it was a mix-up.")
    assert not await running(office) & OF_A_DEATH


async def test_left_as_it_is_it_stays(office: Office) -> None:
    await office.says("Lee", "very seriously hurt", "yes", "keep 26-001", "The child has died.")
    assert await running(office) >= OF_A_DEATH


async def test_news_begun_after_it_needs_no_word_of_a_lead_more(office: Office) -> None:
    said = words(await office.says("Lee", "cancel", "news 26-001", "no", "ok", HARM, "8", "very seriously hurt", "yes"))
    assert overtaken("26-001") not in said
