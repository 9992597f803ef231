"""Carries what a person told of an incident into the referral dialog, so that they need not say it twice."""

from __future__ import annotations

from collections.abc import Iterable

from bot import guide
from bot.moment import Moment
from dialogs.told import told
from dialogs.walk import Said

FLOW = "referral"
_BETWEEN = "="


def carried(moment: Moment) -> tuple[str, ...]:
    """The answers that the person's words give beyond doubt, each written to be remembered."""
    return tuple(f"{one.question}{_BETWEEN}{one.answer}" for one in told(moment.words or ""))


def answers_in(remembered: Iterable[str]) -> tuple[Said, ...]:
    """The answers among what is remembered."""
    parts = (one.partition(_BETWEEN) for one in remembered)
    return tuple(Said(question, answer) for question, between, answer in parts if between)


def topics_in(remembered: Iterable[str]) -> tuple[str, ...]:
    """The topics among what is remembered."""
    return tuple(one for one in remembered if _BETWEEN not in one)


def facts(moment: Moment, remembered: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """The answers among what is remembered as a person reads them."""
    flow = moment.definitions.flows[FLOW]
    asked = ((flow.question(one.question), one.answer) for one in answers_in(remembered))
    return tuple((question.short, guide.words(question, answer)) for question, answer in asked if question is not None)
