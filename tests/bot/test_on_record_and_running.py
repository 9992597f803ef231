"""A decision on record in which a clock runs stands among the open cases; one in which nothing runs does not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot import wording_agreeing, wording_cases, wording_duties
from bot.casework import casework
from bot.casework.casework import Desk
from bot.exchange import Exchange
from bot.people import roles
from bot.storage import cases, nudges, people
from bot.storage.people import Role

from .case_office import AREA, DEE, LEE, Office, staffed, states, tells, words
from .made_once import made_once

TO_DO = "check that the child death overview panel has been told"
DIED = {
    "role": "education",
    "effect": "died",
    "maltreatment": "no",
    "care": "none_or_previously_known",
    "known_to_services": "no",
}
LATE = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


@made_once
async def office(on_sqlite: Exchange) -> Office:
    """An area in which a death was decided to be not notifiable, and the child death panel is to be told of it."""
    made = await staffed(on_sqlite, LEE, DEE)
    await made.decides("Pat", **DIED)
    await woken(made)
    return made


async def woken(office: Office) -> list[tuple[str, str]]:
    """Wakes what is due, and gives what the case owes as sent: to whom, and in which words."""

    def work(desk: Desk) -> object:
        for stored in cases.to_wake(desk.connection, desk.at, 100):
            casework.wake(desk, stored)
        names = {id_: name for name, id_ in office.ids.items()}
        case = cases.find(desk.connection, AREA, "26-001")
        assert case is not None
        found = nudges.of_case(desk.connection, case.id, ("waiting",))
        nudges.settle(desk.connection, [one.id for one in found], "sent", desk.at)
        return [(names.get(one.person_id or "", "nobody"), one.line) for one in found]

    found = await office.desk(work)
    assert isinstance(found, list)
    return found


async def status(office: Office) -> str:
    found = await office.desk(lambda desk: cases.find(desk.connection, AREA, "26-001"))
    assert isinstance(found, cases.Stored)
    return found.status


async def late(office: Office) -> list[tuple[str, str]]:
    office.at = LATE
    return await woken(office)


async def given_to_dee(office: Office) -> None:
    await office.says("Lee", "reassign 26-001")
    await office.presses("Lee", "Dee")
    assert (await status(office), (await office.case()).owner) == ("recorded", office.ids["Dee"])


@pytest.mark.parametrize("who", ["Lee", "Dee"])
async def test_it_is_among_the_cases_of_those_who_are_reminded_of_it(office: Office, who: str) -> None:
    assert who in {name for name, line in await late(office) if "child death" in line}
    assert await status(office) == "recorded"
    said = words(await office.says(who, "my cases"))
    assert f"26-001: {TO_DO}, late since" in said
    assert wording_cases.NO_CASES not in said


async def test_it_is_done_by_a_word_after_the_reminder(office: Office) -> None:
    await late(office)
    assert f"Case 26-001. Which one? 1. {TO_DO}, late since" in words(await office.says("Lee", "done"))
    assert "When? Choose, or type the day." in words(await office.says("Lee", "1"))
    await office.says("Lee", "today")
    assert (await states(office))["tell_cdop"] == "met"
    assert "26-001" not in words(await office.says("Lee", "my cases"))
    office.at += timedelta(days=1)
    assert await woken(office) == []


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("I have it", f"Case 26-001. Which one? 1. {TO_DO}, late since"),
        ("not yet", wording_duties.NOT_YET),
        ("remind me later", "Case 26-001"),
    ],
)
async def test_it_is_answered_in_words_after_the_reminder(office: Office, typed: str, expected: str) -> None:
    await late(office)
    said = words(await office.says("Lee", typed))
    assert "This area" not in said
    assert wording_cases.NOTHING_FOR_THAT not in said
    assert expected in said


async def test_it_stands_in_the_digest_of_the_morning(office: Office) -> None:
    office.at = LATE
    digests = {who: line for who, kind, line in await office.year_woken() if kind == "digest"}
    assert "26-001" in digests["Lee"]
    assert TO_DO in digests["Lee"].lower()


async def test_whoever_has_it_is_not_forgotten(office: Office) -> None:
    await given_to_dee(office)

    def forget(desk: Desk) -> None:
        dee = people.read(desk.connection, desk.keys, office.ids["Dee"])
        assert dee is not None
        roles.forget(desk.connection, desk.keys, AREA, dee, desk.at)

    with pytest.raises(roles.NotAllowed, match="26-001"):
        await office.desk(forget)


async def test_it_is_handed_on_with_the_role(office: Office) -> None:
    await given_to_dee(office)

    def take(desk: Desk) -> object:
        found = people.read_all(desk.connection, desk.keys)
        named = {one.id: one for one in found}
        asha, dee = named[office.ids["Asha"]], named[office.ids["Dee"]]
        return roles.take(desk.connection, desk.keys, asha, dee, Role(AREA, "deputy"), desk.at)

    handed = await office.desk(take)
    assert isinstance(handed, roles.HandedOn)
    assert handed.cases == 1
    assert (await office.case()).owner == office.ids["Lee"]
    assert await status(office) == "recorded"


async def test_where_nothing_runs_it_stays_on_record(on_sqlite: Exchange) -> None:
    made = await staffed(on_sqlite, LEE, DEE)
    await made.decides("Pat", **{**DIED, "effect": "serious"})
    assert await status(made) == "recorded"
    assert "26-001" not in words(await made.says("Lee", "my cases"))


async def test_news_with_a_later_day_of_awareness_leaves_what_is_late_late(office: Office) -> None:
    office.at = LATE + timedelta(days=2)
    news = {"what_is_new": "abuse", "maltreatment": "suspected", "la_aware": "yes", "aware_on": "today"}
    reply = await tells(office, "Pat", **news)
    assert "child death overview panel has been told: latest was" not in reply
    shown = words(await office.says("Lee", "case 26-001"))
    assert f"{TO_DO[:1].upper()}{TO_DO[1:]}: late since Tue 24 Nov 2026" in shown
    assert "Counted from Mon 23 Nov 2026, the day the case was opened" in words(await office.says("Lee", "why 26-001"))


async def test_a_lead_may_say_that_the_later_day_is_right_and_then_it_counts(office: Office) -> None:
    office.at = LATE + timedelta(days=2)
    news = {"what_is_new": "abuse", "maltreatment": "suspected", "la_aware": "yes", "aware_on": "today"}
    await tells(office, "Pat", **news)
    await office.says("Lee", "record 26-001")
    await office.presses("Lee", "The day the council knew was put right")
    reply = words(await office.says("Lee", "today"))
    assert "child death overview panel has been told: latest was Tue 24 Nov 2026, now Sat 28 Nov 2026" in reply


async def test_who_tells_what_would_end_it_reads_that_it_waits_for_a_lead(office: Office) -> None:
    reply = await tells(office, "Pat", what_is_new="harm", effect="serious")
    assert "This decision is on record with case 26-001 now" in reply
    assert wording_agreeing.STAYS_UNTIL_A_LEAD in reply
    assert "No clock runs" not in reply
    assert (await states(office))["tell_cdop"] == "running"


async def test_where_a_lead_tells_it_nothing_runs_and_that_is_said(office: Office) -> None:
    reply = await tells(office, "Lee", what_is_new="harm", effect="serious")
    assert "Check that the child death overview panel has been told: no longer needed" in reply
    assert "No clock runs for it." in reply
    assert (await states(office))["tell_cdop"] == "stopped"
