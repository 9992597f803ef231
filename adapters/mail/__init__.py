"""E-mail by SMTP: a way to reach people who are elsewhere; nothing comes back by it."""
