"""Whoever is given a case hears at once what is due in it, and if they do not answer, somebody else does."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from bot.casework import casework
from bot.casework.casework import Desk
from bot.exchange import Exchange
from bot.storage import cases, people

from .case_office import AREA, DEE, DORA, LEE, Office, staffed, words

ACTION = "complete action 1"
PANEL = "notify the Panel"
LAST_DAY = datetime(2026, 11, 30, 15, 0, tzinfo=UTC)
Heard = Sequence[tuple[str, str]]


async def until(office: Office, end: datetime) -> list[tuple[str, str]]:
    """Everything that is said until a moment, and at it."""
    heard = await office.woken()
    while office.at < end:
        office.at = min(office.at + timedelta(hours=3), end)
        heard += await office.woken()
    return heard


async def reassigned(office: Office, name: str, to: str) -> None:
    await office.says(name, "reassign 26-001")
    assert f"{to} has case 26-001 now" in words(await office.presses(name, to))


def of(heard: Heard, name: str, what: str) -> list[str]:
    return [line for who, line in heard if who == name and what in line]


async def test_what_is_due_today_is_said_at_once_to_whoever_is_given_the_case(on_sqlite: Exchange) -> None:
    office = await staffed(on_sqlite, LEE, DEE)
    await office.decides("Pat")
    assert of(await until(office, LAST_DAY), "Lee", f"{PANEL}. Due today")
    await reassigned(office, "Lee", "Dee")
    heard = await office.woken()
    assert len(of(heard, "Dee", f"{PANEL}. Due today, Mon 30 Nov.")) == 1
    assert not of(heard, "Lee", PANEL)
    assert not of(await until(office, LAST_DAY + timedelta(hours=2)), "Dee", PANEL)


async def test_so_it_is_where_the_owner_has_lost_the_role(on_sqlite: Exchange) -> None:
    office = await staffed(on_sqlite, LEE, DEE)
    await office.decides("Pat")
    await until(office, LAST_DAY)
    await office.says("Asha", "take lead from Lee")
    await office.presses("Asha", "Yes")
    assert len(of(await office.woken(), "Dee", f"{PANEL}. Due today, Mon 30 Nov.")) == 1


async def test_what_is_late_is_said_at_once_too_and_again_in_the_morning(on_sqlite: Exchange) -> None:
    office = await staffed(on_sqlite, LEE, DEE)
    await office.decides("Pat")
    await until(office, LAST_DAY + timedelta(days=1))
    await reassigned(office, "Lee", "Dee")
    assert len(of(await office.woken(), "Dee", f"{PANEL}. It was due by Mon 30 Nov: 1 working day late.")) == 1
    heard = await until(office, LAST_DAY + timedelta(days=2))
    assert of(heard, "Dee", f"{PANEL}. It was due by Mon 30 Nov: 2 working days late.")


async def test_handed_over_at_night_it_waits_for_the_morning(on_sqlite: Exchange) -> None:
    office = await staffed(on_sqlite, LEE, DEE)
    await office.decides("Pat")
    await until(office, datetime(2026, 11, 26, 22, 0, tzinfo=UTC))
    await reassigned(office, "Lee", "Dee")
    assert not of(await office.woken(), "Dee", PANEL)
    assert of(await until(office, datetime(2026, 11, 27, 9, 0, tzinfo=UTC)), "Dee", f"{PANEL}. ")


async def test_what_nobody_was_reminded_of_yet_waits_for_its_own_time(on_sqlite: Exchange) -> None:
    office = await staffed(on_sqlite, LEE, DEE)
    await office.decides("Pat")
    await office.woken()
    await reassigned(office, "Lee", "Dee")
    assert not of(await office.woken(), "Dee", PANEL)


async def test_a_silent_deputy_who_has_the_case_is_passed_by_for_the_lead(on_sqlite: Exchange) -> None:
    office = await staffed(on_sqlite, LEE, DEE)
    await office.decides("Pat")
    await office.woken()
    await reassigned(office, "Lee", "Dee")
    heard = await until(office, datetime(2026, 11, 26, 9, 0, tzinfo=UTC))
    assert of(heard, "Lee", "Nobody has said that they have it")
    assert of(heard, "Dee", "Goes as well to the lead.")
    assert not of(heard, "Dee", "Goes as well to the deputy.")


async def test_of_two_deputies_the_one_hears_who_does_not_have_it(on_sqlite: Exchange) -> None:
    office = await staffed(on_sqlite, LEE, DEE, ("Dan", "deputy"))
    await office.decides("Pat")
    await office.woken()
    await reassigned(office, "Lee", "Dee")
    heard = await until(office, datetime(2026, 11, 26, 9, 0, tzinfo=UTC))
    assert of(heard, "Dan", "Nobody has said that they have it")
    assert not of(heard, "Lee", "Nobody has said that they have it")


async def agree_an_action(office: Office, owner: str) -> None:
    def agreed(desk: Desk) -> object:
        stored = cases.find(desk.connection, AREA, "26-001")
        lee = people.read(desk.connection, desk.keys, office.ids["Lee"])
        assert stored is not None
        values = (("due", "2026-12-03"), ("owner", office.ids[owner]))
        return casework.add(desk, stored, "action agreed", lee, words="A rota for visits.", values=values)

    await office.desk(agreed)


AFTER_IT_PASSED = datetime(2026, 12, 7, 9, 0, tzinfo=UTC)


async def test_an_action_of_the_owners_own_goes_on_to_the_deputy(on_sqlite: Exchange) -> None:
    office = await staffed(on_sqlite, LEE, DEE, DORA)
    await office.decides("Pat")
    await agree_an_action(office, "Lee")
    heard = await until(office, AFTER_IT_PASSED)
    assert of(heard, "Lee", ACTION)
    assert of(heard, "Dee", ACTION)


async def test_an_action_of_the_deputy_who_covers_for_the_owner_goes_on_to_somebody_else(on_sqlite: Exchange) -> None:
    office = await staffed(on_sqlite, LEE, DEE, ("Dan", "deputy"))
    await office.decides("Pat")
    await agree_an_action(office, "Dee")
    await office.says("Lee", "I am away from 24 November to 11 December", "Dee")
    heard = await until(office, AFTER_IT_PASSED)
    assert of(heard, "Dee", ACTION)
    assert of(heard, "Dan", ACTION)


async def test_an_action_of_somebody_who_lost_the_post_goes_on_to_another_than_the_owner(on_sqlite: Exchange) -> None:
    office = await staffed(on_sqlite, LEE, DEE, ("Sue", "scrutineer"))
    await office.decides("Pat")
    await agree_an_action(office, "Sue")
    await office.says("Asha", "take scrutineer from Sue")
    await office.presses("Asha", "Yes")
    heard = await until(office, AFTER_IT_PASSED)
    assert of(heard, "Lee", ACTION)
    assert of(heard, "Dee", ACTION)
    assert not of(heard, "Sue", ACTION)


async def test_a_day_put_right_at_night_wakes_nobody_for_what_is_late_by_it(on_sqlite: Exchange) -> None:
    office = await staffed(on_sqlite, LEE, DEE)
    await office.decides("Pat")
    await until(office, datetime(2026, 11, 26, 22, 30, tzinfo=UTC))
    for day in ("Friday 20 November 2026", "Thursday 19 November 2026"):
        await office.says("Lee", "record 26-001")
        await office.presses("Lee", "The day the council knew was put right")
        await office.says("Lee", day)
        assert not of(await office.woken(), "Lee", "check that children's social care")


@pytest.mark.parametrize("others", [[("Lia", "lead")], [("Lia", "lead"), DEE]])
async def test_where_no_deputy_is_here_another_lead_hears(on_sqlite: Exchange, others: list[tuple[str, str]]) -> None:
    office = await staffed(on_sqlite, LEE, *others)
    if DEE in others:
        await office.says("Dee", "I am away from 23 November to 11 December")
    await office.decides("Pat")
    heard = await until(office, datetime(2026, 11, 26, 9, 0, tzinfo=UTC))
    (owner,) = (who for who, line in heard if "it is yours now" in line)
    (other,) = {"Lee", "Lia"} - {owner}
    assert of(heard, other, "Nobody has said that they have it")
    assert not of(heard, "Dee", "Nobody has said that they have it")


@pytest.mark.parametrize("effect", ["serious", "died"])
async def test_who_is_given_a_case_that_is_only_on_record_hears_of_it(on_sqlite: Exchange, effect: str) -> None:
    office = await staffed(on_sqlite, LEE, DEE)
    away = {"maltreatment": "no", "known_to_services": "no", "care": "none_or_previously_known"}
    await office.decides("Pat", role="education", effect=effect, **away)
    await reassigned(office, "Lee", "Dee")
    given = "Case 26-001. It is yours now, with everything on record."
    assert len([line for to, line in await office.woken_all() if to == "Dee" and line.startswith(given)]) == 1


async def test_who_is_given_an_open_case_hears_of_it_once(on_sqlite: Exchange) -> None:
    office = await staffed(on_sqlite, LEE, DEE)
    await office.decides("Pat")
    await reassigned(office, "Lee", "Dee")
    assert len(of(await office.woken(), "Dee", "yours now")) == 1
