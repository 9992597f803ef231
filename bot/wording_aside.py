"""Sentences for words that answer nothing: not understood, upset, only a name, or a choice that is not clear."""

from __future__ import annotations

TAKEN_AS_QUESTION = "I could not take that as an answer, so here is what I know about it. My question follows."
WORRIED = (
    "You are right to ask about this. Children's social care decides what happens next. "
    "You do not need proof, and you do not need to be sure. These say what to do:"
)
REFER_NOW = "Refer to children's social care, step by step"
NO_EMERGENCY = "If no child is in danger now, say “not an emergency”. You can also ask me what to do meanwhile."
KIND = (
    "I am sorry, this is hard. It is all right to feel like that, and right to ask. You do not have to do it alone: "
    "talk to your safeguarding lead, or someone you trust. Take your time: your answers are kept. "
    "If someone is hurting you, phone 999."
)


def explained(why: str, *, may_be_unsure: bool) -> str:
    """Says in other words what a question is for, and that it need not be known."""
    unsure = " If you do not know, “not sure” is an answer." if may_be_unsure else ""
    return f"Why I ask: {why}{unsure} Here is the question again."
