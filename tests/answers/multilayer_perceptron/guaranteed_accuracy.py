# %% right: max of 0 and 1 - loss / ln 2, with math
import math


def guaranteed_accuracy(loss):
    return max(0.0, 1 - loss / math.log(2))

# %% right: np.maximum, works for arrays too
def guaranteed_accuracy(loss):
    return np.maximum(1 - loss / np.log(2), 0)

# %% right: share of wrong images first, limited to 1 with min
def guaranteed_accuracy(loss):
    share_wrong = min(loss / np.log(2), 1)
    return 1 - share_wrong

# %% right: np.clip with the loss in bits
def guaranteed_accuracy(loss):
    bits = loss * np.log2(np.e)
    return np.clip(1 - bits, 0, 1)

# %% right: np.interp along the straight line from (0, 1) to (ln 2, 0)
def guaranteed_accuracy(loss):
    return np.interp(loss, [0, np.log(2)], [1, 0])

# %% right: lambda with the notebook's idea of relu
guaranteed_accuracy = lambda loss: float(np.maximum(0, 1 + loss / np.log(0.5)))

# %% right: if with an early return, int 0 above ln 2
from math import log


def guaranteed_accuracy(loss):
    if loss >= log(2):
        return 0
    return (log(2) - loss) / log(2)

# %% right: through the geometric mean of the probabilities, 1 + log2(e^-L)
def guaranteed_accuracy(loss):
    with np.errstate(divide="ignore"):
        return max(0.0, 1 + np.log2(np.exp(-loss)))

# %% right: the survival function of a uniform distribution from 0 to ln 2
from scipy.stats import uniform


def guaranteed_accuracy(loss):
    return uniform.sf(loss, loc=0, scale=np.log(2))

# %% right: decimal with ln 2 from Decimal.ln, returned as float
from decimal import Decimal


def guaranteed_accuracy(loss):
    share = Decimal(float(loss)) / Decimal(2).ln()
    return float(max(Decimal(0), 1 - share))

# %% right: Fraction of the two floats
import math
from fractions import Fraction


def guaranteed_accuracy(loss):
    if math.isinf(loss):
        return 0.0
    return float(max(Fraction(0), 1 - Fraction(float(loss)) / Fraction(math.log(2))))

# %% right: an object with __call__ and the price of a mistake as attribute
class Guarantee:
    def __init__(self, price):
        self.price = price

    def __call__(self, loss):
        return 1.0 - min(1.0, float(loss) / self.price)


guaranteed_accuracy = Guarantee(-np.log(1 / 2))

# %% right: functools.partial with a general number for the price
from functools import partial


def bound(loss, price):
    wrong = loss / price
    return 0.0 if wrong > 1 else 1.0 - wrong


guaranteed_accuracy = partial(bound, price=0.6931471805599453)

# %% right: a linear program: as many wrong images as the loss can pay for
from scipy.optimize import linprog


def guaranteed_accuracy(loss):
    result = linprog(c=[-1.0], A_ub=[[np.log(2)]], b_ub=[min(float(loss), 1.0)], bounds=[(0, 1)])
    return 1 - result.x[0]

# %% right: keras.ops in float32, returns a tensor
def guaranteed_accuracy(loss):
    return keras.ops.relu(1.0 - keras.ops.convert_to_tensor(loss, dtype="float32") / np.float32(np.log(2)))

# %% right: TensorFlow, clip_by_value in float64, 0-d array
import tensorflow as tf


def guaranteed_accuracy(loss):
    wrong = tf.cast(loss, tf.float64) / tf.math.log(tf.constant(2, tf.float64))
    return tf.clip_by_value(1 - wrong, 0, 1).numpy()

# %% right: jax, jitted
import jax
import jax.numpy as jnp


@jax.jit
def guaranteed_accuracy(loss):
    return jnp.maximum(0.0, 1.0 - loss / jnp.log(2.0))

# %% right: functools.cache and math.log2, price as keyword default
from functools import cache
from math import e, log2


@cache
def guaranteed_accuracy(loss, price=1 / log2(e)):
    return max(1 - loss / price, 0.0)

# %% right: np.where, returns a 0-d array
def guaranteed_accuracy(loss):
    loss = np.asarray(loss, dtype=float)
    return np.where(loss < np.log(2), 1 - loss / np.log(2), 0.0)

# %% right: positive part through the absolute value, (a + |a|) / 2
def guaranteed_accuracy(loss):
    a = 1 - loss / np.log(2)
    return (a + abs(a)) / 2 if a != -np.inf else 0.0

# %% right: np.vectorize of a conditional expression
@np.vectorize
def guaranteed_accuracy(loss):
    return 1 - loss / np.log(2) if loss < np.log(2) else 0.0

# %% right: np.polyval of a straight line, sorted with 0 to take the larger
def guaranteed_accuracy(loss):
    line = np.polyval([-1 / np.log(2), 1], min(loss, 1.0))
    return sorted([0.0, float(line)])[-1]

# %% right: ln 2 from its series, and a bool as factor
LN2 = sum(1 / (k * 2**k) for k in range(1, 60))


def guaranteed_accuracy(loss):
    return (loss < LN2) and (1 - loss / LN2) or 0.0

# %% right: one minus the fraction, the other way round in fdim style (log 2 - loss cut at zero, then divided)
def guaranteed_accuracy(loss):
    left_over = max(np.log(2) - loss, 0)
    return left_over / np.log(2)

# %% right: entropy of a fair coin from scipy.stats as the price
from scipy.stats import entropy


def guaranteed_accuracy(loss):
    return max(0, 1 - loss / entropy([0.5, 0.5]))

# %% wrong: not limited to 0, becomes negative above ln 2
# told: goes_below_zero
def guaranteed_accuracy(loss):
    return 1 - loss / np.log(2)

# %% wrong: returns the share that can be wrong (limited to 1) instead of the accuracy
# told: returns_the_wrong_share
def guaranteed_accuracy(loss):
    return min(1.0, loss / np.log(2))

# %% wrong: exp(-loss), the geometric mean of the right digits' probabilities
# told: takes_the_typical_probability
def guaranteed_accuracy(loss):
    return np.exp(-loss)

# %% wrong: 1 - exp(-loss)
# told: takes_the_rest_of_the_typical_probability
def guaranteed_accuracy(loss):
    return 1 - np.exp(-loss)

# %% wrong: the price of a mistake taken for 1 instead of ln 2 (1 - loss, limited to 0)
# told: takes_one_for_ln_2
def guaranteed_accuracy(loss):
    return max(0.0, 1 - loss)

# %% wrong: ln 10 for the ten digits instead of ln 2
# told: takes_ln_10
def guaranteed_accuracy(loss):
    return max(0.0, 1 - loss / np.log(10))

# %% wrong: multiplies with ln 2 instead of dividing by it
# told: multiplies_by_ln_2
def guaranteed_accuracy(loss):
    return max(0.0, 1 - loss * np.log(2))

# %% wrong: divides by one half, the probability, instead of by its cost ln 2
# told: takes_the_probability_for_its_cost
def guaranteed_accuracy(loss):
    return max(0.0, 1 - loss / 0.5)

# %% wrong: logarithm to base 10, log10(2)
# told: takes_another_logarithm
import math


def guaranteed_accuracy(loss):
    return max(0.0, 1 - loss / math.log10(2))

# %% wrong: answers 0 for the loss 0 (as if no loss were given), where all images must be right
# told: takes_zero_for_nothing
def guaranteed_accuracy(loss):
    if not loss:
        return 0.0
    return max(0.0, 1 - loss / np.log(2))

# %% wrong: quotient upside down, ln 2 / loss
# told: divides_the_wrong_way_round
def guaranteed_accuracy(loss):
    if loss == 0:
        return 1.0
    return max(0.0, 1 - np.log(2) / loss)

# %% wrong: sign slip, divides by ln(1/2), so it rises above 1
# told: takes_a_negative_logarithm
def guaranteed_accuracy(loss):
    return max(0.0, 1 - loss / np.log(0.5))

# %% wrong: min and max swapped, so it is 0 below ln 2 and negative above
# told: nothing
def guaranteed_accuracy(loss):
    return min(0.0, 1 - loss / np.log(2))

# %% wrong: max(1, ...) instead of max(0, ...), so the guarantee is always 1
# told: relation
def guaranteed_accuracy(loss):
    return max(1.0, 1 - loss / np.log(2))

# %% wrong: limited from below to one tenth, the accuracy of guessing, which is not guaranteed
# told: nothing
def guaranteed_accuracy(loss):
    return max(0.1, 1 - loss / np.log(2))

# %% wrong: all or nothing: 1 below ln 2 and 0 above
# told: promises_all_or_nothing
def guaranteed_accuracy(loss):
    return 1.0 if loss < np.log(2) else 0.0

# %% wrong: absolute value instead of a limit at 0, so it rises again above ln 2
# told: turns_negative_into_positive
def guaranteed_accuracy(loss):
    return abs(1 - loss / np.log(2))

# %% wrong: returns percent, from 0 to 100
# told: relation
def guaranteed_accuracy(loss):
    return max(0.0, 100 * (1 - loss / np.log(2)))

# %% wrong: returns None above ln 2, as the else is missing
# told: form
def guaranteed_accuracy(loss):
    if loss <= np.log(2):
        return 1 - loss / np.log(2)

# %% wrong: raises an error above ln 2 instead of answering 0
# told: error
def guaranteed_accuracy(loss):
    share_wrong = loss / np.log(2)
    if share_wrong > 1:
        raise ValueError("nothing is guaranteed")
    return 1 - share_wrong

# %% wrong: 2 to the power of -loss
# told: nothing
def guaranteed_accuracy(loss):
    return 2.0**-loss

# %% wrong: integer division, so only whole numbers come out
# told: promises_all_or_nothing
def guaranteed_accuracy(loss):
    return max(0.0, 1 - loss // np.log(2))

# %% wrong: the constant ln 2 rounded to 0.7
# told: nothing
def guaranteed_accuracy(loss):
    return max(0.0, 1 - loss / 0.7)

# %% wrong: rounds the accuracy to two decimals
# told: relation
def guaranteed_accuracy(loss):
    return round(max(0.0, 1 - float(loss) / np.log(2)), 2)

# %% wrong: takes 1.44, the loss in the text, as the loss at which nothing is guaranteed
# told: nothing
def guaranteed_accuracy(loss):
    return max(0.0, 1 - loss / 1.44)

# %% wrong: log1p(2) = ln 3 instead of ln 2
# told: takes_ln_3
def guaranteed_accuracy(loss):
    return max(0.0, 1 - loss / np.log1p(2))

# %% wrong: difference instead of quotient, 1 - (loss - ln 2), limited to 0 ... 1
# told: nothing
def guaranteed_accuracy(loss):
    return np.clip(1 - (loss - np.log(2)), 0, 1)

# %% wrong: ln 2 - loss without dividing by ln 2, so at loss 0 only 0.69 is guaranteed
# told: relation
def guaranteed_accuracy(loss):
    return max(0.0, np.log(2) - loss)

# %% wrong: prints the result instead of returning it
# told: form
def guaranteed_accuracy(loss):
    print(max(0.0, 1 - loss / np.log(2)))

# %% wrong: returns the pair (share wrong, share right)
# told: relation
def guaranteed_accuracy(loss):
    wrong = min(loss / np.log(2), 1.0)
    return wrong, 1 - wrong

# %% wrong: a factor 2 too much, 1 - 2 loss / ln 2 (as if a mistake cost half of ln 2)
# told: nothing
def guaranteed_accuracy(loss):
    return max(0.0, 1 - 2 * loss / np.log(2))

# %% wrong: the price of a mistake doubled to 2 ln 2, so that 0 is reached only at ln 4
# told: takes_ln_4
def guaranteed_accuracy(loss):
    return max(0.0, 1 - loss / (2 * np.log(2)))

# %% wrong: wrong images from the probability: 2 (1 - exp(-loss)), limited to 1
# told: nothing
def guaranteed_accuracy(loss):
    return 1 - min(1.0, 2 * (1 - np.exp(-loss)))

# %% wrong: limited to 0 by a comparison of the loss with 1 instead of ln 2, negative in between
# told: stops_at_one
def guaranteed_accuracy(loss):
    return 1 - loss / np.log(2) if loss < 1 else 0.0

# %% wrong: a constant, the guarantee for the loss of one network only
# told: relation
def guaranteed_accuracy(loss):
    return 1 - 0.07 / np.log(2)

# %% wrong: keeps state, returns the best guarantee of all calls so far
# told: keeps_something
_best = [0.0]


def guaranteed_accuracy(loss):
    _best.append(max(0.0, 1 - float(loss) / np.log(2)))
    return max(_best)

# %% wrong: returns a function instead of a number
# told: form
def guaranteed_accuracy(loss):
    return lambda: max(0.0, 1 - loss / np.log(2))

# %% wrong: calls itself for losses above ln 2 with the same loss, endless recursion
# told: error
def guaranteed_accuracy(loss):
    if loss > np.log(2):
        return guaranteed_accuracy(loss)
    return 1 - loss / np.log(2)

# %% wrong: forgets the bracket, (1 - loss) / ln 2 limited to 0 ... 1
# told: nothing
def guaranteed_accuracy(loss):
    return np.clip((1 - loss) / np.log(2), 0, 1)

# %% wrong: np.exp(2) instead of np.log(2), divides by e squared
# told: takes_an_exponential
def guaranteed_accuracy(loss):
    return max(0.0, 1 - loss / np.exp(2))

# %% wrong: the loss as a string of percent, formatted
# told: form
def guaranteed_accuracy(loss):
    return f"{max(0.0, 1 - loss / np.log(2)):.1%}"

# %% wrong: two mistakes, ln 10 instead of ln 2 and no limit at 0
# told: goes_below_zero+takes_ln_10
def guaranteed_accuracy(loss):
    return 1 - loss / np.log(10)

# %% wrong: two mistakes, the share of wrong images instead of right ones, and not limited to 1
# told: goes_below_zero+returns_the_wrong_share
def guaranteed_accuracy(loss):
    return loss / np.log(2)

# %% wrong: two mistakes, 1 instead of ln 2 for a mistake, and no limit at 0 (1 - loss)
# told: goes_below_zero+takes_one_for_ln_2
def guaranteed_accuracy(loss):
    return 1 - loss

# %% wrong: two mistakes, in percent and not limited to 0
# told: nothing
def guaranteed_accuracy(loss):
    return 100 - 100 * loss / np.log(2)

# %% wrong: two mistakes, multiplies with ln 2 and returns the share of wrong images
# told: returns_the_wrong_share+multiplies_by_ln_2
def guaranteed_accuracy(loss):
    return min(1.0, loss * np.log(2))
