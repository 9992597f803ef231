"""One file for each dialog; a new file here is a new dialog."""
