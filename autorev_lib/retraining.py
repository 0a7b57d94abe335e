"""Learn from people's corrections: train a challenger of the version that is served, the champion.

Corrections train, and judge nothing; what decides between the two is in :mod:`autorev_lib.serving.gate`.
"""

import keras
import numpy as np

from autorev_lib import data
from autorev_lib.errors import AutorevError
from autorev_lib.publishing import load_network
from autorev_lib.serving import feedback, versions
from autorev_lib.training import OneCycle, set_seed

HELD_OUT = 5000
"""So many images at the end of MNIST's training set are never trained on, as in notebook 04."""


def mix(new_images, new_labels, images, labels, size=24_000, share_new=0.1, seed=0):
    """Mix a few new examples with many old ones, so that a network learns those without forgetting these.

    Each new example is repeated, every time turned, moved and scaled a little; the old ones are drawn at
    random and left as they are.

    Args:
        new_images: Corrected images, shape (N, 28, 28), 0 to 255, N at least 1.
        new_labels: Their classes, integers of shape (N,).
        images: What the network was trained on, likewise, shape (M, 28, 28).
        labels: Its classes, integers of shape (M,).
        size: Number of examples in the mixture.
        share_new: The share of new ones among them, between 0 and 1.

    Returns:
        ``(x, y)``, shuffled: float32 of shape (size, 28, 28), 0 to 255, and int64 of shape (size,).

    Raises:
        ValueError: There is no new example, or a number of images and of labels differ.

    Source:
        Replay against forgetting: A. Robins, "Catastrophic Forgetting, Rehearsal and Pseudorehearsal",
        Connection Science 7(2), 1995.
    """
    for name, x, y in (("new_labels", new_images, new_labels), ("labels", images, labels)):
        if len(x) == 0 or np.shape(y) != (len(x),):
            raise ValueError(f"{name}: expected a label for each of {len(x)} images, received {np.shape(y)}")
    rng = np.random.default_rng(seed)
    count_new = round(size * share_new)
    new = np.resize(rng.permutation(len(new_images)), count_new)
    old = rng.choice(len(images), size - count_new, replace=size - count_new > len(images))
    x = np.concatenate([_varied(new_images[new], seed), images[old].astype("float32")])
    y = np.concatenate([new_labels[new], labels[old]]).astype(np.int64)
    order = rng.permutation(size)
    return x[order], y[order]


def retrain(champion, new_images, new_labels, images, labels, seed=0):
    """Train a copy of the champion on corrections, mixed with what it was trained on, and meet half-way.

    The weights of the challenger are the mean of the champion's and of the trained copy's: it keeps most of
    what the copy learned, and forgets much less of what the champion knew. Notebook 05b shows each step.

    Args:
        champion: A Keras model from shape (N, 28, 28), 0 to 255, to probabilities; it stays as it is.
        new_images: Corrected images; this and the rest as :func:`mix` takes them.

    Returns:
        The challenger, a Keras model like the champion.

    Source:
        The mean of the weights: M. Wortsman et al., "Robust fine-tuning of zero-shot models", CVPR 2022,
        arXiv:2109.01903.
    """
    set_seed(seed)
    x, y = mix(new_images, new_labels, images, labels, seed=seed)
    challenger = keras.models.clone_model(champion)
    challenger.set_weights(champion.get_weights())
    batch_size = 128
    challenger.compile(
        keras.optimizers.Adam(OneCycle(0.001, num_steps=-(-len(x) // batch_size))),
        keras.losses.SparseCategoricalCrossentropy(),
    )
    challenger.fit(x, y, batch_size=batch_size, verbose=0)
    both = zip(champion.get_weights(), challenger.get_weights(), strict=True)
    challenger.set_weights([(old + new) / 2 for old, new in both])
    return challenger


def learn(models, name, champion, seed=0):
    """Retrain the champion of a folder of models on the corrections that a person has approved there.

    Returns:
        The challenger, a Keras model.

    Raises:
        AutorevError: No correction is approved.
        StoreError: The corrections cannot be read.
    """
    with feedback.opened(models) as store:
        approved = store.corrections(name, approved=True)
    if len(approved.labels) == 0:
        raise AutorevError(
            f"no correction of {name} in {models} is approved, so there is nothing to learn from",
            "serve the model, draw, correct its mistakes, and approve them: autorev retrain",
        )
    (images, labels), _ = data.load_mnist()
    replay = images[:-HELD_OUT], labels[:-HELD_OUT]
    return retrain(champion, approved.images, approved.labels, *replay, seed)


def clean_images():
    """The :data:`HELD_OUT` images of MNIST that nothing is trained on.

    Returns:
        ``(images, labels)``: uint8 of shape (5000, 28, 28) and (5000,).
    """
    (images, labels), _ = data.load_mnist()
    return images[-HELD_OUT:], labels[-HELD_OUT:]


def find_champion(models, name):
    """Load the Keras model of the version that is served; None if there is no such version.

    Raises:
        AutorevError: It was published without its Keras model.
    """
    version = versions.newest(models, name)
    return version and load_network(version.path / versions.SOURCE)


def load_champion(models, name):
    """Load the Keras model of the version that is served; raise AutorevError if there is none."""
    champion = find_champion(models, name)
    if champion is None:
        raise AutorevError(
            f"there is no version of {name} in {models} that can be served",
            f"publish a first one: autorev publish {models} MODEL.keras --name {name}",
        )
    return champion


def _varied(images, seed):
    """Turn, move and scale images a little, each in its own way; what comes in from outside is paper."""
    outside = {"fill_mode": "constant", "fill_value": 0.0}
    vary = keras.Sequential(
        [
            keras.layers.RandomRotation(0.03, seed=seed, **outside),  # of a full turn: up to 11 degrees
            keras.layers.RandomTranslation(0.05, 0.05, seed=seed + 1, **outside),
            keras.layers.RandomZoom(0.1, 0.1, seed=seed + 2, **outside),
        ]
    )
    varied = vary(images[..., None].astype("float32"), training=True)
    return keras.ops.convert_to_numpy(varied)[..., 0]
