"""The tables of people: who someone is, their accounts and roles, and what lets an account or a calendar in."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, LargeBinary, Table, Text, UniqueConstraint, text

from bot.storage.tables import Moment, metadata

ROLES = ("practitioner", "lead", "deputy", "content_owner", "administrator")
POSTS = (
    "duty_manager",
    "head_of_service",
    "director",
    "delegated_partner",
    "lead_partner",
    "scrutineer",
    "business_manager",
)
"""Those an area's ladder names; whoever holds one hears of what is passed up to it."""


def _person(**options: object) -> Column[str]:
    return Column("person_id", Text, ForeignKey("people.id", ondelete="CASCADE"), nullable=False, **options)  # type: ignore[arg-type]


# `state`, sealed, holds the name. `joined_to` is who they turned out to be: what was done under this id was done by
# that person.
people = Table(
    "people",
    metadata,
    Column("id", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("state", LargeBinary),
    Column("created_at", Moment, nullable=False),
    Column("touched_at", Moment, nullable=False),
    Column("forgotten_at", Moment),
    Column("joined_to", Text, ForeignKey("people.id", ondelete="SET NULL"), index=True),
    Column("head_seq", Integer, nullable=False),
    Column("head_hash", LargeBinary, nullable=False),
)

# The first and last day of each absence of somebody.
absences = Table(
    "absences",
    metadata,
    _person(primary_key=True),
    Column("first_day", Date, primary_key=True),
    Column("last_day", Date, nullable=False),
)

person_keys = Table(
    "person_keys",
    metadata,
    _person(primary_key=True),
    Column("key_id", LargeBinary, nullable=False),
    Column("wrapped", LargeBinary, nullable=False),
)

person_entries = Table(
    "person_entries",
    metadata,
    _person(primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("kind", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("prev_hash", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
)

# `place` is the order in which accounts are tried. `failing_since` is when the first of the newest failures was.
accounts = Table(
    "accounts",
    metadata,
    Column("channel", Text, primary_key=True),
    Column("address", Text, primary_key=True),
    _person(index=True),
    Column("place", Integer, nullable=False),
    Column("added_at", Moment, nullable=False),
    Column("failing_since", Moment),
)

roles = Table(
    "roles",
    metadata,
    _person(primary_key=True),
    Column("area", Text, primary_key=True),
    Column("role", Text, primary_key=True),
    Column("granted_at", Moment, nullable=False),
    Column("granted_by", Text, nullable=False),
    Index(None, "area", "role"),
)

# A code is kept as a keyed hash. It joins whichever account it is entered on to `person_id`; or, sent to an e-mail
# address, proves that `address` belongs to whoever holds the account `for_channel`, `for_address`.
join_codes = Table(
    "join_codes",
    metadata,
    Column("mac", LargeBinary, primary_key=True),
    Column("person_id", Text, ForeignKey("people.id", ondelete="CASCADE"), index=True),
    Column("address", Text, nullable=False),
    Column("for_channel", Text, nullable=False),
    Column("for_address", Text, nullable=False),
    Column("expires_at", Moment, nullable=False, index=True),
)

# Someone signed in on the web page. The cookie's value is kept as a keyed hash; `address` is that of the account that
# their browser is while the session lasts.
sessions = Table(
    "sessions",
    metadata,
    Column("mac", LargeBinary, primary_key=True),
    _person(index=True),
    Column("how", Text, nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False, index=True),
    Column("address", Text, nullable=False, server_default=text("''")),
)

# A secret address at which a calendar follows somebody's deadlines in an area, kept as a keyed hash; one for each.
calendar_feeds = Table(
    "calendar_feeds",
    metadata,
    Column("mac", LargeBinary, primary_key=True),
    _person(),
    Column("area", Text, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("used_at", Moment),
    UniqueConstraint("person_id", "area"),
)
