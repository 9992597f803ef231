"""Every channel with its platform."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest

from . import mail, slack, teams, telegram
from .platform import Platform

PLATFORMS: dict[str, Callable[[], AbstractContextManager[Platform]]] = {
    "mail": mail.platform,
    "slack": slack.platform,
    "teams": teams.platform,
    "telegram": telegram.platform,
}


@pytest.fixture(params=PLATFORMS)
def platform(request: pytest.FixtureRequest) -> Iterator[Platform]:
    with PLATFORMS[request.param]() as one:
        assert one.channel.name == request.param
        yield one
