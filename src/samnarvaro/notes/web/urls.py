"""Addresses of working notes, each by the viewer's own tie to the child."""

from django.urls import path

from samnarvaro.notes.web import views

app_name = "notes"
urlpatterns = [
    path("<uuid:tie>/", views.notes, name="all"),
    path("<uuid:tie>/<uuid:note>/", views.note, name="one"),
]
