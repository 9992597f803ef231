"""Work on stored cases: opening, recording, showing, handing over, keeping and purging."""
