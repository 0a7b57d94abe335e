# %% right: one line of NumPy
def mean_absolute_error(y, prediction):
    return np.mean(np.abs(prediction - y))

# %% right: array method mean and built-in abs, residual the other way round
def mean_absolute_error(y, prediction):
    return abs(y - prediction).mean()

# %% right: with a loop over plain floats
def mean_absolute_error(y, prediction):
    total = 0.0
    for truth, guessed in zip(y, prediction):
        difference = float(guessed) - float(truth)
        if difference < 0:
            difference = -difference
        total += difference
    return total / len(y)

# %% right: lambda
mean_absolute_error = lambda y, prediction: float(np.abs(np.subtract(prediction, y)).sum() / len(y))

# %% right: sklearn's function
def mean_absolute_error(y, prediction):
    from sklearn import metrics
    return metrics.mean_absolute_error(y, prediction)

# %% right: the function imported from sklearn, no definition of one's own
from sklearn.metrics import mean_absolute_error

# %% right: math.fsum over a generator
import math

def mean_absolute_error(y, prediction):
    return math.fsum(math.fabs(p - t) for t, p in zip(y, prediction)) / len(prediction)

# %% right: 1-norm of the residual vector over N
def mean_absolute_error(y, prediction):
    return np.linalg.norm(prediction - y, ord=1) / y.size

# %% right: root of the square of each residual
def mean_absolute_error(y, prediction):
    r = prediction - y
    return np.mean(np.sqrt(r**2))

# %% right: np.where flips the negative residuals
def mean_absolute_error(y, prediction):
    residual = prediction - y
    return np.where(residual < 0, -residual, residual).mean()

# %% right: boolean masks, sum of the positive minus sum of the negative residuals
def mean_absolute_error(y, prediction):
    r = prediction - y
    above = r > 0
    return (r[above].sum() - r[~above].sum()) / r.shape[0]

# %% right: larger minus smaller of the two arrays
def mean_absolute_error(y, prediction):
    return float(np.mean(np.maximum(y, prediction) - np.minimum(y, prediction)))

# %% right: signs as a vector, dot product with the residuals
def mean_absolute_error(y, prediction):
    r = prediction - y
    return np.sign(r) @ r / len(r)

# %% right: np.einsum for the sum
def mean_absolute_error(y, prediction):
    return np.einsum("i->", np.abs(prediction - y)) / y.shape[0]

# %% right: np.vectorize of the error of one bird
@np.vectorize
def _size(truth, guessed):
    return abs(float(guessed) - float(truth))

def mean_absolute_error(y, prediction):
    return _size(y, prediction).mean()

# %% right: keras.ops, result turned into a float
import keras

def mean_absolute_error(y, prediction):
    return float(keras.ops.mean(keras.ops.absolute(keras.ops.subtract(prediction, y))))

# %% right: Keras' loss class, computed in float32
import keras

def mean_absolute_error(y, prediction):
    loss = keras.losses.MeanAbsoluteError()
    return float(loss(y, prediction))

# %% right: a TensorFlow tensor comes out (@tf.function)
import tensorflow as tf

@tf.function
def mean_absolute_error(y, prediction):
    return tf.reduce_mean(tf.abs(tf.cast(prediction, tf.float64) - tf.cast(y, tf.float64)))

# %% right: jax.jit, float32
import jax
import jax.numpy as jnp

@jax.jit
def mean_absolute_error(y, prediction):
    return jnp.abs(prediction - y).mean()

# %% right: pandas, difference of two columns of a table
import pandas as pd

def mean_absolute_error(y, prediction):
    table = pd.DataFrame({"y": np.asarray(y), "p": np.asarray(prediction)})
    return table.diff(axis=1)["p"].abs().mean()

# %% right: callable object
class MAE:
    def __call__(self, y, prediction):
        return np.abs(prediction - y).sum() / y.size

mean_absolute_error = MAE()

# %% right: functools.partial of a general Lp error
from functools import partial

def lp_error(y, prediction, power):
    return np.mean(np.abs(prediction - y) ** power) ** (1 / power)

mean_absolute_error = partial(lp_error, power=1)

# %% right: scipy's Manhattan distance over N
from scipy.spatial.distance import cityblock

def mean_absolute_error(y, prediction):
    return cityblock(prediction, y) / len(y)

# %% right: recursion on halves, weighted by their lengths
def mean_absolute_error(y, prediction):
    n = len(y)
    if n == 1:
        return abs(float(prediction[0]) - float(y[0]))
    half = n // 2
    left = mean_absolute_error(y[:half], prediction[:half])
    right = mean_absolute_error(y[half:], prediction[half:])
    return (half * left + (n - half) * right) / n

# %% right: exact fractions
from fractions import Fraction

def mean_absolute_error(y, prediction):
    sizes = [abs(Fraction(float(p)) - Fraction(float(t))) for p, t in zip(prediction, y)]
    return float(sum(sizes) / len(sizes))

# %% right: statistics.fmean and map
from operator import sub
from statistics import fmean

def mean_absolute_error(y, prediction):
    return fmean(map(abs, map(sub, prediction.tolist(), y.tolist())))

# %% right: running mean, updated bird by bird
def mean_absolute_error(y, prediction):
    mean = 0.0
    for n, (t, p) in enumerate(zip(y, prediction), start=1):
        mean += (abs(p - t) - mean) / n
    return mean

# %% right: index loop with range and a list of sizes
def mean_absolute_error(y, prediction):
    sizes = []
    for i in range(len(y)):
        sizes.append(abs(prediction[i] - y[i]))
    return sum(sizes) / len(sizes)

# %% right: functools.reduce, returns a 0-d array
import functools

def mean_absolute_error(y, prediction):
    total = functools.reduce(lambda s, pair: s + abs(pair[0] - pair[1]), zip(y, prediction), 0.0)
    return np.array(total / len(y))

# %% right: works in place, but on a copy of its own
def mean_absolute_error(y, prediction):
    work = np.array(prediction, dtype=float)
    work -= y
    np.absolute(work, out=work)
    return work.mean().item()

# %% right: integral of the share of residuals larger in size than t (sorted sizes, np.diff)
def mean_absolute_error(y, prediction):
    sizes = np.sort(np.abs(prediction - y))
    survivors = np.arange(len(sizes), 0, -1) / len(sizes)
    return float(np.sum(np.diff(sizes, prepend=0.0) * survivors))

# %% wrong: forgets the absolute value, so positive and negative residuals cancel
# told: keeps_the_sign
def mean_absolute_error(y, prediction):
    return np.mean(prediction - y)

# %% wrong: absolute value of the mean residual instead of mean of the absolute values
# told: drops_the_sign_too_late
def mean_absolute_error(y, prediction):
    return np.abs(np.mean(prediction - y))

# %% wrong: sum instead of mean
# told: sums
def mean_absolute_error(y, prediction):
    return np.sum(np.abs(prediction - y))

# %% wrong: squares the residuals (mean squared error)
# told: squares
def mean_absolute_error(y, prediction):
    return np.mean((prediction - y) ** 2)

# %% wrong: root mean squared error
# told: root_of_mean_square
def mean_absolute_error(y, prediction):
    return np.sqrt(np.mean((prediction - y) ** 2))

# %% wrong: median instead of mean
# told: takes_the_median
def mean_absolute_error(y, prediction):
    return np.median(np.abs(prediction - y))

# %% wrong: divides by N - 1 instead of N
# told: relation
def mean_absolute_error(y, prediction):
    return np.abs(prediction - y).sum() / (len(y) - 1)

# %% wrong: the largest absolute residual instead of the mean
# told: takes_the_largest
def mean_absolute_error(y, prediction):
    return max(abs(p - t) for t, p in zip(y, prediction))

# %% wrong: prints the value instead of returning it
# told: form
def mean_absolute_error(y, prediction):
    mae = np.mean(np.abs(prediction - y))
    print(f"MAE: {mae:.3f} kg")

# %% wrong: computes the value but has no return
# told: form
def mean_absolute_error(y, prediction):
    residual = prediction - y
    result = np.mean(np.abs(residual))

# %% wrong: takes no mean, returns the array of absolute residuals
# told: forgets_the_mean
def mean_absolute_error(y, prediction):
    return np.abs(prediction - y)

# %% wrong: divides by 2N (a factor one half too much)
# told: relation
def mean_absolute_error(y, prediction):
    return np.sum(np.abs(prediction - y)) / (2 * len(y))

# %% wrong: relative error, each residual is divided by y (MAPE)
# told: is_relative
def mean_absolute_error(y, prediction):
    return np.mean(np.abs((prediction - y) / y))

# %% wrong: counts only the residuals above zero, negative ones as 0
# told: drops_negative_residuals
def mean_absolute_error(y, prediction):
    return np.mean(np.maximum(prediction - y, 0))

# %% wrong: counts only predictions that are too low (residuals below zero)
# told: drops_positive_residuals
def mean_absolute_error(y, prediction):
    total = 0
    for t, p in zip(y, prediction):
        if p < t:
            total += t - p
    return total / len(y)

# %% wrong: rounds the result to three digits, as in the text
# told: rounds
def mean_absolute_error(y, prediction):
    return round(float(np.mean(np.abs(prediction - y))), 3)

# %% wrong: cuts the residuals down to whole numbers before the mean
# told: cuts_decimals_off
def mean_absolute_error(y, prediction):
    return np.mean([int(abs(p - t)) for t, p in zip(y, prediction)])

# %% wrong: answer in grams, a factor 1000 too large
# told: relation
def mean_absolute_error(y, prediction):
    return 1000 * np.mean(np.abs(prediction - y))

# %% wrong: compares y with its own mean and ignores the prediction
# told: ignores_the_prediction
def mean_absolute_error(y, prediction):
    return np.mean(np.abs(y - y.mean()))

# %% wrong: hard-codes N = 342
# told: divides_by_342
def mean_absolute_error(y, prediction):
    return np.sum(np.abs(prediction - y)) / 342

# %% wrong: wrong sign, returns minus the mean absolute error
# told: relation
def mean_absolute_error(y, prediction):
    return -np.mean(np.abs(prediction - y))

# %% wrong: return inside the loop, so only the first bird counts (and that divided by N)
# told: keeps_the_first_bird_of_all
def mean_absolute_error(y, prediction):
    total = 0.0
    for t, p in zip(y, prediction):
        total += abs(p - t)
        return total / len(y)

# %% wrong: total = instead of total +=, so only the last bird counts (divided by N)
# told: keeps_the_last_bird_of_all
def mean_absolute_error(y, prediction):
    total = 0.0
    for t, p in zip(y, prediction):
        total = abs(p - t)
    return total / len(y)

# %% wrong: range starts at 1, so the first bird is left out of the sum
# told: leaves_the_first_bird_out_of_the_sum
def mean_absolute_error(y, prediction):
    total = 0.0
    for i in range(1, len(y)):
        total += abs(prediction[i] - y[i])
    return total / len(y)

# %% wrong: broadcasting y[:, None] with prediction compares every bird with every other (N by N)
# told: compares_all_with_all
def mean_absolute_error(y, prediction):
    return np.abs(prediction - y[:, None]).mean()

# %% wrong: right result, but overwrites prediction
# told: overwrites
def mean_absolute_error(y, prediction):
    prediction -= y
    return np.abs(prediction).mean()

# %% wrong: right result, but overwrites y
# told: overwrites
def mean_absolute_error(y, prediction):
    np.subtract(prediction, y, out=y)
    np.abs(y, out=y)
    return float(np.mean(y))

# %% wrong: right result, but sorts y and prediction in place (together, by the size of the residual)
# told: overwrites
def mean_absolute_error(y, prediction):
    order = np.argsort(np.abs(prediction - y))
    y[:], prediction[:] = y[order], prediction[order]
    return np.mean(np.abs(prediction - y))

# %% wrong: returns a text with unit instead of a number
# told: form
def mean_absolute_error(y, prediction):
    return f"{np.mean(np.abs(prediction - y)):.3f} kg"

# %% wrong: absolute values of y and prediction instead of their difference, so residuals cancel
# told: keeps_the_sign
def mean_absolute_error(y, prediction):
    return np.mean(np.abs(prediction) - np.abs(y))

# %% wrong: absolute value of the prediction only (bracket closed too early)
# told: keeps_the_sign
def mean_absolute_error(y, prediction):
    return np.mean(np.abs(prediction) - y)

# %% wrong: difference of the two means (in size) instead of mean of the differences
# told: drops_the_sign_too_late
def mean_absolute_error(y, prediction):
    return abs(prediction.mean() - y.mean())

# %% wrong: standard deviation of the residuals
# told: takes_the_spread
def mean_absolute_error(y, prediction):
    return np.std(prediction - y)

# %% wrong: subtracts the mean residual first (mean absolute deviation of the residuals)
# told: takes_the_mean_residual_off
def mean_absolute_error(y, prediction):
    residual = prediction - y
    return np.mean(np.abs(residual - residual.mean()))

# %% wrong: takes the root of the mean absolute error
# told: relation
def mean_absolute_error(y, prediction):
    return np.sqrt(np.mean(np.abs(prediction - y)))

# %% wrong: adds prediction and y instead of subtracting
# told: adds_instead
def mean_absolute_error(y, prediction):
    return np.mean(np.abs(prediction + y))

# %% wrong: floor division by N
# told: relation
def mean_absolute_error(y, prediction):
    return np.sum(np.abs(prediction - y)) // len(y)

# %% wrong: brackets missing, divides by N and then subtracts 1
# told: relation
def mean_absolute_error(y, prediction):
    return sum(abs(prediction - y)) / len(y) - 1

# %% wrong: keeps the residuals of earlier calls, later results are means over all calls
# told: keeps_something
_sizes = []

def mean_absolute_error(y, prediction):
    _sizes.extend(np.abs(prediction - y))
    return np.mean(_sizes)

# %% wrong: a list as default argument keeps the residuals between calls
# told: keeps_something
def mean_absolute_error(y, prediction, sizes=[]):
    for t, p in zip(y, prediction):
        sizes.append(abs(p - t))
    return sum(sizes) / len(sizes)

# %% wrong: misspelt name (y_pred instead of prediction), raises NameError
# told: error
def mean_absolute_error(y, prediction):
    return np.mean(np.abs(y_pred - y))

# %% wrong: math.fabs of a whole array, raises TypeError
# told: error
import math

def mean_absolute_error(y, prediction):
    return math.fabs(prediction - y) / len(y)

# %% wrong: mean over axis 1, which a vector does not have; raises AxisError
# told: error
def mean_absolute_error(y, prediction):
    return np.mean(np.abs(prediction - y), axis=1)

# %% wrong: leaves out birds with residual zero from the mean
# told: leaves_out_exact_ones
def mean_absolute_error(y, prediction):
    r = prediction - y
    return np.mean(np.abs(r[r != 0]))

# %% wrong: puts the sizes into a set, so equal ones count once
# told: counts_equal_ones_once
def mean_absolute_error(y, prediction):
    sizes = set(np.abs(prediction - y).tolist())
    return sum(sizes) / len(sizes)

# %% wrong: returns the constant of the example
# told: relation
def mean_absolute_error(y, prediction):
    return 0.329

# %% wrong: mean weighted with y, so that heavy birds count more
# told: weighs_by_mass
def mean_absolute_error(y, prediction):
    return np.average(np.abs(prediction - y), weights=y)

# %% wrong: Huber loss (squared for residuals below 1)
# told: nothing
def mean_absolute_error(y, prediction):
    r = np.abs(prediction - y)
    return np.mean(np.where(r < 1, 0.5 * r**2, r - 0.5))

# %% wrong: divides by the mean of y (a relative error)
# told: is_relative_to_the_mean
def mean_absolute_error(y, prediction):
    return np.abs(prediction - y).mean() / y.mean()

# %% wrong: returns a tuple of the mean and the standard deviation of the sizes
# told: relation
def mean_absolute_error(y, prediction):
    sizes = np.abs(prediction - y)
    return sizes.mean(), sizes.std()

# %% wrong: returns the gradient of the loss (signs over N) instead of the loss
# told: nothing
def mean_absolute_error(y, prediction):
    return np.sign(prediction - y) / len(y)

# %% wrong: the definition calls itself without end, RecursionError
# told: error
def mean_absolute_error(y, prediction):
    return mean_absolute_error(y, prediction - y)

# %% wrong: two mistakes, no absolute value and sum instead of mean
# told: keeps_the_sign+sums
def mean_absolute_error(y, prediction):
    return np.sum(prediction - y)

# %% wrong: two mistakes, squares the residuals and divides by N - 1
# told: nothing
def mean_absolute_error(y, prediction):
    return np.sum((prediction - y) ** 2) / (len(y) - 1)

# %% wrong: two mistakes, sum instead of mean and overwrites prediction
# told: sums
def mean_absolute_error(y, prediction):
    prediction -= y
    return np.abs(prediction).sum()

# %% wrong: two mistakes, median instead of mean and rounded to two digits
# told: takes_the_median
def mean_absolute_error(y, prediction):
    return np.round(np.median(np.abs(prediction - y)), 2)

# %% wrong: two mistakes, absolute value of the mean residual, and only printed
# told: form
def mean_absolute_error(y, prediction):
    print(abs(np.mean(prediction - y)))

# %% wrong: two mistakes, loop leaves out the last bird and divides by N - 1
# told: leaves_out_a_bird
def mean_absolute_error(y, prediction):
    n = len(y) - 1
    total = 0
    for i in range(n):
        total += abs(prediction[i] - y[i])
    return total / n
