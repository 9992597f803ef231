"""Where another council notifies, its day is taken as it was, be it before the day our own council knew."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from bot import wording_agreeing, wording_cases, wording_duties, wording_reviews
from bot.cases.whose_notification import notified_on, whose_notification_waits
from bot.casework import wording_board
from bot.casework.case_forms import title_of
from bot.casework.case_opening import opened_by_hand
from bot.casework.casework import Desk
from bot.exchange import Exchange
from bot.storage import people

from .case_office import AT, LEE, Office, corrects, staffed, states, tells, words
from .made_once import made_once

TODAY = AT.date()
YESTERDAY = TODAY - timedelta(days=1)


@made_once
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
    return case.aware_on, notified_on(case)


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


@pytest.mark.parametrize(
    ("outcome", "meant"),
    [
        ("D", wording_duties.theirs_to_notify),
        ("E", wording_duties.theirs_to_notify),
        ("HG", wording_duties.no_panel_for_an_adult),
        ("G", wording_duties.no_panel_for_an_adult),
        ("B", None),
        ("F", None),
        ("GH", None),
        ("H", None),
        ("HF", None),
        ("DB", None),
        ("K", None),
    ],
)
async def test_that_the_partners_decided_to_notify_says_what_it_means_where_no_clock_of_ours_begins(
    office: Office, outcome: str, meant: Callable[[str], str] | None
) -> None:
    await by_hand(office, outcome, TODAY, None)
    await office.says("Lee", "record 26-001")
    await office.presses("Lee", "The partners decided")
    await office.presses("Lee", "To notify")
    said = words(await office.presses("Lee", "Today"))
    assert "Noted" in said
    if meant is not None:
        assert meant("26-001") in said
    else:
        assert "begins by this" not in said


async def test_once_the_other_council_has_notified_there_is_nothing_to_say_of_whose_it_is(office: Office) -> None:
    await by_hand(office, "D", TODAY, TODAY)
    await office.says("Lee", "record 26-001")
    await office.presses("Lee", "The partners decided")
    await office.presses("Lee", "To notify")
    assert "begins by this" not in words(await office.presses("Lee", "Today"))


@pytest.mark.parametrize(("first", "told"), [("other_english_area", "our_area"), ("our_area", "other_english_area")])
async def test_while_it_waits_whose_it_is_only_what_names_our_own_is_recorded(
    office: Office, first: str, told: str
) -> None:
    await office.decides("Pat", place=first)
    await office.woken()
    assert wording_agreeing.STAYS_UNTIL_A_LEAD in await tells(office, "Pat", what_is_new="area", place=told)
    await office.woken()
    for said in ("notified today", "they notified today", "the other council notified the Panel today"):
        assert wording_duties.whose_waits("26-001") in words(await office.says("Lee", said))
        assert (await office.case()).notified_on is None
        assert (await office.case()).to_agree is not None
    offered = words(await office.says("Lee", "record 26-001"))
    assert wording_board.OWN_NOTIFIED in offered
    assert title_of("notified", await office.case()) == wording_board.RECORD_OWN_NOTIFIED
    await office.says("Lee", "cancel")
    assert "Noted" in words(await office.says("Lee", "we notified today"))
    assert (await office.case()).notified_on == TODAY
    found = await states(office)
    assert found["notify_panel"] == "met"
    assert "help_rapid_review" not in found


async def test_what_else_waits_leaves_nobody_asked_whose_the_notification_is(office: Office) -> None:
    await office.decides("Pat", flags="staff_allegation")
    await office.woken()
    assert (await states(office))["tell_designated_officer"] == "running"
    assert wording_agreeing.STAYS_UNTIL_A_LEAD in await tells(office, "Pat", what_is_new="abuse", maltreatment="no")
    assert not whose_notification_waits(await office.case())
    assert "Noted" in words(await office.says("Lee", "notified today"))
    assert (await office.case()).notified_on == TODAY


@pytest.mark.parametrize(
    "said", ["notified today", "they notified today", "the other council notified the Panel today"]
)
async def test_the_one_notification_of_a_death_in_care_is_also_the_other_councils(office: Office, said: str) -> None:
    await office.decides("Pat", place="other_english_area", effect="died", care="lac_ours")
    await office.woken()
    assert (await states(office))["notify_looked_after_death"] == "running"
    assert "Noted" in words(await office.says("Lee", said))
    found = await states(office)
    assert (found["notify_looked_after_death"], found["help_rapid_review"]) == ("met", "running")
    shown = words(await office.says("Lee", "record 26-001"))
    assert "The other council notified the Panel" in shown
    assert wording_cases.EVENTS["rapid review sent"] not in shown
    assert wording_cases.EVENTS["review decided"] not in shown
    # What the other one sent is not ours once the incident is.
    await tells(office, "Lee", what_is_new="area", place="our_area", role="la_children")
    found = await states(office)
    assert (found["notify_panel"], found["notify_looked_after_death"]) == ("running", "running")


@pytest.mark.parametrize("said", ["we notified today", "we told Ofsted today", "done 26-001"])
async def test_what_our_own_council_sent_of_a_death_in_care_is_no_notification_of_the_others(
    office: Office, said: str
) -> None:
    await office.decides("Pat", place="other_english_area", effect="died", care="lac_ours")
    await office.woken()
    await office.says("Lee", said)
    if said.startswith("done"):
        await office.says("Lee", "Secretary of State", "today")
    found = await states(office)
    assert (found["notify_looked_after_death"], found["help_rapid_review"]) == ("met", "not started")
    assert f"{wording_cases.EVENTS['death notified']} on" in words(await office.says("Lee", "case 26-001"))
    await office.says("Lee", "they notified today")
    assert (await states(office))["help_rapid_review"] == "running"


async def test_the_council_responsible_for_a_child_who_died_in_care_may_have_notified_instead(office: Office) -> None:
    answers = {"effect": "died", "maltreatment": "no", "known_to_services": "no", "care": "lac_other"}
    await office.decides("Pat", aware_on="13 November 2026", **answers)
    assert (await states(office))["notify_looked_after_death"] == "running"
    await office.woken()
    choose = wording_cases.EVENTS["responsible council notified"]
    assert choose in words(await office.says("Lee", "the other council notified the Panel yesterday"))
    await office.says("Lee", "record 26-001")
    await office.presses("Lee", choose)
    assert "no longer needed (responsible council notified)" in words(await office.presses("Lee", "Yesterday"))
    found = await states(office)
    assert found["notify_looked_after_death"] == "stopped"
    assert found.get("late_notification", "stopped") == "stopped"
    assert (await office.case()).notified_on is None
    assert f"{choose} on Sun 22 Nov 2026" in words(await office.says("Lee", "case 26-001"))


@pytest.mark.parametrize(
    "said",
    [
        *("they notified yesterday", "the responsible council notified yesterday", "they notified 26-001 yesterday"),
        *("the panel was notified by the council responsible for the child yesterday", "their council has notified"),
        "the other council notified 26-001 yesterday",
    ],
)
async def test_by_others_or_by_that_council_it_is_not_taken_for_our_own(office: Office, said: str) -> None:
    knew = "20 November 2026"
    await office.decides(
        "Pat", effect="died", maltreatment="no", known_to_services="no", care="lac_other", aware_on=knew
    )
    await office.decides("Pat", aware_on=knew)
    await office.woken()
    before = [len((await office.case(ref)).events) for ref in ("26-001", "26-002")]
    reply = words(await office.says("Lee", said))
    assert "say “record 26-001” and choose" in reply
    assert wording_cases.EVENTS["responsible council notified"] in reply
    assert [len((await office.case(ref)).events) for ref in ("26-001", "26-002")] == before
    assert "Noted" in words(await office.says("Lee", "we notified 26-001 yesterday"))
    case = await office.case()
    assert case.notified is None
    assert case.death_notified is not None
    assert case.death_notified.on == YESTERDAY


@pytest.mark.parametrize(
    "said", ["the other council notified the Panel today", "they notified today", "notified today"]
)
async def test_where_neither_the_incident_nor_the_child_is_ours_nothing_of_the_death_is_asked_of_us(
    office: Office, said: str
) -> None:
    answers = {"place": "other_english_area", "effect": "died", "care": "lac_other", "la_aware": "no"}
    await office.decides("Pat", **answers)
    await office.woken()
    shown = words(await office.says("Lee", "case 26-001"))
    assert "no deadline can be counted without it" not in shown
    assert "notify_looked_after_death" not in await states(office)
    office.at += timedelta(days=1)
    assert not any("became aware" in line for _, line in await office.woken())
    assert "Noted" in words(await office.says("Lee", said))
    assert (await states(office))["help_rapid_review"] == "running"
    await tells(office, "Lee", what_is_new="care", care="lac_ours", role="la_children")
    assert (await states(office))["notify_looked_after_death"] == "running"


@pytest.mark.parametrize(
    "child",
    [
        {"effect": "died", "maltreatment": "no", "known_to_services": "no"},
        {"effect": "died", "maltreatment": "unsure", "place": "other_english_area"},
        {"effect": "died"},
    ],
)
async def test_of_a_child_in_our_own_care_they_may_be_another_council(office: Office, child: dict[str, str]) -> None:
    await office.decides("Pat", care="lac_ours", aware_on="20 November 2026", **child)
    await office.woken()
    for said in ("they have notified", "they notified today", "the other council notified the Panel today"):
        assert wording_duties.in_our_care("26-001") in words(await office.says("Lee", said))
        case = await office.case()
        assert (case.notified, case.death_notified, case.others_notified) == (None, None, None)
    assert "Noted" in words(await office.says("Lee", "we notified today"))


async def test_that_the_child_was_in_another_councils_care_ends_it_once_a_lead_agreed(office: Office) -> None:
    await office.decides("Pat", place="other_english_area", effect="died", care="lac_ours")
    await tells(office, "Pat", what_is_new="care", care="lac_other")
    assert (await states(office))["notify_looked_after_death"] == "running"
    await office.says("Lee", "agree 26-001", "1", "Their council says so.")
    assert (await states(office))["notify_looked_after_death"] == "stopped"


async def test_what_another_council_notified_ends_nothing_once_the_child_was_in_our_care(office: Office) -> None:
    died = {"effect": "died", "maltreatment": "no", "known_to_services": "no", "aware_on": "20 November 2026"}
    await office.decides("Pat", care="lac_other", **died)
    await office.says("Lee", "record 26-001")
    await office.presses("Lee", wording_cases.EVENTS["responsible council notified"])
    await office.presses("Lee", "Yesterday")
    assert (await states(office))["notify_looked_after_death"] == "stopped"
    said = await tells(office, "Lee", what_is_new="care", care="lac_ours", role="la_children")
    assert "Notify the Secretary of State and Ofsted (looked-after child): runs now" in said
    assert (await states(office))["notify_looked_after_death"] == "running"
    await office.decides("Pat", care="lac_ours", **died)
    assert wording_cases.EVENTS["responsible council notified"] not in words(await office.says("Lee", "record 26-002"))


async def test_where_the_notification_is_ours_alone_nothing_is_asked_of_another_responsible_council(
    office: Office,
) -> None:
    await office.decides("Pat")
    assert wording_cases.EVENTS["responsible council notified"] not in words(await office.says("Lee", "record 26-001"))


async def test_a_local_review_is_the_other_areas_to_decide_and_nothing_is_asked_before_that_is_said(
    office: Office,
) -> None:
    await by_hand(office, "D", TODAY, YESTERDAY)
    for name in ("case 26-001", "record 26-001"):
        shown = words(await office.says("Lee", name))
        assert wording_cases.ACTS["review"] not in shown
        assert wording_cases.EVENTS["review decided"] not in shown
    assert wording_reviews.ANOTHERS_REVIEW in words(await office.says("Lee", "review 26-001"))
    await office.presses("Lee", wording_cases.ACTS["note"])
    await office.says("Lee", "Their partners hold a local review.")
    assert (await office.case()).events[-1].words == "Their partners hold a local review."


async def test_one_decided_on_before_it_was_put_on_the_case_is_not_put_on_it(office: Office) -> None:
    await by_hand(office, "D", TODAY, YESTERDAY)
    await office.says("Lee", "menu", "review outcome")
    await office.answers_out("Lee", {})
    assert wording_reviews.ANOTHERS_REVIEW in words(await office.says("Lee", "put it on 26-001"))
    assert (await office.case()).newest("review decided") is None


async def test_the_day_our_council_knew_is_put_right_to_a_later_one(office: Office) -> None:
    await by_hand(office, "D", YESTERDAY, YESTERDAY)
    await corrects(office, "Lee", "today", "The other council's letter came to us a day later.")
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


async def others_notified(office: Office, day: str) -> str:
    await office.says("Lee", "record 26-001")
    await office.presses("Lee", "The other council notified the Panel")
    return words(await office.says("Lee", day))


OURS = {"what_is_new": "area", "place": "our_area"}


async def test_where_the_notification_is_ours_after_all_no_day_of_the_others_is_and_ours_is_owed(
    office: Office,
) -> None:
    await office.decides("Pat", place="other_english_area")
    await others_notified(office, "20 November 2026")
    await others_notified(office, "22 November 2026")
    knew = wording_duties.ours_is_owed(is_open=True, may_record=True)
    assert knew in await tells(office, "Lee", **OURS)
    assert (await office.case()).outcomes[-1][0] == "B"
    assert await days(office) == (TODAY, None)
    found = await states(office)
    assert found["notify_panel"] == found["rapid_review_from_awareness"] == "running"
    assert found["rapid_review_launch"] == "not started"
    assert found["help_rapid_review"] == "stopped"
    shown = words(await office.says("Lee", "case 26-001"))
    assert "The other council notified the Panel: Sun 22 Nov 2026" in shown
    assert "Notify the Panel: aim for" in shown
    await office.says("Lee", "record 26-001")
    await office.presses("Lee", "The Panel was notified")
    await office.presses("Lee", "Today")
    assert await days(office) == (TODAY, TODAY)
    assert (await states(office))["notify_panel"] == "met"


async def test_what_only_waits_for_a_lead_leaves_the_others_day_and_owes_ours_beside(office: Office) -> None:
    await office.decides("Pat", place="other_english_area")
    await others_notified(office, "22 November 2026")
    assert wording_duties.ours_is_owed(is_open=True, may_record=False) in await tells(office, "Pat", **OURS)
    found = await states(office)
    assert found["help_rapid_review"] == found["notify_panel"] == "running"
    await office.says("Lee", "keep 26-001", "It was there.")
    assert await days(office) == (TODAY, YESTERDAY)
    found = await states(office)
    assert (found["help_rapid_review"], found["notify_panel"]) == ("running", "stopped")


async def test_once_a_lead_agrees_the_others_day_counts_no_more(office: Office) -> None:
    await office.decides("Pat", place="other_english_area")
    await others_notified(office, "22 November 2026")
    await tells(office, "Pat", **OURS)
    assert "help the other area's rapid review" in words(await office.says("Lee", "agree 26-001"))
    await office.says("Lee", "1", "Their council says so.")
    assert await days(office) == (TODAY, None)
    found = await states(office)
    assert (found["help_rapid_review"], found["notify_panel"]) == ("stopped", "running")


async def test_a_closed_case_that_stays_closed_keeps_the_others_day(office: Office) -> None:
    await office.decides("Pat", place="other_english_area")
    await others_notified(office, "22 November 2026")
    await office.says("Lee", "record 26-001")
    await office.presses("Lee", "Closed")
    await office.says("Lee", "They lead on it.", "yes")
    assert wording_duties.ours_is_owed(is_open=False, may_record=False) in await tells(office, "Pat", **OURS)
    await office.says("Lee", "leave closed 26-001", "It was there.")
    shown = words(await office.says("Lee", "case 26-001"))
    assert "The other council notified the Panel: Sun 22 Nov 2026" in shown
    assert "Taken back" not in shown


async def test_a_decision_that_we_told_the_panel_brings_our_own_day_beside_theirs(office: Office) -> None:
    await office.decides("Pat", place="other_english_area")
    await others_notified(office, "20 November 2026")
    told = {"role": "la_children", "sin_sent": "yes", "notified_known": "yes", "notified_on": "23 November 2026"}
    await office.decides("Pat", aware_on="20 November 2026", **told)
    await office.says("Lee", "join 26-002", "26-001")
    case = await office.case()
    assert (case.outcome, case.notified_on) == ("B", TODAY)
    assert case.others_notified is not None
    assert case.others_notified.on == date(2026, 11, 20)


async def test_the_others_day_is_no_late_one_of_ours(office: Office) -> None:
    await office.decides("Pat", aware_on="2 November 2026")
    await tells(office, "Lee", what_is_new="area", place="other_english_area")
    said = await others_notified(office, "22 November 2026")
    assert "Help the other area's rapid review: runs now" in said
    assert "This is late" not in said
    assert "Notify the Panel" not in said
    found = await states(office)
    assert found["notify_panel"] == "stopped"
    assert "late_notification" not in found
    assert await days(office) == (date(2026, 11, 2), YESTERDAY)


async def test_their_day_told_as_news_says_nothing_of_ours_and_meets_nothing_once_it_is_ours(office: Office) -> None:
    await office.decides("Pat", place="other_english_area")
    children_s = {"role": "la_children", "aware_on": "20 November 2026"}
    await tells(office, "Lee", what_is_new="panel_told", notified_on="yesterday", **children_s)
    # Whoever works for the council is the council knowing today, not on the day the other one notified.
    assert await days(office) == (TODAY, YESTERDAY)
    said = await tells(office, "Lee", what_is_new="area", place="our_area", **children_s)
    assert wording_duties.ours_is_owed(is_open=True, may_record=True) in said
    assert (await office.case()).notified_on is None
    found = await states(office)
    assert (found["notify_panel"], found["rapid_review_from_notification"]) == ("running", "not started")
