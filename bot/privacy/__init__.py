"""Identifiers caught before anything is kept."""
