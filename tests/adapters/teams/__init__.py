"""The Teams channel, beside a strict stand-in of Microsoft's services on this machine."""
