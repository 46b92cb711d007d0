"""Files that people choose in the browser's own window: nobody has to type where they lie."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

import anywidget
import traitlets

from partnering.jupyter.layouts import BUTTON
from partnering.jupyter.main_thread import in_main_thread
from partnering.language import tr
from partnering.storage import atomic, paths

if TYPE_CHECKING:
    from ipywidgets import Text

MOST = 10_000_000  # bytes; a larger message ends a notebook's connection to Jupyter without a word
SCRIPT = """
export default {
  render({ model, el }) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "jupyter-widgets jupyter-button widget-button";
    button.style.width = "100%";
    const input = document.createElement("input");
    input.type = "file";
    input.hidden = true;
    input.accept = model.get("accept");
    input.multiple = model.get("many");
    const told = document.createElement("div");
    told.setAttribute("role", "status");
    told.style.whiteSpace = "normal";
    const label = () => {
      const count = model.get("count");
      button.textContent = model.get("words").choose + (count ? ` (${count})` : "");
    };
    button.onclick = () => input.click();
    input.onchange = async () => {
      const files = [...input.files];
      if (!files.length) return;
      const size = files.reduce((sum, file) => sum + file.size, 0);
      const fits = size <= model.get("most");
      told.textContent = fits ? "" : model.get("words").too_large;
      const sent = fits ? files : [];
      const contents = await Promise.all(sent.map((file) => file.arrayBuffer()));
      model.send({ kind: "chosen", names: sent.map((file) => file.name) }, undefined, contents);
      input.value = "";
    };
    model.on("change:count", label);
    label();
    el.append(button, input, told);
    return () => model.off("change:count", label);
  },
};
"""


class Chooser(anywidget.AnyWidget):
    """A button that opens the browser's window for choosing files.

    Files that are too large to be carried to Python are left where they are; this is told.

    Attributes:
        value: The files that were chosen, each with its `name` and `content`.
        count: How many they are.
        accept: How the names of the files end that can be chosen.
        many: Whether several may be chosen.
        most: How many bytes they may have together.
        words: What stands on the button, and what is said of files that are too large.
    """

    _esm = SCRIPT
    count = traitlets.Int(0).tag(sync=True)
    accept = traitlets.Unicode("").tag(sync=True)
    many = traitlets.Bool(True).tag(sync=True)
    most = traitlets.Int(MOST).tag(sync=True)
    words = traitlets.Dict().tag(sync=True)
    value = traitlets.Tuple()

    def __init__(self, label: str, **more: Any):
        """Show the button.

        Args:
            label: What stands on it.
            more: The attributes, and the layout.
        """
        most = atomic.LARGEST if paths.IN_BROWSER else MOST
        words = {"choose": label, "too_large": _too_large()}
        super().__init__(most=most, words=words, **more)
        self.on_msg(in_main_thread(self._heard))
        self.observe(in_main_thread(self._counted), names="value")

    def _heard(self, _: object, message: dict[str, Any], contents: Sequence[memoryview]) -> None:
        if message.get("kind") == "chosen":
            pairs = zip(message["names"], contents, strict=True)
            self.value = tuple({"name": str(name), "content": data} for name, data in pairs)

    def _counted(self, _: object) -> None:
        self.count = len(self.value)


def _too_large() -> str:
    if paths.IN_BROWSER:
        return tr(
            "What you chose is larger than any partnership: {count} MB at most are read. Copy what "
            "is needed into a new file."
        ).format(count=atomic.LARGEST // 10**6)
    return tr(
        "What you chose has more than {count} MB, which is too much for this button. Put it into a "
        "folder, and type here where that is."
    ).format(count=MOST // 10**6)


def button(label: str, endings: tuple[str, ...], instead_of: Text, many: bool = True) -> Chooser:
    """A button that opens the browser's window for choosing files.

    What is chosen empties the field for a path, and what is typed there lets go of what was chosen.

    Args:
        label: What stands on it.
        endings: How the names of the files end that can be chosen.
        instead_of: The field for a path beside it.
        many: Whether several files may be chosen.
    """
    made = Chooser(label, accept=",".join(endings), many=many, layout=BUTTON)

    def chosen(change: dict[str, object]) -> None:
        if change["new"]:
            instead_of.value = ""

    def typed(change: dict[str, object]) -> None:
        if change["new"] and made.value:
            made.value = ()

    made.observe(in_main_thread(chosen), names="value")
    instead_of.observe(in_main_thread(typed), names="value")
    return made


@contextlib.contextmanager
def laid_out(chosen: Chooser) -> Iterator[Path]:
    """A folder of its own with the files that were chosen, which goes again at the end.

    It is in my-partnerships: where a program is stopped meanwhile, forgetting finds it there.

    Args:
        chosen: The button by which they were chosen.
    """
    home = atomic.make_folders(paths.MY_PARTNERSHIPS)
    with tempfile.TemporaryDirectory(prefix=paths.PASSING, dir=home) as place:
        for file in chosen.value:
            name = PurePosixPath(str(file["name"]).replace("\\", "/"))
            called = f"{paths.fit(name.stem, 120)}.{paths.fit(name.suffix)}"
            (Path(place) / called).write_bytes(bytes(file["content"]))
        yield Path(place)
