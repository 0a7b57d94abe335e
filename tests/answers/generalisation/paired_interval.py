# %% right: differences, ddof=1, stats.t.ppf
def gain_interval(before, after):
    d = after - before
    n = len(d)
    error = np.std(d, ddof=1) / np.sqrt(n)
    t = stats.t.ppf(0.975, n - 1)
    return d.mean() - t * error, d.mean() + t * error

# %% right: stats.t.interval
def gain_interval(before, after):
    diff = np.asarray(after) - np.asarray(before)
    return stats.t.interval(0.95, df=len(diff) - 1, loc=np.mean(diff), scale=stats.sem(diff))

# %% right: ttest_rel confidence interval
def gain_interval(before, after):
    ci = stats.ttest_rel(after, before).confidence_interval(0.95)
    return ci.low, ci.high

# %% right: ttest_1samp of the differences
def gain_interval(before, after):
    res = stats.ttest_1samp(after - before, 0)
    low, high = res.confidence_interval(confidence_level=0.95)
    return float(low), float(high)

# %% right: keeps the structure of the given code
def gain_interval(before, after):
    gain = np.mean(after - before)
    error = np.sqrt(np.var(after - before, ddof=1) / len(before))
    factor = stats.t.ppf(0.975, len(before) - 1)
    return gain - factor * error, gain + factor * error

# %% right: variance of a paired difference from the covariance
def gain_interval(before, after):
    n = len(before)
    c = np.cov(before, after)
    var = c[0, 0] + c[1, 1] - 2 * c[0, 1]
    gain = np.mean(after) - np.mean(before)
    half = stats.t.ppf(0.975, n - 1) * np.sqrt(max(var, 0) / n)
    return gain - half, gain + half

# %% right: ddof=0 and division by n-1
def gain_interval(before, after):
    gains = after - before
    n = len(gains)
    se = np.std(gains) / np.sqrt(n - 1)
    q = stats.t(df=n - 1).ppf(0.975)
    return gains.mean() - q * se, gains.mean() + q * se

# %% right: loops without numpy for mean and variance
def gain_interval(before, after):
    n = len(before)
    diffs = []
    for i in range(n):
        diffs.append(float(after[i]) - float(before[i]))
    m = sum(diffs) / n
    s2 = sum((x - m) ** 2 for x in diffs) / (n - 1)
    h = stats.t.ppf(0.975, n - 1) * (s2 / n) ** 0.5
    return m - h, m + h

# %% right: list comprehension with zip
def gain_interval(before, after):
    d = np.array([a - b for b, a in zip(before, after)], dtype=float)
    half = stats.t.ppf(0.975, d.size - 1) * d.std(ddof=1) / d.size ** 0.5
    return (d.mean() - half, d.mean() + half)

# %% right: quantiles at 0.025 and 0.975
def gain_interval(before, after):
    d = after - before
    q = stats.t.ppf([0.025, 0.975], df=len(d) - 1)
    low, high = d.mean() + q * stats.sem(d)
    return low, high

# %% right: isf for the upper tail
def gain_interval(before, after):
    diff = after - before
    t = stats.t.isf(0.025, diff.shape[0] - 1)
    width = t * stats.sem(diff)
    centre = diff.mean()
    return centre - width, centre + width

# %% right: pandas std, which divides by n-1
def gain_interval(before, after):
    d = pd.Series(np.asarray(after)) - pd.Series(np.asarray(before))
    half = stats.t.ppf(0.975, len(d) - 1) * d.std() / np.sqrt(len(d))
    return d.mean() - half, d.mean() + half

# %% right: pandas sem
def gain_interval(before, after):
    frame = pd.DataFrame({"before": before, "after": after})
    g = frame["after"] - frame["before"]
    crit = stats.t.ppf(1 - 0.05 / 2, len(frame) - 1)
    return g.mean() - crit * g.sem(), g.mean() + crit * g.sem()

# %% right: before minus after, then turned round
def gain_interval(before, after):
    loss = before - after
    e = stats.t.ppf(0.975, len(loss) - 1) * loss.std(ddof=1) / np.sqrt(len(loss))
    return -loss.mean() - e, -loss.mean() + e

# %% right: alpha as a name
def gain_interval(before, after):
    alpha = 0.05
    delta = np.subtract(after, before)
    n = delta.size
    df = n - 1
    sem = np.sqrt(np.sum((delta - delta.mean()) ** 2) / df) / np.sqrt(n)
    tcrit = stats.t.ppf(1 - alpha / 2, df)
    return delta.mean() - tcrit * sem, delta.mean() + tcrit * sem

# %% right: float64 before anything else
def gain_interval(before, after):
    before = np.array(before, dtype=np.float64)
    after = np.array(after, dtype=np.float64)
    d = after - before
    se = np.sqrt(d.var(ddof=1) / d.shape[0])
    k = stats.t.ppf(0.975, d.shape[0] - 1)
    return d.mean() - k * se, d.mean() + k * se

# %% right: returns an array of two
def gain_interval(before, after):
    d = after - before
    half = stats.t.ppf(0.975, len(d) - 1) * stats.sem(d)
    return d.mean() + half * np.array([-1, 1])

# %% right: returns a list of two
def gain_interval(before, after):
    d = after - before
    h = stats.t.ppf(0.975, len(d) - 1) * np.std(d, ddof=1) / np.sqrt(len(d))
    return [np.mean(d) - h, np.mean(d) + h]

# %% right: helper for the half width
def gain_interval(before, after):
    def half_width(x):
        return stats.t.ppf(0.975, len(x) - 1) * np.std(x, ddof=1) / np.sqrt(len(x))
    diff = after - before
    m = np.mean(diff)
    h = half_width(diff)
    return m - h, m + h

# %% right: variance sum with the correlation
def gain_interval(before, after):
    n = len(before)
    sb = np.std(before, ddof=1)
    sa = np.std(after, ddof=1)
    r = np.sum((before - np.mean(before)) * (after - np.mean(after))) / (n - 1)
    error = np.sqrt(max(sb**2 + sa**2 - 2 * r, 0.0) / n)
    gain = np.mean(after) - np.mean(before)
    t = stats.t.ppf(0.975, n - 1)
    return gain - t * error, gain + t * error

# %% right: t.interval standard, then scaled
def gain_interval(before, after):
    d = after - before
    lo, hi = stats.t.interval(0.95, len(d) - 1)
    se = np.std(d, ddof=1) / np.sqrt(len(d))
    return np.mean(d) + lo * se, np.mean(d) + hi * se

# %% right: keras.ops for the mean, numpy for the rest
def gain_interval(before, after):
    d = np.asarray(after, float) - np.asarray(before, float)
    m = float(keras.ops.mean(keras.ops.convert_to_tensor(d)))
    v = float(keras.ops.var(keras.ops.convert_to_tensor(d))) * len(d) / (len(d) - 1)
    h = stats.t.ppf(0.975, len(d) - 1) * np.sqrt(v / len(d))
    return m - h, m + h

# %% right: frozen distribution with loc and scale
def gain_interval(before, after):
    d = after - before
    dist = stats.t(len(d) - 1, loc=d.mean(), scale=stats.sem(d))
    return dist.ppf(0.025), dist.ppf(0.975)

# %% right: statistics from stats.describe
def gain_interval(before, after):
    info = stats.describe(after - before)
    h = stats.t.ppf(0.975, info.nobs - 1) * np.sqrt(info.variance / info.nobs)
    return info.mean - h, info.mean + h

# %% right: the statistics module
def gain_interval(before, after):
    import statistics
    d = [float(x) for x in after - before]
    m = statistics.mean(d)
    e = statistics.stdev(d) / len(d) ** 0.5
    t = float(stats.t.ppf(0.975, len(d) - 1))
    return m - t * e, m + t * e

# %% wrong: the given code unchanged
# told: takes_the_normal_quantile+leaves_pairs_and_ddof
def gain_interval(before, after):
    gain = np.mean(after) - np.mean(before)
    error = np.sqrt(np.var(before) / len(before) + np.var(after) / len(after))
    return gain - 1.96 * error, gain + 1.96 * error

# %% wrong: only ddof=1 added, still unpaired and 1.96
# told: repairs_ddof_only
def gain_interval(before, after):
    gain = np.mean(after) - np.mean(before)
    error = np.sqrt(np.var(before, ddof=1) / len(before) + np.var(after, ddof=1) / len(after))
    return gain - 1.96 * error, gain + 1.96 * error

# %% wrong: only t instead of 1.96, still unpaired, ddof 0
# told: leaves_pairs_and_ddof
def gain_interval(before, after):
    gain = np.mean(after) - np.mean(before)
    error = np.sqrt(np.var(before) / len(before) + np.var(after) / len(after))
    t = stats.t.ppf(0.975, len(before) - 1)
    return gain - t * error, gain + t * error

# %% wrong: unpaired with t and ddof=1
# told: keeps_them_unpaired
def gain_interval(before, after):
    gain = np.mean(after) - np.mean(before)
    error = np.sqrt(np.var(before, ddof=1) / len(before) + np.var(after, ddof=1) / len(after))
    t = stats.t.ppf(0.975, len(before) - 1)
    return gain - t * error, gain + t * error

# %% wrong: unpaired, 2n-2 degrees of freedom
# told: keeps_them_unpaired+takes_two_groups_of_degrees
def gain_interval(before, after):
    n = len(before)
    gain = np.mean(after) - np.mean(before)
    error = np.sqrt((np.var(before, ddof=1) + np.var(after, ddof=1)) / n)
    t = stats.t.ppf(0.975, 2 * n - 2)
    return gain - t * error, gain + t * error

# %% wrong: Welch interval by ttest_ind
# told: nothing
def gain_interval(before, after):
    ci = stats.ttest_ind(after, before, equal_var=False).confidence_interval(0.95)
    return ci.low, ci.high

# %% wrong: pooled interval by ttest_ind
# told: keeps_them_unpaired+takes_two_groups_of_degrees
def gain_interval(before, after):
    ci = stats.ttest_ind(after, before).confidence_interval()
    return ci.low, ci.high

# %% wrong: paired, but 1.96
# told: takes_the_normal_quantile
def gain_interval(before, after):
    d = after - before
    error = np.std(d, ddof=1) / np.sqrt(len(d))
    return d.mean() - 1.96 * error, d.mean() + 1.96 * error

# %% wrong: paired, but 1.96 and ddof 0
# told: takes_n_and_the_normal_quantile
def gain_interval(before, after):
    d = after - before
    error = np.sqrt(np.var(d) / len(d))
    return np.mean(d) - 1.96 * error, np.mean(d) + 1.96 * error

# %% wrong: paired with t, but ddof 0
# told: divides_by_n
def gain_interval(before, after):
    d = after - before
    n = len(d)
    error = np.std(d) / np.sqrt(n)
    t = stats.t.ppf(0.975, n - 1)
    return d.mean() - t * error, d.mean() + t * error

# %% wrong: n degrees of freedom
# told: takes_n_degrees
def gain_interval(before, after):
    d = after - before
    n = len(d)
    t = stats.t.ppf(0.975, n)
    se = d.std(ddof=1) / np.sqrt(n)
    return d.mean() - t * se, d.mean() + t * se

# %% wrong: n-2 degrees of freedom
# told: nothing
def gain_interval(before, after):
    d = after - before
    n = len(d)
    t = stats.t.ppf(0.975, n - 2)
    se = d.std(ddof=1) / np.sqrt(n)
    return d.mean() - t * se, d.mean() + t * se

# %% wrong: paired, 2n-2 degrees of freedom
# told: takes_two_groups_of_degrees
def gain_interval(before, after):
    d = after - before
    t = stats.t.ppf(0.975, len(before) + len(after) - 2)
    se = stats.sem(d)
    return d.mean() - t * se, d.mean() + t * se

# %% wrong: one-sided quantile 0.95
# told: takes_one_side
def gain_interval(before, after):
    d = after - before
    n = len(d)
    t = stats.t.ppf(0.95, n - 1)
    se = np.std(d, ddof=1) / np.sqrt(n)
    return d.mean() - t * se, d.mean() + t * se

# %% wrong: quantile 0.025 gives the ends in the wrong order
# told: swaps_the_ends
def gain_interval(before, after):
    d = after - before
    n = len(d)
    t = stats.t.ppf(0.025, n - 1)
    se = np.std(d, ddof=1) / np.sqrt(n)
    return d.mean() - t * se, d.mean() + t * se

# %% wrong: normal quantile instead of t
# told: takes_the_normal_quantile
def gain_interval(before, after):
    d = after - before
    z = stats.norm.ppf(0.975)
    se = stats.sem(d)
    return d.mean() - z * se, d.mean() + z * se

# %% wrong: stats.norm.interval
# told: takes_the_normal_quantile
def gain_interval(before, after):
    d = after - before
    return stats.norm.interval(0.95, loc=d.mean(), scale=stats.sem(d))

# %% wrong: standard deviation, not divided by sqrt n
# told: forgets_the_root_of_n
def gain_interval(before, after):
    d = after - before
    t = stats.t.ppf(0.975, len(d) - 1)
    s = d.std(ddof=1)
    return d.mean() - t * s, d.mean() + t * s

# %% wrong: divided by n instead of sqrt n
# told: divides_by_n_itself
def gain_interval(before, after):
    d = after - before
    t = stats.t.ppf(0.975, len(d) - 1)
    s = d.std(ddof=1) / len(d)
    return d.mean() - t * s, d.mean() + t * s

# %% wrong: divided by sqrt(n-1) and ddof=1 as well
# told: nothing
def gain_interval(before, after):
    d = after - before
    n = len(d)
    t = stats.t.ppf(0.975, n - 1)
    s = np.std(d, ddof=1) / np.sqrt(n - 1)
    return d.mean() - t * s, d.mean() + t * s

# %% wrong: variance without the square root
# told: divides_by_n_itself+forgets_the_root
def gain_interval(before, after):
    d = after - before
    t = stats.t.ppf(0.975, len(d) - 1)
    e = np.var(d, ddof=1) / len(d)
    return np.mean(d) - t * e, np.mean(d) + t * e

# %% wrong: divided by sqrt(2n)
# told: nothing
def gain_interval(before, after):
    d = after - before
    n = len(before) + len(after)
    t = stats.t.ppf(0.975, len(d) - 1)
    e = d.std(ddof=1) / np.sqrt(n)
    return d.mean() - t * e, d.mean() + t * e

# %% wrong: before minus after
# told: swaps_the_sign
def gain_interval(before, after):
    d = before - after
    t = stats.t.ppf(0.975, len(d) - 1)
    e = d.std(ddof=1) / np.sqrt(len(d))
    return d.mean() - t * e, d.mean() + t * e

# %% wrong: ttest_rel with the arguments exchanged
# told: swaps_the_sign
def gain_interval(before, after):
    ci = stats.ttest_rel(before, after).confidence_interval(0.95)
    return ci.low, ci.high

# %% wrong: ends in the wrong order
# told: swaps_the_ends
def gain_interval(before, after):
    d = after - before
    h = stats.t.ppf(0.975, len(d) - 1) * stats.sem(d)
    return d.mean() + h, d.mean() - h

# %% wrong: absolute differences
# told: nothing
def gain_interval(before, after):
    d = np.abs(after - before)
    h = stats.t.ppf(0.975, len(d) - 1) * stats.sem(d)
    return d.mean() - h, d.mean() + h

# %% wrong: relative gain
# told: nothing
def gain_interval(before, after):
    d = (after - before) / before
    h = stats.t.ppf(0.975, len(d) - 1) * stats.sem(d)
    return d.mean() - h, d.mean() + h

# %% wrong: 90 % interval
# told: takes_one_side
def gain_interval(before, after):
    d = after - before
    return stats.t.interval(0.90, len(d) - 1, loc=d.mean(), scale=stats.sem(d))

# %% wrong: 0.975 as confidence level in t.interval
# told: nothing
def gain_interval(before, after):
    d = after - before
    return stats.t.interval(0.975, len(d) - 1, loc=d.mean(), scale=stats.sem(d))

# %% wrong: 99 % interval
# told: nothing
def gain_interval(before, after):
    d = after - before
    t = stats.t.ppf(0.995, len(d) - 1)
    return d.mean() - t * stats.sem(d), d.mean() + t * stats.sem(d)

# %% wrong: t.interval with scale = standard deviation
# told: forgets_the_root_of_n
def gain_interval(before, after):
    d = after - before
    return stats.t.interval(0.95, len(d) - 1, loc=np.mean(d), scale=np.std(d, ddof=1))

# %% wrong: t.interval without loc, around 0
# told: takes_the_half_width_only
def gain_interval(before, after):
    d = after - before
    return stats.t.interval(0.95, len(d) - 1, scale=stats.sem(d))

# %% wrong: returns only the half width
# told: form
def gain_interval(before, after):
    d = after - before
    return stats.t.ppf(0.975, len(d) - 1) * stats.sem(d)

# %% wrong: returns mean and half width
# told: nothing
def gain_interval(before, after):
    d = after - before
    return np.mean(d), stats.t.ppf(0.975, len(d) - 1) * stats.sem(d)

# %% wrong: returns three values
# told: form
def gain_interval(before, after):
    d = after - before
    h = stats.t.ppf(0.975, len(d) - 1) * stats.sem(d)
    return d.mean() - h, d.mean(), d.mean() + h

# %% wrong: no return
# told: form
def gain_interval(before, after):
    d = after - before
    h = stats.t.ppf(0.975, len(d) - 1) * stats.sem(d)
    low, high = d.mean() - h, d.mean() + h

# %% wrong: prints instead of returning
# told: form
def gain_interval(before, after):
    d = after - before
    h = stats.t.ppf(0.975, len(d) - 1) * stats.sem(d)
    print(d.mean() - h, d.mean() + h)

# %% wrong: percentiles of the differences
# told: nothing
def gain_interval(before, after):
    d = after - before
    return np.percentile(d, 2.5), np.percentile(d, 97.5)

# %% wrong: smallest and largest difference
# told: nothing
def gain_interval(before, after):
    d = after - before
    return d.min(), d.max()

# %% wrong: bootstrap instead of Student's t
# told: nothing
def gain_interval(before, after):
    d = after - before
    rng = np.random.default_rng(0)
    means = [rng.choice(d, len(d)).mean() for _ in range(2000)]
    return np.percentile(means, 2.5), np.percentile(means, 97.5)

# %% wrong: plus twice the covariance, wrong sign
# told: nothing
def gain_interval(before, after):
    n = len(before)
    c = np.cov(before, after)
    error = np.sqrt((c[0, 0] + c[1, 1] + 2 * c[0, 1]) / n)
    gain = np.mean(after) - np.mean(before)
    t = stats.t.ppf(0.975, n - 1)
    return gain - t * error, gain + t * error

# %% wrong: covariance only once
# told: nothing
def gain_interval(before, after):
    n = len(before)
    c = np.cov(before, after)
    error = np.sqrt(abs(c[0, 0] + c[1, 1] - c[0, 1]) / n)
    gain = np.mean(after) - np.mean(before)
    t = stats.t.ppf(0.975, n - 1)
    return gain - t * error, gain + t * error

# %% wrong: covariance divided by n-1, variances by n
# told: nothing
def gain_interval(before, after):
    n = len(before)
    cov = np.cov(before, after)[0, 1]
    error = np.sqrt(abs(np.var(before) + np.var(after) - 2 * cov) / n)
    gain = np.mean(after) - np.mean(before)
    t = stats.t.ppf(0.975, n - 1)
    return gain - t * error, gain + t * error

# %% wrong: difference of the variances
# told: nothing
def gain_interval(before, after):
    gain = np.mean(after) - np.mean(before)
    n = len(before)
    error = np.sqrt(np.abs(np.var(after, ddof=1) - np.var(before, ddof=1)) / n)
    t = stats.t.ppf(0.975, n - 1)
    return gain - t * error, gain + t * error

# %% wrong: adds the two standard errors
# told: nothing
def gain_interval(before, after):
    gain = np.mean(after) - np.mean(before)
    error = stats.sem(before) + stats.sem(after)
    t = stats.t.ppf(0.975, len(before) - 1)
    return gain - t * error, gain + t * error

# %% wrong: ends of after minus ends of before
# told: nothing
def gain_interval(before, after):
    def ci(x):
        return stats.t.interval(0.95, len(x) - 1, loc=np.mean(x), scale=stats.sem(x))
    lo_b, hi_b = ci(before)
    lo_a, hi_a = ci(after)
    return lo_a - lo_b, hi_a - hi_b

# %% wrong: sorts both arrays before taking differences
# told: nothing
def gain_interval(before, after):
    d = np.sort(after) - np.sort(before)
    h = stats.t.ppf(0.975, len(d) - 1) * stats.sem(d)
    return d.mean() - h, d.mean() + h

# %% wrong: all pairs of differences
# told: nothing
def gain_interval(before, after):
    d = (after[:, None] - before[None, :]).ravel()
    h = stats.t.ppf(0.975, len(d) - 1) * stats.sem(d)
    return d.mean() - h, d.mean() + h

# %% wrong: interval of after alone
# told: changes_argument
def gain_interval(before, after):
    h = stats.t.ppf(0.975, len(after) - 1) * stats.sem(after)
    return after.mean() - h, after.mean() + h

# %% wrong: median as the centre
# told: takes_the_median
def gain_interval(before, after):
    d = after - before
    h = stats.t.ppf(0.975, len(d) - 1) * stats.sem(d)
    return np.median(d) - h, np.median(d) + h

# %% wrong: pdf instead of ppf
# told: nothing
def gain_interval(before, after):
    d = after - before
    t = stats.t.pdf(0.975, len(d) - 1)
    return d.mean() - t * stats.sem(d), d.mean() + t * stats.sem(d)

# %% wrong: cdf instead of ppf
# told: nothing
def gain_interval(before, after):
    d = after - before
    t = stats.t.cdf(0.975, len(d) - 1)
    return d.mean() - t * stats.sem(d), d.mean() + t * stats.sem(d)

# %% wrong: the t statistic as the factor
# told: nothing
def gain_interval(before, after):
    d = after - before
    t = stats.ttest_rel(after, before).statistic
    return d.mean() - t * stats.sem(d), d.mean() + t * stats.sem(d)

# %% wrong: returns statistic and p value of the test
# told: nothing
def gain_interval(before, after):
    res = stats.ttest_rel(after, before)
    return res.statistic, res.pvalue

# %% wrong: fixed t value 2.776 for five seeds
# told: nothing
def gain_interval(before, after):
    d = after - before
    e = stats.sem(d)
    return d.mean() - 2.776 * e, d.mean() + 2.776 * e

# %% wrong: fixed t value 2.262 for ten seeds
# told: nothing
def gain_interval(before, after):
    d = after - before
    e = d.std(ddof=1) / np.sqrt(len(d))
    return np.mean(d) - 2.262 * e, np.mean(d) + 2.262 * e

# %% wrong: t.ppf called without degrees of freedom
# told: error
def gain_interval(before, after):
    d = after - before
    t = stats.t.ppf(0.975)
    e = stats.sem(d)
    return d.mean() - t * e, d.mean() + t * e

# %% wrong: uses np.t, which does not exist
# told: error
def gain_interval(before, after):
    d = after - before
    t = np.t.ppf(0.975, len(d) - 1)
    e = stats.sem(d)
    return d.mean() - t * e, d.mean() + t * e

# %% wrong: n not defined
# told: not attempted
def gain_interval(before, after):
    d = after - before
    e = d.std(ddof=1) / np.sqrt(n)
    t = stats.t.ppf(0.975, n - 1)
    return d.mean() - t * e, d.mean() + t * e

# %% wrong: lower end cut at 0
# told: nothing
def gain_interval(before, after):
    d = after - before
    h = stats.t.ppf(0.975, len(d) - 1) * stats.sem(d)
    return max(0.0, d.mean() - h), d.mean() + h

# %% wrong: rounded to two decimals
# told: relation
def gain_interval(before, after):
    d = after - before
    h = stats.t.ppf(0.975, len(d) - 1) * stats.sem(d)
    return round(float(d.mean() - h), 2), round(float(d.mean() + h), 2)

# %% wrong: in place, changes after
# told: overwrites
def gain_interval(before, after):
    after -= before
    h = stats.t.ppf(0.975, len(after) - 1) * stats.sem(after)
    return after.mean() - h, after.mean() + h

# %% wrong: whole width on each side
# told: nothing
def gain_interval(before, after):
    d = after - before
    lo, hi = stats.t.interval(0.95, len(d) - 1, scale=stats.sem(d))
    width = hi - lo
    return d.mean() - width, d.mean() + width

# %% wrong: half the half width
# told: nothing
def gain_interval(before, after):
    d = after - before
    h = stats.t.ppf(0.975, len(d) - 1) * stats.sem(d)
    return d.mean() - h / 2, d.mean() + h / 2

# %% wrong: paired mean, but pooled spread of all values
# told: nothing
def gain_interval(before, after):
    d = after - before
    everything = np.concatenate([before, after])
    e = everything.std(ddof=1) / np.sqrt(len(d))
    t = stats.t.ppf(0.975, len(d) - 1)
    return d.mean() - t * e, d.mean() + t * e

# %% wrong: stats.sem with ddof=0
# told: divides_by_n
def gain_interval(before, after):
    d = after - before
    return stats.t.interval(0.95, len(d) - 1, loc=d.mean(), scale=stats.sem(d, ddof=0))

# %% wrong: returns a string
# told: form
def gain_interval(before, after):
    d = after - before
    h = stats.t.ppf(0.975, len(d) - 1) * stats.sem(d)
    return f"[{d.mean() - h:.3f}, {d.mean() + h:.3f}]"
