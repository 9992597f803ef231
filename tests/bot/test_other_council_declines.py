"""Where another council will not notify, or not say so in writing, ours works as if the duty were its own."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot import wording_agreeing, wording_case_news, wording_duties
from bot.cases.whose_notification import another_notifies
from bot.exchange import Exchange

from .case_office import AT, DORA, LEE, Office, staffed, states, tells, words
from .made_once import made_once

TODAY = AT.date()
ELSEWHERE = {"place": "other_english_area", "role": "education"}
ABROAD = {"place": "outside_england", "residence": "other_english_area", "role": "education"}
NO = {"what_is_new": "other_council", "other_notifies": "no"}
YES = {"what_is_new": "other_council", "other_notifies": "in_writing"}
OURS = "notify_until_accepted"
REVIEW = "rapid_review_from_notification"


@made_once
async def office(on_sqlite: Exchange) -> Office:
    return await staffed(on_sqlite, LEE, DORA)


@pytest.mark.parametrize(("place", "code"), [(ELSEWHERE, "D"), (ABROAD, "E")])
async def test_a_no_starts_our_own_dates_and_asking_goes_on(office: Office, place: dict[str, str], code: str) -> None:
    await office.decides("Pat", **place)
    assert (await states(office))["written_confirmation"] == "running"
    said = await tells(office, "Lee", **NO, la_aware="yes", aware_on="20 November 2026")
    assert "Notify the Panel, as if the duty were ours: runs now, latest Fri 27 Nov 2026" in said
    assert "Get it in writing which council notifies, and when: no longer needed" not in said
    found = await states(office)
    assert (found[OURS], found["written_confirmation"]) == ("running", "running")
    assert (found["decision_meeting"], found["tell_partners"], found[REVIEW]) == ("running", "running", "not started")
    assert "help_rapid_review" not in found
    case = await office.case()
    assert (case.outcome, another_notifies(case)) == (code, False)


async def test_not_sure_counts_as_no_and_the_day_that_is_missing_is_asked_for(office: Office) -> None:
    await office.decides("Pat", **ELSEWHERE)
    await tells(office, "Lee", what_is_new="other_council", other_notifies="unsure", la_aware="unsure")
    assert (await states(office))[OURS] == "not started"
    office.at += timedelta(days=1)
    assert any("which day did the council become aware" in line for _, line in await office.woken())


async def test_what_is_sent_then_is_our_own_notification_and_brings_our_review(office: Office) -> None:
    await office.decides("Pat", **ELSEWHERE)
    await tells(office, "Lee", **NO, la_aware="yes", aware_on="20 November 2026")
    await office.says("Lee", "record 26-001")
    await office.presses("Lee", "The Panel was notified")
    assert "Notify the Panel, as if the duty were ours: done" in words(await office.presses("Lee", "Today"))
    case, found = await office.case(), await states(office)
    assert (case.notified_on, case.others_notified) == (TODAY, None)
    assert (found[OURS], found[REVIEW], found["rapid_review_launch"]) == ("met", "running", "running")
    # That the other council accepts it once ours has notified takes nothing of our review away.
    await tells(office, "Lee", **YES)
    assert (await states(office))[REVIEW] == "running"


async def test_late_is_said_to_be_late_and_why_is_asked(office: Office) -> None:
    await office.decides("Pat", **ELSEWHERE)
    said = await tells(office, "Lee", **NO, la_aware="yes", aware_on="2 November 2026")
    assert "Later than five working days" in said
    assert (await states(office))["late_notification"] == "running"
    await office.says("Lee", "record 26-001")
    await office.presses("Lee", "The Panel was notified")
    assert "why" in words(await office.presses("Lee", "Today"))
    await office.says("Lee", "The other council had said that it would.")
    assert (await office.case()).late_reason == "The other council had said that it would."


async def test_a_yes_in_writing_from_a_lead_meets_what_was_asked_for(office: Office) -> None:
    await office.decides("Pat", **ELSEWHERE)
    said = await tells(office, "Lee", **YES)
    assert "Get it in writing which council notifies, and when: done Mon 23 Nov 2026" in said
    assert "Get it in writing who notifies" not in said.partition("Do this next")[2]
    found = await states(office)
    assert (found["written_confirmation"], OURS in found) == ("met", False)
    assert another_notifies(await office.case())


async def test_a_yes_from_anybody_else_ends_nothing_until_a_lead_records_it(office: Office) -> None:
    await office.decides("Pat", **ELSEWHERE)
    assert wording_case_news.confirmation_unrecorded("26-001") in await tells(office, "Pat", **YES)
    assert (await states(office))["written_confirmation"] == "running"


async def test_a_no_from_anybody_else_starts_our_dates_beside_until_a_lead_agrees(office: Office) -> None:
    await office.decides("Pat", **ELSEWHERE)
    said = await tells(office, "Pat", **NO, la_aware="yes", aware_on="20 November 2026")
    assert wording_agreeing.STAYS_UNTIL_A_LEAD in said
    found = await states(office)
    assert (found[OURS], found["written_confirmation"]) == ("running", "running")
    await office.says("Lee", "agree 26-001", "1", "Their director says so.")
    found = await states(office)
    assert (found[OURS], found["written_confirmation"]) == ("running", "running")


async def test_a_no_that_does_not_hold_leaves_it_the_others(office: Office) -> None:
    await office.decides("Pat", **ELSEWHERE)
    await tells(office, "Pat", **NO, la_aware="yes", aware_on="20 November 2026")
    await office.says("Lee", "keep 26-001", "They wrote today that they will.")
    found = await states(office)
    assert (found[OURS], found["written_confirmation"]) == ("stopped", "running")
    assert another_notifies(await office.case())


async def test_the_answer_stands_whatever_else_is_new_until_there_is_another(office: Office) -> None:
    await office.decides("Pat", **ELSEWHERE)
    await tells(office, "Lee", **NO, la_aware="yes", aware_on="20 November 2026")
    said = await tells(office, "Lee", what_is_new="besides", flags="media")
    assert "Ours holds it until the other council accepts it in writing" in said
    assert (await states(office))[OURS] == "running"
    said = await tells(office, "Lee", **YES)
    assert "Notify the Panel, as if the duty were ours: no longer needed" in said
    found = await states(office)
    assert (found[OURS], found["written_confirmation"]) == ("stopped", "met")
    assert another_notifies(await office.case())
    office.at += timedelta(days=1)
    said = await tells(office, "Lee", **NO)
    assert "Get it in writing which council notifies, and when: runs now, latest Tue 24 Nov 2026" in said
    found = await states(office)
    assert (found[OURS], found["written_confirmation"]) == ("running", "running")
    assert any("get it in writing which council notifies" in line for _, line in await office.woken())


@pytest.mark.parametrize("said", ["they notified today", "the other council notified the Panel today"])
async def test_what_another_council_sent_is_not_taken_for_our_own(office: Office, said: str) -> None:
    await office.decides("Pat", **ELSEWHERE)
    await tells(office, "Lee", **NO, la_aware="yes", aware_on="20 November 2026")
    await office.woken()
    assert wording_duties.held_for_another("26-001") in words(await office.says("Lee", said))
    assert (await office.case()).notified is None
    await tells(office, "Lee", what_is_new="other_council,panel_told", other_notifies="in_writing", notified_on="today")
    await office.says("Lee", said)
    case = await office.case()
    assert case.notified is None
    assert case.others_notified is not None


async def test_that_it_happened_here_after_all_makes_it_ours_by_law(office: Office) -> None:
    await office.decides("Pat", **ELSEWHERE)
    await tells(office, "Lee", **NO, la_aware="yes", aware_on="20 November 2026")
    await tells(office, "Lee", what_is_new="area", place="our_area")
    found = await states(office)
    assert (found["notify_panel"], found[OURS]) == ("running", "stopped")


async def test_the_reminder_says_whose_it_is_and_why(office: Office) -> None:
    await office.decides("Pat", **ELSEWHERE)
    await tells(office, "Lee", **NO, la_aware="yes", aware_on="20 November 2026")
    await office.woken()
    office.at = AT + timedelta(days=1)
    [line] = [line for _, line in await office.woken() if "notify the Panel, as if the duty" in line]
    assert "ours until the other council accepts it in writing" in line
    shown = words(await office.says("Lee", "case 26-001"))
    assert "Notify the Panel, as if the duty were ours" in shown
    assert date(2026, 11, 20) == (await office.case()).aware_on


async def test_that_our_council_has_told_the_panel_is_our_notification_and_asking_ends(office: Office) -> None:
    await office.decides("Pat", **ELSEWHERE | {"role": "la_children"})
    told = {"what_is_new": "other_council,panel_told", "other_notifies": "no", "notified_on": "today"}
    await tells(office, "Lee", **told, role="la_children", aware_on="20 November 2026")
    case, found = await office.case(), await states(office)
    assert (case.notified_on, case.others_notified) == (TODAY, None)
    assert (found[OURS], found[REVIEW], found["written_confirmation"]) == ("met", "running", "stopped")


async def test_a_death_in_another_councils_care_is_kept_to_as_well(office: Office) -> None:
    await office.decides("Pat", effect="died", care="lac_other", **ELSEWHERE)
    assert "notify_looked_after_death" not in await states(office)
    said = await tells(office, "Lee", **NO, la_aware="yes", aware_on="20 November 2026")
    assert "as if that duty were ours too" in said
    found = await states(office)
    assert (found[OURS], found["notify_looked_after_death"]) == ("running", "running")
    await office.woken()
    assert "Noted" in words(await office.says("Lee", "we notified today"))
    found = await states(office)
    assert (found[OURS], found["notify_looked_after_death"]) == ("met", "met")


async def test_a_closed_case_says_what_it_would_owe(office: Office) -> None:
    await office.decides("Pat", **ELSEWHERE)
    await office.says("Lee", "record 26-001")
    await office.presses("Lee", "Closed")
    await office.says("Lee", "They lead on it.", "yes")
    await tells(office, "Pat", **NO, la_aware="yes", aware_on="20 November 2026")
    await office.says("Lee", "reopen 26-001", "They will not notify.")
    assert (await states(office))[OURS] == "running"


async def test_after_a_yes_in_writing_it_is_asked_on_which_day_it_notified_and_that_day_starts_our_help(
    office: Office,
) -> None:
    await office.decides("Pat", **ELSEWHERE)
    await tells(office, "Lee", **YES)
    found = await states(office)
    assert (found["learn_when_notified"], found["help_rapid_review"]) == ("running", "not started")
    await office.commands("Lee", "done-26-001-learn_when_notified")
    said = words(await office.presses("Lee", "Today"))
    assert "Help the other area's rapid review: runs now" in said
    case, found = await office.case(), await states(office)
    assert (case.notified, case.others_notified is not None) == (None, True)
    assert (found["learn_when_notified"], found["help_rapid_review"]) == ("met", "running")


async def test_recorded_by_itself_that_day_is_asked_for_no_more(office: Office) -> None:
    await office.decides("Pat", **ELSEWHERE)
    await tells(office, "Lee", **YES)
    await office.says("Lee", "record 26-001")
    await office.presses("Lee", "The other council notified the Panel")
    await office.presses("Lee", "Today")
    found = await states(office)
    assert (found["learn_when_notified"], found["help_rapid_review"]) == ("stopped", "running")
