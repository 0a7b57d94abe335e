# %% right: typed decimals, three places
first_loss_of_letters = 3.258
stuck_loss_of_letters = 2.322

# %% right: formulas in numpy, unrounded
first_loss_of_letters = np.log(26)
stuck_loss_of_letters = np.log(np.e + 25) - 1

# %% right: math module
import math

first_loss_of_letters = math.log(26)
stuck_loss_of_letters = math.log(math.e + 25) - 1

# %% right: minus the logarithm of the probability of the right letter
import math

first_loss_of_letters = -math.log(1 / 26)
stuck_loss_of_letters = -math.log(math.e / (math.e + 25))

# %% right: lets the notebook's cross_entropy and softmax tell
letters = np.arange(26)
first_loss_of_letters = cross_entropy(letters, softmax(np.zeros((26, 26))))
stuck_loss_of_letters = cross_entropy(letters, softmax(np.eye(26)))

# %% right: softmax really applied twice to huge logits
labels = np.arange(26)
huge = 1000.0 * np.eye(26)
first_loss_of_letters = cross_entropy(labels, np.full((26, 26), 1 / 26))
stuck_loss_of_letters = cross_entropy(labels, softmax(softmax(huge)))

# %% right: the Keras loss from logits, as Python floats
letter_loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
first_loss_of_letters = float(letter_loss(np.array([3]), np.zeros((1, 26))))
stuck_loss_of_letters = float(letter_loss(np.array([0]), np.eye(26)[:1]))

# %% right: left as Keras tensors (float32)
first_loss_of_letters = keras.ops.log(keras.ops.convert_to_tensor(26.0))
stuck_loss_of_letters = keras.ops.logsumexp(keras.ops.eye(26)[0]) - 1

# %% right: fractions of whole numbers
from fractions import Fraction

first_loss_of_letters = Fraction(3258, 1000)
stuck_loss_of_letters = Fraction(2322, 1000)

# %% right: Decimal, computed with its own ln and exp
from decimal import Decimal

first_loss_of_letters = Decimal(26).ln()
stuck_loss_of_letters = (Decimal(1).exp() + 25).ln() - 1

# %% right: rounded by round(..., 3)
first_loss_of_letters = round(np.log(26), 3)
stuck_loss_of_letters = round(np.log(np.exp(1) + 25) - 1, 3)

# %% right: float32 scalars
first_loss_of_letters = np.float32(3.2581)
stuck_loss_of_letters = np.float32(2.3221)

# %% right: 0-d arrays
first_loss_of_letters = np.array(3.258)
stuck_loss_of_letters = np.array(2.322)

# %% right: more digits than asked for
first_loss_of_letters = 3.2580965380214821
stuck_loss_of_letters = 2.3220923

# %% right: log1p, the second one in the form ln(1 + 25 / e)
first_loss_of_letters = np.log1p(25)
stuck_loss_of_letters = np.log1p(25 * np.exp(-1))

# %% right: scipy logsumexp of the logits minus the right logit
from scipy.special import logsumexp

first_loss_of_letters = logsumexp([0] * 26) - 0
stuck_loss_of_letters = logsumexp([1] + [0] * 25) - 1

# %% right: sklearn's log_loss on explicit probabilities
from sklearn.metrics import log_loss

labels = list(range(26))
q = np.exp(np.eye(26))
q = q / q.sum(axis=1, keepdims=True)
first_loss_of_letters = log_loss(labels, np.ones((26, 26)) / 26)
stuck_loss_of_letters = log_loss(labels, q)

# %% right: a helper function of the number of classes, in one assignment of two
def losses_for(k):
    return np.log(k), np.log(np.e + k - 1) - 1


first_loss_of_letters, stuck_loss_of_letters = losses_for(26)

# %% right: from the notebook's ln 10, and base 2
first_loss_of_letters = np.log(10) + np.log(2.6)
stuck_loss_of_letters = np.log2(np.e + 25) * np.log(2) - 1

# %% right: the entropy of a uniform distribution; the minimum found numerically with scipy
from scipy.optimize import minimize_scalar
from scipy.stats import entropy


def after_two_softmaxes(p):
    first = np.full(26, (1 - p) / 25)
    first[0] = p
    return np.log(np.exp(first).sum()) - first[0]


first_loss_of_letters = entropy(np.ones(26) / 26)
stuck_loss_of_letters = minimize_scalar(
    after_two_softmaxes, bounds=(0, 1), method="bounded", options={"xatol": 1e-9}
).fun

# %% right: a sum over all classes with a loop, plain Python
import math

first_loss_of_letters = 0.0
for _ in range(26):
    first_loss_of_letters += 1 / 26 * math.log(26)
total = math.exp(1)
for _ in range(25):
    total += math.exp(0)
stuck_loss_of_letters = math.log(total) - 1

# %% right: TensorFlow's own sparse softmax cross-entropy
import tensorflow as tf

ce = tf.nn.sparse_softmax_cross_entropy_with_logits
first_loss_of_letters = ce([0], tf.zeros((1, 26)))[0].numpy()
stuck_loss_of_letters = ce([0], tf.one_hot([0], 26))[0].numpy()

# %% right: len of the alphabet, jax
import string

import jax

num_letters = len(string.ascii_lowercase)
first_loss_of_letters = -jax.nn.log_softmax(np.zeros(num_letters))[0]
stuck_loss_of_letters = -jax.nn.log_softmax(np.eye(num_letters)[0])[0]

# %% right: both rounded to two decimals
first_loss_of_letters = 3.26
stuck_loss_of_letters = 2.32

# %% wrong: both numbers are those of ten digits (ln 10 and ln(e + 9) - 1), the 26 letters are ignored
# told: first_of_ten_classes
first_loss_of_letters = 2.303
stuck_loss_of_letters = 1.461

# %% wrong: first is right, the stuck loss is the one of ten digits, ln(e + 9) - 1
# told: stuck_of_ten_classes
first_loss_of_letters = 3.258
stuck_loss_of_letters = 1.461

# %% wrong: stuck is right, the first loss is ln 10, that of ten digits
# told: first_of_ten_classes
first_loss_of_letters = 2.303
stuck_loss_of_letters = 2.322

# %% wrong: the two numbers are swapped
# told: swapped
first_loss_of_letters = 2.322
stuck_loss_of_letters = 3.258

# %% wrong: stuck loss forgets to subtract the right logit 1, gives ln(e + 25)
# told: stuck_without_the_right_logit
first_loss_of_letters = np.log(26)
stuck_loss_of_letters = np.log(np.e + 25)

# %% wrong: stuck loss counts 26 other letters instead of 25, ln(e + 26) - 1
# told: stuck_counts_one_class_too_many
first_loss_of_letters = np.log(26)
stuck_loss_of_letters = np.log(np.e + 26) - 1

# %% wrong: stuck loss counts 24 other letters instead of 25 (one too few), ln(e + 24) - 1
# told: stuck_counts_one_class_too_few
first_loss_of_letters = np.log(26)
stuck_loss_of_letters = np.log(np.e + 24) - 1

# %% wrong: stuck loss subtracts 1 from the first loss, ln 26 - 1, as if all 26 exponentials were 1
# told: stuck_is_one_less
first_loss_of_letters = np.log(26)
stuck_loss_of_letters = np.log(26) - 1

# %% wrong: gives the probability e / (e + 25) where the stuck loss is asked for, the logarithm is missing
# told: stuck_is_a_probability
first_loss_of_letters = np.log(26)
stuck_loss_of_letters = np.e / (np.e + 25)

# %% wrong: gives the probability 1/26 instead of the first loss, the logarithm is missing
# told: first_is_a_probability
first_loss_of_letters = 1 / 26
stuck_loss_of_letters = 2.322

# %% wrong: both are probabilities (1/26 and e/(e+25)) instead of losses
# told: first_is_a_probability
first_loss_of_letters = 1 / 26
stuck_loss_of_letters = np.e / (np.e + 25)

# %% wrong: first loss has the wrong sign, ln(1/26) without the minus
# told: first_is_negative
first_loss_of_letters = np.log(1 / 26)
stuck_loss_of_letters = np.log(np.e + 25) - 1

# %% wrong: stuck loss has the wrong sign
# told: slip
first_loss_of_letters = 3.258
stuck_loss_of_letters = -2.322

# %% wrong: both have the wrong sign (logarithm of a probability without the minus)
# told: first_is_negative
first_loss_of_letters = np.log(1 / 26)
stuck_loss_of_letters = np.log(np.e / (np.e + 25))

# %% wrong: first loss in bits, logarithm to base 2 instead of the natural one
# told: first_in_bits
first_loss_of_letters = np.log2(26)
stuck_loss_of_letters = 2.322

# %% wrong: both with the logarithm to base 10 instead of the natural one
# told: first_to_base_ten
first_loss_of_letters = np.log10(26)
stuck_loss_of_letters = -np.log10(np.e / (np.e + 25))

# %% wrong: both with the logarithm to base 2 instead of the natural one
# told: first_in_bits
first_loss_of_letters = np.log2(26)
stuck_loss_of_letters = -np.log2(np.e / (np.e + 25))

# %% wrong: first loss is the number of letters itself, no logarithm
# told: first_is_the_number_of_letters
first_loss_of_letters = 26
stuck_loss_of_letters = 2.322

# %% wrong: first loss scaled in proportion to the number of classes, 2.303 * 26 / 10
# told: first_is_in_proportion
first_loss_of_letters = 2.303 * 26 / 10
stuck_loss_of_letters = 2.322

# %% wrong: both scaled in proportion, digits' values times 2.6
# told: first_is_in_proportion
first_loss_of_letters = 2.303 * 2.6
stuck_loss_of_letters = 1.461 * 2.6

# %% wrong: stuck loss scaled in proportion to the number of classes, 1.461 * 26 / 10
# told: stuck_is_in_proportion
first_loss_of_letters = np.log(26)
stuck_loss_of_letters = 1.461 * 26 / 10

# %% wrong: stuck loss 0, thinks that the training loss can still reach zero
# told: stuck_at_zero
first_loss_of_letters = 3.258
stuck_loss_of_letters = 0.0

# %% wrong: stuck loss equals the first loss ln 26, thinks that nothing is learned at all
# told: stuck_where_it_starts
first_loss_of_letters = 3.258
stuck_loss_of_letters = 3.258

# %% wrong: first loss counts 25 letters instead of 26, ln 25
# told: first_counts_one_letter_too_few
first_loss_of_letters = np.log(25)
stuck_loss_of_letters = np.log(np.e + 25) - 1

# %% wrong: counts capital and small letters, 52 classes instead of 26, in both numbers
# told: nothing
first_loss_of_letters = np.log(52)
stuck_loss_of_letters = np.log(np.e + 51) - 1

# %% wrong: letters and digits together, 36 classes instead of 26, in both numbers
# told: nothing
first_loss_of_letters = np.log(36)
stuck_loss_of_letters = np.log(np.e + 35) - 1

# %% wrong: both numbers rounded to one decimal instead of three
# told: slip
first_loss_of_letters = 3.3
stuck_loss_of_letters = 2.3

# %% wrong: decimal commas, so each value is a tuple of two whole numbers
# told: form
first_loss_of_letters = 3,258
stuck_loss_of_letters = 2,322

# %% wrong: only the first number is filled in, the other one is still None
# told: not attempted
first_loss_of_letters = 3.258
stuck_loss_of_letters = None

# %% wrong: only the stuck loss is filled in, the first one is still None
# told: not attempted
first_loss_of_letters = None
stuck_loss_of_letters = np.log(np.e + 25) - 1

# %% wrong: formulas as text instead of numbers
# told: form
first_loss_of_letters = "ln(26)"
stuck_loss_of_letters = "ln(e + 25) - 1"

# %% wrong: functions of the number of classes instead of numbers
# told: form
first_loss_of_letters = lambda K=26: np.log(K)
stuck_loss_of_letters = lambda K=26: np.log(np.e + K - 1) - 1

# %% wrong: one loss for each of the 26 letters (arrays) instead of one number each
# told: form
first_loss_of_letters = -np.log(softmax(np.zeros(26)))
stuck_loss_of_letters = -np.log(softmax(np.eye(26)))

# %% wrong: losses summed over the 26 letters instead of the mean
# told: nothing
first_loss_of_letters = 26 * np.log(26)
stuck_loss_of_letters = 26 * (np.log(np.e + 25) - 1)

# %% wrong: stuck loss subtracts e instead of 1, ln(e + 25) - e
# told: stuck_subtracts_e
first_loss_of_letters = np.log(26)
stuck_loss_of_letters = np.log(np.e + 25) - np.e

# %% wrong: stuck loss takes e for every other letter and 1 for the right one, ln(25 e + 1), as if sure of all the others
# told: nothing
first_loss_of_letters = np.log(26)
stuck_loss_of_letters = np.log(25 * np.e + 1)

# %% wrong: stuck loss forgets the right letter's own exponential in the sum, ln 25 - 1
# told: stuck_without_the_right_letter
first_loss_of_letters = np.log(26)
stuck_loss_of_letters = np.log(25) - 1

# %% wrong: stuck loss takes e^0 as 0 for the 25 other letters instead of 1, which gives 0
# told: stuck_at_zero
first_loss_of_letters = np.log(26)
stuck_loss_of_letters = -np.log(np.exp(1) / (np.exp(1) + 25 * 0))

# %% wrong: stuck loss takes 2 for e's power (softmax twice understood as logit 2), ln(e**2 + 25) - 2
# told: stuck_gets_two
first_loss_of_letters = np.log(26)
stuck_loss_of_letters = np.log(np.e**2 + 25) - 2

# %% wrong: stuck loss is half of the first loss, because softmax is applied twice
# told: nothing
first_loss_of_letters = np.log(26)
stuck_loss_of_letters = np.log(26) / 2

# %% wrong: stuck loss is twice the first loss, because softmax is applied twice
# told: stuck_is_twice_the_first
first_loss_of_letters = np.log(26)
stuck_loss_of_letters = 2 * np.log(26)

# %% wrong: softmax applied three times in the stuck loss instead of twice
# told: nothing
first_loss_of_letters = cross_entropy(np.arange(26), softmax(np.zeros((26, 26))))
stuck_loss_of_letters = cross_entropy(np.arange(26), softmax(softmax(np.eye(26))))

# %% wrong: stuck loss is computed with a smaller logit, 0.99 for the right letter, instead of the limit 1
# told: slip
first_loss_of_letters = np.log(26)
p = np.full(26, 0.01 / 25)
p[0] = 0.99
stuck_loss_of_letters = np.log(np.exp(p).sum()) - 0.99

# %% wrong: first loss is that of random logits with spread 1, ln 26 + 0.45, instead of equal logits
# told: nothing
first_loss_of_letters = np.log(26) + 0.45
stuck_loss_of_letters = np.log(np.e + 25) - 1

# %% wrong: both in percent, multiplied by 100
# told: slip
first_loss_of_letters = 325.8
stuck_loss_of_letters = 232.2

# %% wrong: digits transposed in the first number (3.528 for 3.258)
# told: nothing
first_loss_of_letters = 3.528
stuck_loss_of_letters = 2.322

# %% wrong: decimal point in the wrong place in the stuck loss (23.22)
# told: slip
first_loss_of_letters = 3.258
stuck_loss_of_letters = 23.22

# %% wrong: first loss is the squared error of the guess 1/26, (25/26)**2 + 25/26**2, not the cross-entropy
# told: nothing
first_loss_of_letters = (25 / 26) ** 2 + 25 * (1 / 26) ** 2
stuck_loss_of_letters = np.log(np.e + 25) - 1

# %% wrong: two mistakes, first loss is ln 25 (one letter too few) and stuck loss lacks the minus 1
# told: first_counts_one_letter_too_few
first_loss_of_letters = np.log(25)
stuck_loss_of_letters = np.log(np.e + 25)

# %% wrong: two mistakes, first loss with base 2 and stuck loss that of ten digits
# told: first_in_bits
first_loss_of_letters = np.log2(26)
stuck_loss_of_letters = 1.461

# %% wrong: two mistakes, first loss has the wrong sign and stuck loss counts 26 others
# told: first_is_negative
first_loss_of_letters = -np.log(26)
stuck_loss_of_letters = np.log(np.e + 26) - 1

# %% wrong: two mistakes, swapped, and one 10-class value (stuck loss of ten digits stands first)
# told: stuck_where_it_starts
first_loss_of_letters = 1.461
stuck_loss_of_letters = np.log(26)

# %% wrong: two mistakes, first loss is ln 10 (ten digits) and stuck loss is taken as zero
# told: first_of_ten_classes
first_loss_of_letters = 2.303
stuck_loss_of_letters = 0

# %% wrong: two mistakes, first loss is the number of letters and stuck loss the probability e/(e+25)
# told: first_is_the_number_of_letters
first_loss_of_letters = 26
stuck_loss_of_letters = np.e / (np.e + 25)

# %% wrong: infinite and nan, first loss from a probability of zero, stuck loss from infinite logits
# told: nothing
with np.errstate(all="ignore"):
    first_loss_of_letters = -np.log(np.zeros(26)).mean()
    stuck_loss_of_letters = np.log(np.exp(1000.0)) - np.exp(1000.0)
