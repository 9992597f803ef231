"""Every channel with its platform."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest

from .channel_parts import parts
from .platform import Platform

PLATFORMS: dict[str, Callable[[], AbstractContextManager[Platform]]] = parts("platform", "platform")
ONLY_SHOW: dict[str, str] = parts("platform", "ONLY_SHOWS")


@pytest.fixture(params=PLATFORMS)
def platform(request: pytest.FixtureRequest) -> Iterator[Platform]:
    with PLATFORMS[request.param]() as one:
        assert one.channel.name == request.param
        yield one


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Every case on every channel where it has a meaning."""
    if "refusing" in metafunc.fixturenames:
        metafunc.parametrize("refusing", [name for name in PLATFORMS if name not in ONLY_SHOW], indirect=True)


@pytest.fixture
def refusing(request: pytest.FixtureRequest) -> Iterator[Platform]:
    """A platform that can refuse a message."""
    with PLATFORMS[request.param]() as one:
        yield one
