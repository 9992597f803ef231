"""Begins a dialog, stops one, and takes one up again where it was left."""

from __future__ import annotations

from dataclasses import replace

from bot import guide, wording
from bot.messages import Block, Text
from bot.moment import Moment, Outcome
from bot.prompts import doors, prompt, told
from bot.state import Awaited, Dialog


def begin(moment: Moment, flow: str, *, practice: bool = False, words: str = "") -> Outcome:
    """Begins a dialog; one in hand is put aside."""
    state = moment.state
    number = state.dialogs_started + 1
    dialog = Dialog(
        number=number,
        flow=flow,
        flow_version=moment.definitions.flows[flow].version,
        practice=practice,
        started=moment.today.isoformat(),
        scenario=(number - 1) % len(moment.definitions.scenarios),
    )
    kept = state.dialog is not None and state.dialog.said and not state.dialog.practice
    state = replace(state.put_aside(), dialog=dialog, dialogs_started=number, danger=False)
    blocks: list[Block] = [Text.of(wording.EARLIER_KEPT)] if kept and not practice else []
    if practice:
        blocks.append(Text.of(f"{wording.PRACTICE_START}\n\n{moment.definitions.scenarios[dialog.scenario]}"))
    else:
        blocks.append(Text.of(moment.flow(dialog).title))
    return Outcome(state, (*blocks, *prompt(moment.at(state))), "begun", words or f"{moment.flow(dialog).title}")


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
    if state.dialog is not None:
        return told(moment, "resumed", "Resume.", wording.HERE)
    unfinished = moment.unfinished()
    if not unfinished:
        return told(moment, "resumed", "Resume.", wording.NOTHING_TO_RESUME)
    if len(unfinished) == 1:
        return take_up(moment, unfinished[0])
    state = replace(state, awaited=Awaited("which dialog"))
    return Outcome(state, prompt(moment.at(state)), "resumed", "Resume.")


def take_up(moment: Moment, dialog: Dialog) -> Outcome:
    """Takes up a dialog that was put aside."""
    moment = moment.at(moment.state.taken_up(dialog))
    title = moment.flow(dialog).title
    blocks = (Text.of(f"{title}\n\n{wording.HERE}"), *prompt(moment))
    return Outcome(moment.state, blocks, "resumed", "Resume.")


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
