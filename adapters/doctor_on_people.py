"""What `bot doctor` says of an area's people: whether anybody gives roles, has the duty, stands in, can be reached."""

from __future__ import annotations

from datetime import date

from bot.storage import Connection, people

NO_ADMINISTRATOR = (
    "nobody is administrator of this area, so no case is kept: bot people first-administrator NAME --email ADDRESS"
)
NO_LEAD = "nobody is lead of this area, so a new case has no lead to go to: an administrator gives the role"
NO_DEPUTY = "nobody is deputy lead of this area, so nobody stands in for the lead: an administrator gives the role"
NO_WAY = (
    "no lead of this area has a confirmed work e-mail or a chat account, so reminders do not reach them: "
    "the lead says “my work e-mail”"
)


ALL_AWAY = (
    "every lead and deputy of this area is away today, so nobody acts on its cases: one of them says “I am back”, or "
    "an administrator gives somebody the role"
)
LEADS_AWAY = "every lead of this area is away today: the deputy has new cases meanwhile"
DEPUTIES_AWAY = "every deputy of this area is away today, so nobody stands in for the lead"


def missing(connection: Connection, area: str, on: date) -> list[str]:
    """What is missing, the gravest first; only the first where nobody gives roles yet."""
    if not people.anyone(connection, area, "administrator"):
        return [NO_ADMINISTRATOR]
    found = []
    if not people.anyone(connection, area, "lead"):
        found.append(NO_LEAD)
    elif not people.is_anyone_sent_to(connection, area, "lead"):
        found.append(NO_WAY)
    if not people.anyone(connection, area, "deputy"):
        found.append(NO_DEPUTY)
    return [*found, *_away(connection, area, on)]


def _away(connection: Connection, area: str, on: date) -> list[str]:
    """Which of the roles that somebody holds have nobody here today; what the other covers is no fault."""
    held = [role for role in ("lead", "deputy") if people.anyone(connection, area, role)]
    here = [role for role in held if people.is_anyone_here(connection, area, role, on)]
    return [ALL_AWAY] if held and not here else []


def notes(connection: Connection, area: str, on: date) -> list[str]:
    """What is as it may be, and good to know: who is away while another stands in."""
    here = {role: people.is_anyone_here(connection, area, role, on) for role in ("lead", "deputy")}
    away = {role for role, is_here in here.items() if not is_here and people.anyone(connection, area, role)}
    if len(away) != 1 or not any(here.values()):
        return []
    return [LEADS_AWAY if "lead" in away else DEPUTIES_AWAY]
