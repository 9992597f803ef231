"""A decision in words, for the documents and the chat alike: who does what, by when, with what standing, and why."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from bot.decisions.deadline_words import aim_for_words, due_words, headline, latest_words, waiting_words
from bot.decisions.decision_contacts import in_danger, recipient_words
from bot.record import Answered, Record
from dialogs.decision import Change, Duty
from dialogs.flow import Flow
from dialogs.table import Badge, Cite
from knowledge.area import Area
from knowledge.sources import cite, load_sources

BADGES: Mapping[Badge, str] = {
    "must": "Must (Act or regulations)",
    "should": "Should (statutory guidance)",
    "local": "Local (Panel guidance, good practice or the area)",
}
WHO: Mapping[str, str] = {
    "you": "You",
    "safeguarding lead": "Your safeguarding lead",
    "local authority": "The council",
    "other local authority": "The other council",
    "business unit": "The partnership's business unit",
    "safeguarding partners": "The safeguarding partners",
    "provider": "The provider",
}
# The person's own team, where the duty is theirs by their role.
_OWN: Mapping[tuple[str, str], str] = {
    ("partnership_unit", "business unit"): "You, the business unit",
    ("partner", "safeguarding partners"): "You, the safeguarding partners",
    ("la_children", "local authority"): "Your council",
    ("la_other", "local authority"): "Your council",
}
_PROTECTING = {"emergency", "children_social_care"}


@dataclass(frozen=True)
class Step:
    """One duty in words.

    `headline` is `does` cut to what fits a list of dates. `by` says by when, a line for each fact; `aim_for` and
    `latest` are empty where there is no clock, and `waiting` says what a clock without a date waits for. `standing`
    is both badges, saying whose each is. `local` is the area's own wording with its source. `sources` are numbers in
    a document's list of sources.
    """

    who: str
    does: str
    headline: str
    to: tuple[str, ...]
    by: tuple[str, ...]
    aim_for: str
    latest: str
    dated: bool
    waiting: str
    late: bool
    badge: str
    deadline_badge: str
    standing: tuple[str, ...]
    local: tuple[str, ...]
    cites: tuple[Cite, ...]
    sources: str = ""


def first_duty(record: Record, is_theirs: Callable[[Duty], bool]) -> Duty:
    """What a person does first: their first duty or, where this goes on from another decision, their first new one.

    Protecting a child comes before anything new.
    """
    duties = record.decision.duties
    theirs = [duty for duty in duties if is_theirs(duty)]
    usual = next(iter(theirs), duties[0])
    if usual.to[0] in _PROTECTING:
        return usual
    new = [duty for duty in theirs if duty.name in record.new_duties]
    return next((duty for duty in new if duty.add_on), next(iter(new), usual))


def answers_by_name(record: Record, flow: Flow) -> dict[str, Answered]:
    """The record's answers by the name of the question; those kept before questions were named, by their short name."""
    if record.by_name:
        return record.by_name
    by_short = {answered.short: answered for answered in record.answers}
    return {question.name: by_short[question.short] for question in flow.questions if question.short in by_short}


def step_words(duty: Duty, record: Record, area: Area, flow: Flow) -> Step:
    """A duty of a record in words, with the area's contacts."""
    answers = {name: answered.answer for name, answered in answers_by_name(record, flow).items()}
    recipients = flow.table.recipients
    unreal = area.invented and in_danger(record)
    names = replace(area, contacts=type(area.contacts)()) if unreal else area
    return Step(
        who=who_words(duty, answers.get("role", "")),
        does=duty.does,
        headline=headline(duty),
        to=tuple(recipient_words(key, names, recipients) for key in duty.to),
        by=tuple(due_words(duty, area, answers.get("la_aware", ""))),
        aim_for=aim_for_words(duty, area),
        latest=latest_words(duty),
        dated=duty.due is not None,
        waiting=waiting_words(duty, area, answers.get("la_aware", "")),
        late=duty.late,
        badge=badge_words(duty.badge),
        deadline_badge=badge_words(duty.deadline_badge),
        standing=standing_words(duty),
        local=overlay_words(duty.name, area),
        cites=duty.cites,
    )


def badge_words(badge: Badge) -> str:
    """What stands behind a duty or a deadline."""
    return BADGES[badge]


def standing_words(duty: Duty) -> tuple[str, ...]:
    """What stands behind a duty and behind its deadline, a line for each, or one for both where they are the same."""
    if duty.badge == duty.deadline_badge:
        return (f"Duty and deadline: {BADGES[duty.badge]}",)
    return (f"Duty: {BADGES[duty.badge]}", f"Deadline: {BADGES[duty.deadline_badge]}")


def who_words(duty: Duty, role: str = "") -> str:
    """Who does it; `role` is the id of the person's own role, where it was asked."""
    return _OWN.get((role, duty.who), WHO[duty.who])


def overlay_words(applies_to: str, area: Area) -> tuple[str, ...]:
    """The area's own wording beside an outcome's code or a duty's name, with where it is from."""
    return tuple(f"{one.text} (Local rule: {one.source})" for one in area.overlays_for(applies_to))


def change_words(change: Change, record: Record, flow: Flow) -> str:
    """What another answer would have led to, in a sentence; empty where that answer cannot be put in words.

    An answer the person gave is left out: what would change then is another of their answers, which overruled it.
    """
    question = flow.question(change.input)
    given = answers_by_name(record, flow).get(change.input)
    known = {option.id: option.label for option in question.options} if question else {}
    others = [known[one] for one in change.answers if one in known and (given is None or one != given.answer)]
    if question is None or not others:
        return ""
    return f"If the answer to “{question.short}” were {_either(others)}: {change.title}."


def _either(labels: list[str]) -> str:
    quoted = [f"“{label}”" for label in labels]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"


def changes_words(record: Record, flow: Flow) -> tuple[str, ...]:
    """Everything that would change the outcome, one sentence each."""
    return tuple(words for words in (change_words(one, record, flow) for one in record.changes) if words)


def deciding_words(record: Record, flow: Flow) -> tuple[tuple[str, str], ...]:
    """The answers the outcome rests on, each with what it is about and the answer."""
    answers = answers_by_name(record, flow)
    found = []
    for name, value in record.decision.decided_by:
        answered, question = answers.get(name), flow.question(name)
        if answered is None or question is None:
            continue
        overruled = isinstance(value, str) and value != answered.answer
        words = f"{answered.words} (treated as “{question.label(str(value))}”)" if overruled else answered.words
        found.append((answered.short, words))
    return tuple(found)


def would_be_words(record: Record, flow: Flow) -> str:
    """What the answers would lead to had no notification been sent; empty where none stands in the way."""
    if record.decision.would_be is None:
        return ""
    answers = {name: answered.answer for name, answered in answers_by_name(record, flow).items()}
    title = flow.table.first_row(flow.facts(answers)).title
    return f"If the Panel had not been told, your answers would lead to: {title}."


def source_words(cited: Cite) -> str:
    """A source with the place in it, its edition and the day it was checked."""
    source = load_sources()[cited.source]
    edition = f". Edition: {source.edition}" if source.edition else ""
    return f"{cite(cited.source, cited.place)}{edition}"
