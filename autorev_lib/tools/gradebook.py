"""What a teacher gets of marks: a row for each student, one for each exercise, a page for each student."""

import ast
import csv
import functools
import html
import io
import itertools
import re
from collections import defaultdict
from pathlib import PurePosixPath
from typing import NamedTuple

from autorev_lib import __version__, chapters, errors, exercises
from autorev_lib.exercises.verdict import Status, Verdict
from autorev_lib.tools import class_list, files
from autorev_lib.tools.hand_ins import Outcome

COURSE = f"autorev {__version__}"
_BY_EXERCISE = [
    "student",
    "file",
    "notebook",
    "exercise",
    "outcome",
    "status",
    "mistake",
    "points",
    "maximum",
    "message",
    "course",
]
_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>{student}</title>
<style>body {{ font: 1rem/1.5 system-ui, sans-serif; max-width: 52em; margin: 2em auto; padding: 0 1em }}
h3 {{ font-size: 1rem; margin: 1.5em 0 .3em }} .points {{ float: right; font-weight: normal }}</style></head>
<body><h1>{student}</h1>
<p>{total} of {maximum} points · {course}</p>
{notebooks}
</body></html>
"""


class Row(NamedTuple):
    """The marks of one student."""

    student: str
    total: float
    by_notebook: dict
    """Points by the name of the chapter; a notebook that was not handed in is missing."""
    best: dict
    """For each of these chapters the :class:`~autorev_lib.tools.grading.Marks` that count."""
    note: str


class Gradebook:
    """The marks of a class.

    Attributes:
        chapters: Those that count.
        exercises: The names of their exercises, by the name of the chapter.
        maximum: The points that could be reached in all of them.
        rows: A :class:`Row` for each student.
        strangers: Who handed something in and is not among the students, where these are known.

    Args:
        marks: A list of :class:`~autorev_lib.tools.grading.Marks`.
        weights: Points by (chapter, exercise); one point for what is not in it.
        students: Who is in the class, as far as that is known.
        not_marked: The :class:`~autorev_lib.tools.hand_ins.Submission` of each file that is not marked yet.
        wanted: The chapters that count, where that is known; otherwise those that anybody handed in.
        others: Files that were handed in and are no notebooks.
    """

    def __init__(self, marks, weights=None, students=(), not_marked=(), wanted=(), others=()):
        self.marks = marks
        self._weights = weights or {}
        self.student_of = _students_of([*marks, *not_marked], students)
        self._not_reached = {(self.student_of[each.file], each.notebook) for each in not_marked}
        self._others = defaultdict(list)
        for file in others:
            self._others[_plain(class_list.person_of(file, students)[0])].append(PurePosixPath(file).name)
        names = {each.notebook for each in (*marks, *not_marked)}
        handed_in = [chapter for chapter in chapters.all_chapters() if chapter.name in names]
        self.chapters = sorted(wanted) or handed_in
        self.exercises = {chapter.name: exercises.names(chapter) for chapter in self.chapters}
        self.maximum = sum(
            self.weight(name, each) for name in self.exercises for each in self.exercises[name]
        )
        found = set(self.student_of.values())
        order = [*map(_plain, students), *sorted(found.difference(map(_plain, students)))]
        self.rows = [self._row(student) for student in order]
        self.strangers = sorted(found.difference(map(_plain, students))) if students else []

    def points(self, marks, exercise):
        """How many points one exercise of a notebook gets."""
        share = _verdict(marks, exercise).get("share", 0)
        return round(share * self.weight(marks.notebook, exercise), 2)

    def weight(self, chapter, exercise):
        """How many points a right answer gets."""
        return self._weights.get((chapter, exercise), 1)

    def count(self, chapter):
        """How many students handed in a chapter."""
        return sum(chapter.name in row.best for row in self.rows)

    def write(self, path, by_exercise):
        """Write the two tables.

        Args:
            path: The file for one row a student.
            by_exercise: The file for one row an exercise.

        Raises:
            AutorevError: A file cannot be written.
        """
        names = [chapter.path.stem for chapter in self.chapters]
        rows = [
            {"student": row.student, "total": row.total, "maximum": self.maximum}
            | {chapter.path.stem: row.by_notebook.get(chapter.name, "") for chapter in self.chapters}
            | {"note": row.note, "course": COURSE}
            for row in self.rows
        ]
        _write_csv(path, ["student", "total", "maximum", *names, "note", "course"], rows)
        _write_csv(
            by_exercise, _BY_EXERCISE, [row for marks in self.marks for row in self._exercise_rows(marks)]
        )

    def is_complete(self, student):
        """Whether all that a student handed in is marked."""
        return not any(student == each for each, _ in self._not_reached)

    def pages(self, only=None):
        """Yield a file name and the page to give back to a student, for all who handed in a notebook.

        Args:
            only: The student whose page is wanted; None for all.
        """
        taken = set()
        for row in self.rows:
            file = _page_name(row.student, taken)
            if only not in (None, row.student):
                continue
            handed_in = [marks for marks in self.marks if self.student_of[marks.file] == row.student]
            if not handed_in:
                continue
            parts = [self._section(row, each, handed_in) for each in self.chapters]
            parts += [_problem(marks) for marks in handed_in if not _chapter_of(marks)]
            page = _PAGE.format(
                student=html.escape(row.student),
                total=f"{row.total:g}",
                maximum=f"{self.maximum:g}",
                course=COURSE,
                notebooks="\n".join(parts),
            )
            yield file, page

    def _row(self, student):
        handed_in = [marks for marks in self.marks if self.student_of[marks.file] == student]
        best, notes = {}, []
        for chapter in self.chapters:
            of_chapter = [marks for marks in handed_in if marks.notebook == chapter.name]
            if of_chapter:
                best[chapter.name] = max(of_chapter, key=self._sum)
            if len(of_chapter) > 1:
                folders = {PurePosixPath(marks.file).parent for marks in of_chapter}
                where = f" from {len(folders)} folders: is it one person?" if len(folders) > 1 else ""
                notes.append(f"{chapter.number}: the best of {len(of_chapter)} files{where}")
        notes += [
            f"{self._place(each)}: {each.detail or each.outcome}" for each in handed_in if _is_odd(each)
        ]
        seen = {_chapter_of(marks) for marks in handed_in}
        missing = [chapter.number for chapter in self.chapters if chapter.name not in seen]
        if not self.is_complete(student):
            notes.append("the marking was stopped before all was marked")
        elif not handed_in:
            files_instead = self._others.get(student)
            notes.append(f"no notebook, but {', '.join(files_instead)}" if files_instead else "no notebook")
        elif missing:
            notes.append(f"not handed in: {', '.join(missing)}")
        points = {name: self._sum(marks) for name, marks in best.items()}
        return Row(student, round(sum(points.values()), 2), points, best, "; ".join(notes))

    def _place(self, marks):
        return chapters.find(marks.notebook).number if marks.notebook else marks.file.removeprefix("./")

    def _sum(self, marks):
        return round(sum(self.points(marks, name) for name in marks.verdicts), 2)

    def _exercise_rows(self, marks):
        row = {
            "student": self.student_of[marks.file],
            "file": marks.file,
            "notebook": marks.notebook,
            "outcome": marks.outcome,
            "points": 0,
            "course": COURSE,
        }
        if not marks.notebook:
            yield row | {"message": marks.detail}
            return
        for name in self.exercises[marks.notebook]:
            verdict = _verdict(marks, name)
            yield row | {
                "exercise": name,
                "status": verdict.get("status", "not_marked"),
                "mistake": verdict.get("mistake", ""),
                "points": self.points(marks, name),
                "maximum": self.weight(marks.notebook, name),
                "message": verdict.get("message", marks.detail),
            }

    def _section(self, row, chapter, handed_in):
        heading, marks = f"<h2>{html.escape(chapter.path.stem)}</h2>", row.best.get(chapter.name)
        if marks is None:
            found = [each for each in handed_in if _chapter_of(each) == chapter.name]
            is_waiting = (row.student, chapter.name) in self._not_reached
            missing = f"<p>Not {'marked' if is_waiting else 'handed in'}.</p>"
            return "\n".join([heading, *(map(_problem, found) if found else [missing])])
        parts = [heading] if marks.outcome == Outcome.MARKED else [heading, _problem(marks)]
        titles = _titles(chapter)
        for number, name in enumerate(self.exercises[chapter.name], start=1):
            points = f"{self.points(marks, name):g} of {self.weight(marks.notebook, name):g}"
            title = f"{number} · {html.escape(titles[number - 1])}"
            parts.append(f'<h3>{title}<span class="points">{points}</span></h3>')
            if verdict := _verdict(marks, name):
                status = Status(verdict["status"])
                # An empty cell is told how to go on, which is over here.
                message = "" if status == Status.NOT_ATTEMPTED else verdict["message"]
                parts.append(Verdict(status, message)._repr_mimebundle_()["text/html"])
        return "\n".join(parts)


def read_weights(path):
    """Read how many points each exercise gives, from a CSV file with the columns notebook, exercise, points.

    Returns:
        Points by (chapter, exercise).

    Raises:
        AutorevError: The file cannot be read, or a line names something that is not there; it says which.
    """
    columns = ["notebook", "exercise", "points"]
    weights = {}
    table = class_list.table(class_list.read_text(path, "weights"), csv.DictReader)
    if table.fieldnames != columns:
        raise errors.AutorevError(
            f"weights: expected the columns {', '.join(columns)}, received {table.fieldnames}",
            f"put a first line into {path}: {','.join(columns)}",
        )
    for row in table:
        where = f"{path}, line {table.line_num}"
        try:
            chapter = chapters.find(row["notebook"])
        except errors.AutorevError as error:
            raise errors.AutorevError(f"{where}: {error.problem}", error.cure) from None
        known = exercises.names(chapter)
        if row["exercise"] not in known:
            raise errors.AutorevError(
                f"{where}: expected an exercise of {chapter.path.stem}, received {row['exercise']!r}",
                f"one of {', '.join(known)}",
            )
        try:
            points = float(row["points"])
            if not 0 <= points < float("inf"):
                raise ValueError
        except (TypeError, ValueError):
            raise errors.AutorevError(
                f"{where}: points: expected a number from 0 up, received {row['points']!r}",
                "correct that line",
            ) from None
        if (chapter.name, row["exercise"]) in weights:
            raise errors.AutorevError(
                f"{where}: {row['exercise']} of {chapter.path.stem} has its points already",
                "delete one of the two lines",
            )
        weights[chapter.name, row["exercise"]] = int(points) if points == int(points) else points
    return weights


def encoded(text):
    """A text as UTF-8, with a code in place of what has none, such as a file name in another encoding."""
    return text.encode("utf-8", "backslashreplace")


def _page_name(student, taken):
    """A file name for a student's page that is none of those taken, which it joins."""
    stem = re.sub(r"[^\w .-]+", "_", student).strip(" .") or "student"
    numbered = (f"{stem} ({number})" for number in itertools.count(2))
    name = next(each for each in itertools.chain([stem], numbered) if each.casefold() not in taken)
    taken.add(name.casefold())
    return f"{name}.html"


@functools.cache
def _titles(chapter):
    """The titles of a chapter's exercises, read without importing what their checks need."""
    titles = []
    for each in ast.parse(chapter.exercises.read_text(encoding="utf-8")).body:
        if isinstance(each, ast.ClassDef) and any(ast.unparse(b).endswith("Exercise") for b in each.bases):
            assigned = {ast.unparse(n.targets[0]): n.value for n in each.body if isinstance(n, ast.Assign)}
            titles.append(ast.literal_eval(assigned["title"]))
    return titles


def _problem(marks):
    file = html.escape(PurePosixPath(marks.file).name)
    return f"<p>{file}: {html.escape(marks.detail or marks.outcome)}</p>"


def _is_odd(marks):
    return marks.outcome != Outcome.MARKED or marks.detail


def _chapter_of(marks):
    """The name of the chapter of a file: the one it answers, or if it is damaged, that of its name."""
    stem = PurePosixPath(marks.file).stem
    named = (each.name for each in chapters.all_chapters() if class_list.names_chapter(stem, each))
    return marks.notebook or next(named, "")


def _verdict(marks, name):
    return {} if marks.outcome == Outcome.TAMPERED else marks.verdicts.get(name, {})


def _students_of(marks, students):
    """Map each file to the student who handed it in; numbers tell two people of one name apart."""
    people = {each.file: class_list.person_of(each.file, students) for each in marks}
    ids = defaultdict(set)
    for each in marks:
        name, number = people[each.file]
        ids[name, each.notebook].add(number)
    shared = {name for (name, _), numbers in ids.items() if len(numbers) > 1}
    return {
        file: _plain(f"{name} ({number})" if number and name in shared else name)
        for file, (name, number) in people.items()
    }


def _plain(text):
    """A text that a spreadsheet does not take for a formula."""
    return f"'{text}" if text[:1] in tuple("=+-@") else text


def _write_csv(path, columns, rows):
    text = io.StringIO()
    table = csv.DictWriter(text, columns, lineterminator="\n")
    table.writeheader()
    table.writerows({k: f"{v:g}" if isinstance(v, float) else v for k, v in row.items()} for row in rows)
    files.replace_file(path, b"\xef\xbb\xbf" + encoded(text.getvalue()))  # the mark tells Excel of UTF-8
