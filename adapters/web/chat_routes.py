"""Every address of the chat on the web page, the channel `web`; loaded only where that channel is enabled."""

from __future__ import annotations

from starlette.routing import BaseRoute, Route

from adapters.web.access import ANYONE, route
from adapters.web.another_device import AnotherDevice
from adapters.web.chat import Chat
from adapters.web.conversations import Conversations
from adapters.web.door import Door
from adapters.web.links import FOLLOW, Links
from adapters.web.pages import Endpoint
from adapters.web.site import Site
from adapters.web.stream import Stream
from bot.clock import Clock, now


def chat_routes(
    conversations: Conversations, site: Site, clock: Clock = now, door: Door | None = None, links: Links | None = None
) -> list[BaseRoute]:
    """The chat's routes, which anyone may use.

    With a `door`, a conversation is a person's while they are signed in. With `links` it can be linked into.
    """
    chat = Chat(conversations, site, clock)
    device = AnotherDevice(conversations, site, clock)
    follows = door.follows if door else _as_it_is
    theirs = door.theirs if door else _as_it_is
    ends = door.ends if door else _as_it_is

    def get(path: str, endpoint: Endpoint) -> Route:
        return route("GET", path, ANYONE, endpoint, site)

    def post(path: str, endpoint: Endpoint) -> Route:
        return route("POST", path, ANYONE, endpoint, site)

    return [
        get("/", follows(chat.start)),
        get("/chat", links.before(theirs(chat.show), follows) if links else theirs(chat.show)),
        post("/chat", theirs(chat.say)),
        post("/chat/start", follows(chat.begin, "/")),
        *([post(FOLLOW, theirs(links.follow))] if links else []),
        get("/chat/stream", ends(Stream(conversations, site, clock).open)),
        post("/chat/return", theirs(chat.back)),
        get("/resume", follows(device.ask)),
        post("/resume", follows(device.spend)),
        get("/resume/code", device.to_form),
        post("/resume/code", theirs(device.give)),
    ]


def _as_it_is(endpoint: Endpoint, _page: str = "") -> Endpoint:
    return endpoint
