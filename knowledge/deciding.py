"""Whether to answer, to offer or to decline, and the same worked out again from a log line alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from knowledge.fitted import Confidence, Fitted
from knowledge.index import Ranking, Scored


def decided(
    confidence: float, ranking: Ranking, fit: Iterable[str], thresholds: Confidence
) -> Literal["answer", "offer", "decline"]:
    """Whether to answer, to offer or to decline.

    A misfit is never answered, nor what is level with the next topic or further than a decoy.
    """
    if confidence < thresholds.decline:
        return "decline"
    decoy = ranking.decoy
    is_nearer_decoy = decoy is not None and decoy.score > ranking.topics[0].score
    is_sure = confidence >= thresholds.answer and thresholds.leads(ranking) and not any(True for _ in fit)
    if is_sure and not is_nearer_decoy:
        return "answer"
    return "decline" if is_nearer_decoy else "offer"


def replayed(log: Mapping[str, Any], fitted: Fitted) -> str:
    """The route worked out again from a log line alone."""
    if "incident" in log or "acronym" in log:
        return "refer" if "incident" in log else "clarify"
    if "kept_back" in log or "defined" in log:
        return "offer" if "kept_back" in log else "answer"
    elsewhere = "smalltalk" if log.get("elsewhere") == "smalltalk" else "decline"
    if "guard" in log:
        return elsewhere
    thresholds = fitted.confidence if log["model"] else fitted.confidence_words_alone
    decoy = Scored(**log["decoy"]) if log["decoy"] else None
    topics = tuple(Scored(**one) for one in log["topics"])
    ranking = Ranking(topics, decoy, log["coverage"], log["agreement"])
    route = decided(thresholds.of(ranking), ranking, log["misfits"], thresholds)
    return elsewhere if route == "decline" else route
