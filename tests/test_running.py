import errno
import json
import os
import signal
import subprocess
import sys
import time

import pytest

from autorev_lib import chapters
from autorev_lib.errors import AutorevError
from autorev_lib.tools import executor, outputs, running, surroundings

nbformat = pytest.importorskip("nbformat")

CLAIM = """
from IPython.display import display
def claim(text, holds=True):
    display({"text/plain": text}, raw=True, metadata={"autorev": {"claim": text, "holds": holds}})
"""


def write(path, *sources, **metadata):
    """Write a notebook of code cells, with ids that never change."""
    cells = [nbformat.v4.new_code_cell(source, id=f"cell-{n}") for n, source in enumerate(sources)]
    notebook = nbformat.v4.new_notebook(cells=cells, metadata=metadata)
    nbformat.write(notebook, path)
    return path


@pytest.fixture
def folder(tmp_path, monkeypatch):
    folder = tmp_path / "notebooks"
    folder.mkdir()
    monkeypatch.setattr(chapters, "folder", lambda: folder)
    return folder


def run(*paths, on_cell=lambda *_: None, **options):
    return list(running.run_notebooks([chapters.find(path.name) for path in paths], on_cell, **options))


def test_the_environment_of_a_headless_notebook(monkeypatch):
    monkeypatch.setenv("MPLBACKEND", "agg")
    monkeypatch.setenv("TF_CPP_MIN_LOG_LEVEL", "0")
    monkeypatch.setenv("KERAS_BACKEND", "jax")
    environment = surroundings.kernel_environment()
    assert "MPLBACKEND" not in environment
    assert "PYTEST_CURRENT_TEST" not in environment
    assert environment["TF_CPP_MIN_LOG_LEVEL"] == "3"
    assert environment["AUTOREV_PROGRESS"] == "plain"
    assert environment["KERAS_BACKEND"] == "jax"
    assert os.environ["MPLBACKEND"] == "agg"


@pytest.fixture(scope="module")
def lesson(tmp_path_factory):
    """Two notebooks, run once with everything switched on: the second reads what the first wrote."""
    base = tmp_path_factory.mktemp("lesson")
    folder, pages = base / "notebooks", base / "pages"
    folder.mkdir()
    pages.mkdir()
    first = write(
        folder / "01_first.ipynb",
        CLAIM,
        "claim('One.'); claim('Two.'); claim('One.')",
        "",
        "import sys\nfor n in range(3):\n    print(n, flush=True)\nprint('oh', file=sys.stderr)\n6 * 7",
        "import os\nos.mkdir('models')\nwith open('models/a.txt', 'w') as file:\n    file.write('weights')",
        "os.environ.get('MPLBACKEND'), os.environ['AUTOREV_PROGRESS'], os.environ.get('PYTEST_CURRENT_TEST')",
        title="First",
        widgets={"state": {}},
        language_info={"name": "python", "version": "3.9.1"},
    )
    notebook = nbformat.read(first, as_version=4)
    notebook.cells[3].metadata = {"tags": ["mine"], "execution": {"iopub.status.busy": "2020-01-01"}}
    notebook.cells.insert(0, nbformat.v4.new_markdown_cell("# Title", id="title"))
    nbformat.write(notebook, first)
    second = write(folder / "02_second.ipynb", "open('models/a.txt').read()")
    seen = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(chapters, "folder", lambda: folder)
        patch.setattr(chapters, "_NEEDS", {"second": {"models/a.txt": "first"}})
        runs = run(first, second, on_cell=lambda *call: seen.append(call), html_folder=pages, update=True)
        once = first.read_bytes()
        run(first, update=True)
    return {"folder": folder, "pages": pages, "runs": runs, "seen": seen, "once": once, "first": first}


def test_claims_are_counted_by_their_text(lesson):
    first, second = lesson["runs"]
    assert (first.notebook, first.cells, first.claims_held, first.claims_total) == ("01_first", 5, 2, 2)
    assert (second.notebook, second.claims_total) == ("02_second", 0)
    assert first.status == second.status == "passed"
    assert first.error is second.error is None
    assert first.seconds > sum(first.cell_seconds) > 0
    assert (len(first.cell_seconds), len(second.cell_seconds)) == (5, 1)


def test_progress_is_told_cell_by_cell(lesson):
    expected = [("01_first", done, 5) for done in range(6)] + [("02_second", 0, 1), ("02_second", 1, 1)]
    assert lesson["seen"] == expected


def test_a_run_leaves_nothing_beside_the_notebooks(lesson):
    assert sorted(path.name for path in lesson["folder"].iterdir()) == ["01_first.ipynb", "02_second.ipynb"]


def test_a_notebook_finds_what_it_needs_of_another(lesson):
    second = nbformat.read(lesson["folder"] / "02_second.ipynb", as_version=4)
    assert second.cells[0].outputs[0].data["text/plain"] == "'weights'"


def test_updating_twice_gives_the_same_bytes(lesson):
    assert lesson["first"].read_bytes() == lesson["once"]
    assert lesson["once"].endswith(b"}\n")
    assert not lesson["once"].endswith(b"\n\n")


def test_an_update_keeps_what_is_the_notebooks_own_and_nothing_else(lesson):
    notebook = nbformat.reads(lesson["once"].decode(), as_version=4)
    nbformat.validate(notebook)
    assert notebook.metadata == {
        "title": "First",
        "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    assert [cell.id for cell in notebook.cells] == ["title", *(f"cell-{n}" for n in range(6))]
    assert [cell.metadata for cell in notebook.cells] == [{}, {}, {}, {}, {"tags": ["mine"]}, {}, {}]
    counts = [cell.execution_count for cell in notebook.cells if cell.cell_type == "code"]
    assert counts == [1, 2, None, 3, 4, 5]


def test_timings_stay_until_something_else_changes(folder):
    path = write(folder / "01_x.ipynb", "import time; time.time()", "x = 1\nx")
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[0].metadata.tags = ["nbval-ignore-output"]
    nbformat.write(notebook, path)
    run(path, update=True)
    first = nbformat.read(path, as_version=4)
    run(path, update=True)
    second = nbformat.read(path, as_version=4)
    assert second.cells == first.cells
    second.cells[1].source = "x = 2\nx"
    nbformat.write(second, path)
    run(path, update=True)
    third = nbformat.read(path, as_version=4)
    assert third.cells[1].outputs != first.cells[1].outputs
    assert third.cells[0].outputs != first.cells[0].outputs


def test_outputs_are_written_with_streams_merged(lesson):
    cells = nbformat.reads(lesson["once"].decode(), as_version=4).cells
    out, err, result = cells[4].outputs
    assert (out.name, out.text) == ("stdout", "0\n1\n2\n")
    assert (err.name, err.text) == ("stderr", "oh\n")
    assert (result.execution_count, result.data["text/plain"]) == (3, "42")
    assert cells[2].outputs[0].metadata["autorev"] == {"claim": "One.", "holds": True}
    assert cells[6].outputs[0].data["text/plain"] == (
        "('module://matplotlib_inline.backend_inline', 'plain', None)"
    )


def test_each_notebook_becomes_a_page(lesson):
    assert sorted(path.name for path in lesson["pages"].iterdir()) == ["01_first.html", "02_second.html"]
    page = (lesson["pages"] / "01_first.html").read_text(encoding="utf-8")
    assert "<title>First</title>" in page
    assert "42" in page


def test_a_page_is_called_what_its_first_heading_says(folder, tmp_path):
    path = write(folder / "01_x.ipynb", "1")
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.insert(0, nbformat.v4.new_markdown_cell("# 01 · Penguins\n\nText."))
    nbformat.write(notebook, path)
    run(path, html_folder=tmp_path)
    assert "<title>01 · Penguins</title>" in (tmp_path / "01_x.html").read_text(encoding="utf-8")


def test_a_notebook_that_fails_is_told_and_the_others_go_on(folder, tmp_path):
    bad = write(
        folder / "01_bad.ipynb", CLAIM, "claim('Held.'); claim('Broken.', False)", "raise ValueError('a\\nb')"
    )
    dead = write(folder / "02_dead.ipynb", "1", "import os; os._exit(3)", "2")
    good = write(folder / "03_good.ipynb", "1 + 1")
    before = bad.read_bytes(), dead.read_bytes()
    failed, died, passed = run(bad, dead, good, html_folder=tmp_path, update=True)
    assert failed.error == "cell [3]: ValueError: a"
    assert failed.status == "failed"
    assert (failed.claims_held, failed.claims_total) == (1, 2)
    assert "raise ValueError" in failed.trace
    assert "\x1b" not in failed.trace
    assert len(failed.trace.splitlines()) <= 12
    assert died.error.startswith("cell [2]: the kernel died")
    assert "Cure: see autorev doctor" in died.error
    assert passed.status == "passed"
    assert (bad.read_bytes(), dead.read_bytes()) == before
    assert "ValueError" in (tmp_path / "01_bad.html").read_text(encoding="utf-8")


def test_a_broken_claim_fails_a_notebook_even_if_no_cell_raises(folder):
    path = write(folder / "01_x.ipynb", CLAIM + "claim('Same.', False); claim('Same.', True)")
    before = path.read_bytes()
    [broken] = run(path, update=True)
    assert broken.error == "a claim does not hold: Same."
    assert (broken.claims_held, broken.claims_total) == (0, 1)
    assert path.read_bytes() == before


def test_a_cell_that_takes_too_long_is_stopped(folder, monkeypatch):
    monkeypatch.setattr(executor, "CELL_TIMEOUT", 1)
    [run_] = run(write(folder / "01_x.ipynb", "import time; time.sleep(60)"))
    assert run_.error.startswith("cell [1]: A cell timed out while it was being executed, after 1 seconds.")
    assert "\n" not in run_.error


def test_widget_views_are_not_kept():
    view = nbformat.v4.new_output(
        "display_data", {"text/plain": "Slider", outputs.WIDGET: {"model_id": "7f"}}
    )
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("x", outputs=[view])])
    running._tidy(notebook)
    assert notebook.cells[0].outputs[0].data == {"text/plain": "Slider"}


def test_a_full_disk_while_saving_fails_that_notebook_and_keeps_the_original(folder, monkeypatch):
    path = write(folder / "01_x.ipynb", "1")
    before = path.read_bytes()
    replace = os.replace

    def full(source, target):
        if str(target) == str(path):
            raise OSError(errno.ENOSPC, "No space left on device")
        replace(source, target)

    monkeypatch.setattr(os, "replace", full)
    [run_] = run(path, update=True)
    assert "disk is full" in run_.error
    assert path.read_bytes() == before
    assert list(folder.iterdir()) == [path]


def test_an_unreadable_notebook_is_found_before_any_has_run(folder):
    good = write(folder / "01_x.ipynb", "1")
    for content in (b"{broken", b"[]", b"\xff", b"{}"):
        (folder / "02_bad.ipynb").write_bytes(content)
        with pytest.raises(AutorevError, match=r"02_bad\.ipynb is no readable notebook.*Cure:"):
            run(good, folder / "02_bad.ipynb", on_cell=lambda *_: pytest.fail("a notebook was run"))


def test_no_temporary_folder_is_one_line(folder, monkeypatch):
    def full(**_):
        raise OSError(errno.ENOSPC, "No space left on device")

    path = write(folder / "01_x.ipynb", "1")
    monkeypatch.setattr(executor.tempfile, "TemporaryDirectory", full)
    with pytest.raises(AutorevError, match=r"no temporary folder can be made: No space.*TMPDIR"):
        run(path)


def use_kernel(monkeypatch, tmp_path, *argv):
    """Make Jupyter find a kernel "python3" that is started with this command."""
    spec = tmp_path / "kernels" / "python3"
    spec.mkdir(parents=True)
    (spec / "kernel.json").write_text(json.dumps({"argv": argv, "display_name": "x", "language": "python"}))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))


@pytest.mark.parametrize(
    ("program", "reason"), [(sys.executable, "Kernel died"), (__file__, "Permission denied")]
)
def test_a_kernel_that_does_not_start_is_told(folder, tmp_path, monkeypatch, program, reason):
    use_kernel(monkeypatch, tmp_path, program, "-c", "pass")
    [run_] = run(write(folder / "01_x.ipynb", "1"))
    assert run_.error.startswith("the kernel cannot be used: ")
    assert reason in run_.error
    assert "Cure: see autorev doctor" in run_.error


def test_a_missing_kernel_is_named_with_its_cure(monkeypatch, tmp_path):
    kernelspec = pytest.importorskip("jupyter_client.kernelspec")

    def missing(self, name):
        raise kernelspec.NoSuchKernel(name)

    monkeypatch.setattr(kernelspec.KernelSpecManager, "get_kernel_spec", missing)
    with pytest.raises(AutorevError, match=r'no Jupyter kernel "python3".*Cure: python -m ipykernel install'):
        running.check_ready()


def test_a_kernel_whose_python_is_gone_is_named(monkeypatch, tmp_path):
    use_kernel(monkeypatch, tmp_path, str(tmp_path / "gone" / "python"))
    with pytest.raises(AutorevError, match=r"needs .*gone.python, which is gone.*Cure:"):
        executor.find_kernel()


@pytest.mark.parametrize("module", ["nbclient", "nbformat", "nbconvert", "ipykernel", "jupyter_client"])
def test_a_missing_part_of_jupyter_is_named(monkeypatch, tmp_path, module):
    find_spec = executor.find_spec
    monkeypatch.setattr(executor, "find_spec", lambda name: None if name == module else find_spec(name))
    with pytest.raises(
        AutorevError, match=rf'{module} is not installed.*Cure: pip install "autorev-lib\[lab\]"'
    ):
        running.check_ready(html_folder=tmp_path)


def test_what_cannot_be_written_is_found_first(folder, tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(AutorevError, match="expected a file"):
        running.check_ready(json_file=tmp_path)
    with pytest.raises(AutorevError, match="file where a folder should be"):
        running.check_ready(html_folder=tmp_path / "file")
    running.check_ready(tmp_path / "a" / "x.json", tmp_path / "b", update=True)
    assert list((tmp_path / "a").iterdir()) == list((tmp_path / "b").iterdir()) == []


def test_the_report_has_the_figures_and_what_made_them(tmp_path):
    runs = [
        running.NotebookRun("01_x", 3, 1.5, 2, 2, None, "", (0.5, 0.8)),
        running.NotebookRun("02_y", 4, 0.5, 1, 2, "cell [2]: ValueError: ä", "a trace", (0.4,)),
    ]
    running.write_report(tmp_path / "r.json", runs)
    report = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    assert report["notebooks"] == [
        {
            "notebook": "01_x",
            "cells": 3,
            "seconds": 1.5,
            "claims_held": 2,
            "claims_total": 2,
            "status": "passed",
            "error": None,
            "cell_seconds": [0.5, 0.8],
        },
        {
            "notebook": "02_y",
            "cells": 4,
            "seconds": 0.5,
            "claims_held": 1,
            "claims_total": 2,
            "status": "failed",
            "error": "cell [2]: ValueError: ä",
            "cell_seconds": [0.4],
        },
    ]
    assert report["python"] == ".".join(map(str, sys.version_info[:3]))
    assert set(report) == {"python", "tensorflow", "keras", "numpy", "platform", "cpu_count", "notebooks"}
    assert report["numpy"].count(".") == 2
    assert report["cpu_count"] == os.cpu_count()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT to send")
def test_interrupting_stops_everything_and_leaves_no_kernel(folder, tmp_path):
    pid_file = tmp_path / "pid"
    write(
        folder / "01_x.ipynb",
        f"import os, time; open({str(pid_file)!r}, 'w').write(str(os.getpid())); time.sleep(60)",
    )
    write(folder / "02_y.ipynb", "1")
    code = (
        "import pathlib; from autorev_lib import chapters; from autorev_lib.tools import cli\n"
        f"chapters.folder = lambda: pathlib.Path({str(folder)!r})\n"
        "cli.main()"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", code, "run"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # Tests started in the background of a shell ignore Ctrl+C, and so would their children.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    try:
        deadline = time.monotonic() + 60
        while not (pid_file.exists() and pid_file.read_text()) and time.monotonic() < deadline:
            time.sleep(0.05)
        kernel = int(pid_file.read_text())
        child.send_signal(signal.SIGINT)
        out, err = child.communicate(timeout=30)
    finally:
        child.kill()
    assert child.returncode != 0
    assert "02_y" not in out
    assert "Traceback" not in err
    with pytest.raises(ProcessLookupError):
        os.kill(kernel, 0)
