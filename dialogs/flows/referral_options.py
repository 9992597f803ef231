"""The answers the referral dialog offers, and the other words people use for them."""

from __future__ import annotations

from dialogs.answers import Option
from dialogs.flows.harm_options import NOT_SURE


def yes_no(yes: str = "Yes", no: str = "No") -> tuple[Option, ...]:
    """Yes, no and not sure, with the given labels."""
    return (Option("yes", yes), Option("no", no), NOT_SURE)


READY = (Option("ready", "I understand", also=("ok", "okay", "yes", "y", "understood", "fine")),)

_SOMEWHERE_IN_THE_COUNCIL = (
    *("la", "local authority", "council", "the council", "yot", "yjs", "youth offending", "youth offending team"),
    *("youth justice", "youth justice service"),
)
_YOUTH_WORK = ("youth worker", "youth work")
ROLES = (
    Option(
        "la_children",
        "Council children's services",
        also=(
            *("children's services", "social worker", "social work", "social services", "children's social care"),
            *("mash", "early help", "edt", "emergency duty team", "out of hours team", "iro", "lado"),
            *("independent reviewing officer", "local authority designated officer", "designated officer"),
        ),
        maybe=(*_SOMEWHERE_IN_THE_COUNCIL, "family support worker", "family support", "family worker"),
    ),
    Option(
        "la_other",
        "Elsewhere in the council",
        also=("housing", "public health", "other council"),
        maybe=(*_SOMEWHERE_IN_THE_COUNCIL, *_YOUTH_WORK),
    ),
    Option(
        "police",
        "Police",
        also=("police officer", "detective", "pc", "pcso", "constable", "police constable", "police sergeant"),
    ),
    Option(
        "icb_health",
        "Health",
        hint="NHS, GP, community or hospital care, or the integrated care board",
        also=(
            *("nurse", "doctor", "gp", "nhs", "health visitor", "midwife", "hospital", "icb", "paediatrician"),
            *("school nurse", "community nurse", "community midwife", "camhs", "a&e", "accident and emergency"),
            *("paramedic", "ambulance service", "hospital nurse", "hospital doctor"),
        ),
    ),
    Option(
        "education",
        "Education or childcare",
        hint="School, college, nursery or childminder",
        also=(
            *("teacher", "school", "college", "nursery", "childminder", "head teacher", "headteacher", "dsl"),
            *("education", "senco", "teaching assistant", "nursery nurse", "nursery worker", "school teacher"),
            *("designated safeguarding lead", "deputy head", "lecturer", "nursery teacher"),
        ),
        alone=("ta",),
        maybe=("family support worker", "family support"),
    ),
    Option(
        "provider",
        "Care provider",
        hint="Children's home, fostering agency or other placement",
        also=(
            *("children's home", "fostering", "foster carer", "foster parent", "foster family", "residential worker"),
            *("care home", "fostering agency"),
        ),
    ),
    Option(
        "vcs",
        "Charity, faith or community group",
        also=("charity", "voluntary", "faith", "community", "sport"),
        maybe=("family support worker", "family support", "youth worker", "youth work"),
    ),
    Option(
        "partnership_unit",
        "Safeguarding partnership team",
        hint="Business unit, business manager or partnership office",
        also=("business unit", "business manager", "partnership", "partnership manager"),
    ),
    Option(
        "public",
        "None of these: a member of the public",
        also=("member of the public",),
        alone=("public", "parent", "neighbour", "relative", "family", "family member"),
    ),
)

AGES = (
    Option(
        "unborn",
        "Not yet born",
        also=("unborn", "unborn baby", "unborn child", "pregnant", "pregnancy", "before birth", "foetus"),
    ),
    Option(
        "under_18", "Under 18", also=("under eighteen", "child", "baby", "teenager", "newborn", "infant", "toddler")
    ),
    Option("18_24", "18 to 24", also=("18-24", "between 18 and 24", "young adult"), maybe=("adult",)),
    Option("25_plus", "25 or over", also=("over 25", "adult over 25", "25 plus"), maybe=("adult",)),
    NOT_SURE,
)

_IN_CARE = (
    *(
        "looked after",
        "looked-after child",
        "care",
        "in care",
        "child in care",
        "foster care",
        "fostered",
        "lac",
        "cla",
    ),
    *("in foster care", "children's home", "residential care"),
)
CARE = (
    Option(
        "lac_ours",
        "In care of our council",
        also=("our council", "in care, our council", "looked after by us", "in our care", "ours"),
        maybe=(*_IN_CARE, "yes"),
    ),
    Option(
        "lac_other",
        "In care of another council",
        also=(
            *("another council", "in care, another council", "looked after by another council"),
            "in care of another council",
        ),
        maybe=(*_IN_CARE, "yes"),
    ),
    Option("care_leaver", "Care leaver", also=("left care", "leaving care", "care experienced"), maybe=("yes",)),
    Option(
        "none_or_previously_known",
        "Neither, or only known to social care before",
        also=(
            *("neither", "none", "no", "not in care", "previously known", "never in care", "not looked after"),
            *("child protection plan", "on a child protection plan", "cp plan", "child in need", "cin", "cin plan"),
            *("child in need plan", "on a child in need plan"),
        ),
    ),
    NOT_SURE,
)

FLAGS = (
    Option("staff_allegation", "Someone who works with children may have caused harm", also=("staff", "worker")),
    Option("other_child_involved", "Another child did it", also=("another child", "peer")),
    Option("possible_suicide", "Possible suicide or self-harm", also=("suicide", "self-harm", "self harm")),
    Option("parent_killed_da", "A parent was killed in domestic abuse", also=("domestic homicide", "parent killed")),
    Option("custody", "In custody", also=("custody", "prison", "secure")),
    Option(
        "regulated_setting",
        "In a children's home, foster care, nursery or other regulated setting",
        also=("children's home", "foster care", "nursery", "regulated setting"),
    ),
    Option("health_safety_event", "A health-care safety event", also=("hospital error", "patient safety")),
    Option("mappa_offender", "A known dangerous offender (MAPPA)", also=("mappa", "known offender")),
    Option("youth_justice", "Known to youth justice", also=("yot", "yjs", "youth justice")),
    Option("media", "Press interest", also=("press", "media", "newspapers")),
    Option("criminal_investigation", "A criminal investigation", also=("police investigation",)),
    Option("several_children", "More than one child", also=("several children", "siblings")),
    Option("disagreement", "You disagree with a decision already made", also=("disagree", "disagreement")),
)
