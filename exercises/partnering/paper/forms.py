"""The paper forms: blank sheets, sheets with answers, cards to cut out, and what is read aloud, each as a PDF.

From a notebook: `forms.make(folder)`. From a command line: `python -m partnering.forms --large --out forms`.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from partnering.language import tr
from partnering.paper import form_data, typst_pdf
from partnering.partnership import Partnership
from partnering.schema.tables import TABLES
from partnering.storage import folder, house_file, paths

SOURCE = '#import "forms.typ": *\n#show: {look}\n#{what}(json(bytes(sys.inputs.data)))\n'
EXAMPLE = "shade-under-way"
FIRST_ROUND = ("shade", 5)  # the example as the chapters up to that stop tell it
EXAMPLE_HOUSE = ("SOM", "Finance")  # it has allowed the handbook to look in
CARDS = ("objectives", "risks", "practices")
CARDS_A_PAGE = 8


@dataclass(frozen=True)
class Form:
    """A form, blank unless `answers`; with a partnership it bears its names and its lines."""

    sheet: form_data.PaperSheet
    partnership: Partnership | None = None
    partner: str = ""
    answers: bool = False
    house: pd.DataFrame | None = None

    def data(self) -> dict:
        """What is set on paper, as texts, numbers and lists."""
        return form_data.data(self.sheet, self.partnership, self.partner, self.answers, self.house)


def names() -> list[str]:
    """The forms that can be printed, in the order of the tour."""
    return list(form_data.sheets())


def blank(name: str) -> Form:
    """A form with nothing in it."""
    return Form(form_data.sheets()[name])


def prepared(name: str, partnership: Partnership, partner: str = "") -> Form:
    """A form that bears a partner's name and what the partnership has numbered, its answers left open."""
    return Form(form_data.sheets()[name], partnership, partner)


def filled(name: str, partnership: Partnership, partner: str = "") -> Form:
    """A form with a partner's answers. What a house answered is in no partnership: see `of_house`."""
    return Form(form_data.sheets()[name], partnership, partner, answers=True)


def of_house(name: str, partnership: Partnership, partner: str, unit: str) -> Form:
    """The sheet of one part of a partner's house with its answers, from the house file, for that house alone."""
    answers = house_file.read(partnership, partner).answers
    return Form(
        form_data.sheets()[name],
        partnership,
        partner,
        True,
        answers[answers["unit"].astype("object") == unit],
    )


def example(name: str) -> Form | None:
    """A form filled in from the invented example; None for a sheet of which nothing is ever typed."""
    sheet, (first, until) = form_data.sheets()[name], FIRST_ROUND
    shade = folder.read(paths.EXAMPLES / (first if sheet.stop <= until else EXAMPLE))
    if sheet.own:
        return None
    return (
        of_house(name, shade, *EXAMPLE_HOUSE)
        if sheet.private
        else filled(name, shade, shade.expected[0])
    )


def pdf(forms: Sequence[Form], large: bool = False) -> bytes:
    """Forms as a PDF, one A4 side each, or as many as they need in large print."""
    return _printed([form.data() for form in forms], "all-forms-of", tr("Forms"), large)


def aloud(name: str, large: bool = False) -> bytes:
    """What is asked on a form, in order, for an interpreter, or for somebody who reads it out."""
    return _printed([blank(name).data()], "read-aloud", tr("To be read aloud"), large)


def cards(name: str, partnership: Partnership | None = None, large: bool = False) -> bytes:
    """Cards to cut out for the lines of a table, empty or with a partnership's own lines."""
    return _printed([card_data(name, partnership)], "all-cards", tr("Cards to cut out"), large)


def card_data(name: str, partnership: Partnership | None = None) -> dict:
    """The cards of a table: a code, what it is about, and the words that stand on it. A card that is still to be written
    has no code: a number handed out beforehand would tell who held the card."""
    table = TABLES[name]
    code, told = table.by_name[table.key[0]], _told_on_card(name)
    shown = [column for column in table.columns if column.core and column.name in told]
    rows = (
        []
        if partnership is None
        else [
            [str(row[code.name]), *(_cell(column, row) for column in shown)]
            for _at, row in partnership[name].iterrows()
        ]
    )
    how = (
        tr("For the wall, once they have numbers; not for writing alone.")
        if rows
        else tr("For writing alone. The numbers come last.")
    )
    rows = rows or [["" for _ in (code, *shown)]] * CARDS_A_PAGE
    return {
        "label": tr(table.label),
        "how": how,
        "columns": [{"label": tr(column.label), "help": tr(column.help)} for column in shown],
        "cards": [
            {
                "code": cells[0],
                "texts": [
                    {"text": text, "rtl": typst_pdf.right_to_left(text)} for text in cells[1:]
                ],
            }
            for cells in rows
        ],
        "large": CARDS_A_PAGE // 2,
    }


def _told_on_card(name: str) -> tuple[str, ...]:
    return {
        "objectives": ("text",),
        "risks": ("what_could_happen",),
        "practices": ("we_will", "you_will_see"),
    }[name]


def _cell(column, row) -> str:
    value = row[column.name]
    return "" if value is None or value != value or value == "" else column.kind.write(value)


def _printed(data: list[dict], what: str, title: str, large: bool) -> bytes:
    look = f"form-document.with(title: {json.dumps(title, ensure_ascii=False)}, large: {str(large).lower()})"
    return typst_pdf.pdf(
        SOURCE.format(look=look, what=what),
        inputs={"data": json.dumps(data, ensure_ascii=False), "large": "yes" if large else ""},
    )


# ---------------------------------------------------------------- files


def make(
    out: Path | str, partnership: Partnership | None = None, large: bool = False
) -> list[Path]:
    """Print every form into a folder: all blank ones in one file and one each, an example, cards, what is read aloud.

    With a partnership, each partner's forms bear its name and what the partnership has numbered. Gives back the files.
    """
    place = Path(out)
    place.mkdir(parents=True, exist_ok=True)
    examples = {name: form for name in names() if (form := example(name))}
    made = {
        "all-forms": pdf([blank(name) for name in names()], large),
        "all-forms-filled-in-example": pdf(list(examples.values()), large),
    }
    for name in names():
        made[name] = pdf([blank(name)], large)
        made[f"{name}-read-aloud"] = aloud(name, large)
    for name, form in examples.items():
        made[f"{name}-filled-in-example"] = pdf([form], large)
    for name in CARDS:
        made[f"cards-{name}"] = cards(name, partnership, large)
    for code in partnership.expected if partnership else ():
        made[f"for-{code}"] = pdf(
            [
                prepared(name, partnership, code)
                for name in names()
                if not (sheet := form_data.sheets()[name]).together or sheet.at_home
            ],
            large,
        )
    files = []
    for name, content in made.items():
        files.append(place / f"{name}.pdf")
        files[-1].write_bytes(content)
    return files


def main(words: Sequence[str] | None = None) -> int:
    """The command line: print the forms, and say where they are."""
    parser = argparse.ArgumentParser(
        prog="python -m partnering.forms", description=tr("Print the paper forms.")
    )
    parser.add_argument("--out", default="forms", help=tr("the folder they go to"))
    parser.add_argument("--large", action="store_true", help=tr("in large print"))
    parser.add_argument(
        "--for", dest="partnership", help=tr("a partnership whose names and numbers stand on them")
    )
    asked = parser.parse_args(words)
    try:
        partnership = folder.open_any(asked.partnership) if asked.partnership else None
        files = make(asked.out, partnership, asked.large)
    except (folder.NotOpened, typst_pdf.NotPrinted) as error:
        print(error)
        return 1
    print(
        tr("{count} files are in {place}").format(count=len(files), place=Path(asked.out).resolve())
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
