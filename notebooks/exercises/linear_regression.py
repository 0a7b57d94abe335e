"""The exercises of notebook 01, linear regression."""

import math

import numpy as np

from autorev_lib import data
from autorev_lib.exercises.kinds import (
    ChoiceExercise,
    FormError,
    FunctionExercise,
    PropertyExercise,
    ValueExercise,
    mistake,
    reference,
)


def gradient(x, y, weight, bias):
    """The gradient of the mean squared error of one input, as in the notebook."""
    residual = weight * x + bias - y
    return 2 * np.mean(residual * x), 2 * np.mean(residual)


class MeanAbsoluteError(FunctionExercise):
    title = "Warm-up: another loss"
    prompt = """
Write the **mean absolute error**: the mean of the sizes of the residuals, without squaring. With it,
our guess by eye gets 0.329 kg and the lazy model (always the mean) 0.676 kg.
"""
    hints = (
        "A residual may be negative. What makes a number positive without squaring it?",
        "`np.abs` works on a whole array at once, and so does `.mean()`.",
    )
    why = """
The sign of a residual must go before the mean is taken, or errors of opposite sign cancel. The result
is in kg, not in kg²: a typical error that you can picture.
"""
    further = (
        "Unlike the squared error, it is not ruled by the few birds that are far off; its best "
        "constant is the median, not the mean."
    )

    @reference
    def mean_absolute_error(y, prediction):
        """Return the mean of |prediction − y|, a float in the unit of y. Both have shape (N,)."""
        sizes = np.abs(prediction - y)
        return sizes.mean()

    def cases(self, rng):
        yield np.array([4.0, 5.0]), np.array([4.5, 3.0])
        yield np.array([1.0, 2.0, 3.0]), np.array([2.0, 2.0, 4.5])
        yield rng.normal(4.0, 1.0, 50), rng.normal(4.0, 1.0, 50)
        yield np.array([3.5, 4.5, 6.0, 1.0]), np.array([3.0, 4.25, 4.0, 1.5])
        yield np.array([0.3, 0.1, 0.2]), np.array([0.3123, 0.1, 0.2])

    squares = mistake(
        "You squared the residuals, as in the mean squared error. Their sizes are asked for, in kg.",
        {"np.abs(prediction - y)": "(prediction - y) ** 2"},
    )
    root_of_mean_square = mistake(
        "You squared the residuals and took the root at the end, as in the RMSE. That is in kg too, but "
        "large residuals count for more.",
        {"np.abs(prediction - y)": "(prediction - y) ** 2", "sizes.mean()": "sizes.mean() ** 0.5"},
    )
    keeps_the_sign = mistake(
        "The residuals keep their signs, and in a mean those above and below 0 cancel. Drop the sign of each "
        "one first.",
        {"np.abs(prediction - y)": "prediction - y"},
    )
    keeps_the_opposite_sign = mistake(
        "The residuals keep their signs (as truth minus prediction), and in a mean those above and below 0 "
        "cancel. Drop the sign of each one first.",
        {"np.abs(prediction - y)": "y - prediction"},
    )
    drops_the_sign_too_late = mistake(
        "You dropped the sign of the mean. By then the residuals have cancelled: drop the sign of each one, "
        "then take the mean.",
        {"np.abs(prediction - y)": "prediction - y", "sizes.mean()": "abs(sizes.mean())"},
    )
    drops_negative_residuals = mistake(
        "Residuals below 0 count as 0 here. Their size counts as well.",
        {"np.abs(prediction - y)": "np.maximum(prediction - y, 0)"},
    )
    drops_positive_residuals = mistake(
        "Residuals above 0 count as 0 here. Their size counts as well.",
        {"np.abs(prediction - y)": "np.maximum(y - prediction, 0)"},
    )
    sums = mistake(
        "You summed instead of averaging: your loss grows with the number of birds.",
        {"mean()": "sum()"},
    )
    forgets_the_mean = mistake(
        "The sizes are right, one for each bird. What is missing is the mean of them, a single number.",
        {".mean()": ""},
    )
    takes_the_median = mistake(
        "That is the median of the sizes. The mean is asked for.",
        {"sizes.mean()": "np.median(sizes)"},
    )
    takes_the_largest = mistake(
        "That is the largest size. The mean of all is asked for.",
        {"mean()": "max()"},
    )
    takes_the_spread = mistake(
        "That is the standard deviation of the residuals: an error that all birds share does not show in it.",
        {"np.abs(prediction - y)": "prediction - y", "mean()": "std()"},
    )
    is_relative = mistake(
        "Each residual is divided by the bird's mass: a relative error, without a unit. Asked for are kg.",
        {"sizes.mean()": "(sizes / abs(y)).mean()"},
    )
    is_relative_to_the_mean = mistake(
        "You divided by the mean mass: a relative error, without a unit. Asked for are kg.",
        {"sizes.mean()": "sizes.mean() / y.mean()"},
    )
    keeps_the_last_bird = mistake(
        "Only the last bird counts: is there an `=` where a `+=` should be?", {"sizes.mean()": "sizes[-1]"}
    )
    keeps_the_last_bird_of_all = mistake(
        "Only the last bird counts, divided by the number of all: is there an `=` where a `+=` should be?",
        {"sizes.mean()": "sizes[-1] / len(y)"},
    )
    keeps_the_first_bird = mistake(
        "Only the first bird counts: does the `return` stand inside the loop?", {"sizes.mean()": "sizes[0]"}
    )
    keeps_the_first_bird_of_all = mistake(
        "Only the first bird counts, divided by the number of all: does the `return` stand inside the loop?",
        {"sizes.mean()": "sizes[0] / len(y)"},
    )
    leaves_out_a_bird = mistake(
        "One bird is missing: the last one. Where does your loop or slice end?",
        {"sizes.mean()": "sizes[:-1].mean()"},
    )
    leaves_out_the_first_bird = mistake(
        "One bird is missing: the first one. Where does your loop or slice begin?",
        {"sizes.mean()": "sizes[1:].mean()"},
    )
    leaves_the_first_bird_out_of_the_sum = mistake(
        "The first bird is missing in the sum. Where does your loop or slice begin?",
        {"sizes.mean()": "sizes[1:].sum() / len(y)"},
    )
    divides_by_342 = mistake(
        "You divided by 342, the number of penguins. Other arrays have another length.",
        {"sizes.mean()": "sizes.sum() / 342"},
    )
    compares_all_with_all = mistake(
        "Every prediction is compared with every bird, N × N differences. Has one of the arrays a second "
        "axis, or is there a loop inside a loop?",
        {"prediction - y": "prediction[:, None] - y"},
    )
    counts_equal_ones_once = mistake(
        "Sizes that are equal count once, as in a set.", {"sizes.mean()": "np.unique(sizes).mean()"}
    )
    rounds = mistake(
        "The result is rounded. How it is printed is another matter.",
        {"sizes.mean()": "round(sizes.mean(), 3)"},
    )
    ignores_the_prediction = mistake(
        "The prediction has no part in it: y is compared with its own mean.",
        {"prediction - y": "y.mean() - y"},
    )
    takes_the_mean_residual_off = mistake(
        "The mean residual has been taken off first, so an error that all birds share does not show.",
        {"np.abs(prediction - y)": "np.abs(prediction - y - (prediction - y).mean())"},
    )
    leaves_out_exact_ones = mistake(
        "Birds that are predicted exactly are left out of the mean. They count, with 0.",
        {"sizes.mean()": "sizes[sizes > 0].mean()"},
    )
    cuts_decimals_off = mistake(
        "The residuals have been cut off to whole numbers.", {"sizes.mean()": "np.trunc(sizes).mean()"}
    )
    weighs_by_mass = mistake(
        "Heavy birds count for more here. Each bird counts once.",
        {"sizes.mean()": "(sizes * y).sum() / y.sum()"},
    )
    adds_instead = mistake(
        "You added prediction and truth. A residual is a difference.", {"prediction - y": "prediction + y"}
    )


class OtherUnits(ValueExercise):
    title = "Predict before you run: other units"
    prompt = r"""
Suppose flippers were measured in centimetres instead of millimetres. By what factor does the best slope
change? By what factor does the curvature $\frac{2}{N}\sum x_i^2$ change? Fill in the two numbers first;
only then try `np.polyfit` and `2 * np.mean(x**2)` with `x / 10` in place of `x`, if you like.
"""
    hints = (
        "The prediction in kg must stay the same bird by bird, while every x becomes ten times smaller.",
        "w · x stays as it is, and x is divided by 10: so w is multiplied by ... The curvature "
        "holds x twice.",
    )
    why = """
The product $w x$ must not change, so the slope makes up for what $x$ loses: × 10 (kg per cm instead of
kg per mm). The curvature holds $x^2$, so it falls by $10^2$. The same data in other units are a
different problem for gradient descent: that is why inputs are scaled.
"""
    further = (
        "The largest learning rate that does not diverge is 2 over the largest curvature: it changes by a "
        "factor of nearly 100, only because of the unit."
    )
    right = {"slope_factor": 10, "curvature_factor": 0.01}

    slope_inverted = mistake(
        "`slope_factor`: the wrong way round. If x shrinks and w shrinks with it, what happens to the "
        "prediction w · x?",
        slope_factor=0.1,
    )
    slope_unchanged = mistake(
        "`slope_factor`: the slope is in kg per unit of x. A line that rises by 0.05 kg per millimetre rises "
        "by how much per centimetre?",
        slope_factor=1,
    )
    slope_squared = mistake("`slope_factor`: the slope meets x once, not twice.", slope_factor=100)
    slope_squared_and_inverted = mistake(
        "`slope_factor`: the wrong way round, and the slope meets x once, not twice.", slope_factor=0.01
    )
    in_metres = mistake(
        "Those are the factors for metres. A centimetre has ten millimetres.",
        slope_factor=1000,
        curvature_factor=1e-6,
    )
    with_a_hundred = mistake(
        "That would be right for a unit of a hundred millimetres. A centimetre has ten.",
        slope_factor=100,
        curvature_factor=1e-4,
    )
    in_per_cent = mistake(
        "These look like per cent. A factor is a plain number: what doubles has the factor 2, not 200.",
        slope_factor=1000,
        curvature_factor=1,
    )
    exponents = mistake(
        "These look like the exponents of powers of ten. The factors themselves are asked for.",
        slope_factor=1,
        curvature_factor=-2,
    )
    slope_root = mistake(
        "`slope_factor`: there is no root in it: w · x stays as it is.",
        slope_factor=math.sqrt(10),
    )
    curvature_inverted = mistake(
        "`curvature_factor`: the wrong way round. The numbers x become smaller; can their squares become "
        "larger?",
        curvature_factor=100,
    )
    curvature_inverted_and_not_squared = mistake(
        "`curvature_factor`: the wrong way round, and x stands in the curvature squared.",
        curvature_factor=10,
    )
    curvature_not_squared = mistake(
        "`curvature_factor`: x stands in the curvature squared, so its factor does too.",
        curvature_factor=0.1,
    )
    curvature_unchanged = mistake(
        "`curvature_factor`: the curvature is made of the numbers x alone, and they change.",
        curvature_factor=1,
    )
    curvature_cubed = mistake("`curvature_factor`: x is squared, not cubed.", curvature_factor=0.001)
    curvature_root = mistake("`curvature_factor`: a square, not a root.", curvature_factor=math.sqrt(0.1))
    curvature_keeps_the_two = mistake(
        "`curvature_factor`: the 2 in front stands there before and after, so it cancels in the factor.",
        curvature_factor=0.02,
    )
    curvature_doubles = mistake(
        "`curvature_factor`: that is twice a tenth. The 2 in front cancels, and x is squared.",
        curvature_factor=0.2,
    )
    curvature_divided_by_n = mistake(
        "`curvature_factor`: N is there before and after, so it cancels in the factor.",
        curvature_factor=0.01 / 342,
    )
    curvature_to_zero = mistake(
        "`curvature_factor`: 0 would be a flat bowl. Was it rounded, or divided with `//`?",
        curvature_factor=0,
    )


class DescendRepaired(FunctionExercise):
    title = "Find the bug"
    prompt = """
This descent does not walk down the gradient. On `x`, after one step, its bias differs from that of
`descend`. On `z`, it agrees with `descend` exactly. Explain both, and repair it.

```python
for _ in range(num_steps):
    weight -= learning_rate * gradient(x, y, weight, bias)[0]
    bias -= learning_rate * gradient(x, y, weight, bias)[1]
```
"""
    hints = (
        "In which point is each of the two gradients computed?",
        "When the second line runs, `weight` has moved already. Compute both gradients before you"
        " change anything.",
    )
    why = r"""
The second line computes its gradient at a point that has half moved: new weight, old bias. That is
another algorithm (coordinate descent with steps). On `z` nothing shows, because the mean of `z` is 0:
there, $\partial L / \partial b$ does not depend on $w$ at all.
"""
    further = (
        "A bug that scaled data hides is found by a test on raw data: test where the answer would"
        " show a mistake."
    )

    @reference
    def descend_repaired(x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
        """Return (weight, bias) after num_steps steps that use one gradient for both parameters."""
        for _ in range(num_steps):
            slope = gradient(x, y, weight, bias)
            weight -= learning_rate * slope[0]
            bias -= learning_rate * slope[1]
        return weight, bias

    def cases(self, rng):
        x = np.array([1.0, 2.0, 4.0])
        y = np.array([1.0, 3.0, 2.0])
        yield x, y, 0.05, 0, 1.5, -0.5
        yield x, y, 0.05, 1, 1.5, -0.5
        yield x, y, 0.1, 20
        yield x, y, 0.02, 3, -1.0, 2.0
        x = rng.normal(3.0, 1.0, 30)
        yield x, 2 * x - 1, 0.02, 25, 0.5, 1.0

    keeps_the_bug = mistake(
        "The gradient of the bias is still computed after the weight has moved: the bug is still there.",
        {"slope[1]": "gradient(x, y, weight, bias)[1]"},
    )
    swaps_the_lines = mistake(
        "The gradient of the weight is computed after the bias has moved: the same bug, the other way round.",
        {
            "weight -= learning_rate * slope[0]": "bias -= learning_rate * slope[1]",
            "        bias -= learning_rate * slope[1]\n    return": (
                "        weight -= learning_rate * gradient(x, y, weight, bias)[0]\n    return"
            ),
        },
    )
    climbs = mistake(
        "It walks uphill: the gradient points to where the loss grows, so a step subtracts it.",
        {"weight -=": "weight +=", "bias -=": "bias +="},
    )
    weight_climbs = mistake(
        "The weight walks uphill: a step subtracts the gradient.",
        {"weight -=": "weight +="},
    )
    bias_climbs = mistake("The bias walks uphill: a step subtracts the gradient.", {"bias -=": "bias +="})
    exchanges_the_slopes = mistake(
        "The weight moves by the gradient of the bias, and the bias by that of the weight: `gradient` "
        "returns the weight's first.",
        {"slope[0]": "slope[1]", "bias -= learning_rate * slope[1]": "bias -= learning_rate * slope[0]"},
    )
    computes_the_gradient_once = mistake(
        "Every step goes along the first gradient. It must be computed anew in each step, at the point "
        "where you are.",
        {
            "for _": "slope = gradient(x, y, weight, bias)\n    for _",
            "        slope = gradient(x, y, weight, bias)": "",
        },
    )
    stops_after_one_step = mistake(
        "It returns after the first step: does the `return` stand inside the loop?",
        {"    return weight": "        return weight"},
    )
    makes_one_step_too_few = mistake("One step too few.", {"range(num_steps)": "range(1, num_steps)"})
    makes_one_step_too_many = mistake("One step too many.", {"range(num_steps)": "range(num_steps + 1)"})
    ignores_the_start = mistake(
        "It starts at (0, 0) and ignores the `weight` and `bias` that it is given.",
        {"for _": "weight = bias = 0.0\n    for _"},
    )
    moves_the_weight_only = mistake("The bias never moves.", {"bias -= learning_rate * slope[1]": ""})
    moves_the_bias_only = mistake("The weight never moves.", {"weight -= learning_rate * slope[0]": ""})
    forgets_the_learning_rate = mistake(
        "The learning rate is missing: each step is as long as the gradient.",
        {"for _": "learning_rate = 1.0\n    for _"},
    )
    doubles_the_step = mistake(
        "Each step is twice as long as it should be. (`gradient` holds the factor 2 already.)",
        {"for _": "learning_rate = 2 * learning_rate\n    for _"},
    )
    halves_the_step = mistake(
        "Each step is half as long as it should be. Is the factor 2 of the gradient missing?",
        {"for _": "learning_rate = learning_rate / 2\n    for _"},
    )
    sums_over_the_birds = mistake(
        "The gradient is a sum over the birds here. `gradient` takes the mean.",
        {"for _": "learning_rate = len(x) * learning_rate\n    for _"},
    )
    makes_the_step_of_length_one = mistake(
        "The gradient has been made of length 1. A step is as long as the gradient, times the learning rate.",
        {"weight -=": "slope = np.array(slope) / np.hypot(*slope)\n        weight -="},
    )
    adds_momentum = mistake(
        "Old steps are carried on, as with momentum. Plain descent is asked for.",
        {
            "for _": "slope = np.zeros(2)\n    for _",
            "slope = gradient": "slope = 0.9 * np.array(slope) + gradient",
        },
    )
    takes_one_slope_for_both = mistake(
        "Both parameters move by the weight's entry of the gradient.", {"slope[1]": "slope[0]"}
    )
    takes_the_bias_slope_for_both = mistake(
        "Both parameters move by the bias's entry of the gradient. The weight's has a factor x in the mean.",
        {"slope[0]": "slope[1]"},
    )
    hands_them_over_in_the_wrong_order = mistake(
        "`gradient` takes the weight first and then the bias.",
        {"gradient(x, y, weight, bias)": "gradient(x, y, bias, weight)"},
    )
    scales_the_input = mistake(
        "The input has been scaled inside. The weight belongs to another input then.",
        {"for _": "x = (x - x.mean()) / x.std()\n    for _"},
    )
    slows_down = mistake(
        "The learning rate falls from step to step. It is the same in all of them.",
        {
            "for _ in range(num_steps)": "for i in range(num_steps)",
            "weight -=": "slope = np.array(slope) / (i + 1)\n        weight -=",
        },
    )
    jumps_to_the_bottom = mistake(
        "That is the lowest point, by least squares. Asked for is the point after `num_steps` steps.",
        {"return weight, bias": "return np.polyfit(x, y, 1)"},
    )
    takes_one_bird_at_a_time = mistake(
        "Each step looks at one bird. The gradient is a mean over all of them.",
        {"for _": "for i", "gradient(x, y,": "gradient(x[i % len(x)], y[i % len(x)],"},
    )
    returns_the_path = mistake(
        "That is the whole path. Asked for is the last point only, as `(weight, bias)`."
    )(lambda *arguments: _path(*arguments))
    returns_the_gradient = mistake(
        "That is the last gradient. Asked for is the point, `(weight, bias)`.",
        {"return weight, bias": "return gradient(x, y, weight, bias)"},
    )


def _path(x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
    descend = DescendRepaired.right_answer
    return np.array([descend(x, y, learning_rate, steps, weight, bias) for steps in range(num_steps + 1)])


class StepsNeeded(FunctionExercise):
    title = "How many steps?"
    prompt = r"""
On a round bowl with curvature $c$, how many steps does it take until the distance to the bottom is at
most `shrink` times what it was, a thousandth if nothing else is said? Use the size of the factor
$1 - \eta c$; you may assume $0 < \eta < 2/c$. (For $\eta = 1/c$ one step is enough.)

`steps_needed(0.1, 2.0)` is 31; running `descend` on `z` with that many steps would confirm it.
"""
    hints = (
        "After k steps the distance is |1 − ηc| to the power k. For which k is that at most `shrink`?",
        "Count up in a loop, or solve with two logarithms and round up. Mind 1 − ηc = 0, which "
        "has no logarithm.",
    )
    why = r"""
After $k$ steps the distance has been multiplied by $|1 - \eta c|^k$, so $k \ge \ln(\text{shrink}) /
\ln|1 - \eta c|$. The smallest whole number is the ceiling. At $\eta = 1/c$ the factor is 0 and its
logarithm does not exist: one step.
"""
    further = (
        "Close to either end, η near 0 or near 2/c, the number of steps grows without bound: the "
        "same slowness for opposite reasons."
    )

    @reference
    def steps_needed(learning_rate, curvature, shrink=1e-3):
        """Return the smallest number of steps after which the distance is at most shrink times the first."""
        factor = abs(1 - learning_rate * curvature)
        if factor == 0:
            return 1
        steps = np.log(shrink) / np.log(factor)
        return int(np.ceil(steps - 1e-9))

    def cases(self, rng):
        yield 0.1, 2.0
        yield 0.1, 2.0, 0.3
        yield 0.9, 2.0
        yield 0.001, 30.0, 1e-6
        yield 0.4, 1.5, 0.05
        yield 0.0001, 20.0, 0.01
        yield 0.5, 1.0, 0.125  # exactly 3 halvings

    def edge_cases(self):
        yield 0.5, 2.0

    forgets_the_factor_zero = mistake(
        "For η = 1/c the factor 1 − ηc is 0: its logarithm does not exist, but one step is enough.",
        {"if factor == 0": "if factor < 0", "np.log(factor)": "math.log(factor)"},
    )
    needs_no_step_at_zero = mistake("For η = 1/c you get 0 steps. One is needed.", {"return 1": "return 0"})
    forgets_the_size = mistake(
        "For η > 1/c the factor 1 − ηc is negative: the steps swing from side to side. What counts is its "
        "size.",
        {"abs(1 - learning_rate * curvature)": "1 - learning_rate * curvature"},
    )
    takes_a_negative_factor_for_zero = mistake(
        "For η > 1/c the factor 1 − ηc is negative, and you get one step there. It swings from side to "
        "side: what counts is its size.",
        {"abs(1 - learning_rate * curvature)": "max(0.0, 1 - learning_rate * curvature)"},
    )
    rounds_down = mistake(
        "You rounded down: after that many steps the distance is still a little too large.",
        {"int(np.ceil(steps - 1e-9))": "int(steps + 1e-9)"},
    )
    rounds_to_the_nearest = mistake(
        "You rounded to the nearest whole number. Where that is below, the distance is still a little "
        "too large.",
        {"int(np.ceil(steps - 1e-9))": "round(steps)"},
    )
    goes_one_too_far = mistake("One step too many.", {"- 1e-9)": "- 1e-9) + 1"})
    asks_for_less = mistake(
        "*At most* is asked for: where the distance is exactly `shrink` times the first, it is enough.",
        {"- 1e-9": "+ 1e-9"},
    )
    forgets_to_round = mistake(
        "There are no fractions of a step. The smallest whole number that is enough is asked for.",
        {"int(np.ceil(steps - 1e-9))": "steps"},
    )
    shrinks_by_the_step = mistake(
        "One step multiplies the distance by |1 − ηc|; your formula shrinks it by ηc.",
        {"abs(1 - learning_rate * curvature)": "learning_rate * curvature"},
    )
    falls_evenly = mistake(
        "Your formula takes the distance to fall by the same amount in every step. It falls by the same "
        "factor.",
        {"np.log(shrink) / np.log(factor)": "(1 - shrink) / (learning_rate * curvature)"},
    )
    squares_the_factor = mistake(
        "That many steps bring the *loss* down to that share: it falls with the square of the distance.",
        {"np.log(factor)": "np.log(factor**2)"},
    )
    squares_the_share = mistake(
        "That many steps shrink the distance to the square of `shrink`. Is a square or a root too many?",
        {"np.log(shrink)": "2 * np.log(shrink)"},
    )
    divides_by_the_curvature = mistake(
        "One step multiplies the distance by |1 − η · c|, with a product.",
        {"learning_rate * curvature": "learning_rate / curvature"},
    )
    halves_the_curvature = mistake(
        "You took half of the curvature. On this bowl the slope is c times the distance, without a ½.",
        {"learning_rate * curvature": "learning_rate * curvature / 2"},
    )
    doubles_the_curvature = mistake(
        "Twice the curvature. The 2 is in it already: the slope is c times the distance.",
        {"learning_rate * curvature": "2 * learning_rate * curvature"},
    )
    ignores_the_curvature = mistake(
        "The curvature has no part in the factor.", {"learning_rate * curvature": "learning_rate"}
    )
    misplaces_the_brackets = mistake(
        "`(1 - learning_rate) * curvature` is not `1 - learning_rate * curvature`.",
        {"1 - learning_rate * curvature": "(1 - learning_rate) * curvature"},
    )
    takes_the_exponential = mistake(
        "The distance falls like e^(−ηck) only for tiny steps. Each step multiplies it by |1 − ηc|.",
        {"np.log(factor)": "(-learning_rate * curvature)"},
    )
    mixes_two_logarithms = mistake(
        "Two different logarithms: any base will do, but the same in both places.",
        {"np.log(shrink)": "np.log10(shrink)"},
    )
    grows = mistake(
        "You computed with 1 + ηc. One step multiplies the distance by |1 − ηc|.",
        {"abs(1 - learning_rate * curvature)": "1 / (1 + learning_rate * curvature)"},
    )
    exchanges_the_logarithms = mistake(
        "The fraction of the logarithms is upside down.",
        {"np.log(shrink) / np.log(factor)": "np.log(factor) / np.log(shrink)"},
    )
    divides_before_the_logarithm = mistake(
        "ln a / ln b is not ln(a / b).", {"np.log(shrink) / np.log(factor)": "np.log(shrink / factor)"}
    )
    turns_the_sign = mistake(
        "A number of steps is not negative: is a sign turned round?",
        {"np.log(shrink) /": "-np.log(shrink) /"},
    )
    returns_the_distance = mistake(
        "That is the share of the distance that is left after these steps. The number of steps is wanted.",
        {"int(np.ceil(steps - 1e-9))": "factor ** int(np.ceil(steps - 1e-9))"},
    )
    gives_up_early = mistake(
        "It gives up after 100 steps.",
        {"int(np.ceil(steps - 1e-9))": "min(100, int(np.ceil(steps - 1e-9)))"},
    )
    ends_without_a_result = mistake(
        "Where many steps are needed it returns `None`: does your loop end too early?",
        {"return int(": "return None if steps > 1000 else int("},
    )


class GradientMany(FunctionExercise):
    title = "The gradient for many inputs"
    prompt = r"""
Write the gradient of the mean squared error for $\hat y = Xw + b$, without a loop. Shapes first: what
shape must the gradient of $w$ have? With $D = 1$ it must give what `gradient` gives.
"""
    hints = (
        "The residual has shape (N,), X has shape (N, D), the gradient of w has shape (D,). Which"
        " product makes the one from the others?",
        "For one input it was 2 · mean(residual · x). The sum over the birds is a matrix product:"
        " `X.T @ residual`.",
    )
    why = r"""
$\frac{\partial L}{\partial w_d} = \frac{2}{N}\sum_i r_i X_{id}$ for every $d$ at once is $\frac{2}{N}
X^\top r$: the sum over the birds is done by the matrix product. The bias has an input of 1 for every
bird, so its gradient is twice the mean of the residuals.
"""
    further = (
        "The shape of a gradient is always the shape of what it belongs to; that alone rules out "
        "many wrong formulas."
    )

    @reference
    def gradient_many(X, y, weights, bias):
        """Return (grad_weights, grad_bias) of shapes (D,) and (), for X (N, D) and y (N,)."""
        residual = X @ weights + bias - y
        grad_weights = 2 * X.T @ residual / len(y)
        grad_bias = 2 * residual.mean()
        return grad_weights, grad_bias

    def cases(self, rng):
        yield (
            np.array([[1.0, 2.0], [3.0, -1.0], [0.0, 1.0]]),
            np.array([1.0, 2.0, 3.0]),
            np.array([0.5, -1.0]),
            0.5,
        )
        yield rng.normal(size=(5, 1)), rng.normal(size=5), rng.normal(size=1), 0.0
        yield rng.normal(size=(40, 3)), rng.normal(size=40), rng.normal(size=3), -2.0
        yield rng.normal(size=(2, 2)), rng.normal(size=2), rng.normal(size=2), 1.0  # where no product fails

    # Those that concern one of the two come first: their messages say which.
    sums_the_weights = mistake(
        "`grad_weights` is a sum over the birds. It should be a mean.", {" / len(y)": ""}
    )
    sums_the_bias = mistake(
        "`grad_bias` is a sum over the birds. It should be a mean.", {"residual.mean()": "residual.sum()"}
    )
    halves_the_weights = mistake(
        "`grad_weights` lacks the factor 2 that comes from the square.", {"2 * X.T": "X.T"}
    )
    halves_the_bias = mistake(
        "`grad_bias` lacks the factor 2 that comes from the square.", {"2 * residual.mean": "residual.mean"}
    )
    sums = mistake(
        "You summed over the birds instead of averaging: the gradient grows with the number of birds.",
        {" / len(y)": "", "residual.mean()": "residual.sum()"},
    )
    forgets_the_two = mistake(
        "The factor 2 is missing: it comes from the square.",
        {"2 * X.T": "X.T", "2 * residual.mean": "residual.mean"},
    )
    turns_the_sign = mistake(
        "The sign is turned round. Is your residual truth minus prediction? Then the inner derivative brings "
        "a minus.",
        {"X @ weights + bias - y": "y - X @ weights - bias"},
    )
    forgets_the_bias = mistake(
        "The bias is missing in the prediction. It is no input, but it moves every residual.",
        {" + bias": ""},
    )
    takes_the_bias_off = mistake("The bias is added to the prediction, not taken off.", {"+ bias": "- bias"})
    adds_the_truth = mistake("A residual is prediction minus truth: the truth is taken off.", {"- y": "+ y"})
    forgets_the_truth = mistake(
        "The truth is missing: that is the prediction, not the residual.",
        {" - y": ""},
    )
    counts_the_bias_for_each_input = mistake(
        "The bias is added once for each input. It is added once for each bird.",
        {"+ bias": "+ X.shape[1] * bias"},
    )
    divides_by_the_inputs_too = mistake(
        "`grad_weights` is divided by the number of inputs as well. The mean runs over the birds only: did "
        "you take `np.mean` of a whole matrix, or its size?",
        {"len(y)": "X.size"},
    )
    divides_by_the_inputs = mistake(
        "You divided by the number of inputs. The mean runs over the birds.",
        {"len(y)": "len(weights)", "residual.mean()": "residual.sum() / len(weights)"},
    )
    divides_by_342 = mistake(
        "You divided by 342, the number of penguins. Other arrays have another length.",
        {"len(y)": "342", "residual.mean()": "residual.sum() / 342"},
    )
    forgets_to_transpose = mistake(
        "The product with the residual sums over the inputs of each bird, but the gradient sums over the "
        "birds. The shapes tell: (D, N) times (N,) gives (D,).",
        {"X.T @": "X @"},
    )
    multiplies_from_the_left = mistake(
        "The prediction sums over the birds. It sums over the inputs: (N, D) times (D,) gives (N,).",
        {"X @ weights": "weights @ X"},
    )
    multiplies_the_means = mistake(
        "You multiplied two means. Multiply each residual by its input first, then take the mean.",
        {"X.T @ residual / len(y)": "X.mean(axis=0) * residual.mean()"},
    )
    averages_over_the_inputs = mistake(
        "There is one number for each bird: the mean runs over the inputs. It runs over the birds.",
        {"2 * X.T @ residual / len(y)": "2 * (X * residual[:, None]).mean(axis=1)"},
    )
    averages_over_everything = mistake(
        "There is one number for all weights. Each weight has a gradient of its own.",
        {"2 * X.T @ residual / len(y)": "2 * (X * residual[:, None]).mean()"},
    )
    keeps_the_birds = mistake(
        "There is one row for each bird. The mean over the birds is missing.",
        {"2 * X.T @ residual / len(y)": "2 * X * residual[:, None]"},
    )
    takes_the_first_input = mistake(
        "All weights get the gradient of the first one.",
        {"2 * X.T @ residual / len(y)": "2 * X[:, :1].T @ residual / len(y) * np.ones_like(weights)"},
    )
    treats_each_input_alone = mistake(
        "The residual of each column knows only its own weight. There is one prediction, from all inputs.",
        {
            "X @ weights + bias - y": "X * weights + bias - y[:, None]",
            "X.T @ residual / len(y)": "(X * residual).mean(axis=0)",
        },
    )
    compares_all_with_all = mistake(
        "Every prediction is compared with every bird: one of the two has a second axis, and the residual "
        "has N × N numbers.",
        {"grad_weights =": "residual = ((X @ weights + bias)[:, None] - y).mean(axis=1)\n    grad_weights ="},
    )
    takes_the_signs = mistake(
        "Only the signs of the residuals count: that is the gradient of the mean absolute error.",
        {
            "- y": "- y\n    residual = np.sign(residual)",
            "2 * X.T": "X.T",
            "2 * residual.mean": "residual.mean",
        },
    )
    returns_the_derivative_of_the_root = mistake(
        "That is the gradient of the RMSE, the root of the loss.",
        {
            "2 * X.T": "X.T / np.sqrt(np.mean(residual**2))",
            "2 * residual.mean()": "residual.mean() / np.sqrt(np.mean(residual**2))",
        },
    )
    decays_the_weights = mistake(
        "There is a term with the weights themselves, as with weight decay. The loss has none.",
        {"grad_bias =": "grad_weights = grad_weights + 2 * weights\n    grad_bias ="},
    )
    exchanges_the_two = mistake(
        "The two are exchanged: the weights' gradient comes first.",
        {"return grad_weights, grad_bias": "return grad_bias, grad_weights"},
    )
    keeps_an_axis = mistake(
        "The gradient of the weights has a second axis, (D, 1). A gradient has the shape of what it "
        "belongs to.",
        {"return grad_weights,": "return grad_weights[:, None],"},
    )


class Standardise(FunctionExercise):
    title = "Scale without looking"
    prompt = """
Scale a table as in "The cure": subtract its mean from each column, and divide by its standard deviation (as
`np.std` has it). Both are measured on the rows `train` alone and applied to *all* rows, so that a new bird
does not change the scale. A column that is constant on the rows `train` becomes its difference from that
constant. (Mind the rounding: `np.full(6, 0.1).std()` is not exactly 0. A column that is not constant varies
by a thousandth or more.)
"""
    hints = (
        "`columns[train]` are the rows that may be looked at. Which axis runs over the birds?",
        "What would a standard deviation of 0 do, and which divisor would do nothing instead?",
        "Whether a column is constant, its largest and its smallest value tell without any rounding.",
    )
    why = """
Whatever is measured on data is learned from them, a mean as much as a weight. If validation and test rows
take part in it, the test is no longer on data that nobody has seen. Dividing a constant column by 1 leaves
the difference as it is. To ask whether the deviation is 0 is not enough: the mean of equal numbers may be
rounded, and then the deviation is tiny, and not 0.
"""
    further = (
        "With least squares the scale changes no prediction; with gradient descent that is stopped early it "
        "does. Measure it on the training rows always, and you need not ask which it is."
    )

    @reference
    def standardise(columns, train):
        """Return the columns (N, D), scaled by the rows in train (an array of row numbers, shape (M,))."""
        mean, std = columns[train].mean(axis=0), columns[train].std(axis=0)
        varies = np.ptp(columns[train], axis=0) > 0
        return (columns - mean) / np.where(varies, std, 1)

    def cases(self, rng):
        yield np.array([[1.0, 10.0], [3.0, 30.0], [5.0, 80.0], [9.0, 0.0]]), np.array([0, 1, 2])
        yield rng.normal(3.0, 2.0, (12, 3)), rng.permutation(12)[:8]
        yield rng.normal(-40.0, 9.0, (30, 1)), np.arange(5, 20)

    def edge_cases(self):
        yield np.array([[2.0, 7.0], [5.0, 7.0], [9.0, 8.0]]), np.array([0, 1])
        yield np.array([[1.0, 0.1], [2.0, 0.1], [4.0, 0.1], [3.0, 0.4]]), np.array([0, 1, 2])
        yield (
            np.array([[1.0, 5.0], [1.001, 5.0], [1.002, 8.0], [1.0, 5.0], [3.0, 9.0]]),
            np.arange(4),
        )
        yield np.array([0.7] * 6 + [0.9])[:, None], np.arange(6)
        yield 1000 + 1e-3 * np.array([1, 2, 4, 3, 5, 9])[:, None], np.arange(5)

    looks_at_all_rows = mistake(
        "Mean and deviation are those of all rows: the held-out rows have a say in them.",
        {
            "columns[train].mean(axis=0)": "columns.mean(axis=0)",
            "columns[train].std(axis=0)": "columns.std(axis=0)",
        },
    )
    mean_of_all_rows = mistake(
        "The mean is that of all rows, the deviation that of the training rows.",
        {"columns[train].mean(axis=0)": "columns.mean(axis=0)"},
    )
    deviation_of_all_rows = mistake(
        "The deviation is that of all rows, the mean that of the training rows.",
        {"columns[train].std(axis=0)": "columns.std(axis=0)"},
    )
    forgets_the_mean = mistake("The mean has not been taken off.", {"(columns - mean)": "columns"})
    forgets_the_deviation = mistake(
        "The columns are centred, and still in units of their own: the division by the deviation is missing.",
        {" / np.where(varies, std, 1)": ""},
    )
    divides_by_the_variance = mistake(
        "You divided by the variance, the square of the standard deviation.",
        {".std(axis=0)": ".var(axis=0)"},
    )
    degrees_of_freedom = mistake(
        "Your deviation divides by M − 1, as pandas and `statistics.stdev` do. `np.std` divides by M.",
        {".std(axis=0)": ".std(axis=0, ddof=1)"},
    )
    takes_the_range = mistake(
        "You divided by the range, largest minus smallest.",
        {".std(axis=0)": ".max(axis=0) - columns[train].min(axis=0)"},
    )
    scales_to_the_unit_interval = mistake(
        "That is min-max scaling, to numbers from 0 to 1. Asked for are mean 0 and deviation 1.",
        {
            "columns[train].mean(axis=0)": "columns[train].min(axis=0)",
            "columns[train].std(axis=0)": "columns[train].max(axis=0) - columns[train].min(axis=0)",
        },
    )
    one_scale_for_all_columns = mistake(
        "There is one mean and one deviation for the whole table. Each column has a unit of its own.",
        {"mean(axis=0)": "mean()", "std(axis=0)": "std()"},
    )
    returns_the_training_rows = mistake(
        "Only the training rows come back. All rows are to be scaled, in the units of these.",
        {"(columns - mean)": "(columns[train] - mean)"},
    )
    scales_the_rest_by_itself = mistake(
        "The other rows are scaled by a mean and a deviation of their own. In those units the same bird "
        "would be another number than among the training rows."
    )(lambda columns, train: _each_part_by_itself(columns, train))
    divides_by_nothing = mistake(
        "A column that is constant on the training rows is divided by its deviation, which is 0.",
        {"np.where(varies, std, 1)": "std"},
    )
    trusts_the_deviation = mistake(
        "By rounding, equal numbers may have a deviation that is tiny, and not 0, and then you divide by it."
        " How else can you tell that a column is constant?",
        {"np.ptp(columns[train], axis=0) > 0": "std > 0"},
    )
    has_a_wide_threshold = mistake(
        "A column that varies little is taken for constant. Whether all numbers of it are equal, its largest "
        "and its smallest tell.",
        {"np.ptp(columns[train], axis=0) > 0": "std > 1e-2"},
    )
    adds_a_little = mistake(
        "A small number added to the deviation does not make a constant column its difference: dividing by "
        "1e-8 makes it enormous.",
        {"np.where(varies, std, 1)": "(std + 1e-8)"},
    )
    measures_the_rest = mistake(
        "Mean and deviation are those of the rows that are not in `train`.",
        {"mean, std =": "train = np.setdiff1d(np.arange(len(columns)), train)\n    mean, std ="},
    )
    takes_the_first_rows = mistake(
        "You took the first M rows. `train` says which rows.",
        {
            "columns[train].mean": "columns[: len(train)].mean",
            "columns[train].std": "columns[: len(train)].std",
        },
    )
    adds_the_mean = mistake("The mean is added; it is to be taken off.", {"columns - mean": "columns + mean"})
    adds_one = mistake(
        "1 is added to every deviation. Only one of 0 needs another divisor.",
        {"np.where(varies, std, 1)": "(std + 1)"},
    )
    one_deviation_for_all_columns = mistake(
        "The deviation is one number for the whole table. Each column has its own.", {"std(axis=0)": "std()"}
    )
    takes_the_median = mistake(
        "That is the median of each column. The mean is asked for.",
        {"columns[train].mean(axis=0)": "np.median(columns[train], axis=0)"},
    )
    measures_from_zero = mistake(
        "That is the root of the mean square, measured from 0. A deviation is measured from the mean.",
        {"columns[train].std(axis=0)": "np.sqrt((columns[train] ** 2).mean(axis=0))"},
    )
    scales_each_row = mistake("Each row is scaled by itself. A column is what has a unit: `axis=0`.")(
        lambda columns, train: (
            (columns - columns.mean(axis=1, keepdims=True)) / _or_one(columns.std(axis=1, keepdims=True))
        )
    )
    multiplies_by_the_deviation = mistake("You multiplied by the deviation.", {"/ np.where": "* np.where"})
    divides_by_the_mean = mistake(
        "You divided by the mean. The unit is the standard deviation.", {"np.where(varies, std, 1)": "mean"}
    )
    forgets_the_brackets = mistake(
        "Without brackets only the mean is divided by the deviation.", {"(columns - mean)": "columns - mean"}
    )
    takes_absolute_deviations = mistake(
        "That is the mean absolute deviation. `np.std` squares, averages, and takes the root.",
        {"columns[train].std(axis=0)": "abs(columns[train] - columns[train].mean(axis=0)).mean(axis=0)"},
    )
    leaves_the_constant_column = mistake(
        "A column that is constant on the training rows has been left as it is. Its difference from that "
        "constant is wanted.",
        {"(columns - mean)": "(columns - np.where(varies, mean, 0))"},
    )
    gives_up_on_all_columns = mistake(
        "One constant column, and no column is divided any more. Each column has a divisor of its own.",
        {"np.where(varies, std, 1)": "(std if varies.all() else 1)"},
    )
    makes_the_constant_zero = mistake(
        "Where a column is constant on the training rows, it is 0 everywhere now, also where another row "
        "differs.",
        {"(columns - mean) / np.where(varies, std, 1)": "(columns - mean) * np.where(varies, 1 / std, 0)"},
    )


def _or_one(std):
    return np.where(std > 0, std, 1)


def _each_part_by_itself(columns, train):
    scaled = np.array(columns, dtype=float)
    rest = np.setdiff1d(np.arange(len(columns)), train)
    for rows in (train, rest):
        scaled[rows] -= scaled[rows].mean(axis=0)
        scaled[rows] /= np.where(scaled[rows].std(axis=0) > 0, scaled[rows].std(axis=0), 1)
    return scaled


class TooGoodToBeTrue(ChoiceExercise):
    title = "Find what is wrong: too good to be true"
    prompt = """
A report on a line with three inputs says: "training RMSE 0.29 kg, validation RMSE 0.30 kg, test RMSE 0.26
kg, so the model does even better on new birds". Which of these steps, each taken alone, can make the
**test** RMSE too small a guess for new birds? Put them into the set, word for word:

- `"the split was drawn again until the test RMSE was below 0.3 kg"`
- `"all columns were scaled by mean and standard deviation of the training rows"`
- `"of 40 sets of columns, the one with the smallest test RMSE was kept"`
- `"three test birds missed by more than 1 kg were taken for errors and left out"`
- `"of 40 sets of columns, the one with the smallest validation RMSE was kept"`
- `"the line was fitted again on training and validation rows before the test"`
- `"the rows were shuffled, with a fixed seed, before they were split"`
"""
    hints = (
        "Ask of each step: did somebody look at the test rows, and could the step have come out differently "
        "with other test birds?",
        "Leaving out a bird because it was badly predicted is a choice, too.",
    )
    why = """
Three steps look at the test residuals and then decide: which split, which columns, which birds. Each picks
what happens to look good on these few birds, and new birds owe nothing to that choice. Choosing by the
validation set is what it is for: afterwards *its* number is too good, and the test number is not.
"""
    further = (
        "How much too good? Add three random columns to the flipper, 40 times over, and keep the set "
        "with the smallest test RMSE: on average it is about 0.01 kg better than the mean of the 40, and on "
        "new birds it is not."
    )
    variable = "makes_it_too_good"
    options = {
        "the split was drawn again until the test RMSE was below 0.3 kg": (
            True,
            "A split that is drawn again until the numbers please has been chosen by its test RMSE.",
        ),
        "all columns were scaled by mean and standard deviation of the training rows": (
            False,
            "The scale was measured on training rows only, so no test row had a say in it.",
        ),
        "of 40 sets of columns, the one with the smallest test RMSE was kept": (
            True,
            "Among 40 sets, the one that fits the test birds best owes that partly to chance. Choosing by "
            "the test set makes it a second validation set.",
        ),
        "three test birds missed by more than 1 kg were taken for errors and left out": (
            True,
            "Birds that were left out because the line missed them make the rest look well predicted.",
        ),
        "of 40 sets of columns, the one with the smallest validation RMSE was kept": (
            False,
            "That makes the validation RMSE too good. The test rows had no say in it.",
        ),
        "the line was fitted again on training and validation rows before the test": (
            False,
            "More training rows make a line better, on new birds as well. The test rows are still unseen.",
        ),
        "the rows were shuffled, with a fixed seed, before they were split": (
            False,
            "That is how a split should be made. A fixed seed makes it repeatable, as long as nobody tries "
            "several and keeps one.",
        ),
    }


class MyInputs(PropertyExercise):
    title = "Open: the best line you can find"
    prompt = """
Any columns you like (the sex of the bird? products of columns? a line for each species?), but the model
stays linear in its parameters. Goal: a validation RMSE of at most **0.30 kg**. The check fits your
columns, and a bias, with `np.linalg.lstsq` on the rows in `train`, which is exact however many columns
you take, and measures on `validation`. Choose by that; look at the test set once. One warning: nine
birds have no recorded sex, and there must be no NaN in your columns.
"""
    hints = (
        "Look at the residuals by species and by sex: what does the line not know yet?",
        'A column of zeros and ones for each species and each sex: `(measured["sex"] == '
        '"male").to_numpy(float)`.',
        "Then let each species have its own slope: the products of the species columns with the "
        "flipper length.",
    )
    why = """
The sex alone brings more than any further measurement: males are heavier in every species. Columns of
zeros and ones move the line up or down; products of those with a measurement give each group its own
slope. The model is still linear in its parameters, so least squares finds the best of them at once.
"""
    further = (
        "You chose by the validation set, so that number is a little too good by now. The test "
        "set, used once, will tell."
    )
    max_rmse = 0.30

    @reference
    def my_inputs(measured):
        """Return an array of shape (342, D) with the columns your line may use, the same at each call."""
        numbers = measured[["flipper_length_mm", "bill_length_mm", "bill_depth_mm"]].to_numpy()
        species = [measured["species"] == name for name in measured["species"].unique()]
        sexes = [measured["sex"] == name for name in ("male", "female")]
        groups = np.column_stack([*species, *sexes]).astype(float)
        return np.hstack([numbers, groups])

    def properties(self, my_inputs):
        measured = data.load_penguins().dropna(subset=["flipper_length_mm", "body_mass_g"])
        y = measured["body_mass_g"].to_numpy() / 1000
        train, validation, _ = np.split(np.random.default_rng(seed=1).permutation(len(y)), [206, 274])
        columns = np.asarray(self.call(my_inputs, measured, text="my_inputs(measured)"))
        yield "gives_text", columns.dtype.kind in "biuf" or _are_numbers(columns), ""
        columns = columns.astype(float)
        if columns.ndim != 2 or len(columns) != len(y):
            raise FormError(f"expected shape ({len(y)}, D), received shape {columns.shape}")
        yield "leaves_gaps", np.isfinite(columns).all(), f"({np.sum(~np.isfinite(columns))} of them.)"
        inputs = np.column_stack([columns / np.maximum(np.abs(columns).max(axis=0), 1e-12), np.ones_like(y)])
        line, *_ = np.linalg.lstsq(inputs[train], y[train], rcond=None)
        squares = (inputs @ line - y) ** 2
        train_rmse, validation_rmse = (np.sqrt(squares[rows].mean()) for rows in (train, validation))
        measured_text = f"Training RMSE {train_rmse:.2f} kg, validation RMSE {validation_rmse:.2f} kg."
        others = measured.copy()
        others.iloc[validation, measured.columns.get_loc("body_mass_g")] += 500
        again, others = (
            np.asarray(self.call(my_inputs, table, text="my_inputs(measured)"), dtype=float)
            for table in (measured, others)
        )
        if not np.array_equal(again, columns):
            raise FormError("expected the same columns at each call. Is there chance in it, without a seed?")
        yield "peeks_at_the_mass", np.array_equal(others, columns), "(With other masses they change.)"
        is_enough = validation_rmse <= self.max_rmse
        yield "memorises", is_enough or validation_rmse < 1.5 * train_rmse, measured_text
        yield "knows_too_little", is_enough, measured_text

    @mistake("There are words in it. Columns of numbers are asked for: zeros and ones for each group.")
    def gives_text(measured):
        return measured[["flipper_length_mm", "species"]].to_numpy()

    @mistake(
        "Some entries are missing (NaN) or infinite, and no line can be fitted to those. Which birds are "
        "they? Where only the sex is missing, give them a column of their own, or leave the comparison with "
        "a word to answer False for them."
    )
    def leaves_gaps(measured):
        male = measured["sex"].map({"male": 1.0, "female": 0.0})
        return np.column_stack([measured["flipper_length_mm"], male])

    @mistake(
        "This knows the answer: the columns were made with the masses of the validation birds. For a new "
        "bird you would not have them."
    )
    def peeks_at_the_mass(measured):
        return measured[["flipper_length_mm", "body_mass_g"]].to_numpy()

    @mistake("It fits the training birds much better than the others: too many columns for 206 birds?")
    def memorises(measured):
        rng = np.random.default_rng(0)
        return np.column_stack([measured["flipper_length_mm"], rng.normal(size=(len(measured), 150))])

    @mistake(
        "Not enough yet. What else tells heavy birds from light ones? Are your rows in the order of "
        "`measured`, and your words spelled as there?"
    )
    def knows_too_little(measured):
        return measured[["flipper_length_mm"]].to_numpy()


def _are_numbers(columns):
    try:
        columns.astype(float)
    except (TypeError, ValueError):
        return False
    return True
