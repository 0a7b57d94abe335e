# %% right: whole numbers
twice = 6
first_a_then_b = 5
of_the_sum = 11
never_reset = 36

# %% right: floats
twice = 6.0
first_a_then_b = 5.0
of_the_sum = 11.0
never_reset = 36.0

# %% right: expressions from w
w0 = 3.0
twice = 2 * w0
first_a_then_b = 5
of_the_sum = 2 * w0 + 5
never_reset = 2 * 2 * w0 + (2 + 2) * 2 * w0

# %% right: NumPy numbers
twice, first_a_then_b, of_the_sum, never_reset = np.array([6.0, 5.0, 11.0, 36.0])

# %% right: fractions
from fractions import Fraction
twice = Fraction(6)
first_a_then_b = Fraction(5, 1)
of_the_sum = twice + first_a_then_b
never_reset = Fraction(12) + Fraction(24)

# %% right: tuple assignment
twice, first_a_then_b, of_the_sum, never_reset = 6, 5, 11, 36

# %% right: float32
twice = np.float32(6)
first_a_then_b = np.float32(5)
of_the_sum = np.float32(11)
never_reset = np.float32(36)

# %% right: NumPy integers
twice = np.int64(6)
first_a_then_b = np.int64(5)
of_the_sum = np.int64(11)
never_reset = np.int64(36)

# %% right: the rounding of a numerical derivative left in
h = 1e-6
def slope(f):
    return (f(3.0 + h) - f(3.0 - h)) / (2 * h)

twice = slope(lambda v: v * v)
first_a_then_b = slope(lambda v: 5 * v)
of_the_sum = slope(lambda v: v * v + 5 * v)
never_reset = 3 * slope(lambda v: 2 * v * v)

# %% right: run with the notebook's Scalar and backward, and a copy without the reset
def run(*steps, walk=backward):
    w = Scalar(3.0, "w")
    for step in steps:
        walk(step(w))
    return w.gradient

def keeps(result):
    tape = tape_of(result)
    result.gradient = 1.0
    for number in reversed(tape):
        for parent, local in zip(number.parents, number.local_gradients, strict=True):
            parent.gradient += number.gradient * local

twice = run(lambda w: w * w, lambda w: w * w)
first_a_then_b = run(lambda w: w * w, lambda w: 5 * w)
of_the_sum = run(lambda w: w * w + 5 * w)
w = Scalar(3.0, "w")
C = (w * w) * 2
keeps(C)
keeps(C)
never_reset = w.gradient

# %% right: the second walk simulated number by number
twice = 3.0 + 3.0
first_a_then_b = 5.0
of_the_sum = twice + first_a_then_b
middle = never_reset = 0.0
for walk in range(2):
    middle += 1.0 * 2
    never_reset += middle * 3 + middle * 3

# %% right: zero-dimensional arrays
twice = np.array(6.0)
first_a_then_b = np.array(5.0)
of_the_sum = np.array(11.0)
never_reset = np.array(36.0)

# %% right: decimals
from decimal import Decimal
twice, first_a_then_b = Decimal("6"), Decimal("5")
of_the_sum, never_reset = Decimal("11"), Decimal("36")

# %% right: never_reset as three times the true derivative
twice = 6
first_a_then_b = 5
of_the_sum = 6 + 5
never_reset = 3 * 12

# %% right: tensors of Keras
import keras
twice = keras.ops.convert_to_tensor(6.0)
first_a_then_b = keras.ops.convert_to_tensor(5.0)
of_the_sum = twice + first_a_then_b
never_reset = keras.ops.convert_to_tensor(36.0)

# %% right: powers and roots
import math
twice = math.sqrt(36)
first_a_then_b = 5e0
of_the_sum = 1.1e1
never_reset = 6**2

# %% wrong: twice: adds up over the two calls (12), though backward sets to zero first
# told: adds_up_twice
twice = 12
first_a_then_b = 5
of_the_sum = 11
never_reset = 36

# %% wrong: first_a_then_b: adds up over the two calls (11), though backward sets to zero first
# told: adds_up_both
twice = 6
first_a_then_b = 11
of_the_sum = 11
never_reset = 36

# %% wrong: twice and first_a_then_b both add up over the calls, as if nothing were reset
# told: adds_up_twice
twice = 12
first_a_then_b = 11
of_the_sum = 11
never_reset = 36

# %% wrong: never_reset is 24: twice the derivative, the middle number's own kept gradient is forgotten
# told: keeps_the_leaf_only
twice = 6
first_a_then_b = 5
of_the_sum = 11
never_reset = 24

# %% wrong: never_reset is 12: taken as if it were still reset
# told: resets_it_all_the_same
twice = 6
first_a_then_b = 5
of_the_sum = 11
never_reset = 12

# %% wrong: of_the_sum is 5: only the last term of the sum counts
# told: forgets_a
twice = 6
first_a_then_b = 5
of_the_sum = 5
never_reset = 36

# %% wrong: of_the_sum is 6: only the first term of the sum counts
# told: forgets_b
twice = 6
first_a_then_b = 5
of_the_sum = 6
never_reset = 36

# %% wrong: of_the_sum is 30: the gradients are multiplied instead of added
# told: multiplies
twice = 6
first_a_then_b = 5
of_the_sum = 30
never_reset = 36

# %% wrong: first_a_then_b is 6: the gradient of A is taken to stay
# told: keeps_the_first
twice = 6
first_a_then_b = 6
of_the_sum = 11
never_reset = 36

# %% wrong: twice is 3: only one of the two paths from w to w·w is counted
# told: forgets_a_factor
twice = 3
first_a_then_b = 5
of_the_sum = 11
never_reset = 36

# %% wrong: two mistakes: one path only in twice (3) and in the sum (3 + 5 = 8)
# told: forgets_a_factor
twice = 3
first_a_then_b = 5
of_the_sum = 8
never_reset = 36

# %% wrong: the one-path mistake throughout: 3, 5, 8 and never_reset 18
# told: forgets_a_factor
twice = 3
first_a_then_b = 5
of_the_sum = 8
never_reset = 18

# %% wrong: twice is 9: the value of A instead of its gradient
# told: takes_the_value
twice = 9
first_a_then_b = 5
of_the_sum = 11
never_reset = 36

# %% wrong: first_a_then_b is 15: the value of B instead of its gradient
# told: takes_the_value_of_b
twice = 6
first_a_then_b = 15
of_the_sum = 11
never_reset = 36

# %% wrong: of_the_sum is 24: the value of A + B instead of its gradient
# told: takes_the_value_of_the_sum
twice = 6
first_a_then_b = 5
of_the_sum = 24
never_reset = 36

# %% wrong: all four are values instead of gradients (9, 15, 24, 18)
# told: takes_the_value
twice = 9
first_a_then_b = 15
of_the_sum = 24
never_reset = 18

# %% wrong: never_reset is 18: the value of C instead of a gradient
# told: takes_the_value_of_c
twice = 6
first_a_then_b = 5
of_the_sum = 11
never_reset = 18

# %% wrong: never_reset is 144: the gradients of the two walks are multiplied (12 times 12)
# told: nothing
twice = 6
first_a_then_b = 5
of_the_sum = 11
never_reset = 144

# %% wrong: two mistakes: twice adds up (12), and never_reset is 24 without the middle number
# told: adds_up_twice
twice = 12
first_a_then_b = 5
of_the_sum = 11
never_reset = 24

# %% wrong: two mistakes: first_a_then_b adds up (11), and never_reset is 24 without the middle number
# told: adds_up_both
twice = 6
first_a_then_b = 11
of_the_sum = 11
never_reset = 24

# %% wrong: three mistakes: twice and first_a_then_b add up (12, 11), and never_reset is 24 without the middle number
# told: adds_up_twice
twice = 12
first_a_then_b = 11
of_the_sum = 11
never_reset = 24

# %% wrong: two mistakes: never_reset as if it were reset (12), and of_the_sum only the last term (5)
# told: forgets_a
twice = 6
first_a_then_b = 5
of_the_sum = 5
never_reset = 12

# %% wrong: twice is 0: the second call is taken to cancel or to clear the gradient
# told: loses_it_all
twice = 0
first_a_then_b = 5
of_the_sum = 11
never_reset = 36

# %% wrong: twice is 36: the gradient of the first call is taken as the start of the second (6 times 6)
# told: slip
twice = 36
first_a_then_b = 5
of_the_sum = 11
never_reset = 36

# %% wrong: first_a_then_b is 30: the two gradients are multiplied (6 times 5)
# told: multiplies_both
twice = 6
first_a_then_b = 30
of_the_sum = 11
never_reset = 36

# %% wrong: first_a_then_b is -1: the difference of the two gradients (5 - 6)
# told: nothing
twice = 6
first_a_then_b = -1
of_the_sum = 11
never_reset = 36

# %% wrong: first_a_then_b and of_the_sum swapped
# told: exchanged
twice = 6
first_a_then_b = 11
of_the_sum = 5
never_reset = 36

# %% wrong: twice and first_a_then_b swapped
# told: exchanged
twice = 5
first_a_then_b = 6
of_the_sum = 11
never_reset = 36

# %% wrong: sign of all four
# told: slip
twice = -6
first_a_then_b = -5
of_the_sum = -11
never_reset = -36

# %% wrong: of_the_sum is 5.5: the mean of the two gradients instead of their sum
# told: slip
twice = 6
first_a_then_b = 5
of_the_sum = 5.5
never_reset = 36

# %% wrong: first_a_then_b is 3: the factor beside 5, i.e. w itself, is handed on to w (the local gradients of a product mixed up)
# told: hands_on_w
twice = 6
first_a_then_b = 3
of_the_sum = 11
never_reset = 36

# %% wrong: local gradients of 5w mixed up in both: 3 for B, and 6 + 3 = 9 for the sum
# told: hands_on_w
twice = 6
first_a_then_b = 3
of_the_sum = 9
never_reset = 36

# %% wrong: twice is 2: derivative of the power without the factor w
# told: loses_the_other_factor
twice = 2
first_a_then_b = 5
of_the_sum = 11
never_reset = 36

# %% wrong: of_the_sum is 17: A counted twice (6 + 6 + 5)
# told: nothing
twice = 6
first_a_then_b = 5
of_the_sum = 17
never_reset = 36

# %% wrong: never_reset is 48: C's own gradient is taken to add up too (to 2, though backward sets it to 1), so the middle number stands at 2 + 4 = 6 and the second walk hands on 36
# told: keeps_the_end_too
twice = 6
first_a_then_b = 5
of_the_sum = 11
never_reset = 48

# %% wrong: never_reset is 72: one walk too many, the middle number at 2, 4 and 6 (12 + 24 + 36)
# told: slip
twice = 6
first_a_then_b = 5
of_the_sum = 11
never_reset = 72

# %% wrong: all four None, nothing answered
# told: not attempted
twice = None
first_a_then_b = None
of_the_sum = None
never_reset = None

# %% wrong: never_reset left None, the other three right
# told: not attempted
twice = 6
first_a_then_b = 5
of_the_sum = 11
never_reset = None

# %% wrong: twice is a pair (6, 6), the gradient after each call, instead of the one after the second
# told: form
twice = (6, 6)
first_a_then_b = 5
of_the_sum = 11
never_reset = 36

# %% wrong: numbers given as text, in quotes
# told: form
twice = "6"
first_a_then_b = "5"
of_the_sum = "11"
never_reset = "36"

# %% wrong: never_reset is a pair (12, 36), the gradient after each walk, instead of the one after the second
# told: form
twice = 6
first_a_then_b = 5
of_the_sum = 11
never_reset = (12, 36)
