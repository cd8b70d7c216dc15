"""Addresses of the staircase, under /skola/."""

from django.urls import path

from samnarvaro.staircase.web import (
    band_views,
    class_views,
    pupil_views,
    school_views,
    views,
)

app_name = "staircase"
urlpatterns = [
    path("mina-klasser/", views.my_classes, name="my_classes"),
    path("klass/<uuid:public>/", class_views.school_class, name="class"),
    path("klass/<uuid:public>/bild/<slug:key>/", class_views.picture, name="class_picture"),
    path(
        "klass/<uuid:public>/bild/<slug:key>/<slug:form>/",
        class_views.picture_file,
        name="class_picture_file",
    ),
    path("elev/<uuid:public>/kurva/", pupil_views.curve, name="curve"),
    path("elev/<uuid:public>/kurva/<slug:form>/", pupil_views.curve_file, name="curve_file"),
    path("<uuid:public>/", school_views.school, name="school"),
    path("<uuid:public>/bild/<slug:key>/", school_views.picture, name="picture"),
    path(
        "<uuid:public>/bild/<slug:key>/<slug:form>/", school_views.picture_file, name="picture_file"
    ),
    path("<uuid:public>/stod/<int:tier>/", views.tier, name="tier"),
    path("<uuid:public>/vecka/<int:year>/<int:week>/", views.week, name="week"),
    path("<uuid:public>/niva/<int:level>/", views.level, name="level"),
    path("<uuid:public>/malgrupp/", band_views.target_group, name="target_group"),
    path("<uuid:public>/ingen-har-agerat/", views.nobody_has_acted, name="nobody_acted"),
]
