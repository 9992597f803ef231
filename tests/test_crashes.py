"""Killed at any step of any turn, a server loses nothing it acknowledged and doubles nothing delivered again."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, select

from adapters.settings import Settings
from adapters.workplace import opened
from bot import record
from bot.exchange import STEPS, Exchange
from bot.passage import Entry
from bot.reply_text import to_text
from bot.storage import conversations, decisions, tables, timeline
from tests.killable import Killable

AT = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
UNHARMED = "never killed"
# A dialog from its door to its decision: pressed, typed, and asked in free words.
SCRIPT: tuple[dict[str, Any], ...] = (
    {"typed": "refer"},
    {"pressed": ["1-danger_now", "no"]},
    {"pressed": ["1-no_names", "ready"]},
    {"typed": "children's services"},
    {"pressed": ["1-referral_made", "yes"]},
    {"pressed": ["1-age_at_event", "under_18"]},
    {"typed": "what happens to what I tell you?"},
    {"pressed": ["1-effect", "serious"]},
    {"pressed": ["1-maltreatment", "suspected"]},
    {"pressed": ["1-place", "our_area"]},
    {"pressed": ["1-residence", "our_area"]},
    {"pressed": ["1-when", "recent"]},
    {"typed": "20/11/2026"},
    {"pressed": ["1-sin_sent", "no"]},
    {"pressed": ["1-flags", "media", "several_children"]},
    {"pressed": ["1-check", "confirm"]},
    {"typed": "document"},
)
AN_ANSWER, FREE_WORDS, THE_DECISION = 5, 6, 15
KILLED_AT = (AN_ANSWER, FREE_WORDS, THE_DECISION)


@dataclass
class Server(Killable):
    """A server that is started again whenever it has been killed, and what it acknowledged."""

    acknowledged: list[str] = field(default_factory=list)

    def deliver(self, turn: dict[str, Any]) -> bool:
        """Whether the turn was acknowledged; False where the server died of it."""
        self.tell(turn)
        answer = self.answer()
        if answer is None:
            return False
        assert answer == turn["event"]
        self.acknowledged.append(answer)
        return True


def turns(address: str) -> list[dict[str, Any]]:
    return [
        {**said, "address": address, "event": f"{address}/{number}", "at": (AT + timedelta(minutes=number)).isoformat()}
        for number, said in enumerate(SCRIPT)
    ]


def test_nothing_acknowledged_is_lost_and_nothing_doubled_wherever_the_server_is_killed(tmp_path: Path) -> None:
    # Here, because it loads all that a server does.
    from tests import crash_server

    server = Server(crash_server.main, (tmp_path,))
    for step in STEPS:
        for number, turn in enumerate(turns(step)):
            if number in KILLED_AT:
                assert not server.deliver({**turn, "die_at": step})
            assert server.deliver(turn)
    for turn in turns(UNHARMED):
        assert server.deliver(turn)
    server.stop()
    assert server.kills == len(STEPS) * len(KILLED_AT) >= 25
    assert len(server.acknowledged) == (len(STEPS) + 1) * len(SCRIPT)
    settings = Settings(data_dir=tmp_path, key_file=tmp_path / "keys")
    with opened(settings, crash_server.DEFINITIONS) as exchange:
        for step in STEPS:
            assert _conversation(exchange, step) == _conversation(exchange, UNHARMED), f"killed at {step}"
        exchange.database.run_now(_nothing_is_stuck)
        assert exchange.database.run_now(_events) == len(server.acknowledged)


def _conversation(exchange: Exchange, address: str) -> object:
    """All that is kept of a conversation, but for its reference, which is its own."""
    entries = asyncio.run(exchange.read("web", address))
    assert [entry.by for entry in entries] == ["you", "bot"] * len(SCRIPT)

    def kept(connection: Connection) -> tuple[str | None, list[object]]:
        stored = conversations.peek(connection, exchange.keys, "web", address)
        assert stored is not None
        assert stored.version == len(SCRIPT)
        assert timeline.verify(connection, stored.id) is None
        assert [event.seq for event in timeline.read(connection, exchange.keys, stored.id)] == [
            *range(1, len(SCRIPT) + 1)
        ]
        (decision,) = decisions.read(connection, exchange.keys, stored.id, practice=False)
        assert record.from_json(decision.body).version == decision.version == 1
        assert decisions.read(connection, exchange.keys, stored.id, practice=True) == []
        return stored.state, [decision.at, decision.flow, decision.outcome, _plain(decision.body)]

    return [_said(entry) for entry in entries], exchange.database.run_now(kept)


def _said(entry: Entry) -> tuple[int, datetime, str, str]:
    return entry.seq, entry.at, entry.words, _plain(to_text(entry.reply)) if entry.reply else ""


def _plain(text: str) -> str:
    return re.sub(r"\bR-[2-9A-Z]{6}\b", "R-XXXXXX", text)


def _nothing_is_stuck(connection: Connection) -> None:
    unsaid = select(func.count()).select_from(tables.outgoing).where(tables.outgoing.c.status != "sent")
    assert connection.execute(unsaid).scalar_one() == 0
    assert connection.execute(select(func.count()).select_from(tables.conversations)).scalar_one() == len(STEPS) + 1


def _events(connection: Connection) -> int:
    return int(connection.execute(select(func.count()).select_from(tables.events)).scalar_one())
