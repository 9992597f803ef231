"""The rapid review's outcome: what is considered about a local review, with reasons, and what the partners decide."""

from __future__ import annotations

from dialogs.condition import Condition, Facts, Value
from dialogs.decision import Dates, Decision, Local, decide
from dialogs.entrance import Entrance
from dialogs.flow import IN_DANGER, UNSURE, Answers, Flow
from dialogs.flows.review_questions import ALL, QUESTIONS
from dialogs.table import Table
from dialogs.table_file import load_table

NAME = "rapid_review_outcome"
VERSION = "2026-11-27.1"
TITLE = "After the rapid review: whether to hold a local child safeguarding practice review"

CONDITIONS = {
    "the partners have decided": (Condition.read({"decision": ["commission", "no_review"]}),),
    "the partners have decided to hold a review": (Condition.read({"decision": ["commission"]}),),
    "the partners need more time": (Condition.read({"decision": ["more_time"]}),),
    "something points to a review, and they decided against one": (
        Condition.read({"decision": ["no_review"], "some_yes": ["yes"], "captured": ["no", "unsure"]}),
    ),
    "nothing points to a review, or its learning is found, and they decided for one": (
        Condition.read({"decision": ["commission"], "some_yes": ["no"], "unknown": ["no"]}),
        Condition.read({"decision": ["commission"], "captured": ["yes"]}),
    ),
}

ENTRANCE = Entrance(
    words=(
        *("review outcome", "rapid review outcome", "outcome of the rapid review", "review decision"),
        *("decide on a review", "decide on a local review"),
    ),
    help="for safeguarding partners, whether to hold a local review after a rapid review",
    button="The partners decide on a local review",
    topics=(
        *("who-decides-on-a-review", "review-criteria", "review-other-considerations", "when-a-review-happens"),
        "review-not-done",
    ),
)


def facts_of(table: Table, answers: Answers) -> Facts:
    """What the table reads: its own inputs, and what the considerations come to.

    None of them decides anything, so the table does not know them one by one.
    """
    facts: dict[str, Value] = {name: answer for name, answer in answers.items() if name in table.inputs}
    given = [answers[name] for name in ALL if name in answers]
    facts["some_yes"] = "yes" if "yes" in [answers.get(name) for name in ALL if name != "captured"] else "no"
    facts["unknown"] = "yes" if UNSURE in given else "no"
    return facts


def flow(table: Table | None = None) -> Flow:
    """The flow over its table. Raises BrokenTable where the table is broken."""
    rules = table or load_table(NAME)

    def decision(answers: Answers, dates: Dates, local: Local) -> Decision:
        return decide(rules, facts_of(rules, answers), dates, local)

    return Flow(
        name=NAME,
        version=VERSION,
        title=TITLE,
        questions=QUESTIONS,
        conditions=CONDITIONS,
        stops_when=(IN_DANGER, Condition.read({"role": ["someone_else"]})),
        facts=lambda answers: facts_of(rules, answers),
        decide=decision,
        table=rules,
        entrance=ENTRANCE,
    )
