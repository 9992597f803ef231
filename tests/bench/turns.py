"""How long a whole durable turn takes on SQLite, beside the same statements without the bot around them."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet
from sqlalchemy import Connection, event

from bot.definitions import Definitions, load_definitions
from bot.exchange import Exchange
from bot.messages import Chosen, Turn, Typed
from bot.storage import Database, KeyRing
from dialogs.decision import Dates
from dialogs.walk import Said, walk
from tests.bench.figure import percentile, say

AT = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
PEOPLE = 16
DIALOGS = 12
# One whole dialog, an answer for each question: its id when pressed, and words for it when typed.
ANSWERS = (
    ("danger_now", "no", "no"),
    ("no_names", "ready", "ok"),
    ("role", "la_children", "children's services"),
    ("referral_made", "yes", "yes"),
    ("age_at_event", "under_18", "he was 15"),
    ("effect", "serious", "very seriously hurt"),
    ("maltreatment", "suspected", "suspected"),
    ("place", "our_area", "in our area"),
    ("residence", "our_area", "in our area"),
    ("when", "recent", "recently"),
    ("aware_on", "unsure", "not sure"),
    ("sin_sent", "no", "no"),
    ("flags", "media", "press interest"),
)
RECORDED = "(SELECT conversation_id FROM addresses WHERE address = 'recorded')"
Statements = list[list[tuple[Any, Any]]]


def pressed(dialog: int) -> list[Chosen | Typed]:
    """The turns of a dialog by buttons; its door is the one thing typed."""
    answers = [Chosen(f"{dialog}-{name}", (id_,)) for name, id_, _ in ANSWERS]
    return [Typed("refer"), *answers, Chosen(f"{dialog}-check", ("confirm",))]


def typed(_: int) -> list[Chosen | Typed]:
    """The same dialog in words."""
    return [Typed("refer"), *(Typed(words) for _, _, words in ANSWERS), Typed("yes")]


@contextmanager
def exchange(definitions: Definitions) -> Iterator[tuple[Exchange, Path]]:
    folder = Path(tempfile.mkdtemp(prefix="bot-bench-"))
    database = Database.open("", folder)
    try:
        yield Exchange(database, KeyRing.from_keys([Fernet.generate_key().decode()]), definitions), folder
    finally:
        database.close()
        shutil.rmtree(folder)


async def hold(bot: Exchange, address: str, script: Any, dialogs: int, times: list[float]) -> None:
    for dialog in range(1, dialogs + 1):
        for number, said in enumerate(script(dialog)):
            turn = Turn("web", address, address, said, f"{dialog}/{number}", AT)
            begun = time.perf_counter()
            await bot.take(turn)
            times.append(time.perf_counter() - begun)


def measured(definitions: Definitions, script: Any, people: int, dialogs: int) -> tuple[float, list[float]]:
    """Turns each second, and each turn's seconds."""
    times: list[float] = []

    async def everybody(bot: Exchange) -> None:
        await hold(bot, "first", script, 1, [])  # the first turn compiles the statements
        await asyncio.gather(*(hold(bot, f"person {one}", script, dialogs, times) for one in range(people)))

    with exchange(definitions) as (bot, _):
        begun = time.perf_counter()
        asyncio.run(everybody(bot))
        return len(times) / (time.perf_counter() - begun), times


def print_figures() -> None:
    definitions = load_definitions("exampleshire")
    for kind, script in (("button", pressed), ("typed", typed)):
        for people, dialogs in ((1, DIALOGS), (PEOPLE, max(1, DIALOGS // 4))):
            rate, times = measured(definitions, script, people, dialogs)
            who = "one person" if people == 1 else f"{people} at once"
            say(f"{kind} turns, {who}", rate, "a second")
            say(f"{kind} turn, {who}, p50", percentile(times, 50) * 1000, "ms")
            say(f"{kind} turn, {who}, p99", percentile(times, 99) * 1000, "ms")
    _print_floors(definitions)


def _print_floors(definitions: Definitions) -> None:
    """Dialogs by buttons, and the statements of others alone, by turns, so that all meet the machine as it is."""
    with exchange(definitions) as (bot, folder):
        asyncio.run(hold(bot, "first", pressed, 1, []))
        with _recorded(bot.database) as (core, plain):
            asyncio.run(hold(bot, "recorded", pressed, DIALOGS, []))
        bot.database.run_now(_clear)
        bot.database.checkpoint()
        shutil.copy(folder / "bot.db", folder / "plain.db")
        whole, in_core, in_sqlite3 = asyncio.run(_by_turns(bot, folder / "plain.db", core, plain))
    turn = percentile(whole, 50)
    say("turn, p50", turn * 1000, "ms")
    say("its statements in bare SQLAlchemy Core, p50", percentile(in_core, 50) * 1000, "ms")
    say("its statements in the standard library's sqlite3, p50", percentile(in_sqlite3, 50) * 1000, "ms")
    say("turn beside bare SQLAlchemy Core", turn / percentile(in_core, 50), "times", "at most 1.5")
    say("turn beside sqlite3", turn / percentile(in_sqlite3, 50), "times")
    thinking = _replay_and_decide(definitions)
    say("replaying and deciding 14 answers", thinking * 1000, "ms")
    say("replaying and deciding, of a turn", thinking / turn * 100, "%", "under 2")


async def _by_turns(
    bot: Exchange, file: Path, core: Statements, plain: Statements
) -> tuple[list[float], list[float], list[float]]:
    """Seconds of whole turns, of transactions replayed in Core, and of the same in sqlite3."""
    whole: list[float] = []
    in_core: list[float] = []
    in_sqlite3: list[float] = []
    connection = sqlite3.connect(file, isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "wal_autocheckpoint=0"):
        connection.execute(f"PRAGMA {pragma}")
    length = len(pressed(1))
    for dialog in range(DIALOGS):
        await hold(bot, f"timed {dialog}", pressed, 1, whole)
        these = slice(dialog * length, (dialog + 1) * length)
        for transaction in core[these]:
            begun = time.perf_counter()
            await bot.database.run(partial(_replay_in_core, transaction))
            in_core.append(time.perf_counter() - begun)
        for transaction in plain[these]:
            begun = time.perf_counter()
            _replay_in_sqlite3(transaction, connection)
            in_sqlite3.append(time.perf_counter() - begun)
    connection.close()
    return whole, in_core, in_sqlite3


@contextmanager
def _recorded(database: Database) -> Iterator[tuple[Statements, Statements]]:
    """Every statement of each transaction, as SQLAlchemy was given it and as SQLite was."""
    core: Statements = []
    plain: Statements = []

    def given(_: Connection, statement: Any, __: Any, parameters: Any, ___: Any) -> None:
        core[-1].append((statement, parameters))

    def sent(_: Connection, __: Any, statement: str, parameters: Any, *___: Any) -> None:
        if statement.startswith("BEGIN"):
            core.append([])
            plain.append([])
        else:
            plain[-1].append((statement, parameters))

    listeners = (("before_execute", given), ("before_cursor_execute", sent))
    for name, listener in listeners:
        event.listen(database._engine, name, listener)
    try:
        yield core, plain
    finally:
        for name, listener in listeners:
            event.remove(database._engine, name, listener)


def _clear(connection: Connection) -> None:
    """Delete what the recorded conversation left behind, so that its statements can be made again."""
    for table, column in (("events", "conversation_id"), ("conversations", "id")):
        connection.exec_driver_sql(f"DELETE FROM {table} WHERE {column} IN {RECORDED}")


def _replay_in_core(transaction: list[tuple[Any, Any]], connection: Connection) -> None:
    for statement, parameters in transaction:
        result = connection.execute(statement, parameters)
        if result.returns_rows:
            result.all()


def _replay_in_sqlite3(transaction: list[tuple[Any, Any]], connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN IMMEDIATE")
    for statement, parameters in transaction:
        connection.execute(statement, parameters).fetchall()
    connection.execute("COMMIT")


def _replay_and_decide(definitions: Definitions) -> float:
    """Seconds to find where a dialog of 14 answers stands, looked at for the first time, and what it decides."""
    flow = definitions.flows["referral"]
    said = tuple(Said(name, id_) for name, id_, _ in ANSWERS)
    said = (*said[:-1], Said("la_aware", "yes"), said[-1])
    count = 300
    begun = time.perf_counter()
    for _ in range(count):
        place = walk.__wrapped__(flow, said)
        flow.decide(place.by_name, Dates(AT.date()), definitions.local)
    return (time.perf_counter() - begun) / count
