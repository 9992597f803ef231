"""Where it is not clear whether a death is to be notified whatever its cause, the case keeps what its document says."""

from __future__ import annotations

import pytest

from bot import wording_agreeing, wording_cases
from bot.casework.case_opening import opened_by_hand
from bot.casework.casework import Desk
from bot.exchange import Exchange
from bot.storage import people

from .case_office import AT, DEE, LEE, Office, differences, partners_decide, staffed, states, tells, words
from .made_once import made_once

CHILD = {"effect": "died", "maltreatment": "no", "known_to_services": "no", "care": "unsure"}
YOUNG_ADULT = {"age_at_event": "18_24", "effect": "died", "care": "unsure"}
TOLD = wording_cases.EVENTS["death notified"]
FOR_CHILDREN = "decision_meeting protect_children notify_if_met notify_panel tell_partners".split()
IF_IN_CARE = "otify the Secretary of State and Ofsted if a looked-after child or a care leaver has died"
IF_CARE_LEAVER = "otify the Secretary of State and Ofsted if a care leaver has died"


@made_once
async def office(on_sqlite: Exchange) -> Office:
    return await staffed(on_sqlite, LEE, DEE)


async def test_the_case_of_a_child_keeps_what_its_document_says_whatever_the_test(office: Office) -> None:
    await office.decides("Pat", **CHILD)
    assert (await office.case()).outcome == "H"
    assert f"{IF_IN_CARE}: aim for" in words(await office.says("Lee", "case 26-001"))
    assert "notify_if_met" not in await states(office)
    await partners_decide(office, "The test is not met")
    await office.says("Lee", "Nobody suspects abuse.", "yes")
    assert (await states(office))["looked_after_notice_if"] == "running"
    await office.says("Lee", "record 26-001")
    await office.presses("Lee", TOLD)
    await office.presses("Lee", "Today")
    found = await states(office)
    assert found["looked_after_notice_if"] == "met"
    assert not any(name.startswith("rapid_review") for name, state in found.items() if state == "running")
    assert await differences(office) == ()


async def test_once_it_is_known_that_the_child_was_in_care_the_duty_goes_on_by_its_own_name(office: Office) -> None:
    await office.decides("Pat", **CHILD)
    await tells(office, "Lee", role="la_children", what_is_new="care", care="lac_ours")
    found = await states(office)
    assert (found["looked_after_notice_if"], found["notify_looked_after_death"]) == ("stopped", "running")
    await office.says("Lee", "done 26-001", "Secretary of State", "today")
    assert (await states(office))["notify_looked_after_death"] == "met"
    assert await differences(office) == ()


@pytest.mark.parametrize("facts", [CHILD, YOUNG_ADULT], ids=["child", "young adult"])
async def test_told_that_the_panel_has_been_told_it_says_what_ends_the_reminders(
    office: Office, facts: dict[str, str]
) -> None:
    await office.decides("Pat", **facts)
    reply = await tells(office, "Lee", role="la_children", what_is_new="panel_told", notified_on="unsure")
    assert f"so reminders go on. A lead records it: say “record 26-001”, choose “{TOLD}”" in reply


async def test_a_lead_agrees_before_it_ends_because_the_child_was_not_in_care(office: Office) -> None:
    await office.decides("Pat", **CHILD)
    assert wording_agreeing.STAYS_UNTIL_A_LEAD in await tells(
        office, "Pat", what_is_new="care", care="none_or_previously_known"
    )
    assert (await states(office))["looked_after_notice_if"] == "running"
    assert IF_IN_CARE in words(await office.says("Lee", "agree 26-001"))
    await office.says("Lee", "1", "The hospital and the council say so.")
    assert (await states(office))["looked_after_notice_if"] == "stopped"


async def test_the_case_of_a_young_adult_has_nothing_that_is_for_a_child_alone(office: Office) -> None:
    await office.decides("Pat", **YOUNG_ADULT)
    assert f"{IF_CARE_LEAVER}: aim for" in words(await office.says("Lee", "case 26-001"))
    assert not {*FOR_CHILDREN} & (await states(office)).keys()
    await office.says("Lee", "done 26-001", "Secretary of State", "today")
    assert f"{TOLD} on" in words(await office.says("Lee", "case 26-001"))
    await tells(office, "Lee", role="la_children", what_is_new="care", care="care_leaver")
    found = await states(office)
    assert (found["care_leaver_notice_if"], found["notify_care_leaver_death"]) == ("met", "met")
    assert not {*FOR_CHILDREN} & found.keys()
    assert not any(name.startswith("rapid_review") for name in found)
    assert await differences(office) == ()


async def test_we_notified_yesterday_is_said_of_it_too(office: Office) -> None:
    await office.decides("Pat", **YOUNG_ADULT)
    await office.woken()
    await office.says("Lee", "we notified today")
    assert (await states(office))["care_leaver_notice_if"] == "met"
    assert (await office.case()).notified is None


LOOKED_AFTER = {"effect": "died", "maltreatment": "no", "known_to_services": "no", "care": "lac_ours"}


@pytest.mark.parametrize(
    "said",
    [
        *("notified today", "we notified the Panel today", "we told Ofsted and the Secretary of State today"),
        *("we notified Ofsted today", "done 26-001", "record 26-001"),
    ],
)
async def test_that_a_looked_after_childs_death_was_notified_is_not_that_the_panel_was(
    office: Office, said: str
) -> None:
    await office.decides("Pat", **LOOKED_AFTER)
    await office.woken()
    await office.says("Lee", said)
    if said.startswith("done"):
        await office.says("Lee", "Secretary of State", "today")
    if said.startswith("record"):
        await office.presses("Lee", TOLD)
        await office.presses("Lee", "Today")
    shown = words(await office.says("Lee", "case 26-001"))
    assert f"{TOLD} on Mon 23 Nov 2026" in shown
    assert "Panel notified" not in shown
    assert "The Panel was notified" not in shown
    await tells(office, "Pat", what_is_new="abuse", maltreatment="suspected")
    found = await states(office)
    assert (found["notify_looked_after_death"], found["notify_panel"]) == ("met", "running")
    assert found["rapid_review_launch"] == found["rapid_review_from_notification"] == "not started"
    await office.woken()
    await office.says("Lee", "we notified the Panel today")
    found = await states(office)
    assert (found["notify_panel"], found["rapid_review_from_notification"]) == ("met", "running")


@pytest.mark.parametrize("said", ["notified today", "done 26-001"])
async def test_beside_abuse_that_is_suspected_one_notification_covers_both(office: Office, said: str) -> None:
    await office.decides("Pat", effect="died", care="lac_ours")
    await office.woken()
    await office.says("Lee", said)
    if said.startswith("done"):
        await office.says("Lee", "Secretary of State", "today")
    found = await states(office)
    assert (found["notify_looked_after_death"], found["notify_panel"]) == ("met", "met")
    assert found["rapid_review_launch"] == "running"


@pytest.mark.parametrize("care", ["lac_ours", "lac_other"])
@pytest.mark.parametrize("said", ["we notified Ofsted today", "told the Secretary of State and Ofsted today"])
async def test_that_ofsted_was_told_is_on_record_and_is_not_that_the_panel_was(
    office: Office, said: str, care: str
) -> None:
    await office.decides("Pat", effect="died", care=care)
    await office.woken()
    await office.says("Lee", said)
    found = await states(office)
    assert (found["notify_looked_after_death"], found["notify_panel"]) == ("met", "running")
    assert "Case 26-001: notify the Panel. When?" in words(await office.says("Lee", "notified"))


async def test_what_is_asked_of_one_notification_for_both_names_the_panel(office: Office) -> None:
    await office.decides("Pat", effect="died", care="lac_ours")
    await office.woken()
    assert "Case 26-001: notify the Panel. When?" in words(await office.says("Lee", "notified"))


@pytest.mark.parametrize(
    ("outcome", "kind"),
    [("F", "death notified"), ("G", "death notified"), ("GH", "death notified"), ("B", "notified"), ("H", "notified")],
)
async def test_a_case_opened_by_hand_takes_the_day_for_what_was_to_be_notified(
    office: Office, outcome: str, kind: str
) -> None:
    def work(desk: Desk) -> object:
        lee = people.read(desk.connection, desk.keys, office.ids["Lee"])
        assert lee is not None
        return opened_by_hand(desk, lee, outcome, "", AT.date(), AT.date())

    await office.desk(work)
    assert [one.kind for one in (await office.case()).events] == ["opened", kind]
    offered = words(await office.says("Lee", "record 26-001"))
    assert ("The Panel was notified" in offered) == (kind == "notified" or outcome == "GH")
    assert (TOLD in offered) == (kind == "death notified")
    assert (await states(office)).get("consider_serious_incident_test") == ("running" if outcome == "GH" else None)


async def test_of_a_death_notified_already_it_says_the_day(office: Office) -> None:
    await office.decides("Pat", **LOOKED_AFTER)
    await office.woken()
    await office.says("Lee", "we notified today")
    reply = words(await office.says("Lee", "we notified 26-001 today"))
    assert "on record already that the Secretary of State and Ofsted were notified of the death on Mon 23" in reply


@pytest.mark.parametrize(
    ("facts", "clock"),
    [
        ({"care": "care_leaver"}, "notify_care_leaver_death"),
        ({"care": "care_leaver", "maltreatment": "unsure"}, "notify_care_leaver_death"),
        ({"care": "care_leaver", "age_at_event": "unsure"}, "notify_care_leaver_death"),
        ({"care": "unsure"}, "looked_after_notice_if"),
        ({"care": "lac_ours"}, "notify_looked_after_death"),
    ],
)
async def test_a_death_told_of_after_the_test_was_not_met_begins_no_rapid_review(
    office: Office, facts: dict[str, str], clock: str
) -> None:
    await office.decides("Pat", effect="died", **facts)
    await partners_decide(office, "The test is not met")
    await office.says("Lee", "Nobody suspects abuse.", "yes")
    assert (await states(office))[clock] == "running"
    assert await differences(office) == ()
    await office.says("Lee", "done 26-001", "Secretary of State", "today")
    found = await states(office)
    assert found[clock] == "met"
    assert not any(name.startswith("rapid_review") for name, state in found.items() if state == "running")


@pytest.mark.parametrize(
    ("care", "clock"), [("care_leaver", "notify_care_leaver_death"), ("unsure", "looked_after_notice_if")]
)
async def test_where_another_council_notifies_a_death_that_may_be_ours_is_kept_here(
    office: Office, care: str, clock: str
) -> None:
    await office.decides("Pat", role="la_children", effect="died", place="other_english_area", care=care)
    assert ((await office.case()).outcome, (await states(office))[clock]) == ("D", "running")
    assert await differences(office) == ()
    await office.says("Lee", "done 26-001", "Secretary of State", "today")
    assert [one.kind for one in (await office.case()).events][-1] == "death notified"


CARE_LEAVER = {"effect": "died", "maltreatment": "no", "known_to_services": "no", "care": "care_leaver"}


async def test_of_a_care_leaver_under_18_the_partners_are_reminded_to_consider_the_test(office: Office) -> None:
    reply = words(await office.decides("Pat", role="la_children", **CARE_LEAVER))
    assert "onsider whether the serious incident test is met as well, because they were under 18" in reply
    assert (await states(office))["consider_serious_incident_test"] == "running"
    await partners_decide(office, "The test is not met")
    await office.says("Lee", "Nobody suspects abuse.", "yes")
    found = await states(office)
    assert (found["consider_serious_incident_test"], found["notify_care_leaver_death"]) == ("met", "running")
    assert "notify_panel" not in found
    assert await differences(office) == ()


@pytest.mark.parametrize("facts", [CARE_LEAVER, LOOKED_AFTER], ids=["care leaver", "looked after"])
async def test_where_the_partners_notify_it_as_a_serious_incident_the_panel_and_its_review_are_owed(
    office: Office, facts: dict[str, str]
) -> None:
    await office.decides("Pat", **facts)
    await partners_decide(office, "To notify")
    found = await states(office)
    assert (found["notify_panel"], found["tell_partners"]) == ("running", "running")
    await office.says("Lee", "done 26-001", "notify the Panel", "today")
    found = await states(office)
    assert (found["notify_panel"], found["rapid_review_from_notification"]) == ("met", "running")
    assert "running" not in {found.get("notify_care_leaver_death"), found.get("notify_looked_after_death")}
    assert await differences(office) == ()


async def test_a_care_leaver_of_18_or_over_has_no_test_to_consider(office: Office) -> None:
    await office.decides("Pat", age_at_event="18_24", effect="died", care="care_leaver")
    assert "consider_serious_incident_test" not in await states(office)
