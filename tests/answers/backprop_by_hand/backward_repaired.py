# %% right: the three lines, with weights.T
def backward_repaired(x, weights, grad_output):
    grad_weights = x.T @ grad_output
    grad_bias = grad_output.sum(axis=0)
    return grad_output @ weights.T, grad_weights, grad_bias

# %% right: einsum for all three
def backward_repaired(x, weights, grad_output):
    grad_x = np.einsum("nm,dm->nd", grad_output, weights)
    grad_weights = np.einsum("nd,nm->dm", x, grad_output)
    grad_bias = np.einsum("nm->m", grad_output)
    return grad_x, grad_weights, grad_bias

# %% right: np.dot, np.transpose and a tuple of names
def backward_repaired(x, weights, grad_output):
    grad_x = np.dot(grad_output, np.transpose(weights))
    grad_weights = np.dot(np.transpose(x), grad_output)
    grad_bias = np.sum(grad_output, axis=0)
    return (grad_x, grad_weights, grad_bias)

# %% right: three nested loops over N, D and M
def backward_repaired(x, weights, grad_output):
    N, D = x.shape
    M = weights.shape[1]
    grad_x, grad_weights, grad_bias = np.zeros((N, D)), np.zeros((D, M)), np.zeros(M)
    for n in range(N):
        for m in range(M):
            grad_bias[m] += grad_output[n, m]
            for d in range(D):
                grad_x[n, d] += grad_output[n, m] * weights[d, m]
                grad_weights[d, m] += x[n, d] * grad_output[n, m]
    return grad_x, grad_weights, grad_bias

# %% right: lambda
backward_repaired = lambda x, weights, grad_output: (
    grad_output @ weights.T,
    x.T @ grad_output,
    grad_output.sum(0),
)

# %% right: (W Z̄ᵀ)ᵀ and (Z̄ᵀ X)ᵀ, other order of the product and transposed afterwards
def backward_repaired(x, weights, grad_output):
    return (weights @ grad_output.T).T, (grad_output.T @ x).T, grad_output.T.sum(axis=1)

# %% right: np.tensordot
def backward_repaired(x, weights, grad_output):
    grad_x = np.tensordot(grad_output, weights, axes=([1], [1]))
    grad_weights = np.tensordot(x, grad_output, axes=([0], [0]))
    return grad_x, grad_weights, np.add.reduce(grad_output)

# %% right: sum of outer products, one for each example, with list of rows for grad_x
def backward_repaired(x, weights, grad_output):
    grad_weights = sum(np.outer(row, grad) for row, grad in zip(x, grad_output))
    grad_bias = sum(grad_output)
    grad_x = np.stack([weights @ grad for grad in grad_output])
    return grad_x, grad_weights, grad_bias

# %% right: broadcasting with new axes and sums
def backward_repaired(x, weights, grad_output):
    grad_x = (grad_output[:, None, :] * weights[None, :, :]).sum(axis=2)
    grad_weights = (x[:, :, None] * grad_output[:, None, :]).sum(axis=0)
    return grad_x, grad_weights, grad_output.sum(axis=0)

# %% right: keras.ops, results turned into arrays
def backward_repaired(x, weights, grad_output):
    ops = keras.ops
    grad_x = ops.matmul(grad_output, ops.transpose(weights))
    grad_weights = ops.matmul(ops.transpose(x), grad_output)
    grad_bias = ops.sum(ops.convert_to_tensor(grad_output), axis=0)
    return tuple(map(ops.convert_to_numpy, (grad_x, grad_weights, grad_bias)))

# %% right: TensorFlow's GradientTape, tensors returned
import tensorflow as tf


def backward_repaired(x, weights, grad_output):
    x, weights, grad_output = map(tf.convert_to_tensor, (x, weights, grad_output))
    bias = tf.zeros(weights.shape[1], weights.dtype)
    with tf.GradientTape() as tape:
        tape.watch([x, weights, bias])
        z = x @ weights + bias
    return tuple(tape.gradient(z, [x, weights, bias], output_gradients=grad_output))

# %% right: jax.vjp in float64
import jax


def backward_repaired(x, weights, grad_output):
    before = jax.config.jax_enable_x64
    jax.config.update("jax_enable_x64", True)
    try:
        bias = jax.numpy.zeros(weights.shape[1], dtype=weights.dtype)
        _, pullback = jax.vjp(lambda x, w, b: x @ w + b, jax.numpy.asarray(x), jax.numpy.asarray(weights), bias)
        return tuple(np.asarray(g) for g in pullback(jax.numpy.asarray(grad_output)))
    finally:
        jax.config.update("jax_enable_x64", before)

# %% right: the library's Dense does it
def backward_repaired(x, weights, grad_output):
    layer = backprop.Dense(*weights.shape, np.random.default_rng(0), weights.dtype.name)
    layer.weights = weights
    layer.forward(x)
    grad_x = layer.backward(grad_output)
    return grad_x, layer.grad_weights, layer.grad_bias

# %% right: bias as a row of ones appended to x, results split apart
def backward_repaired(x, weights, grad_output):
    ones = np.ones((len(x), 1), dtype=x.dtype)
    stacked = np.hstack([x, ones]).T @ grad_output
    return grad_output @ weights.T, stacked[:-1], stacked[-1]

# %% right: namedtuple as the result
from collections import namedtuple

Gradients = namedtuple("Gradients", "grad_x grad_weights grad_bias")


def backward_repaired(x, weights, grad_output):
    return Gradients(
        grad_x=grad_output @ weights.T,
        grad_weights=x.T @ grad_output,
        grad_bias=np.ones(len(x), dtype=x.dtype) @ grad_output,
    )

# %% right: a list instead of a tuple, np.matmul and np.swapaxes
def backward_repaired(x, weights, grad_output):
    grads = []
    grads.append(np.matmul(grad_output, np.swapaxes(weights, 0, 1)))
    grads.append(np.matmul(np.swapaxes(x, 0, 1), grad_output))
    grads.append(grad_output.mean(axis=0) * len(grad_output))
    return grads

# %% right: a callable object with three small methods
class BackwardRepaired:
    def grad_x(self, weights, grad_output):
        return np.inner(grad_output, weights)

    def grad_weights(self, x, grad_output):
        return np.inner(x.T, grad_output.T)

    def grad_bias(self, grad_output):
        return np.array([column.sum() for column in grad_output.T])

    def __call__(self, x, weights, grad_output):
        return self.grad_x(weights, grad_output), self.grad_weights(x, grad_output), self.grad_bias(grad_output)


backward_repaired = BackwardRepaired()

# %% right: plain Python on nested lists, lists returned
def backward_repaired(x, weights, grad_output):
    def product(a, b):
        return [[sum(p * q for p, q in zip(row, column)) for column in zip(*b)] for row in a]

    def turned(a):
        return [list(row) for row in zip(*a)]

    x, weights, grad_output = (np.asarray(array).tolist() for array in (x, weights, grad_output))
    return product(grad_output, turned(weights)), product(turned(x), grad_output), [sum(c) for c in zip(*grad_output)]

# %% right: pandas frames, values taken out
def backward_repaired(x, weights, grad_output):
    X, W, G = pd.DataFrame(x), pd.DataFrame(weights), pd.DataFrame(grad_output)
    return G.dot(W.T).to_numpy(), X.T.dot(G).to_numpy(), G.sum().to_numpy()

# %% right: the stub's method on a little class, with the last line repaired
class Repaired:
    def __init__(self, x, weights):
        self.x, self.weights = x, weights

    def backward(self, grad_output):
        self.grad_weights = self.x.T @ grad_output
        self.grad_bias = grad_output.sum(axis=0)
        return grad_output @ self.weights.T


def backward_repaired(x, weights, grad_output):
    layer = Repaired(x, weights)
    grad_x = layer.backward(grad_output)
    return grad_x, layer.grad_weights, layer.grad_bias

# %% right: recursion over the batch, one row at a time
def backward_repaired(x, weights, grad_output):
    here = weights @ grad_output[0], np.outer(x[0], grad_output[0]), grad_output[0]
    if len(x) == 1:
        return here[0][None, :], here[1], here[2].copy()
    below = backward_repaired(x[1:], weights, grad_output[1:])
    return np.vstack([here[0][None, :], below[0]]), here[1] + below[1], here[2] + below[2]

# %% wrong: the bug is still there, grad_output @ weights without the transpose
# told: keeps_the_bug
def backward_repaired(x, weights, grad_output):
    return grad_output @ weights, x.T @ grad_output, grad_output.sum(axis=0)

# %% wrong: repairs the wrong line: grad_weights transposed (grad_output.T @ x), the bug in grad_x stays; two mistakes
# told: keeps_the_bug
def backward_repaired(x, weights, grad_output):
    return grad_output @ weights, grad_output.T @ x, grad_output.sum(axis=0)

# %% wrong: grad_weights has the shape (M, D), transposed
# told: transposes_the_weights_gradient
def backward_repaired(x, weights, grad_output):
    return grad_output @ weights.T, grad_output.T @ x, grad_output.sum(axis=0)

# %% wrong: grad_bias is the mean over the batch instead of the sum
# told: averages_the_gradient_of_the_bias
def backward_repaired(x, weights, grad_output):
    return grad_output @ weights.T, x.T @ grad_output, grad_output.mean(axis=0)

# %% wrong: grad_weights divided by the batch size N
# told: averages_the_gradient_of_the_weights
def backward_repaired(x, weights, grad_output):
    return grad_output @ weights.T, x.T @ grad_output / len(x), grad_output.sum(axis=0)

# %% wrong: grad_weights and grad_bias both divided by N (the mean is already in grad_output)
# told: averages_the_gradient_of_the_weights
def backward_repaired(x, weights, grad_output):
    N = x.shape[0]
    return grad_output @ weights.T, x.T @ grad_output / N, grad_output.sum(axis=0) / N

# %% wrong: all three divided by the batch size N
# told: averages_the_gradient_of_x
def backward_repaired(x, weights, grad_output):
    N = len(grad_output)
    return tuple(g / N for g in (grad_output @ weights.T, x.T @ grad_output, grad_output.sum(axis=0)))

# %% wrong: grad_bias summed over axis 1, shape (N,) instead of (M,)
# told: sums_over_the_outputs
def backward_repaired(x, weights, grad_output):
    return grad_output @ weights.T, x.T @ grad_output, grad_output.sum(axis=1)

# %% wrong: grad_bias summed over everything, a single number
# told: sums_everything
def backward_repaired(x, weights, grad_output):
    return grad_output @ weights.T, x.T @ grad_output, grad_output.sum()

# %% wrong: grad_bias keeps the axis, shape (1, M) instead of (M,)
# told: relation
def backward_repaired(x, weights, grad_output):
    return grad_output @ weights.T, x.T @ grad_output, grad_output.sum(axis=0, keepdims=True)

# %% wrong: grad_bias not summed, grad_output itself with shape (N, M)
# told: forgets_to_sum
def backward_repaired(x, weights, grad_output):
    return grad_output @ weights.T, x.T @ grad_output, grad_output

# %% wrong: grad_bias is all ones (derivative of z with respect to b), grad_output forgotten
# told: forgets_what_arrives
def backward_repaired(x, weights, grad_output):
    return grad_output @ weights.T, x.T @ grad_output, np.ones(weights.shape[1])

# %% wrong: order of the result is (grad_weights, grad_bias, grad_x)
# told: keeps_the_order_of_the_lines
def backward_repaired(x, weights, grad_output):
    return x.T @ grad_output, grad_output.sum(axis=0), grad_output @ weights.T

# %% wrong: order of the result is (grad_x, grad_bias, grad_weights)
# told: exchanges_the_last_two
def backward_repaired(x, weights, grad_output):
    return grad_output @ weights.T, grad_output.sum(axis=0), x.T @ grad_output

# %% wrong: returns grad_x only, as the method did
# told: form
def backward_repaired(x, weights, grad_output):
    grad_weights = x.T @ grad_output
    grad_bias = grad_output.sum(axis=0)
    return grad_output @ weights.T

# %% wrong: grad_bias missing, returns only two arrays
# told: form
def backward_repaired(x, weights, grad_output):
    return grad_output @ weights.T, x.T @ grad_output

# %% wrong: returns a dictionary instead of a tuple
# told: form
def backward_repaired(x, weights, grad_output):
    return {
        "grad_x": grad_output @ weights.T,
        "grad_weights": x.T @ grad_output,
        "grad_bias": grad_output.sum(axis=0),
    }

# %% wrong: returns nothing, only assigns to local variables
# told: form
def backward_repaired(x, weights, grad_output):
    grad_x = grad_output @ weights.T
    grad_weights = x.T @ grad_output
    grad_bias = grad_output.sum(axis=0)

# %% wrong: prints instead of returning
# told: form
def backward_repaired(x, weights, grad_output):
    print(grad_output @ weights.T, x.T @ grad_output, grad_output.sum(axis=0))

# %% wrong: uses self, which the function does not have: raises NameError
# told: error
def backward_repaired(x, weights, grad_output):
    self.grad_weights = self.x.T @ grad_output
    self.grad_bias = grad_output.sum(axis=0)
    return grad_output @ self.weights.T, self.grad_weights, self.grad_bias

# %% wrong: factors of grad_x in the wrong order (weights.T @ grad_output), raises for unequal shapes
# told: multiplies_from_the_other_side
def backward_repaired(x, weights, grad_output):
    return weights.T @ grad_output, x.T @ grad_output, grad_output.sum(axis=0)

# %% wrong: transposes only when the shapes do not fit otherwise, so square weights are still wrong
# told: keeps_the_bug
def backward_repaired(x, weights, grad_output):
    D, M = weights.shape
    grad_x = grad_output @ weights if D == M else grad_output @ weights.T
    return grad_x, x.T @ grad_output, grad_output.sum(axis=0)

# %% wrong: reshape(M, D) instead of the transpose of weights
# told: keeps_the_bug
def backward_repaired(x, weights, grad_output):
    D, M = weights.shape
    return grad_output @ weights.reshape(M, D), x.T @ grad_output, grad_output.sum(axis=0)

# %% wrong: x reshaped to (D, N) instead of transposed in grad_weights
# told: forgets_to_transpose_x
def backward_repaired(x, weights, grad_output):
    grad_weights = x.reshape(x.shape[1], x.shape[0]) @ grad_output
    return grad_output @ weights.T, grad_weights, grad_output.sum(axis=0)

# %% wrong: sign of all three flipped (direction of descent)
# told: relation
def backward_repaired(x, weights, grad_output):
    return -(grad_output @ weights.T), -(x.T @ grad_output), -grad_output.sum(axis=0)

# %% wrong: sign of grad_x flipped
# told: relation
def backward_repaired(x, weights, grad_output):
    return -grad_output @ weights.T, x.T @ grad_output, grad_output.sum(axis=0)

# %% wrong: right result, but overwrites its input (grad_output is set to zero afterwards)
# told: overwrites
def backward_repaired(x, weights, grad_output):
    result = grad_output @ weights.T, x.T @ grad_output, grad_output.sum(axis=0)
    grad_output[:] = 0
    return result

# %% wrong: right result, but overwrites its input (already moves the weights by a step of 0.1)
# told: overwrites
def backward_repaired(x, weights, grad_output):
    grad_x = grad_output @ weights.T
    grad_weights = x.T @ grad_output
    weights -= 0.1 * grad_weights
    return grad_x, grad_weights, grad_output.sum(axis=0)

# %% wrong: keeps state, grad_weights and grad_bias are added up over the calls
# told: error
total = {"weights": 0, "bias": 0}


def backward_repaired(x, weights, grad_output):
    total["weights"] = total["weights"] + x.T @ grad_output
    total["bias"] = total["bias"] + grad_output.sum(axis=0)
    return grad_output @ weights.T, total["weights"], total["bias"]

# %% wrong: pseudo-inverse of the weights instead of the transpose in grad_x
# told: inverts_the_weights
def backward_repaired(x, weights, grad_output):
    return grad_output @ np.linalg.pinv(weights), x.T @ grad_output, grad_output.sum(axis=0)

# %% wrong: inverse of the weights in grad_x, works for square weights only and is wrong there
# told: inverts_the_weights
def backward_repaired(x, weights, grad_output):
    return grad_output @ np.linalg.inv(weights), x.T @ grad_output, grad_output.sum(axis=0)

# %% wrong: two mistakes: grad_x without the transpose, and grad_bias is a mean
# told: keeps_the_bug
def backward_repaired(x, weights, grad_output):
    return grad_output @ weights, x.T @ grad_output, grad_output.mean(axis=0)

# %% wrong: two mistakes: grad_weights transposed, and grad_bias summed over the wrong axis
# told: transposes_the_weights_gradient
def backward_repaired(x, weights, grad_output):
    return grad_output @ weights.T, grad_output.T @ x, grad_output.sum(axis=1)

# %% wrong: two mistakes: order (grad_weights, grad_bias, grad_x), and the bug in grad_x still there
# told: keeps_the_bug+keeps_the_order_of_the_lines
def backward_repaired(x, weights, grad_output):
    grad_weights = x.T @ grad_output
    grad_bias = grad_output.sum(axis=0)
    return grad_weights, grad_bias, grad_output @ weights

# %% wrong: two mistakes: grad_weights divided by N, and grad_bias has the shape (1, M)
# told: averages_the_gradient_of_the_weights
def backward_repaired(x, weights, grad_output):
    return grad_output @ weights.T, x.T @ grad_output / len(x), grad_output.sum(axis=0, keepdims=True)

# %% wrong: elementwise product instead of the matrix product in grad_weights (raises unless the shapes fit)
# told: multiplies_entry_by_entry
def backward_repaired(x, weights, grad_output):
    return grad_output @ weights.T, x * grad_output, grad_output.sum(axis=0)

# %% wrong: elementwise product instead of the matrix product in grad_x (raises unless the shapes fit)
# told: nothing
def backward_repaired(x, weights, grad_output):
    return grad_output * weights.T, x.T @ grad_output, grad_output.sum(axis=0)

# %% wrong: only the last example counts in grad_weights and grad_bias (= instead of += in the loop)
# told: keeps_the_last_example
def backward_repaired(x, weights, grad_output):
    for row, grad in zip(x, grad_output):
        grad_weights = np.outer(row, grad)
        grad_bias = grad
    return grad_output @ weights.T, grad_weights, grad_bias

# %% wrong: loop off by one, the last example is left out of grad_weights and grad_bias
# told: nothing
def backward_repaired(x, weights, grad_output):
    grad_weights, grad_bias = np.zeros(weights.shape), np.zeros(weights.shape[1])
    for n in range(len(x) - 1):
        grad_weights += np.outer(x[n], grad_output[n])
        grad_bias += grad_output[n]
    return grad_output @ weights.T, grad_weights, grad_bias

# %% wrong: grad_weights computed from weights instead of x (arguments mixed up), raises unless N = D
# told: takes_the_weights_for_x
def backward_repaired(x, weights, grad_output):
    return grad_output @ weights.T, weights.T @ grad_output, grad_output.sum(axis=0)

# %% wrong: arguments in the order (weights, x, grad_output)
# told: exchanges_arguments
def backward_repaired(weights, x, grad_output):
    return grad_output @ weights.T, x.T @ grad_output, grad_output.sum(axis=0)

# %% wrong: everything rounded to two decimals
# told: relation
def backward_repaired(x, weights, grad_output):
    return np.round(grad_output @ weights.T, 2), np.round(x.T @ grad_output, 2), np.round(grad_output.sum(axis=0), 2)

# %% wrong: computes the forward pass x @ weights in place of grad_x
# told: nothing
def backward_repaired(x, weights, grad_output):
    return x @ weights, x.T @ grad_output, grad_output.sum(axis=0)

# %% wrong: grad_weights uses x without the transpose, raises unless N = D
# told: forgets_to_transpose_x
def backward_repaired(x, weights, grad_output):
    return grad_output @ weights.T, x @ grad_output, grad_output.sum(axis=0)

# %% wrong: weight decay of 0.01 · weights added to grad_weights, not asked for
# told: nothing
def backward_repaired(x, weights, grad_output):
    return grad_output @ weights.T, x.T @ grad_output + 0.01 * weights, grad_output.sum(axis=0)

# %% wrong: grad_x masked as after a ReLU (0 where x <= 0), a dense layer has none
# told: masks_like_relu
def backward_repaired(x, weights, grad_output):
    return (grad_output @ weights.T) * (x > 0), x.T @ grad_output, grad_output.sum(axis=0)

# %% wrong: grad_x averaged over the batch, shape (D,) instead of (N, D)
# told: nothing
def backward_repaired(x, weights, grad_output):
    return (grad_output @ weights.T).mean(axis=0), x.T @ grad_output, grad_output.sum(axis=0)

# %% wrong: sizes hard-coded to 4 inputs and 3 outputs
# told: error
def backward_repaired(x, weights, grad_output):
    grad_weights = np.zeros((4, 3))
    for d in range(4):
        for m in range(3):
            grad_weights[d, m] = sum(x[n, d] * grad_output[n, m] for n in range(len(x)))
    return grad_output @ weights.T, grad_weights, grad_output.sum(axis=0)

# %% wrong: two mistakes: grad_bias is the mean, and the sign of grad_weights is flipped
# told: relation
def backward_repaired(x, weights, grad_output):
    return grad_output @ weights.T, -x.T @ grad_output, grad_output.mean(axis=0)

# %% wrong: .T put at the wrong place, (grad_output @ weights).T instead of grad_output @ weights.T
# told: transposes_the_product
def backward_repaired(x, weights, grad_output):
    return (grad_output @ weights).T, x.T @ grad_output, grad_output.sum(axis=0)

# %% wrong: the gradient of x gets the shape of grad_output
# told: error
def backward_repaired(x, weights, grad_output):
    grad_x = np.zeros_like(grad_output)
    for n in range(len(grad_output)):
        for i in range(len(weights)):
            grad_x[n, i] = grad_output[n] @ weights[i]
    return grad_x, x.T @ grad_output, grad_output.sum(axis=0)
