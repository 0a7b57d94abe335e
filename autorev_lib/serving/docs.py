"""The interface as a page to read: the OpenAPI document without scripts, so that it also works offline."""

import json
from html import escape

_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
:root {{ color-scheme: light dark; }}
body {{ font: 16px/1.5 system-ui, sans-serif; max-width: 50rem; margin: 2rem auto; padding: 0 1rem; }}
summary {{ cursor: pointer; padding: .4rem 0; }}
details {{ border-top: 1px solid #8886; }}
pre {{ overflow-x: auto; padding: .6rem; background: #8882; }}
</style>
<h1>{title}</h1>
<p>For programs: <a href="openapi.json">openapi.json</a>. To draw: <a href=".">the page</a>.</p>
<h2>Addresses</h2>{operations}
<h2>Schemas</h2>{schemas}</html>"""


def render(openapi):
    """Write an OpenAPI document, a dictionary, as HTML."""
    operations = [
        _details(f"{method.upper()} {path}", operation["summary"], operation)
        for path, methods in openapi["paths"].items()
        for method, operation in methods.items()
    ]
    schemas = [
        _details(name, schema.get("description", ""), schema)
        for name, schema in openapi["components"]["schemas"].items()
    ]
    title = escape(f"{openapi['info']['title']} {openapi['info']['version']}")
    return _PAGE.format(title=title, operations="".join(operations), schemas="".join(schemas))


def _details(name, text, content):
    body = escape(json.dumps(content, indent=1))
    return (
        f"<details><summary><code>{escape(name)}</code> {escape(text)}</summary><pre>{body}</pre></details>"
    )
