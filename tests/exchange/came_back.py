"""Files as they come back, written for a test, and what is read of them."""

from pathlib import Path

import openpyxl
import pandas as pd

from partnering.exchange import merge
from partnering.exchange.merged import Merged

WITH_OBJECTIVES = {
    "partners": "partner,name\nVEC,Vecinas de la Ribera\nSOM,Sombra\n",
    "objectives": "objective,text\nO1,Shade\nO2,Names\n",
}

WITH_RISKS = {
    "partners": "partner,name,kind\nVEC,Vecinas,NGO\nSOM,Sombra,NGO\nOSD,Oficina de Salud,NGO\n",
    "risks": "risk,what_could_happen\nR1,The gate stays locked\nR2,The list gets out\n",
}
VIEWS = "partner,risk,how_likely,how_hard_on_us\n"


def sheet(**columns: list[str]) -> pd.DataFrame:
    """A sheet as it was typed, each column a list of texts."""
    return pd.DataFrame(columns, index=range(2, 2 + len(next(iter(columns.values())))), dtype="str")


def write(place: Path, **files: str) -> Path:
    """CSV files with these names (without their ending) and texts."""
    place.mkdir(exist_ok=True)
    for name, text in files.items():
        (place / f"{name}.csv").write_text(text, encoding="utf-8")
    return place


def book(file: Path, **pages: list) -> Path:
    """A workbook with these sheets."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in pages.items():
        page = made.create_sheet(name)
        for row in rows:
            page.append(row)
    made.save(file)
    return file


def views(merged: Merged, *columns: str) -> list[list[str]]:
    """The risk views, in the order of their partners and risks."""
    wanted = ["partner", "risk", "how_likely", *columns]
    read = merged.partnership["risk_views"][wanted].astype("object").fillna("")
    return sorted(read.to_numpy().tolist())


def merged_file(tmp_path: Path, text: str | bytes, name: str = "VEC.csv") -> Merged:
    """What is read of one file beside the partners and risks that are known."""
    write(tmp_path, **WITH_RISKS)
    (tmp_path / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return merge.read(tmp_path)
