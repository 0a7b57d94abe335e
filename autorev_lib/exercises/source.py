"""The code of answers: its source, the stub that is made of it, and whether a stub is still untouched."""

import ast
import contextlib
import dis
import functools
import inspect
import json
import re
import textwrap

_EMPTY_BODY = {"LOAD_CONST", "RETURN_VALUE", "RETURN_CONST"}


def to_name(class_name):
    """The name of an exercise from that of its class: ``"SlimNetwork"`` gives ``"slim_network"``."""
    words = class_name.replace("ReLU", "Relu")  # one word, whatever its capitals
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", words).lower()


def folded(markdown):
    """Join the lines of each paragraph; code between fences stays as it is, and so do lists and tables."""
    blocks = re.split(r"(^```.*?^```$)", textwrap.dedent(markdown).strip(), flags=re.DOTALL | re.MULTILINE)
    line_end = r"(?<!\n)\n(?!\n|[-*] |\|) *"
    return "".join(b if b.startswith("```") else re.sub(line_end, " ", b) for b in blocks)


@functools.cache
def source_of(answer):
    """The source of a function or class without its decorator, as if it stood at the left margin."""
    lines = textwrap.dedent(inspect.getsource(answer)).splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith(("def ", "class ")))
    return "\n".join(lines[start:]).rstrip()


@functools.cache
def edited(answer, edits):
    """A function or class with some of its code replaced.

    Args:
        answer: A function or class whose source can be read.
        edits: Pairs of code that stands in it exactly once, docstrings left out, and of what stands there
            instead.

    Raises:
        ValueError: Some code does not stand in it exactly once.
    """
    made = {}
    exec(compile(edited_source(answer, edits), f"<{answer.__name__}>", "exec"), _globals_of(answer), made)
    return made[answer.__name__]


def edited_source(answer, edits):
    """The source of what :func:`edited` makes."""
    code = _without_docstrings(source_of(answer))
    for old, new in edits:
        if code.count(old) != 1:
            raise ValueError(f"edits: expected code that stands once in {answer.__name__}, received {old!r}")
        code = code.replace(old, new)
    return code


def _globals_of(answer):
    """What is defined around a function, or a class with methods; its module may have been forgotten."""
    functions = [answer, *vars(answer).values()] if inspect.isclass(answer) else [answer]
    return next(each.__globals__ for each in functions if hasattr(each, "__globals__"))


def _without_docstrings(source):
    lines = source.splitlines()
    nodes = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    for node in sorted(nodes, key=lambda node: node.lineno, reverse=True):
        if ast.get_docstring(node) is not None:
            del lines[node.body[0].lineno - 1 : node.body[0].end_lineno]
    return "\n".join(lines)


def emptied(source):
    """The source with every function's body, except its docstring, replaced by an ellipsis."""
    lines = source.splitlines()
    functions = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)]
    inner = {child for node in functions for child in ast.walk(node) if child is not node}
    outermost = [node for node in functions if node not in inner]
    for node in sorted(outermost, key=lambda node: node.lineno, reverse=True):
        first = node.body[1] if ast.get_docstring(node) is not None else node.body[0]
        start = node.body[0].end_lineno if ast.get_docstring(node) is not None else first.lineno - 1
        lines[start : node.end_lineno] = [" " * first.col_offset + "..."]
    return "\n".join(lines)


@functools.cache
def names_of_results(answer):
    """The names of the variables that a function returns, if it returns several; otherwise nothing."""
    returns = [node.value for node in ast.walk(ast.parse(source_of(answer))) if isinstance(node, ast.Return)]
    if len(returns) != 1 or not isinstance(returns[0], ast.Tuple):
        return []
    names = [item.id for item in returns[0].elts if isinstance(item, ast.Name)]
    return names if len(names) == len(returns[0].elts) else []


def bound_names(node):
    """The names that a statement defines at the top level, or assigns to in any way."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return {node.name}
    if isinstance(node, ast.Import | ast.ImportFrom):
        return {(alias.asname or alias.name).split(".")[0] for alias in node.names}
    stored = {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    targets = getattr(node, "targets", [getattr(node, "target", None)])
    for target in targets:  # x[0] = 1 and x.y = 1 change x
        while isinstance(target, ast.Subscript | ast.Attribute):
            target = target.value
        if isinstance(target, ast.Name):
            stored.add(target.id)
    return stored


@functools.cache
def names_of_notebook(path):
    """The names that the code cells of a notebook bind; cells with commands of IPython are left out."""
    names = set()
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            with contextlib.suppress(SyntaxError):
                statements = ast.parse("".join(cell["source"])).body
                names.update(*map(bound_names, statements))
    return names


def is_untouched(answer):
    """Whether a function, or every method of a class, has nothing in its body but ``NotImplementedError``."""
    if inspect.isclass(answer):
        methods = [value for value in vars(answer).values() if inspect.isfunction(value)]
        return bool(methods) and all(is_untouched(method) for method in methods)
    code = getattr(answer, "__code__", None)
    if code is None:
        return False
    steps = [step for step in dis.get_instructions(code) if step.opname not in ("RESUME", "NOP")]
    if steps[0].argval == "NotImplementedError":
        return True
    return all(step.opname in _EMPTY_BODY and step.argval is None for step in steps)
