"""Everything that is said of accounts, roles and absence, as everybody: roles are for administrators, the rest is own.

The commands come from the code's own table: one that is new there fails until it has a line in the matrix here.
"""

from __future__ import annotations

import pytest

from bot import account_commands, wording_people
from bot.account_commands import account_ask, button_ask
from bot.account_desk import OWN
from bot.exchange import Exchange
from bot.role_desk import ADMINISTERING
from bot.storage import Connection, people, timeline
from bot.storage.families import PEOPLE
from bot.storage.people_tables import POSTS, ROLES

from .case_office import Office, words
from .made_once import made_once

ELSEWHERE, NOBODY = "an administrator elsewhere", "nobody"
WHO = (NOBODY, ELSEWHERE, *ROLES, *POSTS)
# Somebody else, whom no reply names but to an administrator, and as whoever hears for a lead or deputy who is away.
OTHER = "Zora Quill"

ADMINISTRATORS = frozenset({"administrator"})
MAY = {
    **dict.fromkeys(("accounts", "join", "work e-mail", "remove", "away", "returned"), frozenset(WHO)),
    **dict.fromkeys(("people", "give", "take"), ADMINISTRATORS),
}
"""Who may do what. Of their own accounts and absence everybody may; some of it says that there is nothing to do."""

IN_WORDS = (
    *("give lead to zora", "grant the role of deputy to zora", "make zora an administrator", "give zora deputy lead"),
    *("add Yan Moss as practitioner", "take lead from zora", "remove zora as lead", "revoke director from zora"),
    *("my work e-mail is someone@example.gov.uk", "join with code 2345-6789", "i am away tomorrow", "i am back"),
)
"""What is said with the role, the person, the code or the days in it."""


@made_once
async def office(on_sqlite: Exchange) -> Office:
    """An area with everybody in it."""
    made = Office(on_sqlite)
    await made.join("administrator", "administrator")
    await made.join(OTHER, "lead")
    for role in (*ROLES, *POSTS):
        if role not in made.ids:
            await made.join(role, role)
    role, id_ = people.Role("elsewhere", "administrator"), await made.join(ELSEWHERE)
    keys = made.exchange.keys
    await made.exchange.database.run(lambda c: people.grant(c, keys, id_, role, made.at, id_))
    return made


def every_way() -> dict[str, str]:
    """Everything that can be typed, with what it asks for."""
    typed = [one for said in account_commands._WORDS.values() for one in said]
    found = {one: account_ask(one) for one in (*typed, *IN_WORDS)}
    assert None not in found.values(), found
    return {one: ask.act for one, ask in found.items() if ask is not None}


def test_every_command_has_a_line_here() -> None:
    assert set(account_commands._WORDS) == set(MAY) == {*OWN, *ADMINISTERING}
    assert {act for act in MAY if MAY[act] == ADMINISTRATORS} == set(ADMINISTERING)
    assert set(every_way().values()) == set(MAY)
    assert {ask.act for act in MAY if (ask := button_ask(act.replace(" ", "-")))} == set(MAY)


@pytest.mark.parametrize("who", WHO)
async def test_what_is_typed(office: Office, who: str) -> None:
    # Who somebody is makes no difference to what their words mean: most say each thing in one way.
    every = every_way()
    once = {typed: act for act, typed in {act: typed for typed, act in every.items()}.items()}
    for typed, act in (every if who in (NOBODY, "practitioner", "administrator") else once).items():
        await tried(office, who, typed, act)


@pytest.mark.parametrize("who", WHO)
async def test_what_is_pressed(office: Office, who: str) -> None:
    for act in MAY:
        await tried(office, who, act.replace(" ", "-"), act, pressed=True)


async def tried(office: Office, who: str, said: str, act: str, *, pressed: bool = False) -> None:
    """Says it, and looks at what came of it."""
    before = await others(office, who)
    reply = words(await (office.commands(who, said) if pressed else office.says(who, said)))
    where = f"{said!r} as {who}: {reply}"
    may = who in MAY[act]
    assert (wording_people.ONLY_ADMINISTRATORS in reply) is not may, where
    assert may or act not in OWN, where
    if who not in ADMINISTRATORS and not (act == "away" and who in ("lead", "deputy")):
        assert OTHER not in reply, where
    # What is begun asks first: nothing of anybody else has come about yet.
    assert await others(office, who) == before, where
    await office.says(who, "cancel")


async def others(office: Office, who: str) -> list[tuple[people.Person, int]]:
    """Everybody else, with how much their records hold."""

    def work(connection: Connection) -> list[tuple[people.Person, int]]:
        keys = office.exchange.keys
        known = people.read_all(connection, keys)
        everyone = (one for one in known if who not in {account.address for account in one.accounts})
        return [(one, len(timeline.read(connection, keys, one.id, family=PEOPLE))) for one in everyone]

    return await office.exchange.database.run(work)


async def test_an_administrator_is_told_what_the_others_are_not(office: Office) -> None:
    """So that what is looked for in the replies of others is what there is to be told."""
    shown = words(await office.says("administrator", "people"))
    assert OTHER in shown
