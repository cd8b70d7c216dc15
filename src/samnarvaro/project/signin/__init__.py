"""Signing in: who may, with what, for how long, and what is written down of it.

The sign-in package (allauth) does the ceremonies; here stands what is ours.
"""
