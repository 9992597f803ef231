"""Plays a transcript in the terminal itself: each line is read from a pipe, and what is printed is what was said."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Iterator, Sequence
from contextlib import redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from unittest.mock import patch

from cryptography.fernet import Fernet

from adapters.terminal.chat import chat
from bot.definitions import Definitions
from bot.exchange import Exchange
from bot.mind import Mind
from bot.storage import Database, KeyRing
from tests.storage.empty import furnish

from .play import Play, definitions_of
from .script import BrokenTranscript, Step, code_in, steps_of, written

NEW_SITTING = "new sitting"
_SAVED = "Saved: "


def played_in_the_terminal(text: str) -> str:
    """The transcript's text with the lines that are printed now. Raises BrokenTranscript."""
    with TemporaryDirectory() as folder:
        database = Database.open("", furnish(Path(folder) / "data"))
        try:
            keys = KeyRing.from_keys([Fernet.generate_key().decode()])
            play = TerminalPlay(Exchange(database, keys, definitions_of("exampleshire")), Path(folder))
            return written(play.printed(steps_of(text)))
        finally:
            database.close()


class TerminalPlay(Play):
    """One playing of one transcript, whose sittings are runs of the terminal one after another."""

    def __init__(self, exchange: Exchange, folder: Path) -> None:
        super().__init__(exchange)
        self._folder = folder
        self._said: list[Step | list[str]] = []
        self._screen = io.StringIO()

    def printed(self, steps: Sequence[Step]) -> list[Step | list[str]]:
        """Each step, followed by what is printed then."""
        first = next((number for number, one in enumerate(steps) if one.kind == "typed"), len(steps))
        for step in steps[:first]:
            self._arranged(step)
        rest = list(steps[first:])
        while True:
            pipe = SimpleNamespace(buffer=self._lines(rest), isatty=lambda: False)
            with redirect_stdout(self._screen), patch("sys.stdin", pipe):
                asyncio.run(chat(self._exchange, self._at, self._folder))
            self._keep()
            if not rest:
                return self._said
            self._said.append(rest.pop(0))

    def _lines(self, rest: list[Step]) -> Iterator[bytes]:
        """What is typed until the sitting ends; each when what came before has been answered."""
        while rest and rest[0].text != NEW_SITTING:
            step = rest.pop(0)
            self._keep()
            if step.kind != "typed":
                self._arranged(step)
                continue
            self._said.append(step)
            yield f"{step.text.replace('<code>', self._code)}\n".encode()

    def _arranged(self, step: Step) -> None:
        self._said.append(step)
        if step.kind != "why" and not self._is_arranged(step):
            raise BrokenTranscript(f"{step}: that cannot be done in a terminal")

    def _keep(self) -> None:
        """What has been printed, but for where documents were saved."""
        shown = self._screen.getvalue().strip("\n").split("\n")
        self._screen.seek(0)
        self._screen.truncate()
        saved = next((number for number, line in enumerate(shown) if line.startswith(_SAVED)), len(shown))
        while saved and not shown[saved - 1]:
            saved -= 1
        if saved:
            self._said.append(shown[:saved])
            self._code = code_in(shown) or self._code

    def _work_from(self, definitions: Definitions) -> None:
        self._exchange.definitions = definitions
        self._exchange.mind = Mind(definitions.library)
