"""Shows a topic: what it is about, what it says, how sure that is, where it comes from, and the area's own words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from bot import wording
from bot.messages import Anchor, Block, Bold, Bullets, Text
from dialogs.date_words import spoken
from knowledge.area import Area, Contact, Contacts
from knowledge.learning import Review, themes
from knowledge.library import Library
from knowledge.sources import Citation, cite_words
from knowledge.topic import Topic

BADGES = {
    "must": "Must: an Act or regulations.",
    "should": "Should: statutory guidance.",
    "local": "Local: Panel guidance, good practice or the area's own way; not a rule in itself.",
}


def answer_blocks(topic: Topic, library: Library, area: Area, today: date) -> tuple[Block, ...]:
    """The short answer with everything that stands behind it."""
    said = Text.of(Bold(f"About {topic.about}: "), topic.short)
    behind = Text.of(f"{BADGES[topic.badge]}\n\nWhere this comes from:", sources(topic.citations))
    return (said, *local_blocks(topic, area), behind, *_stale(topic, today), version_line(library))


def detail_blocks(topic: Topic, library: Library) -> tuple[Block, ...]:
    """The rest of what is known about a topic."""
    about = Bold(f"More about {topic.about}:")
    runs: list[str | Bold | Bullets] = [about]
    for block in topic.detail.split("\n\n"):
        items = [line.strip().removeprefix("- ") for line in block.split("\n") if line.strip()]
        is_list = all(line.strip().startswith("- ") for line in block.split("\n") if line.strip())
        runs.append(Bullets(tuple(items)) if is_list else "\n\n" + " ".join(items))
    return (Text.of(*runs), Text.of("Where this comes from:", sources(topic.citations)), version_line(library))


def local_blocks(topic: Topic, area: Area) -> Iterator[Block]:
    """What the area itself says beside a topic: settings, and local wording with its source."""
    settings = tuple(_setting(name, area) for name in topic.area)
    if settings:
        yield Text.of(Bold(f"In {area.name}:"), Bullets(settings))
    for overlay in area.overlays_for(topic.id):
        yield Text.of(Bold(f"{area.name} says: "), f"{overlay.text} (Source: {overlay.source}.)")


def review_blocks(reviews: tuple[Review, ...]) -> tuple[Block, ...]:
    """Published reviews, each with what it found and where to read it."""
    return tuple(
        Text.of(
            Bold(f"{review.title}"),
            f" ({review.kind}{', this area' if review.local else ''}, {review.published})\n{' '.join(review.found)}\n"
            f"Read it: {review.read_it}",
            sources(review.citations),
        )
        for review in reviews
    )


def theme_names(library: Library) -> tuple[str, ...]:
    """The themes of the published reviews."""
    return tuple(themes(library.reviews))


def sources(citations: tuple[Citation, ...]) -> Bullets:
    """Places in documents, one a line, each with its address where there is one."""
    return Bullets(tuple(dict.fromkeys(_source(one) for one in citations)))


def _source(cited: Citation) -> str | Anchor:
    edition = f". Edition: {cited.source.edition}" if cited.source.edition else ""
    words = f"{cite_words(cited)}{edition}"
    return Anchor(words, cited.where) if cited.where else words


def version_line(library: Library) -> Text:
    """Which content this is, and when it was last checked."""
    checked = library.last_checked
    when = f", last checked {checked.day} {checked:%b %Y}" if checked else ""
    return Text.of(f"Content {library.version}{when}. Guidance, not legal advice.", tone="note")


def _stale(topic: Topic, today: date) -> Iterator[Block]:
    if topic.review_by <= today:
        yield Text.of(wording.past_review(spoken(topic.review_by)), tone="note")


def setting_names() -> frozenset[str]:
    """The names of the area's settings that a topic can show."""
    return frozenset(_SETTINGS) | frozenset(Contacts.__dataclass_fields__)


def _setting(name: str, area: Area) -> str:
    contact = getattr(area.contacts, name, None)
    if isinstance(contact, Contact):
        link = f", {contact.link}" if contact.link else ""
        hours = f" ({contact.hours})" if contact.hours else ""
        return wording.contact_line(contact) + link + hours
    label, read = _SETTINGS[name]
    return f"{label}: {read(area) or 'not set'}"


def _yes_no(value: bool | None) -> str:
    return "" if value is None else "yes" if value else "no"


_STARTS = {
    "notification": "the day the notification was sent",
    "awareness": "the day the council first knew",
    "receipt": "the day the business unit received it",
}
_SETTINGS: dict[str, tuple[str, Callable[[Area], str]]] = {
    "local_authority": ("Council", lambda area: area.local_authority or ""),
    "icb": ("Integrated care board", lambda area: area.icb or ""),
    "police": ("Police", lambda area: area.police or ""),
    "partnership": ("Safeguarding partnership", lambda area: area.partnership or ""),
    "referral_form": ("Form for referring an incident", lambda area: area.referral_form or ""),
    "lead_signoff": ("A safeguarding lead must agree first", lambda area: _yes_no(area.lead_signoff)),
    "accepts_referrals_from_anyone": (
        "Takes referrals from anyone",
        lambda area: _yes_no(area.accepts_referrals_from_anyone),
    ),
    "notifiers": ("Who may notify the Panel", lambda area: ", ".join(area.notifiers)),
    "decision_meeting_working_days": (
        "Working days until the partners meet to decide",
        lambda area: str(area.decision_meeting_working_days or ""),
    ),
    "rapid_review_start": ("The rapid review clock starts on", lambda area: _STARTS[area.rapid_review_start]),
    "count_first_day": ("The first day counts", lambda area: _yes_no(area.count_first_day)),
    "review_group": ("The group that looks at cases", lambda area: area.review_group or ""),
    "publication_page": ("Where reviews are published", lambda area: area.publication_page or ""),
    "milestones": (
        "Working days of the rapid review's steps",
        lambda area: ", ".join(
            f"{name} {count}"
            for name, count in (
                ("agency summaries", area.milestones.agency_summaries),
                ("draft", area.milestones.draft),
                ("sign-off", area.milestones.sign_off),
            )
            if count is not None
        ),
    ),
    "escalation": ("Steps for a disagreement", lambda area: "; then ".join(step.role for step in area.escalation)),
    "closure_days": (
        "Closure days, which still count",
        lambda area: ", ".join(f"{day.date.day} {day.date:%b %Y}" for day in area.closure_days),
    ),
}
