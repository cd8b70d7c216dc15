"""Addresses of messages, under /utskick/."""

from django.urls import path

from samnarvaro.messages.web import views

app_name = "messages"
urlpatterns = [path("", views.overview, name="list")]
