"""The changes that one could make in a Python file without meaning to, each in one place.

What is not changed, because no output depends on it:

- docstrings, and what only the types know: annotations, `TypeVar`, `Literal` outside `model/`, what stands
  under `TYPE_CHECKING`
- how much is remembered and how early a model is built: `lru_cache`, `defer_build`
- `strict=True` and `frozen=True`: guards against ourselves, which say what holds anyway
- `repr=False`: what only those see who mend docgen
- `__all__`: which names of others a file hands on, which mypy alone reads; nothing is imported by `*`
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from itertools import pairwise

COMPARED = {
    ast.Lt: ("<", ["<=", ">"]),
    ast.LtE: ("<=", ["<", ">"]),
    ast.Gt: (">", [">=", "<"]),
    ast.GtE: (">=", [">", "<"]),
    ast.Eq: ("==", ["!="]),
    ast.NotEq: ("!=", ["=="]),
    ast.In: ("in", ["not in"]),
    ast.NotIn: (r"not\s+in", ["in"]),
    ast.Is: ("is", ["is not"]),
    ast.IsNot: (r"is\s+not", ["is"]),
}
COMPUTED = {
    ast.Add: (r"\+", "-"),
    ast.Sub: ("-", "+"),
    ast.Mult: (r"\*", "/"),
    ast.Div: ("/", "*"),
    ast.FloorDiv: ("//", "*"),
    ast.Mod: ("%", "*"),
    ast.BitOr: (r"\|", "&"),
    ast.BitAnd: ("&", "|"),
}
GUARDS = {"strict", "frozen", "defer_build", "repr"}
SWAPPED = {
    "any": "all",
    "all": "any",
    "min": "max",
    "max": "min",
    "startswith": "endswith",
    "endswith": "startswith",
    "lstrip": "rstrip",
    "rstrip": "lstrip",
    "partition": "rpartition",
    "rpartition": "partition",
    "lower": "upper",
    "upper": "lower",
    "removeprefix": "removesuffix",
    "removesuffix": "removeprefix",
    "fullmatch": "match",
    "match": "search",
}


@dataclass(frozen=True, order=True)
class Mutant:
    """A file with one change: the bytes from start to end are another text."""

    path: str
    start: int
    end: int
    text: str
    lines: tuple[int, int]  # of the statement, first and last
    in_function: bool

    def of(self, source: bytes) -> bytes:
        """The file as changed."""
        return source[: self.start] + self.text.encode() + source[self.end :]


class Changes(ast.NodeVisitor):
    """Collects the changes of a file."""

    def __init__(self, path: str, source: bytes) -> None:
        self.path, self.source = path, source
        self.starts = [0, *(at.end() for at in re.finditer(rb"\n", source))]
        self.statement: ast.stmt | None = None
        self.depth = 0
        self.mutants: list[Mutant] = []

    def span(self, node: ast.AST) -> tuple[int, int]:
        """Where a node starts and ends, in bytes."""
        assert isinstance(node, ast.expr | ast.stmt | ast.pattern | ast.keyword)
        return (
            self.starts[node.lineno - 1] + node.col_offset,
            self.starts[(node.end_lineno or 0) - 1] + (node.end_col_offset or 0),
        )

    def change(self, span: tuple[int, int], *texts: str) -> None:
        """Notes that what stands there may become each of the texts."""
        assert self.statement
        body = getattr(self.statement, "body", None)  # of a compound statement only its head
        last = body[0].lineno - 1 if body else self.statement.end_lineno or 0
        lines = (self.statement.lineno, max(last, self.statement.lineno))
        self.mutants += [Mutant(self.path, *span, text, lines, self.depth > 0) for text in texts]

    def between(self, left: ast.AST, right: ast.AST, sign: str, *texts: str) -> None:
        """Notes that a sign between two nodes may become each of the texts."""
        start, end = self.span(left)[1], self.span(right)[0]
        match = re.search(sign.encode(), self.source[start:end])
        assert match
        self.change((start + match.start(), start + match.end()), *texts)

    def visit(self, node: ast.AST) -> None:
        """Visits a node; a statement is noted, that its lines are told."""
        before = self.statement
        if isinstance(node, ast.stmt):
            self.statement = node
            if isinstance(node, ast.Expr | ast.AugAssign | ast.Raise | ast.Assert) and not is_text(node):
                self.change(self.span(node), "pass")
        super().visit(node)
        self.statement = before

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        for default in (*node.args.defaults, *filter(None, node.args.kw_defaults)):
            self.visit(default)
        for decorator in node.decorator_list:
            if isinstance(decorator, ast.Call) and "lru_cache" not in ast.unparse(decorator):
                self.visit(decorator)
        self.depth += 1
        self.each(node.body)
        self.depth -= 1

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self.each(node.body)

    def each(self, body: list[ast.stmt]) -> None:
        for statement in body:
            self.visit(statement)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value:
            self.visit(node.value)

    def visit_Assign(self, node: ast.Assign) -> None:
        if ast.unparse(node.targets[0]) == "__all__":
            return
        if not self.depth and isinstance(node.value, ast.Tuple | ast.List | ast.Set | ast.Dict):
            self.entries(node.value)
        self.visit(node.value)

    def entries(self, table: ast.Tuple | ast.List | ast.Set | ast.Dict) -> None:
        """An entry of a table at the head of a file may be left out."""
        entries = [key for key in table.keys if key] if isinstance(table, ast.Dict) else table.elts
        for entry, after in pairwise(entries):
            self.change((self.span(entry)[0], self.span(after)[0]), "")

    def visit_If(self, node: ast.If) -> None:
        if not (isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"):
            self.condition(node.test)
            self.generic_visit(node)

    def visit_While(self, node: ast.While) -> None:
        self.change(self.span(node.test), "False")
        self.generic_visit(node)

    def visit_IfExp(self, node: ast.IfExp) -> None:
        self.condition(node.test)
        self.generic_visit(node)

    def condition(self, test: ast.expr) -> None:
        self.change(self.span(test), "True", "False")

    def visit_comprehension(self, node: ast.comprehension) -> None:
        for test in node.ifs:
            self.condition(test)
        self.generic_visit(node)

    def visit_match_case(self, node: ast.match_case) -> None:
        if node.guard:
            self.condition(node.guard)
            self.visit(node.guard)
        else:
            end = self.span(node.pattern)[1]
            colon = self.source.index(b":", end)
            self.change((colon, colon), " if False")
        self.each(node.body)

    def visit_Compare(self, node: ast.Compare) -> None:
        for left, operator, right in zip([node.left, *node.comparators], node.ops, node.comparators, strict=False):
            sign, texts = COMPARED[type(operator)]
            self.between(left, right, sign, *texts)
        self.generic_visit(node)

    def visit_BoolOp(self, node: ast.BoolOp) -> None:
        sign, text = ("and", "or") if isinstance(node.op, ast.And) else ("or", "and")
        for left, right in pairwise(node.values):
            self.between(left, right, rf"\b{sign}\b", text)
        self.generic_visit(node)

    def visit_BinOp(self, node: ast.BinOp) -> None:
        if type(node.op) in COMPUTED and not any(isinstance(side, ast.JoinedStr) for side in (node.left, node.right)):
            sign, text = COMPUTED[type(node.op)]
            self.between(node.left, node.right, sign, text)
        self.generic_visit(node)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> None:
        if isinstance(node.op, ast.Not):
            self.change((self.span(node)[0], self.span(node.operand)[0]), "")
        self.generic_visit(node)

    def visit_Break(self, node: ast.Break) -> None:
        self.change(self.span(node), "continue")

    def visit_Continue(self, node: ast.Continue) -> None:
        self.change(self.span(node), "break")

    def visit_Constant(self, node: ast.Constant) -> None:
        match node.value:
            case bool():
                self.change(self.span(node), str(not node.value))
            case int() | float():
                self.change(self.span(node), str(node.value + 1))
            case str() | bytes() if self.source[self.span(node)[0] :][:1] != b"{":
                self.words(node)

    def words(self, node: ast.Constant | ast.JoinedStr) -> None:
        """A text begins with two letters more."""
        start, end = self.span(node)
        quote = re.match(rb"\w*(\"\"\"|'''|\"|')", self.source[start:end])
        if quote:
            self.change((start + quote.end(), start + quote.end()), "XX")

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        self.words(node)  # what stands in it has no places of its own before Python 3.12

    def visit_Expr(self, node: ast.Expr) -> None:
        if not is_text(node):
            self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if name == "TypeVar":
            return
        if name in SWAPPED:
            end = self.span(node.func)[1]
            self.change((end - len(name), end), SWAPPED[name])
        for argument in node.args:
            if not isinstance(argument, ast.Starred | ast.Constant | ast.GeneratorExp):
                self.change(self.span(argument), "None")
        for keyword in node.keywords:
            if keyword.arg and keyword.arg not in GUARDS:
                start, end = self.span(keyword)
                comma = re.match(rb"\s*,", self.source[end:])
                self.change((start, end + comma.end() if comma else end), "")
        self.visit(node.func)
        self.each_of([*node.args, *(word.value for word in node.keywords if word.arg not in GUARDS)])

    def visit_Subscript(self, node: ast.Subscript) -> None:
        is_type = isinstance(node.value, ast.Name) and node.value.id == "Literal"
        if not is_type or "/model/" in self.path:  # by whose types data is read
            self.generic_visit(node)

    def each_of(self, nodes: list[ast.expr]) -> None:
        for node in nodes:
            self.visit(node)


def is_text(node: ast.stmt) -> bool:
    """Whether a statement is a docstring, or the text below a name."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def mutants(path: str, source: bytes) -> list[Mutant]:
    """Every change of a file, in its order; a few leave no Python."""
    changes = Changes(path, source)
    changes.visit(ast.parse(source))
    return sorted(set(changes.mutants))


def is_python(source: bytes) -> bool:
    """Whether it can be compiled."""
    try:
        compile(source, "", "exec")
    except (SyntaxError, ValueError):
        return False
    return True
