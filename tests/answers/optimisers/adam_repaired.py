# %% right: two new names for the corrected means
def adam_step(theta, mean, square, t, gradient, learning_rate):
    mean = 0.9 * mean + 0.1 * gradient
    square = 0.999 * square + 0.001 * gradient**2
    mean_hat = mean / (1 - 0.9**t)
    square_hat = square / (1 - 0.999**t)
    theta = theta - learning_rate * mean_hat / (np.sqrt(square_hat) + 1e-7)
    return theta, mean, square, t + 1

# %% right: the correction inside the formula
def adam_step(theta, mean, square, t, gradient, learning_rate):
    mean = 0.9 * mean + 0.1 * gradient
    square = 0.999 * square + 0.001 * gradient**2
    theta = theta - learning_rate * (mean / (1 - 0.9**t)) / (np.sqrt(square / (1 - 0.999**t)) + 1e-7)
    return theta, mean, square, t + 1

# %% right: new names for the uncorrected means, the corrected ones overwrite
def adam_step(theta, mean, square, t, gradient, learning_rate):
    new_mean = 0.9 * mean + 0.1 * gradient
    new_square = 0.999 * square + 0.001 * gradient**2
    mean = new_mean / (1 - 0.9**t)
    square = new_square / (1 - 0.999**t)
    theta = theta - learning_rate * mean / (np.sqrt(square) + 1e-7)
    return theta, new_mean, new_square, t + 1

# %% right: corrected in place of names, and the correction undone at the return
def adam_step(theta, mean, square, t, gradient, learning_rate):
    mean = 0.9 * mean + 0.1 * gradient
    square = 0.999 * square + 0.001 * gradient**2
    mean = mean / (1 - 0.9**t)
    square = square / (1 - 0.999**t)
    theta = theta - learning_rate * mean / (np.sqrt(square) + 1e-7)
    return theta, mean * (1 - 0.9**t), square * (1 - 0.999**t), t + 1

# %% right: the two corrections named first, the root as a power of 0.5
def adam_step(theta, mean, square, t, gradient, learning_rate):
    m, s = mean, square
    m = 0.9 * m + 0.1 * gradient
    s = 0.999 * s + 0.001 * gradient * gradient
    c1, c2 = 1 - 0.9**t, 1 - 0.999**t
    return theta - learning_rate * (m / c1) / ((s / c2) ** 0.5 + 1e-7), m, s, t + 1

# %% right: means written as mean + 0.1 (g - mean)
def adam_step(theta, mean, square, t, gradient, learning_rate):
    mean = mean + 0.1 * (gradient - mean)
    square = square + 0.001 * (gradient**2 - square)
    step = (mean / (1 - 0.9**t)) / (np.sqrt(square / (1 - 0.999**t)) + 1e-7)
    return theta - learning_rate * step, mean, square, t + 1

# %% right: betas and ε as further parameters with defaults
def adam_step(theta, mean, square, t, gradient, learning_rate, beta_1=0.9, beta_2=0.999, epsilon=1e-7):
    mean = beta_1 * mean + (1 - beta_1) * gradient
    square = beta_2 * square + (1 - beta_2) * gradient**2
    m_hat = mean / (1 - beta_1**t)
    v_hat = square / (1 - beta_2**t)
    return theta - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), mean, square, t + 1

# %% right: a helper for a running mean and one for its correction
def _running(old, new, beta):
    return beta * old + (1 - beta) * new


def _corrected(mean, beta, t):
    return mean / (1 - beta**t)


def adam_step(theta, mean, square, t, gradient, learning_rate):
    mean = _running(mean, gradient, 0.9)
    square = _running(square, gradient**2, 0.999)
    denominator = np.sqrt(_corrected(square, 0.999, t)) + 1e-7
    return theta - learning_rate * _corrected(mean, 0.9, t) / denominator, mean, square, t + 1

# %% right: both corrections gathered into the learning rate and ε
def adam_step(theta, mean, square, t, gradient, learning_rate):
    mean = 0.9 * mean + 0.1 * gradient
    square = 0.999 * square + 0.001 * gradient**2
    root = np.sqrt(1 - 0.999**t)
    rate = learning_rate * root / (1 - 0.9**t)
    theta = theta - rate * mean / (np.sqrt(square) + 1e-7 * root)
    return theta, mean, square, t + 1

# %% right: t counted up before the return
def adam_step(theta, mean, square, t, gradient, learning_rate):
    mean = 0.9 * mean + 0.1 * gradient
    square = 0.999 * square + 0.001 * gradient**2
    change = -learning_rate * (mean / (1 - 0.9**t)) / (np.sqrt(square / (1 - 0.999**t)) + 1e-7)
    theta = theta + change
    t += 1
    return theta, mean, square, t

# %% right: NumPy functions throughout
def adam_step(theta, mean, square, t, gradient, learning_rate):
    mean = np.add(np.multiply(0.9, mean), np.multiply(0.1, gradient))
    square = np.add(np.multiply(0.999, square), np.multiply(0.001, np.square(gradient)))
    m = np.divide(mean, 1 - np.power(0.9, t))
    s = np.divide(square, 1 - np.power(0.999, t))
    return np.subtract(theta, learning_rate * m / (np.sqrt(s) + 1e-7)), mean, square, t + 1

# %% right: the notebook's Adam, with its memory set by hand
def adam_step(theta, mean, square, t, gradient, learning_rate):
    adam = Adam(learning_rate, mean=mean, squares=1.0 * square, t=t - 1)
    theta = theta + adam.step(gradient)
    return theta, adam.mean, adam.squares, adam.t + 1

# %% right: a lambda after a helper for the means
def _means(mean, square, g):
    return 0.9 * mean + 0.1 * g, 0.999 * square + 0.001 * g**2


_apply = lambda theta, m, s, t, rate: (
    theta - rate * m / (1 - 0.9**t) / (np.sqrt(s / (1 - 0.999**t)) + 1e-7),
    m,
    s,
    t + 1,
)
adam_step = lambda theta, mean, square, t, gradient, learning_rate: _apply(
    theta, *_means(mean, square, gradient), t, learning_rate
)

# %% right: a callable object that holds the betas
class AdamStep:
    beta_1, beta_2, epsilon = 0.9, 0.999, 1e-7

    def __call__(self, theta, mean, square, t, gradient, learning_rate):
        mean = self.beta_1 * mean + (1 - self.beta_1) * gradient
        square = self.beta_2 * square + (1 - self.beta_2) * gradient**2
        m, v = mean / (1 - self.beta_1**t), square / (1 - self.beta_2**t)
        return theta - learning_rate * m / (np.sqrt(v) + self.epsilon), mean, square, t + 1


adam_step = AdamStep()

# %% right: returned as a list
def adam_step(theta, mean, square, t, gradient, learning_rate):
    mean = 0.9 * mean + 0.1 * gradient
    square = 0.999 * square + 0.001 * gradient**2
    m = mean / (1 - 0.9**t)
    v = square / (1 - 0.999**t)
    return [theta - learning_rate * m / (np.sqrt(v) + 1e-7), mean, square, t + 1]

# %% right: entry by entry in a loop, shape put back at the end
def adam_step(theta, mean, square, t, gradient, learning_rate):
    g = np.asarray(gradient, dtype=float)
    m = np.broadcast_to(mean, g.shape).ravel()
    s = np.broadcast_to(square, g.shape).ravel()
    p = np.broadcast_to(theta, g.shape).ravel()
    new_p, new_m, new_s = [], [], []
    for p_i, m_i, s_i, g_i in zip(p, m, s, g.ravel()):
        m_i = 0.9 * m_i + 0.1 * g_i
        s_i = 0.999 * s_i + 0.001 * g_i**2
        new_m.append(m_i)
        new_s.append(s_i)
        new_p.append(p_i - learning_rate * (m_i / (1 - 0.9**t)) / (np.sqrt(s_i / (1 - 0.999**t)) + 1e-7))
    return np.reshape(new_p, g.shape), np.reshape(new_m, g.shape), np.reshape(new_s, g.shape), t + 1

# %% right: weights of the mean summed up for the correction
def adam_step(theta, mean, square, t, gradient, learning_rate):
    mean = 0.9 * mean + 0.1 * gradient
    square = 0.999 * square + 0.001 * gradient**2
    weights_1 = sum(0.1 * 0.9**k for k in range(t))
    weights_2 = sum(0.001 * 0.999**k for k in range(t))
    return theta - learning_rate * (mean / weights_1) / (np.sqrt(square / weights_2) + 1e-7), mean, square, t + 1

# %% right: the power by np.float64, abs inside the square
def adam_step(theta, mean, square, t, gradient, learning_rate):
    mean = mean * 0.9 + gradient * 0.1
    square = square * 0.999 + np.abs(gradient) ** 2 * 0.001
    one, two = np.float64(0.9) ** t, np.float64(0.999) ** t
    step = learning_rate * mean / (1.0 - one)
    step = step / (1e-7 + np.sqrt(square / (1.0 - two)))
    return theta - step, mean, square, t + 1

# %% right: correction as a factor, by expm1
def adam_step(theta, mean, square, t, gradient, learning_rate):
    mean = 0.9 * mean + 0.1 * gradient
    square = 0.999 * square + 0.001 * gradient**2
    m_hat = mean / -np.expm1(t * np.log(0.9))
    v_hat = square / -np.expm1(t * np.log(0.999))
    return theta - learning_rate * m_hat / (np.sqrt(v_hat) + 1e-7), mean, square, t + 1

# %% right: Keras ops for the root only (in float32 on a backend without float64)
def adam_step(theta, mean, square, t, gradient, learning_rate):
    mean = 0.9 * mean + 0.1 * gradient
    square = 0.999 * square + 0.001 * gradient**2
    m_hat = mean / (1 - 0.9**t)
    v_hat = square / (1 - 0.999**t)
    root = keras.ops.convert_to_numpy(keras.ops.sqrt(keras.ops.convert_to_tensor(v_hat, "float64")))
    return theta - learning_rate * m_hat / (root + 1e-7), mean, square, t + 1

# %% wrong: unchanged: the corrected means are returned and go into the next step
# told: returns_corrected_means
def adam_step(theta, mean, square, t, gradient, learning_rate):
    mean = 0.9 * mean + 0.1 * gradient
    square = 0.999 * square + 0.001 * gradient**2
    mean = mean / (1 - 0.9**t)
    square = square / (1 - 0.999**t)
    theta = theta - learning_rate * mean / (np.sqrt(square) + 1e-7)
    return theta, mean, square, t + 1

# %% wrong: new names, but the corrected means are returned
# told: returns_corrected_means
def adam_step(theta, mean, square, t, gradient, learning_rate):
    mean = 0.9 * mean + 0.1 * gradient
    square = 0.999 * square + 0.001 * gradient**2
    mean_hat = mean / (1 - 0.9**t)
    square_hat = square / (1 - 0.999**t)
    theta = theta - learning_rate * mean_hat / (np.sqrt(square_hat) + 1e-7)
    return theta, mean_hat, square_hat, t + 1

# %% wrong: only the mean is repaired, the corrected square is returned
# told: returns_the_corrected_square
def adam_step(theta, mean, square, t, gradient, learning_rate):
    mean = 0.9 * mean + 0.1 * gradient
    square = 0.999 * square + 0.001 * gradient**2
    mean_hat = mean / (1 - 0.9**t)
    square = square / (1 - 0.999**t)
    theta = theta - learning_rate * mean_hat / (np.sqrt(square) + 1e-7)
    return theta, mean, square, t + 1

# %% wrong: only the square is repaired, the corrected mean is returned
# told: returns_the_corrected_mean
def adam_step(theta, mean, square, t, gradient, learning_rate):
    mean = 0.9 * mean + 0.1 * gradient
    square = 0.999 * square + 0.001 * gradient**2
    mean = mean / (1 - 0.9**t)
    square_hat = square / (1 - 0.999**t)
    theta = theta - learning_rate * mean / (np.sqrt(square_hat) + 1e-7)
    return theta, mean, square, t + 1

# %% wrong: the correction is thrown out, both means stay uncorrected
# told: drops_the_correction
def adam_step(theta, mean, square, t, gradient, learning_rate):
    mean = 0.9 * mean + 0.1 * gradient
    square = 0.999 * square + 0.001 * gradient**2
    theta = theta - learning_rate * mean / (np.sqrt(square) + 1e-7)
    return theta, mean, square, t + 1

# %% wrong: corrected means are computed and not used in the step
# told: drops_the_correction
def adam_step(theta, mean, square, t, gradient, learning_rate):
    mean = 0.9 * mean + 0.1 * gradient
    square = 0.999 * square + 0.001 * gradient**2
    mean_hat = mean / (1 - 0.9**t)
    square_hat = square / (1 - 0.999**t)
    theta = theta - learning_rate * mean / (np.sqrt(square) + 1e-7)
    return theta, mean, square, t + 1

# %% wrong: only the mean is corrected, the square is not
# told: corrects_the_mean_only
def adam_step(theta, mean, square, t, gradient, learning_rate):
    mean = 0.9 * mean + 0.1 * gradient
    square = 0.999 * square + 0.001 * gradient**2
    mean_hat = mean / (1 - 0.9**t)
    theta = theta - learning_rate * mean_hat / (np.sqrt(square) + 1e-7)
    return theta, mean, square, t + 1

# %% wrong: only the square is corrected, the mean is not
# told: corrects_the_square_only
def adam_step(theta, mean, square, t, gradient, learning_rate):
    mean = 0.9 * mean + 0.1 * gradient
    square = 0.999 * square + 0.001 * gradient**2
    square_hat = square / (1 - 0.999**t)
    theta = theta - learning_rate * mean / (np.sqrt(square_hat) + 1e-7)
    return theta, mean, square, t + 1

# %% wrong: t is returned without counting up, so every correction is that of the first step
# told: forgets_to_count
def adam_step(theta, mean, square, t, gradient, learning_rate):
    mean = 0.9 * mean + 0.1 * gradient
    square = 0.999 * square + 0.001 * gradient**2
    mean_hat = mean / (1 - 0.9**t)
    square_hat = square / (1 - 0.999**t)
    theta = theta - learning_rate * mean_hat / (np.sqrt(square_hat) + 1e-7)
    return theta, mean, square, t

# %% wrong: t is counted up before the correction, so the first step is already that of t = 2
# told: counts_on_first
def adam_step(theta, mean, square, t, gradient, learning_rate):
    t = t + 1
    mean = 0.9 * mean + 0.1 * gradient
    square = 0.999 * square + 0.001 * gradient**2
    mean_hat = mean / (1 - 0.9**t)
    square_hat = square / (1 - 0.999**t)
    theta = theta - learning_rate * mean_hat / (np.sqrt(square_hat) + 1e-7)
    return theta, mean, square, t

# %% wrong: t is counted up twice
# told: relation
def adam_step(theta, mean, square, t, gradient, learning_rate):
    mean = 0.9 * mean + 0.1 * gradient
    square = 0.999 * square + 0.001 * gradient**2
    mean_hat = mean / (1 - 0.9**t)
    square_hat = square / (1 - 0.999**t)
    theta = theta - learning_rate * mean_hat / (np.sqrt(square_hat) + 1e-7)
    t += 1
    return theta, mean, square, t + 1

# %% wrong: correction with t + 1
# told: counts_on_first
def adam_step(theta, mean, square, t, gradient, learning_rate):
    mean = 0.9 * mean + 0.1 * gradient
    square = 0.999 * square + 0.001 * gradient**2
    mean_hat = mean / (1 - 0.9 ** (t + 1))
    square_hat = square / (1 - 0.999 ** (t + 1))
    theta = theta - learning_rate * mean_hat / (np.sqrt(square_hat) + 1e-7)
    return theta, mean, square, t + 1

# %% wrong: correction with t - 1, divides by zero in the first step
# told: counts_from_zero
def adam_step(theta, mean, square, t, gradient, learning_rate):
    mean = 0.9 * mean + 0.1 * gradient
    square = 0.999 * square + 0.001 * gradient**2
    mean_hat = mean / (1 - 0.9 ** (t - 1))
    square_hat = square / (1 - 0.999 ** (t - 1))
    theta = theta - learning_rate * mean_hat / (np.sqrt(square_hat) + 1e-7)
    return theta, mean, square, t + 1

# %% wrong: correction of the first step only, right for t = 1, none later
# told: nothing
def adam_step(theta, mean, square, t, gradient, learning_rate):
    mean = 0.9 * mean + 0.1 * gradient
    square = 0.999 * square + 0.001 * gradient**2
    if t == 1:
        mean_hat, square_hat = mean / 0.1, square / 0.001
    else:
        mean_hat, square_hat = mean, square
    theta = theta - learning_rate * mean_hat / (np.sqrt(square_hat) + 1e-7)
    return theta, mean, square, t + 1

# %% wrong: correction without the power, always 1 - β
# told: corrects_as_if_at_the_start
def adam_step(theta, mean, square, t, gradient, learning_rate):
    mean = 0.9 * mean + 0.1 * gradient
    square = 0.999 * square + 0.001 * gradient**2
    mean_hat = mean / (1 - 0.9)
    square_hat = square / (1 - 0.999)
    theta = theta - learning_rate * mean_hat / (np.sqrt(square_hat) + 1e-7)
    return theta, mean, square, t + 1

# %% wrong: β times t in place of β to the power t
# told: multiplies_by_t
def adam_step(theta, mean, square, t, gradient, learning_rate):
    mean = 0.9 * mean + 0.1 * gradient
    square = 0.999 * square + 0.001 * gradient**2
    mean_hat = mean / (1 - 0.9 * t)
    square_hat = square / (1 - 0.999 * t)
    theta = theta - learning_rate * mean_hat / (np.sqrt(square_hat) + 1e-7)
    return theta, mean, square, t + 1

# %% wrong: brackets: (1 - β) to the power t
# told: puts_brackets_wrong
def adam_step(theta, mean, square, t, gradient, learning_rate):
    mean = 0.9 * mean + 0.1 * gradient
    square = 0.999 * square + 0.001 * gradient**2
    mean_hat = mean / (1 - 0.9) ** t
    square_hat = square / (1 - 0.999) ** t
    theta = theta - learning_rate * mean_hat / (np.sqrt(square_hat) + 1e-7)
    return theta, mean, square, t + 1

# %% wrong: multiplied by 1 - β^t instead of divided
# told: multiplies_the_correction
def adam_step(theta, mean, square, t, gradient, learning_rate):
    mean = 0.9 * mean + 0.1 * gradient
    square = 0.999 * square + 0.001 * gradient**2
    mean_hat = mean * (1 - 0.9**t)
    square_hat = square * (1 - 0.999**t)
    theta = theta - learning_rate * mean_hat / (np.sqrt(square_hat) + 1e-7)
    return theta, mean, square, t + 1

# %% wrong: brackets: divides by 1 and subtracts the power
# told: nothing
def adam_step(theta, mean, square, t, gradient, learning_rate):
    mean = 0.9 * mean + 0.1 * gradient
    square = 0.999 * square + 0.001 * gradient**2
    mean_hat = mean / 1 - 0.9**t
    square_hat = square / (1 - 0.999**t)
    theta = theta - learning_rate * mean_hat / (np.sqrt(square_hat) + 1e-7)
    return theta, mean, square, t + 1

# %% wrong: the betas of the corrections are swapped
# told: exchanges_the_corrections
def adam_step(theta, mean, square, t, gradient, learning_rate):
    mean = 0.9 * mean + 0.1 * gradient
    square = 0.999 * square + 0.001 * gradient**2
    mean_hat = mean / (1 - 0.999**t)
    square_hat = square / (1 - 0.9**t)
    theta = theta - learning_rate * mean_hat / (np.sqrt(square_hat) + 1e-7)
    return theta, mean, square, t + 1

# %% wrong: both corrections with 0.9
# told: corrects_both_by_0_9
def adam_step(theta, mean, square, t, gradient, learning_rate):
    mean = 0.9 * mean + 0.1 * gradient
    square = 0.999 * square + 0.001 * gradient**2
    mean_hat = mean / (1 - 0.9**t)
    square_hat = square / (1 - 0.9**t)
    theta = theta - learning_rate * mean_hat / (np.sqrt(square_hat) + 1e-7)
    return theta, mean, square, t + 1

# %% wrong: mean and square returned in the wrong order
# told: order
def adam_step(theta, mean, square, t, gradient, learning_rate):
    mean = 0.9 * mean + 0.1 * gradient
    square = 0.999 * square + 0.001 * gradient**2
    mean_hat = mean / (1 - 0.9**t)
    square_hat = square / (1 - 0.999**t)
    theta = theta - learning_rate * mean_hat / (np.sqrt(square_hat) + 1e-7)
    return theta, square, mean, t + 1

# %% wrong: t is not returned
# told: form
def adam_step(theta, mean, square, t, gradient, learning_rate):
    mean = 0.9 * mean + 0.1 * gradient
    square = 0.999 * square + 0.001 * gradient**2
    mean_hat = mean / (1 - 0.9**t)
    square_hat = square / (1 - 0.999**t)
    theta = theta - learning_rate * mean_hat / (np.sqrt(square_hat) + 1e-7)
    return theta, mean, square

# %% wrong: only theta is returned
# told: form
def adam_step(theta, mean, square, t, gradient, learning_rate):
    mean = 0.9 * mean + 0.1 * gradient
    square = 0.999 * square + 0.001 * gradient**2
    mean_hat = mean / (1 - 0.9**t)
    square_hat = square / (1 - 0.999**t)
    theta = theta - learning_rate * mean_hat / (np.sqrt(square_hat) + 1e-7)
    return theta

# %% wrong: nothing is returned
# told: form
def adam_step(theta, mean, square, t, gradient, learning_rate):
    mean = 0.9 * mean + 0.1 * gradient
    square = 0.999 * square + 0.001 * gradient**2
    mean_hat = mean / (1 - 0.9**t)
    square_hat = square / (1 - 0.999**t)
    theta = theta - learning_rate * mean_hat / (np.sqrt(square_hat) + 1e-7)

# %% wrong: the change is returned in place of the new theta
# told: returns_the_change
def adam_step(theta, mean, square, t, gradient, learning_rate):
    mean = 0.9 * mean + 0.1 * gradient
    square = 0.999 * square + 0.001 * gradient**2
    mean_hat = mean / (1 - 0.9**t)
    square_hat = square / (1 - 0.999**t)
    return -learning_rate * mean_hat / (np.sqrt(square_hat) + 1e-7), mean, square, t + 1

# %% wrong: plus instead of minus: walks uphill
# told: walks_uphill
def adam_step(theta, mean, square, t, gradient, learning_rate):
    mean = 0.9 * mean + 0.1 * gradient
    square = 0.999 * square + 0.001 * gradient**2
    mean_hat = mean / (1 - 0.9**t)
    square_hat = square / (1 - 0.999**t)
    theta = theta + learning_rate * mean_hat / (np.sqrt(square_hat) + 1e-7)
    return theta, mean, square, t + 1

# %% wrong: the root is missing
# told: forgets_the_root
def adam_step(theta, mean, square, t, gradient, learning_rate):
    mean = 0.9 * mean + 0.1 * gradient
    square = 0.999 * square + 0.001 * gradient**2
    mean_hat = mean / (1 - 0.9**t)
    square_hat = square / (1 - 0.999**t)
    theta = theta - learning_rate * mean_hat / (square_hat + 1e-7)
    return theta, mean, square, t + 1

# %% wrong: the square of the gradient is missing in the running mean
# told: nothing
def adam_step(theta, mean, square, t, gradient, learning_rate):
    mean = 0.9 * mean + 0.1 * gradient
    square = 0.999 * square + 0.001 * np.abs(gradient)
    mean_hat = mean / (1 - 0.9**t)
    square_hat = square / (1 - 0.999**t)
    theta = theta - learning_rate * mean_hat / (np.sqrt(square_hat) + 1e-7)
    return theta, mean, square, t + 1

# %% wrong: corrected means are returned and the correction is undone in the next call, but with the new t instead of t - 1
# told: nothing
def adam_step(theta, mean, square, t, gradient, learning_rate):
    mean = mean * (1 - 0.9**t)
    square = square * (1 - 0.999**t)
    mean = 0.9 * mean + 0.1 * gradient
    square = 0.999 * square + 0.001 * gradient**2
    mean = mean / (1 - 0.9**t)
    square = square / (1 - 0.999**t)
    theta = theta - learning_rate * mean / (np.sqrt(square) + 1e-7)
    return theta, mean, square, t + 1

# %% wrong: the means are corrected before the new gradient comes in
# told: nothing
def adam_step(theta, mean, square, t, gradient, learning_rate):
    mean_hat = mean / (1 - 0.9**t)
    square_hat = square / (1 - 0.999**t)
    mean = 0.9 * mean_hat + 0.1 * gradient
    square = 0.999 * square_hat + 0.001 * gradient**2
    theta = theta - learning_rate * mean / (np.sqrt(square) + 1e-7)
    return theta, mean, square, t + 1

# %% wrong: theta is moved before the means take in the gradient, with the old ones
# told: nothing
def adam_step(theta, mean, square, t, gradient, learning_rate):
    mean_hat = mean / (1 - 0.9**t)
    square_hat = square / (1 - 0.999**t)
    theta = theta - learning_rate * mean_hat / (np.sqrt(square_hat) + 1e-7)
    mean = 0.9 * mean + 0.1 * gradient
    square = 0.999 * square + 0.001 * gradient**2
    return theta, mean, square, t + 1

# %% wrong: the mean forgets at 0.999 and the square at 0.9
# told: nothing
def adam_step(theta, mean, square, t, gradient, learning_rate):
    mean = 0.999 * mean + 0.001 * gradient
    square = 0.9 * square + 0.1 * gradient**2
    mean_hat = mean / (1 - 0.999**t)
    square_hat = square / (1 - 0.9**t)
    theta = theta - learning_rate * mean_hat / (np.sqrt(square_hat) + 1e-7)
    return theta, mean, square, t + 1

# %% wrong: the weights in the mean swapped, 0.1 of the old and 0.9 of the new
# told: nothing
def adam_step(theta, mean, square, t, gradient, learning_rate):
    mean = 0.1 * mean + 0.9 * gradient
    square = 0.001 * square + 0.999 * gradient**2
    mean_hat = mean / (1 - 0.1**t)
    square_hat = square / (1 - 0.001**t)
    theta = theta - learning_rate * mean_hat / (np.sqrt(square_hat) + 1e-7)
    return theta, mean, square, t + 1

# %% wrong: 0.01 in place of 0.001 for the new square
# told: nothing
def adam_step(theta, mean, square, t, gradient, learning_rate):
    mean = 0.9 * mean + 0.1 * gradient
    square = 0.999 * square + 0.01 * gradient**2
    mean_hat = mean / (1 - 0.9**t)
    square_hat = square / (1 - 0.999**t)
    theta = theta - learning_rate * mean_hat / (np.sqrt(square_hat) + 1e-7)
    return theta, mean, square, t + 1

# %% wrong: β₂ = 0.99
# told: nothing
def adam_step(theta, mean, square, t, gradient, learning_rate):
    mean = 0.9 * mean + 0.1 * gradient
    square = 0.99 * square + 0.01 * gradient**2
    mean_hat = mean / (1 - 0.9**t)
    square_hat = square / (1 - 0.99**t)
    theta = theta - learning_rate * mean_hat / (np.sqrt(square_hat) + 1e-7)
    return theta, mean, square, t + 1

# %% wrong: the gradient instead of the mean in the step
# told: uses_the_gradient
def adam_step(theta, mean, square, t, gradient, learning_rate):
    mean = 0.9 * mean + 0.1 * gradient
    square = 0.999 * square + 0.001 * gradient**2
    mean_hat = mean / (1 - 0.9**t)
    square_hat = square / (1 - 0.999**t)
    theta = theta - learning_rate * gradient / (np.sqrt(square_hat) + 1e-7)
    return theta, mean, square, t + 1

# %% wrong: the square is averaged over all numbers of an array
# told: nothing
def adam_step(theta, mean, square, t, gradient, learning_rate):
    mean = 0.9 * mean + 0.1 * gradient
    square = 0.999 * square + 0.001 * np.mean(gradient**2)
    mean_hat = mean / (1 - 0.9**t)
    square_hat = square / (1 - 0.999**t)
    theta = theta - learning_rate * mean_hat / (np.sqrt(square_hat) + 1e-7)
    return theta, mean, square, t + 1

# %% wrong: the learning rate is left out
# told: forgets_the_rate
def adam_step(theta, mean, square, t, gradient, learning_rate):
    mean = 0.9 * mean + 0.1 * gradient
    square = 0.999 * square + 0.001 * gradient**2
    mean_hat = mean / (1 - 0.9**t)
    square_hat = square / (1 - 0.999**t)
    theta = theta - mean_hat / (np.sqrt(square_hat) + 1e-7)
    return theta, mean, square, t + 1

# %% wrong: the root of the mean instead of that of the square
# told: nothing
def adam_step(theta, mean, square, t, gradient, learning_rate):
    mean = 0.9 * mean + 0.1 * gradient
    square = 0.999 * square + 0.001 * gradient**2
    mean_hat = mean / (1 - 0.9**t)
    square_hat = square / (1 - 0.999**t)
    theta = theta - learning_rate * square_hat / (np.sqrt(np.abs(mean_hat)) + 1e-7)
    return theta, mean, square, t + 1

# %% wrong: t is never smaller than 10, to avoid the small denominators
# told: nothing
def adam_step(theta, mean, square, t, gradient, learning_rate):
    mean = 0.9 * mean + 0.1 * gradient
    square = 0.999 * square + 0.001 * gradient**2
    n = max(t, 10)
    mean_hat = mean / (1 - 0.9**n)
    square_hat = square / (1 - 0.999**n)
    theta = theta - learning_rate * mean_hat / (np.sqrt(square_hat) + 1e-7)
    return theta, mean, square, t + 1

# %% wrong: starts afresh at each call: the old means are ignored
# told: corrects_as_if_at_the_start+starts_afresh
def adam_step(theta, mean, square, t, gradient, learning_rate):
    mean = 0.1 * gradient
    square = 0.001 * gradient**2
    mean_hat = mean / 0.1
    square_hat = square / 0.001
    theta = theta - learning_rate * mean_hat / (np.sqrt(square_hat) + 1e-7)
    return theta, mean, square, t + 1

# %% wrong: math.sqrt, which raises TypeError for arrays
# told: error
def adam_step(theta, mean, square, t, gradient, learning_rate):
    import math

    mean = 0.9 * mean + 0.1 * gradient
    square = 0.999 * square + 0.001 * gradient**2
    mean_hat = mean / (1 - 0.9**t)
    square_hat = square / (1 - 0.999**t)
    theta = theta - learning_rate * mean_hat / (math.sqrt(square_hat) + 1e-7)
    return theta, mean, square, t + 1

# %% wrong: float() around theta, which raises for arrays of several numbers
# told: error
def adam_step(theta, mean, square, t, gradient, learning_rate):
    mean = 0.9 * mean + 0.1 * gradient
    square = 0.999 * square + 0.001 * gradient**2
    mean_hat = mean / (1 - 0.9**t)
    square_hat = square / (1 - 0.999**t)
    theta = float(theta) - learning_rate * mean_hat / (np.sqrt(square_hat) + 1e-7)
    return theta, mean, square, t + 1

# %% wrong: ^ instead of **, raises TypeError
# told: error
def adam_step(theta, mean, square, t, gradient, learning_rate):
    mean = 0.9 * mean + 0.1 * gradient
    square = 0.999 * square + 0.001 * gradient**2
    mean_hat = mean / (1 - 0.9^t)
    square_hat = square / (1 - 0.999^t)
    theta = theta - learning_rate * mean_hat / (np.sqrt(square_hat) + 1e-7)
    return theta, mean, square, t + 1

# %% wrong: the name of a variable misspelt, raises NameError
# told: error
def adam_step(theta, mean, square, t, gradient, learning_rate):
    mean = 0.9 * mean + 0.1 * gradient
    square = 0.999 * square + 0.001 * gradient**2
    m_hat = mean / (1 - 0.9**t)
    square_hat = square / (1 - 0.999**t)
    theta = theta - learning_rate * mean_hat / (np.sqrt(square_hat) + 1e-7)
    return theta, mean, square, t + 1

# %% wrong: steps in the direction of the sign only, the second moment is ignored
# told: nothing
def adam_step(theta, mean, square, t, gradient, learning_rate):
    mean = 0.9 * mean + 0.1 * gradient
    square = 0.999 * square + 0.001 * gradient**2
    mean_hat = mean / (1 - 0.9**t)
    square_hat = square / (1 - 0.999**t)
    theta = theta - learning_rate * np.sign(mean_hat)
    return theta, mean, square, t + 1

# %% wrong: two mistakes: the corrected mean is returned and the square not corrected
# told: corrects_the_mean_only
def adam_step(theta, mean, square, t, gradient, learning_rate):
    mean = 0.9 * mean + 0.1 * gradient
    square = 0.999 * square + 0.001 * gradient**2
    mean = mean / (1 - 0.9**t)
    theta = theta - learning_rate * mean / (np.sqrt(square) + 1e-7)
    return theta, mean, square, t + 1

# %% wrong: two mistakes: uncorrected means, and the step multiplied by 1/√10 so that the first one fits
# told: nothing
def adam_step(theta, mean, square, t, gradient, learning_rate):
    mean = 0.9 * mean + 0.1 * gradient
    square = 0.999 * square + 0.001 * gradient**2
    theta = theta - learning_rate * mean / (np.sqrt(square) + 1e-7) / np.sqrt(10)
    return theta, mean, square, t + 1

# %% wrong: two mistakes: the corrected means are returned, t is not counted up
# told: returns_corrected_means
def adam_step(theta, mean, square, t, gradient, learning_rate):
    mean = 0.9 * mean + 0.1 * gradient
    square = 0.999 * square + 0.001 * gradient**2
    mean_hat = mean / (1 - 0.9**t)
    square_hat = square / (1 - 0.999**t)
    theta = theta - learning_rate * mean_hat / (np.sqrt(square_hat) + 1e-7)
    return theta, mean_hat, square_hat, t

# %% wrong: parameters in another order, theta last
# told: error
def adam_step(mean, square, t, gradient, learning_rate, theta):
    mean = 0.9 * mean + 0.1 * gradient
    square = 0.999 * square + 0.001 * gradient**2
    mean_hat = mean / (1 - 0.9**t)
    square_hat = square / (1 - 0.999**t)
    theta = theta - learning_rate * mean_hat / (np.sqrt(square_hat) + 1e-7)
    return theta, mean, square, t + 1

# %% wrong: prints the result instead of returning it
# told: form
def adam_step(theta, mean, square, t, gradient, learning_rate):
    mean = 0.9 * mean + 0.1 * gradient
    square = 0.999 * square + 0.001 * gradient**2
    m, s = mean / (1 - 0.9**t), square / (1 - 0.999**t)
    print(theta - learning_rate * m / (np.sqrt(s) + 1e-7), mean, square, t + 1)
