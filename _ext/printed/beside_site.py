"""What is printed beside the site: `{printed}` offers the book and the forms, `` {form}`a form <3-risk>` `` leads to one.

On a site that is printed a form's name leads to its file, in the book to its page; elsewhere it is a name alone.
"""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import ReferenceRole, SphinxDirective
from sphinx.util.osutil import relative_uri

from partnering.language import tr
from partnering.paper import form_data, forms

logger = logging.getLogger(__name__)

DOWNLOADS = "_downloads/print"
COMMANDS = {"books": "python -m nox -s pdf", "forms": "python -m nox -s forms"}


class printed_files(nodes.General, nodes.Element):
    """Holds the place of links that only a page of the site can have."""


class form_beside(nodes.Inline, nodes.Element):
    """Holds what only a printed site offers beside the name of a form."""


class form_name(nodes.Inline, nodes.TextElement):
    """The name of a form, which leads to where the form is."""


class Printed(SphinxDirective):
    """`{printed} books`, `{printed} forms` or `{printed} stop 3`: what there is, or the command that makes it."""

    required_arguments = 1
    optional_arguments = 1

    def run(self) -> list[nodes.Node]:
        what = " ".join(self.arguments)
        if what in COMMANDS:
            return [printed_files("", what=what)]
        if lines := [
            _told(name, sheet)
            for name, sheet in form_data.sheets().items()
            if what == f"stop {sheet.stop}"
        ]:
            return [nodes.bullet_list("", *(nodes.list_item("", line) for line in lines))]
        return _refuse(
            self,
            tr("there is nothing printed called “{name}”; there are: {known}").format(
                name=what, known=", ".join([*COMMANDS, "stop 1 … 8"])
            ),
        )


class FormRole(ReferenceRole):
    """`` {form}`the risk form <3-risk>` ``: a form under its name in a sentence, or under its own."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        sheet = form_data.sheets().get(self.target)
        if sheet is None:
            return _refuse(
                self,
                tr("there is no form called “{name}”; there are: {known}").format(
                    name=self.target, known=", ".join(form_data.sheets())
                ),
            ), []
        return [
            form_name("", self.title if self.has_explicit_title else sheet.title, name=self.target)
        ], []


def _refuse(part: SphinxDirective | ReferenceRole, sentence: str) -> list[nodes.Node]:
    logger.error("printed: %s", sentence, location=part.get_location(), type="printed")
    return []


def _told(name: str, sheet: form_data.PaperSheet) -> nodes.paragraph:
    """One form in the list of a stop: what it is called, and who fills it in."""
    who = (
        tr("for each partner at home, and once more for the whole room")
        if sheet.at_home
        else tr("for the whole room")
        if sheet.together
        else tr("for each part of a house; it stays there")
        if (sheet.private)
        else tr("for each partner")
    )
    beside = [] if sheet.own else [form_name("", tr("filled in"), name=f"{name}-filled-in-example")]
    beside += [form_name("", tr("read aloud"), name=f"{name}-read-aloud")]
    return nodes.paragraph(
        "",
        "",
        form_name("", sheet.title, name=name),
        nodes.Text(f": {who}"),
        *(form_beside("", nodes.Text(" · "), name) for name in beside),
    )


def files(what: str) -> dict[str, str]:
    """The files that are offered, and how each is called."""
    if what == "books":
        return {
            "handbook": tr("The handbook as a book"),
            "pocket-edition": tr("The pocket edition: session plans and forms"),
        }
    made = {
        "all-forms": tr("Every form, blank"),
        "all-forms-filled-in-example": tr("Every form, filled in as an example"),
    }
    made |= {
        f"cards-{name}": tr("Cards to cut out: {name}").format(name=name) for name in forms.CARDS
    }
    for name, sheet in form_data.sheets().items():
        made[name] = f"{_stop(sheet)}: {sheet.title}"
    return made


def _stop(sheet: form_data.PaperSheet) -> str:
    """Where in the tour a form belongs."""
    return (
        tr("At the end")
        if sheet.stop == form_data.CLOSING[0]
        else tr("Stop {stop}").format(stop=sheet.stop)
    )


def fill_in(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Put links into the places that wait for them; where nothing is printed, the command or a name."""
    on_site = app.builder.format == "html" and app.config.printed_with_site
    for place in list(doctree.findall(form_beside)):
        place.replace_self(place.children if on_site else [])
    for place in list(doctree.findall(form_name)):
        place.replace_self(_form(app, docname, place, on_site))
    for place in list(doctree.findall(printed_files)):
        what = place["what"]
        if on_site:
            place.replace_self(_links(app, docname, what))
        else:
            place.replace_self(
                nodes.paragraph(
                    "",
                    "",
                    nodes.Text(tr("They are made by") + " "),
                    nodes.literal("", COMMANDS[what]),
                    nodes.Text("."),
                )
            )


def _form(app: Sphinx, docname: str, place: form_name, on_site: bool) -> nodes.Node:
    if on_site:
        return _link(app.builder.get_target_uri(docname), place["name"], place.astext())
    if app.builder.format == "typst":
        return nodes.reference("", place.astext(), internal=True, refuri=f"%form:{place['name']}")
    return nodes.inline("", place.astext())


def _links(app: Sphinx, docname: str, what: str) -> nodes.bullet_list:
    listed = nodes.bullet_list()
    here = app.builder.get_target_uri(docname)
    for name, label in files(what).items():
        line = nodes.paragraph("", "", _link(here, name, label))
        if (sheet := form_data.sheets().get(name)) is not None:
            if not sheet.own:
                line += [
                    nodes.Text(" · "),
                    _link(here, f"{name}-filled-in-example", tr("filled in")),
                ]
            line += [nodes.Text(" · "), _link(here, f"{name}-read-aloud", tr("read aloud"))]
        listed += nodes.list_item("", line)
    return listed


def _link(here: str, name: str, label: str) -> nodes.reference:
    return nodes.reference(
        "", label, internal=True, refuri=relative_uri(here, f"{DOWNLOADS}/{name}.pdf")
    )


def setup(app: Sphinx) -> None:
    app.add_config_value("printed_with_site", False, "env", bool)
    for kind in (printed_files, form_beside, form_name):
        app.add_node(kind)
    app.add_directive("printed", Printed)
    app.add_role("form", FormRole())
    app.connect("doctree-resolved", fill_in)
