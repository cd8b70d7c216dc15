"""What a message says. The same to everybody: no name, no number, nothing of anybody's pupils."""

from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from samnarvaro.messages.domain.outbox import Kind

TEMPLATE = {Kind.DIGEST: "messages/digest"}


@dataclass(frozen=True, slots=True)
class Letter:
    """A message without an address."""

    subject: str
    text: str
    html: str
    settings_url: str

    def to(self, address: str) -> EmailMultiAlternatives:
        """Address it to one person. Plain text stands first; nobody else's address is in it."""
        mail = EmailMultiAlternatives(
            subject=self.subject,
            body=self.text,
            from_email=settings.DEFAULT_FROM_EMAIL,
            to=[address],
            headers={
                # Answering machines are to keep quiet, and mail programs show the way out.
                "Auto-Submitted": "auto-generated",
                "X-Auto-Response-Suppress": "All",
                "List-Unsubscribe": f"<{self.settings_url}>",
            },
        )
        mail.attach_alternative(self.html, "text/html")
        return mail


def letter(kind: Kind) -> Letter:
    """Write a message, in the language of the installation."""
    with translation.override(settings.LANGUAGE_CODE):
        urls = {
            "url": settings.ADDRESS + reverse("home"),
            "settings_url": settings.ADDRESS + reverse("my_settings"),
        }
        return Letter(
            subject=_("Du har saker att titta på i Samnärvaro"),
            text=render_to_string(f"{TEMPLATE[kind]}.txt", urls),
            html=render_to_string(f"{TEMPLATE[kind]}.html", urls),
            settings_url=urls["settings_url"],
        )
