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
        return np.abs(prediction - y).mean()

    def cases(self, rng):
        yield np.array([4.0, 5.0]), np.array([4.5, 3.0])
        yield np.array([1.0, 2.0, 3.0]), np.array([2.0, 2.0, 4.5])
        yield rng.normal(4.0, 1.0, 50), rng.normal(4.0, 1.0, 50)
        yield np.array([3.5, 4.5, 6.0]), np.array([3.0, 4.25, 4.0])

    @mistake("You squared the residuals: that is the mean squared error, in kg².")
    def squares(y, prediction):
        return np.mean((prediction - y) ** 2)

    @mistake(
        "You took the root of the mean of the squares. That is in kg too, but it is the RMSE: "
        "large residuals still count for more."
    )
    def root_of_mean_square(y, prediction):
        return np.sqrt(np.mean((prediction - y) ** 2))

    @mistake(
        "Residuals of opposite sign cancel here: a bird that is 1 kg too heavy makes up for one "
        "that is 1 kg too light. Drop the sign of each one first."
    )
    def keeps_the_sign(y, prediction):
        return np.mean(prediction - y)

    @mistake(
        "Residuals of opposite sign cancel here, turned the other way round (truth minus "
        "prediction). Drop the sign of each one first."
    )
    def keeps_the_opposite_sign(y, prediction):
        return np.mean(y - prediction)

    @mistake(
        "You dropped the sign of the mean. By then the residuals have cancelled: drop the sign of"
        " each one, then take the mean."
    )
    def drops_the_sign_too_late(y, prediction):
        return np.abs(np.mean(prediction - y))

    @mistake("You summed instead of averaging: with twice as many birds your loss would double.")
    def sums(y, prediction):
        return np.abs(prediction - y).sum()

    @mistake("The sizes are right, one for each bird. What is missing is the mean of them, a single number.")
    def forgets_the_mean(y, prediction):
        return np.abs(prediction - y)


class OtherUnits(ValueExercise):
    title = "Predict before you run: other units"
    prompt = r"""
Suppose flippers were measured in centimetres instead of millimetres. By what factor does the best slope
change? By what factor does the curvature $\frac{2}{N}\sum x_i^2$ change? Fill in the two numbers first;
only then run `np.linalg.lstsq` and `curvatures` on `x / 10`, if you like.
"""
    hints = (
        "The prediction in kg must stay the same bird by bird, while every x becomes ten times smaller.",
        (
            "w · x stays as it is, and x is divided by 10: so w is multiplied by ... The curvature "
            "holds x twice."
        ),
    )
    why = """
The product $w x$ must not change, so the slope makes up for what $x$ loses: × 10 (kg per cm instead of
kg per mm). The curvature holds $x^2$, so it falls by $10^2$. The same data in other units are a
different problem for gradient descent: that is why inputs are scaled.
"""
    further = (
        "The largest learning rate that does not diverge is 2 over the curvature: it changes by a"
        " factor of 100, only because of the unit."
    )
    right = {"slope_factor": 10, "curvature_factor": 0.01}

    slope_inverted = mistake(
        "`slope_factor`: the wrong way round. If x shrinks and w shrinks with it, what happens to"
        " the prediction w · x?",
        slope_factor=0.1,
    )
    slope_unchanged = mistake(
        "`slope_factor`: the slope is in kg per unit of x. A line that rises by 0.05 kg per "
        "millimetre rises by how much per centimetre?",
        slope_factor=1,
    )
    slope_squared = mistake("`slope_factor`: the slope meets x once, not twice.", slope_factor=100)
    curvature_inverted = mistake(
        "`curvature_factor`: the wrong way round. The numbers x become smaller; can their squares"
        " become larger?",
        curvature_factor=100,
    )
    curvature_not_squared = mistake(
        "`curvature_factor`: x stands in the curvature squared, so its factor does too.",
        curvature_factor=0.1,
    )
    curvature_unchanged = mistake(
        "`curvature_factor`: the curvature is made of the numbers x alone, and they change.",
        curvature_factor=1,
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
        (
            "When the second line runs, `weight` has moved already. Compute both gradients before you"
            " change anything."
        ),
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
            grad_weight, grad_bias = gradient(x, y, weight, bias)
            weight = weight - learning_rate * grad_weight
            bias = bias - learning_rate * grad_bias
        return weight, bias

    def cases(self, rng):
        x = np.array([1.0, 2.0, 4.0])
        y = np.array([1.0, 3.0, 2.0])
        yield x, y, 0.05, 0, 1.5, -0.5
        yield x, y, 0.05, 1, 1.5, -0.5
        yield x, y, 0.05, 10
        x = rng.normal(3.0, 1.0, 30)
        yield x, 2 * x - 1, 0.02, 25, 0.5, 1.0

    @mistake("The second line still computes its gradient after the weight has moved: the bias is the bug's.")
    def keeps_the_bug(x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
        for _ in range(num_steps):
            weight = weight - learning_rate * gradient(x, y, weight, bias)[0]
            bias = bias - learning_rate * gradient(x, y, weight, bias)[1]
        return weight, bias

    @mistake(
        "You swapped the two lines. Now the weight's gradient is computed after the bias has "
        "moved: the same bug, the other way round."
    )
    def swaps_the_lines(x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
        for _ in range(num_steps):
            bias = bias - learning_rate * gradient(x, y, weight, bias)[1]
            weight = weight - learning_rate * gradient(x, y, weight, bias)[0]
        return weight, bias

    @mistake("It walks uphill: the gradient points to where the loss grows, so a step subtracts it.")
    def climbs(x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
        for _ in range(num_steps):
            grad_weight, grad_bias = gradient(x, y, weight, bias)
            weight, bias = weight + learning_rate * grad_weight, bias + learning_rate * grad_bias
        return weight, bias

    @mistake(
        "The gradient is computed once, before the loop, so every step goes in the first "
        "direction. It must be computed anew in each step."
    )
    def computes_the_gradient_once(x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
        grad_weight, grad_bias = gradient(x, y, weight, bias)
        for _ in range(num_steps):
            weight, bias = weight - learning_rate * grad_weight, bias - learning_rate * grad_bias
        return weight, bias

    @mistake("It returns after the first step: the `return` stands inside the loop, or there is none.")
    def stops_after_one_step(x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
        for _ in range(min(num_steps, 1)):
            grad_weight, grad_bias = gradient(x, y, weight, bias)
            weight, bias = weight - learning_rate * grad_weight, bias - learning_rate * grad_bias
        return weight, bias

    @mistake("It starts at (0, 0) and ignores the `weight` and `bias` that it is given.")
    def ignores_the_start(x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
        weight = bias = 0.0
        for _ in range(num_steps):
            grad_weight, grad_bias = gradient(x, y, weight, bias)
            weight, bias = weight - learning_rate * grad_weight, bias - learning_rate * grad_bias
        return weight, bias

    @mistake("That is the whole path. Asked for is the last point only, as `(weight, bias)`.")
    def returns_the_path(x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
        path = [(weight, bias)]
        for _ in range(num_steps):
            grad_weight, grad_bias = gradient(x, y, weight, bias)
            weight, bias = weight - learning_rate * grad_weight, bias - learning_rate * grad_bias
            path.append((weight, bias))
        return np.array(path)


class StepsNeeded(FunctionExercise):
    title = "How many steps?"
    prompt = r"""
On a round bowl with curvature $c$, how many steps does it take until the distance to the bottom is at
most a thousandth of what it was? Use the size of the factor $1 - \eta c$; you may assume $0 < \eta <
2/c$. (For $\eta = 1/c$ one step is enough.)

`steps_needed(0.1, 2.0)` is 31; running `descend` on `z` with that many steps would confirm it.
"""
    hints = (
        "After k steps the distance is |1 − ηc| to the power k. For which k is that at most `shrink`?",
        (
            "Count up in a loop, or solve with two logarithms and round up. Mind 1 − ηc = 0, which "
            "has no logarithm."
        ),
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
        return int(np.ceil(np.log(shrink) / np.log(factor)))

    def cases(self, rng):
        yield 0.1, 2.0
        yield 0.25, 2.0, 0.3
        yield 0.9, 2.0
        yield 0.001, 30.0, 1e-6
        yield 0.5, 2.0

    @mistake(
        "Right where one step jumps less than the whole way. For η = 1/c the factor 1 − ηc is 0: "
        "its logarithm does not exist, but one step is enough."
    )
    def forgets_the_factor_zero(learning_rate, curvature, shrink=1e-3):
        return math.ceil(math.log(shrink) / math.log(abs(1 - learning_rate * curvature)))

    @mistake(
        "Right where one step jumps less than the whole way. For η = 1/c your logarithm is −∞, "
        "and you get 0 steps. One is needed."
    )
    def needs_no_step_at_zero(learning_rate, curvature, shrink=1e-3):
        with np.errstate(divide="ignore"):
            return int(np.ceil(np.log(shrink) / np.log(abs(1 - learning_rate * curvature))))

    @mistake(
        "For η > 1/c the factor 1 − ηc is negative: the steps swing from side to side, and a "
        "negative number has no logarithm. What counts is its size."
    )
    def forgets_the_size(learning_rate, curvature, shrink=1e-3):
        factor = 1 - learning_rate * curvature
        return 1 if factor == 0 else math.ceil(math.log(shrink) / math.log(factor))

    @mistake("You rounded down: after that many steps the distance is still a little too large.")
    def rounds_down(learning_rate, curvature, shrink=1e-3):
        factor = abs(1 - learning_rate * curvature)
        return 1 if factor == 0 else int(math.log(shrink) / math.log(factor))

    @mistake("There are no fractions of a step. The smallest whole number that is enough is asked for.")
    def forgets_to_round(learning_rate, curvature, shrink=1e-3):
        factor = abs(1 - learning_rate * curvature)
        return 1 if factor == 0 else math.log(shrink) / math.log(factor)

    @mistake("One step multiplies the distance by |1 − ηc|; your formula shrinks it by ηc.")
    def shrinks_by_the_step(learning_rate, curvature, shrink=1e-3):
        factor = learning_rate * curvature
        return 1 if factor == 1 else abs(math.ceil(math.log(shrink) / math.log(factor)))

    @mistake(
        "Your formula takes the distance to fall by the same amount in every step. It falls by "
        "the same factor."
    )
    def falls_evenly(learning_rate, curvature, shrink=1e-3):
        factor = abs(1 - learning_rate * curvature)
        return math.ceil((1 - shrink) / (1 - factor))


class GradientMany(FunctionExercise):
    title = "The gradient for many inputs"
    prompt = r"""
Write the gradient of the mean squared error for $\hat y = Xw + b$, without a loop. Shapes first: what
shape must the gradient of $w$ have? With $D = 1$ it must give what `gradient` gives.
"""
    hints = (
        (
            "The residual has shape (N,), X has shape (N, D), the gradient of w has shape (D,). Which"
            " product makes the one from the others?"
        ),
        (
            "For one input it was 2 · mean(residual · x). The sum over the birds is a matrix product:"
            " `X.T @ residual`."
        ),
    )
    why = r"""
$\frac{\partial L}{\partial w_d} = \frac{2}{N}\sum_i r_i X_{id}$ for every $d$ at once is $\frac{2}{N}
X^\top r$: the sum over the birds is done by the matrix product. The bias has an input of 1 for every
bird, so its gradient is twice the mean of the residuals.
"""
    further = (
        "The shape of a gradient is always the shape of what it belongs to; that alone rules out "
        "most wrong formulas."
    )

    @reference
    def gradient_many(X, y, weights, bias):
        """Return (grad_weights, grad_bias) of shapes (D,) and (), for X (N, D) and y (N,)."""
        residual = X @ weights + bias - y
        return 2 * X.T @ residual / len(y), 2 * residual.mean()

    def cases(self, rng):
        yield (
            np.array([[1.0, 2.0], [3.0, -1.0], [0.0, 1.0]]),
            np.array([1.0, 2.0, 3.0]),
            np.array([0.5, -1.0]),
            0.5,
        )
        yield rng.normal(size=(5, 1)), rng.normal(size=5), rng.normal(size=1), 0.0
        yield rng.normal(size=(40, 3)), rng.normal(size=40), rng.normal(size=3), -2.0

    @mistake(
        "You summed over the birds instead of averaging: the gradient grows with the number of "
        "birds, and the learning rate would have to shrink with it."
    )
    def sums(X, y, weights, bias):
        residual = X @ weights + bias - y
        return 2 * X.T @ residual, 2 * residual.sum()

    @mistake("The factor 2 is missing: it comes from the square.")
    def forgets_the_two(X, y, weights, bias):
        residual = X @ weights + bias - y
        return X.T @ residual / len(y), residual.mean()

    @mistake(
        "The sign is turned round. With the residual as truth minus prediction, a minus comes "
        "from the inner derivative."
    )
    def turns_the_sign(X, y, weights, bias):
        residual = y - (X @ weights + bias)
        return 2 * X.T @ residual / len(y), 2 * residual.mean()

    @mistake("The bias is missing in the prediction. It is no input, but it moves every residual.")
    def forgets_the_bias(X, y, weights, bias):
        residual = X @ weights - y
        return 2 * X.T @ residual / len(y), 2 * residual.mean()

    @mistake(
        "The mean runs over the birds only. You divided by the number of inputs as well "
        "(`np.mean` of the whole matrix, or its size)."
    )
    def divides_by_the_inputs_too(X, y, weights, bias):
        residual = X @ weights + bias - y
        return 2 * X.T @ residual / X.size, 2 * residual.mean()

    @mistake(
        "The product sums over the inputs of each bird, but the gradient sums over the birds. The"
        " shapes tell: (D, N) times (N,) gives (D,)."
    )
    def forgets_to_transpose(X, y, weights, bias):
        residual = X @ weights + bias - y
        return 2 * X @ residual / len(y), 2 * residual.mean()

    @mistake(
        "One input's gradient is missing its own column: the mean must be taken of the products, "
        "not the product of the means."
    )
    def multiplies_the_means(X, y, weights, bias):
        residual = X @ weights + bias - y
        return 2 * X.mean(axis=0) * residual.mean(), 2 * residual.mean()


class Standardise(FunctionExercise):
    title = "Scale without looking"
    prompt = """
Scale a table as in "The cure": from each column take its mean, and divide by its standard deviation (as
`np.std` has it). Both are measured on the rows `train` alone and applied to *all* rows, for a new bird must
not change the scale. A column that is constant on the rows `train` becomes its difference from that constant.
"""
    hints = (
        "`columns[train]` are the rows that may be looked at. Which axis runs over the birds?",
        "What would a standard deviation of 0 do, and which divisor would do nothing instead?",
    )
    why = """
Whatever is measured on data is learned from them, a mean as much as a weight. If validation and test rows
take part in it, the test is no longer on data that nobody has seen. Dividing by 1 where the deviation is 0
leaves the difference as it is.
"""
    further = (
        "With least squares the scale changes no prediction at all; with gradient descent, nearest "
        "neighbours "
        "or weight decay it does. Measure it on the training rows always, and you need not ask which it is."
    )

    @reference
    def standardise(columns, train):
        """Return the columns (N, D) in units of the rows in train: an array of row numbers, shape (M,)."""
        mean, std = columns[train].mean(axis=0), columns[train].std(axis=0)
        return (columns - mean) / np.where(std > 0, std, 1)

    def cases(self, rng):
        yield np.array([[1.0, 10.0], [3.0, 30.0], [5.0, 80.0], [9.0, 0.0]]), np.array([0, 1, 2])
        yield rng.normal(3.0, 2.0, (12, 3)), rng.permutation(12)[:8]
        yield rng.normal(-40.0, 9.0, (30, 1)), np.arange(5, 20)

    def edge_cases(self):
        yield np.array([[2.0, 7.0], [4.0, 7.0], [9.0, 8.0]]), np.array([0, 1])

    looks_at_all_rows = mistake(
        "Mean and deviation are those of all rows: the rows that are kept apart have a say in them.",
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
        {" / np.where(std > 0, std, 1)": ""},
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
        "You divided by the range, largest minus smallest. One odd bird rules it.",
        {".std(axis=0)": ".max(axis=0) - columns[train].min(axis=0)"},
    )
    scales_to_the_unit_interval = mistake(
        "That is min-max scaling, to numbers from 0 to 1. Asked for are mean 0 and deviation 1.",
        {
            "columns[train].mean(axis=0)": "columns[train].min(axis=0)",
            "columns[train].std(axis=0)": "np.ptp(columns[train], axis=0)",
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
        "would "
        "be another number than among the training rows."
    )(lambda columns, train: _each_part_by_itself(columns, train))
    divides_by_nothing = mistake(
        "Right where a column varies. One that is constant on the training rows has a deviation of 0.",
        {"np.where(std > 0, std, 1)": "std"},
    )
    adds_a_little = mistake(
        "A small number added to the deviation does not make a constant column its difference: dividing by "
        "1e-8 makes it enormous.",
        {"np.where(std > 0, std, 1)": "(std + 1e-8)"},
    )
    makes_the_constant_zero = mistake(
        "Where a column is constant on the training rows, it is 0 everywhere now, also where another row "
        "differs.",
        {"(columns - mean) / np.where(std > 0, std, 1)": "(columns - mean) * np.where(std > 0, 1 / std, 0)"},
    )


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
kg, so the model does even better on new birds". The number is surprisingly good. Which of the steps that
the report describes can have made the **test** RMSE smaller than it would be on new birds? Put them into
the set, word for word:

- `"the split was drawn again until training and test RMSE were close"`
- `"all columns were scaled by mean and deviation of the training rows"`
- `"of 40 sets of columns, the one with the smallest test RMSE was kept"`
- `"three birds with a test residual above 1 kg were taken for errors and left out"`
- `"of 40 sets of columns, the one with the smallest validation RMSE was kept"`
- `"the line was fitted again on training and validation rows before the test"`
- `"the rows were shuffled, with a fixed seed, before they were split"`
"""
    hints = (
        "Ask of each step: did somebody look at the test rows, and could the step have been another one if "
        "they had been other birds?",
        "Leaving out a bird because it was badly predicted is a choice, too.",
    )
    why = """
Three steps look at the test residuals and then decide: which split, which columns, which birds. Each picks
what happens to look good on these few birds, and new birds owe nothing to that choice. Choosing by the
validation set is what it is for: afterwards *its* number is too good, and the test number is not.
"""
    further = (
        "How much too good? Write 40 sets of random columns and keep the best by the test set: with 68 test "
        "birds you will see."
    )
    variable = "makes_it_too_good"
    options = {
        "the split was drawn again until training and test RMSE were close": (
            True,
            "A split that is drawn again until the numbers please has been chosen by the test rows.",
        ),
        "all columns were scaled by mean and deviation of the training rows": (
            False,
            "The scale was measured on training rows only, so no test row had a say in it.",
        ),
        "of 40 sets of columns, the one with the smallest test RMSE was kept": (
            True,
            "Of 40 sets one fits the test birds best by chance alone. Choosing by the test set makes it "
            "a second "
            "validation set.",
        ),
        "three birds with a test residual above 1 kg were taken for errors and left out": (
            True,
            "Birds that were left out *because* the line missed them make the rest look well predicted.",
        ),
        "of 40 sets of columns, the one with the smallest validation RMSE was kept": (
            False,
            "That makes the validation RMSE too good. The test rows had no say in it.",
        ),
        "the line was fitted again on training and validation rows before the test": (
            False,
            "More training rows make the line better, on new birds as well. The test rows are still unseen.",
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
birds have no recorded sex, so give them a column of their own.
"""
    hints = (
        "Look at the residuals by species and by sex: what does the line not know yet?",
        (
            'A column of zeros and ones for each species and each sex: `(measured["sex"] == '
            '"male").to_numpy(float)`.'
        ),
        (
            "Then let each species have its own slope: the products of the species columns with the "
            "flipper length."
        ),
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
        """Return an array of shape (342, D) with the columns your line may use."""
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
        rmse = {
            rows.size: np.sqrt(np.mean((inputs[rows] @ line - y[rows]) ** 2)) for rows in (train, validation)
        }
        train_rmse, validation_rmse = rmse[train.size], rmse[validation.size]
        measured_text = f"Training RMSE {train_rmse:.2f} kg, validation RMSE {validation_rmse:.2f} kg."
        yield "peeks_at_the_mass", validation_rmse > 0.1, measured_text
        yield (
            "memorises",
            validation_rmse <= self.max_rmse or train_rmse > self.max_rmse - 0.05,
            measured_text,
        )
        yield "knows_too_little", validation_rmse <= self.max_rmse, measured_text

    @mistake("Some columns hold words. Turn each group into a column of zeros and ones.")
    def gives_text(measured):
        return measured[["flipper_length_mm", "species"]].to_numpy()

    @mistake(
        "Some entries are missing (NaN), and then so is everything computed from them. Which "
        "birds are they? Give them a column of their own, or leave the comparison with a word to "
        "answer False for them."
    )
    def leaves_gaps(measured):
        male = measured["sex"].map({"male": 1.0, "female": 0.0})
        return np.column_stack([measured["flipper_length_mm"], male])

    @mistake(
        "This knows the answer: the body mass itself is among the inputs. For a new bird you "
        "would not have it."
    )
    def peeks_at_the_mass(measured):
        return measured[["flipper_length_mm", "body_mass_g"]].to_numpy()

    @mistake("It knows the training birds by heart and not the others: too many columns for 206 birds.")
    def memorises(measured):
        rng = np.random.default_rng(0)
        return np.column_stack([measured["flipper_length_mm"], rng.normal(size=(len(measured), 150))])

    @mistake("Not enough yet: the line still lacks something that tells heavy birds from light ones.")
    def knows_too_little(measured):
        return measured[["flipper_length_mm"]].to_numpy()


def _are_numbers(columns):
    try:
        columns.astype(float)
    except (TypeError, ValueError):
        return False
    return True
