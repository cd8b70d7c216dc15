"""What is known of a guardian, to reach the home."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Contact:
    given_name: str
    family_name: str
    telephone: str = ""
    email: str = ""
    language: str = "sv"
    needs_interpreter: bool = False
