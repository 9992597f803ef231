"""The rows that stand beside the chains, as they are, to be compared with what the chains say."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from bot.storage.case_tables import case_decisions, case_entries, cases, nudges
from bot.storage.people_tables import absences, people, roles


@dataclass(frozen=True)
class CaseRow:
    """A case's id, area and reference, whether its row says that it was erased, and the kinds of its entries."""

    id: str
    area: str
    ref: str
    is_erased: bool
    kinds: frozenset[str]


@dataclass(frozen=True)
class PersonRow:
    """A person's row: whether they were forgotten, each absence's first and last day, and each area and role held."""

    id: str
    is_forgotten: bool
    away: str
    roles: frozenset[tuple[str, str]]


def of_cases(connection: Connection) -> list[CaseRow]:
    """Every case, those erased among them."""
    found = select(cases.c.id, cases.c.area, cases.c.ref, cases.c.forgotten_at).order_by(cases.c.area, cases.c.ref)
    return [
        CaseRow(row.id, row.area, row.ref, row.forgotten_at is not None, _kinds(connection, row.id))
        for row in connection.execute(found).all()
    ]


def of_decisions(connection: Connection, case_id: str) -> list[tuple[int, tuple[str, str, str]]]:
    """Each decision's version, with its flow, outcome and the rules' version."""
    found = select(case_decisions).where(case_decisions.c.case_id == case_id).order_by(case_decisions.c.version)
    return [(row.version, (row.flow, row.outcome, row.rules_version)) for row in connection.execute(found)]


def of_nudges(connection: Connection, case_id: str) -> dict[str, str]:
    """How each nudge of a case stands, by its key."""
    found = select(nudges.c.key, nudges.c.status).where(nudges.c.case_id == case_id)
    return {row.key: row.status for row in connection.execute(found)}


def of_people(connection: Connection) -> list[PersonRow]:
    """Everyone, those forgotten among them."""
    held: dict[str, set[tuple[str, str]]] = {}
    for row in connection.execute(select(roles)):
        held.setdefault(row.person_id, set()).add((row.area, row.role))
    away: dict[str, list[str]] = {}
    for row in connection.execute(select(absences).order_by(absences.c.first_day)):
        away.setdefault(row.person_id, []).append(f"{row.first_day} {row.last_day}")
    return [
        PersonRow(
            row.id,
            row.forgotten_at is not None,
            " ".join(away.get(row.id, ())),
            frozenset(held.get(row.id, ())),
        )
        for row in connection.execute(select(people).order_by(people.c.id)).all()
    ]


def _kinds(connection: Connection, case_id: str) -> frozenset[str]:
    found = select(case_entries.c.kind).where(case_entries.c.case_id == case_id).distinct()
    return frozenset(connection.execute(found).scalars())
