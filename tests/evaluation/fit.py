"""Fits the weights, the confidence and the thresholds on the half of the evaluation set that is there for it.

Run as `python -m tests.evaluation.fit`; it rewrites knowledge/fitted.toml.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from knowledge.acronyms import cleared
from knowledge.fact_fit import misfits
from knowledge.fitted import FILE, Confidence, Danger, features
from knowledge.guards import guarded
from knowledge.index import Ranking, Weights
from knowledge.library import load_library
from knowledge.telling import asks, eased
from knowledge.understanding import Understanding, by_words, load_understanding

from .sets import (
    Item,
    answerable,
    disclosures,
    fingerprint,
    follow_ups,
    hostile,
    incidents,
    look_alikes,
    out_of_scope,
)

SEED = 0
STRENGTH = 1.0  # how little the logistic curve's weights are held back, each number measured by its own spread
# Half the aims: what is chosen on few questions does worse on others. A wrong answer is the worst that can happen.
WRONG_OF_IN_SCOPE, ANSWERED_OUT_OF_SCOPE = 0.01, 0.015
# Two topics nearer to each other than this are level. Chosen on some 570 other questions: with less than 0.03 between
# the first two 21 were answered, 8 of them wrongly; with more 541, one of them wrongly.
LEAD = 0.025
FOLDS = 10
OUT_OF_SCOPE_DECLINED = 0.6


@dataclass(frozen=True)
class Case:
    """A question with how the topics rank for it; `is_open` is whether neither guard nor misfit keeps it back."""

    item: Item
    ranking: Ranking
    is_open: bool

    @property
    def is_right(self) -> bool:
        return self.ranking.topics[0].id in self.item.topics

    @property
    def is_answered(self) -> bool:
        """Whether it is answered if the chance is good enough."""
        decoy, (first, second, *_) = self.ranking.decoy, self.ranking.topics
        return (
            self.is_open
            and first.score - second.score >= LEAD
            and (decoy is None or decoy.score <= self.ranking.topics[0].score)
        )


def cases(understanding: Understanding, items: Iterable[Item], weights: Weights | None = None) -> list[Case]:
    """The questions with their rankings."""
    index, made = understanding.index, []
    for item in items:
        text = cleared(index.mended(item.question))
        meaning = None
        if understanding._encoder is not None:
            meaning = understanding._encoder.encode(understanding.terms.says(text))
        ranking = index.rank(text, weights or understanding.weights, meaning)
        topic = understanding.library.topics[ranking.topics[0].id]
        made.append(Case(item, ranking, guarded(text) is None and not misfits(text, topic, topic.area)))
    return made


def fitted_confidence(found: Sequence[Case]) -> Confidence:
    """The curve, and the thresholds from which on to answer and below which to decline."""
    numbers = np.array([features(case.ranking) for case in found])
    is_right = np.array([case.is_right for case in found])
    # Guarded questions stay in: without them the threshold slides, and what guards miss is answered.
    middle, spread = numbers.mean(axis=0), numbers.std(axis=0) + 1e-9
    measured = (numbers - middle) / spread
    curve = LogisticRegression(C=STRENGTH, max_iter=5000, random_state=SEED)
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=SEED)
    unseen = cross_val_predict(curve, measured, is_right, cv=folds, method="predict_proba")[:, 1]
    curve.fit(measured, is_right)
    steep = curve.coef_[0] / spread
    constant = round(float(curve.intercept_[0] - steep @ middle), 6)
    made = Confidence(*(round(float(one), 6) for one in steep), constant, 1.0, 0.0, LEAD)
    weights = (made.score, made.margin, made.decoy, made.coverage, made.agreement)
    return Confidence(*weights, made.constant, _answer_from(found, unseen), _decline_below(found, made), LEAD)


def _answer_from(found: Sequence[Case], chances: Sequence[float]) -> float:
    """The lowest chance from which on few enough answers are wrong; `chances` are of curves that never saw the case."""
    inside = sum(bool(case.item.topics) for case in found)
    for least in np.arange(0.30, 0.99, 0.01):
        answered = [case for case, chance in zip(found, chances, strict=True) if chance >= least and case.is_answered]
        wrong = sum(bool(case.item.topics) and not case.is_right for case in answered)
        outside = sum(not case.item.topics for case in answered)
        if wrong <= WRONG_OF_IN_SCOPE * inside and outside <= ANSWERED_OUT_OF_SCOPE * (len(found) - inside):
            return round(float(least), 2)
    return 0.99


def _decline_below(found: Sequence[Case], curve: Confidence) -> float:
    """The chance below which most of what is out of scope lies."""
    outside = sorted(curve.of(case.ranking) for case in found if not case.item.topics)
    inside = sorted(curve.of(case.ranking) for case in found if case.item.topics)
    # Nearly everything in scope has to be offered at least.
    most = inside[int(0.02 * len(inside))]
    return round(min(outside[int(OUT_OF_SCOPE_DECLINED * len(outside))], most), 2)


def main() -> None:
    """Fits and writes."""
    whole = [*answerable("fit"), *out_of_scope("fit"), *hostile("fit")]
    library = load_library()
    best, words_alone = load_understanding(library), by_words(library, "fitting")
    told = [*disclosures("fit"), *look_alikes("fit"), *incidents("fit"), *follow_ups("fit")]
    confidence = fitted_confidence(cases(best, whole))
    alone = fitted_confidence(cases(words_alone, whole))
    lines = [
        "# Fitted by `make fit` on one half of tests/evaluation; do not edit by hand.",
        f'fitted_on = "{fingerprint([*whole, *told])}"',
        f"seed = {SEED}",
        *_table("weights", best.fitted.weights),
        *_table("words_alone", best.fitted.words_alone),
        *_table("confidence", confidence),
        *_table("confidence_words_alone", alone),
        *_table("danger", _danger(best)),
        *["", "[incident]", f"told = {_told(best)}"],
    ]
    FILE.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _danger(understanding: Understanding) -> Danger:
    """Margins and nearness a little under those of every disclosure; a margin of -0.15 at the least."""
    heard = [understanding.hear(item.question) for item in disclosures("fit")]
    margins = [one.margin or 0.0 for one in heard]
    near = [one.nearness or 0.0 for one in heard]
    strong = [one.nearness or 0.0 for one in heard if (one.margin or 0.0) >= 0]
    soft = max(min(margins) - 0.03, -0.15)
    return Danger(0.0, round(soft, 3), round(min(strong) - 0.04, 3), round(min(near) - 0.04, 3))


def _told(understanding: Understanding) -> float:
    """The margin from which on few ordinary questions count as telling of an incident.

    A question that is answered is never taken for one, however near it is.
    """
    margins = []
    for item in [*answerable("fit"), *out_of_scope("fit")]:
        heard = understanding.hear(item.question)
        is_safe = asks(heard.text) and understanding.find(heard, incidents=False).route == "answer"
        margins.append(-1.0 if is_safe else eased(heard.text, heard.incident or 0.0))
    return round(sorted(margins)[int(0.985 * len(margins))], 3)


def _table(name: str, values: Weights | Confidence | Danger) -> list[str]:
    return ["", f"[{name}]", *(f"{key} = {value}" for key, value in vars(values).items())]


if __name__ == "__main__":
    main()
