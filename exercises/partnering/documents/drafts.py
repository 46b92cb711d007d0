"""Drafts as Word documents: the partnership agreement, what to settle where a grant moves, and a plain grant skeleton.

All are made of what the room sees, from templates that an organisation can replace with a Word file of its own.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from docxtpl import DocxTemplate
from jinja2 import TemplateError, meta, nodes
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup, escape

from partnering.documents import clauses, word_document
from partnering.language import mark, tr
from partnering.partnership import ROOM, Partnership, answers
from partnering.schema.kinds import nearest
from partnering.schema.tables import TABLES
from partnering.stops import agreement
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
    "legend": mark("how to read what stands in brackets, and what is to be settled"),
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
        "What you agreed, what the form says, and what to ask for. Read the form aloud first: what cannot be changed by "
        "anybody here, what could be changed and by whom."
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
    """Which fields a template uses, which it leaves out, and which nobody fills, each with the one probably meant."""

    used: tuple[str, ...]
    missing: tuple[str, ...]
    unknown: Mapping[str, str]

    @property
    def sentences(self) -> list[str]:
        """What people are told, one sentence a line."""
        said = [tr("Used: {fields}.").format(fields=", ".join(self.used) or "–")]
        said += (
            [
                tr("Not used, so what belongs there is not in your document: {fields}.").format(
                    fields=", ".join(self.missing)
                )
            ]
            if self.missing
            else []
        )
        return said + [
            tr("There is no field “{field}”; did you mean “{other}”?").format(
                field=field, other=other
            )
            if other
            else tr("There is no field “{field}”.").format(field=field)
            for field, other in self.unknown.items()
        ]


def check_template(path: Path | str) -> TemplateCheck:
    """Read a Word file as a template of the agreement. Raises `NotOpened` where it is none."""
    place = Path(path)
    template, environment = _open(place), _environment()
    try:
        source = template.patch_xml(template.get_xml())
        for uri in (template.HEADER_URI, template.FOOTER_URI):
            for _, part in template.get_headers_footers(uri):
                source += template.patch_xml(template.get_part_xml(part))
        tree = environment.parse(source)
    except TemplateError as error:
        raise NotOpened(_broken(place, error)) from None
    names = meta.find_undeclared_variables(tree)
    inner = {node.attr for node in tree.find_all(nodes.Getattr)} - {"index", "first", "last"}
    inside = {**INSIDE, **LABELS}
    wrong = [*sorted(names - {*FIELDS, "labels"}), *sorted(inner - set(inside))]
    return TemplateCheck(
        tuple(name for name in FIELDS if name in names),
        tuple(name for name in FIELDS if name not in names),
        {name: nearest(name, FIELDS if name in names else inside) or "" for name in wrong},
    )


def partnership_agreement(
    partnership: Partnership, without: Iterable[str] = (), template: Path | str = AGREEMENT
) -> bytes:
    """The agreement as a Word document, without the parts that are switched off. Raises `NotOpened` for the template."""
    p, left_out = partnership.for_reader(ROOM), set(without)
    checked = check_template(template)
    if checked.unknown:
        raise NotOpened(" ".join(checked.sentences[-len(checked.unknown) :]))
    found = clauses.of(p)
    context = {
        name: {
            "title": tr(clauses.PARTS[name]),
            "clauses": [
                {
                    "text": clause.text,
                    "codes": f"[{clause.codes}]" if clause.codes else "",
                    "settle": clause.settle,
                }
                for clause in found[name]
            ],
        }
        if name in found and name not in left_out
        else None
        for name in clauses.PARTS
    }
    signing = (
        [{"code": code, "name": p.names[code]} for code in p.expected]
        if "parties" not in left_out
        else None
    )
    return _rendered(
        Path(template),
        context
        | {
            "signatures": signing,
            "legend": tr(
                "In brackets stand the rows that a clause came from. What is marked as to settle was not found there and is yours "
                "to write. Principles, practices and the conflict protocol are what a partnership agreement is for; the other parts "
                "are this handbook's and may be struck out."
            ),
        },
        p,
        draft_notice(),
    )


def draft_notice() -> str:
    """What stands on every page of an agreement."""
    return tr(
        "DRAFT, not legal advice. Not to be used for decisions on funding, selection or staff."
    )


def skeleton_notice() -> str:
    """What stands on every page of a grant skeleton."""
    return tr(
        "DRAFT, NOT FOR SIGNATURE. Not legal advice. Not to be used for decisions on funding, selection or staff."
    )


# ------------------------------------------------------------------ where a grant moves


def grant_points(partnership: Partnership) -> bytes | None:
    """The points to settle in the grant agreement as a Word document; None where no grant moves."""
    p = partnership.for_reader(ROOM)
    grants = _grants(p)
    if not grants:
        return None
    rows = [
        *(_sum_point(p, grant) for grant in grants),
        *_topic_points(p),
        *_right_points(p, grants),
    ]
    heads = ("about", "agreed", "says", "differs", "ask_for", "who_asks", "codes")
    return _rendered(
        POINTS, {"points": [dict(zip(heads, row, strict=True)) for row in rows]}, p, draft_notice()
    )


def grant_skeletons(partnership: Partnership) -> dict[str, bytes]:
    """A plain skeleton of a grant agreement for each grant, by the grant's code."""
    p = partnership.for_reader(ROOM)
    return {
        grant["transfer"]: _rendered(GRANT, {"terms": _terms(p, grant)}, p, skeleton_notice())
        for grant in _grants(p)
    }


def _grants(p: Partnership) -> list[dict]:
    frame = p["transfers"]
    return frame[frame["form"] == "grant"].astype("object").to_dict("records")


def _amount(grant: dict) -> str:
    kind = TABLES["transfers"].by_name["amount"].kind
    return (
        ""
        if pd.isna(grant["amount"])
        else f"{kind.write(grant['amount'])} {grant['currency']}".strip()
    )


def _not_read() -> str:
    return tr("To settle: read it in the form and write it here.")


def _who(p: Partnership, *about: str) -> str:
    """Who has taken it on to ask, where a decision says so."""
    found = p["decisions"]
    who = [text for text in answers.told(found.loc[found["about"].isin(about), "who"]) if text]
    return ", ".join(dict.fromkeys(who)) or tr("To settle: who asks?")


def _sum_point(p: Partnership, grant: dict) -> tuple[str, ...]:
    agreed = tr("{giver} to {taker}: {amount}. {purpose}").format(
        giver=p.names.get(grant["from"], grant["from"]),
        taker=p.names.get(grant["to"], grant["to"]),
        amount=_amount(grant) or tr("To settle: how much?"),
        purpose=clauses.stopped(grant["purpose"]),
    )
    return (
        tr("Sum and purpose"),
        agreed,
        _not_read(),
        tr("To settle: compare."),
        tr("To settle: what to ask for."),
        _who(p, grant["transfer"]),
        grant["transfer"],
    )


def _topic_points(p: Partnership) -> list[tuple[str, ...]]:
    """The topics that stand in a grant agreement, or in both."""
    rows = []
    for at, row in enumerate(p["topics"].itertuples(), start=1):
        if row.where not in ("grant agreement", "both"):
            continue
        own = p["clauses"][p["clauses"]["topic"] == row.topic]
        agreed, says = (
            " ".join(text for text in own[name] if text)
            for name in ("in_partnership_agreement", "in_grant_agreement")
        )
        codes = [tr("topics {row}").format(row=at), *own["clause"]]
        rows.append(
            (
                tr(row.topic),
                agreed
                or (
                    tr("Nothing beside it.")
                    if row.where == "grant agreement"
                    else tr("To settle: write down what was agreed.")
                ),
                says or _not_read(),
                tr(row.together)
                if isinstance(row.together, str) and row.together
                else tr("To settle: compare."),
                row.to_settle or tr("To settle: what to ask for."),
                _who(p, row.topic, *own["clause"]),
                ", ".join(codes),
            )
        )
    return rows


def _right_points(p: Partnership, grants: list[dict]) -> list[tuple[str, ...]]:
    """The rights that a giver of money decides alone."""
    alone, givers = agreement.alone(p), {grant["from"] for grant in grants}
    order = {right: at for at, right in enumerate(p["rights"]["right"], start=1)}
    return [
        (
            tr(row.right),
            tr("{who} decides alone.").format(who=row.decides)
            + (tr(" Reason: {reason}").format(reason=row.reason_given) if row.reason_given else ""),
            _not_read(),
            tr("To settle: compare."),
            tr("Could it be “after asking”?"),
            _who(p, row.right),
            tr("rights {row}").format(row=order[row.right]),
        )
        for row in alone[alone["decides"].isin(givers)].itertuples()
    ]


def _terms(p: Partnership, grant: dict) -> list[dict[str, str]]:
    """The heads of a grant agreement: what is known stands there, all else is a question."""
    giver, taker = (f"{p.names.get(code, code)} ({code})" for code in (grant["from"], grant["to"]))
    rows = [
        (
            tr("Between"),
            tr("{giver}, which gives, and {taker}, which receives.").format(
                giver=giver, taker=taker
            ),
        ),
        (tr("Amount"), _amount(grant) or tr("To settle: how much, in which currency?")),
        (tr("Purpose"), grant["purpose"] or tr("To settle: for what?")),
    ]
    asks = (
        (tr("Instalments"), tr("how many, on which days, and what has to be there before each?")),
        (tr("Overhead"), tr("which share for running costs, and how is it reckoned?")),
        (tr("Reporting"), tr("what, how long, in which language, and how often?")),
        (
            tr("Eligible costs"),
            tr("what may be paid from it, from which day, and who says so in doubt?"),
        ),
        (tr("Audit"), tr("who may look into the books, with what notice, and who pays?")),
        (tr("Unspent funds"), tr("what becomes of what is left, and within how many days?")),
        (
            tr("Suspension"),
            tr("when may a payment be held back, after which talk, and with which reason?"),
        ),
        (tr("End"), tr("who may end it, with what notice, and what is paid of what was begun?")),
        (
            tr("Conditions that travel on"),
            tr("which conditions come from the giver behind the giver, and can they be kept?"),
        ),
        (
            tr("Which document prevails"),
            tr("where this and the partnership agreement cannot both be kept, which gives way?"),
        ),
    )
    return [
        {"title": title, "text": text}
        for title, text in (
            *rows,
            *((title, tr("To settle: {what}").format(what=what)) for title, what in asks),
        )
    ]


# ------------------------------------------------------------------ from a template to a document


def _environment() -> SandboxedEnvironment:
    return SandboxedEnvironment(autoescape=True)


def _open(place: Path) -> DocxTemplate:
    data = contents(place)
    try:
        template = DocxTemplate(io.BytesIO(data))
        template.init_docx()
    except (ValueError, KeyError, zipfile.BadZipFile):
        raise NotOpened(
            tr(
                "{name} is not a Word document (.docx). Open it in your word processor, save it as one, and "
                "choose that."
            ).format(name=place.name)
        ) from None
    return template


def _broken(place: Path, error: TemplateError) -> str:
    return tr(
        "{name}: a field is not written as it should be ({error}). Fields look like {{{{ title }}}}."
    ).format(name=place.name, error=error.message)


def _rendered(place: Path, context: Mapping, p: Partnership, notice: str) -> bytes:
    template = _open(place)
    date = p.fact("date")
    told = {
        "title": p.title,
        "date": date.strftime("%Y-%m-%d") if date is not None else "",
        "notice": notice,
        "labels": {name: tr(label) for name, label in LABELS.items()},
        **context,
    }
    try:
        template.render(_as_typed(told), _environment(), autoescape=True)
    except TemplateError as error:
        raise NotOpened(_broken(place, error)) from None
    document = template.docx
    document.core_properties.title, document.core_properties.author = (
        word_document.clean(p.title)[:255],
        "",
    )
    for section in document.sections:
        for footer in (
            section.footer,
            *([section.first_page_footer] if section.different_first_page_header_footer else []),
            *(
                [section.even_page_footer]
                if document.settings.odd_and_even_pages_header_footer
                else []
            ),
        ):
            if not any(
                notice in paragraph.text for paragraph in footer.paragraphs
            ):  # whatever the template says
                footer.add_paragraph(notice)
    for element in document.element.body.iter(qn("w:p")):
        word_document.turned(Paragraph(element, document))
    return word_document.contents(document)


def _as_typed(value: object) -> object:
    """Texts made safe for a document's XML, also from what a template engine would still look for in them."""
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
