"""What is answered to a reminder, in whichever words, by whoever hears it; and how a case of nobody finds its owner."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot import wording, wording_agreeing, wording_cases
from bot.cases.case import EventKind
from bot.casework import board_acts, casework
from bot.casework.casework import Desk
from bot.delivering.nudge_buttons import button_id
from bot.exchange import Exchange
from bot.messages import Choices
from bot.storage import Connection, cases, people
from bot.wording_read_back import turned

from .case_office import AREA, DEE, DORA, LEE, Office, staffed, words
from .made_once import made_once
from .talk import Talk

NOBODYS = "a new case, and it is nobody's yet"


@made_once
async def office(on_sqlite: Exchange) -> Office:
    return await staffed(on_sqlite, LEE, DEE, DORA)


async def is_away(office: Office, name: str, days: int) -> None:
    def work(connection: Connection) -> None:
        away = [(office.at.date(), office.at.date() + timedelta(days=days))] if days else []
        people.set_away(connection, office.exchange.keys, office.ids[name], away, office.at)

    await office.exchange.database.run(work)


@pytest.mark.parametrize(
    "said",
    [
        *("I have it 26-001", "I’ve got it: 26-001", "acknowledge 26-001", "I have it", "I’ve got it."),
        *("26-001 I have it", "Case 26-001: I’ve got it"),
    ],
)
async def test_that_they_have_it_is_understood_as_it_is_said(office: Office, said: str) -> None:
    await office.decides("Pat")
    assert "Which one?" in words(await office.says("Lee", said))
    await office.says("Lee", "1")
    assert (await office.case()).newest("acknowledged") is not None


@pytest.mark.parametrize(
    "said", ["it’s done 26-001", "26-001 done", "26-001 is done.", "I’ve done it 26-001", "I’ve done it", "it's done"]
)
async def test_that_it_is_done_is_understood_as_it_is_said(office: Office, said: str) -> None:
    await office.decides("Pat")
    assert "Which one?" in words(await office.says("Lee", said))
    assert wording_cases.WHEN in words(await office.says("Lee", "4"))


@pytest.mark.parametrize("said", ["I have it", "done", "remind me later", "acknowledge", "snooze"])
async def test_it_is_heard_after_a_decision_of_their_own(office: Office, said: str) -> None:
    await office.decides("Lee")
    assert "Which one?" in words(await office.says("Lee", said))


async def test_no_question_of_a_dialog_is_answered_by_it(office: Office) -> None:
    await office.decides("Lee")
    await office.says("Lee", "refer", "no", "ok")
    assert "Which one?" not in words(await office.says("Lee", "I have it"))
    assert "Which one?" in words(await office.says("Lee", "I have it 26-001"))


@pytest.mark.parametrize("said", ["cancel", "Never mind.", "leave it", "stop", "no"])
async def test_what_is_asked_of_a_case_can_be_left(office: Office, said: str) -> None:
    await office.decides("Pat")
    await office.says("Lee", "I have it")
    assert wording_cases.LEFT in words(await office.says("Lee", said))
    await office.says("Lee", "snooze", "1")
    if said != "no":
        assert wording_cases.LEFT in words(await office.says("Lee", said))
        assert (await office.case()).newest("snoozed") is None


async def test_said_again_it_is_asked_again_of_the_same_case(office: Office) -> None:
    await office.decides("Pat")
    await office.says("Pat", "menu")
    await office.decides("Pat")
    await office.says("Lee", "I have it 26-002")
    for said in ("I have it", "done"):
        reply = words(await office.says("Lee", said))
        assert "Which one?" in reply
        assert wording_cases.CHOOSE not in reply
    assert wording_cases.WHEN in words(await office.says("Lee", "4"))
    await office.says("Lee", "Today")
    assert (await office.case("26-001")).events[1:] == ()
    assert len((await office.case("26-002")).events) == 2


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("I have it", "I have it."),
        ("acknowledge 26-001", "Case 26-001: I have it."),
        ("snooze 26-001", "Case 26-001: Remind me later."),
        ("note 26-001", "Case 26-001: Add a note."),
        ("agree 26-001", f"Case 26-001: {wording_agreeing.IT_HOLDS}."),
        ("26-001", "Case 26-001."),
    ],
)
def test_what_was_said_of_a_case_is_shown_in_plain_words(said: str, shown: str) -> None:
    assert Talk().type(said).outcome.words == shown


@pytest.mark.parametrize("said", ["remind me later 26-001", "put off 26-001", "remind me later", "snooze"])
async def test_that_it_has_to_wait_is_understood_as_it_is_said(office: Office, said: str) -> None:
    await office.decides("Pat")
    assert "Which one?" in words(await office.says("Lee", said))
    assert wording_cases.SNOOZE_WHY in words(await office.says("Lee", "1"))


async def test_of_several_cases_it_is_asked_which_is_meant(office: Office) -> None:
    await office.decides("Pat")
    await office.says("Pat", "menu")
    await office.decides("Pat")
    assert wording_cases.WHICH_CASE_MEANT in words(await office.says("Lee", "done"))
    assert "Which one?" in words(await office.says("Lee", "26-002"))
    await office.says("Lee", "1")
    await office.presses("Lee", "Today")
    assert len((await office.case("26-002")).all_of("done", "acknowledged", "partner decision", "notified")) == 1
    assert (await office.case("26-001")).newest("done", "acknowledged", "partner decision", "notified") is None


async def test_each_of_several_cases_is_shown_with_what_is_most_urgent_and_none_with_nothing_to_do(
    office: Office,
) -> None:
    for _ in range(3):
        await office.says("Pat", "menu")
        await office.decides("Pat")
    await office.says("Lee", "record 26-002")
    await office.presses("Lee", "Closed")
    await office.says("Lee", "It was opened twice.", "yes")
    reply = words(await office.says("Lee", "done"))
    assert "Case 26-001: " in reply
    assert "latest Mon 23 Nov 2026" in reply or "today" in reply
    assert "26-003" in reply
    assert "26-002" not in reply
    assert "type another's number" not in reply


async def test_of_very_many_cases_any_can_be_named_by_its_number(office: Office) -> None:
    for _ in range(9):
        await office.says("Pat", "menu")
        await office.decides("Pat")
    assert wording_cases.OR_TYPE_ITS_NUMBER in words(await office.says("Lee", "I have it"))
    assert "Which one?" in words(await office.says("Lee", "26-009"))
    await office.says("Lee", "1")
    assert (await office.case("26-009")).newest("acknowledged") is not None


async def test_done_still_ends_a_choice_of_several(office: Office) -> None:
    await office.decides("Lee")
    await office.says("Lee", "new information 26-001", "no", "ok", "besides")
    assert wording_cases.WHICH_CASE_MEANT not in words(await office.says("Lee", "done"))
    assert (await office.case()).newest("done") is None


async def test_whoever_has_no_case_is_told_so(office: Office) -> None:
    assert wording_cases.NO_CASES in words(await office.says("Pat", "I have it"))


async def test_a_director_who_has_it_is_asked_again_as_was_promised(office: Office) -> None:
    await office.decides("Pat", aware_on="16 November 2026")
    while not any(who == "Dora" for who, _ in await office.woken()):
        office.at += timedelta(hours=24)
        assert office.at.date() < date(2026, 12, 7), "the director never heard"
    await office.says("Dora", "I have it 26-001")
    asked = words(await office.says("Dora", "1"))
    assert "I will ask again on the morning of" in asked
    await office.woken()
    office.at += timedelta(hours=24)
    heard = [line for who, line in await office.woken() if who == "Dora"]
    assert any("You said that you have it, and it is not done yet." in line for line in heard)


@pytest.mark.parametrize(
    ("by", "lee_hears"),
    [("Lee", "You said that you have it, and"), ("Dee", "Somebody said that they have it, and")],
)
async def test_the_owner_is_not_told_of_their_own_word_as_of_somebodys(office: Office, by: str, lee_hears: str) -> None:
    await office.decides("Pat")
    await office.woken()
    await office.says(by, "I have it 26-001", "notify the panel")
    office.at += timedelta(hours=24)
    heard = await office.woken()
    assert any(lee_hears in line for who, line in heard if who == "Lee")
    assert not any("Somebody said" in line for who, line in heard if who == by)


async def test_a_deputy_who_puts_off_what_came_to_them_is_reminded_as_was_promised(office: Office) -> None:
    await office.decides("Pat")
    while not any(who == "Dee" and "notify the Panel" in line for who, line in await office.woken()):
        office.at += timedelta(hours=3)
        assert office.at.date() < date(2026, 12, 7), "the deputy never heard"
    asked = await office.says("Dee", "remind me later 26-001")
    duty = next(one.label for block in asked.blocks if isinstance(block, Choices) for one in block.options)
    await office.presses("Dee", duty)
    assert "I will remind you again on" in words(await office.says("Dee", "The meeting is today."))
    await office.woken()
    office.at += timedelta(hours=24)
    heard = [line for who, line in await office.woken() if who == "Dee"]
    assert any("Put off until today." in line for line in heard)


@pytest.mark.parametrize(
    ("kind", "said"),
    [("acknowledged", "You said that you have it, and it is not done yet."), ("snoozed", "Put off until today.")],
)
async def test_so_is_a_deputy_who_answers_on_the_board(office: Office, kind: EventKind, said: str) -> None:
    await office.decides("Pat")
    while not any(who == "Dee" and "notify the Panel" in line for who, line in await office.woken()):
        office.at += timedelta(hours=3)
        assert office.at.date() < date(2026, 12, 7), "the deputy never heard"

    def answers(desk: Desk) -> object:
        dee = people.read(desk.connection, desk.keys, office.ids["Dee"])
        assert dee is not None
        about = board_acts.About("26-001", kind, "notify_panel")
        return board_acts.do(
            desk, dee, about, {"words": "The meeting is today."}, board_acts.ask(desk, dee, about).seen
        )

    assert isinstance(await office.desk(answers), board_acts.Done)
    await office.woken()
    office.at += timedelta(hours=24)
    assert any(said in line for who, line in await office.woken() if who == "Dee")


@pytest.fixture
async def action(office: Office) -> str:
    """The clock of an action of Sue's, to whom nothing else was passed up, once she was reminded of it."""
    await office.join("Sue", "scrutineer")
    await office.decides("Pat")

    def agreed(desk: Desk) -> None:
        lee = people.read(desk.connection, desk.keys, office.ids["Lee"])
        for owner in ("Sue", "Lee"):
            stored = cases.find(desk.connection, AREA, "26-001", lock=True)
            assert stored is not None
            values = (("due", "2026-12-04"), ("owner", office.ids[owner]))
            casework.add(desk, stored, "action agreed", lee, words="To brief the staff.", values=values)

    await office.desk(agreed)
    assert [line for who, line in await office.woken() if who == "Sue" and "complete action 1" in line]
    return "action_due:1"


@pytest.mark.parametrize(
    ("said", "then", "kind"),
    [
        ("I have it", (), "acknowledged"),
        ("remind me later", ("The trainer is ill.",), "snoozed"),
        ("done", ("today",), "done"),
    ],
)
async def test_whose_action_it_is_answers_it_and_nothing_else(
    office: Office, action: str, said: str, then: tuple[str, ...], kind: str
) -> None:
    offered = words(await office.says("Sue", said))
    assert "1. complete action 1" in offered
    assert not [duty for duty in ("notify the Panel", "action 2") if duty in offered]
    answered = words(await office.says("Sue", "1", *then))
    newest = (await office.case()).events[-1]
    assert (newest.kind, newest.clock, newest.by) == (kind, action, office.ids["Sue"]), answered
    menu = words(await office.says("Sue", "case 26-001"))
    assert "Give it to someone else" not in menu


async def test_another_duty_is_not_theirs_to_answer(office: Office, action: str) -> None:
    for act in ("acknowledge", "done", "snooze"):
        for clock in ("notify_panel", action.replace("1", "2")):
            said = words(await office.commands("Sue", button_id(act, "26-001", clock)))
            assert wording_cases.NOT_YOURS in said
    assert not [one for one in (await office.case()).events if one.by == office.ids["Sue"]]


async def test_what_a_deputy_is_told_does_not_name_the_deputy_as_another(office: Office) -> None:
    await is_away(office, "Lee", 9)
    await office.decides("Pat")
    for _ in range(8):
        for who, line in await office.woken():
            assert who != "Dee" or "Goes as well to the deputy" not in line
        office.at += timedelta(hours=24)


async def test_who_stands_in_for_others_hears_of_one_duty_once(office: Office) -> None:
    await is_away(office, "Dee", 30)
    await is_away(office, "Dora", 30)
    await office.decides("Pat", aware_on="16 November 2026")
    said = ""
    for _ in range(10):
        heard = [line for who, line in await office.woken() if who == "Lee" and ": notify the Panel." in line]
        assert len(heard) <= 1
        said += " ".join(heard)
        office.at += timedelta(hours=24)
    assert "is away: please tell whoever stands in for them." in said


async def test_a_case_that_is_nobodys_is_given_to_whoever_comes_back(office: Office) -> None:
    await is_away(office, "Lee", 1)
    await is_away(office, "Dee", 9)
    await office.decides("Pat")
    assert (await office.case()).owner == ""
    assert ("Lee", f"Case 26-001: {NOBODYS}. Please say that you have it. Good practice.") in await office.woken()
    office.at += timedelta(days=2)
    heard = await office.woken()
    assert (await office.case()).owner == office.ids["Lee"]
    assert ("Lee", "Case 26-001: it is yours now. Please say that you have it. Good practice.") in heard
    assert not any("Nobody is registered as the case's owner" in line for _, line in await office.woken_all())


async def test_a_case_that_is_nobodys_is_given_at_once_to_whoever_is_given_the_role(on_sqlite: Exchange) -> None:
    office = Office(on_sqlite)
    await office.join("Asha", "administrator")
    await office.join("Pat")
    await office.decides("Pat")
    await office.join("Lee", "lead")
    await office.woken()
    assert (await office.case()).owner == office.ids["Lee"]


async def test_a_deputy_who_takes_a_case_that_is_nobodys_has_it(office: Office) -> None:
    await is_away(office, "Lee", 9)
    await is_away(office, "Dee", 1)
    await office.decides("Pat")
    await office.says("Dee", "acknowledge 26-001", "1")
    assert (await office.case()).owner == office.ids["Dee"]


@pytest.mark.parametrize("answer", ["I have it 26-001", "done 26-001"])
async def test_while_stopped_for_danger_it_is_said_that_nothing_was_recorded(office: Office, answer: str) -> None:
    await office.decides("Pat")
    await office.says("Lee", "danger")
    before = len((await office.case()).events)
    said = words(await office.says("Lee", answer))
    assert "999" in said
    assert wording.DANGER_NOT_RECORDED in said
    assert len((await office.case()).events) == before


async def test_what_comes_of_a_pressed_reminder_names_its_case_and_duty(office: Office) -> None:
    await office.decides("Pat")
    duty = "Case 26-001: notify the Panel."
    assert f"{duty} Thank you. I will ask again" in words(await office.commands("Lee", "ack-26-001-notify_panel"))
    assert "Case 26-001. Thank you." in words(await office.commands("Lee", "ack-26-001-new_case"))
    await office.commands("Lee", "snooze-26-001-tell_partners")
    put_off = words(await office.says("Lee", "The meeting is today."))
    assert "Case 26-001: tell the safeguarding partners" in put_off
    assert "I will remind you again on" in put_off


async def test_a_refusal_names_what_is_refused(office: Office) -> None:
    await office.decides("Pat")
    await office.says("Lee", "record 26-001")
    await office.presses("Lee", wording_cases.EVENTS["notified"])
    await office.presses("Lee", "Today")
    refused = words(await office.commands("Lee", "ack-26-001-notify_panel"))
    assert "Case 26-001: notify the Panel. That is done already." in refused
    assert f"Case 26-001. {wording_cases.NOT_YOURS}" in words(await office.commands("Pat", "ack-26-001-notify_panel"))
    assert f"Case 26-009. {wording_cases.NO_SUCH_CASE}" in words(await office.commands("Lee", "ack-26-009-x"))


@pytest.mark.parametrize("label", [wording_cases.TODAY, wording_cases.YESTERDAY, "1"])
async def test_today_pressed_on_a_later_day_is_asked_for_again(office: Office, label: str) -> None:
    await office.decides("Pat")
    await office.says("Lee", "done 26-001", "4")
    before = len((await office.case()).events)
    office.at += timedelta(days=1)
    reply = await (office.says("Lee", label) if label == "1" else office.presses("Lee", label))
    assert turned(date(2026, 11, 23)) in words(reply)
    assert len((await office.case()).events) == before
    await office.presses("Lee", wording_cases.YESTERDAY)
    assert (await office.case()).events[-1].on == date(2026, 11, 23)
