"""Everything the bot works from, loaded and checked against one another at start: flows, tables, sources, area."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from bot.cases.case import Plan
from bot.cases.plans import plan_of
from bot.cases.working_time import WorkingTime
from bot.commands import is_command, plainly
from bot.decisions.documents import BrokenTemplate, check_templates
from bot.decisions.template_names import check_names
from dialogs.clock_file import load_clocks
from dialogs.clock_table import ClockTable
from dialogs.days import Calendar
from dialogs.decision import Local
from dialogs.done_words import check_done_words
from dialogs.flow import BrokenFlow, Flow
from dialogs.flows import load_flows
from dialogs.ladder import MOST_STEPS, Rung
from dialogs.table import BrokenTable
from dialogs.table_file import read_text
from dialogs.told import check_told
from knowledge.acronyms import load_acronyms
from knowledge.area import IN_ITS_FOLDER, Area, BrokenArea, Problem, UnknownArea, load_area
from knowledge.danger import BrokenDangerRules, load_rules
from knowledge.guards import load_guards
from knowledge.library import TOPICS, Library, load_library, read_library
from knowledge.sources import BrokenSource, Source, load_sources
from knowledge.topic import BrokenTopic

AUTHORS_FAULTS = (
    BrokenFlow,
    BrokenTable,
    BrokenArea,
    BrokenSource,
    BrokenDangerRules,
    BrokenTopic,
    BrokenTemplate,
    UnknownArea,
)
"""What loading raises for what an author wrote, naming the file and the row or line at fault."""


@dataclass(frozen=True)
class Definitions:
    """The checked definitions of one bot: its area, its dialogs in that area's words, and the sources they cite.

    `clocks` is the clock table as it is for everybody, `plan` what a case that opens now follows in this area.
    """

    area: Area
    local: Local
    flows: Mapping[str, Flow]
    sources: Mapping[str, Source]
    scenarios: tuple[str, ...]
    library: Library
    clocks: ClockTable
    plan: Plan

    @cached_property
    def begins(self) -> Mapping[str, str]:
        """The words that begin the dialogs without a door of their own, each with the dialog's name."""
        found = ((flow.entrance, flow.name) for flow in self.without_a_door)
        return {words: name for entrance, name in found if entrance for words in entrance.words}

    @cached_property
    def working_time(self) -> WorkingTime:
        """The area's working time."""
        hours = self.area.working_hours
        return WorkingTime(self.local.calendar, hours.opens, hours.closes)

    @cached_property
    def without_a_door(self) -> tuple[Flow, ...]:
        """The dialogs without a door of their own; what goes on from a decision comes before what begins afresh."""
        found = (flow for flow in self.flows.values() if flow.entrance)
        return tuple(sorted(found, key=lambda flow: flow.goes_on is None))


def load_definitions(
    area_name: str, areas_dir: Path | None = None, channels: Collection[str] | None = None
) -> Definitions:
    """The definitions for an area. `channels` are those that its file may name; without them any is taken.

    Raises one of AUTHORS_FAULTS.
    """
    area = load_area(area_name, areas_dir, channels)
    sources = load_sources()
    load_rules()
    load_guards()
    load_acronyms()
    library = load_library(area_folder=_own_folder(area))
    flows = load_flows()
    for flow in flows.values():
        _check_cites(flow, sources)
    clocks = load_clocks()
    _check_clocks(clocks, flows, sources)
    _check_overlays(area, flows, library)
    _check_entrances(flows, library)
    check_told(flows["referral"])
    check_done_words(clocks)
    localised = _localised(flows, area)
    check_names(area)
    check_templates(area, localised.values())
    plan = plan_of(clocks, area)
    return Definitions(area, local_of(area, plan), localised, sources, _scenarios(), library, clocks, plan)


def with_content(definitions: Definitions, topics: Path = TOPICS) -> Definitions:
    """The definitions with the topics as they are written now.

    Raises one of AUTHORS_FAULTS.
    """
    library = read_library(topics, _own_folder(definitions.area))
    _check_overlays(definitions.area, definitions.flows, library)
    _check_entrances(definitions.flows, library)
    return replace(definitions, library=library)


def _own_folder(area: Area) -> Path | None:
    return area.file.parent if area.file.name == IN_ITS_FOLDER else None


def local_of(area: Area, plan: Plan) -> Local:
    """What of an area's settings, and of the plan made of them, the decisions depend on."""
    days = {"decision_meeting": area.decision_meeting_working_days}
    return Local(
        rapid_review_start=area.rapid_review_start,
        count_first_day=area.count_first_day,
        accepts_referrals_from_anyone=bool(area.accepts_referrals_from_anyone),
        calendar=Calendar(extra=tuple((day.date, day.reason) for day in area.extra_holidays)),
        working_days=tuple((name, count) for name, count in days.items() if count is not None),
        ladder=_ladder(area),
        sooner=tuple((rule.name, rule.within) for rule in plan.rules if rule.guidance and rule.within),
    )


def _ladder(area: Area) -> tuple[Rung, ...]:
    return tuple(Rung(one.role, one.how or "", one.within_working_days) for one in area.escalation)


def _localised(flows: Mapping[str, Flow], area: Area) -> dict[str, Flow]:
    if len(area.escalation) > MOST_STEPS:
        line = area.line("escalation", MOST_STEPS, "role")
        raise BrokenArea(area.file, [Problem(line, f"the ladder for disagreements has at most {MOST_STEPS} steps")])
    values = {"local_authority": area.local_authority}
    names = {name: value for name, value in values.items() if value is not None}
    try:
        return {name: flow.named(names, _ladder(area)) for name, flow in flows.items()}
    except BrokenFlow:
        missing = [name for name, value in values.items() if value is None]
        if not missing:
            raise
        raise BrokenArea(area.file, [Problem(1, _is_missing(name)) for name in missing]) from None


def _is_missing(name: str) -> str:
    return f'{name} is missing: the bot\'s questions say it. Add a line such as {name} = "…" at the top of the file'


def _check_cites(flow: Flow, sources: Mapping[str, Source]) -> None:
    for row, cite in flow.table.cites():
        if cite.source not in sources:
            raise BrokenTable(f"{flow.table.name}.toml, '{row}': no source is called '{cite.source}'")
    for question in flow.questions:
        for cite in question.cites:
            if cite.source not in sources:
                raise BrokenFlow(f"flow '{flow.name}', question '{question.name}': no source is called '{cite.source}'")


def _check_clocks(clocks: ClockTable, flows: Mapping[str, Flow], sources: Mapping[str, Source]) -> None:
    for name, cite in clocks.cites():
        if cite.source not in sources:
            raise BrokenTable(f"clocks.toml, clock '{name}': no source is called '{cite.source}'")
    add_ons = {row.code for flow in flows.values() for row in flow.table.add_ons}
    names = {rule.name for rule in clocks.rules}
    for duty in (one for flow in flows.values() for one in flow.table.duties.values()):
        if duty.clock and duty.clock not in names:
            raise BrokenTable(f"duty '{duty.name}': no clock is called '{duty.clock}'")
    for rule in clocks.rules:
        for code in rule.add_ons:
            if code not in add_ons:
                raise BrokenTable(f"clocks.toml, clock '{rule.name}': no add-on is called '{code}'")


def _check_overlays(area: Area, flows: Mapping[str, Flow], library: Library) -> None:
    known = {row.code for flow in flows.values() for row in flow.table.every_row()}
    known |= {name for flow in flows.values() for name in flow.table.duties}
    known |= set(library.topics)
    problems = [
        Problem(
            area.line("overlays", place, "applies_to"),
            f"\"{overlay.applies_to}\" is neither an outcome's code, a duty's name nor a topic",
        )
        for place, overlay in enumerate(area.overlays)
        if overlay.applies_to not in known
    ]
    if problems:
        raise BrokenArea(area.file, problems)


def _check_entrances(flows: Mapping[str, Flow], library: Library) -> None:
    """Every word begins one thing only, and every dialog and topic named is there."""
    taken: dict[str, str] = {}
    for name, flow in flows.items():
        place = f"flow '{name}', where it is found"
        entrance = flow.entrance
        for words in entrance.words if entrance else ():
            if is_command(words) or words != plainly(words) or words in taken:
                raise BrokenFlow(f"{place}: '{words}' is taken, or not in small letters")
            taken[words] = name
        for other in (*(entrance.after if entrance else ()), *(flow.goes_on.flows if flow.goes_on else ())):
            if other not in flows:
                raise BrokenFlow(f"{place}: there is no dialog '{other}'")
        for topic in entrance.topics if entrance else ():
            if topic not in library.topics:
                raise BrokenFlow(f"{place}: there is no topic '{topic}'")


def _scenarios() -> tuple[str, ...]:
    written = tomllib.loads(read_text("practice"))
    scenarios = tuple(" ".join(text.split()) for text in written.get("scenarios", ()))
    if not scenarios:
        raise BrokenTable("practice.toml: it has no scenarios")
    return scenarios
