"""Signing in at a sign-in service that the tests themselves are."""
