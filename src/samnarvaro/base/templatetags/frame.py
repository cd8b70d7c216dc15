"""The parts of the frame that are the same for everybody: drawn once, and not for each page."""

from functools import lru_cache

from django import template
from django.conf import settings
from django.template import Context, Engine
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()


@register.simple_tag(takes_context=True)
def same(context: Context, part: str, *differs_by: str) -> SafeString:
    """Draw a part of the frame. It knows the language and the few facts named, and nothing else of the
    page: no word about anybody can be in what is kept.
    """
    facts = tuple((name, context.get(name)) for name in differs_by)
    return _drawn(part, get_language(), settings.ROOT_URLCONF, facts)


@lru_cache(maxsize=128)
def _drawn(
    part: str, _language: str | None, _addresses: str, facts: tuple[tuple[str, object], ...]
) -> SafeString:
    return Engine.get_default().get_template(part).render(Context(dict(facts)))
