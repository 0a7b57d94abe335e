"""Where things belong: who imports whom, what an import costs, what no file of the repository contains."""

import ast
import re
import shutil
import subprocess
import sys

import pytest

from autorev_lib import chapters
from autorev_lib.tools.notebook_file import read

ROOT = chapters.folder().parent
PACKAGE = ROOT / "autorev_lib"

# The library reads as a sentence: a module may import those before it and none after it.
LIBRARY = (
    "__init__",
    "errors",
    "chapters",
    "screen",
    "claims",
    "data",
    "devices",
    "backprop",
    "gradcheck",
    "patients",
    "autodiff",
    "optimisers",
    "training",
    "evaluation",
    "explain",
    "plots",
    "litert",
    "export",
    "serving",
    "publishing",
    "retraining",
    "exercises",
)
# The command and what stands behind it may use the library, and one another in this order.
TOOLS = ("tools", "__main__")

FORBIDDEN = {
    "data": ("keras", "tensorflow", "jax"),
    "backprop": ("keras", "tensorflow", "jax"),
    "gradcheck": ("keras", "tensorflow", "jax"),
    "patients": ("keras", "tensorflow", "jax"),
    "optimisers": ("keras", "tensorflow", "jax"),
    "evaluation": ("matplotlib",),
    "explain": ("matplotlib",),
    "plots": ("keras", "tensorflow", "jax", "autorev_lib.evaluation", "autorev_lib.explain"),
    "serving": ("autorev_lib.training",),
}
FROM_OUTSIDE = ("notebooks", "tests", "benchmarks", "conftest")
PRIVATE = ("keras.src", "tensorflow.python", "tf.python")
HEAVY = {"tensorflow", "keras", "jax", "matplotlib", "pandas", "numpy"}
MAX_LINES = 400

REGISTRY = re.compile(
    r"\b(?:pypi\.org|pythonhosted\.org|anaconda\.org|npmjs\.org)|index[-_]url[=\s]+\S+://|\w+://\S+/simple\b"
)
MACHINE_FOLDER = re.compile(r"(?<![\w.:/-])/(?:home|Users|root|work)/[\w.-]+")
MAGIC = re.compile(r"^(\s*)[%!].*", re.MULTILINE)

LIBRARY_FILES = sorted(PACKAGE.rglob("*.py"))
PYTHON_FILES = [
    *LIBRARY_FILES,
    ROOT / "conftest.py",
    *sorted((ROOT / "tests").rglob("*.py")),
    *sorted((ROOT / "benchmarks").rglob("*.py")),
]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def relative(path):
    """Name a file as a person would."""
    return path.relative_to(ROOT).as_posix()


def module_of(path):
    """Name the module or subpackage of the library that a file belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports_of(tree, package=()):
    """Everything that code imports, wherever in it, as dotted names.

    Args:
        tree: The code, as a tree of `ast`.
        package: Parts of the package it is in, for relative imports.

    Returns:
        A set of names: ``{"a.b"}`` for ``import a.b`` and for ``from a import b``.
    """
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) + 1 - node.level] if node.level else ()
            base = ".".join([*above, *([node.module] if node.module else [])])
            names |= {f"{base}.{alias.name}" for alias in node.names}
    return names


def library_imports(path):
    """Everything that a file of the library imports."""
    return imports_of(ast.parse(path.read_text(encoding="utf-8")), path.relative_to(ROOT).parent.parts)


def is_part_of(name, whole):
    """Whether a dotted name is another one or lies below it."""
    return f"{name}.".startswith(f"{whole}.")


def wrong_way(path):
    """The imports of a library file that its place does not allow."""
    module = module_of(path)
    allowed = LIBRARY + TOOLS if module in TOOLS else LIBRARY
    allowed = {*allowed[: allowed.index(module)], module, "__version__"}
    own = {name for name in library_imports(path) if is_part_of(name, "autorev_lib")}
    return sorted(name for name in own if name.split(".")[1:2] and name.split(".")[1] not in allowed)


def run_python(code):
    """Run code in a fresh interpreter and return the words it prints."""
    command = [sys.executable, "-c", code]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return result.stdout.split()


def committed_files():
    """The text of every file that is committed, or would be by `git add .`; by path."""
    if not (ROOT / ".git").exists() or not shutil.which("git"):
        pytest.skip("not in a git checkout, so what is committed is not known")
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    paths = [ROOT / name for name in names if name and (ROOT / name).is_file()]
    contents = {path: path.read_bytes() for path in paths}
    return {path: content.decode() for path, content in contents.items() if b"\0" not in content}


def test_every_module_has_a_place():
    known = {*LIBRARY, *TOOLS}
    unknown = sorted({module_of(path) for path in LIBRARY_FILES} - known)
    assert not unknown, (
        f"expected modules named in LIBRARY or TOOLS, received {unknown}: where do they belong?"
    )


def test_no_module_is_called_utils():
    assert not [relative(path) for path in PYTHON_FILES if "utils" in path.stem]


@pytest.mark.parametrize("path", [*LIBRARY_FILES, ROOT / "conftest.py"], ids=relative)
def test_a_module_can_be_read_in_one_sitting(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MAX_LINES


@pytest.mark.parametrize("path", LIBRARY_FILES, ids=relative)
def test_imports_run_one_way(path):
    assert not wrong_way(path), f"{relative(path)}: expected imports of what is before it, received these"


@pytest.mark.parametrize("module", FORBIDDEN)
def test_module_imports_nothing_that_is_not_its_job(module):
    paths = [path for path in LIBRARY_FILES if module_of(path) == module]
    if not paths:
        pytest.skip(f"autorev_lib.{module} is not written yet")
    for path in paths:
        received = [n for n in library_imports(path) for whole in FORBIDDEN[module] if is_part_of(n, whole)]
        assert not received, f"{relative(path)}: expected no {', '.join(FORBIDDEN[module])}"


@pytest.mark.parametrize("path", LIBRARY_FILES, ids=relative)
def test_library_imports_nothing_from_outside(path):
    received = [n for n in library_imports(path) for whole in FROM_OUTSIDE if is_part_of(n, whole)]
    assert not received, f"{relative(path)}: expected no {', '.join(FROM_OUTSIDE)}"


@pytest.mark.parametrize("path", PYTHON_FILES + NOTEBOOKS, ids=relative)
def test_no_private_api_is_used(path):
    if path.suffix == ".ipynb":
        sources = [MAGIC.sub(r"\1pass", cell.source) for _, cell in read(path).code]
    else:
        sources = [path.read_text(encoding="utf-8")]
    for source in sources:
        tree = ast.parse(source, filename=relative(path))
        used = {ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        received = [n for n in used | imports_of(tree) for whole in PRIVATE if is_part_of(n, whole)]
        assert not received, f"{relative(path)}: expected only public names, in {source[:200]!r}"


def test_importing_the_library_is_light():
    modules = run_python("import sys, autorev_lib; print(*sys.modules)")
    assert not HEAVY.intersection(modules)


@pytest.mark.parametrize("module", ["claims", "data", "chapters", "tools.cli"])
def test_light_modules_load_no_framework(module):
    modules = run_python(f"import sys, autorev_lib.{module}; print(*sys.modules)")
    assert not {"tensorflow", "keras", "jax", "matplotlib"}.intersection(modules)


@pytest.mark.parametrize("arguments", [["check"], ["format", "--check"]], ids=" ".join)
def test_ruff_is_content(arguments):
    command = [sys.executable, "-m", "ruff", *arguments, "--no-cache", "."]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize("pattern", [REGISTRY, MACHINE_FOLDER], ids=["registry", "machine_folder"])
def test_no_file_names_a_registry_or_a_folder_of_one_machine(pattern):
    texts = committed_files()
    assert texts, "expected committed files, received none"
    received = [f"{relative(path)}: {match[0]}" for path in texts for match in pattern.finditer(texts[path])]
    assert not received
