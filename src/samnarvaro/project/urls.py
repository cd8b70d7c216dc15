"""Every address of the web. Who may go where stands in `project.addresses`."""

from allauth.account import views as account
from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from samnarvaro.base.web import urls as base
from samnarvaro.base.web.health import health
from samnarvaro.base.web.look import set_look
from samnarvaro.base.web.style import style
from samnarvaro.project.web import blank, demo, meeting, pages, search

urlpatterns: list[URLPattern | URLResolver] = [
    path("", pages.home, name="home"),
    path("elev/<uuid:public>/", pages.pupil, name="pupil"),
    path("elev/", include("samnarvaro.attendance.web.urls")),
    path("skola/", include("samnarvaro.staircase.web.urls")),
    path("skolor/", pages.my_schools, name="my_schools"),
    path("sok/", search.search, name="search"),
    path("genomgang/", meeting.begin, name="round_begin"),
    path("genomgang/<uuid:key>/", meeting.overview, name="round"),
    path("genomgang/<uuid:key>/klar/", meeting.end, name="round_end"),
    path("genomgang/<uuid:key>/<uuid:public>/", meeting.pupil, name="round_pupil"),
    path("slack/", blank.blank, name="blank"),
    path("sprak/", set_language, name="set_language"),
    path("utseende/", set_look, name="set_look"),
    path("uppdrag/", pages.wear_hat, name="wear_hat"),
    path("arbete/", include("samnarvaro.worklist.web.urls")),
    path("leveranser/", include(base.deliveries)),
    path("drift/", include(base.jobs)),
    path("health", health, name="health"),
    path("logga-in/", account.login, name="account_login"),
    path("logga-ut/", account.logout, name="account_logout"),
    path("losenord/", account.password_change, name="account_change_password"),
    path("bekrafta/", account.reauthenticate, name="account_reauthenticate"),
    path("vilande/", account.account_inactive, name="account_inactive"),
    # The sign-in package asks for these names; nobody signs up or resets by mail here.
    path("stangd/konto/", account.signup, name="account_signup"),
    path("stangd/losenord/", account.password_reset, name="account_reset_password"),
]
if settings.DEMO:
    urlpatterns += [
        path("demo/", demo.choose, name="demo"),
        path("stil/", style, name="style"),
    ]
