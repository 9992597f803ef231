"""Whoever a duty of a case was passed up to tells what is new of it, and disagrees, as whoever opened it may."""

from __future__ import annotations

from datetime import timedelta

from bot import wording_agreeing, wording_case_news, wording_cases
from bot.exchange import Exchange

from .case_office import DEE, DORA, LEE, Office, staffed, states, tells, words
from .made_once import made_once


@made_once
async def office(on_sqlite: Exchange) -> Office:
    """Dora, the director, has been told of a duty of the case; Lou, the scrutineer, of none."""
    made = await staffed(on_sqlite, LEE, DEE, DORA)
    await made.join("Lou", "scrutineer")
    await made.decides("Pat", aware_on="16 November 2026")
    while not any(who == "Dora" for who, _ in await made.woken()):
        made.at += timedelta(hours=6)
        assert made.at.day < 30, "the director never heard"
    return made


async def heard_by_lee(office: Office) -> list[str]:
    return [line for who, line in await office.woken_all() if who == "Lee"]


async def test_that_the_child_has_died_is_on_record_and_the_owner_hears(office: Office) -> None:
    reply = await tells(office, "Dora", what_is_new="harm", effect="died")
    assert wording_cases.NOT_YOURS not in reply
    event = (await office.case()).events[-1]
    assert (event.kind, event.by, event.value("held")) == ("decision corrected", office.ids["Dora"], "")
    said = wording_case_news.changed_by_news("26-001", "").partition(".")[0]
    assert [line for line in await heard_by_lee(office) if line.startswith(said)] != []


async def test_what_would_owe_less_waits_for_a_lead_and_they_hear_what_came_of_it(office: Office) -> None:
    reply = await tells(office, "Dora", what_is_new="abuse", maltreatment="no", known_to_services="no")
    assert wording_agreeing.STAYS_UNTIL_A_LEAD in reply
    assert (await states(office))["notify_panel"] == "running"
    assert (await office.case()).to_agree is not None
    assert any(wording_agreeing.STAYS_UNTIL_A_LEAD in line for line in await heard_by_lee(office))
    await office.says("Lee", "it does not hold", "The scan shows a fracture.")
    line = wording_agreeing.what_you_told("26-001", holds=False)
    assert ("Dora", line) in await office.woken_all()


async def test_a_disagreement_is_on_record(office: Office) -> None:
    await office.says("Dora", "disagreement 26-001")
    await office.answers_out("Dora", {})
    event = (await office.case()).events[-1]
    assert (event.kind, event.by) == ("disagreement raised", office.ids["Dora"])
    assert any(who == "Lee" and "take the disagreement to the next step" in line for who, line in await office.woken())


async def test_one_told_before_it_was_known_of_which_case_is_put_on_it(office: Office) -> None:
    await office.says("Dora", "disagreement")
    reply = words(await office.answers_out("Dora", {}))
    assert wording_cases.put_it("26-001") in reply
    await office.says("Dora", "put it on 26-001")
    assert (await office.case()).events[-1].by == office.ids["Dora"]


async def test_a_post_that_was_told_of_nothing_begins_neither(office: Office) -> None:
    before = (await office.case()).events
    for typed in ("new information 26-001", "disagreement 26-001"):
        assert wording_cases.NO_SUCH_CASE in words(await office.says("Lou", typed)), typed
    assert (await office.case()).events == before
