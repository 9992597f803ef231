"""Which transcripts are played on which channel, and why the others are not."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from .script import FOLDER, Step, all_files, steps_of

NOT_BY_ONE_PERSON = {"people", "clocks"}
"""Folders whose transcripts are played by several people, or by nobody: they are tried elsewhere."""
_UNLIKE_A_CHAT = {
    "dates/typed_in_the_form": "what is typed is read back, what stands in a form's own field is not",
    "repairs/stale_button": "a used button is gone from a chat; each platform's own tests press one all the same",
    "repairs/nothing_typed": "nobody can send nothing; what is brought without words is something else, as a file is",
}
_NO_BUTTONS = "it has no buttons, and what is typed instead is read back"
_ONE_DEVICE = "it is this machine's; there is no other device of the kind"
_OTHERS: Mapping[str, Mapping[str, str]] = {
    "terminal": {
        "add_ons/V_W_X_in_custody": _NO_BUTTONS,
        "dates/typed_in_the_form": _NO_BUTTONS,
        "new_information/abuse_is_now_suspected": _NO_BUTTONS,
        "repairs/code_too_late": _ONE_DEVICE,
        "repairs/none_ticked_with_others": _NO_BUTTONS,
        "repairs/resume_on_another_device": _ONE_DEVICE,
        "repairs/stale_button": _NO_BUTTONS,
    },
    "web": {},
}
"""What cannot be played on those channels that are no platform's chat."""


def name_of(path: Path) -> str:
    """What a transcript is called: its folder and its name."""
    return str(path.relative_to(FOLDER).with_suffix(""))


def not_played(channel: str) -> Mapping[str, str]:
    """The transcripts that cannot be played on a channel, each with the reason."""
    return _OTHERS.get(channel, _UNLIKE_A_CHAT)


@cache
def told_before(channel: str) -> Mapping[Path, int]:
    """How many of each transcript's first steps stand, word for word, at the beginning of an earlier one."""
    told: set[tuple[Step, ...]] = {()}
    found = {}
    for path in played_on(channel):
        steps = tuple(one for one in steps_of(path.read_text(encoding="utf-8")) if one.kind != "why")
        begun = [steps[:count] for count in range(len(steps) + 1)]
        found[path] = max(len(one) for one in begun if one in told)
        told.update(begun)
    return found


def played_on(channel: str) -> list[Path]:
    """Every transcript that one person can play on a channel."""
    files = [one for one in all_files() if name_of(one).split("/")[0] not in NOT_BY_ONE_PERSON]
    return [one for one in files if name_of(one) not in not_played(channel)]
