"""The exercises of notebook 05b, closing the loop."""

import functools
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


class PopulationStabilityIndex(FunctionExercise):
    title = "Warm-up: how far has a histogram moved?"
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
thousand clean windows. And the rate holds for these windows, not yet for the next one.
"""
    further = (
        "A new clean window exceeds it a little more often: with probability (⌊nr⌋ + 1)/(n + 1), for 100 "
        "windows and a rate of 1 % twice as often. Conformal prediction lets one less be larger, "
        "⌊(n + 1)r⌋ − 1, and so keeps a promise about the next one."
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


class ChallengerWins(ChoiceExercise):
    title = "Find what is wrong: the challenger wins"
    prompt = """
600 people corrected one reading each of the model that is served. A copy was trained on such corrections,
and the report says: "on the corrections the champion reads about 0 % and the challenger 93 %, p < 0.001, so
it was published". Which of these, found in the log, make the challenger look better than it is, or hide a
harm that it does? Put them into the set, word for word:

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
A correction exists only where the champion was wrong, so on these it reads about 0 % by construction, and no
other model can look worse. Images that the challenger was trained on say how well it remembers. The best of
twelve is chosen by luck as well. And what it forgot shows only on clean images. So: one challenger, and for
both the same images, drawn by lot before either has read them. Corrections must not decide; clean images
may veto. (McNemar's test is fair here, since no two images come from the same person.)
"""
    further = (
        "The gate of the notebook does so: corrections train and never judge; drawings that are picked by "
        "lot judge."
    )
    variable = "makes_it_unfair"
    options = {
        "the challenger was trained on all 600 corrections, and compared on them": (
            True,
            "The challenger was tested on what it had learned by heart. The champion had never trained on "
            "these images.",
        ),
        "only images that the champion had misread were compared": (
            True,
            "These images were chosen by the champion's mistakes: it reads about 0 % of them, good or bad.",
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
            "That is the test for pairs, and each person sent one image, so each image is a coin of its own.",
        ),
    }


class MySignal(PropertyExercise):
    title = "Open: a signal of your own"
    prompt = """
A second scanner joins the first, and every fourth image now comes from it. Something is wrong with it,
and the seven signals of `monitor` miss it: they raise hardly more alarms than on clean windows. So look
at the images themselves (`after` is the mixture: every fourth of its 400 images is from the new scanner):

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
