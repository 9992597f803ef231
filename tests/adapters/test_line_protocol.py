"""`bot decide --json` and `bot days --json` as another program meets them: a line in, a line out, whatever comes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

BOT = Path(sys.executable).with_name("bot")
ANSWERS: dict[str, Any] = {
    "role": "la_children",
    "danger_now": "no",
    "age_at_event": "under_18",
    "effect": "serious",
    "maltreatment": "suspected",
    "place": "our_area",
    "residence": "our_area",
    "care": "none_or_previously_known",
    "when": "recent",
    "referral_made": "yes",
    "la_aware": "yes",
    "aware_on": "2026-12-18",
    "sin_sent": "no",
    "notified_on": None,
    "flags": [],
}
DAYS: dict[str, Any] = {"start": "2026-12-18", "working_days": 5}
DEEP = b'{"role": ' + b"[" * 200_000 + b"]" * 200_000 + b"}"


class Lines:
    """A running program; `ask` writes one line and reads one, and keeps its input open."""

    def __init__(self, *arguments: str) -> None:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("BOT_")}
        environment |= {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
        self._process = subprocess.Popen(
            [BOT, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, cwd="/"
        )

    def ask(self, line: object) -> Any:
        written = line if isinstance(line, bytes) else json.dumps(line).encode()
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(written + b"\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def close(self) -> int:
        self._process.communicate()
        return self._process.returncode


def _running(*arguments: str) -> Iterator[Lines]:
    lines = Lines(*arguments)
    yield lines
    assert lines.close() == 0


@pytest.fixture(scope="module")
def decide() -> Iterator[Lines]:
    yield from _running("decide", "--json")


@pytest.fixture(scope="module")
def days() -> Iterator[Lines]:
    yield from _running("days", "--json")


NOT_AN_OBJECT = {
    "empty": b"",
    "blank": b"   ",
    "words": b"hello",
    "half an object": b'{"role": ',
    "two objects": b"{} {}",
    "not UTF-8": b'{"role": "\xff\xfe"}',
    "UTF-16": '{"role": "police"}'.encode("utf-16-le").replace(b"\n", b""),
    "an array": b"[]",
    "a string": b'"role"',
    "a number": b"1",
    "null": b"null",
    "NaN": b"NaN",
    "a key twice": b'{"role": "police", "role": "police"}',
    "a key twice inside": b'{"role": {"a": 1, "a": 2}}',
    "nested deep": DEEP,
    "ten megabytes": b'{"role": "' + b"x" * 10_000_000 + b'"}',
    "ten megabytes of key": b'{"' + b"x" * 10_000_000 + b'": 1}',
    "a number too long to read": b'{"working_days": ' + b"9" * 10_000 + b"}",
    "a key that is half a character": b'{"\\ud800": 1}',
    "a byte order mark": b"\xef\xbb\xbf{}",
    "nul": b"\x00",
}


@pytest.mark.parametrize("name", NOT_AN_OBJECT)
def test_a_bad_line_is_answered_and_the_next_still_works(decide, days, name):
    for lines, good in ((decide, ANSWERS), (days, DAYS)):
        reply = lines.ask(NOT_AN_OBJECT[name])
        assert list(reply) == ["error"]
        assert 0 < len(reply["error"]) < 500
        assert "error" not in lines.ask(good)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        *(({key: "nothing of ours"}, key) for key in ANSWERS if key not in {"aware_on", "notified_on"}),
        *(({key: None}, key) for key in ANSWERS if key not in {"aware_on", "notified_on"}),
        *(
            ({key: value}, key)
            for key in ("role", "effect")
            for value in (1, True, [], {}, "", ["police"], float("nan"))
        ),
        *(({"flags": value}, "flags") for value in ("media", {}, [1], [["media"]], [None], ["media", "x"], [{}])),
        *(
            ({"aware_on": value}, "aware_on")
            for value in ("", "soon", "18/12/2026", "2026-13-01", "2026-02-30", 5, [], True)
        ),
        *(({"aware_on": value}, "aware_on") for value in ("2017-12-31", "2100-01-01", "0001-01-01T00:00:00+14:00")),
        *(
            ({"notified_on": value}, "notified_on")
            for value in ("9999-12-31T23:59:59-14:00", "x" * 10_000, float("nan"), {})
        ),
        ({"extra": 1}, "extra"),
        ({"flags_known": "no"}, "flags_known"),
        ({"outcome": "I"}, "outcome"),
    ],
)
def test_a_bad_value_is_named(decide, change, named):
    reply = decide.ask({**ANSWERS, **change})
    assert list(reply) == ["error"]
    assert named in reply["error"]


@pytest.mark.parametrize(
    "name", ["role", "danger_now", "age_at_event", "effect", "maltreatment", "place", "residence", "care"]
)
def test_a_missing_answer_that_decides_is_named(decide, name):
    assert decide.ask({key: value for key, value in ANSWERS.items() if key != name}) == {"error": f"{name}: is missing"}


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"start": None}, "start"),
        *(({"start": value}, "start") for value in ("", "x", 1, [], "2017-12-31", "2100-01-01", "2026-02-30", True)),
        *(({"working_days": value}, "working_days") for value in (0, -1, 401, 1.0, "5", None, True, [], float("inf"))),
        ({"extra": 1}, "extra"),
    ],
)
def test_a_bad_day_or_count_is_named(days, change, named):
    reply = days.ask({**DAYS, **change})
    assert list(reply) == ["error"]
    assert named in reply["error"]


def test_a_missing_day_or_count_is_named(days):
    assert "start" in days.ask({"working_days": 5})["error"]
    assert "working_days" in days.ask({"start": "2026-12-18"})["error"]


@pytest.mark.parametrize(
    ("start", "aim_for", "due"),
    [
        ("2026-11-23", "2026-11-27", "2026-11-30"),
        ("2026-12-18", "2026-12-24", "2026-12-29"),
        ("2026-12-26", "2027-01-05", "2027-01-05"),
        ("2027-03-25", "2027-04-02", "2027-04-05"),
    ],
)
def test_the_worked_examples_of_five_working_days(days, decide, start, aim_for, due):
    reply = days.ask({"start": start, "working_days": 5})
    assert (reply["aim_for"], reply["due"]) == (aim_for, due)
    assert reply["counted"][-1] == due
    assert len(reply["counted"]) == 5
    notify = [
        (duty["aim_for"], duty["latest"])
        for duty in decide.ask({**ANSWERS, "aware_on": start})["duties"]
        if duty["counted_from"] == {"event": "awareness", "on": start}
    ]
    assert (aim_for, due) in notify


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026-12-18", "2026-12-18"),
        ("2026-12-18T23:30:00-05:00", "2026-12-19"),
        ("2026-12-18T23:30:00+05:00", "2026-12-18"),
        ("2026-12-19T01:00:00+05:00", "2026-12-18"),
        ("2026-12-18T23:59:59", "2026-12-18"),
        ("2026-12-18T16:50:00Z", "2026-12-18"),
        ("2026-07-01T23:30:00Z", "2026-07-02"),
    ],
)
def test_a_moment_is_taken_as_londons_date(decide, days, written, day):
    duties = decide.ask({**ANSWERS, "aware_on": written})["duties"]
    assert {duty["counted_from"]["on"] for duty in duties if duty["counted_from"]} >= {day}
    assert days.ask({**DAYS, "start": written}) == days.ask({**DAYS, "start": day})


def test_a_decision_has_the_promised_keys_and_no_others(decide):
    reply = decide.ask(ANSWERS)
    assert list(reply) == ["outcome", "title", "reasons", "duties", "add_ons", "other_processes", "rules_version"]
    assert reply["outcome"] == "B"
    already = decide.ask({**ANSWERS, "sin_sent": "yes", "notified_on": "2026-12-21"})
    assert (already["outcome"], already["would_be"]) == ("R", "B")


def test_answers_that_may_be_left_out_are_taken_as_not_sure(decide):
    needed = {key: ANSWERS[key] for key in list(ANSWERS)[:8]}
    assert decide.ask({**needed, "when": "recent", "referral_made": "unsure"}) == decide.ask(needed)


def test_an_area_is_named_or_refused():
    barnsley = Lines("decide", "--json", "--area", "barnsley")
    assert barnsley.ask(ANSWERS)["outcome"] == "B"
    assert barnsley.close() == 0
    unknown = subprocess.run([BOT, "decide", "--json", "--area", "nowhere"], input=b"", capture_output=True, cwd="/")
    assert unknown.returncode != 0
    assert b"nowhere" in unknown.stderr
    assert b"Traceback" not in unknown.stderr
