# %% right: factor at most 1 by min, zero norm guarded
def clip_gradients(gradients, largest):
    norm = np.sqrt(sum(np.sum(g**2) for g in gradients))
    if norm == 0:
        return list(gradients)
    factor = min(1.0, largest / norm)
    return [factor * g for g in gradients]

# %% right: if the norm is larger, scaled, else as they are
def clip_gradients(gradients, largest):
    norm = np.sqrt(sum(np.sum(g**2) for g in gradients))
    if norm > largest:
        return [g * largest / norm for g in gradients]
    return list(gradients)

# %% right: the list itself is returned if the norm is not larger
def clip_gradients(gradients, largest):
    norm = np.sqrt(sum(np.sum(g**2) for g in gradients))
    if norm <= largest:
        return gradients
    scale = largest / norm
    return [scale * gradient for gradient in gradients]

# %% right: one flat vector and np.linalg.norm
def clip_gradients(gradients, largest):
    flat = np.concatenate([np.ravel(g) for g in gradients])
    norm = np.linalg.norm(flat)
    scale = largest / norm if norm > largest else 1.0
    return [scale * g for g in gradients]

# %% right: norm of the norms of the arrays
def clip_gradients(gradients, largest):
    norm = np.linalg.norm([np.linalg.norm(g) for g in gradients])
    return [g / max(1.0, norm / largest) for g in gradients]

# %% right: denominator max(norm, largest)
def clip_gradients(gradients, largest):
    norm = np.sqrt(sum(np.sum(g**2) for g in gradients))
    return [g * (largest / max(norm, largest)) for g in gradients]

# %% right: loops with append
def clip_gradients(gradients, largest):
    total = 0.0
    for g in gradients:
        total += (g**2).sum()
    norm = total**0.5
    clipped = []
    for g in gradients:
        if norm > largest:
            clipped.append(g * (largest / norm))
        else:
            clipped.append(g.copy())
    return clipped

# %% right: number by number, math.sqrt
def clip_gradients(gradients, largest):
    import math

    total = 0.0
    for array in gradients:
        for number in array.flat:
            total += float(number) ** 2
    norm = math.sqrt(total)
    factor = 1.0 if norm <= largest else largest / norm
    return [factor * array for array in gradients]

# %% right: math.hypot of all numbers
def clip_gradients(gradients, largest):
    import math

    norm = math.hypot(*(float(x) for g in gradients for x in g.ravel()))
    return [g * largest / norm if norm > largest else g for g in gradients]

# %% right: np.vdot for each array
def clip_gradients(gradients, largest):
    norm = np.sqrt(np.sum([np.vdot(g, g) for g in gradients]))
    with np.errstate(divide="ignore"):
        factor = np.minimum(1.0, largest / norm)
    return [factor * g for g in gradients]

# %% right: flattened, scaled, and split again
def clip_gradients(gradients, largest):
    flat = np.concatenate([g.ravel() for g in gradients])
    norm = np.sqrt(flat @ flat)
    if norm > largest:
        flat = flat * (largest / norm)
    ends = np.cumsum([g.size for g in gradients])[:-1]
    return [part.reshape(g.shape) for part, g in zip(np.split(flat, ends), gradients)]

# %% right: squares compared, root only if needed
def clip_gradients(gradients, largest):
    square = sum(float((g * g).sum()) for g in gradients)
    if square <= largest**2:
        return [g.copy() for g in gradients]
    return [g * (largest / square**0.5) for g in gradients]

# %% right: map and lambda
def clip_gradients(gradients, largest):
    norm = np.sqrt(sum(np.sum(g**2) for g in gradients))
    factor = largest / norm if norm > largest else 1
    return list(map(lambda g: factor * g, gradients))

# %% right: the factor by np.where, zero norm guarded
def clip_gradients(gradients, largest):
    norm = np.sqrt(np.sum([np.sum(np.square(g)) for g in gradients]))
    factor = np.where(norm > largest, largest / np.where(norm == 0, 1, norm), 1.0)
    return [g * factor for g in gradients]

# %% right: a helper for the global norm
def global_norm(arrays):
    return np.sqrt(sum((a**2).sum() for a in arrays))


def clip_gradients(gradients, largest):
    norm = global_norm(gradients)
    if norm > largest:
        gradients = [a * (largest / norm) for a in gradients]
    return gradients

# %% right: np.einsum over all axes
def clip_gradients(gradients, largest):
    norm = np.sqrt(sum(np.einsum("i,i->", g.ravel(), g.ravel()) for g in gradients))
    return [g if norm <= largest else np.multiply(g, largest / norm) for g in gradients]

# %% right: deep copy that is scaled in place
def clip_gradients(gradients, largest):
    import copy

    clipped = copy.deepcopy(gradients)
    norm = np.sqrt(sum(np.sum(g * g) for g in clipped))
    if norm > largest:
        for g in clipped:
            g *= largest / norm
    return clipped

# %% right: functools.reduce for the sum
def clip_gradients(gradients, largest):
    from functools import reduce

    total = reduce(lambda so_far, g: so_far + np.sum(np.square(g)), gradients, 0.0)
    factor = largest / max(np.sqrt(total), largest)
    return [np.multiply(g, factor) for g in gradients]

# %% right: Keras ops for the sums, NumPy for the scaling
def clip_gradients(gradients, largest):
    total = sum(float(keras.ops.sum(keras.ops.square(keras.ops.convert_to_tensor(g, "float64")))) for g in gradients)
    norm = total**0.5
    return [g * (largest / norm) if norm > largest else g for g in gradients]

# %% right: one expression, a lambda
clip_gradients = lambda gradients, largest: [
    g * largest / max(largest, sum((h**2).sum() for h in gradients) ** 0.5) for g in gradients
]

# %% wrong: always scaled, also if the norm is smaller
# told: always_scales
def clip_gradients(gradients, largest):
    norm = np.sqrt(sum(np.sum(g**2) for g in gradients))
    return [g * largest / norm for g in gradients]

# %% wrong: each array is clipped by its own norm
# told: clips_each_array
def clip_gradients(gradients, largest):
    clipped = []
    for g in gradients:
        norm = np.linalg.norm(g)
        clipped.append(g * largest / norm if norm > largest else g)
    return clipped

# %% wrong: each number is clipped (np.clip), the direction changes
# told: clips_each_number
def clip_gradients(gradients, largest):
    return [np.clip(g, -largest, largest) for g in gradients]

# %% wrong: numbers clipped from above only
# told: nothing
def clip_gradients(gradients, largest):
    return [np.minimum(g, largest) for g in gradients]

# %% wrong: the root is missing: sum of squares instead of norm
# told: forgets_the_root
def clip_gradients(gradients, largest):
    norm = sum(np.sum(g**2) for g in gradients)
    return [g * largest / norm if norm > largest else g for g in gradients]

# %% wrong: the squares are missing: root of the sum
# told: forgets_to_square
def clip_gradients(gradients, largest):
    norm = np.sqrt(np.abs(sum(np.sum(g) for g in gradients)))
    return [g * largest / norm if norm > largest else g for g in gradients]

# %% wrong: sum of absolute values
# told: adds_up_sizes
def clip_gradients(gradients, largest):
    norm = sum(np.sum(np.abs(g)) for g in gradients)
    return [g * largest / norm if norm > largest else g for g in gradients]

# %% wrong: largest absolute value instead of the norm
# told: takes_the_largest_number
def clip_gradients(gradients, largest):
    norm = max(np.max(np.abs(g)) for g in gradients)
    return [g * largest / norm if norm > largest else g for g in gradients]

# %% wrong: mean of the squares instead of their sum
# told: nothing
def clip_gradients(gradients, largest):
    flat = np.concatenate([g.ravel() for g in gradients])
    norm = np.sqrt(np.mean(flat**2))
    return [g * largest / norm if norm > largest else g for g in gradients]

# %% wrong: sum of the norms of the arrays
# told: adds_up_norms
def clip_gradients(gradients, largest):
    norm = sum(np.linalg.norm(g) for g in gradients)
    return [g * largest / norm if norm > largest else g for g in gradients]

# %% wrong: largest of the norms of the arrays
# told: takes_the_largest_norm
def clip_gradients(gradients, largest):
    norm = max(np.linalg.norm(g) for g in gradients)
    return [g * largest / norm if norm > largest else g for g in gradients]

# %% wrong: mean of the norms of the arrays
# told: averages_norms
def clip_gradients(gradients, largest):
    norm = np.mean([np.linalg.norm(g) for g in gradients])
    return [g * largest / norm if norm > largest else g for g in gradients]

# %% wrong: only the first array counts for the norm
# told: counts_the_first_array_only
def clip_gradients(gradients, largest):
    norm = np.linalg.norm(gradients[0])
    return [g * largest / norm if norm > largest else g for g in gradients]

# %% wrong: only the last array counts for the norm, overwritten in the loop
# told: nothing
def clip_gradients(gradients, largest):
    for g in gradients:
        norm = np.sqrt(np.sum(g**2))
    factor = min(1.0, largest / max(norm, 1e-300))
    return [factor * g for g in gradients]

# %% wrong: condition the wrong way round: small ones are enlarged, large ones left
# told: enlarges_small_ones
def clip_gradients(gradients, largest):
    norm = np.sqrt(sum(np.sum(g**2) for g in gradients))
    if norm < largest:
        return [g * largest / max(norm, 1e-300) for g in gradients]
    return list(gradients)

# %% wrong: max instead of min: never made smaller
# told: enlarges_small_ones
def clip_gradients(gradients, largest):
    norm = np.sqrt(sum(np.sum(g**2) for g in gradients))
    factor = max(1.0, largest / max(norm, 1e-300))
    return [factor * g for g in gradients]

# %% wrong: factor upside down, norm / largest
# told: turns_the_factor_round
def clip_gradients(gradients, largest):
    norm = np.sqrt(sum(np.sum(g**2) for g in gradients))
    return [g * norm / largest if norm > largest else g for g in gradients]

# %% wrong: divided by the norm and not multiplied by largest: unit length
# told: divides_by_the_norm
def clip_gradients(gradients, largest):
    norm = np.sqrt(sum(np.sum(g**2) for g in gradients))
    return [g / norm if norm > largest else g for g in gradients]

# %% wrong: divided by largest
# told: divides_by_largest
def clip_gradients(gradients, largest):
    norm = np.sqrt(sum(np.sum(g**2) for g in gradients))
    return [g / largest if norm > largest else g for g in gradients]

# %% wrong: multiplied by largest
# told: multiplies_by_largest
def clip_gradients(gradients, largest):
    norm = np.sqrt(sum(np.sum(g**2) for g in gradients))
    return [g * largest if norm > largest else g for g in gradients]

# %% wrong: largest fixed at 1
# told: nothing
def clip_gradients(gradients, largest):
    norm = np.sqrt(sum(np.sum(g**2) for g in gradients))
    return [g / norm if norm > 1.0 else g for g in gradients]

# %% wrong: condition compares with 1 instead of largest
# told: compares_with_one
def clip_gradients(gradients, largest):
    norm = np.sqrt(sum(np.sum(g**2) for g in gradients))
    return [g * largest / norm if norm > 1 else g for g in gradients]

# %% wrong: the norm is subtracted down to largest from each number
# told: nothing
def clip_gradients(gradients, largest):
    norm = np.sqrt(sum(np.sum(g**2) for g in gradients))
    return [g - (norm - largest) if norm > largest else g for g in gradients]

# %% wrong: too large a norm: the gradients are thrown away, zeros
# told: throws_away
def clip_gradients(gradients, largest):
    norm = np.sqrt(sum(np.sum(g**2) for g in gradients))
    return [np.zeros_like(g) if norm > largest else g for g in gradients]

# %% wrong: returns one flat array instead of a list of shapes
# told: nothing
def clip_gradients(gradients, largest):
    flat = np.concatenate([g.ravel() for g in gradients])
    norm = np.linalg.norm(flat)
    return flat * min(1.0, largest / norm)

# %% wrong: shapes lost: a list of flat arrays
# told: nothing
def clip_gradients(gradients, largest):
    norm = np.sqrt(sum(np.sum(g**2) for g in gradients))
    return [(g * min(1.0, largest / norm)).ravel() for g in gradients]

# %% wrong: returns the list of the numbers
# told: nothing
def clip_gradients(gradients, largest):
    norm = np.sqrt(sum(np.sum(g**2) for g in gradients))
    return [x * min(1.0, largest / norm) for g in gradients for x in g.ravel()]

# %% wrong: returns the factor only
# told: nothing
def clip_gradients(gradients, largest):
    norm = np.sqrt(sum(np.sum(g**2) for g in gradients))
    return min(1.0, largest / norm)

# %% wrong: returns the norm
# told: nothing
def clip_gradients(gradients, largest):
    return np.sqrt(sum(np.sum(g**2) for g in gradients))

# %% wrong: returns a pair of the list and the norm
# told: nothing
def clip_gradients(gradients, largest):
    norm = np.sqrt(sum(np.sum(g**2) for g in gradients))
    return [g * min(1.0, largest / norm) for g in gradients], norm

# %% wrong: nothing is returned
# told: nothing
def clip_gradients(gradients, largest):
    norm = np.sqrt(sum(np.sum(g**2) for g in gradients))
    [g * min(1.0, largest / norm) for g in gradients]

# %% wrong: only returns something if the norm is larger, else None
# told: nothing
def clip_gradients(gradients, largest):
    norm = np.sqrt(sum(np.sum(g**2) for g in gradients))
    if norm > largest:
        return [g * largest / norm for g in gradients]

# %% wrong: new arrays are made in the loop and thrown away: the list comes back as it was
# told: never_clips
def clip_gradients(gradients, largest):
    norm = np.sqrt(sum(np.sum(g**2) for g in gradients))
    for g in gradients:
        if norm > largest:
            g = g * largest / norm
    return gradients

# %% wrong: return inside the loop, so only the first array comes back
# told: nothing
def clip_gradients(gradients, largest):
    norm = np.sqrt(sum(np.sum(g**2) for g in gradients))
    clipped = []
    for g in gradients:
        clipped.append(g * largest / norm if norm > largest else g)
        return clipped

# %% wrong: divides by norm + 1, to avoid zero
# told: adds_one_to_the_norm
def clip_gradients(gradients, largest):
    norm = np.sqrt(sum(np.sum(g**2) for g in gradients))
    return [g * largest / (norm + 1) if norm > largest else g for g in gradients]

# %% wrong: factor largest / norm squared
# told: squares_the_factor
def clip_gradients(gradients, largest):
    norm = np.sqrt(sum(np.sum(g**2) for g in gradients))
    return [g * (largest / norm) ** 2 if norm > largest else g for g in gradients]

# %% wrong: root of the factor
# told: takes_the_root_of_the_factor
def clip_gradients(gradients, largest):
    norm = np.sqrt(sum(np.sum(g**2) for g in gradients))
    return [g * np.sqrt(largest / norm) if norm > largest else g for g in gradients]

# %% wrong: absolute values: the signs are lost
# told: loses_the_signs
def clip_gradients(gradients, largest):
    norm = np.sqrt(sum(np.sum(g**2) for g in gradients))
    return [np.abs(g) * min(1.0, largest / norm) for g in gradients]

# %% wrong: minus sign, the direction is turned round
# told: turns_round
def clip_gradients(gradients, largest):
    norm = np.sqrt(sum(np.sum(g**2) for g in gradients))
    return [-g * min(1.0, largest / norm) for g in gradients]

# %% wrong: rounded to one digit, fits the example only
# told: nothing
def clip_gradients(gradients, largest):
    norm = np.sqrt(sum(np.sum(g**2) for g in gradients))
    return [np.round(g * min(1.0, largest / norm), 1) for g in gradients]

# %% wrong: whole numbers: // in the factor
# told: throws_away
def clip_gradients(gradients, largest):
    norm = np.sqrt(sum(np.sum(g**2) for g in gradients))
    return [g * (largest // norm) if norm > largest else g for g in gradients]

# %% wrong: the constant arrays of the example
# told: nothing
def clip_gradients(gradients, largest):
    return [np.array([0.6]), np.array([[0.8]])]

# %% wrong: np.array(gradients), raises ValueError for arrays of different shapes
# told: error
def clip_gradients(gradients, largest):
    all_of_them = np.array(gradients)
    norm = np.sqrt(np.sum(all_of_them**2))
    return list(all_of_them * min(1.0, largest / norm))

# %% wrong: np.concatenate without flattening, raises ValueError for arrays of different dimensions
# told: error
def clip_gradients(gradients, largest):
    norm = np.linalg.norm(np.concatenate(gradients))
    return [g * min(1.0, largest / norm) for g in gradients]

# %% wrong: list squared, raises TypeError
# told: error
def clip_gradients(gradients, largest):
    norm = np.sqrt(np.sum(gradients**2))
    return [g * largest / norm for g in gradients]

# %% wrong: list times number, raises TypeError
# told: error
def clip_gradients(gradients, largest):
    norm = np.sqrt(sum(np.sum(g**2) for g in gradients))
    return gradients * min(1.0, largest / norm)

# %% wrong: Python's sum over a matrix, the norm is an array and the comparison raises ValueError
# told: error
def clip_gradients(gradients, largest):
    norm = np.sqrt(sum(sum(g**2) for g in gradients))
    if norm > largest:
        return [g * largest / norm for g in gradients]
    return list(gradients)

# %% wrong: np.linalg.norm with ord=2, which is the largest singular value of a matrix, and raises for more than two dimensions
# told: nothing
def clip_gradients(gradients, largest):
    norm = np.sqrt(sum(np.linalg.norm(np.atleast_2d(g), ord=2) ** 2 for g in gradients))
    return [g * largest / norm if norm > largest else g for g in gradients]

# %% wrong: rows of matrices clipped, each for itself
# told: nothing
def clip_gradients(gradients, largest):
    clipped = []
    for g in gradients:
        norm = np.linalg.norm(g, axis=-1, keepdims=True)
        clipped.append(g * np.minimum(1.0, largest / np.maximum(norm, 1e-300)))
    return clipped

# %% wrong: arrays whose own norm is small enough are left, the others scaled by the global one
# told: nothing
def clip_gradients(gradients, largest):
    norm = np.sqrt(sum(np.sum(g**2) for g in gradients))
    return [g * largest / norm if np.linalg.norm(g) > largest else g for g in gradients]

# %% wrong: largest shared out evenly: each array may have largest / √n
# told: nothing
def clip_gradients(gradients, largest):
    share = largest / np.sqrt(len(gradients))
    return [g * min(1.0, share / max(np.linalg.norm(g), 1e-300)) for g in gradients]

# %% wrong: two mistakes: each array by its own norm, and always scaled
# told: nothing
def clip_gradients(gradients, largest):
    return [g * largest / np.linalg.norm(g) for g in gradients]

# %% wrong: two mistakes: no root, and always scaled
# told: nothing
def clip_gradients(gradients, largest):
    total = sum(np.sum(g**2) for g in gradients)
    return [g * largest / total for g in gradients]

# %% wrong: two mistakes: always scaled, to unit length
# told: nothing
def clip_gradients(gradients, largest):
    norm = np.sqrt(sum(np.sum(g**2) for g in gradients))
    return [g / norm for g in gradients]

# %% wrong: the norm is taken again after each array has been replaced in a copy of the list
# told: nothing
def clip_gradients(gradients, largest):
    clipped = list(gradients)
    for i in range(len(clipped)):
        norm = np.sqrt(sum(np.sum(g**2) for g in clipped))
        if norm > largest:
            clipped[i] = clipped[i] * largest / norm
    return clipped
