"""Whether single keys do something for this reader. Kept in a cookie; without one they do."""

from django.http import HttpRequest

COOKIE = "samnarvaro_shortcuts"
OFF = "off"


def are_off(request: HttpRequest) -> bool:
    return request.COOKIES.get(COOKIE) == OFF
