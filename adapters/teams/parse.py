"""What Teams brings, as something a person said or pressed; pure. Whatever is of no concern here gives None."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from adapters.teams.forwarded import forwarded
from adapters.teams.place import Place, Reference, is_id
from bot import wording_channels
from bot.clock import london_date
from bot.commands import plainly
from bot.messages import Attached, Began, Edited, Said, Typed

EXECUTE = "adaptiveCard/action"
FILE_CONSENT = "fileConsent/invoke"
PRESSED = "press"
"""Under which name a button's data has its token, or the name of the list whose chosen entry is one."""
LIST = "list"
_PERSONAL = "personal"
_HTML = "text/html"
# The words as they look, and an earlier message that is quoted: nothing of the person's own besides words.
_NOTHING_BESIDES = (_HTML, "text/plain", "messageReference")
# Among others a file comes as no more than this; a quoted message too, whose id is a number where a file's is not.
# A GIF comes as a picture in the words; so does an emoji, which is nothing besides them.
_PICTURE = re.compile(r"<img\b(?![^<>]*/Emoji)", re.IGNORECASE)
_FILE = re.compile(r"<attachment\b[^<>]*\bid=[\"'](?!\d+[\"'])", re.IGNORECASE)
# How the vendor's library writes that an earlier message is quoted.
_QUOTED = re.compile(r"<quoted\b[^<>]*/>")
_MENTION = re.compile(r"</?at\b[^<>]*>", re.IGNORECASE)
_LONGEST_TEXT = 30_000
_EARLIEST = datetime(2020, 1, 1, tzinfo=UTC)
"""Nothing is brought from before; of times near the first year the calendar cannot count."""


class Malformed(Exception):
    """What was brought is not what Teams could bring."""


@dataclass(frozen=True)
class Activity:
    """Who wrote where, and how to write back."""

    place: Place
    reference: Reference
    person: str
    id: str
    at: datetime


@dataclass(frozen=True)
class Spoken(Activity):
    """Something a person said. `event` is Teams' own key for it."""

    said: Said
    event: str


@dataclass(frozen=True)
class Press(Activity):
    """A button that was pressed in the message `card`, with what its inputs held."""

    token: str
    list: str
    given: tuple[tuple[str, str], ...]
    card: str
    answers: bool
    """Whether Teams waits for a card as the answer."""


@dataclass(frozen=True)
class Consent(Activity):
    """A person agrees to take a document, or does not."""

    key: str
    name: str
    accepted: bool
    upload: str
    unique: str
    content: str
    kind: str


Found = Spoken | Press | Consent | None


def parse(payload: dict[str, Any], now: datetime) -> Found:
    """What an activity is. Raises Malformed where it has not the shape that all of them have."""
    kind = _words(payload, "type")
    if not kind or not isinstance(payload.get("from"), dict) or not isinstance(payload.get("conversation"), dict):
        raise Malformed
    if _is_own(payload):
        return None
    heads = _heads(payload, now)
    if kind == "invoke":
        return _invoked(payload, heads)
    if heads["place"].is_private:
        return _said_alone(kind, payload, heads, now)
    return _said_among_others(kind, payload, heads)


def _heads(payload: dict[str, Any], now: datetime) -> dict[str, Any]:
    conversation = _object(payload, "conversation")
    id_, message = _words(conversation, "id"), _words(payload, "id")
    sender, bot = _object(payload, "from"), _object(payload, "recipient")
    if not all(is_id(one) for one in (id_, _words(sender, "id"))) or (message and not is_id(message)):
        raise Malformed
    reference = Reference(_words(payload, "serviceUrl").rstrip("/"), tenant(payload), _words(bot, "id"), sender["id"])
    kind = _words(conversation, "conversationType") or ("groupChat" if conversation.get("isGroup") else _PERSONAL)
    place = Place(id_) if kind == _PERSONAL else Place(id_, reference, message, bot.get("isTargeted") is True)
    person = _words(sender, "aadObjectId") or sender["id"]
    return {"place": place, "reference": reference, "person": person, "id": message, "at": _at(payload, now)}


def tenant(payload: dict[str, Any]) -> str:
    """The tenant an activity says it comes from; empty where it says none, or two. Raises Malformed."""
    told = _object(_object(payload, "channelData"), "tenant")
    found = {_words(_object(payload, "conversation"), "tenantId"), _words(told, "id")} - {""}
    return found.pop().casefold() if len(found) == 1 else ""


def _said_alone(kind: str, payload: dict[str, Any], heads: dict[str, Any], now: datetime) -> Found:
    message = heads["id"]
    if kind == "message":
        value = payload.get("value")
        if isinstance(value, dict) and not _words(payload, "text"):
            return _pressed(value, payload, heads, answers=False)
        said = _said(payload)
        return None if said is None or not message else Spoken(**heads, said=said, event=f"message:{message}")
    if _is_edit(kind, payload):
        return _edited(payload, heads)
    if _is_added(kind, payload):
        # Teams tells of an installation twice, in two ways; a person is welcomed once a day.
        return Spoken(**heads, said=Began(keeps=True), event=f"began:{london_date(now)}")
    return None


def _is_edit(kind: str, payload: dict[str, Any]) -> bool:
    return kind == "messageUpdate" and _words(_object(payload, "channelData"), "eventType") == "editMessage"


def _edited(payload: dict[str, Any], heads: dict[str, Any]) -> Spoken:
    event = f"edited:{heads['id']}:{_words(payload, 'timestamp')[:40]}"
    return Spoken(**heads, said=Edited(_text(payload)), event=event)


def _said_among_others(kind: str, payload: dict[str, Any], heads: dict[str, Any]) -> Found:
    if not heads["id"] or not (heads["place"].targeted or _is_to_us(payload)):
        return None
    if _is_edit(kind, payload):
        return _edited(payload, heads)
    if kind != "message":
        return None
    said = _attached(payload) or Typed(_text(payload))
    return Spoken(**heads, said=said, event=f"message:{heads['id']}")


def _said(payload: dict[str, Any]) -> Said | None:
    if (attached := _attached(payload)) is not None:
        return attached
    text = _text(payload)
    if plainly(text) == plainly(wording_channels.ASK_ABOUT_DETAIL):
        # What the way from a group puts into their box.
        return Began(keeps=True, from_detail=True)
    return Typed(text) if text else None


def _attached(payload: dict[str, Any]) -> Attached | None:
    """What came that is not the person's own words alone, with all the words in it; None where nothing did."""
    text, passed_on = _text(payload), forwarded(_list(payload, "attachments"))
    if not passed_on and not _has_more(payload):
        return None
    # Teams may have put them among the person's own already.
    own = " ".join(text.split())
    others = (one[:_LONGEST_TEXT] for one in passed_on if " ".join(one.split()) not in own)
    return Attached("\n".join(part for part in (text, *others) if part), is_own=not passed_on)


def _has_more(payload: dict[str, Any]) -> bool:
    """Whether something came that is not words, such as a picture or a file."""
    attachments = _list(payload, "attachments")
    shown = (one.get("content") for one in attachments if _words(one, "contentType") == _HTML)
    return any(_words(one, "contentType") not in _NOTHING_BESIDES for one in attachments) or any(
        isinstance(one, str) and (_FILE.search(one) or _PICTURE.search(one)) for one in shown
    )


def _is_added(kind: str, payload: dict[str, Any]) -> bool:
    if kind == "installationUpdate":
        # A new version of the app comes as "add-upgrade": nobody did anything, so nothing is said.
        return _words(payload, "action") == "add"
    bot = _words(_object(payload, "recipient"), "id")
    return kind == "conversationUpdate" and any(_words(one, "id") == bot for one in _list(payload, "membersAdded"))


def _invoked(payload: dict[str, Any], heads: dict[str, Any]) -> Found:
    value = _object(payload, "value")
    if _words(payload, "name") == EXECUTE:
        return _pressed(_object(_object(value, "action"), "data"), payload, heads, answers=True)
    if _words(payload, "name") == FILE_CONSENT:
        if not heads["id"]:
            raise Malformed
        info, context = _object(value, "uploadInfo"), _object(value, "context")
        return Consent(
            **heads,
            key=_words(context, "key"),
            name=_words(context, "name"),
            accepted=_words(value, "action") == "accept",
            upload=_words(info, "uploadUrl"),
            unique=_words(info, "uniqueId"),
            content=_words(info, "contentUrl"),
            kind=_words(info, "fileType"),
        )
    return None


def _pressed(data: dict[str, Any], payload: dict[str, Any], heads: dict[str, Any], *, answers: bool) -> Press:
    given = tuple((name, value[:_LONGEST_TEXT]) for name, value in data.items() if isinstance(value, str))
    card = _words(payload, "replyToId")
    return Press(
        **heads,
        token=_words(data, PRESSED),
        list=_words(data, LIST),
        given=given,
        card=card if is_id(card) else "",
        answers=answers,
    )


def _is_own(payload: dict[str, Any]) -> bool:
    """Whether the bot itself, or another one, wrote this; one that Teams writes of itself is no person's either."""
    sender, bot = _object(payload, "from"), _object(payload, "recipient")
    is_adding = _words(payload, "type") in {"installationUpdate", "conversationUpdate"}
    is_bot = _words(sender, "role") in {"bot", "skill"} or _words(sender, "id").startswith("28:")
    return (is_bot or _words(sender, "id") == _words(bot, "id") != "") and not is_adding


def _is_to_us(payload: dict[str, Any]) -> bool:
    bot = _words(_object(payload, "recipient"), "id")
    return any(_words(_object(one, "mentioned"), "id") == bot for one in _mentions(payload)) and bool(bot)


def _mentions(payload: dict[str, Any]) -> Iterator[dict[str, Any]]:
    return (one for one in _list(payload, "entities") if _words(one, "type") == "mention")


def _text(payload: dict[str, Any]) -> str:
    """The words without the bot's own name; whoever else is named stays, as words."""
    text = _words(payload, "text")[:_LONGEST_TEXT].replace("\u00a0", " ").replace("&nbsp;", " ")
    text = _QUOTED.sub(" ", text)
    bot = _words(_object(payload, "recipient"), "id")
    for one in _mentions(payload):
        named = _words(one, "text")
        if named:
            ours = bot and _words(_object(one, "mentioned"), "id") == bot
            text = text.replace(named, " " if ours else _MENTION.sub("", named))
    return text.strip()


def _at(payload: dict[str, Any], now: datetime) -> datetime:
    """When it was said; a clock that is ahead of ours must not put a reply off."""
    try:
        at = datetime.fromisoformat(_words(payload, "timestamp"))
    except ValueError:
        return now
    if at.tzinfo is None:
        return now
    if at < _EARLIEST:
        raise Malformed
    return min(at, now)


def _words(of: dict[str, Any], name: str) -> str:
    found = of.get(name)
    if found is not None and not isinstance(found, str):
        raise Malformed
    return found or ""


def _object(of: dict[str, Any], name: str) -> dict[str, Any]:
    found = of.get(name)
    if found is not None and not isinstance(found, dict):
        raise Malformed
    return found or {}


def _list(of: dict[str, Any], name: str) -> list[dict[str, Any]]:
    found = of.get(name)
    if found is not None and not isinstance(found, list):
        raise Malformed
    return [one for one in found or [] if isinstance(one, dict)]
