"""Why somebody could not be signed in, in words for them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Trouble:
    """A heading, what stands under it, paragraph by paragraph, and whether trying again may help."""

    status: int
    heading: str
    words: tuple[str, ...]
    again: bool = True


class NotSignedIn(Exception):
    """Somebody is not signed in, for this trouble."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.heading)
        self.trouble = trouble


_NOTHING_CHANGED = "Nothing has changed."
_CHAT = "You can use the conversation without signing in."

_WITHOUT = (
    "To have a case opened you need no role: in the conversation, say “my work e-mail” and confirm who you are. "
    "Signing in is for those with a role in this area."
)

NOT_SET_UP = Trouble(
    404,
    "Signing in is not set up here",
    ("Ask your area’s administrator about it.", _CHAT),
    again=False,
)
NOT_FOR_TRYING = Trouble(
    403,
    "Signing in for trying is only for this machine",
    ("This page was not asked for by the very machine that the bot runs on.", _CHAT),
    again=False,
)
UNFINISHED = Trouble(
    400,
    "Signing in was not finished",
    ("It was begun too long ago, in another window, or was finished already.", _NOTHING_CHANGED),
)
MUST_WAIT = Trouble(
    429,
    "Too many tries",
    ("Signing in did not work too often from where you are. Please try again in a quarter of an hour.", _CHAT),
    again=False,
)
DECLINED = Trouble(403, "You did not sign in", ("The sign-in service was told not to.", _NOTHING_CHANGED))
TURNED_DOWN = Trouble(
    403,
    "The sign-in service said no",
    (
        "It did not let you sign in here. If that is a mistake, ask whoever looks after your work account.",
        _NOTHING_CHANGED,
    ),
)
_IN_TROUBLE = "The sign-in service is in trouble"
_IF_IT_GOES_ON = "Please try again in a minute. If it goes on, tell your area’s administrator."
DOWN = Trouble(
    502,
    _IN_TROUBLE,
    ("It cannot be reached, or does not work at the moment. This is not your fault.", _IF_IT_GOES_ON, _CHAT),
)
UNTRUSTED = Trouble(
    502,
    _IN_TROUBLE,
    ("It did not say who you are in a way that can be trusted. This is not your fault.", _IF_IT_GOES_ON, _CHAT),
)
NO_ROLE = Trouble(
    403,
    "You have no role here yet",
    ("You are registered. Ask your area’s administrator to give you a role.", _WITHOUT, _CHAT),
    again=False,
)
ANOTHERS = Trouble(
    403,
    "That address belongs to another account",
    (
        "Whoever is registered with your e-mail address has signed in with a different account before.",
        "If you have a new account, or took the address over, ask your area’s administrator.",
        _CHAT,
    ),
    again=False,
)


def nobody(area: str, mail: str) -> Trouble:
    """That an administrator has not registered somebody; `mail` is the address they came with, empty for none."""
    came = f"You came as {mail}." if mail else "The sign-in service confirmed no e-mail address of yours."
    asked = f"Ask the administrator for {area} to register your work e-mail address."
    return Trouble(403, "You are not registered here", (came, asked, _WITHOUT, _CHAT))
