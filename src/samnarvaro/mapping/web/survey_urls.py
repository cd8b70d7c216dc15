"""Addresses of well-being surveys: those of the school, and the one where it is answered."""

from django.urls import path

from samnarvaro.mapping.web import survey_answering, survey_views

app_name = "surveys"
urlpatterns = [
    path("enkat/", survey_answering.answer, name="answer"),
    path("enkat/tack/", survey_answering.thanks, name="thanks"),
    path("trivsel/", survey_views.surveys, name="list"),
    path("trivsel/<uuid:public>/<uuid:survey>/", survey_views.survey, name="one"),
    path("trivsel/<uuid:public>/<uuid:survey>/lappar/", survey_views.slips, name="slips"),
    path("trivsel/<uuid:public>/<uuid:survey>/csv/", survey_views.file, name="file"),
]
