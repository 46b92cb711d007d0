"""A partnership of which everything that can be held back is."""

from __future__ import annotations

from making import sheet
from partnering.partnership import Partnership
from partnering.schema.tables import TABLES


def held_back(share: str) -> Partnership:
    """A partnership in which every row that can be held back is, and says SECRET wherever it can."""
    sheets = {"partners": sheet("partners", [("ANA", "Ana's"), ("BEN", "Ben's")])}
    for name, table in TABLES.items():
        if "share" not in table.by_name or name == "partners":
            continue
        rows = []
        for at, partner in enumerate(("ANA", "BEN")):
            row = {
                column.name: f"SECRET {name}"
                for column in table.columns
                if type(column.kind).__name__ == "Text"
            }
            row |= {
                column.name: f"{column.kind.prefix or 'K'}{at + 7}"
                for column in table.columns
                if type(column.kind).__name__ == "Code"
            }
            row |= {
                "partner": partner,
                "respondent": "",
                "share": share,
                "risk": f"R{at + 7}",
                "objective": f"O{at + 7}",
                "to": "BEN",
                "from": "ANA",
                "stop": "1",
                "lead": partner,
                "carries": partner,
                "decides": "BEN",
                "when": "2026-01-01",
                "about": "SECRET",
            }
            row |= {
                column.name: column.kind.texts[0]
                for column in table.columns
                if hasattr(column.kind, "texts") and column.name not in ("share", "about")
            }
            rows.append({key: text for key, text in row.items() if key in table.by_name})
        sheets[name] = sheet(name, rows)
    return Partnership(sheets)
