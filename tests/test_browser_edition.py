"""The edition for browsers: every file by its hash, from one host alone, and what comes later."""

from __future__ import annotations

import importlib.util
import json
import re
import shutil
import subprocess
import sys
import types
import zipfile
from pathlib import Path

import pytest

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
globalThis.fetch = async (address) =>
    new Response(readFileSync(address), { headers: { "content-type": "application/wasm" } });
globalThis.started = (given) => {
    Object.assign(options, given);
    return { FS: {
        mkdirTree: (folder) => folders.push(folder),
        writeFile: (path, data) => { laid[path] = [...data]; },
    } };
};
writeFileSync(`${place}/pyodide.mjs`, "export const loadPyodide = async (given) => started(given);");
const { loadPyodide } = await import(pathToFileURL(`${place}/start.mjs`));
await loadPyodide({ env: { HOME: "/home" }, packages: ["micropip"] });
const [large] = Object.keys(laid).filter((path) => path.includes("large"));
const part = new WebAssembly.Module(new Uint8Array(laid[large]));
const one = new WebAssembly.Instance(part).exports.one();
const bytes = Object.fromEntries(Object.entries(laid).map(([path, data]) => [path, data.length]));
console.log(JSON.stringify({ bytes, folders, options, one, isOne: part instanceof WebAssembly.Module }));
"""


@pytest.mark.skipif(not shutil.which("node"), reason="there is no Node here")
def test_packages_are_laid_in_their_place_and_a_part_that_comes_apart_is_given_for_its_head(
    build, tmp_path
):
    place = made_edition(build, tmp_path)
    words = ["--input-type=module", "--eval", START_IT, json.dumps([str(place)])]
    done = subprocess.run(["node", *words], capture_output=True, text=True, check=True)
    told = json.loads(done.stdout)
    site = "/lib/python3.14/site-packages/deep"
    assert told["one"] == 7 and told["isOne"]
    assert told["bytes"].pop(f"{site}/large.cpython-314.so") < 100
    assert told["bytes"] == {f"{site}/one.pyc": 5, f"{site}/small.cpython-314.so": 5}
    assert set(told["folders"]) == {site}
    assert told["options"] == {"env": {"HOME": "/home"}, "packages": []}


def test_python_is_given_no_package_to_fetch_and_what_comes_later_is_a_zip(build, tmp_path):
    place = made_edition(build, tmp_path)
    lock = json.loads((place / "pyodide-lock.json").read_text(encoding="utf-8"))
    assert lock == {"info": {}, "packages": {}}
    assert {file.name for file in place.glob("*.zip")} == {"python_stdlib.zip", "typst.zip"}
    assert (place / "deep.large.wasm").read_bytes() == PART


def test_packages_with_other_contents_have_another_name_so_that_no_old_file_is_taken_for_them(
    build, tmp_path
):
    names = []
    for text in ("one", "one", "another"):
        (tmp_path / "core").mkdir(exist_ok=True)
        (tmp_path / "core" / "module.pyc").write_text(text, encoding="utf-8")
        names.append(build.pack_at_once(tmp_path / "core", tmp_path))
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

    worker = "https://example.org/handbook/browser/extensions/kernel/worker.js"
    page = types.SimpleNamespace(
        XMLHttpRequest=Request,
        location=types.SimpleNamespace(href=worker),
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
    assert started.asked == ["https://example.org/handbook/browser/static/pyodide/documents.zip"]


def test_no_import_asks_the_page_what_lies_where_the_exercises_are(started):
    assert "" not in sys.path


def test_where_nothing_is_the_page_is_sent_null_as_in_jupyter(started):
    started.comm.publish_msg("comm_msg", {"row": None}, None, [b"1"], target="grid")
    started.comm.publish_msg("comm_msg", {"share": float("nan")})
    first, second = started.asked
    assert first == ("comm_msg", 'JSON: {"row": null}', [b"1"], {"target": "grid"})
    assert set(second[1]) == {"share"}  # JSON has no word for it: it goes as it was


def test_the_list_that_opens_without_a_network_holds_all_but_what_is_large_and_asked_for(
    build, tmp_path
):
    for name, text in {
        "index.html": "old",
        "service-worker.js": "theirs",
        "static/pyodide/core.zip": "core",
        "static/pyodide/typst.zip": "large",
        "build/one.js.map": "for makers",
        "extensions/partnering-browser/in-browser.js": "about {mb} MB",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    build.without_a_network(tmp_path)
    listed = json.loads((tmp_path / "offline.json").read_text(encoding="utf-8"))
    assert {"index.html", "static/pyodide/core.zip", "jupyterlite-service-worker.js"} <= set(listed)
    assert not any(name.endswith(("typst.zip", ".map")) for name in listed)
    plugin = tmp_path / "extensions/partnering-browser/in-browser.js"
    assert plugin.read_text(encoding="utf-8") == "about 0 MB"
    worker = (tmp_path / "service-worker.js").read_text(encoding="utf-8")
    assert "{version}" not in worker and "jupyterlite-service-worker.js" in worker


ASK_THE_KEEPER = """
import { readFileSync } from "node:fs";
const scope = "https://example.org/browser/", listens = {}, asked = [], told = [], sent = [];
const [isReached, ...addresses] = JSON.parse(process.argv[1]);
globalThis.self = { addEventListener: (kind, does) => { listens[kind] = does; } };
globalThis.registration = { scope };
globalThis.importScripts = () => {};
globalThis.caches = { open: async () => ({
    match: async (address, options) => { asked.push([address, options]); return "kept"; },
}) };
globalThis.fetch = async (address) => {
    sent.push(String(address.url ?? address));
    if (!isReached) throw new TypeError();
    return { ok: true };
};
(0, eval)(readFileSync("service-worker.js", "utf8"));
const open = async (address, mode) => {
    let answer = "from the host";
    listens.fetch({ request: { url: scope + address, method: "GET", mode },
        stopImmediatePropagation() {}, respondWith(given) { answer = given; } });
    answer = await answer;
    told.push(answer instanceof Response ? answer.status : answer);
    await new Promise((done) => setTimeout(done, 1));
};
await open("index.html", "navigate");
for (const address of addresses) await open(address, "no-cors");
console.log(JSON.stringify({ asked, told, sent }));
"""


def kept(is_reached: bool, *addresses: str) -> dict:
    """What the keeper of the edition asks its store, and answers, after a page was opened."""
    words = ["--input-type=module", "--eval", ASK_THE_KEEPER, json.dumps([is_reached, *addresses])]
    done = subprocess.run(["node", *words], cwd=PLACE, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


needs_node = pytest.mark.skipif(not shutil.which("node"), reason="there is no Node here")


@needs_node
def test_what_is_kept_is_asked_for_by_its_exact_address_so_that_the_rest_is_not_opened():
    asked = kept(True, "build/one.js?v=1")["asked"]
    assert asked[-1][0] == "https://example.org/browser/build/one.js"
    assert not any("ignoreSearch" in options for _, options in asked)


@needs_node
def test_python_comes_from_its_host_where_it_answers_and_else_from_what_is_kept():
    python = "static/pyodide/pyodide.asm.wasm"
    assert kept(True, python)["told"] == ["kept", "from the host"]
    assert kept(False, python)["told"] == ["kept", "kept"]


@needs_node
def test_what_partnerships_are_called_is_never_asked_of_the_host():
    answered = kept(
        True, "api/contents/my-partnerships/The%20well/all.json", "files/my-partnerships/a.csv"
    )
    assert answered["told"] == ["kept", 404, 404]
    assert not any("my-partnerships" in address for address in answered["sent"])
    assert not any("my-partnerships" in address for address, _ in answered["asked"])


ASK_THE_PAGE = """
const [says, protocol] = JSON.parse(process.argv[1]);
globalThis.location = { protocol };
globalThis.document = { body: { innerHTML: "the exercise" } };
(0, eval)(says);
console.log(document.body.innerHTML);
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
        words = ["--eval", ASK_THE_PAGE, json.dumps([says, protocol])]
        done = subprocess.run(["node", *words], capture_output=True, text=True, check=True)
        assert wanted in done.stdout


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


def test_all_that_the_page_says_stands_in_its_plugin_and_nothing_goes_elsewhere():
    for file in (PLACE / "labextension" / "in-browser.js", PLACE / "service-worker.js"):
        assert "://" not in file.read_text(encoding="utf-8"), file
    plugin = (PLACE / "labextension" / "in-browser.js").read_text(encoding="utf-8")
    assert "Whoever clears the browser's data deletes it" in plugin
    assert Path(PLACE / "README.md").exists()
