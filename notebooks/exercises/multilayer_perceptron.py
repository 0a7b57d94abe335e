"""The exercises of notebook 02, the multi-layer perceptron."""

import functools
import math
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
        return sum((num_inputs + 1) * num_units for num_inputs, num_units in pairwise(sizes))

    def cases(self, rng):
        yield ([784, 256, 10],)
        yield ([4, 7, 3, 6],)
        yield ([2, 50, 40, 30, 1],)
        yield ([5, 3],)

    @mistake("You counted the weights only. Every unit has a bias as well.")
    def forgets_the_biases(sizes):
        return sum(m * n for m, n in pairwise(sizes))

    @mistake("You added one bias for each layer. Each unit has a bias of its own.")
    def one_bias_for_each_layer(sizes):
        return sum(m * n + 1 for m, n in pairwise(sizes))

    @mistake("You gave the inputs biases. They are numbers that come from outside, not units.")
    def gives_the_inputs_biases(sizes):
        return sum(m * n for m, n in pairwise(sizes)) + sum(sizes)

    @mistake(
        "You counted a bias for each number that goes into a layer. A bias belongs to a unit, so "
        "there are as many as numbers that come out."
    )
    def one_bias_for_each_input(sizes):
        return sum(m * n + m for m, n in pairwise(sizes))

    @mistake("The biases of the output layer are missing: its units are units like all others.")
    def forgets_the_output_biases(sizes):
        return sum(m * n for m, n in pairwise(sizes)) + sum(sizes[1:-1])

    @mistake(
        "You multiplied all sizes. Weights lead from one layer to the next only, so their numbers add up."
    )
    def multiplies_all_layers(sizes):
        return math.prod(sizes) + sum(sizes[1:])

    @mistake("That is the number of units. Each of them has many weights.")
    def counts_the_units(sizes):
        return sum(sizes[1:])

    @mistake("This holds for exactly one hidden layer. `sizes` may be longer or shorter.")
    def expects_one_hidden_layer(sizes):
        return (sizes[0] + 1) * sizes[1] + (sizes[1] + 1) * sizes[2]


class LettersInsteadOfDigits(ValueExercise):
    title = "Predict before you run: letters instead of digits"
    prompt = """
A network is to read the 26 letters. What must its loss be before training? And where would its training
loss get stuck, if softmax were applied twice? Fill in both numbers, to three decimals; only then let
`cross_entropy` tell you, if you like.
"""
    hints = (
        (
            "For ten digits the two numbers were ln 10 and ln(e + 9) − 1. Where does the 10 come from, "
            "and the 9?"
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
        "`first_loss_of_letters`: that is ln 10, the first loss for ten classes. With more classes, a"
        " guess is right less often.",
        first_loss_of_letters=2.303,
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
    stuck_of_ten_classes = mistake(
        "`stuck_loss_of_letters`: that is where ten classes get stuck. How many wrong letters are there?",
        stuck_loss_of_letters=1.461,
    )
    stuck_without_the_right_logit = mistake(
        "`stuck_loss_of_letters`: you have the logarithm of the denominator. The numerator of the "
        "right letter is missing.",
        stuck_loss_of_letters=math.log(math.e + 25),
    )
    stuck_counts_one_class_too_many = mistake(
        "`stuck_loss_of_letters`: you added e to 26 ones, which makes 27 letters.",
        stuck_loss_of_letters=math.log(math.e + 26) - 1,
    )
    stuck_is_a_probability = mistake(
        "`stuck_loss_of_letters`: that is the probability that the right letter gets at best. The "
        "loss is what it costs.",
        stuck_loss_of_letters=math.e / (math.e + 25),
    )
    stuck_at_zero = mistake(
        "`stuck_loss_of_letters`: a loss of 0 needs a probability of 1. Can the second softmax give "
        "it, if what it receives lies between 0 and 1?",
        stuck_loss_of_letters=0,
    )
    stuck_where_it_starts = mistake(
        "`stuck_loss_of_letters`: that is the first loss. A network with softmax twice does learn, "
        "but only up to a point.",
        stuck_loss_of_letters=3.258,
    )


class SoftmaxRepaired(FunctionExercise):
    title = "Find the bug"
    seconds = 20  # JAX compiles each operation of Keras anew for each shape
    prompt = """
This softmax runs and raises no error. Given ten images, it returns an array of the right shape, full of
numbers between 0 and 1. What is wrong with it? What does it return for a batch of *one* image, and how
would the initial loss of a network betray it? Repair it, for logits with any number of axes.

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
        "Ten images and ten digits make a square, and in a square a wrong axis does not show: test "
        "with sizes that differ."
    )

    @reference
    def softmax_repaired(logits):
        """Return probabilities over the last axis, in the shape of logits."""
        exponentials = np.exp(logits - logits.max(axis=-1, keepdims=True))
        return exponentials / exponentials.sum(axis=-1, keepdims=True)

    def cases(self, rng):
        yield (rng.normal(scale=2, size=(10, 10)),)
        yield (rng.normal(scale=2, size=(1, 10)),)
        yield (rng.normal(scale=2, size=(4, 3)),)
        yield (rng.normal(scale=2, size=(5, 7, 10)),)
        yield (np.array([[0.0, 1.0, -2.0], [1000.0, 1001.0, 999.0]]),)

    @mistake(
        "The sum still runs over the images. For a batch of one, every digit would get a probability of 1."
    )
    def keeps_the_bug(logits):
        with np.errstate(invalid="ignore"):
            exponentials = np.exp(logits - logits.max())
            return exponentials / exponentials.sum(axis=0)

    @mistake(
        "You subtract the maximum of each row now, but the sum still runs over the images: each digit's "
        "probabilities add up to 1, not each image's."
    )
    def repairs_the_maximum_only(logits):
        exponentials = np.exp(logits - logits.max(axis=-1, keepdims=True))
        return exponentials / exponentials.sum(axis=0)

    @mistake(
        "The sum is right. But `logits.max()` is the maximum of the whole batch: where one image's "
        "logits are 1000 higher than another's, the other one becomes 0/0."
    )
    def repairs_the_sum_only(logits):
        with np.errstate(invalid="ignore"):
            exponentials = np.exp(logits - logits.max())
            return exponentials / exponentials.sum(axis=-1, keepdims=True)

    @mistake("All numbers of the batch together add up to 1 here. Each image needs its own sum.")
    def sums_over_everything(logits):
        exponentials = np.exp(logits - logits.max())
        return exponentials / exponentials.sum()

    @mistake("Right for two axes. With three, `axis=1` is not the last one.")
    def takes_axis_one(logits):
        exponentials = np.exp(logits - logits.max(axis=1, keepdims=True))
        return exponentials / exponentials.sum(axis=1, keepdims=True)

    @mistake(
        "The sums have lost their axis: with ten images and ten digits NumPy lays them along the wrong one "
        "without a word, with other sizes it raises an error."
    )
    def loses_the_axis_of_the_sums(logits):
        exponentials = np.exp(logits - logits.max(axis=-1, keepdims=True))
        return exponentials / exponentials.sum(axis=-1)

    @mistake(
        "The maxima have lost their axis: with ten images and ten digits NumPy subtracts another image's "
        "maximum without a word, with other sizes it raises an error."
    )
    def loses_the_axis_of_the_maxima(logits):
        exponentials = np.exp(logits - logits.max(axis=-1))
        return exponentials / exponentials.sum(axis=-1, keepdims=True)

    @mistake(
        "Both the maxima and the sums have lost their axis: with ten images and ten digits NumPy lays them "
        "along the wrong one without a word, with other sizes it raises an error."
    )
    def loses_both_axes(logits):
        exponentials = np.exp(logits - logits.max(axis=-1))
        return exponentials / exponentials.sum(axis=-1)

    @mistake("Right for small logits, but without the maximum taken off, a logit of 1000 overflows.")
    def forgets_the_maximum(logits):
        with np.errstate(over="ignore", invalid="ignore"):
            exponentials = np.exp(logits)
            return exponentials / exponentials.sum(axis=-1, keepdims=True)


class ThreeSwitches(PropertyExercise):
    title = "Three switches, by hand"
    prompt = """
A lamp with three switches is on if an **odd** number of them is on. Choose the weights of a hidden layer
with three ReLU units, and of one output, as for XOR above: one column per unit, shapes `(3, 3)`, `(3,)` and
`(3,)`. Think of the zigzag that the output has to follow as the number of switches grows.
"""
    hints = (
        (
            "Let every unit count the switches that are on, so that all hidden weights are 1. What is "
            "left to choose?"
        ),
        (
            "The output must go 0, 1, 0, 1. It turns at one switch, and at two. A unit that wakes up "
            "there turns it."
        ),
        (
            "Biases 0, −1 and −2 wake the units up at the right places. To turn a rise of 1 into a fall "
            "of 1, how much must the second unit take away?"
        ),
    )
    why = r"""
Let $s$ be the number of switches that are on. The units give $\mathrm{relu}(s)$, $\mathrm{relu}(s - 1)$
and $\mathrm{relu}(s - 2)$: each one wakes up where the output has to turn. The output rises with slope 1;
to fall with slope 1 it needs $-2$ from the second unit, and to rise again $+2$ from the third: 0, 1, 0, 1.
"""
    further = (
        "Four switches take a fourth unit, with bias −3 and output weight −2, and so on: one more "
        "unit for each switch."
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
        yield "has_another_zigzag", solves(output), "" if solves(output) else position

    is_a_line = mistake(
        "The output is the number of switches: 0, 1, 2, 3. It never turns, as if all units woke up "
        "together, at the first switch.",
        parity_hidden_bias=[0, 0, 0],
        parity_output_weights=[1, -1, 1],
    )
    on_for_exactly_one = mistake(
        "The output goes 0, 1, 0, 0: on if exactly one switch is on. Three is odd, too.",
        parity_output_weights=[1, -2, 1],
    )
    goes_on_falling = mistake(
        "The output goes 0, 1, 0, −1: it turns once, and then goes on falling. At two switches it "
        "must turn again.",
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
        "The output goes 0, 0, 1, 0: a zigzag, but every unit wakes up one switch too late.",
        parity_hidden_bias=[-1, -2, -3],
    )
    on_for_even = mistake(
        "The output goes 1, 0, 1, 0: on if an even number of switches is on.",
        parity_hidden_weights=[[-1, 1, 1], [-1, 1, 1], [-1, 1, 1]],
        parity_hidden_bias=[1, -1, -2],
        parity_output_weights=[1, 1, -2],
    )
    one_row_a_unit = mistake(
        "Your hidden weights would be right if each row were a unit. Here each column is one.",
        parity_hidden_weights=[[1, 1, 1], [2, 2, 2], [1, 1, 1]],
        parity_hidden_bias=[0, -2, -2],
        parity_output_weights=[1, -1, 2],
    )
    never_switches_a_unit_off = mistake(
        "No unit is ever below zero in any of the eight positions, so the ReLU never does anything, and the "
        "output is a straight line of the switches.",
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
            "Only differences of logits count. What can you subtract from all logits of an image, so that"
            " no exponent is above 0?"
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
        "This is what `from_logits=True` does. In float32, a probability underflows to zero as soon "
        "as its logit is about 104 below the largest one; the logits themselves are still fine."
    )

    @reference
    def cross_entropy_from_logits(labels, logits):
        """Return the mean cross-entropy, a finite float, for integer labels (N,) and logits (N, K)."""
        highest = logits.max(axis=1)
        log_sums = highest + np.log(np.exp(logits - highest[:, None]).sum(axis=1))
        return np.mean(log_sums - logits[np.arange(len(labels)), labels])

    def cases(self, rng):
        yield rng.integers(0, 10, size=6), np.float32(rng.normal(scale=3, size=(6, 10)))
        yield np.array([2]), np.float32(rng.normal(size=(1, 4)))
        yield np.array([0]), np.float32([[1000, 999]])
        yield np.array([1]), np.float32([[1000, -1000]])
        yield np.array([1, 0]), np.float32([[1000, 999.5], [-1000, -999]])

    @mistake(
        "This computes probabilities first. For the logits 1000 and −1000 the right one's is zero, and its "
        "logarithm infinite."
    )
    def computes_probabilities(labels, logits):
        with np.errstate(divide="ignore"):
            return cross_entropy(labels, softmax(logits))

    @mistake(
        "Adding a tiny number to the probability hides the infinity instead of removing it: the loss "
        "can never exceed 27.6 now, however wrong the network is."
    )
    def hides_the_infinity(labels, logits):
        return cross_entropy(labels, softmax(logits) + 1e-12)

    @mistake("Right for small logits. For a logit of 1000, the exponential overflows.")
    def overflows(labels, logits):
        with np.errstate(all="ignore"):
            log_sums = np.log(np.exp(logits).sum(axis=1))
            return np.mean(log_sums - logits[np.arange(len(labels)), labels])

    @mistake(
        "You subtract one maximum from the whole batch. An image whose logits lie far below it is left with "
        "nothing but zeros, and the logarithm of zero. Each image needs its own."
    )
    def takes_one_maximum_for_all(labels, logits):
        highest = logits.max()
        with np.errstate(divide="ignore"):
            log_sums = highest + np.log(np.exp(logits - highest).sum(axis=1))
        return np.mean(log_sums - logits[np.arange(len(labels)), labels])

    @mistake("What you subtracted before the exponential has to come back after the logarithm.")
    def forgets_to_add_the_maximum(labels, logits):
        highest = logits.max(axis=1)
        log_sums = np.log(np.exp(logits - highest[:, None]).sum(axis=1))
        return np.mean(log_sums - logits[np.arange(len(labels)), labels])

    @mistake("The sign is turned round: that is the mean log-likelihood, which is never positive.")
    def turns_the_sign(labels, logits):
        return -CrossEntropyFromLogits.right_answer(labels, logits)

    @mistake("You summed over the images instead of taking the mean.")
    def sums(labels, logits):
        return CrossEntropyFromLogits.right_answer(labels, logits) * len(labels)

    @mistake("These are the losses of the single images, and they are right. Their mean is missing.")
    def forgets_the_mean(labels, logits):
        highest = logits.max(axis=1)
        log_sums = highest + np.log(np.exp(logits - highest[:, None]).sum(axis=1))
        return log_sums - logits[np.arange(len(labels)), labels]

    @mistake(
        "`logits[:, labels]` takes the columns of all labels from every row. One logit a row is wanted, that "
        "of its own label."
    )
    def takes_all_labels_from_every_row(labels, logits):
        highest = logits.max(axis=1, keepdims=True)
        log_sums = highest + np.log(np.exp(logits - highest).sum(axis=1, keepdims=True))
        return np.mean(log_sums - logits[:, labels])

    @mistake("The logit of the right digit is missing: so far, the labels have no influence.")
    def forgets_the_right_logit(labels, logits):
        highest = logits.max(axis=1)
        return np.mean(highest + np.log(np.exp(logits - highest[:, None]).sum(axis=1)))


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
            "All losses are at least 0, and those of the wrong images at least ln 2. What does that say "
            "of the mean?"
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
        return max(0.0, 1 - loss / np.log(2))

    def cases(self, rng):
        yield (0.0,)
        yield (0.1,)
        yield (0.35,)
        yield (0.5,)
        yield (0.72,)
        yield (1.44,)
        yield (20.0,)

    @mistake("Right below ln 2. Above it you promise a negative accuracy.")
    def goes_below_zero(loss):
        return 1 - loss / np.log(2)

    @mistake("That is the share that can be wrong. What must be right is the rest.")
    def returns_the_wrong_share(loss):
        return min(1.0, loss / np.log(2))

    @mistake("Your formula lets a wrong image cost 1. It may cost less than that: how much less?")
    def takes_one_for_ln_2(loss):
        return max(0.0, 1 - loss)

    @mistake(
        "ln 10 is what knowing nothing costs. An image can be wrong for much less, with only one "
        "rival ahead of the right digit."
    )
    def takes_ln_10(loss):
        return max(0.0, 1 - loss / np.log(10))

    @mistake(
        "exp(−L) is a typical probability of the right digit (the geometric mean). The accuracy does not ask "
        "how likely the truth was, only whether it came first."
    )
    def takes_the_typical_probability(loss):
        return np.exp(-loss)

    @mistake("You multiplied by ln 2. How many times does ln 2 fit into the loss?")
    def multiplies_by_ln_2(loss):
        return max(0.0, 1 - loss * np.log(2))

    @mistake("That is the logarithm to base 10. The loss is measured with the natural one.")
    def takes_another_logarithm(loss):
        return max(0.0, 1 - loss / np.log10(2))

    @mistake(
        "A mean loss below ln 2 does not mean that every image is below it. A few may be far above, "
        "and wrong."
    )
    def promises_all_or_nothing(loss):
        return 1.0 if loss < np.log(2) else 0.0

    @mistake("The accuracy is asked for as a number from 0 to 1, not in per cent.")
    def returns_per_cent(loss):
        return 100 * max(0.0, 1 - loss / np.log(2))


class PrecisionRecallF1(FunctionExercise):
    title = "Precision, recall and F1"
    prompt = """
From a confusion matrix with the true class in rows and the predicted one in columns, compute all three for
each class. Where a class never occurs, or is never predicted, there is nothing to divide by: answer 0 there.
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
        """Return precision, recall and F1, three arrays (K,), for a matrix of counts (K, K)."""
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
        yield (np.array([[5, 0, 1], [3, 0, 2], [0, 0, 0]]),)

    @mistake(
        "Precision and recall are exchanged. A column holds everything that was called by one name, a row "
        "everything that has it."
    )
    def exchanges_the_two(matrix):
        precision, recall, f1 = PrecisionRecallF1.right_answer(matrix)
        return recall, precision, f1

    @mistake("F1 is not the mean of the two: 1.0 and 0.1 would give 0.55. It is their harmonic mean.")
    def takes_the_arithmetic_mean(matrix):
        precision, recall, _ = PrecisionRecallF1.right_answer(matrix)
        return precision, recall, (precision + recall) / 2

    @mistake("That is the geometric mean of the two. F1 is the harmonic one.")
    def takes_the_geometric_mean(matrix):
        precision, recall, _ = PrecisionRecallF1.right_answer(matrix)
        return precision, recall, np.sqrt(precision * recall)

    @mistake(
        "You divided by the number of all images. Of which images is precision a share? Of which is recall?"
    )
    def divides_by_all(matrix):
        share = np.diag(matrix) / matrix.sum()
        return share, share, share

    @mistake("Of a class that never occurs or is never predicted you get `nan`. Answer 0 there.")
    def divides_by_nothing(matrix):
        right = np.diag(matrix)
        with np.errstate(divide="ignore", invalid="ignore"):
            precision, recall = right / matrix.sum(axis=0), right / matrix.sum(axis=1)
            return precision, recall, 2 * precision * recall / (precision + recall)

    @mistake("These are means over the classes. The three are asked for each class.")
    def averages_over_the_classes(matrix):
        return tuple(each.mean() for each in PrecisionRecallF1.right_answer(matrix))


class Accuracy(FunctionExercise):
    title = "Accuracy"
    prompt = """
Write the share of images whose largest logit is that of the right digit. The labels have shape (N,), or (N,
1), as they come out of some files; the logits have shape (N, K). For labels `[2, 0]` and logits `[[0, 1,
5], [2, 3, -1]]` it is 0.5.
"""
    hints = (
        "`argmax` finds the place of the largest number. Along which axis do the logits of one image lie?",
        "What is `np.array([[2], [0]]) == np.array([2, 1])`? Look at its shape. `np.ravel` makes a row "
        "of both.",
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
        for size, classes in ((7, 4), (50, 10), (30, 3)):
            logits = rng.normal(-1.0, 2.0, (size, classes))
            labels = np.where(rng.random(size) < 0.6, logits.argmax(axis=1), rng.integers(classes, size=size))
            yield (labels[:, None] if size == 30 else labels), logits

    broadcasts = mistake(
        "Right for labels of shape (N,). With (N, 1), every label is compared with every answer: look at the "
        "shape of the comparison.",
        {"np.ravel(labels)": "labels"},
    )
    counts = mistake(
        "That is the number of right answers. Their share is asked for.", {"np.mean(": "np.sum("}
    )
    per_cent = mistake(
        "You give per cent. A share lies between 0 and 1.",
        {"np.mean(answers == np.ravel(labels))": "100 * np.mean(answers == np.ravel(labels))"},
    )
    error_rate = mistake("That is the share of wrong answers, the error rate.", {"==": "!="})
    wrong_axis = mistake(
        "`axis=0` runs over the images: it finds the image with the largest logit for each digit.",
        {"np.argmax(logits, axis=-1)": "np.resize(np.argmax(logits, axis=0), len(logits))"},
    )
    takes_the_smallest = mistake("You took the digit with the smallest logit.", {"np.argmax": "np.argmin"})
    asks_for_half = mistake(
        "The answer is the largest logit, whatever its size. You count an image only if the probability "
        "of the "
        "right digit is above one half."
    )(lambda labels, logits: np.mean(_probability_of(labels, logits) > 0.5))
    mean_probability = mistake(
        "That is the mean probability of the right digit. Accuracy asks only whether it is the largest."
    )(lambda labels, logits: np.mean(_probability_of(labels, logits)))
    rounds = mistake(
        "The share is rounded to 0 or 1.",
        {"np.mean(answers == np.ravel(labels))": "np.round(np.mean(answers == np.ravel(labels)))"},
    )
    right_or_not = mistake(
        "There is one True or False for each image. Their mean is asked for.",
        {"np.mean(answers == np.ravel(labels))": "answers == np.ravel(labels)"},
    )
    all_or_nothing = mistake("That is whether all answers are right, True or False.", {"np.mean(": "np.all("})


def _probability_of(labels, logits):
    return softmax(logits)[np.arange(len(logits)), np.ravel(labels)]


class Batches(PropertyExercise):
    title = "Batches for one epoch"
    prompt = """
Write what `fit` does with the data in each epoch: yield the images and labels in batches, in an order that
`rng` draws. Each example comes exactly once, its label with it. The last batch may be smaller than the
others. `x` and `labels` stay as they are.
"""
    hints = (
        "`rng.permutation(len(x))` is all row numbers, in random order. One order serves images and labels.",
        "`order[start : start + batch_size]` may be shorter at the end; nothing breaks.",
        "A function with `yield` gives one pair after the other: `yield x[rows], labels[rows]`.",
    )
    why = """
The order is drawn once, of row *numbers*, and images and labels are both looked up by it, so that pairs
stay together. Going through it in steps of `batch_size` gives every row once; the slice at the end takes
what is left. The order comes from the `rng` that is passed in: another one each epoch, and the same again
with the same seed.
"""
    further = (
        "Drawing rows with replacement would also work, roughly: about 37 % of the rows would be missing "
        "in an "
        "epoch, for (1 − 1/N)ᴺ is close to 1/e."
    )

    @reference
    def batches(x, labels, batch_size, rng):
        """Yield pairs (x, labels) of batch_size rows, each row of x (N, ...) and labels (N,) once."""
        order = rng.permutation(len(x))
        for start in range(0, len(x), batch_size):
            rows = order[start : start + batch_size]
            yield x[rows], labels[rows]

    def properties(self, batches):
        for size, batch_size in ((10, 4), (12, 3), (5, 8), (64, 16)):
            labels = np.arange(size) + 100  # a name for each row
            x = np.stack([labels * 10, labels * 10 + 1], axis=1).astype("float32")
            text = f"batches(x, labels, {batch_size}, rng), with x of shape {x.shape}"

            def epoch(rng, arguments=(x, labels, batch_size), text=text):
                return self.call(lambda *given: list(batches(*given, rng)), *arguments, text=text)

            rng = np.random.default_rng(0)
            first, second, again = epoch(rng), epoch(rng), epoch(np.random.default_rng(0))
            for each in (first, second, again):
                if not all(isinstance(pair, tuple | list) and len(pair) == 2 for pair in each):
                    raise FormError(f"expected pairs (x, labels) from {text}, received {describe(each[0])}")
            images, names = ([np.asarray(part) for part in parts] for parts in zip(*first, strict=True))
            sizes = [len(each) for each in names]
            wanted = [min(batch_size, size - start) for start in range(0, size, batch_size)]
            measured = f"(`{text}`: batches of {sizes}.)"
            yield "yields_one_batch", len(first) > 1 or len(wanted) == 1, measured
            found = np.concatenate(names)
            yield "mixes_up_the_two", all(x.shape[1:] == each.shape[1:] for each in images), measured
            rows = np.concatenate(images)
            is_paired = len(rows) == len(found) and np.array_equal(rows[:, 0] // 10, found)
            yield "tears_pairs_apart", is_paired, measured
            yield "repeats_rows", len(np.unique(found)) == len(found), measured
            yield "loses_the_last_batch", len(found) == size or sizes != wanted[:-1], measured
            yield "loses_rows", len(found) == size, measured
            yield "has_other_sizes", sizes == wanted, measured
            orders = [
                np.concatenate([np.asarray(pair[1]) for pair in each]) for each in (first, second, again)
            ]
            if size > 20:
                yield "keeps_the_order", not np.array_equal(found, labels), measured
                yield "shuffles_batches_only", not _is_in_runs(found, batch_size), measured
                yield "ignores_rng", np.array_equal(orders[0], orders[2]), measured
                yield "repeats_the_order", not np.array_equal(orders[0], orders[1]), measured
        yield "keeps_the_order", True, ""

    yields_one_batch = mistake(
        "Only one batch came. Is there a `return` in place of `yield`?",
        {"yield x[rows], labels[rows]": "return [(x[rows], labels[rows])]"},
    )
    mixes_up_the_two = mistake(
        "A pair is images first and labels second.",
        {"yield x[rows], labels[rows]": "yield labels[rows], x[rows]"},
    )
    tears_pairs_apart = mistake(
        "Images and labels no longer belong together: is there one order for the images and another one "
        "for the "
        "labels?",
        {"labels[rows]": "labels[rng.permutation(len(x))[start : start + batch_size]]"},
    )
    repeats_rows = mistake(
        "Some rows come more than once in an epoch, and others never: they are drawn with replacement.",
        {"rng.permutation(len(x))": "rng.integers(len(x), size=len(x))"},
    )
    loses_the_last_batch = mistake(
        "The rows at the end, too few for a whole batch, are missing.",
        {"range(0, len(x), batch_size)": "range(0, len(x) - batch_size + 1, batch_size)"},
    )
    loses_rows = mistake("Some rows never come.", {"start + batch_size": "start + batch_size - 1"})
    has_other_sizes = mistake(
        "The batches have other sizes than asked for: all have `batch_size` rows but the last one, which has "
        "what is left.",
        {
            "range(0, len(x), batch_size)": "range(-(-len(x) // batch_size))",
            "order[start : start + batch_size]": "order[start :: -(-len(x) // batch_size)]",
        },
    )
    keeps_the_order = mistake(
        "The rows come in their old order. Many files are sorted by class, and then a batch holds one class.",
        {"rng.permutation(len(x))": "np.arange(len(x))"},
    )
    shuffles_batches_only = mistake(
        "Each batch holds neighbouring rows: they were cut first and shuffled afterwards.",
        {"rng.permutation(len(x))": "np.roll(np.arange(len(x)), batch_size * rng.integers(1, 4))"},
    )
    ignores_rng = mistake(
        "The same seed gives another order the second time: the order does not come from `rng`.",
        {"rng.permutation": "np.random.permutation"},
    )
    repeats_the_order = mistake(
        "Each epoch has the same order, for a new generator with a fixed seed draws it. Draw from `rng`.",
        {"rng.permutation": "np.random.default_rng(0).permutation"},
    )


def _is_in_runs(names, batch_size):
    """Whether each batch holds neighbours only."""
    return all(
        np.ptp(np.diff(np.sort(names[i : i + batch_size]))) == 0 for i in range(0, len(names), batch_size)
    )


class LossesThatFall(ChoiceExercise):
    title = "Find what is wrong: it runs, and the loss falls"
    prompt = """
Nine networks, each given by its last layer, its loss in `keras.losses`, and its labels. All nine run
without an error. Which ones train for **the wrong thing**, or not at all? Put their letters into the set.

| | last layer | loss | labels of one image |
|:--|:--|:--|:--|
| `"a"` | `Dense(10)` | `SparseCategoricalCrossentropy(from_logits=True)` | the digit, 0 to 9 |
| `"b"` | `Dense(10)` | `SparseCategoricalCrossentropy()` | the digit, 0 to 9 |
| `"c"` | `Dense(10, "softmax")` | `SparseCategoricalCrossentropy()` | the digit, 0 to 9 |
| `"d"` | `Dense(1)` | `MeanSquaredError()` | the digit, 0 to 9; it should read digits |
| `"e"` | `Dense(1, "sigmoid")` | `BinaryCrossentropy()` | 1 if it is a 7, otherwise 0 |
| `"f"` | `Dense(1, "softmax")` | `BinaryCrossentropy()` | 1 if it is a 7, otherwise 0 |
| `"g"` | `Dense(1)` | `BinaryCrossentropy()` | 1 if it is a 7, otherwise 0 |
| `"h"` | `Dense(3, "sigmoid")` | `BinaryCrossentropy()` | three answers, yes or no, several may be yes |
| `"i"` | `Dense(3, "softmax")` | `CategoricalCrossentropy()` | three answers, yes or no, several may be yes |
"""
    hints = (
        "Ask of each pair: does the layer give logits or probabilities, and which of the two does the loss "
        "expect? Without `from_logits=True` it expects probabilities.",
        "What is the softmax of one single number? And can three probabilities that add up to 1 say yes "
        "twice?",
    )
    why = """
*b* and *g* hand logits to a loss that expects probabilities. *d* learns that a 3 lies between a 2 and a 4,
which is no property of pictures. *f*: softmax over one number is always 1, so nothing can be learned. *i*:
three shares that add up to 1 cannot all be near 1. Logits go with `from_logits=True`; one class of many
with softmax and a sparse label; each yes or no with a sigmoid of its own.
"""
    further = (
        "Keras raises no error in any of them. The first loss would tell most: compare it with ln K, or ln 2."
    )
    variable = "trains_for_the_wrong_thing"
    options = {
        "a": (False, "*a*: logits, and a loss that is told so. That is the pair of this notebook."),
        "b": (
            True,
            "*b*: the last layer gives logits, negative ones too. Which kind of number does this loss "
            "expect?",
        ),
        "c": (
            False,
            "*c*: probabilities, and a loss that expects them. (With logits it is safer in float32.)",
        ),
        "d": (True, "*d*: this loss takes a 3 for something between 2 and 4. Is a picture of a 3 that?"),
        "e": (False, "*e*: one probability for one yes-or-no question, which is what this loss expects."),
        "f": (True, "*f*: the softmax of one number is e^z / e^z, whatever z is."),
        "g": (True, "*g*: a logit may be negative or above 1. Which kind of number does this loss expect?"),
        "h": (False, "*h*: three questions, three probabilities, each by itself. That fits."),
        "i": (True, "*i*: softmax makes the three add up to 1. What if two of the answers are yes?"),
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
half a minute. Choose by that, then look at the test
set once.
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
            "The margin of the image is nearly always empty: `keras.layers.Cropping2D(2)`. And what "
            "closed the gap between training and validation before?"
        ),
    )
    why = r"""
Neighbouring pixels say nearly the same, and the margin says nothing. Without the margin and averaged over
2 × 2 pixels, an image is $12 \times 12 = 144$ numbers, and the network has $145 \cdot 180 + 181 \cdot 110 +
111 \cdot 10 = 47{,}120$ parameters. A little dropout closes the gap between training and validation, as it
did for `final`.
"""
    further = (
        "With a quarter of its parameters it comes close to `final`: most of what makes `final` large"
        " are weights for pixels that say the same as their neighbours."
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
        set_seed(2)
        network = self.call(build_slim)
        if not isinstance(network, keras.Model):
            raise FormError(f"expected a keras.Sequential, received {describe(network)}")
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

    @mistake("More than 50,000 parameters. Most of them lead from the pixels to the first layer.")
    def has_too_many_parameters():
        return keras.Sequential(
            [keras.Input((784,)), keras.layers.Dense(128, "relu"), keras.layers.Dense(10)]
        )

    @mistake("Its input has another shape than `x_train`, where an image is a row of 784 numbers.")
    def takes_images():
        return keras.Sequential(
            [
                keras.Input((28, 28)),
                keras.layers.Flatten(),
                keras.layers.Dense(60, "relu"),
                keras.layers.Dense(10),
            ]
        )

    @mistake(
        "It still has the rows and columns of the image at its output. A dense layer works along the "
        "last axis only, so put them into one row before the first one."
    )
    def forgets_to_flatten():
        return keras.Sequential(
            [
                keras.Input((784,)),
                keras.layers.Reshape((28, 28, 1)),
                keras.layers.AveragePooling2D(2),
                keras.layers.Dense(200, "relu"),
                keras.layers.Dense(10),
            ]
        )

    @mistake("The output layer has the wrong number of units: there is one logit for each digit.")
    def has_not_ten_outputs():
        return keras.Sequential([keras.Input((784,)), keras.layers.Dense(60, "relu"), keras.layers.Dense(1)])

    @mistake(
        "It ends in a softmax, and the loss applies another one: training would get stuck near 1.46. "
        "The last layer gives logits."
    )
    def ends_in_softmax():
        return keras.Sequential(
            [keras.Input((784,)), keras.layers.Dense(60, "relu"), keras.layers.Dense(10, "softmax")]
        )

    @mistake(
        "Its outputs are never negative: there is an activation after the last layer (ReLU or "
        "sigmoid?). A logit may be any number."
    )
    def ends_in_an_activation():
        return keras.Sequential(
            [keras.Input((784,)), keras.layers.Dense(60, "relu"), keras.layers.Dense(10, "relu")]
        )

    @mistake(
        "This has layers with weights that are not dense: they are told which pixels are neighbours. "
        "That works, and is the subject of notebook 04; here, dense layers only."
    )
    def is_not_dense():
        return keras.Sequential(
            [
                keras.Input((784,)),
                keras.layers.Reshape((28, 28, 1)),
                keras.layers.Conv2D(16, 3, strides=2, activation="relu"),
                keras.layers.Flatten(),
                keras.layers.Dense(10),
            ]
        )

    @mistake(
        "There is no activation between its layers. Together they are one linear layer, and softmax "
        "regression stayed below 95 %."
    )
    def is_a_line():
        return keras.Sequential([keras.Input((784,)), keras.layers.Dense(60), keras.layers.Dense(10)])

    @mistake(
        "All units of a hidden layer start with the same weights, so they compute the same thing, and go on "
        "doing so. Hidden layers have to start at random."
    )
    def has_equal_units():
        return keras.Sequential(
            [
                keras.Input((784,)),
                keras.layers.Dense(60, "relu", kernel_initializer="ones"),
                keras.layers.Dense(10),
            ]
        )

    @mistake(
        "It knows something that it cannot know yet. Return a network that was built anew and not "
        "trained; the check trains it."
    )
    def is_trained_already():
        images, labels = (part[:2000] for part in _training_set())
        network = keras.Sequential(
            [keras.Input((784,)), keras.layers.Dense(32, "relu"), keras.layers.Dense(10)]
        )
        loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
        network.compile(keras.optimizers.Adam(0.01), loss)
        network.fit(_prepare(images), labels, batch_size=100, epochs=3, verbose=0)
        return network

    @mistake(
        "It reads its training images clearly better than new ones: it learns by heart. Give it less "
        "detail to learn, or treat it as in the section on overfitting."
    )
    def learns_by_heart():
        return keras.Sequential([keras.Input((784,)), keras.layers.Dense(48, "relu"), keras.layers.Dense(10)])

    @mistake(
        "Not enough yet, and not because it learns by heart: it falls short on the training images, "
        "too. It has too few units, too much dropout, or sees too little of the image."
    )
    def is_too_weak():
        return keras.Sequential([keras.Input((784,)), keras.layers.Dense(8, "relu"), keras.layers.Dense(10)])


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
    single, both, none = answer(one) + answer(other), answer(one + other), answer(np.zeros_like(one))
    return bool(np.ptp(both, axis=0).any()) and np.abs(single - both - none).max() < 0.01 * both.std()


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
