"""The words of a reply's blocks, as every platform shows them that shows running words and no cards of its own."""

from __future__ import annotations

from collections.abc import Iterator

from adapters.styled_words import Line, clean, joined, link, said, stripped, strong, words
from bot.messages import Anchor, Bold, Bullets, Card, Choices, Form, Text


def of_text(block: Text) -> Line:
    """Running words; what is said in an emergency is said strongly."""
    parts: list[Line] = [()]
    for run in block.runs:
        if isinstance(run, Bullets):
            items = (words(one) if isinstance(one, str) else link(one.label, one.url) for one in run.items)
            parts += [joined((words("• ") + one for one in items), "\n"), ()]
        elif isinstance(run, Anchor):
            parts[-1] += link(run.label, run.url)
        elif isinstance(run, Bold):
            parts[-1] += strong(run.text)
        else:
            parts[-1] += words(run)
    whole = joined((stripped(one) for one in parts), "\n")
    return strong(said(whole)) if block.tone == "emergency" and not any(one.is_styled for one in whole) else whole


def of_card(card: Card) -> Iterator[Line]:
    """A card's facts and links, each a line; its title is not among them."""
    for label, value in card.facts:
        yield strong(f"{clean(label)}: ") + words(value)
    for one in card.links:
        yield link(one.label, one.url)


def of_choices(block: Choices, tick: str, *, numbered: bool) -> Line:
    """What is asked; with `numbered`, also the options. `tick` is said where several can be chosen."""
    lines = [strong(block.text), words(block.help), words(tick if block.many else "")]
    for number, option in enumerate(block.options if numbered else (), 1):
        lines.append(words(f"{number}. {option.label}{f' ({option.hint})' if option.hint else ''}"))
    return joined(lines, "\n")


def of_form(form: Form) -> Line:
    """What a form asks for."""
    lines = [strong(form.title)]
    for field in form.fields:
        lines += [words(field.label if len(form.fields) > 1 else ""), words(field.help)]
    return joined(lines, "\n")
