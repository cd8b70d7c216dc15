"""Somebody before the screen: asks, and keeps all that comes back, whatever the channel."""

import base64
import html
import logging
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import unquote_plus, urljoin, urlsplit

from django.db import transaction
from django.test import Client

from samnarvaro.people.models import Account
from tests import papers
from tests.proof.oracle import Persona

TOKEN = re.compile(r"cnr-[a-z]+-k\d+-[a-z]+-\d+")
UUIDS = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{16,}={0,2}")
# How 'CNR-' looks in base64, whichever of the three places in a group it begins at.
_IN_BASE64 = ("Q05SL", "NOUi", "DTlIt")
# What no eye sees between two letters: soft hyphen, zero-width space and joiners, word joiner.
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))


def tokens_in(text: str) -> set[str]:
    """Every canary in a text, folded: plain, HTML- or URL-written, hyphenated, or in base64."""
    found: set[str] = set()
    for form in {text, html.unescape(text), unquote_plus(text), unquote_plus(html.unescape(text))}:
        found |= set(TOKEN.findall(form.translate(_UNSEEN).casefold()))
    if any(sign in text for sign in _IN_BASE64):
        for run in _BASE64.findall(text):
            for skip in range(4):
                part = run[skip:].rstrip("=").replace("-", "+").replace("_", "/")
                raw = base64.b64decode(part[: len(part) // 4 * 4])
                found |= set(TOKEN.findall(raw.decode("utf-8", "replace").casefold()))
    return found


@dataclass(frozen=True)
class Answer:
    """What one request gave: all of it as one text, beside what kind of answer it is."""

    method: str
    url: str
    sent: str
    status: int
    body: str
    headers: str
    location: str = ""

    @property
    def all(self) -> str:
        return f"{self.headers}\n{self.body}"

    @property
    def tokens(self) -> set[str]:
        return tokens_in(self.all)

    def bare(self) -> str:
        """Without what differs by itself: form tokens, nonces, the minute, seconds left."""
        return re.sub(
            r'value="[A-Za-z0-9]{64}"|nonce-[^\' ]+|nonce="[^"]+"|\b\d\d[:.]\d\d\b|data-left="\d+"'
            r"|(csrftoken|samnarvaro)=[^;]+|expires=[^;]+|X-Request-Id: \S+|max-age=\d+",
            "",
            self.all,
            flags=re.IGNORECASE,
        ).replace(self.url, "")


@dataclass
class Seen:
    """All that a proof has gathered."""

    requests: int = 0
    names: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)
    logged: list[str] = field(default_factory=list)


class Listener(logging.Handler):
    """Keeps each record as it would be written, and as it came."""

    def __init__(self, kept: list[str]) -> None:
        super().__init__(logging.DEBUG)
        self.kept = kept

    def emit(self, record: logging.LogRecord) -> None:
        self.kept.append(f"{record.msg!r} {record.args!r}")


@contextmanager
def listening(seen: Seen) -> Iterator[None]:
    """Keep what is logged of the program's own running; the database's questions are not written."""
    root, handler = logging.getLogger(), Listener(seen.logged)
    root.addHandler(handler)
    try:
        yield
    finally:
        root.removeHandler(handler)


class Visitor:
    """A persona with a session of its own. What it sends with POST is taken back again."""

    def __init__(self, who: Persona, seen: Seen) -> None:
        self.who, self.seen = who, seen
        self.client = Client(raise_request_exception=False)
        if who.person:
            account = Account.objects.get(username=who.person)
            self.client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
        if who.post is not None and who.key != who.person:
            self.client.post("/uppdrag/", {"hat": f"{who.post.zone}/{who.post.role}"})

    def get(self, url: str, *, htmx: bool = False) -> Answer:
        return self.ask("GET", url, htmx=htmx)

    def post(
        self, url: str, data: Mapping[str, Any] | None = None, *, htmx: bool = False
    ) -> Answer:
        return self.ask("POST", url, data, htmx=htmx)

    def ask(
        self, method: str, url: str, data: Mapping[str, Any] | None = None, *, htmx: bool = False
    ) -> Answer:
        """Ask once. Whatever it changes is as before afterwards, the session as well."""
        kept = SimpleCookie(self.client.cookies.output(header="", sep=";"))
        cookies = {key: morsel.value for key, morsel in self.client.cookies.items()}
        headers = {"HX-Request": "true"} if htmx else {}
        self.seen.requests += 1
        with transaction.atomic():
            if method == "POST":
                raw = self.client.post(url, dict(data or {}), headers=headers)
            else:
                raw = getattr(self.client, method.lower())(url, headers=headers)
            answer = _kept(method, url, str(data or ""), raw)
            transaction.set_rollback(method == "POST")
        if method == "POST" and kept is not None:
            self.client.cookies = SimpleCookie(cookies)
        if answer.status >= 500 and answer.status != 503:
            self.seen.faults.append(f"{self.who.key}: {method} {url} {data}: {answer.status}")
        return answer


def _kept(method: str, url: str, sent: str, raw: Any) -> Answer:
    content = b"".join(raw.streaming_content) if raw.streaming else raw.content
    headers = [f"{name}: {value}" for name, value in raw.items()]
    headers += [morsel.OutputString() for morsel in raw.cookies.values()]
    return Answer(
        method, url, sent, raw.status_code, _said_by(raw, content),
        "\n".join(headers), raw.headers.get("Location", ""),
    )  # fmt: skip


def _said_by(raw: Any, content: bytes) -> str:
    """The answer as words; of a PDF all that is in the file, and its text without the lines' ends."""
    if raw.headers.get("Content-Type") != "application/pdf":
        return content.decode("utf-8", "replace")
    return f"{papers.everything(content)}\n{''.join(papers.text(content).split())}"


@dataclass
class Form:
    """A form of a page, as one sends it that changes nothing in it."""

    action: str
    method: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    def sendings(self) -> Iterator[dict[str, list[str]]]:
        """The form once for each of its buttons."""
        for name, value in dict.fromkeys(self.buttons) or {("", ""): None}:
            yield self.fields | ({name: [value]} if name else {})


class Reader(HTMLParser):
    """The links and forms of a page."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url, self.links, self.forms = url, dict[str, None](), list[Form]()
        self._select: tuple[str, bool] = ("", False)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        for name in ("href", "hx-get", "data-href"):
            if tag != "link" and told.get(name):
                self._link(told[name])
        if tag == "form":
            action = urljoin(self.url, told.get("action", "") or self.url)
            self.forms.append(Form(action, told.get("method", "get").upper()))
        elif self.forms:
            self._field(tag, told)

    def _link(self, address: str) -> None:
        whole = urljoin(self.url, address)
        if not urlsplit(whole).scheme and not whole.startswith("/static/"):
            self.links[whole.partition("#")[0]] = None

    def _field(self, tag: str, told: dict[str, str]) -> None:
        form, name = self.forms[-1], told.get("name", "")
        kind = told.get("type", "text")
        if tag == "select":
            self._select = (name, False)
        elif tag == "option" and self._select[0]:
            first, has = self._select
            if told.get("value") and (not has or "selected" in told):
                form.fields[first] = [told["value"]]
                self._select = (first, True)
        elif tag == "textarea" and name:
            form.fields[name] = ["Ord om vad som gjordes och varför"]
        elif tag == "button" or (tag == "input" and kind == "submit"):
            form.buttons.append((name, told.get("value", "")))
        elif tag == "input" and name:
            self._input(form, name, kind, told)

    def _input(self, form: Form, name: str, kind: str, told: dict[str, str]) -> None:
        if kind in ("checkbox", "radio"):
            if name not in form.fields or "checked" in told or kind == "checkbox":
                form.fields.setdefault(name, []).append(told.get("value", "on"))
                form.fields[name] = (
                    form.fields[name] if kind == "checkbox" else form.fields[name][-1:]
                )
        elif kind != "file":
            form.fields[name] = [told.get("value", "") or _filled(kind)]


def _filled(kind: str) -> str:
    return {"date": "2026-11-19", "number": "1", "time": "09:00"}.get(kind, "Ord")


def read(answer: Answer) -> Reader:
    reader = Reader(answer.url)
    if "text/html" in answer.headers:
        reader.feed(answer.body)
    return reader


def ids_in(texts: Iterable[str]) -> set[str]:
    return {one for text in texts for one in UUIDS.findall(text.casefold())}
