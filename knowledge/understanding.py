"""Understands a question: answers it from a topic, offers three, points elsewhere, or asks what is meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import cache
from typing import Any, Literal

from knowledge.acronyms import Acronym, cleared, unclear
from knowledge.fact_fit import answers_need, misfits
from knowledge.fitted import Confidence, Fitted, load_fitted
from knowledge.guards import guarded
from knowledge.hearing import Heard, Hearing
from knowledge.index import Index, Ranking, Scored, Weights, entries_of
from knowledge.library import Library
from knowledge.meaning import MODEL_SHA256, Encoder, NoModel, load_encoder
from knowledge.terms import load_terms, word_list
from knowledge.vectors import load_vectors

Route = Literal["answer", "offer", "decline", "clarify", "refer", "smalltalk"]
OFFERED = 3
_SHORT = 4
_PLAINLY = 0.1
# How near the nearest question of a decoy has to be, at most 1.
_NEAR, _SMALL_TALK = 0.4, 0.6
_POINTING = re.compile(r"\b(?:it|its|it's|that|this|they|them|their|those|these|ones|same|else)\b")
_LEANING = re.compile(r"^(?:and|but|or|what about|how about|what if|also|then|even|so)\b")
_ASKING = re.compile(
    r"\?"
    r"|^(?:so |and |but |ok |hi |hello |sorry )*(?:who|what|whats|what's|when|where|why|how|which|is|are|do|does|did)\b"
    r"|^(?:so |and |but |ok |hi |hello |sorry )*(?:can|could|should|must|may|will|would|has|have)\b"
    r"|\b(?:do|should|must|can|could|would|does) (?:we|i|it|they|you|this|that|the|our|my)\b"
    r"|\b(?:is|are) (?:it|this|that|they|we|i) \b|\b(?:what|who|when|where|how|whether|which|why)\b[^.]*$"
)


@dataclass(frozen=True)
class Earlier:
    """What was asked before, in the topics' own words, and the topic that answered it; both may be empty."""

    question: str = ""
    topic: str = ""


@dataclass(frozen=True)
class Found:
    """What comes of a question.

    `topic` is the one that answers, `offers` the ones to choose from, `decoy` the signpost elsewhere. `confidence` is
    the chance that the first topic is right. `log` is enough to work the route out again, and holds no words.
    """

    route: Route
    topic: str = ""
    offers: tuple[str, ...] = ()
    decoy: str = ""
    acronym: Acronym | None = None
    confidence: float | None = None
    log: Mapping[str, Any] = field(default_factory=dict)


class Understanding:
    """What understands, over one library; without an encoder it goes by words alone, and `degraded` says why.

    `encoded` is how many texts had to be worked out because they were not shipped.
    """

    def __init__(self, library: Library, encoder: Encoder | None, degraded: str = "") -> None:
        self.library, self.degraded = library, degraded
        self.fitted: Fitted = load_fitted()
        self.terms = load_terms()
        self._encoder = encoder
        vectors = load_vectors(encoder) if encoder is not None else None
        self.index = Index(entries_of(library), self.terms, vectors)
        self._hearing = Hearing(self.index, self.fitted, encoder, vectors)
        self.encoded = vectors.encoded if vectors is not None else 0
        self._vocabulary = frozenset(self.index.vocabulary())

    def hear(self, message: str) -> Heard:
        """A message as heard: its spelling put right, and whether it tells of danger."""
        return self._hearing.hear(message)

    def find(self, heard: Heard, earlier: Earlier | None = None, *, incidents: bool = True) -> Found:
        """What comes of a question, which may lean on an earlier one; `incidents` is whether one told is noticed."""
        text = heard.text
        if guard := guarded(text):
            return self._elsewhere(guard.decoy, {"guard": guard.name})
        if acronym := unclear(text):
            return self._clarify(acronym, text)
        alone = self.weigh(text, heard.meaning if cleared(text) == text else None)
        incident = self._incident(heard, alone) if incidents else None
        if incident is not None:
            return incident
        if earlier is None or not earlier.question or not leans(text) or is_elsewhere(alone):
            return alone
        return self._followed(text, alone, earlier)

    def weigh(self, text: str, meaning: Any = None) -> Found:
        """What comes of a text in small letters, its spelling right; `meaning` is its meaning where that is known."""
        text = cleared(text)
        return self._judged(text, self.rank(text, meaning))

    def _judged(self, text: str, ranking: Ranking) -> Found:
        """What comes of a text, going by a ranking."""
        confidence = self.confidence.of(ranking)
        first, decoy = ranking.topics[0], ranking.decoy
        fit = misfits(text, self.library.topics[first.id], self.library.topics[first.id].area)
        log = self._log(
            {
                "topics": [asdict(one) for one in ranking.topics[:OFFERED]],
                "decoy": asdict(decoy) if decoy else None,
                "coverage": ranking.coverage,
                "confidence": confidence,
                "misfits": list(fit),
            }
        )
        route = decided(confidence, first, decoy, fit, self.confidence)
        if route == "decline" and decoy is not None and decoy.score > first.score and self._is_near(decoy):
            return replace(self._elsewhere(decoy.id, log), confidence=confidence)
        offers = tuple(one.id for one in ranking.topics[:OFFERED])
        topic = first.id if route == "answer" else ""
        return Found(route, topic, offers if route == "offer" else (), confidence=confidence, log=log)

    def rank(self, text: str, meaning: Any = None) -> Ranking:
        """The topics nearest to a text in small letters, its spelling right."""
        return self.index.rank(text, self.weights, self._meaning(text) if meaning is None else meaning)

    def _meaning(self, text: str) -> Any:
        return None if self._encoder is None else self._encoder.encode(self.terms.says(text))

    def masked(self, text: str) -> str:
        """The words of a message that the topics have too; every other word is a gap. Nobody can be known by them."""
        return " ".join(word if word in self._vocabulary else "…" for word in word_list(text))

    def alike(self, one: str, other: str) -> float:
        """How much two texts in small letters ask the same thing, at most 1."""
        if self._encoder is None:
            words, others = set(self.terms.tokens(one)), set(self.terms.tokens(other))
            return len(words & others) / max(1, len(words | others))
        first, second = (self._encoder.encode(self.terms.says(text)) for text in (one, other))
        return float(first @ second)

    @property
    def weights(self) -> Weights:
        """How much each part of a score counts."""
        return self.fitted.words_alone if self._encoder is None else self.fitted.weights

    @property
    def confidence(self) -> Confidence:
        """How sure to be."""
        return self.fitted.confidence_words_alone if self._encoder is None else self.fitted.confidence

    def _followed(self, text: str, alone: Found, earlier: Earlier) -> Found:
        """What comes of a question by itself and with the one before, this one counting more."""
        before = earlier.topic or self.rank(earlier.question).topics[0].id
        together = f"{text} {text} {earlier.question}"
        meanings = (self._meaning(text), self._meaning(together))
        near = (before, *self.library.topics[before].related) if before in self.library.topics else ()
        ranking = self.index.rank_both(text, together, self.weights, meanings, near)
        found = self._judged(text, ranking)
        log = {**found.log, "followed": before, "alone": alone.confidence}
        offers = tuple(one.id for one in ranking.topics[:OFFERED])
        if before in self.library.topics and answers_need(text, self.library.topics[before]):
            # "How quickly?" after the officer for allegations: what was just read may say it.
            offers = tuple(dict.fromkeys((before, *offers)))[:OFFERED]
            if found.topic != before and alone.route != "answer":
                return replace(found, route="offer", topic="", offers=offers, log={**log, "kept_back": True})
        if found.route == "decline":
            return alone
        if found.route == "answer" and (found.topic == before or alone.topic not in ("", found.topic)):
            # Half of what was weighed is the earlier question: where that decides, it is better to ask.
            offers = tuple(dict.fromkeys((found.topic, *([alone.topic] if alone.topic else []), *offers)))[:OFFERED]
            return replace(found, route="offer", topic="", offers=offers, log={**log, "kept_back": True})
        return replace(found, log=log)

    def _is_near(self, decoy: Scored) -> bool:
        """Whether a decoy is near enough for its signpost to be of use; small talk has to be nearly the same words."""
        if self._encoder is None:
            return True
        least = _SMALL_TALK if self.library.decoys[decoy.id].kind == "smalltalk" else _NEAR
        return decoy.nearest >= least

    def _incident(self, heard: Heard, found: Found) -> Found | None:
        """The offer of the referral dialog, where a message tells of an incident and no topic plainly answers it."""
        if heard.incident is None or heard.incident < self.fitted.incident.told:
            return None
        if _ASKING.search(heard.text) and found.route == "answer":
            return None
        log = {**found.log, "incident": heard.incident}
        offers = (found.topic,) if found.topic else found.offers
        return Found("refer", offers=offers, confidence=found.confidence, log=log)

    def _clarify(self, acronym: Acronym, text: str) -> Found:
        """Which of its meanings an acronym has, each with the topic that would answer in that meaning."""
        topics = []
        for meaning in acronym.meanings:
            found = self.weigh(acronym.pattern.sub(meaning.says, text))
            topics.append(found.topic or next(iter(found.offers), meaning.topic))
        if len(set(topics)) < len(topics):
            topics = [meaning.topic for meaning in acronym.meanings]
        log = self._log({"acronym": acronym.acronym})
        return Found("clarify", offers=tuple(topics), acronym=acronym, log=log)

    def _elsewhere(self, decoy: str, log: Mapping[str, Any]) -> Found:
        kind = self.library.decoys[decoy].kind
        route: Route = "smalltalk" if kind == "smalltalk" else "decline"
        return Found(route, decoy=decoy, log=self._log({**log, "elsewhere": kind}))

    def _log(self, log: Mapping[str, Any]) -> dict[str, Any]:
        return {
            **log,
            "content": self.library.version,
            "fitted": self.fitted.fitted_on,
            "model": "" if self._encoder is None else MODEL_SHA256[:8],
        }


def leans(text: str) -> bool:
    """Whether a question, in small letters, leans on the one before: short, or pointing back."""
    return len(word_list(text)) <= _SHORT or bool(_POINTING.search(text) or _LEANING.search(text))


def is_elsewhere(found: Found) -> bool:
    """Whether a question by itself is plainly about something that is not answered here."""
    if not found.decoy or "guard" in found.log:
        return bool(found.decoy)
    first, decoy = found.log["topics"][0], found.log["decoy"]
    return bool(decoy["score"] - first["score"] > _PLAINLY)


def decided(
    confidence: float, first: Scored, decoy: Scored | None, fit: Iterable[str], thresholds: Confidence
) -> Literal["answer", "offer", "decline"]:
    """Whether to answer, to offer or to decline: a misfit is never answered, nor what is nearer to a decoy."""
    if confidence < thresholds.decline:
        return "decline"
    is_nearer_decoy = decoy is not None and decoy.score > first.score
    if confidence >= thresholds.answer and not any(True for _ in fit) and not is_nearer_decoy:
        return "answer"
    return "decline" if is_nearer_decoy else "offer"


def replayed(log: Mapping[str, Any], fitted: Fitted) -> str:
    """The route worked out again from a log line alone."""
    if "incident" in log or "acronym" in log:
        return "refer" if "incident" in log else "clarify"
    if "kept_back" in log:
        return "offer"
    elsewhere = "smalltalk" if log.get("elsewhere") == "smalltalk" else "decline"
    if "guard" in log:
        return elsewhere
    thresholds = fitted.confidence if log["model"] else fitted.confidence_words_alone
    first = Scored(**log["topics"][0])
    decoy = Scored(**log["decoy"]) if log["decoy"] else None
    ranking = Ranking(tuple(Scored(**one) for one in log["topics"]), decoy, log["coverage"])
    route = decided(thresholds.of(ranking), first, decoy, log["misfits"], thresholds)
    return elsewhere if route == "decline" else route


@cache
def by_words(library: Library, why: str) -> Understanding:
    """What understands by words alone, and why."""
    return Understanding(library, None, why)


@cache
def load_understanding(library: Library) -> Understanding:
    """What understands, with the model if it is there and right; else by words alone, saying why in `degraded`."""
    try:
        return Understanding(library, load_encoder())
    except NoModel as missing:
        return by_words(library, str(missing))
