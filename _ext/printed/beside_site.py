"""The site's downloads: `{printed}` offers the book and the forms where they are printed with the site, and says how
to make them where they are not."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective
from sphinx.util.osutil import relative_uri

from partnering import form_sheets, forms
from partnering.language import tr

logger = logging.getLogger(__name__)

DOWNLOADS = "_downloads/print"
COMMANDS = {"books": "python -m nox -s pdf", "forms": "python -m nox -s forms"}


class printed_files(nodes.General, nodes.Element):
    """Holds the place of links that only a page of the site can have."""


class Printed(SphinxDirective):
    """`{printed} books` or `{printed} forms`: a list of files to download, or the command that makes them."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        what = self.arguments[0]
        if what not in COMMANDS:
            logger.error("printed: %s", tr("there is nothing printed called “{name}”; there are: {known}").format(
                name=what, known=", ".join(COMMANDS)), location=self.get_location(), type="printed")
            return []
        return [printed_files("", what=what)]


def files(what: str) -> dict[str, str]:
    """The files that are offered, and how each is called."""
    if what == "books":
        return {"handbook": tr("The handbook as a book"),
                "pocket-edition": tr("The pocket edition: session plans and forms")}
    made = {"all-forms": tr("Every form, blank"), "all-forms-filled-in-example": tr("Every form, filled in as an example")}
    made |= {f"cards-{name}": tr("Cards to cut out: {name}").format(name=name) for name in forms.CARDS}
    for name, sheet in form_sheets.sheets().items():
        stop, label = tr("Stop {stop}").format(stop=sheet.stop), " · ".join(tr(table.label) for table in sheet.tables)
        made[name] = f"{stop}: {label}"
    return made


def fill_in(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Put links into the places that wait for them; on paper, and where nothing is printed, the command."""
    for place in list(doctree.findall(printed_files)):
        what = place["what"]
        if app.builder.format == "html" and app.config.printed_with_site:
            place.replace_self(_links(app, docname, what))
        else:
            place.replace_self(nodes.paragraph("", "", nodes.Text(tr("They are made by") + " "),
                                               nodes.literal("", COMMANDS[what]), nodes.Text(".")))


def _links(app: Sphinx, docname: str, what: str) -> nodes.bullet_list:
    listed = nodes.bullet_list()
    here = app.builder.get_target_uri(docname)
    for name, label in files(what).items():
        line = nodes.paragraph("", "", _link(here, name, label))
        if name in form_sheets.sheets():
            line += [nodes.Text(" · "), _link(here, f"{name}-read-aloud", tr("to be read aloud"))]
        listed += nodes.list_item("", line)
    return listed


def _link(here: str, name: str, label: str) -> nodes.reference:
    return nodes.reference("", label, internal=True, refuri=relative_uri(here, f"{DOWNLOADS}/{name}.pdf"))


def setup(app: Sphinx) -> None:
    app.add_config_value("printed_with_site", False, "env", bool)
    app.add_node(printed_files)
    app.add_directive("printed", Printed)
    app.connect("doctree-resolved", fill_in)
