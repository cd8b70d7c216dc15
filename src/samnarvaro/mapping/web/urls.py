"""Addresses of mappings, under /elev/."""

from django.urls import path

from samnarvaro.mapping.web import views

app_name = "mapping"
urlpatterns = [
    path("<uuid:public>/kartlaggning/", views.of_pupil, name="of_pupil"),
    path("kartlaggning/<uuid:public>/", views.one, name="one"),
]
