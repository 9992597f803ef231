"""Whatever stands anywhere in what a platform has signed, it is answered or refused: none is told of a fault here."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from .channel_parts import parts
from .incoming import bring

GROUPS = parts("group", "group")
FORM = b"payload="
"""What Slack's buttons are brought in."""

MOST_PLACES = 100

plain = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(["\ud800", "x" * 600])
deep = st.recursive(plain, lambda one: st.lists(one, max_size=3) | st.dictionaries(st.text(), one, max_size=3))
anything = st.sampled_from([[], {}]) | deep


@pytest.fixture(params=GROUPS)
async def there(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Any]:
    """Somebody with a group and a chat of their own, in which a question stands."""
    async with GROUPS[request.param](tmp_path) as one:
        await bring(one, one.saying("refer"))
        yield one


def places(found: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in a payload, each by the keys that lead to it; the whole is one."""
    yield at
    inside = found.items() if isinstance(found, dict) else enumerate(found) if isinstance(found, list) else ()
    for key, one in inside:
        yield from places(one, (*at, key))


def with_(found: Any, place: tuple[Any, ...], put: Any) -> Any:
    """A payload in which something else stands in one place."""
    if not place:
        return put
    changed = deepcopy(found)
    inside = changed
    for key in place[:-1]:
        inside = inside[key]
    inside[place[-1]] = put
    return changed


@given(way=st.sampled_from(range(5)), nth=st.integers(0, MOST_PLACES), put=anything)
async def test_any_json_in_any_place_of_what_is_signed_is_no_fault(there, way, nth, put):
    ask = "what is a LADO?"
    ways = (
        lambda: there.saying(ask), lambda: there.asking(ask), lambda: there.sending_a_file(ask),
        lambda: there.editing("no", ask), there.unknown_press,
    )  # fmt: skip
    body = ways[way]().body
    is_form = body.startswith(FORM)
    payload = json.loads(parse_qs(body.decode())["payload"][0] if is_form else body)
    found = list(places(payload))
    changed = json.dumps(with_(payload, found[nth % len(found)], put))
    one = there.signed(urlencode({"payload": changed}).encode() if is_form else changed.encode())
    answer = await there.house.client.post(there.house.path, content=one.body, headers=one.headers)
    await there.house.settled()
    # What a vendor's library cannot read may be new, and is left with a line of its own.
    warned = [one for one in there.house.warned if not one.endswith("could not be read and is passed over.")]
    assert (answer.status_code in {200, 400, 401, 403}, warned) == (True, []), changed
