"""Every command that opens what is kept refuses another area's, says what to do, and leaves everything as it was."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from adapters import backup, knowledge
from adapters.__main__ import main
from adapters.settings import Settings
from adapters.workplace import CannotOpen, opened
from bot.definitions import load_definitions
from bot.storage import Database, create_key_file, kept_for
from tests.storage.conftest import data_dir, kind, postgres_server, url
from tests.storage.test_kept_for import everything
from tests.storage.test_migrations import Before

from .test_backup import AT, contents, fill

__all__ = ["data_dir", "kind", "postgres_server", "url"]

REFUSED = (
    "this database is kept for exampleshire, and barnsley was asked for (BOT_AREA, or --area). One database is kept "
    "for one area: give barnsley a folder of its own (BOT_DATA_DIR, or --data), or a database of its own "
    "(BOT_DATABASE_URL). Nothing was changed."
)
OPENS_WHAT_IS_KEPT = (
    "chat",
    "serve --port 0",
    "health",
    "audit verify",
    "export {folder}/x.zip",
    "backup {folder}/x.zip",
    "restore {folder}/kept.zip",
    "people first-administrator Jo",
    "people add Jo",
    "people list",
    "knowledge queue",
    "knowledge replay",
    "knowledge publish",
    "keys rotate",
    "keys retire",
)


@pytest.fixture
def kept(url: str, data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """The settings of a database with a case of Exampleshire's, for a process that is told to serve another area."""
    settings = Settings(data_dir=data_dir, database_url=url, key_file=data_dir.parent / "keys")
    with opened(settings, load_definitions("exampleshire")) as exchange:
        fill(exchange)
    monkeypatch.chdir(data_dir.parent)
    monkeypatch.setenv("BOT_DATA_DIR", str(data_dir))
    monkeypatch.setenv("BOT_DATABASE_URL", url)
    monkeypatch.setenv("BOT_KEY_FILE", str(settings.keys))
    monkeypatch.setenv("BOT_AREA", "barnsley")
    return settings


def run(command: str) -> Result:
    return CliRunner().invoke(main, command.split())


@pytest.mark.parametrize("command", OPENS_WHAT_IS_KEPT)
def test_another_areas_is_refused_and_as_it_was(kept: Settings, command: str) -> None:
    folder = kept.data_dir.parent
    (folder / "kept.zip").touch()
    before, keys = everything(kept.database_url, kept.data_dir), kept.keys.read_bytes()
    files = {one: one.stat().st_size for one in folder.iterdir()}
    said = run(command.format(folder=folder))
    assert (said.exit_code, REFUSED in said.output) == (1, True), said.output
    assert said.exception is None or isinstance(said.exception, SystemExit)
    assert everything(kept.database_url, kept.data_dir) == before
    assert kept.keys.read_bytes() == keys
    assert {one: one.stat().st_size for one in folder.iterdir()} == files


def test_bot_work_refuses_it_as_well(kept: Settings) -> None:
    said = run("work")
    assert said.exit_code == 1
    assert REFUSED in said.output or "PostgreSQL" in said.output  # on a file there is nothing for it to do


def test_the_doctor_tells_it_and_looks_at_nothing_that_is_kept(kept: Settings) -> None:
    said = run("doctor")
    assert said.exit_code == 1
    assert f"MEND   database: {REFUSED}\n" in said.output
    assert "reminders:" not in said.output
    assert "keys:" not in said.output
    assert "MEND   database" not in run("doctor --area exampleshire").output


def test_named_on_the_command_line_its_own_area_opens_it(kept: Settings) -> None:
    for command in ("people list", "keys rotate", "audit verify"):
        said = run(f"{command} --area exampleshire")
        assert said.exit_code == 0, said.output


@pytest.fixture
def empty(kept: Settings, tmp_path: Path) -> Settings:
    """The settings of a place where nothing is kept yet, with the same keys."""
    return kept.model_copy(update={"database_url": "", "data_dir": tmp_path / "fresh"})


def test_a_backup_is_put_back_for_its_own_area_alone(kept: Settings, empty: Settings, tmp_path: Path) -> None:
    file = tmp_path / "kept.zip"
    backup.back_up(kept, file, AT)
    asked = empty.model_copy(update={"area": "barnsley"})
    with pytest.raises(CannotOpen) as refused:
        backup.restore(asked, file)
    assert str(refused.value) == (
        f"{file} is kept for exampleshire, and barnsley was asked for (BOT_AREA, or --area): name the area it is of. "
        "Nothing was changed."
    )
    assert not empty.data_dir.exists()
    backup.restore(empty, file)
    assert Database.glance("", empty.data_dir, kept_for.kept) == "exampleshire"
    with opened(empty, load_definitions("exampleshire")) as exchange:
        assert contents(exchange) == ["", "The hospital rang back."]


def test_a_backup_goes_into_what_was_only_opened_for_its_area_and_into_no_others(
    kept: Settings, empty: Settings, tmp_path: Path
) -> None:
    file = tmp_path / "kept.zip"
    backup.back_up(kept, file, AT)
    Database.open("", empty.data_dir, "exampleshire").close()
    backup.restore(empty, file)
    other = empty.model_copy(update={"data_dir": tmp_path / "other"})
    Database.open("", other.data_dir, "barnsley").close()
    with pytest.raises(CannotOpen, match=r"this database is kept for barnsley, and exampleshire was asked for"):
        backup.restore(other, file)
    assert Database.glance("", other.data_dir, kept_for.kept) == "barnsley"


def test_an_older_backup_is_its_people_s_area_s(tmp_path: Path) -> None:
    before = Before(f"sqlite:///{tmp_path / 'old' / 'bot.db'}", "0007")
    before.knows("ann", "barnsley")
    before.engine.dispose()
    with pytest.raises(CannotOpen, match="this database has people or cases of barnsley, and exampleshire was asked"):
        backup.back_up(Settings(data_dir=tmp_path / "old"), tmp_path / "kept.zip", AT)
    backup.back_up(Settings(data_dir=tmp_path / "old", area="barnsley"), tmp_path / "kept.zip", AT)
    backup.restore(Settings(data_dir=tmp_path / "new", area="barnsley"), tmp_path / "kept.zip")
    assert Database.glance("", tmp_path / "new", kept_for.kept) == "barnsley"


def test_a_backup_does_not_say_whose_an_older_one_is_where_that_is_not_noted(tmp_path: Path) -> None:
    before = Before(f"sqlite:///{tmp_path / 'old' / 'bot.db'}", "0007")
    before.says("ann")
    before.engine.dispose()
    backup.back_up(Settings(data_dir=tmp_path / "old"), tmp_path / "kept.zip", AT)
    assert Database.glance("", tmp_path / "old", kept_for.kept) is None
    backup.restore(Settings(data_dir=tmp_path / "new", area="barnsley"), tmp_path / "kept.zip")
    assert Database.glance("", tmp_path / "new", kept_for.kept) == "barnsley"


def test_publishing_where_nothing_is_kept_says_so_and_makes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    create_key_file(tmp_path / "keys")
    settings = Settings(data_dir=tmp_path / "wrong", key_file=tmp_path / "keys")
    knowledge.close_answered(settings, load_definitions("exampleshire"))
    assert capsys.readouterr().err == (
        f"No question was closed and nobody was told: nothing is kept in {tmp_path / 'wrong'}: is that the folder of "
        "the bot that runs (BOT_DATA_DIR, or --data)?\n"
    )
    assert not (tmp_path / "wrong").exists()
