"""The Microsoft Teams channel: personal chats with Adaptive Cards, and general guidance in groups and channels."""
