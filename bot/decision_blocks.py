"""A decision as the chat shows it: the outcome, who does what by when, why, and what would change it."""

from __future__ import annotations

from bot import decision_words as words
from bot import wording
from bot.decision_words import Step
from bot.definitions import Definitions
from bot.messages import Block, Bold, Bullets, Card, Text
from bot.record import Record
from dialogs.decision import Duty
from dialogs.flow import Flow
from knowledge.area import Area


def decision_blocks(record: Record, definitions: Definitions) -> tuple[Block, ...]:
    """The blocks that say a decision: what it is and what to do first, then why and what would change it."""
    decision, area, flow = record.decision, definitions.area, definitions.flows[record.flow]
    steps = [(duty, words.step_words(duty, record, area, flow)) for duty in decision.duties]
    yours = tuple(_line(step) for duty, step in steps if _is_yours(duty, step))
    others = tuple(f"{step.who}: {_line(step)}" for duty, step in steps if not _is_yours(duty, step))
    blocks: list[Block] = [
        Text.of(Bold(decision.title), f"\n\n{decision.because}"),
        *_would_be(record, flow),
        *(Text.of(line) for line in words.overlay_words(decision.outcome, area)),
        *_differences(record),
        *_list("What you do", yours),
        *_list("What others do", others),
        Text.of(wording.BADGES_KEY, tone="note"),
        *_list("How the dates were counted", _working(record, area)),
        *_list("Also", tuple(f"{one.title}. {one.because}" for one in decision.add_ons)),
        *_list("Beside this", decision.other_processes),
        *_list("Have ready", decision.have_ready),
        *_list("Do not", decision.do_not),
        *_why(record, flow),
        Text.of(Bold(wording.SENDS_NOTHING)),
        _label(record),
    ]
    return tuple(blocks)


def _is_yours(duty: Duty, step: Step) -> bool:
    return duty.who == "you" or step.who.startswith("You,")


def _line(step: Step) -> str:
    """A duty in a line or two: what, to whom, by when, and what stands behind it."""
    if step.aim_for == step.latest == "Not known yet":
        when = " ".join(step.by)
    elif step.aim_for:
        policy = f" {step.by[-1]}" if step.by[-1].startswith("This") else ""
        when = f"Aim for {step.aim_for}, latest {step.latest}.{policy}"
    else:
        when = f"{step.by[0]}."
    badges = f"[{_short(step.badge)}; deadline: {_short(step.deadline_badge).lower()}]"
    return " ".join((step.does, f"To: {'; '.join(step.to)}.", when, badges, *step.local))


def _short(badge: str) -> str:
    return badge.partition(" (")[0]


def _would_be(record: Record, flow: Flow) -> tuple[Block, ...]:
    if record.decision.would_be is None:
        return ()
    title = next(row.title for row in flow.table.rows if row.code == record.decision.would_be)
    return (Text.of(f"Without a notification already sent, your answers would lead to: {title}."),)


def _differences(record: Record) -> tuple[Block, ...]:
    if not record.differences:
        return ()
    facts = tuple((one.what, f"{one.before} → {one.now}") for one in record.differences)
    return (Card(f"What is different from version {record.version - 1}", facts),)


def _working(record: Record, area: Area) -> tuple[str, ...]:
    """How each date was counted, once for each start and number of days."""
    lines: dict[tuple[object, object], str] = {}
    for duty in record.decision.duties:
        if duty.due is not None:
            how = f"{words.days_words(duty)}. {' '.join(words.working_words(duty, area))}"
            lines.setdefault((duty.counted_on, duty.working_days), how)
    return tuple(lines.values())


def _why(record: Record, flow: Flow) -> tuple[Block, ...]:
    decided = tuple(f"{short}: {answer}" for short, answer in words.deciding_words(record, flow))
    decision = record.decision
    cites = [*decision.cites, *(cite for one in decision.add_ons for cite in one.cites)]
    cites += [cite for one in decision.duties for cite in one.cites]
    sources = tuple(dict.fromkeys(words.source_words(one) for one in cites))
    return (
        *_list("The answers that decided it", decided),
        *_list("Where this comes from", sources),
        *_list("What would change it", words.changes_words(record, flow)),
    )


def _list(title: str, lines: tuple[str, ...]) -> tuple[Block, ...]:
    return (Text.of(Bold(title), Bullets(lines)),) if lines else ()


def _label(record: Record) -> Block:
    facts = (
        ("Reference", f"{record.reference}, version {record.version}"),
        ("Confirmed", f"{record.confirmed_at:%d %B %Y, %H:%M}".lstrip("0")),
        ("Rules", f"{record.decision.rules_version}, questions {record.flow_version}"),
    )
    return Card("Keep this reference", facts)
