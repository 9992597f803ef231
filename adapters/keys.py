"""The key file as its administrator meets it: checked against what is kept, given a new key, rid of old ones."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from bot.storage import BrokenKeys, Connection, Database, KeyRing, Unreadable, add_key, create_key_file, drop_older_keys
from bot.storage.data_keys import check_every, check_one, rewrap

PUT_BACK = "Put back the key file that belongs to this database, or set BOT_KEY_FILE to where it is."


def fitting(connection: Connection, file: Path) -> KeyRing | None:
    """The keys in the file; None where there is no file and nothing is kept that would need one.

    Raises BrokenKeys, saying what to do, where what is kept cannot be read with them.
    """
    keys = KeyRing.from_file(file) if file.exists() else None
    try:
        check_one(connection, keys)
    except Unreadable:
        wrong = "is missing" if keys is None else "is not the one that belongs to this database"
        raise BrokenKeys(f"{file}: the key file {wrong}, so what is kept cannot be read. {PUT_BACK}") from None
    return keys


def made(file: Path) -> KeyRing:
    """The keys of a new key file, or of one that another process has just made. Raises BrokenKeys or OSError."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with suppress(FileExistsError):
        create_key_file(file)
    return KeyRing.from_file(file)


def rotate(database: Database, file: Path) -> str:
    """Adds a new key and wraps every data key with it; says what was done. Raises BrokenKeys."""
    _check(database, file)
    add_key(file)
    count = _rewrapped(database, file)
    return (
        f"A new key is in use; {_wrapped(count)} with it. The old key stays in {file}: "
        "once every machine that serves has the new file, `bot keys retire` takes it out."
    )


def retire(database: Database, file: Path) -> str:
    """Wraps every data key with the newest key, then takes the others out of the file; says what was done.

    Raises BrokenKeys, leaving the file as it was, where anything kept could not be read afterwards.
    """
    _check(database, file)
    count = _rewrapped(database, file)
    gone = drop_older_keys(file, lambda newest: database.run_now(lambda connection: check_every(connection, newest)))
    if not gone:
        return f"There is one key in {file}, so there is none to retire."
    went = "1 old key is" if gone == 1 else f"{gone} old keys are"
    return (
        f"{_wrapped(count).capitalize()} with the newest key, and {went} taken out of {file}. "
        "A copy of the database from before today still needs the old key."
    )


def _check(database: Database, file: Path) -> None:
    database.run_now(lambda connection: fitting(connection, file))


def _rewrapped(database: Database, file: Path) -> int:
    keys = KeyRing.from_file(file)
    try:
        return database.run_now(lambda connection: rewrap(connection, keys))
    except Unreadable:
        raise BrokenKeys(
            f"{file}: some of what is kept was encrypted with a key that is not in it. {PUT_BACK}"
        ) from None


def _wrapped(count: int) -> str:
    return "1 conversation is wrapped" if count == 1 else f"{count} conversations are wrapped"
