"""What Microsoft Teams can do."""

from __future__ import annotations

from bot.channel import Capabilities, Limits, Rate

CAPABILITIES = Capabilities(
    title="Microsoft Teams",
    # https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/rate-limit, but for the hourly one.
    limits=Limits(options=100, conversation=(Rate(7, 1), Rate(8, 2), Rate(60, 30)), app=(Rate(30, 1),)),
    private="a personal chat",
    groups="general guidance in group chats and channels, where it is mentioned",
    only_one="that person's own chat, if the app is installed for them; else a button to it",
    one_choice="a button each; over 6, or long ones, a list to choose from",
    many_choices="boxes to tick",
    date="a date picker",
    form="fields in a card",
    card="label and value, a line each",
    file_out="saved to the person's own OneDrive, once they agree",
    file_in="",
    link="a link on its words",
    change_sent="a card that was used loses its buttons and shows what was chosen",
    reminders="sent, where the area has switched cases on for Teams",
    identity="a join code, typed; whose people may write at all is settled by the tenant",
    arrives_by="HTTPS, signed by Microsoft",
    called="Teams",
    needs="microsoft_teams",
    long_text="a new paragraph after 4000 characters; another card after 24000 bytes",
    loggers=("microsoft_teams", "msal"),
)
