"""How readers get the handbook: in the browser, by one line, as one zip, on paper.

`{get-handbook}` lists the ways, `{get-buttons}` leads to them. What this build does not have is
left out, or said in words that hold without it. As a program, `python _ext/get_handbook.py SITE`
fills in how large each file is, once all of them are there.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.osutil import relative_uri

from partnering.exchange import form_workbook
from partnering.language import tr

PAGE = "guide/get-the-handbook"
DOWNLOADS = "_downloads"
BROWSER = "browser"
WORKBOOKS = f"{DOWNLOADS}/workbooks"
START = "0-start-here"
_MEASURED = re.compile(r'<span class="measured" data-of="([^"]+)"></span>')


class ways(nodes.General, nodes.Element):
    """Holds the place of the ways to the handbook."""


class ways_in(nodes.General, nodes.Element):
    """Holds the place of buttons that lead to the exercises."""


class GetHandbook(SphinxDirective):
    """`{get-handbook}`: each way in one sentence, with how large it is."""

    def run(self) -> list[nodes.Node]:
        """The place of the list, which depends on what is built beside the site."""
        return [ways("")]


class GetButtons(SphinxDirective):
    """`{get-buttons}`: try it here, where that is built; and all ways."""

    def run(self) -> list[nodes.Node]:
        """The place of the buttons."""
        return [ways_in("")]


def fill_in(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Put in what this build has. A book has neither buttons nor links."""
    here = app.builder.get_target_uri(docname)
    for place in list(doctree.findall(ways_in)):
        place.replace_self(buttons(app, here) if app.builder.format == "html" else [])
    for place in list(doctree.findall(ways)):
        place.replace_self(listed(app, here))


def buttons(app: Sphinx, here: str, exercise: str = START) -> list[nodes.Node]:
    """The links that stand on a page of the site.

    Args:
        app: What builds.
        here: The address of the page.
        exercise: The exercise that is opened in the browser.

    Returns:
        A paragraph.
    """
    found: list[nodes.Node] = []
    if app.config.get_browser:
        label = tr("Try it here: nothing to install")
        found += [_button(label, relative_uri(here, in_browser(exercise))), nodes.Text(" ")]
    if PAGE in app.env.found_docs:
        target = app.builder.get_target_uri(PAGE)
        found.append(_button(tr("Get the exercises"), relative_uri(here, target)))
    return [nodes.paragraph("", "", *found, classes=["get-buttons"])] if found else []


def in_browser(exercise: str) -> str:
    """Where an exercise opens in the browser, seen from the site's root."""
    return f"{BROWSER}/notebooks/index.html?path={exercise}.ipynb"


def _button(label: str, target: str) -> nodes.reference:
    classes = ["button"]
    return nodes.reference("", "", nodes.inline("", label), refuri=target, classes=classes)


def listed(app: Sphinx, here: str) -> nodes.definition_list:
    """The ways, each with its name and a sentence or two."""
    config, on_site = app.config, app.builder.format == "html"

    def link(label: str, target: str) -> list[nodes.Node]:
        if not on_site:
            return [nodes.Text(label)]
        made: list[nodes.Node] = [nodes.reference("", label, refuri=relative_uri(here, target))]
        measured = f'<span class="measured" data-of="{target}"></span>'
        return [*made, nodes.raw("", measured, format="html")]

    def away(label: str, target: str) -> list[nodes.Node]:
        return [nodes.reference("", label, refuri=target)]

    found = nodes.definition_list()
    found += _way(tr("In the browser"), _browser(config.get_browser, link))
    found += _way(tr("One line"), _line(config.get_wheel, config.handbook_address, link))
    found += _way(tr("One zip"), _zip(config.handbook_repository, away))
    found += _way(tr("Paper only"), _paper(config.printed_with_site, link))
    if on_site:
        found += _way(tr("Blank workbooks"), _workbooks(link), classes=["on-site"])
    return found


def _way(
    name: str, said: Iterable[nodes.Node], classes: Sequence[str] = ()
) -> nodes.definition_list_item:
    said = list(said)
    whole = said if isinstance(said[0], nodes.paragraph) else [nodes.paragraph("", "", *said)]
    body = nodes.definition("", *whole, classes=[*classes])
    return nodes.definition_list_item("", nodes.term("", name, classes=[*classes]), body)


def _browser(is_built: bool, link) -> list[nodes.Node]:
    if not is_built:
        return [nodes.Text(tr("This copy of the handbook does not have it."))]
    said = tr(
        ". Nothing to install; what you type stays in this browser, until its data is cleared. "
        "After the first time it opens without a network."
    )
    return [*link(tr("Open Start here"), in_browser(START)), nodes.Text(said)]


def _line(wheel: str, address: str, link) -> list[nodes.Node]:
    if not wheel:
        return [
            nodes.Text(tr("In the folder of the handbook:") + " "),
            nodes.literal("", "python -m nox -s workshop"),
            nodes.Text("."),
        ]
    where = f"{address}{DOWNLOADS}/{wheel}" if address else f"./{wheel}"
    file = link(tr("The file"), f"{DOWNLOADS}/{wheel}")
    needed = tr(
        "The exercises open in JupyterLab, on your own computer. You need uv or pipx: programs "
        "that fetch and start what is written in Python."
    )
    told = tr("With uv:") if address else tr("Save the file; then, in its folder, with uv:")
    first, later = f"uvx --from {where} partnering", f"uvx --offline --from {where} partnering"
    lines = (
        (told, first),
        (tr("With pipx:"), f"pipx run --spec {where} partnering"),
        (tr("After the first time it opens without a network, with uv:"), later),
    )
    return [
        nodes.paragraph("", "", nodes.Text(needed + " "), *file, nodes.Text(".")),
        *(
            nodes.paragraph("", "", nodes.Text(said + " "), nodes.literal("", line))
            for said, line in lines
        ),
        nodes.paragraph(
            "",
            tr("With pipx the same line does so, for fourteen days.")
            + " "
            + tr("The packages that it needs come from the Python package index."),
        ),
    ]


def _zip(repository: str, away) -> list[nodes.Node]:
    what = (
        tr("Site, book, forms and exercises in one folder, which starts without a network.") + " "
    )
    if repository:
        releases = f"https://github.com/{repository}/releases/latest"
        said = tr("For Windows, macOS and Linux")
        return [nodes.Text(what), *away(said, releases), nodes.Text(".")]
    said = tr("Whoever has the sources makes it:") + " "
    return [nodes.Text(what + said), nodes.literal("", "python -m nox -s bundle"), nodes.Text(".")]


def _paper(is_printed: bool, link) -> list[nodes.Node]:
    if not is_printed:
        return [
            nodes.Text(tr("Whoever has the sources prints it:") + " "),
            nodes.literal("", "python -m nox -s pdf"),
            nodes.Text("."),
        ]
    return [
        *link(tr("The book"), f"{DOWNLOADS}/print/handbook.pdf"),
        nodes.Text(", "),
        *link(tr("the pocket edition"), f"{DOWNLOADS}/print/pocket-edition.pdf"),
        nodes.Text(", "),
        *link(tr("every form"), f"{DOWNLOADS}/print/all-forms.pdf"),
        nodes.Text(". " + tr("Most rooms need no more.")),
    ]


def _workbooks(link) -> list[nodes.Node]:
    said: list[nodes.Node] = [nodes.Text(tr("To type answers into a spreadsheet:") + " ")]
    for number, name in enumerate(workbooks()):
        said += [nodes.Text(", ")] if number else []
        said += link(workbooks()[name], f"{WORKBOOKS}/{name}")
    said.append(nodes.Text(". " + tr("Start here takes in what comes back.")))
    return said


def workbooks() -> dict[str, str]:
    """The blank workbooks: what each is called, by the names of their files."""
    made = {
        f"stop-{stop}.xlsx": tr("stop {stop}").format(stop=stop) for stop in form_workbook.STOPS
    }
    return {**made, "all-stops.xlsx": tr("all stops")}


def write_workbooks(app: Sphinx, exception: Exception | None) -> None:
    """Write the blank workbooks into the site."""
    if exception or app.builder.format != "html" or PAGE not in app.env.found_docs:
        return
    folder = Path(app.outdir) / WORKBOOKS
    folder.mkdir(parents=True, exist_ok=True)
    for stop in form_workbook.STOPS:
        form_workbook.write(folder / f"stop-{stop}.xlsx", [stop])
    form_workbook.write(folder / "all-stops.xlsx")


def write_robots(app: Sphinx, exception: Exception | None) -> None:
    """Tell search engines where the list of pages is, where the site has an address."""
    address = app.config.handbook_address
    if exception or app.builder.format != "html" or not address:
        return
    text = f"User-agent: *\nDisallow: /{BROWSER}/\nSitemap: {address}sitemap.xml\n"
    (Path(app.outdir) / "robots.txt").write_text(text, encoding="utf-8")


def measure(site: Path) -> int:
    """Say behind each link how large its file is; of the browser's edition, what is fetched.

    Args:
        site: The folder of a built site, with everything in it.

    Returns:
        How many sizes were filled in.
    """
    page = site / f"{PAGE}.html"
    text = page.read_text(encoding="utf-8")
    told = 0

    def size(match: re.Match[str]) -> str:
        nonlocal told
        file = site / match[1].partition("?")[0]
        if match[1].startswith(f"{BROWSER}/"):
            listed = site / BROWSER / "size.txt"
            if not listed.exists():
                return ""
            told += 1
            return f" ({listed.read_text(encoding='utf-8').strip()} MB)"
        if not file.is_file():
            return ""
        told += 1
        kilobytes = max(1, round(file.stat().st_size / 1000))
        return f" ({kilobytes / 1000:.1f} MB)" if kilobytes >= 1000 else f" ({kilobytes} kB)"

    page.write_text(_MEASURED.sub(size, text), encoding="utf-8", newline="\n")
    return told


def setup(app: Sphinx) -> dict[str, bool]:
    """Add the directives, the settings, and what fills in and writes what they speak of."""
    app.add_config_value("handbook_address", "", "env", str)
    app.add_config_value("handbook_repository", "", "env", str)
    app.add_config_value("get_browser", False, "env", bool)
    app.add_config_value("get_wheel", "", "env", str)
    for kind in (ways, ways_in):
        app.add_node(kind)
    app.add_directive("get-handbook", GetHandbook)
    app.add_directive("get-buttons", GetButtons)
    app.connect("doctree-resolved", fill_in)
    app.connect("build-finished", write_workbooks)
    app.connect("build-finished", write_robots)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


if __name__ == "__main__":
    print(f"{measure(Path(sys.argv[1]))} sizes were filled in.")
