"""Run by Alembic: migrate over the connection that was handed in."""

from alembic import context

from bot.storage.families import CONVERSATIONS

# Named through the families, because they bring every table there is into the one list.
context.configure(connection=context.config.attributes["connection"], target_metadata=CONVERSATIONS.heads.metadata)
with context.begin_transaction():
    context.run_migrations()
