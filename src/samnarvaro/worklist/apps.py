from django.apps import AppConfig


class WorklistConfig(AppConfig):
    name = "samnarvaro.worklist"
    label = "worklist"
