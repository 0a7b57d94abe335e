"""The exercises of notebook 05, deployment."""

import json

import numpy as np

from autorev_lib.exercises.kinds import (
    FormError,
    FunctionExercise,
    mistake,
    reference,
)


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


class P99OfBoth(FunctionExercise):
    title = "Find what is wrong: the mean of two p99s"
    prompt = """
Two servers share the work. The dashboard says: server A has a p99 of 40 ms, server B one of 900 ms, "so
together 470 ms". The true one may be close to 40 ms, or to 900. Why? Write what the dashboard should
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
        yield np.array([]), np.array([4.0, 8.3, 6.0])
        yield np.array([5.0, 7.0]), np.array([])
        yield np.array([]), np.array([7.5])
        yield np.array([0.0, 0.0, 0.0]), np.array([5.0])

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
the number to be served, an int, or `None` if there is none.
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
        yield (["3", "135", "135.tmp", "812-old", "913_old"],)
        yield (["5", "007"],)

    def edge_cases(self):
        yield (["3", "-7", "1e3", " 8", "²"],)
        yield (["notes", "1.tmp", ""],)
        yield (["0"],)
        yield (["1700000000", "2"],)
        yield (["2", "+9"],)
        yield (["2", "1_0"],)
        yield (["2", "1２3"],)
        yield (["1"],)
        yield (["2", "12\n"],)
        yield ([],)
        yield (["3", "1２"],)

    def canonical(self, result, names):
        if isinstance(result, float):
            raise FormError(f"expected an int, received {result!r}")
        return result

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


_IMAGE = [[0] * 28 for _ in range(28)]


def _body(image, **others):
    return json.dumps({"image": image} | others).encode()


def _with(pixel, row=0, column=27):
    """A body whose image has one other pixel."""
    image = [list(each) for each in _IMAGE]
    image[row][column] = pixel
    return _body(image)


_REQUESTS = {
    "an image": (_body(_IMAGE),),
    "no JSON": (b"28 rows of numbers",),
    "something else": (b'{"picture": []}',),
    "3 rows": (_body(_IMAGE[:3]),),
    "28 rows of 27 numbers": (_body([row[:27] for row in _IMAGE]),),
    "one pixel 255": (_with(255),),
    "one pixel 127.5": (_with(127.5),),
    "one pixel 0.5": (_with(0.5),),
    "one pixel 256": (_with(256),),
    "one pixel −0.5": (_with(-0.5),),
    "one row of 27 numbers": (_body([*_IMAGE[:5], [0] * 27, *_IMAGE[6:]]),),
    "one row of 300s": (_body([*_IMAGE[:5], [300] * 28, *_IMAGE[6:]]),),
    "one pixel −1": (_with(-1),),
    "an image in grey": (_body([[1, 100] * 14] * 28),),
    "29 rows": (_body([*_IMAGE, _IMAGE[0]]),),
    "28 rows of 29 numbers": (_body([[*row, 0] for row in _IMAGE]),),
    "one row of 784": (_body([[0] * 784]),),
    "784 numbers without rows": (_body([0] * 784),),
    "an image, and another entry after it": (_body(_IMAGE, sender="pen"),),
    "one pixel the text 7": (_with("7"),),
    "an image, longer than is allowed": (_body(_IMAGE), 2000),
    "an image, as long as is allowed": (_body(_IMAGE), len(_body(_IMAGE))),
    "an image, one byte longer than is allowed": (_body(_IMAGE), len(_body(_IMAGE)) - 1),
    "30,000 bytes that are no JSON": (b"x" * 30_000,),
}
_RARE_REQUESTS = {
    "a list": (b"[1, 2, 3]",),
    "a list with the word image": (b'["image"]',),
    "the word image": (b'"image"',),
    "one row of 27 numbers and one of 29": (_body([[0] * 27, *_IMAGE[1:-1], [0] * 29]),),
    "null": (b"null",),
    "no text": (b"\xff\xfe\x00",),
    "nothing": (b"",),
    "a letter that is not UTF-8, inside a text": (_body(_IMAGE, sender="?").replace(b"?", b"\xff"),),
    "an image that is the number 5": (b'{"image": 5}',),
    "28 rows that are null": (_body([None] * 28),),
    "28 rows that are the number 5": (_body([5] * 28),),
    "an image under another key": (_body(_IMAGE).replace(b"image", b"photo"),),
    "an image after another entry": (json.dumps({"sender": "pen", "image": _IMAGE}).encode(),),
    "one pixel true": (_with(True),),
    "one pixel false": (_with(False),),
    "one pixel null": (_with(None),),
    "one pixel a list": (_with([1]),),
    "one pixel NaN": (_with(float("nan")),),
    "one pixel 255.5": (_with(255.5),),
    "one pixel 300, in the last row": (_with(300, row=27, column=0),),
    "exactly 20,000 bytes": (_body(_IMAGE).ljust(20_000),),
    "20,001 bytes": (_body(_IMAGE).ljust(20_001),),
    "an image, and letters of two bytes": (
        json.dumps({"image": _IMAGE, "sender": "Zürich" * 50}, ensure_ascii=False).encode(),
        2750,
    ),
}


class StatusOf(FunctionExercise):
    title = "What to answer to a request"
    prompt = """
A server gets the body of a request, as bytes, and answers with an HTTP status code:

- **413** if the body is longer than `max_bytes`: it is not even looked at
- **400** if `json.loads` cannot read it as UTF-8: it raises `ValueError`
- **422** if it can be read, but is not a JSON object (in Python a dict) with 28 rows of 28 numbers from 0 to
  255 under `"image"`, whatever else it holds
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

    def cases(self, rng):
        return _REQUESTS.values()

    def edge_cases(self):
        return _RARE_REQUESTS.values()

    def case_in_words(self, number):
        return [*_REQUESTS, *_RARE_REQUESTS][number]

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
        "Not every row is counted. A row that is shorter gets 200.",
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
    cuts_off_first = mistake(
        "−0.5 gets 200. Do you make a whole number of it before you compare?",
        {"0 <= pixel": "0 <= int(pixel)"},
    )
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
