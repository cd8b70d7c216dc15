"""Addresses of attendance, under /elev/."""

from django.urls import path

from samnarvaro.attendance.web import announced, leave, views

app_name = "attendance"
urlpatterns = [
    path("<uuid:public>/lektioner/", views.lessons, name="lessons"),
    path("<uuid:public>/lektioner/csv/", views.lessons_file, name="lessons_file"),
    path("<uuid:public>/franvaro/", announced.announce, name="announce"),
    path("<uuid:public>/franvaro/ta-tillbaka/", announced.withdraw, name="withdraw"),
    path("<uuid:public>/ledighet/", leave.grant, name="grant_leave"),
    path("<uuid:public>/ledighet/ta-tillbaka/", leave.withdraw, name="withdraw_leave"),
    path("<uuid:public>/bild/<slug:key>/", views.picture, name="picture"),
    path("<uuid:public>/bild/<slug:key>/<slug:form>/", views.picture_file, name="picture_file"),
]
