# %% right: unpacks one gradient, then moves both
def descend_repaired(x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
    for _ in range(num_steps):
        grad_weight, grad_bias = gradient(x, y, weight, bias)
        weight -= learning_rate * grad_weight
        bias -= learning_rate * grad_bias
    return weight, bias

# %% right: keeps the gradient as one tuple
def descend_repaired(x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
    for _ in range(num_steps):
        grad = gradient(x, y, weight, bias)
        weight = weight - learning_rate * grad[0]
        bias = bias - learning_rate * grad[1]
    return (weight, bias)

# %% right: simultaneous assignment, the gradient is computed twice at the same point
def descend_repaired(x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
    for _ in range(num_steps):
        weight, bias = (
            weight - learning_rate * gradient(x, y, weight, bias)[0],
            bias - learning_rate * gradient(x, y, weight, bias)[1],
        )
    return weight, bias

# %% right: remembers the old weight for the second line
def descend_repaired(x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
    for _ in range(num_steps):
        old = weight
        weight -= learning_rate * gradient(x, y, old, bias)[0]
        bias -= learning_rate * gradient(x, y, old, bias)[1]
    return weight, bias

# %% right: last row of the notebook's descend, an array
def descend_repaired(x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
    return descend(x, y, learning_rate, num_steps, weight, bias)[-1]

# %% right: descend, turned into a tuple of Python floats
def descend_repaired(x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
    *_, last = descend(x, y, learning_rate, num_steps, weight=weight, bias=bias).tolist()
    return tuple(last)

# %% right: both parameters in one NumPy vector
def descend_repaired(x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
    theta = np.array([weight, bias], dtype=float)
    for _ in range(num_steps):
        theta -= learning_rate * np.array(gradient(x, y, *theta))
    return theta[0], theta[1]

# %% right: recursion
def descend_repaired(x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
    if num_steps == 0:
        return weight, bias
    gw, gb = gradient(x, y, weight, bias)
    return descend_repaired(
        x, y, learning_rate, num_steps - 1, weight - learning_rate * gw, bias - learning_rate * gb
    )

# %% right: functools.reduce over the steps
from functools import reduce

def descend_repaired(x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
    def step(point, _):
        return tuple(p - learning_rate * g for p, g in zip(point, gradient(x, y, *point)))

    return reduce(step, range(num_steps), (weight, bias))

# %% right: own gradient from one residual, without the notebook's function
def descend_repaired(x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
    n = len(x)
    for _ in range(num_steps):
        r = weight * x + bias - y
        weight -= learning_rate * 2 / n * np.sum(r * x)
        bias -= learning_rate * 2 / n * np.sum(r)
    return weight, bias

# %% right: residual y - prediction and plus signs
def descend_repaired(x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
    for _ in range(num_steps):
        error = y - (bias + weight * x)
        bias += learning_rate * 2 * error.mean()
        weight += learning_rate * 2 * (error @ x) / x.size
    return weight, bias

# %% right: matrix form with a column of ones
def descend_repaired(x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
    A = np.column_stack([x, np.ones_like(x)])
    theta = np.array([weight, bias], dtype=float)
    for _ in range(num_steps):
        theta = theta - learning_rate * 2 / len(y) * A.T @ (A @ theta - y)
    weight, bias = theta
    return weight, bias

# %% right: while loop, changes num_steps as a local counter
def descend_repaired(x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
    while num_steps > 0:
        num_steps -= 1
        dw, db = gradient(x, y, weight, bias)
        weight, bias = weight - learning_rate * dw, bias - learning_rate * db
    return weight, bias

# %% right: every step is one affine map, so a matrix power does all at once
def descend_repaired(x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
    H = 2 * np.array([[np.mean(x * x), np.mean(x)], [np.mean(x), 1.0]])
    c = 2 * np.array([np.mean(x * y), np.mean(y)])
    step = np.eye(3)
    step[:2, :2] -= learning_rate * H
    step[:2, 2] = learning_rate * c
    weight, bias, _ = np.linalg.matrix_power(step, num_steps) @ [weight, bias, 1.0]
    return weight, bias

# %% right: means computed once, then plain floats only
def descend_repaired(x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
    mx, my = float(np.mean(x)), float(np.mean(y))
    mxx, mxy = float(np.mean(x * x)), float(np.mean(x * y))
    for _ in range(num_steps):
        gw = 2 * (weight * mxx + bias * mx - mxy)
        gb = 2 * (weight * mx + bias - my)
        weight, bias = weight - learning_rate * gw, bias - learning_rate * gb
    return weight, bias

# %% right: loops over single birds, no NumPy
def descend_repaired(x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
    n = len(x)
    for _ in range(num_steps):
        sum_w = sum_b = 0.0
        for xi, yi in zip(x, y):
            r = weight * xi + bias - yi
            sum_w += 2 * r * xi
            sum_b += 2 * r
        weight -= learning_rate * sum_w / n
        bias -= learning_rate * sum_b / n
    return weight, bias

# %% right: TensorFlow's GradientTape in float64, tf variables
import tensorflow as tf

def descend_repaired(x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
    w = tf.Variable(weight, dtype=tf.float64)
    b = tf.Variable(bias, dtype=tf.float64)
    for _ in range(num_steps):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean((w * x + b - y) ** 2)
        for parameter, grad in zip((w, b), tape.gradient(loss, (w, b))):
            parameter.assign_sub(learning_rate * grad)
    return float(w.numpy()), float(b.numpy())

# %% right: jax.grad and lax.fori_loop, float32
import jax
import jax.numpy as jnp

def descend_repaired(x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
    x, y = jnp.asarray(x), jnp.asarray(y)

    def loss(point):
        return jnp.mean((point[0] * x + point[1] - y) ** 2)

    def step(_, point):
        return point - learning_rate * jax.grad(loss)(point)

    return tuple(jax.lax.fori_loop(0, num_steps, step, jnp.array([weight, bias], dtype=float)))

# %% right: Keras variables in float64, moved with assign_sub
import keras

def descend_repaired(x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
    w = keras.Variable(float(weight), dtype="float64")
    b = keras.Variable(float(bias), dtype="float64")
    for _ in range(num_steps):
        gw, gb = gradient(x, y, float(w.numpy()), float(b.numpy()))
        w.assign_sub(learning_rate * gw)
        b.assign_sub(learning_rate * gb)
    return w.numpy(), b.numpy()

# %% right: callable object that keeps nothing between calls, returns a list
class Descent:
    def __call__(self, x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
        point = [weight, bias]
        for _ in range(num_steps):
            slopes = gradient(x, y, *point)
            for k in (0, 1):
                point[k] = point[k] - learning_rate * slopes[k]
        return point

descend_repaired = Descent()

# %% right: weight and bias in one complex number
def descend_repaired(x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
    point = complex(weight, bias)
    for _ in range(num_steps):
        point -= learning_rate * complex(*gradient(x, y, point.real, point.imag))
    return point.real, point.imag

# %% right: named tuple and an endless generator, cut with islice
from collections import namedtuple
from itertools import islice

Line = namedtuple("Line", "weight bias")

def _walk(x, y, learning_rate, line):
    while True:
        yield line
        gw, gb = gradient(x, y, line.weight, line.bias)
        line = Line(line.weight - learning_rate * gw, line.bias - learning_rate * gb)

def descend_repaired(x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
    return next(islice(_walk(x, y, learning_rate, Line(weight, bias)), num_steps, None))

# %% right: lambda with itertools.accumulate
from itertools import accumulate, repeat

descend_repaired = lambda x, y, learning_rate, num_steps, weight=0.0, bias=0.0: list(
    accumulate(
        repeat(None, num_steps),
        lambda p, _: (
            (g := gradient(x, y, *p)) and (p[0] - learning_rate * g[0], p[1] - learning_rate * g[1])
        ),
        initial=(weight, bias),
    )
)[-1]

# %% right: bias moved first, but with the gradient that was computed before
def descend_repaired(x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
    for step in range(1, num_steps + 1):
        slope_w, slope_b = gradient(x=x, y=y, weight=weight, bias=bias)
        bias = bias + -learning_rate * slope_b
        weight = weight + -learning_rate * slope_w
    return weight, bias

# %% right: distance to the closed-form line, shrunk in the directions of the Hessian's eigenvectors
def descend_repaired(x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
    A = np.column_stack([x, np.ones_like(x, dtype=float)])
    bottom = np.linalg.lstsq(A, y, rcond=None)[0]
    values, vectors = np.linalg.eigh(2 / len(x) * A.T @ A)
    away = vectors.T @ (np.array([weight, bias]) - bottom)
    w, b = bottom + vectors @ ((1 - learning_rate * values) ** num_steps * away)
    return float(w), float(b)

# %% wrong: the bug unchanged, the bias uses the gradient at the new weight
# told: keeps_the_bug
def descend_repaired(x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
    for _ in range(num_steps):
        weight -= learning_rate * gradient(x, y, weight, bias)[0]
        bias -= learning_rate * gradient(x, y, weight, bias)[1]
    return weight, bias

# %% wrong: the bug turned round, moves the bias first and the weight uses the gradient at the new bias
# told: swaps_the_lines
def descend_repaired(x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
    for _ in range(num_steps):
        bias -= learning_rate * gradient(x, y, weight, bias)[1]
        weight -= learning_rate * gradient(x, y, weight, bias)[0]
    return weight, bias

# %% wrong: the bug in other clothes, computes the residual anew after the weight has moved
# told: keeps_the_bug
def descend_repaired(x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
    for _ in range(num_steps):
        residual = predict(x, weight, bias) - y
        weight = weight - learning_rate * 2 * np.mean(residual * x)
        residual = predict(x, weight, bias) - y
        bias = bias - learning_rate * 2 * np.mean(residual)
    return weight, bias

# %% wrong: returns the whole path instead of the last point
# told: returns_the_path
def descend_repaired(x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
    path = [(weight, bias)]
    for _ in range(num_steps):
        gw, gb = gradient(x, y, weight, bias)
        weight -= learning_rate * gw
        bias -= learning_rate * gb
        path.append((weight, bias))
    return np.array(path)

# %% wrong: returns bias and weight in the wrong order
# told: order
def descend_repaired(x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
    for _ in range(num_steps):
        gw, gb = gradient(x, y, weight, bias)
        weight -= learning_rate * gw
        bias -= learning_rate * gb
    return bias, weight

# %% wrong: walks uphill, plus instead of minus
# told: climbs
def descend_repaired(x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
    for _ in range(num_steps):
        gw, gb = gradient(x, y, weight, bias)
        weight += learning_rate * gw
        bias += learning_rate * gb
    return weight, bias

# %% wrong: only the bias walks uphill (sign of one line)
# told: bias_climbs
def descend_repaired(x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
    for _ in range(num_steps):
        gw, gb = gradient(x, y, weight, bias)
        weight -= learning_rate * gw
        bias += learning_rate * gb
    return weight, bias

# %% wrong: unpacks the gradient in the wrong order, weight moves by the bias gradient and vice versa
# told: exchanges_the_slopes
def descend_repaired(x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
    for _ in range(num_steps):
        grad_bias, grad_weight = gradient(x, y, weight, bias)
        weight -= learning_rate * grad_weight
        bias -= learning_rate * grad_bias
    return weight, bias

# %% wrong: the gradient is computed once before the loop and never again
# told: computes_the_gradient_once
def descend_repaired(x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
    grad_weight, grad_bias = gradient(x, y, weight, bias)
    for _ in range(num_steps):
        weight -= learning_rate * grad_weight
        bias -= learning_rate * grad_bias
    return weight, bias

# %% wrong: one step too many
# told: makes_one_step_too_many
def descend_repaired(x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
    for _ in range(num_steps + 1):
        gw, gb = gradient(x, y, weight, bias)
        weight -= learning_rate * gw
        bias -= learning_rate * gb
    return weight, bias

# %% wrong: one step too few
# told: makes_one_step_too_few
def descend_repaired(x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
    for _ in range(1, num_steps):
        gw, gb = gradient(x, y, weight, bias)
        weight -= learning_rate * gw
        bias -= learning_rate * gb
    return weight, bias

# %% wrong: return inside the loop, so only one step is made
# told: stops_after_one_step
def descend_repaired(x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
    for _ in range(num_steps):
        gw, gb = gradient(x, y, weight, bias)
        weight -= learning_rate * gw
        bias -= learning_rate * gb
        return weight, bias

# %% wrong: ignores the starting point, always starts at 0, 0
# told: ignores_the_start
def descend_repaired(x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
    weight, bias = 0.0, 0.0
    for _ in range(num_steps):
        gw, gb = gradient(x, y, weight, bias)
        weight -= learning_rate * gw
        bias -= learning_rate * gb
    return weight, bias

# %% wrong: does not hand the starting point on to descend
# told: ignores_the_start
def descend_repaired(x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
    path = descend(x, y, learning_rate, num_steps)
    return path[-1][0], path[-1][1]

# %% wrong: number of steps hard-coded to 20
# told: ignores_argument
def descend_repaired(x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
    for _ in range(20):
        gw, gb = gradient(x, y, weight, bias)
        weight -= learning_rate * gw
        bias -= learning_rate * gb
    return weight, bias

# %% wrong: learning rate hard-coded to 0.1
# told: ignores_argument
def descend_repaired(x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
    learning_rate = 0.1
    for _ in range(num_steps):
        gw, gb = gradient(x, y, weight, bias)
        weight -= learning_rate * gw
        bias -= learning_rate * gb
    return weight, bias

# %% wrong: standardises the input inside, so the result belongs to another input
# told: scales_the_input
def descend_repaired(x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
    z = (x - x.mean()) / x.std()
    for _ in range(num_steps):
        gw, gb = gradient(z, y, weight, bias)
        weight -= learning_rate * gw
        bias -= learning_rate * gb
    return weight, bias

# %% wrong: right steps, but prints the result instead of returning it
# told: form
def descend_repaired(x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
    for _ in range(num_steps):
        gw, gb = gradient(x, y, weight, bias)
        weight -= learning_rate * gw
        bias -= learning_rate * gb
    print(weight, bias)

# %% wrong: return forgotten
# told: form
def descend_repaired(x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
    for _ in range(num_steps):
        grad = gradient(x, y, weight, bias)
        weight -= learning_rate * grad[0]
        bias -= learning_rate * grad[1]

# %% wrong: moves only the weight, never the bias
# told: moves_the_weight_only
def descend_repaired(x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
    for _ in range(num_steps):
        gw, gb = gradient(x, y, weight, bias)
        weight -= learning_rate * gw
    return weight, bias

# %% wrong: own gradient without the factor 2, so steps are half as long
# told: halves_the_step
def descend_repaired(x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
    for _ in range(num_steps):
        r = weight * x + bias - y
        weight -= learning_rate * np.mean(r * x)
        bias -= learning_rate * np.mean(r)
    return weight, bias

# %% wrong: the factor 2 twice (gradient has it already)
# told: doubles_the_step
def descend_repaired(x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
    for _ in range(num_steps):
        gw, gb = gradient(x, y, weight, bias)
        weight -= 2 * learning_rate * gw
        bias -= 2 * learning_rate * gb
    return weight, bias

# %% wrong: own gradient with the sum instead of the mean over the birds
# told: sums_over_the_birds
def descend_repaired(x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
    for _ in range(num_steps):
        r = weight * x + bias - y
        weight -= learning_rate * 2 * np.sum(r * x)
        bias -= learning_rate * 2 * np.sum(r)
    return weight, bias

# %% wrong: residual with the other sign but still minus, so it walks uphill
# told: climbs
def descend_repaired(x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
    for _ in range(num_steps):
        r = y - (weight * x + bias)
        weight -= learning_rate * 2 * np.mean(r * x)
        bias -= learning_rate * 2 * np.mean(r)
    return weight, bias

# %% wrong: forgets the factor x in the gradient of the weight
# told: takes_the_bias_slope_for_both
def descend_repaired(x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
    for _ in range(num_steps):
        r = weight * x + bias - y
        weight -= learning_rate * 2 * np.mean(r)
        bias -= learning_rate * 2 * np.mean(r)
    return weight, bias

# %% wrong: leaves the learning rate out
# told: forgets_the_learning_rate
def descend_repaired(x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
    for _ in range(num_steps):
        gw, gb = gradient(x, y, weight, bias)
        weight -= gw
        bias -= gb
    return weight, bias

# %% wrong: closed form (lstsq) instead of num_steps steps
# told: jumps_to_the_bottom
def descend_repaired(x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
    A = np.column_stack([x, np.ones_like(x)])
    (weight, bias), *_ = np.linalg.lstsq(A, y, rcond=None)
    return weight, bias

# %% wrong: stochastic, each step uses one bird only
# told: takes_one_bird_at_a_time
def descend_repaired(x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
    for step in range(num_steps):
        i = [step % len(x)]
        gw, gb = gradient(x[i], y[i], weight, bias)
        weight -= learning_rate * gw
        bias -= learning_rate * gb
    return weight, bias

# %% wrong: learning rate falls with the steps (divided by the step number)
# told: slows_down
def descend_repaired(x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
    for step in range(1, num_steps + 1):
        gw, gb = gradient(x, y, weight, bias)
        weight -= learning_rate / step * gw
        bias -= learning_rate / step * gb
    return weight, bias

# %% wrong: adds momentum 0.9
# told: adds_momentum
def descend_repaired(x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
    vw = vb = 0.0
    for _ in range(num_steps):
        gw, gb = gradient(x, y, weight, bias)
        vw = 0.9 * vw - learning_rate * gw
        vb = 0.9 * vb - learning_rate * gb
        weight += vw
        bias += vb
    return weight, bias

# %% wrong: averages the points of the path instead of taking the last one
# told: nothing
def descend_repaired(x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
    path = descend(x, y, learning_rate, num_steps, weight, bias)
    return tuple(path.mean(axis=0))

# %% wrong: zero steps forgotten, path has no starting point and raises IndexError then
# told: error
def descend_repaired(x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
    path = []
    for _ in range(num_steps):
        gw, gb = gradient(x, y, weight, bias)
        weight, bias = weight - learning_rate * gw, bias - learning_rate * gb
        path.append((weight, bias))
    return path[-1]

# %% wrong: gradient normalised to length 1
# told: makes_the_step_of_length_one
def descend_repaired(x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
    for _ in range(num_steps):
        gw, gb = gradient(x, y, weight, bias)
        length = np.hypot(gw, gb)
        weight -= learning_rate * gw / length
        bias -= learning_rate * gb / length
    return weight, bias

# %% wrong: both parameters use the weight's entry of the gradient ([0] twice)
# told: takes_one_slope_for_both
def descend_repaired(x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
    for _ in range(num_steps):
        grad = gradient(x, y, weight, bias)
        weight -= learning_rate * grad[0]
        bias -= learning_rate * grad[0]
    return weight, bias

# %% wrong: returns a third value, the loss
# told: form
def descend_repaired(x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
    for _ in range(num_steps):
        gw, gb = gradient(x, y, weight, bias)
        weight -= learning_rate * gw
        bias -= learning_rate * gb
    return weight, bias, np.mean((weight * x + bias - y) ** 2)

# %% wrong: typing error, the new bias is computed from the weight
# told: nothing
def descend_repaired(x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
    for _ in range(num_steps):
        gw, gb = gradient(x, y, weight, bias)
        weight, bias = weight - learning_rate * gw, weight - learning_rate * gb
    return weight, bias

# %% wrong: x and y swapped in the call of gradient
# told: exchanges_arguments
def descend_repaired(x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
    for _ in range(num_steps):
        gw, gb = gradient(y, x, weight, bias)
        weight -= learning_rate * gw
        bias -= learning_rate * gb
    return weight, bias

# %% wrong: weight and bias swapped in the call of gradient
# told: hands_them_over_in_the_wrong_order
def descend_repaired(x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
    for _ in range(num_steps):
        gw, gb = gradient(x, y, bias, weight)
        weight -= learning_rate * gw
        bias -= learning_rate * gb
    return weight, bias

# %% wrong: keeps the parameters between calls, a second call goes on where the first stopped
# told: keeps_something
_state = {}

def descend_repaired(x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
    _state.setdefault("weight", weight)
    _state.setdefault("bias", bias)
    for _ in range(num_steps):
        gw, gb = gradient(x, y, _state["weight"], _state["bias"])
        _state["weight"] -= learning_rate * gw
        _state["bias"] -= learning_rate * gb
    return _state["weight"], _state["bias"]

# %% wrong: descends right, but standardises x in place: overwrites its input, and the result belongs to z
# told: scales_the_input
def descend_repaired(x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
    x -= x.mean()
    x /= x.std()
    for _ in range(num_steps):
        gw, gb = gradient(x, y, weight, bias)
        weight -= learning_rate * gw
        bias -= learning_rate * gb
    return weight, bias

# %% wrong: right result, but changes the shapes of x and y in place
# told: overwrites
def descend_repaired(x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
    x.resize(len(x), 1, refcheck=False)
    y.resize(len(y), 1, refcheck=False)
    for _ in range(num_steps):
        gw, gb = gradient(x, y, weight, bias)
        weight -= learning_rate * gw
        bias -= learning_rate * gb
    return weight, bias

# %% wrong: reshapes only y to a column, so the residual is N by N by broadcasting
# told: nothing
def descend_repaired(x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
    y = y[:, None]
    for _ in range(num_steps):
        gw, gb = gradient(x, y, weight, bias)
        weight -= learning_rate * gw
        bias -= learning_rate * gb
    return weight, bias

# %% wrong: indented too little, the loop only computes gradients and one step is made after it
# told: error
def descend_repaired(x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
    for _ in range(num_steps):
        gw, gb = gradient(x, y, weight, bias)
    weight -= learning_rate * gw
    bias -= learning_rate * gb
    return weight, bias

# %% wrong: loops over num_steps itself, an int; raises TypeError
# told: error
def descend_repaired(x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
    for _ in num_steps:
        gw, gb = gradient(x, y, weight, bias)
        weight -= learning_rate * gw
        bias -= learning_rate * gb
    return weight, bias

# %% wrong: two mistakes, the bug unchanged and the result in the wrong order (bias, weight)
# told: nothing
def descend_repaired(x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
    for _ in range(num_steps):
        weight -= learning_rate * gradient(x, y, weight, bias)[0]
        bias -= learning_rate * gradient(x, y, weight, bias)[1]
    return bias, weight

# %% wrong: two mistakes, one step too few and the starting point ignored
# told: makes_one_step_too_few+ignores_the_start
def descend_repaired(x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
    w = b = 0.0
    for _ in range(num_steps - 1):
        gw, gb = gradient(x, y, w, b)
        w -= learning_rate * gw
        b -= learning_rate * gb
    return w, b

# %% wrong: two mistakes, the bug unchanged and one step too few
# told: keeps_the_bug+makes_one_step_too_few
def descend_repaired(x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
    for _ in range(1, num_steps):
        weight -= learning_rate * gradient(x, y, weight, bias)[0]
        bias -= learning_rate * gradient(x, y, weight, bias)[1]
    return weight, bias

# %% wrong: two mistakes, own gradient without the factor 2, and the residual computed anew for the bias
# told: keeps_the_bug+halves_the_step
def descend_repaired(x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
    for _ in range(num_steps):
        weight -= learning_rate * np.mean((weight * x + bias - y) * x)
        bias -= learning_rate * np.mean(weight * x + bias - y)
    return weight, bias

# %% wrong: two mistakes, walks uphill and returns the whole path
# told: form
def descend_repaired(x, y, learning_rate, num_steps, weight=0.0, bias=0.0):
    return descend(x, y, -learning_rate, num_steps, weight, bias)
