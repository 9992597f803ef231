"""Whom to contact about a decision and how: the recipients of its duties as the area keeps them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.record import Record
from dialogs.date_words import working_days
from knowledge.area import Area, Contact

# Areas keep these under another name: a police team of its own, and the front door by which children's services hear.
_CONTACT_KEYS: Mapping[str, str] = {"police": "police_contact", "children_services": "children_social_care"}
# Where an area has set no team of its own, everybody in England still reaches the police.
_NATIONAL: Mapping[str, str] = {"police": "101, or 999 in an emergency"}
_DANGER = ("A", "T")


@dataclass(frozen=True)
class Reach:
    """One contact: telephone, and everything else there is."""

    name: str
    phone: str
    other: str


def contacts_of(record: Record, area: Area) -> tuple[Reach, ...]:
    """Everybody a record's duties name whom areas keep a contact for, then staff support."""
    if area.invented and in_danger(record):
        return ()
    found: dict[str, Contact] = {}
    for key in (key for duty in record.decision.duties for key in duty.to):
        contact = contact_for(key, area)
        if contact is not None:
            found.setdefault(contact.name, contact)
    found.setdefault(area.contacts.staff_support.name, area.contacts.staff_support)
    return tuple(
        Reach(one.name, phone_words(one), "; ".join(part for part in (one.email, one.link, one.hours) if part))
        for one in found.values()
    )


def notes_of(record: Record, area: Area) -> tuple[str, ...]:
    """Who may notify for the council, and the ladder for disagreements, where the record calls for them."""
    found = []
    recipients = {key for duty in record.decision.duties for key in duty.to}
    if recipients & {"panel", "secretary_of_state"}:
        found.append(f"Who may notify for the council: {'; '.join(area.notifiers) or 'not set'}.")
    if "escalation" in recipients:
        found.append("If you disagree, one step at a time:" if area.escalation else "Escalation ladder: not set.")
        for number, step in enumerate(area.escalation, 1):
            days = step.within_working_days
            within = f", within {working_days(days)}" if days else ""
            found.append(f"Step {number}: {step.role}{within}. {step.how or ''}".strip())
    return tuple(found)


def in_danger(record: Record) -> bool:
    """Whether a child may be in danger now, so that the numbers of an invented area must not be dialled."""
    return record.decision.outcome in _DANGER


def recipient_words(key: str, area: Area, recipients: Mapping[str, str]) -> str:
    """Whom to contact and how, such as "the business unit: 01632 960 130"; the name alone where no area keeps it."""
    name = recipients.get(key, key.replace("_", " "))
    contact = contact_for(key, area)
    if contact is None:
        return name
    reach = reach_words(contact)
    return f"{name}: {_NATIONAL.get(key, reach) if reach == 'not set' else reach}"


def contact_for(key: str, area: Area) -> Contact | None:
    """The area's contact for a duty's recipient, if areas keep one."""
    found = getattr(area.contacts, _CONTACT_KEYS.get(key, key), None)
    return found if isinstance(found, Contact) else None


def reach_words(contact: Contact) -> str:
    """How to reach a contact, the telephone first; "not set" where nobody has supplied anything."""
    parts = [phone_words(contact)] if contact.phone or contact.night_phone else []
    parts += [part for part in (contact.email, contact.link) if part]
    return ", ".join(parts) or "not set"


def phone_words(contact: Contact) -> str:
    """The telephone numbers, or "not set"."""
    if contact.night_phone:
        return f"{contact.phone or 'not set'} (day), {contact.night_phone} (nights and weekends)"
    return contact.phone or "not set"
