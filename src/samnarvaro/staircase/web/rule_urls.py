"""Addresses of the rule sets, under /regelverk/."""

from django.urls import path

from samnarvaro.staircase.web import choice_views, rule_views

app_name = "rules"
urlpatterns = [
    path("", rule_views.all_of_them, name="shelf"),
    path("val/<uuid:public>/avsluta/", choice_views.end, name="end_choice"),
    path("val/<uuid:public>/ta-tillbaka/", choice_views.take_back, name="take_choice_back"),
    path("<slug:key>/", rule_views.one, name="one"),
    path("<slug:key>/valj/", choice_views.choose, name="choose"),
    path("<slug:key>/kopiera/", rule_views.copy, name="copy"),
    path("<slug:key>/andra/", rule_views.change, name="change"),
    path("<slug:key>/<int:version>/ta-tillbaka/", rule_views.take_back, name="take_version_back"),
]
