"""Runs public question sets through the same search, beside the figures published for them.

Run as `python -m tests.evaluation.public` with BOT_EVALUATION_SETS naming the folder they lie in; they are not part of
this project. The rows for training are the questions entries are asked by; nothing is tuned to the sets.
"""

from __future__ import annotations

import csv
import json
import os
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from sklearn.metrics import roc_auc_score

from knowledge.index import Entry, Index, Weights
from knowledge.meaning import load_encoder
from knowledge.terms import load_terms
from knowledge.vectors import Vectors

SETTING = "BOT_EVALUATION_SETS"
OUT_OF_SCOPE = "NO_NODES_DETECTED"
PUBLISHED = {
    "sofmattress": "best of five platforms .736; best AUROC .87",
    "curekart": "best of five platforms .841; best AUROC .86",
    "clinc150, 10 each": "no published figure for ten questions an intent",
}
_EACH = 10
_ANSWERED = 1000

Row = tuple[str, str]


def hint3(folder: Path, name: str) -> tuple[list[Row], list[Row]]:
    """The rows to learn from and the rows to ask, of a HINT3 set: real users' messages to a shop's bot."""
    return _rows(folder / f"hint3_{name}_train.csv"), _rows(folder / f"hint3_{name}_test.csv")


def clinc150(folder: Path) -> tuple[list[Row], list[Row]]:
    """Ten questions of each of CLINC150's intents to learn from, and its test rows to ask."""
    read = json.loads((folder / "clinc150_data_full.json").read_text(encoding="utf-8"))
    kept: dict[str, list[str]] = defaultdict(list)
    for text, intent in read["train"]:
        if len(kept[intent]) < _EACH:
            kept[intent].append(text)
    train = [(text, intent) for intent, texts in kept.items() for text in texts]
    inside = read["test"][:: max(1, len(read["test"]) // _ANSWERED)]
    return train, [
        *((text, intent) for text, intent in inside),
        *((text, OUT_OF_SCOPE) for text, _ in read["oos_test"]),
    ]


def measured(train: Sequence[Row], test: Sequence[Row]) -> tuple[float, float, int]:
    """Accuracy in scope, AUROC of the score in against out of scope, and how many questions were asked."""
    asks: dict[str, list[str]] = defaultdict(list)
    for text, intent in train:
        asks[intent].append(text)
    entries = [Entry(name, "topic", texts[0], tuple(texts), "", "") for name, texts in asks.items()]
    encoder = load_encoder()
    index = Index(entries, load_terms(), Vectors(encoder))
    right, inside, is_inside, scores = 0, 0, [], []
    for text, intent in test:
        mended = index.mended(text)
        first = index.rank(mended, Weights(1 / 3, 1 / 3, 1 / 3), encoder.encode(index.terms.says(mended))).topics[0]
        is_inside.append(intent != OUT_OF_SCOPE)
        scores.append(first.score)
        inside += intent != OUT_OF_SCOPE
        right += first.id == intent
    return right / inside, float(roc_auc_score(is_inside, scores)), len(test)


def _rows(file: Path) -> list[Row]:
    with file.open(encoding="utf-8", newline="") as opened:
        return [(row["sentence"], row["label"]) for row in csv.DictReader(opened)]


def main() -> None:
    """Prints a line for each set, or says how to name their folder."""
    folder = os.environ.get(SETTING)
    if not folder:
        print(f"No public sets: set {SETTING} to the folder they lie in.")
        return
    found = {name: hint3(Path(folder), name) for name in ("sofmattress", "curekart")}
    found["clinc150, 10 each"] = clinc150(Path(folder))
    for name, (train, test) in found.items():
        accuracy, auroc, count = measured(train, test)
        print(f"{name:18} accuracy {accuracy:.3f}, AUROC {auroc:.3f} on {count} questions ({PUBLISHED[name]})")


if __name__ == "__main__":
    main()
