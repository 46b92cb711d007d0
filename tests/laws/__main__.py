"""The laws over many partnerships: `nox -s laws -- 20000`, or `python tests/laws 20000 --from 7`.

Each number is one partnership: its results are read for what is not so (truth), and the room sees
the same of another that differs only in what is hidden (silence). Where the room's tables are the
same, so are its results: these, and every paper, are compared in one of so many. What is found is
told with its number, which makes the same partnership again.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS), str(TESTS.parent / "exercises")]

import readers  # noqa: E402
import truth  # noqa: E402
import worlds  # noqa: E402
from partnering.partnership import ROOM, Partnership  # noqa: E402

PAPERS_ONE_IN = 20  # papers take as long as twenty partnerships' results
AT_ONCE = 10  # partnerships between two signs of life
Found = list[tuple[int, str, str, str]]  # the number, the law, the result, what was seen


def look_at(numbers: range) -> tuple[int, int, Found]:
    """Ask the laws of some partnerships.

    Args:
        numbers: One for each partnership.

    Returns:
        How many partnerships and results these were, and what was found.
    """
    partnerships = results = 0
    found: Found = []
    for number in numbers:
        for law in (_truth, _silence, _papers):
            try:
                seen, said = law(number)
                partnerships, results = partnerships + seen, results + len(said)
                found += [(number, law.__name__[1:], name, text) for name, text in said if text]
            except Exception:  # a result that cannot be made is told, and the next one is tried
                found.append((number, "error", law.__name__[1:], traceback.format_exc()[-600:]))
    return partnerships, results, found


def _truth(number: int) -> tuple[int, list[tuple[str, str]]]:
    world = worlds.one(number)
    p, whole = world.typed(), truth.Whole(world)
    said = []
    for reader in ("room", "mine"):
        seen = p.for_reader(reader)
        for name, make in readers.MAKERS.items():
            false = list(truth.false_claims(whole, name, make(seen), reader))
            said += [(name, text) for text in false or [""]]
    return 1, said


def _silence(number: int) -> tuple[int, list[tuple[str, str]]]:
    one, other, _ = worlds.pair(number)
    rooms = [world.typed().for_reader(ROOM) for world in (one, other)]
    whole = number % PAPERS_ONE_IN == 0
    if not whole and _same(*rooms):
        return 2, [("tables", "")]
    told, same = (readers.results(room, drawn=whole) for room in rooms)
    return 2, list(_compared(told, same))


def _same(one: Partnership, other: Partnership) -> bool:
    """Whether results are made of the very same: tables, and what is told beside them."""
    tables = all(frame.equals(other[name]) for name, frame in one.tables.items())
    return tables and one.facts == other.facts


def _papers(number: int) -> tuple[int, list[tuple[str, str]]]:
    if number % PAPERS_ONE_IN:
        return 0, []
    one, other, _ = worlds.pair(number)
    own, same, partner = worlds.pair(number, keep=True)
    room = (_for_the_room(world) for world in (one, other))
    mine = (_for_a_partner(world, partner) for world in (own, same))
    return 4, [*_compared(*room), *_compared(*mine)]


def _for_the_room(world: worlds.World) -> readers.Told:
    p = world.typed()
    return readers.report_of_all(p) | readers.drafts_of_all(p)


def _for_a_partner(world: worlds.World, partner: str) -> readers.Told:
    p = world.typed()
    return readers.forms_of_a_partner(p, partner) | readers.report_of_a_partner(p, partner)


def _compared(one: readers.Told, other: readers.Told) -> Iterator[tuple[str, str]]:
    differ = readers.differing(one, other)
    for name in one:
        yield name, json.dumps(differ[name]) if name in differ else ""


def _told(found: Found) -> list[str]:
    """What was found, by law and result, the most frequent first, each with its first numbers."""
    counts = Counter((law, name) for _, law, name, _ in found)
    lines = []
    for (law, name), count in counts.most_common():
        some = [(number, text) for number, one, what, text in found if (one, what) == (law, name)]
        numbers = ", ".join(str(number) for number, _ in some[:5])
        lines.append(f"{law}: {name}: {count} times, such as {numbers}\n    {some[0][1]}")
    return lines


def main() -> int:
    """Run it, and say what was found."""
    asked = argparse.ArgumentParser(prog="laws", description="The laws over many partnerships.")
    asked.add_argument("many", type=int, nargs="?", default=200, help="how many numbers")
    asked.add_argument("--from", dest="first", type=int, default=0, help="the first number")
    asked.add_argument("--processes", type=int, default=2)
    given = asked.parse_args()
    last, begun = given.first + given.many, time.monotonic()
    parts = [range(at, min(at + AT_ONCE, last)) for at in range(given.first, last, AT_ONCE)]
    partnerships = results = 0
    found: Found = []
    with ProcessPoolExecutor(given.processes) as pool:
        for at, (seen, made, said) in enumerate(pool.map(look_at, parts)):
            partnerships, results, found = partnerships + seen, results + made, found + said
            if said or at % 10 == 0 or at == len(parts) - 1:
                seconds = time.monotonic() - begun
                print(
                    f"{partnerships} partnerships, {results} results, {seconds:.0f} seconds, "
                    f"{partnerships / seconds:.1f} a second: {len(found)} found",
                    flush=True,
                )
                print(*(f"  {line}" for line in _told(said)), sep="\n", end="", flush=True)
    print("\n".join(_told(found)) or "Nothing was found.")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
