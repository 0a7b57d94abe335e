"""The exercises of notebook 02, the multi-layer perceptron."""

import functools
import math
import time
from collections import Counter
from itertools import pairwise

import keras
import numpy as np

from autorev_lib import data
from autorev_lib.exercises.kinds import (
    ChoiceExercise,
    FormError,
    FunctionExercise,
    PropertyExercise,
    ValueExercise,
    describe,
    expect_array,
    mistake,
    reference,
)
from autorev_lib.training import set_seed


def relu(z):
    """The activation of the notebook."""
    return np.maximum(z, 0)


def softmax(logits):
    """Probabilities over the last axis, as in the notebook."""
    exponentials = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return exponentials / exponentials.sum(axis=-1, keepdims=True)


def cross_entropy(labels, probabilities):
    """The mean cross-entropy from probabilities, as in the notebook."""
    right_digit = probabilities[np.arange(len(labels)), labels]
    return -np.mean(np.log(right_digit))


def _hides_the_infinity(floor):
    """The mistake of raising a probability to some number above 0, with that number."""
    return mistake(
        f"Where the probability of the right digit is tiny, {floor:.0e} takes its place. That hides the "
        f"infinity instead of removing it: no image can cost more than {-math.log(floor):.1f} now, however "
        "wrong the network is.",
        {
            "np.mean(log_sums - logits[rows, labels])": (
                f"cross_entropy(labels, np.maximum(softmax(logits), {floor}))"
            )
        },
    )


class CountParameters(FunctionExercise):
    title = "Warm-up: count the parameters"
    seconds = 20  # JAX compiles each operation of Keras anew for each shape
    prompt = r"""
A multi-layer perceptron has layers of sizes $n_0, n_1, \dots, n_L$, where $n_0$ is the number of inputs.
How many parameters does it have? `count_parameters([784, 256, 10])` is 203,530.
"""
    hints = (
        "How many weights lead into one unit? And what does each unit have besides its weights?",
        (
            "Between two neighbours D and H there are D · H weights and H biases. `pairwise(sizes)` goes "
            "through the neighbours, however many there are."
        ),
    )
    why = r"""
Each of the $n_l$ units of layer $l$ has $n_{l-1}$ weights and one bias, so the network has $\sum_{l=1}^{L}
(n_{l-1} + 1)\, n_l$ parameters. The inputs are numbers that are given, not units: they have no bias.
"""
    further = (
        "Double all hidden layers, and the weights between two of them become four times as many, the biases "
        "only twice: the larger the network, the less the biases count."
    )

    @reference
    def count_parameters(sizes):
        """Return the number of weights and biases of dense layers that lead from sizes[0] to sizes[-1]."""
        total = 0
        for m, n in pairwise(sizes):
            total += m * n + n
        return total

    def cases(self, rng):
        yield ([784, 256, 10],)
        yield ([4, 7, 3, 6],)
        yield ([2, 50, 40, 30, 1],)
        yield ([5, 3],)

    forgets_the_biases = mistake(
        "You counted the weights only. Every unit has a bias as well.", {"m * n + n": "m * n"}
    )
    one_bias_for_each_layer = mistake(
        "You added one bias for each layer. Each unit has a bias of its own.", {"* n + n": "* n + 1"}
    )
    gives_the_inputs_biases = mistake(
        "You gave the inputs biases. They are numbers that come from outside, not units.",
        {"total = 0": "total = sizes[0]"},
    )
    one_bias_for_each_input = mistake(
        "You counted a bias for each number that goes into a layer. A bias belongs to a unit, so there are "
        "as many as numbers that come out.",
        {"* n + n": "* n + m"},
    )
    adds_one_on_both_sides = mistake(
        "(D + 1) · (H + 1) has a 1 too many: the one besides the inputs stands for the biases. What would "
        "the other one stand for?",
        {"m * n + n": "(m + 1) * (n + 1)"},
    )
    counts_the_biases_twice = mistake("You counted the biases twice.", {"* n + n": "* n + 2 * n"})
    forgets_the_output_biases = mistake(
        "The biases of the output layer are missing: its units are units like all others.",
        {"return total": "return total - sizes[-1]"},
    )
    multiplies_all_layers = mistake(
        "You multiplied all sizes. Weights lead from one layer to the next only, so their numbers add up.",
        {"return total": "return math.prod(sizes) + sum(sizes[1:])"},
    )
    counts_the_units = mistake(
        "That is the number of units. Each of them has many weights.", {"m * n + n": "n"}
    )
    adds_the_sizes = mistake(
        "That is the sum of the sizes. How many weights lead into one unit?",
        {"return total": "return sum(sizes)"},
    )
    adds_instead_of_multiplying = mistake(
        "You add the sizes of two neighbours. Every unit is connected with every one of the layer before: is "
        "that a sum?",
        {"m * n": "m + n"},
    )
    squares_the_layer = mistake(
        "The weights lead from one layer to the next. You multiply the size of a layer by itself.",
        {"m * n": "n * n"},
    )
    expects_one_hidden_layer = mistake(
        "This holds for exactly one hidden layer. `sizes` may be longer or shorter.",
        {"return total": "return (sizes[0] + 1) * sizes[1] + (sizes[1] + 1) * sizes[2]"},
    )
    stops_after_three_sizes = mistake(
        "Only the first three sizes count. There may be more layers than two.",
        {"pairwise(sizes)": "pairwise(sizes[:3])"},
    )
    counts_the_first_layer_only = mistake(
        "Only the first layer is counted. Does a `return` stand inside the loop?",
        {"pairwise(sizes)": "pairwise(sizes[:2])"},
    )
    counts_the_last_layer_only = mistake(
        "Only the last layer is counted. Is there an `=` where a `+=` should be?",
        {"pairwise(sizes)": "pairwise(sizes[-2:])"},
    )
    leaves_out_the_first_layer = mistake(
        "The first layer is left out.",
        {"pairwise(sizes)": "pairwise(sizes[1:])"},
    )
    leaves_out_the_last_layer = mistake(
        "The last layer is left out. Does the loop stop one too early?",
        {"pairwise(sizes)": "pairwise(sizes[:-1])"},
    )
    skips_every_second_layer = mistake(
        "Every second layer is left out. After `sizes[0]` and `sizes[1]`, which two are next to each other?",
        {"pairwise(sizes)": "zip(sizes[::2], sizes[1::2])"},
    )
    averages_over_the_layers = mistake(
        "That is the mean over the layers. How many parameters do they have together?",
        {"return total": "return total / (len(sizes) - 1)"},
    )
    one_number_for_each_layer = mistake(
        "There is one number for each layer. The network's own is their sum.",
        {"= 0": "= []", "+= ": "+= [", "\n    return": "]\n    return"},
    )


class LettersInsteadOfDigits(ValueExercise):
    title = "Predict before you run: letters instead of digits"
    prompt = """
A network is to read the 26 letters. What must its loss be before training? And where would its training
loss get stuck, if softmax were applied twice? Fill in both numbers, to two decimals at least; only then let
`cross_entropy` tell you, if you like.
"""
    hints = (
        (
            "For ten digits the two numbers were ln 10 and ln(e + 9) − 1. Where does the 10 come from, and "
            "the 9?"
        ),
        (
            "The second softmax gets 1 for the right letter and 0 for all the others. Write down its "
            "fraction for the right letter, then take minus the logarithm."
        ),
    )
    why = r"""
Before training, each letter gets $\frac{1}{26}$, and $-\ln\frac{1}{26} = \ln 26 \approx 3.258$. With two
softmaxes, the best that the second one can be given is 1 for the right letter and 0 for the 25 others,
which it turns into $\frac{e}{e + 25}$. Minus the logarithm of that is $\ln(e + 25) - 1 \approx 2.322$.
"""
    further = (
        "With K classes the two are ln K and ln(e + K − 1) − 1. The gap between them is always less than 1: "
        "with softmax twice, no network can get further than that below its first loss."
    )
    right = {
        "first_loss_of_letters": round(math.log(26), 3),
        "stuck_loss_of_letters": round(math.log(math.e + 25) - 1, 3),
    }

    swapped = mistake(
        "You swapped the two. Training makes the loss smaller, even if it gets stuck.",
        first_loss_of_letters=2.322,
        stuck_loss_of_letters=3.258,
    )
    first_of_ten_classes = mistake(
        "`first_loss_of_letters`: that is ln 10, the first loss for ten classes. With more classes, a guess "
        "is right less often.",
        first_loss_of_letters=2.303,
    )
    first_is_in_proportion = mistake(
        "`first_loss_of_letters`: that is 2.6 times ln 10. Does a logarithm grow in proportion?",
        first_loss_of_letters=2.6 * math.log(10),
    )
    first_is_negative = mistake(
        "`first_loss_of_letters`: the logarithm of a probability is negative. What makes the loss positive?",
        first_loss_of_letters=-3.258,
    )
    first_is_a_probability = mistake(
        "`first_loss_of_letters`: that is the probability each letter gets. The loss is what it costs.",
        first_loss_of_letters=1 / 26,
    )
    first_in_bits = mistake(
        "`first_loss_of_letters`: that is the logarithm to base 2. Cross-entropy takes the natural one.",
        first_loss_of_letters=math.log2(26),
    )
    first_to_base_ten = mistake(
        "`first_loss_of_letters`: that is the logarithm to base 10. Cross-entropy takes the natural one.",
        first_loss_of_letters=math.log10(26),
    )
    first_is_the_number_of_letters = mistake(
        "`first_loss_of_letters`: that is the number of letters. The loss is a logarithm.",
        first_loss_of_letters=26,
    )
    first_counts_one_letter_too_few = mistake(
        "`first_loss_of_letters`: that is ln 25. Without any knowledge, the right letter gets as much as "
        "each of the others: how many are they together?",
        first_loss_of_letters=math.log(25),
    )
    stuck_of_ten_classes = mistake(
        "`stuck_loss_of_letters`: that is where ten classes get stuck. How many wrong letters are there?",
        stuck_loss_of_letters=1.461,
    )
    stuck_is_in_proportion = mistake(
        "`stuck_loss_of_letters`: that is 2.6 times the loss of ten classes. Does a logarithm grow in "
        "proportion?",
        stuck_loss_of_letters=2.6 * 1.461,
    )
    stuck_without_the_right_logit = mistake(
        "`stuck_loss_of_letters`: you have the logarithm of the denominator. The numerator of the right "
        "letter is missing.",
        stuck_loss_of_letters=math.log(math.e + 25),
    )
    stuck_counts_one_class_too_many = mistake(
        "`stuck_loss_of_letters`: you added e to 26 ones, which makes 27 letters.",
        stuck_loss_of_letters=math.log(math.e + 26) - 1,
    )
    stuck_counts_one_class_too_few = mistake(
        "`stuck_loss_of_letters`: you added e to 24 ones, which makes 25 letters.",
        stuck_loss_of_letters=math.log(math.e + 24) - 1,
    )
    stuck_without_the_right_letter = mistake(
        "`stuck_loss_of_letters`: that is ln 25 − 1. In the sum of the exponentials, that of the right "
        "letter is missing.",
        stuck_loss_of_letters=math.log(25) - 1,
    )
    stuck_subtracts_e = mistake(
        "`stuck_loss_of_letters`: you subtract e. What is the logarithm of the numerator?",
        stuck_loss_of_letters=math.log(math.e + 25) - math.e,
    )
    stuck_gets_two = mistake(
        "`stuck_loss_of_letters`: you give the second softmax a 2 for the right letter. What is the most "
        "that the first one can give?",
        stuck_loss_of_letters=math.log(math.e**2 + 25) - 2,
    )
    stuck_is_twice_the_first = mistake(
        "`stuck_loss_of_letters`: softmax twice does not mean the loss twice. What does the second one get?",
        stuck_loss_of_letters=2 * math.log(26),
    )
    stuck_is_one_less = mistake(
        "`stuck_loss_of_letters`: that is ln 26 − 1. In the sum of the exponentials, is that of the right "
        "letter as large as the others?",
        stuck_loss_of_letters=math.log(26) - 1,
    )
    stuck_is_a_probability = mistake(
        "`stuck_loss_of_letters`: that is the probability that the right letter gets at best. The loss is "
        "what it costs.",
        stuck_loss_of_letters=math.e / (math.e + 25),
    )
    stuck_to_base_ten = mistake(
        "`stuck_loss_of_letters`: that is the logarithm to base 10. Cross-entropy takes the natural one.",
        stuck_loss_of_letters=math.log10((math.e + 25) / math.e),
    )
    stuck_in_bits = mistake(
        "`stuck_loss_of_letters`: that is the logarithm to base 2. Cross-entropy takes the natural one.",
        stuck_loss_of_letters=math.log2((math.e + 25) / math.e),
    )
    stuck_at_zero = mistake(
        "`stuck_loss_of_letters`: a loss of 0 needs a probability of 1. Can the second softmax give it, if "
        "what it receives lies between 0 and 1?",
        stuck_loss_of_letters=0,
    )
    stuck_where_it_starts = mistake(
        "`stuck_loss_of_letters`: that is the first loss. A network with softmax twice does learn, but only "
        "up to a point.",
        stuck_loss_of_letters=3.258,
    )


class SoftmaxRepaired(FunctionExercise):
    title = "Find the bug"
    seconds = 20  # JAX compiles each operation of Keras anew for each shape
    prompt = """
This softmax runs and raises no error. Given ten images, it returns an array of the right shape, full of
numbers between 0 and 1. What is wrong with it? What does it return for a batch of *one* image, and how
would the initial loss of a network betray it? Repair it, for logits of any size, with any number of axes.

```python
def softmax(logits):
    exponentials = np.exp(logits - logits.max())
    return exponentials / exponentials.sum(axis=0)
```
"""
    hints = (
        "Whose probabilities add up to 1 here: those of one image, or those of one digit over all images?",
        (
            "Then look at the maximum. If one image has logits around 0 and another one around 1000, what "
            "remains of the first one?"
        ),
        "Both, the maximum and the sum, belong to one row: `axis=-1`. What does `keepdims=True` do?",
    )
    why = r"""
`axis=0` runs over the images, so every *digit* gets probabilities that add up to 1 over the batch. With
$N$ images each is about $\frac1N$, so the first loss is near $\ln N$ instead of $\ln 10$; for ten images
the two are the same number, which hides the bug. One image gets ten ones, and a loss of 0. A second bug
sleeps in `logits.max()`, the maximum of the whole batch: a row far below it underflows to $0/0$.
"""
    further = (
        "Ten images and ten digits make a square, and in a square a wrong axis does not show: test with "
        "sizes that differ."
    )

    @reference
    def softmax_repaired(logits):
        """Return probabilities over the last axis, in the shape of logits."""
        highest = logits.max(axis=-1, keepdims=True)
        exponentials = np.exp(logits - highest)
        sums = exponentials.sum(axis=-1, keepdims=True)
        return exponentials / sums

    def cases(self, rng):
        yield (rng.normal(scale=2, size=(10, 10)),)
        yield (rng.normal(scale=2, size=(1, 10)),)
        yield (rng.normal(scale=2, size=(4, 3)),)
        yield (rng.normal(scale=2, size=(5, 7, 10)),)
        yield (np.array([[0.0, 1.0, -2.0], [1000.0, 1001.0, 999.0]]),)
        yield (np.array([[-3000.0, 1.0, 0.0]]),)

    def edge_cases(self):
        yield (np.array([1.0, 3.0, 2.0]),)

    keeps_the_bug = mistake(
        "The sum still runs over the images. For a batch of one, every digit would get a probability of 1.",
        {"max(axis=-1, keepdims=True)": "max()", "sum(axis=-1, keepdims=True)": "sum(axis=0)"},
    )
    repairs_the_maximum_only = mistake(
        "The sum still runs over the images: each digit's probabilities add up to 1, not each image's.",
        {"sum(axis=-1, keepdims=True)": "sum(axis=0)"},
    )
    repairs_the_sum_only = mistake(
        "Where one image's logits are 1000 higher than another's, the other one is left with zeros, and 0/0. "
        "Is the maximum one of the whole batch?",
        {"max(axis=-1, keepdims=True)": "max()"},
    )
    sums_over_everything = mistake(
        "All numbers of the batch together add up to 1 here. Each image needs its own sum.",
        {"max(axis=-1, keepdims=True)": "max()", "sum(axis=-1, keepdims=True)": "sum()"},
    )
    sums_over_everything_after_its_own_maximum = mistake(
        "The exponentials of all images are added up. Each image needs its own sum.",
        {"sum(axis=-1, keepdims=True)": "sum()"},
    )
    takes_axis_one = mistake(
        "Right for two axes. With three, `axis=1` is not the last one.",
        {"max(axis=-1": "max(axis=1", "sum(axis=-1": "sum(axis=1"},
    )
    takes_axis_zero = mistake(
        "The numbers of each digit add up to 1 over the images. Those of each image should: along which axis "
        "do they lie?",
        {"max(axis=-1": "max(axis=0", "sum(axis=-1": "sum(axis=0"},
    )
    sums_over_axis_one = mistake(
        "Right for two axes. With three, the sum over `axis=1` is not one over the digits.",
        {"sum(axis=-1": "sum(axis=1"},
    )
    sums_over_all_axes_but_the_first = mistake(
        "Right for two axes. With three, you add up the last two of them together.",
        {
            "max(axis=-1": "max(axis=tuple(range(1, logits.ndim))",
            "sum(axis=-1": "sum(axis=tuple(range(1, logits.ndim))",
        },
    )
    loses_the_axis_of_the_sums = mistake(
        "The sums have lost their axis: with ten images and ten digits NumPy lays them along the wrong one "
        "without a word, with other sizes it raises an error.",
        {"sum(axis=-1, keepdims=True)": "sum(axis=-1)"},
    )
    loses_the_axis_of_the_maxima = mistake(
        "The maxima have lost their axis: with ten images and ten digits NumPy subtracts another image's "
        "maximum without a word, with other sizes it raises an error.",
        {"max(axis=-1, keepdims=True)": "max(axis=-1)"},
    )
    loses_both_axes = mistake(
        "Both the maxima and the sums have lost their axis: with ten images and ten digits NumPy lays them "
        "along the wrong one without a word, with other sizes it raises an error.",
        {"max(axis=-1, keepdims=True)": "max(axis=-1)", "sum(axis=-1, keepdims=True)": "sum(axis=-1)"},
    )
    forgets_the_maximum = mistake(
        "Right for small logits. A logit of 1000 overflows: is the largest one of its image taken off first?",
        {"logits - highest": "logits"},
    )
    subtracts_too_little = mistake(
        "What you subtract changes no share, but it is too little: an exponent may still be above 1000, and "
        "overflows. (The smallest logit, or the mean?)",
        {"logits.max": "logits.min"},
    )
    takes_the_maximum_of_each_digit = mistake(
        "The maximum that you subtract is one over the images. The logits of one image lose different "
        "numbers by it, and that changes their shares, or leaves only zeros.",
        {"max(axis=-1": "max(axis=0"},
    )
    divides_by_the_maximum = mistake(
        "You divide the logits by their maximum. Softmax depends on their differences, and those change.",
        {"logits - highest": "logits / highest"},
    )
    clips_the_logits = mistake(
        "You cut large logits off. Then 999 and 1001 count the same, although one is e² times as likely.",
        {"logits - highest": "np.clip(logits, -50, 50)"},
    )
    subtracts_too_late = mistake(
        "You subtract the maximum after the exponential. A difference of logits changes no share, one of "
        "their exponentials does.",
        {"np.exp(logits - highest)": "np.exp(logits) - highest"},
    )
    forgets_the_exponential = mistake(
        "The distances from the largest logit are divided by their sum, so the largest one gets 0. What is "
        "missing before the sum?",
        {"np.exp(logits - highest)": "logits - highest"},
    )
    divides_the_logits = mistake(
        "The logits themselves are divided by their sum. A logit may be negative, a probability may not.",
        {"np.exp(logits - highest)": "logits"},
    )
    forgets_the_sum = mistake(
        "The exponentials are not divided by their sum: an image's numbers do not add up to 1.",
        {" / sums": ""},
    )
    divides_by_the_norm = mistake(
        "The squares of an image's numbers add up to 1. Their sum should.",
        {"exponentials.sum(": "np.linalg.norm(exponentials, "},
    )
    turns_the_sign = mistake(
        "The smallest logit gets the largest probability.",
        {"highest =": "logits = -logits\n    highest ="},
    )
    applies_it_twice = mistake(
        "Softmax is applied twice: the second one gets numbers between 0 and 1, which brings them closer "
        "together.",
        {"exponentials / sums": "softmax(exponentials / sums)"},
    )
    applies_a_sigmoid = mistake(
        "Each number is made a probability by itself, as by a sigmoid. Those of one image do not add up to "
        "1.",
        {"exponentials / sums": "1 / (1 + np.exp(-logits))"},
    )
    cures_the_batch_of_one_only = mistake(
        "A batch of one image is cured. In a larger one, the sum still runs over the images.",
        {
            "max(axis=-1, keepdims=True)": "max()",
            "sum(axis=-1": "sum(axis=0 if len(logits) > 1 else -1",
        },
    )
    returns_the_logarithms = mistake(
        "These are the logarithms of the probabilities.",
        {"exponentials / sums": "logits - highest - np.log(sums)"},
    )
    adds_an_axis = mistake(
        "The logits of one image, of shape (K,), come back as a table of one row.",
        {"exponentials / sums": "np.atleast_2d(exponentials / sums)"},
    )
    answers_right_or_wrong = mistake(
        "The largest logit gets 1 and the others 0. How sure is the network?",
        {"np.exp(logits - highest)": "(logits == highest)"},
    )


class ThreeSwitches(PropertyExercise):
    title = "Three switches, by hand"
    prompt = """
A lamp with three switches is on if an **odd** number of them is on. Choose the weights of a hidden layer
with three ReLU units, and of one output, as for XOR above: one column per unit, shapes `(3, 3)`, `(3,)` and
`(3,)`. The output is to be 1 where the lamp is on, and 0 where it is off. Think of the zigzag that it has to
follow as the number of switches grows.
"""
    hints = (
        (
            "Let every unit count the switches that are on, so that all hidden weights are 1. What is left "
            "to choose?"
        ),
        (
            "The output must go 0, 1, 0, 1. It turns at one switch, and at two. A unit that wakes up there "
            "turns it."
        ),
        (
            "Biases 0, −1 and −2 wake the units up at the right places. To turn a rise of 1 into a fall of "
            "1, how much must the second unit take away?"
        ),
    )
    why = r"""
Let $s$ be the number of switches that are on. The units give $\mathrm{relu}(s)$, $\mathrm{relu}(s - 1)$
and $\mathrm{relu}(s - 2)$: each one wakes up where the output has to turn. The output rises with slope 1;
to fall with slope 1 it needs $-2$ from the second unit, and to rise again $+2$ from the third: 0, 1, 0, 1.
"""
    further = (
        "Four switches take a fourth unit, with bias −3 and output weight −2, and so on: one more unit for "
        "each switch."
    )
    right = {
        "parity_hidden_weights": [[1, 1, 1], [1, 1, 1], [1, 1, 1]],
        "parity_hidden_bias": [0, -1, -2],
        "parity_output_weights": [1, -2, 2],
    }
    zigzags = {
        "is_a_line": (0, 1, 2, 3),
        "on_for_exactly_one": (0, 1, 0, 0),
        "goes_on_falling": (0, 1, 0, -1),
        "on_for_any": (0, 1, 1, 1),
        "turns_too_little": (0, 1, 1, 2),
        "wakes_up_late": (0, 0, 1, 0),
        "on_for_even": (1, 0, 1, 0),
        "turns_the_sign": (0, -1, 0, -1),
        "is_always_off": (0, 0, 0, 0),
    }

    def properties(self, hidden_weights, hidden_bias, output_weights):
        hidden_weights = expect_array(hidden_weights, (3, 3), "parity_hidden_weights")
        hidden_bias = expect_array(hidden_bias, (3,), "parity_hidden_bias")
        output_weights = expect_array(output_weights, (3,), "parity_output_weights")
        switches = np.array(list(np.ndindex(2, 2, 2)))
        num_on = switches.sum(axis=1)

        def solves(output):
            return np.allclose(output, num_on % 2, atol=1e-5)

        scores = switches @ hidden_weights + hidden_bias
        output = relu(scores) @ output_weights
        for name, zigzag in self.zigzags.items():
            yield name, not np.allclose(output, np.take(zigzag, num_on), atol=1e-5), ""
        transposed = relu(switches @ hidden_weights.T + hidden_bias) @ output_weights
        yield "one_row_a_unit", solves(output) or not solves(transposed), ""
        yield "never_switches_a_unit_off", solves(output) or scores.min() < 0, ""
        worst = np.argmax(np.abs(output - num_on % 2))
        position = f"For the switches {switches[worst].tolist()} the output is {describe(output[worst])}."
        if np.allclose(output, output[[0, 1, 3, 7]][num_on]):  # the same wherever as many are on
            zigzag = ", ".join(describe(output[place]) for place in (0, 1, 3, 7))
            position = f"With 0, 1, 2 and 3 switches on, the output goes {zigzag}.".replace("-", "−")
        yield "has_another_zigzag", solves(output), "" if solves(output) else position

    is_a_line = mistake(
        "The output is the number of switches: 0, 1, 2, 3. Where should it turn, and which unit turns it "
        "there?",
        parity_hidden_bias=[0, 0, 0],
        parity_output_weights=[1, -1, 1],
    )
    on_for_exactly_one = mistake(
        "The output goes 0, 1, 0, 0: on if exactly one switch is on. Three is odd, too.",
        parity_output_weights=[1, -2, 1],
    )
    goes_on_falling = mistake(
        "The output goes 0, 1, 0, −1: it turns once, and then goes on falling. At two switches it must turn "
        "again.",
        parity_output_weights=[1, -2, 0],
    )
    on_for_any = mistake(
        "The output goes 0, 1, 1, 1: on as soon as any switch is on.", parity_output_weights=[1, -1, 0]
    )
    turns_too_little = mistake(
        "The output goes 0, 1, 1, 2: it stays level where it should fall. To cancel the rise is not enough.",
        parity_output_weights=[1, -1, 1],
    )
    wakes_up_late = mistake(
        "The output goes 0, 0, 1, 0: a zigzag, but one switch too late.",
        parity_hidden_bias=[-1, -2, -3],
    )
    on_for_even = mistake(
        "The output goes 1, 0, 1, 0: on if an even number of switches is on.",
        parity_hidden_weights=[[-1, 1, 1], [-1, 1, 1], [-1, 1, 1]],
        parity_hidden_bias=[1, -1, -2],
        parity_output_weights=[1, 1, -2],
    )
    turns_the_sign = mistake(
        "The output goes 0, −1, 0, −1: the zigzag is right, and upside down.",
        parity_output_weights=[-1, 2, -2],
    )
    is_always_off = mistake(
        "The output is 0 in all eight positions. Do the units never wake up, or do they cancel each other?",
        parity_hidden_weights=[[-1, -1, -1]] * 3,
    )
    one_row_a_unit = mistake(
        "Your hidden weights would be right if each row were a unit. Here each column is one.",
        parity_hidden_weights=[[1, 1, 1], [2, 2, 2], [1, 1, 1]],
        parity_hidden_bias=[0, -2, -2],
        parity_output_weights=[1, -1, 2],
    )
    never_switches_a_unit_off = mistake(
        "No unit is ever below zero in any of the eight positions, so the ReLU never does anything, and the "
        "output cannot turn.",
        parity_hidden_bias=[0, 1, 2],
    )
    has_another_zigzag = mistake("Some of the eight positions are wrong.", parity_output_weights=[2, -3, 3])


class CrossEntropyFromLogits(FunctionExercise):
    title = "Cross-entropy straight from logits"
    seconds = 20  # JAX compiles each operation of Keras anew for each shape
    prompt = r"""
`cross_entropy(labels, softmax(logits))` is infinite as soon as the right digit's probability underflows to
zero. Write it from the logits, as the mean of $\ln \sum_j e^{z_j} - z_y$, without ever computing a
probability, and such that no exponential overflows. For the logits `[[1000.0, -1000.0]]` with label 1 it is
2000.0.
"""
    hints = (
        (
            "Only differences of logits count. What can you subtract from all logits of an image, so that no "
            "exponent is above 0?"
        ),
        "For any m, ln Σ exp(z) is m + ln Σ exp(z − m). Take the largest logit of each image for m.",
        "`logits[np.arange(len(labels)), labels]` picks the right digit's logit in each row.",
    )
    why = r"""
$-\ln \frac{e^{z_y}}{\sum_j e^{z_j}} = \ln \sum_j e^{z_j} - z_y$: the logarithm and the exponential of the
right digit cancel on paper, so they need not be computed. With $m = \max_j z_j$, $\ln \sum_j e^{z_j} = m +
\ln \sum_j e^{z_j - m}$, where no exponent is positive and one of them is 0: the sum lies between 1 and $K$,
so neither the exponential overflows nor does the logarithm see a zero.
"""
    further = (
        "This is what `from_logits=True` does. In float32, a probability underflows to zero as soon as its "
        "logit is about 104 below the largest one; the logits themselves are still fine."
    )

    @reference
    def cross_entropy_from_logits(labels, logits):
        """Return the mean cross-entropy, a finite float, for integer labels (N,) and logits (N, K)."""
        rows = np.arange(len(labels))
        highest = logits.max(axis=1, keepdims=True)
        sums = np.exp(logits - highest).sum(axis=1)
        log_sums = highest[:, 0] + np.log(sums)
        return np.mean(log_sums - logits[rows, labels])

    def cases(self, rng):
        yield rng.integers(0, 10, size=6), np.float32(rng.normal(scale=3, size=(6, 10)))
        yield rng.integers(0, 4, size=5), np.float32(rng.normal(size=(5, 4)))
        yield np.array([1, 0]), np.float32([[2, 1, 0], [-1, 3, 1]])
        yield np.array([0]), np.float32([[1000, 999]])
        yield np.array([1]), np.float32([[1000, -1000]])
        yield np.array([0]), np.float32([[-1000, -999]])
        yield np.array([2]), np.float32([[0, 0, -3000]])
        yield np.array([1, 0, 0]), np.float32([[1000, 999.5], [-1000, -999], [1000, -1000]])
        yield np.array([1]), np.float32([[20_000, 0]])

    computes_probabilities = mistake(
        "For the logits 1000 and −1000 and the second label, the loss is infinite: its probability is 0. Do "
        "you compute one?",
        {"np.mean(log_sums - logits[rows, labels])": "cross_entropy(labels, softmax(logits))"},
    )
    hides_the_infinity = _hides_the_infinity(1e-12)
    hides_it_behind_keras_number = _hides_the_infinity(1e-7)
    hides_it_behind_eight_zeros = _hides_the_infinity(1e-8)
    hides_it_behind_nine_zeros = _hides_the_infinity(1e-9)
    hides_it_behind_ten_zeros = _hides_the_infinity(1e-10)
    hides_it_behind_fifteen_zeros = _hides_the_infinity(1e-15)
    overflows = mistake(
        "Right for small logits. For a logit of 1000, the exponential overflows.",
        {"logits - highest": "logits", "highest[:, 0] + ": ""},
    )
    drops_what_has_no_probability = mistake(
        "Where the loss of an image is infinite or cannot be computed, it counts as 0. What keeps the "
        "exponential from overflowing?",
        {
            "logits - highest": "logits",
            "log_sums - logits": "np.nan_to_num(-np.log(np.exp(logits)",
            "labels])": "labels] / sums), posinf=0))",
        },
    )
    cuts_the_logits_off = mistake(
        "You cut the logits off at 500. For float32 an exponential of that still overflows, and what is "
        "beyond it counts less than it should.",
        {
            "rows =": "logits = np.clip(logits, -500, 500)\n    rows =",
            "logits - highest": "logits",
            "highest[:, 0] + ": "",
        },
    )
    takes_one_maximum_for_all = mistake(
        "You subtract one maximum from the whole batch. An image whose logits lie far below it is left with "
        "nothing but zeros, and the logarithm of zero. Each image needs its own.",
        {"max(axis=1, ": "max("},
    )
    takes_the_mean_for_the_maximum = mistake(
        "What you subtract is not large enough: with the logits 1000 and −1000, an exponent is still so far "
        "above 0 that the exponential overflows. (The mean, or the smallest logit?)",
        {"max(axis=1": "mean(axis=1"},
    )
    takes_the_largest_size = mistake(
        "What you subtract is too large where all logits are negative: −1000 and −999 are left with zeros, "
        "and the logarithm of zero. Do you take the largest size in place of the largest logit?",
        {"logits.max": "abs(logits).max"},
    )
    forgets_to_add_the_maximum = mistake(
        "What you subtracted before the exponential has to come back after the logarithm.",
        {"highest[:, 0] + ": ""},
    )
    adds_the_maximum_once_too_often = mistake(
        "The maximum comes back once too often: the logit that you subtract at the end has lost it as well.",
        {"logits[rows, labels]": "(logits - highest)[rows, labels]"},
    )
    subtracts_the_maximum_again = mistake(
        "The maximum is subtracted before the exponential, and once more after the logarithm.",
        {"highest[:, 0] + ": "-highest[:, 0] + "},
    )
    takes_the_maximum_for_the_sum = mistake(
        "You subtract from the largest logit. The logarithm of the sum is more than that.",
        {" + np.log(sums)": ""},
    )
    forgets_the_logarithm = mistake("The logarithm of the sum is missing.", {"np.log(sums)": "sums"})
    adds_up_the_differences = mistake(
        "The logarithm is taken of each exponential, and undoes it: what you add up are differences of "
        "logits. In which order come sum and logarithm?",
        {"np.log(sums)": "np.log(np.exp(logits - highest)).sum(axis=1)"},
    )
    takes_base_two_in_one_place = mistake(
        "The logarithm of the sum is one to base 2, while the logits are made for the natural one.",
        {"np.log(": "np.log2("},
    )
    sums_over_the_images = mistake(
        "The exponentials are added up over the images. Which ones belong to one image?",
        {"sum(axis=1)": "sum(axis=0)", "np.log(sums)": "np.log(sums)[labels]"},
    )
    takes_all_labels_from_every_row = mistake(
        "`logits[:, labels]` takes the columns of all labels from every row. One logit a row is wanted, that "
        "of its own label.",
        {"logits[rows, labels]": "logits[:, labels]"},
    )
    forgets_the_right_logit = mistake(
        "The logit of the right digit is missing: so far, the labels have no influence.",
        {" - logits[rows, labels]": ""},
    )
    takes_the_largest_for_the_right = mistake(
        "The labels have no influence. Which logit do you subtract: the largest one, or that of the right "
        "digit?",
        {"logits[rows, labels]": "highest[:, 0]"},
    )
    takes_the_label_before = mistake(
        "You take the logit before that of the label. The labels begin with 0, as the columns do.",
        {"logits[rows, labels]": "logits[rows, labels - 1]"},
    )
    takes_labels_for_weights = mistake(
        "You multiply the logits by the numbers of the labels. A label says which logit counts, not how "
        "much.",
        {"logits[rows, labels]": "(logits * labels[:, None]).sum(axis=1)"},
    )
    subtracts_the_label = mistake(
        "You subtract the label itself. What is asked for is the logit in its place.",
        {"logits[rows, labels]": "labels"},
    )
    sums = mistake("You summed over the images instead of taking the mean.", {"np.mean(": "np.sum("})
    counts_the_first_image_of_all = mistake(
        "Only the loss of the first image counts, divided by the number of all. Does a `return` stand inside "
        "the loop?",
        {"logits[rows, labels])": "logits[rows, labels])[0] / len(labels)", "np.mean(": "("},
    )
    forgets_the_mean = mistake(
        "These are the losses of the single images. Their mean is missing.", {"np.mean(": "("}
    )
    counts_the_last_image_of_all = mistake(
        "Only the loss of the last image counts, divided by the number of all. Is there an `=` where a `+=` "
        "should be?",
        {"logits[rows, labels])": "logits[rows, labels])[-1] / len(labels)", "np.mean(": "("},
    )
    takes_logits_for_probabilities = mistake(
        "This loss takes the logits for probabilities, and cuts them off at 0 and 1. Which option tells it "
        "that they are logits?"
    )(lambda labels, logits: np.mean(keras.losses.sparse_categorical_crossentropy(labels, logits)))


class GuaranteedAccuracy(FunctionExercise):
    title = "What a loss does guarantee"
    prompt = r"""
A loss of 1.44 guarantees nothing. But to be wrong, a network must give the right digit at most one half
(why?), and that costs at least $\ln 2$ for this image. So what share of the images can be wrong at most, if
the mean loss is $L$? And how many must be right? (Then compare, if you like: the test loss of `final`
guarantees less than its true accuracy.)
"""
    hints = (
        (
            "All losses are at least 0, and those of the wrong images at least ln 2. What does that say of "
            "the mean?"
        ),
        "If a share w of the images is wrong, the mean loss is at least w · ln 2. Solve for w.",
        "An accuracy lies between 0 and 1. What does your formula say for a loss of 1.44?",
    )
    why = r"""
If the right digit gets more than one half, no other can get as much, so the image is read correctly. Each
wrong image therefore costs at least $\ln 2$ and the others at least 0. With a share $w$ of wrong images, $L
\ge w \ln 2$, so $w \le L / \ln 2$, and the accuracy is at least $1 - L / \ln 2$. Where that is negative,
nothing is guaranteed: 0.
"""
    further = (
        "No better guarantee is possible: give the truth just under one half on the wrong images and "
        "everything on all others, and the accuracy is as low as the bound allows."
    )

    @reference
    def guaranteed_accuracy(loss):
        """Return the accuracy, from 0 to 1, that a mean cross-entropy of this size guarantees."""
        wrong = min(1.0, loss / np.log(2))
        return 1 - wrong

    def cases(self, rng):
        yield (0.35,)
        yield (1.44,)
        yield (0.1,)
        yield (0.5,)
        yield (0.72,)
        yield (20.0,)

    def edge_cases(self):
        yield (0.0,)

    goes_below_zero = mistake(
        "For a large loss you promise a negative accuracy, or more wrong images than there are.",
        {"min(1.0, loss / np.log(2))": "loss / np.log(2)"},
    )
    returns_the_wrong_share = mistake(
        "That is the share that can be wrong. What must be right is the rest.", {"1 - wrong": "wrong"}
    )
    takes_one_for_ln_2 = mistake(
        "Your formula lets a wrong image cost 1. It may cost less than that: how much less?",
        {"loss / np.log(2)": "loss"},
    )
    takes_ln_10 = mistake(
        "ln 10 is what knowing nothing costs. An image can be wrong for much less, with only one rival ahead "
        "of the right digit.",
        {"log(2)": "log(10)"},
    )
    takes_ln_3 = mistake(
        "You divide by ln 3, the cost of one third. (`log1p(2)` is that as well.) With how much can the "
        "right digit still lose?",
        {"log(2)": "log(3)"},
    )
    takes_ln_4 = mistake(
        "You divide by 2 ln 2, or ln 4, the cost of one quarter. With how much can the right digit still "
        "lose?",
        {"log(2)": "log(4)"},
    )
    takes_a_negative_logarithm = mistake(
        "ln ½ is negative, and the accuracy comes out above 1. What does a probability of ½ cost?",
        {"log(2)": "log(0.5)"},
    )
    takes_the_probability_for_its_cost = mistake(
        "You divide by ½, the probability. The loss is measured in what a probability costs.",
        {"np.log(2)": "0.5"},
    )
    takes_an_exponential = mistake(
        "You divide by e². Is what a probability of one half costs an exponential, or a logarithm?",
        {"np.log(2)": "np.exp(2)"},
    )
    takes_another_logarithm = mistake(
        "You divide by the logarithm of 2 to base 10. The loss is measured with the natural one.",
        {"np.log(2)": "np.log10(2)"},
    )
    multiplies_by_ln_2 = mistake(
        "You multiplied by ln 2. How many times does ln 2 fit into the loss?", {"loss / np": "loss * np"}
    )
    divides_the_wrong_way_round = mistake(
        "You divide ln 2 by the loss. The larger the loss, the more can be wrong.",
        {"loss / np.log(2)": "np.log(2) / loss"},
    )
    takes_the_typical_probability = mistake(
        "exp(−L) is a typical probability of the right digit (the geometric mean). The accuracy does not ask "
        "how likely the truth was, only whether it came first.",
        {"1 - wrong": "np.exp(-loss)"},
    )
    takes_the_rest_of_the_typical_probability = mistake(
        "1 − exp(−L) grows with the loss. The larger the loss, the less is guaranteed.",
        {"1 - wrong": "1 - np.exp(-loss)"},
    )
    promises_all_or_nothing = mistake(
        "You answer 1 below ln 2, and 0 above. But a mean loss below ln 2 does not mean that every image is "
        "below it: a few may be far above, and wrong. (Or is there a `//`, or an `int`?)",
        {"1 - wrong": "float(loss < np.log(2))"},
    )
    turns_negative_into_positive = mistake(
        "Above ln 2 the accuracy grows again: a negative promise does not become a positive one.",
        {"1 - wrong": "abs(1 - loss / np.log(2))"},
    )
    takes_zero_for_nothing = mistake(
        "For a loss of 0 you answer 0. Can any image be wrong then? (In Python, 0.0 counts as False.)",
        {"1 - wrong": "1 - wrong if loss else 0.0"},
    )
    stops_at_one = mistake(
        "Your limit stands at a loss of 1. Between ln 2 and 1, the accuracy is negative.",
        {"min(1.0, loss / np.log(2))": "loss / np.log(2) if loss < 1 else 1.0"},
    )


_HARMONIC_MEAN = "2 * precision * recall / np.maximum(precision + recall, 1e-9)"
_ACCURACY_OF_EACH = "(matrix.sum() - called - are + 2 * right) / matrix.sum()"


class PrecisionRecallF1(FunctionExercise):
    title = "Precision, recall and F1"
    prompt = """
From a confusion matrix with the true class in rows and the predicted one in columns, compute all three for
each class. Where there is nothing to divide by (a class never occurs, is never predicted or is never right),
answer 0.
For the matrix `[[8, 2], [4, 6]]` the precisions are 8/12 and 6/8, the recalls 0.8 and 0.6.
"""
    hints = (
        "Everything that was *called* a 3 stands in one column, everything that *is* a 3 in one row. The "
        "diagonal is right.",
        "`np.maximum(count, 1)` in place of a count avoids the division by 0, and the result is 0 since the "
        "diagonal is.",
        "F1 is the harmonic mean, 2PR / (P + R). Put in the fractions, and one division is left.",
    )
    why = r"""
Precision divides by the column, recall by the row. Their harmonic mean is $\frac{2PR}{P + R} =
\frac{2 \cdot \text{right}}{\text{called} + \text{are}}$, which needs no case of its own for $P + R = 0$. It
is close to the smaller of the two, so nobody can make up for a bad one by a perfect other one.
"""
    further = (
        "For one number over all classes: is the F1 of the mean precision and recall the mean of the F1s?"
    )

    @reference
    def precision_recall_f1(matrix):
        """Return precision, recall and f1, three arrays (K,), for a matrix of counts (K, K)."""
        right = np.diag(matrix)
        called, are = matrix.sum(axis=0), matrix.sum(axis=1)
        precision = right / np.maximum(called, 1)
        recall = right / np.maximum(are, 1)
        f1 = 2 * right / np.maximum(called + are, 1)
        return precision, recall, f1

    def cases(self, rng):
        yield (np.array([[8, 2], [4, 6]]),)
        yield (rng.integers(1, 30, size=(3, 3)),)
        yield (rng.integers(0, 9, size=(5, 5)) + 20 * np.eye(5, dtype=int),)
        yield (np.array([[90_000, 7_000], [4_000, 70_000]]),)

    def edge_cases(self):
        yield (np.array([[5, 0, 1], [3, 0, 2], [0, 0, 0]]),)
        yield (np.array([[4, 0, 1], [0, 0, 0], [2, 0, 3]]),)
        yield (np.array([[5, 1, 0], [0, 0, 2], [1, 3, 4]]),)

    exchanges_the_two = mistake(
        "Precision and recall are exchanged. A column holds everything that was called by one name, a row "
        "everything that has it.",
        {"return precision, recall": "return recall, precision"},
    )
    divides_by_the_column_twice = mistake(
        "Both are shares of a column, of everything that was called by one name. That is right for one of "
        "them.",
        {"axis=1": "axis=0"},
    )
    divides_by_the_row_twice = mistake(
        "Both are shares of a row, of everything that has one name. That is right for one of them.",
        {"axis=0": "axis=1"},
    )
    divides_by_all = mistake(
        "You divided by the number of all images. Of which images is precision a share? Of which is recall?",
        {"called, are = matrix.sum(axis=0), matrix.sum(axis=1)": "called = are = matrix.sum() + 0 * right"},
    )
    divides_by_the_mistakes = mistake(
        "You divide by the mistakes only. A share is taken of all, and the right ones are among them.",
        {"axis=0)": "axis=0) - right", "axis=1)": "axis=1) - right"},
    )
    adds_one_everywhere = mistake(
        "You add 1 to all that you divide by, also where it is not 0. Everything becomes a little smaller.",
        {
            "np.maximum(called, 1)": "(called + 1)",
            "np.maximum(are, 1)": "(are + 1)",
            "np.maximum(called + are, 1)": "(called + are + 1)",
        },
    )
    takes_the_shares_of_mistakes = mistake(
        "You take what is wrong: shares of mistakes, and F1 of those. What is right stands on the diagonal.",
        {"np.diag(matrix)": "np.diag(matrix)\n    wrong = (matrix.sum(0) - right, matrix.sum(1) - right)"}
        | {"precision = right": "precision = wrong[0]", "recall = right": "recall = wrong[1]"}
        | {"2 * right / np.maximum(called + are, 1)": _HARMONIC_MEAN},
    )
    takes_the_accuracy_for_the_precision = mistake(
        "In place of the precision stands an accuracy: it also counts the images that neither are of this "
        "class nor are called so.",
        {
            "precision = right / np.maximum(called, 1)": f"precision = {_ACCURACY_OF_EACH}",
            "2 * right / np.maximum(called + are, 1)": _HARMONIC_MEAN,
        },
    )
    takes_all_that_is_right = mistake(
        "You count everything that is right, of all classes together. Each class has its own.",
        {"np.diag": "np.trace"},
    )
    takes_the_other_diagonal = mistake(
        "You take the diagonal from the upper right to the lower left. Where do truth and answer agree?",
        {"np.diag(matrix)": "np.diag(matrix[:, ::-1])"},
    )
    divides_each_row = mistake(
        "You divide the whole matrix, along its rows and columns. What is right is only its diagonal.",
        {
            "np.diag(matrix)": "matrix",
            "np.maximum(are, 1)": "np.maximum(are, 1)[:, None]",
            "called + are": "called + are[:, None]",
        },
    )
    takes_the_arithmetic_mean = mistake(
        "F1 is not the arithmetic mean of the two: 1.0 and 0.1 would give 0.55. It is their harmonic mean.",
        {"2 * right / np.maximum(called + are, 1)": "(precision + recall) / 2"},
    )
    takes_the_geometric_mean = mistake(
        "F1 is the root of the product of the two, the geometric mean. It should be the harmonic one.",
        {"2 * right / np.maximum(called + are, 1)": "np.sqrt(precision * recall)"},
    )
    takes_the_smaller_one = mistake(
        "F1 is the smaller of the two, which it is only close to.",
        {"2 * right / np.maximum(called + are, 1)": "np.minimum(precision, recall)"},
    )
    takes_their_overlap = mistake(
        "F1 is the number of right ones divided by that of all that are of the class or are called so, the "
        "Jaccard index. It should be the harmonic mean of the two.",
        {"2 * right / np.maximum(called + are, 1)": "right / (called + are - right)"},
    )
    forgets_the_brackets = mistake(
        "F1 is three times the recall: without brackets, `2 * p * r / p + r` divides by `p` alone, then adds "
        "`r`.",
        {"2 * right / np.maximum(called + are, 1)": "3 * recall"},
    )
    divides_by_nothing = mistake(
        "Of a class that never occurs or is never predicted you get `nan`. Answer 0 there.",
        {
            "np.maximum(called, 1)": "called",
            "np.maximum(are, 1)": "are",
            "2 * right / np.maximum(called + are, 1)": "2 * precision * recall / (precision + recall)",
        },
    )
    divides_by_nothing_at_all = mistake(
        "You get `nan` where the count that you divide by is 0. Answer 0 there.",
        {
            "np.maximum(called, 1)": "called",
            "np.maximum(are, 1)": "are",
            "np.maximum(called + are, 1)": "(called + are)",
        },
    )
    divides_by_nothing_in_f1 = mistake(
        "F1 is `nan` where precision and recall are both 0. Answer 0 there.",
        {"2 * right / np.maximum(called + are, 1)": "2 * precision * recall / (precision + recall)"},
    )
    answers_one = mistake(
        "Where there is nothing to divide by, you answer 1, as if all were right. Answer 0 there.",
        {
            "right / np.maximum(called, 1)": "np.where(called, right / np.maximum(called, 1), 1)",
            "right / np.maximum(are, 1)": "np.where(are, right / np.maximum(are, 1), 1)",
            "2 * right / np.maximum(called + are, 1)": (
                f"np.where(precision + recall == 0, 1, {_HARMONIC_MEAN})"
            ),
        },
    )
    gives_up_all_classes = mistake(
        "One class has nothing to divide by, and all classes get 0. The others have their numbers.",
        {
            "precision = right": "precision = called.all() * right",
            "recall = right": "recall = are.all() * right",
            "2 * right / np.maximum(called + are, 1)": _HARMONIC_MEAN,
        },
    )
    averages_over_the_classes = mistake(
        "These are means over the classes. The three are asked for each class.",
        {"return precision, recall, f1": "return precision.mean(), recall.mean(), f1.mean()"},
    )
    takes_all_classes_together = mistake(
        "All classes are taken together, and all three become the accuracy. They are asked for each class.",
        {"return precision, recall, f1": "return (right.sum() / matrix.sum(),) * 3"},
    )
    leaves_out_the_first_class = mistake(
        "The first class gets 0. Does a loop begin at 1?",
        {"np.diag(matrix)": "np.diag(matrix) * (np.arange(len(matrix)) > 0)"},
    )


class Accuracy(FunctionExercise):
    title = "Accuracy"
    prompt = """
Write the share of images whose largest logit is that of the right digit. The labels have shape (N,), or (N,
1), as some files store them; the logits have shape (N, K). For labels `[2, 0]` and logits `[[0, 1,
5], [2, 3, -1]]` it is 0.5.
"""
    hints = (
        "`argmax` finds the place of the largest number. Along which axis do the logits of one image lie?",
        "What is `np.array([[2], [0]]) == np.array([2, 1])`? Look at its shape.",
    )
    why = """
`logits.argmax(axis=-1)` is the digit that the network would say, of shape (N,). Compared with labels of
shape (N, 1) it broadcasts: every label against every answer, N² comparisons whose mean is a plausible
number and not the accuracy. No softmax is needed, since it does not change which number is the largest.
"""
    further = "A comparison of (N, 1) with (N,) never raises an error. Look at shapes before you take a mean."

    @reference
    def accuracy(labels, logits):
        """Return the share of right answers, a float, for labels (N,) or (N, 1) and logits (N, K)."""
        answers = np.argmax(logits, axis=-1)
        return np.mean(answers == np.ravel(labels))

    def cases(self, rng):
        yield np.array([2, 0]), np.array([[0.0, 1.0, 5.0], [2.0, 3.0, -1.0]])
        yield np.array([2, 1, 0]), np.array([[0.0, 1.0, 2.0], [0.5, 3.0, 1.0], [4.0, 1.0, 2.0]])
        for size, classes in ((7, 4), (50, 10), (30, 3), (40, 26)):
            logits = rng.normal(-1.0, 2.0, (size, classes))
            labels = np.where(rng.random(size) < 0.6, logits.argmax(axis=1), rng.integers(classes, size=size))
            yield (labels[:, None] if size in (30, 7) else labels), logits

    def edge_cases(self):
        yield np.array([1]), np.array([[0.0, 2.0, 1.0]])
        yield np.array([[2]]), np.array([[0.0, 2.0, 1.0]])

    broadcasts = mistake(
        "Right for labels of shape (N,). With (N, 1), every label is compared with every answer: look at the "
        "shape of the comparison.",
        {"np.ravel(labels)": "labels"},
    )
    takes_labels_for_one_hot = mistake(
        "Right for labels of shape (N,). Those of shape (N, 1) are no one-hot labels: `argmax` of a row with "
        "a single entry is always 0.",
        {"np.ravel(labels)": "(labels if np.ndim(labels) == 1 else np.argmax(labels, axis=-1))"},
    )
    broadcasts_the_other_way = mistake(
        "Right for labels of shape (N, 1). With (N,), every label is compared with every answer: look at the "
        "shape of the comparison.",
        {"(answers == np.ravel(labels)": "(answers[:, None] == labels"},
    )
    counts = mistake(
        "That is the number of right answers. Their share is asked for.", {"np.mean(": "np.sum("}
    )
    per_cent = mistake(
        "You give per cent. A share lies between 0 and 1.",
        {"np.mean(": "100 * np.mean("},
    )
    error_rate = mistake("That is the share of wrong answers, the error rate.", {"==": "!="})
    wrong_axis = mistake(
        "`axis=0` runs over the images: it finds the image with the largest logit for each digit.",
        {"axis=-1": "axis=0"},
    )
    forgets_the_axis = mistake(
        "Without an axis, `argmax` looks for the largest logit of all images together.",
        {", axis=-1": ""},
    )
    takes_the_largest_logit = mistake(
        "You compare the largest logit itself with the label. Which number is the digit: the logit, or its "
        "place?",
        {"np.argmax": "np.max"},
    )
    counts_from_one = mistake(
        "You add 1 to the place of the largest logit. The digits begin with 0, as the places do.",
        {"axis=-1)": "axis=-1) + 1"},
    )
    expects_ten_classes = mistake(
        "Only the first ten columns count. There may be more classes than ten digits.",
        {"np.argmax(logits,": "np.argmax(logits[:, :10],"},
    )
    compares_with_the_first_label = mistake(
        "Every answer is compared with the first label.", {"np.ravel(labels)": "np.ravel(labels)[0]"}
    )
    counts_the_first_image_only = mistake(
        "Only the first image counts. Does a `return` stand inside the loop?",
        {"np.mean(answers": "np.mean(answers[:1]", "np.ravel(labels)": "np.ravel(labels)[:1]"},
    )
    leaves_out_the_first_image = mistake(
        "The first image counts as wrong, whatever the answer is. Where does the loop begin?",
        {"np.mean(": "np.mean((np.arange(len(logits)) > 0) & ("}
        | {"np.ravel(labels))": "np.ravel(labels)))"},
    )
    leaves_out_the_last_image = mistake(
        "The last image counts as wrong, whatever the answer is. Where does the loop end?",
        {"np.mean(": "np.mean((np.arange(len(logits)) < len(logits) - 1) & ("}
        | {"np.ravel(labels))": "np.ravel(labels)))"},
    )
    asks_for_a_positive_logit = mistake(
        "You count an image if the logit of its digit is positive. What if another one is larger?"
    )(lambda labels, logits: np.mean(logits[np.arange(len(logits)), np.ravel(labels)] > 0))
    accepts_the_second_place = mistake(
        "An image also counts if its digit has the second largest logit: that is the top-2 accuracy."
    )(lambda labels, logits: np.mean(np.argsort(logits)[:, -2:] == np.reshape(labels, (-1, 1))) * 2)
    takes_the_smallest = mistake("You took the digit with the smallest logit.", {"np.argmax": "np.argmin"})
    asks_for_half = mistake(
        "The answer is the largest logit, whatever its size. You count an image only if the probability of "
        "the right digit is above one half."
    )(lambda labels, logits: np.mean(_probability_of(labels, logits) > 0.5))
    mean_probability = mistake(
        "That is the mean probability of the right digit. Accuracy asks only whether it is the largest."
    )(lambda labels, logits: np.mean(_probability_of(labels, logits)))
    right_or_not = mistake(
        "There is one True or False for each image. Their mean is asked for.",
        {"np.mean(": "("},
    )
    all_or_nothing = mistake(
        "That is 1 only if all answers are right, and otherwise 0. `np.all`, `//` or `int`?",
        {"np.mean(": "np.all("},
    )


def _probability_of(labels, logits):
    return softmax(logits)[np.arange(len(logits)), np.ravel(labels)]


def _epoch_of(batches, rng):
    """A function that makes a list of what is yielded in an epoch."""

    def epoch(x, labels, batch_size):
        pairs = batches(x, labels, batch_size, rng)
        return [] if pairs is None else list(pairs)

    return epoch


class Batches(PropertyExercise):
    title = "Batches for one epoch"
    prompt = """
Write what `fit` does with the data in each epoch: yield the images and labels in batches, in a random order
that `rng` draws anew each time, all orders equally likely. Each example comes exactly once, its label with
it. Each batch has `batch_size` rows; only the last one may be smaller. `x` and `labels` stay as they are.
"""
    hints = (
        "Images and labels must come in the same order. What could you shuffle instead of either?",
        "`rng.permutation(len(x))` is all row numbers, in random order. Which of them belong to the first "
        "batch, and which to the second?",
        "`x[rows]` are the rows with these numbers. A slice may end beyond the end, and a function with "
        "`yield` in a loop gives one pair after the other.",
    )
    why = """
The order is drawn once, of row *numbers*, and images and labels are both looked up by it, so that pairs
stay together. Going through it in steps of `batch_size` gives every row once; the slice at the end takes
what is left. The order comes from the `rng` that is passed in: another one each epoch, and the same again
with the same seed.
"""
    further = (
        "Drawing rows with replacement would also work, roughly: about 37 % of the rows would be missing in "
        "an epoch, for (1 − 1/N)ᴺ is close to 1/e."
    )

    @reference
    def batches(x, labels, batch_size, rng):
        """Yield pairs (x, labels) of batch_size rows, each row of x (N, ...) and labels (N,) once."""
        order = rng.permutation(len(x))
        for start in range(0, len(x), batch_size):
            rows = order[start : start + batch_size]
            yield x[rows], labels[rows]

    def properties(self, batches):
        for size, batch_size in ((10, 4), (13, 4), (12, 3), (5, 8), (64, 16)):
            labels = np.arange(size) + 100  # a name for each row
            x = np.arange(6 * size, dtype="float32").reshape(size, 3, 2)
            text = f"batches(x, labels, {batch_size}, rng)"

            rng, same = np.random.default_rng(0), np.random.default_rng(0)
            given = x, labels, batch_size
            epochs = [self.call(_epoch_of(batches, each), *given, text=text) for each in (rng, rng, same)]
            first = epochs[0]
            is_a_pair = [getattr(part, "ndim", 0) for part in first] == [3, 1]
            yield "yields_one_batch", not is_a_pair, f"(`{text}` with {size} rows.)"
            for each in epochs:
                if not each:
                    raise FormError(
                        f"expected pairs (x, labels) from {text}, received none. Is there a `yield`?"
                    )
                if not all(isinstance(pair, tuple | list) and len(pair) == 2 for pair in each):
                    found = describe(each[0])
                    if getattr(each[0], "ndim", 0):
                        found = f"an array of shape {each[0].shape}. Are its labels missing?"
                    raise FormError(f"expected pairs (x, labels) from {text}, received {found}")
            images, names = ([np.asarray(part) for part in parts] for parts in zip(*first, strict=True))
            shapes = f"(`{text}`: the first pair has the shapes {images[0].shape} and {names[0].shape}.)"
            yield "yields_single_rows", all(each.ndim for each in names), shapes
            yield "mixes_up_the_two", all(each.shape[1:] != x.shape[1:] for each in names), shapes
            yield "changes_the_shape", all(each.shape[1:] == x.shape[1:] for each in images), shapes
            yield "changes_the_shape", all(each.ndim == 1 for each in names), shapes
            found, sizes = _whole_numbers(names, text), [len(each) for each in names]
            wanted = [min(batch_size, size - start) for start in range(0, size, batch_size)]
            measured = f"(`{text}` with {size} rows: batches of {sizes}.)"
            yield "takes_all_at_once", sizes != [size] or sizes == wanted, measured
            yield "yields_one_batch", len(sizes) > 1 or sizes == wanted, measured
            is_known = np.isin(found, labels).all()
            is_paired = is_known and np.array_equal(np.concatenate(images), x[found - 100])
            rows = {row.tobytes() for row in x}
            is_row = all(np.asarray(row, "float32").tobytes() in rows for part in images for row in part)
            yield "changes_the_rows", is_row, measured
            yield "tears_pairs_apart", is_paired, measured
            different = set(found)
            if len(different) < len(found):
                is_filled = sizes == [batch_size] * len(wanted)
                yield "fills_up_the_last_batch", len(different) < size or not is_filled, measured
                yield "overlaps", len(different) < size, measured
                yield "repeats_the_first_rows", different != set(labels[:batch_size]), measured
                yield "repeats_rows", False, measured
            is_cut_off = wanted[-1] < batch_size and sizes == wanted[:-1]
            yield "loses_the_last_batch", not is_cut_off, measured
            yield "loses_rows", len(found) == size, measured
            if sizes != wanted:
                yield "ends_with_an_empty_batch", sizes != [*wanted, 0], measured
                is_moved = sorted(sizes, reverse=True) == wanted
                yield "shuffles_batches_only", not (is_moved and _is_in_runs(names)), measured
                yield "takes_batches_for_rows", len(sizes) != batch_size, measured
                yield "has_other_sizes", False, measured
            if size >= 10:
                orders = [np.concatenate([part for _, part in each]).tolist() for each in epochs]
                more = [self.call(_epoch_of(batches, rng), *given, text=text) for _ in range(8)]
                kept = [np.array_equal(_whole_numbers(_labels_of(each), text), labels) for each in more]
                yield "keeps_the_order", not all(kept), measured
                yield "ignores_rng", orders[0] == orders[2], measured
                yield "repeats_the_order", orders[0] != orders[1], measured
            if size > 20:
                yield "shuffles_batches_only", not _is_in_runs(names), measured
                num_neighbours = np.sum(np.abs(np.diff(found)) == 1)  # about 2 in a random order
                measured = f"(`{text}` with {size} rows: {num_neighbours} pairs of them; at random, about 2.)"
                yield "keeps_neighbours", num_neighbours < size / 4, measured

        x, labels, rng = np.zeros((10, 3), "float32"), np.arange(10), np.random.default_rng(1)
        text = "batches(x, labels, 4, rng)"
        epochs = [_labels_of(self.call(_epoch_of(batches, rng), x, labels, 4, text=text)) for _ in range(60)]
        is_sorted = all((np.diff(part) > 0).all() for epoch in epochs for part in epoch)
        yield "sorts_within_batches", not is_sorted, "(So in each of 60 epochs of 10 rows.)"
        counts = self._count_orders(batches)
        num_epochs = counts.total()
        measured = f"(In {num_epochs} epochs of 4 rows, {len(counts)} of the 24 orders came.)"
        yield "lacks_some_orders", len(counts) == 24 or num_epochs < 500, measured
        expected = num_epochs / 24
        chi_squared = sum((count - expected) ** 2 / expected for count in counts.values())
        often, rarely = max(counts.values()), min(counts.values())
        measured = f"(In {num_epochs} epochs of 4 rows, one came {often} times and another {rarely} times.)"
        yield "favours_some_orders", chi_squared < 75, measured  # by chance: once in five million
        yield "keeps_the_order", True, ""

    def _count_orders(self, batches):
        """How often each order of four rows comes in 3,000 epochs, or in a second of computing."""
        x, labels, rng = np.zeros((4, 1), "float32"), np.arange(4), np.random.default_rng(2)
        text, counts, started = "batches(x, labels, 3, rng)", Counter(), time.process_time()
        while counts.total() < 3000 and time.process_time() < started + 1:
            epoch = self.call(_epoch_of(batches, rng), x, labels, 3, text=text)
            counts[tuple(_whole_numbers(_labels_of(epoch), text).tolist())] += 1
        return counts

    yields_one_batch = mistake(
        "Only one batch came. Is there a `return` in place of `yield`?",
        {"yield x[rows], labels[rows]": "return [(x[rows], labels[rows])]"},
    )
    mixes_up_the_two = mistake(
        "A pair is images first and labels second.",
        {"yield x[rows], labels[rows]": "yield labels[rows], x[rows]"},
    )
    yields_single_rows = mistake(
        "Each pair holds a single row. A batch has `batch_size` of them.",
        {"order[start : start + batch_size]": "order[start]"},
    )
    changes_the_shape = mistake(
        "The batches have another shape than `x` and `labels`. Only the number of rows should differ.",
        {"x[rows], ": "x[rows].reshape(len(rows), -1), "},
    )
    takes_all_at_once = mistake(
        "All rows come at once, in one batch. Is `batch_size` used?",
        {"len(x), batch_size)": "len(x), len(x))", "start + batch_size": "start + len(x)"},
    )
    changes_the_rows = mistake(
        "There are images that are no rows of `x` any more: their numbers have been changed, or their order.",
        {"x[rows], ": "x[rows] / 255, "},
    )
    tears_pairs_apart = mistake(
        "Images and labels no longer belong together: is there one order for the images and another one for "
        "the labels?",
        {"labels[rows]": "labels[rng.permutation(len(x))[start : start + batch_size]]"},
    )
    repeats_rows = mistake(
        "Some rows come more than once in an epoch, and others never. Are they drawn with replacement, or in "
        "a new order for each batch?",
        {"rng.permutation(len(x))": "rng.integers(len(x), size=len(x))"},
    )
    repeats_the_first_rows = mistake(
        "Only the first `batch_size` rows come, again and again. Of which numbers is the order one?",
        {"rng.permutation(len(x))": "np.resize(rng.permutation(batch_size), len(x))"},
    )
    overlaps = mistake(
        "Every row comes, but some come more than once: do the batches overlap?",
        {"len(x), batch_size)": "len(x))"},
    )
    fills_up_the_last_batch = mistake(
        "The last batch is filled up with rows that have come already. It may be smaller.",
        {
            "rng.permutation(len(x))": "rng.permutation(len(x))\n    num = -(-len(x) // batch_size)",
            "order[start :": "np.resize(order, num * batch_size)[start :",
        },
    )
    loses_the_last_batch = mistake(
        "The rows at the end, too few for a whole batch, are missing.",
        {"range(0, len(x), batch_size)": "range(0, len(x) - batch_size + 1, batch_size)"},
    )
    loses_rows = mistake("Some rows never come.", {"start + batch_size": "start + batch_size - 1"})
    ends_with_an_empty_batch = mistake(
        "At the end comes a batch without any rows.", {"len(x), batch_size)": "len(x) + 1, batch_size)"}
    )
    takes_batches_for_rows = mistake(
        "There are `batch_size` batches. That is how many rows each of them should have.",
        {
            "range(0, len(x), batch_size)": "np.array_split(order, batch_size)",
            "order[start : start + batch_size]": "start",
        },
    )
    has_other_sizes = mistake(
        "The batches have other sizes than asked for: each should have `batch_size` rows, and the last one "
        "what is left.",
        {
            "range(0, len(x), batch_size)": "range(-(-len(x) // batch_size))",
            "order[start : start + batch_size]": "order[start :: -(-len(x) // batch_size)]",
        },
    )
    keeps_the_order = mistake(
        "The order is not random: the rows come just as they were given. In a file that is sorted by class, "
        "a batch would hold one class.",
        {"rng.permutation(len(x))": "np.arange(len(x))"},
    )
    shuffles_batches_only = mistake(
        "Each batch holds neighbouring rows: they were cut first and shuffled afterwards.",
        {
            "range(0, len(x), batch_size)": "rng.permutation(range(0, len(x), batch_size))",
            "rng.permutation(len(x))": "np.arange(len(x))",
        },
    )
    keeps_neighbours = mistake(
        "Too many rows that were neighbours still are: the old order is moved, turned round or cut into "
        "pieces. Can every order come?",
        {"rng.permutation(len(x))": "np.roll(np.arange(len(x)), rng.integers(1, len(x)))"},
    )
    sorts_within_batches = mistake(
        "Within each batch the rows come in their old order. Are they sorted, or picked by a mask?",
        {"order[start : start + batch_size]": "np.sort(order[start : start + batch_size])"},
    )
    lacks_some_orders = mistake(
        "Some orders never come.",
        {"rng.permutation": "np.random.default_rng(rng.integers(10)).permutation"},
    )
    favours_some_orders = mistake(
        "All orders come, but not equally often. If you exchange rows, is each place exchanged with one of "
        "all that are left? If you sort random numbers, can two of them be equal?",
        {"rng.permutation(len(x))": "np.argsort(rng.integers(len(x), size=len(x)), kind='stable')"},
    )
    ignores_rng = mistake(
        "The same seed gives another order the second time: it does not come from `rng` alone.",
        {"rng.permutation": "np.random.permutation"},
    )
    repeats_the_order = mistake(
        "Each epoch has the same order. Is it drawn anew each time, and from `rng`?",
        {"rng.permutation": "np.random.default_rng(0).permutation"},
    )


def _labels_of(epoch):
    return [np.asarray(labels) for _, labels in epoch]


def _whole_numbers(labels, text):
    """The labels of all batches in one array, as whole numbers."""
    try:
        return np.rint(np.concatenate(labels).astype(float)).astype(int)
    except (ValueError, TypeError):
        raise FormError(f"expected labels from {text} that are numbers, as they were given") from None


def _is_in_runs(batches):
    """Whether each batch holds neighbours only."""
    return all(np.ptp(names) == len(names) - 1 for names in batches)


class LossesThatFall(ChoiceExercise):
    title = "Find what is wrong: it runs without an error"
    prompt = """
Nine networks, each given by its last layer, its loss in Keras (with its defaults, unless something else
is said), and the labels of one image. *a* to *d* are to say which digit it is, *e* to *g* whether it is a 7,
*h* and *i* to answer three questions. All nine run without an error, and in most the loss falls. In which
ones do layer, loss and labels **not belong together** for that task? Put their letters into the set.

The sigmoid 1 / (1 + e⁻ᶻ) makes one logit z a probability. Binary cross-entropy is the loss of a yes or no (of
several, their mean). Categorical cross-entropy is the loss of the notebook, with one-hot labels.

| | last layer | loss | labels of one image |
|:--|:--|:--|:--|
| `"a"` | `Dense(10)` | sparse categorical cross-entropy, `from_logits=True` | the digit, 0 to 9 |
| `"b"` | `Dense(10)` | sparse categorical cross-entropy | the digit, 0 to 9 |
| `"c"` | `Dense(10, "softmax")` | sparse categorical cross-entropy | the digit, 0 to 9 |
| `"d"` | `Dense(1)` | mean squared error | the digit, 0 to 9 |
| `"e"` | `Dense(1, "sigmoid")` | binary cross-entropy | 1 if it is a 7, otherwise 0 |
| `"f"` | `Dense(1, "softmax")` | binary cross-entropy | 1 if it is a 7, otherwise 0 |
| `"g"` | `Dense(1)` | binary cross-entropy | 1 if it is a 7, otherwise 0 |
| `"h"` | `Dense(3, "sigmoid")` | binary cross-entropy | three answers, yes or no, several may be yes |
| `"i"` | `Dense(3, "softmax")` | categorical cross-entropy | three answers, yes or no, several may be yes |
"""
    hints = (
        "Ask of each pair: does the layer give logits or probabilities, and which of the two does the loss "
        "expect? Without `from_logits=True` it expects probabilities.",
        "What is the softmax of one single number? And can three probabilities that add up to 1 say yes "
        "twice?",
    )
    why = """
*b* and *g* hand logits to a loss that expects probabilities: *b* learns badly (on TensorFlow it often gets
stuck near ln 10); *g* may learn, or get stuck near 1.7 and say no to every image, and its output is no
probability in either case. *d* learns that a 3 lies between a 2 and a 4, which is no property
of pictures. *f*: the softmax of one number is always 1, so it says 7 to every image. (On TensorFlow, Keras
finds the number in front of the softmax and uses that in the loss, so the loss even falls.) *i*: three
shares that add up to 1 cannot all be near 1. Logits go with `from_logits=True`; one class of many with
softmax and a sparse label; each yes or no with a sigmoid of its own.
"""
    further = (
        "No error, and a warning only for `f`. The first loss gives `b` away, often `g`, and on JAX `f`: "
        "compare it with ln 10, and with ln 2. For the others you must look at what the network answers."
    )
    variable = "trains_for_the_wrong_thing"
    options = {
        "a": (False, "Logits, and a loss that is told so. That is the pair of this notebook."),
        "b": (
            True,
            "The last layer gives logits, negative ones too. Which kind of number does this loss expect?",
        ),
        "c": (False, "Probabilities, and a loss that expects them."),
        "d": (True, "This loss takes a 3 for something between 2 and 4. Is a picture of a 3 that?"),
        "e": (False, "One probability for one yes-or-no question, which is what this loss expects."),
        "f": (
            True,
            "The softmax of one number is e^z / e^z. What does it say to an image that is no 7?",
        ),
        "g": (True, "A logit may be negative or above 1. Which kind of number does this loss expect?"),
        "h": (False, "Three questions, three probabilities, each by itself. That fits."),
        "i": (True, "Softmax makes the three add up to 1. What if two of the answers are yes?"),
    }


class BuildSlim(PropertyExercise):
    title = "Open: 98 % with 50,000 parameters"
    prompt = """
Build a network of dense layers with **at most 50,000 parameters** that reaches **98 %** on the validation
set. Nearly all parameters sit in the first layer, so look there: does it need all 784 pixels, at this
resolution? Layers without weights, such as pooling, cropping and dropout, are free.

The check trains your network as we trained `final`: on 55,000 images, with Adam in batches of 256, and a
learning rate that falls from 0.005 to zero along half a cosine in ten epochs. It stops as soon as the
validation accuracy has reached 98 %, gives up if it is still below 93 % after three epochs, and takes up to
half a minute. Choose by that, then look at the test set once.
"""
    hints = (
        (
            "256 hidden units on 784 pixels need 200,000 weights. With a quarter of the pixels, how many "
            "units can you afford?"
        ),
        (
            "`keras.layers.Reshape((28, 28, 1))` makes an image again, `keras.layers.AveragePooling2D(2)` "
            "averages over 2 × 2 pixels, and `keras.layers.Flatten()` makes a row of the 196 that are left."
        ),
        (
            "The margin of the image is nearly always empty: `keras.layers.Cropping2D(2)`. And what closed "
            "the gap between training and validation before?"
        ),
    )
    why = r"""
Neighbouring pixels say nearly the same, and the margin says nothing. Without the margin and averaged over
2 × 2 pixels, an image is $12 \times 12 = 144$ numbers, and the network has $145 \cdot 180 + 181 \cdot 110 +
111 \cdot 10 = 47{,}120$ parameters. A little dropout closes the gap between training and validation, as it
did for `final`.
"""
    further = (
        "With at most a quarter of its parameters it comes close to `final`: nearly all weights of `final` "
        "belong to pixels, and a pixel says nearly the same as its neighbours."
    )
    seconds = 180
    max_parameters = 50_000
    goal = 0.98

    @reference
    def build_slim():
        """Return an uncompiled keras.Sequential, (N, 784) to logits (N, 10), at most 50,000 parameters."""
        return keras.Sequential(
            [
                keras.Input((784,)),
                keras.layers.Reshape((28, 28, 1)),
                keras.layers.Cropping2D(2),
                keras.layers.AveragePooling2D(2),
                keras.layers.Flatten(),
                keras.layers.Dense(180, "relu"),
                keras.layers.Dropout(0.1),
                keras.layers.Dense(110, "relu"),
                keras.layers.Dropout(0.1),
                keras.layers.Dense(10),
            ]
        )

    def properties(self, build_slim):
        if isinstance(build_slim, keras.Model):
            raise FormError("expected a function that builds the network, received the network")
        set_seed(2)
        network = self.call(build_slim)
        if not isinstance(network, keras.Model):
            ending = ". Is there a `return`?" if network is None else ""
            raise FormError(f"expected a keras.Sequential, received {describe(network)}{ending}")
        input_shape = getattr(network, "input_shape", (None, 784))  # unknown before it is built
        yield "takes_images", input_shape[1:] == (784,), f"(It takes {input_shape[1:]}.)"
        images, labels = (part[-5000:][:500] for part in _training_set())

        def answer(inputs):
            return keras.ops.convert_to_numpy(network(inputs))

        logits = self.call(answer, _prepare(images), text="build_slim()(x_validation)")
        yield "forgets_to_flatten", logits.ndim == 2, f"(Shape {logits.shape} for 500 images.)"
        yield "has_not_ten_outputs", logits.shape[1] == 10, f"(It has {logits.shape[1]}.)"
        yield "ends_in_softmax", not np.allclose(logits.sum(axis=1), 1, atol=1e-2) or logits.min() < 0, ""
        yield "ends_in_an_activation", logits.min() < 0 or not logits.any(), ""
        num_parameters = network.count_params()
        text = f"It has {num_parameters:,} parameters."
        yield "has_too_many_parameters", num_parameters <= self.max_parameters, text
        yield "is_not_dense", not _sees_neighbours(network), ""
        yield "has_equal_units", not _has_equal_units(network), ""
        yield "is_a_line", not _is_linear(answer, _prepare(images)), ""
        first_accuracy = np.mean(logits.argmax(axis=1) == labels)
        yield "is_trained_already", first_accuracy < 0.5, f"({first_accuracy:.0%} before the first step.)"
        train_accuracy, accuracy = _train(network, self.goal)
        text = f"{text} Training accuracy {train_accuracy:.1%}, validation accuracy {accuracy:.1%}."
        reached = accuracy >= self.goal
        yield "learns_by_heart", reached or train_accuracy < accuracy + 0.005, text
        yield "is_too_weak", reached, text

    has_too_many_parameters = mistake(
        "More than 50,000 parameters. How many of them lead from the pixels to the first layer?",
        {"keras.layers.Cropping2D(2),": ""},
    )
    takes_images = mistake(
        "Its input has another shape than `x_train`, where an image is a row of 784 numbers.",
        {"Input((784,))": "Input((28, 28))"},
    )
    forgets_to_flatten = mistake(
        "It still has the rows and columns of the image at its output. A dense layer works along the last "
        "axis only, so put them into one row before the first one.",
        {"keras.layers.Flatten(),": ""},
    )
    has_not_ten_outputs = mistake(
        "The output layer has the wrong number of units: there is one logit for each digit.",
        {"Dense(10)": "Dense(1)"},
    )
    ends_in_softmax = mistake(
        "It ends in a softmax, and the loss applies another one: training would get stuck near 1.46. The "
        "last layer gives logits.",
        {"Dense(10)": 'Dense(10, "softmax")'},
    )
    ends_in_an_activation = mistake(
        "Its outputs are never negative: there is an activation after the last layer (ReLU or sigmoid?). A "
        "logit may be any number.",
        {"Dense(10)": 'Dense(10, "relu")'},
    )
    is_not_dense = mistake(
        "This has layers with weights that are not dense: they are told which pixels are neighbours. That "
        "works, and is the subject of notebook 04; here, dense layers only.",
        {"Cropping2D(2)": "Conv2D(1, 5)"},
    )
    is_a_line = mistake(
        "There is no activation between its layers. Together they are one linear layer, and softmax "
        "regression stayed below 95 %.",
        {'180, "relu"': "180", '110, "relu"': "110"},
    )
    has_equal_units = mistake(
        "All units of a hidden layer start with the same weights, so they compute the same thing, and go on "
        "doing so. Hidden layers have to start at random.",
        {'180, "relu"': '180, "relu", kernel_initializer="ones"'},
    )

    @mistake(
        "It knows something that it cannot know yet. Return a network that was built anew and not trained; "
        "the check trains it."
    )
    def is_trained_already():
        images, labels = (part[:2000] for part in _training_set())
        network = _one_hidden_layer(32)
        loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
        network.compile(keras.optimizers.Adam(0.01), loss)
        network.fit(_prepare(images), labels, batch_size=100, epochs=3, verbose=0)
        return network

    learns_by_heart = mistake(
        "It reads its training images clearly better than new ones: it learns by heart. Give it less detail "
        "to learn, or treat it as in the section on overfitting."
    )(lambda: _one_hidden_layer(48))
    is_too_weak = mistake(
        "Not enough yet, and not because it learns by heart: it does no better on the training images. Has "
        "it too few units or too much dropout, does it see too little of the image, or learn too slowly?"
    )(lambda: _one_hidden_layer(8))


def _one_hidden_layer(num_units):
    return keras.Sequential(
        [keras.Input((784,)), keras.layers.Dense(num_units, "relu"), keras.layers.Dense(10)]
    )


class _StopWhenDecided(keras.callbacks.Callback):
    def __init__(self, goal):
        super().__init__()
        self._goal = goal

    def on_epoch_end(self, epoch, logs=None):
        is_hopeless = epoch == 2 and logs["val_accuracy"] < 0.93
        if is_hopeless or logs["val_accuracy"] >= self._goal:
            self.model.stop_training = True


@functools.cache
def _training_set():
    return data.load_mnist()[0]


def _prepare(images):
    return images.reshape(-1, 784).astype("float32") / 255


def _sees_neighbours(network):
    has_kernel_of_rank_3 = any(len(weight.shape) > 2 for weight in network.weights)
    return has_kernel_of_rank_3 or any(isinstance(layer, keras.layers.RNN) for layer in network.layers)


def _is_linear(answer, images):
    one, other = images[:100], images[100:200]
    single, both, none = answer(one) - answer(other), answer(one - other), answer(np.zeros_like(one))
    return bool(np.ptp(both, axis=0).any()) and np.abs(single - both + none).max() < 0.01 * both.std()


def _has_equal_units(network):
    kernels = [weight for weight in network.trainable_variables if len(weight.shape) == 2][:-1]
    kernels = [keras.ops.convert_to_numpy(kernel) for kernel in kernels]
    return any(kernel.shape[1] > 1 and not np.ptp(kernel, axis=1).any() for kernel in kernels)


def _train(network, goal):
    """Train until the goal is reached or out of reach; return the best training and validation accuracy."""
    images, labels = _training_set()
    x, y = _prepare(images), labels
    falling = keras.optimizers.schedules.CosineDecay(0.005, decay_steps=10 * 215)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    network.compile(keras.optimizers.Adam(falling), loss, metrics=["accuracy"])
    curves = network.fit(
        x[:-5000],
        y[:-5000],
        batch_size=256,
        epochs=10,
        validation_data=(x[-5000:], y[-5000:]),
        validation_batch_size=1000,
        callbacks=[_StopWhenDecided(goal)],
        verbose=0,
    ).history
    return max(curves["accuracy"]), max(curves["val_accuracy"])
