"""Opens a case by hand from a notification made elsewhere: what is asked, and what is done with the answers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from bot import wording_cases
from bot.cases.case import NotPossible, opens
from bot.casework import casework, form_reading, hand_facts
from bot.casework import wording_board as wording
from bot.casework.case_forms import Blank, where_needed
from bot.casework.case_opening import opened_by_hand
from bot.casework.casework import Desk
from bot.casework.form_reading import Filled
from bot.casework.hand_facts import HandFacts
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
    """What is asked: of the add-ons, those that a clock of this area's plan looks at and no answer settles."""
    looked_at = {code for rule in definitions.plan.rules for code in rule.add_ons}
    table = definitions.flows[_FLOW].table
    asked = (row for row in table.add_ons if row.code in looked_at and not hand_facts.settles(row))
    return (
        Blank("outcome", "choice", wording.OUTCOME, options=OUTCOMES),
        _if_needed("died", wording.WHO_DIED, wording.WHO_DIED_HINT, wording.DEATHS),
        _if_needed("care", wording.WHOSE_CARE, wording.WHOSE_CARE_HINT, wording.CARES),
        Blank("add_ons", "many", wording.ADD_ONS, options=tuple((row.code, row.title) for row in asked), optional=True),
        Blank("aware", "day", wording.AWARE_WHEN, wording.AWARE_HINT, optional=True),
        Blank("notified", "day", wording.NOTIFIED_WHEN, wording.NOTIFIED_HINT, optional=True),
        where_needed(wording.WHY_LATE, wording.WHY_LATE_HINT),
    )


def _if_needed(name: str, label: str, hint: str, options: Mapping[str, str]) -> Blank:
    return Blank(name, "choice", label, hint, tuple(options.items()), optional=True, if_needed=True)


def read(definitions: Definitions, sent: Mapping[str, str], today: date) -> Filled:
    """What the form holds, and what is wrong with it: also where its answers do not go together."""
    filled = form_reading.read(blanks(definitions), sent, today)
    if "outcome" in filled.given:
        filled.problems = _facts(definitions, filled).faults() | filled.problems
    return filled


def _facts(definitions: Definitions, filled: Filled) -> HandFacts:
    given = filled.given
    table = definitions.flows[_FLOW].table
    return HandFacts(table, given["outcome"], given.get("died", ""), given.get("care", ""))


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
    facts = _facts(desk.definitions, filled)
    add_ons = " ".join((*facts.add_ons(), *given.get("add_ons", "").split()))
    reason = given.get("words", "")
    try:
        opened = opened_by_hand(desk, person, given["outcome"], add_ons, aware, notified, reason, facts.care)
    except NotPossible as why:
        raise NotPossible(str(why), _FIELDS.get(why.field, "")) from why
    return opened.stored.ref
