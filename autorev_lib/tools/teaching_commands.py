"""The commands of ``autorev`` for teachers: solutions, assignments, marks."""

import contextlib
import signal
from pathlib import Path
from typing import Annotated

import typer
from rich.box import SIMPLE
from rich.console import Console
from rich.progress import track
from rich.table import Table
from rich.text import Text

from autorev_lib import chapters
from autorev_lib.exercises.verdict import Status
from autorev_lib.tools import class_list, editions, executor, files, gradebook, grading, hand_ins
from autorev_lib.tools.terminal import make_room, say, show_delivery


def solutions(
    notebooks: Annotated[list[str], typer.Argument(help="Numbers or names of notebooks, or all.")],
    output: Annotated[Path, typer.Option(metavar="FOLDER", help="Where to write them.")] = Path("solutions"),
):
    """Write solved editions of notebooks."""
    wanted, console = chapters.find_all(notebooks), Console(highlight=False)
    with console.status("Writing the solutions ..."):
        delivery = editions.write_solutions(wanted, output)
    show_delivery(console, output, delivery)
    say(console, f"Solved editions: {output}")


def assignment(
    notebooks: Annotated[list[str], typer.Argument(help="Numbers or names of notebooks, or all.")],
    output: Annotated[Path, typer.Option(metavar="FOLDER", help="The folder of the nbgrader course.")] = Path(
        "assignments"
    ),
):
    """Write notebooks as nbgrader assignments, and let nbgrader make the students' versions of them."""
    wanted, console = chapters.find_all(notebooks), Console(highlight=False)
    with console.status("Writing the assignments ..."):
        delivery = editions.write_assignments(wanted, output)
    show_delivery(console, output, delivery)
    with console.status("nbgrader makes the students' versions ..."):
        kept = editions.release_assignments(wanted, output)
    for old, new in kept:
        say(console, f"You changed the source of {old.name}: its release is new, the old one is {new}.")
    say(
        console,
        f"For students: {output / 'release'}. Yours, with solutions and hidden tests: {output / 'source'}.",
    )


def grade(
    folder: Annotated[Path, typer.Argument(help="A folder of handed-in notebooks, at any depth.")],
    output: Annotated[
        Path, typer.Option(metavar="FILE", help="The table with a row for each student.")
    ] = Path("marks.csv"),
    students: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Who is in the class, one name a line.")
    ] = None,
    notebook: Annotated[
        list[str] | None,
        typer.Option(metavar="NOTEBOOK", help="What counts; without it, all that anybody handed in."),
    ] = None,
    weights: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Points: a CSV file notebook,exercise,points.")
    ] = None,
    feedback: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Write a page for each student.")
    ] = None,
    jobs: Annotated[int, typer.Option(help="How many notebooks are marked at a time.", min=1)] = 1,
    time_limit: Annotated[
        int, typer.Option(help="Seconds that one notebook may take.", min=1)
    ] = grading.TIME_LIMIT,
    memory_limit: Annotated[
        float, typer.Option(help="GiB that one notebook may use.", min=0.1)
    ] = grading.MEMORY_LIMIT,
):
    """Mark handed-in notebooks into CSV files. Their code runs here, with your rights."""
    executor.require("nbclient", "ipykernel")
    wanted = chapters.find_all(notebook or [])
    place, paths = hand_ins.place_of(folder), hand_ins.find_notebooks(folder)
    submissions = [hand_ins.read(path, place) for path in paths]
    others, links = (
        [path.relative_to(place).as_posix() for path in found]
        for found in (hand_ins.find_others(folder), hand_ins.find_links(folder))
    )
    not_asked = [
        each for each in submissions if wanted and each.notebook not in ("", *(c.name for c in wanted))
    ]
    submissions = [each for each in submissions if each not in not_asked]
    points = gradebook.read_weights(weights) if weights else {}
    names = class_list.read_students(students) if students else []
    console = Console(highlight=False)

    def to_book(marks, left):
        return gradebook.Gradebook(marks, points, names, left, wanted, others)

    results = _Results(console, submissions, to_book, output, feedback)
    if names:
        say(console, f"{len(names)} students: {', '.join(names[:3])}{', ...' * (len(names) > 3)}")
    results.make_room()
    gone = set()
    previous = {number: signal.signal(number, signal.default_int_handler) for number in _ENDINGS}
    try:
        with contextlib.closing(grading.mark_all(submissions, jobs, time_limit, memory_limit)) as marking:
            for number, marks in track(
                marking, "Marking ...", len(submissions), console=console, transient=True
            ):
                if missing := {path.name for path in paths if not path.exists()} - gone:
                    gone |= missing
                    remark = f"while it ran, files disappeared: {', '.join(sorted(missing))}"
                    marks.detail = "; ".join(filter(None, [remark, marks.detail]))
                results.add(number, marks)
    finally:  # also what was marked before Ctrl+C, or before the terminal was closed, is kept
        for number, handler in previous.items():
            signal.signal(number, handler)
        book = results.write()
        _show_marks(console, book)
        if book.strangers:
            say(console, f"Not in the list of students: {', '.join(book.strangers)}")
        for what, found in (
            ("no notebook", others),
            ("not asked for", [each.file for each in not_asked]),
            ("links inside of what was handed in", links),
        ):
            if found:
                say(console, f"Not marked, {what}: {', '.join(found)}")
        stray = (
            [chapter for chapter in book.chapters if book.count(chapter) == 1] if len(book.marks) > 3 else []
        )
        for chapter in () if wanted else stray:
            say(console, f"{chapter.number} counts for all, and one student handed it in: see --notebook")
        if feedback:
            say(console, f"Pages to give back: {feedback}")
    say(console, f"A row for each student: {output}. A row for each exercise: {results.by_exercise}")


class _Results:
    """The tables and the pages, which are written anew with each notebook that is marked."""

    def __init__(self, console, submissions, to_book, output, feedback):
        self._console = console
        self._submissions = submissions
        self._to_book = to_book
        self._output = output
        self._feedback = feedback
        self._marks = [None] * len(submissions)
        self._pages = set()
        self.by_exercise = output.with_name(f"{output.stem}_exercises{output.suffix}")
        for path in (output, self.by_exercise):
            files.check_file_writable(path)
        if feedback:
            files.check_writable(feedback)

    def make_room(self):
        """Keep earlier tables."""
        for path in (self._output, self.by_exercise):
            make_room(self._console, path)

    def add(self, number, marks):
        """Write the marks of one notebook, and its author's page if nothing else of theirs is left."""
        self._marks[number] = marks
        book = self._write_tables()
        student = book.student_of[marks.file]
        if book.is_complete(student):
            self._write_pages(book, student)

    def write(self):
        """Write everything as it is now; returns the gradebook."""
        book = self._write_tables()
        self._write_pages(book)
        return book

    def _write_tables(self):
        pairs = list(zip(self._submissions, self._marks, strict=True))
        marks = [marks for _, marks in pairs if marks]
        book = self._to_book(marks, [submission for submission, marks in pairs if not marks])
        book.write(self._output, self.by_exercise)
        return book

    def _write_pages(self, book, only=None):
        for name, page in book.pages(only) if self._feedback else ():
            path = self._feedback / name
            write = files.replace_file if path in self._pages else files.write_beside
            write(path, gradebook.encoded(page))
            self._pages.add(path)


def _show_marks(console, book):
    table = Table("student", "", "points", "solved", "wrong", "untouched", "note", box=SIMPLE)
    for row in book.rows:
        handed_in = [chapter for chapter in book.chapters if chapter.name in row.best]
        for number, chapter in enumerate(handed_in or book.chapters[:1]):
            marks = row.best.get(chapter.name)
            cells = [Text(row.student if number == 0 else ""), chapter.number]
            if marks:
                count = len(book.exercises[chapter.name])
                wrong = marks.count(Status.WRONG, Status.WRONG_FORM, Status.ERROR)
                untouched = marks.count(Status.NOT_ATTEMPTED)
                points = f"{row.by_notebook[chapter.name]:g}"
                cells += [points, f"{marks.count(Status.CORRECT)} of {count}", str(wrong), str(untouched)]
            else:
                cells += ["", "", "", ""]
            table.add_row(*cells, Text(row.note if number == 0 else "", style="yellow"))
        if not book.chapters:
            table.add_row(Text(row.student), "", "", "", "", "", Text(row.note, style="yellow"))
    console.print(table)


_ENDINGS = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
COMMANDS = (solutions, assignment, grade)
