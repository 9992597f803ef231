"""What `bot doctor` says of an area's people: whether anybody gives roles, has the duty, stands in, can be reached."""

from __future__ import annotations

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


def missing(connection: Connection, area: str) -> list[str]:
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
    return found
