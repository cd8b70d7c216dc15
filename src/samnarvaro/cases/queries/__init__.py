"""Reads of investigations, the register, cases and reports of concern. No scope, no rows."""
