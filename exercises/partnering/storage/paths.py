"""Where partnerships lie on this computer, and which one the exercises have open."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from pathlib import Path

from partnering.language import tr
from partnering.schema.free_names import free_name
from partnering.storage.atomic import NotOpened, is_told_whole, shown_name

PACKAGE = Path(__file__).resolve().parents[1]
INSTALLED = (PACKAGE / "notebooks").is_dir()  # by pip; else the package lies beside the notebooks
NOTEBOOKS = PACKAGE / "notebooks" if INSTALLED else PACKAGE.parent
EXAMPLES = NOTEBOOKS / "examples"
IN_BROWSER = sys.platform == "emscripten"  # Python itself runs in the page
HOME_VARIABLE = "PARTNERING_HOME"
LAID_OUT = ".exercises.json"  # in a folder into which the exercises were laid


class NoPlace(NotOpened):
    """What was typed for a file or folder is the name of none; the message says what to do."""


def _expanded(path: Path) -> Path:
    """A path with the user's folder for its `~`; one that stands for nobody's is part of a name."""
    try:
        return path.expanduser()
    except RuntimeError:
        return path


def _home() -> Path:
    """The folder with the exercises that somebody opens, and with their own partnerships.

    It is the one in `PARTNERING_HOME`; else the folder of the notebook that runs, where the
    exercises were laid into it; else the one that the package lies in, or `partnering` among the
    person's own folders where it was installed.
    """
    if named := os.environ.get(HOME_VARIABLE):
        return _expanded(Path(named)).resolve()
    here = Path.cwd()
    if (here / LAID_OUT).is_file():
        return here
    return Path.home() / "partnering" if INSTALLED else PACKAGE.parent


HOME = _home()
MY_PARTNERSHIPS = HOME / "my-partnerships"
CHOSEN = MY_PARTNERSHIPS / "chosen.txt"
DEFAULT = "shade"
WORKBOOKS = (".xlsx", ".xlsm", ".ods")  # a partnership may be one of these
VARIABLE = "PARTNERING_PARTNERSHIP"
HOUSES = "houses"
PASSING = ".~came-"  # in my-partnerships: what was chosen in a browser lies there while it is read
_LONGEST, _SHOWN = 255, 40  # letters of a name that computers take, and of one that is too long
_UNFIT = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')  # what no file system takes in a name


def examples() -> list[Path]:
    """The folders of the worked examples that come with the handbook."""
    if not EXAMPLES.is_dir():
        return []
    return sorted(place for place in EXAMPLES.iterdir() if place.is_dir())


def my_partnerships() -> list[Path]:
    """The folders and workbooks in my-partnerships.

    None where that folder cannot be read: *Is this computer ready?* says so.
    """
    try:
        there = sorted(MY_PARTNERSHIPS.iterdir())
    except OSError:
        return []
    return [
        place
        for place in there
        if holds_partnership(place) and not place.name.endswith(f" {HOUSES}")
    ]


def holds_partnership(place: Path) -> bool:
    """Whether a place looks like a partnership: a folder with CSV files, or a workbook."""
    if place.name.startswith((".", "~")):
        return False
    try:
        return any(place.glob("*.csv")) if place.is_dir() else place.suffix.lower() == ".xlsx"
    except OSError:
        return True  # who opens it is told why it cannot be read


def is_example(place: Path | None) -> bool:
    """Whether a place is a worked example, which is never written to and may always be shown."""
    return place is not None and EXAMPLES in place.resolve().parents


def built() -> bool:
    """Whether the handbook is being built, when nothing but examples is opened.

    The environment variable `PARTNERING_PARTNERSHIP` names an example then.
    """
    return os.environ.get(VARIABLE, "") in {place.name for place in examples()}


def to_open(example: str = DEFAULT) -> Path:
    """Where the partnership lies that an exercise opens.

    Args:
        example: The name of the exercise's worked example.

    Returns:
        While the handbook is built the example; otherwise the path in `PARTNERING_PARTNERSHIP`,
        else what was chosen in start-here, else the example.
    """
    own = EXAMPLES / example
    named = os.environ.get(VARIABLE, "")
    if built():
        return own
    if named:
        return Path(named)
    try:
        chosen = CHOSEN.read_text(encoding="utf-8").strip()
    except OSError:
        return own
    return (HOME / chosen) if chosen else own


def typed(text: str) -> Path:
    """A path as somebody typed or pasted it, also in quotation marks or with `~`.

    Args:
        text: What was typed.

    Returns:
        The path; something may lie there or not.

    Raises:
        NoPlace: Nothing was typed, or what no file or folder can be called.
    """
    bare = text.strip().strip("\"'")
    if not bare.strip():
        raise NoPlace(tr("The name of a file or folder is empty. Type its name."))
    path = _expanded(Path(bare))
    if "\0" in bare or not is_told_whole(path):
        raise NoPlace(
            tr(
                "The name {name} has signs that this computer cannot read. Give it another name, "
                "and try again."
            ).format(name=shown_name(path).replace("\0", "�"))
        )
    if longest := max((part for part in path.parts if len(part) > _LONGEST), key=len, default=""):
        raise NoPlace(
            tr(
                "The name {name} has {count} letters; {most} are the most that computers take. "
                "Choose a shorter name."
            ).format(name=f"{longest[:_SHOWN]}…", count=len(longest), most=_LONGEST)
        )
    return path


def choose(place: Path) -> None:
    """Let every exercise open this partnership from now on."""
    MY_PARTNERSHIPS.mkdir(exist_ok=True)
    shown = place.resolve()
    shown = shown.relative_to(HOME) if HOME in shown.parents else shown
    CHOSEN.write_text(shown.as_posix() + "\n", encoding="utf-8")


def beside(place: Path, name: str) -> Path:
    """The folder for the documents of a partnership: in its own folder, or beside its workbook."""
    return place / name if place.is_dir() else place.with_name(f"{place.stem} {name}")


def made_of(place: Path, name: str) -> Path:
    """The folder for what the handbook makes of a partnership: reports, drafts, forms.

    Args:
        place: The folder or workbook of the partnership.
        name: What is made, such as `report`.

    Returns:
        A folder beside or in it; for a worked example, which is never written to, one in
        my-partnerships.
    """
    return MY_PARTNERSHIPS / f"{place.name}-{name}" if is_example(place) else beside(place, name)


def fit(name: str, longest: int = 60) -> str:
    """A name as every file system takes it, "partnership" where nothing of it is left.

    Args:
        name: What somebody has typed; what no system takes becomes a hyphen.
        longest: How many letters it has at most.
    """
    return _UNFIT.sub("-", name).strip(". ")[:longest].strip(". ") or "partnership"


def kept_with(place: Path, name: str) -> Path:
    """A file of the handbook's own with a partnership: in its folder, or beside its workbook."""
    return place / name if place.is_dir() else place.with_name(f".{place.stem}{name}")


def houses(place: Path) -> Path:
    """The folder for what each partner alone may open, one file a partner."""
    return beside(place, HOUSES)


def told(place: Path) -> str:
    """A place as people call it."""
    if is_example(place):
        return tr("{name} (worked example)").format(name=place.name)
    return place.stem if place.suffix else place.name


def free_path(
    folder: Path, name: str, ending: str = "", taken: Callable[[Path], bool] = Path.exists
) -> Path:
    """The path `folder/name` with an ending, or the first numbered one that is not taken.

    Args:
        folder: Where the file or folder is to lie.
        name: What it is to be called, without its ending; a number is put before the ending.
        ending: The ending of a file, such as `.xlsx`; none for a folder.
        taken: Whether a path may not be used; whatever is there already, where it is left out.
    """
    return folder / (free_name(name, lambda free: taken(folder / f"{free}{ending}")) + ending)
