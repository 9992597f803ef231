"""What was taken out of the database from outside is named, also where nothing that is left points to it."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from bot.storage import Connection, Database, KeyRing, audit, cases

from .conftest import AT

GONE = "the row that it begins with is gone"


def opened(connection: Connection, keys: KeyRing) -> str:
    """A case with one entry, anchored a day later."""
    stored, _ = cases.make(connection, keys, area="exampleshire", plan="{}", at=AT, year=2026)
    cases.append(connection, keys, stored.id, AT, "opened", "")
    audit.anchor(connection, AT + timedelta(days=1))
    return stored.id


@pytest.fixture
def kept(tmp_path: Path, keys: KeyRing) -> tuple[Database, Path, str]:
    """A database in a file, and the case in it."""
    database = Database.open("", tmp_path)
    case = database.run_now(lambda c: opened(c, keys))
    return database, next(tmp_path.glob("*.db")), case


@pytest.mark.parametrize("left", ["its anchor", "its entries"])
def test_a_case_whose_row_was_taken_away_is_missed_by_its_entries_or_by_its_anchor(
    kept: tuple[Database, Path, str], left: str
) -> None:
    database, file, case = kept
    assert database.run_now(audit.verify).broken == ()
    database.close()
    # What is not ours keeps to no foreign keys, unless it is told to.
    with sqlite3.connect(file) as other:
        other.execute("DELETE FROM cases")
        other.execute("DELETE FROM case_entries" if left == "its anchor" else "DELETE FROM anchors")
    database = Database.open("", file.parent)
    assert (case, GONE) in [(one.of, one.why) for one in database.run_now(audit.verify).broken]
    database.close()
