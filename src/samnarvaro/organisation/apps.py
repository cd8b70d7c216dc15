from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    name = "samnarvaro.organisation"
    label = "organisation"
