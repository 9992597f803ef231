"""A day that a case waits for can be told in answer to its reminder, in everyday words, and is recorded of it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bot import wording_cases, wording_duties
from bot.casework.case_opening import opened_by_hand
from bot.casework.casework import Desk
from bot.delivering.nudge_message import Line, notice
from bot.exchange import Exchange
from bot.storage import people
from bot.storage.nudges import Noted

from .case_office import DEE, LEE, Office, staffed, states, words
from .made_once import made_once

# Tuesday morning, a week after the first.
AT = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
FRIDAY = date(2026, 11, 27)


async def opened(office: Office, outcome: str = "B") -> None:
    """A case opened by hand, of which the day the council became aware is not known."""

    def work(desk: Desk) -> object:
        lee = people.read(desk.connection, desk.keys, office.ids["Lee"])
        assert lee is not None
        return opened_by_hand(desk, lee, outcome, "", None, None)

    await office.desk(work)


@made_once
async def office(on_sqlite: Exchange) -> Office:
    """An area whose lead was reminded this morning that the day of case 26-001 is missing."""
    made = await staffed(on_sqlite, LEE, DEE)
    await opened(made)
    made.at = AT
    assert any("which day did the council become aware" in line for who, line in await made.woken() if who == "Lee")
    return made


@pytest.mark.parametrize(
    "said",
    [
        *("council knew on 27 november", "The council became aware on 27 november", "we knew on 27/11/2026"),
        *("they found out on 27 november", "26-001 the council became aware on 27 november"),
        *("the council first heard about it on 27 november", "awareness day was 27 nov"),
    ],
)
async def test_the_day_the_council_knew_is_recorded(office: Office, said: str) -> None:
    reply = words(await office.says("Lee", said))
    assert "Case 26-001: the day the council became aware is Fri 27 Nov 2026." in reply
    assert "Notify the Panel" in reply
    assert (await office.case()).aware_on == FRIDAY
    assert (await states(office))["notify_panel"] == "running"


@pytest.mark.parametrize(
    "said",
    [
        *("last friday", "27/11/2026", "27 november", "it was 27 november", "Friday 27 November.", "on 27 nov"),
        *("26-001: 27 november", "27 november, thanks"),
    ],
)
async def test_a_day_alone_may_answer_anything_and_is_read_back(office: Office, said: str) -> None:
    assert f"{wording_cases.AWARE_WHEN} Fri 27 Nov 2026?" in words(await office.says("Lee", said))
    assert (await office.case()).aware_on is None
    await office.says("Lee", "yes")
    assert (await office.case()).aware_on == FRIDAY


@pytest.mark.parametrize("said", ["friday", "council knew on friday", "they found out on friday", "maybe 27 november"])
async def test_a_day_that_is_not_clear_is_read_back(office: Office, said: str) -> None:
    reply = await office.says("Lee", said)
    if (await office.case()).aware_on is None:
        assert "Do you mean" in words(reply) or wording_cases.AWARE_WHEN in words(reply)
        await office.presses("Lee", "Fri 27 Nov 2026")
    assert (await office.case()).aware_on == FRIDAY


async def test_a_day_to_come_or_in_no_calendar_is_asked_again(office: Office) -> None:
    assert "has not come yet" in words(await office.says("Lee", "council knew on 4 december 2026"))
    await office.says("Lee", "leave it")
    reply = words(await office.says("Lee", "31/11/2026"))
    assert wording_cases.AWARE_WHEN in reply
    await office.says("Lee", "27 november")
    assert (await office.case()).aware_on == FRIDAY


@pytest.mark.parametrize("said", ["did the council know on friday?", "friday?", "3", "at 10", "friday is too late"])
async def test_what_is_no_day_is_not_recorded(office: Office, said: str) -> None:
    await office.says("Lee", said)
    assert (await office.case()).aware_on is None


async def test_of_several_cases_which_is_asked(office: Office) -> None:
    await opened(office)
    office.at = datetime(2026, 12, 2, 9, 0, tzinfo=UTC)
    await office.woken()
    reply = words(await office.says("Lee", "27 november"))
    assert wording_cases.WHICH_CASE_MEANT in reply
    assert "Case 26-002: the day the council became aware" in reply
    await office.says("Lee", "26-002", "yes")
    assert (await office.case()).aware_on is None
    assert (await office.case("26-002")).aware_on == FRIDAY


async def test_nobody_who_was_not_reminded_records_by_a_bare_day(office: Office) -> None:
    await office.says("Dee", "27 november")
    await office.says("Pat", "26-001 the council became aware on 27 november")
    assert (await office.case()).aware_on is None


async def test_done_names_the_day_among_what_is_open(office: Office) -> None:
    reply = await office.says("Lee", "done 26-001")
    assert "The day the council became aware" in words(reply)
    assert wording_cases.AWARE_WHEN in words(await office.presses("Lee", "The day the council became aware"))
    await office.says("Lee", "27 november")
    assert (await office.case()).aware_on == FRIDAY


def test_a_grouped_reminder_has_a_button_for_the_day() -> None:
    def line(number: int, ref: str, clock: str) -> Line:
        at = datetime(2026, 12, 1, 8, 30, tzinfo=UTC)
        key = f"{clock}|||x"
        return Line(
            Noted(number, ref, key, clock, "nudge", "owner", "lee", f"{ref} {clock}", at, at, "waiting", (), None), ref
        )

    of_two = notice([line(1, "26-001", "awareness"), line(2, "26-002", "notify_panel")])
    of_one = notice([line(1, "26-001", "awareness"), line(2, "26-001", "protect_children")])
    for reply in (of_two, of_one):
        assert ("done-26-001-awareness", "Give the day the council became aware: case 26-001") in [
            (one.id, one.label) for one in reply.shortcuts
        ]


async def test_the_day_the_partners_decided_is_recorded(office: Office) -> None:
    await office.says("Lee", "27 november", "yes")
    await office.says("Lee", "record 26-001")
    await office.presses("Lee", "The Panel was notified")
    await office.says("Lee", "today")
    office.at = datetime(2026, 12, 21, 11, 0, tzinfo=UTC)
    await office.says("Lee", "review outcome 26-001")
    await office.answers_out("Lee", {"role": "partner", "decision": "commission", "decided_on": "unsure"})
    await office.says("Lee", "menu")
    office.at = datetime(2026, 12, 22, 9, 0, tzinfo=UTC)
    assert any("partners decide to hold a local review" in line for who, line in await office.woken() if who == "Lee")
    reply = words(await office.says("Lee", "the partners decided on 18 december"))
    assert f"Case 26-001: {wording_duties.REVIEW_DAY} is Fri 18 Dec 2026." in reply
    assert (await office.case()).review_decided_on == date(2026, 12, 18)
