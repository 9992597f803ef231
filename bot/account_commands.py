"""What a person says to do something with their accounts, roles or absence; whole messages only."""

from __future__ import annotations

import re

from bot.account_step import AccountAsk, Act
from bot.commands import plainly
from bot.plain_days import are_of
from bot.said_code import code_said
from bot.wording_people import ROLES
from dialogs.date_words import FEASTS, plain

_WORDS: dict[Act, tuple[str, ...]] = {
    "accounts": ("my accounts", "my account", "accounts", "who am i", "account"),
    "join": ("join", "join code", "join accounts", "join an account", "join another account", "link", "link accounts"),
    "work e-mail": ("my work e-mail", "my work email", "work e-mail", "work email", "my e-mail", "my email"),
    "remove": ("remove an account", "remove account", "take an account away"),
    "away": ("away",),
    "returned": (),
    "people": ("people", "roles", "people and roles", "who has which role"),
    "give": (
        *("give a role", "give someone a role", "give role"),
        *("add a person", "add someone", "add somebody", "add a colleague", "register someone"),
    ),
    "take": ("take a role away", "take role", "take a role", "remove a role"),
}
_ACTS: dict[str, Act] = {words: act for act, said in _WORDS.items() for words in said}

# Roles as people say them, the longer first: "lead partner" is no lead.
ROLE_WORDS = {
    **{words: name for name, words in ROLES.items()},
    **{name.replace("_", " "): name for name in ROLES},
    "deputy": "deputy",
    "admin": "administrator",
    "scrutineer": "scrutineer",
}
_ROLE = "|".join(sorted(ROLE_WORDS, key=len, reverse=True))
# An absence is given by its days and nothing beside them: "I'm off to court on Friday" says where somebody goes.
_AROUND = frozenset(" ".join(FEASTS).split()) | frozenset(
    "to until till through up including inclusive from between and for since on onwards at in over by of the a an all "
    "whole next this coming just only now end close start beginning early late first thing one two three four five six "
    "couple am pm half part most rest back please thanks".split()
)
_MOST_WORDS = 24
"""More than this is no message about being away, but something that happened while somebody was."""

_MAIL = re.compile(r"my (?:work )?e-?mail(?: address)?(?: is)?:? (?P<mail>[^\s@]+@[^\s@]+)")
_I_AM = r"(?:(?:i am|i'm|im)(?: going to be)?|i will be|i'll be)"
_KINDS = r"(?:my |annual |sick |parental |maternity |paternity |compassionate |study |unpaid )*"
_ELSEWHERE = r"jury (?:service|duty)|(?:a |my )?(?:training )?course|(?:a |my )?training(?: day| session)?|secondment"
_LEAVE = rf"(?:{_KINDS}leave|(?:my )?holidays?|{_ELSEWHERE})"
_NOT_HERE = rf"(?:{_I_AM} not|i won't be|i wont be|i will not be) (?:in(?: (?:the office|work))?|at work|here|working)"
_ABSENT = (
    rf"(?:{_I_AM} )?(?:away|(?:on|at) {_LEAVE}|out of (?:the )?office|off (?:sick|ill))|{_I_AM} off (?:from )?work"
    rf"|{_I_AM} (?:not well|unwell|sick|ill|poorly)"
    rf"|{_NOT_HERE}|{_I_AM} going on {_LEAVE}|(?:i have|i've got|i have got) {_LEAVE}"
)
_AWAY = re.compile(rf"(?:{_ABSENT}|{_I_AM} off),? (?:and )?(?P<days>.+)")
_BACK_ON = re.compile(rf"{_I_AM} back (?:at work )?(?P<days>.+)")
# What stands behind the days, and says nothing of them.
_KINDLY = re.compile(
    r",? (?:(?:if (?:that's|thats|that is) |is that )?(?:ok|okay|all right|alright)(?: with you)?"
    r"|with (?:my|the|our) (?:family|partner|husband|wife))$"
)
_BACK = re.compile(
    rf"(?:{_I_AM} )?back(?: (?:now|today|early|again|already|at work|in (?:the office|work)|from {_LEAVE})){{0,3}}"
    rf"|{_I_AM} (?:not|no longer) (?:away|on {_LEAVE})(?: (?:now|today|any ?more|any longer|after all))*"
)
_AWAY_SOME_TIME = re.compile(
    rf"{_I_AM} (?:away|(?:going )?on {_LEAVE}|out of (?:the )?office|off (?:sick|ill|(?:from )?work))(?: now)?"
    r"(?:,? (?:until|till) further notice|,? for (?:now|the time being|a while|the foreseeable(?: future)?))?"
)
# No name begins so, or has these in it: "make contact with the lead", "give the lead to the police".
_NOT_IN_A_NAME = (
    "a an the my our your his her their this that it all any every sure me us them him everyone somebody someone "
    "to with for of from about contact referral"
).split()
_NAME = rf"(?:(?!(?:{'|'.join(_NOT_IN_A_NAME)})\b)\S+ ?){{1,6}}"
# As few words as can be, so that the longer of two roles is heard: "give Jo deputy lead".
_SHORT_NAME = f"{_NAME}?"
_GIVE = re.compile(
    rf"(?:give|grant) (?:the )?(?:role )?(?:of )?(?:an? )?(?P<role>{_ROLE})(?: role)? to (?P<who>{_NAME})"
)
_MAKE = re.compile(rf"(?:make|give|grant) (?P<who>{_SHORT_NAME})(?:(?:an?|the) )?(?P<role>{_ROLE})(?: role)?")
_ADD = re.compile(rf"(?:add|register) (?P<who>{_SHORT_NAME})as (?:(?:an?|the|our) )?(?P<role>{_ROLE})")
_TAKE = re.compile(
    rf"(?:take|remove|revoke) (?:away )?(?:the )?(?:role )?(?:of )?(?P<role>{_ROLE})(?: role)?(?: away)? "
    rf"from (?P<who>{_NAME})"
)
_TAKE_OFF = re.compile(rf"(?:remove|take) (?P<who>{_SHORT_NAME})as (?:(?:an?|the|our) )?(?P<role>{_ROLE})")


def account_ask(text: str) -> AccountAsk | None:
    """What a whole message asks for, or None where it is about something else."""
    said = plainly(text)
    if act := _ACTS.get(said.removeprefix("/")):
        return AccountAsk(act)
    if code := code_said(text):
        return AccountAsk("join").having(code=code)
    if match := _MAIL.fullmatch(said):
        return AccountAsk("work e-mail").having(mail=match["mail"])
    # "I am back?" asks, and is no word that somebody is; nor is "back", which takes an answer back.
    if said != "back" and _BACK.fullmatch(said):
        return AccountAsk("returned").having(asked="yes" if "?" in text else "")
    if _AWAY_SOME_TIME.fullmatch(said):
        return AccountAsk("away")
    if len(said.split()) <= _MOST_WORDS and (days := _days_away(said)):
        # "I am away tomorrow?" asks, and is no word that somebody is.
        return AccountAsk("away").having(days=days, asked="yes" if "?" in text else "")
    if match := _GIVE.fullmatch(said) or _MAKE.fullmatch(said):
        return AccountAsk("give").having(role=ROLE_WORDS[match["role"]], who=match["who"].strip())
    if match := _ADD.fullmatch(said):
        return AccountAsk("give").having(role=ROLE_WORDS[match["role"]], name=_as_typed(text, match["who"].strip()))
    if match := _TAKE.fullmatch(said) or _TAKE_OFF.fullmatch(said):
        return AccountAsk("take").having(role=ROLE_WORDS[match["role"]], who=match["who"].strip())
    return None


def button_ask(id_: str) -> AccountAsk | None:
    """What the button of a command asks for, by its id: an act with dashes between its words."""
    act = next((act for act in _WORDS if act.replace(" ", "-") == id_), None)
    return None if act is None else AccountAsk(act)


def _days_away(said: str) -> str:
    """The days of an absence that a message tells of, and of nothing else; empty where it tells of none."""
    said = _KINDLY.sub("", said)
    if (match := _AWAY.fullmatch(said)) and _are_days(match["days"]):
        return match["days"]
    return said if (match := _BACK_ON.fullmatch(said)) and _are_days(match["days"]) else ""


def _are_days(text: str) -> bool:
    return are_of(plain(text).replace("-", " to ").replace("back at work", "back"), _AROUND)


def _as_typed(text: str, name: str) -> str:
    """A name as it was typed, with its capitals."""
    typed = " ".join(text.replace("’", "'").split())
    begin = typed.casefold().find(name)
    found = typed[begin : begin + len(name)] if begin >= 0 else ""
    return found if found.casefold() == name else name
