"""The book and the forms beside the site, on paper and for form tools.

`{printed}` offers them on a page, `` {form}`the risk form <3-risk>` `` leads to one form. On a site
that is printed too, the name of a form leads to its file, in the book to its page; elsewhere it is
a name alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import ReferenceRole, SphinxDirective
from sphinx.util.osutil import relative_uri

from page_tables import page_table
from partnering.exchange import form_questions
from partnering.language import tr
from partnering.paper import form_data, forms

logger = logging.getLogger(__name__)

DOWNLOADS = "_downloads/print"
COMMANDS = {
    "books": "python -m nox -s pdf",
    "forms": "python -m nox -s forms",
    "form-tools": "python -m partnering ask --output forms",
}


class printed_files(nodes.General, nodes.Element):
    """Holds the place of links that only a page of the site can have."""


class form_beside(nodes.Inline, nodes.Element):
    """Holds what only a printed site offers beside the name of a form."""


class form_name(nodes.Inline, nodes.TextElement):
    """The name of a form, which leads to where the form is."""


class Printed(SphinxDirective):
    """`{printed} books`, `forms`, `form-tools` or `stop 3`: what there is beside the site."""

    required_arguments = 1
    optional_arguments = 1

    def run(self) -> list[nodes.Node]:
        """A list of links, filled in later; nothing, and an error, where there is no such thing."""
        what = " ".join(self.arguments)
        if what in COMMANDS:
            return [printed_files("", what=what)]
        found = nodes.bullet_list()
        for name, sheet in form_data.sheets().items():
            if what == f"stop {sheet.stop}":
                found += nodes.list_item("", _line(name, sheet))
        if found.children:
            return [found]
        return _refuse(
            self,
            tr("there is nothing printed called “{name}”; there are: {known}").format(
                name=what, known=", ".join([*COMMANDS, "stop 1 … 8"])
            ),
        )


class FormRole(ReferenceRole):
    """`` {form}`the risk form <3-risk>` ``: a form, under the words given or under its title."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """The name of the form; nothing, and an error, where there is no such form."""
        sheet = form_data.sheets().get(self.target)
        if sheet is None:
            sentence = tr("there is no form called “{name}”; there are: {known}").format(
                name=self.target, known=", ".join(form_data.sheets())
            )
            return _refuse(self, sentence), []
        title = self.title if self.has_explicit_title else sheet.title
        return [form_name("", title, name=self.target)], []


def _refuse(part: SphinxDirective | ReferenceRole, sentence: str) -> list[nodes.Node]:
    logger.error("printed: %s", sentence, location=part.get_location(), type="printed")
    return []


def _line(name: str, sheet: form_data.PaperSheet) -> nodes.paragraph:
    """One form in the list of a stop: its title, who fills it in, and its other versions."""
    beside = [] if sheet.own else [form_name("", tr("filled in"), name=f"{name}-filled-in-example")]
    beside.append(form_name("", tr("read aloud"), name=f"{name}-read-aloud"))
    line = nodes.paragraph("", "", form_name("", sheet.title, name=name))
    line += nodes.Text(f": {_for_whom(sheet)}")
    for other in beside:
        line += form_beside("", nodes.Text(" · "), other)
    return line


def _for_whom(sheet: form_data.PaperSheet) -> str:
    """Who fills in a form."""
    if sheet.at_home:
        return tr("for each partner at home, and once more for the whole room")
    if sheet.together:
        return tr("for the whole room")
    if sheet.private:
        return tr("for each unit of an organisation; it stays there")
    return tr("for each partner")


def files(what: str) -> dict[str, str]:
    """The files that are offered, and what each is called.

    Args:
        what: "books" or "forms".

    Returns:
        Titles by the names of the files, without their ending.
    """
    if what == "books":
        return {
            "handbook": tr("The handbook as a book"),
            "pocket-edition": tr("The pocket edition: session plans and forms"),
        }
    made = {
        "all-forms": tr("Every form, blank"),
        "all-forms-letter": tr("The same on Letter paper"),
        "all-forms-filled-in-example": tr("Every form, filled in as an example"),
    }
    made |= {
        "undertaking": tr("The undertaking, to be signed before the first form"),
        "undertaking-letter": tr("The same on Letter paper"),
    }
    made |= {
        f"cards-{name}": tr("Cards to cut out: {name}").format(name=name) for name in forms.CARDS
    }
    for name, sheet in form_data.sheets().items():
        made[name] = f"{_stop(sheet)}: {sheet.title}"
    return made


def _stop(sheet: form_data.PaperSheet) -> str:
    """Where in the tour a form belongs."""
    if sheet.stop == form_data.CLOSING[0]:
        return tr("At the end")
    return tr("Stop {stop}").format(stop=sheet.stop)


def fill_in(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Put in the links; where nothing is printed, the command that prints it, or a name alone."""
    on_site = app.builder.format == "html" and app.config.printed_with_site
    for place in list(doctree.findall(form_beside)):
        place.replace_self(place.children if on_site else [])
    for place in list(doctree.findall(form_name)):
        place.replace_self(_form(app, docname, place, on_site))
    for place in list(doctree.findall(printed_files)):
        what = place["what"]
        place.replace_self(_links(app, docname, what) if on_site else _command(what))


def _command(what: str) -> nodes.paragraph:
    """How the files are made that this site does not have."""
    line = nodes.paragraph("", "", nodes.Text(tr("They are made by") + " "))
    line += [nodes.literal("", COMMANDS[what]), nodes.Text(".")]
    return line


def _form(app: Sphinx, docname: str, place: form_name, on_site: bool) -> nodes.Node:
    if on_site:
        return _link(app.builder.get_target_uri(docname), place["name"], place.astext())
    if app.builder.format == "typst":
        return nodes.reference("", place.astext(), internal=True, refuri=f"%form:{place['name']}")
    return nodes.inline("", place.astext())


def _links(app: Sphinx, docname: str, what: str) -> list[nodes.Node]:
    here = app.builder.get_target_uri(docname)
    if what == "form-tools":
        return [_listed(_for_form_tools(here))]
    sheets = form_data.sheets() if what == "forms" else {}
    named = files(what)
    whole = (_link(here, name, label) for name, label in named.items() if name not in sheets)
    found: list[nodes.Node] = [_listed(nodes.paragraph("", "", link) for link in whole)]
    each = {name: label for name, label in named.items() if name in sheets}
    return [*found, _each_form(here, each)] if each else found


def _listed(lines: Iterable[nodes.paragraph]) -> nodes.bullet_list:
    return nodes.bullet_list("", *(nodes.list_item("", line) for line in lines))


def _each_form(here: str, named: Mapping[str, str]) -> nodes.table:
    """A table of the forms: blank, filled in, and to be read aloud."""

    def cell(*parts: nodes.Node) -> list[nodes.Node]:
        return [nodes.paragraph("", "", *parts)] if parts else []

    def filled_in(name: str) -> list[nodes.Node]:
        if form_data.sheets()[name].own:
            return []
        return cell(_link(here, f"{name}-filled-in-example", tr("filled in")))

    rows = [
        [
            cell(_link(here, name, label)),
            filled_in(name),
            cell(_link(here, f"{name}-read-aloud", tr("read aloud"))),
        ]
        for name, label in named.items()
    ]
    heads = [
        cell(nodes.Text(head)) for head in (tr("Blank"), tr("As an example"), tr("Read aloud"))
    ]
    caption = nodes.title("", tr("Each form by itself"))
    return page_table(caption, heads, (60, 20, 20), rows, [], stubs=1)


def _for_form_tools(here: str) -> Iterator[nodes.paragraph]:
    """A line for each form: as XLSForm, and as questions to paste."""
    for full in (False, True):
        for stop in form_questions.stops(full):
            form = form_questions.form(stop, full)
            title = tr("{title}, the full form").format(title=form.title) if full else form.title
            line = nodes.paragraph("", f"{title}: ")
            line += _link(here, f"form-tool-{form.name}", tr("XLSForm"), ".xlsx")
            line += nodes.Text(" · ")
            line += _link(here, f"form-tool-{form.name}", tr("questions to paste"), ".txt")
            yield line


def _link(here: str, name: str, label: str, ending: str = ".pdf") -> nodes.reference:
    return nodes.reference(
        "", label, internal=True, refuri=relative_uri(here, f"{DOWNLOADS}/{name}{ending}")
    )


def setup(app: Sphinx) -> None:
    """Add the directive, the role, and what fills in their links."""
    app.add_config_value("printed_with_site", False, "env", bool)
    for kind in (printed_files, form_beside, form_name):
        app.add_node(kind)
    app.add_directive("printed", Printed)
    app.add_role("form", FormRole())
    app.connect("doctree-resolved", fill_in)
