"""The plain form of an e-mail, complete in itself. Lines are not cut: a mail reader fits them to its own screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from adapters.mail.parts import Facts, Heading, Items, Line, Paragraph, Part, Words


def plain(parts: Sequence[Part]) -> str:
    """The parts as text, an empty line between them; facts and lists follow what they belong to at once."""
    lines: list[str] = []
    for number, part in enumerate(parts):
        follows = number and isinstance(part, (Facts, Items))
        if lines and not follows:
            lines.append("")
        lines += _lines(part)
    return "\n".join(lines) + "\n"


def _lines(part: Part) -> Iterator[str]:
    if isinstance(part, Heading):
        yield part.text
    elif isinstance(part, Paragraph):
        yield from (_line(line) for line in part.lines)
    elif isinstance(part, Items):
        yield from (f"- {_alone(words)}" for words in part.items)
    else:
        assert isinstance(part, Facts)
        yield from (f"{label}: {value}" for label, value in part.pairs)


def _line(line: Line) -> str:
    if len(line) == 1:
        return _alone(line[0])
    return "".join(words.text if _is_itself(words) else f"{words.text} ({words.url})" for words in line)


def _alone(words: Words) -> str:
    return words.text if _is_itself(words) else f"{words.text}: {words.url}"


def _is_itself(words: Words) -> bool:
    return words.url in {"", words.text}
