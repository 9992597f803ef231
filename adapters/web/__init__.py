"""The web channel: the conversation as a server-rendered page."""
