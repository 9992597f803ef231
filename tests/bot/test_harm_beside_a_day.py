"""Harm told where a day is asked for: nothing is recorded of an act, and what to do comes first."""

from __future__ import annotations

import pytest

from bot import wording, wording_cases
from bot.cases import day_refused
from bot.exchange import Exchange

from .case_office import LEE, Office, staffed, words
from .made_once import made_once
from .talk import PLACES, definitions

AREA = definitions().area
NO_DAY_ALONE = (
    *("will be done today", "should be sent today", "today is impossible", "he died today", "she is fine today"),
    *("notified the police on 20 November", "not today"),
)
HARM_WITH_A_DAY = (
    *("he hit her today", "today, he hit her", "yesterday he hit her", "she was stabbed today"),
    "he strangled her yesterday",
)


@made_once
async def office(on_sqlite: Exchange) -> Office:
    made = await staffed(on_sqlite, LEE)
    await made.decides("Lee", aware_on="20 November 2026")
    return made


async def days(office: Office) -> tuple[object, ...]:
    case = await office.case()
    return case.notified_on, len(case.events)


@pytest.mark.parametrize("begun", [("done 26-001", "notify the Panel"), ("record 26-001", "put right")])
async def test_only_the_day_alone_is_recorded_and_nothing_is_lost(office: Office, begun: tuple[str, str]) -> None:
    await office.says("Lee", begun[0])
    if begun[1] == "put right":
        asked = words(await office.presses("Lee", wording_cases.EVENTS["awareness corrected"]))
    else:
        asked = words(await office.says("Lee", begun[1]))
    before, notice = await days(office), wording.soft_danger(office.exchange.definitions.area)
    when = wording_cases.AWARE_WHEN if begun[1] == "put right" else wording_cases.WHEN
    assert when in asked
    for said in (*NO_DAY_ALONE, *HARM_WITH_A_DAY):
        reply = await office.says("Lee", said)
        assert when in words(reply), said
        assert (notice in reply.blocks[:2]) or said not in HARM_WITH_A_DAY, said
        assert await days(office) == before, said
    assert wording_cases.DAY_ALONE in words(await office.says("Lee", NO_DAY_ALONE[0]))
    taken = words(await office.says("Lee", "it was yesterday"))
    assert "Noted" in taken or day_refused.LATER_WHY in taken


@pytest.mark.parametrize("said", HARM_WITH_A_DAY)
def test_harm_told_beside_a_date_brings_what_to_do_first(said: str) -> None:
    talk = PLACES["a date"]()
    reply = talk.type(said).reply
    assert wording.soft_danger(AREA) in reply.blocks[:2]


def test_a_date_alone_brings_no_notice() -> None:
    for said in ("it was yesterday", "on 9 November", "last Friday I think"):
        talk = PLACES["a date"]()
        assert wording.soft_danger(AREA) not in talk.type(said).reply.blocks


@pytest.mark.parametrize(
    "said", ["he hit her", "she was stabbed", "he strangled her", "she ran away", *HARM_WITH_A_DAY]
)
async def test_harm_told_where_an_absence_is_asked_brings_what_to_do_first(office: Office, said: str) -> None:
    area = office.exchange.definitions.area
    reply = await office.says("Lee", "away", said)
    assert {wording.soft_danger(area), wording.emergency(area)} & set(reply.blocks[:2])
