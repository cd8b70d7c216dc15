"""The building blocks of our pages. Each is a template in `ui/`, here with what it takes.

Blocks wrap content (`{% card title=… %} … {% endcard %}`), plain ones do not. An option that is
not known, or a needed one that is missing, stops the page at once: a misspelt word is not to be
shown as nothing.
"""

from collections.abc import Iterator
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.http import QueryDict
from django.template import Context, TemplateSyntaxError
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from samnarvaro.base import figures, icons, toasts

register = template.Library()
register.filter("percent", figures.percent)
register.filter("hours", figures.hours)
register.filter("heat", figures.heat)
register.filter("thousands", figures.thousands)
register.filter("tone_of", toasts.tone_of)
register.filter("undo_of", toasts.undo_of)
register.simple_tag(figures.share, name="share")
register.simple_tag(icons.draw, name="icon")
register.simple_tag(icons.stamp, name="stamp")
register.simple_tag(icons.stamps, name="stamps")

NEEDED = object()
TONES = frozenset(icons.OF_TONE)
# What an option may say, where it is one of a few words.
STEPS = frozenset({"done", "now", "waiting", "skipped"})
CONSENTS = frozenset(
    {"given", "asked", "partly", "conflicting", "refused", "review", "withdrawn", "ended"}
)
CHOICES: dict[tuple[str, str], frozenset[str]] = {
    ("step", "state"): STEPS,
    ("consent_card", "state"): CONSENTS,
}

# Block → what it takes, with what holds if it is not said.
BLOCKS: dict[str, dict[str, Any]] = {
    "act": {
        "url": NEEDED,
        "label": NEEDED,
        "icon": "",
        "variant": "secondary",
        "tone": "plain",
        "size": "sm",
    },
    "card": {
        "title": "",
        "tone": "plain",
        "id": "",
        "count": None,
        "level": 2,
        "link_url": "",
        "link_label": "",
    },
    "chart": {"title": NEEDED, "svg": NEEDED, "source": "", "fresh": "", "table_label": ""},
    "confirm": {
        "url": NEEDED,
        "label": NEEDED,
        "question": NEEDED,
        "submit": NEEDED,
        "tone": "fault",
    },
    "consent_card": {
        "title": NEEDED,
        "state": NEEDED,
        "covers": NEEDED,
        "not_covers": "",
        "parties": "",
        "given_by": "",
        "until": "",
        "purpose": "",
        "means": "",
        "next": "",
        "id": "",
        "level": 2,
    },
    "data_table": {
        "caption": NEEDED,
        "id": NEEDED,
        "sticky": False,
        "caption_hidden": False,
        "export_url": "",
    },
    "empty": {"title": NEEDED, "icon": "check"},
    "filter_bar": {
        "label": NEEDED,
        "submit": NEEDED,
        "action": "",
        "target": "",
        "reset_url": "",
    },
    "fold": {"label": NEEDED, "variant": "secondary", "icon": "", "open": False},
    "key_figure": {"label": NEEDED, "value": NEEDED, "note": "", "change": "", "tone": "plain"},
    "moment": {"day": NEEDED, "title": NEEDED, "by": "", "url": "", "icon": "", "tone": "plain"},
    "notice": {"tone": "info", "title": ""},
    "page_head": {"title": NEEDED, "fact": "", "over": ""},
    "person_card": {
        "name": NEEDED,
        "role": NEEDED,
        "place": "",
        "phone": "",
        "mail": "",
        "url": "",
        "icon": "person",
        "why_label": _("Varför ser jag detta?"),
    },
    "restricted": {
        "what": NEEDED,
        "kept_by": "",
        "url": "",
        "label": _("Öppna med skäl"),
        "ask": "",
    },
    "saved_views": {"label": NEEDED},
    "steps": {"label": NEEDED},
    "tick_bar": {"id": NEEDED, "url": NEEDED, "label": NEEDED},
    "timeline": {"label": NEEDED},
    "why": {"label": ""},
    "work_row": {
        "who": NEEDED,
        "why": NEEDED,
        "who_url": "",
        "group": "",
        "due": "",
        "due_tone": "plain",
        "icon": "",
        "id": "",
        "tick_form": "",
        "tick_value": "",
        "ticked": False,
    },
}

PLAIN: dict[str, dict[str, Any]] = {
    "explain": {"rule": "", "window": "", "denominator": "", "fresh": "", "unreported": ""},
    "progress": {"label": NEEDED, "value": NEEDED, "max": 100, "text": ""},
    "saved_view": {"label": NEEDED, "url": NEEDED, "count": None, "current": False},
    "step": {"label": NEEDED, "state": NEEDED, "note": "", "url": ""},
    "tick": {"form": NEEDED, "value": NEEDED, "label": NEEDED, "name": "row", "checked": False},
}


def _options(name: str, known: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
    if unknown := given.keys() - known.keys():
        raise TemplateSyntaxError(f"{name} does not take {', '.join(sorted(unknown))}")
    options = known | {key: _words(value) for key, value in given.items()}
    if missing := [key for key, value in options.items() if value is NEEDED]:
        raise TemplateSyntaxError(f"{name} needs {', '.join(missing)}")
    for key in ("tone", "due_tone"):
        if options.get(key, "plain") not in TONES:
            raise TemplateSyntaxError(f"{name}: no such tone: {options[key]}")
    for (block, key), words in CHOICES.items():
        if block == name and str(options[key]) not in words:
            raise TemplateSyntaxError(f"{name}: no such {key}: {options[key]}")
    return options


def _words(value: Any) -> Any:
    """Undo the doubled per cent sign that Django gives a `_("10 %")` among a tag's arguments."""
    if isinstance(value, SafeString) or not isinstance(value, str | Promise):
        return value
    return str(value).replace("%%", "%")


def _register_block(name: str, known: dict[str, Any]) -> None:
    @register.simple_block_tag(takes_context=True, name=name)
    def block(context: Context, content: str, **given: Any) -> SafeString:
        own = {"content": SafeString(content.strip()), "csrf_token": context.get("csrf_token")}
        return render_to_string(f"ui/{name}.html", _options(name, known, given) | own)


def _register_plain(name: str, known: dict[str, Any]) -> None:
    @register.simple_tag(name=name)
    def plain(**given: Any) -> SafeString:
        return render_to_string(f"ui/{name}.html", _options(name, known, given))


for _name, _known in BLOCKS.items():
    _register_block(_name, _known)
for _name, _known in PLAIN.items():
    _register_plain(_name, _known)


@register.simple_tag
def chip(text: str, tone: str = "plain", icon: str = "") -> SafeString:
    """A state in words, with a drawing: never in colour alone."""
    drawing = icons.draw(icon or icons.OF_TONE[tone])
    return format_html('<span class="chip" data-tone="{}">{}{}</span>', tone, drawing, _words(text))


@register.simple_tag
def breadcrumb(*steps: str) -> SafeString:
    """The way here: label, address, label, address … and last the label of this page."""
    labels, addresses = [_words(label) for label in steps[::2]], steps[1::2]
    way = list(zip(labels, addresses, strict=False))
    return render_to_string("ui/breadcrumb.html", {"way": way, "here": labels[-1]})


@register.simple_tag
def error_summary(form: BaseForm) -> SafeString:
    """Everything that stops the form, with links to the fields. Takes focus; shown once."""
    form.summary_shown = True  # type: ignore[attr-defined]  # read by ui/form.html
    return render_to_string("ui/error_summary.html", {"errors": list(_errors(form))})


def _errors(form: BaseForm) -> Iterator[dict[str, str]]:
    for name, errors in form.errors.items():
        field = form[name] if name in form.fields else None
        for error in errors:
            yield {
                "text": str(error),
                "label": _leading(str(field.label)) if field else "",
                "id": _first_input(field) if field else "",
            }


def _leading(label: str) -> str:
    """A label before its error: what asks has its sign already."""
    return label if label.endswith("?") else f"{label}:"


def _first_input(field: BoundField) -> str:
    """Return the id of what is to take focus: of a list of choices, the first."""
    return field.id_for_label or f"{field.auto_id}_0"


@register.simple_tag(takes_context=True)
def sort_header(context: Context, label: str, key: str, *, numeric: bool = False) -> SafeString:
    """A column's head that sorts by `?sort=key`, then `?sort=-key`, and keeps the other choices."""
    now = context["request"].GET.get("sort", "")
    state = {key: "ascending", f"-{key}": "descending"}.get(now, "")
    turned = f"-{key}" if now == key else key
    address = _with(context, sort=turned, page="")
    return render_to_string(
        "ui/sort_header.html",
        {"label": _words(label), "state": state, "address": address, "numeric": numeric},
    )


@register.simple_tag(takes_context=True)
def paging(context: Context, page: Page[Any]) -> SafeString:
    """Links to the pages near this one; nothing when one page holds all."""
    if page.paginator.num_pages < 2:
        return SafeString("")
    numbers = [
        {"number": number, "address": _with(context, page=str(number))}
        if isinstance(number, int)
        else {"number": None}
        for number in page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    ]
    before = _with(context, page=str(page.number - 1)) if page.has_previous() else ""
    after = _with(context, page=str(page.number + 1)) if page.has_next() else ""
    return render_to_string(
        "ui/paging.html", {"page": page, "numbers": numbers, "before": before, "after": after}
    )


def _with(context: Context, **changed: str) -> str:
    """Return this page's query string with some choices changed; an empty one is dropped."""
    query: QueryDict = context["request"].GET.copy()
    for key, value in changed.items():
        if value:
            query[key] = value
        else:
            query.pop(key, None)
    return "?" + query.urlencode()
