"""What is said with a code that joins accounts, also with what was only meant for one; whole messages only; pure."""

from __future__ import annotations

import re

from bot.commands import is_command, plainly
from bot.short_code import LENGTH
from knowledge.harm_words import names_harm

_HALF = LENGTH // 2
_JOIN = re.compile(rf"(?:join|link)(?: with)?(?: code)? (?P<code>[a-z0-9]{{{_HALF}}}[ \u2013-]?[a-z0-9]{{{_HALF}}})")
# Cut, or with too much of it. Called a code it may be any one word; else it is in groups as ours are, or of letters
# and figures as ours are. Nothing with a space: "join year 4".
_CALLED_ONE = re.compile(r"(?:join|link)(?: with)? code (?P<code>(?!please$)[a-z0-9_\u2013-]{1,64})")
_IN_GROUPS = re.compile(rf"(?:join|link)(?: with)? (?P<code>(?:[a-z0-9]{{{_HALF}}}[\u2013-])+[a-z0-9]{{0,{_HALF}}})")
_IN_ONE = re.compile(r"(?:join|link)(?: with)? (?P<code>(?=\D*\d)(?=\d*\D)[b-df-hj-np-tv-xz0-9]{5,64})")


def code_said(text: str) -> str:
    """The code that a whole message brings, or what was meant for one; empty where it brings none."""
    said = plainly(text)
    if match := _CALLED_ONE.fullmatch(said):
        return "" if _is_heard(match["code"]) else match["code"]
    if (match := _JOIN.fullmatch(said)) and _is_code(match["code"]):
        return match["code"]
    if match := _IN_ONE.fullmatch(said):
        return match["code"]
    if (match := _IN_GROUPS.fullmatch(said)) and (match["code"].upper() in text or _has_no_word(match["code"])):
        return match["code"]
    return ""


def _is_code(text: str) -> bool:
    """Whether this can be a code as somebody types it, and not eight letters of a word."""
    return any(letter.isdigit() or not letter.isalnum() for letter in text) or not set(text) & set("aeiou")


def _is_heard(word: str) -> bool:
    """Whether a word is to be heard for itself, whatever stands before it: one of danger above all."""
    return is_command(word) or names_harm(re.sub(r"[_\u2013-]", " ", word))


def _has_no_word(text: str) -> bool:
    """Whether some group of it can be no word: "bcdf-ghjk-mn", and not "week-2" or "half-day"."""
    groups = re.split(r"[\u2013-]", text)
    return any(not set(one) & set("aeiouy") and not one.isdecimal() for one in groups if one)
