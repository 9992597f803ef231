"""What a conversation promises, turn by turn and over whole dialogs."""
