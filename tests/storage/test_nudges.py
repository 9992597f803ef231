"""Nudges as an open page hears of them: those of one person, after one it has seen, that are still to be done."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Connection

from bot.cases.posts import of_person
from bot.storage import Database, KeyRing, cases, nudges, people

from .conftest import AT

HOUR = timedelta(hours=1)


def test_news_are_those_of_a_person_after_one_that_are_due_and_not_cancelled(db: Database, keys: KeyRing) -> None:
    def work(connection: Connection) -> tuple[list[str], list[str], int]:
        ada, bo = (people.make(connection, keys, name, AT) for name in ("Ada", "Bo"))
        case, _ = cases.make(connection, keys, area="exampleshire", plan="{}", at=AT, year=2026)

        def note(key: str, to: str, due_in: timedelta = timedelta(0)) -> int:
            what = {"clock": "notify_panel", "kind": "nudge", "post": "owner", "person_id": to, "line": key}
            made = nudges.note(connection, case.id, key, AT, due_at=AT + due_in, **what)
            assert made is not None
            return made

        before = note("before", ada)
        note("for Bo", bo)
        gone = note("done meanwhile", ada)
        note("sent", ada)
        note("later", ada, HOUR)
        nudges.pass_on(connection, [note("went on to Bo", ada)], bo, (of_person(ada),))
        newest = note("waiting", ada)
        nudges.settle(connection, [gone], "cancelled", AT)
        assert nudges.newest(connection) == newest
        found = [one.key for one in nudges.news(connection, ada, before, AT)]
        return found, [one.key for one in nudges.news(connection, ada, before, AT + HOUR)], newest

    now, later, newest = db.run_now(work)
    assert (now, later) == (["sent", "went on to Bo", "waiting"], ["sent", "later", "went on to Bo", "waiting"])
    assert newest > 0


def test_where_nothing_was_noted_yet_the_newest_is_none(db: Database) -> None:
    assert db.run_now(nudges.newest) == 0
