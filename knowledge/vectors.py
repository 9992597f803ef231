"""The meanings of every text the bot compares with: shipped, so that only what is new has to be worked out."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from knowledge.meaning import MODEL_SHA256, SIZE, Encoder

if TYPE_CHECKING:
    import numpy as np

    Vector = np.ndarray[Any, np.dtype[np.float32]]

SHIPPED = Path(__file__).parent / "model" / "vectors.npz"
# The sha256 of the file above, in a file of its own: whoever changes one has to change the other.
SEAL = SHIPPED.with_suffix(".sha256")


class Vectors:
    """Texts' meanings by text; one that is not among the shipped ones is encoded when it is first asked for."""

    def __init__(self, encoder: Encoder, known: dict[bytes, Vector] | None = None) -> None:
        self._encoder = encoder
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

    def among(self, texts: Iterable[str]) -> Any:
        """The meanings of texts, a row each."""
        import numpy as np

        rows = [self.of(text) for text in texts]
        return np.concatenate(rows).reshape(-1, SIZE) if rows else np.zeros((0, SIZE), np.float32)


def load_vectors(encoder: Encoder, file: Path = SHIPPED) -> Vectors:
    """The shipped meanings; none of them, where the file is missing, altered or made with another model."""
    import numpy as np

    try:
        raw, seal = file.read_bytes(), file.with_suffix(".sha256").read_text().strip()
    except OSError:
        return Vectors(encoder)
    if hashlib.sha256(raw).hexdigest() != seal:
        return Vectors(encoder)
    kept = np.load(io.BytesIO(raw), allow_pickle=False)
    if str(kept["model"]) != MODEL_SHA256:
        return Vectors(encoder)
    rows = kept["vectors"].astype(np.float32)
    rows *= kept["scales"][:, None]
    return Vectors(encoder, {bytes(key): row for key, row in zip(kept["keys"], rows, strict=True)})


def save_vectors(texts: Iterable[str], encoder: Encoder, file: Path = SHIPPED) -> tuple[int, int]:
    """Ships the meanings of these texts: how many there are, and how many of them had to be worked out."""
    import numpy as np

    vectors = load_vectors(encoder, file)
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
