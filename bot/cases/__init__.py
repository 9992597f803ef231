"""What a case is: its events, the clocks they run, and the nudges those owe; pure, but for the words."""
