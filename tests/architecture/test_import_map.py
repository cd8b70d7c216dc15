"""The page that tells who may import whom is printed from the contracts, and fresh."""

from scripts import print_import_map as printer

GIVEN = {
    "rooms": {"name": "Rooms", "layers": ["project", "(meetings) | (api)", "people", "kernel"]},
    "floors": {"name": "Floors", "layers": ["(web) : (jobs)", "(services)"]},
}


def test_the_page_is_in_step_with_the_contracts() -> None:
    page = printer.PAGE.read_text(encoding="utf-8")

    assert printer.page_with(printer.import_map(printer.contracts()), page) == page


def test_a_room_may_import_the_rooms_below_it_that_are_built() -> None:
    printed = printer.import_map(GIVEN).splitlines()

    assert printed[2:5] == [
        "| **project** | people, kernel |",
        "| **people** | kernel |",
        "| **kernel** | nothing |",
    ]
    assert "Floors of a room, each may import those after it: web · jobs → services." in printed


def test_only_what_stands_between_the_markers_is_printed_anew() -> None:
    page = f"Before\n{printer.BEGIN}\nstale\n{printer.END}\nAfter\n"

    assert (
        printer.page_with("fresh", page)
        == f"Before\n{printer.BEGIN}\nfresh\n{printer.END}\nAfter\n"
    )
