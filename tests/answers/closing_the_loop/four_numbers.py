# %% right: plain numbers, rounded to three decimals
float32_bytes = 400000
int8_bytes = 100000
mean_psi = 0.076
any_alarm = 0.068

# %% right: underscores between the thousands, the alarm unrounded
float32_bytes = 400_000
int8_bytes = 100_000
mean_psi = 0.076
any_alarm = 0.06793465209301

# %% right: all four as expressions, nothing rounded
float32_bytes = 100_000 * 4
int8_bytes = 100_000 * 1
mean_psi = (20 - 1) / 250
any_alarm = 1 - 0.99**7

# %% right: bits divided by 8, so floats instead of ints
float32_bytes = 100_000 * 32 / 8
int8_bytes = 100_000 * 8 / 8
mean_psi = 19 * (1 / 250)
any_alarm = 1 - (1 - 1 / 100) ** 7

# %% right: scientific notation (floats) and round
float32_bytes = 4e5
int8_bytes = 1e5
mean_psi = 7.6e-2
any_alarm = round(1 - 0.99**7, 3)

# %% right: powers of ten, exact fractions
from fractions import Fraction

float32_bytes = 4 * 10**5
int8_bytes = 10**5
mean_psi = Fraction(19, 250)
any_alarm = 1 - Fraction(99, 100) ** 7

# %% right: Decimal for the shares
from decimal import Decimal

float32_bytes = 400000
int8_bytes = float32_bytes // 4
mean_psi = Decimal(19) / Decimal(250)
any_alarm = 1 - Decimal("0.99") ** 7

# %% right: asks NumPy: itemsize of the dtypes and nbytes of an array
import numpy as np

weights = np.zeros(100_000, dtype=np.float32)
float32_bytes = weights.nbytes
int8_bytes = weights.size * np.dtype("int8").itemsize
mean_psi = np.float64(19) / 250
any_alarm = 1 - np.prod(np.full(7, 0.99))

# %% right: float32 NumPy scalars for the shares, NumPy ints for the bytes
import numpy as np

float32_bytes = np.int64(400_000)
int8_bytes = np.int32(100_000)
mean_psi = np.float32(0.076)
any_alarm = np.float32(1) - np.float32(0.99) ** 7

# %% right: binomial distribution of SciPy: survival function at 0
from scipy import stats

parameters, bins, window, signals = 100_000, 20, 250, 7
float32_bytes = parameters * 4
int8_bytes = parameters
mean_psi = stats.chi2.mean(df=bins - 1) / window
any_alarm = stats.binom.sf(0, signals, 0.01)

# %% right: inclusion-exclusion with math.comb
import math

float32_bytes = 2**2 * 10**5
int8_bytes = 2**0 * 10**5
mean_psi = 0.08 - 1 / 250
any_alarm = sum((-1) ** (k + 1) * math.comb(7, k) * 0.01**k for k in range(1, 8))

# %% right: sum over exactly 1 to 7 alarms with binomial probabilities
from math import comb

float32_bytes = 400_000
int8_bytes = 100_000
mean_psi = 19 / 250
any_alarm = sum(comb(7, k) * 0.01**k * 0.99 ** (7 - k) for k in range(1, 8))

# %% right: a loop that multiplies the share without an alarm seven times
bytes_per_float32 = 4
float32_bytes = bytes_per_float32 * 100_000
int8_bytes = float32_bytes / bytes_per_float32
mean_psi = (20 - 1) * (1 / 250 + 0)
quiet = 1.0
for _ in range(7):
    quiet *= 0.99
any_alarm = 1 - quiet

# %% right: first alarm at signal 1, 2, ... 7: a geometric series
float32_bytes = 100_000 << 2
int8_bytes = 100_000
mean_psi = sum([1 / 250] * 19)
any_alarm = sum(0.01 * 0.99**k for k in range(7))

# %% right: the formula with a finite but enormous reference N, log1p and expm1
import math

float32_bytes = 400_000
int8_bytes = 100_000
mean_psi = (20 - 1) * (1 / 250 + 1 / 1e12)
any_alarm = -math.expm1(7 * math.log1p(-0.01))

# %% right: 0-d NumPy arrays
import numpy as np

float32_bytes = np.array(400_000)
int8_bytes = np.array(100_000)
mean_psi = np.array(0.076)
any_alarm = np.round(np.array(1 - 0.99**7), 3)

# %% right: Keras tensors for the shares
import keras

float32_bytes = 400_000
int8_bytes = 100_000
mean_psi = keras.ops.convert_to_tensor(19.0) / 250
any_alarm = 1 - keras.ops.prod(keras.ops.full((7,), 0.99))

# %% right: struct.calcsize, a helper and functools.reduce
import functools
import struct


def at_least_one(rate, count):
    return 1 - functools.reduce(lambda quiet, _: quiet * (1 - rate), range(count), 1.0)


float32_bytes = struct.calcsize("<f") * 100_000
int8_bytes = struct.calcsize("<b") * 100_000
mean_psi = round(19 / 250, 3)
any_alarm = at_least_one(rate=0.01, count=7)

# %% wrong: mean_psi uses all 20 bins instead of the 19 free ones: B/n instead of (B - 1)/n
# told: psi_of_twenty
float32_bytes = 400_000
int8_bytes = 100_000
mean_psi = 20 / 250
any_alarm = 1 - 0.99**7

# %% wrong: any_alarm adds up the seven rates, 7 * 0.01 = 0.07, which counts windows with several alarms more than once
# told: alarms_added
float32_bytes = 400_000
int8_bytes = 100_000
mean_psi = 0.076
any_alarm = 0.07

# %% wrong: any_alarm is the share of windows in which no signal raises an alarm, 0.99**7: 1 minus it is forgotten
# told: silence
float32_bytes = 400_000
int8_bytes = 100_000
mean_psi = 0.076
any_alarm = 0.932

# %% wrong: any_alarm is the share of windows in which all seven signals raise an alarm, 0.01**7
# told: alarms_of_all
float32_bytes = 400_000
int8_bytes = 100_000
mean_psi = 19 / 250
any_alarm = 0.01**7

# %% wrong: any_alarm is the rate of a single signal, 0.01, as if there were only one (or they always alarmed together)
# told: alarms_of_one
float32_bytes = 400_000
int8_bytes = 100_000
mean_psi = 0.076
any_alarm = 0.01

# %% wrong: any_alarm is the share with exactly one alarm, 7 * 0.01 * 0.99**6, without those with two or more
# told: slip
float32_bytes = 400_000
int8_bytes = 100_000
mean_psi = 0.076
any_alarm = 7 * 0.01 * 0.99**6

# %% wrong: any_alarm is given in percent (6.8) instead of as a share
# told: slip
float32_bytes = 400_000
int8_bytes = 100_000
mean_psi = 0.076
any_alarm = 6.8

# %% wrong: any_alarm is 1 - 0.01**7: the share in which not all seven alarm, instead of 1 - 0.99**7
# told: nothing
float32_bytes = 400_000
int8_bytes = 100_000
mean_psi = 0.076
any_alarm = 1 - 0.01**7

# %% wrong: any_alarm for six signals instead of seven: 1 - 0.99**6
# told: nothing
float32_bytes = 400_000
int8_bytes = 100_000
mean_psi = 0.076
any_alarm = round(1 - 0.99**6, 3)

# %% wrong: any_alarm for eight signals instead of seven: 1 - 0.99**8
# told: nothing
float32_bytes = 400_000
int8_bytes = 100_000
mean_psi = 0.076
any_alarm = 1 - 0.99**8

# %% wrong: any_alarm with a rate of 10 % (0.1) instead of 1 %: 1 - 0.9**7
# told: nothing
float32_bytes = 400_000
int8_bytes = 100_000
mean_psi = 0.076
any_alarm = 1 - 0.9**7

# %% wrong: any_alarm with a rate of 5 % instead of 1 %, the usual significance level: 1 - 0.95**7
# told: nothing
float32_bytes = 400_000
int8_bytes = 100_000
mean_psi = 0.076
any_alarm = 1 - 0.95**7

# %% wrong: any_alarm divides the rate among the signals (Bonferroni), 0.01 / 7, instead of letting the alarms pile up
# told: nothing
float32_bytes = 400_000
int8_bytes = 100_000
mean_psi = 0.076
any_alarm = 0.01 / 7

# %% wrong: any_alarm cut off to 0.067 after the third decimal instead of rounded to 0.068
# told: slip
import math

float32_bytes = 400_000
int8_bytes = 100_000
mean_psi = 0.076
any_alarm = math.floor((1 - 0.99**7) * 1000) / 1000

# %% wrong: any_alarm has the base and the exponent swapped, 1 - 7**0.01, a negative number
# told: nothing
float32_bytes = 400_000
int8_bytes = 100_000
mean_psi = 0.076
any_alarm = 1 - 7**0.01

# %% wrong: any_alarm is a sum in which two signals alarming together is subtracted as 21 * 0.01 instead of 21 * 0.01**2: negative
# told: nothing
float32_bytes = 400_000
int8_bytes = 100_000
mean_psi = 0.076
any_alarm = 7 * 0.01 - 21 * 0.01

# %% wrong: mean_psi adds one bin instead of taking one away: (B + 1)/n
# told: nothing
float32_bytes = 400_000
int8_bytes = 100_000
mean_psi = 21 / 250
any_alarm = 0.068

# %% wrong: mean_psi is the notebook's example (10 bins, windows of 100), 0.09
# told: nothing
float32_bytes = 400_000
int8_bytes = 100_000
mean_psi = 0.09
any_alarm = 0.068

# %% wrong: mean_psi with the notebook's 10 bins instead of 20: 9/250
# told: nothing
float32_bytes = 400_000
int8_bytes = 100_000
mean_psi = 9 / 250
any_alarm = 0.068

# %% wrong: mean_psi with the notebook's windows of 100 instead of 250: 19/100
# told: nothing
float32_bytes = 400_000
int8_bytes = 100_000
mean_psi = 19 / 100
any_alarm = 0.068

# %% wrong: mean_psi counts the window twice, as if the reference had only 250 images too: 19 * (1/250 + 1/250)
# told: psi_against_a_window
float32_bytes = 400_000
int8_bytes = 100_000
mean_psi = 19 * (1 / 250 + 1 / 250)
any_alarm = 0.068

# %% wrong: mean_psi is 0, because clean windows have supposedly the same shares as the reference: chance is forgotten
# told: psi_zero
float32_bytes = 400_000
int8_bytes = 100_000
mean_psi = 0.0
any_alarm = 0.068

# %% wrong: mean_psi is the rule-of-thumb threshold 0.1 ("something has changed") instead of the mean (B - 1)/n
# told: psi_of_the_rule
float32_bytes = 400_000
int8_bytes = 100_000
mean_psi = 0.1
any_alarm = 0.068

# %% wrong: mean_psi is only the part of one bin, 1/n = 0.004: the factor B - 1 is missing
# told: psi_of_one_bin
float32_bytes = 400_000
int8_bytes = 100_000
mean_psi = 1 / 250
any_alarm = 0.068

# %% wrong: mean_psi is upside down: n/(B - 1) instead of (B - 1)/n
# told: slip
float32_bytes = 400_000
int8_bytes = 100_000
mean_psi = 250 / 19
any_alarm = 0.068

# %% wrong: mean_psi divides by the square root of n instead of n
# told: nothing
float32_bytes = 400_000
int8_bytes = 100_000
mean_psi = 19 / 250**0.5
any_alarm = 0.068

# %% wrong: mean_psi has half the right size, (B - 1)/(2n), as for the Kullback-Leibler divergence of one direction
# told: slip
float32_bytes = 400_000
int8_bytes = 100_000
mean_psi = 19 / (2 * 250)
any_alarm = 0.068

# %% wrong: mean_psi divides by n - 1 = 249 and takes all 20 bins: the minus 1 stands with the window instead of the bins
# told: nothing
float32_bytes = 400_000
int8_bytes = 100_000
mean_psi = 20 / 249
any_alarm = 0.068

# %% wrong: mean_psi in percent (7.6)
# told: slip
float32_bytes = 400_000
int8_bytes = 100_000
mean_psi = 7.6
any_alarm = 0.068

# %% wrong: mean_psi is missing brackets: 20 - 1 / 250 = 19.996 instead of (20 - 1) / 250
# told: nothing
float32_bytes = 400_000
int8_bytes = 100_000
mean_psi = 20 - 1 / 250
any_alarm = 0.068

# %% wrong: mean_psi takes the "very large" reference N as 1, so 1/N = 1 instead of 0: 19 * (1/250 + 1) = 19.076
# told: nothing
float32_bytes = 400_000
int8_bytes = 100_000
mean_psi = 19 * (1 / 250 + 1)
any_alarm = 0.068

# %% wrong: float32_bytes counts bits (32 each) instead of bytes, int8_bytes too (8 each)
# told: float32_in_bits
float32_bytes = 3_200_000
int8_bytes = 800_000
mean_psi = 0.076
any_alarm = 0.068

# %% wrong: float32_bytes counts bits, 32 for each parameter, instead of bytes; int8_bytes is right
# told: float32_in_bits
float32_bytes = 32 * 100_000
int8_bytes = 100_000
mean_psi = 0.076
any_alarm = 0.068

# %% wrong: int8_bytes takes 8 bytes for each weight, as if int8 meant 8 bytes instead of 8 bits
# told: int8_as_eight_bytes
float32_bytes = 400_000
int8_bytes = 8 * 100_000
mean_psi = 0.076
any_alarm = 0.068

# %% wrong: float32_bytes and int8_bytes swapped
# told: swapped_bytes
float32_bytes = 100_000
int8_bytes = 400_000
mean_psi = 0.076
any_alarm = 0.068

# %% wrong: mean_psi and any_alarm swapped
# told: exchanged
float32_bytes = 400_000
int8_bytes = 100_000
mean_psi = 0.068
any_alarm = 0.076

# %% wrong: float32_bytes takes 8 bytes for each weight, which is float64
# told: float32_as_float64
import numpy as np

float32_bytes = np.zeros(100_000).nbytes
int8_bytes = 100_000
mean_psi = 0.076
any_alarm = 0.068

# %% wrong: float32_bytes takes 2 bytes for each weight, which is float16
# told: float32_as_float16
float32_bytes = 200_000
int8_bytes = 100_000
mean_psi = 0.076
any_alarm = 0.068

# %% wrong: both byte counts in kilobytes (400 and 100) instead of bytes
# told: kilobytes
float32_bytes = 400
int8_bytes = 100
mean_psi = 0.076
any_alarm = 0.068

# %% wrong: both byte counts in kibibytes, divided by 1024
# told: nothing
float32_bytes = 400_000 / 1024
int8_bytes = 100_000 / 1024
mean_psi = 0.076
any_alarm = 0.068

# %% wrong: float32_bytes is the bytes of a single weight (4), and int8_bytes too (1): not times 100,000
# told: nothing
float32_bytes = 4
int8_bytes = 1
mean_psi = 0.076
any_alarm = 0.068

# %% wrong: both byte counts for 10,000 parameters, a zero too few
# told: slip
float32_bytes = 40_000
int8_bytes = 10_000
mean_psi = 0.076
any_alarm = 0.068

# %% wrong: int8_bytes adds a scale and a zero point (4 bytes each), though these were to be left out
# told: slip
float32_bytes = 400_000
int8_bytes = 100_000 + 4 + 4
mean_psi = 0.076
any_alarm = 0.068

# %% wrong: int8_bytes is 40 % of the float bytes, the notebook's bound for the file, instead of a quarter
# told: nothing
float32_bytes = 400_000
int8_bytes = 160_000
mean_psi = 0.076
any_alarm = 0.068

# %% wrong: int8_bytes is an eighth of float32_bytes instead of a quarter
# told: int8_as_half_a_byte
float32_bytes = 400_000
int8_bytes = 400_000 // 8
mean_psi = 0.076
any_alarm = 0.068

# %% wrong: int8_bytes is the number of levels (256) instead of the bytes
# told: nothing
float32_bytes = 400_000
int8_bytes = 256
mean_psi = 0.076
any_alarm = 0.068

# %% wrong: int8_bytes measured with sys.getsizeof of an array, which includes about 100 bytes of Python's header
# told: slip
import sys

import numpy as np

float32_bytes = 400_000
int8_bytes = sys.getsizeof(np.zeros(100_000, dtype="int8"))
mean_psi = 0.076
any_alarm = 0.068

# %% wrong: mean_psi left as None, not answered
# told: not attempted
float32_bytes = 400_000
int8_bytes = 100_000
mean_psi = None
any_alarm = 0.068

# %% wrong: any_alarm is text, "6.8 %", instead of a number
# told: form
float32_bytes = 400_000
int8_bytes = 100_000
mean_psi = 0.076
any_alarm = "6.8 %"

# %% wrong: mean_psi is a tuple (0, 76), because a decimal comma was typed instead of a point
# told: form
float32_bytes = 400_000
int8_bytes = 100_000
mean_psi = 0,76
any_alarm = 0.068

# %% wrong: both byte counts are tuples, because commas were typed between the thousands
# told: form
float32_bytes = 400,000
int8_bytes = 100,000
mean_psi = 0.076
any_alarm = 0.068

# %% wrong: any_alarm is printed instead of assigned: the name holds None
# told: not attempted
float32_bytes = 400_000
int8_bytes = 100_000
mean_psi = 0.076
any_alarm = print(1 - 0.99**7)

# %% wrong: mean_psi is a function that would compute it, not called: no number
# told: form
float32_bytes = 400_000
int8_bytes = 100_000
mean_psi = lambda bins=20, n=250: (bins - 1) / n
any_alarm = 0.068

# %% wrong: mean_psi is NaN, because the infinite reference was put into the formula as inf / inf
# told: nothing
import numpy as np

N = np.inf
float32_bytes = 400_000
int8_bytes = 100_000
mean_psi = 19 * (N + 250) / (250 * N)
any_alarm = 0.068

# %% wrong: two mistakes: mean_psi with 20 bins instead of 19 free ones, and any_alarm adds the rates (0.07)
# told: psi_of_twenty
float32_bytes = 400_000
int8_bytes = 100_000
mean_psi = 0.08
any_alarm = 0.07

# %% wrong: two mistakes: both byte counts in bits, and any_alarm is the share without any alarm, 0.99**7
# told: float32_in_bits
float32_bytes = 3_200_000
int8_bytes = 800_000
mean_psi = 0.076
any_alarm = 0.99**7

# %% wrong: two mistakes: float32_bytes with 8 bytes per weight (float64), and mean_psi of the notebook's example, 0.09
# told: float32_as_float64
float32_bytes = 800_000
int8_bytes = 100_000
mean_psi = 0.09
any_alarm = 0.068

# %% wrong: two mistakes: float32_bytes and int8_bytes swapped, and any_alarm in percent
# told: exchanged
float32_bytes = 100_000
int8_bytes = 400_000
mean_psi = 0.076
any_alarm = 6.793

# %% wrong: two mistakes: mean_psi is B/n = 20/250, and any_alarm is that all seven alarm, 0.01**7
# told: psi_of_twenty
float32_bytes = 400_000
int8_bytes = 100_000
mean_psi = 20 / 250
any_alarm = 0.01**7

# %% wrong: three mistakes: bytes in kilobytes, mean_psi without the factor B - 1, any_alarm of a single signal
# told: slip
float32_bytes = 400
int8_bytes = 100
mean_psi = 0.004
any_alarm = 0.01
