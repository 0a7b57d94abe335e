"""The notebook tests, tested: `pytest --nbval` as configured here passes what is true and fails what is not.

A sample notebook is run and stored once. Copies of it, changed cell by cell, go through pytest as a person
would start it; the outcome of every cell is then looked up in the report.
"""

import copy
import os
import re
import subprocess
import sys
import xml.etree.ElementTree
from pathlib import Path
from typing import NamedTuple

import nbformat
import pytest
from nbclient import NotebookClient

from autorev_lib.tools.surroundings import kernel_environment

ROOT = Path(__file__).parents[1]
KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}
ALT = "A line from the lower left to the upper right."
DIGIT = re.compile(r"\d(?=\D*$)")


class Case(NamedTuple):
    """A cell of the sample notebook, what is done to its stored form, and what must come of that."""

    name: str
    source: str
    change: object = None
    message: str | None = None
    tags: tuple = ()


def replace(old, new, kind="text/plain"):
    """Make a change that replaces a text in the stored output."""

    def change(cell):
        (output,) = cell.outputs
        holder, key = (output, "text") if output.output_type == "stream" else (output.data, kind)
        assert old in holder[key], f"expected {old!r} in the stored output, received {holder[key]!r}"
        holder[key] = holder[key].replace(old, new)

    return change


def rewrite(old, new):
    """Make a change that lets the cell do something else than what is stored."""

    def change(cell):
        assert old in cell.source
        cell.source = cell.source.replace(old, new)

    return change


def delete_outputs(cell):
    """Delete what the cell had put out."""
    assert cell.outputs, f"expected stored output to delete, received none for {cell.source!r}"
    cell.outputs = []


def forget_run(cell):
    """Make the cell one that was never run."""
    cell.outputs = []
    cell.execution_count = None


def tag_negative(cell):
    """Put a minus into the cell's tolerance."""
    cell.metadata.tags = [tag.replace(":", ":-") for tag in cell.metadata.tags]


DIFFER = "Cell outputs differ"
SHOW_FIGURE = "plots.show(figure(), alt=ALT)"
KINDS = "expected the outputs that the file has"
FAILING = [
    Case("digit", 'print("mean", 4207.06)', replace("4207.06", "4207.16"), DIFFER),
    Case("digit of a result", "[1, 2, 3]", replace("3", "4"), DIFFER),
    Case("print deleted", 'print("mean", 4207.06)', delete_outputs, DIFFER),
    Case("result deleted", "[1, 2, 3]", delete_outputs, DIFFER),
    Case("stderr deleted", 'sys.stderr.write("careful"); None', delete_outputs, DIFFER),
    Case("figure deleted", "plots.show(line(), alt=ALT)", delete_outputs, DIFFER),
    Case("alt changed", "plots.show(line(), alt=ALT)", replace("upper", "lower"), DIFFER),
    Case("picture deleted", 'display({"image/png": PIXEL}, raw=True)', delete_outputs, KINDS),
    Case("timing deleted", "print(time.time())", delete_outputs, KINDS, ("nbval-ignore-output",)),
    Case("never run", "silent = 1", forget_run, "expected a cell that was run"),
    Case("never run, timing", "print(time.time())", forget_run, "was run", ("nbval-ignore-output",)),
    Case("beyond", 'print("loss", 0.5)', replace("0.5", "0.52"), DIFFER, ("nbval-approx:1e-2",)),
    Case("integer", 'print("epoch", 500)', replace("500", "501"), DIFFER, ("nbval-approx:1e-2",)),
    Case("word", 'print("loss", 0.5)', replace("loss", "cost"), DIFFER, ("nbval-approx:1e-2",)),
    Case("bad tolerance", "0.5", tag_negative, "received ['nbval-approx:-1e-2']", ("nbval-approx:1e-2",)),
    Case("curve lost", SHOW_FIGURE, rewrite("figure()", "figure(curves=1)"), "picture 1: expected the one"),
    Case("legend lost", SHOW_FIGURE, rewrite("figure()", "figure(legend=False)"), "picture 1: expected the"),
    Case("title lost", SHOW_FIGURE, rewrite("figure()", "figure(title='')"), "picture 1: expected the one"),
    Case("comment", "# NBVAL_SKIP\n[1, 2, 3]", replace("3", "4"), DIFFER),
]
PASSING = [
    Case("nothing put out", "quiet = 1"),
    Case("environment", 'os.environ.get("PYTEST_CURRENT_TEST"), os.environ["AUTOREV_PROGRESS"]'),
    Case("timing", "print(time.time())", replace(".", ".1"), tags=("nbval-ignore-output",)),
    Case("within", 'print("loss", 0.5)', replace("0.5", "0.504"), tags=("nbval-approx:1e-2",)),
    Case("table", 'HTML("<td>0.5</td>")', replace("0.5", "0.504", "text/html"), tags=("nbval-approx:1e-2",)),
    Case("other rounding", SHOW_FIGURE, rewrite("figure()", "figure(shift=1e-4)")),
    Case("animation", 'display({"image/gif": str(time.time()), "text/plain": "Figure"}, raw=True)'),
    Case("address", "object()", replace("at 0x", "at 0xf")),
]
SET_UP = f"""import os, sys, time
import matplotlib.pyplot as plt
from IPython.display import HTML
from autorev_lib import plots

ALT = {ALT!r}
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII="

def figure(curves=2, legend=True, title="Loss", shift=0):
    fig, ax = plt.subplots(figsize=(6, 3.5))
    for slope in range(1, 1 + curves):
        ax.plot([slope / (1 + x) + shift for x in range(20)], label=str(slope))
    ax.set(xlabel="epoch", ylabel="loss", ylim=(0, 2.2), title=title)
    if legend:
        ax.legend()
    return fig

def line():
    fig, ax = plt.subplots(figsize=(1, 1))
    ax.plot([0, 1])
    return fig
"""


class Run(NamedTuple):
    """What pytest said about some notebooks: the message of each failed cell, by (notebook, cell).

    A cell is a number, or the name of an exercise.
    """

    exit_code: int
    passed: set
    failed: dict
    output: str


@pytest.fixture(scope="module")
def sample():
    """The sample notebook, run and stored; the first cell is its set-up, then one cell a case."""
    content = notebook(SET_UP, *(case.source for case in FAILING + PASSING))
    for case, cell in zip(FAILING + PASSING, content.cells[1:], strict=True):
        cell.metadata.tags = list(case.tags)
    # On a busy machine one print may arrive as two streams.
    client = NotebookClient(content, kernel_name="python3", record_timing=False, coalesce_streams=True)
    client.execute(env=kernel_environment())
    return content


@pytest.fixture(scope="module")
def compared(sample):
    """A true notebook of three cells, whose outputs are all compared."""
    content = copy.deepcopy(sample)
    content.cells = content.cells[1:4]
    return content


@pytest.fixture(scope="module")
def changed_run(sample, tmp_path_factory):
    """A run of the sample with every cell changed as its case says, and of a notebook that was never run."""
    folder = tmp_path_factory.mktemp("changed")
    changed = copy.deepcopy(sample)
    for case, cell in zip(FAILING + PASSING, changed.cells[1:], strict=True):
        if case.change:
            case.change(cell)
    not_comparable = notebook(
        "from IPython.display import clear_output\nprint(1); clear_output(); print(2)",
        "handle = display(1, display_id=True); handle.update(2)",
        "3",
    )
    NotebookClient(not_comparable, kernel_name="python3").execute(env=kernel_environment())
    dead = notebook("1 + 1", "import os; os._exit(1)", "2 + 2")
    for cell in dead.cells:
        cell.execution_count = 1
    never_run = notebook("number = 2", "print(number)")
    return run_pytest(folder, changed=changed, never_run=never_run, not_comparable=not_comparable, dead=dead)


def notebook(*sources):
    """Make a notebook with a code cell for each source, which was never run."""
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    return nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": KERNEL})


def run_pytest(folder, num_processes=0, path="", **notebooks):
    """Run notebooks, given by name, through pytest with the hooks and options of this repository."""
    for name, content in notebooks.items():
        nbformat.write(content, folder / f"{name}.ipynb")
    report = folder / "report.xml"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    environment["PYTHONPATH"] = str(path)
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-c",
        "pyproject.toml",
        f"--rootdir={folder}",
        "-p",
        "conftest",
    ]
    command += ["-p", "no:hypothesispytest", f"--numprocesses={num_processes}", f"--junitxml={report}"]
    command += [folder / f"{name}.ipynb" for name in notebooks]
    result = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    passed, failed = set(), {}
    for case in xml.etree.ElementTree.parse(report).iter("testcase"):
        kind, name = case.get("name").split(maxsplit=1)
        cell = (case.get("classname").removesuffix(".ipynb"), int(name) if kind == "Cell" else name)
        failure = case.find("failure")
        if failure is not None:
            failed[cell] = failure.text
        elif len(case) == 0:
            passed.add(cell)
    return Run(result.returncode, passed, failed, result.stdout + result.stderr)


def cells(**num_cells):
    """Every cell of some notebooks, given by name with their numbers of code cells."""
    return {(name, cell) for name, number in num_cells.items() for cell in range(number)}


def test_true_notebook_passes(compared, tmp_path):
    run = run_pytest(tmp_path, compared=compared)

    assert run.passed == cells(compared=3) and run.exit_code == 0, run.output
    assert "notebook outputs compared: 3 of 3 cells with output (100 %)" in run.output


def test_true_notebook_fails_as_a_run_if_too_little_is_compared(compared, sample, tmp_path):
    run = run_pytest(tmp_path, num_processes=1, sample=sample, compared=compared)

    assert run.passed == cells(sample=len(sample.cells), compared=3) and not run.failed, run.output
    silent = [case for case in FAILING + PASSING if case.source.endswith("= 1")]
    ignored = [
        case for case in FAILING + PASSING if "nbval-ignore-output" in case.tags or "PIXEL" in case.source
    ]
    with_output = len(FAILING + PASSING) - len(silent)
    num_compared = with_output - len(ignored)
    assert (
        f"notebook outputs compared: {num_compared + 3} of {with_output + 3} cells with output" in run.output
    )
    assert (
        f"FAILED sample.ipynb: expected at least 90 % to be compared, received {num_compared} of"
        in run.output
    )
    assert "FAILED compared.ipynb" not in run.output
    assert run.exit_code == 1


@pytest.mark.parametrize("case", FAILING, ids=lambda case: case.name)
def test_change_fails(changed_run, case):
    cell = ("changed", 1 + FAILING.index(case))
    assert case.message in changed_run.failed.get(cell, "It passed."), changed_run.output


@pytest.mark.parametrize("case", PASSING, ids=lambda case: case.name)
def test_change_passes(changed_run, case):
    cell = ("changed", 1 + len(FAILING) + PASSING.index(case))
    assert cell in changed_run.passed, changed_run.output


def test_notebook_that_was_never_run_fails(changed_run):
    assert cells(never_run=2) <= changed_run.failed.keys(), changed_run.output
    assert changed_run.exit_code == 1


def test_what_cannot_be_compared_fails(changed_run):
    assert "but it clears its output" in changed_run.failed["not_comparable", 0]
    assert "but it changes an output that is already shown" in changed_run.failed["not_comparable", 1]
    assert ("not_comparable", 2) in changed_run.passed, changed_run.output


def test_a_dead_kernel_is_named_where_it_died(changed_run):
    assert "the kernel died in this cell" in changed_run.failed["dead", 1]
    assert ("dead", 2) not in changed_run.passed


EXERCISE = """
class {name}(ValueExercise):
    title = "Warm-up: {name}"
    prompt = "What is two and two?"
    right = {{"total": 4}}
    solution_code = "total = {solution}"
    three = mistake("One is missing.", total={mistake})
"""
EXERCISES = "".join(
    [
        "from autorev_lib.exercises.exercise import mistake\n"
        "from autorev_lib.exercises.kinds import ValueExercise\n",
        EXERCISE.format(name="Sound", solution=4, mistake=3),
        EXERCISE.format(name="Vague", solution=4, mistake=4),
        EXERCISE.format(name="Wrong", solution=3, mistake=3),
    ]
)
PATCHED = """
from pathlib import Path
from autorev_lib import chapters
chapters.folder = lambda: Path(__file__).parent
"""


def test_a_solution_that_is_wrong_and_a_mistake_that_is_not_recognised_fail(tmp_path, compared):
    (tmp_path / "exercises").mkdir()
    (tmp_path / "exercises" / "tiny.py").write_text(EXERCISES)
    (tmp_path / "sitecustomize.py").write_text(PATCHED)  # for pytest and for the kernel
    compared.cells[0].source += '; exercise = __import__("autorev_lib.exercises").exercises.load("tiny")'
    run = run_pytest(tmp_path, path=tmp_path, **{"01_tiny": compared})
    assert ("01_tiny", "sound") in run.passed, run.output
    assert "the mistake three: taken for None" in run.failed["01_tiny", "vague"]
    assert "the solution: expected correct, received" in run.failed["01_tiny", "wrong"]


def test_first_real_notebook_passes_until_a_digit_is_changed(tmp_path):
    path = ROOT / "notebooks" / "01_linear_regression.ipynb"
    content = nbformat.read(path, as_version=4)
    content.cells = [cell for cell in content.cells if cell.cell_type == "code"]
    printed = [
        number
        for number, cell in enumerate(content.cells)
        if not cell.metadata.get("tags")
        and DIGIT.search("".join(out.get("text", "") for out in cell.outputs))
    ]
    num_cells = printed[1] + 1
    content.cells = content.cells[:num_cells]
    (output,) = content.cells[-1].outputs
    output.text = DIGIT.sub(lambda digit: str((int(digit[0]) + 5) % 10), output.text)

    run = run_pytest(tmp_path, real=content)

    assert run.passed == cells(real=num_cells - 1), run.output
    assert DIFFER in run.failed[("real", num_cells - 1)], run.output
