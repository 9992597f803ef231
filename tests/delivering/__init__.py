"""What delivery promises, on SQLite and on PostgreSQL: what is owed reaches somebody, once, whatever happens."""
