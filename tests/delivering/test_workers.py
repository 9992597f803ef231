"""Workers on PostgreSQL: jobs come and go with the sweep's transaction, and a dead worker holds nobody up."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from procrastinate.schema import migrations_path
from sqlalchemy import Connection, inspect

from bot.delivering.delivery import LEASE
from bot.delivering.dispatch.procrastinate import Workers
from bot.delivering.dispatch.schema import prepare, scripts_after, version_there
from bot.storage import Database, KeyRing, claims, outbox
from bot.storage.outbox import Due
from tests.delivering.office import Office, jobs
from tests.delivering.stand_in import all_lines
from tests.storage.postgres import schema

pytestmark = [pytest.mark.postgres, pytest.mark.parametrize("kind", ["postgresql"])]


async def waiting(office: Office, people: int = 1) -> list[str]:
    """People who each have a message that waits to be dispatched."""
    found = [office.person(f"P{number}", f"chat:{number}") for number in range(people)]
    for number, person in enumerate(found):
        office.case((person, f"notify_{number}"))
    await office.watch._wake_cases(office.at)
    await office.watch._tell_people(office.at)
    return found


def defer(office: Office, connection: Connection) -> list[Due]:
    due = outbox.due_on_each(connection, office.at, 10, ("chat", "mail"))
    office.dispatch.defer(connection, due)
    return due


async def test_a_job_is_there_only_if_the_sweeps_transaction_is_kept(office: Office) -> None:
    await waiting(office)

    def undone(connection: Connection) -> None:
        assert len(defer(office, connection)) == 1
        assert jobs(connection) == 1
        raise LookupError("on purpose")

    with pytest.raises(LookupError):
        office.do(undone)
    assert office.do(jobs) == 0
    office.do(lambda c: defer(office, c))
    assert office.do(jobs) == 1


async def test_what_is_queued_is_not_queued_again(office: Office) -> None:
    await waiting(office, people=3)
    for _ in range(3):
        await office.watch.sweep(office.at)
    assert office.do(jobs) == 3
    await office.finish()
    assert office.do(jobs) == 0
    assert sum(office.chat.keys.values()) == 3


async def test_a_job_holds_only_ids(office: Office) -> None:
    await waiting(office)
    await office.watch.sweep(office.at)
    kept = office.do(lambda c: c.exec_driver_sql("SELECT args FROM procrastinate_jobs").scalar_one())
    assert kept == {"id": 1, "rev": 0}


async def test_what_a_dead_worker_had_in_hand_goes_on(office: Office) -> None:
    await waiting(office)
    await office.watch.sweep(office.at)

    def die(connection: Connection) -> None:
        """As a worker leaves it that is killed with a job in hand, not yet claimed."""
        connection.exec_driver_sql("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 h')")
        connection.exec_driver_sql(
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = (SELECT max(id) FROM procrastinate_workers)"
        )

    office.do(die)
    workers = office.dispatch
    assert isinstance(workers, Workers)
    await office.watch.sweep(office.at)
    assert office.do(jobs) == 2, "the row was still waiting, and is queued behind the job in hand"
    assert await workers.tend() == 1
    assert await workers.tend() == 0
    await office.sweep()
    assert all_lines(office.chat.arrived) == {"Case 26-001: notify_0.": 1}


async def test_what_a_dead_worker_had_claimed_comes_back_as_maybe_a_repeat(office: Office) -> None:
    await waiting(office)
    office.do(
        lambda c: claims.claim(c, office.keys, [(1, 0)], worker="dead", at=office.at, lease=LEASE),
    )
    await office.sweep()
    assert office.chat.arrived == []
    office.at += LEASE
    await office.sweep()
    assert [one.is_said_to_be_a_repeat for one in office.chat.arrived] == [True]


@pytest.mark.parametrize("workers", [2, 4])
async def test_workers_at_once_share_the_jobs_and_double_nothing(
    office: Office, another: Callable[[], Database], keys: KeyRing, url: str, workers: int
) -> None:
    count = 40
    await waiting(office, people=count)
    others = []
    for number in range(workers):
        database = another()
        other = Office(database, keys, office.chat)
        deliver = other.deliverer(f"worker {number}").deliver
        others.append(Workers(url, ("chat",), deliver, office._failed))
    working = [asyncio.create_task(one.work()) for one in others]
    await office.watch.sweep(office.at)
    while await office.database.run(jobs) or len(office.chat.arrived) < count:
        pass
    for one in working:
        one.cancel()
    await asyncio.gather(*working, return_exceptions=True)
    assert set(office.chat.keys.values()) == {1}
    assert len(office.chat.keys) == count
    assert office.warned == []


async def test_messages_of_one_conversation_are_sent_in_order_and_never_at_once(office: Office, url: str) -> None:
    ann = office.person("Ann", "chat:ann")
    for number in range(5):
        office.case((ann, f"notify_{number}"))
        await office.watch._wake_cases(office.at)
        await office.watch._tell_people(office.at)
    at_once: list[int] = [0, 0]

    async def deliver(id_: int, rev: int) -> None:
        at_once[0] += 1
        at_once[1] = max(at_once)
        await office.delivery.deliver(id_, rev)
        at_once[0] -= 1

    office.dispatch = Workers(url, ("chat",), deliver, office._failed)
    office.watch._dispatch = office.dispatch
    await office.sweep()
    assert at_once == [0, 1]
    assert [one.lines for one in office.chat.arrived] == [[f"Case 26-00{n + 1}: notify_{n}."] for n in range(5)]


async def test_what_is_on_a_channel_no_longer_set_up_goes_another_way(office: Office) -> None:
    ann = office.person("Ann", "chat:ann", "mail:ann@b.uk")
    office.case((ann, "notify_panel"))
    await office.watch._wake_cases(office.at)
    await office.watch._tell_people(office.at)
    del office.channels["chat"]
    office.watch._channels = ("mail",)
    assert isinstance(office.dispatch, Workers)
    office.dispatch._channels = ("mail",)
    await office.run()
    assert office.mail.said == [("ann@b.uk", ["Case 26-001: notify_panel."])]


def described(connection: Connection) -> Any:
    looked = inspect(connection)
    tables = [name for name in looked.get_table_names() if name.startswith("procrastinate")]
    functions = (
        "SELECT proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace "
        "WHERE proname LIKE 'procrastinate%%' AND n.nspname = current_schema()"
    )
    return (
        {name: sorted((one["name"], str(one["type"])) for one in looked.get_columns(name)) for name in tables},
        {name: sorted(str(one["name"]) for one in looked.get_indexes(name)) for name in tables},
        set(connection.exec_driver_sql(functions).scalars()),
    )


def test_the_queues_tables_are_made_once_and_brought_up_to_date_from_an_earlier_version(
    db: Database, postgres_server: str, tmp_path: Path
) -> None:
    later = scripts_after("3.0.0")
    # `scripts_after` leaves out the very first, which made the tables.
    first = (migrations_path / "00.00.00_01_initial.sql").read_text()
    earlier = [first, *(one for one in scripts_after("0.0.0") if one not in later)]

    def from_earlier(connection: Connection) -> Any:
        driver: Any = connection.connection.driver_connection
        for script in (*earlier, "COMMENT ON TABLE procrastinate_jobs IS 'made for 3.0.0'"):
            driver.execute(script)
        prepare(connection)
        return described(connection)

    def afresh(connection: Connection) -> Any:
        prepare(connection)
        prepare(connection)
        return described(connection)

    assert later
    upgraded = db.run_now(from_earlier)
    with schema(postgres_server) as another:
        new = Database.open(another, tmp_path / "new")
        fresh = new.run_now(afresh)
        assert new.run_now(version_there) == db.run_now(version_there) == version("procrastinate")
        new.close()
    # What only served earlier versions stays behind; all that is made now is there.
    assert upgraded[:2] == fresh[:2]
    assert upgraded[2] >= fresh[2]


def test_a_queue_of_a_newer_version_is_refused(db: Database) -> None:
    db.run_now(prepare)
    db.run_now(lambda c: c.exec_driver_sql("COMMENT ON TABLE procrastinate_jobs IS 'made for 99.0.0'") and None)
    with pytest.raises(ValueError, match="install the newer one"):
        db.run_now(prepare)
