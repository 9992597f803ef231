"""What the partnership's own form must hold: what the answers fill in of it, what stays blank, and what to record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.record import Answered, Record

# The outcomes that lead to a form: a referral for a decision, a notification, or local learning.
_WITH_FORM = frozenset("B C D E F G H J K R".split())

# Section, then each field with the questions whose answers go into it. The order is that of the national online form
# as far as it is known: who notifies, the child, the incident, then documents; the rest follows the partnerships' own.
_FIELDS: tuple[tuple[str, tuple[tuple[str, tuple[str, ...]], ...]], ...] = (
    (
        "Who is referring",
        (
            ("Your role", ("role",)),
            ("Your agency, phone and e-mail", ()),
            ("Safeguarding lead consulted, and when", ()),
        ),
    ),
    (
        "The child, and each other child",
        (
            ("Name, date of birth, identifying numbers, address", ()),
            ("Age when it happened", ("age_at_event",)),
            ("Health, disability, ethnicity, language", ()),
            ("Where the child normally lives", ("residence",)),
            ("In care or a care leaver, and the council responsible", ("care",)),
            ("Legal orders and plans, now and before", ()),
            ("Household, carers and others who matter", ()),
        ),
    ),
    (
        "What happened",
        (
            ("Date, and time if known", ()),
            ("Area", ("place",)),
            ("Exact place and what kind of incident", ()),
            ("Harm", ("effect",)),
            ("Condition now", ()),
        ),
    ),
    (
        "Why it may meet the test",
        (
            ("Abuse or neglect: known, suspected or not sure", ("maltreatment",)),
            ("Family known to children's social care for abuse or neglect", ("known_to_services",)),
            ("What the suspicion of abuse or neglect rests on", ()),
            ("Why the death or harm is serious", ()),
        ),
    ),
    (
        "Made safe",
        (
            ("Referral to children's social care or the police", ("referral_made",)),
            ("What was done for this child, and for brothers, sisters and others", ()),
        ),
    ),
    (
        "Who knows",
        (
            ("Day the council became aware", ("aware_on",)),
            ("Hour the council became aware, and how that is known", ()),
            ("Notification already sent to the Panel", ("sin_sent", "notified_on")),
            ("Agencies involved, and the contact in each", ()),
            ("Other processes running, and who leads each", ()),
            ("Senior investigating officer", ()),
            ("Press interest, and anything else that applies", ("flags",)),
        ),
    ),
    (
        "The family and the staff",
        (
            ("What the family was told, by whom and when, or why not", ()),
            ("The family's view, if known", ()),
            ("Support offered to staff", ()),
        ),
    ),
    ("Documents", (("Papers sent with the form", ()),)),
)

_RECORD = (
    "Who you are: role and agency.",
    "When the council became aware, with the hour, and how that is known.",
    "Each conversation: date, hour, with whom, what was agreed.",
    "Your answers here, with the reason for each.",
    "Who decided, when and why, and any disagreement.",
    "Other processes running beside this one, and who leads each.",
    "Who told the family, when and what; or why they were not told.",
    "What support staff were offered.",
    "Later changes, each with its date.",
)
_RECORD_WITH_FORM = (
    "The Panel's reference, once there is one.",
    "Which partners and which other areas were told, and when.",
    "The rapid review's date, once it runs.",
)
_DO_NOT = (
    "Do not wait for proof, a charge or a post-mortem.",
    "Do not question the child or look for evidence yourself.",
    "Do not change records. Date anything you add.",
    "Do not talk with the family outside the agreed plan.",
    "Do not share any of it in group chats or on social media.",
)


@dataclass(frozen=True)
class Field:
    """One thing the partnership's form must hold, with what the answers say of it; empty is blank."""

    label: str
    known: str


@dataclass(frozen=True)
class Section:
    """Fields that belong together."""

    title: str
    fields: tuple[Field, ...]


def form_sections(record: Record, answers: Mapping[str, Answered]) -> tuple[Section, ...]:
    """The form's sections, filled from the answers as far as they go; none where the outcome needs no form."""
    if record.decision.outcome not in _WITH_FORM:
        return ()
    return tuple(
        Section(title, tuple(Field(label, _known(names, answers)) for label, names in fields))
        for title, fields in _FIELDS
    )


def _known(names: tuple[str, ...], answers: Mapping[str, Answered]) -> str:
    return ", ".join(answers[name].words for name in names if name in answers)


def left_blank(sections: tuple[Section, ...]) -> tuple[str, ...]:
    """Every field without an answer, with its section."""
    return tuple(
        f"{section.title}: {'; '.join(blank)}"
        for section in sections
        if (blank := [field.label for field in section.fields if not field.known])
    )


def to_record(record: Record) -> tuple[str, ...]:
    """What belongs in the case system, never in chat: the outcome's own list, or what holds for every incident."""
    if record.decision.to_record:
        return record.decision.to_record
    return (*_RECORD, *(_RECORD_WITH_FORM if record.decision.outcome in _WITH_FORM else ()))


def not_to_do(record: Record) -> tuple[str, ...]:
    """What to leave alone: the outcome's own list, or what holds for every incident."""
    return record.decision.do_not or _DO_NOT
