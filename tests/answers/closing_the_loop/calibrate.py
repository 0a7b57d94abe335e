# %% right: tries the sorted distances from the smallest up
def calibrate(clean_distances, false_alarm_rate):
    for threshold in np.sort(clean_distances):
        if np.mean(clean_distances > threshold) <= false_alarm_rate:
            return threshold

# %% right: plain Python, sorted and sum of a generator
def calibrate(clean_distances, false_alarm_rate):
    distances = sorted(float(d) for d in clean_distances)
    n = len(distances)
    for candidate in distances:
        larger = sum(1 for d in distances if d > candidate)
        if larger / n <= false_alarm_rate:
            return candidate

# %% right: min over a generator, as a lambda
calibrate = lambda clean_distances, false_alarm_rate: min(t for t in clean_distances if np.mean(np.asarray(clean_distances) > t) <= false_alarm_rate)

# %% right: all pairs at once by broadcasting, then the smallest allowed
def calibrate(clean_distances, false_alarm_rate):
    d = np.asarray(clean_distances)
    share = (d[:, None] > d[None, :]).mean(axis=0)
    return d[share <= false_alarm_rate].min()

# %% right: index into the sorted distances, with a little tolerance for the product
def calibrate(clean_distances, false_alarm_rate):
    d = np.sort(clean_distances)
    n = len(d)
    allowed = min(int(np.floor(false_alarm_rate * n + 1e-9)), n - 1)
    return d[n - 1 - allowed]

# %% right: sorted downwards, the number of allowed alarms as index, exact fractions
from fractions import Fraction


def calibrate(clean_distances, false_alarm_rate):
    descending = sorted(clean_distances, reverse=True)
    rate = Fraction(float(false_alarm_rate)).limit_denominator(10**6)
    allowed = math.floor(rate * len(descending))
    return descending[min(allowed, len(descending) - 1)]

# %% right: heapq.nlargest, one more than allowed
import heapq


def calibrate(clean_distances, false_alarm_rate):
    n = len(clean_distances)
    allowed = max(k for k in range(n) if k / n <= false_alarm_rate)
    return heapq.nlargest(allowed + 1, clean_distances)[-1]

# %% right: np.unique with counts, cumulative from above
def calibrate(clean_distances, false_alarm_rate):
    values, counts = np.unique(clean_distances, return_counts=True)
    larger = counts.sum() - np.cumsum(counts)
    return values[np.argmax(larger / counts.sum() <= false_alarm_rate)]

# %% right: np.searchsorted counts the larger ones
def calibrate(clean_distances, false_alarm_rate):
    d = np.sort(np.array(clean_distances))
    larger = d.size - np.searchsorted(d, d, side="right")
    return d[larger / d.size <= false_alarm_rate][0]

# %% right: starts at the largest and goes down while it is allowed
def calibrate(clean_distances, false_alarm_rate):
    remaining = list(clean_distances)
    threshold = max(remaining)
    while True:
        below = [d for d in remaining if d < threshold]
        if not below:
            return threshold
        alarms = sum(d >= threshold for d in remaining)
        if alarms / len(remaining) > false_alarm_rate:
            return threshold
        threshold = max(below)

# %% right: np.quantile with method inverted_cdf, the probability moved down a hair against rounding
def calibrate(clean_distances, false_alarm_rate):
    probability = max(1 - false_alarm_rate - 1e-9, 0.0)
    return np.quantile(clean_distances, probability, method="inverted_cdf")

# %% right: bisection over the sorted distances
def calibrate(clean_distances, false_alarm_rate):
    d = np.sort(clean_distances)
    low, high = 0, len(d) - 1
    while low < high:
        middle = (low + high) // 2
        if np.count_nonzero(d > d[middle]) / len(d) <= false_alarm_rate:
            high = middle
        else:
            low = middle + 1
    return float(d[low])

# %% right: recursion, drops the largest distance as long as the rate allows it
def calibrate(clean_distances, false_alarm_rate, alarms=0, total=None):
    d = sorted(clean_distances)
    total = total or len(d)
    if len(d) == 1 or (alarms + 1) / total > false_alarm_rate:
        return d[-1]
    return calibrate(d[:-1], false_alarm_rate, alarms + 1, total)

# %% right: pandas, share of larger ones from rank
def calibrate(clean_distances, false_alarm_rate):
    d = pd.Series(np.asarray(clean_distances))
    larger = (len(d) - d.rank(method="max")) / len(d)
    return d[larger <= false_alarm_rate].min()

# %% right: np.partition instead of a full sort
def calibrate(clean_distances, false_alarm_rate):
    n = len(clean_distances)
    allowed = 0
    while allowed + 1 < n and (allowed + 1) / n <= false_alarm_rate:
        allowed += 1
    position = n - 1 - allowed
    return np.partition(clean_distances, position)[position]

# %% right: a callable object with a helper method
class Calibration:
    def alarms(self, distances, threshold):
        return np.sum(distances > threshold) / distances.size

    def __call__(self, clean_distances, false_alarm_rate):
        d = np.asarray(clean_distances, dtype=float)
        return next(t for t in np.sort(d) if self.alarms(d, t) <= false_alarm_rate)


calibrate = Calibration()

# %% right: the middle between that distance and the next larger one
def calibrate(clean_distances, false_alarm_rate):
    d = np.unique(clean_distances)
    share = np.array([np.mean(np.asarray(clean_distances) > t) for t in d])
    i = int(np.argmax(share <= false_alarm_rate))
    return float(d[i]) if i == len(d) - 1 else float((d[i] + d[i + 1]) / 2)

# %% right: keras.ops, sorted and counted there, returned as a float
def calibrate(clean_distances, false_alarm_rate):
    d = keras.ops.sort(keras.ops.convert_to_tensor(np.asarray(clean_distances, dtype="float64")))
    larger = keras.ops.sum(keras.ops.cast(d[None, :] > d[:, None], "int32"), axis=1)
    share = keras.ops.convert_to_numpy(larger) / len(clean_distances)
    return float(keras.ops.convert_to_numpy(d)[share <= false_alarm_rate][0])

# %% right: counts with collections.Counter, from the largest value down, 0-d array returned
from collections import Counter


def calibrate(clean_distances, false_alarm_rate):
    counts = Counter(np.asarray(clean_distances).tolist())
    total, alarms, threshold = sum(counts.values()), 0, None
    for value in sorted(counts, reverse=True):
        if threshold is not None and alarms / total > false_alarm_rate:
            break
        threshold = value
        alarms += counts[value]
    return np.array(threshold)

# %% right: np.vectorize for the share, np.where for what is not allowed
def calibrate(clean_distances, false_alarm_rate):
    share = np.vectorize(lambda t: np.mean(clean_distances > t), otypes=[float])
    return np.where(share(clean_distances) <= false_alarm_rate, clean_distances, np.inf).min()

# %% wrong: np.quantile of 1 - rate with its default, which interpolates and may lie below the distance that is needed
# told: interpolates
def calibrate(clean_distances, false_alarm_rate):
    return np.quantile(clean_distances, 1 - false_alarm_rate)

# %% wrong: the quantile of the rate itself, on the small side of the distances
# told: nothing
def calibrate(clean_distances, false_alarm_rate):
    return np.quantile(clean_distances, false_alarm_rate, method="inverted_cdf")

# %% wrong: np.percentile with 1 - rate instead of 100 * (1 - rate)
# told: confuses_percent
def calibrate(clean_distances, false_alarm_rate):
    return np.percentile(clean_distances, 1 - false_alarm_rate)

# %% wrong: np.quantile with method lower, which allows too many alarms
# told: rounds_to_the_nearest
def calibrate(clean_distances, false_alarm_rate):
    return np.quantile(clean_distances, 1 - false_alarm_rate, method="lower")

# %% wrong: np.quantile with method higher, which is often one distance too high
# told: is_too_high_at_the_rate
def calibrate(clean_distances, false_alarm_rate):
    return np.quantile(clean_distances, 1 - false_alarm_rate, method="higher")

# %% wrong: np.quantile with method nearest, sometimes one distance too low
# told: nothing
def calibrate(clean_distances, false_alarm_rate):
    return np.quantile(clean_distances, 1 - false_alarm_rate, method="nearest")

# %% wrong: counts >= instead of >: the threshold itself is counted as an alarm
# told: is_one_too_high
def calibrate(clean_distances, false_alarm_rate):
    for threshold in np.sort(clean_distances):
        if np.mean(clean_distances >= threshold) <= false_alarm_rate:
            return threshold
    return np.max(clean_distances)

# %% wrong: the share must be smaller than the rate, not at most the rate
# told: is_too_high_at_the_rate
def calibrate(clean_distances, false_alarm_rate):
    for threshold in np.sort(clean_distances):
        if np.mean(clean_distances > threshold) < false_alarm_rate:
            return threshold
    return np.max(clean_distances)

# %% wrong: the largest instead of the smallest allowed distance, which is always the maximum
# told: takes_the_largest
def calibrate(clean_distances, false_alarm_rate):
    allowed = [t for t in clean_distances if np.mean(clean_distances > t) <= false_alarm_rate]
    return max(allowed)

# %% wrong: does not sort: the first allowed distance in the order given
# told: nothing
def calibrate(clean_distances, false_alarm_rate):
    for threshold in clean_distances:
        if np.mean(clean_distances > threshold) <= false_alarm_rate:
            return threshold

# %% wrong: index into the distances as they come, not sorted
# told: forgets_to_sort
def calibrate(clean_distances, false_alarm_rate):
    n = len(clean_distances)
    allowed = min(int(false_alarm_rate * n + 1e-9), n - 1)
    return clean_distances[n - 1 - allowed]

# %% wrong: off by one: the next larger distance of the sorted list
# told: is_one_too_high
def calibrate(clean_distances, false_alarm_rate):
    d = np.sort(clean_distances)
    n = len(d)
    allowed = int(false_alarm_rate * n + 1e-9)
    return d[min(n - allowed, n - 1)]

# %% wrong: off by one: the next smaller distance of the sorted list, one alarm too many
# told: is_one_too_low
def calibrate(clean_distances, false_alarm_rate):
    d = np.sort(clean_distances)
    n = len(d)
    allowed = int(false_alarm_rate * n + 1e-9)
    return d[max(n - 2 - allowed, 0)]

# %% wrong: index from the end without the case of 0 allowed alarms: d[-0] is the smallest distance
# told: is_one_too_high
def calibrate(clean_distances, false_alarm_rate):
    d = np.sort(clean_distances)
    allowed = int(false_alarm_rate * len(d) + 1e-9)
    return d[-allowed]

# %% wrong: rounds the number of allowed alarms up instead of down
# told: rounds_up
def calibrate(clean_distances, false_alarm_rate):
    d = np.sort(clean_distances)
    n = len(d)
    allowed = min(math.ceil(false_alarm_rate * n - 1e-9), n - 1)
    return d[n - 1 - allowed]

# %% wrong: rounds the number of allowed alarms to the nearest instead of down
# told: rounds_to_the_nearest
def calibrate(clean_distances, false_alarm_rate):
    d = np.sort(clean_distances)
    n = len(d)
    return d[n - 1 - min(round(false_alarm_rate * n), n - 1)]

# %% wrong: sorted downwards, but indexed as if sorted upwards
# told: takes_the_low_end
def calibrate(clean_distances, false_alarm_rate):
    d = sorted(clean_distances, reverse=True)
    n = len(d)
    return d[n - 1 - min(int(false_alarm_rate * n + 1e-9), n - 1)]

# %% wrong: compares the share in percent with the rate
# told: takes_the_largest
def calibrate(clean_distances, false_alarm_rate):
    return min(t for t in clean_distances if 100 * np.mean(clean_distances > t) <= false_alarm_rate)

# %% wrong: compares the number of alarms, not their share, with the rate
# told: takes_the_largest
def calibrate(clean_distances, false_alarm_rate):
    return min(t for t in clean_distances if np.sum(clean_distances > t) <= false_alarm_rate)

# %% wrong: returns the index of the threshold in the sorted distances, not the distance
# told: returns_the_place
def calibrate(clean_distances, false_alarm_rate):
    d = np.sort(clean_distances)
    for i, threshold in enumerate(d):
        if np.mean(d > threshold) <= false_alarm_rate:
            return i

# %% wrong: returns the share of alarms instead of the threshold
# told: nothing
def calibrate(clean_distances, false_alarm_rate):
    for threshold in np.sort(clean_distances):
        share = np.mean(clean_distances > threshold)
        if share <= false_alarm_rate:
            return share

# %% wrong: returns all allowed distances instead of the smallest of them
# told: returns_them_all
def calibrate(clean_distances, false_alarm_rate):
    d = np.sort(clean_distances)
    return np.array([t for t in d if np.mean(d > t) <= false_alarm_rate])

# %% wrong: counts the distances smaller than the threshold instead of the larger ones
# told: nothing
def calibrate(clean_distances, false_alarm_rate):
    for threshold in np.sort(clean_distances):
        if np.mean(clean_distances < threshold) <= false_alarm_rate:
            return threshold

# %% wrong: compares with 1 - rate instead of the rate: the smallest distance that at most the share 1 - rate exceeds
# told: nothing
def calibrate(clean_distances, false_alarm_rate):
    d = np.sort(clean_distances)
    for threshold in d:
        if np.mean(d > threshold) <= 1 - false_alarm_rate:
            return threshold

# %% wrong: mean plus three standard deviations, whatever the rate
# told: takes_three_deviations
def calibrate(clean_distances, false_alarm_rate):
    return float(np.mean(clean_distances) + 3 * np.std(clean_distances))

# %% wrong: assumes a normal distribution: mean plus the normal quantile times the standard deviation
# told: assumes_a_bell_curve
from scipy.stats import norm


def calibrate(clean_distances, false_alarm_rate):
    z = norm.ppf(1 - np.clip(false_alarm_rate, 1e-6, 1 - 1e-6))
    return float(np.mean(clean_distances) + z * np.std(clean_distances))

# %% wrong: the maximum of the clean distances, whatever the rate
# told: takes_the_largest
def calibrate(clean_distances, false_alarm_rate):
    return np.max(clean_distances)

# %% wrong: the share 1 - rate of the largest distance, not a quantile
# told: share_of_the_largest
def calibrate(clean_distances, false_alarm_rate):
    return (1 - false_alarm_rate) * np.max(clean_distances)

# %% wrong: ignores ties: the shares are those of the different values only
# told: drops_ties
def calibrate(clean_distances, false_alarm_rate):
    values = np.unique(clean_distances)
    return min(t for t in values if np.mean(values > t) <= false_alarm_rate)

# %% wrong: a set drops repeated distances, but the number of all windows is used
# told: nothing
def calibrate(clean_distances, false_alarm_rate):
    values = sorted(set(np.asarray(clean_distances).tolist()), reverse=True)
    allowed = int(false_alarm_rate * len(clean_distances) + 1e-9)
    return values[min(allowed, len(values) - 1)]

# %% wrong: right result, but sorts its input in place
# told: overwrites
def calibrate(clean_distances, false_alarm_rate):
    clean_distances.sort()
    for threshold in clean_distances:
        if np.mean(clean_distances > threshold) <= false_alarm_rate:
            return threshold

# %% wrong: right result, but replaces distances in its input: those not allowed become infinite
# told: overwrites
def calibrate(clean_distances, false_alarm_rate):
    share = np.array([np.mean(clean_distances > t) for t in clean_distances])
    clean_distances[share > false_alarm_rate] = np.inf
    return float(np.min(clean_distances))

# %% wrong: prints the threshold and returns None
# told: form
def calibrate(clean_distances, false_alarm_rate):
    print(min(t for t in clean_distances if np.mean(clean_distances > t) <= false_alarm_rate))

# %% wrong: returns a tuple of threshold and share
# told: relation
def calibrate(clean_distances, false_alarm_rate):
    threshold = min(t for t in clean_distances if np.mean(clean_distances > t) <= false_alarm_rate)
    return threshold, np.mean(clean_distances > threshold)

# %% wrong: the number of windows of the example, 5, is hard-coded
# told: nothing
def calibrate(clean_distances, false_alarm_rate):
    d = np.sort(clean_distances)
    return d[5 - 1 - min(int(5 * false_alarm_rate + 1e-9), 4)]

# %% wrong: the second largest distance, which fits the example only
# told: nothing
def calibrate(clean_distances, false_alarm_rate):
    return np.sort(clean_distances)[-2]

# %% wrong: ignores the rate and always uses the example's 0.25
# told: ignores_argument
def calibrate(clean_distances, false_alarm_rate):
    return min(t for t in clean_distances if np.mean(clean_distances > t) <= 0.25)

# %% wrong: rounds the threshold to two decimals
# told: nothing
def calibrate(clean_distances, false_alarm_rate):
    return round(float(min(t for t in clean_distances if np.mean(clean_distances > t) <= false_alarm_rate)), 2)

# %% wrong: keeps the distances of earlier calls in a list and calibrates on all of them
# told: keeps_something
seen = []


def calibrate(clean_distances, false_alarm_rate):
    seen.extend(np.asarray(clean_distances).tolist())
    d = np.sort(seen)
    return min(t for t in d if np.mean(d > t) <= false_alarm_rate)

# %% wrong: returns the first sorted distance that is not allowed, one before the right one
# told: is_one_too_low
def calibrate(clean_distances, false_alarm_rate):
    d = np.sort(clean_distances)
    previous = d[0]
    for threshold in d:
        if np.mean(d > threshold) <= false_alarm_rate:
            return previous
        previous = threshold

# %% wrong: an array in an if: compares all distances at once, raises
# told: error
def calibrate(clean_distances, false_alarm_rate):
    for threshold in np.sort(clean_distances):
        if clean_distances > threshold <= false_alarm_rate:
            return threshold

# %% wrong: uses / for the index, raises because an index must be a whole number
# told: error
def calibrate(clean_distances, false_alarm_rate):
    d = np.sort(clean_distances)
    return d[len(d) - 1 - false_alarm_rate * len(d)]

# %% wrong: forgets that indices start at 0: d[n - allowed] raises for 0 allowed alarms and is one too high otherwise
# told: is_one_too_high
def calibrate(clean_distances, false_alarm_rate):
    d = sorted(clean_distances)
    return d[len(d) - int(false_alarm_rate * len(d) + 1e-9)]

# %% wrong: searches an even grid of 20 numbers between 0 and the maximum instead of the distances
# told: nothing
def calibrate(clean_distances, false_alarm_rate):
    for threshold in np.linspace(0, np.max(clean_distances), 20):
        if np.mean(clean_distances > threshold) <= false_alarm_rate:
            return float(threshold)

# %% wrong: divides by n - 1 instead of by the number of windows
# told: is_too_high_at_the_rate
def calibrate(clean_distances, false_alarm_rate):
    n = len(clean_distances)
    for threshold in np.sort(clean_distances):
        if np.sum(clean_distances > threshold) / (n - 1) <= false_alarm_rate:
            return threshold

# %% wrong: shares the rate between two sides: the quantile of 1 - rate / 2
# told: splits_the_rate
def calibrate(clean_distances, false_alarm_rate):
    half = false_alarm_rate / 2
    return min(t for t in clean_distances if np.mean(clean_distances > t) <= half)

# %% wrong: two mistakes: does not sort, and counts >= instead of >
# told: nothing
def calibrate(clean_distances, false_alarm_rate):
    for threshold in clean_distances:
        if np.mean(clean_distances >= threshold) <= false_alarm_rate:
            return threshold
    return clean_distances[-1]

# %% wrong: two mistakes: the quantile of the rate instead of 1 - rate, and interpolated
# told: quantile_of_the_rate
def calibrate(clean_distances, false_alarm_rate):
    return float(np.quantile(clean_distances, false_alarm_rate))

# %% wrong: two mistakes: strictly smaller than the rate, and rounded to two decimals
# told: nothing
def calibrate(clean_distances, false_alarm_rate):
    for threshold in np.sort(clean_distances):
        if np.mean(clean_distances > threshold) < false_alarm_rate:
            return round(float(threshold), 2)
    return round(float(np.max(clean_distances)), 2)

# %% wrong: two mistakes: sorts its input in place, and is one distance too high
# told: is_one_too_high
def calibrate(clean_distances, false_alarm_rate):
    clean_distances.sort()
    n = len(clean_distances)
    return clean_distances[min(n - int(false_alarm_rate * n + 1e-9), n - 1)]

# %% wrong: two mistakes: returns an index, and of the distances sorted downwards
# told: returns_how_many
def calibrate(clean_distances, false_alarm_rate):
    d = np.sort(clean_distances)[::-1]
    for i, threshold in enumerate(d):
        if np.mean(d > threshold) > false_alarm_rate:
            return i - 1
    return len(d) - 1
