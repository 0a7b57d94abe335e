"""The exercises of notebook 04, a convolutional network reads digits."""

import functools

import keras
import numpy as np
from PIL import Image

from autorev_lib import data
from autorev_lib.exercises.kinds import (
    ChoiceExercise,
    FormError,
    FunctionExercise,
    PropertyExercise,
    ValueExercise,
    describe,
    expect_array,
    mistake,
    reference,
)
from autorev_lib.training import OneCycle, set_seed


def prepare(images):
    """Images as the network takes them, as in the notebook."""
    return images[..., None].astype("float32") / 255


class OutputSize(FunctionExercise):
    title = "Warm-up: the size of the output"
    prompt = """
Write the formula from the section on padding, for any number of zeros $p$. `conv_output_size(28, 5, 2, 2)`
is 14, and with `num_zeros = 0` it agrees with `output_size(..., "valid")`.
"""
    hints = (
        "How long is a row once the zeros have been added, on both of its sides?",
        "How far can the window's first pixel move before the window sticks out at the end?",
        "Only whole steps count, `//` rounds down, and the place where the window starts is a result, too.",
    )
    why = r"""
With zeros on both sides a row has $n + 2p$ pixels. The window starts at 0 and can move by $n + 2p - k$
pixels, which holds $\lfloor (n + 2p - k) / s \rfloor$ whole steps. Each step gives one result, and so does
the place where it starts: hence the $+1$.
"""
    further = (
        'For a 5 × 5 window and stride 2, Keras\'s "same" adds one zero on the left of 28 pixels and two on '
        "the right. With p = 2 you get the same 14, from windows that stand one pixel further to the left: "
        "equal sizes do not yet mean equal results."
    )

    @reference
    def conv_output_size(n, kernel_size, strides, num_zeros):
        """Return the output size for input size n, with num_zeros rows of zeros on each side."""
        return (n + 2 * num_zeros - kernel_size) // strides + 1

    def cases(self, rng):
        yield 28, 5, 2, 2
        yield 28, 3, 1, 0
        yield 9, 3, 2, 0
        yield 32, 7, 4, 3
        yield 11, 4, 3, 1
        yield 6, 6, 1, 0
        yield 31, 6, 4, 0
        yield 1000, 3, 2, 1
        yield 5, 1, 1, 3

    rounds_up = mistake(
        "You rounded up. A step that does not fit as a whole gives no result: the window would stick out of "
        "the image.",
        {"(n + 2 * num_zeros - kernel_size) //": "-(-(n + 2 * num_zeros - kernel_size) // strides) + 0 *"},
    )
    rounds_to_the_nearest = mistake(
        "You rounded to the nearest whole number. A step that does not fit as a whole gives no result.",
        {"return (": "return round((", ") // strides": ") / strides)"},
    )
    keeps_the_fraction = mistake(
        "Some of your sizes are fractions. A window stands in a place or it does not.", {"//": "/"}
    )
    forgets_the_first_place = mistake(
        "You counted the steps of the window. The place where it starts gives a result, too.",
        {" + 1": ""},
    )
    counts_one_too_many = mistake("One place too many is counted.", {" + 1": " + 2"})
    pads_one_side = mistake(
        "You added the zeros at one end only; there are `num_zeros` of them on each side.",
        {"2 * num_zeros": "num_zeros"},
    )
    pads_four_times = mistake(
        "You added the zeros four times. A row has two ends.", {"2 * num_zeros": "4 * num_zeros"}
    )
    ignores_the_zeros = mistake(
        "Right without zeros around the image. `num_zeros` makes each row longer first.",
        {" + 2 * num_zeros": ""},
    )
    takes_the_zeros_off = mistake(
        "Zeros make a row longer, not shorter.",
        {"+ 2 * num_zeros": "- 2 * num_zeros"},
    )
    ignores_the_kernel = mistake(
        "The size of the window has no part in it, so places are counted in which it sticks out at the end.",
        {" - kernel_size": " - 1"},
    )
    forgets_the_kernel = mistake(
        "The window's own length is missing: it takes up room, too.", {" - kernel_size": ""}
    )
    adds_the_kernel = mistake(
        "A larger window fits in fewer places, not in more.",
        {"- kernel_size": "+ kernel_size"},
    )
    takes_half_the_kernel = mistake(
        "You took off half of the window. Its first pixel can move until its *last* one is at the end.",
        {"- kernel_size": "- kernel_size // 2"},
    )
    ignores_the_stride = mistake(
        "Right for a stride of 1. With a larger one, the window stops in fewer places.", {" // strides": ""}
    )
    multiplies_by_the_stride = mistake("A larger stride gives a smaller output.", {"// strides": "* strides"})
    divides_the_places = mistake(
        "You counted the places of a window that moves by one pixel, and divided those by the stride. The "
        "first place is kept in any case; divide the way that lies behind it.",
        {"kernel_size) // strides + 1": "kernel_size + 1) // strides"},
    )
    divides_by_one_more = mistake(
        "The + 1 belongs behind the division: `//` comes before `+`, and brackets change that.",
        {"// strides + 1": "// (strides + 1)"},
    )
    forgets_the_brackets = mistake(
        "`//` comes before `+` and `−`: without brackets only the window is divided by the stride.",
        {"(n + 2 * num_zeros - kernel_size) //": "n + 2 * num_zeros - kernel_size //"},
    )
    takes_the_other_rule = mistake(
        'That is the rule for `padding="same"`. Here the number of zeros is given, and it counts.',
        {"(n + 2 * num_zeros - kernel_size) // strides + 1": "-(-n // strides)"},
    )
    goes_the_other_way = mistake(
        "That is the size for a transposed convolution, which goes from small to large.",
        {
            "(n + 2 * num_zeros - kernel_size) // strides + 1": (
                "(n - 1) * strides - 2 * num_zeros + kernel_size"
            )
        },
    )
    counts_both_directions = mistake(
        "That is the number of places in both directions. One side is asked for.",
        {"return (": "return ((", "strides + 1": "strides + 1) ** 2"},
    )


class ParametersAndWork(ValueExercise):
    title = "Predict before you run: how many parameters?"
    prompt = r"""
A `Conv2D(64, 3)` follows a layer with 48 channels. Write down its number of parameters, and its
multiplications for one image if its output is $7 \times 7$. Only then, if you like, build the layer on an
input of shape `(9, 9, 48)` and ask `count_params()`.
"""
    hints = (
        "Each of the 64 kernels looks at a window of all 48 channels that come in. How many weights is that?",
        "A kernel has one bias, whatever it looks at. And every weight is used once for each output pixel.",
    )
    why = r"""
$3 \cdot 3 \cdot 48 \cdot 64 = 27{,}648$ weights and 64 biases, one for each channel that goes out: 27,712
parameters. Every weight is multiplied once for each of the 49 output pixels: $49 \cdot 27{,}648 =
1{,}354{,}752$ multiplications. Biases are added, not multiplied.
"""
    further = (
        "Two 3 × 3 convolutions in a row see 5 × 5 pixels with 18 weights for each pair of channels instead "
        "of 25: a reason why large kernels are rare."
    )
    right = {"num_parameters": 27_712, "num_multiplications": 1_354_752}

    no_biases = mistake(
        "`num_parameters`: those are the weights. A convolution has biases, too.", num_parameters=27_648
    )
    bias_for_each_input = mistake(
        "`num_parameters`: you gave a bias to each channel that comes in. It belongs to a kernel, and there "
        "is one kernel for each channel that goes out.",
        num_parameters=27_696,
    )
    bias_for_each_pixel = mistake(
        "`num_parameters`: you gave a bias to every number of the output. All places of a feature map share "
        "one, as they share the weights.",
        num_parameters=27_648 + 49 * 64,
    )
    one_channel = mistake(
        "`num_parameters`: that would be right behind an image with one channel. Each kernel looks at all "
        "channels that come in.",
        num_parameters=640,
    )
    kernel_in_one_direction = mistake(
        "`num_parameters`: the 3 in `Conv2D(64, 3)` stands for a window of 3 × 3 pixels.",
        num_parameters=9_280,
    )
    like_a_dense_layer = mistake(
        "`num_parameters`: you gave every output pixel weights of its own. All places of a feature map share "
        "them: that is the point of a convolution.",
        num_parameters=49 * 27_712,
    )
    weights_used_once = mistake(
        "`num_multiplications`: that counts each weight once, as in a dense layer. The window stops in more "
        "than one place.",
        num_multiplications=27_648,
    )
    biases_multiplied = mistake(
        "`num_multiplications`: you counted the biases among the factors. They are added.",
        num_multiplications=1_357_888,
    )
    one_row_of_places = mistake(
        "`num_multiplications`: the window stops in 7 places of each row. How many rows are there?",
        num_multiplications=193_536,
    )
    work_of_one_channel = mistake(
        "`num_multiplications`: that would be right behind an image with one channel.",
        num_multiplications=28_224,
    )
    work_of_one_kernel = mistake(
        "`num_multiplications`: that is the work of one kernel. The layer has 64.",
        num_multiplications=21_168,
    )
    bias_for_each_pair = mistake(
        "`num_parameters`: you gave a bias to each pair of channels. There is one for each channel that "
        "goes out.",
        num_parameters=27_648 + 48 * 64,
    )
    every_input_to_every_output = mistake(
        "`num_parameters`: that is a dense layer from all numbers of the input to all of the output.",
        num_parameters=9 * 9 * 48 * 49 * 64 + 49 * 64,
    )
    separable = mistake(
        "`num_parameters`: that is a separable convolution, first each channel by itself and then across "
        "them. `Conv2D` does both at once: every pair of channels has nine weights.",
        num_parameters=9 * 48 + 48 * 64 + 64,
    )
    larger_kernel = mistake(
        "`num_parameters`: you took a kernel of 5 × 5. `Conv2D(64, 3)` has 3 × 3.", num_parameters=76_864
    )
    exclusive_or = mistake(
        "`num_parameters`: `^` is no power in Python, `3 ^ 2` is 1. A power is `3 ** 2`.",
        num_parameters=3 ^ 2 * 48 * 64 + 64,
    )
    numbers_of_the_output = mistake(
        "`num_multiplications`: that is how many numbers come out. Each of them takes many multiplications.",
        num_multiplications=3_136,
    )
    without_the_window = mistake(
        "`num_multiplications`: each output pixel looks at a whole window of each channel, not at one pixel.",
        num_multiplications=49 * 48 * 64,
    )
    shrunk_output = mistake(
        "`num_multiplications`: that would be right for an output of 5 × 5. The 7 × 7 are its size already.",
        num_multiplications=691_200,
    )
    places_of_the_input = mistake(
        "`num_multiplications`: that would be right for an output of 9 × 9, the size of the input.",
        num_multiplications=2_239_488,
    )
    conv3_of_the_notebook = mistake(
        "Those are the numbers of the notebook's `conv3`. How many channels come in here?",
        num_parameters=13_872,
        num_multiplications=677_376,
    )


class PrepareRepaired(FunctionExercise):
    title = "Find the bug"
    prompt = """
This program has been published as a first convolutional network. It cannot run. Two lines contradict each
other: which? Repair the one that prepares the data.

```python
x_train = x_train.reshape(60000, 784).astype("float32") / 255
model = Sequential([
    Conv2D(32, kernel_size=(3, 3), activation="relu", input_shape=(28, 28, 1)),
    MaxPooling2D(pool_size=(2, 2)),
    Flatten(),
    Dense(10, activation="softmax"),
])
model.compile(loss="categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
model.fit(x_train, y_train, epochs=5, validation_data=(x_test, y_test))
```

(`y_train` and `y_test` are one-hot, and `x_test` was prepared like `x_train`.) It has a second flaw that
raises no error. You met it in "The data": what is wrong with its last line?
"""
    hints = (
        "Compare what the first line makes of one image with what `input_shape` asks for.",
        "`x_test` goes through the same preparation, and it has 10,000 images, not 60,000.",
        "`images[..., None]` adds an axis of length 1 at the end.",
    )
    why = """
The first line writes each image into a row of 784 numbers, and `Conv2D` wants rows, columns and channels:
without them, it could not know which pixels are neighbours. The second flaw: the last line passes the test
set as `validation_data`. Whoever looks at that number and changes anything has used up the test set.
"""
    further = (
        "The first flaw stops the program at once. The second one never shows: its only symptom is an "
        "accuracy that is a little too good."
    )

    @reference
    def prepare_repaired(images):
        """Return the images, uint8 of shape (N, 28, 28), in the shape and range that the model takes."""
        pixels = images.astype("float32") / 255
        return pixels[..., None]

    def cases(self, rng):
        yield (np.stack([rng.integers(0, limit, (28, 28), dtype="uint8") for limit in (256, 90)]),)
        yield (rng.integers(0, 100, (1, 28, 28), dtype="uint8"),)
        yield (rng.integers(0, 256, (5, 28, 28), dtype="uint8"),)

    keeps_the_bug = mistake(
        "Still flat: each image is a row of 784 numbers, and the first layer wants rows and columns.",
        {"pixels[..., None]": "pixels.reshape(len(pixels), 784)"},
    )
    forgets_the_channel = mistake(
        "The images have kept their rows and columns, but a pixel has no channel yet. A grey image has one, "
        "and it needs an axis.",
        {"pixels[..., None]": "pixels"},
    )
    puts_the_channel_first = mistake(
        "The channel stands before rows and columns. The model's `input_shape` has it at the end.",
        {"pixels[..., None]": "pixels[:, None]"},
    )
    puts_the_channel_before_all = mistake(
        "The new axis stands before all others. The first axis numbers the images; the channel comes last.",
        {"pixels[..., None]": "pixels[None]"},
    )
    adds_two_axes = mistake("There is one axis too many at the end.", {"[..., None]": "[..., None, None]"})
    makes_three_channels = mistake(
        "There are three channels, as in a colour image. The model's `input_shape` has one.",
        {"pixels[..., None]": "np.repeat(pixels[..., None], 3, axis=-1)"},
    )
    transposes = mistake(
        "Rows and columns are exchanged.", {"pixels[..., None]": "pixels.transpose(0, 2, 1)[..., None]"}
    )
    forgets_to_scale = mistake("The pixels still go up to 255.", {" / 255": ""})
    divides_whole_numbers = mistake(
        "Only full ink is left, all greys are paper: were whole numbers divided, and the rest dropped?",
        {"/ 255": "// 255"},
    )
    divides_by_256 = mistake(
        "You divided by 256, the number of grey levels. The largest level is 255, and it has to become 1.",
        {"/ 255": "/ 256"},
    )
    divides_by_the_largest = mistake(
        "You divided by the largest pixel you found. Then the same grey means one thing in one batch and "
        "another in the next; a faint image looks like a dark one.",
        {"/ 255": "/ images.max()"},
    )
    divides_by_each_largest = mistake(
        "Each image is divided by its own largest pixel: a faint image looks like a dark one.",
        {"/ 255": "/ images.max(axis=(1, 2), keepdims=True)"},
    )
    divides_twice = mistake("You divided by 255 twice.", {"/ 255": "/ 255 / 255"})
    centres = mistake(
        "The pixels go from −1 to 1. In the published program they go from 0 to 1.",
        {"/ 255": "/ 127.5 - 1"},
    )
    standardises = mistake(
        "The pixels have mean 0 and deviation 1, of this batch. The published program divides by 255.",
        {'images.astype("float32") / 255': "(images - images.mean()) / images.std()"},
    )
    inverts = mistake("Ink and paper are exchanged.", {"images.astype": "(255 - images).astype"})
    reads_signed_bytes = mistake(
        "Strong ink is negative: the bytes were read as int8, which ends at 127.",
        {"images.astype": 'images.astype("int8").astype'},
    )
    scales_to_length_one = mistake(
        "Each image has length 1 now, so that a pixel depends on all the others. Divide by what full ink is.",
        {"/ 255": "/ np.linalg.norm(images.astype(float), axis=(1, 2), keepdims=True)"},
    )
    pads = mistake(
        "The images have become larger: zeros were added around them.",
        {"pixels[..., None]": "np.pad(pixels, ((0, 0), (2, 2), (2, 2)))[..., None]"},
    )
    mixes_up_the_images = mistake(
        "The pixels of different images are mixed up: `reshape` keeps the order of the numbers and does "
        "not move an axis.",
        {"pixels[..., None]": "np.moveaxis(pixels.reshape(28, 28, len(pixels), 1), 2, 0)"},
    )
    decides_for_black_or_white = mistake(
        "All greys are gone: a pixel is 0 or 1 now.",
        {'images.astype("float32") / 255': '(images > 127).astype("float32")'},
    )
    makes_all_ink_full = mistake(
        "Any ink, however faint, has become 1.",
        {'images.astype("float32") / 255': 'images.clip(0, 1).astype("float32")'},
    )
    takes_60000_images = mistake(
        "It takes no other number of images than 60,000. The test set has 10,000, and here there are "
        "two: let the images that come in decide.",
        {"pixels[..., None]": "pixels.reshape(60000, 28, 28, 1)"},
    )
    returns_one_image = mistake(
        "That is one image. All that came in are wanted, along the first axis.",
        {"pixels[..., None]": "pixels[:1, ..., None]"},
    )


class SeveralChannels(FunctionExercise):
    title = "Convolution with several channels"
    prompt = """
Extend `convolve` to colour images and many kernels; try it without a loop. Each kernel looks at all
channels that come in and writes one channel that goes out. Your function must agree with
`keras.ops.conv(image[None], kernels)[0]` for images and kernels of any size.
"""
    hints = (
        "`sliding_window_view(image, (k, k), axis=(0, 1))` slides over rows and columns only. Which shape "
        "does it give?",
        "The windows have shape (H − k + 1, W − k + 1, C_in, k, k): the channel comes before the window's "
        "rows and columns.",
        "In `einsum`, letters that are missing on the right of the arrow are summed over. Which three are "
        "summed here, and which one of the kernels is left?",
    )
    why = r"""
$y_{ijd} = \sum_a \sum_b \sum_c w_{abcd}\, x_{i+a,\,j+b,\,c}$: the sum runs over the window *and* over the
channels that come in. The channels that go out, $d$, stay apart: each has a kernel of its own.
"""
    further = (
        "With k = 1 nothing is left of the window: a 1 × 1 convolution is a dense layer that is applied to "
        "the channels of every pixel."
    )

    @reference
    def convolve_channels(image, kernels):
        """Return (H - k + 1, W - k + 1, C_out) from an image (H, W, C_in), kernels (k, k, C_in, C_out)."""
        k = len(kernels)
        windows = np.lib.stride_tricks.sliding_window_view(image, (k, k), axis=(0, 1))
        return np.einsum("ijcab,abcd->ijd", windows, kernels)

    def cases(self, rng):
        yield np.array([[[1.0], [2.0], [4.0]], [[0.0], [3.0], [1.0]]]), np.array([[[[2.0, -1.0]]]])
        for image_shape, kernels_shape in (
            ((5, 7, 3), (3, 3, 3, 4)),
            ((6, 8, 3), (2, 2, 3, 5)),
            ((5, 5, 1), (3, 3, 1, 1)),
            ((4, 6, 2), (1, 1, 2, 3)),
        ):
            shapes = image_shape, kernels_shape
            yield tuple(rng.normal(size=shape).astype("float32") for shape in shapes)

    keeps_the_channels_apart = mistake(
        "There is a map for each pair of channels: the sum over the channels that come in is missing.",
        {"->ijd": "->ijcd"},
    )
    adds_up_the_kernels = mistake(
        "It sums over the channels that go out, too. Each kernel writes a map of its own.", {"->ijd": "->ij"}
    )
    adds_up_the_kernels_and_keeps_the_axis = mistake(
        "There is one map for all kernels. Each kernel writes a map of its own.",
        {"windows, kernels": "windows, kernels.sum(axis=-1, keepdims=True)"},
    )
    averages_the_channels = mistake(
        "It takes the mean over the channels that come in. A convolution adds them up; how much each one "
        "counts is up to the weights.",
        {"windows, kernels)": "windows, kernels) / kernels.shape[2]"},
    )
    averages_the_window = mistake(
        "It takes the mean over each window. A convolution adds up.",
        {"windows, kernels)": "windows, kernels) / k**2"},
    )
    averages_everything = mistake(
        "It takes the mean over window and channels. A convolution adds up.",
        {"windows, kernels)": "windows, kernels) / kernels[..., 0].size"},
    )
    takes_the_first_channel = mistake(
        "It looks at the first channel only; the others come in, too.",
        {"windows, kernels": "windows[:, :, :1], kernels[:, :, :1]"},
    )
    takes_the_last_channel = mistake(
        "It looks at the last channel only; the others come in, too.",
        {"windows, kernels": "windows[:, :, -1:], kernels[:, :, -1:]"},
    )
    adds_up_the_channels_first = mistake(
        "Each channel meets the weights of all channels: are the image's channels added up first, or has "
        "`einsum` two letters for them? Each channel has weights of its own.",
        {"windows, kernels": "np.broadcast_to(windows.sum(axis=2, keepdims=True), windows.shape), kernels"},
    )
    takes_one_kernel_for_all_channels = mistake(
        "All channels meet the weights of the first one. Each channel has weights of its own.",
        {"windows, kernels": "windows, np.broadcast_to(kernels[:, :, :1], kernels.shape)"},
    )
    takes_the_first_kernel = mistake(
        "Only the first kernel is applied.", {"windows, kernels": "windows, kernels[..., :1]"}
    )
    flips_the_kernels = mistake(
        "The kernels are flipped: that is the convolution of signal processing. In deep learning, and in "
        "`convolve`, the kernel is laid on as it is.",
        {"windows, kernels": "windows, kernels[::-1, ::-1]"},
    )
    transposes_the_kernels = mistake(
        "Rows and columns of the kernels are swapped: the window's first axis must meet their first axis.",
        {"abcd->": "bacd->"},
    )
    transposes_the_maps = mistake("Rows and columns of the maps are exchanged.", {"->ijd": "->jid"})
    mixes_up_the_axes = mistake(
        "It takes the axes of the windows in a wrong order, which raises no error where there are as many "
        "channels as rows in a window. Print the shape of the windows: where do the channels stand?",
        {"ijcab": "ijabc"},
    )
    puts_the_channel_first = mistake(
        "The maps are right and stand in the wrong place: Keras has the channel as the last axis.",
        {"->ijd": "->dij"},
    )
    keeps_the_batch_axis = mistake(
        "There is an axis of length 1 in front, as for a batch of one image.",
        {
            "return np.einsum": "return np.array",
            '("ijcab,abcd->ijd", windows, kernels)': '([np.einsum("ijcab,abcd->ijd", windows, kernels)])',
        },
    )
    pads_the_image = mistake(
        "It adds zeros around the image, so that its size stays. Only the places where the window fits as a "
        "whole are asked for.",
        {"(image, (k, k)": "(np.pad(image, (*2 * [((k - 1) // 2, k // 2)], (0, 0))), (k, k)"},
    )
    leaves_the_last_place_empty = mistake(
        "The last row and the last column of places are 0: there are H − k + 1. Does a loop end early?",
        {
            'return np.einsum("ijcab,abcd->ijd", windows, kernels)': (
                'maps = np.einsum("ijcab,abcd->ijd", windows, kernels)\n'
                "    maps[-1] = maps[:, -1] = 0\n"
                "    return maps"
            )
        },
    )
    leaves_out_the_last_place = mistake(
        "The last row and the last column of places are missing: there are H − k + 1 of them.",
        {"windows, kernels": "windows[:-1, :-1], kernels"},
    )
    jumps_by_whole_windows = mistake(
        "The window jumps by its own size, as in pooling. A convolution moves by one pixel.",
        {"windows, kernels": "windows[::k, ::k], kernels"},
    )
    takes_the_largest_channel = mistake(
        "It takes the largest of the channels' results. A convolution adds them up.",
        {
            "ijcab,abcd->ijd": "ijcab,abcd->ijcd",
            "windows, kernels)": "windows, kernels).max(axis=2)",
        },
    )
    takes_the_diagonal = mistake(
        "Only the pixels on the diagonal of each window count: do rows and columns need a loop each?",
        {"ijcab,abcd->": "ijcaa,aacd->"},
    )
    flattens_in_two_orders = mistake(
        "Windows and kernels were made into rows, and the order of their axes is not the same: the "
        "channel comes first in the windows and last in the kernels.",
        {"windows, kernels": "windows, np.moveaxis(kernels.reshape(-1, k, k, kernels.shape[-1]), 0, 2)"},
    )
    cuts_negative_numbers_off = mistake(
        "Negative results have become 0. A convolution has no activation of its own.",
        {"windows, kernels)": "windows, kernels).clip(0)"},
    )
    assumes_a_square = mistake(
        "It takes the image to be square, as `convolve_loops` did. Rows and columns may differ in "
        "number, and so do the sizes of the map.",
        {"windows, kernels": "windows[:, : len(windows)], kernels"},
    )


class DesignKernels(PropertyExercise):
    title = "Design a kernel"
    prompt = r"""
Find two $3 \times 3$ kernels. `blur` has no negative weights, blurs, and leaves the amount of ink unchanged
(away from the border). `diagonal` answers 0 to any constant area and to any long horizontal or vertical
line, however thick, and more to a stroke like `/` than to one like `\`. Which sum must the first one have,
and which sums the second? (`np.eye(9)[::-1]` is a stroke like `/`, for `convolve` to try them on.)
"""
    hints = (
        "Lay the kernel on a constant area: what comes out is the constant times a sum. Of what?",
        "A horizontal line fills one row of the window, a vertical one fills one column. What must each row "
        "and each column of `diagonal` add up to?",
        "For `diagonal`, begin with weights in the four corners only. Row 0 is the top row.",
    )
    why = r"""
On a constant area $c$ the answer is $c$ times the sum of all weights: 1 for the blur, so that every drop of
ink is only shared out. A long horizontal line lies under one row of the kernel, a vertical line under one
column, so each of the three rows and of the three columns of `diagonal` must sum to 0 (and then so do all
nine weights). A stroke `/` meets the weights from the bottom left to the top right corner: their sum must
be larger than that of the other diagonal.
"""
    further = (
        "Three rows and three columns that sum to 0 leave four of nine weights free. With four corners of "
        "equal size you have, up to a factor, the mixed second derivative of the image along its rows and "
        "columns."
    )
    right = {
        "blur": [[0.0625, 0.125, 0.0625], [0.125, 0.25, 0.125], [0.0625, 0.125, 0.0625]],
        "diagonal": [[-1, 0, 1], [0, 0, 0], [1, 0, -1]],
    }

    @property
    def solution_code(self):
        return "\n".join(f"{part} = np.array({kernel})" for part, kernel in self.right.items())

    def properties(self, blur, diagonal):
        blur, diagonal = _kernel(blur, "blur"), _kernel(diagonal, "diagonal")
        total, largest = blur.sum(), blur.max()
        exchanged = np.allclose([total, diagonal.sum()], [0, 1], atol=1e-3)
        yield "are_exchanged", not exchanged, ""
        yield "changes_the_ink", np.isclose(total, 1, atol=1e-3), f"(A constant 1 becomes {total:.3g}.)"
        yield "sharpens", blur.min() > -1e-6, ""
        yield "copies", largest < 0.95, f"({100 * largest:.0f} % of it.)"
        scale = np.abs(diagonal).max()
        rows, columns = (np.abs(diagonal.sum(axis=axis)).max() <= 1e-3 * scale for axis in (1, 0))
        total, up, down = diagonal.sum(), np.trace(diagonal[::-1]), np.trace(diagonal)
        sees_area = abs(total) > 1e-3 * scale
        yield "answers_to_areas", not sees_area, f"(A constant 1 becomes {total:.3g}.)"
        yield "answers_to_lines", rows or columns, ""
        yield "answers_to_horizontal_lines", rows, ""
        yield "answers_to_vertical_lines", columns, ""
        strokes = f"(On `/` it answers {up:.3g}, on `\\` {down:.3g}.)"
        yield "answers_to_no_stroke", abs(up - down) > 1e-3 * scale, strokes
        yield "leans_the_other_way", up > down, strokes

    are_exchanged = mistake(
        "`blur` makes 0 of any constant area, and `diagonal` leaves it as it is: are the two exchanged?",
        blur=right["diagonal"],
        diagonal=right["blur"],
    )
    changes_the_ink = mistake(
        "`blur`: it changes the amount of ink. What a constant area becomes depends on one sum.",
        blur=[[1, 1, 1], [1, 1, 1], [1, 1, 1]],
    )
    sharpens = mistake(
        "`blur`: a negative weight takes ink away next to ink. A blur only shares ink out.",
        blur=[[0, -1, 0], [-1, 5, -1], [0, -1, 0]],
    )
    copies = mistake(
        "`blur`: a dot comes out as a dot, with all or nearly all of its ink in one pixel. A blur shares it "
        "among neighbours.",
        blur=[[0, 0, 0], [0, 1, 0], [0, 0, 0]],
    )
    answers_to_areas = mistake(
        "`diagonal`: it answers to a constant area, where there is no stroke at all.",
        diagonal=[[0, 0, 1], [0, 1, 0], [1, 0, 0]],
    )
    answers_to_lines = mistake(
        "`diagonal`: it answers 0 to areas, but it answers to horizontal lines and to vertical ones. It is "
        "not enough that all nine weights cancel.",
        diagonal=[[0, 1, 2], [-1, 0, 1], [-2, -1, 0]],
    )
    answers_to_horizontal_lines = mistake(
        "`diagonal`: it answers to horizontal lines. Which weights does such a line lie under?",
        diagonal=[[1, 2, 1], [0, 0, 0], [-1, -2, -1]],
    )
    answers_to_vertical_lines = mistake(
        "`diagonal`: it answers to vertical lines. Which weights does such a line lie under?",
        diagonal=[[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]],
    )
    answers_to_no_stroke = mistake(
        "`diagonal`: it cannot tell the two strokes apart.",
        diagonal=[[1, -2, 1], [-2, 4, -2], [1, -2, 1]],
    )
    leans_the_other_way = mistake(
        "`diagonal`: it prefers the other stroke. Row 0 is at the top, so `/` runs from the bottom left to "
        "the top right.",
        diagonal=[[1, 0, -1], [0, 0, 0], [-1, 0, 1]],
    )


class AllowedChanges(ChoiceExercise):
    title = "Which changes are allowed?"
    prompt = """
For reading digits that look like MNIST's, which of these make good augmentations? Put the good ones into
the set, and say for each of the others which digit it turns into something else, or why no such image will
come: `"shift by 2 pixels"`, `"rotate by 10 degrees"`, `"rotate by 180 degrees"`, `"mirror left to right"`,
`"make strokes thicker"`, `"invert ink and paper"`.
"""
    hints = (
        "Ask two questions of each: does every digit keep its label? And might such an image come?",
        "Turn a 6 upside down. Look at a 3 in a mirror. Have you seen white ink on black paper among the "
        "validation images?",
    )
    why = """
A good augmentation keeps the label of every digit and makes images that may come. Moved, a little slanted,
or written with a thicker pen, a digit stays what it is, and people differ in just that. Upside down, a 6
and a 9 change places. Mirrored, most digits are no digits, and nobody writes them so. Inverted images never
come, because all of them are prepared in the same way.
"""
    further = (
        "Which changes are allowed is knowledge about the task. In photographs of animals, mirroring is "
        "among the best augmentations: a mirrored cat is a cat."
    )
    variable = "good_augmentations"
    options = {
        "rotate by 180 degrees": (
            False,
            "Upside down, a 6 looks like a 9. The network would be shown the same image under two labels.",
        ),
        "mirror left to right": (
            False,
            "In a mirror, a 3 is no digit at all, and a 2 is closer to an S. No such image will come, and "
            "the network would spend its weights on them.",
        ),
        "invert ink and paper": (
            False,
            "Inverted, every digit keeps its label, but no such image will come: all of them have ink of 255 "
            "on paper of 0.",
        ),
        "shift by 2 pixels": (
            True,
            "The notebook itself made this change. What becomes of a 6 that stands two pixels further to the "
            "right?",
        ),
        "rotate by 10 degrees": (
            True,
            "How far digits lean tells one person's writing from another's. Which digit would it turn into "
            "another one?",
        ),
        "make strokes thicker": (
            True,
            "This comes with every new pen. Which digit would it turn into another?",
        ),
    }


class ReceptiveField(FunctionExercise):
    title = "Which pixels does a unit see?"
    prompt = """
The notebook computed how many pixels a unit sees; here you say which. Along one axis, without padding: each
layer, convolution or pooling, has a kernel size and a stride. Which pixels can influence the unit at a given
place of the last layer's output? Return the numbers of the first and of the last one (between them some may
be skipped); the places, and the pixels, are counted from 0. For `[(3, 1), (2, 2)]` the unit at place 1 sees
pixels 2 to 5.
"""
    hints = (
        "Where does the window of the unit at place 1 begin, after a stride of 2? And after two strides "
        "of 2?",
        "The notebook's r tells how many pixels it is from the first to the last; t, the distance of "
        "neighbouring units, tells where the first one is.",
    )
    why = r"""
Neighbouring units of the output lie $t$ pixels apart, the product of all strides, and the unit at place 0
begins at pixel 0. So the first pixel is $t$ times the place, and $r - 1$ further is the last. A layer's own
stride counts only for the layers after it.
"""
    further = (
        "With padding, each layer moves the field to the left: by its zeros on the left, times the distance "
        "of its inputs in pixels."
    )

    @reference
    def receptive_field(layers, place):
        """Return the first and the last pixel that it sees, for layers as pairs (kernel_size, strides)."""
        field, distance = 1, 1
        for kernel_size, strides in layers:
            field += (kernel_size - 1) * distance
            distance *= strides
        first = place * distance
        return first, first + field - 1

    def cases(self, rng):
        yield [(3, 1), (2, 2)], 1
        yield [(5, 2), (3, 1), (2, 2), (3, 1)], 3
        yield [(3, 1), (3, 1), (3, 1)], 0
        yield [(2, 3), (4, 2), (3, 5)], 2
        yield [(7, 4)], 5

    counts_the_stride_too_early = mistake(
        "Here a layer's stride makes its own window reach further. It moves the layer's units apart, so "
        "only the windows of the layers after it reach further.",
        {
            "        field += (kernel_size - 1) * distance\n        distance *= strides": (
                "        distance *= strides\n        field += (kernel_size - 1) * distance"
            )
        },
    )
    place_without_the_strides = mistake(
        "The unit at place 1 does not begin at pixel 1 if a stride is larger than 1: neighbours lie further "
        "apart.",
        {"first = place * distance": "first = place"},
    )
    ignores_the_strides = mistake(
        "Right where all strides are 1. A stride moves the units further apart, and all fields after it "
        "grow.",
        {"distance *= strides": "distance *= 1"},
    )
    adds_the_strides = mistake(
        "Strides multiply: two of 2 move neighbouring units 4 pixels apart.",
        {"distance *= strides": "distance += strides"},
    )
    adds_the_skipped_places = mistake(
        "The distance grows by `strides - 1` in each layer here. It becomes `strides` times as large.",
        {"distance *= strides": "distance += strides - 1"},
    )
    takes_the_last_stride = mistake(
        "Only the stride of the layer just before counts here. All strides so far do: they multiply.",
        {"distance *= strides": "distance = strides"},
    )
    field_ignores_the_strides = mistake(
        "The field grows by k − 1 units of the layer before, and these lie `distance` pixels apart.",
        {"(kernel_size - 1) * distance": "kernel_size - 1"},
    )
    adds_whole_kernels = mistake(
        "Each kernel reaches k − 1 further than one unit, not k.", {"(kernel_size - 1)": "kernel_size"}
    )
    multiplies_the_kernels = mistake(
        "Fields do not multiply: the windows of neighbours overlap.",
        {"field += (kernel_size - 1) * distance": "field *= kernel_size"},
    )
    takes_the_last_kernel = mistake(
        "Only one layer's kernel counts. Each one adds to the field.",
        {"field += (kernel_size - 1) * distance": "field = 1 + (kernel_size - 1) * distance"},
    )
    goes_backwards = mistake(
        "That would be right for the layers in reverse order. Field and distance grow from the first layer "
        "to the last; from the last to the first works, too, but with another rule.",
        {"in layers": "in layers[::-1]"},
    )
    ends_one_too_far = mistake(
        "The last pixel is one too far: n pixels that begin at 0 end at n − 1.",
        {"first + field - 1": "first + field"},
    )
    returns_the_size = mistake(
        "The second number is how many pixels it sees. Asked for is the last one of them.",
        {"first + field - 1": "field"},
    )
    centres_the_field = mistake(
        "You put the field around the place. Without padding, the unit at place 0 begins at pixel 0.",
        {"first = place * distance": "first = place * distance - (field - 1) // 2"},
    )
    centres_an_even_field = mistake(
        "You centre the field on place · t. Without padding, the window begins there.",
        {"first = place * distance": "first = place * distance - field // 2"},
    )
    counts_from_one = mistake(
        "Pixels are counted from 0.", {"return first, first + field - 1": "return first + 1, first + field"}
    )


class AsMnist(PropertyExercise):
    title = "Find what is wrong: 99 % on the test set, and it misreads a friend's digits"
    prompt = """
A network reads 99 % of MNIST. A friend scans digits, dark ink on white paper, shrinks each sheet to 28 ×
28 pixels, divides by 255, and the same network reads hardly any. Nothing is wrong with the network. Write
what is missing, the way MNIST was made: the digit bright on a dark background, cut out of its paper, scaled
with its proportions so that its longer side is about **20** pixels (and the shorter one at least 1), and
put into 28 × 28 with its **centre of mass** at row 14 and column 14, counted from 0, or at most one pixel
from there. Numbers from 0 to 1. Smoothing at the edges is up to you. The scans are clean: all paper is 255,
and whatever is darker is ink, grey pencil too.

After `from PIL import Image`, `Image.fromarray(part).resize((width, height))` scales an array of uint8.
"""
    hints = (
        "Look at one image of MNIST and one of the friend's: which is bright, ink or paper?",
        "Rows with ink: `np.flatnonzero(ink.any(axis=1))`. Between the first and the last lies the digit.",
        "The factor is 20 divided by the longer side, the same in both directions. PIL wants the width "
        "first.",
        "The row of the centre of mass is an average of row numbers, each weighted with the ink in its row: "
        "see the `weights` of `np.average`.",
    )
    why = """
A network knows what it was trained on: bright ink, 20 pixels high or wide, its centre of mass at row 14 and
column 14. A sheet shrunk to 28 × 28 has a dark digit that is far too small and somewhere else: inputs such
as it has never seen. The test set says nothing about them, since it was prepared like the training set.
"""
    further = "Notebook 05 does the same on a server, for what people draw on a page."

    @reference
    def as_mnist(drawing):
        """Return float32 (28, 28), 0 = background to 1 = ink, from uint8 (H, W), 255 = paper to 0 = ink."""
        from PIL import Image

        ink = 255 - drawing
        rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
        part = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
        height, width = (max(1, round(20 * side / max(part.shape))) for side in part.shape)
        small = np.asarray(Image.fromarray(part).resize((width, height)), dtype="float32") / 255
        row = np.average(np.arange(height), weights=small.sum(axis=1))
        column = np.average(np.arange(width), weights=small.sum(axis=0))
        top = int(np.clip(round(14 - row), 0, 28 - height))
        left = int(np.clip(round(14 - column), 0, 28 - width))
        image = np.zeros((28, 28), "float32")
        image[top : top + height, left : left + width] = small
        return image

    def properties(self, as_mnist):
        for name, drawing in _drawings().items():
            text = f"as_mnist(drawing), {name}"
            result = self.call(as_mnist, drawing, text=text)
            image = expect_array(result, (28, 28), "the image")
            yield (
                "is_not_float32",
                np.asarray(result).dtype == np.float32,
                f"(They are {np.asarray(result).dtype}.)",
            )
            yield "is_not_finite", np.isfinite(image).all(), f"({text})"
            yield "goes_up_to_255", image.max() <= 1.5, f"({text}: the largest number is {image.max():.0f}.)"
            yield "goes_below_0", image.min() > -0.01, f"({text}: the smallest number is {image.min():.2f}.)"
            yield "is_all_ground", image.max() > 0.2, f"({text}: the largest number is {image.max():.2f}.)"
            likeness = _likenesses(image, 255 - drawing)[0]
            yield "cuts_out_the_paper", not likeness > 0.9, f"({text})"
            border = np.median([image[0], image[-1], image[:, 0], image[:, -1]])
            ground = f"({text}: the median of its border is {border:.2f}.)"
            yield "is_dark_on_white", border < 0.5, ground
            yield "has_a_grey_ground", border < 0.05, ground
            rows, columns = _frame(image, 0.25)
            height, width = np.ptp(rows) + 1, np.ptp(columns) + 1
            shape = f"({text}: the ink is {height} × {width} pixels.)"
            wanted = _proportions(drawing)
            sides = [1 + max(map(np.ptp, _frame(image, share))) for share in (0.05, 0.25, 0.5)]
            fits = any(19 <= side <= 21 for side in sides)  # however soft its edges are
            ratio = np.log(height / width / wanted)
            is_inside = max(image[edge].max() for edge in _EDGES) < 0.25 * image.max()
            yield "leaves_the_image", is_inside or fits or max(height, width) > 25, shape
            yield "keeps_the_paper", fits or max(height, width) > 16, shape
            yield "fills_the_image", max(height, width) < 27, shape
            yield "exchanges_the_sides", wanted < 2 or height > width / 1.5, shape
            rounding = 0.35 if min(height, width) < 8 else 0.2
            yield "loses_the_proportions", abs(ratio) < rounding, shape
            yield "has_another_size", fits, shape
            likeness, *others = _likenesses(image, drawing)
            yield "keeps_the_part_dark", likeness > -0.5, f"({text})"
            yield "is_turned_round", likeness > max(others), f"({text})"
            centre = [np.average(np.arange(28), weights=image.sum(axis=axis)) for axis in (1, 0)]
            middle = [(inked[0] + inked[-1]) / 2 for inked in (rows, columns)]
            off = [axis for axis in (0, 1) if abs(centre[axis] - 14) > 1.1]
            boxed = all(abs(middle[axis] - 13.5) < 1 for axis in off)
            measured = f"{text}: its centre of mass is at row {centre[0]:.1f}, column {centre[1]:.1f}"
            frame = f"({measured}, the middle of its frame at row {middle[0]:.1f}, column {middle[1]:.1f}.)"
            yield "centres_the_box", not off or not boxed, frame
            yield "is_not_in_the_middle", not off, f"({measured}.)"
            yield "goes_above_1", image.max() < 1.01, f"({text}: the largest number is {image.max():.2f}.)"
            faint = image.max() <= 0.6
            yield "is_too_faint", not faint, f"({text}: at most {image.max():.2f}.)" if faint else ""
        yield from self._with_greys(as_mnist)
        thin = np.full((150, 90), 255, "uint8")
        thin[20:120, 40] = 0
        self.call(as_mnist, thin, text="as_mnist(drawing), a stroke that is 100 pixels high and 1 wide")
        self.call(as_mnist, thin.T, text="as_mnist(drawing), a stroke that is 1 pixel high and 100 wide")

    def _with_greys(self, as_mnist):
        corner = np.full((120, 100), 255, "uint8")
        corner[20:100, 30:40] = corner[90:100, 30:80] = 150
        text = "as_mnist(drawing), an L in grey, 150"
        image = expect_array(self.call(as_mnist, corner, text=text), (28, 28), "the image")
        measured = f"({text}: the largest number is {image.max():.2f}.)"
        rows, columns = _frame(image, 0.25)
        side = 1 + max(np.ptp(rows), np.ptp(columns))
        yield "loses_grey_ink", image.max() > 0.3 and 18 <= side <= 22, measured
        arch = np.full((120, 120), 255, "uint8")
        arch[20:30, 20:100] = arch[20:100, 20:50] = 175
        arch[20:100, 90:100] = 0
        text = "as_mnist(drawing), a grey stroke beside a black one"
        image = expect_array(self.call(as_mnist, arch, text=text), (28, 28), "the image")
        centre = [np.average(np.arange(28), weights=image.sum(axis=axis)) for axis in (1, 0)]
        measured = f"({text}: its centre of mass is at row {centre[0]:.1f}, column {centre[1]:.1f}.)"
        yield "counts_pixels", max(abs(each - 14) for each in centre) < 1.1, measured

    is_not_finite = mistake("Some numbers are not finite.", {"return image": "return image / image"})
    cuts_out_the_paper = mistake(
        "Paper and ink are exchanged: is the drawing inverted before it is cut out?",
        {"ink = 255 - drawing": "ink = drawing"},
    )
    leaves_the_image = mistake(
        "A part of the digit lies outside of the 28 × 28. Are row and column of the centre in this order?",
        {
            "round(14 - row), 0, 28 - height": "20, 0, 20",
            "image[top : top + height, left : left + width] = small": (
                "image[top : top + height, left : left + width] = small[: 28 - top]"
            ),
        },
    )
    loses_grey_ink = mistake(
        "Grey ink is missing. All paper is 255: what is darker, is ink.",
        {
            "ink = 255 - drawing": (
                "ink = np.where(drawing < 128, 255 - drawing, 10 * (drawing.min() > 127)).astype('uint8')"
            )
        },
    )
    counts_pixels = mistake(
        "Each pixel with ink counts as much as any other. A centre of mass weighs them by their ink.",
        {"weights=small.sum(axis=1)": "weights=(small > 0.05).sum(axis=1)"}
        | {"weights=small.sum(axis=0)": "weights=(small > 0.05).sum(axis=0)"},
    )
    goes_up_to_255 = mistake(
        "Some numbers are far above 1, and the network was trained on 0 to 1.",
        {' dtype="float32") / 255': ' dtype="float32")'},
    )
    is_not_float32 = mistake(
        "The numbers are not float32, which is what the network takes.",
        {"return image": "return image.astype(float)"},
    )
    goes_below_0 = mistake(
        "Some numbers are negative: 0 is the background, 1 the ink.",
        {"return image": "return 2 * image - 1"},
    )
    is_all_ground = mistake(
        "There is hardly any ink in the image. Print the largest number after each step: where is it lost?",
        {"[top : top + height, left : left + width] = small": ""},
    )
    is_dark_on_white = mistake(
        "The border of the image is bright: is the digit dark on a bright background? MNIST has bright ink.",
        {"return image": "return 1 - image"},
    )
    has_a_grey_ground = mistake(
        "The background is grey. In MNIST it is 0.", {"return image": "return np.maximum(image, 0.1)"}
    )
    keeps_the_paper = mistake(
        "The ink in the image is much too small. Is the paper around it cut away first? Is a small digit "
        "enlarged, too?",
        {
            "ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]": "ink",
        },
    )
    exchanges_the_sides = mistake(
        "Height and width are exchanged. `resize` wants the width first. Or is something transposed?",
        {"height, width = (": "width, height = ("},
    )
    loses_the_proportions = mistake(
        "The digit has lost its proportions. Are height and width scaled by the same factor, and is nothing "
        "cut off?",
        {"(max(1, round(20 * side / max(part.shape))) for side in part.shape)": "20, 20"},
    )
    fills_the_image = mistake(
        "The ink reaches from edge to edge. MNIST leaves a margin: the longer side is 20 of 28 pixels.",
        {"round(20 * side": "round(28 * side"},
    )
    has_another_size = mistake(
        "The longer side of the ink is not 20 pixels. Is it scaled to 20, and is nothing cut off?",
        {"round(20 * side": "round(24 * side"},
    )
    keeps_the_part_dark = mistake(
        "The digit is dark, and the paper close to it bright. Is the part inverted before it is put down?",
        {"part = ink[": "part = drawing["},
    )
    is_turned_round = mistake(
        "Something else came out than the digit that went in: is it mirrored, turned, or cut?",
        {
            "small = np.asarray(": "small = np.fliplr(",
            '), dtype="float32") / 255': ")).astype('float32') / 255",
        },
    )
    centres_the_box = mistake(
        "The frame around the digit is in the middle where its centre of mass is not: do you centre the "
        "frame? Think of a 7: most of its ink is at the top.",
        {
            "round(14 - row)": "round((28 - height) / 2)",
            "round(14 - column)": "round((28 - width) / 2)",
        },
    )
    is_not_in_the_middle = mistake(
        "The centre of mass is more than a pixel from where it should be. Is it measured after scaling?",
        {
            "np.clip(round(14 - row), 0, 28 - height)": "0",
            "np.clip(round(14 - column), 0, 28 - width)": "0",
        },
    )
    goes_above_1 = mistake("Some numbers are above 1: full ink is 1.", {"return image": "return 1.2 * image"})
    is_too_faint = mistake("The ink is too faint.", {' dtype="float32") / 255': ' dtype="float32") / 600'})


_EDGES = 0, -1, (slice(None), 0), (slice(None), -1)


@functools.cache
def _drawings():
    """Digits of MNIST, enlarged, dark on white paper of any size."""
    (images, labels), _ = data.load_mnist(small=True)
    drawings = {}
    for name, digit, factor, (height, width), (top, left) in (
        ("a 1, small on a large sheet", 1, 4, (400, 500), (210, 350)),
        ("a 7 in a corner", 7, 5, (300, 200), (20, 30)),
        ("a 4 on a wide sheet", 4, 6, (200, 420), (10, 200)),
        ("a 2 that fills its sheet", 2, 8, (230, 230), (2, 3)),
        ("a very small 4", 4, 0, (60, 50), (20, 11)),
    ):
        pen = 255 * (images[np.flatnonzero(labels == digit)[1]] > 100).astype("uint8")
        large = np.kron(pen, np.ones((factor, factor), "uint8")) if factor else pen[::2, ::2]
        paper = np.zeros((height, width), "uint8")
        paper[top : top + large.shape[0], left : left + large.shape[1]] = large[
            : height - top, : width - left
        ]
        drawings[name] = 255 - paper
    return drawings


def _frame(image, share):
    """The rows and the columns in which some number is more than this share of the largest."""
    ink = image > share * image.max()
    return np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))


def _cut_out(drawing):
    ink = 255 - drawing
    rows, columns = _frame(ink, 0.25)
    return ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def _proportions(drawing):
    height, width = _cut_out(drawing).shape
    return height / width


def _likenesses(image, drawing):
    """How much an image looks like the drawing, −1 to 1, and like its mirror images and turned ones."""
    part = _cut_out(drawing)
    rows, columns = _frame(image, 0.25)
    found = image[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1].astype("float32")

    def likeness(other):
        scaled = np.asarray(Image.fromarray(other).resize(found.shape[::-1]), dtype="float32")
        return np.corrcoef(scaled.ravel(), found.ravel())[0, 1]

    others = [part[::-1], part[:, ::-1], part[::-1, ::-1], part.T, part.T[::-1], part.T[:, ::-1]]
    return [likeness(np.ascontiguousarray(each)) for each in (part, *others)]


class SmallAndGood(PropertyExercise):
    title = "Open: small and good"
    prompt = """
Build a network with **at most 10,000 parameters** that reaches **98.5 %** on the validation set. Like the
notebook's, it takes images of shape `(28, 28, 1)` and ends in ten logits. Look at the table of parameters
again: where is most to be saved?

The check builds it with the seed 4 and trains it for up to three epochs on `x_train`, with
`keras.optimizers.Adam(OneCycle(0.01, num_steps))` and a batch size of 256 (twice the notebook's batch size,
and twice its peak). It stops as soon as an epoch ends with 98.5 % on the validation set. That takes about
ten seconds on two cores.
"""
    hints = (
        "The last layer has ten weights for every number that reaches it: for 2,352 of them in `build_cnn`. "
        "What else could make the maps smaller before `Flatten`?",
        "Another `MaxPooling2D(2)` before `Flatten` leaves 3 × 3 numbers of each map. Now count again.",
        "A convolution's parameters grow with the product of its channels: with half of them on both sides, "
        "a quarter is left.",
    )
    why = r"""
More than half of the parameters of `build_cnn` were in its last layer. A second pooling leaves $3 \cdot 3
\cdot 32 = 288$ numbers in place of 2,352, so the last layer needs 2,890 parameters in place of 23,530. Half
of the channels in the first two convolutions, and 32 in the third, do the rest: 8,906 parameters in all,
about a fifth.
"""
    further = (
        "LeNet-5, the network of 1998, had 60,000 parameters and saw every digit 20 times; it misread 0.95 % "
        "of the test set."
    )
    seconds = 240
    max_parameters = 10_000
    goal = 0.985

    @reference
    def build_small():
        """Return an uncompiled keras.Sequential with at most 10,000 parameters."""
        return keras.Sequential(
            [
                keras.Input((28, 28, 1)),
                keras.layers.Conv2D(8, 5, strides=2, padding="same", activation="relu"),
                keras.layers.Conv2D(16, 3, padding="same", activation="relu"),
                keras.layers.MaxPooling2D(2),
                keras.layers.Conv2D(32, 3, padding="same", activation="relu"),
                keras.layers.MaxPooling2D(2),
                keras.layers.Flatten(),
                keras.layers.Dense(10),
            ]
        )

    def properties(self, build_small):
        if isinstance(build_small, keras.Model):
            raise FormError("expected the function `build_small`, received the network that it returns")
        set_seed(4)
        network = self.call(build_small)
        if not isinstance(network, keras.Model):
            raise FormError(f"expected a keras.Sequential, received {describe(network)}")
        expected = getattr(network, "input_shape", None)
        yield "takes_another_shape", _takes_images(expected), f"(It takes {expected}; None stands for N.)"
        images, labels = (part[-5000:][:1000] for part in _training_set())
        images = prepare(images)

        def answer(inputs):
            return keras.ops.convert_to_numpy(network(inputs))

        logits = self.call(answer, images, text="build_small()(x_validation[:1000])")
        yield "keeps_the_places", logits.ndim == 2, f"(Shape {logits.shape} for 1,000 images.)"
        yield "has_not_ten_outputs", logits.shape[1] == 10, f"(It has {logits.shape[1]}.)"
        num_parameters = network.count_params()
        text = f"It has {num_parameters:,} parameters."
        yield "has_too_many_parameters", num_parameters <= self.max_parameters, _where_they_are(network)
        yield "ends_in_softmax", logits.min() < 0 or not np.allclose(logits.sum(axis=1), 1, atol=1e-2), ""
        yield "ends_in_an_activation", logits.min() < 0 or not logits.any(), ""
        accuracy = np.mean(logits.argmax(axis=1) == labels)
        yield "comes_trained", accuracy < 0.5, f"({accuracy:.0%} before the first step.)"
        yield "is_linear", not _is_linear(answer, images), ""
        accuracy = self.call(lambda: _train(network, self.goal), text="fit with build_small()")
        text = f"{text} Validation accuracy: {100 * accuracy:.2f} %."
        reached = accuracy >= self.goal
        yield "has_no_convolution", reached or any(len(weight.shape) > 2 for weight in network.weights), text
        yield "misses_the_goal", reached, text

    @mistake("It does not take images of shape (28, 28, 1), as `prepare` makes them.")
    def takes_another_shape():
        return keras.Sequential([keras.Input((784,)), keras.layers.Dense(10)])

    @mistake(
        "What comes out still has rows and columns. A dense layer works along the last axis only: the maps "
        "have to become one row of numbers first."
    )
    def keeps_the_places():
        return keras.Sequential(
            [
                keras.Input((28, 28, 1)),
                keras.layers.Conv2D(8, 5, strides=2, padding="same", activation="relu"),
                keras.layers.Dense(10),
            ]
        )

    @mistake("The last layer has the wrong number of units: there is one logit for each digit.")
    def has_not_ten_outputs():
        return keras.Sequential(
            [
                keras.Input((28, 28, 1)),
                keras.layers.Conv2D(8, 5, strides=2, padding="same", activation="relu"),
                keras.layers.MaxPooling2D(2),
                keras.layers.Flatten(),
                keras.layers.Dense(1),
            ]
        )

    @mistake("More than 10,000 parameters. Begin with the layer that holds most of them.")
    def has_too_many_parameters():
        return keras.Sequential(
            [
                keras.Input((28, 28, 1)),
                keras.layers.Conv2D(8, 3, padding="same", activation="relu"),
                keras.layers.Flatten(),
                keras.layers.Dense(10),
            ]
        )

    @mistake(
        "It ends in a softmax, and the loss applies another one (`from_logits=True`): it could never be sure "
        "of a digit. The last layer gives logits."
    )
    def ends_in_softmax():
        return keras.Sequential(
            [
                keras.Input((28, 28, 1)),
                keras.layers.Conv2D(8, 5, strides=2, padding="same", activation="relu"),
                keras.layers.MaxPooling2D(2),
                keras.layers.Flatten(),
                keras.layers.Dense(10, activation="softmax"),
            ]
        )

    @mistake(
        "Its outputs are never negative: there is an activation after the last layer. A logit may be any "
        "number, and a ReLU that is off passes no gradient."
    )
    def ends_in_an_activation():
        return keras.Sequential(
            [
                keras.Input((28, 28, 1)),
                keras.layers.Conv2D(8, 5, strides=2, padding="same", activation="relu"),
                keras.layers.MaxPooling2D(2),
                keras.layers.Flatten(),
                keras.layers.Dense(10, activation="relu"),
            ]
        )

    @mistake(
        "It knows digits before it has seen one. Return a network that was built anew and not trained; the "
        "check trains it."
    )
    def comes_trained():
        (images, labels), _ = data.load_mnist(small=True)
        network = keras.Sequential([keras.Input((28, 28, 1)), keras.layers.Flatten(), keras.layers.Dense(10)])
        loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
        network.compile(keras.optimizers.Adam(0.01), loss)
        network.fit(prepare(images), labels, batch_size=50, epochs=2, verbose=0)
        return network

    @mistake(
        "Between image and logits everything is linear: there is no activation. Several layers in a row are "
        "then no more than one."
    )
    def is_linear():
        return keras.Sequential(
            [
                keras.Input((28, 28, 1)),
                keras.layers.Conv2D(8, 5, strides=2, padding="same"),
                keras.layers.Conv2D(16, 3, strides=2, padding="same"),
                keras.layers.Flatten(),
                keras.layers.Dense(10),
            ]
        )

    @mistake(
        "No layer of it knows which pixels are neighbours: with so few parameters, dense layers learn too "
        "little. A kernel of nine weights is used in every place."
    )
    def has_no_convolution():
        return keras.Sequential(
            [
                keras.Input((28, 28, 1)),
                keras.layers.Flatten(),
                keras.layers.Dense(12, activation="relu"),
                keras.layers.Dense(10),
            ]
        )

    @mistake(
        "Not enough yet. Are the maps made small before anything has been seen, or has the last layer too "
        "few numbers to go by? Spend the parameters you have left on channels."
    )
    def misses_the_goal():
        return keras.Sequential(
            [
                keras.Input((28, 28, 1)),
                keras.layers.MaxPooling2D(4),
                keras.layers.Conv2D(8, 3, activation="relu"),
                keras.layers.Flatten(),
                keras.layers.Dense(10),
            ]
        )


def _kernel(value, name):
    rows = value if isinstance(value, list | tuple) else []
    sizes = [len(row) for row in rows if isinstance(row, list | tuple)]
    if len(sizes) == 3 and min(sizes) < 3 and 2 <= max(sizes) <= 3:
        raise FormError(f"`{name}`: expected 3 numbers in each row, received {sizes}. Is a comma missing?")
    kernel = expect_array(value, (3, 3), name)
    if not np.isfinite(kernel).all():
        received = kernel[~np.isfinite(kernel)][0]
        raise FormError(f"`{name}`: expected finite numbers, received {received}")
    return kernel


def _takes_images(shape):
    """Whether an input shape admits (N, 28, 28, 1); a network without one yet takes whatever comes."""
    if shape is None:
        return True
    wanted = (None, 28, 28, 1)
    return len(shape) == 4 and all(
        size in (None, other) for size, other in zip(shape[1:], wanted[1:], strict=True)
    )


def _where_they_are(network):
    largest = max(network.layers, key=lambda layer: layer.count_params())
    total, most = network.count_params(), largest.count_params()
    return f"It has {total:,} parameters, {most:,} of them in `{largest.name}`."


def _is_linear(answer, images):
    one, other = images[:100], images[100:200]
    single, both, none = answer(one) + answer(other), answer(one + other), answer(np.zeros_like(one))
    return bool(np.ptp(both, axis=0).any()) and np.abs(single - both - none).max() < 1e-3 * both.std()


@functools.cache
def _training_set():
    return data.load_mnist()[0]


class _StopAtGoal(keras.callbacks.Callback):
    def __init__(self, goal):
        super().__init__()
        self._goal = goal

    def on_epoch_end(self, epoch, logs=None):
        self.model.stop_training = logs["val_accuracy"] >= self._goal


def _train(network, goal):
    """Train as the prompt says; return the best validation accuracy after an epoch."""
    images, labels = _training_set()
    images, batch_size, num_epochs = prepare(images), 256, 3
    num_steps = num_epochs * -(-len(images[:-5000]) // batch_size)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    network.compile(keras.optimizers.Adam(OneCycle(0.01, num_steps)), loss, metrics=["accuracy"])
    curves = network.fit(
        images[:-5000],
        labels[:-5000],
        batch_size=batch_size,
        epochs=num_epochs,
        validation_data=(images[-5000:], labels[-5000:]),
        validation_batch_size=1000,
        callbacks=[_StopAtGoal(goal)],
        verbose=0,
    ).history
    return max(curves["val_accuracy"])
