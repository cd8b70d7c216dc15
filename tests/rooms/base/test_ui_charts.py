"""Pictures: well formed, light, said in words, and safe whatever a subject is called."""

from collections.abc import Callable
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from django.utils.safestring import SafeString

from samnarvaro.base import charts
from samnarvaro.base.charts import DayKind
from samnarvaro.base.charts.alone import alone

MONDAY = date(2026, 8, 17)
HOSTILE = '<script>"&'
SVG = "{http://www.w3.org/2000/svg}"


def year() -> list[charts.Day]:
    days = [MONDAY + timedelta(days=offset) for offset in range(300)]
    return [charts.Day(day, 320, 140) for day in days]


def slide() -> list[charts.Point]:
    return [charts.Point(MONDAY + timedelta(days=n), n / 1000) for n in range(365)]


def everything() -> dict[str, Callable[[str], SafeString]]:
    steps = [charts.Level(HOSTILE, 3, HOSTILE, "/a/?b&c"), charts.Level("Rektor", 1200)]
    return {
        "calendar": lambda title: charts.calendar(year(), title=title),
        "curve": lambda title: charts.curve(
            slide(),
            title=title,
            limits=[charts.Limit(0.1, HOSTILE)],
            events=[charts.Event(MONDAY + timedelta(days=9), HOSTILE)],
        ),
        "staircase": lambda title: charts.staircase(steps, title=title),
        "columns": lambda title: charts.columns(
            [charts.Column(HOSTILE, HOSTILE, [54, 24, 0], "/a/?b&c")] * 20,
            [HOSTILE, "B", "C"],
            title=title,
        ),
        "tiers": lambda title: charts.tiers(steps, title=title),
        "no columns": lambda title: charts.columns([], [], title=title),
        "no tiers": lambda title: charts.tiers([], title=title),
        "bars": lambda title: charts.bars([charts.Bar(HOSTILE, 2.0, HOSTILE)] * 30, title=title),
        "map": lambda title: charts.heat_map(
            [HOSTILE, "B"],
            [charts.Squares(HOSTILE, [charts.Square(HOSTILE, 5), charts.Square("–")])] * 30,
            title=title,
        ),
        "no map": lambda title: charts.heat_map([], [], title=title),
        "sparkline": lambda title: charts.sparkline([0, None, 1], title=title),
        "no calendar": lambda title: charts.calendar([], title=title),
        "no curve": lambda title: charts.curve([], title=title),
        "no stairs": lambda title: charts.staircase([], title=title),
        "no bars": lambda title: charts.bars([], title=title),
        "no line": lambda title: charts.sparkline([], title=title),
    }


def tree(picture: str) -> ElementTree.Element:
    return ElementTree.fromstring(f"<all>{picture}</all>")


@pytest.mark.parametrize("name", everything())
def test_a_picture_is_well_formed_light_and_has_no_style_of_its_own(name: str) -> None:
    picture = everything()[name](HOSTILE)

    assert len(picture) < 100_000
    assert "<script" not in picture
    assert all("style" not in element.attrib for element in tree(picture).iter())


@pytest.mark.parametrize("name", everything())
def test_a_picture_says_its_title_and_its_role(name: str) -> None:
    for svg in tree(everything()[name]("Närvaron sjunker.")):
        has_links = next(svg.iter(f"{SVG}a"), None) is not None

        assert svg[0].text == "Närvaron sjunker."
        assert svg.attrib["role"] == ("group" if has_links else "img")


@pytest.mark.parametrize("name", everything())
def test_no_two_things_in_a_picture_have_the_same_id(name: str) -> None:
    ids = [found for e in tree(everything()[name]("A")).iter() if (found := e.get("id"))]

    assert len(ids) == len(set(ids))


def shapes(*days: charts.Day) -> list[str]:
    """Return the classes of the days' own shapes, without the legend's."""
    [svg] = tree(charts.calendar(days, title="x"))
    legend = next(g for g in svg.iter(f"{SVG}g") if g.get("class") == "legend")
    in_legend = set(legend.iter())
    kinds = {"here", "away", "crossed", "free", "unreported"}
    return [c for e in svg.iter() if e not in in_legend and (c := e.get("class")) in kinds]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (charts.Day(MONDAY, 320, 0), ["here"]),
        (charts.Day(MONDAY, 320, 1), ["here", "away"]),
        (charts.Day(MONDAY, 320, 320), ["here", "away", "crossed"]),
        (charts.Day(MONDAY, kind=DayKind.UNREPORTED), ["unreported"]),
        (charts.Day(MONDAY, kind=DayKind.FREE), ["free"]),
        (charts.Day(MONDAY, kind=DayKind.EMPTY), []),
    ],
)
def test_each_kind_of_day_has_a_shape_of_its_own(day: charts.Day, expected: list[str]) -> None:
    assert shapes(day) == expected


def test_a_day_says_its_hours_when_pointed_at() -> None:
    picture = charts.calendar([charts.Day(MONDAY, 320, 140)], title="x")

    assert "mån 17 aug: borta 2\N{NO-BREAK SPACE}h" in picture


def test_saturdays_are_shown_only_when_there_was_school() -> None:
    saturday = MONDAY + timedelta(days=5)

    assert "lör" not in charts.calendar([charts.Day(saturday, kind=DayKind.FREE)], title="x")
    assert "lör" in charts.calendar([charts.Day(saturday, 60, 0)], title="x")


def test_a_school_year_goes_on_in_a_second_band() -> None:
    assert charts.calendar(year(), title="x").count(">mån<") == 2


def test_the_curve_leaves_a_gap_where_nothing_is_known() -> None:
    known = [charts.Point(MONDAY, 0.1), charts.Point(MONDAY + timedelta(days=1), 0.1)]
    later = [charts.Point(point.day + timedelta(days=7), 0.2) for point in known]
    gap = charts.Point(MONDAY + timedelta(days=3), None)

    picture = charts.curve([*known, gap, *later], title="x")

    assert picture.count('class="line"') == 2 * 2  # two stretches, wide and narrow


def test_the_curve_shows_what_is_present_now() -> None:
    assert ">78\N{NO-BREAK SPACE}%<" in charts.curve([charts.Point(MONDAY, 0.22)], title="x")


def test_a_limit_outside_the_picture_is_left_out() -> None:
    points = [charts.Point(MONDAY, 0.02)]

    assert "fyrtio" not in charts.curve(points, title="x", limits=[charts.Limit(0.4, "fyrtio")])
    assert "tio" in charts.curve(points, title="x", limits=[charts.Limit(0.1, "tio")])


def test_a_step_opens_its_list() -> None:
    picture = charts.staircase([charts.Level("Mentor", 61, url="/niva/1/")], title="x")

    assert 'href="/niva/1/"' in picture
    assert 'aria-label="Mentor: 61"' in picture


def test_a_bar_is_never_longer_than_its_track() -> None:
    [svg] = tree(charts.bars([charts.Bar("A", 1.7, "170 %")], title="x"))
    long = {e.get("class"): float(e.get("width", 0)) for e in svg.iter(f"{SVG}rect")}

    assert long["bar"] == long["track"]


def test_a_week_opens_its_list_and_says_its_counts() -> None:
    week = charts.Column("46", "Vecka 46. Steg 1: 54, Steg 2: 24.", [54, 24], "/vecka/")

    [wide, _narrow] = tree(charts.columns([week], ["Steg 1", "Steg 2"], title="x"))

    link = next(wide.iter(f"{SVG}a"))
    assert (link.get("href"), link.get("aria-label")) == ("/vecka/", week.said)
    said = [e.text for e in wide.iter(f"{SVG}text")]
    assert said == ["54", "24", "78", "46", "Steg 1", "Steg 2"]


def test_a_chosen_bar_is_marked_by_a_sign_and_not_by_colour_alone() -> None:
    picture = charts.bars([charts.Bar("8B", 1, "10 %", "/?klass=x", is_chosen=True)], title="x")

    assert "▸ 8B" in picture
    assert 'aria-current="true"' in picture


@pytest.mark.parametrize("name", everything())
def test_a_picture_as_a_file_needs_no_style_sheet(name: str) -> None:
    drawing = alone(everything()[name](HOSTILE), title=HOSTILE, lines=[HOSTILE])

    root = ElementTree.fromstring(drawing)
    assert "var(" not in drawing
    assert next(root.iter(f"{SVG}a"), None) is None
    assert [e.text for e in root.iter(f"{SVG}text")].count(HOSTILE) >= 2


def test_a_square_of_a_map_says_its_figure_and_what_is_not_known_has_no_ground() -> None:
    row = charts.Squares("8B", [charts.Square("12,5 %", 3), charts.Square("–")])

    drawn = tree(charts.heat_map(["Måndag", "Tisdag"], [row], title="8B"))

    assert [each.get("class") for each in drawn.iter(f"{SVG}rect")] == ["square shade-3"]
    assert [each.text for each in drawn.iter(f"{SVG}text")] == [
        "Måndag", "Tisdag", "8B", "12,5 %", "–",
    ]  # fmt: skip
