"""Drafts as Word documents: the agreement, what to settle where a grant moves, a grant skeleton.

All are made of what the room sees, from templates that an organisation can replace with a Word file
of its own.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, cast

from docx.document import Document
from docx.oxml.ns import qn
from docx.section import Section
from docx.text.paragraph import Paragraph
from docxtpl import DocxTemplate
from jinja2 import TemplateError, TemplateRuntimeError, meta, nodes
from jinja2.runtime import Context
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup, escape

from partnering.documents import challenges, clauses, word_document
from partnering.language import mark, tr
from partnering.partnership import ROOM, Partnership, answers
from partnering.partnership.sides import side
from partnering.schema.free_names import free_name
from partnering.schema.kinds import UNREAD
from partnering.schema.spelling import nearest, says_none
from partnering.storage.atomic import NotOpened, contents

TEMPLATES = Path(__file__).with_name("templates")
AGREEMENT, POINTS, GRANT = (TEMPLATES / f"{name}.docx" for name in ("agreement", "points", "grant"))
FIELDS = {  # what an agreement's template may use
    "title": mark("what the partners call the partnership"),
    "date": mark("the day on which its data were typed"),
    "notice": mark(
        "the sentence that says that this is a draft; it is added where a template leaves it out"
    ),
    **clauses.PARTS,
    "signatures": mark("those who sign, one after the other: {%tr for party in signatures %}"),
    "legend": mark("how to read what is in brackets, and what is to be settled"),
}
INSIDE = {  # and what each of these holds
    "title": mark("the heading of a part: {{ practices.title }}"),
    "clauses": mark("the clauses of a part: {%p for clause in practices.clauses %}"),
    "text": mark("what a clause says"),
    "codes": mark("the rows that a clause came from, in brackets"),
    "settle": mark("whether a clause is a point to settle: {%p if clause.settle %}"),
    "name": mark("the name of one who signs: {{ party.name }}"),
    "code": mark("its code: {{ party.code }}"),
}
LABELS = {  # what is printed in the handbook's own templates, in the language of the room
    "agreement": mark("Partnership agreement"),
    "signatures": mark("Signatures"),
    "party": mark("For"),
    "role": mark("Name and role"),
    "day": mark("Date"),
    "signature": mark("Signature"),
    "points": mark("Points to settle in the grant agreement"),
    "read_first": mark(
        "What you agreed, what the form says, and what to ask for. Read the form aloud first: "
        "what cannot be changed by anybody here, what could be changed and by whom."
    ),
    "about": mark("Point"),
    "agreed": mark("What we agreed"),
    "says": mark("What the grant form says"),
    "differs": mark("What differs"),
    "ask_for": mark("What to ask for"),
    "who_asks": mark("Who asks"),
    "grant": mark("Grant agreement: a skeleton to talk about"),
}


@dataclass(frozen=True)
class TemplateCheck:
    """Which fields a template uses, which it leaves out, and which of its fields nobody fills.

    `unknown` has, for each of the last, the field that was probably meant, or "".
    """

    used: tuple[str, ...]
    missing: tuple[str, ...]
    unknown: Mapping[str, str]

    @property
    def sentences(self) -> list[str]:
        """What people are told, one sentence a line; those on unknown fields come last."""
        sentences = [tr("Used: {fields}.").format(fields=", ".join(self.used) or "–")]
        if self.missing:
            sentences.append(
                tr("Not used, so what belongs there is not in your document: {fields}.").format(
                    fields=", ".join(self.missing)
                )
            )
        return sentences + self.errors

    @property
    def errors(self) -> list[str]:
        """The sentences on fields that nobody fills."""
        unknown = tr("There is no field “{field}”.")
        meant = tr("There is no field “{field}”; did you mean “{other}”?")
        return [
            (meant if other else unknown).format(field=field, other=other)
            for field, other in self.unknown.items()
        ]


def check_template(path: Path | str) -> TemplateCheck:
    """Read a Word file as a template of the agreement.

    Args:
        path: The Word file.

    Returns:
        What it uses of `FIELDS`, what it leaves out, and what is in neither `FIELDS` nor `INSIDE`.

    Raises:
        NotOpened: The file cannot be read, is no Word document, or a field is not written as it
            should be.
    """
    place = Path(path)
    environment, source, template = _environment(), "", _open(place)
    try:
        source = re.sub(r"<w:p([ >])", r"\n<w:p\1", _source(template))
        tree = environment.parse(source)
        environment.compile(source)  # finds filters that nobody has
    except Exception as error:  # the document is damaged, or a field
        raise NotOpened(_broken(place, error, source)) from None
    names = meta.find_undeclared_variables(tree)
    inner = {node.attr for node in tree.find_all(nodes.Getattr)} - {"index", "first", "last"}
    inside = {**INSIDE, **LABELS}
    unknown = {name: nearest(name, FIELDS) for name in sorted(names - {*FIELDS, "labels"})}
    for name in sorted(inner - set(inside)):
        unknown.setdefault(name, nearest(name, inside))
    used = tuple(name for name in FIELDS if name in names)
    missing = tuple(name for name in FIELDS if name not in names)
    return TemplateCheck(used, missing, unknown)


def _in_lines(template: DocxTemplate) -> str:
    """The body of a Word file as it is filled in: a paragraph a line."""
    return re.sub(r"<w:p([ >])", r"\n<w:p\1", template.patch_xml(template.get_xml()))


def _source(template: DocxTemplate) -> str:
    """What stands in a Word file, its headers and footers, for the template engine."""
    source = template.patch_xml(template.get_xml())
    for uri in (template.HEADER_URI, template.FOOTER_URI):
        for _, part in template.get_headers_footers(uri):
            source += template.patch_xml(template.get_part_xml(part))
    return source


def partnership_agreement(
    partnership: Partnership, without: Iterable[str] = (), template: Path | str = AGREEMENT
) -> bytes:
    """The agreement as a Word document, made of what the room sees.

    Args:
        partnership: The partnership as any reader sees it.
        without: The parts that are left out, by their names in `clauses.PARTS`.
        template: A Word file with fields of `FIELDS`.

    Returns:
        The bytes of the file. `draft_notice` stands on every page, whatever the template says.

    Raises:
        NotOpened: The template cannot be read, or has a field that nobody fills.
    """
    p, left_out = partnership.for_reader(ROOM), set(without)
    checked = check_template(template)
    if checked.unknown:
        raise NotOpened(" ".join(checked.errors))
    context: dict[str, object] = dict.fromkeys(clauses.PARTS)
    for name, found in clauses.of(p).items():
        if name not in left_out:
            context[name] = {
                "title": tr(clauses.PARTS[name]),
                "clauses": [_for_template(clause) for clause in found],
            }
    context["signatures"] = None
    if "parties" not in left_out:
        context["signatures"] = [{"code": code, "name": p.names[code]} for code in p.expected]
    context["legend"] = tr(
        "In brackets are the rows that a clause came from. What is marked as to settle was not "
        "found there, or asks more of one side than of the other. It is not agreed before you "
        "have written it. Principles, practices and the conflict protocol are what a "
        "partnership agreement is for. The other parts are this handbook's; you may strike them "
        "out."
    )
    return _rendered(Path(template), context, p, draft_notice())


def _for_template(clause: clauses.Clause) -> dict[str, object]:
    codes = f"[{clause.codes}]" if clause.codes else ""
    return {"text": clause.text, "codes": codes, "settle": clause.settle}


def draft_notice() -> str:
    """What stands on every page of an agreement."""
    return tr(
        "DRAFT, not legal advice. Not to be used for decisions on funding, selection or staff."
    )


def skeleton_notice() -> str:
    """What stands on every page of a grant skeleton."""
    return tr(
        "DRAFT, NOT FOR SIGNATURE. Not legal advice. Not to be used for decisions on funding, "
        "selection or staff."
    )


# ------------------------------------------------------------------ where a grant moves


class Point(NamedTuple):
    """One point to settle in a grant agreement, by the names of the fields of its template."""

    about: str
    agreed: str
    says: str
    differs: str
    ask_for: str
    who_asks: str
    codes: str


def grant_points(partnership: Partnership) -> bytes | None:
    """The points to settle in the grant agreement as a Word document.

    Args:
        partnership: The partnership as any reader sees it; read is what the room sees of
            `transfers`, `topics`, `clauses`, `rights` and `decisions`.

    Returns:
        The bytes of the file; None where no grant stands here for the room.
    """
    p = partnership.for_reader(ROOM)
    grants = _grants(p)
    if not grants:
        return None
    points = [*(_sum_point(p, grant) for grant in grants), *_topic_points(p)]
    points += _right_points(p, grants)
    context = {"points": [point._asdict() for point in points]}
    return _rendered(POINTS, context, p, draft_notice())


def grant_skeletons(partnership: Partnership) -> dict[str, bytes]:
    """A plain skeleton of a grant agreement for each grant.

    Args:
        partnership: The partnership as any reader sees it; read is what the room sees of
            `transfers`.

    Returns:
        The bytes of a Word document for each grant, by the grant's code; those without a code of
        their own are numbered from the second on.
    """
    p = partnership.for_reader(ROOM)
    made: dict[str, bytes] = {}
    for grant in _grants(p):
        name = free_name(grant["transfer"], made.__contains__)
        made[name] = _rendered(GRANT, {"terms": _terms(p, grant)}, p, skeleton_notice())
    return made


def _grants(p: Partnership) -> list[clauses.Row]:
    return [row for row in clauses.transfers(p) if row["form"] == "grant"]


def _not_read() -> str:
    return tr("To settle: read it in the form and write it here.")


def _who(p: Partnership, *about: str) -> str:
    """Who has taken it on to ask, where a decision says so."""
    found = p["decisions"]
    named = found.loc[found["about"].isin(about) & (found["who"] != UNREAD), "who"]
    who = [text for text in answers.told(named) if text]
    return ", ".join(dict.fromkeys(who)) or tr("To settle: who asks?")


def _sum_point(p: Partnership, grant: clauses.Row) -> Point:
    missing = clauses.to_settle(clauses.no_sum(grant).rstrip(".")).text
    how_much = clauses.amount_of(grant) or missing
    agreed = clauses.between(p, grant, how_much)
    if UNREAD in (grant["from"], grant["to"]):
        ask = tr("To settle: who gives, or who receives, cannot be read. Who is it? {payment}")
        agreed = ask.format(payment=agreed)
    if grant["purpose"]:
        agreed += " " + _what_is_a_condition(grant)
    return Point(
        about=tr("Sum and purpose"),
        agreed=agreed,
        says=_not_read(),
        differs=tr("To settle: compare."),
        ask_for=tr("To settle: what to ask for."),
        who_asks=_who(p, grant["transfer"]),
        codes=grant["transfer"],
    )


def _what_is_a_condition(grant: clauses.Row) -> str:
    """What the sheet says of a grant, which may hold conditions that nobody has agreed to."""
    ask = tr("To settle: what of this was agreed, and what is a condition? “{purpose}”")
    return ask.format(purpose=clauses.stopped(grant["purpose"]))


def _topic_points(p: Partnership) -> list[Point]:
    """The topics that stand in a grant agreement, or in both."""
    points = []
    for at, row in enumerate(p["topics"].astype(object).to_dict("records"), start=1):
        topic = row["topic"]
        if row["where"] not in ("grant agreement", "in both"):
            continue
        own = p["clauses"][p["clauses"]["topic"] == topic]
        agreed, says = (
            " ".join(own.loc[answers.said(own[name]), name])
            for name in ("in_partnership_agreement", "in_grant_agreement")
        )
        nothing = (
            tr("On these sheets nothing is written beside it.")
            if row["where"] == "grant agreement"
            else tr("To settle: write down what was agreed.")
        )
        ticked = isinstance(row["together"], str) and row["together"]
        points.append(
            Point(
                about=tr(topic),
                agreed=agreed or nothing,
                says=says or _not_read(),
                differs=tr(row["together"]) if ticked else tr("To settle: compare."),
                ask_for=tr("To settle: what to ask for.")
                if says_none(row["to_settle"])
                else row["to_settle"],
                who_asks=_who(p, topic, *own["clause"]),
                codes=", ".join([tr("topics {row}").format(row=at), *own["clause"]]),
            )
        )
    return points


def _right_points(p: Partnership, grants: list[clauses.Row]) -> list[Point]:
    """The rights that a giver of money decides alone, or with some and not with others.

    Where it cannot be read who gives or who decides, it may be the giver.
    None of them is agreed, whatever reason was given.
    """
    givers = {grant["from"] for grant in grants}
    points = []
    for at, row in enumerate(p["rights"].astype(object).to_dict("records"), start=1):
        deciding = side(p, row["decides"])
        questions = challenges.of_right(p, row)
        may_be = UNREAD in givers or deciding.unread
        if not questions or not (may_be or givers & set(deciding.partners)):
            continue
        agreed = tr("To settle: as it is now, decided by {who}.").format(who=deciding.words)
        if deciding.unread:
            agreed = tr("To settle: who decides cannot be read.")
        elif not deciding.words:
            agreed = tr("To settle: who decides?")
        points.append(
            Point(
                about=tr(row["right"]),
                agreed=agreed,
                says=_not_read(),
                differs=tr("To settle: compare."),
                ask_for=" ".join(questions),
                who_asks=_who(p, row["right"]),
                codes=tr("rights {row}").format(row=at),
            )
        )
    return points


def _terms(p: Partnership, grant: clauses.Row) -> list[dict[str, str]]:
    """The heads of a grant agreement: what is known stands there, all else is a question."""
    giver, taker = (
        tr("To settle: who? It cannot be read.")
        if code == UNREAD
        else f"{p.names.get(code, code)} ({code})"
        for code in (grant["from"], grant["to"])
    )
    between = tr("{giver}, which gives, and {taker}, which receives.").format(
        giver=giver, taker=taker
    )
    amount = clauses.amount_of(grant) or clauses.to_settle(clauses.no_sum(grant)).text
    purpose = _what_is_a_condition(grant) if grant["purpose"] else tr("To settle: for what?")
    terms = [
        {"title": tr("Between"), "text": between},
        {"title": tr("Amount"), "text": amount},
        {"title": tr("Purpose"), "text": purpose},
    ]
    for title, question in _asked_of_a_grant():
        terms.append({"title": title, "text": tr("To settle: {what}").format(what=question)})
    return terms


def _asked_of_a_grant() -> tuple[tuple[str, str], ...]:
    """The heads of a grant agreement on which the tables say nothing, with what to ask."""
    return (
        (tr("Instalments"), tr("how many, on which days, and what has to be there before each?")),
        (tr("Overhead"), tr("which share for running costs, and how is it calculated?")),
        (tr("Reporting"), tr("what, how long, in which language, and how often?")),
        (
            tr("Eligible costs"),
            tr("what may be paid from it, from which day, and who decides if it is not clear?"),
        ),
        (tr("Audit"), tr("who may check the accounts, with how much notice, and who pays for it?")),
        (tr("Unspent funds"), tr("what happens to money that is left, and within how many days?")),
        (
            tr("Suspension"),
            tr("when may a payment be held back, after which talk, and with which reason?"),
        ),
        (tr("End"), tr("who may end it, with what notice, and what is paid of what was begun?")),
        (
            tr("Conditions that travel on"),
            tr("which conditions come from the original donor, and can they be kept?"),
        ),
        (
            tr("Which document prevails"),
            tr("where this and the partnership agreement cannot both be kept, which gives way?"),
        ),
    )


# ------------------------------------------------------------------ from a template to a document


MOST_STEPS = 20_000  # of all loops of a template together
LONGEST_TEXT = 5_000_000  # letters that a template may put together
# What makes much out of little, and what no field needs.
_NO_FILTERS = ("batch", "center", "format", "indent", "pprint", "slice", "wordwrap", "xmlattr")
_TEXT_METHODS = frozenset(("capitalize", "lower", "strip", "title", "upper"))


class _Environment(SandboxedEnvironment):
    """The template engine with nothing in it that runs on or fills the memory."""

    intercepted_binops = frozenset(("*", "**", "%"))

    def __init__(self) -> None:
        super().__init__(autoescape=True, finalize=self._written)
        self.letters = 0
        self.globals.clear()  # range, lipsum
        for name in _NO_FILTERS:
            self.filters.pop(name, None)
        self.filters["counted"], self.filters["short"] = self._counted, self._short
        self.steps = 0

    def _counted(self, things: Iterable[object]) -> Iterator[object]:
        for thing in things:
            self.steps += 1
            if self.steps > MOST_STEPS:
                raise TemplateRuntimeError(
                    tr("its loops go round more than {most} times").format(most=MOST_STEPS)
                )
            yield thing

    def _written(self, thing: object) -> object:
        self.letters += len(thing) if isinstance(thing, str) else 1
        self._refuse_long(self.letters)
        return thing

    def _short(self, text: object) -> object:
        if isinstance(text, str):
            self._refuse_long(len(text))
        return text

    def _refuse_long(self, letters: int) -> None:
        if letters > LONGEST_TEXT:
            raise TemplateRuntimeError(
                tr("it makes a text of more than {most} letters").format(most=LONGEST_TEXT)
            )

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        for loop in list(tree.find_all(nodes.For)):
            loop.iter = _through("counted", loop.iter)
        for set_to in list(tree.find_all(nodes.Assign)):
            set_to.node = _through("short", set_to.node)
        return tree

    def call_binop(self, context: Context, operator: str, left: object, right: object) -> object:
        raise TemplateRuntimeError(tr("{sign} cannot be calculated here").format(sign=operator))

    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:
        if isinstance(obj, str) and attr not in _TEXT_METHODS:
            return False
        return bool(super().is_safe_attribute(obj, attr, value))


def _through(name: str, node: nodes.Node) -> nodes.Filter:
    return nodes.Filter(cast("nodes.Expr", node), name, [], [], None, None, lineno=node.lineno)


def _environment() -> _Environment:
    return _Environment()


def _open(place: Path) -> DocxTemplate:
    data = contents(place)
    try:
        template = DocxTemplate(io.BytesIO(data))
        template.init_docx()
    except Exception:  # zipfile, lxml and docx have a dozen; to people they are one
        raise NotOpened(
            tr(
                "{name} is not a Word document (.docx). Open it in your word processor, save it as "
                "one, and choose that."
            ).format(name=place.name)
        ) from None
    return template


def _broken(place: Path, error: Exception, source: str = "") -> str:
    """The sentence for a template that cannot be filled in, with the paragraph where it fails."""
    reason = error.message if isinstance(error, TemplateError) else _reason(error)
    said = tr(
        "{name}: a field is not written as it should be ({error}). Fields look like "
        "{{{{ title }}}}."
    ).format(name=place.name, error=_one_line(str(reason)))
    if where := _paragraph(error, source):
        said += " " + tr("It is in: “{text}”").format(text=where)
    return said


def _one_line(text: str) -> str:
    line = " ".join(text[:400].split())
    return line if len(line) <= 80 else f"{line[:79]}…"


def _reason(error: Exception) -> str:
    if isinstance(error, ArithmeticError):
        return tr("it cannot be calculated")
    if isinstance(error, TypeError) and "loader" in str(error):
        return tr("another file cannot be put in")
    return tr("its parts do not fit together")


def _paragraph(error: Exception, source: str) -> str:
    """The paragraph of a template, or of its source, in which an error arose; "" if unknown."""
    if context := list(getattr(error, "docx_context", ())):
        return _one_line(" ".join(context[3:4] or context[-1:]))
    number = getattr(error, "lineno", None)
    trace = error.__traceback__
    lines = source.splitlines()
    while trace and not number:
        if trace.tb_frame.f_code.co_filename == "<template>":
            number = trace.tb_lineno
        trace = trace.tb_next
    if not number or number > len(lines):
        return ""
    return _one_line(re.sub(r"<[^>]+>", "", lines[number - 1]))


def _rendered(place: Path, context: Mapping[str, object], p: Partnership, notice: str) -> bytes:
    """A template filled in, with a notice on every page and its paragraphs turned as they run."""
    template = _open(place)
    source = ""
    date = p.fact("date")
    fields = {
        "title": p.title,
        "date": date.strftime("%Y-%m-%d") if date is not None else "",
        "notice": notice,
        "labels": {name: tr(label) for name, label in LABELS.items()},
        **context,
    }
    try:
        source = _in_lines(template)
        template.render(_as_typed(fields), _environment(), autoescape=True)
    except MemoryError:
        raise
    except Exception as error:  # a template is a program: it can fail like any other
        raise NotOpened(_broken(place, error, source)) from None
    document = template.docx
    document.core_properties.title = word_document.clean(p.title)[:255]
    document.core_properties.author = ""
    for section in document.sections:
        _notice_into(document, section, notice)
    for element in document.element.body.iter(qn("w:p")):
        word_document.turned(Paragraph(element, document))
    return word_document.contents(document)


def _notice_into(document: Document, section: Section, notice: str) -> None:
    """Put a notice into every footer of a section that has it not, whatever the template says."""
    footers = [section.footer]
    if section.different_first_page_header_footer:
        footers.append(section.first_page_footer)
    if document.settings.odd_and_even_pages_header_footer:
        footers.append(section.even_page_footer)
    for footer in footers:
        if not any(notice in paragraph.text for paragraph in footer.paragraphs):
            footer.add_paragraph(notice)


def _as_typed(value: object) -> object:
    """Texts made safe for a document's XML, and from what a template engine still looks for."""
    if isinstance(value, str):
        return Markup(
            str(escape(word_document.clean(value)))
            .replace("_", "&#95;")
            .replace("{", "&#123;")
            .replace("%", "&#37;")
        )
    if isinstance(value, Mapping):
        return {key: _as_typed(inner) for key, inner in value.items()}
    return [_as_typed(inner) for inner in value] if isinstance(value, list) else value
