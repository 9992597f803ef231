"""A finished referral becomes a case: whose it is, who may see it, what they hear, and what each act does."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot import wording_cases
from bot.cases.case import EventKind
from bot.casework import casework
from bot.casework.casework import Desk
from bot.delivering.nudge_buttons import button_id
from bot.exchange import Exchange
from bot.messages import COMMAND, Choices, Chosen
from bot.storage import cases, nudges, timeline
from bot.storage.families import CASES

from .case_office import AREA, AT, DEE, FIRST, LEE, Office, staffed, states, words
from .made_once import made_once


@made_once
async def office(on_sqlite: Exchange) -> Office:
    return await staffed(on_sqlite, LEE, DEE)


async def test_a_decision_opens_a_case_that_says_it_is_no_referral(office: Office) -> None:
    reply = words(await office.decides("Pat"))
    assert "Case 26-001 is open. Lee is being told." in reply
    assert "Your partnership's lead can see this case. That is not a referral: phone now." in reply
    case = await office.case()
    assert (case.outcome, case.owner, case.is_open) == ("B", office.ids["Lee"], True)


async def test_without_an_administrator_nothing_becomes_a_case(on_sqlite: Exchange) -> None:
    office = Office(on_sqlite)
    await office.join("Pat")
    assert "Case" not in words(await office.decides("Pat"))
    assert "nobody has been made administrator" in words(await office.says("Pat", "my cases"))


async def test_with_no_lead_administrators_are_alarmed(on_sqlite: Exchange) -> None:
    office = Office(on_sqlite)
    await office.join("Asha", "administrator")
    await office.join("Pat")
    assert "administrators are being told" in words(await office.decides("Pat"))
    assert (
        "Asha",
        "Case 26-001: it is yours now. Please say that you have it. Good practice.",
    ) not in await office.woken()

    def alarms(desk: Desk) -> object:
        area = cases.find(desk.connection, AREA, cases.AREA_REF)
        assert area is not None
        return [one.line for one in nudges.of_case(desk.connection, area.id)]

    assert any("Nobody is registered as the lead" in str(line) for line in await office.desk(alarms))  # type: ignore[attr-defined]


async def test_the_lead_hears_at_once_and_by_reference_only(office: Office) -> None:
    await office.decides("Pat")
    owed = await office.woken()
    assert owed
    assert all(line.startswith("Case 26-001") for _, line in owed)
    assert ("Lee", "Case 26-001: it is yours now. Please say that you have it. Good practice.") in owed


async def test_done_asks_the_day_and_says_what_moved(office: Office) -> None:
    await office.decides("Pat")
    reply = await office.says("Lee", "done 26-001")
    assert "Which one?" in words(reply)
    option = next(
        one.label
        for block in reply.blocks
        if isinstance(block, Choices)
        for one in block.options
        if "notify the Panel" in one.label
    )
    assert "When?" in words(await office.presses("Lee", option))
    reply = words(await office.presses("Lee", "Today"))
    assert "Notify the Panel" in reply
    assert "done Mon 23 Nov 2026" in reply
    assert (await office.case()).notified_on == AT.date()


async def test_a_late_notification_asks_why(office: Office) -> None:
    await office.decides("Pat")
    office.at += timedelta(days=14)
    reply = await office.says("Lee", "record 26-001")
    await office.presses("Lee", "The Panel was notified")
    reply = words(await office.presses("Lee", "Today"))
    assert "This is late. Please say why in a few words" in reply
    reply = words(await office.says("Lee", "The meeting was held late because of leave."))
    assert "Noted." in reply
    assert (await office.case()).late_reason == "The meeting was held late because of leave."


async def test_what_is_late_is_not_offered_to_be_put_off(office: Office) -> None:
    await office.decides("Pat")
    office.at += timedelta(days=4)
    offered = words(await office.says("Lee", "snooze 26-001"))
    assert "notify the Panel" in offered
    assert "late since" not in offered
    assert "late since" in words(await office.says("Lee", "done 26-001"))
    office.at += timedelta(days=400)
    assert wording_cases.NOTHING_FOR_THAT in words(await office.says("Lee", "snooze 26-001"))


async def test_a_snooze_wants_a_reason_and_stops_reminders_until_then(office: Office) -> None:
    await office.decides("Pat")
    await office.woken()
    await office.says("Lee", "snooze 26-001")
    reply = await office._newest("Lee")
    option = next(
        one.label
        for block in reply.blocks
        if isinstance(block, Choices)
        for one in block.options
        if "notify the Panel" in one.label
    )
    assert "Why is it put off?" in words(await office.presses("Lee", option))
    assert "The deadline has not moved" in words(await office.says("Lee", "Waiting for the hospital."))


async def test_a_case_is_handed_over_and_the_new_owner_hears(office: Office) -> None:
    await office.decides("Pat")
    await office.woken()
    await office.says("Lee", "reassign 26-001")
    assert "Dee has case 26-001 now" in words(await office.presses("Lee", "Dee"))
    assert (await office.case()).owner == office.ids["Dee"]
    assert "Dee" in {who for who, _ in await office.woken()}


async def test_only_those_it_concerns_see_a_case(office: Office) -> None:
    await office.join("Stranger")
    await office.decides("Pat")
    assert "26-001" in words(await office.says("Pat", "my cases"))
    assert "26-001" in words(await office.says("Lee", "my cases"))
    for who in ("Stranger", "Asha", "never heard of"):
        for asked in ("case 26-001", "done 26-001", "why 26-001", "note 26-001", "reassign 26-001"):
            reply = words(await office.says(who, asked))
            assert "notify the panel" not in reply.casefold(), (who, asked)
            assert "on record" not in reply, (who, asked)
    assert "Only the case's owner" in words(await office.says("Pat", "done 26-001"))
    assert "To be done:" in words(await office.says("Pat", "case 26-001"))


async def test_looking_is_on_record(office: Office) -> None:
    await office.decides("Pat")
    before = (await office.case()).events
    await office.says("Lee", "case 26-001")

    def read(desk: Desk) -> object:
        stored = cases.find(desk.connection, AREA, "26-001")
        assert stored is not None
        found = cases.events(desk.connection, desk.keys, stored.id, with_reads=True)
        assert timeline.verify(desk.connection, stored.id, CASES) is None
        return [one.kind for one in found]

    kinds = await office.desk(read)
    assert kinds.count("read") == 1  # type: ignore[attr-defined]
    assert (await office.case()).events == before


async def test_a_changed_answer_puts_the_same_case_right(office: Office) -> None:
    await office.decides("Pat")
    await office.says("Pat", "change")
    reply = await office._newest("Pat")
    labels = [one.label for block in reply.blocks if isinstance(block, Choices) for one in block.options]
    await office.presses("Pat", next(label for label in labels if label.startswith("Day the council first knew")))
    reply = await office.says("Pat", "20 November 2026")
    reply = await office._newest("Pat")
    for _ in range(4):
        options = [one for block in reply.blocks if isinstance(block, Choices) for one in block.options]
        wanted = next((one for one in options if one.id in {"yes", "confirm"}), None)
        if wanted is None:
            break
        reply = await office.presses("Pat", wanted.label)
    assert "This decision is on record with case 26-001 now." in words(reply)
    case = await office.case()
    assert case.aware_on is not None
    assert case.aware_on.isoformat() == "2026-11-20"
    assert len(case.outcomes) == 2


async def test_a_lead_has_one_digest_a_morning_and_the_area_one_a_week(office: Office) -> None:
    await office.decides("Pat")
    await office.desk(casework.keep_area)

    async def digests() -> list[tuple[str, str]]:
        def work(desk: Desk) -> object:
            for stored in cases.to_wake(desk.connection, desk.at, 100):
                casework.wake(desk, stored)
            area = cases.find(desk.connection, AREA, cases.AREA_REF)
            assert area is not None
            assert area.wake_at is not None
            assert area.wake_at > desk.at
            names = {id_: name for name, id_ in office.ids.items()}
            found = nudges.of_case(desk.connection, area.id, ("waiting",))
            nudges.settle(desk.connection, [one.id for one in found], "sent", desk.at)
            return [(names[one.person_id or ""], one.line) for one in found if one.kind == "digest"]

        found = await office.desk(work)
        assert isinstance(found, list)
        return found

    monday = await digests()
    assert [(who, line.splitlines()[0]) for who, line in monday] == [
        ("Lee", "This morning:"),
        ("Lee", "This area's week:"),
    ]
    assert "Case 26-001: notify the Panel, latest Mon 30 Nov 2026." in monday[0][1]
    assert "Open cases: fewer than 5." in monday[1][1]
    office.at += timedelta(minutes=1)
    assert await digests() == []
    office.at += timedelta(days=1)
    assert [line.splitlines()[0] for _, line in await digests()] == ["This morning:"]
    office.at += timedelta(days=4)
    assert await digests() == [], "a Saturday"


async def test_a_decision_not_to_review_is_put_on_the_cases_record(office: Office) -> None:
    await office.decides("Pat")
    await office.says("Lee", "record 26-001")
    await office.presses("Lee", "The Panel was notified")
    await office.presses("Lee", "Today")
    reply = words(await office.says("Lee", "review 26-001"))
    assert "26-001" in reply
    reply = words(await office.answers_out("Lee", {"decision": "no_review"}))
    assert "This decision is on record with case 26-001 now." in reply
    case = await office.case()
    assert (case.events[-1].kind, case.events[-1].value("decision")) == ("review decided", "no")
    assert "version 1" in case.events[-1].words


@pytest.mark.parametrize("said", ["review 26-001", "review outcome 26-001", "Rapid review outcome for case 26-001"])
async def test_the_outcome_of_a_rapid_review_begins_by_the_name_of_its_dialog(office: Office, said: str) -> None:
    await office.decides("Pat")
    await office.says("Lee", "we notified today")
    assert "After the rapid review" in words(await office.says("Lee", said))


async def test_new_information_changes_the_case_it_is_about(office: Office) -> None:
    await office.decides("Pat")
    assert "26-001" in words(await office.says("Lee", "new information 26-001"))
    reply = words(await office.answers_out("Lee", {"what_is_new": "abuse", "suspected": "no"}))
    assert "case 26-001" in reply
    assert len((await office.case()).outcomes) == 2


async def test_a_disagreement_is_raised_on_the_case(office: Office) -> None:
    await office.decides("Pat")
    await office.says("Pat", "disagreement 26-001")
    assert "case 26-001" in words(await office.answers_out("Pat", {}))
    assert (await office.case()).newest("disagreement raised") is not None


async def test_what_was_notified_before_is_put_with_its_case(office: Office) -> None:
    await office.decides("Pat")
    await office.says("Pat", "menu")
    reply = words(await office.decides("Pat", sin_sent="yes", role="la_children"))
    assert "The lead can join it to the case it belongs to." in reply
    assert ("Lee", True) in [(who, "“join 26-002”" in line) for who, line in await office.woken_all()]
    await office.says("Lee", "join 26-002")
    assert "Case 26-002 is with case 26-001 now" in words(await office.presses("Lee", FIRST))
    office.at += timedelta(days=1)
    await office.woken()
    assert not any("“join 26-002”" in line for _, line in await office.woken_all())


@pytest.mark.parametrize("typed", ["26-001", "case 26-001", "1", "Case 26-001."])
async def test_the_case_it_belongs_to_can_be_typed(office: Office, typed: str) -> None:
    await office.decides("Pat")
    await office.says("Pat", "menu")
    await office.decides("Pat", sin_sent="yes", role="la_children")
    await office.says("Lee", "join 26-002")
    assert "Case 26-002 is with case 26-001 now" in words(await office.says("Lee", typed))
    # Once it is answered, a reference shows its case again.
    assert "What next with this case?" in words(await office.says("Lee", "26-001"))


async def test_the_lead_is_asked_each_working_morning_until_it_is_with_its_case(office: Office) -> None:
    await office.decides("Pat", sin_sent="yes", role="la_children")
    assert any("Open a case" in line for who, line in await office.woken_all() if who == "Lee")
    await office.desk(nudges_sent)
    for day in (24, 25):
        office.at = AT.replace(day=day, hour=9)
        await office.woken()
        assert [who for who, line in await office.woken_all() if "“join 26-001”" in line] == ["Lee"]
        await office.desk(nudges_sent)
    assert "no earlier case here" in words(await office.says("Lee", "join 26-001"))
    await office.says("Lee", "case 26-001")
    await office.presses("Lee", "It belongs to no earlier case")
    assert "I will not ask again" in words(await office.says("Lee", "It was sent in error."))
    office.at = AT.replace(day=26, hour=9)
    await office.woken()
    assert await office.woken_all() == []


async def test_its_menu_offers_to_join_it_until_it_is_joined(office: Office) -> None:
    await office.decides("Pat")
    await office.says("Pat", "menu")
    await office.decides("Pat", sin_sent="yes", role="la_children")
    await office.says("Lee", "case 26-002")
    await office.presses("Lee", "Join it to an earlier case")
    await office.presses("Lee", FIRST)
    assert "Join it to an earlier case" not in words(await office.says("Lee", "case 26-002"))
    assert "with its case already" in words(await office.says("Lee", "join 26-002", "26-001"))


def nudges_sent(desk: Desk) -> None:
    """Takes every reminder of the first case that waits as sent."""
    stored = cases.find(desk.connection, AREA, "26-001")
    assert stored is not None
    noted = nudges.of_case(desk.connection, stored.id, ("waiting",))
    nudges.settle(desk.connection, [one.id for one in noted], "sent", desk.at)


async def test_an_actions_day_or_owner_is_changed_with_a_reason_and_the_old_one_stays_on_record(office: Office) -> None:
    await office.decides("Pat")
    await office.says("Lee", "record 26-001")
    await office.presses("Lee", "An action was agreed")
    await office.says("Lee", "A protocol for handovers.", "11 December 2026")
    await office.presses("Lee", "It need not be")
    await office.presses("Lee", wording_cases.THE_CASES_OWNER)
    await office.says("Lee", "record 26-001")
    await office.presses("Lee", "An action’s day or owner was changed")
    await office.presses("Lee", "Action 1")
    await office.says("Lee", "18 December 2026")
    await office.presses("Lee", "Dee")
    reply = words(await office.says("Lee", "The training is a week later."))
    assert "latest was Fri 11 Dec 2026, now Fri 18 Dec 2026" in reply
    (action,) = (await office.case()).actions
    assert (str(action.due_on), action.owner) == ("2026-12-18", office.ids["Dee"])
    first, changed = (one for one in (await office.case()).events if one.kind.startswith("action"))
    assert (first.value("due"), changed.words) == ("2026-12-11", "The training is a week later.")
    assert "action 1, due by Fri 18 Dec 2026, owner Dee" in words(await office.says("Lee", "case 26-001"))


async def test_done_before_it_began_is_refused_and_says_what_it_waits_for(office: Office) -> None:
    await office.decides("Pat")
    await office._take("Lee", Chosen(COMMAND, (button_id("done", "26-001", "panel_reply"),)))
    assert "It starts with the day the rapid review was sent" in words(await office._newest("Lee"))


@pytest.mark.parametrize("said", ["open a case", "Start a case.", "How do I open a case?"])
async def test_how_a_case_opens_is_said(office: Office, said: str) -> None:
    reply = words(await office.says("Lee", said))
    assert "A case opens by itself when a decision is confirmed" in reply
    assert "“Open a case”" in reply


@pytest.mark.parametrize("said", ["show case 26-001", "show me case 26-001", "open 26-001"])
async def test_a_case_is_shown_in_other_words(office: Office, said: str) -> None:
    await office.decides("Pat")
    assert "What next with this case?" in words(await office.says("Lee", said))
    assert "I do not know who you are here" in words(await office.says("Nobody", said))


async def agreed(office: Office, what: str, owner: str = wording_cases.THE_CASES_OWNER) -> None:
    """An action, due on 18 December and never to be looked at again."""
    await office.says("Lee", "record 26-001")
    await office.presses("Lee", "An action was agreed")
    await office.says("Lee", what, "18 December 2026")
    reply = words(await office.presses("Lee", "It need not be"))
    assert wording_cases.WHOSE_ACTION in reply
    await office.presses("Lee", owner)


async def test_whose_an_action_is_is_asked_when_it_is_agreed(office: Office) -> None:
    await office.decides("Pat")
    await agreed(office, "A protocol for handovers.")
    await agreed(office, "Training.", "Dee")
    first, second = (await office.case()).actions
    assert (first.owner, second.owner) == ("", office.ids["Dee"])


async def test_what_an_action_has_changed_is_recorded_of_that_action(office: Office) -> None:
    await office.decides("Pat")
    assert "What it has changed was recorded" not in words(await office.says("Lee", "record 26-001"))
    await agreed(office, "A protocol for handovers.")
    await agreed(office, "Training.")
    await office.says("Lee", "record 26-001")
    asked = words(await office.presses("Lee", "What it has changed was recorded"))
    assert "Action 1" in asked
    assert wording_cases.WHOLE_REVIEW not in asked
    await office.presses("Lee", "Action 2")
    assert wording_cases.NOTED in words(await office.says("Lee", "Handovers are safe.", "yes"))
    first, second = (await office.case()).actions
    assert (first.impact is None, second.impact is None) == (True, False)


async def test_what_a_whole_review_has_changed_is_recorded_once_it_is_published(office: Office) -> None:
    await office.decides("Pat")
    for kind in ("notified", "review decided", "published"):
        values = (("decision", "yes"),) if kind == "review decided" else ()
        await office.desk(lambda desk, kind=kind, values=values: added(desk, kind, values))  # type: ignore[misc]
    await office.says("Lee", "record 26-001")
    asked = words(await office.presses("Lee", "What it has changed was recorded"))
    assert "Action 1" not in asked
    await office.presses("Lee", wording_cases.WHOLE_REVIEW)
    assert wording_cases.NOTED in words(await office.says("Lee", "Handovers are safe.", "yes"))
    assert (await office.case()).events[-1].values == ()
    office.at += timedelta(days=400)
    await office._take("Lee", Chosen(COMMAND, (button_id("done", "26-001", "impact_evaluation"),)))
    assert wording_cases.WORDS in words(await office._newest("Lee"))


def added(desk: Desk, kind: EventKind, values: tuple[tuple[str, str], ...]) -> None:
    """Something that happened in the first case today."""
    stored = cases.find(desk.connection, AREA, "26-001", lock=True)
    assert stored is not None
    casework.add(desk, stored, kind, None, on=desk.today, words="Agreed.", values=values)


@pytest.mark.parametrize(("chosen", "clocks"), [("It need not be", ["action_due:1"]), ("Every 6 months", None)])
async def test_an_action_that_need_not_be_looked_at_is_not(
    office: Office, chosen: str, clocks: list[str] | None
) -> None:
    await office.decides("Pat")
    await office.says("Lee", "record 26-001")
    await office.presses("Lee", "An action was agreed")
    await office.says("Lee", "A protocol.", "18 December 2026")
    await office.presses("Lee", chosen)
    await office.presses("Lee", wording_cases.THE_CASES_OWNER)
    assert [one for one in await states(office) if one.startswith("action")] == (
        clocks or ["action_due:1", "action_audit:1"]
    )
    assert ("Audit action 1" in words(await office.says("Lee", "case 26-001"))) is (clocks is None)
