# %% right: five folds, shuffled, plain grid
def choose_ridge(X, y):
    N, p = X.shape
    folds = np.array_split(np.random.default_rng(0).permutation(N), 5)
    ridges = np.logspace(-4, 6, 61)
    errors = np.zeros(len(ridges))
    for fold in folds:
        train = np.setdiff1d(np.arange(N), fold)
        A, b = X[train].T @ X[train], X[train].T @ y[train]
        for i, ridge in enumerate(ridges):
            w = np.linalg.solve(A + ridge * np.eye(p), b)
            errors[i] += np.sum((y[fold] - X[fold] @ w) ** 2)
    return ridges[np.argmin(errors)]

# %% right: ten folds without shuffling, Python float
def choose_ridge(X, y):
    N, p = X.shape
    best, best_error = 1.0, np.inf
    for ridge in 10.0 ** np.arange(-4, 6.01, 0.25):
        error = 0.0
        for k in range(10):
            test = np.arange(N) % 10 == k
            w = np.linalg.solve(X[~test].T @ X[~test] + ridge * np.eye(p), X[~test].T @ y[~test])
            error += np.sum((X[test] @ w - y[test]) ** 2)
        if error < best_error:
            best, best_error = float(ridge), error
    return best

# %% right: eight contiguous folds, dual form
def choose_ridge(X, y):
    N = len(y)
    K = X @ X.T
    ridges = np.logspace(-4, 6, 51)
    errors = []
    for ridge in ridges:
        total = 0
        for test in np.array_split(np.arange(N), 8):
            train = np.delete(np.arange(N), test)
            alpha = np.linalg.solve(K[np.ix_(train, train)] + ridge * np.eye(len(train)), y[train])
            total += ((K[np.ix_(test, train)] @ alpha - y[test]) ** 2).sum()
        errors.append(total)
    return ridges[int(np.argmin(errors))]

# %% right: leave-one-out by the hat matrix
def choose_ridge(X, y):
    N, p = X.shape
    ridges = np.logspace(-4, 6, 101)
    scores = []
    for ridge in ridges:
        H = X @ np.linalg.solve(X.T @ X + ridge * np.eye(p), X.T)
        residual = (y - H @ y) / (1 - np.diag(H))
        scores.append(np.mean(residual ** 2))
    return ridges[np.argmin(scores)]

# %% right: leave-one-out with one SVD for all strengths
def choose_ridge(X, y):
    U, d, _ = np.linalg.svd(X, full_matrices=False)
    Uy = U.T @ y
    ridges = np.logspace(-4, 6, 201)
    def loo(ridge):
        s = d ** 2 / (d ** 2 + ridge)
        h = (U ** 2) @ s
        return np.sum(((y - U @ (s * Uy)) / (1 - h)) ** 2)
    return float(min(ridges, key=loo))

# %% right: leave-one-out, dual formula with the inverse kernel
def choose_ridge(X, y):
    K = X @ X.T
    best = None
    for log_ridge in np.linspace(-4, 6, 81):
        G = np.linalg.inv(K + 10 ** log_ridge * np.eye(len(y)))
        loo = (G @ y) / np.diag(G)
        score = loo @ loo
        if best is None or score < best[0]:
            best = (score, 10 ** log_ridge)
    return best[1]

# %% right: leave-one-out by an honest loop over examples
def choose_ridge(X, y):
    N, p = X.shape
    ridges = np.logspace(-3, 5, 33)
    errors = np.zeros(len(ridges))
    for i in range(N):
        keep = np.arange(N) != i
        U, d, Vt = np.linalg.svd(X[keep], full_matrices=False)
        a = U.T @ y[keep]
        z = Vt @ X[i]
        errors += (y[i] - (z * d * a) @ (1 / (d[:, None] ** 2 + ridges))) ** 2
    return ridges[errors.argmin()]

# %% right: generalized cross-validation on a grid
def choose_ridge(X, y):
    N = len(y)
    U, d, _ = np.linalg.svd(X, full_matrices=False)
    Uy = U.T @ y
    rest = y @ y - Uy @ Uy
    ridges = np.logspace(-4, 6, 101)
    shares = d ** 2 / (d ** 2 + ridges[:, None])
    rss = np.sum(((1 - shares) * Uy) ** 2, axis=1) + rest
    gcv = N * rss / (N - shares.sum(axis=1)) ** 2
    return ridges[np.argmin(gcv)]

# %% right: marginal likelihood, noise level profiled out
def choose_ridge(X, y):
    N = len(y)
    eigenvalues, V = np.linalg.eigh(X @ X.T)
    eigenvalues = np.maximum(eigenvalues, 0)
    z2 = (V.T @ y) ** 2
    ridges = np.logspace(-4, 6, 201)
    def negative_log_evidence(ridge):
        c = eigenvalues / ridge + 1
        return N * np.log(np.sum(z2 / c)) + np.sum(np.log(c))
    return ridges[np.argmin([negative_log_evidence(r) for r in ridges])]

# %% right: marginal likelihood with MacKay's fixed-point updates
def choose_ridge(X, y):
    N, p = X.shape
    A = X.T @ X
    d2 = np.maximum(np.linalg.eigvalsh(A), 0)
    alpha, beta = 1.0, 1.0 / np.var(y)
    for _ in range(300):
        w = np.linalg.solve(A + alpha / beta * np.eye(p), X.T @ y)
        gamma = np.sum(d2 / (d2 + alpha / beta))
        alpha = gamma / (w @ w)
        beta = max(N - gamma, 1e-6) / np.sum((y - X @ w) ** 2)
        if not 1e-4 < alpha / beta < 1e6:
            break
    return float(np.clip(alpha / beta, 1e-4, 1e6))

# %% right: marginal likelihood by Nelder-Mead in two log variances
from scipy.optimize import minimize
def choose_ridge(X, y):
    N = len(y)
    e, V = np.linalg.eigh(X @ X.T)
    z2 = (V.T @ y) ** 2
    def nll(theta):
        v = np.exp(theta[0]) * np.maximum(e, 0) + np.exp(theta[1])
        return np.sum(np.log(v) + z2 / v)
    theta = minimize(nll, [0.0, np.log(np.var(y) / 2)], method="Nelder-Mead").x
    return min(max(np.exp(theta[1] - theta[0]), 1e-4), 1e6)

# %% right: EM for the two variances
def choose_ridge(X, y):
    N, p = X.shape
    tau2, sigma2 = 1.0, float(np.var(y)) / 2
    A, b = X.T @ X, X.T @ y
    for _ in range(200):
        S = np.linalg.inv(A / sigma2 + np.eye(p) / tau2)
        m = S @ b / sigma2
        tau2 = (m @ m + np.trace(S)) / p
        sigma2 = (np.sum((y - X @ m) ** 2) + np.sum(A * S)) / N
    return float(np.clip(sigma2 / tau2, 1e-4, 1e6))

# %% right: bounded scalar minimizer of the leave-one-out error in log lambda
import scipy.optimize
def choose_ridge(X, y):
    U, d, _ = np.linalg.svd(X, full_matrices=False)
    def loo(t):
        s = d ** 2 / (d ** 2 + np.exp(t))
        return np.mean(((y - U @ (s * (U.T @ y))) / (1 - (U ** 2) @ s)) ** 2)
    result = scipy.optimize.minimize_scalar(loo, bounds=(np.log(1e-4), np.log(1e6)), method="bounded")
    return float(np.exp(result.x))

# %% right: bounded scalar minimizer of the GCV in log10
def choose_ridge(X, y):
    from scipy.optimize import minimize_scalar
    e, V = np.linalg.eigh(X @ X.T)
    z = V.T @ y
    gcv = lambda t: np.sum((z / (e + 10 ** t)) ** 2) / np.sum(1 / (e + 10 ** t)) ** 2
    return 10 ** minimize_scalar(gcv, bounds=(-3.9, 5.9), method="bounded").x

# %% right: twenty repeated random hold-outs of a fifth
def choose_ridge(X, y):
    rng = np.random.default_rng(7)
    N = len(y)
    ridges = np.logspace(-3, 5, 41)
    total = np.zeros(41)
    for _ in range(20):
        order = rng.permutation(N)
        test, train = order[:N // 5], order[N // 5:]
        U, d, Vt = np.linalg.svd(X[train], full_matrices=False)
        W = Vt.T @ ((d * (U.T @ y[train]))[:, None] / (d[:, None] ** 2 + ridges))
        total += np.mean((y[test][:, None] - X[test] @ W) ** 2, axis=0)
    return ridges[np.argmin(total)]

# %% right: fifty repeated hold-outs of a tenth, without a fixed seed
def choose_ridge(X, y):
    N = X.shape[0]
    ridges = 10.0 ** np.linspace(-4, 6, 41)
    total = 0
    for _ in range(50):
        order = np.random.permutation(N)
        test, train = order[:N // 10], order[N // 10:]
        U, d, Vt = np.linalg.svd(X[train], full_matrices=False)
        coefficients = (d * (U.T @ y[train]))[:, None] / (d[:, None] ** 2 + ridges[None])
        total = total + ((y[test, None] - X[test] @ Vt.T @ coefficients) ** 2).sum(0)
    return float(ridges[total.argmin()])

# %% right: five-fold repeated four times with other shuffles
def choose_ridge(X, y):
    N, p = X.shape
    ridges = np.geomspace(1e-3, 1e5, 41)
    errors = np.zeros(len(ridges))
    for repeat in range(4):
        labels = np.random.default_rng(repeat).permutation(np.arange(N) % 5)
        for k in range(5):
            tr, te = labels != k, labels == k
            e, V = np.linalg.eigh(X[tr].T @ X[tr])
            b = V.T @ X[tr].T @ y[tr]
            W = V @ (b[:, None] / (np.maximum(e, 0)[:, None] + ridges))
            errors += np.sum((X[te] @ W - y[te][:, None]) ** 2, axis=0)
    return ridges[np.argmin(errors)]

# %% right: coarse then fine grid, ten folds
def choose_ridge(X, y):
    N, p = X.shape
    labels = np.random.default_rng(3).permutation(N) % 10
    def cv(ridge):
        total = 0
        for k in range(10):
            a, b = labels != k, labels == k
            w = np.linalg.solve(X[a].T @ X[a] + ridge * np.eye(p), X[a].T @ y[a])
            total += np.sum((y[b] - X[b] @ w) ** 2)
        return total
    coarse = min(np.logspace(-4, 6, 11), key=cv)
    fine = np.clip(coarse * np.logspace(-1, 1, 17), 1e-4, 1e6)
    return min(fine, key=cv)

# %% right: golden-section search by hand on leave-one-out
def choose_ridge(X, y):
    e, V = np.linalg.eigh(X @ X.T)
    z, V2 = V.T @ y, V ** 2
    def loo(t):
        g = 1 / (np.maximum(e, 0) + 10 ** t)
        return np.sum(((V @ (g * z)) / (V2 @ g)) ** 2)
    a, b = -3.0, 5.0
    r = (5 ** 0.5 - 1) / 2
    for _ in range(30):
        c, d = b - r * (b - a), a + r * (b - a)
        if loo(c) < loo(d):
            b = d
        else:
            a = c
    return 10 ** ((a + b) / 2)

# %% right: median of the choices of many ten-fold shuffles
def choose_ridge(X, y):
    N, p = X.shape
    ridges = np.logspace(-4, 6, 41)
    chosen = []
    for seed in range(7):
        errors = np.zeros(41)
        for fold in np.array_split(np.random.RandomState(seed).permutation(N), 10):
            mask = np.ones(N, bool)
            mask[fold] = False
            U, d, Vt = np.linalg.svd(X[mask], full_matrices=False)
            W = Vt.T @ ((d * (U.T @ y[mask]))[:, None] / (d[:, None] ** 2 + ridges))
            errors += ((X[fold] @ W - y[fold, None]) ** 2).sum(axis=0)
        chosen.append(np.log10(ridges[errors.argmin()]))
    return float(10 ** np.median(chosen))

# %% right: averages the logarithms chosen by LOO and by GCV
def choose_ridge(X, y):
    N = len(y)
    U, d, _ = np.linalg.svd(X, full_matrices=False)
    logs = np.linspace(-4, 6, 101)
    loo, gcv = [], []
    for t in logs:
        s = d ** 2 / (d ** 2 + 10 ** t)
        r = y - U @ (s * (U.T @ y))
        loo.append(np.mean((r / (1 - (U ** 2) @ s)) ** 2))
        gcv.append(np.mean(r ** 2) / (1 - s.mean() * len(s) / N) ** 2)
    return 10 ** ((logs[np.argmin(loo)] + logs[np.argmin(gcv)]) / 2)

# %% right: coarse grid, two values per decade, picked from a dictionary
def choose_ridge(X, y):
    N, p = X.shape
    scores = {}
    for exponent in np.arange(-4, 6.1, 0.5):
        H = X @ np.linalg.inv(X.T @ X + 10.0 ** exponent * np.eye(p)) @ X.T
        scores[exponent] = np.mean(((y - H @ y) / (1 - np.diag(H))) ** 2)
    return 10.0 ** min(scores, key=scores.get)

# %% right: mean absolute instead of squared leave-one-out residual
def choose_ridge(X, y):
    e, V = np.linalg.eigh(X @ X.T)
    e = np.clip(e, 0, None)
    ridges = np.logspace(-4, 6, 101)
    scores = []
    for ridge in ridges:
        g = 1 / (e + ridge)
        scores.append(np.mean(np.abs(V @ (g * (V.T @ y)) / (V ** 2 @ g))))
    return ridges[np.argmin(scores)]

# %% right: augmented least squares with lstsq, five folds
def choose_ridge(X, y):
    N, p = X.shape
    labels = np.arange(N) % 5
    def cv(ridge):
        total = 0
        for k in range(5):
            A = np.vstack([X[labels != k], np.sqrt(ridge) * np.eye(p)])
            b = np.concatenate([y[labels != k], np.zeros(p)])
            w = np.linalg.lstsq(A, b, rcond=None)[0]
            total += np.sum((y[labels == k] - X[labels == k] @ w) ** 2)
        return total
    ridges = np.logspace(-3, 4, 22)
    return ridges[np.argmin([cv(ridge) for ridge in ridges])]

# %% right: soft average of log lambda, weighted by the evidence
def choose_ridge(X, y):
    N = len(y)
    e, V = np.linalg.eigh(X @ X.T)
    z2 = (V.T @ y) ** 2
    logs = np.linspace(-4, 6, 201) * np.log(10)
    v = np.maximum(e, 0) / np.exp(logs)[:, None] + 1
    evidence = -0.5 * (N * np.log((z2 / v).sum(1)) + np.log(v).sum(1))
    weights = np.exp(evidence - evidence.max())
    return float(np.exp((weights * logs).sum() / weights.sum()))

# %% right: single-precision result of a five-fold, float32
def choose_ridge(X, y):
    N, p = X.shape
    ridges = np.logspace(-3, 5, 33)
    errors = np.zeros(33)
    for k in range(5):
        te = np.arange(k, N, 5)
        tr = np.setdiff1d(np.arange(N), te)
        for i in range(33):
            w = np.linalg.solve(X[tr].T @ X[tr] + ridges[i] * np.eye(p), X[tr].T @ y[tr])
            errors[i] += np.mean((y[te] - X[te] @ w) ** 2)
    return np.float32(ridges[np.argmin(errors)])

# %% right: thirty random pairs of three-quarter and quarter splits
def choose_ridge(X, y):
    N = len(y)
    rng = np.random.default_rng(11)
    ridges = np.logspace(-3, 5, 41)
    errors = np.zeros(41)
    for _ in range(30):
        order = rng.permutation(N)
        for train, test in ((order[:N // 4 * 3], order[N // 4 * 3:]), (order[N // 4:], order[:N // 4])):
            U, d, Vt = np.linalg.svd(X[train], full_matrices=False)
            W = Vt.T @ ((d * (U.T @ y[train]))[:, None] / (d[:, None] ** 2 + ridges))
            errors += np.mean((y[test][:, None] - X[test] @ W) ** 2, axis=0)
    return ridges[np.argmin(errors)]

# %% right: one-standard-error rule on paired differences, a quarter of it
def choose_ridge(X, y):
    U, d, _ = np.linalg.svd(X, full_matrices=False)
    ridges = np.logspace(-4, 6, 101)
    S = d[:, None] ** 2 / (d[:, None] ** 2 + ridges)
    R = ((y[:, None] - U @ (S * (U.T @ y)[:, None])) / (1 - (U ** 2) @ S)) ** 2
    best = R.mean(0).argmin()
    D = R - R[:, [best]]
    fine = D.mean(0) <= 0.25 * D.std(0) / np.sqrt(len(y))
    return ridges[best:][fine[best:]].max()

# %% right: scipy differential evolution over the exponent
def choose_ridge(X, y):
    from scipy.optimize import differential_evolution
    e, V = np.linalg.eigh(X @ X.T)
    e = np.maximum(e, 0)
    z = V.T @ y
    def loo(t):
        g = 1 / (e + 10 ** t[0])
        return float(np.sum(((V @ (g * z)) / ((V * V) @ g)) ** 2))
    return float(10 ** differential_evolution(loo, [(-4, 6)], seed=0, maxiter=15, polish=False).x[0])

# %% right: method of moments for noise and weights from y and the kernel
def choose_ridge(X, y):
    e, V = np.linalg.eigh(X @ X.T)
    e = np.maximum(e, 0)
    z2 = (V.T @ y) ** 2
    tau2, sigma2 = 1.0, np.mean(z2) / 2
    for _ in range(200):
        weights = 1 / (tau2 * e + sigma2) ** 2
        A = np.array([[np.sum(weights * e * e), np.sum(weights * e)],
                      [np.sum(weights * e), np.sum(weights)]])
        solution = np.linalg.solve(A, [np.sum(weights * e * z2), np.sum(weights * z2)])
        tau2, sigma2 = np.maximum(solution, [1e-4 * np.mean(z2) / np.mean(e), 1e-4 * np.mean(z2)])
    return float(np.clip(sigma2 / tau2, 1e-4, 1e6))

# %% wrong: always the smallest strength
# told: trusts_the_training_error
def choose_ridge(X, y):
    return 1e-4

# %% wrong: always the greatest strength
# told: shrinks_everything
def choose_ridge(X, y):
    return 1e6

# %% wrong: always one
# told: takes_one_for_all
def choose_ridge(X, y):
    return 1.0

# %% wrong: always 0.1
# told: trusts_the_training_error
def choose_ridge(X, y):
    return 0.1

# %% wrong: always ten
# told: takes_one_for_all
def choose_ridge(X, y):
    return 10.0

# %% wrong: always a hundred, as in the lecture
# told: takes_one_for_all
def choose_ridge(X, y):
    return 100.0

# %% wrong: a fixed thousand
# told: takes_one_for_all
def choose_ridge(X, y):
    return 1000

# %% wrong: a fixed hundredth
# told: trusts_the_training_error
def choose_ridge(X, y):
    return 0.01

# %% wrong: middle of the allowed range, arithmetic
# told: shrinks_everything
def choose_ridge(X, y):
    return (1e-4 + 1e6) / 2

# %% wrong: lowest training error
# told: trusts_the_training_error
def choose_ridge(X, y):
    ridges = np.logspace(-4, 6, 51)
    errors = []
    for ridge in ridges:
        w = np.linalg.solve(X.T @ X + ridge * np.eye(X.shape[1]), X.T @ y)
        errors.append(np.mean((y - X @ w) ** 2))
    return ridges[np.argmin(errors)]

# %% wrong: trains on all, tests on folds of the same data
# told: trusts_the_training_error
def choose_ridge(X, y):
    N, p = X.shape
    ridges = np.logspace(-4, 6, 41)
    errors = np.zeros(41)
    for fold in np.array_split(np.random.permutation(N), 5):
        for i, ridge in enumerate(ridges):
            w = np.linalg.solve(X.T @ X + ridge * np.eye(p), X.T @ y)
            errors[i] += np.sum((y[fold] - X[fold] @ w) ** 2)
    return ridges[errors.argmin()]

# %% wrong: five-fold, but scores the training part
# told: trusts_the_training_error
def choose_ridge(X, y):
    N, p = X.shape
    ridges = np.logspace(-4, 6, 41)
    errors = np.zeros(41)
    for k in range(5):
        test = np.arange(N) % 5 == k
        train = ~test
        for i, ridge in enumerate(ridges):
            w = np.linalg.solve(X[train].T @ X[train] + ridge * np.eye(p), X[train].T @ y[train])
            errors[i] += np.sum((y[train] - X[train] @ w) ** 2)
    return ridges[errors.argmin()]

# %% wrong: last fifth as validation, but trained on all of it too
# told: is_not_near_enough
def choose_ridge(X, y):
    N, p = X.shape
    ridges = np.logspace(-4, 6, 41)
    errors = []
    for ridge in ridges:
        w = np.linalg.solve(X.T @ X + ridge * np.eye(p), X.T @ y)
        errors.append(np.mean((y[-N // 5:] - X[-N // 5:] @ w) ** 2))
    return ridges[np.argmin(errors)]

# %% wrong: bootstrap, tested on the very examples that were drawn
# told: trusts_the_training_error
def choose_ridge(X, y):
    N, p = X.shape
    rng = np.random.default_rng(0)
    ridges = np.logspace(-4, 6, 31)
    errors = np.zeros(31)
    for _ in range(5):
        order = rng.integers(0, N, N)
        for i, ridge in enumerate(ridges):
            w = np.linalg.solve(X[order].T @ X[order] + ridge * np.eye(p), X[order].T @ y[order])
            errors[i] += np.mean((y[order] - X[order] @ w) ** 2)
    return ridges[errors.argmin()]

# %% wrong: five-fold, takes the worst
# told: is_not_near_enough
def choose_ridge(X, y):
    N, p = X.shape
    ridges = np.logspace(-4, 6, 41)
    errors = np.zeros(41)
    for k in range(5):
        te = np.arange(N) % 5 == k
        for i, ridge in enumerate(ridges):
            w = np.linalg.solve(X[~te].T @ X[~te] + ridge * np.eye(p), X[~te].T @ y[~te])
            errors[i] += np.sum((y[te] - X[te] @ w) ** 2)
    return ridges[np.argmax(errors)]

# %% wrong: leave-one-out, takes the worst
# told: is_not_near_enough
def choose_ridge(X, y):
    U, d, _ = np.linalg.svd(X, full_matrices=False)
    ridges = np.logspace(-4, 6, 101)
    def loo(ridge):
        s = d ** 2 / (d ** 2 + ridge)
        return np.sum(((y - U @ (s * (U.T @ y))) / (1 - (U ** 2) @ s)) ** 2)
    return max(ridges, key=loo)

# %% wrong: GCV, takes the worst
# told: is_not_near_enough
def choose_ridge(X, y):
    N = len(y)
    e, V = np.linalg.eigh(X @ X.T)
    z = V.T @ y
    ridges = np.logspace(-4, 6, 101)
    gcv = [np.sum((z / (e + r)) ** 2) / np.sum(1 / (e + r)) ** 2 for r in ridges]
    return ridges[np.argmax(gcv)]

# %% wrong: one validation example
# told: is_not_near_enough
def choose_ridge(X, y):
    p = X.shape[1]
    ridges = np.logspace(-4, 6, 101)
    errors = []
    for ridge in ridges:
        w = np.linalg.solve(X[:-1].T @ X[:-1] + ridge * np.eye(p), X[:-1].T @ y[:-1])
        errors.append((y[-1] - X[-1] @ w) ** 2)
    return ridges[np.argmin(errors)]

# %% wrong: proportional to the number of examples
# told: is_not_near_enough
def choose_ridge(X, y):
    return 10.0 * len(X)

# %% wrong: number of features
# told: is_not_near_enough
def choose_ridge(X, y):
    return float(X.shape[1])

# %% wrong: thousandth of the number of features over examples
# told: trusts_the_training_error
def choose_ridge(X, y):
    return 1e-3 * X.shape[1] / X.shape[0]

# %% wrong: trace of the Gram matrix
# told: is_not_near_enough
def choose_ridge(X, y):
    return float(np.trace(X.T @ X))

# %% wrong: greatest singular value squared
# told: is_not_near_enough
def choose_ridge(X, y):
    return float(np.linalg.svd(X, compute_uv=False)[0] ** 2)

# %% wrong: smallest singular value squared
# told: is_not_near_enough
def choose_ridge(X, y):
    return float(np.clip(np.linalg.svd(X, compute_uv=False)[-1] ** 2, 1e-4, 1e6))

# %% wrong: sum of squares of y
# told: is_not_near_enough
def choose_ridge(X, y):
    return float(min(y @ y, 1e6))

# %% wrong: ten times the variance of y
# told: is_not_near_enough
def choose_ridge(X, y):
    return float(np.clip(10 * np.var(y), 1e-4, 1e6))

# %% wrong: condition number
# told: is_not_near_enough
def choose_ridge(X, y):
    return float(np.clip(np.linalg.cond(X), 1e-4, 1e6))

# %% wrong: residual of plain least squares, which is nothing with many features
# told: is_not_near_enough
def choose_ridge(X, y):
    w = np.linalg.lstsq(X, y, rcond=None)[0]
    return float(np.clip(np.mean((y - X @ w) ** 2) / 1000, 1e-4, 1e6))

# %% wrong: drawn at random on a log scale
# told: is_not_near_enough
def choose_ridge(X, y):
    return float(10 ** np.random.uniform(-4, 6))

# %% wrong: drawn uniformly over the range
# told: shrinks_everything
def choose_ridge(X, y):
    return float(np.random.uniform(1e-4, 1e6))

# %% wrong: returns the index on the grid
# told: is_not_near_enough
def choose_ridge(X, y):
    N, p = X.shape
    ridges = np.logspace(-4, 6, 101)
    scores = []
    for ridge in ridges:
        H = X @ np.linalg.solve(X.T @ X + ridge * np.eye(p), X.T)
        scores.append(np.mean(((y - H @ y) / (1 - np.diag(H))) ** 2))
    return np.argmin(scores)

# %% wrong: returns log10 of the strength
# told: leaves_the_range
def choose_ridge(X, y):
    N, p = X.shape
    logs = np.linspace(-4, 6, 101)
    scores = []
    for t in logs:
        H = X @ np.linalg.solve(X.T @ X + 10 ** t * np.eye(p), X.T)
        scores.append(np.mean(((y - H @ y) / (1 - np.diag(H))) ** 2))
    return logs[np.argmin(scores)]

# %% wrong: returns the lowest error instead of its place
# told: is_not_near_enough
def choose_ridge(X, y):
    N, p = X.shape
    scores = []
    for ridge in np.logspace(-4, 6, 61):
        H = X @ np.linalg.solve(X.T @ X + ridge * np.eye(p), X.T)
        scores.append(np.sum(((y - H @ y) / (1 - np.diag(H))) ** 2))
    return min(scores)

# %% wrong: returns the inverse of the strength
# told: is_not_near_enough
def choose_ridge(X, y):
    e, V = np.linalg.eigh(X @ X.T)
    z = V.T @ y
    ridges = np.logspace(-4, 4, 81)
    gcv = [np.sum((z / (e + r)) ** 2) / np.sum(1 / (e + r)) ** 2 for r in ridges]
    return 1 / ridges[np.argmin(gcv)]

# %% wrong: multiplies the strength by N once more, mean versus sum
# told: is_not_near_enough
def choose_ridge(X, y):
    e, V = np.linalg.eigh(X @ X.T)
    z = V.T @ y
    ridges = np.logspace(-4, 6, 101)
    gcv = [np.sum((z / (e + r)) ** 2) / np.sum(1 / (e + r)) ** 2 for r in ridges]
    return float(np.clip(ridges[np.argmin(gcv)] * len(y), 1e-4, 1e6))

# %% wrong: divides by N, thinks in means
# told: is_not_near_enough
def choose_ridge(X, y):
    e, V = np.linalg.eigh(X @ X.T)
    z = V.T @ y
    ridges = np.logspace(-4, 6, 101)
    gcv = [np.sum((z / (e + r)) ** 2) / np.sum(1 / (e + r)) ** 2 for r in ridges]
    return float(np.clip(ridges[np.argmin(gcv)] / len(y), 1e-4, 1e6))

# %% wrong: ridge on the covariance scale, searched from 1e-4 to 1e-2 only
# told: trusts_the_training_error
def choose_ridge(X, y):
    N, p = X.shape
    ridges = np.logspace(-4, -2, 21)
    scores = []
    for ridge in ridges:
        H = X @ np.linalg.solve(X.T @ X + ridge * np.eye(p), X.T)
        scores.append(np.mean(((y - H @ y) / (1 - np.diag(H))) ** 2))
    return ridges[np.argmin(scores)]

# %% wrong: grid begins only at a hundred
# told: is_not_near_enough
def choose_ridge(X, y):
    e, V = np.linalg.eigh(X @ X.T)
    z = V.T @ y
    ridges = np.logspace(2, 6, 41)
    gcv = [np.sum((z / (e + r)) ** 2) / np.sum(1 / (e + r)) ** 2 for r in ridges]
    return ridges[np.argmin(gcv)]

# %% wrong: linear grid of a hundred steps up to 1e6
# told: shrinks_everything
def choose_ridge(X, y):
    N, p = X.shape
    best, low = None, np.inf
    for ridge in np.linspace(1e4, 1e6, 100):
        H = X @ np.linalg.solve(X.T @ X + ridge * np.eye(p), X.T)
        score = np.mean(((y - H @ y) / (1 - np.diag(H))) ** 2)
        if score < low:
            best, low = ridge, score
    return best

# %% wrong: smallest norm of the weights
# told: shrinks_everything
def choose_ridge(X, y):
    ridges = np.logspace(-4, 6, 41)
    norms = [np.linalg.norm(np.linalg.solve(X.T @ X + r * np.eye(X.shape[1]), X.T @ y)) for r in ridges]
    return ridges[np.argmin(norms)]

# %% wrong: minimizes the training loss with the penalty included
# told: trusts_the_training_error
def choose_ridge(X, y):
    ridges = np.logspace(-4, 6, 41)
    losses = []
    for r in ridges:
        w = np.linalg.solve(X.T @ X + r * np.eye(X.shape[1]), X.T @ y)
        losses.append(np.sum((y - X @ w) ** 2) + r * w @ w)
    return ridges[np.argmin(losses)]

# %% wrong: greatest stability, weights of two halves most alike
# told: shrinks_everything
def choose_ridge(X, y):
    N, p = X.shape
    ridges = np.logspace(-4, 6, 41)
    gaps = []
    for r in ridges:
        w1 = np.linalg.solve(X[::2].T @ X[::2] + r * np.eye(p), X[::2].T @ y[::2])
        w2 = np.linalg.solve(X[1::2].T @ X[1::2] + r * np.eye(p), X[1::2].T @ y[1::2])
        gaps.append(np.sum((w1 - w2) ** 2))
    return ridges[np.argmin(gaps)]

# %% wrong: one-standard-error rule with the standard deviation, not divided by the root of N
# told: is_not_near_enough
def choose_ridge(X, y):
    U, d, _ = np.linalg.svd(X, full_matrices=False)
    ridges = np.logspace(-4, 6, 101)
    mean, error = [], []
    for ridge in ridges:
        s = d ** 2 / (d ** 2 + ridge)
        squares = ((y - U @ (s * (U.T @ y))) / (1 - (U ** 2) @ s)) ** 2
        mean.append(squares.mean())
        error.append(squares.std())
    best = int(np.argmin(mean))
    return ridges[np.array(mean) <= mean[best] + error[best]].max()

# %% wrong: cross-validation with y shuffled apart from X
# told: is_not_near_enough
def choose_ridge(X, y):
    N, p = X.shape
    y = np.random.default_rng(0).permutation(y)
    ridges = np.logspace(-4, 6, 41)
    errors = np.zeros(41)
    for k in range(5):
        te = np.arange(N) % 5 == k
        for i, r in enumerate(ridges):
            w = np.linalg.solve(X[~te].T @ X[~te] + r * np.eye(p), X[~te].T @ y[~te])
            errors[i] += np.sum((y[te] - X[te] @ w) ** 2)
    return ridges[errors.argmin()]

# %% wrong: sum of residuals without the square, signs cancel
# told: is_not_near_enough
def choose_ridge(X, y):
    N, p = X.shape
    ridges = np.logspace(-4, 6, 41)
    errors = np.zeros(41)
    for k in range(5):
        te = np.arange(N) % 5 == k
        for i, r in enumerate(ridges):
            w = np.linalg.solve(X[~te].T @ X[~te] + r * np.eye(p), X[~te].T @ y[~te])
            errors[i] += np.sum(y[te] - X[te] @ w)
    return ridges[errors.argmin()]

# %% wrong: returns the loop's last strength, not the best
# told: shrinks_everything
def choose_ridge(X, y):
    N, p = X.shape
    best = np.inf
    for ridge in np.logspace(-4, 6, 41):
        H = X @ np.linalg.solve(X.T @ X + ridge * np.eye(p), X.T)
        score = np.mean(((y - H @ y) / (1 - np.diag(H))) ** 2)
        if score < best:
            best = score
    return ridge

# %% wrong: stops after the first strength, return inside the loop
# told: trusts_the_training_error
def choose_ridge(X, y):
    N, p = X.shape
    best, best_ridge = np.inf, None
    for ridge in np.logspace(-4, 6, 41):
        H = X @ np.linalg.solve(X.T @ X + ridge * np.eye(p), X.T)
        score = np.mean(((y - H @ y) / (1 - np.diag(H))) ** 2)
        if score < best:
            best, best_ridge = score, ridge
        return best_ridge

# %% wrong: arithmetic mean of the choices of the examples
# told: shrinks_everything
def choose_ridge(X, y):
    U, d, _ = np.linalg.svd(X, full_matrices=False)
    ridges = np.logspace(-4, 6, 101)
    S = d[:, None] ** 2 / (d[:, None] ** 2 + ridges)
    R = np.abs((y[:, None] - U @ (S * (U.T @ y)[:, None])) / (1 - (U ** 2) @ S))
    return float(np.mean(ridges[R.argmin(axis=1)]))

# %% wrong: the weights instead of the strength
# told: form
def choose_ridge(X, y):
    return np.linalg.solve(X.T @ X + np.eye(X.shape[1]), X.T @ y)

# %% wrong: the whole grid
# told: form
def choose_ridge(X, y):
    return np.logspace(-4, 6, 41)

# %% wrong: the curve of errors
# told: form
def choose_ridge(X, y):
    N, p = X.shape
    scores = []
    for ridge in np.logspace(-4, 6, 21):
        H = X @ np.linalg.solve(X.T @ X + ridge * np.eye(p), X.T)
        scores.append(np.mean(((y - H @ y) / (1 - np.diag(H))) ** 2))
    return scores

# %% wrong: a tuple of strength and score
# told: form
def choose_ridge(X, y):
    N, p = X.shape
    pairs = []
    for ridge in np.logspace(-4, 6, 41):
        H = X @ np.linalg.solve(X.T @ X + ridge * np.eye(p), X.T)
        pairs.append((np.mean(((y - H @ y) / (1 - np.diag(H))) ** 2), ridge))
    score, ridge = min(pairs)
    return ridge, score

# %% wrong: one strength per feature
# told: form
def choose_ridge(X, y):
    return np.var(y) / np.var(X, axis=0)

# %% wrong: string
# told: form
def choose_ridge(X, y):
    return "1.0"

# %% wrong: formatted string of a good choice
# told: form
def choose_ridge(X, y):
    N, p = X.shape
    ridges = np.logspace(-4, 6, 41)
    scores = []
    for ridge in ridges:
        H = X @ np.linalg.solve(X.T @ X + ridge * np.eye(p), X.T)
        scores.append(np.mean(((y - H @ y) / (1 - np.diag(H))) ** 2))
    return f"{ridges[np.argmin(scores)]:.4g}"

# %% wrong: nan
# told: form
def choose_ridge(X, y):
    return np.nan

# %% wrong: nan from a division of nothing by nothing
# told: form
def choose_ridge(X, y):
    residual = np.zeros(len(y))
    return np.float64(residual @ residual) / np.float64(residual @ residual)

# %% wrong: infinity
# told: form
def choose_ridge(X, y):
    return float("inf")

# %% wrong: zero, no ridge at all
# told: leaves_the_range
def choose_ridge(X, y):
    return 0.0

# %% wrong: negative
# told: leaves_the_range
def choose_ridge(X, y):
    return -1.0

# %% wrong: below the range
# told: leaves_the_range
def choose_ridge(X, y):
    return 1e-9

# %% wrong: above the range
# told: leaves_the_range
def choose_ridge(X, y):
    return 1e9

# %% wrong: complex number
# told: form
def choose_ridge(X, y):
    return 1.0 + 0.5j

# %% wrong: prints and returns nothing
# told: form
def choose_ridge(X, y):
    N, p = X.shape
    ridges = np.logspace(-4, 6, 41)
    scores = []
    for ridge in ridges:
        H = X @ np.linalg.solve(X.T @ X + ridge * np.eye(p), X.T)
        scores.append(np.mean(((y - H @ y) / (1 - np.diag(H))) ** 2))
    print(ridges[np.argmin(scores)])

# %% wrong: left empty
# told: not attempted
def choose_ridge(X, y):
    pass

# %% wrong: left the dots
# told: form
def choose_ridge(X, y):
    return ...

# %% wrong: raises, not yet written
# told: not attempted
def choose_ridge(X, y):
    raise NotImplementedError

# %% wrong: shapes do not fit, identity of size N added to p by p
# told: error
def choose_ridge(X, y):
    N, p = X.shape
    ridges = np.logspace(-4, 6, 41)
    errors = [np.sum((y - X @ np.linalg.solve(X.T @ X + r * np.eye(N), X.T @ y)) ** 2) for r in ridges]
    return ridges[np.argmin(errors)]

# %% wrong: uses a validation set that does not exist
# told: error
def choose_ridge(X, y):
    ridges = np.logspace(-4, 6, 41)
    errors = []
    for r in ridges:
        w = np.linalg.solve(X.T @ X + r * np.eye(X.shape[1]), X.T @ y)
        errors.append(np.mean((y_validation - X_validation @ w) ** 2))
    return ridges[np.argmin(errors)]

# %% wrong: wants a third argument
# told: error
def choose_ridge(X, y, ridges):
    return ridges[0]

# %% wrong: another function name
# told: not attempted
def best_ridge(X, y):
    e, V = np.linalg.eigh(X @ X.T)
    z = V.T @ y
    ridges = np.logspace(-4, 6, 101)
    gcv = [np.sum((z / (e + r)) ** 2) / np.sum(1 / (e + r)) ** 2 for r in ridges]
    return ridges[np.argmin(gcv)]

# %% wrong: a generator, yield instead of return
# told: form
def choose_ridge(X, y):
    for ridge in np.logspace(-4, 6, 11):
        yield ridge

# %% wrong: five-fold with fewer examples, drops all beyond the first ten
# told: is_not_near_enough
def choose_ridge(X, y):
    X, y = X[:10], y[:10]
    p = X.shape[1]
    ridges = np.logspace(-4, 6, 41)
    errors = np.zeros(41)
    for k in range(5):
        te = np.arange(10) % 5 == k
        for i, r in enumerate(ridges):
            w = np.linalg.solve(X[~te].T @ X[~te] + r * np.eye(p), X[~te].T @ y[~te])
            errors[i] += np.sum((y[te] - X[te] @ w) ** 2)
    return ridges[errors.argmin()]

# %% wrong: discrepancy principle with a guessed noise of one
# told: is_not_near_enough
def choose_ridge(X, y):
    ridges = np.logspace(-4, 6, 101)
    mse = np.array([np.mean((y - X @ np.linalg.solve(X.T @ X + r * np.eye(X.shape[1]), X.T @ y)) ** 2) for r in ridges])
    return ridges[np.argmin(np.abs(mse - 1))]

# %% wrong: AIC with the number of features instead of the effective number
# told: trusts_the_training_error
def choose_ridge(X, y):
    N, p = X.shape
    ridges = np.logspace(-4, 6, 41)
    aic = []
    for r in ridges:
        w = np.linalg.solve(X.T @ X + r * np.eye(p), X.T @ y)
        aic.append(N * np.log(np.mean((y - X @ w) ** 2)) + 2 * p)
    return ridges[np.argmin(aic)]

# %% wrong: leave-one-out formula without the denominator
# told: trusts_the_training_error
def choose_ridge(X, y):
    N, p = X.shape
    ridges = np.logspace(-4, 6, 101)
    scores = []
    for ridge in ridges:
        H = X @ np.linalg.solve(X.T @ X + ridge * np.eye(p), X.T)
        scores.append(np.mean((y - H @ y) ** 2))
    return ridges[np.argmin(scores)]

# %% wrong: leave-one-out with a plus instead of a minus
# told: trusts_the_training_error
def choose_ridge(X, y):
    N, p = X.shape
    ridges = np.logspace(-4, 6, 101)
    scores = []
    for ridge in ridges:
        H = X @ np.linalg.solve(X.T @ X + ridge * np.eye(p), X.T)
        scores.append(np.mean(((y - H @ y) / (1 + np.diag(H))) ** 2))
    return ridges[np.argmin(scores)]

# %% wrong: smallest number of effective parameters
# told: shrinks_everything
def choose_ridge(X, y):
    d = np.linalg.svd(X, compute_uv=False)
    ridges = np.logspace(-4, 6, 41)
    return ridges[np.argmin([np.sum(d ** 2 / (d ** 2 + r)) for r in ridges])]

# %% wrong: overwrites X with pure noise and chooses for that
# told: is_not_near_enough
def choose_ridge(X, y):
    X = np.random.default_rng(0).normal(size=X.shape)
    e, V = np.linalg.eigh(X @ X.T)
    z = V.T @ y
    ridges = np.logspace(-4, 6, 101)
    gcv = [np.sum((z / (e + r)) ** 2) / np.sum(1 / (e + r)) ** 2 for r in ridges]
    return ridges[np.argmin(gcv)]

# %% wrong: True, because ridge is on
# told: form
def choose_ridge(X, y):
    return True
