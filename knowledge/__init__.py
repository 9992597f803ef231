"""What we know: sources, areas, danger; pure but for reading their own files."""
