"""Invented records to try a template on before anybody needs it: one with little in it and one with everything."""

from __future__ import annotations

from datetime import UTC, date, datetime

from bot.record import Answered, Difference, Record
from dialogs.decision import Dates, Local
from dialogs.flow import Flow, Question
from dialogs.walk import Said, walk
from dialogs.what_changes import what_would_change

_DAY = date(2026, 11, 23)


def sample_records(flow: Flow) -> tuple[Record, Record]:
    """Two practice records of a flow: the usual answers; and with dates, every box ticked and a version before it."""
    return _sample(flow, full=False), _sample(flow, full=True)


def _sample(flow: Flow, *, full: bool) -> Record:
    said: tuple[Said, ...] = ()
    while (question := walk(flow, said).next) is not None:
        said = (*said, Said(question.name, _answer(question) if full else question.likely))
    place = walk(flow, said)
    dates = Dates(_DAY, _DAY if full else None)
    return Record(
        reference="P-SAMPLE",
        version=2 if full else 1,
        practice=True,
        flow=flow.name,
        flow_title=flow.title,
        flow_version=flow.version,
        area="",
        confirmed_at=datetime(2026, 11, 23, 12, tzinfo=UTC),
        role="not asked",
        answers=tuple(Answered(one.text, one.short, one.label(answer), answer) for one, answer in place.answers),
        decision=flow.decide(place.by_name, dates, Local()),
        changes=what_would_change(flow, said),
        differences=(Difference("Outcome", "Before", "Now"),) if full else (),
    )


def _answer(question: Question) -> str:
    if question.kind == "date":
        return _DAY.isoformat()
    return ",".join(option.id for option in question.options) if question.kind == "many" else question.likely
