"""The loop closed: learn from people's corrections, compare with what is served, publish what is better.

The champion is the version that is served; the challenger wants its place. Two kinds of examples that neither
was trained on decide between them: every second correction, and clean images.
"""

import contextlib
import tempfile
from pathlib import Path
from typing import NamedTuple

import keras
import numpy as np

from autorev_lib import data, evaluation, export
from autorev_lib.errors import AutorevError
from autorev_lib.litert import LiteRTModel
from autorev_lib.serving import versions
from autorev_lib.serving.feedback import read_corrections
from autorev_lib.serving.monitor import Reference
from autorev_lib.training import OneCycle, set_seed

HELD_OUT = 5000
"""So many images at the end of MNIST's training set are never trained on, as in notebook 04."""
SIGNIFICANCE = 0.05
"""A difference with a smaller p-value is not put down to chance."""
MARGIN = 0.005
"""By at most this much, half a point of accuracy, may a challenger fall behind on clean images."""

_GOLDEN = 20
_GOLDEN_TOLERANCE = 0.05  # int8 arithmetic may differ by a few of its 256 steps from processor to processor
_REPRESENTATIVE = 500
_MIN_AGREEMENT = 0.98


class Judgement(NamedTuple):
    """Whether the challenger takes the champion's place."""

    is_better: bool
    reason: str
    """One clause for people."""


class Evidence(NamedTuple):
    """Champion (first) against challenger (second), each an :class:`~autorev_lib.evaluation.PairedTest`."""

    on_corrections: evaluation.PairedTest | None
    """On corrections that neither was trained on; None if there are none."""
    on_clean: evaluation.PairedTest
    """On clean images that neither was trained on."""


def prepare(images):
    """Turn images as they are kept into what the network takes.

    Args:
        images: uint8 of shape (N, 28, 28), 0 = paper to 255 = ink.

    Returns:
        float32 of shape (N, 28, 28, 1), 0 to 1.
    """
    return np.asarray(images)[..., None].astype("float32") / 255


def split(corrections):
    """Part corrections into those to learn from and those to compare with.

    It is every second one in the order in which they came, so more corrections change nothing for those that
    are there: what is kept apart once is never trained on, in no later round either.

    Args:
        corrections: A :class:`~autorev_lib.serving.feedback.Corrections`, all of a model.

    Returns:
        Two of them: for training, and held out.
    """
    kind = type(corrections)
    return kind(*(array[::2] for array in corrections)), kind(*(array[1::2] for array in corrections))


def mix(x_new, y_new, x_train, y_train, size=24_000, share_new=0.1, seed=0):
    """Mix a few new examples with many old ones, so that a network learns those without forgetting these.

    Each new example is repeated, every time turned, moved and scaled a little; the old ones are drawn at
    random and left as they are.

    Args:
        x_new: Corrected images, floats of shape (N, 28, 28, 1) in 0 to 1, N at least 1.
        y_new: Their labels, integers of shape (N,).
        x_train: What the network was trained on, likewise, of shape (M, 28, 28, 1).
        y_train: Its labels, integers of shape (M,).
        size: Number of examples in the mixture.
        share_new: The share of new ones among them, between 0 and 1.
        seed: Of the drawing, a whole number.

    Returns:
        ``(x, y)``, shuffled: float32 of shape (size, 28, 28, 1) and int64 of shape (size,).

    Raises:
        ValueError: There is no new example, or a number of images and of labels differ.

    Source:
        Replay against forgetting: A. Robins, "Catastrophic Forgetting, Rehearsal and Pseudorehearsal",
        Connection Science 7(2), 1995.
    """
    for name, x, y in (("y_new", x_new, y_new), ("y_train", x_train, y_train)):
        if len(x) == 0 or np.shape(y) != (len(x),):
            raise ValueError(f"{name}: expected a label for each of {len(x)} images, received {np.shape(y)}")
    rng = np.random.default_rng(seed)
    count_new = round(size * share_new)
    new = np.resize(rng.permutation(len(x_new)), count_new)
    old = rng.choice(len(x_train), size - count_new, replace=size - count_new > len(x_train))
    x = np.concatenate([_varied(x_new[new], seed), x_train[old]])
    y = np.concatenate([y_new[new], y_train[old]]).astype(np.int64)
    order = rng.permutation(size)
    return x[order], y[order]


def retrain(champion, x_new, y_new, x_train, y_train, seed=0):
    """Train a copy of the champion on corrections, mixed with what it was trained on, and meet half-way.

    The weights of the challenger are the mean of the champion's and of the trained copy's: it keeps most of
    what the copy learned, and forgets much less of what the champion knew. Notebook 05 shows each step.

    Args:
        champion: A Keras model from floats of shape (N, 28, 28, 1) in 0 to 1 to logits; it stays as it is.
        x_new: Corrected images; this and the rest as :func:`mix` takes them.
        y_new: Their labels.
        x_train: What the champion was trained on.
        y_train: Its labels.
        seed: Of everything random, a whole number.

    Returns:
        The challenger, a Keras model like the champion.

    Raises:
        ValueError: As :func:`mix` says.

    Source:
        The mean of the weights: M. Wortsman et al., "Robust fine-tuning of zero-shot models", CVPR 2022,
        arXiv:2109.01903.
    """
    set_seed(seed)
    x, y = mix(x_new, y_new, x_train, y_train, seed=seed)
    challenger = keras.models.clone_model(champion)
    challenger.set_weights(champion.get_weights())
    batch_size = 128
    challenger.compile(
        keras.optimizers.Adam(OneCycle(0.001, num_steps=-(-len(x) // batch_size))),
        keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    )
    challenger.fit(x, y, batch_size=batch_size, verbose=0)
    both = zip(champion.get_weights(), challenger.get_weights(), strict=True)
    challenger.set_weights([(old + new) / 2 for old, new in both])
    return challenger


def compare(champion, challenger, x, labels):
    """Let two models read the same images, and test whether one is better.

    Args:
        champion: A Keras model whose outputs are logits or probabilities.
        challenger: Another one.
        x: Images that neither was trained on, as the models take them.
        labels: Their classes, integers of shape (N,).

    Returns:
        A :class:`~autorev_lib.evaluation.PairedTest`; the champion is the first.
    """
    predictions = (
        model.predict(x, batch_size=500, verbose=0).argmax(axis=1) for model in (champion, challenger)
    )
    return evaluation.mcnemar(labels, *predictions)


def judge(evidence):
    """Decide whether the challenger takes the champion's place.

    It must be significantly better on the held-out corrections or on clean images, significantly worse on
    neither, and behind on clean images by no more than :data:`MARGIN`.

    Corrections alone could not decide: people correct mistakes, so the champion is wrong on most of them by
    choice, and there a network that merely errs elsewhere would look better. Clean images keep it honest.

    Args:
        evidence: An :class:`Evidence`.

    Returns:
        A :class:`Judgement`.
    """
    on_corrections, on_clean = evidence
    if _is_worse(on_clean) or on_clean.first_accuracy - on_clean.second_accuracy > MARGIN:
        return Judgement(False, f"it is worse on clean images: {_numbers(on_clean)}")
    if on_corrections and _is_worse(on_corrections):
        return Judgement(False, f"it is worse on held-out corrections: {_numbers(on_corrections)}")
    if on_corrections and _is_better(on_corrections):
        return Judgement(True, f"it is better on held-out corrections: {_numbers(on_corrections)}")
    if _is_better(on_clean):
        return Judgement(True, f"it is better on clean images: {_numbers(on_clean)}")
    return Judgement(False, "what difference there is may be chance")


def publish(models, name, model, images, labels):
    """Make a model ready to be served, and add it to a folder of models as the next version.

    A softmax is put behind it, it is converted to int8, its answers to a few images are recorded, the
    monitor's reference is built with what will be served, and the Keras model is kept for retraining.

    Args:
        models: The folder of models; made if it is missing.
        name: The model's name.
        model: A Keras model from floats of shape (N, 28, 28, 1) in 0 to 1 to logits.
        images: Clean images that it was not trained on, uint8 of shape (N, 28, 28), N at least 1,000, in the
            order in which they were collected: see :meth:`~autorev_lib.serving.monitor.Reference.build`.
        labels: Their classes, integers of shape (N,).

    Returns:
        The number of the version.

    Raises:
        AutorevError: The model gives probabilities, or int8 does not do it justice, or Keras runs on another
            backend than TensorFlow, whose converter this needs.
        VersionError: It cannot be added.
    """
    if (backend := keras.backend.backend()) != "tensorflow":
        raise AutorevError(
            f"publishing needs Keras on TensorFlow, it runs on {backend}", "unset KERAS_BACKEND"
        )
    x = prepare(images)
    logits = model.predict(x, batch_size=500, verbose=0)
    if np.all(logits >= 0) and np.allclose(logits.sum(axis=1), 1, atol=1e-3):
        raise AutorevError(
            "model: expected logits, received probabilities", "leave the softmax out of the model"
        )
    served = keras.Sequential([model, keras.layers.Softmax()])
    with tempfile.TemporaryDirectory() as folder:
        litert, reference, source = (
            Path(folder, file) for file in (versions.MODEL, versions.REFERENCE, versions.SOURCE)
        )
        export.to_litert_int8(served, litert, x[:_REPRESENTATIVE])
        probabilities = LiteRTModel(litert).predict(x)
        agreement = evaluation.accuracy(logits.argmax(axis=1), probabilities.argmax(axis=1))
        if agreement < _MIN_AGREEMENT:
            raise AutorevError(
                f"model: as int8 it agrees with itself on {agreement:.1%} of the images only, "
                f"expected {_MIN_AGREEMENT:.0%}",
                "look for weights or activations that are far larger than the others",
            )
        Reference.build(images, probabilities).save(reference)
        model.save(source)
        return versions.add(
            models,
            name,
            litert,
            x[:_GOLDEN],
            probabilities[:_GOLDEN],
            [str(label) for label in range(logits.shape[1])],
            tolerance=_GOLDEN_TOLERANCE,
            reference=reference,
            source=source,
            notes={"clean_accuracy": evaluation.accuracy(labels, probabilities.argmax(axis=1))},
        )


def learn(models, name, seed=0):
    """Retrain the champion of a folder of models on the corrections that people left there.

    Args:
        models: The folder of models.
        name: The model's name.
        seed: Of everything random, a whole number.

    Returns:
        The challenger, a Keras model.

    Raises:
        AutorevError: There is no champion that can be retrained, or no correction.
        StoreError: The corrections cannot be read.
    """
    champion = load_champion(models, name)
    training, _ = split(read_corrections(models, name))
    if len(training.labels) == 0:
        raise AutorevError(
            f"there are no corrections of {name} in {models} to learn from",
            "serve the model, draw, and correct its mistakes",
        )
    (images, labels), _ = data.load_mnist()
    replay = prepare(images[:-HELD_OUT]), labels[:-HELD_OUT]
    return retrain(champion, prepare(training.images), training.labels, *replay, seed)


def weigh(models, name, challenger):
    """Compare a challenger with the champion of a folder of models, on all that was held out.

    Args:
        models: The folder of models.
        name: The model's name.
        challenger: A Keras model whose outputs are logits.

    Returns:
        An :class:`Evidence`.

    Raises:
        AutorevError: There is no champion that can be compared with.
        StoreError: The corrections cannot be read.
    """
    champion = load_champion(models, name)
    _, held_out = split(read_corrections(models, name))
    on_corrections = None
    if len(held_out.labels):
        on_corrections = compare(champion, challenger, prepare(held_out.images), held_out.labels)
    images, labels = clean_images()
    return Evidence(on_corrections, compare(champion, challenger, prepare(images), labels))


def clean_images():
    """The :data:`HELD_OUT` images of MNIST that nothing is trained on.

    Returns:
        ``(images, labels)``: uint8 of shape (5000, 28, 28) and (5000,).
    """
    (images, labels), _ = data.load_mnist()
    return images[-HELD_OUT:], labels[-HELD_OUT:]


def has_champion(models, name):
    """Whether a folder of models holds a version that can be served.

    Args:
        models: The folder of models.
        name: The model's name.
    """
    return _served(models, name) is not None


def load_champion(models, name):
    """Load the Keras model of the version that is served.

    Args:
        models: The folder of models.
        name: The model's name.

    Returns:
        A Keras model whose outputs are logits.

    Raises:
        AutorevError: There is no version that can be served, or it was published without its Keras model.
    """
    version = _served(models, name)
    if version is None:
        raise AutorevError(
            f"there is no version of {name} in {models}",
            f"publish a first one: autorev publish {models} MODEL.keras --name {name}",
        )
    return load_model(version.path / versions.SOURCE)


def load_model(path):
    """Load a network that reads digits.

    Args:
        path: A ``.keras`` file.

    Returns:
        A Keras model from floats of shape (N, 28, 28, 1) to ten outputs; it runs no code from the file.

    Raises:
        AutorevError: There is no such file, or it holds something else.
    """
    try:
        model = keras.models.load_model(path, compile=False, safe_mode=True)
    except Exception as error:  # Keras raises whatever the content of the file leads it to
        reason = str(error).strip().splitlines() or [type(error).__name__]
        raise AutorevError(
            f"{path}: expected a Keras model, received: {reason[0]}", "give a file that model.save wrote"
        ) from error
    shapes = model.input_shape, model.output_shape
    if shapes != ((None, 28, 28, 1), (None, 10)):
        raise AutorevError(
            f"{path}: expected input (None, 28, 28, 1) and output (None, 10), received {shapes[0]} and "
            f"{shapes[1]}",
            "give a network like that of notebook 04",
        )
    return model


def _served(models, name):
    for number in reversed(versions.served(models, name)):
        with contextlib.suppress(versions.VersionError):  # what is damaged is not served
            return versions.load(Path(models, name, str(number)), name)
    return None


def _varied(x, seed):
    """Turn, move and scale images a little, each in its own way; what comes in from outside is paper."""
    outside = {"fill_mode": "constant", "fill_value": 0.0}
    vary = keras.Sequential(
        [
            keras.layers.RandomRotation(0.03, seed=seed, **outside),  # of a full turn: up to 11 degrees
            keras.layers.RandomTranslation(0.05, 0.05, seed=seed + 1, **outside),
            keras.layers.RandomZoom(0.1, 0.1, seed=seed + 2, **outside),
        ]
    )
    return keras.ops.convert_to_numpy(vary(x, training=True))


def _is_better(test):
    return test.p_value < SIGNIFICANCE and test.only_second > test.only_first


def _is_worse(test):
    return test.p_value < SIGNIFICANCE and test.only_second < test.only_first


def _numbers(test):
    before, after = test.first_accuracy, test.second_accuracy
    return f"{after:.1%} instead of {before:.1%} right (p = {test.p_value:.2g})"
