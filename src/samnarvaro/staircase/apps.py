from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


def _install_shipped(**_: Any) -> None:
    from samnarvaro.staircase import services  # models are ready only after the apps are

    services.install_shipped()


class StaircaseConfig(AppConfig):
    name = "samnarvaro.staircase"
    label = "staircase"

    def ready(self) -> None:
        # The one signal of the framework that says 'the tables are there'.
        post_migrate.connect(_install_shipped, sender=self)
