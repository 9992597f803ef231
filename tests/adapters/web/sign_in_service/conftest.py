"""The fixtures: a strict sign-in service, and an installation that is set up for it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.adapters.web.client import Client
from tests.adapters.web.house import HERE, House, TurnedClock, house_in
from tests.adapters.web.serving import served
from tests.adapters.web.strict_provider import CLIENT, SECRET, StrictProvider

BACK = f"{HERE}/sign-in/back"


@pytest.fixture(scope="module")
def service() -> Iterator[StrictProvider]:
    provider = StrictProvider(TurnedClock())
    with served(provider.app) as address:
        provider.issuer = address
        yield provider


@pytest.fixture
def house(service: StrictProvider, tmp_path: Path) -> Iterator[House]:
    settings = {"oidc_issuer": service.issuer, "oidc_client_id": CLIENT, "oidc_client_secret": SECRET}
    with house_in(tmp_path, **settings, oidc_name="Council account") as made:
        yield made


@pytest.fixture
def provider(service: StrictProvider, house: House) -> StrictProvider:
    """The service, strict and truthful again."""
    service.begin(house.clock)
    service.redirects = {BACK}
    return service


@pytest.fixture
def ada(house: House) -> str:
    """Somebody who is registered with the address that the service knows."""
    return house.register("Ada Lead", "lead", mail="Ada@Example.gov.uk")


@pytest.fixture
def client(house: House, provider: StrictProvider) -> Iterator[Client]:
    with house.client() as made:
        yield made
