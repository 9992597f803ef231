"""An export of one area, from a database that others share: nobody else's people, conversations or questions."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.casework import export, retention
from bot.casework.casework import Desk
from bot.casework.export_scope import Scope
from bot.definitions import Definitions
from bot.exchange import Exchange
from bot.storage import cases, people
from bot.storage.people import Role

from .case_office import AREA, LEE, Office, staffed

BO = "Bo Barnsley"


async def shared(exchange: Exchange) -> Office:
    """Exampleshire with a case of Pat's, which Lee has, and a lead of another area who has asked a thing or two."""
    office = await staffed(exchange, LEE)
    await office.decides("Pat")
    for name in ("Lee", BO, "Nobody"):
        await office.says(name, "what is a rapid review")

    def other(desk: Desk) -> None:
        made = people.make(desk.connection, desk.keys, BO, desk.at)
        people.add_account(desk.connection, desk.keys, made, "slack", BO, desk.at)
        people.grant(desk.connection, desk.keys, made, Role("barnsley", "lead"), desk.at, made)
        office.ids[BO] = made

    await office.desk(other)
    return office


def served(desk: Desk, area: str) -> Definitions:
    return replace(desk.definitions, area=replace(desk.definitions.area, key=area))


async def exported(office: Office, area: str = AREA) -> dict[str, list[Any]]:
    def work(desk: Desk) -> object:
        there = Desk(desk.connection, desk.keys, served(desk, area), desk.at)
        return {name: list(lines) for name, lines in export.files(there)}

    found = await office.desk(work)
    assert isinstance(found, dict)
    return {name: [json.loads(one) for one in lines] if ".json" in name else lines for name, lines in found.items()}


def whose(found: dict[str, list[Any]]) -> tuple[set[str], set[str], int]:
    """Whom an export has, whose conversations, and how many questions."""
    reached = {address for one in found["conversations.jsonl"] for _, address in one["reached_at"]}
    return {one["name"] for one in found["people.jsonl"]}, reached, len(found["questions.jsonl"])


async def test_each_area_takes_its_own_people_conversations_and_questions(on_sqlite: Exchange) -> None:
    office = await shared(on_sqlite)
    # Pat has no role, but opened the case.
    assert whose(await exported(office)) == ({"Asha", "Lee", "Pat"}, {"Pat", "Lee"}, 1)
    found = await exported(office, "barnsley")
    assert whose(found) == ({BO}, {BO}, 1)
    assert found["cases.jsonl"] == []
    assert "This database keeps other areas too." in "".join(found["README.txt"])


async def test_where_there_is_no_other_area_everything_is_taken(on_sqlite: Exchange) -> None:
    office = await shared(on_sqlite)
    await office.desk(
        lambda desk: people.revoke(
            desk.connection, desk.keys, office.ids[BO], Role("barnsley", "lead"), desk.at, office.ids["Asha"]
        )
    )
    found = await exported(office)
    assert whose(found) == ({"Asha", "Lee", "Pat", BO}, {"Pat", "Lee", BO, "Nobody"}, 3)
    assert "other areas" not in "".join(found["README.txt"])


async def test_whoever_a_case_names_is_taken_too(on_sqlite: Exchange) -> None:
    office = await shared(on_sqlite)

    def noted(desk: Desk) -> None:
        stored = cases.find(desk.connection, AREA, "26-001")
        assert stored is not None
        body = json.dumps({"by": office.ids[BO], "words": "Seen."})
        cases.append(desk.connection, desk.keys, stored.id, desk.at, "noted", body)

    await office.desk(noted)
    assert BO in whose(await exported(office))[0]


async def test_whoever_had_a_role_before_is_taken_too_with_what_they_asked(on_sqlite: Exchange) -> None:
    office = await shared(on_sqlite)
    await office.join("Gus", "lead")
    await office.says("Gus", "what is a rapid review")
    await office.desk(
        lambda desk: people.revoke(
            desk.connection, desk.keys, office.ids["Gus"], Role(AREA, "lead"), desk.at, office.ids["Asha"]
        )
    )
    assert whose(await exported(office)) == ({"Asha", "Lee", "Pat", "Gus"}, {"Pat", "Lee", "Gus"}, 2)
    assert whose(await exported(office, "barnsley")) == ({BO}, {BO}, 1)


async def test_of_somebody_of_several_areas_each_sees_its_own_roles(on_sqlite: Exchange) -> None:
    office = await shared(on_sqlite)
    await office.desk(
        lambda desk: people.grant(
            desk.connection, desk.keys, office.ids["Lee"], Role("barnsley", "deputy"), desk.at, office.ids[BO]
        )
    )
    for area, role in ((AREA, "lead"), ("barnsley", "deputy")):
        (lee,) = [one for one in (await exported(office, area))["people.jsonl"] if one["name"] == "Lee"]
        given = [one["about"].split()[:2] for one in lee["timeline"] if one["what"] == "role given"]
        assert (lee["roles"], given) == ([f"{area} {role}"], [[area, role]])
        assert "named" in [one["what"] for one in lee["timeline"]]


async def test_what_the_people_of_another_area_asked_is_kept_for_as_long_as_that_one_says(on_sqlite: Exchange) -> None:
    office = await shared(on_sqlite)
    # Pat has no role, but opened a case here.
    await office.says("Pat", "what is a rapid review")
    for name in ("Lee", BO, "Nobody", "Pat"):
        await office.says(name, "that did not help")
    office.at += timedelta(days=400)

    async def erased(area: str) -> int:
        def work(desk: Desk) -> object:
            return retention.tidy(Desk(desk.connection, desk.keys, served(desk, area), desk.at)).questions

        found = await office.desk(work)
        assert isinstance(found, int)
        return found

    # Whose area nobody can tell goes with the first.
    assert await erased("barnsley") == 2
    assert await erased(AREA) == 2


@pytest.mark.parametrize(
    ("decided_for", "held_by", "is_ours"),
    [
        ({AREA}, set(), True),
        ({AREA, "barnsley"}, {"Bo"}, True),
        ({"barnsley"}, {"Lee"}, False),
        (set(), {"Lee"}, True),
        (set(), {"Bo"}, False),
        (set(), set(), False),
    ],
)
def test_whose_a_conversation_is_goes_by_its_decisions_then_by_who_has_it(
    decided_for: set[str], held_by: set[str], *, is_ours: bool
) -> None:
    assert Scope(AREA, frozenset({"Lee"})).has_conversation(decided_for, held_by) == is_ours
