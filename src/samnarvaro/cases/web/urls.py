"""Addresses of investigations, the register, cases and reports of concern."""

from django.urls import path

from samnarvaro.cases.web import case, concern, investigation, medical, recap, register, rules, team

app_name = "cases"
urlpatterns = [
    path("elev/<uuid:public>/utredning/", investigation.investigation, name="investigation"),
    path("elev/<uuid:public>/utredning/dokument/", investigation.document, name="document"),
    path("utredningar/medicinskt/<uuid:tie>/", medical.medical, name="medical"),
    path("elev/<uuid:public>/arende/", case.case, name="case"),
    path("elev/<uuid:public>/arende/sammanfattning/", recap.recap, name="recap"),
    path("elev/<uuid:public>/arende/nytt/", case.begin, name="begin"),
    path("orosanmalan/", concern.duty, name="duty"),
    path("elev/<uuid:public>/orosanmalan/", concern.concern, name="concern"),
    path("franvaroregistret/", register.register, name="register"),
    path("franvaroregistret/regler/", rules.rules, name="rules"),
    path("arenden/", team.board, name="board"),
    path("arenden/konsultation/", team.consultations, name="consultations"),
    path("arenden/delat/<uuid:tie>/", team.shared, name="shared"),
]
