"""Somebody's role is taken: their cases go to whoever is on duty, and they see, hear of and act on none any more."""

from __future__ import annotations

import json
from datetime import timedelta

from adapters.people_desk import PeopleDesk
from bot import wording_cases
from bot.casework import board_reading, case_file, casework, rewording, row_check
from bot.casework.board import Asked
from bot.casework.casework import Desk
from bot.exchange import Exchange
from bot.storage import Connection, cases, nudges, people
from bot.storage.people import Role

from .case_office import AREA, DORA, LEE, Office, staffed, words
from .made_once import made_once

YOURS = "it is yours now. Please say that you have it. Good practice."


@made_once
async def office(on_sqlite: Exchange) -> Office:
    return await staffed(on_sqlite, LEE, DORA)


async def taken(office: Office, name: str, role: str) -> str:
    """What the administrator is told who takes a role in the conversation."""
    await office.says("Asha", f"take {role} from {name}")
    return words(await office.presses("Asha", "Yes"))


async def two_cases(office: Office) -> None:
    await office.decides("Pat")
    await office.says("Pat", "menu")
    await office.decides("Pat")


async def heard_within(office: Office, days: int) -> list[tuple[str, str]]:
    """Everything that is said to anybody within some days."""
    heard = []
    for _ in range(days * 4):
        heard += await office.woken()
        office.at += timedelta(hours=6)
    return heard


async def test_their_cases_go_to_whoever_is_on_duty_who_hears_at_once(office: Office) -> None:
    await office.join("Dee", "deputy")
    await two_cases(office)
    await office.woken()
    said = await taken(office, "Lee", "lead")
    assert "2 open cases that were theirs went to Dee, who is being told." in said
    assert "26-0" not in said
    for ref in ("26-001", "26-002"):
        case = await office.case(ref)
        assert (case.owner, case.events[-1].kind, case.events[-1].by) == (office.ids["Dee"], "reassigned", "")
    assert {("Dee", f"Case {ref}: {YOURS}") for ref in ("26-001", "26-002")} <= set(await office.woken())
    assert not any(who == "Lee" for who, _ in await heard_within(office, 9))
    for typed in ("case 26-001", "done 26-001", "I have it 26-001", "reassign 26-001", "note 26-001", "why 26-001"):
        assert wording_cases.NO_SUCH_CASE in words(await office.says("Lee", typed)), typed
    assert wording_cases.NO_CASES in words(await office.says("Lee", "my cases"))


async def test_with_nobody_there_it_is_nobodys_until_somebody_is_given_the_role(office: Office) -> None:
    await office.decides("Pat")
    await office.woken()
    assert "One open case that was theirs can go to nobody" in await taken(office, "Lee", "lead")
    assert (await office.case()).owner == ""
    assert not any(who == "Lee" for who, _ in await office.woken())

    def alarms(desk: Desk) -> object:
        area = cases.find(desk.connection, AREA, cases.AREA_REF)
        assert area is not None
        return [one.line for one in nudges.of_case(desk.connection, area.id) if one.person_id == office.ids["Asha"]]

    assert any("Nobody is registered as the lead" in str(line) for line in await office.desk(alarms))  # type: ignore[attr-defined]
    await office.join("Lia", "lead")
    assert ("Lia", f"Case 26-001: {YOURS}") in await office.woken()
    assert (await office.case()).owner == office.ids["Lia"]
    assert wording_cases.NOBODYS in words(await office.says("Lia", "case 26-001"))


async def test_whoever_still_has_cases_by_another_role_keeps_them(office: Office) -> None:
    def too(connection: Connection) -> None:
        keys, who = office.exchange.keys, office.ids["Lee"]
        people.grant(connection, keys, who, Role(AREA, "deputy"), office.at, office.ids["Asha"])

    await office.exchange.database.run(too)
    await office.decides("Pat")
    assert "open case" not in await taken(office, "Lee", "lead")
    assert (await office.case()).owner == office.ids["Lee"]


async def test_what_waits_to_be_sent_to_them_goes_to_the_new_owner(office: Office) -> None:
    await office.join("Dee", "deputy")
    await office.decides("Pat")

    def noted(desk: Desk) -> object:
        for stored in cases.to_wake(desk.connection, desk.at, 100):
            casework.wake(desk, stored)

    await office.desk(noted)
    assert "Lee" in {who for who, _ in await office.woken_all()}
    await taken(office, "Lee", "lead")
    assert "Lee" not in {who for who, _ in await office.woken_all()}


async def test_a_director_whose_post_is_taken_is_neither_asked_again_nor_sees_it(office: Office) -> None:
    await office.decides("Pat", aware_on="16 November 2026")
    while not any(who == "Dora" for who, _ in await office.woken()):
        office.at += timedelta(hours=24)
        assert office.at.day < 30, "the director never heard"
    await office.says("Dora", "I have it 26-001")
    assert "I will ask again" in words(await office.says("Dora", "1"))
    await taken(office, "Dora", "director")
    heard = await heard_within(office, 5)
    assert not any(who == "Dora" for who, _ in heard)
    assert any(who == "Lee" for who, _ in heard)
    for typed in ("case 26-001", "done 26-001", "I have it 26-001", "note 26-001"):
        assert wording_cases.NO_SUCH_CASE in words(await office.says("Dora", typed)), typed


async def test_it_is_said_on_the_command_line_too(office: Office) -> None:
    await office.join("Dee", "deputy")
    await office.decides("Pat")
    exchange = office.exchange

    def run() -> str:
        desk = PeopleDesk(exchange.database, exchange.keys, exchange.definitions.area, office.at)
        return desk.revoke("Lee", "lead", "")

    said = run()
    assert said == "Done. Lee is no longer a lead. One open case that was theirs went to Dee, who is being told."
    assert (await office.case()).owner == office.ids["Dee"]


async def test_a_case_whose_owner_lost_the_role_before_goes_on_when_it_is_next_looked_at(office: Office) -> None:
    await office.join("Dee", "deputy")
    await office.decides("Pat")

    def revoked(connection: Connection) -> None:
        people.revoke(connection, office.exchange.keys, office.ids["Lee"], Role(AREA, "lead"), office.at, "")

    await office.exchange.database.run(revoked)
    assert wording_cases.NO_CASES in words(await office.says("Lee", "my cases"))
    assert ("Dee", f"Case 26-001: {YOURS}") in await office.woken()
    assert (await office.case()).owner == office.ids["Dee"]


async def noted(office: Office) -> None:
    """Notes what is owed now, and leaves it to be sent."""

    def work(desk: Desk) -> object:
        for stored in cases.to_wake(desk.connection, desk.at, 100):
            casework.wake(desk, stored)

    await office.desk(work)


async def waits_for(office: Office, name: str, post: str) -> set[str]:
    """The clocks of the case of which somebody waits to be reminded for a post."""

    def work(desk: Desk) -> object:
        stored = cases.find(desk.connection, AREA, "26-001")
        assert stored is not None
        every = nudges.of_case(desk.connection, stored.id, ("waiting",))
        return {one.clock for one in every if one.person_id == office.ids[name] and one.post == post}

    found = await office.desk(work)
    assert isinstance(found, set)
    return found


async def given_too(office: Office, name: str, role: str) -> None:
    def work(connection: Connection) -> None:
        keys, who = office.exchange.keys, office.ids[name]
        people.grant(connection, keys, who, Role(AREA, role), office.at, office.ids["Asha"])

    await office.exchange.database.run(work)


async def test_a_post_that_is_left_keeps_nothing_of_what_waited_for_the_role(office: Office) -> None:
    await office.join("Dee", "deputy")
    await given_too(office, "Lee", "director")
    await office.decides("Pat")
    for _ in range(2):
        await office.woken()
        office.at += timedelta(hours=23.5)
    await noted(office)
    waited = await waits_for(office, "Lee", "owner")
    assert "notify_panel" in waited
    await taken(office, "Lee", "lead")
    assert await waits_for(office, "Lee", "owner") == set()
    # Of what Dee was to hear as a deputy anyway she is reminded once.
    heard = await waits_for(office, "Dee", "owner") | await waits_for(office, "Dee", "deputy")
    assert waited <= heard


async def until_passed_up(office: Office, name: str, post: str) -> set[str]:
    for _ in range(40):
        await noted(office)
        if waited := await waits_for(office, name, post):
            return waited
        await office.woken()
        office.at += timedelta(hours=3)
    raise AssertionError("it was never passed up")


async def test_what_waited_for_one_post_does_not_stay_with_whoever_keeps_another(office: Office) -> None:
    await given_too(office, "Dora", "scrutineer")
    await office.decides("Pat")
    await until_passed_up(office, "Dora", "director")
    await taken(office, "Dora", "scrutineer")
    waited = await waits_for(office, "Dora", "director")
    assert waited, "what was for the director stays the director's"
    await given_too(office, "Dora", "scrutineer")
    await taken(office, "Dora", "director")
    assert await waits_for(office, "Dora", "director") == set()
    lees = await waits_for(office, "Lee", "director") | await waits_for(office, "Lee", "owner")
    assert waited <= lees


async def told_by_their_post(office: Office) -> list[str]:
    """To whom the case's record says that a duty was passed up."""

    def work(desk: Desk) -> object:
        stored = cases.find(desk.connection, AREA, "26-001")
        assert stored is not None
        every = cases.events(desk.connection, desk.keys, stored.id, with_reads=True)
        names = {id_: name for name, id_ in office.ids.items()}
        return [names[json.loads(one.body)["by"]] for one in every if one.kind == cases.PASSED_UP]

    found = await office.desk(work)
    assert isinstance(found, list)
    return found


async def test_who_comes_to_hear_it_for_the_post_is_on_record_as_one_who_may_see_the_case(office: Office) -> None:
    await office.decides("Pat")
    waited = await until_passed_up(office, "Dora", "director")
    await office.join("Dan")
    await given_too(office, "Dan", "director")
    await taken(office, "Dora", "director")
    assert await waits_for(office, "Dan", "director") == waited
    assert list(dict.fromkeys(await told_by_their_post(office))) == ["Dora", "Dan"]


async def lines_to_send(office: Office, name: str) -> list[str]:
    """What waits for somebody, in the words in which it would be sent now."""

    def work(desk: Desk) -> object:
        stored = cases.find(desk.connection, AREA, "26-001")
        assert stored is not None
        every = nudges.of_case(desk.connection, stored.id, ("waiting",))
        theirs = [one for one in every if one.person_id == office.ids[name]]
        return [one.line for one in rewording.said(desk, theirs)]

    found = await office.desk(work)
    assert isinstance(found, list)
    return found


async def test_a_reminder_that_waits_does_not_name_a_post_that_was_taken_meanwhile(office: Office) -> None:
    await office.decides("Pat")
    await until_passed_up(office, "Dora", "director")
    as_well = "Goes as well to the director of children's services"
    assert any(as_well in line for line in await lines_to_send(office, "Lee"))
    await taken(office, "Dora", "director")
    lines = await lines_to_send(office, "Lee")
    assert lines
    assert not any(as_well in line for line in lines)


async def test_whoever_keeps_the_role_is_not_sent_what_was_for_a_post(office: Office) -> None:
    office.at += timedelta(minutes=1)
    await office.join("Lia", "lead")
    await office.decides("Pat")
    await given_too(office, "Lia", "director")
    waited = await until_passed_up(office, "Lia", "director")
    await taken(office, "Lia", "director")
    assert await waits_for(office, "Lia", "director") == set()
    hears = [await waits_for(office, name, "director") for name in ("Dora", "Lee")]
    assert waited <= set().union(*hears)
    assert await called_back_unsaid(office) == []


async def called_back_unsaid(office: Office) -> list[object]:
    """The reminders that were called back, where the case's chain does not say so."""
    found = await office.desk(row_check.differences)
    return [one for one in found if "cancelled" in one.what]  # type: ignore[attr-defined]


async def of_the_area(office: Office, *statuses: str) -> list[tuple[str | None, str]]:
    """The digests that stand so: for whom, and which."""

    def work(desk: Desk) -> object:
        area = cases.find(desk.connection, AREA, cases.AREA_REF)
        assert area is not None
        names = {id_: name for name, id_ in office.ids.items()}
        every = nudges.of_case(desk.connection, area.id, statuses)
        return [(names.get(one.person_id or ""), one.key.partition("|")[0]) for one in every if one.kind == "digest"]

    found = await office.desk(work)
    assert isinstance(found, list)
    return found


async def test_a_digest_that_waits_is_not_sent_to_whoever_has_lost_the_role(office: Office) -> None:
    office.at += timedelta(minutes=1)  # the case is Lee's, who was lead before
    await office.join("Bea", "business_manager")
    await given_too(office, "Bea", "lead")
    await office.desk(lambda desk: casework.keep_area(desk))
    await office.decides("Pat")
    office.at += timedelta(days=7)  # the next Monday, with the area's week
    await noted(office)
    assert {("Lee", "digest"), ("Lee", "week"), ("Bea", "week")} <= set(await of_the_area(office, "waiting"))
    await taken(office, "Lee", "lead")
    await taken(office, "Bea", "lead")
    assert await of_the_area(office, "waiting") == [("Bea", "week")]
    assert await called_back_unsaid(office) == []


async def test_a_closed_case_is_not_theirs_any_more_but_for_one_that_they_opened(office: Office) -> None:
    await office.join("Dee", "deputy")
    await given_too(office, "Lee", "practitioner")
    await given_too(office, "Lee", "content_owner")
    await office.decides("Lee")
    await office.decides("Pat")

    def closed(desk: Desk) -> None:
        lee = people.read(desk.connection, desk.keys, office.ids["Lee"])
        for stored in cases.listed(desk.connection, AREA):
            assert stored.owner_id == office.ids["Lee"]
            casework.add(desk, stored, "closed", lee, words="All is done.")

    await office.desk(closed)
    await taken(office, "Lee", "lead")
    for typed in ("case 26-002", "note 26-002", "record 26-002", "why 26-002"):
        assert wording_cases.NO_SUCH_CASE in words(await office.says("Lee", typed)), typed

    def shown(desk: Desk) -> object:
        lee = people.read(desk.connection, desk.keys, office.ids["Lee"])
        assert lee is not None
        found = [row.stored.ref for row in board_reading.listing(desk, lee, Asked("all"), "board").rows]
        return found, case_file.open_file(desk, lee, "26-002")

    assert await office.desk(shown) == (["26-001"], None)
    assert "Case 26-001" in words(await office.says("Lee", "case 26-001"))
    assert wording_cases.NOT_YOURS in words(await office.says("Lee", "record 26-001"))
