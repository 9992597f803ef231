"""The Telegram channel: private chats with buttons, by webhook or polling."""
