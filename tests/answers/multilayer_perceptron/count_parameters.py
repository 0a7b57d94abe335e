# %% right: loop over indices, weights plus biases of each layer
def count_parameters(sizes):
    total = 0
    for i in range(len(sizes) - 1):
        weights = sizes[i] * sizes[i + 1]
        biases = sizes[i + 1]
        total += weights + biases
    return total

# %% right: one-liner with pairwise, factored as (D + 1) * H
def count_parameters(sizes):
    return sum((d + 1) * h for d, h in pairwise(sizes))

# %% right: zip of the list with itself shifted
def count_parameters(sizes):
    return sum(m * n + n for m, n in zip(sizes[:-1], sizes[1:]))

# %% right: a lambda, weights and biases summed apart
count_parameters = lambda sizes: (
    sum(a * b for a, b in zip(sizes, sizes[1:])) + sum(sizes[1:])
)

# %% right: numpy dot product, returns a numpy integer
def count_parameters(sizes):
    sizes = np.asarray(sizes)
    return np.dot(sizes[:-1] + 1, sizes[1:])

# %% right: recursion over the list, ends at a single size
def count_parameters(sizes):
    if len(sizes) < 2:
        return 0
    first, second, *rest = sizes
    return (first + 1) * second + count_parameters([second, *rest])

# %% right: builds a Keras model of dense layers and asks it
def count_parameters(sizes):
    if len(sizes) < 2:
        return 0  # Keras cannot count a model without layers
    net = keras.Sequential([keras.Input((int(sizes[0]),))])
    for n in sizes[1:]:
        net.add(keras.layers.Dense(int(n)))
    return net.count_params()

# %% right: really allocates the arrays and adds up their sizes
def count_parameters(sizes):
    layers = [(np.zeros((m, n)), np.zeros(n)) for m, n in pairwise(sizes)]
    return sum(W.size + b.size for W, b in layers)

# %% right: functools.reduce with a pair (total, previous size) as state
from functools import reduce


def count_parameters(sizes):
    def step(state, n):
        total, previous = state
        return total + previous * n + n, n

    return reduce(step, sizes[1:], (0, sizes[0]))[0]

# %% right: a callable object with __call__
class Counter:
    def __init__(self, use_bias=True):
        self.bias = int(use_bias)

    def layer(self, inputs, units):
        return inputs * units + self.bias * units

    def __call__(self, sizes):
        return sum(self.layer(*pair) for pair in pairwise(sizes))


count_parameters = Counter()

# %% right: functools.partial of a more general function
from functools import partial


def count(sizes, bias):
    return sum(m * n + bias * n for m, n in pairwise(sizes))


count_parameters = partial(count, bias=1)

# %% right: superdiagonal of an outer product for the weights
def count_parameters(sizes):
    outer = np.outer(sizes, sizes)
    return int(np.trace(outer, offset=1) + np.sum(sizes[1:]))

# %% right: einsum, returned as a Python int
def count_parameters(sizes):
    s = np.array(sizes, dtype=np.int64)
    return int(np.einsum("i,i->", s[:-1], s[1:]) + s[1:].sum())

# %% right: returns a float of the right value
def count_parameters(sizes):
    s = np.asarray(sizes, dtype=float)
    return float(np.sum(s[1:] * (s[:-1] + 1)))

# %% right: a while loop that remembers the previous size, no indexing of the next
def count_parameters(sizes):
    it = iter(sizes)
    previous = next(it)
    total = 0
    while True:
        current = next(it, None)
        if current is None:
            return total
        total += current * (previous + 1)
        previous = current

# %% right: itertools.starmap and operator.mul, biases added by sum
from itertools import starmap
from operator import mul


def count_parameters(sizes):
    return sum(starmap(mul, pairwise(sizes)), start=sum(sizes[1:]))

# %% right: numpy sliding_window_view and a product along the rows, 0-d array
def count_parameters(sizes):
    if len(sizes) < 2:
        return np.array(0)
    windows = np.lib.stride_tricks.sliding_window_view(np.array(sizes), 2)
    return np.array(windows.prod(axis=1).sum() + windows[:, 1].sum())

# %% right: keras.ops, returns a backend tensor of int32
def count_parameters(sizes):
    s = keras.ops.convert_to_tensor(list(sizes), dtype="int32")
    return keras.ops.sum((s[:-1] + 1) * s[1:])

# %% right: pandas shift, the missing first row is skipped by sum
import pandas as pd


def count_parameters(sizes):
    s = pd.Series(list(sizes))
    return int((s * s.shift(1) + s).sum())

# %% right: treats the bias as one more input that is always 1, matrix shapes in a list comprehension
import math


def count_parameters(sizes):
    shapes = [(sizes[l - 1] + 1, sizes[l]) for l in range(1, len(sizes))]
    return sum(math.prod(shape) for shape in shapes)

# %% right: pops from a copy of the list, so that the argument stays as it is
def count_parameters(sizes):
    todo = list(sizes)
    inputs, total = todo.pop(0), 0
    while todo:
        units = todo.pop(0)
        total += inputs * units + units
        inputs = units
    return total

# %% right: cached helper on tuples
from functools import cache


@cache
def _count(sizes):
    return 0 if len(sizes) < 2 else _count(sizes[:-1]) + (sizes[-2] + 1) * sizes[-1]


def count_parameters(sizes):
    return _count(tuple(sizes))

# %% right: the square trick, (sum of squares of neighbours' sums minus squares) / 2, integer division is exact
def count_parameters(sizes):
    weights = sum((a + b) ** 2 - a * a - b * b for a, b in pairwise(sizes)) // 2
    return weights + sum(sizes) - sizes[0]

# %% wrong: forgets the biases, counts the weights only
# told: forgets_the_biases
def count_parameters(sizes):
    return sum(m * n for m, n in pairwise(sizes))

# %% wrong: one bias per input of each layer instead of one per unit (m * n + m)
# told: one_bias_for_each_input
def count_parameters(sizes):
    total = 0
    for m, n in pairwise(sizes):
        total += m * n + m
    return total

# %% wrong: one single bias per layer instead of one per unit
# told: one_bias_for_each_layer
def count_parameters(sizes):
    return sum(m * n + 1 for m, n in pairwise(sizes))

# %% wrong: counts biases for the input layer too
# told: gives_the_inputs_biases
def count_parameters(sizes):
    weights = sum(m * n for m, n in zip(sizes, sizes[1:]))
    return weights + sum(sizes)

# %% wrong: leaves out the biases of the output layer
# told: forgets_the_output_biases
def count_parameters(sizes):
    weights = sum(m * n for m, n in zip(sizes, sizes[1:]))
    return weights + sum(sizes[1:-1])

# %% wrong: stops one layer too early, the output layer is not counted
# told: leaves_out_the_last_layer
def count_parameters(sizes):
    total = 0
    for i in range(len(sizes) - 2):
        total += (sizes[i] + 1) * sizes[i + 1]
    return total

# %% wrong: starts at 1, so the first layer's weights and biases are not counted
# told: leaves_out_the_first_layer
def count_parameters(sizes):
    total = 0
    for i in range(1, len(sizes) - 1):
        total += sizes[i] * sizes[i + 1] + sizes[i + 1]
    return total

# %% wrong: index runs out of the list (IndexError), range goes to len(sizes)
# told: error
def count_parameters(sizes):
    total = 0
    for i in range(len(sizes)):
        total += sizes[i] * sizes[i + 1] + sizes[i + 1]
    return total

# %% wrong: range from 0 with sizes[i - 1], so the last size is also joined to the first one (a wrap-around layer)
# told: nothing
def count_parameters(sizes):
    total = 0
    for i in range(len(sizes)):
        total += sizes[i - 1] * sizes[i] + sizes[i]
    return total

# %% wrong: multiplies all sizes together instead of neighbours
# told: multiplies_all_layers
def count_parameters(sizes):
    return int(np.prod(sizes)) + sum(sizes[1:])

# %% wrong: multiplies the layers' counts instead of adding them
# told: nothing
def count_parameters(sizes):
    total = 1
    for m, n in pairwise(sizes):
        total *= m * n + n
    return total

# %% wrong: returns inside the loop, so only the first layer is counted
# told: counts_the_first_layer_only
def count_parameters(sizes):
    total = 0
    for m, n in pairwise(sizes):
        total += m * n + n
        return total

# %% wrong: overwrites the total instead of adding (= instead of +=), so only the last layer is counted
# told: counts_the_last_layer_only
def count_parameters(sizes):
    total = 0
    for m, n in pairwise(sizes):
        total = m * n + n
    return total

# %% wrong: prints the number instead of returning it
# told: form
def count_parameters(sizes):
    print(sum(m * n + n for m, n in pairwise(sizes)))

# %% wrong: returns a list with one count per layer instead of their sum
# told: one_number_for_each_layer
def count_parameters(sizes):
    return [m * n + n for m, n in pairwise(sizes)]

# %% wrong: returns weights and biases as a tuple instead of one number
# told: relation
def count_parameters(sizes):
    weights = sum(m * n for m, n in pairwise(sizes))
    biases = sum(sizes[1:])
    return weights, biases

# %% wrong: hard-codes a network with exactly one hidden layer, fails with a ValueError for other depths
# told: error
def count_parameters(sizes):
    n_in, n_hidden, n_out = sizes
    return n_in * n_hidden + n_hidden + n_hidden * n_out + n_out

# %% wrong: takes only sizes[0], sizes[1] and sizes[2] into account, ignores all deeper layers
# told: stops_after_three_sizes
def count_parameters(sizes):
    if len(sizes) == 1:
        return 0
    total = sizes[0] * sizes[1] + sizes[1]
    if len(sizes) > 2:
        total += sizes[1] * sizes[2] + sizes[2]
    return total

# %% wrong: always returns the number of the example, whatever the sizes
# told: relation
def count_parameters(sizes):
    return 203530

# %% wrong: counts units (the sum of the sizes) instead of parameters
# told: adds_the_sizes
def count_parameters(sizes):
    return sum(sizes)

# %% wrong: connects every layer with all later ones (skip connections) instead of with the next one only
# told: nothing
from itertools import combinations


def count_parameters(sizes):
    return sum(m * n for m, n in combinations(sizes, 2)) + sum(sizes[1:])

# %% wrong: pairs the sizes in twos without overlap (0-1, 2-3), so every second layer is left out
# told: skips_every_second_layer
def count_parameters(sizes):
    total = 0
    for i in range(0, len(sizes) - 1, 2):
        total += sizes[i] * sizes[i + 1] + sizes[i + 1]
    return total

# %% wrong: adds the two sizes instead of multiplying them
# told: adds_instead_of_multiplying
def count_parameters(sizes):
    return sum(m + n + n for m, n in pairwise(sizes))

# %% wrong: counts the bias on both sides, (m + 1) * (n + 1) per layer
# told: adds_one_on_both_sides
def count_parameters(sizes):
    return sum((m + 1) * (n + 1) for m, n in pairwise(sizes))

# %% wrong: right result, but empties the list it was given (pop)
# told: overwrites
def count_parameters(sizes):
    total = 0
    while len(sizes) > 1:
        n = sizes.pop()
        total += sizes[-1] * n + n
    return total

# %% wrong: keeps a global total between calls, so the second call also contains the first
# told: keeps_something
total = 0


def count_parameters(sizes):
    global total
    for m, n in pairwise(sizes):
        total += m * n + n
    return total

# %% wrong: mutable default argument collects the layers of all earlier calls
# told: keeps_something
def count_parameters(sizes, counts=[]):
    for m, n in pairwise(sizes):
        counts.append(m * n + n)
    return sum(counts)

# %% wrong: counts the biases twice
# told: counts_the_biases_twice
def count_parameters(sizes):
    return sum((m + 1) * n + n for m, n in pairwise(sizes))

# %% wrong: doubles every layer's weights (counts connections in both directions)
# told: nothing
def count_parameters(sizes):
    return sum(2 * m * n + n for m, n in pairwise(sizes))

# %% wrong: multiplies each layer's units by themselves (n * n) instead of inputs times units
# told: squares_the_layer
def count_parameters(sizes):
    total = 0
    for n in sizes[1:]:
        total += n * n + n
    return total

# %% wrong: uses the input size for every layer instead of the previous layer's size
# told: nothing
def count_parameters(sizes):
    return sum(sizes[0] * n + n for n in sizes[1:])

# %% wrong: mean over the layers instead of the sum
# told: averages_over_the_layers
def count_parameters(sizes):
    return np.mean([m * n + n for m, n in pairwise(sizes)])

# %% wrong: ignores its argument and counts the parameters of the notebook's network (784, 256, 10)
# told: relation
def count_parameters(sizes):
    return build_mlp().count_params()

# %% wrong: returns the memory in bytes (four per parameter) instead of the number of parameters
# told: relation
def count_parameters(sizes):
    return 4 * sum(m * n + n for m, n in pairwise(sizes))

# %% wrong: computes in int16, so large networks overflow
# told: nothing
def count_parameters(sizes):
    s = np.array(sizes, dtype=np.int16)
    return int(np.sum(s[:-1] * s[1:] + s[1:], dtype=np.int16))

# %% wrong: returns a text with a thousands separator instead of a number
# told: form
def count_parameters(sizes):
    return f"{sum(m * n + n for m, n in pairwise(sizes)):,}"

# %% wrong: returns None, the sum is computed but return is missing
# told: form
def count_parameters(sizes):
    total = sum(m * n + n for m, n in pairwise(sizes))

# %% wrong: raises a TypeError, multiplies two lists with each other
# told: error
def count_parameters(sizes):
    return sum(sizes[:-1] * sizes[1:]) + sum(sizes[1:])

# %% wrong: infinite recursion, the list is never shortened
# told: error
def count_parameters(sizes):
    if len(sizes) == 1:
        return 0
    return sizes[0] * sizes[1] + sizes[1] + count_parameters(sizes)

# %% wrong: recursion takes two sizes off at a time, so the layers in between are skipped
# told: skips_every_second_layer
def count_parameters(sizes):
    if len(sizes) < 2:
        return 0
    return sizes[0] * sizes[1] + sizes[1] + count_parameters(sizes[2:])

# %% wrong: expects the sizes as separate arguments, so a single list raises a TypeError
# told: error
def count_parameters(n_in, n_hidden, n_out):
    return (n_in + 1) * n_hidden + (n_hidden + 1) * n_out

# %% wrong: two mistakes, forgets the biases and leaves out the output layer
# told: forgets_the_biases+leaves_out_the_last_layer
def count_parameters(sizes):
    total = 0
    for i in range(len(sizes) - 2):
        total += sizes[i] * sizes[i + 1]
    return total

# %% wrong: two mistakes, forgets the biases and skips the first layer
# told: forgets_the_biases+leaves_out_the_first_layer
def count_parameters(sizes):
    total = 0
    for i in range(1, len(sizes) - 1):
        total += sizes[i] * sizes[i + 1]
    return total

# %% wrong: two mistakes, one bias per layer only, and the last layer is not counted
# told: one_bias_for_each_layer+leaves_out_the_last_layer
def count_parameters(sizes):
    return sum(m * n + 1 for m, n in zip(sizes[:-2], sizes[1:-1]))

# %% wrong: two mistakes, biases counted per input instead of per unit, and printed instead of returned
# told: form
def count_parameters(sizes):
    print(sum(m * n + m for m, n in pairwise(sizes)))

# %% wrong: two mistakes, forgets the biases and returns a list per layer instead of the sum
# told: forgets_the_biases+one_number_for_each_layer
def count_parameters(sizes):
    return [m * n for m, n in pairwise(sizes)]

# %% wrong: two mistakes, forgets the biases and returns after the first layer
# told: forgets_the_biases+counts_the_first_layer_only
def count_parameters(sizes):
    for m, n in pairwise(sizes):
        return m * n
