"""Reads what was sent with a board's form: days, choices and words, each with what is wrong with it, none guessed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.case_answers import MOST_WORDS
from bot.casework import wording_board as wording
from bot.casework.case_forms import Blank
from bot.privacy import privacy
from bot.wording_cases import WORDS_TOO_LONG
from dialogs.answers import InvalidAnswer
from dialogs.own_words import is_no_reason
from dialogs.typed_dates import Understood, from_parts

PARTS = ("day", "month", "year")
CHOSEN = "yes"
"""What a box holds that is ticked."""
SURE = "sure"
"""What follows a day's name in the field that says that a surprising day is meant."""


@dataclass
class Filled:
    """What was read: `given` by the name of each blank, days as 2026-11-23; `problems` by the same names.

    `shown` is what goes back into the fields where the form is asked again: as it was sent, without what could identify
    somebody. `sure` is a day that is taken if it is sent once more.
    """

    given: dict[str, str] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)
    shown: dict[str, str] = field(default_factory=dict)
    sure: dict[str, str] = field(default_factory=dict)


def read(blanks: Iterable[Blank], sent: Mapping[str, str], today: date) -> Filled:
    """What the fields of a form hold, seen from `today` in England."""
    filled = Filled()
    for blank in blanks:
        try:
            value = _READ[blank.takes](blank, sent, today, filled)
        except InvalidAnswer as slip:
            filled.problems[blank.name] = slip.message
        else:
            if value:
                filled.given[blank.name] = value
    return filled


def _day(blank: Blank, sent: Mapping[str, str], today: date, filled: Filled) -> str:
    day, month, year = (sent.get(f"{blank.name}-{part}", "") for part in PARTS)
    filled.shown |= {f"{blank.name}-{part}": sent.get(f"{blank.name}-{part}", "")[:20] for part in PARTS}
    if blank.optional and not (day or month or year):
        return ""
    found = from_parts(day, month, year, today)
    if isinstance(found, Understood):
        return found.on.isoformat()
    meant = found.on[0].isoformat()
    if found.why == "future":
        if blank.ahead:
            return meant
        raise InvalidAnswer(wording.AHEAD)
    if sent.get(f"{blank.name}-{SURE}") == meant:
        return meant
    filled.sure[blank.name] = meant
    raise InvalidAnswer(wording.sure(found.text))


def _choice(blank: Blank, sent: Mapping[str, str], _today: date, filled: Filled) -> str:
    value = sent.get(blank.name, "")
    filled.shown[blank.name] = value
    if not blank.options:
        raise InvalidAnswer(wording.NO_OPTION)
    if value in {id_ for id_, _ in blank.options}:
        return value
    if value or not blank.optional:
        raise InvalidAnswer(wording.CHOOSE)
    return ""


def _words(blank: Blank, sent: Mapping[str, str], _today: date, filled: Filled) -> str:
    text = sent.get(blank.name, "")
    filled.shown[blank.name] = privacy.mask(text)
    if found := privacy.identifiers(text):
        raise InvalidAnswer(privacy.advice(found))
    if len(text) > MOST_WORDS:
        raise InvalidAnswer(WORDS_TOO_LONG)
    if not is_no_reason(text):
        return text
    if not blank.optional:
        raise InvalidAnswer(wording.NEEDED)
    return ""


def _many(blank: Blank, sent: Mapping[str, str], _today: date, filled: Filled) -> str:
    chosen = [id_ for id_, _ in blank.options if sent.get(f"{blank.name}-{id_}") == CHOSEN]
    filled.shown |= {f"{blank.name}-{id_}": CHOSEN for id_ in chosen}
    return " ".join(chosen)


_READ = {"day": _day, "choice": _choice, "many": _many, "words": _words}
