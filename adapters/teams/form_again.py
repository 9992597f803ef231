"""The card of a form that is not taken yet, with what was written still in it and why on it; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from adapters.teams.controls import TokenOf
from adapters.teams.render import LARGEST, Shown, render, running_words, size_of
from adapters.teams.said import Element
from bot.messages import Filled, Form, Reply, Text

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def form_again(reply: Reply, filled: Filled, why: Sequence[Text], token_of: TokenOf) -> Element:
    """The card of a reply that asks for what was filled in, to be shown to nobody but whoever did that."""
    form = next(one for one in reply.blocks if isinstance(one, Form) and one.id == filled.form)
    card: Element = {}
    for some in _ever_less(reply, form, dict(filled.values)):
        card = _card(*some, form, why, token_of)
        if size_of(card) <= LARGEST:
            break
    return card


def _ever_less(reply: Reply, form: Form, given: Mapping[str, str]) -> Iterator[tuple[Reply, Mapping[str, str]]]:
    """What to show if there is room: everything; the form with what was written; the form."""
    alone = replace(reply, blocks=(form,), shortcuts=())
    yield reply, given
    yield alone, given
    yield alone, {}


def _card(reply: Reply, given: Mapping[str, str], form: Form, why: Sequence[Text], token_of: TokenOf) -> Element:
    fields = {field.id for field in form.fields}
    cards = [one.card for one in render(reply, token_of) if isinstance(one, Shown)]
    card = next(one for one in cards if _places(one, fields))
    body = [_filled(one, given) if one.get("id") in fields else one for one in card["body"]]
    first = _places(card, fields)[0]
    # Which of several fields it is about is not known: it stands before the first.
    told = [element for one in why for element in running_words(replace(one, tone="problem"))]
    return {**card, "body": [*body[:first], *told, *body[first:]]}


def _places(card: Element, fields: set[str]) -> list[int]:
    return [at for at, one in enumerate(card["body"]) if one.get("id") in fields]


def _filled(field: Element, given: Mapping[str, str]) -> Element:
    value = given.get(field["id"], "")
    fits = field["type"] != "Input.Date" or _DAY.fullmatch(value)
    return {**field, "value": value} if value and fits else field
