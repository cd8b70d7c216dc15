"""Addresses of what is looked at again, under /elev/."""

from django.urls import path

from samnarvaro.followup.web import views

app_name = "followup"
urlpatterns = [path("<uuid:public>/tidiga-insatser/", views.measures, name="measures")]
