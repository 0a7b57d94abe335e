"""Editions of a notebook: exercises as their module has them, solved, and as an nbgrader assignment."""

import os
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from autorev_lib import chapters, errors
from autorev_lib.tools import files, workspace

_SECTION_ID = "exercises"
_LOAD_ID = "exercises-load"
_INTRODUCTION = (
    "## Exercises\n\n"
    "**Run the next cell first, each day.** Then fill in a cell and run it: it checks the answer and says "
    "what is wrong with it, not what is right. For a hint, take the `# ` off the last line of the cell "
    "(Ctrl+/ in that line). {help} As they stand the cells change nothing, and no later cell needs them."
)
_HELP = 'Each time there is one more. `exercise["name"].solution()` shows the solution and the reason.'
_HELP_FOR_MARKS = "These exercises are for marks: your teacher has further hints and the solutions."
TEACH = 'pip install "autorev-lib[teach]", or in a checkout: make setup'
_RELEASE = """
import sys
from nbgrader.apps.generateassignmentapp import GenerateAssignmentApp
for name in sys.argv[1:]:
    app = GenerateAssignmentApp()
    app.initialize([name])
    app.start()
"""
_CHAPTER_LINK = re.compile(rf"\b{chapters.NUMBER}_([a-z]\w*)\.ipynb")
_COLAB_LINK = re.compile(r"\[[^]]*\]\(https://colab[^)]*\)\n\n")
_NBGRADER_CONFIG = """c = get_config()  # noqa: F821 (nbgrader defines it)
c.CourseDirectory.course_id = "autorev"
c.ClearSolutions.code_stub = {"python": "..."}
c.ExecutePreprocessor.timeout = 600
"""


def refresh(chapter, notebook):
    """Bring into a notebook what is kept elsewhere: its exercises, and the file names of other chapters."""
    _refresh_links(notebook)
    has_place = any(cell.get("id") == _SECTION_ID for cell in notebook.cells)
    if has_place and chapter.exercises.exists():
        write_exercises(notebook, _load(chapter.name))


def _refresh_links(notebook):
    """Give links to other chapters the numbers that these have now."""
    names = {chapter.name: chapter.path.name for chapter in chapters.all_chapters()}
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = _CHAPTER_LINK.sub(lambda link: names.get(link[1], link[0]), cell.source)


def write_exercises(notebook, exercises):
    """Put the cells of the exercises into a notebook, in place of what its section Exercises holds."""
    from nbformat.v4 import new_code_cell, new_markdown_cell

    cells = [
        new_markdown_cell(_INTRODUCTION.format(help=_HELP), id=_SECTION_ID),
        new_code_cell(_load_code(exercises), id=_LOAD_ID),
    ]
    for exercise in exercises.values():
        prompt = f"### {exercise.number} · {exercise.title}\n\n{exercise.prompt}"
        stub = f"{_with_check(exercise, exercise.stub)}\n{_hint_line(exercise)}"
        cells += [
            new_markdown_cell(prompt, id=_prompt_id(exercise)),
            new_code_cell(stub, id=_stub_id(exercise), metadata={"tags": ["exercise"]}),
        ]
    cells.append(new_code_cell("exercise.progress()", id="exercises-progress"))
    kept = {cell.id: cell for cell in notebook.cells if cell.cell_type == "code"}
    for cell in cells:
        if cell.cell_type == "code" and cell.id in kept and kept[cell.id].source == cell.source:
            cell.update(outputs=kept[cell.id].outputs, execution_count=kept[cell.id].execution_count)
    start, end = _section(notebook)
    notebook.cells[start:end] = cells


def solve(notebook, exercises):
    """Put the solutions into a notebook, each with the reason for it."""
    from nbformat.v4 import new_markdown_cell

    _clear(notebook)
    for exercise in exercises.values():
        position = _position(notebook, _stub_id(exercise))
        notebook.cells[position].source = _with_check(exercise, exercise.solution_code)
        reason = new_markdown_cell(f"**Why:** {exercise.why}", id=f"exercise-{exercise.number}-why")
        notebook.cells.insert(position + 1, reason)


def to_assignment(notebook, exercises):
    """Turn a notebook into the source version of an nbgrader assignment: one point for each exercise.

    The solutions stand between nbgrader's markers; after each follows a locked cell that shows the verdict
    to the student and, between the markers of hidden tests, ends with the share of the point: nbgrader takes
    such a number for part credit. There is one hint and no solution, and no way to the edition without marks.
    """
    from nbformat.v4 import new_code_cell

    _clear(notebook)
    for cell in notebook.cells:
        cell.source = _COLAB_LINK.sub("", cell.source)
    introduction = _INTRODUCTION.format(help=_HELP_FOR_MARKS)
    notebook.cells[_position(notebook, _SECTION_ID)].source = introduction
    notebook.cells[_position(notebook, _LOAD_ID)].source = _load_code(exercises, ", for_marks=True")
    for exercise in exercises.values():
        position = _position(notebook, _stub_id(exercise))
        cell = notebook.cells[position]
        cell.source = f"{_marked_solution(exercise)}\n\n{_hint_line(exercise)}"
        cell.metadata["nbgrader"] = _nbgrader(exercise.name, solution=True)
        test = new_code_cell(_hidden_test(exercise), id=f"exercise-{exercise.number}-test")
        test.metadata["nbgrader"] = _nbgrader(f"{exercise.name}_test", grade=True, locked=True, points=1)
        notebook.cells.insert(position + 1, test)


def write_solutions(wanted, folder):
    """Write solved editions of chapters, with everything they need beside them; nobody's work is overwritten.

    Returns:
        A :class:`~autorev_lib.tools.workspace.Delivery`.

    Raises:
        AutorevError: A chapter has no exercises, or the folder cannot be written.
    """
    contents = _other_files() | {Path(chapter.path.name): _edition(chapter, solve) for chapter in wanted}
    return workspace.place(folder, contents, edition="solved")


def write_assignments(wanted, folder):
    """Write an nbgrader course in which ``nbgrader generate_assignment`` works; edits are not overwritten.

    Args:
        wanted: The :class:`~autorev_lib.chapters.Chapter` of each assignment.
        folder: The folder of the nbgrader course; it is made if it is missing. A configuration that is there
            already is kept.

    Returns:
        A :class:`~autorev_lib.tools.workspace.Delivery`.

    Raises:
        AutorevError: A chapter has no exercises, or the folder cannot be written.
    """
    contents = {}
    for chapter in wanted:
        source = Path("source") / chapter.path.stem
        contents |= {source / path: content for path, content in _other_files().items()}
        contents[source / chapter.path.name] = _edition(chapter, to_assignment)
    config = Path("nbgrader_config.py")
    if not (Path(folder) / config).exists():
        contents[config] = _NBGRADER_CONFIG.encode()
    return workspace.place(folder, contents, edition="assignment")


def release_assignments(wanted, folder):
    """Let nbgrader make the students' versions, in the folder ``release`` of its course.

    A version is made anew when its source was changed after it; the old one gets a number and stays.

    Returns:
        The old ones, as pairs of where they were and where they are.

    Raises:
        AutorevError: nbgrader is not installed, or does not make them.
    """
    if find_spec("nbgrader") is None:
        raise errors.AutorevError("nbgrader, which makes the students' versions, is not installed", TEACH)
    kept = [_set_aside(Path(folder), chapter) for chapter in wanted]
    command = [sys.executable, "-c", _RELEASE, *(chapter.path.stem for chapter in wanted)]
    # nbgrader calls another program of this environment by its bare name.
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])
    result = subprocess.run(
        command, cwd=folder, env=os.environ | {"PATH": path}, capture_output=True, text=True
    )
    if result.returncode:
        for old, new in filter(None, kept):
            if not old.exists():
                new.rename(old)
        lines = [line for line in result.stderr.splitlines() if line.strip()] or ["no message"]
        raise errors.AutorevError(
            f"nbgrader did not make the students' versions: {lines[-1]}",
            f"see what it says: cd {folder} and run nbgrader generate_assignment {wanted[0].path.stem}",
        )
    return [pair for pair in kept if pair]


def _set_aside(folder, chapter):
    """Give a released assignment that is older than its source another name: from where to where, or None."""
    stem, file = chapter.path.stem, chapter.path.name
    source, release = folder / "source" / stem / file, folder / "release" / stem
    if not (release / file).exists() or (release / file).stat().st_mtime >= source.stat().st_mtime:
        return None
    return release, files.set_aside(release)


def _edition(chapter, change):
    """A chapter as bytes, after a change that takes the notebook and its exercises."""
    import nbformat

    if not chapter.exercises.exists():
        known = ", ".join(each.path.stem for each in chapters.all_chapters() if each.exercises.exists())
        raise errors.AutorevError(
            f"chapter: expected one with exercises ({known}), received {chapter.path.stem}",
            "choose one of these",
        )
    notebook = nbformat.reads(chapters.read_file(chapter.path.name).decode(), as_version=4)
    change(notebook, _load(chapter.name))
    nbformat.validate(notebook)
    return (nbformat.writes(notebook).rstrip("\n") + "\n").encode()


def _other_files():
    """What the notebooks show or need; not the students' start page, which tells of `autorev lab`."""
    paths = [path for path in chapters.course_files() if path.suffix not in (".ipynb", ".md")]
    return {path: chapters.read_file(path) for path in paths}


def _load(name):
    from autorev_lib import devices, exercises

    devices.select_backend()  # without a word, before an exercise imports Keras
    return exercises.load(name)


def _load_code(exercises, more=""):
    return f'from autorev_lib.exercises import load\n\nexercise = load("{exercises.chapter}"{more})'


def _clear(notebook):
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None


def _with_check(exercise, code):
    gap = "\n\n\n" if code.startswith(("def ", "class ")) else "\n\n"
    return f"{code}{gap}{exercise.check_line}"


def _hint_line(exercise):
    return f'# exercise["{exercise.name}"].hint()'


def _marked_solution(exercise):
    begin, end = "### BEGIN SOLUTION", "### END SOLUTION"
    if not exercise.stub.startswith(("def ", "class ")):
        return f"{exercise.stub}\n{begin}\n{exercise.solution_code}\n{end}"
    stub, solution = exercise.stub.splitlines(), exercise.solution_code.splitlines()
    marked, position = [], 0
    for number, line in enumerate(stub):
        if line.strip() != "...":
            marked.append(line)
            position = solution.index(line, position) + 1
            continue
        following = stub[number + 1] if number + 1 < len(stub) else None
        stop = solution.index(following, position) if following is not None else len(solution)
        indent = line[: -len(line.strip())]
        marked += [f"{indent}{begin}", *solution[position:stop], f"{indent}{end}"]
        position = stop
    return "\n".join(marked)


def _hidden_test(exercise):
    answer = ", ".join(exercise.parts)
    packed = answer if len(exercise.parts) == 1 else f"({answer})"
    return "\n".join(
        [
            exercise.check_line,
            "### BEGIN HIDDEN TESTS",
            f'load("{exercise.chapter}")["{exercise.name}"].grade({packed}).share',
            "### END HIDDEN TESTS",
        ]
    )


def _nbgrader(grade_id, solution=False, grade=False, locked=False, points=None):
    metadata = {
        "schema_version": 3,
        "grade_id": grade_id,
        "solution": solution,
        "grade": grade,
        "locked": locked,
        "task": False,
        "cell_type": "code",
    }
    return metadata if points is None else metadata | {"points": points}


def _section(notebook):
    """The positions of the first cell of the section Exercises and of the first after it."""
    start = _position(notebook, _SECTION_ID)
    for position in range(start + 1, len(notebook.cells)):
        cell = notebook.cells[position]
        if cell.cell_type == "markdown" and re.match(r"## ", cell.source):
            return start, position
    return start, len(notebook.cells)


def _position(notebook, cell_id):
    for position, cell in enumerate(notebook.cells):
        if cell.get("id") == cell_id:
            return position
    raise errors.AutorevError(f"the notebook has no cell {cell_id!r}", errors.REINSTALL)


def _prompt_id(exercise):
    return f"exercise-{exercise.number}"


def _stub_id(exercise):
    return f"exercise-{exercise.number}-stub"
