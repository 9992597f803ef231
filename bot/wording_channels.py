"""The bot's own sentences about where it is spoken to: in a group, on a platform, and where it is switched off."""

from __future__ import annotations

from bot.wording import LINE_999

EDITED = (
    "You changed a message. I keep what it said first. "
    "To change an answer, say “change”. To ask something else, send it as a new message."
)
ATTACHED = (
    "I can take only words and buttons. I have not kept what you sent. "
    "Please send no photo, recording or file about a child."
)
BESIDE_WORDS = (
    "I answer your words. I have not looked at or kept what came with them. "
    "Please send no photo, recording or file about a child."
)
WORDS_BESIDE = "I can answer your words if you send them again by themselves."
USED = "That button has been used already. Please use the newest message."
STALE = "No longer valid"
NOT_DONE = "Not done. My next message says why."


def begun(label: str) -> str:
    """Of a button after which something is asked first; true before that is answered and after."""
    return f"“{label}” pressed. It counts once you have answered my next question."


BOXES_NO_LONGER = (
    "I can no longer tick boxes in that message. Please type your answer: what stands on the boxes, or their numbers, "
    "such as 1, 3."
)
NO_LONGER = "That button belongs to an earlier message. Please use the newest one, or type your answer."

GROUP_ONLY_GENERAL = (
    "With others here I answer general questions only. Please write nothing about a child here. I have kept nothing."
)
GROUP_LIKE_DETAIL = (
    "What you wrote in the group may be about a child or a family. I have kept nothing of it. "
    "Please delete it there, and carry on with me in private. If you cannot delete it, tell your data protection lead."
)
GROUP_ATTACHED = (
    "What you sent in the group may show a child or a family. I have not opened it, and have kept nothing of it. "
    "If it does, please delete it there, and carry on with me in private. "
    "If you cannot delete it, tell your data protection lead."
)
GROUP_WRITE_NOTHING = "Please write nothing about a child here."
GROUP_CODE = (
    "Others could see the code you wrote in the group, so I have made it useless. "
    "It happens easily, and nothing else changes. For a new one, say “join”, “my work e-mail” or “code” "
    "to me in private, as you did for that one."
)
CAME_FROM_DETAIL = (
    "If you wrote or sent something about a child or a family in a group, I have kept nothing of it. "
    "Please delete it there, and carry on with me here. If you cannot delete it, tell your data protection lead. "
    "If you wrote a code there, I have made it useless: ask me here for a new one."
)
ASK_ABOUT_DETAIL = "What do I do about my message in the group?"
GROUP_MORE_IN_PRIVATE = "This is general guidance. For anything about a child, talk to me in private."
GROUP_OFFERED = "Ask one of these in full:"
PRIVATE_WAY = "Talk to me in private"
ANSWERED_IN_PRIVATE = (
    f"{LINE_999}\n"
    "Details about a child do not belong in a group. If you wrote any here, please delete them. "
    "I have something to say to you in private. Press the button, and ask me there."
)
NO_WAY_TO_TELL = (
    f"{LINE_999}\n"
    "Details about a child do not belong in a group. If you wrote any here, please delete them. "
    "I cannot write to you in private from here. Open a direct message with me, and ask me there."
)

NOT_HERE = (
    "Here I answer general questions only. For a referral, a case or a record this area has not chosen this app: "
    "what is written here is kept by whoever runs it."
)
NOT_HERE_GO = "For that, use the web page or phone"
NOT_HERE_PHONE = "For that, phone"
NOT_HERE_PAGE = "Open the web page"
PUBLIC_WELCOME = "I answer questions about safeguarding children from checked guidance, and say who to phone."
PUBLIC_NOT_KNOWN = "I do not know whose account this is, and need not to: here I answer general questions only."
PUBLIC_DANGER = "When every child is safe, ask me here what you need."
PUBLIC_DANGER_KEPT = (
    "Your answers are kept, but this area has since chosen this app for general questions only. "
    "When every child is safe, ask me here what you need."
)
PUBLIC_KEPT = "Your answers are kept, but you cannot go on with them here."
PUBLIC_PROMPT = "What would you like to know? Type your question."
PUBLIC_MENU = "Ask something else"
SWITCHED_OFF = "I am switched off here for now. I keep nothing of what you write here meanwhile."
SWITCHED_OFF_ELSEWHERE = "You can reach me here:"
