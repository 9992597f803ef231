"""Everything a decision document says, as plain values in the order it is said: one source for every format."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.clock import LONDON
from bot.decisions import decision_dates
from bot.decisions.decision_contacts import Reach, contacts_of, notes_of
from bot.decisions.decision_form import Section, form_sections, left_blank, not_to_do, to_record
from bot.decisions.decision_words import (
    Step,
    answers_by_name,
    changes_words,
    deciding_words,
    first_duty,
    overlay_words,
    source_words,
    step_words,
    would_be_words,
)
from bot.record import Difference, Record
from dialogs.date_words import spoken
from dialogs.flow import Flow
from dialogs.table import Cite
from knowledge.area import Area
from knowledge.sources import load_sources

SENDS_NOTHING = (
    "This record tells nobody. Nothing has been sent to the Panel, the council or any agency. "
    "Anyone who must know: phone them now."
)
GUIDANCE = "This is guidance. It decides nothing for the people whose duty it is."
NO_NAMES = "It holds nothing that identifies a child. Names belong in the partnership's own form and your case system."


@dataclass(frozen=True)
class Also:
    """Something that applies beside the outcome, with its own steps; `steps` may be empty."""

    title: str
    because: str
    sources: str
    local: tuple[str, ...]
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Answer:
    """One answer, and whether the outcome rests on it."""

    question: str
    words: str
    decided: bool


@dataclass(frozen=True)
class Reference:
    """A numbered source; `where` is its address, if it has one."""

    number: int
    words: str
    where: str


@dataclass(frozen=True)
class Sheet:
    """The whole document. Every field is given to a template under its own name; all are in words."""

    title: str
    heading: str
    warnings: tuple[str, ...]
    reference: str
    version: int
    area: str
    today: str
    stamp: str
    notices: tuple[str, ...]
    because: str
    because_sources: str
    would_be: str
    local: tuple[str, ...]
    next: Step
    dated: tuple[decision_dates.Deadline, ...]
    undated: tuple[Step, ...]
    dates_notes: tuple[str, ...]
    steps: tuple[Step, ...]
    also: tuple[Also, ...]
    other_processes: tuple[str, ...]
    contacts: tuple[Reach, ...]
    contact_notes: tuple[str, ...]
    workings: tuple[decision_dates.Working, ...]
    answers: tuple[Answer, ...]
    changes: tuple[str, ...]
    have_ready: tuple[str, ...]
    to_record: tuple[str, ...]
    not_to_do: tuple[str, ...]
    form_note: str
    form: tuple[Section, ...]
    left_blank: tuple[str, ...]
    compared: str
    differences: tuple[Difference, ...]
    references: tuple[Reference, ...]
    about: tuple[tuple[str, str], ...]


def sheet_of(record: Record, area: Area, flow: Flow) -> Sheet:
    """What the documents of a record say. `flow` gives the words for answers and recipients."""
    flow = flow.named({"local_authority": area.local_authority or "our council"})
    decision = record.decision
    sources = _numbered(record)
    main, also = _steps(record, area, flow, sources)
    every = (*main, *(step for one in also for step in one.steps))
    form = form_sections(record, answers_by_name(record, flow))
    return Sheet(
        title=f"{'PRACTICE: ' if record.practice else ''}Decision record {record.reference}: {decision.title}",
        heading=decision.title,
        warnings=_warnings(record, area),
        reference=record.reference,
        version=record.version,
        area=area.name,
        today=spoken(decision.dates.today),
        stamp=_stamp(record, area),
        notices=(SENDS_NOTHING, f"{GUIDANCE} {NO_NAMES}"),
        because=decision.because,
        because_sources=_numbers(decision.cites, sources),
        would_be=would_be_words(record, flow),
        local=overlay_words(decision.outcome, area),
        next=_next(record, main, also),
        dated=decision_dates.deadlines(record, every),
        undated=tuple(step for step in every if step.aim_for and not step.dated),
        dates_notes=decision_dates.notes(record, area),
        steps=main,
        also=also,
        other_processes=decision.other_processes,
        contacts=contacts_of(record, area),
        contact_notes=notes_of(record, area),
        workings=decision_dates.workings(record, area),
        answers=_answers(record, flow),
        changes=changes_words(record, flow),
        have_ready=decision.have_ready,
        to_record=to_record(record),
        not_to_do=not_to_do(record),
        form_note=_form_note(area),
        form=form,
        left_blank=left_blank(form),
        compared=record.compared,
        differences=record.differences,
        references=_references(sources),
        about=_about(record, area),
    )


def moment_words(moment: datetime) -> str:
    """A moment in London, such as "Mon 23 Nov 2026 at 2:15pm"."""
    here = moment.astimezone(LONDON)
    return f"{spoken(here.date())} at {here.hour % 12 or 12}:{here.minute:02}{'am' if here.hour < 12 else 'pm'}"


def _stamp(record: Record, area: Area) -> str:
    return (
        f"{record.reference}, version {record.version}. Confirmed {moment_words(record.confirmed_at)}, London time. "
        f"Role: {record.role}. Area: {area.name}. Rules: {record.decision.rules_version}."
    )


def _warnings(record: Record, area: Area) -> tuple[str, ...]:
    found = []
    if record.practice:
        found.append("PRACTICE: invented incident. Do not file this and do not act on it.")
    if area.invented:
        found.append(f"{area.name} is an invented area. Its phone numbers and addresses reach nobody.")
    return tuple(found)


def _numbered(record: Record) -> dict[Cite, int]:
    decision = record.decision
    every = [*decision.cites, *(c for duty in decision.duties for c in duty.cites)]
    every += [c for add_on in decision.add_ons for c in add_on.cites]
    return {cited: number for number, cited in enumerate(dict.fromkeys(every), 1)}


def _numbers(cites: Iterable[Cite], sources: dict[Cite, int]) -> str:
    return ", ".join(str(number) for number in sorted({sources[cited] for cited in cites}))


def _steps(
    record: Record, area: Area, flow: Flow, sources: dict[Cite, int]
) -> tuple[tuple[Step, ...], tuple[Also, ...]]:
    def words(add_on: str) -> tuple[Step, ...]:
        duties = (duty for duty in record.decision.duties if duty.add_on == add_on)
        steps = (step_words(duty, record, area, flow) for duty in duties)
        return tuple(replace(step, sources=_numbers(step.cites, sources)) for step in steps)

    also = tuple(
        Also(one.title, one.because, _numbers(one.cites, sources), overlay_words(one.code, area), words(one.code))
        for one in record.decision.add_ons
    )
    return words(""), also


def _next(record: Record, main: tuple[Step, ...], also: tuple[Also, ...]) -> Step:
    """The step to take first, whoever takes it."""
    first = first_duty(record, lambda _: True)
    steps = [*main, *(step for one in also for step in one.steps)]
    return next(step for step in steps if step.does == first.does and step.cites == first.cites)


def _answers(record: Record, flow: Flow) -> tuple[Answer, ...]:
    agreed = {question.short for question in flow.questions if question.kind == "ready"}
    deciding = dict(deciding_words(record, flow))
    return tuple(
        Answer(one.short, deciding.get(one.short, one.words), one.short in deciding)
        for one in record.answers
        if one.short not in agreed
    )


def _form_note(area: Area) -> str:
    lead = {True: "A safeguarding lead must agree first.", False: "No lead has to agree first.", None: ""}
    return (
        "Fill these in on the partnership's own form, never here and never in chat. "
        f"The form: {area.referral_form or 'not set'}. {lead[area.lead_signoff]}"
    ).strip()


def _references(sources: dict[Cite, int]) -> tuple[Reference, ...]:
    known = load_sources()
    return tuple(
        Reference(number, source_words(cited), known[cited.source].where or "") for cited, number in sources.items()
    )


def _about(record: Record, area: Area) -> tuple[tuple[str, str], ...]:
    checked = spoken(area.last_checked) if area.last_checked else "not set"
    return (
        ("Reference", record.reference),
        ("Version", str(record.version)),
        *((("Goes on from", record.follows),) if record.follows else ()),
        *((("Case", record.case),) if record.case else ()),
        ("Confirmed", f"{moment_words(record.confirmed_at)}, London time"),
        ("Role of the person who confirmed", record.role),
        ("“Today” means", spoken(record.decision.dates.today)),
        ("Dialog", f"{record.flow_title} (version {record.flow_version})"),
        ("Rules", f"version {record.decision.rules_version}"),
        ("Area", f"{area.name}{' (invented)' if area.invented else ''}"),
        ("Council", area.local_authority or "not set"),
        ("Partnership", area.partnership or "not set"),
        ("Area's details last checked", f"{checked}, version {area.content_version or 'not set'}"),
        ("Practice", "yes: an invented incident" if record.practice else "no"),
    )
