"""Keys and sealed text."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from hypothesis import given
from hypothesis import strategies as st

from bot.storage import (
    BrokenKeys,
    Database,
    KeyRing,
    Unreadable,
    add_key,
    conversations,
    create_key_file,
    data_keys,
    timeline,
)
from bot.storage.crypto import KEY_ID_BYTES, NONCE_BYTES, VERSION, DataKey

from .conftest import AT

RING = KeyRing.from_keys([Fernet.generate_key().decode()])
KEY, WRAPPED = RING.new_data_key()
words = st.text(st.characters(codec="utf-8"))


@given(words, words)
def test_what_is_sealed_opens_again(text: str, row: str) -> None:
    assert KEY.open("timeline", "body", row, KEY.seal("timeline", "body", row, text)) == text


@given(words, st.data())
def test_changing_any_bit_makes_it_unreadable(text: str, data: st.DataObject) -> None:
    sealed = bytearray(KEY.seal("timeline", "body", "1", text))
    bit = data.draw(st.integers(0, len(sealed) * 8 - 1))
    sealed[bit // 8] ^= 1 << bit % 8
    with pytest.raises(Unreadable):
        KEY.open("timeline", "body", "1", bytes(sealed))


@given(words, st.data())
def test_cutting_anything_off_makes_it_unreadable(text: str, data: st.DataObject) -> None:
    sealed = KEY.seal("timeline", "body", "1", text)
    with pytest.raises(Unreadable):
        KEY.open("timeline", "body", "1", sealed[: data.draw(st.integers(0, len(sealed) - 1))])


@pytest.mark.parametrize("place", [("outgoing", "body", "1"), ("timeline", "kind", "1"), ("timeline", "body", "2")])
def test_sealed_text_cannot_be_moved_to_another_place(place: tuple[str, str, str]) -> None:
    with pytest.raises(Unreadable):
        KEY.open(*place, KEY.seal("timeline", "body", "1", "words"))


def test_the_same_text_never_looks_the_same_and_is_laid_out_as_promised() -> None:
    one, two = (KEY.seal("timeline", "body", "1", "words") for _ in range(2))
    assert one != two
    assert one.startswith(VERSION + KEY.id)
    assert len(one) == len(VERSION) + KEY_ID_BYTES + NONCE_BYTES + len("words") + 16


def test_a_data_key_is_256_bits_and_does_not_show_itself() -> None:
    assert len(KEY.secret) == 32
    assert repr(KEY.secret) not in repr(KEY)
    assert RING.unwrap(KEY.id, WRAPPED) == KEY


def test_another_ring_cannot_unwrap_it() -> None:
    stranger = KeyRing.from_keys([Fernet.generate_key().decode()])
    with pytest.raises(Unreadable):
        stranger.unwrap(KEY.id, WRAPPED)
    assert DataKey(KEY.id, bytes(32)) != KEY


def test_a_lookup_value_depends_on_key_and_purpose_and_survives_a_new_key() -> None:
    old, new = (Fernet.generate_key().decode() for _ in range(2))
    before, after = KeyRing.from_keys([old]), KeyRing.from_keys([new, old])
    assert before.mac("resume code", "ABC") in after.macs("resume code", "ABC")
    assert before.mac("resume code", "ABC") != after.mac("resume code", "ABC")
    assert before.mac("resume code", "ABC") != before.mac("something else", "ABC")


def test_a_key_file_is_private_and_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    create_key_file(path)
    written = path.read_bytes()
    assert path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(FileExistsError):
        create_key_file(path)
    assert path.read_bytes() == written
    assert [entry.name for entry in tmp_path.iterdir()] == ["keys"]


def test_a_new_key_goes_first_and_the_old_ones_stay(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    create_key_file(path)
    first = path.read_text().split()
    add_key(path)
    assert path.read_text().split()[1:] == first
    assert path.stat().st_mode & 0o777 == 0o600
    assert [entry.name for entry in tmp_path.iterdir()] == ["keys"]


@pytest.mark.parametrize(
    ("written", "said"), [("", "holds no key"), ("\n\n", "holds no key"), (f"{'A' * 43}=\nnonsense\n", "line 2: not")]
)
def test_a_broken_key_file_is_refused_naming_file_and_line(written: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "keys"
    path.write_text(written)
    with pytest.raises(BrokenKeys, match=said) as caught:
        KeyRing.from_file(path)
    assert str(path) in str(caught.value)
    assert "nonsense" not in str(caught.value)


def test_a_missing_key_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BrokenKeys, match="cannot be read"):
        KeyRing.from_file(tmp_path / "keys")


def test_rotation_moves_every_conversation_to_the_new_key_and_loses_nothing(db: Database, tmp_path: Path) -> None:
    path = tmp_path / "keys"
    create_key_file(path)
    old = KeyRing.from_file(path)
    ids = [db.run_now(lambda connection, n=n: conversations.load(connection, old, "web", n, AT).id) for n in "abc"]
    for id_ in ids:
        db.run_now(lambda connection, i=id_: timeline.append(connection, old, i, AT, "you", f"words of {i}"))
    add_key(path)
    assert db.run_now(lambda connection: data_keys.rewrap(connection, KeyRing.from_file(path))) == 3
    only_new = KeyRing.from_keys(path.read_text().split()[:1])
    for ring in (only_new, old):  # a process that still runs with the old list reads the file once more
        for id_ in ids:
            read = db.run_now(lambda connection, i=id_, ring=ring: timeline.read(connection, ring, i))
            assert [entry.body for entry in read] == [f"words of {id_}"]
