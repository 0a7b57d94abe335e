"""Finding what is handed in: nothing is passed over in silence, and no link leads astray."""

import shutil

import handed_in
import pytest
from typer.testing import CliRunner

from autorev_lib.errors import AutorevError
from autorev_lib.tools import cli, hand_ins


def link(path, target):
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        path.symlink_to(target)
    except OSError:
        pytest.skip("this system makes no links")


def names(paths, folder):
    return [path.relative_to(folder).as_posix() for path in paths]


def test_folder_without_notebooks_is_refused(tmp_path):
    with pytest.raises(AutorevError, match="folder: expected one with notebooks"):
        hand_ins.find_notebooks(tmp_path)
    shutil.rmtree(tmp_path)
    with pytest.raises(AutorevError):
        hand_ins.find_notebooks(tmp_path)


def test_a_linked_folder_is_followed_once_and_a_loop_ends(tmp_path):
    folder = tmp_path / "class"
    handed_in.write(tmp_path / "elsewhere/01.IPYNB", handed_in.blank())
    handed_in.write(folder / "bela/01.ipynb", handed_in.blank())
    link(folder / "ada", tmp_path / "elsewhere")
    link(folder / "again", folder / "bela")
    link(folder / "loop", folder)
    assert names(hand_ins.find_notebooks(folder), folder) == ["ada/01.IPYNB", "bela/01.ipynb"]
    assert hand_ins.find_links(folder) == []


def test_links_inside_of_what_was_handed_in_are_named_and_not_followed(tmp_path):
    folder = tmp_path / "class"
    handed_in.write(folder / "bela/01.ipynb", handed_in.blank())
    link(folder / "ada/01.ipynb", folder / "bela/01.ipynb")
    link(folder / "ada/all", tmp_path)
    link(folder / "carl.ipynb", tmp_path / "nothing")
    assert names(hand_ins.find_notebooks(folder), folder) == ["bela/01.ipynb", "carl.ipynb"]
    assert names(hand_ins.find_links(folder), folder) == ["ada/01.ipynb", "ada/all"]
    assert hand_ins.read(folder / "carl.ipynb", folder).problem.startswith("the file cannot be read: No such")
    (folder / "bela/01.ipynb").write_text("nothing")
    arguments = ["grade", str(folder), "--output", str(tmp_path / "marks.csv")]
    result = CliRunner().invoke(cli.app, arguments)
    assert "Not marked, links inside of what was handed in: ada/01.ipynb, ada/all\n" in result.output


def test_half_a_sign_is_written_as_a_code(tmp_path):
    handed_in.write(tmp_path / "ada.ipynb", handed_in.with_cell(handed_in.blank(), "print('half')"))
    text = (tmp_path / "ada.ipynb").read_text(encoding="utf-8").replace("'half'", "'\\ud800'")
    (tmp_path / "ada.ipynb").write_text(text, encoding="utf-8")
    sources = [source for _, source in hand_ins.read(tmp_path / "ada.ipynb", tmp_path).cells]
    assert r"print('\ud800')" in sources


def test_what_lies_beside_a_notebook_costs_it_nothing(tmp_path):
    handed_in.write(tmp_path / "ada/01.ipynb", handed_in.blank())
    (tmp_path / "ada/helper.py").write_text("x = 1")
    (tmp_path / "ada/folder.py").mkdir()
    (tmp_path / "ada/large.py").write_bytes(b"#" * 2**20)
    link(tmp_path / "ada/gone.py", tmp_path / "nothing")
    found = hand_ins.read(tmp_path / "ada/01.ipynb", tmp_path)
    assert (found.problem, list(found.modules)) == ("", ["helper.py"])
