"""Addresses of the instruments themselves, under /formular/."""

from django.urls import path

from samnarvaro.mapping.web import instrument_views as views

app_name = "instruments"
urlpatterns = [
    path("", views.shelf, name="shelf"),
    path("nytt/", views.load, name="load"),
    path("<uuid:public>/", views.one, name="one"),
    path("<uuid:public>/kopiera/", views.copy, name="copy"),
    path("<uuid:public>/fil/", views.export, name="export"),
    path("<uuid:public>/papper/", views.paper, name="paper"),
    path("<uuid:public>/publicera/", views.publish, name="publish"),
    path("<uuid:public>/dra-in/", views.withdraw, name="withdraw"),
]
