"""`bot people`: who the bot knows, what each may do, and when they are away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from adapters.loading import AREA, DATA, can_open, settings

if TYPE_CHECKING:
    from adapters.people_desk import PeopleDesk

BY = click.option("--by", default="", help="The administrator who gives or takes it; needed if there are several.")
ROLE = click.option("--role", "roles", multiple=True, help="A role to give them; may be repeated.")


@click.group("people")
def people_group() -> None:
    """See and change who the bot knows: their roles, addresses and absences."""


@people_group.command("first-administrator")
@AREA
@DATA
@click.argument("name")
@click.option("--email", default="", help="Their work e-mail, by which they sign in and are reached.")
def first_administrator(area: str | None, data: Path | None, name: str, email: str) -> None:
    """Make NAME the first administrator, who can then give roles; refused once there is one."""
    with _desk(area, data, new=(name, email)) as desk:
        click.echo(desk.first_administrator(name, email))


@people_group.command("add")
@AREA
@DATA
@BY
@ROLE
@click.argument("name")
@click.option("--email", default="", help="Their work e-mail, by which they sign in and are reached.")
def add(area: str | None, data: Path | None, by: str, roles: Sequence[str], name: str, email: str) -> None:
    """Add somebody called NAME."""
    with _desk(area, data) as desk:
        click.echo(desk.add(name, email, roles, by))


@people_group.command("list")
@AREA
@DATA
def listed(area: str | None, data: Path | None) -> None:
    """List everyone with their roles, accounts and absences."""
    with _desk(area, data) as desk:
        for line in desk.table():
            click.echo(line)


@people_group.command("grant")
@AREA
@DATA
@BY
@click.argument("person")
@click.argument("role")
def grant(area: str | None, data: Path | None, by: str, person: str, role: str) -> None:
    """Give PERSON (a name, an e-mail address or an id) a ROLE."""
    with _desk(area, data) as desk:
        click.echo(desk.grant(person, role, by))


@people_group.command("revoke")
@AREA
@DATA
@BY
@click.argument("person")
@click.argument("role")
def revoke(area: str | None, data: Path | None, by: str, person: str, role: str) -> None:
    """Take a ROLE from PERSON."""
    with _desk(area, data) as desk:
        click.echo(desk.revoke(person, role, by))


@people_group.command("away")
@AREA
@DATA
@click.argument("person")
@click.option("--from", "first", type=click.DateTime(["%Y-%m-%d"]), help="The first day, such as 2026-08-03.")
@click.option("--to", "last", type=click.DateTime(["%Y-%m-%d"]), help="The last day.")
@click.option("--back", is_flag=True, help="They are not away, or no longer.")
def away(
    area: str | None, data: Path | None, person: str, first: datetime | None, last: datetime | None, back: bool
) -> None:
    """Say from which day to which PERSON is away; a deputy hears meanwhile what they would hear."""
    days = (first.date(), last.date()) if first and last else None
    if back == bool(first or last) or (days is None and not back):
        raise click.UsageError("give --from and --to, or --back")
    with _desk(area, data) as desk:
        click.echo(desk.away(person, days))


@people_group.command("rename")
@AREA
@DATA
@click.argument("person")
@click.argument("name")
def rename(area: str | None, data: Path | None, person: str, name: str) -> None:
    """Call PERSON by another NAME."""
    with _desk(area, data) as desk:
        click.echo(desk.rename(person, name))


@people_group.command("join-code")
@AREA
@DATA
@click.argument("person")
def join_code(area: str | None, data: Path | None, person: str) -> None:
    """Make a code that joins the account it is typed on to PERSON; it works once, for 15 minutes."""
    with _desk(area, data) as desk:
        click.echo(desk.join_code(person))


@people_group.command("forget")
@AREA
@DATA
@click.argument("person")
@click.option("--yes", is_flag=True, help="Do not ask whether this is meant.")
def forget(area: str | None, data: Path | None, person: str, yes: bool) -> None:
    """Erase who PERSON is. What they did stays on record, without their name; this cannot be undone."""
    with _desk(area, data) as desk:
        if not yes:
            click.confirm(f"Erase {desk.label(person)} for good?", abort=True)
        click.echo(desk.forget(person))


@contextmanager
def _desk(area: str | None, data: Path | None, *, new: tuple[str, str] | None = None) -> Iterator[PeopleDesk]:
    """What does the work, with whatever it refuses said in one line.

    Somebody `new`, of a name and an e-mail address, is the first thing kept; a slip in those is said before that.
    """
    from adapters.channel_folders import case_channels
    from adapters.people_desk import PeopleDesk, check_new
    from adapters.workplace import check_kept, unlocked
    from bot.clock import now
    from bot.people.roles import NotAllowed
    from knowledge.area import BrokenArea, UnknownArea, load_area

    chosen = settings(area=area, data_dir=data)
    try:
        # Nothing else is needed, so the commands are quick.
        served = load_area(chosen.area, chosen.areas_dir, case_channels())
    except (BrokenArea, UnknownArea) as fault:
        raise click.ClickException(str(fault)) from None
    try:
        with can_open():
            if new:
                check_new(*new)
            else:
                check_kept(chosen)
            with unlocked(chosen, begins=bool(new)) as (database, keys):
                yield PeopleDesk(database, keys, served, now())
    except NotAllowed as why:
        raise click.ClickException(str(why)) from None
