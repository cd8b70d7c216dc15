"""Addresses of what is told of classes and schools as wholes, under /skola/."""

from django.urls import path

from samnarvaro.mapping.web import knowledge_views

app_name = "classes"
urlpatterns = [
    path("klass/<uuid:public>/kunskap/", knowledge_views.of_class, name="knowledge"),
    path("<uuid:public>/kunskap/", knowledge_views.of_school, name="school_knowledge"),
]
