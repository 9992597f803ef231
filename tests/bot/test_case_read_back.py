"""What ends duties or decides a review is read back first, and anew where the case is another by then."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot import wording_cases, wording_read_back
from bot.exchange import Exchange

from .case_office import DEE, LEE, Office, staffed, words
from .made_once import made_once


@made_once
async def office(on_sqlite: Exchange) -> Office:
    made = await staffed(on_sqlite, LEE, DEE)
    await made.decides("Pat", aware_on="20 November 2026")
    return made


async def closing(office: Office) -> str:
    return words(await office.says("Lee", "record 26-001", "closed", "Opened by mistake."))


async def kinds(office: Office) -> list[str]:
    return [one.kind for one in (await office.case()).events]


async def test_what_would_end_is_named_before_a_case_is_closed(office: Office) -> None:
    said = await closing(office)
    assert "“Closed”, because: “Opened by mistake.” This ends by it" in said
    assert "notify the Panel" in said.partition("This ends by it")[2]
    assert "closed" not in await kinds(office)
    await office.says("Lee", "yes")
    assert "closed" in await kinds(office)


@pytest.mark.parametrize(
    ("meanwhile", "told"),
    [
        (("record 26-001", "the panel was notified", "today"), "The Panel was notified on Mon 23 Nov 2026 (Dee)"),
        (("record 26-001", "the partners decided", "1", "today"), "The partners decided: to notify"),
        (("reassign 26-001", "1"), "Given to someone else: Dee"),
    ],
)
@pytest.mark.parametrize("which", ["closed", "not met"])
async def test_a_yes_to_what_is_another_case_by_now_records_nothing_and_tells_what_came(
    office: Office, which: str, meanwhile: tuple[str, ...], told: str
) -> None:
    if which == "closed":
        await closing(office)
    else:
        await office.says("Lee", "record 26-001", "the partners decided", "2", "today", "A medical cause.")
    await office.says("Dee", *meanwhile)
    before = await kinds(office)
    said = words(await office.says("Lee", "yes"))
    assert told in said
    assert "Since I asked" in said
    assert "Is that right?" in said
    assert await kinds(office) == before
    await office.says("Lee", "yes")
    assert len(await kinds(office)) == len(before) + 1


async def test_what_begins_meanwhile_is_among_what_would_end(office: Office) -> None:
    await closing(office)
    await office.says("Dee", "record 26-001", "the panel was notified", "today")
    ends = words(await office.says("Lee", "yes")).partition("This ends by it")[2]
    assert "send the rapid review to the Panel" in ends


async def test_a_look_at_the_case_meanwhile_changes_nothing(office: Office) -> None:
    await closing(office)
    await office.says("Dee", "case 26-001")
    await office.says("Lee", "yes")
    assert "closed" in await kinds(office)


@pytest.mark.parametrize("said", ["change", "Give another reason", "2"])
async def test_another_reason_can_be_given(office: Office, said: str) -> None:
    await closing(office)
    assert wording_cases.WORDS in words(await office.says("Lee", said))
    assert "because: “A duplicate.”" in words(await office.says("Lee", "A duplicate."))
    await office.says("Lee", "yes")
    closed = (await office.case()).closing
    assert closed is not None
    assert closed.words == "A duplicate."


@pytest.mark.parametrize("decision", ["1", "2"])
@pytest.mark.parametrize("reason", ["not decided yet, they meet on Friday", "The harm shows nothing new."])
async def test_whether_to_hold_a_review_is_decided_only_on_a_yes_to_its_reason(
    office: Office, decision: str, reason: str
) -> None:
    await office.says("Lee", "record 26-001", "the panel was notified", "today")
    await office.says("Lee", "record 26-001", "the rapid review was sent to the panel", "today")
    await office.says("Lee", "record 26-001", "decided whether to hold a local review", decision, "today")
    said = words(await office.says("Lee", reason))
    assert f"because: “{reason}”" in said
    assert f"local review: {'yes' if decision == '1' else 'no'}" in said
    assert "review decided" not in await kinds(office)
    await office.says("Lee", "no")
    assert "review decided" not in await kinds(office)


async def test_a_day_that_was_read_back_long_before_is_asked_for_again(office: Office) -> None:
    await office.says("Lee", "done 26-001", "4", "20th")
    office.at += timedelta(days=1)
    before = await kinds(office)
    assert "I asked for this at" in words(await office.says("Lee", "yes"))
    assert await kinds(office) == before
    await office.says("Lee", "yes")
    assert (await kinds(office))[-1] == "notified"


@pytest.mark.parametrize(
    ("said", "came"),
    [
        ("later", "Which one?"),
        ("not mine", wording_cases.WHICH_PERSON),
        ("both done yesterday", "Which one?"),
        ("the test is not met", "What did they decide?"),
        ("why this date", "Case 26-001: check that children"),
    ],
)
async def test_short_answers_to_a_reminder_do_what_they_say(office: Office, said: str, came: str) -> None:
    await office.woken()
    before = await kinds(office)
    assert came in words(await office.says("Lee", said))
    assert await kinds(office) == before


def test_the_words_for_it_stand_by_themselves() -> None:
    assert "This ends" not in wording_read_back.sure("Closed", "Over.", ())


@pytest.mark.parametrize("typed", ["2", "3.", "12", "-"])
async def test_a_number_is_no_reason(office: Office, typed: str) -> None:
    assert wording_cases.WORDS_NEEDED in words(await office.says("Lee", "record 26-001", "closed", typed))


async def test_a_second_decision_on_a_review_says_what_stands_and_that_its_dates_move(office: Office) -> None:
    await office.says("Lee", "record 26-001", "the panel was notified", "today")
    await office.says("Lee", "record 26-001", "the rapid review was sent to the panel", "today")
    decide = ("record 26-001", "decided whether to hold a local review", "1", "today")
    assert "On record is" not in words(await office.says("Lee", *decide, "There is more to learn."))
    await office.says("Lee", "yes")
    said = words(await office.says("Lee", *decide, "Confirmed after the trial."))
    assert "On record is: Decided whether to hold a local review: yes on Mon 23 Nov 2026." in said
    assert "everything counted from its day moves" in said


async def test_what_an_action_has_changed_is_read_back_with_what_ends(office: Office) -> None:
    await office.says("Lee", "record 26-001", "an action was agreed", "Train the staff.", "14 January 2027", "1", "1")
    before = await kinds(office)
    said = words(await office.says("Lee", "record 26-001", "what it has changed was recorded", "1", "Nothing yet."))
    assert "because: “Nothing yet.”" in said
    assert "This ends by it" in said
    assert await kinds(office) == before
