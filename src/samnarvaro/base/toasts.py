"""Short words after an act: what was done, and the way back where there is one."""

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest
from django.template.loader import render_to_string

# The way back travels in the message's own tags: "undo:/address/".
UNDO = "undo:"
LEVELS = {
    "good": messages.SUCCESS,
    "info": messages.INFO,
    "attention": messages.WARNING,
    "fault": messages.ERROR,
}


def say(request: HttpRequest, text: str, *, tone: str = "good", undo_url: str = "") -> None:
    """Show `text` on the next page or part; with `undo_url` there is a button that posts to it."""
    tags = UNDO + undo_url if undo_url else ""
    messages.add_message(request, LEVELS[tone], text, extra_tags=tags)


def tone_of(message: Message) -> str:
    return next((tone for tone, level in LEVELS.items() if level == message.level), "info")


def undo_of(message: Message) -> str:
    tags = str(message.extra_tags or "")
    return tags.removeprefix(UNDO) if tags.startswith(UNDO) else ""


def out_of_band(request: HttpRequest) -> str:
    """Return what there is to say beside a part; htmx lays it into the page's own region."""
    said = messages.get_messages(request)
    if not len(said):
        return ""
    return render_to_string("ui/toasts.html", {"messages": said, "oob": True}, request)
