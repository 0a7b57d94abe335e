"""The interface as a page to read: the OpenAPI without scripts, so that it also works offline."""

import json
from html import escape

_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 50rem; margin: 2rem auto; padding: 0 1rem; }
summary { cursor: pointer; padding: .4rem 0; }
details { border-top: 1px solid #8886; }
code, pre { font-family: ui-monospace, monospace; font-size: .9em; }
pre { overflow-x: auto; padding: .6rem; background: #8882; }
td { padding: .1rem 1rem .1rem 0; vertical-align: top; }
:root { color-scheme: light dark; }
"""


def render(openapi):
    """Write the page.

    Args:
        openapi: The OpenAPI document, a dictionary.

    Returns:
        HTML.
    """
    title = escape(f"{openapi['info']['title']} {openapi['info']['version']}")
    operations = [
        _operation(path, method, operation)
        for path, methods in openapi["paths"].items()
        for method, operation in methods.items()
    ]
    schemas = [
        f"<details id='{escape(name)}'><summary>{escape(name)}</summary>{_json(schema)}</details>"
        for name, schema in openapi["components"]["schemas"].items()
    ]
    return (
        f"<!doctype html><html lang='en'><meta charset='utf-8'><title>{title}</title>"
        "<meta name='viewport' content='width=device-width, initial-scale=1'>"
        f"<style>{_STYLE}</style><h1>{title}</h1>"
        "<p>For programs: <a href='openapi.json'>openapi.json</a>. To draw: <a href='.'>the page</a>.</p>"
        f"<h2>Addresses</h2>{''.join(operations)}<h2>Schemas</h2>{''.join(schemas)}</html>"
    )


def _operation(path, method, operation):
    rows = "".join(
        f"<tr><td>{escape(code)}<td>{escape(response['description'])}<td>{_schema_names(response)}"
        for code, response in operation["responses"].items()
    )
    body = "".join(
        f"<p>Body, <code>{escape(kind)}</code>:</p>{_json(content['schema'])}"
        for kind, content in operation.get("requestBody", {}).get("content", {}).items()
    )
    headline = f"<code>{method.upper()} {escape(path)}</code> {escape(operation['summary'])}"
    return f"<details><summary>{headline}</summary>{body}<table>{rows}</table></details>"


def _schema_names(response):
    references = [content["schema"].get("$ref", "") for content in response.get("content", {}).values()]
    names = [escape(reference.rpartition("/")[2]) for reference in references if reference]
    return " ".join(f"<a href='#{name}'>{name}</a>" for name in names)


def _json(schema):
    return f"<pre>{escape(json.dumps(schema, indent=1))}</pre>"
