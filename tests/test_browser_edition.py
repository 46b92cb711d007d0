"""The edition for browsers: every file by its hash, from one host alone, and what comes later."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import types
import zipfile
from pathlib import Path

import pytest
from IPython.core import display

from book import ROOT
from partnering.storage import paths

PLACE = ROOT / "deploy" / "browser"


def program(name: str):
    """A program of the folder, as a module."""
    spec = importlib.util.spec_from_file_location(
        f"edition_{name.strip('_')}", PLACE / f"{name}.py"
    )
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def build():
    """The program that builds the edition."""
    return program("__main__")


def test_a_file_with_another_hash_is_refused_and_removed(build, tmp_path):
    file = tmp_path / "pandas.whl"
    file.write_bytes(b"as it should be")
    build.check(file, build.digest(file))
    wanted = build.digest(file)
    file.write_bytes(b"something else")
    with pytest.raises(build.NotBuilt, match=r"pandas\.whl is not the file"):
        build.check(file, wanted)
    assert not file.exists()


def test_every_package_of_the_edition_is_pinned_and_has_its_hash():
    lines = [
        line
        for line in (PLACE / "wheels.txt").read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    assert len(lines) > 20
    for line in lines:
        assert re.fullmatch(r"[a-z0-9-]+==[\w.]+ --hash=sha256:[0-9a-f]{64}", line), line


def test_python_itself_comes_from_the_sites_own_host_whatever_jupyterlite_has_written(
    build, tmp_path
):
    (tmp_path / "notebooks").mkdir()
    kernel = "@jupyterlite/pyodide-kernel-extension:kernel"
    written = {"jupyter-config-data": {"litePluginSettings": {kernel: {"pipliteUrls": ["x"]}}}}
    for folder in (tmp_path, tmp_path / "notebooks"):
        (folder / "jupyter-lite.json").write_text(json.dumps(written), encoding="utf-8")
    build.configured(tmp_path)
    root, app = (
        json.loads((folder / "jupyter-lite.json").read_text(encoding="utf-8"))
        for folder in (tmp_path, tmp_path / "notebooks")
    )
    told = root["jupyter-config-data"]["litePluginSettings"][kernel]
    assert told["pyodideUrl"] == "./static/pyodide/start.mjs"
    assert told["disablePyPIFallback"] is True
    assert "litePluginSettings" not in app["jupyter-config-data"]
    assert "://" not in json.dumps(root)


def made_edition(build, tmp_path: Path) -> Path:
    """Python's part of an edition with a module, a large compiled part, and what comes later."""
    pyodide, made = tmp_path / "pyodide", tmp_path / "made"
    pyodide.mkdir()
    for name in ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm"):
        (pyodide / name).write_bytes(b"")
    (pyodide / "pyodide-lock.json").write_text('{"info": {}, "packages": {"scipy": 1}}', "utf-8")
    for group in ("core", "numpy", "python_stdlib", "typst"):
        (made / group / "deep").mkdir(parents=True)
        (made / group / "deep" / "one.pyc").write_bytes(group.encode())
    (made / "numpy" / "deep" / "large.cpython-314.so").write_bytes(PART)
    (made / "numpy" / "deep" / "small.cpython-314.so").write_bytes(b"small")
    place = tmp_path / "out"
    build.runtime(pyodide, made, place)
    return place


# It says what memory it needs, has a function that returns 7, and is as large as real ones are.
PART = bytes.fromhex(
    "0061736d01000000"
    "000f0864796c696e6b2e30"
    "010400000000"  # a head
    "0105016000017f"
    "03020100"
    "070701036f6e650000"
    "0a0601040041070b"  # a function
    "00d4fd0503706164"  # a section as long as the rest
) + bytes(98_000)

START_IT = """
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
const [place] = JSON.parse(process.argv[1]), laid = {}, folders = [], options = {};
let mounted;
globalThis.fetch = async (address) => {
    if (String(address).endsWith("large.wasm")) throw new TypeError("the network has gone");
    const file = readFileSync(new URL(String(address).replace("?", "")));
    return new Response(file, { headers: { "content-type": "application/wasm" } });
};
globalThis.started = (given) => {
    Object.assign(options, given);
    return { FS: {
        mkdirTree: (folder) => folders.push(folder),
        writeFile: (path, data) => { laid[path] = [...data]; },
        mount: (system) => { mounted = system; },
    } };
};
writeFileSync(`${place}/pyodide.mjs`, "export const loadPyodide = async (given) => started(given);");
const { loadPyodide } = await import(pathToFileURL(`${place}/start.mjs`));
const python = await loadPyodide({ env: { HOME: "/home" }, packages: ["micropip"] });
const questions = [], ask = (method, path, data) => mounted.API.request({ method, path, data });
python.FS.mount({ API: { request({ method, path }) {
    questions.push(`${method} ${path}`);
    return method === "readdir" ? ["a.csv"] : { of: questions.length };
} } });
const answers = [ask("getattr", "a"), ask("getattr", "a"), ask("getattr", "b")].map((one) => one.of);
ask("readdir", "").push("."); // whoever asks adds to the answer
answers.push(ask("readdir", "").length, ask("put", "a").of, ask("getattr", "a").of, ask("getattr", "a").of);
await new Promise((done) => setTimeout(done, 5));
answers.push(ask("getattr", "a").of);
const anew = (path, method = "getattr") => {
    const before = questions.length;
    ask(method, path);
    return questions.length > before;
};
const drive = ["one", "one/x.csv", "one/y.csv", "two", "two/z.csv", "two/deep/z.csv"];
const changed = {};
for (const [method, path, data] of [
    ["put", "one/x.csv"], ["rename", "one/x.csv", { newPath: "two/z.csv" }], ["rmdir", "two"],
]) {
    drive.forEach((each) => anew(each));
    ask(method, path, data);
    changed[`${method} ${path}`] = drive.filter((each) => anew(each));
}
const [large] = Object.keys(laid).filter((path) => path.includes("large"));
const part = new WebAssembly.Module(new Uint8Array(laid[large]));
const one = new WebAssembly.Instance(part).exports.one();
const bytes = Object.fromEntries(Object.entries(laid).map(([path, data]) => [path, data.length]));
const isOne = part instanceof WebAssembly.Module;
console.log(JSON.stringify({ bytes, folders, options, one, isOne, questions, answers, changed }));
"""


needs_node = pytest.mark.skipif(not shutil.which("node"), reason="there is no Node here")


def told_by_node(script: str, *words: object) -> dict:
    """What a script says in JSON, with words that it is given."""
    command = ["node", "--input-type=module", "--eval", script, json.dumps(words)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


@needs_node
def test_packages_are_laid_in_their_place_and_a_part_that_comes_apart_is_given_for_its_head(
    build, tmp_path
):
    place = made_edition(build, tmp_path)
    told = told_by_node(START_IT, str(place))
    site = "/lib/python3.14/site-packages/deep"
    assert told["one"] == 7 and told["isOne"]
    assert told["bytes"].pop(f"{site}/large.cpython-314.so") < 100
    assert told["bytes"] == {f"{site}/one.pyc": 5, f"{site}/small.cpython-314.so": 5}
    assert set(told["folders"]) == {site}
    env = {"HOME": "/home", "PARTNERING_PARTS": f"{place.as_uri()}/"}
    assert told["options"] == {"env": env, "packages": []}


@needs_node
def test_the_page_is_asked_once_for_what_lies_on_the_drive_until_it_changes_or_others_are_heard(
    build, tmp_path
):
    told = told_by_node(START_IT, str(made_edition(build, tmp_path)))
    assert told["questions"][:6] == [
        "getattr a",
        "getattr b",
        "readdir ",
        "put a",
        "getattr a",  # after something was written
        "getattr a",  # after others could be heard
    ]
    assert told["answers"] == [1, 1, 2, 1, 4, 5, 5, 6]
    assert told["changed"] == {
        "put one/x.csv": ["one", "one/x.csv"],
        "rename one/x.csv": ["one", "one/x.csv", "two", "two/z.csv"],
        "rmdir two": ["two", "two/z.csv", "two/deep/z.csv"],
    }


def test_python_is_given_no_package_to_fetch_and_what_comes_later_is_a_zip(build, tmp_path):
    place = made_edition(build, tmp_path)
    lock = json.loads((place / "pyodide-lock.json").read_text(encoding="utf-8"))
    assert lock == {"info": {}, "packages": {}}
    assert {file.name for file in place.glob("*.zip")} == {"python_stdlib.zip", "typst.zip"}
    assert (place / "deep.large.wasm").read_bytes() == PART


def test_python_with_other_contents_has_another_address_so_that_no_old_file_is_taken_for_it(
    build, tmp_path
):
    names = []
    for number, text in enumerate(("one", "one", "another")):
        place = tmp_path / str(number) / "static" / "pyodide"
        place.mkdir(parents=True)
        (place / "start.mjs").write_text(text, encoding="utf-8")
        settings = place.parents[1] / "jupyter-lite.json"
        settings.write_text((PLACE / "jupyter-lite.json").read_text("utf-8"), "utf-8")
        build.named_by_contents(place.parents[1])
        (address,) = re.findall(r'"\./(static/[^"]+)"', settings.read_text("utf-8"))
        assert (place.parents[1] / address).read_text("utf-8") == text
        names.append(address)
    assert names[0] == names[1] != names[2]


@pytest.fixture
def started(tmp_path, monkeypatch):
    """What the kernel runs before the first cell, in a place where a package comes later."""
    (tmp_path / "in_browser.json").write_text(
        '{"only_documents": "documents.zip", "only_too": "documents.zip"}', encoding="utf-8"
    )
    (tmp_path / "in_browser.py").write_text((PLACE / "in_browser.py").read_text("utf-8"), "utf-8")
    packed = tmp_path / "host.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("only_documents.py", "WORD = 'there'")
        archive.writestr("only_too.py", "WORD = 'too'")
    asked: list[str] = []

    class Request:
        status, response = 200, types.SimpleNamespace(to_bytes=packed.read_bytes)
        new = classmethod(lambda cls: cls())
        send = staticmethod(lambda: None)
        open = staticmethod(lambda method, address, later: asked.append(address))

    class Comm:
        def publish_msg(self, kind, data=None, metadata=None, buffers=None, **keys):
            asked.append((kind, data, buffers, keys))

    monkeypatch.setenv("PARTNERING_PARTS", "https://example.org/browser/static/pyodide-1/")
    monkeypatch.setattr("IPython.core.display._safe_exists", os.path.exists)
    page = types.SimpleNamespace(
        XMLHttpRequest=Request,
        JSON=types.SimpleNamespace(parse=lambda text: f"JSON: {text}"),
    )
    monkeypatch.setitem(sys.modules, "js", page)
    monkeypatch.setitem(sys.modules, "pyodide_kernel", types.ModuleType("pyodide_kernel"))
    monkeypatch.setitem(sys.modules, "pyodide_kernel.comm", types.SimpleNamespace(Comm=Comm))
    monkeypatch.setattr(sys, "meta_path", list(sys.meta_path))
    monkeypatch.setattr("gc.set_threshold", lambda *_: None)
    monkeypatch.setattr(sys, "path", ["", str(tmp_path), *sys.path])
    spec = importlib.util.spec_from_file_location("started", tmp_path / "in_browser.py")
    spec.loader.exec_module(importlib.util.module_from_spec(spec))
    return types.SimpleNamespace(asked=asked, comm=Comm())


def test_what_only_documents_need_is_fetched_once_at_its_first_import(started):
    assert importlib.import_module("only_documents").WORD == "there"
    assert importlib.import_module("only_too").WORD == "too"
    assert started.asked == ["https://example.org/browser/static/pyodide-1/documents.zip"]


def test_no_import_asks_the_page_what_lies_where_the_exercises_are(started):
    assert "" not in sys.path


def test_no_text_that_is_shown_is_looked_for_on_the_drive(started, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("a sentence").write_text("what is in a file", encoding="utf-8")
    assert display.HTML("a sentence").data == "a sentence"


def test_where_nothing_is_the_page_is_sent_null_as_in_jupyter(started):
    started.comm.publish_msg("comm_msg", {"row": None}, None, [b"1"], target="grid")
    started.comm.publish_msg("comm_msg", {"share": float("nan")})
    first, second = started.asked
    assert first == ("comm_msg", 'JSON: {"row": null}', [b"1"], {"target": "grid"})
    assert set(second[1]) == {"share"}  # JSON has no word for it: it goes as it was


def told_in(worker: str, name: str):
    """What the keeper of the edition is told when it is built."""
    return json.loads(re.search(rf"^const {name} = (.+?); //", worker, re.MULTILINE)[1])


def test_the_keeper_is_told_every_file_by_its_hash_and_keeps_all_but_what_is_large_and_asked_for(
    build, tmp_path
):
    for name, text in {
        "index.html": "old",
        "service-worker.js": "theirs()",
        "static/pyodide/core.zip": "core",
        "static/pyodide/typst.zip": "large",
        "build/one.js.map": "for makers",
        "extensions/partnering-browser/in-browser.js": "about {mb} MB",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    build.without_a_network(tmp_path)
    worker = (tmp_path / "service-worker.js").read_text(encoding="utf-8")
    files = told_in(worker, "FILES")
    there = {file.relative_to(tmp_path).as_posix() for file in tmp_path.rglob("*.*")}
    assert set(files) == there - {"service-worker.js", "version.txt"}
    # printf core | openssl dgst -sha256 -binary | base64
    assert files["static/pyodide/core.zip"] == "DUX1/UYrjHC/+xACGsG8/z9Y8psfr3VoWVCVQn1CgSw="
    assert told_in(worker, "LATER") == ["static/pyodide/typst.zip"]
    version = (tmp_path / "version.txt").read_text(encoding="utf-8")
    assert told_in(worker, "VERSION") == version and re.fullmatch("[0-9a-f]{16}", version)
    plugin = tmp_path / "extensions/partnering-browser/in-browser.js"
    assert plugin.read_text(encoding="utf-8") == "about 0 MB"
    assert worker.rstrip().endswith("(() => {theirs()})();")


ASK_THE_KEEPER = """
import { readFileSync } from "node:fs";
const scope = "https://example.org/browser/", listens = {}, asked = [], told = [], sent = [], kept = {};
const [{ hosts, stored, given, place }, ...addresses] = JSON.parse(process.argv[1]);
globalThis.self = { addEventListener: (kind, does) => { listens[kind] = does; } };
globalThis.registration = { scope };
Object.assign(kept, stored);
globalThis.caches = { open: async () => ({
    match: async (address, options) => {
        asked.push([address, options]);
        return kept[address] === undefined ? undefined : { text: kept[address], isKept: true };
    },
    put: async (address, answer) => { kept[address] = answer.text; },
}) };
globalThis.Request = class {
    constructor(request, options) { Object.assign(this, { url: request.url ?? request }, options); }
};
const answerOf = (text) => ({ ok: true, status: 200, text, clone: () => answerOf(text) });
globalThis.fetch = async (request) => {
    const address = String(request.url ?? request);
    sent.push(address);
    if (hosts[0] === null) throw new TypeError();
    if (address.endsWith("version.txt")) {
        const version = hosts.length > 1 ? hosts.shift() : hosts[0];
        return { ok: true, text: async () => version };
    }
    const text = given[address.slice(scope.length)] ?? "of the host";
    if (request.integrity && request.integrity !== `sha256-${text}`) throw new TypeError();
    return answerOf(text);
};
const told_so = { "{version}": "00000000000000aa", "{files}": { "index.html": "page", "build/one.js": "one",
    "static/pyodide.asm.wasm": "python", "typst.zip": "typst", "static/pyodide-00000000000000cc/late.zip": "late" }, "{later}": ["typst.zip"] };
let worker = readFileSync(`${place}/service-worker.js`, "utf8");
for (const [name, value] of Object.entries(told_so)) worker = worker.replace(`"${name}"`, JSON.stringify(value));
(0, eval)(worker);
const open = async (address, mode) => {
    let answer = { text: "not ours to answer" };
    listens.fetch({ request: { url: scope + address, method: "GET", mode, redirect: "follow" },
        stopImmediatePropagation() {}, respondWith(given) { answer = given; } });
    answer = await answer;
    told.push(answer.type === "error" ? "nothing" : answer.status === 404 ? 404 : answer.text);
    await new Promise((done) => setTimeout(done, 1));
};
for (const address of addresses) {
    if (address === "keep") {
        let isKept = false;
        await new Promise((done) => listens.message({ data: "keep", waitUntil: (work) => work.then(done),
            source: { postMessage: () => { isKept = true; } } }));
        told.push(isKept);
    } else await open(address, address.endsWith("html") ? "navigate" : "no-cors");
}
console.log(JSON.stringify({ asked, told, sent, kept }));
"""
SCOPE, OURS, ANOTHER = "https://example.org/browser/", "00000000000000aa", "00000000000000bb"
STORED = {f"{SCOPE}index.html": "page", f"{SCOPE}build/one.js": "one"}


def keeper(
    *addresses: str,
    host: str | None = OURS,
    later: str | None = None,
    stored: dict[str, str] | None = None,
    given: dict[str, str] | None = None,
) -> dict:
    """What the keeper of the edition asks, answers and keeps.

    Args:
        addresses: What is asked of it, from the page on; `keep` lets it keep all.
        host: The edition that the host has; None where it does not answer.
        later: The edition that it has from the second time on that it is asked.
        stored: What is kept already.
        given: What the host gives; the hash of a file is what stands in it.
    """
    hosts = [host, later] if later else [host]
    world = {"hosts": hosts, "stored": stored or {}, "given": given or {}, "place": str(PLACE)}
    return told_by_node(ASK_THE_KEEPER, world, *addresses)


@needs_node
def test_what_is_kept_is_asked_for_by_its_exact_address_so_that_the_rest_is_not_opened():
    told = keeper("index.html?path=1", "build/one.js?v=1", stored=STORED)
    assert told["told"] == ["page", "one"]
    assert told["asked"][-1][0] == f"{SCOPE}build/one.js"
    assert not any("ignoreSearch" in options for _, options in told["asked"])


@needs_node
def test_python_comes_from_what_is_kept_where_the_network_goes_while_it_is_fetched():
    python = "static/pyodide.asm.wasm"
    stored = {**STORED, f"{SCOPE}{python}": "python"}
    assert keeper("index.html", f"{python}?", stored=stored)["told"] == ["page", "python"]


@needs_node
def test_python_comes_from_its_host_where_it_answers_and_else_from_what_is_kept():
    python = "static/pyodide.asm.wasm"
    stored = {**STORED, f"{SCOPE}{python}": "python"}
    assert keeper("index.html", python, stored=stored)["told"][1] == "not ours to answer"
    assert keeper("index.html", python, stored=stored, host=None)["told"] == ["page", "python"]


@needs_node
def test_what_the_page_of_a_hotels_network_says_is_no_edition():
    told = keeper("index.html", "build/one.js", stored=STORED, host="<html>Log in")
    assert told["told"] == ["page", "one"]


@needs_node
def test_no_part_of_an_edition_is_given_once_its_host_has_another():
    new = {"index.html": "new page", "build/one.js": "new one"}
    told = keeper("index.html", "build/one.js", stored=STORED, host=ANOTHER, given=new)
    assert told["told"] == ["new page", "new one"]
    assert told["kept"] == STORED


@needs_node
def test_a_page_that_is_open_still_gets_what_is_kept_of_python_once_its_host_has_another():
    late = "static/pyodide-00000000000000cc/late.zip"
    stored = {**STORED, f"{SCOPE}{late}": "late"}
    told = keeper("index.html", f"{late}?v=1", "build/one.js", host=ANOTHER, stored=stored)
    assert told["told"] == ["of the host", "late", "of the host"]
    told = keeper("index.html", late, host=ANOTHER, stored=STORED)
    assert told["told"][1] == "of the host" and told["kept"] == STORED


@needs_node
def test_a_file_whose_hash_is_not_this_editions_is_never_kept():
    old = {"index.html": "page", "build/one.js": "an old one, kept by the browser"}
    told = keeper("index.html", "build/one.js", "keep", given=old)
    assert told["told"] == ["page", "an old one, kept by the browser", False]
    assert told["kept"] == {f"{SCOPE}index.html": "page"}


@needs_node
def test_where_the_host_is_given_another_edition_meanwhile_nothing_of_it_comes_beside_this_one():
    stored, new = {f"{SCOPE}index.html": "page"}, {"build/one.js": "new one"}
    told = keeper("index.html", "build/one.js", later=ANOTHER, stored=stored, given=new)
    assert told["told"] == ["page", "nothing"]
    assert told["kept"] == stored


@needs_node
def test_the_keeper_asks_anew_what_the_host_has_after_a_pause_in_which_it_was_ended():
    told = keeper("build/one.js", stored=STORED, host=ANOTHER, given={"build/one.js": "new one"})
    assert told["told"] == ["new one"]


@needs_node
def test_all_is_kept_but_what_is_large_and_it_is_said_only_where_that_is_so():
    files = {
        "index.html": "page",
        "build/one.js": "one",
        "static/pyodide.asm.wasm": "python",
        "typst.zip": "typst",
        "static/pyodide-00000000000000cc/late.zip": "late",
    }
    told = keeper("keep", given=files)
    assert told["told"] == [True]
    assert set(told["kept"]) == {f"{SCOPE}{name}" for name in files if name != "typst.zip"}
    assert keeper("keep", host=None)["told"] == [False]
    replaced = keeper("keep", host=ANOTHER, given=files)
    assert (replaced["told"], replaced["sent"]) == ([False], [f"{SCOPE}version.txt"])
    assert keeper("typst.zip", given=files)["kept"] == {f"{SCOPE}typst.zip": "typst"}


@needs_node
def test_what_partnerships_are_called_is_never_asked_of_the_host():
    told = keeper("api/contents/my-partnerships/The%20well/all.json", "files/my-partnerships/a.csv")
    assert told["told"] == [404, 404]
    assert not any("my-partnerships" in address for address in told["sent"])
    assert not any("my-partnerships" in address for address, _ in told["asked"])


ASK_THE_PAGE = """
const [says, protocol] = JSON.parse(process.argv[1]);
globalThis.location = { protocol };
globalThis.document = { body: { innerHTML: "the exercise" } };
(0, eval)(says);
console.log(JSON.stringify(document.body.innerHTML));
"""


@needs_node
def test_a_page_that_is_opened_as_a_file_says_what_to_do_and_any_other_opens_the_exercise(
    build, tmp_path
):
    page = tmp_path / "index.html"
    page.write_text("<body><p>empty</p></body>", encoding="utf-8")
    build.says_so_as_a_file(page)
    (says,) = re.findall(r"<p>empty</p><script>(.*)</script>", page.read_text("utf-8"), re.DOTALL)
    for protocol, wanted in {
        "file:": "You have opened the handbook",
        "https:": "the exercise",
    }.items():
        assert wanted in told_by_node(ASK_THE_PAGE, says, protocol)


def test_no_exercise_asks_to_be_run_by_hand_since_the_page_runs_it(build):
    for notebook in paths.HOME.glob("*.ipynb"):
        for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
            text = build.RUN_BY_HAND.sub("", "".join(cell["source"]))
            assert "Run All Cells" not in text, (notebook.name, text)


def test_links_to_pages_that_are_not_among_the_exercises_become_words(build):
    text = "See [Files](../guide/facilitating/files.md) and [Start here](0-start-here.ipynb)."
    assert build._TO_PAGES.sub(r"*\1*", text) == (
        "See *Files* and [Start here](0-start-here.ipynb)."
    )


def test_no_module_is_left_out_that_the_exercises_import(build):
    assert build.needed("partnering/live.py") and build.needed("pygments/lexers/python.py")
    assert not build.needed("pandas/tests/io/test_sql.py")
    assert not build.needed("pygments/lexers/haskell.py")


@pytest.mark.parametrize(
    ("path", "is_typed"),
    [
        ("The well/positions.csv", True),
        ("The well/houses/VEC.csv", True),
        ("The well/.versions/.~2026-05-01.tmp/positions.csv", True),  # a save is first seen so
        (f"{paths.PASSING}x1/BEA.csv", False),
        ("The well/notes.txt", False),
    ],
)
def test_what_came_back_and_is_read_is_nothing_to_be_taken_home(path, is_typed):
    plugin = (PLACE / "labextension" / "in-browser.js").read_text(encoding="utf-8")
    pattern = re.search(r"if \(/(.+)/\.test\(path", plugin)[1].replace(r"\/", "/")
    assert bool(re.search(pattern, f"my-partnerships/{path}")) is is_typed


def test_all_that_the_page_says_stands_in_its_plugin_and_nothing_goes_elsewhere():
    for file in (PLACE / "labextension" / "in-browser.js", PLACE / "service-worker.js"):
        assert "://" not in file.read_text(encoding="utf-8"), file
    plugin = (PLACE / "labextension" / "in-browser.js").read_text(encoding="utf-8")
    assert "Whoever clears the browser's data deletes it" in plugin
    assert Path(PLACE / "README.md").exists()
