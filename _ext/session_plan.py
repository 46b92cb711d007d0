"""Session plans: `{session-plan} plans/3-risk.yaml` checks a plan and puts it on the page.

The minutes at which steps begin are worked out from how long they take. A step may count what is
done in it, by how many, and for how many seconds each; then its minutes have to be enough for it.
A plan that takes longer than `LONGEST` with more partners says what to do at home, and how to part
it into two meetings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
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
from partnering.schema.wording import not_said

logger = logging.getLogger(__name__)

# The one in C, where PyYAML has it: the plans are read again for every page that lists them.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
PLAN = {
    "title": str,
    "subtitle": str,
    "question": str,
    "full": int,
    "short": int,
    "partners": int,
    "more_partners": list,
    "too_long": dict,
    "why_now": str,
    "not_for": str,
    "before": str,
    "who": str,
    "bring": str,
    "prepare": list,
    "steps": list,
    "held": dict,
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
STEP = {
    "name": str,
    "for": int,
    "what": str,
    "say": str,
    "who": str,
    "left": str,
    "counts": list,
}
SHORT_STEP = {"name": str, "for": int, "what": str, "counts": list}
# what is done, how many of it each, by how many one after another, and for how many seconds
COUNT = {"what": str, "fields": int, "people": (int, str), "seconds": int}
PARTNERS = "partners"  # as `people`: as many as there are partners
LONGEST = 90  # minutes of one meeting
HELD_ROW = {"from": int, "to": int, "do": str, "say": str}
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
    "held": {"replaces": list, "before": str, "rows": list, "also": str},
    "variations": dict.fromkeys(VARIATIONS, str),
    "short_form": {"before": str, "steps": list},
    "more_partners": {"partners": int, "full": int, "minutes": dict},
    # Steps done at home, and how; steps of a second meeting, those between, and what is done then.
    "too_long": {"at_home": list, "how": str, "second": list, "between": list, "meanwhile": str},
}
OPTIONAL = (
    "subtitle",
    "partners",
    "more_partners",
    "too_long",
    "too_long, between",
    "why_now",
    "example",
    "source",
    "held, also",
    "steps, counts",
    "short_form, steps, counts",
)
NAMES = {
    str: _("text"),
    int: _("a whole number"),
    list: _("a list"),
    dict: _("named fields"),
    (int, str): _("a whole number, or `partners`"),
}
INVITATION = re.compile(r"[“\"„«].*\w.*[”\"“»]", re.DOTALL)


def _ended(name: str) -> str:
    """A name as a sentence: with a full stop, unless it asks."""
    return name if name.endswith(("?", "!", ".")) else f"{name}."


def problems(plan: Any) -> list[str]:
    """Everything that is wrong with a plan.

    Args:
        plan: What stands in its file.

    Returns:
        A sentence for each thing, beginning with the field; none where the plan is good.
    """
    if not isinstance(plan, dict):
        return [tr("the file holds no fields; it begins with `title:`.")]
    found = _fields("", plan, PLAN)
    for name, fields in PARTS.items():
        part = plan.get(name)
        if isinstance(part, dict):
            found += _fields(f"{name}, ", part, fields)
        for place, item in enumerate(_list(part), start=1):
            found += _fields(f"{name} {place}, ", item, fields)
    short = plan.get("short_form")
    short_steps = short.get("steps") if isinstance(short, dict) else None
    for place, item in enumerate(_list(short_steps), start=1):
        found += _fields(f"short_form, steps {place}, ", item, SHORT_STEP)
    found += _counts("steps", plan.get("steps"), plan.get("partners"))
    found += _counts("short_form, steps", short_steps, plan.get("partners"))
    found += _more_partners(plan) or _too_long(plan)
    found += _held(plan.get("held"), plan.get("steps"))
    afterwards = plan.get("afterwards")
    if isinstance(afterwards, list) and not all(isinstance(line, str) for line in afterwards):
        found.append("afterwards: " + tr("should be a list of sentences."))
    found += _minutes("full", "steps", plan, plan.get("steps"))
    found += _minutes("short", "short_form, steps", plan, short_steps)
    found += _invitations("steps", plan.get("steps"))
    return found + list(_words("", plan))


def _list(value: Any) -> list[Any]:
    """What should be a list; empty where it is none."""
    return value if isinstance(value, list) else []


def read_plan(path: Path) -> tuple[Any, list[str]]:
    """What stands in a file, and everything that is wrong with it as a plan, as sentences."""
    try:
        plan = yaml.load(path.read_text(encoding="utf-8"), _LOADER)
    except FileNotFoundError:
        return None, [tr("there is no such file.")]
    except yaml.YAMLError as error:
        return None, [tr("cannot be read: {why}").format(why=" ".join(str(error).split()))]
    return plan, problems(plan)


def chapters(guide: Path) -> list[Path]:
    """The chapters of a guide, in the order in which the way in lists them.

    Args:
        guide: The folder of the chapters; beside it lies `index.md`, the way in.

    Returns:
        Their files; those that the way in does not list come last in their stop, by name.
    """
    way_in = guide.parent / "index.md"
    text = way_in.read_text(encoding="utf-8") if way_in.is_file() else ""
    listed = re.findall(rf"^{re.escape(guide.name)}/([\w-]+)$", text, re.MULTILINE)
    found = {path.stem: path for path in guide.glob("[0-9]*.md")}
    return [found[name] for name in in_tour_order(found, listed)]


def plans_in(guide: Path) -> dict[str, dict[str, Any]]:
    """The good plans of a guide, in the order of the tour.

    Args:
        guide: The folder of the chapters, with the plans in `plans`.

    Returns:
        Plans by the names of their files: by stop, and in a stop as its chapter shows them. A bad
        plan is left out; the page that shows it says what is wrong.
    """
    text = "\n".join(page.read_text(encoding="utf-8") for page in chapters(guide))
    named = re.findall(r"\{session-plan\}\s+plans/([\w-]+)\.yaml", text)
    read = {path.stem: read_plan(path) for path in (guide / "plans").glob("*.yaml")}
    return {name: read[name][0] for name in in_tour_order(read, named) if not read[name][1]}


def in_tour_order(names: Iterable[str], listed: Sequence[str]) -> list[str]:
    """Names such as `3-risk`, in the order of the tour.

    Args:
        names: The names.
        listed: Names in the order in which the chapters have them; it holds within a stop.

    Returns:
        The names by stop; those that no chapter has come last in their stop.
    """

    def order(name: str) -> tuple[str, int, str]:
        place = listed.index(name) if name in listed else len(listed)
        return stop_of(name), place, name

    return sorted(names, key=order)


def stop_of(name: str) -> str:
    """The number that a name such as `3-risk` begins with."""
    return name.split("-")[0]


def _fields(where: str, part: Any, fields: dict[str, Any]) -> list[str]:
    """What is missing, unknown or of the wrong kind in one part of a plan."""
    optional = {name for name in fields if re.sub(r" \d+", "", where) + name in OPTIONAL}
    if not isinstance(part, dict):
        fields_needed = ", ".join(name for name in fields if name not in optional)
        needed = tr("needs the fields {fields}.").format(fields=fields_needed)
        return [f"{where.rstrip(', ')}: {needed}"]
    known = ", ".join(fields)
    unknown = tr("is not a field of a session plan; known here are {fields}.").format(fields=known)
    found = [f"{where}{name}: {unknown}" for name in part if name not in fields]
    for name, kind in fields.items():
        value = part.get(name)
        if name not in part and name in optional:
            continue
        if value is None or value == "" or value == []:
            found.append(f"{where}{name}: " + tr("is missing."))
        elif not isinstance(value, kind) or isinstance(value, bool):
            found.append(f"{where}{name}: " + tr("should be {kind}.").format(kind=tr(NAMES[kind])))
    return found


def _minutes(whole: str, where: str, plan: dict[str, Any], steps: Any) -> list[str]:
    """Whether the steps take as long as the plan promises."""
    lengths = [step.get("for") if isinstance(step, dict) else None for step in _list(steps)]
    promised = plan.get(whole)
    readable = all(type(length) is int for length in [promised, *lengths])
    if not lengths or not readable or sum(lengths) == promised:
        return []
    sentence = tr("the minutes add up to {sum}, but `{whole}` says {promised}.")
    return [f"{where}: {sentence.format(sum=sum(lengths), whole=whole, promised=promised)}"]


def _counts(where: str, steps: Any, partners: Any) -> list[str]:
    """Whether the minutes of each step are enough for what is counted in it.

    Args:
        where: Where the steps stand in the plan.
        steps: The steps.
        partners: For how many partners the minutes are.

    Returns:
        A sentence for each count that cannot be read, and for each step that is too short.
    """
    found = []
    for place, step in enumerate(_list(steps), start=1):
        here = f"{where} {place}"
        wrong = _unreadable(here, step, partners)
        if wrong or not isinstance(step, dict) or type(step.get("for")) is not int:
            found += wrong
        else:
            found += _enough(here, step, step["for"], partners)
    return found


def _unreadable(where: str, step: Any, partners: Any) -> list[str]:
    """What is wrong with the fields of the counts of a step."""
    counts = _list(step.get("counts")) if isinstance(step, dict) else []
    found = []
    for line, count in enumerate(counts, start=1):
        here = f"{where}, counts {line}, "
        found += _fields(here, count, COUNT) or _people(here, count, partners)
    return found


def _people(where: str, count: dict[str, Any], partners: Any) -> list[str]:
    """Whether it can be told by how many something is done."""
    if isinstance(count["people"], int):
        return []
    if count["people"] != PARTNERS:
        kind = tr(NAMES[int, str])
        return [f"{where}people: " + tr("should be {kind}.").format(kind=kind)]
    if type(partners) is int:
        return []
    sentence = tr("the plan says for no number of `partners` what its minutes are for.")
    return [f"{where}people: {sentence}"]


def seconds(step: dict[str, Any], partners: int | None = None) -> int:
    """How long everything takes that a step counts.

    Args:
        step: The step of a plan; read is `counts`.
        partners: How many partners there are.

    Returns:
        The seconds; 0 where it counts nothing.
    """
    return sum(
        count["fields"]
        * ((partners or 0) if count["people"] == PARTNERS else count["people"])
        * count["seconds"]
        for count in step.get("counts", [])
    )


def _enough(where: str, step: dict[str, Any], minutes: int, partners: int | None) -> list[str]:
    """Whether so many minutes are enough for a step."""
    needed = -(-seconds(step, partners) // 60)
    if needed <= minutes:
        return []
    sentence = tr("what is counted takes {needed} minutes, and the step has {minutes}.")
    return [f"{where}, counts: {sentence.format(needed=needed, minutes=minutes)}"]


def _more_partners(plan: dict[str, Any]) -> list[str]:
    """Whether the minutes for more partners add up, and are enough for what is counted."""
    steps, found = _list(plan.get("steps")), []
    if not all(isinstance(step, dict) and isinstance(step.get("name"), str) for step in steps):
        return []  # said already
    lengths = {step["name"]: step.get("for") for step in steps}
    for place, more in enumerate(_list(plan.get("more_partners")), start=1):
        if _fields("", more, PARTS["more_partners"]):
            continue  # said already
        where, minutes = f"more_partners {place}", lengths | more["minutes"]
        strange = [name for name in more["minutes"] if name not in lengths]
        if strange:
            sentence = tr("“{name}” is no step of this plan.")
            found += [f"{where}, minutes: {sentence.format(name=name)}" for name in strange]
        if strange or not all(type(length) is int for length in minutes.values()):
            continue
        if sum(minutes.values()) != more["full"]:
            sentence = tr("the minutes add up to {sum}, but `{whole}` says {promised}.")
            sentence = sentence.format(
                sum=sum(minutes.values()), whole="full", promised=more["full"]
            )
            found.append(f"{where}: {sentence}")
        for step in steps:
            name, partners = step["name"], more["partners"]
            if not _unreadable("steps", step, partners):
                found += _enough(f"{where}, {name}", step, minutes[name], partners)
    return found


def _too_long(plan: dict[str, Any]) -> list[str]:
    """Whether a plan that gets too long for one meeting says how to keep within one, or part it.

    Args:
        plan: The plan; its minutes for more partners add up.

    Returns:
        A sentence where it says nothing or has nothing to say, for each step that is none, and for
        each meeting that is still too long.
    """
    steps = _list(plan.get("steps"))
    if not steps or any(_fields("steps 1, ", step, STEP) for step in steps):
        return []  # said already
    long = [more for more in _list(plan.get("more_partners")) if _is_long(more)]
    parted = plan.get("too_long")
    if long and "too_long" not in plan:
        sentence = tr("with {partners} partners it takes {minutes} minutes. Say how to part it.")
        told = sentence.format(partners=long[0]["partners"], minutes=long[0]["full"])
        return [f"too_long: {told}"]
    if not isinstance(parted, dict) or _fields("too_long, ", parted, PARTS["too_long"]):
        return []  # said already
    if not long:
        sentence = tr("it takes longer than {minutes} minutes with no number of partners.")
        return [f"too_long: {sentence.format(minutes=LONGEST)} {tr('Leave it out.')}"]
    names = [step["name"] for step in steps]
    found = [
        f"too_long, {field}: " + tr("“{name}” is no step of this plan.").format(name=name)
        for field in ("at_home", "between", "second")
        for name in parted.get(field, [])
        if name not in names
    ]
    later = [*parted.get("between", []), *parted["second"]]
    if not found and later != names[-1 - len(later) : -1]:
        sentence = tr("these are not the steps before “{name}”, in their order.")
        found.append(f"too_long, second: {sentence.format(name=names[-1])}")
    if found:
        return found
    for more in long:
        for minutes in meetings(plan, more):
            if minutes > LONGEST:
                sentence = tr("with {partners} partners a meeting takes {minutes} minutes.")
                told = sentence.format(partners=more["partners"], minutes=minutes)
                found.append(f"too_long, second: {told}")
    if not any(minutes_left(plan, more) <= LONGEST for more in long):
        found.append("too_long, at_home: " + tr("the rest takes too long for one meeting as well."))
    return found


def _is_long(more: Any) -> bool:
    """Whether a plan takes longer than one meeting with so many partners."""
    return not _fields("", more, PARTS["more_partners"]) and more["full"] > LONGEST


def _lengths(plan: dict[str, Any], more: dict[str, Any]) -> dict[str, int]:
    """How long each step takes with more partners."""
    return {step["name"]: step["for"] for step in plan["steps"]} | more["minutes"]


def minutes_left(plan: dict[str, Any], more: dict[str, Any]) -> int:
    """How long a meeting is if the steps under `at_home` are done there.

    Args:
        plan: A plan that has `too_long`.
        more: One entry of its `more_partners`.
    """
    lengths = _lengths(plan, more)
    return more["full"] - sum(lengths[name] for name in plan["too_long"]["at_home"])


def meetings(plan: dict[str, Any], more: dict[str, Any]) -> tuple[int, int]:
    """How long the two meetings are into which a plan is parted.

    Each has the first step of the plan and the last: how answers are kept is said again, and what
    was said may be taken back again.

    Args:
        plan: A plan that has `too_long`.
        more: One entry of its `more_partners`.

    Returns:
        The minutes of both.
    """
    lengths, parted = _lengths(plan, more), plan["too_long"]
    names = list(lengths)
    later = sum(lengths[name] for name in parted["second"])
    between = sum(lengths[name] for name in parted.get("between", []))
    return more["full"] - later - between, lengths[names[0]] + later + lengths[names[-1]]


def _invitations(where: str, steps: Any) -> list[str]:
    """Each step gives the facilitator words to say aloud, in quotation marks."""
    found = []
    for place, step in enumerate(_list(steps), start=1):
        say = step.get("say") if isinstance(step, dict) else None
        if isinstance(say, str) and not INVITATION.search(say):
            sentence = tr("the step “{name}” has no words in quotation marks to say aloud.")
            found.append(f"{where} {place}, say: {sentence.format(name=step.get('name', place))}")
    return found


def _held(held: Any, steps: Any) -> list[str]:
    """Whether the script for confidential answers is whole and as long as what it replaces.

    Args:
        held: What stands under `held`.
        steps: The steps of the plan.

    Returns:
        A sentence for each thing that is wrong with its rows, its minutes or the steps it replaces.
    """
    if not isinstance(held, dict):
        return []
    found, rows = [], _list(held.get("rows"))
    for place, row in enumerate(rows, start=1):
        found += _fields(f"held, rows {place}, ", row, HELD_ROW)
    found += _invitations("held, rows", rows)
    replaced, wrong = _replaced(_list(held.get("replaces")), _list(steps))
    if wrong or found or not rows or not replaced:
        return found + wrong
    end = 0
    for place, row in enumerate(rows, start=1):
        if row["from"] != end:
            sentence = tr("begins at minute {begin}, but the row before ends at {end}.")
            found.append(f"held, rows {place}: {sentence.format(begin=row['from'], end=end)}")
        if row["to"] <= row["from"]:
            found.append(f"held, rows {place}: " + tr("takes no time."))
        end = row["to"]
    lengths = [step.get("for") for step in replaced]
    if all(type(length) is int for length in lengths) and sum(lengths) != end:
        sentence = tr("the rows end at minute {end}, but what they replace takes {sum}.")
        found.append("held, rows: " + sentence.format(end=end, sum=sum(lengths)))
    return found


def _replaced(names: list[Any], steps: list[Any]) -> tuple[list[dict[str, Any]], list[str]]:
    """The steps that a script replaces.

    Args:
        names: Their names, in their order.
        steps: The steps of the plan.

    Returns:
        The steps, and a sentence where a name is none of a step, or other steps lie between;
        neither where the steps themselves cannot be read.
    """
    known = [step.get("name") if isinstance(step, dict) else None for step in steps]
    if None in known:
        return [], []
    strange = [name for name in names if name not in known]
    if strange:
        sentence = tr("“{name}” is no step of this plan.")
        return [], [f"held, replaces: {sentence.format(name=name)}" for name in strange]
    first = known.index(names[0]) if names else 0
    if known[first : first + len(names)] != names:
        return [], ["held, replaces: " + tr("the steps have to follow one another.")]
    return steps[first : first + len(names)], []


def _words(where: str, part: Any) -> Iterator[str]:
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
    """`{session-plan} file`: a session plan that lies beside the page, as YAML."""

    required_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        """The plan; nothing where it is bad, with an error for each thing that is wrong."""
        relative, absolute = self.env.relfn2path(self.arguments[0])
        self.env.note_dependency(relative)
        plan, found = read_plan(Path(absolute))
        if found:
            return self._refuse(relative, found)
        self._note_target(plan, _place(absolute))
        return [*self._alone(absolute), self._set(plan, _place(absolute))]

    def _note_target(self, plan: dict[str, Any], place: str) -> None:
        """Let other pages lead to the plan: `` {ref}`plan-3-risk` `` is a link with its title."""
        standard = self.env.domains.standard_domain
        standard.note_hyperlink_target(place, self.env.docname, place, plan["title"])

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

    def _set(self, plan: dict[str, Any], place: str) -> nodes.container:
        """The whole plan. Headings are rubrics: heard as headings, not in the page's contents."""
        self.level = 2 + self._depth()
        box = nodes.container("", classes=["session-plan"], ids=[place])
        box += self._rubric(plan["title"], self.level - 1, "plan-title")
        if "subtitle" in plan:
            box += self._block(f"_{plan['subtitle']}_", "plan-subtitle")
        box += self._block(plan["question"], "plan-question")
        box += self._lead(plan)
        box += self._steps(plan)
        box += self._more_partners(plan)
        box += self._too_long(plan)
        box += self._held(plan["held"])
        goes_wrong = [f"_{line['sign']}_ {line['do']}" for line in plan["goes_wrong"]]
        variations = [
            f"**{tr(label)}.** {plan['variations'][name]}" for name, label in VARIATIONS.items()
        ]
        for name, label, text in (
            ("reveal", _("The reveal"), plan["reveal"]),
            ("example", _("From the example"), plan.get("example")),
            ("afterwards", _("To talk about afterwards"), _bullets(plan["afterwards"])),
            ("goes_wrong", _("Where it goes wrong"), "\n\n".join(goes_wrong)),
            ("variations", _("If it is different with you"), "\n\n".join(variations)),
        ):
            if text:
                box += self._part(label, text, _class_of(name))
        box += self._short(plan)
        for name, label in (
            ("tomorrow", _("If it is tomorrow")),
            ("care", _("Care")),
            ("take_with_you", _("Take with you")),
            ("source", _("Where it comes from")),
        ):
            if name in plan:
                box += self._part(label, plan[name], _class_of(name))
        return box

    def _lead(self, plan: dict[str, Any]) -> nodes.container:
        """What has to be known before the session begins."""
        lead = nodes.container("", classes=["plan-lead"])
        for name, label in (
            ("why_now", _("Why now")),
            ("not_for", _("Not for")),
            ("before", _("Before you start")),
            ("who", _("Who")),
            ("bring", _("Bring")),
        ):
            if name in plan:
                lead += self._part(label, plan[name], _class_of(name))
        prepare = [f"**{line['when']}.** {line['what']}" for line in plan["prepare"]]
        lead += self._part(_("Prepare"), "\n\n".join(prepare), _class_of("prepare"))
        return lead

    def _depth(self) -> int:
        """How many sections are open around the directive."""
        node, depth = self.state_machine.node, 0
        while node is not None:
            depth += isinstance(node, nodes.section)
            node = node.parent
        return depth

    def _steps(self, plan: dict[str, Any]) -> PageTable:
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
            what = f"**{_ended(step['name'])}** {step['what']}"
            minutes = str(start), str(step["for"])
            rows.append((*minutes, what, step["say"], step["who"], step["left"]))
            start += step["for"]
        caption = tr("Minute by minute, {minutes} minutes").format(minutes=plan["full"])
        if "partners" in plan:
            caption = tr("Minute by minute, {minutes} minutes with {partners} partners").format(
                minutes=plan["full"], partners=plan["partners"]
            )
        return self.table(caption, heads, (9, 6, 28, 34, 10, 13), rows, "plan-steps")

    def _more_partners(self, plan: dict[str, Any]) -> list[nodes.Node]:
        """What takes longer or shorter where there are more partners."""
        found: list[nodes.Node] = []
        for more in plan.get("more_partners", []):
            line = tr("With {partners} partners, in minutes: {steps}. In all {minutes}.").format(
                partners=more["partners"],
                steps="; ".join(f"{name} {length}" for name, length in more["minutes"].items()),
                minutes=more["full"],
            )
            found.append(nodes.paragraph("", line, classes=["plan-more"], translatable=False))
        return found

    def _too_long(self, plan: dict[str, Any]) -> list[nodes.Node]:
        """How to keep within one meeting where there are more partners, or make two of it."""
        if "too_long" not in plan:
            return []
        parted = plan["too_long"]
        first, last = plan["steps"][0]["name"], plan["steps"][-1]["name"]
        between = parted.get("between", [])
        names = [step["name"] for step in plan["steps"]]
        long = [more for more in plan["more_partners"] if _is_long(more)]
        one = tr("**In one meeting.** Done at home: {steps}.").format(
            steps=_named(parted["at_home"])
        )
        for more in long:
            rest = minutes_left(plan, more)
            told = tr("With {partners} partners the rest takes {minutes} minutes.")
            if rest > LONGEST:
                told = tr("With {partners} partners the rest takes {minutes} minutes: make it two.")
            one += " " + told.format(partners=more["partners"], minutes=rest)
        after = names[names.index([*between, *parted["second"]][0]) - 1]
        two = tr(
            "**In two meetings.** The first ends after {step}, with {last}. The second has {steps}."
        )
        two = two.format(
            step=_named([after]),
            last=_named([last]),
            steps=_named([first, *parted["second"], last]),
        )
        for more in long:
            minutes = meetings(plan, more)
            told = tr("With {partners} partners they take {one} and {other} minutes.")
            two += " " + told.format(partners=more["partners"], one=minutes[0], other=minutes[1])
        if between:
            two += " " + tr(
                "In between you do by phone what {step} is for, and keep the forms in a closed "
                "envelope."
            ).format(step=_named(between))
        label = self._rubric(
            tr("If it takes longer than {minutes} minutes").format(minutes=LONGEST), self.level
        )
        part = nodes.container("", label, classes=["plan-too-long"])
        for told, own in ((one, parted["how"]), (two, parted["meanwhile"])):
            part += [*self.read(told, translatable=False), *self.read(own)]
        return [part]

    def _held(self, held: dict[str, Any]) -> nodes.container:
        """What takes the place of a step, or of several, where answers are confidential."""
        label = self._rubric(tr("If answers are confidential"), self.level)
        before = self._block(held["before"], "plan-held-before")
        part = nodes.container("", label, before, classes=["plan-held"])
        rows = [(f"{row['from']}–{row['to']}", row["do"], row["say"]) for row in held["rows"]]
        caption = tr("{minutes} minutes, in place of: {steps}").format(
            steps=" · ".join(held["replaces"]), minutes=held["rows"][-1]["to"]
        )
        heads = (_("Minutes"), _("You do"), _("You say"))
        part += self.table(caption, heads, (10, 40, 50), rows, "plan-held-steps")
        part += self.read(held.get("also", ""))
        return part

    def _short(self, plan: dict[str, Any]) -> nodes.container:
        part = self._part(_("Short form"), plan["short_form"]["before"], "plan-short")
        start, rows = 0, []
        for step in plan["short_form"]["steps"]:
            what = f"**{_ended(step['name'])}** {step['what']}"
            rows.append((str(start), str(step["for"]), what))
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


def _class_of(field: str) -> str:
    """The class of the part of a plan that shows a field."""
    return f"plan-{field.replace('_', '-')}"


def _named(steps: Sequence[str]) -> str:
    """Names of steps, in one sentence."""
    return _listed([f"*{name}*" for name in steps])


def _listed(parts: Sequence[str]) -> str:
    """Parts of a sentence, one after the other; names may hold commas."""
    return "; ".join(parts)


def _bullets(lines: list[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _in_one_line(part: nodes.Element) -> str:
    """The words of a part, wherever a line of its source ends."""
    return " ".join(part.astext().split())


def say_once(app: Sphinx, doctree: nodes.document) -> None:
    """Mark the question of a plan that its page has asked already; the plan alone still asks it."""
    asked = {
        _in_one_line(part)
        for part in doctree.findall(nodes.paragraph)
        if "plan-question" not in part.parent.get("classes", ())
    }
    for part in doctree.findall(nodes.container):
        if "plan-question" in part["classes"] and _in_one_line(part) in asked:
            part["classes"].append("asked-above")


def setup(app: Sphinx) -> dict[str, bool]:
    """Add the directive, and go over each page that was read."""
    app.setup_extension("page_tables")
    app.add_directive("session-plan", SessionPlan)
    app.connect("doctree-read", say_once)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
