"""Marks as a teacher gets them: whose they are, how many points, what is missing."""

import csv

import pytest
from typer.testing import CliRunner

from autorev_lib import chapters, exercises
from autorev_lib.errors import AutorevError
from autorev_lib.tools import class_list, cli, gradebook, hand_ins
from autorev_lib.tools.gradebook import Gradebook
from autorev_lib.tools.grading import Marks
from autorev_lib.tools.hand_ins import Outcome, Submission

MLP = "multilayer_perceptron"
NAMES = exercises.names(chapters.find("01"))


def marks(file, *solved, notebook="linear_regression", outcome=Outcome.MARKED, detail="", **shares):
    verdicts = {name: {"status": "wrong", "mistake": "", "message": "no", "share": 0.0} for name in NAMES}
    for name in solved:
        verdicts[name] = {"status": "correct", "mistake": "", "message": "", "share": 1.0}
    for name, share in shares.items():
        verdicts[name]["share"] = share
    return Marks(f"./{file}", notebook, outcome, detail, verdicts if notebook else {})


@pytest.mark.parametrize(
    ("file", "student"),
    [
        ("ada/01_linear_regression.ipynb", "ada"),
        ("ada/01.ipynb", "ada"),
        ("ada/homework.ipynb", "ada/homework"),
        ("ada.ipynb", "ada"),
        ("week 1/ada.ipynb", "week 1/ada"),
        ("01_linear_regression_ada.ipynb", "ada"),
        ("ada-linear_regression.ipynb", "ada"),
        ("ada/01_linear_regression (1).ipynb", "ada"),
        ("ada/01_linear_regression-Copy2.ipynb", "ada"),
        ("01_linear_regression.ipynb", "01_linear_regression"),
        ("submitted/ada/01_linear_regression/01_linear_regression.ipynb", "submitted/ada"),
        ("byronada_4711_815_01_linear_regression.ipynb", "byronada"),
        ("byronada_LATE_4711_815_01_linear_regression-1.ipynb", "byronada"),
        ("Ada Byron_4711_assignsubmission_file_/01_linear_regression.ipynb", "Ada Byron"),
        ("Ada Byron_4711_assignsubmission_file/x.ipynb", "Ada Byron"),
        ("Ada Byron_4711_assignsubmission_file_01.ipynb", "Ada Byron"),
        ("=cmd()/01.ipynb", "'=cmd()"),
    ],
)
def test_whose_a_file_is(file, student):
    assert [row.student for row in Gradebook([marks(file)]).rows] == [student]


@pytest.mark.parametrize(
    ("file", "student"),
    [
        ("otto/x.ipynb", "otto"),
        ("dora/Dora Exercise 1 final.ipynb", "dora"),
        ("uwe/homework_1_01_linear_regression.ipynb", "uwe"),
        ("submitted/ada/01_linear_regression/01_linear_regression.ipynb", "ada"),
        ("Ju\u0308rgen Groß/01.ipynb", "Jürgen Groß"),
    ],
)
def test_a_listed_student_owns_what_lies_in_a_folder_of_that_name(file, student):
    book = Gradebook([marks(file)], students=["Jürgen Groß", "ada", "dora", "otto", "uwe"])
    assert list(book.student_of.values()) == [student]
    assert book.strangers == [] and len(book.rows) == 5


@pytest.mark.parametrize(
    ("file", "student"),
    [
        ("Abgaben/01_linear_regression_Lovelace.ipynb", "Lovelace"),
        ("Müller_Jürgen/Blatt 1/01.ipynb", "Jürgen Müller"),
        ("weissclara_12345_98765_01_linear_regression.ipynb", "Clara Weiß"),
        ("Max Clash/01.ipynb", "Max Clash"),
        ("Max/01.ipynb", "Max"),
    ],
)
def test_a_name_is_known_in_any_order_and_spelling(file, student):
    students = ["Clara Weiß", "Jürgen Müller", "Lovelace", "Max", "Max Clash"]
    assert list(Gradebook([marks(file)], students=students).student_of.values()) == [student]


def test_the_order_of_the_list_is_kept():
    book = Gradebook([marks("eve/01.ipynb")], students=["zoe", "ada"])
    assert [row.student for row in book.rows] == ["zoe", "ada", "eve"]


def test_one_name_in_two_folders_is_asked_about():
    found = [marks(f"Group {letter}/Max Clash/01.ipynb") for letter in "AB"]
    (row,) = Gradebook(found, students=["Max Clash"]).rows
    assert row.note == "01: the best of 2 files from 2 folders: is it one person?"


@pytest.mark.parametrize(
    ("content", "names"),
    [
        ("Name;Matrikel\nAda;1\n".encode("cp1252"), ["Ada"]),
        ("Weiß, Clara\nByron, Ada\n".encode("cp1252"), ["Weiß, Clara", "Byron, Ada"]),
        ("student\nJürgen\n".encode("utf-16"), ["Jürgen"]),
    ],
)
def test_lists_of_other_programs_are_read(tmp_path, content, names):
    (tmp_path / "class.csv").write_bytes(content)
    assert class_list.read_students(tmp_path / "class.csv") == names


def test_a_name_twice_on_the_list_is_refused(tmp_path):
    (tmp_path / "class.txt").write_text("Max\nAda\nMax\n")
    with pytest.raises(AutorevError, match="each name once, received 'Max' twice"):
        class_list.read_students(tmp_path / "class.txt")


def test_who_is_not_on_the_list_is_named():
    book = Gradebook([marks("otto/01.ipynb"), marks("eve/01.ipynb")], students=["otto", "zoe"])
    assert book.strangers == ["eve"]
    assert {row.student: row.note for row in book.rows}["zoe"] == "no notebook"


def test_homework_with_a_number_is_no_name_of_canvas():
    book = Gradebook([marks(f"{name}/homework_1_01_linear_regression.ipynb") for name in ("ute", "uwe")])
    assert len(book.rows) == 2


def test_after_a_stop_nobody_is_said_to_have_handed_in_nothing():
    book = Gradebook(
        [marks("ada/01.ipynb")],
        students=["ada", "zoe"],
        not_marked=[Submission("./zoe/01.ipynb", "linear_regression")],
    )
    assert {row.student: row.note for row in book.rows}["zoe"].startswith("the marking was stopped")


def test_two_people_of_one_name_stay_two():
    files = [f"Ada Byron_{number}_assignsubmission_file_/01.ipynb" for number in (1, 2)]
    book = Gradebook([marks(files[0], *NAMES), marks(files[1])])
    assert [(row.student, row.total) for row in book.rows] == [
        ("Ada Byron (1)", len(NAMES)),
        ("Ada Byron (2)", 0),
    ]


def test_moodle_numbers_a_student_anew_for_each_assignment():
    book = Gradebook(
        [
            marks("Ada Byron_1_assignsubmission_file_/01.ipynb", *NAMES),
            marks("Ada Byron_2_assignsubmission_file_/02.ipynb", notebook=MLP),
        ]
    )
    assert [row.student for row in book.rows] == ["Ada Byron"]


def test_a_row_for_each_student(tmp_path):
    book = Gradebook(
        [
            marks("ada/01.ipynb", *NAMES[:2], other_units=0.5),
            marks("ada/01 (1).ipynb"),
            marks("bela/01.ipynb", *NAMES, outcome=Outcome.TAMPERED, detail="numpy has been replaced"),
            marks("carl.ipynb", notebook="", outcome=Outcome.UNREADABLE, detail="no readable notebook"),
            marks("ada/02.ipynb", notebook=MLP),
        ],
        {("linear_regression", NAMES[0]): 3},
        ["dora"],
    )
    book.write(tmp_path / "marks.csv", tmp_path / "each.csv")
    rows = {
        row["student"]: row for row in csv.DictReader((tmp_path / "marks.csv").open(encoding="utf-8-sig"))
    }
    assert list(rows) == ["dora", "ada", "bela", "carl"]
    maximum = len(NAMES) + 2 + len(exercises.names(chapters.find("02")))  # one of them gives 3 points
    assert {row["maximum"] for row in rows.values()} == {str(maximum)}
    assert [float(row["total"]) for row in rows.values()] == [0, 3.5, 0, 0]
    assert rows["ada"]["note"] == "01: the best of 2 files"
    assert rows["bela"]["note"] == "01: numpy has been replaced; not handed in: 02"
    assert rows["carl"]["note"] == "carl.ipynb: no readable notebook; not handed in: 01, 02"
    assert rows["dora"]["note"] == "no notebook"
    assert rows["bela"]["02_multilayer_perceptron"] == ""
    assert all(row["course"].startswith("autorev ") for row in rows.values())
    each = list(csv.DictReader((tmp_path / "each.csv").open(encoding="utf-8-sig")))
    assert {(row["file"], row["status"]) for row in each if row["student"] == "bela"} == {
        ("./bela/01.ipynb", "not_marked")
    }
    assert sum(float(row["points"]) for row in each if row["file"] == "./ada/01.ipynb") == 3.5


def test_part_points_are_what_the_checker_knows():
    units = exercises.load("01")["other_units"]
    right = units.right_answer
    assert units.grade(right).share == 1.0
    half = (right[0], *(value + 1 for value in right[1:]))
    assert units.grade(half).share == 1 / len(right)
    assert units.grade((right[0], *(None for _ in right[1:]))).share == 1 / len(right)
    changes = exercises.load("04")["allowed_changes"]
    assert changes.grade(changes.right_answer).share == 1.0
    assert changes.grade(set(changes.options)).share == 0.0
    assert 0 < changes.grade(set(list(changes.right_answer)[:2])).share < 1
    assert exercises.load("01")["mean_absolute_error"].grade(lambda y, prediction: 0.0).share == 0.0


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("exercise,points\n", "expected the columns notebook, exercise, points"),
        ("notebook,exercise,points\n01,other_unit,2\n", "line 2: expected an exercise of 01_linear"),
        ("notebook,exercise,points\n01,other_units,many\n", "line 2: points: expected a number"),
        ("notebook,exercise,points\n01,other_units,-1\n", "line 2: points: expected a number"),
        ("notebook,exercise,points\n01,other_units\n", "line 2: points: expected a number"),
        ("notebook,exercise,points\n99,other_units,1\n", "line 2: chapter: expected one of"),
        ("notebook,exercise,points\n1,other_units,1\n01,other_units,2\n", "line 3: other_units .* already"),
        ("", "expected the columns"),
    ],
)
def test_weights_that_make_no_sense_are_refused_by_line(tmp_path, text, complaint):
    path = tmp_path / "weights.csv"
    path.write_text(text)
    with pytest.raises(AutorevError, match=complaint):
        gradebook.read_weights(path)


def test_weights_and_students_are_read(tmp_path):
    (tmp_path / "w.csv").write_text("\ufeffnotebook,exercise,points\n01,other_units,2.5\n", encoding="utf-8")
    assert gradebook.read_weights(tmp_path / "w.csv") == {("linear_regression", "other_units"): 2.5}
    (tmp_path / "w.csv").write_text("notebook;exercise;points\n1;other_units;2\n")  # as Excel saves it
    assert gradebook.read_weights(tmp_path / "w.csv") == {("linear_regression", "other_units"): 2}
    (tmp_path / "s.csv").write_text("student,mail\nada,a@b\n\nbela,b@b\n")
    assert class_list.read_students(tmp_path / "s.csv") == ["ada", "bela"]
    (tmp_path / "s.csv").write_text("Student;Mail\nJu\u0308rgen;a@b\n", encoding="utf-8")
    assert class_list.read_students(tmp_path / "s.csv") == ["Jürgen"]
    (tmp_path / "s.csv").write_text("\n")
    with pytest.raises(AutorevError, match="students: expected one name a line"):
        class_list.read_students(tmp_path / "s.csv")
    with pytest.raises(AutorevError, match="cannot be read"):
        class_list.read_students(tmp_path / "none.csv")


def test_a_page_for_each_student_says_what_was_wrong():
    book = Gradebook([marks("<b>/01.ipynb", NAMES[0])], students=["dora"])
    ((file, page),) = book.pages()
    assert file == "_b_.html"
    assert "<h1>&lt;b&gt;</h1>" in page and "<b>/01" not in page
    assert f"1 of {len(NAMES)} points" in page
    assert page.count("✔ Correct.") == 1 and page.count("✘ Not right yet.") == len(NAMES) - 1


def test_a_page_says_what_is_missing_and_what_is_damaged():
    damaged = marks("ada/02.ipynb", notebook="", outcome=Outcome.UNREADABLE, detail="damaged: at line 3")
    odd = marks("ada/x.ipynb", notebook="", outcome=Outcome.UNREADABLE, detail="this is no notebook")
    found = [marks("ada/01.ipynb"), damaged, odd, marks("bo/02.ipynb", notebook=MLP)]
    book = Gradebook(found, students=["ada", "bo"])
    pages = dict(book.pages())
    assert "<p>02.ipynb: damaged: at line 3</p>" in pages["ada.html"]
    assert "<p>x.ipynb: this is no notebook</p>" in pages["ada.html"]
    assert "Not handed in." not in pages["ada.html"] and book.rows[0].note.count("not handed in") == 0
    assert pages["bo.html"].count("Not handed in.") == 1


def test_a_page_that_is_written_early_has_the_name_and_the_points_of_the_last_one():
    found = [marks(f"{name}/01.ipynb", NAMES[0]) for name in ("A:B", "A*B", "cy")]
    waiting = [Submission(each.file, each.notebook) for each in found]
    waiting += [Submission("./cy/02.ipynb", MLP)]
    early = Gradebook(found[:1], not_marked=waiting[1:])
    late = Gradebook(found, not_marked=waiting[3:])
    assert early.is_complete("A:B") and not late.is_complete("cy")
    assert list(early.pages()) == list(late.pages("A:B"))
    assert "<p>Not marked.</p>" in dict(late.pages("cy"))["cy.html"]


def test_the_titles_of_exercises_are_read_without_importing_what_they_need():
    for chapter in chapters.all_chapters():
        titles = [exercise.title for exercise in exercises.load(chapter.name).values()]
        assert gradebook._titles(chapter) == titles


def test_names_that_make_one_file_name_keep_two_pages():
    book = Gradebook([marks("A:B/01.ipynb"), marks("A*B/01.ipynb"), marks("../a b/01.ipynb")])
    assert len({file.casefold() for file, _ in book.pages()}) == 3
    assert not [file for file, _ in book.pages() if "/" in file]


def test_an_empty_cell_is_not_told_to_go_on():
    empty = marks("ada/01.ipynb")
    empty.verdicts = {NAMES[0]: {"status": "not_attempted", "message": "Write your answer in this cell."}}
    ((_, page),) = Gradebook([empty]).pages()
    assert "Not attempted yet." in page and "Write your answer" not in page


def test_what_counts_can_be_said_and_what_is_no_notebook_is_named():
    book = Gradebook(
        [marks("ada/01.ipynb")], students=["ada", "bo"], wanted=[chapters.find("01")], others=["bo/work.zip"]
    )
    assert book.maximum == len(NAMES)
    assert {row.student: row.note for row in book.rows}["bo"] == "no notebook, but work.zip"
    book = Gradebook([marks("ada/01.ipynb")], wanted=[chapters.find("01"), chapters.find("02")])
    assert book.maximum > len(NAMES) and book.rows[0].note == "not handed in: 02"


def test_the_command_shows_a_table_that_fits_and_writes_all(tmp_path, monkeypatch):
    import handed_in

    monkeypatch.setenv("COLUMNS", "80")
    wrong = handed_in.wrong_code(exercises.load("01")["mean_absolute_error"], "squares")
    handed_in.write(tmp_path / "class/ada/01.ipynb", handed_in.answered({"mean_absolute_error": wrong}))
    (tmp_path / "class/bela.ipynb").write_text("nothing")
    (tmp_path / "students.txt").write_text("ada\nbela\ndora\n")
    arguments = ["--output", tmp_path / "marks.csv", "--students", tmp_path / "students.txt"]
    arguments += ["--feedback", tmp_path / "pages"]
    command = ["grade", str(tmp_path / "class"), *map(str, arguments)]
    result = CliRunner().invoke(cli.app, command)
    assert result.exit_code == 0, result.output
    table = result.output.split("A row for each student")[0].split("Pages")[0]
    assert max(len(line) for line in table.splitlines()) <= 80
    assert f"0 of {len(NAMES)}" in table and "no notebook" in table
    pages = {path.name for path in (tmp_path / "pages").iterdir()}
    assert pages == {"ada.html", "bela.html"}
    CliRunner().invoke(cli.app, command)
    assert pages == {path.name for path in (tmp_path / "pages").iterdir()}, "the same is not kept twice"
    assert (tmp_path / "marks.1.csv").exists() and (tmp_path / "marks_exercises.1.csv").exists()


def test_of_an_nbgrader_course_only_what_was_submitted_is_marked(tmp_path):
    for folder in ("source", "release", "submitted/ada"):
        place = tmp_path / folder / "01_linear_regression"
        place.mkdir(parents=True)
        (place / "01_linear_regression.ipynb").write_text("{}")
    (tmp_path / "nbgrader_config.py").touch()
    (found,) = hand_ins.find_notebooks(tmp_path)
    assert found.parts[-3] == "ada"


def test_no_name_and_no_encoding_costs_other_people_their_marks(tmp_path):
    import os

    import handed_in

    folder = tmp_path / "class"
    handed_in.write(folder / "ada.IPYNB", handed_in.blank())
    text = (folder / "ada.IPYNB").read_text(encoding="utf-8")
    (folder / "bela.ipynb").write_text(text, encoding="utf-8-sig")
    (folder / "carl.ipynb").write_text(text, encoding="utf-16")
    try:
        (folder / os.fsdecode(b"d\xff.ipynb")).write_text("nothing")
    except OSError:
        pytest.skip("this system takes no such file name")
    arguments = ["--output", str(tmp_path / "marks.csv"), "--feedback", str(tmp_path / "pages")]
    result = CliRunner().invoke(cli.app, ["grade", str(folder), *arguments])
    assert result.exit_code == 0, result.output
    rows = list(csv.DictReader((tmp_path / "marks.csv").open(encoding="utf-8-sig")))
    assert [row["student"] for row in rows] == ["ada", "bela", "carl", "d\\udcff"]
    assert [row["note"] for row in rows[:3]] == ["", "", ""]
