"""News on an open page of the board: what is noted for its person comes by itself, and to nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.delivering.nudging import Nudging
from bot.storage import nudges

from .board_house import BoardHouse, board_in, owe, quick
from .client import forms
from .serving import served

WITHIN = httpx.Timeout(10)
NOTIFY = "Case 26-001: notify the Panel. Latest Mon 30 Nov. Statutory guidance."


@pytest.fixture
def board(tmp_path: Path) -> Iterator[BoardHouse]:
    with board_in(tmp_path) as made:
        yield made


@pytest.fixture
def url(board: BoardHouse) -> Iterator[str]:
    """Where the board is served, looking for news five times a second."""
    with served(quick(board)) as address:
        yield address


@contextmanager
def signed_in(board: BoardHouse, url: str, name: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=url, timeout=WITHIN, follow_redirects=True) as client:
        form = next(one for one in forms(client.get("/sign-in").text) if "to" in one)
        client.post("/sign-in", data={**form, "who": board.ids[name]}).raise_for_status()
        yield client


def events(stream: httpx.Response) -> Iterator[dict[str, str]]:
    """The events of a stream, as they come."""
    fields: dict[str, str] = {}
    for line in stream.iter_lines():
        name, _, value = line.partition(": ")
        if line and name:
            fields[name] = "\n".join(filter(None, (fields.get(name), value)))
        elif "event" in fields:
            yield fields
            fields = {}


def next_event(stream: httpx.Response) -> dict[str, str]:
    """The next event of a stream that is read no further."""
    return next(events(stream))


def test_a_reminder_noted_while_the_page_is_open_arrives_by_itself(board: BoardHouse, url: str) -> None:
    with signed_in(board, url, "Lee") as client, client.stream("GET", "/board/stream?after=0") as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        assert stream.headers["cache-control"] == "no-store"
        id_ = owe(board, "Lee", NOTIFY)
        assert next_event(stream) == {"event": "news", "data": NOTIFY, "id": str(id_), "retry": "5000"}


def test_what_the_watch_of_this_process_tells_is_there_at_once_without_looking_for_it(board: BoardHouse) -> None:
    """Also for somebody who has never opened a conversation."""
    app, exchange, lee = quick(board, recheck=3600), board.house.exchange, board.ids["Lee"]
    nudging = Nudging(exchange.keys, (), exchange.definitions.working_time, timedelta(minutes=30))

    async def tell(_: Request) -> Response:
        told = await exchange.database.run(lambda connection: nudging.tell(connection, lee, board.clock()))
        for whose in told.news:
            exchange.announce(whose)
        return Response()

    app.router.routes.append(Route("/tell", tell))
    with (
        served(app) as url,
        signed_in(board, url, "Lee") as client,
        client.stream("GET", "/board/stream?after=0") as stream,
    ):
        come = events(stream)
        owe(board, "Lee", "Earlier.")
        httpx.get(f"{url}/tell", timeout=WITHIN).raise_for_status()
        assert next(come)["data"] == "Earlier."
        owe(board, "Lee", NOTIFY)
        httpx.get(f"{url}/tell", timeout=WITHIN).raise_for_status()
        assert next(come)["data"] == NOTIFY


def test_what_the_page_has_shown_does_not_come_again_and_what_came_since_does(board: BoardHouse, url: str) -> None:
    first = owe(board, "Lee", "Earlier.")
    owe(board, "Lee", "Later.")
    owe(board, "Lee", "Latest.")
    with signed_in(board, url, "Lee") as client:
        with client.stream("GET", f"/board/stream?after={first}") as stream:
            assert next_event(stream)["data"] == "Later.\nLatest."
        with client.stream("GET", "/board/stream?after=0", headers={"Last-Event-ID": str(first)}) as stream:
            assert next_event(stream)["data"] == "Later.\nLatest."


def test_what_is_for_somebody_else_or_not_needed_any_more_does_not_come(board: BoardHouse, url: str) -> None:
    owe(board, "Dee", "For Dee.")
    gone = owe(board, "Lee", "Done meanwhile.")
    board.desk(lambda desk: nudges.settle(desk.connection, [gone], "cancelled", desk.at))
    owe(board, "Lee", NOTIFY)
    with signed_in(board, url, "Lee") as client, client.stream("GET", "/board/stream?after=0") as stream:
        assert next_event(stream)["data"] == NOTIFY


@pytest.mark.parametrize("end", ["idle", "role"])
def test_it_ends_with_the_session_which_an_open_page_does_not_keep_going(board: BoardHouse, url: str, end: str) -> None:
    with signed_in(board, url, "Lee") as client, client.stream("GET", "/board/stream?after=0") as stream:
        owe(board, "Lee", NOTIFY)
        come = events(stream)
        assert next(come)["event"] == "news"
        board.clock.turn(minutes=30) if end == "idle" else board.house.revoke(board.ids["Lee"], "lead")
        assert next(come)["event"] == "ended"


def test_whoever_names_no_place_to_begin_is_given_none(board: BoardHouse) -> None:
    assert board["Lee"].get("/board/stream").status_code == 204


def test_each_page_says_from_where_its_news_begin(board: BoardHouse) -> None:
    newest = owe(board, "Dee", "For Dee.")
    ref = board.opened()
    for path in ("/board", f"/board/case/{ref}", f"/board/case/{ref}/noted", "/board/month/2026-11"):
        assert f'id="news" role="status" data-after="{newest}"' in board["Lee"].get(path).text, path
