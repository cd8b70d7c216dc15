"""Addresses of what a school does, under /skola/."""

from django.urls import path

from samnarvaro.staircase.web import measure_views

app_name = "measures"
urlpatterns = [
    path("<uuid:public>/insatser/", measure_views.measures, name="list"),
    path("<uuid:public>/insatser/ny/", measure_views.choose, name="choose"),
    path("<uuid:public>/insatser/<uuid:measure>/", measure_views.measure, name="one"),
]
