# %% right: while loop that multiplies the distance
def steps_needed(learning_rate, curvature, shrink=1e-3):
    factor = abs(1 - learning_rate * curvature)
    distance, steps = 1.0, 0
    while distance > shrink:
        distance *= factor
        steps += 1
    return steps

# %% right: logarithms, rounded up, with the case of factor 0
import math

def steps_needed(learning_rate, curvature, shrink=1e-3):
    factor = abs(1 - learning_rate * curvature)
    if factor == 0:
        return 1
    return math.ceil(math.log(shrink) / math.log(factor))

# %% right: np.log and np.ceil, so the number is a float (31.0)
def steps_needed(learning_rate, curvature, shrink=1e-3):
    with np.errstate(divide="ignore"):
        steps = np.ceil(np.log(shrink) / np.log(np.abs(1 - learning_rate * curvature)))
    return max(steps, 1.0)

# %% right: recursion on the squared factor (two steps in one)
def steps_needed(learning_rate, curvature, shrink=1e-3):
    def count(factor):
        if factor <= shrink:
            return 1
        n = 2 * count(factor * factor)
        return n - 1 if factor ** (n - 1) <= shrink else n

    return count(abs(1 - learning_rate * curvature))

# %% right: itertools.count and next
from itertools import count

def steps_needed(learning_rate, curvature, shrink=1e-3):
    factor = abs(1 - learning_rate * curvature)
    return next(n for n in count() if factor**n <= shrink)

# %% right: walks down the valley with the sign, compares sizes
def steps_needed(learning_rate, curvature, shrink=1e-3):
    w, n = 1.0, 0
    while abs(w) > shrink:
        w = w - learning_rate * curvature * w
        n += 1
    return n

# %% right: log10 as exponent of ten, int
import math

def steps_needed(learning_rate, curvature, shrink=1e-3):
    factor = abs(1 - learning_rate * curvature)
    if not factor:
        return 1
    return int(math.ceil(math.log10(shrink) / math.log10(factor)))

# %% right: logarithm to the base factor, try and except for factor 0
import math

def steps_needed(learning_rate, curvature, shrink=1e-3):
    try:
        return math.ceil(math.log(shrink, abs(1 - learning_rate * curvature)))
    except ValueError:
        return 1

# %% right: squares under the logarithm instead of the absolute value
def steps_needed(learning_rate, curvature, shrink=1e-3):
    squared = (1 - learning_rate * curvature) ** 2
    if squared == 0.0:
        return 1
    return int(np.ceil(np.log(shrink**2) / np.log(squared)))

# %% right: real part of the complex logarithm
import cmath
import math

def steps_needed(learning_rate, curvature, shrink=1e-3):
    factor = 1 - learning_rate * curvature
    return 1 if factor == 0 else math.ceil(math.log(shrink) / cmath.log(factor).real)

# %% right: doubling, then bisection
def steps_needed(learning_rate, curvature, shrink=1e-3):
    factor = abs(1 - learning_rate * curvature)
    high = 1
    while factor**high > shrink:
        high *= 2
    low = 0
    while high - low > 1:
        middle = (low + high) // 2
        if factor**middle <= shrink:
            high = middle
        else:
            low = middle
    return high

# %% right: all powers in an array that doubles until it is long enough
def steps_needed(learning_rate, curvature, shrink=1e-3):
    factor = abs(1 - learning_rate * curvature)
    length = 16
    while True:
        enough = factor ** np.arange(length) <= shrink
        if enough.any():
            return int(enough.argmax())
        length *= 2

# %% right: takewhile over accumulated products, counted
from itertools import accumulate, repeat, takewhile
from operator import mul

def steps_needed(learning_rate, curvature, shrink=1e-3):
    factor = abs(1 - learning_rate * curvature)
    distances = accumulate(repeat(factor), mul, initial=1.0)
    return sum(1 for _ in takewhile(lambda d: d > shrink, distances))

# %% right: floor of the negative (// on floats), lambda
import math

steps_needed = lambda learning_rate, curvature, shrink=1e-3: (
    1
    if (factor := abs(1 - learning_rate * curvature)) == 0
    else int(-(math.log(shrink) // -math.log(factor)))
)

# %% right: callable object with a cache of its own
class Steps:
    def __init__(self):
        self.known = {}

    def __call__(self, learning_rate, curvature, shrink=1e-3):
        key = (learning_rate, curvature, shrink)
        if key not in self.known:
            f, n = abs(1 - learning_rate * curvature), 0
            while f**n > shrink:
                n += 1
            self.known[key] = n
        return self.known[key]

steps_needed = Steps()

# %% right: functools.cache
from functools import cache

@cache
def steps_needed(learning_rate, curvature, shrink=1e-3):
    factor, n, left = abs(1 - learning_rate * curvature), 0, 1.0
    while not left <= shrink:
        left, n = left * factor, n + 1
    return n

# %% right: functools.partial of a search for the first n
from functools import partial

def _first(is_enough, learning_rate, curvature, shrink=1e-3):
    n = 1
    while not is_enough(abs(1 - learning_rate * curvature) ** n, shrink):
        n += 1
    return n

steps_needed = partial(_first, lambda left, shrink: left <= shrink)

# %% right: in decimal numbers
from decimal import Decimal

def steps_needed(learning_rate, curvature, shrink=1e-3):
    factor = abs(1 - Decimal(float(learning_rate)) * Decimal(float(curvature)))
    left, n = Decimal(1), 0
    while left > Decimal(float(shrink)):
        left *= factor
        n += 1
    return n

# %% right: case by case, the logarithm of 1 - ηc or of ηc - 1
import math

def steps_needed(learning_rate, curvature, shrink=1e-3):
    product = learning_rate * curvature
    if product == 1:
        return 1
    elif product < 1:
        rate = -math.log1p(-product)
    else:
        rate = -math.log(product - 1)
    return math.ceil(-math.log(shrink) / rate)

# %% right: real descents with the notebook's gradient, in a valley with this curvature
def steps_needed(learning_rate, curvature, shrink=1e-3):
    half = (curvature / 2) ** 0.5
    x, y = np.array([-half, half]), np.zeros(2)
    weight, steps = 1.0, 0
    while abs(weight) > shrink:
        weight -= learning_rate * gradient(x, y, weight, 0.0)[0]
        steps += 1
    return steps

# %% right: jax while_loop in float64, 0-d array
import jax
import jax.numpy as jnp

def steps_needed(learning_rate, curvature, shrink=1e-3):
    with jax.enable_x64(True):
        factor = jnp.float64(abs(1 - learning_rate * curvature))
        _, steps = jax.lax.while_loop(
            lambda s: s[0] > shrink, lambda s: (s[0] * factor, s[1] + 1), (jnp.float64(1.0), 0)
        )
    return steps

# %% right: TensorFlow, a tensor comes out
import tensorflow as tf

def steps_needed(learning_rate, curvature, shrink=1e-3):
    factor = tf.abs(tf.constant(1 - learning_rate * curvature, tf.float64))
    steps = tf.math.ceil(tf.math.log(tf.constant(shrink, tf.float64)) / tf.math.log(factor))
    return tf.maximum(tf.cast(steps, tf.int32), 1)

# %% right: floor plus one, minus one if one step less was enough
import math

def steps_needed(learning_rate, curvature, shrink=1e-3):
    f = abs(1 - learning_rate * curvature)
    if f < 1e-300:
        return 1
    n = math.floor(math.log(shrink) / math.log(f)) + 1
    while n > 0 and f ** (n - 1) <= shrink:
        n -= 1
    return n

# %% right: for over a very long range with break
def steps_needed(learning_rate, curvature, shrink=1e-3):
    left = 1.0
    for n in range(10**9):
        if left <= shrink:
            break
        left *= abs(1.0 - curvature * learning_rate)
    return n

# %% right: list of distances, its length minus one
def steps_needed(learning_rate, curvature, shrink=1e-3):
    start = 5.0
    distances = [start]
    while distances[-1] / start > shrink:
        distances.append(distances[-1] * abs(1 - learning_rate * curvature))
    return len(distances) - 1

# %% right: zero of the gap in logarithms by scipy's brentq, then rounded up
import math
from scipy.optimize import brentq

def steps_needed(learning_rate, curvature, shrink=1e-3):
    f = abs(1 - learning_rate * curvature)
    if f <= shrink:
        return 1
    def gap(n):
        return n * math.log(f) - math.log(shrink)
    n = brentq(gap, 0, 2 * math.log(shrink) / math.log(f))
    return round(n) if abs(n - round(n)) < 1e-9 else math.ceil(n)

# %% wrong: forgets the absolute value, stops after one step as soon as the factor is negative
# told: takes_a_negative_factor_for_zero
def steps_needed(learning_rate, curvature, shrink=1e-3):
    factor = 1 - learning_rate * curvature
    distance, steps = 1.0, 0
    while distance > shrink:
        distance *= factor
        steps += 1
    return steps

# %% wrong: no absolute value, so math.log raises for learning rates above 1/c (factor 0 is treated)
# told: error
import math

def steps_needed(learning_rate, curvature, shrink=1e-3):
    factor = 1 - learning_rate * curvature
    if factor == 0:
        return 1
    return math.ceil(math.log(shrink) / math.log(factor))

# %% wrong: np.log without absolute value gives NaN above 1/c, and max makes 1 step of it
# told: takes_a_negative_factor_for_zero
def steps_needed(learning_rate, curvature, shrink=1e-3):
    return max(1, np.ceil(np.log(shrink) / np.log(1 - learning_rate * curvature)))

# %% wrong: rounds down instead of up
# told: rounds_down
import math

def steps_needed(learning_rate, curvature, shrink=1e-3):
    factor = abs(1 - learning_rate * curvature)
    if factor == 0:
        return 1
    return math.floor(math.log(shrink) / math.log(factor))

# %% wrong: rounds to the nearest whole number instead of up
# told: rounds_to_the_nearest
import math

def steps_needed(learning_rate, curvature, shrink=1e-3):
    factor = abs(1 - learning_rate * curvature)
    if factor == 0:
        return 1
    return round(math.log(shrink) / math.log(factor))

# %% wrong: not rounded at all, returns 30.96
# told: forgets_to_round
import math

def steps_needed(learning_rate, curvature, shrink=1e-3):
    factor = abs(1 - learning_rate * curvature)
    if factor == 0:
        return 1
    return math.log(shrink) / math.log(factor)

# %% wrong: int(...) + 1 gives one step too many where the quotient is whole (factor 0.5, shrink 0.125)
# told: asks_for_less
import math

def steps_needed(learning_rate, curvature, shrink=1e-3):
    factor = abs(1 - learning_rate * curvature)
    if factor == 0:
        return 1
    return int(math.log(shrink) / math.log(factor)) + 1

# %% wrong: fails for learning rate 1/c, log of 0 raises ValueError
# told: forgets_the_factor_zero
import math

def steps_needed(learning_rate, curvature, shrink=1e-3):
    factor = abs(1 - learning_rate * curvature)
    return math.ceil(math.log(shrink) / math.log(factor))

# %% wrong: gives 0 steps for learning rate 1/c (np.log(0) is minus infinity)
# told: needs_no_step_at_zero
def steps_needed(learning_rate, curvature, shrink=1e-3):
    factor = np.abs(1 - learning_rate * curvature)
    return int(np.ceil(np.log(shrink) / np.log(factor)))

# %% wrong: less than instead of at most, one step too many when shrink is hit exactly
# told: asks_for_less
def steps_needed(learning_rate, curvature, shrink=1e-3):
    factor = abs(1 - learning_rate * curvature)
    n = 0
    while factor**n >= shrink:
        n += 1
    return n

# %% wrong: ignores shrink, always a thousandth
# told: ignores_argument
def steps_needed(learning_rate, curvature, shrink=1e-3):
    factor = abs(1 - learning_rate * curvature)
    n = 0
    while factor**n > 1e-3:
        n += 1
    return n

# %% wrong: curvature hard-coded to 2, as on z
# told: ignores_argument
def steps_needed(learning_rate, curvature, shrink=1e-3):
    factor = abs(1 - learning_rate * 2.0)
    n = 0
    while factor**n > shrink:
        n += 1
    return n

# %% wrong: mixes log10 and the natural logarithm
# told: mixes_two_logarithms
import math

def steps_needed(learning_rate, curvature, shrink=1e-3):
    factor = abs(1 - learning_rate * curvature)
    if factor == 0:
        return 1
    return math.ceil(math.log10(shrink) / math.log(factor))

# %% wrong: factor ηc instead of 1 - ηc
# told: nothing
def steps_needed(learning_rate, curvature, shrink=1e-3):
    factor = learning_rate * curvature
    if factor >= 1:
        return 1
    n = 0
    while factor**n > shrink:
        n += 1
    return n

# %% wrong: factor 1 + ηc (growth), sign dropped from the result
# told: grows
import math

def steps_needed(learning_rate, curvature, shrink=1e-3):
    return math.ceil(abs(math.log(shrink) / math.log(1 + learning_rate * curvature)))

# %% wrong: divides the learning rate by the curvature instead of multiplying
# told: divides_by_the_curvature
import math

def steps_needed(learning_rate, curvature, shrink=1e-3):
    factor = abs(1 - learning_rate / curvature)
    if factor in (0, 1):
        return 1
    return math.ceil(math.log(shrink) / math.log(factor))

# %% wrong: leaves the curvature out, factor 1 - η
# told: ignores_the_curvature
import math

def steps_needed(learning_rate, curvature, shrink=1e-3):
    factor = abs(1 - learning_rate)
    if factor == 0:
        return 1
    return math.ceil(math.log(shrink) / math.log(factor))

# %% wrong: quotient of the logarithms upside down
# told: exchanges_the_logarithms
import math

def steps_needed(learning_rate, curvature, shrink=1e-3):
    factor = abs(1 - learning_rate * curvature)
    if factor == 0:
        return 1
    return math.ceil(math.log(factor) / math.log(shrink))

# %% wrong: approximation for small learning rates, log(1/shrink) / (ηc), gives 35 for the example
# told: takes_the_exponential
import math

def steps_needed(learning_rate, curvature, shrink=1e-3):
    return math.ceil(math.log(1 / shrink) / (learning_rate * curvature))

# %% wrong: thinks each step takes away the same piece ηc of the first distance (linear, not geometric)
# told: falls_evenly
import math

def steps_needed(learning_rate, curvature, shrink=1e-3):
    return math.ceil((1 - shrink) / (learning_rate * curvature))

# %% wrong: loss instead of distance (factor squared), half as many steps
# told: squares_the_factor
def steps_needed(learning_rate, curvature, shrink=1e-3):
    factor = (1 - learning_rate * curvature) ** 2
    left, n = 1.0, 0
    while left > shrink:
        left *= factor
        n += 1
    return n

# %% wrong: forgets that half the distance is not a thousandth: steps to get half the way
# told: nothing
import math

def steps_needed(learning_rate, curvature, shrink=1e-3):
    factor = abs(1 - learning_rate * curvature)
    if factor == 0:
        return 1
    return math.ceil(math.log(0.5) / math.log(factor))

# %% wrong: returns the number together with the distance left (a tuple)
# told: relation
def steps_needed(learning_rate, curvature, shrink=1e-3):
    factor = abs(1 - learning_rate * curvature)
    distance, steps = 1.0, 0
    while distance > shrink:
        distance *= factor
        steps += 1
    return steps, distance

# %% wrong: returns the list of distances instead of their number
# told: nothing
def steps_needed(learning_rate, curvature, shrink=1e-3):
    distances = [1.0]
    while distances[-1] > shrink:
        distances.append(distances[-1] * abs(1 - learning_rate * curvature))
    return distances

# %% wrong: counts the starting point as a step, one too many
# told: goes_one_too_far
def steps_needed(learning_rate, curvature, shrink=1e-3):
    distances = [1.0]
    while distances[-1] > shrink:
        distances.append(distances[-1] * abs(1 - learning_rate * curvature))
    return len(distances)

# %% wrong: returns the distance that is left instead of the number of steps
# told: returns_the_distance
def steps_needed(learning_rate, curvature, shrink=1e-3):
    distance = 1.0
    while distance > shrink:
        distance *= abs(1 - learning_rate * curvature)
    return distance

# %% wrong: prints the number instead of returning it
# told: form
def steps_needed(learning_rate, curvature, shrink=1e-3):
    factor, n = abs(1 - learning_rate * curvature), 0
    while factor**n > shrink:
        n += 1
    print(n, "steps")

# %% wrong: counter starts at 1 and counts the first step twice, one too many
# told: goes_one_too_far
def steps_needed(learning_rate, curvature, shrink=1e-3):
    n, distance = 1, 1.0
    while distance > shrink:
        distance *= abs(1 - learning_rate * curvature)
        n += 1
    return n

# %% wrong: stops one step too early, returns the last n for which the distance is still too large
# told: relation
def steps_needed(learning_rate, curvature, shrink=1e-3):
    factor = abs(1 - learning_rate * curvature)
    n = 0
    while factor ** (n + 1) > shrink:
        n += 1
    return n

# %% wrong: gives up after 100 steps
# told: gives_up_early
def steps_needed(learning_rate, curvature, shrink=1e-3):
    factor = abs(1 - learning_rate * curvature)
    for n in range(100):
        if factor**n <= shrink:
            return n
    return 100

# %% wrong: returns None where more than 1000 steps are needed (range too short)
# told: ends_without_a_result
def steps_needed(learning_rate, curvature, shrink=1e-3):
    for n in range(1, 1001):
        if abs(1 - learning_rate * curvature) ** n <= shrink:
            return n

# %% wrong: recursion too deep for small learning rates, RecursionError
# told: error
def steps_needed(learning_rate, curvature, shrink=1e-3, left=1.0):
    if left <= shrink:
        return 0
    return 1 + steps_needed(learning_rate, curvature, shrink, left * abs(1 - learning_rate * curvature))

# %% wrong: recursion without an end, RecursionError always
# told: error
def steps_needed(learning_rate, curvature, shrink=1e-3):
    factor = abs(1 - learning_rate * curvature)
    return 1 + steps_needed(learning_rate, curvature, shrink / max(factor, 1e-9))

# %% wrong: keeps the distance between calls, the second call returns 0
# told: keeps_something
_distance = [1.0]

def steps_needed(learning_rate, curvature, shrink=1e-3):
    n = 0
    while _distance[0] > shrink:
        _distance[0] *= abs(1 - learning_rate * curvature)
        n += 1
    return n

# %% wrong: cache that looks at the learning rate only, other curvatures get the old answer
# told: nothing
_known = {}

def steps_needed(learning_rate, curvature, shrink=1e-3):
    if learning_rate not in _known:
        f, n = abs(1 - learning_rate * curvature), 0
        while f**n > shrink:
            n += 1
        _known[learning_rate] = n
    return _known[learning_rate]

# %% wrong: the constant of the example
# told: relation
def steps_needed(learning_rate, curvature, shrink=1e-3):
    return 31

# %% wrong: thinks that every learning rate above 1/c diverges, returns infinity there
# told: nothing
import math

def steps_needed(learning_rate, curvature, shrink=1e-3):
    factor = 1 - learning_rate * curvature
    if factor < 0:
        return math.inf
    n = 0
    while factor**n > shrink:
        n += 1
    return n

# %% wrong: sets negative factors to 0, so above 1/c always one step
# told: takes_a_negative_factor_for_zero
def steps_needed(learning_rate, curvature, shrink=1e-3):
    factor = max(0.0, 1 - learning_rate * curvature)
    n = 0
    while factor**n > shrink:
        n += 1
    return n

# %% wrong: minus sign, log(1/shrink) over log(factor) is negative
# told: turns_the_sign
import math

def steps_needed(learning_rate, curvature, shrink=1e-3):
    factor = abs(1 - learning_rate * curvature)
    if factor == 0:
        return 1
    return math.ceil(math.log(1 / shrink) / math.log(factor))

# %% wrong: half the curvature, factor 1 - ηc/2 (from the c/2 in the valley's formula)
# told: halves_the_curvature
def steps_needed(learning_rate, curvature, shrink=1e-3):
    factor = abs(1 - learning_rate * curvature / 2)
    n = 0
    while factor**n > shrink:
        n += 1
    return n

# %% wrong: factor 1 - 2ηc, a 2 too much
# told: nothing
import math

def steps_needed(learning_rate, curvature, shrink=1e-3):
    factor = abs(1 - 2 * learning_rate * curvature)
    if factor in (0, 1):
        return 1
    return math.ceil(abs(math.log(shrink) / math.log(factor)))

# %% wrong: brackets, (1 - η)·c instead of 1 - η·c
# told: nothing
import math

def steps_needed(learning_rate, curvature, shrink=1e-3):
    factor = abs((1 - learning_rate) * curvature)
    if factor in (0, 1):
        return 1
    return math.ceil(abs(math.log(shrink) / math.log(factor)))

# %% wrong: default for shrink changed to 1e-2
# told: nothing
def steps_needed(learning_rate, curvature, shrink=1e-2):
    factor, n = abs(1 - learning_rate * curvature), 0
    while factor**n > shrink:
        n += 1
    return n

# %% wrong: rounds the factor to one digit, which only fits the example
# told: nothing
import math

def steps_needed(learning_rate, curvature, shrink=1e-3):
    factor = round(abs(1 - learning_rate * curvature), 1)
    if factor in (0, 1):
        return 1
    return math.ceil(math.log(shrink) / math.log(factor))

# %% wrong: takes the time to shrink to 1 - shrink (a thousandth of the way, not a thousandth left)
# told: nothing
def steps_needed(learning_rate, curvature, shrink=1e-3):
    factor, n = abs(1 - learning_rate * curvature), 0
    while factor**n > 1 - shrink:
        n += 1
    return n

# %% wrong: square root of the distance ratio, uses shrink squared
# told: squares_the_share
import math

def steps_needed(learning_rate, curvature, shrink=1e-3):
    factor = abs(1 - learning_rate * curvature)
    if factor == 0:
        return 1
    return math.ceil(math.log(shrink**2) / math.log(factor))

# %% wrong: text instead of a number
# told: form
def steps_needed(learning_rate, curvature, shrink=1e-3):
    factor, n = abs(1 - learning_rate * curvature), 0
    while factor**n > shrink:
        n += 1
    return f"{n} steps"

# %% wrong: log not imported, raises NameError
# told: error
def steps_needed(learning_rate, curvature, shrink=1e-3):
    return ceil(log(shrink) / log(abs(1 - learning_rate * curvature)))

# %% wrong: two mistakes, no absolute value and fails for factor 0 (log of zero or of a negative number raises)
# told: error
import math

def steps_needed(learning_rate, curvature, shrink=1e-3):
    return math.ceil(math.log(shrink) / math.log(1 - learning_rate * curvature))

# %% wrong: two mistakes, rounds down and ignores shrink
# told: nothing
import math

def steps_needed(learning_rate, curvature, shrink=1e-3):
    factor = abs(1 - learning_rate * curvature)
    if factor == 0:
        return 1
    return math.floor(math.log(0.001) / math.log(factor))

# %% wrong: two mistakes, no absolute value in the loop and the starting point counted as a step
# told: nothing
def steps_needed(learning_rate, curvature, shrink=1e-3):
    distance, n = 1.0, 1
    while distance > shrink:
        distance *= 1 - learning_rate * curvature
        n += 1
    return n

# %% wrong: two mistakes, squared factor (loss) and less than instead of at most
# told: squares_the_factor
def steps_needed(learning_rate, curvature, shrink=1e-3):
    n = 0
    while (1 - learning_rate * curvature) ** (2 * n) >= shrink:
        n += 1
    return n

# %% wrong: two mistakes, not rounded and 0 steps for learning rate 1/c
# told: forgets_to_round
def steps_needed(learning_rate, curvature, shrink=1e-3):
    return np.log(shrink) / np.log(abs(1 - learning_rate * curvature))
