# %% right: reshape with -1, then astype and / 255
def prepare_repaired(images):
    return images.reshape(-1, 28, 28, 1).astype("float32") / 255

# %% right: the notebook's line with None as a new axis
def prepare_repaired(images):
    return images[..., None].astype("float32") / 255

# %% right: np.expand_dims at axis -1 and np.float32
def prepare_repaired(images):
    return np.expand_dims(images.astype(np.float32) / 255.0, axis=-1)

# %% right: reshape with len(images) in front, in two steps
def prepare_repaired(images):
    x = images.reshape(len(images), 28, 28, 1)
    x = x.astype("float32")
    x /= 255  # a copy by now, so images stays as it is
    return x

# %% right: reshape to (*shape, 1), np.divide with dtype
def prepare_repaired(images):
    return np.divide(images.reshape(*images.shape, 1), 255, dtype="float32")

# %% right: float64, as plain / 255 gives it
def prepare_repaired(images):
    return images[:, :, :, np.newaxis] / 255

# %% right: keras.ops, returns a tensor
def prepare_repaired(images):
    x = keras.ops.cast(images, "float32") / 255
    return keras.ops.expand_dims(x, -1)

# %% right: tf functions, returns a tensor
import tensorflow as tf


def prepare_repaired(images):
    return tf.cast(images, tf.float32)[..., tf.newaxis] / 255.0

# %% right: tf.image.convert_image_dtype does the scaling
def prepare_repaired(images):
    import tensorflow as tf

    return tf.image.convert_image_dtype(images[..., None], tf.float32).numpy()

# %% right: jax.numpy
def prepare_repaired(images):
    import jax.numpy as jnp

    return jnp.asarray(images, dtype=jnp.float32).reshape((-1, 28, 28, 1)) / 255

# %% right: a Rescaling layer behind a Reshape layer
def prepare_repaired(images):
    net = keras.Sequential([keras.Input((28, 28)), keras.layers.Reshape((28, 28, 1)), keras.layers.Rescaling(1 / 255)])
    return net(images.astype("float32"))

# %% right: a lambda with np.stack
prepare_repaired = lambda images: np.stack([images / np.float32(255)], axis=3).astype(np.float32)

# %% right: a loop over the images into an empty array
def prepare_repaired(images):
    result = np.zeros((len(images), 28, 28, 1), dtype="float32")
    for i, image in enumerate(images):
        result[i, :, :, 0] = image / 255
    return result

# %% right: a table of the 256 possible values, looked up
def prepare_repaired(images):
    table = np.arange(256, dtype="float32") / 255
    return table[images][..., np.newaxis]

# %% right: flattens as in the published program first, and folds back
def prepare_repaired(images):
    x = images.reshape(images.shape[0], 784).astype("float32") / 255
    return x.reshape(x.shape[0], 28, 28, 1)

# %% right: np.interp from 0 ... 255 to 0 ... 1
def prepare_repaired(images):
    scaled = np.interp(images, (0, 255), (0, 1)).astype("float32")
    return np.atleast_3d(scaled).reshape(images.shape + (1,))

# %% right: multiplies by 1 / 255, helper functions composed with functools.reduce
import functools


def prepare_repaired(images):
    steps = [np.asarray, lambda x: x.astype("float32"), lambda x: x * np.float32(1 / 255), lambda x: x[..., None]]
    return functools.reduce(lambda value, step: step(value), steps, images)

# %% right: a callable object, np.iinfo for the 255
class Prepare:
    largest = np.iinfo(np.uint8).max

    def __call__(self, images):
        n, height, width = images.shape
        out = np.empty((n, height, width, 1), np.float32)
        out[..., 0] = images
        out /= self.largest
        return out


prepare_repaired = Prepare()

# %% right: sets the shape of a copy in place
def prepare_repaired(images):
    x = images.astype("float32")
    x = x.copy()
    x.resize(x.shape + (1,), refcheck=False)
    np.multiply(x, np.float32(1) / np.float32(255), out=x)
    return x

# %% right: np.dstack for each image
def prepare_repaired(images):
    return np.array([np.dstack([image]) for image in images], dtype="float32").reshape(-1, 28, 28, 1) / 255.0

# %% wrong: still flattens to 784 numbers
# told: keeps_the_bug
def prepare_repaired(images):
    return images.reshape(-1, 784).astype("float32") / 255

# %% wrong: the published line unchanged: 784 numbers, and 60000 images built in
# told: error
def prepare_repaired(images):
    return images.reshape(60000, 784).astype("float32") / 255

# %% wrong: shape right, but 60000 images are built in
# told: takes_60000_images
def prepare_repaired(images):
    return images.reshape(60000, 28, 28, 1).astype("float32") / 255

# %% wrong: the channel axis is missing, shape (N, 28, 28)
# told: forgets_the_channel
def prepare_repaired(images):
    return images.astype("float32") / 255

# %% wrong: the division by 255 is missing, so 0 to 255
# told: forgets_to_scale
def prepare_repaired(images):
    return images.reshape(-1, 28, 28, 1).astype("float32")

# %% wrong: only reshaped: still uint8, and 0 to 255
# told: forgets_to_scale
def prepare_repaired(images):
    return images.reshape(-1, 28, 28, 1)

# %% wrong: channel axis in front, shape (N, 1, 28, 28)
# told: puts_the_channel_first
def prepare_repaired(images):
    return images[:, None].astype("float32") / 255

# %% wrong: the new axis is at the very front, shape (1, N, 28, 28)
# told: puts_the_channel_before_all
def prepare_repaired(images):
    return images[None].astype("float32") / 255

# %% wrong: divides by 256 instead of 255
# told: divides_by_256
def prepare_repaired(images):
    return images.reshape(-1, 28, 28, 1).astype("float32") / 256

# %% wrong: divides by 225 (digits swapped) instead of 255
# told: relation
def prepare_repaired(images):
    return images.reshape(-1, 28, 28, 1).astype("float32") / 225

# %% wrong: divides by 255 twice
# told: divides_twice
def prepare_repaired(images):
    x = images[..., None].astype("float32") / 255
    return x / 255

# %% wrong: whole-number division, so everything but full ink becomes 0
# told: divides_whole_numbers
def prepare_repaired(images):
    return (images.reshape(-1, 28, 28, 1) // 255).astype("float32")

# %% wrong: divides first and then converts back to uint8, so nearly all values are cut to 0
# told: divides_whole_numbers
def prepare_repaired(images):
    return (images.reshape(-1, 28, 28, 1) / 255).astype("uint8")

# %% wrong: range -1 to 1 instead of 0 to 1
# told: centres
def prepare_repaired(images):
    return images.reshape(-1, 28, 28, 1).astype("float32") / 127.5 - 1

# %% wrong: standardised (mean 0, standard deviation 1) instead of divided by 255
# told: standardises
def prepare_repaired(images):
    x = images.reshape(-1, 28, 28, 1).astype("float32")
    return (x - x.mean()) / x.std()

# %% wrong: inverted, 1 = paper and 0 = ink
# told: inverts
def prepare_repaired(images):
    return 1 - images.reshape(-1, 28, 28, 1).astype("float32") / 255

# %% wrong: divides by the largest value of the batch instead of 255
# told: divides_by_the_largest
def prepare_repaired(images):
    x = images.reshape(-1, 28, 28, 1).astype("float32")
    return x / x.max()

# %% wrong: scales each image by its own largest value
# told: divides_by_each_largest
def prepare_repaired(images):
    x = images.reshape(-1, 28, 28, 1).astype("float32")
    return x / x.max(axis=(1, 2, 3), keepdims=True)

# %% wrong: black and white only: everything over half is 1, the rest 0
# told: decides_for_black_or_white
def prepare_repaired(images):
    return (images.reshape(-1, 28, 28, 1) > 127).astype("float32")

# %% wrong: rounds to whole numbers after dividing
# told: decides_for_black_or_white
def prepare_repaired(images):
    return np.round(images.reshape(-1, 28, 28, 1).astype("float32") / 255)

# %% wrong: raises, because it divides the uint8 array in place
# told: error
def prepare_repaired(images):
    images = images.reshape(-1, 28, 28, 1)
    images /= 255
    return images

# %% wrong: rows and columns swapped (images transposed)
# told: transposes
def prepare_repaired(images):
    return images.T.reshape(28, 28, -1).transpose(2, 0, 1)[..., None].astype("float32") / 255

# %% wrong: reshapes to (28, 28, N, 1) and moves the axis, which mixes up the pixels of different images
# told: mixes_up_the_images
def prepare_repaired(images):
    x = images.reshape(28, 28, -1, 1).astype("float32") / 255
    return np.moveaxis(x, 2, 0)

# %% wrong: three equal channels instead of one
# told: makes_three_channels
def prepare_repaired(images):
    x = images.astype("float32") / 255
    return np.stack([x, x, x], axis=-1)

# %% wrong: only the first image, shape (1, 28, 28, 1)
# told: returns_one_image
def prepare_repaired(images):
    return images[0].reshape(1, 28, 28, 1).astype("float32") / 255

# %% wrong: prints the shape and returns nothing
# told: form
def prepare_repaired(images):
    x = images.reshape(-1, 28, 28, 1).astype("float32") / 255
    print(x.shape)

# %% wrong: calls reshape and astype without using their results, and returns the division by 255 only (no channel axis)
# told: forgets_the_channel
def prepare_repaired(images):
    images.reshape(-1, 28, 28, 1)
    images.astype("float32")
    return images / 255

# %% wrong: returns a tuple of array and shape
# told: relation
def prepare_repaired(images):
    x = images.reshape(-1, 28, 28, 1).astype("float32") / 255
    return x, x.shape

# %% wrong: two channel axes, shape (N, 28, 28, 1, 1)
# told: adds_two_axes
def prepare_repaired(images):
    return images.reshape(-1, 28, 28, 1).astype("float32")[..., None] / 255

# %% wrong: right result, but overwrites its input: sets all the images to 0 afterwards, to free the memory
# told: overwrites
def prepare_repaired(images):
    result = images[..., None].astype("float32") / 255
    images[...] = 0  # free the memory
    return result

# %% wrong: two mistakes: still 784 numbers, and not divided by 255
# told: keeps_the_bug+forgets_to_scale
def prepare_repaired(images):
    return images.reshape(len(images), -1).astype("float32")

# %% wrong: two mistakes: channel axis missing, and not divided by 255
# told: forgets_the_channel+forgets_to_scale
def prepare_repaired(images):
    return images.astype("float32")

# %% wrong: two mistakes: channel axis in front, and divided by 256
# told: puts_the_channel_first+divides_by_256
def prepare_repaired(images):
    return images.reshape(-1, 1, 28, 28).astype("float32") / 256

# %% wrong: two mistakes: float16, too coarse, and the range -0.5 to 0.5
# told: nothing
def prepare_repaired(images):
    return images.reshape(-1, 28, 28, 1).astype("float16") / 255 - 0.5

# %% wrong: pads the images to 32 x 32 pixels, so shape (N, 32, 32, 1)
# told: pads
def prepare_repaired(images):
    x = np.pad(images, ((0, 0), (2, 2), (2, 2)))
    return x[..., None].astype("float32") / 255

# %% wrong: squeezes at the end, so the channel axis is gone again
# told: relation
def prepare_repaired(images):
    x = images.reshape(-1, 28, 28, 1).astype("float32") / 255
    return x.squeeze()

# %% wrong: converts with astype("int") after dividing, so everything but full ink is 0
# told: divides_whole_numbers
def prepare_repaired(images):
    return (images[..., None] / 255).astype(int)

# %% wrong: ignores its argument and returns prepared random images of 100 digits
# told: keeps_something
def prepare_repaired(images):
    x_train = np.random.randint(0, 256, (100, 28, 28))
    return x_train.reshape(100, 28, 28, 1).astype("float32") / 255

# %% wrong: multiplies by 255 instead of dividing
# told: relation
def prepare_repaired(images):
    return images.reshape(-1, 28, 28, 1).astype("float32") * 255

# %% wrong: clips to 0 ... 1 instead of dividing, so all ink becomes 1
# told: makes_all_ink_full
def prepare_repaired(images):
    return np.clip(images.reshape(-1, 28, 28, 1), 0, 1).astype("float32")

# %% wrong: reads the uint8 bits as int8 first, so strong ink becomes negative
# told: reads_signed_bytes
def prepare_repaired(images):
    return images.view("int8").reshape(-1, 28, 28, 1).astype("float32") / 255

# %% wrong: one-hot encodes the images like labels, shape (N, 28, 28, 10)
# told: nothing
def prepare_repaired(images):
    return keras.utils.to_categorical(images // 26, 10)

# %% wrong: normalises each image to length 1 (keras.utils.normalize) instead of dividing by 255
# told: scales_to_length_one
def prepare_repaired(images):
    return keras.utils.normalize(images.reshape(len(images), 784).astype("float32")).reshape(-1, 28, 28, 1)
