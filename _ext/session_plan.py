"""Session plans: `{session-plan} plans/3-risk.yaml` checks a plan and sets it, minutes worked out, on the page."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml
from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.util import logging

from page_tables import PageDirective, PageTable
from partnering.language import mark as _
from partnering.language import tr
from partnering.schema.scales import not_said

logger = logging.getLogger(__name__)

PLAN = {
    "title": str,
    "subtitle": str,
    "question": str,
    "full": int,
    "short": int,
    "why_now": str,
    "not_for": str,
    "before": str,
    "who": str,
    "bring": str,
    "prepare": list,
    "steps": list,
    "reveal": str,
    "example": str,
    "afterwards": list,
    "goes_wrong": list,
    "variations": dict,
    "short_form": dict,
    "tomorrow": str,
    "care": str,
    "take_with_you": str,
    "source": str,
}
STEP = {"name": str, "for": int, "what": str, "say": str, "who": str, "left": str}
SHORT_STEP = {"name": str, "for": int, "what": str}
VARIATIONS = {
    "two_partners": _("Two partners"),
    "many_partners": _("Many partners"),
    "little_trust": _("Little trust"),
    "without_electricity": _("Without electricity, or without reading"),
    "remote": _("Remote"),
}
PARTS = {
    "prepare": {"when": str, "what": str},
    "goes_wrong": {"sign": str, "do": str},
    "steps": STEP,
    "variations": dict.fromkeys(VARIATIONS, str),
    "short_form": {"before": str, "steps": list},
}
NAMES = {str: _("text"), int: _("a whole number"), list: _("a list"), dict: _("named fields")}
INVITATION = re.compile(r"[“\"„«].*\w.*[”\"“»]", re.DOTALL)


def _ended(name: str) -> str:
    """A name as a sentence: with a full stop, unless it asks."""
    return name if name.endswith(("?", "!", ".")) else f"{name}."


def problems(plan: Any) -> list[str]:
    """Everything that is wrong with a plan, one sentence each, beginning with the field."""
    if not isinstance(plan, dict):
        return [tr("the file holds no fields; it begins with `title:`.")]
    found = _fields("", plan, PLAN)
    for name, fields in PARTS.items():
        part = plan.get(name)
        if isinstance(part, dict):
            found += _fields(f"{name}, ", part, fields)
        for place, item in enumerate(part if isinstance(part, list) else [], start=1):
            found += _fields(f"{name} {place}, ", item, fields)
    short = plan.get("short_form")
    short_steps = short.get("steps") if isinstance(short, dict) else None
    for place, item in enumerate(short_steps if isinstance(short_steps, list) else [], start=1):
        found += _fields(f"short_form, steps {place}, ", item, SHORT_STEP)
    afterwards = plan.get("afterwards")
    if isinstance(afterwards, list) and not all(isinstance(line, str) for line in afterwards):
        found.append("afterwards: " + tr("should be a list of sentences."))
    found += _minutes("full", "steps", plan, plan.get("steps"))
    found += _minutes("short", "short_form, steps", plan, short_steps)
    return found + _invitations(plan.get("steps")) + list(_words("", plan))


def read_plan(path: Path) -> tuple[Any, list[str]]:
    """What stands in a file, and everything that is wrong with it as a plan."""
    try:
        plan = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None, [tr("there is no such file.")]
    except yaml.YAMLError as error:
        return None, [tr("cannot be read: {why}").format(why=" ".join(str(error).split()))]
    return plan, problems(plan)


def plans_in(guide: Path) -> dict[str, dict]:
    """The good plans of a guide by the names of their files: by stop, and in a stop as its chapter sets them.

    A bad plan is left out; the page that sets it says what is wrong.
    """
    chapters = "\n".join(
        page.read_text(encoding="utf-8") for page in sorted(guide.glob("[0-9]*.md"))
    )
    named = re.findall(r"\{session-plan\}\s+plans/([\w-]+)\.yaml", chapters)
    read = {path.stem: read_plan(path) for path in (guide / "plans").glob("*.yaml")}
    order = sorted(
        read,
        key=lambda stem: (
            stem.split("-")[0],
            named.index(stem) if stem in named else len(named),
            stem,
        ),
    )
    return {stem: read[stem][0] for stem in order if not read[stem][1]}


def _fields(where: str, part: Any, fields: dict[str, type]) -> list[str]:
    """What is missing, unknown or of the wrong kind in one part of a plan."""
    if not isinstance(part, dict):
        return [
            f"{where.rstrip(', ')}: "
            + tr("needs the fields {fields}.").format(fields=", ".join(fields))
        ]
    found = [
        f"{where}{name}: "
        + tr("is not a field of a session plan; known here are {fields}.").format(
            fields=", ".join(fields)
        )
        for name in part
        if name not in fields
    ]
    for name, kind in fields.items():
        value = part.get(name)
        if value is None or value == "" or value == []:
            found.append(f"{where}{name}: " + tr("is missing."))
        elif not isinstance(value, kind) or isinstance(value, bool):
            found.append(f"{where}{name}: " + tr("should be {kind}.").format(kind=tr(NAMES[kind])))
    return found


def _minutes(whole: str, where: str, plan: dict, steps: Any) -> list[str]:
    """Whether the steps take as long as the plan promises."""
    lengths = (
        [step.get("for") if isinstance(step, dict) else None for step in steps]
        if isinstance(steps, list)
        else []
    )
    promised = plan.get(whole)
    if (
        not lengths
        or not all(type(length) is int for length in [promised, *lengths])
        or sum(lengths) == promised
    ):
        return []
    return [
        f"{where}: "
        + tr("the minutes add up to {sum}, but `{whole}` says {promised}.").format(
            sum=sum(lengths), whole=whole, promised=promised
        )
    ]


def _invitations(steps: Any) -> list[str]:
    """Each step gives the facilitator words to say aloud, in quotation marks."""
    said = [
        (place, step)
        for place, step in enumerate(steps if isinstance(steps, list) else [], start=1)
        if isinstance(step, dict) and isinstance(step.get("say"), str)
    ]
    return [
        f"steps {place}, say: "
        + tr("the step “{name}” has no words in quotation marks to say aloud.").format(
            name=step.get("name", place)
        )
        for place, step in said
        if not INVITATION.search(step["say"])
    ]


def _words(where: str, part: Any):
    """Sentences about words that a plan does not use."""
    if isinstance(part, dict):
        for name, value in part.items():
            yield from _words(f"{where}, {name}".lstrip(", "), value)
    elif isinstance(part, list):
        for place, value in enumerate(part, start=1):
            yield from _words(f"{where} {place}", value)
    elif isinstance(part, str):
        for word in not_said(part):
            yield f"{where}: " + tr("“{word}” is a word that session plans do not use.").format(
                word=word
            )


class SessionPlan(PageDirective):
    """Sets a session plan that lies, as YAML, beside the page."""

    required_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        relative, absolute = self.env.relfn2path(self.arguments[0])
        self.env.note_dependency(relative)
        plan, found = read_plan(Path(absolute))
        return (
            self._refuse(relative, found)
            if found
            else [*self._alone(absolute), self._set(plan, _place(absolute))]
        )

    def _refuse(self, path: str, sentences: list[str]) -> list[nodes.Node]:
        for sentence in sentences:
            logger.error(
                "%s: %s", path, sentence, location=self.get_location(), type="session-plan"
            )
        return []

    def _alone(self, path: str) -> list[nodes.Node]:
        """On the site, how to print nothing but this plan: the page's style follows the address."""
        place = _place(path)
        link = nodes.reference("", tr("choose this plan"), refid=place, internal=True)
        line = nodes.paragraph(
            "",
            "",
            nodes.Text(tr("To print it alone:") + " "),
            link,
            nodes.Text(tr(", then your browser's Print.")),
            translatable=False,
        )
        return [addnodes.only("", nodes.container("", line, classes=["plan-alone"]), expr="html")]

    def _set(self, plan: dict, place: str) -> nodes.container:
        """The whole plan. Headings are rubrics: heard as headings, and not in the page's contents."""
        self.level = 2 + self._depth()
        box = nodes.container("", classes=["session-plan"], ids=[place])
        box += self._rubric(plan["title"], self.level - 1, "plan-title")
        box += self._block(f"_{plan['subtitle']}_", "plan-subtitle")
        box += self._block(plan["question"], "plan-question")
        lead = nodes.container("", classes=["plan-lead"])
        for name, label in (
            ("why_now", _("Why now")),
            ("not_for", _("Not for")),
            ("before", _("Before you start")),
            ("who", _("Who")),
            ("bring", _("Bring")),
        ):
            lead += self._part(label, plan[name], f"plan-{name.replace('_', '-')}")
        lead += self._part(
            _("Prepare"),
            "\n\n".join(f"**{line['when']}.** {line['what']}" for line in plan["prepare"]),
            "plan-prepare",
        )
        box += lead
        box += self._steps(plan)
        box += self._part(_("The reveal"), plan["reveal"], "plan-reveal")
        box += self._part(_("From the example"), plan["example"], "plan-example")
        box += self._part(
            _("To talk about afterwards"), _bullets(plan["afterwards"]), "plan-afterwards"
        )
        box += self._part(
            _("Where it goes wrong"),
            "\n\n".join(f"_{line['sign']}_ {line['do']}" for line in plan["goes_wrong"]),
            "plan-goes-wrong",
        )
        box += self._part(
            _("If it is different with you"),
            "\n\n".join(
                f"**{tr(label)}.** {plan['variations'][name]}" for name, label in VARIATIONS.items()
            ),
            "plan-variations",
        )
        box += self._short(plan)
        for name, label in (
            ("tomorrow", _("If it is tomorrow")),
            ("care", _("Care")),
            ("take_with_you", _("Take with you")),
            ("source", _("Where it comes from")),
        ):
            box += self._part(label, plan[name], f"plan-{name.replace('_', '-')}")
        return box

    def _depth(self) -> int:
        """How many sections are open around the directive."""
        node, depth = self.state_machine.node, 0
        while node is not None:
            depth += isinstance(node, nodes.section)
            node = node.parent
        return depth

    def _steps(self, plan: dict) -> PageTable:
        heads = (
            _("minute"),
            _("for"),
            _("what happens"),
            _("what you say"),
            _("who"),
            _("left on the table"),
        )
        start, rows = 0, []
        for step in plan["steps"]:
            rows.append(
                (
                    str(start),
                    str(step["for"]),
                    f"**{_ended(step['name'])}** {step['what']}",
                    step["say"],
                    step["who"],
                    step["left"],
                )
            )
            start += step["for"]
        caption = tr("Minute by minute, {minutes} minutes").format(minutes=plan["full"])
        return self.table(caption, heads, (9, 6, 28, 34, 10, 13), rows, "plan-steps")

    def _short(self, plan: dict) -> nodes.container:
        part = self._part(_("Short form"), plan["short_form"]["before"], "plan-short")
        start, rows = 0, []
        for step in plan["short_form"]["steps"]:
            rows.append(
                (str(start), str(step["for"]), f"**{_ended(step['name'])}** {step['what']}")
            )
            start += step["for"]
        caption = tr("The short form, {minutes} minutes").format(minutes=plan["short"])
        part += self.table(
            caption,
            (_("minute"), _("for"), _("what happens")),
            (8, 7, 85),
            rows,
            "plan-short-steps",
        )
        return part

    def _part(self, label: str, text: str, name: str) -> nodes.container:
        """A small heading and what stands under it."""
        part = self._block(text, name)
        part.insert(0, self._rubric(tr(label), self.level))
        return part

    def _block(self, text: str, name: str) -> nodes.container:
        return nodes.container("", *self.read(text), classes=[name])

    def _rubric(self, text: str, level: int, name: str = "plan-label") -> nodes.rubric:
        rubric = self.text(nodes.rubric, text)
        rubric["heading-level"] = min(level, 6)
        rubric["classes"].append(name)
        return rubric


def _place(path: str) -> str:
    """The name by which an address leads to a plan."""
    return f"plan-{Path(path).stem}"


def _bullets(lines: list[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def setup(app: Sphinx) -> dict[str, bool]:
    app.setup_extension("page_tables")
    app.add_directive("session-plan", SessionPlan)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
