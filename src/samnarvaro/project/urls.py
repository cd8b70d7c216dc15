"""Every address of the web. Who may go where stands in `project.addresses`."""

from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", lambda _request: HttpResponse("Min dag"), name="home"),
    path("arbete/", include("samnarvaro.worklist.web.urls")),
]
