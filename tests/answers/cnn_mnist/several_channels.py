# %% right: sliding windows over the first two axes, one einsum
def convolve_channels(image, kernels):
    k = kernels.shape[0]
    windows = np.lib.stride_tricks.sliding_window_view(image, (k, k), axis=(0, 1))
    return np.einsum("ijcab,abco->ijo", windows, kernels)

# %% right: windows through all channels at once, and the extra axis of length 1 taken off
def convolve_channels(image, kernels):
    windows = np.lib.stride_tricks.sliding_window_view(image, kernels.shape[:3])[:, :, 0]
    return np.einsum("ijabc,abco->ijo", windows, kernels)

# %% right: np.tensordot over three axes
def convolve_channels(image, kernels):
    k = len(kernels)
    windows = np.lib.stride_tricks.sliding_window_view(image, (k, k), axis=(0, 1))
    return np.tensordot(windows, kernels, axes=([3, 4, 2], [0, 1, 2]))

# %% right: loops over rows, columns and output channels
def convolve_channels(image, kernels):
    k, _, c_in, c_out = kernels.shape
    height, width = image.shape[0] - k + 1, image.shape[1] - k + 1
    result = np.zeros((height, width, c_out))
    for i in range(height):
        for j in range(width):
            for o in range(c_out):
                result[i, j, o] = np.sum(image[i : i + k, j : j + k, :] * kernels[..., o])
    return result

# %% right: loops over the k x k places in the kernel, a matrix product of shifted images
def convolve_channels(image, kernels):
    k = kernels.shape[0]
    h, w = image.shape[0] - k + 1, image.shape[1] - k + 1
    return sum(image[a : a + h, b : b + w] @ kernels[a, b] for a in range(k) for b in range(k))

# %% right: im2col, one big matrix product
def convolve_channels(image, kernels):
    k, _, c_in, c_out = kernels.shape
    h, w = image.shape[0] - k + 1, image.shape[1] - k + 1
    columns = np.array([image[i : i + k, j : j + k].ravel() for i in range(h) for j in range(w)])
    return (columns @ kernels.reshape(-1, c_out)).reshape(h, w, c_out)

# %% right: seven nested loops over plain floats, then np.array
def convolve_channels(image, kernels):
    image, kernels = np.asarray(image).tolist(), np.asarray(kernels).tolist()
    k, c_in, c_out = len(kernels), len(kernels[0][0]), len(kernels[0][0][0])
    h, w = len(image) - k + 1, len(image[0]) - k + 1
    result = [[[0.0] * c_out for _ in range(w)] for _ in range(h)]
    for i in range(h):
        for j in range(w):
            for o in range(c_out):
                for a in range(k):
                    for b in range(k):
                        for c in range(c_in):
                            result[i][j][o] += image[i + a][j + b][c] * kernels[a][b][c][o]
    return np.array(result)

# %% right: scipy.signal.correlate, channel by channel
from scipy import signal


def convolve_channels(image, kernels):
    c_in, c_out = kernels.shape[2:]
    maps = []
    for o in range(c_out):
        maps.append(sum(signal.correlate(image[:, :, c], kernels[:, :, c, o], mode="valid") for c in range(c_in)))
    return np.stack(maps, axis=-1)

# %% right: scipy.signal.convolve2d with the kernel turned by 180 degrees, which makes it a cross-correlation
from scipy.signal import convolve2d


def convolve_channels(image, kernels):
    def one(o):
        return sum(
            convolve2d(image[..., c], kernels[::-1, ::-1, c, o], mode="valid") for c in range(image.shape[-1])
        )

    return np.dstack([one(o) for o in range(kernels.shape[-1])])

# %% right: the notebook's convolve for each pair of channels, summed over the channels that come in
def convolve_channels(image, kernels):
    def convolve(image, kernel):
        windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
        return np.einsum("ijab,ab->ij", windows, kernel)

    c_in, c_out = kernels.shape[-2:]
    return np.stack(
        [np.sum([convolve(image[..., c], kernels[..., c, o]) for c in range(c_in)], axis=0) for o in range(c_out)],
        axis=2,
    )

# %% right: keras.ops.conv itself, everything cast to float32, a tensor
def convolve_channels(image, kernels):
    image, kernels = keras.ops.cast(image, "float32"), keras.ops.cast(kernels, "float32")
    return keras.ops.conv(image[None], kernels)[0]

# %% right: tf.nn.conv2d, back to NumPy
def convolve_channels(image, kernels):
    import tensorflow as tf

    images = tf.convert_to_tensor(image, tf.float32)[tf.newaxis]
    return tf.nn.conv2d(images, tf.cast(kernels, tf.float32), strides=1, padding="VALID").numpy()[0]

# %% right: a Conv2D layer without bias, given these weights
def convolve_channels(image, kernels):
    k, _, c_in, c_out = kernels.shape
    layer = keras.layers.Conv2D(c_out, k, use_bias=False)
    layer.build((None, None, None, c_in))
    layer.set_weights([kernels])
    return keras.ops.convert_to_numpy(layer(np.asarray(image, "float32")[None]))[0]

# %% right: jax.lax.conv_general_dilated
def convolve_channels(image, kernels):
    import jax

    return np.asarray(
        jax.lax.conv_general_dilated(
            np.asarray(image, np.float32)[None],
            np.asarray(kernels, np.float32),
            window_strides=(1, 1),
            padding="VALID",
            dimension_numbers=("NHWC", "HWIO", "NHWC"),
        )[0]
    )

# %% right: stride tricks by hand with as_strided, and a matrix product
def convolve_channels(image, kernels):
    image = np.ascontiguousarray(image)
    k, _, c_in, c_out = kernels.shape
    h, w = image.shape[0] - k + 1, image.shape[1] - k + 1
    sh, sw, sc = image.strides
    windows = np.lib.stride_tricks.as_strided(image, (h, w, k, k, c_in), (sh, sw, sh, sw, sc), writeable=False)
    return windows.reshape(h, w, -1) @ kernels.reshape(-1, c_out)

# %% right: a lambda, broadcasting all products and one sum over three axes
convolve_channels = lambda image, kernels: (
    np.lib.stride_tricks.sliding_window_view(image, kernels.shape[:2], axis=(0, 1))[..., None]
    * kernels.transpose(2, 0, 1, 3)
).sum(axis=(2, 3, 4))

# %% right: the convolution theorem (FFT), with the complex conjugate of the kernel's transform
def convolve_channels(image, kernels):
    h, w, _ = image.shape
    k = kernels.shape[0]
    f_image = np.fft.rfft2(image, axes=(0, 1))
    f_kernels = np.fft.rfft2(kernels, s=(h, w), axes=(0, 1))
    product = np.einsum("xyc,xyco->xyo", f_image, f_kernels.conj())
    return np.fft.irfft2(product, s=(h, w), axes=(0, 1))[: h - k + 1, : w - k + 1]

# %% right: recursion over the channels that come in
def convolve_channels(image, kernels):
    if image.shape[2] > 1:
        return convolve_channels(image[..., :1], kernels[:, :, :1]) + convolve_channels(image[..., 1:], kernels[:, :, 1:])
    k = kernels.shape[0]
    windows = np.lib.stride_tricks.sliding_window_view(image[..., 0], (k, k))
    return np.tensordot(windows, kernels[:, :, 0], 2)

# %% right: a callable object with index arrays (fancy indexing)
class Convolution:
    def __call__(self, image, kernels):
        k = kernels.shape[0]
        i = np.arange(image.shape[0] - k + 1)[:, None, None, None]
        j = np.arange(image.shape[1] - k + 1)[None, :, None, None]
        a, b = np.arange(k)[:, None], np.arange(k)[None, :]
        patches = image[i + a, j + b]  # (rows, columns, k, k, C_in)
        return np.einsum("...abc,abco", patches, kernels)


convolve_channels = Convolution()

# %% right: np.vectorize with a signature, over windows with one axis each way
def convolve_channels(image, kernels):
    k = kernels.shape[0]
    windows = np.lib.stride_tricks.sliding_window_view(image, (k, k), axis=(0, 1)).transpose(0, 1, 3, 4, 2)
    dot = np.vectorize(lambda patch: np.tensordot(patch, kernels, axes=3), signature="(a,b,c)->(o)")
    return dot(windows)

# %% wrong: axes of the kernel mixed up in einsum: rows and columns of the kernel swapped
# told: transposes_the_kernels
def convolve_channels(image, kernels):
    k = kernels.shape[0]
    windows = np.lib.stride_tricks.sliding_window_view(image, (k, k), axis=(0, 1))
    return np.einsum("ijcab,baco->ijo", windows, kernels)

# %% wrong: flips the kernels (a true convolution instead of the cross-correlation)
# told: flips_the_kernels
def convolve_channels(image, kernels):
    k = kernels.shape[0]
    windows = np.lib.stride_tricks.sliding_window_view(image, (k, k), axis=(0, 1))
    return np.einsum("ijcab,abco->ijo", windows, kernels[::-1, ::-1])

# %% wrong: scipy's convolve2d, which flips the kernels, without turning them first
# told: flips_the_kernels
from scipy.signal import convolve2d


def convolve_channels(image, kernels):
    maps = []
    for o in range(kernels.shape[-1]):
        maps.append(sum(convolve2d(image[..., c], kernels[..., c, o], mode="valid") for c in range(image.shape[-1])))
    return np.stack(maps, axis=-1)

# %% wrong: output channels in front, shape (C_out, H - k + 1, W - k + 1)
# told: puts_the_channel_first
def convolve_channels(image, kernels):
    k = kernels.shape[0]
    windows = np.lib.stride_tricks.sliding_window_view(image, (k, k), axis=(0, 1))
    return np.einsum("ijcab,abco->oij", windows, kernels)

# %% wrong: does not sum over the channels that come in, shape (H - k + 1, W - k + 1, C_in, C_out)
# told: keeps_the_channels_apart
def convolve_channels(image, kernels):
    k = kernels.shape[0]
    windows = np.lib.stride_tricks.sliding_window_view(image, (k, k), axis=(0, 1))
    return np.einsum("ijcab,abco->ijco", windows, kernels)

# %% wrong: the mean over the channels that come in instead of the sum
# told: averages_the_channels
def convolve_channels(image, kernels):
    k = kernels.shape[0]
    windows = np.lib.stride_tricks.sliding_window_view(image, (k, k), axis=(0, 1))
    return np.einsum("ijcab,abco->ijo", windows, kernels) / image.shape[-1]

# %% wrong: np.mean over the whole window instead of the sum (divided by k * k * C_in)
# told: averages_everything
def convolve_channels(image, kernels):
    k, _, c_in, c_out = kernels.shape
    h, w = image.shape[0] - k + 1, image.shape[1] - k + 1
    result = np.zeros((h, w, c_out))
    for i in range(h):
        for j in range(w):
            for o in range(c_out):
                result[i, j, o] = np.mean(image[i : i + k, j : j + k] * kernels[..., o])
    return result

# %% wrong: looks at the first channel that comes in only
# told: takes_the_first_channel
def convolve_channels(image, kernels):
    k = kernels.shape[0]
    windows = np.lib.stride_tricks.sliding_window_view(image[..., 0], (k, k))
    return np.einsum("ijab,abo->ijo", windows, kernels[:, :, 0])

# %% wrong: sums the image's channels first, and uses the kernel of the first channel for all
# told: takes_one_kernel_for_all_channels
def convolve_channels(image, kernels):
    k = kernels.shape[0]
    windows = np.lib.stride_tricks.sliding_window_view(image.sum(axis=-1), (k, k))
    return np.einsum("ijab,abo->ijo", windows, kernels[:, :, 0])

# %% wrong: the letters of the channels that come in differ (c and d), so image and kernels are each summed over the channels and every channel meets every channel's weights
# told: adds_up_the_channels_first
def convolve_channels(image, kernels):
    k = kernels.shape[0]
    windows = np.lib.stride_tricks.sliding_window_view(image, (k, k), axis=(0, 1))
    return np.einsum("ijcab,abdo->ijo", windows, kernels)

# %% wrong: the image is taken to be square: the number of places down is used across too
# told: assumes_a_square
def convolve_channels(image, kernels):
    k, _, c_in, c_out = kernels.shape
    size = len(image) - k + 1
    result = np.zeros((size, size, c_out))
    for i in range(size):
        for j in range(size):
            result[i, j] = np.tensordot(image[i : i + k, j : j + k], kernels, axes=3)
    return result

# %% wrong: off by one: the last row and the last column of the output are missing (H - k instead of H - k + 1)
# told: leaves_out_the_last_place
def convolve_channels(image, kernels):
    k, _, c_in, c_out = kernels.shape
    h, w = image.shape[0] - k, image.shape[1] - k
    result = np.zeros((h, w, c_out))
    for i in range(h):
        for j in range(w):
            result[i, j] = np.tensordot(image[i : i + k, j : j + k], kernels, axes=3)
    return result

# %% wrong: off by one in range: the last row and column are left zero
# told: leaves_the_last_place_empty
def convolve_channels(image, kernels):
    k, _, c_in, c_out = kernels.shape
    h, w = image.shape[0] - k + 1, image.shape[1] - k + 1
    result = np.zeros((h, w, c_out))
    for i in range(h - 1):
        for j in range(w - 1):
            result[i, j] = np.tensordot(image[i : i + k, j : j + k], kernels, axes=3)
    return result

# %% wrong: padding "same", so the output is as large as the image
# told: pads_the_image
def convolve_channels(image, kernels):
    image, kernels = np.asarray(image, "float32"), np.asarray(kernels, "float32")
    return keras.ops.conv(image[None], kernels, padding="same")[0]

# %% wrong: the batch axis is still there, shape (1, H - k + 1, W - k + 1, C_out)
# told: keeps_the_batch_axis
def convolve_channels(image, kernels):
    image, kernels = np.asarray(image, "float32"), np.asarray(kernels, "float32")
    return keras.ops.conv(image[None], kernels)

# %% wrong: kernel size 3 built in
# told: error
def convolve_channels(image, kernels):
    windows = np.lib.stride_tricks.sliding_window_view(image, (3, 3), axis=(0, 1))
    return np.einsum("ijcab,abco->ijo", windows, kernels)

# %% wrong: three channels built in: R, G and B are added, others are ignored or missing
# told: error
def convolve_channels(image, kernels):
    k = kernels.shape[0]
    red, green, blue = (
        np.einsum(
            "ijab,abo->ijo", np.lib.stride_tricks.sliding_window_view(image[..., c], (k, k)), kernels[:, :, c]
        )
        for c in range(3)
    )
    return red + green + blue

# %% wrong: uses the first kernel only, so the last axis of the result has length 1
# told: takes_the_first_kernel
def convolve_channels(image, kernels):
    k = kernels.shape[0]
    windows = np.lib.stride_tricks.sliding_window_view(image, (k, k), axis=(0, 1))
    return np.einsum("ijcab,abc->ij", windows, kernels[..., 0])[..., None]

# %% wrong: sums over the output channels too, shape (H - k + 1, W - k + 1)
# told: adds_up_the_kernels
def convolve_channels(image, kernels):
    k = kernels.shape[0]
    windows = np.lib.stride_tricks.sliding_window_view(image, (k, k), axis=(0, 1))
    return np.einsum("ijcab,abco->ij", windows, kernels)

# %% wrong: channels in and out swapped in the kernel ("aboc" instead of "abco"); raises where their numbers differ
# told: nothing
def convolve_channels(image, kernels):
    k = kernels.shape[0]
    windows = np.lib.stride_tricks.sliding_window_view(image, (k, k), axis=(0, 1))
    return np.einsum("ijcab,aboc->ijo", windows, kernels)

# %% wrong: im2col with the wrong order of axes: windows (C_in, k, k) are flattened against kernels (k, k, C_in)
# told: flattens_in_two_orders
def convolve_channels(image, kernels):
    k, _, c_in, c_out = kernels.shape
    windows = np.lib.stride_tricks.sliding_window_view(image, (k, k), axis=(0, 1))
    h, w = windows.shape[:2]
    return (windows.reshape(h * w, -1) @ kernels.reshape(-1, c_out)).reshape(h, w, c_out)

# %% wrong: kernels reshaped instead of transposed to (C_out, k, k, C_in), which mixes up the weights
# told: nothing
def convolve_channels(image, kernels):
    k, _, c_in, c_out = kernels.shape
    h, w = image.shape[0] - k + 1, image.shape[1] - k + 1
    result = np.zeros((h, w, c_out))
    for o, kernel in enumerate(kernels.reshape(c_out, k, k, c_in)):
        for i in range(h):
            for j in range(w):
                result[i, j, o] = np.sum(kernel * image[i : i + k, j : j + k])
    return result

# %% wrong: overwrites instead of adding up over the channels, so only the last channel counts
# told: takes_the_last_channel
def convolve_channels(image, kernels):
    k, _, c_in, c_out = kernels.shape
    h, w = image.shape[0] - k + 1, image.shape[1] - k + 1
    result = np.zeros((h, w, c_out))
    for o in range(c_out):
        for c in range(c_in):
            windows = np.lib.stride_tricks.sliding_window_view(image[..., c], (k, k))
            result[..., o] = np.einsum("ijab,ab->ij", windows, kernels[..., c, o])
    return result

# %% wrong: multiplies the channels' maps instead of adding them
# told: nothing
def convolve_channels(image, kernels):
    k, _, c_in, c_out = kernels.shape
    windows = np.lib.stride_tricks.sliding_window_view(image, (k, k), axis=(0, 1))
    return np.einsum("ijcab,abco->ijco", windows, kernels).prod(axis=2)

# %% wrong: the maximum over the channels instead of the sum
# told: takes_the_largest_channel
def convolve_channels(image, kernels):
    k = kernels.shape[0]
    windows = np.lib.stride_tricks.sliding_window_view(image, (k, k), axis=(0, 1))
    return np.einsum("ijcab,abco->ijco", windows, kernels).max(axis=2)

# %% wrong: a ReLU at the end, negative results are cut to zero
# told: cuts_negative_numbers_off
def convolve_channels(image, kernels):
    k = kernels.shape[0]
    windows = np.lib.stride_tricks.sliding_window_view(image, (k, k), axis=(0, 1))
    return np.maximum(np.einsum("ijcab,abco->ijo", windows, kernels), 0)

# %% wrong: stride k instead of 1: the windows do not overlap
# told: jumps_by_whole_windows
def convolve_channels(image, kernels):
    k = kernels.shape[0]
    windows = np.lib.stride_tricks.sliding_window_view(image, (k, k), axis=(0, 1))[::k, ::k]
    return np.einsum("ijcab,abco->ijo", windows, kernels)

# %% wrong: computes everything but does not return it
# told: form
def convolve_channels(image, kernels):
    k = kernels.shape[0]
    windows = np.lib.stride_tricks.sliding_window_view(image, (k, k), axis=(0, 1))
    result = np.einsum("ijcab,abco->ijo", windows, kernels)

# %% wrong: returns a list of maps, so the output channels come first
# told: puts_the_channel_first
def convolve_channels(image, kernels):
    k = kernels.shape[0]
    windows = np.lib.stride_tricks.sliding_window_view(image, (k, k), axis=(0, 1))
    return [np.einsum("ijcab,abc->ij", windows, kernels[..., o]) for o in range(kernels.shape[-1])]

# %% wrong: raises: the notebook's convolve unchanged, whose einsum fits two axes only
# told: error
def convolve_channels(image, kernels):
    windows = np.lib.stride_tricks.sliding_window_view(image, kernels.shape)
    return np.einsum("ijab,ab->ij", windows, kernels)

# %% wrong: an einsum string whose axes do not fit the windows' (channel axis taken to be the last one); raises or mixes up, unless C_in = k
# told: mixes_up_the_axes
def convolve_channels(image, kernels):
    k = kernels.shape[0]
    windows = np.lib.stride_tricks.sliding_window_view(image, (k, k), axis=(0, 1))
    return np.einsum("ijabc,abco->ijo", windows, kernels)

# %% wrong: one axis of length 1 too many, shape (H - k + 1, W - k + 1, 1, C_out)
# told: nothing
def convolve_channels(image, kernels):
    windows = np.lib.stride_tricks.sliding_window_view(image, kernels.shape[:3])
    return np.einsum("ijzabc,abco->ijzo", windows, kernels)

# %% wrong: depthwise: each channel has its own map, and the channels that go out are taken from the diagonal c = o; raises where their numbers differ
# told: error
def convolve_channels(image, kernels):
    k = kernels.shape[0]
    windows = np.lib.stride_tricks.sliding_window_view(image, (k, k), axis=(0, 1))
    return np.einsum("ijcab,abcc->ijc", windows, kernels)

# %% wrong: result array of whole numbers (dtype int), so all results are cut off
# told: relation
def convolve_channels(image, kernels):
    k, _, c_in, c_out = kernels.shape
    h, w = image.shape[0] - k + 1, image.shape[1] - k + 1
    result = np.zeros((h, w, c_out), dtype=int)
    for i in range(h):
        for j in range(w):
            result[i, j] = np.tensordot(image[i : i + k, j : j + k], kernels, axes=3)
    return result

# %% wrong: squeeze at the end, so an output of one channel (or one row) loses its axis
# told: relation
def convolve_channels(image, kernels):
    k = kernels.shape[0]
    windows = np.lib.stride_tricks.sliding_window_view(image, (k, k), axis=(0, 1))
    return np.einsum("ijcab,abco->ijo", windows, kernels).squeeze()

# %% wrong: the window's column starts at i instead of j, so all columns of the result are alike
# told: nothing
def convolve_channels(image, kernels):
    k, _, c_in, c_out = kernels.shape
    h, w = image.shape[0] - k + 1, image.shape[1] - k + 1
    result = np.zeros((h, w, c_out))
    for i in range(h):
        for j in range(w):
            result[i, j] = np.tensordot(image[i : i + k, i : i + k], kernels, axes=3) if i + k <= image.shape[1] else 0
    return result

# %% wrong: result has rows and columns swapped, shape (W - k + 1, H - k + 1, C_out)
# told: transposes_the_maps
def convolve_channels(image, kernels):
    k = kernels.shape[0]
    windows = np.lib.stride_tricks.sliding_window_view(image, (k, k), axis=(0, 1))
    return np.einsum("ijcab,abco->jio", windows, kernels)

# %% wrong: the average over the k x k places, divided by k squared
# told: averages_the_window
def convolve_channels(image, kernels):
    k = kernels.shape[0]
    h, w = image.shape[0] - k + 1, image.shape[1] - k + 1
    total = sum(image[a : a + h, b : b + w] @ kernels[a, b] for a in range(k) for b in range(k))
    return total / k**2

# %% wrong: only the places on the kernel's diagonal (one loop for a and b together)
# told: takes_the_diagonal
def convolve_channels(image, kernels):
    k = kernels.shape[0]
    h, w = image.shape[0] - k + 1, image.shape[1] - k + 1
    return sum(image[a : a + h, a : a + w] @ kernels[a, a] for a in range(k))

# %% wrong: right result, but overwrites its input: the kernels are divided in place by their largest weight
# told: overwrites
def convolve_channels(image, kernels):
    k = kernels.shape[0]
    largest = np.abs(kernels).max()
    kernels /= largest  # keeps the numbers small
    windows = np.lib.stride_tricks.sliding_window_view(image, (k, k), axis=(0, 1))
    return largest * np.einsum("ijcab,abco->ijo", windows, kernels)

# %% wrong: two mistakes: kernels flipped, and the mean over the channels instead of the sum
# told: averages_the_channels+flips_the_kernels
def convolve_channels(image, kernels):
    k = kernels.shape[0]
    windows = np.lib.stride_tricks.sliding_window_view(image, (k, k), axis=(0, 1))
    return np.einsum("ijcab,abco->ijo", windows, kernels[::-1, ::-1]) / image.shape[2]

# %% wrong: two mistakes: padding "same", and the batch axis is still there
# told: keeps_the_batch_axis+pads_the_image
def convolve_channels(image, kernels):
    image, kernels = np.asarray(image, "float32"), np.asarray(kernels, "float32")
    return keras.ops.conv(image[None], kernels, padding="same")

# %% wrong: two mistakes: kernel's rows and columns swapped, and output channels in front
# told: transposes_the_kernels+puts_the_channel_first
def convolve_channels(image, kernels):
    k = kernels.shape[0]
    windows = np.lib.stride_tricks.sliding_window_view(image, (k, k), axis=(0, 1))
    return np.einsum("ijcab,baco->oij", windows, kernels)

# %% wrong: two mistakes: first channel only, and off by one (last row and column missing)
# told: nothing
def convolve_channels(image, kernels):
    k, _, c_in, c_out = kernels.shape
    h, w = image.shape[0] - k, image.shape[1] - k
    return sum(image[a : a + h, b : b + w, :1] @ kernels[a, b, :1] for a in range(k) for b in range(k))

# %% wrong: two mistakes: image taken to be square, and the first kernel only (shape without the last axis)
# told: nothing
def convolve_channels(image, kernels):
    k = len(kernels)
    size = len(image) - k + 1
    result = np.zeros((size, size))
    for i in range(size):
        for j in range(size):
            result[i, j] = np.sum(kernels[..., 0] * image[i : i + k, j : j + k])
    return result
