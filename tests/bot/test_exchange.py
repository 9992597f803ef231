"""What is taken in is answered once, in order, and kept without a word that could name a child."""

from __future__ import annotations

import asyncio
import re
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot import short_code, state
from bot.commands import Command, command
from bot.exchange import Exchange
from bot.messages import Choices, Chosen, Filled, Said, Turn, Typed
from bot.passage import Entry, Passage
from bot.privacy import privacy
from bot.reply_text import to_text
from bot.state import State
from bot.storage import Unreadable, conversations, decisions, outbox, tables, timeline
from bot.upkeep import Upkeep

from .talk import AT, PLACES

WEB = "web"
DIALOG = ("protect", "no", "ok", "not yet", "no", "back", "not sure", "yes", "document")
IDENTIFIERS = (
    ("the NHS number is 943 476 5919", ("943 476 5919", "9434765919")),
    ("her name is Kylie Blenkinsop", ("Kylie", "Blenkinsop")),
    ("born 03/04/2015", ("03/04/2015", "2015-04-03")),
    ("they live at 14 Acacia Avenue, SW1A 1AA", ("Acacia", "SW1A")),
    ("ring mum on 07700 900123 or write to mum@families.org.uk", ("900123", "families.org")),
)


def turn(address: str, said: str | Said, event: str, minutes: int = 0) -> Turn:
    what = Typed(said) if isinstance(said, str) else said
    return Turn(WEB, address, address, what, event, AT + timedelta(minutes=minutes))


async def hold(exchange: Exchange, address: str, texts: tuple[str | Said, ...]) -> None:
    for number, text in enumerate(texts):
        await exchange.take(turn(address, text, f"e{number}", number))


async def kept(exchange: Exchange, address: str) -> State:
    stored = await exchange.database.run(lambda c: conversations.peek(c, exchange.keys, WEB, address))
    return state.from_json(stored.state if stored else None)


async def conversation_id(exchange: Exchange, address: str) -> str:
    stored = await exchange.database.run(lambda c: conversations.peek(c, exchange.keys, WEB, address))
    assert stored is not None
    return stored.id


def shown(entries: tuple[Entry, ...]) -> list[tuple[int, str, str]]:
    """A conversation as it is read back, but for the references that are worked out from its own id."""
    anonymous = [
        re.sub(r"\b[RP]-[2-9A-Z]{6}\b", "R-XXXXXX", to_text(one.reply) if one.reply else "") for one in entries
    ]
    return [(one.seq, one.words, text) for one, text in zip(entries, anonymous, strict=True)]


async def everything_kept(exchange: Exchange) -> str:
    """Every row of every table, with all that is sealed opened."""

    def work(connection) -> str:
        found = []
        for table in tables.metadata.sorted_tables:
            found += [repr(tuple(row)) for row in connection.execute(table.select())]
        for row in connection.execute(tables.addresses.select()):
            stored = conversations.peek(connection, exchange.keys, row.channel, row.address)
            found.append(repr(stored))
            found += map(repr, timeline.read(connection, exchange.keys, stored.id))
            found += map(repr, outbox.read(connection, exchange.keys, stored.id))
            for practice in (True, False):
                found += map(repr, decisions.read(connection, exchange.keys, stored.id, practice=practice))
        return "\n".join(found)

    return await exchange.database.run(work)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_deliveries_made_again_leave_the_same_conversation(on_sqlite, data):
    """Each turn may come again any number of times, at any later point, even with other words."""
    again = data.draw(st.lists(st.lists(st.integers(0, len(DIALOG) - 1), max_size=3), min_size=9, max_size=9))
    tag = str(data.draw(st.uuids()))

    async def both() -> None:
        await hold(on_sqlite, f"once {tag}", DIALOG)
        for number, text in enumerate(DIALOG):
            await on_sqlite.take(turn(f"again {tag}", text, f"e{number}", number))
            for earlier in again[number]:
                if earlier <= number:
                    await on_sqlite.take(turn(f"again {tag}", DIALOG[earlier], f"e{earlier}", 90))
        assert shown(await on_sqlite.read(WEB, f"once {tag}")) == shown(await on_sqlite.read(WEB, f"again {tag}"))
        assert await kept(on_sqlite, f"once {tag}") == await kept(on_sqlite, f"again {tag}")

    asyncio.run(both())


async def test_a_turn_delivered_many_times_at_once_is_answered_once(exchange):
    await asyncio.gather(*(exchange.take(turn("a", "refer", "same")) for _ in range(12)))
    entries = await exchange.read(WEB, "a")
    assert [one.by for one in entries] == ["you", "bot"]


async def test_the_same_key_in_another_conversation_is_another_turn(exchange):
    await exchange.take(turn("a", "refer", "same"))
    await exchange.take(turn("b", "protect", "same"))
    assert len(await exchange.read(WEB, "b")) == 2


async def test_two_turns_at_once_are_both_answered_in_order(exchange):
    await exchange.take(turn("a", "refer", "first"))
    await asyncio.gather(exchange.take(turn("a", "no", "second")), exchange.take(turn("a", "ok", "third")))
    entries = await exchange.read(WEB, "a")
    assert [one.by for one in entries] == ["you", "bot"] * 3
    assert [one.seq for one in entries] == [2, 3, 4, 5, 6, 7]
    said = {one.words for one in entries if one.by == "you"}
    assert "No." in said  # whichever came first, "no" was an answer


async def test_two_turns_at_once_on_one_file_keep_the_order_they_came_in(on_sqlite):
    await on_sqlite.take(turn("a", "refer", "first"))
    texts = ("no", "ok", "police", "yes", "17", "she died")
    await asyncio.gather(*(on_sqlite.take(turn("a", text, f"e{at}")) for at, text in enumerate(texts)))
    said = [one.words for one in await on_sqlite.read(WEB, "a") if one.by == "you"]
    assert said[1:] == ["No.", "I understand.", "Police.", "Yes.", "Under 18.", "They died."]


async def test_many_people_at_once_are_each_answered_in_order(exchange):
    async def one(address: str) -> None:
        await hold(exchange, address, DIALOG[:6])

    await asyncio.gather(*(one(f"person {number}") for number in range(12)))
    first = shown(await exchange.read(WEB, "person 0"))
    for number in range(1, 12):
        assert shown(await exchange.read(WEB, f"person {number}")) == first
        id_ = await conversation_id(exchange, f"person {number}")
        assert await exchange.database.run(lambda c, id_=id_: timeline.verify(c, id_)) is None


async def test_a_conversations_first_turns_may_come_at_once(exchange):
    await asyncio.gather(*(exchange.take(turn("new", "hello", f"e{number}")) for number in range(8)))
    assert len(await exchange.read(WEB, "new")) == 16


async def test_practice_decisions_are_kept_apart(exchange):
    await hold(exchange, "practice", ("practice", "no", "ok", "member of the public"))
    await hold(exchange, "real", (*DIALOG[:5], "yes"))

    def rows(connection):
        return [
            [(row.conversation_id, row.flow) for row in connection.execute(table.select())]
            for table in (tables.decisions, tables.practice_decisions)
        ]

    real, practice = await exchange.database.run(rows)
    assert real == [(await conversation_id(exchange, "real"), "protect")]
    assert practice == [(await conversation_id(exchange, "practice"), "referral")]


@pytest.mark.parametrize("place", ["nothing begun", "a choice", "a date", "the check", "a new answer", "in danger"])
async def test_identifiers_are_never_kept(exchange, place):
    talk = PLACES[place]()
    await exchange.open(WEB, "a", AT)
    await put_at(exchange, "a", talk.state)
    for number, (text, _) in enumerate(IDENTIFIERS):
        await exchange.take(turn("a", text, f"typed {number}"))
        await exchange.take(turn("a", f"He did it. {text}. What now?", f"asked {number}"))
        await exchange.take(turn("a", Filled("1-aware_on", (("date", text),)), f"filled {number}"))
        await exchange.take(turn("a", Chosen("1-role", (text,)), f"pressed {number}"))
    everything = await everything_kept(exchange)
    for _, parts in IDENTIFIERS:
        for part in parts:
            assert part.casefold() not in everything.casefold()


async def put_at(exchange: Exchange, address: str, there: State) -> None:
    def work(connection) -> None:
        stored = conversations.load(connection, exchange.keys, WEB, address, AT)
        conversations.save(connection, exchange.keys, stored, state.to_json(there), AT)

    await exchange.database.run(work)


async def code_for(exchange: Exchange, address: str) -> str:
    await exchange.take(turn(address, "code", "code"))
    found = re.search(r"[A-Z0-9]{4}-[A-Z0-9]{4}", to_text((await exchange.read(WEB, address))[-1].reply))
    assert found is not None
    return found[0]


@given(
    st.text(short_code.ALPHABET, min_size=short_code.LENGTH, max_size=short_code.LENGTH),
    st.sampled_from(("", "-", " ")),
)
def test_no_code_reads_like_an_identifier_or_danger(code, between):
    """Otherwise it would be stopped before it could lead anywhere."""
    text = f"resume {code[:4]}{between}{code[4:]}"
    for written in (text, text.lower()):
        assert not privacy.identifiers(written)
        assert command(written) == Command("resume", written.lower().removeprefix("resume "))


async def test_following_a_code_twice_over_changes_nothing(exchange):
    await exchange.take(turn("a", "refer", "e"))
    code = await code_for(exchange, "a")
    await exchange.take(turn("b", f"resume {code}", "resume"))
    once = shown(await exchange.read(WEB, "b"))
    await exchange.take(turn("b", f"resume {code}", "resume"))
    assert shown(await exchange.read(WEB, "b")) == once
    assert once == shown(await exchange.read(WEB, "a"))


async def test_a_code_that_is_wrong_leaves_the_place(exchange):
    await exchange.take(turn("a", "refer", "e"))
    before = await kept(exchange, "a")
    await exchange.take(turn("a", "resume BCDF-GHJK", "e2"))
    assert await kept(exchange, "a") == before
    last = (await exchange.read(WEB, "a"))[-1].reply
    assert last is not None
    assert any(isinstance(block, Choices) for block in last.blocks)


async def test_conversations_long_untouched_are_erased_and_others_kept(exchange):
    await exchange.take(turn("old", "refer", "e"))
    await exchange.take(turn("new", "refer", "e", 60 * 24 * 80))
    assert await Upkeep(exchange).tidy(AT + timedelta(days=91), timedelta(days=90)) == 1
    assert await exchange.read(WEB, "old") == ()
    assert len(await exchange.read(WEB, "new")) == 2


@pytest.mark.parametrize("later", [timedelta(), timedelta(hours=1), timedelta(days=7)])
async def test_a_turn_delivered_again_after_tidying_is_still_answered_once(exchange, later):
    """A platform may deliver again for days: tidying must not make an old delivery look new."""
    await exchange.take(turn("a", "refer", "e"))
    await Upkeep(exchange).tidy(AT + later, timedelta(days=90))
    await exchange.take(turn("a", "refer", "e"))
    assert len(await exchange.read(WEB, "a")) == 2


async def test_the_keys_of_events_long_past_are_not_kept_for_ever(exchange):
    await exchange.take(turn("a", "refer", "old"))
    await exchange.take(turn("a", "no", "new", 60 * 24 * 40))
    await Upkeep(exchange).tidy(AT + timedelta(days=41), timedelta(days=90))
    found = await exchange.database.run(lambda c: c.execute(tables.events.select()).all())
    assert [row.at for row in found] == [AT + timedelta(days=40)]
    assert len(await exchange.read(WEB, "a")) == 4


async def test_news_of_a_turn_comes_to_everyone_who_listens(exchange):
    await exchange.take(turn("a", "refer", "e1"))
    changes = exchange.changes(WEB, "a")
    waiting = asyncio.ensure_future(anext(changes))
    for number in range(1000):
        if waiting.done():
            break
        await exchange.take(turn("a", "no", f"more {number}"))
    assert await waiting == 1
    await changes.aclose()


async def test_any_passage_is_that_part_of_the_whole(exchange):
    await exchange.open(WEB, "a", AT)
    await hold(exchange, "a", DIALOG)
    whole = await exchange.read(WEB, "a")
    turns = len(DIALOG) + 1
    assert whole[-1].seq == 2 * turns + 1
    for after in range(2 * turns + 4):
        assert await exchange.read(WEB, "a", after) == tuple(one for one in whole if one.seq > after)
        for newest in range(turns + 2):
            passage = await exchange.passage(WEB, "a", after, newest)
            wanted = tuple(one for one in whole if one.seq > after and one.seq // 2 > turns - newest)
            assert passage.entries == wanted
            assert not passage.is_whole or wanted == whole


async def test_what_comes_before_a_passage_is_not_opened(exchange):
    """What was said first is spoilt, so to read it would be refused."""
    await hold(exchange, "a", DIALOG)
    whole = await exchange.read(WEB, "a")

    def spoil(connection) -> None:
        connection.execute(tables.timeline.update().where(tables.timeline.c.seq == 1).values(body=b"spoilt"))
        connection.execute(tables.outgoing.update().where(tables.outgoing.c.key == "1").values(body=b"spoilt"))

    await exchange.database.run(spoil)
    assert (await exchange.passage(WEB, "a", newest=2)).entries == whole[-4:]
    assert await exchange.read(WEB, "a", 3) == whole[2:]
    with pytest.raises(Unreadable):
        await exchange.read(WEB, "a")


async def test_where_nothing_was_said_there_is_no_passage(exchange):
    assert await exchange.passage(WEB, "nobody") == Passage("", (), is_whole=True)
