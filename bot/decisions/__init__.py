"""A decision in words, on sheets and in documents."""
