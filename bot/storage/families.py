"""The kinds of thing that have a data key and a chain of entries of their own: conversations, people and cases."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Table

from bot.storage import case_tables, installation_tables, people_tables, tables


@dataclass(frozen=True)
class Family:
    """The tables of one kind: `heads` has a row for each, `keys` its data key, `entries` its chain."""

    heads: Table
    keys: Table
    entries: Table

    @property
    def name(self) -> str:
        """The name of the table with a row for each."""
        return self.heads.name

    @property
    def key_of(self) -> Column[Any]:
        """The column of a data key's row that says whose it is."""
        return next(iter(self.keys.primary_key))

    @property
    def entry_of(self) -> Column[Any]:
        """The column of an entry that says whose it is."""
        return self.entries.c[self.key_of.name]


CONVERSATIONS = Family(tables.conversations, tables.data_keys, tables.timeline)
PEOPLE = Family(people_tables.people, people_tables.person_keys, people_tables.person_entries)
CASES = Family(case_tables.cases, case_tables.case_keys, case_tables.case_entries)
FAMILIES = (CONVERSATIONS, PEOPLE, CASES)
KEY_TABLES = (*(family.keys for family in FAMILIES), installation_tables.installations)
"""Every table with wrapped data keys: those of the families, and those whose rows have one each and no chain."""
