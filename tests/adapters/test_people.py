"""`bot people`: what an administrator runs, and what each command refuses, in one line and with nothing changed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner

from adapters.__main__ import main
from adapters.people import people_group
from adapters.settings import Settings
from adapters.workplace import opened
from bot import wording_people
from bot.definitions import load_definitions
from bot.messages import Turn, Typed
from bot.storage import Database, cases, people
from bot.storage.people_tables import POSTS, ROLES

Run = Callable[..., tuple[int, str]]
AREA = "exampleshire"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def run(data: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BOT_DATA_DIR", str(data))
    monkeypatch.setenv("BOT_KEY_FILE", str(tmp_path / "keys"))

    def run(*arguments: str, typed: str = "") -> tuple[int, str]:
        done = CliRunner().invoke(main, ["people", *arguments], input=typed)
        return done.exit_code, done.output

    return run


@pytest.fixture
def ada(run: Run) -> str:
    """The first administrator."""
    assert run("first-administrator", "Ada Adams", "--email", "Ada@a.gov.uk")[0] == 0
    return "Ada Adams"


def rows(run: Run) -> list[list[str]]:
    """The table, without its heading and ids."""
    lines = run("list")[1].splitlines()
    starts = [lines[0].index(name) for name in ("NAME", "ROLES", "ACCOUNTS", "AWAY", "ID")]
    return [[line[start:end].strip() for start, end in pairwise(starts)] for line in lines[1:]]


def test_one_chain_and_one_entry_are_counted_as_one(ada: str, run: Run) -> None:
    said = CliRunner().invoke(main, ["audit", "verify"]).output
    assert "Whole: 1 chain with " in said
    assert "1 chains" not in said


def test_an_empty_list_says_how_to_begin(run: Run, data: Path, tmp_path: Path) -> None:
    with opened(Settings(data_dir=data, key_file=tmp_path / "keys"), load_definitions(AREA)):
        pass  # the bot was started, and nobody is registered
    code, said = run("list")
    assert (code, said) == (0, "Nobody yet. Begin with: bot people first-administrator NAME --email ADDRESS\n")


def test_the_first_administrator_is_made_once(run: Run, ada: str) -> None:
    assert rows(run) == [[ada, "administrator", "ada@a.gov.uk", "-"]]
    code, said = run("first-administrator", "Bo")
    assert (code, said) == (1, "Error: There is an administrator already. Ada Adams can give roles.\n")
    assert len(rows(run)) == 1


@pytest.mark.parametrize("slip", [("Ada", "not-an-address"), (" ", "ada@a.gov.uk")])
def test_a_slip_in_what_would_be_kept_first_leaves_nothing_behind(
    slip: tuple[str, str], run: Run, tmp_path: Path
) -> None:
    code, said = run("first-administrator", slip[0], "--email", slip[1])
    assert (code, said.startswith("Error: ")) == (1, True)
    assert list(tmp_path.iterdir()) == []


def test_somebody_is_added_with_roles_and_listed(run: Run, ada: str) -> None:
    code, said = run("add", "Jo Smith", "--email", "jo@a.gov.uk", "--role", "lead", "--role", "delegated-partner")
    assert code == 0
    assert said.startswith("Jo Smith is added, as a lead and a delegated safeguarding partner.")
    assert ["Jo Smith", "lead, delegated safeguarding partner", "jo@a.gov.uk", "-"] in rows(run)


def test_somebody_is_added_without_a_role_before_there_is_an_administrator(run: Run, data: Path) -> None:
    Database.open("", data, AREA).close()  # as when somebody has talked to the bot before
    assert run("add", "Jo Smith")[0] == 0
    code, said = run("add", "Al", "--role", "lead")
    assert (code, "there is no administrator yet" in said) == (1, True)
    assert [row[0] for row in rows(run)] == ["Jo Smith"]


def test_a_role_is_given_and_taken_by_an_administrator(run: Run, ada: str) -> None:
    run("add", "Jo Smith")
    for command, said in (
        (("grant", "jo smith", "content-owner"), "Done. Jo Smith is a content owner now.\n"),
        (("grant", "Jo", "Content Owner"), "Jo Smith is a content owner already.\n"),
        (("revoke", "Jo", "content_owner"), "Done. Jo Smith is no longer a content owner.\n"),
        (("revoke", "Jo", "content_owner"), "Jo Smith is not a content owner.\n"),
    ):
        assert run(*command) == (0, said)


def test_with_several_administrators_it_has_to_be_said_which(run: Run, ada: str) -> None:
    run("add", "Bo", "--role", "administrator")
    run("add", "Jo")
    code, said = run("grant", "Jo", "lead")
    assert (code, said) == (1, "Error: say which administrator does this, with --by: Ada Adams and Bo\n")
    assert run("grant", "Jo", "lead", "--by", "Bo")[0] == 0
    assert run("grant", "Ada", "lead", "--by", "Bo")[0] == 0
    assert run("revoke", "Ada", "administrator", "--by", "Bo")[0] == 0
    assert ["Ada Adams", "lead", "ada@a.gov.uk", "-"] in rows(run)


@pytest.mark.parametrize(
    ("command", "why"),
    [
        (("grant", "Ada", "lead"), "Nobody gives themselves a role"),
        (("grant", "Jo", "king"), "There is no role called king"),
        (("grant", "Nobody", "lead"), "nobody is known as Nobody"),
        (("grant", "Smith", "lead"), "several people are meant by Smith; give the id of one: "),
        (("grant", "Jo", "lead", "--by", "Al"), "Only an administrator can"),
        (("grant", "Jo", "lead", "--by", "Nobody"), "nobody is known as Nobody"),
        (("revoke", "Ada", "administrator"), "That is the last administrator here"),
        (("forget", "Ada", "--yes"), "That is the last administrator here"),
        (("forget", "Nobody", "--yes"), "nobody is known as Nobody"),
        (("add", "Third", "--email", "jo@a.gov.uk"), "jo@a.gov.uk belongs to Jo Smith"),
        (("add", "Third", "--email", "jo at work"), "that is not an e-mail address"),
        (("add", " "), "Please give a name"),
        (("add", "Third", "--role", "king"), "There is no role called king"),
        (("rename", "Jo", " "), "Please give a name"),
        (("join-code", "Nobody"), "nobody is known as Nobody"),
        (("away", "Jo", "--from", "2090-08-14", "--to", "2090-08-03"), "The last day comes before the first"),
        (("away", "Jo", "--from", "2020-08-03", "--to", "2020-08-14"), "Those days are over"),
        (("away", "Jo", "--from", "2090-08-03", "--to", "2092-08-14"), "longer than a year"),
    ],
)
def test_what_is_refused_is_said_in_one_line_and_changes_nothing(run: Run, ada: str, command, why: str) -> None:
    run("add", "Jo Smith", "--email", "jo@a.gov.uk")
    run("add", "Al Smith")
    before = rows(run)
    code, said = run(*command)
    assert code == 1
    assert why in said
    assert len(said.splitlines()) == 1
    assert rows(run) == before


def test_nobody_but_an_administrator_gives_or_takes_a_role_whatever_theirs_is(run: Run, ada: str) -> None:
    tried = {
        "add": ("New Person", "--role", "lead"),
        "grant": ("Jo", "lead"),
        "revoke": ("Jo", "deputy"),
    }
    by_somebody = {
        name for name, one in people_group.commands.items() if any("--by" in each.opts for each in one.params)
    }
    assert by_somebody == set(tried)
    run("add", "Jo Smith", "--role", "deputy")
    others = [role for role in (*ROLES, *POSTS) if role != "administrator"]
    for role in others:
        assert run("add", f"Holder {role}", "--role", role)[0] == 0
    before = rows(run)
    assert len(before) == len(others) + 2
    for role in others:
        for command, what in tried.items():
            code, said = run(command, *what, "--by", f"Holder {role}")
            assert (code, wording_people.ONLY_ADMINISTRATORS in said) == (1, True), (role, command, said)
    assert rows(run) == before


@pytest.mark.parametrize(
    "command", [("away", "Jo"), ("away", "Jo", "--from", "2090-08-03"), ("away", "Jo", "--to", "x")]
)
def test_a_half_said_absence_shows_how_it_is_said(run: Run, ada: str, command) -> None:
    assert run(*command)[0] == 2
    assert run("away", "Jo", "--from", "2090-08-03", "--to", "2090-08-04", "--back")[0] == 2


def test_an_absence_is_noted_and_ended(run: Run, ada: str) -> None:
    said = run("away", "Ada", "--from", "2090-08-03", "--to", "2090-08-14")
    assert said == (0, "Ada Adams is away from Thu 3 Aug 2090 to Mon 14 Aug 2090.\n")
    assert rows(run)[0][3] == "2090-08-03 to 2090-08-14"
    assert run("away", "Ada", "--back") == (0, "Ada Adams is here.\n")
    assert rows(run)[0][3] == "-"


def test_forgetting_is_asked_about_first(run: Run, ada: str) -> None:
    run("add", "Jo Smith")
    assert run("forget", "Jo", typed="n\n")[0] == 1
    assert len(rows(run)) == 2
    code, said = run("forget", "Jo", typed="y\n")
    assert code == 0
    assert "Erase Jo Smith for good?" in said
    assert [row[0] for row in rows(run)] == [ada]


def test_whoever_owns_an_open_case_is_not_forgotten(run: Run, ada: str, data: Path, tmp_path: Path) -> None:
    run("add", "Jo Smith", "--email", "jo@a.gov.uk", "--role", "lead")
    with opened(Settings(data_dir=data, key_file=tmp_path / "keys"), load_definitions(AREA)) as exchange:

        def work(connection) -> None:
            jo = people.at_account(connection, exchange.keys, "mail", "jo@a.gov.uk")
            at = datetime(2026, 11, 23, 10, tzinfo=UTC)
            cases.make(connection, exchange.keys, area=AREA, plan="{}", at=at, year=2026, owner_id=jo.id)

        exchange.database.run_now(work)
    assert run("forget", "Jo", "--yes") == (1, "Error: Jo Smith owns open cases. Reassign them first: 26-001.\n")


def test_a_name_is_put_right(run: Run, ada: str) -> None:
    assert run("rename", "Ada", " Ada  Lovelace ") == (0, "They are called Ada Lovelace now.\n")
    assert rows(run)[0][0] == "Ada Lovelace"


def test_a_join_code_lets_an_account_in_while_the_server_runs(run: Run, ada: str, data: Path, tmp_path: Path) -> None:
    with opened(Settings(data_dir=data, key_file=tmp_path / "keys"), load_definitions(AREA)) as exchange:
        code, said = run("join-code", "Ada")
        assert code == 0
        join = said.partition(": ")[2].splitlines()[0]

        async def talk() -> None:
            for number, words in enumerate((join, "yes")):
                at = datetime.now(UTC)
                await exchange.take(Turn("slack", "ada", "ada", Typed(words), str(number), at))

        asyncio.run(talk())
        assert rows(run) == [[ada, "administrator", "ada@a.gov.uk, Slack", "-"]]
        assert run("grant", "Ada", "lead")[0] == 1


def test_an_area_that_is_not_there_is_named(run: Run) -> None:
    code, said = run("list", "--area", "atlantis")
    assert (code, said.startswith("Error: ")) == (1, True)
    assert "atlantis" in said


@pytest.mark.parametrize(
    "command", ["people list", "health", "health --running-only", "audit verify", "doctor", "keys retire"]
)
def test_whoever_looks_where_all_was_moved_to_another_database_is_told_so(
    command: str, run: Run, ada: str, data: Path
) -> None:
    (data / "bot.db").rename(data / "bot.db.moved")
    done = CliRunner().invoke(main, command.split())
    told = "what was kept here was moved to PostgreSQL: set BOT_DATABASE_URL to that database." in done.output
    assert (done.exit_code, told) == (1, True)


def test_whoever_cannot_open_the_folder_is_told_why(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_DATABASE_URL", "postgresql+psycopg://nobody@127.0.0.1:1/none")
    code, said = run("list")
    assert (code, said.startswith("Error: the database cannot be used")) == (1, True)
