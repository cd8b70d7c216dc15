"""Addresses of what `base` itself shows. The roof includes each list under its own path."""

from django.urls import path

from samnarvaro.base.web import deliveries as d
from samnarvaro.base.web import jobs as j

deliveries = (
    [
        path("", d.overview, name="list"),
        path("ny/", d.new, name="new"),
        path("<uuid:public>/", d.one, name="one"),
        path("<uuid:public>/fel.csv", d.faults, name="faults"),
        path("<uuid:public>/skriv/", d.confirm, name="confirm"),
        path("<uuid:public>/avbryt/", d.stop, name="stop"),
        path("<uuid:public>/igen/", d.again, name="again"),
    ],
    "deliveries",
)
jobs = (
    [
        path("korningar/", j.overview, name="list"),
        path("korningar/<slug:key>/kor/", j.run, name="run"),
    ],
    "jobs",
)
