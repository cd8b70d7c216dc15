"""The forms of the second factor, in our words."""

import hashlib
from collections.abc import Callable
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# A code is good while the clocks differ by one step of 30 seconds either way.
GOOD_FOR = 120


def _code_field(label: Any, hint: Any) -> forms.CharField:
    box = forms.TextInput(
        attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "class": "short"}
    )
    return forms.CharField(label=label, help_text=hint, widget=box, max_length=20)


def _code_or_reserve() -> forms.CharField:
    return _code_field(
        _("Kod"), _("Sex siffror från appen, eller en av dina reservkoder (åtta siffror).")
    )


class Lost(forms.Form):
    """Somebody's second factor is lost: whose, and that it was asked who is asking."""

    # Not the viewer's own, so not a name that the browser would fill in.
    whose = forms.CharField(
        label=_("Användarnamn"),
        help_text=_("Det som personen skriver vid inloggningen."),
        max_length=150,
    )
    is_known = forms.BooleanField(
        label=_("Jag har kontrollerat att det är rätt person som ber om det"),
        help_text=_("Ring upp på ett nummer du redan har, eller träffa personen."),
    )


class UsedOnce:
    """A code that somebody has looked over one's shoulder at is no good any more."""

    user: Any

    def clean_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]  # stands before one of theirs
        digest = hashlib.sha256(f"{self.user.pk}:{code.strip()}".encode()).hexdigest()
        if not cache.add(f"code-used:{digest}", True, timeout=GOOD_FOR):
            raise get_adapter().validation_error("incorrect_code")
        return code


class Code(UsedOnce, AuthenticateForm):  # type: ignore[misc]  # the package ships no types
    code = _code_or_reserve()


class CodeAgain(UsedOnce, ReauthenticateForm):  # type: ignore[misc]  # likewise
    code = _code_or_reserve()


class FirstCode(ActivateTOTPForm):  # type: ignore[misc]  # likewise
    code = _code_field(
        _("Koden som appen visar"), _("Sex siffror. Den byts var trettionde sekund.")
    )


class Sound:
    """What a browser never sends makes the package's own reader of passkeys stumble; it is refused."""

    def _refusing_nonsense(self, clean: Callable[[], Any]) -> Any:
        try:
            return clean()
        except ValidationError:
            raise
        except Exception:  # noqa: BLE001  # whatever the bytes make of it
            raise get_adapter().validation_error("incorrect_code") from None


class Passkey(Sound, AuthenticateWebAuthnForm):  # type: ignore[misc]  # likewise
    def clean_credential(self) -> Any:
        return self._refusing_nonsense(super().clean_credential)


class PasskeyAgain(Sound, ReauthenticateWebAuthnForm):  # type: ignore[misc]  # likewise
    def clean_credential(self) -> Any:
        return self._refusing_nonsense(super().clean_credential)


class PasskeyAlone(Sound, LoginWebAuthnForm):  # type: ignore[misc]  # likewise
    def clean_credential(self) -> Any:
        return self._refusing_nonsense(super().clean_credential)


class NewPasskey(Sound, AddWebAuthnForm):  # type: ignore[misc]  # likewise
    name = forms.CharField(
        label=_("Kalla den"),
        help_text=_("Så att du känner igen den i listan, till exempel Jobbdatorn."),
        max_length=60,
        required=False,
    )
    passwordless = forms.BooleanField(
        label=_("Logga in med bara nyckeln"),
        help_text=_(
            "Utan användarnamn och lösenord. Kräver att nyckeln har kod, finger eller ansikte."
        ),
        required=False,
        initial=True,
    )

    def clean(self) -> Any:
        return self._refusing_nonsense(super().clean)
