"""What became of a button stands in its message truly, and a reminder's buttons are its own, wherever they are sent."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from adapters import keys
from bot import wording, wording_cases, wording_channels, wording_duties
from bot.allowed_here import Switches
from bot.delivering.nudge_buttons import LABELS
from bot.delivering.routes import PAGES
from bot.storage import DatabaseTrouble

from .incoming import Brought, Incoming, bring
from .reminders import DUTIES, Reminded, reminded
from .test_every_way_in import WAYS_IN

DONE, HAVE_IT, LATER, GIVE, WHY = LABELS.values()
# Where people look for themselves, nothing is sent and nothing rewritten.
SENT_ON = [name for name in WAYS_IN if name not in PAGES]


@pytest.fixture(params=SENT_ON)
async def there(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Incoming]:
    async with WAYS_IN[request.param](tmp_path) as one:
        yield one


@pytest.fixture
async def lead(there: Incoming) -> Reminded:
    return await reminded(there)


async def press(lead: Reminded, label: str) -> Brought:
    brought = lead.there.pressing(label)
    assert (await bring(lead.there, brought)).status_code == 200
    return brought


async def test_a_press_takes_the_buttons_of_its_own_reminder_alone(lead):
    await press(lead, HAVE_IT)
    assert [lead.left(label) for label in (DONE, HAVE_IT, LATER, GIVE, WHY)] == [1] * 5
    (used,) = [number for number in (0, 1) if f"✔ {HAVE_IT}" in lead.of_duty(number)]
    assert DONE not in lead.of_duty(used)
    await press(lead, HAVE_IT)
    assert [lead.left(label) for label in (DONE, HAVE_IT, LATER, GIVE, WHY)] == [0] * 5
    assert all(f"✔ {HAVE_IT}" in lead.of_duty(number) for number in (0, 1))
    taken = [clock for kind, clock in await lead.events() if kind == "acknowledged"]
    assert sorted(taken) == sorted(lead.clocks)


async def test_two_buttons_of_one_reminder_at_once_bring_none_back(lead):
    presses = [lead.there.pressing(label) for label in (HAVE_IT, GIVE, WHY, WHY, HAVE_IT)]
    answers = await asyncio.gather(*(lead.there.house.posted(one.body, one.headers) for one in presses))
    await lead.there.house.settled()
    assert {one.status_code for one in answers} == {200}
    assert [lead.left(label) for label in (DONE, HAVE_IT, LATER, GIVE, WHY)] == [1] * 5


async def test_a_second_press_from_a_message_as_it_was_leaves_the_first_ones_stamp(lead):
    presses = [lead.there.pressing(label) for label in (HAVE_IT, LATER)]
    for one in presses:
        await lead.there.house.posted(one.body, one.headers)
        await lead.there.house.settled()
    (used,) = [number for number in (0, 1) if f"✔ {HAVE_IT}" in lead.of_duty(number)]
    assert DUTIES[used] in lead.shown()
    assert lead.of_duty(used).count("✔") == 1
    assert [kind for kind, _ in await lead.events()].count("acknowledged") == 1


async def test_why_a_date_is_what_it_is_can_be_asked_again_and_again_and_once_for_each_press(lead):
    shown, said = lead.shown(), len(lead.there.read())
    once = await press(lead, WHY)
    await press(lead, WHY)
    assert len(lead.there.read()) == said + 2
    assert (await bring(lead.there, once)).status_code == 200
    assert len(lead.there.read()) == said + 2
    assert lead.shown() == shown


async def test_what_is_only_begun_is_never_stamped_as_done(lead):
    recorded = await lead.events()
    for label in (DONE, LATER):
        await press(lead, label)
        await press(lead, wording_cases.LEAVE_IT)
        assert wording_cases.LEFT in lead.there.read()[-1]
        assert wording_channels.begun(label) in lead.shown()
    assert "✔" not in lead.shown()
    assert await lead.events() == recorded


async def test_where_nobody_else_could_have_the_case_that_is_what_the_stamp_says(lead):
    await press(lead, GIVE)
    assert wording_cases.NOBODY_ELSE.split(".")[0] in lead.there.read()[-1]
    assert f"✔ {GIVE}" not in lead.shown()
    assert wording_channels.NOT_DONE in lead.shown()


async def test_what_is_begun_can_be_begun_again_after_it_was_left(lead):
    again = wording_duties.again(DONE, lead.ref)
    await press(lead, DONE)
    await press(lead, wording_cases.LEAVE_IT)
    await press(lead, again)
    assert wording_cases.WHEN.split(".")[0] in lead.there.read()[-1]
    await press(lead, GIVE)
    assert f"“{DONE}” is left unfinished" in lead.there.read()[-1]
    await press(lead, again)
    await press(lead, wording_cases.TODAY)
    assert len(await lead.events()) == 2


async def test_where_only_public_information_is_given_a_press_uses_nothing_up(lead):
    exchange, known, shown = lead.there.house.exchange, lead.there.house.exchange.definitions, lead.shown()
    exchange.definitions = replace(known, area=replace(known.area, case_dialog_channels=()))
    for _ in range(2):
        await press(lead, HAVE_IT)
        assert wording_channels.NOT_HERE in lead.there.read()[-1]
        assert lead.shown() == shown
    exchange.definitions = known
    await press(lead, HAVE_IT)
    assert f"✔ {HAVE_IT}" in lead.shown()
    assert "acknowledged" in [kind for kind, _ in await lead.events()]


async def test_a_press_while_it_is_switched_off_uses_nothing_up(lead):
    exchange, shown = lead.there.house.exchange, lead.shown()
    exchange.switches = Switches(frozenset({lead.there.house.here.channel.name}))
    meanwhile = await press(lead, HAVE_IT)
    assert wording_channels.SWITCHED_OFF in lead.there.read()[-1]
    assert lead.shown() == shown
    exchange.switches = Switches()
    said = len(lead.there.read())
    # The same delivery again was answered; a new press is one.
    assert (await bring(lead.there, meanwhile)).status_code == 200
    assert (len(lead.there.read()), lead.shown()) == (said, shown)
    await press(lead, HAVE_IT)
    assert f"✔ {HAVE_IT}" in lead.shown()
    assert "acknowledged" in [kind for kind, _ in await lead.events()]


async def test_an_answer_while_it_is_switched_off_can_be_given_again(there):
    await bring(there, there.saying("refer"))
    asked = there.read()[-1]
    there.house.exchange.switches = Switches(frozenset({there.house.here.channel.name}))
    brought = there.pressing("No")
    assert (await bring(there, brought)).status_code == 200
    assert there.read()[0] == asked
    there.house.exchange.switches = Switches()
    assert (await bring(there, there.pressing("No"))).status_code == 200
    assert "✔ No" in there.read()[0]
    there.house.exchange.switches = Switches(frozenset({there.house.here.channel.name}))
    said = len(there.read())
    assert (await bring(there, brought)).status_code == 200
    assert len(there.read()) == said


async def from_as_it_was(there: Incoming, labels: Sequence[str], *, at_once: bool) -> str:
    """The newest message, after all these buttons of it were pressed before any of them had taken them away."""
    at = len(there.read()) - 1
    presses = [there.pressing(label) for label in labels]
    if at_once:
        await asyncio.gather(*(there.house.posted(one.body, one.headers) for one in presses))
        await there.house.settled()
    else:
        for one in presses:
            assert (await bring(there, one)).status_code == 200
    return there.read()[at]


@pytest.mark.parametrize("at_once", [False, True])
async def test_of_two_answers_to_one_question_the_message_says_the_one_that_counted(there, at_once):
    for words in ("refer", "no", "ok", "nurse"):
        await bring(there, there.saying(words))
    shown = await from_as_it_was(there, ("Yes", "No"), at_once=at_once)
    assert wording.STALE in there.read()[-1]
    assert shown.count("✔") == 1
    assert wording_channels.STALE not in shown


@pytest.mark.parametrize("at_once", [False, True])
async def test_of_two_days_the_message_says_the_one_that_is_on_record(lead, at_once):
    await press(lead, DONE)
    at = len(lead.there.read())
    shown = await from_as_it_was(lead.there, (wording_cases.TODAY, "Yesterday"), at_once=at_once)
    days = {wording_cases.TODAY: "Mon 23 Nov", "Yesterday": "Sun 22 Nov"}
    (counted,) = [label for label in days if f"✔ {label}" in shown]
    assert days[counted] in "\n".join(lead.there.read()[at:])
    assert len(await lead.events()) == 2
    assert wording_channels.STALE not in shown


@pytest.mark.parametrize("is_same", [False, True])
async def test_a_question_whose_buttons_were_not_taken_away_loses_them_when_it_is_pressed_again(there, is_same):
    await bring(there, there.saying("refer"))
    exchange, first = there.house.exchange, there.pressing("No")
    known = exchange._reached

    def away(step: str) -> None:
        if step == "committed":
            raise DatabaseTrouble("a statement", None, Exception("gone"))

    exchange._reached = away
    await there.house.posted(first.body, first.headers)
    await there.house.settled()
    exchange._reached = known
    assert "✔ No" not in there.read()[0]
    assert (await bring(there, first if is_same else there.pressing("No"))).status_code == 200
    assert "✔ No" in there.read()[0]
    assert "Not sure" not in there.read()[0]


async def test_buttons_sent_before_the_keys_were_rotated_are_taken_away_too(lead):
    exchange = lead.there.house.exchange
    await bring(lead.there, lead.there.saying("refer"))
    asked = len(lead.there.read()) - 1
    keys.rotate(exchange.database, lead.there.house.settings.keys)
    # It looks for newer keys when it makes one of its own.
    exchange.keys.new_data_key()
    await press(lead, "No")
    assert "✔ No" in lead.there.read()[asked]
    assert "Not sure" not in lead.there.read()[asked]
    await press(lead, HAVE_IT)
    assert f"✔ {HAVE_IT}" in lead.shown()
    assert lead.left(HAVE_IT) == 1
