"""Who, of all the processes using one database, is the one that may checkpoint the database."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path


class FileLock:
    """A lock on a file that one holder has at a time; the operating system lets go of it if the holder dies."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle: int | None = None

    @property
    def held(self) -> bool:
        """Whether this object has the lock."""
        return self._handle is not None

    def take(self) -> bool:
        """Take the lock if it is free, without waiting; says whether we hold it."""
        if self._handle is not None:
            return True
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            # flock, not lockf: lockf's lock is the whole process's and is lost when any handle on the file closes.
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            return False
        self._handle = handle
        return True

    def release(self) -> None:
        """Let go of the lock; nothing happens if we do not hold it."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
