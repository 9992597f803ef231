"""Somebody is forgotten: no reminder names them any more, and a legal hold on a case of theirs puts that off."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from bot.cases import nudge_words
from bot.casework import export
from bot.casework.casework import Desk
from bot.exchange import Exchange
from bot.people import roles
from bot.people.roles import NotAllowed
from bot.storage import Forgotten, cases, conversations, nudges, outbox, people, timeline
from bot.storage.tables import outgoing

from .case_office import AREA, DEE, LEE, Office, staffed, words

NAME = "Lena Longname"
DUN = ("Dun", "duty_manager")


async def forgotten(office: Office, name: str) -> None:
    def forget(desk: Desk) -> None:
        person = people.read(desk.connection, desk.keys, office.ids[name])
        assert person is not None
        roles.forget(desk.connection, desk.keys, AREA, person, desk.at)

    await office.desk(forget)


async def renamed(office: Office, name: str, new: str) -> None:
    await office.desk(lambda desk: people.rename(desk.connection, desk.keys, office.ids[name], new, desk.at))


async def kept_lines(office: Office) -> list[str]:
    def work(desk: Desk) -> object:
        area = cases.find(desk.connection, AREA, cases.AREA_REF)
        every = [*cases.listed(desk.connection, AREA), *([area] if area else [])]
        return [one.line for stored in every for one in nudges.of_case(desk.connection, stored.id)]

    found = await office.desk(work)
    assert isinstance(found, list)
    return found


async def exported(office: Office) -> str:
    def work(desk: Desk) -> object:
        return "".join(line for name, lines in export.files(desk) if name == "cases.jsonl" for line in lines)

    return str(await office.desk(work))


async def passed_up(office: Office) -> None:
    """A case whose first duty nobody answers, until the duty manager hears of it."""
    await office.decides("Pat")
    await office.woken()
    office.at += timedelta(days=1)
    await office.woken()


async def hold(office: Office) -> None:
    await office.says("Lee", "record 26-001")
    await office.presses("Lee", "A legal hold was placed")
    await office.says("Lee", "An inquest was ordered.")


@pytest.mark.parametrize("earlier", [NAME, "Lena Maidenname"])
async def test_no_reminder_names_them_any_more_whatever_they_were_called(on_sqlite: Exchange, earlier: str) -> None:
    office = await staffed(on_sqlite, (NAME, "lead"), DUN)
    await renamed(office, NAME, earlier)
    await passed_up(office)
    assert any(f"The case is {earlier}'s." in line for line in await kept_lines(office))
    await renamed(office, NAME, NAME)
    office.at += timedelta(minutes=1)
    await office.join(*DEE)
    await office.says("Asha", f"take lead from {NAME}")
    await office.presses("Asha", "Yes")
    before = [line for line in await kept_lines(office) if "The case is" not in line]
    await forgotten(office, NAME)
    left = await kept_lines(office)
    assert not any("Lena" in line for line in left)
    assert set(before) <= set(left)
    assert "Lena" not in await exported(office)
    assert "Lena" not in words(await office.says("Dun", "case 26-001"))


async def test_neither_their_addresses_nor_their_own_conversations_stay(on_sqlite: Exchange) -> None:
    office = await staffed(on_sqlite, LEE, DEE)
    await office.says("Pat", "my accounts")
    own = await office.desk(lambda desk: conversations.id_at(desk.connection, "slack", "Pat"))
    assert own

    def waits(desk: Desk) -> None:
        key = "to be told"
        outbox.put(
            desk.connection,
            desk.keys,
            str(own),
            channel="slack",
            address="Pat",
            body="Case 26-001.",
            at=desk.at,
            key=key,
        )

    await office.desk(waits)
    await forgotten(office, "Pat")

    def left(desk: Desk) -> object:
        leads = conversations.id_at(desk.connection, "slack", "Pat")
        kept = desk.connection.execute(select(outgoing.c.address, outgoing.c.status)).all()
        with pytest.raises(Forgotten):
            timeline.read(desk.connection, desk.keys, str(own))
        return leads, {tuple(one) for one in kept}, timeline.verify(desk.connection, str(own))

    assert await office.desk(left) == (None, {("", "sent"), ("", "cancelled")}, None)
    assert "I do not know whose account this is" in words(await office.says("Pat", "my accounts"))


async def test_the_names_of_others_stay(on_sqlite: Exchange) -> None:
    office = await staffed(on_sqlite, LEE, DUN)
    await passed_up(office)
    before = await kept_lines(office)
    assert any("The case is Lee's." in line for line in before)
    await forgotten(office, "Pat")
    assert await kept_lines(office) == before


def test_a_morning_names_nobody_who_is_not_known() -> None:
    kept = [nudge_words.covers(name, date(2026, 12, 4)) for name in ("Lena Longname", "Lee")]
    line = "\n".join(["This morning:", *kept, "Case 26-001: notify the Panel, late by 2 working days."])
    assert nudge_words.without_names(line, {"Lee"}) == line.replace("Lena Longname is", "The owner is")


def test_a_reminder_of_the_areas_year_names_nobody_who_is_not_known() -> None:
    line = f"This area: publish the yearly report. {nudge_words.whose_case('area', 'Lena Longname')}"
    assert nudge_words.without_names(line, {"Lee"}) == "This area: publish the yearly report."
    assert nudge_words.without_names(line, {"Lena Longname"}) == line
    assert any(one in line for one in nudge_words.NAMING)


@pytest.mark.parametrize("line", ["Case 26-001: notify. The case is nobody's yet.", "The lead is away until now."])
def test_what_names_nobody_stays_as_it_is(line: str) -> None:
    assert nudge_words.without_names(line, set()) == line


@pytest.mark.parametrize("is_closed", [False, True])
async def test_whoever_opened_a_case_under_a_legal_hold_is_not_forgotten(on_sqlite: Exchange, is_closed: bool) -> None:
    office = await staffed(on_sqlite, LEE, DEE)
    await office.decides("Pat")
    await hold(office)
    if is_closed:
        await office.says("Lee", "record 26-001")
        await office.presses("Lee", "Closed")
        await office.says("Lee", "Handled elsewhere.", "yes")
    with pytest.raises(NotAllowed, match=r"legal hold keeps what is on record of Pat with case 26-001\. Ask again"):
        await forgotten(office, "Pat")
    await office.says("Lee", "record 26-001")
    await office.presses("Lee", "The legal hold was lifted")
    await office.says("Lee", "The inquest is over.")
    await forgotten(office, "Pat")
    assert await office.desk(lambda desk: people.read(desk.connection, desk.keys, office.ids["Pat"])) is None


async def test_nor_is_whoever_decided_what_was_put_with_such_a_case(on_sqlite: Exchange) -> None:
    office = await staffed(on_sqlite, LEE)
    await office.join("Olly")
    await office.decides("Pat")
    await office.decides("Olly", role="la_children", sin_sent="yes", notified_on="today")
    await office.says("Lee", "join 26-002", "26-001")
    await hold(office)
    with pytest.raises(NotAllowed, match=r"legal hold keeps what is on record of Olly with case 26-001\. Ask again"):
        await forgotten(office, "Olly")


async def test_nor_is_whoever_had_or_added_to_it_before(on_sqlite: Exchange) -> None:
    office = await staffed(on_sqlite, LEE, DEE)
    await office.decides("Pat")
    await office.says("Lee", "reassign 26-001")
    await office.presses("Lee", "Dee")
    await office.says("Dee", "record 26-001")
    await office.presses("Dee", "A legal hold was placed")
    await office.says("Dee", "An inquest was ordered.")
    with pytest.raises(NotAllowed, match=r"legal hold keeps what is on record of Lee with case 26-001\. Ask again"):
        await forgotten(office, "Lee")
