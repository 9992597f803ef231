"""What is over is planned to be purged, said ahead, stopped by a hold, and erased with its chain still whole."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, select, update

from bot.cases.case import Event
from bot.cases.reopening import LEFT_CLOSED
from bot.casework import audit_days, casework, retention, row_check
from bot.casework.case_opening import opened_by_hand
from bot.casework.casework import Desk
from bot.casework.retention import Kept
from bot.exchange import Exchange
from bot.storage import Connection, Forgotten, audit, cases, nudges, people
from bot.storage.case_tables import case_entries
from bot.storage.case_tables import cases as table
from bot.storage.people import Role
from bot.upkeep import Upkeep
from knowledge.area_values import Retention

from .case_office import AREA, LEE, Office, staffed

AT = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
PERIODS = Retention(closed_cases_months=12, recorded_cases_months=12, notice_days=14)


def desk_at(connection: Connection, exchange: Exchange, at: datetime) -> Desk:
    area = replace(exchange.definitions.area, retention=PERIODS)
    return Desk(connection, exchange.keys, replace(exchange.definitions, area=area), at)


class Shelf:
    """One case of a lead, which can be acted on at any moment."""

    def __init__(self, exchange: Exchange) -> None:
        self.exchange = exchange

        def begin(connection: Connection) -> str:
            desk = desk_at(connection, exchange, AT)
            lead = people.make(connection, exchange.keys, "Lee", AT)
            for role in ("lead", "administrator"):
                people.grant(connection, exchange.keys, lead, Role(desk.area, role), AT, lead)
            person = people.read(connection, exchange.keys, lead)
            assert person is not None
            self.lead = person
            casework.keep_area(desk)
            return opened_by_hand(desk, person, "C", "", AT.date(), None).stored.id

        self.case = exchange.database.run_now(begin)

    def joined_by(self, name: str, role: str) -> people.Person:
        def work(connection: Connection) -> people.Person | None:
            made = people.make(connection, self.exchange.keys, name, AT)
            people.grant(connection, self.exchange.keys, made, Role(AREA, role), AT, made)
            return people.read(connection, self.exchange.keys, made)

        person = self.exchange.database.run_now(work)
        assert person is not None
        return person

    def add(
        self,
        kind: str,
        at: datetime,
        words: str = "Over.",
        by: people.Person | None = None,
        values: tuple[tuple[str, str], ...] = (),
    ) -> None:
        def work(connection: Connection) -> None:
            desk = desk_at(connection, self.exchange, at)
            stored = cases.load(connection, self.case, lock=True)
            assert stored is not None
            casework.add(desk, stored, kind, by or self.lead, words=words, values=values)  # type: ignore[arg-type]

        self.exchange.database.run_now(work)

    def events(self) -> tuple[Event, ...]:
        def work(connection: Connection) -> tuple[Event, ...]:
            stored = cases.load(connection, self.case)
            assert stored is not None
            return casework.read(desk_at(connection, self.exchange, AT), stored).events

        return self.exchange.database.run_now(work)

    def tidy(self, at: datetime) -> Kept:
        return self.exchange.database.run_now(lambda c: retention.tidy(desk_at(c, self.exchange, at)))

    def told(self, at: datetime) -> None:
        """What waits has arrived."""

        def work(connection: Connection) -> None:
            waiting = nudges.of_case(connection, self.case, ("waiting",))
            nudges.settle(connection, [one.id for one in waiting], "sent", at)

        self.exchange.database.run_now(work)

    def row(self) -> cases.Stored | None:
        return self.exchange.database.run_now(lambda c: cases.load(c, self.case))

    def kinds(self) -> list[str]:
        def work(connection: Connection) -> list[str]:
            found = select(case_entries.c.kind).where(case_entries.c.case_id == self.case).order_by(case_entries.c.seq)
            return list(connection.execute(found).scalars())

        return self.exchange.database.run_now(work)

    def differences(self) -> list[str]:
        def work(connection: Connection) -> list[str]:
            return [one.what for one in row_check.differences(desk_at(connection, self.exchange, AT))]

        return self.exchange.database.run_now(work)

    def verify(self) -> audit.Verified:
        return self.exchange.database.run_now(audit.verify)


CLOSED = AT + timedelta(days=1)
OVER = CLOSED + timedelta(days=366)


@pytest.fixture
def shelf(exchange: Exchange) -> Shelf:
    return Shelf(exchange)


def test_a_closed_case_is_announced_then_erased_and_its_chain_still_verifies(shelf: Shelf) -> None:
    shelf.add("closed", CLOSED)
    assert shelf.tidy(CLOSED + timedelta(days=364)).planned == 0
    assert shelf.tidy(OVER).planned == 1
    row = shelf.row()
    assert row is not None
    assert row.purge_at is not None
    assert "will be erased on" in retention.plan_words(row)
    shelf.told(OVER)
    assert shelf.tidy(OVER + timedelta(days=13)).erased == 0
    assert shelf.tidy(OVER + timedelta(days=15)).erased == 1
    assert shelf.row() is None
    with pytest.raises(Forgotten):
        shelf.exchange.database.run_now(lambda c: cases.events(c, shelf.exchange.keys, shelf.case))
    assert shelf.kinds()[-2:] == ["purge planned", "purged"]
    assert shelf.verify().broken == ()


def test_nothing_is_planned_while_nobody_is_there_to_hear_of_it(shelf: Shelf) -> None:
    shelf.add("closed", CLOSED)
    away = (OVER.date(), OVER.date() + timedelta(days=30))
    shelf.exchange.database.run_now(lambda c: people.set_away(c, shelf.exchange.keys, shelf.lead.id, [away], OVER))
    assert shelf.tidy(OVER).planned == 0
    assert shelf.tidy(OVER + timedelta(days=20)).erased == 0
    assert shelf.tidy(OVER + timedelta(days=31)).planned == 1
    lines = shelf.exchange.database.run_now(lambda c: [one.line for one in nudges.of_case(c, shelf.case)])
    assert any("will be erased on" in line for line in lines)


def test_what_was_announced_to_nobody_is_announced_anew_before_it_is_erased(shelf: Shelf) -> None:
    shelf.add("closed", CLOSED)
    shelf.tidy(OVER)
    again = shelf.tidy(OVER + timedelta(days=15))
    assert (again.planned, again.erased) == (1, 0)
    row = shelf.row()
    assert row is not None
    assert row.purge_at is not None
    assert row.purge_at > OVER + timedelta(days=28)
    assert shelf.kinds()[-3:] == ["purge planned", "purge stopped", "purge planned"]
    waiting = shelf.exchange.database.run_now(lambda c: nudges.of_case(c, shelf.case, ("waiting",)))
    assert [one.key.startswith("purge|") for one in waiting] == [True]
    shelf.told(OVER + timedelta(days=16))
    assert shelf.tidy(OVER + timedelta(days=30)).erased == 1


@pytest.mark.parametrize(("who", "erased"), [("lead", 1), ("practitioner", 0)])
def test_who_acts_on_a_case_and_has_looked_at_it_since_has_been_told(shelf: Shelf, who: str, erased: int) -> None:
    reader = shelf.lead if who == "lead" else shelf.joined_by("Pat", "practitioner")
    shelf.add("closed", CLOSED)
    shelf.tidy(OVER)

    def look(connection: Connection) -> None:
        stored = cases.load(connection, shelf.case)
        assert stored is not None
        casework.look(desk_at(connection, shelf.exchange, OVER + timedelta(days=1)), stored, reader)

    shelf.exchange.database.run_now(look)
    assert shelf.tidy(OVER + timedelta(days=15)).erased == erased


@pytest.mark.parametrize(("kind", "words"), [("hold placed", "A court asks."), ("reopened", "New facts.")])
def test_a_hold_or_opening_again_stops_a_purge_until_the_last_moment(shelf: Shelf, kind: str, words: str) -> None:
    shelf.add("closed", CLOSED)
    shelf.tidy(OVER)
    shelf.add(kind, OVER + timedelta(days=13), words)
    after = shelf.tidy(OVER + timedelta(days=400))
    assert (after.planned, after.erased) == (0, 0)
    row = shelf.row()
    assert row is not None
    assert row.purge_at is None
    assert shelf.kinds()[-1] == "purge stopped"


def test_while_a_lead_is_asked_whether_to_open_it_again_it_is_not_erased(shelf: Shelf) -> None:
    other = shelf.joined_by("Dee", "deputy")
    shelf.add("closed", CLOSED)
    shelf.add("disagreement raised", CLOSED + timedelta(days=1), by=other)
    assert shelf.tidy(OVER).planned == 0
    came = str(shelf.events()[-1].seq)
    shelf.add("noted", OVER, values=((LEFT_CLOSED, came),))
    assert shelf.tidy(OVER + timedelta(days=1)).planned == 1
    shelf.add("disagreement raised", OVER + timedelta(days=2), by=other)
    after = shelf.tidy(OVER + timedelta(days=400))
    assert (after.planned, after.erased) == (0, 0)
    row = shelf.row()
    assert row is not None
    assert row.purge_at is None


def test_an_open_case_is_never_planned(shelf: Shelf) -> None:
    assert shelf.tidy(AT + timedelta(days=4000)).planned == 0


def test_a_period_that_is_not_set_keeps_everything(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.bot.test_retention.PERIODS", Retention())
    shelf.add("closed", CLOSED)
    assert shelf.tidy(CLOSED + timedelta(days=4000)).planned == 0


def test_verify_names_what_was_changed(shelf: Shelf) -> None:
    assert shelf.verify().broken == ()
    shelf.exchange.database.run_now(
        lambda c: c.execute(update(case_entries).where(case_entries.c.seq == 1).values(kind="noted"))
    )
    (broken,) = [one for one in shelf.verify().broken if one.of == "26-001"]
    assert (broken.family, broken.seq) == ("cases", 1)


def test_an_end_cut_off_with_its_head_is_missed_no_longer_than_a_day(shelf: Shelf) -> None:
    shelf.add("noted", CLOSED)
    shelf.tidy(CLOSED)

    def cut(connection: Connection) -> None:
        last = select(case_entries).where(case_entries.c.case_id == shelf.case).order_by(case_entries.c.seq.desc())
        newest, before = connection.execute(last.limit(2)).all()
        connection.execute(delete(case_entries).where(case_entries.c.hash == newest.hash))
        head = {"head_seq": before.seq, "head_hash": before.hash}
        connection.execute(update(table).where(table.c.id == shelf.case).values(**head))

    shelf.exchange.database.run_now(cut)
    (broken,) = shelf.verify().broken
    assert (broken.of, broken.why) == ("26-001", "it is gone")


async def test_what_was_erased_unannounced_is_on_the_areas_own_record_with_its_number_and_period(
    exchange: Exchange,
) -> None:
    office = await staffed(exchange, LEE)
    await office.desk(casework.keep_area)
    for name in ("Lee", "Asha"):
        await office.says(name, "what is a rapid review", "that did not help")

    async def said() -> list[str]:
        lines = await office.desk(lambda desk: [one.what for one in audit_days.of_cases(desk, office.at.date())])
        return [one for one in lines if one.startswith("Erased")]  # type: ignore[attr-defined]

    office.at += timedelta(days=366)
    upkeep = Upkeep(exchange)
    await upkeep.keep_cases(office.at)
    assert await said() == ["Erased the words of questions asked more than 365 days before: 2"]
    # As two processes do it that share the database.
    await asyncio.gather(*(upkeep.tidy(office.at, timedelta(days=90)) for _ in range(2)))
    await upkeep.keep_cases(office.at)
    assert (await said())[1:] == ["Erased conversations in which nothing was said for 90 days: 2"]
    whole = await exchange.database.run(audit.verify)
    assert whole.broken == ()
    assert await office.desk(row_check.differences) == ()


async def recorded(exchange: Exchange) -> Office:
    """A decision for which no clock runs, and a lead who may look at it."""
    office = await staffed(exchange, LEE)
    await office.decides("Pat", maltreatment="no", effect="serious")
    assert (await row_of(office, "26-001")).status == "recorded"
    return office


async def row_of(office: Office, ref: str) -> cases.Stored:
    found = await office.desk(lambda desk: cases.find(desk.connection, desk.area, ref))
    assert isinstance(found, cases.Stored)
    return found


async def tidied(office: Office) -> Kept:
    found = await office.desk(lambda desk: retention.tidy(desk_at(desk.connection, office.exchange, desk.at)))
    assert isinstance(found, Kept)
    return found


async def test_looking_at_a_recorded_decision_does_not_keep_it_for_longer(on_sqlite: Exchange) -> None:
    office = await recorded(on_sqlite)
    office.at += timedelta(days=300)
    await office.says("Lee", "case 26-001")
    office.at += timedelta(days=66)
    assert (await tidied(office)).planned == 1


async def test_what_happens_with_a_recorded_decision_keeps_it_for_longer(on_sqlite: Exchange) -> None:
    office = await recorded(on_sqlite)
    office.at += timedelta(days=300)
    await office.says("Lee", "note 26-001", "The coroner asked for it.")
    office.at += timedelta(days=66)
    assert (await tidied(office)).planned == 0
    office.at += timedelta(days=301)
    assert (await tidied(office)).planned == 1


async def hold(office: Office, what: str, words: str) -> None:
    await office.says("Lee", "record 26-001")
    await office.presses("Lee", what)
    await office.says("Lee", words)


async def joined(exchange: Exchange) -> Office:
    """A case, and a decision that its incident was notified before, which was put with it."""
    office = await staffed(exchange, LEE)
    await office.decides("Pat")
    await office.says("Pat", "menu")
    await office.decides("Pat", role="la_children", sin_sent="yes", notified_on="today")
    await office.says("Lee", "join 26-002", "26-001")
    assert (await row_of(office, "26-002")).status == "recorded"
    return office


async def test_a_hold_on_a_case_keeps_the_decisions_put_with_it_until_it_is_lifted(on_sqlite: Exchange) -> None:
    office = await joined(on_sqlite)
    await hold(office, "A legal hold was placed", "An inquest was ordered.")
    office.at += timedelta(days=400)
    assert (await tidied(office)).planned == 0
    await hold(office, "The legal hold was lifted", "The inquest is over.")
    assert (await tidied(office)).planned == 1


async def test_a_hold_on_a_case_stops_what_was_planned_for_a_decision_put_with_it(on_sqlite: Exchange) -> None:
    office = await joined(on_sqlite)
    office.at += timedelta(days=400)
    assert (await tidied(office)).planned == 1
    await hold(office, "A legal hold was placed", "An inquest was ordered.")
    office.at += timedelta(days=15)
    after = await tidied(office)
    assert (after.planned, after.erased) == (0, 0)
    assert (await row_of(office, "26-002")).purge_at is None
    kinds = await office.desk(lambda desk: kinds_of(desk, "26-002"))
    assert kinds[-2:] == ["purge planned", "purge stopped"]  # type: ignore[index]


async def test_a_hold_on_a_decision_keeps_the_case_it_was_put_with(on_sqlite: Exchange) -> None:
    office = await joined(on_sqlite)
    await office.says("Lee", "record 26-002")
    await office.presses("Lee", "A legal hold was placed")
    await office.says("Lee", "An inquest was ordered.")
    await office.says("Lee", "record 26-001")
    await office.presses("Lee", "Closed")
    await office.says("Lee", "Handled elsewhere.", "yes")
    office.at += timedelta(days=365 * 40)
    assert (await tidied(office)).planned == 0


def kinds_of(desk: Desk, ref: str) -> list[str]:
    stored = cases.find(desk.connection, desk.area, ref)
    assert stored is not None
    return [one.kind for one in cases.events(desk.connection, desk.keys, stored.id, with_reads=True)]


@pytest.mark.parametrize("status", ["open", "closed"])
async def test_a_day_to_be_erased_that_no_record_tells_of_erases_nothing(shelf: Shelf, status: str) -> None:
    if status == "closed":
        shelf.add("closed", AT)
    erase = update(table).where(table.c.id == shelf.case).values(purge_at=AT - timedelta(days=9))
    shelf.exchange.database.run_now(lambda c: c.execute(erase))
    assert "its erasing is planned for" in shelf.differences()[0]
    assert shelf.tidy(AT + timedelta(days=1)).erased == 0
    assert shelf.differences() == []
