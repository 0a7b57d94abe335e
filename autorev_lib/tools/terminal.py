"""What the commands print: text as it is, in any terminal."""

from pathlib import Path

from rich.text import Text

from autorev_lib.tools import files, workspace

_NEWS = {
    workspace.Status.NEW: "New:",
    workspace.Status.RESTORED: "Fresh again, because it was gone:",
    workspace.Status.UPDATED: "New edition, in place of one you had not changed:",
}


def say(console, text, style=None):
    """Print text on a rich console as it is: no markup, no line breaks of our own."""
    console.print(Text(text, style=style or ""), soft_wrap=True)


def show_delivery(console, folder, delivery, take=None):
    """Show what a delivery did; ``take`` is the command that has an option to take a new edition."""
    if delivery.record_was_damaged:
        say(console, f"{folder / workspace.RECORD} could not be read: what differs counts as yours.")
    for old, new in delivery.renamed:
        say(console, f"{old} is called {new} now, as in the course; what is in it stays.", style="green")
    for status, headline in _NEWS.items():
        names = [outcome.name for outcome in delivery.outcomes if outcome.status == status]
        if names:
            say(console, f"{headline} {', '.join(names)}", style="green")
    for outcome in delivery.outcomes:
        if outcome.new_edition:
            changes = f" ({outcome.changes})" if outcome.changes else ""
            what = f"{outcome.name} is yours and stays as it is. The new edition{changes} is beside it:"
            say(console, f"{what} {outcome.new_edition}", style="yellow")
            if take and outcome.name.endswith(".ipynb"):
                say(console, f"To put your work into it: {take} --take {Path(outcome.name).stem}")


def make_room(console, path):
    """Keep what a command would overwrite, and say where."""
    if kept := files.keep_old(path):
        say(console, f"The {path.name} that was there is kept as {kept.name}.", style="yellow")
