"""Sentences that stand on everything that leaves the handbook: every form, report and command."""

from __future__ import annotations

from partnering.language import tr


def not_for_decisions() -> str:
    """What a form or report may not be used for, in the language of the room."""
    return tr("Not to be used for decisions on funding, selection or staff.")
