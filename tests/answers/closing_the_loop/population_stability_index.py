# %% right: np.maximum on both shares
def population_stability_index(reference_counts, window_counts):
    p = np.maximum(reference_counts / np.sum(reference_counts), 1e-4)
    q = np.maximum(window_counts / np.sum(window_counts), 1e-4)
    return float(np.sum((q - p) * np.log(q / p)))

# %% right: a loop over zip with math.log and plain floats
def population_stability_index(reference_counts, window_counts):
    n_reference = sum(float(c) for c in reference_counts)
    n_window = sum(float(c) for c in window_counts)
    psi = 0.0
    for r, w in zip(reference_counts, window_counts):
        p = float(r) / n_reference
        q = float(w) / n_window
        if p < 0.0001:
            p = 0.0001
        if q < 0.0001:
            q = 0.0001
        psi += (q - p) * math.log(q / p)
    return psi

# %% right: np.clip with an upper limit of 1, difference of logarithms
def population_stability_index(reference_counts, window_counts, floor=10**-4):
    p = np.clip(np.asarray(reference_counts) / np.asarray(reference_counts).sum(), floor, 1)
    q = np.clip(np.asarray(window_counts) / np.asarray(window_counts).sum(), floor, 1)
    return ((q - p) * (np.log(q) - np.log(p))).sum()

# %% right: the two orders swapped in both factors, dot product
def population_stability_index(reference_counts, window_counts):
    shares = lambda counts: np.maximum(np.array(counts, dtype=float) / np.sum(counts), 0.0001)
    p, q = shares(reference_counts), shares(window_counts)
    return np.dot(p - q, np.log(p / q))

# %% right: sum of the two relative entropies from scipy.special
from scipy.special import rel_entr


def population_stability_index(reference_counts, window_counts):
    p = np.maximum(reference_counts / np.sum(reference_counts), 1e-4)
    q = np.maximum(window_counts / np.sum(window_counts), 1e-4)
    return float(np.sum(rel_entr(q, p) + rel_entr(p, q)))

# %% right: einsum
def population_stability_index(reference_counts, window_counts):
    both = np.stack([reference_counts, window_counts]).astype(np.float64)
    shares = np.maximum(both / both.sum(axis=1, keepdims=True), 1e-4)
    return float(np.einsum("i,i->", shares[1] - shares[0], np.log(shares[1] / shares[0])))

# %% right: pandas DataFrame
def population_stability_index(reference_counts, window_counts):
    table = pd.DataFrame({"p": np.asarray(reference_counts), "q": np.asarray(window_counts)})
    table = (table / table.sum()).clip(lower=0.0001)
    return float(((table.q - table.p) * np.log(table.q / table.p)).sum())

# %% right: np.where for the small shares
def population_stability_index(reference_counts, window_counts):
    p = np.array(reference_counts) / np.sum(reference_counts)
    q = np.array(window_counts) / np.sum(window_counts)
    p = np.where(p < 0.0001, 0.0001, p)
    q = np.where(q < 0.0001, 0.0001, q)
    return np.sum(q * np.log(q / p)) - np.sum(p * np.log(q / p))

# %% right: boolean mask on fresh arrays
def population_stability_index(reference_counts, window_counts):
    p = reference_counts / reference_counts.sum()
    q = window_counts / window_counts.sum()
    for share in (p, q):
        share[share < 1e-4] = 1e-4
    difference = q - p
    ratio = q / p
    return sum(difference * np.log(ratio))

# %% right: a generator in math.fsum, one-line lambda
population_stability_index = lambda r, w: math.fsum((max(b / sum(w), 1e-4) - max(a / sum(r), 1e-4)) * math.log(max(b / sum(w), 1e-4) / max(a / sum(r), 1e-4)) for a, b in zip(np.asarray(r).tolist(), np.asarray(w).tolist()))

# %% right: fractions for the shares
from fractions import Fraction


def population_stability_index(reference_counts, window_counts):
    def shares(counts):
        counts = [Fraction(float(c)) for c in counts]
        total = sum(counts)
        return [max(c / total, Fraction(1, 10_000)) for c in counts]

    pairs = zip(shares(reference_counts), shares(window_counts))
    return sum(float(q - p) * math.log(q / p) for p, q in pairs)

# %% right: Decimal with its own ln
from decimal import Decimal


def population_stability_index(reference_counts, window_counts):
    least = Decimal("0.0001")
    reference = [Decimal(float(c)) for c in reference_counts]
    window = [Decimal(float(c)) for c in window_counts]
    total = Decimal(0)
    for r, w in zip(reference, window):
        p, q = max(r / sum(reference), least), max(w / sum(window), least)
        total += (q - p) * (q / p).ln()
    return float(total)

# %% right: keras.ops, returned as a float
def population_stability_index(reference_counts, window_counts):
    r = keras.ops.cast(keras.ops.convert_to_tensor(np.asarray(reference_counts)), "float64")
    w = keras.ops.cast(keras.ops.convert_to_tensor(np.asarray(window_counts)), "float64")
    p = keras.ops.maximum(r / keras.ops.sum(r), 1e-4)
    q = keras.ops.maximum(w / keras.ops.sum(w), 1e-4)
    return float(keras.ops.sum((q - p) * keras.ops.log(q / p)))

# %% right: TensorFlow in float64, returns a scalar tensor
import tensorflow as tf


def population_stability_index(reference_counts, window_counts):
    def share(counts):
        counts = tf.cast(counts, tf.float64)
        return tf.maximum(counts / tf.reduce_sum(counts), tf.constant(1e-4, tf.float64))

    p, q = share(reference_counts), share(window_counts)
    return tf.tensordot(q - p, tf.math.log(q / p), axes=1)

# %% right: jax.jit in float32
import jax
import jax.numpy as jnp


@jax.jit
def _psi(r, w):
    p = jnp.maximum(r / r.sum(), 1e-4)
    q = jnp.maximum(w / w.sum(), 1e-4)
    return jnp.vdot(q - p, jnp.log(q / p))


def population_stability_index(reference_counts, window_counts):
    return float(_psi(jnp.asarray(reference_counts, dtype=jnp.float32), jnp.asarray(window_counts, dtype=jnp.float32)))

# %% right: a callable object that keeps only its floor
class PSI:
    def __init__(self, floor):
        self.floor = floor

    def shares(self, counts):
        return [max(count / sum(counts), self.floor) for count in counts]

    def __call__(self, reference_counts, window_counts):
        p = np.array(self.shares(reference_counts))
        q = np.array(self.shares(window_counts))
        return np.log(q / p) @ (q - p)


population_stability_index = PSI(floor=1e-4)

# %% right: np.vectorize over the bins, logarithm to base 2 times ln 2
@np.vectorize
def term(p, q):
    p, q = max(p, 1e-4), max(q, 1e-4)
    return (q - p) * np.log2(q / p) * np.log(2)


def population_stability_index(reference_counts, window_counts):
    return np.sum(term(reference_counts / np.sum(reference_counts), window_counts / np.sum(window_counts)))

# %% right: functools.reduce
from functools import reduce


def population_stability_index(reference_counts, window_counts):
    r = np.asarray(reference_counts, dtype=float)
    w = np.asarray(window_counts, dtype=float)
    bins = zip(np.fmax(r / r.sum(), 1e-4), np.fmax(w / w.sum(), 1e-4))
    return reduce(lambda total, pq: total + (pq[1] - pq[0]) * np.log(pq[1] / pq[0]), bins, 0.0)

# %% right: recursion over the bins, 0-d array returned
def population_stability_index(reference_counts, window_counts):
    p = np.maximum(1e-4, reference_counts / sum(reference_counts))
    q = np.maximum(1e-4, window_counts / sum(window_counts))

    def rest(i):
        return 0.0 if i == len(p) else (q[i] - p[i]) * np.log(q[i] / p[i]) + rest(i + 1)

    return np.array(rest(0))

# %% right: the floor is put on the counts, at 0.0001 of the total
def population_stability_index(reference_counts, window_counts):
    total_r, total_w = np.sum(reference_counts), np.sum(window_counts)
    r = np.maximum(reference_counts, 0.0001 * total_r)
    w = np.maximum(window_counts, 0.0001 * total_w)
    return float(((w / total_w - r / total_r) * np.log(w * total_r / (r * total_w))).sum())

# %% wrong: adds half a count to every bin, as the notebook does, instead of the floor of 0.0001
# told: adds_half_a_count
def population_stability_index(reference_counts, window_counts):
    num_bins = len(reference_counts)
    p = (reference_counts + 0.5) / (np.sum(reference_counts) + num_bins / 2)
    q = (window_counts + 0.5) / (np.sum(window_counts) + num_bins / 2)
    return float(np.sum((q - p) * np.log(q / p)))

# %% wrong: adds 0.0001 to every share instead of raising only the small ones
# told: adds_the_floor
def population_stability_index(reference_counts, window_counts):
    p = reference_counts / np.sum(reference_counts) + 1e-4
    q = window_counts / np.sum(window_counts) + 1e-4
    return float(np.sum((q - p) * np.log(q / p)))

# %% wrong: adds 0.0001 to the share in the logarithm's numerator and denominator only
# told: adds_the_floor
def population_stability_index(reference_counts, window_counts):
    p = reference_counts / np.sum(reference_counts)
    q = window_counts / np.sum(window_counts)
    return float(np.sum((q - p) * np.log((q + 1e-4) / (p + 1e-4))))

# %% wrong: raises the small shares only inside the logarithm, not in the difference in front of it
# told: floors_inside_the_logarithm_only
def population_stability_index(reference_counts, window_counts):
    p = reference_counts / np.sum(reference_counts)
    q = window_counts / np.sum(window_counts)
    return float(np.sum((q - p) * np.log(np.maximum(q, 1e-4) / np.maximum(p, 1e-4))))

# %% wrong: the floor is 0.001 instead of 0.0001
# told: takes_a_thousandth
def population_stability_index(reference_counts, window_counts):
    p = np.maximum(reference_counts / np.sum(reference_counts), 0.001)
    q = np.maximum(window_counts / np.sum(window_counts), 0.001)
    return float(np.sum((q - p) * np.log(q / p)))

# %% wrong: the floor is 1e-6 instead of 1e-4
# told: takes_a_smaller_floor
def population_stability_index(reference_counts, window_counts):
    p = np.clip(reference_counts / np.sum(reference_counts), 1e-6, None)
    q = np.clip(window_counts / np.sum(window_counts), 1e-6, None)
    return float(np.sum((q - p) * np.log(q / p)))

# %% wrong: the floor only on the window's shares; an empty bin of the reference gives infinity
# told: floors_the_window_only
def population_stability_index(reference_counts, window_counts):
    p = reference_counts / np.sum(reference_counts)
    q = np.maximum(window_counts / np.sum(window_counts), 1e-4)
    return float(np.sum((q - p) * np.log(q / p)))

# %% wrong: the floor only on the reference's shares; an empty bin of the window gives infinity
# told: floors_the_reference_only
def population_stability_index(reference_counts, window_counts):
    p = np.maximum(reference_counts / np.sum(reference_counts), 1e-4)
    q = window_counts / np.sum(window_counts)
    return float(np.sum((q - p) * np.log(q / p)))

# %% wrong: divides the raised shares by their sum again, so the other shares do not stay as they are
# told: shares_out_again
def population_stability_index(reference_counts, window_counts):
    p = np.maximum(reference_counts / np.sum(reference_counts), 1e-4)
    q = np.maximum(window_counts / np.sum(window_counts), 1e-4)
    p, q = p / p.sum(), q / q.sum()
    return float(np.sum((q - p) * np.log(q / p)))

# %% wrong: no remedy for empty bins: infinite or NaN there
# told: forgets_empty_bins
def population_stability_index(reference_counts, window_counts):
    p = reference_counts / np.sum(reference_counts)
    q = window_counts / np.sum(window_counts)
    return float(np.sum((q - p) * np.log(q / p)))

# %% wrong: leaves out the bins in which one of the two is empty
# told: skips_empty_bins
def population_stability_index(reference_counts, window_counts):
    p = reference_counts / np.sum(reference_counts)
    q = window_counts / np.sum(window_counts)
    both = (p > 0) & (q > 0)
    p, q = p[both], q[both]
    return float(np.sum((q - p) * np.log(q / p)))

# %% wrong: turns the infinite terms of empty bins into 0 with nan_to_num
# told: skips_empty_bins
def population_stability_index(reference_counts, window_counts):
    p = reference_counts / np.sum(reference_counts)
    q = window_counts / np.sum(window_counts)
    terms = (q - p) * np.log(q / p)
    return float(np.sum(np.nan_to_num(terms, nan=0.0, posinf=0.0, neginf=0.0)))

# %% wrong: the floor of 0.0001 is put on the counts, not on the shares
# told: floors_the_counts
def population_stability_index(reference_counts, window_counts):
    r = np.maximum(reference_counts, 1e-4)
    w = np.maximum(window_counts, 1e-4)
    p, q = r / r.sum(), w / w.sum()
    return float(np.sum((q - p) * np.log(q / p)))

# %% wrong: only shares of exactly 0 are raised, not those between 0 and 0.0001
# told: floors_zeros_only
def population_stability_index(reference_counts, window_counts):
    p = reference_counts / np.sum(reference_counts)
    q = window_counts / np.sum(window_counts)
    p = np.where(p == 0, 1e-4, p)
    q = np.where(q == 0, 1e-4, q)
    return float(np.sum((q - p) * np.log(q / p)))

# %% wrong: minimum instead of maximum, so every larger share becomes 0.0001
# told: nothing
def population_stability_index(reference_counts, window_counts):
    p = np.minimum(reference_counts / np.sum(reference_counts), 1e-4)
    q = np.minimum(window_counts / np.sum(window_counts), 1e-4)
    return float(np.sum((q - p) * np.log(q / p)))

# %% wrong: both are divided by the total of the reference
# told: divides_by_the_reference_total
def population_stability_index(reference_counts, window_counts):
    total = np.sum(reference_counts)
    p = np.maximum(reference_counts / total, 1e-4)
    q = np.maximum(window_counts / total, 1e-4)
    return float(np.sum((q - p) * np.log(q / p)))

# %% wrong: both are divided by the sum of both totals
# told: nothing
def population_stability_index(reference_counts, window_counts):
    total = np.sum(reference_counts) + np.sum(window_counts)
    p = np.maximum(reference_counts / total, 1e-4)
    q = np.maximum(window_counts / total, 1e-4)
    return float(np.sum((q - p) * np.log(q / p)))

# %% wrong: the counts are not divided by their totals
# told: compares_counts
def population_stability_index(reference_counts, window_counts):
    p = np.maximum(reference_counts, 1e-4)
    q = np.maximum(window_counts, 1e-4)
    return float(np.sum((q - p) * np.log(q / p)))

# %% wrong: divides by the number of bins instead of by the total
# told: nothing
def population_stability_index(reference_counts, window_counts):
    p = np.maximum(reference_counts / len(reference_counts), 1e-4)
    q = np.maximum(window_counts / len(window_counts), 1e-4)
    return float(np.sum((q - p) * np.log(q / p)))

# %% wrong: divides by the largest count instead of by the total
# told: nothing
def population_stability_index(reference_counts, window_counts):
    p = np.maximum(reference_counts / np.max(reference_counts), 1e-4)
    q = np.maximum(window_counts / np.max(window_counts), 1e-4)
    return float(np.sum((q - p) * np.log(q / p)))

# %% wrong: logarithm to base 2 instead of the natural one
# told: takes_base_two
def population_stability_index(reference_counts, window_counts):
    p = np.maximum(reference_counts / np.sum(reference_counts), 1e-4)
    q = np.maximum(window_counts / np.sum(window_counts), 1e-4)
    return float(np.sum((q - p) * np.log2(q / p)))

# %% wrong: logarithm to base 10 instead of the natural one
# told: takes_base_ten
def population_stability_index(reference_counts, window_counts):
    p = np.maximum(reference_counts / np.sum(reference_counts), 1e-4)
    q = np.maximum(window_counts / np.sum(window_counts), 1e-4)
    return sum((b - a) * math.log10(b / a) for a, b in zip(p, q))

# %% wrong: the sign is wrong: (p - q) ln(q / p) is never positive
# told: turns_the_sign
def population_stability_index(reference_counts, window_counts):
    p = np.maximum(reference_counts / np.sum(reference_counts), 1e-4)
    q = np.maximum(window_counts / np.sum(window_counts), 1e-4)
    return float(np.sum((p - q) * np.log(q / p)))

# %% wrong: the Kullback-Leibler divergence, sum of q ln(q / p): factor q instead of q - p
# told: takes_one_divergence
def population_stability_index(reference_counts, window_counts):
    p = np.maximum(reference_counts / np.sum(reference_counts), 1e-4)
    q = np.maximum(window_counts / np.sum(window_counts), 1e-4)
    return float(np.sum(q * np.log(q / p)))

# %% wrong: the Kullback-Leibler divergence the other way round, sum of p ln(p / q)
# told: shares_out_again+takes_the_other_divergence
from scipy.stats import entropy


def population_stability_index(reference_counts, window_counts):
    p = np.maximum(reference_counts / np.sum(reference_counts), 1e-4)
    q = np.maximum(window_counts / np.sum(window_counts), 1e-4)
    return float(entropy(p, q))

# %% wrong: the Jensen-Shannon divergence, with the mean of both shares, instead of the PSI
# told: nothing
def population_stability_index(reference_counts, window_counts):
    p = np.maximum(reference_counts / np.sum(reference_counts), 1e-4)
    q = np.maximum(window_counts / np.sum(window_counts), 1e-4)
    m = (p + q) / 2
    return float(np.sum(p * np.log(p / m)) / 2 + np.sum(q * np.log(q / m)) / 2)

# %% wrong: the mean over the bins instead of the sum
# told: averages
def population_stability_index(reference_counts, window_counts):
    p = np.maximum(reference_counts / np.sum(reference_counts), 1e-4)
    q = np.maximum(window_counts / np.sum(window_counts), 1e-4)
    return float(np.mean((q - p) * np.log(q / p)))

# %% wrong: the sum of the logarithms without the factor q - p
# told: forgets_the_difference
def population_stability_index(reference_counts, window_counts):
    p = np.maximum(reference_counts / np.sum(reference_counts), 1e-4)
    q = np.maximum(window_counts / np.sum(window_counts), 1e-4)
    return float(np.sum(np.log(q / p)))

# %% wrong: the logarithm is missing: (q - p) times q / p
# told: forgets_the_logarithm
def population_stability_index(reference_counts, window_counts):
    p = np.maximum(reference_counts / np.sum(reference_counts), 1e-4)
    q = np.maximum(window_counts / np.sum(window_counts), 1e-4)
    return float(np.sum((q - p) * (q / p)))

# %% wrong: the chi-squared distance, (q - p) squared over p, without a logarithm (nearly the same number as if only the logarithm were forgotten)
# told: squares
def population_stability_index(reference_counts, window_counts):
    p = np.maximum(reference_counts / np.sum(reference_counts), 1e-4)
    q = np.maximum(window_counts / np.sum(window_counts), 1e-4)
    return float(np.sum((q - p) ** 2 / p))

# %% wrong: the Kolmogorov-Smirnov distance of the two histograms, not the PSI
# told: nothing
def population_stability_index(reference_counts, window_counts):
    p = np.cumsum(reference_counts) / np.sum(reference_counts)
    q = np.cumsum(window_counts) / np.sum(window_counts)
    return float(np.max(np.abs(q - p)))

# %% wrong: brackets missing: q - p * ln(q / p)
# told: nothing
def population_stability_index(reference_counts, window_counts):
    p = np.maximum(reference_counts / np.sum(reference_counts), 1e-4)
    q = np.maximum(window_counts / np.sum(window_counts), 1e-4)
    return float(np.sum(q - p * np.log(q / p)))

# %% wrong: divides inside and outside mixed up: ln(q) / ln(p) instead of ln(q / p)
# told: divides_the_logarithms
def population_stability_index(reference_counts, window_counts):
    p = np.maximum(reference_counts / np.sum(reference_counts), 1e-4)
    q = np.maximum(window_counts / np.sum(window_counts), 1e-4)
    return float(np.sum((q - p) * np.log(q) / np.log(p)))

# %% wrong: product of the sums instead of the sum of the products
# told: nothing
def population_stability_index(reference_counts, window_counts):
    p = np.maximum(reference_counts / np.sum(reference_counts), 1e-4)
    q = np.maximum(window_counts / np.sum(window_counts), 1e-4)
    return float(np.sum(q - p) * np.sum(np.log(q / p)))

# %% wrong: twice the PSI, the sum over both directions counted twice
# told: relation
def population_stability_index(reference_counts, window_counts):
    p = np.maximum(reference_counts / np.sum(reference_counts), 1e-4)
    q = np.maximum(window_counts / np.sum(window_counts), 1e-4)
    return float(np.sum((q - p) * np.log(q / p)) + np.sum((p - q) * np.log(p / q)))

# %% wrong: half of the PSI, the mean of both divergences
# told: relation
def population_stability_index(reference_counts, window_counts):
    p = np.maximum(reference_counts / np.sum(reference_counts), 1e-4)
    q = np.maximum(window_counts / np.sum(window_counts), 1e-4)
    return 0.5 * float(np.sum((q - p) * np.log(q / p)))

# %% wrong: returns the terms of the bins, not their sum
# told: forgets_the_sum
def population_stability_index(reference_counts, window_counts):
    p = np.maximum(reference_counts / np.sum(reference_counts), 1e-4)
    q = np.maximum(window_counts / np.sum(window_counts), 1e-4)
    return (q - p) * np.log(q / p)

# %% wrong: prints the result and returns None
# told: form
def population_stability_index(reference_counts, window_counts):
    p = np.maximum(reference_counts / np.sum(reference_counts), 1e-4)
    q = np.maximum(window_counts / np.sum(window_counts), 1e-4)
    print("PSI:", np.sum((q - p) * np.log(q / p)))

# %% wrong: rounds the result to one decimal
# told: relation
def population_stability_index(reference_counts, window_counts):
    p = np.maximum(reference_counts / np.sum(reference_counts), 1e-4)
    q = np.maximum(window_counts / np.sum(window_counts), 1e-4)
    return round(float(np.sum((q - p) * np.log(q / p))), 1)

# %% wrong: integer division makes all shares 0, then 0.0001
# told: relation
def population_stability_index(reference_counts, window_counts):
    p = np.maximum(reference_counts // np.sum(reference_counts), 1e-4)
    q = np.maximum(window_counts // np.sum(window_counts), 1e-4)
    return float(np.sum((q - p) * np.log(q / p)))

# %% wrong: sorts both histograms first, so bins are compared that do not belong together
# told: nothing
def population_stability_index(reference_counts, window_counts):
    p = np.maximum(np.sort(reference_counts) / np.sum(reference_counts), 1e-4)
    q = np.maximum(np.sort(window_counts) / np.sum(window_counts), 1e-4)
    return float(np.sum((q - p) * np.log(q / p)))

# %% wrong: hard-coded to the three bins of the example
# told: nothing
def population_stability_index(reference_counts, window_counts):
    p = np.maximum(reference_counts / np.sum(reference_counts), 1e-4)
    q = np.maximum(window_counts / np.sum(window_counts), 1e-4)
    psi = 0.0
    for b in range(3):
        psi += (q[b] - p[b]) * np.log(q[b] / p[b])
    return float(psi)

# %% wrong: the totals of the example, 1000 and 200, are hard-coded
# told: nothing
def population_stability_index(reference_counts, window_counts):
    p = np.maximum(np.asarray(reference_counts) / 1000, 1e-4)
    q = np.maximum(np.asarray(window_counts) / 200, 1e-4)
    return float(np.sum((q - p) * np.log(q / p)))

# %% wrong: the return is inside the loop, only the first bin counts
# told: keeps_the_first_bin
def population_stability_index(reference_counts, window_counts):
    psi = 0.0
    for r, w in zip(reference_counts, window_counts):
        p = max(r / np.sum(reference_counts), 1e-4)
        q = max(w / np.sum(window_counts), 1e-4)
        psi += (q - p) * np.log(q / p)
        return psi

# %% wrong: psi = instead of psi +=, so only the last bin counts
# told: keeps_the_last_bin
def population_stability_index(reference_counts, window_counts):
    for r, w in zip(reference_counts, window_counts):
        p = max(r / np.sum(reference_counts), 1e-4)
        q = max(w / np.sum(window_counts), 1e-4)
        psi = (q - p) * np.log(q / p)
    return float(psi)

# %% wrong: the first bin is left out, the loop starts at 1
# told: nothing
def population_stability_index(reference_counts, window_counts):
    p = np.maximum(reference_counts / np.sum(reference_counts), 1e-4)
    q = np.maximum(window_counts / np.sum(window_counts), 1e-4)
    return float(sum((q[i] - p[i]) * np.log(q[i] / p[i]) for i in range(1, len(p))))

# %% wrong: right result, but overwrites its inputs by sharing out in place if they are float arrays
# told: overwrites
def population_stability_index(reference_counts, window_counts):
    p = np.asarray(reference_counts, dtype=float)
    q = np.asarray(window_counts, dtype=float)
    p /= p.sum()
    q /= q.sum()
    p[p < 1e-4] = 1e-4
    q[q < 1e-4] = 1e-4
    return float(np.sum((q - p) * np.log(q / p)))

# %% wrong: adds up over all calls in a global variable
# told: keeps_something
total_psi = 0.0


def population_stability_index(reference_counts, window_counts):
    global total_psi
    p = np.maximum(reference_counts / np.sum(reference_counts), 1e-4)
    q = np.maximum(window_counts / np.sum(window_counts), 1e-4)
    total_psi += float(np.sum((q - p) * np.log(q / p)))
    return total_psi

# %% wrong: broadcasting accident: p as a column against q as a row, all pairs of bins are summed
# told: nothing
def population_stability_index(reference_counts, window_counts):
    p = np.maximum(reference_counts / np.sum(reference_counts), 1e-4).reshape(-1, 1)
    q = np.maximum(window_counts / np.sum(window_counts), 1e-4)
    return float(np.sum((q - p) * np.log(q / p)))

# %% wrong: math.log on an array, raises TypeError
# told: error
def population_stability_index(reference_counts, window_counts):
    p = np.maximum(reference_counts / np.sum(reference_counts), 1e-4)
    q = np.maximum(window_counts / np.sum(window_counts), 1e-4)
    return sum((q - p) * math.log(q / p))

# %% wrong: the floor is put on the difference and on the ratio instead of on the shares
# told: nothing
def population_stability_index(reference_counts, window_counts):
    p = reference_counts / np.sum(reference_counts)
    q = window_counts / np.sum(window_counts)
    return float(np.sum(np.maximum(q - p, 1e-4) * np.log(np.maximum(q / np.maximum(p, 1e-4), 1e-4))))

# %% wrong: two mistakes: base-10 logarithm, and 0.0001 is added to every share
# told: adds_the_floor+takes_base_ten
def population_stability_index(reference_counts, window_counts):
    p = reference_counts / np.sum(reference_counts) + 1e-4
    q = window_counts / np.sum(window_counts) + 1e-4
    return float(np.sum((q - p) * np.log10(q / p)))

# %% wrong: two mistakes: mean instead of sum, and the wrong sign
# told: turns_the_sign+averages
def population_stability_index(reference_counts, window_counts):
    p = np.maximum(reference_counts / np.sum(reference_counts), 1e-4)
    q = np.maximum(window_counts / np.sum(window_counts), 1e-4)
    return float(np.mean((p - q) * np.log(q / p)))

# %% wrong: two mistakes: only the window has a floor, and the factor is q instead of q - p
# told: floors_the_window_only+takes_one_divergence
def population_stability_index(reference_counts, window_counts):
    p = reference_counts / np.sum(reference_counts)
    q = np.maximum(window_counts / np.sum(window_counts), 1e-4)
    return float(np.sum(q * np.log(q / p)))

# %% wrong: two mistakes: no floor at all, and both divided by the total of the reference
# told: forgets_empty_bins+divides_by_the_reference_total
def population_stability_index(reference_counts, window_counts):
    n = np.sum(reference_counts)
    p, q = reference_counts / n, window_counts / n
    return float(np.sum((q - p) * np.log(q / p)))
