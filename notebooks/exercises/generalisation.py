"""The exercises of notebook 07, generalisation."""

import numpy as np
from scipy import stats

from autorev_lib.exercises.kinds import (
    ChoiceExercise,
    FormError,
    FunctionExercise,
    PropertyExercise,
    ValueExercise,
    mistake,
    reference,
)


class EffectiveParameters(FunctionExercise):
    title = "Warm-up: how many parameters are left?"
    prompt = r"""
With ridge regression, a direction with the singular value $d_j$ keeps the share $d_j^2 / (d_j^2 + \lambda)$
of what it would be without. The **effective number of parameters** adds these shares up. Compute it from the
array of the $d_j$ and from $\lambda$.

`effective_parameters(np.array([3.0, 1.0]), 1.0)` is 0.9 + 0.5 = 1.4.
"""
    hints = ("One share for each singular value; then one number.", "`np.sum` adds up an array.")
    why = r"""
Without ridge every share is 1, and the sum counts the directions. A direction with $d_j^2 = \lambda$ counts
half. The larger $\lambda$, the fewer are left; the gentle directions, of which the data say least, go first.
"""
    further = (
        "The network of this chapter has no such number: its answers do not depend on its weights in a "
        "linear way."
    )

    @reference
    def effective_parameters(singular_values, ridge):
        """Return a number. singular_values: (k,), positive; ridge: at least 0."""
        return np.sum(singular_values**2 / (singular_values**2 + ridge))

    def cases(self, rng):
        yield np.array([3.0, 1.0]), 1.0
        yield np.array([5.0, 0.5, 0.1]), 2.0
        yield rng.uniform(0.1, 20, 40), 9.0
        yield np.array([2.0, 0.5, 0.25]), 0.0
        yield np.array([4, 2, 2]), 3.0

    forgets_the_squares = mistake(
        "The singular values enter squared.",
        {"singular_values**2 / (singular_values**2 + ridge)": "singular_values / (singular_values + ridge)"},
    )
    squares_above_only = mistake(
        "Below the line the singular value is not squared.", {"(singular_values**2 +": "(singular_values +"}
    )
    squares_below_only = mistake(
        "Above the line the singular value is not squared: d / (d² + λ) is what ridge has in place of 1/d.",
        {"np.sum(singular_values**2 /": "np.sum(singular_values /"},
    )
    squares_the_ridge = mistake(
        "λ is squared. It stands for a square already, beside d².", {"+ ridge)": "+ ridge**2)"}
    )
    adds_what_is_lost = mistake(
        "You added up the shares that are lost, λ / (d² + λ). What is left is wanted.",
        {"np.sum(singular_values**2 /": "np.sum(ridge /"},
    )
    counts_large_ones = mistake(
        "You counted the directions whose d² is above λ. A direction may also count in part.",
        {"singular_values**2 / (singular_values**2 + ridge)": "singular_values**2 > ridge"},
    )
    multiplies_the_shares = mistake("The shares are multiplied. Add them up.", {"np.sum(": "np.prod("})
    takes_one_share_of_the_sums = mistake(
        "That is one share, of the sum of all d². Each direction has a share of its own.",
        {
            "np.sum(singular_values**2 / (singular_values**2 + ridge))": (
                "np.sum(singular_values**2) / (np.sum(singular_values**2) + ridge)"
            )
        },
    )
    returns_the_shares = mistake(
        "That is a share for each direction. Add them up.",
        {
            "np.sum(singular_values**2 / (singular_values**2 + ridge))": (
                "singular_values**2 / (singular_values**2 + ridge)"
            )
        },
    )


class ShiftImages(FunctionExercise):
    title = "Shift, and what comes in at the edge"
    prompt = """
Move images by whole pixels: `down` rows downwards and `right` columns to the right (negative numbers: up and
left). What leaves the image is lost, and what comes in is 0, even if an image is shifted by more than its
size. Do not change the array that you are given.

With `down=1`, `right=0` an image `[[1, 2], [3, 4]]` becomes `[[0, 0], [1, 2]]`.
"""
    hints = (
        "`np.roll` moves, but what leaves on one side comes in on the other.",
        "Start with zeros, and copy a rectangle of the old images to its new place.",
        "Or put a frame of zeros around with `np.pad`, and cut out 28 × 28 at another place.",
    )
    why = """
Both rectangles have `height - abs(down)` rows; they begin at `max(down, 0)` in the new image, at
`max(-down, 0)` in the old one. `np.roll` alone would bring the toe of a boot back at its heel: an image that
no camera makes.
"""
    further = "An image shifted by more than its size is empty: a wrong label for certain."

    @reference
    def shift(images, down, right):
        """Return shifted images. images: (N, H, W); down, right: whole numbers."""
        height, width = images.shape[1:]
        down, right = (int(np.clip(by, -size, size)) for by, size in ((down, height), (right, width)))
        shifted = np.zeros_like(images)
        shifted[:, max(down, 0) : height + min(down, 0), max(right, 0) : width + min(right, 0)] = images[
            :, max(-down, 0) : height + min(-down, 0), max(-right, 0) : width + min(-right, 0)
        ]
        return shifted

    def cases(self, rng):
        yield np.array([[[1.0, 2.0], [3.0, 4.0]]]), 1, 0
        yield rng.uniform(0.1, 1, (2, 5, 4)), 2, 1
        yield rng.uniform(0.1, 1, (2, 4, 6)), -1, -2
        yield rng.uniform(0.1, 1, (3, 6, 5)), 2, -3
        yield rng.uniform(0.1, 1, (1, 4, 4)), 0, 0

    def edge_cases(self):
        yield np.arange(1.0, 10.0).reshape(1, 3, 3), 4, 0
        yield np.arange(1.0, 10.0).reshape(1, 3, 3), 0, -3

    @mistake("What leaves on one side comes in on the other. What comes in must be 0.")
    def rolls(images, down, right):
        return np.roll(images, (down, right), axis=(1, 2))

    @mistake("The images move the wrong way: `down` moves them up, `right` to the left.")
    def goes_the_other_way(images, down, right):
        down, right = -down, -right
        pad = max(abs(down), abs(right)) + 1
        framed = np.pad(images, ((0, 0), (pad, pad), (pad, pad)))
        return framed[
            :, pad - down : pad - down + images.shape[1], pad - right : pad - right + images.shape[2]
        ]

    @mistake("`down` and `right` are exchanged: rows are the second axis, columns the third.")
    def exchanges_the_axes(images, down, right):
        pad = max(abs(down), abs(right)) + 1
        framed = np.pad(images, ((0, 0), (pad, pad), (pad, pad)))
        return framed[
            :, pad - right : pad - right + images.shape[1], pad - down : pad - down + images.shape[2]
        ]

    @mistake("What comes in repeats the edge of the image. It must be 0.")
    def repeats_the_edge(images, down, right):
        pad = max(abs(down), abs(right)) + 1
        framed = np.pad(images, ((0, 0), (pad, pad), (pad, pad)), mode="edge")
        return framed[
            :, pad - down : pad - down + images.shape[1], pad - right : pad - right + images.shape[2]
        ]

    @mistake("The rows move as they should, the columns do not move at all.")
    def moves_rows_only(images, down, right):
        pad = abs(down) + 1
        framed = np.pad(images, ((0, 0), (pad, pad), (0, 0)))
        return framed[:, pad - down : pad - down + images.shape[1]]

    @mistake("The columns move as they should, the rows do not move at all.")
    def moves_columns_only(images, down, right):
        pad = abs(right) + 1
        framed = np.pad(images, ((0, 0), (0, 0), (pad, pad)))
        return framed[:, :, pad - right : pad - right + images.shape[2]]

    @mistake("Negative numbers do not move anything, or not as far as they should. They mean up and left.")
    def ignores_negative_ones(images, down, right):
        down, right = max(down, 0), max(right, 0)
        pad = max(down, right) + 1
        framed = np.pad(images, ((0, 0), (pad, pad), (pad, pad)))
        return framed[
            :, pad - down : pad - down + images.shape[1], pad - right : pad - right + images.shape[2]
        ]

    @mistake("The size of a negative number counts, but not its sign: up and left are meant.")
    def ignores_signs(images, down, right):
        down, right = abs(down), abs(right)
        pad = max(down, right) + 1
        framed = np.pad(images, ((0, 0), (pad, pad), (pad, pad)))
        return framed[
            :, pad - down : pad - down + images.shape[1], pad - right : pad - right + images.shape[2]
        ]

    @mistake("The images are empty, or parts of them are: are the old and the new rectangle exchanged?")
    def loses_everything(images, down, right):
        return np.zeros_like(images)

    @mistake("Nothing has moved.")
    def stays(images, down, right):
        return images.copy()

    @mistake("What lies outside of the image is cut off, or the frame is still there: the size has changed.")
    def changes_the_size(images, down, right):
        return np.pad(images, ((0, 0), (abs(down), 0), (abs(right), 0)))


class WhereIsThePeak(ValueExercise):
    title = "Predict before you run: where is the peak?"
    prompt = """
150 images, random features, no ridge: the error is greatest at 150 features. Now somebody doubles the
training set, once by adding an exact **copy** of each image, and once by adding its **mirror image** (none of
the images is symmetric). At how many features is the error greatest in each case?
"""
    hints = (
        "At the peak a fit through all images is just possible. What does a copy ask for that its original "
        "does not?",
        "The features of a mirrored image are other numbers. Count the equations that differ.",
    )
    why = """
A copy is the same equation once more: whatever fits the image fits the copy. There are still 150 different
equations, and the peak stays at 150. A mirrored image has other features, so it is a new equation: 300 of
them, and the peak moves to 300.
"""
    further = (
        "So at 300 features mirroring makes the error far greater than no augmentation at all, and at 150 "
        "far smaller. Try it."
    )
    right = {"peak_with_copies": 150, "peak_with_mirrored": 300}

    counts_copies = mistake("For copies: 300 rows, but how many different equations?", peak_with_copies=300)
    halves_copies = mistake(
        "For copies: fewer features than images cannot pass through all of them.", peak_with_copies=75
    )
    takes_mirrors_for_copies = mistake(
        "For mirrored images: a mirrored image has other pixels, and so other features.",
        peak_with_mirrored=150,
    )
    halves_mirrored = mistake(
        "For mirrored images: fewer features than equations cannot fit all of them.", peak_with_mirrored=75
    )
    takes_pixels = mistake(
        "The number of pixels does not enter: the fit sees the features.", peak_with_mirrored=784
    )
    doubles_twice = mistake("600 would be twice as many as there are rows.", peak_with_mirrored=600)
    copies_have_no_peak = mistake(
        "For copies: the peak does not go away, and 0 features fit nothing.", peak_with_copies=0
    )
    mirrored_have_no_peak = mistake(
        "For mirrored images: the peak does not go away, and 0 features fit nothing.", peak_with_mirrored=0
    )


class PairedInterval(FunctionExercise):
    title = "Find the bug: an interval for a gain"
    prompt = """
A treatment was run with some seeds, and without it with **the same** seeds: number `i` of `before` and of
`after` belong to one seed, the same images and the same first weights. The function is to return the two ends
of the 95 % interval of the mean gain (Student's t, as in notebook 06). It returns a different one. Repair it.

```python
def gain_interval(before, after):
    gain = np.mean(after) - np.mean(before)
    error = np.sqrt(np.var(before) / len(before) + np.var(after) / len(after))
    return gain - 1.96 * error, gain + 1.96 * error
```
"""
    hints = (
        "What does it make of the fact that both runs of a seed saw the same images?",
        "The spread of the *differences*, estimated from few of them: `ddof=1`.",
        "1.96 is for a spread that is known. `stats.t.ppf(0.975, len(before) - 1)`.",
    )
    why = """
Three faults. The seeds are paired, so it is the differences that count: what a seed's images do to both runs
cancels. `np.var` divides by n, which is too small where the mean was estimated from the same numbers. And
1.96 belongs to a spread that is known; with five seeds Student's t has 2.78.
"""
    further = (
        "The first fault makes the interval wider or narrower, depending on how alike the runs of a seed "
        "are. The other two always make it narrower."
    )

    @reference
    def gain_interval(before, after):
        """Return both ends, the lower one first. before, after: (num_seeds,)."""
        differences = after - before
        error = np.std(differences, ddof=1) / np.sqrt(len(differences))
        half_width = error * stats.t.ppf(0.975, len(differences) - 1)
        return np.mean(differences) - half_width, np.mean(differences) + half_width

    def cases(self, rng):
        yield np.array([0.80, 0.82, 0.79]), np.array([0.83, 0.84, 0.82])
        start = rng.normal(0.8, 0.02, 5)
        yield start, start + rng.normal(0.01, 0.005, 5)
        yield rng.normal(0.8, 0.02, 10), rng.normal(0.79, 0.03, 10)
        yield rng.normal(0.5, 0.1, 4), rng.normal(0.7, 0.2, 4)

    keeps_them_unpaired = mistake(
        "The pairs are not used: the spread of each group is taken by itself.",
        {
            "np.std(differences, ddof=1) / np.sqrt(len(differences))": (
                "np.sqrt(np.var(before, ddof=1) / len(before) + np.var(after, ddof=1) / len(after))"
            )
        },
    )
    divides_by_n = mistake("The spread is divided by n. From few numbers: `ddof=1`.", {", ddof=1": ""})
    takes_the_normal_quantile = mistake(
        "1.96 is still there. With few seeds the spread itself is uncertain.",
        {"stats.t.ppf(0.975, len(differences) - 1)": "1.96"},
    )
    takes_one_side = mistake("With 0.95, 5 % lie beyond each end: an interval of 90 %.", {"0.975": "0.95"})
    takes_n_degrees = mistake(
        "Student's t has one degree of freedom fewer than there are differences.",
        {"len(differences) - 1": "len(differences)"},
    )
    takes_two_groups_of_degrees = mistake(
        "The degrees of freedom are those of two independent groups. Here there is one, of differences.",
        {"len(differences) - 1)": "2 * len(differences) - 2)"},
    )
    forgets_the_root_of_n = mistake(
        "That is where the next difference may lie. The mean of n differences is surer, by the root of n.",
        {"/ np.sqrt(len(differences))": ""},
    )
    divides_by_n_itself = mistake(
        "The spread of a mean falls with the root of n, not with n.",
        {"np.sqrt(len(differences))": "len(differences)"},
    )
    forgets_the_root = mistake("There is a variance where its root belongs.", {"np.std(": "np.var("})
    swaps_the_sign = mistake(
        "That is before minus after: a gain would be negative.", {"after - before": "before - after"}
    )
    swaps_the_ends = mistake(
        "The upper end comes first.",
        {
            "np.mean(differences) - half_width, np.mean(differences) + half_width": (
                "np.mean(differences) + half_width, np.mean(differences) - half_width"
            )
        },
    )
    takes_n_and_the_normal_quantile = mistake(
        "Paired now; but the spread is still divided by n, and 1.96 is still there.",
        {", ddof=1": "", "stats.t.ppf(0.975, len(differences) - 1)": "1.96"},
    )
    leaves_pairs_and_ddof = mistake(
        "Student's t is there; the spread is still that of two groups, divided by n.",
        {
            "np.std(differences, ddof=1) / np.sqrt(len(differences))": (
                "np.sqrt(np.var(before) / len(before) + np.var(after) / len(after))"
            )
        },
    )
    repairs_ddof_only = mistake(
        "`ddof` is right; the spread is still that of two groups, and 1.96 is still there.",
        {
            "np.std(differences, ddof=1) / np.sqrt(len(differences))": (
                "np.sqrt(np.var(before, ddof=1) / len(before) + np.var(after, ddof=1) / len(after))"
            ),
            "stats.t.ppf(0.975, len(differences) - 1)": "1.96",
        },
    )
    takes_the_half_width_only = mistake(
        "That is around 0. The interval lies around the mean gain.",
        {"np.mean(differences) - half_width, np.mean(differences) + half_width": ("-half_width, half_width")},
    )
    takes_the_median = mistake(
        "The interval lies around the median. It is to be that of the mean.",
        {
            "np.mean(differences) - half_width, np.mean(differences) + half_width": (
                "np.median(differences) - half_width, np.median(differences) + half_width"
            )
        },
    )


class TooGoodToBeTrue(ChoiceExercise):
    title = "Find what is wrong: 97 % for shoes"
    prompt = """
From a report: "We have 1,200 photographs of 60 shoes, 20 of each shoe, and a network that tells new shoes
from worn ones. It is right about **97 %** of our validation photographs." You read on to see what was done.
Put into the set `too_good` whatever makes the 97 % higher than the accuracy on a customer's shoe will be:

- `"copies"`: each photograph was copied four times, slightly turned; then all were shuffled and split.
- `"at random"`: the split was random, photograph by photograph.
- `"mean"`: the mean of the training photographs was subtracted from all photographs.
- `"best epoch"`: 97 % is the highest of 50 epochs, on the validation photographs.
- `"dropout"`: dropout was on in training, and off for the 97 %.
- `"smoothing"`: trained with smoothed labels; the 97 % compare with the true ones.
- `"best seed"`: 20 seeds were trained, and the best on the validation photographs was reported.
"""
    hints = (
        "For each: has the network, or whoever chose it, met a part of what it is judged by?",
        "Two photographs of one shoe: how new is the second?",
        "The highest of many figures is partly luck.",
    )
    why = """
Two leaks: turned copies of a photograph, and other photographs of the same shoe, lie on both sides, and a
customer's shoe has no twin in the training set. Two choices by the figure that is reported: the best of 50
epochs and the best of 20 seeds are the best *there*, partly by luck. The other three are as they should be.
"""
    further = (
        "The cure for all four: split by shoe, first of all, and report on shoes that nothing was chosen by."
    )
    variable = "too_good"
    options = {
        "copies": (True, "A turned copy of a training photograph is hardly a new one."),
        "at random": (True, "There are 20 photographs of each shoe. Where do they end up?"),
        "mean": (
            False,
            "The mean comes from training photographs only, and it is known before a customer comes.",
        ),
        "best epoch": (True, "The epoch was chosen by the very photographs that it is judged by."),
        "dropout": (False, "Dropout is meant for training; a customer's shoe is read without it, too."),
        "smoothing": (False, "What it is trained with does not matter, if it is judged by the true labels."),
        "best seed": (True, "Of 20 equally good networks one looks best on these photographs. Why that one?"),
    }


MAX_REGRET = 0.15


class ChooseTheRidge(PropertyExercise):
    title = "Open: choose the strength without new data"
    prompt = r"""
You get features `X` of shape (N, p) and numbers `y` of shape (N,), and nothing else. Return a ridge
$\lambda$ between `1e-4` and `1e6` for $w = (X^\top X + \lambda I)^{-1} X^\top y$ that will do well on new
data of the same kind. The check makes 12 worlds, with little noise and with much, with fewer features than
examples and with more. Your mean squared error on new data, their noise included, may be at most **15 %**
above that of the best $\lambda$ of each world, on average over the worlds. No world is like another, so no
fixed $\lambda$ will do.
"""
    hints = (
        "Which of the examples could play the part of new data?",
        "Split them into five parts; leave each part out once, fit on the rest, and add up the errors on the "
        "parts left out. Do so for each of some λ.",
        "`np.geomspace(1e-4, 1e6, 41)` are λ to try.",
    )
    why = r"""
Cross-validation: every example plays the part of new data once, for a fit that has not seen it. It works
because choosing one number by some dozens of examples leaves little room to be lucky. The error on the
training data itself cannot choose: it is smallest without any ridge.
"""
    further = (
        "Leaving out one example at a time needs no refitting: with H = X(XᵀX + λI)⁻¹Xᵀ, the error on "
        "example i is its residual divided by 1 − H[i, i]."
    )

    @reference
    def choose_ridge(X, y):
        """Return a number between 1e-4 and 1e6. X: (N, p); y: (N,)."""
        part = np.arange(len(y)) % 5
        ridges, errors = np.geomspace(1e-4, 1e6, 41), []
        for ridge in ridges:
            error = 0.0
            for left_out in range(5):
                A, b = X[part != left_out], y[part != left_out]
                w = np.linalg.solve(A.T @ A + ridge * np.eye(X.shape[1]), A.T @ b)
                error += np.sum((X[part == left_out] @ w - y[part == left_out]) ** 2)
            errors.append(error)
        return ridges[np.argmin(errors)]

    def properties(self, choose_ridge):
        regrets, chosen = [], []
        for seed in range(12):
            world = _World(seed)
            answer = self.call(choose_ridge, world.X.copy(), world.y.copy(), text="choose_ridge(X, y)")
            found = np.asarray(answer)
            if found.shape not in ((), (1,)) or found.dtype.kind not in "fiu" or not np.isfinite(found).all():
                raise FormError(f"expected a number, received {found.dtype} of shape {found.shape}")
            ridge = float(found.reshape(()))
            yield "leaves_the_range", 0.99e-4 <= ridge <= 1.01e6, f"({ridge:.3g})"
            chosen.append(ridge)
            regrets.append(world.error(ridge) / world.best - 1)
        measured = f"On average your error is {np.mean(regrets):.0%} above the best."
        spread = max(chosen) / min(chosen)
        yield "trusts_the_training_error", not (spread < 100 and max(chosen) <= 0.1), measured
        yield "shrinks_everything", not (spread < 100 and min(chosen) >= 1e4), measured
        yield "takes_one_for_all", spread > 1.0001, measured
        yield "is_not_near_enough", np.mean(regrets) <= MAX_REGRET, measured

    @mistake("λ must lie between 1e-4 and 1e6.")
    def leaves_the_range(X, y):
        return -1.0

    @mistake("Next to no ridge in any world. Were you looking at the error on the training data?")
    def trusts_the_training_error(X, y):
        return 1e-4

    @mistake("In every world so much ridge that next to nothing is left of w.")
    def shrinks_everything(X, y):
        return 1e6

    @mistake("The same λ in every world.")
    def takes_one_for_all(X, y):
        return 10.0

    @mistake("Your λ depends on the data, but it is not near enough to the best one.")
    def is_not_near_enough(X, y):
        return float(np.clip(np.var(y), 1e-4, 1e6))


class _World:
    """Numbers that depend on features in a linear way, with noise; and how good a ridge is there."""

    def __init__(self, seed):
        rng = np.random.default_rng(700 + seed)
        num_examples, num_features = ((40, 20), (60, 100), (80, 60))[seed % 3]
        scale = rng.uniform(0.3, 3) * np.geomspace(1, 0.1, num_features)
        noise = (0.3, 3.0, 1.0, 10.0)[seed % 4]
        w = rng.normal(size=num_features)
        self.X = rng.normal(size=(num_examples, num_features)) * scale
        self.y = self.X @ w + noise * rng.normal(size=num_examples)
        self._w, self._variances, self._noise = w, scale**2, noise
        self.best = min(self.error(ridge) for ridge in np.geomspace(1e-4, 1e6, 201))

    def error(self, ridge):
        """The mean squared error on new data, by formula."""
        square = self.X.T @ self.X + ridge * np.eye(len(self._w))
        off = np.linalg.solve(square, self.X.T @ self.y) - self._w
        return float(np.sum(self._variances * off**2) + self._noise**2)
