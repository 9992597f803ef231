"""What a person's own words about what has happened already answer, so that they are not asked it again."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from dialogs.flow import BrokenFlow, Flow
from dialogs.table_file import read_text
from dialogs.walk import Said

FILE = "told"
_KEYS = {"question", "answer", "pattern", "unless"}


@dataclass(frozen=True)
class Told:
    """Words that answer a question beyond doubt."""

    question: str
    answer: str
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None


def told(text: str) -> tuple[Said, ...]:
    """The answers that a text gives; none to a question that it answers in two ways."""
    plain = " ".join(text.casefold().replace("\u2019", "'").split())
    found: dict[str, set[str]] = {}
    for rule in load_told():
        if rule.pattern.search(plain) and not (rule.unless is not None and rule.unless.search(plain)):
            found.setdefault(rule.question, set()).add(rule.answer)
    return tuple(Said(question, answers.pop()) for question, answers in found.items() if len(answers) == 1)


@cache
def load_told() -> tuple[Told, ...]:
    """The rules. Raises BrokenFlow, naming the file and the rule, where one is not right."""
    rules = tomllib.loads(read_text(FILE)).get("told", ())
    return tuple(_rule(number, rule) for number, rule in enumerate(rules, 1))


def check_told(flow: Flow) -> None:
    """Raises BrokenFlow where a rule answers what the flow does not ask, or in a way it does not take."""
    for number, rule in enumerate(load_told(), 1):
        question = flow.question(rule.question)
        if question is None or not question.fits(rule.answer):
            raise BrokenFlow(f"{FILE}.toml, rule {number}: {rule.question} does not take {rule.answer}")


def _rule(number: int, values: Mapping[str, str]) -> Told:
    if unknown := set(values) - _KEYS:
        raise BrokenFlow(f"{FILE}.toml, rule {number}: there is no setting {', '.join(sorted(unknown))}")
    if missing := {"question", "answer", "pattern"} - set(values):
        raise BrokenFlow(f"{FILE}.toml, rule {number}: {', '.join(sorted(missing))} is missing")
    try:
        unless = re.compile(values["unless"]) if "unless" in values else None
        return Told(values["question"], values["answer"], re.compile(values["pattern"]), unless)
    except re.error as error:
        raise BrokenFlow(f"{FILE}.toml, rule {number}: not a regular expression ({error})") from None
