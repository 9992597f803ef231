"""The tables of a channel's app in organisations' workspaces: where it is installed, and installing that goes on."""

from __future__ import annotations

from sqlalchemy import Column, LargeBinary, Table, Text

from bot.storage.tables import Moment, metadata

# `body`, sealed with the row's own data key, holds the token by which the app speaks in that workspace.
installations = Table(
    "installations",
    metadata,
    Column("channel", Text, primary_key=True),
    Column("workspace", Text, primary_key=True),
    Column("installed_at", Moment, nullable=False),
    Column("key_id", LargeBinary, nullable=False),
    Column("wrapped", LargeBinary, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

# Given to a browser that begins to install, and taken back once; kept as a keyed hash.
installation_states = Table(
    "installation_states",
    metadata,
    Column("mac", LargeBinary, primary_key=True),
    Column("expires_at", Moment, nullable=False, index=True),
)
