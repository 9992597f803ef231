"""Everything that is said of a case, as everybody: who may is not refused, and who may not learns and changes nothing.

The commands come from the code's own tables: one that is new there fails until it has a line in the matrix here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot import case_desk, case_step, commands, wording, wording_cases
from bot.case_answers import button_for
from bot.case_step import CaseAsk
from bot.casework.case_menu import ON_AN_AREA
from bot.exchange import Exchange
from bot.storage import Connection, cases, people, timeline
from bot.storage.families import CASES
from bot.storage.people_tables import POSTS, ROLES

from .case_office import AREA, Office, words
from .made_once import made_once

REF = "26-001"
OWNER = "Lena Ward"
OPENER, TOLD, ELSEWHERE, NOBODY = "whoever opened it", "a director who was told", "a lead elsewhere", "nobody"
WHO = (NOBODY, ELSEWHERE, *ROLES, *POSTS, OPENER, TOLD)

LEADS = frozenset({"lead", "deputy"})
TO_SEE = LEADS | {OPENER, TOLD}
TO_ANSWER = LEADS | {TOLD}
MAY = {
    **dict.fromkeys(("cases", "case", "why", "note", "news", "disagree", "put"), TO_SEE),
    # What waits with a duty is answered by whoever it was passed up to as well.
    **dict.fromkeys(("done", "acknowledge", "snooze"), TO_ANSWER),
    **dict.fromkeys(("record", "reassign", "review", "join", "set aside", "reopen", "leave closed"), LEADS),
    **dict.fromkeys(("agree", "keep"), LEADS),
}
"""Who may do what with a case. The area's own year is for its leads and deputies alone."""

FIXED = {"cases": TO_SEE}
NOT_OF_A_CASE = frozenset(
    "help back change why where stop resume practice document code danger protect referral allegation question more "
    "helped not-helped tell-me reviews skip menu open-a-case".split()
) | {"start over"}
"""The fixed words that read no case: what opens one, "open-a-case", only says how."""

REFUSALS = (
    wording_cases.NOT_KNOWN,
    wording_cases.NO_SUCH_CASE,
    wording_cases.NOT_YOURS,
    wording_cases.NO_CASES,
)
A_DAY = re.compile(r"\b\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)")


@made_once
async def office(on_sqlite: Exchange) -> Office:
    """A case that came from a decision; a director was told of it, before the others had their posts."""
    made = Office(on_sqlite)
    await made.join(OWNER, "lead")
    await made.join("deputy", "deputy")
    await made.join("administrator", "administrator")
    await made.join(TOLD, "director")
    await made.join(OPENER, "practitioner")
    await made.decides(OPENER, aware_on="16 November 2026")
    while not any(who == TOLD for who, _ in await made.woken()):
        made.at += timedelta(hours=6)
        assert made.at.day < 30, "the director never heard"
    await made.year_woken()
    for role in (*ROLES, *POSTS):
        if role not in made.ids:
            await made.join(role, role)
    elsewhere = people.Role("elsewhere", "lead")
    id_ = await made.join(ELSEWHERE)
    keys = made.exchange.keys
    await made.exchange.database.run(lambda c: people.grant(c, keys, id_, elsewhere, made.at, id_))
    return made


def alternatives(pattern: re.Pattern[str]) -> Iterator[str]:
    """The words that stand for an act in a pattern of what is said of a case, what may be left out left out."""
    begin = pattern.pattern.index("(?P<act>") + len("(?P<act>")
    word, depth = "", 0
    for letter in pattern.pattern[begin:].replace("(?:rapid )?", ""):
        depth += (letter == "(") - (letter == ")")
        if depth < 0:
            break
        if letter == "|" and not depth:
            yield word
        word = "" if letter == "|" and not depth else word + letter
    yield word


SAID = sorted({*alternatives(commands._CASE), *alternatives(commands._CASE_FIRST), *alternatives(commands._DONE)})


def said_of(ref: str) -> dict[str, str]:
    """Everything that can be typed of a case, with its act."""
    named = "this area's year" if ref == cases.AREA_REF else ref
    typed = [f"{words} {named}" for words in SAID] + [named, f"show me {named}"]
    read = {one: commands.command(one) for one in typed}
    return {one: found.case.act for one, found in read.items() if found is not None and found.case is not None}


def test_every_command_has_a_line_here() -> None:
    assert set(commands._WORDS) == set(FIXED) | NOT_OF_A_CASE
    acts = {*case_desk._ACTS, *case_step.DIALOGS, "put", "cases"}
    assert acts == set(MAY)
    assert {command.act for name in commands._OF_A_CASE if (command := _case(name))} <= set(MAY)
    # Each word was understood, and each act can be said or pressed.
    assert len(said_of(REF)) == len(SAID) + 2
    pressed = {act for act in acts if button_for(CaseAsk(act, REF)) is not None}
    assert set(said_of(REF).values()) | pressed == acts - {"cases"}


def one_of_each(ref: str) -> dict[str, str]:
    """One way to type each act on a case."""
    return {typed: act for act, typed in {act: typed for typed, act in said_of(ref).items()}.items()}


@pytest.mark.parametrize("who", WHO)
async def test_what_is_typed_of_a_case(office: Office, who: str) -> None:
    # Who somebody is makes no difference to what their words mean: the others say each act in one way.
    for typed, act in (said_of(REF) if who in (NOBODY, "practitioner", "lead") else one_of_each(REF)).items():
        await tried(office, who, typed, may=who in MAY[act], sees=who in TO_SEE)


@pytest.mark.parametrize("who", WHO)
async def test_what_is_pressed_of_a_case(office: Office, who: str) -> None:
    asks = [CaseAsk(act, REF, named) for act in MAY for named in ("", "notify_panel")]
    for id_, ask in {found.id: ask for ask in asks if (found := button_for(ask)) is not None}.items():
        # A duty that was passed up is not put off by those who were told of it: only an action of their own is.
        may = LEADS if (ask.act, ask.clock) == ("snooze", "notify_panel") else MAY[ask.act]
        await tried(office, who, id_, may=who in may, sees=who in TO_SEE, pressed=True)


@pytest.mark.parametrize("who", WHO)
async def test_what_is_typed_of_the_areas_own_year(office: Office, who: str) -> None:
    for typed, act in one_of_each(cases.AREA_REF).items():
        if act in ON_AN_AREA:
            await tried(office, who, typed, may=who in LEADS, sees=who in LEADS)


@pytest.mark.parametrize("who", WHO)
async def test_what_is_said_without_naming_a_case(office: Office, who: str) -> None:
    for typed in ("my cases", *commands._OF_A_CASE):
        command = _case(typed)
        act = command.act if command is not None else "cases"
        await tried(office, who, typed, may=who in MAY[act], sees=who in TO_SEE, hidden=wording_cases.NO_CASES)


async def tried(
    office: Office,
    who: str,
    said: str,
    *,
    may: bool,
    sees: bool,
    pressed: bool = False,
    hidden: str = wording_cases.NO_SUCH_CASE,
) -> None:
    """Says it, and looks at what came of it; `hidden` is what is said where there is no case to see."""
    before = await chains(office, looks=not sees)
    reply = words(await (office.commands(who, said) if pressed else office.says(who, said)))
    refused = [one for one in REFUSALS if one in reply]
    where = f"{said!r} as {who}: {reply}"
    if may:
        assert refused == [], where
        await office.says(who, "cancel")
        return
    wanted = wording_cases.NOT_YOURS if sees else hidden
    assert refused == [wording_cases.NOT_KNOWN if who == NOBODY else wanted], where
    assert await chains(office, looks=not sees) == before, where
    assert sees or contents(reply) == [], where


def contents(reply: str) -> list[str]:
    """What a reply holds of any case: whose it is, what was decided, a duty, or a day."""
    for door in wording.DOORS:
        reply = reply.replace(door.label, "")
    told = (OWNER, "notifiable", "Panel", "rapid review", "director")
    return [*(one for one in told if one.casefold() in reply.casefold()), *A_DAY.findall(reply)]


async def chains(office: Office, *, looks: bool) -> list[int]:
    """How many entries the record of the case and of the area's year have; `looks`: those of who looked too."""

    def work(connection: Connection) -> list[int]:
        found = [cases.find(connection, AREA, ref) for ref in (REF, cases.AREA_REF)]
        every = [timeline.read(connection, office.exchange.keys, one.id, family=CASES) for one in found if one]
        return [sum(looks or one.kind != cases.READ for one in entries) for entries in every]

    return await office.exchange.database.run(work)


def _case(typed: str) -> CaseAsk | None:
    found = commands.command(typed)
    return found.case if found is not None else None


async def test_a_lead_is_told_what_the_others_are_not(office: Office) -> None:
    """So that what is looked for in the replies of others is what a case holds."""
    shown = words(await office.says("lead", REF))
    assert set(contents(shown)) >= {OWNER, "notifiable", "Panel"}
    assert A_DAY.search(shown)
    assert len(await chains(office, looks=True)) == 2
