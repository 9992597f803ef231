"""The meanings of every text the bot compares with: shipped, so that only what is new has to be worked out."""

from __future__ import annotations

import hashlib
import io
import math
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

from knowledge.meaning import MODEL_SHA256, SIZE, Encoder

if TYPE_CHECKING:
    import numpy as np

    Vector = np.ndarray[Any, np.dtype[np.float32]]

SHIPPED = Path(__file__).parent / "model" / "vectors.npz"
# The sha256 of the file above, in a file of its own: whoever changes one has to change the other.
SEAL = SHIPPED.with_suffix(".sha256")

MEND = "run `bot knowledge publish`"
"""What to do where what is shipped does not fit the topics."""


class NotShipped(Exception):
    """So many texts are not among the shipped ones that to work them out would take minutes; the message says why."""


class Vectors:
    """Texts' meanings by text; one that is not among the shipped ones is encoded when it is first asked for.

    `fault` is why none are shipped, empty where some are. `most` is how many may have to be encoded.
    """

    def __init__(
        self, encoder: Encoder, known: dict[bytes, Vector] | None = None, fault: str = "", most: float = math.inf
    ) -> None:
        self._encoder = encoder
        self.fault, self._most = fault, most
        self._known = {} if known is None else known
        # Most texts are asked for several times, and their keys take longer than their words to look up.
        self._asked: dict[str, Vector] = {}
        self.encoded = 0

    def of(self, text: str) -> Vector:
        """The meaning of a text."""
        found = self._asked.get(text)
        if found is None:
            found = self._known.get(_key(text))
            if found is None:
                found = _rounded(self._encoder.encode(text))
                self.encoded += 1
            self._asked[text] = found
        return found

    def lacking(self, texts: Iterable[str]) -> int:
        """How many of these texts would have to be encoded."""
        return sum(_key(text) not in self._known for text in set(texts) if text not in self._asked)

    def among(self, texts: Iterable[str]) -> Any:
        """The meanings of texts, a row each. Raises NotShipped, at once, where too many would have to be encoded."""
        import numpy as np

        texts = tuple(texts)
        if self._most < math.inf and (new := self.encoded + self.lacking(texts)) > self._most:
            why = self.fault or f"{new} texts are new or changed since {SHIPPED.name} was made"
            raise NotShipped(f"{why}; {MEND}")
        rows = [self.of(text) for text in texts]
        return np.concatenate(rows).reshape(-1, SIZE) if rows else np.zeros((0, SIZE), np.float32)


def load_vectors(encoder: Encoder, file: Path = SHIPPED, most: float = math.inf) -> Vectors:
    """The shipped meanings; none of them, with `fault` set, where the file is missing, altered or of another model."""
    try:
        return Vectors(encoder, _read(file), most=most)
    except _Unfit as unfit:
        return Vectors(encoder, fault=f"{file.name} {unfit}", most=most)


class _Unfit(Exception):
    """Why a file of meanings cannot be used."""


def _read(file: Path) -> dict[bytes, Vector]:
    """The meanings in a file, by text. Raises _Unfit."""
    import numpy as np

    try:
        raw = file.read_bytes()
    except OSError:
        raise _Unfit("is missing or cannot be read") from None
    try:
        seal = file.with_suffix(".sha256").read_text(encoding="ascii", errors="replace").strip()
    except OSError:
        raise _Unfit("has no seal beside it that can be read") from None
    if hashlib.sha256(raw).hexdigest() != seal:
        raise _Unfit("is not the file it should be: its sha256 differs")
    try:
        kept = np.load(io.BytesIO(raw), allow_pickle=False)
        if str(kept["model"]) != MODEL_SHA256:
            raise _Unfit("was made with another model")
        rows = kept["vectors"].astype(np.float32)
        rows *= kept["scales"][:, None]
        return {bytes(key): row for key, row in zip(kept["keys"], rows, strict=True)}
    except (OSError, ValueError, KeyError, BadZipFile):
        raise _Unfit("is damaged") from None


def save_vectors(texts: Iterable[str], vectors: Vectors, file: Path = SHIPPED) -> tuple[int, int]:
    """Ships the meanings of these texts: how many there are, and how many of them had to be worked out."""
    import numpy as np

    wanted = sorted(set(texts))
    rows, scales = _shrunk(vectors.among(wanted))
    keys = np.array([np.frombuffer(_key(text), np.uint8) for text in wanted])
    made = io.BytesIO()
    np.savez_compressed(made, model=MODEL_SHA256, keys=keys, vectors=rows, scales=scales)
    file.write_bytes(made.getvalue())
    file.with_suffix(".sha256").write_text(hashlib.sha256(made.getvalue()).hexdigest() + "\n")
    return len(wanted), vectors.encoded


def _key(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()[:12]


def _rounded(vector: Vector) -> Vector:
    """As precise as a shipped one, so that a text means the same whether it was shipped or not."""
    import numpy as np

    rows, scales = _shrunk(vector[None, :])
    found: Vector = (rows.astype(np.float32) * scales[:, None])[0]
    return found


def _shrunk(rows: Any) -> tuple[Any, Any]:
    """Each row as whole numbers from -127 to 127, and what to multiply it by: a quarter of the size."""
    import numpy as np

    scales = (np.abs(rows).max(axis=1, initial=1e-9) / 127).astype(np.float32)
    return np.round(rows / scales[:, None]).astype(np.int8), scales
