"""One web application for every channel that is set up, and the server that runs it."""

from __future__ import annotations

import asyncio
import signal
import socket
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from threading import Thread

import click
import uvicorn
from starlette.applications import Starlette
from starlette.routing import BaseRoute

from adapters import channel_folders, channels, log
from adapters.channel_folders import WEB
from adapters.channels import Around, Opened
from adapters.delivering import running
from adapters.health import Health
from adapters.loading import stays
from adapters.posting import post_of
from adapters.settings import Settings, unknown_settings
from adapters.stopping import Server
from adapters.web import people_pages
from adapters.web.board_office import ENTRIES
from adapters.web.board_routes import board_routes
from adapters.web.door import Door
from adapters.web.entrance import door_of, entrance, warning
from adapters.web.joining import Joining
from adapters.web.routes import error_pages, routes, without_chat
from adapters.web.site import Site
from adapters.workplace import days_kept, opened, remind_owners, tidy, warn
from bot.allowed_here import Switches, said_where_off
from bot.clock import Clock, now
from bot.definitions import Definitions
from bot.delivering.delivery import Watchers
from bot.exchange import Exchange
from bot.people.join_desk import JoinDesk
from bot.published import Published
from bot.wording import soft_danger

TIDY_EVERY = timedelta(days=1)
STOP_WITHIN_SECONDS = 5
LOOK_EVERY_SECONDS = 5.0


def run(settings: Settings, definitions: Definitions) -> None:
    """Serves until told to stop. Raises ClickException where a channel or the address cannot be had."""
    channels.check_all(settings)
    log.keep_discreet(settings)
    for name in unknown_settings():
        warn(f"{name} is not a setting; `bot doctor` lists them all.")
    with opened(settings, definitions, post=post_of(settings, now)) as exchange:
        platforms = channels.opened(Around(exchange, settings, now, warn))
        Thread(target=_loaded, args=[exchange], daemon=True).start()
        if about_sign_in := warning(settings):
            warn(about_sign_in)
        config = uvicorn.Config(
            application(exchange, settings, now, platforms),
            log_config=None,
            access_log=False,
            timeout_graceful_shutdown=STOP_WITHIN_SECONDS,
            server_header=False,
        )
        listening = _listen(settings.host, settings.port)
        host, port = listening.getsockname()[:2]
        server = Server(config)
        # It listens for these only once it runs, and raises them again when it has stopped: none is to be missed, and
        # what is opened here is still to be closed.
        for told in (signal.SIGINT, signal.SIGTERM):
            signal.signal(told, server.handle_exit)
        click.echo(_welcome(f"http://{f'[{host}]' if ':' in host else host}:{port}", settings.channels))
        sys.stdout.flush()
        server.run(sockets=[listening])


def _welcome(address: str, names: Sequence[str]) -> str:
    what = f"Open {address} in a browser." if WEB in names else f"Serving {', '.join(names)} on {address}."
    return f"{what} Ctrl-C stops."


def _loaded(exchange: Exchange) -> None:
    """Once all is loaded there is nothing to be looked for in it."""
    exchange.mind.loaded()
    stays()


def application(
    exchange: Exchange,
    settings: Settings,
    clock: Clock,
    platforms: Sequence[Opened] = (),
    watchers: Watchers | None = None,
) -> Starlette:
    """The application: every channel, the pages and the health checks; beside it reminders are looked after.

    `watchers` are told of what becomes of all that is sent.
    """
    published = Published(exchange, warn)
    health = Health(exchange, published)
    exchange.switches = _switches(settings)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        beside = (_tidy(exchange, settings, clock), _keep_up(published))
        tasks = [asyncio.create_task(one) for one in beside]
        try:
            # What is in hand is finished after nothing more is taken, and before the way out is closed.
            async with (
                channels.all_at_once(one.sending() for one in platforms),
                running(exchange, settings, clock, watchers, platforms) as health.running,
                channels.all_at_once(one.taking() for one in platforms),
            ):
                yield
        finally:
            for task in tasks:
                task.cancel()
            await exchange.post.settled()

    site = _site(exchange, settings)
    door = door_of(exchange, settings, site, clock)
    area = exchange.definitions.area.name
    pages = [
        *routes(exchange, site, door),
        *_chat(exchange, settings, site, clock, door),
        *Joining(JoinDesk(exchange.database, exchange.keys), door).routes(),
        *entrance(door, area, settings, warn, [*ENTRIES, people_pages.ENTRY]),
        *board_routes(exchange, door),
        *people_pages.PeoplePages(door, exchange).routes(),
        *health.routes(site),
        *(route for one in platforms for route in one.routes()),
    ]
    return Starlette(routes=pages, exception_handlers=error_pages(site), lifespan=lifespan)


def _switches(settings: Settings) -> Switches:
    off = frozenset(settings.channels_off)
    # Nobody is led to a page where they would be told the same, or would find no chat.
    page = settings.public_url if WEB in settings.channels and WEB not in off else ""
    return Switches(off, settings.channels_off_message, page)


def _site(exchange: Exchange, settings: Settings) -> Site:
    # Kept between starts, because the key it is made from is.
    secret = exchange.keys.mac("web", "what the page's forms carry")
    off = said_where_off(exchange.definitions.area, exchange.switches) if WEB in exchange.switches.off else ()
    danger = (soft_danger(exchange.definitions.area),)
    has_chat = WEB in settings.channels
    kept = days_kept(settings, exchange.definitions)
    return Site(
        secret, settings.public_url, kept, settings.session_idle_minutes, has_chat=has_chat, off=off, danger=danger
    )


def _chat(exchange: Exchange, settings: Settings, site: Site, clock: Clock, door: Door) -> list[BaseRoute]:
    if not site.has_chat:
        known = channel_folders.capabilities()
        return without_chat(site, [known[one].title for one in settings.channels if one not in settings.channels_off])
    # Loaded only where it is enabled, as every other channel is.
    from adapters.web.chat_routes import chat_routes
    from adapters.web.links import Links

    return chat_routes(exchange, site, clock, door, Links(exchange, site, clock))


async def _tidy(exchange: Exchange, settings: Settings, clock: Clock) -> None:
    while True:
        await tidy(exchange, settings, clock)
        remind_owners(exchange.definitions, clock)
        await asyncio.sleep(TIDY_EVERY.total_seconds())


async def _keep_up(published: Published) -> None:
    while True:
        await asyncio.sleep(LOOK_EVERY_SECONDS)
        await published.look()


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        # From now on whoever calls waits rather than being refused: a platform may call as soon as it is told to.
        listening.listen(1024)
    except OSError as error:
        raise click.ClickException(
            f"cannot serve on {host}:{port}: {error.strerror}. Choose another with --port."
        ) from None
    return listening
