"""New information about a case changes what it changes: nothing owed falls away, no day is lost, and the lead hears."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot import wording_agreeing, wording_cases
from bot.casework import casework, row_check
from bot.casework.casework import Desk
from bot.exchange import Exchange
from bot.storage import cases, nudges, people

from .case_office import AREA, AT, DEE, LEE, Office, staffed, words

TODAY = AT.date()
REVIEW = ("rapid_review_launch", "agency_summaries", "rapid_review_draft", "rapid_review_sign_off")
FROM_NOTIFICATION = "rapid_review_from_notification"
LATEST = date(2026, 12, 14)


@pytest.fixture
async def office(on_sqlite: Exchange) -> Office:
    return await staffed(on_sqlite, LEE, DEE)


async def states(office: Office, ref: str = "26-001") -> dict[str, str]:
    """How each clock of a case stands."""

    def work(desk: Desk) -> object:
        stored = cases.find(desk.connection, AREA, ref)
        assert stored is not None
        return {one.id: one.state for one in casework.clocks(desk, casework.read(desk, stored))}

    found = await office.desk(work)
    assert isinstance(found, dict)
    return found


async def differences(office: Office) -> object:
    """Which rows do not say what their chains say."""
    return await office.desk(row_check.differences)


async def corrects(office: Office, name: str, day: str) -> None:
    """Puts right the day the council became aware, as a lead does."""
    await office.says(name, "record 26-001")
    await office.presses(name, "The day the council knew was put right")
    assert "Noted" in words(await office.says(name, day))


async def partners_decide(office: Office, what: str) -> None:
    """Records today, as the lead does, what the partners have decided."""
    await office.says("Lee", "record 26-001")
    await office.presses("Lee", "The partners decided")
    await office.presses("Lee", what)
    await office.presses("Lee", "Today")


async def tells(office: Office, name: str, **answers: str) -> str:
    """What a case answers to something new."""
    await office.says(name, "new information 26-001")
    return words(await office.answers_out(name, answers))


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
    assert [name for name, was in before.items() if was == "running" and after[name] not in ("running", "met")] == []
    assert "Start the rapid review, secure records and ask the agencies: runs now" in reply
    assert "no longer needed" not in reply


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
    await office.says("Lee", "The injury has a medical cause.")
    assert (await states(office))[FROM_NOTIFICATION] == "stopped"


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
    assert wording_cases.OWED_STAYS in heard
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


async def test_a_later_day_replaces_no_earlier_one_unless_the_lead_says_so(office: Office) -> None:
    await office.decides("Pat", aware_on="16 November 2026")
    reply = await tells(office, "Pat", what_is_new="aware_date", la_aware="yes", aware_on="19 November 2026")
    assert "The earlier day, Mon 16 Nov 2026, stands" in reply
    assert (await office.case()).aware_on == date(2026, 11, 16)
    assert any("Thu 19 Nov 2026 was given" in line for who, line in await office.woken_all() if who == "Lee")
    answers = {"role": "la_children", "la_aware": "yes", "aware_on": "18 November 2026"}
    await tells(office, "Lee", what_is_new="aware_date", **answers)
    assert (await office.case()).aware_on == date(2026, 11, 18)


async def test_the_lead_hears_that_nothing_moved_and_nothing_of_what_they_did_themselves(office: Office) -> None:
    await office.decides("Pat", aware_on="16 November 2026")
    answers = {"role": "la_children", "la_aware": "yes", "aware_on": "13 November 2026"}
    await tells(office, "Lee", what_is_new="aware_date", **answers)
    assert not any("changed by new information" in line for _, line in await office.woken_all())
    await tells(office, "Pat", what_is_new="besides", flags="media")
    told = [line for who, line in await office.woken_all() if "changed by new information" in line]
    assert told == ["Case 26-001 was changed by new information. No date has moved. Say “case 26-001” to see it."]
    assert "The decision was put right: Something else applies" in words(await office.says("Lee", "case 26-001"))


NOT_ABUSE = {"what_is_new": "abuse", "maltreatment": "no", "known_to_services": "no"}
SAYS_NO = [
    ({}, NOT_ABUSE),
    ({"la_aware": "no"}, NOT_ABUSE),
    ({}, {"what_is_new": "abuse", "maltreatment": "unsure"}),
    ({}, {"what_is_new": "harm", "effect": "near_miss"}),
    ({}, {"what_is_new": "area", "place": "other_english_area"}),
    ({"effect": "died", "care": "lac_ours"}, NOT_ABUSE),
    ({"place": "other_english_area"}, NOT_ABUSE),
]
OWED = ("running", "not started")


@pytest.mark.parametrize(("answers", "news"), SAYS_NO)
async def test_what_a_practitioner_takes_back_is_owed_until_a_lead_agrees(
    office: Office, answers: dict[str, str], news: dict[str, str]
) -> None:
    await office.decides("Pat", **answers)
    before = await states(office)
    reply = await tells(office, "Pat", **news)
    assert wording_agreeing.STAYS_UNTIL_A_LEAD in reply
    after = await states(office)
    assert [name for name, was in before.items() if was in OWED and after.get(name) not in OWED] == []
    assert any(wording_agreeing.STAYS_UNTIL_A_LEAD in line for who, line in await office.woken_all() if who == "Lee")
    shown = words(await office.says("Lee", "case 26-001"))
    assert "Say whether what was told" in shown
    await office.presses("Lee", wording_agreeing.IT_HOLDS)
    assert "If it holds, this ends: " in words(await office.says("Lee", "agree 26-001"))
    await office.presses("Lee", wording_agreeing.IT_HOLDS)
    await office.says("Lee", "The scan shows a medical cause.")
    assert await differences(office) == ()
    after = await states(office)
    assert [name for name, was in before.items() if was in OWED and after.get(name) not in OWED]
    assert "Say whether what was told" not in words(await office.says("Lee", "case 26-001"))


async def test_what_comes_up_that_owes_more_is_not_held(office: Office) -> None:
    await office.decides("Pat", maltreatment="unsure")
    assert (await office.case()).outcome == "H"
    reply = await tells(office, "Pat", what_is_new="abuse", maltreatment="known")
    assert wording_agreeing.STAYS_UNTIL_A_LEAD not in reply
    assert (await office.case()).decisions[-1].outcomes == ("B",)


async def test_other_news_of_a_leads_says_nothing_of_what_waits(office: Office) -> None:
    await office.decides("Pat")
    before = await states(office)
    await tells(office, "Pat", **NOT_ABUSE)
    reply = await tells(office, "Lee", role="la_children", what_is_new="besides", flags="media")
    assert "no longer needed" not in reply
    assert await states(office) == before
    assert (await office.case()).to_agree is not None
    await office.says("Lee", "agree 26-001", "1", "The scan shows a medical cause.")
    assert (await states(office))["notify_panel"] == "stopped"


async def test_a_lead_who_tells_the_same_has_agreed(office: Office) -> None:
    await office.decides("Pat")
    await tells(office, "Pat", **NOT_ABUSE)
    reply = await tells(office, "Lee", role="la_children", **NOT_ABUSE)
    assert wording_agreeing.STAYS_UNTIL_A_LEAD not in reply
    assert (await states(office))["notify_panel"] == "stopped"
    assert (await office.case()).to_agree is None


async def test_what_a_lead_does_not_agree_to_stays_and_is_asked_no_more(office: Office) -> None:
    await office.decides("Pat")
    before = await states(office)
    await tells(office, "Pat", **NOT_ABUSE)
    assert wording_agreeing.IT_STAYED in words(await office.says("Lee", "keep 26-001", "The scan shows a fracture."))
    assert await states(office) == before
    assert (await office.case()).to_agree is None
    assert wording_agreeing.NOTHING_TO_AGREE in words(await office.says("Lee", "agree 26-001"))
    assert wording_agreeing.STAYS_UNTIL_A_LEAD in await tells(office, "Pat", **NOT_ABUSE)


async def test_only_who_acts_on_the_case_agrees(office: Office) -> None:
    await office.decides("Pat")
    await tells(office, "Pat", **NOT_ABUSE)
    assert wording_cases.NOT_YOURS in words(await office.says("Pat", "agree 26-001"))
    assert (await office.case()).to_agree is not None


async def test_it_is_asked_each_working_morning_until_it_is_said(office: Office) -> None:
    await office.decides("Pat")
    await tells(office, "Pat", **NOT_ABUSE)
    await office.woken()
    for _ in range(2):
        office.at += timedelta(days=1)
        asked = [
            line for who, line in await office.woken() if who == "Lee" and "say whether what was told holds" in line
        ]
        assert len(asked) == 1
    await office.says("Lee", "keep 26-001", "The scan shows a fracture.")
    office.at += timedelta(days=1)
    assert not any("say whether" in line for _, line in await office.woken())


async def test_what_a_practitioner_takes_back_and_says_again_is_owed_once_and_asked_no_more(office: Office) -> None:
    await office.decides("Pat")
    await tells(office, "Pat", **NOT_ABUSE)
    await tells(office, "Pat", what_is_new="abuse", maltreatment="known")
    case = await office.case()
    assert case.decisions[-1].outcomes == ("B",)
    assert case.to_agree is None


async def test_of_several_each_is_asked_the_newest_first(office: Office) -> None:
    await office.decides("Pat")
    await tells(office, "Pat", **NOT_ABUSE)
    await tells(office, "Pat", what_is_new="harm", effect="near_miss")
    await office.says("Lee", "keep 26-001", "The scan shows a fracture.")
    waits = (await office.case()).to_agree
    assert waits is not None
    assert waits.value("about") == "abuse"
    await office.says("Lee", "keep 26-001", "It is suspected as before.")
    assert (await office.case()).to_agree is None


async def test_what_is_told_of_a_closed_case_is_asked_once_it_is_open_again(office: Office) -> None:
    await office.decides("Pat")
    before = await states(office)
    await office.says("Lee", "record 26-001")
    await office.presses("Lee", "Closed")
    await office.says("Lee", "Opened by mistake.")
    await tells(office, "Pat", **NOT_ABUSE)
    assert wording_agreeing.CLOSED_FOR_THAT in words(await office.says("Lee", "keep 26-001"))
    await office.says("Lee", "record 26-001")
    await office.presses("Lee", "Opened again")
    await office.says("Lee", "It was the right case.")
    assert await states(office) == before
    assert (await office.case()).to_agree is not None


async def test_what_was_told_waits_again_when_the_partners_decision_is_taken_back(office: Office) -> None:
    await office.decides("Pat")
    await partners_decide(office, "To notify")
    assert wording_cases.OWED_STAYS in await tells(office, "Pat", **NOT_ABUSE)
    case = await office.case()
    assert case.to_agree is None

    def taken_back(desk: Desk) -> object:
        stored = cases.find(desk.connection, AREA, "26-001")
        assert stored is not None
        seq = next(one.seq for one in case.events if one.kind == "partner decision")
        lee = people.read(desk.connection, desk.keys, office.ids["Lee"])
        return casework.add(desk, stored, "taken back", lee, words="The wrong case.", values=(("event", str(seq)),))

    await office.desk(taken_back)
    assert (await states(office))["notify_panel"] == "running"
    assert (await office.case()).to_agree is not None


async def test_what_held_news_brought_ends_when_it_does_not_hold(office: Office) -> None:
    await office.decides("Pat")
    await tells(office, "Pat", what_is_new="area", place="other_english_area")
    assert (await office.case()).decisions[-1].outcomes == ("B", "D")
    await office.says("Lee", "keep 26-001", "It happened here.")
    assert (await office.case()).decisions[-1].outcomes == ("B",)


async def test_a_must_is_no_should_on_a_practitioners_word(office: Office) -> None:
    await office.decides("Pat", effect="died", maltreatment="no", care="lac_ours")
    assert (await office.case()).outcome == "F"
    assert wording_agreeing.STAYS_UNTIL_A_LEAD in await tells(office, "Pat", what_is_new="care", care="care_leaver")
    assert (await states(office))["notify_looked_after_death"] == "running"


async def test_whoever_has_the_case_and_whoever_told_it_hear_what_was_said(office: Office) -> None:
    await office.decides("Pat")
    await tells(office, "Pat", **NOT_ABUSE)
    await office.says("Dee", "it does not hold", "The scan shows a fracture.")
    heard = dict(await office.woken_all())
    assert wording_agreeing.what_you_told("26-001", holds=False) in [line for _, line in await office.woken_all()]
    assert any("it was said that what was told does not hold" in line for who, line in await office.woken_all())
    assert {"Lee", "Pat"} <= heard.keys()


async def test_after_not_met_what_is_still_owed_is_held_as_well(office: Office) -> None:
    await office.decides("Pat", effect="died", care="lac_ours")
    await partners_decide(office, "The test is not met")
    await office.says("Lee", "It has a medical cause.")
    before = await states(office)
    assert before["notify_looked_after_death"] == "running"
    await tells(office, "Pat", what_is_new="care", care="none_or_previously_known")
    assert await states(office) == before
    assert (await office.case()).to_agree is not None


async def test_what_was_told_before_something_newer_was_decided_is_not_agreed_to(office: Office) -> None:
    await office.decides("Pat", effect="died", maltreatment="no", care="lac_ours")
    await tells(office, "Pat", what_is_new="care", care="none_or_previously_known")
    await tells(office, "Pat", what_is_new="abuse", maltreatment="known")
    assert (await states(office))["notify_panel"] == "running"
    await office.says("Lee", "agree 26-001", "1")
    assert wording_agreeing.tell_it_anew("26-001") in words(await office.says("Lee", "They were never in care."))
    assert (await states(office))["notify_panel"] == "running"


async def test_other_news_leaves_what_waits(office: Office) -> None:
    await office.decides("Pat", effect="died", care="lac_ours")
    await tells(office, "Pat", what_is_new="care", care="none_or_previously_known")
    assert (await office.case()).to_agree is not None
    await tells(office, "Pat", what_is_new="besides", flags="media")
    assert (await office.case()).to_agree is not None


async def test_nothing_else_is_agreed_to_than_what_was_asked(office: Office) -> None:
    await office.decides("Pat")
    await tells(office, "Pat", **NOT_ABUSE)
    await office.says("Lee", "agree 26-001", "1")
    await tells(office, "Pat", what_is_new="harm", effect="near_miss")
    assert wording_agreeing.ANOTHER_WAITS in words(await office.says("Lee", "The scan shows a medical cause."))
    assert (await states(office))["notify_panel"] == "running"


async def test_news_of_a_case_of_nobody_waits_for_whoever_comes(on_sqlite: Exchange) -> None:
    office = Office(on_sqlite)
    await office.join("Asha", "administrator")
    await office.join("Pat")
    await office.decides("Pat")
    await tells(office, "Pat", **NOT_ABUSE)
    waiting = [line for who, line in await office.woken_all() if who == "nobody"]
    assert any("changed by new information" in line for line in waiting)


async def test_that_the_panel_was_told_ends_reminders_once_a_lead_records_it(office: Office) -> None:
    await office.join("Quinn", "lead")
    await office.decides("Pat", role="la_children")
    reply = await tells(office, "Pat", what_is_new="panel_told", notified_on="today")
    assert wording_cases.said_to_be_notified(TODAY) in reply
    assert (await office.case()).notified_on is None
    assert any(wording_cases.said_to_be_notified(TODAY) in line for _, line in await office.woken_all())


async def test_a_day_put_right_that_makes_it_late_asks_for_the_reason(office: Office) -> None:
    await office.decides("Pat", aware_on="20 November 2026")
    await office.says("Lee", "record 26-001")
    await office.presses("Lee", "The Panel was notified")
    await office.presses("Lee", "Today")
    await office.says("Lee", "record 26-001")
    await office.presses("Lee", "The day the council knew was put right")
    assert wording_cases.late_unexplained("26-001") in words(await office.says("Lee", "9 November 2026"))


async def test_told_late_without_a_reason_the_lead_is_asked_to_add_it(office: Office) -> None:
    await office.decides("Pat", aware_on="20 November 2026")
    office.at += timedelta(days=14)
    reply = await tells(office, "Dee", role="la_children", what_is_new="panel_told", notified_on="today")
    assert wording_cases.late_unexplained("26-001") in reply
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
    await office.says("Lee", "Opened by mistake.")
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
        reply = words(await office.answers_out("Lee", {"decision": "commission", "sent": sent}))
        assert (wording_cases.sent_unrecorded("26-001") in reply) == (sent == "yes")
    await office.says("Lee", "record 26-001")
    await office.presses("Lee", "The rapid review was sent to the Panel")
    await office.presses("Lee", "Today")
    await office.says("Lee", "review 26-001")
    reply = words(await office.answers_out("Lee", {"decision": "commission", "sent": "yes"}))
    assert wording_cases.sent_unrecorded("26-001") not in reply


async def test_no_agency_hears_and_that_agrees_with_the_lead_being_told(office: Office) -> None:
    reply = words(await office.decides("Pat"))
    assert "None of them hears of this from me: phone now." in reply
    assert "Lee is being told. Your partnership's lead can see this case. That is not a referral: phone now." in reply
    assert "Nobody hears" not in reply
