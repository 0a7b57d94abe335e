"""The commands of ``autorev`` that serve models, and publish, retrain and roll them back."""

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
):
    """Serve the newest version of each model in MODELS over HTTP, with a page to draw on."""
    from autorev_lib.serving import server

    if not server.is_loopback(host):
        say(
            Console(stderr=True),
            f"Warning: anyone who can reach {host} can use the server: it has no login and no encryption.",
            style="bold yellow",
        )
    server.run(models, host, port, tuple(allow_host or ()), on_ready=_show_url)


def read(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Pictures of digits.")],
    models: Annotated[Path, typer.Option(help="The folder of models.")] = Path("models"),
):
    """Read the digits in pictures, with the version that `autorev serve MODELS` would serve."""
    from autorev_lib.serving import pictures, versions

    version, unread = versions.load_served(models), 0
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
    from autorev_lib.serving import versions

    name = name or versions.only_name(models)
    withdrawn, now = versions.withdraw(models, name)
    print(f"Version {withdrawn} of {name} is withdrawn; version {now} is served. Its files are kept.")


def retrain(
    models: Annotated[Path, typer.Argument(help="The folder of models.")],
    name: Annotated[str | None, typer.Argument(help="The model, if there are several.")] = None,
    output: Annotated[Path, typer.Option(metavar="FILE", help="Where to save the challenger.")] = Path(
        "challenger.keras"
    ),
):
    """Train a challenger on people's corrections, and compare it with the version that is served."""
    if output.suffix != ".keras":
        raise AutorevError(f"output: expected a name that ends in .keras, received {output}", "rename it")
    files.check_file_writable(output)
    from autorev_lib.serving import versions

    loop, console = _loop(), Console(highlight=False)
    name = name or versions.only_name(models)
    champion = loop.load_champion(models, name)
    with console.status("Training a challenger ..."):
        challenger = loop.learn(models, name, champion)
    make_room(console, output)
    challenger.save(output)
    evidence = loop.weigh(models, name, champion, challenger)
    _show_evidence(console, evidence)
    is_better, reason = loop.judge(evidence)
    if is_better:
        say(console, f"{output} can take its place: {reason}.", style="green")
        say(console, f"Next: autorev publish {models} {output} --name {name}")
    else:
        say(console, f"{output} should not take its place: {reason}.", style="yellow")


def publish(
    models: Annotated[Path, typer.Argument(help="The folder of models; made if it is missing.")],
    file: Annotated[Path, typer.Argument(metavar="MODEL", help="A .keras file.")],
    name: Annotated[str, typer.Option(help="The model of which it becomes the next version.")] = "digits",
):
    """Publish a network as the next version, if it is better than the one that is served."""
    loop, console = _loop(), Console(highlight=False)
    from autorev_lib.export import add_missing_layers

    network, added = add_missing_layers(loop.load_network(file), *loop.clean_images())
    if added:
        say(console, f"Put on {file.name}: {', '.join(added)}.")
    champion = loop.find_champion(models, name)
    if champion is not None:
        evidence = loop.weigh(models, name, champion, network)
        _show_evidence(console, evidence)
        is_better, reason = loop.judge(evidence)
        if not is_better:
            say(console, f"Not published: {reason}.", style="bold red")
            raise typer.Exit(1)
    else:
        reason = "there was none to compare with"
    with console.status("Converting to int8 ..."):
        version = loop.publish(models, name, network, *loop.clean_images())
    say(console, f"Published as version {version.number} of {name}: {reason}.", style="green")
    say(console, f"As int8 it reads {version.notes['clean_accuracy']:.1%} of 5,000 images correctly.")


def _loop():
    """Import what trains and converts; it takes seconds, so no other command does."""
    from autorev_lib import devices

    try:
        devices.select_backend()  # before Keras is imported: it looks only once
        from autorev_lib import retraining
    except ImportError as error:
        raise AutorevError(str(error), 'pip install "autorev-lib[serve,tensorflow]"') from error
    return retraining


def _show_evidence(console, evidence):
    table = Table(
        "right", "images", "champion", "challenger", "only champion", "only challenger", "p", box=SIMPLE
    )
    for what, test in (
        ("held-out corrections", evidence.on_corrections),
        ("clean images", evidence.on_clean),
    ):
        if test:
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
