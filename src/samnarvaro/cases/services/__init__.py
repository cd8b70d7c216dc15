"""Writes of investigations, the register, cases and reports of concern: each atomic, each logged."""
