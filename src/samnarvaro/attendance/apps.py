from django.apps import AppConfig


class AttendanceConfig(AppConfig):
    name = "samnarvaro.attendance"
    label = "attendance"
