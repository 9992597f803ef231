"""What goes to the log of the libraries' own lines: what stands in their code, and of a fault its kind and place.

Their loggers are not to be trusted with more: some print whole requests, and what they fill in, or have put together
already, may be a person's words. The bot's own lines do not come this way: they are written by `adapters.workplace`.
"""

from __future__ import annotations

import linecache
import logging
import re
import sys
import traceback
import warnings
from typing import TextIO

from pydantic import SecretStr

from adapters.channel_folders import capabilities
from adapters.settings import Settings

_SHORTEST = 6
_BEARER = r"\bBearer\s+[\w.~+/-]+=*"
_HIDDEN = "[hidden]"
_NEAR = slice(-4, 8)
"""The lines about a call in which its message may stand."""
_WRITTEN_OUT = "Traceback (most recent call last)"
_PLACE = re.compile(r'^ *File "([^"\n]+)", line (\d+)', re.MULTILINE)
_KIND = re.compile(r"^([A-Za-z_][\w.]*)(?::|$)", re.MULTILINE)
_TALKATIVE = ("httpx", "httpcore", "aiohttp")


class Discreet(logging.Formatter):
    """Writes a record without secrets, without what is filled in, and a fault without its words: all may be a person's.

    Of a message that was put together before it came here only the place is left, by which it can be found.
    """

    def __init__(self, secrets: tuple[str, ...]) -> None:
        super().__init__()
        self._secrets = secrets
        declared = (shape for one in capabilities().values() for shape in one.secret_shapes)
        self._shapes = re.compile("|".join((_BEARER, *declared)))

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line."""
        said = f"{record.levelname} {record.name}: {_literal(record) or f'said at {record.pathname}:{record.lineno}'}"
        if fault := _fault(record):
            said += f" ({fault})"
        return self.hidden(said)

    def hidden(self, text: str) -> str:
        """The text with every secret hidden."""
        for secret in self._secrets:
            text = text.replace(secret, _HIDDEN)
        return self._shapes.sub(_HIDDEN, text)


def _literal(record: logging.LogRecord) -> str:
    """The message as it stands in the library's code; empty where it does not stand there so."""
    said = record.msg.strip() if isinstance(record.msg, str) else ""
    first, last = max(0, record.lineno + _NEAR.start), record.lineno + _NEAR.stop
    near = "".join(linecache.getlines(record.pathname)[first:last])
    return " ".join(said.split()) if said in near else ""


def _fault(record: logging.LogRecord) -> str:
    """The kind and place of the fault that a record tells of, also of one that is written out in its message."""
    if record.exc_info and record.exc_info[0] is not None:
        kind, _, where = record.exc_info
        place = traceback.extract_tb(where)[-1:] if where else []
        return f"{kind.__name__} at {place[0].filename}:{place[0].lineno}" if place else kind.__name__
    if isinstance(record.msg, str) and record.msg.startswith(_WRITTEN_OUT):
        places = list(_PLACE.finditer(record.msg))
        kind_written = _KIND.search(record.msg, places[-1].end()) if places else None
        if kind_written is not None:
            return f"{kind_written[1]} at {places[-1][1]}:{places[-1][2]}"
    return ""


def _show_warning(
    message: Warning | str,  # noqa: ARG001
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,
    line: str | None = None,  # noqa: ARG001
) -> None:
    """A warning of Python's by its kind and place: pydantic's hold what somebody gave."""
    (file or sys.stderr).write(f"{category.__name__} at {filename}:{lineno}\n")


def secrets_of(settings: Settings) -> tuple[str, ...]:
    """Every secret among the settings, the longest first."""
    values = (getattr(settings, name) for name in type(settings).model_fields)
    found = {value.get_secret_value() for value in values if isinstance(value, SecretStr)}
    return tuple(sorted((one for one in found if len(one) >= _SHORTEST), key=len, reverse=True))


def keep_discreet(settings: Settings) -> None:
    """From now on everything that libraries log or warn of in this process goes this way."""
    warnings.showwarning = _show_warning
    # Of what could not be written the standard library would print every argument.
    logging.raiseExceptions = False
    handler = logging.StreamHandler()
    handler.setFormatter(Discreet(secrets_of(settings)))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    for name in (*_TALKATIVE, *(name for one in capabilities().values() for name in one.loggers)):
        logging.getLogger(name).setLevel(logging.WARNING)
