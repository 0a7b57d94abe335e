# %% right: only the two repairs: uint8 and 255
def to_input(body):
    pixels = np.frombuffer(body, dtype="uint8").reshape(-1, 28, 28, 1)
    return (pixels / 255).astype("float32")

# %% right: uses the notebook's own prepare
def to_input(body):
    return prepare(np.frombuffer(body, np.uint8).reshape(-1, 28, 28))

# %% right: a list of the bytes, np.array, float32 all along
def to_input(body):
    x = np.array(list(body), dtype=np.float32)
    x = x / np.float32(255.0)
    return x.reshape((len(body) // 784, 28, 28, 1))

# %% right: four nested loops over plain ints
def to_input(body):
    num_images = len(body) // (28 * 28)
    out = np.zeros((num_images, 28, 28, 1), dtype="float32")
    for n in range(num_images):
        for row in range(28):
            for column in range(28):
                out[n, row, column, 0] = body[n * 784 + row * 28 + column] / 255
    return out

# %% right: a lambda with np.fromiter
to_input = lambda body: (np.fromiter(body, dtype=float, count=len(body)) / 255).astype(np.float32).reshape(-1, 28, 28, 1)

# %% right: struct.unpack
import struct


def to_input(body):
    numbers = struct.unpack(f"{len(body)}B", body)
    images = np.asarray(numbers, dtype="float64").reshape(-1, 28, 28)
    return np.expand_dims(images / 255.0, axis=-1).astype("float32")

# %% right: keeps int8 and adds 256 to the negative numbers
def to_input(body):
    pixels = np.frombuffer(body, dtype="int8").astype("int16")
    pixels = np.where(pixels < 0, pixels + 256, pixels)
    return (pixels.reshape(-1, 28, 28, 1) / 255).astype("float32")

# %% right: keeps int8 and looks at the same bytes as uint8 with view
def to_input(body):
    pixels = np.frombuffer(body, dtype="int8").reshape(-1, 28, 28, 1)
    return (pixels.view("uint8") / np.iinfo("uint8").max).astype("float32")

# %% right: a lookup table with 256 entries
TABLE = np.linspace(0, 1, 256, dtype=np.float32)


def to_input(body):
    return TABLE[np.frombuffer(body, dtype=np.uint8)].reshape(-1, 28, 28, 1)

# %% right: TensorFlow's decode_raw, returns a tensor
import tensorflow as tf


def to_input(body):
    pixels = tf.io.decode_raw(body, tf.uint8)
    pixels = tf.reshape(pixels, (-1, 28, 28, 1))
    return tf.cast(pixels, tf.float32) / 255.0

# %% right: tf.image.convert_image_dtype, which knows the range of uint8
import tensorflow as tf


def to_input(body):
    images = np.frombuffer(body, dtype=np.uint8).reshape((-1, 28, 28, 1))
    return tf.image.convert_image_dtype(images, tf.float32).numpy()

# %% right: a Keras Rescaling layer
rescale = keras.layers.Rescaling(1 / 255)


def to_input(body):
    pixels = np.frombuffer(body, dtype="uint8").reshape(-1, 28, 28, 1)
    return keras.ops.convert_to_numpy(rescale(pixels.astype("float32")))

# %% right: jax.numpy, returns a jax array
import jax.numpy as jnp


def to_input(body):
    pixels = jnp.asarray(np.frombuffer(body, dtype=np.uint8))
    return pixels.astype(jnp.float32).reshape(-1, 28, 28, 1) / 255

# %% right: image by image with slices of the bytes, np.stack
def one_image(chunk):
    return np.frombuffer(chunk, dtype=np.uint8).reshape(28, 28, 1).astype(np.float32) / 255


def to_input(body):
    return np.stack([one_image(body[i : i + 784]) for i in range(0, len(body), 784)])

# %% right: a callable object with the constants as attributes
class ToInput:
    shape = (-1, 28, 28, 1)
    ink = 255

    def __call__(self, body):
        return np.true_divide(np.frombuffer(body, np.uint8), self.ink, dtype=np.float32).reshape(self.shape)


to_input = ToInput()

# %% right: np.ndarray directly on the buffer, multiplied by a reciprocal
def to_input(body, side=28):
    count = len(body) // side**2
    pixels = np.ndarray(shape=(count, side, side, 1), dtype=np.uint8, buffer=body)
    return np.multiply(pixels, 1 / 255).astype("f4")

# %% right: np.interp from 0..255 to 0..1
def to_input(body):
    pixels = np.frombuffer(body, dtype="B")
    return np.interp(pixels, [0, 255], [0.0, 1.0]).astype("float32")[:, None].reshape(-1, 28, 28, 1)

# %% right: the array module and functools.partial
import array
from functools import partial

as_bytes = partial(array.array, "B")


def to_input(body):
    x = np.asarray(as_bytes(body), dtype=np.float32)
    x /= 255
    x.shape = (x.size // 784, 28, 28, 1)
    return x

# %% right: Pillow reads the bytes of each image
from PIL import Image


def to_input(body):
    images = [Image.frombytes("L", (28, 28), body[k : k + 784]) for k in range(0, len(body), 784)]
    x = np.array([np.asarray(image) for image in images], dtype="float32")
    return x[..., np.newaxis] / 255.0

# %% right: recursion, first image and the rest
def to_input(body):
    first = np.array(memoryview(body)[:784].tolist(), dtype=float).reshape(1, 28, 28, 1) / 255
    first = first.astype(np.float32)
    if len(body) <= 784:
        return first
    return np.concatenate([first, to_input(body[784:])])

# %% wrong: only the dtype is repaired; still divides by the largest pixel of the batch
# told: repairs_the_type_only
def to_input(body):
    pixels = np.frombuffer(body, dtype="uint8").reshape(-1, 28, 28, 1)
    return (pixels / pixels.max()).astype("float32")

# %% wrong: only the division is repaired; the bytes are still read as int8, so dark pixels are negative
# told: repairs_the_scale_only
def to_input(body):
    pixels = np.frombuffer(body, dtype="int8").reshape(-1, 28, 28, 1)
    return (pixels / 255).astype("float32")

# %% wrong: nothing is repaired, both bugs are still there
# told: keeps_the_bugs
def to_input(body):
    images = np.frombuffer(body, dtype=np.int8).reshape(-1, 28, 28, 1)
    largest = images.max()
    return (images / largest).astype(np.float32)

# %% wrong: divides each image by its own largest pixel instead of by 255
# told: divides_by_each_maximum
def to_input(body):
    pixels = np.frombuffer(body, dtype="uint8").reshape(-1, 28, 28, 1)
    return (pixels / pixels.max(axis=(1, 2, 3), keepdims=True)).astype("float32")

# %% wrong: each image by its own largest pixel, with a guard for blank images
# told: divides_by_each_maximum
def to_input(body):
    pixels = np.frombuffer(body, dtype="uint8").reshape(-1, 28, 28, 1).astype("float32")
    for image in pixels:
        if image.max() > 0:
            image /= image.max()
    return pixels

# %% wrong: divides by 256 instead of 255
# told: divides_by_256
def to_input(body):
    pixels = np.frombuffer(body, dtype="uint8").reshape(-1, 28, 28, 1)
    return (pixels / 256).astype("float32")

# %% wrong: divides by 127, the largest int8, after reading uint8, so ink is 2
# told: divides_by_127
def to_input(body):
    pixels = np.frombuffer(body, dtype="uint8").reshape(-1, 28, 28, 1)
    return (pixels / 127).astype("float32")

# %% wrong: still int8, and divides by 127 instead of 255
# told: repairs_the_scale_only+divides_by_127
def to_input(body):
    pixels = np.frombuffer(body, dtype="int8").reshape(-1, 28, 28, 1)
    return (pixels / 127).astype("float32")

# %% wrong: int8 made positive with abs, which turns 255 into 1
# told: drops_the_sign
def to_input(body):
    pixels = np.abs(np.frombuffer(body, dtype="int8").astype("int16"))
    return (pixels.reshape(-1, 28, 28, 1) / 255).astype("float32")

# %% wrong: int8 shifted by 128, so paper becomes middle grey and ink wraps to just below it
# told: nothing
def to_input(body):
    pixels = np.frombuffer(body, dtype="int8").astype("float32").reshape(-1, 28, 28, 1)
    return (pixels + 128) / 255

# %% wrong: int8 with the negative pixels clipped to 0, so the darkest ink becomes paper
# told: cuts_the_sign_off
def to_input(body):
    pixels = np.frombuffer(body, dtype="int8").reshape(-1, 28, 28, 1)
    return (np.maximum(pixels, 0) / 255).astype("float32")

# %% wrong: does not divide at all, the pixels stay 0 to 255
# told: forgets_to_scale
def to_input(body):
    return np.frombuffer(body, dtype="uint8").reshape(-1, 28, 28, 1).astype("float32")

# %% wrong: right numbers, but float64 instead of float32
# told: dtype
def to_input(body):
    pixels = np.frombuffer(body, dtype="uint8").reshape(-1, 28, 28, 1)
    return pixels / 255

# %% wrong: float16 instead of float32
# told: dtype
def to_input(body):
    pixels = np.frombuffer(body, dtype="uint8").reshape(-1, 28, 28, 1)
    return (pixels / 255).astype("float16")

# %% wrong: the channel axis is missing, shape (N, 28, 28)
# told: forgets_the_channel_axis
def to_input(body):
    pixels = np.frombuffer(body, dtype="uint8").reshape(-1, 28, 28)
    return (pixels / 255).astype("float32")

# %% wrong: the channel axis comes second, (N, 1, 28, 28), as in PyTorch
# told: puts_the_channel_first
def to_input(body):
    pixels = np.frombuffer(body, dtype="uint8").reshape(-1, 1, 28, 28)
    return (pixels / 255).astype("float32")

# %% wrong: the images are left flat, (N, 784)
# told: stays_flat
def to_input(body):
    pixels = np.frombuffer(body, dtype="uint8").reshape(-1, 784)
    return (pixels / 255).astype("float32")

# %% wrong: the batch axis comes last, (28, 28, 1, N), which scrambles the pixels of several images
# told: nothing
def to_input(body):
    pixels = np.frombuffer(body, dtype="uint8").reshape(28, 28, 1, -1)
    return (pixels / 255).astype("float32")

# %% wrong: reshapes to exactly one image, raises for two
# told: expects_one_image
def to_input(body):
    pixels = np.frombuffer(body, dtype="uint8").reshape(1, 28, 28, 1)
    return (pixels / 255).astype("float32")

# %% wrong: reads only the first image of the body
# told: returns_one_image
def to_input(body):
    pixels = np.frombuffer(body, dtype="uint8", count=784).reshape(1, 28, 28, 1)
    return (pixels / 255).astype("float32")

# %% wrong: rows and columns swapped: reads column by column
# told: reads_column_by_column
def to_input(body):
    pixels = np.frombuffer(body, dtype="uint8").reshape(-1, 28, 28, 1)
    return (pixels.transpose(0, 2, 1, 3) / 255).astype("float32")

# %% wrong: Fortran order in reshape, which scrambles the pixels
# told: nothing
def to_input(body):
    pixels = np.frombuffer(body, dtype="uint8").reshape((-1, 28, 28, 1), order="F")
    return (pixels / 255).astype("float32")

# %% wrong: upside down: the rows of each image are reversed
# told: stands_on_its_head
def to_input(body):
    pixels = np.frombuffer(body, dtype="uint8").reshape(-1, 28, 28, 1)[:, ::-1]
    return (pixels / 255).astype("float32")

# %% wrong: the whole body is reversed, so the last image comes first and stands on its head
# told: nothing
def to_input(body):
    pixels = np.frombuffer(body[::-1], dtype="uint8").reshape(-1, 28, 28, 1)
    return (pixels / 255).astype("float32")

# %% wrong: inverted: 1 = paper, 0 = ink
# told: inverts
def to_input(body):
    pixels = np.frombuffer(body, dtype="uint8").reshape(-1, 28, 28, 1)
    return (1 - pixels / 255).astype("float32")

# %% wrong: integer division, so all but full ink becomes 0
# told: divides_whole_numbers
def to_input(body):
    pixels = np.frombuffer(body, dtype="uint8").reshape(-1, 28, 28, 1)
    return (pixels // 255).astype("float32")

# %% wrong: goes back to uint8 after dividing, so the grey levels are cut off to 0
# told: divides_whole_numbers
def to_input(body):
    pixels = np.frombuffer(body, dtype="uint8").reshape(-1, 28, 28, 1)
    return (pixels / 255).astype("uint8").astype("float32")

# %% wrong: black and white: a threshold at 127 instead of grey levels
# told: relation
def to_input(body):
    pixels = np.frombuffer(body, dtype="uint8").reshape(-1, 28, 28, 1)
    return (pixels > 127).astype("float32")

# %% wrong: reads the bytes as float32, four bytes per pixel
# told: error
def to_input(body):
    pixels = np.frombuffer(body, dtype="float32").reshape(-1, 28, 28, 1)
    return pixels / 255

# %% wrong: reads the bytes as uint16, two bytes per pixel
# told: error
def to_input(body):
    pixels = np.frombuffer(body, dtype="uint16").reshape(-1, 28, 28, 1)
    return (pixels / 65535).astype("float32")

# %% wrong: scaled to -1 to 1 instead of 0 to 1
# told: centres
def to_input(body):
    pixels = np.frombuffer(body, dtype="uint8").reshape(-1, 28, 28, 1)
    return (pixels / 127.5 - 1).astype("float32")

# %% wrong: standardised with mean and standard deviation of the batch
# told: nothing
def to_input(body):
    pixels = np.frombuffer(body, dtype="uint8").reshape(-1, 28, 28, 1)
    return ((pixels - pixels.mean()) / pixels.std()).astype("float32")

# %% wrong: min-max scaling with the smallest and largest pixel of the batch
# told: repairs_the_type_only
def to_input(body):
    pixels = np.frombuffer(body, dtype="uint8").reshape(-1, 28, 28, 1).astype("float32")
    return (pixels - pixels.min()) / (pixels.max() - pixels.min())

# %% wrong: divides by 255 twice, once by hand and once in prepare
# told: divides_twice
def to_input(body):
    pixels = np.frombuffer(body, dtype="uint8").reshape(-1, 28, 28)
    return prepare(pixels / 255)

# %% wrong: keeps the images of earlier calls in a list outside the function and returns them again
# told: keeps_something
received = []


def to_input(body):
    for i in range(0, len(body), 784):
        received.append(np.frombuffer(body[i : i + 784], dtype="uint8").reshape(28, 28, 1))
    return (np.array(received) / 255).astype("float32")

# %% wrong: divides by the largest pixel of all earlier calls (1 at first), kept in a global, so the answer depends on earlier requests
# told: relation
largest = 1


def to_input(body):
    global largest
    pixels = np.frombuffer(body, dtype="uint8").reshape(-1, 28, 28, 1)
    result = (pixels / largest).astype("float32")
    largest = max(largest, int(pixels.max()))
    return result

# %% wrong: divides by the sum of all pixels in the batch
# told: divides_by_the_sum
def to_input(body):
    pixels = np.frombuffer(body, dtype="uint8").reshape(-1, 28, 28, 1)
    return (pixels / pixels.sum()).astype("float32")

# %% wrong: prints the images and returns None
# told: form
def to_input(body):
    pixels = np.frombuffer(body, dtype="uint8").reshape(-1, 28, 28, 1)
    print((pixels / 255).astype("float32"))

# %% wrong: returns a tuple of the images and their number
# told: relation
def to_input(body):
    pixels = np.frombuffer(body, dtype="uint8").reshape(-1, 28, 28, 1)
    return (pixels / 255).astype("float32"), len(pixels)

# %% wrong: squeeze drops the channel axis, and with one image the batch axis, too
# told: relation
def to_input(body):
    pixels = np.frombuffer(body, dtype="uint8").reshape(-1, 28, 28, 1)
    return np.squeeze((pixels / 255).astype("float32"))

# %% wrong: decodes the bytes as UTF-8 text, raises for most images
# told: error
def to_input(body):
    pixels = np.array([ord(c) for c in body.decode("utf-8")])
    return (pixels.reshape(-1, 28, 28, 1) / 255).astype("float32")

# %% wrong: forgets np.frombuffer: np.array(body) is a single bytes object, raises
# told: error
def to_input(body):
    pixels = np.array(body, dtype="uint8").reshape(-1, 28, 28, 1)
    return (pixels / 255).astype("float32")

# %% wrong: multiplies by 255 instead of dividing
# told: relation
def to_input(body):
    pixels = np.frombuffer(body, dtype="uint8").reshape(-1, 28, 28, 1)
    return (pixels.astype("float32") * 255).astype("float32")

# %% wrong: rounds the result to one decimal
# told: relation
def to_input(body):
    pixels = np.frombuffer(body, dtype="uint8").reshape(-1, 28, 28, 1)
    return np.round(pixels / 255, 1).astype("float32")

# %% wrong: the mean of the batch is subtracted after dividing by 255
# told: nothing
def to_input(body):
    x = np.frombuffer(body, dtype="uint8").reshape(-1, 28, 28, 1) / 255
    return (x - x.mean()).astype("float32")

# %% wrong: tries to divide the buffer in place, raises because uint8 and read-only
# told: error
def to_input(body):
    pixels = np.frombuffer(body, dtype="uint8").reshape(-1, 28, 28, 1)
    pixels /= 255
    return pixels.astype("float32")

# %% wrong: divides the int8 pixels by 255 and then casts them to uint8, which loses all grey levels
# told: is_all_paper
def to_input(body):
    pixels = np.frombuffer(body, dtype="int8").reshape(-1, 28, 28, 1)
    return (pixels / 255).astype("int64").astype("uint8").astype("float32")

# %% wrong: guards the bug instead of repairing it: divides by the batch's maximum unless it is 0
# told: repairs_the_type_only
def to_input(body):
    pixels = np.frombuffer(body, dtype="uint8").reshape(-1, 28, 28, 1)
    return (pixels / max(int(pixels.max()), 1)).astype("float32")

# %% wrong: two mistakes: divides by the batch's maximum and leaves out the channel axis
# told: repairs_the_type_only+forgets_the_channel_axis
def to_input(body):
    pixels = np.frombuffer(body, dtype="uint8").reshape(-1, 28, 28)
    return (pixels / pixels.max()).astype("float32")

# %% wrong: two mistakes: divides by 256 and returns float64
# told: divides_by_256
def to_input(body):
    return np.frombuffer(body, dtype="uint8").reshape(-1, 28, 28, 1) / 256

# %% wrong: two mistakes: still int8, and no division at all
# told: repairs_the_scale_only+forgets_to_scale
def to_input(body):
    return np.frombuffer(body, dtype="int8").reshape(-1, 28, 28, 1).astype("float32")

# %% wrong: two mistakes: inverted, and rows and columns swapped
# told: nothing
def to_input(body):
    pixels = 255 - np.frombuffer(body, dtype="uint8").reshape(-1, 28, 28, 1)
    return (np.swapaxes(pixels, 1, 2) / 255).astype("float32")

# %% wrong: two mistakes: still int8, and divides by each image's own maximum
# told: repairs_the_scale_only+divides_by_each_maximum
def to_input(body):
    pixels = np.frombuffer(body, dtype="int8").reshape(-1, 28, 28, 1)
    return (pixels / pixels.max(axis=(1, 2, 3), keepdims=True)).astype("float32")
