"""How a nudge reaches somebody: the watch, one message a person, one way after another, and the watchdog."""
