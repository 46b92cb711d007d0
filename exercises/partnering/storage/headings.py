"""Where the headings of a sheet stand: below a title, or in two or three rows as in form tools."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from partnering.language import tr
from partnering.schema.kinds import plain
from partnering.storage.assumed import Assumption, Supplied, listed, shortened

LOOKED_AT = 30  # rows that are not blank; headings further down are none
# What Qualtrics and Nextcloud Forms write into a row of their own below the questions.
_OF_THE_TOOL = ('{"ImportId"', "question-id-", "submission_id")
# What SurveyMonkey writes below a question that has one box.
_ONE_BOX = frozenset(("", "response", "open-ended response"))

Rows = Mapping[int, list[str]]


@dataclass(frozen=True)
class Headed:
    """The headings of a sheet, and the rows below them.

    Attributes:
        row: The row in which the headings stand, as the spreadsheet numbers it.
        names: The headings, as they are typed.
        body: The rows below by their numbers.
    """

    row: int
    names: list[str]
    body: dict[int, list[str]]


def found(filled: Rows, known: Callable[[str], bool]) -> Supplied[Headed]:
    """The headings among the rows of a sheet.

    Args:
        filled: The rows that are not blank by their numbers, all of one length; at least one.
        known: Whether the handbook knows a heading.

    Returns:
        The headings. Where they do not stand in the first row, or in more than one, this is told
        with the numbers of the rows.
    """
    numbers = list(filled)
    memo: dict[str, bool] = {}

    def score(names: list[str]) -> int:
        for name in names:
            if name.strip() and name not in memo:
                memo[name] = known(name)
        return sum(memo.get(name, False) for name in names)

    best, most, together = 0, score(filled[numbers[0]]), False
    for place, number in enumerate(numbers[:LOOKED_AT]):
        row = filled[number]
        many = score(row) if place else most
        if many > most and (many > 1 or _title_above(filled, numbers[:place], row)):
            best, most, together = place, many, False
        if place + 1 < len(numbers) and _has_gaps(row, filled[numbers[place + 1]]):
            many = score(_joined(row, filled[numbers[place + 1]]))
            if many > most and many > 1:
                best, most, together = place, many, True
    below = numbers[best + 1 + together :]
    names = filled[numbers[best]]
    told: list[Assumption] = []
    if together:
        names = _joined(names, filled[numbers[best + 1]])
        told.append(
            Assumption(
                tr("the headings were taken from these two rows together, such as “{one}”.").format(
                    one=shortened(next(name for name in names if memo.get(name)))
                ),
                rows=(numbers[best], numbers[best + 1]),
            )
        )
    if best:
        above = [text for number in numbers[:best] for text in filled[number] if text.strip()]
        told.append(
            Assumption(
                tr(
                    "the headings were found in this row. What is above them was not read: "
                    "“{text}”."
                ).format(text=listed(above)),
                rows=(numbers[best],),
            )
        )
    codes = [number for number in below[:2] if _is_of_the_tool(filled[number])]
    if codes:
        told.append(
            Assumption(
                tr("this row holds codes of the form tool; it was left out."), rows=(*codes,)
            )
        )
    body = {number: filled[number] for number in below if number not in codes}
    return Supplied(Headed(numbers[best], names, body), told)


def _title_above(filled: Rows, above: list[int], row: list[str]) -> bool:
    """Whether above a row only titles stand: one cell a row, where it has several."""
    alone = all(sum(bool(cell.strip()) for cell in filled[number]) == 1 for number in above)
    return alone and sum(bool(cell.strip()) for cell in row) > 1


def _has_gaps(row: list[str], below: list[str]) -> bool:
    """Whether a row leaves out what the row below it says: a question over several boxes."""
    pairs = zip(row, below, strict=True)
    return any(not one.strip() and other.strip() for one, other in pairs)


def _joined(row: list[str], below: list[str]) -> list[str]:
    """The headings of two rows: a question goes on to the right, and its item stands below it."""
    names, question = [], ""
    for one, other in zip(row, below, strict=True):
        question = one if one.strip() else question
        alone = plain(other) in _ONE_BOX
        asked = f"{question} [{other}]" if question.strip() else other
        names.append(one if alone else asked)
    return names


def _is_of_the_tool(row: list[str]) -> bool:
    return any(cell.startswith(_OF_THE_TOOL) for cell in row)
