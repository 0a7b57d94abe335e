"""The checker itself: verdicts, limits, hints, progress. For real answers see test_exercise_answers."""

import contextlib
import multiprocessing
import os
import sqlite3
import subprocess
import sys
import textwrap
import time

import numpy as np
import pytest

from autorev_lib import chapters
from autorev_lib.errors import AutorevError
from autorev_lib.exercises import load, names, progress
from autorev_lib.exercises.comparison import describe, difference, snapshot
from autorev_lib.exercises.source import to_name
from autorev_lib.exercises.verdict import Status, Verdict


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def exercise():
    """The warm-up of notebook 01, with a second for each check."""
    found = load("01")["mean_absolute_error"]
    found.seconds = 1
    return found


def right(y, prediction):
    return np.mean(np.abs(prediction - y))


def endless(y, prediction):
    while True:
        pass


def endless_and_catching_everything(y, prediction):
    while True:
        try:
            while True:
                time.sleep(0.01)
        except BaseException:
            pass


def sleeping(y, prediction):
    time.sleep(60)


def raising(y, prediction):
    unit = "kg"
    return y.nothing[unit]


def leaving(y, prediction):
    sys.exit(3)


def deep(y, prediction):
    return deep(y, prediction)


class Hostile:
    def __array__(self, *arguments, **options):
        raise RuntimeError("no array")


@pytest.mark.parametrize("answer", [endless, endless_and_catching_everything, sleeping])
def test_endless_answer_is_stopped(exercise, answer):
    tracer = sys.gettrace()
    verdict = exercise.grade(answer)
    assert verdict.status == "error"
    assert "still running after 1 seconds" in verdict.message
    assert sys.gettrace() is tracer
    assert exercise.grade(right).status == "correct"


def test_exception_names_the_call_and_the_students_line(exercise):
    verdict = exercise.grade(raising)
    assert verdict.status == "error"
    call = "mean_absolute_error(np.array([4.0, 5.0]), np.array([4.5, 3.0]))"
    assert f"`{call}` raised `AttributeError" in verdict.message
    assert (
        f"line {raising.__code__.co_firstlineno + 2} of your cell: `return y.nothing[unit]`"
        in verdict.message
    )


@pytest.mark.parametrize(
    ("answer", "status", "words"),
    [
        (leaving, "error", "SystemExit: 3"),
        (deep, "error", "RecursionError"),
        (lambda y: y, "error", "TypeError"),
        (lambda y, prediction: Hostile(), "error", "no array"),
        (
            lambda y, prediction: None if np.abs(y - prediction).mean() else 0,
            "wrong_form",
            "Is there a `return`?",
        ),
        (lambda y, prediction: "0.5", "wrong_form", "expected a single number, received '0.5'"),
        (lambda y, prediction: {"error": 1}, "wrong_form", "received {'error': 1}"),
        (lambda y, prediction: [[1], [2, 3]], "wrong_form", "received [[1], [2, 3]]"),
        (lambda y, prediction: float("nan"), "wrong", "never a finite number"),
        (lambda y, prediction: -right(y, prediction), "wrong", "the wrong sign"),
        (0.5, "wrong_form", "Expected a function, received 0.5."),
        ("text", "wrong_form", "Expected a function"),
        (None, "not_attempted", ""),
    ],
)
def test_what_is_no_answer_gets_its_verdict(exercise, answer, status, words):
    verdict = exercise.grade(answer)
    assert verdict.status == status
    assert words in verdict.message


def test_not_implemented_is_not_attempted(exercise):
    def answer(y, prediction):
        raise NotImplementedError

    assert exercise.grade(answer).status == "not_attempted"


def test_an_attempt_that_is_not_finished_is_an_attempt(exercise):
    def answer(y, prediction):
        residuals = prediction - y
        if residuals[0] > 0:
            return np.mean(np.abs(residuals))
        raise NotImplementedError("the other sign")

    verdict = exercise.grade(answer)
    assert verdict.status == "error" and "NotImplementedError: the other sign" in verdict.message


def test_a_name_that_the_answer_hides_from_itself_is_an_error(exercise):
    def mean_absolute_error(y, prediction):
        np = np.abs(y - prediction)  # noqa: F823
        return np

    verdict = exercise.grade(mean_absolute_error)
    assert verdict.status == "error" and "UnboundLocalError" in verdict.message


def test_a_name_of_a_cell_that_was_not_run_counts_for_nothing(exercise, capsys):
    code = "def mean_absolute_error(y, prediction):\n    return np.mean(np.abs(prediction - y))"
    namespace = {}
    exec(code, namespace)  # on another day, without the cells above
    exercise.check(namespace["mean_absolute_error"])
    shown = capsys.readouterr().out
    assert "`np` comes from a cell above that has not been run: Run > Run All Above Selected Cell" in shown
    assert progress.read() == {}
    exec(code.replace("np.mean", "npp.mean"), namespace | {"np": np})
    exec(code.replace("np.mean", "npp.mean"), namespace)
    assert exercise.grade(namespace["mean_absolute_error"]).status == "error"


def test_the_message_never_holds_the_right_number(exercise):
    for value in (0.0, 1.0, 7.5):
        assert (
            str(right(np.array([4.0, 5.0]), np.array([4.5, 3.0])))
            not in exercise.grade(lambda y, p, v=value: v).message
        )


def test_loud_answer_is_cut_and_nothing_reaches_the_terminal(exercise, capsys):
    def loud(y, prediction):
        for number in range(20_000):
            print("line", number)
        print("x" * 10**6, file=sys.stderr)
        return right(y, prediction)

    exercise.seconds = 20
    verdict = exercise.grade(loud)
    assert verdict.status == "correct"
    assert verdict.printed.splitlines()[:2] == ["line 0", "line 1"]
    assert verdict.printed.endswith("... (and more)")
    assert len(verdict.printed) < 3000
    assert capsys.readouterr().out == ""


def test_answer_that_changes_its_input_is_told_and_nothing_else_breaks(exercise):
    def changing(y, prediction):
        prediction -= y
        y[:] = 0
        return np.abs(prediction).mean()

    verdict = exercise.grade(changing)
    assert verdict.status == "wrong" and verdict.mistake == "overwrites"
    assert "The result is right, but `y` is not what it was" in verdict.message
    assert exercise.grade(right).status == "correct"


def test_an_input_of_nan_is_not_taken_for_a_changed_one(exercise):
    exercise.call(lambda values: values.sum(), np.array([np.nan, 1.0]))
    assert not exercise._overwritten


@pytest.mark.parametrize(
    ("class_name", "name"),
    [
        ("ReLUGradient", "relu_gradient"),
        ("SlimNetwork", "slim_network"),
        ("PSI", "psi"),
        ("My2Rules", "my2_rules"),
    ],
)
def test_names_of_classes_become_names_of_exercises(class_name, name):
    assert to_name(class_name) == name


def test_checks_never_raise(exercise):
    class Awkward:
        def __getattr__(self, name):
            raise RuntimeError(name)

        def __repr__(self):
            raise RuntimeError("no words")

    for answer in (Awkward(), Awkward, object(), print, np, [], {}, b"", 1j, float("inf")):
        assert exercise.grade(answer).status in tuple(Status)


def test_ctrl_c_is_the_students(exercise):
    def interrupted(y, prediction):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        exercise.grade(interrupted)


def test_check_shows_the_verdict_and_a_way_on(exercise, capsys):
    exercise.check(lambda y, prediction: 0.0)
    shown = capsys.readouterr().out
    assert shown.startswith("✘ Not right yet.")
    assert 'exercise["mean_absolute_error"].hint()' in shown


def test_a_notebook_has_numpy_even_if_its_import_cell_was_not_run(monkeypatch):
    import IPython

    shell = type("Shell", (), {"user_ns": {}, "starting_dir": "."})()
    monkeypatch.setattr(IPython, "get_ipython", lambda: shell)
    load("01")
    assert shell.user_ns["np"] is np
    shell.user_ns["np"] = "the student's own"
    load("01")
    assert shell.user_ns["np"] == "the student's own"


def test_a_notebook_for_marks_has_one_hint_and_no_solution(capsys):
    exercise = load("01", for_marks=True)["mean_absolute_error"]
    for _ in range(2):
        exercise.hint()
        shown = capsys.readouterr().out
        assert f"Hint 1 of 1. {exercise.hints[0]}" in shown
        assert "your teacher has further hints" in shown and "solution()" not in shown
    exercise.solution()
    shown = capsys.readouterr().out
    assert "your teacher has the solutions" in shown
    assert "np." not in shown


def test_hints_come_one_by_one_and_then_the_solution_is_named(exercise, capsys):
    shown = []
    for _ in range(len(exercise.hints) + 1):
        exercise.hint()
        shown.append(capsys.readouterr().out)
    assert all(f"Hint {number} of" in text for number, text in enumerate(shown[:-1], start=1))
    assert "solution()" not in shown[0]
    assert "solution()" in shown[-1] and shown[-1] == shown[-2]


def test_solution_shows_code_and_reason(exercise, capsys):
    exercise.solution()
    shown = capsys.readouterr().out
    assert "np.abs(prediction - y)" in shown
    assert "cancel" in shown


def test_verdict_is_escaped_for_html():
    bundle = Verdict(Status.WRONG, "`a < b` & <script>", printed="<b>")._repr_mimebundle_()
    assert "<script>" not in bundle["text/html"] and "<b>" not in bundle["text/html"]
    assert "<code>a &lt; b</code> &amp; &lt;script&gt;" in bundle["text/html"]
    assert bundle["text/plain"] == "✘ Not right yet. `a < b` & <script>\nYour code printed:\n<b>"


def test_progress_counts_attempts_until_solved(exercise, own_folder, capsys):
    exercise.check(None)
    assert progress.read() == {}
    for answer in (lambda y, prediction: 0.0, right, lambda y, prediction: 0.0):
        exercise.check(answer)
    assert progress.read() == {("linear_regression", "mean_absolute_error"): (2, True)}
    capsys.readouterr()
    load("01").progress()
    assert capsys.readouterr().out.startswith("{'text/plain': '1 of 8 solved: ✔ 1  ○ 2")


def count_up(folder, name, times):
    for _ in range(times):
        progress.record("01", name, False, folder)


def test_two_notebooks_may_record_at_once(own_folder):
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=count_up, args=(own_folder, "same", 50)) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert progress.read(own_folder) == {("01", "same"): (100, False)}


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="a superuser may write anywhere")
def test_verdict_comes_where_progress_cannot_be_kept(exercise, own_folder, capsys):
    own_folder.chmod(0o500)
    exercise.check(right)
    assert "✔ Correct." in capsys.readouterr().out


def test_damaged_progress_does_not_keep_the_verdict_back(exercise, own_folder, capsys):
    (own_folder / progress.FILE).write_bytes(b"no database" * 100)
    exercise.check(right)
    shown = capsys.readouterr().out
    assert "✔ Correct." in shown and "progress cannot be kept" in shown
    with pytest.raises(progress.ProgressError):
        progress.read()


def test_progress_of_the_first_edition_is_carried_over(own_folder):
    """It knew chapters by their number, which may change."""
    with contextlib.closing(sqlite3.connect(own_folder / progress.FILE)) as connection:
        connection.execute(progress._TABLE)
        rows = [("01", "mean_absolute_error", 3, 1), ("04", "output_size", 2, 0)]
        connection.executemany("INSERT INTO progress VALUES (?, ?, ?, ?)", rows)
        connection.commit()
    progress.record("cnn_mnist", "output_size", True)
    expected = {
        ("linear_regression", "mean_absolute_error"): (3, True),
        ("cnn_mnist", "output_size"): (3, True),
    }
    assert progress.read() == expected == progress.read()


def test_progress_stays_with_the_notebook_after_a_change_of_folder(own_folder, tmp_path_factory):
    code = """
        import os, sys
        from IPython.core.interactiveshell import InteractiveShell
        from autorev_lib.exercises import progress
        InteractiveShell.instance()
        os.chdir(sys.argv[1])
        progress.record("linear_regression", "mean_absolute_error", True)
    """
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    command = [sys.executable, "-c", textwrap.dedent(code), elsewhere]
    subprocess.run(command, cwd=own_folder, check=True)
    assert progress.read(own_folder) and not progress.read(elsewhere)


def test_progress_of_a_folder_that_is_not_there_is_an_error(own_folder):
    with pytest.raises(progress.ProgressError, match=r"folder: expected one with notebooks, received .*gone"):
        progress.read(own_folder / "gone")


def test_progress_file_is_a_database_of_its_own(exercise, own_folder):
    exercise.check(right)
    with sqlite3.connect(own_folder / progress.FILE) as connection:
        assert connection.execute("SELECT COUNT(*) FROM progress").fetchone() == (1,)


@pytest.mark.parametrize("chapter", chapters.all_chapters(), ids=lambda chapter: chapter.name)
def test_exercises_are_loaded_by_number_and_name(chapter):
    exercises = load(chapter.name)
    assert list(load(chapter.number)) == list(exercises)
    assert [exercise.number for exercise in exercises.values()] == list(range(1, len(exercises) + 1))
    assert all(name == exercise.name for name, exercise in exercises.items())


@pytest.mark.parametrize("chapter", chapters.all_chapters(), ids=lambda chapter: chapter.name)
def test_names_are_those_of_the_exercises(chapter):
    assert names(chapter) == list(load(chapter.name))


def test_progress_command_needs_no_framework(own_folder):
    progress.record("linear_regression", "mean_absolute_error", True)
    code = "import sys; from autorev_lib.tools import cli; sys.argv[1:] = ['progress']; cli.main()"
    code = f"import atexit, sys; atexit.register(lambda: print('keras' in sys.modules)); {code}"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout
    assert shown.splitlines()[-1] == "False"
    assert "1 of 8" in shown and "✔ 1  ○ 2" in shown


def test_unknown_names_are_told():
    with pytest.raises(AutorevError, match=r"chapter: expected one of 01.*received '99'"):
        load("99")
    with pytest.raises(KeyError, match=r"exercise: expected one of .mean_absolute_error.*received 'name'"):
        load("01")["name"]
    with pytest.raises(KeyError, match=r'Cure: did you mean exercise\["other_units"\]'):
        load("01")["other_unit"]
    with pytest.raises(KeyError, match=r"received 'right'.*"):
        load("01")[right]
    assert "name" not in load("01")


def test_in_a_notebook_an_error_is_one_line():
    from IPython.core.interactiveshell import InteractiveShell

    shell, lines = InteractiveShell(), []
    shell._showtraceback = lambda kind, value, traceback: lines.extend(traceback)
    shell.run_cell('from autorev_lib.exercises import load\nload("01")["name"]')
    (line,) = lines
    assert line.startswith("NoExerciseError: exercise: expected one of") and "Cure: put one" in line


@pytest.mark.parametrize(
    ("received", "wanted", "is_form"),
    [
        (np.float32(0.1), 0.1, None),
        ([1, 2.0005], np.array([1.0, 2.0]), None),
        ((1.0, [2.0]), (np.array(1.0), np.array([2.0])), None),
        (np.array([[1.0, 2.0]]), np.array([1.0, 2.0]), True),
        (1.01, 1.0, False),
        (float("nan"), float("nan"), None),
        ({"a": 1}, {"a": 1.0}, None),
        ({"b": 1}, {"a": 1.0}, True),
        ((1.0, 2.0), (1.0, 2.0, 3.0), True),
        (5, (1.0, 2.0), True),
        ({1, 2}, {2, 1}, None),
        ({1, 2}, {1, 3}, False),
        ([1, 2], {1, 2}, True),
        (None, None, None),
        (1.0, None, False),
        ("one", None, True),
        (None, 1.0, True),
        (np.array([1.0005, 1000.0]), np.array([1.0, 1000.0]), None),
        (np.array([1.2, 1000.0]), np.array([1.0, 1000.0]), False),
        (3, 3.0, None),
        (10_001, 10_000, False),
    ],
)
def test_difference(received, wanted, is_form):
    found = difference(received, wanted)
    assert (None if found is None else found.is_form) is is_form


def test_snapshot_does_not_share_memory():
    original = {"a": [np.zeros(3)], "b": (np.ones(2), 4)}
    copy = snapshot(original)
    original["a"][0][:] = 7
    assert copy["a"][0].sum() == 0
    assert isinstance(copy["b"], tuple)


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.1, "0.1"), (np.zeros((3, 4)), "array(3, 4)"), (np.array([1, 2]), "[1, 2]"), ((1, 2.5), "(1, 2.5)")],
)
def test_describe(value, text):
    assert describe(value) == text
