# %% right: the notebook's width and distance, then place times distance
def receptive_field(layers, place):
    field, distance = 1, 1
    for kernel_size, strides in layers:
        field += (kernel_size - 1) * distance
        distance *= strides
    first = place * distance
    return first, first + field - 1

# %% right: from the last layer back to the image
def receptive_field(layers, place):
    first = last = place
    for kernel_size, strides in reversed(layers):
        first = first * strides
        last = last * strides + kernel_size - 1
    return first, last

# %% right: recursion that peels off the last layer
def receptive_field(layers, place):
    if len(layers) == 0:
        return place, place
    k, s = layers[-1]
    first, _ = receptive_field(layers[:-1], place * s)
    _, last = receptive_field(layers[:-1], place * s + k - 1)
    return first, last

# %% right: recursion with *rest and inner function
def receptive_field(layers, place):
    def pixels(first, last, rest):
        if not rest:
            return (first, last)
        *rest, (k, s) = rest
        return pixels(first * s, last * s + (k - 1), rest)

    return pixels(place, place, list(layers))

# %% right: functools.reduce, one line
from functools import reduce

receptive_field = lambda layers, place: reduce(
    lambda ends, layer: (ends[0] * layer[1], ends[1] * layer[1] + layer[0] - 1), layers[::-1], (place, place)
)

# %% right: sets of pixels, step by step back
def receptive_field(layers, place):
    seen = {place}
    for k, s in layers[::-1]:
        seen = {i * s + j for i in seen for j in range(k)}
    return min(seen), max(seen)

# %% right: numpy cumprod of the strides
import numpy as np


def receptive_field(layers, place):
    table = np.array(layers, dtype=int).reshape(-1, 2)
    kernels, strides = table[:, 0], table[:, 1]
    distances = np.concatenate([[1], np.cumprod(strides)])
    first = place * distances[-1]
    last = first + np.sum((kernels - 1) * distances[:-1])
    return int(first), int(last)

# %% right: math.prod and a sum over layers
import math


def receptive_field(layers, place):
    first = place * math.prod(s for _, s in layers)
    reach = sum((k - 1) * math.prod(s for _, s in layers[:i]) for i, (k, _) in enumerate(layers))
    return first, first + reach

# %% right: itertools.accumulate for the distances
from itertools import accumulate
from operator import mul


def receptive_field(layers, place):
    kernels = [k for k, s in layers]
    distances = list(accumulate([s for k, s in layers], mul, initial=1))
    width = 1 + sum((k - 1) * t for k, t in zip(kernels, distances))
    first = distances[-1] * place
    return [first, first + width - 1]

# %% right: homogeneous matrices
import numpy as np


def receptive_field(layers, place):
    first = np.eye(2, dtype=int)
    last = np.eye(2, dtype=int)
    for k, s in layers:
        first = first @ np.array([[s, 0], [0, 1]])
        last = last @ np.array([[s, k - 1], [0, 1]])
    unit = np.array([place, 1])
    return (first @ unit)[0], (last @ unit)[0]

# %% right: while loop with an index from the back
def receptive_field(layers, place):
    low, high = place, place
    i = len(layers) - 1
    while i >= 0:
        low *= layers[i][1]
        high = high * layers[i][1] + layers[i][0] - 1
        i -= 1
    return low, high

# %% right: size of the input by the formula n = (m - 1) s + k, the pixels from the back
def input_size(layers, m):
    for k, s in reversed(layers):
        m = (m - 1) * s + k
    return m


def receptive_field(layers, place):
    last = input_size(layers, place + 1) - 1
    return last - input_size(layers, 1) + 1, last

# %% right: numpy, brute force: which pixels reach the unit (boolean windows)
import numpy as np


def receptive_field(layers, place):
    n = place + 1
    for k, s in layers[::-1]:
        n = (n - 1) * s + k
    sees = np.eye(n, dtype=bool)
    for k, s in layers:
        m = (len(sees) - k) // s + 1
        sees = np.array([sees[i * s : i * s + k].any(axis=0) for i in range(m)])
    pixels = np.flatnonzero(sees[place])
    return int(pixels[0]), int(pixels[-1])

# %% right: an object that can be called, returns a named tuple
from collections import namedtuple

Pixels = namedtuple("Pixels", "first last")


class ReceptiveField:
    def __call__(self, layers, place):
        pixels = Pixels(place, place)
        for kernel_size, strides in list(layers)[::-1]:
            pixels = Pixels(pixels.first * strides, pixels.last * strides + kernel_size - 1)
        return pixels


receptive_field = ReceptiveField()

# %% right: two polynomials a + b * place, composed from the first layer on
def receptive_field(layers, place):
    offset, slope = 0, 1
    for kernel_size, strides in layers:
        offset = offset + slope * (kernel_size - 1)
        slope = slope * strides
    return slope * place, slope * place + offset

# %% right: numpy array of both ends
import numpy as np


def receptive_field(layers, place):
    ends = np.array([place, place])
    for kernel_size, strides in layers[::-1]:
        ends = ends * strides + np.array([0, kernel_size - 1])
    return ends

# %% right: range objects
def receptive_field(layers, place):
    pixels = range(place, place + 1)
    for k, s in reversed(list(layers)):
        pixels = range(pixels.start * s, (pixels.stop - 1) * s + k)
    return pixels[0], pixels[-1]

# %% right: the ends by the places of two neighbouring units and the width at place 0
def width(layers):
    r, t = 1, 1
    for k, s in layers:
        r, t = r + (k - 1) * t, t * s
    return r, t


def receptive_field(layers, place):
    r, t = width(layers)
    return t * place, t * place + r - 1

# %% wrong: the last pixel is one too far (first + width, without - 1)
# told: ends_one_too_far
def receptive_field(layers, place):
    field, distance = 1, 1
    for kernel_size, strides in layers:
        field += (kernel_size - 1) * distance
        distance *= strides
    first = place * distance
    last = first + field
    return first, last

# %% wrong: the last pixel is one too early
# told: relation
def receptive_field(layers, place):
    field, distance = 1, 1
    for kernel_size, strides in layers:
        field += (kernel_size - 1) * distance
        distance *= strides
    first = place * distance
    last = first + field - 2
    return first, last

# %% wrong: returns first pixel and width instead of first and last
# told: returns_the_size
def receptive_field(layers, place):
    field, distance = 1, 1
    for kernel_size, strides in layers:
        field += (kernel_size - 1) * distance
        distance *= strides
    first = place * distance
    last = first + field - 1
    return first, field

# %% wrong: returns only the width of the receptive field
# told: form
def receptive_field(layers, place):
    field, distance = 1, 1
    for kernel_size, strides in layers:
        field += (kernel_size - 1) * distance
        distance *= strides
    first = place * distance
    last = first + field - 1
    return field

# %% wrong: goes through the layers from first to last where it must go from last to first
# told: goes_backwards
def receptive_field(layers, place):
    first = last = place
    for kernel_size, strides in layers:
        first = first * strides
        last = last * strides + kernel_size - 1
    return first, last

# %% wrong: goes through the layers from last to first with the forward formula for width and distance
# told: goes_backwards
def receptive_field(layers, place):
    field, distance = 1, 1
    for kernel_size, strides in reversed(layers):
        field += (kernel_size - 1) * distance
        distance *= strides
    first = place * distance
    last = first + field - 1
    return first, last

# %% wrong: ignores the place: always the field of the unit at place 0
# told: ignores_argument
def receptive_field(layers, place):
    field, distance = 1, 1
    for kernel_size, strides in layers:
        field += (kernel_size - 1) * distance
        distance *= strides
    first = 0
    last = first + field - 1
    return first, last

# %% wrong: the first pixel is the place itself: not multiplied by the distance of neighbours (the strides)
# told: place_without_the_strides
def receptive_field(layers, place):
    field, distance = 1, 1
    for kernel_size, strides in layers:
        field += (kernel_size - 1) * distance
        distance *= strides
    first = place
    last = first + field - 1
    return first, last

# %% wrong: places are one width apart: place * width instead of place * distance, so fields do not overlap
# told: nothing
def receptive_field(layers, place):
    field, distance = 1, 1
    for kernel_size, strides in layers:
        field += (kernel_size - 1) * distance
        distance *= strides
    first = place * field
    last = first + field - 1
    return first, last

# %% wrong: adds the kernel size instead of kernel size - 1
# told: adds_whole_kernels
def receptive_field(layers, place):
    field, distance = 1, 1
    for kernel_size, strides in layers:
        field += kernel_size * distance
        distance *= strides
    first = place * distance
    last = first + field - 1
    return first, last

# %% wrong: the distance takes the layer's own stride before its kernel is added
# told: counts_the_stride_too_early
def receptive_field(layers, place):
    field, distance = 1, 1
    for kernel_size, strides in layers:
        distance *= strides
        field += (kernel_size - 1) * distance
    first = place * distance
    last = first + field - 1
    return first, last

# %% wrong: adds the strides up instead of multiplying them
# told: adds_the_strides
def receptive_field(layers, place):
    field, distance = 1, 1
    for kernel_size, strides in layers:
        field += (kernel_size - 1) * distance
        distance += strides
    first = place * distance
    last = first + field - 1
    return first, last

# %% wrong: adds stride - 1 to the distance instead of multiplying by the stride
# told: adds_the_skipped_places
def receptive_field(layers, place):
    field, distance = 1, 1
    for kernel_size, strides in layers:
        field += (kernel_size - 1) * distance
        distance += strides - 1
    first = place * distance
    last = first + field - 1
    return first, last

# %% wrong: ignores the strides: distance stays 1
# told: ignores_the_strides
def receptive_field(layers, place):
    field, distance = 1, 1
    for kernel_size, strides in layers:
        field += (kernel_size - 1) * distance
    first = place * distance
    last = first + field - 1
    return first, last

# %% wrong: forgets the distance when it adds the kernel: kernels simply add up, though the first pixel is right
# told: field_ignores_the_strides
def receptive_field(layers, place):
    field, distance = 1, 1
    for kernel_size, strides in layers:
        field += kernel_size - 1
        distance *= strides
    first = place * distance
    last = first + field - 1
    return first, last

# %% wrong: multiplies by this layer's stride instead of the product of those before it
# told: nothing
def receptive_field(layers, place):
    field, distance = 1, 1
    for kernel_size, strides in layers:
        field += (kernel_size - 1) * strides
        distance *= strides
    first = place * distance
    last = first + field - 1
    return first, last

# %% wrong: distance is the stride of the previous layer only, not the product of all
# told: takes_the_last_stride
def receptive_field(layers, place):
    field, distance = 1, 1
    for kernel_size, strides in layers:
        field += (kernel_size - 1) * distance
        distance = strides
    first = place * distance
    last = first + field - 1
    return first, last

# %% wrong: the first pixel uses the stride of the last layer only
# told: nothing
def receptive_field(layers, place):
    field, distance = 1, 1
    for kernel_size, strides in layers:
        field += (kernel_size - 1) * distance
        distance *= strides
    first = place * layers[-1][1]
    last = first + field - 1
    return first, last

# %% wrong: kernel size and stride swapped
# told: nothing
def receptive_field(layers, place):
    field, distance = 1, 1
    for strides, kernel_size in layers:
        field += (kernel_size - 1) * distance
        distance *= strides
    first = place * distance
    last = first + field - 1
    return first, last

# %% wrong: pixels counted from 1
# told: counts_from_one
def receptive_field(layers, place):
    field, distance = 1, 1
    for kernel_size, strides in layers:
        field += (kernel_size - 1) * distance
        distance *= strides
    first = place * distance
    last = first + field - 1
    return first + 1, last + 1

# %% wrong: takes the place as counted from 1
# told: changes_argument
def receptive_field(layers, place):
    field, distance = 1, 1
    for kernel_size, strides in layers:
        field += (kernel_size - 1) * distance
        distance *= strides
    first = (place - 1) * distance
    last = first + field - 1
    return first, last

# %% wrong: returns last and first, in the wrong order
# told: order
def receptive_field(layers, place):
    field, distance = 1, 1
    for kernel_size, strides in layers:
        field += (kernel_size - 1) * distance
        distance *= strides
    first = place * distance
    last = first + field - 1
    return last, first

# %% wrong: centres the field on place * distance (half of it to the left), as with padding
# told: centres_the_field
def receptive_field(layers, place):
    field, distance = 1, 1
    for kernel_size, strides in layers:
        field += (kernel_size - 1) * distance
        distance *= strides
    first = place * distance - (field - 1) // 2
    last = first + field - 1
    return first, last

# %% wrong: returns all pixels (a list) instead of the first and the last
# told: form
def receptive_field(layers, place):
    field, distance = 1, 1
    for kernel_size, strides in layers:
        field += (kernel_size - 1) * distance
        distance *= strides
    first = place * distance
    last = first + field - 1
    return list(range(first, last + 1))

# %% wrong: returns a range of the pixels instead of the first and the last
# told: form
def receptive_field(layers, place):
    field, distance = 1, 1
    for kernel_size, strides in layers:
        field += (kernel_size - 1) * distance
        distance *= strides
    first = place * distance
    last = first + field - 1
    return range(first, last + 1)

# %% wrong: prints the pixels instead of returning them
# told: form
def receptive_field(layers, place):
    field, distance = 1, 1
    for kernel_size, strides in layers:
        field += (kernel_size - 1) * distance
        distance *= strides
    first = place * distance
    last = first + field - 1
    print(first, last)

# %% wrong: returns inside the loop, so only the first layer counts
# told: changes_argument
def receptive_field(layers, place):
    field, distance = 1, 1
    for kernel_size, strides in layers:
        field += (kernel_size - 1) * distance
        distance *= strides
        first = place * distance
        last = first + field - 1
        return first, last

# %% wrong: only the last layer counts: kernel and stride of the others are ignored
# told: nothing
def receptive_field(layers, place):
    field, distance = 1, 1
    for kernel_size, strides in layers[-1:]:
        field += (kernel_size - 1) * distance
        distance *= strides
    first = place * distance
    last = first + field - 1
    return first, last

# %% wrong: leaves the last layer out
# told: changes_argument
def receptive_field(layers, place):
    field, distance = 1, 1
    for kernel_size, strides in layers[:-1]:
        field += (kernel_size - 1) * distance
        distance *= strides
    first = place * distance
    last = first + field - 1
    return first, last

# %% wrong: leaves the first layer out
# told: changes_argument
def receptive_field(layers, place):
    field, distance = 1, 1
    for kernel_size, strides in layers[1:]:
        field += (kernel_size - 1) * distance
        distance *= strides
    first = place * distance
    last = first + field - 1
    return first, last

# %% wrong: width starts at 0 instead of 1
# told: relation
def receptive_field(layers, place):
    field, distance = 0, 1
    for kernel_size, strides in layers:
        field += (kernel_size - 1) * distance
        distance *= strides
    first = place * distance
    last = first + field - 1
    return first, last

# %% wrong: distance starts at 0, so it stays 0 and the answer is always (0, 0)
# told: relation
def receptive_field(layers, place):
    field, distance = 1, 0
    for kernel_size, strides in layers:
        field += (kernel_size - 1) * distance
        distance *= strides
    first = place * distance
    last = first + field - 1
    return first, last

# %% wrong: width multiplied by the distance in each layer instead of added to
# told: multiplies_the_kernels
def receptive_field(layers, place):
    field, distance = 1, 1
    for kernel_size, strides in layers:
        field *= kernel_size
        distance *= strides
    first = place * distance
    last = first + field - 1
    return first, last

# %% wrong: the last pixel does not grow with the stride on the way back
# told: ignores_the_strides
def receptive_field(layers, place):
    first = last = place
    for kernel_size, strides in reversed(layers):
        first = first * strides
        last = last + kernel_size - 1
    return first, last

# %% wrong: the first pixel does not grow with the stride on the way back
# told: place_without_the_strides
def receptive_field(layers, place):
    first = last = place
    for kernel_size, strides in reversed(layers):
        first = first
        last = last * strides + kernel_size - 1
    return first, last

# %% wrong: adds the kernel before it multiplies by the stride: (last + k - 1) s
# told: counts_the_stride_too_early
def receptive_field(layers, place):
    first = last = place
    for kernel_size, strides in reversed(layers):
        first = first * strides
        last = (last + kernel_size - 1) * strides
    return first, last

# %% wrong: last pixel s (last + 1) + k - 2 instead of s last + k - 1: as if the window were moved by stride - 1
# told: nothing
def receptive_field(layers, place):
    first = last = place
    for kernel_size, strides in reversed(layers):
        first = first * strides
        last = (last + 1) * strides + kernel_size - 2
    return first, last

# %% wrong: adds the whole kernel size on the way back instead of kernel size - 1
# told: adds_whole_kernels
def receptive_field(layers, place):
    first = last = place
    for kernel_size, strides in reversed(layers):
        first = first * strides
        last = last * strides + kernel_size
    return first, last

# %% wrong: takes the last pixel from the first of the same layer: forgets the width of the layers above
# told: nothing
def receptive_field(layers, place):
    first = last = place
    for kernel_size, strides in reversed(layers):
        first = first * strides
        last = first + kernel_size - 1
    return first, last

# %% wrong: padding subtracted as if each layer were padded with half its kernel: first pixel too far to the left
# told: nothing
def receptive_field(layers, place):
    first = last = place
    for kernel_size, strides in reversed(layers):
        first = first * strides - (kernel_size - 1) // 2
        last = last * strides + kernel_size // 2
    return first, last

# %% wrong: divides by the strides (size of the output) instead of multiplying
# told: nothing
def receptive_field(layers, place):
    first = last = place
    for kernel_size, strides in reversed(layers):
        first = first // strides
        last = (last + kernel_size - 1) // strides
    return first, last

# %% wrong: right result, but reverses the list of layers it was given
# told: overwrites
def receptive_field(layers, place):
    first = last = place
    layers.reverse()
    for kernel_size, strides in layers:
        first = first * strides
        last = last * strides + kernel_size - 1
    return first, last

# %% wrong: right result, but empties the list of layers it was given (pop)
# told: overwrites
def receptive_field(layers, place):
    first = last = place
    while layers:
        kernel_size, strides = layers.pop()
        first = first * strides
        last = last * strides + kernel_size - 1
    return first, last

# %% wrong: keeps width and distance in global variables, so a second call starts where the first ended
# told: keeps_something
field, distance = 1, 1


def receptive_field(layers, place):
    global field, distance
    for kernel_size, strides in layers:
        field += (kernel_size - 1) * distance
        distance *= strides
    return place * distance, place * distance + field - 1

# %% wrong: written for exactly two layers, raises ValueError otherwise
# told: error
def receptive_field(layers, place):
    (k1, s1), (k2, s2) = layers
    first = place * s1 * s2
    return first, first + (k1 - 1) + (k2 - 1) * s1

# %% wrong: fits the example only
# told: relation
def receptive_field(layers, place):
    return 2, 5

# %% wrong: fits the example only: takes stride 2 for all layers together
# told: nothing
def receptive_field(layers, place):
    width = sum(k - 1 for k, s in layers) + 1
    return 2 * place, 2 * place + width - 1

# %% wrong: computes the output size of an image of place pixels instead of the receptive field, returns a number
# told: form
def receptive_field(layers, place):
    n = place
    for kernel_size, strides in layers:
        n = (n - kernel_size) // strides + 1
    return n

# %% wrong: takes layers for objects with attributes, raises AttributeError
# told: error
def receptive_field(layers, place):
    field, distance = 1, 1
    for layer in layers:
        field += (layer.kernel_size[0] - 1) * distance
        distance *= layer.strides[0]
    return place * distance, place * distance + field - 1

# %% wrong: infinite recursion: no case for an empty list
# told: error
def receptive_field(layers, place):
    k, s = layers[-1] if layers else (1, 1)
    first, last = receptive_field(layers[:-1], place)
    return first * s, last * s + k - 1

# %% wrong: recursion peels off the first layer instead of the last, so the strides are used in the wrong order
# told: goes_backwards
def receptive_field(layers, place):
    if not layers:
        return place, place
    (k, s), rest = layers[0], layers[1:]
    return receptive_field(rest, place * s)[0], receptive_field(rest, place * s + k - 1)[1]

# %% wrong: two mistakes: width without the distance of the neighbours, and last pixel one too far
# told: field_ignores_the_strides+ends_one_too_far
def receptive_field(layers, place):
    field, distance = 1, 1
    for kernel_size, strides in layers:
        field += kernel_size - 1
        distance *= strides
    first = place * distance
    last = first + field
    return first, last

# %% wrong: two mistakes: the place is ignored, and the whole kernel size is added
# told: nothing
def receptive_field(layers, place):
    field, distance = 1, 1
    for kernel_size, strides in layers:
        field += kernel_size * distance
        distance *= strides
    first = 0
    last = first + field - 1
    return first, last

# %% wrong: two mistakes: strides added instead of multiplied, and pixels counted from 1
# told: adds_the_strides+counts_from_one
def receptive_field(layers, place):
    field, distance = 1, 1
    for kernel_size, strides in layers:
        field += (kernel_size - 1) * distance
        distance += strides
    first = place * distance
    last = first + field - 1
    return first + 1, last + 1

# %% wrong: two mistakes: layers from first to last, and returned in the wrong order
# told: nothing
def receptive_field(layers, place):
    first = last = place
    for kernel_size, strides in layers:
        first = first * strides
        last = last * strides + kernel_size - 1
    return last, first

# %% wrong: two mistakes: own stride before the kernel, and first pixel is the place itself
# told: counts_the_stride_too_early+place_without_the_strides
def receptive_field(layers, place):
    field, distance = 1, 1
    for kernel_size, strides in layers:
        distance *= strides
        field += (kernel_size - 1) * distance
    first = place
    last = first + field - 1
    return first, last
