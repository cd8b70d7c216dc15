"""Addresses of the work list, under /arbete/."""

from django.urls import path

from samnarvaro.worklist.web import listing, many, views

app_name = "worklist"
urlpatterns = [
    path("", listing.rows, name="list"),
    path("konferens/", listing.conference, name="conference"),
    path("elevhalsa/", listing.student_health, name="student_health"),
    path("flera/", many.many, name="many"),
    path("urval/", listing.save_view, name="save_view"),
    path("urval/<uuid:public>/", listing.change_view, name="change_view"),
    path("<uuid:public>/", views.item, name="item"),
    path("<uuid:public>/angra/", views.undo, name="undo"),
]
