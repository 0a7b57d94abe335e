# %% right: conjugate gradients, products with the Hessian as differences of gradients
def descend(gradient, theta):
    x, g = theta, gradient(theta)
    p = -g
    for _ in range(20):
        Hp = gradient(x + p) - g
        if p @ Hp < 1e-20:
            break
        alpha = (g @ g) / (p @ Hp)
        x, new = x + alpha * p, g + alpha * Hp
        p = -new + (new @ new) / (g @ g) * p
        g = new
    return x

# %% right: conjugate gradients with the gradient at zero as right-hand side, 50 products
def descend(gradient, theta):
    zero = gradient(np.zeros(20))
    x = theta.copy()
    r = -gradient(x)
    p = r.copy()
    rr = r @ r
    for _ in range(50):
        if rr < 1e-18:
            break
        Ap = gradient(p) - zero
        alpha = rr / (p @ Ap)
        x += alpha * p
        r -= alpha * Ap
        old, rr = rr, r @ r
        p = r + rr / old * p
    return x

# %% right: Newton: the Hessian column by column from 20 further gradients
def descend(gradient, theta):
    g = gradient(theta)
    H = np.stack([gradient(theta + e) - g for e in np.eye(20)], axis=1)
    return theta - np.linalg.solve(H, g)

# %% right: Newton with central differences, 41 gradients
def descend(gradient, theta):
    H = np.zeros((20, 20))
    for i in range(20):
        e = np.zeros(20)
        e[i] = 0.5
        H[:, i] = gradient(theta + e) - gradient(theta - e)
    H = (H + H.T) / 2
    return theta - np.linalg.inv(H) @ gradient(theta)

# %% right: secants: 21 gradients at random places, least squares for the affine map
def descend(gradient, theta):
    rng = np.random.default_rng(0)
    places = [theta] + [theta + rng.normal(size=20) for _ in range(40)]
    A = np.array([np.append(x, 1.0) for x in places])
    G = np.array([gradient(x) for x in places])
    coefficients, *_ = np.linalg.lstsq(A, G, rcond=None)
    return np.linalg.solve(coefficients[:20].T, -coefficients[20])

# %% right: 60 different learning rates, one for each root of the Chebyshev polynomial on 1 to 400, large and small in turn
def descend(gradient, theta):
    k = np.arange(60)
    curvatures = 200.5 + 199.5 * np.cos(np.pi * (2 * k + 1) / 120)
    order = np.empty(60, int)
    order[0::2], order[1::2] = np.arange(30), np.arange(59, 29, -1)
    for curvature in curvatures[order]:
        theta = theta - gradient(theta) / curvature
    return theta

# %% right: Chebyshev's recurrence, two places remembered, ω from step to step
def descend(gradient, theta):
    d, c = (400 + 1) / 2, (400 - 1) / 2
    change = -gradient(theta) / d
    rho = c / d
    sigma = d / c
    rho = 1 / sigma
    for _ in range(59):
        theta = theta + change
        new = 1 / (2 * sigma - rho)
        change = new * rho * change - 2 * new / c * gradient(theta)
        rho = new
    return theta + change

# %% right: momentum at its best rates for 1 and 400, with a first step of half the rate
def descend(gradient, theta):
    sqrt_beta = 19 / 21
    beta, eta = sqrt_beta**2, (2 / 21) ** 2
    previous, current = theta, theta - eta / (1 + beta) * gradient(theta)
    for _ in range(59):
        previous, current = current, current + beta * (current - previous) - eta * gradient(current)
    return current

# %% right: BFGS, exact length of each step by the secant of a full step
def descend(gradient, theta):
    n = len(theta)
    B = np.eye(n) / 400
    x, g = theta, gradient(theta)
    for _ in range(28):
        p = -B @ g
        y = gradient(x + p) - g
        if p @ y < 1e-20:
            break
        a = -(g @ p) / (p @ y)
        rho = 1 / (p @ y)
        left = np.eye(n) - rho * np.outer(p, y)
        B = left @ B @ left.T + rho * np.outer(p, p)
        x, g = x + a * p, g + a * y
    return x

# %% right: scipy's cg with a LinearOperator
def descend(gradient, theta):
    from scipy.sparse.linalg import LinearOperator, cg

    g = gradient(theta)
    H = LinearOperator((20, 20), matvec=lambda v: gradient(theta + v.ravel()) - g, dtype=float)
    step, _ = cg(H, -g, maxiter=40)
    return theta + step

# %% right: scipy's minres with a LinearOperator, at most 40 products
def descend(gradient, theta):
    from scipy.sparse.linalg import LinearOperator, minres

    zero = gradient(np.zeros(20))
    H = LinearOperator((20, 20), matvec=lambda v: gradient(np.ravel(v)) - zero, dtype=float)
    return minres(H, -zero, x0=None, maxiter=40, rtol=1e-10)[0]

# %% right: an orthonormal basis grown from the gradient (Krylov), then a small system
def descend(gradient, theta):
    g = gradient(theta)
    basis, products = [], []
    v = g
    for _ in range(20):
        for _ in range(2):
            for b in basis:
                v = v - (b @ v) * b
        length = np.linalg.norm(v)
        if length < 1e-8:
            break
        v = v / length
        basis.append(v)
        products.append(gradient(theta + v) - g)
        v = products[-1]
    Q, HQ = np.array(basis).T, np.array(products).T
    return theta - Q @ np.linalg.solve(Q.T @ HQ, Q.T @ g)

# %% right: nonlinear conjugate gradients (Polak-Ribière), two gradients for each step
def descend(gradient, theta):
    x = np.array(theta, dtype=float)
    g = gradient(x)
    d = -g
    for _ in range(29):
        if np.linalg.norm(g) < 1e-10:
            break
        trial = gradient(x + 1e-2 * d)
        slope, later = g @ d, trial @ d
        x = x + 1e-2 * slope / (slope - later) * d
        new = gradient(x)
        beta = max(0.0, new @ (new - g) / (g @ g))
        d = -new + beta * d
        g = new
    return x

# %% right: the places so far span the search: Anderson mixing over all of them
def descend(gradient, theta):
    xs, gs = [theta], [gradient(theta)]
    x = theta - gs[0] / 400
    for _ in range(40):
        g = gradient(x)
        dX = np.array([x - old for old in xs]).T
        dG = np.array([g - old for old in gs]).T
        xs.append(x)
        gs.append(g)
        gamma, *_ = np.linalg.lstsq(dG, g, rcond=1e-12)
        x = x - dX @ gamma - (g - dG @ gamma) / 400
    return x

# %% right: a class that counts its own calls and builds the Hessian in a random rotated basis
class Counted:
    def __init__(self, gradient):
        self.gradient, self.calls = gradient, 0

    def __call__(self, x):
        self.calls += 1
        assert self.calls <= 60
        return self.gradient(x)


def descend(gradient, theta):
    counted = Counted(gradient)
    basis, _ = np.linalg.qr(np.random.default_rng(3).normal(size=(20, 20)))
    here = counted(theta)
    products = np.column_stack([counted(theta + b) - here for b in basis.T])
    return theta - basis @ np.linalg.solve(products, here)

# %% right: Newton, repeated once on what is left
def descend(gradient, theta):
    for _ in range(2):
        here = gradient(theta)
        columns = []
        for i in range(20):
            moved = theta.copy()
            moved[i] += 1.0
            columns.append(gradient(moved) - here)
        theta = theta + np.linalg.lstsq(np.column_stack(columns), -here, rcond=None)[0]
    return theta

# %% right: momentum with rates that are tuned in each step: the Chebyshev semi-iteration in Golub's form
def descend(gradient, theta):
    kappa_like = (400 - 1) / (400 + 1)
    before, here, omega = theta, theta - 2 / 401 * gradient(theta), 2.0
    for step in range(59):
        omega = 1 / (1 - kappa_like**2 * omega / 4)
        ahead = omega * (here - 2 / 401 * gradient(here) - before) + before
        before, here = here, ahead
    return here

# %% right: Barzilai-Borwein first, conjugate gradients for the rest
def descend(gradient, theta):
    x = theta
    g = gradient(x)
    rate = 1 / 400
    for _ in range(8):
        new_x = x - rate * g
        new_g = gradient(new_x)
        if np.linalg.norm(new_g) < 1e-9:
            return new_x
        s, y = new_x - x, new_g - g
        rate = (s @ y) / (y @ y)
        x, g = new_x, new_g
    p = -g
    for _ in range(25):
        Hp = gradient(x + p) - g
        if p @ Hp < 1e-20:
            break
        a = (g @ g) / (p @ Hp)
        x, new = x + a * p, g + a * Hp
        p, g = -new + (new @ new) / (g @ g) * p, new
    return x

# %% right: the whole matrix of eigenvalues: Hessian, eigh, each direction divided by its own curvature
def descend(gradient, theta):
    g = gradient(theta)
    H = np.array([gradient(theta + 0.1 * e) - g for e in np.identity(20)]) / 0.1
    curvatures, directions = np.linalg.eigh((H + H.T) / 2)
    return theta - directions @ ((directions.T @ g) / curvatures)

# %% right: scipy's fsolve, which starts at theta and takes about 25 calls
def descend(gradient, theta):
    from scipy.optimize import fsolve

    return fsolve(gradient, theta, maxfev=55)

# %% right: momentum at its best rates as in the notebook (keeps 0.28 in the worst case: all distance along the steepest direction)
def descend(gradient, theta):
    root = 20.0
    beta = ((root - 1) / (root + 1)) ** 2
    rate = (2 / (1 + root)) ** 2
    velocity = 0.0
    for _ in range(60):
        velocity = beta * velocity - rate * gradient(theta)
        theta = theta + velocity
    return theta

# %% right: the notebook's class Momentum with its best rates (keeps 0.28 in the worst case: all distance along the steepest direction)
def descend(gradient, theta):
    optimiser = Momentum((2 / (np.sqrt(1) + np.sqrt(400))) ** 2, (19 / 21) ** 2)
    for _ in range(60):
        theta = theta + optimiser.step(gradient(theta))
    return theta

# %% wrong: plain descent at its best rate
# told: is_plain_descent
def descend(gradient, theta):
    for _ in range(60):
        theta = theta - 2 / 401 * gradient(theta)
    return theta

# %% wrong: plain descent at 1/400
# told: is_plain_descent
def descend(gradient, theta):
    for _ in range(60):
        theta = theta - 1 / 400 * gradient(theta)
    return theta

# %% wrong: plain descent at 1/200.5 rounded up to 0.0051, diverges
# told: diverges
def descend(gradient, theta):
    for _ in range(60):
        theta = theta - 0.0051 * gradient(theta)
    return theta

# %% wrong: plain descent at the rate for the gentlest direction, diverges
# told: diverges
def descend(gradient, theta):
    for _ in range(60):
        theta = theta - 1.0 * gradient(theta)
    return theta

# %% wrong: plain descent with 0.01, diverges
# told: diverges
def descend(gradient, theta):
    for _ in range(60):
        theta = theta - 0.01 * gradient(theta)
    return theta

# %% wrong: plain descent with 0.001
# told: is_plain_descent
def descend(gradient, theta):
    for _ in range(60):
        theta = theta - 0.001 * gradient(theta)
    return theta

# %% wrong: plain descent at its best rate, 1,000 steps: too many gradients
# told: asks_too_often
def descend(gradient, theta):
    for _ in range(1000):
        theta = theta - 2 / 401 * gradient(theta)
    return theta

# %% wrong: plain descent until the gradient is small: too many gradients
# told: asks_too_often
def descend(gradient, theta):
    while np.linalg.norm(gradient(theta)) > 1e-3:
        theta = theta - 2 / 401 * gradient(theta)
    return theta

# %% wrong: momentum at its best rates, 200 steps: too many gradients
# told: asks_too_often
def descend(gradient, theta):
    beta, eta = (19 / 21) ** 2, (2 / 21) ** 2
    v = np.zeros(20)
    for _ in range(200):
        v = beta * v - eta * gradient(theta)
        theta = theta + v
    return theta

# %% wrong: momentum at its best rates, 61 gradients
# told: asks_too_often
def descend(gradient, theta):
    beta, eta = (19 / 21) ** 2, (2 / 21) ** 2
    v = np.zeros(20)
    for _ in range(61):
        v = beta * v - eta * gradient(theta)
        theta = theta + v
    return theta

# %% wrong: momentum at its best rates, and a gradient more in each step for a stopping rule: 120
# told: asks_too_often
def descend(gradient, theta):
    v = np.zeros(20)
    for _ in range(60):
        if np.linalg.norm(gradient(theta)) < 1e-6:
            break
        v = (19 / 21) ** 2 * v - (2 / 21) ** 2 * gradient(theta)
        theta = theta + v
    return theta

# %% wrong: momentum: root of the curvatures forgotten, β = (399/401)²
# told: is_plain_descent
def descend(gradient, theta):
    beta, eta = (399 / 401) ** 2, (2 / 401) ** 2
    v = np.zeros(20)
    for _ in range(60):
        v = beta * v - eta * gradient(theta)
        theta = theta + v
    return theta

# %% wrong: momentum: β from κ instead of √κ, with the right rate
# told: is_plain_descent
def descend(gradient, theta):
    beta, eta = (399 / 401) ** 2, (2 / 21) ** 2
    v = np.zeros(20)
    for _ in range(60):
        v = beta * v - eta * gradient(theta)
        theta = theta + v
    return theta

# %% wrong: momentum: the rate 2/(√μ + √Λ) not squared, diverges
# told: diverges
def descend(gradient, theta):
    beta, eta = (19 / 21) ** 2, 2 / 21
    v = np.zeros(20)
    for _ in range(60):
        v = beta * v - eta * gradient(theta)
        theta = theta + v
    return theta

# %% wrong: momentum: rate 1/Λ and β = 0.5
# told: is_plain_descent
def descend(gradient, theta):
    beta, eta = 0.5, 1 / 400
    v = np.zeros(20)
    for _ in range(60):
        v = beta * v - eta * gradient(theta)
        theta = theta + v
    return theta

# %% wrong: momentum: β = 0.99
# told: is_plain_descent
def descend(gradient, theta):
    beta, eta = 0.99, 1 / 400
    v = np.zeros(20)
    for _ in range(60):
        v = beta * v - eta * gradient(theta)
        theta = theta + v
    return theta

# %% wrong: momentum: β = 0.9 with a rate of 0.1, diverges
# told: diverges
def descend(gradient, theta):
    beta, eta = 0.9, 0.1
    v = np.zeros(20)
    for _ in range(60):
        v = beta * v - eta * gradient(theta)
        theta = theta + v
    return theta

# %% wrong: momentum: β = 0.9 with a rate of 0.0001
# told: is_plain_descent
def descend(gradient, theta):
    beta, eta = 0.9, 0.0001
    v = np.zeros(20)
    for _ in range(60):
        v = beta * v - eta * gradient(theta)
        theta = theta + v
    return theta

# %% wrong: momentum: β = 0.9 with a rate of 0.01 divided by 1 - β, diverges
# told: diverges
def descend(gradient, theta):
    beta, eta = 0.9, 0.01 / (1 - 0.9)
    v = np.zeros(20)
    for _ in range(60):
        v = beta * v - eta * gradient(theta)
        theta = theta + v
    return theta

# %% wrong: momentum at its best rates, 20 steps only
# told: diverges
def descend(gradient, theta):
    beta, eta = (19 / 21) ** 2, (2 / 21) ** 2
    v = np.zeros(20)
    for _ in range(20):
        v = beta * v - eta * gradient(theta)
        theta = theta + v
    return theta

# %% wrong: momentum: plus in front of the gradient, walks uphill
# told: diverges
def descend(gradient, theta):
    beta, eta = (19 / 21) ** 2, -((2 / 21) ** 2)
    v = np.zeros(20)
    for _ in range(60):
        v = beta * v - eta * gradient(theta)
        theta = theta + v
    return theta

# %% wrong: momentum as a running mean, rate times (1 - β)
# told: is_not_near_enough
def descend(gradient, theta):
    beta, eta = (19 / 21) ** 2, (2 / 21) ** 2
    m = np.zeros(20)
    for _ in range(60):
        m = beta * m + (1 - beta) * gradient(theta)
        theta = theta - eta * m
    return theta

# %% wrong: momentum: the velocity is set back to zero in each step
# told: diverges
def descend(gradient, theta):
    for _ in range(60):
        v = np.zeros(20)
        v = (19 / 21) ** 2 * v - (2 / 21) ** 2 * gradient(theta)
        theta = theta + v
    return theta

# %% wrong: momentum: returns the velocity instead of the place
# told: diverges
def descend(gradient, theta):
    v = np.zeros(20)
    for _ in range(60):
        v = (19 / 21) ** 2 * v - (2 / 21) ** 2 * gradient(theta)
        theta = theta + v
    return v

# %% wrong: momentum: nothing is returned
# told: form
def descend(gradient, theta):
    v = np.zeros(20)
    for _ in range(60):
        v = (19 / 21) ** 2 * v - (2 / 21) ** 2 * gradient(theta)
        theta = theta + v

# %% wrong: momentum: returned after the first step
# told: diverges
def descend(gradient, theta):
    v = np.zeros(20)
    for _ in range(60):
        v = (19 / 21) ** 2 * v - (2 / 21) ** 2 * gradient(theta)
        theta = theta + v
        return theta

# %% wrong: momentum: the gradient always of the start
# told: diverges
def descend(gradient, theta):
    v, g = np.zeros(20), gradient(theta)
    for _ in range(60):
        v = (19 / 21) ** 2 * v - (2 / 21) ** 2 * g
        theta = theta + v
    return theta

# %% wrong: momentum: about the best rates for the chapter's valley of penguins, diverges
# told: diverges
def descend(gradient, theta):
    beta, eta = 0.44, 0.2
    v = np.zeros(20)
    for _ in range(60):
        v = beta * v - eta * gradient(theta)
        theta = theta + v
    return theta

# %% wrong: Nesterov at β = 0.5 and a rate of 1/400
# told: is_plain_descent
def descend(gradient, theta):
    v = np.zeros(20)
    for _ in range(60):
        g = gradient(theta)
        v = 0.5 * v - g / 400
        theta = theta + 0.5 * v - g / 400
    return theta

# %% wrong: Nesterov: the gradient asked for twice in each step, 120
# told: asks_too_often
def descend(gradient, theta):
    v = np.zeros(20)
    beta, rate = (np.sqrt(1201) - 2) / (np.sqrt(1201) + 2), 4 / 1201
    for _ in range(60):
        v = beta * v - rate * gradient(theta)
        theta = theta + beta * v - rate * gradient(theta)
    return theta

# %% wrong: Nesterov with momentum's best rate, which is too large for it, diverges
# told: diverges
def descend(gradient, theta):
    v = np.zeros(20)
    for _ in range(60):
        g = gradient(theta)
        v = (19 / 21) ** 2 * v - (2 / 21) ** 2 * g
        theta = theta + (19 / 21) ** 2 * v - (2 / 21) ** 2 * g
    return theta

# %% wrong: Adam with a rate of 0.001
# told: goes_nowhere
def descend(gradient, theta):
    adam = Adam(0.001)
    for _ in range(60):
        theta = theta + adam.step(gradient(theta))
    return theta

# %% wrong: Adam with a rate of 0.01
# told: goes_nowhere
def descend(gradient, theta):
    adam = Adam(0.01)
    for _ in range(60):
        theta = theta + adam.step(gradient(theta))
    return theta

# %% wrong: Adam with a rate of 10
# told: goes_nowhere
def descend(gradient, theta):
    adam = Adam(10.0)
    for _ in range(60):
        theta = theta + adam.step(gradient(theta))
    return theta

# %% wrong: AdaGrad with a rate of 0.05
# told: goes_nowhere
def descend(gradient, theta):
    adagrad = AdaGrad(0.05)
    for _ in range(60):
        theta = theta + adagrad.step(gradient(theta))
    return theta

# %% wrong: RMSProp with a rate of 0.001
# told: goes_nowhere
def descend(gradient, theta):
    rmsprop = RMSProp(0.001)
    for _ in range(60):
        theta = theta + rmsprop.step(gradient(theta))
    return theta

# %% wrong: Keras's SGD with its defaults, diverges
# told: diverges
def descend(gradient, theta):
    variable = keras.Variable(theta, dtype="float64")
    optimizer = keras.optimizers.SGD()
    for _ in range(60):
        at = keras.ops.convert_to_numpy(variable)
        optimizer.apply([keras.ops.convert_to_tensor(gradient(at), "float64")], [variable])
    return keras.ops.convert_to_numpy(variable)

# %% wrong: descent with a cosine schedule from 2/401
# told: is_plain_descent
def descend(gradient, theta):
    for t in range(60):
        theta = theta - 2 / 401 * (1 + np.cos(np.pi * t / 60)) / 2 * gradient(theta)
    return theta

# %% wrong: steps of length one in the direction of the gradient
# told: is_plain_descent
def descend(gradient, theta):
    for _ in range(60):
        g = gradient(theta)
        theta = theta - g / np.linalg.norm(g)
    return theta

# %% wrong: the sign of the gradient times 0.001
# told: goes_nowhere
def descend(gradient, theta):
    for _ in range(60):
        theta = theta - 0.001 * np.sign(gradient(theta))
    return theta

# %% wrong: random search with the length of the gradient as height
# told: diverges
def descend(gradient, theta):
    rng = np.random.default_rng(0)
    best, height = theta, np.linalg.norm(gradient(theta))
    for _ in range(59):
        trial = best + 0.1 * rng.normal(size=20)
        length = np.linalg.norm(gradient(trial))
        if length < height:
            best, height = trial, length
    return best

# %% wrong: steepest descent with the exact length of each step
# told: is_plain_descent
def descend(gradient, theta):
    g = gradient(theta)
    for _ in range(29):
        Hg = gradient(theta + g) - g
        theta = theta - (g @ g) / (g @ Hg) * g
        g = gradient(theta)
    return theta

# %% wrong: Newton, with two gradients for each of the 400 entries of the Hessian: 801 calls
# told: asks_too_often
def descend(gradient, theta):
    H = np.zeros((20, 20))
    for i in range(20):
        for j in range(20):
            e = np.eye(20)[j]
            H[i, j] = (gradient(theta + e) - gradient(theta - e))[i] / 2
    return theta - np.linalg.solve(H, gradient(theta))

# %% wrong: Newton, with the gradient at theta asked for anew in each column, and twice over: 82
# told: asks_too_often
def descend(gradient, theta):
    for _ in range(2):
        H = np.stack([gradient(theta + e) - gradient(theta) for e in np.eye(20)], axis=1)
        theta = theta - np.linalg.solve(H, gradient(theta))
    return theta

# %% wrong: Newton: the Hessian has been multiplied instead of inverted
# told: diverges
def descend(gradient, theta):
    g = gradient(theta)
    H = np.stack([gradient(theta + e) - g for e in np.eye(20)], axis=1)
    return theta - H @ g

# %% wrong: Newton: plus instead of minus
# told: diverges
def descend(gradient, theta):
    g = gradient(theta)
    H = np.stack([gradient(theta + e) - g for e in np.eye(20)], axis=1)
    return theta + np.linalg.solve(H, g)

# %% wrong: Newton: not divided by the step of the differences
# told: diverges
def descend(gradient, theta):
    g = gradient(theta)
    H = np.stack([gradient(theta + 0.01 * e) - g for e in np.eye(20)], axis=1)
    return theta - np.linalg.solve(H, g)

# %% wrong: Newton with the diagonal of the Hessian only
# told: diverges
def descend(gradient, theta):
    g = gradient(theta)
    diagonal = np.array([(gradient(theta + e) - g)[i] for i, e in enumerate(np.eye(20))])
    return theta - g / diagonal

# %% wrong: takes the bottom to be at zero
# told: diverges
def descend(gradient, theta):
    return np.zeros(20)

# %% wrong: a tenth of theta, as if the bottom were at zero
# told: diverges
def descend(gradient, theta):
    return theta / 10

# %% wrong: returns the start
# told: goes_nowhere
def descend(gradient, theta):
    return theta

# %% wrong: one step, divided by the mean curvature
# told: goes_nowhere
def descend(gradient, theta):
    return theta - gradient(theta) / 200.5

# %% wrong: returns the gradient
# told: diverges
def descend(gradient, theta):
    return gradient(theta)

# %% wrong: the path is returned instead of the last place
# told: form
def descend(gradient, theta):
    v, path = np.zeros(20), [theta]
    for _ in range(60):
        v = (19 / 21) ** 2 * v - (2 / 21) ** 2 * gradient(theta)
        theta = theta + v
        path.append(theta)
    return np.array(path)

# %% wrong: the length of the last gradient is returned
# told: form
def descend(gradient, theta):
    for _ in range(59):
        theta = theta - 2 / 401 * gradient(theta)
    return np.linalg.norm(gradient(theta))

# %% wrong: a pair of the place and the velocity is returned
# told: form
def descend(gradient, theta):
    v = np.zeros(20)
    for _ in range(60):
        v = (19 / 21) ** 2 * v - (2 / 21) ** 2 * gradient(theta)
        theta = theta + v
    return theta, v

# %% wrong: calls gradient without theta, raises TypeError
# told: error
def descend(gradient, theta):
    for _ in range(60):
        theta = theta - 2 / 401 * gradient()
    return theta

# %% wrong: takes the gradient for an array, raises TypeError
# told: error
def descend(gradient, theta):
    for _ in range(60):
        theta = theta - 2 / 401 * gradient
    return theta

# %% wrong: the velocity has no value before the loop, raises UnboundLocalError
# told: error
def descend(gradient, theta):
    for _ in range(60):
        v = (19 / 21) ** 2 * v - (2 / 21) ** 2 * gradient(theta)
        theta = theta + v
    return theta

# %% wrong: two mistakes: κ instead of √κ and 200 steps
# told: asks_too_often
def descend(gradient, theta):
    beta, eta = (399 / 401) ** 2, (2 / 401) ** 2
    v = np.zeros(20)
    for _ in range(200):
        v = beta * v - eta * gradient(theta)
        theta = theta + v
    return theta

# %% wrong: two mistakes: rate too large, and the velocity is not kept
# told: diverges
def descend(gradient, theta):
    for _ in range(60):
        v = -(2 / 21) * gradient(theta)
        theta = theta + v
    return theta

# %% wrong: 60 Chebyshev rates in order from the largest curvature, but for 1 to 40 instead of 400, diverges
# told: diverges
def descend(gradient, theta):
    k = np.arange(60)
    for curvature in 20.5 + 19.5 * np.cos(np.pi * (2 * k + 1) / 120):
        theta = theta - gradient(theta) / curvature
    return theta

# %% wrong: conjugate gradients, with β upside down
# told: is_plain_descent
def descend(gradient, theta):
    x, g = theta, gradient(theta)
    p = -g
    for _ in range(20):
        Hp = gradient(x + p) - g
        alpha = (g @ g) / (p @ Hp)
        x, new = x + alpha * p, g + alpha * Hp
        p = -new + (g @ g) / (new @ new) * p
        g = new
    return x

# %% wrong: scipy's minimize with the length of the gradient as height and no derivative: too many gradients
# told: asks_too_often
def descend(gradient, theta):
    from scipy.optimize import minimize

    return minimize(lambda x: np.linalg.norm(gradient(x)), theta).x
