"""How people get in: links, sessions, and failed attempts."""
