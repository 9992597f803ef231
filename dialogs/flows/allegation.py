"""The allegation dialog: a concern about someone who works with children, for the council's designated officer."""

from __future__ import annotations

from dialogs.condition import Condition
from dialogs.flow import Flow, Question, direct_flow
from dialogs.flows.protect import DANGER, NO_NAMES
from dialogs.flows.referral_options import yes_no
from dialogs.table import Cite, Table
from dialogs.table_file import load_table

NAME = "allegation"
VERSION = "2026-11-23.1"
TITLE = "An allegation against someone who works with children"

QUESTIONS = (
    DANGER,
    NO_NAMES,
    Question(
        name="child_at_risk",
        short="A child at risk from them today",
        text="Could any child be at risk from this person today, at work, at home or online?",
        kind="choice",
        why="If so, children's social care or the police must hear first, today.",
        options=yes_no(),
        likely="unsure",
        cites=(Cite("working-together-2023", "chapter 3"),),
    ),
    Question(
        name="officer_told",
        short="Designated officer told",
        text="Has the council's designated officer (LADO) already been told?",
        kind="choice",
        why="The designated officer must hear within one working day of anyone knowing.",
        options=yes_no(),
        likely="no",
        cites=(Cite("lado-guidance", "within one working day"),),
    ),
    Question(
        name="aware_on",
        short="Day you first knew",
        text="Which day did you, or your organisation, first know? Only the date is needed.",
        kind="date",
        why="The one working day is counted from then.",
        asked_when=("the designated officer may not know",),
        likely="unsure",
        cites=(Cite("lado-guidance", "within one working day"),),
    ),
)

CONDITIONS = {"the designated officer may not know": (Condition.read({"officer_told": ["no", "unsure"]}),)}


def flow(table: Table | None = None) -> Flow:
    """The allegation flow over its table. Raises BrokenTable where the table is broken."""
    return direct_flow(NAME, VERSION, TITLE, QUESTIONS, CONDITIONS, table or load_table(NAME))
