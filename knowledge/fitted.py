"""The numbers that were fitted: weights, thresholds, and what they were fitted on."""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter

from knowledge.index import Ranking, Weights

FILE = Path(__file__).parent / "fitted.toml"


@dataclass(frozen=True)
class Confidence:
    """How sure to be of the first topic, from 0 to 1, and from where on it is answered or declined.

    With less `lead` over the second than this the two are level, and neither is answered.
    """

    score: float
    margin: float
    decoy: float
    coverage: float
    agreement: float
    constant: float
    answer: float
    decline: float
    lead: float

    def leads(self, ranking: Ranking) -> bool:
        """Whether the first topic of a ranking is far enough before the second to be told from it."""
        return ranking.topics[0].score - ranking.topics[1].score >= self.lead

    def of(self, ranking: Ranking) -> float:
        """The chance that the first topic of a ranking answers the question."""
        numbers = features(ranking)
        sized = zip(numbers, (self.score, self.margin, self.decoy, self.coverage, self.agreement), strict=True)
        z = sum(number * weight for number, weight in sized) + self.constant
        return round(1 / (1 + math.exp(-z)), 6)


@dataclass(frozen=True)
class Danger:
    """From which margin on a message counts as danger, and how near to a disclosure it must be for that."""

    strong: float
    soft: float
    strong_near: float
    soft_near: float

    def is_strong(self, nearness: float, margin: float) -> bool:
        """Whether a message raises the alarm."""
        return margin >= self.strong and nearness >= self.strong_near

    def is_soft(self, nearness: float, margin: float) -> bool:
        """Whether a message is worth a notice. Nonsense is near to nothing, and so as near to danger as to the rest."""
        return margin >= self.soft and nearness >= self.soft_near


@dataclass(frozen=True)
class Incident:
    """From which margin on a message counts as telling of an incident."""

    told: float


@dataclass(frozen=True)
class Fitted:
    """Everything that was fitted; `fitted_on` is a hash of the questions it was fitted on."""

    fitted_on: str
    seed: int
    weights: Weights
    words_alone: Weights
    confidence: Confidence
    confidence_words_alone: Confidence
    danger: Danger
    incident: Incident


def features(ranking: Ranking) -> tuple[float, float, float, float, float]:
    """The first score, its lead over the second and over the best decoy, and how much covers and agrees."""
    first, second = ranking.topics[0].score, ranking.topics[1].score
    decoy = ranking.decoy.score if ranking.decoy else 0.0
    return first, first - second, first - decoy, ranking.coverage, ranking.agreement


@cache
def load_fitted(file: Path = FILE) -> Fitted:
    """The fitted numbers."""
    return TypeAdapter(Fitted).validate_python(tomllib.loads(file.read_text(encoding="utf-8")))
