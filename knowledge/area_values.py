"""What one safeguarding partnership's area says about itself, as frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, time
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, ConfigDict, Field, Strict, StringConstraints

from knowledge.lines import KeyPath, line_of

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Flag = Annotated[bool, Strict()]
Day = Annotated[date, Strict()]
Days = Annotated[int, Strict(), Field(ge=1, le=3650)]
Months = Annotated[int, Strict(), Field(ge=1, le=1200)]
WorkingDays = Annotated[int, Strict(), Field(ge=1, le=15)]
RapidReviewStart = Literal["notification", "awareness", "receipt"]

_NOTHING_ELSE = ConfigDict(extra="forbid")


def _time_of_day(value: object) -> object:
    # Pydantic alone would read a bare number as seconds after midnight.
    if isinstance(value, str | time):
        return value
    raise ValueError('must be a time of day such as "08:30"')


TimeOfDay = Annotated[time, BeforeValidator(_time_of_day)]


@dataclass(frozen=True)
class Contact:
    """Somebody to reach; whatever nobody has supplied is None. `hours` is for people to read."""

    __pydantic_config__ = _NOTHING_ELSE
    name: Text
    phone: Text | None = None
    night_phone: Text | None = None
    email: Text | None = None
    link: Text | None = None
    hours: Text | None = None


@dataclass(frozen=True)
class Contacts:
    """Everybody an area's staff may have to reach."""

    __pydantic_config__ = _NOTHING_ELSE
    children_social_care: Contact = Contact("Children's social care")
    business_unit: Contact = Contact("Business unit")
    designated_officer: Contact = Contact("Designated officer (LADO)")
    cdop: Contact = Contact("Child death overview panel (CDOP)")
    on_call_paediatrician: Contact = Contact("On-call paediatrician for unexpected deaths")
    community_safety_partnership: Contact = Contact("Community safety partnership")
    safeguarding_adults_board: Contact = Contact("Safeguarding adults board")
    police_contact: Contact = Contact("Police safeguarding team")
    leaving_care: Contact = Contact("Leaving-care team")
    maternity: Contact = Contact("Maternity safeguarding team")
    youth_justice: Contact = Contact("Youth justice service")
    communications: Contact = Contact("Communications lead")
    staff_support: Contact = Contact("Staff support")
    anyone_referral: Contact = Contact("Referrals from the public")


@dataclass(frozen=True)
class Roles:
    """What an area calls the people in each role: titles, never people's names."""

    __pydantic_config__ = _NOTHING_ELSE
    safeguarding_lead: Text | None = None
    duty_manager: Text | None = None
    business_manager: Text | None = None
    director: Text | None = None
    delegated_partners: Text | None = None
    lead_partners: Text | None = None
    scrutineer: Text | None = None


@dataclass(frozen=True)
class Milestones:
    """An area's own working days inside the rapid review, counted from where that clock starts; None is not set."""

    __pydantic_config__ = _NOTHING_ELSE
    agency_summaries: WorkingDays | None = None
    draft: WorkingDays | None = None
    sign_off: WorkingDays | None = None


@dataclass(frozen=True)
class WorkingHours:
    """Between which times of day, in London, reminders may be sent on working days."""

    __pydantic_config__ = _NOTHING_ELSE
    opens: TimeOfDay = time(8, 30)
    closes: TimeOfDay = time(17, 30)


@dataclass(frozen=True)
class Retention:
    """How long each kind of record is kept in an area, set by whoever answers for the data; None is not set.

    `conversations_days` counts from the last message, and comes before the service's own setting. Cases are counted
    from the day they were closed, or were put on record without a clock; while that is not set they are kept.
    `notice_days` is how long before it is done a purge is announced, and can be stopped.
    """

    __pydantic_config__ = _NOTHING_ELSE
    conversations_days: Days | None = None
    questions_days: Days = 365
    closed_cases_months: Months | None = None
    recorded_cases_months: Months | None = None
    notice_days: Days = 14


@dataclass(frozen=True)
class DayOff:
    """A day and why it is different here."""

    __pydantic_config__ = _NOTHING_ELSE
    date: Day
    reason: Text


@dataclass(frozen=True)
class EscalationStep:
    """One rung of the ladder for disagreements: who, within how many working days, and how."""

    __pydantic_config__ = _NOTHING_ELSE
    role: Text
    within_working_days: WorkingDays | None = None
    how: Text | None = None


@dataclass(frozen=True)
class Told:
    """Somebody else who hears of a clock at a time, whether or not its owner has answered."""

    __pydantic_config__ = _NOTHING_ELSE
    when: Text
    to: Text


@dataclass(frozen=True)
class ClockChange:
    """An area's own ways for one clock of the clock table, by its name; what is None stays as it is there.

    They are written as in that table: within "4 working days", every "3 months", by "30 September", nudges "day 2".
    """

    __pydantic_config__ = _NOTHING_ELSE
    name: Text
    within: Text | None = None
    every: Text | None = None
    by: tuple[Text, ...] | None = None
    nudges: tuple[Text, ...] | None = None
    tell: tuple[Told, ...] | None = None
    escalate: tuple[Text, ...] | None = None
    passed: tuple[Text, ...] | None = None

    def given(self) -> tuple[str, ...]:
        """The settings that are different here."""
        return tuple(one.name for one in fields(self) if one.name != "name" and getattr(self, one.name) is not None)


@dataclass(frozen=True)
class Overlay:
    """Local wording, at least as strict as the guidance, put beside an outcome (its code) or a duty (its name)."""

    __pydantic_config__ = _NOTHING_ELSE
    applies_to: Text
    text: Text
    source: Text


@dataclass(frozen=True)
class Area:
    """One partnership's settings. None, or an empty tuple, means that nobody has supplied the value.

    `decision_meeting_working_days` of None means that the table's own figure stands. `count_first_day` is the local
    convention for the day of awareness. `closure_days` are shown and never move a deadline; `extra_holidays` are not
    counted as working days. `key` is the file's name, `lines` where in `file` each value stands.
    """

    __pydantic_config__ = _NOTHING_ELSE
    name: Text
    invented: Flag
    local_authority: Text | None = None
    icb: Text | None = None
    police: Text | None = None
    partnership: Text | None = None
    content_version: Text | None = None
    last_checked: Day | None = None
    referral_form: Text | None = None
    lead_signoff: Flag | None = None
    accepts_referrals_from_anyone: Flag | None = None
    anyone_referral_form: Text | None = None
    notifiers: tuple[Text, ...] = ()
    decision_meeting_working_days: WorkingDays | None = None
    rapid_review_start: RapidReviewStart = "notification"
    count_first_day: Flag = False
    review_group: Text | None = None
    publication_page: Text | None = None
    document_template: Text | None = None
    case_dialog_channels: tuple[Text, ...] = ("terminal", "web")
    contacts: Contacts = Contacts()
    roles: Roles = Roles()
    milestones: Milestones = Milestones()
    working_hours: WorkingHours = WorkingHours()
    retention: Retention = Retention()
    closure_days: tuple[DayOff, ...] = ()
    extra_holidays: tuple[DayOff, ...] = ()
    escalation: tuple[EscalationStep, ...] = ()
    overlays: tuple[Overlay, ...] = ()
    clocks: tuple[ClockChange, ...] = ()
    key: str = ""
    file: Path = Path()
    lines: Mapping[KeyPath, int] = field(default_factory=dict, repr=False, compare=False)

    def line(self, *path: str | int) -> int:
        """The line of `file` on which a value stands, such as `line("overlays", 0, "applies_to")`."""
        return line_of(self.lines, path)

    def holidays(self) -> dict[date, str]:
        """The one-off holidays, with their reasons, in the form a calendar of working days takes."""
        return {day.date: day.reason for day in self.extra_holidays}

    def overlays_for(self, applies_to: str) -> tuple[Overlay, ...]:
        """The local wording for an outcome's code or a duty's name."""
        return tuple(overlay for overlay in self.overlays if overlay.applies_to == applies_to)

    def template_path(self) -> Path | None:
        """Where this area's own document template is, or None for the service's own."""
        return None if self.document_template is None else self.file.parent / self.document_template


def shown_phones(contact: Contact) -> str:
    """The telephone numbers for a person to read, or that there is none yet."""
    day, night = contact.phone, contact.night_phone
    if day and night:
        return f"{day} (day), {night} (nights and weekends)"
    if night:
        return f"{contact.name}: day phone not set, {night} (nights and weekends)"
    return day or f"{contact.name}: phone not set"


def shown(contact: Contact) -> str:
    """Every way to reach a contact, the telephone first, for a person to read."""
    return ", ".join(part for part in (shown_phones(contact), contact.email, contact.link) if part)


def shown_value(label: str, value: str | None) -> str:
    """A setting for a person to read, such as "Review group: not set"."""
    return f"{label}: {value or 'not set'}"
