"""Finds the line on which each key of a TOML text stands, so that an author's slip can be pointed at."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field

KeyPath = tuple[str | int, ...]
"""Keys and list positions from the top of the file, such as ("escalation", 1, "role")."""

# Multi-line strings may end in up to five quotes, of which the last three close them.
_STRING = re.compile(
    r'"""(?:\\.|[^\\])*?"""(?:"{0,2})' r"|'''.*?'''(?:'{0,2})" r'|"(?:\\.|[^"\\])*"' r"|'[^']*'",
    re.DOTALL,
)
_GAP = re.compile(r"(?:[ \t\n]|#[^\n]*)*")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_BARE_VALUE = re.compile(r"[^,\]}\n#]*")


def parse_error_line(error: tomllib.TOMLDecodeError, text: str) -> int:
    """The line a TOML parse error is about; the last line where it says only "at end of document"."""
    found = re.search(r"at line (\d+)", str(error))
    return int(found.group(1)) if found else max(1, len(text.splitlines()))


def key_lines(text: str) -> dict[KeyPath, int]:
    """Every key path of a text that `tomllib` accepts, with its line, counted from 1.

    For a text `tomllib` refuses the answer means nothing; look at `parse_error_line` instead.
    """
    scanner = _Scanner(text.replace("\r\n", "\n"))
    scanner.read()
    return scanner.found


def line_of(lines: Mapping[KeyPath, int], path: KeyPath) -> int:
    """The line of a path, else of the nearest thing around it; the first line for the whole file."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


@dataclass
class _Scanner:
    text: str
    at: int = 0
    found: dict[KeyPath, int] = field(default_factory=dict)
    _sizes: dict[KeyPath, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._newlines = [i for i, letter in enumerate(self.text) if letter == "\n"]

    def read(self) -> None:
        table: KeyPath = ()
        while self._skip_gap():
            if self._peek() == "[":
                table = self._header()
            else:
                self._pair(table)

    def _header(self) -> KeyPath:
        line, many = self._line(), self.text.startswith("[[", self.at)
        self.at += 2 if many else 1
        *before, last = self._key()
        self.at = self.text.index("]", self.at) + (2 if many else 1)
        path: KeyPath = ()
        for part in before:
            path = self._within((*path, part))
            self.found.setdefault(path, line)
        path = (*path, last)
        self.found.setdefault(path, line)
        if many:
            self._sizes[path] = self._sizes.get(path, 0) + 1
        path = self._within(path)
        self.found.setdefault(path, line)
        return path

    def _within(self, path: KeyPath) -> KeyPath:
        # A table named below an array of tables belongs to that array's latest entry.
        return (*path, self._sizes[path] - 1) if path in self._sizes else path

    def _pair(self, table: KeyPath) -> None:
        line, path = self._line(), table
        for part in self._key():
            path = (*path, part)
            self.found.setdefault(path, line)
        self.at = self.text.index("=", self.at) + 1
        self._value(path)

    def _key(self) -> list[str]:
        parts: list[str] = []
        while True:
            self._skip_gap()
            bare = _BARE_KEY.match(self.text, self.at)
            if bare:
                parts.append(bare.group())
                self.at = bare.end()
            else:
                parts.append(tomllib.loads(f"key = {self._string()}")["key"])
            self._skip_gap()
            if self._peek() != ".":
                return parts
            self.at += 1

    def _value(self, path: KeyPath) -> None:
        self._skip_gap()
        first = self._peek()
        if first == "[":
            self._array(path)
        elif first == "{":
            self._inline_table(path)
        elif first in ("'", '"'):
            self._string()
        else:
            self._take(_BARE_VALUE)

    def _array(self, path: KeyPath) -> None:
        self.at += 1
        position = 0
        while self._skip_gap() and self._peek() != "]":
            self.found.setdefault((*path, position), self._line())
            self._value((*path, position))
            position += 1
            self._skip_comma()
        self.at += 1

    def _inline_table(self, path: KeyPath) -> None:
        self.at += 1
        while self._skip_gap() and self._peek() != "}":
            self._pair(path)
            self._skip_comma()
        self.at += 1

    def _skip_comma(self) -> None:
        if self._skip_gap() and self._peek() == ",":
            self.at += 1

    def _skip_gap(self) -> bool:
        self._take(_GAP)
        return self.at < len(self.text)

    def _string(self) -> str:
        return self._take(_STRING)

    def _take(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self.text, self.at)
        if found is None:
            raise ValueError(f"line {self._line()} is not TOML")
        self.at = found.end()
        return found.group()

    def _peek(self) -> str:
        return self.text[self.at : self.at + 1]

    def _line(self) -> int:
        return bisect_left(self._newlines, self.at) + 1
