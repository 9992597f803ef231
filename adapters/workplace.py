"""Puts the bot together on this machine: the data folder, its keys, the database and the exchange."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import TypeVar

from adapters import keys as keys_of
from adapters.channel_folders import capabilities
from adapters.settings import Settings
from bot import wording_people
from bot.clock import Clock, london_date
from bot.definitions import Definitions
from bot.exchange import Exchange
from bot.letters import Post
from bot.storage import BrokenKeys, Connection, Database, KeyRing, kept_for, sqlite_file
from bot.upkeep import Upkeep

T = TypeVar("T")


class CannotOpen(Exception):
    """The data folder, its keys or the database cannot be used; the message says why."""


@contextmanager
def opened(
    settings: Settings,
    definitions: Definitions,
    reached: Callable[[str], None] = lambda _: None,
    post: Post | None = None,
    *,
    begins: bool = True,
) -> Iterator[Exchange]:
    """The exchange over this machine's database, closed again at the end; without `post` it sends no codes by e-mail.

    `begins` as for `unlocked`. Raises CannotOpen.
    """
    with unlocked(settings, begins=begins) as (database, keys):
        exchange = Exchange(database, keys, definitions, reached, post)
        exchange.mind.when_degraded(lambda why: warn(f"DEGRADED: the bot may miss danger. {why}. See `bot doctor`."))
        yield exchange


@contextmanager
def unlocked(settings: Settings, *, begins: bool = False) -> Iterator[tuple[Database, KeyRing]]:
    """This machine's database and its keys, which are made at the first start. Raises CannotOpen.

    What `begins` to be kept in it is the area's, and from then on all of it: merely to look does not say whose it is.
    """
    # People are on record by their channels, so whoever reads of people may have to name one.
    wording_people.call_platforms({name: one.called or one.title for name, one in capabilities().items()})
    with _database(settings, begins=begins) as database:
        with explained():
            keys = database.run_now(lambda connection: keys_of.fitting(connection, settings.keys))
            if keys is None:
                keys = keys_of.made(settings.keys)
                if beside_database(settings):
                    warn(
                        f"A key file was made at {settings.keys}, beside the database: "
                        "set BOT_KEY_FILE to keep it elsewhere."
                    )
        yield database, keys


async def tidy(exchange: Exchange, settings: Settings, clock: Clock) -> None:
    """Erases what was kept for long enough, and closes questions answered since.

    A failure is a line for the administrator, and nothing stops.
    """
    try:
        upkeep = Upkeep(exchange)
        await upkeep.tidy(clock(), timedelta(days=days_kept(settings, exchange.definitions)))
        await upkeep.close_answered(clock())
        await upkeep.keep_cases(clock())
    except Exception as fault:  # whatever it is, people must still be answered, and the next time may succeed
        warn(f"What is due each day could not be done ({type(fault).__name__}); this is tried again.")


def days_kept(settings: Settings, definitions: Definitions) -> int:
    """For how many days after its last message a conversation is kept: as the area says, else as the settings do."""
    return definitions.area.retention.conversations_days or settings.keep_days


def remind_owners(definitions: Definitions, clock: Clock) -> None:
    """A line for each topic whose review date has come, naming its owner."""
    for topic in definitions.library.due(london_date(clock())):
        warn(f"{topic.owner}: look at “{topic.title}” ({topic.id}) again; it was due on {topic.review_by}.")


def rotate_keys(settings: Settings) -> str:
    """Adds a new key and wraps every data key with it; says what was done. Raises CannotOpen."""
    return _with_keys(settings, keys_of.rotate)


def retire_keys(settings: Settings) -> str:
    """Leaves only the newest key, once every data key is wrapped with it; says what was done. Raises CannotOpen."""
    return _with_keys(settings, keys_of.retire)


def glanced(settings: Settings, work: Callable[[Connection], T]) -> T | None:
    """What is found in the database as it stands, with no key and nothing made; None where there is none yet.

    Raises CannotOpen: also where all was moved to another database, or what is there is another area's.
    """

    def looked(connection: Connection) -> T | None:
        if not kept_for.is_begun(connection):
            return None
        kept_for.check(connection, settings.area)
        return work(connection)

    with explained():
        _check_driver(settings)
        _check_not_moved(settings)
        return Database.glance(settings.database_url, settings.data_dir, looked)


def check_area(settings: Settings) -> None:
    """See that whatever is kept is kept for the area that is asked for. Makes nothing. Raises CannotOpen."""
    glanced(settings, lambda _: None)


def check_kept(settings: Settings) -> None:
    """See that something is kept where the settings say. Makes nothing. Raises CannotOpen."""
    if glanced(settings, lambda _: True) is None:
        raise CannotOpen(nothing_kept(settings))


def nothing_kept(settings: Settings) -> str:
    """That there is no database yet, and where it was looked for."""
    return f"nothing is kept in {settings.data_dir}: is that the folder of the bot that runs (BOT_DATA_DIR, or --data)?"


def check_keys(settings: Settings) -> bool:
    """Whether there are keys, having found that they fit what is kept. Makes nothing. Raises CannotOpen."""
    with explained():
        found = glanced(settings, lambda connection: keys_of.fitting(connection, settings.keys))
        if found is None and settings.keys.exists():
            found = KeyRing.from_file(settings.keys)
    return found is not None


def beside_database(settings: Settings) -> bool:
    """Whether the keys lie in the folder whose text they protect."""
    file = sqlite_file(settings.database_url, settings.data_dir)
    return file is not None and settings.keys.parent.resolve() == file.parent


def _with_keys(settings: Settings, work: Callable[[Database, Path], str]) -> str:
    if not settings.keys.exists():
        # Looked at first, so that a folder named by mistake is not made.
        check_keys(settings)
        raise CannotOpen(f"{settings.keys}: there is no key file yet. The bot makes one when it first starts.")
    with _database(settings) as database, explained():
        return work(database, settings.keys)


@contextmanager
def _database(settings: Settings, *, begins: bool = False) -> Iterator[Database]:
    with explained():
        if begins:
            _check_driver(settings)
            _check_not_moved(settings)
        else:
            # What begins to be kept is seen to be the area's where that is noted.
            check_area(settings)
        database = Database.open(settings.database_url, settings.data_dir, settings.area if begins else "")
    try:
        yield database
    finally:
        database.close()


@contextmanager
def explained() -> Iterator[None]:
    """Raises what is wrong with the folder, the keys or the database as CannotOpen."""
    try:
        yield
    except OSError as fault:
        named = fault.filename and fault.strerror
        raise CannotOpen(f"{fault.filename}: {fault.strerror}" if named else str(fault)) from fault
    except (BrokenKeys, ValueError) as fault:
        raise CannotOpen(str(fault)) from fault


def moved_file(file: Path) -> Path:
    """Where a database file is set aside once all that it held has been moved to PostgreSQL."""
    return file.with_name(f"{file.name}.moved")


def _check_not_moved(settings: Settings) -> None:
    """Begun afresh beside what was moved, the bot would know no case and remind nobody."""
    file = sqlite_file(settings.database_url, settings.data_dir)
    if file is not None and not file.exists() and moved_file(file).exists():
        raise CannotOpen(
            f"what was kept here was moved to PostgreSQL: set BOT_DATABASE_URL to that database. "
            f"To begin afresh instead, take {moved_file(file)} away first. Nothing was changed."
        )


def _check_driver(settings: Settings) -> None:
    if settings.database_url.startswith("postgres") and not (find_spec("psycopg") and find_spec("procrastinate")):
        raise ValueError("PostgreSQL needs its extra: .venv/bin/pip install --editable '.[postgres]'")


def warn(text: str) -> None:
    """A line for the administrator."""
    sys.stderr.write(f"{text}\n")
