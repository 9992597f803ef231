"""A few words that tell of harm to somebody are told from ordinary reasons with the same verbs."""

import pytest

from knowledge.harm_told import MOST_WORDS, tells_of_harm

TELL = (
    *(
        "kid has gone missing",
        "child missing",
        "she took pills",
        "he threw her",
        "he pushed her downstairs",
        "she was thrown downstairs",
        "he locked her in",
    ),
    *("they starve him", "he grabbed her", "he forced her", "he filmed her naked", "he has taken her", "she ran away"),
    *("she wants to die", "she will die tonight", "he broke her arm", "he fractured her skull", "she collapsed"),
    *("she hanged herself", "he drowned her", "he hit her", "he hit her today", "today, he hit her", "she cut herself"),
    *("yesterday he hit her", "she was stabbed today", "he strangled her yesterday", "Dad burned her arm."),
    *(
        "mum broke his arm",
        "the baby was shaken",
        "he\u2019s stabbed her",
        "he is hitting her again",
        "They took the baby",
    ),
)
ORDINARY = (
    *("The head is away", "waiting for the police", "the report is being cut", "they were taken on by another team"),
    *("the file was locked", "the system collapsed", "notes were thrown away", "staff ran late"),
    *("we were forced to wait", "the deadline was killed", "She broke her leg.", "The lead broke her leg."),
    *("he broke his arm", "she left", "we hit a snag", "they hit the deadline late", "IT outage hit us"),
    *(
        "they were threatened with court",
        "he is burnt out",
        "he took her place",
        "he took her case",
        "she hit her target",
    ),
    *("she has taken her leave", "he pushed her meeting", "she was locked out", "she was pushed for time"),
    *(
        "he was taken ill",
        "he was taken off the case",
        "they took them on",
        "he forced her hand",
        "they pushed it back",
    ),
    *("she was thrown by the question", "he beat her to it", "he pushed her to reply", "they were hit by an outage"),
    *(
        "she cut her hours",
        "the file is missing",
        "child missing from the form",
        "the boy was seen",
        "he will take them to court",
        "killed by IT",
    ),
)


@pytest.mark.parametrize("said", TELL)
def test_a_few_words_tell_of_harm(said: str) -> None:
    assert tells_of_harm(said)
    assert tells_of_harm(f" {said.upper()} ")


@pytest.mark.parametrize("said", ORDINARY)
def test_an_ordinary_reason_tells_of_none(said: str) -> None:
    assert not tells_of_harm(said)


def test_more_words_are_left_to_their_meaning() -> None:
    assert not tells_of_harm("he hit her" + " again" * MOST_WORDS)
