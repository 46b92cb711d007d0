"""Write into the worked examples the core columns that their files lack, empty and in their place.

    python tests/complete_examples.py

To be run after a core column was added to a table of the schema.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

EXERCISES = Path(__file__).resolve().parents[1] / "exercises"
sys.path.insert(0, str(EXERCISES))

from partnering.schema.columns import Table  # noqa: E402
from partnering.schema.tables import TABLES  # noqa: E402


def completed(rows: list[list[str]], table: Table) -> list[list[str]]:
    """The rows of a file, the headings first, with every column of the core."""
    if table.upright:  # a column is a row here: its label, then the answer
        head, *lines = rows
        answers = {line[0]: line for line in lines}
        labels = [column.label for column in table.columns]
        return [head, *(answers.get(label, [label, ""]) for label in labels)]
    names = [column.name for column in table.columns if column.core or column.name in rows[0]]
    places = {name: place for place, name in enumerate(rows[0])}
    made = [names]
    for row in rows[1:]:
        made.append([row[places[name]] if name in places else "" for name in names])
    return made


def complete(file: Path, table: Table) -> bool:
    """Complete a file; whether anything was missing."""
    with file.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.reader(opened))
    made = completed(rows, table)
    if made == rows:
        return False
    with file.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened, lineterminator="\n").writerows(made)
    return True


def main() -> None:
    """Complete every file of every example, and name those that lacked a column."""
    for file in sorted((EXERCISES / "examples").rglob("*.csv")):
        table = TABLES["house_answers" if file.parent.name == "houses" else file.stem]
        if complete(file, table):
            print(file.relative_to(EXERCISES.parent))


if __name__ == "__main__":
    main()
