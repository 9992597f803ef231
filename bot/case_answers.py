"""What comes of an answer to what is asked about a case: an option, a day, or words."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot import wording_cases, wording_duties, wording_read_back
from bot.case_step import ALL, DIALOGS, DUTY, LEAVE, CaseAsk, CaseStep
from bot.cases.case_refused import MAY_BE_AHEAD, not_come_yet
from bot.commands import THE_AREA, names_the_area, plainly
from bot.delivering.nudge_buttons import ACT_WORDS, ACTS, act_id, button_id, read_button
from bot.late import is_late
from bot.librarian import asked
from bot.messages import Chosen, Filled, Option
from bot.moment import Moment, Outcome
from bot.plain_words import is_an_answer
from bot.prompts import problem, prompt, stale, told
from bot.state import Awaited
from bot.wording import day_meant
from dialogs.answers import InvalidAnswer, looks_like_question
from dialogs.days_ahead import days_ahead
from dialogs.own_words import is_no_reason
from dialogs.picking import by_place, by_title
from dialogs.typed_dates import ReadBack, Understood, beside_the_day, parse_date, spoken

_MEANT = {
    "hand": "reassign",
    "aside": "set aside",
    "closed": "leave closed",
    **{act: act for act in "record why note case news review disagree join agree keep put reopen".split()},
}
_UNDER_CASE = re.compile(rf"({'|'.join(_MEANT)})-(\d\d-\d{{3,}}|area)")
_BARE = re.compile(r"(?:case )?(\d\d-\d{3,})")
_LEAVING = frozenset({"cancel", "never mind", "nevermind", "leave it", "stop", "forget it"})
_ALL_OF_THEM = re.compile(
    r"(?:i have |i've got |we have )?(?:it |them )?(?:all|everything|both|each|every one)"
    r"(?: of (?:them|these|those|it))?"
)
_YES = frozenset({"yes", "y", "yep", "yeah", "yes please", "ok", "okay", "sure"})
"""What is no reason, and no note."""
# "Notified the police today", "will be done today" and "he hit her today" are not the day that was asked for.
_OF_WHAT_WAS_DONE = frozenset("done sent submitted notified panel met meeting published off council cheers ta".split())
WORDS_WITHIN = timedelta(hours=1)
"""For how long words are taken for what was asked: they may end a duty, and whoever was called away answers later."""
# What agrees to the one day that was read back. "Correct" alone would else change an answer of a decision.
_AGREES = re.compile(
    r"(?:yes|y|yep|yeah|yup|ok|okay|sure)?(?:[, ]*(?:please|it is|that is|it was|i do|i mean that|that one"
    r"|(?:that's|that is|it's|this is|is)? ?(?:right|correct|the day|it|the one)))?(?:[, ]*(?:thanks|thank you))?"
)
_SEVERAL = re.compile(r"\d{1,2}(?:(?: ?(?:,|&|\+|and|,? and) ?| )\d{1,2})+")
_DAY_ID = re.compile(r"\d{4}-\d\d-\d\d")
_TURNING = frozenset({wording_cases.TODAY, wording_cases.YESTERDAY})
MOST_WORDS = 500
"""Letters in a reason or a note."""


def pressed_on_case(id_: str) -> CaseAsk | None:
    """What a button under a case, or under a nudge, asks; None where it is neither's."""
    if (found := read_button(id_)) is not None:
        return CaseAsk(found.act, found.ref, found.clock)
    under = _UNDER_CASE.fullmatch(id_)
    return None if under is None else CaseAsk(_MEANT[under[1]], under[2])


def button_for(ask: CaseAsk) -> Option | None:
    """The button that asks for the same act anew, without what was given for it; None where it is no act."""
    if ask.act not in ACT_WORDS:
        return None
    reminded = next((act for act in ACTS if act == ask.act), None)
    if reminded is None:
        id_ = f"{next(word for word, act in _MEANT.items() if act == ask.act)}-{ask.ref}"
    else:
        clock = ask.value("clock") or ask.clock
        id_ = button_id(reminded, ask.ref, clock) if clock else act_id(reminded, ask.ref)
    return Option(id_, wording_duties.again(ACT_WORDS[ask.act], ask.ref))


def about_the_same(moment: Moment, ask: CaseAsk) -> CaseAsk:
    """What was asked of a case without its reference: of the one that something is asked about now, where it is one."""
    step = moment.state.awaited.step if moment.state.awaited is not None else None
    return replace(ask, ref=step.ask.ref) if step is not None else ask


def asking(moment: Moment, ask: CaseAsk, words: str) -> Outcome:
    """The outcome that asks the store to do something with a case, and shows what comes of it."""
    return Outcome(replace(moment.state, awaited=None), (), "case", words, case=ask)


def answered(moment: Moment, step: CaseStep) -> Outcome:
    """What comes of an answer to a step."""
    said = moment.turn.said
    if isinstance(said, Filled) or (isinstance(said, Chosen) and said.prompt != step.prompt):
        return stale(moment)
    if moment.typed is not None and _was_asked_long_before(moment, step):
        return _asked_anew(moment, step)
    try:
        value = _value(moment, step)
    except InvalidAnswer as slip:
        if moment.typed is not None and _asks(moment.typed, step):
            return asked(moment)
        return problem(moment, slip.message)
    if isinstance(value, ReadBack):
        return _which_day(moment, step, value)
    if dict(step.options).get(value) in _TURNING and _is_of_another_day(moment, step):
        return _days_of_now(moment, step)
    if value == LEAVE:
        left = wording_duties.of_duty(step.ask.ref, step.ask.value(DUTY), wording_cases.LEFT)
        return told(moment.at(replace(moment.state, awaited=None)), "case left", "Leave it.", left)
    words = dict(step.options).get(value, "A few words." if step.takes == "words" else value)
    return asking(moment, step.ask.having(step.name, value), words)


def _asks(typed: str, step: CaseStep) -> bool:
    """Whether words ask something of their own. Of a day only the mark tells: "when it is ready" answers."""
    return typed.rstrip().endswith("?") if step.takes == "day" else step.takes != "words" and looks_like_question(typed)


def _was_asked_long_before(moment: Moment, step: CaseStep) -> bool:
    return bool(step.asked_at) and moment.turn.at - datetime.fromisoformat(step.asked_at) > WORDS_WITHIN


def _asked_anew(moment: Moment, step: CaseStep) -> Outcome:
    """Asks the same once more where it was asked long before: a reminder since may be what the words answer."""
    if _named(moment, step, moment.typed or "") == LEAVE:
        return answered(moment, replace(step, asked_at=""))
    said = wording_read_back.asked_before(datetime.fromisoformat(step.asked_at))
    now = replace(step, asked_at=moment.turn.at.isoformat())
    return problem(moment.at(replace(moment.state, awaited=Awaited("case", step=now))), said)


def _is_of_another_day(moment: Moment, step: CaseStep) -> bool:
    """Whether "today" and "yesterday" as they are offered are not those of the day on which they are chosen."""
    return any(label == wording_cases.TODAY and day != moment.today.isoformat() for day, label in step.options)


def _days_of_now(moment: Moment, step: CaseStep) -> Outcome:
    """Asks once more where "Today" was pressed on a later day: it may be that day, or the one on which it was asked."""
    turned = {wording_cases.TODAY: moment.today, wording_cases.YESTERDAY: moment.today - timedelta(days=1)}
    options = tuple((turned[label].isoformat() if label in turned else id_, label) for id_, label in step.options)
    asked = next(date.fromisoformat(id_) for id_, label in step.options if label == wording_cases.TODAY)
    now = replace(step, options=options)
    return problem(moment.at(replace(moment.state, awaited=Awaited("case", step=now))), wording_read_back.turned(asked))


def names_option(moment: Moment) -> bool:
    """Whether what was typed names one of what is offered about a case now: then it is that, and no command."""
    step = moment.state.awaited.step if moment.state.awaited is not None else None
    return step is not None and bool(moment.typed) and bool(_named(moment, step, moment.typed or ""))


def option_named(moment: Moment) -> Outcome | None:
    """What comes of words that name one of what is offered about a case now; None where they are anything else."""
    step = moment.state.awaited.step if moment.state.awaited is not None else None
    if step is None or moment.state.danger or is_late(moment) or not names_option(moment):
        return None
    return answered(moment, step)


def _named(moment: Moment, step: CaseStep, text: str) -> str:
    """The option that is named by its words or its id; empty where none is.

    A case is named by its bare reference too, whichever are shown, and what begins a dialog about a case by whatever
    else begins that one.
    """
    typed = plainly(text)
    # Typed, "today" is the day on which it is typed, and not that on which it was asked for.
    shown = step.options if step.takes != "day" else tuple(one for one in step.options if one[1] not in _TURNING)
    options = (*shown, (LEAVE, wording_cases.LEAVE_IT))
    if named := next((id_ for id_, label in options if typed in {plainly(label), id_, f"case {id_}"}), ""):
        return named
    if typed and (day := _read_back(step)) and _AGREES.fullmatch(typed):
        return day
    if _ALL_OF_THEM.fullmatch(typed) and any(id_ == ALL for id_, _ in step.options):
        return ALL
    if typed in _LEAVING or (typed == "no" and step.takes == "option"):
        return LEAVE
    if step.name == "ref" and (one := _BARE.fullmatch(typed)) is not None:
        return one[1]
    if names_the_area(typed) and any(id_ == THE_AREA for id_, _ in step.options):
        return THE_AREA
    flow = moment.definitions.begins.get(typed, "")
    return next((id_ for id_, _ in options if flow and DIALOGS.get(id_) == flow), "")


def _read_back(step: CaseStep) -> str:
    """The one day that was read back to be confirmed; empty where none was, or several were to choose from."""
    days = [id_ for id_, label in step.options if step.takes == "day" and _DAY_ID.fullmatch(id_)]
    is_one = len(days) == 1 and dict(step.options)[days[0]] == spoken(date.fromisoformat(days[0]))
    return days[0] if is_one else ""


def _which_day(moment: Moment, step: CaseStep, read: ReadBack) -> Outcome:
    """Reads a day back, to be chosen or typed again."""
    options = tuple((day.isoformat(), spoken(day)) for day in read.on)
    asked = replace(step, text=read.text, options=options, asked_at=moment.turn.at.isoformat())
    state = replace(moment.state, awaited=Awaited("case", step=asked))
    return Outcome(state, prompt(moment.at(state)), "case day", "A day.")


def _value(moment: Moment, step: CaseStep) -> str | ReadBack:
    said = moment.turn.said
    options = (*step.options, (LEAVE, wording_cases.LEAVE_IT))
    if isinstance(said, Chosen):
        if said.ids not in {(id_,) for id_, _ in options}:
            raise InvalidAnswer(wording_cases.CHOOSE)
        return said.ids[0]
    text = (moment.typed or "").strip()
    typed = plainly(text)
    if typed.isdecimal() and 1 <= int(typed) <= len(options):
        return options[int(typed) - 1][0]
    if named := _named(moment, step, text):
        return named
    if step.takes == "option" and _SEVERAL.fullmatch(typed):
        raise InvalidAnswer(wording_cases.ONE_OF_THEM)
    if step.takes == "option" and (found := by_place(text, len(options))) is not None and found.place is not None:
        return options[found.place][0]
    if step.takes == "option" and (found := by_title(text, [label for _, label in options], len(options))) is not None:
        if found.doubt:
            raise InvalidAnswer(found.doubt)
        if found.place is not None:
            return options[found.place][0]
    return _typed(moment, step, text)


def _typed(moment: Moment, step: CaseStep, text: str) -> str | ReadBack:
    if step.takes == "words":
        # A bare number chooses from a list, and there is none.
        if is_no_reason(text) or plainly(text) in _YES or not any(letter.isalpha() for letter in text):
            raise InvalidAnswer(wording_cases.WORDS_NEEDED)
        if is_an_answer(text, moment.today):
            raise InvalidAnswer(wording_duties.ANSWERS_A_REMINDER)
        # "What happened was an accident" is a reason: only the mark tells.
        if text.endswith("?"):
            raise InvalidAnswer(wording_duties.ASKS_SOMETHING)
        if len(text) > MOST_WORDS:
            raise InvalidAnswer(wording_cases.WORDS_TOO_LONG)
        return text
    if step.takes == "day" and (step.name == "due" or step.ask.value("event") in MAY_BE_AHEAD):
        days = days_ahead(text, moment.today)
        return days[0].isoformat() if len(days) == 1 else ReadBack(days, "ambiguous", day_meant(days))
    if step.takes == "day":
        read = parse_date(text, moment.today)
        if beside_the_day(text, moment.today) - _OF_WHAT_WAS_DONE:
            raise InvalidAnswer(wording_cases.DAY_ALONE)
        if isinstance(read, Understood):
            return read.on.isoformat()
        if read.why == "future":
            raise InvalidAnswer(not_come_yet(read.on[0]))
        return read
    raise InvalidAnswer(wording_cases.CHOOSE)
