"""Which address counts, of all that a sign-in service may say: only one that it vouches for."""

from __future__ import annotations

from typing import Any

import pytest

from adapters.web.vouched import identity, vouched_for
from bot.storage.identities import Identity

TENANT = "72f988bf-86f1-41af-91ab-2d7cd011db47"
ENTRA = f"https://login.microsoftonline.com/{TENANT}/v2.0"
OTHER = "https://login.example.gov.uk"
MAIL = {"email": "ada@example.gov.uk"}
NAME = {"preferred_username": "a.lead@example.gov.uk"}


@pytest.mark.parametrize("said", [True, "true"])
def test_an_address_said_to_be_verified_counts(said: object) -> None:
    assert vouched_for({**MAIL, "email_verified": said}, OTHER) == "ada@example.gov.uk"


@pytest.mark.parametrize(
    "claims",
    [
        {},
        MAIL,
        {**MAIL, "email_verified": False},
        {**MAIL, "email_verified": None},
        {**MAIL, "email_verified": "false"},
        {**MAIL, "email_verified": "yes"},
        {**MAIL, "xms_edov": True},
        {**MAIL, **NAME, "tid": TENANT, "xms_edov": True},
        {"email_verified": True, **NAME},
        {"email": "", "email_verified": True},
        {"email": ["ada@example.gov.uk"], "email_verified": True},
        {"email": "ada@example.gov.uk, bo@example.gov.uk", "email_verified": True},
        {"email": "Ada <ada@example.gov.uk>", "email_verified": True},
    ],
    ids=str,
)
def test_no_other_address_does(claims: dict[str, Any]) -> None:
    assert vouched_for(claims, OTHER) == ""


@pytest.mark.parametrize(
    ("claims", "address"),
    [
        ({**MAIL, "xms_edov": True}, "ada@example.gov.uk"),
        ({**MAIL, "xms_edov": "1"}, "ada@example.gov.uk"),
        ({"email": "ada@gmail.example", "xms_edov": True, "acct": 1}, "ada@gmail.example"),
        ({**MAIL, **NAME}, "ada@example.gov.uk"),
        ({**MAIL, **NAME, "idp": ENTRA, "acct": 0}, "ada@example.gov.uk"),
        (NAME, "a.lead@example.gov.uk"),
    ],
    ids=str,
)
def test_of_entra_ids_one_tenant_an_address_in_its_own_hands_counts(claims: dict[str, Any], address: str) -> None:
    assert vouched_for({**claims, "tid": TENANT}, ENTRA) == address


@pytest.mark.parametrize(
    "claims",
    [
        {**MAIL, "tid": TENANT},
        {**MAIL, "tid": TENANT, "xms_edov": False},
        {**MAIL, "tid": TENANT, "xms_edov": "0"},
        {**MAIL, "tid": TENANT, "preferred_username": "mallory@council.onmicrosoft.com"},
        {**MAIL, "tid": TENANT, "preferred_username": "mallory"},
        {**MAIL, **NAME, "tid": TENANT, "idp": "live.com"},
        {**MAIL, **NAME, "tid": TENANT, "idp": "https://sts.windows.net/another/"},
        {**MAIL, **NAME, "tid": TENANT, "acct": 1},
        {**NAME, "tid": TENANT, "acct": "1"},
        {**MAIL, **NAME, "tid": "11111111-2222-3333-4444-555555555555"},
        {**MAIL, **NAME, "xms_edov": True},
        {"preferred_username": "+44 20 7946 0000", "tid": TENANT},
    ],
    ids=str,
)
def test_of_entra_id_neither_a_guest_nor_an_address_anyone_may_have_written_counts(claims: dict[str, Any]) -> None:
    assert vouched_for(claims, ENTRA) == ""


def test_who_somebody_is_is_said_by_issuer_and_subject() -> None:
    found = identity({"sub": "s-1", **MAIL, "email_verified": True}, OTHER)
    assert found == Identity(OTHER, "s-1", "ada@example.gov.uk")
    assert found.address == "https://login.example.gov.uk|s-1"
