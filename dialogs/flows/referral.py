"""The referral dialog: from "something has happened" to who must be told, why and by when (Children Act 2004 s16C)."""

from __future__ import annotations

from dataclasses import replace

from dialogs.condition import Condition, Facts, Value
from dialogs.decision import Dates, Decision, Local, decide, is_held_here
from dialogs.flow import IN_DANGER, NONE_OF_THESE, UNSURE, Answers, Flow
from dialogs.flows.referral_questions import QUESTIONS
from dialogs.table import Table
from dialogs.table_file import load_table

NAME = "referral"
VERSION = "2026-11-28.1"
TITLE = "A serious incident: does it go to the safeguarding partners and the national Panel?"

COUNCIL = ["la_children", "la_other"]
NOT_COUNCIL = ["police", "icb_health", "education", "provider", "vcs", "partnership_unit"]
WHERE_SENDING_IS_KNOWN = ["la_children", "partnership_unit"]
ON_OUR_CLOCK = ["B", "C", "F", "G", "H"]
ANOTHERS = ["D", "E"]
MAY_BE_OURS = ["lac_ours", "care_leaver", "unsure"]

# The names of the conditions by which the day is asked on which the council knew.
NOT_THE_COUNCIL_S = "a clock of ours runs, and they do not work for the council"
THE_COUNCIL_KNOWS = "a clock of ours runs, and the council knows"
CONDITIONS = {
    "they were, or may have been, under 18": (Condition.read({"age_at_event": ["under_18", "unsure"]}),),
    "abuse is not suspected, but they died, were seriously hurt, or that is not known": (
        Condition.read({"maltreatment": ["no"], "effect": ["died", "serious", "unsure"]}),
    ),
    "abuse is not ruled out and there was, or may have been, serious harm to a child": (
        Condition.read(
            {
                "age_at_event": ["under_18", "unsure"],
                "effect": ["died", "serious", "may_be_serious", "unsure"],
                "maltreatment": ["known", "suspected", "unsure"],
            }
        ),
    ),
    "it is serious, abuse is suspected, and where they live matters": (
        Condition.read(
            {
                "age_at_event": ["under_18"],
                "effect": ["died", "serious"],
                "maltreatment": ["known", "suspected"],
                "place": ["our_area", "outside_england"],
            }
        ),
    ),
    "they died, or may have, and could be in care or a care leaver": (
        Condition.read({"age_at_event": ["under_18", "unsure"], "effect": ["died"]}),
        Condition.read({"age_at_event": ["18_24"], "effect": ["died", "unsure"]}),
        Condition.read({"age_at_event": ["under_18", "unsure"], "effect": ["unsure"], "maltreatment": ["no"]}),
    ),
    "it happened abroad to a child who lives abroad": (
        Condition.read(
            {
                "age_at_event": ["under_18"],
                "effect": ["died", "serious"],
                "maltreatment": ["known", "suspected"],
                "place": ["outside_england"],
                "residence": ["outside_england"],
            }
        ),
    ),
    NOT_THE_COUNCIL_S: (
        Condition.read({"role": NOT_COUNCIL, "outcome": ON_OUR_CLOCK}),
        Condition.read({"role": NOT_COUNCIL, "outcome": ANOTHERS, "effect": ["died"], "care": MAY_BE_OURS}),
    ),
    THE_COUNCIL_KNOWS: (
        Condition.read({"role": COUNCIL, "outcome": ON_OUR_CLOCK}),
        Condition.read({"role": COUNCIL, "outcome": ANOTHERS, "effect": ["died"], "care": MAY_BE_OURS}),
        Condition.read({"la_aware": ["yes"]}),
    ),
    "a notification may have been sent": (
        Condition.read({"role": WHERE_SENDING_IS_KNOWN}),
        Condition.read({"outcome": ["B", "C", "D", "E", "F", "G", "H"]}),
    ),
    "they say it was sent, and work where that is known": (
        Condition.read({"role": WHERE_SENDING_IS_KNOWN, "sin_sent": ["yes"]}),
    ),
}


def facts_of(table: Table, answers: Answers) -> Facts:
    """What the table reads from the answers.

    Where the family was known for abuse or neglect, "no abuse suspected" counts as not sure: local guidance has such
    cases treated as potentially notifiable. The outcome is added once every question that decides it has been asked.
    """
    facts: dict[str, Value] = {name: answer for name, answer in answers.items() if name in table.inputs}
    if facts.get("maltreatment") == "no" and answers.get("known_to_services") in {"yes", UNSURE}:
        facts["maltreatment"] = UNSURE
    if "flags" in answers:
        ticked = answers["flags"]
        facts["flags"] = frozenset() if ticked in {NONE_OF_THESE, UNSURE} else frozenset(ticked.split(","))
        facts["flags_known"] = "no" if ticked == UNSURE else "yes"
    if "when" in answers:
        facts["outcome"] = table.first_row(facts).code
    return facts


def refer(table: Table, facts: Facts, dates: Dates, local: Local) -> Decision:
    """The decision for these facts, with only those dates used that the facts bear out.

    Someone who works for the council is the council knowing: today, unless another day is given. Otherwise the day
    it became aware counts only if it knows, and the day the Panel was told only from those who would know.
    """
    works_there = facts.get("role") in COUNCIL
    aware_on = dates.aware_on if works_there or facts.get("la_aware") == "yes" else None
    sent = facts.get("sin_sent") == "yes" and facts.get("role") in WHERE_SENDING_IS_KNOWN
    notified_on = dates.notified_on if sent else None
    if works_there and aware_on is None:
        # It knew when it told the Panel, if that was earlier; when another council told it says nothing of ours.
        is_held = facts.get("outcome") in ANOTHERS and is_held_here(facts)
        is_ours = facts.get("outcome") in ON_OUR_CLOCK or is_held
        told_on = notified_on if is_ours else None
        aware_on = min(dates.today, told_on or dates.today)
    return decide(table, facts, replace(dates, aware_on=aware_on, notified_on=notified_on), local)


def flow(table: Table | None = None) -> Flow:
    """The referral flow over its decision table. Raises BrokenTable where the table is broken."""
    rules = table or load_table(NAME)

    def decision(answers: Answers, dates: Dates, local: Local) -> Decision:
        return refer(rules, facts_of(rules, answers), dates, local)

    return Flow(
        name=NAME,
        version=VERSION,
        title=TITLE,
        questions=QUESTIONS,
        conditions=CONDITIONS,
        stops_when=(IN_DANGER, Condition.read({"role": ["public"]})),
        facts=lambda answers: facts_of(rules, answers),
        decide=decision,
        table=rules,
    )
