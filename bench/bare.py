"""A page as bare as Django makes one: session, viewer, form token, one query, fifty rows."""

from typing import Any

from django.http import HttpResponse
from django.template import Context, Engine
from django.urls import path

ROWS = 50
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATE = Engine().from_string(
    """<!doctype html><html lang="sv"><title>Elever</title><h1>{{ viewer }}</h1>
    <form method="post"><input type="hidden" name="csrfmiddlewaretoken" value="{{ token }}"></form>
    <table><tr><th>Namn<th>Elev<th>Skyddad<th>Adress</tr>
    {% for pupil in pupils %}<tr><td><a href="/elev/{{ pupil.public }}/">{{ pupil.given_name }}
    {{ pupil.family_name }}</a><td>{{ pupil.pupil_id }}<td>{% if pupil.protection %}ja{% else %}nej
    {% endif %}<td>{{ pupil.public }}</tr>{% endfor %}</table></html>"""
)


def rows(request: Any) -> HttpResponse:
    from django.middleware.csrf import get_token

    from samnarvaro.people.models import Pupil

    context = {
        "pupils": Pupil.objects.order_by("family_name", "given_name")[:ROWS],
        "viewer": request.user.username,
        "token": get_token(request),
    }
    return HttpResponse(TEMPLATE.render(Context(context)))


urlpatterns = [path("", rows)]
