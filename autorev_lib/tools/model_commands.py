"""The commands of ``autorev`` that serve models, and publish, retrain and roll them back."""

import tempfile
from pathlib import Path
from typing import Annotated

import typer
from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table

from autorev_lib.errors import AutorevError
from autorev_lib.tools import files
from autorev_lib.tools.terminal import make_room, say


def serve(
    models: Annotated[Path, typer.Argument(help="The folder of models.")],
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(help="The port to listen on; 0 for any free one.", min=0, max=65535)
    ] = 8000,
    allow_host: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Another name the server has, as behind a proxy; may be repeated."),
    ] = None,
    name: Annotated[str | None, typer.Option(metavar="NAME", help="The model, if there are several.")] = None,
):
    """Serve the newest version of a model in MODELS over HTTP, with a page to draw on."""
    from autorev_lib.serving import server

    if not server.is_loopback(host):
        say(
            Console(stderr=True),
            f"Warning: anyone who can reach {host} can use the server: it has no login and no encryption.",
            style="bold yellow",
        )
    server.run(models, host, port, tuple(allow_host or ()), name, on_ready=_show_url)


def read(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Pictures of digits.")],
    models: Annotated[Path, typer.Option(help="The folder of models.")] = Path("models"),
    name: Annotated[str | None, typer.Option(metavar="NAME", help="The model, if there are several.")] = None,
):
    """Read the digits in pictures, with the version that `autorev serve MODELS` would serve."""
    from autorev_lib.serving import pictures, versions

    version, unread = versions.load_served(models, name), 0
    for file in files:
        try:
            answer, _, probabilities = pictures.read_picture(file.read_bytes(), version)
        except (pictures.PictureError, OSError) as error:
            unread += 1
            print(f"{file}: not read: {getattr(error, 'problem', None) or error.strerror or error}")
            continue
        number = "".join(digit.label for digit in answer.digits)
        print(f"{file}: {number}, {min(probabilities.max(axis=1).prod(), 0.99):.0%} sure")
    raise typer.Exit(int(unread > 0))


def rollback(
    models: Annotated[Path, typer.Argument(help="The folder of models.")],
    name: Annotated[str | None, typer.Argument(help="The model, if there are several.")] = None,
):
    """Withdraw the newest version of a model, so that the one before it is served."""
    from autorev_lib.serving import stages, versions

    name = name or versions.only_name(models)
    withdrawn, now = stages.withdraw(models, name)
    print(f"Version {withdrawn} of {name} is withdrawn; version {now} is served. Its files are kept.")


def retrain(
    models: Annotated[Path, typer.Argument(help="The folder of models.")],
    name: Annotated[str | None, typer.Argument(help="The model, if there are several.")] = None,
    approve: Annotated[
        str, typer.Option(metavar="NUMBERS", help='Corrections to learn from, such as "1-40,52".')
    ] = "",
    reject: Annotated[
        str, typer.Option(metavar="NUMBERS", help="Corrections never to learn from, likewise.")
    ] = "",
    output: Annotated[Path, typer.Option(metavar="FILE", help="Where to save the challenger.")] = Path(
        "challenger.keras"
    ),
):
    """Show people's corrections for approval, and train a challenger on those that were approved."""
    from autorev_lib.serving import feedback, versions
    from autorev_lib.tools import review

    if output.suffix != ".keras":
        raise AutorevError(f"output: expected a name that ends in .keras, received {output}", "rename it")
    files.check_file_writable(output)
    console = Console(highlight=False)
    name = name or versions.only_name(models)
    with feedback.opened(models) as store:
        for numbers, approved in ((approve, True), (reject, False)):
            if numbers:
                count = store.review(name, review.ranges(numbers), approved)
                say(console, f"{count} corrections are {'approved' if approved else 'rejected'}.")
        pending, approved = (store.corrections(name, state) for state in (None, True))
    if len(pending.labels):
        sheet = output.with_name("corrections.png")
        make_room(console, sheet)
        shown = review.draw_sheet(pending, versions.newest(models, name).labels, sheet)
        console.print(review.by_session(pending, shown))
        say(console, f"{len(pending.labels)} corrections wait for approval; {shown} of them are in {sheet}.")
        say(console, f"Look at them: autorev retrain {models} {name} --approve NUMBERS --reject NUMBERS")
    if approve or not len(pending.labels):
        loop = _loop()
        champion = loop.load_champion(models, name)
        with console.status("Training a challenger ..."):
            challenger = loop.learn(models, name, champion)
        with tempfile.TemporaryDirectory(prefix=".", dir=output.parent) as folder:  # Keras leaves half a file
            challenger.save(saved := Path(folder, output.name))
            make_room(console, output)
            saved.rename(output)
        say(console, f"{output} has learned from {len(approved.labels)} corrections.", style="green")
        say(console, f"Next: autorev publish {models} {output} --name {name}")


def publish(
    models: Annotated[Path, typer.Argument(help="The folder of models; made if it is missing.")],
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="MODEL", help="A .keras or .h5 file. Without it, the shadow's trial is decided."
        ),
    ] = None,
    name: Annotated[str, typer.Option(help="The model of which it becomes the next version.")] = "digits",
    anyway: Annotated[
        bool, typer.Option("--anyway", help="Publish it even if it reads less than 80 % of the images.")
    ] = False,
):
    """Put a network beside the served version, as its shadow; or decide which of the two is served."""
    from autorev_lib.serving import gate

    console = Console(highlight=False)
    if file is None:
        raise typer.Exit(_decide(console, gate.decide(models, name), models, name))
    if (trial := gate.open_trial(models, name)) and trial.shadow > trial.champion:
        folder = models / name / f"{trial.shadow}.shadow"
        raise AutorevError(
            f"version {trial.shadow} of {name} is on trial, and only one can be: {trial.reason}",
            f"wait for its verdict, or give it up: rename {folder} to {trial.shadow}.withdrawn",
        )
    loop = _loop()
    from autorev_lib import publishing

    clean = loop.clean_images()
    network, added = publishing.add_missing_layers(publishing.load_network(file), *clean)
    if added:
        say(console, f"Put on {file.name}: {', '.join(added)}.")
    try:
        with console.status("Converting ..."):
            version = publishing.publish(
                models, name, network, *clean, added=added, source=file, anyway=anyway
            )
    except publishing.AccuracyError as error:
        say(console, f"Not published. {error}, or publish it all the same with --anyway.", style="bold red")
        raise typer.Exit(1) from error
    say(console, f"{publishing.summary(version.notes)}.")
    say(console, f"It computes with {version.notes['arithmetic']}: {version.notes['arithmetic_reason']}.")
    verdict = gate.admit(models, name, *clean)
    if verdict is None:
        say(console, f"Published as version {version.number} of {name}: it is the first.", style="green")
    else:
        _show_clean(console, verdict)
        if verdict.veto:
            say(console, f"Version {version.number} is withdrawn: {verdict.veto}.", style="bold red")
            raise typer.Exit(1)
        say(console, f"Version {version.number} of {name} is a shadow: it answers unseen.", style="green")
        say(console, f"{gate.SAMPLES} labelled drawings decide. Then: autorev publish {models} --name {name}")
    say(console, f"Its model card is {version.path / 'card.md'}.")


def _decide(console, trial, models, name):
    """Say what became of a trial; returns the exit code."""
    if trial is None:
        raise AutorevError(
            f"no version of {name} in {models} is on trial",
            f"give a network: autorev publish {models} MODEL.keras --name {name}",
        )
    is_former = trial.shadow < trial.champion
    outcome, style = {
        "waiting": ("Not decided", "yellow"),
        "promote": (f"Version {trial.shadow} of {name} is served", "green"),
        "roll back": (f"Go back: autorev rollback {models} {name}", "bold red"),
        "end": (f"Version {trial.champion} of {name} holds its place", "green")
        if is_former
        else (f"Version {trial.shadow} of {name} is withdrawn", "bold red"),
    }[trial.verdict]
    say(console, f"{outcome}: {trial.reason}.", style=style)
    return int(style != "green")


def _loop():
    """Import what trains and converts; it takes seconds, so no other command does."""
    from autorev_lib import devices

    try:
        devices.select_backend()  # before Keras is imported: it looks only once
        from autorev_lib import retraining
    except ImportError as error:
        raise AutorevError(str(error), 'pip install "autorev-lib[serve,tensorflow]"') from error
    return retraining


def _show_clean(console, clean):
    table = Table(
        "clean images", "count", "champion", "shadow", "only champion", "only shadow", "p", box=SIMPLE
    )
    for what, test in (("all", clean.test), (f"of {clean.worst_class}", clean.worst_test)):
        table.add_row(
            what,
            str(test.count),
            f"{test.first_accuracy:.2%}",
            f"{test.second_accuracy:.2%}",
            str(test.only_first),
            str(test.only_second),
            f"{test.p_value:.2g}",
        )
    console.print(table)


def _show_url(url):
    say(Console(highlight=False), f"Draw at {url}, the interface is at {url}/docs; Ctrl+C stops the server.")


COMMANDS = (serve, read, rollback, retrain, publish)
