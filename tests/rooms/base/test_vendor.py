"""The browser's files are the ones that were fetched and checked, with their licences."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

import samnarvaro.base

VENDOR = Path(samnarvaro.base.__file__).parent / "static/vendor"
PACKAGES: list[dict[str, Any]] = json.loads((VENDOR / "vendor.lock.json").read_text("utf-8"))[
    "packages"
]
FREE_LICENCES = {"0BSD", "MIT", "OFL-1.1", "Apache-2.0"}


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package["name"])
def test_every_vendored_file_is_the_one_that_was_fetched(package: dict[str, Any]) -> None:
    folder = VENDOR / package["folder"]

    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}

    assert found == package["sha256"]


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package["name"])
def test_every_vendored_package_carries_a_free_licence(package: dict[str, Any]) -> None:
    assert package["licence"] in FREE_LICENCES
    assert {"LICENSE", "LICENSE_FONT"} & set(package["sha256"])


def test_no_vendored_folder_stands_outside_the_lock() -> None:
    folders = {path.name for path in VENDOR.iterdir() if path.is_dir()}

    assert folders == {package["folder"] for package in PACKAGES}


def test_no_vendored_style_or_script_asks_another_host_for_anything() -> None:
    for path in VENDOR.rglob("*.css"):
        text = path.read_text("utf-8")
        assert "@import" not in text
        assert "url(http" not in text.replace('"', "").replace("'", "")
