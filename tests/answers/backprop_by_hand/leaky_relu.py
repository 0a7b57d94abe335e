# %% right: np.where forward, np.where with the arriving gradient backward
class LeakyReLU(backprop.Layer):
    def forward(self, x):
        self.output = np.where(x > 0, x, 0.1 * x)
        return self.output

    def backward(self, grad_output):
        return np.where(self.output > 0, grad_output, 0.1 * grad_output)

# %% right: keeps x, with check_upstream as in the library
class LeakyReLU(backprop.Layer):
    def forward(self, x):
        backprop.check_floats("x", x, (None, None))
        self.x = x
        self.output = np.where(x > 0, x, 0.1 * x)
        return self.output

    def backward(self, grad_output):
        self.check_upstream(grad_output)
        return np.where(self.x > 0, grad_output, 0.1 * grad_output)

# %% right: np.maximum(x, 0.1 x) and a slope array of the dtype of x
class LeakyReLU(backprop.Layer):
    def forward(self, x):
        self.output = np.maximum(x, 0.1 * x)
        self.slope = np.where(x > 0, 1, 0.1).astype(x.dtype)
        return self.output

    def backward(self, grad_output):
        return grad_output * self.slope

# %% right: copy, then masked multiplication in place in the copy
class LeakyReLU(backprop.Layer):
    def forward(self, x):
        self.mask = x <= 0
        self.output = x.copy()
        self.output[self.mask] *= 0.1
        return self.output

    def backward(self, grad_output):
        grad_x = grad_output.copy()
        grad_x[self.mask] *= 0.1
        return grad_x

# %% right: __init__ with the slope as a keyword default
class LeakyReLU(backprop.Layer):
    def __init__(self, alpha=0.1):
        self.alpha = alpha

    def forward(self, x):
        self.output = np.where(x > 0, x, self.alpha * x)
        return self.output

    def backward(self, grad_output):
        return grad_output * np.where(self.output > 0, 1, self.alpha).astype(grad_output.dtype)

# %% right: two nested loops, forward and back
class LeakyReLU(backprop.Layer):
    def forward(self, x):
        self.output = np.empty_like(x)
        for n in range(x.shape[0]):
            for m in range(x.shape[1]):
                self.output[n, m] = x[n, m] if x[n, m] > 0 else 0.1 * x[n, m]
        return self.output

    def backward(self, grad_output):
        grad_x = np.empty_like(grad_output)
        for index in np.ndindex(grad_output.shape):
            grad_x[index] = grad_output[index] * (1 if self.output[index] > 0 else 0.1)
        return grad_x

# %% right: inherits from backprop.ReLU, positive part plus a tenth of the negative part
class LeakyReLU(backprop.ReLU):
    def forward(self, x):
        positive = super().forward(x)
        self.output = positive + 0.1 * np.minimum(x, 0)
        return self.output

    def backward(self, grad_output):
        return 0.9 * super().backward(grad_output) + 0.1 * grad_output

# %% right: boolean masks as factors
class LeakyReLU(backprop.Layer):
    def forward(self, x):
        self.output = x * (x > 0) + 0.1 * x * (x <= 0)
        return self.output

    def backward(self, grad_output):
        on = self.output > 0
        return grad_output * on + 0.1 * grad_output * ~on

# %% right: helper function for both directions, the same scaling applied with the mask
def leak(array, positive):
    return np.where(positive, array, array * 0.1)


class LeakyReLU(backprop.Layer):
    def forward(self, x):
        self.positive = x > 0
        self.output = leak(x, self.positive)
        return self.output

    def backward(self, grad_output):
        return leak(grad_output, self.positive)

# %% right: keras.ops forward, turned back into an array (TensorFlow keeps the 0.1 in float32, off by 1e-8)
class LeakyReLU(backprop.Layer):
    def forward(self, x):
        self.output = np.asarray(keras.ops.leaky_relu(x, negative_slope=0.1)).astype(x.dtype)
        return self.output

    def backward(self, grad_output):
        return np.where(self.output > 0, grad_output, grad_output * 0.1)

# %% right: TensorFlow differentiates it
import tensorflow as tf


class LeakyReLU(backprop.Layer):
    def forward(self, x):
        self.variable = tf.Variable(x)
        self.output = self.compute().numpy()
        return self.output

    def compute(self):
        return tf.where(self.variable > 0, self.variable, 0.1 * self.variable)

    def backward(self, grad_output):
        with tf.GradientTape() as tape:
            result = self.compute()
        return tape.gradient(result, self.variable, output_gradients=tf.constant(grad_output)).numpy()

# %% right: np.select and np.piecewise
class LeakyReLU(backprop.Layer):
    def forward(self, x):
        self.output = np.piecewise(x, [x > 0, x <= 0], [lambda v: v, lambda v: 0.1 * v])
        return self.output

    def backward(self, grad_output):
        return np.select([self.output > 0], [grad_output], default=0.1 * grad_output)

# %% right: np.vectorize with the output type of x
class LeakyReLU(backprop.Layer):
    @staticmethod
    def one(z):
        return z if z > 0 else 0.1 * z

    def forward(self, x):
        self.output = np.vectorize(self.one, otypes=[x.dtype])(x)
        return self.output

    def backward(self, grad_output):
        slope = np.vectorize(lambda a: 1.0 if a > 0 else 0.1, otypes=[grad_output.dtype])
        return slope(self.output) * grad_output

# %% right: class attribute for the slope, conditional power 0.1 ** (x <= 0)
class LeakyReLU(backprop.Layer):
    slope = 0.1

    def forward(self, x):
        self.factor = np.power(self.slope, x <= 0).astype(x.dtype)
        self.output = self.factor * x
        return self.output

    def backward(self, grad_output):
        return self.factor * grad_output

# %% right: slope recovered from the sign of the output, zero counted as not positive
class LeakyReLU(backprop.Layer):
    def forward(self, x):
        self.output = np.where(x > 0, 1.0, 0.1).astype(x.dtype) * x
        return self.output

    def backward(self, grad_output):
        on = (np.sign(self.output) == 1).astype(grad_output.dtype)
        return grad_output * (0.1 + np.float32(0.9) * on) if grad_output.dtype == np.float32 else grad_output * (0.1 + 0.9 * on)

# %% right: lookup table of the two slopes, indexed by the mask
class LeakyReLU(backprop.Layer):
    def forward(self, x):
        table = np.array([0.1, 1.0], dtype=x.dtype)
        self.slopes = table[(x > 0).astype(int)]
        self.output = self.slopes * x
        return self.output

    def backward(self, grad_output):
        return np.multiply(grad_output, self.slopes)

# %% right: np.multiply with where= and out=
class LeakyReLU(backprop.Layer):
    def forward(self, x):
        self.off = ~(x > 0)
        self.output = np.multiply(x, 0.1, where=self.off, out=x.copy())
        return self.output

    def backward(self, grad_output):
        return np.multiply(grad_output, 0.1, where=self.off, out=grad_output.copy())

# %% right: list comprehension over rows, forward rule kept as a closure for the way back
class LeakyReLU(backprop.Layer):
    def forward(self, x):
        rows = [[z if z > 0 else z / 10 for z in row] for row in x.tolist()]
        self.output = np.array(rows, dtype=x.dtype)
        signs = x > 0
        self._pullback = lambda grad: grad * np.where(signs, grad.dtype.type(1), grad.dtype.type(0.1))
        return self.output

    def backward(self, grad_output):
        return self._pullback(grad_output)

# %% right: class made with type()
def _forward(self, x):
    self.x = x
    self.output = np.where(x > 0, x, x / 10)
    return self.output


def _backward(self, grad_output):
    return np.where(self.x > 0, grad_output, grad_output / 10)


LeakyReLU = type("LeakyReLU", (backprop.Layer,), {"forward": _forward, "backward": _backward})

# %% right: np.clip splits into parts, gradient by masked divide of a copy
class LeakyReLU(backprop.Layer):
    def forward(self, x):
        self.output = np.clip(x, 0, None) + np.clip(x, None, 0) * 0.1
        return self.output

    def backward(self, grad_output):
        grad_x = np.array(grad_output)
        grad_x[np.nonzero(self.output <= 0)] /= 10
        return grad_x

# %% right: general subclass with a slope of its own, LeakyReLU = functools.partial of it
from functools import partial


class Leaky(backprop.Layer):
    def __init__(self, slope):
        self.slope = slope

    def forward(self, x):
        self.output = np.where(x > 0, x, self.slope * x)
        return self.output

    def backward(self, grad_output):
        return np.where(self.output > 0, grad_output, self.slope * grad_output)


LeakyReLU = partial(Leaky, slope=0.1)

# %% wrong: slope 0.01 instead of 0.1, forward and backward
# told: takes_the_usual_slope
class LeakyReLU(backprop.Layer):
    def forward(self, x):
        self.output = np.where(x > 0, x, 0.01 * x)
        return self.output

    def backward(self, grad_output):
        return np.where(self.output > 0, grad_output, 0.01 * grad_output)

# %% wrong: backward is that of the plain ReLU (slope 0 on the negative side)
# told: blocks_the_left
class LeakyReLU(backprop.Layer):
    def forward(self, x):
        self.output = np.where(x > 0, x, 0.1 * x)
        return self.output

    def backward(self, grad_output):
        return grad_output * (self.output > 0)

# %% wrong: forward is the plain ReLU, only backward leaks
# told: is_relu
class LeakyReLU(backprop.Layer):
    def forward(self, x):
        self.output = np.maximum(x, 0)
        return self.output

    def backward(self, grad_output):
        return np.where(self.output > 0, grad_output, 0.1 * grad_output)

# %% wrong: backward asks for the sign of grad_output instead of that of x
# told: asks_the_gradient
class LeakyReLU(backprop.Layer):
    def forward(self, x):
        self.output = np.where(x > 0, x, 0.1 * x)
        return self.output

    def backward(self, grad_output):
        return np.where(grad_output > 0, grad_output, 0.1 * grad_output)

# %% wrong: backward returns the local slope only, without multiplying by grad_output
# told: returns_the_slopes
class LeakyReLU(backprop.Layer):
    def forward(self, x):
        self.output = np.where(x > 0, x, 0.1 * x)
        return self.output

    def backward(self, grad_output):
        return np.where(self.output > 0, 1.0, 0.1).astype(grad_output.dtype)

# %% wrong: backward adds the slope to grad_output instead of multiplying
# told: adds_the_slopes
class LeakyReLU(backprop.Layer):
    def forward(self, x):
        self.output = np.where(x > 0, x, 0.1 * x)
        return self.output

    def backward(self, grad_output):
        return grad_output + np.where(self.output > 0, 1.0, 0.1).astype(grad_output.dtype)

# %% wrong: backward multiplies by the output instead of by the slope
# told: multiplies_by_the_output
class LeakyReLU(backprop.Layer):
    def forward(self, x):
        self.output = np.where(x > 0, x, 0.1 * x)
        return self.output

    def backward(self, grad_output):
        return grad_output * self.output

# %% wrong: np.minimum instead of np.maximum in forward, which gives 0.1 z on the positive side and z on the negative
# told: swaps_the_lines
class LeakyReLU(backprop.Layer):
    def forward(self, x):
        self.x = x
        self.output = np.minimum(x, 0.1 * x)
        return self.output

    def backward(self, grad_output):
        return np.where(self.x > 0, grad_output, 0.1 * grad_output)

# %% wrong: branches of np.where swapped in forward and backward (0.1 z where z > 0, z elsewhere)
# told: swaps_the_lines
class LeakyReLU(backprop.Layer):
    def forward(self, x):
        self.output = np.where(x > 0, 0.1 * x, x)
        return self.output

    def backward(self, grad_output):
        return np.where(self.output > 0, 0.1 * grad_output, grad_output)

# %% wrong: branches swapped in backward only
# told: swaps_the_slopes
class LeakyReLU(backprop.Layer):
    def forward(self, x):
        self.output = np.where(x > 0, x, 0.1 * x)
        return self.output

    def backward(self, grad_output):
        return np.where(self.output > 0, 0.1 * grad_output, grad_output)

# %% wrong: forward clamps at the constant 0.1 instead of 0.1 z
# told: cuts_off
class LeakyReLU(backprop.Layer):
    def forward(self, x):
        self.x = x
        self.output = np.maximum(x, 0.1)
        return self.output

    def backward(self, grad_output):
        return np.where(self.x > 0, grad_output, 0.1 * grad_output)

# %% wrong: negative side gets the constant 0.1 instead of 0.1 z in forward
# told: is_flat_on_the_left
class LeakyReLU(backprop.Layer):
    def forward(self, x):
        self.positive = x > 0
        self.output = np.where(x > 0, x, x.dtype.type(0.1))
        return self.output

    def backward(self, grad_output):
        return np.where(self.positive, grad_output, 0.1 * grad_output)

# %% wrong: slope -0.1 on the negative side (output positive there), forward and backward
# told: loses_the_sign
class LeakyReLU(backprop.Layer):
    def forward(self, x):
        self.x = x
        self.output = np.where(x > 0, x, -0.1 * x)
        return self.output

    def backward(self, grad_output):
        return np.where(self.x > 0, grad_output, -0.1 * grad_output)

# %% wrong: sign flipped in backward on the negative side only
# told: turns_the_left
class LeakyReLU(backprop.Layer):
    def forward(self, x):
        self.output = np.where(x > 0, x, 0.1 * x)
        return self.output

    def backward(self, grad_output):
        return np.where(self.output > 0, grad_output, -0.1 * grad_output)

# %% wrong: backward divides by the slope (10 on the negative side)
# told: divides_on_the_way_back
class LeakyReLU(backprop.Layer):
    def forward(self, x):
        self.output = np.where(x > 0, x, 0.1 * x)
        return self.output

    def backward(self, grad_output):
        return np.where(self.output > 0, grad_output, grad_output / 0.1)

# %% wrong: overwrites its input x in forward (otherwise right)
# told: overwrites
class LeakyReLU(backprop.Layer):
    def forward(self, x):
        x[x <= 0] *= 0.1
        self.output = x
        return self.output

    def backward(self, grad_output):
        return np.where(self.output > 0, grad_output, 0.1 * grad_output)

# %% wrong: right result, but overwrites its input grad_output in backward
# told: overwrites
class LeakyReLU(backprop.Layer):
    def forward(self, x):
        self.output = np.where(x > 0, x, 0.1 * x)
        return self.output

    def backward(self, grad_output):
        grad_output[self.output <= 0] *= 0.1
        return grad_output

# %% wrong: does not keep self.output (works from self.x, self.output stays None)
# told: keeps_no_output
class LeakyReLU(backprop.Layer):
    def forward(self, x):
        self.x = x
        return np.where(x > 0, x, 0.1 * x)

    def backward(self, grad_output):
        return np.where(self.x > 0, grad_output, 0.1 * grad_output)

# %% wrong: keeps x as self.output instead of the output
# told: nothing
class LeakyReLU(backprop.Layer):
    def forward(self, x):
        self.output = x
        return np.where(x > 0, x, 0.1 * x)

    def backward(self, grad_output):
        return np.where(self.output > 0, grad_output, 0.1 * grad_output)

# %% wrong: forward keeps self.output but returns nothing
# told: form
class LeakyReLU(backprop.Layer):
    def forward(self, x):
        self.output = np.where(x > 0, x, 0.1 * x)

    def backward(self, grad_output):
        return np.where(self.output > 0, grad_output, 0.1 * grad_output)

# %% wrong: backward keeps its result as self.grad_x but returns nothing
# told: form
class LeakyReLU(backprop.Layer):
    def forward(self, x):
        self.output = np.where(x > 0, x, 0.1 * x)
        return self.output

    def backward(self, grad_output):
        self.grad_x = np.where(self.output > 0, grad_output, 0.1 * grad_output)

# %% wrong: Python's if on a whole array, raises ValueError (ambiguous truth value)
# told: error
class LeakyReLU(backprop.Layer):
    def forward(self, x):
        if x > 0:
            self.output = x
        else:
            self.output = 0.1 * x
        return self.output

    def backward(self, grad_output):
        if self.output > 0:
            return grad_output
        return 0.1 * grad_output

# %% wrong: built-in max instead of np.maximum, raises ValueError
# told: error
class LeakyReLU(backprop.Layer):
    def forward(self, x):
        self.output = max(x, 0.1 * x)
        return self.output

    def backward(self, grad_output):
        return np.where(self.output > 0, grad_output, 0.1 * grad_output)

# %% wrong: mask kept from the very first forward (state), stale for every later batch
# told: error
class LeakyReLU(backprop.Layer):
    mask = None

    def forward(self, x):
        if self.mask is None:
            self.mask = x > 0
        self.output = np.where(x > 0, x, 0.1 * x)
        return self.output

    def backward(self, grad_output):
        return np.where(self.mask, grad_output, 0.1 * grad_output)

# %% wrong: mask stored on the class, shared by all LeakyReLU layers of a network (right for a single layer)
# told: shares_what_it_keeps
class LeakyReLU(backprop.Layer):
    def forward(self, x):
        LeakyReLU.mask = x > 0
        self.output = np.where(x > 0, x, 0.1 * x)
        return self.output

    def backward(self, grad_output):
        return np.where(LeakyReLU.mask, grad_output, 0.1 * grad_output)

# %% wrong: backward turns self.output into the slopes in place, so forward's result is destroyed and a second backward is wrong
# told: overwrites_the_output
class LeakyReLU(backprop.Layer):
    def forward(self, x):
        self.output = np.where(x > 0, x, 0.1 * x)
        return self.output

    def backward(self, grad_output):
        on = self.output > 0
        self.output[on] = 1
        self.output[~on] = 0.1
        return grad_output * self.output

# %% right: float64 slopes, for float32 the gradient comes back as float64 (the numbers are right)
class LeakyReLU(backprop.Layer):
    def forward(self, x):
        self.output = np.where(x > 0, x, 0.1 * x)
        return self.output

    def backward(self, grad_output):
        return grad_output * np.where(self.output > 0, 1.0, 0.1)

# %% right: forward gives float64 for float32 input (slopes multiplied as float64; the numbers are right)
class LeakyReLU(backprop.Layer):
    def forward(self, x):
        self.slope = np.where(x > 0, 1.0, 0.1)
        self.output = x * self.slope
        return self.output

    def backward(self, grad_output):
        return (grad_output * self.slope).astype(grad_output.dtype)

# %% wrong: integer array for the slopes, 0.1 becomes 0 in backward (and the product is float64 for float32)
# told: blocks_the_left
class LeakyReLU(backprop.Layer):
    def forward(self, x):
        self.output = np.where(x > 0, x, 0.1 * x)
        return self.output

    def backward(self, grad_output):
        slope = np.ones(grad_output.shape, dtype=int)
        slope[self.output <= 0] = 0.1
        return grad_output * slope

# %% wrong: backward adds up over the batch, shape (M,) instead of (N, M)
# told: sums_over_the_batch
class LeakyReLU(backprop.Layer):
    def forward(self, x):
        self.output = np.where(x > 0, x, 0.1 * x)
        return self.output

    def backward(self, grad_output):
        return np.where(self.output > 0, grad_output, 0.1 * grad_output).sum(axis=0)

# %% wrong: backward divides by the batch size once more
# told: relation
class LeakyReLU(backprop.Layer):
    def forward(self, x):
        self.output = np.where(x > 0, x, 0.1 * x)
        return self.output

    def backward(self, grad_output):
        return np.where(self.output > 0, grad_output, 0.1 * grad_output) / len(grad_output)

# %% wrong: slope 0.1 everywhere in backward, the positive side forgotten
# told: passes_a_tenth
class LeakyReLU(backprop.Layer):
    def forward(self, x):
        self.output = np.where(x > 0, x, 0.1 * x)
        return self.output

    def backward(self, grad_output):
        return 0.1 * grad_output

# %% wrong: grad_output handed through unchanged in backward
# told: passes_everything
class LeakyReLU(backprop.Layer):
    def forward(self, x):
        self.output = np.where(x > 0, x, 0.1 * x)
        return self.output

    def backward(self, grad_output):
        return grad_output

# %% wrong: adds 0.1 z everywhere, so the slope is 1.1 on the positive side, forward and backward
# told: adds_a_tenth
class LeakyReLU(backprop.Layer):
    def forward(self, x):
        self.output = np.maximum(x, 0) + 0.1 * x
        return self.output

    def backward(self, grad_output):
        return grad_output * (self.output > 0) + 0.1 * grad_output

# %% wrong: threshold at z > 0.1 instead of z > 0, forward and backward
# told: nothing
class LeakyReLU(backprop.Layer):
    def forward(self, x):
        self.on = x > 0.1
        self.output = np.where(self.on, x, 0.1 * x)
        return self.output

    def backward(self, grad_output):
        return np.where(self.on, grad_output, 0.1 * grad_output)

# %% wrong: ELU instead, 0.1 (exp(z) - 1) on the negative side, with its right gradient
# told: bends
class LeakyReLU(backprop.Layer):
    def forward(self, x):
        self.output = np.where(x > 0, x, 0.1 * np.expm1(np.minimum(x, 0)))
        return self.output

    def backward(self, grad_output):
        return np.where(self.output > 0, grad_output, grad_output * (self.output + 0.1))

# %% wrong: decides for a whole row by its mean, not for each entry
# told: nothing
class LeakyReLU(backprop.Layer):
    def forward(self, x):
        self.on = x.mean(axis=1, keepdims=True) > 0
        self.output = np.where(self.on, x, 0.1 * x)
        return self.output

    def backward(self, grad_output):
        return np.where(self.on, grad_output, 0.1 * grad_output)

# %% wrong: two mistakes: slope 0.01 instead of 0.1, and backward is the plain ReLU's
# told: takes_the_usual_slope
class LeakyReLU(backprop.Layer):
    def forward(self, x):
        self.output = np.where(x > 0, x, 0.01 * x)
        return self.output

    def backward(self, grad_output):
        return grad_output * (self.output > 0)

# %% wrong: two mistakes: self.output is not kept, and backward takes the sign of grad_output
# told: asks_the_gradient
class LeakyReLU(backprop.Layer):
    def forward(self, x):
        return np.where(x > 0, x, 0.1 * x)

    def backward(self, grad_output):
        return np.where(grad_output > 0, grad_output, 0.1 * grad_output)

# %% wrong: two mistakes: forward is the plain ReLU, and backward gives only the slope without grad_output
# told: is_relu
class LeakyReLU(backprop.Layer):
    def forward(self, x):
        self.output = np.maximum(x, 0)
        return self.output

    def backward(self, grad_output):
        return np.where(self.output > 0, 1, 0.1).astype(grad_output.dtype)

# %% wrong: two mistakes: overwrites its input x in forward, and then takes the slope 0 on the negative side in backward
# told: blocks_the_left
class LeakyReLU(backprop.Layer):
    def forward(self, x):
        x[x < 0] = 0.1 * x[x < 0]
        self.output = x
        return x

    def backward(self, grad_output):
        return grad_output * (self.output > 0)

# %% wrong: two mistakes: sum over the batch in backward, and the sign flipped
# told: nothing
class LeakyReLU(backprop.Layer):
    def forward(self, x):
        self.output = np.where(x > 0, x, 0.1 * x)
        return self.output

    def backward(self, grad_output):
        return -np.where(self.output > 0, grad_output, 0.1 * grad_output).sum(axis=0, keepdims=True)

# %% wrong: forward returns a tuple (output, mask)
# told: relation
class LeakyReLU(backprop.Layer):
    def forward(self, x):
        self.mask = x > 0
        self.output = np.where(self.mask, x, 0.1 * x)
        return self.output, self.mask

    def backward(self, grad_output):
        return np.where(self.mask, grad_output, 0.1 * grad_output)

# %% wrong: forgets self in the methods, raises TypeError
# told: error
class LeakyReLU(backprop.Layer):
    def forward(x):
        return np.where(x > 0, x, 0.1 * x)

    def backward(grad_output):
        return np.where(grad_output > 0, grad_output, 0.1 * grad_output)

# %% wrong: backward missing altogether
# told: form
class LeakyReLU(backprop.Layer):
    def forward(self, x):
        self.output = np.where(x > 0, x, 0.1 * x)
        return self.output

# %% right: slope 0.55 instead of 0.1 at exactly z = 0 in backward (np.sign is 0 there), elsewhere right
class LeakyReLU(backprop.Layer):
    def forward(self, x):
        self.output = np.where(x > 0, x, 0.1 * x)
        return self.output

    def backward(self, grad_output):
        return (0.55 + 0.45 * np.sign(self.output)) * grad_output

# %% right: slope 0 instead of 0.1 at exactly z = 0 in backward (> and <, the case = forgotten), elsewhere right
class LeakyReLU(backprop.Layer):
    def forward(self, x):
        self.output = np.where(x > 0, x, 0.1 * x)
        return self.output

    def backward(self, grad_output):
        return grad_output * (self.output > 0) + 0.1 * grad_output * (self.output < 0)

# %% right: slope 1 instead of 0.1 at exactly z = 0 in backward (>= for >), elsewhere right
class LeakyReLU(backprop.Layer):
    def forward(self, x):
        self.output = np.where(x > 0, x, 0.1 * x)
        return self.output

    def backward(self, grad_output):
        return np.where(self.output >= 0, grad_output, 0.1 * grad_output)

# %% wrong: an instance instead of the class
# told: form
class Leaky(backprop.Layer):
    def forward(self, x):
        self.output = np.where(x > 0, x, 0.1 * x)
        return self.output

    def backward(self, grad_output):
        return np.where(self.output > 0, grad_output, 0.1 * grad_output)


LeakyReLU = Leaky()

# %% wrong: needs an argument for the slope without a default, so LeakyReLU() raises TypeError
# told: error
class LeakyReLU(backprop.Layer):
    def __init__(self, slope):
        self.slope = slope

    def forward(self, x):
        self.output = np.where(x > 0, x, self.slope * x)
        return self.output

    def backward(self, grad_output):
        return np.where(self.output > 0, grad_output, self.slope * grad_output)

# %% wrong: random slope between 0 and 0.2 instead of 0.1 (randomized leaky ReLU)
# told: nothing
class LeakyReLU(backprop.Layer):
    def forward(self, x):
        self.slope = np.random.default_rng().uniform(0, 0.2, x.shape).astype(x.dtype)
        self.output = np.where(x > 0, x, self.slope * x)
        return self.output

    def backward(self, grad_output):
        return np.where(self.output > 0, grad_output, self.slope * grad_output)

# %% wrong: capped at 6 on the positive side (leaky ReLU6), with the slope 0 above
# told: nothing
class LeakyReLU(backprop.Layer):
    def forward(self, x):
        self.output = np.where(x > 0, np.minimum(x, 6), 0.1 * x)
        return self.output

    def backward(self, grad_output):
        grad_x = np.where(self.output > 0, grad_output, 0.1 * grad_output)
        return np.where(self.output < 6, grad_x, 0 * grad_x)
