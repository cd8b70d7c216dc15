"""How the sign-in package behaves here: nobody signs up, its words are ours, its secrets are kept."""

import base64
import secrets
from datetime import datetime, timedelta
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from samnarvaro.base import clock, qr, sessions
from samnarvaro.project.signin import factors

# As long as the sign-in package counts that one has just shown who one is.
JUST_NOW = timedelta(minutes=5)
PREVIOUS = "previous_sign_in"
WRONG_CODE = _("Koden stämmer inte. Vänta tills appen visar en ny och skriv den.")

# What is said after an act, by the name the sign-in package has for it. The rest goes without saying.
SAID = {
    "account/messages/password_changed.txt": _(
        "Lösenordet är bytt. Du är utloggad överallt utom här."
    ),
    "mfa/messages/totp_activated.txt": _("Appen är kopplad till ditt konto."),
    "mfa/messages/totp_deactivated.txt": _("Appen är borttagen."),
    "mfa/messages/webauthn_added.txt": _("Nyckeln är tillagd."),
    "mfa/messages/webauthn_removed.txt": _("Nyckeln är borttagen."),
}


class Entrance(DefaultAccountAdapter):  # type: ignore[misc]  # the package ships no types
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("Användarnamnet och lösenordet hör inte ihop."),
        "too_many_login_attempts": _("För många försök. Vänta fem minuter och försök igen."),
        "rate_limited": _("För många försök. Vänta fem minuter och försök igen."),
        "enter_current_password": _("Det är inte ditt nuvarande lösenord."),
        "incorrect_password": _("Lösenordet stämmer inte."),
        "incorrect_code": WRONG_CODE,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002  # nobody signs up
        return False

    def login(self, request: HttpRequest, user: Any) -> None:
        """Keep when the person was last here before now, to show it."""
        previous = user.last_login
        super().login(request, user)
        if previous is not None:
            request.session[PREVIOUS] = previous.isoformat()

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,  # noqa: ARG002  # theirs
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        if words := message or SAID.get(message_template or ""):
            super().add_message(request, level, extra_tags=extra_tags, message=str(words))

    def is_reauthentication_required(self, *, app: str, **more: Any) -> bool:
        """Who has just signed in and has no factor yet need not show who it is once more."""
        request = context.request
        began = request.session.get(sessions.BEGAN)
        if app == "allauth.mfa" and began and not factors.has_one(request.user.pk):
            return clock.now() - datetime.fromisoformat(began) > JUST_NOW
        return bool(super().is_reauthentication_required(app=app, **more))


class Factors(DefaultMFAAdapter):  # type: ignore[misc]  # the package ships no types
    error_messages = {**DefaultMFAAdapter.error_messages, "incorrect_code": WRONG_CODE}

    def encrypt(self, text: str) -> str:
        """Who takes a backup of the database alone cannot make anybody's codes."""
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return the secret; one that another key had shut is as good as lost: no code fits it."""
        try:
            return _box().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return base64.b32encode(secrets.token_bytes(20)).decode()

    def build_totp_svg(self, url: str) -> SafeString:
        """Draw the QR code dark on white whatever the page's colours are, or no camera reads it."""
        return qr.draw(url, _("QR-kod att läsa av med appen"))

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: ARG002  # theirs
        return str(_("Min nyckel"))

    def _get_site_name(self) -> str:
        return str(settings.MFA_TOTP_ISSUER)


def _box() -> Fernet:
    key = salted_hmac("samnarvaro.second-factor", "secrets", algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(key))
