"""Proves that nothing on record was changed: every chain, and where each stood when it was last anchored."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from bot.storage import timeline
from bot.storage.case_tables import anchors, cases
from bot.storage.families import CASES, CONVERSATIONS, FAMILIES, Family
from bot.storage.tables import insert_once

_BY_NAME = {family.name: family for family in FAMILIES}


@dataclass(frozen=True)
class Broken:
    """A link that does not hold: in which kind of thing, which one (a case by its reference), and at which entry."""

    family: str
    of: str
    seq: int
    why: str


@dataclass(frozen=True)
class Verified:
    """What was looked at, and the first link of each chain that does not hold."""

    chains: int
    entries: int
    broken: tuple[Broken, ...]


def verify(connection: Connection) -> Verified:
    """Look at every chain and every anchor. Needs no key, so it holds for what is erased too."""
    chains = entries = 0
    broken: list[Broken] = []
    for family in FAMILIES:
        for of in list(connection.execute(select(family.heads.c.id).order_by(family.heads.c.id)).scalars()):
            chains += 1
            entries += timeline.length(connection, of, family)
            if (seq := timeline.verify(connection, of, family)) is not None:
                broken.append(
                    Broken(family.name, _called(connection, family, of), seq, "it was changed, removed or added")
                )
    return Verified(chains, entries, (*broken, *_headless(connection), *_cut_off(connection)))


def anchor(connection: Connection, at: datetime) -> int:
    """Keep where every chain stands, for those that have grown since; how many that were.

    Conversations are left out: each is deleted whole when its time has come, and nothing rests on it.
    """
    kept = 0
    for family in FAMILIES:
        if family is CONVERSATIONS:
            continue
        last = select(func.max(anchors.c.seq)).where(anchors.c.family == family.name, anchors.c.of == family.heads.c.id)
        grown = select(family.heads.c.id, family.heads.c.head_seq, family.heads.c.head_hash).where(
            family.heads.c.head_seq > func.coalesce(last.scalar_subquery(), 0)
        )
        for row in connection.execute(grown).all():
            values = {"family": family.name, "of": row.id, "seq": row.head_seq, "hash": row.head_hash, "at": at}
            kept += insert_once(connection, anchors, values, anchors.c.seq) is not None
    return kept


def _headless(connection: Connection) -> Iterator[Broken]:
    """Entries and anchors of what is not there any more: its row was taken away, and nothing would look for them."""
    for family in FAMILIES:
        there = select(family.heads.c.id)
        left = select(family.entry_of).where(family.entry_of.not_in(there)).distinct()
        anchored = select(anchors.c.of).where(anchors.c.family == family.name, anchors.c.of.not_in(there)).distinct()
        for of in sorted({*connection.execute(left).scalars(), *connection.execute(anchored).scalars()}):
            yield Broken(family.name, of, 1, "the row that it begins with is gone")


def _cut_off(connection: Connection) -> Iterator[Broken]:
    """Anchors that no chain bears out any more: its end was cut off, or all of it is gone."""
    for row in connection.execute(select(anchors).order_by(anchors.c.family, anchors.c.of, anchors.c.seq)).all():
        family = _BY_NAME[row.family]
        this = (family.entry_of == row.of) & (family.entries.c.seq == row.seq)
        stands = connection.execute(select(family.entries.c.hash).where(this)).scalar()
        if stands != row.hash:
            why = "it is gone" if stands is None else "it is not what it was when the day ended"
            yield Broken(row.family, _called(connection, family, row.of), row.seq, why)


def _called(connection: Connection, family: Family, of: str) -> str:
    """What to call it: a case by its reference, anything else by its id."""
    if family is not CASES:
        return of
    ref = connection.execute(select(cases.c.ref).where(cases.c.id == of)).scalar()
    return str(ref or of)
