# %% right: shifts each row by its maximum and adds it back, step by step
def cross_entropy_from_logits(labels, logits):
    largest = logits.max(axis=1, keepdims=True)
    log_sum = np.log(np.exp(logits - largest).sum(axis=1)) + largest[:, 0]
    right = logits[np.arange(len(labels)), labels]
    return np.mean(log_sum - right)

# %% right: shifts first and never adds back, as both terms are shifted; returns a Python float
def cross_entropy_from_logits(labels, logits):
    z = np.asarray(logits, dtype=float)
    z = z - z.max(axis=-1, keepdims=True)
    return float((np.log(np.exp(z).sum(-1)) - z[np.arange(len(z)), labels]).mean())

# %% right: scipy's logsumexp
from scipy.special import logsumexp


def cross_entropy_from_logits(labels, logits):
    return np.mean(logsumexp(logits, axis=1) - logits[np.arange(len(labels)), labels])

# %% right: np.logaddexp.reduce along the classes, in one line
def cross_entropy_from_logits(labels, logits):
    return np.mean(np.logaddexp.reduce(logits, axis=1) - np.take_along_axis(logits, labels[:, None], axis=1)[:, 0])

# %% right: two loops over plain floats with math.exp and math.fsum
import math


def cross_entropy_from_logits(labels, logits):
    total = 0.0
    for label, row in zip(labels, logits):
        row = [float(z) for z in row]
        m = max(row)
        total += m + math.log(math.fsum(math.exp(z - m) for z in row)) - row[int(label)]
    return total / len(labels)

# %% right: scipy's log_softmax and a one-hot mask from np.eye
from scipy.special import log_softmax


def cross_entropy_from_logits(labels, logits):
    one_hot = np.eye(logits.shape[1])[labels]
    return -(one_hot * log_softmax(logits, axis=1)).sum() / len(labels)

# %% right: Keras's loss object, the result as a float (float32 inside)
def cross_entropy_from_logits(labels, logits):
    return float(keras.losses.SparseCategoricalCrossentropy(from_logits=True)(labels, logits))

# %% right: TensorFlow's fused operation in float64, returns a scalar tensor
import tensorflow as tf


def cross_entropy_from_logits(labels, logits):
    logits = tf.constant(logits, dtype=tf.float64)
    labels = tf.constant(labels, dtype=tf.int64)
    return tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=logits))

# %% right: jax.vmap over the examples, shifted before the cast to float32, 0-d jax array
import jax
import jax.numpy as jnp


@jax.vmap
def _one(label, z):
    return jax.nn.logsumexp(z) - z[label]


def cross_entropy_from_logits(labels, logits):
    logits = np.asarray(logits)
    return _one(jnp.asarray(labels, dtype=int), jnp.asarray(logits - logits.max(1, keepdims=True))).mean()

# %% right: subtracts the right logit first, then log of a sum of exponentials of the differences
def cross_entropy_from_logits(labels, logits):
    d = logits - logits[np.arange(len(labels)), labels][:, np.newaxis]
    m = d.max(axis=1)  # at least 0, for the right digit itself
    return np.mean(m + np.log(np.exp(d - m[:, np.newaxis]).sum(axis=1)))

# %% right: functools.reduce of np.logaddexp over the columns
from functools import reduce


def cross_entropy_from_logits(labels, logits):
    log_sums = reduce(np.logaddexp, np.asarray(logits).T)
    right = [row[label] for row, label in zip(logits, labels)]
    return np.average(log_sums - np.array(right))

# %% right: recursion, the log-sum of two halves
def log_sum(z):
    if len(z) == 1:
        return z[0]
    half = len(z) // 2
    return np.logaddexp(log_sum(z[:half]), log_sum(z[half:]))


def cross_entropy_from_logits(labels, logits):
    return sum(log_sum(z) - z[y] for y, z in zip(labels, logits)) / len(labels)

# %% right: decimal arithmetic, shifted as well
from decimal import Decimal


def cross_entropy_from_logits(labels, logits):
    total = Decimal(0)
    for y, row in zip(labels, logits):
        row = [Decimal(float(z)) for z in row]
        m = max(row)
        total += sum((z - m).exp() for z in row).ln() + m - row[y]
    return float(total / len(labels))

# %% right: pandas, one row per image
import pandas as pd


def cross_entropy_from_logits(labels, logits):
    frame = pd.DataFrame(np.asarray(logits, dtype=float))
    shifted = frame.sub(frame.max(axis="columns"), axis="index")
    log_sum = np.log(np.exp(shifted).sum(axis="columns"))
    right = pd.Series([shifted.iat[i, y] for i, y in enumerate(labels)])
    return (log_sum - right).mean()

# %% right: an object with __call__
class FromLogits:
    def __init__(self, axis):
        self.axis = axis

    def log_softmax(self, z):
        z = z - np.max(z, axis=self.axis, keepdims=True)
        return z - np.log(np.sum(np.exp(z), axis=self.axis, keepdims=True))

    def __call__(self, labels, logits):
        return -np.mean(self.log_softmax(logits)[range(len(labels)), labels])


cross_entropy_from_logits = FromLogits(axis=-1)

# %% right: functools.partial of a function with a choice of the reduction
from functools import partial


def general(labels, logits, reduction):
    m = np.max(logits, 1)
    each = np.log(np.sum(np.exp((logits.T - m).T), 1)) + m - logits[np.arange(labels.size), labels]
    return reduction(each)


cross_entropy_from_logits = partial(general, reduction=np.mean)

# %% right: np.vectorize with a signature
def _loss(label, z):
    shifted = z - z.max()
    return np.log(np.exp(shifted).sum()) - shifted[label]


def cross_entropy_from_logits(labels, logits):
    return np.vectorize(_loss, signature="(),(k)->()")(labels, logits).mean()

# %% right: einsum with one-hot rows made by comparing
def cross_entropy_from_logits(labels, logits):
    z = logits - logits.max(axis=1)[:, None]
    one_hot = (np.asarray(labels)[:, None] == np.arange(z.shape[1])).astype(float)
    right = np.einsum("nk,nk->n", one_hot, z)
    return (np.log(np.einsum("nk->n", np.exp(z))) - right).mean()

# %% right: one pass over each row with a running maximum (as in flash attention)
from math import exp, inf, log


def cross_entropy_from_logits(labels, logits):
    losses = []
    for label, row in zip(labels, logits):
        largest, total = -inf, 0.0
        for z in map(float, row):
            if z > largest:
                total = total * exp(largest - z) + 1.0
                largest = z
            else:
                total += exp(z - largest)
        losses.append(largest + log(total) - float(row[label]))
    return sum(losses) / len(losses)

# %% right: lambda with a list comprehension of np.logaddexp.reduce over the rows
cross_entropy_from_logits = lambda labels, logits: float(
    np.mean([np.logaddexp.reduce(z) - z[y] for y, z in zip(labels, logits)])
)

# %% right: keras.ops in float32, shifted before the cast, returns a backend tensor
def cross_entropy_from_logits(labels, logits):
    z = np.asarray(logits)
    z = keras.ops.convert_to_tensor(z - z.max(axis=1, keepdims=True), dtype="float32")
    one_hot = keras.ops.one_hot(np.asarray(labels, dtype="int32"), z.shape[1])
    return keras.ops.mean(keras.ops.logsumexp(z, axis=1) - keras.ops.sum(one_hot * z, axis=1))

# %% right: log1p of the other exponentials, the largest logit handled apart
def cross_entropy_from_logits(labels, logits):
    ordered = np.sort(logits, axis=1)[:, ::-1]
    largest, others = ordered[:, :1], ordered[:, 1:]
    log_sum = largest[:, 0] + np.log1p(np.exp(others - largest).sum(axis=1))
    return (log_sum - logits[np.arange(len(logits)), labels]).mean()

# %% right: tf.function with reduce_logsumexp and gather, result as a NumPy scalar
import tensorflow as tf


@tf.function
def _compiled(labels, logits):
    return tf.reduce_mean(tf.reduce_logsumexp(logits, axis=1) - tf.gather(logits, labels, batch_dims=1))


def cross_entropy_from_logits(labels, logits):
    return _compiled(tf.constant(labels, tf.int32), tf.constant(logits, tf.float64)).numpy()

# %% right: statistics.fmean of a generator, a helper that adds two logarithms
from functools import reduce
from math import exp, log1p
from statistics import fmean


def log_add(a, b):
    return max(a, b) + log1p(exp(-abs(a - b)))


def cross_entropy_from_logits(labels, logits):
    rows = [list(map(float, row)) for row in logits]
    return fmean(reduce(log_add, row) - row[int(y)] for row, y in zip(rows, labels))

# %% right: mean of the log-sums minus mean of the right logits, returned as 0-d array
def cross_entropy_from_logits(labels, logits, axis=-1):
    z = np.asarray(logits, dtype=np.float64)
    z = z - np.amax(z, axis=axis, keepdims=True)
    mean_log_sum = np.log(np.exp(z).sum(axis=axis)).mean()
    mean_right = np.mean([z[i, y] for i, y in enumerate(labels)])
    return np.array(mean_log_sum - mean_right)

# %% right: (N, 1) minus (N,) broadcasts to an N by N matrix, the mean of which is nevertheless the right one
def cross_entropy_from_logits(labels, logits):
    m = logits.max(axis=1, keepdims=True)
    log_sum = m + np.log(np.exp(logits - m).sum(axis=1, keepdims=True))
    return np.mean(log_sum - logits[np.arange(len(labels)), labels])

# %% wrong: no shift, the exponentials of large logits overflow to inf (and of very negative ones all underflow)
# told: overflows
def cross_entropy_from_logits(labels, logits):
    return np.mean(np.log(np.exp(logits).sum(axis=1)) - logits[np.arange(len(labels)), labels])

# %% wrong: the notebook's cross_entropy of the softmax, infinite where the probability underflows
# told: computes_probabilities
def cross_entropy_from_logits(labels, logits):
    exponentials = np.exp(logits - logits.max(axis=-1, keepdims=True))
    probabilities = exponentials / exponentials.sum(axis=-1, keepdims=True)
    return -np.mean(np.log(probabilities[np.arange(len(labels)), labels]))

# %% wrong: computes probabilities and adds 1e-12 before the logarithm, so that no loss of an image exceeds 27.6
# told: hides_the_infinity
def cross_entropy_from_logits(labels, logits):
    exponentials = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = exponentials / exponentials.sum(axis=1, keepdims=True)
    return -np.mean(np.log(p[np.arange(len(labels)), labels] + 1e-12))

# %% wrong: clips the probabilities to 1e-7 ... 1 - 1e-7, as Keras does without from_logits; the loss of an image ends at 16.1
# told: hides_it_behind_keras_number
def cross_entropy_from_logits(labels, logits):
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = np.clip(e / e.sum(axis=1, keepdims=True), 1e-7, 1 - 1e-7)
    return -np.log(p[np.arange(len(labels)), labels]).mean()

# %% wrong: clips the logits to -500 ... 500 instead of shifting them
# told: cuts_the_logits_off
def cross_entropy_from_logits(labels, logits):
    z = np.clip(logits, -500, 500)
    return np.mean(np.log(np.exp(z).sum(axis=1)) - z[np.arange(len(labels)), labels])

# %% wrong: subtracts the maximum of the whole array instead of each row's, so rows with far smaller logits underflow to log 0
# told: takes_one_maximum_for_all
def cross_entropy_from_logits(labels, logits):
    z = logits - logits.max()
    return np.mean(np.log(np.exp(z).sum(axis=1)) - z[np.arange(len(labels)), labels])

# %% wrong: subtracts the mean of each row instead of its maximum, so exponentials still overflow
# told: takes_the_mean_for_the_maximum
def cross_entropy_from_logits(labels, logits):
    z = logits - logits.mean(axis=1, keepdims=True)
    return np.mean(np.log(np.exp(z).sum(axis=1)) - z[np.arange(len(labels)), labels])

# %% wrong: subtracts the minimum of each row instead of the maximum, so exponentials overflow
# told: takes_the_mean_for_the_maximum
def cross_entropy_from_logits(labels, logits):
    z = logits - logits.min(axis=1, keepdims=True)
    return np.mean(np.log(np.exp(z).sum(axis=1)) - z[np.arange(len(labels)), labels])

# %% wrong: subtracts the largest absolute value instead of the maximum, so rows of very negative logits underflow to log 0
# told: takes_the_largest_size
def cross_entropy_from_logits(labels, logits):
    z = logits - np.abs(logits).max(axis=1, keepdims=True)
    return np.mean(np.log(np.exp(z).sum(axis=1)) - z[np.arange(len(labels)), labels])

# %% wrong: maximum over axis 0 (of each class over the images) instead of over the classes of an image
# told: nothing
def cross_entropy_from_logits(labels, logits):
    m = logits.max(axis=0)
    z = logits - m
    return np.mean(np.log(np.exp(z).sum(axis=1)) - z[np.arange(len(labels)), labels])

# %% wrong: maximum of each row without keepdims, so it does not broadcast over the rows (raises, or mixes the rows where N = K)
# told: error
def cross_entropy_from_logits(labels, logits):
    m = logits.max(axis=1)
    log_sum = m + np.log(np.exp(logits - m).sum(axis=1))
    return np.mean(log_sum - logits[np.arange(len(labels)), labels])

# %% wrong: shifts for the log-sum and forgets to add the maximum back, while z_y is not shifted
# told: forgets_to_add_the_maximum
def cross_entropy_from_logits(labels, logits):
    m = logits.max(axis=1, keepdims=True)
    log_sum = np.log(np.exp(logits - m).sum(axis=1))
    return np.mean(log_sum - logits[np.arange(len(labels)), labels])

# %% wrong: adds the maximum back although z_y is the shifted one, so the maximum is counted once too often
# told: adds_the_maximum_once_too_often
def cross_entropy_from_logits(labels, logits):
    m = logits.max(axis=1, keepdims=True)
    z = logits - m
    return np.mean(m[:, 0] + np.log(np.exp(z).sum(axis=1)) - z[np.arange(len(labels)), labels])

# %% wrong: subtracts the maximum after the log-sum instead of adding it
# told: subtracts_the_maximum_again
def cross_entropy_from_logits(labels, logits):
    m = logits.max(axis=1, keepdims=True)
    log_sum = np.log(np.exp(logits - m).sum(axis=1)) - m[:, 0]
    return np.mean(log_sum - logits[np.arange(len(labels)), labels])

# %% wrong: sum over the images instead of the mean
# told: sums
def cross_entropy_from_logits(labels, logits):
    z = logits - logits.max(axis=1, keepdims=True)
    return np.sum(np.log(np.exp(z).sum(axis=1)) - z[np.arange(len(labels)), labels])

# %% wrong: returns the loss of each image, no mean
# told: forgets_the_mean
def cross_entropy_from_logits(labels, logits):
    z = logits - logits.max(axis=1, keepdims=True)
    return np.log(np.exp(z).sum(axis=1)) - z[np.arange(len(labels)), labels]

# %% wrong: sign reversed, returns the mean log-likelihood
# told: relation
def cross_entropy_from_logits(labels, logits):
    z = logits - logits.max(axis=1, keepdims=True)
    return np.mean(z[np.arange(len(labels)), labels] - np.log(np.exp(z).sum(axis=1)))

# %% wrong: divides by N times K, the number of logits, instead of N
# told: relation
def cross_entropy_from_logits(labels, logits):
    z = logits - logits.max(axis=1, keepdims=True)
    return np.sum(np.log(np.exp(z).sum(axis=1)) - z[np.arange(len(labels)), labels]) / logits.size

# %% wrong: logarithm to base 2 of the sum, while z_y stays in natural units
# told: takes_base_two_in_one_place
def cross_entropy_from_logits(labels, logits):
    z = logits - logits.max(axis=1, keepdims=True)
    return np.mean(np.log2(np.exp(z).sum(axis=1)) - z[np.arange(len(labels)), labels])

# %% wrong: the whole loss in bits, divided by ln 2
# told: relation
def cross_entropy_from_logits(labels, logits):
    z = logits - logits.max(axis=1, keepdims=True)
    nats = np.log(np.exp(z).sum(axis=1)) - z[np.arange(len(labels)), labels]
    return np.mean(nats / np.log(2))

# %% wrong: logits[:, labels] pairs every image with every label instead of its own
# told: takes_all_labels_from_every_row
def cross_entropy_from_logits(labels, logits):
    z = logits - logits.max(axis=1, keepdims=True)
    log_sum = np.log(np.exp(z).sum(axis=1, keepdims=True))
    return np.mean(log_sum - z[:, labels])

# %% wrong: np.take without an axis picks the right logit from the flattened array, always among the first K numbers
# told: nothing
def cross_entropy_from_logits(labels, logits):
    z = logits - logits.max(axis=1, keepdims=True)
    return np.mean(np.log(np.exp(z).sum(axis=1)) - np.take(z, labels))

# %% wrong: (N, 1) minus (N,) broadcasts to an N by N matrix, whose mean over axis 0 is N numbers instead of one
# told: relation
def cross_entropy_from_logits(labels, logits):
    m = logits.max(axis=1, keepdims=True)
    log_sum = m + np.log(np.exp(logits - m).sum(axis=1, keepdims=True))
    each = log_sum - logits[np.arange(len(labels)), labels]
    return each.mean(axis=0)

# %% wrong: ignores the labels and takes the largest logit as the right one
# told: takes_the_largest_for_the_right
def cross_entropy_from_logits(labels, logits):
    z = logits - logits.max(axis=1, keepdims=True)
    return np.mean(np.log(np.exp(z).sum(axis=1)) - z[np.arange(len(z)), z.argmax(axis=1)])

# %% wrong: forgets the right logit, returns only the mean log-sum
# told: forgets_the_right_logit
def cross_entropy_from_logits(labels, logits):
    m = logits.max(axis=1, keepdims=True)
    return np.mean(m[:, 0] + np.log(np.exp(logits - m).sum(axis=1)))

# %% wrong: takes the largest logit for the log-sum (max minus z_y), right only where one logit towers above the others
# told: takes_the_maximum_for_the_sum
def cross_entropy_from_logits(labels, logits):
    return np.mean(logits.max(axis=1) - logits[np.arange(len(labels)), labels])

# %% wrong: multiplies the label numbers with the logits and sums over the classes, as though the labels were one-hot rows
# told: takes_labels_for_weights
def cross_entropy_from_logits(labels, logits):
    m = logits.max(axis=1)
    log_sum = m + np.log(np.exp(logits.T - m).sum(axis=0))
    return np.mean(log_sum - (labels * logits.T).sum(axis=0))

# %% wrong: right result, but overwrites its input (logits -= maximum)
# told: overwrites
def cross_entropy_from_logits(labels, logits):
    logits -= logits.max(axis=1, keepdims=True)
    right = logits[np.arange(len(labels)), labels]
    return np.mean(np.log(np.exp(logits).sum(axis=1)) - right)

# %% wrong: prints the loss instead of returning it
# told: form
def cross_entropy_from_logits(labels, logits):
    z = logits - logits.max(axis=1, keepdims=True)
    print(np.mean(np.log(np.exp(z).sum(axis=1)) - z[np.arange(len(labels)), labels]))

# %% wrong: right for two classes only, softplus of the difference between the logits 0 and 1
# told: nothing
def cross_entropy_from_logits(labels, logits):
    right = logits[np.arange(len(labels)), labels]
    other = logits[np.arange(len(labels)), 1 - np.minimum(labels, 1).astype(int)]
    return np.mean(np.logaddexp(0, other - right))

# %% wrong: nan_to_num hides the overflow, so images with large logits cost nothing (nan and inf become 0)
# told: drops_what_has_no_probability
def cross_entropy_from_logits(labels, logits):
    with np.errstate(all="ignore"):
        exponentials = np.exp(logits)
        p = exponentials / exponentials.sum(axis=1, keepdims=True)
        each = -np.log(p[np.arange(len(labels)), labels])
    return np.mean(np.nan_to_num(each, posinf=0.0))

# %% wrong: extended precision instead of a shift, which only moves the overflow to logits above 11,356
# told: nothing
def cross_entropy_from_logits(labels, logits):
    z = np.asarray(logits, dtype=np.longdouble)
    return float(np.mean(np.log(np.exp(z).sum(axis=1)) - z[np.arange(len(labels)), labels]))

# %% wrong: sums over the images (axis 0) instead of the classes
# told: sums_over_the_images
def cross_entropy_from_logits(labels, logits):
    z = logits - logits.max(axis=1, keepdims=True)
    log_sum = np.log(np.exp(z).sum(axis=0))
    return np.mean(log_sum[labels] - z[np.arange(len(labels)), labels])

# %% wrong: applies softmax to the logits and then the stable formula to the probabilities (softmax twice)
# told: nothing
def cross_entropy_from_logits(labels, logits):
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    z = e / e.sum(axis=1, keepdims=True)
    return np.mean(np.log(np.exp(z).sum(axis=1)) - z[np.arange(len(labels)), labels])

# %% wrong: Keras's loss without from_logits=True, which takes the logits for probabilities
# told: takes_logits_for_probabilities
def cross_entropy_from_logits(labels, logits):
    return float(keras.losses.SparseCategoricalCrossentropy()(labels, logits))

# %% wrong: divides the logits by their largest absolute value instead of subtracting, which changes the loss
# told: nothing
def cross_entropy_from_logits(labels, logits):
    z = logits / np.abs(logits).max(axis=1, keepdims=True)
    return np.mean(np.log(np.exp(z).sum(axis=1)) - z[np.arange(len(labels)), labels])

# %% wrong: log and sum swapped, the sum of ln e^z (that is, the sum of the logits)
# told: adds_up_the_differences
def cross_entropy_from_logits(labels, logits):
    z = logits - logits.max(axis=1, keepdims=True)
    return np.mean(np.log(np.exp(z)).sum(axis=1) - z[np.arange(len(labels)), labels])

# %% wrong: leaves the right digit out of the sum over the classes (a margin, which can be negative)
# told: nothing
def cross_entropy_from_logits(labels, logits):
    rows = np.arange(len(labels))
    right = logits[rows, labels]
    others = np.array(logits, dtype=float)
    others[rows, labels] = -np.inf
    return np.mean(np.logaddexp.reduce(others, axis=1) - right)

# %% wrong: off by one, takes the labels for 1 ... K and uses label - 1
# told: takes_the_label_before
def cross_entropy_from_logits(labels, logits):
    z = logits - logits.max(axis=1, keepdims=True)
    right = z[np.arange(len(labels)), np.asarray(labels).astype(int) - 1]
    return np.mean(np.log(np.exp(z).sum(axis=1)) - right)

# %% wrong: ten classes hard-coded in the loop, fails for any other K
# told: error
def cross_entropy_from_logits(labels, logits):
    m = logits.max(axis=1)
    total = np.zeros(len(labels))
    for k in range(10):
        total += np.exp(logits[:, k] - m)
    return np.mean(m + np.log(total) - logits[np.arange(len(labels)), labels])

# %% wrong: keeps state, the mean runs over all images of all calls so far
# told: keeps_something
_losses = []


def cross_entropy_from_logits(labels, logits):
    z = logits - logits.max(axis=1, keepdims=True)
    _losses.extend(np.log(np.exp(z).sum(axis=1)) - z[np.arange(len(labels)), labels])
    return np.mean(_losses)

# %% wrong: the arguments are swapped in the definition, logits come first
# told: error
def cross_entropy_from_logits(logits, labels):
    z = logits - logits.max(axis=1, keepdims=True)
    return np.mean(np.log(np.exp(z).sum(axis=1)) - z[np.arange(len(labels)), labels])

# %% wrong: rounds the loss to two decimals
# told: relation
def cross_entropy_from_logits(labels, logits):
    z = logits - logits.max(axis=1, keepdims=True)
    return round(float(np.mean(np.log(np.exp(z).sum(axis=1)) - z[np.arange(len(labels)), labels])), 2)

# %% wrong: return inside the loop, so only the first image counts
# told: counts_the_first_image_of_all
def cross_entropy_from_logits(labels, logits):
    total = 0
    for y, z in zip(labels, logits):
        m = z.max()
        total += m + np.log(np.sum(np.exp(z - m))) - z[y]
        return total / len(labels)

# %% wrong: two mistakes, no shift (overflow) and the sum instead of the mean
# told: overflows+sums
def cross_entropy_from_logits(labels, logits):
    total = 0
    for y, z in zip(labels, logits):
        total += np.log(np.sum(np.exp(z))) - z[y]
    return total

# %% wrong: two mistakes, the sign reversed and the maximum not added back while z_y is not shifted
# told: nothing
def cross_entropy_from_logits(labels, logits):
    m = logits.max(axis=1, keepdims=True)
    return np.mean(logits[np.arange(len(labels)), labels] - np.log(np.exp(logits - m).sum(axis=1)))

# %% wrong: two mistakes, shifts by the maximum of the whole array (underflow) and returns the losses of the images instead of their mean
# told: takes_one_maximum_for_all+forgets_the_mean
def cross_entropy_from_logits(labels, logits):
    z = logits - np.max(logits)
    return np.log(np.sum(np.exp(z), axis=1)) - z[np.arange(len(labels)), labels]

# %% wrong: two mistakes, overwrites its input and takes the sum instead of the mean
# told: sums
def cross_entropy_from_logits(labels, logits):
    for row in logits:
        row -= row.max()
    return sum(np.log(np.exp(row).sum()) - row[y] for y, row in zip(labels, logits))

# %% wrong: two mistakes, base-2 logarithm of the sum and no shift (overflow)
# told: overflows+takes_base_two_in_one_place
def cross_entropy_from_logits(labels, logits):
    return np.mean(np.log2(np.exp(logits).sum(axis=1)) - logits[np.arange(len(labels)), labels])
