"""The page for those who sign the policy off: the whole of it, with its checks, in one file that needs nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from bot import wording
from bot.cases.clock_words import row_words
from bot.checks import CheckResult, run
from bot.clock import LONDON, london_date
from bot.definitions import Definitions
from dialogs.date_words import spoken
from dialogs.drawing import as_svgs
from dialogs.flow import Flow
from dialogs.in_words import condition_in_words, row_in_words
from dialogs.outline import Outline, outline
from dialogs.paths import PathRow, distinct_paths
from dialogs.spans import Span
from dialogs.table import Cite, DutyRule, Row
from knowledge.sources import Source, cite

TRANSCRIPTS = Path(__file__).parents[1] / "tests" / "transcripts"
"""Where a checkout of the project has its transcripts; an installed copy has none."""

SHOWN = (
    *("outcomes", "add_ons", "new_information", "review_outcome", "disagreement", "doors", "worked_examples", "areas"),
)
"""The transcripts that show policy at work, in this order; the rest show how the conversation is repaired."""

TALLEST = 1100
"""How tall a part of a drawing may be, in its own units, to fit a printed page below a heading."""

COUNTED_FROM = {
    "awareness": "the day the council became aware",
    "notification": "the day the Panel was notified",
    "other awareness": "the day the other council became aware, which is not known here",
    "decision": "the day the partners decided",
    "step": "the day of the last step",
}


@dataclass(frozen=True)
class Transcript:
    """A conversation as the bot has it, word for word, under a name."""

    name: str
    text: str


@dataclass(frozen=True)
class Version:
    """What stands at which version, such as "Rules of the referral dialog"."""

    what: str
    version: str


@dataclass(frozen=True)
class Deadline:
    """A duty as the page shows it."""

    rule: DutyRule
    when: str
    to: str
    by: str
    policy: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Rule:
    """A gate, row or add-on as the page shows it."""

    row: Row
    when: tuple[str, ...]
    sources: tuple[str, ...]
    duties: tuple[Deadline, ...]


@dataclass(frozen=True)
class Clock:
    """A clock as the page shows it: what it is for, and line by line what starts, meets and stops it, and who hears."""

    title: str
    does: str
    told: tuple[str, ...]
    sources: tuple[str, ...]
    badge: str


@dataclass(frozen=True)
class Chapter:
    """One dialog as the page shows it."""

    flow: Flow
    outline: Outline
    drawings: tuple[Markup, ...]
    sources: Mapping[str, tuple[str, ...]]
    gates: tuple[Rule, ...]
    rows: tuple[Rule, ...]
    add_ons: tuple[Rule, ...]
    always: tuple[Deadline, ...]
    duties: tuple[Deadline, ...]
    gate_paths: tuple[PathRow, ...]
    paths: tuple[PathRow, ...]
    walks: int


def gather(definitions: Definitions, moment: datetime, transcripts: Path = TRANSCRIPTS) -> tuple[str, bool]:
    """The page for an area's definitions, and whether every check passed."""
    flows = dict(_main_first(definitions.flows))
    paths = {name: distinct_paths(flow, definitions.local) for name, flow in flows.items()}
    checks = run(flows, definitions.sources, paths, definitions.local)
    area = definitions.area
    page = build(
        flows=flows,
        checks=checks,
        transcripts=read_transcripts(transcripts),
        banner=wording.banner(area, practice=False),
        versions=versions_of(definitions),
        made_at=moment,
        area=area.name,
        sources=tuple(definitions.sources.values()),
        paths=paths,
        clocks=clocks_of(definitions),
    )
    return page, all(check.passed for check in checks)


def build(
    *,
    flows: Mapping[str, Flow],
    checks: Sequence[CheckResult],
    transcripts: Sequence[Transcript],
    banner: str,
    versions: Sequence[Version],
    made_at: datetime,
    area: str,
    sources: Sequence[Source],
    paths: Mapping[str, tuple[PathRow, ...]],
    clocks: Sequence[Clock] = (),
) -> str:
    """One page of HTML, complete in itself, of dialogs in an area's wording and with that area's checks."""
    local = made_at.astimezone(LONDON)
    return (
        _environment()
        .get_template("proof.html.j2")
        .render(
            area=area,
            banner=banner,
            versions=versions,
            made_at=f"{spoken(london_date(made_at))} at {local:%H:%M}",
            chapters=[chapter_of(flow, paths[name]) for name, flow in flows.items()],
            checks=checks,
            failed=[check for check in checks if not check.passed],
            transcripts=transcripts,
            sources=sorted(sources, key=lambda source: (source.status == "house", source.title)),
            badges=wording.BADGES_KEY,
            clocks=clocks,
        )
    )


def chapter_of(flow: Flow, paths: tuple[PathRow, ...]) -> Chapter:
    """A dialog as the page shows it."""
    table = flow.table
    named = {*table.always, *(name for row in table.every_row() for name in row.duties)}
    return Chapter(
        flow=flow,
        outline=outline(flow),
        # Every text in a drawing is escaped where it is drawn.
        drawings=tuple(Markup(part) for part in as_svgs(flow, TALLEST)),  # noqa: S704
        sources={question.name: _sources(question.cites) for question in flow.questions},
        gates=tuple(_rule(flow, row) for row in table.gates),
        rows=tuple(_rule(flow, row) for row in table.rows),
        add_ons=tuple(_rule(flow, row) for row in table.add_ons),
        always=tuple(_deadline(flow, table.duties[name]) for name in table.always),
        duties=tuple(_deadline(flow, rule) for name, rule in table.duties.items() if name in named),
        gate_paths=tuple(path for path in paths if path.gate),
        paths=tuple(path for path in paths if not path.gate),
        walks=sum(path.walks for path in paths),
    )


def clocks_of(definitions: Definitions) -> tuple[Clock, ...]:
    """Every clock as this area has it, in the words of `bot clocks`, with its sources in full."""
    found = []
    for rule in definitions.plan.rules:
        _, *lines = row_words(rule)
        told = tuple(line.strip() for line in lines if not line.strip().startswith("sources:"))
        found.append(Clock(rule.title, rule.does, told, _sources(rule.cites), rule.badge))
    return tuple(found)


def versions_of(definitions: Definitions) -> tuple[Version, ...]:
    """Every version that a sign-off is for."""
    found = []
    for name, flow in _main_first(definitions.flows):
        found.append(Version(f"Questions of the dialog “{name}”", flow.version))
        found.append(Version(f"Rules of the dialog “{name}”", flow.table.version))
    found.append(Version("Deadlines and reminders", definitions.plan.version))
    published = definitions.local.calendar.published_to
    checked = [source.checked for source in definitions.sources.values() if source.checked]
    found.append(Version("Bank holidays of England", f"published up to {spoken(published)}"))
    found.append(Version("Sources", f"{len(definitions.sources)} documents; {_last(checked)}"))
    found.append(Version(f"Area file of {definitions.area.name}", definitions.area.content_version or "not versioned"))
    return tuple(found)


def read_transcripts(folder: Path) -> tuple[Transcript, ...]:
    """The transcripts that show policy at work; none where the folder is not there."""
    found = []
    for part in SHOWN:
        for file in sorted((folder / part).glob("*.txt")):
            name = f"{part}: {file.stem}".replace("_", " ")
            found.append(Transcript(name, file.read_text(encoding="utf-8").strip()))
    return tuple(found)


def _last(checked: list[date]) -> str:
    return f"the last was read on {spoken(max(checked))}" if checked else "none has been read"


def _main_first(flows: Mapping[str, Flow]) -> list[tuple[str, Flow]]:
    """The dialogs with a door of their own, the longest first, and then the others."""
    return sorted(flows.items(), key=lambda each: (each[1].entrance is not None, -len(each[1].questions)))


def _rule(flow: Flow, row: Row) -> Rule:
    duties = tuple(_deadline(flow, flow.table.duties[name]) for name in row.duties)
    return Rule(row, row_in_words(flow, row), _sources(row.cites), duties)


def _deadline(flow: Flow, rule: DutyRule) -> Deadline:
    return Deadline(
        rule=rule,
        when=condition_in_words(flow, rule.when) if rule.when.fits else "",
        to=", ".join(flow.table.recipients[name] for name in rule.to),
        by=_by(flow, rule),
        policy=condition_in_words(flow, rule.policy_when) if rule.policy_when.fits else "",
        sources=_sources(rule.cites),
    )


def _by(flow: Flow, rule: DutyRule) -> str:
    """A duty's deadline in words, before any date is known."""
    question = flow.question(rule.on)
    if question is not None:
        return f"by the day given in answer to “{question.short}”"
    if rule.each:
        return f"within the days that the ladder gives each step, from {COUNTED_FROM[rule.counted_from or '']}"
    if not rule.counted_from:
        return rule.by
    days = rule.within or Span(rule.working_days or 0, "working days")
    return f"{days} from {COUNTED_FROM[rule.counted_from]}"


def _sources(cites: tuple[Cite, ...]) -> tuple[str, ...]:
    return tuple(cite(one.source, one.place) for one in cites)


def _environment() -> Environment:
    env = Environment(
        loader=PackageLoader("bot"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    env.globals["styles"] = files("bot").joinpath("templates/proof.css").read_text(encoding="utf-8")
    env.filters["day"] = spoken
    env.filters["capitalize_first"] = lambda text: text[:1].upper() + text[1:]
    return env
