"""The ``autorev`` command: what people type, and what they see. The work is done elsewhere."""

import contextlib
import os
import shlex
import sys
import tempfile
import traceback
import webbrowser
from pathlib import Path
from typing import Annotated

import typer
from rich.box import SIMPLE
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from autorev_lib import __version__, chapters, exercises
from autorev_lib.errors import AutorevError
from autorev_lib.tools import (
    claim_trials,
    doctor,
    jupyterlab,
    model_commands,
    new_chapter,
    running,
    teaching_commands,
    testing,
    workspace,
)
from autorev_lib.tools.terminal import make_room, say, show_delivery

ISSUES = "https://github.com/autorev/autorev/issues"
SEE_DOCTOR = "Cure: see autorev doctor"
START_PAGE = "README.md"
MY_COURSE = Path("my_course")
SLOWEST = 5

app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["--help", "-h"]},
)

_STATE_STYLES = {"ok": "green", "warning": "yellow", "problem": "bold red"}


def main():
    """Run the command with the arguments of this process; ends the process with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # a claim may hold signs that a terminal cannot show
    try:
        app(prog_name="autorev")
    except AutorevError as error:
        print(f"autorev: {error}", file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:  # who read the output went away, as `| head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except OSError as error:  # a full disk, a folder without rights: theirs to put right, not a bug
        where = f" {error.filename}" if error.filename else ""
        print(f"autorev: the system refused{where}: {error.strerror or error}. {SEE_DOCTOR}", file=sys.stderr)
        sys.exit(2)
    except Exception as error:
        _confess(error)
        sys.exit(70)  # EX_SOFTWARE of sysexits.h


def _confess(error):
    """Say that a bug is ours, in lines that a person can act on; the traceback goes into a file."""
    report = "".join(traceback.format_exception(error))
    descriptor, path = tempfile.mkstemp(prefix="autorev-bug-", suffix=".txt")
    with open(descriptor, "w", encoding="utf-8", errors="replace") as stream:
        stream.write(f"autorev {__version__}, Python {sys.version}\n{sys.argv[1:]}\n{report}")
    first_line = (str(error).splitlines() or [""])[0]
    print(
        f"autorev: this is a bug in autorev, not in what you did: {type(error).__name__}: {first_line}\n"
        f"Please open an issue at {ISSUES} with the file {path} (read it first: it shows paths of yours).",
        file=sys.stderr,
    )


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


@app.command(name="help", hidden=True)
def show_help(
    context: typer.Context,
    command: Annotated[
        str | None, typer.Argument(help="Say more about this one.", show_default=False)
    ] = None,
):
    """Print the commands, or what one of them takes."""
    app(["--help"] if command is None else [command, "--help"], prog_name="autorev")


@app.command()
def lab(
    folder: Annotated[
        Path,
        typer.Argument(help="Your folder, whose work is never overwritten; or a notebook, to open that one."),
    ] = MY_COURSE,
    take: Annotated[
        list[str] | None,
        typer.Option(metavar="NOTEBOOK", help="Put your work into the new edition of this notebook."),
    ] = None,
    no_browser: Annotated[
        bool, typer.Option("--no-browser", help="Only print the address, for a remote machine.")
    ] = False,
):
    """Put a working copy of the notebooks into FOLDER and open JupyterLab there."""
    wanted = chapters.find_all(take or [])
    named = None if folder.exists() else _chapter_called(folder.name)
    if folder == MY_COURSE or named:
        folder = workspace.around(Path.cwd()) or MY_COURSE
    to_open = named or (wanted[0] if wanted else None)
    file = to_open.path.name if to_open else jupyterlab.last_used(folder) or START_PAGE
    console = Console(highlight=False)
    delivery = workspace.deliver(folder)
    names = [chapter.path.name for chapter in wanted]
    told = [outcome for outcome in delivery.outcomes if outcome.name not in names]
    command = "autorev lab" if folder == MY_COURSE else f"autorev lab {shlex.quote(str(folder))}"
    show_delivery(console, folder, delivery._replace(outcomes=told), command)
    for chapter in wanted:
        _show_taken(console, chapter, workspace.take(folder, chapter))
    if address := jupyterlab.running_at(folder, file):
        say(console, f"Your course is in {folder}, and JupyterLab has it open:\n{address}")
        if not no_browser:
            webbrowser.open(address)
        return
    say(console, f"Your course is in {folder}. Opening JupyterLab; Ctrl+C in this terminal ends it.")
    jupyterlab.open_lab(folder, file, browser=not no_browser)


@app.command()
def run(
    notebooks: Annotated[
        list[str] | None, typer.Argument(help="Numbers or names of notebooks.", show_default="all")
    ] = None,
    json: Annotated[Path | None, typer.Option(metavar="FILE", help="Write the figures to FILE.")] = None,
    html: Annotated[Path | None, typer.Option(metavar="FOLDER", help="Save each notebook as a page.")] = None,
    update: Annotated[bool, typer.Option("--update", help="Write the outputs into the notebooks.")] = False,
):
    """Run the course's own notebooks, not your working copy, and count the claims that held."""
    wanted = chapters.find_all(notebooks or ["all"])
    running.check_ready(json, html, update)
    with _progress() as on_cell:
        runs = list(running.run_notebooks(wanted, on_cell, html, update))
    _show_runs(runs)
    for page in [html / f"{run.notebook}.html" for run in runs] if html else []:
        print(f"Page: {page}")
    if json:
        make_room(Console(highlight=False), json)
        running.write_report(json, runs)
    raise typer.Exit(int(any(run.error for run in runs)))


@app.command()
def test(
    notebooks: Annotated[list[str], typer.Argument(help="Numbers or names of notebooks, or all.")],
):
    """Run the tests of notebooks: outputs, form, exercises. For those who change the course."""
    raise typer.Exit(testing.run_tests(chapters.find_all(notebooks)))


@app.command()
def new(
    number: Annotated[str, typer.Argument(help="Of the chapter, such as 06.")],
    name: Annotated[str, typer.Argument(help="Such as optimisers; it never changes again.")],
):
    """Begin a chapter: a notebook, its exercises, and what they lack. For those who change the course."""
    with _progress() as on_cell:
        chapter, lacking = new_chapter.create(number, name, on_cell)
    console = Console(highlight=False)
    say(console, f"Written: {chapter.path} and {chapter.exercises}")
    say(console, "\n".join(["Missing:", *(f"- {text}" for text in lacking)]))


@app.command()
def claims(
    notebooks: Annotated[list[str], typer.Argument(help="Numbers or names of notebooks, or all.")],
    seeds: Annotated[int, typer.Option(help="Run with so many other seeds.", min=0)] = 0,
    sabotage: Annotated[
        bool, typer.Option("--sabotage", help="Run in worlds where there is nothing to find.")
    ] = False,
    json: Annotated[Path | None, typer.Option(metavar="FILE", help="Write the figures to FILE.")] = None,
):
    """Try the claims of notebooks: do they hold with other seeds, do they fail where they must?"""
    wanted = chapters.find_all(notebooks)
    if not (seeds or sabotage):
        raise AutorevError("nothing to try", "say --seeds 10, --sabotage, or both")
    running.check_ready(json)
    seeded, broken = {}, {}
    try:
        with _progress() as on_cell:
            for chapter in wanted:
                if seeds:
                    seeded[chapter.name] = claim_trials.with_seeds(chapter, seeds, on_cell)
                if sabotage:
                    broken[chapter.name] = claim_trials.sabotaged(chapter, on_cell)
    finally:  # hours of trials are not lost with the one that breaks off
        _show_seeded(seeded)
        _show_sabotaged(broken)
        if json and (seeded or broken):
            make_room(Console(highlight=False), json)
            running.write_json(json, claim_trials.figures(seeded, broken))
    failing = [claim for claims in seeded.values() for claim in claims if claim.fails]
    free = [claim for claims in broken.values() for claim in claims if claim.is_free]
    raise typer.Exit(int(bool(failing or free)))


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


@app.command()
def progress(
    folder: Annotated[
        Path | None,
        typer.Argument(help="The folder of your notebooks.", show_default="my_course, or this one"),
    ] = None,
):
    """Show which exercises are solved."""
    from autorev_lib.exercises import progress

    folder = folder or workspace.around(Path.cwd()) or Path()
    if (folder / MY_COURSE).is_dir():
        folder /= MY_COURSE
    kept = progress.read(folder)
    names = {chapter.path.name for chapter in chapters.all_chapters()}
    if not kept and not any((folder / name).exists() for name in names):
        raise AutorevError(
            f"folder: expected one with the course's notebooks, received {folder.resolve()}",
            "name the folder of your notebooks: autorev progress FOLDER",
        )
    console = Console()
    table = Table("notebook", "solved", "exercises", box=SIMPLE)
    for chapter in chapters.all_chapters():
        states = [kept.get((chapter.name, name)) for name in exercises.names(chapter)]
        marks = ["○" if state is None else "✔" if state[1] else "✘" for state in states]
        numbered = "  ".join(f"{mark} {number}" for number, mark in enumerate(marks, start=1))
        table.add_row(chapter.path.stem, f"{marks.count('✔')} of {len(marks)}", numbered)
    console.print(table)
    console.print("  ✔ solved, ✘ tried, ○ untouched")


for _command in (*teaching_commands.COMMANDS, *model_commands.COMMANDS):
    app.command()(_command)


def _chapter_called(name):
    """The chapter of that number or name, or None."""
    with contextlib.suppress(AutorevError):
        return chapters.find(name)


def _show_taken(console, chapter, taken):
    name = chapter.path.name
    if taken is None:
        say(console, f"{name} is of the newest edition already.")
        return
    cells = f"{taken.carried} cell{'s' * (taken.carried != 1)}"
    say(console, f"{name} is the new edition, with {cells} of yours.", style="green")
    say(console, f"Your notebook as it was: {taken.before}")
    for line in taken.both:
        say(console, f"Changed by you and by the course, yours stands: {line}", style="yellow")


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


def _show_seeded(seeded):
    for name, found in seeded.items():
        table = Table(f"{name}: with other seeds", "kind", "held", "spread", box=SIMPLE)
        for claim in found:
            style = "bold red" if claim.fails else "green"
            held = Text(f"{claim.held} of {claim.seeds}", style)
            table.add_row(Text(claim.text), claim.kind, held, f"{claim.spread:.0%}" if claim.spread else "")
        Console().print(table)


def _show_sabotaged(broken):
    for name, found in broken.items():
        worlds = found[0].survived if found else ()
        table = Table(f"{name}: findings in broken worlds", *worlds, box=SIMPLE)
        for claim in found:
            style = "bold red" if claim.is_free else ""
            table.add_row(
                Text(claim.text, style), *["holds" if s else "fails" for s in claim.survived.values()]
            )
        Console().print(table)


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
    _show_slowest(console, runs)
    for run in runs:
        if run.error:
            say(console, f"{run.notebook}, {run.error}", style="bold red")
            if run.trace:
                say(console, run.trace)


def _show_slowest(console, runs):
    cells = [
        (seconds, f"{run.notebook} [{number}]")
        for run in runs
        for number, seconds in enumerate(run.cell_seconds, start=1)
    ]
    slowest = sorted(cells, reverse=True)[:SLOWEST]
    if slowest:
        say(console, "Slowest cells: " + ", ".join(f"{name} {seconds:.1f} s" for seconds, name in slowest))
