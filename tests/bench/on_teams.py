"""Teams for the bench: the stand-in of Microsoft's services, and people of a tenant."""

from __future__ import annotations

import json
from functools import cached_property
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response

from adapters.teams.opening import PATH
from bot.clock import now
from bot.wording_controls import CONTINUE
from tests.adapters.teams.microsoft import Microsoft, Shown
from tests.adapters.teams.person import Person
from tests.bench.platforms import Arrivals, Brought


class Here(Microsoft):
    """Microsoft's side."""

    path = PATH

    def __init__(self) -> None:
        super().__init__()
        self.arrivals = Arrivals()

    def served(self) -> Starlette:
        return self.app()

    def at(self, address: str) -> str:
        self.url = address
        return address

    def person(self, number: int) -> InTeams:
        return InTeams(self, number)

    @cached_property
    def header(self) -> str:
        """Microsoft signs for an hour, not for each activity."""
        return self.signed({"serviceUrl": f"{self.url}/connector/"})

    async def _take(self, request: Request) -> Response:
        answer = await super()._take(request)
        if answer.status_code == 201:
            self.arrivals.come(request.path_params["id"], self.sent[-1])
        return answer


class InTeams:
    """Somebody of the tenant."""

    def __init__(self, api: Here, number: int) -> None:
        self.chat = f"a:1chat-{number}"
        self._api = api
        self._person = Person(api, _unused, now, f"29:{number}", self.chat)

    def typed(self, words: str) -> Brought:
        return self._brought(self._person.activity(text=words, textFormat="plain"))

    def pressed(self, shown: Shown, option: int) -> Brought:
        buttons = shown.buttons()
        for one in shown.inputs():
            if one["type"] == "Input.ChoiceSet":
                send = next(button for button in buttons if button["title"] == CONTINUE)
                chosen = one["choices"][option]["value"]
                return self._brought(self._person.pressing(shown, send, **{one["id"]: chosen}))
        return self._brought(self._person.pressing(shown, buttons[min(option, len(buttons) - 1)]))

    def _brought(self, activity: dict[str, Any]) -> Brought:
        headers = {"authorization": self._api.header, "content-type": "application/json"}
        return Brought(json.dumps(activity).encode(), headers)


async def _unused(_: Any) -> Any:
    raise AssertionError("the bench brings what is said itself")
