"""A notebook as a page that fetches nothing: its formulas are MathML, its pictures have their texts."""

from pathlib import Path

from jinja2 import pass_context
from nbconvert import HTMLExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from autorev_lib import chapters

_TEMPLATES = Path(__file__).parent / "_pages"


def to_html(notebook, title):
    """Write a notebook as a page.

    Args:
        notebook: The notebook, as nbformat reads it.
        title: The page's title.

    Returns:
        The page as bytes; everything it shows is in it.
    """
    exporter = _Exporter(template_name="course", extra_template_basedirs=[str(_TEMPLATES)])
    page, _ = exporter.from_notebook_node(notebook, resources={"metadata": {"name": title}})
    return page.encode()


class _Exporter(HTMLExporter):
    @pass_context
    def markdown2html(self, context, source):
        renderer = _MathRenderer(
            escape=False,
            attachments=context.get("cell", {}).get("attachments", {}),
            embed_images=True,
            path=str(chapters.folder()),
            exclude_anchor_links=self.exclude_anchor_links,
            anchor_link_text=self.anchor_link_text,
        )
        return MarkdownWithMath(renderer=renderer).render(source)


class _MathRenderer(IPythonRenderer):
    """Browsers draw MathML without a script, which would be fetched for them otherwise."""

    def inline_math(self, body):
        return _mathml(body, "inline")

    def block_math(self, body):
        return _mathml(body, "block")

    def latex_environment(self, name, body):
        return _mathml(rf"\begin{{{name}}}{body}\end{{{name}}}", "block")


def _mathml(formula, display):
    from latex2mathml.converter import convert

    return convert(formula, display=display)
