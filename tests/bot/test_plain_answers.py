"""Everyday words from somebody who was reminded lead to the act they mean, and from anybody else to their answer."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot import wording, wording_cases
from bot.cases.whose_notification import notified_on
from bot.casework.casework import Desk
from bot.exchange import Exchange
from bot.messages import Turn, Typed
from bot.public_only import is_public_only
from bot.storage import people
from bot.wording_duties import (
    HOW_THEY_END,
    NOT_FOR_THANKS,
    NOT_YET,
    ONE_AT_A_TIME,
    PANEL_TOLD,
    THEIR_NOTIFICATION,
    THEY_TOLD,
    again,
    notified_already,
    only_until,
    ours_to_notify,
)

from .case_office import DEE, LEE, Office, staffed, words
from .made_once import made_once

YESTERDAY, TODAY = date(2026, 11, 22), date(2026, 11, 23)


@made_once
async def office(on_sqlite: Exchange) -> Office:
    made = await staffed(on_sqlite, LEE, DEE)
    await made.decides("Pat", aware_on="20 November 2026")
    await made.says("Pat", "menu")
    return made


@pytest.mark.parametrize(
    ("said", "on"),
    [
        ("notified today", TODAY),
        ("we’ve notified the Panel yesterday", YESTERDAY),
        ("The panel was notified on 22 November.", YESTERDAY),
        ("they notified yesterday", YESTERDAY),
        ("we told the Panel today", TODAY),
        ("the panel has been told, yesterday", YESTERDAY),
        ("I submitted the notification today", TODAY),
        ("The notification was sent off yesterday", YESTERDAY),
        ("Yes, we have now notified the panel yesterday", YESTERDAY),
        ("notified at 2pm", TODAY),
        ("we notified the panel 26-001 this morning", TODAY),
        ("Case 26-001: the panel was notified yesterday", YESTERDAY),
        ("the panel was notified by us this morning", TODAY),
        ("Panel notified today", TODAY),
        ("notified the day before yesterday", YESTERDAY - timedelta(days=1)),
        ("Notification submitted today.", TODAY),
        ("we have sent the notification to the panel yesterday", YESTERDAY),
        ("notification sent to the Panel today, thanks for the reminder", TODAY),
    ],
)
async def test_that_the_panel_was_notified_is_recorded_with_its_day(office: Office, said: str, on: date) -> None:
    await office.woken()
    assert "Noted" in words(await office.says("Lee", said))
    assert (await office.case()).notified_on == on


@pytest.mark.parametrize("before", ["what is a rapid review", "sent it today"])
async def test_so_it_is_after_a_question_that_was_answered_or_was_not(office: Office, before: str) -> None:
    await office.says("Lee", before)
    await office.woken()
    assert "Noted" in words(await office.says("Lee", "notified today"))
    assert (await office.case()).notified_on == TODAY


@pytest.mark.parametrize("said", ["we notified the panel", "notified", "Panel notified", "notification sent"])
async def test_without_a_day_it_is_asked(office: Office, said: str) -> None:
    await office.woken()
    assert wording_cases.WHEN in words(await office.says("Lee", said))
    await office.says("Lee", "yesterday")
    assert (await office.case()).notified_on == YESTERDAY


MORE_THAN_A_DAY = [
    *("will be done today", "should be sent today", "today is impossible", "notified the police on 20 November"),
    *("Ofsted was told on 20 November", "he died today", "today she is dead", "yesterday he hit her"),
    "she was stabbed today",
]


@pytest.mark.parametrize("said", MORE_THAN_A_DAY)
async def test_where_the_day_is_asked_what_says_more_than_one_is_not_recorded(office: Office, said: str) -> None:
    await office.woken()
    await office.says("Lee", "notified")
    assert wording_cases.DAY_ALONE in words(await office.says("Lee", said))
    assert (await office.case()).notified_on is None


@pytest.mark.parametrize("said", ["he hit her today", "yesterday he hit her"])
async def test_danger_is_heard_there(office: Office, said: str) -> None:
    await office.woken()
    await office.says("Lee", "notified")
    reply = await office.says("Lee", said)
    assert "may need protecting" in words(reply) or "Phone 999 now" in words(reply)
    assert (await office.case()).notified_on is None


@pytest.mark.parametrize(
    "said",
    ["it was on 22 November", "no, 22 November", "I did it yesterday", "the Panel was notified yesterday at 2pm"],
)
async def test_a_day_may_have_what_was_done_beside_it(office: Office, said: str) -> None:
    await office.woken()
    await office.says("Lee", "notified")
    assert "Noted" in words(await office.says("Lee", said))
    assert (await office.case()).notified_on == YESTERDAY


@pytest.mark.parametrize(
    "day", ["31 November", "31/11/2026", "Friday 19 November", "tomorrow", "27 November 2026", "30 November"]
)
async def test_a_day_that_cannot_be_or_has_not_come_is_asked_for_again(office: Office, day: str) -> None:
    await office.woken()
    reply = words(await office.says("Lee", f"we notified the panel on {day}"))
    why = "There is no 31 November" if "31" in day else "has not come yet"
    assert ("is a Thursday, not a Friday" if "Friday" in day else why) in reply
    assert wording_cases.WHEN in reply
    assert (await office.case()).notified_on is None
    assert "Noted" in words(await office.says("Lee", "yesterday"))
    assert (await office.case()).notified_on == YESTERDAY


@pytest.mark.parametrize("day", ["tomorrow", "24 November 2026"])
async def test_a_day_to_come_is_not_offered_where_it_is_asked_when_it_was_done(office: Office, day: str) -> None:
    await office.commands("Lee", "done-26-001-notify_panel")
    reply = words(await office.says("Lee", day))
    assert "Tue 24 Nov 2026 has not come yet. Please give the day it happened." in reply
    assert "still to come" not in reply
    await office.says("Lee", "today")
    assert (await office.case()).notified_on == TODAY


@pytest.mark.parametrize("said", ["The test is met", "the test was met", "test met", "they could agree", "they agreed"])
async def test_the_opposite_of_what_is_offered_is_not_taken_for_it(office: Office, said: str) -> None:
    await office.says("Lee", "record 26-001")
    await office.presses("Lee", wording_cases.EVENTS["partner decision"])
    reply = words(await office.says("Lee", said))
    assert "What did they decide?" in reply
    assert wording_cases.CHOOSE in reply
    await office.says("Lee", "the test is not met", "today", "The injury has a medical cause.", "yes")
    assert (await office.case()).not_met is not None


async def test_so_it_is_after_it_was_asked_which_is_done(office: Office) -> None:
    await office.woken()
    reply = words(await office.says("Lee", "done tomorrow"))
    assert "Tue 24 Nov 2026 has not come yet" in reply
    assert "Which one?" in reply
    assert wording_cases.WHEN in words(await office.says("Lee", "1"))


@pytest.mark.parametrize("said", ["done 26-001 yesterday", "26-001 done, yesterday", "I did it yesterday, 26-001"])
async def test_of_a_case_that_is_named_it_is_meant_by_whoever_acts_on_it_though_nothing_reminded_them(
    office: Office, said: str
) -> None:
    assert "Which one?" in words(await office.says("Lee", said))
    before = len((await office.case()).events)
    await office.says("Lee", "1")
    assert [one.on for one in (await office.case()).events[before:]] == [YESTERDAY]


async def test_so_it_is_that_the_panel_was_notified_in_it(office: Office) -> None:
    await office.join("Zoe")
    assert "Noted" not in words(await office.says("Zoe", "notified 26-001 yesterday"))
    assert "Noted" in words(await office.says("Lee", "notified 26-001 yesterday"))
    assert (await office.case()).notified_on == YESTERDAY


THANKED = [
    *("it's done, thanks", "all done, thanks", "done it", "It has been done", "DONE today :)", "Thanks, all done"),
    *("Done. Thank you very much!", "it's done, thanks 🙂", "done it, cheers"),
]


@pytest.mark.parametrize("done", [*THANKED, "26-001 is done, thanks"])
async def test_done_said_with_thanks_is_done(office: Office, done: str) -> None:
    await office.woken()
    assert "Which one?" in words(await office.says("Lee", done))
    before = len((await office.case()).events)
    said = words(await office.says("Lee", "1"))
    if "today" not in done:
        assert "When?" in said
        await office.says("Lee", "today")
    assert [one.on for one in (await office.case()).events[before:]] == [TODAY]


@pytest.mark.parametrize(
    ("said", "came"),
    [
        ("not yet, thanks", NOT_YET),
        ("remind me later, thanks", "Which one?"),
        ("I have it, thank you", "Which one?"),
        ("hand over, thanks", wording_cases.WHICH_PERSON),
    ],
)
async def test_so_is_any_other_answer(office: Office, said: str, came: str) -> None:
    await office.woken()
    assert came in words(await office.says("Lee", said))


@pytest.mark.parametrize("said", ["thanks", "ok, thank you", "Thanks :)", "thanks for the reminder"])
async def test_thanks_alone_are_thanks_and_record_nothing_of_what_was_reminded(office: Office, said: str) -> None:
    await office.woken()
    before = len((await office.case()).events)
    assert NOT_FOR_THANKS in words(await office.says("Lee", said))
    assert len((await office.case()).events) == before


@pytest.mark.parametrize(
    "said", ["ok", "seen", "Seen it.", "read", "I've seen your message", "received", "👍", "26-001 ok"]
)
async def test_what_only_says_that_it_was_read_records_nothing_and_says_what_can_be(office: Office, said: str) -> None:
    await office.woken()
    before = len((await office.case()).events)
    reply = await office.says("Lee", said)
    assert NOT_YET in words(reply)
    assert "I have it: case 26-001" in [one.label for one in reply.shortcuts]
    assert len((await office.case()).events) == before


@pytest.mark.parametrize("before", [("what is a rapid review",), ("got it", "1")])
async def test_thanks_for_an_answer_or_for_what_was_recorded_are_thanks(
    office: Office, before: tuple[str, ...]
) -> None:
    await office.woken()
    await office.says("Lee", *before)
    said = words(await office.says("Lee", "thanks"))
    assert "You are welcome" in said
    assert NOT_FOR_THANKS not in said


@pytest.mark.parametrize("said", ["ok", "thanks", "good"])
async def test_after_a_decision_of_their_own_it_is_of_that(office: Office, said: str) -> None:
    await office.woken()
    await office.decides("Lee", aware_on="20 November 2026")
    assert "I recorded nothing" not in words(await office.says("Lee", said))


@pytest.mark.parametrize(
    ("said", "owed"),
    [
        ("told the partners", "other areas"),
        ("We've told the safeguarding partners about 26-001", "other areas"),
        ("the partners know", "other areas"),
        ("we have told the other council", "safeguarding partners"),
    ],
)
async def test_of_a_duty_done_in_part_nothing_is_recorded_and_the_rest_is_named(
    office: Office, said: str, owed: str
) -> None:
    assert "I recorded nothing yet" not in words(await office.says("Lee", said))
    await office.woken()
    before = len((await office.case()).events)
    reply = await office.says("Lee", said)
    assert "I recorded nothing yet" in words(reply)
    assert owed in words(reply)
    assert "may need protecting" not in words(reply)
    assert "Done: case 26-001" in [one.label for one in reply.shortcuts]
    assert len((await office.case()).events) == before


@pytest.mark.parametrize(
    "said",
    [
        *("the partners met", "we met today", "held the decision meeting yesterday", "the meeting was held"),
        *("the partners met and decided to notify", "The partners have met, and agreed that the test is not met"),
        "the partners decided not to notify",
    ],
)
async def test_that_the_partners_met_asks_what_they_decided(office: Office, said: str) -> None:
    await office.woken()
    before = len((await office.case()).events)
    reply = words(await office.says("Lee", said))
    assert "What did they decide?" in reply
    assert len((await office.case()).events) == before
    if "When" in words(await office.says("Lee", "to notify")):
        await office.says("Lee", "today")
    assert (await office.case()).events[-1].kind == "partner decision"


@pytest.mark.parametrize("said", ["give 26-001 to Dee", "Hand 26-001 over to Dee please", "pass case 26-001 to Dee"])
async def test_a_case_that_is_named_may_be_given_to_somebody(office: Office, said: str) -> None:
    assert wording_cases.WHICH_PERSON in words(await office.says("Lee", said))


@pytest.mark.parametrize("said", ["pass it to the police", "give it to social care", "hand it to the panel"])
async def test_what_is_passed_on_without_its_case_hands_none_over(office: Office, said: str) -> None:
    await office.woken()
    assert wording_cases.WHICH_PERSON not in words(await office.says("Lee", said))


@pytest.mark.parametrize(
    "said", ["due today", "overdue?", "any deadlines today?", "What do I have to do today", "what are my deadlines"]
)
async def test_what_is_due_is_listed_for_whoever_has_cases(office: Office, said: str) -> None:
    reply = words(await office.says("Lee", said))
    assert "26-001" in reply
    assert "may need protecting" not in reply
    await office.join("Zoe")
    assert "26-001" not in words(await office.says("Zoe", said))


@pytest.mark.parametrize("said", ["show cases", "my cases please", "which cases are mine", "please list my cases"])
async def test_cases_are_listed(office: Office, said: str) -> None:
    assert wording_cases.OPEN_CASES in words(await office.says("Lee", said))


@pytest.mark.parametrize("said", ["I'm on it today", "26-001 have it", "on my list", "it's in hand", "dealing with it"])
async def test_that_somebody_has_it_asks_which_duty(office: Office, said: str) -> None:
    await office.woken()
    assert "Which one?" in words(await office.says("Lee", said))


@pytest.mark.parametrize(
    "done", ["done, yesterday", "sent yesterday", "It was sent yesterday.", "did it Sunday", "submitted last night"]
)
async def test_done_with_a_day_asks_only_which(office: Office, done: str) -> None:
    await office.woken()
    assert "Which one?" in words(await office.says("Lee", done))
    before = len((await office.case()).events)
    said = words(await office.says("Lee", "1"))
    assert "When?" not in said
    assert [one.on for one in (await office.case()).events[before:]] == [YESTERDAY]


@pytest.mark.parametrize("done", ["all done", "OK, done.", "okay all done"])
async def test_all_done_asks_which_and_when_instead_of_being_taken_for_thanks(office: Office, done: str) -> None:
    thanked = words(await office.says("Lee", done))
    await office.woken()
    assert "Which one?" in words(await office.says("Lee", done))
    assert "Which one?" not in thanked


@pytest.mark.parametrize("done", ["yes, I have done it", "I've just done that", "already done", "its done", "did it"])
async def test_that_it_has_been_done_asks_which(office: Office, done: str) -> None:
    await office.woken()
    assert "Which one?" in words(await office.says("Lee", done))


@pytest.mark.parametrize("asked", ["have we told the panel?", "who told the panel today?", "should the panel be told"])
async def test_a_question_is_no_answer(office: Office, asked: str) -> None:
    await office.woken()
    assert "Which one?" not in words(await office.says("Lee", asked))
    assert (await office.case()).notified_on is None


async def test_tomorrow_puts_it_off_and_hand_over_asks_to_whom(office: Office) -> None:
    await office.woken()
    await office.says("Lee", "remind me tomorrow")
    assert wording_cases.SNOOZE_WHY in words(await office.says("Lee", "1"))
    await office.says("Lee", "cancel")
    assert wording_cases.WHICH_PERSON in words(await office.says("Lee", "hand over"))
    assert "Dee has case 26-001 now" in words(await office.says("Lee", "Dee"))


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("Remind me later: waiting for the Police", "waiting for the Police"),
        ("remind me tomorrow because the school is closed", "the school is closed"),
        ("snooze - no reply yet", "no reply yet"),
        ("remind me later 26-001: waiting for the police", "waiting for the police"),
    ],
)
async def test_a_reason_said_with_it_is_not_asked_for_again(office: Office, said: str, why: str) -> None:
    await office.woken()
    assert wording_cases.SNOOZE_WHY not in words(await office.says("Lee", said, "1"))
    event = (await office.case()).newest("snoozed")
    assert event is not None
    assert event.words == why


async def test_a_reason_said_with_it_that_tells_of_danger_is_heard_first(office: Office) -> None:
    await office.woken()
    area = office.exchange.definitions.area
    for said in ("remind me later: she is not breathing", "remind me later: he raped her this morning"):
        reply = await office.says("Lee", said)
        assert {wording.emergency(area), wording.soft_danger(area)} & set(reply.blocks[:2]), said
        await office.says("Lee", "menu")
    assert (await office.case()).newest("snoozed") is None


@pytest.mark.parametrize(
    "said", ["remind me on Friday", "Remind me next week.", "ask me again in two days", "put it off until 27 November"]
)
async def test_another_day_is_said_to_be_the_next_working_day_at_most_and_that_is_offered(
    office: Office, said: str
) -> None:
    await office.woken()
    offered = words(await office.says("Lee", said))
    assert only_until(TODAY + timedelta(days=1)) in offered
    assert "Which one?" in offered
    assert wording_cases.SNOOZE_WHY in words(await office.says("Lee", "1"))


async def test_the_next_working_day_by_its_name_needs_no_such_words(office: Office) -> None:
    await office.woken()
    said = words(await office.says("Lee", "remind me on Tuesday"))
    assert "Which one?" in said
    assert only_until(TODAY + timedelta(days=1)) not in said


async def test_another_councils_notification_is_recorded_as_theirs(office: Office) -> None:
    await office.decides("Pat", place="other_english_area")
    await office.woken()
    assert "Noted" in words(await office.says("Lee", "they notified yesterday"))
    assert notified_on(await office.case("26-002")) == YESTERDAY
    assert (await office.case()).notified_on is None
    assert "Noted" in words(await office.says("Lee", "we notified yesterday"))
    assert (await office.case()).notified_on == YESTERDAY


@pytest.mark.parametrize("who", ["The other council", "Their council", "the other area has", "another council", "by"])
async def test_by_another_council_it_is_not_our_own(office: Office, who: str) -> None:
    await office.woken()
    notified = f"{who} notified the Panel yesterday."
    if who == "by":
        notified = "the panel was notified by the other council yesterday"
    assert ours_to_notify("26-001") in words(await office.says("Lee", notified))
    assert ours_to_notify("26-001") in words(await office.says("Lee", notified.replace(" yesterday", " 26-001 today")))
    assert (await office.case()).notified_on is None
    assert "Noted" in words(await office.says("Lee", "we notified yesterday"))


@pytest.mark.parametrize(
    "said", ["they notified yesterday", "the other council notified yesterday", "notified yesterday"]
)
async def test_where_their_day_is_on_record_that_is_said_with_how_to_put_it_right(office: Office, said: str) -> None:
    await office.decides("Pat", place="other_english_area")
    await office.woken()
    await office.says("Lee", "they notified on 20 November")
    if said == "notified yesterday":
        await office.says("Lee", "we notified today")
    already = notified_already("26-002", date(2026, 11, 20), what=THEY_TOLD, may_record=True)
    assert already in words(await office.says("Lee", said))
    assert notified_on(await office.case("26-002")) == date(2026, 11, 20)
    assert (await office.case()).notified_on == (TODAY if said == "notified yesterday" else None)


async def test_only_where_notifying_is_open_it_is_offered_and_by_that_duty(office: Office) -> None:
    for place in ("our_area", "other_english_area", "our_area"):
        await office.decides("Pat", aware_on="20 November 2026", place=place)
    await office.woken()
    await office.says("Lee", "notified today", "26-001")
    offered = words(await office.says("Lee", "notified today"))
    assert "Case 26-001" not in offered
    for ref in ("26-002", "26-004"):
        assert f"Case {ref}: notify the Panel, aim for Thu 26 Nov 2026, latest Fri 27 Nov 2026" in offered
    assert f"Case 26-003: {THEIR_NOTIFICATION}" in offered
    await office.says("Lee", "26-003")
    assert notified_on(await office.case("26-003")) == TODAY
    already = notified_already("26-001", TODAY, what=PANEL_TOLD, may_record=True)
    assert already in words(await office.says("Lee", "notified today", "26-001"))


@pytest.mark.parametrize("said", ["notified 26-001 and 26-002 today", "done 26-001, 26-002", "notified 26-001 26-002"])
async def test_of_two_cases_in_one_breath_nothing_is_recorded_and_one_is_asked_for(office: Office, said: str) -> None:
    await office.decides("Pat", aware_on="20 November 2026")
    await office.woken()
    reply = await office.says("Lee", said)
    assert ONE_AT_A_TIME in words(reply)
    assert [one.label for one in reply.shortcuts[:2]] == [again("Done", "26-001"), again("Done", "26-002")]
    assert [(await office.case(ref)).notified_on for ref in ("26-001", "26-002")] == [None, None]


async def test_the_day_is_kept_where_it_is_asked_which_case(office: Office) -> None:
    await office.decides("Pat", aware_on="20 November 2026")
    await office.woken()
    assert wording_cases.WHICH_CASE_MEANT in words(await office.says("Lee", "we notified the panel yesterday"))
    await office.says("Lee", "26-002")
    assert (await office.case("26-002")).notified_on == YESTERDAY
    assert (await office.case("26-001")).notified_on is None


async def test_who_was_not_reminded_is_answered_as_anybody_is(office: Office) -> None:
    await office.join("Ann", "lead")
    await office.join("Zoe")
    before = len((await office.case()).events)
    said_to_both = ("we notified the panel", "notified today", "done yesterday", "remind me tomorrow", "hand over")
    for said in (*said_to_both, *THANKED, "I have it, thanks", "notification sent"):
        assert words(await office.says("Ann", said)) == words(await office.says("Zoe", said)), said
    assert len((await office.case()).events) == before


async def test_a_question_keeps_its_answer(office: Office) -> None:
    await office.join("Zoe")
    await office.woken()
    before = len((await office.case()).events)
    for said in (
        *("who notified the panel", "when is the panel notified?", "is it done?", "how do I hand over a case?"),
        *("done by whom", "notified Ofsted", "we notified the police", "have we notified the panel"),
        *(
            "notification sent today?",
            "Panel notified? Thanks",
            "we notified them today",
            "the panel notified us today",
        ),
        *("they notified Ofsted", "remind me what a rapid review is", "remind me of the deadline", "sent it to whom"),
        *("remind me in what cases we notify", "remind me about friday's form", "done by Friday"),
        *("we notified Ofsted today", "notified the police on Friday", "the panel was notified by Ofsted yesterday"),
    ):
        assert words(await office.says("Lee", said)) == words(await office.says("Zoe", said)), said
    assert len((await office.case()).events) == before


async def test_danger_comes_first_and_an_open_question_is_answered(office: Office) -> None:
    await office.woken()
    await office.says("Lee", "danger")
    assert "999" in words(await office.says("Lee", "notified today"))
    await office.says("Lee", "menu", "refer", "no", "ok")
    await office.says("Lee", "notified today")
    assert (await office.case()).notified_on is None


async def test_a_notice_about_danger_stays_over_what_anybody_else_says(office: Office) -> None:
    await office.join("Zoe")
    await office.woken()
    reply, anybodys = await office.says("Lee", "remind me tomorrow"), await office.says("Zoe", "remind me tomorrow")
    assert "Which one?" in words(reply)
    assert anybodys.blocks[1] not in reply.blocks
    assert "may need protecting" in str(anybodys.blocks[1])


async def test_where_only_public_information_is_given_no_case_is_spoken_of(office: Office) -> None:
    channel = "pigeon"
    assert is_public_only(office.exchange.definitions.area, channel)

    def known_there(desk: Desk) -> None:
        people.add_account(desk.connection, desk.keys, office.ids["Lee"], channel, "Lee", desk.at)

    await office.desk(known_there)
    await office.woken()
    await office.exchange.take(Turn(channel, "Lee", "Lee", Typed("hand over"), "p1", office.at))
    reply = (await office.exchange.read(channel, "Lee"))[-1].reply
    assert reply is not None
    assert wording_cases.WHICH_PERSON not in words(reply)


async def test_danger_in_the_same_breath_is_danger(office: Office) -> None:
    await office.woken()
    before = len((await office.case()).events)
    said = words(await office.says("Lee", "we notified the panel and now he is hitting her with a belt"))
    assert "Noted" not in said
    assert "999" in said
    assert len((await office.case()).events) == before


EVERYDAY = [
    *("I've done it today", "I've done it yesterday", "I've done it on Friday", "I've done it this morning"),
    *(
        "submitted this morning",
        "yes i have done it 26-001",
        "I did it last night",
        "done today",
        "all done yesterday",
        "it's done today",
        "sent it this morning",
        "did it the day before yesterday",
    ),
    *("remind me tomorrow", "remind me on Friday", "remind me in the morning", "notified today"),
]


@pytest.mark.parametrize("said", EVERYDAY)
async def test_who_was_reminded_is_taken_at_their_word_without_danger_being_heard(office: Office, said: str) -> None:
    await office.woken()
    reply = words(await office.says("Lee", said))
    assert wording.emergency(office.exchange.definitions.area) not in (await office._newest("Lee")).blocks
    assert "may need protecting" not in reply
    assert "Which one?" in reply or "Noted" in reply, reply
    assert "Which one?" in words(await office.says("Lee", "done 26-001"))


@pytest.mark.parametrize(
    "said",
    [
        *("I did it hit her today", "he's done it to her today", "I've done it to her", "I've hurt her today"),
        *("I've done it today and she is bleeding", "we've done it to the child today"),
    ],
)
async def test_danger_is_heard_from_them_in_whatever_says_more(office: Office, said: str) -> None:
    await office.woken()
    lee, pat = words(await office.says("Lee", said)), words(await office.says("Pat", said))
    for sign in ("Phone 999 now", "may need protecting"):
        assert (sign in lee) == (sign in pat), lee


async def test_from_who_was_not_reminded_danger_is_heard_as_ever(office: Office) -> None:
    for name in ("Lee", "Pat"):
        blocks = (await office.says(name, "I've done it today")).blocks
        assert wording.emergency(office.exchange.definitions.area) in blocks


@pytest.mark.parametrize("before", ["case 26-001", "done 26-001", "snooze 26-001"])
async def test_what_is_asked_next_of_a_case_may_be_left_by_it(office: Office, before: str) -> None:
    await office.woken()
    await office.says("Lee", before)
    reply = words(await office.says("Lee", "notified today"))
    assert wording_cases.CHOOSE not in reply
    assert (await office.case()).notified_on == TODAY


@pytest.mark.parametrize(("said", "came"), [("sent it today", "Which one?"), ("remind me tomorrow", "Which one?")])
async def test_so_it_may_by_any_other_answer(office: Office, said: str, came: str) -> None:
    await office.decides("Pat", aware_on="20 November 2026")
    await office.woken()
    await office.says("Lee", "case 26-001")
    reply = words(await office.says("Lee", said))
    assert f"Case 26-001. {came}" in reply
    assert wording_cases.CHOOSE not in reply


async def test_of_what_cannot_wait_that_is_said_and_nothing_else_is_put_off(office: Office) -> None:
    await office.join("Bea", "business_manager")
    await office.says("Lee", "record 26-001")
    await office.presses("Lee", "An action was agreed")
    await office.says("Lee", "Write the guidance", "25 November 2026")
    await office.presses("Lee", "Every month")
    await office.presses("Lee", "Bea")
    office.at += timedelta(days=2)
    assert any(who == "Bea" and "complete action 1. Due today" in line for who, line in await office.woken())
    reply = words(await office.says("Bea", "remind me on Friday"))
    assert "Complete action 1. This is due by Wed 25 Nov 2026, so it cannot be put off" in reply
    assert "audit" not in reply
    assert "next working day only" not in reply
    await office.says("Bea", "yes")
    assert (await office.case()).newest("snoozed") is None


@pytest.mark.parametrize("said", ["yes", "OK", "."])
async def test_yes_is_no_reason(office: Office, said: str) -> None:
    await office.woken()
    await office.says("Lee", "remind me on Friday", "1")
    assert wording_cases.WORDS_NEEDED in words(await office.says("Lee", said))
    assert (await office.case()).newest("snoozed") is None


async def test_who_put_a_duty_off_is_named_by_their_role_to_its_owner(on_sqlite: Exchange) -> None:
    office = await staffed(on_sqlite, LEE, DEE)
    await office.decides("Pat")
    office.at += timedelta(days=1)
    await office.woken()
    await office.says("Dee", "snooze 26-001", "2", "Waiting for the unit.")
    office.at += timedelta(days=1)
    lines = [line for who, line in await office.woken() if who == "Lee"]
    assert any("Goes as well to the deputy." in line for line in lines)
    assert not any("owner of the action" in line for line in lines)


NOT_YETS = [
    *("not yet", "No, not yet.", "I have not done it", "not done yet", "I haven't done it yet", "it's not done yet"),
    *("we have not notified the panel yet", "not notified yet", "still not done", "26-001: not yet"),
]


@pytest.mark.parametrize("said", NOT_YETS)
async def test_that_it_is_not_done_yet_records_nothing_and_offers_what_can_be_said(office: Office, said: str) -> None:
    await office.woken()
    before = len((await office.case()).events)
    reply = await office.says("Lee", said)
    assert NOT_YET in words(reply)
    assert "may need protecting" not in words(reply)
    assert wording.emergency(office.exchange.definitions.area) not in reply.blocks
    offered = [one for one in reply.shortcuts if one.id in ("ack-26-001", "snooze-26-001")]
    assert [one.label for one in offered] == ["I have it: case 26-001", "Remind me later: case 26-001"]
    assert len((await office.case()).events) == before
    assert "Which one?" in words(await office.commands("Lee", "snooze-26-001"))


async def test_it_leaves_what_was_asked_of_the_case_and_danger_is_danger(office: Office) -> None:
    await office.woken()
    await office.says("Lee", "done 26-001")
    reply = await office.says("Lee", "not yet")
    assert NOT_YET in words(reply)
    assert "Done: case 26-001" in [one.label for one in reply.shortcuts]
    assert NOT_YET not in words(await office.says("Lee", "I have not done it and he is hitting her with a belt"))


async def test_of_several_cases_the_words_alone_are_offered_and_to_nobody_else(office: Office) -> None:
    await office.decides("Pat", aware_on="20 November 2026")
    await office.woken()
    reply = await office.says("Lee", "not yet")
    assert NOT_YET in words(reply)
    assert not [one for one in reply.shortcuts if one.id.startswith(("ack-", "snooze-"))]
    for word in ("“I have it”", "“remind me later”", "“done”"):
        assert word in NOT_YET
        assert wording_cases.WHICH_CASE_MEANT in words(await office.says("Lee", word.strip("“”")))
    assert NOT_YET not in words(await office.says("Pat", "not yet"))


async def test_a_bare_no_is_what_anybody_says(office: Office) -> None:
    await office.join("Zoe")
    await office.woken()
    assert words(await office.says("Lee", "no")) == words(await office.says("Zoe", "no"))


@pytest.mark.parametrize("said", ["1 and 4", "1, 4", "1 & 2", "1,2 and 3"])
async def test_several_duties_at_once_are_asked_for_one_at_a_time(office: Office, said: str) -> None:
    await office.woken()
    await office.says("Lee", "done")
    before = len((await office.case()).events)
    reply = words(await office.says("Lee", said))
    assert wording_cases.ONE_OF_THEM in reply
    assert "Which one?" in reply
    assert len((await office.case()).events) == before


@pytest.mark.parametrize(
    "said",
    ["stop reminding me", "How do I stop the reminders?", "please turn off these reminders", "don't remind me again"],
)
async def test_who_wants_no_reminders_hears_how_they_end_and_nothing_ends(office: Office, said: str) -> None:
    assert HOW_THEY_END not in words(await office.says("Lee", said))
    await office.woken()
    before = len((await office.case()).events)
    assert HOW_THEY_END in words(await office.says("Lee", said))
    assert len((await office.case()).events) == before


async def test_a_topic_that_is_pressed_is_answered_and_no_word_about_a_reminder(office: Office) -> None:
    topic = next(iter(office.exchange.definitions.library.topics))
    await office.woken()
    reply = words(await office.commands("Lee", topic))
    assert "last checked" in reply
    assert NOT_YET not in reply
