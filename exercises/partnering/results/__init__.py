"""What an exercise gives back: captioned tables and figures that render themselves."""

from partnering.results.results import Figure, Result, ResultTable, Several  # noqa: F401
