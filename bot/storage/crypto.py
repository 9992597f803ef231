"""Keys and sealed text: what makes a copy of the database useless without the key file."""

from __future__ import annotations

import base64
import fcntl
import hmac
import os
import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

VERSION = b"\x01"
KEY_ID_BYTES = 8
NONCE_BYTES = 12
_HEAD_BYTES = len(VERSION) + KEY_ID_BYTES + NONCE_BYTES


class BrokenKeys(Exception):
    """The list of keys cannot be used; the sentence names the file and line, never the key."""


class Unreadable(Exception):
    """Sealed text was changed, moved to another place, or sealed with a key we do not have."""


@dataclass(frozen=True)
class DataKey:
    """One conversation's own key, in the clear: never stored, printed or logged."""

    id: bytes
    secret: bytes = field(repr=False)

    def seal(self, table: str, column: str, row: str, text: str) -> bytes:
        """Text as it is stored in that column of that row: version, key id, nonce, ciphertext."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        sealed = AESGCM(self.secret).encrypt(nonce, text.encode(), _place(table, column, row))
        return VERSION + self.id + nonce + sealed

    def open(self, table: str, column: str, row: str, sealed: bytes) -> str:
        """The text again. Raises Unreadable unless it was sealed with this key for this very place."""
        if sealed[:1] != VERSION or sealed[1 : 1 + KEY_ID_BYTES] != self.id:
            raise Unreadable(f"{table}.{column} was sealed with another key")
        nonce = sealed[1 + KEY_ID_BYTES : _HEAD_BYTES]
        try:
            return AESGCM(self.secret).decrypt(nonce, sealed[_HEAD_BYTES:], _place(table, column, row)).decode()
        except (InvalidTag, ValueError) as error:
            raise Unreadable(f"{table}.{column} has been changed") from error


def _place(table: str, column: str, row: str) -> bytes:
    return f"{table}|{column}|{row}".encode()


class KeyRing:
    """The keys that wrap every data key, the current one first."""

    def __init__(self, keys: Sequence[bytes], path: Path | None = None) -> None:
        self._path = path
        self._seen = _stamp(path)
        self._use(keys)

    @classmethod
    def from_keys(cls, keys: Sequence[str]) -> KeyRing:
        """A ring of Fernet keys, the current one first. Raises BrokenKeys."""
        return cls(_checked(enumerate(keys, start=1), "the list of keys"))

    @classmethod
    def from_file(cls, path: Path) -> KeyRing:
        """A ring from a file, one Fernet key a line, the current one first. Raises BrokenKeys."""
        return cls(_read(path), path)

    def new_data_key(self) -> tuple[DataKey, bytes]:
        """A fresh random data key, and the same wrapped for storing by the key that is newest in the file now."""
        if self._path is not None and (stamp := _stamp(self._path)) not in (self._seen, None):
            # Another process has added a key: the older ones may be retired at any time.
            self._use(_read(self._path))
            self._seen = stamp
        key = DataKey(secrets.token_bytes(KEY_ID_BYTES), secrets.token_bytes(32))
        return key, self._fernet.encrypt(key.secret)

    def unwrap(self, key_id: bytes, wrapped: bytes) -> DataKey:
        """A stored data key in the clear. Raises Unreadable if no key of the ring wrapped it."""
        return DataKey(key_id, self._with_new_keys(lambda: self._fernet.decrypt(wrapped)))

    def rewrap(self, wrapped: bytes) -> bytes:
        """The same data key wrapped by the current key. Raises Unreadable."""
        return self._with_new_keys(lambda: self._fernet.rotate(wrapped))

    def mac(self, purpose: str, value: str) -> bytes:
        """What to store in place of a secret value that must be found again."""
        return self.macs(purpose, value)[0]

    def macs(self, purpose: str, value: str) -> list[bytes]:
        """What a secret value may have been stored as, whichever key was current then; the current one first."""
        return [hmac.digest(key, f"{purpose}|{value}".encode(), "sha256") for key in self._lookup_keys]

    def _use(self, keys: Sequence[bytes]) -> None:
        self._fernet = MultiFernet([Fernet(key) for key in keys])
        self._lookup_keys = [_lookup_key(key) for key in keys]

    def _with_new_keys(self, attempt: Callable[[], bytes]) -> bytes:
        """Try; if no key fits, read the file once more: another process may have added a key since."""
        try:
            return attempt()
        except InvalidToken as error:
            if self._path is None:
                raise Unreadable("a data key was wrapped with a key we do not have") from error
        self._use(_read(self._path))
        try:
            return attempt()
        except InvalidToken as error:
            raise Unreadable(f"a data key was wrapped with a key that is not in {self._path}") from error


def create_key_file(path: Path) -> None:
    """Write a file with one new key, readable by its owner only. Raises FileExistsError; never overwrites."""
    with _whole_file(path, [Fernet.generate_key()]) as written:
        os.link(written, path)  # fails if the name is taken, where a rename would replace it


def add_key(path: Path) -> None:
    """Put a new key first in the file; the earlier keys stay, so nothing becomes unreadable. Raises BrokenKeys."""
    with _held(path.parent), _whole_file(path, [Fernet.generate_key(), *_read(path)]) as written:
        written.replace(path)


def drop_older_keys(path: Path, fits: Callable[[KeyRing], object]) -> int:
    """Leave only the newest key in the file, unless `fits` raises for a ring of it alone; how many keys went.

    Raises BrokenKeys.
    """
    with _held(path.parent):
        newest, *older = _read(path)
        fits(KeyRing([newest]))
        with _whole_file(path, [newest]) as written:
            written.replace(path)
    return len(older)


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    """Nobody else changes a key file of the folder meanwhile: of two keys added at once neither may be lost."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


@contextmanager
def _whole_file(path: Path, keys: Sequence[bytes]) -> Iterator[Path]:
    """A complete key file under another name in the same folder, to be given its own name at once."""
    written = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    handle = os.open(written, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(b"".join(key + b"\n" for key in keys))
            file.flush()
            os.fsync(file.fileno())
        yield written
        _sync_folder(path.parent)
    finally:
        written.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _stamp(path: Path | None) -> tuple[int, int] | None:
    """What changes when a file is written anew; None for no file."""
    try:
        found = path.stat() if path else None
    except OSError:
        return None
    return (found.st_ino, found.st_mtime_ns) if found else None


def _read(path: Path) -> list[bytes]:
    try:
        lines = path.read_text("ascii").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BrokenKeys(f"{path}: cannot be read as a key file") from error
    return _checked(enumerate(lines, start=1), str(path))


def _checked(lines: Iterable[tuple[int, str]], where: str) -> list[bytes]:
    keys = []
    for number, line in lines:
        if line.strip():
            try:
                Fernet(line.strip())
            except ValueError as error:
                raise BrokenKeys(f"{where}, line {number}: not a Fernet key (32 bytes in URL-safe base64)") from error
            keys.append(line.strip().encode())
    if not keys:
        raise BrokenKeys(f"{where}: holds no key")
    return keys


def _lookup_key(key: bytes) -> bytes:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"lookups on secret values")
    return derived.derive(base64.urlsafe_b64decode(key))
