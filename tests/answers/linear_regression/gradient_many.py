# %% right: transposed matrix times residual
def gradient_many(X, y, weights, bias):
    residual = X @ weights + bias - y
    return 2 / len(y) * X.T @ residual, 2 * np.mean(residual)

# %% right: residual times matrix, no transpose
def gradient_many(X, y, weights, bias):
    N = X.shape[0]
    r = X @ weights + bias - y
    return 2 * (r @ X) / N, 2 * r.sum() / N

# %% right: mean of the products along axis 0
def gradient_many(X, y, weights, bias):
    residual = np.dot(X, weights) + bias - y
    return 2 * np.mean(residual[:, None] * X, axis=0), 2 * residual.mean()

# %% right: np.einsum
def gradient_many(X, y, weights, bias):
    r = np.einsum("nd,d->n", X, weights) + bias - y
    return 2 * np.einsum("n,nd->d", r, X) / len(r), 2 * np.einsum("n->", r) / len(r)

# %% right: column of ones, then split off the last entry
def gradient_many(X, y, weights, bias):
    A = np.column_stack([X, np.ones(len(X))])
    theta = np.append(weights, bias)
    grad = 2 * A.T @ (A @ theta - y) / len(y)
    return grad[:-1], grad[-1]

# %% right: residual with the other sign and factor -2
def gradient_many(X, y, weights, bias):
    error = y - (X @ weights + bias)
    return -2 * X.T.dot(error) / y.size, -2 * np.average(error)

# %% right: bias gradient as a Python float, weights as a list
def gradient_many(X, y, weights, bias):
    r = X @ weights + bias - y
    return (2 * X.T @ r / len(y)).tolist(), float(2 * r.mean())

# %% right: multiplied out, Gram matrix first
def gradient_many(X, y, weights, bias):
    n = len(y)
    gram, moments, sums = X.T @ X, X.T @ y, X.sum(axis=0)
    grad_weights = 2 / n * (gram @ weights + bias * sums - moments)
    grad_bias = 2 / n * (sums @ weights + n * bias - y.sum())
    return grad_weights, grad_bias

# %% right: columns (N, 1) throughout, flattened at the end
def gradient_many(X, y, weights, bias):
    w, t = weights.reshape(-1, 1), y.reshape(-1, 1)
    r = X @ w + bias - t
    return (2 * X.T @ r / len(t)).ravel(), 2 * r.mean()

# %% right: TensorFlow's GradientTape, float64, NumPy out
import tensorflow as tf

def gradient_many(X, y, weights, bias):
    X, y = tf.cast(X, tf.float64), tf.cast(y, tf.float64)
    w, b = tf.Variable(weights, dtype=tf.float64), tf.Variable(bias, dtype=tf.float64)
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(tf.linalg.matvec(X, w) + b - y))
    grad_w, grad_b = tape.gradient(loss, [w, b])
    return grad_w.numpy(), grad_b.numpy()

# %% right: jax.grad, float32 arrays
import jax
import jax.numpy as jnp

def _loss(weights, bias, X, y):
    return jnp.mean((X @ weights + bias - y) ** 2)

def gradient_many(X, y, weights, bias):
    return jax.grad(_loss, argnums=(0, 1))(
        jnp.asarray(weights, jnp.float32), jnp.float32(bias), jnp.asarray(X), jnp.asarray(y)
    )

# %% right: jax.jit with vmap over birds, then the mean
import jax
import jax.numpy as jnp

@jax.jit
def gradient_many(X, y, weights, bias):
    def one(row, target):
        r = row @ weights + bias - target
        return 2 * r * row, 2 * r

    gw, gb = jax.vmap(one)(X, y)
    return gw.mean(axis=0), gb.mean()

# %% right: keras.ops, tensors (float32 accuracy)
from keras import ops

def gradient_many(X, y, weights, bias):
    X, y, weights = (ops.convert_to_tensor(a, dtype="float64") for a in (X, y, weights))
    residual = ops.subtract(ops.add(ops.matmul(X, weights), ops.cast(bias, "float64")), y)
    n = ops.cast(ops.shape(X)[0], "float64")
    return 2 * ops.matmul(ops.transpose(X), residual) / n, 2 * ops.mean(residual)

# %% right: @tf.function with tensordot
import tensorflow as tf

@tf.function
def _both(X, y, weights, bias):
    r = tf.tensordot(X, weights, 1) + bias - y
    return 2.0 * tf.reduce_mean(r[:, tf.newaxis] * X, axis=0), 2.0 * tf.reduce_mean(r)

def gradient_many(X, y, weights, bias):
    return _both(*(tf.constant(a, tf.float64) for a in (X, y, weights, bias)))

# %% right: central difference of the loss for all weights at once, exact for a parabola
def gradient_many(X, y, weights, bias):
    h = 1.0
    D = X.shape[1]
    nudges = h * np.eye(D + 1)
    theta = np.append(weights, bias).astype(float)
    A = np.hstack([X, np.ones((len(X), 1))])

    def losses(points):
        return np.mean((A @ points.T - y[:, None]) ** 2, axis=0)

    grad = (losses(theta + nudges) - losses(theta - nudges)) / (2 * h)
    return grad[:D], grad[D]

# %% right: complex step, all directions at once
def gradient_many(X, y, weights, bias):
    A = np.column_stack([X, np.ones(len(y))])
    h = 1e-20
    theta = np.append(weights, bias).astype(complex)
    points = theta[:, None] + 1j * h * np.eye(len(theta))
    loss = np.mean((A @ points - y[:, None]) ** 2, axis=0)
    grad = loss.imag / h
    return grad[:-1], grad[-1]

# %% right: np.tensordot, bias gradient as a 0-d array
def gradient_many(X, y, weights, bias):
    r = np.tensordot(X, weights, axes=1) + bias - y
    return 2 * np.tensordot(r, X, axes=(0, 0)) / X.shape[0], np.asarray(2 * np.mean(r))

# %% right: np.matvec and np.vecmat, the new NumPy functions
def gradient_many(X, y, weights, bias):
    r = np.matvec(X, weights) + bias - y
    return 2 * np.vecmat(r, X) / r.size, 2 * r.mean()

# %% right: BLAS through scipy
from scipy.linalg import blas

def gradient_many(X, y, weights, bias):
    X = np.asfortranarray(X, dtype=float)
    r = blas.dgemv(1.0, X, weights) + bias - y
    return blas.dgemv(2 / len(y), X, r, trans=1), 2 * r.sum() / len(y)

# %% right: sparse matrix
from scipy.sparse import csr_array

def gradient_many(X, y, weights, bias):
    S = csr_array(X)
    r = S @ weights + bias - y
    return 2 * (S.T @ r) / len(y), 2 * r.mean()

# %% right: pandas tables
import pandas as pd

def gradient_many(X, y, weights, bias):
    table = pd.DataFrame(np.asarray(X))
    residual = table.dot(np.asarray(weights)) + bias - np.asarray(y)
    return table.mul(2 * residual, axis=0).mean().to_numpy(), 2 * residual.mean()

# %% right: callable object with a helper method
class GradientMany:
    @staticmethod
    def residual(X, y, weights, bias):
        return (X * weights).sum(axis=1) + bias - y

    def __call__(self, X, y, weights, bias):
        slope = 2 * self.residual(X, y, weights, bias) / len(y)
        return slope @ X, slope.sum()

gradient_many = GradientMany()

# %% right: lambda with a walrus
gradient_many = lambda X, y, weights, bias: (
    2 * (r := X @ weights + bias - y) @ X / len(r),
    2 * np.mean(r),
)

# %% right: mean of the product as covariance plus product of the means
def gradient_many(X, y, weights, bias):
    r = X @ weights + bias - y
    centred = X - X.mean(axis=0)
    covariance = (r - r.mean()) @ centred / len(r)
    return 2 * (covariance + r.mean() * X.mean(axis=0)), 2 * r.mean()

# %% right: centred at the least-squares solution, Hessian times distance
def gradient_many(X, y, weights, bias):
    A = np.column_stack([X, np.ones(len(X))])
    best = np.linalg.lstsq(A, y, rcond=None)[0]
    hessian = 2 / len(y) * A.T @ A
    grad = hessian @ (np.append(weights, bias) - best)
    return grad[:-1], grad[-1]

# %% right: in place, but on arrays of its own; named tuple
from collections import namedtuple

Gradient = namedtuple("Gradient", "weights bias")

def gradient_many(X, y, weights, bias):
    r = X @ weights
    r += bias
    r -= y
    r *= 2 / len(y)
    return Gradient(X.T @ r, r.sum())

# %% right: np.apply_along_axis over the columns
def gradient_many(X, y, weights, bias):
    r = predict(X, weights, bias).sum(axis=1) - (X.shape[1] - 1) * bias - y
    return np.apply_along_axis(lambda column: 2 * np.mean(r * column), 0, X), 2 * np.mean(r)

# %% wrong: factor 2 missing in both
# told: forgets_the_two
def gradient_many(X, y, weights, bias):
    r = X @ weights + bias - y
    return X.T @ r / len(y), np.mean(r)

# %% wrong: factor 2 missing in the gradient of the bias only
# told: halves_the_bias
def gradient_many(X, y, weights, bias):
    r = X @ weights + bias - y
    return 2 * X.T @ r / len(y), np.mean(r)

# %% wrong: factor 2 missing in the gradient of the weights only
# told: halves_the_weights
def gradient_many(X, y, weights, bias):
    r = X @ weights + bias - y
    return X.T @ r / len(y), 2 * np.mean(r)

# %% wrong: factor 4 instead of 2, doubled in both
# told: relation
def gradient_many(X, y, weights, bias):
    r = 2 * (X @ weights + bias - y)
    return 2 * X.T @ r / len(y), 2 * np.mean(r)

# %% wrong: sum instead of mean in both, N is missing
# told: sums
def gradient_many(X, y, weights, bias):
    r = X @ weights + bias - y
    return 2 * X.T @ r, 2 * np.sum(r)

# %% wrong: N forgotten in the gradient of the weights only
# told: sums_the_weights
def gradient_many(X, y, weights, bias):
    r = X @ weights + bias - y
    return 2 * X.T @ r, 2 * np.mean(r)

# %% wrong: sum instead of mean in the gradient of the bias only
# told: sums_the_bias
def gradient_many(X, y, weights, bias):
    r = X @ weights + bias - y
    return 2 * X.T @ r / len(y), 2 * np.sum(r)

# %% wrong: sign, residual is y minus prediction
# told: turns_the_sign
def gradient_many(X, y, weights, bias):
    r = y - (X @ weights + bias)
    return 2 * X.T @ r / len(y), 2 * np.mean(r)

# %% wrong: mean over everything, the gradient of the weights is a single number
# told: averages_over_everything
def gradient_many(X, y, weights, bias):
    r = X @ weights + bias - y
    return 2 * np.mean(r[:, None] * X), 2 * np.mean(r)

# %% wrong: divides by D instead of N
# told: divides_by_the_inputs
def gradient_many(X, y, weights, bias):
    r = X @ weights + bias - y
    D = X.shape[1]
    return 2 / D * X.T @ r, 2 / D * np.sum(r)

# %% wrong: divides by N times D (X.size) in the gradient of the weights
# told: divides_by_the_inputs_too
def gradient_many(X, y, weights, bias):
    r = X @ weights + bias - y
    return 2 * X.T @ r / X.size, 2 * r.mean()

# %% wrong: result in the wrong order (bias, weights)
# told: exchanges_the_two
def gradient_many(X, y, weights, bias):
    r = X @ weights + bias - y
    return 2 * np.mean(r), 2 * X.T @ r / len(y)

# %% wrong: gradient of the weights has shape (D, 1)
# told: keeps_an_axis
def gradient_many(X, y, weights, bias):
    r = (X @ weights + bias - y).reshape(-1, 1)
    return 2 * X.T @ r / len(y), 2 * np.mean(r)

# %% wrong: gradient of the bias has shape (1,)
# told: relation
def gradient_many(X, y, weights, bias):
    r = (X @ weights + bias - y)[:, None]
    return 2 * np.mean(r * X, axis=0), 2 * np.mean(r, axis=0)

# %% wrong: returns one vector (D + 1,) instead of two things
# told: form
def gradient_many(X, y, weights, bias):
    A = np.column_stack([X, np.ones(len(y))])
    return 2 * A.T @ (A @ np.append(weights, bias) - y) / len(y)

# %% wrong: broadcasting, prediction (N, 1) minus y (N,) gives an N by N residual
# told: compares_all_with_all
def gradient_many(X, y, weights, bias):
    prediction = X @ weights.reshape(-1, 1) + bias
    r = prediction - y
    return 2 * np.mean(X.T @ r, axis=1) / len(y), 2 * np.mean(r)

# %% wrong: X @ residual without transpose, shapes do not fit and it raises
# told: forgets_to_transpose
def gradient_many(X, y, weights, bias):
    r = X @ weights + bias - y
    return 2 * X @ r / len(y), 2 * np.mean(r)

# %% wrong: forgets the bias in the prediction
# told: forgets_the_bias
def gradient_many(X, y, weights, bias):
    r = X @ weights - y
    return 2 * X.T @ r / len(y), 2 * np.mean(r)

# %% wrong: product of the means instead of mean of the products
# told: multiplies_the_means
def gradient_many(X, y, weights, bias):
    r = X @ weights + bias - y
    return 2 * np.mean(r) * np.mean(X, axis=0), 2 * np.mean(r)

# %% wrong: mean over axis 1 (inputs) instead of axis 0 (birds), shape (N,)
# told: averages_over_the_inputs
def gradient_many(X, y, weights, bias):
    r = X @ weights + bias - y
    return 2 * np.mean(r[:, None] * X, axis=1), 2 * np.mean(r)

# %% wrong: forgets to subtract y, the prediction stands for the residual
# told: forgets_the_truth
def gradient_many(X, y, weights, bias):
    r = X @ weights + bias
    return 2 * X.T @ r / len(y), 2 * np.mean(r)

# %% wrong: adds the bias once for each column (predict(X, ...).sum(axis=1))
# told: counts_the_bias_for_each_input
def gradient_many(X, y, weights, bias):
    r = predict(X, weights, bias).sum(axis=1) - y
    return 2 * X.T @ r / len(y), 2 * np.mean(r)

# %% wrong: N hard-coded to 342
# told: divides_by_342
def gradient_many(X, y, weights, bias):
    r = X @ weights + bias - y
    return 2 / 342 * X.T @ r, 2 / 342 * r.sum()

# %% wrong: number of inputs hard-coded to 3
# told: error
def gradient_many(X, y, weights, bias):
    r = X @ weights + bias - y
    grad = np.array([2 * np.mean(r * X[:, 0]), 2 * np.mean(r * X[:, 1]), 2 * np.mean(r * X[:, 2])])
    return grad, 2 * np.mean(r)

# %% wrong: right result, but overwrites y with the residual
# told: overwrites
def gradient_many(X, y, weights, bias):
    np.subtract(X @ weights + bias, y, out=y)
    return 2 * X.T @ y / len(y), 2 * np.mean(y)

# %% wrong: right result, but multiplies X in place by the residuals
# told: overwrites
def gradient_many(X, y, weights, bias):
    r = X @ weights + bias - y
    X *= r[:, None]
    return 2 * X.mean(axis=0), 2 * r.mean()

# %% wrong: right result, but writes the gradient into weights
# told: overwrites
def gradient_many(X, y, weights, bias):
    r = X @ weights + bias - y
    weights[:] = 2 * X.T @ r / len(y)
    return weights, 2 * np.mean(r)

# %% wrong: hands the matrix to the gradient for one input, broadcasting mixes things up or raises
# told: error
def gradient_many(X, y, weights, bias):
    return gradient(X, y, weights, bias)

# %% wrong: gradient of the RMSE (divided by twice the root of the loss)
# told: returns_the_derivative_of_the_root
def gradient_many(X, y, weights, bias):
    r = X @ weights + bias - y
    rmse = np.sqrt(np.mean(r**2))
    return X.T @ r / len(y) / rmse, np.mean(r) / rmse

# %% wrong: gradient of the mean absolute error (signs of the residuals)
# told: takes_the_signs
def gradient_many(X, y, weights, bias):
    s = np.sign(X @ weights + bias - y)
    return X.T @ s / len(y), np.mean(s)

# %% wrong: squares the residual in the gradient
# told: nothing
def gradient_many(X, y, weights, bias):
    r = (X @ weights + bias - y) ** 2
    return 2 * X.T @ r / len(y), 2 * np.mean(r)

# %% wrong: adds weight decay (2 times the weights)
# told: decays_the_weights
def gradient_many(X, y, weights, bias):
    r = X @ weights + bias - y
    return 2 * X.T @ r / len(y) + 2 * weights, 2 * np.mean(r)

# %% wrong: returns the parameters after a step instead of the gradient
# told: nothing
def gradient_many(X, y, weights, bias, learning_rate=0.1):
    r = X @ weights + bias - y
    return weights - learning_rate * 2 * X.T @ r / len(y), bias - learning_rate * 2 * np.mean(r)

# %% wrong: treats each input alone, residual of column d uses only its own weight
# told: treats_each_input_alone
def gradient_many(X, y, weights, bias):
    r = X * weights + bias - y[:, None]
    return 2 * np.mean(r * X, axis=0), 2 * np.mean(r)

# %% wrong: returns a dict instead of two values
# told: form
def gradient_many(X, y, weights, bias):
    r = X @ weights + bias - y
    return {"weights": 2 * X.T @ r / len(y), "bias": 2 * np.mean(r)}

# %% wrong: prints instead of returning
# told: form
def gradient_many(X, y, weights, bias):
    r = X @ weights + bias - y
    print(2 * X.T @ r / len(y), 2 * np.mean(r))

# %% wrong: divides by N - 1
# told: relation
def gradient_many(X, y, weights, bias):
    r = X @ weights + bias - y
    return 2 * X.T @ r / (len(y) - 1), 2 * r.sum() / (len(y) - 1)

# %% wrong: rounds to two digits
# told: relation
def gradient_many(X, y, weights, bias):
    r = X @ weights + bias - y
    return np.round(2 * X.T @ r / len(y), 2), round(float(2 * r.mean()), 2)

# %% wrong: normalises the gradient to length 1
# told: nothing
def gradient_many(X, y, weights, bias):
    r = X @ weights + bias - y
    gw, gb = 2 * X.T @ r / len(y), 2 * np.mean(r)
    length = np.sqrt(gw @ gw + gb**2)
    return gw / length, gb / length

# %% wrong: uses only the first column, the other entries get its value
# told: takes_the_first_input
def gradient_many(X, y, weights, bias):
    r = X @ weights + bias - y
    return np.full(X.shape[1], 2 * np.mean(r * X[:, 0])), 2 * np.mean(r)

# %% wrong: squeezes the result, so for D = 1 the gradient of the weights has shape ()
# told: nothing
def gradient_many(X, y, weights, bias):
    r = (X @ weights + bias - y)[:, None]
    return np.squeeze(2 * X.T @ r / len(y)), 2 * np.mean(r)

# %% wrong: standardises X first, so the gradient belongs to other inputs
# told: nothing
def gradient_many(X, y, weights, bias):
    Z = (X - X.mean(axis=0)) / X.std(axis=0)
    r = Z @ weights + bias - y
    return 2 * Z.T @ r / len(y), 2 * np.mean(r)

# %% wrong: adds up the gradients of all calls
# told: keeps_something
_sum = {}

def gradient_many(X, y, weights, bias):
    r = X @ weights + bias - y
    key = X.shape[1]
    old_w, old_b = _sum.get(key, (0.0, 0.0))
    _sum[key] = (old_w + 2 * X.T @ r / len(y), old_b + 2 * np.mean(r))
    return _sum[key]

# %% wrong: returns the loss as a third value
# told: form
def gradient_many(X, y, weights, bias):
    r = X @ weights + bias - y
    return 2 * X.T @ r / len(y), 2 * np.mean(r), np.mean(r**2)

# %% wrong: X.T * residual, element by element, gives (D, N) and no sum
# told: relation
def gradient_many(X, y, weights, bias):
    r = X @ weights + bias - y
    return 2 * X.T * r / len(y), 2 * np.mean(r)

# %% wrong: gradient of the bias not averaged, an array (N,)
# told: relation
def gradient_many(X, y, weights, bias):
    r = X @ weights + bias - y
    return 2 * X.T @ r / len(y), 2 * r

# %% wrong: transposes the residual (a vector, no effect) instead of X, so shapes do not fit and it raises
# told: forgets_to_transpose
def gradient_many(X, y, weights, bias):
    r = X @ weights + bias - y
    return 2 / len(y) * X @ r.T, 2 * np.mean(r)

# %% wrong: weights @ X instead of X @ weights, raises unless N = D
# told: multiplies_from_the_left
def gradient_many(X, y, weights, bias):
    r = weights @ X + bias - y
    return 2 * X.T @ r / len(y), 2 * np.mean(r)

# %% wrong: one-sided difference with a large step h = 0.1, too rough
# told: nothing
def gradient_many(X, y, weights, bias):
    h = 0.1
    A = np.column_stack([X, np.ones(len(y))])
    theta = np.append(weights, bias)
    here = np.mean((A @ theta - y) ** 2)
    there = np.mean((A @ (theta[:, None] + h * np.eye(len(theta))) - y[:, None]) ** 2, axis=0)
    grad = (there - here) / h
    return grad[:-1], grad[-1]

# %% wrong: the nudge is not divided by 2h but by h (central difference, twice too large)
# told: relation
def gradient_many(X, y, weights, bias):
    h = 1e-3
    A = np.column_stack([X, np.ones(len(y))])
    theta = np.append(weights, bias)
    def loss(nudge):
        return np.mean((A @ (theta[:, None] + nudge * np.eye(len(theta))) - y[:, None]) ** 2, axis=0)
    grad = (loss(h) - loss(-h)) / h
    return grad[:-1], grad[-1]

# %% wrong: two mistakes, factor 2 missing and sum instead of mean
# told: relation
def gradient_many(X, y, weights, bias):
    r = X @ weights + bias - y
    return X.T @ r, r.sum()

# %% wrong: two mistakes, wrong sign and result in the wrong order
# told: turns_the_sign+exchanges_the_two
def gradient_many(X, y, weights, bias):
    r = y - X @ weights - bias
    return 2 * np.mean(r), 2 * X.T @ r / len(y)

# %% wrong: two mistakes, bias forgotten in the prediction and factor 2 missing
# told: forgets_the_two+forgets_the_bias
def gradient_many(X, y, weights, bias):
    r = X @ weights - y
    return X.T @ r / len(y), r.mean()

# %% wrong: two mistakes, gradient of the weights of shape (D, 1) and without division by N
# told: sums_the_weights+keeps_an_axis
def gradient_many(X, y, weights, bias):
    r = (X @ weights + bias - y)[:, np.newaxis]
    return 2 * X.T @ r, 2 * r.mean()

# %% wrong: two mistakes, sum instead of mean in the bias and factor 2 missing in the weights
# told: halves_the_weights
def gradient_many(X, y, weights, bias):
    r = X @ weights + bias - y
    return X.T @ r / len(y), 2 * r.sum()

# %% wrong: two mistakes, overwrites y and the sign is wrong
# told: turns_the_sign
def gradient_many(X, y, weights, bias):
    y -= X @ weights + bias
    return 2 * X.T @ y / len(y), 2 * np.mean(y)
