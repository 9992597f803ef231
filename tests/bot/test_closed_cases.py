"""A closed case: what comes to it afterwards reaches somebody who can open it again, and nothing is asked in vain."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot import wording_cases, wording_closed
from bot.cases import nudge_words
from bot.casework import casework
from bot.casework.casework import Desk
from bot.exchange import Exchange
from bot.storage import cases, nudges

from .case_office import AREA, DEE, LEE, Office, differences, staffed, states, tells, words
from .made_once import made_once

OPEN_IT_FIRST = wording_closed.open_it_first("26-001")


@made_once
async def office(on_sqlite: Exchange) -> Office:
    """Lee has closed what Pat opened."""
    office = await staffed(on_sqlite, LEE, DEE)
    await office.decides("Pat")
    await office.says("Lee", "record 26-001")
    await office.presses("Lee", "Closed")
    await office.says("Lee", "It is not a serious incident.", "yes")
    assert not (await office.case()).is_open
    return office


async def told(office: Office, *, today: bool = False) -> list[tuple[str, str]]:
    """Who is being told what of the case; `today`: only what fell due today."""

    def work(desk: Desk) -> object:
        stored = cases.find(desk.connection, AREA, "26-001")
        assert stored is not None
        names = {id_: name for name, id_ in office.ids.items()}
        waiting = nudges.of_case(desk.connection, stored.id, ("waiting",))
        return [
            (names.get(one.person_id or "", "nobody"), one.line)
            for one in waiting
            if desk.at - one.due_at >= timedelta() and (not today or one.due_at.date() == desk.today)
        ]

    found = await office.desk(work)
    assert isinstance(found, list)
    return found


async def test_a_disagreement_is_on_its_record_and_whoever_has_it_is_told_at_once(office: Office) -> None:
    await office.says("Pat", "disagreement 26-001")
    reply = words(await office.answers_out("Pat", {}))
    case = await office.case()
    assert case.newest("disagreement raised") is not None
    assert case.events[-1].by == office.ids["Pat"]
    assert wording_closed.DISAGREEMENT_KEPT in reply
    ((who, line),) = await told(office)
    assert (who, "a disagreement about it was raised" in line, "reopen 26-001" in line) == ("Lee", True, True)
    assert not await differences(office)


async def test_once_the_case_is_open_again_the_disagreement_is_reminded_of(office: Office) -> None:
    await office.says("Pat", "disagreement 26-001")
    await office.answers_out("Pat", {})
    assert (await states(office))["disagreement"] == "stopped"
    await office.says("Lee", "record 26-001")
    await office.presses("Lee", "Opened again")
    await office.says("Lee", "It was disagreed with.")
    assert (await states(office))["disagreement"] == "running"


async def test_a_disagreement_of_whoever_has_it_says_how_to_open_it_again(office: Office) -> None:
    await office.says("Lee", "disagreement 26-001")
    assert wording_closed.your_disagreement("26-001") in words(await office.answers_out("Lee", {}))
    assert not await told(office)


async def test_a_disagreement_begun_by_itself_can_be_put_on_it(office: Office) -> None:
    await office.says("Pat", "menu", "disagreement")
    assert wording_cases.put_it("26-001") in words(await office.answers_out("Pat", {}))
    await office.says("Pat", "put it on 26-001")
    assert (await office.case()).newest("disagreement raised") is not None


async def test_nothing_is_asked_about_a_local_review_before_it_is_refused(office: Office) -> None:
    assert OPEN_IT_FIRST in words(await office.says("Lee", "review 26-001"))


async def test_nobody_is_chosen_to_have_it(office: Office) -> None:
    assert OPEN_IT_FIRST in words(await office.says("Lee", "reassign 26-001"))


async def test_its_menu_offers_only_what_can_be_done(office: Office) -> None:
    reply = words(await office.says("Lee", "case 26-001"))
    assert wording_cases.ACTS["disagree"] in reply
    assert wording_cases.ACTS["review"] not in reply
    assert "Give it to someone else" not in reply


DIED = {"what_is_new": "died", "care": "none_or_previously_known"}
TOLD_CDOP = "check that the child death overview panel has been told"


async def next_morning(office: Office) -> list[tuple[str, str]]:
    """What is asked of the case on the next day, to whom."""
    office.at += timedelta(days=1)

    def work(desk: Desk) -> object:
        for stored in cases.to_wake(desk.connection, desk.at, 100):
            casework.wake(desk, stored)

    await office.desk(work)
    return [(who, line) for who, line in await told(office, today=True) if "whether to open it again" in line]


async def test_news_that_would_owe_more_is_asked_about_each_working_morning_until_it_is_open(office: Office) -> None:
    assert wording_closed.NEWS_ASKED in await tells(office, "Pat", **DIED)
    ((who, line),) = await told(office)
    assert who == "Lee"
    assert f"Opened again, this would be owed: {TOLD_CDOP}" in line
    assert "the lead opens it" not in line
    assert "No date has moved" not in line
    for _ in range(2):
        ((who, line),) = await next_morning(office)
        assert (who, TOLD_CDOP in line) == ("Lee", True)
    await office.says("Lee", "reopen 26-001", "The child has died.")
    assert (await states(office))["tell_cdop"] == "running"
    assert not await next_morning(office)


async def test_until_it_is_said_it_stands_in_the_morning_the_week_and_my_cases(office: Office) -> None:
    asked = f"Case 26-001: {wording_closed.SAY_IF_REOPENED}."
    await tells(office, "Pat", **DIED)
    assert wording_closed.WAITS_LISTED in words(await office.says("Lee", "my cases"))
    office.at += timedelta(weeks=3)
    said = sorted(line for who, _, line in await office.year_woken() if who == "Lee" and asked in line)
    assert [line.split("\n")[0] for line in said] == ["This area's week:", "This morning:"]
    await office.says("Lee", "leave closed 26-001", "It is another child.")
    office.at += timedelta(days=1)
    assert not any("26-001" in line for _, kind, line in await office.year_woken() if kind == "digest")
    assert "26-001" not in words(await office.says("Lee", "my cases"))


async def test_a_lead_says_why_it_stays_closed_and_is_asked_no_more(office: Office) -> None:
    await tells(office, "Pat", **DIED)
    await next_morning(office)
    assert TOLD_CDOP in words(await office.says("Lee", "case 26-001"))
    assert wording_closed.STAYS_CLOSED in words(await office.says("Lee", "leave closed 26-001", "It is another child."))
    case = await office.case()
    assert (case.is_open, case.events[-1].words) == (False, "It is another child.")
    assert not await next_morning(office)
    assert wording_closed.what_you_told_left_it_closed("26-001") in [line for who, line in await told(office)]
    assert wording_closed.NOTHING_CAME in words(await office.says("Lee", "leave closed 26-001"))
    assert not await differences(office)


@pytest.mark.parametrize("said", ["Nothing to add.", "skip", "n/a"])
async def test_why_it_stays_closed_is_asked_for_again_where_nothing_was_said(office: Office, said: str) -> None:
    await tells(office, "Pat", **DIED)
    again = words(await office.says("Lee", "leave closed 26-001", said))
    assert wording_cases.WORDS_NEEDED in again
    assert wording_closed.WHY_LEFT_CLOSED in again
    assert wording_closed.STAYS_CLOSED in words(await office.says("Lee", "It is another child."))


async def test_only_a_lead_or_deputy_says_so(office: Office) -> None:
    await tells(office, "Pat", **DIED)
    assert wording_cases.NOT_YOURS in words(await office.says("Pat", "leave closed 26-001"))
    assert wording_cases.NOT_YOURS in words(await office.says("Pat", "reopen 26-001"))


async def test_what_would_owe_nothing_more_is_told_once(office: Office) -> None:
    assert wording_closed.NEWS_NOT_OWED in await tells(office, "Pat", what_is_new="besides", flags="media")
    ((who, line),) = await told(office)
    assert (who, "reopen 26-001" in line) == ("Lee", True)
    assert not await next_morning(office)


async def test_a_disagreement_is_asked_about_too(office: Office) -> None:
    await office.says("Pat", "disagreement 26-001")
    await office.answers_out("Pat", {})
    ((who, line),) = await next_morning(office)
    assert (who, "A disagreement about it was raised." in line) == ("Lee", True)
    await office.says("Lee", "leave closed 26-001", "It was settled by phone.")
    assert not await next_morning(office)


async def test_what_came_before_it_was_closed_again_is_not_asked_about(office: Office) -> None:
    await tells(office, "Pat", **DIED)
    await office.says("Lee", "reopen 26-001", "The child has died.", "record 26-001")
    await office.presses("Lee", "Closed")
    await office.says("Lee", "All is done.", "yes")
    assert not await next_morning(office)


async def test_a_lead_who_tells_it_is_told_what_they_can_do(office: Office) -> None:
    told_by_lee = await tells(office, "Lee", **DIED)
    assert f"Opened again, this would be owed: {TOLD_CDOP}" in told_by_lee
    assert "Say “reopen 26-001”" in told_by_lee
    assert wording_closed.NEWS_ASKED not in told_by_lee


async def test_what_is_open_is_not_asked_why_it_is_opened(office: Office) -> None:
    await office.says("Lee", "reopen 26-001", "More is known.")
    assert wording_closed.OPEN_ALREADY in words(await office.says("Lee", "reopen 26-001"))


async def test_no_duty_is_said_to_have_ended_where_none_had_begun(office: Office) -> None:
    await office.says("Pat", "disagreement 26-001")
    assert "no longer counted" not in words(await office.answers_out("Pat", {}))


async def test_while_a_deputy_is_here_nobody_is_told_that_everybody_is_away(office: Office) -> None:
    await office.says("Pat", "disagreement 26-001")
    await office.answers_out("Pat", {})
    await office.says("Lee", "I am away from 24 November to 27 November")
    for _ in range(2):
        office.at += timedelta(days=1)
        said = await office.year_woken()
        assert nudge_words.ALL_AWAY not in [line for _, _, line in said]
        asked = [who for who, line in await told(office, today=True) if "reopen 26-001" in line]
        assert asked == ["Dee"]
        mornings = [line for who, kind, line in said if who == "Dee" and kind == "digest" and "This morning" in line]
        assert [wording_closed.SAY_IF_REOPENED in line for line in mornings] == [True]


async def test_a_list_with_a_closed_case_that_waits_does_not_call_it_open(office: Office) -> None:
    await office.says("Pat", "disagreement 26-001")
    await office.answers_out("Pat", {})
    listed = words(await office.says("Lee", "my cases"))
    assert wording_cases.CASES_TO_SEE_TO in listed
    assert wording_cases.OPEN_CASES not in listed
