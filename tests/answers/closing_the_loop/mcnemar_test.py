# %% right: the notebook's formula with math.comb
def mcnemar_p_value(only_first, only_second):
    n = only_first + only_second
    tail = sum(math.comb(n, k) for k in range(min(only_first, only_second) + 1))
    return min(1.0, 2 * tail / 2**n)

# %% right: scipy.stats.binomtest, with the empty case apart
from scipy.stats import binomtest


def mcnemar_p_value(only_first, only_second):
    n = only_first + only_second
    if n == 0:
        return 1.0
    return binomtest(only_first, n, p=0.5, alternative="two-sided").pvalue

# %% right: scipy.stats.binom.cdf
from scipy.stats import binom


def mcnemar_p_value(only_first, only_second):
    fewer = min(only_first, only_second)
    return float(np.minimum(1, 2 * binom.cdf(fewer, only_first + only_second, 0.5)))

# %% right: survival function of the larger number
import scipy.stats as stats


def mcnemar_p_value(only_first, only_second):
    more = max(only_first, only_second)
    p = 2 * stats.binom(only_first + only_second, 1 / 2).sf(more - 1)
    return float(p) if p < 1 else 1.0

# %% right: adds up all splits that are at least as uneven, in both directions, in whole numbers
def mcnemar_p_value(only_first, only_second):
    n = only_first + only_second
    uneven = abs(only_first - only_second)
    ways = 0
    for k in range(n + 1):
        if abs(k - (n - k)) >= uneven:
            ways += math.comb(n, k)
    return ways / 2**n

# %% right: 1 minus the probability of the more even splits
def mcnemar_p_value(only_first, only_second):
    n = int(only_first) + int(only_second)
    low, high = sorted((int(only_first), int(only_second)))
    inside = sum(math.comb(n, k) for k in range(low + 1, high))
    return (2**n - inside) / 2**n

# %% right: Fraction, exact until the end
from fractions import Fraction


def mcnemar_p_value(only_first, only_second):
    n = only_first + only_second
    half = Fraction(1, 2)
    p = 2 * sum(math.comb(n, k) * half**k * half ** (n - k) for k in range(min(only_first, only_second) + 1))
    return float(min(p, 1))

# %% right: Decimal
from decimal import Decimal, getcontext


def mcnemar_p_value(only_first, only_second):
    getcontext().prec = 60
    n = int(only_first + only_second)
    total = sum(Decimal(math.comb(n, k)) for k in range(int(min(only_first, only_second)) + 1))
    return min(1.0, float(2 * total / Decimal(2) ** n))

# %% right: logarithms of factorials with math.lgamma
def mcnemar_p_value(only_first, only_second):
    n = only_first + only_second

    def probability(k):
        log_ways = math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)
        return math.exp(log_ways - n * math.log(2))

    return min(1.0, 2 * math.fsum(map(probability, range(min(only_first, only_second) + 1))))

# %% right: the regularised incomplete beta function
from scipy.special import betainc


def mcnemar_p_value(only_first, only_second):
    b, c = min(only_first, only_second), max(only_first, only_second)
    if b == c:
        return 1.0
    return float(min(1.0, 2 * betainc(c, b + 1, 0.5)))

# %% right: recursion for the binomial coefficients, with a cache
from functools import cache


@cache
def choose(n, k):
    if k == 0:
        return 1
    return choose(n, k - 1) * (n - k + 1) // k


def mcnemar_p_value(only_first, only_second):
    n = int(only_first + only_second)
    fewer = int(min(only_first, only_second))
    return min(1, 2 * sum(choose(n, k) for k in range(fewer + 1)) / 2**n) * 1.0

# %% right: each probability from the one before, kept as whole numbers, early return for a tie
def mcnemar_p_value(only_first, only_second):
    if only_first == only_second:
        return 1.0
    n = only_first + only_second
    ways, tail = 1, 1
    for k in range(1, min(only_first, only_second) + 1):
        ways = ways * (n - k + 1) // k
        tail += ways
    return tail / 2 ** (n - 1)

# %% right: a row of Pascal's triangle built by adding
def mcnemar_p_value(only_first, only_second):
    row = [1]
    for _ in range(only_first + only_second):
        row = [1, *(a + b for a, b in zip(row, row[1:])), 1]
    tail = sum(row[: min(only_first, only_second) + 1])
    return min(1.0, 2 * tail / sum(row))

# %% right: convolves fair coins, the distribution of the number of heads
def mcnemar_p_value(only_first, only_second):
    heads = np.array([1.0])
    for _ in range(only_first + only_second):
        heads = np.convolve(heads, [0.5, 0.5])
    k = np.arange(len(heads))
    as_uneven = np.abs(k - (len(heads) - 1) / 2) >= abs(only_first - only_second) / 2
    return np.minimum(heads[as_uneven].sum(), 1.0)

# %% right: scipy.special.comb with exact=True, lambda
from scipy.special import comb

mcnemar_p_value = lambda only_first, only_second: min(sum(2 * comb(only_first + only_second, k, exact=True) for k in range(1 + min(only_first, only_second))) / 2 ** (only_first + only_second), 1.0)

# %% right: scipy's pmf over all possible splits, those not more likely than this one
from scipy.stats import binom


def mcnemar_p_value(only_first, only_second):
    n = only_first + only_second
    probabilities = binom.pmf(np.arange(n + 1), n, 0.5)
    observed = probabilities[only_first]
    return float(min(1.0, probabilities[probabilities <= observed * (1 + 1e-9)].sum()))

# %% right: a callable object, returns a 0-d array
class McNemar:
    def __init__(self, p=0.5):
        self.p = p

    def one_sided(self, n, k):
        return math.fsum(math.comb(n, i) * self.p**n for i in range(k + 1)) if n < 1000 else sum(math.comb(n, i) for i in range(k + 1)) / 2**n

    def __call__(self, b, c):
        return np.array(min(1.0, 2 * self.one_sided(b + c, min(b, c))))


mcnemar_p_value = McNemar()

# %% right: functools.partial of binom.cdf and np.clip
from functools import partial

from scipy.stats import binom

fair = partial(binom.cdf, p=0.5)


def mcnemar_p_value(only_first, only_second):
    counts = np.array([only_first, only_second])
    return np.clip(2 * fair(counts.min(), n=counts.sum()), 0, 1)

# %% right: walks over the two ways of being as uneven, lower and upper tail apart
def mcnemar_p_value(only_first, only_second):
    n = only_first + only_second
    low, high = min(only_first, only_second), max(only_first, only_second)
    lower = {k for k in range(low + 1)}
    upper = {k for k in range(high, n + 1)}
    return sum(math.comb(n, k) for k in lower | upper) / 2**n

# %% right: Python integers and a right shift to stay exact for large numbers
def mcnemar_p_value(b, c):
    b, c = int(b), int(c)
    ways, term = 0, 1
    for k in range(min(b, c) + 1):
        ways += term
        term = term * (b + c - k) // (k + 1)
    return min(1.0, float(ways / (1 << (b + c)) * 2))

# %% wrong: one-sided: the factor 2 is missing
# told: is_one_sided
def mcnemar_p_value(only_first, only_second):
    n = only_first + only_second
    return min(1.0, sum(math.comb(n, k) for k in range(min(only_first, only_second) + 1)) / 2**n)

# %% wrong: not limited to 1: for equal numbers the result is more than 1
# told: exceeds_one
def mcnemar_p_value(only_first, only_second):
    n = only_first + only_second
    return 2 * sum(math.comb(n, k) for k in range(min(only_first, only_second) + 1)) / 2**n

# %% wrong: range(min) leaves the observed split itself out
# told: leaves_out_the_observed
def mcnemar_p_value(only_first, only_second):
    n = only_first + only_second
    return min(1.0, 2 * sum(math.comb(n, k) for k in range(min(only_first, only_second))) / 2**n)

# %% wrong: the sum goes one step too far, to min + 1
# told: goes_one_too_far
def mcnemar_p_value(only_first, only_second):
    n = only_first + only_second
    return min(1.0, 2 * sum(math.comb(n, k) for k in range(min(only_first, only_second) + 2)) / 2**n)

# %% wrong: the sum starts at 1, so the most uneven split (0) is left out
# told: leaves_out_the_zero
def mcnemar_p_value(only_first, only_second):
    n = only_first + only_second
    if n == 0:
        return 1.0
    return min(1.0, 2 * sum(math.comb(n, k) for k in range(1, min(only_first, only_second) + 1)) / 2**n)

# %% wrong: sums to the larger instead of the smaller number, so the result is always 1
# told: is_always_one
def mcnemar_p_value(only_first, only_second):
    n = only_first + only_second
    return min(1.0, 2 * sum(math.comb(n, k) for k in range(max(only_first, only_second) + 1)) / 2**n)

# %% wrong: always sums to only_first, so the result depends on the order of the models
# told: starts_from_the_first
def mcnemar_p_value(only_first, only_second):
    n = only_first + only_second
    return min(1.0, 2 * sum(math.comb(n, k) for k in range(only_first + 1)) / 2**n)

# %% wrong: always sums to only_second, so the result depends on the order of the models
# told: starts_from_the_second
def mcnemar_p_value(only_first, only_second):
    n = only_first + only_second
    return min(1.0, 2 * sum(math.comb(n, k) for k in range(only_second + 1)) / 2**n)

# %% wrong: only the probability of exactly this split, without the more uneven ones
# told: is_one_sided+takes_one_term
def mcnemar_p_value(only_first, only_second):
    n = only_first + only_second
    return math.comb(n, only_first) / 2**n

# %% wrong: twice the probability of exactly this split, without the more uneven ones
# told: takes_one_term
def mcnemar_p_value(only_first, only_second):
    n = only_first + only_second
    return min(1.0, 2 * math.comb(n, only_first) / 2**n)

# %% wrong: mid-p: the observed split counts half
# told: counts_the_middle_half
def mcnemar_p_value(only_first, only_second):
    n = only_first + only_second
    k = min(only_first, only_second)
    tail = sum(math.comb(n, i) for i in range(k + 1)) - 0.5 * math.comb(n, k)
    return min(1.0, 2 * tail / 2**n)

# %% wrong: the chi-squared approximation instead of the exact test
# told: approximates
from scipy.stats import chi2


def mcnemar_p_value(only_first, only_second):
    if only_first + only_second == 0:
        return 1.0
    return float(chi2.sf((only_first - only_second) ** 2 / (only_first + only_second), df=1))

# %% wrong: the chi-squared approximation with continuity correction instead of the exact test
# told: nothing
from scipy.stats import chi2


def mcnemar_p_value(only_first, only_second):
    n = only_first + only_second
    if n == 0:
        return 1.0
    return float(chi2.sf(max(abs(only_first - only_second) - 1, 0) ** 2 / n, df=1))

# %% wrong: returns the test statistic (b - c)^2 / (b + c) instead of a probability
# told: returns_the_statistic
def mcnemar_p_value(only_first, only_second):
    if only_first + only_second == 0:
        return 1.0
    return (only_first - only_second) ** 2 / (only_first + only_second)

# %% wrong: the normal approximation by a z-test instead of the exact test
# told: approximates
def mcnemar_p_value(only_first, only_second):
    n = only_first + only_second
    if n == 0:
        return 1.0
    z = (only_first - n / 2) / math.sqrt(n / 4)
    return math.erfc(abs(z) / math.sqrt(2))

# %% wrong: simulates 1,000 times instead of computing: only approximate, and not exact
# told: nothing
def mcnemar_p_value(only_first, only_second):
    n = only_first + only_second
    rng = np.random.default_rng(0)
    heads = rng.binomial(n, 0.5, size=1000)
    return float(np.mean(np.abs(heads - n / 2) >= abs(only_first - only_second) / 2))

# %% wrong: binomtest with alternative less, one-sided and dependent on the order of the models
# told: is_one_sided+starts_from_the_first
from scipy.stats import binomtest


def mcnemar_p_value(only_first, only_second):
    if only_first + only_second == 0:
        return 1.0
    return binomtest(only_first, only_first + only_second, 0.5, alternative="less").pvalue

# %% wrong: binomtest with alternative greater, one-sided and dependent on the order of the models
# told: is_one_sided+starts_from_the_second
from scipy.stats import binomtest


def mcnemar_p_value(only_first, only_second):
    if only_first + only_second == 0:
        return 1.0
    return binomtest(only_first, only_first + only_second, alternative="greater").pvalue

# %% wrong: binomtest with only_second as the number of trials instead of the sum
# told: nothing
from scipy.stats import binomtest


def mcnemar_p_value(only_first, only_second):
    k, n = sorted((only_first, only_second))
    if n == 0:
        return 1.0
    return binomtest(k, n, 0.5).pvalue

# %% wrong: binomtest without the empty case, raises for 0 and 0
# told: error
from scipy.stats import binomtest


def mcnemar_p_value(only_first, only_second):
    return binomtest(only_first, only_first + only_second, 0.5).pvalue

# %% wrong: the empty case gives 0 instead of 1
# told: is_zero_without_any
def mcnemar_p_value(only_first, only_second):
    n = only_first + only_second
    if n == 0:
        return 0.0
    return min(1.0, 2 * sum(math.comb(n, k) for k in range(min(only_first, only_second) + 1)) / 2**n)

# %% wrong: the empty case gives NaN instead of 1
# told: nothing
def mcnemar_p_value(only_first, only_second):
    n = only_first + only_second
    if not n:
        return float("nan")
    return min(1.0, 2 * sum(math.comb(n, k) for k in range(min(only_first, only_second) + 1)) / 2**n)

# %% wrong: returns 1 as soon as one of the numbers is 0, not only if both are
# told: nothing
def mcnemar_p_value(only_first, only_second):
    if only_first == 0 or only_second == 0:
        return 1.0
    n = only_first + only_second
    return min(1.0, 2 * sum(math.comb(n, k) for k in range(min(only_first, only_second) + 1)) / 2**n)

# %% wrong: not divided by the number of all outcomes, 2 to the n: always 1
# told: is_always_one
def mcnemar_p_value(only_first, only_second):
    n = only_first + only_second
    return min(1.0, 2.0 * sum(math.comb(n, k) for k in range(min(only_first, only_second) + 1)))

# %% wrong: the binomial coefficient is forgotten: each number of heads counts as a single sequence of coins
# told: nothing
def mcnemar_p_value(only_first, only_second):
    n = only_first + only_second
    return min(1.0, 2 * (min(only_first, only_second) + 1) / 2**n)

# %% wrong: math.perm instead of math.comb
# told: nothing
def mcnemar_p_value(only_first, only_second):
    n = only_first + only_second
    return min(1.0, 2 * sum(math.perm(n, k) for k in range(min(only_first, only_second) + 1)) / 2**n)

# %% wrong: the coin is not fair: probability only_first / n instead of 1/2
# told: nothing
from scipy.stats import binom


def mcnemar_p_value(only_first, only_second):
    n = only_first + only_second
    if n == 0:
        return 1.0
    return float(min(1.0, 2 * binom.cdf(min(only_first, only_second), n, only_first / n)))

# %% wrong: half to the power of k instead of n
# told: is_always_one
def mcnemar_p_value(only_first, only_second):
    n = only_first + only_second
    return min(1.0, 2 * sum(math.comb(n, k) * 0.5**k for k in range(min(only_first, only_second) + 1)))

# %% wrong: n is the difference of the two numbers, not their sum
# told: nothing
def mcnemar_p_value(only_first, only_second):
    n = abs(only_first - only_second)
    return min(1.0, 2 * sum(math.comb(n, k) for k in range(min(only_first, only_second) + 1)) / 2**n)

# %% wrong: Fisher's exact test on a 2 by 2 table of the two numbers
# told: nothing
from scipy.stats import fisher_exact


def mcnemar_p_value(only_first, only_second):
    n = only_first + only_second
    return float(fisher_exact([[only_first, only_second], [only_second, only_first]])[1]) if n else 1.0

# %% wrong: returns 1 - p
# told: returns_the_complement
def mcnemar_p_value(only_first, only_second):
    n = only_first + only_second
    p = min(1.0, 2 * sum(math.comb(n, k) for k in range(min(only_first, only_second) + 1)) / 2**n)
    return 1 - p

# %% wrong: doubled twice, four times the tail
# told: has_too_few_throws
def mcnemar_p_value(only_first, only_second):
    n = only_first + only_second
    tail = 2 * sum(math.comb(n, k) for k in range(min(only_first, only_second) + 1)) / 2**n
    return min(1.0, 2 * tail)

# %% wrong: both tails are added without a limit, so for equal numbers the middle split is counted twice
# told: exceeds_one
def mcnemar_p_value(only_first, only_second):
    n = only_first + only_second
    low, high = sorted((only_first, only_second))
    p = sum(math.comb(n, k) for k in range(low + 1)) + sum(math.comb(n, k) for k in range(high, n + 1))
    return p / 2**n

# %% wrong: strictly more uneven splits only, > instead of >=, so the observed one is missing
# told: leaves_out_the_observed
def mcnemar_p_value(only_first, only_second):
    n = only_first + only_second
    if n == 0:
        return 1.0
    return sum(math.comb(n, k) for k in range(n + 1) if abs(2 * k - n) > abs(only_first - only_second)) / 2**n

# %% wrong: adds up the splits that are more even than or as even as this one, the wrong side
# told: adds_up_the_even_ones
def mcnemar_p_value(only_first, only_second):
    n = only_first + only_second
    return sum(math.comb(n, k) for k in range(n + 1) if abs(2 * k - n) <= abs(only_first - only_second)) / 2**n

# %% wrong: integer division, so the result is 0 or 1
# told: relation
def mcnemar_p_value(only_first, only_second):
    n = only_first + only_second
    return float(min(1, 2 * sum(math.comb(n, k) for k in range(min(only_first, only_second) + 1)) // 2**n))

# %% wrong: rounded to two decimals
# told: rounds
def mcnemar_p_value(only_first, only_second):
    n = only_first + only_second
    p = min(1.0, 2 * sum(math.comb(n, k) for k in range(min(only_first, only_second) + 1)) / 2**n)
    return round(p, 2)

# %% wrong: in percent, 100 times too large
# told: relation
def mcnemar_p_value(only_first, only_second):
    n = only_first + only_second
    return 100 * min(1.0, 2 * sum(math.comb(n, k) for k in range(min(only_first, only_second) + 1)) / 2**n)

# %% wrong: returns whether the difference is significant (p < 0.05) instead of p
# told: says_yes_or_no
def mcnemar_p_value(only_first, only_second):
    n = only_first + only_second
    p = min(1.0, 2 * sum(math.comb(n, k) for k in range(min(only_first, only_second) + 1)) / 2**n)
    return p < 0.05

# %% wrong: prints p and returns None
# told: form
def mcnemar_p_value(only_first, only_second):
    n = only_first + only_second
    p = min(1.0, 2 * sum(math.comb(n, k) for k in range(min(only_first, only_second) + 1)) / 2**n)
    print(f"p = {p:.4f}")

# %% wrong: returns a tuple of the statistic and p
# told: relation
def mcnemar_p_value(only_first, only_second):
    n = only_first + only_second
    p = min(1.0, 2 * sum(math.comb(n, k) for k in range(min(only_first, only_second) + 1)) / 2**n)
    return min(only_first, only_second), p

# %% wrong: max instead of min with 1, so the result is never below 1
# told: nothing
def mcnemar_p_value(only_first, only_second):
    n = only_first + only_second
    return max(1.0, 2 * sum(math.comb(n, k) for k in range(min(only_first, only_second) + 1)) / 2**n)

# %% wrong: n = 9 of the example is hard-coded
# told: nothing
def mcnemar_p_value(only_first, only_second):
    tail = sum(math.comb(9, k) for k in range(min(only_first, only_second) + 1))
    return min(1.0, 2 * tail / 512)

# %% wrong: factorials as floats: raises OverflowError or gives NaN for large numbers
# told: error
def mcnemar_p_value(only_first, only_second):
    n = only_first + only_second

    def ways(k):
        return float(math.factorial(n)) / (float(math.factorial(k)) * float(math.factorial(n - k)))

    return min(1.0, 2 * sum(ways(k) * 0.5**n for k in range(min(only_first, only_second) + 1)))

# %% wrong: NumPy's int64 products overflow from about 60 images on
# told: nothing
def mcnemar_p_value(only_first, only_second):
    n = np.int64(only_first + only_second)
    ways, tail = np.int64(1), np.int64(1)
    for k in range(1, min(only_first, only_second) + 1):
        ways = ways * (n - k + 1) // k
        tail += ways
    return float(min(1.0, 2 * tail / np.int64(2) ** n))

# %% wrong: infinite recursion: the coefficient's base case is missing
# told: error
def choose(n, k):
    return choose(n - 1, k - 1) + choose(n - 1, k)


def mcnemar_p_value(only_first, only_second):
    n = only_first + only_second
    return min(1.0, 2 * sum(choose(n, k) for k in range(min(only_first, only_second) + 1)) / 2**n)

# %% wrong: adds the numbers of all calls before, kept in a global
# told: keeps_something
counts = [0, 0]


def mcnemar_p_value(only_first, only_second):
    counts[0] += only_first
    counts[1] += only_second
    b, c = counts
    return min(1.0, 2 * sum(math.comb(b + c, k) for k in range(min(b, c) + 1)) / 2 ** (b + c))

# %% wrong: the return is inside the loop, only k = 0 is counted
# told: nothing
def mcnemar_p_value(only_first, only_second):
    n = only_first + only_second
    tail = 0
    for k in range(min(only_first, only_second) + 1):
        tail += math.comb(n, k) / 2**n
        return min(1.0, 2 * tail)

# %% wrong: math.comb with its arguments swapped, so nearly everything is 0
# told: relation
def mcnemar_p_value(only_first, only_second):
    n = only_first + only_second
    return min(1.0, 2 * sum(math.comb(k, n) for k in range(min(only_first, only_second) + 1)) / 2**n)

# %% wrong: two mistakes: one-sided, and range(min) leaves the observed split out
# told: is_one_sided+leaves_out_the_observed
def mcnemar_p_value(only_first, only_second):
    n = only_first + only_second
    if n == 0:
        return 1.0
    return sum(math.comb(n, k) for k in range(min(only_first, only_second))) / 2**n

# %% wrong: two mistakes: not limited to 1, and sums to only_first whichever is smaller
# told: exceeds_one+starts_from_the_first
def mcnemar_p_value(only_first, only_second):
    n = only_first + only_second
    return 2 * sum(math.comb(n, k) for k in range(only_first + 1)) / 2**n

# %% wrong: two mistakes: one-sided (binomtest of the smaller number with alternative less), and raises for 0 and 0
# told: is_one_sided
from scipy.stats import binomtest


def mcnemar_p_value(only_first, only_second):
    return float(binomtest(min(only_first, only_second), only_first + only_second, 0.5, alternative="less").pvalue)

# %% wrong: two mistakes: chi-squared approximation instead of the exact test, and NaN for 0 and 0
# told: approximates
from scipy.stats import chi2


def mcnemar_p_value(only_first, only_second):
    statistic = np.float64(only_first - only_second) ** 2 / np.float64(only_first + only_second)
    return float(chi2.sf(statistic, 1))

# %% wrong: two mistakes: 1 - p, and one-sided
# told: nothing
def mcnemar_p_value(only_first, only_second):
    n = only_first + only_second
    return 1 - sum(math.comb(n, k) for k in range(min(only_first, only_second) + 1)) / 2**n
