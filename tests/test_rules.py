"""Every rule on the page on methods is worked by hand in some test, which bears its sign."""

from __future__ import annotations

import ast
import re
from collections import Counter
from dataclasses import fields
from functools import cache
from pathlib import Path

import pytest

from partnering.partnership import privacy

TESTS = Path(__file__).parent
PAGE = TESTS.parent / "guide" / "methods.md"


def on_the_page() -> list[str]:
    """The signs of the rules, in the order of the page; what is only named in its opening is none."""
    text = PAGE.read_text(encoding="utf-8").partition("\n## ")[2]
    return re.findall(r"\{rule\}`([^`]+)`", text)


@cache
def in_the_tests() -> dict[str, list[str]]:
    """The tests that bear each sign."""
    found: dict[str, list[str]] = {}
    for path in sorted(TESTS.rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                for sign in _signs(node):
                    found.setdefault(sign, []).append(f"{path.name}::{node.name}")
    return found


def _signs(test: ast.FunctionDef) -> list[str]:
    calls = [each for each in test.decorator_list if isinstance(each, ast.Call)]
    marks = [call for call in calls if ast.unparse(call.func) == "pytest.mark.rule"]
    return [ast.literal_eval(sign) for mark in marks for sign in mark.args]


def test_each_rule_on_the_page_has_a_test():
    without = [sign for sign in on_the_page() if sign not in in_the_tests()]
    assert not without, (
        f"guide/methods.md has the rules {without}, and no test bears their signs. Write a test with "
        'values worked by hand, and put @pytest.mark.rule("…") over it.'
    )


def test_each_sign_over_a_test_is_a_rule_on_the_page():
    unknown = {sign: tests for sign, tests in in_the_tests().items() if sign not in on_the_page()}
    assert not unknown, (
        f"These signs stand over tests and not in guide/methods.md: {unknown}. Say the rule there, "
        "or take the sign away."
    )


def test_no_two_rules_have_one_sign_and_each_group_is_numbered_from_1():
    signs = on_the_page()
    assert [sign for sign, count in Counter(signs).items() if count > 1] == []
    groups: dict[str, list[int]] = {}
    for sign in signs:
        group, number = re.fullmatch(r"([A-Z]|\d\.)(\d+)", sign).groups()
        groups.setdefault(group, []).append(int(number))
    assert all(found == list(range(1, len(found) + 1)) for found in groups.values())


@pytest.mark.rule("R12")
def test_what_the_room_is_told_of_what_it_does_not_see_stands_in_one_list():
    told = Counter(name for each in privacy.TOLD for name in each.fields)
    assert told == Counter(field.name for field in fields(privacy.Hidden)), (
        "Each field of privacy.Hidden is in just one line of privacy.TOLD, which guide/methods shows."
    )
