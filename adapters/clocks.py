"""`bot clocks`: the clock table for its policy owner, and why any date is what it is, with every reminder."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import click

from bot.cases.clock_words import explain, row_words
from bot.cases.clocks import started
from bot.cases.nudge_words import POSTS
from bot.cases.stages import Timed, timed
from bot.cases.working_time import WorkingTime
from bot.clock import LONDON
from bot.definitions import Definitions
from dialogs.date_words import spoken


def table(definitions: Definitions) -> Iterator[str]:
    """Every clock as this area has it."""
    plan = definitions.plan
    yield f"Clocks of {definitions.area.name}, version {plan.version}"
    yield f"Reminders go out from {plan.opens:%H:%M} to {plan.closes:%H:%M} on working days."
    yield f"The rapid review is counted from: {plan.rapid_review_start}."
    yield f"The first day counts: {'yes' if plan.count_first_day else 'no'}."
    for rule in plan.rules:
        yield ""
        yield from row_words(rule)


def worked_out(definitions: Definitions, name: str, start: date) -> Iterator[str]:
    """The working of one clock started on a day, and its reminders. Raises click.ClickException."""
    plan = definitions.plan
    rule = plan.by_name.get(name)
    if rule is None:
        raise click.ClickException(f"no clock is called {name}; there are: {', '.join(plan.by_name)}")
    calendar = definitions.local.calendar
    try:
        clock = started(rule, plan, calendar, start)
    except ValueError as fault:
        raise click.ClickException(str(fault)) from None
    yield f"{rule.title[:1].upper()}{rule.title[1:]}."
    yield from explain(clock, definitions.area.closure_days)
    yield ""
    yield "Reminders until it is done:"
    hours = WorkingTime(calendar, plan.opens, plan.closes)
    told = [(one, rule.to) for one in timed(clock, rule.nudges, hours)]
    told += [(one, tell.to) for tell in rule.tell for one in timed(clock, (tell.when,), hours)]
    yield from (_reminder(one, to) for one, to in sorted(told, key=lambda each: each[0].at))
    if not rule.keeps:
        yield "If it passes: every working morning to the same, and to others as `bot clocks` says."


def _reminder(one: Timed, to: str) -> str:
    here = one.at.astimezone(LONDON)
    return f"  {spoken(here.date())} {here:%H:%M}  {POSTS.get(to, f'the {to}')} ({one.stage})"
