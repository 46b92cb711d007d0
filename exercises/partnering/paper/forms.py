"""The paper forms as PDF: blank sheets, sheets with answers, cards to cut out, what is read aloud.

From a notebook: `forms.make(folder)`. From a command line, in the folder `exercises`:
`python -m partnering.paper.forms --large --out forms`.
"""

from __future__ import annotations

import argparse
import json
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pandas as pd

from partnering.language import right_to_left, tr
from partnering.paper import form_data, typst_pdf
from partnering.paper import undertaking as undertaking_text
from partnering.partnership import Partnership
from partnering.schema.tables import TABLES
from partnering.schema.wording import not_for_decisions
from partnering.storage import atomic, folder, house_file, made_files, paths
from partnering.storage.stored import place_of

SOURCE = '#import "forms.typ": *\n#show: {look}\n#{what}(json(bytes(sys.inputs.data)))\n'
EXAMPLE = "shade-under-way"
FIRST_ROUND = ("shade", 5)  # the example as the chapters up to that stop tell it
EXAMPLE_HOUSE = ("SOM", "Finance")  # it has allowed the handbook to look in
# The tables that have cards, and the columns that stand on them.
ON_A_CARD = {
    "objectives": ("text",),
    "risks": ("what_could_happen",),
    "practices": ("we_will", "you_will_see"),
}
CARDS = tuple(ON_A_CARD)
CARDS_A_PAGE = 8
A4, LETTER = "a4", "us-letter"  # each kind of paper that offices have
UNDERTAKING = {"undertaking": A4, "undertaking-letter": LETTER}  # by the names of its files
NO_LETTER = "\ufffd"  # stands where no font has the letter that was typed
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Form:
    """A form to be printed.

    Attributes:
        sheet: Which sheet of paper.
        partnership: The partnership whose names and lines it bears; None for a blank form. Only
            what the partner may see is printed, or the room where there is none.
        partner: The code of the partner that fills it in.
        answers: Whether the partner's answers stand on it.
        house: The answers of one part of the partner's house.
    """

    sheet: form_data.PaperSheet
    partnership: Partnership | None = None
    partner: str = ""
    answers: bool = False
    house: pd.DataFrame | None = None

    def data(self) -> form_data.Part:
        """What is set on paper, as texts, numbers and lists."""
        return form_data.data(self.sheet, self.partnership, self.partner, self.answers, self.house)


def names() -> list[str]:
    """The names of the forms that can be printed, in the order of the tour."""
    return list(form_data.sheets())


def blank(name: str) -> Form:
    """A form with nothing in it."""
    return Form(form_data.sheets()[name])


def prepared(name: str, partnership: Partnership, partner: str = "") -> Form:
    """A form without answers that bears what the partnership has numbered.

    Args:
        name: The name of the form, such as `3-risk`.
        partnership: The partnership.
        partner: The code of the partner whose name stands on it.
    """
    return Form(form_data.sheets()[name], partnership, partner)


def filled(name: str, partnership: Partnership, partner: str = "") -> Form:
    """A form with a partner's answers. What a house answered is in no partnership: see `of_house`.

    Args:
        name: The name of the form, such as `3-risk`.
        partnership: The partnership.
        partner: The code of the partner; "" for a sheet that the room fills in.
    """
    return Form(form_data.sheets()[name], partnership, partner, answers=True)


def of_house(name: str, partnership: Partnership, partner: str, unit: str) -> Form:
    """The sheet of one part of a partner's house with its answers, for that house alone.

    Args:
        name: The name of the form.
        partnership: The partnership beside which the house file lies.
        partner: The code of the partner.
        unit: The part of the house.

    Raises:
        NotOpened: The partner has no house file, or it cannot be read.
    """
    answers = house_file.read(partnership, partner).answers
    of_unit = answers[answers["unit"].astype(object) == unit]
    return Form(form_data.sheets()[name], partnership, partner, answers=True, house=of_unit)


def example(name: str) -> Form | None:
    """A form filled in from the worked example; None for a sheet of which nothing is ever typed."""
    sheet, (first, until) = form_data.sheets()[name], FIRST_ROUND
    if sheet.own:
        return None
    shade = _worked(first if sheet.stop <= until else EXAMPLE)
    if sheet.private:
        return of_house(name, shade, *EXAMPLE_HOUSE)
    return filled(name, shade, shade.expected[0])


@cache
def _worked(name: str) -> Partnership:
    """A worked example, read once: nothing writes to it."""
    return folder.read(paths.EXAMPLES / name)


def pdf(forms: Sequence[Form], large: bool = False, tell: Tell = print, paper: str = A4) -> bytes:
    """Forms as a PDF, one side each, two where much is asked, in large print what they need.

    Args:
        forms: The forms, in their order.
        large: Whether it is in large print.
        tell: Is told, a sentence each, where a letter is missing that no font has.
        paper: The paper, `A4` or `LETTER`.

    Raises:
        NotPrinted: Something on them cannot be set; see `typst_pdf`.
    """
    data = [form.data() for form in forms]
    title = _title(data[0]) if len(data) == 1 else tr("Forms")
    return _printed(data, "all-forms-of", title, large, tell, paper)


def _title(data: form_data.Part) -> str:
    """What a file with one form is called."""
    return f"{data['kicker']}: {data['title']}"


def aloud(name: str, large: bool = False) -> bytes:
    """What is asked on a form, as a PDF for an interpreter, or for somebody who reads it out.

    Args:
        name: The name of the form.
        large: Whether it is in large print.
    """
    data = blank(name).data()
    title = tr("{form}, to be read aloud").format(form=_title(data))
    return _printed([data], "read-aloud", title, large)


def undertaking(
    partnership: Partnership | None = None,
    paper: str = A4,
    large: bool = False,
    tell: Tell = print,
) -> bytes:
    """The sheet that everybody signs before the first form, as a PDF of one side.

    Args:
        partnership: The partnership whose partners sign, those first who give money; without one
            there are empty lines.
        paper: The paper, `A4` or `LETTER`.
        large: Whether it is in large print, on as many sides as it needs.
        tell: Is told, a sentence each, where a letter is missing that no font has.

    Raises:
        NotPrinted: Something on it cannot be set.
    """
    sheet = undertaking_text.data(partnership)
    return _printed([sheet], "all-undertakings", tr("The undertaking"), large, tell, paper)


def write_undertaking(out: Path, partnership: Partnership | None = None) -> list[Path]:
    """Print the undertaking into a folder, for each kind of paper.

    Args:
        out: The folder, which is made where there is none.
        partnership: The partnership whose partners sign.

    Returns:
        The files.

    Raises:
        NotPrinted: Something on it cannot be set.
        NotSaved: A file cannot be written.
    """
    place = atomic.make_folders(out)
    made = {
        place / f"{name}.pdf": undertaking(partnership, paper)
        for name, paper in UNDERTAKING.items()
    }
    whose = place_of(partnership) if partnership is not None else None
    return list(made_files.write(made, whose).values())


def cards(
    name: str, partnership: Partnership | None = None, large: bool = False, tell: Tell = print
) -> bytes:
    """Cards to cut out for the lines of a table, as a PDF.

    Args:
        name: The name of the table, one of `CARDS`.
        partnership: The partnership whose lines stand on them; empty cards without one.
        large: Whether they are in large print.
        tell: Is told, a sentence each, where a letter is missing that no font has.
    """
    data = [card_data(name, partnership)]
    title = tr("Cards to cut out: {name}").format(name=data[0]["label"])
    return _printed(data, "all-cards", title, large, tell)


def card_data(name: str, partnership: Partnership | None = None) -> form_data.Part:
    """The cards of a table: a code, what it is about, and the words that stand on it.

    A card that is still to be written has no code: a number handed out beforehand would tell who
    held the card.

    Args:
        name: The name of the table, one of `CARDS`.
        partnership: The partnership whose lines stand on them, as far as the room sees them, since
            cards go to the wall; empty cards without one.
    """
    if partnership is not None:
        partnership = form_data.for_its_reader(partnership)
    table = TABLES[name]
    told = ON_A_CARD[name]
    shown = [column for column in table.columns if column.core and column.name in told]
    how = tr("For writing alone. The numbers come last.")
    made = [_card("", ["" for _ in shown])] * CARDS_A_PAGE
    if partnership is not None and len(partnership[name]):
        how = tr("For the wall, once they have numbers; not for writing alone.")
        made = []
        for _at, row in partnership[name].iterrows():
            texts = [column.kind.cell_text(row[column.name]) for column in shown]
            made.append(_card(str(row[table.key[0]]), texts))
    return {
        "label": tr(table.label),
        "how": how,
        "columns": [{"label": tr(column.label), "help": tr(column.help)} for column in shown],
        "cards": made,
        "large": CARDS_A_PAGE // 2,
    }


def _card(code: str, texts: Sequence[str]) -> form_data.Part:
    parts = [{"text": text, "rtl": right_to_left(text)} for text in texts]
    return {"code": code, "texts": parts}


def _printed(
    data: list[form_data.Part],
    what: str,
    title: str,
    large: bool,
    tell: Tell = print,
    paper: str = A4,
) -> bytes:
    """A PDF of some data, set by one of the functions of `print/forms.typ`.

    Where no font has a letter that was typed a sign stands in its place, and all else is printed.
    """
    leftwards = right_to_left(not_for_decisions())  # as the language of the room runs
    look = {"title": title, "paper": paper, "large": large, "leftwards": leftwards}
    told = ", ".join(f"{name}: {json.dumps(it, ensure_ascii=False)}" for name, it in look.items())
    source = SOURCE.format(look=f"form-document.with({told})", what=what)
    missing: dict[str, None] = {}
    while True:
        can_be_set = _with_signs(data, missing)
        inputs = {
            "data": json.dumps(can_be_set, ensure_ascii=False),
            "large": "yes" * large,
            "paper": paper,
        }
        try:
            printed = typst_pdf.pdf(source, inputs=inputs)
        except typst_pdf.NotPrinted as error:
            letters = dict.fromkeys(_at_fault([fault.letter for fault in error.faults]))
            if not letters or letters.keys() <= missing.keys():
                raise
            missing |= letters
            continue
        for text in dict.fromkeys(_texts(data)):
            if letters_in := [letter for letter in missing if letter in text]:
                tell(_where_letters_are_missing(text, letters_in))
        return printed


def _at_fault(letters: Sequence[str]) -> list[str]:
    """Of the letters that could not be set, those that no font has; none where it is no letter.

    The compiler names a letter as well that stands under a mark that no font has.
    """
    if "" in letters:
        return []
    alone = [letter for letter in letters if not typst_pdf.can_be_set(letter)]
    marks = [letter for letter in letters if unicodedata.category(letter[-1]).startswith("M")]
    return alone or marks or list(letters)


def _with_signs(part: object, missing: Sequence[str] | dict[str, None]) -> object:
    """The same data with a sign in the place of each letter that no font has."""
    if isinstance(part, str):
        for letter in sorted(missing, key=len, reverse=True):
            part = part.replace(letter, NO_LETTER)
        return part
    if isinstance(part, dict):
        return {name: _with_signs(inner, missing) for name, inner in part.items()}
    return [_with_signs(inner, missing) for inner in part] if isinstance(part, list) else part


def _texts(part: object) -> Iterator[str]:
    """Every text in some data."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict | list):
        for inner in part.values() if isinstance(part, dict) else part:
            yield from _texts(inner)


def _where_letters_are_missing(text: str, letters: Sequence[str]) -> str:
    sentence = tr(
        "In “{text}” the sign {sign} is printed for what no font of the handbook has: "
        "{letters}. Write it in by hand."
    )
    named = ", ".join(typst_pdf.called(letter) for letter in letters)
    return sentence.format(text=text, sign=NO_LETTER, letters=named)


# ---------------------------------------------------------------- files


def make(
    out: Path | str,
    partnership: Partnership | None = None,
    large: bool = False,
    tell: Tell = print,
    paper: str = A4,
) -> list[Path]:
    """Print every form into a folder.

    All blank ones are in one file and in one each; examples, cards and what is read aloud beside
    them. Those for A4 have all blank ones on Letter beside them.

    Args:
        out: The folder, which is made where there is none.
        partnership: A partnership. Each partner then has a file of forms that bear its name and
            what it may see of what is numbered (`for-ANA`), and a hand-out with its own answers to
            take home (`hand-out-ANA`); the cards bear the lines that the room sees.
        large: Whether they are in large print.
        tell: Is told, a sentence each, where a letter is missing that no font has.
        paper: The paper of the forms, `A4` or `LETTER`.

    Returns:
        The files.

    Raises:
        NotPrinted: Something on them cannot be set.
        NotSaved: A file cannot be written.
    """
    place = atomic.make_folders(Path(out))
    examples = {name: form for name in names() if (form := example(name))}
    made = {
        "all-forms": pdf([blank(name) for name in names()], large, paper=paper),
        "all-forms-filled-in-example": pdf(list(examples.values()), large, paper=paper),
    }
    if paper == A4:
        made["all-forms-letter"] = pdf([blank(name) for name in names()], large, paper=LETTER)
    for name in names():
        made[name] = pdf([blank(name)], large, paper=paper)
        made[f"{name}-read-aloud"] = aloud(name, large)
    for name, form in examples.items():
        made[f"{name}-filled-in-example"] = pdf([form], large, paper=paper)
    own = {f"cards-{name}": cards(name, partnership, large, tell) for name in CARDS}
    for name, its_paper in UNDERTAKING.items():
        own[name] = undertaking(partnership, its_paper, large, tell)
    if partnership:
        own |= _for_each_partner(partnership, large, tell, paper)
    atomic.replace({place / f"{name}.pdf": content for name, content in made.items()})
    whose = place_of(partnership) if partnership is not None else None
    where = made_files.write(
        {place / f"{name}.pdf": content for name, content in own.items()}, whose
    )
    return [*(place / f"{name}.pdf" for name in made), *where.values()]


def _for_each_partner(
    partnership: Partnership, large: bool, tell: Tell = print, paper: str = A4
) -> dict[str, bytes]:
    """Files for each partner: the forms that it fills in, or begins, at home, and its hand-out."""
    sheets = form_data.sheets().items()
    at_home = [name for name, sheet in sheets if not sheet.together or sheet.at_home]
    made = {}
    for code in partnership.expected:
        own = [prepared(name, partnership, code) for name in at_home]
        made[f"for-{code}"] = pdf(own, large, tell, paper)
        if answered := hand_out(partnership, code):
            made[f"hand-out-{code}"] = pdf(answered, large, tell, paper)
    return made


def hand_out(partnership: Partnership, partner: str) -> list[Form]:
    """What a partner has answered, on its own sheets, for it to take home.

    Of the others nothing stands there but what the room sees. What its house answered is not in it.

    Args:
        partnership: The partnership as the facilitator sees it.
        partner: The code of the partner.

    Returns:
        The sheets on which something stands that the partner has stated.
    """
    seen = form_data.for_its_reader(partnership, partner)
    own = [
        table
        for table in TABLES.values()
        if table.own and (seen[table.name]["partner"] == partner).any()
    ]
    return [
        filled(name, partnership, partner)
        for name, sheet in form_data.sheets().items()
        if not sheet.together and any(table in own for table in sheet.tables)
    ]


def main(words: Sequence[str] | None = None) -> int:
    """The command line: print the forms, and say where they are.

    Args:
        words: What was typed after the name of the program; the arguments of this process without.

    Returns:
        The exit code: 0, or 1 where nothing was printed.
    """
    parser = argparse.ArgumentParser(
        prog="python -m partnering.paper.forms", description=tr("Print the paper forms.")
    )
    parser.add_argument("--out", default="forms", help=tr("the folder they go to"))
    parser.add_argument("--large", action="store_true", help=tr("in large print"))
    parser.add_argument(
        "--for",
        dest="partnership",
        help=tr("a partnership whose names and numbers are printed on them"),
    )
    parser.add_argument("--letter", action="store_true", help=tr("on Letter paper"))
    asked = parser.parse_args(words)
    try:
        partnership = folder.open_any(asked.partnership) if asked.partnership else None
        files = make(asked.out, partnership, asked.large, paper=LETTER if asked.letter else A4)
    except (folder.NotOpened, folder.NotSaved, typst_pdf.NotPrinted) as error:
        print(error)
        return 1
    print(
        tr("{count} files are in {place}").format(count=len(files), place=Path(asked.out).resolve())
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
