# %% right: the formula in one line, with //
def conv_output_size(n, kernel_size, strides, num_zeros):
    return (n + 2 * num_zeros - kernel_size) // strides + 1

# %% right: a lambda, one added before dividing (the same for whole numbers)
conv_output_size = lambda n, kernel_size, strides, num_zeros: (n + num_zeros + num_zeros - kernel_size + strides) // strides

# %% right: math.floor of a true division
def conv_output_size(n, kernel_size, strides, num_zeros):
    return math.floor((n + 2 * num_zeros - kernel_size) / strides) + 1

# %% right: np.floor, so a NumPy float (14.0)
def conv_output_size(n, kernel_size, strides, num_zeros):
    return np.floor((n + 2 * num_zeros - kernel_size) / strides) + 1

# %% right: int(np.floor()) step by step, with named intermediate results
def conv_output_size(n, kernel_size, strides, num_zeros):
    padded = n + 2 * num_zeros
    room = padded - kernel_size  # how far the window can move
    steps = int(np.floor(room / strides))
    return steps + 1

# %% right: counts the windows in a while loop
def conv_output_size(n, kernel_size, strides, num_zeros):
    count, start = 0, -num_zeros
    while start + kernel_size <= n + num_zeros:
        count += 1
        start += strides
    return count

# %% right: the length of a range of starting places
def conv_output_size(n, kernel_size, strides, num_zeros):
    return len(range(0, n + 2 * num_zeros - kernel_size + 1, strides))

# %% right: divmod
def conv_output_size(n, kernel_size, strides, num_zeros):
    quotient, _ = divmod(n + 2 * num_zeros - kernel_size, strides)
    return quotient + 1

# %% right: subtracts the remainder first and divides exactly
def conv_output_size(n, kernel_size, strides, num_zeros):
    space = n - kernel_size + 2 * num_zeros
    return int((space - space % strides) / strides + 1)

# %% right: rounded up instead of down: ceil((n + 2p - k + 1) / s)
from math import ceil


def conv_output_size(n, kernel_size, strides, num_zeros):
    return ceil((n + 2 * num_zeros - kernel_size + 1) / strides)

# %% right: really pads an array with np.pad and strides over sliding windows
def conv_output_size(n, kernel_size, strides, num_zeros):
    row = np.pad(np.zeros(n), num_zeros)
    windows = np.lib.stride_tricks.sliding_window_view(row, kernel_size)
    return len(windows[::strides])

# %% right: asks Keras: ZeroPadding1D and a Conv1D with padding "valid"
def conv_output_size(n, kernel_size, strides, num_zeros):
    x = np.zeros((1, n, 1), dtype="float32")
    x = keras.layers.ZeroPadding1D(num_zeros)(x)
    return keras.layers.Conv1D(1, kernel_size, strides=strides, padding="valid")(x).shape[1]

# %% right: recursion, one window at a time
def conv_output_size(n, kernel_size, strides, num_zeros):
    if num_zeros > 0:
        return conv_output_size(n + 2 * num_zeros, kernel_size, strides, 0)
    if n < kernel_size:
        return 0
    return 1 + conv_output_size(n - strides, kernel_size, strides, 0)

# %% right: exact fractions
from fractions import Fraction


def conv_output_size(n, kernel_size, strides, num_zeros):
    return math.floor(Fraction(n + 2 * num_zeros - kernel_size, strides) + 1)

# %% right: a callable object with static helper
class ConvOutputSize:
    @staticmethod
    def padded(n, num_zeros):
        return n + 2 * num_zeros

    def __call__(self, n, kernel_size, strides, num_zeros):
        return (self.padded(n, num_zeros) - kernel_size) // strides + 1


conv_output_size = ConvOutputSize()

# %% right: functools.cache, type annotations, defaults and int()
import functools


@functools.cache
def conv_output_size(n: int, kernel_size: int = 3, strides: int = 1, num_zeros: int = 0) -> int:
    """Return the output size."""
    return int((n + 2 * num_zeros - kernel_size) / strides + 1)

# %% right: uses output_size of the notebook (written out here) on the padded size
def conv_output_size(n, kernel_size, strides, num_zeros):
    def output_size(n, kernel_size, strides, padding):
        if padding == "same":
            return math.ceil(n / strides)
        return (n - kernel_size) // strides + 1

    return output_size(n + 2 * num_zeros, kernel_size, strides, "valid")

# %% right: operator.floordiv and np.sum, a NumPy integer
import operator


def conv_output_size(n, kernel_size, strides, num_zeros):
    return operator.floordiv(np.sum([n, num_zeros, num_zeros, -kernel_size]), strides) + np.int64(1)

# %% right: np.arange(...).size
def conv_output_size(n, kernel_size, strides, num_zeros):
    last_start = n + num_zeros - kernel_size
    return np.arange(-num_zeros, last_start + 1, strides).size

# %% wrong: + 1 forgotten
# told: forgets_the_first_place
def conv_output_size(n, kernel_size, strides, num_zeros):
    return (n + 2 * num_zeros - kernel_size) // strides

# %% wrong: counts the zeros on one side only, n + p instead of n + 2p
# told: pads_one_side
def conv_output_size(n, kernel_size, strides, num_zeros):
    return (n + num_zeros - kernel_size) // strides + 1

# %% wrong: forgets the zeros altogether
# told: ignores_the_zeros
def conv_output_size(n, kernel_size, strides, num_zeros):
    return (n - kernel_size) // strides + 1

# %% wrong: adds the 1 before dividing instead of after
# told: divides_the_places
def conv_output_size(n, kernel_size, strides, num_zeros):
    return (n + 2 * num_zeros - kernel_size + 1) // strides

# %% wrong: true division, so the result is not rounded down (13.5 + 1 = 14.5)
# told: keeps_the_fraction
def conv_output_size(n, kernel_size, strides, num_zeros):
    return (n + 2 * num_zeros - kernel_size) / strides + 1

# %% wrong: rounds up instead of down
# told: rounds_up
def conv_output_size(n, kernel_size, strides, num_zeros):
    return math.ceil((n + 2 * num_zeros - kernel_size) / strides) + 1

# %% wrong: rounds to the nearest instead of down
# told: rounds_to_the_nearest
def conv_output_size(n, kernel_size, strides, num_zeros):
    return round((n + 2 * num_zeros - kernel_size) / strides) + 1

# %% wrong: adds the kernel size instead of subtracting it
# told: adds_the_kernel
def conv_output_size(n, kernel_size, strides, num_zeros):
    return (n + 2 * num_zeros + kernel_size) // strides + 1

# %% wrong: subtracts the zeros instead of adding them
# told: takes_the_zeros_off
def conv_output_size(n, kernel_size, strides, num_zeros):
    return (n - 2 * num_zeros - kernel_size) // strides + 1

# %% wrong: ignores the strides
# told: ignores_the_stride
def conv_output_size(n, kernel_size, strides, num_zeros):
    return n + 2 * num_zeros - kernel_size + 1

# %% wrong: parentheses missing, so only the kernel size is divided by the strides
# told: forgets_the_brackets
def conv_output_size(n, kernel_size, strides, num_zeros):
    return n + 2 * num_zeros - kernel_size // strides + 1

# %% wrong: parenthesis in the wrong place: the strides + 1 is the divisor
# told: divides_by_one_more
def conv_output_size(n, kernel_size, strides, num_zeros):
    return (n + 2 * num_zeros - kernel_size) // (strides + 1)

# %% wrong: the formula of padding "same" (n divided by the strides, rounded up); ignores kernel size and zeros
# told: takes_the_other_rule
def conv_output_size(n, kernel_size, strides, num_zeros):
    return math.ceil(n / strides)

# %% wrong: two mistakes: zeros on one side only, and + 1 forgotten
# told: forgets_the_first_place+pads_one_side
def conv_output_size(n, kernel_size, strides, num_zeros):
    return (n + num_zeros - kernel_size) // strides

# %% wrong: two mistakes: zeros forgotten, and rounded up instead of down
# told: rounds_up+ignores_the_zeros
def conv_output_size(n, kernel_size, strides, num_zeros):
    return math.ceil((n - kernel_size) / strides) + 1

# %% wrong: returns 14, the example's result, whatever the arguments
# told: relation
def conv_output_size(n, kernel_size, strides, num_zeros):
    return 14

# %% wrong: prints the result instead of returning it
# told: form
def conv_output_size(n, kernel_size, strides, num_zeros):
    print((n + 2 * num_zeros - kernel_size) // strides + 1)

# %% wrong: computes the result but has no return statement
# told: form
def conv_output_size(n, kernel_size, strides, num_zeros):
    size = (n + 2 * num_zeros - kernel_size) // strides + 1

# %% wrong: returns both sides, the pair (size, size), instead of one number
# told: relation
def conv_output_size(n, kernel_size, strides, num_zeros):
    size = (n + 2 * num_zeros - kernel_size) // strides + 1
    return size, size

# %% wrong: returns a string
# told: form
def conv_output_size(n, kernel_size, strides, num_zeros):
    return f"{(n + 2 * num_zeros - kernel_size) // strides + 1}"

# %% wrong: swaps strides and num_zeros in the order of the parameters
# told: error
def conv_output_size(n, kernel_size, num_zeros, strides):
    return (n + 2 * num_zeros - kernel_size) // strides + 1

# %% wrong: swaps n and kernel_size in the order of the parameters
# told: exchanges_arguments
def conv_output_size(kernel_size, n, strides, num_zeros):
    return (n + 2 * num_zeros - kernel_size) // strides + 1

# %% wrong: the padding of the example is built in (always p = 2)
# told: ignores_argument
def conv_output_size(n, kernel_size, strides, num_zeros):
    return (n + 2 * 2 - kernel_size) // strides + 1

# %% wrong: the strides of the example are built in (always s = 2)
# told: ignores_argument
def conv_output_size(n, kernel_size, strides, num_zeros):
    return (n + 2 * num_zeros - kernel_size) // 2 + 1

# %% wrong: takes num_zeros as the total of both sides and halves it (uses p // 2 on each side)
# told: nothing
def conv_output_size(n, kernel_size, strides, num_zeros):
    p = num_zeros // 2
    return (n + 2 * p - kernel_size) // strides + 1

# %% wrong: four times the zeros: doubles the padding twice
# told: pads_four_times
def conv_output_size(n, kernel_size, strides, num_zeros):
    num_zeros = 2 * num_zeros
    return (n + 2 * num_zeros - kernel_size) // strides + 1

# %% wrong: multiplies by the strides instead of dividing
# told: multiplies_by_the_stride
def conv_output_size(n, kernel_size, strides, num_zeros):
    return (n + 2 * num_zeros - kernel_size) * strides + 1

# %% wrong: the formula of the transposed convolution, (n - 1) s - 2p + k
# told: goes_the_other_way
def conv_output_size(n, kernel_size, strides, num_zeros):
    return (n - 1) * strides - 2 * num_zeros + kernel_size

# %% wrong: off by one in a range: the last starting place is excluded, so one window is lost wherever the window would end exactly at the edge
# told: changes_argument
def conv_output_size(n, kernel_size, strides, num_zeros):
    count = 0
    for start in range(0, n + 2 * num_zeros - kernel_size, strides):
        count += 1
    return count

# %% wrong: windows may stick out over the far edge (counts all starting places in the padded image)
# told: ignores_the_kernel
def conv_output_size(n, kernel_size, strides, num_zeros):
    return len(range(0, n + 2 * num_zeros, strides))

# %% wrong: divides n alone by the strides, and adds 2p - k + 1 afterwards
# told: nothing
def conv_output_size(n, kernel_size, strides, num_zeros):
    return n // strides + 2 * num_zeros - kernel_size + 1

# %% wrong: squares the result, the number of pixels of the map instead of its width
# told: counts_both_directions
def conv_output_size(n, kernel_size, strides, num_zeros):
    return ((n + 2 * num_zeros - kernel_size) // strides + 1) ** 2

# %% wrong: uses num_zeros as yes or no: any padding counts as one row of zeros on each side
# told: nothing
def conv_output_size(n, kernel_size, strides, num_zeros):
    padding = 1 if num_zeros else 0
    return (n + 2 * padding - kernel_size) // strides + 1

# %% wrong: raises, because it treats num_zeros like Keras's padding string
# told: error
def conv_output_size(n, kernel_size, strides, num_zeros):
    if num_zeros.lower() == "same":
        return math.ceil(n / strides)
    return (n - kernel_size) // strides + 1

# %% wrong: two mistakes: subtracts half the kernel, and no floor (true division)
# told: nothing
def conv_output_size(n, kernel_size, strides, num_zeros):
    return (n + 2 * num_zeros - kernel_size / 2) / strides + 1

# %% wrong: two mistakes: + 1 forgotten, and prints instead of returning
# told: form
def conv_output_size(n, kernel_size, strides, num_zeros):
    print("output size:", (n + 2 * num_zeros - kernel_size) // strides)

# %% wrong: two mistakes: true division, and the zeros counted on one side only
# told: keeps_the_fraction+pads_one_side
def conv_output_size(n, kernel_size, strides, num_zeros):
    return (n + num_zeros - kernel_size) / strides + 1

# %% wrong: keeps state between calls: the zeros of all earlier calls are added up
# told: keeps_something
total_zeros = 0


def conv_output_size(n, kernel_size, strides, num_zeros):
    global total_zeros
    total_zeros += num_zeros
    return (n + 2 * total_zeros - kernel_size) // strides + 1

# %% wrong: infinite recursion: strips one row of zeros at a time without an end
# told: error
def conv_output_size(n, kernel_size, strides, num_zeros):
    return conv_output_size(n + 2, kernel_size, strides, num_zeros - 1)

# %% wrong: converts with np.uint8, so sizes over 255 wrap around
# told: nothing
def conv_output_size(n, kernel_size, strides, num_zeros):
    return np.array([(n + 2 * num_zeros - kernel_size) // strides + 1]).astype(np.uint8)[0]

# %% wrong: the output is capped at the input size n
# told: nothing
def conv_output_size(n, kernel_size, strides, num_zeros):
    return min(n, (n + 2 * num_zeros - kernel_size) // strides + 1)
