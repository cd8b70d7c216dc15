"""Addresses of mappings, under /elev/."""

from django.urls import path

from samnarvaro.mapping.web import response_views, status_views, views

app_name = "mapping"
urlpatterns = [
    path("<uuid:public>/kartlaggning/", views.of_pupil, name="of_pupil"),
    path("<uuid:public>/narvarostatus/", status_views.status, name="status"),
    path("kartlaggning/<uuid:public>/", views.one, name="one"),
    path("<uuid:public>/formular/", response_views.of_pupil, name="responses"),
    path("formular/<uuid:public>/", response_views.one, name="response"),
]
