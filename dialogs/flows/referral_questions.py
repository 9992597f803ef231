"""The referral dialog's questions in order: their wording, their answers, and why each is asked."""

from __future__ import annotations

from dialogs.flow import Question
from dialogs.flows.harm_options import EFFECTS, IN_DANGER_NOW, MALTREATMENT
from dialogs.flows.referral_options import AGES, CARE, FLAGS, READY, ROLES, yes_no
from dialogs.flows.where_and_when_options import PLACES, WHEN
from dialogs.table import Cite

ACT = "children-act-2004"
REPORT = "govuk-report-incident"
HOUSE = "house-practice"

QUESTIONS = (
    Question(
        name="danger_now",
        short="A child in danger now",
        text=(
            "Before anything: is any child, including brothers, sisters or others nearby, in danger now, "
            "or needing help that has not reached them?"
        ),
        kind="choice",
        help="If ambulance, hospital, police or social care already have every child safe, answer No.",
        why="Keeping children safe comes before any form or review. If a child is in danger we stop here.",
        options=IN_DANGER_NOW,
        likely="no",
        unclear="unsure",
        cites=(Cite(HOUSE, "danger first"),),
    ),
    Question(
        name="no_names",
        short="No names here",
        text=("Please do not type names, dates of birth, addresses or case numbers here. I only need general answers."),
        kind="ready",
        why="The details belong in your case system and the partnership's own form, not in chat.",
        options=READY,
        likely="ready",
        cites=(Cite(HOUSE, "what never to type in chat"),),
    ),
    Question(
        name="role",
        short="Your role",
        text="Which best describes you?",
        kind="choice",
        why="Only the council notifies the national Panel. What you do next depends on where you work.",
        options=ROLES,
        likely="education",
        cites=(Cite(ACT, "section 16C(1)"),),
    ),
    Question(
        name="referral_made",
        short="Referral already made",
        text=(
            "Has a referral already been made to children's social care or the police about this, "
            "and about any other children?"
        ),
        kind="choice",
        help="If not, do that first, by phone. You can come back: I keep your place.",
        why="This conversation never protects a child by itself. Children's social care or the police must hear first.",
        options=yes_no(),
        likely="yes",
        cites=(Cite("working-together-2023", "chapter 3"),),
    ),
    Question(
        name="age_at_event",
        short="Age when it happened",
        text="How old was the child or young person when it happened?",
        kind="choice",
        help="Their age at the time counts, not their age today.",
        why="The duty to notify is about children under 18. Care leavers to 24 and unborn babies have their own rules.",
        options=AGES,
        likely="under_18",
        takes_ages=True,
        cites=(Cite(ACT, "section 16C(1)"), Cite("care-leaver-guidance-2023", "deaths of care leavers up to 24")),
    ),
    Question(
        name="effect",
        short="What happened to them",
        text="What happened to them?",
        kind="choice",
        help="Serious harm can be to body or mind. Getting better does not mean it was not serious.",
        why="A death or serious harm can be notifiable. Other harm and near misses have other routes.",
        options=EFFECTS,
        likely="serious",
        cites=(Cite(ACT, "section 16C(1)"), Cite("local-practice", "meaning of serious harm")),
    ),
    Question(
        name="maltreatment",
        short="Abuse or neglect",
        text="Is abuse or neglect known, or does anyone suspect it played any part?",
        kind="choice",
        help=(
            "You do not need proof. Include harm outside the home, online, by other young people, or in a placement."
        ),
        why="Suspicion is enough. Nobody has to wait for a charge, a post-mortem or anyone to admit it.",
        options=MALTREATMENT,
        asked_when=("they were, or may have been, under 18",),
        likely="suspected",
        cites=(Cite(ACT, "section 16C(1): knows or suspects"),),
    ),
    Question(
        name="known_to_services",
        short="Family known for abuse or neglect",
        text="Was the child or family known to children's social care for abuse or neglect, now or recently?",
        kind="choice",
        why="Where a family was known, published local guidance treats serious harm as potentially notifiable.",
        options=yes_no(),
        asked_when=("abuse is not suspected, but they died, were seriously hurt, or that is not known",),
        likely="no",
        cites=(Cite("local-practice", "suicide and known families"),),
    ),
    Question(
        name="place",
        short="Where it happened",
        text="Where did it happen?",
        kind="choice",
        help="Wales, Scotland, Northern Ireland, the islands and abroad are all outside England.",
        why="The council where it happened notifies, even if the child lives elsewhere.",
        options=PLACES,
        asked_when=("abuse is not ruled out and there was, or may have been, serious harm to a child",),
        likely="our_area",
        cites=(Cite(ACT, "section 16C(1)(a)"),),
    ),
    Question(
        name="residence",
        short="Where they normally live",
        text="Where do they normally live?",
        kind="choice",
        help="If they lived in a placement, answer for the placement, or Not sure.",
        why="For harm outside England the council where the child lives notifies. For harm here, their area is told.",
        options=PLACES,
        asked_when=("it is serious, abuse is suspected, and where they live matters",),
        likely="our_area",
        cites=(Cite(ACT, "section 16C(1)(b)"),),
    ),
    Question(
        name="care",
        short="In care or a care leaver",
        text="Are they, or were they, in care or a care leaver? If so, which council?",
        kind="choice",
        help="Contact with social care that ended, without being in care, is the fourth answer.",
        why="The death of a child in care or of a care leaver has a notification of its own, whatever the cause.",
        options=CARE,
        asked_when=(
            "they died, or may have, and could be in care or a care leaver",
            "it happened abroad to a child who lives abroad",
        ),
        likely="none_or_previously_known",
        cites=(
            Cite(REPORT, "death of a looked-after child"),
            Cite("care-leaver-guidance-2023", "deaths of care leavers up to 24"),
        ),
    ),
    Question(
        name="when",
        short="Recent or some time ago",
        text="Did it happen recently, or some time ago?",
        kind="choice",
        help="Some time ago means more than 12 months.",
        why="We know of no time limit, but older harm brings other steps, such as who is at risk today.",
        options=WHEN,
        likely="recent",
        cites=(Cite(HOUSE, "incidents from some time ago"),),
    ),
    Question(
        name="la_aware",
        short="Council knows",
        text="Does the council's children's services know yet?",
        kind="choice",
        why="The council's five working days are counted from the day it first knew.",
        options=yes_no(),
        asked_when=("a clock of ours runs, and they do not work for the council",),
        likely="yes",
        cites=(Cite(REPORT, "within five working days"),),
    ),
    Question(
        name="aware_on",
        short="Day the council first knew",
        text="Which day did the council first know? Only the date is needed.",
        kind="date",
        help="Any hour of that day, weekends and the out-of-hours team included. Not the date it happened.",
        why=(
            "The council's five working days are counted from this day. "
            "If you work for the council and are not sure, I count from today."
        ),
        asked_when=("a clock of ours runs, and the council knows",),
        likely="unsure",
        cites=(Cite(REPORT, "within five working days"),),
    ),
    Question(
        name="sin_sent",
        short="Panel already told",
        text="Has anyone already told the national Panel?",
        kind="choice",
        help="That is a serious incident notification on GOV.UK's online system.",
        why="One incident has one notification. A second one causes confusion.",
        options=yes_no(),
        asked_when=("a notification may have been sent",),
        likely="no",
        cites=(Cite(REPORT, "one notification for each incident"),),
    ),
    Question(
        name="notified_on",
        short="Day the Panel was told",
        text="Which day was the notification sent?",
        kind="date",
        help="The date on the notification. If you are not sure, say so.",
        why="The rapid review's 15 working days are usually counted from this day.",
        asked_when=("they say it was sent, and work where that is known",),
        likely="unsure",
        cites=(Cite("panel-guidance-2025", "rapid review within 15 working days"),),
    ),
    Question(
        name="flags",
        short="Anything else",
        text="Do any of these apply? Choose all that do, or none.",
        kind="many",
        why="Each brings something beside the main outcome, such as the designated officer or the child death review.",
        options=FLAGS,
        likely="none",
        cites=(Cite(HOUSE, "processes that run beside a notification"),),
    ),
)
