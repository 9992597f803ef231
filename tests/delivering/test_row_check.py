"""An edit of a row beside a chain is noticed and named, and nothing that the bot itself does is taken for one."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from cryptography.fernet import Fernet

from bot.casework.row_check import IT_IS_GONE, differences
from bot.storage import Database, KeyRing, audit, joining, people
from bot.storage.case_tables import case_decisions, nudges, plans
from bot.storage.case_tables import cases as case_rows
from bot.storage.people import Role
from bot.storage.people_tables import absences, roles
from tests.delivering.office import AREA
from tests.delivering.real_office import MONDAY, REF, RealOffice
from tests.storage.postgres import schema

HERE = case_rows.c.ref == REF


@pytest.fixture
def work(db: Database, keys: KeyRing) -> RealOffice:
    return RealOffice(db, keys)


async def lived(work: RealOffice) -> None:
    """Three days in which reminders were sent, and withdrawn once something was done."""
    work.open()
    await work.turn(MONDAY + timedelta(days=1))
    work.act("acknowledged", clock="new_case")
    work.act("done", on=MONDAY.date(), clock="protect_children")
    work.chat.deaf, work.mail.deaf = {"ann", "dee"}, {"ann@b.uk"}
    await work.turn(MONDAY + timedelta(days=2))
    work.act("notified", on=MONDAY.date() + timedelta(days=2))
    work.chat.deaf, work.mail.deaf = set(), set()
    await work.turn(MONDAY + timedelta(days=3))


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def settled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealOffice]:
    """An office that has lived those days. Nothing may be changed in it for good."""
    with ExitStack() as stack:
        is_file = request.param == "sqlite"
        url = "" if is_file else stack.enter_context(schema(request.getfixturevalue("postgres_server")))
        database = Database.open(url, tmp_path_factory.mktemp("settled"))
        stack.callback(database.close)
        work = RealOffice(database, KeyRing.from_keys([Fernet.generate_key().decode()]))
        asyncio.run(lived(work))
        yield work


def after(work: RealOffice, *changes: sa.Executable) -> list[str]:
    """What is found to differ once somebody has changed this in the database; it is taken back afterwards."""

    def look(c: sa.Connection) -> list[str]:
        assert audit.verify(c).broken == ()
        with c.begin_nested() as undone:
            for change in changes:
                assert c.execute(change).rowcount
            found = [f"{one.of}: {one.what}" for one in differences(work.desk(c))]
            undone.rollback()
        return found

    return work.do(look)


async def test_nothing_the_bot_does_differs_from_its_chains(work: RealOffice) -> None:
    await lived(work)
    assert {one.status for one in work.nudges()} >= {"sent", "cancelled"}
    assert work.differences() == []
    assert {"reminded", "reminder withdrawn"} <= set(work.kinds())
    work.act("hold placed", words="A court asks.")
    work.act("reassigned", values=(("owner", work.dee),))
    work.act("closed", words="Over.")
    other = work.person("Ann elsewhere", "chat:ann2", roles=["director"])
    work.do(lambda c: joining.join(c, work.keys, work.ann, other, work.at))
    work.do(lambda c: people.revoke(c, work.keys, work.ann, Role(AREA, "director"), work.at, work.ada))
    assert work.differences() == []
    work.act("hold lifted", words="It has ended.")
    work.do(lambda c: people.forget(c, work.keys, work.ann, work.at))
    assert work.differences() == []


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ({"status": "closed"}, 'status is "closed", and its chain says "open"'),
        ({"owner_id": None}, "owner is nothing"),
        ({"opened_by": None}, "opener is nothing"),
        ({"held": True}, "legal hold is true, and its chain says false"),
        ({"closed_at": MONDAY}, "its closing is"),
        ({"created_at": MONDAY - timedelta(days=9)}, "its opening is"),
        ({"wake_at": None}, "looked at too late"),
        ({"wake_at": MONDAY + timedelta(days=99)}, "looked at too late"),
        ({"forgotten_at": MONDAY}, "its row says that it is erased"),
        ({"purge_at": MONDAY}, 'its erasing is planned for "2026-11-23", and its chain says nothing'),
    ],
)
def test_an_edited_row_of_a_case_is_named(settled: RealOffice, values: dict[str, object], named: str) -> None:
    (found,) = after(settled, sa.update(case_rows).where(HERE).values(**values))
    assert named in found


def test_another_reference_is_named_and_so_is_each_that_is_gone(settled: RealOffice) -> None:
    found = after(settled, sa.update(case_rows).where(HERE).values(ref="26-003"))
    assert found == [
        f"26-001: {IT_IS_GONE}",
        f"26-002: {IT_IS_GONE}",
        '26-003: its reference is "26-003", and its chain says "26-001"',
    ]


def test_a_plan_that_was_changed_is_named_and_so_is_another_in_its_place(settled: RealOffice) -> None:
    changed = sa.update(plans).values(body=plans.c.body + " ")
    assert any("the plan that its clocks follow was changed" in found for found in after(settled, changed))
    (id_, body), *_ = settled.do(lambda c: c.execute(sa.select(plans.c.id, plans.c.body)).all())
    other = sa.insert(plans).values(id="other", body=body)
    found = after(settled, other, sa.update(case_rows).where(HERE).values(plan_id="other"))
    assert any(f'its plan is "other", and its chain says "{id_}"' in one for one in found)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (sa.update(case_decisions).values(outcome="I"), "decision 1 stands as I, and its own text says"),
        (sa.update(case_decisions).values(version=2), "cannot be read"),
    ],
)
def test_an_edited_decision_is_named(settled: RealOffice, change: sa.Update, named: str) -> None:
    (found,) = after(settled, change)
    assert named in found


@pytest.mark.parametrize(
    ("was", "now", "named"),
    [
        ("sent", "cancelled", "stands as cancelled, and its chain does not say so"),
        ("sent", "waiting", "was sent, and stands as waiting"),
        ("cancelled", "sent", "stands as sent, and its chain does not say so"),
        ("sent", None, "was sent, and its row is gone"),
    ],
)
def test_what_became_of_a_reminder_cannot_be_changed_unseen(
    settled: RealOffice, was: str, now: str | None, named: str
) -> None:
    one = next(one for one in settled.nudges() if one.status == was and one.clock)
    this = nudges.c.id == one.id
    change = sa.update(nudges).where(this).values(status=now) if now else sa.delete(nudges).where(this)
    assert any(named in found for found in after(settled, change))


def test_a_reminder_invented_in_the_database_is_named(settled: RealOffice) -> None:
    row = {"clock": "notify_panel", "kind": "nudge", "post": "owner", "line": "x", "due_at": MONDAY, "tried": ""}
    here = sa.select(case_rows.c.id).where(HERE).scalar_subquery()
    invent = nudges.insert().values(**row, case_id=here, key="made up", created_at=MONDAY, status="sent")
    assert after(settled, invent) == [f"{REF}: the reminder “made up” stands as sent, and its chain does not say so"]


def test_roles_given_or_taken_in_the_database_are_named(settled: RealOffice) -> None:
    given = {"person_id": settled.dee, "area": AREA, "role": "administrator", "granted_at": MONDAY, "granted_by": ""}
    take = sa.delete(roles).where(roles.c.person_id == settled.ann)
    assert sorted(after(settled, roles.insert().values(**given), take)) == sorted(
        [
            f"{settled.dee}: they have the role administrator in {AREA}, which their chain does not give",
            f"{settled.ann}: their chain gives the role lead in {AREA}, and its row is gone",
        ]
    )


async def test_an_absence_changed_in_the_database_is_named(work: RealOffice) -> None:
    away = [(date(2026, 12, 1), date(2026, 12, 4)), (date(2026, 12, 22), date(2026, 12, 23))]
    work.do(lambda c: people.set_away(c, work.keys, work.ann, away, work.at))
    assert work.differences() == []
    later = sa.update(absences).where(absences.c.person_id == work.ann).values(last_day=date(2026, 12, 31))
    work.do(lambda c: c.execute(later))
    (found,) = work.differences()
    assert "away" in found
