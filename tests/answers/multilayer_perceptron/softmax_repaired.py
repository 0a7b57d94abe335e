# %% right: the notebook's own repair, axis=-1 with keepdims twice
def softmax_repaired(logits):
    exponentials = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return exponentials / exponentials.sum(axis=-1, keepdims=True)

# %% right: np.max and np.sum as functions, so lists work as well
def softmax_repaired(logits):
    z = np.asarray(logits, dtype=float)
    e = np.exp(z - np.max(z, axis=-1, keepdims=True))
    return e / np.sum(e, axis=-1, keepdims=True)

# %% right: adds the axis back with [..., None] instead of keepdims
def softmax_repaired(logits):
    shifted = logits - logits.max(axis=-1)[..., None]
    e = np.exp(shifted)
    return e / e.sum(axis=-1)[..., np.newaxis]

# %% right: scipy.special.softmax
from scipy.special import softmax as scipy_softmax


def softmax_repaired(logits):
    return scipy_softmax(logits, axis=-1)

# %% right: functools.partial of scipy's softmax
from functools import partial

import scipy.special

softmax_repaired = partial(scipy.special.softmax, axis=-1)

# %% right: exp of log-softmax, with logsumexp
from scipy.special import logsumexp


def softmax_repaired(logits):
    return np.exp(logits - logsumexp(logits, axis=-1, keepdims=True))

# %% right: keras.ops, converted back to numpy
def softmax_repaired(logits):
    z = keras.ops.convert_to_tensor(logits, dtype="float32")
    return keras.ops.convert_to_numpy(keras.ops.softmax(z, axis=-1))

# %% right: TensorFlow, returns a tensor
import tensorflow as tf


def softmax_repaired(logits):
    return tf.nn.softmax(tf.cast(logits, tf.float64), axis=-1)

# %% right: jax.nn.softmax, returns a jax array (float32)
import jax


def softmax_repaired(logits):
    return jax.nn.softmax(np.asarray(logits, dtype=float), axis=-1)

# %% right: under @tf.function, from elementary operations
import tensorflow as tf


@tf.function
def _soft(z):
    e = tf.exp(z - tf.reduce_max(z, axis=-1, keepdims=True))
    return e / tf.reduce_sum(e, axis=-1, keepdims=True)


def softmax_repaired(logits):
    return _soft(tf.constant(np.asarray(logits), dtype=tf.float64)).numpy()

# %% right: a lambda that calls a shifted helper
shifted_exp = lambda z: np.exp(z - z.max(-1, keepdims=True))
softmax_repaired = lambda logits: (lambda e: e / e.sum(-1, keepdims=True))(
    shifted_exp(logits)
)

# %% right: moves the last axis to the front, works there, moves it back
def softmax_repaired(logits):
    z = np.moveaxis(logits, -1, 0)
    e = np.exp(z - z.max(axis=0))
    return np.moveaxis(e / e.sum(axis=0), 0, -1)

# %% right: transposes everything and back, with the reversed axes (first axis of the transpose is the last one)
def softmax_repaired(logits):
    z = np.transpose(logits)
    e = np.exp(z - z.max(axis=0))
    return np.transpose(e / e.sum(axis=0))

# %% right: flattens to rows and gives the shape back
def softmax_repaired(logits):
    rows = np.reshape(logits, (-1, logits.shape[-1]))
    e = np.exp(rows - rows.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    return p.reshape(logits.shape)

# %% right: np.apply_along_axis with a softmax for one vector
def one_vector(z):
    e = np.exp(z - z.max())
    return e / e.sum()


def softmax_repaired(logits):
    if np.size(logits) == 0:
        return np.zeros(np.shape(logits))
    return np.apply_along_axis(one_vector, -1, logits)

# %% right: recursion over the leading axes down to one vector
def softmax_repaired(logits):
    logits = np.asarray(logits)
    if logits.size == 0:
        return logits
    if logits.ndim > 1:
        return np.stack([softmax_repaired(part) for part in logits])
    e = np.exp(logits - logits.max())
    return e / e.sum()

# %% right: np.vectorize with a signature
@np.vectorize(signature="(k)->(k)", otypes=[float])
def softmax_repaired(logits):
    e = np.exp(logits - np.max(logits))
    return e / e.sum()

# %% right: a loop over np.ndindex into a float array
def softmax_repaired(logits):
    result = np.empty(logits.shape, dtype=float)
    for index in np.ndindex(*logits.shape[:-1]):
        e = np.exp(logits[index] - max(logits[index]))
        result[index] = e / sum(e)
    return result

# %% right: plain Python lists with math.exp and math.fsum, returns nested lists
import math


def _soft(z):
    if isinstance(z[0], list):
        return [_soft(part) for part in z]
    top = max(z)
    e = [math.exp(value - top) for value in z]
    total = math.fsum(e)
    return [value / total for value in e]


def softmax_repaired(logits):
    logits = np.asarray(logits)
    return _soft(logits.tolist()) if logits.size else logits

# %% right: one over the sum of exponentials of differences; infinity in the sum becomes a zero
def softmax_repaired(logits):
    z = np.asarray(logits, dtype=float)
    with np.errstate(over="ignore"):
        return 1 / np.exp(z[..., None, :] - z[..., :, None]).sum(axis=-1)

# %% right: einsum for the sum over the last axis
def softmax_repaired(logits):
    e = np.exp(logits - np.amax(logits, axis=-1, keepdims=True))
    total = np.einsum("...k->...", e)
    return np.einsum("...k,...->...k", e, 1 / total)

# %% right: a callable object that holds the axis
class Softmax:
    def __init__(self, axis=-1):
        self.axis = axis

    def __call__(self, logits):
        top = np.max(logits, axis=self.axis, keepdims=True)
        e = np.exp(np.subtract(logits, top))
        return e / e.sum(axis=self.axis, keepdims=True)


softmax_repaired = Softmax()

# %% right: axis as a keyword with a default, positive axis number ndim - 1
def softmax_repaired(logits, axis=None):
    axis = logits.ndim - 1 if axis is None else axis
    e = np.exp(logits - np.expand_dims(logits.max(axis=axis), axis))
    return e / np.expand_dims(e.sum(axis=axis), axis)

# %% right: ufunc reductions, in place on its own copy
def softmax_repaired(logits):
    z = np.array(logits, dtype=float)
    z -= np.maximum.reduce(z, axis=-1, keepdims=True)
    np.exp(z, out=z)
    z /= np.add.reduce(z, axis=-1, keepdims=True)
    return z

# %% right: np.logaddexp.reduce as the normaliser
def softmax_repaired(logits):
    z = np.asarray(logits, dtype=float)
    return np.exp(z - np.logaddexp.reduce(z, axis=-1, keepdims=True))

# %% right: matrix product with a column of ones for the sum
def softmax_repaired(logits):
    e = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return e / (e @ np.ones((e.shape[-1], 1)))

# %% right: returns float32
def softmax_repaired(logits):
    z = np.asarray(logits, dtype=np.float32)
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return (e / e.sum(axis=-1, keepdims=True)).astype("float32")

# %% right: sklearn's two-dimensional softmax on reshaped rows
from sklearn.utils.extmath import softmax as sklearn_softmax


def softmax_repaired(logits):
    rows = np.asarray(logits, dtype=float).reshape(-1, np.shape(logits)[-1])
    return sklearn_softmax(rows).reshape(np.shape(logits))

# %% right: pandas, row-wise with sub and div on axis 0
import pandas as pd


def softmax_repaired(logits):
    logits = np.asarray(logits)
    frame = pd.DataFrame(logits.reshape(-1, logits.shape[-1]))
    e = np.exp(frame.sub(frame.max(axis=1), axis=0))
    return e.div(e.sum(axis=1), axis=0).to_numpy().reshape(logits.shape)

# %% right: writes into an array of the logits' type, which is that of floats
def softmax_repaired(logits):
    result = np.zeros_like(logits)
    e = np.exp(logits - logits.max(axis=-1, keepdims=True))
    result[...] = e / e.sum(axis=-1, keepdims=True)
    return result

# %% wrong: unchanged, sums over the first axis (the batch) instead of the classes, and takes one maximum of the whole array
# told: keeps_the_bug
def softmax_repaired(logits):
    exponentials = np.exp(logits - logits.max())
    return exponentials / exponentials.sum(axis=0)

# %% wrong: sum repaired, but still subtracts the maximum of the whole array, so a row far below it underflows to 0/0 = nan
# told: repairs_the_sum_only
def softmax_repaired(logits):
    exponentials = np.exp(logits - logits.max())
    return exponentials / exponentials.sum(axis=-1, keepdims=True)

# %% wrong: axis=1 instead of -1, right for two axes only (fails for one, wrong axis for three)
# told: takes_axis_one
def softmax_repaired(logits):
    exponentials = np.exp(logits - logits.max(axis=1, keepdims=True))
    return exponentials / exponentials.sum(axis=1, keepdims=True)

# %% wrong: sum over axis 1 while the maximum is over the last axis, so only right for two axes
# told: sums_over_axis_one
def softmax_repaired(logits):
    exponentials = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return exponentials / exponentials.sum(axis=1, keepdims=True)

# %% wrong: keepdims missing in the sum, so the division broadcasts along the wrong axis or raises
# told: loses_the_axis_of_the_sums
def softmax_repaired(logits):
    exponentials = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return exponentials / exponentials.sum(axis=-1)

# %% wrong: keepdims missing in the maximum, so the subtraction broadcasts along the wrong axis or raises
# told: loses_the_axis_of_the_maxima
def softmax_repaired(logits):
    exponentials = np.exp(logits - logits.max(axis=-1))
    return exponentials / exponentials.sum(axis=-1, keepdims=True)

# %% wrong: keepdims missing in both the maximum and the sum
# told: loses_both_axes
def softmax_repaired(logits):
    exponentials = np.exp(logits - logits.max(axis=-1))
    return exponentials / exponentials.sum(axis=-1)

# %% wrong: divides by the sum over the whole array (no axis), so all rows together sum to 1
# told: sums_over_everything_after_its_own_maximum
def softmax_repaired(logits):
    exponentials = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return exponentials / exponentials.sum()

# %% wrong: keepdims=True without an axis, still the sum over the whole array
# told: sums_over_everything_after_its_own_maximum
def softmax_repaired(logits):
    exponentials = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return exponentials / exponentials.sum(keepdims=True)

# %% wrong: no maximum subtracted, overflows to nan for large logits
# told: forgets_the_maximum
def softmax_repaired(logits):
    exponentials = np.exp(logits)
    return exponentials / exponentials.sum(axis=-1, keepdims=True)

# %% wrong: keepdims added, but the sum is still over axis 0
# told: repairs_the_maximum_only
def softmax_repaired(logits):
    exponentials = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return exponentials / exponentials.sum(axis=0, keepdims=True)

# %% wrong: subtracts the maximum of each column (axis 0), which changes the differences within a row
# told: takes_the_maximum_of_each_digit
def softmax_repaired(logits):
    exponentials = np.exp(logits - logits.max(axis=0, keepdims=True))
    return exponentials / exponentials.sum(axis=-1, keepdims=True)

# %% wrong: subtracts the row mean instead of the maximum, so it overflows for widely spread logits
# told: subtracts_too_little
def softmax_repaired(logits):
    exponentials = np.exp(logits - logits.mean(axis=-1, keepdims=True))
    return exponentials / exponentials.sum(axis=-1, keepdims=True)

# %% wrong: subtracts the minimum instead of the maximum, so it overflows
# told: subtracts_too_little
def softmax_repaired(logits):
    exponentials = np.exp(logits - logits.min(axis=-1, keepdims=True))
    return exponentials / exponentials.sum(axis=-1, keepdims=True)

# %% wrong: subtracts the largest absolute value, so rows of very negative logits underflow to nan
# told: nothing
def softmax_repaired(logits):
    top = np.abs(logits).max(axis=-1, keepdims=True)
    exponentials = np.exp(logits - top)
    return exponentials / exponentials.sum(axis=-1, keepdims=True)

# %% wrong: divides by the maximum instead of subtracting it
# told: divides_by_the_maximum
def softmax_repaired(logits):
    exponentials = np.exp(logits / logits.max(axis=-1, keepdims=True))
    return exponentials / exponentials.sum(axis=-1, keepdims=True)

# %% wrong: misplaced bracket, the maximum is subtracted from the exponentials instead of from the logits
# told: subtracts_too_late
def softmax_repaired(logits):
    exponentials = np.exp(logits) - logits.max(axis=-1, keepdims=True)
    return exponentials / exponentials.sum(axis=-1, keepdims=True)

# %% wrong: adds the maximum instead of subtracting it, so it overflows
# told: forgets_the_maximum
def softmax_repaired(logits):
    exponentials = np.exp(logits + logits.max(axis=-1, keepdims=True))
    return exponentials / exponentials.sum(axis=-1, keepdims=True)

# %% wrong: overflow hidden, nan_to_num turns nan into 0 so large logits give zeros
# told: nothing
def softmax_repaired(logits):
    with np.errstate(all="ignore"):
        exponentials = np.exp(logits)
        p = exponentials / exponentials.sum(axis=-1, keepdims=True)
    return np.nan_to_num(p)

# %% wrong: clips the logits to ±50 to avoid overflow, which changes the probabilities of large logits
# told: clips_the_logits
def softmax_repaired(logits):
    exponentials = np.exp(np.clip(logits, -50, 50))
    return exponentials / exponentials.sum(axis=-1, keepdims=True)

# %% wrong: right result, but overwrites its input (in-place subtraction of the maximum)
# told: overwrites
def softmax_repaired(logits):
    logits -= logits.max(axis=-1, keepdims=True)
    exponentials = np.exp(logits)
    return exponentials / exponentials.sum(axis=-1, keepdims=True)

# %% wrong: transposes for broadcasting and back, right for up to two axes, wrong or raising for three
# told: error
def softmax_repaired(logits):
    exponentials = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return (exponentials.T / exponentials.sum(axis=-1)).T

# %% wrong: returns the result transposed, classes first
# told: relation
def softmax_repaired(logits):
    exponentials = np.exp(logits - logits.max(axis=-1, keepdims=True))
    p = exponentials / exponentials.sum(axis=-1, keepdims=True)
    return p.T

# %% wrong: hard-codes ten classes by reshape(-1, 10)
# told: error
def softmax_repaired(logits):
    rows = logits.reshape(-1, 10)
    e = np.exp(rows - rows.max(axis=1, keepdims=True))
    return (e / e.sum(axis=1, keepdims=True)).reshape(logits.shape)

# %% wrong: flattens the leading axes and does not give the shape back
# told: nothing
def softmax_repaired(logits):
    rows = logits.reshape(-1, logits.shape[-1])
    e = np.exp(rows - rows.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)

# %% wrong: loops over the rows of a matrix, so three axes are normalised over the last two together, and one axis becomes all ones
# told: sums_over_all_axes_but_the_first
def softmax_repaired(logits):
    result = np.zeros(logits.shape)
    for i, row in enumerate(logits):
        e = np.exp(row - np.max(row))
        result[i] = e / np.sum(e)
    return result

# %% wrong: sums over all axes but the first instead of over the last one only
# told: sums_over_all_axes_but_the_first
def softmax_repaired(logits):
    axes = tuple(range(1, logits.ndim))
    e = np.exp(logits - logits.max(axis=axes, keepdims=True))
    return e / e.sum(axis=axes, keepdims=True)

# %% wrong: cures only the batch of one image, all larger batches are still summed over axis 0
# told: cures_the_batch_of_one_only
def softmax_repaired(logits):
    axis = -1 if logits.ndim == 1 or len(logits) == 1 else 0
    e = np.exp(logits - logits.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)

# %% wrong: built-in sum adds up the rows, so it is still a sum over the first axis
# told: repairs_the_maximum_only
def softmax_repaired(logits):
    exponentials = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return exponentials / sum(exponentials)

# %% wrong: atleast_2d is not undone, so a single vector comes back with shape (1, K)
# told: adds_an_axis
def softmax_repaired(logits):
    z = np.atleast_2d(logits)
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)

# %% wrong: squeeze drops axes of length one, so a batch of one image loses its axis
# told: relation
def softmax_repaired(logits):
    e = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return np.squeeze(e / e.sum(axis=-1, keepdims=True))

# %% wrong: returns the logarithms of the probabilities (log-softmax)
# told: returns_the_logarithms
def softmax_repaired(logits):
    z = logits - logits.max(axis=-1, keepdims=True)
    return z - np.log(np.exp(z).sum(axis=-1, keepdims=True))

# %% wrong: sigmoid of each logit instead of softmax, rows do not sum to 1
# told: applies_a_sigmoid
def softmax_repaired(logits):
    from scipy.special import expit

    return expit(logits)

# %% wrong: applies softmax twice
# told: applies_it_twice
def softmax_repaired(logits):
    for _ in range(2):
        e = np.exp(logits - logits.max(axis=-1, keepdims=True))
        logits = e / e.sum(axis=-1, keepdims=True)
    return logits

# %% wrong: divides the logits by their sum, without the exponential
# told: divides_the_logits
def softmax_repaired(logits):
    return logits / logits.sum(axis=-1, keepdims=True)

# %% wrong: returns the exponentials without dividing by their sum
# told: forgets_the_sum
def softmax_repaired(logits):
    return np.exp(logits - logits.max(axis=-1, keepdims=True))

# %% wrong: divides by the mean instead of the sum, so each row sums to K
# told: relation
def softmax_repaired(logits):
    e = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return e / e.mean(axis=-1, keepdims=True)

# %% wrong: divides by the Euclidean norm of the exponentials instead of by their sum
# told: divides_by_the_norm
def softmax_repaired(logits):
    e = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return e / np.linalg.norm(e, axis=-1, keepdims=True)

# %% wrong: divides by the exponential of the sum instead of the sum of the exponentials
# told: nothing
def softmax_repaired(logits):
    z = logits - logits.max(axis=-1, keepdims=True)
    return np.exp(z) / np.exp(z.sum(axis=-1, keepdims=True))

# %% wrong: wrong sign in the exponent (softmin), the smallest logit gets the largest probability
# told: turns_the_sign
def softmax_repaired(logits):
    e = np.exp(logits.min(axis=-1, keepdims=True) - logits)
    return e / e.sum(axis=-1, keepdims=True)

# %% wrong: powers of 2 instead of e
# told: nothing
def softmax_repaired(logits):
    e = np.exp2(logits - logits.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)

# %% wrong: one-hot of the largest logit (hard maximum) instead of probabilities
# told: answers_right_or_wrong
def softmax_repaired(logits):
    return (logits == logits.max(axis=-1, keepdims=True)).astype(float)

# %% wrong: returns the index of the largest probability instead of the probabilities
# told: nothing
def softmax_repaired(logits):
    e = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return (e / e.sum(axis=-1, keepdims=True)).argmax(axis=-1)

# %% wrong: rounds the probabilities to three decimals
# told: nothing
def softmax_repaired(logits):
    e = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return (e / e.sum(axis=-1, keepdims=True)).round(3)

# %% wrong: adds 1 to the sum in the denominator "against dividing by zero", so rows do not sum to 1
# told: nothing
def softmax_repaired(logits):
    e = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return e / (1 + e.sum(axis=-1, keepdims=True))

# %% wrong: divides with // (integer division), nearly everything becomes 0
# told: relation
def softmax_repaired(logits):
    e = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return e // e.sum(axis=-1, keepdims=True)

# %% wrong: prints the probabilities and returns None
# told: form
def softmax_repaired(logits):
    e = np.exp(logits - logits.max(axis=-1, keepdims=True))
    print(e / e.sum(axis=-1, keepdims=True))

# %% wrong: keeps the largest maximum of all earlier calls as a global state and subtracts it from every row, so smaller logits underflow to nan
# told: keeps_something
largest = [-np.inf]


def softmax_repaired(logits):
    largest[0] = max(largest[0], logits.max())
    e = np.exp(logits - largest[0])
    return e / e.sum(axis=-1, keepdims=True)

# %% wrong: handles one and two axes apart, raises a ValueError for three or more
# told: error
def softmax_repaired(logits):
    if logits.ndim == 1:
        e = np.exp(logits - logits.max())
        return e / e.sum()
    if logits.ndim == 2:
        e = np.exp(logits - logits.max(axis=1)[:, None])
        return e / e.sum(axis=1)[:, None]
    raise ValueError("logits must be a vector or a matrix")

# %% wrong: [:, None] fits two axes only, fails for one axis and adds the axis in the wrong place for three
# told: error
def softmax_repaired(logits):
    e = np.exp(logits - logits.max(axis=-1)[:, None])
    return e / e.sum(axis=-1)[:, None]

# %% wrong: reshape(-1, 1) of the sums fits two axes only, broadcasts wrongly or raises for three
# told: error
def softmax_repaired(logits):
    e = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1).reshape(-1, 1)

# %% wrong: returns a tuple of probabilities and exponentials
# told: relation
def softmax_repaired(logits):
    e = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True), e

# %% wrong: divides by the running (cumulative) sum instead of the sum
# told: nothing
def softmax_repaired(logits):
    e = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return e / np.cumsum(e, axis=-1)

# %% wrong: infinite recursion, calls itself instead of softmax
# told: error
def softmax_repaired(logits):
    return softmax_repaired(logits - logits.max(axis=-1, keepdims=True))

# %% wrong: temperature 2, halves the logits before the softmax
# told: nothing
def softmax_repaired(logits, temperature=2.0):
    z = (logits - logits.max(axis=-1, keepdims=True)) / temperature
    e = np.exp(z)
    return e / e.sum(axis=-1, keepdims=True)

# %% wrong: Keras's softmax over axis 0 instead of the last one
# told: takes_axis_zero
def softmax_repaired(logits):
    z = keras.ops.convert_to_tensor(logits, dtype="float32")
    return keras.ops.convert_to_numpy(keras.ops.softmax(z, axis=0))

# %% wrong: two mistakes, axis=1 instead of -1 and no maximum subtracted (overflow)
# told: takes_axis_one+forgets_the_maximum
def softmax_repaired(logits):
    exponentials = np.exp(logits)
    return exponentials / exponentials.sum(axis=1, keepdims=True)

# %% wrong: two mistakes, axis=1 instead of -1 and still the maximum of the whole array (underflow to nan)
# told: repairs_the_sum_only+sums_over_axis_one
def softmax_repaired(logits):
    exponentials = np.exp(logits - logits.max())
    return exponentials / exponentials.sum(axis=1, keepdims=True)

# %% wrong: two mistakes, keepdims missing in the sum, and no maximum subtracted (overflow)
# told: error
def softmax_repaired(logits):
    exponentials = np.exp(logits)
    return exponentials / exponentials.sum(axis=-1)

# %% wrong: two mistakes, sum over axis 0 and no maximum subtracted (overflow)
# told: keeps_the_bug+forgets_the_maximum
def softmax_repaired(logits):
    e = np.exp(logits)
    return e / e.sum(axis=0)

# %% wrong: two mistakes, sums over the whole array, and overwrites its input
# told: sums_over_everything
def softmax_repaired(logits):
    logits -= logits.max()
    return np.exp(logits) / np.exp(logits).sum()

# %% wrong: two mistakes, forgets the exponential and sums over the first axis
# told: repairs_the_maximum_only+forgets_the_exponential
def softmax_repaired(logits):
    shifted = logits - logits.max(axis=-1, keepdims=True)
    return shifted / shifted.sum(axis=0)
