"""A request as the rooms see it."""

from datetime import date, datetime

from django.http import HttpRequest

from samnarvaro.kernel.access import Scope


class StaffRequest(HttpRequest):
    scope: Scope  # who is asking, as what, for which day
    today: date  # read once, by the middleware
    now: datetime
