"""What the command line tells of the routine and first-day models, run as it is run."""

from tests.journeys.installation import Installation

HEADER = (
    "pupil_id,school_unit_code,rule,level,window_from,window_to,scheduled_minutes,absent_minutes,"
    "state\n"
)
CODE = "99000002"


def day(pupil: str, date: str, *lessons: str) -> list[str]:
    """Write a day of lessons of an hour each: their kinds in order."""
    return [
        f"{pupil},{CODE},{date},{8 + n:02}:00,60,MA,{kind.replace(':', ',')}"
        + ("" if ":" in kind else ",")
        for n, kind in enumerate(lessons)
    ]


def signals(vik: Installation, rule_set: str, as_of: str) -> str:
    done = vik.run("signals", "--as-of", as_of, "--rule-set", rule_set, "--format", "csv")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(HEADER)
    return done.stdout.removeprefix(HEADER)


def a_week(vik: Installation) -> None:
    week = [f"2026-11-{n}" for n in (16, 17, 18, 19, 20)]
    rows = []
    for number, date in enumerate(week):
        rows += day("leo", date, *(["present"] if number < 2 else ["excused"]) * 2)
        rows += day("noor", date, "present", "late:7" if number == 4 else "present")
        rows += day("robin", date, *(["present"] if number < 4 else ["unexcused"]) * 2)
        rows += day("saga", date, *(["excused"] if number < 4 else ["present"]) * 2)
    code, told = vik.told(vik.write(*rows), "--create-missing")
    assert (code, told["new"]) == (0, len(rows))


def test_the_routine_model_tells_of_unexcused_minutes_and_of_three_excused_days(
    vik: Installation,
) -> None:
    a_week(vik)

    assert signals(vik, "routine", "2026-11-20") == (
        "leo,99000002,three-days-excused,2,2026-11-18,2026-11-20,360,360,new\n"
        "noor,99000002,unexcused-today,1,2026-11-20,2026-11-20,120,7,new\n"
        "robin,99000002,unexcused-today,1,2026-11-20,2026-11-20,120,120,new\n"
    )
    assert signals(vik, "routine", "2026-11-19") == (
        "saga,99000002,three-days-excused,2,2026-11-16,2026-11-19,480,480,new\n"
    )
    assert signals(vik, "routine", "2026-11-22") == (  # a Sunday: the run is what it was
        "leo,99000002,three-days-excused,2,2026-11-18,2026-11-20,360,360,new\n"
    )


def test_the_first_day_model_tells_of_the_first_day_and_of_no_other(vik: Installation) -> None:
    a_week(vik)

    assert signals(vik, "first-day", "2026-11-20") == (
        "robin,99000002,first-day,1,2026-11-20,2026-11-20,120,120,new\n"
    )
    assert signals(vik, "first-day", "2026-11-18") == (
        "leo,99000002,first-day,1,2026-11-18,2026-11-18,120,120,new\n"
    )
    assert signals(vik, "first-day", "2026-11-16").startswith("saga,")
    assert signals(vik, "first-day", "2026-11-22") == ""


def test_the_city_model_is_what_is_asked_for_by_default(vik: Installation) -> None:
    a_week(vik)

    named = vik.run("signals", "--as-of", "2026-11-20", "--rule-set", "city")

    assert vik.run("signals", "--as-of", "2026-11-20").stdout == named.stdout
    assert "leo,99000002,month-40,2,2026-10-22,2026-11-20,600,360,new\n" in named.stdout


def test_a_rule_set_that_does_not_hold_yet_ends_in_2_with_a_sentence(vik: Installation) -> None:
    done = vik.run("signals", "--as-of", "1999-01-01", "--rule-set", "routine")

    assert (done.returncode, done.stdout) == (2, "")
    assert "routine" in done.stderr
