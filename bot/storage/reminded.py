"""What became of a case's reminders, on its chain: sent, withdrawn or passed over, so that no row alone says it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection

from bot.storage import cases
from bot.storage.cases import PASSED_OVER, REMINDED, WITHDRAWN
from bot.storage.crypto import KeyRing
from bot.storage.nudges import Noted
from bot.storage.timeline import Event

STATUS = {REMINDED: "sent", WITHDRAWN: "cancelled", PASSED_OVER: "cancelled"}
"""What a nudge's row has to say after each kind of entry."""


def sent(connection: Connection, keys: KeyRing, noted: Iterable[Noted], at: datetime) -> None:
    """Put on each case's chain what the platform took. The caller has locked the cases."""
    by_case: dict[str, list[Noted]] = {}
    for one in noted:
        by_case.setdefault(one.case_id, []).append(one)
    for case_id, of_it in by_case.items():
        if cases.load(connection, case_id) is not None:  # else it has been erased meanwhile
            _put(connection, keys, case_id, at, REMINDED, [one.key for one in of_it])


def withdrawn(connection: Connection, keys: KeyRing, case_id: str, noted: Sequence[Noted], at: datetime) -> None:
    """Put on a case's chain what is not owed any more, or somebody has."""
    if noted:
        _put(connection, keys, case_id, at, WITHDRAWN, [one.key for one in noted])


def passed_over(connection: Connection, keys: KeyRing, case_id: str, stages: Sequence[str], at: datetime) -> None:
    """Put on a case's chain which stages were not sent, because a later one of the same clock had come too."""
    if stages:
        _put(connection, keys, case_id, at, PASSED_OVER, stages)


def named(entry: Event) -> list[str]:
    """The keys, or stages, that such an entry is about."""
    return [str(one) for one in json.loads(entry.body)["reminders"]]


def _put(
    connection: Connection, keys: KeyRing, case_id: str, at: datetime, kind: str, reminders: Sequence[str]
) -> None:
    cases.append(connection, keys, case_id, at, kind, json.dumps({"reminders": list(reminders)}))
