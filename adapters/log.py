"""What goes to the log: warnings in one line each, without a secret, and of a fault its kind and place, not its words.

The libraries' own loggers are not to be trusted with this: some print whole requests, one puts another's level back.
"""

from __future__ import annotations

import logging
import re
import traceback

from pydantic import SecretStr

from adapters.channel_folders import capabilities
from adapters.settings import Settings

_SHORTEST = 6
_BEARER = r"\bBearer\s+[\w.~+/-]+=*"
_HIDDEN = "[hidden]"
_TALKATIVE = ("httpx", "httpcore", "aiohttp")


class Discreet(logging.Formatter):
    """Writes a record without secrets, and a fault without its words, which may be a person's."""

    def __init__(self, secrets: tuple[str, ...]) -> None:
        super().__init__()
        self._secrets = secrets
        declared = (shape for one in capabilities().values() for shape in one.secret_shapes)
        self._shapes = re.compile("|".join((_BEARER, *declared)))

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line."""
        said = f"{record.levelname} {record.name}: {' '.join(record.getMessage().split())}"
        if record.exc_info and record.exc_info[0] is not None:
            kind, _, where = record.exc_info
            place = traceback.extract_tb(where)[-1:] if where else []
            at = f" at {place[0].filename}:{place[0].lineno}" if place else ""
            said += f" ({kind.__name__}{at})"
        return self.hidden(said)

    def hidden(self, text: str) -> str:
        """The text with every secret hidden."""
        for secret in self._secrets:
            text = text.replace(secret, _HIDDEN)
        return self._shapes.sub(_HIDDEN, text)


def secrets_of(settings: Settings) -> tuple[str, ...]:
    """Every secret among the settings, the longest first."""
    values = (getattr(settings, name) for name in type(settings).model_fields)
    found = {value.get_secret_value() for value in values if isinstance(value, SecretStr)}
    return tuple(sorted((one for one in found if len(one) >= _SHORTEST), key=len, reverse=True))


def keep_discreet(settings: Settings) -> None:
    """From now on everything that is logged in this process goes this way."""
    handler = logging.StreamHandler()
    handler.setFormatter(Discreet(secrets_of(settings)))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    for name in (*_TALKATIVE, *(name for one in capabilities().values() for name in one.loggers)):
        logging.getLogger(name).setLevel(logging.WARNING)
