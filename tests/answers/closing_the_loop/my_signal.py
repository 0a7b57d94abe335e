# %% right: number of blank columns between the first and the last column with ink, in a loop
def my_signal(images):
    numbers = []
    for image in images:
        columns = np.flatnonzero(image.any(axis=0))
        if len(columns) == 0:
            numbers.append(0)
        else:
            numbers.append(columns[-1] - columns[0] + 1 - len(columns))
    return np.array(numbers)

# %% right: the deepest notch in the column sums below both neighbours
def my_signal(images):
    columns = images.astype(float).sum(axis=1)
    left, middle, right = columns[:, :-2], columns[:, 1:-1], columns[:, 2:]
    return (np.minimum(left, right) - middle).max(axis=1)

# %% right: a flag, True if a blank column lies between two with ink, as bool
def my_signal(images):
    ink = (images > 0).any(axis=1)
    return (ink[:, :-2] & ~ink[:, 1:-1] & ink[:, 2:]).any(axis=1)

# %% right: second difference of the column sums, the largest
def my_signal(images):
    profile = images.sum(axis=1, dtype=np.int64)
    return np.diff(profile, n=2, axis=1).max(axis=1)

# %% right: number of pixels of paper with dark ink on both sides, left and right
def my_signal(images):
    gap = (images[:, :, 1:-1] == 0) & (images[:, :, :-2] > 60) & (images[:, :, 2:] > 60)
    return gap.sum(axis=(1, 2)).astype("float32")

# %% right: plain Python loops over nested lists
def my_signal(images):
    result = []
    for image in images.tolist():
        sums = [sum(row[x] for row in image) for x in range(28)]
        deepest = 0
        for x in range(1, 27):
            drop = min(sums[x - 1], sums[x + 1]) - sums[x]
            if drop > deepest:
                deepest = drop
        result.append(deepest)
    return result

# %% right: number of runs of columns with ink, from the changes from paper to ink
def my_signal(images):
    ink = images.max(axis=1) > 0
    starts = np.diff(np.pad(ink, ((0, 0), (1, 0))).astype(int), axis=1) == 1
    return starts.sum(axis=1)

# %% right: itertools.groupby counts the runs of ink
from itertools import groupby


def runs(image):
    return sum(1 for has_ink, _ in groupby(image.any(axis=0)) if has_ink)


def my_signal(images):
    return np.fromiter(map(runs, images), dtype=int, count=len(images))

# %% right: the profile of the columns as text, and a regular expression for a gap
import re


def my_signal(images):
    def gaps(image):
        text = "".join("x" if column.any() else "." for column in image.T)
        return len(re.findall(r"(?<=x)\.+(?=x)", text))

    return np.array([gaps(image) for image in images], dtype=float)

# %% right: scipy.ndimage closes gaps of one column, how much ink that adds in the best column
from scipy import ndimage


def my_signal(images):
    closed = ndimage.grey_closing(images, size=(1, 1, 3))
    return (closed.astype(int) - images).sum(axis=1).max(axis=1)

# %% right: median filter along the rows, the largest column sum of what it fills in
from scipy.ndimage import median_filter


def my_signal(images):
    added = median_filter(images, size=(1, 1, 3)).astype(np.float32) - images
    return added.sum(axis=1).max(axis=1)

# %% right: keras.ops, converted to NumPy
def my_signal(images):
    columns = keras.ops.sum(keras.ops.cast(images, "float32"), axis=1)
    notch = keras.ops.minimum(columns[:, :-2], columns[:, 2:]) - columns[:, 1:-1]
    return keras.ops.convert_to_numpy(keras.ops.max(notch, axis=-1))

# %% right: TensorFlow, a convolution with (1, -2, 1) over the column sums, returns a tensor
import tensorflow as tf


def my_signal(images):
    profile = tf.reduce_sum(tf.cast(images, tf.float32), axis=1)[:, :, None]
    kernel = tf.reshape(tf.constant([1.0, -2.0, 1.0]), (3, 1, 1))
    return tf.reduce_max(tf.nn.conv1d(profile, kernel, stride=1, padding="VALID"), axis=(1, 2))

# %% right: jax.vmap over a function of one image, returns a jax array
import jax
import jax.numpy as jnp


def one(image):
    profile = image.astype(jnp.float32).sum(axis=0)
    return jnp.max(jnp.minimum(profile[:-2], profile[2:]) - profile[1:-1])


my_signal = jax.vmap(one)

# %% right: einsum for the column sums, lambda, depth as a share of the image's ink
my_signal = lambda images: np.array([np.max(np.minimum(c[:-2], c[2:]) - c[1:-1]) / max(c.sum(), 1) for c in np.einsum("nij->nj", images.astype(np.float64))])

# %% right: pandas, one row for each image, the smaller of both neighbouring columns (shift) less the column itself
def my_signal(images):
    sums = pd.DataFrame(images.sum(axis=1).astype(float))
    both = np.minimum(sums.shift(1, axis=1), sums.shift(-1, axis=1)) - sums
    return both.max(axis=1).fillna(0).to_numpy()

# %% right: the blank column's own number, 0 if there is none
def my_signal(images):
    ink = images.any(axis=1)
    seen_left = np.logical_or.accumulate(ink, axis=1)
    seen_right = np.logical_or.accumulate(ink[:, ::-1], axis=1)[:, ::-1]
    inside = seen_left & seen_right & ~ink
    return np.where(inside.any(axis=1), inside.argmax(axis=1), 0)

# %% right: a callable object with np.apply_along_axis
class Notch:
    def depth(self, profile):
        return np.max(np.minimum(profile[:-2], profile[2:]) - profile[1:-1])

    def __call__(self, images):
        return np.apply_along_axis(self.depth, 1, images.sum(axis=1, dtype=float))


my_signal = Notch()

# %% right: the smallest column sum between the first and the last tenth of the ink, blank images apart
def my_signal(images):
    out = np.zeros(len(images))
    for i, image in enumerate(images):
        profile = image.sum(axis=0, dtype=float)
        if profile.sum() == 0:
            continue
        share = np.cumsum(profile) / profile.sum()
        inside = (share > 0.1) & (share < 0.9)
        if inside.any():
            out[i] = profile[inside].min() / profile.mean()
    return out

# %% right: number of connected pieces, labelled by scipy
from scipy.ndimage import label


def my_signal(images):
    return np.array([label(image > 0, structure=np.ones((3, 3)))[1] for image in images])

# %% right: Fourier transform of the column sums, share of the highest third of the frequencies
def my_signal(images):
    spectrum = np.abs(np.fft.rfft(images.sum(axis=1, dtype=float), axis=1)) ** 2
    return spectrum[:, 10:].sum(axis=1) / np.maximum(spectrum[:, 1:].sum(axis=1), 1)

# %% right: the smallest column sum among the columns 8 to 19, in which the blank ones lie in the examples
def my_signal(images):
    return images[:, :, 8:20].sum(axis=1).min(axis=1)

# %% wrong: the mean ink, which hardly changes
# told: repeats_the_monitor
def my_signal(images):
    return images.mean(axis=(1, 2))

# %% wrong: the darkest pixel, which does not change
# told: notices_too_little
def my_signal(images):
    return images.max(axis=(1, 2))

# %% wrong: the horizontal centre of mass, which hardly changes
# told: repeats_the_monitor
def my_signal(images):
    columns = images.sum(axis=1, dtype=float)
    return columns @ np.arange(28) / np.maximum(columns.sum(axis=1), 1)

# %% wrong: the vertical centre of mass, which does not change
# told: repeats_the_monitor
def my_signal(images):
    rows = images.sum(axis=2, dtype=float)
    return rows @ np.arange(28) / np.maximum(rows.sum(axis=1), 1)

# %% wrong: the standard deviation of the pixels, which hardly changes
# told: repeats_the_monitor
def my_signal(images):
    return images.std(axis=(1, 2))

# %% wrong: the number of pixels with ink, which hardly changes
# told: notices_too_little
def my_signal(images):
    return np.count_nonzero(images, axis=(1, 2))

# %% wrong: the slant, taken over from monitor, which is blind to the change
# told: repeats_the_monitor
def my_signal(images):
    probabilities = np.full((len(images), 10), 0.1)
    from autorev_lib.serving import monitor

    return monitor.measure(images, probabilities)[4]

# %% wrong: the edges in both directions, one of the seven signals that miss it
# told: repeats_the_monitor
def my_signal(images):
    x = images.astype(float)
    return (np.abs(np.diff(x, axis=1)).mean(axis=(1, 2)) + np.abs(np.diff(x, axis=2)).mean(axis=(1, 2))) / 2

# %% wrong: the wrong axis: looks for blank rows instead of blank columns
# told: notices_too_little
def my_signal(images):
    ink = (images > 0).any(axis=2)
    return (ink[:, :-2] & ~ink[:, 1:-1] & ink[:, 2:]).any(axis=1).astype(int)

# %% wrong: the wrong axis: the deepest notch in the sums of the rows
# told: notices_too_little
def my_signal(images):
    rows = images.astype(float).sum(axis=2)
    return (np.minimum(rows[:, :-2], rows[:, 2:]) - rows[:, 1:-1]).max(axis=1)

# %% wrong: counts all blank columns, the margins too, in which the one column disappears
# told: notices_too_little
def my_signal(images):
    return (images.sum(axis=1) == 0).sum(axis=1)

# %% wrong: the width of the digit from first to last column with ink, which does not change
# told: notices_too_little
def my_signal(images):
    ink = images.any(axis=1)
    first, last = ink.argmax(axis=1), 27 - ink[:, ::-1].argmax(axis=1)
    return last - first

# %% wrong: looks at the middle column, 14, only; the blank column is elsewhere in each image
# told: notices_too_little
def my_signal(images):
    return images[:, :, 14].sum(axis=1)

# %% wrong: looks at one single pixel in the middle
# told: notices_too_little
def my_signal(images):
    return images[:, 14, 14].astype(float)

# %% wrong: the smallest column sum of all, which is 0 in every image because of the margins
# told: is_constant
def my_signal(images):
    return images.sum(axis=1).min(axis=1)

# %% wrong: the largest column sum, which hardly changes
# told: notices_too_little
def my_signal(images):
    return images.sum(axis=1).max(axis=1)

# %% wrong: the number of grey pixels, which hardly changes
# told: notices_too_little
def my_signal(images):
    return ((images > 0) & (images < 255)).sum(axis=(1, 2))

# %% wrong: a constant, 0 for every image
# told: is_constant
def my_signal(images):
    return np.zeros(len(images))

# %% wrong: random numbers that have nothing to do with the image
# told: is_random
def my_signal(images):
    return np.random.default_rng().random(len(images))

# %% wrong: uses the position in the batch (every fourth), not the image
# told: depends_on_the_order
def my_signal(images):
    return (np.arange(len(images)) % 4 == 0).astype(float)

# %% wrong: subtracts the mean of the batch, so the number depends on the other images
# told: depends_on_the_batch
def my_signal(images):
    columns = images.astype(float).sum(axis=1)
    notch = (np.minimum(columns[:, :-2], columns[:, 2:]) - columns[:, 1:-1]).max(axis=1)
    return notch - notch.mean()

# %% wrong: divides by the largest notch of the batch, so the number depends on the other images
# told: depends_on_the_batch
def my_signal(images):
    columns = images.astype(float).sum(axis=1)
    notch = (np.minimum(columns[:, :-2], columns[:, 2:]) - columns[:, 1:-1]).max(axis=1)
    return notch / max(notch.max(), 1.0)

# %% wrong: the rank of the notch within the batch, so the number depends on the other images
# told: depends_on_the_batch
from scipy.stats import rankdata


def my_signal(images):
    columns = images.astype(float).sum(axis=1)
    notch = (np.minimum(columns[:, :-2], columns[:, 2:]) - columns[:, 1:-1]).max(axis=1)
    return rankdata(notch)

# %% wrong: standardises with mean and standard deviation of the batch
# told: depends_on_the_batch
def my_signal(images):
    columns = images.astype(float).sum(axis=1)
    notch = (np.minimum(columns[:, :-2], columns[:, 2:]) - columns[:, 1:-1]).max(axis=1)
    return (notch - notch.mean()) / (notch.std() + 1e-9)

# %% wrong: compares each image with the one before it in the batch
# told: depends_on_the_order
def my_signal(images):
    x = images.astype(float)
    return np.abs(x - np.roll(x, 1, axis=0)).mean(axis=(1, 2))

# %% wrong: compares the column sums with the mean of the batch
# told: depends_on_the_batch
def my_signal(images):
    columns = images.astype(float).sum(axis=1)
    return (columns.mean(axis=0) - columns).max(axis=1)

# %% wrong: one number for the whole batch instead of one for each image
# told: gives_one_number_for_all
def my_signal(images):
    ink = (images > 0).any(axis=1)
    return (ink[:, :-2] & ~ink[:, 1:-1] & ink[:, 2:]).any(axis=1).mean()

# %% wrong: the share of broken images in the batch, repeated for each image, so it depends on the others
# told: depends_on_the_batch
def my_signal(images):
    ink = (images > 0).any(axis=1)
    share = (ink[:, :-2] & ~ink[:, 1:-1] & ink[:, 2:]).any(axis=1).mean()
    return np.full(len(images), share)

# %% wrong: divides by the ink without a guard: NaN for an image without ink
# told: fails_without_ink
def my_signal(images):
    columns = images.astype(float).sum(axis=1)
    notch = (np.minimum(columns[:, :-2], columns[:, 2:]) - columns[:, 1:-1]).max(axis=1)
    return notch / columns.sum(axis=1)

# %% wrong: raises for an image without ink, because columns[0] does not exist
# told: error
def my_signal(images):
    numbers = []
    for image in images:
        columns = np.flatnonzero(image.any(axis=0))
        numbers.append(columns[-1] - columns[0] + 1 - len(columns))
    return np.array(numbers)

# %% wrong: infinity on purpose for an image without ink
# told: fails_without_ink
def my_signal(images):
    columns = images.astype(float).sum(axis=1)
    notch = (np.minimum(columns[:, :-2], columns[:, 2:]) - columns[:, 1:-1]).max(axis=1)
    return np.where(images.any(axis=(1, 2)), notch, np.inf)

# %% wrong: leaves out images without ink, so there are fewer numbers than images
# told: form
def my_signal(images):
    images = images[images.any(axis=(1, 2))]
    columns = images.astype(float).sum(axis=1)
    return (np.minimum(columns[:, :-2], columns[:, 2:]) - columns[:, 1:-1]).max(axis=1)

# %% wrong: shape (N, 1) instead of (N,)
# told: form
def my_signal(images):
    columns = images.astype(float).sum(axis=1)
    notch = np.minimum(columns[:, :-2], columns[:, 2:]) - columns[:, 1:-1]
    return notch.max(axis=1, keepdims=True)

# %% wrong: a number for each column, shape (N, 26), instead of one for each image
# told: gives_many_numbers_for_each
def my_signal(images):
    columns = images.astype(float).sum(axis=1)
    return np.minimum(columns[:, :-2], columns[:, 2:]) - columns[:, 1:-1]

# %% wrong: maximum over the images instead of over the columns, shape (26,)
# told: form
def my_signal(images):
    columns = images.astype(float).sum(axis=1)
    return (np.minimum(columns[:, :-2], columns[:, 2:]) - columns[:, 1:-1]).max(axis=0)

# %% wrong: sums over the images, axis 0, instead of over the rows
# told: form
def my_signal(images):
    columns = images.astype(float).sum(axis=0)
    return (np.minimum(columns[:, :-2], columns[:, 2:]) - columns[:, 1:-1]).max(axis=1)

# %% wrong: the number of images in the example, 400, is hard-coded
# told: form
def my_signal(images):
    out = np.zeros(400)
    for i in range(400):
        c = images[i].astype(float).sum(axis=0)
        out[i] = (np.minimum(c[:-2], c[2:]) - c[1:-1]).max()
    return out

# %% wrong: prints the numbers and returns None
# told: form
def my_signal(images):
    columns = images.astype(float).sum(axis=1)
    print((np.minimum(columns[:, :-2], columns[:, 2:]) - columns[:, 1:-1]).max(axis=1))

# %% wrong: returns a tuple of two signals
# told: form
def my_signal(images):
    columns = images.astype(float).sum(axis=1)
    notch = (np.minimum(columns[:, :-2], columns[:, 2:]) - columns[:, 1:-1]).max(axis=1)
    return notch, images.mean(axis=(1, 2))

# %% wrong: the return is inside the loop, only the first image gets a number
# told: gives_one_number_for_all
def my_signal(images):
    numbers = []
    for image in images:
        c = image.astype(float).sum(axis=0)
        numbers.append((np.minimum(c[:-2], c[2:]) - c[1:-1]).max())
        return np.array(numbers)

# %% wrong: right numbers, but overwrites the images by making them black and white
# told: overwrites
def my_signal(images):
    images[images > 0] = 1
    ink = images.any(axis=1)
    return (ink[:, :-2] & ~ink[:, 1:-1] & ink[:, 2:]).sum(axis=1)

# %% wrong: right numbers, but overwrites the images by clearing faint ink
# told: overwrites
def my_signal(images):
    images[images < 30] = 0
    gap = (images[:, :, 1:-1] == 0) & (images[:, :, :-2] > 60) & (images[:, :, 2:] > 60)
    return gap.sum(axis=(1, 2))

# %% wrong: sorts the numbers, so they no longer belong to their images
# told: stands_in_another_order
def my_signal(images):
    columns = images.astype(float).sum(axis=1)
    return np.sort((np.minimum(columns[:, :-2], columns[:, 2:]) - columns[:, 1:-1]).max(axis=1))

# %% wrong: the numbers of the images in reverse order
# told: stands_in_another_order
def my_signal(images):
    columns = images[::-1].astype(float).sum(axis=1)
    return (np.minimum(columns[:, :-2], columns[:, 2:]) - columns[:, 1:-1]).max(axis=1)

# %% wrong: keeps all numbers of earlier calls in a list and returns them, too
# told: form
history = []


def my_signal(images):
    for c in images.astype(float).sum(axis=1):
        history.append((np.minimum(c[:-2], c[2:]) - c[1:-1]).max())
    return np.array(history)

# %% wrong: right in kind, but the number grows with each call, because a counter is added
# told: is_random
calls = 0


def my_signal(images):
    global calls
    calls += 1
    columns = images.astype(float).sum(axis=1)
    return (np.minimum(columns[:, :-2], columns[:, 2:]) - columns[:, 1:-1]).max(axis=1) + 1000 * calls

# %% wrong: expects two arguments, the clean images as well, raises TypeError
# told: error
def my_signal(before, after):
    return np.abs(after.astype(float) - before).mean(axis=(1, 2))

# %% wrong: text instead of numbers
# told: form
def my_signal(images):
    ink = (images > 0).any(axis=1)
    broken = (ink[:, :-2] & ~ink[:, 1:-1] & ink[:, 2:]).any(axis=1)
    return ["broken" if b else "clean" for b in broken]

# %% wrong: forgets the parentheses of max: a bound method instead of numbers
# told: form
def my_signal(images):
    columns = images.astype(float).sum(axis=1)
    return (np.minimum(columns[:, :-2], columns[:, 2:]) - columns[:, 1:-1]).max

# %% wrong: the largest jump between neighbouring columns divided by that between rows: the right direction, but it shows the change far too weakly
# told: wavers_too_much
def my_signal(images):
    x = images.astype(np.float32)
    across = np.abs(np.diff(x, axis=2)).sum(axis=1).max(axis=1)
    down = np.abs(np.diff(x, axis=1)).sum(axis=2).max(axis=1)
    return across / (down + 1)

# %% wrong: all horizontal edges divided by all vertical edges: the right direction, but it shows the change far too weakly
# told: wavers_too_much
def my_signal(images):
    x = images.astype(float)
    across = np.abs(np.diff(x, axis=2)).sum(axis=(1, 2))
    down = np.abs(np.diff(x, axis=1)).sum(axis=(1, 2))
    return across / (down + 1)

# %% wrong: the mean horizontal edge alone, which shows the change too weakly
# told: wavers_too_much
def my_signal(images):
    return np.abs(np.diff(images.astype("float32"), axis=2)).mean(axis=(1, 2))

# %% wrong: adds the pixels of a column up in uint8, which wraps around at 256, so the notch is noise
# told: notices_too_little
def my_signal(images):
    columns = images.sum(axis=1, dtype=np.uint8).astype(float)
    return (np.minimum(columns[:, :-2], columns[:, 2:]) - columns[:, 1:-1]).max(axis=1)

# %% wrong: subtracts unsigned sums, so every negative difference wraps around to a huge number
# told: wraps_around
def my_signal(images):
    columns = images.sum(axis=1)
    return (np.minimum(columns[:, :-2], columns[:, 2:]) - columns[:, 1:-1]).max(axis=1)

# %% wrong: takes differences of uint8 pixels, in which -1 becomes 255, so weak falls count as hard edges
# told: wraps_around
def my_signal(images):
    return (np.abs(np.diff(images, axis=2)) > 200).sum(axis=(1, 2))

# %% wrong: the spread of the column sums, which hardly changes
# told: notices_too_little
def my_signal(images):
    return images.sum(axis=1).std(axis=1)

# %% wrong: the logarithm of the notch: minus infinity for an image without ink
# told: fails_without_ink
def my_signal(images):
    profile = images.astype(float).sum(axis=1)
    return np.log(np.diff(profile, n=2, axis=1).max(axis=1))

# %% wrong: two mistakes: the wrong axis (blank rows), and a share of the whole batch instead of one number for each image
# told: gives_one_number_for_all
def my_signal(images):
    ink = (images > 0).any(axis=2)
    return (ink[:, :-2] & ~ink[:, 1:-1] & ink[:, 2:]).any(axis=1).mean()

# %% wrong: two mistakes: the mean ink, which hardly changes, and relative to the mean of the batch
# told: depends_on_the_batch
def my_signal(images):
    ink = images.mean(axis=(1, 2))
    return ink - ink.mean()

# %% wrong: two mistakes: shape (N, 1), and NaN for an image without ink
# told: form
def my_signal(images):
    columns = images.astype(float).sum(axis=1)
    notch = (np.minimum(columns[:, :-2], columns[:, 2:]) - columns[:, 1:-1]).max(axis=1)
    return (notch / columns.sum(axis=1))[:, None]

# %% wrong: two mistakes: horizontal centre of mass, which hardly changes, and NaN for an image without ink
# told: fails_without_ink
def my_signal(images):
    columns = images.astype(float).sum(axis=1)
    return columns @ np.arange(28) / columns.sum(axis=1)
