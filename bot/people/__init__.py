"""Who someone is here: accounts, roles, joining, signing in."""
