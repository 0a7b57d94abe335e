"""The ``autorev`` command: what people type, and what they see. The work is done elsewhere."""

import contextlib
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.box import SIMPLE
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from autorev_lib import __version__, course, doctor, runner, workspace

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)

_STATE_STYLES = {"ok": "green", "warning": "yellow", "problem": "bold red"}
_NEWS = {
    workspace.Status.NEW: "New:",
    workspace.Status.RESTORED: "Fresh again, because it was gone:",
    workspace.Status.UPDATED: "New edition, in place of one you had not changed:",
}


def main():
    """Run the command with the arguments of this process; ends the process with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # a claim may hold signs that a terminal cannot show
    try:
        app(prog_name="autorev")
    except course.CourseError as error:
        print(f"autorev: {error}", file=sys.stderr)
        sys.exit(2)


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False,
):
    """A deep-learning course in notebooks."""
    if version:
        print(__version__)
    elif context.invoked_subcommand is None:
        print(context.get_help())
    else:
        return
    raise typer.Exit()


@app.command()
def lab(
    folder: Annotated[Path, typer.Argument(help="Your folder; your work in it is never overwritten.")] = Path(
        "my_course"
    ),
    no_browser: Annotated[
        bool, typer.Option("--no-browser", help="Only print the address, for a remote machine.")
    ] = False,
):
    """Put a working copy of the notebooks into FOLDER and open JupyterLab there."""
    _show_delivery(folder, workspace.deliver(folder))
    workspace.open_lab(folder, browser=not no_browser)


@app.command()
def run(
    notebooks: Annotated[
        list[str] | None, typer.Argument(help="Numbers or names of notebooks.", show_default="all")
    ] = None,
    json: Annotated[Path | None, typer.Option(metavar="FILE", help="Write the figures to FILE.")] = None,
    html: Annotated[Path | None, typer.Option(metavar="FOLDER", help="Save each notebook as a page.")] = None,
    update: Annotated[bool, typer.Option("--update", help="Write the outputs into the notebooks.")] = False,
):
    """Run notebooks from top to bottom in a temporary copy and count the claims that held."""
    paths = course.find_notebooks(notebooks or ["all"])
    runner.check_ready(json, html, update)
    with _progress() as on_cell:
        runs = list(runner.run_notebooks(paths, on_cell, html, update))
    _show_runs(runs)
    if json:
        runner.write_report(json, runs)
    raise typer.Exit(int(any(run.error for run in runs)))


@app.command(name="doctor")
def diagnose():
    """Check this machine and say how to cure what is wrong."""
    console = Console()
    with console.status("Looking at this machine ..."):
        checks = doctor.diagnose()
    table = Table("check", "state", "detail", box=SIMPLE)
    for check in checks:
        detail = Text(check.detail, overflow="fold")
        if check.cure:
            detail.append(f"\nCure: {check.cure}", style="bold")
        table.add_row(Text(check.what), Text(check.state, style=_STATE_STYLES[check.state]), detail)
    console.print(table)
    raise typer.Exit(int(any(check.state == doctor.State.PROBLEM for check in checks)))


def _show_delivery(folder, delivery):
    console = Console(highlight=False)
    if delivery.record_was_damaged:
        _say(
            console,
            f"{folder / workspace.RECORD} could not be read: what differs from the course counts as yours.",
        )
    for status, headline in _NEWS.items():
        names = [outcome.name for outcome in delivery.outcomes if outcome.status == status]
        if names:
            _say(console, f"{headline} {', '.join(names)}", style="green")
    for outcome in delivery.outcomes:
        if outcome.new_edition:
            _say(
                console,
                f"{outcome.name} is yours and stays as it is. The course's new edition is beside it: "
                f"{outcome.new_edition}",
                style="yellow",
            )
    _say(console, f"Your course is in {folder}. Opening JupyterLab; Ctrl+C in this terminal ends it.")


@contextlib.contextmanager
def _progress():
    """Give a callback that shows how far each notebook is: a live bar, or a plain line without a terminal."""
    console = Console()
    if not console.is_terminal:
        yield _print_start
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    tasks = {}
    with Progress(*columns, console=console) as progress:

        def on_cell(notebook, done, total):
            if notebook not in tasks:
                for task in tasks.values():  # one that failed would seem to go on
                    progress.stop_task(task)
                tasks[notebook] = progress.add_task(notebook, total=total)
            progress.update(tasks[notebook], completed=done)

        yield on_cell


def _print_start(notebook, done, total):
    if done == 0:
        print(f"Running {notebook} ({total} cells) ...", flush=True)


def _show_runs(runs):
    console = Console()
    table = Table("notebook", "cells", "seconds", "claims held", "", box=SIMPLE)
    for run in runs:
        style = "bold red" if run.error else "green"
        claims = f"{run.claims_held}/{run.claims_total}"
        table.add_row(
            run.notebook, str(run.cells), f"{run.seconds:.1f}", claims, Text(run.status, style=style)
        )
    console.print(table)
    for run in runs:
        if run.error:
            _say(console, f"{run.notebook}, {run.error}", style="bold red")
            if run.trace:
                _say(console, run.trace)


def _say(console, text, style=None):
    """Print text as it is: no markup, no line breaks of our own."""
    console.print(Text(text, style=style or ""), soft_wrap=True)
