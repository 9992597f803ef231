"""The Slack channel: direct messages with buttons, mentions, a slash command and a message shortcut."""
