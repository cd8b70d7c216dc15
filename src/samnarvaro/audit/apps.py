from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "samnarvaro.audit"
    label = "audit"
