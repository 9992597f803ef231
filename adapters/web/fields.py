"""The names of what the page's forms send, and what a person said by sending them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from adapters.web.refused import Refused
from bot.messages import Chosen, Filled, Said, Typed

# In every form: that this browser's page sent it, and which showing of the form it was.
CSRF = "csrf"
# What stands after this in the first, where somebody was signed in, says whom the form was shown.
SHOWN_TO = "."
ONCE = "once"
# Sent once more by somebody who had been signed out: to be shown as it was filled in, and nothing done.
AGAIN = "again"
# Who typed that, as the form they were shown says it.
TYPED_BY = "typed-by"
# Given back on a page for whoever typed it, while somebody else was signed in: shown to nobody until they are.
ANOTHERS = "anothers"
# On the board: the state of the case that the form was made for, the clock and the entry it is about.
SEEN, CLOCK, ENTRY = "seen", "clock", "entry"
# Words typed. Where there are any they are what is meant, whatever else was chosen.
TEXT = "text"
# The question and the chosen options, one `choice` for each.
PROMPT = "prompt"
CHOICE = "choice"
# What was asked where a short cut's button stood.
UNDER = "under"
# A form, its fields each under this beginning and its id, and the three parts of its date.
FORM = "form"
FIELD = "field-"
DATE_PARTS = ("day", "month", "year")
# Which conversation the page's script thinks it shows.
MARK = "mark"
# What a link's own page begins, or asks about, once its button is pressed.
START, TOPIC = "start", "topic"
UNTYPED = frozenset({ONCE, TYPED_BY, ANOTHERS, SEEN, CLOCK, ENTRY, PROMPT, CHOICE, UNDER, FORM, MARK, START, TOPIC})
"""What nobody types in a form: where nothing else was sent, a button is pressed again sooner than it is given back."""
# Not in the form but a header: the page's script sent it, so the reply will come by the stream.
BY_STREAM = "x-by-stream"
# On the page for carrying on from another device.
CODE = "code"

Sent = Mapping[str, Sequence[str]]

_ID = re.compile(r"[a-z0-9_-]{1,80}")
_ONCE = re.compile(r"[A-Za-z0-9_-]{16,64}")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]+")
_MOST_CHOICES = 50


def one(sent: Sent, name: str) -> str:
    """The single value of a field, trimmed, control characters but line ends made spaces; empty if absent."""
    values = sent.get(name, ())
    if len(values) > 1:
        raise Refused(400)
    return _clean(values[0]) if values else ""


def carried(token: str, mark: str) -> str:
    """What a form carries: what only a page of ours can know, and the mark of whom it is shown, if that is anybody."""
    return f"{token}{SHOWN_TO}{mark}" if mark else token


def token(sent: Sent) -> str:
    """What only a page of ours can know, without whom that was shown."""
    return one(sent, CSRF).partition(SHOWN_TO)[0]


def typed_by(sent: Sent) -> str:
    """Whom the form was shown that was sent, as `Visitor.mark` says it; empty where it does not say."""
    return one(sent, TYPED_BY) or one(sent, CSRF).partition(SHOWN_TO)[2]


def number(text: str) -> int:
    """A number as an address carries it; 0 where it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0


def once(sent: Sent) -> str:
    """Which showing of a form this is. Raises Refused where it is not one we could have made."""
    given = one(sent, ONCE)
    if not _ONCE.fullmatch(given):
        raise Refused(400)
    return given


def said(sent: Sent) -> Said:
    """What the person said. Raises Refused where no form of ours could have sent it."""
    asked = _asked(sent)
    if text := one(sent, TEXT):
        return Typed(text, asked)
    if FORM in sent:
        return Filled(asked, _values(sent))
    if PROMPT in sent:
        ids = tuple(_known(_clean(value)) for value in sent.get(CHOICE, ()) if value)
        if len(ids) > _MOST_CHOICES:
            raise Refused(400)
        # Nothing chosen is a slip, never an answer: even "none of these" is an option to be chosen.
        under = _known(one(sent, UNDER)) if UNDER in sent else ""
        return Chosen(asked, ids, under) if ids else Typed("", asked)
    if TEXT in sent:
        return Typed("")
    raise Refused(400)


def _asked(sent: Sent) -> str:
    """The prompt that a form stood under; empty where it does not say."""
    name = next((name for name in (FORM, PROMPT) if name in sent), "")
    return _known(one(sent, name)) if name else ""


def _values(sent: Sent) -> tuple[tuple[str, str], ...]:
    fields = tuple((_known(name.removeprefix(FIELD)), one(sent, name)) for name in sent if name.startswith(FIELD))
    return (*fields, *((part, one(sent, part)) for part in DATE_PARTS if part in sent))


def _clean(value: str) -> str:
    return _CONTROL.sub(" ", value.replace("\r\n", "\n")).strip()


def _known(name: str) -> str:
    if not _ID.fullmatch(name):
        raise Refused(400)
    return name
