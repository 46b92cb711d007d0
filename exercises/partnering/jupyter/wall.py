"""The wall in a notebook: a button that shows the room's results full screen, one at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import anywidget
import traitlets

from partnering.jupyter.main_thread import in_main_thread
from partnering.language import tr
from partnering.results import PICTURES, tokens, wall

BUTTON = """
export default {
  render({ model, el }) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "wall-open";
    button.textContent = model.get("words").show;
    let wall = null;
    button.onclick = () => {
      if (wall) return;
      wall = globalThis.partneringWall.open(model.get("words"), {
        pressed: (what) => model.send({ kind: "show", what }),
        left: () => { wall = null; model.send({ kind: "left" }); },
      });
      model.send({ kind: "open" });
      follow();
    };
    const follow = () => { if (wall && model.get("parts")) wall.update(model.get("parts")); };
    model.on("change:parts", follow);
    el.append(button);
    return () => { model.off("change:parts", follow); wall?.leave(); };
  },
};
"""


class Wall(anywidget.AnyWidget):
    """A button that opens the wall of the room.

    Nothing is made for the wall, or handed to the browser, before the button is pressed; when the
    wall is left, it is taken away again.

    Attributes:
        parts: What stands on the wall, as HTML; "" while it is closed.
        words: What the wall itself says.
    """

    _esm = wall.SCRIPT.read_text(encoding="utf-8") + BUTTON
    _css = tokens.css() + "".join(
        path.read_text(encoding="utf-8") for path in (wall.STYLE, PICTURES)
    )
    parts = traitlets.Unicode("").tag(sync=True)
    words = traitlets.Dict().tag(sync=True)

    def __init__(self, made: Callable[[], str], show: Callable[[str], None]):
        """Show what the room may see.

        Args:
            made: Gives what stands on the wall now.
            show: Shows to the room what waits; it is told what the button told.
        """
        super().__init__(words={**wall.words(), "show": tr("Show on the wall")})
        self._made, self._show, self._open = made, show, 0
        self.on_msg(in_main_thread(self._heard))

    def refresh(self) -> None:
        """Show the results as they are now, if the wall is open in some window."""
        self.parts = self._made() if self._open else ""

    def __repr__(self) -> str:
        # the usual one would show answers
        return "Wall()"

    def _heard(self, _: object, message: dict[str, Any], __: object) -> None:
        kind = message.get("kind")
        if kind == "open":
            self._open += 1
        elif kind == "left":
            self._open = max(0, self._open - 1)
        elif kind == "show":
            self._show(str(message.get("what", "")))
        self.refresh()
