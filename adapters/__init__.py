"""Translate and carry: one folder for each channel, the command line and the server."""
