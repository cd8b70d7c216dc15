"""Fetch the browser's files once, so that no installation ever has to.

For maintainers, when a version is raised: `python scripts/vendor.py`. It asks npm for each exact
version, checks the package against npm's own digest, copies the listed files with the licence
into `static/vendor/<name>/` and writes their digests to `vendor.lock.json`, which a test re-reads.
The copies are committed: installing and running need neither Node nor network.
"""

import base64
import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

VENDOR = Path(__file__).parents[1] / "src/samnarvaro/base/static/vendor"
LOCK = VENDOR / "vendor.lock.json"


@dataclass(frozen=True)
class Package:
    """An npm package at one version, the folder it gets here, and the files we use of it."""

    name: str
    version: str
    folder: str
    files: tuple[str, ...]
    licence: str
    licence_file: str = "LICENSE"


PACKAGES = (
    Package("htmx.org", "2.0.11", "htmx", ("dist/htmx.min.js",), "0BSD"),
    Package(
        "@digdir/designsystemet-css",
        "1.22.0",
        "designsystemet-css",
        ("dist/src/index.css",),
        "MIT",
    ),
    Package(
        "@digdir/designsystemet-theme",
        "1.11.0",
        "designsystemet-theme",
        ("src/themes/designsystemet.css",),
        "MIT",
    ),
    Package(
        "@fontsource-variable/atkinson-hyperlegible-next",
        "5.3.0",
        "atkinson-hyperlegible-next",
        (
            "files/atkinson-hyperlegible-next-latin-wght-normal.woff2",
            "files/atkinson-hyperlegible-next-latin-ext-wght-normal.woff2",
        ),
        "OFL-1.1",
    ),
    # The same letters as a printing press reads them: one file for each weight.
    Package(
        "@expo-google-fonts/atkinson-hyperlegible-next",
        "0.4.1",
        "atkinson-hyperlegible-next-print",
        (
            "400Regular/AtkinsonHyperlegibleNext_400Regular.ttf",
            "700Bold/AtkinsonHyperlegibleNext_700Bold.ttf",
        ),
        "OFL-1.1",
        "LICENSE_FONT",
    ),
)


def main() -> int:
    packages = []
    with tempfile.TemporaryDirectory() as scratch:
        for package in PACKAGES:
            print(f"{package.name}@{package.version}", file=sys.stderr)
            packages.append(_vendor(package, Path(scratch)))
    LOCK.write_text(json.dumps({"packages": packages}, indent=2) + "\n", encoding="utf-8")
    return 0


def _vendor(package: Package, scratch: Path) -> dict[str, object]:
    integrity = _npm("view", f"{package.name}@{package.version}", "dist.integrity")
    [packed] = json.loads(
        _npm("pack", f"{package.name}@{package.version}", f"--pack-destination={scratch}", "--json")
    )
    archive = scratch / Path(packed["filename"]).name
    if _integrity(archive.read_bytes()) != integrity:
        raise SystemExit(f"{package.name}: the package is not the one npm's digest speaks of")

    target = VENDOR / package.folder
    target.mkdir(parents=True, exist_ok=True)
    for old in target.iterdir():
        old.unlink()
    digests = {}
    with tarfile.open(archive) as tar:
        for member in (*package.files, package.licence_file):
            content = tar.extractfile(f"package/{member}")
            assert content is not None
            data = content.read()
            (target / Path(member).name).write_bytes(data)
            digests[Path(member).name] = hashlib.sha256(data).hexdigest()
    return {
        "name": package.name,
        "version": package.version,
        "licence": package.licence,
        "folder": package.folder,
        "integrity": integrity,
        "sha256": digests,
    }


def _npm(*arguments: str) -> str:
    done = subprocess.run(["npm", *arguments], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def _integrity(data: bytes) -> str:
    return "sha512-" + base64.b64encode(hashlib.sha512(data).digest()).decode()


if __name__ == "__main__":
    sys.exit(main())
