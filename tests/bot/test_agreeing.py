"""News by which less would be owed waits for a lead: nothing ends until they have said that it holds, and why."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot import wording_agreeing, wording_case_news, wording_cases
from bot.casework import board_acts, casework
from bot.casework.board_acts import About
from bot.casework.casework import Desk
from bot.exchange import Exchange
from bot.storage import cases, nudges, people

from .case_office import (
    AREA,
    AT,
    DEE,
    LEE,
    Office,
    area_woken,
    differences,
    partners_decide,
    staffed,
    states,
    tells,
    words,
)
from .made_once import made_once


@made_once
async def office(on_sqlite: Exchange) -> Office:
    return await staffed(on_sqlite, LEE, DEE)


async def taken_back(office: Office, kind: str, ref: str = "26-001") -> None:
    """Takes back on the board, as the lead does, the newest entry of a kind."""
    case = await office.case(ref)
    seq = next(str(one.seq) for one in reversed(case.events) if one.kind == kind)

    def work(desk: Desk) -> object:
        lee = people.read(desk.connection, desk.keys, office.ids["Lee"])
        assert lee is not None
        said = {"words": "The wrong case."}
        return board_acts.do(desk, lee, About(ref, "taken back", entry=seq), said, board_acts.state_of(case))

    await office.desk(work)


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
    assert await states(office) == {**before, "new_case": "met"}
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
    assert await states(office) == {**before, "new_case": "met"}
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


async def test_once_nothing_would_end_by_it_any_more_it_is_not_asked_each_morning(office: Office) -> None:
    await office.decides("Pat", place="other_english_area")
    await tells(office, "Pat", **NOT_ABUSE)
    await office.woken()

    def is_done(desk: Desk) -> None:
        lee = people.read(desk.connection, desk.keys, office.ids["Lee"])
        stored = cases.find(desk.connection, AREA, "26-001", lock=True)
        assert stored is not None
        for one in casework.clocks(desk, casework.read(desk, stored)):
            if one.is_running:
                kind = "acknowledged" if one.rule.met_by == "acknowledged" else "done"
                casework.add(desk, stored, kind, lee, clock=one.id)
        # Added by itself, for done as it is asked for it says that the other council notified.
        casework.append(desk, stored, "done", office.ids["Lee"], on=office.at.date(), clock="learn_when_notified")
        casework.settled(desk, stored)

    async def asked_next_morning() -> bool:
        office.at += timedelta(days=1)
        said = [line for _, line in await office.woken()] + [line for _, _, line in await office.year_woken()]
        return any("say whether what was told holds" in line for line in said if not line.startswith("This area's"))

    assert await asked_next_morning()
    await office.desk(is_done)
    assert not await asked_next_morning()
    assert "Say whether what was told" in words(await office.says("Lee", "case 26-001"))
    await taken_back(office, "done")
    assert await asked_next_morning()


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
    await office.says("Lee", "Opened by mistake.", "yes")
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
    assert wording_case_news.OWED_STAYS in await tells(office, "Pat", **NOT_ABUSE)
    case = await office.case()
    assert case.to_agree is None
    await taken_back(office, "partner decision")
    assert (await states(office))["notify_panel"] == "running"
    assert (await office.case()).to_agree is not None


async def test_what_held_news_brought_ends_when_it_does_not_hold(office: Office) -> None:
    await office.decides("Pat")
    await tells(office, "Pat", what_is_new="area", place="other_english_area")
    assert (await office.case()).decisions[-1].outcomes == ("B", "D")
    await office.says("Lee", "keep 26-001", "It happened here.")
    assert (await states(office))["written_confirmation"] == "stopped"
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
    said = words(await office.says("Lee", "agree 26-001"))
    assert wording_agreeing.tell_it_anew("26-001") in said
    assert "Does it hold?" not in said
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
    assert wording_case_news.said_to_be_notified(AT.date()) in reply
    assert (await office.case()).notified_on is None
    assert any(wording_case_news.said_to_be_notified(AT.date()) in line for _, line in await office.woken_all())


async def test_what_was_done_is_owed_again_when_that_is_taken_back_whatever_was_told_between(office: Office) -> None:
    await office.decides("Pat", place="other_english_area")
    await office.says("Lee", "done 26-001", "2", "today")
    assert (await states(office))["written_confirmation"] == "met"
    await tells(office, "Pat", what_is_new="area", place="our_area")
    assert (await office.case()).to_agree is not None
    await taken_back(office, "done")
    assert (await states(office))["written_confirmation"] == "running"


async def test_what_was_told_on_a_decision_that_was_taken_away_again_is_not_agreed_to(office: Office) -> None:
    await office.decides("Pat")
    said = {"sin_sent": "yes", "role": "la_children", "aware_on": "today", "notified_on": "today", "effect": "died"}
    await office.says("Pat", "menu")
    await office.decides("Pat", **said)
    await office.says("Lee", "join 26-002", "26-001")
    await office.says("Pat", "new information 26-002")
    await office.answers_out("Pat", {"what_is_new": "harm", "effect": "near_miss"})
    await taken_back(office, "joined", "26-002")
    assert (await office.case()).to_agree is not None
    before = await states(office)
    assert wording_agreeing.tell_it_anew("26-001") in words(await office.says("Lee", "agree 26-001"))
    assert await states(office) == before


async def test_my_cases_and_the_areas_week_say_that_it_waits(office: Office) -> None:
    await office.decides("Pat")
    assert wording_agreeing.WAITS_LISTED not in words(await office.says("Lee", "my cases"))
    await tells(office, "Pat", **NOT_ABUSE)
    assert wording_agreeing.WAITS_LISTED in words(await office.says("Lee", "my cases"))
    week = [line async for line in weeks(office)]
    assert any("Waiting for an answer:\nCase 26-001: say whether what was told holds." in line for line in week)


async def weeks(office: Office) -> AsyncIterator[str]:
    """What is said of the area's week on the mornings of the week to come."""

    def work(desk: Desk) -> object:
        area = area_woken(desk)
        return [one.line for one in nudges.of_case(desk.connection, area.id) if one.key.startswith("week|")]

    for _ in range(8):
        lines = await office.desk(work)
        assert isinstance(lines, list)
        for line in lines:
            yield line
        office.at += timedelta(days=1)


async def decision_shown(office: Office) -> str:
    """The decision that stands on the card of the case, with its reference."""
    return words(await office.says("Lee", "case 26-001")).partition(" Decision: ")[2].partition(")")[0]


async def test_the_decision_that_is_shown_is_the_one_the_case_goes_by(office: Office) -> None:
    await office.decides("Pat")
    in_force = await decision_shown(office)
    await tells(office, "Pat", what_is_new="area", place="other_english_area")
    assert f"Decision: {in_force}){wording_agreeing.ANOTHER_TOLD}" in words(await office.says("Lee", "case 26-001"))
    await office.says("Lee", "keep 26-001", "It was here.")
    shown = words(await office.says("Lee", "case 26-001"))
    assert f"Decision: {in_force})" in shown
    assert wording_agreeing.ANOTHER_TOLD not in shown


async def test_once_a_lead_agreed_the_decision_that_was_told_is_shown(office: Office) -> None:
    await office.decides("Pat")
    await tells(office, "Pat", what_is_new="area", place="other_english_area")
    await office.says("Lee", "agree 26-001", "1", "Their council says so.")
    assert "by the council where it happened" in await decision_shown(office)


async def test_a_should_that_becomes_a_must_is_told_apart_and_only_the_partners_view_ends(
    office: Office,
) -> None:
    await office.decides("Pat", effect="died", maltreatment="no", known_to_services="no", care="care_leaver")
    assert (await office.case()).outcome == "G"
    assert wording_agreeing.STAYS_UNTIL_A_LEAD in await tells(office, "Pat", what_is_new="care", care="lac_ours")
    assert (await states(office))["consider_serious_incident_test"] == "running"
    await office.says("Lee", "agree 26-001", "1", "Our records say so.")
    found = await states(office)
    assert found.get("consider_serious_incident_test") != "running"
    assert (found["notify_care_leaver_death"], found["notify_looked_after_death"]) == ("stopped", "running")
    shown = words(await office.says("Lee", "case 26-001"))
    assert "otify the Secretary of State and Ofsted (looked-after child): aim" in shown
    assert "otify the Secretary of State and Ofsted (care leaver): aim" not in shown


async def test_a_lead_hears_which_answer_became_what(office: Office) -> None:
    await office.decides("Pat", effect="died", maltreatment="no", known_to_services="no", care="unsure")
    await office.says("Pat", "change", "abuse or neglect", "suspected", "yes")
    await office.answers_out("Pat", {"place": "other_english_area"})
    told = words(await office.says("Lee", "case 26-001"))
    for shown in (told, words(await office.says("Lee", "agree 26-001"))):
        assert "Abuse or neglect: now “Suspected”, before “Nobody knows of or suspects it”" in shown
        assert "Where it happened: “In another part of England”, not asked before" in shown
        assert "Steps that" not in shown
        assert "Dates" not in shown


async def test_what_came_only_with_what_does_not_hold_is_named_as_it_ends(office: Office) -> None:
    await office.decides("Pat", maltreatment="unsure")
    news = {"what_is_new": "harm,abuse,care", "effect": "died", "maltreatment": "no", "known_to_services": "no"}
    await tells(office, "Pat", **news, care="lac_ours")
    assert (await states(office))["tell_cdop"] == "running"
    await office.says("Lee", "agree 26-001")
    await office.presses("Lee", wording_agreeing.IT_STAYS)
    reply = words(await office.says("Lee", "The child is alive."))
    assert wording_agreeing.ONLY_BY_IT in reply
    assert "Check that the child death overview panel has been told: no longer needed" in reply
    ended = "ends: check that the child death overview panel has been told; notify the Secretary of State and Ofsted"
    assert any(ended in line for who, line in await office.woken_all() if who == "Pat")
    assert ended in words(await office.says("Lee", "case 26-001"))


@pytest.mark.parametrize("care", ["care_leaver", "lac_ours"])
async def test_what_would_end_but_for_a_death_that_was_notified_is_asked_until_it_is_said(
    office: Office, care: str
) -> None:
    await office.decides("Pat", effect="died", maltreatment="no", known_to_services="no", care=care)
    await office.says("Lee", "done 26-001", "Secretary of State", "today")
    await tells(office, "Pat", what_is_new="care", care="none_or_previously_known")
    assert (await office.case()).outcome in ("F", "G")
    await office.woken()
    await office.says("Lee", "got it 26-001", "done 26-001", "child death", "today")
    office.at += timedelta(days=1)
    assert any("say whether what was told holds" in line for who, line in await office.woken() if who == "Lee")
    await office.says("Lee", "agree 26-001", "1", "The council says so.")
    office.at += timedelta(days=1)
    assert not any("say whether" in line for _, line in await office.woken())


async def test_a_care_leavers_case_goes_by_abuse_that_is_suspected_once_a_lead_agreed(office: Office) -> None:
    await office.decides("Pat", effect="died", maltreatment="no", known_to_services="no", care="care_leaver")
    await office.says("Lee", "done 26-001", "Secretary of State", "today")
    await tells(office, "Pat", what_is_new="abuse", maltreatment="suspected")
    assert "care leaver under 18" in await decision_shown(office)
    await office.woken()
    office.at += timedelta(days=1)
    assert any("say whether what was told holds" in line for who, line in await office.woken() if who == "Lee")
    await office.says("Lee", "agree 26-001", "1", "The scan shows a fracture.")
    assert "it happened in our area" in await decision_shown(office)
    assert (await office.case()).decisions[-1].outcomes == ("B",)
    assert (await states(office))["notify_panel"] == "running"
