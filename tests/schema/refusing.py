"""What a column says of a text that it cannot take."""

import pytest

from partnering.schema.kinds import Unreadable


def refused(kind, text: str) -> Unreadable:
    """The error of a kind of column that refuses a text."""
    with pytest.raises(Unreadable) as caught:
        kind.read(text)
    return caught.value
