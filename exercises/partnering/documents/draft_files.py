"""Drafts as files in a folder.

What people have written into a draft is never written over: a new one goes beside it.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from partnering.documents import drafts
from partnering.partnership import Partnership
from partnering.storage import atomic, made_files, paths
from partnering.storage.stored import place_of


def write(
    partnership: Partnership,
    out: Path,
    without: Iterable[str] = (),
    template: Path = drafts.AGREEMENT,
    skeleton: bool = False,
) -> list[Path]:
    """Write the drafts into a folder.

    Args:
        partnership: The partnership as any reader sees it; the drafts say what the room sees.
        out: The folder.
        without: The parts of the agreement that are left out, by their names in `clauses.PARTS`.
        template: A Word file with fields of `drafts.FIELDS`.
        skeleton: Whether each grant gets a skeleton of its agreement as well.

    Returns:
        The files: the agreement, and where the room sees a grant the points to settle and the
        skeletons. A draft that is there already and says the same is not written again beside
        itself.

    Raises:
        atomic.NotOpened: The template cannot be read, or has a field that nobody fills.
        atomic.NotSaved: The folder or a file cannot be written.
    """
    made = {"partnership-agreement": drafts.partnership_agreement(partnership, without, template)}
    if points := drafts.grant_points(partnership):
        made["points-for-the-grant-agreement"] = points
    if skeleton:
        for code, data in drafts.grant_skeletons(partnership).items():
            made[f"grant-skeleton-{code}"] = data
    folder = atomic.make_folders(out)
    files = {_free(folder, name, data): data for name, data in made.items()}
    return list(made_files.write(files, place_of(partnership)).values())


def _free(place: Path, name: str, data: bytes) -> Path:
    """A name that is free, or that of a draft which says the same."""

    def says_otherwise(file: Path) -> bool:
        return file.exists() and not made_files.says_the_same(file, data)

    return paths.free_path(place, name, ".docx", says_otherwise)
