"""References: what they may point to, and what becomes of those that point to nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial

import pandas as pd

from partnering.language import spoken, tr
from partnering.memo import Memo
from partnering.schema import unread
from partnering.schema.columns import Column, Table
from partnering.schema.kinds import KEPT_BACK, UNREAD, Ref, Unreadable, one_of
from partnering.schema.problems import Checked, Problem, unreadable
from partnering.schema.spelling import nearest, plain

LONGEST_CODE = 1_000  # letters: of a longer one the first are looked for, which finds no less
SHOWN_AT_MOST = 12  # codes that a sentence lists before it says "…"
# Different texts; where more are wrong the whole column is, and guessing takes minutes.
GUESSED_AT_MOST = 200
Tables = dict[str, pd.DataFrame]


def speaks_of(codes: Iterable[str]) -> re.Pattern[str]:
    """What finds codes in words: "of r1 we speak", "R1-R3"; not R2 in "R2.b", or A in "R-A".

    Args:
        codes: Codes such as R1; empty ones are left out.

    Returns:
        A pattern; capitals make no difference. Without a code it finds nothing.
    """
    return _finds(frozenset(code.strip() for code in codes) - {""})


@lru_cache(maxsize=32)  # the same codes are looked for in the words of every table
def _finds(codes: frozenset[str]) -> re.Pattern[str]:
    if not codes:
        return re.compile(r"(?!)")
    in_order = sorted(codes, key=lambda code: (-len(code), code))
    some = "|".join(re.escape(code) for code in in_order if len(code) <= LONGEST_CODE)
    long = [re.escape(code[:LONGEST_CODE]) for code in in_order if len(code) > LONGEST_CODE]
    begins = r"(?<!\w)(?<!\b[^\W\d_][.-])"
    ends = r"(?!\w|\.(?:\d+|[^\W\d_])(?!\w)|-[^\W\d_](?!\w))"
    either = "|".join([*long, *([f"(?:{some}){ends}"] if some else [])])
    return re.compile(f"{begins}(?:{either})", re.IGNORECASE)


def spoken_of(codes: Iterable[str], texts: Iterable[str]) -> set[str]:
    """The codes of which texts speak, however they are written there; see `speaks_of`.

    Args:
        codes: Codes such as R1 or R-A.
        texts: Words of people, such as "r1 and O2".
    """
    wanted = list(codes)
    spoken = speaks_of(wanted)
    found = {plain(word) for text in texts for word in spoken.findall(text)}
    return {code for code in wanted if plain(code) in found}


@dataclass(frozen=True)
class Target:
    """What may be written for a reference.

    A reference that is lost because of a mistake where it points to is not told again: the mistake
    has had its sentence there.

    Attributes:
        known: What may be written, in plain letters, with the code it stands for.
        shown: The codes and words, for people.
        borne_twice: What several rows are called, in plain letters, with the codes of these rows:
            two of the same name, or the name of one that is the code of another.
        kept_back: What a row that everyone sees is called, in plain letters, where one that is kept
            back is called so too, with the code of that one. It stands for the one that is seen:
            nobody may learn from it that there is another.
        suspect: What rows without a code of their own were probably called, in plain letters.
        doubtful: Whether there are such rows.
        unsure: Whether the codes of the whole table are in doubt.
        empty: Whether the table has no rows.
    """

    known: dict[str, str]
    shown: list[str]
    borne_twice: Mapping[str, list[str]]
    kept_back: Mapping[str, list[str]]
    suspect: set[str]
    doubtful: bool
    unsure: bool
    empty: bool

    def why_lost(self, parts: list[str], guess: bool = True) -> list[tuple[str, Unreadable]]:
        """Why parts of a cell stand for nothing.

        Args:
            parts: The parts that stand for no code.
            guess: Whether to look for what was probably meant.

        Returns:
            The parts that have not had their sentence elsewhere, with what is allowed.
        """
        if self.unsure or self.empty:
            return []
        few = self.shown[:SHOWN_AT_MOST]
        if len(self.shown) > SHOWN_AT_MOST:
            few.append("…")
        lost = []
        for part in parts:
            if rows := self.borne_twice.get(plain(part)):
                lost.append((part, _of_several(part, rows)))
                continue
            likeliest = self._likeliest(part) if guess else ""
            if plain(part) not in self.suspect and (likeliest or not self.doubtful):
                lost.append((part, Unreadable(one_of(few), likeliest)))
        return lost

    def _likeliest(self, part: str) -> str:
        """The code or the word that was probably meant, also where a name was nearly written."""
        return nearest(part, self.shown) or self.known.get(nearest(part, self.known), "")


def _of_several(part: str, rows: list[str]) -> Unreadable:
    """Why what several rows are called stands for none of them."""
    if plain(part) not in map(plain, rows):
        return Unreadable(tr("the name of one line only"), between=rows)
    others = ", ".join(row for row in rows if plain(row) != plain(part))
    sentence = tr("the name of one line only: {others} has the same name; give it another")
    return Unreadable(sentence.format(others=others))


def target_of(
    kind: Ref,
    frame: pd.DataFrame | None,
    sheet: pd.DataFrame | None,
    key: str,
    naming: str = "",
    prefix: str = "",
    unsure: bool = False,
    kept_back_there: Collection[str] = (),
) -> Target:
    """What references of one kind may point to.

    Args:
        kind: The kind of reference.
        frame: The table it points to, as read; None where it is not there.
        sheet: The same table as typed.
        key: The column of its codes.
        naming: The column of its names, "" where it has none.
        prefix: The letter that its codes begin with, "" where they have none.
        unsure: Whether the codes of the whole table are known to be in doubt.
        kept_back_there: The codes of its lines that not everybody sees, in plain letters.
    """
    known: dict[str, str] = {}
    borne_twice: dict[str, list[str]] = {}
    kept_back: dict[str, list[str]] = {}
    codes: list[str] = []
    suspect: set[str] = set()
    doubtful = False
    if frame is not None:
        without = (frame[key] == "") | frame[key].duplicated()
        codes, doubtful = frame.loc[~without, key].to_list(), bool(without.any())
        unsure |= len(frame) > 0 and not codes
        there = frame[~without]
        behind = {*kept_back_there, *map(plain, _kept_back(frame, key))}
        seen = ~there[key].map(plain).isin(behind)
        words = [(way, word) for way, word in kind.ways.items() if word in {*kind.also, *codes}]
        known, borne_twice = standing_for([*_ways(there[seen], key, naming), *words])
        hidden, hidden_twice = standing_for(_ways(there[~seen], key, naming))
        for way, code in hidden.items():
            if way in known:
                kept_back[way] = [code]
            elif way not in borne_twice:
                known[way] = code
        for way, several in hidden_twice.items():
            (kept_back if way in known else borne_twice).setdefault(way, several)
        if doubtful and sheet is not None:
            suspect = _called(sheet[without.to_numpy()], [key, naming])
        if doubtful and prefix:
            suspect |= {plain(f"{prefix}{number}") for number in range(1, len(frame) + 1)}
    shown = [*codes, *(tr(word) for word in kind.also)]
    empty = frame is None or frame.empty
    return Target(known, shown, borne_twice, kept_back, suspect, doubtful, unsure, empty)


def _kept_back(frame: pd.DataFrame, key: str) -> list[str]:
    """The codes of the rows that are marked as not for the room."""
    if "share" not in frame:
        return []
    return frame.loc[frame["share"].isin(KEPT_BACK), key].to_list()


def _ways(rows: pd.DataFrame, key: str, naming: str) -> list[tuple[str, str]]:
    """How rows may be called, each with its code: by their codes and their names."""
    ways = list(zip(rows[key], rows[key], strict=True))
    if naming:
        ways += zip(rows[naming], rows[key], strict=True)
    return ways


def standing_for(ways: Iterable[tuple[str, str]]) -> tuple[dict[str, str], dict[str, list[str]]]:
    """Which row a name or a code stands for: none where several bear it.

    Args:
        ways: What a row may be called, with its code; "" is no name.

    Returns:
        What one row alone is called, in plain letters, with its code; and what several are, with
        the codes of these rows.
    """
    bear: dict[str, list[str]] = {}
    for way, code in ways:
        codes = bear.setdefault(plain(way), [])
        if code not in codes:
            codes.append(code)
    bear.pop("", None)
    one = {way: codes[0] for way, codes in bear.items() if len(codes) == 1}
    return one, {way: codes for way, codes in bear.items() if len(codes) > 1}


def _called(rows: pd.DataFrame, columns: list[str]) -> set[str]:
    """What was typed to name rows, in plain letters, also without signs: "R 3!" was meant as r3."""
    typed = {plain(text) for name in columns if name in rows for text in rows[name]}
    return (typed | {re.sub(r"\W", "", text) for text in typed}) - {""}


# ---------------------------------------------------------------- in a whole partnership


def in_doubt(table: Table, tables: Mapping[str, Table], checked: Checked) -> frozenset[str]:
    """The tables that this one points to and whose name or column of codes has had its sentence."""
    doubtful = set()
    for name in table.points_to:
        for column in ("", tables[name].key[0]):
            if (name, None, column) in checked.told:
                doubtful.add(name)
    return frozenset(doubtful)


def check_references(
    table: Table,
    tables: Mapping[str, Table],
    cells: Tables,
    sheets: Mapping[str, pd.DataFrame],
    checked: Checked,
    memo: Memo,
) -> pd.DataFrame:
    """The table with each reference as the code of a row; a lost one is told.

    A cell of partners of which one is lost is not known as a whole, and is `UNREAD`. Of another
    cell the rest counts, and one that is lost whole is emptied. Where the other table holds nothing
    that could be kept back, it is noted beside the row that it cannot be read (`schema.unread`).
    """
    frame = cells[table.name]
    doubts = in_doubt(table, tables, checked)
    behind = checked.kept_back
    for column in table.references:
        assert isinstance(column.kind, Ref)
        kind, name = column.kind, column.kind.table
        target = memo.get(
            ("target", kind),
            (spoken(), cells.get(name), sheets.get(name), name in doubts, behind.get(name)),
            partial(_target, kind, tables[name], cells, sheets, doubts, behind),
        )
        frame = _resolved(table, column, kind, frame, target, checked)
        if kind.table != "partners" and "share" not in tables[name].by_name:
            lost = (cells[table.name][column.name] != "") & (frame[column.name] == "")
            frame = unread.also(frame, column.name, lost) if lost.any() else frame
    return frame


def _resolved(
    table: Table,
    column: Column,
    kind: Ref,
    frame: pd.DataFrame,
    target: Target,
    checked: Checked,
) -> pd.DataFrame:
    """The table with one column of references resolved, and what is lost told."""
    codes: dict[str, str] = {}
    lost: dict[str, list[tuple[str, Unreadable]]] = {}
    shared: dict[str, list[tuple[str, str]]] = {}
    for text in dict.fromkeys(frame[column.name].tolist()):
        parts = kind.resolve(text, target.known)
        codes[text] = ", ".join(dict.fromkeys(code for _, code in parts if code))
        if both := [
            (part, code) for part, code in parts if code and plain(part) in target.kept_back
        ]:
            shared[text] = both
        if astray := [part for part, code in parts if not code]:
            if _stays_unread(column, kind):
                codes[text] = UNREAD
            lost[text] = target.why_lost(astray, guess=len(lost) < GUESSED_AT_MOST)
    if not lost and not shared and all(text == code for text, code in codes.items()):
        return frame
    for text, parts in shared.items():
        for row in frame.index[frame[column.name] == text]:
            for part, code in parts:
                told = _also_called_so(part, code, target.kept_back[plain(part)])
                checked.tell(Problem(table.name, told, row, column.name, part))
    cells = frame[column.name][frame[column.name].isin(list(lost))]
    for row, text in zip(cells.index, cells, strict=True):
        checked.told.add((table.name, row, column.name))
        for part, error in lost[text]:
            checked.tell(unreadable(table.name, row, column.name, part, error))
    if len(cells) and target.empty and not target.unsure:
        sentence = tr("this column refers to sheet {table}, which is empty; fill that in first.")
        checked.tell(Problem(table.name, sentence.format(table=kind.table), column=column.name))
    return frame.assign(**{column.name: frame[column.name].map(codes).astype("str")})


def _also_called_so(part: str, code: str, others: Collection[str]) -> str:
    """What is told where a name is also that, or the code, of a line that is kept back."""
    if plain(part) in map(plain, others):
        sentence = tr(
            "“{found}” is the code of a line that is kept back, and also the name of {code}. It "
            "counts as {code} until you give {code} another name."
        )
        return sentence.format(found=part, code=code)
    sentence = tr(
        "“{found}” is the name of {code}, and of {others}, which is kept back. It counts as {code} "
        "until you write the code that you mean."
    )
    return sentence.format(found=part, code=code, others=", ".join(others))


def _stays_unread(column: Column, kind: Ref) -> bool:
    """Whether a cell of the column is `UNREAD` where a part is lost; else its row may go."""
    return kind.tells_unread and (column.stays or not column.required)


def _target(
    kind: Ref,
    target: Table,
    cells: Tables,
    sheets: Mapping[str, pd.DataFrame],
    doubts: frozenset[str],
    behind: Mapping[str, frozenset[str]],
) -> Target:
    """What references of one kind may point to; unsure where its table is in doubt."""
    key = target.by_name[target.key[0]]
    prefix = getattr(key.kind, "prefix", "")
    frame, sheet = cells.get(target.name), sheets.get(target.name)
    unsure = target.name in doubts
    there = behind.get(target.name, ())
    return target_of(kind, frame, sheet, key.name, target.naming, prefix, unsure, there)


def let_go(tables: Mapping[str, Table], frames: Tables, memo: Memo) -> None:
    """Let go of the references to rows that were left out, and of the rows that need them.

    It goes round until nothing changes: a row that is left out may be pointed to itself. Nothing is
    told: the mistake has had its sentence where it was made.
    """
    pointing = [name for name in frames if tables[name].references]
    again, number = True, 0
    while again:
        again, number = False, number + 1
        for name in pointing:
            frame, table = frames[name], tables[name]
            targets = tuple(frames.get(target) for target in table.points_to)
            left = memo.get(
                ("dangling", name, number),
                (frame, *targets),
                _emptier(table, frame, tables, frames),
            )
            if left is not frame:
                frames[name], again = left, True


def _emptier(
    table: Table, frame: pd.DataFrame, tables: Mapping[str, Table], frames: Tables
) -> Callable[[], pd.DataFrame]:
    return lambda: _without_dangling(table, frame, tables, frames)


def _without_dangling(
    table: Table, frame: pd.DataFrame, tables: Mapping[str, Table], frames: Tables
) -> pd.DataFrame:
    """The table without references to rows that are gone; the frame itself where there are none."""
    for column in table.references:
        kind = column.kind
        assert isinstance(kind, Ref)
        target, there = tables[kind.table], {*kind.also, UNREAD}
        if target.name in frames:
            there.update(frames[target.name][target.key[0]])
        left = {}
        for text in frame[column.name].unique():
            kept = ", ".join(part for part in kind.parts(text) if part in there)
            if kept != text:
                left[text] = UNREAD if _stays_unread(column, kind) else kept
        if left:
            frame = frame.assign(**{column.name: frame[column.name].replace(left).astype("str")})
            frame = frame[frame[column.name] != ""] if column.required else frame
    return frame
