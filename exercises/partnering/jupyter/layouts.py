"""How wide the fields and buttons of the panels are, and how one is out of sight."""

from __future__ import annotations

WIDE, BUTTON = {"width": "34em"}, {"width": "18em"}
HIDDEN = {"display": "none"}
