"""The reader's own choice of look: kept in a cookie, without JavaScript, and never anything else."""

import pytest
from django.template.loader import get_template
from django.test import Client, RequestFactory

from samnarvaro.base import looks

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("look", [key for key in looks.LOOKS if key])
def test_a_look_is_kept_and_one_is_back_where_one_was(look: str) -> None:
    client = Client()

    answer = client.post(
        "/utseende/", {"look": look}, headers={"referer": "http://testserver/logga-in/?next=/"}
    )

    assert answer["Location"] == "http://testserver/logga-in/?next=/"
    assert client.cookies[looks.COOKIE].value == look
    html = client.get("/logga-in/").content.decode()
    assert f'value="{look}" aria-current="true"' in html


def test_as_the_computer_says_is_no_cookie_at_all() -> None:
    client = Client()
    client.post("/utseende/", {"look": "dark"})

    client.post("/utseende/", {"look": looks.SYSTEM})

    assert client.cookies[looks.COOKIE].value == ""
    assert client.cookies[looks.COOKIE]["max-age"] == 0


@pytest.mark.parametrize("look", ["sepia", '"><script>'])
def test_an_unknown_look_is_not_kept(look: str) -> None:
    client = Client()

    client.post("/utseende/", {"look": look})

    assert looks.COOKIE not in client.cookies
    request = RequestFactory().get("/")
    request.COOKIES[looks.COOKIE] = look
    assert looks.of(request) == looks.SYSTEM


def test_nobody_is_led_away_to_another_site() -> None:
    answer = Client().post("/utseende/", {"look": "dark"}, headers={"referer": "https://x.test/"})

    assert answer["Location"] == "/"


@pytest.mark.parametrize(
    ("look", "dark", "contrast"),
    [
        ("", "screen and (prefers-color-scheme: dark)", "(prefers-contrast: more)"),
        ("light", None, "(prefers-contrast: more)"),
        ("dark", "screen", "(prefers-contrast: more)"),
        ("contrast", "screen and (prefers-color-scheme: dark)", "all"),
    ],
)
def test_a_look_lays_its_sheets(look: str, dark: str | None, contrast: str) -> None:
    html = get_template("ui/styles.html").render({"look": look})

    assert f'contrast.css" media="{contrast}"' in html
    assert ("dark.css" in html) is (dark is not None)
    if dark:
        assert f'dark.css" media="{dark}"' in html
