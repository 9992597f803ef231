"""The Slack channel, beside a strict stand-in of Slack's Web API on this machine."""
