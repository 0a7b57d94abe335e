"""Who is in a class, and whose a handed-in file is."""

import contextlib
import csv
import io
import itertools
import re
import unicodedata
from pathlib import Path, PurePosixPath

from autorev_lib import chapters, errors

_CANVAS = re.compile(r"(?P<name>[^_]+)_(?:LATE_)?(?P<id>\d{3,})_\d{3,}_.+")
_MOODLE = re.compile(r"(?P<name>.+)_(?P<id>\d+)_assignsubmission_.*")
_HEADINGS = ("student", "students", "name", "names", "student name", "full name", "login", "username")
_COPY = re.compile(r"[\s_-]*(?:\(\d+\)|-?[Cc]opy\d*|\d+)?")  # what browsers and Jupyter add to a second copy


def read_students(path):
    """Read who is in a class: one name a line, or the first column of a table, with a heading or without.

    Raises:
        AutorevError: The file cannot be read, is empty, or has a name twice.
    """
    text = unicodedata.normalize("NFC", read_text(path, "students"))
    rows = [[cell.strip() for cell in row] for row in table(text, csv.reader) if any(map(str.strip, row))]
    has_heading = bool(rows) and rows[0][0].casefold() in _HEADINGS
    rows = rows[has_heading:]
    are_names = not has_heading and all(len(row) == 2 for row in rows)  # `Byron, Ada` on each line
    names = [", ".join(row) if are_names else row[0] for row in rows]
    twice = [name for name in names if names.count(name) > 1]
    if twice:
        raise errors.AutorevError(
            f"students: expected each name once, received {twice[0]!r} twice in {path}",
            "tell them apart, for example by their numbers, in the list and in the names of their folders",
        )
    if not names:
        raise errors.AutorevError(
            f"students: expected one name a line, received the empty {path}", "fill it in"
        )
    return names


def person_of(file, students):
    """Name and number of the student of a file; the number is empty where none is known."""
    path = PurePosixPath(unicodedata.normalize("NFC", file))
    parts = [*path.parent.parts, path.stem]
    for part in parts:
        bears = [student for student in students if _bears_name(part, student)]
        longest = max((len(_words_of(student)) for student in bears), default=0)
        found = [student for student in bears if len(_words_of(student)) == longest]
        if len(found) == 1:
            return found[0], ""
    for part in parts:
        for pattern in (_MOODLE, _CANVAS):
            if match := pattern.fullmatch(part):
                return match["name"], match["id"]
    words = [word for chapter in chapters.all_chapters() for word in _words(chapter)]
    own = [part for part in (_without_chapter(part, words) for part in parts) if part]
    return "/".join(own) or path.stem, ""


def names_chapter(part, chapter):
    """Whether a part of a path names a chapter, by its number, its name or both."""
    return any(_around(part, word) for word in _words(chapter))


def _bears_name(part, student):
    """Whether a part of a path holds a name: its words in any order, or as Canvas joins them."""
    words, name = _words_of(part), _words_of(student)
    joined = {"".join(order) for order in itertools.permutations(name)} if len(name) < 5 else set()
    return bool(name) and (set(name) <= set(words) or bool(joined & set(words)))


def _words_of(text):
    """The words of a text, without accents and capitals."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return re.findall(r"[^\W_]+", "".join(sign for sign in plain if not unicodedata.combining(sign)))


def _words(chapter):
    """By what a chapter is named in a file's name."""
    return chapter.path.stem, chapter.name, chapter.number


def _around(part, word):
    """What stands before and after a word in a part of a path; None if it is not there as a word."""
    before, found, after = part.partition(word)
    is_word = found and (not before or before[-1] in " _-.") and (not after or after[0] in " _-.(")
    return (before, after) if is_word else None


def _without_chapter(part, words):
    for word in words:
        if sides := _around(part, word):
            rest = " ".join(sides).strip(" _-.")
            return "" if _COPY.fullmatch(rest) else rest
    return part


def read_text(path, what):
    try:
        content = Path(path).read_bytes()
    except OSError as error:
        problem = f"{what}: {path} cannot be read: {error.strerror}"
        raise errors.AutorevError(problem, "name another file") from error
    encodings = ["utf-16"] if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ["utf-8-sig", "cp1252"]
    for encoding in encodings:  # cp1252 is Excel's
        with contextlib.suppress(UnicodeDecodeError):
            return content.decode(encoding)
    raise errors.AutorevError(f"{what}: {path} cannot be read: it is no text", "name another file")


def table(text, reader):
    """A CSV file, its columns separated by commas, or by semicolons where the first line has no comma."""
    heading = text.partition("\n")[0]
    return reader(io.StringIO(text), delimiter=";" if ";" in heading and "," not in heading else ",")
