"""The model turns any text into numbers, the same each time; one that is not the right one is refused out loud."""

from __future__ import annotations

import shutil
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge import meaning
from knowledge.library import load_library
from knowledge.meaning import MAX_TOKENS, MODEL_PACKAGE, SIZE, VOCABULARY, NoModel, begin_loading, load_encoder, words
from knowledge.understanding import load_understanding

CLS, SEP, UNK = 101, 102, 100

SCRIPTS = [
    "safeguarding",
    "охрана детей",
    "προστασία παιδιών",
    "حماية الأطفال",
    "הגנה על ילדים",
    "बच्चों की सुरक्षा",
    "শিশু সুরক্ষা",
    "குழந்தை பாதுகாப்பு",
    "การคุ้มครองเด็ก",
    "儿童保护",
    "子どもの保護",
    "아동 보호",
    "የሕፃናት ጥበቃ",
    "ბავშვთა დაცვა",
    "👶🏽🚓👩‍👩‍👧‍👦",
    "𝔰𝔞𝔣𝔢",
]
AWKWARD = [
    "",
    " ",
    "\0",
    "\0" * 5000,
    "\ud800",
    "\x07\x1b[2J",
    "\u202eabc",
    "\ufffd",
    "e" + "\u0301" * 100_000,
    "x" * 9999,
]


def ids(text):
    return load_encoder()._ids(text)


# --- What a text means


@pytest.mark.parametrize("text", SCRIPTS + AWKWARD)
def test_any_script_and_any_oddity_has_a_meaning_of_length_one(text):
    found = load_encoder().encode(text)
    assert found.shape == (SIZE,)
    assert np.isfinite(found).all()
    assert abs(float(np.linalg.norm(found)) - 1) < 1e-5


@given(st.text(max_size=200))
def test_the_same_text_has_the_same_numbers_whatever_was_asked_between(text):
    encoder = load_encoder()
    first = encoder.encode(text)
    encoder.encode("something longer that would pad its neighbour, were they encoded together " * 3)
    assert np.array_equal(first, encoder.encode(text))


def test_what_means_the_same_is_nearer_than_what_does_not():
    one, same, other = (
        load_encoder().encode(text)
        for text in ("how soon must the council report it", "what is the time limit for reporting", "my cat likes fish")
    )
    assert one @ same > one @ other + 0.2


# --- Words and their pieces, against numbers published with the model's vocabulary


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("hello world", [7592, 2088]),
        ("Hello, WORLD!", [7592, 1010, 2088, 999]),
        ("rapid review", [5915, 3319]),
        ("unaffable", [14477, 20961, 3468]),
        ("safeguarding", [28805, 2075]),
        ("what's", [2054, 1005, 1055]),
        ("", []),
        ("x" * 101, [UNK]),
        ("👶", [UNK]),
    ],
)
def test_words_are_cut_into_the_pieces_that_the_model_knows(text, pieces):
    assert ids(text) == [CLS, *pieces, SEP]


def test_a_piece_s_number_is_its_line_in_the_vocabulary():
    lines = VOCABULARY.read_text(encoding="utf-8").splitlines()
    for word in ("panel", "review", "child", "police", "week"):
        assert ids(word) == [CLS, lines.index(word), SEP]
    assert [lines[number] for number in ids("safeguarding's")[1:-1]] == ["safeguard", "##ing", "'", "s"]


def test_small_letters_accents_marks_and_chinese_are_taken_as_the_model_was_taught():
    assert list(words("Café  NAÏVE\tO'Brien")) == ["cafe", "naive", "o", "'", "brien"]
    assert list(words("$5+5=10 (now)")) == ["$", "5", "+", "5", "=", "10", "(", "now", ")"]
    assert list(words("a儿童b")) == ["a", "儿", "童", "b"]
    assert list(words("a\0b\u200bc\x07d\ufffde")) == ["abcde"]
    assert list(words("a\u00a0b\u3000c\nd")) == ["a", "b", "c", "d"]


def test_every_character_there_is_has_its_pieces():
    for start in range(0, 0x110000, 128):
        found = ids("".join(map(chr, range(start, start + 128))))
        assert found[0] == CLS
        assert found[-1] == SEP
        assert len(found) <= MAX_TOKENS


@pytest.mark.parametrize("text", ["a ", "é", "儿", "!", "\0", "\u0301", "supercalifragilistic", "👶 "])
def test_of_ten_megabytes_no_more_is_read_than_the_model_can_take(text):
    whole = text * (10_000_000 // len(text.encode()))
    assert sum(1 for _ in words(whole)) <= MAX_TOKENS * 40
    assert len(ids(whole)) <= MAX_TOKENS
    assert ids(whole) == ids(whole[: MAX_TOKENS * 40])


# --- A model that is not the right one


@pytest.fixture
def fresh():
    """Has the model loaded anew in this test, and again after it."""
    meaning._load.cache_clear()
    yield
    meaning._load.cache_clear()


def altered(file: Path, folder: Path) -> Path:
    """A copy of a file with its last letter changed."""
    raw = bytearray(file.read_bytes())
    raw[-1] ^= 1
    (folder / file.name).write_bytes(raw)
    return folder / file.name


def refused(words):
    """Asserts that nothing is loaded, and that what understands says so and goes by words alone."""
    with pytest.raises(NoModel, match=words):
        load_encoder()
    degraded = load_understanding(replace(load_library()))
    assert words in degraded.degraded
    assert degraded.encoded == 0
    heard = degraded.hear("how long does the council have to notify the panel")
    assert heard.meaning is None
    assert degraded.find(heard).log["model"] == ""


@pytest.mark.usefixtures("fresh")
def test_an_altered_vocabulary_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(meaning, "VOCABULARY", altered(VOCABULARY, tmp_path))
    refused("sha256 differs")


@pytest.mark.usefixtures("fresh")
def test_a_missing_vocabulary_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(meaning, "VOCABULARY", tmp_path / "vocab.txt")
    refused("cannot be read")


@pytest.mark.usefixtures("fresh")
def test_an_altered_model_is_refused(tmp_path, monkeypatch):
    package = tmp_path / "altered_minilm"
    package.mkdir()
    (package / "__init__.py").touch()
    shipped = find_spec(MODEL_PACKAGE)
    altered(Path(shipped.origin).parent / "model.onnx", package)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(meaning, "MODEL_PACKAGE", package.name)
    refused("sha256 differs")
    (package / "model.onnx").unlink()
    refused("cannot be read")


@pytest.mark.usefixtures("fresh")
def test_a_package_that_is_not_installed_is_refused(monkeypatch):
    monkeypatch.setattr(meaning, "MODEL_PACKAGE", "no_such_model")
    refused("the package no-such-model is not installed")


@pytest.mark.usefixtures("fresh")
def test_the_right_files_elsewhere_are_as_good(tmp_path, monkeypatch):
    shutil.copy(VOCABULARY, tmp_path)
    monkeypatch.setattr(meaning, "VOCABULARY", tmp_path / VOCABULARY.name)
    assert load_encoder().encode("hello").shape == (SIZE,)


# --- Loading it beside everything else


@pytest.mark.usefixtures("fresh")
def test_what_was_loaded_beside_is_not_loaded_again(monkeypatch):
    begin_loading().join()
    monkeypatch.setattr(meaning, "VOCABULARY", Path("no-such-file"))
    assert load_encoder().encode("hello").shape == (SIZE,)


@pytest.mark.usefixtures("fresh")
def test_who_asks_while_it_is_loaded_gets_the_same_one():
    begin_loading()
    assert load_encoder() is load_encoder()


@pytest.mark.usefixtures("fresh")
def test_a_fault_beside_is_raised_for_whoever_asks(monkeypatch):
    monkeypatch.setattr(meaning, "MODEL_PACKAGE", "no_such_model")
    begin_loading().join()
    refused("the package no-such-model is not installed")


def test_with_the_right_model_nothing_is_degraded():
    assert load_understanding(load_library()).degraded == ""
