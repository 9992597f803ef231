"""The address of the sign-in service: one organisation's own, encrypted, and nothing that anyone could sign in with."""

from __future__ import annotations

import pytest

from bot.people.issuer import entra_tenant, issuer_address

TENANT = "72f988bf-86f1-41af-91ab-2d7cd011db47"


@pytest.mark.parametrize(
    "address",
    [
        f"https://login.microsoftonline.com/{TENANT}/v2.0",
        "https://login.example.gov.uk/realms/council",
        "https://example.eu.auth0.com/",
        "http://127.0.0.1:9400",
        "http://localhost:9400/realm",
    ],
)
def test_a_good_address_is_taken_letter_by_letter(address: str) -> None:
    assert issuer_address(address) == address


@pytest.mark.parametrize(
    "address",
    [
        "login.example.gov.uk",
        "http://login.example.gov.uk",
        "http://localhost.example.gov.uk",
        "http://127.0.0.1.example.gov.uk",
        "ftp://login.example.gov.uk",
        "https://",
        "https://someone@login.example.gov.uk",
        "https://login.example.gov.uk?a=b",
        "https://login.example.gov.uk#a",
        "https://login.example.gov.uk/a b",
        "https://[::1",
        "https://login.microsoftonline.com/common/v2.0",
        "https://login.microsoftonline.com/organizations/v2.0",
        "https://login.microsoftonline.com/consumers/v2.0",
        "https://login.microsoftonline.com/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0",
        "https://login.microsoftonline.com/council.gov.uk/v2.0",
        "https://login.microsoftonline.com",
    ],
)
def test_a_bad_address_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        issuer_address(address)


def test_only_entra_id_names_a_tenant() -> None:
    assert entra_tenant(f"https://login.microsoftonline.com/{TENANT}/v2.0") == TENANT
    assert entra_tenant(f"https://login.microsoftonline.us/{TENANT}/v2.0") == TENANT
    assert entra_tenant(f"https://login.example.gov.uk/{TENANT}/v2.0") is None
    assert entra_tenant(f"https://login.microsoftonline.com.example.gov.uk/{TENANT}/v2.0") is None
