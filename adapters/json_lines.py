"""For other programs: one JSON object a line in, one line out, flushed before the next is read."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any, BinaryIO, TextIO

from bot.clock import london_date
from dialogs.days import EARLIEST, LATEST_START

MOST_SHOWN = 40
"""Characters of what was given that are shown back."""


class BadLine(Exception):
    """A line that cannot be used; the message says what is wrong with it."""


def serve_lines(lines: BinaryIO, out: TextIO, answer: Callable[[Mapping[str, Any]], object]) -> None:
    """Answers each line; a bad one gives {"error": text} and the next goes on."""
    for line in lines:
        try:
            result = answer(_object(line))
        except BadLine as bad:
            result = {"error": str(bad)}
        # In plain ASCII, which every terminal and locale can write.
        out.write(json.dumps(result) + "\n")
        out.flush()


def only_keys(given: Mapping[str, Any], known: Iterable[str]) -> None:
    """Raises BadLine where a key is not known."""
    unknown = sorted(set(given) - set(known))
    if unknown:
        raise BadLine(f"unknown key '{unknown[0][:MOST_SHOWN]}'")


def read_day(given: Mapping[str, Any], name: str) -> date | None:
    """An ISO date, or a date-time at any offset (none is London's), as London's date; None where it is null or absent.

    Raises BadLine where it is anything else, or outside 2018 to 2099.
    """
    value = given.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise BadLine(f"{name}: must be an ISO date or date-time, or null")
    day = _day(value, name)
    if not EARLIEST <= day <= LATEST_START:
        raise BadLine(f"{name}: must be from {EARLIEST.year} to {LATEST_START.year}")
    return day


def _day(value: str, name: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        pass
    try:
        moment = datetime.fromisoformat(value)
        # A moment at the edge of the calendar cannot be moved to another time zone.
        return london_date(moment) if moment.tzinfo is None else london_date(moment.astimezone(UTC))
    except (ValueError, OverflowError):
        raise BadLine(f"{name}: '{value[:MOST_SHOWN]}' is not an ISO date or date-time") from None


def _object(line: bytes) -> Mapping[str, Any]:
    try:
        # Programs on Windows often begin with a byte order mark.
        given = json.loads(line.decode("utf-8-sig"), object_pairs_hook=_once)
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise BadLine(f"not a line of JSON: {error}") from None
    if not isinstance(given, dict):
        raise BadLine("each line must be one JSON object")
    return given


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise BadLine(f"key '{name[:MOST_SHOWN]}' is given twice")
        found[name] = value
    return found
