"""Identity numbers: what is one, what it says, and that it is never shown by accident."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from personnummer import personnummer as first_oracle
from stdnum.se import personnummer as second_oracle

from samnarvaro.people.domain.identity_number import (
    Fault,
    IdentityNumber,
    Kind,
    LegalSex,
    NotAnIdentityNumber,
    parse,
)

TODAY = date(2026, 11, 22)
TEST_NUMBERS = Path(__file__).parents[4] / "shared" / "data" / "test-personal-numbers.txt"

# From the tax agency's published test numbers, never issued to a person.
PERSONAL = [
    ("202001012398", date(2020, 1, 1), LegalSex.MALE),
    ("201807302391", date(2018, 7, 30), LegalSex.MALE),
    ("201505312395", date(2015, 5, 31), LegalSex.MALE),
    ("201002042388", date(2010, 2, 4), LegalSex.FEMALE),
    ("201404062380", date(2014, 4, 6), LegalSex.FEMALE),
    ("201304072398", date(2013, 4, 7), LegalSex.MALE),
    ("200906192398", date(2009, 6, 19), LegalSex.MALE),
    ("199201302396", date(1992, 1, 30), LegalSex.MALE),
]
COORDINATION = [
    ("200902702398", date(2009, 2, 10), LegalSex.MALE),
    ("201003852389", date(2010, 3, 25), LegalSex.FEMALE),
    ("200901912386", date(2009, 1, 31), LegalSex.FEMALE),
    ("201105702391", date(2011, 5, 10), LegalSex.MALE),
    ("200900802398", None, LegalSex.MALE),  # no month is known
    ("200900892381", None, LegalSex.FEMALE),
    ("201010602397", None, LegalSex.MALE),  # no day is known
    ("200902912385", None, LegalSex.FEMALE),  # 31 February
]
TEMPORARY = ["20130101TF01", "20130101T123", "20130101R220", "20130101P007", "20130101X1A9"]


def fault_of(text: str, *, on: date = TODAY) -> Fault | None:
    try:
        parse(text, on=on)
    except NotAnIdentityNumber as refused:
        return refused.code
    return None


def check_digit(nine: str) -> int:
    products = [int(digit) * (2, 1)[place % 2] for place, digit in enumerate(nine)]
    return -sum(sum(divmod(product, 10)) for product in products) % 10


def with_check_digit(born: date, serial: str = "239", *, added_days: int = 0) -> str:
    short = f"{born:%y%m}{born.day + added_days:02}{serial}"
    return f"{born.year // 100}{short}{check_digit(short)}"


@pytest.mark.parametrize(("text", "born", "sex"), PERSONAL)
def test_a_personal_identity_number_tells_birth_date_and_legal_sex(
    text: str, born: date, sex: LegalSex
) -> None:
    assert parse(text, on=TODAY) == IdentityNumber(text, Kind.PERSONAL, born, sex)


@pytest.mark.parametrize(("text", "born", "sex"), COORDINATION)
def test_a_coordination_number_adds_sixty_to_the_day_and_may_not_know_it(
    text: str, born: date | None, sex: LegalSex
) -> None:
    assert parse(text, on=TODAY) == IdentityNumber(text, Kind.COORDINATION, born, sex)


@pytest.mark.parametrize("text", TEMPORARY)
def test_a_temporary_number_tells_the_birth_date_and_claims_no_sex(text: str) -> None:
    assert parse(text, on=TODAY) == IdentityNumber(text, Kind.TEMPORARY, date(2013, 1, 1), None)


@pytest.mark.skipif(not TEST_NUMBERS.exists(), reason="the list of test numbers is not here")
def test_every_published_test_number_is_one() -> None:
    numbers = [
        line.strip()
        for line in TEST_NUMBERS.read_text(encoding="utf-8").splitlines()
        if line.strip() and not line.startswith("#")
    ]

    assert len(numbers) > 6000
    assert [text for text in numbers if fault_of(text) is not None] == []
    assert all(parse(text, on=TODAY).normalised == text for text in numbers)


@pytest.mark.parametrize(
    "text",
    [
        "201404062380",
        "20140406-2380",
        "140406-2380",
        "1404062380",
        "  20140406-2380\n",
        "\u00a0201404062380",
    ],
)
def test_one_number_has_one_form_however_it_is_written(text: str) -> None:
    assert parse(text, on=TODAY).normalised == "201404062380"


@pytest.mark.parametrize("text", ["20130101-tf01", "130101-TF01", "130101TF01", "20130101Tf01"])
def test_a_temporary_number_has_one_form_too(text: str) -> None:
    assert parse(text, on=TODAY).normalised == "20130101TF01"


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "20140406",
        "20140406238",
        "2014040623800",
        "140406238",
        "20140406--2380",
        "2014-04-06-2380",
        "20140406 2380",
        "20140406-23801",
        "20140406–2380",  # a dash, not a hyphen
        "٢٠١٤٠٤٠٦٢٣٨٠",
        "²01404062380",
        "20130101-ÅF01",
        "20130101ß01",
        "20130101-1F01",
        "20130101-TFTF",
        "20130101-TF0",
        "20130101-TF012",
        "Saga Lind",
    ],
)
def test_other_text_is_refused(text: str) -> None:
    assert fault_of(text) in {Fault.FORM, Fault.DATE}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("20120228-TF01", None),
        ("20120229-TF01", None),  # a leap year
        ("20120230-TF01", Fault.DATE),
        ("20130229-TF01", Fault.DATE),
        ("20130431-TF01", Fault.DATE),
        ("20130100-TF01", Fault.DATE),
        ("20130001-TF01", Fault.DATE),
        ("20131301-TF01", Fault.DATE),
        ("20130161-TF01", Fault.DATE),  # only a co-ordination number adds to the day
        ("201301322391", Fault.DATE),
        ("201301592391", Fault.DATE),
        ("201300012391", Fault.DATE),
        ("201301922391", Fault.DATE),  # 32 + 60
        ("201300922391", Fault.DATE),  # no month has a day 32
        ("201313602391", Fault.DATE),
        ("17991231-TF01", Fault.DATE),
        ("18000101-TF01", None),
        ("00000101-TF01", Fault.DATE),
        ("99990101-TF01", Fault.FUTURE),
    ],
)
def test_the_date_must_be_one(text: str, fault: Fault | None) -> None:
    assert fault_of(text) == fault


@pytest.mark.parametrize(
    ("born", "fault"),
    [
        (TODAY - timedelta(days=1), None),
        (TODAY, None),
        (TODAY + timedelta(days=1), Fault.FUTURE),
    ],
)
def test_nobody_is_born_tomorrow(born: date, fault: Fault | None) -> None:
    assert fault_of(with_check_digit(born)) == fault
    assert fault_of(with_check_digit(born, added_days=60)) == fault
    assert fault_of(f"{born:%Y%m%d}TF01") == fault


def test_a_birth_date_that_is_not_known_may_lie_in_this_year_but_not_in_the_next() -> None:
    this_year, next_year = "2611602390"[:9], "270060239"

    assert fault_of(f"20{this_year}{check_digit(this_year)}") is None
    assert fault_of(f"20{next_year}{check_digit(next_year)}") is Fault.FUTURE


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("261122-TF01", 2026),
        ("261123-TF01", None),  # this year, but tomorrow
        ("270101-TF01", 1927),  # turns 100 next year
        ("270101+TF01", 1827),
        ("261122+TF01", 1926),  # turns 100 this year: "+" from new year's day
        ("261231+TF01", 1926),
    ],
)
def test_the_century_follows_from_the_sign_and_the_day_it_is_read(
    text: str, year: int | None
) -> None:
    if year is None:
        assert fault_of(text) is Fault.FUTURE
    else:
        born = parse(text, on=TODAY).birth_date
        assert born is not None
        assert born.year == year


@given(st.dates(date(1840, 1, 1), TODAY), st.sampled_from([0, 60]))
def test_ten_characters_and_twelve_say_the_same(born: date, added_days: int) -> None:
    long = with_check_digit(born, added_days=added_days)
    sign = "+" if TODAY.year - born.year >= 100 else "-"

    read = parse(f"{long[2:8]}{sign}{long[8:]}", on=TODAY)

    assert read == parse(long, on=TODAY)
    assert read.birth_date == born


@given(
    st.dates(date(1900, 1, 1), date(2026, 1, 1)),
    st.sampled_from([0, 60]),
    st.integers(1, 999),
    st.integers(0, 9),
)
def test_two_other_programs_agree_on_the_checksum(
    born: date, added_days: int, serial: int, last: int
) -> None:
    text = f"{born:%Y%m}{born.day + added_days:02}{serial:03}{last}"

    accepted = fault_of(text) is None

    assert accepted == first_oracle.valid(text)
    if added_days == 0:  # the second one does not know co-ordination numbers
        assert accepted == second_oracle.is_valid(text)


@given(st.from_regex("(19[0-9]{2}|20[01][0-9])[0-9]{8}", fullmatch=True, alphabet="0123456789"))
def test_two_other_programs_agree_on_any_digits(text: str) -> None:
    assume(text[8:11] != "000")  # only one of them knows that it is given to nobody
    accepted = fault_of(text) is None
    assume(
        not accepted or parse(text, on=TODAY).birth_date
    )  # a date not known is not known to them

    assert accepted == first_oracle.valid(text)
    if text[6:8] < "60":
        assert accepted == second_oracle.is_valid(text)


@given(st.sampled_from([text for text, _, _ in PERSONAL + COORDINATION]), st.data())
def test_one_wrong_digit_is_always_found(text: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(2, 11))
    digit = data.draw(st.sampled_from("0123456789").filter(lambda digit: digit != text[place]))

    assert fault_of(text[:place] + digit + text[place + 1 :]) is not None


def test_the_serial_number_000_is_given_to_nobody() -> None:
    assert fault_of(with_check_digit(date(2012, 3, 4), "001")) is None
    assert fault_of(with_check_digit(date(2012, 3, 4), "000")) is Fault.SERIAL


@pytest.mark.parametrize("text", ["201404062380", "201003852389", "20130101TF01"])
def test_a_number_shown_or_logged_by_accident_is_masked(text: str) -> None:
    number = parse(text, on=TODAY)

    assert number.masked == f"{text[:8]}-****"
    assert f"{number}" == number.masked
    assert text not in repr(number)
    assert text[8:] not in f"{number!r}{[number]}"


@pytest.mark.parametrize("text", ["201404062381", "20140431-2380", "20270101TF01", "sekret-1234"])
def test_a_refusal_never_repeats_the_number(text: str) -> None:
    with pytest.raises(NotAnIdentityNumber) as refused:
        parse(text, on=TODAY)

    assert text not in f"{refused.value}{refused.value!r}"
