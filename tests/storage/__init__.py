"""What the storage layer promises, on SQLite and on PostgreSQL."""
