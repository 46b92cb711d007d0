"""Whose answers the rows of a file are: the partner, and the organisation or one voice in it."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pandas as pd

from partnering.exchange import form_names
from partnering.exchange.known_names import KnownNames
from partnering.exchange.merged import Heap
from partnering.exchange.sources import Source, column_or_empty, one_voice, organisation
from partnering.language import tr, trn
from partnering.schema.columns import Table
from partnering.schema.kinds import KEPT_BACK
from partnering.schema.spelling import NONE, plain
from partnering.schema.tables import PARTNER, RESPONDENT, SHARE, TABLES
from partnering.schema.unknown import asked_about
from partnering.storage.assumed import Assumption, listed, supplied
from partnering.storage.form_marks import VOICES


def ascribe(source: Source, known: KnownNames, heap: Heap) -> None:
    """Fill in the partner where the rows of a file name none, and a sign where it is one voice.

    It is the partner that the form itself names, or the file's name where no row names another;
    in a column that is filled in downwards it is the partner above. All but the first is told.

    Args:
        source: The file; its sheets have partners and signs afterwards.
        known: What may be written for a partner, and the signs that were given.
        heap: Where it is told.
    """
    own = {
        name: _with_organisations(sheet, name, source, known, heap)
        for name, sheet in source.sheets.items()
        if _asks_for_partner(name, sheet)
    }
    named = {
        known.partner_called(text)
        for sheet in own.values()
        for text in column_or_empty(sheet, "partner")
        if plain(text)
    }
    partner, by_name = known.partner(source)
    if others := named - {plain(partner)}:
        if source.partner:
            heap.assumed.append(_of_others(source, partner, others))
        partner = ""
    asked: dict[str, list[object]] = {}
    for name, sheet in own.items():
        column = column_or_empty(sheet, "partner")
        silent = column.map(plain) == ""
        if silent.any() and partner:
            column = column.where(~silent, partner)
            if by_name and set(sheet.columns) & set(TABLES[name].by_name):
                rows = tuple(source.row_seen(name, row) for row in sheet.index[silent])
                assumption = _by_name(source, name, partner, rows if named else ())
                column = supplied(column, heap.assumed, assumption)
        elif silent.any() and _goes_downwards(column, silent):
            rows = tuple(source.row_seen(name, row) for row in sheet.index[silent])
            said = tr("no partner is named there; the partner above was taken.")
            assumption = Assumption(said, source.name, source.sheet_seen(name), rows)
            above = column.where(~silent).ffill()
            column = supplied(above, heap.assumed, assumption)
            sheet = _with_stricter_above(sheet, name, silent, source, heap)
        elif silent.any() and set(sheet.columns) & set(TABLES[name].by_name):
            asked[name] = [source.row_seen(name, row) for row in sheet.index[silent]]
        sheet = sheet.assign(partner=column).astype("str")
        if "respondent" in TABLES[name].by_name:
            sheet = _with_voices(sheet, TABLES[name], source, heap)
            sheet = _with_signs(sheet, name, source, known)
            _tell_no_codes(sheet, name, source, known, heap)
        source.sheets[name] = sheet
    if asked:
        heap.not_read(_whose(source, asked, bool(named)))


def _with_organisations(
    sheet: pd.DataFrame, name: str, source: Source, known: KnownNames, heap: Heap
) -> pd.DataFrame:
    """A sheet in which a column that is called “Organisation” says the partner; this is told.

    All that stands in it are partners, and no other column names any.
    """
    if any(plain(text) for text in column_or_empty(sheet, "partner")):
        return sheet
    partners = known.ways.get("partners", {})
    for other, beside in source.sheets.items():
        if other != name and (other in TABLES or name not in source.rows):
            continue
        if heading := form_names.column_of_organisations(beside, partners):
            said = tr(
                "the column “{label}” is missing. This one names partners, and was taken for it."
            ).format(label=tr(PARTNER.label))
            by_row = {str(row): text for row, text in beside[heading].items()}
            column = [by_row.get(str(source.row_seen(name, row)), "") for row in sheet.index]
            assumption = Assumption(said, source.name, source.sheet_seen(name), column=heading)
            return supplied(sheet.assign(partner=column).astype("str"), heap.assumed, assumption)
    return sheet


def _asks_for_partner(name: str, sheet: pd.DataFrame) -> bool:
    """Whether a sheet is a table with a partner a row."""
    table = TABLES.get(name)
    return bool(table and "partner" in table.by_name and name != "partners" and len(sheet))


def _of_others(source: Source, partner: str, others: Collection[str]) -> Assumption:
    """That the form of one partner holds answers in the name of others."""
    said = tr(
        "this is the form of {partner}, and answers in it are in the name of {others}. They were "
        "read so. Ask whether it was meant so."
    )
    names = ", ".join(sorted(other.upper() for other in others))
    return Assumption(said.format(partner=partner, others=names), source.name)


def _by_name(source: Source, table: str, partner: str, rows: tuple[object, ...]) -> Assumption:
    """That the name of a file was taken for its partner, in some rows or in all."""
    said = tr(
        "no row says whose answers these are. By the name of the file or sheet they were taken for "
        "those of {partner}."
    )
    if rows:
        said = tr(
            "no partner is named there. By the name of the file or sheet they were taken for those "
            "of {partner}."
        )
    sheet = source.sheet_seen(table) if rows else ""
    return Assumption(said.format(partner=partner), source.name, sheet, rows)


def _whose(source: Source, asked: Mapping[str, list[object]], named: bool) -> str:
    """The question whose answers rows are; with the rows, where others say it."""
    sentence = tr(
        "{file}: whose answers are these? Where no partner is named, they count for nobody. Fill "
        "in the column “partner”, or put the partner's short name into the name of the file."
    )
    if not named:
        return sentence.format(file=source.name)
    rows = [
        trn("sheet {table}, row {rows}", "sheet {table}, rows {rows}", len(numbers)).format(
            table=name, rows=listed(numbers)
        )
        for name, numbers in asked.items()
    ]
    return tr(
        "{file}, {rows}: whose answers are these? Other rows name their partner, so they count for "
        "nobody. Fill in the column “partner”."
    ).format(file=source.name, rows="; ".join(rows))


def _goes_downwards(column: pd.Series, silent: pd.Series) -> bool:
    """Whether a column names each partner once, above the rows that are its own.

    One empty cell below several names is a gap, and may be anybody's.
    """
    texts = column.map(plain)
    names = texts[~silent]
    if names.empty or silent.iloc[0] or names.duplicated().any():
        return False
    followed = silent.shift(-1, fill_value=False) & ~silent
    return int(followed.sum()) == len(names)


def _with_stricter_above(
    sheet: pd.DataFrame, name: str, silent: pd.Series, source: Source, heap: Heap
) -> pd.DataFrame:
    """A sheet in which the line of a partner that keeps its answer back does so for those below.

    Whoever writes the partner once for several lines writes once as well who may see them.
    """
    if "share" not in sheet:
        return sheet
    share, kind = sheet["share"], SHARE.kind
    first = share.groupby((~silent).cumsum()).transform("first")
    is_kept = first.map(lambda text: kind.counts_as(text) in KEPT_BACK if text.strip() else False)
    asked = silent & (share.str.strip() == "") & is_kept
    if not asked.any():
        return sheet
    said = tr("who may see it is not said there; the stricter word above was taken.")
    rows = tuple(source.row_seen(name, row) for row in sheet.index[asked])
    assumption = Assumption(said, source.name, source.sheet_seen(name), rows, tr(SHARE.label))
    filled = supplied(share.where(~asked, first), heap.assumed, assumption)
    return sheet.assign(share=filled).astype("str")


def _with_voices(sheet: pd.DataFrame, table: Table, source: Source, heap: Heap) -> pd.DataFrame:
    """A sheet in which a column that may say who spoke makes each of its rows one voice.

    Else what a single person answered would count as the organisation's word.
    """
    heading = asked_about(table, sheet).get("respondent")
    if not heading:
        return sheet
    voices, beside = column_or_empty(sheet, "respondent"), sheet[heading].str.strip()
    one = (voices.str.strip() == "") & (beside != "")
    people = source.people.get(table.name, pd.Series(dtype="str"))
    source.people[table.name] = people.reindex(sheet.index).fillna("").where(~one, beside)
    heap.not_read(
        tr(
            "{file}, sheet {sheet}: does “{found}” say who answered? What is beside it counts "
            "as one voice each, with a code. If it does not, give the column another name and "
            "merge again."
        ).format(file=source.name, sheet=table.name, found=heading)
    )
    return sheet.assign(respondent=voices.where(~one, VOICES[1])).astype("str")


def _with_signs(sheet: pd.DataFrame, name: str, source: Source, known: KnownNames) -> pd.DataFrame:
    """A sheet in which rows that say that they are one voice have a sign for it."""
    voices = column_or_empty(sheet, "respondent")
    whole = voices.map(plain).isin(organisation())
    if whole.any():
        voices = voices.where(~whole, "")
        sheet = sheet.assign(respondent=voices).astype("str")
    one = voices.map(plain).isin(one_voice())
    one |= (voices.str.strip() == "") & source.one_voice
    if not one.any():
        return sheet
    people = source.people.get(name, pd.Series(dtype="str")).reindex(sheet.index).fillna("")
    signs = []
    rows = sheet.to_dict("records")
    for is_one, voice, person, row in zip(one, voices, people, rows, strict=True):
        cells = {str(column): str(text) for column, text in row.items()}
        given = known.sign(cells["partner"], source, person, name, cells) if is_one else ""
        signs.append(given or voice.strip())
    return sheet.assign(respondent=signs).astype("str")


# What people and programs write where they say nothing, in plain letters.
_NOTHING = frozenset(
    (
        *NONE,
        *("na", "n a", "nil", "nan", "no code", "x", "0", "us", "we", "all of us", "all"),
        *("organisation", "organization", "the organisation", "the organization", "our team"),
    )
)


def _tell_no_codes(
    sheet: pd.DataFrame, name: str, source: Source, known: KnownNames, heap: Heap
) -> None:
    """Ask about a word in the place of a person's code that is probably none.

    It may mean that the organisation itself answers. Until that is clear it counts as one voice.
    """
    rows: dict[str, list[object]] = {}
    voices = column_or_empty(sheet, "respondent")
    for row, voice, partner in zip(sheet.index, voices, sheet["partner"], strict=True):
        is_partner = known.partner_called(voice) == known.partner_called(partner)
        if voice.strip() and (plain(voice) in _NOTHING or is_partner):
            rows.setdefault(voice.strip(), []).append(source.row_seen(name, row))
    for voice, numbers in rows.items():
        said = tr(
            "“{found}” was read as the code of a person, so what is beside it counts as one voice. "
            "Leave it empty where the organisation itself answers."
        ).format(found=voice)
        place = source.name, source.sheet_seen(name), tuple(dict.fromkeys(numbers))
        heap.assumed.append(Assumption(said, *place, tr(RESPONDENT.label)))
