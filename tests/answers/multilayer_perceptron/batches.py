# %% right: permutation of row numbers, slices of it
def batches(x, labels, batch_size, rng):
    order = rng.permutation(len(x))
    for start in range(0, len(x), batch_size):
        rows = order[start : start + batch_size]
        yield x[rows], labels[rows]

# %% right: shuffles an arange in place and counts up in a while loop
def batches(x, labels, batch_size, rng):
    indices = np.arange(x.shape[0])
    rng.shuffle(indices)
    i = 0
    while i < len(indices):
        chunk = indices[i:i + batch_size]
        yield x[chunk], labels[chunk]
        i += batch_size

# %% right: copies both in the new order first, then yields slices
def batches(x, labels, batch_size, rng):
    perm = rng.permutation(len(labels))
    x_shuffled, labels_shuffled = x[perm], labels[perm]
    for i in range(0, len(labels), batch_size):
        yield x_shuffled[i:i + batch_size], labels_shuffled[i:i + batch_size]

# %% right: order by argsort of random numbers
def batches(x, labels, batch_size, rng):
    order = np.argsort(rng.random(len(x)))
    n_batches = -(-len(x) // batch_size)
    for b in range(n_batches):
        rows = order[b * batch_size:(b + 1) * batch_size]
        yield x[rows], labels[rows]

# %% right: rng.choice without replacement over all rows, math.ceil for the number of batches
import math
def batches(x, labels, batch_size, rng):
    n = len(x)
    order = rng.choice(n, size=n, replace=False)
    for k in range(math.ceil(n / batch_size)):
        lo, hi = k * batch_size, min((k + 1) * batch_size, n)
        yield x[order[lo:hi]], labels[order[lo:hi]]

# %% right: returns a generator expression instead of using yield
def batches(x, labels, batch_size, rng):
    order = rng.permutation(len(x))
    return ((x[order[i:i + batch_size]], labels[order[i:i + batch_size]])
            for i in range(0, len(x), batch_size))

# %% right: np.split at the multiples of batch_size
def batches(x, labels, batch_size, rng):
    order = rng.permutation(len(x))
    cuts = np.arange(batch_size, len(x), batch_size)
    for rows in np.split(order, cuts):
        if len(rows):
            yield x[rows], labels[rows]

# %% right: a generator function with yield from and map
def batches(x, labels, batch_size, rng):
    order = rng.permutation(len(x))
    starts = range(0, len(x), batch_size)
    yield from map(lambda s: (x[order[s:s + batch_size]], labels[order[s:s + batch_size]]), starts)

# %% right: list of row numbers consumed by islice of an iterator
from itertools import islice
def batches(x, labels, batch_size, rng):
    it = iter(rng.permutation(len(x)).tolist())
    while rows := list(islice(it, batch_size)):
        yield x[rows], labels[rows]

# %% right: returns a list of pairs, all batches made at once
def batches(x, labels, batch_size, rng):
    order = rng.permutation(len(x))
    out = []
    for i in range(0, len(x), batch_size):
        idx = order[i:i + batch_size]
        out.append((x[idx], labels[idx]))
    return out

# %% right: a class with __iter__, drawing the order when it is made
class batches:
    def __init__(self, x, labels, batch_size, rng):
        self.x, self.labels, self.size = x, labels, batch_size
        self.order = rng.permutation(len(x))

    def __iter__(self):
        for i in range(0, len(self.order), self.size):
            rows = self.order[i:i + self.size]
            yield self.x[rows], self.labels[rows]

# %% right: np.take along axis 0, and pops row numbers off a list
def batches(x, labels, batch_size, rng):
    left = list(rng.permutation(len(labels)))
    while left:
        rows, left = left[:batch_size], left[batch_size:]
        yield np.take(x, rows, axis=0), np.take(labels, rows, axis=0)

# %% right: shuffles copies of both with two generators of the same seed, which it draws from rng
def batches(x, labels, batch_size, rng):
    seed = int(rng.integers(2**31))
    xs, ys = x.copy(), labels.copy()
    np.random.default_rng(seed).shuffle(xs, axis=0)
    np.random.default_rng(seed).shuffle(ys)
    for i in range(0, len(xs), batch_size):
        yield xs[i:i + batch_size], ys[i:i + batch_size]

# %% right: zips the rows, shuffles the list of pairs, stacks each batch
def batches(x, labels, batch_size, rng):
    pairs = list(zip(x, labels, strict=True))
    order = rng.permutation(len(pairs))
    for i in range(0, len(pairs), batch_size):
        xs, ys = zip(*[pairs[j] for j in order[i:i + batch_size]], strict=True)
        yield np.stack(xs), np.array(ys)

# %% right: collects row by row and yields when the batch is full, then the rest
def batches(x, labels, batch_size, rng):
    rows = []
    for row in rng.permutation(len(x)):
        rows.append(row)
        if len(rows) == batch_size:
            yield x[rows], labels[rows]
            rows = []
    if rows:
        yield x[rows], labels[rows]

# %% right: recursion over what is left, with a Fisher-Yates shuffle by hand
def batches(x, labels, batch_size, rng):
    order = list(range(len(x)))
    for i in range(len(order) - 1, 0, -1):
        j = int(rng.integers(0, i + 1))
        order[i], order[j] = order[j], order[i]

    def rest(rows):
        if rows:
            yield x[rows[:batch_size]], labels[rows[:batch_size]]
            yield from rest(rows[batch_size:])

    yield from rest(order)

# %% right: sklearn.utils.shuffle with a seed drawn from rng
from sklearn.utils import shuffle, gen_batches
def batches(x, labels, batch_size, rng):
    xs, ys = shuffle(x, labels, random_state=int(rng.integers(0, 2**31 - 1)))
    for part in gen_batches(len(xs), batch_size):
        yield xs[part], ys[part]

# %% right: itertools.batched-like zip, yields lists [x, labels] instead of tuples
def batches(x, labels, batch_size, rng):
    order = rng.permuted(np.arange(len(x)))
    for i in range(0, len(order), batch_size):
        sel = order[i:i + batch_size]
        yield [x[sel], labels[sel]]

# %% wrong: no shuffling, rows in their original order
# told: keeps_the_order
def batches(x, labels, batch_size, rng):
    for start in range(0, len(x), batch_size):
        yield x[start:start + batch_size], labels[start:start + batch_size]

# %% wrong: shuffles x and labels with two different permutations, so labels no longer belong to their images
# told: tears_pairs_apart
def batches(x, labels, batch_size, rng):
    xs = x[rng.permutation(len(x))]
    ys = labels[rng.permutation(len(labels))]
    for i in range(0, len(x), batch_size):
        yield xs[i:i + batch_size], ys[i:i + batch_size]

# %% wrong: shuffles x only, labels stay in the old order
# told: tears_pairs_apart
def batches(x, labels, batch_size, rng):
    order = rng.permutation(len(x))
    for i in range(0, len(x), batch_size):
        yield x[order[i:i + batch_size]], labels[i:i + batch_size]

# %% wrong: shuffles the labels only, x stays in the old order
# told: tears_pairs_apart
def batches(x, labels, batch_size, rng):
    order = rng.permutation(len(x))
    for i in range(0, len(x), batch_size):
        yield x[i:i + batch_size], labels[order[i:i + batch_size]]

# %% wrong: drops the last, smaller batch
# told: loses_the_last_batch
def batches(x, labels, batch_size, rng):
    order = rng.permutation(len(x))
    for b in range(len(x) // batch_size):
        rows = order[b * batch_size:(b + 1) * batch_size]
        yield x[rows], labels[rows]

# %% wrong: draws each batch at random with replacement, so that rows come several times or never
# told: repeats_rows
def batches(x, labels, batch_size, rng):
    for _ in range(0, len(x), batch_size):
        rows = rng.integers(0, len(x), size=batch_size)
        yield x[rows], labels[rows]

# %% wrong: shuffles x and labels themselves in place (with equal seeds): right batches, but overwrites its inputs
# told: overwrites
def batches(x, labels, batch_size, rng):
    seed = int(rng.integers(2**31))
    np.random.default_rng(seed).shuffle(x)
    np.random.default_rng(seed).shuffle(labels)
    for i in range(0, len(x), batch_size):
        yield x[i:i + batch_size], labels[i:i + batch_size]

# %% wrong: rng.shuffle(x) and rng.shuffle(labels): overwrites both inputs, and in two different orders
# told: tears_pairs_apart
def batches(x, labels, batch_size, rng):
    rng.shuffle(x)
    rng.shuffle(labels)
    for i in range(0, len(x), batch_size):
        yield x[i:i + batch_size], labels[i:i + batch_size]

# %% wrong: ignores rng and uses the global np.random, so the order does not depend on the given generator
# told: ignores_rng
def batches(x, labels, batch_size, rng):
    order = np.random.permutation(len(x))
    for i in range(0, len(x), batch_size):
        yield x[order[i:i + batch_size]], labels[order[i:i + batch_size]]

# %% wrong: makes its own generator with a fixed seed inside, so every epoch has the same order
# told: repeats_the_order
def batches(x, labels, batch_size, rng):
    rng = np.random.default_rng(0)
    order = rng.permutation(len(x))
    for i in range(0, len(x), batch_size):
        yield x[order[i:i + batch_size]], labels[order[i:i + batch_size]]

# %% wrong: return inside the loop instead of yield, gives the first batch only as one pair
# told: yields_one_batch
def batches(x, labels, batch_size, rng):
    order = rng.permutation(len(x))
    for i in range(0, len(x), batch_size):
        rows = order[i:i + batch_size]
        return x[rows], labels[rows]

# %% wrong: yields labels first and x second (pair in the wrong order)
# told: mixes_up_the_two
def batches(x, labels, batch_size, rng):
    order = rng.permutation(len(x))
    for i in range(0, len(x), batch_size):
        rows = order[i:i + batch_size]
        yield labels[rows], x[rows]

# %% wrong: shuffles only the order of the batches, within a batch the rows stay neighbours
# told: shuffles_batches_only
def batches(x, labels, batch_size, rng):
    starts = np.arange(0, len(x), batch_size)
    for start in rng.permutation(starts):
        yield x[start:start + batch_size], labels[start:start + batch_size]

# %% wrong: shuffles only within each batch, each batch always holds the same rows
# told: shuffles_batches_only
def batches(x, labels, batch_size, rng):
    for start in range(0, len(x), batch_size):
        rows = start + rng.permutation(min(batch_size, len(x) - start))
        yield x[rows], labels[rows]

# %% wrong: steps by 1 instead of batch_size, so batches overlap and rows come many times
# told: overlaps
def batches(x, labels, batch_size, rng):
    order = rng.permutation(len(x))
    for i in range(len(x)):
        rows = order[i:i + batch_size]
        yield x[rows], labels[rows]

# %% wrong: slice end is batch_size instead of start + batch_size, only the first batch has rows
# told: loses_rows
def batches(x, labels, batch_size, rng):
    order = rng.permutation(len(x))
    for i in range(0, len(x), batch_size):
        rows = order[i:batch_size]
        yield x[rows], labels[rows]

# %% wrong: off by one in the slice, the last row of each batch is left out
# told: loses_rows
def batches(x, labels, batch_size, rng):
    order = rng.permutation(len(x))
    for i in range(0, len(x), batch_size):
        rows = order[i:i + batch_size - 1]
        yield x[rows], labels[rows]

# %% wrong: one row too many in each batch, overlapping by one row
# told: overlaps
def batches(x, labels, batch_size, rng):
    order = rng.permutation(len(x))
    for i in range(0, len(x), batch_size):
        rows = order[i:i + batch_size + 1]
        yield x[rows], labels[rows]

# %% wrong: np.array_split with batch_size as the number of parts, gives batch_size batches
# told: takes_batches_for_rows
def batches(x, labels, batch_size, rng):
    order = rng.permutation(len(x))
    for rows in np.array_split(order, batch_size):
        yield x[rows], labels[rows]

# %% wrong: np.array_split into the right number of equal parts, so batches are not batch_size rows but evenly smaller
# told: has_other_sizes
def batches(x, labels, batch_size, rng):
    order = rng.permutation(len(x))
    for rows in np.array_split(order, -(-len(x) // batch_size)):
        yield x[rows], labels[rows]

# %% wrong: fills up the last batch with rows from the beginning, which come twice
# told: fills_up_the_last_batch
def batches(x, labels, batch_size, rng):
    order = rng.permutation(len(x))
    for i in range(0, len(x), batch_size):
        rows = np.arange(i, i + batch_size) % len(x)
        yield x[order[rows]], labels[order[rows]]

# %% wrong: yields the row numbers, not the rows
# told: changes_the_shape
def batches(x, labels, batch_size, rng):
    order = rng.permutation(len(x))
    for i in range(0, len(x), batch_size):
        yield order[i:i + batch_size], order[i:i + batch_size]

# %% wrong: prints the shapes of the batches instead of yielding, returns None
# told: form
def batches(x, labels, batch_size, rng):
    order = rng.permutation(len(x))
    for i in range(0, len(x), batch_size):
        rows = order[i:i + batch_size]
        print(x[rows].shape, labels[rows].shape)

# %% wrong: yields one example at a time instead of batches of batch_size
# told: yields_single_rows
def batches(x, labels, batch_size, rng):
    for row in rng.permutation(len(x)):
        yield x[row], labels[row]

# %% wrong: batch size fixed at 32, ignores batch_size
# told: takes_all_at_once
def batches(x, labels, batch_size, rng):
    order = rng.permutation(len(x))
    for i in range(0, len(x), 32):
        yield x[order[i:i + 32]], labels[order[i:i + 32]]

# %% wrong: two mistakes, never shuffles and drops the last smaller batch
# told: loses_the_last_batch
def batches(x, labels, batch_size, rng):
    for b in range(len(x) // batch_size):
        yield x[b * batch_size:(b + 1) * batch_size], labels[b * batch_size:(b + 1) * batch_size]

# %% wrong: a new permutation in each round of the loop, so some rows come twice and others never
# told: repeats_rows
def batches(x, labels, batch_size, rng):
    for i in range(0, len(x), batch_size):
        order = rng.permutation(len(x))
        rows = order[i:i + batch_size]
        yield x[rows], labels[rows]

# %% wrong: endless, starts again with a new order after each epoch
# told: time_is_up
def batches(x, labels, batch_size, rng):
    while True:
        order = rng.permutation(len(x))
        for i in range(0, len(x), batch_size):
            yield x[order[i:i + batch_size]], labels[order[i:i + batch_size]]

# %% wrong: flattens the images of the batch to (B, D) instead of keeping their shape
# told: changes_the_shape
def batches(x, labels, batch_size, rng):
    order = rng.permutation(len(x))
    for i in range(0, len(x), batch_size):
        rows = order[i:i + batch_size]
        yield x[rows].reshape(len(rows), -1), labels[rows]

# %% wrong: labels come as a column (B, 1) instead of (B,)
# told: changes_the_shape
def batches(x, labels, batch_size, rng):
    order = rng.permutation(len(x))
    for i in range(0, len(x), batch_size):
        rows = order[i:i + batch_size]
        yield x[rows], labels[rows].reshape(-1, 1)

# %% wrong: permutes np.arange(batch_size) instead of all rows, only the first batch_size rows ever come, again and again
# told: repeats_the_first_rows
def batches(x, labels, batch_size, rng):
    for i in range(0, len(x), batch_size):
        rows = rng.permutation(batch_size)
        yield x[rows], labels[rows]

# %% wrong: two mistakes, two different permutations for x and labels, and the last smaller batch is dropped
# told: tears_pairs_apart
def batches(x, labels, batch_size, rng):
    xs, ys = rng.permutation(x), rng.permutation(labels)
    for b in range(len(x) // batch_size):
        yield xs[b * batch_size:(b + 1) * batch_size], ys[b * batch_size:(b + 1) * batch_size]

# %% wrong: yields an additional empty batch at the end when batch_size divides the number of rows
# told: ends_with_an_empty_batch
def batches(x, labels, batch_size, rng):
    order = rng.permutation(len(x))
    for b in range(len(x) // batch_size + 1):
        rows = order[b * batch_size:(b + 1) * batch_size]
        yield x[rows], labels[rows]

# %% wrong: off by one at the end, stops at len(x) - 1, so a last batch of a single row is lost
# told: loses_the_last_batch
def batches(x, labels, batch_size, rng):
    order = rng.permutation(len(x))
    for i in range(0, len(x) - 1, batch_size):
        rows = order[i:i + batch_size]
        yield x[rows], labels[rows]

# %% wrong: rng.shuffle returns None, order is None: raises a TypeError
# told: error
def batches(x, labels, batch_size, rng):
    order = rng.shuffle(np.arange(len(x)))
    for i in range(0, len(x), batch_size):
        yield x[order[i:i + batch_size]], labels[order[i:i + batch_size]]

# %% wrong: yields images only, without labels
# told: form
def batches(x, labels, batch_size, rng):
    order = rng.permutation(len(x))
    for i in range(0, len(x), batch_size):
        yield x[order[i:i + batch_size]]

# %% wrong: keeps the order in a global from the first call on, so each later epoch has the same order (and another data set the wrong rows)
# told: repeats_the_order
_order = None
def batches(x, labels, batch_size, rng):
    global _order
    if _order is None:
        _order = rng.permutation(len(x))
    for i in range(0, len(x), batch_size):
        rows = _order[i:i + batch_size]
        yield x[rows], labels[rows]

# %% wrong: sorts the rows by label after shuffling, so that the batches come digit by digit
# told: keeps_the_order
def batches(x, labels, batch_size, rng):
    order = rng.permutation(len(x))
    order = order[np.argsort(labels[order], kind="stable")]
    for i in range(0, len(x), batch_size):
        yield x[order[i:i + batch_size]], labels[order[i:i + batch_size]]

# %% wrong: order without the first row, range starts at 1 so row 0 never comes
# told: loses_rows
def batches(x, labels, batch_size, rng):
    order = rng.permutation(np.arange(1, len(x)))
    for i in range(0, len(order), batch_size):
        yield x[order[i:i + batch_size]], labels[order[i:i + batch_size]]

# %% wrong: two mistakes, draws with replacement and yields labels before x
# told: mixes_up_the_two
def batches(x, labels, batch_size, rng):
    for _ in range(0, len(x), batch_size):
        rows = rng.choice(len(x), batch_size)
        yield labels[rows], x[rows]

# %% wrong: two mistakes, x shuffled in place (overwritten), and its labels not shuffled with it
# told: tears_pairs_apart
def batches(x, labels, batch_size, rng):
    rng.shuffle(x)
    for i in range(0, len(x), batch_size):
        yield x[i:i + batch_size], labels[i:i + batch_size]

# %% wrong: ten orders, one of them by lot
# told: lacks_some_orders
def batches(x, labels, batch_size, rng):
    order = np.random.default_rng(rng.integers(10)).permutation(len(x))
    for start in range(0, len(x), batch_size):
        rows = order[start : start + batch_size]
        yield x[rows], labels[rows]

# %% wrong: each batch sorted
# told: sorts_within_batches
def batches(x, labels, batch_size, rng):
    order = rng.permutation(len(x))
    for start in range(0, len(x), batch_size):
        rows = sorted(order[start : start + batch_size])
        yield x[rows], labels[rows]

# %% wrong: the first row is never moved
# told: lacks_some_orders
def batches(x, labels, batch_size, rng):
    order = np.append(0, 1 + rng.permutation(len(x) - 1))
    for start in range(0, len(x), batch_size):
        rows = order[start : start + batch_size]
        yield x[rows], labels[rows]

# %% right: labels stacked beside the flattened images, and so floats
def batches(x, labels, batch_size, rng):
    table = np.column_stack([x.reshape(len(x), -1), labels])
    table = table[rng.permutation(len(table))]
    for start in range(0, len(table), batch_size):
        part = table[start : start + batch_size]
        yield part[:, :-1].reshape(len(part), *x.shape[1:]), part[:, -1]

# %% wrong: biased shuffle: each place swapped with any
# told: favours_some_orders
def batches(x, labels, batch_size, rng):
    o = np.arange(len(x))
    for i in range(len(o)):
        j = rng.integers(len(o))
        o[i], o[j] = o[j], o[i]
    for i in range(0, len(x), batch_size):
        yield x[o[i:i + batch_size]], labels[o[i:i + batch_size]]

# %% wrong: argsort of integers with ties
# told: favours_some_orders
def batches(x, labels, batch_size, rng):
    o = np.argsort(rng.integers(len(x), size=len(x)), kind="stable")
    for i in range(0, len(x), batch_size):
        yield x[o[i:i + batch_size]], labels[o[i:i + batch_size]]

# %% wrong: a thousand orders for any N
# told: favours_some_orders
def batches(x, labels, batch_size, rng):
    o = np.random.default_rng(rng.integers(1000)).permutation(len(x))
    for i in range(0, len(x), batch_size):
        yield x[o[i:i + batch_size]], labels[o[i:i + batch_size]]

# %% wrong: seven riffle-like swaps only
# told: lacks_some_orders
def batches(x, labels, batch_size, rng):
    o = np.arange(len(x))
    for _ in range(len(x) // 2):
        i, j = rng.integers(len(x), size=2)
        o[i], o[j] = o[j], o[i]
    for i in range(0, len(x), batch_size):
        yield x[o[i:i + batch_size]], labels[o[i:i + batch_size]]

