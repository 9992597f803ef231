"""New information about a case changes what it changes: nothing owed falls away, no day is lost, and the lead hears."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot import wording_case_news, wording_cases, wording_closed, wording_duties
from bot.casework.casework import Desk
from bot.exchange import Exchange
from bot.storage import cases, nudges
from bot.wording_case_news import later_needs_why

from .case_office import (
    AREA,
    AT,
    DEE,
    LEE,
    Office,
    corrects,
    partners_decide,
    staffed,
    states,
    tells,
    words,
)
from .made_once import made_once

TODAY = AT.date()
REVIEW = ("rapid_review_launch", "agency_summaries", "rapid_review_draft", "rapid_review_sign_off")
FROM_NOTIFICATION = "rapid_review_from_notification"
LATEST = date(2026, 12, 14)


@made_once
async def office(on_sqlite: Exchange) -> Office:
    return await staffed(on_sqlite, LEE, DEE)


async def test_what_is_new_after_the_panel_was_told_is_told_to_it_today(office: Office) -> None:
    await office.decides("Pat")
    await tells(office, "Lee", role="la_children", what_is_new="panel_told", notified_on="today")
    assert (await states(office))["tell_panel_news"] == "not started"
    office.at += timedelta(days=1)
    said = await tells(office, "Pat", what_is_new="died")
    assert "tell the Panel's contact today" in said
    assert "Tell the Panel's contact what is new: runs now, latest Tue 24 Nov 2026" in said
    assert any("tell the Panel's contact what is new. Due today" in line for _, line in await office.woken())
    await office.says("Lee", "we told the Panel what is new today")
    assert (await states(office))["tell_panel_news"] == "met"
    await tells(office, "Pat", what_is_new="besides", flags="media")
    assert (await states(office))["tell_panel_news"] == "met"
    await tells(office, "Pat", what_is_new="harm", effect="serious")
    assert (await states(office))["tell_panel_news"] == "running"


async def test_the_document_counts_the_meeting_from_the_news_as_its_clock_does(office: Office) -> None:
    await office.decides("Pat")
    await partners_decide(office, "The test is not met")
    await office.says("Lee", "Nothing points to abuse or neglect.", "yes")
    office.at += timedelta(days=7)
    said = await tells(office, "Lee", what_is_new="besides", flags="media")
    assert "Meet to agree a view on whether to notify. Lack of agreement" not in said
    assert (await states(office))["decision_meeting"] == "met"
    said = await tells(office, "Lee", what_is_new="died")
    assert "Late: meet today" not in said
    assert "1 working day from the day what is new was put on record" in said
    assert "Hold the partners' decision meeting: runs now, latest Tue 1 Dec 2026" in said
    office.at += timedelta(days=1)
    said = await tells(office, "Lee", what_is_new="besides", flags="media")
    assert "1 working day from the day what is new was put on record" in said
    assert (await states(office))["decision_meeting"] == "running"


async def test_that_the_panel_was_told_meets_its_clock_and_starts_the_rapid_review(office: Office) -> None:
    who = "Lee"
    await office.decides("Pat")
    before = await states(office)
    assert before["notify_panel"] == "running"
    for words_ in ("case 26-001", "New information", "no", "ok", "5"):
        await office.says(who, words_)
    await office.says(who, "done")
    reply = words(await office.answers_out(who, {"role": "la_children", "notified_on": "today"}))
    case = await office.case()
    assert case.notified_on == TODAY
    assert ("notified", TODAY) in [(one.kind, one.on) for one in case.events]
    after = await states(office)
    assert after["notify_panel"] == "met"
    assert {name: after[name] for name in REVIEW} == dict.fromkeys(REVIEW, "running")
    assert after[FROM_NOTIFICATION] == "running"
    ended = [name for name, was in before.items() if was == "running" and after[name] not in ("running", "met")]
    assert ended == ["decision_meeting"], "whether to notify is settled, and nothing else ends"
    assert "Start the rapid review, secure records and ask the agencies: runs now" in reply
    assert reply.count("no longer needed") == reply.count("no longer needed (Panel notified)") == 1


@pytest.mark.parametrize(
    "news",
    [
        {"what_is_new": "panel_told,abuse", "maltreatment": "no", "known_to_services": "no"},
        {"what_is_new": "panel_told,harm", "effect": "near_miss"},
        {"what_is_new": "panel_told,area", "place": "other_english_area"},
    ],
)
async def test_with_other_news_beside_it_nothing_owed_falls_away_either(office: Office, news: dict[str, str]) -> None:
    await office.decides("Pat")
    await tells(office, "Lee", role="la_children", notified_on="today", **news)
    after = await states(office)
    assert after["tell_partners"] == after[FROM_NOTIFICATION] == "running"


async def test_a_later_decision_that_it_is_not_notifiable_leaves_a_sent_notification_to_the_partners(
    office: Office,
) -> None:
    await office.decides("Pat")
    await tells(office, "Lee", role="la_children", what_is_new="panel_told", notified_on="today")
    await office.says("Pat", "new information 26-001")
    await office.answers_out("Pat", {"what_is_new": "abuse", "maltreatment": "no", "known_to_services": "no"})
    assert (await states(office))[FROM_NOTIFICATION] == "running"
    await partners_decide(office, "The test is not met")
    await office.says("Lee", "The injury has a medical cause.", "yes")
    after = await states(office)
    assert after["tell_panel_not_met"] == after[FROM_NOTIFICATION] == "running"
    await office.commands("Lee", "done-26-001-tell_panel_not_met")
    await office.says("Lee", "today")
    after = await states(office)
    assert (after["tell_panel_not_met"], after[FROM_NOTIFICATION]) == ("met", "stopped")


async def test_that_the_partners_found_it_not_met_is_said_to_be_recorded_by_a_lead_until_it_is(office: Office) -> None:
    await office.decides("Pat")
    await tells(office, "Lee", role="la_children", what_is_new="panel_told", notified_on="today")
    asks = wording_case_news.not_met_unrecorded("26-001")
    assert asks in await tells(office, "Lee", role="la_children", what_is_new="not_met")
    await partners_decide(office, "The test is not met")
    await office.says("Lee", "The injury has a medical cause.", "yes")
    assert (await states(office))["tell_panel_not_met"] == "running"
    assert asks not in await tells(office, "Lee", role="la_children", what_is_new="not_met")


async def not_met(office: Office) -> dict[str, str]:
    """How the clocks stand once the partners have decided that the test is not met."""
    await office.decides("Pat")
    await partners_decide(office, "The test is not met")
    await office.says("Lee", "The injury has a medical cause.", "yes")
    found = await states(office)
    assert found["notify_panel"] == found["tell_partners"] == "stopped"
    return found


@pytest.mark.parametrize("who", ["Pat", "Lee"])
@pytest.mark.parametrize(
    "news",
    [
        {"what_is_new": "unsure"},
        {"what_is_new": "referred"},
        {"what_is_new": "not_met"},
        {"what_is_new": "not_notifying"},
        {"what_is_new": "besides", "flags": "media"},
        {"what_is_new": "aware_date", "aware_on": "22 November 2026"},
    ],
)
async def test_that_the_test_is_not_met_stands_until_something_is_new_about_that(
    office: Office, who: str, news: dict[str, str]
) -> None:
    before = await not_met(office)
    await tells(office, who, **news)
    assert {name: state for name, state in (await states(office)).items() if name in before} == before


@pytest.mark.parametrize("way", ["record", "news"])
async def test_not_met_stands_where_the_day_the_panel_was_told_is_put_right(office: Office, way: str) -> None:
    await office.decides("Pat", aware_on="20 November 2026")
    await office.says("Lee", "record 26-001")
    await office.presses("Lee", "The Panel was notified")
    await office.presses("Lee", "Today")
    await partners_decide(office, "The test is not met")
    await office.says("Lee", "The injury has a medical cause.", "yes")
    before = await states(office)
    assert before["tell_panel_not_met"] == before[FROM_NOTIFICATION] == "running"
    if way == "record":
        await office.says("Lee", "record 26-001")
        await office.presses("Lee", "The Panel was notified")
        await office.presses("Lee", "Yesterday")
    else:
        await tells(office, "Lee", role="la_children", what_is_new="panel_told", notified_on="yesterday")
    assert (await office.case()).notified_on == TODAY - timedelta(days=1)
    assert await states(office) == before


async def test_what_is_new_about_the_test_is_for_the_partners_to_decide_again(office: Office) -> None:
    await not_met(office)
    await tells(office, "Pat", what_is_new="abuse", maltreatment="known")
    assert (await states(office))["notify_panel"] == "running"


async def test_what_is_new_about_an_unborn_baby_is_decided_on_again_the_same_day(office: Office) -> None:
    await office.decides("Pat", age_at_event="unborn")
    await partners_decide(office, "The test is not met")
    await office.says("Lee", "The injury has a medical cause.", "yes")
    assert "decide_unborn" not in await states(office)
    office.at += timedelta(days=1)
    told = await tells(office, "Pat", what_is_new="died,abuse", maltreatment="known")
    assert "Decide with the partners today: runs now, latest Tue 24 Nov 2026" in told
    assert (await states(office))["decide_unborn"] == "running"
    assert any("Decide with the partners today: runs now" in line for _, line in await office.woken())


async def test_of_a_closed_case_nothing_is_asked_where_nothing_new_bears_on_the_test(office: Office) -> None:
    await not_met(office)
    await office.says("Lee", "record 26-001")
    await office.presses("Lee", "Closed")
    await office.says("Lee", "The partners have decided.", "yes")
    assert not (await office.case()).is_open
    assert wording_closed.NEWS_NOT_OWED in await tells(office, "Pat", what_is_new="referred")


@pytest.mark.parametrize("who", ["Pat", "Lee"])
async def test_where_abuse_is_suspected_only_later_the_panels_days_begin_then_and_no_others(
    office: Office, who: str
) -> None:
    nobody = {"effect": "died", "care": "lac_ours", "maltreatment": "no", "known_to_services": "no"}
    await office.decides("Pat", **nobody)
    office.at += timedelta(days=14)
    told = await tells(office, who, what_is_new="abuse", maltreatment="suspected", aware_on="7 December 2026")
    assert "Notify the Panel: runs now, latest Mon 14 Dec 2026" in told
    assert "What was to be done before is still counted from Mon 23 Nov 2026" in told
    later = await tells(office, who, what_is_new="referred")
    assert "became aware" not in later.partition("on record with case 26-001")[2]
    shown = words(await office.says("Lee", "case 26-001"))
    assert "Notify the Panel: aim for Fri 11 Dec 2026, latest Mon 14 Dec 2026" in shown
    assert "Notify the Secretary of State and Ofsted (looked-after child): late since Mon 30 Nov 2026" in shown
    assert "Check that children's social care, and the police if needed, have been told: today" in shown
    earlier = await tells(office, "Lee", what_is_new="aware_date", aware_on="4 December 2026")
    assert "Notify the Panel: latest was Mon 14 Dec 2026, now Fri 11 Dec 2026" in earlier
    assert "late since Mon 30 Nov 2026" in words(await office.says("Lee", "case 26-001"))


@pytest.mark.parametrize("answer", ["agree", "keep"])
async def test_since_when_it_is_suspected_holds_once_a_lead_has_said_that_what_was_told_holds(
    office: Office, answer: str
) -> None:
    nobody = {"effect": "died", "care": "unsure", "maltreatment": "no", "known_to_services": "no"}
    await office.decides("Pat", **nobody)
    office.at += timedelta(days=14)
    suspected = {"maltreatment": "suspected", "care": "none_or_previously_known", "aware_on": "4 December 2026"}
    await tells(office, "Pat", what_is_new="abuse,care", **suspected)
    await office.says("Lee", f"{answer} 26-001")
    if answer == "agree":
        await office.presses("Lee", "It holds: go by it")
    await office.says("Lee", "Checked with the ward.")
    assert (await office.case()).counts_from == (date(2026, 12, 4) if answer == "agree" else TODAY)
    if answer == "keep":
        await tells(office, "Pat", what_is_new="abuse", maltreatment="suspected", aware_on="7 December 2026")
        shown = words(await office.says("Lee", "case 26-001"))
        assert "Notify the Panel: aim for Fri 11 Dec 2026, latest Mon 14 Dec 2026" in shown


@pytest.mark.parametrize("what", ["died", "not_met"])
async def test_news_of_a_notified_case_is_an_update_and_no_late_notification(office: Office, what: str) -> None:
    await office.decides("Lee", role="la_children", aware_on="23 November 2026")
    office.at += timedelta(days=4)
    await office.says("Lee", "record 26-001")
    await office.presses("Lee", "The Panel was notified")
    await office.presses("Lee", "Today")
    office.at += timedelta(days=6)
    told = await tells(office, "Lee", what_is_new=what)
    assert "Already notified: do not send a second notification" in told
    assert "notify now" not in told
    assert "later than five working days" not in told.lower()
    assert (await office.case()).notified_on == date(2026, 11, 27)


@pytest.mark.parametrize("begun", ["new information 26-001", "new information"])
@pytest.mark.parametrize(
    "death",
    [
        {"maltreatment": "no", "known_to_services": "no", "care": "lac_ours"},
        {"age_at_event": "18_24", "care": "care_leaver"},
    ],
    ids=["F", "G"],
)
async def test_news_of_a_death_that_was_notified_asks_for_no_second_notification(
    office: Office, death: dict[str, str], begun: str
) -> None:
    asked_for = "Tell the Secretary of State and Ofsted through"
    first = await office.decides("Lee", role="la_children", effect="died", aware_on="23 November 2026", **death)
    assert asked_for in words(first)
    office.at += timedelta(days=2)
    await office.says("Lee", "record 26-001")
    await office.presses("Lee", wording_cases.EVENTS["death notified"])
    await office.presses("Lee", "Today")
    office.at += timedelta(days=8)
    await office.says("Lee", begun)
    told = words(await office.answers_out("Lee", {"what_is_new": "besides", "flags": "media"}))
    assert asked_for not in told.partition("Do this next")[2]
    assert "Do not notify the death a second time. It is on record with this case" in told
    assert "Later than five working days" not in told
    again = await tells(office, "Lee", what_is_new="besides", flags="criminal_investigation")
    assert "Secretary of State" not in again.partition("What is different")[2].partition("Do this next")[0]


async def test_however_it_is_begun_what_is_new_of_a_notified_case_knows_the_day(office: Office) -> None:
    await office.decides("Lee", role="la_children", aware_on="23 November 2026")
    await office.says("Lee", "record 26-001")
    await office.presses("Lee", "The Panel was notified")
    await office.presses("Lee", "Today")
    office.at += timedelta(days=10)
    await office.says("Lee", "new information")
    told = words(await office.answers_out("Lee", {"what_is_new": "died"}))
    assert "Already notified: do not send a second notification" in told
    assert "notify now" not in told


async def test_that_it_was_notified_before_the_partners_decided_is_put_on_record(office: Office) -> None:
    await office.decides("Lee", role="la_children", aware_on="23 November 2026")
    told = await tells(office, "Lee", what_is_new="not_met", notified_on="23 November 2026")
    assert "Already notified: do not send a second notification" in told
    assert "Notify the Panel: done Mon 23 Nov 2026" in told


async def test_the_day_of_that_is_missed_where_nobody_knows_it(office: Office) -> None:
    await office.decides("Lee", role="la_children", aware_on="23 November 2026")
    told = await tells(office, "Lee", what_is_new="not_met", notified_on="not sure")
    assert "Already notified: do not send a second notification" not in told
    assert wording_case_news.panel_told_without_day("26-001", "notified") in told


async def test_who_did_not_agree_and_why_is_asked_and_stays_on_record(office: Office) -> None:
    await office.decides("Pat")
    await partners_decide(office, "They could not agree")
    assert "Noted" in words(await office.says("Lee", "Health did not agree: it thinks the injury was an accident."))
    assert (await office.case()).events[-1].words.startswith("Health did not agree")


async def test_once_the_partners_decided_to_notify_news_stops_nothing_and_the_lead_hears(office: Office) -> None:
    await office.decides("Pat")
    await partners_decide(office, "To notify")
    before = await states(office)
    assert before["notify_panel"] == "running"
    await tells(office, "Pat", what_is_new="abuse", maltreatment="no", known_to_services="no")
    after = await states(office)
    assert {name for name in before if before[name] == "running"} <= {
        name for name in after if after[name] == "running"
    }
    (heard,) = [line for _, line in await office.woken_all() if "changed by new information" in line]
    assert wording_case_news.OWED_STAYS in heard
    assert "left open" not in heard


async def test_another_outcome_that_owes_more_is_added_to_what_is_owed(office: Office) -> None:
    await office.decides("Pat", place="other_english_area")
    assert (await office.case()).outcome == "D"
    await tells(office, "Lee", role="la_children", what_is_new="panel_told,area", place="our_area", notified_on="today")
    assert (await office.case()).outcome == "B"
    after = await states(office)
    assert (after["written_confirmation"], after[FROM_NOTIFICATION]) == ("running", "running")


async def test_a_day_the_lead_put_right_stands_when_something_else_is_new(office: Office) -> None:
    await office.decides("Pat", aware_on="20 November 2026")
    await corrects(office, "Lee", "18 November 2026")
    await tells(office, "Pat", what_is_new="besides", flags="media")
    assert (await office.case()).aware_on == date(2026, 11, 18)


async def test_a_day_that_whoever_opened_it_did_not_know_is_never_erased(office: Office) -> None:
    await office.decides("Pat", la_aware="no")
    assert (await office.case()).aware_on is None
    await corrects(office, "Lee", "18 November 2026")
    reply = await tells(office, "Pat", what_is_new="besides", flags="media")
    assert "no longer counted" not in reply
    assert (await office.case()).aware_on == date(2026, 11, 18)
    assert (await states(office))["notify_panel"] == "running"


async def test_in_the_conversation_of_whoever_opened_it_the_leads_day_stands_as_well(office: Office) -> None:
    await office.decides("Pat", aware_on="20 November 2026")
    await corrects(office, "Lee", "18 November 2026")
    for flags in ("media", "criminal_investigation"):
        await office.says("Pat", "new information")
        assert "case 26-001" in words(await office.answers_out("Pat", {"what_is_new": "besides", "flags": flags}))
    case = await office.case()
    assert (case.aware_on, len(case.outcomes)) == (date(2026, 11, 18), 3)


async def test_an_earlier_day_that_was_asked_for_is_taken_and_the_lead_hears(office: Office) -> None:
    await office.decides("Pat", aware_on="20 November 2026")
    await office.woken()
    await tells(office, "Pat", what_is_new="aware_date", la_aware="yes", aware_on="16 November 2026")
    assert (await office.case()).aware_on == date(2026, 11, 16)
    told = [line for who, line in await office.woken_all() if who == "Lee" and "changed by new information" in line]
    assert len(told) == 1
    assert "Notify the Panel: latest was Fri 27 Nov 2026, now Mon 23 Nov 2026." in told[0]


async def test_a_later_day_replaces_no_earlier_one_until_the_lead_says_why(office: Office) -> None:
    await office.decides("Pat", aware_on="16 November 2026")
    reply = await tells(office, "Pat", what_is_new="aware_date", la_aware="yes", aware_on="19 November 2026")
    assert "The earlier day, Mon 16 Nov 2026, stands" in reply
    assert (await office.case()).aware_on == date(2026, 11, 16)
    assert any("Thu 19 Nov 2026 was given" in line for who, line in await office.woken_all() if who == "Lee")
    answers = {"role": "la_children", "la_aware": "yes", "aware_on": "18 November 2026"}
    reply = await tells(office, "Lee", what_is_new="aware_date", **answers)
    assert later_needs_why("26-001", date(2026, 11, 18), date(2026, 11, 16)) in reply
    assert (await office.case()).aware_on == date(2026, 11, 16)
    await corrects(office, "Lee", "18 November 2026", "The hospital's message was read two days late.")
    assert (await office.case()).aware_on == date(2026, 11, 18)


async def test_not_even_the_lead_puts_it_after_the_day_the_council_opened_the_case(office: Office) -> None:
    await office.decides("Lee", role="la_children", aware_on="16 November 2026")
    office.at += timedelta(days=1)
    await office.says("Lee", "menu")
    answers = {"role": "la_children", "la_aware": "yes", "aware_on": "24 November 2026"}
    reply = await tells(office, "Lee", what_is_new="aware_date", **answers)
    assert "The case was opened on Mon 23 Nov 2026, so it knew by then. Mon 16 Nov 2026 stands." in reply
    assert (await office.case()).aware_on == date(2026, 11, 16)


async def test_the_lead_can_put_right_the_very_day_that_somebody_told(office: Office) -> None:
    await office.decides("Pat", aware_on="16 November 2026")
    await tells(office, "Pat", what_is_new="aware_date", la_aware="yes", aware_on="19 November 2026")
    await tells(office, "Lee", role="la_children", what_is_new="besides", flags="media")
    assert (await office.case()).aware_on == date(2026, 11, 16)
    answers = {"role": "la_children", "la_aware": "yes", "aware_on": "19 November 2026"}
    reply = await tells(office, "Lee", what_is_new="aware_date", **answers)
    assert later_needs_why("26-001", date(2026, 11, 19), date(2026, 11, 16)) in reply
    await corrects(office, "Lee", "19 November 2026", "The letter lay in another team's tray.")
    assert (await office.case()).aware_on == date(2026, 11, 19)


async def test_not_even_the_lead_puts_the_day_after_what_was_done_once_it_was_known(office: Office) -> None:
    await office.decides("Pat", aware_on="16 November 2026")
    await partners_decide(office, "To notify")
    office.at += timedelta(days=1)
    before = await states(office)
    answers = {"role": "la_children", "la_aware": "yes", "aware_on": "today"}
    reply = await tells(office, "Lee", what_is_new="aware_date", **answers)
    assert "The partners decided on Mon 23 Nov 2026, so it knew by then. Mon 16 Nov 2026 stands." in reply
    assert (await office.case()).aware_on == date(2026, 11, 16)
    assert await states(office) == before


async def test_the_lead_hears_that_nothing_moved_and_nothing_of_what_they_did_themselves(office: Office) -> None:
    await office.decides("Pat", aware_on="16 November 2026")
    answers = {"role": "la_children", "la_aware": "yes", "aware_on": "13 November 2026"}
    await tells(office, "Lee", what_is_new="aware_date", **answers)
    assert not any("changed by new information" in line for _, line in await office.woken_all())
    await tells(office, "Pat", what_is_new="besides", flags="media")
    told = [line for who, line in await office.woken_all() if "changed by new information" in line]
    assert told == ["Case 26-001 was changed by new information. No date has moved. Say “case 26-001” to see it."]
    assert "The decision was put right: Something else applies" in words(await office.says("Lee", "case 26-001"))


async def test_a_day_put_right_that_makes_it_late_asks_for_the_reason(office: Office) -> None:
    await office.decides("Pat", aware_on="20 November 2026")
    await office.says("Lee", "record 26-001")
    await office.presses("Lee", "The Panel was notified")
    await office.presses("Lee", "Today")
    await office.says("Lee", "record 26-001")
    await office.presses("Lee", "The day the council knew was put right")
    assert wording_case_news.late_why("26-001", "notified") in words(await office.says("Lee", "9 November 2026"))
    assert (await states(office))["notify_panel"] == "met"
    await office.says("Lee", "Nobody had told the notifier.")
    assert (await office.case()).late_reason == "Nobody had told the notifier."
    assert (await office.case()).notified_on == TODAY


async def test_of_a_death_as_well_and_nothing_is_lost_where_it_is_left(office: Office) -> None:
    sent = "The Secretary of State and Ofsted were notified of the death"
    await office.decides("Pat", age_at_event="18_24", effect="died", care="care_leaver", aware_on="20 November 2026")
    await office.says("Lee", "record 26-001")
    await office.presses("Lee", sent)
    await office.presses("Lee", "Today")
    await office.says("Lee", "record 26-001")
    await office.presses("Lee", "The day the council knew was put right")
    assert wording_case_news.late_why("26-001", "death notified") in words(await office.says("Lee", "9 November 2026"))
    await office.presses("Lee", "Leave it as it is")
    assert (await office.case()).aware_on == date(2026, 11, 9)
    await office.says("Lee", "record 26-001")
    await office.presses("Lee", sent)
    await office.presses("Lee", "Today")
    await office.says("Lee", "Nobody had told the notifier.")
    assert (await office.case()).newest("death notified").words == "Nobody had told the notifier."


async def test_what_a_correction_at_night_makes_due_that_day_is_said_at_once_and_no_second_time(office: Office) -> None:
    await office.decides("Pat", aware_on="20 November 2026")
    await office.woken()
    office.at = office.at.replace(hour=22)
    assert await office.woken() == []
    await corrects(office, "Lee", "16 November 2026")
    said = await office.woken()
    assert any("notify the Panel. Due today" in line for _, line in said)
    for _ in range(5):
        office.at += timedelta(minutes=20)
        said += await office.woken()
    office.at += timedelta(hours=10)
    said += await office.woken()
    assert len(said) == len(set(said))


async def test_told_late_without_a_reason_the_lead_is_asked_to_add_it(office: Office) -> None:
    await office.decides("Pat", aware_on="20 November 2026")
    office.at += timedelta(days=14)
    reply = await tells(office, "Dee", role="la_children", what_is_new="panel_told", notified_on="today")
    assert wording_case_news.late_unexplained("26-001") in reply
    assert any("why is not on record" in line for who, line in await office.woken_all() if who == "Lee")
    await office.says("Lee", "record 26-001")
    await office.presses("Lee", "The Panel was notified")
    await office.presses("Lee", "Today")
    await office.says("Lee", "The meeting was held late because of leave.")
    assert (await office.case()).late_reason == "The meeting was held late because of leave."


async def test_a_death_later_on_counts_from_when_it_was_known(office: Office) -> None:
    await office.decides("Pat", aware_on="20 November 2026")
    office.at += timedelta(days=14)
    died = {"what_is_new": "died", "care": "none_or_previously_known"}
    assert "Check that the child death overview panel has been told: runs now, latest Tue 8 Dec 2026" in (
        await tells(office, "Pat", **died)
    )
    told = [line for who, line in await office.woken_all() if who == "Lee"]
    assert any("child death overview panel has been told: runs now" in line for line in told)


async def test_news_of_a_closed_case_says_that_no_clock_runs_and_the_lead_hears(office: Office) -> None:
    await office.decides("Pat", aware_on="20 November 2026")
    await office.says("Lee", "record 26-001")
    await office.presses("Lee", "Closed")
    await office.says("Lee", "Opened by mistake.", "yes")
    reply = await tells(office, "Pat", what_is_new="besides", flags="media")
    assert "The case is closed, so no clock runs for this." in reply

    def told(desk: Desk) -> object:
        stored = cases.find(desk.connection, AREA, "26-001")
        assert stored is not None
        return [one.line for one in nudges.of_case(desk.connection, stored.id, ("waiting",))]

    assert any("The case is closed" in line for line in await office.desk(told))  # type: ignore[attr-defined]


async def test_whoever_has_a_case_hears_of_a_note_by_reference_and_not_of_their_own(office: Office) -> None:
    await office.decides("Pat")
    await office.woken()
    await office.says("Lee", "note 26-001", "I have phoned the ward.")
    assert not any("a note was added" in line for _, line in await office.woken_all())
    await office.says("Pat", "note 26-001", "The ward has moved.")
    told = [(who, line) for who, line in await office.woken_all() if "note" in line]
    assert told == [("Lee", wording_cases.note_added("26-001"))]
    assert "ward" not in told[0][1]


async def test_a_rapid_review_said_to_have_been_sent_is_recorded_with_its_day(office: Office) -> None:
    await office.decides("Pat")
    await office.says("Lee", "record 26-001")
    await office.presses("Lee", "The Panel was notified")
    await office.presses("Lee", "Today")
    for sent in ("yes", "no"):
        await office.says("Lee", "review 26-001")
        reply = await office.answers_out("Lee", {"decision": "commission", "sent": sent})
        assert (wording_duties.sent_unrecorded("26-001") in words(reply)) == (sent == "yes")
        buttons = {one.label: one.id for one in reply.shortcuts}
        if sent == "no":
            assert wording_duties.GIVE_THE_DAY not in buttons
    await office.says("Lee", "review 26-001")
    reply = await office.answers_out("Lee", {"decision": "commission", "sent": "yes"})
    give = next(one.id for one in reply.shortcuts if one.label == wording_duties.GIVE_THE_DAY)
    assert "Case 26-001: send the rapid review to the Panel" in words(await office.commands("Lee", give))
    await office.presses("Lee", "Today")
    assert (await office.case()).newest("rapid review sent") is not None
    await office.says("Lee", "review 26-001")
    reply = words(await office.answers_out("Lee", {"decision": "commission", "sent": "yes"}))
    assert wording_duties.sent_unrecorded("26-001") not in reply


async def test_before_the_panel_was_notified_that_is_to_be_recorded_first(office: Office) -> None:
    await office.decides("Pat")
    await office.says("Lee", "review 26-001")
    reply = await office.answers_out("Lee", {"decision": "commission", "sent": "yes"})
    assert wording_duties.notified_first("26-001") in words(reply)
    give = next(one.id for one in reply.shortcuts if one.label == wording_duties.GIVE_NOTIFIED)
    assert "Case 26-001: notify the Panel" in words(await office.commands("Lee", give))
    await office.presses("Lee", "Today")
    assert (await office.case()).notified_on == office.at.date()


async def test_no_agency_hears_and_that_agrees_with_the_lead_being_told(office: Office) -> None:
    reply = words(await office.decides("Pat"))
    assert "None of them hears of this from me: phone now." in reply
    assert "Lee is being told. Your partnership's lead can see this case. That is not a referral: phone now." in reply
    assert "Nobody hears" not in reply


@pytest.mark.parametrize(
    ("who", "answers"),
    [("Lee", {"role": "la_children", "notified_on": "unsure"}), ("Pat", {"role": "education"})],
)
async def test_that_the_panel_was_told_without_the_day_says_why_reminders_go_on(
    office: Office, who: str, answers: dict[str, str]
) -> None:
    await office.decides("Pat")
    reply = await tells(office, who, what_is_new="panel_told", **answers)
    why = wording_case_news.panel_told_without_day("26-001", "notified")
    assert why in reply
    assert (await states(office))["notify_panel"] == "running"
    if who == "Pat":
        assert any(why in line for to, line in await office.woken_all() if to == "Lee")


async def test_the_lead_hears_on_which_day_the_panel_is_said_to_have_been_told(office: Office) -> None:
    await office.decides("Pat", role="la_children")
    await tells(office, "Pat", what_is_new="panel_told", notified_on="today")
    said = wording_case_news.said_to_be_notified(TODAY)
    assert any(said in line for to, line in await office.woken_all() if to == "Lee")


async def test_where_nothing_is_owed_any_more_no_date_is_said_to_be_worked_to(office: Office) -> None:
    await office.decides("Pat", aware_on="20 November 2026")
    await corrects(office, "Lee", "18 November 2026")
    answers = {"role": "education", "what_is_new": "harm,abuse", "effect": "none", "maltreatment": "no"}
    reply = await tells(office, "Lee", **answers)
    assert "running" not in (await states(office)).values()
    assert "work to those" not in reply
