"""Converse, remember, remind: the only place with a database and a clock."""
