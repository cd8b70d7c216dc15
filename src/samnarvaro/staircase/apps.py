from django.apps import AppConfig


class StaircaseConfig(AppConfig):
    name = "samnarvaro.staircase"
    label = "staircase"
