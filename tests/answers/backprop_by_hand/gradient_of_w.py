# %% right: plain integer
gradient_of_w = 14

# %% right: float
gradient_of_w = 14.0

# %% right: formula 4w + 2 as an expression
gradient_of_w = 4 * 3 + 2

# %% right: chain rule written out, outer factor times (2w + 1)
w_value = 3
gradient_of_w = 2 * (2 * w_value + 1)

# %% right: sum of the paths, first w, second w and the lone w
first_path = 2 * 1 * 3
second_path = 2 * 1 * 3
third_path = 2 * 1
gradient_of_w = first_path + second_path + third_path

# %% right: built from Scalar, the tape says it
w = Scalar(3.0, "w")
backward((w * w + w) * 2)
gradient_of_w = w.gradient

# %% right: Fraction
from fractions import Fraction

gradient_of_w = Fraction(28, 2)

# %% right: Decimal
from decimal import Decimal

gradient_of_w = Decimal(4) * Decimal(3) + Decimal(2)

# %% right: NumPy float32 scalar
gradient_of_w = np.float32(14)

# %% right: zero-dimensional NumPy array
gradient_of_w = np.array(14.0)

# %% right: derivative of a NumPy polynomial
gradient_of_w = np.polynomial.Polynomial([0, 2, 2]).deriv()(3)

# %% right: np.polyder and np.polyval
gradient_of_w = np.polyval(np.polyder([2, 2, 0]), 3)

# %% right: TensorFlow tensor from a GradientTape
import tensorflow as tf

w_tensor = tf.Variable(3.0)
with tf.GradientTape() as tape_tf:
    L_tensor = (w_tensor * w_tensor + w_tensor) * 2
gradient_of_w = tape_tf.gradient(L_tensor, w_tensor)

# %% right: jax.grad
import jax

gradient_of_w = jax.grad(lambda w: (w * w + w) * 2)(3.0)

# %% right: autodiff.gradients of the course library
gradient_of_w = autodiff.gradients(lambda w: (w * w + w) * 2, [np.array(3.0)])[0]

# %% right: forward mode on the notebook's tape
w = Scalar(3.0, "w")
L = (w * w + w) * 2
gradient_of_w = forward_mode(tape_of(L), w)[L]

# %% right: exact central difference with a step of 1 (L is quadratic)
def L_of(w):
    return (w * w + w) * 2


gradient_of_w = (L_of(4) - L_of(2)) / 2

# %% right: complex-step derivative
def loss_of_w(w):
    return (w * w + w) * 2


gradient_of_w = loss_of_w(3 + 1e-50j).imag / 1e-50

# %% right: nudged with central differences, off in the last digits
h = 1e-5
gradient_of_w = (((3 + h) ** 2 + 3 + h) * 2 - ((3 - h) ** 2 + 3 - h) * 2) / (2 * h)

# %% right: keras tensor converted from the number
gradient_of_w = keras.ops.convert_to_tensor(14.0)

# %% right: dual numbers, a small class of one's own
class Dual:
    def __init__(self, value, slope):
        self.value, self.slope = value, slope

    def __add__(self, other):
        return Dual(self.value + other.value, self.slope + other.slope)

    def __mul__(self, other):
        return Dual(self.value * other.value, self.slope * other.value + self.value * other.slope)


w_dual = Dual(3, 1)
gradient_of_w = ((w_dual * w_dual + w_dual) * Dual(2, 0)).slope

# %% right: lambda evaluated at once
gradient_of_w = (lambda w: 4 * w + 2)(3)

# %% wrong: the value of L instead of its gradient (24)
# told: is_the_value
gradient_of_w = 24

# %% wrong: factor 2 forgotten (2w + 1 = 7)
# told: forgets_the_factor
gradient_of_w = 7

# %% wrong: the path of the lone + w forgotten (only 4w = 12)
# told: forgets_the_single_w
gradient_of_w = 12

# %% wrong: one of the two paths through w · w forgotten (2 · (w + 1) = 8)
# told: counts_one_factor
gradient_of_w = 8

# %% wrong: the factor 2 reaches only w · w, not the lone w (4w + 1 = 13)
# told: doubles_the_product_only
gradient_of_w = 4 * 3 + 1

# %% wrong: w · w not differentiated at all, left as 9: (9 + 1) · 2 = 20
# told: leaves_the_square
gradient_of_w = (3 * 3 + 1) * 2

# %% wrong: the lone w left as w instead of 1: (2w + w) · 2 = 18
# told: leaves_the_single_w
gradient_of_w = 18

# %% wrong: sign flipped, -14 (the direction of descent)
# told: slip
gradient_of_w = -14

# %% wrong: factor 2 applied twice (28)
# told: slip
gradient_of_w = 2 * 2 * (2 * 3 + 1)

# %% wrong: derivative of the lone w taken as 0 and the factor 2 forgotten as well, two mistakes (2w = 6)
# told: overwrites
gradient_of_w = 2 * 3

# %% wrong: the second derivative (4)
# told: forgets_where_it_stands
gradient_of_w = 4

# %% wrong: the gradient of the inner sum w·w + w, which is 2, instead of that of w
# told: counts_the_single_w_only
gradient_of_w = 2

# %% wrong: the gradient of L with respect to itself (1)
# told: stays_at_the_end
gradient_of_w = 1.0

# %% wrong: evaluated at w = 2 instead of 3 (10)
# told: nothing
gradient_of_w = 4 * 2 + 2

# %% wrong: evaluated at w = -3, sign of w wrong (-10)
# told: turns_w
gradient_of_w = 4 * (-3) + 2

# %% wrong: multiplied by w at the end (42)
# told: nothing
gradient_of_w = 14 * 3

# %% wrong: product rule that takes the derivative of the constant 2 as 1: 14 + 12 = 26
# told: takes_the_constant_along
gradient_of_w = (2 * 3 + 1) * 2 + (3 * 3 + 3) * 1

# %% wrong: w treated as a constant, gradient 0
# told: nothing
gradient_of_w = 0

# %% wrong: read · 2 as a square, 2 (w² + w)(2w + 1) = 168
# told: squares_the_bracket
gradient_of_w = 2 * (9 + 3) * (2 * 3 + 1)

# %% wrong: divided by 2 instead of multiplied, (2w + 1) / 2 = 3.5
# told: nothing
gradient_of_w = (2 * 3 + 1) / 2

# %% wrong: gives w itself, 3
# told: is_w_itself
gradient_of_w = 3

# %% wrong: the gradient relative to L, 14 / 24
# told: nothing
gradient_of_w = 14 / 24

# %% wrong: one-sided difference with a step of 1 (16)
# told: takes_a_whole_step
gradient_of_w = ((4 * 4 + 4) * 2 - (3 * 3 + 3) * 2) / 1

# %% wrong: one-sided difference with a step of 0.1, too coarse (14.2)
# told: slip
gradient_of_w = (((3.1**2 + 3.1) * 2) - ((3**2 + 3) * 2)) / 0.1

# %% wrong: central difference not divided by 2h but by h, twice the gradient (about 28)
# told: slip
h = 1e-5
gradient_of_w = (((3 + h) ** 2 + 3 + h) * 2 - ((3 - h) ** 2 + 3 - h) * 2) / h

# %% wrong: reads the gradient without having called backward (0.0)
# told: nothing
w = Scalar(3.0, "w")
L = (w * w + w) * 2
gradient_of_w = w.gradient

# %% wrong: walks back with backward_overwriting ('=' for '+='), so only the path that came last counts (6)
# told: overwrites
w = Scalar(3.0, "w")
backward_overwriting((w * w + w) * 2)
gradient_of_w = w.gradient

# %% wrong: two separate Scalars for w, only the one in w · w is asked (12)
# told: forgets_the_single_w
w, w_again = Scalar(3.0, "w"), Scalar(3.0, "w")
backward((w * w + w_again) * 2)
gradient_of_w = w.gradient

# %% wrong: gives the Scalar w instead of its gradient
# told: form
w = Scalar(3.0, "w")
backward((w * w + w) * 2)
gradient_of_w = w

# %% wrong: the number as a string
# told: form
gradient_of_w = "14"

# %% wrong: the formula as a string, not evaluated at w = 3
# told: form
gradient_of_w = "4w + 2"

# %% wrong: a function of w instead of the number at w = 3
# told: form
gradient_of_w = lambda w: 4 * w + 2

# %% wrong: the separate contributions as a list, not added up
# told: form
gradient_of_w = [6, 6, 2]

# %% wrong: left empty (None)
# told: not attempted
gradient_of_w = None

# %% wrong: two mistakes: sign flipped and the factor 2 forgotten (-7)
# told: nothing
gradient_of_w = -7

# %% wrong: two mistakes: the lone w left as w, and the factor 2 reaches only w · w (4w + w = 15)
# told: slip
gradient_of_w = 4 * 3 + 3

# %% wrong: two mistakes: the lone w left as w, and the factor 2 forgotten (2w + w = 9)
# told: leaves_the_value_of_the_product
gradient_of_w = 2 * 3 + 3

# %% wrong: two mistakes: sign flipped and one of the two paths through w · w forgotten (-8)
# told: nothing
gradient_of_w = -2 * (3 + 1)

# %% wrong: two mistakes: w · w left as 9, and the factor 2 reaches only the lone w: 9 + 2 = 11
# told: nothing
gradient_of_w = 3 * 3 + 2

# %% wrong: w³ for w · w, (3w² + 1) · 2 = 56
# told: nothing
gradient_of_w = (3 * 3**2 + 1) * 2

# %% wrong: the factor is taken to be w instead of 2, (2w + 1) · w = 21
# told: multiplies_by_w
gradient_of_w = (2 * 3 + 1) * 3

# %% wrong: w after a step of gradient descent with rate 0.1 (1.6), not the gradient
# told: nothing
gradient_of_w = 3 - 0.1 * 14

# %% wrong: nan, from a difference with step 0
# told: nothing
gradient_of_w = np.float64(0.0) / np.float64(0.0)

# %% wrong: typing slip, 41 for 14 (digits swapped)
# told: nothing
gradient_of_w = 41

# %% wrong: the tuple (value of L, gradient) instead of the gradient
# told: form
gradient_of_w = (24, 14)

# %% wrong: precision lost, central difference with a step of 1e-15 (rounding eats the digits)
# told: slip
h = 1e-15
gradient_of_w = (((3 + h) ** 2 + 3 + h) * 2 - ((3 - h) ** 2 + 3 - h) * 2) / (2 * h)
