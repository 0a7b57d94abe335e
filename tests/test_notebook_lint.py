"""Every notebook keeps the rules; and each rule, when it alone is broken, is the one that complains."""

import json
import subprocess
import sys

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output

from autorev_lib import chapters
from autorev_lib.tools import notebook_file, notebook_lint, notebook_rules

NOTEBOOKS = sorted(chapters.folder().glob("*.ipynb"))
NAME = "01_good.ipynb"
COLAB = f"https://colab.research.google.com/github/autorev/autorev/blob/main/notebooks/{NAME}"
LINK = f"[Open in Colab]({COLAB})"
OPENING = f"""# 01 · A good notebook

**At the end** you know what a good notebook looks like.

{LINK}

**Run time** 1 s. **Builds on** nothing.

**You can**

- open it,
- run it, even where the
  line is long,
- read it.

Other lists may follow:

- this one."""
HEADING = f"""## The *long* `way`

[Above](#The-long-way), [here]({NAME}#Set-up), <a href='{NAME}'>there</a>, [elsewhere](https://example.org/x#y)."""
ANSWER = """<details><summary>Why?</summary>

Because `</details>` and `[this](nowhere.md)` are code, as is

```
# no heading <details>
```

</details>"""
LINE, CIRCLE = (
    "A line from the lower left to the upper right.",
    "A circle around the origin, drawn as a line.",
)
PNG = "cGl4ZWxz"
HOME = "/".join(["", "home", "ada"])  # in parts, so that this file itself names no folder of any machine


def stream(text, name="stdout"):
    """What print puts out."""
    return new_output("stream", name=name, text=text)


def figure(alt, png=PNG):
    """What plots.show puts out."""
    return new_output(
        "display_data",
        {"image/png": png, "text/plain": f"Figure: {alt}"},
        metadata={"image/png": {"alt": alt}},
    )


def good_notebook():
    """Make a notebook that keeps every rule; the cells named in it are the ones that the breaches change."""
    cells = {
        "opening": new_markdown_cell(OPENING),
        "set-up": new_markdown_cell("## Set-up"),
        "install": new_code_cell("%pip install --quiet autorev-lib"),
        "heading": new_markdown_cell(HEADING),
        "line": new_code_cell("plots.show(line, alt=...)", outputs=[figure(LINE)]),
        "circle": new_code_cell("plots.show(circle, alt=...)", outputs=[figure(CIRCLE)]),
        "loss": new_code_cell(
            "print(0.5)", outputs=[stream("0.5\n")], metadata={"tags": ["nbval-approx:1e-2", "exercise"]}
        ),
        "answer": new_markdown_cell(ANSWER),
        "exercises": new_markdown_cell("## Exercises\n\n## What you have seen"),
        "end": new_markdown_cell("## Where next\n\n![A map](attachment:map.png)\n\n## Sources"),
    }
    for name, cell in cells.items():
        cell.id = name
    for number, name in enumerate(["install", "line", "circle", "loss"], start=1):
        cells[name].execution_count = number
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return nbformat.v4.new_notebook(
        cells=list(cells.values()), metadata={"kernelspec": kernel, "language_info": {"name": "python"}}
    )


def edit(name, old, new):
    """Make a breach that replaces a text in a cell."""

    def breach(notebook):
        cell = find(notebook, name)
        assert old in cell.source, f"expected {old!r} in cell {name!r}, received {cell.source!r}"
        cell.source = cell.source.replace(old, new)

    return breach


def add(name, text):
    """Make a breach that adds a line to a cell."""
    return lambda notebook: find(notebook, name).update(source=f"{find(notebook, name).source}\n{text}")


def put(name, **values):
    """Make a breach that sets fields of a cell."""
    return lambda notebook: find(notebook, name).update(values)


def mark(name, **metadata):
    """Make a breach that sets metadata of a cell, or of the notebook if the name is None."""
    return lambda notebook: (find(notebook, name) if name else notebook).metadata.update(metadata)


def find(notebook, name):
    """Find a cell by the id it has in the good notebook."""
    return next(cell for cell in notebook.cells if cell.id == name)


def error(message="no"):
    """What an exception puts out."""
    return new_output("error", ename="ValueError", evalue=message, traceback=[])


WIDGET = "application/vnd.jupyter.widget-view+json"
WITHOUT_ALT = new_output("display_data", {"image/png": PNG, "text/plain": "Figure: "})
BREACHES = [
    ("valid_format", lambda notebook: notebook.update(nbformat_minor=4)),
    ("valid_format", lambda notebook: notebook.update(nbformat_minor=6)),
    ("valid_format", lambda notebook: notebook.update(cells=[])),
    ("valid_format", lambda notebook: find(notebook, "loss").pop("id")),
    ("valid_format", lambda notebook: find(notebook, "loss").pop("outputs")),
    ("cell_ids", put("line", id="circle")),
    ("empty_cells", lambda notebook: notebook.cells.append(new_code_cell(" \n"))),
    ("empty_cells", lambda notebook: notebook.cells.append(new_markdown_cell())),
    ("execution_counts", put("loss", execution_count=None)),
    ("execution_counts", put("loss", execution_count=5)),
    ("execution_counts", put("line", execution_count=3)),
    ("error_outputs", put("loss", outputs=[stream("0.5\n"), error()])),
    ("stderr_outputs", put("loss", outputs=[stream("0.5\n"), stream("careful", "stderr")])),
    ("machine_paths", put("loss", outputs=[stream(f"saved in {HOME}/model.keras\n")])),
    ("machine_paths", put("loss", outputs=[stream("C:\\Users\\ada\\model.keras\n")])),
    ("machine_paths", put("loss", outputs=[stream("lib/python3.11/site-packages/keras\n")])),
    ("machine_paths", add("loss", 'open("/tmp/model.keras")')),
    ("machine_paths", add("end", f"See {HOME}/notes.md.")),
    ("sizes", put("loss", outputs=[stream("0.5\n" * 70_000)])),
    ("sizes", put("line", outputs=[figure(LINE, "A" * 401_000)])),
    ("sizes", add("loss", "#" * 1_500_000)),
    ("figure_alt", put("line", outputs=[WITHOUT_ALT])),
    ("figure_alt", put("line", outputs=[figure("Too short.")])),
    ("figure_alt", put("line", outputs=[figure(CIRCLE)])),
    (
        "figure_text",
        lambda notebook: find(notebook, "line").outputs[0].data.update({"text/plain": "<Figure>"}),
    ),
    ("image_alt", add("end", "![](attachment:map.png)")),
    ("image_alt", add("end", "<img src='attachment:map.png'>")),
    ("image_alt", add("end", "<img alt='' src='attachment:map.png'>")),
    ("colab_link", edit("opening", COLAB, COLAB.replace(NAME, "02_other.ipynb"))),
    ("colab_link", edit("opening", COLAB, COLAB.replace("/main/", "/other/"))),
    ("colab_link", edit("opening", COLAB, COLAB.replace("autorev/autorev", "autorev/fork"))),
    ("colab_link", edit("opening", LINK, "")),
    ("offline_images", add("end", "![A map](https://example.org/map.png)")),
    ("offline_images", add("end", "<img src='https://example.org/x.png' alt='A map'>")),
    ("title", edit("opening", "# 01 · A good notebook", "# A good notebook")),
    ("title", edit("opening", "# 01", "# 02")),
    ("opening", edit("opening", "**At the end**", "At the end")),
    ("opening", edit("opening", "**Run time**", "Run time")),
    ("opening", edit("opening", "**Builds on**", "Builds on")),
    ("opening", edit("opening", "**You can**", "You can")),
    ("opening", edit("opening", "- open it,\n", "")),
    ("opening", edit("opening", "- open it,\n", "- open it,\n- close it,\n- copy it,\n- like it,\n")),
    ("sections", add("end", "## Set-up")),
    ("sections", edit("exercises", "## Exercises\n\n", "")),
    ("sections", edit("exercises", "## What you have seen", "### What you have seen")),
    ("sections", edit("end", "## Sources", "## Where next")),
    ("links", add("end", "[Next](02_missing.ipynb)")),
    ("links", add("end", "![A map](images/missing.png)")),
    ("links", add("end", "<img alt='A map' src='images/missing.png'>")),
    ("links", add("end", "[Next][1]\n\n[1]: 02_missing.ipynb")),
    ("links", add("end", "[Up](#the-long-way)")),
    ("links", add("end", f"[Up]({NAME}#Nowhere)")),
    ("tags", mark("line", tags=["nbval-skip"])),
    ("tags", mark("line", tags=["nbval-approx:-1"])),
    ("tags", mark("set-up", tags=["Exercise"])),
    ("nbval_comments", edit("loss", "print(0.5)", "# NBVAL_IGNORE_OUTPUT\nprint(0.5)")),
    ("details", add("answer", "<details><summary>More</summary>")),
    ("details", add("answer", "</details>")),
    ("details", add("answer", "</details><details><summary>More</summary>")),
    ("details", edit("answer", "<summary>Why?</summary>", "Why?")),
    ("kernel", mark(None, kernelspec={"name": "venv", "display_name": "venv", "language": "python"})),
    ("kernel", mark(None, kernelspec={"name": "python3", "display_name": "R", "language": "R"})),
    ("kernel", mark(None, language_info={"name": "R"})),
    ("widgets", mark(None, widgets={})),
    (
        "widgets",
        put("loss", outputs=[stream("0.5"), new_output("display_data", {WIDGET: {"model_id": "1"}})]),
    ),
    ("timestamps", mark("loss", execution={"iopub.execute_input": "2026-01-01T00:00:00Z"})),
    ("code_length", add("loss", "print(1)\n" * 25)),
    ("share_of_compared_outputs", mark("loss", tags=["nbval-ignore-output"])),
    ("installs", add("loss", "%pip install keras")),
    ("installs", add("loss", "!{sys.executable} -m pip install keras")),
    ("pyplot_show", add("loss", "plt.show()")),
    ("own_exercises", add("loss", 'load("01")')),
    ("own_exercises", add("loss", "exercise = load('deployment')")),
    ("comparable", add("loss", "clear_output(wait=True)")),
    ("comparable", add("loss", "display(1, display_id=True)")),
    ("comparable", add("loss", 'input("name")')),
]


def broken_rules(notebook, folder):
    """Lint a notebook; return the names of the rules that complain."""
    path = folder / NAME
    path.write_text(json.dumps(notebook), encoding="utf-8")
    return {finding.rule for finding in notebook_lint.lint(path)}


def test_good_notebook_keeps_every_rule(tmp_path):
    assert broken_rules(good_notebook(), tmp_path) == set()


@pytest.mark.parametrize(("rule", "breach"), BREACHES, ids=[rule for rule, _ in BREACHES])
def test_breach_is_found_by_its_rule_alone(rule, breach, tmp_path):
    notebook = good_notebook()

    breach(notebook)

    assert broken_rules(notebook, tmp_path) == {rule}


def test_every_rule_has_a_breach():
    expected = {"valid_format", *(rule.__name__ for rule in notebook_rules.RULES)}

    assert {rule for rule, _ in BREACHES} == expected


def test_error_is_fine_where_it_is_meant(tmp_path):
    notebook = good_notebook()
    mark("loss", tags=["raises-exception"])(notebook)
    put("loss", outputs=[error()])(notebook)

    assert broken_rules(notebook, tmp_path) == set()


def test_share_leaves_out_timings_and_bare_pictures(tmp_path):
    notebook = good_notebook()
    mark("loss", tags=["nbval-ignore-output"])(notebook)
    del find(notebook, "line").outputs[0].data["text/plain"]
    path = tmp_path / NAME
    nbformat.write(notebook, path)

    share = notebook_file.compared_share(notebook_file.read(path))

    assert str(share) == "1 of 3 cells with output (33 %)"


@pytest.mark.parametrize(("compared", "is_enough"), [(26, False), (27, True)])
def test_share_is_held_exactly(compared, is_enough):
    assert notebook_file.Share(compared, 30).is_enough is is_enough


@pytest.mark.parametrize(("content", "what"), [("", "expected a notebook"), ("[]", "received a list")])
def test_file_that_is_no_notebook_is_a_finding(content, what, tmp_path):
    path = tmp_path / NAME
    path.write_text(content)

    (finding,) = notebook_lint.lint(path)

    assert finding.rule == "valid_format" and what in finding.what
    assert "No such file" in notebook_lint.lint(tmp_path / "missing.ipynb")[0].what


def test_command_prints_findings_and_fails(tmp_path):
    notebook = good_notebook()
    add("loss", "plt.show()")(notebook)
    path = tmp_path / NAME
    nbformat.write(notebook, path)

    result = subprocess.run([sys.executable, notebook_lint.__file__, path], capture_output=True, text=True)

    assert result.returncode == 1
    assert result.stdout == (
        f"{path}: cell 7 (loss): pyplot_show: expected plots.show(fig, alt=...), received plt.show()\n"
    )


def test_command_passes_good_notebooks_and_fails_without_any(tmp_path, monkeypatch, capsys):
    path = tmp_path / NAME
    nbformat.write(good_notebook(), path)
    assert notebook_lint.main([path]) == 0
    assert capsys.readouterr().out == ""

    monkeypatch.setattr(chapters, "folder", lambda: tmp_path / "none")
    assert notebook_lint.main([]) == 1
    assert "expected notebooks" in capsys.readouterr().out


def test_there_are_notebooks():
    assert NOTEBOOKS, f"expected notebooks in {chapters.folder()}, received none"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_notebook_keeps_every_rule(path):
    findings = notebook_lint.lint(path)

    assert not findings, "\n" + "\n".join(map(str, findings))
