"""Everything an area has, opened, as JSON lines that any program can read: what a partnership takes when it leaves."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from bot.cases.clock_words import standing
from bot.casework import casework
from bot.casework.casework import Desk
from bot.record import from_json, to_json
from bot.reply_text import from_text
from bot.storage import Forgotten, cases, conversations, decisions, exporting, outbox, people, timeline
from bot.storage.cases import Stored
from bot.storage.families import PEOPLE

README = """Everything this bot kept for {area}, made {at}.

people.jsonl         who there is: name, accounts, roles, absence, and what was done about them
cases.jsonl          every case: its events, its decisions, its deadlines as they stood, the nudges it owed
conversations.jsonl  every conversation: what was understood, what the bot said, and decisions
questions.jsonl      every question: where it led and whether that helped. Of one that was not answered well also its
                     words, the unknown ones masked, and whether whoever asked is to be told of an answer

Each line is one JSON object. Times are UTC; dates are London's. What has been erased is not here. A notification sent
to the Panel, and the partnership's own records, were never here.
"""


def files(desk: Desk) -> Iterator[tuple[str, Iterator[str]]]:
    """Each file's name with its lines."""
    yield "README.txt", iter([README.format(area=desk.definitions.area.name, at=desk.at.isoformat())])
    yield "people.jsonl", map(_line, _people(desk))
    yield "cases.jsonl", map(_line, _cases(desk))
    yield "conversations.jsonl", map(_line, _conversations(desk))
    yield "questions.jsonl", map(_line, exporting.questions_of(desk.connection, desk.keys))


def ids(desk: Desk) -> list[str]:
    """The ids of the cases that an export shows."""
    return [one.id for one in _every(desk)]


def look(desk: Desk, case_ids: Sequence[str]) -> None:
    """Put on the record of some cases that they were looked at, by nobody who is known here: the command line."""
    for case_id in case_ids:
        if cases.load(desk.connection, case_id) is not None:  # else it was erased a moment ago
            cases.append(desk.connection, desk.keys, case_id, desk.at, cases.READ, "{}")


def _people(desk: Desk) -> Iterator[dict[str, Any]]:
    for one in people.read_all(desk.connection, desk.keys):
        entries = timeline.read(desk.connection, desk.keys, one.id, family=PEOPLE)
        yield {
            "id": one.id,
            "name": one.name,
            "accounts": [{"channel": each.channel, "address": each.address} for each in one.accounts],
            "roles": sorted(f"{each.area} {each.role}" for each in one.roles),
            "away": [list(days) for days in one.absences],
            "timeline": [{"at": each.at, "what": each.kind, "about": each.body} for each in entries],
        }


def _cases(desk: Desk) -> Iterator[dict[str, Any]]:
    for stored in _every(desk):
        case = casework.read(desk, stored)
        entries = cases.events(desk.connection, desk.keys, stored.id, with_reads=True)
        bodies = cases.decisions(desk.connection, desk.keys, stored.id)
        yield {
            "reference": stored.ref,
            "status": stored.status,
            "owner": stored.owner_id,
            "opened_by": stored.opened_by,
            "legal_hold": stored.held,
            "timeline": [{"seq": one.seq, "at": one.at, "what": one.kind, "said": _said(one.body)} for one in entries],
            "decisions": [json.loads(to_json(from_json(body))) for body in bodies],
            "clocks": [
                {
                    "clock": one.id,
                    "what": one.title,
                    "from": one.started_on,
                    "latest": one.latest,
                    "stands": standing(one),
                }
                for one in casework.clocks(desk, case)
            ],
            "nudges": exporting.nudges_of(desk.connection, stored.id),
        }


def _every(desk: Desk) -> list[Stored]:
    found = cases.listed(desk.connection, desk.area, statuses=("open", "recorded", "closed"))
    area = cases.find(desk.connection, desk.area, cases.AREA_REF)
    return [*found, *([area] if area else [])]


def _conversations(desk: Desk) -> Iterator[dict[str, Any]]:
    for conversation in exporting.conversations(desk.connection):
        try:
            entries = timeline.read(desk.connection, desk.keys, conversation)
            said = outbox.read(desk.connection, desk.keys, conversation)
            kept = [
                one
                for practice in (False, True)
                for one in decisions.read(desk.connection, desk.keys, conversation, practice=practice)
            ]
        except Forgotten:
            continue
        yield {
            "id": conversation,
            "reached_at": [list(one) for one in conversations.addresses_of(desk.connection, conversation)],
            "timeline": [{"seq": one.seq, "at": one.at, "what": one.kind, "understood": one.body} for one in entries],
            "said": [{"at": one.created_at, "status": one.status, "reply": _reply(one.body)} for one in said],
            "decisions": [json.loads(one.body) for one in kept],
        }


def _said(body: str) -> object:
    return json.loads(body) if body.startswith("{") else body


def _reply(body: str) -> object:
    from_text(body)  # what is not a reply is a fault, and not to be handed over as one
    return json.loads(body)


def _line(values: dict[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False, default=_plain) + "\n"


def _plain(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} cannot be exported")
