"""The fixed words a person can say at any time; they match whole messages only."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.case_step import CaseAsk

_WORDS = {
    "help": ("help", "commands", "what can i say"),
    "back": ("back", "go back", "undo", "previous"),
    "change": ("change", "change an answer", "change answer", "edit", "correct", "correct it", "change something"),
    "why": ("why", "why do you ask", "why do you ask that", "why that question"),
    "where": ("where", "where am i", "how many left", "how many questions are left", "status", "repeat", "again"),
    "stop": (
        *("stop", "pause", "quit", "exit", "bye", "save", "leave", "stop practice", "end practice"),
        *("cancel", "cancel it", "cancel that", "cancel this", "never mind", "nevermind"),
    ),
    "resume": ("resume", "continue", "carry on", "continue where i left off"),
    "start over": ("start over", "restart", "start again", "begin again"),
    "practice": ("practice", "practise", "practice mode", "practise mode", "try it out", "start practice"),
    "document": ("document", "documents", "the document", "get the document", "download", "letter"),
    "code": ("code", "resume code", "get a code"),
    "danger": ("danger", "emergency", "999"),
    "protect": ("protect",),
    "referral": ("refer", "referral", "start a referral", "new referral", "/refer"),
    "allegation": ("allegation",),
    "question": ("question", "ask", "ask a question", "just a question"),
    "more": ("more", "tell me more", "go on", "more please", "more detail"),
    "helped": ("helped", "that helped", "helpful", "yes that helped"),
    "not-helped": ("not helpful", "that did not help", "unhelpful", "that didn't help", "not helped"),
    "tell-me": ("tell me when there is an answer", "tell me here when there is an answer", "let me know"),
    "reviews": ("reviews", "published reviews", "reviews by theme", "library", "learning"),
    "cases": (
        *("my cases", "cases", "open cases", "my deadlines", "my open cases", "show my cases", "show me my cases"),
        *("list my cases", "see my cases", "what are my cases", "what cases do i have", "which cases do i have"),
        *("show cases", "list cases", "see cases", "show open cases", "show my open cases", "list open cases"),
        *("which cases are mine", "which are my cases", "cases list", "list of cases", "case list", "all my cases"),
    ),
    "open-a-case": (
        *("open a case", "start a case", "new case", "open a new case", "start a new case", "create a case"),
        *("how do i open a case", "how do i start a case", "how is a case opened", "add a case"),
    ),
    "skip": ("skip", "nothing to add", "skip it", "skip this"),
    "menu": ("menu", "home", "begin", "hello", "hi", "/start"),
}
BEGIN = "begin-"
"""How the command begins that begins a dialog without a door of its own; the dialog's name follows."""

_COMMANDS: Mapping[str, str] = {words: name for name, said in _WORDS.items() for words in said}
_AREA = r"case area|(?:this |the |our )?area's (?:own )?year"
_WHICH = rf"(?:(?:case )?(?P<ref>\d\d-\d{{3,}})|{_AREA})"
_CASE = re.compile(
    r"(?:(?P<act>why|done|it is done|acknowledge|i have it|i have|i've got it|i've got|got it|snooze|put off|"
    r"remind me later|later|reassign|hand over|record|note|add a note|join|new information|new info|something new|"
    r"news|update|ack|"
    r"(?:rapid )?review outcome|review|disagreement|agree|keep|reopen|open again|leave closed|"
    r"put it|put this|put)(?: on| to| in| for| about)?:? )?"
    rf"(?:(?:show|open|see|view|look at)(?: me)?(?: the)? )?{_WHICH}"
)
_CASE_FIRST = re.compile(
    rf"(?:{_WHICH}|this area)[:,]? (?:(?:it )?is |it's )?(?P<act>done|i have done it|i've done it|acknowledge|"
    r"i have it|i've got it|got it|snooze|put off|remind me later|later|new information|new info|something new|news|"
    r"update|note|record|reassign|hand over|disagreement|(?:rapid )?review outcome)"
)
_CASE_NAMED = re.compile(r"\bcase \d\d-\d{3,}\b", re.IGNORECASE)
_DONE = re.compile(
    rf"(?:yes,? )?(?P<act>it's done|its done|i have done it|i've done it|i did it)(?: on| in| for)?:? {_WHICH}"
)
_ACTS = {
    "case": "case",
    **dict.fromkeys(("i have it", "i have", "i've got it", "i've got", "got it"), "acknowledge"),
    **dict.fromkeys(("remind me later", "later", "put off"), "snooze"),
    **dict.fromkeys(("it is done", "it's done", "its done", "i have done it", "i've done it", "i did it"), "done"),
    "hand over": "reassign",
    "open again": "reopen",
    "add a note": "note",
    **dict.fromkeys(("new information", "new info", "something new", "news", "update"), "news"),
    "ack": "acknowledge",
    **dict.fromkeys(("review outcome", "rapid review outcome"), "review"),
    "disagreement": "disagree",
    "put it": "put",
    "put this": "put",
}
# Said after a reminder, without the case: it is asked which, where there are several.
_OF_A_CASE = {
    **dict.fromkeys(("done", "it is done", "it's done", "i have done it", "i've done it"), "done"),
    **dict.fromkeys(("i have it", "i've got it", "acknowledge"), "acknowledge"),
    **dict.fromkeys(("remind me later", "snooze"), "snooze"),
    **dict.fromkeys(("agree", "i agree", "it holds"), "agree"),
    **dict.fromkeys(("it does not hold", "it doesn't hold", "i do not agree", "i don't agree"), "keep"),
}
THE_AREA = "area"
"""The reference of the area's own year."""
_RESUME_CODE = re.compile(r"resume (?:with )?(?:code )?([a-z0-9][a-z0-9 \-]{6,14})", re.IGNORECASE)


def is_command(words: str) -> bool:
    """Whether a whole message of these words is a command already."""
    return plainly(words) in _COMMANDS


@dataclass(frozen=True)
class Command:
    """A fixed word that was said; `code` is what came with `resume`, `case` what is asked of a case."""

    name: str
    code: str = ""
    case: CaseAsk | None = None


def names_the_area(said: str) -> bool:
    """Whether plain words name the area's own year, of several that are offered."""
    return said in {"area", "the area", "this area"} or re.fullmatch(_AREA, said) is not None


def plainly(text: str) -> str:
    """What was typed, in small letters, without the marks around it."""
    return " ".join(text.casefold().replace("’", "'").split()).strip(" .!?")


def command(text: str, begins: Mapping[str, str] | None = None) -> Command | None:
    """The command a whole message is, or None: "practice review" is not "practice".

    `begins` holds the words that begin the dialogs without a door of their own, each with the dialog's name.
    """
    said = plainly(plainly(text).removeprefix("please ").removesuffix(" please")).rstrip(" ,")
    if name := _COMMANDS.get(said.removeprefix("/")) or _COMMANDS.get(said):
        return Command(name)
    if flow := (begins or {}).get(said.removeprefix("/")):
        return Command(f"{BEGIN}{flow}")
    if match := _CASE.fullmatch(said) or _CASE_FIRST.fullmatch(said) or _DONE.fullmatch(said):
        named = str(match["act"] or "case")
        act = _ACTS.get(named, named)
        return Command("case", case=CaseAsk(act, match["ref"] or THE_AREA))
    if said in _OF_A_CASE:
        return Command("case", case=CaseAsk(_OF_A_CASE[said]))
    if match := _RESUME_CODE.fullmatch(said):
        return Command("resume", match.group(1))
    return None


def is_fixed_command(words: str, begins: Mapping[str, str] | None = None) -> bool:
    """Whether a whole message is a command that names nothing: the same words whoever says them."""
    found = command(words, begins)
    return found is not None and not found.code and found.case is None


def names_a_case(words: str) -> bool:
    """Whether somebody speaks of one case, by its reference."""
    return _CASE_NAMED.search(words) is not None
