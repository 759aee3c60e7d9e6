"""Small wrong changes of a module, one at a time, found in its syntax tree.

A change is named by the function it is in and by the text before and after it, not by its line, so that the list of
equivalent changes outlives edits elsewhere in the file.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

_COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
_ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.Pow: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
_PAIRS = [
    *(("min", "max"), ("any", "all"), ("min_horizontal", "max_horizontal"), ("any_horizontal", "all_horizontal")),
    *(("is_null", "is_not_null"), ("startswith", "endswith"), ("starts_with", "ends_with")),
    *(("set_intersection", "set_union"), ("upper_bound", "lower_bound"), ("fullmatch", "match")),
]
_NAMES = dict(_PAIRS) | {other: one for one, other in _PAIRS}
#: Parts of the tree in which a change changes nothing that runs, or only how much is remembered.
_SKIPPED = {"annotation", "returns", "decorator_list", "type_params", "type_comment"}
_BODIES = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True)
class Mutant:
    """One changed copy of a module: the function (or class) changed, what the change is, and the tree."""

    name: str
    line: int
    tree: ast.Module


def mutants(source: str) -> Iterator[Mutant]:
    """Yield every mutant of a module, in the order of its lines; each tree is valid until the next is asked for."""
    tree = ast.parse(source)
    seen: Counter[str] = Counter()
    for node, scope in list(_nodes(tree, "")):
        for field, value in _changes(node):
            old = getattr(node, field)
            before = _text(node)
            setattr(node, field, value)
            change = f"{scope or 'module'}: {before} -> {_text(node)}"
            seen[change] += 1
            name = change if seen[change] == 1 else f"{change} #{seen[change]}"
            ast.fix_missing_locations(tree)
            yield Mutant(name, getattr(node, "lineno", 0), tree)
            setattr(node, field, old)


def _text(node: ast.AST) -> str:
    """Return a node as one short line; of a statement with a body only its head."""
    text = ast.unparse(node)
    return " ".join(text.splitlines()[0].split()) if isinstance(node, ast.stmt) else " ".join(text.split())


def _nodes(node: ast.AST, scope: str) -> Iterator[tuple[ast.AST, str]]:
    """Yield all nodes that may be changed, each with the function it is in."""
    for field, value in ast.iter_fields(node):
        if field in _SKIPPED or (field == "func" and isinstance(value, ast.Name) and value.id == "TypeVar"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if not isinstance(child, ast.AST) or isinstance(child, ast.JoinedStr | ast.Raise | ast.Import):
                continue
            inner = f"{scope}.{child.name}".lstrip(".") if isinstance(child, _BODIES[1:]) else scope
            yield child, inner
            yield from _nodes(child, inner)


def _changes(node: ast.AST) -> Iterator[tuple[str, object]]:
    """Yield the wrong values of single fields of a node: operators, values and names, conditions."""
    yield from _operators(node)
    yield from _values(node)
    yield from _conditions(node)


def _operators(node: ast.AST) -> Iterator[tuple[str, object]]:
    match node:
        case ast.Compare(ops=[operator, *more]):
            yield "ops", [_COMPARISONS[type(operator)](), *more]
            yield from (("ops", [operator, _COMPARISONS[type(other)](), *more[1:]]) for other in more[:1])
        case ast.BoolOp(op=operator):
            yield "op", ast.Or() if isinstance(operator, ast.And) else ast.And()
        case ast.BinOp(op=operator) | ast.AugAssign(op=operator) if type(operator) in _ARITHMETIC:
            yield "op", _ARITHMETIC[type(operator)]()
        case ast.UnaryOp(op=ast.USub() | ast.Invert()):
            yield "op", ast.UAdd()
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield "operand", ast.UnaryOp(ast.Not(), operand)


def _values(node: ast.AST) -> Iterator[tuple[str, object]]:
    match node:
        case ast.Constant(value=bool() as value):
            yield "value", not value
        case ast.Constant(value=int() | float() as value):
            yield "value", value + 1
        case ast.Return(value=ast.expr() as value) if not (isinstance(value, ast.Constant) and value.value is None):
            yield "value", ast.Constant(None)
        case ast.Name(id=name) | ast.Attribute(attr=name) | ast.keyword(arg=str() as name) if name in _NAMES:
            yield {ast.Name: "id", ast.Attribute: "attr", ast.keyword: "arg"}[type(node)], _NAMES[name]


def _conditions(node: ast.AST) -> Iterator[tuple[str, object]]:
    """Yield negated conditions; those that compare are changed as comparisons."""
    match node:
        case ast.If(test=test) | ast.IfExp(test=test) | ast.While(test=test) if not isinstance(test, ast.Compare):
            yield "test", ast.UnaryOp(ast.Not(), test)
        case ast.comprehension(ifs=tests):
            for place, test in enumerate(tests):
                if not isinstance(test, ast.Compare):
                    yield "ifs", [*tests[:place], ast.UnaryOp(ast.Not(), test), *tests[place + 1 :]]
