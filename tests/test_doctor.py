import json
import subprocess
import sys
import types

import pytest

from autorev_lib import chapters, errors
from autorev_lib.errors import AutorevError
from autorev_lib.tools import doctor, executor
from autorev_lib.tools.doctor import Check, State


def only(rows):
    [row] = rows
    return row


@pytest.fixture
def requirements(tmp_path, monkeypatch):
    """Made-up tested versions and installed ones, which agree until a test changes them."""
    installed = dict.fromkeys((*doctor._CORE, *doctor._JUPYTER), "2.0") | {"tensorflow-cpu": "2.21.0"}
    monkeypatch.setattr(doctor, "_version", installed.get)
    monkeypatch.setattr(doctor, "on_colab", lambda: False)
    monkeypatch.setattr(chapters, "locate", lambda name: tmp_path / name)

    def write(**versions):
        lines = [f"{name.replace('_', '-')}=={version}" for name, version in (installed | versions).items()]
        (tmp_path / "requirements.txt").write_text("\n".join(lines))

    write()
    return types.SimpleNamespace(write=write, installed=installed)


@pytest.mark.parametrize("found", ["0.9.5", None])
def test_what_a_teacher_needs_is_no_problem_of_a_students(monkeypatch, found):
    monkeypatch.setattr(doctor, "_version", lambda name: found)
    row = only(doctor._teaching())
    assert row.state == State.OK
    assert (found or "only autorev assignment needs it") in row.detail


def test_tested_versions_honour_the_markers(tmp_path, monkeypatch):
    path = tmp_path / "requirements.txt"
    path.write_text(
        "# a comment\n--no-binary :all:\n\n"
        "keras==3.15.1 \\\n    --hash=sha256:00 \\\n    --hash=sha256:11\n"
        "numpy==1.0 ; python_full_version < '3.0' \\\n    --hash=sha256:00\n"
        "numpy==2.0 ; python_full_version >= '3.0'\n"
        "pywinpty==3.0 ; os_name == 'no-such-system'\n"
    )
    monkeypatch.setattr(chapters, "locate", lambda name: path)
    assert doctor.tested_versions() == {"keras": "3.15.1", "numpy": "2.0"}
    path.write_text("keras = 3\n")
    with pytest.raises(AutorevError, match=r"'keras = 3' is no requirement.*Cure:"):
        doctor.tested_versions()


def test_the_shipped_requirements_name_every_package_that_is_checked():
    tested = doctor.tested_versions()
    assert {*doctor._CORE, *doctor._JUPYTER, "jax"} <= set(tested)
    assert {"tensorflow", "tensorflow-cpu"} & set(tested)


def test_packages_as_tested_are_ok(requirements):
    row = only(doctor._packages())
    assert (row.state, row.cure) == (State.OK, "")
    assert row.detail.startswith("as tested: keras 2.0, ")
    assert "tensorflow-cpu 2.21.0" in row.detail


@pytest.mark.parametrize("installed", ["1.9", "2.0.1", "3.0"])
def test_an_older_or_newer_package_is_a_warning(requirements, installed):
    requirements.installed["numpy"] = installed
    requirements.write(numpy="2.0")
    _, row = doctor._packages()
    assert row == Check(
        "numpy",
        State.WARNING,
        f"{installed}; the course was tested with 2.0",
        'if something fails: pip install "numpy==2.0"',
    )


def test_a_build_of_the_same_version_is_the_same(requirements):
    requirements.installed["keras"] = "2.0+local"
    requirements.write(keras="2.0")
    only(doctor._packages())


def test_the_other_build_of_tensorflow_will_do(requirements):
    requirements.installed["tensorflow"] = requirements.installed.pop("tensorflow-cpu")
    assert only(doctor._packages()).state == State.OK
    requirements.write(tensorflow="2.22.0")
    assert doctor._packages()[1].cure == 'if something fails: pip install "tensorflow==2.22.0"'


def test_a_missing_package_is_a_problem(requirements):
    del requirements.installed["pandas"]
    requirements.write(pandas="2.5")
    assert doctor._packages()[1] == Check(
        "pandas", State.PROBLEM, "not installed", 'pip install "pandas==2.5"'
    )


def test_colab_may_have_its_own_versions_but_must_have_the_core(requirements, monkeypatch):
    monkeypatch.setattr(doctor, "on_colab", lambda: True)
    requirements.installed["numpy"] = "1.0"
    requirements.installed["jupyterlab"] = None
    requirements.write(numpy="2.0", jupyterlab="4.0")
    row = only(doctor._packages())
    assert row.state == State.OK
    assert row.detail.startswith("Colab's own: ")
    assert "numpy 1.0" in row.detail
    requirements.installed["numpy"] = None
    assert doctor._packages()[1].state == State.PROBLEM


@pytest.mark.parametrize(
    ("first", "last", "state"),
    [
        ((3, 0), (3, 5), State.PROBLEM),
        ((4, 0), (4, 5), State.PROBLEM),
        (sys.version_info[:2], (4, 0), State.OK),
        ((3, 0), sys.version_info[:2], State.OK),
    ],
)
def test_the_python_that_suits(monkeypatch, first, last, state):
    monkeypatch.setattr(doctor, "_PYTHONS", (first, last))
    row = only(doctor._python())
    assert row.state == state
    assert bool(row.cure) == (state != State.OK)


def child(monkeypatch, returncode=0, stdout="", stderr=""):
    result = subprocess.CompletedProcess([], returncode, stdout, stderr)
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: result)


def test_keras_tells_its_backend_and_devices(monkeypatch):
    answer = {"backend": "jax", "keras": "3.15", "devices": [["CPU:0", "2 cores"], ["TPU:0", "v5"]]}
    child(monkeypatch, stdout="chatter\n" + json.dumps(answer))
    keras, devices = doctor._keras()
    assert (keras.state, keras.detail) == (State.OK, "3.15 starts with the backend jax")
    assert (devices.state, devices.detail) == (State.OK, "CPU:0 (2 cores), TPU:0 (v5)")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signals")
def test_a_backend_that_kills_its_process_does_not_kill_the_doctor(monkeypatch):
    child(monkeypatch, returncode=-4)
    row = only(doctor._keras())
    assert (row.what, row.state) == ("Keras", State.PROBLEM)
    assert "SIGILL" in row.detail
    assert "jax" in row.cure


def test_a_backend_that_cannot_be_imported_is_a_problem(monkeypatch):
    child(monkeypatch, returncode=1, stderr="Traceback\nImportError: no torch\n")
    row = only(doctor._keras())
    assert (row.state, row.detail) == (State.PROBLEM, "does not start: ImportError: no torch")
    assert row.cure.startswith('pip install "autorev-lib[tensorflow]"')


def test_a_backend_that_never_answers_is_a_problem(monkeypatch):
    monkeypatch.setattr(doctor, "_START_TIMEOUT", 0.01)
    row = only(doctor._keras())
    assert row.state == State.PROBLEM
    assert row.cure


def test_keras_is_asked_for_real(monkeypatch):
    pytest.importorskip("jax")
    monkeypatch.setenv("KERAS_BACKEND", "jax")
    keras, devices = doctor._keras()
    assert keras.detail.endswith("starts with the backend jax")
    assert "CPU" in devices.detail


@pytest.mark.parametrize(("available", "state"), [(3.9e9, State.WARNING), (4.1e9, State.OK)])
def test_memory_is_wanted(monkeypatch, available, state):
    import psutil

    memory = types.SimpleNamespace(available=available, total=8e9)
    monkeypatch.setattr(psutil, "virtual_memory", lambda: memory)
    row = only(doctor._memory())
    assert row.state == state
    assert row.detail == f"{available / 1e9:.1f} GB free of 8.0 GB"


@pytest.mark.parametrize(("free", "state"), [(0.9e9, State.WARNING), (1.1e9, State.OK)])
def test_disk_is_wanted_where_the_notebooks_live(monkeypatch, tmp_path, free, state):
    (tmp_path / "01_x.ipynb").touch()
    monkeypatch.setattr(chapters, "folder", lambda: tmp_path)
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda _: types.SimpleNamespace(free=free))
    row = only(doctor._notebooks())
    assert row.state == state
    assert row.detail == f"1 in {tmp_path}, {free / 1e9:.1f} GB free"


def test_folders_are_probed_and_left_as_they_were(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path / "share" / "runtime"))
    rows = [
        only(check()) for check in (doctor._current_folder, doctor._temporary_files, doctor._jupyter_files)
    ]
    assert [row.what for row in rows] == ["current folder", "temporary files", "Jupyter's files"]
    assert all(row.detail.startswith("writable, ") for row in rows)
    assert rows[2].detail.startswith(f"writable, {tmp_path}, ")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_a_problem(monkeypatch, tmp_path):
    (tmp_path / "file").touch()
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path / "file" / "runtime"))
    row = only(doctor._jupyter_files())
    assert (row.what, row.state) == ("Jupyter's files", State.PROBLEM)
    assert row.cure


def test_no_place_for_temporary_files_is_a_problem(monkeypatch):
    def nowhere():
        raise FileNotFoundError(2, "No usable temporary directory found in ['/tmp']")

    monkeypatch.setattr(doctor.tempfile, "gettempdir", nowhere)
    row = only(doctor._temporary_files())
    assert (row.state, row.detail) == (State.PROBLEM, "No usable temporary directory found in ['/tmp']")
    assert "TMPDIR" in row.cure


def test_damaged_data_is_a_problem_with_a_cure(monkeypatch):
    from autorev_lib import data

    monkeypatch.setattr(data, "verify", lambda: [("a.npz", True, "fine"), ("b.csv", False, "damaged")])
    assert doctor._data() == [
        Check("a.npz", State.OK, "fine"),
        Check("b.csv", State.PROBLEM, "damaged", errors.REINSTALL),
    ]


@pytest.mark.parametrize(
    ("program", "state"),
    [("python", State.OK), (sys.executable, State.OK), ("/usr/bin/env", State.WARNING)],
)
def test_the_kernel_should_run_this_python(monkeypatch, program, state):
    monkeypatch.setattr(executor, "find_kernel", lambda: types.SimpleNamespace(argv=[program]))
    row = only(doctor._kernel())
    assert row.state == state
    assert bool(row.cure) == (state != State.OK)


def test_colab_is_known_by_its_package(monkeypatch):
    assert not doctor.on_colab()
    monkeypatch.setitem(sys.modules, "google.colab", types.ModuleType("google.colab"))
    assert doctor.on_colab()
    assert only(doctor._colab()).detail == "yes"


def test_a_check_that_fails_is_a_problem_and_the_others_go_on(monkeypatch):
    def breaks():
        raise ZeroDivisionError("division by zero")

    def expected():
        raise AutorevError("it is gone", "look for it")

    def fine(what="x"):
        return [Check(what, State.OK, "fine")]

    for name in ("_python", "_keras", "_memory", "_notebooks", "_current_folder", "_temporary_files"):
        monkeypatch.setattr(doctor, name, fine)
    for name in ("_data", "_colab", "_surroundings"):
        monkeypatch.setattr(doctor, name, fine)
    monkeypatch.setattr(doctor, "_packages", breaks)
    monkeypatch.setattr(doctor, "_jupyter_files", expected)
    monkeypatch.setattr(doctor, "_kernel", breaks)
    rows = doctor.diagnose()
    assert len(rows) == 13
    problems = [row for row in rows if row.state == State.PROBLEM]
    assert [row.what for row in problems] == ["packages", "Jupyter's files", "Jupyter kernel"]
    assert problems[0].detail == "The check failed: ZeroDivisionError: division by zero"
    assert problems[1] == Check("Jupyter's files", State.PROBLEM, "it is gone", "look for it")
    assert all(row.cure for row in problems)
