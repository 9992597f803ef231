"""The front-door dialog: a child who needs protecting, whom to phone and what to have ready."""

from __future__ import annotations

from dataclasses import replace

from dialogs.flow import Flow, Question, direct_flow
from dialogs.flows.referral_options import yes_no
from dialogs.flows.referral_questions import QUESTIONS as REFERRAL_QUESTIONS
from dialogs.table import Cite, Table
from dialogs.table_file import load_table

NAME = "protect"
VERSION = "2026-11-23.1"
TITLE = "A child who needs protecting"

DANGER, NO_NAMES = (replace(one, asked_when=()) for one in REFERRAL_QUESTIONS[:2])

QUESTIONS = (
    DANGER,
    NO_NAMES,
    Question(
        name="phoned",
        short="Children's social care phoned",
        text="Have you, or has anyone, already phoned children's social care about this?",
        kind="choice",
        why="If they have not heard, that phone call is the one thing to do next.",
        options=yes_no(),
        likely="no",
        cites=(Cite("working-together-2023", "chapter 3"),),
    ),
    Question(
        name="about_worker",
        short="About someone who works with children",
        text="Is the worry about someone who works or volunteers with children?",
        kind="choice",
        why="Then the council's designated officer must hear as well, within one working day.",
        options=yes_no(),
        likely="no",
        cites=(Cite("lado-guidance", "within one working day"),),
    ),
)


def flow(table: Table | None = None) -> Flow:
    """The front-door flow over its table. Raises BrokenTable where the table is broken."""
    return direct_flow(NAME, VERSION, TITLE, QUESTIONS, {}, table or load_table(NAME))
