"""Whatever is sent to any address of the application, by anybody: a page answers, never a traceback."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.routing import Route

from adapters.web.access import access_of
from bot.casework.case_forms import NEEDS, slug

from .board_house import MONDAY, NOBODY, BoardHouse, board_in, day, hidden

KNOWN = ("26-001", "area", "26-002", "1.docx", "2026-11", *map(slug, NEEDS))
FIELDS = (
    "csrf once seen clock entry words text day-day day-month day-year day-sure due-day due-month due-year decision "
    "review action owner outcome add_ons-Q add_ons-F+ aware-day aware-month aware-year who to person role mail name"
).split()
QUERIES = ("after", "day", "status", "owner", "clock", "late", "entry", "danger", "said", "to", "turns")

# What no person looks at is answered in plain text.
FOR_PROGRAMS = ("/calendar/", "/metrics", "/health/")

anything = st.text(max_size=40) | st.sampled_from(
    ["", "0", "-1", "31", "2026", "yes", "notify_panel", "action_due:1", "\x00", "\ud7ff", "9" * 30, "x" * 600, "%00"]
)
ways_in = st.sampled_from(["Lee", "Pat", "Asha", "Cora", NOBODY])


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BoardHouse]:
    with board_in(tmp_path_factory.mktemp("any")) as made:
        made.opened(MONDAY, MONDAY)
        made.opened(None, by="Pat")
        yield made


def ask(board: BoardHouse, who: str, method: str, path: str, query: dict[str, str], form: dict[str, str]) -> None:
    """Send it, with the session's own token where a form has one, and look at what answers."""
    client = board[who]
    if who != NOBODY:
        if client.get("/home", follow_redirects=False).status_code != 200:
            board.sign_in_again(who)
        form = {"csrf": hidden(client.get("/home").text, "/sign-out")["csrf"], **form}
    options = {"data": form} if method == "POST" else {}
    answer = client.request(method, path, params=query, follow_redirects=False, **options)
    where = f"{method} {path} {query} {form} as {who}"
    assert answer.status_code < 500, where
    assert "Traceback" not in answer.text, where
    assert answer.headers["cache-control"] == "no-store", where
    if answer.status_code >= 400 and not path.startswith(FOR_PROGRAMS):
        assert "<h1" in answer.text, where


@st.composite
def requests(draw: st.DrawFn, routes: list[Route]) -> tuple[str, str]:
    """A method, and one of the application's addresses with anything in the places for names."""
    route = draw(st.sampled_from(routes))
    method = draw(st.sampled_from(sorted((route.methods or set()) - {"HEAD"})))
    named = st.sampled_from(KNOWN) | anything.filter(lambda text: text not in ("", ".", ".."))
    parts = [quote(draw(named), safe="") if part.startswith("{") else part for part in route.path.split("/")]
    return method, "/".join(parts)


# Signing out would end what the other examples are signed in with; a stream stays open for news.
LEFT_OUT = ("/sign-out", "/chat/stream", "/board/stream")


@settings(max_examples=150, suppress_health_check=list(HealthCheck), deadline=None)
@given(data=st.data())
def test_any_request_is_answered_by_a_page(board: BoardHouse, data: st.DataObject) -> None:
    routes = [
        one
        for one in board.house.app.routes
        if isinstance(one, Route) and access_of(one) is not None and one.path not in LEFT_OUT
    ]
    method, path = data.draw(requests(routes))
    query = data.draw(st.dictionaries(st.sampled_from(QUERIES), anything, max_size=3))
    form = data.draw(st.dictionaries(st.sampled_from(FIELDS[1:]), anything, max_size=6))
    ask(board, data.draw(ways_in), method, path, query, form)


@settings(max_examples=60, suppress_health_check=list(HealthCheck), deadline=None)
@given(
    kind=st.sampled_from(list(map(slug, NEEDS))),
    ref=st.sampled_from(["26-001", "26-002"]),
    seen=st.booleans(),
    form=st.dictionaries(st.sampled_from(FIELDS[2:]), anything, max_size=6),
    dated=st.booleans(),
)
def test_any_form_of_a_case_is_recorded_or_refused_in_words(
    board: BoardHouse, kind: str, ref: str, seen: bool, form: dict[str, str], dated: bool
) -> None:
    newest = {"seen": str(board.case(ref).events[-1].seq)} if seen else {}
    dates = day(MONDAY) if dated else {}
    ask(board, "Lee", "POST", f"/board/case/{ref}/{kind}", {}, {"words": "A few words.", **dates, **form, **newest})
    assert board.case(ref).events


@settings(max_examples=40, suppress_health_check=list(HealthCheck), deadline=None)
@given(path=st.text(max_size=60), body=st.binary(max_size=200), type_=st.text(max_size=30), who=ways_in)
def test_any_path_and_any_bytes_are_answered_by_a_page(
    board: BoardHouse, path: str, body: bytes, type_: str, who: str
) -> None:
    client = board[who]
    where = "/" + quote(path.lstrip("/"), safe="/")
    kind = type_.encode("ascii", "ignore").decode().strip().replace("\r", "").replace("\n", "").replace("\x00", "")
    for headers in ({"Content-Type": kind}, {"Content-Type": "application/x-www-form-urlencoded"}):
        for target in (where, "/board/open", "/board/case/26-001/noted"):
            answer = client.request("POST", target, content=body, headers=headers, follow_redirects=False)
            assert answer.status_code < 500, (target, headers)
            assert "Traceback" not in answer.text
