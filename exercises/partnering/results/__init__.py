"""What an exercise gives back: captioned tables and figures that render themselves."""

from partnering.results.results import (
    PICTURES,
    STYLE,
    Figure,
    Result,
    ResultTable,
    Several,
    Withheld,
    in_notebook,
)

__all__ = [
    "PICTURES",
    "STYLE",
    "Figure",
    "Result",
    "ResultTable",
    "Several",
    "Withheld",
    "in_notebook",
]
