"""New information about an incident decided on before: only what it touches is asked again, by the referral's rules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dialogs.answers import Option
from dialogs.condition import Condition, Facts
from dialogs.decision import Dates, Decision, Local
from dialogs.entrance import Entrance, GoesOn, OnceOther
from dialogs.flow import IN_DANGER, NONE_OF_THESE, UNSURE, Answers, Flow, Question
from dialogs.flows import referral
from dialogs.flows.harm_options import NOT_SURE
from dialogs.flows.protect import DANGER, NO_NAMES
from dialogs.flows.referral_questions import QUESTIONS as REFERRAL_QUESTIONS
from dialogs.table import Cite, Table
from dialogs.table_file import load_table

NAME = "new_information"
VERSION = "2026-11-28.3"
TITLE = "Something new about an incident you decided on before"

CHANGES = Cite("house-practice", "changes after a notification")

WHAT_IS_NEW = Question(
    name="what_is_new",
    short="What is new",
    text="What is new? Choose all that apply.",
    kind="many",
    help="Your earlier answers stand. I ask again only about what you choose.",
    why="What is new may change who has to be told and by when. It may also change nothing: then I say so.",
    options=(
        Option("died", "The child or young person has died since", also=("died", "dead", "has died", "death")),
        Option(
            "abuse",
            "Whether abuse or neglect is suspected has changed",
            also=("abuse", "neglect", "abuse suspected", "abuse is now suspected", "abuse no longer suspected"),
        ),
        Option("harm", "How serious the harm is, is clearer now", also=("harm", "how serious", "injuries")),
        Option(
            "aware_date",
            "The day the council first knew is known now, or was another day",
            also=("date", "the date", "the day the council knew", "council knows", "the council knows now"),
        ),
        Option("panel_told", "The Panel has been told", also=("panel told", "notified", "notification sent", "panel")),
        Option(
            "area",
            "Another area or country is involved",
            also=("another area", "another country", "area", "where it happened", "where they live"),
        ),
        Option(
            "care",
            "Whether they were in care, or a care leaver",
            also=("in care", "looked after", "care leaver", "legal status", "care"),
        ),
        Option(
            "not_notifying",
            "The council or the partners have decided not to notify",
            also=("decided not to notify", "not notifying", "will not notify"),
        ),
        Option(
            "not_met",
            "The partners have decided, after notifying, that the test was not met",
            also=("not met", "criteria not met", "withdrawn", "withdraw"),
        ),
        Option(
            "other_council",
            "Another council has said whether it notifies, or does not answer",
            also=("another council", "other council", "other council has answered", "no answer"),
        ),
        Option(
            "referred",
            "Children's social care or the police have been told",
            also=("referred", "referral made", "social care told", "police told"),
        ),
        Option(
            "besides",
            "Something else applies, such as press interest or a worry about a worker",
            also=("something else", "press", "media", "staff", "other"),
        ),
    ),
    likely=NONE_OF_THESE,
    cites=(CHANGES,),
)

ANOTHERS = "another council would notify"
ANSWERED = "another council would notify, and it has answered or does not"
OTHER_NOTIFIES = Question(
    name="other_notifies",
    short="Whether the other council notifies",
    text="Will the other council notify the Panel?",
    kind="choice",
    help="Yes counts only in writing. If it says no, says yes by phone only, or does not answer, choose No.",
    why="Until the other council says in writing that it will, ours works to its own dates as if the duty were ours.",
    options=(
        Option("in_writing", "Yes, in writing", also=("in writing", "written", "confirmed in writing")),
        Option(
            "no",
            "No, or not in writing",
            also=("no", "not in writing", "no answer", "they will not", "by phone only", "not yet"),
        ),
        NOT_SURE,
    ),
    asked_when=(ANSWERED,),
    stands_when=(ANOTHERS,),
    likely="in_writing",
    cites=(Cite("house-practice", "holding a case until another area accepts it"),),
)

GOES_ON = GoesOn(
    flows=(referral.NAME, NAME),
    question=WHAT_IS_NEW.name,
    again={
        "abuse": ("maltreatment", "known_to_services"),
        "harm": ("effect",),
        "aware_date": ("la_aware", "aware_on"),
        "panel_told": ("notified_on",),
        "area": ("place", "residence"),
        "care": ("care",),
        "other_council": (OTHER_NOTIFIES.name,),
        "besides": ("flags",),
    },
    gives={
        "died": {"effect": "died"},
        "panel_told": {"sin_sent": "yes"},
        # As that answer reads: it was notified before they decided.
        "not_met": {"sin_sent": "yes"},
        "referred": {"referral_made": "yes"},
    },
    afresh=frozenset({"danger_now", "no_names", WHAT_IS_NEW.name}),
    personal=frozenset({"role"}),
    # The Panel's days are counted from the day both were known: what happened, and that abuse may have played a part.
    once_other=(
        OnceOther(Condition.read({"maltreatment": ["no"], "known_to_services": ["no"]}), ("la_aware", "aware_on")),
    ),
)

ENTRANCE = Entrance(
    words=("new information", "new info", "something new", "something has changed", "something new has come up"),
    help="something new about an incident you decided on here",
    button="Something new has come up",
    after=(referral.NAME, NAME),
    topics=(
        *("change-after-notification", "suspicion-comes-later", "withdraw-notification", "late-notification"),
        "review-date-on-a-decision",
    ),
)


def _asked_here(one: Question) -> Question:
    """A question of the referral as it is asked about what is new."""
    if one.name == "sin_sent":
        # Whether the Panel was told belongs on the record whatever the outcome is now: nothing sent undoes itself.
        return replace(one, asked_when=(), recorded=True)
    if one.name == "aware_on":
        return replace(one, help=f"If abuse or neglect came to be suspected only later, the day of that. {one.help}")
    return one


def _questions() -> Iterator[Question]:
    """The referral's questions about the incident, and once it is known whose it is, whether that council notifies."""
    for one in REFERRAL_QUESTIONS[2:]:
        yield _asked_here(one)
        if one.name == "when":
            yield OTHER_NOTIFIES


QUESTIONS = (DANGER, NO_NAMES, WHAT_IS_NEW, *_questions())
_ANOTHERS = {"outcome": referral.ANOTHERS}
_HELD = {**_ANOTHERS, OTHER_NOTIFIES.name: ["no", "unsure"]}
CONDITIONS = {
    **{name: one for name, one in referral.CONDITIONS.items() if name != "a notification may have been sent"},
    ANOTHERS: (Condition.read(_ANOTHERS),),
    ANSWERED: (Condition.read({**_ANOTHERS, WHAT_IS_NEW.name: ["other_council"]}),),
    # What ours holds for another council runs on our clock.
    referral.NOT_THE_COUNCIL_S: (
        *referral.CONDITIONS[referral.NOT_THE_COUNCIL_S],
        Condition.read({"role": referral.NOT_COUNCIL, **_HELD}),
    ),
    referral.THE_COUNCIL_KNOWS: (
        *referral.CONDITIONS[referral.THE_COUNCIL_KNOWS],
        Condition.read({"role": referral.COUNCIL, **_HELD}),
    ),
}


def facts_of(table: Table, answers: Answers) -> Facts:
    """What the table reads: all that the referral's reads, and what is new."""
    facts = dict(referral.facts_of(table, answers))
    if WHAT_IS_NEW.name in answers:
        ticked = answers[WHAT_IS_NEW.name]
        facts[WHAT_IS_NEW.name] = frozenset() if ticked in {NONE_OF_THESE, UNSURE} else frozenset(ticked.split(","))
    return facts


def flow(table: Table | None = None) -> Flow:
    """The flow over the referral's table with what is new on top. Raises BrokenTable where either is broken."""
    rules = table or load_table(NAME)

    def decision(answers: Answers, dates: Dates, local: Local) -> Decision:
        return referral.refer(rules, facts_of(rules, answers), dates, local)

    return Flow(
        name=NAME,
        version=VERSION,
        title=TITLE,
        questions=QUESTIONS,
        conditions=CONDITIONS,
        stops_when=(IN_DANGER, Condition.read({"role": ["public"]})),
        facts=lambda answers: facts_of(rules, answers),
        decide=decision,
        table=rules,
        entrance=ENTRANCE,
        goes_on=GOES_ON,
    )
