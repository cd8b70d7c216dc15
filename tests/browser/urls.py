"""The addresses of the web with those of demo mode, for the tests that look at every page."""

from django.urls import path

from samnarvaro.base.web.style import style
from samnarvaro.project.urls import urlpatterns as every
from samnarvaro.project.web import demo

urlpatterns = [*every, path("demo/", demo.choose, name="demo"), path("stil/", style, name="style")]
