# %% right: the textbook line with np.clip and np.round
def quantise(values, scale, zero_point):
    return np.clip(np.round(values / scale) + zero_point, -128, 127).astype(np.int8)

# %% right: step by step, with asarray, rint, maximum and minimum
def quantise(values, scale, zero_point):
    values = np.asarray(values, dtype=np.float64)
    levels = np.rint(values / scale)
    levels = levels + zero_point
    levels = np.maximum(levels, -128)
    levels = np.minimum(levels, 127)
    return levels.astype("int8")

# %% right: a loop over np.ndenumerate with Python's round and if
def quantise(values, scale, zero_point):
    values = np.asarray(values)
    out = np.zeros(values.shape, dtype=np.int8)
    for index, value in np.ndenumerate(values):
        x = float(value) / float(scale)
        if x > 1e6:
            x = 1e6
        if x < -1e6:
            x = -1e6
        q = round(x) + int(zero_point)
        if q > 127:
            q = 127
        elif q < -128:
            q = -128
        out[index] = q
    return out

# %% right: np.vectorize around a scalar function, limits before and after
def quantise(values, scale, zero_point):
    def one(value):
        return max(-128, min(127, np.round(value / scale) + zero_point))

    return np.vectorize(one, otypes=[np.int8])(values)

# %% right: a lambda with array methods, dtype as a string
quantise = lambda values, scale, zero_point: ((np.array(values, dtype=float) / scale).round() + zero_point).clip(-128, 127).astype("int8")

# %% right: limits from np.iinfo, dtype as a keyword default
def quantise(values, scale, zero_point, dtype=np.int8):
    info = np.iinfo(dtype)
    q = np.around(np.divide(values, scale)) + zero_point
    return np.clip(q, info.min, info.max).astype(dtype)

# %% right: clips the real values first, then rounds
def quantise(values, scale, zero_point):
    lowest, highest = -128 - zero_point, 127 - zero_point
    levels = np.clip(np.asarray(values, dtype=float) / scale, lowest, highest)
    return (np.round(levels) + zero_point).astype(np.int8)

# %% right: keras.ops, converted back to NumPy
def quantise(values, scale, zero_point):
    x = keras.ops.convert_to_tensor(np.asarray(values, dtype="float64"))
    q = keras.ops.round(x / scale) + zero_point
    q = keras.ops.clip(q, -128, 127)
    return keras.ops.convert_to_numpy(keras.ops.cast(q, "int8"))

# %% right: TensorFlow, returns a tensor of int8
import tensorflow as tf


def quantise(values, scale, zero_point):
    x = tf.convert_to_tensor(np.asarray(values, dtype=np.float64))
    q = tf.round(x / scale) + tf.cast(zero_point, tf.float64)
    return tf.cast(tf.clip_by_value(q, -128.0, 127.0), tf.int8)

# %% right: tf.function with a nested helper
import tensorflow as tf


@tf.function
def _levels(x, scale, zero_point):
    return tf.saturate_cast(tf.math.rint(x / scale) + zero_point, tf.int8)


def quantise(values, scale, zero_point):
    as_double = lambda v: tf.constant(np.asarray(v), dtype=tf.float64)
    return _levels(as_double(values), as_double(scale), as_double(zero_point)).numpy()

# %% right: pandas Series, method chain
def quantise(values, scale, zero_point):
    values = np.asarray(values, dtype=float)
    q = pd.Series(values.ravel()).div(scale).round().add(zero_point).clip(-128, 127)
    return q.to_numpy().astype("int8").reshape(values.shape)

# %% right: np.where twice instead of clip
def quantise(values, scale, zero_point):
    q = np.round(values / scale) + zero_point
    q = np.where(q > 127, 127, q)
    q = np.where(q < -128, -128, q)
    return q.astype(np.int8)

# %% right: boolean masks on a copy
def quantise(values, scale, zero_point):
    q = np.array(values, dtype=np.float64, copy=True)
    q /= scale
    np.round(q, out=q)
    q += zero_point
    q[q > 127] = 127
    q[q < -128] = -128
    return np.int8(q)

# %% right: list comprehension over the flat values, reshaped at the end
def quantise(values, scale, zero_point):
    values = np.asarray(values)
    limits = lambda v: sorted((-128, v, 127))[1]
    flat = [limits(np.rint(v / scale) + zero_point) for v in values.flatten()]
    return np.array(flat, dtype=np.float64).astype(np.int8).reshape(values.shape)

# %% right: a callable object
class Quantiser:
    low, high = -(2**7), 2**7 - 1

    def __call__(self, values, scale, zero_point):
        q = self.levels(values, scale) + zero_point
        return q.clip(self.low, self.high).astype(np.int8)

    @staticmethod
    def levels(values, scale):
        return np.asarray(np.round(np.asarray(values) / scale))


quantise = Quantiser()

# %% right: recursion over the first axis
def quantise(values, scale, zero_point):
    values = np.asarray(values)
    if values.ndim == 0:
        q = np.round(values / scale) + zero_point
        return np.int8(min(max(q, -128), 127))
    out = np.empty(values.shape, np.int8)
    for i in range(values.shape[0]):
        out[i] = quantise(values[i], scale, zero_point)
    return out

# %% right: functools.partial of np.clip and a helper function
from functools import partial

saturate = partial(np.clip, a_min=-128, a_max=127)


def affine(x, s, z):
    return np.rint(np.true_divide(x, s)) + z


def quantise(values, scale, zero_point):
    return saturate(affine(values, scale, zero_point)).astype(np.dtype("b"))

# %% right: half to even written out by hand with floor
def quantise(values, scale, zero_point):
    x = np.asarray(values, dtype=np.float64) / scale
    below = np.floor(x)
    rest = x - below
    up = (rest > 0.5) | ((rest == 0.5) & (below % 2 == 1))
    return np.clip(below + up + zero_point, -128, 127).astype(np.int8)

# %% right: jax.numpy in float32, returns a jax array
import jax.numpy as jnp


def quantise(values, scale, zero_point):
    ratio = np.asarray(values) / scale
    return jnp.clip(jnp.round(jnp.asarray(ratio, dtype=jnp.float32)) + zero_point, -128, 127).astype(jnp.int8)

# %% right: np.select, with the two ends first
def quantise(values, scale, zero_point):
    q = np.round(np.asarray(values) / scale) + zero_point
    return np.select([q <= -128, q >= 127], [-128, 127], default=q).astype(np.int8)

# %% wrong: does not clip, so what does not fit wraps around
# told: wraps_around
def quantise(values, scale, zero_point):
    return (np.round(values / scale) + zero_point).astype(np.int64).astype(np.int8)

# %% wrong: casts to int8 first and clips afterwards, when it has already wrapped around
# told: wraps_around
def quantise(values, scale, zero_point):
    q = (np.round(values / scale) + zero_point).astype(np.int32).astype(np.int8)
    return np.clip(q, -128, 127)

# %% wrong: casts the rounded quotient to int8 before adding the zero point
# told: nothing
def quantise(values, scale, zero_point):
    q = np.round(values / scale).astype(np.int32).astype(np.int8)
    return np.clip(q.astype(int) + zero_point, -128, 127).astype(np.int8)

# %% wrong: clips before the zero point is added, and wraps around after it
# told: clips_too_early
def quantise(values, scale, zero_point):
    q = np.clip(np.round(values / scale), -128, 127)
    return (q + zero_point).astype(np.int64).astype(np.int8)

# %% wrong: clips to -127 to 127, so -128 is never used
# told: leaves_out_the_smallest
def quantise(values, scale, zero_point):
    return np.clip(np.round(values / scale) + zero_point, -127, 127).astype(np.int8)

# %% wrong: uses uint8, 0 to 255, instead of int8
# told: takes_unsigned_bytes
def quantise(values, scale, zero_point):
    return np.clip(np.round(values / scale) + zero_point, 0, 255).astype(np.uint8)

# %% wrong: clips to 0 to 127, so negative levels become 0
# told: relation
def quantise(values, scale, zero_point):
    return np.clip(np.round(values / scale) + zero_point, 0, 127).astype(np.int8)

# %% wrong: the upper limit is 128, which wraps around to -128
# told: nothing
def quantise(values, scale, zero_point):
    q = np.clip(np.round(values / scale) + zero_point, -128, 128)
    return q.astype(np.int64).astype(np.int8)

# %% wrong: does not round; astype cuts the decimals off
# told: truncates_the_sum
def quantise(values, scale, zero_point):
    return np.clip(values / scale + zero_point, -128, 127).astype(np.int8)

# %% wrong: rounds down with np.floor instead of to the nearest
# told: rounds_down
def quantise(values, scale, zero_point):
    return np.clip(np.floor(values / scale) + zero_point, -128, 127).astype(np.int8)

# %% wrong: rounds up with np.ceil instead of to the nearest
# told: rounds_up
def quantise(values, scale, zero_point):
    return np.clip(np.ceil(values / scale) + zero_point, -128, 127).astype(np.int8)

# %% wrong: floor division // instead of dividing and rounding
# told: rounds_down
def quantise(values, scale, zero_point):
    return np.clip(values // scale + zero_point, -128, 127).astype(np.int8)

# %% wrong: rounds with int(x + 0.5), which is one too high for many negative quotients
# told: rounds_half_up_by_cutting
def quantise(values, scale, zero_point):
    one = lambda v: max(-128, min(127, int(v / scale + 0.5) + zero_point))
    return np.vectorize(one, otypes=[np.int8])(values)

# %% wrong: subtracts the zero point
# told: subtracts_the_zero_point
def quantise(values, scale, zero_point):
    return np.clip(np.round(values / scale) - zero_point, -128, 127).astype(np.int8)

# %% wrong: multiplies by the scale instead of dividing
# told: multiplies_by_the_scale
def quantise(values, scale, zero_point):
    return np.clip(np.round(values * scale) + zero_point, -128, 127).astype(np.int8)

# %% wrong: rounds the values before dividing
# told: rounds_too_early
def quantise(values, scale, zero_point):
    return np.clip(np.round(values) / scale + zero_point, -128, 127).astype(np.int8)

# %% wrong: leaves the zero point out
# told: forgets_the_zero_point
def quantise(values, scale, zero_point):
    return np.clip(np.round(values / scale), -128, 127).astype(np.int8)

# %% wrong: the result stays float64, only the numbers are right
# told: dtype
def quantise(values, scale, zero_point):
    return np.clip(np.round(values / scale) + zero_point, -128, 127)

# %% wrong: returns int64 instead of int8
# told: dtype
def quantise(values, scale, zero_point):
    q = np.round(values / scale) + zero_point
    return np.clip(q, -128, 127).astype(int)

# %% wrong: returns a flat list of Python ints: neither dtype nor shape
# told: relation
def quantise(values, scale, zero_point):
    return [int(max(-128, min(127, round(float(v) / scale) + zero_point))) for v in np.ravel(values)]

# %% wrong: the result is flattened, the shape of values is lost
# told: relation
def quantise(values, scale, zero_point):
    out = []
    for v in np.ravel(values):
        out.append(np.clip(np.round(v / scale) + zero_point, -128, 127))
    return np.array(out).astype(np.int8)

# %% wrong: the scale of the example, 1/255, instead of the argument
# told: ignores_argument
def quantise(values, scale, zero_point):
    return np.clip(np.round(values * 255) + zero_point, -128, 127).astype(np.int8)

# %% wrong: the zero point of the example, -128, instead of the argument
# told: ignores_argument
def quantise(values, scale, zero_point):
    return np.clip(np.round(values / scale) - 128, -128, 127).astype(np.int8)

# %% wrong: goes the other way, scale * (values - zero_point), as for dequantising
# told: dequantises
def quantise(values, scale, zero_point):
    return np.clip(np.round(scale * (values - zero_point)), -128, 127).astype(np.int8)

# %% wrong: adds the zero point to the values before dividing by the scale
# told: nothing
def quantise(values, scale, zero_point):
    return np.clip(np.round((values + zero_point) / scale), -128, 127).astype(np.int8)

# %% wrong: divides by the sum scale + zero_point instead of dividing by the scale and adding the zero point afterwards
# told: nothing
def quantise(values, scale, zero_point):
    return np.clip(np.round(values / (scale + zero_point)), -128, 127).astype(np.int8)

# %% wrong: the arguments of np.clip are in the wrong order (limits first, then the levels), so only 127 acts as a limit and what is below -128 wraps around
# told: clips_above_only
def quantise(values, scale, zero_point):
    q = np.round(values / scale) + zero_point
    return np.clip(-128, 127, q).astype(np.int64).astype(np.int8)

# %% wrong: clips only at 127; what is below -128 wraps around
# told: clips_above_only
def quantise(values, scale, zero_point):
    q = np.minimum(np.round(values / scale) + zero_point, 127)
    return q.astype(np.int32).astype(np.int8)

# %% wrong: clips only at -128; what is above 127 wraps around
# told: clips_below_only
def quantise(values, scale, zero_point):
    q = np.maximum(np.round(values / scale) + zero_point, -128)
    return q.astype(np.int32).astype(np.int8)

# %% wrong: stretches the levels to fill -128 to 127 instead of clipping them
# told: nothing
def quantise(values, scale, zero_point):
    q = np.round(values / scale) + zero_point
    low, high = q.min(), q.max()
    if high > low:
        q = (q - low) / (high - low) * 255 - 128
    return np.round(q).astype(np.int8)

# %% wrong: wraps around on purpose, with modulo 256, instead of clipping
# told: wraps_around
def quantise(values, scale, zero_point):
    q = np.round(values / scale) + zero_point
    return ((q + 128) % 256 - 128).astype(np.int8)

# %% wrong: what does not fit becomes the zero point instead of the nearest limit
# told: nothing
def quantise(values, scale, zero_point):
    q = np.round(values / scale) + zero_point
    q = np.where((q < -128) | (q > 127), zero_point, q)
    return q.astype(np.int8)

# %% wrong: prints the result and returns None
# told: form
def quantise(values, scale, zero_point):
    print(np.clip(np.round(values / scale) + zero_point, -128, 127).astype(np.int8))

# %% wrong: right result, but overwrites its input, because it divides in place
# told: overwrites
def quantise(values, scale, zero_point):
    values /= scale
    np.round(values, out=values)
    values += zero_point
    return np.clip(values, -128, 127).astype(np.int8)

# %% wrong: right result, but clips with out=values and so overwrites its input
# told: overwrites
def quantise(values, scale, zero_point):
    values[...] = np.round(values / scale) + zero_point
    np.clip(values, -128, 127, out=values)
    return values.astype(np.int8)

# %% wrong: the return stands inside the loop, so only the first value comes back
# told: nothing
def quantise(values, scale, zero_point):
    for v in np.ravel(values):
        q = np.clip(np.round(v / scale) + zero_point, -128, 127)
        return np.int8(q)

# %% wrong: returns a tuple of levels and scale
# told: relation
def quantise(values, scale, zero_point):
    q = np.clip(np.round(values / scale) + zero_point, -128, 127).astype(np.int8)
    return q, scale

# %% wrong: rounds to one decimal, then the cast cuts off
# told: truncates_the_sum
def quantise(values, scale, zero_point):
    return np.clip(np.round(values / scale, 1) + zero_point, -128, 127).astype(np.int8)

# %% wrong: casts the values to int8 before anything else, so fractions are lost
# told: nothing
def quantise(values, scale, zero_point):
    return np.clip(np.round(values.astype(np.int8) / scale) + zero_point, -128, 127).astype(np.int8)

# %% wrong: takes the absolute values, so negative numbers become positive
# told: changes_argument
def quantise(values, scale, zero_point):
    return np.clip(np.round(np.abs(values) / scale) + zero_point, -128, 127).astype(np.int8)

# %% wrong: computes its own scale from the largest value and ignores the argument
# told: nothing
def quantise(values, scale, zero_point):
    scale = np.abs(values).max() / 127
    return np.clip(np.round(values / scale) + zero_point, -128, 127).astype(np.int8)

# %% wrong: goes through int16 before clipping, so very large values wrap around
# told: nothing
def quantise(values, scale, zero_point):
    q = np.round(values / scale).astype(np.int64).astype(np.int16) + zero_point
    return np.clip(q, -128, 127).astype(np.int8)

# %% wrong: collects all results in a list outside the function, which grows from call to call
# told: keeps_something
levels = []


def quantise(values, scale, zero_point):
    for v in np.ravel(values):
        levels.append(np.clip(np.round(v / scale) + zero_point, -128, 127))
    return np.array(levels).astype(np.int8)

# %% wrong: Python's round on a whole array with math.floor, raises for more than one value
# told: error
def quantise(values, scale, zero_point):
    return np.int8(max(-128, min(127, math.floor(values / scale + 0.5) + zero_point)))

# %% wrong: loops as if values were one-dimensional, raises for a matrix
# told: error
def quantise(values, scale, zero_point):
    return np.array([max(-128, min(127, round(float(v) / scale) + zero_point)) for v in values], dtype=np.int8)

# %% wrong: one too high, because 1 is added
# told: changes_argument
def quantise(values, scale, zero_point):
    return np.clip(np.round(values / scale) + zero_point + 1, -128, 127).astype(np.int8)

# %% wrong: two mistakes: does not round and does not clip
# told: truncates_the_sum+wraps_around
def quantise(values, scale, zero_point):
    return (values / scale + zero_point).astype(np.int64).astype(np.int8)

# %% wrong: two mistakes: subtracts the zero point and clips to -127
# told: leaves_out_the_smallest+subtracts_the_zero_point
def quantise(values, scale, zero_point):
    return np.clip(np.round(values / scale) - zero_point, -127, 127).astype(np.int8)

# %% wrong: two mistakes: rounds down and returns int32
# told: rounds_down
def quantise(values, scale, zero_point):
    q = np.floor(values / scale) + zero_point
    return np.clip(q, -128, 127).astype(np.int32)

# %% wrong: two mistakes: multiplies by the scale and leaves the zero point out
# told: forgets_the_zero_point+multiplies_by_the_scale
def quantise(values, scale, zero_point):
    return np.clip(np.round(values * scale), -128, 127).astype(np.int8)

# %% wrong: two mistakes: no clipping, and float32 instead of int8
# told: clips_nothing
def quantise(values, scale, zero_point):
    return (np.round(values / scale) + zero_point).astype(np.float32)

# %% wrong: two mistakes: clips the quotient before adding the zero point, and does not clip afterwards but returns int64
# told: nothing
def quantise(values, scale, zero_point):
    return np.clip(np.round(values / scale), -128, 127).astype(np.int64) + zero_point
