# %% right: slices from max and min
def shift(images, down, right):
    N, H, W = images.shape
    out = np.zeros_like(images)
    if abs(down) >= H or abs(right) >= W:
        return out
    out[:, max(0, down):H + min(0, down), max(0, right):W + min(0, right)] = \
        images[:, max(0, -down):H + min(0, -down), max(0, -right):W + min(0, -right)]
    return out

# %% right: loops over every pixel
def shift(images, down, right):
    n, h, w = images.shape
    result = np.zeros((n, h, w))
    for i in range(n):
        for r in range(h):
            for c in range(w):
                r0 = r - down
                c0 = c - right
                if 0 <= r0 < h and 0 <= c0 < w:
                    result[i, r, c] = images[i, r0, c0]
    return result

# %% right: loops over the source pixels
def shift(images, down, right):
    new = np.zeros_like(images)
    _, H, W = images.shape
    for y in range(H):
        for x in range(W):
            if 0 <= y + down < H and 0 <= x + right < W:
                new[:, y + down, x + right] = images[:, y, x]
    return new

# %% right: np.roll, then zero what came round
def shift(images, down, right):
    N, H, W = images.shape
    if abs(down) >= H or abs(right) >= W:
        return np.zeros_like(images)
    out = np.roll(images, (down, right), axis=(1, 2))
    if down > 0:
        out[:, :down] = 0
    elif down < 0:
        out[:, down:] = 0
    if right > 0:
        out[:, :, :right] = 0
    elif right < 0:
        out[:, :, right:] = 0
    return out

# %% right: np.pad, then crop
def shift(images, down, right):
    N, H, W = images.shape
    a, b = abs(down), abs(right)
    padded = np.pad(images, ((0, 0), (a, a), (b, b)))
    return padded[:, a - down:a - down + H, b - right:b - right + W]

# %% right: np.pad on one side only
def shift(images, down, right):
    _, h, w = images.shape
    p = np.pad(images, ((0, 0), (max(down, 0), max(-down, 0)), (max(right, 0), max(-right, 0))),
               mode="constant", constant_values=0)
    top = max(-down, 0)
    left = max(-right, 0)
    return p[:, top:top + h, left:left + w].copy()

# %% right: einsum with two shift matrices
def shift(images, down, right):
    _, H, W = images.shape
    rows = np.eye(H, k=-down)
    cols = np.eye(W, k=right)
    return np.einsum("ih,nhw,wj->nij", rows, images, cols)

# %% right: matrix products with np.eye
def shift(images, down, right):
    H, W = images.shape[1:]
    return np.eye(H, H, -down) @ images @ np.eye(W, W, right)

# %% right: scipy.ndimage
def shift(images, down, right):
    from scipy.ndimage import shift as nd_shift
    return nd_shift(np.asarray(images, dtype=float), (0, down, right), order=0, mode="constant", cval=0.0)

# %% right: keras.ops.pad
def shift(images, down, right):
    H, W = images.shape[1], images.shape[2]
    a, b = abs(down), abs(right)
    x = keras.ops.pad(keras.ops.convert_to_tensor(images), ((0, 0), (a, a), (b, b)))
    x = x[:, a - down:a - down + H, b - right:b - right + W]
    return keras.ops.convert_to_numpy(x)

# %% right: keras.ops.roll and masks
def shift(images, down, right):
    H, W = images.shape[1:]
    r = np.arange(H)[:, None] - down
    c = np.arange(W)[None, :] - right
    mask = ((r >= 0) & (r < H) & (c >= 0) & (c < W))
    rolled = keras.ops.convert_to_numpy(keras.ops.roll(keras.ops.convert_to_tensor(images), (down, right), axis=(1, 2)))
    return np.where(mask, rolled, 0)

# %% right: fancy indexing with clipped indices and a mask
def shift(images, down, right):
    N, H, W = images.shape
    rows = np.arange(H) - down
    cols = np.arange(W) - right
    ok_r = (rows >= 0) & (rows < H)
    ok_c = (cols >= 0) & (cols < W)
    picked = images[:, np.clip(rows, 0, H - 1)][:, :, np.clip(cols, 0, W - 1)]
    return picked * ok_r[:, None] * ok_c

# %% right: np.take with an extra row and column of zeros
def shift(images, down, right):
    N, H, W = images.shape
    framed = np.pad(images, ((0, 0), (0, 1), (0, 1)))
    rows = [i - down if 0 <= i - down < H else H for i in range(H)]
    cols = [j - right if 0 <= j - right < W else W for j in range(W)]
    return np.take(np.take(framed, rows, axis=1), cols, axis=2)

# %% right: np.ix_ on the valid targets
def shift(images, down, right):
    out = np.zeros(images.shape, dtype=images.dtype)
    n, H, W = images.shape
    r = np.array([i for i in range(H) if 0 <= i + down < H], dtype=int)
    c = np.array([j for j in range(W) if 0 <= j + right < W], dtype=int)
    out[np.ix_(range(n), r + down, c + right)] = images[np.ix_(range(n), r, c)]
    return out

# %% right: two steps, rows first and columns after
def shift(images, down, right):
    tmp = np.zeros_like(images)
    if down > 0:
        tmp[:, down:, :] = images[:, :-down, :]
    elif down < 0:
        tmp[:, :down, :] = images[:, -down:, :]
    else:
        tmp[:] = images
    out = np.zeros_like(images)
    if right > 0:
        out[:, :, right:] = tmp[:, :, :-right]
    elif right < 0:
        out[:, :, :right] = tmp[:, :, -right:]
    else:
        out[:] = tmp
    return out

# %% right: helper for one axis, used twice
def shift(images, down, right):
    def move(x, k, axis):
        x = np.moveaxis(x, axis, 0)
        y = np.zeros_like(x)
        if k >= 0:
            y[k:] = x[:max(len(x) - k, 0)]
        else:
            y[:k] = x[-k:]
        return np.moveaxis(y, 0, axis)
    return move(move(images, down, 1), right, 2)

# %% right: one pixel at a time, repeated
def shift(images, down, right):
    x = images.copy()
    for _ in range(abs(down)):
        y = np.zeros_like(x)
        if down > 0:
            y[:, 1:] = x[:, :-1]
        else:
            y[:, :-1] = x[:, 1:]
        x = y
    for _ in range(abs(right)):
        y = np.zeros_like(x)
        if right > 0:
            y[:, :, 1:] = x[:, :, :-1]
        else:
            y[:, :, :-1] = x[:, :, 1:]
        x = y
    return x

# %% right: concatenates zeros
def shift(images, down, right):
    N, H, W = images.shape
    d = int(np.clip(down, -H, H))
    r = int(np.clip(right, -W, W))
    zr = np.zeros((N, abs(d), W), images.dtype)
    if d >= 0:
        x = np.concatenate([zr, images[:, :H - d]], axis=1)
    else:
        x = np.concatenate([images[:, -d:], zr], axis=1)
    zc = np.zeros((N, H, abs(r)), images.dtype)
    if r >= 0:
        x = np.concatenate([zc, x[:, :, :W - r]], axis=2)
    else:
        x = np.concatenate([x[:, :, -r:], zc], axis=2)
    return x

# %% right: list comprehension, nested
def shift(images, down, right):
    N, H, W = images.shape
    return np.array([[[img[i - down, j - right] if 0 <= i - down < H and 0 <= j - right < W else 0
                       for j in range(W)] for i in range(H)] for img in images])

# %% right: image by image, np.pad and stack
def shift(images, down, right):
    moved = []
    for im in images:
        h, w = im.shape
        big = np.pad(im, ((h + abs(down),) * 2, (w + abs(right),) * 2))
        y0 = h + abs(down) - down
        x0 = w + abs(right) - right
        moved.append(big[y0:y0 + h, x0:x0 + w])
    return np.stack(moved)

# %% right: large canvas of zeros
def shift(images, down, right):
    n, h, w = images.shape
    m = max(abs(down), abs(right))
    canvas = np.zeros((n, h + 2 * m, w + 2 * m), dtype=images.dtype)
    canvas[:, m + down:m + down + h, m + right:m + right + w] = images
    return canvas[:, m:m + h, m:m + w]

# %% right: clips the shift, then slices
def shift(images, down, right):
    N, H, W = images.shape
    down = min(max(down, -H), H)
    right = min(max(right, -W), W)
    dst_r = slice(max(down, 0), min(H + down, H))
    src_r = slice(max(-down, 0), min(H - down, H))
    dst_c = slice(max(right, 0), min(W + right, W))
    src_c = slice(max(-right, 0), min(W - right, W))
    shifted = np.zeros_like(images)
    shifted[:, dst_r, dst_c] = images[:, src_r, src_c]
    return shifted

# %% right: roll with np.where on the index
def shift(images, down, right):
    H, W = images.shape[-2:]
    rolled = np.roll(np.roll(images, down, axis=-2), right, axis=-1)
    i, j = np.indices((H, W))
    inside = (i >= down) & (i < H + down) & (j >= right) & (j < W + right)
    return np.where(inside, rolled, 0)

# %% right: coordinates of the non-zero pixels
def shift(images, down, right):
    out = np.zeros_like(images)
    n, r, c = np.nonzero(images)
    keep = (r + down >= 0) & (r + down < images.shape[1]) & (c + right >= 0) & (c + right < images.shape[2])
    out[n[keep], r[keep] + down, c[keep] + right] = images[n[keep], r[keep], c[keep]]
    return out

# %% right: np.roll of a padded array, then crop
def shift(images, down, right):
    N, H, W = images.shape
    a, b = abs(down), abs(right)
    p = np.pad(images, [(0, 0), (0, a), (0, b)])
    p = np.roll(p, shift=(down, right), axis=(1, 2))
    return p[:, :H, :W]

# %% right: pandas shift with fill_value, image by image
def shift(images, down, right):
    out = [pd.DataFrame(im).shift(down, fill_value=0).shift(right, axis=1, fill_value=0).to_numpy() for im in images]
    return np.array(out)

# %% right: try and except for bad indices, negatives excluded
def shift(images, down, right):
    out = np.zeros_like(images, dtype=float)
    for r in range(images.shape[1]):
        for c in range(images.shape[2]):
            if r - down < 0 or c - right < 0:
                continue
            try:
                out[:, r, c] = images[:, r - down, c - right]
            except IndexError:
                pass
    return out

# %% wrong: np.roll, what leaves comes back
# told: rolls
def shift(images, down, right):
    return np.roll(images, (down, right), axis=(1, 2))

# %% wrong: np.roll on axes 0 and 1
# told: nothing
def shift(images, down, right):
    return np.roll(images, (down, right), axis=(0, 1))

# %% wrong: np.roll without an axis
# told: nothing
def shift(images, down, right):
    out = np.roll(images, down)
    return np.roll(out, right)

# %% wrong: roll and zero, negative shifts forgotten
# told: nothing
def shift(images, down, right):
    out = np.roll(images, (down, right), axis=(1, 2))
    out[:, :down, :] = 0
    out[:, :, :right] = 0
    return out

# %% wrong: roll and zero, slices for negative shifts on the wrong side
# told: nothing
def shift(images, down, right):
    out = np.roll(images, (down, right), axis=(1, 2))
    out[:, :abs(down), :] = 0
    out[:, :, :abs(right)] = 0
    return out

# %% wrong: roll and zero, else branch wipes all when the shift is 0
# told: nothing
def shift(images, down, right):
    out = np.roll(images, (down, right), axis=(1, 2))
    if down > 0:
        out[:, :down] = 0
    else:
        out[:, down:] = 0
    if right > 0:
        out[:, :, :right] = 0
    else:
        out[:, :, right:] = 0
    return out

# %% wrong: up and left instead of down and right
# told: goes_the_other_way
def shift(images, down, right):
    N, H, W = images.shape
    out = np.zeros_like(images)
    for i in range(H):
        for j in range(W):
            if 0 <= i + down < H and 0 <= j + right < W:
                out[:, i, j] = images[:, i + down, j + right]
    return out

# %% wrong: columns go the wrong way
# told: changes_argument
def shift(images, down, right):
    N, H, W = images.shape
    out = np.zeros_like(images)
    for i in range(H):
        for j in range(W):
            if 0 <= i - down < H and 0 <= j + right < W:
                out[:, i, j] = images[:, i - down, j + right]
    return out

# %% wrong: rows go the wrong way
# told: changes_argument
def shift(images, down, right):
    a, b = abs(down), abs(right)
    N, H, W = images.shape
    p = np.pad(images, ((0, 0), (a, a), (b, b)))
    return p[:, a + down:a + down + H, b - right:b - right + W]

# %% wrong: crop with plus in both, moves up and left
# told: goes_the_other_way
def shift(images, down, right):
    a, b = abs(down), abs(right)
    N, H, W = images.shape
    p = np.pad(images, ((0, 0), (a, a), (b, b)))
    return p[:, a + down:a + down + H, b + right:b + right + W]

# %% wrong: down and right exchanged
# told: exchanges_the_axes
def shift(images, down, right):
    a, b = abs(right), abs(down)
    N, H, W = images.shape
    p = np.pad(images, ((0, 0), (a, a), (b, b)))
    return p[:, a - right:a - right + H, b - down:b - down + W]

# %% wrong: positive only, 0 leaves an empty slice
# told: error
def shift(images, down, right):
    out = np.zeros_like(images)
    out[:, down:, right:] = images[:, :-down, :-right]
    return out

# %% wrong: positive shifts only, negative not handled
# told: error
def shift(images, down, right):
    N, H, W = images.shape
    out = np.zeros_like(images)
    out[:, down:, right:] = images[:, :H - down, :W - right]
    return out

# %% wrong: negative shifts ignored, image returned unmoved
# told: ignores_negative_ones
def shift(images, down, right):
    N, H, W = images.shape
    out = images.copy()
    if down > 0:
        out[:, down:] = images[:, :-down]
        out[:, :down] = 0
    if right > 0:
        tmp = out.copy()
        out[:, :, right:] = tmp[:, :, :-right]
        out[:, :, :right] = 0
    return out

# %% wrong: no move in mixed directions, only both positive or both negative
# told: nothing
def shift(images, down, right):
    N, H, W = images.shape
    out = np.zeros_like(images)
    if down >= 0 and right >= 0:
        out[:, down:, right:] = images[:, :H - down, :W - right]
    elif down <= 0 and right <= 0:
        out[:, :H + down, :W + right] = images[:, -down:, -right:]
    return out

# %% wrong: second step starts from the original, rows are lost
# told: moves_columns_only
def shift(images, down, right):
    N, H, W = images.shape
    out = np.zeros_like(images)
    if down >= 0:
        out[:, down:] = images[:, :H - down]
    else:
        out[:, :down] = images[:, -down:]
    out = np.zeros_like(images)
    if right >= 0:
        out[:, :, right:] = images[:, :, :W - right]
    else:
        out[:, :, :right] = images[:, :, -right:]
    return out

# %% wrong: copy instead of zeros, old pixels stay at the edge
# told: nothing
def shift(images, down, right):
    N, H, W = images.shape
    out = images.copy()
    out[:, max(0, down):H + min(0, down), max(0, right):W + min(0, right)] = \
        images[:, max(0, -down):H + min(0, -down), max(0, -right):W + min(0, -right)]
    return out

# %% wrong: edge pixels repeated (mode edge)
# told: repeats_the_edge
def shift(images, down, right):
    N, H, W = images.shape
    a, b = abs(down), abs(right)
    p = np.pad(images, ((0, 0), (a, a), (b, b)), mode="edge")
    return p[:, a - down:a - down + H, b - right:b - right + W]

# %% wrong: mirrored edge (mode reflect)
# told: nothing
def shift(images, down, right):
    N, H, W = images.shape
    a, b = abs(down), abs(right)
    p = np.pad(images, ((0, 0), (a, a), (b, b)), mode="reflect")
    return p[:, a - down:a - down + H, b - right:b - right + W]

# %% wrong: pads with 1
# told: nothing
def shift(images, down, right):
    N, H, W = images.shape
    a, b = abs(down), abs(right)
    p = np.pad(images, ((0, 0), (a, a), (b, b)), constant_values=1)
    return p[:, a - down:a - down + H, b - right:b - right + W]

# %% wrong: fills with nan
# told: nothing
def shift(images, down, right):
    N, H, W = images.shape
    out = np.full(images.shape, np.nan)
    for i in range(H):
        for j in range(W):
            if 0 <= i - down < H and 0 <= j - right < W:
                out[:, i, j] = images[:, i - down, j - right]
    return out

# %% wrong: fills with the mean of the images
# told: nothing
def shift(images, down, right):
    N, H, W = images.shape
    out = np.full(images.shape, images.mean())
    for i in range(H):
        for j in range(W):
            if 0 <= i - down < H and 0 <= j - right < W:
                out[:, i, j] = images[:, i - down, j - right]
    return out

# %% wrong: edge filled with the first pixel of each image
# told: nothing
def shift(images, down, right):
    N, H, W = images.shape
    out = np.empty(images.shape)
    out[:] = images[:, :1, :1]
    for i in range(H):
        for j in range(W):
            if 0 <= i - down < H and 0 <= j - right < W:
                out[:, i, j] = images[:, i - down, j - right]
    return out

# %% wrong: pads without cropping, image grows
# told: nothing
def shift(images, down, right):
    return np.pad(images, ((0, 0), (max(down, 0), max(-down, 0)), (max(right, 0), max(-right, 0))))

# %% wrong: crops without padding, image shrinks
# told: nothing
def shift(images, down, right):
    N, H, W = images.shape
    return images[:, max(0, -down):H - max(0, down), max(0, -right):W - max(0, right)]

# %% wrong: negative width in np.pad raises
# told: error
def shift(images, down, right):
    N, H, W = images.shape
    p = np.pad(images, ((0, 0), (down, 0), (right, 0)))
    return p[:, :H, :W]

# %% wrong: writes into the images that came in
# told: overwrites
def shift(images, down, right):
    old = images.copy()
    N, H, W = images.shape
    images[:] = 0
    for i in range(H):
        for j in range(W):
            if 0 <= i - down < H and 0 <= j - right < W:
                images[:, i, j] = old[:, i - down, j - right]
    return images

# %% wrong: in place, pixel by pixel, reads what was already overwritten
# told: nothing
def shift(images, down, right):
    N, H, W = images.shape
    for i in range(H):
        for j in range(W):
            if 0 <= i - down < H and 0 <= j - right < W:
                images[:, i, j] = images[:, i - down, j - right]
            else:
                images[:, i, j] = 0
    return images

# %% wrong: out is only another name for images
# told: overwrites
def shift(images, down, right):
    out = images
    if down > 0:
        out[:, down:] = images[:, :-down].copy()
        out[:, :down] = 0
    elif down < 0:
        out[:, :down] = images[:, -down:].copy()
        out[:, down:] = 0
    if right > 0:
        out[:, :, right:] = out[:, :, :-right].copy()
        out[:, :, :right] = 0
    elif right < 0:
        out[:, :, :right] = out[:, :, -right:].copy()
        out[:, :, right:] = 0
    return out

# %% wrong: negative index not excluded, wraps on one side
# told: nothing
def shift(images, down, right):
    N, H, W = images.shape
    out = np.zeros_like(images)
    for i in range(H):
        for j in range(W):
            if i - down < H and j - right < W:
                out[:, i, j] = images[:, i - down, j - right]
    return out

# %% wrong: upper bound not checked, index error
# told: error
def shift(images, down, right):
    N, H, W = images.shape
    out = np.zeros_like(images)
    for i in range(H):
        for j in range(W):
            if i - down >= 0 and j - right >= 0:
                out[:, i, j] = images[:, i - down, j - right]
    return out

# %% wrong: except IndexError, but negative indices wrap
# told: nothing
def shift(images, down, right):
    N, H, W = images.shape
    out = np.zeros_like(images)
    for i in range(H):
        for j in range(W):
            try:
                out[:, i + down, j + right] = images[:, i, j]
            except IndexError:
                pass
    return out

# %% wrong: bound with > 0, row and column 0 are lost
# told: nothing
def shift(images, down, right):
    N, H, W = images.shape
    out = np.zeros_like(images)
    for i in range(H):
        for j in range(W):
            if 0 < i - down < H and 0 < j - right < W:
                out[:, i, j] = images[:, i - down, j - right]
    return out

# %% wrong: range stops one too early
# told: nothing
def shift(images, down, right):
    N, H, W = images.shape
    out = np.zeros_like(images)
    for i in range(H - 1):
        for j in range(W - 1):
            if 0 <= i - down < H and 0 <= j - right < W:
                out[:, i, j] = images[:, i - down, j - right]
    return out

# %% wrong: bound with <=, index error
# told: error
def shift(images, down, right):
    N, H, W = images.shape
    out = np.zeros_like(images)
    for i in range(H):
        for j in range(W):
            if 0 <= i - down <= H and 0 <= j - right <= W:
                out[:, i, j] = images[:, i - down, j - right]
    return out

# %% wrong: H and W exchanged
# told: error
def shift(images, down, right):
    N, W, H = images.shape
    out = np.zeros_like(images)
    for i in range(H):
        for j in range(W):
            if 0 <= i - down < H and 0 <= j - right < W:
                out[:, i, j] = images[:, i - down, j - right]
    return out

# %% wrong: only the first image is moved
# told: nothing
def shift(images, down, right):
    N, H, W = images.shape
    out = np.zeros_like(images)
    for i in range(H):
        for j in range(W):
            if 0 <= i - down < H and 0 <= j - right < W:
                out[0, i, j] = images[0, i - down, j - right]
    return out

# %% wrong: returns inside the loop, one image
# told: relation
def shift(images, down, right):
    for im in images:
        h, w = im.shape
        a, b = abs(down), abs(right)
        p = np.pad(im, ((a, a), (b, b)))
        return p[a - down:a - down + h, b - right:b - right + w]

# %% wrong: takes images for one image, unpacks two values
# told: error
def shift(images, down, right):
    H, W = images.shape
    a, b = abs(down), abs(right)
    p = np.pad(images, ((a, a), (b, b)))
    return p[a - down:a - down + H, b - right:b - right + W]

# %% wrong: pads the first axis as well
# told: nothing
def shift(images, down, right):
    N, H, W = images.shape
    a, b = abs(down), abs(right)
    m = max(a, b)
    p = np.pad(images, m)
    return p[:, m - down:m - down + H, m - right:m - right + W]

# %% wrong: moves along axes 0 and 1
# told: nothing
def shift(images, down, right):
    out = np.zeros_like(images)
    H, W = images.shape[0], images.shape[1]
    for i in range(H):
        for j in range(W):
            if 0 <= i - down < H and 0 <= j - right < W:
                out[i, j] = images[i - down, j - right]
    return out

# %% wrong: no return
# told: form
def shift(images, down, right):
    N, H, W = images.shape
    a, b = abs(down), abs(right)
    p = np.pad(images, ((0, 0), (a, a), (b, b)))
    result = p[:, a - down:a - down + H, b - right:b - right + W]

# %% wrong: prints instead of returning
# told: form
def shift(images, down, right):
    N, H, W = images.shape
    a, b = abs(down), abs(right)
    p = np.pad(images, ((0, 0), (a, a), (b, b)))
    print(p[:, a - down:a - down + H, b - right:b - right + W])

# %% wrong: only the rows are moved
# told: moves_rows_only
def shift(images, down, right):
    H = images.shape[1]
    a = abs(down)
    p = np.pad(images, ((0, 0), (a, a), (0, 0)))
    return p[:, a - down:a - down + H]

# %% wrong: only the columns are moved
# told: moves_columns_only
def shift(images, down, right):
    W = images.shape[2]
    b = abs(right)
    p = np.pad(images, ((0, 0), (0, 0), (b, b)))
    return p[:, :, b - right:b - right + W]

# %% wrong: elif between the axes, columns only if there is no move of rows
# told: moves_rows_only
def shift(images, down, right):
    out = np.zeros_like(images)
    if down > 0:
        out[:, down:] = images[:, :-down]
    elif down < 0:
        out[:, :down] = images[:, -down:]
    elif right > 0:
        out[:, :, right:] = images[:, :, :-right]
    elif right < 0:
        out[:, :, :right] = images[:, :, -right:]
    else:
        out = images.copy()
    return out

# %% wrong: shift of 0 in one direction gives zeros
# told: nothing
def shift(images, down, right):
    tmp = np.zeros_like(images)
    if down > 0:
        tmp[:, down:] = images[:, :-down]
    elif down < 0:
        tmp[:, :down] = images[:, -down:]
    out = np.zeros_like(images)
    if right > 0:
        out[:, :, right:] = tmp[:, :, :-right]
    elif right < 0:
        out[:, :, :right] = tmp[:, :, -right:]
    return out

# %% wrong: absolute values, always down and right
# told: ignores_signs
def shift(images, down, right):
    N, H, W = images.shape
    d, r = abs(down), abs(right)
    out = np.zeros_like(images)
    out[:, d:, r:] = images[:, :H - d, :W - r]
    return out

# %% wrong: off by one, moves one pixel too far
# told: nothing
def shift(images, down, right):
    N, H, W = images.shape
    m = max(abs(down), abs(right)) + 1
    p = np.pad(images, ((0, 0), (m, m), (m, m)))
    return p[:, m - down - 1:m - down - 1 + H, m - right - 1:m - right - 1 + W]

# %% wrong: negative shifts with k+1 at the end
# told: nothing
def shift(images, down, right):
    N, H, W = images.shape
    def move(x, k):
        y = np.zeros_like(x)
        if k >= 0:
            y[k:] = x[:len(x) - k]
        else:
            y[:k - 1] = x[-k + 1:]
        return y
    return np.array([move(move(im, down).T, right).T for im in images])

# %% wrong: zeroes one row and one column only
# told: nothing
def shift(images, down, right):
    out = np.roll(images, (down, right), axis=(1, 2))
    if down > 0:
        out[:, 0] = 0
    if down < 0:
        out[:, -1] = 0
    if right > 0:
        out[:, :, 0] = 0
    if right < 0:
        out[:, :, -1] = 0
    return out

# %% wrong: zeroes the edges on the opposite side
# told: nothing
def shift(images, down, right):
    out = np.roll(images, (down, right), axis=(1, 2))
    if down > 0:
        out[:, -down:] = 0
    elif down < 0:
        out[:, :-down] = 0
    if right > 0:
        out[:, :, -right:] = 0
    elif right < 0:
        out[:, :, :-right] = 0
    return out

# %% wrong: zeroes before the roll, wrong pixels are lost
# told: nothing
def shift(images, down, right):
    out = images.copy()
    if down > 0:
        out[:, :down] = 0
    elif down < 0:
        out[:, down:] = 0
    if right > 0:
        out[:, :, :right] = 0
    elif right < 0:
        out[:, :, right:] = 0
    return np.roll(out, (down, right), axis=(1, 2))

# %% wrong: integer result, fractions are lost
# told: relation
def shift(images, down, right):
    N, H, W = images.shape
    out = np.zeros((N, H, W), dtype=int)
    for i in range(H):
        for j in range(W):
            if 0 <= i - down < H and 0 <= j - right < W:
                out[:, i, j] = images[:, i - down, j - right]
    return out

# %% wrong: uint8 result, fractions are lost
# told: relation
def shift(images, down, right):
    N, H, W = images.shape
    a, b = abs(down), abs(right)
    p = np.pad(images.astype("uint8"), ((0, 0), (a, a), (b, b)))
    return p[:, a - down:a - down + H, b - right:b - right + W]

# %% wrong: returns a list flattened to (N, H*W)
# told: nothing
def shift(images, down, right):
    N, H, W = images.shape
    a, b = abs(down), abs(right)
    p = np.pad(images, ((0, 0), (a, a), (b, b)))
    return p[:, a - down:a - down + H, b - right:b - right + W].reshape(N, -1)

# %% wrong: adds an axis for the channel
# told: relation
def shift(images, down, right):
    N, H, W = images.shape
    a, b = abs(down), abs(right)
    p = np.pad(images, ((0, 0), (a, a), (b, b)))
    return p[:, a - down:a - down + H, b - right:b - right + W][..., None]

# %% wrong: returns transposed images
# told: relation
def shift(images, down, right):
    out = []
    for im in images:
        h, w = im.shape
        a, b = abs(down), abs(right)
        p = np.pad(im, ((a, a), (b, b)))
        out.append(p[a - down:a - down + h, b - right:b - right + w].T)
    return np.array(out)

# %% wrong: einsum with the matrices of the opposite direction
# told: goes_the_other_way
def shift(images, down, right):
    H, W = images.shape[1:]
    return np.einsum("ih,nhw,wj->nij", np.eye(H, k=down), images, np.eye(W, k=-right))

# %% wrong: both np.eye with the same sign
# told: changes_argument
def shift(images, down, right):
    H, W = images.shape[1:]
    return np.eye(H, k=-down) @ images @ np.eye(W, k=-right)

# %% wrong: fancy indexing modulo H and W
# told: rolls
def shift(images, down, right):
    N, H, W = images.shape
    rows = (np.arange(H) - down) % H
    cols = (np.arange(W) - right) % W
    return images[:, rows][:, :, cols]

# %% wrong: clipped indices without mask, edge repeated
# told: repeats_the_edge
def shift(images, down, right):
    N, H, W = images.shape
    rows = np.clip(np.arange(H) - down, 0, H - 1)
    cols = np.clip(np.arange(W) - right, 0, W - 1)
    return images[:, rows[:, None], cols]

# %% wrong: scipy with linear order but half the shift
# told: nothing
def shift(images, down, right):
    from scipy.ndimage import shift as nd_shift
    return nd_shift(images.astype(float), (0, down / 2, right / 2), order=1)

# %% wrong: scipy with mode nearest
# told: repeats_the_edge
def shift(images, down, right):
    from scipy import ndimage
    return ndimage.shift(images.astype(float), (0, down, right), order=0, mode="nearest")

# %% wrong: scipy with right before down
# told: exchanges_the_axes
def shift(images, down, right):
    from scipy import ndimage
    return ndimage.shift(images.astype(float), (0, right, down), order=0)

# %% wrong: adds the numbers to the pixel values
# told: nothing
def shift(images, down, right):
    return images + down + right

# %% wrong: one image at a time, but appends the original
# told: stays
def shift(images, down, right):
    out = []
    for im in images:
        h, w = im.shape
        new = np.zeros_like(im)
        for i in range(h):
            for j in range(w):
                if 0 <= i - down < h and 0 <= j - right < w:
                    new[i, j] = im[i - down, j - right]
        out.append(im)
    return np.array(out)

# %% wrong: shifts larger than the image wrap or raise
# told: nothing
def shift(images, down, right):
    tmp = np.roll(images, (down, right), axis=(1, 2))
    N, H, W = images.shape
    down, right = down % H if down > 0 else -(-down % H), right % W if right > 0 else -(-right % W)
    if down > 0:
        tmp[:, :down] = 0
    elif down < 0:
        tmp[:, down:] = 0
    if right > 0:
        tmp[:, :, :right] = 0
    elif right < 0:
        tmp[:, :, right:] = 0
    return tmp

# %% wrong: slices from max and min without care for shifts beyond the image
# told: error
def shift(images, down, right):
    N, H, W = images.shape
    out = np.zeros_like(images)
    out[:, max(0, down):H + min(0, down), max(0, right):W + min(0, right)] = \
        images[:, max(0, -down):H - max(0, down), max(0, -right):W - max(0, right)]
    return out

# %% wrong: assigns through chained fancy indexing, nothing is written
# told: loses_everything
def shift(images, down, right):
    N, H, W = images.shape
    out = np.zeros_like(images)
    r = np.array([i for i in range(H) if 0 <= i - down < H], dtype=int)
    c = np.array([j for j in range(W) if 0 <= j - right < W], dtype=int)
    out[:, r][:, :, c] = images[:, r - down][:, :, c - right]
    return out

# %% wrong: paired indices instead of a grid
# told: nothing
def shift(images, down, right):
    N, H, W = images.shape
    out = np.zeros_like(images)
    r = np.array([i for i in range(H) if 0 <= i - down < H], dtype=int)
    c = np.array([j for j in range(W) if 0 <= j - right < W], dtype=int)
    k = min(len(r), len(c))
    out[:, r[:k], c[:k]] = images[:, r[:k] - down, c[:k] - right]
    return out
