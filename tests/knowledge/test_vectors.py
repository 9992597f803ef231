"""Texts' meanings are shipped; only what is new is worked out, and what was altered is not used."""

from __future__ import annotations

import hashlib

import numpy as np
import pytest

from knowledge import vectors
from knowledge.library import load_library
from knowledge.meaning import SIZE, load_encoder
from knowledge.understanding import load_understanding
from knowledge.vectors import NotShipped, Vectors, load_vectors, save_vectors

TEXTS = ("why is the door red", "who paints the door", "the door, über and 儿童")


@pytest.fixture
def shipped(tmp_path):
    """A file of the meanings of TEXTS."""
    file = tmp_path / "vectors.npz"
    assert save_vectors(TEXTS, load_vectors(load_encoder(), file), file) == (len(TEXTS), len(TEXTS))
    return file


def worked_out(file, texts=TEXTS):
    """How many of the texts have to be worked out, going by a file."""
    found = load_vectors(load_encoder(), file)
    assert found.among(texts).shape == (len(texts), SIZE)
    return found.encoded


def test_publish_was_run_after_the_last_change_of_content():
    """Fails until `bot knowledge publish` has been run: each start would have to work the new texts out again."""
    worked_out_at_start = load_understanding(load_library()).encoded
    assert worked_out_at_start == 0, "run `bot knowledge publish` (make publish)"


def test_what_is_shipped_need_not_be_worked_out(shipped):
    assert worked_out(shipped) == 0
    assert shipped.with_suffix(".sha256").exists()


def test_only_what_changed_is_worked_out_again(shipped):
    changed = (*TEXTS[:2], "the door, red")
    assert worked_out(shipped, changed) == 1
    assert save_vectors(changed, load_vectors(load_encoder(), shipped), shipped) == (3, 1)
    assert worked_out(shipped, changed) == 0
    assert worked_out(shipped) == 1


def test_a_text_asked_for_twice_is_worked_out_once():
    found = Vectors(load_encoder())
    found.among([*TEXTS, *TEXTS])
    assert found.encoded == len(TEXTS)
    assert found.among(()).shape == (0, SIZE)


def test_shipping_the_same_texts_again_changes_nothing(shipped):
    before = shipped.read_bytes()
    assert save_vectors(reversed([*TEXTS, TEXTS[0]]), load_vectors(load_encoder(), shipped), shipped) == (len(TEXTS), 0)
    assert np.array_equal(load_vectors(load_encoder(), shipped).among(TEXTS), Vectors(load_encoder()).among(TEXTS))
    assert worked_out(shipped) == 0
    assert len(before) == len(shipped.read_bytes())


def test_a_text_means_the_same_whether_it_was_shipped_or_not(shipped):
    kept, new = load_vectors(load_encoder(), shipped), Vectors(load_encoder())
    for text in TEXTS:
        assert np.array_equal(kept.of(text), new.of(text))
        assert kept.of(text) @ load_encoder().encode(text) > 0.999


def test_of_an_altered_file_nothing_is_used(shipped):
    raw = bytearray(shipped.read_bytes())
    raw[len(raw) // 2] ^= 1
    shipped.write_bytes(raw)
    assert worked_out(shipped) == len(TEXTS)


def test_without_its_seal_or_with_another_s_nothing_is_used(shipped):
    seal = shipped.with_suffix(".sha256")
    seal.write_text("0" * 64 + "\n")
    assert worked_out(shipped) == len(TEXTS)
    seal.unlink()
    assert worked_out(shipped) == len(TEXTS)


def test_without_the_file_everything_is_worked_out(tmp_path):
    assert worked_out(tmp_path / "vectors.npz") == len(TEXTS)


def test_what_another_model_made_is_not_used(tmp_path, monkeypatch):
    file = tmp_path / "vectors.npz"
    with monkeypatch.context() as other:
        other.setattr(vectors, "MODEL_SHA256", "0" * 64)
        save_vectors(TEXTS, load_vectors(load_encoder(), file), file)
        assert worked_out(file) == 0
    assert worked_out(file) == len(TEXTS)


def test_a_file_that_fits_its_seal_and_is_no_file_of_meanings_is_said_to_be_damaged(shipped):
    shipped.write_bytes(b"PK\x03\x04 nothing")
    shipped.with_suffix(".sha256").write_text(hashlib.sha256(shipped.read_bytes()).hexdigest())
    assert "damaged" in load_vectors(load_encoder(), shipped).fault
    assert worked_out(shipped) == len(TEXTS)


def test_more_than_may_be_worked_out_is_refused_before_any_is(shipped):
    found = load_vectors(load_encoder(), shipped, most=1)
    found.among(TEXTS)
    with pytest.raises(NotShipped, match="2 texts are new or changed"):
        found.among(("one more", "and another"))
    assert found.encoded == 0
