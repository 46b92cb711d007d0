"""Sheets of paper that feed no table: what an organisation writes for itself and nobody types."""

from __future__ import annotations

from dataclasses import dataclass

from partnering.language import mark as _


@dataclass(frozen=True)
class OwnWords:
    """A sheet of sentences to finish.

    Attributes:
        stop: The stop that it belongs to.
        label: What it is called.
        help: What it is for.
        sentences: The beginning of each sentence, its help, and how many lines it has.
    """

    stop: int
    label: str
    help: str
    sentences: tuple[tuple[str, str, int], ...]


_MATTERS = (
    (_("This matters to us between us"), _("In our own words."), 2),
    (_("When it gets hard, we need you to"), _("Something that can be done."), 4),
)

OWN_WORDS = {
    "4-what-matters": OwnWords(
        4,
        _("What matters to us"),
        _("Three things, and what we need of each when it gets hard."),
        _MATTERS * 3,
    ),
    "4-what-could-strain": OwnWords(
        4,
        _("What could strain us"),
        _("Harm to a person and misuse of money do not go here: they take the reporting route."),
        (
            (_("It might happen that"), _("Something that others might do."), 3),
            (_("Then we would need"), _("From you, in the first two days."), 3),
            (_("It might happen that"), _("Something that we might do."), 3),
            (_("Then you would need"), _("From us, in the first two days."), 3),
            (
                _("Who goes from our organisation"),
                _("A role for each step, from the first to the end."),
                3,
            ),
            (_("Who stands in"), _("A role for each step."), 2),
            (_("Who at home has to agree"), _("And by when."), 1),
        ),
    ),
    "5-for-the-lawyer": OwnWords(
        5,
        _("For the lawyer, and for home"),
        _("Nothing here is legal advice."),
        (
            (_("Who signs for us"), _("And may they? Look it up in the statutes."), 4),
            (_("Who has to agree before"), _("And by when."), 4),
            (_("What we ask our lawyer"), _("And who finds one for a partner that has none."), 7),
            (_("What we cannot change"), _("And who could, and who asks them."), 6),
        ),
    ),
    "8-looking-back": OwnWords(
        8,
        _("Looking back"),
        _("One version from each organisation."),
        (
            (_("Of what we hoped for, this has come"), "", 8),
            (_("This has not"), "", 8),
            (_("If it were over tomorrow, we would miss"), "", 8),
        ),
    ),
}
