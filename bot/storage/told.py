"""Who was told of a case's duties: by their post, whatever way the message went, and whoever it went on to."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, or_, select

from bot.cases.posts import of_person
from bot.storage import former_ids
from bot.storage.case_tables import nudges

GIVEN = "given"
"""The kind by which whoever an action is given to hears of it, who sees their action by that, and not its case."""


def posts(connection: Connection, case_id: str, person_id: str) -> list[str]:
    """The roles and posts for which somebody was reminded of a case, be it on their own page alone."""
    ids = _ids(connection, person_id)
    found = select(nudges.c.post).where(nudges.c.case_id == case_id, _is_told(ids))
    every = connection.execute(found.distinct()).scalars()
    theirs = {of_person(one) for one in ids}
    return sorted({of_person(person_id) if one in theirs else one for one in every})


def case_ids(connection: Connection, person_id: str) -> list[str]:
    """The cases of whose duties somebody was reminded."""
    found = select(nudges.c.case_id).where(_is_told(_ids(connection, person_id))).distinct()
    return list(connection.execute(found.order_by(nudges.c.case_id)).scalars())


def keys(connection: Connection, case_id: str, person_id: str) -> list[str]:
    """The keys of the reminders of a case's duties that somebody was sent, and of the actions given to them."""
    ids = _ids(connection, person_id)
    theirs = _is_told(ids) | _is_given(ids)
    found = select(nudges.c.key).where(nudges.c.case_id == case_id, theirs)
    return list(connection.execute(found.order_by(nudges.c.id)).scalars())


def given(connection: Connection, person_id: str) -> list[str]:
    """The cases in which an action was given to somebody."""
    found = select(nudges.c.case_id).where(_is_given(_ids(connection, person_id))).distinct()
    return list(connection.execute(found.order_by(nudges.c.case_id)).scalars())


def _ids(connection: Connection, person_id: str) -> list[str]:
    """A person's id, and those of whoever turned out to be them."""
    return [person_id, *former_ids.of(connection, person_id)]


def _is_given(ids: list[str]) -> ColumnElement[bool]:
    return nudges.c.person_id.in_(ids) & (nudges.c.kind == GIVEN)


def _is_told(ids: list[str]) -> ColumnElement[bool]:
    # What nobody could be sent goes on to somebody else and names in `tried` whom it was for.
    passed_over = (nudges.c.tried.contains(of_person(one)) for one in ids)
    is_duty = (nudges.c.clock != "") & (nudges.c.kind != GIVEN)
    return is_duty & (nudges.c.status != "cancelled") & or_(nudges.c.person_id.in_(ids), *passed_over)
