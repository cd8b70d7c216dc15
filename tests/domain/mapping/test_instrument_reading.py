"""An instrument is read from JSON whole or not at all, and each fault says where it is."""

import json
from pathlib import Path
from typing import Any

import pytest

from samnarvaro.mapping import __file__ as room
from samnarvaro.mapping.domain.factors import Field
from samnarvaro.mapping.domain.instrument import MOST_IN_ONE_GO, Audience, Instrument, fields_of
from samnarvaro.mapping.domain.instrument_faults import NotAnInstrument, Wrong
from samnarvaro.mapping.domain.instrument_reading import (
    LARGEST,
    LEAST_VALUE,
    MOST_VALUE,
    OURS,
    instrument_of,
    instrument_of_text,
)
from samnarvaro.mapping.domain.instrument_writing import data_of
from samnarvaro.mapping.domain.mappings import Depth
from tests.domain.mapping.asked import choice, option, question, read, scale, when, whole

SHIPPED = sorted((Path(room).parent / "data").glob("*.json"))


def faults(data: Any) -> list[tuple[str, str, Wrong]]:
    with pytest.raises(NotAnInstrument) as refused:
        instrument_of(data)
    return [(each.link, each.part, each.wrong) for each in refused.value.faults]


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: str(path.stem))
def test_what_comes_with_the_program_is_read_and_written_the_same(path: Path) -> None:
    found = instrument_of_text(path.read_text(encoding="utf-8"))

    assert instrument_of(json.loads(json.dumps(data_of(found)))) == found
    assert found.is_shipped
    assert "förslag att ändra" in found.description
    few, many = (8, 12) if found.depth is Depth.SIMPLE else (18, 28)
    assert few <= len(found.questions()) <= many


def test_there_is_a_simple_and_a_deeper_one_for_each_who_is_asked() -> None:
    found = [instrument_of_text(path.read_text(encoding="utf-8")) for path in SHIPPED]

    assert {(each.audience, each.depth) for each in found} == {
        (audience, depth) for audience in Audience for depth in Depth
    }
    assert len(found) == 8


def test_those_for_younger_pupils_have_pictures_beside_the_words() -> None:
    for path in SHIPPED:
        found = instrument_of_text(path.read_text(encoding="utf-8"))
        if found.audience is Audience.PUPIL_YOUNGER:
            chosen = [item for item in found.questions() if item.options and item.picture]
            assert len(chosen) >= 9
            assert all(option.picture for option in chosen[0].options)


def shipped(*audiences: Audience) -> list[Instrument]:
    every = [instrument_of_text(path.read_text(encoding="utf-8")) for path in SHIPPED]
    return [each for each in every if each.audience in audiences]


def test_each_is_asked_whether_school_is_the_safe_place_or_one_more_failure() -> None:
    for found in shipped(Audience.PUPIL_OLDER, Audience.GUARDIAN, Audience.SCHOOL):
        answers = [option.text for item in found.questions() for option in item.options]
        assert any("trygg" in answer for answer in answers), found.name
        assert "Ännu en plats där det blir fel" in answers, found.name
    for found in shipped(Audience.PUPIL_YOUNGER):
        assert "Är skolan en trygg plats för dig?" in [item.text for item in found.questions()]


def test_the_home_is_asked_what_it_wants_and_what_it_can() -> None:
    for found in shipped(Audience.GUARDIAN):
        required = [item.text for item in found.questions() if item.required]
        assert "Vi vill att vårt barn är i skolan så som skolan är nu." in required
        assert "Vi har möjlighet att hjälpa vårt barn i väg på morgonen." in required


def test_a_pupil_is_asked_whether_an_adult_listens_and_takes_it_seriously() -> None:
    for found in shipped(Audience.PUPIL_OLDER, Audience.PUPIL_YOUNGER):
        required = [item.text for item in found.questions() if item.required]
        assert any("lyssnar på" in text for text in required), found.name
    for found in shipped(Audience.PUPIL_OLDER):
        assert any("på allvar" in item.text for item in found.questions()), found.name


def test_a_longer_one_asks_along_all_five_fields() -> None:
    for found in shipped(*Audience):
        if found.depth is Depth.DEEP and found.audience is not Audience.SCHOOL:
            fields = set(fields_of(found.items).values())
            assert fields >= set(Field), found.name


def test_all_that_can_be_said_is_read_and_written_the_same() -> None:
    limits = [{"url": LEAST_VALUE, "valueInteger": 0}, {"url": MOST_VALUE, "valueInteger": 10}]
    found = read(
        choice("1", required=True, extension=[{"url": f"{OURS}field", "valueCode": "own"}]),
        question("2", "group", item=[
            question("2.1", "boolean", enableWhen=[when("1", "=", answerCoding={"code": "some"})]),
            question("2.2", "integer", extension=limits, enableBehavior="all", enableWhen=[
                when("2.1", "exists", answerBoolean=True), when("1", "!=", answerCoding={"code": "never"}),
            ]),
            question("2.3", "date", enableWhen=[when("2.2", ">=", answerInteger=3)]),
            question("2.4", "text", enableWhen=[when("2.3", "<", answerDate="2026-01-01")]),
        ]),
        question("3", "display"),
        scales=(scale("all", "mean", 1, "1", "2.1", "2.2"),),
    )  # fmt: skip

    assert instrument_of(data_of(found)) == found
    assert [item.link for item in found.all_items()] == ["1", "2", "2.1", "2.2", "2.3", "2.4", "3"]


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ([], ("", "item", Wrong.NO_QUESTIONS)),
        ([question("1", "text"), question("1", "text")], ("1", "linkId", Wrong.TWICE)),
        ([question("1 2", "text")], ("1 2", "linkId", Wrong.NOT_A_KEY)),
        ([{"text": "Q", "type": "text"}], ("", "linkId", Wrong.MISSING)),
        ([question("1", "open-choice")], ("1", "type", Wrong.NOT_KNOWN)),
        ([question("1", "text", text="")], ("1", "text", Wrong.MISSING)),
        ([question("1", "text", text=7)], ("1", "text", Wrong.NOT_TEXT)),
        ([question("1", "text", text="a\x00b")], ("1", "text", Wrong.NOT_TEXT)),
        ([question("1", "text", text="a\ud800b")], ("1", "text", Wrong.NOT_TEXT)),
        ([question("1", "text", required="yes")], ("1", "required", Wrong.NOT_YES_OR_NO)),
        ([question("1", "text", repeats=True)], ("1", "repeats", Wrong.NOT_READ)),
        ([question("1", "text", item=[question("2", "text")])], ("1", "item", Wrong.NOT_HERE)),
        ([question("1", "text", answerOption=[option("a")])], ("1", "answerOption", Wrong.NOT_HERE)),
        ([choice("1", answerOption=[option("a")])], ("1", "answerOption", Wrong.OPTIONS_NEEDED)),
        (
            [choice("1", answerOption=[option("a"), option("a")])],
            ("1", "answerOption.code", Wrong.TWICE),
        ),
        ([choice("1", answerOption=[option(str(n)) for n in range(21)])], ("1", "answerOption", Wrong.TOO_MANY)),
        ([question("1", "text", enableWhen={})], ("1", "enableWhen", Wrong.NOT_A_LIST)),
        (
            [question("1", "text", extension=[{"url": f"{OURS}field", "valueCode": "x"}])],
            ("1", "field", Wrong.NOT_KNOWN),
        ),
        (
            [question("1", "text", extension=[{"url": f"{OURS}picture", "valueCode": "x"}])],
            ("1", "picture", Wrong.NOT_KNOWN),
        ),
        (
            [question("1", "text", extension=[{"url": LEAST_VALUE, "valueInteger": 0}])],
            ("1", "minValue/maxValue", Wrong.NOT_HERE),
        ),
        (
            [question("1", "integer", extension=[
                {"url": LEAST_VALUE, "valueInteger": 2}, {"url": MOST_VALUE, "valueInteger": 1},
            ])],
            ("1", "maxValue", Wrong.ENDS_BEFORE_IT_BEGINS),
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_with_an_item_is_said_at_its_link_id(
    items: list[dict[str, Any]], expected: tuple[str, str, Wrong]
) -> None:
    assert expected in faults(whole(*items))


@pytest.mark.parametrize(
    ("condition", "wrong"),
    [
        (when("9", "exists", answerBoolean=True), Wrong.NO_SUCH_QUESTION),
        (when("3", "exists", answerBoolean=True), Wrong.NOT_BEFORE),
        (when("2", "exists", answerBoolean=True), Wrong.NOT_BEFORE),
        (when("1", "=", answerCoding={"code": "always"}), Wrong.ANSWER_DOES_NOT_FIT),
        (when("1", ">", answerCoding={"code": "some"}), Wrong.ANSWER_DOES_NOT_FIT),
        (when("1", "exists", answerCoding={"code": "some"}), Wrong.ANSWER_DOES_NOT_FIT),
        (when("0", "=", answerInteger=1), Wrong.ANSWER_DOES_NOT_FIT),
        (when("1", "="), Wrong.MISSING),
        (when("1", "=", answerBoolean=1), Wrong.MISSING),
        (when("1", "is", answerCoding={"code": "some"}), Wrong.NOT_KNOWN),
    ],
)
def test_a_condition_is_on_an_earlier_question_and_of_its_kind(
    condition: dict[str, Any], wrong: Wrong
) -> None:
    data = whole(
        question("0", "boolean"), choice("1"), question("2", "text", enableWhen=[condition]),
        question("3", "text"),
    )  # fmt: skip
    assert ("2", wrong) in [(link, found) for link, _part, found in faults(data)]


@pytest.mark.parametrize(
    ("told", "wrong"),
    [
        (scale("a", "sum", 1, "9"), Wrong.NO_SUCH_QUESTION),
        (scale("a", "sum", 1, "2"), Wrong.NOT_COUNTED),
        (scale("a", "sum", 2, "1"), Wrong.LEAST_OUT_OF_REACH),
        (scale("a", "sum", 0, "1"), Wrong.LEAST_OUT_OF_REACH),
        (scale("a", "sum", 1, "1", "1"), Wrong.TWICE),
        (scale("a", "most", 1, "1"), Wrong.NOT_KNOWN),
        (scale("a", "sum", 1), Wrong.OPTIONS_NEEDED),
        (scale("a b", "sum", 1, "1"), Wrong.NOT_A_KEY),
    ],
)
def test_a_scale_is_of_questions_that_count(told: dict[str, Any], wrong: Wrong) -> None:
    data = whole(choice("1"), question("2", "text"), scales=(told,))
    assert wrong in [found for _link, _part, found in faults(data)]


def test_a_scale_without_a_figure_may_hold_any_question() -> None:
    assert read(question("1", "text"), scales=(scale("a", "none", 1, "1"),)).scales


@pytest.mark.parametrize(
    ("part", "value", "wrong"),
    [
        ("resourceType", "Observation", Wrong.NOT_A_QUESTIONNAIRE),
        ("name", "Vår Egen", Wrong.NOT_A_KEY),
        ("url", "vik", Wrong.NOT_A_KEY),
        ("version", 1, Wrong.NOT_A_NUMBER),
        ("version", "1.2", Wrong.NOT_A_NUMBER),
        ("title", "x" * 161, Wrong.TOO_LONG),
        ("status", "live", Wrong.NOT_KNOWN),
        ("modifierExtension", [], Wrong.NOT_READ),
        ("item", {}, Wrong.NOT_A_LIST),
        ("extension", [], Wrong.MISSING),
    ],
)
def test_what_is_wrong_with_the_whole_is_said(part: str, value: object, wrong: Wrong) -> None:
    assert wrong in [found for _, _, found in faults(whole(question("1", "text")) | {part: value})]


@pytest.mark.parametrize("data", [None, [], "x", 7, {}])
def test_what_is_no_questionnaire_is_refused(data: object) -> None:
    assert faults(data) == [("", "resourceType", Wrong.NOT_A_QUESTIONNAIRE)]


def test_all_faults_are_told_at_once_with_the_line_of_the_item() -> None:
    text = json.dumps(
        whole(question("a", "tekst"), question("b", "text", text="")) | {"title": ""}, indent=1
    )
    with pytest.raises(NotAnInstrument) as refused:
        instrument_of_text(text)

    told = {each.link: each.line for each in refused.value.faults}
    assert set(told) == {"", "a", "b"}
    lines = text.splitlines()
    assert '"a"' in lines[told["a"] - 1]
    assert '"b"' in lines[told["b"] - 1]


def test_text_that_is_no_json_is_refused_with_its_line() -> None:
    for text, line in (("{\n\n x", 3), ("[" * 100_000, 0), ("x" * (LARGEST + 1), 0)):
        with pytest.raises(NotAnInstrument) as refused:
            instrument_of_text(text)
        assert [each.line for each in refused.value.faults] == [line]


def test_groups_are_not_nested_without_end() -> None:
    item = question("9", "text")
    for depth in range(4):
        item = question(f"g{depth}", "group", item=[item])
    assert Wrong.TOO_DEEP in [wrong for _, _, wrong in faults(whole(item))]


@pytest.mark.parametrize(("count", "pages"), [(MOST_IN_ONE_GO, 1), (MOST_IN_ONE_GO + 1, 2)])
def test_a_long_one_is_asked_group_by_group(count: int, pages: int) -> None:
    half = count // 2
    groups = [
        question(f"g{part}", "group", item=[question(f"{part}-{n}", "text") for n in range(size)])
        for part, size in enumerate((half, count - half))
    ]
    found = read(question("0", "display"), *groups)

    assert len(found.steps()) == pages
    assert found.steps()[0][0].link == "0"
