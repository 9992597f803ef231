"""What the partners decide about a local review, put on a case: no day is made up for it."""

from __future__ import annotations

from datetime import date, timedelta

from bot import wording_reviews
from bot.exchange import Exchange

from .case_office import DEE, LEE, Office, staffed, states, words
from .made_once import made_once

REVIEW = ("tell_of_review", "commission_review", "monitor_review", "draft_report", "publish_review")
HELD = {"role": "partner", "decision": "commission", "decided_on": "today"}


@made_once
async def office(on_sqlite: Exchange) -> Office:
    """A case whose rapid review was begun."""
    made = await staffed(on_sqlite, LEE, DEE)
    await made.decides("Pat")
    await made.says("Lee", "record 26-001")
    await made.presses("Lee", "The Panel was notified")
    await made.presses("Lee", "Today")
    return made


async def decided(office: Office, **answers: str) -> str:
    """What is said once the partners' decision is confirmed."""
    await office.says("Lee", "review outcome 26-001")
    return words(await office.answers_out("Lee", HELD | answers))


async def running(office: Office) -> set[str]:
    """Which of the review's clocks run."""
    found = await states(office)
    return {name for name in REVIEW if found.get(name) == "running"}


async def test_no_day_is_made_up_for_a_review_of_which_nobody_could_say_when_it_was_decided(office: Office) -> None:
    reply = await decided(office, decided_on="unsure")
    assert "The day the partners decided is not known yet, so none of the review's deadlines is counted" in reply
    assert "latest" not in reply.partition("on record with case 26-001")[2]
    assert await running(office) == set()
    shown = words(await office.says("Lee", "case 26-001"))
    assert "The day the partners decided on a local review: none of its deadlines can be counted without it" in shown
    assert "Complete and publish the review: no date yet" in shown
    assert "Decided whether to hold a local review: yes, on a day not known yet" in shown


async def test_the_day_is_asked_for_each_working_morning_until_it_is_given(office: Office) -> None:
    await decided(office, decided_on="unsure")
    asks = "Case 26-001: which day did the partners decide to hold a local review?"
    for _ in range(2):
        office.at = (office.at + timedelta(days=1)).replace(hour=9)
        assert any(to == "Lee" and line.startswith(asks) for to, line in await office.woken())
    await office.says("Lee", "review outcome 26-001")
    await office.says("Lee", "stop")
    await office.commands("Lee", "done-26-001-review_day")
    reply = words(await office.says("Lee", "yesterday"))
    assert "Complete and publish the review: runs now, latest Mon 24 May 2027" in reply
    case = await office.case()
    assert case.review_decided_on == date(2026, 11, 24)
    assert case.events[-1].words.startswith("The partners have decided to hold a local review")
    assert await running(office) == set(REVIEW)
    office.at = (office.at + timedelta(days=1)).replace(hour=9)
    assert not any(line.startswith(asks) for _, line in await office.woken())
    assert wording_reviews.REVIEW_DAY_KNOWN in words(await office.commands("Lee", "done-26-001-review_day"))


async def test_the_button_under_the_decision_asks_for_the_day(office: Office) -> None:
    await decided(office, decided_on="unsure")
    below = (await office._newest("Lee")).shortcuts
    give = next(one.id for one in below if one.label == wording_reviews.GIVE_REVIEW_DAY)
    assert wording_reviews.REVIEW_DAY in words(await office.commands("Lee", give))
    await office.presses("Lee", "Today")
    assert await running(office) == set(REVIEW)


async def test_changing_the_answer_gives_the_day_too(office: Office) -> None:
    await decided(office, decided_on="unsure")
    await decided(office)
    assert await running(office) == set(REVIEW)


async def test_that_they_need_more_time_takes_back_that_they_had_decided_and_says_so(office: Office) -> None:
    await decided(office)
    assert await running(office) == set(REVIEW)
    await office.presses("Lee", "Change an answer and decide again")
    await office.says("Lee", "22", "3", "yes")
    reply = words(await office.answers_out("Lee", {"decision": "more_time", "decide_by": "4 January 2027"}))
    assert "Complete and publish the review: no longer counted" in reply
    assert await running(office) == set()
    shown = words(await office.says("Lee", "case 26-001"))
    on_record = "Decided whether to hold a local review: not yet, more time is needed; they decide by Mon 4 Jan 2027"
    assert on_record in shown
    assert "Decide whether to hold a local review: latest Mon 4 Jan 2027" in shown
    await decided(office)
    assert await running(office) == set(REVIEW)
    assert (await states(office))["decide_on_review"] == "met"


async def test_that_the_rapid_review_has_gone_is_taken_from_the_case_and_asked_only_without(office: Office) -> None:
    gone = "since the rapid review has gone"
    assert gone not in await decided(office, decision="no_review", sent="no")
    await office.says("Lee", "record 26-001")
    await office.presses("Lee", "The rapid review was sent to the Panel")
    await office.presses("Lee", "Today")
    assert gone in await decided(office, decision="no_review", sent="no")
