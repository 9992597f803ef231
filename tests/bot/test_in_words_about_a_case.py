"""What is typed of a case in everyday words: no reason by mistake, and no topics where the case is what is meant."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot import wording_cases, wording_duties
from bot.exchange import Exchange

from .case_office import DEE, LEE, Office, partners_decide, staffed, states, words
from .made_once import made_once


@made_once
async def office(on_sqlite: Exchange) -> Office:
    """An area of which somebody was reminded of the one case it has."""
    made = await staffed(on_sqlite, LEE, DEE)
    await made.decides("Pat", aware_on="20 November 2026")
    await made.woken()
    return made


NO_REASONS = [
    *("done", "I have it", "i've got it", "remind me later", "thanks", "y", "noted", "not yet", "done, thanks"),
    *("I've notified the panel today", "we notified yesterday", "who do I phone about the child's brother?"),
]


@pytest.mark.parametrize("said", NO_REASONS)
async def test_an_answer_to_a_reminder_is_never_the_reason_that_the_test_is_not_met(office: Office, said: str) -> None:
    await partners_decide(office, "The test is not met")
    await office.says("Lee", said)
    assert (await office.case()).not_met is None


@pytest.mark.parametrize("said", NO_REASONS)
async def test_nor_the_reason_for_closing(office: Office, said: str) -> None:
    await office.says("Lee", "record 26-001")
    await office.presses("Lee", wording_cases.EVENTS["closed"])
    await office.says("Lee", said)
    assert (await states(office))["tell_partners"] == "running"


async def test_what_it_says_of_the_reminder_is_done_instead(office: Office) -> None:
    await partners_decide(office, "The test is not met")
    reply = words(await office.says("Lee", "I've notified the panel today"))
    assert "Noted" in reply
    case = await office.case()
    assert case.notified is not None
    assert case.not_met is None


async def test_where_nothing_reminded_them_it_is_said_why_it_was_not_taken(on_sqlite: Exchange) -> None:
    made = await staffed(on_sqlite, LEE, DEE)
    await made.decides("Pat")
    await partners_decide(made, "The test is not met")
    assert wording_duties.ANSWERS_A_REMINDER in words(await made.says("Lee", "we notified yesterday"))
    assert wording_duties.ASKS_SOMETHING in words(await made.says("Lee", "what happens to the rapid review?"))
    await made.says("Lee", "The injury has a medical cause.", "yes")
    assert (await made.case()).not_met is not None


@pytest.mark.parametrize("why", ["What happened was an accident", "just sent it to the panel", "tomorrow"])
async def test_what_is_given_as_the_reason_is_read_back_before_it_ends_anything(office: Office, why: str) -> None:
    await partners_decide(office, "The test is not met")
    reply = words(await office.says("Lee", why))
    assert f"because: “{why}”" in reply
    assert (await office.case()).not_met is None
    await office.says("Lee", "no")
    assert (await office.case()).not_met is None
    assert (await states(office))["notify_panel"] == "running"


@pytest.mark.parametrize("later", [timedelta(minutes=61), timedelta(days=1)])
async def test_words_for_what_was_asked_long_before_are_asked_for_again(office: Office, later: timedelta) -> None:
    await partners_decide(office, "The test is not met")
    office.at += later
    reply = words(await office.says("Lee", "Leeds rang, the brother is with grandparents and safe"))
    assert "I asked for this at 10:00 on Mon 23 Nov 2026" in reply
    assert (await office.case()).not_met is None
    await office.says("Lee", "The injury has a medical cause.", "yes")
    assert (await office.case()).not_met is not None


async def test_within_the_hour_they_are_taken(office: Office) -> None:
    await partners_decide(office, "The test is not met")
    office.at += timedelta(minutes=59)
    await office.says("Lee", "The injury has a medical cause.", "yes")
    assert (await office.case()).not_met is not None


async def test_it_can_still_be_left_then(office: Office) -> None:
    await partners_decide(office, "The test is not met")
    office.at += timedelta(days=1)
    assert wording_cases.LEFT in words(await office.says("Lee", "leave it"))


async def test_so_it_can_by_its_button(office: Office) -> None:
    await partners_decide(office, "The test is not met")
    office.at += timedelta(days=1)
    assert wording_cases.LEFT in words(await office.presses("Lee", wording_cases.LEAVE_IT))


ABOUT_IT = [
    "close 26-001",
    *("the partners met today for 26-001 and agreed it meets the criteria", "the skeletal survey came back for 26-001"),
    "26-001: child died last night in hospital",
    "new information about 26-001: police have now arrested dad",
]
ASKED = [
    "when is the rapid review due for 26-001?",
    "who has 26-001?",
    "what does the panel do after 26-001 is notified",
]


@pytest.mark.parametrize("said", ABOUT_IT)
async def test_whatever_else_names_a_case_shows_it_and_says_that_nothing_is_recorded(office: Office, said: str) -> None:
    before = len((await office.case()).events)
    reply = words(await office.says("Lee", said))
    assert wording_duties.about_it("26-001") in reply
    assert "otify the Panel" in reply
    assert len((await office.case()).events) == before


@pytest.mark.parametrize(
    "said", ["26-001 we told Ofsted today", "the panel was notified for 26-001", "26-001 it's dealt with"]
)
async def test_whoever_may_only_tell_of_it_hears_who_records_it_and_how_to_tell_them(office: Office, said: str) -> None:
    before = len((await office.case()).events)
    assert wording_duties.about_it("26-001", may_act=False) in words(await office.says("Pat", said))
    assert len((await office.case()).events) == before


@pytest.mark.parametrize("said", ASKED)
async def test_a_question_that_names_a_case_shows_what_is_held_and_how_to_ask_of_the_law(
    office: Office, said: str
) -> None:
    reply = words(await office.says("Lee", said))
    assert wording_duties.asked_of_it("26-001") in reply
    assert "otify the Panel" in reply
    assert "may need protecting" not in reply


@pytest.mark.parametrize("said", [*ABOUT_IT, *ASKED])
async def test_whoever_may_not_see_it_hears_nothing_of_it(office: Office, said: str) -> None:
    await office.join("Zoe")
    reply = words(await office.says("Zoe", said))
    assert wording_duties.about_it("26-001") not in reply
    assert wording_duties.asked_of_it("26-001") not in reply
    assert "Owner:" not in reply


@pytest.mark.parametrize(
    "said", ["26-001 new information", "new info 26-001", "something new on 26-001", "update 26-001"]
)
async def test_new_information_is_begun_however_it_is_said(office: Office, said: str) -> None:
    assert "Something new about an incident" in words(await office.says("Lee", said))


@pytest.mark.parametrize(
    "said",
    ["show me my cases", "what's due today?", "anything overdue?", "what am I late with", "what is due this week"],
)
async def test_what_is_due_is_their_list_of_cases(office: Office, said: str) -> None:
    assert wording_cases.OPEN_CASES in words(await office.says("Lee", said))


async def test_whoever_has_no_case_is_not_shown_one(office: Office) -> None:
    assert wording_cases.NO_CASES not in words(await office.says("Zoe", "what's due today?"))


@pytest.mark.parametrize(
    "said", ["got it", "ok, will do", "noted", "acknowledged", "on it", "I have this", "it's mine"]
)
async def test_that_they_have_it_is_heard_however_it_is_said(office: Office, said: str) -> None:
    assert wording_cases.WHICH_CLOCK in words(await office.says("Lee", said))


@pytest.mark.parametrize("said", ["all", "all of them", "everything", wording_duties.ALL_OF_THESE, "I have them all"])
async def test_all_of_a_case_are_theirs_at_once(office: Office, said: str) -> None:
    await office.says("Lee", "I have it")
    await office.says("Lee", said)
    kept = {one.clock for one in (await office.case()).all_of("acknowledged")}
    running = {id_ for id_, state in (await states(office)).items() if state == "running"}
    assert {"notify_panel", "tell_partners"} <= kept
    assert kept >= running - {"rapid_review_from_awareness"}


@pytest.mark.parametrize(
    "said",
    ["told the panel today", "sent the SIN yesterday", "sent the SIN for 26-001 yesterday", "told the panel 26-001"],
)
async def test_that_the_panel_was_told_is_heard_without_who_did(office: Office, said: str) -> None:
    reply = words(await office.says("Lee", said))
    assert "Noted" in reply or wording_cases.WHEN in reply


async def test_what_is_read_back_says_what_was_decided_and_is_asked_again_where_it_stood_for_long(
    office: Office,
) -> None:
    await partners_decide(office, "The test is not met")
    reply = words(await office.says("Lee", "The injury has a medical cause."))
    assert "“The partners decided: the test is not met”, because: “The injury has a medical cause.”" in reply
    office.at += timedelta(hours=2)
    assert "I asked for this at" in words(await office.says("Lee", "yes"))
    assert (await office.case()).not_met is None
    await office.says("Lee", "yes")
    assert (await office.case()).not_met is not None


@pytest.mark.parametrize(
    ("before", "asked", "again"),
    [
        (("done 26-001",), "what is a rapid review?", "Which one?"),
        (("done 26-001", "4"), "what happens if the notification is late?", wording_cases.WHEN),
        (("record 26-001", "the partners decided"), "what counts as serious harm", "What did they decide?"),
    ],
)
async def test_a_question_is_answered_and_what_was_asked_of_the_case_is_asked_again(
    office: Office, before: tuple[str, ...], asked: str, again: str
) -> None:
    await office.says("Lee", *before)
    reply = words(await office.says("Lee", asked))
    assert "last checked" in reply
    assert "Please choose one of these" not in reply
    assert again in reply.rpartition("last checked")[2]
    assert "left unfinished" not in reply
