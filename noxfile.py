"""What can be done with the handbook: handbook, pdf, forms, workshop, and for its makers the rest.

`quick` tests the calculations in a minute; `tests` tests everything; `lint` looks for slips;
`linkcheck`, `bench` and `mutants` are for now and then; `wheel` and `bundle` pack the exercises.
With PARTNERING_TESTS_THOROUGH=1 the tests try many more made-up partnerships, and kill many more
programs while they save.

All of them share one environment in `.venv`, made once and refreshed only when a requirements file
changes: what ran at home runs at a venue without internet. `mutants` has mutmut beside it.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import nox

nox.options.default_venv_backend = "none"
nox.options.sessions = ["handbook"]

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
IN_VENV = "Scripts/python.exe" if os.name == "nt" else "bin/python"
PYTHON = VENV / IN_VENV
REQUIREMENTS = (
    "requirements.txt",
    "exercises/requirements.txt",
    "_ext/requirements.txt",
    "tests/requirements.txt",
)
STAMP = VENV / "requirements.sha256"
IN_PARALLEL = ("--dist", "loadscope", "--no-loadscope-reorder", "-n")
CORES = os.cpu_count() or 1
WAITING = str(CORES + 1)  # a test in a browser waits for it nearly half of the time
SLOW = ("laws", "files", "sphinx", "kernel", "browser", "lab", "libreoffice", "node")
COVERED = 95  # percent of the lines of the calculations, and of who may see what


def run(session: nox.Session, *command: str | Path, **variables: str) -> None:
    """Run Python in the one environment, made first if missing or older than the requirements."""
    _refresh(session)
    environment = {
        "PYTHONUTF8": "1",
        "PYTHONDONTWRITEBYTECODE": "",  # a kernel that starts finds what another one has compiled
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        **variables,
    }
    session.run(str(PYTHON), *map(str, command), env=environment, external=True)


def _refresh(session: nox.Session) -> None:
    wanted = hashlib.sha256(
        b"\0".join((ROOT / name).read_bytes() for name in REQUIREMENTS)
    ).hexdigest()
    if PYTHON.exists() and STAMP.exists() and STAMP.read_text(encoding="utf-8") == wanted:
        return
    if not _has_pip():
        session.log("Making .venv, once. With a good connection this takes a minute.")
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=True)
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    files = [part for name in REQUIREMENTS for part in ("-r", str(ROOT / name))]
    if os.environ.get("PARTNERING_LOWEST"):  # the oldest versions that the requirements allow
        subprocess.run([*pip, "uv"], check=True)
        pip = [str(PYTHON), "-m", "uv", "pip", "install", "--python", str(PYTHON)]
        pip += ["--resolution", "lowest-direct"]
    if subprocess.run(pip + files).returncode:
        session.error(
            "The packages in requirements.txt could not be installed: this step needs internet."
        )
    STAMP.write_text(wanted, encoding="utf-8")


def _has_pip() -> bool:
    """Whether .venv is there and whole; else it is made again."""
    asked = [str(PYTHON), "-m", "pip", "--version"]
    return PYTHON.exists() and subprocess.run(asked, capture_output=True).returncode == 0


def sphinx(session: nox.Session, builder: str, folder: str, *options: str) -> Path:
    """Build every page anew: a second run must not be green because the first has complained."""
    out = ROOT / "_build" / folder
    session.log(
        "Every exercise is run. The first time this takes half a minute; "
        "what complains is named below."
    )
    shutil.rmtree(
        out, ignore_errors=True
    )  # a page that has left the sources leaves the site as well
    run(
        session,
        "-m",
        "sphinx",
        "-E",
        "-n",
        "-W",
        "--keep-going",
        "-q",
        "-b",
        builder,
        "-d",
        ROOT / "_build" / "doctrees",
        *options,
        ROOT,
        out,
    )
    return out


@nox.session
def handbook(session: nox.Session) -> None:
    """Build the handbook and say where it is. A warning or a failing notebook stops it."""
    made = _made_wheel(session)
    in_browser = ROOT / "_build" / "browser"
    has_browser = _is_of(in_browser, made)
    if in_browser.exists() and not has_browser:
        session.log(
            "The exercises for browsers are of another state: left out. Run `browser` first."
        )
    beside = ("-D", f"get_wheel={made.name}", "-D", f"get_browser={int(has_browser)}")
    out = sphinx(session, "html", "html", "-D", "printed_with_site=1", *beside)
    (out / "_downloads").mkdir(exist_ok=True)
    shutil.copy(made, out / "_downloads")
    if has_browser:
        shutil.copytree(in_browser, out / "browser")
    session.log("The book and the forms are printed, for those who carry paper.")
    downloads = out / "_downloads" / "print"
    for edition in ("book", "pocket"):  # from what has just been read
        run(
            session,
            "-m",
            "sphinx",
            "-n",
            "-W",
            "--keep-going",
            "-q",
            "-b",
            "typst",
            "-D",
            "printed_with_site=1",
            "-D",
            f"printed_edition={edition}",
            *beside,
            "-d",
            ROOT / "_build" / "doctrees",
            ROOT,
            downloads,
        )
    run(
        session,
        "-m",
        "partnering.paper.forms",
        "--out",
        downloads,
        PYTHONPATH=str(ROOT / "exercises"),
    )
    for wording in ((), ("--full",)):  # the forms for form tools
        run(
            session,
            "-m",
            "partnering",
            "ask",
            *wording,
            "--output",
            downloads,
            PYTHONPATH=str(ROOT / "exercises"),
        )
    run(session, ROOT / "_ext" / "get_handbook.py", out, PYTHONPATH=str(ROOT / "exercises"))
    session.log(f"The handbook is built. Open {(out / 'index.html').as_uri()}")


def _is_of(edition: Path, wheel: Path) -> bool:
    """Whether the edition for browsers is there, and was made of this very wheel."""
    told = edition / "wheel.sha256"
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    return told.exists() and told.read_text(encoding="utf-8") == digest


@nox.session
def browser(session: nox.Session) -> None:
    """Build the exercises for a browser; `nox -s handbook` then puts them beside the site.

    It needs Node and, the first time, internet. `nox -s browser -- --try` opens all exercises in
    Chromium, and says what was measured; `-- --firefox` opens one in Firefox.
    """
    made = _made_wheel(session)
    place = ROOT / "_build" / "browser-venv"
    python = place / IN_VENV
    if not python.exists():
        session.run(str(PYTHON), "-m", "venv", str(place), external=True)
    here, out = ROOT / "deploy" / "browser", ROOT / "_build" / "browser"
    wanted = ("-r", str(here / "requirements.txt"))
    session.run(str(python), "-m", "pip", "install", "--quiet", *wanted, external=True)
    work = ROOT / "_build" / "browser-work"
    words = ("--wheel", made, "--out", out, "--work", work)
    session.run(str(python), str(here), *map(str, words), external=True)
    if "--firefox" in session.posargs:
        run(session, here / "try_in_firefox.py", out)
    if "--try" in session.posargs:
        rest = [word for word in session.posargs if word not in ("--try", "--firefox")]
        run(session, here / "try_it.py", out, *rest)


@nox.session
def pdf(session: nox.Session) -> None:
    """Print the handbook as a book.

    `nox -s pdf -- --code` prints every page, with all code; `-- --pocket` the plans alone.
    """
    editions = {"--code": "code", "--pocket": "pocket"}
    asked = [editions[word] for word in session.posargs if word in editions] or ["book"]
    if unknown := [word for word in session.posargs if word not in editions]:
        session.error(
            f"There is no edition {' '.join(unknown)}; "
            f"there are: {' '.join(editions)}, or nothing for the book."
        )
    for edition in asked:
        out = sphinx(session, "typst", f"pdf-{edition}", "-D", f"printed_edition={edition}")
        for made in sorted(out.glob("*.pdf")):
            session.log(f"The book is printed: {made}")


@nox.session
def forms(session: nox.Session) -> None:
    """Print the paper forms; what follows -- goes to the command, such as --large."""
    run(
        session,
        "-m",
        "partnering.paper.forms",
        "--out",
        ROOT / "_build" / "forms",
        *session.posargs,
        PYTHONPATH=str(ROOT / "exercises"),
    )


@nox.session
def workshop(session: nox.Session) -> None:
    """Open the exercises in JupyterLab. What stands on the screen is never saved in a notebook."""
    run(session, "-m", "partnering", "open", "--", *session.posargs, PYTHONPATH="exercises")


@nox.session
def wheel(session: nox.Session) -> None:
    """Make the exercises as a wheel and a source archive, which work alone; see _build/dist."""
    out = ROOT / "_build" / "dist"
    shutil.rmtree(out, ignore_errors=True)
    run(session, "-m", "hatchling", "build", "-d", out)


def _made_wheel(session: nox.Session) -> Path:
    """Make the wheel, and say where it is."""
    wheel(session)
    (made,) = (ROOT / "_build" / "dist").glob("*.whl")
    return made


@nox.session
def bundle(session: nox.Session) -> None:
    """Pack everything into one zip that works without internet; what follows -- goes to it.

    `nox -s bundle -- --system windows-x64` packs for another system. It needs a built handbook,
    and internet.
    """
    made = _made_wheel(session)
    run(session, ROOT / "deploy" / "bundle", "--wheel", made, *session.posargs)


@nox.session
def hub(session: nox.Session) -> None:
    """Let eight people at once do an exercise on a JupyterHub, and measure; -- changes how many.

    It needs Node and internet. `nox -s hub -- --users 30 --others 2`: thirty, three exercises each.
    """
    made = _made_wheel(session)
    here, place = ROOT / "deploy" / "hub", ROOT / "_build" / "hub-venv"
    session.run(str(PYTHON), "-m", "venv", "--clear", str(place), external=True)
    python = place / IN_VENV
    wanted = (str(made), "-r", str(here / "requirements.txt"), "psutil")
    session.run(str(python), "-m", "pip", "install", "--quiet", *wanted, external=True)
    npm = shutil.which("npm")
    if npm is None:
        session.error("Node with npm is needed: the proxy of JupyterHub is written for it.")
    proxy = "configurable-http-proxy"
    kept = ROOT / "_build" / "hub-proxy"
    session.run(npm, "install", "--silent", "--prefix", str(kept), f"{proxy}@^5", external=True)
    words = ("--proxy", str(kept / "node_modules" / ".bin" / proxy), *session.posargs)
    session.run(str(python), str(here / "try_it.py"), *words, external=True)


@nox.session
def sbom(session: nox.Session) -> None:
    """List every package that the exercises bring along, exactly, as CycloneDX."""
    exact = _exact(session)
    out = ROOT / "_build" / "dist" / "partnering.cdx.json"
    out.parent.mkdir(parents=True, exist_ok=True)
    words = ("requirements", exact, "--output-file", out)
    run(session, "-m", "uv", "tool", "run", "--from", "cyclonedx-bom", "cyclonedx-py", *words)


@nox.session
def audit(session: nox.Session) -> None:
    """Ask whether a fault is known in a package that the exercises bring along. Needs internet."""
    words = ("--requirement", _exact(session), "--disable-pip", "--no-deps")
    run(session, "-m", "uv", "tool", "run", "pip-audit", *words)


def _exact(session: nox.Session) -> Path:
    """The exact versions of all that the exercises need, with hashes."""
    exact = ROOT / "_build" / "exact.txt"
    exact.parent.mkdir(exist_ok=True)
    words = ("--generate-hashes", "--quiet", "--output-file", exact)
    run(session, "-m", "uv", "pip", "compile", "exercises/requirements.txt", *words)
    return exact


@nox.session
def quick(session: nox.Session) -> None:
    """Test the calculations and what is made of them in Python alone, and say how much was run."""
    chosen = " and ".join(f"not {mark}" for mark in SLOW)
    report = ROOT / "_build" / "coverage.json"
    report.parent.mkdir(exist_ok=True)
    measured = ("--cov", f"--cov-report=json:{report}")
    few = ("--hypothesis-profile", "quick")  # `tests` tries more made-up partnerships
    asked = (*IN_PARALLEL, str(CORES), "-m", chosen, *few, *measured, *session.posargs)
    run(session, "-m", "pytest", *asked)
    totals = json.loads(report.read_text(encoding="utf-8"))["totals"]
    lines = 100 * totals["covered_lines"] / totals["num_statements"]
    branches = 100 * totals["covered_branches"] / totals["num_branches"]
    said = (
        f"{lines:.1f} % of the lines and {branches:.1f} % of the branches of the calculations ran."
    )
    if lines < COVERED:
        session.error(f"{said} At least {COVERED} % of the lines should.")
    session.log(said)


@nox.session
def tests(session: nox.Session) -> None:
    """Run every test, on every core; what follows -- goes to pytest instead."""
    _fetch_node_packages(session)
    run(session, "-m", "pytest", *(session.posargs or (*IN_PARALLEL, WAITING, "--durations", "15")))


def _fetch_node_packages(session: nox.Session) -> None:
    """Let npm fetch what the grid's own tests need, where it is there and they have changed.

    Without it, or without internet, those tests are skipped and say why.
    """
    npm, place = shutil.which("npm"), ROOT / "tests" / "javascript"
    wanted = (place / "package-lock.json").read_text(encoding="utf-8")
    stamp = place / "node_modules" / ".fetched"
    if npm is None or (stamp.exists() and stamp.read_text(encoding="utf-8") == wanted):
        return
    done = subprocess.run(
        [npm, "ci", "--silent", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=place
    )
    if done.returncode:
        session.warn("The packages for the grid's own tests could not be fetched.")
    else:
        stamp.write_text(wanted, encoding="utf-8")


@nox.session
def laws(session: nox.Session) -> None:
    """Ask of many made-up partnerships whether results are true and silent; -- says how many."""
    run(session, ROOT / "tests" / "laws", *session.posargs)


@nox.session
def fuzz(session: nox.Session) -> None:
    """Hand over what nobody should, and count how it ends; -- says how many: -- 10000."""
    run(session, ROOT / "tests" / "fuzz", *session.posargs)


@nox.session
def lint(session: nox.Session) -> None:
    """Look for slips: the code's rules, format and types, and how easy the words are to read."""
    run(session, "-m", "ruff", "check")
    run(session, "-m", "ruff", "format", "--check")
    run(session, "-m", "mypy")
    run(session, ROOT / "tests" / "wording")


@nox.session
def mutants(session: nox.Session) -> None:
    """Change single places of the calculations, and say which changes no test has noticed.

    `nox -s mutants -- --sample 1000 --seed 1` draws some; all of them take hours.
    """
    _refresh(session)
    tried = ROOT / "tests" / "mutants"
    place = ROOT / "_build" / "mutants-venv"  # it sees .venv, and has mutmut beside
    python = place / IN_VENV
    if not python.exists():
        ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
        session.run(str(PYTHON), "-m", "venv", str(place), external=True)
        own, shared = (
            session.run(str(each), "-c", ask, external=True, silent=True).strip()
            for each in (python, PYTHON)
        )
        (Path(own) / "shared.pth").write_text(shared, encoding="utf-8")
    wanted = ("-r", str(tried / "requirements.txt"))
    session.run(str(python), "-m", "pip", "install", "--quiet", *wanted, external=True)
    session.run(str(python), str(tried), *session.posargs, external=True)


@nox.session
def linkcheck(session: nox.Session) -> None:
    """Try every link that leads out of the handbook. Needs internet."""
    sphinx(session, "linkcheck", "linkcheck")


@nox.session
def bench(session: nox.Session) -> None:
    """Measure, as ratios where that is possible; what follows -- is measured alone."""
    run(session, ROOT / "tests" / "bench", *session.posargs)
