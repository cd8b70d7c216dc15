from django.apps import AppConfig


class ProjectConfig(AppConfig):
    name = "samnarvaro.project"
    label = "project"
