"""A key file that is missing or wrong is refused before anyone is served, on every database, and never made anew."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from adapters.__main__ import main
from adapters.settings import Settings
from adapters.workplace import CannotOpen, check_keys, opened
from bot.definitions import Definitions, load_definitions
from bot.storage import Database, create_key_file
from tests.storage.postgres import schema, server

AT = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def definitions() -> Definitions:
    return load_definitions("exampleshire")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    with server() as url:
        yield url


@pytest.fixture(params=["bot.db", "another file", pytest.param("postgresql", marks=pytest.mark.postgres)])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    data = tmp_path / "data"
    if request.param == "bot.db":
        yield Settings(data_dir=data)
    elif request.param == "another file":
        yield Settings(data_dir=data, database_url=f"sqlite:///{tmp_path / 'elsewhere.db'}")
    else:
        with schema(request.getfixturevalue("postgres_server")) as url:
            yield Settings(data_dir=data, database_url=url)


@pytest.fixture
def bot(settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Result]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BOT_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("BOT_DATABASE_URL", settings.database_url)
    return lambda *arguments: CliRunner().invoke(main, arguments, input="")


def converse(settings: Settings, definitions: Definitions, address: str) -> None:
    with opened(settings, definitions) as exchange:
        asyncio.run(exchange.open("web", address, AT))


def conversation(settings: Settings, definitions: Definitions, address: str) -> int:
    with opened(settings, definitions) as exchange:
        return len(asyncio.run(exchange.read("web", address)))


@pytest.mark.parametrize("command", [["chat"], ["serve", "--port", "0"], ["keys", "rotate"], ["keys", "retire"]])
@pytest.mark.parametrize("fault", ["is missing", "is not the one"])
def test_keys_that_do_not_fit_are_refused_in_one_line_and_nothing_is_made(settings, definitions, bot, fault, command):
    converse(settings, definitions, "a")
    good = settings.keys.read_bytes()
    settings.keys.unlink()
    if fault == "is not the one":
        create_key_file(settings.keys)
    before = settings.keys.read_bytes() if settings.keys.exists() else None
    result = bot(*command)
    assert result.exit_code == 1
    line, *more = result.stderr.strip().splitlines()
    assert more == (["If a child is in danger now, phone 999."] if command == ["chat"] else [])
    assert line.startswith(f"Error: {settings.keys}: the key file {fault}")
    assert "BOT_KEY_FILE" in line
    assert (settings.keys.read_bytes() if settings.keys.exists() else None) == before
    settings.keys.write_bytes(good)
    assert conversation(settings, definitions, "a") == 1


def test_doctor_finds_the_same_fault_and_makes_nothing(settings, definitions, bot):
    converse(settings, definitions, "a")
    assert "ok     keys: they fit" in bot("doctor").output
    settings.keys.unlink()
    result = bot("doctor")
    assert result.exit_code == 1
    assert f"MEND   keys: {settings.keys}: the key file is missing" in result.output
    assert not settings.keys.exists()
    create_key_file(settings.keys)
    assert "the key file is not the one" in bot("doctor").output


def test_where_nothing_is_kept_looking_makes_nothing_and_starting_makes_the_file(settings, definitions):
    assert not check_keys(settings)
    assert not settings.data_dir.exists()
    with opened(settings, definitions):
        assert settings.keys.exists()
    assert check_keys(settings)


def test_a_key_file_that_was_made_before_the_first_start_is_used(settings, definitions):
    settings.data_dir.mkdir()
    create_key_file(settings.keys)
    written = settings.keys.read_bytes()
    converse(settings, definitions, "a")
    assert settings.keys.read_bytes() == written


@pytest.mark.parametrize("command", ["rotate", "retire"])
def test_without_a_key_file_there_is_nothing_to_do_and_no_folder_is_made(settings, bot, command):
    result = bot("keys", command)
    assert result.exit_code == 1
    assert "there is no key file yet" in result.stderr
    assert not settings.data_dir.exists()


def test_an_old_key_is_retired_once_nothing_needs_it(settings, definitions, bot):
    converse(settings, definitions, "a")
    old = settings.keys.read_text().split()
    assert "1 conversation is wrapped with it" in bot("keys", "rotate").output
    converse(settings, definitions, "b")
    output = bot("keys", "retire").output
    assert "2 conversations are wrapped with the newest key, and 1 old key is taken out" in output
    (newest,) = settings.keys.read_text().split()
    assert newest not in old
    assert settings.keys.stat().st_mode & 0o777 == 0o600
    assert conversation(settings, definitions, "a") == conversation(settings, definitions, "b") == 1
    assert "none to retire" in bot("keys", "retire").output
    assert settings.keys.read_text().split() == [newest]


def test_a_bot_that_runs_while_the_key_is_changed_and_retired_goes_on_and_loses_nothing(settings, definitions, bot):
    with opened(settings, definitions) as exchange:
        asyncio.run(exchange.open("web", "before", AT))
        bot("keys", "rotate")
        asyncio.run(exchange.open("web", "between", AT))
        assert "2 conversations" in bot("keys", "retire").output
        asyncio.run(exchange.open("web", "after", AT))
        for address in ("before", "between", "after"):
            assert len(asyncio.run(exchange.read("web", address))) == 1
    for address in ("before", "between", "after"):
        assert conversation(settings, definitions, address) == 1


def test_no_key_is_retired_while_anything_needs_one_that_is_not_there(settings, definitions, bot):
    """One conversation was wrapped with a key that has been lost since: the others' key must not go as well."""
    converse(settings, definitions, "a")
    first = settings.keys.read_text()
    bot("keys", "rotate")
    settings.keys.write_text(settings.keys.read_text().replace(first, ""))
    converse(settings, definitions, "b")
    lost = settings.keys.read_text()
    create_key_file(settings.data_dir / "other")
    other = (settings.data_dir / "other").read_text()
    with opened(settings, definitions) as exchange:
        ring = type(exchange.keys).from_keys(other.split())
        exchange.keys = ring
        asyncio.run(exchange.open("web", "c", AT))
    written = lost + first
    settings.keys.write_text(written)
    result = bot("keys", "retire")
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)
    assert settings.keys.read_text() == written


@pytest.mark.parametrize("content", [b"this is not a database, only some text that fills a header\n" * 40])
def test_a_file_that_is_no_database_is_refused_in_one_line(tmp_path, content, definitions):
    settings = Settings(data_dir=tmp_path, database_url=f"sqlite:///{tmp_path / 'x.db'}")
    (tmp_path / "x.db").write_bytes(content)
    for work in (lambda: check_keys(settings), lambda: opened(settings, definitions).__enter__()):
        with pytest.raises(CannotOpen, match="database cannot be used") as refused:
            work()
        assert len(str(refused.value).splitlines()) == 1


def test_two_data_folders_over_one_sqlite_file_have_one_lock(tmp_path):
    url = f"sqlite:///{tmp_path / 'x.db'}"
    first, second = Database.open(url, tmp_path / "one"), Database.open(url, tmp_path / "two")
    try:
        assert (first.holds_lock, second.holds_lock) == (True, False)
        assert not second.checkpoint()
    finally:
        second.close()
        first.close()


@pytest.mark.parametrize(("folder", "said"), [("data", False), ("apart", True), ("", True)])
def test_keys_are_beside_the_database_where_its_file_is(tmp_path, monkeypatch, capsys, definitions, folder, said):
    (tmp_path / "apart").mkdir()
    database = tmp_path / "apart" / "x.db" if folder != "" else tmp_path / "data" / "bot.db"
    url = f"sqlite:///{database}" if folder else ""
    keys = tmp_path / ("apart" if folder == "apart" else "data") / "keys"
    with opened(Settings(data_dir=tmp_path / "data", database_url=url, key_file=keys), definitions):
        assert ("beside the database" in capsys.readouterr().err) is said
