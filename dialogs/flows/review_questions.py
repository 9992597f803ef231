"""The questions after a rapid review: each thing to consider with its reason, then what was decided and why."""

from __future__ import annotations

from dialogs.answers import Option
from dialogs.flow import SOME_WORDS, Question
from dialogs.flows.protect import DANGER
from dialogs.flows.referral_options import READY, yes_no
from dialogs.table import Cite

REGULATIONS = Cite("review-regulations-2018", "regulation 11")
GUIDANCE = Cite("working-together-2023", "chapter 5: local reviews, what else to consider")
REASONS = Cite("house-practice", "reasons for a decision on a review")
WHO_DECIDES = Cite("barnsley-page", "quoting Working Together 2023")

MUST = "The regulations name this among what the partners must consider. A yes does not oblige them to hold a review."
SHOULD = "Statutory guidance names this among what the partners should consider as well. A yes does not oblige them."
_NO_NAMES = "No names: say “the child”, “the school”, “the family”."
_SUCH_AS = "“the rapid review found none of it”"
_OR_ABOVE = f"{_SUCH_AS}, or “as above”"


def _considered(
    name: str, short: str, text: str, help_text: str, why: str, cite: Cite, *, first: bool = False
) -> tuple[Question, Question]:
    """One thing to consider, and the reason for the answer, whatever it is: a few words are enough."""
    return (
        Question(
            name=name,
            short=short,
            text=text,
            kind="choice",
            help=help_text,
            why=why,
            options=yes_no("Yes, or it may"),
            likely="no",
            cites=(cite,),
            recorded=True,
        ),
        Question(
            name=f"{name}_why",
            short=f"Why ({short[0].lower()}{short[1:]})",
            text="Why do you say so?",
            kind="text",
            help=f"A few words are enough, such as {_SUCH_AS if first else _OR_ABOVE}. {_NO_NAMES}",
            why="The reasons are recorded with the decision. They are what the Panel and the family ask about.",
            likely=SOME_WORDS,
            cites=(REASONS,),
            reason_for=name,
        ),
    )


_CONSIDERED = (
    *_considered(
        "improvements",
        "Improvements needed",
        "Does the case show, or may it show, that improvements are needed to keep children safe?",
        "Include improvements that an earlier review already asked for.",
        MUST,
        REGULATIONS,
        first=True,
    ),
    *_considered(
        "themes",
        "Themes that come up again",
        "Does it show, or may it show, themes that come up again in children's safety and welfare?",
        "Think of earlier reviews here and elsewhere.",
        MUST,
        REGULATIONS,
    ),
    *_considered(
        "working_together",
        "Working together",
        "Is there, or may there be, concern about how well two or more organisations worked together?",
        "It is one thing to consider, and no trigger by itself.",
        MUST,
        REGULATIONS,
    ),
    *_considered(
        "panel_local",
        "The Panel thinks a local review fits",
        "Has the national Panel looked at the case and thought that a local review fits it better?",
        "The Panel says so by letter. If it has not written yet, the answer is no.",
        MUST,
        REGULATIONS,
    ),
    *_considered(
        "one_agency",
        "A single organisation",
        "Is there concern about what a single organisation did or did not do?",
        "",
        SHOULD,
        GUIDANCE,
    ),
    *_considered(
        "no_agency",
        "No organisation involved",
        "Was no organisation involved, and is that a worry in itself?",
        "For example, a child out of sight who should have been seen.",
        SHOULD,
        GUIDANCE,
    ),
    *_considered(
        "several_areas",
        "Several areas",
        "Does it reach across more than one council, police or health area, or had the family moved between areas?",
        "",
        SHOULD,
        GUIDANCE,
    ),
    *_considered(
        "institution",
        "An institution",
        "Did it happen in an institution, such as a children's home, a school, a hospital or custody?",
        "",
        SHOULD,
        GUIDANCE,
    ),
    *_considered(
        "captured",
        "Learning already found",
        "Has the rapid review already found what there is to learn?",
        "If it has, the partners may act on it without a longer review.",
        "A rapid review can find all the learning there is. Then a local review may add little.",
        Cite("local-practice", "rapid reviews that find all the learning"),
    ),
)
ALL = tuple(one.name for one in _CONSIDERED if not one.reason_for)
"""Everything that is considered, by name."""


def _is_it_meant(name: str, short: str, text: str, when: str) -> Question:
    """A notice that what was considered and what was decided point different ways."""
    return Question(
        name=name,
        short=short,
        text=text,
        kind="ready",
        help="To change an answer instead, type change.",
        why="So that nothing goes on the record by mistake.",
        options=(Option("ready", "It is meant", also=("yes", "ok", "it is", "meant", "i understand", "y")),),
        asked_when=(when,),
        likely="ready",
        cites=(REASONS,),
    )


QUESTIONS = (
    DANGER,
    Question(
        name="no_names",
        short="No names here",
        text=(
            "I will ask for reasons in your own words, and keep them with the decision. "
            "Please leave out every name, date of birth, address and case number."
        ),
        kind="ready",
        why="The decision and its reasons are shared. Details that identify anyone belong in your case system.",
        options=READY,
        likely="ready",
        cites=(Cite("house-practice", "what never to type in chat"),),
    ),
    Question(
        name="role",
        short="Your part in this decision",
        text="What is your part in this decision?",
        kind="choice",
        help="The partners are the council, the integrated care board and the police.",
        why="Only the safeguarding partners decide on a local review.",
        options=(
            Option(
                "partner",
                "A safeguarding partner, or acting for one",
                also=(
                    *("partner", "partners", "one of the partners", "safeguarding partner", "safeguarding partners"),
                    *("dsp", "delegated partner", "council", "police", "icb"),
                ),
            ),
            Option(
                "partnership_unit",
                "The partnership's business unit",
                also=("business unit", "business manager", "unit", "partnership"),
            ),
            Option("someone_else", "Somebody else", also=("someone else", "other", "none", "neither")),
        ),
        likely="partner",
        cites=(WHO_DECIDES,),
    ),
    Question(
        name="sent",
        short="Rapid review sent to the Panel",
        text="Has the rapid review already gone to the Panel?",
        kind="choice",
        why="If not, the decision goes with it. If it has, the Panel is told on its own.",
        options=yes_no(),
        likely="no",
        cites=(Cite("panel-guidance-2025", "rapid review within 15 working days"),),
    ),
    *_CONSIDERED,
    Question(
        name="decision",
        short="The partners' decision",
        text="What have the partners decided?",
        kind="choice",
        help="This is their decision, not mine. Nothing you have answered decides it.",
        why="The law leaves it to the partners: they hold one where they consider it appropriate. I only record it.",
        options=(
            Option(
                "commission",
                "To hold a local review",
                also=("hold a review", "commission", "commission a review", "do a review"),
                maybe=("yes",),
            ),
            Option(
                "no_review",
                "Not to hold one",
                also=("no review", "not to commission", "do not commission", "not commission"),
                maybe=("no",),
            ),
            Option(
                "more_time",
                "Nothing yet: more time is needed",
                also=("not yet", "more time", "not decided", "undecided", "not sure", "not decided yet"),
                maybe=("no",),
            ),
        ),
        likely="no_review",
        cites=(Cite("children-act-2004", "section 16F"), WHO_DECIDES),
        recorded=True,
    ),
    Question(
        name="decided_on",
        short="Day it was decided",
        text="Which day did the partners decide?",
        kind="date",
        why="The three working days, and the six months for a review, are counted from this day.",
        asked_when=("the partners have decided",),
        likely="unsure",
        cites=(Cite("working-together-2023", "chapter 5: local reviews, six months"),),
        recorded=True,
    ),
    Question(
        name="decide_by",
        short="To be decided by",
        text="By which day will they decide?",
        kind="date",
        why="A decision without a day drifts.",
        asked_when=("the partners need more time",),
        likely="unsure",
        cites=(Cite("house-practice", "more time to decide on a review"),),
        recorded=True,
        ahead=True,
    ),
    _is_it_meant(
        "apart_against",
        "Decided against, though something points to a review",
        (
            "You answered yes to something that may point to a review, and the partners decided against one. "
            "That can be right. Please say in the reason that follows what tipped it."
        ),
        "something points to a review, and they decided against one",
    ),
    _is_it_meant(
        "apart_for",
        "Decided for, though little points to a review",
        (
            "Either nothing you answered points to a review, or you said that its learning has been found already. "
            "The partners decided for one. That can be right. Please say in the reason that follows what tipped it."
        ),
        "nothing points to a review, or its learning is found, and they decided for one",
    ),
    Question(
        name="decision_why",
        short="Why (the partners' decision)",
        text="Why? Please give the partners' reasons, and any different view.",
        kind="text",
        help="In your own words. No names: say “the child”, “the school”, “the health partner”.",
        why="The reasons are recorded, and shared with the Panel, the agencies and the family.",
        likely=SOME_WORDS,
        cites=(Cite("working-together-2023", "chapter 5: local reviews, reasons for not holding one"), REASONS),
        reason_for="decision",
    ),
    Question(
        name="reviewer",
        short="Reviewer chosen",
        text="Has the reviewer been chosen?",
        kind="choice",
        help="Only yes or no: please do not give the name here.",
        why="The Panel, Ofsted and the Department for Education are told the reviewer's name.",
        options=yes_no(),
        asked_when=("the partners have decided to hold a review",),
        likely="no",
        cites=(Cite("working-together-2023", "chapter 5: local reviews, telling the Panel"),),
    ),
)
