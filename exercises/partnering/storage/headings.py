"""Where the headings of a sheet stand: below a title, or in two or three rows as in form tools."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from partnering.language import tr
from partnering.schema.spelling import plain
from partnering.storage.assumed import Assumption, Supplied, listed, shortened

LOOKED_AT = 30  # rows that are not blank; headings further down are none
# What Qualtrics and Nextcloud Forms write into a row of their own below the questions.
_OF_THE_TOOL = ('{"ImportId"', "question-id-", "submission_id")
# What SurveyMonkey writes below a question that has one box.
_ONE_BOX = frozenset(("", "response", "open-ended response"))
_CODE = re.compile(r"[A-Z]{1,2}-?\d+\b")

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
        return sum(memo.get(name, False) for name in set(names))

    best, most, joined = 0, score(filled[numbers[0]]), None
    for place, number in enumerate(numbers[:LOOKED_AT]):
        row = filled[number]
        many = score(row) if place else most
        if many > most and (many > 1 or _title_above(filled, numbers[:place], row)):
            best, most, joined = place, many, None
        is_lower = joined is not None and place == best + 1  # of two rows that belong together
        if place + 1 < len(numbers) and not is_lower:
            below = filled[numbers[place + 1]]
            repeated = any(memo.get(name) for name in _repeated(row, below))
            if repeated or _has_gaps(row, below):
                both = max(_joined(row, below), key=score)
                many = score(both)
                least = most if repeated else max(most, score(below)) + 1
                if many > 1 and many >= least:
                    best, most, joined = place, many, both
    below_them = numbers[best + 1 + (joined is not None) :]
    names = joined or filled[numbers[best]]
    told: list[Assumption] = []
    if joined:
        apart = [*filled[numbers[best]], *filled[numbers[best + 1]]]
        known_ones = [name for name in names if memo.get(name)]
        told.append(
            Assumption(
                tr("the headings were taken from these two rows together, such as “{one}”.").format(
                    one=shortened(next((n for n in known_ones if n not in apart), known_ones[0]))
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
    codes = [number for number in below_them[:2] if _is_of_the_tool(filled[number])]
    if codes:
        told.append(
            Assumption(
                tr("this row holds codes of the form tool; it was left out."), rows=(*codes,)
            )
        )
    heads = [filled[numbers[best]], *([filled[numbers[best + 1]]] if joined else [])]
    again = _again(filled, below_them, heads) if most else []  # else the first row may be an answer
    if again:
        said = tr("the headings are repeated here; this was left out.")
        told.append(Assumption(said, rows=(*again,)))
    left_out = {*codes, *again}
    body = {number: filled[number] for number in below_them if number not in left_out}
    return Supplied(Headed(numbers[best], names, body), told)


def _title_above(filled: Rows, above: list[int], row: list[str]) -> bool:
    """Whether above a row only titles stand: one cell a row, where it has several."""
    alone = all(sum(bool(cell.strip()) for cell in filled[number]) == 1 for number in above)
    return alone and sum(bool(cell.strip()) for cell in row) > 1


def _has_gaps(row: list[str], below: list[str]) -> bool:
    """Whether a row leaves out what the row below it says: a question over several boxes."""
    pairs = zip(row, below, strict=True)
    return any(not one.strip() and other.strip() for one, other in pairs)


def _repeated(row: list[str], below: list[str]) -> list[str]:
    """The headings that stand in both rows: cells that go over the two. A title alone is none.

    The first is among them: further on an answer may say the same as its heading.
    """
    pairs = [(one, other) for one, other in zip(row, below, strict=True) if one.strip()]
    if len(pairs) < 2 or plain(pairs[0][0]) != plain(pairs[0][1]):
        return []
    return [one for one, other in pairs if plain(one) == plain(other)]


def _joined(row: list[str], below: list[str]) -> list[list[str]]:
    """The headings of two rows, in each way in which people write them in two.

    Where a cell of the upper row is blank, the one to the left goes on. It is a question with its
    items below it, or an item with its questions below it; without codes of items it is rather a
    title of the questions below it, or the lower row holds remarks.
    """
    pairs, above = [], ""
    for one, other in zip(row, below, strict=True):
        above = one if one.strip() else above
        is_alone = plain(other) in _ONE_BOX or plain(one) == plain(other) or not above.strip()
        pairs.append((one if one.strip() else other, "") if is_alone else (above, other))
    items = [
        [f"{one} [{other}]" if other else one for one, other in pairs],
        [f"{other} [{one}]" if other else one for one, other in pairs],
    ]
    titles = [
        [other if other.strip() else one for one, other in zip(row, below, strict=True)],
        [one if one.strip() else other for one, other in zip(row, below, strict=True)],
    ]
    has_codes = any(_CODE.match(cell) for cell in (*row, *below))
    return [*items, *titles] if has_codes else [*titles, *items]


def _again(filled: Rows, numbers: list[int], heads: list[list[str]]) -> list[int]:
    """The rows that say again what stands in the headings, as where two files became one."""
    found = []
    for head in heads:
        at = next((place for place, cell in enumerate(head) if cell.strip()), 0)
        first = plain(head[at])
        asked = [plain(cell) for cell in head]
        for number in numbers:
            row = filled[number]
            if len(row[at]) <= 2 * len(head[at]) and plain(row[at]) == first:
                pairs = [(plain(cell), other) for cell, other in zip(row, asked, strict=True)]
                if sum(bool(cell) for cell, _ in pairs) > 1 and all(
                    cell in ("", other) for cell, other in pairs
                ):
                    found.append(number)
    return sorted(set(found))


def _is_of_the_tool(row: list[str]) -> bool:
    return any(cell.startswith(_OF_THE_TOOL) for cell in row)
