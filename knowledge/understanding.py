"""Understands a question: answers it from a topic, offers three, points elsewhere, or asks what is meant."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import cache, cached_property
from typing import Any, Literal

from knowledge.acronyms import Acronym, cleared, unclear
from knowledge.circumstances import stated
from knowledge.deciding import decided
from knowledge.defined import Defined
from knowledge.fact_fit import answers_need, misfits
from knowledge.fitted import Confidence, Fitted, load_fitted
from knowledge.guards import guarded
from knowledge.hearing import Heard, Hearing
from knowledge.index import Index, Ranking, Scored, Weights, entries_of
from knowledge.leaning import leans
from knowledge.library import Library
from knowledge.meaning import MODEL_SHA256, Encoder, NoModel, load_encoder
from knowledge.telling import asks, eased
from knowledge.terms import load_terms, plainly
from knowledge.usage import Usage
from knowledge.vectors import SHIPPED, NotShipped, Vectors, load_vectors
from knowledge.wanted_reviews import by_name, by_subject

Route = Literal["answer", "offer", "decline", "clarify", "refer", "smalltalk"]
OFFERED = 3
ABOUT_REVIEWS = ("published-national-reviews", "find-reviews-on-a-theme")
"""The topics for whoever wants to read published reviews."""
MOST_NEW = 200
"""How many texts are worked out at a start, which takes about three seconds."""
GAP = "_"
"""Stands in a text where a word is left out."""
_WORDS_AND_GAPS = re.compile(rf"[a-z0-9]+(?:'[a-z]+)?|{GAP}")
_PLAINLY = 0.1
# How near the nearest question of a decoy has to be, at most 1.
_NEAR, _SMALL_TALK = 0.4, 0.6
# How much of a question a decoy has to say too, where there is no model to tell its meaning.
_COVERED = 0.5
# From which confidence on the first of three is the one that most people mean.
_LIKELY = 0.6


@dataclass(frozen=True)
class Earlier:
    """What was asked before, in the topics' own words, and the topic that answered it; both may be empty."""

    question: str = ""
    topic: str = ""


@dataclass(frozen=True)
class Found:
    """What comes of a question.

    `topic` is the one that answers, `offers` the ones to choose from, `decoy` the signpost elsewhere, `reviews` the
    published reviews that were asked for. `confidence` is the chance that the first topic is right. `log` is enough to
    work the route out again, and holds no words.
    """

    route: Route
    topic: str = ""
    offers: tuple[str, ...] = ()
    decoy: str = ""
    reviews: tuple[str, ...] = ()
    acronym: Acronym | None = None
    confidence: float | None = None
    log: Mapping[str, Any] = field(default_factory=dict)


class Understanding:
    """What understands, over one library; without an encoder it goes by words alone, and `degraded` says why.

    With an encoder come the meanings of what is compared with.
    `encoded` is how many texts had to be worked out because they were not shipped.
    """

    def __init__(
        self, library: Library, encoder: Encoder | None, degraded: str = "", vectors: Vectors | None = None
    ) -> None:
        self.library, self.degraded = library, degraded
        self.fitted: Fitted = load_fitted()
        self.terms = load_terms()
        self._encoder = encoder
        self.index = Index(entries_of(library), self.terms, vectors)
        self._hearing = Hearing(self.index, self.fitted, encoder, vectors)
        self.encoded = vectors.encoded if vectors is not None else 0
        self._vocabulary = frozenset(self.index.vocabulary())
        self._defined = Defined(library.topics.values(), self.terms)

    def hear(self, message: str, before: str = "") -> Heard:
        """A message as heard: its spelling put right, and whether it tells of danger, perhaps with the one before."""
        return self._hearing.hear(message, before)

    def find(self, heard: Heard, earlier: Earlier | None = None, *, incidents: bool = True) -> Found:
        """What comes of a question, which may lean on an earlier one; `incidents` is whether one told is noticed."""
        found = self._found(heard, earlier, incidents=incidents)
        return found if "guard" in found.log or found.route == "refer" else self._with_reviews(heard.text, found)

    def _with_reviews(self, text: str, found: Found) -> Found:
        """What was found, with the published reviews asked for; one called by its name is, whatever else is."""
        named = by_name(self.library.reviews, text)
        wanted = named or by_subject(self.library.reviews, text)
        found = replace(found, reviews=tuple(one.id for one in wanted))
        is_apart = "reviews on a subject" in stated(text)
        if found.topic in ABOUT_REVIEWS or not (named or is_apart or (wanted and found.route == "decline")):
            return found
        offers = tuple(dict.fromkeys((*ABOUT_REVIEWS, found.topic, *found.offers)))
        offers = tuple(one for one in offers if one in self.library.topics)[:OFFERED]
        log = {**found.log, "kept_back": True}
        return replace(found, route="offer", topic="", decoy="", offers=offers, log=log) if offers else found

    def _found(self, heard: Heard, earlier: Earlier | None, *, incidents: bool) -> Found:
        text = heard.text
        has_before = earlier is not None and bool(earlier.question)
        if guard := guarded(text, follows=has_before and leans(text)):
            return self._elsewhere(guard.decoy, {"guard": guard.name})
        if acronym := unclear(text):
            return self._clarify(acronym, text)
        alone = self.weigh(text, heard.meaning if cleared(text) == text else None)
        incident = self._incident(heard, alone) if incidents else None
        if incident is not None:
            return incident
        if earlier is None or not has_before or not leans(text):
            return alone
        # "And if it was Scotland?" asks about the case before, however near it is to another nation's signpost.
        is_apart = is_elsewhere(alone) and guarded(text) is None
        return alone if is_apart or "defined" in alone.log else self._followed(text, alone, earlier)

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
                "agreement": ranking.agreement,
                "confidence": confidence,
                "misfits": list(fit),
            }
        )
        if defined := self._defined.by(text):
            return Found("answer", defined, confidence=confidence, log={**log, "defined": defined})
        route = decided(confidence, ranking, fit, self.confidence)
        if route == "decline" and decoy is not None and decoy.score > first.score and self._is_near(decoy, text):
            return replace(self._elsewhere(decoy.id, log), confidence=confidence)
        offers = tuple(one.id for one in ranking.topics[:OFFERED])
        topic = first.id if route == "answer" else ""
        return Found(route, topic, offers if route == "offer" else (), confidence=confidence, log=log)

    def rank(self, text: str, meaning: Any = None) -> Ranking:
        """The topics nearest to a text in small letters, its spelling right."""
        return self.index.rank(text, self.weights, self._meaning(text) if meaning is None else meaning)

    def _meaning(self, text: str) -> Any:
        return None if self._encoder is None else self._encoder.encode(self.terms.says(text))

    @cached_property
    def usage(self) -> Usage:
        """How the topics use their words."""
        return Usage(self.library.topics.values())

    def masked(self, text: str) -> str:
        """The words of a message that the topics have too; every other word, and each GAP, is a gap."""
        return " ".join(word if self.knows(word) else "…" for word in self.words_and_gaps(text))

    def words_and_gaps(self, text: str) -> list[str]:
        """The words and GAPs of a text, in small letters."""
        return _WORDS_AND_GAPS.findall(plainly(text))

    def knows(self, word: str) -> bool:
        """Whether a word is one that is kept of a message."""
        return word in self._vocabulary

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

    def _is_near(self, decoy: Scored, text: str) -> bool:
        """Whether a decoy is near enough for its signpost to be of use; small talk has to be nearly the same words."""
        if self._encoder is None:
            return self.index.covers(text, decoy.id) >= _COVERED
        least = _SMALL_TALK if self.library.decoys[decoy.id].kind == "smalltalk" else _NEAR
        return decoy.nearest >= least

    def _incident(self, heard: Heard, found: Found) -> Found | None:
        """The offer of the referral dialog, where a message tells of an incident and no topic plainly answers it."""
        if heard.incident is None or eased(heard.text, heard.incident) < self.fitted.incident.told:
            return None
        if asks(heard.text) and found.route == "answer":
            return None
        log = {**found.log, "incident": heard.incident}
        others = tuple(one["id"] for one in found.log.get("topics", ()))
        offers = tuple(dict.fromkeys((found.topic, *others)))[:OFFERED] if found.topic else found.offers
        return Found("refer", offers=offers, confidence=found.confidence, log=log)

    def _clarify(self, acronym: Acronym, text: str) -> Found:
        """Which of its meanings an acronym has, each with the topic that would answer in that meaning."""
        topics = []
        for meaning in acronym.meanings:
            found = self.weigh(acronym.pattern.sub(meaning.says, text))
            is_likely = found.confidence is not None and found.confidence >= _LIKELY
            topics.append(found.topic or next(iter(found.offers if is_likely else ()), meaning.topic))
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


def is_elsewhere(found: Found) -> bool:
    """Whether a question by itself is plainly about something that is not answered here."""
    if not found.decoy or "guard" in found.log:
        return bool(found.decoy)
    first, decoy = found.log["topics"][0], found.log["decoy"]
    return bool(decoy["score"] - first["score"] > _PLAINLY)


@cache
def by_words(library: Library, why: str) -> Understanding:
    """What understands by words alone, and why."""
    return Understanding(library, None, why)


@cache
def load_understanding(library: Library) -> Understanding:
    """What understands, with the model and what the topics mean if both are there and right.

    Else by words alone, saying why in `degraded`: to work everything out would keep whoever asks waiting for minutes.
    """
    try:
        encoder = load_encoder()
        return Understanding(library, encoder, vectors=load_vectors(encoder, SHIPPED, MOST_NEW))
    except (NoModel, NotShipped) as missing:
        return by_words(library, str(missing))
