"""Addresses of handing over, by the pupil in school and by one's own tie elsewhere."""

from django.urls import path

from samnarvaro.consents.web import handing_sheets, handing_views

app_name = "handing"
urlpatterns = [
    path("elev/<uuid:public>/lamna-over/", handing_views.of_pupil, name="of_pupil"),
    path("barn/<uuid:tie>/mottaget/", handing_sheets.received, name="received"),
    path("barn/<uuid:tie>/lamna-over/", handing_views.of_child, name="of_child"),
]
