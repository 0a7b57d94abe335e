# %% right: in the style of the notebook, one line for the gradients
def divide(a, c):
    local_gradients = (1 / c.value, -a.value / c.value**2)
    return Scalar(a.value / c.value, "÷", (a, c), local_gradients)

# %% right: as_scalar first, so that plain numbers are taken too
def divide(a, c):
    a, c = as_scalar(a), as_scalar(c)
    return Scalar(a.value / c.value, "/", (a, c), (1.0 / c.value, -a.value / (c.value * c.value)))

# %% right: the second gradient from the quotient itself, -q / c
def divide(a, c):
    q = a.value / c.value
    return Scalar(q, "/", (a, c), (1 / c.value, -q / c.value))

# %% right: lambda, keyword arguments, lists instead of tuples
divide = lambda a, c: Scalar(
    value=a.value / c.value,
    name="divide",
    parents=[a, c],
    local_gradients=[c.value**-1, -a.value * c.value**-2],
)

# %% right: product a * (1 / c) with a reciprocal node of its own on the tape
def divide(a, c):
    reciprocal = Scalar(1 / c.value, "1/c", (c,), (-1 / c.value**2,))
    return a * reciprocal

# %% right: defines __truediv__ on the class first and then uses the operator
def _truediv(self, other):
    other = as_scalar(other)
    grads = 1.0 / other.value, -self.value / other.value**2
    return Scalar(self.value / other.value, "÷", (self, other), grads)


Scalar.__truediv__ = _truediv


def divide(a, c):
    return a / c

# %% right: parents in the order (c, a), with the gradients in the same order
def divide(a, c):
    return Scalar(a.value / c.value, "÷", (c, a), (-a.value / c.value**2, 1 / c.value))

# %% right: quotient rule written out, (a' c - a c') / c²
def divide(a, c):
    def quotient_rule(da, dc):
        return (da * c.value - a.value * dc) / c.value**2

    return Scalar(a.value / c.value, "/", (a, c), (quotient_rule(1, 0), quotient_rule(0, 1)))

# %% right: attributes set one after another on an empty Scalar
def divide(a, c):
    result = Scalar(a.value / c.value)
    result.name = f"{a.name}/{c.name}"
    result.parents = (a, c)
    grad_a = 1 / c.value
    grad_c = -(a.value / (c.value**2))
    result.local_gradients = (grad_a, grad_c)
    return result

# %% right: callable object
class Divide:
    name = "÷"

    def forward(self, a, c):
        return a / c

    def local(self, a, c):
        return 1 / c, -a / c**2

    def __call__(self, a, c):
        values = a.value, c.value
        return Scalar(self.forward(*values), self.name, (a, c), self.local(*values))


divide = Divide()

# %% right: functools.partial of a general binary operation
from functools import partial


def binary(value, slope_left, slope_right, symbol, a, c):
    left, right_ = a.value, c.value
    return Scalar(value(left, right_), symbol, (a, c), (slope_left(left, right_), slope_right(left, right_)))


divide = partial(binary, lambda p, q: p / q, lambda p, q: 1 / q, lambda p, q: -p / q / q, "/")

# %% right: math.pow and operator.truediv
import math
import operator


def divide(a, c):
    value = operator.truediv(a.value, c.value)
    return Scalar(value, "÷", (a, c), (math.pow(c.value, -1), -a.value * math.pow(c.value, -2)))

# %% right: NumPy scalars and an array of local gradients
def divide(a, c):
    top, bottom = np.float64(a.value), np.float64(c.value)
    gradients = np.array([1.0, -top / bottom]) / bottom
    return Scalar(top / bottom, "÷", (a, c), gradients)

# %% right: local gradients by TensorFlow in float64
import tensorflow as tf


def divide(a, c):
    top = tf.constant(a.value, tf.float64)
    bottom = tf.constant(c.value, tf.float64)
    with tf.GradientTape() as tape:
        tape.watch([top, bottom])
        quotient = top / bottom
    slopes = tape.gradient(quotient, [top, bottom])
    return Scalar(float(quotient), "/", (a, c), tuple(float(s) for s in slopes))

# %% right: local gradients by exact fractions
from fractions import Fraction


def divide(a, c):
    top, bottom = Fraction(a.value), Fraction(c.value)
    slopes = (1 / bottom, -top / bottom**2)
    return Scalar(float(top / bottom), "÷", (a, c), tuple(map(float, slopes)))

# %% right: a subclass of Scalar as the result
class Quotient(Scalar):
    def __init__(self, a, c):
        super().__init__(a.value / c.value, "quotient", (a, c))
        self.local_gradients = 1 / c.value, -self.value / c.value


def divide(a, c):
    return Quotient(a, c)

# %% right: complex-step derivatives, exact to rounding
def divide(a, c):
    tiny = 1e-100
    slope_a = ((a.value + 1j * tiny) / c.value).imag / tiny
    slope_c = (a.value / (c.value + 1j * tiny)).imag / tiny
    return Scalar(a.value / c.value, "/", (a, c), (slope_a, slope_c))

# %% right: type hints, guard that raises on division by zero
def divide(a: Scalar, c: Scalar) -> Scalar:
    """Return a / c."""
    if c.value == 0:
        raise ZeroDivisionError("c must not be zero")
    inverse = 1.0 / c.value
    return Scalar(a.value * inverse, "÷", (a, c), (inverse, -a.value * inverse * inverse))

# %% right: a chain of nodes, square of c and products with constants kept on the tape
def power(number, exponent):
    slope = exponent * number.value ** (exponent - 1)
    return Scalar(float(number.value) ** exponent, f"**{exponent}", (number,), (slope,))


def divide(a, c):
    return power(c, -1) * a

# %% right: one dictionary from parent name to parent and slope, zipped apart
def divide(a, c):
    inputs = {"a": (a, 1 / c.value), "c": (c, -a.value / c.value**2)}
    parents, slopes = zip(*inputs.values())
    return Scalar(a.value / c.value, "÷", parents, slopes)

# %% wrong: sign missing in the gradient of c (a / c² instead of -a / c²)
# told: forgets_the_minus
def divide(a, c):
    return Scalar(a.value / c.value, "÷", (a, c), (1 / c.value, a.value / c.value**2))

# %% wrong: gradient of c is -a / c, not squared
# told: forgets_the_square
def divide(a, c):
    return Scalar(a.value / c.value, "÷", (a, c), (1 / c.value, -a.value / c.value))

# %% wrong: gradient of c is -1 / c², the factor a is missing
# told: forgets_the_factor
def divide(a, c):
    return Scalar(a.value / c.value, "÷", (a, c), (1 / c.value, -1 / c.value**2))

# %% wrong: local gradients in swapped order (parents a, c but gradients of c, a)
# told: exchanges_the_gradients
def divide(a, c):
    return Scalar(a.value / c.value, "÷", (a, c), (-a.value / c.value**2, 1 / c.value))

# %% wrong: local gradients copied from the product (c and a)
# told: multiplies_back_to_a
def divide(a, c):
    return Scalar(a.value / c.value, "÷", (a, c), (c.value, a.value))

# %% wrong: local gradients copied from the difference (1 and -1)
# told: forgets_to_divide
def divide(a, c):
    return Scalar(a.value / c.value, "÷", (a, c), (1.0, -1.0))

# %% wrong: gradient of a is 1, the division by c forgotten
# told: forgets_to_divide
def divide(a, c):
    return Scalar(a.value / c.value, "÷", (a, c), (1.0, -a.value / c.value**2))

# %% wrong: gradient of a is c instead of 1 / c
# told: multiplies_back_to_a
def divide(a, c):
    return Scalar(a.value / c.value, "÷", (a, c), (c.value, -a.value / c.value**2))

# %% wrong: floor division, the value is rounded down
# told: rounds_down
def divide(a, c):
    return Scalar(a.value // c.value, "÷", (a, c), (1 / c.value, -a.value / c.value**2))

# %% wrong: computes c / a, with its matching gradients (arguments swapped)
# told: divides_the_other_way_round
def divide(a, c):
    return Scalar(c.value / a.value, "÷", (a, c), (-c.value / a.value**2, 1 / a.value))

# %% wrong: gradients 0.5 and -1.5 of the example hard-coded
# told: relation
def divide(a, c):
    return Scalar(a.value / c.value, "÷", (a, c), (0.5, -1.5))

# %% wrong: returns a plain float, no Scalar
# told: form
def divide(a, c):
    return a.value / c.value

# %% wrong: no parents and no local gradients, so nothing is handed back
# told: forgets_the_parents
def divide(a, c):
    return Scalar(a.value / c.value, "÷")

# %% wrong: only a is a parent, c is treated as a constant
# told: takes_the_divisor_for_a_constant
def divide(a, c):
    return Scalar(a.value / c.value, "÷", (a,), (1 / c.value,))

# %% wrong: parents are the values (floats), not the Scalars: backward raises
# told: form
def divide(a, c):
    return Scalar(a.value / c.value, "÷", (a.value, c.value), (1 / c.value, -a.value / c.value**2))

# %% wrong: parents are fresh copies, so a and c themselves get no gradient
# told: forgets_the_parents
def divide(a, c):
    a, c = Scalar(a.value, a.name), Scalar(c.value, c.name)
    return Scalar(a.value / c.value, "÷", (a, c), (1 / c.value, -a.value / c.value**2))

# %% wrong: divides the Scalars themselves with /, which Scalar does not have: raises TypeError
# told: error
def divide(a, c):
    return Scalar(a / c, "÷", (a, c), (1 / c, -a / c**2))

# %% wrong: only one local gradient for two parents, backward's strict zip raises
# told: form
def divide(a, c):
    return Scalar(a.value / c.value, "÷", (a, c), (1 / c.value - a.value / c.value**2,))

# %% wrong: computes the Scalar but does not return it
# told: form
def divide(a, c):
    result = Scalar(a.value / c.value, "÷", (a, c), (1 / c.value, -a.value / c.value**2))

# %% wrong: prints instead of returning
# told: form
def divide(a, c):
    print(Scalar(a.value / c.value, "÷", (a, c), (1 / c.value, -a.value / c.value**2)).value)

# %% wrong: writes the gradients into a.gradient and c.gradient itself, the result has no parents
# told: forgets_the_parents
def divide(a, c):
    a.gradient = 1 / c.value
    c.gradient = -a.value / c.value**2
    return Scalar(a.value / c.value, "÷")

# %% wrong: returns a tuple (Scalar, local gradients) instead of the Scalar
# told: form
def divide(a, c):
    local_gradients = (1 / c.value, -a.value / c.value**2)
    return Scalar(a.value / c.value, "÷", (a, c), local_gradients), local_gradients

# %% wrong: brackets missing, gradient of c is -a / c * c, which is -a
# told: loses_the_divisor
def divide(a, c):
    return Scalar(a.value / c.value, "÷", (a, c), (1 / c.value, -a.value / c.value * c.value))

# %% wrong: gradient of c squares the numerator too, -(a / c)²
# told: nothing
def divide(a, c):
    return Scalar(a.value / c.value, "÷", (a, c), (1 / c.value, -((a.value / c.value) ** 2)))

# %% wrong: gradient of c divides by a² instead of c², -c / a²
# told: turns_the_slope_upside_down
def divide(a, c):
    return Scalar(a.value / c.value, "÷", (a, c), (1 / c.value, -c.value / a.value**2))

# %% wrong: quotient rule without its denominator c² (gradients c and -a)
# told: multiplies_back_to_a
def divide(a, c):
    return Scalar(a.value / c.value, "÷", (a, c), (c.value, -a.value))

# %% wrong: gradient of c is a · ln c, 1 / c integrated instead of differentiated
# told: nothing
def divide(a, c):
    return Scalar(a.value / c.value, "÷", (a, c), (1 / c.value, a.value * math.log(c.value)))

# %% wrong: two mistakes: sign missing and square missing in the gradient of c (a / c)
# told: forgets_the_minus+forgets_the_square
def divide(a, c):
    return Scalar(a.value / c.value, "÷", (a, c), (1 / c.value, a.value / c.value))

# %% wrong: two mistakes: gradient of a is 1, and the sign of the gradient of c is missing
# told: forgets_to_divide
def divide(a, c):
    return Scalar(a.value / c.value, "÷", (a, c), (1.0, a.value / c.value**2))

# %% wrong: two mistakes: the value is the product a · c, and the sign of the gradient of c is missing
# told: multiplies
def divide(a, c):
    return Scalar(a.value * c.value, "÷", (a, c), (1 / c.value, a.value / c.value**2))

# %% wrong: two mistakes: floor division // for the value and floor division for both gradients
# told: rounds_down
def divide(a, c):
    return Scalar(a.value // c.value, "÷", (a, c), (1 // c.value, -a.value // c.value**2))

# %% wrong: two mistakes: local gradients in swapped order, and the minus sign is on 1 / c instead of on a / c²
# told: nothing
def divide(a, c):
    return Scalar(a.value / c.value, "÷", (a, c), (a.value / c.value**2, -1 / c.value))

# %% wrong: local gradients are a generator, used up by the first backward: a second backward raises
# told: form
def divide(a, c):
    slopes = (slope for slope in (1 / c.value, -a.value / c.value**2))
    return Scalar(a.value / c.value, "÷", (a, c), slopes)

# %% wrong: local gradients are Scalars, so the gradients come out as Scalars instead of numbers
# told: form
def divide(a, c):
    one_over_c = Scalar(1 / c.value)
    return Scalar(a.value / c.value, "÷", (a, c), (one_over_c, Scalar(-1.0) * a * one_over_c * one_over_c))

# %% wrong: right result, but overwrites its input (a.value becomes the quotient; gradients taken before)
# told: overwrites
def divide(a, c):
    slopes = (1 / c.value, -a.value / c.value**2)
    a.value /= c.value
    return Scalar(a.value, "÷", (a, c), slopes)

# %% wrong: overwrites a.value with the quotient before it is used, so the gradient of c is -a / c³
# told: nothing
def divide(a, c):
    a.value = a.value / c.value
    return Scalar(a.value, "÷", (a, c), (1 / c.value, -a.value / c.value**2))

# %% wrong: local gradients rounded to one decimal
# told: relation
def divide(a, c):
    return Scalar(a.value / c.value, "÷", (a, c), (round(1 / c.value, 1), round(-a.value / c.value**2, 1)))

# %% wrong: keeps state, local gradients of the first call are reused for every later one
# told: relation
saved = []


def divide(a, c):
    if not saved:
        saved.extend([1 / c.value, -a.value / c.value**2])
    return Scalar(a.value / c.value, "÷", (a, c), tuple(saved))

# %% wrong: local gradients given as functions instead of numbers: backward raises
# told: form
def divide(a, c):
    return Scalar(a.value / c.value, "÷", (a, c), (lambda: 1 / c.value, lambda: -a.value / c.value**2))

# %% wrong: uses abs(c), wrong value and gradients for a negative divisor
# told: nothing
def divide(a, c):
    size = abs(c.value)
    return Scalar(a.value / size, "÷", (a, c), (1 / size, -a.value / size**2))

# %% wrong: a small 1e-3 added to the divisor against division by zero makes value and gradients inexact
# told: nothing
def divide(a, c):
    safe = c.value + 1e-3
    return Scalar(a.value / safe, "÷", (a, c), (1 / safe, -a.value / safe**2))

# %% wrong: one-sided difference quotient with a step of 0.01 for the local gradients, inexact for c
# told: nothing
def divide(a, c):
    h = 0.01
    here = a.value / c.value
    slope_a = ((a.value + h) / c.value - here) / h
    slope_c = (a.value / (c.value + h) - here) / h
    return Scalar(here, "÷", (a, c), (slope_a, slope_c))

# %% wrong: a times a constant reciprocal, as_scalar(1 / c.value) cuts c off the tape
# told: takes_the_divisor_for_a_constant
def divide(a, c):
    return a * (1 / c.value)

# %% wrong: raises NameError (uses an undefined name other, copied from __mul__)
# told: error
def divide(a, c):
    local_gradients = (1 / other.value, -self.value / other.value**2)
    return Scalar(self.value / other.value, "÷", (self, other), local_gradients)

# %% wrong: never ends, calls itself (infinite recursion)
# told: error
def divide(a, c):
    result = divide(a, c)
    result.local_gradients = (1 / c.value, -a.value / c.value**2)
    return result

# %% wrong: each local gradient multiplied by its parent's value (a / c and -a / c)
# told: nothing
def divide(a, c):
    return Scalar(a.value / c.value, "÷", (a, c), (a.value / c.value, -a.value / c.value))

# %% wrong: gradient of c is -a / (2 c), c² written as c * 2
# told: doubles_in_place_of_squaring
def divide(a, c):
    return Scalar(a.value / c.value, "÷", (a, c), (1 / c.value, -a.value / (c.value * 2)))

# %% wrong: gradient of c is -a · c², multiplied by the square instead of divided
# told: multiplies_by_the_square
def divide(a, c):
    return Scalar(a.value / c.value, "÷", (a, c), (1 / c.value, -a.value * c.value**2))

# %% wrong: the value is a text (formatted with two decimals) instead of a number, the gradients are right
# told: form
def divide(a, c):
    return Scalar(f"{a.value / c.value:.2f}", "÷", (a, c), (1 / c.value, -a.value / c.value**2))
