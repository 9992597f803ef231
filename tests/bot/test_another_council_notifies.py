"""Where another council notifies, its day is taken as it was, be it before the day our own council knew."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot import wording_cases, wording_duties
from bot.casework.case_opening import opened_by_hand
from bot.casework.casework import Desk
from bot.exchange import Exchange
from bot.storage import people

from .case_office import AT, LEE, Office, corrects, staffed, states, words

TODAY = AT.date()
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
async def office(on_sqlite: Exchange) -> Office:
    return await staffed(on_sqlite, LEE)


async def by_hand(office: Office, outcome: str, aware_on: date, notified_on: date | None) -> None:
    def work(desk: Desk) -> object:
        lee = people.read(desk.connection, desk.keys, office.ids["Lee"])
        assert lee is not None
        return opened_by_hand(desk, lee, outcome, "", aware_on, notified_on)

    await office.desk(work)


async def days(office: Office) -> tuple[date | None, date | None]:
    case = await office.case()
    return case.aware_on, case.notified_on


@pytest.mark.parametrize("outcome", ["D", "E"])
async def test_a_case_opened_by_hand_takes_it(office: Office, outcome: str) -> None:
    await by_hand(office, outcome, TODAY, YESTERDAY)
    assert await days(office) == (TODAY, YESTERDAY)
    assert (await states(office))["help_rapid_review"] == "running"


async def test_it_is_recorded_later_in_words_that_say_whose_it_is(office: Office) -> None:
    await by_hand(office, "D", TODAY, None)
    await office.says("Lee", "record 26-001")
    await office.presses("Lee", "The other council notified the Panel")
    assert "Noted" in words(await office.presses("Lee", "Yesterday"))
    assert await days(office) == (TODAY, YESTERDAY)
    shown = words(await office.says("Lee", "case 26-001"))
    assert "The other council notified the Panel on Sun 22 Nov 2026" in shown
    assert "The Panel was notified" not in shown


async def test_a_local_review_is_the_other_areas_to_decide_and_nothing_is_asked_before_that_is_said(
    office: Office,
) -> None:
    await by_hand(office, "D", TODAY, YESTERDAY)
    for name in ("case 26-001", "record 26-001"):
        shown = words(await office.says("Lee", name))
        assert wording_cases.ACTS["review"] not in shown
        assert wording_cases.EVENTS["review decided"] not in shown
    assert wording_duties.ANOTHERS_REVIEW in words(await office.says("Lee", "review 26-001"))
    await office.presses("Lee", wording_cases.ACTS["note"])
    await office.says("Lee", "Their partners hold a local review.")
    assert (await office.case()).events[-1].words == "Their partners hold a local review."


async def test_one_decided_on_before_it_was_put_on_the_case_is_not_put_on_it(office: Office) -> None:
    await by_hand(office, "D", TODAY, YESTERDAY)
    await office.says("Lee", "menu", "review outcome")
    await office.answers_out("Lee", {})
    assert wording_duties.ANOTHERS_REVIEW in words(await office.says("Lee", "put it on 26-001"))
    assert (await office.case()).newest("review decided") is None


async def test_the_day_our_council_knew_is_put_right_to_a_later_one(office: Office) -> None:
    await by_hand(office, "D", YESTERDAY, YESTERDAY)
    await corrects(office, "Lee", "today")
    assert await days(office) == (TODAY, YESTERDAY)


async def test_what_is_new_moves_neither_day(office: Office) -> None:
    await office.decides("Pat", place="other_english_area")
    await office.says("Lee", "record 26-001")
    await office.presses("Lee", "The other council notified the Panel")
    await office.presses("Lee", "Yesterday")
    knew = (await office.case()).aware_on
    await office.says("Pat", "new information 26-001")
    await office.answers_out("Pat", {"what_is_new": "besides", "flags": "media"})
    assert await days(office) == (knew, YESTERDAY)


async def test_our_own_council_cannot_have_told_the_panel_before_it_knew(office: Office) -> None:
    await by_hand(office, "B", TODAY, None)
    await office.says("Lee", "record 26-001")
    await office.presses("Lee", "The Panel was notified")
    assert "cannot have notified before" in words(await office.presses("Lee", "Yesterday"))


async def test_where_the_notification_is_ours_after_all_the_others_day_is_not_and_ours_is_owed(office: Office) -> None:
    await office.decides("Pat", place="other_english_area")
    await office.says("Lee", "record 26-001")
    await office.presses("Lee", "The other council notified the Panel")
    await office.presses("Lee", "Yesterday")
    await office.says("Lee", "new information 26-001")
    said = words(await office.answers_out("Lee", {"what_is_new": "area", "place": "our_area"}))
    assert wording_duties.ANOTHERS_DAY_ENDS in said
    assert (await office.case()).outcome == "B"
    assert await days(office) == (TODAY, None)
    assert (await states(office))["notify_panel"] == "running"
    shown = words(await office.says("Lee", "case 26-001"))
    assert "Taken back: “The other council notified the Panel on Sun 22 Nov 2026”" in shown
