# %% right: crop by any(), PIL resize, paste at the place that the centre of mass asks for
from PIL import Image
def as_mnist(drawing):
    ink = 255 - drawing
    rows = np.flatnonzero(ink.any(axis=1))
    cols = np.flatnonzero(ink.any(axis=0))
    part = ink[rows[0]:rows[-1] + 1, cols[0]:cols[-1] + 1]
    h, w = part.shape
    scale = 20 / max(h, w)
    size = max(1, round(w * scale)), max(1, round(h * scale))
    small = np.asarray(Image.fromarray(part).resize(size), dtype="float32") / 255
    r, c = np.indices(small.shape)
    top = round(13.5 - (r * small).sum() / small.sum())
    left = round(13.5 - (c * small).sum() / small.sum())
    top = min(max(top, 0), 28 - small.shape[0])
    left = min(max(left, 0), 28 - small.shape[1])
    result = np.zeros((28, 28), dtype="float32")
    result[top:top + small.shape[0], left:left + small.shape[1]] = small
    return result

# %% right: centres the box first, then np.roll by the rounded difference
from PIL import Image
def as_mnist(drawing):
    ink = np.uint8(255) - drawing
    ys, xs = np.nonzero(ink)
    cut = ink[ys.min():ys.max() + 1, xs.min():xs.max() + 1]
    factor = 20.0 / max(cut.shape)
    new_h, new_w = [max(1, int(round(s * factor))) for s in cut.shape]
    cut = np.array(Image.fromarray(cut).resize((new_w, new_h), Image.LANCZOS))
    canvas = np.zeros((28, 28), np.float32)
    y0, x0 = (28 - new_h) // 2, (28 - new_w) // 2
    canvas[y0:y0 + new_h, x0:x0 + new_w] = cut / 255.0
    total = canvas.sum()
    cy = (canvas.sum(axis=1) @ np.arange(28)) / total
    cx = (canvas.sum(axis=0) @ np.arange(28)) / total
    return np.roll(canvas, (round(13.5 - cy), round(13.5 - cx)), axis=(0, 1))

# %% right: scipy.ndimage.center_of_mass and a shift by a fraction of a pixel
from PIL import Image
from scipy import ndimage
def as_mnist(drawing):
    ink = 255 - drawing
    part = ink[ndimage.find_objects((ink > 0).astype(int))[0]]
    h, w = part.shape
    size = (20, max(1, round(20 * h / w))) if w > h else (max(1, round(20 * w / h)), 20)
    part = np.asarray(Image.fromarray(part).resize(size)) / 255
    canvas = np.zeros((28, 28))
    top, left = (28 - part.shape[0]) // 2, (28 - part.shape[1]) // 2
    canvas[top:top + part.shape[0], left:left + part.shape[1]] = part
    cy, cx = ndimage.center_of_mass(canvas)
    moved = ndimage.shift(canvas, (13.5 - cy, 13.5 - cx), order=1)
    return np.clip(moved, 0, 1).astype("float32")

# %% right: PIL all the way, ImageOps.invert, getbbox, ImageOps.contain, paste
from PIL import Image, ImageOps
def as_mnist(drawing):
    image = ImageOps.invert(Image.fromarray(drawing))
    image = image.crop(image.getbbox())
    w, h = image.size
    image = image.resize((max(1, round(w * 20 / max(w, h))), max(1, round(h * 20 / max(w, h)))), Image.BILINEAR)
    mass = np.asarray(image, dtype=float)
    cy = np.average(np.arange(mass.shape[0]), weights=mass.sum(axis=1))
    cx = np.average(np.arange(mass.shape[1]), weights=mass.sum(axis=0))
    sheet = Image.new("L", (28, 28), 0)
    sheet.paste(image, (round(13.5 - cx), round(13.5 - cy)))
    return np.asarray(sheet, dtype=np.float32) / 255

# %% right: pads the part to a square first and then resizes the square to 20 x 20
from PIL import Image
def as_mnist(drawing):
    ink = 255 - drawing
    rows, cols = np.where(ink > 0)
    part = ink[rows.min():rows.max() + 1, cols.min():cols.max() + 1]
    h, w = part.shape
    side = max(h, w)
    square = np.zeros((side, side), np.uint8)
    y, x = (side - h) // 2, (side - w) // 2
    square[y:y + h, x:x + w] = part
    small = np.asarray(Image.fromarray(square).resize((20, 20)), np.float32) / 255
    big = np.pad(small, 4)
    yy, xx = np.mgrid[:28, :28]
    dy = int(np.rint(13.5 - (yy * big).sum() / big.sum()))
    dx = int(np.rint(13.5 - (xx * big).sum() / big.sum()))
    return np.roll(np.roll(big, dy, axis=0), dx, axis=1)

# %% right: sixteen samples a pixel by index arrays, averaged by reshape and mean; no PIL, helper functions
def cut_out(ink):
    rows = np.nonzero(ink.max(axis=1))[0]
    cols = np.nonzero(ink.max(axis=0))[0]
    return ink[rows.min():rows.max() + 1][:, cols.min():cols.max() + 1]


def resize_nearest(a, h, w):
    r = ((np.arange(h) + 0.5) * a.shape[0] / h).astype(int)
    c = ((np.arange(w) + 0.5) * a.shape[1] / w).astype(int)
    return a[r[:, None], c]


def middle(a):
    return [(np.arange(n) * a.sum(axis=1 - k)).sum() / a.sum() for k, n in enumerate(a.shape)]


def as_mnist(drawing):
    part = cut_out(1 - drawing.astype("float32") / 255)
    longer = max(part.shape)
    new = [max(1, round(20 * n / longer)) for n in part.shape]
    fine = resize_nearest(part, 16 * new[0], 16 * new[1])
    part = fine.reshape(new[0], 16, new[1], 16).mean(axis=(1, 3))
    start = [int(np.clip(round(13.5 - m), 0, 28 - n)) for m, n in zip(middle(part), part.shape)]
    out = np.zeros((28, 28), dtype="float32")
    out[start[0]:start[0] + part.shape[0], start[1]:start[1] + part.shape[1]] = part
    return out

# %% right: area averaging with two weight matrices (einsum), no library for the resize
def weights(n_new, n_old):
    edges = np.arange(n_new + 1) * n_old / n_new
    old = np.arange(n_old)
    overlap = np.minimum(edges[1:, None], old + 1) - np.maximum(edges[:-1, None], old)
    overlap = np.clip(overlap, 0, None)
    return overlap / overlap.sum(axis=1, keepdims=True)


def as_mnist(drawing):
    ink = (255.0 - drawing) / 255.0
    keep_r, keep_c = ink.sum(1) > 0, ink.sum(0) > 0
    r0, r1 = keep_r.argmax(), len(keep_r) - keep_r[::-1].argmax()
    c0, c1 = keep_c.argmax(), len(keep_c) - keep_c[::-1].argmax()
    part = ink[r0:r1, c0:c1]
    h, w = part.shape
    nh, nw = max(1, round(20 * h / max(h, w))), max(1, round(20 * w / max(h, w)))
    part = np.einsum("ab,bc,dc->ad", weights(nh, h), part, weights(nw, w))
    out = np.zeros((28, 28), np.float32)
    t = round(13.5 - (part.sum(1) * np.arange(nh)).sum() / part.sum())
    l = round(13.5 - (part.sum(0) * np.arange(nw)).sum() / part.sum())
    t, l = min(max(0, t), 28 - nh), min(max(0, l), 28 - nw)
    out[t:t + nh, l:l + nw] = part.clip(0, 1)
    return out

# %% right: tf.image.resize with antialias, clipped
import tensorflow as tf
def as_mnist(drawing):
    ink = 1.0 - drawing / 255.0
    ys, xs = np.nonzero(ink > 0)
    part = ink[ys.min():ys.max() + 1, xs.min():xs.max() + 1]
    h, w = part.shape
    nh, nw = (20, max(1, round(20 * w / h))) if h >= w else (max(1, round(20 * h / w)), 20)
    part = tf.image.resize(part[..., None], (nh, nw), antialias=True).numpy()[..., 0]
    total = part.sum()
    y = int(round(13.5 - float((part.sum(1) * np.arange(nh)).sum() / total)))
    x = int(round(13.5 - float((part.sum(0) * np.arange(nw)).sum() / total)))
    out = np.pad(part, ((y, 28 - nh - y), (x, 28 - nw - x)))
    return np.clip(out, 0, 1).astype("float32")

# %% right: returns zeros for an empty sheet, otherwise keras.ops.image.resize
import keras
def as_mnist(drawing):
    drawing = np.asarray(drawing)
    result = np.zeros((28, 28), dtype=np.float32)
    ink = (255 - drawing.astype(np.float32)) / 255
    if not ink.any():
        return result
    rows, cols = (np.flatnonzero(ink.max(axis=a)) for a in (1, 0))
    part = ink[rows[0]:rows[-1] + 1, cols[0]:cols[-1] + 1]
    size = [max(1, round(20 * n / max(part.shape))) for n in part.shape]
    part = keras.ops.convert_to_numpy(
        keras.ops.image.resize(part[None, :, :, None], size, antialias=True)
    )[0, :, :, 0]
    i, j = np.indices(part.shape)
    place = [int(round(13.5 - (k * part).sum() / part.sum())) for k in (i, j)]
    place = [min(max(p, 0), 28 - n) for p, n in zip(place, part.shape)]
    result[place[0]:place[0] + size[0], place[1]:place[1] + size[1]] = np.clip(part, 0, 1)
    return result

# %% right: plain loops for the bounding box and the centre of mass
from PIL import Image
def as_mnist(drawing):
    height, width = drawing.shape
    top, bottom, left, right = height, -1, width, -1
    for i in range(height):
        for j in range(width):
            if drawing[i, j] < 255:
                top, bottom = min(top, i), max(bottom, i)
                left, right = min(left, j), max(right, j)
    part = (255 - drawing)[top:bottom + 1, left:right + 1]
    h, w = bottom + 1 - top, right + 1 - left
    new_w, new_h = max(1, round(20 * w / max(h, w))), max(1, round(20 * h / max(h, w)))
    small = np.asarray(Image.fromarray(part).resize((new_w, new_h), Image.BOX))
    total = sum_y = sum_x = 0.0
    for i in range(new_h):
        for j in range(new_w):
            total += float(small[i, j])
            sum_y += i * float(small[i, j])
            sum_x += j * float(small[i, j])
    dy, dx = round(13.5 - sum_y / total), round(13.5 - sum_x / total)
    out = np.zeros((28, 28), dtype="float32")
    for i in range(new_h):
        for j in range(new_w):
            if 0 <= i + dy < 28 and 0 <= j + dx < 28:
                out[i + dy, j + dx] = small[i, j] / 255
    return out

# %% right: cut from a large padded canvas so that the centre of mass is in the middle
from PIL import Image
def as_mnist(drawing):
    ink = np.invert(drawing)
    mask = ink > 0
    part = ink[np.ix_(
        np.arange(mask.any(1).argmax(), len(mask) - mask.any(1)[::-1].argmax()),
        np.arange(mask.any(0).argmax(), mask.shape[1] - mask.any(0)[::-1].argmax()),
    )]
    k = 20 / max(part.shape)
    part = Image.fromarray(part).resize(tuple(max(1, round(n * k)) for n in part.shape[::-1]))
    padded = np.pad(np.asarray(part).astype("float32") / 255, 28)
    r, c = (int(np.floor(np.dot(np.arange(n), padded.sum(axis=a)) / padded.sum() + 0.5))
            for n, a in zip(padded.shape, (1, 0)))
    return padded[r - 14:r + 14, c - 14:c + 14]

# %% right: thumbnail after enlarging small drawings, shifted with ImageChops.offset
from PIL import Image, ImageChops, ImageOps
def as_mnist(drawing):
    image = Image.fromarray(255 - drawing)
    image = image.crop(image.getbbox())
    image = ImageOps.contain(image, (20, 20)) if min(image.size) * 20 >= max(image.size) else image.resize(
        (20, 1) if image.width > image.height else (1, 20))
    canvas = Image.new("L", (28, 28))
    canvas.paste(image, ((28 - image.width) // 2, (28 - image.height) // 2))
    a = np.asarray(canvas, dtype=float)
    cy, cx = (np.argwhere(a) * a[a > 0][:, None]).sum(axis=0) / a.sum()
    canvas = ImageChops.offset(canvas, round(13.5 - cx), round(13.5 - cy))
    return (np.asarray(canvas) / 255).astype(np.float32)

# %% right: brightest pixel scaled back to 1, since scaling down pales thin lines
from PIL import Image
def as_mnist(drawing):
    ink = 255 - drawing
    y, x = np.nonzero(ink)
    part = ink[y.min():y.max() + 1, x.min():x.max() + 1]
    s = 20 / max(part.shape)
    nh, nw = (max(1, round(n * s)) for n in part.shape)
    small = np.asarray(Image.fromarray(part).resize((nw, nh), Image.HAMMING), np.float32)
    small = small / small.max()
    cy = (small * np.arange(nh)[:, None]).sum() / small.sum()
    cx = (small * np.arange(nw)[None, :]).sum() / small.sum()
    out = np.zeros((28, 28), np.float32)
    t, l = round(13.5 - cy), round(13.5 - cx)
    out[t:t + nh, l:l + nw] = small
    return out

# %% right: resampling with scipy.ndimage.zoom, order 1, after cutting and a Gaussian filter; then pad and roll
from scipy import ndimage
def as_mnist(drawing):
    ink = 1 - drawing / 255
    (r, c), = ndimage.find_objects((ink > 0).astype(int))
    part = ink[r, c]
    target = [max(1, round(20 * n / max(part.shape))) for n in part.shape]
    part = ndimage.gaussian_filter(part, max(part.shape) / 50, mode="nearest")
    part = ndimage.zoom(part, [t / n for t, n in zip(target, part.shape)], order=1, grid_mode=True, mode="nearest")
    canvas = np.zeros((28, 28), dtype=np.float32)
    canvas[:part.shape[0], :part.shape[1]] = np.clip(part, 0, 1)
    com = ndimage.center_of_mass(canvas)
    return np.roll(canvas, [round(13.5 - m) for m in com], axis=[0, 1])

# %% right: Pillow's own rotation-free AFFINE after thumbnailing: class with __call__
from PIL import Image
class AsMnist:
    side, size = 20, 28

    def __call__(self, drawing):
        ink = 255 - np.asarray(drawing, dtype=np.uint8)
        rows, cols = ink.any(1).nonzero()[0], ink.any(0).nonzero()[0]
        part = ink[rows[0]:rows[-1] + 1, cols[0]:cols[-1] + 1]
        scale = self.side / max(part.shape)
        width, height = (max(1, round(n * scale)) for n in reversed(part.shape))
        small = Image.fromarray(part).resize((width, height), reducing_gap=3.0)
        a = np.asarray(small, float)
        cx = (a.sum(0) * np.arange(width)).sum() / a.sum()
        cy = (a.sum(1) * np.arange(height)).sum() / a.sum()
        placed = small.transform((self.size,) * 2, Image.AFFINE, (1, 0, round(cx - 13.5), 0, 1, round(cy - 13.5)))
        return np.asarray(placed, dtype=np.float32) / 255


as_mnist = AsMnist()

# %% wrong: not inverted at the end: right place and size, but dark digit on bright ground
# told: is_dark_on_white
from PIL import Image
def as_mnist(drawing):
    ink = 255 - drawing
    rows = np.flatnonzero(ink.any(axis=1))
    cols = np.flatnonzero(ink.any(axis=0))
    part = ink[rows[0]:rows[-1] + 1, cols[0]:cols[-1] + 1]
    h, w = part.shape
    scale = 20 / max(h, w)
    height, width = max(1, round(h * scale)), max(1, round(w * scale))
    small = np.asarray(Image.fromarray(part).resize((width, height)), dtype="float32") / 255
    height, width = small.shape
    cy = (small.sum(axis=1) * np.arange(height)).sum() / small.sum()
    cx = (small.sum(axis=0) * np.arange(width)).sum() / small.sum()
    top, left = round(13.5 - cy), round(13.5 - cx)
    result = np.zeros((28, 28), dtype="float32")
    result[top:top + height, left:left + width] = small
    return 1 - result

# %% wrong: box in the middle instead of the centre of mass
# told: centres_the_box
from PIL import Image
def as_mnist(drawing):
    ink = 255 - drawing
    rows = np.flatnonzero(ink.any(axis=1))
    cols = np.flatnonzero(ink.any(axis=0))
    part = ink[rows[0]:rows[-1] + 1, cols[0]:cols[-1] + 1]
    h, w = part.shape
    scale = 20 / max(h, w)
    height, width = max(1, round(h * scale)), max(1, round(w * scale))
    small = np.asarray(Image.fromarray(part).resize((width, height)), dtype="float32") / 255
    height, width = small.shape
    cy = (small.sum(axis=1) * np.arange(height)).sum() / small.sum()
    cx = (small.sum(axis=0) * np.arange(width)).sum() / small.sum()
    top, left = (28 - height) // 2, (28 - width) // 2
    result = np.zeros((28, 28), dtype="float32")
    result[top:top + height, left:left + width] = small
    return result

# %% wrong: not cut out: the whole sheet is scaled so that its longer side is 20
# told: error
from PIL import Image
def as_mnist(drawing):
    ink = 255 - drawing
    rows = np.flatnonzero(ink.any(axis=1))
    cols = np.flatnonzero(ink.any(axis=0))
    part = ink
    h, w = part.shape
    scale = 20 / max(h, w)
    height, width = max(1, round(h * scale)), max(1, round(w * scale))
    small = np.asarray(Image.fromarray(part).resize((width, height)), dtype="float32") / 255
    height, width = small.shape
    cy = (small.sum(axis=1) * np.arange(height)).sum() / small.sum()
    cx = (small.sum(axis=0) * np.arange(width)).sum() / small.sum()
    top, left = round(13.5 - cy), round(13.5 - cx)
    result = np.zeros((28, 28), dtype="float32")
    result[top:top + height, left:left + width] = small
    return result

# %% wrong: proportions lost, stretched to 20 x 20
# told: loses_the_proportions
from PIL import Image
def as_mnist(drawing):
    ink = 255 - drawing
    rows = np.flatnonzero(ink.any(axis=1))
    cols = np.flatnonzero(ink.any(axis=0))
    part = ink[rows[0]:rows[-1] + 1, cols[0]:cols[-1] + 1]
    h, w = part.shape
    scale = 20 / max(h, w)
    height = width = 20
    small = np.asarray(Image.fromarray(part).resize((width, height)), dtype="float32") / 255
    height, width = small.shape
    cy = (small.sum(axis=1) * np.arange(height)).sum() / small.sum()
    cx = (small.sum(axis=0) * np.arange(width)).sum() / small.sum()
    top, left = round(13.5 - cy), round(13.5 - cx)
    result = np.zeros((28, 28), dtype="float32")
    result[top:top + height, left:left + width] = small
    return result

# %% wrong: longer side 28 instead of 20, fills the whole picture, no room for centring
# told: fills_the_image
from PIL import Image
def as_mnist(drawing):
    ink = 255 - drawing
    rows = np.flatnonzero(ink.any(axis=1))
    cols = np.flatnonzero(ink.any(axis=0))
    part = ink[rows[0]:rows[-1] + 1, cols[0]:cols[-1] + 1]
    h, w = part.shape
    scale = 28 / max(h, w)
    height, width = max(1, round(h * scale)), max(1, round(w * scale))
    small = np.asarray(Image.fromarray(part).resize((width, height)), dtype="float32") / 255
    height, width = small.shape
    cy = (small.sum(axis=1) * np.arange(height)).sum() / small.sum()
    cx = (small.sum(axis=0) * np.arange(width)).sum() / small.sum()
    top, left = (28 - height) // 2, (28 - width) // 2
    result = np.zeros((28, 28), dtype="float32")
    result[top:top + height, left:left + width] = small
    return result

# %% wrong: shorter side is scaled to 20 instead of the longer, the rest is cut off
# told: fills_the_image
from PIL import Image
def as_mnist(drawing):
    ink = 255 - drawing
    rows = np.flatnonzero(ink.any(axis=1))
    cols = np.flatnonzero(ink.any(axis=0))
    part = ink[rows[0]:rows[-1] + 1, cols[0]:cols[-1] + 1]
    h, w = part.shape
    scale = 20 / min(h, w)
    height, width = max(1, round(h * scale)), max(1, round(w * scale))
    small = np.asarray(Image.fromarray(part).resize((width, height)), dtype="float32") / 255
    height, width = small.shape
    cy = (small.sum(axis=1) * np.arange(height)).sum() / small.sum()
    cx = (small.sum(axis=0) * np.arange(width)).sum() / small.sum()
    top, left = max(0, (28 - height) // 2), max(0, (28 - width) // 2)
    result = np.zeros((28, 28), dtype="float32")
    small = small[:28, :28]
    result[top:top + small.shape[0], left:left + small.shape[1]] = small
    return result

# %% wrong: numbers from 0 to 255 instead of 0 to 1
# told: goes_up_to_255
from PIL import Image
def as_mnist(drawing):
    ink = 255 - drawing
    rows = np.flatnonzero(ink.any(axis=1))
    cols = np.flatnonzero(ink.any(axis=0))
    part = ink[rows[0]:rows[-1] + 1, cols[0]:cols[-1] + 1]
    h, w = part.shape
    scale = 20 / max(h, w)
    height, width = max(1, round(h * scale)), max(1, round(w * scale))
    small = np.asarray(Image.fromarray(part).resize((width, height)), dtype="float32") / 255
    height, width = small.shape
    cy = (small.sum(axis=1) * np.arange(height)).sum() / small.sum()
    cx = (small.sum(axis=0) * np.arange(width)).sum() / small.sum()
    top, left = round(13.5 - cy), round(13.5 - cx)
    result = np.zeros((28, 28), dtype="float32")
    result[top:top + height, left:left + width] = small
    return result * 255

# %% wrong: uint8 0 to 255 instead of float32 0 to 1
# told: is_not_float32
from PIL import Image
def as_mnist(drawing):
    ink = 255 - drawing
    rows = np.flatnonzero(ink.any(axis=1))
    cols = np.flatnonzero(ink.any(axis=0))
    part = ink[rows[0]:rows[-1] + 1, cols[0]:cols[-1] + 1]
    h, w = part.shape
    scale = 20 / max(h, w)
    height, width = max(1, round(h * scale)), max(1, round(w * scale))
    small = np.asarray(Image.fromarray(part).resize((width, height)), dtype="float32") / 255
    height, width = small.shape
    cy = (small.sum(axis=1) * np.arange(height)).sum() / small.sum()
    cx = (small.sum(axis=0) * np.arange(width)).sum() / small.sum()
    top, left = round(13.5 - cy), round(13.5 - cx)
    result = np.zeros((28, 28), dtype="float32")
    result[top:top + height, left:left + width] = small
    return (result * 255).astype("uint8")

# %% wrong: right numbers, but float64 instead of float32
# told: is_not_float32
from PIL import Image
def as_mnist(drawing):
    ink = 255 - drawing
    rows = np.flatnonzero(ink.any(axis=1))
    cols = np.flatnonzero(ink.any(axis=0))
    part = ink[rows[0]:rows[-1] + 1, cols[0]:cols[-1] + 1]
    h, w = part.shape
    scale = 20 / max(h, w)
    height, width = max(1, round(h * scale)), max(1, round(w * scale))
    small = np.asarray(Image.fromarray(part).resize((width, height)), dtype="float32") / 255
    height, width = small.shape
    cy = (small.sum(axis=1) * np.arange(height)).sum() / small.sum()
    cx = (small.sum(axis=0) * np.arange(width)).sum() / small.sum()
    top, left = round(13.5 - cy), round(13.5 - cx)
    result = np.zeros((28, 28), dtype="float32")
    result[top:top + height, left:left + width] = small
    return result.astype("float64")

# %% wrong: shape (28, 28, 1) instead of (28, 28)
# told: form
from PIL import Image
def as_mnist(drawing):
    ink = 255 - drawing
    rows = np.flatnonzero(ink.any(axis=1))
    cols = np.flatnonzero(ink.any(axis=0))
    part = ink[rows[0]:rows[-1] + 1, cols[0]:cols[-1] + 1]
    h, w = part.shape
    scale = 20 / max(h, w)
    height, width = max(1, round(h * scale)), max(1, round(w * scale))
    small = np.asarray(Image.fromarray(part).resize((width, height)), dtype="float32") / 255
    height, width = small.shape
    cy = (small.sum(axis=1) * np.arange(height)).sum() / small.sum()
    cx = (small.sum(axis=0) * np.arange(width)).sum() / small.sum()
    top, left = round(13.5 - cy), round(13.5 - cx)
    result = np.zeros((28, 28), dtype="float32")
    result[top:top + height, left:left + width] = small
    return result[..., None]

# %% wrong: shape (1, 28, 28), a batch axis too many
# told: form
from PIL import Image
def as_mnist(drawing):
    ink = 255 - drawing
    rows = np.flatnonzero(ink.any(axis=1))
    cols = np.flatnonzero(ink.any(axis=0))
    part = ink[rows[0]:rows[-1] + 1, cols[0]:cols[-1] + 1]
    h, w = part.shape
    scale = 20 / max(h, w)
    height, width = max(1, round(h * scale)), max(1, round(w * scale))
    small = np.asarray(Image.fromarray(part).resize((width, height)), dtype="float32") / 255
    height, width = small.shape
    cy = (small.sum(axis=1) * np.arange(height)).sum() / small.sum()
    cx = (small.sum(axis=0) * np.arange(width)).sum() / small.sum()
    top, left = round(13.5 - cy), round(13.5 - cx)
    result = np.zeros((28, 28), dtype="float32")
    result[top:top + height, left:left + width] = small
    return result[None]

# %% wrong: flattened to 784 numbers
# told: form
from PIL import Image
def as_mnist(drawing):
    ink = 255 - drawing
    rows = np.flatnonzero(ink.any(axis=1))
    cols = np.flatnonzero(ink.any(axis=0))
    part = ink[rows[0]:rows[-1] + 1, cols[0]:cols[-1] + 1]
    h, w = part.shape
    scale = 20 / max(h, w)
    height, width = max(1, round(h * scale)), max(1, round(w * scale))
    small = np.asarray(Image.fromarray(part).resize((width, height)), dtype="float32") / 255
    height, width = small.shape
    cy = (small.sum(axis=1) * np.arange(height)).sum() / small.sum()
    cx = (small.sum(axis=0) * np.arange(width)).sum() / small.sum()
    top, left = round(13.5 - cy), round(13.5 - cx)
    result = np.zeros((28, 28), dtype="float32")
    result[top:top + height, left:left + width] = small
    return result.ravel()

# %% wrong: width and height swapped in resize, so the digit is distorted unless it is square
# told: exchanges_the_sides
from PIL import Image
def as_mnist(drawing):
    ink = 255 - drawing
    rows = np.flatnonzero(ink.any(axis=1))
    cols = np.flatnonzero(ink.any(axis=0))
    part = ink[rows[0]:rows[-1] + 1, cols[0]:cols[-1] + 1]
    h, w = part.shape
    scale = 20 / max(h, w)
    height, width = max(1, round(h * scale)), max(1, round(w * scale))
    small = np.asarray(Image.fromarray(part).resize((height, width)), dtype="float32") / 255
    height, width = small.shape
    cy = (small.sum(axis=1) * np.arange(height)).sum() / small.sum()
    cx = (small.sum(axis=0) * np.arange(width)).sum() / small.sum()
    top, left = round(13.5 - cy), round(13.5 - cx)
    result = np.zeros((28, 28), dtype="float32")
    result[top:top + height, left:left + width] = small
    return result

# %% wrong: rows and columns of the centre of mass swapped
# told: is_not_in_the_middle
from PIL import Image
def as_mnist(drawing):
    ink = 255 - drawing
    rows = np.flatnonzero(ink.any(axis=1))
    cols = np.flatnonzero(ink.any(axis=0))
    part = ink[rows[0]:rows[-1] + 1, cols[0]:cols[-1] + 1]
    h, w = part.shape
    scale = 20 / max(h, w)
    height, width = max(1, round(h * scale)), max(1, round(w * scale))
    small = np.asarray(Image.fromarray(part).resize((width, height)), dtype="float32") / 255
    height, width = small.shape
    cy = (small.sum(axis=1) * np.arange(height)).sum() / small.sum()
    cx = (small.sum(axis=0) * np.arange(width)).sum() / small.sum()
    top, left = round(13.5 - cx), round(13.5 - cy)
    top, left = min(max(top, 0), 28 - height), min(max(left, 0), 28 - width)
    result = np.zeros((28, 28), dtype="float32")
    result[top:top + height, left:left + width] = small
    return result

# %% wrong: put into the upper left corner, not centred at all
# told: is_not_in_the_middle
from PIL import Image
def as_mnist(drawing):
    ink = 255 - drawing
    rows = np.flatnonzero(ink.any(axis=1))
    cols = np.flatnonzero(ink.any(axis=0))
    part = ink[rows[0]:rows[-1] + 1, cols[0]:cols[-1] + 1]
    h, w = part.shape
    scale = 20 / max(h, w)
    height, width = max(1, round(h * scale)), max(1, round(w * scale))
    small = np.asarray(Image.fromarray(part).resize((width, height)), dtype="float32") / 255
    height, width = small.shape
    cy = (small.sum(axis=1) * np.arange(height)).sum() / small.sum()
    cx = (small.sum(axis=0) * np.arange(width)).sum() / small.sum()
    top, left = 0, 0
    result = np.zeros((28, 28), dtype="float32")
    result[top:top + height, left:left + width] = small
    return result

# %% wrong: fixed margin of 4 pixels at the top and left, not centred (neither box nor mass)
# told: is_not_in_the_middle
from PIL import Image
def as_mnist(drawing):
    ink = 255 - drawing
    rows = np.flatnonzero(ink.any(axis=1))
    cols = np.flatnonzero(ink.any(axis=0))
    part = ink[rows[0]:rows[-1] + 1, cols[0]:cols[-1] + 1]
    h, w = part.shape
    scale = 20 / max(h, w)
    height, width = max(1, round(h * scale)), max(1, round(w * scale))
    small = np.asarray(Image.fromarray(part).resize((width, height)), dtype="float32") / 255
    height, width = small.shape
    cy = (small.sum(axis=1) * np.arange(height)).sum() / small.sum()
    cx = (small.sum(axis=0) * np.arange(width)).sum() / small.sum()
    top, left = 4, 4
    result = np.zeros((28, 28), dtype="float32")
    result[top:top + height, left:left + width] = small
    return result

# %% wrong: overwrites its input (inverts the drawing in place), the result is right
# told: overwrites
from PIL import Image
def as_mnist(drawing):
    drawing[:] = 255 - drawing
    ink = drawing
    rows = np.flatnonzero(ink.any(axis=1))
    cols = np.flatnonzero(ink.any(axis=0))
    part = ink[rows[0]:rows[-1] + 1, cols[0]:cols[-1] + 1]
    h, w = part.shape
    scale = 20 / max(h, w)
    height, width = max(1, round(h * scale)), max(1, round(w * scale))
    small = np.asarray(Image.fromarray(part).resize((width, height)), dtype="float32") / 255
    height, width = small.shape
    cy = (small.sum(axis=1) * np.arange(height)).sum() / small.sum()
    cx = (small.sum(axis=0) * np.arange(width)).sum() / small.sum()
    top, left = round(13.5 - cy), round(13.5 - cx)
    result = np.zeros((28, 28), dtype="float32")
    result[top:top + height, left:left + width] = small
    return result

# %% wrong: transposed at the end
# told: exchanges_the_sides
from PIL import Image
def as_mnist(drawing):
    ink = 255 - drawing
    rows = np.flatnonzero(ink.any(axis=1))
    cols = np.flatnonzero(ink.any(axis=0))
    part = ink[rows[0]:rows[-1] + 1, cols[0]:cols[-1] + 1]
    h, w = part.shape
    scale = 20 / max(h, w)
    height, width = max(1, round(h * scale)), max(1, round(w * scale))
    small = np.asarray(Image.fromarray(part).resize((width, height)), dtype="float32") / 255
    height, width = small.shape
    cy = (small.sum(axis=1) * np.arange(height)).sum() / small.sum()
    cx = (small.sum(axis=0) * np.arange(width)).sum() / small.sum()
    top, left = round(13.5 - cy), round(13.5 - cx)
    result = np.zeros((28, 28), dtype="float32")
    result[top:top + height, left:left + width] = small
    return result.T

# %% wrong: divides by 255 twice, so the ink is hardly brighter than the ground
# told: is_all_ground
from PIL import Image
def as_mnist(drawing):
    ink = 255 - drawing
    rows = np.flatnonzero(ink.any(axis=1))
    cols = np.flatnonzero(ink.any(axis=0))
    part = ink[rows[0]:rows[-1] + 1, cols[0]:cols[-1] + 1]
    h, w = part.shape
    scale = 20 / max(h, w)
    height, width = max(1, round(h * scale)), max(1, round(w * scale))
    small = np.asarray(Image.fromarray(part).resize((width, height)), dtype="float32") / 255
    height, width = small.shape
    cy = (small.sum(axis=1) * np.arange(height)).sum() / small.sum()
    cx = (small.sum(axis=0) * np.arange(width)).sum() / small.sum()
    top, left = round(13.5 - cy), round(13.5 - cx)
    result = np.zeros((28, 28), dtype="float32")
    result[top:top + height, left:left + width] = small
    return result / 255

# %% wrong: centre of mass at (10, 10) instead of (14, 14), so the digit sits up and left
# told: is_not_in_the_middle
from PIL import Image
def as_mnist(drawing):
    ink = 255 - drawing
    rows = np.flatnonzero(ink.any(axis=1))
    cols = np.flatnonzero(ink.any(axis=0))
    part = ink[rows[0]:rows[-1] + 1, cols[0]:cols[-1] + 1]
    h, w = part.shape
    scale = 20 / max(h, w)
    height, width = max(1, round(h * scale)), max(1, round(w * scale))
    small = np.asarray(Image.fromarray(part).resize((width, height)), dtype="float32") / 255
    height, width = small.shape
    cy = (small.sum(axis=1) * np.arange(height)).sum() / small.sum()
    cx = (small.sum(axis=0) * np.arange(width)).sum() / small.sum()
    top, left = max(0, round(10 - cy)), max(0, round(10 - cx))
    result = np.zeros((28, 28), dtype="float32")
    result[top:top + height, left:left + width] = small
    return result

# %% wrong: cut out before it is inverted: the box is that of the paper, i.e. the whole sheet
# told: error
from PIL import Image
def as_mnist(drawing):
    ink = 255 - drawing
    rows = np.flatnonzero(drawing.any(axis=1))
    cols = np.flatnonzero(drawing.any(axis=0))
    part = ink[rows[0]:rows[-1] + 1, cols[0]:cols[-1] + 1]
    h, w = part.shape
    scale = 20 / max(h, w)
    height, width = max(1, round(h * scale)), max(1, round(w * scale))
    small = np.asarray(Image.fromarray(part).resize((width, height)), dtype="float32") / 255
    height, width = small.shape
    cy = (small.sum(axis=1) * np.arange(height)).sum() / small.sum()
    cx = (small.sum(axis=0) * np.arange(width)).sum() / small.sum()
    top, left = round(13.5 - cy), round(13.5 - cx)
    result = np.zeros((28, 28), dtype="float32")
    result[top:top + height, left:left + width] = small
    return result

# %% wrong: only the rows are cut out, the columns keep the width of the sheet
# told: error
from PIL import Image
def as_mnist(drawing):
    ink = 255 - drawing
    rows = np.flatnonzero(ink.any(axis=1))
    cols = np.flatnonzero(ink.any(axis=0))
    part = ink[rows[0]:rows[-1] + 1]
    h, w = part.shape
    scale = 20 / max(h, w)
    height, width = max(1, round(h * scale)), max(1, round(w * scale))
    small = np.asarray(Image.fromarray(part).resize((width, height)), dtype="float32") / 255
    height, width = small.shape
    cy = (small.sum(axis=1) * np.arange(height)).sum() / small.sum()
    cx = (small.sum(axis=0) * np.arange(width)).sum() / small.sum()
    top, left = round(13.5 - cy), round(13.5 - cx)
    result = np.zeros((28, 28), dtype="float32")
    result[top:top + height, left:left + width] = small
    return result

# %% wrong: prints the picture instead of returning it
# told: form
from PIL import Image
def as_mnist(drawing):
    ink = 255 - drawing
    rows = np.flatnonzero(ink.any(axis=1))
    cols = np.flatnonzero(ink.any(axis=0))
    part = ink[rows[0]:rows[-1] + 1, cols[0]:cols[-1] + 1]
    h, w = part.shape
    scale = 20 / max(h, w)
    height, width = max(1, round(h * scale)), max(1, round(w * scale))
    small = np.asarray(Image.fromarray(part).resize((width, height)), dtype="float32") / 255
    height, width = small.shape
    cy = (small.sum(axis=1) * np.arange(height)).sum() / small.sum()
    cx = (small.sum(axis=0) * np.arange(width)).sum() / small.sum()
    top, left = round(13.5 - cy), round(13.5 - cx)
    result = np.zeros((28, 28), dtype="float32")
    result[top:top + height, left:left + width] = small
    print(result)

# %% wrong: -drawing on uint8 instead of 255 - drawing: paper becomes 1, grey and black are wrong, black becomes 0
# told: is_all_ground
from PIL import Image
def as_mnist(drawing):
    ink = -drawing
    rows = np.flatnonzero(ink.any(axis=1))
    cols = np.flatnonzero(ink.any(axis=0))
    part = ink[rows[0]:rows[-1] + 1, cols[0]:cols[-1] + 1]
    h, w = part.shape
    scale = 20 / max(h, w)
    height, width = max(1, round(h * scale)), max(1, round(w * scale))
    small = np.asarray(Image.fromarray(part).resize((width, height)), dtype="float32") / 255
    height, width = small.shape
    cy = (small.sum(axis=1) * np.arange(height)).sum() / small.sum()
    cx = (small.sum(axis=0) * np.arange(width)).sum() / small.sum()
    top, left = round(13.5 - cy), round(13.5 - cx)
    result = np.zeros((28, 28), dtype="float32")
    result[top:top + height, left:left + width] = small
    return result

# %% wrong: drawing - 255 on uint8 wraps around: black ink becomes 1 of 255, almost invisible
# told: is_all_ground
from PIL import Image
def as_mnist(drawing):
    ink = drawing - 255
    rows = np.flatnonzero(ink.any(axis=1))
    cols = np.flatnonzero(ink.any(axis=0))
    part = ink[rows[0]:rows[-1] + 1, cols[0]:cols[-1] + 1]
    h, w = part.shape
    scale = 20 / max(h, w)
    height, width = max(1, round(h * scale)), max(1, round(w * scale))
    small = np.asarray(Image.fromarray(part).resize((width, height)), dtype="float32") / 255
    height, width = small.shape
    cy = (small.sum(axis=1) * np.arange(height)).sum() / small.sum()
    cx = (small.sum(axis=0) * np.arange(width)).sum() / small.sum()
    top, left = round(13.5 - cy), round(13.5 - cx)
    result = np.zeros((28, 28), dtype="float32")
    result[top:top + height, left:left + width] = small
    return result

# %% wrong: divides by 255 and turns it into uint8 before the scaling: grey is lost, and at most 1/255 is left at the end
# told: is_all_ground
from PIL import Image
def as_mnist(drawing):
    ink = 255 - drawing
    rows = np.flatnonzero(ink.any(axis=1))
    cols = np.flatnonzero(ink.any(axis=0))
    part = ink[rows[0]:rows[-1] + 1, cols[0]:cols[-1] + 1]
    h, w = part.shape
    scale = 20 / max(h, w)
    height, width = max(1, round(h * scale)), max(1, round(w * scale))
    part = (part / 255).astype("uint8")
    small = np.asarray(Image.fromarray(part).resize((width, height)), dtype="float32") / 255
    height, width = small.shape
    cy = (small.sum(axis=1) * np.arange(height)).sum() / small.sum()
    cx = (small.sum(axis=0) * np.arange(width)).sum() / small.sum()
    top, left = round(13.5 - cy), round(13.5 - cx)
    result = np.zeros((28, 28), dtype="float32")
    result[top:top + height, left:left + width] = small
    return result

# %% wrong: scales floats with a cubic filter, so numbers below 0 and above 1 come out
# told: goes_below_0
from PIL import Image
def as_mnist(drawing):
    ink = 255 - drawing
    rows = np.flatnonzero(ink.any(axis=1))
    cols = np.flatnonzero(ink.any(axis=0))
    part = ink[rows[0]:rows[-1] + 1, cols[0]:cols[-1] + 1]
    h, w = part.shape
    scale = 20 / max(h, w)
    height, width = max(1, round(h * scale)), max(1, round(w * scale))
    small = np.asarray(Image.fromarray(part.astype("float32") / 255).resize((width, height), Image.BICUBIC))
    height, width = small.shape
    cy = (small.sum(axis=1) * np.arange(height)).sum() / small.sum()
    cx = (small.sum(axis=0) * np.arange(width)).sum() / small.sum()
    top, left = round(13.5 - cy), round(13.5 - cx)
    result = np.zeros((28, 28), dtype="float32")
    result[top:top + height, left:left + width] = small
    return result

# %% wrong: no lower limit for the shorter side: int(w * scale) is 0 for a very thin digit, which raises
# told: error
from PIL import Image
def as_mnist(drawing):
    ink = 255 - drawing
    rows = np.flatnonzero(ink.any(axis=1))
    cols = np.flatnonzero(ink.any(axis=0))
    part = ink[rows[0]:rows[-1] + 1, cols[0]:cols[-1] + 1]
    h, w = part.shape
    scale = 20 / max(h, w)
    height, width = int(h * scale), int(w * scale)
    small = np.asarray(Image.fromarray(part).resize((width, height)), dtype="float32") / 255
    height, width = small.shape
    cy = (small.sum(axis=1) * np.arange(height)).sum() / small.sum()
    cx = (small.sum(axis=0) * np.arange(width)).sum() / small.sum()
    top, left = round(13.5 - cy), round(13.5 - cx)
    result = np.zeros((28, 28), dtype="float32")
    result[top:top + height, left:left + width] = small
    return result

# %% wrong: standardised to mean 0 and deviation 1 instead of 0 to 1
# told: goes_up_to_255
from PIL import Image
def as_mnist(drawing):
    ink = 255 - drawing
    rows = np.flatnonzero(ink.any(axis=1))
    cols = np.flatnonzero(ink.any(axis=0))
    part = ink[rows[0]:rows[-1] + 1, cols[0]:cols[-1] + 1]
    h, w = part.shape
    scale = 20 / max(h, w)
    height, width = max(1, round(h * scale)), max(1, round(w * scale))
    small = np.asarray(Image.fromarray(part).resize((width, height)), dtype="float32") / 255
    height, width = small.shape
    cy = (small.sum(axis=1) * np.arange(height)).sum() / small.sum()
    cx = (small.sum(axis=0) * np.arange(width)).sum() / small.sum()
    top, left = round(13.5 - cy), round(13.5 - cx)
    result = np.zeros((28, 28), dtype="float32")
    result[top:top + height, left:left + width] = small
    return (result - result.mean()) / result.std()

# %% wrong: scaled to -1 to 1 instead of 0 to 1
# told: goes_below_0
from PIL import Image
def as_mnist(drawing):
    ink = 255 - drawing
    rows = np.flatnonzero(ink.any(axis=1))
    cols = np.flatnonzero(ink.any(axis=0))
    part = ink[rows[0]:rows[-1] + 1, cols[0]:cols[-1] + 1]
    h, w = part.shape
    scale = 20 / max(h, w)
    height, width = max(1, round(h * scale)), max(1, round(w * scale))
    small = np.asarray(Image.fromarray(part).resize((width, height)), dtype="float32") / 255
    height, width = small.shape
    cy = (small.sum(axis=1) * np.arange(height)).sum() / small.sum()
    cx = (small.sum(axis=0) * np.arange(width)).sum() / small.sum()
    top, left = round(13.5 - cy), round(13.5 - cx)
    result = np.zeros((28, 28), dtype="float32")
    result[top:top + height, left:left + width] = small
    return 2 * result - 1

# %% wrong: longer side 20 only if the digit is larger: thumbnail does not enlarge small drawings
# told: keeps_the_paper
from PIL import Image
def as_mnist(drawing):
    ink = 255 - drawing
    rows = np.flatnonzero(ink.any(axis=1))
    cols = np.flatnonzero(ink.any(axis=0))
    part = ink[rows[0]:rows[-1] + 1, cols[0]:cols[-1] + 1]
    h, w = part.shape
    scale = 20 / max(h, w)
    height, width = max(1, round(h * scale)), max(1, round(w * scale))
    image = Image.fromarray(part)
    image.thumbnail((20, 20))
    small = np.asarray(image, dtype="float32") / 255
    height, width = small.shape
    cy = (small.sum(axis=1) * np.arange(height)).sum() / small.sum()
    cx = (small.sum(axis=0) * np.arange(width)).sum() / small.sum()
    top, left = round(13.5 - cy), round(13.5 - cx)
    result = np.zeros((28, 28), dtype="float32")
    result[top:top + height, left:left + width] = small
    return result

# %% wrong: centre of mass measured where it was on the sheet (before cutting and scaling)
# told: is_not_in_the_middle
from PIL import Image
def as_mnist(drawing):
    ink = 255 - drawing
    rows = np.flatnonzero(ink.any(axis=1))
    cols = np.flatnonzero(ink.any(axis=0))
    part = ink[rows[0]:rows[-1] + 1, cols[0]:cols[-1] + 1]
    h, w = part.shape
    scale = 20 / max(h, w)
    height, width = max(1, round(h * scale)), max(1, round(w * scale))
    small = np.asarray(Image.fromarray(part).resize((width, height)), dtype="float32") / 255
    height, width = small.shape
    cy = (ink.sum(axis=1) * np.arange(ink.shape[0])).sum() / ink.sum() * 20 / ink.shape[0]
    cx = (ink.sum(axis=0) * np.arange(ink.shape[1])).sum() / ink.sum() * 20 / ink.shape[1]
    top, left = round(13.5 - cy), round(13.5 - cx)
    top, left = min(max(top, 0), 28 - height), min(max(left, 0), 28 - width)
    result = np.zeros((28, 28), dtype="float32")
    result[top:top + height, left:left + width] = small
    return result

# %% wrong: the middle row and column of the ink (median of the inked rows and columns, i.e. the box) is centred, not the mass
# told: centres_the_box
from PIL import Image
def as_mnist(drawing):
    ink = 255 - drawing
    rows = np.flatnonzero(ink.any(axis=1))
    cols = np.flatnonzero(ink.any(axis=0))
    part = ink[rows[0]:rows[-1] + 1, cols[0]:cols[-1] + 1]
    h, w = part.shape
    scale = 20 / max(h, w)
    height, width = max(1, round(h * scale)), max(1, round(w * scale))
    small = np.asarray(Image.fromarray(part).resize((width, height)), dtype="float32") / 255
    height, width = small.shape
    cy = np.median(np.flatnonzero(small.any(axis=1)))
    cx = np.median(np.flatnonzero(small.any(axis=0)))
    top, left = round(13.5 - cy), round(13.5 - cx)
    result = np.zeros((28, 28), dtype="float32")
    result[top:top + height, left:left + width] = small
    return result

# %% wrong: shifts the wrong way: the distance of the centre of mass from the middle is doubled instead of removed
# told: is_not_in_the_middle
from PIL import Image
def as_mnist(drawing):
    ink = 255 - drawing
    rows = np.flatnonzero(ink.any(axis=1))
    cols = np.flatnonzero(ink.any(axis=0))
    part = ink[rows[0]:rows[-1] + 1, cols[0]:cols[-1] + 1]
    h, w = part.shape
    scale = 20 / max(h, w)
    height, width = max(1, round(h * scale)), max(1, round(w * scale))
    small = np.asarray(Image.fromarray(part).resize((width, height)), dtype="float32") / 255
    height, width = small.shape
    cy = (small.sum(axis=1) * np.arange(height)).sum() / small.sum()
    cx = (small.sum(axis=0) * np.arange(width)).sum() / small.sum()
    top = (28 - height) // 2 - round((height - 1) / 2 - cy)
    left = (28 - width) // 2 - round((width - 1) / 2 - cx)
    top, left = min(max(top, 0), 28 - height), min(max(left, 0), 28 - width)
    result = np.zeros((28, 28), dtype="float32")
    result[top:top + height, left:left + width] = small
    return result

# %% wrong: integer division: scale = 20 // max(h, w) is 0 for large drawings, so the digit shrinks to one pixel
# told: keeps_the_paper
from PIL import Image
def as_mnist(drawing):
    ink = 255 - drawing
    rows = np.flatnonzero(ink.any(axis=1))
    cols = np.flatnonzero(ink.any(axis=0))
    part = ink[rows[0]:rows[-1] + 1, cols[0]:cols[-1] + 1]
    h, w = part.shape
    scale = 20 // max(h, w)
    height, width = max(1, round(h * scale)), max(1, round(w * scale))
    small = np.asarray(Image.fromarray(part).resize((width, height)), dtype="float32") / 255
    height, width = small.shape
    cy = (small.sum(axis=1) * np.arange(height)).sum() / small.sum()
    cx = (small.sum(axis=0) * np.arange(width)).sum() / small.sum()
    top, left = round(13.5 - cy), round(13.5 - cx)
    result = np.zeros((28, 28), dtype="float32")
    result[top:top + height, left:left + width] = small
    return result

# %% wrong: two mistakes: stretched to 20 x 20, and the box centred instead of the mass
# told: loses_the_proportions
from PIL import Image
def as_mnist(drawing):
    ink = 255 - drawing
    rows = np.flatnonzero(ink.any(axis=1))
    cols = np.flatnonzero(ink.any(axis=0))
    part = ink[rows[0]:rows[-1] + 1, cols[0]:cols[-1] + 1]
    h, w = part.shape
    scale = 20 / max(h, w)
    height = width = 20
    small = np.asarray(Image.fromarray(part).resize((width, height)), dtype="float32") / 255
    height, width = small.shape
    cy = (small.sum(axis=1) * np.arange(height)).sum() / small.sum()
    cx = (small.sum(axis=0) * np.arange(width)).sum() / small.sum()
    top, left = (28 - height) // 2, (28 - width) // 2
    result = np.zeros((28, 28), dtype="float32")
    result[top:top + height, left:left + width] = small
    return result

# %% wrong: two mistakes: not cut out, and the box centred instead of the mass
# told: keeps_the_paper
from PIL import Image
def as_mnist(drawing):
    ink = 255 - drawing
    rows = np.flatnonzero(ink.any(axis=1))
    cols = np.flatnonzero(ink.any(axis=0))
    part = ink
    h, w = part.shape
    scale = 20 / max(h, w)
    height, width = max(1, round(h * scale)), max(1, round(w * scale))
    small = np.asarray(Image.fromarray(part).resize((width, height)), dtype="float32") / 255
    height, width = small.shape
    cy = (small.sum(axis=1) * np.arange(height)).sum() / small.sum()
    cx = (small.sum(axis=0) * np.arange(width)).sum() / small.sum()
    top, left = (28 - height) // 2, (28 - width) // 2
    result = np.zeros((28, 28), dtype="float32")
    result[top:top + height, left:left + width] = small
    return result

# %% wrong: two mistakes: numbers up to 255, and not centred but in the upper left corner
# told: goes_up_to_255
from PIL import Image
def as_mnist(drawing):
    ink = 255 - drawing
    rows = np.flatnonzero(ink.any(axis=1))
    cols = np.flatnonzero(ink.any(axis=0))
    part = ink[rows[0]:rows[-1] + 1, cols[0]:cols[-1] + 1]
    h, w = part.shape
    scale = 20 / max(h, w)
    height, width = max(1, round(h * scale)), max(1, round(w * scale))
    small = np.asarray(Image.fromarray(part).resize((width, height)), dtype="float32") / 255
    height, width = small.shape
    cy = (small.sum(axis=1) * np.arange(height)).sum() / small.sum()
    cx = (small.sum(axis=0) * np.arange(width)).sum() / small.sum()
    top, left = 0, 0
    result = np.zeros((28, 28), dtype="float32")
    result[top:top + height, left:left + width] = small
    return result * 255

# %% wrong: two mistakes: dark on bright, and longer side 28
# told: is_dark_on_white
from PIL import Image
def as_mnist(drawing):
    ink = 255 - drawing
    rows = np.flatnonzero(ink.any(axis=1))
    cols = np.flatnonzero(ink.any(axis=0))
    part = ink[rows[0]:rows[-1] + 1, cols[0]:cols[-1] + 1]
    h, w = part.shape
    scale = 28 / max(h, w)
    height, width = max(1, round(h * scale)), max(1, round(w * scale))
    small = np.asarray(Image.fromarray(part).resize((width, height)), dtype="float32") / 255
    height, width = small.shape
    cy = (small.sum(axis=1) * np.arange(height)).sum() / small.sum()
    cx = (small.sum(axis=0) * np.arange(width)).sum() / small.sum()
    top, left = (28 - height) // 2, (28 - width) // 2
    result = np.zeros((28, 28), dtype="float32")
    result[top:top + height, left:left + width] = small
    return 1 - result

# %% wrong: only the columns are centred by mass, the rows by the box
# told: centres_the_box
from PIL import Image
def as_mnist(drawing):
    ink = 255 - drawing
    rows = np.flatnonzero(ink.any(axis=1))
    cols = np.flatnonzero(ink.any(axis=0))
    part = ink[rows[0]:rows[-1] + 1, cols[0]:cols[-1] + 1]
    h, w = part.shape
    scale = 20 / max(h, w)
    height, width = max(1, round(h * scale)), max(1, round(w * scale))
    small = np.asarray(Image.fromarray(part).resize((width, height)), dtype="float32") / 255
    height, width = small.shape
    cy = (small.sum(axis=1) * np.arange(height)).sum() / small.sum()
    cx = (small.sum(axis=0) * np.arange(width)).sum() / small.sum()
    top, left = (28 - height) // 2, round(13.5 - cx)
    result = np.zeros((28, 28), dtype="float32")
    result[top:top + height, left:left + width] = small
    return result

# %% wrong: mirrored left to right
# told: is_turned_round
from PIL import Image
def as_mnist(drawing):
    ink = 255 - drawing
    rows = np.flatnonzero(ink.any(axis=1))
    cols = np.flatnonzero(ink.any(axis=0))
    part = ink[rows[0]:rows[-1] + 1, cols[0]:cols[-1] + 1]
    h, w = part.shape
    scale = 20 / max(h, w)
    height, width = max(1, round(h * scale)), max(1, round(w * scale))
    small = np.asarray(Image.fromarray(part).resize((width, height)), dtype="float32") / 255
    height, width = small.shape
    cy = (small.sum(axis=1) * np.arange(height)).sum() / small.sum()
    cx = (small.sum(axis=0) * np.arange(width)).sum() / small.sum()
    top, left = round(13.5 - cy), round(13.5 - cx)
    result = np.zeros((28, 28), dtype="float32")
    result[top:top + height, left:left + width] = small
    return result[:, ::-1]

# %% wrong: longer side 18 instead of 20
# told: has_another_size
from PIL import Image
def as_mnist(drawing):
    ink = 255 - drawing
    rows = np.flatnonzero(ink.any(axis=1))
    cols = np.flatnonzero(ink.any(axis=0))
    part = ink[rows[0]:rows[-1] + 1, cols[0]:cols[-1] + 1]
    h, w = part.shape
    scale = 18 / max(h, w)
    height, width = max(1, round(h * scale)), max(1, round(w * scale))
    small = np.asarray(Image.fromarray(part).resize((width, height)), dtype="float32") / 255
    height, width = small.shape
    cy = (small.sum(axis=1) * np.arange(height)).sum() / small.sum()
    cx = (small.sum(axis=0) * np.arange(width)).sum() / small.sum()
    top, left = round(13.5 - cy), round(13.5 - cx)
    result = np.zeros((28, 28), dtype="float32")
    result[top:top + height, left:left + width] = small
    return result

# %% wrong: not inverted at all, only squeezed to 28 x 28 and divided by 255, as the friend does
# told: cuts_out_the_paper
from PIL import Image
def as_mnist(drawing):
    return np.asarray(Image.fromarray(drawing).resize((28, 28)), dtype="float32") / 255

# %% wrong: only inverted and squeezed to 28 x 28: no cutting, no proportions, no centring
# told: keeps_the_paper
from PIL import Image
def as_mnist(drawing):
    return 1 - np.asarray(Image.fromarray(drawing).resize((28, 28)), dtype="float32") / 255

# %% wrong: cut out and stretched to the full 28 x 28: proportions, size and centring missing
# told: fills_the_image
from PIL import Image
def as_mnist(drawing):
    ink = 255 - drawing
    ys, xs = np.nonzero(ink)
    part = ink[ys.min():ys.max() + 1, xs.min():xs.max() + 1]
    return np.asarray(Image.fromarray(part).resize((28, 28)), dtype=np.float32) / 255

# %% wrong: assumes a square sheet, cuts a fixed border of a seventh and does not look where the ink is
# told: keeps_the_paper
from PIL import Image
def as_mnist(drawing):
    ink = 255 - drawing
    b = ink.shape[0] // 7
    part = ink[b:-b, b:-b]
    small = np.asarray(Image.fromarray(part).resize((20, 20)), dtype=np.float32) / 255
    return np.pad(small, 4)

# %% wrong: shorter width at least 1, height not
# told: error
def as_mnist(drawing):
    from PIL import Image
    ink = 255 - drawing
    rows = np.flatnonzero(ink.any(axis=1))
    cols = np.flatnonzero(ink.any(axis=0))
    part = ink[rows[0]:rows[-1] + 1, cols[0]:cols[-1] + 1]
    h, w = part.shape
    scale = 20 / max(h, w)
    size = max(1, round(w * scale)), round(h * scale)
    small = np.asarray(Image.fromarray(part).resize(size), dtype=np.float32) / 255
    total = small.sum()
    cy = (small.sum(axis=1) * np.arange(small.shape[0])).sum() / total
    cx = (small.sum(axis=0) * np.arange(small.shape[1])).sum() / total
    big = np.zeros((88, 88), np.float32)
    top, left = 44 - round(float(cy)), 44 - round(float(cx))
    big[top:top + small.shape[0], left:left + small.shape[1]] = small
    return big[30:58, 30:58]

# %% wrong: centre of the ink's pixels without weights
# told: counts_pixels
def as_mnist(drawing):
    from PIL import Image
    ink = 255 - drawing
    rows = np.flatnonzero(ink.any(axis=1))
    cols = np.flatnonzero(ink.any(axis=0))
    part = ink[rows[0]:rows[-1] + 1, cols[0]:cols[-1] + 1]
    h, w = part.shape
    scale = 20 / max(h, w)
    size = max(1, round(w * scale)), max(1, round(h * scale))
    small = np.asarray(Image.fromarray(part).resize(size), dtype=np.float32) / 255
    total = (small > 0.05).sum()
    cy = ((small > 0.05).sum(axis=1) * np.arange(small.shape[0])).sum() / total
    cx = ((small > 0.05).sum(axis=0) * np.arange(small.shape[1])).sum() / total
    big = np.zeros((88, 88), np.float32)
    top, left = 44 - round(float(cy)), 44 - round(float(cx))
    big[top:top + small.shape[0], left:left + small.shape[1]] = small
    return big[30:58, 30:58]

# %% wrong: only ink darker than 128 cut out
# told: error
def as_mnist(drawing):
    from PIL import Image
    ink = 255 - drawing
    rows = np.flatnonzero((ink > 127).any(axis=1))
    cols = np.flatnonzero((ink > 127).any(axis=0))
    part = ink[rows[0]:rows[-1] + 1, cols[0]:cols[-1] + 1]
    h, w = part.shape
    scale = 20 / max(h, w)
    size = max(1, round(w * scale)), max(1, round(h * scale))
    small = np.asarray(Image.fromarray(part).resize(size), dtype=np.float32) / 255
    total = small.sum()
    cy = (small.sum(axis=1) * np.arange(small.shape[0])).sum() / total
    cx = (small.sum(axis=0) * np.arange(small.shape[1])).sum() / total
    big = np.zeros((88, 88), np.float32)
    top, left = 44 - round(float(cy)), 44 - round(float(cx))
    big[top:top + small.shape[0], left:left + small.shape[1]] = small
    return big[30:58, 30:58]

# %% wrong: threshold: faint ink lost
# told: error
def as_mnist(drawing):
    from PIL import Image
    ink = np.where(drawing < 128, 255 - drawing, 0).astype(np.uint8)
    rows = np.flatnonzero(ink.any(axis=1))
    cols = np.flatnonzero(ink.any(axis=0))
    part = ink[rows[0]:rows[-1] + 1, cols[0]:cols[-1] + 1]
    h, w = part.shape
    scale = 20 / max(h, w)
    size = max(1, round(w * scale)), max(1, round(h * scale))
    small = np.asarray(Image.fromarray(part).resize(size), dtype=np.float32) / 255
    total = small.sum()
    cy = (small.sum(axis=1) * np.arange(small.shape[0])).sum() / total
    cx = (small.sum(axis=0) * np.arange(small.shape[1])).sum() / total
    big = np.zeros((88, 88), np.float32)
    top, left = 44 - round(float(cy)), 44 - round(float(cx))
    big[top:top + small.shape[0], left:left + small.shape[1]] = small
    return big[30:58, 30:58]

# %% wrong: only fully black is ink
# told: error
def as_mnist(drawing):
    from PIL import Image
    ink = np.where(drawing == 0, 255, 0).astype(np.uint8)
    rows = np.flatnonzero(ink.any(axis=1))
    cols = np.flatnonzero(ink.any(axis=0))
    part = ink[rows[0]:rows[-1] + 1, cols[0]:cols[-1] + 1]
    h, w = part.shape
    scale = 20 / max(h, w)
    size = max(1, round(w * scale)), max(1, round(h * scale))
    small = np.asarray(Image.fromarray(part).resize(size), dtype=np.float32) / 255
    total = small.sum()
    cy = (small.sum(axis=1) * np.arange(small.shape[0])).sum() / total
    cx = (small.sum(axis=0) * np.arange(small.shape[1])).sum() / total
    big = np.zeros((88, 88), np.float32)
    top, left = 44 - round(float(cy)), 44 - round(float(cx))
    big[top:top + small.shape[0], left:left + small.shape[1]] = small
    return big[30:58, 30:58]

# %% wrong: binary result
# told: counts_pixels
def as_mnist(drawing):
    from PIL import Image
    ink = 255 - drawing
    rows = np.flatnonzero(ink.any(axis=1))
    cols = np.flatnonzero(ink.any(axis=0))
    part = ink[rows[0]:rows[-1] + 1, cols[0]:cols[-1] + 1]
    h, w = part.shape
    scale = 20 / max(h, w)
    size = max(1, round(w * scale)), max(1, round(h * scale))
    small = np.asarray(Image.fromarray(part).resize(size), dtype=np.float32) / 255
    total = small.sum()
    cy = (small.sum(axis=1) * np.arange(small.shape[0])).sum() / total
    cx = (small.sum(axis=0) * np.arange(small.shape[1])).sum() / total
    big = np.zeros((88, 88), np.float32)
    top, left = 44 - round(float(cy)), 44 - round(float(cx))
    big[top:top + small.shape[0], left:left + small.shape[1]] = small
    return (big[30:58, 30:58] > 0).astype(np.float32)

# %% wrong: resize in float 0..1 as uint8: all 0
# told: error
def as_mnist(drawing):
    from PIL import Image
    ink = 255 - drawing
    rows = np.flatnonzero(ink.any(axis=1))
    cols = np.flatnonzero(ink.any(axis=0))
    part = ink[rows[0]:rows[-1] + 1, cols[0]:cols[-1] + 1]
    h, w = part.shape
    scale = 20 / max(h, w)
    size = max(1, round(w * scale)), max(1, round(h * scale))
    small = np.asarray(Image.fromarray((part / 255).astype(np.uint8)).resize(size), dtype=np.float32)
    total = small.sum()
    cy = (small.sum(axis=1) * np.arange(small.shape[0])).sum() / total
    cx = (small.sum(axis=0) * np.arange(small.shape[1])).sum() / total
    big = np.zeros((88, 88), np.float32)
    top, left = 44 - round(float(cy)), 44 - round(float(cx))
    big[top:top + small.shape[0], left:left + small.shape[1]] = small
    return big[30:58, 30:58]

