"""Addresses of what is told of classes and schools as wholes, under /skola/."""

from django.urls import path

from samnarvaro.mapping.web import conference_views, knowledge_views

app_name = "classes"
urlpatterns = [
    path("klass/<uuid:public>/kunskap/", knowledge_views.of_class, name="knowledge"),
    path("klass/<uuid:public>/konferens/", conference_views.of_class, name="notes"),
    path("klass/<uuid:public>/konferens/<uuid:note>/", conference_views.one, name="note"),
    path("<uuid:public>/kunskap/", knowledge_views.of_school, name="school_knowledge"),
]
