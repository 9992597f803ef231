"""Which e-mail address of somebody the sign-in service vouches for; one that it only passes on lets nobody in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.people.issuer import entra_tenant
from bot.people.mail_address import mail_address
from bot.storage.identities import Identity


def identity(claims: Mapping[str, Any], issuer: str) -> Identity:
    """Who the checked claims of a service are about."""
    return Identity(issuer, str(claims["sub"]), vouched_for(claims, issuer))


def vouched_for(claims: Mapping[str, Any], issuer: str) -> str:
    """The address, empty where there is none.

    It only ever finds the person who was registered with it, at their first sign-in; after that `sub` is who they are.
    """
    mail = _address(claims.get("email"))
    # https://openid.net/specs/openid-connect-core-1_0.html#StandardClaims
    if mail and claims.get("email_verified") in (True, "true"):
        return mail
    tenant = entra_tenant(issuer)
    return _of_tenant(claims, issuer, tenant, mail) if tenant else ""


def _of_tenant(claims: Mapping[str, Any], issuer: str, tenant: str, mail: str) -> str:
    """Entra ID says no `email_verified`, and `email` may be anything at all that was written into an account:
    https://learn.microsoft.com/en-us/entra/identity-platform/migrate-off-email-claim-authorization

    It does vouch for an address by the optional claim `xms_edov` (the same page): its domain's owner is verified. And
    the domain of a user name is always one that the tenant has shown to be its own (`userPrincipalName`,
    https://learn.microsoft.com/en-us/graph/api/resources/user), so an address in the same domain as the user name is
    in the organisation's own hands. That holds for the one tenant that the issuer names, and not for its guests, who
    bring the user name of another.
    """
    if claims.get("tid") != tenant:
        return ""
    if mail and claims.get("xms_edov") in (True, 1, "1", "true"):
        return mail
    name = "" if _is_guest(claims, issuer) else _address(claims.get("preferred_username"))
    if not mail:
        return name
    return mail if name and _domain(mail) == _domain(name) else ""


def _is_guest(claims: Mapping[str, Any], issuer: str) -> bool:
    """https://learn.microsoft.com/en-us/entra/identity-platform/id-token-claims-reference: `idp` of a guest is not the
    issuer. https://learn.microsoft.com/en-us/entra/identity-platform/optional-claims-reference: `acct` of a guest is 1.
    """
    return claims.get("idp", issuer) != issuer or claims.get("acct") in (1, "1")


def _address(claim: object) -> str:
    try:
        return mail_address(claim) if isinstance(claim, str) else ""
    except ValueError:
        return ""


def _domain(mail: str) -> str:
    return mail.rpartition("@")[2]
