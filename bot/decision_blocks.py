"""A decision as the chat shows it: the outcome, what to do next and the dates at once; then the details."""

from __future__ import annotations

from bot import wording, wording_going_on
from bot.decisions import deadline_words
from bot.decisions import decision_words as words
from bot.decisions.decision_contacts import contact_for, in_danger, recipient_words
from bot.decisions.decision_working import counted_lines
from bot.definitions import Definitions
from bot.messages import Block, Bold, Bullets, Card, Text
from bot.record import Record
from dialogs.date_words import spoken
from dialogs.decision import Duty
from dialogs.flow import UNSURE, Flow
from knowledge.area import Area

Lines = tuple[str, ...]
# The person knows how to reach these.
_OWN_PEOPLE = {"own_lead", "safeguarding_lead", "head_of_service", "step_people", "other_agency"}


def decision_blocks(record: Record, definitions: Definitions) -> tuple[Block, ...]:
    """The blocks that say a decision: what it is, what to do first and by when, then everything behind it."""
    decision, area, flow = record.decision, definitions.area, definitions.flows[record.flow]
    told = _Told(record, area, flow)
    if decision.outcome == "T":
        return _for_the_public(record, told)
    first = words.first_duty(record, told.is_yours)
    return (
        Text.of(Bold(decision.title), f"\n\n{decision.because}"),
        *_would_be(record, flow),
        *_differences(record),
        *_considered(record, flow),
        *_list("Do this next", (told.line(first), *words.overlay_words(decision.outcome, area))),
        *_dates(record, told),
        Text.of(Bold(wording.SENDS_NOTHING)),
        *_list("Have ready", decision.have_ready),
        *_list("Do not", decision.do_not),
        *told.lists(first),
        Text.of(wording.BADGES_KEY, tone="note"),
        *_list("Also in this case", tuple(f"{one.title}. {one.because}" for one in decision.add_ons)),
        *_list("What may run beside this", decision.other_processes),
        *_list("How the dates were counted", (*told.assumed(), *counted_lines(record, area))),
        *_list("The answers that decided it", _decided(record, flow)),
        *_list("What would change it", words.changes_words(record, flow)),
        *_list("Where this comes from", told.sources()),
        _label(record),
    )


def _for_the_public(record: Record, told: _Told) -> tuple[Block, ...]:
    """Only whom to phone: a worried parent needs no badges, sources or references."""
    decision = record.decision
    return (
        Text.of(Bold(decision.title), f"\n\n{decision.because}"),
        *_list("Whom to phone", tuple(told.plainly(duty) for duty in decision.duties)),
    )


class _Told:
    """Duties in a line or two each. A contact's numbers are given once, where they are first needed."""

    def __init__(self, record: Record, area: Area, flow: Flow) -> None:
        self._record = record
        self._area = area
        self._flow = flow
        answers = words.answers_by_name(record, flow)
        self._answers = {name: answered.answer for name, answered in answers.items()}
        self._given = {"children_services"} if self._answers.get("role") == "la_children" else set()
        decision = record.decision
        cites = [*decision.cites, *(one for duty in decision.duties for one in duty.cites)]
        cites += [one for add_on in decision.add_ons for one in add_on.cites]
        self._numbers = {one: number for number, one in enumerate(dict.fromkeys(cites), 1)}

    def who(self, duty: Duty) -> str:
        """Who does it."""
        return words.who_words(duty, self._answers.get("role", ""))

    def is_yours(self, duty: Duty) -> bool:
        """Whether the person reading does it."""
        return duty.who == "you" or self.who(duty).startswith("You,")

    def line(self, duty: Duty) -> str:
        """A duty: what, to whom, by when, what stands behind it, and the area's own words."""
        step = words.step_words(duty, self._record, self._area, self._flow)
        parts = [duty.does, self._to(duty), self._when(duty), self._standing(duty), *step.local]
        return " ".join(part for part in parts if part)

    def plainly(self, duty: Duty) -> str:
        """A duty with whom to reach, and no more."""
        return " ".join(part for part in (duty.does, self._to(duty)) if part)

    def lists(self, first: Duty) -> tuple[Block, ...]:
        """Every duty but the first, in a list for each who does it; the reader's own list comes first."""
        duties = [duty for duty in self._record.decision.duties if duty.name != first.name]
        found: dict[str, list[Duty]] = {"What else you do": [duty for duty in duties if self.is_yours(duty)]}
        for duty in duties:
            if not self.is_yours(duty):
                who = self.who(duty)
                found.setdefault(f"For {who[0].lower()}{who[1:]}", []).append(duty)
        return tuple(
            block for title, group in found.items() for block in _list(title, tuple(self.line(duty) for duty in group))
        )

    def assumed(self) -> Lines:
        """That today stands for a day the council's own staff were not sure of, where it does."""
        counts = any(duty.event == "awareness" and duty.due is not None for duty in self._record.decision.duties)
        return (wording.TODAY_COUNTS,) if counts and self._answers.get("aware_on") == UNSURE else ()

    def sources(self) -> Lines:
        """Every source with its number."""
        return tuple(f"{number}: {words.source_words(one)}" for one, number in self._numbers.items())

    def _to(self, duty: Duty) -> str:
        unreal = self._area.invented and in_danger(self._record)
        recipients, said = self._flow.table.recipients, f"{self.who(duty)}: {duty.does}".casefold()
        parts = []
        for key in duty.to:
            name = recipients[key]
            first_time = key not in self._given
            if not unreal and first_time and contact_for(key, self._area):
                self._given.add(key)
                reach = recipient_words(key, self._area, recipients).removeprefix(f"{name}: ")
                parts.append(f"{name}, {'contact not set' if reach == 'not set' else reach}")
            elif key not in _OWN_PEOPLE and first_time and _bare(name) not in said:
                self._given.add(key)
                parts.append(name)
        return f"To: {'; '.join(parts)}." if parts else ""

    def _when(self, duty: Duty) -> str:
        if duty.event is None:
            by = deadline_words.sentence(duty.by)
            return "" if by.casefold().removesuffix(".") in duty.does.casefold() else by
        words = (deadline_words.policy_words(duty, self._area), deadline_words.sooner_words(duty))
        return " ".join((deadline_words.sentence(self.dates(duty)), *filter(None, words)))

    def dates(self, duty: Duty) -> str:
        """A clock's dates, or what they wait for."""
        if duty.event == "day given" and not duty.late:
            return f"by {deadline_words.latest_words(duty)}" if duty.due else "by a day that is not set yet"
        if duty.within is not None and duty.due is not None and not duty.late and duty.due.aim_for == duty.due.latest:
            return f"latest {deadline_words.latest_words(duty)}"
        if duty.due is not None and duty.late:
            return f"the latest date, {spoken(duty.due.latest)}, has passed"
        if duty.due is not None:
            aim_for, latest = deadline_words.aim_for_words(duty, self._area), deadline_words.latest_words(duty)
            if duty.due.aim_for < self._record.decision.dates.today:
                return f"as soon as possible: the date to aim for, {aim_for}, has passed; latest {latest}"
            return f"aim for {aim_for}, latest {latest}"
        ours = duty.event == "awareness" and duty.who != "other local authority"
        if ours and self._answers.get("la_aware") == "no":
            days = deadline_words.days_words(duty).partition(" from ")[0]
            return f"{days} from the day you tell them"
        return f"{deadline_words.days_words(duty)}, a day not known yet"

    def _standing(self, duty: Duty) -> str:
        badge, deadline = _short(words.badge_words(duty.badge)), _short(words.badge_words(duty.deadline_badge))
        standing = badge if badge == deadline else f"{badge}; deadline: {deadline.lower()}"
        numbers = ", ".join(str(self._numbers[one]) for one in duty.cites)
        return f"[{standing}; source{'s' if len(duty.cites) > 1 else ''} {numbers}]"


def _bare(name: str) -> str:
    return name.removeprefix("the ").removeprefix("your ").removesuffix(" for Education").casefold()


def _short(badge: str) -> str:
    return badge.partition(" (")[0]


def _would_be(record: Record, flow: Flow) -> tuple[Block, ...]:
    would_be = words.would_be_words(record, flow)
    return (Text.of(would_be),) if would_be else ()


def _differences(record: Record) -> tuple[Block, ...]:
    """What is different from the decision before; where this goes on from another, in a sentence first."""
    facts = tuple((one.what, f"{one.before} → {one.now}") for one in record.differences)
    card = (Card(f"What is different from {record.compared}", facts),) if facts else ()
    if not record.follows or record.version > 1:
        return card
    outcome = wording_going_on.OUTCOME_DIFFERENT if record.has_another_outcome else wording_going_on.OUTCOME_THE_SAME
    return (Text.of(Bold(outcome if facts else wording_going_on.NOTHING_DIFFERENT)), *card)


def _considered(record: Record, flow: Flow) -> tuple[Block, ...]:
    """Each answer that a reason was asked for, with the reason."""
    reasons = record.reasons
    asked = set(flow.reasons.values())
    lines = tuple(
        f"{one.short}: {one.words}." + (f" {reasons[one.name]}" if one.name in reasons else "")
        for one in record.answers
        if one.name in asked
    )
    return _list("What was considered, and why", lines)


def _dates(record: Record, told: _Told) -> tuple[Block, ...]:
    """Each clock once, under the first duty it is for; those that run, soonest first, then those that wait."""
    clocks: dict[tuple[object, ...], Duty] = {}
    for duty in record.decision.duties:
        if duty.event is not None:
            key = (duty.event, duty.counted_on, duty.working_days, duty.within, deadline_words.event_words(duty))
            clocks.setdefault(key, duty)
    waiting = [duty for duty in clocks.values() if duty.due is None]
    running = sorted(
        ((duty.due.latest, place, duty) for place, duty in enumerate(clocks.values()) if duty.due is not None),
        key=lambda one: one[:2],
    )
    facts = tuple(
        (deadline_words.headline(duty).removesuffix("."), f"{told.who(duty)}; {told.dates(duty)}")
        for duty in [*(one[2] for one in running), *waiting]
    )
    return (Card("Dates", facts),) if facts else ()


def _decided(record: Record, flow: Flow) -> Lines:
    return tuple(f"{short}: {answer}" for short, answer in words.deciding_words(record, flow))


def _list(title: str, lines: Lines) -> tuple[Block, ...]:
    return (Text.of(Bold(title), Bullets(lines)),) if lines else ()


def _label(record: Record) -> Block:
    facts = (
        ("Reference", f"{record.reference}, version {record.version}"),
        *((("Goes on from", record.follows),) if record.follows else ()),
        *((("Case", record.case),) if record.case else ()),
        ("Confirmed", f"{record.confirmed_at:%d %B %Y, %H:%M}".lstrip("0")),
        ("Rules", f"{record.decision.rules_version}, questions {record.flow_version}"),
    )
    return Card("Keep this reference", facts)
