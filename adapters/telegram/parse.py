"""What Telegram brings, as something a person said or pressed; pure. Whatever is of no concern here gives None."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from telegram import Chat, Message, MessageEntity, Update

from adapters.telegram.place import NOBODY, Place
from adapters.telegram.render import PREFIX
from bot.messages import Attached, Began, Edited, Said, Typed

_START = "/start"
_CODE = re.compile(r"[A-Za-z0-9_-]{1,64}")
# Of 52 bits: https://core.telegram.org/bots/api#chat
_ID_BELOW = 2**52
_FIRST = datetime(2013, 8, 1, tzinfo=UTC)
"""There was no Telegram before."""
_LONGEST_QUERY = 64
HELLO = "hello"
"""What the way from a group to a private chat brings along: nothing but a beginning."""
MESSAGE = "message"
"""And what it brings of whoever wrote there what looks like detail of a case: no more than that."""


@dataclass(frozen=True)
class Me:
    """The bot as Telegram knows it.

    `hears_all`: it is brought all that is said in the group, also commands that are another bot's. Otherwise Telegram
    brings a command without a name only to the bot that spoke last there.
    """

    id: int
    username: str
    hears_all: bool = True


@dataclass(frozen=True)
class Spoken:
    """Something a person said. `event` is Telegram's own key for it, `album` that of what was sent together with it.

    `person` is the chat they speak for, where they do not speak as themselves.
    """

    place: Place
    person: str
    said: Said
    event: str
    at: datetime
    album: str = ""


@dataclass(frozen=True)
class Press:
    """A button that was pressed.

    `under` is the id of the message it stands under, and `message` that itself, None where Telegram gives it no longer.
    """

    place: Place
    query: str
    token: str
    under: int
    message: Message | None


class Malformed(Exception):
    """What was brought is not what Telegram could bring."""


def is_id(value: object) -> bool:
    """Whether this can be the id of a chat, a person or a message."""
    return type(value) is int and 0 < abs(value) < _ID_BELOW


class Unread(Exception):
    """The library cannot read what was brought; it may be something new of Telegram's."""


_UNREADABLE = (AttributeError, KeyError, TypeError, ValueError, OverflowError)
_KINDS = ("message", "edited_message")


def parse(payload: dict[str, Any], me: Me, now: datetime) -> Spoken | Press | None:
    """What an update is: words, a button, or nothing that is for us.

    Raises Malformed where an id or a time cannot be one of Telegram's, and Unread where it cannot be read at all.
    """
    try:
        return _parsed(payload, me, now)
    except _UNREADABLE:
        pass
    try:
        # Telegram adds to its messages every month; the words of one in danger must not be lost with what is new.
        return _parsed(_bare(payload), me, now)
    except _UNREADABLE:
        raise Unread from None


def chat_of(payload: dict[str, Any]) -> int:
    """The id of the chat that an update is of; 0 where there is none to be seen."""
    pressed = payload.get("callback_query")
    holders = [payload, pressed] if isinstance(pressed, dict) else [payload]
    chats = (one[kind].get("chat") for one in holders for kind in _KINDS if isinstance(one.get(kind), dict))
    ids = (chat.get("id") for chat in chats if isinstance(chat, dict))
    return next((one for one in ids if isinstance(one, int)), 0)


def _parsed(payload: dict[str, Any], me: Me, now: datetime) -> Spoken | Press | None:
    update = Update.de_json(payload, None)
    if update.callback_query is not None:
        return _pressed(update)
    changed = update.edited_message
    message = update.message or changed
    if message is None:
        return None
    return _spoken(message, update.update_id, me, now, is_changed=changed is not None)


def _bare(payload: dict[str, Any]) -> dict[str, Any]:
    """An update with no more than who says which words to the bot alone, or which button is pressed.

    In a group the rest is needed, to know whether the bot is meant. Raises KeyError or TypeError where it has no such.
    """
    if (pressed := payload.get("callback_query")) is not None:
        under = pressed["message"]
        message = {"message_id": under["message_id"], "date": 0, "chat": _bare_chat(under["chat"])}
        kept = {name: pressed[name] for name in ("id", "chat_instance", "data")}
        query = {**kept, "from": _bare_person(pressed["from"]), "message": message}
        return {"update_id": payload["update_id"], "callback_query": query}
    kind = next((one for one in _KINDS if payload.get(one) is not None), _KINDS[0])
    said = payload[kind]
    if said["chat"]["type"] != Chat.PRIVATE:
        raise KeyError
    kept = {name: said[name] for name in ("message_id", "date", "text", "caption") if name in said}
    bare = {**kept, "chat": _bare_chat(said["chat"]), "from": _bare_person(said["from"])}
    return {"update_id": payload["update_id"], kind: bare}


def _bare_chat(chat: dict[str, Any]) -> dict[str, Any]:
    return {"id": chat["id"], "type": chat["type"]}


def _bare_person(person: dict[str, Any]) -> dict[str, Any]:
    return {name: person[name] for name in ("id", "is_bot", "first_name")}


def _pressed(update: Update) -> Press | None:
    query = update.callback_query
    assert query is not None
    if query.message is None or not (query.data or "").startswith(PREFIX):
        return None
    number: object = query.id
    if not isinstance(number, str) or len(number) > _LONGEST_QUERY:
        raise Malformed
    _check(query.message.chat.id, query.message.message_id, query.from_user.id)
    # One that Telegram gives no longer is of second 0; the library takes it for a whole one all the same.
    # https://core.telegram.org/bots/api#inaccessiblemessage
    message = query.message if isinstance(query.message, Message) and query.message.date.timestamp() else None
    place = Place(query.message.chat.id, None, query.from_user.id)
    if query.message.chat.type == Chat.PRIVATE and place.chat == place.person:
        place = Place(place.chat)
    return Press(place, query.id, (query.data or "").removeprefix(PREFIX), query.message.message_id, message)


def _check(*ids: object) -> None:
    if not all(is_id(one) for one in ids):
        raise Malformed


def _spoken(message: Message, update_id: int, me: Me, now: datetime, *, is_changed: bool) -> Spoken | None:
    person = _speaker(message)
    if person is None:
        return None
    _check(message.chat.id, message.message_id, person)
    if message.date < _FIRST or not all(isinstance(one, str | None) for one in (message.text, message.caption)):
        raise Malformed
    # A clock that is ahead of ours must not put a reply off.
    at = min(message.date, now)
    if message.chat.type == Chat.PRIVATE:
        said = _said(message, is_changed=is_changed)
        album = _album_of(message) if isinstance(said, Attached) and not is_changed else ""
        place = Place(message.chat.id)
        return None if said is None else Spoken(place, str(person), said, f"u{update_id}", at, album)
    if message.chat.type not in {Chat.GROUP, Chat.SUPERGROUP} or not _is_to_us(message, me):
        return None
    said = _said_among_others(message, me, is_changed=is_changed)
    place = Place(message.chat.id, message.message_id, person if message.sender_chat is None else NOBODY)
    return None if said is None else Spoken(place, str(person), said, f"u{update_id}", at)


def _speaker(message: Message) -> int | None:
    """The id of who speaks, or of the chat they speak for; None where nobody does who could be answered.

    An administrator unnamed, or somebody as a channel, has a made-up bot for a sender. What a linked channel says to
    its own readers is said to nobody in the group. https://core.telegram.org/bots/api#message
    """
    if message.sender_chat is not None:
        is_said_here = message.chat.type != Chat.PRIVATE and not message.is_automatic_forward
        return message.sender_chat.id if is_said_here else None
    person = message.from_user
    return None if person is None or person.is_bot else person.id


def _said_among_others(message: Message, me: Me, *, is_changed: bool) -> Said | None:
    words = _without_us(message.text or message.caption or "", me)
    if is_changed:
        return Edited(words) if words else None
    if message.text is None:
        words = "\n".join(part for part in (words, _asked_of_all(message)) if part)
        return Attached(words) if words or _has_something(message) else None
    return Typed(words)


def _said(message: Message, *, is_changed: bool) -> Said | None:
    text = message.text
    if text is None:
        words = message.caption or _asked_of_all(message)
        is_own = bool(message.caption) and message.forward_origin is None
        return Attached(words, is_own=is_own) if words or _has_something(message) else None
    if is_changed:
        return Edited(text)
    command, _, rest = text.partition(" ")
    command = command.partition("@")[0]
    if command != _START:
        return Typed(f"{command} {rest}".strip() if text.startswith("/") else text)
    code = rest.strip()
    if code in {HELLO, MESSAGE}:
        return Began(keeps=True, from_detail=code == MESSAGE)
    if _CODE.fullmatch(code):
        # What is no code of ours is to be told so, and not to be answered as a question.
        return Typed(f"join code {code}")
    # Whatever else somebody wrote there is heard: it may be that a child is in danger.
    return Typed(code) if code else Began()


def _album_of(message: Message) -> str:
    album: object = message.media_group_id
    return album if isinstance(album, str) else ""


def _asked_of_all(message: Message) -> str:
    """The words of a poll or a checklist: what is asked and what may be chosen or ticked."""
    if (poll := message.poll) is not None:
        return "\n".join((poll.question, *(one.text for one in poll.options)))
    if (listed := message.checklist) is not None:
        return "\n".join((listed.title, *(one.text for one in listed.tasks)))
    return ""


def _has_something(message: Message) -> bool:
    """Whether a message without words holds something a person sent, and is no notice of Telegram's own."""
    return message.effective_attachment is not None


def _is_to_us(message: Message, me: Me) -> bool:
    """Whether the bot is meant: by name, by a command that goes to it alone, or in reply to it."""
    answered = message.reply_to_message
    if answered is not None and answered.from_user is not None and answered.from_user.id == me.id:
        return True
    wanted = f"@{me.username}".casefold()
    for entity, words in _named_in(message).items():
        if entity.type == MessageEntity.MENTION and words.casefold() == wanted:
            return True
        if entity.type == MessageEntity.BOT_COMMAND and _is_ours(words.casefold(), wanted, me):
            return True
    return False


def _named_in(message: Message) -> dict[MessageEntity, str]:
    """What Telegram found in a message's words, also those under a photo."""
    if message.text:
        return message.parse_entities()
    return message.parse_caption_entities() if message.caption else {}


def _is_ours(command: str, wanted: str, me: Me) -> bool:
    _, at, name = command.partition("@")
    return f"@{name}" == wanted if at else not me.hears_all


def _without_us(text: str, me: Me) -> str:
    return re.sub(rf"@{re.escape(me.username)}\b", " ", text, flags=re.IGNORECASE).strip()
