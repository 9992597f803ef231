"""A dialog as data: an ordered list of questions, each with a named condition for being asked; broken ones refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from dialogs.answers import Option
from dialogs.condition import Condition, Facts
from dialogs.decision import Dates, Decision, Local, decide
from dialogs.entrance import Entrance, GoesOn
from dialogs.ladder import Rung, step_options
from dialogs.table import Cite, Table

Kind = Literal["ready", "choice", "many", "date", "text"]
Answers = Mapping[str, str]
"""What was answered, by question: an option's id, ids joined by commas, an ISO date, `unsure`, or their own words."""

UNSURE = "unsure"
NONE_OF_THESE = "none"
SOME_WORDS = "In their own words"
"""Stands for any words given in answer to a question for words of their own."""
MOST_CHARACTERS = 1000
"""The longest answer in words of their own."""


_PLACE_LEFT = re.compile(r"\{\w+\}")


class BrokenFlow(Exception):
    """The flow's author made a mistake; the message names the flow and the question."""


@dataclass(frozen=True)
class Question:
    """One thing we ask.

    `asked_when` names conditions of the flow, of which one must hold; empty is always. `stands_when` names those by
    which an earlier answer counts on although it is not asked again. `likely` is the answer most
    people give, used only to say how many questions are left. `short` names it in a list of answers. `takes_ages`
    says that a number typed may be an age. `unclear` is the answer taken where typed words are neither an answer nor
    a question; where it is empty they are asked again. `recorded` marks what is asked because it belongs on the record,
    whatever else it changes: it is for people to judge, so no other answer to it is ever held up to them.
    `reason_for` names the question whose answer this gives the reason for. `ahead` marks a date to come. `from_ladder`
    puts the steps of the area's ladder for disagreements before the options.
    """

    name: str
    short: str
    text: str
    kind: Kind
    why: str
    options: tuple[Option, ...] = ()
    help: str = ""
    asked_when: tuple[str, ...] = ()
    stands_when: tuple[str, ...] = ()
    likely: str = ""
    cites: tuple[Cite, ...] = ()
    takes_ages: bool = False
    unclear: str = ""
    recorded: bool = False
    reason_for: str = ""
    ahead: bool = False
    from_ladder: bool = False

    def label(self, answer: str) -> str:
        """An answer in words, as it is shown back; a date is given as it stands."""
        labels = {option.id: option.label for option in self.options}
        if self.kind == "text":
            return answer
        if self.kind == "many" and answer != UNSURE:
            chosen = [labels.get(one, one) for one in answer.split(",")]
            return "None of these" if answer == NONE_OF_THESE else "; ".join(chosen)
        return labels.get(answer, "Not sure" if answer == UNSURE else answer)

    def fits(self, answer: str) -> bool:
        """Whether a kept answer is still one this question takes."""
        if self.kind == "text":
            return len(answer) <= MOST_CHARACTERS and bool(answer.strip())
        if self.kind == "date":
            return answer == UNSURE or _is_iso_date(answer)
        if self.kind == "many":
            return answer in {NONE_OF_THESE, UNSURE} or (answer != "" and set(answer.split(",")) <= self._ids)
        return answer in self._ids

    @cached_property
    def _ids(self) -> frozenset[str]:
        return frozenset(option.id for option in self.options)


@dataclass(frozen=True, eq=False)
class Flow:
    """A dialog: its questions in order, the named conditions they use, where it stops early, and how it decides.

    `facts` turns answers into what the table and the conditions read; `decide` gives the decision. `entrance` says
    where it is found if it has no door of its own, `goes_on` how it goes on from an earlier decision.
    """

    name: str
    version: str
    title: str
    questions: tuple[Question, ...]
    conditions: Mapping[str, tuple[Condition, ...]]
    stops_when: tuple[Condition, ...]
    facts: Callable[[Answers], Facts]
    decide: Callable[[Answers, Dates, Local], Decision]
    table: Table
    entrance: Entrance | None = None
    goes_on: GoesOn | None = None

    def question(self, name: str) -> Question | None:
        """The question of that name."""
        return next((question for question in self.questions if question.name == name), None)

    def asks(self, question: Question, facts: Facts) -> bool:
        """Whether a question is asked, given what is known."""
        if not question.asked_when:
            return True
        return any(one.holds(facts) for name in question.asked_when for one in self.conditions[name])

    def stands(self, question: Question, facts: Facts) -> bool:
        """Whether an earlier answer to a question counts on although it is not asked."""
        return any(one.holds(facts) for name in question.stands_when for one in self.conditions[name])

    @cached_property
    def reasons(self) -> Mapping[str, str]:
        """The questions that give a reason, each with the question it is about."""
        return {question.name: question.reason_for for question in self.questions if question.reason_for}

    def stopped(self, facts: Facts) -> bool:
        """Whether nothing more is asked."""
        return any(one.holds(facts) for one in self.stops_when)

    def named(self, names: Mapping[str, str], ladder: tuple[Rung, ...] = ()) -> Flow:
        """The same flow with an area's names put into its wording, such as {local_authority}, and its own ladder.

        Raises BrokenFlow naming the question where its wording needs a name that is not given.
        """

        def put(text: str) -> str:
            for key, value in names.items():
                text = text.replace("{" + key + "}", value)
            return text

        def localise(question: Question) -> Question:
            if question.from_ladder and ladder:
                question = on_ladder(question, ladder)
            options = tuple(replace(one, label=put(one.label), hint=put(one.hint)) for one in question.options)
            return replace(
                question, text=put(question.text), help=put(question.help), why=put(question.why), options=options
            )

        named = replace(self, questions=tuple(localise(question) for question in self.questions))
        for question in named.questions:
            if missing := _PLACE_LEFT.search(_wording(question)):
                raise BrokenFlow(f"flow '{self.name}', question '{question.name}': {missing[0]} is not set")
        return named


IN_DANGER = Condition.read({"danger_now": ["yes", "unsure"]})


def on_ladder(question: Question, ladder: tuple[Rung, ...]) -> Question:
    """A question with a ladder's steps before those of its options that are no steps."""
    others = tuple(one for one in question.options if one.id != "last" and not one.id.startswith("step"))
    return replace(question, options=(*step_options(ladder), *others))


def direct_flow(
    name: str,
    version: str,
    title: str,
    questions: tuple[Question, ...],
    conditions: Mapping[str, tuple[Condition, ...]],
    table: Table,
) -> Flow:
    """A flow whose answers are the facts as they stand, and which stops for nothing but danger."""

    def decision(answers: Answers, dates: Dates, local: Local) -> Decision:
        return decide(table, answers, dates, local)

    return Flow(name, version, title, questions, conditions, (IN_DANGER,), dict, decision, table)


def _wording(question: Question) -> str:
    labels = (text for option in question.options for text in (option.label, option.hint))
    return " ".join((question.text, question.help, question.why, *labels))


def _is_iso_date(text: str) -> bool:
    from datetime import date

    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
