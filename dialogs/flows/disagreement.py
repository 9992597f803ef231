"""The disagreement dialog: who to go to, by when, and what goes on meanwhile; kinds only, never the story."""

from __future__ import annotations

from dataclasses import replace

from dialogs.answers import Option
from dialogs.condition import Condition
from dialogs.decision import Dates, Decision, Local, decide
from dialogs.entrance import Entrance
from dialogs.flow import Answers, Flow, Question, direct_flow, on_ladder
from dialogs.flows.harm_options import NOT_SURE
from dialogs.flows.protect import DANGER, NO_NAMES
from dialogs.flows.referral_options import yes_no
from dialogs.table import Cite, Table
from dialogs.table_file import load_table

NAME = "disagreement"
VERSION = "2026-11-26.1"
TITLE = "A professional disagreement: who to go to, and by when"

POLICIES = Cite("local-practice", "escalation policies")
EACH_STEP = Cite("house-practice", "one working day for each step")

_NOT_KNOWN = ("not sure", "unsure", "don't know", "dunno", "no idea")
ABOUT = (
    Option(
        "protecting",
        "Whether a child is protected or helped",
        also=("protecting a child", "social care said no", "referral refused", "no further action", "nfa"),
    ),
    Option("notifying", "Whether an incident is notified", also=("notification", "notifying", "notify")),
    Option(
        "review",
        "The rapid review, or whether to hold a local review",
        also=("rapid review", "local review", "review", "lcspr"),
    ),
    Option(
        "information",
        "Sharing information, or taking part",
        also=("information sharing", "sharing information", "information", "not sharing"),
    ),
    Option(
        "told_not_to",
        "I have been told not to refer or notify",
        also=("told not to refer", "told not to notify", "told not to", "not allowed to refer"),
    ),
    Option("other", "Something else, or not sure", also=("something else", "other", *_NOT_KNOWN)),
)
WITH_WHOM = (
    Option("social_care", "Children's social care", also=("social care", "social services", "mash", "social worker")),
    Option("police", "The police", also=("police", "police officer")),
    Option("health", "A health service", also=("health", "hospital", "gp", "nhs", "doctor")),
    Option("education", "A school, college or nursery", also=("school", "college", "nursery", "education")),
    Option(
        "partners",
        "The safeguarding partners, or the council about notifying",
        also=("safeguarding partners", "partners", "council", "the council", "business unit"),
    ),
    Option(
        "other",
        "Another organisation, or not sure",
        also=("other", "someone else", "another", *_NOT_KNOWN),
    ),
)

QUESTIONS = (
    DANGER,
    NO_NAMES,
    Question(
        name="about",
        short="What it is about",
        text="What is the disagreement about?",
        kind="choice",
        help="Choose the kind. Please do not tell the story here.",
        why="What goes on meanwhile, and what you can do by yourself, depends on it.",
        options=ABOUT,
        likely="protecting",
        cites=(POLICIES,),
    ),
    Question(
        name="with_whom",
        short="With whom",
        text="Whom do you disagree with?",
        kind="choice",
        why="They hear it from you first, before you take it a step up.",
        options=WITH_WHOM,
        asked_when=("it is about more than being told not to",),
        likely="social_care",
        cites=(POLICIES,),
    ),
    Question(
        name="risk_now",
        short="A child at risk meanwhile",
        text="Could a child come to harm while this is being settled?",
        kind="choice",
        help="You do not need to be sure.",
        why="A child's safety never waits for a disagreement to be settled.",
        options=yes_no(),
        likely="no",
        cites=(Cite("working-together-2023", "chapter 3"),),
    ),
    Question(
        name="tried",
        short="Last step tried",
        text="Which is the last step that has been tried?",
        kind="choice",
        help="If you are not sure, begin at the first: nothing is lost by that.",
        why="You go to the step after it.",
        options=(
            Option("none", "None yet", also=("none", "no step", "nothing", "not yet", "no")),
            NOT_SURE,
        ),
        from_ladder=True,
        likely="none",
        cites=(POLICIES,),
    ),
    Question(
        name="step_on",
        short="Day of the last step",
        text="Which day was that? If you have told nobody yet, say today.",
        kind="date",
        why="Each step has its own working days, counted from then. If you are not sure, I count from today.",
        likely="unsure",
        recorded=True,
        cites=(EACH_STEP,),
    ),
)

CONDITIONS = {
    "it is about more than being told not to": (
        Condition.read({"about": ["protecting", "notifying", "review", "information", "other"]}),
    )
}

ENTRANCE = Entrance(
    words=(
        *("disagreement", "a disagreement", "professional disagreement", "i disagree", "we disagree"),
        *("escalate", "escalation", "challenge a decision"),
    ),
    help="who to go to, and by when, if you disagree with a decision",
    button="You disagree with somebody's decision",
    after=("referral", "protect", "allegation", "new_information", "rapid_review_outcome"),
    topics=("disagreement", "social-care-said-no", "do-partners-have-to-agree", "outcome-disagreement"),
)


def flow(table: Table | None = None) -> Flow:
    """The disagreement flow over its table. Raises BrokenTable where the table is broken."""
    rules = table or load_table(NAME)

    def decision(answers: Answers, dates: Dates, local: Local) -> Decision:
        """The decision, counting from today where the day of the last step is not known."""
        return decide(rules, answers, replace(dates, step_on=dates.step_on or dates.today), local)

    questions = tuple(on_ladder(one, rules.ladder) if one.from_ladder else one for one in QUESTIONS)
    direct = direct_flow(NAME, VERSION, TITLE, questions, CONDITIONS, rules)
    return replace(direct, decide=decision, entrance=ENTRANCE)
