"""What people say, press, send and change is heard as they meant it and answered once, and no forgery is, anywhere."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest

from adapters import channel_folders
from bot import wording, wording_cases, wording_channels
from bot.messages import COMMAND, Choices, Chosen, Field, Form, Option, Reply, Typed, words_in
from bot.storage import DatabaseTrouble
from dialogs.typed_dates import Understood, parse_date

from .channel_parts import parts
from .incoming import Brought, Incoming, Opening, bring

WAYS_IN: dict[str, Opening] = parts("incoming", "incoming")
NO_WAY_IN: dict[str, str] = parts("platform", "NO_WAY_IN")
WITHOUT_MEANING: dict[str, dict[str, str]] = parts("incoming", "WITHOUT_MEANING")
WHICH = Choices("which", "Which?", (Option("a", "First"), Option("b", "Second"), Option("c", "Third")))
SEVERAL = Choices("several", "Which of these?", WHICH.options, many=True)
DAY = Form("when", "When was it?", (Field("on", "Day", "date"),))
REASON = Form("why", "Why?", (Field("reason", "Reason", "long"),))
DANGER = "he is strangling her right now"
MOST_QUESTIONS = 12
AT_ONCE = 8


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Every case on every way in where it has a meaning."""
    if "there" in metafunc.fixturenames:
        case = metafunc.function.__name__
        ways = [name for name in WAYS_IN if case not in WITHOUT_MEANING.get(name, {})]
        metafunc.parametrize("there", ways, indirect=True)


def test_every_channel_has_its_way_in_or_a_reason_and_every_reason_its_case():
    assert {*WAYS_IN, *NO_WAY_IN} == set(channel_folders.names())
    for reasons in (NO_WAY_IN, *WITHOUT_MEANING.values()):
        assert all(reasons.values())
    assert {case for reasons in WITHOUT_MEANING.values() for case in reasons} <= set(globals())


@pytest.fixture
async def there(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Incoming]:
    async with WAYS_IN[request.param](tmp_path) as one:
        assert one.house.here.channel.name == request.param
        yield one


async def say(there: Incoming, words: str) -> str:
    """What has newly come to somebody's chat because they wrote."""
    before = len(there.read())
    assert (await bring(there, there.saying(words))).status_code == 200
    return "\n".join(there.read()[before:])


async def newest(there: Incoming) -> Reply:
    """What the bot said last to the first person."""
    found = (await there.house.exchange.read(there.house.here.channel.name, there.addresses["one"]))[-1].reply
    assert found is not None
    return found


async def press(there: Incoming, label: str) -> None:
    assert (await bring(there, there.pressing(label))).status_code == 200


async def ask(there: Incoming, block: Choices | Form) -> None:
    """A question stands in the first person's chat."""
    await say(there, "menu")
    await there.house.ask(there.addresses["one"], block)


def unheard(there: Incoming) -> bool:
    """Whether nothing was said to anybody, and nothing known to be wrong but that something could not be read."""
    faults = [one for one in there.house.warned if not one.endswith("could not be read and is passed over.")]
    return not there.read("one") and not there.read("other") and faults == []


async def test_words_are_answered_in_the_persons_own_chat(there):
    assert "designated officer" in (await say(there, "what is a LADO?")).lower()
    assert there.read("other") == []


async def test_a_choice_is_heard_once_and_becomes_what_was_chosen(there):
    await say(there, "refer")
    turns = there.house.heard()
    first, again = there.pressing("No"), there.pressing("No")
    assert (await bring(there, first)).status_code == 200
    assert [turn.said.ids for turn in turns if isinstance(turn.said, Chosen)] == [("no",)]
    answered = there.read()
    if there.manner.rewrites:
        assert "✔ No" in answered[0]
        assert "Yes" not in answered[0]
    assert (await bring(there, first)).status_code == 200
    assert there.told() == ""
    assert (await bring(there, again)).status_code == 200
    assert there.told() == (wording_channels.USED if there.manner.rewrites else "")
    assert there.read() == answered


async def test_a_button_that_changes_nothing_is_never_stamped_as_if_it_had(there):
    await say(there, "refer")
    await press(there, "No")
    at = len(there.read()) - 1
    old = there.pressing("I understand")
    await say(there, "stop")
    assert (await bring(there, old)).status_code == 200
    shown = there.read()
    assert wording.STALE in shown[-1]
    if there.manner.rewrites:
        assert "✔" not in shown[at]
        assert wording_channels.STALE in shown[at]
        assert "1. I understand" not in shown[at]
    await ask(there, WHICH)
    await press(there, "Second")
    assert not [one for one in there.read() if "✔ Second" in one]


async def test_a_button_that_is_refused_is_never_stamped_as_if_it_had_been_done(there):
    """As that of a case: here nobody has said whose cases would be."""
    await ask(there, Choices(COMMAND, "What next?", (Option("note-26-014", "Add a note"),)))
    at = len(there.read()) - 1
    await press(there, "Add a note")
    assert len(there.read()) == at + 2
    if there.manner.rewrites:
        assert wording_cases.NO_CASES_HERE.split(".")[0] in there.read()[-1]
        assert "✔" not in there.read()[at]
        assert wording_channels.NOT_DONE in there.read()[at]


async def test_a_button_brought_many_times_at_once_counts_once(there):
    await say(there, "refer")
    presses = [there.pressing("No") for _ in range(AT_ONCE)]
    answers = await asyncio.gather(*(there.house.posted(one.body, one.headers) for one in presses))
    await there.house.settled()
    assert {one.status_code for one in answers} == {200}
    assert len(there.read()) == 2


async def test_a_button_of_somebody_else_or_made_up_says_nothing_and_is_answered_helpfully(there):
    await say(there, "refer")
    shown = there.read()
    for made in (lambda: there.pressing("No", "other"), there.unknown_press):
        assert (await bring(there, made())).status_code == 200
        assert there.told() == wording_channels.NO_LONGER
        assert (there.read(), there.read("other")) == (shown, [])
    await press(there, "No")
    assert len(there.read()) == 2


async def test_several_are_ticked_and_heard_together_and_none_is_asked_for(there):
    await ask(there, SEVERAL)
    turns = there.house.heard()
    await there.tick()
    assert there.manner.asks_to_tick in there.told()
    assert [turn.said for turn in turns] == ([] if there.manner.asks_to_tick else [Typed("", "several")])
    await there.tick("First", "Third")
    assert turns[-1].said == Chosen("several", ("a", "c"))


async def test_a_day_is_heard_as_the_day_it_is(there):
    await ask(there, DAY)
    turns = there.house.heard()
    await there.pick(date(2026, 11, 8))
    (turn,) = turns
    assert parse_date(words_in(turn.said), there.house.at.date()) == Understood(date(2026, 11, 8))


async def test_what_a_form_is_filled_in_with_is_heard_as_written(there):
    await say(there, "review outcome")
    for _ in range(MOST_QUESTIONS):
        blocks = (await newest(there)).blocks
        if any(isinstance(one, Form) for one in blocks):
            break
        labels = {option.label for one in blocks if isinstance(one, Choices) for option in one.options}
        await say(there, "no" if "No" in labels else "1")
    reason = "<b>Asked</b> *twice* <!channel> <at>all</at> [here](https://x.example) &amp; {{ 7 * 7 }}"
    turns = there.house.heard()
    await there.fill(reason)
    assert [words_in(turn.said) for turn in turns] == [reason]
    # It is quoted back: as words, to the letter.
    assert reason in there.read()[-1]


async def test_a_file_is_not_taken_and_its_words_are_answered_like_typed_ones(there):
    await bring(there, there.sending_a_file(""))
    assert wording_channels.ATTACHED in there.read()[-1]
    assert wording_channels.WORDS_BESIDE not in there.read()[-1]
    typed = await say(there, "what is a LADO?")
    await bring(there, there.sending_a_file("what is a LADO?"))
    assert wording_channels.BESIDE_WORDS in there.read()[-1]
    assert wording_channels.ATTACHED not in there.read()[-1]
    assert max(typed.splitlines(), key=len) in there.read()[-1]
    await say(there, "refer")
    await bring(there, there.sending_a_file("no"))
    assert "I understand" in there.read()[-1]
    await bring(there, there.sending_a_file(DANGER))
    assert "Phone 999 now" in there.read()[-1]
    assert wording_channels.BESIDE_WORDS not in there.read()[-1]


async def test_very_long_words_are_not_read_and_that_is_said(there):
    assert wording.TOO_LONG in await say(there, "It was last week. " * 250)


async def test_a_changed_message_changes_no_answer_and_danger_in_it_is_heard(there):
    await say(there, "refer")
    asked = await say(there, "no")
    before = len(there.read())
    assert (await bring(there, there.editing("no", "yes"))).status_code == 200
    assert wording_channels.EDITED in "\n".join(there.read()[before:])
    question = asked.strip().splitlines()[0]
    assert question in await say(there, "repeat")
    assert (await bring(there, there.editing("no", DANGER))).status_code == 200
    assert "Phone 999 now" in there.read()[-1]


async def test_the_same_delivery_again_and_at_once_is_answered_once(there):
    one = there.saying("refer")
    answers = await asyncio.gather(*(there.house.posted(one.body, one.headers) for _ in range(AT_ONCE)))
    await there.house.settled()
    answers += [await bring(there, there.signed(one.body))]
    assert {answer.status_code for answer in answers} == {200}
    assert len(there.read()) == 1


async def test_what_is_written_while_the_first_is_handled_is_answered_in_its_order(there):
    words = ("refer", "no", "back", "no", "why", "back")
    for one in words:
        await bring(there, there.saying(one, "other"))
    brought = [there.saying(one) for one in words]
    await asyncio.gather(*(there.house.posted(one.body, one.headers) for one in brought))
    await there.house.settled()
    assert len(there.read("other")) == len(words)
    assert there.read("one") == there.read("other")


async def test_what_the_database_could_not_take_is_brought_again_and_answered_once(there):
    one = there.saying("refer")

    def away(step: str) -> None:
        if step == "replied":
            raise DatabaseTrouble("a statement", None, Exception("gone"))

    there.house.exchange._reached, back = away, there.house.exchange._reached
    assert (await bring(there, one)).status_code == there.manner.away
    there.house.exchange._reached = back
    for _ in range(2):
        assert (await bring(there, one)).status_code == 200
    assert len(there.read()) == 1


async def test_what_the_platform_did_not_sign_is_refused_and_nothing_of_it_kept(there):
    turns = there.house.heard()
    found = {why: (await bring(there, one)).status_code for why, one in there.forged("refer").items()}
    assert set(found.values()) <= {401, 403}, found
    assert turns == []
    assert unheard(there)
    assert await there.house.exchange.read(there.house.here.channel.name, there.addresses["one"]) == ()


async def test_garbage_gets_a_bare_status_before_and_after_its_signature_is_looked_at(there):
    for body in (b"", b"x", b"[1]", b'"x"', b"\xff\xfe", b"[" * 100_000):
        unsigned = await bring(there, Brought(body, {"content-type": there.manner.kind}))
        assert unsigned.status_code in there.manner.unsigned
        signed = await bring(there, there.signed(body))
        assert signed.status_code in there.manner.garbage
        assert there.plainly_refused(unsigned)
        assert there.plainly_refused(signed)
    assert unheard(there)


async def test_what_is_signed_and_not_for_the_bot_changes_nothing_and_is_no_fault(there):
    turns = there.house.heard()
    for one in there.malformed():
        assert (await bring(there, one)).status_code in {200, 400}, one.body
    for one in there.by_no_person():
        assert (await bring(there, one)).status_code == 200, one.body
    for one in there.from_elsewhere():
        assert (await bring(there, one)).status_code == 403, one.body
    assert (await bring(there, there.signed(b'"' + b"x" * 600_000 + b'"'))).status_code == 413
    assert turns == []
    assert unheard(there)


async def test_nothing_anybody_said_and_no_secret_is_logged(there, caplog, capsys):
    caplog.set_level("DEBUG")
    await say(there, "the swordfish is at Elm Road")
    for one in there.forged("swordfish").values():
        await bring(there, one)
    await bring(there, there.signed(b"swordfish"))
    printed = capsys.readouterr()
    ours = [one for one in caplog.records if one.name.startswith(("adapters", "bot")) or one.levelno >= 30]
    for said in (*(one.getMessage() for one in ours), *there.house.warned, printed.out, printed.err):
        assert "swordfish" not in said
        assert not [one for one in there.secrets if one in said]
