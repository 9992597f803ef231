"""Why a duty is put off, late or closed is an ordinary reason, however like danger it sounds; danger is heard in it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot import wording
from bot.exchange import Exchange
from knowledge.harm_words import names_harm
from tests.knowledge.test_harm_told import ORDINARY as NO_HARM
from tests.knowledge.test_harm_told import TELL

from .case_office import DEE, LEE, Office, staffed, words
from .made_once import made_once
from .talk import PLACES, definitions

ORDINARY = (
    "The head is away.",
    "She is on leave until Monday.",
    "He is off sick this week.",
    "He has been away with the children.",
    "Waiting for the school.",
    "The notifier is back tomorrow.",
    "The system was down all day.",
    "We are waiting for the police to agree the wording.",
    "I was at court all day.",
    "Nobody told me until this morning.",
    "The school is shut for half term.",
    "The social worker has left and nobody has taken over.",
    "The mother's solicitor asked for more time.",
    "The health visitor is on maternity leave.",
    "Her manager is in hospital.",
    "The lead broke her leg.",
    "The doctor has not written back.",
    "The child's social worker is on holiday.",
    "The mother does not answer the phone.",
    "The uncle's arrest has to come first.",
)
STATED = (
    "The baby is not breathing.",
    "She says she is going to kill herself tonight.",
    "Dad is drunk and has a knife in the house with the kids.",
    "Mum is shaking the baby and shouting.",
    "He is strangling her.",
    "my dad hits me",
)
ONLY_LIKE = (
    "He raped her this morning.",
    "There is a toddler left alone in a car.",
    "They are beating him up outside the school.",
    "He has taken the children and is threatening to kill them.",
)


@made_once
async def office(on_sqlite: Exchange) -> Office:
    office = await staffed(on_sqlite, LEE, DEE)
    await office.decides("Pat")
    await office.woken()
    return office


async def reason_of(office: Office) -> str | None:
    event = (await office.case()).newest("snoozed")
    return None if event is None else event.words


async def test_an_ordinary_reason_is_recorded_and_stops_nothing(office: Office) -> None:
    emergency = wording.emergency(office.exchange.definitions.area)
    for reason in ORDINARY:
        reply = await office.says("Lee", "snooze 26-001", "1", reason)
        assert emergency not in reply.blocks, reason
        assert await reason_of(office) == reason
        assert "Case 26-001" in words(await office.says("Lee", "case 26-001")), reason


async def test_danger_that_is_stated_comes_before_everything(office: Office) -> None:
    emergency = wording.emergency(office.exchange.definitions.area)
    for reason in STATED:
        reply = await office.says("Lee", "snooze 26-001", "1", reason)
        assert reply.blocks[0] == emergency or emergency in reply.blocks[:2], reason
        assert await reason_of(office) is None
        await office.says("Lee", "resume")


async def test_over_what_is_only_like_danger_it_says_first_what_to_do_if_it_is(office: Office) -> None:
    notice = wording.soft_danger(office.exchange.definitions.area)
    for reason in ONLY_LIKE:
        reply = await office.says("Lee", "snooze 26-001", "1", reason)
        assert notice in reply.blocks[:2], reason
        assert await reason_of(office) == reason


async def test_anywhere_else_the_same_words_get_999(office: Office) -> None:
    emergency = wording.emergency(office.exchange.definitions.area)
    for reason in ONLY_LIKE:
        for before in ((), ("note 26-001",), ("snooze 26-001",)):
            reply = await office.says("Lee", *before, reason)
            assert emergency in reply.blocks, (before, reason)
            await office.says("Lee", "resume", "cancel")


@pytest.mark.parametrize("pressed", [("The Panel was notified", "Today"), ("Closed",)])
async def test_so_it_is_with_why_a_duty_is_late_and_why_a_case_is_closed(
    office: Office, pressed: tuple[str, ...]
) -> None:
    async def asked() -> None:
        await office.says("Lee", "record 26-001")
        for label in pressed:
            await office.presses("Lee", label)

    emergency = wording.emergency(office.exchange.definitions.area)
    office.at += timedelta(days=14)
    before = len((await office.case()).events)
    await asked()
    assert emergency in (await office.says("Lee", "The baby is not breathing.")).blocks
    assert len((await office.case()).events) == before
    await office.says("Lee", "resume", "cancel")
    await asked()
    assert emergency not in (await office.says("Lee", "She is on leave until Monday.")).blocks
    if pressed == ("Closed",):
        await office.says("Lee", "yes")
    assert (await office.case()).events[-1].words == "She is on leave until Monday."


IN_FEW_WORDS = ("he's just stabbed her", "he stabbed her", "Dad burned her arm.")
SHORT_REASONS = (
    *("Waiting for the school.", "The head is away.", "She is on leave.", "Nobody told me.", "She broke her leg."),
    *("Police have not replied.", "Called mum, no answer.", "He was not told."),
)


@pytest.mark.parametrize(
    "before",
    [
        *(("case 26-001",), ("record 26-001",), ("done 26-001",), ("done 26-001", "1"), ("snooze 26-001", "1")),
        *(
            ("note 26-001",),
            ("record 26-001", "1"),
            ("disagreement 26-001", "no", "ok"),
            ("refer", "no", "ok"),
            ("refer",),
        ),
    ],
)
async def test_a_few_words_of_what_may_be_danger_get_what_to_do_first_at_whatever_is_asked(
    office: Office, before: tuple[str, ...]
) -> None:
    area = office.exchange.definitions.area
    for said in IN_FEW_WORDS:
        reply = await office.says("Lee", "menu", *before, said)
        assert {wording.soft_danger(area), wording.emergency(area)} & set(reply.blocks[:2]), said
        await office.says("Lee", "menu")


@pytest.mark.parametrize("said", ["kid has gone missing", "child missing"])
async def test_a_missing_child_brings_what_to_do_first(office: Office, said: str) -> None:
    notice = wording.soft_danger(office.exchange.definitions.area)
    for asked in (("snooze 26-001", "1"), ("note 26-001",)):
        assert notice in (await office.says("Lee", *asked, said)).blocks[:2]


async def test_a_few_ordinary_words_get_no_notice(office: Office) -> None:
    notice = wording.soft_danger(office.exchange.definitions.area)
    for reason in SHORT_REASONS:
        for asked in (("snooze 26-001", "1"), ("note 26-001",)):
            reply = await office.says("Lee", *asked, reason)
            assert notice not in reply.blocks, reason
    for before in ("case 26-001", "record 26-001", "done 26-001"):
        for said in ("the second one", "something else", "I do not know", "the panel one", "sent to Ofsted"):
            assert notice not in (await office.says("Lee", before, said)).blocks, said


@pytest.mark.parametrize("asked", [("snooze 26-001", "1"), ("note 26-001",)])
async def test_a_few_words_that_tell_of_harm_to_somebody_get_what_to_do_first(
    office: Office, asked: tuple[str, ...]
) -> None:
    area = office.exchange.definitions.area
    for said in TELL:
        reply = await office.says("Lee", *asked, said)
        assert {wording.soft_danger(area), wording.emergency(area)} & set(reply.blocks[:2]), said
        await office.says("Lee", "menu")


def test_so_they_do_where_a_dialog_asks_for_words() -> None:
    area = definitions().area
    for said in TELL:
        first = PLACES["own words"]().type(said).reply.blocks[:2]
        assert {wording.soft_danger(area), wording.emergency(area)} & set(first), said


async def test_the_same_verbs_in_an_ordinary_reason_bring_nothing(office: Office) -> None:
    area = office.exchange.definitions.area
    # In more than four words, or with "burnt" or "killed", the meaning alone may bring the notice.
    short = (one for one in NO_HARM if len(one.split()) <= 4 and not names_harm(one))
    for said in (*short, "we were forced to wait"):
        reply = await office.says("Lee", "snooze 26-001", "1", said)
        assert not {wording.soft_danger(area), wording.emergency(area)} & set(reply.blocks), said
