from django.apps import AppConfig


class MessagesConfig(AppConfig):
    name = "samnarvaro.messages"
    label = "outbox"  # Django has messages of its own
