"""Where a channel's app is installed: one workspace each, with what it speaks there by sealed under a key of its own.

Installing is begun with a state, which a browser brings back once, before it expires.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, delete, inspect, select

from bot.storage.crypto import KeyRing
from bot.storage.installation_tables import installation_states, installations

_TABLE, _COLUMN = "installations", "body"
# 256 bits, so that nobody finds one by guessing.
_STATE_BYTES = 32
_LONGEST_STATE = 100


def keep(connection: Connection, keys: KeyRing, channel: str, workspace: str, body: str, at: datetime) -> None:
    """Keep what an app speaks by in a workspace, in place of what was kept before."""
    connection.execute(delete(installations).where(_this(channel, workspace)))
    key, wrapped = keys.new_data_key()
    sealed = key.seal(_TABLE, _COLUMN, _place(channel, workspace), body)
    names = {"channel": channel, "workspace": workspace, "installed_at": at}
    connection.execute(installations.insert().values(**names, key_id=key.id, wrapped=wrapped, body=sealed))


def find(connection: Connection, keys: KeyRing, channel: str, workspace: str) -> str | None:
    """What an app speaks by in a workspace; None where it is not installed. Raises Unreadable."""
    row = connection.execute(select(installations).where(_this(channel, workspace))).first()
    if row is None:
        return None
    return keys.unwrap(row.key_id, row.wrapped).open(_TABLE, _COLUMN, _place(channel, workspace), row.body)


def workspaces(connection: Connection, channel: str) -> list[str]:
    """Every workspace an app is installed in. The table need not be there."""
    if not inspect(connection).has_table(installations.name):
        return []
    found = select(installations.c.workspace).where(installations.c.channel == channel)
    return list(connection.execute(found.order_by(installations.c.workspace)).scalars())


def forget(connection: Connection, channel: str, workspace: str, at: datetime) -> bool:
    """Forget an app that was taken out of a workspace at that moment; False where it was not there.

    What was installed after that moment stays: it may be told late that an app was taken out before.
    """
    gone = delete(installations).where(_this(channel, workspace), installations.c.installed_at <= at)
    return connection.execute(gone.returning(installations.c.workspace)).first() is not None


def begin(connection: Connection, keys: KeyRing, channel: str, at: datetime, lasts: timedelta) -> str:
    """A new state for a browser that begins to install; those that have expired are forgotten."""
    connection.execute(delete(installation_states).where(installation_states.c.expires_at <= at))
    state = secrets.token_urlsafe(_STATE_BYTES)
    values = {"mac": keys.mac(_purpose(channel), state), "expires_at": at + lasts}
    connection.execute(installation_states.insert().values(**values))
    return state


def spend(connection: Connection, keys: KeyRing, channel: str, state: str, at: datetime) -> bool:
    """Use a state up; whether it was one of this channel's, not used before and not expired.

    What is compared is a keyed hash, so how long that takes says nothing of the state.
    """
    macs = keys.macs(_purpose(channel), state) if len(state) <= _LONGEST_STATE else []
    used = delete(installation_states).where(installation_states.c.mac.in_(macs))
    row = connection.execute(used.returning(installation_states.c.expires_at)).first()
    return row is not None and bool(row.expires_at > at)


def _purpose(channel: str) -> str:
    return f"installing {channel}"


def _this(channel: str, workspace: str) -> ColumnElement[bool]:
    return (installations.c.channel == channel) & (installations.c.workspace == workspace)


def _place(channel: str, workspace: str) -> str:
    return f"{channel}\n{workspace}"
