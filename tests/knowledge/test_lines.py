"""Every key of a TOML text is found on the line where it stands."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.lines import KeyPath, key_lines, line_of, parse_error_line

TEXT = '''\
# a comment with [brackets] and x = 1
title = "a # b"   # note
notes = """
[not.a.table]
also = "not a key"
"""
raw = \'\'\'
x = 1\'\'\'
"quoted key" = 1
fruit.apple.colour = "red"
fruit.apple.taste.sweet = true

[server]
ports = [ 8000,
  8001, # [9]
  8002 ]
when = 1979-05-27 07:32:00
limits = { low = 1, deep = { high = "}" } }

[[steps]]
role = "a"
[steps.who]
name = "b"

[[steps]]
role = "c"
[[steps.parts]]
n = 1
[[steps.parts]]
n = 2
[ a . "b.c" ]
d = 3'''

WHERE: list[tuple[KeyPath, int]] = [
    (("title",), 2),
    (("notes",), 3),
    (("raw",), 7),
    (("quoted key",), 9),
    (("fruit",), 10),
    (("fruit", "apple"), 10),
    (("fruit", "apple", "colour"), 10),
    (("fruit", "apple", "taste", "sweet"), 11),
    (("server",), 13),
    (("server", "ports"), 14),
    (("server", "ports", 0), 14),
    (("server", "ports", 1), 15),
    (("server", "ports", 2), 16),
    (("server", "when"), 17),
    (("server", "limits", "low"), 18),
    (("server", "limits", "deep", "high"), 18),
    (("steps",), 20),
    (("steps", 0), 20),
    (("steps", 0, "role"), 21),
    (("steps", 0, "who", "name"), 23),
    (("steps", 1), 25),
    (("steps", 1, "role"), 26),
    (("steps", 1, "parts", 0, "n"), 28),
    (("steps", 1, "parts", 1, "n"), 30),
    (("a", "b.c"), 31),
    (("a", "b.c", "d"), 32),
]


@pytest.mark.parametrize(("path", "line"), WHERE, ids=str)
def test_each_kind_of_key_is_found_on_its_line(path, line):
    assert key_lines(TEXT)[path] == line
    assert key_lines(TEXT.replace("\n", "\r\n"))[path] == line


def test_nothing_in_a_string_or_a_comment_is_taken_for_a_key():
    assert set(paths(tomllib.loads(TEXT))) == set(key_lines(TEXT))


def test_a_path_that_is_not_there_gives_the_nearest_thing_around_it():
    lines = key_lines(TEXT)
    assert line_of(lines, ("steps", 1, "missing")) == 25
    assert line_of(lines, ("missing",)) == 1


def test_a_parse_error_has_a_line():
    for text, line in [("a = 1\nb = \n", 2), ("a = 1\nb = [1,\n", 2), ("a = 1\na = 2", 2)]:
        with pytest.raises(tomllib.TOMLDecodeError) as caught:
            tomllib.loads(text)
        assert parse_error_line(caught.value, text) == line


def paths(value: Any, path: KeyPath = ()) -> Iterator[KeyPath]:
    if path:
        yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in inner:
        yield from paths(item, (*path, key))


AWKWARD = "ab1-_.\"'\\#[]{}=, \t\n\x7fé\U0001f600"
NAMES = st.one_of(st.sampled_from(["a", "b", "c-d"]), st.text(AWKWARD, max_size=5))
VALUES = st.recursive(
    st.one_of(st.integers(-9, 9), st.booleans(), st.text(AWKWARD, max_size=9)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(NAMES, inner, max_size=3)),
    max_leaves=8,
)


def quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def written(value: Any) -> str:
    """A value as TOML, over several lines where TOML allows."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{quoted(key)} = {written(item)}" for key, item in value.items()) + " }"
    if isinstance(value, list):
        return "[\n# ] one\n" + ",\n".join(written(item) for item in value) + "\n]"
    return quoted_text(value) if isinstance(value, str) else str(value).lower()


def quoted_text(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\x7f", "\\u007f")
    return f'"""\n{escaped}"""'


@given(st.dictionaries(NAMES, VALUES, max_size=4), st.lists(st.dictionaries(NAMES, VALUES, max_size=3), max_size=3))
def test_every_path_of_any_document_is_found_and_no_other(tables, steps):
    body = "".join(f"{quoted(key)} = {written(value)}\n" for key, value in tables.items() if key != "steps")
    body += "".join(
        "[[steps]]\n" + "".join(f"{quoted(key)} = {written(value)}\n" for key, value in step.items()) for step in steps
    )
    lines = key_lines(body)
    assert set(lines) == set(paths(tomllib.loads(body)))
    text = body.split("\n")
    for path, line in lines.items():
        if isinstance(path[-1], str):
            assert quoted(path[-1]) in text[line - 1] or path == ("steps",)
