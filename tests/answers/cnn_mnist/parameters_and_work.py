# %% right: plain whole numbers
num_parameters = 27712
num_multiplications = 1354752

# %% right: with underscores between the thousands
num_parameters = 27_712
num_multiplications = 1_354_752

# %% right: the expressions written out
num_parameters = 3 * 3 * 48 * 64 + 64
num_multiplications = 7 * 7 * 3 * 3 * 48 * 64

# %% right: per kernel first: one kernel and its bias, times 64
num_parameters = (3**2 * 48 + 1) * 64
num_multiplications = 7**2 * 3**2 * 48 * 64

# %% right: with named quantities
k, c_in, c_out, size = 3, 48, 64, 7
weights = k * k * c_in * c_out
biases = c_out
num_parameters = weights + biases
num_multiplications = weights * size**2

# %% right: multiplications from the parameters without the biases
num_parameters = 64 * (9 * 48 + 1)
num_multiplications = (num_parameters - 64) * 49

# %% right: np.prod, so NumPy integers
num_parameters = np.prod([3, 3, 48, 64]) + 64
num_multiplications = np.prod((7, 7, 3, 3, 48, 64))

# %% right: math.prod with tuples
num_parameters = math.prod((3, 3, 48, 64)) + 64
num_multiplications = math.prod((3, 3, 48, 64)) * math.prod((7, 7))

# %% right: asks the layer itself: count_params() and the shapes of kernel and output
layer = keras.layers.Conv2D(64, 3)
output = layer(np.zeros((1, 9, 9, 48), dtype="float32"))
num_parameters = layer.count_params()
num_multiplications = int(np.prod(layer.kernel.shape)) * output.shape[1] * output.shape[2]

# %% right: a whole model, its count_params, and the weights' sizes added up
net = keras.Sequential([keras.Input((9, 9, 48)), keras.layers.Conv2D(64, 3)])
num_parameters = sum(w.size for w in net.get_weights())
num_multiplications = 49 * net.get_weights()[0].size

# %% right: counts in loops
num_parameters = 0
for kernel in range(64):
    num_parameters += 1  # its bias
    for channel in range(48):
        num_parameters += 9
num_multiplications = 0
for row in range(7):
    for column in range(7):
        for kernel in range(64):
            num_multiplications += 9 * 48

# %% right: floats
num_parameters = 27712.0
num_multiplications = 1.354752e6

# %% right: both in one line, unpacked from a tuple
num_parameters, num_multiplications = 27648 + 64, 27648 * 49

# %% right: a helper function with a keyword default
def conv_parameters(k, c_in, c_out, bias=True):
    return k * k * c_in * c_out + bias * c_out


num_parameters = conv_parameters(3, 48, 64)
num_multiplications = conv_parameters(3, 48, 64, bias=False) * 7 * 7

# %% right: exact fractions with denominator 1
from fractions import Fraction

num_parameters = Fraction(9 * 48 * 64 + 64)
num_multiplications = Fraction(7 * 7 * 9 * 48 * 64)

# %% right: Decimal
from decimal import Decimal

num_parameters = Decimal(27712)
num_multiplications = Decimal(27648) * 49

# %% right: 0-d int64 arrays
num_parameters = np.array(9 * 48 * 64 + 64)
num_multiplications = np.array(49 * 9 * 48 * 64)

# %% right: counted as shares of the notebook's conv2: 6 times the weights of one with 16 channels in and 32 out
weights_of_conv2 = 3 * 3 * 16 * 32
num_parameters = 6 * weights_of_conv2 + 64
num_multiplications = 6 * weights_of_conv2 * 49

# %% right: int from a string with commas
num_parameters = int("27,712".replace(",", ""))
num_multiplications = int("1,354,752".replace(",", ""))

# %% wrong: number of parameters without the 64 biases (27,648); multiplications right
# told: no_biases
num_parameters = 3 * 3 * 48 * 64
num_multiplications = 7 * 7 * 3 * 3 * 48 * 64

# %% wrong: multiplications count the biases too (49 times all parameters); parameters right
# told: biases_multiplied
num_parameters = 3 * 3 * 48 * 64 + 64
num_multiplications = 49 * 27712

# %% wrong: two mistakes: biases forgotten in the parameters, but counted in the multiplications
# told: no_biases
num_parameters = 27648
num_multiplications = 27712 * 49

# %% wrong: one bias for each channel that comes in (48) instead of each that goes out; multiplications right
# told: bias_for_each_input
num_parameters = 3 * 3 * 48 * 64 + 48
num_multiplications = 7 * 7 * 3 * 3 * 48 * 64

# %% wrong: a single bias for the whole layer; multiplications right
# told: slip
num_parameters = 9 * 48 * 64 + 1
num_multiplications = 7 * 7 * 3 * 3 * 48 * 64

# %% wrong: a bias for each pair of channels, 48 x 64 biases instead of 64; multiplications right
# told: bias_for_each_pair
num_parameters = (3 * 3 + 1) * 48 * 64
num_multiplications = 7 * 7 * 3 * 3 * 48 * 64

# %% wrong: both forget the channels that come in: kernels of 3 x 3 only
# told: one_channel
num_parameters = 3 * 3 * 64 + 64
num_multiplications = 7 * 7 * 3 * 3 * 64

# %% wrong: parameters forget the 48 channels that come in; multiplications right
# told: one_channel
num_parameters = 640
num_multiplications = 7 * 7 * 3 * 3 * 48 * 64

# %% wrong: both forget the 64 kernels: only one kernel is counted
# told: work_of_one_kernel
num_parameters = 3 * 3 * 48 + 1
num_multiplications = 7 * 7 * 3 * 3 * 48

# %% wrong: a kernel is taken to have 3 weights instead of 3 x 3, in both numbers
# told: kernel_in_one_direction
num_parameters = 3 * 48 * 64 + 64
num_multiplications = 49 * 3 * 48 * 64

# %% wrong: parameters right; the output's size is multiplied in once (7) instead of 7 x 7
# told: one_row_of_places
num_parameters = 3 * 3 * 48 * 64 + 64
num_multiplications = 7 * 9 * 48 * 64

# %% wrong: parameters right; multiplications of one place of the output only: times 49 forgotten
# told: weights_used_once
num_parameters = 3 * 3 * 48 * 64 + 64
num_multiplications = 27648

# %% wrong: multiplications for the input's 9 x 9 places instead of the output's 7 x 7; parameters right
# told: places_of_the_input
num_parameters = 3 * 3 * 48 * 64 + 64
num_multiplications = 9 * 9 * 3 * 3 * 48 * 64

# %% wrong: multiplications forget the channels that come in: 49 x 9 x 64; parameters right
# told: work_of_one_channel
num_parameters = 3 * 3 * 48 * 64 + 64
num_multiplications = 7 * 7 * 3 * 3 * 64

# %% wrong: multiplications forget the 64 kernels: 49 x 9 x 48; parameters right
# told: work_of_one_kernel
num_parameters = 3 * 3 * 48 * 64 + 64
num_multiplications = 7 * 7 * 3 * 3 * 48

# %% wrong: multiplications are the number of outputs, 7 x 7 x 64; parameters right
# told: numbers_of_the_output
num_parameters = 3 * 3 * 48 * 64 + 64
num_multiplications = 7 * 7 * 64

# %% wrong: the two numbers are swapped
# told: exchanged
num_parameters = 1354752
num_multiplications = 27712

# %% wrong: multiplications and additions counted together, twice the multiplications; parameters right
# told: slip
num_parameters = 3 * 3 * 48 * 64 + 64
num_multiplications = 2 * 49 * 27648

# %% wrong: parameters multiplied by the 49 places of the output, as if the weights were not shared; multiplications right
# told: like_a_dense_layer
num_parameters = 27712 * 49
num_multiplications = 7 * 7 * 3 * 3 * 48 * 64

# %% wrong: a dense layer's parameters: every input with every output, plus a bias for each output; multiplications likewise
# told: every_input_to_every_output
num_parameters = (9 * 9 * 48) * (7 * 7 * 64) + 7 * 7 * 64
num_multiplications = (9 * 9 * 48) * (7 * 7 * 64)

# %% wrong: depthwise: one 3 x 3 kernel for each channel that comes in, no channels that go out, in both
# told: work_of_one_kernel
num_parameters = 3 * 3 * 48 + 48
num_multiplications = 49 * 3 * 3 * 48

# %% wrong: depthwise separable convolution: 9 x 48 plus 48 x 64 weights instead of their product
# told: separable
num_parameters = 9 * 48 + 48 * 64 + 64
num_multiplications = 49 * (9 * 48 + 48 * 64)

# %% wrong: channels added instead of multiplied: 9 (48 + 64)
# told: nothing
num_parameters = 9 * (48 + 64) + 64
num_multiplications = 49 * 9 * (48 + 64)

# %% wrong: a kernel of 5 x 5, as in conv1, instead of 3 x 3
# told: larger_kernel
num_parameters = 5 * 5 * 48 * 64 + 64
num_multiplications = 49 * 5 * 5 * 48 * 64

# %% wrong: the numbers of conv3 in the notebook (32 channels in, 48 out) instead of this layer's
# told: conv3_of_the_notebook
num_parameters = 3 * 3 * 32 * 48 + 48
num_multiplications = 49 * 3 * 3 * 32 * 48

# %% wrong: a slip in the arithmetic: 27,648 + 64 = 27,702; multiplications right
# told: slip
num_parameters = 27702
num_multiplications = 1354752

# %% wrong: parameters right; a slip in the arithmetic: a zero lost, 135,475
# told: slip
num_parameters = 27712
num_multiplications = 135475

# %% wrong: rounded to thousands instead of exact
# told: slip
num_parameters = 28_000
num_multiplications = 1_355_000

# %% wrong: rounded to 1.35 million; parameters right
# told: slip
num_parameters = 27712
num_multiplications = 1.35e6

# %% wrong: only the parameters are given, the multiplications are still None
# told: not attempted
num_parameters = 27712
num_multiplications = None

# %% wrong: only the multiplications are given, the parameters are still None
# told: not attempted
num_parameters = None
num_multiplications = 1354752

# %% wrong: multiplications for a batch of 64 images instead of one; parameters right
# told: nothing
num_parameters = 3 * 3 * 48 * 64 + 64
num_multiplications = 64 * 49 * 27648

# %% wrong: multiplications also counted for the bias once for each kernel (27,648 x 49 + 64); parameters right
# told: slip
num_parameters = 3 * 3 * 48 * 64 + 64
num_multiplications = 49 * 9 * 48 * 64 + 64

# %% wrong: multiplications without the 3 x 3 weights of the kernel: 49 x 48 x 64; parameters right
# told: without_the_window
num_parameters = 3 * 3 * 48 * 64 + 64
num_multiplications = 7 * 7 * 48 * 64

# %% wrong: biases doubled: adds 64 twice; multiplications right
# told: slip
num_parameters = 27648 + 64 + 64
num_multiplications = 7 * 7 * 3 * 3 * 48 * 64

# %% wrong: negative numbers
# told: slip
num_parameters = -27712
num_multiplications = -1354752

# %% wrong: two mistakes: biases forgotten, and the output taken to be 9 x 9
# told: no_biases
num_parameters = 9 * 48 * 64
num_multiplications = 81 * 9 * 48 * 64

# %% wrong: two mistakes: one bias only, and the places of the output counted as 7 instead of 49
# told: slip
num_parameters = 27649
num_multiplications = 7 * 27648

# %% wrong: two mistakes: channels that come in forgotten in the parameters, 64 kernels forgotten in the multiplications
# told: one_channel
num_parameters = 9 * 64 + 64
num_multiplications = 49 * 9 * 48

# %% wrong: Python slip: ^ (exclusive or) instead of ** for the squares, in both numbers
# told: exclusive_or
num_parameters = 3 ^ 2 * 48 * 64 + 64
num_multiplications = 7 ^ 2 * 3 ^ 2 * 48 * 64

# %% wrong: the layer was built on the wrong input, shape (7, 7, 48): the output is 5 x 5, so the multiplications are wrong
# told: shrunk_output
layer = keras.layers.Conv2D(64, 3)
output = layer(np.zeros((1, 7, 7, 48), dtype="float32"))
num_parameters = layer.count_params()
num_multiplications = int(np.prod(layer.kernel.shape)) * output.shape[1] * output.shape[2]

# %% wrong: a list with both numbers given as the parameters, multiplications None
# told: not attempted
num_parameters = [27712, 1354752]
num_multiplications = None

# %% wrong: the bytes of the file (4 for each parameter) instead of the number of parameters; multiplications right
# told: nothing
num_parameters = 4 * 27712
num_multiplications = 1354752
