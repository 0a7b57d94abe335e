"""The exercises of notebook 03, backpropagation by hand."""

import contextlib
from functools import cache, partial
from typing import NamedTuple

import numpy as np

from autorev_lib import backprop, data, patients
from autorev_lib.exercises.comparison import is_same, pasteable, snapshot
from autorev_lib.exercises.kinds import (
    FormError,
    FunctionExercise,
    PropertyExercise,
    ValueExercise,
    describe,
    expect_array,
    mistake,
    reference,
)


class Scalar:
    """A number that remembers how it was computed, as in the notebook."""

    def __init__(self, value, name="", parents=(), local_gradients=()):
        self.value, self.name, self.gradient = value, name, 0.0
        self.parents, self.local_gradients = parents, local_gradients

    def __add__(self, other):
        other = as_scalar(other)
        return Scalar(self.value + other.value, "+", (self, other), (1.0, 1.0))

    def __sub__(self, other):
        other = as_scalar(other)
        return Scalar(self.value - other.value, "−", (self, other), (1.0, -1.0))

    def __mul__(self, other):
        other = as_scalar(other)
        return Scalar(self.value * other.value, "×", (self, other), (other.value, self.value))

    __radd__, __rmul__ = __add__, __mul__


def as_scalar(number):
    """A number as a Scalar, as in the notebook."""
    return number if isinstance(number, Scalar) else Scalar(float(number), "number")


def prepare(images):
    """Images as rows of 784 numbers from 0 to 1, as in the notebook."""
    return images.reshape(len(images), 784).astype("float32") / 255


def build_network(seed=3, num_hidden=128):
    """A network with one hidden layer, as in the notebook."""
    rng = np.random.default_rng(seed)
    return backprop.Network(
        [
            backprop.Dense(784, num_hidden, rng),
            backprop.ReLU(),
            backprop.Dense(num_hidden, 10, rng),
        ]
    )


def _slope(result, number):
    """The derivative of a result with respect to a number it came from: added up over all paths."""
    if result is number:
        return 1.0
    if not isinstance(getattr(result, "parents", None), tuple | list):
        raise FormError(f"expected a `Scalar` with a tuple of parents, received {describe(result)}")
    for parent in result.parents:
        if not hasattr(parent, "value"):
            raise FormError(f"expected parents that are `Scalar`s themselves, received {describe(parent)}")
    shape = (len(result.parents),)
    local_gradients = expect_array(getattr(result, "local_gradients", None), shape, "local_gradients")
    return sum(
        local * _slope(parent, number) for parent, local in zip(result.parents, local_gradients, strict=True)
    )


class Divide(FunctionExercise):
    title = "Warm-up: a new operation for the tape"
    prompt = """
Write division for `Scalar`: the result and its two local gradients. `a = Scalar(6.0, "a")` and
`c = Scalar(2.0, "c")` must give the value 3, and after `backward` the gradients 0.5 and −1.5.
"""
    hints = (
        "A local gradient asks how fast the result changes when one parent does and the other is held still.",
        "With c held still, a / c is a times a constant. With a held still, use the power rule on a · c⁻¹.",
        'The form is that of `__mul__`: `Scalar(value, "÷", (a, c), (..., ...))`, parents in the same order.',
    )
    why = r"""
$\frac{\partial}{\partial a}\frac{a}{c} = \frac{1}{c}$ and $\frac{\partial}{\partial c}\,a c^{-1} = -a
c^{-2}$: a larger divisor makes a smaller result, hence the minus (for positive $a$). The tape does the
rest: it multiplies by what arrives and adds up over all paths.
"""
    further = (
        "The second local gradient is −(a / c) / c: it can be computed from the result, as that of tanh can."
    )

    @reference
    def divide(a, c):
        """Return the Scalar a / c, with its parents and local gradients."""
        value = a.value / c.value
        slope_a = 1 / c.value
        slope_c = -a.value / c.value**2
        return Scalar(value, "÷", (a, c), (slope_a, slope_c))

    def behaviour(self, answer):
        scalar = getattr(answer, "__globals__", {}).get("Scalar", Scalar)
        for numerator, denominator in ((6.0, 2.0), (-3.0, 7.0), (2.5, -0.4), (-0.7, -3.0)):
            a, c = scalar(numerator, "a"), scalar(denominator, "c")
            call = f'divide(Scalar({numerator}, "a"), Scalar({denominator}, "c"))'
            result = self.call(answer, a, c, text=call)
            slopes = {f"gradient of {name}": _slope(result, each) for name, each in (("a", a), ("c", c))}
            yield call, {"value": result.value} | slopes
            for name, number, before in (("a", a, numerator), ("c", c, denominator)):
                if number.value != before:
                    self._overwritten = f"{name}.value"

    forgets_the_minus = mistake(
        "The local gradient of c has the wrong sign: when c grows, does 6 / c grow too?",
        {"-a.value": "a.value"},
    )
    forgets_the_square = mistake(
        "The local gradient of c lacks a square. Write a / c as a · c⁻¹ and take the derivative: the power "
        "falls from −1 to −2.",
        {"**2": ""},
    )
    doubles_in_place_of_squaring = mistake(
        "The local gradient of c divides by 2 · c. A square is c · c.", {"c.value**2": "(2 * c.value)"}
    )
    multiplies_by_the_square = mistake(
        "The local gradient of c is multiplied by c². A power of −2 stands below the line.",
        {"/ c.value**2": "* c.value**2"},
    )
    loses_the_divisor = mistake(
        "The local gradient of c is −a: nothing is left of the divisor. (Without brackets, `-a / c * c` is "
        "worked out from left to right.)",
        {" / c.value**2": ""},
    )
    forgets_the_factor = mistake(
        "The local gradient of c lacks the a: it is a constant factor there, and stays.",
        {"-a.value": "-1"},
    )
    turns_the_slope_upside_down = mistake(
        "In the local gradient of c, a and c are exchanged. Which of the two is held still there?",
        {"-a.value / c.value**2": "-c.value / a.value**2"},
    )
    forgets_to_divide = mistake(
        "The local gradient of a is 1, as in a sum. With c held still, a / c is a times a constant: which "
        "one?",
        {"1 / c.value": "1.0"},
    )
    exchanges_the_gradients = mistake(
        "The two local gradients are exchanged: they must stand in the order of the parents.",
        {"(slope_a, slope_c)": "(slope_c, slope_a)"},
    )
    multiplies_back_to_a = mistake(
        "The local gradient of a is c, as in a product. With c held still, a / c is a times a constant: "
        "which one?",
        {"1 / c.value": "c.value"},
    )
    multiplies_back_to_c = mistake(
        "The local gradient of c is a, as in a product.", {"-a.value / c.value**2": "a.value"}
    )
    takes_the_divisor_for_a_constant = mistake(
        "No gradient reaches c. Is c itself among the parents?",
        {"(a, c), (slope_a, slope_c)": "(a,), (slope_a,)"},
    )
    takes_the_numerator_for_a_constant = mistake(
        "No gradient reaches a. Is a itself among the parents?",
        {"(a, c), (slope_a, slope_c)": "(c,), (slope_c,)"},
    )
    forgets_the_parents = mistake(
        "No gradient reaches a or c. Are a and c themselves the parents of the result?",
        {", (a, c), (slope_a, slope_c)": ""},
    )
    divides_the_other_way_round = mistake(
        "You divided c by a.",
        {
            "value = a.value / c.value": "value = c.value / a.value",
            "1 / c.value": "-c.value / a.value**2",
            "-a.value / c.value**2": "1 / a.value",
        },
    )
    rounds_down = mistake(
        "Rounded down to a whole number. Is there a `//` where a `/` should be?",
        {
            "value = a.value / c.value": "value = a.value // c.value",
            "1 / c.value": "1 // c.value",
            "-a.value / c.value**2": "-a.value // c.value**2",
        },
    )
    multiplies = mistake(
        "The value is that of a product.", {"value = a.value / c.value": "value = a.value * c.value"}
    )


class GradientOfW(ValueExercise):
    title = "Predict before you run: gradients by hand"
    prompt = r"""
For $L = (w \cdot w + w) \cdot 2$ at $w = 3$, write down $\partial L / \partial w$ on paper. Fill it in
first; only then build it from `Scalar` and let the tape say the same.
"""
    hints = (
        "In how many places is w used? The gradients of all of them add up.",
        "Walk backwards: 2 arrives at the sum, which hands it on to both of its parents unchanged.",
        "At w arrive: 2 · 3 for each factor of the product, and 2 for w itself.",
    )
    why = r"""
$w$ is used three times, so three paths lead from $L$ back to it: $2 \cdot 3$ and $2 \cdot 3$ through the
two factors of the product, and $2 \cdot 1$ through the sum. Together 14, and indeed $L = 2w^2 + 2w$ has
the derivative $4w + 2$.
"""
    further = (
        "Here a central difference is exact for every step, but for rounding: its error comes from the third "
        "derivative, and a parabola has none."
    )
    right = {"gradient_of_w": 14}

    is_the_value = mistake("That is L itself. How fast does it change when w does?", gradient_of_w=24)
    overwrites = mistake(
        "6 is what one of the three places of w hands on. (With `=` in place of `+=`, `backward` keeps only "
        "the last one.) What do the others hand on?",
        gradient_of_w=6,
    )
    forgets_the_factor = mistake(
        "The product and the sum are right. The factor 2 at the end multiplies every gradient before it too.",
        gradient_of_w=7,
    )
    forgets_the_single_w = mistake(
        "The product is right. But w also enters the sum directly, and that is another path.",
        gradient_of_w=12,
    )
    counts_one_factor = mistake(
        "w is used twice in the product, as both of its factors. Are both counted?", gradient_of_w=8
    )
    doubles_the_product_only = mistake(
        "The factor 2 multiplies the whole sum. You applied it to w · w only.", gradient_of_w=13
    )
    leaves_the_square = mistake(
        "You left w · w as it is, 9. Its derivative is wanted: what does each factor hand on?",
        gradient_of_w=20,
    )
    leaves_the_single_w = mistake(
        "You left the single w as it is, 3. How fast does w change when w does?", gradient_of_w=18
    )
    leaves_the_value_of_the_product = mistake(
        "9 is w · w itself, or 2w + w without the factor at the end. What does each of the three places of w "
        "hand on, and what multiplies it?",
        gradient_of_w=9,
    )
    counts_the_single_w_only = mistake(
        "2 is what arrives at the sum, and so at the single w. Two more paths lead through the product.",
        gradient_of_w=2,
    )
    forgets_where_it_stands = mistake(
        "4 would be the same for every w. How fast does w · w grow with one of its factors: does that not "
        "depend on the other?",
        gradient_of_w=4,
    )
    is_w_itself = mistake("That is w itself. How fast does L change when it does?", gradient_of_w=3)
    stays_at_the_end = mistake("1 is where the walk begins, at L. What arrives at w?", gradient_of_w=1)
    multiplies_by_w = mistake(
        "The sum is right, but you multiplied it by w. What stands behind the bracket?", gradient_of_w=21
    )
    takes_the_constant_along = mistake(
        "2 is a constant: it does not grow with w, so it adds no path of its own.", gradient_of_w=26
    )
    squares_the_bracket = mistake(
        "That is the derivative of the bracket's square. It is multiplied by 2.", gradient_of_w=168
    )
    takes_a_whole_step = mistake(
        "That is how much L grows from w = 3 to w = 4. On the way the slope grows too: how steep is it at 3?",
        gradient_of_w=16,
    )
    turns_w = mistake("That is the gradient at w = −3.", gradient_of_w=-10)


class LeakyReLU(backprop.Layer):
    def forward(self, x):
        """Return an array of the shape of x. Keep it as self.output."""
        self.output = np.where(x > 0, x, 0.1 * x)
        return self.output

    def backward(self, grad_output):
        """Return the gradient with respect to x, of the same shape."""
        return np.where(self.output > 0, grad_output, 0.1 * grad_output)


class LeakyRelu(FunctionExercise):
    title = "Leaky ReLU"
    prompt = r"""
Write a layer with output $z$ where $z > 0$ and $0.1\,z$ elsewhere, with `forward` and `backward`. To
prove it, put it in the middle of a `backprop.Network` and ask `numerical_gradients`.
"""
    hints = (
        "It is ReLU with another line to the left of 0. What is the slope of each of the two lines?",
        "`np.where(condition, this, that)` chooses for each entry.",
        "Backwards, each entry of `grad_output` is multiplied by the slope that its own `x` met on the way "
        "forward.",
    )
    why = r"""
The local gradient of an entry is the slope of the line it lies on, 1 or 0.1, and the arriving gradient
is multiplied by it. The output has the sign of the input, so it tells which line that was. Written this
way float32 stays float32; `np.where(z > 0, 1.0, 0.1)` alone would be float64, which a `Dense` in float32
refuses.
"""
    further = (
        "A unit that is negative for every image still gets a tenth of its gradient, so it can come back: a "
        "cure for the dead units of patient B."
    )

    solution_class = reference(LeakyReLU)

    def behaviour(self, answer):
        layer = self.call(answer, text="LeakyReLU()")
        if not all(hasattr(layer, name) for name in ("forward", "backward", "backward_parameters")):
            raise FormError("expected a class derived from `backprop.Layer`, with `forward` and `backward`")
        for x, grad_output in (
            (np.array([[3.0, -2.0]]), np.array([[0.5, 4.0]])),
            (np.array([[-0.3, 8.0, 0.4], [1.5, -7.0, -1.0]]), np.array([[-2.0, -1.0, 3.0], [5.0, 0.6, 0.9]])),
            (np.array([[-1.5, 0.05, -0.02]], "float32"), np.array([[-2.0, -1.0, 0.5]], "float32")),
        ):
            forward, backward = f"forward({pasteable(x)})", f"backward({pasteable(grad_output)})"
            output = self.call(layer.forward, x, text=forward)
            self.call(self.call(answer, text="LeakyReLU()").forward, x[:, ::-1], text=forward)  # another
            grad_x = self.call(layer.backward, grad_output, text=backward)
            done = {"forward": output, "backward": grad_x, "self.output": snapshot(layer.output)}
            yield f"layer.{forward}, layer.{backward}", done

    blocks_the_left = mistake(
        "`backward` is that of ReLU: to the left of 0 it lets nothing through, but the slope there is 0.1.",
        {"0.1 * grad_output": "0 * grad_output"},
    )
    passes_everything = mistake(
        "`backward` hands everything on unchanged, as if the slope were 1 on both sides.",
        {"0.1 * grad_output": "grad_output"},
    )
    passes_a_tenth = mistake(
        "`backward` hands on a tenth of everything, as if the slope were the same on both sides.",
        {"grad_output, 0.1 * grad_output": "0.1 * grad_output, 0.1 * grad_output"},
    )
    swaps_the_slopes = mistake(
        "The two slopes are exchanged in `backward`.",
        {"grad_output, 0.1 * grad_output": "0.1 * grad_output, grad_output"},
    )
    turns_the_left = mistake(
        "`backward` turns the sign round to the left of 0, but the slope there is 0.1.",
        {"0.1 * grad_output": "-0.1 * grad_output"},
    )
    asks_the_gradient = mistake(
        "`backward` asks for the sign of `grad_output`. Which line an entry lies on was decided on the way "
        "forward, by `x`.",
        {"self.output > 0": "grad_output > 0"},
    )
    returns_the_slopes = mistake(
        "`backward` returns the slopes alone. By the chain rule they multiply what arrives, `grad_output`.",
        {"grad_output, 0.1 * grad_output": "1.0, 0.1"},
    )
    adds_the_slopes = mistake(
        "`backward` adds the slopes to what arrives. By the chain rule they multiply it.",
        {"grad_output, 0.1 * grad_output": "grad_output + 1, grad_output + 0.1"},
    )
    multiplies_by_the_output = mistake(
        "`backward` multiplies by the output. The chain rule multiplies by the slope.",
        {"np.where(self.output > 0, grad_output, 0.1 * grad_output)": "grad_output * self.output"},
    )
    divides_on_the_way_back = mistake(
        "`backward` divides by 0.1 on the left. The way back multiplies by the same slope.",
        {"0.1 * grad_output": "grad_output / 0.1"},
    )
    sums_over_the_batch = mistake(
        "`backward` adds up over the batch, as for a bias. Each entry of x has a gradient of its own.",
        {"0.1 * grad_output)": "0.1 * grad_output).sum(axis=0)"},
    )
    overwrites_the_output = mistake(
        "After `backward`, `self.output` holds the slopes, no longer what `forward` returned.",
        {
            "return np.where(self.output > 0, grad_output, 0.1 * grad_output)": (
                "self.output = np.where(self.output > 0, 1, 0.1)\n        return grad_output * self.output"
            )
        },
    )
    is_relu = mistake(
        "`forward` is that of ReLU: to the left of 0 it gives 0, but the line goes on there.",
        {"0.1 * x": "0 * x"},
    )
    is_flat_on_the_left = mistake(
        "`forward` gives the constant 0.1 to the left of 0. The output there depends on z: 0.1 times z.",
        {"0.1 * x": "0.1"},
    )
    cuts_off = mistake(
        "`forward` cuts off at 0.1: `np.maximum(z, 0.1)` also changes the small positive numbers.",
        {"np.where(x > 0, x, 0.1 * x)": "np.maximum(x, 0.1)"},
    )
    loses_the_sign = mistake(
        "`forward` turns negative numbers into positive ones. The output keeps the sign of z.",
        {"0.1 * x": "-0.1 * x"},
    )
    swaps_the_lines = mistake(
        "The two lines of `forward` are exchanged: it gives z to the left of 0, and a tenth of it to the "
        "right. (`np.minimum` does that, too.)",
        {"x, 0.1 * x": "0.1 * x, x"},
    )
    adds_a_tenth = mistake(
        "To the right of 0 the slope is 1.1. Is the tenth added there as well?",
        {
            "np.where(x > 0, x,": "np.where(x > 0, x + 0.1 * x,",
            "grad_output, 0.1 * grad_output": "1.1 * grad_output, 0.1 * grad_output",
        },
    )
    takes_the_usual_slope = mistake(
        "To the left of 0 the slope is 0.01, as in many libraries. The exercise has another one.",
        {"0.1 * x": "0.01 * x", "0.1 * grad_output": "0.01 * grad_output"},
    )
    bends = mistake(
        "To the left of 0 there is a curve that flattens out, as in ELU. Leaky ReLU has a straight line.",
        {"0.1 * x": "0.1 * np.expm1(x)", "0.1 * grad_output": "(self.output + 0.1) * grad_output"},
    )
    keeps_no_output = mistake(
        "The layer does not keep its output as `self.output`, where other code looks for it (the instruments "
        "of the ward do).",
        {
            "self.output = np.where": "self.kept = np.where",
            "return self.output": "return self.kept",
            "self.output >": "self.kept >",
        },
    )
    shares_what_it_keeps = mistake(
        "`backward` goes by what another layer of this class met in the meantime. Is something kept in the "
        "class or in a global name that each layer should keep in `self`?",
        {
            "self.output = np.where": "self.output = type(self).kept = np.where",
            "self.output >": "self.kept >",
        },
    )


class BackwardRepaired(FunctionExercise):
    title = "Find the bug"
    prompt = """
Someone derived the backward pass of a dense layer by fitting shapes alone, for a layer with as many
outputs as inputs. It runs, the shapes are right, and the gradient check fails. Which line is wrong? Why
could the shapes not tell? Repair it, for any number of inputs and outputs.

```python
def backward(self, grad_output):
    self.grad_weights = self.x.T @ grad_output
    self.grad_bias = grad_output.sum(axis=0)
    return grad_output @ self.weights
```
"""
    hints = (
        "Try the three lines on shapes that are all different: N = 4, D = 3, M = 2. Which one breaks?",
        r"Write one entry out: $\bar X_{nd} = \sum_m \bar Z_{nm} W_{dm}$. Over which index of W does the sum "
        "run, and over which does a matrix product run?",
    )
    why = r"""
The last line sums over the wrong index of $W$: it must be $\bar X = \bar Z\, W^\top$. If $D = M$, then
$W$ and $W^\top$ have the same shape, so both products fit, and the wrong one passes every test of shapes.
The other two lines are right, so this layer's own gradients are too; what is spoilt is every layer in
front of it.
"""
    further = (
        "Test layers with sizes that are all different: then a wrong transpose raises an error instead of "
        "training badly."
    )

    @reference
    def backward_repaired(x, weights, grad_output):
        """Return (grad_x, grad_weights, grad_bias), for shapes (N, D), (D, M) and (N, M)."""
        grad_x = grad_output @ weights.T
        grad_weights = x.T @ grad_output
        grad_bias = grad_output.sum(axis=0)
        return grad_x, grad_weights, grad_bias

    def cases(self, rng):  # where everything fits, no mistake ends in an error, and each can be seen
        yield tuple(
            np.array(table) for table in ([[1, 2], [0, -1.0]], [[1, 4], [3, 2.0]], [[1, 0], [-3, 5.0]])
        )
        for size in (5, 6, 7):
            yield tuple(rng.normal(size=(3, size, size)))

    def edge_cases(self):
        rng = np.random.default_rng(1)
        for size, inputs, outputs in ((4, 3, 2), (1, 2, 5), (6, 1, 3)):
            shapes = (size, inputs), (inputs, outputs), (size, outputs)
            yield tuple(rng.normal(size=shape) for shape in shapes)

    keeps_the_bug = mistake(
        "With as many outputs as inputs, `grad_x` is still that of the bug. Over which index of the weights "
        "does your product sum there? (A `reshape` does not change that.)",
        {"weights.T": "weights"},
    )
    transposes_the_product = mistake(
        "`grad_x` is the whole product `grad_output @ weights`, transposed. What in it is the wrong way "
        "round?",
        {"grad_output @ weights.T": "(grad_output @ weights).T"},
    )
    multiplies_from_the_other_side = mistake(
        "`grad_x` multiplies the weights from the wrong side: each of its rows belongs to one example, and "
        "is made of that example's row of `grad_output`.",
        {"grad_output @ weights.T": "weights.T @ grad_output"},
    )
    inverts_the_weights = mistake(
        "`grad_x` undoes the layer, with the inverse of the weights. The way back does not undo it; it asks "
        "how much each input counts.",
        {"weights.T": "np.linalg.pinv(weights)"},
    )
    masks_like_relu = mistake(
        "`grad_x` is 0 where x is not positive. That is the backward pass of ReLU; a dense layer blocks "
        "nothing.",
        {"weights.T": "weights.T * (x > 0)"},
    )
    transposes_the_weights_gradient = mistake(
        "`grad_weights` was not broken and is now transposed: it needs the shape of `weights`.",
        {"x.T @ grad_output": "grad_output.T @ x"},
    )
    forgets_to_transpose_x = mistake(
        "`grad_weights` must sum over the examples of the batch. Without the transpose of x (`reshape` makes "
        "none) the product sums over something else.",
        {"x.T": "x"},
    )
    multiplies_entry_by_entry = mistake(
        "`grad_weights` multiplies entry by entry. Each weight joins one input and one output, and every "
        "example has a share in it.",
        {"x.T @ grad_output": "x * grad_output"},
    )
    takes_the_weights_for_x = mistake(
        "`grad_weights` is made of the weights. What did they meet on the way forward?", {"x.T": "weights.T"}
    )
    averages_the_gradient_of_x = mistake(
        "`grad_x` is N times too small: the 1/N of the mean is in `grad_output` already.",
        {"weights.T": "weights.T / len(x)"},
    )
    averages_the_gradient_of_the_weights = mistake(
        "`grad_weights` is N times too small: the 1/N of the mean is in `grad_output` already.",
        {"x.T @ grad_output": "x.T @ grad_output / len(x)"},
    )
    averages_the_gradient_of_the_bias = mistake(
        "`grad_bias` is N times too small: the 1/N of the mean is in `grad_output` already.",
        {"grad_output.sum": "grad_output.mean"},
    )
    keeps_the_last_example = mistake(
        "Only the last example of the batch counts. Is there an `=` where a `+=` should be?",
        {"x.T @ grad_output": "np.outer(x[-1], grad_output[-1])", ".sum(axis=0)": "[-1]"},
    )
    sums_over_the_outputs = mistake(
        "`grad_bias` sums along the wrong axis: one bias belongs to each output, and meets every example.",
        {"axis=0": "axis=1"},
    )
    sums_everything = mistake(
        "`grad_bias` is one number here. There is a bias for each output, so it needs shape (M,).",
        {"axis=0": ""},
    )
    forgets_to_sum = mistake(
        "`grad_bias` still has a row for each example. The bias is the same in all of them, so their "
        "contributions add up.",
        {".sum(axis=0)": ""},
    )
    forgets_what_arrives = mistake(
        "`grad_bias` is 1 everywhere. That is how fast the output grows with the bias; by the chain rule it "
        "multiplies what arrives.",
        {"grad_output.sum(axis=0)": "np.ones(grad_output.shape[1])"},
    )
    keeps_the_order_of_the_lines = mistake(
        "The three gradients stand in the order of the lines above, not in the order `(grad_x, grad_weights, "
        "grad_bias)`.",
        {"return grad_x, grad_weights, grad_bias": "return grad_weights, grad_bias, grad_x"},
    )
    exchanges_the_last_two = mistake(
        "`grad_weights` and `grad_bias` stand in each other's place.",
        {"return grad_x, grad_weights, grad_bias": "return grad_x, grad_bias, grad_weights"},
    )
    exchanges_the_first_two = mistake(
        "`grad_x` and `grad_weights` stand in each other's place.",
        {"return grad_x, grad_weights, grad_bias": "return grad_weights, grad_x, grad_bias"},
    )
    returns_them_backwards = mistake(
        "The three gradients stand in reversed order.",
        {"return grad_x, grad_weights, grad_bias": "return grad_bias, grad_weights, grad_x"},
    )


class SquaredErrorGradient(FunctionExercise):
    title = "Another loss"
    prompt = r"""
Derive the gradient of the mean squared error of a batch, $L = \frac{1}{N M}\sum_{nm} (z_{nm} -
y_{nm})^2$, with respect to $z$, and write it down. `numerical_gradient` of `autorev_lib.gradcheck` can
prove it.
"""
    hints = (
        "Derive with respect to one entry of z. In how many terms of the sum does it occur?",
        "The gradient has the shape of z: nothing is summed in it. What is left of the mean is its factor.",
    )
    why = r"""
The entry $z_{nm}$ occurs in one term only, so the sum drops away: $\frac{\partial L}{\partial z_{nm}} =
\frac{2}{N M}(z_{nm} - y_{nm})$. The mean runs over all entries, hence `z.size` and not `len(z)`.
"""
    further = (
        "Prediction minus truth again, as with softmax and cross-entropy: statisticians call such a pair of "
        "loss and output function canonical."
    )

    @reference
    def squared_error_gradient(z, y):
        """Return the gradient with respect to z, for z and y of shape (N, M)."""
        residual = z - y
        return 2 * residual / z.size

    def cases(self, rng):
        yield np.array([[1.0, 3.0, 2.0], [0.0, -1.0, 0.5]]), np.array([[2.0, 1.0, 2.5], [0.5, 3.0, -1.0]])
        yield np.array([[1.0, 2.0]]), np.array([[1.0, 4.0]])  # one of them is exact
        for shape in ((3, 5), (4, 1), (5, 3), (1, 3)):
            yield rng.normal(size=shape), rng.normal(size=shape)

    forgets_the_two = mistake(
        "The result lacks the factor 2, which comes from the square. (Does something cancel it?)",
        {"2 * ": ""},
    )
    turns_the_sign = mistake(
        "The sign is turned round. A z that is too large must go down, so its gradient is positive. (With "
        "y − z in the square, the inner derivative is −1.)",
        {"z - y": "y - z"},
    )
    divides_by_the_rows = mistake(
        "You divided by the number of examples N only. This mean runs over the M outputs too.",
        {"z.size": "len(z)"},
    )
    divides_by_the_columns = mistake(
        "You divided by the number of outputs M only. This mean runs over the N examples too.",
        {"z.size": "z.shape[1]"},
    )
    forgets_the_mean = mistake(
        "The factor of the mean is missing: it depends on how many numbers the mean is taken over.",
        {" / z.size": ""},
    )
    adds_the_sizes = mistake(
        "You divided by N + M. How many terms does the sum have?", {"z.size": "sum(z.shape)"}
    )
    divides_by_one_less = mistake(
        "You divided by one less than the number of entries, as for the variance of a sample.",
        {"z.size": "max(z.size - 1, 1)"},
    )
    forgets_the_brackets = mistake(
        "You divided by N and multiplied by M: `/ N * M` is worked out from left to right.",
        {"z.size": "len(z) * z.shape[1]"},
    )
    drops_the_rest = mistake(
        "Where there are more than two entries, every number is 0. Is there a `//`, which drops the rest?",
        {"2 * residual / z.size": "2 // z.size * residual"},
    )
    copies_the_cross_entropy = mistake(
        "This is the formula of softmax and cross-entropy, (z − y) / N. There no 2 occurs, and the mean runs "
        "over the examples only.",
        {"2 * residual / z.size": "residual / len(z)"},
    )
    returns_the_loss = mistake(
        "That is the loss itself, one number. Its gradient has the shape of z.",
        {"2 * residual / z.size": "np.mean(residual**2)"},
    )
    keeps_the_squares = mistake(
        "These are the single terms of the loss: the squares have not been derived.",
        {"2 * residual": "residual**2"},
    )
    derives_twice = mistake(
        "The residual is gone. That is the derivative of the derivative.",
        {"2 * residual": "2 * np.ones(z.shape)"},
    )
    averages_the_derivatives = mistake(
        "That is one number, the mean of the derivatives. The gradient keeps one for each entry of z; the "
        "mean in the loss leaves only its factor behind.",
        {"2 * residual / z.size": "np.mean(2 * residual)"},
    )
    averages_each_row = mistake(
        "That is one number for each example, a mean over its outputs. The gradient keeps one for each entry "
        "of z.",
        {"2 * residual / z.size": "np.mean(2 * residual, axis=1)"},
    )
    averages_each_column = mistake(
        "That is one number for each output, a mean over the examples. The gradient keeps one for each entry "
        "of z.",
        {"2 * residual / z.size": "np.mean(2 * residual, axis=0)"},
    )
    keeps_the_sign_only = mistake(
        "Only the sign of the residual is left. So it is with the absolute error, not with the squared one.",
        {"2 * residual": "np.sign(residual)"},
    )
    multiplies_by_z = mistake(
        "You multiplied by z as well. The inner derivative asks how fast z − y changes when z does.",
        {"2 * residual": "2 * residual * z"},
    )
    forgets_the_truth = mistake("y does not occur in it. Is z² derived here?", {"z - y": "z"})
    pairs_everything = mistake(
        "Each entry of z has met each entry of y: with shapes such as (K, 1) and (K,), NumPy makes a table "
        "of all pairs.",
        {"z - y": "z.reshape(-1, 1) - y.ravel()"},
    )
    leaves_out_the_last_row = mistake(
        "The last row is 0. Does a loop end too early?", {"return": "residual[-1] = 0\n    return"}
    )


class MomentumStep(FunctionExercise):
    title = "Momentum"
    prompt = r"""
Plain descent forgets where it came from. **Momentum** keeps a velocity for each parameter: $v \leftarrow
0.9\, v - \eta\, \bar\theta$, then $\theta \leftarrow \theta + v$. Write the step, for a network whose
`backward` has just run. (Then try it: after one epoch with $\eta = 0.02$, its loss is below that of plain
descent with the same $\eta$.)
"""
    hints = (
        "`network.gradients()` has the same names as `network.parameters()`: loop over them once.",
        "`v = 0.9 * v - ...` gives the name v to a new array and leaves the old one as it was. `v *= 0.9` "
        "changes the array itself; so does `v[:] = ...`.",
    )
    why = r"""
The velocity is a sum of all earlier steps, the older the weaker. `network.parameters()` gives the arrays
themselves, so `parameter += ...` moves the network, while `parameter = parameter + ...` only makes a new
array that nobody keeps. The velocities are the memory from one step to the next: they must be kept too.
"""
    further = (
        "Along a constant slope the velocity grows until it is 1/(1 − 0.9) = 10 times a plain step; where "
        "the slope changes sign from step to step, it shrinks to about half of one."
    )

    @reference
    def momentum_step(network, velocities, learning_rate):
        """Update network.parameters() and velocities (a dictionary with the same names) in place."""
        gradients = network.gradients()
        for name, parameter in network.parameters().items():
            v = velocities[name]
            v *= 0.9
            v -= learning_rate * gradients[name]
            parameter += v

    def behaviour(self, answer):
        rng = np.random.default_rng(0)
        layers = [backprop.Dense(3, 4, rng, "float64"), backprop.Tanh(), backprop.Dense(4, 2, rng, "float64")]
        network = backprop.Network(layers)
        velocities = {name: rng.normal(0, 0.3, p.shape) for name, p in network.parameters().items()}
        velocities["layers[0].bias"][:] = 0  # as before the first step
        x, labels = rng.normal(size=(5, 3)), np.array([0, 1, 1, 0, 1])
        for learning_rate in (0.5, 2.0, 1.0):
            step = f"momentum_step(network, velocities, {learning_rate})"
            self.call(network.loss, x, labels, text="network.loss(x, labels)")
            network.backward()
            gradients = snapshot(network.gradients())
            self.call(partial(answer, network, velocities, learning_rate), text=step)
            yield f"velocities after {step}", snapshot(velocities)
            yield f"network.parameters() after {step}", snapshot(network.parameters())
            if not is_same(gradients, network.gradients()):
                self._overwritten = "network.gradients()"

    changes_nothing = mistake(
        "Nothing has changed after the step: the arrays in the network and what stands in `velocities` must "
        "change. (`v = ...` and `parameter = ...` only give a name to a new array.)",
        {
            "v = velocities[name]": "v = velocities[name].copy()",
            "parameter += v": "parameter = parameter + v",
        },
    )
    leaves_the_parameters = mistake(
        "The network has not moved: its own arrays must change. (`parameter = parameter + ...` makes a new "
        "array, and `parameters[name] = ...` puts one into a dictionary; the network's stays as it was.)",
        {"parameter += v": "parameter = parameter + v"},
    )
    leaves_the_velocities = mistake(
        "The velocities stay as they were, so every step starts from the old ones. (`v = ...` makes a new "
        "array and `velocities = ...` a new dictionary; the caller's stays as it was.)",
        {"v = velocities[name]": "v = velocities[name].copy()"},
    )
    climbs = mistake(
        "It walks uphill: both updates add here. Against the gradient means minus once, in one of them.",
        {"v -=": "v +="},
    )
    subtracts_twice = mistake(
        "It walks uphill: both updates subtract here, and two minus signs cancel.",
        {"parameter += v": "parameter -= v"},
    )
    turns_the_velocities = mistake(
        "Your velocities point uphill and are subtracted. That is consistent, but not the definition above: "
        "there θ moves by +v, and the velocities that you are given are meant so.",
        {"v -=": "v +=", "parameter += v": "parameter -= v"},
    )
    scales_the_velocity = mistake(
        "The learning rate belongs to the gradient, in the velocity. Yours multiplies the old velocity as "
        "well.",
        {
            "v -= learning_rate * gradients": "v -= gradients",
            "parameter += v": "parameter += learning_rate * v",
        },
    )
    collects_the_gradients = mistake(
        "Your velocity collects bare gradients, and the learning rate and the minus come with the move, as "
        "in PyTorch. The definition above has both of them in the velocity.",
        {
            "v -= learning_rate * gradients": "v += gradients",
            "parameter += v": "parameter -= learning_rate * v",
        },
    )
    scales_twice = mistake(
        "The learning rate multiplies the velocity once more when the parameters move.",
        {"parameter += v": "parameter += learning_rate * v"},
    )
    forgets_the_learning_rate = mistake(
        "The learning rate has no effect here.", {"learning_rate * gradients": "gradients"}
    )
    fixes_the_learning_rate = mistake(
        "The learning rate is 0.02, whatever is asked for.",
        {"learning_rate * gradients": "0.02 * gradients"},
    )
    skips_the_learning_rate_at_first = mistake(
        "Where a velocity is still 0, the gradient enters it without the learning rate.",
        {"v -= learning_rate *": "v -= (learning_rate if v.any() else 1) *"},
    )
    moves_too_early = mistake(
        "The parameters move by the old velocity: update the velocity first, then move.",
        {"[name]\n        parameter += v": "[name]", "v *= 0.9": "parameter += v\n        v *= 0.9"},
    )
    looks_ahead = mistake(
        "The parameters move by 0.9 times the new velocity and the step of the gradient once more. That is "
        "Nesterov's momentum; here they move by the velocity itself.",
        {"parameter += v": "parameter += 0.9 * v - learning_rate * gradients[name]"},
    )
    forgets_the_friction = mistake(
        "The velocity never fades: without the 0.9 it is the sum of all steps so far, like a ball without "
        "friction.",
        {"v *= 0.9": "v *= 1"},
    )
    fades_to_a_tenth = mistake(
        "The old velocity is multiplied by 0.1: only a tenth is left of it.", {"0.9": "0.1"}
    )
    fades_twice = mistake("The old velocity is multiplied by 0.9 twice.", {"0.9": "0.9**2"})
    loses_the_old_velocity = mistake(
        "The old velocity has no part in the new one, so this is plain descent. Is it set to 0 first, "
        "overwritten, or multiplied by something that is 0?",
        {"v *= 0.9": "v *= 0"},
    )
    fades_the_gradient = mistake(
        "The 0.9 multiplies the new gradient too. Only the old velocity fades.",
        {"learning_rate * gradients": "0.9 * learning_rate * gradients"},
    )
    takes_a_running_mean = mistake(
        "The gradient is multiplied by 0.1, too, as in a running mean. The definition above adds it in full.",
        {"learning_rate * gradients": "0.1 * learning_rate * gradients"},
    )
    steps_twice = mistake(
        "The gradient counts twice: in the velocity, and in a plain step besides.",
        {"parameter += v": "parameter += v - learning_rate * gradients[name]"},
    )
    descends_plainly = mistake(
        "That is plain descent: the velocities have no part in it.",
        {"v = velocities[name]": "v = 0 * velocities[name]"},
    )
    takes_the_velocity_for_the_place = mistake(
        "The parameters have become the velocity. It is how far they move.",
        {"parameter += v": "parameter[:] = v"},
    )
    scales_the_gradient = mistake(
        "Each gradient is scaled to length 1. How steep it is should count.",
        {"gradients[name]\n": "gradients[name] / np.linalg.norm(gradients[name])\n"},
    )
    averages_once_more = mistake(
        "The gradient is divided by the length of its array. The mean is taken in the loss already.",
        {"gradients[name]\n": "gradients[name] / len(parameter)\n"},
    )
    forgets_the_biases = mistake(
        "The weights are updated, the biases are not.",
        {".items():": ".items():\n        if name.endswith('bias'):\n            continue"},
    )
    stops_after_the_first = mistake(
        "Only the first parameter is updated: does a `return` stand inside the loop?",
        {"parameter += v": "parameter += v\n        return"},
    )


class BackwardTwice(ValueExercise):
    title = "Predict before you run: backward, twice"
    prompt = r"""
Let `w = Scalar(3.0, "w")`, $A = w \cdot w$, $B = 5w$ and $C = (w \cdot w) \cdot 2$. With `backward` as in
this notebook, what is `w.gradient` after each of these?

- `backward(A)` and then `backward(A)` once more
- `backward(A)` and then `backward(B)`
- `backward(A + B)`

And then delete the loop that sets the gradients to 0 from `backward`, start afresh, and walk back from $C$
twice: what is `w.gradient` now?
"""
    hints = (
        "What does `backward` do with the old gradients before it starts?",
        "For the last one, watch the number in the middle: w · w keeps its gradient, too. Write it down "
        "after the first walk and after the second; each walk hands on what is there.",
    )
    why = r"""
Our `backward` starts from 0, so the last walk alone counts: 6, then 5. Of a sum it gives the sum, 11.
Without the reset $C$ gets 1 each time, $w \cdot w$ gets 2 and then 4, and hands on $2 \cdot 6 = 12$ and
then $4 \cdot 6 = 24$: together 36, three times the gradient and not twice, since what is left over in the
middle is handed on again.
"""
    further = (
        "PyTorch adds on purpose, so that two small batches can share one step. But it keeps gradients only "
        "at the inputs, its leaves: if you allow a second walk (`retain_graph=True`), the last one is 24."
    )
    right = {"twice": 6, "first_a_then_b": 5, "of_the_sum": 11, "never_reset": 36}

    adds_up_twice = mistake(
        "`twice`: that would be so if gradients were added to the old ones. What does `backward` do first?",
        twice=12,
    )
    takes_the_value = mistake("`twice`: that is A itself. How fast does it change when w does?", twice=9)
    forgets_a_factor = mistake("`twice`: w is both factors of A, so two paths lead back to it.", twice=3)
    loses_it_all = mistake(
        "`twice`: `backward` sets the gradients to 0 before it starts, not when it is done.", twice=0
    )
    loses_the_other_factor = mistake(
        "`twice`: two paths lead back to w, but what each factor of w · w hands on is not 1.", twice=2
    )
    adds_up_both = mistake(
        "`first_a_then_b`: that is the gradient of the sum. What has become of the first one when the second "
        "walk begins?",
        first_a_then_b=11,
    )
    keeps_the_first = mistake(
        "`first_a_then_b`: that is the gradient of A, from the first walk.", first_a_then_b=6
    )
    multiplies_both = mistake(
        "`first_a_then_b`: that is one gradient times the other. What is left of the first when the second "
        "walk begins?",
        first_a_then_b=30,
    )
    hands_on_w = mistake(
        "`first_a_then_b`: 3 is w. What does a product hand on to w: w itself, or the other factor?",
        first_a_then_b=3,
    )
    takes_the_value_of_b = mistake(
        "`first_a_then_b`: that is B itself. How fast does it change when w does?", first_a_then_b=15
    )
    takes_the_value_of_the_sum = mistake(
        "`of_the_sum`: that is A + B itself. How fast does it change when w does?", of_the_sum=24
    )
    forgets_a_factor_in_the_sum = mistake(
        "`of_the_sum`: w is both factors of A, so two paths lead through it, and one through B.",
        of_the_sum=8,
    )
    forgets_b = mistake("`of_the_sum`: B has w in it, too.", of_the_sum=6)
    forgets_a = mistake("`of_the_sum`: A has w in it, too.", of_the_sum=5)
    multiplies = mistake("`of_the_sum`: the gradients of the two parts add up.", of_the_sum=30)
    resets_it_all_the_same = mistake(
        "`never_reset`: that is the gradient of C, from one walk. Now nothing is set back to 0.",
        never_reset=12,
    )
    takes_the_value_of_c = mistake(
        "`never_reset`: 18 is C itself. Or did you go back from w · w to only one of its two factors?",
        never_reset=18,
    )
    keeps_the_leaf_only = mistake(
        "`never_reset`: twice the gradient would be right if only w kept its own. What else keeps one?",
        never_reset=24,
    )
    keeps_the_end_too = mistake(
        "`never_reset`: `result.gradient = 1.0` still stands there, so C starts from 1 each time.",
        never_reset=48,
    )


class DifferenceQuotient(PropertyExercise):
    title = "Find what is wrong: the gradient check fails"
    prompt = r"""
A colleague checks a backward pass in float32, with `(f(x + 1e-7) - f(x)) / 1e-7`, and for `np.tanh` at 2
gets 0.0 where backward says 0.0707. "So backward is wrong." It is not. Find out what is, and write a quotient
that can be trusted, for functions that take and return float32. Its error must be below **0.2 %** of the
derivative for the functions of the check: $\tanh x$, $e^x$ and $e^{-x}$ at x between −3 and 3, 0 included,
and `np.sin(x / 2000) + x / 1000` at x between −10,000 and 10,000. Stay in float32: real code often has no
choice.
"""
    hints = (
        "What is `np.float32(2) + np.float32(1e-7)`? How far apart are neighbouring float32 numbers near 2, "
        "and near 100?",
        "Two errors fight: rounding, about $10^{-7} / h$, and the bend of the curve. From both sides the "
        "best step is near the cube root of $10^{-7}$.",
        "A step that is right at 2 is too small at 10,000: let it grow with |x|, but not vanish at 0.",
    )
    why = r"""
From 2 to 4, float32 numbers are $2.4 \cdot 10^{-7}$ apart, so 2 + 1e-7 *is* 2, and the quotient is 0. A step
of about $5 \cdot 10^{-3}$, the cube root of the rounding error, leaves a good three digits from both sides;
from one side, with this step, the bend costs up to 0.5 %. And since float32 has a *relative* precision,
the step grows with |x|. (A function that wiggles faster needs a smaller step: sin at 10,000, for example.)
Dividing by the step that was really made, (x + h) − (x − h), saves one more rounding.
"""
    further = (
        "Even so, check gradients in float64, where the same formula with a step of 6e-6 (the cube root of "
        "its rounding error) leaves about ten digits, and train in float32."
    )

    @reference
    def difference_quotient(f, x):
        """Return the derivative of f at x, a float32 number, with f from float32 to float32."""
        h = np.float32(5e-3) * max(np.float32(1), abs(x))
        return (f(x + h) - f(x - h)) / ((x + h) - (x - h))

    def properties(self, difference_quotient):
        quotients = [
            self._measure(difference_quotient, *each, place) for *each, places in _SMOOTH for place in places
        ]
        for each in quotients:
            yield "asks_nothing", each.asked, f"(`{each.call}`)"
            yield "leaves_float32", each.is_float32, f"(`{each.call}`)"
            yield "is_not_finite", np.isfinite(each.value), f"(`{each.call}`)"
        near, far = (
            [each for each in quotients if (abs(each.x) < 10) == is_near] for is_near in (True, False)
        )
        worst = max(quotients, key=lambda each: each.error)
        size, step = max(1.0, abs(worst.x)), worst.step
        measured = f"(`{worst.call}` is off by {worst.error:.2%}; the furthest step was {step:.2g}.)"
        ratios = np.array([each.ratio for each in near])
        yield "has_the_wrong_sign", ratios.min() > 0 or not np.allclose(abs(ratios), 1, atol=0.05), measured
        yield "divides_by_one_step", not np.allclose(ratios, 2, atol=0.05), measured
        yield "halves_twice", not np.allclose(ratios, 0.5, atol=0.05), measured

        is_exact = worst.error < _EXACT
        is_exact_near = all(each.error < _EXACT for each in near)
        is_exact_above = all(each.error < _EXACT for each in quotients if each.x >= 0)
        grows_above = max(e.step for e in far if e.x > 0) > 10 * max(e.step for e in far if e.x < 0)
        yield "grows_for_positive_x_only", is_exact or not (is_exact_above and grows_above), measured
        grows = max(each.step for each in far) > 10 * max(each.step for each in near)
        yield "does_not_grow_with_x", is_exact or grows or not is_exact_near, measured
        yield "takes_too_small_a_step", is_exact or step > 1e-3 * size, measured
        yield "takes_too_large_a_step", is_exact or step < 0.015 * size, measured
        values = np.array([each.value for each in quotients])
        is_rounded = np.allclose(values, np.round(values, 3), rtol=1e-6, atol=1e-7)
        yield "rounds", is_exact or not is_rounded, measured
        sides = np.sign(np.array(worst.asked) - worst.x)
        yield "looks_to_one_side", is_exact or {-1, 1} <= set(sides), measured
        if is_exact:
            measured = f"Your largest error is {100 * worst.error:.2f} %, with a step of {step:.2g}."
        yield "is_not_exact", is_exact, measured

    def _measure(self, difference_quotient, name, function, derivative, place):
        x, asked, dtypes = np.float32(place), [], set()

        def f(value):
            asked.append(float(value))
            dtypes.add(np.asarray(value).dtype)
            return np.float32(function(np.float32(value)))

        call = f"difference_quotient({name}, np.float32({place:g}))"
        value = float(expect_array(self.call(difference_quotient, f, x, text=call), (), "the result"))
        is_float32 = dtypes <= {np.dtype("float32")}
        return _Quotient(call, float(x), asked, is_float32, value, value / derivative(float(x)))

    asks_nothing = mistake("Here `f` is not asked at all.", {"(f(x + h) - f(x - h))": "h"})
    leaves_float32 = mistake(
        "`f` was given other numbers than float32. Here the code under test knows float32 only.",
        {"np.float32(5e-3) * max(np.float32(1), abs(x))": "np.float64(5e-3) * max(1.0, abs(x))"},
    )
    takes_too_small_a_step = mistake(
        "The step is too small for float32: x + h is x, or the two values of `f` agree in nearly all of "
        "their digits, and what is left is rounding.",
        {"np.float32(5e-3)": "np.float32(1e-6)"},
    )
    takes_too_large_a_step = mistake(
        "The step is so large that the curve bends within it.", {"np.float32(5e-3)": "np.float32(0.5)"}
    )
    rounds = mistake(
        "The result is rounded to a few decimals: of a small derivative, little or nothing is left.",
        {
            "return (f(x + h) - f(x - h)) / ((x + h) - (x - h))": (
                "return round(float(f(x + h) - f(x - h)) / float((x + h) - (x - h)), 2)"
            )
        },
    )
    looks_to_one_side = mistake(
        "`f` is asked on one side of x only. From there the bend of the curve costs much more: with a step "
        "of 0.01, about 1 % of tanh's derivative at 2. Or is it divided by another number than the step?",
        {"f(x - h)": "f(x)", "((x + h) - (x - h))": "h"},
    )
    is_not_finite = mistake(
        "Your quotient is not finite at this x. Is the step 0 there, or so large that `f` overflows?",
        {"max(np.float32(1), abs(x))": "abs(x)"},
    )
    has_the_wrong_sign = mistake(
        "The sign is wrong, at least in places.", {"f(x + h) - f(x - h)": "f(x - h) - f(x + h)"}
    )
    divides_by_one_step = mistake(
        "Twice as large as it should be. How far apart are the two places at which `f` is asked?",
        {"((x + h) - (x - h))": "h"},
    )
    halves_twice = mistake(
        "Half as large as it should be. How far apart are the two places at which `f` is asked?",
        {"f(x - h)": "f(x)"},
    )
    grows_for_positive_x_only = mistake(
        "Right for positive x, and wrong for large negative ones. What is the size of the step there?",
        {"abs(x)": "x"},
    )
    does_not_grow_with_x = mistake(
        "Right near 0 and wrong for large x: float32 numbers are further apart there, so the step must grow.",
        {"np.float32(5e-3) * max(np.float32(1), abs(x))": "np.float32(5e-3)"},
    )
    is_not_exact = mistake(
        "Not within 0.2 %, though `f` is asked on both sides, at a sensible distance. What is made of its "
        "values: what is subtracted, what is divided by what, and in which data type?",
        {"((x + h) - (x - h))": "(2.1 * h)"},
    )


class _Quotient(NamedTuple):
    """What an answer made of one function at one place, and at which numbers it asked for the function."""

    call: str
    x: float
    asked: list
    is_float32: bool
    value: float
    ratio: float

    @property
    def error(self):
        """How far it is from the derivative, in proportion to it."""
        return abs(self.ratio - 1)

    @property
    def step(self):
        """The furthest that it went from its place."""
        return max(abs(each - self.x) for each in self.asked)


def _waves(x):
    return np.sin(x / 2000) + x / 1000


_EXACT = 0.002
_SMOOTH = (
    (
        "np.tanh",
        np.tanh,
        lambda x: 1 - np.tanh(x) ** 2,
        (0.0, 2.0, -1.3, *np.linspace(-3, 3, 9), 2.88, -2.88, 2.85, -2.925, -2.97),
    ),
    ("lambda x: np.exp(-x)", lambda x: np.exp(-x), lambda x: -np.exp(-x), (0.7, -1.1, -1e-3)),
    ("np.exp", np.exp, np.exp, (0.0, 1e-5, 1.5, -3.0, *np.linspace(-2.9, 2.8, 9))),
    (
        "lambda x: np.sin(x / 2000) + x / 1000",
        _waves,
        lambda x: np.cos(x / 2000) / 2000 + 1 / 1000,
        (3e3, -9e3, 1e4, -1e4, -450.0, 700.0, 950.0, *range(-9800, 9900, 1231)),
    ),
)


_NUM_TRAIN = 55_000


@cache
def _digits():
    """Images and labels of the validation set and of the test set, as in the notebook."""
    (x_all, y_all), (x_test, y_test) = data.load_mnist()
    return prepare(x_all[_NUM_TRAIN:]), y_all[_NUM_TRAIN:], prepare(x_test), y_test


@contextlib.contextmanager
def _training_counted():
    """Yield a list that gets the size of every batch that a network is trained on."""
    original, batches = backprop.SoftmaxCrossEntropy.backward, []

    def backward(cross_entropy):
        grad_logits = original(cross_entropy)
        batches.append(len(grad_logits))
        return grad_logits

    backprop.SoftmaxCrossEntropy.backward = backward
    try:
        yield batches
    finally:
        backprop.SoftmaxCrossEntropy.backward = original


def _is(cause):
    (found,) = (each for each in patients.CAUSES if cause in each)
    return found


class UnknownPatients(PropertyExercise):
    title = "Unknown patients"
    prompt = """
Five more patients, H to L, are in the library. Examine them with the instruments of the ward
(`chart("HIJKL")`, `plt.plot(treat("H")[1])`) and write down for each what is wrong, in the words of
`patients.CAUSES`, a list that you can print. One of them learns well, and yet it is not healthy.
"""
    hints = (
        "Compare each row with that of the healthy network: which columns are odd, and which cause makes "
        "just these odd?",
        "With H and K, little or no gradient reaches the first weights. Compare how many of their units are "
        "dead.",
        "For J look at the columns whose healthy value is 1. For L look at all columns: which one is odd?",
    )
    why = """
H: every unit is 0 for every image, and the units differ (their biases started at −10). I: one unit, 128
times. J: the same images four times make the gradient four times as large; its learning rate of 0.001
hides the fault, until somebody changes the batch size. K: no unit is dead, all differ, and yet the first
weights get less than two thousandths of the gradient: tanh with weights ten times too small. L: but for the
accuracy every instrument shows what a healthy network shows, and the loss falls, slowly: the learning rate is
0.002.
"""
    further = (
        "You excluded causes instead of recognising a picture. That works for networks nobody has seen "
        "before too."
    )
    right = {
        "patient_h": _is("dead"),
        "patient_i": _is("equal"),
        "patient_j": _is("sum"),
        "patient_k": _is("vanishes"),
        "patient_l": _is("nothing"),
    }

    def properties(self, *causes):
        for part, cause in zip(self.right, causes, strict=True):
            if str(cause).strip().lower() not in patients.CAUSES:
                raise FormError(f"`{part}`: expected one of `patients.CAUSES`, received {describe(cause)}")
        given = {part: str(cause).strip().lower() for part, cause in zip(self.right, causes, strict=True)}
        for name, example in self.mistakes.items():  # of one part: first what it is taken for, then the rest
            ((part, taken_for),) = example.values.items()
            is_the_rest = name.startswith("misses")
            yield name, given[part] == self.right[part] if is_the_rest else given[part] != taken_for, ""

    takes_dead_for_vanishing = mistake(
        "Patient H: it is true that no gradient reaches the first weights. But look at the column `dead`: a "
        "unit that is 0 for every image passes none on.",
        patient_h=_is("vanishes"),
    )
    takes_dead_for_equal = mistake(
        "Patient H: the column `different` says 128, so its units are not equal.", patient_h=_is("equal")
    )
    misses_the_dead = mistake(
        "Patient H: how many of its hidden units ever say anything? See the column `dead`.",
        patient_h=_is("overflows"),
    )
    takes_equal_for_vanishing = mistake(
        "Patient I: little gradient reaches the first weights, as its parts cancel. What makes them cancel? "
        "See the column `different`.",
        patient_i=_is("vanishes"),
    )
    misses_the_equal = mistake(
        "Patient I: how many different units does it have? See the column `different`.",
        patient_i=_is("dead"),
    )
    is_content_with_the_accuracy = mistake(
        "Patient J learns well, thanks to its small learning rate. But look at the columns that must be 1.",
        patient_j=_is("nothing"),
    )
    takes_the_sum_for_piling_up = mistake(
        "Patient J: the column `second call` says 1, so nothing is left over from an earlier batch.",
        patient_j=_is("earlier"),
    )
    misses_the_sum = mistake(
        "Patient J: what happens to its gradient if each image comes four times? See the column "
        "`four times`.",
        patient_j=_is("axis"),
    )
    takes_vanishing_for_dead = mistake("Patient K: the column `dead` says 0.", patient_k=_is("dead"))
    takes_vanishing_for_equal = mistake(
        "Patient K: it has 64 units in its first layer, and the column `different` says 64.",
        patient_k=_is("equal"),
    )
    misses_the_vanishing = mistake(
        "Patient K: how much of the gradient gets through to the first weights? See the column `reach`.",
        patient_k=_is("sum"),
    )
    misses_the_slow_one = mistake(
        "Patient L: compare its row with that of a healthy network, column by column, and then look at its "
        "curve. Is any column odd but the accuracy?",
        patient_l=_is("dead"),
    )


_ALL_RATES = "(0.3, 0.8, 0.8, 0.5, 0.2, 0.05)"
_QUICKLY = {  # one epoch of a few images is enough for most mistakes
    "images[:-5000]": "images[:5000]",
    "digits[:-5000]": "digits[:5000]",
    _ALL_RATES: "(0.2,)",
}


class TrainMyNetwork(PropertyExercise):
    title = "Open: 98 % without a framework"
    prompt = """
With `backprop.Network` and nothing else, reach **98 %** on the validation set, with at most ten epochs of
training in all. You may choose layers, learning rate and batch size, and write a schedule around `fit`.

The check runs your function (it may take 3 minutes), counts the images that it trains on, and measures
the network on `x_validation` as it is here: rows of 784 pixels from 0 to 1. The test set is used for one
thing only: to see that you have not trained on the validation set.
"""
    hints = (
        "The network of this notebook stops at 97.8 % after eight epochs. Give it more hidden units first.",
        "Near the end, the noise of the batches keeps the steps from settling. Large steps first, small ones "
        "last: call `fit` epoch by epoch, each time with its own learning rate.",
        "Around 256 hidden units, batches of 64 or 128, and a last epoch with a tenth of the largest "
        "learning rate. Momentum helps too.",
    )
    why = """
More hidden units lift what the network can learn; the schedule brings it there. It starts gently, since
large first steps can kill ReLUs, goes on with large steps, which get far, and ends with small ones,
which average the noise of the batches away. The last epochs alone bring several tenths of a per cent.
"""
    further = (
        "With one hidden layer of 800 units, P. Simard and others got 98.4 % on the test set in 2003; an eye "
        "for neighbouring pixels gets further, as in notebook 04."
    )
    seconds = 180
    goal = 0.98
    max_epochs = 10

    @reference
    def train_my_network():
        """Return a trained backprop.Network."""
        (images, digits), _ = data.load_mnist()
        x, labels = prepare(images[:-5000]), digits[:-5000]
        network = build_network(num_hidden=256)
        rng = np.random.default_rng(seed=3)
        for learning_rate in (0.3, 0.8, 0.8, 0.5, 0.2, 0.05):
            network.fit(x, labels, num_epochs=1, batch_size=128, learning_rate=learning_rate, rng=rng)
        return network

    def properties(self, train_my_network):
        with _training_counted() as batches:
            network = self.call(train_my_network, text="train_my_network()")
        yield "forgets_to_return", network is not None, ""
        yield "returns_the_losses", not isinstance(network, list), ""
        if not isinstance(network, backprop.Network):
            raise FormError(f"expected a `backprop.Network`, received {describe(network)}")
        x_validation, y_validation, x_test, y_test = _digits()
        logits = self._logits(network, x_validation)
        text = f"(Its output for {len(x_validation)} images has shape {logits.shape}.)"
        yield "has_no_output_for_each_digit", logits.shape == (len(x_validation), 10), text
        yield "trains_nothing", batches, ""
        epochs = sum(batches) / _NUM_TRAIN
        yield "trains_too_long", round(epochs) <= self.max_epochs, f"({epochs:.1f} epochs.)"

        answers = logits.argmax(axis=1)
        accuracy = np.mean(answers == y_validation)
        measured = f"Validation accuracy {100 * accuracy:.2f} %, {epochs:.1f} epochs."
        if accuracy >= self.goal:
            test_accuracy = np.mean(self._logits(network, x_test).argmax(axis=1) == y_test)
            text = f"{measured} Test accuracy {100 * test_accuracy:.2f} %."
            yield "trains_on_the_validation_set", accuracy - test_accuracy <= 0.01, text
            yield "stops_too_early", True, measured
            return
        yield (
            "is_only_linear",
            not all(isinstance(layer, backprop.Dense) for layer in network.layers),
            measured,
        )
        squashing = backprop.ReLU, backprop.Sigmoid, backprop.Tanh
        yield "squashes_the_logits", not isinstance(network.layers[-1], squashing), measured
        yield "always_answers_the_same", np.ptp(answers) > 0, measured
        yield "learns_nothing", accuracy > 0.5, measured
        yield "has_too_few_units", max(_widths(network), default=0) >= 50, measured
        yield "stops_too_early", False, measured

    def _logits(self, network, x):
        dtype = next((parameter.dtype for parameter in network.parameters().values()), x.dtype)
        text = f"network.forward(x) with x of shape {x.shape}"
        return np.asarray(self.call(network.forward, x.astype(dtype), text=text))

    forgets_to_return = mistake(
        "The function returns nothing: the network is trained and then forgotten.",
        _QUICKLY | {"return network": "return None"},
    )
    returns_the_losses = mistake(
        "That is a list: `fit` returns the losses of the batches. The network itself is asked for.",
        _QUICKLY | {"network.fit": "losses = network.fit", "return network": "return losses"},
    )
    trains_too_long = mistake(
        "That is more training than ten epochs of 55,000 images. All that your function trains counts, "
        "trials included.",
        _QUICKLY | {"num_epochs=1": "num_epochs=120", "128": "1000", "256": "16"},
    )
    has_no_output_for_each_digit = mistake(
        "The network needs ten logits, one for each digit. Yours has another number of outputs.",
        {
            _ALL_RATES: "()",
            "return network": "network.layers.append(backprop.Dense(10, 11, rng))\n    return network",
        },
    )
    trains_on_the_validation_set = mistake(
        "It is more than 1 % better on the validation set than on the test set. Has it seen the validation "
        "images in training? Then they can no longer tell how good it is.",
        {
            "images[:-5000]": "images[-5000:]",
            "digits[:-5000]": "digits[-5000:]",
            _ALL_RATES: "(0.2,)",
            "num_epochs=1": "num_epochs=15",
            "128": "32",
        },
    )
    trains_nothing = mistake(
        "No training was seen while your function ran. (The check counts the batches that go back through "
        "`backprop.SoftmaxCrossEntropy`.) Build and train the network inside the function.",
        {_ALL_RATES: "()"},
    )
    is_only_linear = mistake(
        "There is no activation between the layers. Dense layers in a row make a linear model, however many "
        "there are, and a linear model ends near 92 %.",
        _QUICKLY | {"    rng =": "    del network.layers[1]\n    rng ="},
    )
    squashes_the_logits = mistake(
        "The last layer is an activation. Logits may be any numbers; squashed ones cannot say how sure the "
        "network is, and softmax follows anyway.",
        _QUICKLY | {"    rng =": "    network.layers.append(backprop.Sigmoid())\n    rng ="},
    )
    always_answers_the_same = mistake(
        "It gives the same answer for every image. Are its units dead after a step that was too large, or "
        "were they all the same from the beginning? See patients B and C.",
        _QUICKLY
        | {"    rng =": "    for layer in network.layers[::2]:\n        layer.weights[:] = 0\n    rng ="},
    )
    learns_nothing = mistake(
        "It has trained and learnt little. Do images and labels still belong together, after any "
        "shuffling? Are the steps far too large, or far too small?",
        _QUICKLY | {"network.fit(x, labels": "network.fit(rng.permutation(x), labels"},
    )
    has_too_few_units = mistake(
        "Not there yet, and with so few hidden units it will hardly get there.", _QUICKLY | {"256": "16"}
    )
    stops_too_early = mistake(
        "Not there yet. Is there room for more epochs, more units, or smaller steps at the end?", _QUICKLY
    )


def _widths(network):
    return [layer.weights.shape[1] for layer in network.layers[:-1] if isinstance(layer, backprop.Dense)]
