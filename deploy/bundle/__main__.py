"""One zip with everything: handbook, book, forms, workbooks, exercises, and what they need to run.

`nox -s bundle` makes it for this computer's system. Behind `--` stands another system, such as
`--system windows-x64`; the wheels are then downloaded for that one. With internet only.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import stat
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(ROOT / "exercises"))

from partnering.exchange import form_workbook  # noqa: E402
from partnering.storage import paths  # noqa: E402

PYTHONS = ("3.11", "3.12", "3.13", "3.14")
MAC_ARM, MAC_INTEL = ("arm64", "universal2"), ("x86_64", "universal2")
MAC_OLD = ("14_0", "13_0", "12_0", "11_0", "10_15", "10_14", "10_13", "10_12", "10_9")
# what uv calls each system, and what pip does, newest first: a newer system takes older wheels
SYSTEMS = {
    "linux-x64": (
        "x86_64-manylinux_2_28",
        (
            *(f"manylinux_2_{minor}_x86_64" for minor in (28, 27, 24, 17, 12, 5)),
            "manylinux2014_x86_64",
        ),
    ),
    "linux-arm64": (
        "aarch64-manylinux_2_28",
        (
            *(f"manylinux_2_{minor}_aarch64" for minor in (28, 27, 24, 17)),
            "manylinux2014_aarch64",
        ),
    ),
    "windows-x64": ("x86_64-pc-windows-msvc", ("win_amd64",)),
    "macos-arm64": (
        "aarch64-apple-darwin",
        (
            *(f"macosx_{major}_0_{kind}" for major in (14, 13, 12, 11) for kind in MAC_ARM),
            "macosx_10_9_universal2",
        ),
    ),
    "macos-x64": (
        "x86_64-apple-darwin",
        tuple(f"macosx_{release}_{kind}" for release in MAC_OLD for kind in MAC_INTEL),
    ),
}
STARTS = ("start-on-linux.sh", "Start on macOS.command", "Start on Windows.bat")
NEEDS = (
    "Python is needed, one of {versions}; python.org has it. Nothing else is installed on this "
    "computer."
)
BROUGHT = "Nothing has to be installed: this folder brings its own Python."


def main() -> int:
    """Make the bundle, and say where it is.

    Returns:
        The exit code.
    """
    asked = _asked()
    site = asked.site.resolve()
    if not (site / "index.html").exists():
        print(f"There is no built handbook in {site}. Build it first: python -m nox -s handbook")
        return 1
    (wheel,) = asked.wheel
    pythons = tuple(asked.python or PYTHONS)
    name = f"partnering-handbook-{wheel.name.split('-')[1]}-{asked.system}"
    place = asked.out / name
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    _handbook(site, place / "handbook")
    _workbooks(place / "workbooks")
    _exercises(place / "exercises")
    _wheels(place / "wheels", wheel, asked.system, pythons)
    if asked.own_python:
        with tarfile.open(asked.own_python) as archive:
            archive.extractall(place, filter="data")  # it holds one folder, `python`
    _starts(place, pythons, bool(asked.own_python))
    _checksums(place)
    made = _zipped(place)
    print(f"The bundle is made: {made} ({made.stat().st_size / 1e6:.0f} MB)")
    return 0


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="nox -s bundle --", description=__doc__)
    parser.add_argument("--site", type=Path, default=ROOT / "_build" / "html")
    parser.add_argument("--out", type=Path, default=ROOT / "_build" / "bundle")
    parser.add_argument("--wheel", type=Path, nargs=1, required=True, help="the package's wheel")
    parser.add_argument("--system", choices=SYSTEMS, default="linux-x64")
    parser.add_argument(
        "--python",
        action="append",
        choices=PYTHONS,
        help="a version of Python that the wheels are for; all where it is left out",
    )
    parser.add_argument(
        "--own-python",
        type=Path,
        help="an archive of python-build-standalone (install_only) that is laid in",
    )
    return parser.parse_args()


def _handbook(site: Path, place: Path) -> None:
    """The site as files. The edition for browsers needs an address: its page alone says so."""
    shutil.copytree(site, place, ignore=shutil.ignore_patterns(".doctrees", "browser"))
    page = Path("browser", "notebooks", "index.html")
    if (site / page).exists():
        (place / page.parent).mkdir(parents=True)
        shutil.copy(site / page, place / page)


def _workbooks(place: Path) -> None:
    """A blank workbook for each stop, and one for the whole tour."""
    place.mkdir()
    for stop in form_workbook.STOPS:
        form_workbook.write(place / f"stop-{stop}.xlsx", stops=[stop])
    form_workbook.write(place / "whole-tour.xlsx")


def _exercises(place: Path) -> None:
    """An empty folder of one's own; the exercises are laid into it at the first start."""
    own = place / paths.MY_PARTNERSHIPS.name
    own.mkdir(parents=True)
    shutil.copy(ROOT / "exercises" / own.name / "README.md", own)


def _wheels(place: Path, wheel: Path, system: str, pythons: tuple[str, ...]) -> None:
    """The package and all it needs, as wheels for one system.

    Raises:
        CalledProcessError: One of them is not there for that system; pip has said which.
    """
    place.mkdir()
    shutil.copy(wheel, place)
    triple, tags = SYSTEMS[system]
    platforms = [part for name in tags for part in ("--platform", name)]
    for python in pythons:
        exact = place / "exact.txt"  # pip itself would ask the markers of this computer's system
        subprocess.run(
            [
                *(
                    sys.executable,
                    "-m",
                    "uv",
                    "pip",
                    "compile",
                    "--quiet",
                    "--only-binary",
                    ":all:",
                ),
                *("--python-platform", triple, "--python-version", python),
                *("--output-file", str(exact), str(ROOT / "exercises" / "requirements.txt")),
            ],
            check=True,
        )
        subprocess.run(
            [
                *(sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"),
                *("--disable-pip-version-check", "--only-binary=:all:", "--dest", str(place)),
                *("--python-version", python, "--implementation", "cp", *platforms),
                *("-r", str(exact)),
            ],
            check=True,
        )
        exact.unlink()
    newest_first = "\n".join(sorted(pythons, key=lambda text: -int(text.split(".")[1])))
    (place / "PYTHONS").write_text(newest_first + "\n", encoding="utf-8", newline="\n")


def _starts(place: Path, pythons: tuple[str, ...], brought: bool) -> None:
    """The files that are double-clicked."""
    for name in STARTS:
        text = (HERE / name).read_text(encoding="utf-8")
        ending = "\r\n" if name.endswith(".bat") else "\n"
        (place / name).write_text(text, encoding="utf-8", newline=ending)
        (place / name).chmod(0o755)
    page = (HERE / "START-HERE.html").read_text(encoding="utf-8")
    needs = BROUGHT if brought else NEEDS.format(versions=", ".join(pythons))
    (place / "START-HERE.html").write_text(page.replace("{needs}", needs), encoding="utf-8")


def _checksums(place: Path) -> None:
    files = sorted(path for path in place.rglob("*") if path.is_file())
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(place).as_posix()}\n"
        for path in files
    ]
    (place / "SHA256SUMS").write_text("".join(lines), encoding="utf-8", newline="\n")


def _zipped(place: Path) -> Path:
    """The folder as a zip, in which start files may be run, and its checksum beside it."""
    made = place.with_name(place.name + ".zip")
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(place.rglob("*")):
            if path.is_file():
                entry = zipfile.ZipInfo.from_file(path, path.relative_to(place.parent))
                entry.external_attr = (stat.S_IMODE(path.stat().st_mode) | stat.S_IFREG) << 16
                packed = path.suffix in (".whl", ".pdf", ".xlsx", ".png", ".woff2")
                entry.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
                archive.writestr(entry, path.read_bytes())
    checksum = hashlib.sha256(made.read_bytes()).hexdigest()
    made.with_name(made.name + ".sha256").write_text(f"{checksum}  {made.name}\n")
    return made


if __name__ == "__main__":
    raise SystemExit(main())
