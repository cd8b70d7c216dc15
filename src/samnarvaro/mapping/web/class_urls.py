"""Addresses of what is mapped for a class, under /skola/klass/."""

from django.urls import path

from samnarvaro.mapping.web import class_patterns, relations

app_name = "class_mapping"
urlpatterns = [
    path("<uuid:public>/monster/", class_patterns.patterns, name="patterns"),
    path("<uuid:public>/relationer/", relations.overview, name="relations"),
    path("<uuid:public>/relationer/<uuid:adult>/", relations.column, name="column"),
]
