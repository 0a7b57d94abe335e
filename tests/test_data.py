import hashlib

import numpy as np
import pytest

from autorev_lib import data


def test_mnist_is_complete_and_as_published():
    (x_train, y_train), (x_test, y_test) = data.load_mnist()
    assert x_train.shape == (60000, 28, 28) and x_test.shape == (10000, 28, 28)
    assert y_train.shape == (60000,) and y_test.shape == (10000,)
    assert {array.dtype for array in (x_train, y_train, x_test, y_test)} == {np.dtype("uint8")}
    assert x_train.min() == 0 and x_train.max() == 255
    # The published IDX files, header included: big-endian magic number and sizes, then the bytes.
    published = {
        "6bbc9ace898e44ae57da46a324031adb": ((2051, 60000, 28, 28), x_train),
        "a25bea736e30d166cdddb491f175f624": ((2049, 60000), y_train),
        "2646ac647ad5339dbf082846283269ea": ((2051, 10000, 28, 28), x_test),
        "27ae3e4e09519cfbb04c329615203637": ((2049, 10000), y_test),
    }
    for md5, (header, array) in published.items():
        idx = np.array(header, dtype=">i4").tobytes() + array.tobytes()
        assert hashlib.md5(idx).hexdigest() == md5


def test_small_mnist_is_the_head_of_the_whole():
    (x_small, y_small), (x_test_small, y_test_small) = data.load_mnist(small=True)
    (x_train, y_train), (x_test, y_test) = data.load_mnist()
    assert len(x_small) == 1000 and len(x_test_small) == 500
    assert np.array_equal(x_small, x_train[:1000]) and np.array_equal(y_small, y_train[:1000])
    assert np.array_equal(x_test_small, x_test[:500]) and np.array_equal(y_test_small, y_test[:500])
    assert set(y_small) == set(y_test_small) == set(range(10))


def test_fashion_is_balanced():
    (x_train, y_train), (x_test, y_test) = data.load_fashion()
    assert x_train.shape == (6000, 28, 28) and x_test.shape == (2000, 28, 28)
    assert {array.dtype for array in (x_train, y_train, x_test, y_test)} == {np.dtype("uint8")}
    assert np.bincount(y_train).tolist() == [600] * 10 and np.bincount(y_test).tolist() == [200] * 10


def test_a_record_tells_where_it_was_measured():
    assert {"cpu", "cores", "python"} <= data.load_record("serving")["machine"].keys()
    with pytest.raises(ValueError, match=r"name: expected one of .*serving.*, received 'cooking'"):
        data.load_record("cooking")


def test_penguins():
    penguins = data.load_penguins()
    assert penguins.shape == (344, 8)
    assert penguins["species"].value_counts().to_dict() == {"Adelie": 152, "Gentoo": 124, "Chinstrap": 68}
    assert penguins["body_mass_g"].isna().sum() == 2


def test_bike_hours():
    hours = data.load_bike_hours()
    assert hours.shape == (17379, 16)
    assert hours["count"].sum() == 3_292_679
    assert (hours["casual"] + hours["registered"] == hours["count"]).all()
    assert hours[["date", "hour"]].apply(tuple, axis=1).is_monotonic_increasing


def test_digit_pictures():
    pictures, labels, kinds = data.load_digit_pictures()
    assert {kind: kinds.count(kind) for kind in kinds} == {"drawn": 10, "pen": 10, "photo": 9}
    assert {(picture.dtype.name, picture.shape[2:]) for picture in pictures} == {
        ("uint8", ()),
        ("uint8", (4,)),
    }
    assert labels.tolist() == [*range(10), *range(10), 0, 2, 3, 4, 5, 6, 7, 7, 7]


@pytest.fixture
def datasets_copy(tmp_path, monkeypatch):
    for name in data._SHA256:
        (tmp_path / name).write_bytes((data._FOLDER / name).read_bytes())
    monkeypatch.setattr(data, "_FOLDER", tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("name", "load"),
    [
        ("digit_pictures.zip", data.load_digit_pictures),
        ("mnist.npz", data.load_mnist),
        ("penguins.csv", data.load_penguins),
    ],
)
def test_a_damaged_file_is_named_with_its_cure(datasets_copy, name, load):
    content = bytearray((datasets_copy / name).read_bytes())
    content[len(content) // 2] ^= 1
    (datasets_copy / name).write_bytes(content)
    with pytest.raises(data.DataError, match=rf"{name}.*damaged.*Expected SHA-256.*received.*Cure: "):
        load()
    assert [(file, intact) for file, intact, _ in data.verify() if file == name] == [(name, False)]


def test_a_missing_or_truncated_file_is_an_error_too(datasets_copy):
    (datasets_copy / "penguins.csv").unlink()
    (datasets_copy / "mnist.npz").write_bytes(b"")
    with pytest.raises(data.DataError, match=r"penguins\.csv: expected a readable file"):
        data.load_penguins()
    with pytest.raises(data.DataError, match=r"0 bytes"):
        data.load_mnist()


def test_verify_finds_the_shipped_files_intact():
    assert [(name, intact) for name, intact, _ in data.verify()] == [
        ("bike_hours.csv.gz", True),
        ("digit_pictures.zip", True),
        ("fashion_small.npz", True),
        ("mnist.npz", True),
        ("penguins.csv", True),
    ]
