"""The exercises of notebook 05, deployment."""

import functools
import json
from statistics import NormalDist

import numpy as np

from autorev_lib import data
from autorev_lib.exercises.comparison import difference
from autorev_lib.exercises.exercise import AnswerError
from autorev_lib.exercises.kinds import (
    ChoiceExercise,
    FunctionExercise,
    PropertyExercise,
    ValueExercise,
    expect_array,
    mistake,
    reference,
)
from autorev_lib.serving import monitor


class Quantise(FunctionExercise):
    title = "Warm-up: quantise"
    prompt = r"""
Store real numbers as int8, the whole numbers from −128 to 127: $q = \mathrm{round}(x / \text{scale}) +
\text{zero point}$. What does not fit becomes the nearest number that does. With a scale of
$\frac{1}{255}$ and a zero point of −128, the pixels 0.0, 0.2 and 1.0 become −128, −77 and 127.
"""
    hints = (
        "`np.round` works on a whole array at once; the zero point is added to what it gives.",
        "What is 300 as int8? `np.clip` keeps a number within its limits, but it must come before the cast.",
    )
    why = """
Rounding errs by at most half a scale. Cutting off errs by up to a whole one and always towards zero: in a
sum of positive values the errors add up instead of cancelling. int8 holds 256 numbers; what is beyond
them may wrap around in the cast, so that the largest values become negative. Clipping before the cast
prevents it.
"""
    further = (
        "The zero point is a whole number so that the real number 0 is stored without any error: "
        "ReLU and the zeros around a convolution's input need it."
    )

    dtype = "int8"

    @reference
    def quantise(values, scale, zero_point):
        """Return round(values / scale) + zero_point, clipped to int8: dtype int8, the shape of values."""
        level = np.round(values / scale) + zero_point
        return np.clip(level, -128, 127).astype(np.int8)

    def cases(self, rng):
        yield np.array([0.0, 0.2, 1.0]), 1 / 255, -128
        yield np.array([-1.03, -0.26, 0.0, 0.37, 1.01]), 0.1, 3
        yield np.array([-30.0, -9.0, 0.12, 12.42, 30.0]), 0.1, 3
        yield rng.normal(size=(4, 6)), 0.013, -20
        yield np.array([2e4, -2e4]), 0.5, 10

    truncates = mistake(
        "You cut off the decimals instead of rounding: 3.7 becomes 3, and the errors, always towards zero, "
        "become up to twice as large.",
        {"np.round(values / scale)": "np.trunc(values / scale)"},
    )
    rounds_down = mistake(
        "You always round down: 3.7 becomes 3. The errors are up to twice as large, and all to one side.",
        {"np.round(values / scale)": "np.floor(values / scale)"},
    )
    rounds_up = mistake("You always round up.", {"np.round(values / scale)": "np.ceil(values / scale)"})
    rounds_half_up_by_cutting = mistake(
        "`int(x + 0.5)` rounds positive numbers only: it cuts off towards zero, so −3.7 becomes −3.",
        {"np.round(values / scale)": "np.trunc(values / scale + 0.5)"},
    )
    truncates_the_sum = mistake(
        "You cut off the decimals of the sum instead of rounding: 6.7 becomes 6. The errors are up to "
        "twice as large.",
        {"np.round(values / scale) + zero_point": "np.trunc(values / scale + zero_point)"},
    )
    rounds_too_early = mistake(
        "You round before you divide. Numbers below 0.5 are 0 by then: the scale is there to bring them to "
        "the size of whole numbers first.",
        {"np.round(values / scale)": "np.round(values) / scale"},
    )
    wraps_around = mistake(
        "What does not fit wraps around: 303 is stored as 47, and a large positive number can become a "
        "negative one.",
        {"np.clip(level, -128, 127)": "level.astype(np.int64)"},
    )
    clips_nothing = mistake(
        "What does not fit in int8 is still larger than 127, or below −128.",
        {"np.clip(level, -128, 127).astype(np.int8)": "level"},
    )
    clips_too_early = mistake(
        "You clip before you add the zero point. After that, the sum may be outside int8 again.",
        {
            "np.round(values / scale)": "np.clip(np.round(values / scale), -128, 127)",
            "np.clip(level, -128, 127)": "level.astype(np.int64)",
        },
    )
    clips_above_only = mistake(
        "Only what is too large is cut off. What is below −128 wraps around.",
        {"np.clip(level, -128, 127)": "np.minimum(level, 127).astype(np.int64)"},
    )
    clips_below_only = mistake(
        "Only what is too small is cut off. What is above 127 wraps around.",
        {"np.clip(level, -128, 127)": "np.maximum(level, -128).astype(np.int64)"},
    )
    leaves_out_the_smallest = mistake(
        "The smallest int8 is −128, not −127. (The range from −127 is used as well, for weights, with a zero "
        "point of 0.)",
        {"-128, 127)": "-127, 127)"},
    )
    takes_unsigned_bytes = mistake(
        "0 to 255 is the range of uint8. int8 keeps one bit for the sign.",
        {"-128, 127).astype(np.int8)": "0, 255).astype(np.uint8)"},
    )
    subtracts_the_zero_point = mistake(
        "The zero point has the wrong sign: it is the int8 number that stands for 0.0.",
        {"+ zero_point": "- zero_point"},
    )
    forgets_the_zero_point = mistake(
        "The zero point is missing: here the real number 0 is always stored as 0.", {" + zero_point": ""}
    )
    multiplies_by_the_scale = mistake(
        "You multiply by the scale. It is the size of one step in real numbers; how many such steps fit into "
        "a value?",
        {"values / scale": "values * scale"},
    )
    dequantises = mistake(
        "That is the way back, from int8 to real numbers: scale · (q − zero point).",
        {"np.round(values / scale) + zero_point": "np.round(scale * (values - zero_point))"},
    )


class FourNumbers(ValueExercise):
    title = "Predict before you run: four numbers of a deployment"
    prompt = """
Fill in, without running anything:

- the bytes that the weights of a network with 100,000 parameters take as float32, and as int8 (leave out
  the scales and zero points);
- the mean PSI of *clean* windows of 250 images, with 20 bins, against a very large reference, by the rule
  above, to three decimals;
- seven signals, each with a threshold that 1 % of clean windows exceed. If the signals were independent,
  in what share of the clean windows would *at least one* raise an alarm? To three decimals.

Then let NumPy draw the windows, if you like.
"""
    hints = (
        "float32 means 32 bits, and a byte has eight of them.",
        "On clean windows the mean PSI is about (B − 1)(1/n + 1/N). What remains of it when N is very large?",
        (
            "All seven are silent with probability 0.99 · 0.99 · ... · 0.99. When at least one is "
            "not, that is ..."
        ),
    )
    why = r"""
32 bits are 4 bytes, 8 bits are 1: 400,000 and 100,000 bytes. With $N \to \infty$, $(B - 1)(\frac1n +
\frac1N)$ becomes $\frac{19}{250} = 0.076$: not far below the usual limit of 0.1, although nothing has
changed. (For windows this small the rule is rough: a simulation gives 0.073 with the notebook's half
counts, 0.080 without them.) All seven signals are silent in $0.99^7$ of the clean windows, so about 0.068
of them raise an alarm.
"""
    further = (
        "Real signals depend on each other, which usually makes the share smaller, but by how much? "
        "Calibrate the verdict of all of them together, not each by itself."
    )
    right = {
        "float32_bytes": 400_000,
        "int8_bytes": 100_000,
        "mean_psi": 0.076,
        "any_alarm": 0.06793,
    }

    swapped_bytes = mistake(
        "You swapped the two types: which of them has more bits?", float32_bytes=100_000, int8_bytes=400_000
    )
    float32_in_bits = mistake(
        "`float32_bytes`: you counted bits, and eight of them are a byte.", float32_bytes=3_200_000
    )
    kilobytes = mistake("You gave kilobytes. Bytes are asked for.", float32_bytes=400, int8_bytes=100)
    float32_as_float64 = mistake(
        "`float32_bytes`: eight bytes are a float64, NumPy's default.", float32_bytes=800_000
    )
    float32_as_float16 = mistake("`float32_bytes`: two bytes are a float16.", float32_bytes=200_000)
    int8_as_eight_bytes = mistake(
        "`int8_bytes`: the 8 in int8 counts bits, and eight of them are one byte.", int8_bytes=800_000
    )
    int8_as_half_a_byte = mistake(
        "`int8_bytes`: half a byte is an int4. The 8 counts the bits.", int8_bytes=50_000
    )
    psi_of_twenty = mistake(
        "`mean_psi`: the shares of all bins add up to 1, so the last bin is known from the "
        "others. How many of the 20 are free?",
        mean_psi=0.08,
    )
    psi_against_a_window = mistake(
        "`mean_psi`: that is against a reference of 250 images. With a very large one, one of the two "
        "fractions vanishes.",
        mean_psi=0.152,
    )
    psi_of_one_bin = mistake(
        "`mean_psi`: that is 1/n, the share of one bin. Each bin that is free adds as much.", mean_psi=0.004
    )
    psi_zero = mistake(
        "`mean_psi`: nothing has changed, but a window of 250 images never has exactly the shares of the "
        "reference, and the PSI counts every difference as positive.",
        mean_psi=0,
    )
    psi_of_the_rule = mistake(
        "`mean_psi`: 0.1 is the usual limit, whatever the windows are like. What does chance alone give?",
        mean_psi=0.1,
    )
    alarms_added = mistake(
        "`any_alarm`: you added the seven shares. A window in which two signals raise an alarm is counted "
        "twice then.",
        any_alarm=0.07,
    )
    alarms_of_one = mistake(
        "`any_alarm`: that is one signal by itself. The others may raise an alarm in other windows.",
        any_alarm=0.01,
    )
    silence = mistake(
        "`any_alarm`: that is the share in which none of them raises an alarm.", any_alarm=0.93207
    )
    alarms_of_all = mistake(
        "`any_alarm`: that is practically never: it would take an alarm of all seven at once. One is enough.",
        any_alarm=0,
    )


class ToInput(FunctionExercise):
    title = "Find the bug"
    prompt = """
A server gets one or more images as bytes: 784 for each image, row by row, 0 = paper to 255 = ink. The
model wants what `prepare` gave it in training: float32, 0 = paper to 1 = ink. This code raises no error, but
with it the network loses most of its accuracy, and an image's answer can depend on who else is in the batch.
Find **both** bugs and repair them.

```python
def to_input(body):
    pixels = np.frombuffer(body, dtype="int8").reshape(-1, 28, 28, 1)
    return (pixels / pixels.max()).astype("float32")
```
"""
    hints = (
        (
            "Which numbers do the bytes 100, 200 and 255 become? Try `np.frombuffer(bytes([100, 200, "
            "255]), ...)`."
        ),
        (
            "What is a drawing with a faint pen divided by, alone and beside one with a strong pen? "
            "And in training?"
        ),
    )
    why = """
A byte read as int8 is a number from −128 to 127: ink of 255 becomes −1, so the middle of each stroke
turns to paper. And `pixels.max()` belongs to the batch, not to the model: in training, every image was
divided by 255. Both are *training-serving skew*: the two sides prepare the same image differently. No
exception tells you. Golden examples that go the whole way, from the bytes to the answer, do.
"""
    further = (
        "The surest cure is to have no second version: put the scaling into the model, as a Rescaling layer, "
        "and send it the bytes as they are."
    )

    dtype = "float32"

    @reference
    def to_input(body):
        """Return the images in body, 784 bytes each, as float32 (N, 28, 28, 1), 0 = paper to 1 = ink."""
        pixels = np.frombuffer(body, dtype="uint8").reshape(-1, 28, 28, 1)
        return pixels.astype("float32") / 255

    def cases(self, rng):
        for strengths in ([255], [90, 255, 180], [100]):
            images = rng.random((len(strengths), 28, 28)) * np.reshape(strengths, (-1, 1, 1))
            images[:, :, :6] = 0
            images[:, 3, 8] = strengths
            yield (images.astype("uint8").tobytes(),)

    keeps_the_bugs = mistake(
        "Both bugs are still there. Look at the numbers that come out: which is the smallest?",
        {'"uint8"': '"int8"', "/ 255": "/ pixels.max()"},
    )
    repairs_the_type_only = mistake(
        "A faint drawing is divided by the strongest ink in its batch: in training it was always the same "
        "number.",
        {"/ 255": "/ pixels.max()"},
    )
    repairs_the_scale_only = mistake(
        "Strong ink is negative: with a sign, a byte ends at 127, and 255 becomes −1.", {'"uint8"': '"int8"'}
    )
    divides_by_each_maximum = mistake(
        "Each image is divided by its own strongest ink. But the model was trained on images in which a "
        "faint pen stays faint.",
        {"/ 255": "/ pixels.max(axis=(1, 2, 3), keepdims=True)"},
    )
    drops_the_sign = mistake(
        "You dropped the sign of numbers that had wrapped around: 255 was read as −1 and is 1 now, almost "
        "paper. Read the bytes as what they are.",
        {'"uint8"': '"int8"', "pixels.astype": "abs(pixels.astype", '"float32")': '"float32"))'},
    )
    cuts_the_sign_off = mistake(
        "Numbers that had wrapped around have become 0: the darkest ink is paper now. Read the bytes as what "
        "they are.",
        {'"uint8"': '"int8"', "pixels.astype": "pixels.clip(0).astype"},
    )
    divides_by_127 = mistake(
        "127 is the largest int8, but these bytes end at 255. With this divisor the input goes beyond 1, or "
        "the sign is still wrong.",
        {"/ 255": "/ 127"},
    )
    divides_by_128 = mistake("The largest byte is 255. With 128 the input goes up to 2.", {"/ 255": "/ 128"})
    forgets_to_scale = mistake("The pixels are not scaled: the model was trained on 0 to 1.", {" / 255": ""})
    divides_by_256 = mistake(
        "A byte has 256 values, but the largest is 255, and in training that was 1.", {"/ 255": "/ 256"}
    )
    divides_twice = mistake("You divided by 255 twice.", {"/ 255": "/ 255 / 255"})
    divides_whole_numbers = mistake(
        "All greys are paper: were whole numbers divided, or fractions turned into whole numbers?",
        {"/ 255": "// 255"},
    )
    is_all_paper = mistake("All pixels become 0. Are fractions cut off to whole numbers?", {"/ 255": "* 0"})
    centres = mistake(
        "The pixels go from −1 to 1. The model was trained on 0 to 1.", {"/ 255": "/ 127.5 - 1"}
    )
    divides_by_the_sum = mistake(
        "The pixels are divided by their sum, which depends on the drawing.", {"/ 255": "/ pixels.sum()"}
    )
    forgets_the_channel_axis = mistake(
        "The axis of the channels is missing at the end: `prepare` adds it.", {"28, 28, 1)": "28, 28)"}
    )
    puts_the_channel_first = mistake(
        "The axis of the channels stands before rows and columns. The model wants it at the end.",
        {"28, 28, 1)": "1, 28, 28)"},
    )
    stays_flat = mistake(
        "Each image is still one row of 784 numbers. The model wants rows, columns and a channel.",
        {"-1, 28, 28, 1)": "-1, 784)"},
    )
    inverts = mistake(
        "Ink and paper are exchanged: 0 is paper, here and in training.",
        {"pixels.astype": "(255 - pixels).astype"},
    )
    reads_column_by_column = mistake(
        "The image is mirrored along its diagonal: the bytes come row by row.",
        {"pixels.astype": "pixels.transpose(0, 2, 1, 3).astype"},
    )
    stands_on_its_head = mistake("The image stands on its head.", {"pixels.astype": "pixels[:, ::-1].astype"})
    is_mirrored = mistake(
        "The image is mirrored, left to right.",
        {"pixels.astype": "pixels[:, :, ::-1].astype"},
    )
    expects_one_image = mistake("This holds for a single image. A body may hold several.", {"(-1,": "(1,"})
    returns_one_image = mistake("Only the first image comes back.", {"pixels.astype": "pixels[:1].astype"})


class PopulationStabilityIndex(FunctionExercise):
    title = "How far has a histogram moved?"
    prompt = r"""
Write the **population stability index** of two histograms with the same bins. With the shares $p_b$ of
the reference and $q_b$ of the window (each count divided by its own total),

$$\mathrm{PSI} = \sum_b (q_b - p_b) \ln \frac{q_b}{p_b} .$$

An empty bin would make the logarithm infinite. The notebook adds half a count to every bin; here use the
other common remedy: a share below 0.0001, on either side, counts as 0.0001, and the other shares stay as
they are. For the counts (500, 300, 200) and (60, 60, 80) the result is 0.241.
"""
    hints = (
        "The two histograms count different numbers of images. What makes them comparable?",
        "`np.maximum(shares, 1e-4)` raises what is too small and leaves the rest.",
    )
    why = r"""
Shares make a window of 200 comparable with a reference of 10,000. No term is negative, because $q_b -
p_b$ and $\ln(q_b / p_b)$ have the same sign, so nothing cancels. The floor of 0.0001 is a convention, and
it matters: a bin that is empty on one side and holds a share of 0.05 on the other adds 0.31 with this
floor and 0.43 with 0.00001.
"""
    further = (
        "The PSI is the sum of the two Kullback-Leibler divergences, of p from q and of q from p:"
        " that is why it is symmetric, although neither of them is."
    )

    @reference
    def population_stability_index(reference_counts, window_counts):
        """Return the PSI, a float; both arrays have shape (num_bins,) and hold the counts of the bins."""
        p, q = reference_counts / reference_counts.sum(), window_counts / window_counts.sum()
        p, q = np.maximum(p, 1e-4), np.maximum(q, 1e-4)
        return np.sum((q - p) * np.log(q / p))

    def cases(self, rng):
        yield np.array([500, 300, 200]), np.array([60, 60, 80])
        yield np.array([10, 20, 30, 40]), np.array([5, 10, 15, 20])
        yield rng.integers(200, 400, 10), rng.integers(10, 40, 10)
        yield np.array([700, 250, 50]), np.array([90, 30, 0])
        yield np.array([60000.0, 39995.0, 5.0, 0.0]), np.array([50.0, 40.0, 10.0, 0.0])
        yield np.repeat([300, 0], [5, 300]), np.repeat([20, 0], [6, 299])  # the floors add up

    compares_counts = mistake(
        "You compare counts instead of shares. A window of 200 images differs from a reference of 1000 then, "
        "however alike the two are.",
        {" / reference_counts.sum()": "", " / window_counts.sum()": ""},
    )
    forgets_empty_bins = mistake(
        "Right as long as no bin is empty. An empty bin makes you divide by 0 or take the logarithm of 0, "
        "and a single one makes the result useless.",
        {"np.maximum(p, 1e-4), np.maximum(q, 1e-4)": "p, q"},
    )
    skips_empty_bins = mistake(
        "Bins that are empty on one side add nothing. But a bin that has become empty, or is new, is the "
        "strongest sign of a change.",
        {"np.maximum(p, 1e-4), np.maximum(q, 1e-4)": "p[p * q > 0], q[p * q > 0]"},
    )
    floors_the_window_only = mistake(
        "You floor the window's shares only. A bin can be empty in the reference, too: something that was "
        "never seen before.",
        {"np.maximum(p, 1e-4)": "p"},
    )
    floors_the_reference_only = mistake(
        "You floor the reference's shares only. A bin can be empty in the window, too.",
        {"np.maximum(q, 1e-4)": "q"},
    )
    floors_zeros_only = mistake(
        "Only shares of exactly 0 are raised. A share between 0 and 0.0001 counts as 0.0001, too.",
        {"np.maximum(p, 1e-4), np.maximum(q, 1e-4)": "np.where(p > 0, p, 1e-4), np.where(q > 0, q, 1e-4)"},
    )
    floors_inside_the_logarithm_only = mistake(
        "The floor counts inside the logarithm only. The difference in front takes the raised shares, too.",
        {
            "(q - p)": "(window_counts / window_counts.sum() - reference_counts / reference_counts.sum())",
        },
    )
    shares_out_again = mistake(
        "After the floor you divide by the sum once more. The other shares stay as they are.",
        {
            "return": "p, q = p / p.sum(), q / q.sum()\n    return",
        },
    )
    adds_the_floor = mistake(
        "You add 0.0001 to every share. Only those below it are raised, and those *to* it.",
        {"np.maximum(p, 1e-4), np.maximum(q, 1e-4)": "p + 1e-4, q + 1e-4"},
    )
    takes_a_thousandth = mistake(
        "The floor is 0.0001, a ten-thousandth.",
        {"np.maximum(p, 1e-4), np.maximum(q, 1e-4)": "np.maximum(p, 1e-3), np.maximum(q, 1e-3)"},
    )
    takes_a_smaller_floor = mistake(
        "Your floor is smaller than 0.0001.",
        {"np.maximum(p, 1e-4), np.maximum(q, 1e-4)": "np.maximum(p, 1e-6), np.maximum(q, 1e-6)"},
    )
    adds_half_a_count = mistake(
        "You add half a count to each bin, as the notebook does. Here it is the other remedy.",
        {
            "p, q = reference": "r, w = reference_counts + 0.5, window_counts + 0.5\n    p, q = reference",
            "np.maximum(p, 1e-4), np.maximum(q, 1e-4)": "r / r.sum(), w / w.sum()",
        },
    )
    adds_one = mistake(
        "You add 1 to each count. That is another treatment of empty bins, and it moves the full ones as "
        "well, most of all in a small window.",
        {
            "p, q = reference": "r, w = reference_counts + 1, window_counts + 1\n    p, q = reference",
            "np.maximum(p, 1e-4), np.maximum(q, 1e-4)": "r / r.sum(), w / w.sum()",
        },
    )
    floors_the_counts = mistake(
        "The floor is for shares, but you apply it to counts. A count of 0.0001 is a far smaller share.",
        {
            "np.maximum(p, 1e-4)": "np.maximum(reference_counts, 1e-4) / reference_counts.sum()",
            "np.maximum(q, 1e-4)": "np.maximum(window_counts, 1e-4) / window_counts.sum()",
        },
    )
    takes_one_divergence = mistake(
        "That is the Kullback-Leibler divergence of the window from the reference: one of the two "
        "divergences whose sum is the PSI. The factor in front of the logarithm is a difference.",
        {"(q - p) * np.log": "q * np.log"},
    )
    takes_the_other_divergence = mistake(
        "That is the Kullback-Leibler divergence of the reference from the window: one of the two "
        "divergences whose sum is the PSI. The factor in front of the logarithm is a difference.",
        {"(q - p) * np.log(q / p)": "p * np.log(p / q)"},
    )
    turns_the_sign = mistake(
        "The result is negative: one of the two factors is turned round. The share that stands first in the "
        "difference must be on top of the fraction.",
        {"(q - p)": "(p - q)"},
    )
    drops_the_signs = mistake(
        "That is the sum of the differences' sizes: the logarithm is missing.",
        {"(q - p) * np.log(q / p)": "abs(q - p)"},
    )
    forgets_the_logarithm = mistake("The logarithm is missing.", {"np.log(q / p)": "(q / p)"})
    forgets_the_difference = mistake(
        "The difference in front of the logarithm is missing.", {"(q - p) * np.log": "np.log"}
    )
    divides_the_logarithms = mistake(
        "ln(q / p) is ln q − ln p, not ln q / ln p.", {"np.log(q / p)": "np.log(q) / np.log(p)"}
    )
    squares = mistake(
        "That is χ²: the squared difference divided by the share.", {"* np.log(q / p)": "* (q - p) / p"}
    )
    averages = mistake("You take the mean over the bins. It is a sum.", {"np.sum(": "np.mean("})
    forgets_the_sum = mistake("There is one term for each bin. Their sum is wanted.", {"np.sum(": "("})
    keeps_the_last_bin = mistake(
        "Only the last bin counts: is there an `=` where a `+=` should be?",
        {"np.sum((q - p) * np.log(q / p))": "((q - p) * np.log(q / p))[-1]"},
    )
    keeps_the_first_bin = mistake(
        "Only the first bin counts: does the `return` stand inside the loop?",
        {"np.sum((q - p) * np.log(q / p))": "((q - p) * np.log(q / p))[0]"},
    )
    divides_by_the_reference_total = mistake(
        "Both histograms are divided by the reference's total. Each has its own.",
        {"window_counts.sum()": "reference_counts.sum()"},
    )
    takes_base_ten = mistake(
        "The logarithm is the natural one: `np.log`, not `np.log10`.",
        {"np.log(": "np.log10("},
    )
    takes_base_two = mistake(
        "The logarithm is the natural one: `np.log`, not `np.log2`.",
        {"np.log(": "np.log2("},
    )


class Calibrate(FunctionExercise):
    title = "A threshold from clean windows"
    prompt = """
You have the distances of many clean windows from the reference. A window raises an alarm if its distance
is **larger** than the threshold. Return the smallest of the clean distances for which at most the share
`false_alarm_rate` of the clean windows would raise an alarm. (A number between that distance and the next
larger one is accepted as well.)

With the distances 0.05, 0.01, 0.04, 0.02, 0.03 and a rate of 0.25, it is 0.04: one window of five, 20 %,
is larger. With 0.03 it would be two, 40 %.
"""
    hints = (
        "Sort them. How many of the largest ones may raise an alarm?",
        "Of n windows, at most `int(n * false_alarm_rate)` may be larger. Count so many from the end.",
        "`np.quantile` interpolates unless told otherwise: look at its argument `method`.",
    )
    why = r"""
Of $n$ windows at most $\lfloor n r \rfloor$ may be larger, so the threshold is the distance with just so
many behind it in the sorted row: the $(1 - r)$ quantile, taken as one of the observations. Nothing is
assumed about how the distances are distributed. The price: to know a rate of 0.001 you need several
thousand clean windows.
"""
    further = (
        "This is how conformal prediction works, too: from the scores of clean examples to a "
        "promise about the next one, without assuming a distribution."
    )

    @reference
    def calibrate(clean_distances, false_alarm_rate):
        """Return the smallest of the distances, shape (num_windows,), that at most this share exceeds."""
        ordered = np.sort(clean_distances)
        num_alarms = int(len(ordered) * false_alarm_rate)
        return ordered[-1 - num_alarms]

    def cases(self, rng):
        yield np.array([0.05, 0.01, 0.04, 0.02, 0.03]), 0.25
        yield np.array([0.3, 0.1, 0.2, 0.4]), 0.5
        yield rng.permutation(np.arange(1, 51)) / 100, 0.03
        yield rng.beta(2, 20, 400), 0.05
        yield rng.gamma(2.0, 0.02, 37), 0.5

    def edge_cases(self):
        yield np.array([0.1, 0.3, 0.05, 0.3, 0.2, 0.05, 0.3, 0.2]), 0.25
        yield np.array([0.2, 0.7, 0.4]), 0.0

    def canonical(self, result, *arguments):
        wanted = self.right_answer(*arguments)
        return wanted if _is_valid(result, wanted, arguments[0]) else result

    takes_the_largest = mistake(
        "That is the largest distance. No clean window raises an alarm then, but many changed ones do not "
        "either: the rate allows some.",
        {"ordered[-1 - num_alarms]": "ordered[-1]"},
    )
    takes_the_low_end = mistake(
        "The wrong end: with a small rate, almost all clean windows are larger than this. The rate says how "
        "many may be *above* the threshold.",
        {"ordered[-1 - num_alarms]": "ordered[num_alarms]"},
    )
    quantile_of_the_rate = mistake(
        "The wrong end: that is the quantile of the rate itself. At a rate of 0.05, 95 % of the clean "
        "windows are larger.",
        {"ordered[-1 - num_alarms]": "np.quantile(ordered, false_alarm_rate)"},
    )
    interpolates = mistake(
        "The quantile is interpolated between two distances, and so lands below the one that keeps the "
        "promise. With 50 windows and a rate of 0.03, two of them are above: 4 %.",
        {"ordered[-1 - num_alarms]": "np.quantile(ordered, 1 - false_alarm_rate)"},
    )
    forgets_to_sort = mistake(
        "The distances come unsorted: the last ones of the array are not the largest.",
        {"np.sort(clean_distances)": "clean_distances"},
    )
    is_one_too_low = mistake(
        "One too low: one more window raises an alarm than the rate allows.",
        {"[-1 - num_alarms]": "[-2 - num_alarms]"},
    )
    is_one_too_high = mistake(
        "One too high: one window fewer raises an alarm than may. Is the threshold itself counted, with `>=` "
        "in place of `>`, or does a count begin at the wrong place?"
    )(lambda distances, rate: np.sort(distances)[min(-int(len(distances) * rate), -1)])
    is_too_high_at_the_rate = mistake(
        "One too high where the rate can be met exactly: of four windows, at a rate of 0.5, two may be "
        "larger. Is there a `<` where *at most* asks for `<=`, or n − 1 in place of n?"
    )(lambda distances, rate: np.sort(distances)[min(-int(np.ceil(len(distances) * rate)), -1)])
    rounds_up = mistake(
        "You rounded the number of alarms up. With 50 windows and a rate of 0.03, one may raise an alarm; "
        "two would be 4 %.",
        {"int(len(ordered) * false_alarm_rate)": "int(np.ceil(len(ordered) * false_alarm_rate))"},
    )
    rounds_to_the_nearest = mistake(
        "Too low in some cases: with 50 windows and a rate of 0.03, two are larger, and that is 4 %. *At "
        "most* this share may be, so the number of alarms is rounded down.",
        {"int(len(ordered) * false_alarm_rate)": "round(len(ordered) * false_alarm_rate)"},
    )
    begins_again_at_the_front = mistake(
        "Right, unless no window may raise an alarm. With 0 of them, counting from the end begins again at "
        "the front (`x[-0]` is `x[0]`).",
        {"ordered[-1 - num_alarms]": "(ordered[-1 - num_alarms] + ordered[-num_alarms]) / 2"},
    )
    confuses_percent = mistake(
        "`np.percentile` counts from 0 to 100: for it, 0.95 is not 95 %, but less than one. Nearly every "
        "clean window is larger than this.",
        {"ordered[-1 - num_alarms]": "np.percentile(ordered, 1 - false_alarm_rate)"},
    )
    assumes_a_bell_curve = mistake(
        "You assume that the distances follow a bell curve (a mean and some standard deviations). They do "
        "not: they are positive, with a long tail to the right. Count instead."
    )(lambda distances, rate: NormalDist(distances.mean(), distances.std()).inv_cdf(min(1 - rate, 0.9999)))
    takes_three_deviations = mistake(
        "Mean plus three standard deviations: that ignores the rate, and holds for a bell curve only. "
        "Distances are positive, with a long tail to the right. Count instead.",
        {"ordered[-1 - num_alarms]": "ordered.mean() + 3 * ordered.std()"},
    )
    splits_the_rate = mistake(
        "You keep half of the alarms for the low end, as in a two-sided test. A distance cannot be "
        "suspiciously small here: all alarms are above the threshold.",
        {"* false_alarm_rate": "* false_alarm_rate / 2"},
    )
    share_of_the_largest = mistake(
        "That is a share of the largest distance. It says nothing about how many windows lie above it.",
        {"ordered[-1 - num_alarms]": "(1 - false_alarm_rate) * ordered[-1]"},
    )
    returns_the_place = mistake(
        "That is the place of the threshold in the sorted row, not the distance at that place.",
        {"ordered[-1 - num_alarms]": "len(ordered) - 1 - num_alarms"},
    )
    returns_how_many = mistake(
        "That is how many windows may raise an alarm. The distance is wanted.",
        {"ordered[-1 - num_alarms]": "num_alarms"},
    )
    returns_them_all = mistake(
        "These are all distances that would do. The smallest of them is wanted.",
        {"[-1 - num_alarms]": "[-1 - num_alarms:]"},
    )
    drops_ties = mistake("Distances that occur more than once are counted once.", {"np.sort(": "np.unique("})


def _is_valid(threshold, wanted, distances):
    """Whether a threshold is the wanted distance, or lies between it and the next larger one."""
    if difference(threshold, wanted) is None:
        return True
    if np.ndim(threshold) != 0 or not isinstance(threshold, int | float | np.ndarray):
        return False
    return bool(wanted <= threshold < min(distances[distances > wanted], default=wanted) * (1 - 1e-6))


class McnemarTest(FunctionExercise):
    title = "Champion against challenger"
    prompt = """
Write McNemar's **exact, two-sided** test for $b$ = `only_first` images that only the first model got
right and $c$ = `only_second` that only the second did: if each of these $b + c$ images were a fair coin,
how probable would a split at least as uneven as this one be, in either direction? A probability is never
more than 1, and where $b + c = 0$ it is 1. Both numbers may go into the hundreds. `mcnemar_p_value(1, 8)` is
0.0391.
"""
    hints = (
        "A fair coin shows exactly k heads in n throws with probability C(n, k) / 2ⁿ: `math.comb(n, k)`.",
        "Add that up from 0 to the smaller of the two numbers. What does the other direction add to it?",
        "For 5 and 5 the doubled sum is more than 1, since the middle is counted twice.",
    )
    why = r"""
If neither model is better, the smaller number is that of the heads in $b + c$ throws of a fair coin, so
$p = 2 \cdot 2^{-(b+c)} \sum_{k=0}^{\min(b, c)} \binom{b+c}{k}$, at most 1. Images that both got right, or
both wrong, say nothing about which is better, so they are not in it. For 1 and 8: $2 \cdot (1 + 9) / 512
= 0.0391$.
"""
    further = (
        "With five images or fewer that tell the models apart, the p-value is never below 0.05, not even for "
        "5 against 0: then only more labelled images help."
    )

    @reference
    def mcnemar_p_value(only_first, only_second):
        """Return the two-sided p-value, a float, for the numbers of images that only one model got right."""
        from math import comb

        n = int(only_first + only_second)  # an int has no largest value, NumPy's int64 has
        tail = sum(comb(n, k) for k in range(min(only_first, only_second) + 1)) / 2**n
        return min(1.0, 2 * tail)

    def cases(self, rng):
        yield 1, 8
        yield 30, 12
        yield 12, 21
        yield 5, 5
        yield 3, 0
        yield 55, 40
        yield 0, 14

    def edge_cases(self):
        yield 0, 0
        yield 300, 340

    is_one_sided = mistake(
        "That is one-sided: only one of the two directions counts. A split as uneven the other way round "
        "would have surprised you as much.",
        {"2 * tail": "tail"},
    )
    exceeds_one = mistake(
        "Where the two are equal, the result is more than 1, and no probability is.",
        {"min(1.0, 2 * tail)": "2 * tail"},
    )
    starts_from_the_first = mistake(
        "Your result depends on which model comes first. Two-sided means that (1, 8) and (8, 1) give the "
        "same: start from the smaller of the two.",
        {"min(only_first, only_second)": "only_first"},
    )
    starts_from_the_second = mistake(
        "Your result depends on which model comes first. Start from the smaller of the two.",
        {"min(only_first, only_second)": "only_second"},
    )
    leaves_out_the_observed = mistake(
        "You left out the split that was observed: *at least as uneven* includes it. Does a `range` end one "
        "too early, or is there a `>` in place of `>=`?",
        {"only_second) + 1)": "only_second))"},
    )
    goes_one_too_far = mistake(
        "You added up one split too many, one that is less uneven than the observed one.",
        {"only_second) + 1)": "only_second) + 2)"},
    )
    leaves_out_the_zero = mistake(
        "You left out the most uneven split of all: no image for the weaker model.",
        {"range(min": "range(1, min"},
    )
    takes_one_term = mistake(
        "Only the observed split is counted. More uneven ones count as well; otherwise every p-value of a "
        "large test would be tiny.",
        {"range(min(only_first, only_second) + 1)": "[min(only_first, only_second)]"},
    )
    counts_the_middle_half = mistake(
        "That is the mid-p value: the observed split counts half. Asked for is the exact test.",
        {"/ 2**n": "/ 2**n - comb(n, min(only_first, only_second)) / 2 ** (n + 1)"},
    )
    approximates = mistake(
        "That is the approximation by a normal distribution (χ² with one degree of freedom). It is off for "
        "small numbers, which is what you have when two good models are compared; asked for is the exact "
        "test.",
        {"min(1.0, 2 * tail)": "_both_tails(abs(only_first - only_second) / max(n, 1) ** 0.5)"},
    )
    approximates_with_correction = mistake(
        "That is the approximation by χ² with a continuity correction. It comes close, but the exact test "
        "is a sum of binomial coefficients and needs no correction.",
        {"min(1.0, 2 * tail)": "_both_tails(abs(abs(only_first - only_second) - 1) / max(n, 1) ** 0.5)"},
    )
    returns_the_statistic = mistake(
        "That is the test's statistic χ², not its p-value.",
        {"min(1.0, 2 * tail)": "(only_first - only_second) ** 2 / max(n, 1)"},
    )
    is_always_one = mistake(
        "The result is 1 for every split. Do you add up to the *smaller* of the two numbers, and is each "
        "number of ways divided by 2ⁿ?",
        {"min(only_first, only_second)": "max(only_first, only_second)"},
    )
    adds_up_the_even_ones = mistake(
        "You added up the splits that are as uneven as this one or *less* so. Asked for are those that are "
        "at least as uneven.",
        {
            "tail = sum": "low, high = sorted([only_first, only_second])\n    tail = sum",
            "min(1.0, 2 * tail)": "sum(comb(n, k) for k in range(low, high + 1)) / 2**n",
        },
    )
    returns_the_complement = mistake(
        "That is 1 minus the p-value. A large difference must give a small one.",
        {"min(1.0, 2 * tail)": "1 - min(1.0, 2 * tail)"},
    )
    forgets_to_divide = mistake(
        "These are numbers of ways, not probabilities: each of them is one of 2ⁿ.",
        {" / 2**n": "", "min(1.0, 2 * tail)": "2 * tail"},
    )
    has_too_few_throws = mistake(
        "Every p-value below 0.5 comes out twice as large. Is something doubled once too often, or is a "
        "power of 2 one throw too low?",
        {"/ 2**n": "/ 2 ** (n - 1)"},
    )
    squares_the_throws = mistake(
        "n throws of a coin come out in 2ⁿ ways, not n².",
        {"2**n": "max(n, 1) ** 2"},
    )
    takes_the_larger_for_all = mistake(
        "The number of throws is b + c, not the larger of the two.",
        {"int(only_first + only_second)": "max(only_first, only_second)"},
    )
    rounds = mistake("The p-value is rounded.", {"min(1.0, 2 * tail)": "round(min(1.0, 2 * tail), 2)"})
    says_yes_or_no = mistake(
        "That is whether the p-value is below 0.05. The p-value itself is wanted.",
        {"min(1.0, 2 * tail)": "2 * tail < 0.05"},
    )
    is_zero_without_any = mistake(
        "Right, unless the models never differ. Without any evidence the p-value is 1.",
        {"return min": "return n and min"},
    )


def _both_tails(deviations):
    """How probable a normal variable is to be at least so many standard deviations from its mean."""
    return 2 * NormalDist().cdf(-deviations)


class P99OfBoth(FunctionExercise):
    title = "Find what is wrong: the mean of two p99s"
    prompt = """
Two servers share the work. The dashboard says: server A has a p99 of 40 ms, server B one of 900 ms, "so
together 470 ms". The true one may lie anywhere between 40 and 900 ms. Why? Write what the dashboard should
show: the p99 of *all* requests, as `np.percentile` has it. It needs the times themselves, and either server
may have had no request at all (but not both).
"""
    hints = (
        "If A answered a million requests and B a hundred, how many of the slowest one per cent are B's?",
        "A percentile is a place in the sorted times. Sort all of them together.",
    )
    why = """
p99 is the time that one request in a hundred exceeds, so it depends on how many requests each server had
and on what both tails look like. No mean of the two p99s, weighted or not, gives it: sort all times together.
Where there are too many of them to keep, keep a histogram of each server; the counts of histograms may be
added.
"""
    further = (
        "Two means can be combined if both counts are known. That tempts people to combine p99s as well."
    )

    @reference
    def p99_of_both(times_a, times_b):
        """Return the 99th percentile of all times, a float, for arrays (N,) and (M,) of milliseconds."""
        times = np.concatenate([times_a, times_b])
        return np.percentile(times, 99)

    def cases(self, rng):
        yield np.array([20.0, 30.0, 25.0, 40.0]), np.array([900.0, 15.0])
        yield rng.gamma(2.0, 8.0, 900), rng.gamma(2.0, 80.0, 100)
        yield rng.gamma(2.0, 80.0, 3), rng.gamma(2.0, 8.0, 2000)
        yield rng.gamma(3.0, 20.0, 400), rng.gamma(2.0, 30.0, 600)
        yield np.array([1500.0, 20.0, 20.0, 20.0]), np.array([20.0, 20.0, 2500.0, 2500.0])

    def edge_cases(self):
        yield np.array([]), np.array([4.0, 8.0, 6.0])
        yield np.array([5.0, 7.0]), np.array([])

    averages = mistake(
        "That is the mean of the two p99s. It does not know how many requests each server had, nor what the "
        "tails look like.",
        {"np.percentile(times, 99)": "(np.percentile(times_a, 99) + np.percentile(times_b, 99)) / 2"},
    )
    weighs = mistake(
        "That is the mean of the two p99s, weighted by the numbers of requests. Percentiles of parts do not "
        "add up like means.",
        {
            "np.percentile(times, 99)": (
                "np.average([np.percentile(times_a, 99), np.percentile(times_b, 99)], "
                "weights=[len(times_a), len(times_b)])"
            )
        },
    )
    takes_the_larger = mistake(
        "That is the larger of the two p99s. If the slower server had few requests, its slow ones may be "
        "fewer than one in a hundred of all.",
        {"np.percentile(times, 99)": "max(np.percentile(times_a, 99), np.percentile(times_b, 99))"},
    )
    takes_the_smaller = mistake(
        "That is the smaller of the two p99s.",
        {"np.percentile(times, 99)": "min(np.percentile(times_a, 99), np.percentile(times_b, 99))"},
    )
    adds = mistake(
        "That is the sum of the two p99s. Each request goes to one server only.",
        {"np.percentile(times, 99)": "np.percentile(times_a, 99) + np.percentile(times_b, 99)"},
    )
    takes_the_first_percentile = mistake(
        "That is the first percentile, at the fast end. The slow end is wanted.", {", 99)": ", 1)"}
    )
    takes_a_quantile_for_a_percentile = mistake(
        "`np.percentile` takes per cent, 0 to 100: 0.99 is nearly the smallest time.", {", 99)": ", 0.99)"}
    )
    takes_the_median = mistake("That is the median, p50.", {", 99)": ", 50)"})
    takes_p95 = mistake("That is p95: one request in twenty is slower.", {", 99)": ", 95)"})
    takes_p999 = mistake("That is p99.9: one request in a thousand is slower.", {", 99)": ", 99.9)"})
    takes_the_largest = mistake(
        "That is the slowest request of all.",
        {"np.percentile(times, 99)": "times.max()"},
    )
    takes_the_mean = mistake("That is the mean of all times.", {"np.percentile(times, 99)": "times.mean()"})
    percentile_of_the_two = mistake(
        "That is the 99th percentile of two numbers, the two p99s. All times are needed.",
        {"np.percentile(times": "np.percentile([np.percentile(times_a, 99), np.percentile(times_b, 99)]"},
    )
    returns_both = mistake(
        "These are two p99s, one of each server. One for all requests is wanted.",
        {"np.percentile(times, 99)": "np.percentile(times_a, 99), np.percentile(times_b, 99)"},
    )
    takes_the_lower = mistake(
        "A little too low: `np.percentile` looks at the place 0.99 · (N − 1), counted from 0, and goes "
        "between the two times beside it. Do you look at another place, or take the time below?",
        {", 99)": ', 99, method="lower")'},
    )
    takes_the_higher = mistake(
        "A little too high: `np.percentile` looks at the place 0.99 · (N − 1), counted from 0, and goes "
        "between the two times beside it. Do you look at another place, or take the time above?",
        {", 99)": ', 99, method="higher")'},
    )
    takes_the_nearest = mistake(
        "That is one of the times as it stands. `np.percentile` goes between the two nearest ones.",
        {", 99)": ', 99, method="nearest")'},
    )
    takes_p90 = mistake("That is p90: one request in ten is slower.", {", 99)": ", 90)"})
    takes_p98 = mistake("That is p98: one request in fifty is slower.", {", 99)": ", 98)"})
    assumes_a_bell_curve = mistake(
        "Mean and 2.33 standard deviations hold for a bell curve. Times have a long tail to the right.",
        {"np.percentile(times, 99)": "times.mean() + 2.326 * times.std()"},
    )
    averages_the_slowest = mistake(
        "That is the mean of the slowest one per cent. Their limit is wanted.",
        {"np.percentile(times, 99)": "times[times >= np.percentile(times, 99)].mean()"},
    )
    counts_equal_times_once = mistake(
        "Times that are equal count once, as in a set. Each request counts.",
        {"np.percentile(times": "np.percentile(np.unique(times)"},
    )
    counts_a_twice = mistake(
        "Server A is counted twice.",
        {"[times_a, times_b]": "[times_a, times_a, times_b]"},
    )
    forgets_to_sort = mistake(
        "The times are not sorted, and you take one by its place.",
        {"np.percentile(times, 99)": "times[int(0.99 * (len(times) - 1))]"},
    )
    is_nothing_without_requests = mistake(
        "Right if both servers had requests. Where one had none, the other one's times are all there are.",
        {"times = np": "if not (len(times_a) and len(times_b)):\n        return np.nan\n    times = np"},
    )
    is_zero_without_requests = mistake(
        "Right if both servers had requests. Where one had none, the result is 0 ms: the other one's times "
        "are all there are.",
        {"times = np": "if not (len(times_a) and len(times_b)):\n        return 0.0\n    times = np"},
    )
    takes_the_server_a = mistake("That is the p99 of server A alone.", {"(times, 99)": "(times_a, 99)"})
    takes_the_server_b = mistake("That is the p99 of server B alone.", {"(times, 99)": "(times_b, 99)"})


class ServedVersion(FunctionExercise):
    title = "Which version is served?"
    prompt = """
A server finds these names in a model's folder and serves the version with the highest number. A version's
name is a whole number from 1 on, in the digits 0 to 9, without leading zeros or anything else. No other
name is a version: half-written copies (`3.tmp`), what was rolled back (`4.withdrawn`), notes. Return
the number to be served, or `None` if there is none.
`served_version(["9", "10", "11.withdrawn", "readme.txt"])` is 10.
"""
    hints = (
        'Which of the strings `"9"` and `"10"` is larger? And which of the numbers?',
        '`name.isdecimal()` leaves out everything with a dot. But what of `"007"`, `"0"` and `"1２"`?',
        "`max(numbers, default=None)` has an answer for an empty list, too.",
    )
    why = """
As text, "9" comes after "10", so from version 10 on the server would be stuck at 9. And a server that takes
what merely looks like a number one day serves a half-written copy, or brings back what was
withdrawn. So it says exactly what a version's name is, and leaves all else alone.
"""
    further = "TensorFlow Serving also takes the highest number, but reads 007 as 7."

    @reference
    def served_version(names):
        """Return the highest version among a list of folder names, an int, or None."""
        numbers = [int(name) for name in names if name.isascii() and name.isdecimal() and name[0] != "0"]
        return max(numbers, default=None)

    def cases(self, rng):
        yield (["9", "10", "11.withdrawn", "readme.txt"],)
        yield (["2", "3.tmp", "1"],)
        yield (["4.withdrawn", "1", "3", "20", "100"],)
        yield (["3", "120", "4", "135", "41", "4.tmp", "v99", "notes-2024.txt"],)
        yield (["7", "8", "8.withdrawn"],)
        yield (["9", "10", "2"],)
        yield (["5", "007", "0"],)

    def edge_cases(self):
        yield (["3", "-7", "1e3", " 8", "²"],)
        yield (["notes", "1.tmp", ""],)
        yield (["0"],)
        yield (["2", "12\n"],)
        yield ([],)
        yield (["3", "1２"],)

    finds_numbers_anywhere = mistake(
        "A number somewhere in a name is no version: `v99` and `notes-2024.txt` are something else."
    )(
        lambda names: max(
            (int("".join(filter(str.isdecimal, name))) for name in names if any(map(str.isdecimal, name))),
            default=None,
        )
    )
    takes_the_first = mistake(
        "You take the first version of the list.",
        {"max(numbers, default=None)": "numbers[0] if numbers else None"},
    )
    returns_its_place = mistake(
        "That is the place of the name in the list. Its number is wanted.",
        {"max(numbers, default=None)": "names.index(str(max(numbers))) if numbers else None"},
    )
    returns_them_all = mistake(
        "These are all versions. The highest is wanted.", {"max(numbers, default=None)": "sorted(numbers)"}
    )
    takes_the_longest = mistake(
        "You take the longest name. Of two that are equally long, either may be higher.",
        {"max(numbers, default=None)": "max(numbers, key=lambda number: len(str(number)), default=None)"},
    )
    takes_zero_for_a_version = mistake(
        "`0` is taken for a version. They begin at 1.",
        {'name[0] != "0"': '(name[0] != "0" or name == "0")'},
    )
    gives_up_on_other_names = mistake(
        "As soon as one name is no version, there is none. Leave it out, and look at the others.",
        {"return max": "return None if len(numbers) < len(names) else max"},
    )
    leaves_out_what_has_a_copy = mistake(
        "A version is left out because something else begins with its number. The other thing is ignored; "
        "the version counts.",
        {"in names if": "in names if not any(each.startswith(name + '.') for each in names) and"},
    )
    compares_text = mistake(
        'You compare the names as text, and there "9" comes after "10".',
        {"return max(numbers, default=None)": "return int(max(map(str, numbers))) if numbers else None"},
    )
    takes_the_last = mistake(
        "You take the last version of the list. A folder's names come in any order.",
        {"max(numbers, default=None)": "numbers[-1] if numbers else None"},
    )
    takes_the_oldest = mistake("That is the lowest number.", {"max(": "min("})
    counts = mistake(
        "That is how many versions there are.",
        {"max(numbers, default=None)": "len(numbers) or None"},
    )
    serves_what_was_withdrawn = mistake(
        "It serves a version that was withdrawn, or a copy that is not finished: what stands before the dot "
        "counts here.",
        {"int(name)": "int(name.split('.')[0])", "name.isdecimal()": "name.split('.')[0].isdecimal()"},
    )
    takes_leading_zeros = mistake(
        "`007` is taken for version 7. A version's name has no leading zeros.", {' and name[0] != "0"': ""}
    )
    returns_text = mistake(
        "That is the name, as text. The number is wanted.",
        {"max(numbers, default=None)": "str(max(numbers)) if numbers else None"},
    )
    fails_on_nothing = mistake(
        "Right if there is a version. `max` of nothing raises a ValueError; `None` is wanted.",
        {", default=None": ""},
    )
    is_zero_without_any = mistake(
        "Right if there is a version. Without any, `None` is wanted: 0 looks like one.",
        {"default=None": "default=0"},
    )
    lets_a_line_break_pass = mistake(
        'A name that ends in a line break is taken for a version, `"12\\n"`: in a pattern, `$` also fits '
        "before a line break. `re.fullmatch` takes the whole name.",
        {"name.isdecimal()": r"name.removesuffix('\n').isdecimal()"},
    )
    takes_other_digits = mistake(
        "Digits of other scripts pass: `1２` is taken for 12. `isdecimal` and `\\d` take them all.",
        {"name.isascii() and ": ""},
    )
    trusts_int = mistake("`int` takes more than the name of a version: a sign, spaces, other digits.")(
        lambda names: max((int(name) for name in names if _is_int(name) and name[0] != "0"), default=None)
    )


def _is_int(name):
    try:
        return int(name) is not None
    except ValueError:
        return False


def _giving(statuses):
    """A wrong answer that gives other statuses, by the right ones."""

    def status_of(*request):
        status = StatusOf.right_answer(*request)
        return statuses.get(status, status)

    return status_of


class StatusOf(FunctionExercise):
    title = "What to answer to a request"
    prompt = """
A server gets the body of a request, as bytes, and answers with an HTTP status code:

- **413** if the body is longer than `max_bytes`: it is not even looked at
- **400** if `json.loads` cannot read it: it raises `ValueError`
- **422** if it can be read, but is not a JSON object (in Python a dict) with 28 rows of 28 numbers from 0 to
  255 under `"image"`
- **200** otherwise

`True` is no number here, though Python takes it for one. And NaN, which `json.loads` reads, is not from 0 to
255.
"""
    hints = (
        "The order of the questions is that of the list: do not parse what is too long.",
        "What `json.loads` gives may be anything: a number, a list, `None`. Ask before you use `.get`.",
    )
    why = """
Whatever a stranger sends, the answer is a status, never an error of the server's own: 500 would say that
the server is broken, and here the request is. 413 comes first, for parsing a gigabyte is what an attacker
wants. 400 says "I cannot read this", 422 "I can read it, and it is not what I asked for". Servers differ
here: many answer 400 to both.
"""
    further = (
        'Many brackets, `b"[" * 20_000`, make `json.loads` raise RecursionError, which is no ValueError. '
        "Does yours let it through? The solution answers 400."
    )

    @reference
    def status_of(body, max_bytes=20_000):
        """Return the status, an int, for a body of bytes."""
        if len(body) > max_bytes:
            return 413
        try:
            content = json.loads(body)
        except (ValueError, RecursionError):
            return 400
        image = content.get("image") if isinstance(content, dict) else None
        if not isinstance(image, list) or len(image) != 28:
            return 422
        for row in image:
            if not isinstance(row, list) or len(row) != 28:
                return 422
            for pixel in row:
                if isinstance(pixel, bool) or not isinstance(pixel, int | float) or not 0 <= pixel <= 255:
                    return 422
        return 200

    def _one_call(self, answer, name, arguments):
        call, result = super()._one_call(answer, name, arguments)  # where a body is too long to show
        if body := _BODIES.get(int(name[5:-1] or -1)):
            call += f", {body}"
            if isinstance(result, AnswerError):
                result.call = call
        return call, result

    def cases(self, rng):
        image = [[0] * 28 for _ in range(28)]

        def body(image):
            return json.dumps({"image": image}).encode()

        def changed(pixel):
            return body([[*image[0][:-1], pixel], *image[1:]])

        yield (body(image),)
        yield (b"28 rows of numbers",)
        yield (b'{"picture": []}',)
        yield (body(image[:3]),)
        yield (body([row[:27] for row in image]),)
        yield (changed(255),)
        yield (changed(127.5),)
        yield (changed(0.5),)
        yield (changed(256),)
        yield (changed(-0.5),)
        yield (body([*image[:5], image[5][:27], *image[6:]]),)
        yield (body([*image[:5], [300] * 28, *image[6:]]),)
        yield (body([[1, 100] * 14] * 28),)
        yield (body([*image, image[0]]),)
        yield (body([[*row, 0] for row in image]),)
        yield (body([[0] * 784]),)
        yield (body([0] * 784),)
        yield (json.dumps({"image": image, "from": "pen"}).encode(),)
        yield (changed("7"),)
        yield body(image), 2000
        yield body(image), len(body(image))
        yield body(image), len(body(image)) - 1
        yield (b"x" * 30_000,)

    def edge_cases(self):
        image = [[0] * 28 for _ in range(28)]
        yield (b"[1, 2, 3]",)
        yield (b"null",)
        yield (b"\xff\xfe\x00",)
        yield (json.dumps({"image": [None] * 28}).encode(),)
        yield (json.dumps({"image": [[*image[0][:-1], True], *image[1:]]}).encode(),)
        yield (json.dumps({"image": image, "from": "Zürich" * 50}, ensure_ascii=False).encode(), 2750)
        yield (json.dumps({"image": [[*image[0][:-1], float("nan")], *image[1:]]}).encode(),)

    refuses_the_limit = mistake(
        "A body of exactly `max_bytes` is not longer than `max_bytes`.", {"> max_bytes": ">= max_bytes"}
    )
    counts_characters = mistake(
        "Characters are counted, not bytes: an ü takes two of them.",
        {"len(body) > max_bytes": 'len(body.decode(errors="replace")) > max_bytes'},
    )
    knows_the_first_row_only = mistake(
        "Only the first row is looked at: does a `return` stand inside the loop?",
        {"for row in image:": "for row in image[:1]:"},
    )
    counts_the_first_row_only = mistake(
        "Only the first row is counted. A later one may be shorter.",
        {"len(row) != 28": "len(image[0]) != 28"},
    )
    counts_784_numbers = mistake(
        "784 numbers in another shape get 200. They are to be 28 rows of 28.",
        {
            "len(image) != 28": "sum(len(row) for row in image if isinstance(row, list)) != 784",
            " or len(row) != 28": "",
        },
    )
    wants_784_in_one_row = mistake(
        "You want 784 numbers in one row. They are to be 28 rows of 28.",
        {
            "len(image) != 28": "len(image) != 784",
            "for row in image": "for row in [image[i : i + 28] for i in range(0, 784, 28)]",
        },
    )
    lets_larger_images_pass = mistake(
        "An image with more than 28 rows or columns gets 200.",
        {"len(image) != 28": "len(image) < 28", "len(row) != 28": "len(row) < 28"},
    )
    wants_nothing_else = mistake(
        "An object that has other entries besides the image gets 422. Nobody forbade them.",
        {"isinstance(content, dict) else": "isinstance(content, dict) and len(content) == 1 else"},
    )
    looks_at_the_upper_end_only = mistake("Negative pixels get 200.", {"0 <= pixel <= 255": "pixel <= 255"})
    looks_at_the_lower_end_only = mistake("Pixels above 255 get 200.", {"0 <= pixel <= 255": "0 <= pixel"})
    lets_256_pass = mistake("256 gets 200. Full ink is 255.", {"0 <= pixel <= 255": "0 <= pixel <= 256"})
    lets_nan_pass = mistake(
        "Right, but for NaN, which gets 200: every comparison with it is False. Ask `0 <= p <= 255`.",
        {"not 0 <= pixel <= 255": "pixel < 0 or pixel > 255"},
    )
    goes_up_to_1 = mistake(
        "Pixels above 1 are refused. Here they go up to 255.", {"0 <= pixel <= 255": "0 <= pixel <= 1"}
    )
    leaves_out_the_0 = mistake("0 is paper, and allowed.", {"0 <= pixel": "0 < pixel"})
    takes_floats_only = mistake(
        "Whole numbers are numbers, too.",
        {"not isinstance(pixel, int | float)": "not isinstance(pixel, float)"},
    )
    takes_words_for_numbers = mistake(
        'A number in quotes gets 200. JSON\'s "7" is text.',
        {
            "not isinstance(pixel, int | float)": "not isinstance(pixel, int | float | str)",
            "0 <= pixel <= 255": "0 <= float(pixel) <= 255",
        },
    )
    calls_any_other_json_unreadable = mistake(
        "JSON that is no object, or has no image, is 422: it can be read, and is not what was asked for.",
        {
            "image = content": (
                "if not isinstance(content, dict) or 'image' not in content:\n"
                "        return 400\n"
                "    image = content"
            )
        },
    )
    calls_what_is_no_object_unreadable = mistake(
        "Right for objects. A list, a number or null is JSON as well: 422, not 400.",
        {"image = content": "if not isinstance(content, dict):\n        return 400\n    image = content"},
    )
    answers_414 = mistake(
        "414 is for an address that is too long. The body is.",
        {"return 413": "return 414"},
    )
    answers_201 = mistake("201 says that something was created.", {"return 200": "return 201"})
    answers_404 = mistake("404 says that there is nothing at this address.")(_giving({422: 404}))
    answers_500_for_the_form = mistake(
        "500 says that the server is broken. Here the request is of another form."
    )(_giving({422: 500}))
    says_yes_or_no = mistake("That is True or False. The number of the status is wanted.")(
        lambda *request: StatusOf.right_answer(*request) == 200
    )
    parses_first = mistake(
        "What is too long gets 413, whatever is in it: ask for the length before you parse it.",
        {
            "if len(body) > max_bytes:\n        return 413": "",
            "image = content": "if len(body) > max_bytes:\n        return 413\n    image = content",
        },
    )
    forgets_the_length = mistake(
        "What is longer than `max_bytes` bytes gets no 413.",
        {"len(body) > max_bytes": "False"},
    )
    exchanges_the_two = mistake("400 and 422 are exchanged: 400 is for what cannot be read at all.")(
        _giving({400: 422, 422: 400})
    )
    lets_everything_be_400 = mistake(
        "JSON of another form is 422, not 400: it can be read, and is not what was asked for."
    )(_giving({422: 400}))
    lets_everything_be_422 = mistake(
        "What is no JSON is 400, not 422: it cannot even be read.",
        {"return 400": "return 422"},
    )
    does_not_count_the_rows = mistake("An image with too few rows gets 200.", {" or len(image) != 28": ""})
    does_not_count_the_pixels = mistake("A row with too few pixels gets 200.", {" or len(row) != 28": ""})
    does_not_look_at_the_pixels = mistake(
        "Pixels outside of 0 to 255 get 200.", {" or not 0 <= pixel <= 255": ""}
    )
    leaves_out_the_255 = mistake("255 is full ink, and allowed.", {"0 <= pixel <= 255": "0 <= pixel < 255"})
    allows_no_floats = mistake(
        "A pixel may be 127.5 or 255.0: a number need not be a whole one.",
        {"not isinstance(pixel, int | float)": "not isinstance(pixel, int)"},
    )
    takes_true_for_a_number = mistake(
        "`True` gets 200. In Python a bool is an int; JSON's true is no number.",
        {"isinstance(pixel, bool) or ": ""},
    )
    fails_on_other_json = mistake(
        "Right for objects. JSON may also be a list, a number or null, and those have no `get`.",
        {'content.get("image") if isinstance(content, dict) else None': 'content.get("image")'},
    )
    answers_500 = mistake(
        "500 says that the server is broken. Here the request is.",
        {"return 400": "return 500"},
    )


_BODIES = {
    6: "one pixel 127.5",
    7: "one pixel 0.5",
    8: "one pixel 256",
    9: "one pixel −0.5",
    10: "one row of 27 numbers",
    11: "one row of 300s",
    15: "one row of 784",
    16: "784 numbers without rows",
    18: "one pixel the text 7",
}


class ChallengerWins(ChoiceExercise):
    title = "Find what is wrong: the challenger wins"
    prompt = """
People corrected 600 readings of the model that is served. A copy was trained on such corrections, and the
report says: "on the corrections the champion reads 0 % and the challenger 93 %, p < 0.001, so it was
published". Which of these, found in the log, make the challenger look better than it is, or hide a harm that
it does? Put them into the set, word for word:

- `"the challenger was trained on all 600 corrections, and compared on them"`
- `"only images that the champion had misread were compared"`
- `"the challenger trained on corrections mixed with old training images"`
- `"nobody compared the two on the 5,000 clean images"`
- `"both models got the same images, in the same order"`
- `"of twelve challengers, the one that did best on the compared images was reported"`
- `"the p-value was computed by McNemar's test, on pairs"`
"""
    hints = (
        "Where does the 0 % come from: is the champion so bad, or were the images chosen so?",
        "Which images had the challenger seen? And what else should a new model still be able to do?",
    )
    why = """
A correction exists only where the champion was wrong, so on these it reads 0 % by construction, and no other
model can look worse. Images that the challenger was trained on say how well it remembers. The best of twelve
is chosen by luck as well. And what it forgot shows only on clean images. So: one challenger, the same images
for both, corrections that were kept apart, and clean images as well. Corrections alone could not decide, and
clean images may veto.
"""
    further = "`autorev retrain` keeps every second correction apart, and compares on clean images as well."
    variable = "makes_it_unfair"
    options = {
        "the challenger was trained on all 600 corrections, and compared on them": (
            True,
            "The challenger was tested on what it had learned by heart. The champion had never trained on "
            "these images.",
        ),
        "only images that the champion had misread were compared": (
            True,
            "These images were chosen by the champion's mistakes: it reads 0 % of them by construction.",
        ),
        "the challenger trained on corrections mixed with old training images": (
            False,
            "The mixture keeps it from forgetting. The old images are not among those compared.",
        ),
        "nobody compared the two on the 5,000 clean images": (
            True,
            "The challenger may have forgotten what the champion knew, and nobody would notice.",
        ),
        "both models got the same images, in the same order": (
            False,
            "The same images for both are what makes it a paired comparison.",
        ),
        "of twelve challengers, the one that did best on the compared images was reported": (
            True,
            "The best of twelve on these images is partly the luckiest on these images.",
        ),
        "the p-value was computed by McNemar's test, on pairs": (
            False,
            "That is the test for pairs: images that both read, or both misread, do not tell the two apart.",
        ),
    }


class MySignal(PropertyExercise):
    title = "Open: a signal of your own"
    prompt = """
A second scanner joins the first, and every fourth image now comes from it. Something is wrong with it,
and the seven signals of `monitor` miss it: they raise hardly more alarms than on clean windows. So look
at the images themselves:

```python
before, after = exercise["my_signal"].examples()  # uint8, 400 images each
fig, axes = plots.image_grid(after[:40])
```

Write a signal that shows the change: one number for each image. It must depend on that image alone,
whatever comes with it, and an image without any ink must get a finite number, too. The check measures it
on 2,000 clean images as the reference and draws windows of 200 from 2,000 other clean ones; the threshold
is the Kolmogorov–Smirnov distance that 1 % of these exceed. Goal: at least **95 %** of the windows in
which every fourth image is from the new scanner exceed it, too.
"""
    hints = (
        "Look for something straight that no pen would do. It is not at the same place in each image.",
        (
            "The change is thin. Compare each pixel with its two neighbours in the row: where are "
            "both of them ink, and it is not?"
        ),
        (
            "One such pixel is nothing, the loops of an 8 have many. But how many of them stand above each "
            "other, in one column? And beware of uint8: 3 − 5 is 254."
        ),
    )
    why = """
One element of the scanner's line of sensors is dead, so a column of pixels is blank, at another place in
each digit. Ink, centre, spread, slant and edges change by less than people differ in them; the model
hardly minds, so the confidence is silent as well. A gap of one pixel with ink on both sides, counted
column by column, is something that no pen draws: in clean images the signal is hardly ever more than two
pixels, on the new scanner mostly four or so. Even a quarter of the images stands out then.
"""
    further = (
        "A signal that you tailor to one fault finds that fault. The general ones stay in the "
        "monitor for those that you have not thought of."
    )
    seconds = 10
    min_found = 0.95

    @reference
    def my_signal(images):
        """Return one number for each image, shape (N,); images are uint8 (N, 28, 28), 255 = ink."""
        pixels = images.astype("float32")
        left, middle, right = pixels[:, :, :-2], pixels[:, :, 1:-1], pixels[:, :, 2:]
        gap = np.maximum(np.minimum(left, right) - middle, 0)
        return gap.sum(axis=1).max(axis=1)

    def examples(self):
        """Images from before and from after the change, to look at.

        Returns:
            ``(before, after)``: two arrays, uint8 of shape (400, 28, 28). The check uses other images.
        """
        return tuple(_worlds()[name].copy() for name in ("before", "after"))

    def properties(self, my_signal):
        def measure(images, text="my_signal(images)"):
            signal = self.call(my_signal, images, text=f"{text}, of shape {images.shape}")
            return expect_array(signal, (len(images),), text)

        def agree(first, second):
            return np.allclose(first, second, rtol=1e-3, atol=1e-4 * np.abs(second).max())

        reference_images, clean, changed = (_worlds()[name] for name in ("reference", "clean", "changed"))
        first = self.call(my_signal, clean, text=f"my_signal(images), of shape {clean.shape}")
        if np.asarray(first).dtype.kind in "biuf":
            shape = np.shape(first)
            yield "gives_one_number_for_all", shape not in [(), (1,)], ""
            yield "gives_many_numbers_for_each", shape[0] != len(clean) or np.size(first) == len(clean), ""
        clean_signal = expect_array(first, (len(clean),), "my_signal(images)")
        signals = measure(reference_images), clean_signal, measure(changed)
        broken = sum(np.sum(~np.isfinite(signal)) for signal in signals)
        yield "is_not_finite", not broken, f"({broken} of {3 * len(clean)} images.)"
        few = clean[:7]
        together = measure(few)
        yield "is_random", agree(measure(few), together), ""
        alone = np.concatenate([measure(few[i : i + 1]) for i in range(len(few))])
        is_moved = agree(np.sort(alone), np.sort(together)) and not agree(alone, together)
        yield "stands_in_another_order", not is_moved, ""
        yield "depends_on_the_order", agree(measure(few[::-1]), together[::-1]), ""
        is_alike = agree(alone, together) and agree(alone, clean_signal[: len(few)])
        yield "depends_on_the_batch", is_alike, ""
        blank = measure(np.zeros_like(few[:1]), "my_signal(one_image_without_ink)")
        yield "fails_without_ink", np.isfinite(blank).all(), ""
        yield "is_constant", np.ptp(np.concatenate(signals)) > 0, ""
        threshold, found = _alarms(*signals)
        measured = f"Threshold {threshold:.3f}: {found:.1%} of the changed windows raise an alarm."
        enough = found >= self.min_found
        yield "wraps_around", enough or not self._wraps_around(my_signal, clean, clean_signal), measured
        known, correlation = _most_alike(clean_signal, clean)
        yield "repeats_the_monitor", enough or correlation < 0.97, f"(It goes with *{known}*.) {measured}"
        yield "wavers_too_much", enough or found < 0.1, measured
        yield "notices_too_little", enough, measured

    def _wraps_around(self, my_signal, images, signal):
        try:
            in_large_numbers = self.call(my_signal, images.astype("int64"), text="my_signal(images)")
            return not np.allclose(in_large_numbers, signal, rtol=1e-3)
        except (AnswerError, TypeError, ValueError):  # it wants uint8: nothing is known
            return False

    @mistake(
        "That is a single number. Each image needs its own: is an axis missing, or does a `return` stand "
        "inside the loop?"
    )
    def gives_one_number_for_all(images):
        return np.mean(images)

    @mistake(
        "That is more than one number for each image. You are close if these are its rows or "
        "columns: the mean, or the largest of them?"
    )
    def gives_many_numbers_for_each(images):
        return images.mean(axis=1)

    @mistake("Some images get no finite number. Do you divide by something that can be 0?")
    def is_not_finite(images):
        with np.errstate(invalid="ignore", divide="ignore"):
            return 1 / images[:, 14, 14].astype("float32")

    @mistake(
        "The same images get other numbers the second time. Is there chance in it, or is something kept "
        "from one call to the next?"
    )
    def is_random(images):
        return images.mean(axis=(1, 2)) + np.random.default_rng().normal(size=len(images))

    @mistake(
        "The numbers stand in another order than the images. Is something sorted or reversed? Number i "
        "belongs to image i."
    )
    def stands_in_another_order(images):
        return np.sort(images.mean(axis=(1, 2)))

    @mistake(
        "The number of an image depends on its place among the others. A window would look different if the "
        "same images came in another order."
    )
    def depends_on_the_order(images):
        return np.cumsum(images.mean(axis=(1, 2)))

    @mistake(
        "The number of an image depends on which others are in the batch, as with a mean or a maximum over "
        "all of them. The server measures one image at a time, so there it would be another number."
    )
    def depends_on_the_batch(images):
        ink = images.mean(axis=(1, 2))
        return ink - ink.mean()

    @mistake(
        "An image without any ink gets no finite number, perhaps because something is divided by its "
        "ink, or a logarithm taken of 0. Somebody will send one."
    )
    def fails_without_ink(images):
        columns = images.astype("float32").sum(axis=1)
        with np.errstate(invalid="ignore"):
            return columns.max(axis=1) / columns.sum(axis=1)

    @mistake("Every image gets the same number, so nothing can stand out.")
    def is_constant(images):
        return images[:, 0, 0]

    @mistake(
        "Something wraps around: uint8 has nothing below 0 or above 255, so 3 − 5 is 254, and sums of uint8 "
        "have nothing below 0 either. Make the images `float32` first."
    )
    def wraps_around(images):
        return np.abs(np.diff(images, axis=2)).mean(axis=(1, 2))

    @mistake(
        "This orders the images nearly as one of the monitor's own signals does, and those miss the change."
    )
    def repeats_the_monitor(images):
        return images.mean(axis=(1, 2))

    @mistake(
        "On the right track: it reacts to the change. But it differs between one clean digit and the next as "
        "well, and that drowns the rest. What do the changed images have that no clean one has?"
    )
    def wavers_too_much(images):
        return np.abs(np.diff(images.astype("float32"), n=2, axis=2)).sum(axis=(1, 2))

    @mistake(
        "It hardly reacts to the change. Look at `after` again, in a larger size: what do some of the digits "
        "have in common? (Or does something wrap around, in uint8?)"
    )
    def notices_too_little(images):
        return images.max(axis=2).sum(axis=1, dtype="float32")


_NUM_IMAGES = 2000
_WINDOW = 200
_NUM_WINDOWS = 1000


@functools.cache
def _worlds():
    """Images of the old world and of the new one, none of them twice."""
    (images, _), _ = data.load_mnist()
    sizes = {
        "before": 400,
        "after": 400,
        "reference": _NUM_IMAGES,
        "clean": _NUM_IMAGES,
        "changed": _NUM_IMAGES,
    }
    rng = np.random.default_rng(5)
    parts = np.split(rng.permutation(len(images)), np.cumsum(list(sizes.values())))
    worlds = {name: images[part] for name, part in zip(sizes, parts, strict=False)}

    for name in ("after", "changed"):
        scanned = np.arange(0, len(worlds[name]), 4)
        worlds[name][scanned, :, rng.integers(8, 20, len(scanned))] = 0  # a dead element of the sensor line
    return worlds


def _alarms(reference_signal, clean_signal, changed_signal):
    """The threshold that 1 % of the clean windows exceed, and the share of changed windows that do."""
    rng = np.random.default_rng(0)
    world = monitor.Reference(np.sort(reference_signal)[None], np.zeros(1), _WINDOW, 0.01)

    def distances(signal):
        rounds = np.tile(signal, (_NUM_WINDOWS * _WINDOW // len(signal), 1))
        return world.distances(rng.permuted(rounds, axis=1).reshape(1, _NUM_WINDOWS, _WINDOW))[0]

    threshold = np.quantile(distances(clean_signal), 0.99, method="inverted_cdf")
    return threshold, np.mean(distances(changed_signal) > threshold)


def _most_alike(signal, images):
    """Which of the monitor's signals of images orders them most like this one, and the rank correlation."""
    known = monitor.measure(images, np.ones((len(images), 1)))[:-1]  # without the confidence
    ranks = np.argsort(np.argsort(np.vstack([signal, known]), axis=1), axis=1)
    correlations = np.abs(np.corrcoef(ranks)[0, 1:])
    return monitor.SIGNALS[correlations.argmax()], correlations.max()
