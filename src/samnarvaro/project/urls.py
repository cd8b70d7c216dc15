"""Every address of the web. Who may go where stands in `project.addresses`."""

from allauth.account import views as account
from allauth.mfa.base import views as factor
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkey
from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from samnarvaro.base.web import urls as base
from samnarvaro.base.web.accessibility import accessibility
from samnarvaro.base.web.health import health
from samnarvaro.base.web.look import set_look
from samnarvaro.base.web.style import style
from samnarvaro.project.web import (
    blank,
    demo,
    entrance,
    glass,
    log_extract,
    log_extract_zone,
    log_review,
    meeting,
    my_settings,
    pages,
    pupil,
    search,
    security,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", pages.home, name="home"),
    path("elev/<uuid:public>/", pupil.pupil, name="pupil"),
    path("elev/<uuid:public>/allt/", pupil.whole, name="pupil_whole"),
    path("elev/<uuid:public>/del/<slug:key>/", pupil.part, name="pupil_part"),
    path("elev/<uuid:public>/logg/", log_extract.extract, name="log_extract"),
    path("loggranskning/", log_review.overview, name="log_reviews"),
    path("loggranskning/utdrag/", log_extract_zone.find, name="log_extract_find"),
    path("loggranskning/utdrag/<uuid:public>/", log_extract_zone.extract, name="log_extract_zone"),
    path("loggranskning/<uuid:public>/", log_review.review, name="log_review"),
    path("loggranskning/rad/<uuid:public>/", log_review.finding, name="log_finding"),
    path("elev/", include("samnarvaro.attendance.web.urls")),
    path("elev/", include("samnarvaro.followup.web.urls")),
    path("elev/", include("samnarvaro.mapping.web.urls")),
    path("", include("samnarvaro.mapping.web.survey_urls")),
    path("", include("samnarvaro.outreach.web.urls")),
    path("", include("samnarvaro.cases.web.urls")),
    path("", include("samnarvaro.consents.web.urls")),
    path("skola/", include("samnarvaro.staircase.web.urls")),
    path("skola/klass/", include("samnarvaro.mapping.web.class_urls")),
    path("skola/", include("samnarvaro.staircase.web.measure_urls")),
    path("skola/", include("samnarvaro.mapping.web.level_urls")),
    path("regelverk/", include("samnarvaro.staircase.web.rule_urls")),
    path("formular/", include("samnarvaro.mapping.web.instrument_urls")),
    path("skolor/", pages.my_schools, name="my_schools"),
    path("sok/", search.search, name="search"),
    path("genomgang/", meeting.begin, name="round_begin"),
    path("genomgang/<uuid:key>/", meeting.overview, name="round"),
    path("genomgang/<uuid:key>/klar/", meeting.end, name="round_end"),
    path("genomgang/<uuid:key>/<uuid:public>/", meeting.pupil, name="round_pupil"),
    path("slack/", blank.blank, name="blank"),
    path("sprak/", set_language, name="set_language"),
    path("tillganglighet/", accessibility, name="accessibility"),
    path("utseende/", set_look, name="set_look"),
    path("uppdrag/", pages.wear_hat, name="wear_hat"),
    path("arbete/", include("samnarvaro.worklist.web.urls")),
    path("", include("samnarvaro.consents.web.handing_urls")),
    path("drift/", include("samnarvaro.consents.web.policy_urls")),
    path("nodlage/", glass.glass, name="glass"),
    path("nodlage/<uuid:public>/", glass.glass_open, name="glass_open"),
    path("anteckningar/", include("samnarvaro.notes.web.urls")),
    path("leveranser/", include(base.deliveries)),
    path("utskick/", include("samnarvaro.messages.web.urls")),
    path("installningar/", my_settings.my_settings, name="my_settings"),
    path("drift/", include(base.jobs)),
    path("health", health, name="health"),
    path("sakerhet/inloggning/<uuid:public>/avsluta/", security.end_one, name="sign_in_end"),
    path("sakerhet/inloggningar/avsluta/", security.end_others, name="sign_in_end_others"),
    path("drift/andra-faktor/", security.reset_factor, name="reset_factor"),
    path("inloggning/", entrance.sitting, name="sitting"),
    path("utkast/", entrance.draft, name="draft"),
    # From here the names are the sign-in package's.
    path("logga-in/", account.login, name="account_login"),
    path("logga-in/kod/", factor.authenticate, name="mfa_authenticate"),
    path("logga-in/nyckel/", passkey.login_webauthn, name="mfa_login_webauthn"),
    path("logga-ut/", entrance.sign_out, name="account_logout"),
    path("losenord/", account.password_change, name="account_change_password"),
    path("bekrafta/", account.reauthenticate, name="account_reauthenticate"),
    path("bekrafta/kod/", factor.reauthenticate, name="mfa_reauthenticate"),
    path("bekrafta/nyckel/", security.again_by_passkey, name="mfa_reauthenticate_webauthn"),
    path("vilande/", account.account_inactive, name="account_inactive"),
    path("sakerhet/", security.overview, name="mfa_index"),
    path("sakerhet/app/", app.activate_totp, name="mfa_activate_totp"),
    path("sakerhet/app/bort/", security.remove_app, name="mfa_deactivate_totp"),
    path("sakerhet/nyckel/", passkey.add_webauthn, name="mfa_add_webauthn"),
    path("sakerhet/nyckel/<int:pk>/bort/", security.remove_passkey, name="mfa_remove_webauthn"),
    path("sakerhet/koder/", security.codes, name="mfa_view_recovery_codes"),
    path("sakerhet/koder/nya/", security.new_codes, name="mfa_generate_recovery_codes"),
    # The sign-in package asks for these names; nobody signs up or resets by mail here.
    path("stangd/konto/", account.signup, name="account_signup"),
    path("stangd/losenord/", account.password_reset, name="account_reset_password"),
]
if settings.DEMO:
    urlpatterns += [
        path("demo/", demo.choose, name="demo"),
        path("stil/", style, name="style"),
    ]
