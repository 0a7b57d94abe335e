"""Which cells of a handed-in notebook are run to mark it, and where an answer is checked.

The student's own cells all run. The course's own ones, as long as they are unchanged, show and train what no
exercise asks for, and take a minute or two: of these run only the ones that bind, or change, what a cell that
runs mentions. A cell of imports is taken apart: of it run only the imports that are needed.
"""

import ast
import builtins
import dis
import itertools
import re
import types
from typing import NamedTuple

from autorev_lib.exercises.source import bound_names

_CELL_MAGICS = re.compile(r"\A(\s*%%(time|timeit|capture)\b[^\n]*\n)+")
_CHECK = re.compile(r"""\bexercise\[\s*["'](\w+)["']\s*\]\s*\.check\(""")
_NAME = re.compile(r"[^\W\d]\w*")
_READS_GLOBAL = {"LOAD_NAME", "LOAD_GLOBAL", "LOAD_FROM_DICT_OR_GLOBALS"}
# Calls of these show something; neither they nor what they are given change what an answer needs.
_ONLY_SHOW = {"claims", "exercise", "plots", "display", "print"}
_UNREADABLE = (SyntaxError, ValueError, RecursionError, MemoryError)
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)
_KEEPING = (ast.If, ast.While, ast.Try, ast.AugAssign)  # what they bind may stay what it was


class Step(NamedTuple):
    """A cell that is run."""

    number: int
    """Its place among the code cells, from 1."""
    id: str
    source: str
    """Its code; of the course's imports only those that are needed."""
    checks: list
    """The names of the exercises that it checks."""
    binds: set
    """The names that it binds or changes; all that stand in it, if it cannot be parsed."""
    is_own: bool
    """Whether it is the student's, rather than an unchanged one of the course."""


class Plan:
    """What can be run of a hand-in. All that parses code is done when this is made, in one thread.

    Args:
        cells: The code cells of a hand-in as pairs of id and source.
        course: The sources of the course's own cells.
    """

    def __init__(self, cells, course):
        self._cells = cells
        self._units = []
        for index, (_, source) in enumerate(cells):
            is_own = source not in course
            nodes = _parsed(source)
            is_taken_apart = not is_own and bool(nodes) and isinstance(nodes[0], ast.Import | ast.ImportFrom)
            for part in [[node] for node in nodes] if is_taken_apart else [nodes]:
                self._units.append(_Unit(index, part, is_own))

    def steps(self, answers=None):
        """Choose what is run.

        Args:
            answers: If given, names of answers: of the student's own cells, too, only those run that check
                an exercise or bind such a name, and what they need.

        Returns:
            A list of :class:`Step`, in the order of the notebook.
        """
        wanted = {
            number
            for number, unit in enumerate(self._units)
            if unit.is_own and (answers is None or self._is_answer(unit, answers))
        }
        chosen = _needed(self._units, wanted)
        steps = []
        for index, (cell_id, source) in enumerate(self._cells):
            ours = [number for number, unit in enumerate(self._units) if unit.cell == index]
            taken = [self._units[number] for number in ours if number in chosen]
            if not taken:
                continue
            code = source if len(taken) == len(ours) else "\n".join(ast.unparse(unit.nodes) for unit in taken)
            checks = _checks(source) if taken[0].is_own else []
            binds = set().union(*(unit.binds | unit.changes for unit in taken)) or set(_NAME.findall(source))
            steps.append(Step(index + 1, cell_id, code, checks, binds, taken[0].is_own))
        return steps

    def _is_answer(self, unit, answers):
        return bool(_checks(self._cells[unit.cell][1]) or (unit.binds | unit.changes) & answers)


class _Unit:
    """A cell, or a statement of one that is taken apart: what it reads, binds and changes."""

    def __init__(self, cell, nodes, is_own):
        self.cell = cell
        self.is_own = is_own
        self.nodes = ast.Module(nodes, [])
        self.binds, self.changes, self.reads, self.reads_later = set(), set(), set(), set()
        self.is_definition = all(isinstance(node, _DEFINITIONS) for node in nodes)
        for node in nodes:
            now, later = _read_names(node)
            bound = bound_names(node)
            rebound = set() if isinstance(node, _KEEPING) else _rebound(node)
            if isinstance(node, ast.For | ast.With):  # what it binds before it reads it
                before = ast.walk(node.iter) if isinstance(node, ast.For) else ()
                now -= rebound - {each.id for each in before if isinstance(each, ast.Name)}
            self.reads |= now - self.binds
            self.reads_later |= later
            self.changes |= (bound - rebound) | _called(node)
            self.binds |= rebound
        self.reads_later -= self.binds


def _needed(units, chosen):
    """The units that are chosen, those that bind or change names that these mention, and so on.

    What is meant by a name in a cell is what the last cell above it that binds it made of it, and the cells
    in between. A function that a cell calls looks its names up when it is called.
    """
    chosen = set(chosen)
    asked = [(name, number) for number in chosen for name in units[number].reads | units[number].reads_later]
    seen = set()
    for name, reader in asked:  # grows while it is walked
        if (name, reader) in seen:
            continue
        seen.add((name, reader))
        for number in _made_by(units, name, reader):
            chosen.add(number)
            unit = units[number]
            asked += [(each, number) for each in unit.reads | unit.reads_later]
            asked += [(each, reader) for each in unit.reads_later]
    return chosen


def _made_by(units, name, reader):
    """The places of the units that made of a name what it is for one that reads it."""
    above = [number for number in range(reader) if name in units[number].binds]
    below = [number for number in range(reader + 1, len(units)) if name in units[number].binds]
    binder = above[-1] if above else below[-1] if below else None
    changing = range(binder + 1 if above else 0, reader)
    if binder is not None and units[binder].is_definition:
        changing = ()
    found = [number for number in changing if name in units[number].changes]
    return found if binder is None else [binder, *found]


def _parsed(source):
    """The statements of a cell that would run: a notebook runs those above a slipped ``return``, too."""
    from IPython.core.inputtransformer2 import TransformerManager

    try:
        nodes = ast.parse(TransformerManager().transform_cell(_CELL_MAGICS.sub("", source))).body
        return list(itertools.takewhile(_compiles, nodes))
    except _UNREADABLE:
        return []


def _compiles(node):
    try:
        return bool(_compiled(node))
    except _UNREADABLE:
        return False


def _compiled(node):
    """Code of a statement; as in a notebook, it may wait for something at the top level."""
    return compile(ast.Module([node], []), "<cell>", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)


def _checks(source):
    """The names of the exercises that a cell checks, also where it cannot be parsed."""
    lines = [line for line in source.splitlines() if not line.lstrip().startswith("#")]
    return list(dict.fromkeys(match[1] for match in _CHECK.finditer("\n".join(lines))))


def _read_names(node):
    """The global names that a statement reads at once, and those that the functions in it read."""
    outermost = _compiled(node)
    codes, now, later = [outermost], set(), set()
    for code in codes:  # grows while it is walked
        names = now if code is outermost else later
        names |= {step.argval for step in dis.get_instructions(code) if step.opname in _READS_GLOBAL}
        codes += [constant for constant in code.co_consts if isinstance(constant, types.CodeType)]
    return now - set(vars(builtins)), later - set(vars(builtins))


def _rebound(node):
    """The names to which a statement gives something new."""
    if isinstance(node, _DEFINITIONS):
        return bound_names(node)
    return {
        each.id for each in ast.walk(node) if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)
    }


def _called(node):
    """The names of which a statement calls a method, or which it hands to a call: it may change them."""
    if isinstance(node, _DEFINITIONS):
        return set()
    names, nodes = set(), [node]
    for each in nodes:  # grows while it is walked
        if isinstance(each, ast.Call):
            root = each.func
            while isinstance(root, ast.Attribute | ast.Subscript | ast.Call):
                root = root.func if isinstance(root, ast.Call) else root.value
            root_names = {root.id} if isinstance(root, ast.Name) else set()
            if root_names & _ONLY_SHOW:
                continue
            given = [*each.args, *(keyword.value for keyword in each.keywords)]
            names |= {value.id for value in given if isinstance(value, ast.Name)}
            names |= root_names if isinstance(each.func, ast.Attribute) else set()
        nodes += ast.iter_child_nodes(each)
    return names
