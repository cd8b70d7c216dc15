"""The web application on the last day of the year that was put in."""

from bench.school import on_the_last_day

on_the_last_day().start()

from samnarvaro.project.wsgi import application  # the clock is set first

__all__ = ["application"]
