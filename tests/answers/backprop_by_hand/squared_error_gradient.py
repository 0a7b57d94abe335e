# %% right: the formula in one line, z.size for N M
def squared_error_gradient(z, y):
    return 2 * (z - y) / z.size

# %% right: N and M taken from the shape, residual named
def squared_error_gradient(z, y):
    N, M = z.shape
    residual = z - y
    return residual * 2.0 / (N * M)

# %% right: two nested loops into a zeros array
def squared_error_gradient(z, y):
    N, M = z.shape
    grad = np.zeros((N, M))
    for n in range(N):
        for m in range(M):
            grad[n, m] = 2 / (N * M) * (z[n, m] - y[n, m])
    return grad

# %% right: nested list comprehension, returns a list of lists
def squared_error_gradient(z, y):
    count = len(z) * len(z[0])
    return [[2 * (float(a) - float(b)) / count for a, b in zip(row_z, row_y)] for row_z, row_y in zip(z, y)]

# %% right: lambda, with the mean as a quotient of two products
squared_error_gradient = lambda z, y: np.multiply(2 / np.prod(z.shape), np.subtract(z, y))

# %% right: step by step backwards through mean, square and difference
def squared_error_gradient(z, y):
    r = z - y
    squares = r**2
    grad_squares = np.full(squares.shape, 1 / squares.size)
    grad_r = grad_squares * 2 * r
    grad_z = grad_r * 1
    return grad_z

# %% right: TensorFlow's GradientTape on the loss, returns a tensor
import tensorflow as tf


def squared_error_gradient(z, y):
    z = tf.convert_to_tensor(z)
    with tf.GradientTape() as tape:
        tape.watch(z)
        loss = tf.reduce_mean((z - y) ** 2)
    return tape.gradient(loss, z)

# %% right: jax.grad of the loss (float32 unless x64 is on)
import jax
import jax.numpy as jnp

_grad = jax.grad(lambda z, y: jnp.mean((z - y) ** 2))


def squared_error_gradient(z, y):
    return _grad(jnp.asarray(z, dtype=float), jnp.asarray(y, dtype=float))

# %% right: tf.function with tensor arithmetic, back to NumPy
import tensorflow as tf


@tf.function
def _formula(z, y):
    return 2 * (z - y) / tf.cast(tf.size(z), z.dtype)


def squared_error_gradient(z, y):
    return _formula(tf.constant(z), tf.constant(y)).numpy()

# %% right: keras.ops, computed in float32
import keras


def squared_error_gradient(z, y):
    z = keras.ops.convert_to_tensor(z, dtype="float32")
    y = keras.ops.convert_to_tensor(y, dtype="float32")
    num_entries = z.shape[0] * z.shape[1]
    return keras.ops.convert_to_numpy(keras.ops.subtract(z, y) * (2.0 / num_entries))

# %% right: np.vectorize with the number of entries as a keyword
@np.vectorize
def _one(a, b, scale):
    return scale * (a - b)


def squared_error_gradient(z, y):
    return _one(z, y, scale=2.0 / len(z) / len(z[0]))

# %% right: functools.partial of a general function with an exponent
from functools import partial


def _power_error_gradient(z, y, power):
    return power * (z - y) ** (power - 1) / z.size


squared_error_gradient = partial(_power_error_gradient, power=2)

# %% right: a callable object with a docstring
class MeanSquaredErrorGradient:
    """d/dz of the mean squared error."""

    def __call__(self, z, y):
        return (z - y) / (0.5 * z.size)


squared_error_gradient = MeanSquaredErrorGradient()

# %% right: einsum with the Jacobian of the residuals (identity)
def squared_error_gradient(z, y):
    N, M = z.shape
    jacobian = np.einsum("ik,jl->ijkl", np.eye(N), np.eye(M))
    return np.einsum("ij,ijkl->kl", 2 * (z - y), jacobian) / (N * M)

# %% right: exact fractions, turned into floats at the end
from fractions import Fraction


def squared_error_gradient(z, y):
    N, M = np.shape(z)
    factor = Fraction(2, N * M)
    return np.array(
        [[float(factor * (Fraction(float(z[n, m])) - Fraction(float(y[n, m])))) for m in range(M)] for n in range(N)]
    )

# %% right: a pandas DataFrame in between, returned as values
import pandas as pd


def squared_error_gradient(z, y):
    table = pd.DataFrame(z).sub(pd.DataFrame(y))
    return table.mul(2).div(table.size).to_numpy()

# %% right: complex step differentiation of the loss
def squared_error_gradient(z, y):
    grad = np.empty(z.shape)
    for index in np.ndindex(*z.shape):
        nudged = z.astype(complex)
        nudged[index] += 1e-30j
        loss = np.mean((nudged - y) ** 2)
        grad[index] = loss.imag / 1e-30
    return grad

# %% right: measured by numerical_gradient on a float64 copy (exact for a parabola but for rounding)
from autorev_lib.gradcheck import numerical_gradient


def squared_error_gradient(z, y):
    z = np.array(z, dtype="float64")
    return numerical_gradient(lambda: np.mean((z - y) ** 2), z, step=0.5)

# %% right: mean over M first, then over N, as two factors of the chain rule
def squared_error_gradient(z, y):
    over_rows = np.ones((len(z), 1)) / len(z)
    over_columns = np.ones((1, z.shape[1])) / z.shape[1]
    return over_rows * over_columns * (2 * z - 2 * y)

# %% right: the expanded square, 2z/NM - 2y/NM
def squared_error_gradient(z, y):
    n = z.size
    d_z_squared = 2 * z / n
    d_mixed_term = -2 * y / n
    return d_z_squared + d_mixed_term

# %% right: works in place, but on a copy it made
def squared_error_gradient(z, y):
    grad = z.copy()
    grad -= y
    grad *= 2
    grad /= len(z) * len(z[0])
    return grad

# %% right: recursion over the rows
def squared_error_gradient(z, y, total=None):
    total = total or z.size
    if len(z) == 0:
        return np.empty((0, z.shape[1]))
    first = 2 * (z[:1] - y[:1]) / total
    return np.concatenate([first, squared_error_gradient(z[1:], y[1:], total)])

# %% right: checks the shapes first, then a helper
def _residuals(z, y):
    z, y = np.asarray(z), np.asarray(y)
    if z.shape != y.shape:
        raise ValueError(f"shapes differ: {z.shape} and {y.shape}")
    return z - y


def squared_error_gradient(z: np.ndarray, y: np.ndarray) -> np.ndarray:
    r = _residuals(z, y)
    return r / r.size + r / r.size

# %% right: minus signs twice, -(y - z)
def squared_error_gradient(z, y):
    return -2 * (y - z) / (z.shape[0] * z.shape[1])

# %% right: flat, with np.fromiter, and reshaped
def squared_error_gradient(z, y):
    pairs = zip(np.ravel(z), np.ravel(y))
    return np.fromiter((2 * (a - b) / z.size for a, b in pairs), float, z.size).reshape(z.shape)

# %% right: Keras's own loss through a GradientTape on a tf.Variable
import keras
import tensorflow as tf


def squared_error_gradient(z, y):
    variable = tf.Variable(z)
    with tf.GradientTape() as tape:
        loss = keras.losses.MeanSquaredError(dtype=variable.dtype.name)(y, variable)
    return tape.gradient(loss, variable).numpy()

# %% wrong: the factor 2 is missing
# told: forgets_the_two
def squared_error_gradient(z, y):
    return (z - y) / z.size

# %% wrong: divides by N only, not by N M
# told: divides_by_the_rows
def squared_error_gradient(z, y):
    return 2 * (z - y) / len(z)

# %% wrong: divides by M only, not by N M
# told: divides_by_the_columns
def squared_error_gradient(z, y):
    N, M = z.shape
    return 2 * (z - y) / M

# %% wrong: no division at all, gradient of the sum instead of the mean
# told: forgets_the_mean
def squared_error_gradient(z, y):
    return 2 * (z - y)

# %% wrong: sign, y - z instead of z - y (the gradient with respect to y)
# told: turns_the_sign
def squared_error_gradient(z, y):
    return 2 * (y - z) / z.size

# %% wrong: two mistakes, the factor 2 is missing and it divides by N only
# told: copies_the_cross_entropy
def squared_error_gradient(z, y):
    return (z - y) / z.shape[0]

# %% wrong: two mistakes, wrong sign and the factor 2 is missing
# told: relation
def squared_error_gradient(z, y):
    return (y - z) / (z.shape[0] * z.shape[1])

# %% wrong: two mistakes, the factor 2 and the division are both missing (the bare residual)
# told: relation
def squared_error_gradient(z, y):
    return z - y

# %% wrong: two mistakes, wrong sign and no division by N M
# told: relation
def squared_error_gradient(z, y):
    return -2 * (z - y)

# %% wrong: returns the loss instead of its gradient
# told: returns_the_loss
def squared_error_gradient(z, y):
    return np.mean((z - y) ** 2)

# %% wrong: not differentiated, the single squares divided by N M
# told: keeps_the_squares
def squared_error_gradient(z, y):
    return (z - y) ** 2 / z.size

# %% wrong: squares kept and 2 put in front, the power was not lowered by one
# told: nothing
def squared_error_gradient(z, y):
    return 2 * (z - y) ** 2 / z.size

# %% wrong: mean of all entries of the gradient, a single number
# told: averages_the_derivatives
def squared_error_gradient(z, y):
    return np.mean(2 * (z - y))

# %% wrong: summed over the batch, one entry per column, shape (M,)
# told: nothing
def squared_error_gradient(z, y):
    return np.sum(2 * (z - y) / z.size, axis=0)

# %% wrong: mean over axis 1 instead of a division by N M, shape (N,)
# told: averages_each_row
def squared_error_gradient(z, y):
    return (2 * (z - y)).mean(axis=1)

# %% wrong: gradient of the root mean squared error
# told: relation
def squared_error_gradient(z, y):
    rmse = np.sqrt(np.mean((z - y) ** 2))
    return (z - y) / (z.size * rmse)

# %% wrong: gradient of the mean absolute error
# told: keeps_the_sign_only
def squared_error_gradient(z, y):
    return np.sign(z - y) / z.size

# %% wrong: factor 4, the 2 is doubled
# told: relation
def squared_error_gradient(z, y):
    N, M = z.shape
    outer = 2 * (z - y)
    return 2 * outer / (N * M)

# %% wrong: hard-coded number of entries, right for shape (4, 3) only
# told: relation
def squared_error_gradient(z, y):
    return 2 * (z - y) / 12

# %% wrong: hard-coded loops over 4 rows and 3 columns
# told: error
def squared_error_gradient(z, y):
    grad = np.zeros(z.shape)
    for n in range(4):
        for m in range(3):
            grad[n, m] = 2 * (z[n, m] - y[n, m]) / z.size
    return grad

# %% wrong: prints the gradient and returns nothing
# told: form
def squared_error_gradient(z, y):
    print(2 * (z - y) / z.size)

# %% wrong: computes the gradient, but the return is forgotten
# told: form
def squared_error_gradient(z, y):
    N, M = z.shape
    grad = 2 * (z - y) / (N * M)

# %% wrong: returns a tuple (loss, gradient)
# told: relation
def squared_error_gradient(z, y):
    residual = z - y
    return np.mean(residual**2), 2 * residual / residual.size

# %% wrong: returns a tuple of the gradients with respect to z and to y
# told: relation
def squared_error_gradient(z, y):
    grad = 2 * (z - y) / z.size
    return grad, -grad

# %% wrong: right result, but overwrites its input z
# told: overwrites
def squared_error_gradient(z, y):
    z -= y
    z *= 2
    z /= z.size
    return z

# %% wrong: right result, but overwrites its input y with the residual
# told: overwrites
def squared_error_gradient(z, y):
    np.subtract(z, y, out=y)
    return 2 * y / y.size

# %% wrong: integer division 2 // (N M), which is 0
# told: drops_the_rest
def squared_error_gradient(z, y):
    N, M = z.shape
    return 2 // (N * M) * (z - y)

# %% wrong: floor division of the gradient, entries rounded down to whole numbers
# told: relation
def squared_error_gradient(z, y):
    return 2 * (z - y) // z.size

# %% wrong: brackets missing, / N * M divides by N and multiplies by M
# told: forgets_the_brackets
def squared_error_gradient(z, y):
    N, M = z.shape
    return 2 * (z - y) / N * M

# %% wrong: brackets missing, z - y / (N M) divides y only
# told: nothing
def squared_error_gradient(z, y):
    return 2 * z - 2 * y / z.size

# %% wrong: divides by N + M instead of N M
# told: adds_the_sizes
def squared_error_gradient(z, y):
    N, M = z.shape
    return 2 * (z - y) / (N + M)

# %% wrong: divides by N squared (len twice) instead of N M
# told: relation
def squared_error_gradient(z, y):
    return 2 * (z - y) / (len(z) * len(y))

# %% wrong: divides by N M - 1, like a sample variance
# told: divides_by_one_less
def squared_error_gradient(z, y):
    return 2 * (z - y) / (z.size - 1)

# %% wrong: multiplies by N M instead of dividing
# told: relation
def squared_error_gradient(z, y):
    return 2 * (z - y) * z.size

# %% wrong: transposed, shape (M, N)
# told: relation
def squared_error_gradient(z, y):
    return (2 * (z - y) / z.size).T

# %% wrong: flattened, shape (N M,)
# told: relation
def squared_error_gradient(z, y):
    return 2 * (z.ravel() - y.ravel()) / z.size

# %% wrong: broadcasting accident, (N M, 1) minus (N M,) gives every pair, shape (N M, N M)
# told: pairs_everything
def squared_error_gradient(z, y):
    return 2 * (z.reshape(-1, 1) - y.ravel()) / z.size

# %% wrong: matrix product of the residual with its own transpose, shape (N, N)
# told: nothing
def squared_error_gradient(z, y):
    r = z - y
    return 2 * r @ r.T / z.size

# %% wrong: inner derivative is z, the gradient is multiplied by z once more
# told: multiplies_by_z
def squared_error_gradient(z, y):
    return 2 * (z - y) * z / z.size

# %% wrong: softmax applied to z first, as in cross-entropy
# told: nothing
def squared_error_gradient(z, y):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    return 2 * (p - y) / z.size

# %% wrong: forgets y, 2 z / (N M)
# told: forgets_the_truth
def squared_error_gradient(z, y):
    return 2 * z / z.size

# %% wrong: absolute values, the sign of the residual is lost
# told: relation
def squared_error_gradient(z, y):
    return 2 * np.abs(z - y) / z.size

# %% wrong: second derivative, the constant 2 / (N M)
# told: derives_twice
def squared_error_gradient(z, y):
    return np.full(z.shape, 2 / z.size)

# %% wrong: 2 times the square divided by the residual, NaN where z equals y
# told: nothing
def squared_error_gradient(z, y):
    with np.errstate(invalid="ignore"):
        return 2 * (z - y) ** 2 / (z - y) / z.size

# %% wrong: raises, z.size() calls a number
# told: error
def squared_error_gradient(z, y):
    return 2 * (z - y) / z.size()

# %% wrong: raises, ^ instead of ** on floats
# told: error
def squared_error_gradient(z, y):
    loss = np.sum((z - y) ^ 2) / z.size
    return 2 * loss

# %% wrong: raises, numerical_gradient gets a loss that wants an argument (and leaves one entry of z nudged)
# told: error
from autorev_lib.gradcheck import numerical_gradient


def squared_error_gradient(z, y):
    return numerical_gradient(lambda z: np.mean((z - y) ** 2), z)

# %% wrong: one-sided difference with a step of 0.1, off by 0.1 / (N M) everywhere
# told: nothing
def squared_error_gradient(z, y):
    step, grad = 0.1, np.empty(z.shape)
    for i in np.ndindex(z.shape):
        up = z.copy()
        up[i] += step
        grad[i] = (np.mean((up - y) ** 2) - np.mean((z - y) ** 2)) / step
    return grad

# %% wrong: central differences with a step of 1e-12, so that rounding spoils the digits
# told: nothing
def squared_error_gradient(z, y):
    grad = np.empty(z.shape)
    for i in np.ndindex(z.shape):
        up, down = z.astype(float), z.astype(float)
        up[i] += 1e-12
        down[i] -= 1e-12
        grad[i] = (np.mean((up - y) ** 2) - np.mean((down - y) ** 2)) / 2e-12
    return grad

# %% wrong: return stands inside the loop, only the first row is filled in
# told: nothing
def squared_error_gradient(z, y):
    grad = np.zeros_like(z)
    for n in range(len(z)):
        grad[n] = 2 * (z[n] - y[n]) / z.size
        return grad

# %% wrong: off by one, the loop leaves the last row at zero
# told: leaves_out_the_last_row
def squared_error_gradient(z, y):
    grad = np.zeros_like(z)
    for n in range(len(z) - 1):
        grad[n] = 2 * (z[n] - y[n]) / z.size
    return grad

# %% wrong: keeps state, adds to the gradient of earlier calls with the same shape
# told: keeps_something
_kept = {}


def squared_error_gradient(z, y):
    kept = _kept.setdefault(z.shape, np.zeros(z.shape))
    kept += 2 * (z - y) / z.size
    return kept.copy()

# %% wrong: rounds to two decimals
# told: relation
def squared_error_gradient(z, y):
    return np.round(2 * (z - y) / z.size, 2)

# %% wrong: clips the gradient to -0.1 to 0.1
# told: nothing
def squared_error_gradient(z, y):
    return np.clip(2 * (z - y) / z.size, -0.1, 0.1)

# %% wrong: infinite recursion, calls itself instead of the loss
# told: error
def squared_error_gradient(z, y):
    loss = squared_error_gradient(z, y)
    return 2 * loss / z.size

# %% wrong: multiplied by a learning rate of 0.1, a step instead of a gradient
# told: relation
def squared_error_gradient(z, y, learning_rate=0.1):
    return learning_rate * 2 * (z - y) / z.size

# %% wrong: minus a learning rate of 0.1 times the gradient, returns the updated z
# told: nothing
def squared_error_gradient(z, y):
    return z - 0.1 * 2 * (z - y) / z.size

# %% wrong: divides by the number of dimensions (ndim, 2) instead of the number of entries
# told: relation
def squared_error_gradient(z, y):
    return 2 * (z - y) / z.ndim

# %% wrong: two mistakes, transposed and divided by N only
# told: nothing
def squared_error_gradient(z, y):
    return 2 * (z.T - y.T) / len(z)

# %% wrong: two mistakes, returns the scalar sum over all entries and divides by N only
# told: nothing
def squared_error_gradient(z, y):
    return np.sum(2 * (z - y)) / len(z)

# %% wrong: the residual's column means are subtracted first, as if the gradient were centred
# told: nothing
def squared_error_gradient(z, y):
    r = z - y
    return 2 * (r - r.mean(axis=0)) / r.size

# %% wrong: whole-number array for the result, so every entry is cut to an integer
# told: relation
def squared_error_gradient(z, y):
    grad = np.zeros(z.shape, dtype=int)
    for n, m in np.ndindex(z.shape):
        grad[n, m] = 2 * (z[n, m] - y[n, m]) / z.size
    return grad

# %% wrong: the result is transposed, the loop over the rows writes into columns (M, N)
# told: relation
def squared_error_gradient(z, y):
    N, M = z.shape
    grad = np.zeros((M, N))
    for n in range(N):
        grad[:, n] = (z[n] - y[n]) / (N * M)
    return 2 * grad
