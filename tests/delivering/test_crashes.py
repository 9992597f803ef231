"""Killed at any step, and started again, the watch and its workers lose nothing and double nothing unsaid."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, func, select

from bot.delivering.delivery import LEASE
from bot.delivering.dispatch.schema import prepare
from bot.storage import Database, KeyRing, cases, create_key_file, people, timeline
from bot.storage.case_tables import nudges
from bot.storage.tables import conversations, outgoing
from tests.delivering.crash_watch import STEPS, main
from tests.delivering.office import AREA, NOON
from tests.killable import Killable

PEOPLE = 3
ROUNDS = 2
# Only at these has the platform a message that nobody has kept as sent: it is sent once more, and says so.
SENT_NOT_KEPT = {"sent", "marked"}


class Process(Killable):
    """A watch that is started again whenever it has been killed."""

    def begin(self, at: datetime, die_at: str = "", *, alone: bool = True, patient: bool = False) -> None:
        self.tell({"at": at.isoformat(), "die_at": die_at, "alone": alone, "patient": patient})

    def end(self) -> bool:
        """Whether it did what it was told; False where it was killed."""
        return self.answer() is not None


@dataclass
class Town:
    """People who are owed something again and again, and what arrived for them."""

    database: Database
    keys: KeyRing
    folder: Path
    at: datetime = NOON
    people: list[str] = field(default_factory=list)
    owed: int = 0

    def owe(self, what: str) -> None:
        """Two new cases, with something for each person; the first person is to hear of both at once."""

        def work(connection: Connection) -> None:
            if not self.people:
                for number in range(PEOPLE):
                    person = people.make(connection, self.keys, f"P{number}", self.at)
                    people.add_account(connection, self.keys, person, "chat", f"{number}", self.at)
                    self.people.append(person)
            for owed in ([[one, f"first {what}"] for one in self.people], [[self.people[0], f"second {what}"]]):
                keyed = [[one, f"{key}|{number}"] for number, (one, key) in enumerate(owed)]
                stored, _ = cases.make(
                    connection, self.keys, area=AREA, plan=json.dumps(keyed), at=self.at, year=self.at.year
                )
                cases.change(connection, stored.id, wake_at=self.at)

        self.database.run_now(work)
        self.owed += PEOPLE + 1

    def later(self) -> datetime:
        """After every lease of now has run out."""
        self.at += LEASE + timedelta(seconds=1)
        return self.at

    def arrived(self) -> list[tuple[str, str, bool, list[str]]]:
        return [tuple(json.loads(line)) for line in (self.folder / "arrived").read_text().splitlines()]

    def check(self, doubles: int) -> None:
        """Nothing is lost, and doubled is only what was sent and not kept as sent, which says so."""
        arrived = self.arrived()
        by_key: dict[str, list[tuple[bool, list[str]]]] = {}
        for key, _, repeat, said in arrived:
            by_key.setdefault(key, []).append((repeat, said[1:] if repeat else said))
        lines = Counter(line for (_, said), *_ in by_key.values() for line in said)
        assert len(lines) == self.owed
        assert set(lines.values()) == {1}
        doubled = [times for times in by_key.values() if len(times) > 1]
        assert len(doubled) == doubles
        for (_, first), *more in doubled:
            assert more == [(True, first)]
        self.database.run_now(self._is_kept)

    def _is_kept(self, connection: Connection) -> None:
        count = lambda table, *which: connection.execute(  # noqa: E731
            select(func.count()).select_from(table).where(*which)
        ).scalar_one()
        assert count(nudges) == count(nudges, nudges.c.status == "sent") == self.owed
        sent = count(outgoing, outgoing.c.status == "sent")
        assert count(outgoing) == sent == len({key for key, *_ in self.arrived()})
        for one in connection.execute(select(conversations.c.id)).scalars():
            assert timeline.verify(connection, one) is None


@pytest.fixture
def town(db: Database, kind: str, tmp_path: Path) -> Town:
    folder = tmp_path / "process"
    folder.mkdir()
    create_key_file(folder / "keys")
    if kind == "postgresql":
        db.run_now(prepare)
    return Town(db, KeyRing.from_file(folder / "keys"), folder)


@pytest.mark.timeout(900)
def test_killed_at_every_step_nothing_is_lost_and_what_is_doubled_says_so(town: Town, url: str) -> None:
    process = Process(main, (town.folder, url))
    doubles = 0
    for number in range(ROUNDS):
        for step in STEPS:
            town.owe(f"{step} {number}")
            process.begin(town.at, step)
            assert not process.end(), f"{step} was not reached"
            process.begin(town.at)
            assert process.end()
            process.begin(town.later())
            assert process.end()
            doubles += step in SENT_NOT_KEPT
            town.check(doubles)
    process.stop()
    assert process.kills == len(STEPS) * ROUNDS >= 25
    assert doubles == len(SENT_NOT_KEPT) * ROUNDS


@pytest.mark.timeout(900)
@pytest.mark.parametrize("count", [2, 4])
def test_of_several_processes_one_is_killed_at_every_step_and_the_others_carry_on(
    town: Town, url: str, count: int
) -> None:
    processes = [Process(main, (town.folder, url)) for _ in range(count)]
    doomed = processes[0]
    for step in STEPS:
        town.owe(step)
        doomed.begin(town.at, step, alone=False)
        for one in processes[1:]:
            one.begin(town.at, alone=False)
        for one in processes:
            one.end()
        town.at += LEASE + timedelta(seconds=1)
        for one in processes[1:]:
            one.begin(town.at)
            assert one.end()
    if count > 2:
        # What the dead had in hand in the queue is let go once they are found to be dead.
        town.owe("the last")
        doomed.begin(town.at, "to send", alone=False)
        assert not doomed.end()
        processes[1].begin(town.later(), alone=False, patient=True)
        assert processes[1].end()
    for one in processes:
        one.stop()
    doubles = len(town.arrived()) - len({key for key, *_ in town.arrived()})
    assert doubles <= doomed.kills
    assert doomed.kills >= len({"looked", "deferring", "deferred"}), "a sweep passes these whatever the others do"
    town.check(doubles)
