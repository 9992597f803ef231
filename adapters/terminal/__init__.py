"""The terminal channel: the conversation on a screen or through a pipe."""
