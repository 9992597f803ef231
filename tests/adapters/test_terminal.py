"""The terminal: a document goes where the person is, nothing of theirs is overwritten, and old talk is erased."""

from __future__ import annotations

import asyncio
import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from adapters.settings import Settings
from adapters.terminal.chat import saved
from adapters.terminal.show import WIDTH
from adapters.workplace import opened, tidy
from bot.clock import now
from bot.decisions.documents import Document
from bot.definitions import load_definitions

BOT = Path(sys.executable).with_name("bot")
LONG_AGO = datetime(2020, 1, 6, 10, 0, tzinfo=UTC)
PRACTICE = "practice\nno\nok\nmember of the public\ndocument\n"


def document(content: bytes) -> Document:
    return Document("R-7K3M2Q-1.docx", "text/plain", content)


def test_a_document_is_saved_for_its_owner_only_and_never_over_another(tmp_path):
    first = saved(document(b"one"), tmp_path)
    assert first == f"Saved: {tmp_path / 'R-7K3M2Q-1.docx'}"
    assert (tmp_path / "R-7K3M2Q-1.docx").stat().st_mode & 0o777 == 0o600
    assert saved(document(b"one"), tmp_path) == first
    assert saved(document(b"two"), tmp_path) == f"Saved: {tmp_path / 'R-7K3M2Q-1-2.docx'}"
    assert saved(document(b"three"), tmp_path) == f"Saved: {tmp_path / 'R-7K3M2Q-1-3.docx'}"
    assert sorted(path.read_bytes() for path in tmp_path.iterdir()) == [b"one", b"three", b"two"]


def test_a_folder_that_cannot_be_written_to_is_said_and_nothing_stops(tmp_path):
    assert saved(document(b"one"), tmp_path / "gone").startswith(f"Not saved: {tmp_path / 'gone'}")


def test_documents_go_to_the_current_folder_and_nothing_readable_is_left_in_the_data_folder(tmp_path):
    here = tmp_path / "here"
    here.mkdir()
    ran = subprocess.run(
        [BOT, "chat", "--data", tmp_path / "data"], cwd=here, input=PRACTICE, capture_output=True, text=True, timeout=60
    )
    assert ran.returncode == 0, ran.stderr
    kinds = sorted(path.suffix for path in here.iterdir())
    assert kinds == [".docx", ".html", ".txt"]
    for path in here.iterdir():
        assert f"Saved: {path}" in ran.stdout
    assert "yours to file, and to delete" in ran.stdout
    assert {path.name for path in (tmp_path / "data").iterdir()} == {"bot.db", "bot.db.lock", "keys"}
    assert b"member of the public" not in (tmp_path / "data" / "bot.db").read_bytes().lower()


def test_talk_that_is_too_old_is_erased_when_the_terminal_is_opened(tmp_path):
    settings = Settings(data_dir=tmp_path, key_file=tmp_path / "keys")
    definitions = load_definitions("exampleshire")
    with opened(settings, definitions) as exchange:
        asyncio.run(exchange.open("web", "old", LONG_AGO))
        asyncio.run(exchange.open("web", "new", now()))
    subprocess.run([BOT, "chat", "--data", tmp_path], cwd=tmp_path, input="", text=True, check=True, timeout=60)
    with opened(settings, definitions) as exchange:
        assert asyncio.run(exchange.read("web", "old")) == ()
        assert len(asyncio.run(exchange.read("web", "new"))) == 1


def test_a_tidying_that_fails_says_so_without_content_and_stops_nothing(tmp_path, capsys):
    settings = Settings(data_dir=tmp_path, key_file=tmp_path / "keys")

    def broken_clock() -> datetime:
        raise OSError("a word that is not to be shown")

    with opened(settings, load_definitions("exampleshire")) as exchange:
        capsys.readouterr()
        asyncio.run(tidy(exchange, settings, broken_clock))
        (line,) = capsys.readouterr().err.splitlines()
        assert "OSError" in line
        assert "a word" not in line
        asyncio.run(exchange.open("web", "old", now() - timedelta(days=91)))
        asyncio.run(tidy(exchange, settings, now))
        assert asyncio.run(exchange.read("web", "old")) == ()


@pytest.mark.parametrize(("columns", "widest"), [(40, 40), (200, WIDTH)])
def test_a_screens_lines_fit_the_screen(tmp_path, columns, widest):
    lines = on_a_screen(tmp_path, columns)
    assert max(map(len, lines)) <= widest
    assert max(map(len, lines)) > widest - 12


def on_a_screen(folder: Path, columns: int) -> list[str]:
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    environment = {name: value for name, value in os.environ.items() if name not in {"COLUMNS", "LINES"}}
    # Typed words come from a pipe, so that what is on the screen is the bot's alone.
    started = subprocess.Popen(
        [BOT, "chat", "--data", folder],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=subprocess.DEVNULL,
    )
    os.close(theirs)
    written = b""
    while True:
        try:
            part = os.read(ours, 4096)
        except OSError:  # how Linux says that the other side has gone
            break
        if not part:
            break
        written += part
    os.close(ours)
    assert started.wait(timeout=60) == 0
    return written.decode().splitlines()


def test_a_code_that_cannot_go_by_e_mail_is_said_also_on_a_pipe(tmp_path):
    """While a pipe is read nothing else goes on, so what is on its way goes first."""
    mail = {"BOT_MAIL_HOST": "127.0.0.1", "BOT_MAIL_PORT": "1", "BOT_MAIL_SECURITY": "none", "BOT_MAIL_FROM": "b@a.uk"}
    ran = subprocess.run(
        [BOT, "chat", "--data", tmp_path / "data"],
        input="my work e-mail is jo@a.gov.uk\n",
        env={**os.environ, **mail},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert ran.returncode == 0, ran.stderr
    sent, _, after = ran.stdout.partition("I am sending a code to j…@a.gov.uk.")
    assert "Type the code from the e-mail." in after
    assert "The e-mail with your code could not be sent." in after
    assert "could not be sent" not in sent
