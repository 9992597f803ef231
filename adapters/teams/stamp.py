"""A card whose buttons have been used: what it said, and what became of it where they stood; pure."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from adapters.stamps import stamp
from adapters.styled_words import clean
from adapters.teams.controls import TokenOf
from adapters.teams.parse import PRESSED
from adapters.teams.render import bodies, card_of
from adapters.teams.said import Element, paragraphs, run
from bot.messages import Reply, Said
from bot.used_buttons import Part


def stamped(reply: Reply, token_of: TokenOf, said: Said, became: Sequence[str]) -> Element:
    """The card of a reply that bears the button that says this, without anything to press, with what became of it."""
    kept = [one for one in _body(reply, token_of, said) if not _is_used(one)]
    return card_of([*kept, *(element for one in became for element in _line(one))])


def stamped_apart(reply: Reply, token_of: TokenOf, said: Said, parts: Sequence[Part]) -> Element:
    """The same of a reply with several parts: of each whose buttons were used, what became of it; the rest as it is."""
    return card_of(list(_as_used(_body(reply, token_of, said), parts)))


def _body(reply: Reply, token_of: TokenOf, said: Said) -> list[Element]:
    """What stands in the card that bears a button, as it was sent."""
    found = bodies(reply, token_of)
    if len(found) == 1:
        return found[0]
    token = token_of(said)
    return next((one for one in found if token in json.dumps(one)), found[-1] if found else [])


def _is_used(element: Element) -> bool:
    """Whether it is there to be used; what leads to an address stays."""
    actions = element.get("actions") or ()
    return element["type"].startswith("Input.") or any(one["type"] == "Action.Execute" for one in actions)


def _as_used(body: Sequence[Element], parts: Sequence[Part]) -> Iterator[Element]:
    shown: set[int] = set()
    for element in body:
        pressed = {one.get("data", {}).get(PRESSED) for one in element.get("actions") or ()}
        about = [number for number, one in enumerate(parts) if one.uses and pressed & one.tokens]
        if not about:
            yield element
        for number in about:
            if number not in shown:
                shown.add(number)
                for use in parts[number].uses:
                    yield from _line(stamp(use.took, use.label), is_apart=False)


def _line(became: str, *, is_apart: bool = True) -> Iterator[Element]:
    more = {"separator": True} if is_apart else {"spacing": "Small"}
    yield from paragraphs([run(clean(became), strong=True)], **more)
