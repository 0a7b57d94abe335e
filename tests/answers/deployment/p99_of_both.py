# %% right: concatenate and percentile
def p99_of_both(times_a, times_b):
    return float(np.percentile(np.concatenate([times_a, times_b]), 99))

# %% right: np.append, np.quantile
def p99_of_both(times_a, times_b):
    times = np.append(times_a, times_b)
    return np.quantile(times, 0.99)

# %% right: np.hstack, lambda, item()
p99_of_both = lambda times_a, times_b: np.percentile(np.hstack((times_a, times_b)), 99).item()

# %% right: np.r_ and the method named
import numpy as np


def p99_of_both(times_a, times_b):
    return np.percentile(np.r_[times_a, times_b], q=99, method="linear")

# %% right: lists, sorted, interpolated by hand
def p99_of_both(times_a, times_b):
    times = sorted(list(times_a) + list(times_b))
    position = 0.99 * (len(times) - 1)
    below = int(position)
    above = min(below + 1, len(times) - 1)
    share = position - below
    return float(times[below] * (1 - share) + times[above] * share)

# %% right: np.interp over the ranks
import numpy as np


def p99_of_both(times_a, times_b):
    times = np.sort(np.concatenate((times_a, times_b)))
    return float(np.interp(99, np.linspace(0, 100, len(times)), times)) if len(times) > 1 else float(times[0])

# %% right: pandas Series.quantile
import pandas as pd


def p99_of_both(times_a, times_b):
    both = pd.Series([*times_a, *times_b], dtype=float)
    return both.quantile(0.99)

# %% right: pandas concat of two Series
import pandas as pd


def p99_of_both(times_a, times_b):
    parts = [pd.Series(np.asarray(t, dtype=float)) for t in (times_a, times_b) if len(t)]
    return float(pd.concat(parts).quantile(0.99, interpolation="linear"))

# %% right: statistics.quantiles, inclusive, one request apart
import statistics


def p99_of_both(times_a, times_b):
    times = [float(t) for t in times_a] + [float(t) for t in times_b]
    if len(times) == 1:
        return times[0]
    return statistics.quantiles(times, n=100, method="inclusive")[98]

# %% right: scipy.stats.scoreatpercentile
from scipy import stats


def p99_of_both(times_a, times_b):
    return float(stats.scoreatpercentile(np.concatenate([times_a, times_b]), 99))

# %% right: the empty server apart
def p99_of_both(times_a, times_b):
    if len(times_a) == 0:
        return np.percentile(times_b, 99)
    if len(times_b) == 0:
        return np.percentile(times_a, 99)
    return np.percentile(np.concatenate((times_a, times_b)), 99)

# %% right: one list grows, with extend
def p99_of_both(times_a, times_b):
    all_times = []
    for times in (times_a, times_b):
        all_times.extend(times)
    return float(np.percentile(all_times, 99))

# %% right: np.partition for the two ranks that count
import numpy as np


def p99_of_both(times_a, times_b):
    times = np.concatenate([np.asarray(times_a, float), np.asarray(times_b, float)])
    position = (len(times) - 1) * 99 / 100
    low, high = int(np.floor(position)), int(np.ceil(position))
    times = np.partition(times, [low, high])
    return times[low] + (position - low) * (times[high] - times[low])

# %% right: heapq.merge and Fraction
import heapq
from fractions import Fraction


def p99_of_both(times_a, times_b):
    times = list(heapq.merge(sorted(times_a), sorted(times_b)))
    position = Fraction(99, 100) * (len(times) - 1)
    low = position.numerator // position.denominator
    rest = position - low
    result = float(times[low])
    if rest:
        result += float(rest) * (float(times[low + 1]) - float(times[low]))
    return result

# %% right: a table padded with NaN, and nanpercentile
import numpy as np


def p99_of_both(times_a, times_b):
    table = np.full((2, max(len(times_a), len(times_b))), np.nan)
    table[0, : len(times_a)] = times_a
    table[1, : len(times_b)] = times_b
    return float(np.nanpercentile(table, 99))

# %% right: an object that can be called, any percentile
import numpy as np


class Percentile:
    def __init__(self, q):
        self.q = q

    def __call__(self, *servers):
        return float(np.percentile(np.concatenate([np.ravel(times) for times in servers]), self.q))


p99_of_both = Percentile(99)

# %% right: filled into one array, slices
import numpy as np


def p99_of_both(times_a, times_b):
    n = len(times_a)
    times = np.zeros(n + len(times_b))
    times[:n] = times_a
    times[n:] = times_b
    times.sort()
    return np.percentile(times, 99)

# %% right: the negative times' first percentile
import numpy as np


def p99_of_both(times_a, times_b):
    return -np.percentile(-np.concatenate([times_a, times_b]), 1)

# %% wrong: the mean of the two p99
# told: averages
def p99_of_both(times_a, times_b):
    return (np.percentile(times_a, 99) + np.percentile(times_b, 99)) / 2

# %% wrong: the mean of the two p99, and that of the other server alone where one is empty
# told: averages
def p99_of_both(times_a, times_b):
    if len(times_a) == 0:
        return float(np.percentile(times_b, 99))
    if len(times_b) == 0:
        return float(np.percentile(times_a, 99))
    return float(np.mean([np.percentile(times_a, 99), np.percentile(times_b, 99)]))

# %% wrong: the mean of the two p99, weighted with the numbers of requests
# told: weighs
def p99_of_both(times_a, times_b):
    parts = [(len(t), np.percentile(t, 99)) for t in (times_a, times_b) if len(t)]
    n = sum(m for m, _ in parts)
    return float(sum(m * p for m, p in parts) / n)

# %% wrong: the larger of the two p99
# told: takes_the_larger
def p99_of_both(times_a, times_b):
    return float(max(np.percentile(t, 99) for t in (times_a, times_b) if len(t) > 0))

# %% wrong: the smaller of the two p99
# told: takes_the_smaller
def p99_of_both(times_a, times_b):
    return float(min(np.percentile(t, 99) for t in (times_a, times_b) if len(t) > 0))

# %% wrong: the sum of the two p99
# told: adds
def p99_of_both(times_a, times_b):
    return float(sum(np.percentile(t, 99) for t in (times_a, times_b) if len(t)))

# %% wrong: the 99th percentile of the two p99 instead of all times
# told: percentile_of_the_two
def p99_of_both(times_a, times_b):
    return float(np.percentile([np.percentile(t, 99) for t in (times_a, times_b) if len(t)], 99))

# %% wrong: the root of the mean square of the two p99
# told: nothing
def p99_of_both(times_a, times_b):
    return float(np.sqrt(np.mean([np.percentile(t, 99) ** 2 for t in (times_a, times_b) if len(t)])))

# %% wrong: returns both p99 as a pair instead of one for all
# told: returns_both
def p99_of_both(times_a, times_b):
    return np.percentile(times_a, 99), np.percentile(times_b, 99)

# %% wrong: np.percentile with 0.99 instead of 99: nearly the minimum
# told: takes_a_quantile_for_a_percentile
def p99_of_both(times_a, times_b):
    times = np.concatenate([times_a, times_b])
    return float(np.percentile(times, 0.99))

# %% wrong: np.quantile with 99 instead of 0.99, raises ValueError
# told: error
def p99_of_both(times_a, times_b):
    times = np.concatenate([times_a, times_b])
    return np.quantile(times, 99)

# %% wrong: the 95th percentile
# told: takes_p95
def p99_of_both(times_a, times_b):
    times = np.concatenate([times_a, times_b])
    return float(np.percentile(times, 95))

# %% wrong: the 90th percentile
# told: takes_p90
def p99_of_both(times_a, times_b):
    times = np.concatenate([times_a, times_b])
    return float(np.percentile(times, 90))

# %% wrong: the 99.9th percentile
# told: takes_p999
def p99_of_both(times_a, times_b):
    times = np.concatenate([times_a, times_b])
    return float(np.percentile(times, 99.9))

# %% wrong: the 1st percentile instead of the 99th
# told: takes_the_first_percentile
def p99_of_both(times_a, times_b):
    times = np.concatenate([times_a, times_b])
    return float(np.percentile(times, 1))

# %% wrong: the median of all times
# told: takes_the_median
def p99_of_both(times_a, times_b):
    times = np.concatenate([times_a, times_b])
    return float(np.median(times))

# %% wrong: the mean of all times
# told: takes_the_mean
def p99_of_both(times_a, times_b):
    times = np.concatenate([times_a, times_b])
    return float(np.mean(times))

# %% wrong: the maximum of all times
# told: takes_the_largest
def p99_of_both(times_a, times_b):
    times = np.concatenate([times_a, times_b])
    return float(times.max())

# %% wrong: 99 % of the maximum
# told: nothing
def p99_of_both(times_a, times_b):
    times = np.concatenate([times_a, times_b])
    return float(0.99 * times.max())

# %% wrong: the mean of all times times 0.99
# told: nothing
def p99_of_both(times_a, times_b):
    times = np.concatenate([times_a, times_b])
    return float(0.99 * times.mean())

# %% wrong: mean plus 2.33 standard deviations, as for a normal distribution
# told: assumes_a_bell_curve
def p99_of_both(times_a, times_b):
    times = np.concatenate([times_a, times_b])
    return float(times.mean() + 2.326 * times.std())

# %% wrong: the mean of the slowest 1 % instead of their limit
# told: averages_the_slowest
def p99_of_both(times_a, times_b):
    times = np.concatenate([times_a, times_b])
    return float(times[times >= np.percentile(times, 99)].mean())

# %% wrong: the sorted time at int(0.99 N), without interpolation
# told: takes_the_higher
def p99_of_both(times_a, times_b):
    times = np.concatenate([times_a, times_b])
    times.sort()
    return float(times[int(0.99 * len(times))])

# %% wrong: the sorted time at int(0.99 N) - 1, without interpolation
# told: takes_the_lower
def p99_of_both(times_a, times_b):
    times = np.concatenate([times_a, times_b])
    times.sort()
    return float(times[int(0.99 * len(times)) - 1])

# %% wrong: the nearest rank, ceil(0.99 N), without interpolation
# told: takes_the_nearest
import math


def p99_of_both(times_a, times_b):
    times = np.concatenate([times_a, times_b])
    times = sorted(times)
    return float(times[math.ceil(0.99 * len(times)) - 1])

# %% wrong: method="lower" instead of linear interpolation
# told: takes_the_lower
def p99_of_both(times_a, times_b):
    times = np.concatenate([times_a, times_b])
    return float(np.percentile(times, 99, method="lower"))

# %% wrong: method="higher" instead of linear interpolation
# told: takes_the_higher
def p99_of_both(times_a, times_b):
    times = np.concatenate([times_a, times_b])
    return float(np.percentile(times, 99, method="higher"))

# %% wrong: method="nearest" instead of linear interpolation
# told: takes_the_nearest
def p99_of_both(times_a, times_b):
    times = np.concatenate([times_a, times_b])
    return float(np.percentile(times, 99, method="nearest"))

# %% wrong: interpolates at 0.99 N instead of 0.99 (N - 1)
# told: takes_the_higher
def p99_of_both(times_a, times_b):
    times = np.concatenate([times_a, times_b])
    times.sort()
    position = min(0.99 * len(times), len(times) - 1)
    low = int(position)
    high = min(low + 1, len(times) - 1)
    return float(times[low] + (position - low) * (times[high] - times[low]))

# %% wrong: statistics.quantiles with its default method (exclusive), which np.percentile does not use; fails on a single request
# told: nothing
import statistics


def p99_of_both(times_a, times_b):
    times = [float(t) for t in [*times_a, *times_b]]
    return statistics.quantiles(times, n=100)[98]

# %% wrong: statistics.quantiles(...)[99] is out of range, raises IndexError
# told: error
import statistics


def p99_of_both(times_a, times_b):
    times = [float(t) for t in [*times_a, *times_b]]
    return statistics.quantiles(times, n=100, method="inclusive")[99]

# %% wrong: statistics.quantiles(...)[97], the 98th percentile: index off by one
# told: takes_p98
import statistics


def p99_of_both(times_a, times_b):
    times = [float(t) for t in [*times_a, *times_b]]
    if len(times) == 1:
        return times[0]
    return statistics.quantiles(times, n=100, method="inclusive")[97]

# %% wrong: takes the times without sorting them, at the place 0.99 (N - 1)
# told: nothing
def p99_of_both(times_a, times_b):
    times = np.concatenate([times_a, times_b])
    return float(np.interp(0.99 * (len(times) - 1), np.arange(len(times)), times))

# %% wrong: sorted from slow to fast, so it finds the 1st percentile
# told: takes_the_first_percentile
def p99_of_both(times_a, times_b):
    times = np.concatenate([times_a, times_b])
    times = np.sort(times)[::-1]
    return float(np.interp(0.99 * (len(times) - 1), np.arange(len(times)), times))

# %% wrong: adds the arrays number by number (+ on arrays) instead of joining them; raises ValueError for different lengths
# told: error
def p99_of_both(times_a, times_b):
    return float(np.percentile(times_a + times_b, 99))

# %% wrong: np.percentile of a list of two arrays: raises ValueError for different lengths
# told: error
def p99_of_both(times_a, times_b):
    return float(np.percentile([times_a, times_b], 99))

# %% wrong: np.concatenate with two arguments instead of a pair, raises TypeError
# told: error
def p99_of_both(times_a, times_b):
    return float(np.percentile(np.concatenate(times_a, times_b), 99))

# %% wrong: np.percentile(times_a, times_b, 99): times_b is taken for the percentages and 99 for an axis, so it raises (AxisError, or ValueError)
# told: error
def p99_of_both(times_a, times_b):
    return float(np.percentile(times_a, times_b, 99))

# %% wrong: np.stack instead of joining: raises ValueError for different lengths
# told: error
def p99_of_both(times_a, times_b):
    return float(np.percentile(np.stack([times_a, times_b]), 99))

# %% wrong: stacks pairs of requests (zip), so what is left of the longer array is lost; raises where one server is empty
# told: nothing
def p99_of_both(times_a, times_b):
    pairs = list(zip(times_a, times_b))
    return float(np.percentile(np.array(pairs), 99))

# %% wrong: only server A
# told: takes_the_server_a
def p99_of_both(times_a, times_b):
    return float(np.percentile(times_a, 99))

# %% wrong: only server B
# told: takes_the_server_b
def p99_of_both(times_a, times_b):
    return float(np.percentile(times_b, 99))

# %% wrong: only the server with more requests
# told: nothing
def p99_of_both(times_a, times_b):
    return float(np.percentile(times_a if len(times_a) >= len(times_b) else times_b, 99))

# %% wrong: 0.0 where one of the servers had no request
# told: is_zero_without_requests
def p99_of_both(times_a, times_b):
    if len(times_a) == 0 or len(times_b) == 0:
        return 0.0
    times = np.concatenate([times_a, times_b])
    return float(np.percentile(times, 99))

# %% wrong: None where one of the servers had no request
# told: form
def p99_of_both(times_a, times_b):
    if len(times_a) == 0 or len(times_b) == 0:
        return None
    times = np.concatenate([times_a, times_b])
    return float(np.percentile(times, 99))

# %% wrong: NaN where one of the servers had no request
# told: is_nothing_without_requests
def p99_of_both(times_a, times_b):
    if not len(times_a) or not len(times_b):
        return float("nan")
    times = np.concatenate([times_a, times_b])
    return float(np.percentile(times, 99))

# %% wrong: asks for the truth of an array (if times_a), raises ValueError
# told: error
def p99_of_both(times_a, times_b):
    if times_a and times_b:
        return float(np.percentile(np.concatenate([times_a, times_b]), 99))
    return float(np.percentile(times_a or times_b, 99))

# %% wrong: each time counts once only: equal times are merged (set)
# told: counts_equal_times_once
def p99_of_both(times_a, times_b):
    return float(np.percentile(sorted(set(times_a) | set(times_b)), 99))

# %% wrong: np.union1d drops equal times
# told: counts_equal_times_once
def p99_of_both(times_a, times_b):
    return float(np.percentile(np.union1d(times_a, times_b), 99))

# %% wrong: cuts the times to whole milliseconds
# told: relation
def p99_of_both(times_a, times_b):
    return float(np.percentile([int(t) for t in times_a] + [int(t) for t in times_b], 99))

# %% wrong: rounds the result to whole milliseconds
# told: relation
def p99_of_both(times_a, times_b):
    times = np.concatenate([times_a, times_b])
    return float(round(np.percentile(times, 99)))

# %% wrong: int() cuts the result
# told: relation
def p99_of_both(times_a, times_b):
    times = np.concatenate([times_a, times_b])
    return int(np.percentile(times, 99))

# %% wrong: in seconds instead of milliseconds
# told: relation
def p99_of_both(times_a, times_b):
    times = np.concatenate([times_a, times_b])
    return float(np.percentile(times, 99) / 1000)

# %% wrong: prints instead of returning
# told: form
def p99_of_both(times_a, times_b):
    times = np.concatenate([times_a, times_b])
    print(np.percentile(times, 99))

# %% wrong: returns an array of one number instead of a float
# told: relation
def p99_of_both(times_a, times_b):
    times = np.concatenate([times_a, times_b])
    return np.percentile(times, [99])

# %% wrong: forgets to return
# told: form
def p99_of_both(times_a, times_b):
    times = np.concatenate([times_a, times_b])
    p99 = float(np.percentile(times, 99))

# %% wrong: right result, but sorts the arrays it was given
# told: overwrites
def p99_of_both(times_a, times_b):
    times_a.sort()
    times_b.sort()
    return float(np.percentile(np.concatenate([times_a, times_b]), 99))

# %% wrong: two mistakes: cuts times above 1000 ms down to 1000, and does so in the arrays it was given (overwrites its input)
# told: nothing
def p99_of_both(times_a, times_b):
    np.clip(times_a, 0, 1000, out=times_a)
    np.clip(times_b, 0, 1000, out=times_b)
    return float(np.percentile(np.concatenate([times_a, times_b]), 99))

# %% wrong: keeps the times of earlier calls in a global list
# told: keeps_something
all_times = []


def p99_of_both(times_a, times_b):
    all_times.extend(times_a)
    all_times.extend(times_b)
    return float(np.percentile(all_times, 99))

# %% wrong: fits the dashboard's numbers only
# told: relation
def p99_of_both(times_a, times_b):
    return 900.0

# %% wrong: takes the two arguments for the p99 of the servers and averages them number by number
# told: error
def p99_of_both(times_a, times_b):
    return (times_a + times_b) / 2

# %% wrong: leaves the slowest requests out as outliers before it takes the percentile
# told: nothing
def p99_of_both(times_a, times_b):
    times = np.concatenate([times_a, times_b])
    times = times[times <= times.mean() + 3 * times.std()]
    return float(np.percentile(times, 99))

# %% wrong: counts server A twice
# told: counts_a_twice
def p99_of_both(times_a, times_b):
    return float(np.percentile(np.concatenate([times_a, times_a, times_b]), 99))

# %% wrong: times_a at both places, so server B never counts; raises where A is empty
# told: nothing
def p99_of_both(times_a, times_b):
    return float(np.percentile(np.concatenate([times_a, times_a]), 99))

# %% wrong: two mistakes: the mean of the two percentiles, and 0.99 instead of 99
# told: nothing
def p99_of_both(times_a, times_b):
    return float(np.mean([np.percentile(t, 0.99) for t in (times_a, times_b) if len(t)]))

# %% wrong: two mistakes: the 95th percentile, and 0.0 where one server had no request
# told: takes_p95
def p99_of_both(times_a, times_b):
    if len(times_a) == 0 or len(times_b) == 0:
        return 0.0
    times = np.concatenate([times_a, times_b])
    return float(np.percentile(times, 95))

# %% wrong: two mistakes: equal times merged, and without interpolation
# told: takes_the_lower+counts_equal_times_once
def p99_of_both(times_a, times_b):
    times = sorted({*times_a, *times_b})
    return float(times[int(0.99 * (len(times) - 1))])

# %% wrong: two mistakes: the larger of the two p99, and each of them without interpolation
# told: nothing
def p99_of_both(times_a, times_b):
    return float(max(np.percentile(t, 99, method="lower") for t in (times_a, times_b) if len(t)))

# %% wrong: two mistakes: weighted mean of the p99, with the weights of the other server
# told: nothing
def p99_of_both(times_a, times_b):
    n, m = len(times_a), len(times_b)
    if n == 0 or m == 0:
        return float(np.percentile(np.concatenate([times_a, times_b]), 99))
    return float((m * np.percentile(times_a, 99) + n * np.percentile(times_b, 99)) / (n + m))

# %% wrong: statistics.quantiles, inclusive, fails for one request
# told: error
def p99_of_both(times_a, times_b):
    import statistics
    return statistics.quantiles([*map(float, times_a), *map(float, times_b)], n=100, method="inclusive")[98]

# %% wrong: zero times taken for missing
# told: nothing
def p99_of_both(times_a, times_b):
    t = np.r_[times_a, times_b]
    return float(np.percentile(t[t > 0], 99)) if (t > 0).any() else 0.0

# %% wrong: only one request raises
# told: error
def p99_of_both(times_a, times_b):
    t = np.sort(np.r_[times_a, times_b])
    at = 0.99 * (len(t) - 1)
    i = int(at)
    return float(t[i] + (at - i) * (t[i + 1] - t[i]))

