"""Addresses of attendance, under /elev/."""

from django.urls import path

from samnarvaro.attendance.web import views

app_name = "attendance"
urlpatterns = [path("<uuid:public>/lektioner/", views.lessons, name="lessons")]
