from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "samnarvaro.people"
    label = "people"
