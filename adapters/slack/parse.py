"""What Slack brings, read: words, a press, a new sitting, or nothing that is for us; pure.

A payload that Slack could not send is read as nothing. Every key an event is known by is Slack's own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from adapters.slack.heard import plain
from adapters.slack.modal import WORDS
from adapters.slack.payload import Json, Malformed
from adapters.slack.place import Place, is_stamp
from adapters.slack.render import DAY, DONE, ON_DAY, OPEN, PRIVATE, SAY, TICKS
from bot.messages import Attached, Began, Edited, Said, Typed

# Kinds of message that are a person's words; every other kind is a notice, a change or a bot's.
_WORDS = frozenset({None, "thread_broadcast", "me_message"})
_FILES = "file_share"

# Slack brings what could not be brought for so long at most.
_LATEST = timedelta(days=1)


@dataclass(frozen=True)
class Me:
    """Who the app is: its workspace, and its own user and bot there."""

    team: str
    user: str
    bot: str = ""
    name: str = ""
    scopes: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Spoken:
    """Something said to the bot. `is_first_only`: only where nothing was ever said there."""

    place: Place
    said: Said
    event: str
    at: datetime
    is_first_only: bool = False
    is_command: bool = False
    channel: str = ""


@dataclass(frozen=True)
class Press:
    """A control that was used. `message` is the one it stands in; `ticked` and `day` what was chosen in it."""

    place: Place
    kind: str
    token: str
    channel: str
    stamp: str
    message: Json
    trigger: str
    ticked: tuple[str, ...] = ()
    day: str = ""
    is_fleeting: bool = False


@dataclass(frozen=True)
class Pointed:
    """A message of a channel that was pointed at with the message shortcut."""

    place: Place
    text: str
    trigger: str


@dataclass(frozen=True)
class Submitted:
    """A window that was sent: which it is, the token it holds, the button's message, and what each field holds."""

    place: Place
    window: str
    token: str
    values: tuple[tuple[str, str], ...]
    event: str
    delivery: str
    channel: str = ""
    stamp: str = ""


@dataclass(frozen=True)
class Home:
    """Somebody looks at the app's page."""

    place: Place


Found = Spoken | Press | Pointed | Submitted | Home | None
SHORTCUT = "refer_message"
"""The message shortcut, as the manifest names it."""


def parse(payload: Json, me: Me, now: datetime) -> Found:
    """What a payload is. Raises Malformed, but never for what Slack could send."""
    try:
        if payload.get("type") == "event_callback":
            return _event(payload, me, now)
        if payload.get("type") == "block_actions":
            return _pressed(payload, me)
        if payload.get("type") == "message_action" and payload["callback_id"] == SHORTCUT:
            return _pointed(payload, me)
        if payload.get("type") == "view_submission":
            return _submitted(payload, me)
        if "command" in payload and "type" not in payload:
            return _command(payload, me, now)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError, OverflowError):
        return None
    return None


def _event(payload: Json, me: Me, now: datetime) -> Found:
    event, key = payload["event"], f"event:{payload['event_id']}"
    kind = event.get("type")
    if kind == "app_home_opened" and event.get("tab") == "messages":
        # It comes each time somebody looks: only the first is a beginning.
        place = Place(me.team, event["user"])
        return Spoken(place, Began(), f"began:{place.address}", now, is_first_only=True)
    if kind == "app_home_opened" and event.get("tab") == "home":
        return Home(Place(me.team, event["user"]))
    if kind == "message" and event.get("channel_type") == "im":
        return _direct(event, key, me, now)
    if kind == "app_mention" and event.get("channel_type") != "im":
        return _mentioned(event, key, me, now)
    return None


def _direct(event: Json, key: str, me: Me, now: datetime) -> Found:
    subtype = event.get("subtype")
    message = event["message"] if subtype == "message_changed" else event
    if not _is_persons(message, me):
        return None
    text = plain(message.get("text") or "", me.user)
    said: Said
    if subtype == "message_changed":
        # A link's preview comes as a change too, and changes no word.
        if text == plain(event["previous_message"].get("text") or "", me.user):
            return None
        said = Edited(text)
    elif _has_files(message) or _is_shared(message):
        said = Attached(_with_shared(text, message, me), is_own=not _is_shared(message))
    elif subtype in _WORDS:
        said = Typed(text)
    else:
        return None
    place = Place(me.team, message["user"], thread=_thread(message))
    return Spoken(place, said, key, _at(event, now), channel=event["channel"])


def _thread(message: Json) -> str:
    """The thread that a direct message is a reply in; empty where it is none, or begins one."""
    thread = str(message.get("thread_ts") or "")
    return thread if thread != message.get("ts") and is_stamp(thread) else ""


def _mentioned(event: Json, key: str, me: Me, now: datetime) -> Found:
    if not _is_persons(event, me) or event.get("subtype") not in _WORDS | {_FILES}:
        return None
    text = plain(event.get("text") or "", me.user)
    said: Said = Edited(text) if event.get("edited") else Typed(text)
    if _has_files(event) or _is_shared(event):
        # Some mentions with a file come only once they are changed.
        said = Attached(_with_shared(text, event, me))
    place = Place(me.team, event["user"], event["channel"], event.get("thread_ts") or event["ts"])
    Place.at(place.address)
    return Spoken(place, said, key, _at(event, now), channel=event["channel"])


def _shared(message: Json) -> list[Json]:
    """The messages of others that somebody passed on with their own."""
    return [one for one in message.get("attachments") or () if one.get("is_share")]


def _is_shared(message: Json) -> bool:
    return bool(_shared(message))


def _with_shared(text: str, message: Json, me: Me) -> str:
    """Somebody's words, and those they passed on with them."""
    passed_on = (plain(one.get("text") or "", me.user) for one in _shared(message))
    return "\n".join(part for part in (text, *passed_on) if part)


def _has_files(message: Json) -> bool:
    """Whether something was sent with the words, or without any."""
    return message.get("subtype") == _FILES or bool(message.get("files"))


def _is_persons(message: Json, me: Me) -> bool:
    """Whether a message is a person's of this workspace: no bot's, not the app's own, no other organisation's."""
    teams = {message.get("user_team"), message.get("source_team")} - {None, me.team}
    is_bots = bool(message.get("bot_id")) or message.get("user") in {None, "USLACKBOT", me.user}
    return not is_bots and not teams


def _pressed(payload: Json, me: Me) -> Found:
    action, user = payload["actions"][0], payload["user"]
    if user.get("team_id", me.team) != me.team:
        return None
    kind = str(action["action_id"]).partition("-")[0]
    if kind not in {SAY, DONE, ON_DAY, OPEN, PRIVATE} or action.get("type") != "button":
        return None
    container = payload.get("container") or {}
    message = payload.get("message") or {}
    states = [one for block in ((payload.get("state") or {}).get("values") or {}).values() for one in block.items()]
    ticked = [
        one["value"] for name, state in states if name.startswith(TICKS) for one in state.get("selected_options") or ()
    ]
    days = [state.get("selected_date") or "" for name, state in states if name.startswith(DAY)]
    return Press(
        Place(me.team, user["id"], thread=_thread(message)),
        kind,
        str(action["value"]),
        str((payload.get("channel") or {}).get("id") or container.get("channel_id") or ""),
        str(container.get("message_ts") or message.get("ts") or ""),
        message,
        str(payload.get("trigger_id") or action.get("action_ts")),
        tuple(ticked),
        days[0] if days else "",
        bool(container.get("is_ephemeral")),
    )


def _pointed(payload: Json, me: Me) -> Found:
    user = payload["user"]
    if user.get("team_id", me.team) != me.team:
        return None
    text = plain(payload["message"].get("text") or "", me.user)
    return Pointed(Place(me.team, user["id"]), text, str(payload["trigger_id"]))


def _submitted(payload: Json, me: Me) -> Found:
    view, user = payload["view"], payload["user"]
    if user.get("team_id", me.team) != me.team:
        return None
    states = {block: held[WORDS] for block, held in view["state"]["values"].items()}
    values = tuple(
        (block, str(one.get("value") or day_first(one.get("selected_date")))) for block, one in states.items()
    )
    if not values:
        return None
    token, channel, stamp, thread = (*str(view.get("private_metadata") or "").split(" "), "", "", "")[:4]
    place, window = Place(me.team, user["id"], thread=thread), str(view["callback_id"])
    event, delivery = f"view:{view['id']}", f"sent:{payload['trigger_id']}"
    return Submitted(place, window, token, values, event, delivery, channel, stamp)


def day_first(iso: str | None) -> str:
    """A picker's 2026-12-18 as a person here writes it; empty where nothing was picked."""
    parts = (iso or "").split("-")
    is_day = len(parts) == 3 and all(map(str.isdigit, parts))
    return "/".join(str(int(part)) for part in reversed(parts)) if is_day else ""


def _command(payload: Json, me: Me, now: datetime) -> Found:
    text = plain(payload.get("text") or "", me.user)
    place = Place(me.team, payload["user_id"])
    said: Said = Typed(text) if text else Began()
    return Spoken(place, said, f"command:{payload['trigger_id']}", now, is_command=True, channel=payload["channel_id"])


def _at(event: Json, now: datetime) -> datetime:
    """When it was said. A clock that is ahead of ours must not put a reply off, and nothing is brought days later.

    Raises Malformed where this is no time of Slack's.
    """
    stamp = str(event.get("event_ts") or event["ts"])
    try:
        said = datetime.fromtimestamp(float(stamp if is_stamp(stamp) else "nan"), UTC)
    except (ValueError, OverflowError):
        raise Malformed from None
    return max(min(said, now), now - _LATEST)
