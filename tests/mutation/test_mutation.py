"""The small wrong changes that unit tests are held to: each kind is made, one at a time, and the module stays whole."""

from __future__ import annotations

import ast

import pytest

from tests.mutation.operators import mutants


@pytest.mark.parametrize(
    ("line", "changed"),
    [
        ("a < b", ["a <= b"]),
        ("a >= b", ["a > b"]),
        ("a == b", ["a != b"]),
        ("a in b", ["a not in b"]),
        ("a is None", ["a is not None"]),
        ("a < b <= c", ["a <= b <= c", "a < b < c"]),
        ("a and b", ["a or b"]),
        ("not a", ["not not a"]),
        ("~a", ["+a"]),
        ("-a", ["+a"]),
        ("a + b", ["a - b"]),
        ("a | b", ["a & b"]),
        ("f(True)", ["f(False)"]),
        ("f(0)", ["f(1)"]),
        ("f(0.5)", ["f(1.5)"]),
        ("min(a)", ["max(a)"]),
        ("a.is_null()", ["a.is_not_null()"]),
        ("f(upper_bound=a)", ["f(lower_bound=a)"]),
        ("[a for a in b if a]", ["[a for a in b if not a]"]),
        ("a if b else c", ["a if not b else c"]),
        ("f('text', None)", []),
    ],
)
def test_each_change_is_made_alone(line: str, changed: list[str]) -> None:
    assert [ast.unparse(mutant.tree) for mutant in mutants(line)] == changed


def test_what_a_function_returns_and_asks_is_changed_and_what_describes_it_is_not() -> None:
    source = '''
class Face:
    @cache(maxsize=8)
    def near(self, one: int | None = None) -> bool | None:
        """At most 5."""
        if one:
            return one
        raise ValueError(f"{1 + 1}")
'''
    assert [(mutant.name, mutant.line) for mutant in mutants(source)] == [
        ("Face.near: if one: -> if not one:", 6),
        ("Face.near: return one -> return None", 7),
    ]


def test_a_change_made_twice_in_a_function_has_two_names_and_the_tree_is_restored_in_between() -> None:
    names = [mutant.name for mutant in mutants("def f(a):\n    g(a + 1, a + 1)")]
    assert len(names) == len(set(names)) == 4
    assert "f: a + 1 -> a - 1 #2" in names
    assert [ast.unparse(mutant.tree) for mutant in mutants("a + b\na - b")] == ["a - b\na - b", "a + b\na + b"]
