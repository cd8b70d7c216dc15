"""Addresses of investigations, the register, cases and reports of concern."""

from django.urls import path

from samnarvaro.cases.web import investigation, medical

app_name = "cases"
urlpatterns = [
    path("elev/<uuid:public>/utredning/", investigation.investigation, name="investigation"),
    path("elev/<uuid:public>/utredning/dokument/", investigation.document, name="document"),
    path("utredningar/medicinskt/<uuid:tie>/", medical.medical, name="medical"),
]
