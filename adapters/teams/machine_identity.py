"""The bot's own token on a machine in Azure that has an identity of its own; every wait for it has an end."""

from __future__ import annotations

from typing import Any

import requests
from msal import ManagedIdentityClient, UserAssignedManagedIdentity

from bot.channel import Unreachable


class _Session(requests.Session):
    """Waits for nothing without end, as the vendor's library would; what is asked never leaves for a proxy."""

    def __init__(self, within: float) -> None:
        super().__init__()
        self.trust_env = False
        self._within = within

    def request(self, *args: Any, **more: Any) -> requests.Response:
        """Send a request."""
        return super().request(*args, **{"timeout": self._within, **more})


def token_of_this_machine(client_id: str, resource: str, within: float) -> dict[str, Any]:
    """The machine's answer: `access_token` and `expires_in`, or an error. Blocks; raises Unreachable."""
    identity = UserAssignedManagedIdentity(client_id=client_id)
    try:
        with _Session(within) as session:
            found = ManagedIdentityClient(identity, http_client=session).acquire_token_for_client(resource=resource)
    except (requests.RequestException, ValueError):
        raise Unreachable("this machine's identity cannot be asked for a token", permanent=False) from None
    return found if isinstance(found, dict) else {}
