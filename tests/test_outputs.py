"""How outputs of notebooks are compared: floats by closeness, all else exactly, next to nothing masked."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autorev_lib.tools.outputs import NUMBER, approx_tolerance, closeness, masked
from autorev_lib.tools.outputs import texts_agree as agree

AGREE = [
    ("loss 0.500", "loss 0.504"),
    ("0.5", "5.02e-1"),
    ("99.1%", "98.9%"),
    ("99.1 %", "98.9 %"),
    ("12.5ms, 3.02x", "12.6ms, 3.00x"),
    ("x=-0.5,y=+1.5", "x=-0.503,y=+1.51"),
    ("−0.5", "-0.5"),  # the sign of a formula and the one of a keyboard
    ("-0.001", "0.002"),  # within 1e-2 of each other, whatever the sign
    ("[ 9.99 10.01]", "[10.01  9.99]"),  # a digit comes, the column shifts
    ("[ 0.001 2.5  ]", "[-0.001 2.51]"),
    ("[1.   0.99]", "[1.01 0.99]"),
    ("[0. 1.]", "[-0. 1.]"),
    ("1e-05", "9.9e-06"),
    ("1.5E+10", "15100000000.0"),
    (".5", "0.5"),
    ("4,207.06 g", "4,199.80 g"),
    ("mass 999.9", "mass 1,000.2"),
    ("[nan 0.5]", "[ nan 0.501]"),
    ("NaN", "nan"),
    ("-inf", "-inf"),
    ("It ends with 0.5.", "It ends with 0.501."),
    ("<td>0.123</td>", "<td>0.124</td>"),
    ("epoch  9  0.5\nepoch 10  0.4", "epoch 9 0.5\nepoch 10 0.4"),
]
DIFFER = [
    ("loss 0.5", "loss 0.52"),
    ("loss 0.5", "cost 0.5"),
    ("loss 0.5", "loss"),
    ("loss 0.5", "loss 0.5 0.5"),
    ("0.5", "-0.5"),
    ("500", "501"),  # an integer
    ("500", "500.1"),
    ("[344. 345.]", "[344. 346.]"),  # as NumPy prints whole numbers
    ("There are 344.", "There are 345."),
    ("60,000", "60,001"),
    ("99%", "100%"),
    ("conv2d_1", "conv2d_2"),
    ("conv2d_1.51", "conv2d_1.52"),
    ("28x28", "28x29"),
    ("v1.50", "v1.51"),
    ("2.21.0", "2.20.0"),
    ("2.21.0", "2.21.1"),
    ("#1e5031", "#1e5032"),
    ("127.0.0.1", "127.0.0.2"),
    ("nan", "0.5"),
    ("nan", "inf"),
    ("inf", "-inf"),
    ("inf", "1e308"),
    ("infer 0.5", "inference 0.5"),
    ("0.5 ms", "0.5 s"),
    ("0.5e", "0.5f"),
    ("a 0.5", "a\n0.5"),
    ("a b 0.5", "ab 0.5"),
    ("1 2", "12"),
    ('<td class="a">0.5</td>', '<td class="b">0.5</td>'),
]


@pytest.mark.parametrize(("stored", "fresh"), AGREE)
def test_texts_agree(stored, fresh):
    assert agree(stored, fresh, 1e-2)
    assert agree(fresh, stored, 1e-2)


@pytest.mark.parametrize(("stored", "fresh"), DIFFER)
def test_texts_differ(stored, fresh):
    assert not agree(stored, fresh, 1e-2)
    assert not agree(fresh, stored, 1e-2)


def test_tolerance_is_the_one_given():
    assert agree("1.000", "1.009", 1e-2)
    assert not agree("1.000", "1.009", 1e-3)
    assert agree("0.000", "0.009", 1e-2)
    assert not agree("0.000", "0.009", 1e-3)


@given(st.text())
def test_every_text_agrees_with_itself(text):
    assert agree(text, text, 1e-9)


@given(st.floats(-1e300, 1e300).filter(lambda number: number != 0))
def test_every_float_is_seen_as_a_number(number):
    assert agree(f"loss {number!r}", f"loss {number * (1 + 1e-6)!r}", 1e-2)
    assert not agree(f"loss {number!r}", f"loss {number + max(abs(number), 1)!r}", 1e-2)


@pytest.mark.parametrize("show", [repr, pd.DataFrame.to_html])
def test_tables_are_compared_by_their_numbers(show):
    table = pd.DataFrame({"optimiser": ["sgd", "adam"], "epochs": [9, 10], "loss": [9.995, -0.501]})

    assert agree(show(table), show(table.assign(loss=[10.005, -0.5005])), 1e-2)
    assert not agree(show(table), show(table.assign(loss=[10.005, -0.6])), 1e-2)
    assert not agree(show(table), show(table.assign(epochs=[9, 11])), 1e-2)
    assert not agree(show(table), show(table.assign(optimiser=["sgd", "Adam"])), 1e-2)


def test_arrays_are_compared_by_their_numbers():
    weights = np.array([[9.995, -0.501], [0.001, np.nan]])

    assert agree(repr(weights), repr(weights * 1.001), 1e-2)
    assert not agree(repr(weights), repr(weights * 1.1), 1e-2)
    assert not agree(repr(weights), repr(weights.T), 1e-2)


@pytest.mark.parametrize(
    ("stored", "fresh", "agrees"),
    [
        ("98% of the windows", "100% of the windows", True),
        ("98% of the windows", "60% of the windows", False),
        ("of 1,066 corrections, 400 are lies", "of 1042 corrections, 400 are lies", True),
        ("{'drawn': 0.9, 'pen': 0.1} 10 of 29", "{'drawn': 0.9, 'pen': 0.2} 11 of 29", True),
        ("from 12° on", "from 12° off", False),
        ("conv2d_1 in version 2.21.0", "conv2d_2 in version 2.21.0", False),
        ("conv2d_1 in version 2.21.0", "conv2d_1 in version 2.22.0", False),
    ],
)
def test_counts_may_differ_where_a_training_decides_them(stored, fresh, agrees):
    assert closeness(["nbval-counts:0.2"]) == (0.2, NUMBER)
    assert agree(stored, fresh, *closeness(["nbval-counts:0.2"])) == agrees
    assert not agree(stored, fresh, *closeness([]))


def test_tolerance_is_read_from_the_tag():
    assert approx_tolerance(["exercise", "nbval-approx:1e-2"]) == 0.01
    assert approx_tolerance(["exercise"]) is None


@pytest.mark.parametrize(
    "tags",
    [
        ["nbval-approx"],
        ["nbval-approx:"],
        ["nbval-approx:small"],
        ["nbval-approx:-1e-2"],
        ["nbval-approx:0"],
        ["nbval-approx:1"],
        ["nbval-approx:nan"],
        ["nbval-approx=1e-2"],
        ["nbval-approx:1e-2:1e-3"],
        ["nbval_approx:1e-2"],
        ["NBVAL-APPROX:1e-2"],
        ["nbval-approx:1e-2", "nbval-approx:1e-3"],
    ],
    ids=" ".join,
)
def test_unusable_tolerance_is_an_error(tags):
    with pytest.raises(ValueError, match=r"expected one nbval-approx:X with 0 < X < 1, received") as error:
        approx_tolerance(tags)
    assert repr(tags) in str(error.value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<function f at 0x7f12ab>", "<function f at 0x...>"),
        ("[<a.B object at 0x7F12>, <c at 0x1>]", "[<a.B object at 0x...>, <c at 0x...>]"),
        ("<bound method f of <a.B object at 0x7f12>>", "<bound method f of <a.B object at 0x...>>"),
    ],
)
def test_addresses_are_masked(text, expected):
    assert masked(text) == expected


@pytest.mark.parametrize(
    "text", ["0x7f12ab", "at 0x7f12ab", "<flat 0x7f>", "<at 12>", "loss 0.5 at 10:30", "<td>0x7f</td>"]
)
def test_nothing_else_is_masked(text):
    assert masked(text) == text
