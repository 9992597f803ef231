"""Begins a dialog, stops one, and takes one up again where it was left."""

from __future__ import annotations

from dataclasses import replace

from bot import guide, wording, wording_going_on
from bot.earlier import can_go_on_from, earlier_here
from bot.messages import Block, Text
from bot.moment import Moment, Outcome
from bot.prompts import doors, prompt, told
from bot.state import Awaited, Dialog, Earlier
from dialogs.flow import Flow
from dialogs.walk import Said


def begin(
    moment: Moment,
    flow: str,
    *,
    practice: bool = False,
    words: str = "",
    said: tuple[Said, ...] = (),
    earlier: Earlier | None = None,
    case: str = "",
    scenario: int | None = None,
) -> Outcome:
    """Begins a dialog; one in hand is put aside. `said` are answers already given, which are not asked for again.

    `earlier` is the decision it goes on from, `case` the reference of the case it is about, `scenario` the number of
    the invented incident in practice, by default the next one.
    """
    state = moment.state
    number = state.dialogs_started + 1
    dialog = Dialog(
        number=number,
        flow=flow,
        flow_version=moment.definitions.flows[flow].version,
        practice=practice,
        started=moment.today.isoformat(),
        said=said,
        scenario=(number - 1) % len(moment.definitions.scenarios) if scenario is None else scenario,
        earlier=earlier,
        case=case,
    )
    blocks: list[Block] = [] if practice else list(earlier_kept(moment))
    state = replace(state.put_aside(), dialog=dialog, dialogs_started=number, danger=False)
    blocks += _opening(moment, dialog)
    return Outcome(state, (*blocks, *prompt(moment.at(state))), "begun", words or f"{moment.flow(dialog).title}")


def begin_by_name(moment: Moment, name: str) -> Outcome:
    """Begins the dialog of a name, in practice where the one in hand is; where it goes on from a decision, from which.

    With several decisions to go on from it is asked which; with none it is said what to do instead.
    """
    flow = moment.definitions.flows[name]
    here = moment.dialog
    practice = here is not None and here.practice
    if flow.goes_on is None:
        return begin(moment, name, practice=practice, scenario=here.scenario if here and practice else None)
    found = can_go_on_from(moment, flow)
    if not found:
        return told(moment, "nothing to go on from", f"{flow.title}.", wording_going_on.NOTHING_TO_GO_ON_FROM)
    if len(found) > 1 and not practice:
        state = replace(moment.state.put_aside(), awaited=Awaited("which decision", name))
        return Outcome(state, prompt(moment.at(state)), "going on", f"{flow.title}.")
    return go_on_from(moment, flow, found[-1])


def go_on_from(moment: Moment, flow: Flow, dialog: Dialog) -> Outcome:
    """Begins a dialog that goes on from what another one decided."""
    earlier = earlier_here(moment, dialog, flow)
    scenario = dialog.scenario if dialog.practice else None
    return begin(moment, flow.name, practice=dialog.practice, earlier=earlier, case=dialog.case, scenario=scenario)


def _opening(moment: Moment, dialog: Dialog) -> tuple[Block, ...]:
    """What a dialog begins by saying: what it is, what it is about, and what it goes on from."""
    said = []
    if dialog.practice:
        said += [wording.PRACTICE_START, moment.definitions.scenarios[dialog.scenario]]
        said += [wording_going_on.PRACTICE_NEWS] if dialog.earlier else []
    else:
        said.append(moment.flow(dialog).title)
    if dialog.case:
        said.append(wording_going_on.about_case(dialog.case))
    if dialog.earlier:
        said.append(wording_going_on.goes_on_from(dialog.earlier.reference, dialog.earlier.title))
    return (Text.of("\n\n".join(said)),)


def earlier_kept(moment: Moment) -> tuple[Block, ...]:
    """Says that the dialog in hand can be gone back to, where it can: not after practice or a decision."""
    can = moment.dialog in moment.at(moment.state.put_aside()).unfinished()
    return (Text.of(wording.EARLIER_KEPT),) if can else ()


def stop(moment: Moment) -> Outcome:
    """Puts the dialog in hand aside, or ends practice."""
    dialog = moment.dialog
    state = moment.state.put_aside()
    if dialog is None:
        return Outcome(state, (Text.of(wording.NOTHING_OPEN),), "stopped", "Stop.")
    if dialog.practice:
        waiting = f" {wording.KEPT_OPEN}" if moment.at(state).unfinished() else ""
        return Outcome(state, (Text.of(wording.PRACTICE_END + waiting), doors()), "practice ended", "Stop practice.")
    text = wording.KEPT_DECIDED if moment.decided(dialog) else wording.KEPT_OPEN
    return Outcome(state, (Text.of(text),), "stopped", "Stop.")


def resume(moment: Moment) -> Outcome:
    """Carries on: after danger the first question is asked again; otherwise the dialog that was put aside."""
    state = moment.state
    if state.danger:
        return _after_danger(moment)
    unfinished = moment.unfinished()
    if not unfinished:
        text = wording.NOTHING_TO_RESUME if state.dialog is None else wording.HERE
        return told(moment, "resumed", "Resume.", text)
    # One in hand is offered with the others, unless nothing has been said in it.
    state = state.put_aside()
    unfinished = moment.at(state).unfinished()
    if len(unfinished) == 1:
        return take_up(moment, unfinished[0])
    state = replace(state, awaited=Awaited("which dialog"))
    return Outcome(state, prompt(moment.at(state)), "resumed", "Resume.")


def take_up(moment: Moment, dialog: Dialog) -> Outcome:
    """Takes up a dialog that was put aside, and says so where its questions have changed since."""
    moment, changed = refreshed(moment.at(moment.state.taken_up(dialog)))
    if moment.dialog is None:
        return told(moment, "resumed", "Resume.", wording.CHANGED_QUESTIONS)
    title = moment.flow(moment.dialog).title
    here = wording.CHANGED_QUESTIONS if changed else wording.HERE
    return Outcome(moment.state, (Text.of(f"{title}\n\n{here}"), *prompt(moment)), "resumed", "Resume.")


def refreshed(moment: Moment) -> tuple[Moment, bool]:
    """The moment with a dialog whose questions have changed brought up to date, and whether that lost anything."""
    dialog = moment.dialog
    if dialog is None:
        return moment, False
    flow = moment.definitions.flows.get(dialog.flow)
    if flow is None:
        return moment.at(moment.state.with_dialog(None)), True
    if dialog.flow_version == flow.version:
        return moment, False
    fresh = moment.at(moment.state.with_dialog(replace(dialog, flow_version=flow.version)))
    return fresh, moment.place(dialog).misfit is not None


def _after_danger(moment: Moment) -> Outcome:
    """The answer about danger is forgotten and asked again; every other answer stays."""
    state = replace(moment.state, danger=False, awaited=None)
    if state.dialog is None:
        return Outcome(state, (doors(),), "resumed", "Resume.")
    state = state.with_dialog(guide.without(state.dialog, "danger_now"))
    blocks = (Text.of(wording.RESUMED_AFTER_DANGER), *prompt(moment.at(state)))
    return Outcome(state, blocks, "resumed", "Resume.")


def unfinished_line(moment: Moment) -> str:
    """A line saying that something is unfinished and how to carry on; empty where nothing is."""
    count = len(moment.unfinished())
    if not count:
        return ""
    return wording.UNFINISHED_ONE if count == 1 else wording.UNFINISHED_MANY
