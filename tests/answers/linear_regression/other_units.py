# %% right: whole number and decimal
slope_factor = 10
curvature_factor = 0.01

# %% right: float and a quotient
slope_factor = 10.0
curvature_factor = 1 / 100

# %% right: negative power
slope_factor = 10
curvature_factor = 10**-2

# %% right: fractions
from fractions import Fraction

slope_factor = Fraction(10)
curvature_factor = Fraction(1, 100)

# %% right: decimal numbers
from decimal import Decimal

slope_factor = Decimal("10")
curvature_factor = Decimal("0.01")

# %% right: scientific notation in one line
slope_factor, curvature_factor = 1e1, 1e-2

# %% right: derived from the factor of x, with rounding errors in the last digit
scale = 1 / 10
slope_factor = 1 / scale
curvature_factor = scale**2

# %% right: named constant for the unit, then powers of it
mm_per_cm = 10
slope_factor = mm_per_cm
curvature_factor = mm_per_cm**-2

# %% right: NumPy scalars, float32
slope_factor = np.float32(10)
curvature_factor = np.float32(0.01)

# %% right: 0-d arrays
slope_factor = np.array(10)
curvature_factor = np.array(0.01)

# %% right: TensorFlow constants
import tensorflow as tf

slope_factor = tf.constant(10.0)
curvature_factor = tf.constant(0.01)

# %% right: keras.ops
from keras import ops

slope_factor = ops.reciprocal(ops.convert_to_tensor(0.1))
curvature_factor = ops.square(ops.convert_to_tensor(0.1))

# %% right: jax.numpy
import jax.numpy as jnp

slope_factor = 1 / jnp.array(0.1)
curvature_factor = jnp.array(0.1) ** 2

# %% right: both from np.logspace
slope_factor, curvature_factor = np.logspace(1, -2, 2)

# %% right: math.exp and math.log
import math

slope_factor = math.exp(math.log(10))
curvature_factor = math.exp(-2 * math.log(10))

# %% right: kg per cm over kg per mm, by an example bird
kg_per_mm = 2 / 40
kg_per_cm = 2 / 4
slope_factor = kg_per_cm / kg_per_mm
curvature_factor = 20**2 / 200**2

# %% right: per cent
percent = 1 / 100
slope_factor = 1000 * percent
curvature_factor = 1 * percent

# %% right: unpacked from a function with a generator
def factors(shrink):
    yield shrink
    yield 1 / shrink / shrink

slope_factor, curvature_factor = factors(10)

# %% wrong: slope the wrong way round, a tenth instead of ten times
# told: slope_inverted
slope_factor = 0.1
curvature_factor = 0.01

# %% wrong: curvature the wrong way round, 100 instead of 1/100
# told: curvature_inverted
slope_factor = 10
curvature_factor = 100

# %% wrong: both the wrong way round (two mistakes: slope 1/10, curvature 100)
# told: slope_inverted
slope_factor = 1 / 10
curvature_factor = 100

# %% wrong: forgets the square in the curvature, 1/10
# told: curvature_not_squared
slope_factor = 10
curvature_factor = 0.1

# %% wrong: takes the curvature to change like the slope, ten times
# told: curvature_inverted_and_not_squared
slope_factor = 10
curvature_factor = 10

# %% wrong: two mistakes, slope the wrong way round and no square in the curvature (both shrink like x)
# told: slope_inverted
slope_factor = 0.1
curvature_factor = 0.1

# %% wrong: squares the slope's factor too, 100 instead of 10
# told: slope_squared
slope_factor = 10**2
curvature_factor = 10**-2

# %% wrong: takes a centimetre for 100 mm, so 100 and 1/10000 (both wrong from one slip)
# told: with_a_hundred
slope_factor = 100
curvature_factor = 1 / 100**2

# %% wrong: converts to metres instead of centimetres, 1000 and 1e-6
# told: in_metres
slope_factor = 1000
curvature_factor = 1e-6

# %% wrong: thinks the unit does not matter at all, both 1
# told: slope_unchanged
slope_factor = 1
curvature_factor = 1

# %% wrong: thinks the slope stays the same, curvature right
# told: slope_unchanged
slope_factor = 1
curvature_factor = 0.01

# %% wrong: thinks the curvature stays the same, slope right
# told: curvature_unchanged
slope_factor = 10
curvature_factor = 1

# %% wrong: the two right numbers swapped
# told: exchanged
slope_factor = 0.01
curvature_factor = 10

# %% wrong: curvature with a minus sign
# told: slip
slope_factor = 10
curvature_factor = -0.01

# %% wrong: slope with a minus sign
# told: slip
slope_factor = -10
curvature_factor = 0.01

# %% wrong: leaves the factor 2 of the formula in the curvature, 2/100
# told: curvature_keeps_the_two
slope_factor = 10
curvature_factor = 2 / 10**2

# %% wrong: curvature with the third power, 1/1000
# told: curvature_cubed
slope_factor = 10
curvature_factor = 10**-3

# %% wrong: curvature to the fourth power (square taken twice), 1e-4
# told: slip
slope_factor = 10
curvature_factor = (0.1**2) ** 2

# %% wrong: curvature with the square root of 1/10 instead of the square
# told: curvature_root
slope_factor = 10
curvature_factor = 0.1**0.5

# %% wrong: slope with the square root of 10
# told: slope_root
slope_factor = 10**0.5
curvature_factor = 0.01

# %% wrong: curvature not filled in
# told: not attempted
slope_factor = 10
curvature_factor = None

# %% wrong: slope not filled in
# told: not attempted
slope_factor = None
curvature_factor = 0.01

# %% wrong: texts instead of numbers
# told: form
slope_factor = "times 10"
curvature_factor = "divided by 100"

# %% wrong: in per cent, 1000 and 1
# told: in_per_cent
slope_factor = 1000
curvature_factor = 1

# %% wrong: exponents (powers of ten) instead of factors
# told: exponents
slope_factor = 1
curvature_factor = -2

# %% wrong: floor division makes the curvature factor 0
# told: curvature_to_zero
slope_factor = 10
curvature_factor = 1 // 100

# %% wrong: ^ instead of ** (bitwise xor), curvature factor becomes -12
# told: nothing
slope_factor = 10
curvature_factor = 10 ^ -2

# %% wrong: decimal comma, so slope_factor is the tuple (10, 0)
# told: form
slope_factor = 10,0
curvature_factor = 0.01

# %% wrong: decimal comma makes tuples of both, and the curvature lacks the square (two mistakes)
# told: form
slope_factor = 10,
curvature_factor = 0,1

# %% wrong: both numbers as a list in the first name, second not filled in
# told: not attempted
slope_factor = [10, 0.01]
curvature_factor = None

# %% wrong: functions instead of numbers
# told: form
slope_factor = lambda w: 10 * w
curvature_factor = lambda c: c / 100

# %% wrong: changes by so much per cent (+900 %, -99 %) as fractions: 9 and -0.99
# told: slip
slope_factor = 10 - 1
curvature_factor = 0.01 - 1

# %% wrong: curvature of the derivative, 2 times 1/10 instead of its square
# told: curvature_doubles
slope_factor = 10
curvature_factor = 2 * 0.1

# %% wrong: divides by N once more in the curvature
# told: curvature_divided_by_n
slope_factor = 10
curvature_factor = 0.01 / 342

# %% wrong: rounded to one digit, curvature factor becomes 0
# told: curvature_to_zero
slope_factor = 10
curvature_factor = round(0.1**2, 1)

# %% wrong: two mistakes, slope unchanged and curvature without the square
# told: slope_unchanged
slope_factor = 1
curvature_factor = 1 / 10

# %% wrong: two mistakes, slope squared and curvature the wrong way round (both 100)
# told: slope_squared
slope_factor = 100
curvature_factor = 100

# %% wrong: two mistakes, inch instead of centimetre (25.4), and the curvature not squared
# told: nothing
slope_factor = 25.4
curvature_factor = 1 / 25.4

# %% wrong: not a number for both
# told: nothing
slope_factor = float("nan")
curvature_factor = float("nan")
