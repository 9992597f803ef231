"""`bot clocks`: the whole table for its policy owner, and why a date is what it is."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from adapters.__main__ import main
from dialogs.clock_file import load_clocks


def said(*arguments: str) -> str:
    result = CliRunner().invoke(main, ["clocks", *arguments, "--area", "exampleshire"])
    assert result.exit_code == 0, result.output
    return result.output


def test_the_whole_table_is_printed_with_sources_and_reminders() -> None:
    printed = said()
    for rule in load_clocks().rules:
        assert f"\n{rule.name}: {rule.does}\n" in printed
        assert rule.basis in printed
    assert "by 31 January" in printed, "the area's own number"


def test_a_date_is_explained_with_its_reminders() -> None:
    printed = said("notify_panel", "--from", "2026-12-18")
    for words in (
        "Latest: Tue 29 Dec 2026.",
        "Mon 28 Dec, Boxing Day (substitute day)",
        "Tue 29 Dec counts although offices are closed.",
        "Tue 29 Dec 2026 14:00  the case's owner (day 5 at 14:00)",
        "Thu 24 Dec 2026 13:00  the director of children's services",
    ):
        assert words in printed


@pytest.mark.parametrize("rule", load_clocks().rules, ids=lambda rule: rule.name)
def test_every_clock_can_be_explained(rule) -> None:
    printed = said(rule.name, "--from", "2026-12-18")
    assert rule.basis in printed
    assert "Reminders until it is done:" in printed


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["notify_panel"], "together, or neither"),
        (["--from", "2026-12-18"], "together, or neither"),
        (["notify", "--from", "2026-12-18"], "no clock is called notify"),
        (["notify_panel", "--from", "1999-12-18"], "start must be from 2018"),
        (["notify_panel", "--from", "18 December"], "does not match the format"),
    ],
)
def test_what_cannot_be_explained_is_said(arguments: list[str], message: str) -> None:
    result = CliRunner().invoke(main, ["clocks", *arguments, "--area", "exampleshire"])
    assert result.exit_code != 0
    assert message in result.output
