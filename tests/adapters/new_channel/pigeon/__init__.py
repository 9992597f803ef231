"""Carrier pigeons: a made-up channel, whole in this one folder, that a test puts among the real ones."""
