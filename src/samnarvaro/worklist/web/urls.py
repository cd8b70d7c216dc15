"""Addresses of the work list, under /arbete/."""

from django.urls import path

from samnarvaro.worklist.web import views

app_name = "worklist"
urlpatterns = [
    path("<uuid:public>/", views.item, name="item"),
    path("<uuid:public>/angra/", views.undo, name="undo"),
]
