# %% right: mean and std of the training rows, np.where for constant columns
def standardise(columns, train):
    mean = columns[train].mean(axis=0)
    std = columns[train].std(axis=0)
    std = np.where(np.isclose(std, 0), 1, std)
    return (columns - mean) / std

# %% right: loop over the columns
def standardise(columns, train):
    result = np.empty(columns.shape, dtype=float)
    for d in range(columns.shape[1]):
        part = columns[train, d]
        centred = columns[:, d] - np.mean(part)
        spread = np.std(part)
        result[:, d] = centred / spread if spread > 1e-12 else centred
    return result

# %% right: sklearn's StandardScaler, which leaves constant columns undivided
from sklearn.preprocessing import StandardScaler
def standardise(columns, train):
    return StandardScaler().fit(columns[train]).transform(columns)

# %% right: pandas with ddof=0 and where
import pandas as pd
def standardise(columns, train):
    table = pd.DataFrame(np.asarray(columns, dtype=float))
    measured = table.iloc[train]
    return ((table - measured.mean()) / measured.std(ddof=0).where(measured.nunique() > 1, 1)).to_numpy()

# %% right: lambda, adds the truth value of ptp == 0
standardise = lambda columns, train: (
    (columns - columns[train].mean(0)) / (columns[train].std(0) + (np.ptp(columns[train], 0) == 0))
)

# %% right: mean of squared residuals by hand, tolerance for the constant columns
def standardise(columns, train):
    rows = np.array(columns, dtype=np.float64)
    known = rows[train]
    mu = known.sum(axis=0) / len(known)
    sigma = np.sqrt(((known - mu) ** 2).sum(axis=0) / len(known))
    sigma[sigma < 1e-12 * np.maximum(1, np.abs(mu))] = 1.0
    return (rows - mu) / sigma

# %% right: np.divide with out and where
def standardise(columns, train):
    known = columns[train]
    centred = columns - known.mean(axis=0)
    std = np.broadcast_to(known.std(axis=0), centred.shape)
    return np.divide(centred, std, out=centred.copy(), where=std > 1e-9)

# %% right: plain Python lists and the statistics module
import statistics
def standardise(columns, train):
    scaled = []
    for column in np.asarray(columns, float).T.tolist():
        known = [column[i] for i in train]
        mean = statistics.fmean(known)
        std = statistics.pstdev(known)
        scaled.append([(value - mean) / (std or 1.0) for value in column])
    return np.array(scaled).T

# %% right: keras.ops in float64
import keras
def standardise(columns, train):
    x = keras.ops.convert_to_tensor(np.asarray(columns, dtype="float64"))
    known = keras.ops.take(x, np.asarray(train), axis=0)
    mean = keras.ops.mean(known, axis=0)
    std = keras.ops.std(known, axis=0)
    std = keras.ops.where(keras.ops.max(known, axis=0) > keras.ops.min(known, axis=0), std, keras.ops.ones_like(std))
    return keras.ops.convert_to_numpy((x - mean) / std)

# %% right: np.apply_along_axis with a helper
def standardise(columns, train):
    def scale(column):
        known = column[train]
        return (column - known.mean()) / (known.std() if len(set(known)) > 1 else 1.0)

    return np.apply_along_axis(scale, 0, np.asarray(columns, dtype=float))

# %% right: np.vectorize over the entries
def standardise(columns, train):
    known = columns[np.asarray(train)]
    unit = np.vectorize(lambda v, m, s: v - m if s < 1e-12 else (v - m) / s, otypes=[float])
    return unit(columns, known.mean(axis=0)[None, :], known.std(axis=0)[None, :])

# %% right: constant columns found by max == min, boolean mask of rows
def standardise(columns, train):
    chosen = np.isin(np.arange(len(columns)), train)
    known = columns[chosen]
    std = known.std(axis=0)
    std[known.max(axis=0) == known.min(axis=0)] = 1
    return (columns - known.mean(axis=0)) / std

# %% right: a class that is fitted and then called
class Scaler:
    def fit(self, rows):
        self.mean, self.std = np.mean(rows, axis=0), np.std(rows, axis=0)
        self.std = np.where(np.isclose(self.std, 0, atol=1e-12), 1.0, self.std)
        return self

    def __call__(self, rows):
        return (rows - self.mean) / self.std


def standardise(columns, train):
    return Scaler().fit(columns[train])(columns)

# %% right: column_stack of a list comprehension, np.take for the rows
def standardise(columns, train):
    def one(c):
        k = np.take(c, train)
        s = np.std(k)
        return (c - np.mean(k)) / s if np.any(k != k[0]) else c - np.mean(k)

    return np.column_stack([one(c) for c in columns.T])

# %% right: variances from the diagonal of np.cov with bias=True
def standardise(columns, train):
    known = np.asarray(columns, dtype=float)[train]
    covariance = np.atleast_2d(np.cov(known, rowvar=False, bias=True))
    std = np.sqrt(np.diag(covariance))
    std = np.where(np.ptp(known, axis=0) == 0, 1, std)
    return (columns - known.mean(axis=0)) / std

# %% right: 0 / 0 silenced, then repaired for the constant columns
def standardise(columns, train):
    centred = columns - columns[train].mean(axis=0)
    std = columns[train].std(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        scaled = centred / std
    scaled[:, std < 1e-12] = centred[:, std < 1e-12]
    return scaled

# %% right: math.fsum and nested loops into lists
import math
def standardise(columns, train):
    n, d = columns.shape
    out = [[0.0] * d for _ in range(n)]
    for j in range(d):
        m = math.fsum(float(columns[i, j]) for i in train) / len(train)
        s = math.sqrt(math.fsum((float(columns[i, j]) - m) ** 2 for i in train) / len(train))
        for i in range(n):
            out[i][j] = (float(columns[i, j]) - m) / (1.0 if s < 1e-12 else s)
    return np.array(out)

# %% wrong: mean and deviation of all rows instead of the training rows
# told: looks_at_all_rows
def standardise(columns, train):
    mean = columns.mean(axis=0)
    std = columns.std(axis=0)
    std = np.where(std == 0, 1, std)
    return (columns - mean) / std

# %% wrong: mean of all rows, deviation of the training rows
# told: mean_of_all_rows
def standardise(columns, train):
    mean = columns.mean(axis=0)
    std = columns[train].std(axis=0)
    std = np.where(std == 0, 1, std)
    return (columns - mean) / std

# %% wrong: deviation of all rows, mean of the training rows
# told: deviation_of_all_rows
def standardise(columns, train):
    mean = columns[train].mean(axis=0)
    std = columns.std(axis=0)
    std = np.where(std == 0, 1, std)
    return (columns - mean) / std

# %% wrong: returns the training rows only
# told: returns_the_training_rows
def standardise(columns, train):
    mean = columns[train].mean(axis=0)
    std = columns[train].std(axis=0)
    std = np.where(std == 0, 1, std)
    return (columns[train] - mean) / std

# %% wrong: constant columns not handled, 0 / 0 gives nan
# told: divides_by_nothing
def standardise(columns, train):
    mean = columns[train].mean(axis=0)
    std = columns[train].std(axis=0)
    return (columns - mean) / std

# %% wrong: ddof=1, the deviation with M - 1
# told: degrees_of_freedom
def standardise(columns, train):
    mean = columns[train].mean(axis=0)
    std = columns[train].std(axis=0, ddof=1)
    std = np.where(std == 0, 1, std)
    return (columns - mean) / std

# %% wrong: divides by the variance instead of the deviation
# told: divides_by_the_variance
def standardise(columns, train):
    mean = columns[train].mean(axis=0)
    std = columns[train].var(axis=0)
    std = np.where(std == 0, 1, std)
    return (columns - mean) / std

# %% wrong: one mean and one deviation for the whole table (no axis)
# told: one_scale_for_all_columns
def standardise(columns, train):
    mean = columns[train].mean()
    std = columns[train].std()
    std = np.where(std == 0, 1, std)
    return (columns - mean) / std

# %% wrong: mean by column, but one deviation for the whole table
# told: one_deviation_for_all_columns
def standardise(columns, train):
    mean = columns[train].mean(axis=0)
    std = columns[train].std()
    std = np.where(std == 0, 1, std)
    return (columns - mean) / std

# %% wrong: axis=1: each row is scaled by itself
# told: scales_each_row
def standardise(columns, train):
    mean = columns.mean(axis=1, keepdims=True)
    std = columns.std(axis=1, keepdims=True)
    std = np.where(std == 0, 1, std)
    return (columns - mean) / std

# %% wrong: only centred, not divided
# told: forgets_the_deviation
def standardise(columns, train):
    mean = columns[train].mean(axis=0)
    std = columns[train].std(axis=0)
    std = np.where(std == 0, 1, std)
    return columns - mean

# %% wrong: only divided, not centred
# told: forgets_the_mean
def standardise(columns, train):
    mean = columns[train].mean(axis=0)
    std = columns[train].std(axis=0)
    std = np.where(std == 0, 1, std)
    return columns / std

# %% wrong: adds the mean instead of subtracting it
# told: adds_the_mean
def standardise(columns, train):
    mean = columns[train].mean(axis=0)
    std = columns[train].std(axis=0)
    std = np.where(std == 0, 1, std)
    return (columns + mean) / std

# %% wrong: multiplies by the deviation instead of dividing
# told: multiplies_by_the_deviation
def standardise(columns, train):
    mean = columns[train].mean(axis=0)
    std = columns[train].std(axis=0)
    std = np.where(std == 0, 1, std)
    return (columns - mean) * std

# %% wrong: sign: mean - columns
# told: relation
def standardise(columns, train):
    mean = columns[train].mean(axis=0)
    std = columns[train].std(axis=0)
    std = np.where(std == 0, 1, std)
    return (mean - columns) / std

# %% wrong: brackets forgotten: columns - mean / std
# told: forgets_the_brackets
def standardise(columns, train):
    mean = columns[train].mean(axis=0)
    std = columns[train].std(axis=0)
    std = np.where(std == 0, 1, std)
    return columns - mean / std

# %% wrong: adds 1 to every deviation to avoid division by zero
# told: adds_one
def standardise(columns, train):
    mean = columns[train].mean(axis=0)
    std = columns[train].std(axis=0)
    std = std + 1
    return (columns - mean) / std

# %% wrong: adds 1e-8 to the deviation: a constant column is divided by 1e-8 and becomes huge for rows that differ
# told: adds_a_little
def standardise(columns, train):
    mean = columns[train].mean(axis=0)
    std = columns[train].std(axis=0)
    std = std + 1e-8
    return (columns - mean) / std

# %% wrong: constant columns become 0 everywhere (nan_to_num), also for new rows that differ from the constant
# told: trusts_the_deviation+makes_the_constant_zero
def standardise(columns, train):
    mean = columns[train].mean(axis=0)
    std = columns[train].std(axis=0)
    with np.errstate(all="ignore"):
        return np.nan_to_num((columns - mean) / std, posinf=0, neginf=0)

# %% wrong: constant columns are left as they are, the constant is not subtracted
# told: trusts_the_deviation+leaves_the_constant_column
def standardise(columns, train):
    mean = columns[train].mean(axis=0)
    std = columns[train].std(axis=0)
    constant = std == 0
    std[constant] = 1
    return np.where(constant, columns, (columns - mean) / std)

# %% wrong: constant columns are dropped, fewer columns come back
# told: nothing
def standardise(columns, train):
    mean = columns[train].mean(axis=0)
    std = columns[train].std(axis=0)
    keep = std > 0
    return (columns[:, keep] - mean[keep]) / std[keep]

# %% wrong: min-max scaling to 0 to 1 instead of mean and deviation
# told: scales_to_the_unit_interval
def standardise(columns, train):
    mean = columns[train].min(axis=0)
    std = columns[train].max(axis=0) - mean
    std = np.where(std == 0, 1, std)
    return (columns - mean) / std

# %% wrong: median instead of mean
# told: takes_the_median
def standardise(columns, train):
    mean = np.median(columns[train], axis=0)
    std = columns[train].std(axis=0)
    std = np.where(std == 0, 1, std)
    return (columns - mean) / std

# %% wrong: mean absolute deviation instead of the standard deviation
# told: takes_absolute_deviations
def standardise(columns, train):
    mean = columns[train].mean(axis=0)
    std = np.abs(columns[train] - mean).mean(axis=0)
    std = np.where(std == 0, 1, std)
    return (columns - mean) / std

# %% wrong: range (max - min) instead of the standard deviation
# told: takes_the_range
def standardise(columns, train):
    mean = columns[train].mean(axis=0)
    std = np.ptp(columns[train], axis=0)
    std = np.where(std == 0, 1, std)
    return (columns - mean) / std

# %% wrong: divides by the mean instead of the deviation
# told: divides_by_the_mean
def standardise(columns, train):
    mean = columns[train].mean(axis=0)
    std = columns[train].mean(axis=0)
    std = np.where(std == 0, 1, std)
    return (columns - mean) / std

# %% wrong: root mean square around zero instead of around the mean
# told: measures_from_zero
def standardise(columns, train):
    mean = columns[train].mean(axis=0)
    std = np.sqrt((columns[train] ** 2).mean(axis=0))
    std = np.where(std == 0, 1, std)
    return (columns - mean) / std

# %% wrong: first M rows instead of the rows train
# told: takes_the_first_rows
def standardise(columns, train):
    mean = columns[:len(train)].mean(axis=0)
    std = columns[:len(train)].std(axis=0)
    std = np.where(std == 0, 1, std)
    return (columns - mean) / std

# %% wrong: train taken for column numbers: columns[:, train], which raises or picks wrong columns
# told: error
def standardise(columns, train):
    mean = columns[:, train].mean(axis=0)
    std = columns[:, train].std(axis=0)
    std = np.where(std == 0, 1, std)
    return (columns - mean) / std

# %% wrong: the rows that are NOT in train are measured
# told: measures_the_rest
def standardise(columns, train):
    rest = np.delete(columns, train, axis=0)
    mean = rest.mean(axis=0)
    std = rest.std(axis=0)
    std = np.where(std == 0, 1, std)
    return (columns - mean) / std

# %% wrong: training rows are scaled by their own numbers, the other rows by theirs
# told: scales_the_rest_by_itself
def standardise(columns, train):
    mean = columns[train].mean(axis=0)
    std = columns[train].std(axis=0)
    std = np.where(std == 0, 1, std)
    result = (columns - mean) / std
    others = np.setdiff1d(np.arange(len(columns)), train)
    s = columns[others].std(axis=0)
    result[others] = (columns[others] - columns[others].mean(axis=0)) / np.where(s == 0, 1, s)
    return result

# %% wrong: two mistakes: all rows are measured, and constant columns give nan
# told: looks_at_all_rows
def standardise(columns, train):
    mean = columns.mean(axis=0)
    std = columns.std(axis=0)
    return (columns - mean) / std

# %% wrong: two mistakes: all rows are measured, and with ddof=1
# told: looks_at_all_rows+degrees_of_freedom
def standardise(columns, train):
    mean = columns.mean(axis=0)
    std = columns.std(axis=0, ddof=1)
    std = np.where(std == 0, 1, std)
    return (columns - mean) / std

# %% wrong: two mistakes: returns the training rows only, and constant columns give nan
# told: returns_the_training_rows
def standardise(columns, train):
    mean = columns[train].mean(axis=0)
    std = columns[train].std(axis=0)
    return (columns[train] - mean) / std

# %% wrong: two mistakes: variance instead of deviation, and measured on all rows
# told: looks_at_all_rows+divides_by_the_variance
def standardise(columns, train):
    mean = columns.mean(axis=0)
    std = columns.var(axis=0)
    std = np.where(std == 0, 1, std)
    return (columns - mean) / std

# %% wrong: two mistakes: one mean and one deviation for the whole table, taken from all rows
# told: looks_at_all_rows+one_scale_for_all_columns
def standardise(columns, train):
    mean = columns.mean()
    std = columns.std()
    std = np.where(std == 0, 1, std)
    return (columns - mean) / std

# %% wrong: rounds to two decimals
# told: relation
def standardise(columns, train):
    mean = columns[train].mean(axis=0)
    std = columns[train].std(axis=0)
    std = np.where(std == 0, 1, std)
    return np.round((columns - mean) / std, 2)

# %% wrong: prints instead of returning
# told: form
def standardise(columns, train):
    mean = columns[train].mean(axis=0)
    std = columns[train].std(axis=0)
    std = np.where(std == 0, 1, std)
    print((columns - mean) / std)

# %% wrong: returns a tuple of scaled columns, mean and deviation
# told: relation
def standardise(columns, train):
    mean = columns[train].mean(axis=0)
    std = columns[train].std(axis=0)
    std = np.where(std == 0, 1, std)
    return (columns - mean) / std, mean, std

# %% wrong: transposed result (D, N)
# told: relation
def standardise(columns, train):
    mean = columns[train].mean(axis=0)
    std = columns[train].std(axis=0)
    std = np.where(std == 0, 1, std)
    return ((columns - mean) / std).T

# %% wrong: clips to the range -2 to 2, so unusual rows lose their value
# told: nothing
def standardise(columns, train):
    mean = columns[train].mean(axis=0)
    std = columns[train].std(axis=0)
    std = np.where(std == 0, 1, std)
    return np.clip((columns - mean) / std, -2, 2)

# %% wrong: as soon as one column is constant, no column is divided at all
# told: trusts_the_deviation+gives_up_on_all_columns
def standardise(columns, train):
    mean = columns[train].mean(axis=0)
    std = columns[train].std(axis=0)
    if (std == 0).any():
        std = np.ones_like(std)
    return (columns - mean) / std

# %% wrong: deviations below 1 are taken for constant columns, so columns of small numbers are not divided
# told: nothing
def standardise(columns, train):
    mean = columns[train].mean(axis=0)
    std = columns[train].std(axis=0)
    std = np.where(std < 1, 1, std)
    return (columns - mean) / std

# %% wrong: if std == 0 on an array of several columns raises ValueError
# told: error
def standardise(columns, train):
    mean = columns[train].mean(axis=0)
    std = columns[train].std(axis=0)
    if std == 0:
        std = 1
    return (columns - mean) / std

# %% wrong: divides by the length (norm) of the centred training column, the root of M is missing
# told: relation
def standardise(columns, train):
    mean = columns[train].mean(axis=0)
    std = np.linalg.norm(columns[train] - mean, axis=0)
    std = np.where(std == 0, 1, std)
    return (columns - mean) / std

# %% wrong: overwrites its input in place (columns -= mean), the result is right
# told: overwrites
def standardise(columns, train):
    mean = columns[train].mean(axis=0)
    std = columns[train].std(axis=0)
    std[std < 1e-12] = 1
    columns -= mean
    columns /= std
    return columns

# %% wrong: two mistakes: only the training rows are centred, and that in place, so the input is overwritten
# told: nothing
def standardise(columns, train):
    std = columns[train].std(axis=0)
    std[std == 0] = 1
    columns[train] -= columns[train].mean(axis=0)
    return columns / std

# %% wrong: keeps mean and deviation from the first call and uses them for later tables
# told: error
_scale = {}
def standardise(columns, train):
    if not _scale:
        std = columns[train].std(axis=0)
        _scale["mean"] = columns[train].mean(axis=0)
        _scale["std"] = np.where(std == 0, 1, std)
    return (columns - _scale["mean"]) / _scale["std"]

# %% wrong: fit_transform on all rows: measured on all rows
# told: looks_at_all_rows
from sklearn.preprocessing import StandardScaler
def standardise(columns, train):
    return StandardScaler().fit_transform(columns)

# %% wrong: pandas std, which divides by M - 1 (ddof=1)
# told: degrees_of_freedom
import pandas as pd
def standardise(columns, train):
    table = pd.DataFrame(columns)
    known = table.iloc[train]
    return ((table - known.mean()) / known.std().replace(0, 1)).to_numpy()

# %% wrong: asks whether the deviation is 0, which rounding may make 1e-17 (np.where)
# told: trusts_the_deviation
def standardise(columns, train):
    mean = columns[train].mean(axis=0)
    std = columns[train].std(axis=0)
    std = np.where(std == 0, 1, std)
    return (columns - mean) / std

# %% wrong: replaces a deviation of exactly 0 only (pandas)
# told: trusts_the_deviation
import pandas as pd
def standardise(columns, train):
    table = pd.DataFrame(np.asarray(columns, dtype=float))
    measured = table.iloc[train]
    return ((table - measured.mean()) / measured.std(ddof=0).replace(0, 1)).to_numpy()

# %% wrong: divides wherever the deviation is not exactly 0 (np.divide with where)
# told: trusts_the_deviation
def standardise(columns, train):
    known = columns[train]
    centred = columns - known.mean(axis=0)
    std = np.broadcast_to(known.std(axis=0), centred.shape)
    return np.divide(centred, std, out=centred.copy(), where=std != 0)

# %% wrong: asks whether the deviation is exactly 0, with sums by math.fsum
# told: trusts_the_deviation
import math
def standardise(columns, train):
    n, d = columns.shape
    out = [[0.0] * d for _ in range(n)]
    for j in range(d):
        m = math.fsum(float(columns[i, j]) for i in train) / len(train)
        s = math.sqrt(math.fsum((float(columns[i, j]) - m) ** 2 for i in train) / len(train))
        for i in range(n):
            out[i][j] = (float(columns[i, j]) - m) / (1.0 if s == 0 else s)
    return np.array(out)

# %% wrong: a column that varies little is taken for constant
# told: has_a_wide_threshold
def standardise(columns, train):
    mean, std = columns[train].mean(axis=0), columns[train].std(axis=0)
    return (columns - mean) / np.where(std < 1e-2, 1, std)

# %% wrong: constant if the first two training rows agree
# told: nothing
def standardise(columns, train):
    part = columns[train]
    std = np.where(part[0] == part[1], 1, part.std(axis=0))
    return (columns - part.mean(axis=0)) / std

# %% wrong: relative threshold too wide, 1e-5
# told: relation
def standardise(columns, train):
    k = columns[train]
    s = k.std(0)
    s[s < 1e-5 * np.abs(k.mean(0))] = 1
    return (columns - k.mean(0)) / s

# %% wrong: np.allclose to the first row (rtol 1e-5, atol 1e-8)
# told: relation
def standardise(columns, train):
    k = columns[train]
    s = k.std(0)
    s[np.isclose(k, k[0]).all(0)] = 1
    return (columns - k.mean(0)) / s

# %% wrong: special-cased to 0.1
# told: relation
def standardise(columns, train):
    k = columns[train]
    s = k.std(0)
    s[(k == 0.1).all(0) | (s == 0)] = 1
    return (columns - k.mean(0)) / s

# %% wrong: float32
# told: nothing
def standardise(columns, train):
    c = columns.astype("float32")
    k = c[train]
    return (c - k.mean(0)) / np.where(np.ptp(k, axis=0) == 0, 1, k.std(0))

