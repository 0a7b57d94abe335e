# %% right: counting units s, s - 1, s - 2, slopes 1, -1, 1, as arrays
parity_hidden_weights = np.array([[1, 1, 1], [1, 1, 1], [1, 1, 1]])
parity_hidden_bias = np.array([0, -1, -2])
parity_output_weights = np.array([1, -2, 2])

# %% right: plain nested lists instead of arrays
parity_hidden_weights = [[1, 1, 1], [1, 1, 1], [1, 1, 1]]
parity_hidden_bias = [0, -1, -2]
parity_output_weights = [1, -2, 2]

# %% right: np.ones and -np.arange, floats
parity_hidden_weights = np.ones((3, 3))
parity_hidden_bias = -np.arange(3.0)
parity_output_weights = np.array([1.0, -2.0, 2.0])

# %% right: the units in another order
parity_hidden_weights = np.ones((3, 3), dtype=int)
parity_hidden_bias = np.array([-2, 0, -1])
parity_output_weights = np.array([2, 1, -2])

# %% right: units scaled by 2, 4 and 10, output weights scaled back
scale = np.array([2.0, 4.0, 10.0])
parity_hidden_weights = np.ones((3, 3)) * scale
parity_hidden_bias = np.array([0.0, -1.0, -2.0]) * scale
parity_output_weights = np.array([1.0, -2.0, 2.0]) / scale

# %% right: the factor two moved into the hidden layer, output weights are only 1 and -1
parity_hidden_weights = np.array([[1, 2, 2]] * 3)
parity_hidden_bias = np.array([0, -2, -4])
parity_output_weights = np.array([1, -1, 1])

# %% right: two switches turned round (1 - x), which leaves the parity as it is
parity_hidden_weights = np.array([[1, 1, 1], [-1, -1, -1], [-1, -1, -1]])
parity_hidden_bias = np.array([2, 1, 0])
parity_output_weights = np.array([1, -2, 2])

# %% right: first and third switch turned round, tuples
parity_hidden_weights = ((-1, -1, -1), (1, 1, 1), (-1, -1, -1))
parity_hidden_bias = (2, 1, 0)
parity_output_weights = (1, -2, 2)

# %% right: two units that fall with the count and one that rises
parity_hidden_weights = np.array([[-2, -1, 1]] * 3)
parity_hidden_bias = np.array([2, 2, -2])
parity_output_weights = np.array([-1, 1, 1])

# %% right: falling units of steepness 2, output weight -3
parity_hidden_weights = np.array([[-2, -2, 1], [-2, -2, 1], [-2, -2, 1]])
parity_hidden_bias = np.array([1, 3, -2])
parity_output_weights = np.array([-3.0, 1.0, 1.0])

# %% right: different weights for the third switch, not a function of the plain count
parity_hidden_weights = np.array([[-2, 1, 1], [-2, 1, 1], [1, -2, -1]])
parity_hidden_bias = np.array([0, -1, 0])
parity_output_weights = np.array([1, -2, 1])

# %% right: bends between whole numbers, output weights -1.5 and half-open steps
parity_hidden_weights = np.array([[-2.0, -2.0, 1.0]] * 3)
parity_hidden_bias = np.array([2.0, 3.0, -2.0])
parity_output_weights = np.array([-1.5, 1.0, 1.0])

# %% right: output weights found by solving the equations of the zigzag at 1, 2 and 3 switches
parity_hidden_weights = np.ones((3, 3))
parity_hidden_bias = np.array([0.0, -1.0, -2.0])
counts = np.array([1.0, 2.0, 3.0])
parity_output_weights = np.linalg.solve(
    relu(counts[:, None] + parity_hidden_bias), counts % 2
)

# %% right: output weights as second differences of the zigzag 0, 1, 0, 1
zigzag = np.array([0, 0, 1, 0, 1])
parity_hidden_weights = np.full((3, 3), 1)
parity_hidden_bias = np.array([-k for k in range(3)])
parity_output_weights = np.diff(zigzag, n=2)

# %% right: least squares over all eight settings
from itertools import product

settings = np.array(list(product([0, 1], repeat=3)))
parity_hidden_weights = np.ones((3, 3))
parity_hidden_bias = np.linspace(0, -2, 3)
units = np.maximum(settings @ parity_hidden_weights + parity_hidden_bias, 0)
parity_output_weights = np.linalg.lstsq(units, settings.sum(axis=1) % 2, rcond=None)[0]

# %% right: float32 arrays
parity_hidden_weights = np.ones((3, 3), dtype="float32")
parity_hidden_bias = np.array([0, -1, -2], dtype="float32")
parity_output_weights = np.array([1, -2, 2], dtype="float32")

# %% right: Keras tensors
parity_hidden_weights = keras.ops.ones((3, 3))
parity_hidden_bias = keras.ops.convert_to_tensor([0.0, -1.0, -2.0])
parity_output_weights = keras.ops.convert_to_tensor([1.0, -2.0, 2.0])

# %% right: jax arrays
import jax.numpy as jnp

parity_hidden_weights = jnp.ones((3, 3))
parity_hidden_bias = jnp.array([0, -1, -2])
parity_output_weights = jnp.array([1, -2, 2])

# %% right: tiny hidden weights, large output weights (a factor 10**-2)
parity_hidden_weights = 10**-2 * np.ones((3, 3))
parity_hidden_bias = 10**-2 * np.array([0, -1, -2])
parity_output_weights = 100 * np.array([1, -2, 2])

# %% right: outer product and broadcast views, numbers as fractions
from fractions import Fraction

parity_hidden_weights = np.outer([1, 1, 1], [Fraction(1, 2), 1, Fraction(1, 3)]).astype(float)
parity_hidden_bias = np.array([0, -1, -2 * Fraction(1, 3)], dtype=float)
parity_output_weights = np.array([2, -2, 6])

# %% right: set as the weights of a Keras network and read from there
net = keras.Sequential(
    [keras.Input((3,)), keras.layers.Dense(3, "relu"), keras.layers.Dense(1)]
)
net.set_weights(
    [np.ones((3, 3)), np.array([0, -1, -2]), np.array([[1], [-2], [2]]), np.zeros(1)]
)
parity_hidden_weights, parity_hidden_bias = net.layers[0].get_weights()
parity_output_weights = net.layers[1].get_weights()[0].ravel()

# %% right: columns stacked one unit at a time
count = np.array([1, 1, 1])
parity_hidden_weights = np.column_stack([count, 2 * count, 4 * count])
parity_hidden_bias = np.stack([np.int64(0), np.int64(-2), np.int64(-8)])
parity_output_weights = np.array([1, -1, 0.5])

# %% right: negative first output weight, second and third unit carry the rise (falling unit of -2s + 1)
parity_hidden_weights = np.tile([-2, -1, 1], (3, 1))
parity_hidden_bias = np.array([1, 2, -2])
parity_output_weights = np.array([-2, 1, 1])

# %% wrong: last output weight 1 instead of 2, so three switches give 0 (it computes "exactly one is on")
# told: on_for_exactly_one
parity_hidden_weights = np.ones((3, 3))
parity_hidden_bias = np.array([0, -1, -2])
parity_output_weights = np.array([1, -2, 1])

# %% wrong: slopes used as output weights (1, -1, 1) instead of their changes (1, -2, 2)
# told: turns_too_little
parity_hidden_weights = np.ones((3, 3))
parity_hidden_bias = np.array([0, -1, -2])
parity_output_weights = np.array([1, -1, 1])

# %% wrong: sign of the last output weight, -2 instead of 2, so three switches give -3
# told: has_another_zigzag
parity_hidden_weights = np.ones((3, 3))
parity_hidden_bias = np.array([0, -1, -2])
parity_output_weights = np.array([1, -2, -2])

# %% wrong: last output weight 4 instead of 2 (doubled each time), three switches give 3
# told: has_another_zigzag
parity_hidden_weights = np.ones((3, 3))
parity_hidden_bias = np.array([0, -1, -2])
parity_output_weights = np.array([1, -2, 4])

# %% wrong: last output weight 3 instead of 2 (1, -2, 3), three switches give 2
# told: has_another_zigzag
parity_hidden_weights = np.ones((3, 3))
parity_hidden_bias = np.array([0, -1, -2])
parity_output_weights = np.array([1, -2, 3])

# %% wrong: last output weight 0, the XOR solution with an idle third unit, three switches give -1
# told: goes_on_falling
parity_hidden_weights = np.ones((3, 3))
parity_hidden_bias = np.array([0, -1, -2])
parity_output_weights = np.array([1, -2, 0])

# %% wrong: sign of the bias, 0, 1, 2 instead of 0, -1, -2
# told: never_switches_a_unit_off
parity_hidden_weights = np.ones((3, 3))
parity_hidden_bias = np.array([0, 1, 2])
parity_output_weights = np.array([1, -2, 2])

# %% wrong: biases off by one, -1, -2, -3 instead of 0, -1, -2
# told: wakes_up_late
parity_hidden_weights = np.ones((3, 3))
parity_hidden_bias = np.array([-1, -2, -3])
parity_output_weights = np.array([1, -2, 2])

# %% wrong: biases off by one in the other direction, 1, 0, -1
# told: has_another_zigzag
parity_hidden_weights = np.ones((3, 3))
parity_hidden_bias = np.array([1, 0, -1])
parity_output_weights = np.array([1, -2, 2])

# %% wrong: all biases zero, so all three units do the same and the output is proportional to the count
# told: is_a_line
parity_hidden_weights = np.ones((3, 3))
parity_hidden_bias = np.zeros(3)
parity_output_weights = np.array([1, -2, 2])

# %% wrong: second and third unit both wake up at two (bias -1 twice), so they cancel and the output counts
# told: is_a_line
parity_hidden_weights = np.ones((3, 3))
parity_hidden_bias = np.array([0, -1, -1])
parity_output_weights = np.array([1, -2, 2])

# %% wrong: third unit wakes up one too late (bias -3), so it never does anything and three switches give -1
# told: goes_on_falling
parity_hidden_weights = np.ones((3, 3))
parity_hidden_bias = np.array([0, -1, -3])
parity_output_weights = np.array([1, -2, 2])

# %% wrong: all output weights 1
# told: has_another_zigzag
parity_hidden_weights = np.ones((3, 3))
parity_hidden_bias = np.array([0, -1, -2])
parity_output_weights = np.ones(3)

# %% wrong: identity matrix, each unit sees only one switch
# told: has_another_zigzag
parity_hidden_weights = np.eye(3)
parity_hidden_bias = np.array([0, -1, -2])
parity_output_weights = np.array([1, -2, 2])

# %% wrong: output weights of shape (3, 1) instead of (3,)
# told: form
parity_hidden_weights = np.ones((3, 3))
parity_hidden_bias = np.array([0, -1, -2])
parity_output_weights = np.array([[1], [-2], [2]])

# %% wrong: output weights of shape (1, 3) instead of (3,)
# told: form
parity_hidden_weights = np.ones((3, 3))
parity_hidden_bias = np.array([0, -1, -2])
parity_output_weights = np.array([[1, -2, 2]])

# %% wrong: bias of shape (3, 1) instead of (3,), a column
# told: form
parity_hidden_weights = np.ones((3, 3))
parity_hidden_bias = np.array([[0], [-1], [-2]])
parity_output_weights = np.array([1, -2, 2])

# %% wrong: hidden weights transposed, one row per unit instead of one column (for turned-round switches)
# told: one_row_a_unit
parity_hidden_weights = np.array([[1, -1, -1], [1, -1, -1], [1, -1, -1]])
parity_hidden_bias = np.array([2, 1, 0])
parity_output_weights = np.array([1, -2, 2])

# %% wrong: units of strength 1, 2, 2 written in rows instead of columns (transposed)
# told: one_row_a_unit
parity_hidden_weights = np.array([[1, 1, 1], [2, 2, 2], [2, 2, 2]])
parity_hidden_bias = np.array([0, -2, -4])
parity_output_weights = np.array([1, -1, 1])

# %% wrong: the XOR network for two switches, shapes (2, 2), (2,) and (2,)
# told: form
parity_hidden_weights = np.array([[1, 1], [1, 1]])
parity_hidden_bias = np.array([0, -1])
parity_output_weights = np.array([1, -2])

# %% wrong: third switch is not connected (its row is zero), so it is XOR of the first two
# told: has_another_zigzag
parity_hidden_weights = np.array([[1, 1, 1], [1, 1, 1], [0, 0, 0]])
parity_hidden_bias = np.array([0, -1, -2])
parity_output_weights = np.array([1, -2, 2])

# %% wrong: lamp on for an even number of switches instead of odd (output 1, 0, 1, 0)
# told: on_for_even
parity_hidden_weights = np.array([[-1, 1, 1]] * 3)
parity_hidden_bias = np.array([1, -1, -2])
parity_output_weights = np.array([1, 1, -2])

# %% wrong: majority, on if at least two switches are on
# told: has_another_zigzag
parity_hidden_weights = np.ones((3, 3))
parity_hidden_bias = np.array([0, -1, -2])
parity_output_weights = np.array([0, 1, -1])

# %% wrong: "or", on if any switch is on
# told: on_for_any
parity_hidden_weights = np.ones((3, 3))
parity_hidden_bias = np.array([0, -1, -2])
parity_output_weights = np.array([1, -1, 0])

# %% wrong: "and", on only if all three are on
# told: has_another_zigzag
parity_hidden_weights = np.ones((3, 3))
parity_hidden_bias = np.array([0, -1, -2])
parity_output_weights = np.array([0, 0, 1])

# %% wrong: counts the switches, output 0, 1, 2, 3
# told: is_a_line
parity_hidden_weights = np.ones((3, 3))
parity_hidden_bias = np.array([0, -1, -2])
parity_output_weights = np.array([1, 0, 0])

# %% wrong: bias and output weights swapped
# told: has_another_zigzag
parity_hidden_weights = np.ones((3, 3))
parity_hidden_bias = np.array([1, -2, 2])
parity_output_weights = np.array([0, -1, -2])

# %% wrong: sign of all output weights turned round, the output is 0, -1, 0, -1
# told: turns_the_sign
parity_hidden_weights = np.ones((3, 3))
parity_hidden_bias = np.array([0, -1, -2])
parity_output_weights = np.array([-1, 2, -2])

# %% wrong: only the bias order is reversed, the output weights are still in the old order
# told: has_another_zigzag
parity_hidden_weights = np.ones((3, 3))
parity_hidden_bias = np.array([-2, -1, 0])
parity_output_weights = np.array([1, -2, 2])

# %% wrong: output weights in reversed order (2, -2, 1)
# told: has_another_zigzag
parity_hidden_weights = np.ones((3, 3))
parity_hidden_bias = np.array([0, -1, -2])
parity_output_weights = np.array([2, -2, 1])

# %% wrong: output twice as large as asked for, 0, 2, 0, 2 instead of 0, 1, 0, 1
# told: has_another_zigzag
parity_hidden_weights = np.ones((3, 3))
parity_hidden_bias = np.array([0, -1, -2])
parity_output_weights = np.array([2, -4, 4])

# %% wrong: hidden weights doubled without doubling the biases
# told: has_another_zigzag
parity_hidden_weights = 2 * np.ones((3, 3))
parity_hidden_bias = np.array([0, -1, -2])
parity_output_weights = np.array([1, -2, 2])

# %% wrong: hidden weights 1/3 (mean instead of sum of the switches), biases not adapted
# told: has_another_zigzag
parity_hidden_weights = np.full((3, 3), 1 / 3)
parity_hidden_bias = np.array([0, -1, -2])
parity_output_weights = np.array([1, -2, 2])

# %% wrong: dtype=int cuts the hidden weights of one half off to zero
# told: is_always_off
parity_hidden_weights = np.full((3, 3), 0.5, dtype=int)
parity_hidden_bias = np.array([0, -0.5, -1])
parity_output_weights = np.array([2, -4, 4])

# %% wrong: bends at 1.5 and 2.5 (biases -1.5 and -2.5) instead of at 1 and 2
# told: on_for_any
parity_hidden_weights = np.ones((3, 3))
parity_hidden_bias = np.array([0, -1.5, -2.5])
parity_output_weights = np.array([1, -2, 2])

# %% wrong: one unit for each pair of switches, two switches on do not give 0
# told: has_another_zigzag
parity_hidden_weights = np.array([[1, 0, 1], [1, 1, 0], [0, 1, 1]])
parity_hidden_bias = np.array([0, -1, -2])
parity_output_weights = np.array([1, -2, 2])

# %% wrong: four hidden units instead of three, shapes (3, 4), (4,) and (4,)
# told: form
parity_hidden_weights = np.ones((3, 4))
parity_hidden_bias = np.array([0, -1, -2, -3])
parity_output_weights = np.array([1, -2, 2, -2])

# %% wrong: output weights still None
# told: not attempted
parity_hidden_weights = np.ones((3, 3))
parity_hidden_bias = np.array([0, -1, -2])
parity_output_weights = None

# %% wrong: hidden weights only one vector of shape (3,) instead of a (3, 3) matrix
# told: form
parity_hidden_weights = np.ones(3)
parity_hidden_bias = np.array([0, -1, -2])
parity_output_weights = np.array([1, -2, 2])

# %% wrong: bias is one number, not one per unit
# told: form
parity_hidden_weights = np.ones((3, 3))
parity_hidden_bias = -1
parity_output_weights = np.array([1, -2, 2])

# %% wrong: switches taken as -1 and +1, so the counts are wrong for switches 0 and 1
# told: has_another_zigzag
parity_hidden_weights = np.full((3, 3), 0.5)
parity_hidden_bias = np.array([1.5, 0.5, -0.5])
parity_output_weights = np.array([1, -2, 2])

# %% wrong: hidden weights negative without turning the biases, all units stay at zero
# told: is_always_off
parity_hidden_weights = -np.ones((3, 3))
parity_hidden_bias = np.array([0, -1, -2])
parity_output_weights = np.array([1, -2, 2])

# %% wrong: only one of the switches turned round, so the lamp is on for even numbers
# told: on_for_even
parity_hidden_weights = np.array([[1, 1, 1], [1, 1, 1], [-1, -1, -1]])
parity_hidden_bias = np.array([1, 0, -1])
parity_output_weights = np.array([1, -2, 2])

# %% wrong: all three switches turned round (1 - x), so the lamp is on for even numbers
# told: on_for_even
parity_hidden_weights = -np.ones((3, 3))
parity_hidden_bias = np.array([3, 2, 1])
parity_output_weights = np.array([1, -2, 2])

# %% wrong: truth table of the eight settings instead of weights, shape (8, 3)
# told: form
from itertools import product

parity_hidden_weights = np.array(list(product([0, 1], repeat=3)))
parity_hidden_bias = np.array([0, -1, -2])
parity_output_weights = np.array([1, -2, 2])

# %% wrong: nan in the output weights (divides 0 by 0 when scaling back)
# told: has_another_zigzag
with np.errstate(all="ignore"):
    scale = np.array([0.0, 1.0, 2.0])
    parity_hidden_weights = np.ones((3, 3)) * scale
    parity_hidden_bias = np.array([0.0, -1.0, -4.0])
    parity_output_weights = np.array([0.0, -2.0, 2.0]) / scale

# %% wrong: two mistakes, signs of the biases and last output weight 1 instead of 2
# told: is_always_off
parity_hidden_weights = np.ones((3, 3))
parity_hidden_bias = np.array([0, 1, 2])
parity_output_weights = np.array([1, -2, 1])

# %% wrong: two mistakes, biases off by one and output weights 1, -1, 1 (slopes instead of their changes)
# told: has_another_zigzag
parity_hidden_weights = np.ones((3, 3))
parity_hidden_bias = np.array([-1, -2, -3])
parity_output_weights = np.array([1, -1, 1])

# %% wrong: two mistakes, identity matrix (one switch per unit) and all biases zero
# told: never_switches_a_unit_off
parity_hidden_weights = np.eye(3)
parity_hidden_bias = np.zeros(3)
parity_output_weights = np.array([1, -2, 2])

# %% wrong: two mistakes, output weights of shape (3, 1) and last one 1 instead of 2
# told: form
parity_hidden_weights = np.ones((3, 3))
parity_hidden_bias = np.array([0, -1, -2])
parity_output_weights = np.array([[1], [-2], [1]])

# %% wrong: two mistakes, third switch not connected, and biases all zero
# told: never_switches_a_unit_off
parity_hidden_weights = np.array([[1, 1, 1], [1, 1, 1], [0, 0, 0]])
parity_hidden_bias = np.array([0, 0, 0])
parity_output_weights = np.array([1, -2, 2])
