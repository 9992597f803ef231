"""Opens a case by hand from a notification made elsewhere: what is asked, and what is done with the answers."""

from __future__ import annotations

from datetime import date

from bot import wording_cases
from bot.cases.case import NotPossible, opens
from bot.casework import casework
from bot.casework import wording_board as wording
from bot.casework.case_forms import Blank, where_needed
from bot.casework.case_opening import opened_by_hand
from bot.casework.casework import Desk
from bot.casework.form_reading import Filled
from bot.definitions import Definitions
from bot.storage import events
from bot.storage.people import Person

OUTCOMES = tuple(one for one in wording.BY_HAND.items() if opens(one[0]) == "opens")
"""As clocks call them: of a care leaver who was under 18 the partners' view is recorded as well."""
_FLOW = "referral"
# What in an event of the case is at fault, as the form calls it.
_FIELDS = {"day": "notified", "words": "words"}


class SentAlready(Exception):
    """This showing of the form has opened its case already."""


def blanks(definitions: Definitions) -> tuple[Blank, ...]:
    """What is asked: of the add-ons, those that a clock of this area's plan looks at."""
    looked_at = {code for rule in definitions.plan.rules for code in rule.add_ons}
    rows = definitions.flows[_FLOW].table.add_ons
    add_ons = tuple((row.code, row.title) for row in rows if row.code in looked_at)
    return (
        Blank("outcome", "choice", wording.OUTCOME, options=OUTCOMES),
        Blank("add_ons", "many", wording.ADD_ONS, options=add_ons, optional=True),
        Blank("aware", "day", wording.AWARE_WHEN, wording.AWARE_HINT, optional=True),
        Blank("notified", "day", wording.NOTIFIED_WHEN, wording.NOTIFIED_HINT, optional=True),
        where_needed(wording.WHY_LATE, wording.WHY_LATE_HINT),
    )


def open_case(desk: Desk, person: Person, filled: Filled, once: str) -> str:
    """Open the case that a form without problems describes; its reference.

    `once` names the showing of the form. Raises SentAlready, or NotPossible for the person who tried.
    """
    if not casework.are_kept(desk):
        raise NotPossible(wording_cases.NO_CASES_HERE)
    if not events.first_time(desk.connection, f"open-by-hand|{person.id}|{once}", "", desk.at):
        raise SentAlready
    given = filled.given
    aware, notified = (date.fromisoformat(given[name]) if name in given else None for name in ("aware", "notified"))
    reason = given.get("words", "")
    try:
        opened = opened_by_hand(desk, person, given["outcome"], given.get("add_ons", ""), aware, notified, reason)
    except NotPossible as why:
        raise NotPossible(str(why), _FIELDS.get(why.field, "")) from why
    return opened.stored.ref
