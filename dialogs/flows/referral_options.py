"""The answers the referral dialog offers, and the other words people use for them."""

from __future__ import annotations

from dialogs.answers import Option

NOT_SURE = Option("unsure", "Not sure", also=("not known", "unclear", "nobody knows", "unknown", "can't say"))


def yes_no(yes: str = "Yes", no: str = "No") -> tuple[Option, ...]:
    """Yes, no and not sure, with the given labels."""
    return (Option("yes", yes), Option("no", no), NOT_SURE)


READY = (Option("ready", "I understand", also=("ok", "okay", "yes", "y", "understood", "fine")),)

ROLES = (
    Option(
        "la_children",
        "Council children's services",
        also=("children's services", "social worker", "children's social care", "mash", "childrens social care"),
    ),
    Option("la_other", "Elsewhere in the council", also=("council", "housing", "public health", "other council")),
    Option("police", "Police", also=("police officer", "detective", "officer", "pc")),
    Option(
        "icb_health",
        "Health",
        hint="NHS, GP, community or hospital care, or the integrated care board",
        also=("nurse", "doctor", "gp", "nhs", "health visitor", "midwife", "hospital", "icb", "paediatrician"),
    ),
    Option(
        "education",
        "Education or childcare",
        hint="School, college, nursery or childminder",
        also=(
            "teacher",
            "school",
            "college",
            "nursery",
            "childminder",
            "head teacher",
            "headteacher",
            "dsl",
            "education",
        ),
    ),
    Option(
        "provider",
        "Care provider",
        hint="Children's home, fostering agency or other placement",
        also=("children's home", "fostering", "foster carer", "residential worker", "care home"),
    ),
    Option("vcs", "Charity, faith or community group", also=("charity", "voluntary", "faith", "community", "sport")),
    Option(
        "partnership_unit",
        "Safeguarding partnership team",
        hint="Business unit, business manager or partnership office",
        also=("business unit", "business manager", "partnership", "partnership manager"),
    ),
    Option(
        "public",
        "None of these: a member of the public",
        also=("public", "member of the public", "parent", "neighbour", "relative", "family"),
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
    Option("18_24", "18 to 24", also=("18-24", "between 18 and 24", "young adult")),
    Option("25_plus", "25 or over", also=("25+", "over 25", "adult over 25", "25 plus")),
    NOT_SURE,
)

EFFECTS = (
    Option(
        "died", "They died", also=("died", "dead", "death", "passed away", "killed", "she died", "he died", "deceased")
    ),
    Option(
        "serious",
        "Very seriously hurt or made seriously ill, in body or mind",
        also=("seriously hurt", "serious harm", "serious", "seriously harmed", "seriously ill", "life-threatening"),
    ),
    Option(
        "may_be_serious",
        "Hurt, and it may turn out serious",
        also=("may be serious", "might be serious", "could turn out serious"),
    ),
    Option(
        "near_miss",
        "Could have been hurt but was not",
        also=("near miss", "nearly hurt", "could have been hurt", "close call"),
    ),
    Option("none", "No harm", also=("none", "not harmed", "unharmed", "not hurt", "no injury")),
    NOT_SURE,
)

MALTREATMENT = (
    Option("known", "Known", also=("yes known", "confirmed", "admitted", "definitely")),
    Option(
        "suspected", "Suspected", also=("suspect", "yes suspected", "someone suspects", "suspicion", "possibly abuse")
    ),
    Option("no", "Nobody knows of or suspects it", also=("no", "not suspected", "none suspected", "nobody suspects")),
    NOT_SURE,
)

CARE = (
    Option("lac_ours", "In care of our council", also=("our council", "looked after by us", "in our care", "ours")),
    Option("lac_other", "In care of another council", also=("another council", "looked after by another council")),
    Option("care_leaver", "Care leaver", also=("left care", "leaving care", "care experienced")),
    Option(
        "none_or_previously_known",
        "Neither, or only known to social care before",
        also=("neither", "none", "no", "not in care", "previously known", "never in care"),
    ),
    NOT_SURE,
)

WHEN = (
    Option("recent", "Recently: in the last 12 months", also=("recent", "recently", "today", "yesterday", "last week")),
    Option(
        "non_recent", "Some time ago: more than 12 months", also=("some time ago", "years ago", "long ago", "historic")
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

PLACES = (
    Option(
        "our_area", "In our area ({local_authority})", also=("our area", "here", "locally", "in our area", "this area")
    ),
    Option(
        "other_english_area",
        "In another part of England",
        also=("another area", "other area", "elsewhere in england", "another council", "other english area"),
    ),
    Option(
        "outside_england",
        "Outside England",
        also=("abroad", "wales", "scotland", "northern ireland", "overseas", "on holiday", "another country"),
    ),
    NOT_SURE,
)
