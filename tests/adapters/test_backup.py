"""What is kept survives a backup made while the bot works, and leaves whole in an export."""

from __future__ import annotations

import asyncio
import json
import resource
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from adapters import backup, export
from adapters.__main__ import main
from adapters.settings import Settings
from adapters.workplace import CannotOpen, opened
from bot.casework import audit_days, case_file, casework, wording_board
from bot.casework.case_opening import opened_by_hand
from bot.casework.casework import Desk
from bot.definitions import load_definitions
from bot.delivering.dispatch.schema import prepare, version_there
from bot.exchange import Exchange
from bot.messages import Turn, Typed
from bot.storage import Connection, Database, audit, cases, create_key_file, people
from bot.storage.people import Role
from tests.storage.conftest import postgres_server
from tests.storage.postgres import schema

__all__ = ["postgres_server"]

AT = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
A_JOB = "INSERT INTO procrastinate_jobs (queue_name, task_name, priority, args) VALUES ('web', 'deliver', 0, '{}')"


def settings_in(folder: Path) -> Settings:
    return Settings(data_dir=folder, key_file=folder.parent / "keys")


def fill(exchange: Exchange) -> None:
    def work(connection: Connection) -> None:
        desk = Desk(connection, exchange.keys, exchange.definitions, AT)
        lead = people.make(connection, exchange.keys, "Lee Lead", AT)
        for role in ("lead", "administrator"):
            people.grant(connection, exchange.keys, lead, Role(desk.area, role), AT, lead)
        person = people.read(connection, exchange.keys, lead)
        assert person is not None
        casework.keep_area(desk)
        stored = opened_by_hand(desk, person, "C", "", AT.date(), None).stored
        casework.add(desk, stored, "noted", person, words="The hospital rang back.")

    exchange.database.run_now(work)


def talk(exchange: Exchange, count: int, begin: int = 0) -> None:
    async def work() -> None:
        for number in range(begin, begin + count):
            said = Typed(f"what is a rapid review, number {number}")
            at = AT + timedelta(minutes=number)
            await exchange.take(Turn("web", f"b{number % 3}", "b", said, f"e{number}", at))

    asyncio.run(work())


def contents(exchange: Exchange) -> list[str]:
    def work(connection: Connection) -> list[str]:
        desk = Desk(connection, exchange.keys, exchange.definitions, AT)
        stored = cases.find(connection, desk.area, "26-001")
        assert stored is not None
        return [one.words for one in casework.read(desk, stored).events]

    return exchange.database.run_now(work)


def test_a_backup_made_while_the_bot_works_is_whole_and_goes_back(tmp_path: Path) -> None:
    settings, defined, file = settings_in(tmp_path / "data"), load_definitions("exampleshire"), tmp_path / "kept.zip"
    with opened(settings, defined) as exchange:
        fill(exchange)
        talk(exchange, 4)
        made = backup.back_up(settings, file, AT)
        talk(exchange, 4, begin=4)
        assert contents(exchange) == ["", "The hospital rang back."]
    other = settings_in(tmp_path / "other")
    assert backup.restore(other, file) == made
    assert made.broken == ()
    assert made.rows["timeline"] > 0
    with opened(other, defined) as exchange:
        assert contents(exchange) == ["", "The hospital rang back."]
        fresh = asyncio.run(exchange.passage("web", "b0"))
        assert fresh.entries
        talk(exchange, 1)  # and it goes on


@pytest.mark.postgres
def test_a_backup_leaves_the_queue_of_workers_behind_and_workers_make_a_fresh_one(
    tmp_path: Path, postgres_server: str
) -> None:
    defined, file = load_definitions("exampleshire"), tmp_path / "kept.zip"
    with schema(postgres_server) as url, schema(postgres_server) as fresh:
        settings = settings_in(tmp_path / "data").model_copy(update={"database_url": url})
        with opened(settings, defined) as exchange:
            fill(exchange)
            exchange.database.run_now(prepare)
            exchange.database.run_now(lambda c: c.exec_driver_sql(A_JOB) and None)
        made = backup.back_up(settings, file, AT)
        other = settings.model_copy(update={"database_url": fresh})
        assert backup.restore(other, file) == made
        database = Database.open(fresh, tmp_path / "data")
        assert database.run_now(version_there) is None
        database.run_now(prepare)
        assert database.run_now(lambda c: c.exec_driver_sql("SELECT count(*) FROM procrastinate_jobs").scalar()) == 0
        database.close()
        with opened(other, defined) as exchange:
            assert contents(exchange) == ["", "The hospital rang back."]


@pytest.mark.postgres
def test_a_table_nobody_knows_stops_a_backup(tmp_path: Path, postgres_server: str) -> None:
    with schema(postgres_server) as url:
        settings = settings_in(tmp_path / "data").model_copy(update={"database_url": url})
        with opened(settings, load_definitions("exampleshire")) as exchange:
            exchange.database.run_now(lambda c: c.exec_driver_sql("CREATE TABLE later (id integer)") and None)
        with pytest.raises(CannotOpen, match=r"does not know: later\. No backup was made"):
            backup.back_up(settings, tmp_path / "kept.zip", AT)


def test_nothing_kept_can_be_overwritten(tmp_path: Path) -> None:
    settings, defined, file = settings_in(tmp_path / "data"), load_definitions("exampleshire"), tmp_path / "kept.zip"
    with opened(settings, defined) as exchange:
        fill(exchange)
    backup.back_up(settings, file, AT)
    before = file.read_bytes()
    with pytest.raises(CannotOpen, match="is there already"):
        backup.back_up(settings, file, AT)
    with pytest.raises(CannotOpen, match="the database to restore into is not empty"):
        backup.restore(settings, file)
    assert file.read_bytes() == before


@pytest.mark.parametrize("spoil", ["cut", "changed", "no archive"])
def test_a_spoilt_backup_is_refused_and_nothing_is_changed(tmp_path: Path, spoil: str) -> None:
    settings, defined, file = settings_in(tmp_path / "data"), load_definitions("exampleshire"), tmp_path / "kept.zip"
    with opened(settings, defined) as exchange:
        fill(exchange)
    backup.back_up(settings, file, AT)
    if spoil == "cut":
        file.write_bytes(file.read_bytes()[:-200])
    elif spoil == "no archive":
        file.write_bytes(b"nothing")
    else:
        with zipfile.ZipFile(file) as pack:
            parts = {name: pack.read(name) for name in pack.namelist()}
        parts[backup.KEPT_AS] = parts[backup.KEPT_AS][:-1] + b"x"
        with zipfile.ZipFile(file, "w") as pack:
            for name, part in parts.items():
                pack.writestr(name, part)
    other = settings_in(tmp_path / "other")
    with pytest.raises(CannotOpen, match="Nothing was changed"):
        backup.restore(other, file)
    assert not (tmp_path / "other" / "bot.db").exists()


def test_a_key_file_of_another_time_is_found_before_anything_is_put_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings, defined, file = settings_in(tmp_path / "data"), load_definitions("exampleshire"), tmp_path / "kept.zip"
    with opened(settings, defined) as exchange:
        fill(exchange)
    backup.back_up(settings, file, AT)
    other, keys = tmp_path / "other", tmp_path / "another-key"
    create_key_file(keys)
    monkeypatch.setenv("BOT_KEY_FILE", str(keys))
    for said in ("this is not the key file that", "not a Fernet key"):
        done = CliRunner().invoke(main, ["restore", str(file), "--data", str(other)])
        assert (done.exit_code, said in done.output, "Nothing was changed." in done.output) == (1, True, True)
        assert "Restored" not in done.output
        assert not other.exists()
        keys.write_text("not a key")
    keys.write_bytes((tmp_path / "keys").read_bytes())
    done = CliRunner().invoke(main, ["restore", str(file), "--data", str(other)])
    assert (done.exit_code, "Restored" in done.output) == (0, True), done.output


def test_an_export_is_opened_and_complete(tmp_path: Path) -> None:
    settings, defined, file = settings_in(tmp_path / "data"), load_definitions("exampleshire"), tmp_path / "all.zip"
    with opened(settings, defined) as exchange:
        fill(exchange)
        talk(exchange, 3)
    written = dict(export.write(settings, defined, file, lambda: AT))
    assert file.stat().st_mode & 0o077 == 0
    with zipfile.ZipFile(file) as pack:
        read = {name: pack.read(name).decode() for name in pack.namelist()}
    assert set(read) == set(written)
    people_, kept = ([json.loads(line) for line in read[name].splitlines()] for name in ("people.jsonl", "cases.jsonl"))
    assert [one["name"] for one in people_] == ["Lee Lead"]
    case = next(one for one in kept if one["reference"] == "26-001")
    assert [one["what"] for one in case["timeline"]] == ["opened", "noted", "read"]
    assert case["timeline"][1]["said"]["words"] == "The hospital rang back."
    assert any(one["what"] == "notify the Panel" and one["latest"] == "2026-11-30" for one in case["clocks"])
    assert len([json.loads(line) for line in read["conversations.jsonl"].splitlines()]) == 3
    with pytest.raises(CannotOpen, match="is there already"):
        export.write(settings, defined, file, lambda: AT)


def test_an_export_says_which_questions_were_answered_and_who_is_to_be_told(tmp_path: Path) -> None:
    settings, defined, file = settings_in(tmp_path / "data"), load_definitions("exampleshire"), tmp_path / "all.zip"

    async def work(exchange: Exchange) -> None:
        for number, words in enumerate(("what is a rapid review", "when is the village fete")):
            await exchange.take(Turn("slack", "ada", "ada", Typed(words), str(number), AT))

    with opened(settings, defined) as exchange:
        asyncio.run(work(exchange))
        wanting = "UPDATE questions SET wants_answer = TRUE WHERE route <> 'answer'"
        exchange.database.run_now(lambda connection: connection.exec_driver_sql(wanting) and None)
    export.write(settings, defined, file, lambda: AT)
    with zipfile.ZipFile(file) as pack:
        asked = [json.loads(line) for line in pack.read("questions.jsonl").decode().splitlines()]
        said = pack.read("README.txt").decode()
    assert [(one["route"] == "answer", one["to_be_told"]) for one in asked] == [(True, False), (False, True)]
    assert "questions.jsonl      every question: where it led" in said


def test_an_export_that_is_refused_or_broken_off_leaves_no_file_and_the_next_is_made(tmp_path: Path) -> None:
    settings, defined, file = settings_in(tmp_path / "data"), load_definitions("exampleshire"), tmp_path / "all.zip"
    with opened(settings, defined) as exchange:
        fill(exchange)
    settings.keys.rename(tmp_path / "apart")
    with pytest.raises(CannotOpen, match="the key file is missing"):
        export.write(settings, defined, file, lambda: AT)
    assert not file.exists()
    (tmp_path / "apart").rename(settings.keys)

    def broken_off() -> datetime:
        raise OSError

    with pytest.raises(OSError):
        export.write(settings, defined, file, broken_off)
    assert not file.exists()
    assert dict(export.write(settings, defined, file, lambda: AT))["people.jsonl"] == 1


def test_where_there_is_no_room_that_is_said_and_nothing_is_left(tmp_path: Path) -> None:
    with opened(settings_in(tmp_path / "data"), load_definitions("exampleshire")) as exchange:
        fill(exchange)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        # Room enough to begin, as on a disk that is nearly full.
        resource.setrlimit(resource.RLIMIT_FSIZE, (500_000, hard))
        with pytest.raises(CannotOpen, match=r"No backup was made\. It is put together in .*: TMPDIR names"):
            backup.back_up(settings_in(tmp_path / "data"), tmp_path / "b.zip", AT)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert not (tmp_path / "b.zip").exists()


def test_an_export_is_a_look_at_every_case_that_is_in_it(tmp_path: Path) -> None:
    settings, defined = settings_in(tmp_path / "data"), load_definitions("exampleshire")
    with opened(settings, defined) as exchange:
        fill(exchange)
    export.write(settings, defined, tmp_path / "all.zip", lambda: AT)

    def seen(connection: Connection) -> tuple[list[object], list[tuple[str, str, str]]]:
        desk = Desk(connection, exchange.keys, defined, AT)
        lee = next(iter(people.read_all(connection, exchange.keys)))
        lines = audit_days.of_cases(desk, AT.date())
        found = case_file.open_file(desk, lee, "26-001")
        assert found is not None
        return list(found.looks), [(one.who, one.what, one.ref) for one in lines if one.what == wording_board.LOOKED]

    with opened(settings, defined) as exchange:
        looks, lines = exchange.database.run_now(seen)
        assert exchange.database.run_now(audit.verify).broken == ()
    assert (AT, "the command line") in looks
    assert set(lines) == {("the command line", "Looked at the case", ref) for ref in ("26-001", "area")}


NEEDS_WHAT_IS_KEPT = (
    "health",
    "audit verify",
    "export x.zip",
    "backup x.zip",
    "people add Jo",
    "people list",
    "people grant Jo lead",
    "people revoke Jo lead",
    "people away Jo --back",
    "people rename Jo Joanna",
    "people join-code Jo",
    "people forget Jo --yes",
    "knowledge queue",
    "knowledge replay",
)


@pytest.mark.parametrize("command", NEEDS_WHAT_IS_KEPT)
def test_a_folder_named_by_mistake_is_said_and_not_made(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, [*command.split(), "--data", "not/there"])
    assert result.exit_code == 1
    assert "nothing is kept in not/there: is that the folder of the bot that runs" in result.output
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_hold_a_backup_is_named_without_a_number(tmp_path: Path) -> None:
    with opened(settings_in(tmp_path / "data"), load_definitions("exampleshire")) as exchange:
        fill(exchange)
    with pytest.raises(CannotOpen, match=r"there is no folder .*/missing: make it first"):
        backup.back_up(settings_in(tmp_path / "data"), tmp_path / "missing" / "b.zip", AT)
    backup.back_up(settings_in(tmp_path / "data"), tmp_path / "b.zip", AT)
    (tmp_path / "file").write_text("")
    with pytest.raises(CannotOpen, match=r"/file/data: Not a directory"):
        backup.restore(settings_in(tmp_path / "file" / "data"), tmp_path / "b.zip")
