"""Which cells are run to mark a notebook: all of the student's, and of the course's what these need."""

import nbformat
import pytest

from autorev_lib import chapters, exercises
from autorev_lib.tools import editions, hand_ins
from autorev_lib.tools.marking_plan import Plan

# The course's cells that run when a solved notebook is marked. What is not here is skipped: no solution
# needs it. A cell is added here knowingly: one that trains would be run for each student.
RUN = {
    "linear_regression": ["imports", "predict", "gradient", "exercises-load"],
    "multilayer_perceptron": ["imports", "exercises-load"],
    "backprop_by_hand": ["imports", "scalar", "as-scalar", "mnist", "digits-network", "exercises-load"],
    "cnn_mnist": ["imports", "exercises-load"],
    "deployment": ["imports", "exercises-load"],
    "closing_the_loop": ["imports", "exercises-load"],
    "optimisers": ["imports", "exercises-load"],
    "generalisation": ["imports", "exercises-load"],
}
COURSE = {
    "imports": "import math\nimport keras\nfrom time import sleep\n\nclaims = Claims()",
    "x": "x = [1]",
    "build": "def build():\n    return keras.Sequential([first_layer])",
    "layer": "first_layer = keras.Input(3)",
    "model": "model = build()",
    "train": "for epoch in range(9):\n    model.fit(x)\nprint('done')",
    "claim": "claims.check('it is good', model.evaluate(x))",
    "other": "x = 3\nfor epoch in range(x):\n    sleep(epoch)",
    "maybe": "if x:\n    y = 1",
}


def run_of(*own):
    """The ids of the course's cells that run before some cells of the student's, and what they run."""
    cells = [*COURSE.items(), *((f"own-{number}", source) for number, source in enumerate(own))]
    steps = Plan(cells, set(COURSE.values())).steps()
    assert [step.source for step in steps if step.is_own] == list(own)
    return {step.id: step.source for step in steps if not step.is_own}


@pytest.mark.parametrize("chapter", chapters.all_chapters(), ids=lambda chapter: chapter.name)
def test_the_courses_cells_that_are_run_for_a_solved_notebook_are_these(chapter):
    notebook = nbformat.read(chapter.path, as_version=4)
    editions.refresh(chapter, notebook)
    ours = exercises.load(chapter.name)
    editions.solve(notebook, ours)
    cells = [(cell.id, cell.source) for cell in notebook.cells if cell.cell_type == "code"]
    steps = Plan(cells, hand_ins.course_cells(chapter.name)).steps()
    assert [step.id for step in steps if not step.is_own] == RUN[chapter.name]
    assert [step.checks for step in steps if step.is_own] == [[name] for name in ours]


def test_an_untouched_notebook_runs_nothing():
    assert run_of() == {}


def test_of_imports_only_what_is_needed_is_run():
    assert run_of("math.sqrt(2)") == {"imports": "import math"}


def test_what_a_name_means_is_the_last_cell_that_binds_it():
    assert list(run_of("def answer():\n    return x")) == ["imports", "other"]
    assert list(run_of("x = 2", "print(x)")) == []


def test_what_changes_a_needed_name_is_run_too():
    assert list(run_of("model.predict([])")) == ["imports", "x", "build", "layer", "model", "train"]


def test_of_a_cell_with_a_slip_counts_what_runs_above_it():
    assert run_of("math.sqrt(2)\nreturn 1") == {"imports": "import math"}
    assert run_of("return 1\nmath.sqrt(2)") == run_of("math.sqrt(2") == {}


def test_what_may_bind_a_name_is_run():
    assert list(run_of("y")) == ["imports", "other", "maybe"]


def test_checks_are_found_in_cells_that_do_not_parse():
    cells = [("a", 'def f(\nexercise["one"].check(f)\n# exercise["two"].check(g)'), ("b", "%%time\nf = 2")]
    first, second = Plan(cells, set()).steps()
    assert first.checks == ["one"] and {"exercise", "f"} <= first.binds
    assert (second.checks, second.binds) == ([], {"f"})


def test_at_last_only_answers_and_what_they_need_are_run():
    cells = [("a", "helper = 1"), ("b", "other = 2"), ("c", "def f():\n    return helper")]
    assert [step.id for step in Plan(cells, set()).steps({"f"})] == ["a", "c"]
