"""How an attempt to see a pupil ended."""

ALLOWED, DENIED = "allowed", "denied"
