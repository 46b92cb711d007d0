"""Pieces of Typst: text made safe, calls, and marks that remember where something comes from."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from partnering.language import right_to_left

_SIGNS = re.compile(r"""[\\#$*_`<>@\[\]~=\-+/"'{}]""")
_SPACES = re.compile(r"[ \t\r\n]+")
_PLACE = re.compile(r"/\*@(.*?):(\d+)@\*/")


@dataclass(frozen=True)
class Place:
    """Where something stands in the sources."""

    docname: str
    line: int = 0


class Unknown(Exception):
    """Something that the book cannot show; the message is a sentence, without the place."""


def escaped(text: str) -> str:
    """Text as Typst markup that says the same; runs of spaces and line ends are one space."""
    return _SIGNS.sub(r"\\\g<0>", _SPACES.sub(" ", text))


def quoted(text: str) -> str:
    """Text as a string in Typst code."""
    return json.dumps(text, ensure_ascii=False).replace("\\/", "/").translate(_CONTROL)


_CONTROL = {code: f"\\u{{{code:x}}}" for code in (*range(9), 11, 12, *range(14, 32))}


def code(name: str, /, *bodies: str, **options: str) -> str:
    """A call in Typst code: `name(option: value)[body][body]`.

    Args:
        name: The function.
        bodies: Its contents, as Typst markup.
        options: Its named arguments, as Typst code; an underscore becomes a hyphen.
    """
    named = ", ".join(f"{key.replace('_', '-')}: {value}" for key, value in options.items())
    arguments = f"({named})" if named or not bodies else ""
    return name + arguments + "".join(f"[{body}]" for body in bodies)


def call(name: str, /, *bodies: str, **options: str) -> str:
    """A call in markup, with the arguments of `code`.

    The semicolon ends it, so that no full stop or bracket after it is taken for a part of it.
    """
    return f"#{code(name, *bodies, **options)};"


def directed(text: str, markup: str) -> str:
    """Markup, set from right to left if its text is written that way."""
    return call("from-right", markup) if right_to_left(text) else markup


def marked(place: Place) -> str:
    """A comment that remembers a place, for faults found later."""
    return f"/*@{place.docname}:{place.line}@*/"


def place_of_line(source: str, line: int) -> Place | None:
    """The place that was marked last before the end of a line of the source."""
    return _last_place("\n".join(source.splitlines()[:line]))


def place_of_text(source: str, text: str) -> Place | None:
    """The place marked last before a text first appears."""
    before, met, _after = source.partition(text)
    return _last_place(before) if met else None


def _last_place(text: str) -> Place | None:
    found = _PLACE.findall(text)
    return Place(found[-1][0], int(found[-1][1])) if found else None
