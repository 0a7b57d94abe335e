"""The pages that `autorev run --html` writes: nothing is fetched, formulas and texts are in them."""

import base64
import re

import nbformat
import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from autorev_lib import chapters
from autorev_lib.tools import pages

PNG = base64.b64encode(b"\x89PNG").decode()
FETCHED = re.compile(
    r"<(?:script|link|iframe)[^>]*\b(?:src|href)\s*=|<img[^>]*\bsrc=\"(?!data:)|@import|import\("
)


def page_of(*cells):
    return pages.to_html(new_notebook(cells=list(cells)), "title").decode()


@pytest.mark.parametrize("chapter", chapters.all_chapters(), ids=lambda chapter: chapter.name)
def test_a_page_of_the_course_fetches_nothing(chapter):
    notebook = nbformat.read(chapter.path, 4)
    page = pages.to_html(notebook, chapter.path.stem).decode()
    assert not FETCHED.findall(page)
    assert "<math" in page and not re.search(r"\\(?:frac|sum|partial|mathrm|begin|text)\b", page)
    shown = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    texts = [output.metadata["image/png"]["alt"] for output in shown if "image/png" in output.get("data", {})]
    assert page.count("data:image/png;base64,") >= len(texts)
    assert len(re.findall(r'<img[^>]* alt="[^"]+"', page)) >= len(texts)
    assert "No description has been provided" not in page


def test_formulas_are_mathml_and_code_is_not():
    page = page_of(new_markdown_cell("Let $a^2$ be.\n\n$$\\frac{1}{n} \\sum_i x_i$$\n\n`$b$` costs \\$5."))
    assert page.count("<math") == 2
    assert 'display="inline"' in page and 'display="block"' in page
    assert "<mfrac>" in page and "$b$" in page
    environment = page_of(new_markdown_cell("\\begin{align}a &= b\\end{align}"))
    assert environment.count("<math") == 1


def test_the_text_of_a_picture_is_in_the_page():
    data, text = {"image/png": PNG, "text/plain": "Figure: x"}, 'It "falls" & y < 0.'
    output = new_output("display_data", data, metadata={"image/png": {"alt": text}})
    page = page_of(new_code_cell("plots.show(fig)", outputs=[output]))
    assert BeautifulSoup(page, "html.parser").img["alt"] == text


def test_a_file_beside_the_notebook_is_put_into_the_page(tmp_path, monkeypatch):
    (tmp_path / "images").mkdir()
    (tmp_path / "images/net.png").write_bytes(b"\x89PNG")
    monkeypatch.setattr(chapters, "folder", lambda: tmp_path)
    for source in ('<img src="images/net.png" alt="A net.">', "![A net.](images/net.png)"):
        page = page_of(new_markdown_cell(source))
        assert "images/net.png" not in page and f"base64,{PNG}" in page and 'alt="A net."' in page
