"""A closed case: what comes to it afterwards reaches somebody who can open it again, and nothing is asked in vain."""

from __future__ import annotations

import pytest

from bot import wording_cases, wording_closed
from bot.casework.casework import Desk
from bot.exchange import Exchange
from bot.storage import cases, nudges

from .case_office import AREA, DEE, LEE, Office, differences, staffed, states, words

OPEN_IT_FIRST = wording_closed.open_it_first("26-001")


@pytest.fixture
async def office(on_sqlite: Exchange) -> Office:
    """Lee has closed what Pat opened."""
    office = await staffed(on_sqlite, LEE, DEE)
    await office.decides("Pat")
    await office.says("Lee", "record 26-001")
    await office.presses("Lee", "Closed")
    await office.says("Lee", "It is not a serious incident.")
    assert not (await office.case()).is_open
    return office


async def told(office: Office) -> list[tuple[str, str]]:
    """Who is being told what of the case."""

    def work(desk: Desk) -> object:
        stored = cases.find(desk.connection, AREA, "26-001")
        assert stored is not None
        names = {id_: name for name, id_ in office.ids.items()}
        waiting = nudges.of_case(desk.connection, stored.id, ("waiting",))
        return [(names.get(one.person_id or "", "nobody"), one.line) for one in waiting if one.due_at <= desk.at]

    found = await office.desk(work)
    assert isinstance(found, list)
    return found


async def test_a_disagreement_is_on_its_record_and_whoever_has_it_is_told_at_once(office: Office) -> None:
    await office.says("Pat", "disagreement 26-001")
    reply = words(await office.answers_out("Pat", {}))
    case = await office.case()
    assert case.disagreement is not None
    assert case.disagreement.by == office.ids["Pat"]
    assert wording_closed.DISAGREEMENT_KEPT in reply
    ((who, line),) = await told(office)
    assert (who, "a disagreement about it was raised" in line, "Opened again" in line) == ("Lee", True, True)
    assert not await differences(office)


async def test_once_the_case_is_open_again_the_disagreement_is_reminded_of(office: Office) -> None:
    await office.says("Pat", "disagreement 26-001")
    await office.answers_out("Pat", {})
    assert (await states(office))["disagreement"] == "stopped"
    await office.says("Lee", "record 26-001")
    await office.presses("Lee", "Opened again")
    await office.says("Lee", "It was disagreed with.")
    assert (await states(office))["disagreement"] == "running"


async def test_a_disagreement_of_whoever_has_it_says_how_to_open_it_again(office: Office) -> None:
    await office.says("Lee", "disagreement 26-001")
    assert wording_closed.your_disagreement("26-001") in words(await office.answers_out("Lee", {}))
    assert not await told(office)


async def test_a_disagreement_begun_by_itself_can_be_put_on_it(office: Office) -> None:
    await office.says("Pat", "menu", "disagreement")
    assert wording_cases.put_it("26-001") in words(await office.answers_out("Pat", {}))
    await office.says("Pat", "put it on 26-001")
    assert (await office.case()).disagreement is not None


async def test_nothing_is_asked_about_a_local_review_before_it_is_refused(office: Office) -> None:
    assert OPEN_IT_FIRST in words(await office.says("Lee", "review 26-001"))


async def test_nobody_is_chosen_to_have_it(office: Office) -> None:
    assert OPEN_IT_FIRST in words(await office.says("Lee", "reassign 26-001"))


async def test_its_menu_offers_only_what_can_be_done(office: Office) -> None:
    reply = words(await office.says("Lee", "case 26-001"))
    assert wording_cases.ACTS["disagree"] in reply
    assert wording_cases.ACTS["review"] not in reply
    assert "Give it to someone else" not in reply
