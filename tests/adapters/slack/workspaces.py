"""The workspaces of the stand-in: whose each token is, and Slack's steps by which another one installs the app."""

from __future__ import annotations

import base64
import itertools
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]
TOKEN = "xoxb-111111111111-222222222222-abcdefghijklmnopqrstuvwx"
TEAM, BOT_USER, BOT = "T0TEAM001", "U0BOT0001", "B0BOT0001"
CLIENT_ID, CLIENT_SECRET = "3336676569.4567890123", "0123456789abcdef0123456789abcdef"


class Refused(Exception):
    """What Slack answers instead of a result."""

    def __init__(self, error: str, status: int = 200, headers: dict[str, str] | None = None) -> None:
        super().__init__(error)
        self.error, self.status, self.headers = error, status, headers or {}


@dataclass(frozen=True)
class Team:
    """A workspace, and the app's own user and bot there."""

    id: str
    bot_user: str
    bot: str
    name: str


@dataclass
class Workspaces:
    """Slack's own book of tokens and codes. Whoever is not named in `people` is of the first workspace."""

    tokens: dict[str, Team] = field(default_factory=lambda: {TOKEN: Team(TEAM, BOT_USER, BOT, "Exampleshire")})
    gone: set[str] = field(default_factory=set)
    codes: dict[str, tuple[Team, str]] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)
    rotates: bool = False
    _numbers: itertools.count = field(default_factory=lambda: itertools.count(1))

    def of(self, authorization: str) -> tuple[str, Team]:
        """The token and the workspace of a call."""
        token = authorization.removeprefix("Bearer ")
        if token in self.gone:
            raise Refused("token_revoked")
        if token not in self.tokens:
            raise Refused("invalid_auth")
        return token, self.tokens[token]

    def allow(self, team: str, redirect: str) -> str:
        """Somebody in a workspace presses Allow; the code that their browser takes along."""
        number = next(self._numbers)
        code = f"{number}.code.{team}"
        self.codes[code] = (Team(team, f"U0BOT{team[-4:]}", f"B0BOT{team[-4:]}", f"Workspace {team}"), redirect)
        return code

    def access(self, authorization: str, given: Json) -> Json:
        """Give the token for a code, once, to the app itself."""
        wanted = base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
        if authorization != f"Basic {wanted}":
            raise Refused("bad_client_secret")
        team, redirect = self.codes.pop(given.get("code", ""), (None, ""))
        if team is None:
            raise Refused("invalid_code")
        if given.get("redirect_uri") != redirect:
            raise Refused("bad_redirect_uri")
        token = f"xoxb-{team.id}-{next(self._numbers)}-zyxwvutsrqponmlkjihgfedc"
        self.tokens[token] = team
        lasting = {"refresh_token": "xoxe-1-x", "expires_in": 43200} if self.rotates else {}
        return {
            "access_token": token,
            "token_type": "bot",
            "scope": "chat:write,commands",
            "bot_user_id": team.bot_user,
            "app_id": "A0APP0001",
            "team": {"id": team.id, "name": team.name},
            "enterprise": None,
            "is_enterprise_install": False,
            "authed_user": {"id": "U0ADMIN01"},
            **lasting,
        }

    def uninstall(self, token: str, given: Json) -> Json:
        """Take the app out of a workspace, which ends every token that it has there."""
        if (given.get("client_id"), given.get("client_secret")) != (CLIENT_ID, CLIENT_SECRET):
            raise Refused("client_id_token_mismatch")
        self.gone |= {one for one, team in self.tokens.items() if team.id == self.tokens[token].id}
        return {}

    def token_of(self, team: str) -> str:
        """The newest token of a workspace."""
        return [token for token, one in self.tokens.items() if one.id == team][-1]
